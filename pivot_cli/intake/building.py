"""What was found in a document → the plan: its levels in order, its actions with their numbers, who is responsible."""

from __future__ import annotations

import re
from datetime import date
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from pivot_cli.intake.codes import numbered, volet_codes
from pivot_cli.intake.dates import orders
from pivot_cli.intake.draft import ActionDraft, Ask, Draft, EnjeuDraft, NodeDraft, Organisation
from pivot_cli.intake.found import without_calls
from pivot_cli.intake.people import TWO, Qui, gathered, initials_are, mention, names_in, services_in
from pivot_cli.intake.periods import merged
from pivot_cli.intake.questions import (
    asked_of_pairs,
    asked_of_people,
    asked_of_services,
    asked_of_twins,
    asked_of_two,
    asked_together,
    filled_in_runs,
    generic,
    said_of_others,
)
from pivot_cli.intake.roles import Role
from pivot_cli.intake.scheme import Scheme, scheme_of
from pivot_cli.intake.several import MEASURES, expanded, said_of_several, title_and_steps
from pivot_cli.intake.titles import ACTIONS, NOUNS, number_alone, read_title
from pivot_cli.intake.values import Common, commented, filled, legend_in, measures_in
from pivot_cli.intake.within import said_within
from pivot_cli.plan.posts import compared
from pivot_cli.text import NBSP, capitalized, fold, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pivot_cli.echeance import Conventions
    from pivot_cli.intake.found import Found
    from pivot_cli.intake.ledger import Ledger
    from pivot_cli.intake.levels import Levels, NamedLevel
    from pivot_cli.intake.roles import Column
    from pivot_cli.intake.rows import Reading
    from pivot_cli.plan.nouns import Nom
    from pivot_cli.received.cells import Piece

_ALIKE = 0.6  # of two titles under one number, from which they are of one level
_NAMELESS = "Sans titre (à compléter)"


def drawn(reading: Reading, organisation: Organisation, conventions: Conventions) -> Draft:
    """The plan that was found in a document."""
    found = list(expanded(reading.found))
    said_of_several(found)
    said_within(found, conventions)
    scheme = scheme_of(reading.levels.order, found)
    builder = _Drawing(reading.ledger, scheme, organisation)
    services, seeming = services_in(_who(found))
    known = _known(reading, found, conventions, services)
    for group in merged(found, scheme):
        builder.add(group, known)
    builder.settle(reading.levels)
    filled_in_runs(builder.actions)
    asked_together(builder.actions, scheme.niveaux.action)
    people, doubts = gathered(name for action in builder.actions for name in action.responsables)
    asks = [*asked_of_two(people), *asked_of_people(found), *generic(builder.orientations, people)]
    asks += asked_of_services(seeming)
    _resolved(builder.actions, people)
    people = _with_aliases(people, [piece.text for piece in reading.document.pieces()])
    people = _with_their_names(people, reading)
    understood = [
        (table.name, column.header, _told(column)) for table, heads in reading.understood for column in heads.columns
    ]
    asks += asked_of_twins(understood)
    return Draft(organisation, scheme.niveaux, builder.orientations, people, doubts, asks, understood)


def _told(column: Column) -> str:
    role, noun = column.role, column.noun
    named = f" ({NOUNS[noun].nom if noun in NOUNS else noun})" if role is Role.NIVEAU and noun else ""
    return f"{role.value}{named}"


_DATES = (Role.ECHEANCE, Role.DEBUT, Role.FIN, Role.REALISEE_LE, Role.RAPPORT)


def _who(found: Sequence[Found]) -> list[str]:
    """The cells that name who is responsible, or helps."""
    roles = (Role.RESPONSABLES, Role.COLLABORATEURS)
    cells = {id(value.cell): value.text for one in found for role in roles for value in one.values.get(role, ())}
    return list(cells.values())


def _known(reading: Reading, found: Sequence[Found], conventions: Conventions, services: frozenset[str]) -> Common:
    cells = [value.text for one in found for value in one.values.get(Role.RESPONSABLES, ())]
    alone = {compared(name) for text in cells for name in names_in(text) if not TWO.search(name)}
    alone |= {compared(text) for text in cells if TWO.search(text) and names_in(text) == (text.strip(),)}
    alone |= {compared(name) for name in reading.names} | services
    alone |= {compared(sigle) for text in cells for name in names_in(text) if (sigle := mention(name).sigle)}
    dates = (value for one in found for role in _DATES for value in one.values.get(role, ()))
    day_first = orders((value.column.header, value.text) for value in dates)
    legend = legend_in(piece.text for piece in reading.document.pieces())
    return Common(conventions, frozenset(alone), day_first, legend, reading.ledger)


