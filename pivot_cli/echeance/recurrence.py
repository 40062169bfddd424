"""From a rhythm to an RRULE (RFC 5545), and from an RRULE to its windows.

A window is a stretch of days in which something is to be done. A rule without a day of its own has calendar
windows (financial ones when the organisation set `debut_exercice`): the year, the semester, the month, the week
from Monday; with months (« mensuel, de septembre à juin »), only those that begin in them. A rule with a day
(« le 30 juin de chaque année ») has windows that end on that day: what was done since the one before counts.

Calendar windows are computed here, and due days by dateutil's rrule: the first need no more than two lines of
calendar, follow the financial year, which an RRULE cannot say, and spare most commands the import of dateutil; the
tests hold them to dateutil's reading of the same rule. Nothing here knows what day it is.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count, pairwise, takewhile
from typing import TYPE_CHECKING, cast

from pivot_cli.echeance import unites
from pivot_cli.echeance.dates import Days, share
from pivot_cli.echeance.lexer import UnreadError
from pivot_cli.echeance.spans import (
    DAY,
    IN_EXERCISE,
    PARTS,
    SCHOOL_YEAR,
    THIRDS,
    Notes,
    Span,
    add_months,
    fiscal_start,
    month_end,
    named,
    part_of_year,
    span,
)
from pivot_cli.echeance.values import DEFAUT, Conventions, Fenetre
from pivot_cli.echeance.words import CODES_JOURS
from pivot_cli.text import MONTHS, NBSP, of_word, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pivot_cli.echeance.dated import Intervalle
    from pivot_cli.echeance.moments import Moment
    from pivot_cli.echeance.rhythms import Rythme

# --- from a rhythm to its rule ------------------------------------------------------------------------------

# A leap year, so that the 29th of February exists.
_ANY_YEAR = 2024
_MONTHS = {"YEARLY": 12, "MONTHLY": 1}
_DAYS = {"WEEKLY": 7, "DAILY": 1}
# The fewest days of a window of each frequency: a limit shorter than that leaves no room for one.
_FEWEST_DAYS = {"YEARLY": 365, "MONTHLY": 28, **_DAYS}


def rrule(core: Rythme, limits: Days, conventions: Conventions, notes: Notes) -> tuple[str, int | None]:
    """The RRULE of a rhythm between two days that may be open, and how many times in each of its windows."""
    pinned = core.by or core.days
    of_unit = core.part != "" and (core.part, core.freq, core.interval) != ("fin", "MONTHLY", 1)
    if core.anchor is not None and (pinned or (core.freq in _DAYS and core.interval > 1)):
        raise UnreadError("anchor_of_years")
    if (pinned and core.part) or (of_unit and core.anchor is not None):
        raise UnreadError("anchor_refused")
    parts = f";{core.by}" if core.by else _month_days(core.days)
    if core.anchor is not None:
        core, parts = _anchored(core, core.anchor, conventions, notes)
    elif core.part:
        core, parts = _of_part(core, conventions, notes)
    elif core.year == "scolaire" and not pinned:
        july, _ = SCHOOL_YEAR
        parts = f";BYMONTH={_listed((july - 1 + rank) % 12 + 1 for rank in range(12))}"
    first, last = limits
    if first is not None and last is not None and (last - first).days + 1 < _least(core):
        raise UnreadError("limit_refused")
    interval = f";INTERVAL={core.interval}" if core.interval > 1 else ""
    end = f";UNTIL={last:%Y%m%d}" if last is not None else ""
    return f"FREQ={core.freq}{interval}{end}{parts}", core.fois


def _least(core: Rythme) -> int:
    """How many days a limit must have: room for one window, or for two in a single month, season or year."""
    moments = () if core.limit is None or core.limit.split is not None else core.limit.moments
    alone = moments[0] if len(moments) == 1 and not moments[0].year2 else None
    short = alone is not None and (alone.unit.dans == "année" or alone.unit is unites.ANNEE)
    return _FEWEST_DAYS[core.freq] * core.interval * (2 if short else 1)


def _of_part(core: Rythme, conventions: Conventions, notes: Notes) -> tuple[Rythme, str]:
    """« à la fin de chaque année », « au début de chaque trimestre », « au début de chaque mois »."""
    part, pace = core.part, (core.freq, core.interval)
    if core.freq == "YEARLY":
        return core, _of_part_of_year(core, conventions, notes)
    if part == "fin" and core.freq == "MONTHLY":
        return core, ""
    if pace == ("MONTHLY", 1):
        day: int = getattr(conventions, f"{part}_mois")
        notes.reason(f"Cette partie du mois finit le {day}", f"{part}_mois")
        return core, f";BYMONTHDAY={day}"
    if pace not in (("MONTHLY", 3), ("MONTHLY", 6)):
        raise UnreadError("anchor_refused")
    notes.reason(THIRDS)
    first, third = fiscal_start(_ANY_YEAR, conventions), core.interval // 3
    starts = [add_months(first, rank + third * PARTS.index(part)) for rank in range(0, 12, core.interval)]
    groups = [(start, add_months(start, third) - DAY) for start in starts]
    return core.but(freq="YEARLY", interval=1), _by_months(groups, UnreadError("anchor_refused"))


def _of_part_of_year(core: Rythme, conventions: Conventions, notes: Notes) -> str:
    """That of the calendar's year is a convention; that of another, its first or last quarter, or what is between."""
    if core.year == "exercice" and conventions.debut_exercice is not None:
        first = fiscal_start(_ANY_YEAR, conventions)
    elif core.year == "scolaire":
        first = date(_ANY_YEAR, *SCHOOL_YEAR)
    else:
        months = part_of_year(core.part, conventions, notes)
        return f";BYMONTH={_listed(range(months[0], months[1] + 1))}"
    start, end = (add_months(first, months) for months in IN_EXERCISE[core.part])
    last = end - DAY
    notes.reason(
        f"{named(core.part)} d'une année qui commence en {MONTHS[first.month - 1]}{NBSP}: "
        f"{of_word(MONTHS[start.month - 1])} à {MONTHS[last.month - 1]}."
    )
    return _by_months([(start, last)], UnreadError("anchor_refused"))


