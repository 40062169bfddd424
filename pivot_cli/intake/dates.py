"""What the dates of a document leave unsaid, and what is around says: which figure is the day, which is the year."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pivot_cli.intake import wordings
from pivot_cli.intake.titles import parts_of, plan_in
from pivot_cli.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pivot_cli.echeance import Conventions

Fenetre = tuple[date, date]
"""The first and the last day of a time in which each month is at most once."""

_FIGURES = re.compile(r"\b([0-9]{1,2})([/.-])([0-9]{1,2})\2((?:19|20)[0-9]{2})\b")
_MONTHS = ("jan", "fev", "mar", "avr", "mai", "juin", "juil", "aou", "sep", "oct", "nov", "dec")
_SEASONS = {"hiver": 1, "printemps": 3, "ete": 6, "automne": 9}
_MONTH = re.compile(
    r"(?i)\b(janv|janvier|f[ée]vr?|f[ée]vrier|mars|avr|avril|mai|juin|juil|juillet|ao[uû]t|sept?|septembre|oct|octobre|"
    r"nov|novembre|d[ée]c|d[ée]cembre|hiver|printemps|[ée]t[ée]|automne)\b\.?(?!\s*(?:19|20)[0-9]{2})"
)
_SAYS_YEAR = re.compile(
    r"(?:(?:plan|planification|programmation|tableau de bord|calendrier|echeanc|annee|exercice|actions?|a faire)"
    r"\b[^0-9]*)?((?:19|20)[0-9]{2})"
)
_SAYS_YEARS = re.compile(rf"{_SAYS_YEAR.pattern} ?[-–/] ?((?:20)?[0-9]{{2}})")


def orders(dates: Iterable[tuple[str, str]]) -> dict[str, bool]:
    """Of each column (its header, and what stands under it), whether its dates in figures begin with the day: as one of
    them says that cannot be read otherwise, else one of another column. A column of which nothing says it is left out.
    """
    firsts: dict[str, set[bool]] = {}
    for header, text in dates:
        said = firsts.setdefault(header, set())
        said.update(
            int(first) > 12 for first, _, second, _ in _FIGURES.findall(text) if (int(first) > 12) != (int(second) > 12)
        )
    everywhere = set[bool]().union(*firsts.values())
    found = {header: said or everywhere for header, said in firsts.items()}
    return {header: said == {True} for header, said in found.items() if len(said) == 1}


def year_said(text: str) -> Fenetre | None:
    """The only year that a title names: « Plan d'action 2026 », « Année 2026 »; none for « Adopté le 5 mai 2026 »."""
    found = _said_in(_SAYS_YEAR, text)
    return (date(int(found[1]), 1, 1), date(int(found[1]), 12, 31)) if found else None


def _said_in(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """What a title says of its year, beside the name of whose it is or not: « Plan d'action 2026 – La Maison »."""
    parts = parts_of(text) if plan_in(text) else []
    return next(filter(None, (pattern.fullmatch(fold(part).strip(" .:()")) for part in (text, *parts))), None)


def first_of_two(text: str) -> int | None:
    """The first of the two years that a title names: « Plan d'action 2025-2026 »."""
    found = _said_in(_SAYS_YEARS, text)
    first = int(found[1]) if found else 0
    return first if found and int(found[2]) in (first + 1, (first + 1) % 100) else None


def months_over(headers: Sequence[str], first: int | None) -> Fenetre | None:
    """The year that the months of a calendar make (« Avr », « Mai »… « Mars »), where they go from one to the next."""
    months = [month for header in headers if (month := _month_of(header))]
    if first is None or len(months) < len(headers) or sorted(months) == months or len(set(months)) < len(months):
        return None
    start = date(first, months[0], 1)
    return start, date(first + 1, start.month, 1) - timedelta(days=1)


def _month_of(header: str) -> int | None:
    found = _MONTH.fullmatch(header.strip())
    word = fold(found[1]) if found else ""
    return next((n for n, short in enumerate(_MONTHS, 1) if word.startswith(short)), None)


def completed(text: str, conventions: Conventions, *, day_first: bool | None, fenetre: Fenetre | None) -> str:
    """An échéance with the order and the year that it lacks; the text itself where it is read, or nothing tells."""
    said = wordings.as_date(text)
    if wordings.is_read(said, conventions):
        return text
    if day_first is not None:
        said = _FIGURES.sub(lambda found: _in_order(found, day_first=day_first), said)
    if fenetre and fenetre[0].year == fenetre[1].year and wordings.is_read(f"{said} {fenetre[0].year}", conventions):
        return f"{said} {fenetre[0].year}"
    if fenetre:
        said = _MONTH.sub(lambda found: _of_year(found, fenetre), said)
    return said if wordings.is_read(said, conventions) else text


def _in_order(found: re.Match[str], *, day_first: bool) -> str:
    day, month = (int(found[1]), int(found[3])) if day_first else (int(found[3]), int(found[1]))
    return f"{found[4]}-{month:02}-{day:02}"


def _of_year(found: re.Match[str], fenetre: Fenetre) -> str:
    word = fold(found[1])
    month = _SEASONS.get(word) or next(n for n, short in enumerate(_MONTHS, 1) if word.startswith(short))
    first, last = fenetre
    year = first.year + (month < first.month)
    return f"{found[0]} {year}" if date(year, month, 1) <= last else found[0]