# --- levels ------------------------------------------------------------------------------------------


class _Drawing:
    def __init__(self, ledger: Ledger, scheme: Scheme, organisation: Organisation) -> None:
        self.ledger = ledger
        self.scheme = scheme
        self.noun = scheme.niveaux.action
        self.organisation = organisation
        self.orientations: list[NodeDraft] = []
        self.actions: list[ActionDraft] = []
        self.placed: dict[int, NodeDraft] = {}
        self._known: dict[tuple[str, str], NodeDraft | None] = {}
        self._named: dict[tuple[int, str | None, str], NodeDraft] = {}  # what names a level most often names it again
        self._paired = False
        self._aims: set[int] = set()  # the identities of the pieces that say how far a level goes

    def add(self, found: Found, known: Common) -> None:
        """One action, under its levels."""
        siblings, node = self.orientations, None
        for level, key in self.scheme.levels.items():
            entry = found.context.get(key)
            if entry is not None:
                node = self._node(siblings, level, entry)
            elif node is None:
                node = self._unnamed(found)
            siblings = node.children
        node = node or self._unnamed(found)
        if self.scheme.enjeu:
            self._enjeu(found, self._top(node))
        if node.level == "objectif":
            self._measured(node, found)
        action = self._action(found, known)
        for key in self.scheme.others:
            if key in found.context:
                entry = found.context[key]
                self.ledger.use(entry.piece)
                action.comment(entry.piece.line)
        for key in self.scheme.aims:
            if key in found.context:
                self._aim(node, found.context[key])
        node.actions.append(action)
        self.actions.append(action)

    def _measured(self, node: NodeDraft, found: Found) -> None:
        """What is said of several actions measures the objectif that they are under."""
        read = {role: [value for value in found.unpaired if value.column.role is role] for role in MEASURES}
        node.indicateurs += measures_in(node, read)
        for value in (value for values in read.values() for value in values):
            self.ledger.use(value.cell)
            found.unpaired.remove(value)

    def _aim(self, node: NodeDraft, entry: NamedLevel) -> None:
        """« Résultat attendu : … » is an indicateur of its level, where it may have some; « Cible : … », a target."""
        if id(entry.piece) in self._aims:
            return
        self._aims.add(id(entry.piece))
        self.ledger.use(entry.piece)
        of = node.indicateurs[-1] if node.indicateurs else {}
        if node.level != "objectif":
            node.comment(entry.piece.line)
        elif entry.key == "cible" and of and "cible" not in of:
            of["cible"] = entry.titre.titre
        else:
            node.indicateurs.append({"libelle": entry.titre.titre})

    def _unnamed(self, found: Found) -> NodeDraft:
        """Where the document names no level, what stands above its actions: the nearest heading, or what is to name."""
        entry = next(reversed(found.context.values()), None)
        titre = entry.piece.line if entry else self.organisation.titre or _NAMELESS
        node = next((one for one in self.orientations if one.titre == titre), None)
        if node is None:
            node = NodeDraft("orientation", titre, None, found.place)
            self.orientations.append(node)
            if entry:
                self.placed[id(entry.piece)] = node
                self.ledger.use(entry.piece)
            if titre != _NAMELESS:
                told = "Le document ne nomme aucun niveau au-dessus de ce qui est à faire. Ce titre convient-il?"
                node.asks.append(Ask("ce titre convient-il?", node.place, told))
        return node

    def _top(self, node: NodeDraft) -> NodeDraft:
        return next(one for one in self.orientations if any(under is node for under in one.nodes()))

    def _enjeu(self, found: Found, orientation: NodeDraft) -> None:
        entry = found.context.get(self.scheme.enjeu or "")
        if entry is None or orientation.enjeu is not None:
            return
        self.ledger.use(entry.piece)
        known = self.organisation.enjeux
        number = int(entry.titre.number or 0) if (entry.titre.number or "").isdecimal() else None
        same = next((one for one in known if one.numero == number or fold(one.titre) == fold(entry.titre.titre)), None)
        if same is None:
            free = next(n for n in range(1, 10_000) if n not in [one.numero for one in known])
            same = EnjeuDraft(number or free, entry.titre.titre or entry.piece.line)
            known.append(same)
        elif entry.titre.titre and fold(same.titre) != fold(entry.titre.titre):
            same.enonce = same.enonce or entry.titre.titre
        orientation.enjeu = same.numero

    def _node(self, siblings: list[NodeDraft], level: str, entry: NamedLevel) -> NodeDraft:
        """The level that an entry names: one of those that are there, or a new one."""
        titre = capitalized(entry.titre.titre) if level == "volet" else entry.titre.titre
        said = id(siblings), entry.titre.number, entry.titre.titre
        node = self._named.get(said) or next((one for one in siblings if _is_same(one, entry)), None)
        if node is None:
            node = NodeDraft(level, titre, entry.titre.number, entry.piece.place)
            siblings.append(node)
        self._named[said] = node
        self.placed[id(entry.piece)] = node
        node.titre = node.titre or titre
        node.number = node.number or entry.titre.number
        _note(node, titre, entry.piece)
        self.ledger.use(entry.piece)
        node.comment(entry.piece.line if without_calls(entry.piece.text) != entry.piece.text else "")
        for link in entry.piece.links:
            node.comment(link if link not in entry.piece.text else "")
        node.comment(commented(entry.piece, self.ledger))
        return node

    def _action(self, found: Found, known: Common) -> ActionDraft:
        texts = [value.text for value in found.texts]
        details = [value for value in found.values.get(Role.DESCRIPTION, ()) if value.text]
        number = number_alone(found.number.text) if found.number else None
        if found.number and number:
            self.ledger.use(found.number.cell)
        whole, steps, rest = title_and_steps(texts[0]) if texts else ("", [], "")
        if texts and details and (alone := number_alone(whole)):
            number, whole = number or alone, " ".join(details.pop(0).text.split())
        titre = read_title(whole)
        found.noun = titre.noun if titre.noun in ACTIONS else None
        if (
            titre.number
            and titre.titre
            and (titre.noun is None or titre.noun in ACTIONS)
            and number in (None, titre.number)
        ):
            number, whole = titre.number, titre.titre
        action = ActionDraft(whole, number, found.place)
        if found.number and number_alone(found.number.text) is None:
            action.comment(f"{found.number.column.header}{NBSP}: {found.number.cell.line}")
            self.ledger.use(found.number.cell)
            if isinstance(getattr(found.number.cell, "value", None), date):
                told = f"Le tableur a fait une date d'un numéro ({found.number.cell.line}). Quel est-il?"
                action.asks.append(Ask("le numéro au document", found.number.cell.place, told))
        for value in details:
            action.comment(f"{value.column.header}{NBSP}: {' '.join(value.text.split())}")
        for text in texts[1:]:
            action.comment(" ".join(text.split()))
        filled(action, found, known)
        self._of_several(action, found)
        action.asks += found.asks
        action.comment(rest)
        if steps:
            action.fields["etapes"] = [*steps, *action.fields.get("etapes", [])]
        return action

    def _of_several(self, action: ActionDraft, found: Found) -> None:
        if found.paired and not self._paired:
            self._paired = True
            action.asks.append(asked_of_pairs(found.paired, action.place, self.noun))
        for value in found.unpaired:
            self.ledger.use(value.cell)
            said_of_others(action, value, self.noun)

    def settle(self, levels: Levels) -> None:
        """Give every level and action its number, its code, and a place that a plan can have."""
        for orientation in self.orientations:
            _one_kind(orientation)
        numbered(self.orientations)
        for orientation in self.orientations:
            volet_codes([node for node in orientation.children if node.level == "volet"])
            for node in orientation.nodes():
                numbered([child for child in node.children if child.level == "objectif"])
                numbered(node.actions)
                _asked_of_title(node, self.noun)
        for entry in levels.entries:
            self._named_again(entry, levels.above.get(id(entry.piece)))

    def _same_as(self, entry: NamedLevel) -> NodeDraft | None:
        """The level of that number and that title, wherever it is."""
        if (entry.key, entry.name) not in self._known:
            everything = (node for one in self.orientations for node in one.nodes())
            found = next((node for node in everything if _is_same(node, entry) and any(entry.titre[1:])), None)
            self._known[entry.key, entry.name] = found
        return self._known[entry.key, entry.name]

    def _named_again(self, entry: NamedLevel, above: NamedLevel | None) -> None:
        """What becomes of a level that no action stands under: the title of one that is there, or left out."""
        if id(entry.piece) in self.placed or self.ledger.is_known(entry.piece):
            return
        same = self._same_as(entry)
        enjeux = [enjeu.titre for enjeu in self.organisation.enjeux] if entry.key == self.scheme.enjeu else []
        known = [same.titre if same else "", *enjeux]
        if entry.titre.titre in known if entry.titre.titre else same:
            self.ledger.use(entry.piece)
        elif same:
            self.ledger.leave([entry.piece], f"répète un titre du plan ({same.place})")
        else:
            if entry.numbered:
                self.ledger.forget(entry.numbered)
            self.ledger.leave(filter(None, [entry.numbered, entry.piece]), "niveau sans action")
            if entry.key in NOUNS and entry.key in self.scheme.levels.values() and entry.titre.titre:
                node = above and (self.placed.get(id(above.piece)) or self._same_as(above))
                said = quoted(entry.piece.line)
                one = self.noun.pick("un", "une")
                told = f"{said} n'a {self.noun.aucun} au document. Écrivez-en {one}, ou laissez ce niveau hors du plan."
                (node or self.organisation).asks.append(
                    Ask(f"{said}, sans {self.noun.nom} au document", entry.piece.place, told)
                )


