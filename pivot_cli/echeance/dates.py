"""From a dated wording to its days: what was left out is filled in, winters find their place, bounds apply."""

from __future__ import annotations

from datetime import date
from itertools import pairwise, takewhile

from pivot_cli.echeance import unites, words
from pivot_cli.echeance.dated import Intervalle, intervalle
from pivot_cli.echeance.lexer import Cursor, UnreadError, understood
from pivot_cli.echeance.moments import MOST_YEARS, Moment
from pivot_cli.echeance.spans import (
    APPROXIMATE,
    DAY,
    Notes,
    Span,
    add_months,
    fiscal_start,
    in_school_year,
    is_fiscal,
    is_in_reach,
    plan_start,
    span,
)
from pivot_cli.echeance.values import DEFAUT, Conventions
from pivot_cli.text import NBSP, listed, quoted

Days = tuple[date | None, date | None]
# What joins dates that are each due; « ou » joins those of which one will do.
_APART = frozenset(("et", ",", "/"))
# No clock: the year shown as an example is the plan's, else this one.
_EXAMPLE_YEAR = 2027


def days(interval: Intervalle, texte: str, conventions: Conventions, notes: Notes) -> Days:
    """The first and last plausible days; raises UnreadError when there are none."""
    interval = _complete(interval, texte, conventions, notes)
    if interval.split is None:
        first, last = _of_whole(interval, texte, conventions, notes)
    else:
        first = _first_day(interval, texte, conventions, notes) if interval.lower else None
        last = _last_day(interval, texte, conventions, notes) if interval.upper else None
        if first is not None and last is not None and last < first:
            raise interval.unread("backwards")
    if not all(day is None or is_in_reach(day) for day in (first, last)):
        raise interval.unread("out_of_reach")
    return first, last


def _of_whole(interval: Intervalle, texte: str, conventions: Conventions, notes: Notes) -> Days:
    moments = interval.moments
    first, last = _hull(moments, interval.links, texte, conventions, notes)
    if len(moments) > 1 or moments[0].unit not in (unites.JOUR, unites.RANG_JOUR, unites.FIN_DU_PLAN):
        return first, last
    if moments[0].part in ("debut", "mi") and moments[0].unit is unites.JOUR:
        raise moments[0].unread("part_of_day", day=last)
    notes.reason(f"Un jour seul est une date limite{NBSP}: il n'a pas de début.")
    return None, last


def _first_day(interval: Intervalle, texte: str, conventions: Conventions, notes: Notes) -> date:
    first, last = _hull(interval.lower, interval.links, texte, conventions, notes)
    if interval.after:
        notes.reason(f"{quoted('Après')} exclut ce qui est nommé.")
        return last + DAY
    if not interval.upper:
        notes.reason("L'échéance commence ce jour-là et n'a pas de fin.")
    return first


def _last_day(interval: Intervalle, texte: str, conventions: Conventions, notes: Notes) -> date:
    *before, moment = interval.upper
    # « By the end of 2020-2021 » ends with them, whichever day their financial year ends on.
    moment = moment.but(part="") if moment.part == "fin" and moment.year2 else moment
    links = interval.links[len(interval.lower) :]
    first, last = _hull((*before, moment), links, texte, conventions, notes)
    if interval.before and len(interval.upper) > 1:
        raise interval.unread("before_several", last=texte[moment.start : moment.end])
    if interval.before:
        notes.reason(f"{quoted('Avant')} exclut ce qui est nommé.")
        return first - DAY
    if not interval.lower:
        notes.reason("La borne comprend tout ce qui est nommé.")
    return last


def _hull(
    moments: tuple[Moment, ...], links: tuple[str, ...], texte: str, conventions: Conventions, notes: Notes
) -> Span:
    """From the first day of the first moment to the last day of the last one; they must go forward.

    Dates apart from one another (« juin 2022 et juin 2023 ») are never one in silence.
    """
    spans = [_span(moment, conventions, notes) for moment in moments]
    for rank, (earlier, later) in enumerate(pairwise(spans)):
        if earlier[0] <= later[0] and later[1] < earlier[1]:
            named, year = texte[moments[rank + 1].start : moments[rank + 1].end], str(moments[rank + 1].year)
            inner, outer = named if year in named else f"{named} {year}", texte[moments[rank].start : moments[rank].end]
            raise UnreadError("within", moments[rank].start, moments[rank + 1].end, inner=inner, outer=outer)
        if later[0] < earlier[0] or later[1] < earlier[1]:
            raise UnreadError("backwards", moments[rank].start, moments[rank + 1].end)
    apart = (later[0] > earlier[1] + DAY for earlier, later in pairwise(spans))
    if any(far and link in _APART for far, link in zip(apart, links, strict=False)):
        names = listed([quoted(texte[moment.start : moment.end]) for moment in moments])
        notes.warn(f"{names} sont {len(moments)} dates; l'échéance est lue de la première à la dernière.")
    return spans[0][0], spans[-1][1]


