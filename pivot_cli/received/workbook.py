"""A workbook of Excel (`.xlsx`, `.xlsm`) → its sheets, a table each, in their order.

openpyxl reads it, and does not see: conditional colours, pictures, charts and what only a pivot table would compute.
Formulas are not computed: the result that the program stored is taken, where it stored one.
"""

from __future__ import annotations

import io
import re
import warnings
from datetime import datetime, time
from html import unescape
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree.ElementTree import ParseError

from pivot_cli.finding import PivotError
from pivot_cli.received.archive import Archive, damaged, local, too_large
from pivot_cli.received.cells import Cell, Line, Remark, Source, Table, tidy
from pivot_cli.received.sheets import ERROR, MOST_SQUARES, NO_RESULT, hidden_parts, missing, places, unseen
from pivot_cli.received.shown import shown
from pivot_cli.text import NBSP, clean, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_BROKEN = (LookupError, ValueError, TypeError, AttributeError, OSError, ParseError, RecursionError, ArithmeticError)
_THREAD = re.compile(r"(?s)^\[[^]\n]*]\n.*?\n(?:Comment|Commentaire)\s*:\n(.*)")  # of comments, as old programs see it
_RANGES = re.compile(rb'<(?:\w+:)?(?:mergeCell|hyperlink)\b[^>]*?\bref="([A-Z]{1,3})([0-9]+):([A-Z]{1,3})([0-9]+)"')
_MENUS = re.compile(rb"(?s)<(?:\w+:)?formula1>(.*?)</(?:\w+:)?formula1>")


def read_workbook(data: bytes, name: str) -> Source:
    """What a workbook holds; raises PivotError for what cannot be read safely."""
    archive = Archive(data, name)
    if not any(True for _ in archive.names(r"xl/workbook\d*\.xml")):
        message = f"{quoted(clean(name))} n'est pas un classeur."
        raise PivotError(message, f"Enregistrez-le dans Excel sous la forme {quoted('.xlsx')}.")
    _check(archive)
    try:
        book, formulas = _loaded(data), _formulas(archive)
        sheets = [_Sheet(sheet, formulas.get(sheet.title, {})) for sheet in book.worksheets]
        menus = _menus(archive, book)
        tables = [sheet.table(choices=sheet.sheet.title in menus) for sheet in sheets]
        aside = [line for sheet in sheets for line in sheet.aside()]
        return Source(name, list(tables), [*aside, *_boxes(archive), *unseen(archive)], book.epoch.date())
    except _BROKEN:
        raise damaged(name) from None


def _check(archive: Archive) -> None:
    """Read every part in bounds before a library does; merged cells and links may name squares without end."""
    for part in archive.names(r".*\.(?:xml|rels)"):
        data = archive.checked(part)
        if "/worksheets/" not in f"/{part}":
            continue
        taken = _RANGES.findall(data)
        if sum(_squares(*one) for one in taken) > MOST_SQUARES:
            raise too_large(archive.name)


def _squares(first: bytes, top: bytes, last: bytes, bottom: bytes) -> int:
    return (abs(_rank(last) - _rank(first)) + 1) * (abs(int(bottom) - int(top)) + 1)


def _rank(letters: bytes) -> int:
    rank = 0
    for letter in letters:
        rank = rank * 26 + letter - 64
    return rank


def _loaded(data: bytes) -> Workbook:
    """The workbook, with what its formulas gave."""
    try:
        import defusedxml  # noqa: F401 - openpyxl reads XML through it where it is installed
        from openpyxl import load_workbook
    except ModuleNotFoundError:
        raise missing("openpyxl", "defusedxml") from None
    with warnings.catch_warnings():  # of what it does not keep, in English
        warnings.simplefilter("ignore")
        return load_workbook(io.BytesIO(data), data_only=True, keep_links=False)


class _Formula(NamedTuple):
    """A formula, and whether the program that saved it stored what it gives."""

    text: str
    has_result: bool


def _formulas(archive: Archive) -> dict[str, dict[str, _Formula]]:
    """The formulas of each sheet, by its name, then by the place of each."""
    main = next(archive.names(r"xl/workbook\d*\.xml"))
    rels = archive.xml(f"xl/_rels/{main.rpartition('/')[2]}.rels")
    parts = {one.get("Id"): f"/xl/{one.get('Target', '')}".rpartition("/xl/")[2] for one in rels}
    sheets = [one for one in archive.xml(main).iter() if local(one.tag) == "sheet"]
    found = {}
    for one in sheets:
        part = parts.get(next((value for key, value in one.attrib.items() if local(key) == "id"), ""))
        found[one.get("name", "")] = dict(_formulas_of(archive, f"xl/{part}"))
    return found


