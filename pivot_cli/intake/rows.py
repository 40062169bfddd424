"""The tables of a document → what is to be done, row by row, each with the levels that it stands under."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from pivot_cli.intake.columns import path_of
from pivot_cli.intake.dates import first_of_two, months_over, year_said
from pivot_cli.intake.draft import Ask
from pivot_cli.intake.found import CellValue, Found, without_calls
from pivot_cli.intake.headers import Heads, find_heads, heads_of, owner_of, read_alike
from pivot_cli.intake.leftovers import EXAMPLE, IDEM, LETTERED, NOTE, TEMPLATE, TOTAL
from pivot_cli.intake.levels import Levels, NamedLevel
from pivot_cli.intake.nested import groups, ranks, titling
from pivot_cli.intake.roles import Column, Role, is_period, role_of
from pivot_cli.intake.titles import ACTIONS, Titre, number_alone, plan_in, read_title
from pivot_cli.intake.wordings import ticked
from pivot_cli.received.cells import EPOCH, Piece
from pivot_cli.text import NBSP, capitalized, fold, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pivot_cli.intake.dates import Fenetre
    from pivot_cli.intake.ledger import Ledger
    from pivot_cli.intake.nested import Rank
    from pivot_cli.received.cells import Cell, Line, Source, Span, Table

_UNDER_A_LIST = f"ce qui est dit sous une liste, de chacun de ses éléments{NBSP}: est-ce juste?"
_HEADING, _ROW, _COLUMN = range(3)
_DEEPER = 30  # than any heading
_DAYS = (Role.ECHEANCE, Role.DEBUT, Role.FIN, Role.REALISEE_LE, Role.RAPPORT)


class Reading:
    """What is read of a document, from top to bottom."""

    def __init__(self, document: Source, ledger: Ledger, names: Sequence[str] = ()) -> None:
        self.document = document
        self.ledger = ledger
        self.names = names  # of people, that the document lists
        self.alike = read_alike(document)
        self.levels = Levels()
        self.found: list[Found] = []
        self.understood: list[tuple[Table, Heads]] = []
        self.untitled: NamedLevel | None = None
        self.named_action: Line | None = None
        self.loose: list[Found] = []  # what is to be done, outside any table: counts where no table holds any
        self.listed: list[Found] = []  # the last items of a list, or the last thing to be done
        self.list_ended = False  # by what is said of its items
        self.outside: list[Line] = []
        self.titling = titling(document.blocks)
        self.year: Fenetre | None = None
        self.first_year: int | None = None  # of the two that a title names
        self.asks: list[Ask] = []
        self.titre: str | None = None  # of the plan, above a table
        self.of_all: list[tuple[dict[str, NamedLevel], CellValue]] = []

    # --- paragraphs ----------------------------------------------------------------------------------

    def line(self, line: Line) -> None:
        """A paragraph: a level, the title of the one before it, or what is outside of the plan."""
        self.year = year_said(line.text) or self.year
        self.first_year = first_of_two(line.text) or self.first_year
        if not line.text or self.ledger.is_known(line):
            return
        heading = line.depth is not None or line.bold
        titre = read_title(line.text, loose=heading)
        if titre.noun and titre.noun in ACTIONS and (titre.number or heading):
            self._action_named(line)
            return
        if self.labelled(line) or self.labelled_above(line):
            return
        if (
            titre.noun
            and titre.noun not in ACTIONS
            and len(line.line) < 400
            and (heading or titre.number or not line.item)
        ):
            self._level(line, titre)
            return
        titles = id(line) in self.titling or not (heading and line.depth is not None)
        if self.untitled and len(line.line) < 600 and titles:
            self._entitle(line)
            return
        if heading and line.depth != 0 and len(line.line) < 250:
            self._heading(line)
            return
        if line.item and self.levels.open:
            self.to_do(line, line.text)
        self.outside.append(line)

    def _action_named(self, line: Line) -> None:
        """« Fiche 3 – Ouvrir une maison »: names the table, or the lines, that follow."""
        if line.depth is not None:
            self.levels.close(line.depth)
        self.named_action = line
        self.to_do(line, line.text)

    def to_do(self, line: Line, text: str) -> None:
        """Something to be done, that a paragraph says."""
        found = Found(self.levels.now(), year=self.year)
        found.add(CellValue(Column(Role.ACTION, "", None, 0, 0), re.sub(r"^•\s*", "", text), line, 0))
        for context, value in self.of_all:
            if found.context.items() >= context.items():
                found.add(value)
        self.listed = [*self.listed, found] if line.item and not self.list_ended else [found]
        self.list_ended = False
        self.loose.append(found)

    def labelled(self, line: Line) -> bool:
        """« Responsable : la direction », under an action that a line names, or under a list of them: of each."""
        column, said = _label_of(line)
        if not column or not self.listed or column.role in (Role.ACTION, Role.NIVEAU):
            return False
        if self.listed[-1].context != self.levels.now():  # it is of what follows
            return False
        for one in self.listed:
            one.add(CellValue(column, said, line, len(self.outside)))
        self._asked_of_list(line)
        self.list_ended = True
        return True

    def _asked_of_list(self, line: Line) -> None:
        """Ask once whether what is said under a list is of each of its items."""
        if len(self.listed) > 1 and not any(ask.comment == _UNDER_A_LIST for ask in self.asks):
            told = f"{quoted(line.line)}, sous une liste, est lu comme dit de chaque élément."
            self.asks.append(Ask(_UNDER_A_LIST, line.place, f"{told} Est-ce juste, là et ailleurs?"))

    def labelled_above(self, line: Line) -> bool:
        """« Responsable : la coordination », under a level: of all that is to be done there, if no column says it."""
        column, said = _label_of(line)
        if not column or column.role not in (Role.RESPONSABLES, Role.ECHEANCE) or "\n" in said or not self.levels.open:
            return False
        self.of_all.append((self.levels.now(), CellValue(column, said, line, -1)))
        return True

    def said_of_all(self, found: Found, heads: Heads) -> None:
        """Give what is to be done what is said above of all that is under its levels."""
        for context, value in self.of_all:
            above = found.context.items() >= context.items()
            if above and not heads.of(value.column.role) and not found.periods:
                found.add(value)

    def _level(self, line: Line, titre: Titre) -> None:
        if line.depth is not None:
            self.levels.close(line.depth)
        entry = NamedLevel(titre.noun or "", titre, line)
        self.levels.set(entry, _HEADING, line.depth)
        self.untitled = None if titre.titre else entry

    def _entitle(self, line: Line) -> None:
        """The paragraph under « Orientation 1 » is its title."""
        untitled, self.untitled = self.untitled, None
        assert untitled is not None  # noqa: S101 - looked at before
        entry = NamedLevel(untitled.key, untitled.titre._replace(titre=line.line), line)
        self.ledger.use(untitled.piece)
        if self.levels.open.get(untitled.key) is untitled:
            self.levels.open[untitled.key] = entry
            self.levels.entries[-1:] = [entry]

    def _heading(self, line: Line) -> None:
        """A heading, or a bold line, without a noun."""
        depth = 20 if line.depth is None else line.depth
        self.levels.close(depth)
        titre = read_title(line.text)
        self.levels.set(NamedLevel(f"titre {depth}", titre._replace(noun=None), line), _HEADING, depth)

    # --- tables --------------------------------------------------------------------------------------

    def table(self, table: Table, inherited: Heads | None = None) -> bool:
        """A table of actions; False where it is none."""
        heads = inherited
        if heads is None and heads_of(table) is None:
            return False
        self.untitled = None
        rows, row, named = _Rows(self, table), 0, groups(table)
        while row < len(table.rows):
            written = table.written(row)
            if row in named:
                rows.level(written[0].cell)
                row += 1
                continue
            found = (
                find_heads(table, row) if written and not (heads and self._says_actions(table, row, heads)) else None
            )
            if found:
                found = Heads(self.alike.get(found.headers, found).columns, found.rows)
                if found.columns != (heads.columns if heads else None):
                    self.understood.append((table, found))
                for below in range(found.rows):
                    self.ledger.leave([span.cell for span in table.written(row + below)], "en-têtes")
                row += found.rows
                heads, rows.previous, rows.start, rows.ranks = found, None, row, ranks(table, found, row)
                continue
            if written and heads is None:
                self._before(written)
            elif written and heads:
                rows.read(row, written, heads)
            row += 1
        self._asked_of_colours(table, heads)
        return True

    def year_of(self, heads: Heads) -> Fenetre | None:
        """The year that a title names, or that its two years make of the months of a calendar."""
        return self.year or months_over([column.header for column in heads.of(Role.PERIODE)], self.first_year)

    def _asked_of_colours(self, table: Table, heads: Heads | None) -> None:
        """A colour that stands for a word is not read: what it says is asked."""
        for column in heads.of(Role.STATUT) if heads else ():
            alone = [row[column.first] for row in table.rows if row[column.first].marked and not row[column.first].text]
            if alone:
                said = f"{quoted(column.header)} est dit par des couleurs"
                told = f"{said}, qui ne se lisent pas{NBSP}: que disent-elles de chaque action?"
                self.asks.append(Ask(said, table.name, told))

    @staticmethod
    def _says_actions(table: Table, row: int, heads: Heads) -> bool:
        """Whether a row under headers goes on what is above it, or names little of what headers do: it is none."""
        written, known = table.written(row), {column.header for column in heads.columns}
        if any(table.rows[row - 1][span.first] is span.cell for span in written):
            return True
        texts = (span.cell.line for span in written)
        others = (text for text in texts if text not in known and role_of(text) is None and not is_period(text))
        return next(islice(others, len(written) // 3, None), None) is not None  # more than a third

    def _before(self, written: Sequence[Span]) -> None:
        """A row above the headers: a title, a level, or what is outside of the plan."""
        texts = [span.cell for span in written]
        titre = read_title(texts[0].text, loose=True)
        if len(texts) == 1 and titre.noun and titre.noun not in ACTIONS:
            self.levels.set(NamedLevel(titre.noun, titre, texts[0]), _ROW)
        elif len(texts) == 2 and (named := read_title(f"{texts[0].line} {texts[1].line}")).noun and not titre.titre:
            if named.noun not in ACTIONS:
                self.ledger.use(texts[0])
                self.levels.set(NamedLevel(named.noun or "", named, texts[1]), _ROW)
        elif len(texts) == 1 and self.titre is None and (plan := plan_in(texts[0].line)):
            self.titre = capitalized(plan)
            self.year = year_said(plan) or self.year
            self.first_year = first_of_two(plan) or self.first_year
            self.ledger.use(texts[0], plan)
            self.ledger.leave(texts, "au-dessus des en-têtes")
        else:
            self.ledger.leave(texts, "au-dessus des en-têtes")


def _label_of(line: Line) -> tuple[Column | None, str]:
    """The column that the label of a paragraph stands for, and what it says; None where none is known."""
    found = re.fullmatch(r"(?:•\s*)?([^:]{2,40}?)\s*:\s*(\S.*)", line.text, re.DOTALL)
    role = role_of(found[1]) if found else None
    if not found or not role:
        return None, ""
    return Column(role[0], found[1].strip(), role[2], 0, 0, role[1]), found[2]


class _Rows:
    """The rows of a table of actions."""

    def __init__(self, reading: Reading, table: Table) -> None:
        self.reading = reading
        self.table = table
        self.previous: Found | None = None
        self.start = 0
        self.ranks: dict[int, Rank] = {}
        self.above: dict[int, str] = {}
        self._parted: bool | None = None
        self._owners: dict[tuple[Column, int], Column | None] = {}

    def read(self, row: int, written: list[Span], heads: Heads) -> None:
        """One row under its headers."""
        cells = [span.cell for span in written]
        if why := self._passed_over(row, written, heads):
            self.reading.ledger.leave(cells, why)
            return
        if row in self.ranks and self._titles(row, written, heads):
            return
        alone = len({id(cell) for cell in cells}) == 1
        if alone and self._measures(cells[0]):
            return
        if not (alone and self._alone(written[0], heads)) and not self._level_in_front(written, heads):
            self._row(row, written, heads)

    def level(self, cell: Cell) -> None:
        """A level that a row names, above headers."""
        titre = read_title(cell.text, loose=True, level=True)
        self._level(NamedLevel(titre.noun or "rangée 0", titre, cell))

    def _titles(self, row: int, written: list[Span], heads: Heads) -> bool:
        """Open the level that a row is the title of; else close those that are as deep as it is."""
        rank = self.ranks[row]
        depth = _DEEPER + rank.depth
        if not rank.titles:
            self.reading.levels.close(depth)
            return False
        above = [span for span in written if (at := heads.at(span)) and at.role is Role.NIVEAU]
        self._levels(row, [value for span in above for value in self._values(row, span, heads)], heads)
        cell = next(span.cell for span in written if (at := heads.at(span)) and at.role is Role.ACTION)
        numbers = [span.cell for span in written if (at := heads.at(span)) and at.role is Role.NUMERO]
        titre = read_title(cell.text, level=True)
        if numbers and titre.number is None:
            titre = titre._replace(number=number_alone(numbers[0].text))
            self.reading.ledger.use(numbers[0])
        self.reading.ledger.leave(
            [span.cell for span in written if span.cell is not cell and span not in above],
            f"à côté de {quoted(cell.line)}",
        )
        source = _COLUMN if heads.of(Role.NIVEAU) else _ROW
        self.reading.levels.set(NamedLevel(f"rangée {rank.depth}", titre, cell), source, depth)
        self.previous = None
        return True

    def _passed_over(self, row: int, written: list[Span], heads: Heads) -> str:
        """Why a row says nothing of the plan; nothing where it may."""
        texts = [fold(span.cell.text) for span in written]
        actions = [fold(span.cell.text) for span in written if (at := heads.at(span)) and at.role is Role.ACTION]
        if TOTAL.fullmatch(texts[0]):
            return "total"
        if row == self.start and len(texts) > 1 and all(map(EXAMPLE.fullmatch, texts)):
            return "consigne du modèle"
        leftover = all(TEMPLATE.fullmatch(text) or number_alone(text) for text in texts)
        if leftover and (not actions or all(map(TEMPLATE.fullmatch, actions)) or len(actions) == len(texts)):
            levels = [span for span in written if (at := heads.at(span)) and at.role is Role.NIVEAU]
            return "" if levels and not actions else "modèle non rempli"
        return ""

    def _measures(self, cell: Piece) -> bool:
        """« Indicateurs : 500 abonnés », in a row under actions: it is said of them all."""
        titre = read_title(cell.text)
        if titre.noun != "indicateur" or not titre.titre or not self.previous:
            return False
        column = Column(Role.INDICATEUR, cell.text.partition(":")[0].strip(), None, 0, 0)
        self.previous.unpaired.append(CellValue(column, titre.titre, cell, 0))
        return True

    def _alone(self, span: Span, heads: Heads) -> bool:
        """A row of one cell: a level, a note; False where it is read as any other."""
        cell, column = span.cell, heads.at(span)
        width = span.last - span.first + 1
        full = width > 1 and 2 * width > self.table.width
        titre = read_title(cell.text, loose=True, level=True)
        if NOTE.match(cell.text):
            self.reading.ledger.leave([cell], "note")
            return True
        if titre.noun and titre.noun not in ACTIONS:
            return self._level(NamedLevel(titre.noun, titre, cell))
        year = column is not None and column.role is Role.ACTION and year_said(cell.text) is not None
        if not full and column and column.role is not Role.NUMERO and not year:
            shown_apart = cell.bold or cell.marked or cell.text.isupper()
            at_the_start = (
                column.role is Role.ACTION and shown_apart and not any(c.role is Role.NIVEAU for c in heads.columns)
            )
            if not at_the_start or (self.previous is None and not shown_apart):
                return False
        if titre.noun in ACTIONS:
            return False
        if len(cell.line) > 250:
            self.reading.ledger.leave([cell], "texte entre les lignes")
            return True
        depth = titre.number.count(".") if titre.number else 0
        return self._level(NamedLevel(f"rangée {depth}", titre._replace(noun=None), cell))

    def _level_in_front(self, written: list[Span], heads: Heads) -> bool:
        """A row that begins with a level: « Orientation 1 » and its title beside it, « Axe 2 : L'eau » and a total."""
        first, *others = (span.cell for span in written)
        column, titre = heads.at(written[0]), read_title(first.text)
        elsewhere = column and written[0].first and column.role not in (Role.ACTION, Role.NUMERO)
        if titre.noun is None or titre.noun in ACTIONS or elsewhere or (column and column.role is Role.NIVEAU):
            return False
        if not titre.titre and titre.number and len(others) == 1:
            self.reading.ledger.use(first)
            return self._level(NamedLevel(titre.noun, titre._replace(titre=others[0].line), others[0]))
        beside = [heads.at(span) for span in written[1:]]
        if not titre.titre or any(one and one.role in (Role.ACTION, Role.DESCRIPTION) for one in beside):
            return False
        self.reading.ledger.leave(others, f"à côté de {first.line}")
        return self._level(NamedLevel(titre.noun, titre, first))

    def _level(self, entry: NamedLevel) -> bool:
        self.reading.levels.set(entry, _ROW)
        self.reading.year = year_said(entry.piece.text) or self.reading.year  # « 2026 », over its rows
        self.previous = None
        return True

    def _row(self, row: int, written: list[Span], heads: Heads) -> None:
        values = [value for span in written for value in self._values(row, span, heads)]
        values = self._side_by_side([*values, *self._coloured(row, heads)])
        fresh = self._levels(row, values, heads)
        if heads.in_periods:
            self._in_periods(values, heads)
            return
        action = next((value for value in values if value.column.role is Role.ACTION), None)
        rest = [value for value in values if value.column.role is not Role.NIVEAU]
        if action and self.previous and any(one.cell is action.cell for one in self.previous.texts):
            found = self.previous
        elif action and self._is_step(action, rest):
            action = action._replace(column=action.column._replace(role=Role.ETAPES))
            rest, found = [action], self.previous or Found({})
        elif action:
            found = Found(self.reading.levels.now(), heads.of(Role.PERIODE), self.reading.year_of(heads))
            self.reading.found.append(found)
            self.reading.said_of_all(found, heads)
        elif rest and self.previous and not fresh and not self.previous.is_apart_from(rest):
            found = self.previous
        else:
            self.previous = None  # nor are the lines below of what stands above
            self._unticked(rest)
            self.reading.ledger.leave(
                [value.cell for value in rest if value.column.role is not Role.NUMERO], "sans action"
            )
            self.reading.ledger.leave([value.cell for value in rest], "numéro sans titre")
            return
        self.previous = found
        faults = ((column, self.table.rows[row][column.first]) for column in heads.columns)
        found.faults += [(column, cell) for column, cell in faults if cell.fault]
        for value in rest:
            if value.column.role is Role.NUMERO:
                if self._owner(value.column, heads) is None and found.number is None:
                    found.number = value
                elif number_alone(value.text) is None:
                    self.reading.ledger.leave([value.cell], "numéro sans titre")
            else:
                found.add(value)

    def _unticked(self, values: list[CellValue]) -> None:
        """What boxes say is not in the plan after all."""
        for cell in (value.cell for value in values if ticked(value.cell.text) is not None):
            self.reading.ledger.forget(cell)

    def _is_step(self, action: CellValue, rest: list[CellValue]) -> bool:
        """« a) choisir les couleurs », alone under « 1. Peindre la salle »."""
        above = self.previous.texts[0].text if self.previous and self.previous.texts else ""
        alone = all(value is action or not value.text for value in rest)
        return alone and bool(above and LETTERED.match(action.text)) and not LETTERED.match(above)

    def _in_periods(self, values: list[CellValue], heads: Heads) -> None:
        """A row whose cells, under periods, are each what is to be done then; the rest is said of each of them."""
        last: CellValue | None = None
        others = [value for value in values if value.column.role not in (Role.NIVEAU, Role.ACTION)]
        for value in (one for one in values if one.column.role is Role.ACTION):
            if last and fold(value.text).strip(".") in IDEM:
                self._again(value, last)
                continue
            last, found = value, Found(self.reading.levels.now(), (), self.reading.year)
            when = Column(Role.ECHEANCE, value.column.header, None, value.column.first, value.column.last)
            years = re.search(r"\(([^()]*[0-9][^()]*)\)$", when.header)
            for one in (value, value._replace(column=when, text=years[1] if years else when.header), *others):
                found.add(one)
            self.reading.found.append(found)
            self.reading.said_of_all(found, heads)
        if last is None:
            self.reading.ledger.leave([value.cell for value in others], "sans action")

    def _again(self, value: CellValue, last: CellValue) -> None:
        """« Idem » under a period: what stands before it may be to do again, or to go on."""
        said = f"{quoted(value.text)} ({value.column.header})"
        told = f"{said} répète-t-il {quoted(' '.join(last.text.split()))}? Son échéance va alors jusque-là."
        self.reading.ledger.use(value.cell)
        self.reading.asks.append(Ask(said, value.cell.place, told))

    def _values(self, row: int, span: Span, heads: Heads) -> list[CellValue]:
        column, cell = heads.at(span), span.cell
        if column is None:
            self.reading.ledger.leave([cell], "hors des colonnes")
            return []
        if column.role is Role.PERIODE:
            taken = [one for one in heads.of(Role.PERIODE) if one.first <= span.last and span.first <= one.last]
            return [CellValue(one, cell.text, cell, row) for one in taken]
        text = self._as_day(cell) if column.role in _DAYS else without_calls(cell.text)
        if column.role is not Role.NIVEAU and (said := ticked(text)) is not None:
            self.reading.ledger.use(cell, *said.split("\n"))
            self.reading.ledger.leave([cell], "case non cochée")
            if not said:
                return []
            text = said
        if fold(text).strip(".") in IDEM and column.first in self.above and column not in heads.in_periods:
            text = self.above[column.first]
            self.reading.ledger.use(cell)
        self.above[column.first] = text
        return [CellValue(column, text, cell, row)]

    def _as_day(self, cell: Cell) -> str:
        """The text of a cell under a header of dates, without its hour; workbooks count days from one of two."""
        epoch, stored = self.reading.document.epoch, cell.value
        if isinstance(stored, datetime):
            return stored.date().isoformat()
        if epoch != EPOCH and isinstance(stored, int | float) and 1e4 < stored < 1e5:
            return (epoch + timedelta(days=int(stored))).isoformat()
        return without_calls(cell.text)

    def _side_by_side(self, values: list[CellValue]) -> list[CellValue]:
        """Under a header that takes two columns, the number and what it numbers are one."""
        made: list[CellValue] = []
        for value in values:
            last = made[-1] if made else None
            same = last and last.column == value.column and last.column.role in (Role.ACTION, Role.NIVEAU)
            number = _number(last.text) if last and same and last.cell is not value.cell else ""
            if last and number:
                self.reading.ledger.use(last.cell)
                made[-1] = value._replace(text=f"{number} {value.text}")
            else:
                made.append(value)
        return made

    def _coloured(self, row: int, heads: Heads) -> list[CellValue]:
        """The squares of a calendar that only a colour marks, where some are, and some, there or elsewhere, are not."""
        columns = heads.of(Role.PERIODE)
        cells = [self.table.rows[row][column.first] for column in columns]
        marked = [cell.marked and not cell.text for cell in cells]
        if any(cell.text for cell in cells) or (all(marked) and not self._some_coloured(heads)):
            return []
        return [
            CellValue(column, "", cell, row) for column, cell, yes in zip(columns, cells, marked, strict=True) if yes
        ]

    def _some_coloured(self, heads: Heads) -> bool:
        """Whether a row of the calendar has squares of a colour beside others of none, or words in none of them."""
        if self._parted is None:
            at = [column.first for column in heads.of(Role.PERIODE)]
            rows = [
                [row[n].marked for n in at] for row in self.table.rows[self.start :] if not any(row[n].text for n in at)
            ]
            self._parted = any(any(row) and not all(row) for row in rows)
        return self._parted

    def _owner(self, column: Column, heads: Heads) -> Column | None:
        """The level that a column of numbers is of, looked for once."""
        key = column, self.start
        if key not in self._owners:
            self._owners[key] = owner_of(column, heads, self.table, self.start)
        return self._owners[key]

    def _levels(self, row: int, values: list[CellValue], heads: Heads) -> bool:
        """Open the levels that a row names; whether there is any that was not open."""
        fresh = False
        for value in values:
            above = self.table.rows[row - 1][value.column.first] if row else None
            if value.column.role is not Role.NIVEAU or (value.cell is above and row > self.start):
                continue
            if parts := path_of(value.text):
                fresh |= self._path(parts, value.cell)
                continue
            titre = read_title(value.text, level=True)
            if titre.noun is None and number_alone(value.text) == value.text:
                titre = Titre(None, value.text, "")
            numbers = [
                one
                for one in values
                if one.column.role is Role.NUMERO and self._owner(one.column, heads) == value.column
            ]
            numbered = None
            if numbers and titre.number is None:
                titre = titre._replace(number=number_alone(numbers[0].text))
                if titre.number:
                    numbered = numbers[0].cell
                    self.reading.ledger.use(numbered)
            same = titre.noun if titre.noun and titre.noun.startswith(value.column.noun or "-") else value.column.noun
            if titre.noun and titre.noun != same:  # a noun of another kind of level is part of the title
                titre = Titre(None, None, " ".join(value.text.split()))
            entry = NamedLevel(same or _unnamed(value.column, heads), titre, value.cell, numbered)
            fresh |= self._opened(entry)
        return fresh

    def _path(self, parts: Sequence[str], cell: Piece) -> bool:
        """Open the levels that a cell names one under the other; whether there is any that was not open."""
        self.reading.ledger.use(cell)
        titres = [read_title(part, level=True) for part in parts]
        entries = [
            NamedLevel(f"chemin {depth}", titre, Piece(part, cell.place))
            for depth, (part, titre) in enumerate(zip(parts, titres, strict=True))
        ]
        fresh = [self._opened(entry) for entry in entries]
        return any(fresh)

    def _opened(self, entry: NamedLevel) -> bool:
        """Open a level; whether it was not."""
        was = self.reading.levels.open.get(entry.key)
        self.reading.levels.set(entry, _COLUMN)
        return was is None or was.name != entry.name


def _unnamed(column: Column, heads: Heads) -> str:
    """The key of a level that no noun names: the first of them, or another."""
    rank = [one for one in heads.of(Role.NIVEAU) if one.noun is None].index(column)
    return f"niveau {rank}" if rank else "niveau"


def _number(text: str) -> str:
    """What a number, or a letter, in a square of its own is before what it numbers: « 3. », « a) »; else nothing."""
    if number := number_alone(text):
        return f"{number}."
    letter = re.fullmatch(r"([a-zA-Z])[.)]?", text.strip())
    return f"{letter[1]})" if letter else ""
