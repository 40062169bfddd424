"""How a wording is read: the families of the grammar tried on its tokens, and the days of the one that fits.

    wording      := [remark] (intervalle | immediat | indeterminee | continu | recurrent) [remark]
    remark       := "(" free text ")" | "selon" free text

Articles and contractions are the lexer's; points are in points.py, intervals of them in dated.py, rhythms and what
goes on in rhythms.py. Each wording has one derivation at most: the families share no wording, and inside each the
longest phrase wins. A form that is read and has no reading (no year, a 31st of June, two far readings) is refused
with its own words; the rest, by explaining.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from pivot_cli.echeance.dated import Intervalle, intervalle
from pivot_cli.echeance.dates import days
from pivot_cli.echeance.lexer import Cursor, UnreadError, tokenize
from pivot_cli.echeance.recurrence import rrule
from pivot_cli.echeance.rhythms import blamed, continu, immediat, indeterminee, recurrent
from pivot_cli.echeance.spans import Notes
from pivot_cli.echeance.values import Echeance, Refus, TypeEcheance
from pivot_cli.text import quoted

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from pivot_cli.echeance.lexer import Token
    from pivot_cli.echeance.rhythms import Noyau
    from pivot_cli.echeance.values import Conventions

LONGEST = 200
EXEMPLES = f"{quoted('mars 2020')}, {quoted('automne 2020')}, {quoted('annuel')} ou {quoted('en continu')}"
_NOTHING = (
    "L'échéance est vide.",
    f"Écrivez par exemple {EXEMPLES}, ou {quoted('à déterminer')} si la date n'est pas connue.",
)


def read(texte: str, conventions: Conventions) -> Echeance | Refus:
    """The reading of a wording, or its refusal; never an exception."""
    if not texte:
        return Refus("", *_NOTHING)  # what an action without an échéance has: no need to load the refusals
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
        from pivot_cli.echeance.refusals import refus

        return refus(texte, error)


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
        raise UnreadError("too_long", 0, 0, LONGEST)
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
        raise UnreadError("remark_alone" if remarks else "said", 0, 0, *(() if remarks else _NOTHING))
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
        elif opened is not None:
            groups[-1].append(token)
        else:
            kept.append(token)
    if opened is not None:
        raise UnreadError("remark_unclosed", opened.start, opened.end)
    return kept, groups


def _remark(groups: list[list[Token]], texte: str) -> str | None:
    pieces = []
    for group in groups:
        at_fault = blamed(group)
        if at_fault is not None:
            # « T2 » is two tokens and one word.
            start = next((one.start for one in group if one.end == at_fault.start), at_fault.start)
            raise UnreadError("remark_says_when", start, at_fault.end, texte[start : at_fault.end])
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
    if noyau is None:
        return None
    notes = Notes()
    if noyau.rythme.warning:
        notes.warn(noyau.rythme.warning)
    first, last = (None, None) if noyau.limit is None else days(noyau.limit, texte, conventions, notes)
    premiere = None
    if noyau.limit is not None and noyau.opened:
        first, last, premiere = _first_time(noyau.limit, first, last)
    elif noyau.limit is not None and noyau.limit.whole is not None and first is None:
        raise UnreadError("two_ideas")  # a bare day is no bound
    place = (first, last) if first is not None and last is not None else None
    rule, fois = rrule(noyau, last, place, conventions, notes)
    return Echeance(
        texte, TypeEcheance.RECURRENT, first, last, rule, fois, " ".join(notes.warnings) or None,
        tuple(notes.reasons), _free_text(noyau, texte), premiere,
    )  # fmt: skip


def _first_time(
    limit: Intervalle, first: date | None, last: date | None
) -> tuple[date | None, date | None, date | None]:
    """« mars 2020 puis annuellement » begins in March 2020, a first time, and has no end; « dès 2021 » has none."""
    if limit.whole is None and limit.upper is None:
        return first, None, None
    if limit.whole is None or len(limit.whole.points) > 1:
        raise UnreadError("two_ideas")
    return first or last, None, last


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
    limit = noyau.limit
    if noyau.opened and limit.whole is not None:
        limit = Intervalle(lower=limit.whole)  # « 2021 et en continu » begins in 2021 and has no end
    first, last = days(limit, texte, conventions, notes)
    found = _echeance(texte, TypeEcheance.PERIODE, notes, first, last)
    return found if free is None else _with_remark(found, free)


def _free_text(noyau: Noyau, texte: str) -> str | None:
    return "; ".join(texte[start:end] for start, end in noyau.free) or None


def _immediat(tokens: list[Token], texte: str, _conventions: Conventions) -> Echeance | None:
    return Echeance(texte, TypeEcheance.IMMEDIAT) if immediat(tokens) else None


def _indeterminee(tokens: list[Token], texte: str, _conventions: Conventions) -> Echeance | None:
    return Echeance(texte, TypeEcheance.INDETERMINEE) if indeterminee(tokens) else None


FAMILIES: dict[str, Callable[[list[Token], str, Conventions], Echeance | None]] = {
    "dated": _dated,
    "immediat": _immediat,
    "indeterminee": _indeterminee,
    "continu": _continu,
    "recurrent": _recurrent,
}
