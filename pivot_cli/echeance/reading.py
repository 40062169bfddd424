"""How a wording is read: the families of the grammar tried on its tokens, and the days of the one that fits.

    wording      := [remark] (intervalle | immediat | indeterminee | continu | recurrent) [remark]
    remark       := "(" free text ")" | "selon" free text

Articles are dropped and contractions undone before (lexer.py); points are in points.py, intervals of them in
dated.py, rhythms in rhythms.py, what stands around a rhythm in cores.py. Each wording has one derivation at
most: the families share no wording, and inside each the longest phrase wins. A form that is read and has no
reading (no year, a 31st of June, two far readings) is refused with its own words; the rest, by explaining.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from pivot_cli.echeance.cores import blamed, continu, immediat, indeterminee, recurrent
from pivot_cli.echeance.dated import intervalle
from pivot_cli.echeance.dates import days
from pivot_cli.echeance.lexer import Cursor, tokenize
from pivot_cli.echeance.refusals import (
    empty,
    remark_alone,
    remark_says_when,
    remark_unclosed,
    too_long,
    two_ideas,
)
from pivot_cli.echeance.rules import rrule
from pivot_cli.echeance.spans import Notes
from pivot_cli.echeance.syntax import Intervalle, Suite, UnreadError
from pivot_cli.echeance.values import Echeance, Refus, TypeEcheance

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from pivot_cli.echeance.conventions import Conventions
    from pivot_cli.echeance.cores import Noyau
    from pivot_cli.echeance.lexer import Token

LONGEST = 200


def read(texte: str, conventions: Conventions) -> Echeance | Refus:
    """The reading of a wording, or its refusal; never an exception."""
    try:
        tokens, remark = _prepare(texte)
        pending: UnreadError | None = None
        for family in FAMILIES.values():
            try:
                found = family(tokens, texte, conventions)
            except UnreadError as error:
                pending = pending or error
                continue
            if found is not None:
                return found if remark is None else _with_remark(found, remark)
        if pending is not None:
            raise pending
        from pivot_cli.echeance.explaining import explain

        raise explain(texte, tokens)
    except UnreadError as error:
        end = error.end or len(texte)
        return Refus(texte, error.message, error.remedy, error.start, end)


def derivations(texte: str, conventions: Conventions) -> list[str]:
    """The names of the families that read a wording: one at most, which the tests hold it to."""
    names: list[str] = []
    try:
        tokens, _ = _prepare(texte)
    except UnreadError:
        return names
    for name, family in FAMILIES.items():
        try:
            if family(tokens, texte, conventions) is not None:
                names.append(name)
        except UnreadError:
            continue
    return names


def _prepare(texte: str) -> tuple[list[Token], str | None]:
    """The tokens that say when, and the free text in parentheses or after « selon »."""
    # Spaces and the way accents are coded do not count: they never change a reading.
    if len(texte) > LONGEST and len(" ".join(normalize("NFC", texte).split())) > LONGEST:
        raise too_long(LONGEST)
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
        raise remark_alone() if remarks else empty()
    return tokens, _remark(remarks, texte)


def _without_parentheses(tokens: list[Token]) -> tuple[list[Token], list[list[Token]]]:
    """Groups in parentheses before or after the wording are set aside; one inside it is refused."""
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
            raise remark_unclosed(token.start, token.end)
        elif opened is not None:
            groups[-1].append(token)
        else:
            kept.append(token)
    if opened is not None:
        raise remark_unclosed(opened.start, opened.end)
    return kept, groups


def _remark(groups: list[list[Token]], texte: str) -> str | None:
    pieces = []
    for group in groups:
        at_fault = blamed(group)
        if at_fault is not None:
            raise remark_says_when(texte[at_fault.start : at_fault.end], at_fault.start, at_fault.end)
        if group:
            pieces.append(texte[group[0].start : group[-1].end])
    return "; ".join(pieces) or None


def _with_remark(found: Echeance, remark: str) -> Echeance:
    return found._replace(remarque=f"{found.remarque}; {remark}" if found.remarque else remark)


def _dated(tokens: list[Token], texte: str, conventions: Conventions) -> Echeance | None:
    cursor = Cursor(tokens)
    interval = intervalle(cursor)
    if interval is None or not cursor.at_end():
        return None
    notes = Notes()
    first, last = days(interval, texte, conventions, notes)
    return _echeance(texte, TypeEcheance.PERIODE, notes, first, last)


def _echeance(
    texte: str, kind: TypeEcheance, notes: Notes, first: date | None = None, last: date | None = None
) -> Echeance:
    return Echeance(texte, kind, first, last, avis=" ".join(notes.warnings) or None, raisons=tuple(notes.reasons))


def _recurrent(tokens: list[Token], texte: str, conventions: Conventions) -> Echeance | None:
    noyau = recurrent(tokens)
    if noyau is None or noyau.rythme is None:
        return None
    notes = Notes()
    if noyau.rythme.warning:
        notes.warn(noyau.rythme.warning)
    first, last = _limit(noyau, texte, conventions, notes)
    place = (first, last) if first is not None and last is not None else None
    rule, fois = rrule(noyau, last, place, conventions, notes)
    return Echeance(
        texte, TypeEcheance.RECURRENT, first, last, rule, fois, " ".join(notes.warnings) or None,
        tuple(notes.reasons), _free_text(noyau, texte),
    )  # fmt: skip


def _limit(noyau: Noyau, texte: str, conventions: Conventions, notes: Notes) -> tuple[date | None, date | None]:
    """The days that bound a rhythm; a bare day or month is no bound."""
    if noyau.limit is None:
        return None, None
    first, last = days(noyau.limit, texte, conventions, notes)
    if noyau.opened or (noyau.limit.whole is not None and first is None):
        raise two_ideas()
    return first, last


def _continu(tokens: list[Token], texte: str, conventions: Conventions) -> Echeance | None:
    noyau = continu(tokens)
    if noyau is None:
        return None
    notes = Notes()
    free = _free_text(noyau, texte)
    if noyau.limit is None:
        if noyau.part or noyau.anchor is not None:
            return None
        return Echeance(texte, TypeEcheance.CONTINU, remarque=free)
    limit = _open(noyau.limit) if noyau.opened else noyau.limit
    first, last = days(limit, texte, conventions, notes)
    found = _echeance(texte, TypeEcheance.PERIODE, notes, first, last)
    return found if free is None else _with_remark(found, free)


def _open(limit: Intervalle) -> Intervalle:
    """« 2021 et en continu » begins in 2021 and has no end."""
    suite: Suite | None = limit.whole
    return limit if suite is None else Intervalle(lower=suite)


def _free_text(noyau: Noyau, texte: str) -> str | None:
    return "; ".join(texte[start:end] for start, end in noyau.free) or None


def _immediat(tokens: list[Token], texte: str, _conventions: Conventions) -> Echeance | None:
    return None if immediat(tokens) is None else Echeance(texte, TypeEcheance.IMMEDIAT)


def _indeterminee(tokens: list[Token], texte: str, _conventions: Conventions) -> Echeance | None:
    return None if indeterminee(tokens) is None else Echeance(texte, TypeEcheance.INDETERMINEE)


FAMILIES: dict[str, Callable[[list[Token], str, Conventions], Echeance | None]] = {
    "dated": _dated,
    "immediat": _immediat,
    "indeterminee": _indeterminee,
    "continu": _continu,
    "recurrent": _recurrent,
}
