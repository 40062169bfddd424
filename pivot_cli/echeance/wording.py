"""A recurrence in French words, as a person would say it: « une fois par année (année civile) »."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pivot_cli.echeance.recurrence import numbers_of, rule_parts, until_day
from pivot_cli.echeance.spans import DAY, add_months, fiscal_start, month_end
from pivot_cli.echeance.words import CODES_JOURS, NOMS_UNITES
from pivot_cli.text import MONTHS, NBSP, WEEKDAYS, day_in_words, listed, of_word

if TYPE_CHECKING:
    from pivot_cli.echeance.values import Conventions

_RANKS = {"": "", "1": "premier ", "2": "deuxième ", "3": "troisième ", "4": "quatrième ", "-1": "dernier "}
_ANY_YEAR = 2023  # no leap year: the last day of February is then said as such
_UNITS = {"YEARLY": "année", "MONTHLY": "mois", "WEEKLY": "semaine", "DAILY": "jour"}
_SEVERAL = {
    "YEARLY": f"tous les {{}}{NBSP}ans", "MONTHLY": f"tous les {{}}{NBSP}mois",
    "WEEKLY": f"toutes les {{}}{NBSP}semaines", "DAILY": f"tous les {{}}{NBSP}jours",
}  # fmt: skip


def recurrence_in_words(recurrence: str, fois: int | None, conventions: Conventions) -> str:
    """An RRULE as `parse` gives it, with how many times in each window: how often, when, and until when."""
    parts = rule_parts(recurrence)
    until, days = until_day(parts), _days(parts)
    end = f"jusqu'au {day_in_words(until)}" if until else ""
    return ", ".join(filter(None, (_pace(parts, fois, conventions, named=bool(days)), days, end)))


def _pace(parts: dict[str, str], fois: int | None, conventions: Conventions, *, named: bool) -> str:
    """« une fois par mois », « 2 fois par année (année civile) », « une fois toutes les 2 semaines »."""
    freq, interval = parts["FREQ"], int(parts.get("INTERVAL", "1"))
    times = f"{fois}{NBSP}fois" if fois else "une fois"
    runs = len(_runs(numbers_of(parts, "BYMONTH"))) if freq == "YEARLY" else 0
    if runs > 1 or {"BYMONTHDAY", "BYDAY", "BYYEARDAY"} & parts.keys():
        return f"chaque {_UNITS[freq]}"
    if freq == "MONTHLY" and interval in (3, 4, 6):
        kind = NOMS_UNITES[freq, interval]
        return f"{times} par {kind} ({_months_of(kind, interval, conventions)})"
    if interval > 1:
        return f"{times} {_SEVERAL[freq].format(interval)}"
    if freq == "YEARLY" and not named:
        return f"{times} par {_year(conventions)}"
    return "chaque jour" if freq == "DAILY" and not fois else f"{times} par {_UNITS[freq]}"


def _year(conventions: Conventions) -> str:
    if conventions.debut_exercice in (None, (1, 1)):
        return "année (année civile)"
    first = fiscal_start(_ANY_YEAR, conventions)
    return f"exercice (du {_day(first)} au {_day(add_months(first, 12) - DAY)})"


def _months_of(kind: str, months: int, conventions: Conventions) -> str:
    """Which quarters: « trimestre civil », or by the months in which those of the financial year begin."""
    first = fiscal_start(_ANY_YEAR, conventions)
    if first.day == 1 and (first.month - 1) % months == 0:
        return f"{kind} civil"
    starts = sorted({add_months(first, months * rank).month for rank in range(12 // months)})
    return f"à partir {listed([of_word(MONTHS[month - 1]) for month in starts])}"


def _days(parts: dict[str, str]) -> str:
    """When in each window: « en juin », « de septembre à juin », « au plus tard le 30 juin »."""
    months, days = numbers_of(parts, "BYMONTH"), numbers_of(parts, "BYMONTHDAY")
    if "BYSETPOS" in parts:  # of the days up to the 30th that a month has, the last
        days = [days[rank - (rank > 0)] for rank in numbers_of(parts, "BYSETPOS")]
    due: list[str] = []
    if months and days:
        due = [f"le {_day_of(month, day)}" for month in months for day in days]
    elif days:
        due = ["le dernier jour du mois" if day == -1 else f"le {day}{'er' * (day == 1)}" for day in days]
        due[-1] += " (en février, le dernier jour)" * ("BYSETPOS" in parts)
    elif "BYYEARDAY" in parts:
        ranks = numbers_of(parts, "BYYEARDAY")
        due = [f"le {_day(date(_ANY_YEAR, 1, 1) + DAY * (rank - 1 if rank > 0 else 365 + rank))}" for rank in ranks]
    elif "BYDAY" in parts:
        of = f" {of_word(MONTHS[months[0] - 1])}" if months else ""
        ranked = [(_RANKS[code[:-2]], WEEKDAYS[CODES_JOURS.index(code[-2:])]) for code in parts["BYDAY"].split(",")]
        due = [f"le {rank}{weekday}{of}" for rank, weekday in ranked]  # « premier lundi » for 1MO, « lundi » for MO
    if due:
        return f"au plus tard {listed(due)}"
    spans = [(MONTHS[run[0] - 1], MONTHS[run[-1] - 1]) for run in _runs(months)]
    each = "une fois " if len(spans) > 1 and parts["FREQ"] == "YEARLY" else ""
    return listed([each + (f"en {first}" if first == last else f"{of_word(first)} à {last}") for first, last in spans])


def _day_of(month: int, day: int) -> str:
    if day == -1 and month == 2:
        return "dernier jour de février"
    return _day(month_end(_ANY_YEAR, month)) if day == -1 else f"{day}{'er' * (day == 1)}{NBSP}{MONTHS[month - 1]}"


def _day(day: date) -> str:
    return _day_of(day.month, day.day)


def _runs(months: list[int]) -> list[list[int]]:
    """Months that follow one another, together: 3, 4, 5 and 9."""
    runs: list[list[int]] = []
    for month in months:
        if not runs or runs[-1][-1] % 12 + 1 != month:
            runs.append([])
        runs[-1].append(month)
    return runs
