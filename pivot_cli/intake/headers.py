"""Where the headers of a table are, on one or two rows, merged, accents, case and plurals ignored; their columns."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING

from pivot_cli.intake.columns import settled
from pivot_cli.intake.roles import LETTERS, LONGEST, NUMBERED, WHAT, Column, Role, is_period, role_of
from pivot_cli.intake.titles import ACTIONS
from pivot_cli.plan.schema.fields import STATUT
from pivot_cli.text import MONTHS, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pivot_cli.received.cells import Cell, Source, Span, Table, Value

_LAST_YEAR = 2100
_INITIALS = ("m", "j", "f", "a", "s", "o", "n", "d")
_YEAR = "jfmamjjasond"
_FEWEST_MONTHS = 6  # in a row, by which their initials are known


class Heads:
    """The headers of a table: their columns, and the rows that they take."""

    def __init__(self, columns: tuple[Column, ...], rows: int) -> None:
        self.columns = columns
        self.rows = rows
        self._at: dict[tuple[int, int], Column | None] = {}

    def of(self, role: Role) -> list[Column]:
        """The columns that hold this."""
        return [column for column in self.columns if column.role is role]

    @property
    def headers(self) -> tuple[tuple[str, int, int], ...]:
        """Their words, each with its place."""
        return tuple((column.header, column.first, column.last) for column in self.columns)

    @property
    def in_periods(self) -> list[Column]:
        """The columns of periods that hold what is to be done then."""
        return [column for column in self.of(Role.ACTION) if is_period(column.header)]

    @property
    def levels_only(self) -> bool:
        """Whether they name levels and nothing more: the table sums up a plan that may be elsewhere."""
        return all(
            column.role in (Role.NIVEAU, Role.NUMERO, Role.DESCRIPTION)
            or (column.role is Role.ACTION and column.noun not in ACTIONS)
            for column in self.columns
        ) and any(column.role is Role.NIVEAU or column.noun for column in self.columns)

    def at(self, span: Span) -> Column | None:
        """The column under which a cell stands: the one that it shares most squares with."""
        key = span.first, span.last
        if key not in self._at:
            self._at[key] = self._closest(*key)
        return self._at[key]

    def _closest(self, first: int, last: int) -> Column | None:
        def shared(column: Column) -> int:
            return min(column.last, last) - max(column.first, first) + 1

        best = max(self.columns, key=shared, default=None)
        return best if best and shared(best) > 0 else None


_WHO_AND_WHEN = {
    *(Role.RESPONSABLES, Role.ECHEANCE, Role.STATUT, Role.PREVU, Role.COLLABORATEURS, Role.DEBUT, Role.FIN),
    Role.QUI_QUAND,
}


_DEEPEST = 12  # rows, above which the first headers of a table stand


def heads_of(table: Table) -> Heads | None:
    """The first headers of a table; None where it has none."""
    return next(filter(None, (find_heads(table, row) for row in range(min(len(table.rows), _DEEPEST)))), None)


def read_alike(document: Source) -> dict[tuple[tuple[str, int, int], ...], Heads]:
    """How the headers that several tables of a text have are read in all: as in the longest of them."""
    tables = sorted((one for one in document.tables if not one.sheet), key=lambda one: len(one.rows))
    return {heads.headers: heads for one in tables if (heads := heads_of(one))}


@lru_cache(maxsize=256)  # the first rows of a table are looked at again and again
def find_heads(table: Table, row: int) -> Heads | None:
    """The headers that begin on a row; None where it is none."""
    spans = table.written(row)
    if any(_is_a_value(span.cell.value) for span in spans):
        return None
    found = [one for one in (role_of(span.cell.line) for span in spans) if one]
    periods = sum(is_period(span.cell.line) for span in spans) + len(_months(spans))
    roles = {one[0] for one in found}
    kinds = {(one[0], one[2]) for one in found}
    sure = Role.ACTION in roles and bool(roles & _WHO_AND_WHEN)
    if not (len(kinds) > 1 or (found and periods > 1)) or (not sure and 2 * (len(found) + periods) < len(spans)):
        return None
    if not roles & WHAT and len(roles & _WHO_AND_WHEN) < 2:
        return None
    if any(len(span.cell.line) > LONGEST for span in spans if role_of(span.cell.line)):
        return None
    below = _below(table, row)
    columns = list(_columns(table, row, below))
    return Heads(tuple(settled(columns, table, row + 1 + below)), 1 + below)


def _is_a_value(value: Value) -> bool:
    """Whether a cell of a workbook holds what no header does: a yes or no, a number that is no year."""
    return isinstance(value, bool) or (isinstance(value, int | float) and value > _LAST_YEAR)


def _below(table: Table, row: int) -> int:
    """1 where the next row is the second one of the headers, else 0."""
    if row + 1 >= len(table.rows):
        return 0
    above = table.rows[row]
    fresh = [span for span in table.written(row + 1) if span.cell is not above[span.first]]
    if not fresh:
        return 0
    wide = {id(span.cell) for span in table.written(row) if span.last > span.first}
    kept = any(span.cell is above[span.first] for span in table.written(row + 1))

    def is_sub(span: Span) -> bool:
        if is_period(span.cell.line) or fold(span.cell.line) in _INITIALS or span.cell.line in LETTERS:
            return True
        under = id(above[span.first]) in wide or not above[span.first].text
        return under and len(span.cell.line) < 40 and (kept or role_of(span.cell.line) is not None)

    parted = kept or any(id(above[span.first]) in wide or not above[span.first].text for span in fresh)
    return int(parted and all(map(is_sub, fresh)))


def _months(spans: Sequence[Span]) -> dict[int, str]:
    """The months that initials in a row stand for (« J F M A M J »), by the first square of each."""
    letters = "".join(fold(span.cell.line) if fold(span.cell.line) in _INITIALS else " " for span in spans)
    run = max(letters.split(), key=len, default="")
    at = (_YEAR * 2).find(run)
    if len(run) < _FEWEST_MONTHS or at < 0:
        return {}
    first = letters.index(run)
    return {spans[first + rank].first: MONTHS[(at + rank) % 12] for rank in range(len(run))}


def _columns(table: Table, row: int, below: int) -> list[Column]:
    """The columns under a row of headers, each with what stands above it."""
    found: list[Column] = []
    parent: Cell | None = None
    months = _months(table.written(row + below))
    for span in table.spans(row + below):
        top = table.rows[row][span.first]
        if top.text or not below:
            parent = top
        header, over = (
            months.get(span.first, span.cell.line),
            parent.line if below and parent and parent is not span.cell else "",
        )
        if not header and not over:
            continue
        if not header and not top.text:
            continue
        found.append(_column(header or over, over if header else "", span))
    return found


def _column(header: str, over: str, span: Span) -> Column:
    whole = f"{over} {header}".strip() if over else header
    role = role_of(header)
    above = role_of(over) if over else None
    if above and above[0] is Role.STATUT and STATUT.meant(header):  # « À faire | En cours | Fait », each to tick
        return Column(Role.FAITE, header, None, span.first, span.last)
    if above and (kind := _under(header, above[0])):
        return Column(kind, over if kind is Role.FAITE else whole, None, span.first, span.last)
    if is_period(header) and (over or not role):
        year = next(iter(re.findall(r"(?:19|20)[0-9]{2}(?:\s?[-–/]\s?[0-9]{2,4})?", over)), "")
        named = f"{header} {year}".strip() if year and not re.search(r"(?:19|20)[0-9]{2}", header) else header
        return Column(Role.PERIODE, named, None, span.first, span.last)
    if over and (helps := LETTERS.get(header)) and role_of(over) is None:  # « R » and « P » under each organisation
        return Column(helps, over, None, span.first, span.last)
    if role is None and over:
        return Column(above[0] if above else Role.AUTRE, whole, above[2] if above else None, span.first, span.last)
    kind, rank, noun = role or (Role.AUTRE, 0, None)
    return Column(
        kind, whole if over and kind in (Role.AUTRE, Role.NOTES) else header, noun, span.first, span.last, rank
    )


def _under(header: str, above: Role) -> Role | None:
    """What « 2025 » holds under « Coûts » or « Cibles », what « Oui » and « Non » hold under « Atteint »; else None."""
    if is_period(header):
        return above if above in (Role.PREVU, Role.REEL, Role.CIBLE, Role.ATTEINT) else None
    if above in (Role.ATTEINT, Role.FAITE, Role.STATUT):
        return {"oui": Role.FAITE, "non": Role.AUTRE}.get(fold(header))
    return None


def owner_of(column: Column, heads: Heads, table: Table, start: int) -> Column | None:
    """The level whose number a column of numbers holds: the first at its right that has a single one each time that it
    is named; None where that is the action.
    """
    after = [one for one in heads.columns if one.first > column.last]
    levels = takewhile(lambda one: one.role is not Role.ACTION, (one for one in after if one.role in NUMBERED))
    return next((level for level in levels if _single(column, level, table, start)), None)


def _single(numbers: Column, level: Column, table: Table, start: int) -> bool:
    """Whether a level, from the row that names it to the row that names another, never has two numbers."""
    title, number = "", ""
    for row in range(start, len(table.rows)):
        named, said = (fold(table.rows[row][column.first].text) for column in (level, numbers))
        if named and named != title:
            title, number = named, ""
        if said and number and said != number:
            return False
        number = said or number
    return True