def _month_days(days: Sequence[int]) -> str:
    """The days of each month: one that a month lacks falls on its last day. Nothing where there are none."""
    *others, last = sorted((-1 if day == 31 else day for day in days), key=lambda day: day % 32) or [0]
    if last not in (29, 30):
        return f";BYMONTHDAY={_listed([*others, last])}" if last else ""
    if others and others[-1] > 28:
        raise UnreadError("anchor_refused")
    # Of the days up to it that the month has, the last.
    positions = _listed([*range(1, len(others) + 1), -1])
    return f";BYMONTHDAY={_listed([*others, *range(28, last + 1)])};BYSETPOS={positions}"


def _listed(numbers: Iterable[int]) -> str:
    """Each number once, in the order given."""
    return ",".join(map(str, dict.fromkeys(numbers)))


def _anchored(core: Rythme, anchor: Intervalle, conventions: Conventions, notes: Notes) -> tuple[Rythme, str]:
    """The rhythm once the dates of every year are known, and the parts of its RRULE that name them."""
    moments, alone = anchor.moments, anchor.moments[-1]
    refused = anchor.unread("anchor_refused")
    if anchor.lower and not anchor.upper:
        raise refused
    if alone.lone_number() or any(moment.unit is unites.RANG_JOUR for moment in moments):
        return core, _one_day(core, anchor, refused)
    spans = _spans(share(anchor), conventions, notes)
    groups = _groups(anchor, spans)
    if any(last > add_months(first, 12) for first, last in groups):
        raise refused  # « de l'automne à l'été », which share September: more than a year has no months of its own
    core = _times(core, groups, refused)
    if core.freq != "YEARLY":
        if "/" in anchor.links and len(groups) > 1:  # « mensuel, septembre/juin »
            groups = _groups(anchor, spans, slash="a")
            names = [MONTHS[month - 1] for month in _months(groups)]
            notes.warn(f"La barre est lue {quoted('à')}{NBSP}: {of_word(names[0])} à {names[-1]}.")
        months = _months(groups)  # « mensuel, de septembre à juin »: each window that begins in these months
        if core.interval > 1 or not all(map(_is_whole, groups)) or (core.freq == "MONTHLY" and len(months) == 1):
            raise refused
        return core, f";BYMONTH={_listed(months)}"
    if anchor.before:
        first = groups[0][0] - DAY
        whole = first.month != groups[0][0].month and alone.unit is not unites.JOUR
        groups = [(first.replace(day=1), first)] if whole else [(first, first)]
    return core, _by_months(groups, refused, None if len(moments) == 1 else notes)


