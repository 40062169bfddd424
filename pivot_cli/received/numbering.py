"""The automatic numbers of Word: what the program shows before a paragraph, and does not write in its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.received.archive import local

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


class _Level(NamedTuple):
    start: int
    form: str
    text: str  # « %1.%2 »


def _first(of: Element, name: str) -> str | None:
    """The value of the first element of that name inside another."""
    for one in of:
        if local(one.tag) == name:
            return next((text for key, text in one.attrib.items() if local(key) == "val"), None)
    return None


def _attribute(of: Element, name: str) -> str:
    return next((text for key, text in of.attrib.items() if local(key) == name), "")


class Lists:
    """The lists of a document, and how far each is counted."""

    def __init__(self, numbering: Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._kinds: dict[str, str] = {}
        self._restarted: set[str] = set()
        self._counts: dict[str, dict[int, int]] = {}
        for one in () if numbering is None else numbering:
            if local(one.tag) == "abstractNum":
                self._levels[_attribute(one, "abstractNumId")] = dict(map(_level, filter(_is_level, one)))
            elif local(one.tag) == "num":
                ident = _attribute(one, "numId")
                self._kinds[ident] = _first(one, "abstractNumId") or ""
                if any(local(inner.tag) == "lvlOverride" for inner in one):
                    self._restarted.add(ident)

    def mark(self, ident: str | None, level: str) -> str:
        """What stands before the next paragraph of a list: « • », « 3. », « 1.2 »; nothing for a list unknown."""
        kind = self._kinds.get(ident or "", "")
        rank = int(level) if level.isdecimal() else 0
        if (known := self._levels.get(kind, {}).get(rank)) is None:
            return ""
        if known.form in ("bullet", "none"):
            return "•" if known.form == "bullet" else ""
        counts = self._counts.setdefault((ident or "") if ident in self._restarted else f"de {kind}", {})
        counts[rank] = counts.get(rank, known.start - 1) + 1
        for deeper in [one for one in counts if one > rank]:
            del counts[deeper]

        def shown(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            form = self._levels[kind].get(at, known)
            return _number(counts.get(at, form.start), form.form)

        return re.sub("%([1-9])", shown, known.text).strip()


def _is_level(of: Element) -> bool:
    return local(of.tag) == "lvl"


_MOST_DIGITS = 5
"""Of the number that a list begins at, 32 767 at most in Word: a longer one, in Roman numerals, fills the memory."""


def _level(of: Element) -> tuple[int, _Level]:
    start, rank = _first(of, "start") or "1", _attribute(of, "ilvl")
    known = _Level(
        int(start) if start.isdecimal() and len(start) <= _MOST_DIGITS else 1,
        _first(of, "numFmt") or "decimal",
        _first(of, "lvlText") or "",
    )
    return int(rank) if rank.isdecimal() else 0, known


def _number(count: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26) * (1 + (count - 1) // 26)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        roman = ""
        for figure, sign in ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
            times, count = divmod(count, figure)
            roman += sign * times
        return roman if form == "upperRoman" else roman.lower()
    return f"{count:02d}" if form == "decimalZero" else str(count)
