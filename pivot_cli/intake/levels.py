"""The levels of a plan where a document names them, and those that are open where one stands in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.text import fold

if TYPE_CHECKING:
    from pivot_cli.intake.titles import Titre
    from pivot_cli.received.cells import Piece


_GOES_ON = re.compile(r"(?i)\s*(?:\(suite(?: et fin)?\)|[–—-]\s*suite(?: et fin)?)$")
"""What says that a level is named again, on another page."""


class NamedLevel(NamedTuple):
    """A level where the document names it: `key` tells the kinds of levels apart, `piece` is where it is written."""

    key: str
    titre: Titre
    piece: Piece
    numbered: Piece | None = None  # where its number stands, in a column of its own

    @property
    def name(self) -> str:
        """Its number and its title as they are compared."""
        return f"{self.titre.number or ''} {fold(self.titre.titre)}"


class Levels:
    """The levels that are open where one stands in a document, from the top."""

    def __init__(self) -> None:
        self.order: list[str] = []
        self.open: dict[str, NamedLevel] = {}
        self.entries: list[NamedLevel] = []
        self.depths: dict[str, int] = {}
        self.above: dict[int, NamedLevel] = {}  # by the identity of its piece, the level that one is named in
        self._source: dict[str, int] = {}

    def set(self, entry: NamedLevel, source: int, depth: int | None = None) -> None:
        """A level is named, « (suite) » or not: those under it are closed."""
        if (titre := _GOES_ON.sub("", entry.titre.titre)) != entry.titre.titre:
            entry = entry._replace(titre=entry.titre._replace(titre=titre))
        key = entry.key
        self.entries.append(entry)
        if key not in self.order:
            above = [n for n, one in enumerate(self.order) if one in self.open and self._source[one] <= source]
            self.order.insert(above[-1] + 1 if above else 0, key)
        if over := [one for one in self.order[: self.order.index(key)] if one in self.open]:
            self.above[id(entry.piece)] = self.open[over[-1]]
        self._source[key] = min(source, self._source.get(key, source))
        if depth is not None:
            self.depths[key] = depth
        was = self.open.get(key)
        if was is not None and was.name == entry.name:
            return
        for under in self.order[self.order.index(key) :]:
            self.open.pop(under, None)
        self.open[key] = entry

    def close(self, depth: int) -> None:
        """A heading closes those as deep as it, or deeper, and what is under them."""
        for key in list(self.order):
            if key in self.open and self.depths.get(key, -1) >= depth:
                for under in self.order[self.order.index(key) :]:
                    self.open.pop(under, None)

    def now(self) -> dict[str, NamedLevel]:
        """Those that are open, from the top."""
        return {key: self.open[key] for key in self.order if key in self.open}
