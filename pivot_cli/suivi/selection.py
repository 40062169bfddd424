"""Which actions are asked for: the same filters for every command and every document that takes some."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from pivot_cli.echeance import Echeance, Refus, TypeEcheance
from pivot_cli.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pivot_cli.plan.model import Action, Plan, Responsable
    from pivot_cli.suivi.etat import Etat, Portrait, Situation


Tri = Literal["plan", "echeance", "responsable"]


class Selection(NamedTuple):
    """What is asked of an action; what is not asked is empty, and keeps everything."""

    responsables: tuple[Responsable, ...] = ()  # one of them, as of the orientations, of the objectifs and of the états
    orientations: tuple[int, ...] = ()
    objectifs: tuple[str, ...] = ()  # their ids
    etats: tuple[Etat, ...] = ()
    mots: tuple[str, ...] = ()  # every one of them
    avant: date | None = None  # an échéance whose last day is not after it
    apres: date | None = None  # nor before this one
    sans_nouvelles: int | None = None  # an open action with nothing dated in so many months
    # One whose échéance cannot be read, which nobody has, or whose id is here: a comment asks for something.
    a_completer: frozenset[str] | None = None
    a_fermer: bool = False  # nothing says yet what becomes of it when the plan ends

    def keep(self, portrait: Portrait) -> tuple[Situation, ...]:
        """The actions that answer, in the plan's order."""
        if self == Selection():
            return portrait.situations
        codes = portrait.plan.registre.codes
        wanted_codes = {who.code for who in self.responsables}
        since = None if self.sans_nouvelles is None else months_before(portrait.au, self.sans_nouvelles)
        return tuple(
            one
            for one in portrait.situations
            if (not self.orientations or one.place.orientation.numero in self.orientations)
            and (not self.objectifs or one.place.objectif_id in self.objectifs)
            and (not self.etats or one.etat in self.etats)
            and (not wanted_codes or not wanted_codes.isdisjoint(codes(one.action.responsables)))
            and self._due(one)
            and (since is None or (one.open and (last_news(one) or date.min) < since))
            and (self.a_completer is None or one.id in self.a_completer or incomplete(one))
            and (not self.a_fermer or one.open)
            and (not self.mots or holds(one, self.mots, portrait.plan))
        )

    def cut(self, portrait: Portrait) -> Portrait:
        """The same plan on the same day, with those actions only: whatever is counted is counted among them."""
        kept = self.keep(portrait)
        return portrait if kept is portrait.situations else type(portrait)(portrait.plan, portrait.look, kept)

    def _due(self, one: Situation) -> bool:
        if self.avant is None and self.apres is None:
            return True
        last = last_day(one)
        return last is not None and (self.apres or date.min) <= last <= (self.avant or date.max)


def months_before(day: date, months: int) -> date:
    """So many months before a day, or the first day that dates can hold."""
    from dateutil.relativedelta import relativedelta  # 2 ms, that few commands need

    return day - relativedelta(months=min(months, 12 * (day.year - 1)))


def last_day(one: Situation) -> date | None:
    """The last day of an échéance; of a recurrence, that of the time that is due or comes next; None without end."""
    echeance, due = one.action.echeance, one.passee_le or one.prochaine
    if isinstance(echeance, Echeance) and echeance.type is TypeEcheance.PERIODE:
        return due if due and one.action.recurrence else echeance.fin
    return due


def last_news(one: Situation) -> date | None:
    """The last day at which something dated was recorded of an action, an échéance that was moved included."""
    action = one.action
    dated = [action.statut_le, action.realisee_le, *action.realisations]
    dated += [note.date for note in action.nouvelles] + [former.decide_le for former in action.echeances_precedentes]
    return max((when.fin for when in dated if when), default=None)


def incomplete(one: Situation) -> bool:
    """Whether an action has nobody, or an échéance that cannot be read."""
    return not one.action.responsables or isinstance(one.action.echeance, Refus)


def inside(situations: Sequence[Situation], wanted: str) -> tuple[str, tuple[Situation, ...]]:
    """The id of the objectif, volet or orientation that people name so (« 3.GOU.2. »), and its actions, if any."""
    start = fold(wanted).rstrip(".")
    found = tuple(one for one in situations if fold(one.id).startswith(f"{start}.")) if start else ()
    return ".".join(found[0].id.split(".")[: start.count(".") + 1]) if found else wanted, found


def asking(plan: Plan) -> frozenset[str]:
    """The ids of the actions that a comment between their first line and the next one's says to complete."""
    return frozenset(questions(plan))


def questions(plan: Plan) -> dict[str, tuple[str, ...]]:
    """What those comments say, by the id of their action."""
    return {id_: tuple(text for _, text in some) for id_, some in comments(plan).items()}


