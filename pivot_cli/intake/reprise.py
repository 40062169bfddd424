"""The plan after another: what is carried over from the one before, alone or into the plan that a document makes.

What was recorded stays in the plan before. Nothing is invented: the échéance of what is taken over, the period and the
title of the plan are asked.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from pivot_cli.intake.draft import ActionDraft, Ask, Draft, EnjeuDraft, NodeDraft, Organisation
from pivot_cli.intake.files import Kept, blank
from pivot_cli.intake.people import Qui
from pivot_cli.plan.model import Statut
from pivot_cli.plan.posts import LITTLE, code_for
from pivot_cli.received.cells import Left
from pivot_cli.text import NBSP, counted, fold, one_line, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pivot_cli.plan.model import Action, Indicateur, Instance, Origin, Place, Plan, Point, PointPermanent


class Ancien(NamedTuple):
    """The plan before: its folder from the one that contains the new one's, and the folder as it is shown."""

    dossier: str
    label: str
    plan: Plan

    @property
    def reconduites(self) -> list[Place]:
        """What it leaves to the next one, in its order."""
        return [place for place in self.plan.places if place.action.statut is Statut.RECONDUITE]

    @property
    def open(self) -> int:
        """How many of its actions nothing says what became of."""
        return sum(not (place.action.statut and place.action.statut.closed) for place in self.plan.places)


class Reprise(NamedTuple):
    """An action that the plan before leaves to this one: the id of the one that takes it over, None where none is known
    to; then those between which nothing decides.
    """

    id: str
    description: str
    reprise: str | None = None
    entre: tuple[str, ...] = ()


# --- alone ---------------------------------------------------------------------------------------------------


def carried_over(ancien: Ancien) -> Draft:
    """The plan that begins with what the one before leaves to it, each where it stood, under the number it had; one of
    each level, to be named, where that is nothing.
    """
    plan, taken = ancien.plan, ancien.reconduites
    orientations: list[NodeDraft] = []
    for place in taken:
        siblings = orientations
        for level, (key, titled) in zip(place.levels, _levels_of(place), strict=True):
            siblings = _under(siblings, level.key, key, titled, place).children
        _last(orientations).actions.append(_action(place, {one.id for one in taken}, ancien))
    if not taken:
        orientations = blank(plan.niveaux, plan.level_keys).orientations
    organisation = _organisation(plan)
    answered = {place.orientation.enjeu for place in taken}
    organisation.enjeux = [
        _enjeu(one.numero, one.titre, one.enonce) for one in plan.organisme.enjeux if one.numero in answered
    ]
    return Draft(organisation, plan.niveaux, orientations, _people(plan), [], [], [])


def _levels_of(place: Place) -> Iterator[tuple[int | str, Any]]:
    """Each level that an action is in: what names it among its siblings, and itself."""
    yield place.orientation.numero, place.orientation
    if not place.volet.implied:
        yield place.volet.code, place.volet
    if not place.objectif.implied:
        yield place.objectif.numero, place.objectif


def _under(siblings: list[NodeDraft], level: str, key: int | str, said: Any, place: Place) -> NodeDraft:
    """The level of that name among its siblings, which it comes after where it was not there."""
    for one in siblings:
        if key in (one.code, one.numero):
            return one
    made = NodeDraft(level, said.nom if level == "volet" else said.titre, None, place.id)
    made.code, made.numero = (str(key), 0) if level == "volet" else ("", int(key))
    made.reference = said.reference
    made.enjeu = getattr(said, "enjeu", None)
    made.indicateurs = [_measure(one) for one in getattr(said, "indicateurs", ())]
    siblings.append(made)
    return made


def _last(nodes: list[NodeDraft]) -> NodeDraft:
    """The level at the bottom that came last."""
    while nodes[-1].children:
        nodes = nodes[-1].children
    return nodes[-1]


