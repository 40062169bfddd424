"""The overview grids of a document, which repeat the titles of its levels: used to check, never to double."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from pivot_cli.intake.draft import EnjeuDraft
from pivot_cli.intake.headers import find_heads, heads_of
from pivot_cli.intake.roles import Role
from pivot_cli.intake.titles import read_title
from pivot_cli.text import NBSP, fold, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pivot_cli.intake.draft import NodeDraft, Organisation
    from pivot_cli.intake.ledger import Ledger
    from pivot_cli.intake.titles import Titre
    from pivot_cli.received.cells import Cell, Span, Table

_ALIKE = 0.72  # of a text and a title, from which one is the other in other words
_REPEATED = "grille d'ensemble, qui répète les titres du plan"
_LONG_ENOUGH = 12  # letters, from which a part of a title is one


def is_grid(table: Table) -> bool:
    """Whether a table names levels side by side: « ENJEU 1 », « Objectif 2 »."""
    cells = list(table.cells())
    named = [titre for cell in cells if (titre := read_title(cell.text, loose=True)).noun]
    return len(named) >= 2 and 4 * len(named) >= len(cells)


class Grids:
    """The grids of a document, from the first to the last: one may go on in the next."""

    def __init__(self, organisation: Organisation, orientations: Sequence[NodeDraft], ledger: Ledger) -> None:
        self._organisation = organisation
        self._orientations = orientations
        self._ledger = ledger
        self._of_column: dict[int, NodeDraft] = {}

    def read(self, table: Table) -> None:
        """Say of each text which title it repeats, or in which words; which enjeu each orientation answers."""
        self._enjeux_beside(table)
        self._described(table)
        enjeux: dict[int, int] = {}
        for row in range(len(table.rows)):
            for span in table.written(row):
                titre = read_title(span.cell.text, loose=True)
                if titre.noun == "enjeu" and (titre.number or "").isdecimal():
                    enjeux[span.first] = int(titre.number or 0)
                    self._worded(table, row, span, titre)
                elif titre.noun and titre.number and (node := self._numbered(titre)):
                    self._of_column[span.first] = node
                    self._answers(node, enjeux, span.first)
                self._cell(span, titre)

    def _enjeux_beside(self, table: Table) -> None:
        """« Enjeux | Orientations »: the enjeu that each orientation of the plan answers."""
        heads = find_heads(table, 0)
        columns = iter(heads.columns if heads else ())
        enjeux = next((column for column in columns if column.noun == "enjeu"), None)
        beside = next(columns, None)
        if heads is None or enjeux is None or beside is None:
            return
        named = None
        for row in range(heads.rows, len(table.rows)):
            cell, other = table.rows[row][enjeux.first], table.rows[row][beside.first]
            named = cell if cell.text else named
            titre = read_title(other.text, level=True)
            node = next((one for one in self._orientations if fold(one.titre) == fold(titre.titre)), None)
            if named and node and node.enjeu is None:
                node.enjeu = self._enjeu(named).numero

    def _described(self, table: Table) -> None:
        """« Axe | Description »: what is said of each level is kept beside it."""
        heads = heads_of(table)
        said = next(iter(heads.of(Role.DESCRIPTION)), None) if heads else None
        level = next(iter(heads.of(Role.NIVEAU)), None) if heads else None
        if heads is None or said is None or level is None:
            return
        for row in range(len(table.rows)):
            titre, cell = read_title(table.rows[row][level.first].text, level=True), table.rows[row][said.first]
            node, _ = _closest(titre.titre, self._nodes(-1))
            if node and cell.text:
                node.comment(f"{said.header}{NBSP}: {cell.line}")
                self._ledger.use(cell)

    def _enjeu(self, cell: Cell) -> EnjeuDraft:
        """The enjeu that a cell names: one that is known, or a new one."""
        self._ledger.use(cell)
        known, titre = self._organisation.enjeux, read_title(cell.text, level=True)
        same = next((one for one in known if fold(one.titre) == fold(titre.titre)), None)
        if same is None:
            taken = [one.numero for one in known]
            number = titre.number if (titre.number or "").isdecimal() and int(titre.number or 0) not in taken else None
            same = EnjeuDraft(int(number) if number else max([0, *taken]) + 1, titre.titre or cell.line)
            known.append(same)
        return same

    def _numbered(self, titre: Titre) -> NodeDraft | None:
        """The orientation of that noun and number."""
        number = fold(titre.number or "")
        if titre.noun in ("objectif", "volet", "action"):
            return None
        return next((one for one in self._orientations if fold(one.number or str(one.numero)) == number), None)

    def _answers(self, node: NodeDraft, enjeux: dict[int, int], column: int) -> None:
        known = {one.numero for one in self._organisation.enjeux}
        at = max((one for one in enjeux if one <= column), default=None)
        if node.enjeu is None and at is not None and enjeux[at] in known:
            node.enjeu = enjeux[at]

    def _worded(self, table: Table, row: int, span: Span, titre: Titre) -> None:
        """The words of an enjeu, in the cell of its number or in the one under it."""
        below = table.rows[row + 1][span.first] if row + 1 < len(table.rows) else None
        cell, text = (span.cell, titre.titre) if titre.titre else (below, below.line if below else "")
        enjeu = next((one for one in self._organisation.enjeux if one.numero == int(titre.number or 0)), None)
        if enjeu and cell and text and not read_title(text).noun:
            enjeu.enonce = text
            self._ledger.use(cell)
            self._ledger.use(span.cell)

    def _cell(self, span: Span, titre: Titre) -> None:
        cell = span.cell
        if self._ledger.is_known(cell):
            return
        said = titre.titre or cell.line
        if titre.noun and not titre.titre:
            self._ledger.leave([cell], _REPEATED)
            return
        node, how = _closest(said, self._nodes(span.first))
        if node is None:
            self._ledger.leave([cell], "grille d'ensemble")
        elif how == "same":
            self._ledger.leave([cell], _REPEATED)
        else:
            node.comment(f"Grille d'ensemble{NBSP}: {quoted(cell.line)}")
            self._ledger.use(cell)

    def _nodes(self, column: int) -> Iterable[NodeDraft]:
        at = max((one for one in self._of_column if one <= column), default=None)
        some = self._orientations if at is None else [self._of_column[at]]
        return [node for one in some for node in one.nodes()]


def _closest(said: str, nodes: Iterable[NodeDraft]) -> tuple[NodeDraft | None, str]:
    """The level whose title a text is, and whether it is the `same`, or « other » words."""
    wanted = fold(said).rstrip(". ")
    best: tuple[float, NodeDraft | None] = (0.0, None)
    for node in nodes:
        titre = fold(node.titre).rstrip(". ")
        if titre == wanted:
            return node, "same"
        ratio = SequenceMatcher(None, wanted, titre).ratio()
        if len(wanted) > _LONG_ENOUGH and wanted in titre and ratio < _ALIKE:
            return node, "same"
        best = max(best, (ratio, node), key=lambda one: one[0])
    return (best[1], "other") if best[0] >= _ALIKE else (None, "")