def comments(plan: Plan) -> dict[str, list[tuple[int, str]]]:
    """These comments, each with its offset in the text of its file, by the id of their action."""
    found, written = {}, re.compile(r"(?m)(?:^|(?<=[ \t]))#.*")
    for orientation in plan.orientations:
        places = [place for place in plan.places if place.orientation is orientation]
        text = orientation.origin.source.text
        starts = [text.rfind("\n", 0, place.action.origin.span()[0]) + 1 for place in places]
        for place, start, end in zip(places, starts, [*starts, len(text)][1:], strict=True):
            asked = (one for one in written.finditer(text, start, end) if "a completer" in fold(one[0]))
            said = [(one.start(), one[0]) for one in asked if not _in_a_text(one.start(), place.action)]
            if said:
                found[place.id] = said
    return found


def _in_a_text(offset: int, action: Action) -> bool:
    """Whether a place of a file is inside a text of an action that may hold any sign: quoted, or on its own lines."""
    inner = [note.origin for note in action.suivi] + [former.origin for former in action.echeances_precedentes]
    for origin in (action.origin, *inner, *([action.budget.origin] if action.budget else [])):
        for key in origin.keys:
            start, end = origin.span(*key.split("."))
            opening = origin.source.text[start : start + 1]
            if key and opening and opening in "|>":
                start = origin.source.text.find("\n", start)  # a comment may follow the sign
            if key and opening and opening in "|>'\"" and start < offset < end:
                return True
    return False


def in_order(situations: Sequence[Situation], plan: Plan, tri: Tri = "plan") -> Sequence[Situation]:
    """The actions in the plan's order, by the last day of échéances (none: last), or by who has them, as listed."""
    if tri == "echeance":
        return sorted(situations, key=lambda one: last_day(one) or date.max)
    if tri == "responsable":
        rank, codes = {who.code: n for n, who in enumerate(plan.registre)}, plan.registre.codes
        return sorted(situations, key=lambda one: [rank.get(code, 0) for code in codes(one.action.responsables)])
    return situations


# --- words ------------------------------------------------------------------------------------------------

_SHORTEST_BEGINNING = 4  # letters from which a word is found by its beginning
_ELIDED = re.compile(r"\b(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)'(?=\w)")  # « l'embauche »
_PLURALS = {
    "ans": "an",
    "yeux": "oeil",
    **{f"{start}aux": f"{start}ail" for start in ("b", "cor", "em", "soupir", "trav", "vant", "vitr")},
}
"""Those that lose more than an « s » or an « x », but for « -aux » of « -al »."""


def asked_words(typed: Iterable[str]) -> tuple[str, ...]:
    """The words that are looked for of what was typed: quotation marks only hold some together."""
    return tuple(word for text in typed for word in re.findall(r'[^\s"«»“”]+', text))


def holds(one: Situation, words: Sequence[str], plan: Plan) -> bool:
    """Whether each word is in what an action says: its description, its titles, its objectif, its responsables, what
    was noted of it. Case, accents, elisions and plurals do not matter; a word of four letters or more may be the
    beginning of another, unless it ends as a plural does.
    """
    said = " ".join(_texts(one, plan))
    text, singulars = _read(said)
    return all(
        all(_singular(asked) in singulars or _begins_one(asked, text) for asked in _words(word))
        if _words(word)
        else fold(word) in fold(said)
        for word in words
    )


def _texts(one: Situation, plan: Plan) -> Iterator[str]:
    action = one.action
    yield from (one.id, action.description, action.titre_court or "", one.place.objectif.titre, action.resultat or "")
    for name in (*action.responsables, *action.collaborateurs):
        who = plan.registre.find(name)
        yield from (name, *((*who.names, who.label) if who else ()))
    yield from (note.note for note in action.suivi)


@lru_cache(maxsize=16_384)  # of a large plan, looked into again and again by who has its page open
def _read(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a text, and their singulars."""
    words = _words(text)
    return words, frozenset(map(_singular, words))


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+(?:\.[^\W_]+)*", _ELIDED.sub("", fold(text))))


@lru_cache(maxsize=4096)
def _singular(word: str) -> str:
    """A word and its plural give the same (« régional » and « régionaux »), « C.A. » and « CA » too."""
    if re.fullmatch(r"[a-z](\.[a-z])+", word):
        return word.replace(".", "")
    if word in _PLURALS or len(word) <= 3:
        return _PLURALS.get(word, word)
    word = word.removesuffix("s").removesuffix("x")
    return f"{word[:-1]}u" if word.endswith("al") else word


def _begins_one(asked: str, text: Iterable[str]) -> bool:
    if len(asked) < _SHORTEST_BEGINNING or asked.endswith(("s", "x")):
        return False
    return any(word.startswith(asked) for word in text)