def _action(place: Place, kept: set[str], ancien: Ancien) -> ActionDraft:
    """What an action is, without what was recorded of it; its échéance is asked."""
    action = place.action
    made = ActionDraft(action.description, None, f"{ancien.label}, {place.id}")
    made.numero, made.reference = action.numero, action.reference
    made.responsables, made.collaborateurs = list(action.responsables), list(action.collaborateurs)
    for key in ("titre_court", "porteur"):
        if text := getattr(action, key):
            made.fields[key] = text
    lists = {
        "etapes": action.etapes,
        "liens": action.liens,
        "depend_de": [id_ for id_ in action.depend_de if id_ in kept],
    }
    made.fields |= {key: list(items) for key, items in lists.items() if items}
    if action.indicateurs:
        made.fields["indicateurs"] = [_measure(one) for one in action.indicateurs]
    made.fields["suite_de"] = place.id
    made.asks.append(_when(action, place.id, made.place))
    return made


def _when(action: Action, id_: str, place: str) -> Ask:
    again = action.recurrence.texte if action.recurrence else ""
    was = ", ".join(filter(None, map(one_line, (action.echeance.texte, again))))
    before = f" Elle était {quoted(was)}." if was else ""
    comment = f"l'échéance{f', qui était {quoted(was)}' if was else ''}"
    return Ask(comment, place, f"Quelle est la nouvelle échéance de {id_}?{before}")


def _measure(one: Indicateur) -> dict[str, str]:
    """What is measured, and the target: what was reached is of the plan before."""
    return {"libelle": one.libelle} | ({"cible": one.cible} if one.cible else {})


def _organisation(plan: Plan) -> Organisation:
    """Who the organisation is; what it said of its situation is of the plan before."""
    made, said = Organisation(), plan.organisme
    made.nom = said.nom or None
    made.mission, made.vision, made.presentation = said.mission, said.vision, said.presentation
    made.valeurs = list(said.valeurs)
    return made


def _enjeu(numero: int, titre: str, enonce: str | None) -> EnjeuDraft:
    made = EnjeuDraft(numero, titre)
    made.enonce = enonce
    return made


def _people(plan: Plan) -> list[Qui]:
    return [Qui(one.code, one.nom, one.alias, one.nom_court or "", one.courriel or "") for one in plan.registre]


# --- what is kept beside the actions, and what is not --------------------------------------------------------


def kept_of(ancien: Ancien, ids: dict[str, str]) -> tuple[Kept, list[Left]]:
    """What the plan keeps of the one before, and what it does not; `ids` are the new ones of actions, by their former
    one.
    """
    plan, organisme = ancien.plan, ancien.plan.organisme
    conventions, dated = {}, []
    for key in (name.partition(".")[2] for name in organisme.origin.keys if name.startswith("conventions.")):
        text = _as_written(organisme.origin, "conventions", key)
        if key in _TERMS and re.search(r"\b[12][0-9]{3}\b", text):
            dated.append(Left(f"organisme.yaml, {key}", text, _OF_ITS_TIME))
        else:
            conventions[key] = text
    bodies = {which: _body(getattr(plan.reunions, which), ids) for which in ("ca", "aga")}
    kept = Kept(
        ancien.dossier, one_line(organisme.plan.titre or ""), conventions, {k: v for k, v in bodies.items() if v}
    )
    return kept, [*dated, *_left(ancien)]


_TERMS = ("court_terme", "moyen_terme", "long_terme", "mi_parcours")
_OF_ITS_TIME = "propre au plan d'avant, où il reste"


def _left(ancien: Ancien) -> Iterator[Left]:
    organisme, reunions = ancien.plan.organisme, ancien.plan.reunions
    if any(organisme.diagnostic[:-1]):
        yield Left("organisme.yaml, diagnostic", _as_written(organisme.origin, "diagnostic"), _OF_ITS_TIME)
    for key in ("periode", "adopte_le"):
        if key in organisme.origin.keys:
            yield Left(f"organisme.yaml, {key}", _as_written(organisme.origin, key), _OF_ITS_TIME)
    held = sum(len(one.reunions) for one in (reunions.ca, reunions.aga))
    if held:
        yield Left("reunions.yaml", counted(held, "réunion"), _OF_ITS_TIME)
    spent = [place.id for place in ancien.reconduites if place.action.budget]
    if spent:
        yield Left(", ".join(spent), "budget", _OF_ITS_TIME)


