"""How a wording is read: the families of the grammar tried on its tokens, and the days of the one that fits.

The grammar is grammaire.txt. Each wording has one derivation at most: the families share no wording, and inside each
the longest phrase wins. A form that is read and has no reading (no year, a 31st of June, two far readings) is refused
with its own words; the rest, by explaining.py.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import normalize

from pivot_cli.echeance import unites, words
from pivot_cli.echeance.dated import Intervalle, chaine, intervalle
from pivot_cli.echeance.dates import days
from pivot_cli.echeance.lexer import END, LONGEST, Cursor, Token, UnreadError, tokenize, understood, whole
from pivot_cli.echeance.moments import Moment, is_year, moment
from pivot_cli.echeance.recurrence import rrule
from pivot_cli.echeance.rhythms import STATUS, VAGUE, Rythme, around, blamed, immediat, ongoing, opens, rhythm
from pivot_cli.echeance.spans import Notes, days_of
from pivot_cli.echeance.values import DEFAUT, VIDE, Conventions, DateConsignee, Echeance, Refus, TypeEcheance
from pivot_cli.text import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence


def parse(texte: str, conventions: Conventions = DEFAUT) -> Echeance | Refus:
    """How a wording is read; a wording is read once under the same conventions."""
    return _read_once(texte, conventions)


def read(texte: str, conventions: Conventions) -> Echeance | Refus:
    """The reading of a wording, or its refusal; never an exception."""
    if not texte:
        return VIDE
    tokens: list[Token] = []
    try:
        tokens, groups = prepare(texte)
        dated = [group for group in groups if _says_when(group)]
        found = _made_precise(tokens, dated, texte, conventions) if dated else recognized(tokens, texte, conventions)
    except UnreadError as error:
        return refused(texte, error, conventions, tokens)
    if found is None:
        return refused(texte, tokens, conventions)
    remarks = [texte[group[0].start : group[-1].end] for group in groups if group not in dated]
    return found._replace(remarque="; ".join(filter(None, (found.remarque, *remarks)))) if remarks else found


_read_once = lru_cache(maxsize=20_000)(read)


def refused(
    texte: str, cause: UnreadError | list[Token], conventions: Conventions = DEFAUT, tokens: Sequence[Token] = ()
) -> Refus:
    """The refusal of a wording: of what it says, or of tokens that make no form of the grammar."""
    # Most plans have none: 0.8 ms, of the 11 of a bare Python, that their start is spared.
    from pivot_cli.echeance.explaining import refusal

    return refusal(texte, cause, lambda wording: _is_read(wording, conventions), tokens)


def _is_read(texte: str, conventions: Conventions) -> bool:
    """Whether a wording has a reading; its refusal is not made."""
    try:
        tokens, groups = prepare(texte)
        return not any(map(_says_when, groups)) and recognized(tokens, texte, conventions) is not None
    except UnreadError:
        return False


def recognized(tokens: list[Token], texte: str, conventions: Conventions) -> Echeance | None:
    """The reading of the family that fits, None when none does; raises UnreadError for a form without a reading."""
    pending: UnreadError | None = None
    for family in FAMILIES:
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


def _is_bound(group: list[Token]) -> bool:
    """Whether dates beside a rhythm come back every year, or say when it begins or ends; not « mars 2025 et 2026 »."""
    dates = whole(group, intervalle)
    if dates is None or dates.split is not None or not any(moment.year for moment in dates.moments):
        return True
    return all(moment.unit.dans == "siècle" for moment in dates.moments) and set(dates.links) <= {"a", "-"}


_TERMS = (unites.TERME, unites.ADJECTIF, unites.AN_DU_PLAN)


def _says_little(cursor: Cursor) -> bool:
    """« bientôt », « semaine 12 »."""
    return cursor.skip(VAGUE) or (cursor.take("semaine", "semaines", "sem") and cursor.count(53, words=False) > 0)


def _says_when(group: list[Token]) -> bool:
    """Whether a remark holds what a date may be: not « (date à confirmer) », nor « (maintenant) »."""
    known = words.mentions("STATUS", group[0].text)
    if known and whole(group, lambda cursor: cursor.phrase(STATUS)) is not None:
        raise UnreadError("status_beside", group[0].start, group[-1].end)
    return blamed(group) is not None and opens(group) < len(group) and not immediat(group)


def _names_terms(tokens: list[Token]) -> bool:
    """« Court terme », « An 1 »: what the plan says the days of."""
    terms = whole(tokens, chaine)
    return terms is not None and all(moment.unit in _TERMS for moment in terms.moments)


def _more_precise(
    tokens: list[Token], group: list[Token], written: str, beside: str, conventions: Conventions
) -> str | None:
    """« octobre 2025 » of « Automne 2025 (octobre) »: what is named in parentheses, where the rest holds it."""
    broad = whole(tokens, intervalle)
    if broad is None or broad.split is not None:
        return None
    if whole(group, lambda cursor: cursor.phrase(words.JUSQUE)) == "d'ici":  # « Octobre 2025 (date limite) »
        return f"{beside} {written}"
    if not any(moment.year for moment in broad.moments):  # « juin (2025) »
        return f"{written} {beside}"
    outer = _dated(tokens, written, conventions)
    first, *others = broad.moments
    for precise in (beside,) if others or first.year2 else (beside, f"{beside} {first.year}"):
        found = _dated(tokenize(precise), precise, conventions) if _is_read(precise, conventions) else None
        if outer and outer.debut and outer.fin and found and found.fin:
            return precise if outer.debut <= (found.debut or found.fin) and found.fin <= outer.fin else None
    return None


def _made_precise(tokens: list[Token], dated: list[list[Token]], texte: str, conventions: Conventions) -> Echeance:
    """« Annuellement (en octobre) », « à court terme (avril 2026) »: the date of a rhythm, or of vague words.

    Raises UnreadError for any other date in a remark.
    """
    group = dated[0]
    if _names_terms(group) and not _names_terms(tokens):  # « 2025-2026 (an 1) »
        tokens, group = group, tokens
    defined = _names_terms(tokens)
    if len(dated) > 1:
        found = None
    elif defined or whole(tokens, _says_little):
        found = _dated(group, texte, conventions)
        vague, day = (quoted(texte[some[0].start : some[-1].end]) for some in (tokens, group))
        found = found and found._replace(avis=f"{vague} est précisé à côté; l'échéance est lue {day}.")
    elif around(tokens, rhythm) or around(tokens, ongoing):
        found = recognized([*tokens, *group], texte, conventions) if _is_bound(group) else None
    else:
        found = None
    if found is not None:
        return found
    written, beside = (texte[some[0].start : some[-1].end] for some in (tokens, group))
    if len(dated) == 1 and whole(group, lambda cursor: cursor.first(rhythm, ongoing)) is not None:
        full = f"{written}, {beside}"
        kind = "remark_rhythm" if _is_read(full, conventions) else "two_ideas"
        raise UnreadError(kind, group[0].start, group[-1].end, word=beside, full=full)
    precise = _more_precise(tokens, group, written, beside, conventions) if len(dated) == 1 else None
    if precise is not None and _is_read(precise, conventions):
        raise UnreadError("remark_precise", group[0].start, group[-1].end, word=beside, full=precise)
    at_fault = blamed(group) or group[0]
    # « T2 » is two tokens and one word.
    start = next((token.start for token in group if token.end == at_fault.start), at_fault.start)
    raise UnreadError("remark_says_when", start, at_fault.end, word=texte[start : at_fault.end])


def prepare(texte: str) -> tuple[list[Token], list[list[Token]]]:
    """The tokens that say when, and those of the free texts: in parentheses, or after « selon »."""
    # Spaces and the way accents are coded do not count: they never change a reading.
    if len(texte) > LONGEST and len(" ".join(normalize("NFC", texte).split())) > LONGEST:
        raise UnreadError("too_long", longest=LONGEST)
    tokens = tokenize(texte)
    remarks: list[list[Token]] = []
    if "(" in texte or ")" in texte or "[" in texte or "]" in texte:
        tokens, remarks = _without_parentheses(tokens)
    colon = next((rank for rank, token in enumerate(tokens) if token.text == ":"), 0) if ":" in texte else 0
    after = tokens[colon + 1 :] if colon and _names_terms(tokens[:colon]) else []
    if after and whole(after, intervalle) is not None:  # « An 1 : 2025-2026 »
        remarks.append(after)
        tokens = tokens[:colon]
    for rank, token in enumerate(tokens):
        if token.text == "selon" and 0 < rank < len(tokens) - 1:
            remarks.append(tokens[rank:])
            tokens = tokens[:rank]
            break
    while tokens and tokens[-1].text in (",", ";", ":"):
        tokens = tokens[:-1]
    if not any(token.text.isalnum() for token in tokens):
        raise UnreadError("remark_alone" if remarks else "empty")
    return tokens, [remark for remark in remarks if remark]


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
            if _is_repeated(kept, groups[-1]):
                groups.pop()
        elif token.text in "()":
            raise UnreadError("remark_unclosed", token.start, token.end)
        else:
            (kept if opened is None else groups[-1]).append(token)
    if opened is not None:
        raise UnreadError("remark_unclosed", opened.start, opened.end)
    return kept, groups


def _is_repeated(kept: list[Token], group: list[Token]) -> bool:
    """Whether a number is said again: « trois (3) », « 3 (trois) », « premier (1er) »; it is kept in figures."""
    before, again = (kept[-1] if kept else END), (group[0] if group else END)
    if len(group) == 2 and group[1].text in words.RANGS:
        return words.ORDINAUX.get(before.text) == again.value > 0
    if len(group) != 1 or not before.counts() or not again.counts():
        return False
    if before.counts() != again.counts():
        if before.text in ("un", "une") or before.value >= 0 or again.value < 0:
            return False
        raise UnreadError("two_numbers", before.start, again.end, first=before.counts(), second=again.value)
    if again.value >= 0:
        again.article = before.article
        kept[-1] = again
    return True


# --- the families ---------------------------------------------------------------------------------------------------


def _dated(tokens: list[Token], texte: str, conventions: Conventions) -> Echeance | None:
    interval = whole(tokens, intervalle)
    found = None if interval is None else _periode(interval, texte, conventions)
    if found is not None and len(tokens) == 2 and tokens[0].text == "a" and is_year(tokens[1]):
        doubt = f"si {quoted('A')} nomme une session, écrivez {quoted(f'automne {tokens[1].value}')}."
        return found._replace(avis=f"L'échéance est lue comme toute l'année {tokens[1].value}; {doubt}")
    return found


def _periode(interval: Intervalle, texte: str, conventions: Conventions, free: str | None = None) -> Echeance:
    notes = Notes()
    first, last = days(interval, texte, conventions, notes)
    return _echeance(texte, TypeEcheance.PERIODE, notes)._replace(debut=first, fin=last, remarque=free)


def _echeance(texte: str, kind: TypeEcheance, notes: Notes) -> Echeance:
    return Echeance(texte, kind, avis=" ".join(notes.warnings) or None, raisons=tuple(notes.reasons))


def _undated(tokens: list[Token], texte: str, _conventions: Conventions) -> Echeance | None:
    if opens(tokens) == len(tokens):
        return Echeance(texte, TypeEcheance.INDETERMINEE)
    if [token.text for token in tokens] == ["en", "cours"]:
        return Echeance(texte, TypeEcheance.CONTINU, avis=_UNDER_WAY)
    return Echeance(texte, TypeEcheance.IMMEDIAT) if immediat(tokens) else None


def _continu(tokens: list[Token], texte: str, conventions: Conventions) -> Echeance | None:
    core = None if Cursor(tokens).skip(words.IMMEDIAT) else around(tokens, ongoing)
    if core is None:
        return None
    free, limit = _free_text(core, texte), core.limit
    if limit is None:
        return Echeance(texte, TypeEcheance.CONTINU, remarque=free)
    first, last = limit.moments[0], limit.moments[-1]
    named = texte[last.start : last.end]
    if core.opened and limit.upper:
        raise last.unread("end_then_ongoing", named=named)
    # « 2021 et en continu » begins in 2021 and has no end, as « juin 2025, en continu » and « en continu, début 2025 ».
    within = limit.split is None and len(limit.moments) == 1 and (not first.year2 or first.part == "debut")
    opened = first.part == "debut" or (core.before and first.unit in (unites.JOUR, unites.RANG_JOUR))
    opened = opened or (core.before in _SIGNS and first.unit.dans in ("année", "mois"))
    if limit.split is None and (core.opened or (within and opened)):
        return _periode(limit.beginning(None), texte, conventions, free)
    found = _periode(limit, texte, conventions, free)
    year = first.unit.dans in ("siècle", "plan") and not first.part
    if not within or (year and core.before not in _SIGNS):
        return found
    doubt = f"L'échéance finit avec {quoted(named)}; si elle y commence plutôt, et n'a pas de fin, écrivez"
    return found._replace(avis=" ".join(filter(None, (found.avis, f"{doubt} {quoted(f'{named} et en continu')}."))))


_SIGNS = (",", "-", "/", ":", ";")


def _recurrent(tokens: list[Token], texte: str, conventions: Conventions) -> Echeance | None:
    core = around(tokens, rhythm)
    if core is None:
        return None
    notes, limit = Notes(), core.limit
    if core.warning:
        notes.warn(core.warning)
    first, last = (None, None) if limit is None else days(limit, texte, conventions, notes)
    premiere = None
    if limit is not None and core.opened:
        # « mars 2020 puis annuellement » begins in March 2020, a first time, and has no end; « dès 2021 » has none.
        if limit.upper or (limit.split is None and len(limit.moments) > 1):
            raise UnreadError("two_ideas")
        if limit.split is None:
            first, premiere = first or last, last
        last = None
    elif limit is not None and limit.split is None and first is None:
        raise UnreadError("two_ideas")  # a bare day is no bound
    elif limit is not None and _is_met_each_year(core, limit):
        raise _end_or_day(core, limit, texte)
    rule, fois = rrule(core, (first, last), conventions, notes)
    return _echeance(texte, TypeEcheance.RECURRENT, notes)._replace(
        debut=first, fin=last, recurrence=rule, fois=fois, remarque=_free_text(core, texte), premiere=premiere
    )


def _is_met_each_year(core: Rythme, limit: Intervalle) -> bool:
    """Whether a bound may be that of each year: « au plus tard le 30 juin 2025, chaque année »."""
    bare = core.freq == "YEARLY" and core.anchor is None and not (core.fois or core.by or core.days or core.part)
    return bare and limit.split == 0 and not limit.until and limit.moments[-1].unit.dans in ("mois", "année")


def _end_or_day(core: Rythme, limit: Intervalle, texte: str) -> UnreadError:
    last = limit.moments[-1]
    named = texte[last.start : last.end]
    every = "chaque année" if core.interval == 1 else f"aux {core.interval} ans"
    at = {unites.JOUR: "le ", unites.MOIS: "" if last.part else "en "}.get(last.unit, "")
    at = "avant " + at.removeprefix("en ") if limit.before else at
    until = {unites.JOUR: "au", unites.MOIS: "en"}.get(last.unit, "à") if not last.part else "à"
    apart = named.removesuffix(str(last.year)).rstrip(" ,-/")
    yearly, ended = f"{every}, {at}{apart}, dès {last.year}", f"{every} jusqu'{until} {named}"
    return last.unread("end_or_day", named=named, yearly=yearly, ended=ended)


def _free_text(core: Rythme, texte: str) -> str | None:
    return "; ".join(texte[start:end] for start, end in core.free) or None


_UNDER_WAY = f"{quoted('En cours')} est lu comme {quoted('en continu')}; si c'est un statut, il va sous `statut:`."

FAMILIES = (_dated, _undated, _continu, _recurrent)
"""What reads each form of « échéance » in grammaire.txt; no wording has two."""

# --- what the rest of the plan's files says in the same language ----------------------------------------------------

_NO_LEAP_YEAR = 2023


def parse_recurrence(texte: str, conventions: Conventions = DEFAUT) -> Echeance | Refus:
    """How the wording of a `recurrence:` is read: as a rhythm, or not."""
    found = parse(texte, conventions)
    if isinstance(found, Refus) or found.type is TypeEcheance.RECURRENT:
        return found
    return refused(texte, UnreadError("no_rhythm"))


@lru_cache(maxsize=4096)  # the days of a plan are few, and each is written many times
def parse_date(texte: str) -> DateConsignee | Refus:
    """How a recorded date is read: « 2019-05-12 », « 12 mai 2019 », « mai 2019 », « 2019 »; one moment, no bound."""
    first = last = None
    try:
        interval = whole(tokenize(texte), intervalle) if len(texte) <= LONGEST else None
        if interval is not None and interval.split is None and _is_recorded(*interval.moments):
            first, last = days(interval, texte, DEFAUT, Notes())
    except UnreadError as error:
        return refused(texte, error)
    return refused(texte, UnreadError("no_date")) if last is None else DateConsignee(texte, first or last, last)


def _is_recorded(first: Moment, *others: Moment) -> bool:
    recorded = first.unit.dans == "année" or first.unit in (unites.JOUR, unites.ANNEE)
    return recorded and not (others or first.vague or first.year2)


def parse_jour_annuel(texte: str) -> tuple[int, int] | None:
    """The (month, day) of « 1er avril » or « avril »; None when it is not a day of every year."""
    found = understood(texte, moment)
    if found is None or found.year or found.part or found.vague:
        return None
    day = {unites.MOIS: 1, unites.JOUR: found.number}.get(found.unit, 0)
    return (found.month, day) if found.month and 1 <= day <= days_of(_NO_LEAP_YEAR, found.month) else None


def parse_mois(texte: str) -> tuple[int, int] | None:
    """The (first, last) months of « mars à juin » or « mars »; None when they are not in one year."""
    found = understood(texte, intervalle)
    if found is None or found.split is not None or found.links not in ((), ("a",), ("-",)):
        return None
    months = found.moments
    bare = all(one.unit is unites.MOIS and not (one.year or one.part or one.vague) for one in months)
    return (months[0].month, months[-1].month) if bare and months[0].month <= months[-1].month else None
