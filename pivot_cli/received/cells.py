"""What every reader of documents gives: paragraphs and tables of cells, each with its place in the source."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from pivot_cli.text import CONTROL, INVISIBLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Value: TypeAlias = date | time | timedelta | float | bool | str | None
"""What a cell of a workbook holds, whatever it shows: a day (with its hour or not), a number, a yes or no, a text."""
EPOCH = date(1899, 12, 30)
"""The day 0 of the serial numbers of spreadsheets, whose 1900 had a 29 February; some count from 1904-01-01."""

_UNSEEN = dict.fromkeys([*INVISIBLE, "\ufeff"]) | {"\x0b": "\n", "\x0c": "\n", "\u2028": "\n", "\u2029": "\n"}
_DROPPED = str.maketrans(_UNSEEN)


def tidy(text: str) -> str:
    """A text without what nobody sees and no plan may hold; its lines without white space around them."""
    if text.isprintable():  # most texts, and much faster
        return text.strip(" ")
    plain = CONTROL.sub("", re.sub("\r\n?", "\n", text).translate(_DROPPED))
    return "\n".join(line.strip(" \t\xa0") for line in plain.split("\n")).strip("\n")


class Piece:
    """A text of a document and its place there, as people find it: « tableau 4, ligne 3 ». Two are never equal."""

    __slots__ = ("_line", "bold", "links", "place", "text")

    def __init__(self, text: str, place: str, *, bold: bool = False, links: Sequence[str] = ()) -> None:
        self.text = tidy(text)
        self.place = place
        self.bold = bold
        self.links = tuple(links)
        self._line: str | None = None

    @property
    def line(self) -> str:
        """The text on one line."""
        if self._line is None:
            self._line = " ".join(self.text.split())
        return self._line


class Line(Piece):
    """A paragraph. `depth` is that of a heading, from 1 (0: the title of the document); None for the rest."""

    __slots__ = ("depth", "item")

    def __init__(
        self, text: str, place: str, *, bold: bool = False, depth: int | None = None, item: bool = False
    ) -> None:
        super().__init__(text, place, bold=bold)
        self.depth = depth
        self.item = item  # of a list


class Remark(Line):
    """What a reader says of a place of the document, in a sentence: the document does not say it."""

    __slots__ = ()


class Cell(Piece):
    """A cell. Merged, it is the same object in every square of the grid that it takes. `marked`: it has a colour of
    its own, which in a calendar says « yes ».

    Those of a workbook also have the `value` that is stored, of which `text` is what people read; their `formula`, if
    that is computed; a `fault` where their text is no value (an error, a formula whose result is not stored); whether
    their row or column is `hidden`; how far in they are (by their indentation, or as a row that
    is grouped under another); and the `comment` of somebody, which is also `aside` in
    the source.
    """

    __slots__ = ("comment", "depth", "fault", "formula", "hidden", "marked", "value")

    def __init__(
        self,
        text: str,
        place: str,
        *,
        bold: bool = False,
        marked: bool = False,
        links: Sequence[str] = (),
        value: Value = None,
        formula: str = "",
        fault: str = "",
        hidden: bool = False,
        depth: int = 0,
        comment: Line | None = None,
    ) -> None:
        super().__init__(text, place, bold=bold, links=links)
        self.marked = marked
        self.value = value
        self.formula = formula
        self.fault = fault
        self.hidden = hidden
        self.depth = depth
        self.comment = comment


class Span(NamedTuple):
    """A cell of a row, and the columns that it takes, both included."""

    cell: Cell
    first: int
    last: int


class Table:
    """A table as a grid: every row has as many squares. A `sheet` of a workbook may be `hidden`, `protected`, or hold
    the `choices` of the menus of others.
    """

    def __init__(
        self,
        name: str,
        rows: list[list[Cell]],
        *,
        sheet: bool = False,
        hidden: bool = False,
        protected: bool = False,
        choices: bool = False,
    ) -> None:
        self.name = name
        self.sheet = sheet
        self.hidden = hidden
        self.protected = protected
        self.choices = choices
        self._spans: dict[int, list[Span]] = {}
        self._written: list[Cell] | None = None
        width = max(map(len, rows), default=0)
        self.rows = [[*row, *(Cell("", "") for _ in range(width - len(row)))] for row in rows]

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.rows[0]) if self.rows else 0

    def spans(self, row: int) -> list[Span]:
        """The cells of a row, those that are merged once, from left to right."""
        if row in self._spans:
            return self._spans[row]
        found = self._spans[row] = []
        for column, cell in enumerate(self.rows[row]):
            if found and found[-1].cell is cell:
                found[-1] = found[-1]._replace(last=column)
            else:
                found.append(Span(cell, column, column))
        return found

    def written(self, row: int) -> list[Span]:
        """The cells of a row that hold something."""
        return [span for span in self.spans(row) if span.cell.text]

    def cells(self) -> Iterator[Cell]:
        """Every cell that holds something, once."""
        if self._written is None:
            self._written = list({id(cell): cell for row in self.rows for cell in row if cell.text}.values())
        yield from self._written


class Source(NamedTuple):
    """What a file holds, in its order; `aside`: what stands outside its text (headers, notes, comments); `epoch`: the
    day 0 of its serial numbers; `export`: what pivot wrote itself, which is no document.
    """

    name: str
    blocks: list[Line | Table]
    aside: list[Line]
    epoch: date = EPOCH
    export: Mapping[str, Any] | None = None

    @property
    def tables(self) -> list[Table]:
        """Its tables."""
        return [block for block in self.blocks if isinstance(block, Table)]

    def pieces(self) -> Iterator[Piece]:
        """Every text that it holds, in its order."""
        for block in self.blocks:
            if isinstance(block, Table):
                yield from block.cells()
            elif block.text:
                yield block
        yield from (line for line in self.aside if line.text)


class Left(NamedTuple):
    """What is not in the plan: its place, its text, and why."""

    endroit: str
    texte: str
    pourquoi: str