def _as_written(origin: Origin, *path: str | int) -> str:
    """A field as it is written in its file."""
    start, end = origin.span(*path)
    return one_line(origin.source.text[start:end])


_HABITS = ("nom", "responsable", "membres", "quorum", "heure", "duree", "lieu", "lien", "points", "points_permanents")


def _body(body: Instance, ids: dict[str, str]) -> dict[str, Any]:
    """The habits of a body that meets, as they are written; not its meetings."""
    found: dict[str, Any] = {}
    for key in (key for key in _HABITS if key in body.origin.keys):
        value = getattr(body, key)
        if key in ("points", "points_permanents"):
            found[key] = [_item(one, ids) for one in value]
        elif key == "membres":
            found[key] = list(value)
        else:
            found[key] = value if isinstance(value, str) else _as_written(body.origin, key).strip("\"'")
    return {key: value for key, value in found.items() if value}


def _item(item: Point | PointPermanent, ids: dict[str, str]) -> dict[str, str]:
    """An item of an agenda; the action that it carries out is named where the plan has it still."""
    fields = [key for key in item._fields if key in item.origin.keys]
    said = {key: _as_written(item.origin, key).strip("\"'") for key in fields if key not in ("titre", "action")}
    title = {"titre": item.titre} if item.titre else {}
    action = ids.get(getattr(item, "action", None) or "")
    return title | said | ({"action": action} if action else {})


# --- with a document -----------------------------------------------------------------------------------------


def continued(draft: Draft, ancien: Ancien) -> tuple[Draft, list[Reprise]]:
    """The plan that a document makes, of the same organisation and people, each of its actions saying which one it
    takes over, where their words agree; and what became of each that was left to it.
    """
    reprises = list(_matched(draft, ancien))
    taken = {one.reprise: one.id for one in reprises if one.reprise}
    for id_, action, _ in _placed(draft):
        if id_ in taken:
            action.fields["suite_de"] = taken[id_]
    known, found = _organisation(ancien.plan), draft.organisation
    for key in ("nom", "mission", "vision", "presentation", "valeurs"):
        setattr(found, key, getattr(found, key) or getattr(known, key))
    return _with_people(draft, ancien.plan), reprises


def _with_people(draft: Draft, plan: Plan) -> Draft:
    """The same, whom the plan before knows by a name being those it knows."""
    find = plan.registre.find
    people = _people(plan)
    used = {fold(name) for who in people for name in (who.code, who.nom, *who.alias)}
    same: dict[str, str] = {}
    for who in draft.responsables:
        if known := next(filter(None, map(find, (who.nom, *who.alias))), None):
            same |= {name: known.nom for name in (who.nom, *who.alias) if not find(name)}
            continue
        code = who.code if fold(who.code) not in used else code_for("", who.nom, used)
        used |= {fold(code)}
        people.append(who._replace(code=code))
    for action in draft.actions():
        action.responsables = [same.get(name, name) for name in action.responsables]
        action.collaborateurs = [same.get(name, name) for name in action.collaborateurs]
    doubts = [one for one in draft.doutes if not (find(one.name) or find(one.other))]
    named = ((one, re.search(f"«{NBSP}(.*?){NBSP}»", one.texte)) for one in draft.asks)
    asks = [one for one, who in named if not (who and find(who[1]))]  # the plan before has answered
    return draft._replace(responsables=people, doutes=doubts, asks=asks)


