"""From a dated wording to its days: what was left out is filled in, winters find their place, bounds apply."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from pivot_cli.echeance import words
from pivot_cli.echeance.dated import Chaine, Intervalle, intervalle
from pivot_cli.echeance.lexer import UnreadError, understood
from pivot_cli.echeance.moments import Moment, Unite
from pivot_cli.echeance.spans import APPROXIMATE, Notes, add_months, is_in_reach, plan_start, span
from pivot_cli.text import NBSP, quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from pivot_cli.echeance.lexer import Cursor
    from pivot_cli.echeance.spans import Span
    from pivot_cli.echeance.values import Conventions

Days = tuple[date | None, date | None]
_DAY = timedelta(days=1)
_BARE = frozenset((Unite.JOUR, Unite.RANG_JOUR, Unite.FIN_DU_PLAN))
_NAMED = frozenset((Unite.MOIS, Unite.SAISON, Unite.TRIMESTRE, Unite.SEMESTRE))
_WHOLE_YEARS = frozenset((Unite.ANNEE, Unite.EXERCICE, Unite.SCOLAIRE))
# No clock: the year shown as an example is the plan's, else this one.
_EXAMPLE_YEAR = 2027
_MOST_YEARS = 50


def days(interval: Intervalle, texte: str, conventions: Conventions, notes: Notes) -> Days:
    """The first and last plausible days; raises UnreadError when there are none."""
    completed = _complete(interval, texte, conventions, notes)
    if completed.whole is not None:
        bounds = _of_whole(completed.whole, conventions, notes)
    else:
        first = None if completed.lower is None else _first_day(completed.lower, completed, conventions, notes)
        last = None if completed.upper is None else _last_day(completed.upper, completed, conventions, notes)
        if first is not None and last is not None and last < first:
            raise completed.unread("backwards")
        bounds = first, last
    if not all(day is None or is_in_reach(day) for day in bounds):
        raise completed.unread("out_of_reach")
    return bounds


def _of_whole(chain: Chaine, conventions: Conventions, notes: Notes) -> Days:
    first, last = _hull(chain, conventions, notes)
    if len(chain.moments) == 1 and chain.moments[0].unit in _BARE:
        alone = chain.moments[0]
        if alone.part in ("debut", "mi") and alone.unit == Unite.JOUR:
            raise alone.unread("part_of_day", day=last)
        notes.reason(f"Un jour seul est une date limite{NBSP}: il n'a pas de début.")
        return None, last
    return first, last


def _first_day(lower: Chaine, interval: Intervalle, conventions: Conventions, notes: Notes) -> date:
    first, last = _hull(lower, conventions, notes)
    if interval.after:
        notes.reason(f"{quoted('Après')} exclut ce qui est nommé.")
        return last + _DAY
    if interval.upper is None:
        notes.reason("L'échéance commence ce jour-là et n'a pas de fin.")
    return first


def _last_day(upper: Chaine, interval: Intervalle, conventions: Conventions, notes: Notes) -> date:
    if upper.moments[-1].part == "fin" and upper.moments[-1].year2:
        # « By the end of 2020-2021 » ends with them, whichever day their financial year ends on.
        upper = upper.ending(part="")
    first, last = _hull(upper, conventions, notes)
    if interval.before:
        notes.reason(f"{quoted('Avant')} exclut ce qui est nommé.")
        return first - _DAY
    if interval.lower is None:
        notes.reason("La borne comprend tout ce qui est nommé.")
    return last


def _hull(chain: Chaine, conventions: Conventions, notes: Notes) -> Span:
    """From the first day of the first moment to the last day of the last one; they must go forward."""
    spans = [_span(moment, conventions, notes) for moment in chain.moments]
    for rank, (earlier, later) in enumerate(pairwise(spans)):
        if later[0] < earlier[0] or later[1] < earlier[1]:
            raise UnreadError("backwards", chain.moments[rank].start, chain.moments[rank + 1].end)
    return spans[0][0], spans[-1][1]


# --- what the conventions define in words ---------------------------------------------------------------------------


def _span(moment: Moment, conventions: Conventions, notes: Notes) -> Span:
    """The days of a moment; those of a term are written in the conventions, as an échéance is."""
    wording: str | None = getattr(conventions, moment.term) if moment.term else None
    if wording is None:
        return span(moment, conventions, notes)
    if moment.vague:
        notes.warn(APPROXIMATE)
    notes.reason(f"{quoted(moment.term.replace('_', ' '))} est défini dans les conventions{NBSP}: {quoted(wording)}.")
    years = understood(wording, _years)
    if years is not None:
        start = plan_start(moment, conventions)
        return add_months(start, 12 * years[0]), add_months(start, 12 * years[1]) - _DAY
    first, last = _defined(wording, conventions)
    if last is None:
        raise moment.unread("bad_term", wording=wording, name=moment.term)
    return first or min(conventions.periode_debut or last, last), last


def _defined(wording: str, conventions: Conventions) -> Days:
    """The days of a dated wording; no last one when it is not read."""
    plain = conventions._replace(court_terme=None, moyen_terme=None, long_terme=None, mi_parcours=None)
    found = understood(wording, intervalle)
    try:
        return (None, None) if found is None else days(found, wording, plain, Notes())
    except UnreadError:
        return None, None


def _years(cursor: Cursor) -> tuple[int, int] | None:
    """« 3 ans » is (0, 3), « 1 à 3 ans » is (1, 3): years of the plan."""
    cursor.take("de")
    first, second = _count(cursor), 0
    if first and cursor.take("a", "-"):
        second = _count(cursor)
    if not first or not cursor.take("an", "ans", "annee", "annees") or 0 < second <= first:
        return None
    return (first, second) if second else (0, first)


def _count(cursor: Cursor) -> int:
    number = cursor.peek().counts()
    if not 1 <= number <= _MOST_YEARS:
        return 0
    cursor.advance()
    return number


# --- what was left out ----------------------------------------------------------------------------------------------


def _complete(interval: Intervalle, texte: str, conventions: Conventions, notes: Notes) -> Intervalle:
    """The same with every year and month known: written once, they are shared by the moments beside."""
    moments = interval.moments()
    alone, last = len(moments) == 1, moments[-1]
    if alone and last.plural and not last.year2:
        raise last.unread("decade", year=last.year, third=last.year + 2)
    if last.unit == Unite.ADJECTIF:
        raise last.unread("lone_term")
    if alone and last.year:
        return interval
    moments = share(interval)
    if all(moment.needs_year() for moment in moments):
        known = conventions.periode_debut or conventions.adopte_le
        raise interval.unread("no_year", texte=texte.strip(), year=_EXAMPLE_YEAR if known is None else known.year)
    for chain in _rebuilt(interval, moments).chains():
        _refuse_year_apart(chain.moments, texte)
    shared = _share_years(moments)
    placed = _adjoin_winters(shared, conventions)
    for rank, moment in enumerate(moments[:-1]):
        _warn_of_adjoining(placed[rank : rank + 2], shared[rank : rank + 2], notes, once=moment.year == 0)
    return _rebuilt(interval, placed)


def _rebuilt(interval: Intervalle, moments: list[Moment]) -> Intervalle:
    """The same interval with other moments, in the same order."""
    rest = iter(moments)

    def again(chain: Chaine | None) -> Chaine | None:
        return None if chain is None else Chaine(tuple([next(rest) for _ in chain.moments]), chain.links)

    return interval.but(whole=again(interval.whole), lower=again(interval.lower), upper=again(interval.upper))


def share(interval: Intervalle) -> list[Moment]:
    """The moments, each with the unit, part and month that those beside it lend it."""
    moments = interval.moments()
    links = [link for chain in interval.chains() for link in (*chain.links, "")]
    if len(moments) > 1 and moments[0].unit == Unite.SEMAINE and moments[1].unit == Unite.JOUR:
        # « semaine du 3 au 7 mai 2021 » is five days, and no week of its own.
        moments[0] = moments[0].but(unit=Unite.JOUR)
    for rank in range(1, len(moments)):
        moments[rank] = _said_before(moments[rank - 1], links[rank - 1], moments[rank])
    _take_from_following(moments, _rank_after)
    _take_from_following(moments, _part_after)
    if any(moment.unit == Unite.PARTIE for moment in moments):
        raise interval.unread("lone_part")
    _take_from_following(moments, _month_after)
    for moment in reversed(moments):
        if moment.month == 0 and moment.unit in (Unite.JOUR, Unite.SEMAINE):
            raise moment.unread("lone_number")
    return moments


def _take_from_following(moments: list[Moment], lent: Callable[[Moment, Moment], Moment]) -> None:
    for rank in reversed(range(len(moments) - 1)):
        moments[rank] = lent(moments[rank], moments[rank + 1])


def _said_before(earlier: Moment, link: str, moment: Moment) -> Moment:
    """What a year or a number takes from the moment before it."""
    if moment.lone_number() and earlier.unit == Unite.AN_DU_PLAN:
        return moment.but(unit=earlier.unit)  # « années 1 et 2 », « An 1 à 3 »
    if moment.unit != Unite.ANNEE:
        return moment
    if moment.year2:
        # « années scolaires 2020-2021 et 2021-2022 »
        return moment.but(unit=earlier.unit) if earlier.unit in (Unite.EXERCICE, Unite.SCOLAIRE) else moment
    bare = moment.year and not (moment.part or moment.plural)
    if bare and earlier.unit in _NAMED and earlier.year and link in ("et", "ou", ","):
        # « juin 2020 et 2021 »: a bare year calls for the same month in it.
        return earlier.but(year=moment.year, start=moment.start, end=moment.end)
    return moment


def _rank_after(moment: Moment, following: Moment) -> Moment:
    """« 1er et 2e trimestres 2023 »: a bare number before a quarter or a semester is another."""
    ranked = following.unit in (Unite.TRIMESTRE, Unite.SEMESTRE) and moment.number < following.number
    return moment.but(unit=following.unit) if ranked and moment.lone_number() else moment


def _part_after(moment: Moment, following: Moment) -> Moment:
    """« début à mi-mars 2020 »: a part alone is a part of what the next moment names."""
    if moment.unit == Unite.PARTIE and following.part:
        return following.but(part=moment.part, start=moment.start, end=moment.end)
    return moment


def _month_after(moment: Moment, following: Moment) -> Moment:
    """« 3 au 5 mai 2021 »: a day takes the month of the day after it."""
    if moment.month == 0 and moment.unit in (Unite.JOUR, Unite.SEMAINE) and following.unit == Unite.JOUR:
        return moment.but(month=following.month, year=following.year)
    return moment


def _refuse_year_apart(moments: tuple[Moment, ...], texte: str) -> None:
    """« 2020, automne », « mars, en 2020 »: the whole year, or only what is named beside it?

    What is named may have a year of its own, after it (« 2019 et mars à juin 2020 ») unless it is that very year.
    """
    for rank, year in enumerate(moments):
        if year.unit not in _WHOLE_YEARS or not year.year or year.part:
            continue
        named = list(takewhile(_calls_for_a_year, moments[rank + 1 :]))
        beyond = moments[rank + 1 + len(named)] if rank + 1 + len(named) < len(moments) else None
        if not named and beyond is not None and _is_within(beyond, year):
            named = [beyond]
        elif beyond is not None and beyond.unit not in _WHOLE_YEARS:
            continue
        elif not named and all(map(_calls_for_a_year, moments[:rank])):
            named = list(moments[:rank])
        if named:
            start, end = min(year.start, named[0].start), max(year.end, named[-1].end)
            raise year_apart(start, end, year.year, year.year2, texte[named[0].start : named[-1].end])


def year_apart(start: int, end: int, year: int, year2: int, named: str) -> UnreadError:
    """The refusal of a year, or of two, beside what is named in it."""
    first, second = [named if str(each) in named else f"{named} {each}" for each in (year, year2)]
    if year2:
        return UnreadError("year_of_two_apart", start, end, year=year, year2=year2, first=first, second=second)
    return UnreadError("year_apart", start, end, year=year, named=named, first=first)


def _calls_for_a_year(moment: Moment) -> bool:
    return moment.needs_year() and moment.unit not in _WHOLE_YEARS


def _is_within(moment: Moment, year: Moment) -> bool:
    """« 2020, automne 2020 »: a year, and a part of it."""
    return moment.unit not in _WHOLE_YEARS and moment.year == year.year and not (moment.year2 or year.year2)


def _share_years(moments: list[Moment]) -> list[Moment]:
    for moment in moments:
        if moment.unit == Unite.ANNEE and not (moment.year or moment.part):
            raise moment.unread("lone_year")
    moments = _share_two_years(moments)
    filled = list(moments)
    for rank in reversed(range(len(filled) - 1)):
        if filled[rank].needs_year():
            filled[rank] = filled[rank].but(year=filled[rank + 1].year)
    for rank in range(1, len(filled)):
        if filled[rank].needs_year():
            filled[rank] = filled[rank].but(year=filled[rank - 1].year2 or filled[rank - 1].year)
    for rank, (earlier, later) in enumerate(pairwise(moments)):
        once = earlier.year == 0 or later.year == 0
        winter_follows = _is_season(filled[rank + 1], words.HIVER) and _is_season(filled[rank], words.AUTOMNE)
        if once and not winter_follows and _order(filled[rank]) > _order(filled[rank + 1]):
            raise UnreadError("which_year", earlier.start, later.end)
    if any(moment.needs_year() for moment in filled):
        raise UnreadError("lone_number", moments[0].start, moments[-1].end)
    return filled


def _order(moment: Moment) -> tuple[int, int]:
    """A rank that must not go down from one moment to the next when the year is written once."""
    month = moment.month
    if moment.unit == Unite.SAISON:
        month = (0, 3, 6, 9)[moment.number]
    elif moment.unit in (Unite.TRIMESTRE, Unite.SEMESTRE):
        month = moment.number * (3 if moment.unit == Unite.TRIMESTRE else 6)
    return (moment.year, month) if month else (0, 0)


def _share_two_years(moments: list[Moment]) -> list[Moment]:
    """« septembre-mars 2020-2021 »: the first year for what comes first, the second from the new year on."""
    *before, last = moments
    if not before or not last.year2 or last.unit == Unite.ANNEE or not all(moment.needs_year() for moment in before):
        return moments
    return [moment.but(year=last.year) for moment in before] + [last.but(year=last.year2, year2=0)]


# --- winters --------------------------------------------------------------------------------------------------------


def _adjoin_winters(moments: list[Moment], conventions: Conventions) -> list[Moment]:
    """In a range of seasons the winter is the adjoining one, whichever year it is called by."""
    placed = list(moments)
    for rank in range(len(moments) - 1):
        earlier, later = placed[rank], placed[rank + 1]
        if earlier.unit != Unite.SAISON or later.unit != Unite.SAISON:
            continue
        if _is_season(later, words.HIVER) and earlier.number != words.HIVER:
            placed[rank + 1] = _winter_after(earlier, later)
        elif _is_season(earlier, words.HIVER) and later.number != words.HIVER:
            placed[rank] = _winter_before(earlier, later, conventions)
    return placed


def _is_season(moment: Moment, season: int) -> bool:
    return moment.unit == Unite.SAISON and moment.number == season and not moment.year2


def _winter_after(season: Moment, winter: Moment) -> Moment:
    """The winter after a season of year N is January to March N+1, called N or N+1."""
    year = season.year2 or season.year
    return winter.but(year=year + 1, straddling=False) if winter.year in (year, year + 1) else winter


def _winter_before(winter: Moment, season: Moment, conventions: Conventions) -> Moment:
    """The winter before a season of year N is the one that ends in March N, called N or N-1."""
    straddling = conventions.hiver == "décembre"
    if winter.year == season.year:
        year = season.year - 1 if straddling else season.year
        return winter.but(year=year, straddling=straddling)
    if winter.year == season.year - 1 and season.number == 1:
        return winter.but(straddling=True)
    return winter


def _warn_of_adjoining(placed: list[Moment], shared: list[Moment], notes: Notes, *, once: bool) -> None:
    """Say which winter was taken when the year that is written could mean another (`once`: for both moments)."""
    (earlier, later), called = placed, shared[1].year
    if _is_season(later, words.HIVER) and later.year == called + 1 and once:
        notes.warn(
            f"L'échéance est lue jusqu'à l'hiver qui suit, celui de {later.year}; l'hiver {called} peut aussi être "
            "celui qui précède."
        )
    elif _is_season(later, words.HIVER) and later.year == called + 1:
        notes.warn(f"L'hiver {called} est lu comme celui qui suit, de janvier à mars {later.year}.")
    elif _is_season(earlier, words.HIVER) and earlier.straddling and shared[0].year == later.year - 1:
        notes.warn(f"L'hiver {shared[0].year} est lu comme celui qui précède le printemps {later.year}.")
