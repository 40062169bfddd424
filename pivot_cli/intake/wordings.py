"""The échéance of an action: the document's words where they are read, real dates, the first and the last of two
columns, the marks of a calendar.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.echeance import Conventions, Refus, parse
from pivot_cli.text import NBSP, fold, listed, of_word

if TYPE_CHECKING:
    from collections.abc import Sequence

_NOTHING = re.compile(r"[-–—‒―?.…_ ]*|n ?[./] ?[ad]\.?|na|nd|s ?[./] ?o\.?")
_YES = frozenset(
    [
        "x",
        "xx",
        "xxx",
        "oui",
        "o",
        "yes",
        "vrai",
        "true",
        "1",
        "ok",
        "✓",
        "✔",
        "☑",
        "☒",
        "●",
        "•",
        "■",
        "◼",
        "▪",
        "*",
        "√",
        "→",
        "v",
    ]
)
_NO = frozenset(("non", "n", "no", "faux", "false", "0", "-", "–", "", "☐", "□", "n/a", "s/o", "✗"))
_FIRST_SERIAL, _LAST_SERIAL = 30_000, 62_000  # 1982 and 2069: the days that a plan may name
_EPOCH = date(1899, 12, 30)  # of the serial numbers of spreadsheets, whose 1900 had a 29 February


class Lue(NamedTuple):
    """What an échéance column gives: the words to write, or None, and why they are not read."""

    texte: str | None
    refus: str = ""


def is_mark(text: str, *, coloured: bool = False) -> bool:
    """Whether a cell of a calendar says « yes »: « X », « ✓ », « VRAI », a colour, or words."""
    said = fold(text).strip(" .")
    return coloured if not said else said not in _NO


def is_plain_mark(text: str) -> bool:
    """Whether it says nothing more."""
    return fold(text).strip(" .") in _YES


BOX = re.compile(r"([☐□☒☑✔✓✗■])\s*([^☐□☒☑✔✓✗■]+)")
"""A box, ticked or not, and what it is of."""


def ticked(text: str) -> str | None:
    """What is ticked of boxes, a line each (« ☐ À faire ☒ En cours » gives « En cours »); None for another text."""
    boxes = BOX.findall(text)
    if len(boxes) < 2 or BOX.sub("", text).strip() or not any(sign in "☐□" for sign, _ in boxes):
        return None
    return "\n".join(said.strip() for sign, said in boxes if sign not in "☐□")


_LONGEST_NOTHING = 12  # characters of one that is a word


def is_nothing(text: str) -> bool:
    """Whether a cell only says that it says nothing: « s.o. », « n/d », « N/A », « ? », « — »."""
    if len(text) > _LONGEST_NOTHING and text[0].isalnum():  # most texts
        return False
    return _NOTHING.fullmatch(fold(text).strip()) is not None


def is_blank(text: str) -> bool:
    """Whether a cell says that there is nothing to say, a mark included."""
    return is_nothing(text) or fold(text).strip(" .") == "x"


def as_date(text: str) -> str:
    """The day of a serial number (« 47727 »), of « 2030-09-01 00:00:00 »; the text itself for what is neither."""
    said = " ".join(text.split())
    if not said[:1].isdigit():
        return said
    if re.fullmatch(r"[0-9]{5}(?:[.,]0+)?", said) and _FIRST_SERIAL <= int(said[:5]) <= _LAST_SERIAL:
        return (_EPOCH + timedelta(days=int(said[:5]))).isoformat()
    if found := re.fullmatch(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]00:00(?::00(?:\.0+)?)?", said):
        return found[1]
    if found := re.fullmatch(r"((?:19|20)[0-9]{2})\.0+", said):
        return found[1]
    return said


def is_read(text: str, conventions: Conventions) -> bool:
    """Whether `deadline` reads a wording."""
    return not isinstance(parse(text, conventions), Refus)


def from_wording(text: str, conventions: Conventions) -> Lue:
    """An échéance as one cell says it."""
    said = as_date(text)
    said = _TERMS.get(fold(said).strip("."), said)
    if is_blank(said):
        return Lue(None)
    for tried in dict.fromkeys((said, said.rstrip(" .;,"), re.sub(r"\s*\n\s*", ", ", text.strip()))):
        read = parse(tried, conventions)
        if not isinstance(read, Refus):
            return Lue(tried)
    read = parse(said, conventions)
    return Lue(None, read.message if isinstance(read, Refus) else "")


_TERMS = {"ct": "court terme", "mt": "moyen terme", "lt": "long terme"}


def from_bounds(debut: str, fin: str, conventions: Conventions) -> Lue:
    """An échéance as two columns say it, its beginning and its end."""
    first, last = as_date(debut), as_date(fin)
    if is_blank(first) or is_blank(last):
        only = from_wording(last if is_blank(first) else first, conventions)
        if is_blank(last) and only.texte and is_read(f"dès {only.texte}", conventions):
            return Lue(f"dès {only.texte}")
        return only
    if fold(first) == fold(last):
        return from_wording(first, conventions)
    days = first[:1].isdigit() and not first.isdigit()
    for tried in (
        f"du {first} au {last}" if days else f"{first} à {last}" if first.isdigit() else f"{of_word(first)} à {last}",
        f"{first} à {last}",
        f"du {first} au {last}",
        f"{first} - {last}",
    ):
        if is_read(tried, conventions):
            return Lue(tried)
    refus = from_wording(last, conventions).refus or from_wording(first, conventions).refus
    return Lue(None, refus or f"« {first} » et « {last} » ne font pas une période.")


def from_marks(periods: Sequence[str], marked: Sequence[bool], conventions: Conventions) -> Lue:
    """An échéance as the columns of a calendar say it, one mark a period: « 2021 à 2024 », « 2021 et 2023 »."""
    periods = [_TERMS.get(fold(period), period) for period in periods]
    runs: list[list[str]] = []
    going = False
    for period, yes in zip(periods, marked, strict=True):
        if yes and going:
            runs[-1].append(period)
        elif yes:
            runs.append([period])
        going = yes
    if not runs:
        return Lue(None)
    said = _of_runs(runs)
    if not is_read(said, conventions):  # « An 1 (2025-2026) à An 2 (2026-2027) »
        inner = [[re.sub(r".*\(([^()]*)\)", r"\1", period) for period in run] for run in runs]
        said = _of_runs(inner) if is_read(_of_runs(inner), conventions) else said
    if is_read(said, conventions):
        return Lue(said)
    read = parse(said, conventions)
    return Lue(None, read.message if isinstance(read, Refus) else f"«{NBSP}{said}{NBSP}» ne se lit pas.")


def _of_runs(runs: Sequence[Sequence[str]]) -> str:
    return listed([run[0] if len(run) == 1 else f"{run[0]} à {run[-1]}" for run in runs])


def days_in_a_row(days: Sequence[str | None]) -> list[tuple[int, int]]:
    """The runs of at least three dates one day apart, as a fill handle makes: the first and the last of each."""
    found: list[tuple[int, int]] = []
    start = 0
    for at in range(1, len(days) + 1):
        if at == len(days) or not _next_day(days[at - 1], days[at]):
            if at - start >= 3:
                found.append((start, at - 1))
            start = at
    return found


def _next_day(one: str | None, two: str | None) -> bool:
    try:
        return bool(one and two) and date.fromisoformat(two or "") - date.fromisoformat(one or "") == timedelta(days=1)
    except ValueError:
        return False