# --- what the conventions define in words ---------------------------------------------------------------------------


def _span(moment: Moment, conventions: Conventions, notes: Notes) -> Span:
    """The days of a moment; those of a term are written in the conventions, as an échéance is."""
    wording: str | None = getattr(conventions, moment.term) if moment.unit.dans == "plan" and moment.term else None
    if wording is None:
        return span(moment, conventions, notes)
    if moment.vague:
        notes.warn(APPROXIMATE)
    notes.reason(f"{quoted(moment.term.replace('_', ' '))} est défini dans les conventions{NBSP}: {quoted(wording)}.")
    years = understood(wording, _years)
    if years is not None:
        start = plan_start(moment, conventions)
        return add_months(start, 12 * years[0]), add_months(start, 12 * years[1]) - DAY
    plain = conventions._replace(court_terme=None, moyen_terme=None, long_terme=None, mi_parcours=None)
    defined = understood(wording, intervalle)
    try:
        first, last = (None, None) if defined is None else days(defined, wording, plain, Notes())
    except UnreadError:
        first = last = None
    if last is None:
        raise moment.unread("bad_term", wording=wording, name=moment.term)
    return first or min(conventions.periode_debut or last, last), last


def _years(cursor: Cursor) -> tuple[int, int] | None:
    """« 3 ans » is (0, 3), « 1 à 3 ans » is (1, 3): years of the plan."""
    cursor.take("de")
    first, second = cursor.count(MOST_YEARS), 0
    if first and cursor.take("a", "-"):
        second = cursor.count(MOST_YEARS)
    if not first or not cursor.take("an", "ans", "annee", "annees") or 0 < second <= first:
        return None
    return (first, second) if second else (0, first)


# --- what was left out ----------------------------------------------------------------------------------------------


def _complete(interval: Intervalle, texte: str, conventions: Conventions, notes: Notes) -> Intervalle:
    """The same with every year and month known: written once, they are shared by the moments beside."""
    alone, last = len(interval.moments) == 1, interval.moments[-1]
    if alone and last.plural and not last.year2:
        raise last.unread("decade", year=last.year, third=last.year + 2)
    if last.unit is unites.ADJECTIF:
        raise last.unread("lone_term")
    if alone and last.year:
        return interval
    moments = share(interval)
    if all(moment.needs_year() for moment in moments):
        known = conventions.periode_debut or conventions.adopte_le
        raise interval.unread("no_year", texte=texte.strip(), year=_EXAMPLE_YEAR if known is None else known.year)
    _refuse_year_apart(moments[: interval.split], texte)
    _refuse_year_apart(moments[len(moments) if interval.split is None else interval.split :], texte)
    shared = _share_years(moments, conventions)
    placed = _adjoin_winters(shared, conventions)
    for rank, moment in enumerate(moments[:-1]):
        _warn_of_adjoining(placed[rank : rank + 2], shared[rank : rank + 2], notes, once=moment.year == 0)
    return interval.but(moments=tuple(placed))


def share(interval: Intervalle) -> list[Moment]:
    """The moments, each with the unit, part and month that those beside it lend it."""
    moments = list(interval.moments)
    if len(moments) > 1 and moments[0].unit is unites.SEMAINE and moments[1].unit is unites.JOUR:
        # « semaine du 3 au 7 mai 2021 » is five days, and no week of its own.
        moments[0] = moments[0].but(unit=unites.JOUR)
    for rank, link in enumerate(interval.links, 1):
        moments[rank] = _after(moments[rank - 1], link, moments[rank])
    for rank in reversed(range(len(moments) - 1)):
        moments[rank] = _before(moments[rank], moments[rank + 1])
    if any(moment.unit is unites.PARTIE for moment in moments):
        raise interval.unread("lone_part")
    for moment in reversed(moments):
        if moment.month == 0 and moment.unit in (unites.JOUR, unites.SEMAINE):
            raise moment.unread("lone_number")
    return moments


