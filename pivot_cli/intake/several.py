"""A cell that holds several actions, or that is said of several: which part of it is of which."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from pivot_cli.intake.found import Found
from pivot_cli.intake.roles import Role, is_period
from pivot_cli.intake.values import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pivot_cli.intake.found import CellValue

_SIGN = re.compile(r"\s*[•·▪■●○◦–—➢►→-]\s+")
_BULLETED = re.compile(r"\s*(?:[•·▪■●○◦–—-]|[0-9]{1,2}[.)]|[a-z][.)]|➢|►|→)\s+\S")
_OF_ALL = (Role.COLLABORATEURS, Role.DEBUT, Role.FIN, Role.PERIODE, Role.STATUT, Role.RAPPORT)
_WHO_OR_WHEN = (Role.RESPONSABLES, Role.ECHEANCE, Role.QUI_QUAND)
MEASURES = (Role.INDICATEUR, Role.CIBLE, Role.ATTEINT)
"""What measures an action, or the objectif that several are under."""
ONCE = (*MEASURES, Role.PREVU, Role.REEL)
"""What counts once, however many actions it is said of."""


def expanded(found: Iterable[Found]) -> Iterable[Found]:
    """Each action by itself: a list of them in a cell is as many. What stands beside goes with each of them, item by
    item where that is a list as long; else who and when are of all, and the rest is asked of the first.
    """
    for one in found:
        texts = one.texts
        lines = texts[0].text.split("\n") if len(texts) == 1 else []
        timed = bool(texts) and is_period(texts[0].column.header)
        listed = timed or all(map(_BULLETED.match, lines))
        if len(lines) < 2 or not listed or one.values.get(Role.DESCRIPTION):
            yield one
            continue
        items = lines_of(texts[0].text) if timed else _items(texts[0].text)
        for rank, item in enumerate(items):
            alone = Found(one.context, one.periods, one.year)
            for role, values in one.values.items():
                for value in values:
                    _shared(alone, value._replace(text=item) if role is Role.ACTION else value, rank, len(items))
            yield alone


def _shared(found: Found, value: CellValue, rank: int, several: int) -> None:
    """Give one of several actions of a row its part of a cell."""
    parts, role = lines_of(value.text), value.column.role
    if role is Role.ACTION or role in _OF_ALL or (len(parts) == 1 and role in _WHO_OR_WHEN):
        found.values[role].append(value)
    elif len(parts) == several:
        found.values[role].append(value._replace(text=parts[rank]))
        found.paired.append(value.column.header)
    else:
        if role is Role.RESPONSABLES:
            found.values[role].append(value)
        found.unpaired += [] if rank else [value]


def said_of_several(found: Sequence[Found]) -> None:
    """What a merged cell says of several actions is of none of them alone: kept at the first, as of several."""
    times = Counter(_said(value) for one in found for role in ONCE for value in one.values.get(role, ()))
    seen: set[tuple[int, str]] = set()
    for one in found:
        for role in ONCE:
            several = [value for value in one.values.get(role, ()) if times[_said(value)] > 1]
            if several:
                one.values[role] = [value for value in one.values[role] if value not in several]
                one.unpaired += [value for value in several if _said(value) not in seen]
                seen.update(map(_said, several))


def _said(value: CellValue) -> tuple[int, str]:
    return id(value.cell), value.text


def _items(text: str) -> list[str]:
    """The items of a list, each with its number, without its bullet."""
    found: list[str] = []
    numbered = text.split("\n", maxsplit=1)[0][:1].isdecimal()
    for line in text.split("\n"):
        if numbered and found and _SIGN.match(line):  # of the item above
            found[-1] = f"{found[-1]}\n{line}"
        elif _BULLETED.match(line) or not found:
            found.append(_SIGN.sub("", line).strip())
        else:
            found[-1] = f"{found[-1]} {line.strip()}"
    return found


def title_and_steps(text: str) -> tuple[str, list[str], str]:
    """What names the action of a cell; its steps, where the lines under it have bullets; else the text under it."""
    lines = text.split("\n")
    marks = [_BULLETED.match(line) is not None for line in lines]
    under = len(lines) > 1 and all(map(_SIGN.match, lines[1:])) and lines[0][:1].isdecimal()
    if under or (len(lines) > 2 and not marks[0] and all(marks[1:])):
        return " ".join(lines[0].split()).rstrip(": "), lines_of("\n".join(lines[1:])), ""
    if len(lines) > 1 and not any(marks) and _is_title(lines[0], " ".join(lines[1:])):
        return " ".join(lines[0].split()), [], " ".join(" ".join(lines[1:]).split())
    return " ".join(re.sub(r"^\s*[•·▪■●○◦➢►→]\s+", "", text).split()), [], ""


def _is_title(first: str, rest: str) -> bool:
    """Whether a first line is a title, and what is under it the text that explains it."""
    return len(first) <= 120 and not re.search("[,;:–-]$", first) and rest[:1].isupper() and len(rest) > len(first)
