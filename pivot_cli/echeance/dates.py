"""From a dated wording to its days: what was left out is filled in, winters find their place, bounds apply."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from pivot_cli.echeance.dated import Intervalle, Suite
from pivot_cli.echeance.lexer import UnreadError
from pivot_cli.echeance.points import Point, Unite
from pivot_cli.echeance.spans import is_in_reach, span
from pivot_cli.text import quoted

if TYPE_CHECKING:
    from pivot_cli.echeance.spans import Notes, Span
    from pivot_cli.echeance.values import Conventions

Days = tuple[date | None, date | None]
_DAY = timedelta(days=1)
_WITHOUT_YEAR = frozenset((Unite.AN_DU_PLAN, Unite.DUREE, Unite.TERME, Unite.MI_PARCOURS, Unite.FIN_DU_PLAN))
_BARE = frozenset((Unite.JOUR, Unite.RANG_JOUR, Unite.FIN_DU_PLAN))
# No clock: the year shown as an example is the plan's, else this one.
_EXAMPLE_YEAR = 2027


def days(interval: Intervalle, texte: str, conventions: Conventions, notes: Notes) -> Days:
    """The first and last plausible days; raises UnreadError when there are none."""
    completed = complete(interval, texte, conventions, notes)
    found = _bounds(completed, conventions, notes)
    if not all(day is None or is_in_reach(day) for day in found):
        raise UnreadError("out_of_reach", *_place(completed))
    return found


def _bounds(completed: Intervalle, conventions: Conventions, notes: Notes) -> Days:
    first = last = None
    if completed.whole is not None:
        return _of_whole(completed.whole, conventions, notes)
    if completed.lower is not None:
        first = _first_day(completed.lower, completed, conventions, notes)
    if completed.upper is not None:
        last = _last_day(completed.upper, completed, conventions, notes)
    if first is not None and last is not None and last < first:
        raise UnreadError("backwards", *_place(completed))
    return first, last


def _of_whole(suite: Suite, conventions: Conventions, notes: Notes) -> Days:
    first, last = _hull(suite, conventions, notes)
    if len(suite.points) == 1 and suite.points[0].unit in _BARE:
        alone = suite.points[0]
        if alone.part in ("debut", "mi") and alone.unit is Unite.JOUR:
            raise UnreadError("part_of_day", alone.start, alone.end, alone.number, alone.month, alone.year)
        notes.reason("Un jour seul est une date limite : il n'a pas de début.")
        return None, last
    return first, last


def _first_day(lower: Suite, interval: Intervalle, conventions: Conventions, notes: Notes) -> date:
    first, last = _hull(lower, conventions, notes)
    if interval.after:
        notes.reason(f"{quoted('Après')} exclut ce qui est nommé.")
        return last + _DAY
    if interval.upper is None:
        notes.reason("L'échéance commence ce jour-là et n'a pas de fin.")
    return first


def _last_day(upper: Suite, interval: Intervalle, conventions: Conventions, notes: Notes) -> date:
    end = upper.points[-1]
    if end.part == "fin" and end.year2:
        # « By the end of 2020-2021 » ends with them, whichever day their financial year ends on.
        upper = upper.ending(end.but(part=""))
    first, last = _hull(upper, conventions, notes)
    if interval.before:
        notes.reason(f"{quoted('Avant')} exclut ce qui est nommé.")
        return first - _DAY
    if interval.lower is None:
        notes.reason("La borne comprend tout ce qui est nommé.")
    return last


def _hull(suite: Suite, conventions: Conventions, notes: Notes) -> Span:
    """From the first day of the first point to the last day of the last one; they must go forward."""
    spans = [span(point, conventions, notes) for point in suite.points]
    for rank, (earlier, later) in enumerate(pairwise(spans)):
        if later[0] < earlier[0] or later[1] < earlier[1]:
            raise UnreadError("backwards", suite.points[rank].start, suite.points[rank + 1].end)
    return spans[0][0], spans[-1][1]


def _place(interval: Intervalle) -> tuple[int, int]:
    points = interval.points()
    return points[0].start, points[-1].end


def complete(interval: Intervalle, texte: str, conventions: Conventions, notes: Notes) -> Intervalle:
    """The same with every year and month known: written once, they are shared by the points beside."""
    points = interval.points()
    _check_alone(points)
    if len(points) == 1 and points[0].year:
        return interval
    points = share(interval)
    _require_a_year(points, texte, conventions)
    for suite in rebuild(interval, points).suites():
        _refuse_year_apart(suite.points, texte)
    shared = _share_years(points)
    placed = _adjoin_winters(shared, conventions)
    for rank in range(len(points) - 1):
        once = points[rank].year == 0
        _warn_of_adjoining(placed[rank : rank + 2], shared[rank : rank + 2], notes, once=once)
    return rebuild(interval, placed)


def share(interval: Intervalle) -> list[Point]:
    """The points, each with the unit, part and month that those beside it lend it."""
    points = interval.points()
    connectors = [join for suite in interval.suites() for join in (*suite.connectors, "")]
    points = _repeat_in_year(_count_plan_years(_repeat_exercises(points)), connectors)
    return _share_months(_share_parts(_count_ranks(points)))


def _warn_of_adjoining(placed: list[Point], shared: list[Point], notes: Notes, *, once: bool) -> None:
    """Say which winter was taken when the year that is written could mean another (`once`: for both points)."""
    (earlier, later), called = placed, shared[1].year
    if _is_season(later, 0) and later.year == called + 1 and once:
        notes.warn(
            f"L'échéance est lue jusqu'à l'hiver qui suit, celui de {later.year}; l'hiver {called} peut aussi être "
            "celui qui précède."
        )
    elif _is_season(later, 0) and later.year == called + 1:
        notes.warn(f"L'hiver {called} est lu comme celui qui suit, de janvier à mars {later.year}.")
    elif _is_season(earlier, 0) and earlier.straddling and shared[0].year == later.year - 1:
        notes.warn(f"L'hiver {shared[0].year} est lu comme celui qui précède le printemps {later.year}.")


def rebuild(interval: Intervalle, points: list[Point]) -> Intervalle:
    """The same interval with other points, in the same order."""
    rest = iter(points)

    def again(suite: Suite | None) -> Suite | None:
        return None if suite is None else Suite(tuple([next(rest) for _ in suite.points]), suite.connectors)

    whole, lower, upper = again(interval.whole), again(interval.lower), again(interval.upper)
    return Intervalle(whole, lower, upper, after=interval.after, before=interval.before)


def _check_alone(points: list[Point]) -> None:
    first, last = points[0], points[-1]
    if len(points) == 1 and first.unit is Unite.ANNEE and first.number == 1 and first.year and not first.year2:
        raise UnreadError("decade", first.start, first.end, first.year)
    if last.unit is Unite.TERME and not last.month:
        raise UnreadError("lone_term", last.start, last.end)


def _count_plan_years(points: list[Point]) -> list[Point]:
    """« années 1 et 2 », « An 1 à 3 »: a bare number after a year of the plan is another."""
    counted = [points[0].but(unit=Unite.JOUR) if _is_week_to_day(points) else points[0]]
    for point in points[1:]:
        bare = point.unit is Unite.JOUR and not point.month
        after_year = counted[-1].unit is Unite.AN_DU_PLAN
        counted.append(point.but(unit=Unite.AN_DU_PLAN) if bare and after_year else point)
    return counted


def _repeat_exercises(points: list[Point]) -> list[Point]:
    """« années scolaires 2020-2021 et 2021-2022 »: two years after a school or financial year are another."""
    repeated = points[:1]
    for point in points[1:]:
        unit = repeated[-1].unit
        again = point.unit is Unite.ANNEE and point.year2 > 0 and unit in (Unite.EXERCICE, Unite.SCOLAIRE)
        repeated.append(point.but(unit=unit) if again else point)
    return repeated


_NAMED = frozenset((Unite.MOIS, Unite.SAISON, Unite.TRIMESTRE, Unite.SEMESTRE))


def _repeat_in_year(points: list[Point], connectors: list[str]) -> list[Point]:
    """« juin 2020 et 2021 »: after « et », « ou » or a comma, a bare year calls for the same month in it."""
    repeated = [points[0]]
    for point, connector in zip(points[1:], connectors, strict=False):
        earlier = repeated[-1]
        bare = point.unit is Unite.ANNEE and point.year and not (point.year2 or point.part or point.number)
        if bare and earlier.unit in _NAMED and earlier.year and connector in ("et", "ou", ","):
            point = earlier.but(year=point.year, start=point.start, end=point.end)  # noqa: PLW2901
        repeated.append(point)
    return repeated


def _count_ranks(points: list[Point]) -> list[Point]:
    """« 1er et 2e trimestres 2023 »: a bare number before a quarter or a semester is another."""
    counted = points[-1:]
    for point in reversed(points[:-1]):
        following = counted[-1]
        bare = point.unit is Unite.JOUR and not point.month
        if bare and following.unit in (Unite.TRIMESTRE, Unite.SEMESTRE) and point.number < following.number:
            point = point.but(unit=following.unit)  # noqa: PLW2901
        counted.append(point)
    return counted[::-1]


def _share_parts(points: list[Point]) -> list[Point]:
    """« début à mi-mars 2020 »: a part alone is a part of what the next point names."""
    shared = points[-1:]
    for point in reversed(points[:-1]):
        following = shared[-1]
        if point.unit is Unite.PARTIE and following.part:
            point = following.but(part=point.part, start=point.start, end=point.end)  # noqa: PLW2901
        shared.append(point)
    if any(point.unit is Unite.PARTIE for point in shared):
        raise UnreadError("lone_part", points[0].start, points[-1].end)
    return shared[::-1]


def _is_week_to_day(points: list[Point]) -> bool:
    """« semaine du 3 au 7 mai 2021 » is five days, and no week of its own."""
    return len(points) > 1 and points[0].unit is Unite.SEMAINE and points[1].unit is Unite.JOUR


def _share_months(points: list[Point]) -> list[Point]:
    """« 3 au 5 mai 2021 »: a day takes the month of the day after it."""
    shared: list[Point] = []
    for point in reversed(points):
        if point.month == 0 and point.unit in (Unite.JOUR, Unite.SEMAINE):
            following = shared[-1] if shared else None
            if following is None or following.unit is not Unite.JOUR or not following.month:
                raise UnreadError("lone_number", point.start, point.end)
            point = point.but(month=following.month, year=following.year)  # noqa: PLW2901
        shared.append(point)
    return shared[::-1]


def needs_year(point: Point) -> bool:
    """Whether a point has no year and cannot do without one."""
    return point.year == 0 and point.unit not in _WITHOUT_YEAR


def _require_a_year(points: list[Point], texte: str, conventions: Conventions) -> None:
    if all(needs_year(point) for point in points):
        known = conventions.periode_debut or conventions.adopte_le
        year = _EXAMPLE_YEAR if known is None else known.year
        raise UnreadError("no_year", points[0].start, points[-1].end, texte, year)


_WHOLE_YEARS = frozenset((Unite.ANNEE, Unite.EXERCICE, Unite.SCOLAIRE))


def _refuse_year_apart(points: tuple[Point, ...], texte: str) -> None:
    """« 2020, automne », « mars, en 2020 »: the whole year, or only what is named beside it?

    What is named may have a year of its own, after it (« 2019 et mars à juin 2020 ») unless it is that very year.
    """
    for rank, year in enumerate(points):
        if year.unit not in _WHOLE_YEARS or not year.year or year.part:
            continue
        named = list(takewhile(_calls_for_a_year, points[rank + 1 :]))
        beyond = points[rank + 1 + len(named)] if rank + 1 + len(named) < len(points) else None
        if not named and beyond is not None and _is_within(beyond, year):
            named = [beyond]
        elif beyond is not None and beyond.unit not in _WHOLE_YEARS:
            continue
        elif not named and all(map(_calls_for_a_year, points[:rank])):
            named = list(points[:rank])
        if named:
            start, end = min(year.start, named[0].start), max(year.end, named[-1].end)
            years = (year.year, year.year2) if year.year2 else (year.year,)
            raise UnreadError("year_apart", start, end, years, texte[named[0].start : named[-1].end])


def _calls_for_a_year(point: Point) -> bool:
    return needs_year(point) and point.unit not in _WHOLE_YEARS


def _is_within(point: Point, year: Point) -> bool:
    """« 2020, automne 2020 »: a year, and a part of it."""
    return point.unit not in _WHOLE_YEARS and point.year == year.year and not (point.year2 or year.year2)


def _share_years(points: list[Point]) -> list[Point]:
    for point in points:
        if point.unit is Unite.ANNEE and not (point.year or point.part):
            raise UnreadError("lone_year", point.start, point.end)
    points = _share_two_years(points)
    filled = list(points)
    for rank in reversed(range(len(filled) - 1)):
        if needs_year(filled[rank]):
            filled[rank] = filled[rank].but(year=filled[rank + 1].year)
    for rank in range(1, len(filled)):
        if needs_year(filled[rank]):
            filled[rank] = filled[rank].but(year=filled[rank - 1].year2 or filled[rank - 1].year)
    for rank in range(len(points) - 1):
        once = points[rank].year == 0 or points[rank + 1].year == 0
        winter_follows = _is_season(filled[rank + 1], 0) and _is_season(filled[rank], 3)
        if once and not winter_follows and _order(filled[rank]) > _order(filled[rank + 1]):
            raise UnreadError("which_year", points[rank].start, points[rank + 1].end)
    if any(needs_year(point) for point in filled):
        raise UnreadError("lone_number", points[0].start, points[-1].end)
    return filled


def _order(point: Point) -> tuple[int, int, int]:
    """A rank that must not go down from one point to the next when the year is written once."""
    month = point.month
    if point.unit is Unite.SAISON:
        month = (0, 3, 6, 9)[point.number]
    elif point.unit in (Unite.TRIMESTRE, Unite.SEMESTRE):
        month = point.number * (3 if point.unit is Unite.TRIMESTRE else 6)
    return (point.year, month, 0) if month else (0, 0, 0)


def _share_two_years(points: list[Point]) -> list[Point]:
    """« septembre-mars 2020-2021 »: the first year for what comes first, the second from the new year on."""
    last = points[-1]
    if len(points) < 2 or not last.year2 or last.unit is Unite.ANNEE or not all(map(needs_year, points[:-1])):
        return points
    return [point.but(year=last.year) for point in points[:-1]] + [last.but(year=last.year2, year2=0)]


def _adjoin_winters(points: list[Point], conventions: Conventions) -> list[Point]:
    """In a range of seasons the winter is the adjoining one, whichever year it is called by."""
    placed = list(points)
    for rank in range(len(points) - 1):
        earlier, later = placed[rank], placed[rank + 1]
        if _is_season(later, 0) and earlier.unit is Unite.SAISON and earlier.number != 0:
            placed[rank + 1] = _winter_after(earlier, later)
        elif _is_season(earlier, 0) and later.unit is Unite.SAISON and later.number != 0:
            placed[rank] = _winter_before(earlier, later, conventions)
    return placed


def _is_season(point: Point, season: int) -> bool:
    return point.unit is Unite.SAISON and point.number == season and not point.year2


def _winter_after(season: Point, winter: Point) -> Point:
    """The winter after a season of year N is January to March N+1, called N or N+1."""
    year = season.year2 or season.year
    if winter.year == year:
        return winter.but(year=year + 1, straddling=False)
    return winter.but(straddling=False) if winter.year == year + 1 else winter


def _winter_before(winter: Point, season: Point, conventions: Conventions) -> Point:
    """The winter before a season of year N is the one that ends in March N, called N or N-1."""
    straddling = conventions.hiver == "décembre"
    if winter.year == season.year:
        year = season.year - 1 if straddling else season.year
        return winter.but(year=year, straddling=straddling)
    if winter.year == season.year - 1 and season.number == 1:
        return winter.but(straddling=True)
    return winter