def _is_same(node: NodeDraft, entry: NamedLevel) -> bool:
    one, two = fold(node.titre), fold(entry.titre.titre)
    if node.number and entry.titre.number:
        if fold(node.number) != fold(entry.titre.number):
            return False
        return not one or not two or one == two or SequenceMatcher(None, one, two).ratio() >= _ALIKE
    return bool(two) and one == two


def _note(node: NodeDraft, titre: str, piece: Piece) -> None:
    """Keep beside a level a title that differs from its own."""
    if titre and " ".join(titre.split()).rstrip(".") != " ".join(node.titre.split()).rstrip("."):
        said = f"Aussi écrit{NBSP}: {quoted(titre)}"
        if not any(comment.startswith(said) for comment in node.comments):
            node.comment(f"{said} ({piece.place})")


def _one_kind(node: NodeDraft) -> None:
    """A level holds one kind of children: what stands beside others of another kind goes under one that is to name."""
    if node.level == "orientation" and {child.level for child in node.children} == {"volet", "objectif"}:
        loose = [child for child in node.children if child.level == "objectif"]
        node.children = [child for child in node.children if child.level == "volet"]
        node.children.append(_to_name("volet", node, loose, []))
    if node.actions and node.children:
        level = node.children[0].level
        node.children.append(_to_name(level, node, [], node.actions))
        node.actions = []
    for child in node.children:
        _one_kind(child)