def _after(earlier: Moment, link: str, moment: Moment) -> Moment:
    """What a year or a number takes from the moment before it."""
    year = moment.unit is unites.ANNEE
    # « années 1 et 2 », « An 1 à 3 »; « années scolaires 2020-2021 et 2021-2022 »
    counted = moment.lone_number() and earlier.unit is unites.AN_DU_PLAN
    if counted or (year and moment.year2 and earlier.unit in (unites.EXERCICE, unites.SCOLAIRE)):
        return moment.but(unit=earlier.unit)
    bare = year and moment.year and not (moment.part or moment.plural) and bool(moment.year2) == bool(earlier.year2)
    if bare and earlier.unit.dans in ("année", "mois") and earlier.year and link in ("et", "ou", ","):
        # « juin 2020 et 2021 »: a bare year calls for the same month, or the same day, in it.
        weekday = earlier.weekday if earlier.unit is unites.RANG_JOUR else None
        spelt = {"year": moment.year, "year2": moment.year2, "start": moment.start, "end": moment.end}
        return earlier.but(weekday=weekday, **spelt)
    return moment


def _before(moment: Moment, following: Moment) -> Moment:
    """What a number or a part takes from the moment after it."""
    if moment.lone_number() and following.unit.dans == "année" and moment.number < following.number:
        return moment.but(unit=following.unit)  # « 1er et 2e trimestres 2023 »
    if moment.unit is unites.PARTIE and following.part:
        moment = following.but(part=moment.part, start=moment.start, end=moment.end)  # « début à mi-mars 2020 »
    if moment.month == 0 and moment.unit in (unites.JOUR, unites.SEMAINE) and following.unit is unites.JOUR:
        # « 3 au 5 mai 2021 »
        years = {"year": following.year, "year2": following.year2, "whose": following.whose}
        return moment.but(month=following.month, **years)
    return moment


def _refuse_year_apart(moments: list[Moment], texte: str) -> None:
    """« 2020, automne », « mars, en 2020 »: the whole year, or only what is named beside it?

    What is named may have a year of its own, after it (« 2019 et mars à juin 2020 ») unless it is that very year.
    """
    for rank, year in enumerate(moments):
        if year.unit.dans != "siècle" or not year.year or year.part:
            continue
        named = list(takewhile(_calls_for_a_year, moments[rank + 1 :]))
        beyond = moments[rank + 1 + len(named)] if rank + 1 + len(named) < len(moments) else None
        within = beyond is not None and beyond.unit.dans != "siècle" and beyond.year == year.year
        if beyond is not None and within and not (named or beyond.year2 or year.year2):
            named = [beyond]
        elif beyond is not None and beyond.unit.dans != "siècle":
            continue
        elif not named and all(map(_calls_for_a_year, moments[:rank])):
            named = moments[:rank]
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
    return moment.needs_year() and moment.unit.dans != "siècle"


def _share_years(moments: list[Moment], conventions: Conventions) -> list[Moment]:
    for moment in moments:
        if moment.unit is unites.ANNEE and not (moment.year or moment.part):
            raise moment.unread("lone_year")
    *before, last = moments
    if before and last.year2 and last.unit is not unites.ANNEE and all(moment.needs_year() for moment in before):
        moments = _in_both_years(before, last, conventions)
    filled = list(moments)
    for rank in reversed(range(len(filled) - 1)):
        filled[rank] = _in_year(filled[rank], filled[rank + 1].year)
    for rank in range(1, len(filled)):
        filled[rank] = _in_year(filled[rank], filled[rank - 1].year2 or filled[rank - 1].year)
    for (earlier, later), (first, second) in zip(pairwise(moments), pairwise(filled), strict=True):
        winter_follows = _is_season(second, words.HIVER) and _is_season(first, words.AUTOMNE)
        if (earlier.needs_year() or later.needs_year()) and not winter_follows and _order(first) > _order(second):
            raise UnreadError("which_year", earlier.start, later.end)
    if any(moment.needs_year() for moment in filled):
        raise UnreadError("lone_number", moments[0].start, moments[-1].end)
    return filled