def _times(core: Rythme, groups: list[Span], refused: UnreadError) -> Rythme:
    """The rhythm with how many times a year it comes, where that is not what its windows say.

    « Automne et hiver » are one window of the year: what is done in each of them is counted in it.
    """
    times = core.fois or 1
    if core.freq == "MONTHLY" and core.interval * len(groups) == 12:
        core, times = core.but(freq="YEARLY", interval=1), times * len(groups)
    if core.freq != "YEARLY" or times == 1:
        return core
    if _stretches(groups) not in (1, times):
        raise refused
    return core.but(fois=times if _stretches(groups) == 1 else None)


def _stretches(groups: list[Span]) -> int:
    """How many windows of a year these spans are: months that follow each other are one."""
    months = _months(groups)
    ends = {month for month in months if month % 12 + 1 not in months}
    return max(len(ends), 1) if all(map(_is_whole, groups)) else len(groups)


def _one_day(core: Rythme, anchor: Intervalle, refused: UnreadError) -> str:
    """« le 15 de chaque mois », « le premier lundi de mars de chaque année »."""
    alone, pace = anchor.moments[-1], (core.freq, core.interval)
    if alone.lone_number():
        if pace != ("MONTHLY", 1) or not 1 <= alone.number <= 31:
            raise alone.unread("anchor_refused")
        return _month_days([alone.number])
    if len(anchor.moments) > 1 or pace != ("YEARLY", 1) or anchor.before:
        raise refused
    return f";BYMONTH={alone.month};BYDAY={alone.number}{CODES_JOURS[alone.weekday or 0]}"


def _spans(moments: list[Moment], conventions: Conventions, notes: Notes) -> list[Span]:
    quiet = Notes()
    spans = [span(moment.but(year=_ANY_YEAR), conventions, quiet) for moment in moments]
    for sentence in quiet.reasons:
        notes.reason(sentence.replace(f" {_ANY_YEAR}", "").replace(f"{NBSP}{_ANY_YEAR}", ""))
    return spans


def _groups(anchor: Intervalle, spans: list[Span], *, slash: str = "et") -> list[Span]:
    """« juin et décembre », « juin/décembre » are two spans of the year; « de juin à août » is one, « de juillet à
    juin » all of it.
    """
    joins = anchor.links if anchor.split is None else ("a",) * len(spans)
    groups = [spans[0]]
    for join, later in zip(joins, spans[1:], strict=False):
        adjoining = (later[0] - groups[-1][1]).days == 1
        if (slash if join == "/" else join) in ("a", "-", "ou") or adjoining:
            first, last = groups[-1][0], later[1]
            comes_back = later[0] < first or (later[0] == first and join in ("a", "-"))
            groups[-1] = (first, add_months(last, 12) if comes_back else last)
        else:
            groups.append(later)
    return groups


def _is_whole(group: Span) -> bool:
    """Whether a span is made of whole months."""
    return group[0].day == 1 and group[1] == month_end(group[1].year, group[1].month)


def _by_months(groups: list[Span], refused: UnreadError, notes: Notes | None = None) -> str:
    """The parts of an RRULE; `notes` says that of a period (« du 15 mai au 15 octobre ») the last day alone is kept."""
    if all(map(_is_whole, groups)):
        return f";BYMONTH={_listed(_months(groups))}"
    if notes is not None and len(groups) == 1:
        end = f"{groups[0][1].day} {MONTHS[groups[0][1].month - 1]}"
        notes.warn(f"Chaque année, l'échéance est lue à la fin de la période, le {end}; son début n'est pas retenu.")
    days = {last.day for _, last in groups}
    # February has no 29th in most years: its last day is meant.
    varies = len(days) > 1 or any((last.month, last.day) == (2, 29) for _, last in groups)
    if varies and all(last == month_end(last.year, last.month) for _, last in groups):
        days = {-1}
    if len(days) > 1:
        return f";BYYEARDAY={_listed(_day_of_year(last, refused) for _, last in groups)}"
    return f";BYMONTH={_listed(last.month for _, last in groups)};BYMONTHDAY={days.pop()}"


def _day_of_year(day: date, refused: UnreadError) -> int:
    """The rank of a day in its year, counted from its end after February: so it is the same in a leap year."""
    if (day.month, day.day) == (2, 29):
        raise refused
    if day.month <= 2:
        return (day - date(day.year, 1, 1)).days + 1
    return (day - date(day.year, 12, 31)).days - 1


def _months(groups: list[Span]) -> list[int]:
    """The months of spans in their order, December before January for a winter."""
    runs = [range(first.month - 1, (last.year - first.year) * 12 + last.month) for first, last in groups]
    return [month % 12 + 1 for run in runs for month in run]


# --- from a rule to its windows -----------------------------------------------------------------------------