def _formulas_of(archive: Archive, part: str) -> Iterator[tuple[str, _Formula]]:
    if part not in archive or not re.search(rb"<(?:\w+:)?f[ />]", archive.read(part)):
        return
    shared: dict[str, str] = {}
    for square in archive.xml(part).iter():
        formula = next((one for one in square if local(one.tag) == "f"), None) if local(square.tag) == "c" else None
        if formula is None:
            continue
        text = shared.setdefault(formula.get("si", ""), formula.text or "") if formula.get("si") else formula.text or ""
        stored = square.get("t") == "str" or any(local(one.tag) == "v" and one.text for one in square)
        yield square.get("r", ""), _Formula(f"={text}", stored)


def _menus(archive: Archive, book: Workbook) -> set[str]:
    """The sheets that hold the choices of the menus of another."""
    named = {name: str(one.attr_text) for name, one in book.defined_names.items()}
    found = set()
    for part in archive.names(r"xl/worksheets/[^/]+\.xml"):
        for said in _MENUS.findall(archive.read(part)):
            text = unescape(re.sub("<[^>]*>", "", said.decode("utf-8", "replace"))).strip()
            if sheet := re.match(r"'?((?:[^'!]|'')+)'?!", named.get(text, text)):
                found.add(sheet[1].replace("''", "'"))
    return found


class _Hidden(NamedTuple):
    """The rows and the columns of a sheet that are not shown, by their ranks from 1."""

    rows: frozenset[int]
    columns: frozenset[int]


class _Style(NamedTuple):
    """How a square is shown."""

    form: str
    bold: bool
    marked: bool
    struck: bool
    indent: int


