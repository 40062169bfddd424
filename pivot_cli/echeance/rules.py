"""From a rhythm and what anchors or bounds it to an RRULE (RFC 5545)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from pivot_cli.echeance.dates import share
from pivot_cli.echeance.refusals import anchor_refused, limit_refused
from pivot_cli.echeance.spans import Notes, month_end, span
from pivot_cli.echeance.syntax import Intervalle, Point, Unite
from pivot_cli.text import NBSP

if TYPE_CHECKING:
    from pivot_cli.echeance.conventions import Conventions
    from pivot_cli.echeance.cores import Noyau
    from pivot_cli.echeance.rhythms import Rythme
    from pivot_cli.echeance.spans import Span

# A leap year, so that the 29th of February exists.
_ANY_YEAR = 2024
_SHORT = frozenset((Unite.MOIS, Unite.SAISON, Unite.TRIMESTRE, Unite.SEMESTRE))
# The fewest days of a window of each frequency: a limit shorter than that leaves no room for one.
_FEWEST_DAYS = {"YEARLY": 365, "MONTHLY": 28, "WEEKLY": 7, "DAILY": 1}


def rrule(
    noyau: Noyau, until: date | None, place: Span | None, conventions: Conventions, notes: Notes
) -> tuple[str, int | None]:
    """The RRULE of a rhythm, and how many times in each of its windows."""
    rythme = noyau.rythme
    assert rythme is not None  # noqa: S101 - a recurrent core always has one
    parts = ""
    if rythme.byday and (noyau.part or noyau.anchor is not None):
        raise anchor_refused()
    if noyau.part:
        parts = _of_part(noyau.part, rythme, conventions)
    elif noyau.anchor is not None:
        rythme, parts = _anchored(rythme, noyau.anchor, conventions, notes)
    elif rythme.byday:
        parts = f";BYDAY={rythme.byday}"
    if place is not None and (place[1] - place[0]).days + 1 < _least(noyau, rythme):
        raise limit_refused()
    interval = f";INTERVAL={rythme.interval}" if rythme.interval > 1 else ""
    end = f";UNTIL={until:%Y%m%d}" if until is not None else ""
    return f"FREQ={rythme.freq}{interval}{end}{parts}", rythme.fois


def _least(noyau: Noyau, rythme: Rythme) -> int:
    """How many days a limit must have: room for one window, or for two in a single month or season."""
    whole = None if noyau.limit is None else noyau.limit.whole
    single = whole is not None and len(whole.points) == 1 and whole.points[0].unit in _SHORT
    return _FEWEST_DAYS[rythme.freq] * rythme.interval * (2 if single else 1)


def _of_part(part: str, rythme: Rythme, conventions: Conventions) -> str:
    """« à la fin de chaque année », « au début de chaque mois »."""
    if rythme.freq == "YEARLY":
        months = {"debut": conventions.debut_annee, "mi": conventions.mi_annee, "fin": conventions.fin_annee}[part]
        return f";BYMONTH={','.join(map(str, range(months[0], months[1] + 1)))}"
    if rythme.freq == "MONTHLY" and rythme.interval == 1 and part != "fin":
        return f";BYMONTHDAY={conventions.debut_mois if part == 'debut' else conventions.mi_mois}"
    if part != "fin":
        raise anchor_refused()
    return ""


def _anchored(rythme: Rythme, anchor: Intervalle, conventions: Conventions, notes: Notes) -> tuple[Rythme, str]:
    points = [point for suite in anchor.suites() for point in suite.points]
    if anchor.lower is not None and anchor.upper is None:
        raise anchor_refused(points[0].start, points[-1].end)
    if points[-1].unit is Unite.JOUR and not points[-1].month:
        return rythme, _day_of_month(points[-1], rythme)
    groups = _groups(anchor, _spans(share(anchor), conventions, notes))
    if rythme.freq == "MONTHLY" and rythme.interval * len(groups) == 12:
        rythme = rythme._replace(freq="YEARLY", interval=1)
    elif rythme.fois is not None and len(groups) == rythme.fois:
        rythme = rythme._replace(fois=None)
    if rythme.freq != "YEARLY" or (rythme.fois is not None and len(groups) > 1):
        raise anchor_refused(points[0].start, points[-1].end)
    if anchor.before:
        first = groups[0][0] - timedelta(days=1)
        whole = first.month != (groups[0][0]).month
        groups = [(first.replace(day=1), first)] if whole else [(first, first)]
    return rythme, _by_months(groups, points)


def _day_of_month(point: Point, rythme: Rythme) -> str:
    """« le 15 de chaque mois »."""
    if (rythme.freq, rythme.interval) != ("MONTHLY", 1) or not 1 <= point.number <= 31:
        raise anchor_refused(point.start, point.end)
    return f";BYMONTHDAY={point.number}"


def _spans(points: list[Point], conventions: Conventions, notes: Notes) -> list[Span]:
    quiet = Notes()
    spans = [span(point._replace(year=_ANY_YEAR), conventions, quiet) for point in points]
    for sentence in quiet.reasons:
        notes.reason(sentence.replace(f" {_ANY_YEAR}", "").replace(f"{NBSP}{_ANY_YEAR}", ""))
    return spans


def _groups(anchor: Intervalle, spans: list[Span]) -> list[Span]:
    """« juin et décembre » is two spans of the year; « de juin à août » is one."""
    joins = ("a",) * len(spans) if anchor.whole is None else anchor.whole.connectors
    groups = [spans[0]]
    for join, later in zip(joins, spans[1:], strict=False):
        adjoining = (later[0] - groups[-1][1]).days == 1
        if join in ("a", "-", "/", "ou") or adjoining:
            groups[-1] = (groups[-1][0], later[1])
        else:
            groups.append(later)
    return groups


def _by_months(groups: list[Span], points: list[Point]) -> str:
    whole = all(first.day == 1 and last == month_end(last.year, last.month) and first != last for first, last in groups)
    if whole:
        months = [month for group in groups for month in _months(group)]
        return f";BYMONTH={','.join(map(str, months))}"
    days = {last.day for _, last in groups}
    if len(days) > 1 and all(last == month_end(last.year, last.month) for _, last in groups):
        days = {-1}
    if len(days) > 1:
        raise anchor_refused(points[0].start, points[-1].end)
    return f";BYMONTH={','.join(str(last.month) for _, last in groups)};BYMONTHDAY={days.pop()}"


def _months(group: Span) -> list[int]:
    """The months of a span in its order, December before January for a winter."""
    first, last = group
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    if not 1 <= count <= 12:
        count %= 12
    return [(first.month - 1 + rank) % 12 + 1 for rank in range(count)]