# Forty years of days: a bound on what one recurrence can cost, whatever the days asked for.
MOST_WINDOWS = 15_000
_ENOUGH = 10  # windows before a day, to know the eight last
_LAST_YEAR = 9000


def windows(
    recurrence: str, depart: date, jusqu_a: date, conventions: Conventions = DEFAUT, *, au: date | None = None,
    most: int = MOST_WINDOWS, dated: bool = False,
) -> tuple[Fenetre, ...]:  # fmt: skip
    """Every window that begins from `depart` to `jusqu_a`, both included, in order; `most` at most.

    Weeks, months and years by several are counted from the first that begins on or after `depart`, unless
    they divide the year (quarters, semesters): those are the calendar's. A window that UNTIL would cut is
    left out. `recurrence` is an RRULE as `parse` gives it. Where `depart` is `dated`, written beside the rhythm (« en
    juin de chaque année, dès 2025 »), the first window ends with the first day or months named from then on.
    With `au`, only what says where things stand at that day: the eight last windows that ended before it at least,
    those that are open, and the first that begins after.
    """
    parts = rule_parts(recurrence)
    until = until_day(parts)
    found: list[Fenetre] = []
    if dated and _names_days(parts):
        first = _first_named(parts, depart)
        if first is None or first.debut > jusqu_a or (until is not None and first.fin > until):
            return ()
        found, depart = [first], first.fin
    # Long after a rule has ended, its last windows are those before its own last day.
    start = depart if au is None else _nearer(parts, depart, min(au, until or au))
    for window in _from(parts, start, conventions):
        if found and window.debut <= found[-1].fin:
            continue
        past = window.debut > jusqu_a or (until is not None and window.fin > until)
        if past or len(found) >= most or (au is not None and found and found[-1].debut > au):
            break
        found.append(window)
    return tuple(found)