class _Sheet:
    """A sheet, as its table is made."""

    def __init__(self, sheet: Worksheet, formulas: dict[str, _Formula]) -> None:
        self.sheet = sheet
        self.formulas = formulas
        self.styles: dict[bytes, _Style] = {}
        self.name = tidy(sheet.title)
        self.hidden = self._hidden()
        self.outline = {row: one.outlineLevel for row, one in sheet.row_dimensions.items() if one.outlineLevel}
        self.notes: list[Line] = []
        self.struck: list[str] = []
        self.cells = self._cells()

    def _hidden(self) -> _Hidden:
        rows = (row for row, one in self.sheet.row_dimensions.items() if one.hidden)
        columns = (
            column
            for one in self.sheet.column_dimensions.values()
            if one.hidden
            for column in range(one.min or 1, min(one.max or 1, 16_384) + 1)
        )
        return _Hidden(frozenset(rows), frozenset(columns))

    def _cells(self) -> dict[tuple[int, int], Cell]:
        """The cells that are stored, by row and column; those that are merged at each of their squares."""
        stored: dict[tuple[int, int], Any] = self.sheet._cells  # noqa: SLF001 - what walks the sheet adds cells to it
        made = {at: self._cell(square) for at, square in sorted(stored.items())}
        last_row = max((row for (row, _), cell in made.items() if cell.text), default=0)
        last_column = max((column for (_, column), cell in made.items() if cell.text), default=0)
        kept = {at: cell for at, cell in made.items() if at[0] <= last_row and at[1] <= last_column}
        for merged in self.sheet.merged_cells.ranges:
            cell = made.get((merged.min_row, merged.min_col))
            if cell and (cell.text or cell.marked):
                for row in range(merged.min_row, min(merged.max_row, last_row) + 1):
                    for column in range(merged.min_col, min(merged.max_col, last_column) + 1):
                        kept[row, column] = cell
        return kept

    def _cell(self, square: Any) -> Cell:
        where, style, value = square.coordinate, self._style(square), square.value
        formula = self.formulas.get(where)
        if isinstance(value, datetime) and value.time() == time():
            value = value.date()
        fault = ERROR if square.data_type == "e" else "" if formula is None or formula.has_result else NO_RESULT
        place = f"{self.name}, {where}"
        cell = Cell(
            formula.text if formula and fault == NO_RESULT else shown(value, style.form),
            place,
            bold=style.bold,
            marked=style.marked,
            links=list(_links(square, formula.text if formula else "")),
            value=value,
            formula=formula.text if formula else "",
            fault=fault,
            hidden=square.row in self.hidden.rows or square.column in self.hidden.columns,
            depth=self._depth(square, style),
            comment=self._comment(square, place),
        )
        if style.struck and cell.text:
            self.struck.append(where)
        return cell

    def _style(self, square: Any) -> _Style:
        # Its own array of the ranks of its parts, whose rank among those of the workbook takes longer to find.
        styled = square._style.tobytes()  # noqa: SLF001
        if (found := self.styles.get(styled)) is None:
            font, indent = square.font, square.alignment.indent
            found = _Style(square.number_format, bool(font.b), _coloured(square), bool(font.strike), int(indent or 0))
            self.styles[styled] = found
        return found

    def _depth(self, square: Any, style: _Style) -> int:
        """How far in it is: people also type spaces."""
        typed = isinstance(square.value, str) and square.value.startswith("  ")
        return style.indent + typed + self.outline.get(square.row, 0)

    def _comment(self, square: Any, place: str) -> Line | None:
        if square.comment is None:
            return None
        text = tidy(square.comment.text or "")
        said = _THREAD.search(text)
        line = Line(tidy(said[1] if said else text), f"{place}, commentaire")
        if line.text:
            self.notes.append(line)
        return line if line.text else None

    def table(self, *, choices: bool) -> Table:
        """Its grid, from its first column; of rows without anything that follow each other, one is kept."""
        last_row = max((row for row, _ in self.cells), default=0)
        last_column = max((column for _, column in self.cells), default=0)
        written = {row for (row, _), cell in self.cells.items() if cell.text}
        rows = [row for row in range(1, last_row + 1) if row in written or row - 1 in written]
        if len(rows) * last_column > MOST_SQUARES:
            raise too_large(self.name)
        grid = [[self.cells.get((row, column)) or Cell("", "") for column in range(1, last_column + 1)] for row in rows]
        protected = bool(self.sheet.protection.sheet)
        hidden = self.sheet.sheet_state != "visible"
        return Table(self.name, grid, sheet=True, hidden=hidden, protected=protected, choices=choices)

    def aside(self) -> Iterator[Line]:
        """What stands around its cells, and what its readers do not see."""
        yield from self.notes
        for called, one in (("en-tête", self.sheet.oddHeader), ("pied", self.sheet.oddFooter)):
            for part in (one.left, one.center, one.right) if one else ():
                if said := tidy(re.sub(r"&\[[^]]*]", "", part.text or "")):
                    yield Line(said, f"{self.name}, {called} de page")
        if self.sheet.sheet_state != "visible":
            yield Remark("La feuille est masquée.", self.name)
        written = {at for at, cell in self.cells.items() if cell.text}
        rows, columns = ({at[way] for at in written} for way in (0, 1))
        yield from hidden_parts(self.name, sorted(self.hidden.rows & rows), sorted(self.hidden.columns & columns))
        if self.struck:
            yield Remark(f"Ce qui est barré est lu comme le reste{NBSP}: {places(self.struck)}.", self.name)


def _coloured(square: Any) -> bool:
    """Whether a square has a colour, other than white, of its own."""
    fill = square.fill
    if fill is None or fill.fill_type in (None, "none"):
        return False
    color = fill.fgColor
    white = (color.type == "rgb" and str(color.rgb)[-6:].upper() == "FFFFFF") or (
        color.type == "theme" and color.theme == 0 and not color.tint
    )
    return not white and not (color.type == "indexed" and color.indexed in (1, 9, 64, 65))


def _links(square: Any, formula: str) -> Iterable[str]:
    if square.hyperlink and square.hyperlink.target:
        yield square.hyperlink.target
    if found := re.match(r'(?i)=HYPERLINK\("([^"]+)"', formula):
        yield found[1]


def _boxes(archive: Archive) -> Iterator[Line]:
    """The texts of the shapes that are drawn over the sheets."""
    for part in archive.names(r"xl/drawings/drawing\d+\.xml"):
        for body in archive.xml(part).iter():
            if local(body.tag) == "txBody":
                paragraphs = (one for one in body if local(one.tag) == "p")
                lines = ("".join(t.text or "" for t in one.iter() if local(t.tag) == "t") for one in paragraphs)
                if text := tidy("\n".join(lines)):
                    yield Line(text, "zone de texte")
