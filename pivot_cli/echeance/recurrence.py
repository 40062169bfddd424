"""The windows of a recurrence: the stretches of days in each of which something is to be done.

A rule without a day of its own has calendar windows (financial ones when the organisation set
`debut_exercice`): the year, the semester, the month, the week from Monday. A rule with one (« le 30 juin de
chaque année ») has windows that end on that day: what was done since the one before counts.
Nothing here knows what day it is.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from pivot_cli.echeance.conventions import Conventions
from pivot_cli.echeance.spans import add_months, fiscal_start
from pivot_cli.echeance.values import Fenetre

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# Forty years of days: a bound on what one recurrence can cost, whatever the days asked for.
MOST_WINDOWS = 15_000
_DAY = timedelta(days=1)
_LAST_YEAR = 9000
_MONTHS = {"YEARLY": 12, "MONTHLY": 1}
_DAYS = {"WEEKLY": 7, "DAILY": 1}
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def windows(
    recurrence: str, depart: date, jusqu_a: date, conventions: Conventions | None = None
) -> tuple[Fenetre, ...]:
    """Every window that begins from `depart` to `jusqu_a`, both included, in order; 15,000 at most.

    Weeks, months and years by several are counted from the first that begins on or after `depart`, unless
    they divide the year (quarters, semesters): those are the calendar's. A window that UNTIL would cut is
    left out. `recurrence` is an RRULE as `parse` gives it.
    """
    parts = dict(part.split("=", 1) for part in recurrence.split(";"))
    until = _until(parts)
    found: list[Fenetre] = []
    for window in _from(parts, depart, conventions or Conventions()):
        past = window.debut > jusqu_a or (until is not None and window.fin > until)
        if past or len(found) >= MOST_WINDOWS:
            break
        found.append(window)
    return tuple(found)


def _until(parts: dict[str, str]) -> date | None:
    text = parts.get("UNTIL")
    return None if text is None else date(int(text[:4]), int(text[4:6]), int(text[6:8]))


def _from(parts: dict[str, str], depart: date, conventions: Conventions) -> Iterator[Fenetre]:
    """The windows from `depart` on, without end."""
    freq, interval = parts["FREQ"], int(parts.get("INTERVAL", "1"))
    if any(key.startswith("BY") for key in parts):
        return _between_days(parts, depart)
    if freq in _MONTHS:
        return _by_months(_MONTHS[freq] * interval, depart, conventions)
    return _by_days(_DAYS[freq] * interval, depart, weekly=freq == "WEEKLY")


def _by_months(months: int, depart: date, conventions: Conventions) -> Iterator[Fenetre]:
    first = _first_by_months(months, depart, conventions)
    rank = 0
    while True:
        start, following = add_months(first, months * rank), add_months(first, months * (rank + 1))
        if following.year > _LAST_YEAR:
            return
        yield Fenetre(start, following - _DAY)
        rank += 1


def _first_by_months(months: int, depart: date, conventions: Conventions) -> date:
    """The first day, on or after `depart`, on which a window of so many months begins."""
    if 12 % months and months % 12:
        return depart
    origin = date(depart.year - 1, 1, 1) if months == 1 else fiscal_start(depart.year - 1, conventions)
    step = min(months, 12)
    return next(day for day in (add_months(origin, step * rank) for rank in range(38)) if day >= depart)


def _by_days(length: int, depart: date, *, weekly: bool) -> Iterator[Fenetre]:
    start = depart + timedelta(days=-depart.weekday() % 7) if weekly else depart
    while start.year < _LAST_YEAR:
        yield Fenetre(start, start + timedelta(days=length - 1))
        start += timedelta(days=length)


def _between_days(parts: dict[str, str], depart: date) -> Iterator[Fenetre]:
    """From the day after one due day to the next due day."""
    previous: date | None = None
    for due in _due_days(parts, depart):
        if previous is not None and previous + _DAY >= depart:
            yield Fenetre(previous + _DAY, due)
        previous = due


def _due_days(parts: dict[str, str], depart: date) -> Iterator[date]:
    """The days of the rule, from one of its intervals before `depart` on."""
    from datetime import datetime

    from dateutil import rrule

    months = _last_months([int(month) for month in parts.get("BYMONTH", "").split(",") if month])
    days = [int(day) for day in parts.get("BYMONTHDAY", "").split(",") if day]
    weekday = parts.get("BYDAY", "")
    by_day = None if not weekday else rrule.weekday(_WEEKDAYS.index(weekday[-2:]), int(weekday[:-2] or 0) or None)
    monthly_rank = bool(weekday[:-2])
    interval = int(parts.get("INTERVAL", "1"))
    start = datetime(max(depart.year - interval - 8 * (days == [29]), 1), 1, 1)  # noqa: DTZ001 - days, not moments
    last = datetime(min(depart.year + 60, _LAST_YEAR), 12, 31)  # noqa: DTZ001
    rule = rrule.rrule(
        getattr(rrule, parts["FREQ"]),
        dtstart=start,
        until=last,
        interval=interval,
        bymonth=months or None,
        bymonthday=days or (-1 if months and not weekday else None),
        byweekday=by_day if by_day is not None or not monthly_rank else None,
    )
    return (moment.date() for moment in rule)


def _last_months(months: list[int]) -> list[int]:
    """The last month of each run: « de mars à juin » is due at the end of June, a winter at the end of March."""
    return [month for month in months if month % 12 + 1 not in months] or months[-1:]


def last_completed(fenetres: Iterable[Fenetre], au: date) -> Fenetre | None:
    """The last window that ended before the day, or None."""
    return max((one for one in fenetres if one.fin < au), key=lambda one: one.fin, default=None)


def current(fenetres: Iterable[Fenetre], au: date) -> Fenetre | None:
    """The window that holds the day, or None."""
    return next((one for one in fenetres if one.debut <= au <= one.fin), None)


def is_due(fenetres: Iterable[Fenetre], au: date, dates: Iterable[date]) -> bool:
    """Whether nothing is recorded from the start of the last completed window up to the day."""
    last = last_completed(fenetres, au)
    return last is not None and not any(last.debut <= day <= au for day in dates)


def missed(fenetres: Sequence[Fenetre], au: date, dates: Iterable[date]) -> tuple[Fenetre, ...]:
    """The completed windows for which nothing is recorded, in order.

    What is done in the window that follows still counts for the one before, as it does for what is due: a
    training held on 10 January for the year before clears that year.
    """
    recorded = [day for day in dates if day <= au]
    series: list[Fenetre] = []
    for rank, window in enumerate(fenetres):
        if window.fin >= au:
            break
        grace = fenetres[rank + 1].fin if rank + 1 < len(fenetres) else au
        if not any(window.debut <= day <= grace for day in recorded):
            series.append(window)
    return tuple(series)