def _nearer(parts: dict[str, str], depart: date, au: date) -> date:
    """A day, whole steps after `depart`, that gives the same last windows before `au`, and not many more."""
    freq, interval = parts["FREQ"], int(parts.get("INTERVAL", "1"))
    if freq in _DAYS:
        if interval > 1 and "BYDAY" in parts:  # counted from a first of January, on any day of the week
            return depart
        step = _DAYS[freq] * interval
        back = 3660 if "BYMONTH" in parts else _ENOUGH * step + 366 * ("BYDAY" in parts)
        return depart + timedelta(days=max((au - depart).days - back, 0) // step * step)
    months = _MONTHS[freq] * interval
    if (depart.month, depart.day) == (2, 29) and 12 % months and months % 12:  # counted from that very day
        return depart
    back = _ENOUGH * months // 12 + 2
    if freq == "MONTHLY" and {"BYMONTH", "BYMONTHDAY", "BYDAY"} & parts.keys():
        back = _ENOUGH * interval  # there may be one a year
    year = depart.year + max(au.year - back - depart.year, 0) // interval * interval
    return depart.replace(year=year, day=min(depart.day, month_end(year, depart.month).day))


def rule_parts(recurrence: str) -> dict[str, str]:
    """The parts of an RRULE by name."""
    return dict(part.split("=", 1) for part in recurrence.split(";"))


def until_day(parts: dict[str, str]) -> date | None:
    """The last day of a rule that ends."""
    return date.fromisoformat(parts["UNTIL"]) if "UNTIL" in parts else None


def _from(parts: dict[str, str], depart: date, conventions: Conventions) -> Iterator[Fenetre]:
    """The windows from `depart` on, without end."""
    freq, interval = parts["FREQ"], int(parts.get("INTERVAL", "1"))
    months = numbers_of(parts, "BYMONTH")
    if _names_days(parts):
        # From the day after one due day to the next due day.
        found = pairwise(day + DAY for day in _due_days(parts, depart))
        return (Fenetre(start, following - DAY) for start, following in found if start >= depart)
    if freq in _MONTHS:
        first = _first_of_calendar(_MONTHS[freq] * interval, depart, conventions)
        starts = (add_months(first, _MONTHS[freq] * interval * rank) for rank in count())
    else:
        first = depart + timedelta(days=-depart.weekday() % 7 if freq == "WEEKLY" else 0)
        starts = (first + timedelta(days=_DAYS[freq] * interval * rank) for rank in count())
    found = pairwise(takewhile(lambda day: day.year <= _LAST_YEAR, starts))
    return (Fenetre(start, following - DAY) for start, following in found if not months or start.month in months)


def _names_days(parts: dict[str, str]) -> bool:
    """Whether a rule names the days, or the months of every year, that its windows end with."""
    return bool({"BYMONTHDAY", "BYYEARDAY", "BYDAY"} & parts.keys()) or (
        parts["FREQ"] == "YEARLY" and "BYMONTH" in parts
    )


def _first_named(parts: dict[str, str], depart: date) -> Fenetre | None:
    """The first window whose last day, or whose months, are named from `depart` on; it begins no sooner."""
    months = () if {"BYMONTHDAY", "BYDAY"} & parts.keys() else numbers_of(parts, "BYMONTH")
    every = {**parts, "INTERVAL": "1"} if parts["FREQ"] == "YEARLY" else parts
    for before, day in pairwise(_due_days(every, depart)):
        begin = day
        while months and begin.month in months and begin > add_months(day, -11):
            begin = begin.replace(day=1) - DAY  # the last day of the month before the first one of this run
        if day >= depart and (not months or begin >= depart.replace(day=1) - DAY):
            return Fenetre(max(before + DAY, depart), day)
    return None


def numbers_of(parts: dict[str, str], name: str) -> list[int]:
    """The numbers that a part of an RRULE lists; none when it has no such part."""
    return [int(number) for number in parts.get(name, "").split(",") if number]


def _first_of_calendar(months: int, depart: date, conventions: Conventions) -> date:
    """The first day, on or after `depart`, on which a window of so many months begins."""
    if 12 % months and months % 12:
        return depart
    origin = date(depart.year - 1, 1, 1) if months == 1 else fiscal_start(depart.year - 1, conventions)
    step = min(months, 12)
    return next(day for day in (add_months(origin, step * rank) for rank in range(38)) if day >= depart)


def _due_days(parts: dict[str, str], depart: date) -> Iterator[date]:
    """The days of the rule, from one of its intervals before `depart` on."""
    from dateutil import rrule as rules

    months, rule = numbers_of(parts, "BYMONTH"), {name: value for name, value in parts.items() if name != "UNTIL"}
    if months:
        # « De mars à juin » is due at the end of June, a winter at the end of March: the last month of each run.
        rule["BYMONTH"] = _listed([month for month in months if month % 12 + 1 not in months] or months[-1:])
        if not {"BYMONTHDAY", "BYDAY"} & rule.keys():
            rule["BYMONTHDAY"] = "-1"
    start = datetime(max(depart.year - int(parts.get("INTERVAL", "1")), 1), 1, 1)  # noqa: DTZ001 - days, not moments
    last = datetime(min(depart.year + 60, _LAST_YEAR), 12, 31)  # noqa: DTZ001
    text = ";".join(f"{name}={value}" for name, value in rule.items())
    found = cast("rules.rrule", rules.rrulestr(text, dtstart=start)).replace(until=last)
    return (moment.date() for moment in found)


# --- what is due in its windows -----------------------------------------------------------------------------


def last_completed(fenetres: Iterable[Fenetre], au: date) -> Fenetre | None:
    """The last window that ended before the day, or None."""
    return max((one for one in fenetres if one.fin < au), key=lambda one: one.fin, default=None)


def is_due(fenetres: Iterable[Fenetre], au: date, dates: Iterable[date]) -> bool:
    """Whether nothing is recorded from the start of the last completed window up to the day."""
    last = last_completed(fenetres, au)
    return last is not None and not any(last.debut <= day <= au for day in dates)


def next_due(fenetres: Iterable[Fenetre], au: date, dates: Sequence[date]) -> Fenetre | None:
    """The first window still open in which nothing is recorded, or None: its last day is the next day due."""
    return next((w for w in fenetres if w.fin >= au and not any(w.debut <= day <= w.fin for day in dates)), None)


def series(fenetres: Sequence[Fenetre], au: date, dates: Sequence[date]) -> tuple[tuple[Fenetre, bool], ...]:
    """Each completed window, in order, with whether something recorded clears it.

    What is recorded in a window clears it. What the window does not need (a second time; anything, while it is open
    or once the one after it clears it) clears the one before: a training held on 10 January for the year before
    clears that year. One thing done never clears two windows, and the last completed window is cleared exactly when
    nothing is due.
    """
    completed = [window for window in fenetres if window.fin < au]
    spare = sum(1 for day in dates if completed and completed[-1].fin < day <= au)
    cleared: list[bool] = []
    for window in reversed(completed):
        inside = sum(1 for day in dates if window.debut <= day <= window.fin)
        cleared.append(inside + spare > 0)
        spare = min(inside, max(inside + spare - 1, 0))
    return tuple(zip(completed, reversed(cleared), strict=True))
