"""One table per action (« fiche »): labels at the left, what they say at the right, dated steps under their headers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pivot_cli.echeance import Refus, parse
from pivot_cli.intake.found import CellValue, Found, without_calls
from pivot_cli.intake.headers import Heads, find_heads
from pivot_cli.intake.levels import NamedLevel
from pivot_cli.intake.roles import Column, Role, is_degree, role_of
from pivot_cli.intake.titles import ACTIONS, number_alone, read_title
from pivot_cli.intake.values import lines_of
from pivot_cli.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pivot_cli.intake.rows import Reading
    from pivot_cli.received.cells import Cell, Line, Span, Table

_DATED = {Role.ECHEANCE, Role.DEBUT, Role.FIN}
_FEWEST = 3  # labels by which a table is known for a fiche


def is_fiche(table: Table) -> bool:
    """Whether the rows of a table begin with the names of what a table of actions has in columns."""
    rows = [table.written(row) for row in range(len(table.rows))]
    if _is_labelled(rows):
        return True
    rows = [row for row in rows if len(row) > 1]
    if len(rows) < _FEWEST or _heads_actions(table):
        return False
    roles = [role_of(row[0].cell.line) for row in rows]
    kinds = {(role[0], role[2]) for role in roles if role}
    across = max((sum(role_of(span.cell.line) is not None for span in row) for row in rows[:2]), default=0)
    return len(kinds) >= _FEWEST and 2 * sum(map(bool, roles)) >= len(rows) and across <= max(2, len(rows[0]) // 2)


def _is_labelled(rows: Sequence[Sequence[Span]]) -> bool:
    """Whether the cells under a title each have their label: « Responsable : DG | Échéance : 2025 »."""
    title = rows[0][0].cell.line if rows and len(rows[0]) == 1 else ""
    said = [labels_in(row) for row in rows[1:] if row]
    kinds = {role[:1] for labels in said for label, _ in labels if (role := role_of(label))}
    return bool(title) and len(kinds) >= _FEWEST and all(said)


def labels_in(row: Sequence[Span]) -> list[tuple[str, str]]:
    """The label of each cell of a row, and what it says; nothing where a cell has none that is known."""
    found = [_LABELLED.fullmatch(span.cell.text) for span in row]
    named = [(one[1].strip(), one[2]) for one in found if one and role_of(one[1])]
    return named if len(named) == len(row) else []


_LABELLED = re.compile(r"([^:\n]{2,40}?)\s*:\s*(.*)", re.DOTALL)
_ABOVE = (Role.NIVEAU, Role.INDICATEUR, Role.CIBLE, Role.AUTRE, Role.NUMERO)


def _heads_actions(table: Table) -> bool:
    """Whether the labels of a table only say what the actions under its headers are for: « Objectif : | Bâtir »."""
    for row in range(len(table.rows)):
        written = table.written(row)
        if row and len(written) > 2 and (heads := find_heads(table, row)):
            roles = {column.role for column in heads.columns}
            return Role.ACTION in roles and bool(roles & {Role.RESPONSABLES, *_DATED})
        role = role_of(written[0].cell.line) if written else None
        if written and (role is None or role[0] not in _ABOVE or len(written) > 2):
            return False
    return False


def read_fiche(reading: Reading, table: Table, before: Line | None) -> None:
    """The action that a fiche is of; `before` is the line that stands right above it."""
    _Fiche(reading, table).read(before)


class _Fiche:
    def __init__(self, reading: Reading, table: Table) -> None:
        self.reading = reading
        self.table = table
        self.found = Found({}, year=reading.year)
        self.labels: list[Column] = []
        self.steps_under: Sequence[Column] = ()

    def read(self, before: Line | None) -> None:
        """Every row, then what names the action where none does."""
        self.reading.untitled = None
        row = 0
        while row < len(self.table.rows):
            if row and (heads := self._of_steps(row)):
                self.steps_under = heads
                self.reading.ledger.leave([span.cell for span in self.table.written(row)], "en-têtes")
            elif written := self.table.written(row):
                self._row(row, written)
            row += 1
        self.reading.understood.append((self.table, Heads(tuple(self.labels), 0)))
        if not self.found.texts:
            self._named(before)
        self.found.context = self.reading.levels.now()
        if self.found.texts:
            self.reading.found.append(self.found)
            first = self.found.texts[0]
            self.found.noun = read_title(first.text).noun or first.column.noun
        else:
            self.reading.ledger.leave(self.table.cells(), "fiche sans titre")

    def _of_steps(self, row: int) -> Sequence[Column]:
        """The columns of a table of steps, where a row is its headers: « Étape | Responsable | Échéance »."""
        heads = find_heads(self.table, row)
        if heads is None or not {column.role for column in heads.columns} & _DATED:
            return ()
        first = role_of(self.table.written(row)[0].cell.line)
        return heads.columns if first and first[0] in (Role.ETAPES, Role.ACTION) else ()

    def _row(self, row: int, written: list[Span]) -> None:
        if len(written) == 1 or len({id(span.cell) for span in written}) == 1:
            self._alone(row, written[0].cell)
            return
        if row and (said := labels_in(written)):
            for (label, text), span in zip(said, written, strict=True):
                self._labelled(row, label, text, span.cell)
                self.reading.ledger.leave([span.cell] if not text else [], "étiquettes de la fiche")
            return
        labels = [role_of(span.cell.line) for span in written]
        if self.steps_under and not labels[0]:
            self._step(written)
            return
        self.steps_under = ()
        if self._numbered(row, written):
            return
        pairs = [(0, written[1:])]
        if len(written) == 4 and labels[2]:
            pairs = [(0, written[1:2]), (2, written[3:])]
        for at, values in pairs:
            for span in values:
                self._value(row, written[at].cell, span.cell)

    def _numbered(self, row: int, written: list[Span]) -> bool:
        """« Fiche-action n° 1.1 » in a cell, its title in the next."""
        first, number = written[0].cell, number_alone(written[0].cell.text)
        noun = read_title(first.text).noun
        if number is None or noun not in ACTIONS or self.found.texts or len(written) != 2:
            return False
        title = written[1].cell
        self.found.number = CellValue(Column(Role.NUMERO, first.line, noun, 0, 0), number, first, row)
        self.found.add(CellValue(Column(Role.ACTION, "", noun, 0, 0), title.text, title, row))
        return True

    def _alone(self, row: int, cell: Cell) -> None:
        titre = read_title(cell.text, loose=True)
        if titre.noun and titre.noun not in ACTIONS:
            self.reading.levels.set(NamedLevel(titre.noun, titre, cell), 1)
        elif (titre.noun or row == 0) and not self.found.texts and not role_of(cell.line):
            self.found.add(CellValue(Column(Role.ACTION, "", titre.noun, 0, 0), cell.text, cell, row))
        elif inline := re.fullmatch(r"([^:\n]{2,40}?)\s*:\s*(\S.*)", cell.text, re.DOTALL):
            self._labelled(row, inline[1], inline[2], cell)
        else:
            why = "étiquettes de la fiche" if role_of(cell.line) else "titre d'une partie de la fiche"
            self.reading.ledger.leave([cell], why)

    def _value(self, row: int, label: Cell, cell: Cell) -> None:
        self.reading.ledger.leave([label], "étiquettes de la fiche")
        self._labelled(row, label.line, cell.text, cell)

    def _labelled(self, row: int, label: str, text: str, cell: Cell) -> None:
        named = not self.found.texts and fold(label).strip(": ") in ("titre", "intitule", "nom")
        role, rank, noun = (Role.ACTION, 0, None) if named else role_of(label) or (Role.AUTRE, 0, None)
        text = without_calls(text)
        several = len(lines_of(text)) > 1
        if (role is Role.NIVEAU and _is_plural(label)) or (role is Role.ETAPES and noun == "moyen"):
            role = Role.AUTRE  # what the action aims at, and what it takes
        if role is Role.NIVEAU and noun == "priorite" and is_degree(text):
            role = Role.AUTRE
        if role is Role.ECHEANCE and several and all(dated(line)[1] for line in lines_of(text)):
            role = Role.ETAPES
        column = Column(role, label.rstrip(": "), noun, 0, 0, rank)
        self.labels.append(column)
        if role is Role.NIVEAU and not several:
            titre = read_title(text)
            key = titre.noun if titre.noun and titre.noun.startswith(noun or "-") else noun
            self.reading.levels.set(NamedLevel(key or "niveau", titre, cell), 1)
            return
        if role is Role.ETAPES:
            self._steps(text, cell)
            return
        if role is Role.ACTION and self.found.texts:
            role = Role.DESCRIPTION
        if role in (Role.NIVEAU, Role.NUMERO) and several:
            role = Role.AUTRE
        value = CellValue(column._replace(role=role), text, cell, row)
        if role is Role.NUMERO:
            self.found.number = value
        else:
            self.found.add(value)

    def _steps(self, text: str, cell: Cell) -> None:
        self.reading.ledger.use(cell)
        for line in lines_of(text):
            self.found.steps.append(dated(line))

    def _step(self, written: list[Span]) -> None:
        """A row of a table of steps, inside the fiche."""
        texts: list[str] = []
        when: list[str] = []
        for span in written:
            column = next((one for one in self.steps_under if one.first <= span.last and span.first <= one.last), None)
            into = when if column and column.role in (Role.ECHEANCE, Role.DEBUT, Role.FIN) else texts
            into.append(" ".join(span.cell.text.split()))
            self.reading.ledger.use(span.cell)
        self.found.steps.append((" – ".join(texts), " – ".join(when) or None))

    def _named(self, before: Line | None) -> None:
        """The line above the fiche names its action."""
        line = self.reading.named_action or before
        if line is None:
            return
        self.reading.named_action = None
        for key, entry in list(self.reading.levels.open.items()):
            if entry.piece is line:
                del self.reading.levels.open[key]
        self.found.add(CellValue(Column(Role.ACTION, "", read_title(line.text).noun, 0, 0), line.text, line, 0))


def _is_plural(label: str) -> bool:
    """« Objectifs », of which a fiche lists its own; « Objectif » is the level that it is under."""
    return fold(label).split(" ")[0].rstrip(":").endswith("s")


def dated(line: str) -> tuple[str, str | None]:
    """A step and its date, where it says one: « Choisir le terrain (mars 2023) », « Mars 2023 : choisir »."""
    for pattern, text, when in (
        (r"(.+?)\s*\(([^()]+)\)\.?", 1, 2),
        (r"([^:]{4,40}?)\s*:\s+(.+)", 2, 1),
        (r"(.+?)\s+[–—-]\s+([^–—]{4,30})", 1, 2),
        (r"(.+?),\s+((?:d'ici |avant |en )?[^,]{4,30})", 1, 2),
    ):
        found = re.fullmatch(pattern, line)
        if found and re.search("(?:19|20)[0-9]{2}", found[when]) and not isinstance(parse(found[when]), Refus):
            return found[text].strip(), found[when].strip()
    return line, None