def _in_both_years(before: list[Moment], last: Moment, conventions: Conventions) -> list[Moment]:
    """« septembre-mars 2020-2021 »: the first year for what comes first, the second from the new year on; all of them
    in the financial year that two years are, where the organisation says so.
    """
    year, year2 = last.year, last.year2
    if last.whose == "scolaire":
        return [in_school_year(moment.but(year=year, year2=year2)) for moment in (*before, last)]
    starts, ends = fiscal_start(year, conventions).month, [_last_month(one, conventions) for one in (*before, last)]
    ranks = [(month - starts) % 12 for month in ends]
    # « Septembre à juin » goes beyond a financial year that begins in April.
    fiscal = last.whose == "exercice" or (is_fiscal(conventions) and (0 in ends or ranks == sorted(ranks)))
    if fiscal and year2 == year + 1:
        return [moment.but(year=year, year2=year2, whose=last.whose) for moment in (*before, last)]
    first, second = [moment.but(year=year) for moment in before], last.but(year=year2, year2=0)
    if last.unit.rangs or any(_order(moment)[1] <= _order(second)[1] for moment in first if _order(moment)[1]):
        raise last.unread("part_of_years", years=(year, year2), example=f"mars {year2}")
    return [*first, second]


def _last_month(moment: Moment, conventions: Conventions) -> int:
    """That of a month or of a season that the year holds whole; 0 for what has no such month."""
    season = moment.unit is unites.SAISON and moment.term != words.HIVER
    return getattr(conventions, moment.term)[1] if season else moment.month


def _in_year(moment: Moment, year: int) -> Moment:
    return moment.but(year=year) if moment.needs_year() else moment


def _order(moment: Moment) -> tuple[int, int]:
    """A rank that must not go down from one moment to the next when the year is written once."""
    month = moment.month or moment.number * moment.unit.mois
    if moment.unit is unites.SAISON and moment.term != words.HIVER:
        month = getattr(DEFAUT, moment.term)[0]
    return (moment.year, month) if month else (0, 0)


# --- winters --------------------------------------------------------------------------------------------------------


def _is_season(moment: Moment, season: str) -> bool:
    return moment.term == season and not moment.year2


def _adjoin_winters(moments: list[Moment], conventions: Conventions) -> list[Moment]:
    """In a range of seasons the winter is the adjoining one, whichever year it is called by."""
    placed = list(moments)
    for rank in range(len(moments) - 1):
        earlier, later = placed[rank], placed[rank + 1]
        if earlier.unit is not unites.SAISON or later.unit is not unites.SAISON:
            continue
        if _is_season(later, words.HIVER) and earlier.term != words.HIVER:
            # The winter after a season of year N is January to March N+1, called N or N+1.
            year = earlier.year2 or earlier.year
            if later.year in (year, year + 1):
                placed[rank + 1] = later.but(year=year + 1, straddling=False)
        elif _is_season(earlier, words.HIVER) and later.term != words.HIVER:
            # The winter before a season of year N is the one that ends in March N, called N or N-1.
            straddling = conventions.hiver == "décembre"
            if earlier.year == later.year:
                placed[rank] = earlier.but(year=later.year - straddling, straddling=straddling)
            elif earlier.year == later.year - 1 and later.term == words.PRINTEMPS:
                placed[rank] = earlier.but(straddling=True)
    return placed


def _warn_of_adjoining(placed: list[Moment], shared: list[Moment], notes: Notes, *, once: bool) -> None:
    """Say which winter was taken when the year that is written could mean another (`once`: for both moments)."""
    (earlier, later), called = placed, shared[1].year
    if _is_season(later, words.HIVER) and later.year == called + 1:
        notes.warn(
            f"L'échéance est lue jusqu'à l'hiver qui suit, celui de {later.year}; l'hiver {called} peut aussi être "
            "celui qui précède."
            if once
            else f"L'hiver {called} est lu comme celui qui suit, de janvier à mars {later.year}."
        )
    elif _is_season(earlier, words.HIVER) and earlier.straddling and shared[0].year == later.year - 1:
        notes.warn(f"L'hiver {shared[0].year} est lu comme celui qui précède le printemps {later.year}.")