def _placed(draft: Draft) -> Iterator[tuple[str, ActionDraft, str]]:
    """Every action with its id, and the titles that it is under as they are compared."""

    def inside(node: NodeDraft, start: str, titles: str) -> Iterator[tuple[str, ActionDraft, str]]:
        here, named = f"{start}{node.code or node.numero}.", f"{titles}/{_text(node.titre)}"
        for action in node.actions:
            yield f"{here}{action.numero}", action, named
        for child in node.children:
            yield from inside(child, here, named)

    for one in draft.orientations:
        yield from inside(one, "", "")


def _matched(draft: Draft, ancien: Ancien) -> Iterator[Reprise]:
    """What takes over each action that was left: the only one whose words are the same; of several, the only one under
    the same titles; else the only one of which three words in four, three at least, are the same, if it agrees so with
    no other. Never a guess between two.

    Case, accents, signs, articles and plurals are no words.
    """
    placed = list(_placed(draft))
    left = ancien.reconduites
    same = _only(
        ((place.id, _text(place.action.description)) for place in left),
        ((i, _text(a.description)) for i, a, _ in placed),
    )
    pairs, between = _settled(same)
    under = _only(
        ((one.id, f"{_titles(one)} {_text(one.action.description)}") for one in left if one.id in between),
        ((id_, f"{titles} {_text(action.description)}") for id_, action, titles in placed),
    )
    pairs |= _settled(under)[0]
    rest = [one for one in left if one.id not in pairs and one.id not in between]
    taken = set(pairs.values())
    near, doubtful = _settled(_near(rest, [(id_, action) for id_, action, _ in placed if id_ not in taken]))
    pairs, between = pairs | near, between | doubtful
    for one in left:
        found = pairs.get(one.id)
        entre = () if found else tuple(between.get(one.id, ()))
        yield Reprise(one.id, one_line(one.action.description), found, entre)


_Agreeing = dict[str, list[str]]
"""By id of what was left, the ids of the new actions that agree with it."""


def _only(some: Iterable[tuple[str, str]], others: Iterable[tuple[str, str]]) -> _Agreeing:
    by_text: dict[str, list[str]] = defaultdict(list)
    for id_, text in others:
        by_text[text].append(id_)
    return {id_: by_text[text] for id_, text in some if text in by_text}


def _settled(agreeing: _Agreeing) -> tuple[dict[str, str], _Agreeing]:
    """Those that agree with one alone, which agrees with no other; and the rest."""
    claims = Counter(new for found in agreeing.values() for new in found)
    pairs = {old: found[0] for old, found in agreeing.items() if len(found) == 1 and claims[found[0]] == 1}
    return pairs, {old: found for old, found in agreeing.items() if old not in pairs}


_ENOUGH = 3  # words that are the same
_OF_THEM = 0.75  # of the words of the longer text


def _near(left: Sequence[Place], new: Sequence[tuple[str, ActionDraft]]) -> _Agreeing:
    words_of = {id_: _words(action.description) for id_, action in new}
    holding: dict[str, list[str]] = defaultdict(list)
    for id_, words in words_of.items():
        for word in words:
            holding[word].append(id_)
    found: _Agreeing = {}
    for place in left:
        words = _words(place.action.description)
        common = Counter(id_ for word in words for id_ in holding.get(word, ()))
        agree = [
            id_
            for id_, number in common.items()
            if number >= _ENOUGH and number >= _OF_THEM * max(len(words), len(words_of[id_]))
        ]
        if agree:
            found[place.id] = sorted(agree, key=list(words_of).index)
    return found


def _titles(place: Place) -> str:
    return "".join(f"/{_text(level.titre)}" for level in place.levels)


def _text(text: str) -> str:
    """A text as it is compared whole: its words, in order."""
    return " ".join(re.findall(r"\w+", fold(text)))


def _words(text: str) -> set[str]:
    """The words of a text, without the little ones and the plurals."""
    return {word.rstrip("sx") for word in re.findall(r"\w+", fold(text)) if word not in LITTLE and len(word) > 1}