def _to_name(level: str, node: NodeDraft, children: list[NodeDraft], actions: list[ActionDraft]) -> NodeDraft:
    made = NodeDraft(level, _NAMELESS, None, node.place)
    made.children, made.actions = children, actions
    return made


def _asked_of_title(node: NodeDraft, noun: Nom) -> None:
    if not node.titre:
        node.titre = _NAMELESS
    if node.titre == _NAMELESS:
        told = f"Le document ne nomme pas ce niveau ({noun.counted(len(list(node.every_action())))} dessous)."
        node.asks.append(Ask("le titre de ce niveau", node.place, told))


# --- the whole ---------------------------------------------------------------------------------------


def _resolved(actions: Iterable[ActionDraft], people: Sequence[Qui]) -> None:
    """Name the responsables of each action as the plan knows them: « Agence (ARS) » is « Agence », of code ARS."""
    known = {fold(name) for who in people for name in (who.code, who.nom, *who.alias)}
    for action in actions:
        for rank, name in enumerate(action.responsables):
            if fold(name) not in known:
                action.responsables[rank] = mention(name).nom


_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,6}")


_STANDS_FOR = re.compile(r"\b([A-Z]{2,6})\s*[:=]\s*([^\W\d_][^;,:=|\n()]{2,60})")


def _with_their_names(people: Sequence[Qui], reading: Reading) -> list[Qui]:
    """The same, an acronym alone with the name that a legend gives it, « DG : directrice générale »."""
    named: dict[str, str] = {}
    for piece in reading.document.pieces():
        for sigle, words in _STANDS_FOR.findall(piece.text) if ":" in piece.text or "=" in piece.text else ():
            name = words.strip(" .")
            if sigle not in named and initials_are(sigle, name) and any(who.nom == sigle for who in people):
                named[sigle] = capitalized(name)
                reading.ledger.use(piece, sigle, name)
    taken = {fold(name) for who in people for name in (who.nom, *who.alias)}
    return [
        who._replace(nom=named[who.nom]) if fold(named.get(who.nom, who.nom)) not in taken else who for who in people
    ]


def _with_aliases(people: Sequence[Qui], texts: Sequence[str]) -> list[Qui]:
    """The same, each also known without its article, and an acronym also with the dots that the document writes."""
    dotted = {one.replace(".", ""): one for text in texts if "." in text for one in _DOTTED.findall(text)}
    taken = {fold(name) for who in people for name in (who.code, who.nom, *who.alias)}
    made = []
    for who in people:
        more = []
        if (bare := re.sub(r"(?i)^(?:l['’]|les |la |le )", "", who.nom)) != who.nom:
            more.append(capitalized(bare))
        if who.code in dotted:
            more.append(dotted[who.code])
        more = [name for name in more if fold(name) not in taken]
        taken.update(map(fold, more))
        made.append(who._replace(alias=(*who.alias, *more)))
    return made
