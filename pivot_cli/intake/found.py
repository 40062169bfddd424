"""Something to be done, as it is found: its levels, what its row or rows say, and what is asked of it."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.intake.roles import Column, Role
from pivot_cli.received.cells import Piece
from pivot_cli.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pivot_cli.intake.dates import Fenetre
    from pivot_cli.intake.draft import Ask
    from pivot_cli.intake.levels import NamedLevel
    from pivot_cli.received.cells import Cell

_CALL = re.compile(r"(?<=\w\w)[¹²³⁴⁵⁶⁷⁸⁹⁰]+(?!\w)")


class CellValue(NamedTuple):
    """What a cell of a row says: the text that counts (that of the cell above for « idem »), under that header."""

    column: Column
    text: str
    cell: Piece
    row: int


def without_calls(text: str) -> str:
    """A text without the little figures that call a note: « Léa¹ »; « m² » keeps its own."""
    return text if text.isascii() else _CALL.sub("", text)


class Earlier(NamedTuple):
    """What an earlier line said of the same action: the day that it reports, and whether the latest says the `same`."""

    value: CellValue
    day: str
    same: bool


class Found:
    """Something to be done: the levels that it stands under, and what its row, or rows, say."""

    def __init__(
        self, context: dict[str, NamedLevel], periods: Sequence[Column] = (), year: Fenetre | None = None
    ) -> None:
        self.context = context
        self.periods = periods  # the columns of its calendar
        self.year = year  # that a title above names
        self.noun: str | None = None
        self.values: dict[Role, list[CellValue]] = defaultdict(list)
        self.number: CellValue | None = None
        self.steps: list[tuple[str, str | None]] = []
        self.past: list[Earlier] = []
        self.paired: list[str] = []  # the headers of lists that are as long as that of the actions of its cell
        self.unpaired: list[CellValue] = []  # what is of it and of others, which is to be asked
        self.asks: list[Ask] = []  # of what its words may say
        self.faults: list[tuple[Column, Cell]] = []  # of a workbook: an error, a formula without result

    def add(self, value: CellValue) -> None:
        """One more value, unless a merged cell already gave it."""
        given = (one for one in self.values[value.column.role] if one.column == value.column)
        if all(value.cell is not one.cell for one in given):
            self.values[value.column.role].append(value)

    def first(self, role: Role) -> CellValue | None:
        """The first value of that kind."""
        return next(iter(self.values.get(role, ())), None)

    def reported(self, when: str, sheet: str) -> None:
        """Its sheet says of when it is, unless a column does."""
        if not self.first(Role.RAPPORT):
            self.add(CellValue(Column(Role.RAPPORT, "Feuille", None, 0, 0), when, Piece(sheet, sheet), 0))

    def is_apart_from(self, values: Sequence[CellValue]) -> bool:
        """Whether a row without title has a number of its own, and not as a step: it is no other line of this."""
        numbers = {fold(value.text) for value in values if value.column.role is Role.NUMERO}
        steps = any(value.column.role is Role.ETAPES for value in values)
        return not steps and bool(numbers - {fold(self.number.text) if self.number else ""})

    @property
    def texts(self) -> list[CellValue]:
        """What names it, on its row or rows."""
        return self.values.get(Role.ACTION, [])

    @property
    def place(self) -> str:
        """Where it is in the document."""
        value = self.first(Role.ACTION) or next(value for values in self.values.values() for value in values)
        return value.cell.place
