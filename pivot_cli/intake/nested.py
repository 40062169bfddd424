"""The rows of a table that are titles of those under them, where no column says it; the headings that are the title of
the level above them.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.intake.headers import find_heads
from pivot_cli.intake.roles import Role
from pivot_cli.intake.titles import is_plan, number_alone, read_title
from pivot_cli.received.cells import Line, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pivot_cli.intake.headers import Heads
    from pivot_cli.intake.roles import Column
    from pivot_cli.received.cells import Cell

_OF_ACTIONS = {
    *(Role.RESPONSABLES, Role.ECHEANCE, Role.DEBUT, Role.FIN, Role.PERIODE, Role.STATUT, Role.FAITE),
    *(Role.INDICATEUR, Role.CIBLE, Role.RESULTAT, Role.QUI_QUAND),
}
"""What only something to be done has."""


class Rank(NamedTuple):
    """How deep a row is among those that it stands with, and whether it is the title of those under it."""

    depth: int
    titles: bool


class _Row(NamedTuple):
    row: int
    cell: Cell
    number: str
    bare: bool


def ranks(table: Table, heads: Heads, start: int) -> dict[int, Rank]:
    """The rank of each row of actions, by their numbers (1, then 1.1), else by how they are indented or grouped;
    nothing where no row is the title of others.
    """
    action = next(iter(heads.of(Role.ACTION)), None)
    if action is None:
        return {}
    rows = list(_rows(table, heads, action, start))
    numbered = {one.row for one, below in pairwise(rows) if one.bare and one.number and _is_in(below, one)}
    if numbered:
        return {one.row: Rank(one.number.count("."), one.row in numbered) for one in rows if one.number}
    if heads.of(Role.NIVEAU):
        return {}
    grouped = {
        one.row for one, below in pairwise(rows) if one.cell.depth < below.cell.depth and (one.bare or not below.bare)
    }
    return {one.row: Rank(one.cell.depth, one.row in grouped) for one in rows} if grouped else {}


def _is_in(one: _Row, above: _Row) -> bool:
    """Whether the number of a row is under that of another: 1.2 under 1."""
    return one.number.startswith(f"{above.number}.")


def _rows(table: Table, heads: Heads, action: Column, start: int) -> Iterator[_Row]:
    numbers = next(iter(heads.of(Role.NUMERO)), None)
    others = [column.first for column in heads.columns if column.role in _OF_ACTIONS]
    for row in range(start, len(table.rows)):
        cells = table.rows[row]
        cell = cells[action.first]
        if not cell.text:
            continue
        number = number_alone(cells[numbers.first].text) if numbers else read_title(cell.text).number
        yield _Row(row, cell, (number or "").rstrip("."), not any(cells[at].text for at in others))


def groups(table: Table) -> frozenset[int]:
    """The rows of one cell that stand above headers, each time that these are repeated: « Services »."""
    written = [row for row in range(len(table.rows)) if table.written(row)]
    found = [
        row
        for row, below in pairwise(written)
        if len(table.written(row)) == 1 and not is_plan(table.written(row)[0].cell.line) and find_heads(table, below)
    ]
    return frozenset(found) if len(found) > 1 else frozenset()


def titling(blocks: Sequence[Line | Table]) -> frozenset[int]:
    """The headings (by identity) that are the title of the level right above them, « Orientation 1 » alone: the only
    ones as deep under it.
    """
    made = [block for block in blocks if isinstance(block, Table) or block.text]
    found = []
    for at, block in enumerate(made[:-1]):
        below = made[at + 1]
        if isinstance(block, Table) or isinstance(below, Table) or block.depth is None or below.depth is None:
            continue
        titre = read_title(block.text, loose=True)
        if not titre.noun or not titre.number or titre.titre or read_title(below.text, loose=True).noun:
            continue
        depths = [one.depth if isinstance(one, Line) else None for one in made[at + 1 :]]
        ends = (at for at, depth in enumerate(depths) if depth is not None and depth <= block.depth)
        if depths[: next(ends, None)].count(below.depth) == 1:
            found.append(id(below))
    return frozenset(found)
