"""How a wording is read: the families of the grammar tried on its tokens, and the days of the one that fits.

The grammar is grammaire.txt. Each wording has one derivation at most: the families share no wording, and inside each
the longest phrase wins. A form that is read and has no reading (no year, a 31st of June, two far readings) is refused
with its own words; the rest, by explaining.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from pivot_cli.echeance.dated import Intervalle, intervalle
from pivot_cli.echeance.dates import days
from pivot_cli.echeance.lexer import LONGEST, UnreadError, tokenize, whole
from pivot_cli.echeance.recurrence import rrule
from pivot_cli.echeance.rhythms import blamed, continu, immediat, indeterminee, recurrent
from pivot_cli.echeance.spans import Notes
from pivot_cli.echeance.values import DEFAUT, VIDE, Conventions, Echeance, Refus, TypeEcheance

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from pivot_cli.echeance.lexer import Token
    from pivot_cli.echeance.rhythms import Noyau

_MOST_KEPT = 20_000
_READ: dict[Conventions, dict[str, Echeance | Refus]] = {}


def parse(texte: str, conventions: Conventions = DEFAUT) -> Echeance | Refus:
    """How a wording is read; a wording is read once under the same conventions."""
    kept = _READ.get(conventions)
    if kept is None:
        kept = _READ[conventions] = {}
    found = kept.get(texte)
    if found is None:
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        found = kept[texte] = read(texte, conventions)
    return found


def read(texte: str, conventions: Conventions) -> Echeance | Refus:
    """The reading of a wording, or its refusal; never an exception."""
    if not texte:
        return VIDE
    tokens: list[Token] = []
    try:
        tokens, remark = prepare(texte)
        found = recognized(tokens, texte, conventions)
    except UnreadError as error:
        return refused(texte, error)
    if found is None:
        return refused(texte, tokens)
    return found if remark is None else _with_remark(found, remark)


def refused(texte: str, cause: UnreadError | list[Token]) -> Refus:
    """The refusal of a wording: of what it says, or of tokens that make no form of the grammar."""
    # Most plans have none: 0.8 ms, of the 11 of a bare Python, that their start is spared.
    from pivot_cli.echeance.explaining import refusal

    return refusal(texte, cause)


def recognized(tokens: list[Token], texte: str, conventions: Conventions) -> Echeance | None:
    """The reading of the family that fits, None when none does; raises UnreadError for a form without a reading."""
    pending: UnreadError | None = None
    for family in FAMILIES.values():
        try:
            found = family(tokens, texte, conventions)
        except UnreadError as error:
            pending = pending or error
            continue
        if found is not None:
            return found
    if pending is not None:
        raise pending
    return None


def prepare(texte: str) -> tuple[list[Token], str | None]:
    """The tokens that say when, and the free text in parentheses or after « selon »."""
    # Spaces and the way accents are coded do not count: they never change a reading.
    if len(texte) > LONGEST and len(" ".join(normalize("NFC", texte).split())) > LONGEST:
        raise UnreadError("too_long", longest=LONGEST)
    tokens = tokenize(texte)
    remarks: list[list[Token]] = []
    if "(" in texte or ")" in texte or "[" in texte or "]" in texte:
        tokens, remarks = _without_parentheses(tokens)
    for rank, token in enumerate(tokens):
        if token.text == "selon" and 0 < rank < len(tokens) - 1:
            remarks.append(tokens[rank:])
            tokens = tokens[:rank]
            break
    while tokens and tokens[-1].text in (",", ";", ":"):
        tokens = tokens[:-1]
    if not any(token.text.isalnum() for token in tokens):
        raise UnreadError("remark_alone" if remarks else "empty")
    return tokens, _remark(remarks, texte)


def _without_parentheses(tokens: list[Token]) -> tuple[list[Token], list[list[Token]]]:
    """Groups in parentheses are set aside, wherever they stand; one inside another is refused."""
    kept: list[Token] = []
    groups: list[list[Token]] = []
    opened: Token | None = None
    for token in tokens:
        if token.text == "(" and opened is None:
            opened = token
            groups.append([])
        elif token.text == ")" and opened is not None:
            opened = None
        elif token.text in "()":
            raise UnreadError("remark_unclosed", token.start, token.end)
        else:
            (kept if opened is None else groups[-1]).append(token)
    if opened is not None:
        raise UnreadError("remark_unclosed", opened.start, opened.end)
    return kept, groups


def _remark(groups: list[list[Token]], texte: str) -> str | None:
    for group in groups:
        at_fault = blamed(group)
        if at_fault is not None:
            # « T2 » is two tokens and one word.
            start = next((token.start for token in group if token.end == at_fault.start), at_fault.start)
            raise UnreadError("remark_says_when", start, at_fault.end, word=texte[start : at_fault.end])
    return "; ".join(texte[group[0].start : group[-1].end] for group in groups if group) or None


def _with_remark(found: Echeance, remark: str) -> Echeance:
    return found._replace(remarque=f"{found.remarque}; {remark}" if found.remarque else remark)


# --- the families ---------------------------------------------------------------------------------------------------


def _dated(tokens: list[Token], texte: str, conventions: Conventions) -> Echeance | None:
    interval = whole(tokens, intervalle)
    return None if interval is None else _periode(interval, texte, conventions)


def _periode(interval: Intervalle, texte: str, conventions: Conventions, free: str | None = None) -> Echeance:
    notes = Notes()
    first, last = days(interval, texte, conventions, notes)
    return Echeance(
        texte, TypeEcheance.PERIODE, first, last, avis=notes.avis(), raisons=tuple(notes.reasons), remarque=free
    )


def _immediat(tokens: list[Token], texte: str, _conventions: Conventions) -> Echeance | None:
    return Echeance(texte, TypeEcheance.IMMEDIAT) if immediat(tokens) else None


def _indeterminee(tokens: list[Token], texte: str, _conventions: Conventions) -> Echeance | None:
    return Echeance(texte, TypeEcheance.INDETERMINEE) if indeterminee(tokens) else None


def _continu(tokens: list[Token], texte: str, conventions: Conventions) -> Echeance | None:
    noyau = continu(tokens)
    if noyau is None:
        return None
    free, limit = _free_text(noyau, texte), noyau.limit
    if limit is None:
        return Echeance(texte, TypeEcheance.CONTINU, remarque=free)
    if noyau.opened and limit.whole is not None:
        limit = Intervalle(lower=limit.whole)  # « 2021 et en continu » begins in 2021 and has no end
    return _periode(limit, texte, conventions, free)


def _recurrent(tokens: list[Token], texte: str, conventions: Conventions) -> Echeance | None:
    noyau = recurrent(tokens)
    if noyau is None or noyau.rythme is None:
        return None
    notes, limit = Notes(), noyau.limit
    if noyau.rythme.warning:
        notes.warn(noyau.rythme.warning)
    first, last = (None, None) if limit is None else days(limit, texte, conventions, notes)
    premiere = None
    if limit is not None and noyau.opened:
        first, last, premiere = _first_time(limit, first, last)
    elif limit is not None and limit.whole is not None and first is None:
        raise UnreadError("two_ideas")  # a bare day is no bound
    rule, fois = rrule(noyau.rythme, noyau, (first, last), conventions, notes)
    return Echeance(
        texte, TypeEcheance.RECURRENT, first, last, rule, fois, notes.avis(), tuple(notes.reasons),
        _free_text(noyau, texte), premiere,
    )  # fmt: skip


def _first_time(
    limit: Intervalle, first: date | None, last: date | None
) -> tuple[date | None, date | None, date | None]:
    """« mars 2020 puis annuellement » begins in March 2020, a first time, and has no end; « dès 2021 » has none."""
    if limit.whole is None and limit.upper is None:
        return first, None, None
    if limit.whole is None or len(limit.whole.moments) > 1:
        raise UnreadError("two_ideas")
    return first or last, None, last


def _free_text(noyau: Noyau, texte: str) -> str | None:
    return "; ".join(texte[start:end] for start, end in noyau.free) or None


FAMILIES: dict[str, Callable[[list[Token], str, Conventions], Echeance | None]] = {
    "intervalle": _dated,
    "immédiat": _immediat,
    "indéterminée": _indeterminee,
    "continu": _continu,
    "récurrent": _recurrent,
}
"""By the names of grammaire.txt."""
