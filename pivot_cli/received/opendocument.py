"""A workbook of LibreOffice or Google (`.ods`) → its sheets, a table each, in their order.

python-calamine reads the values, and sees nothing else: merged cells, colours, bold, comments, links, percentages, what
is hidden or protected come from the XML beside. Neither sees conditional colours, pictures nor charts; formulas are not
computed: the result that the program stored is taken, where it stored one.
"""

from __future__ import annotations

import io
import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.finding import PivotError
from pivot_cli.received.archive import Archive, damaged, local, too_large
from pivot_cli.received.cells import EPOCH, Cell, Line, Remark, Source, Table, tidy
from pivot_cli.received.sheets import ERROR, MOST_SQUARES, NO_RESULT, hidden_parts, letters_of, missing, unseen
from pivot_cli.received.shown import shown
from pivot_cli.text import NBSP, clean, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from pivot_cli.received.cells import Value

_FORMS = {"percentage": "0.##%", "currency": '0.00 "$"'}
_OUTSIDE = ("table-source", "dde-source", "database-range-source-sql", "dde-link")
_EMPTY_DAY = re.compile(r"\D*(?:19|20)[0-9]{2}\D*")


def read_opendocument(data: bytes, name: str) -> Source:
    """What a workbook holds; raises PivotError for what cannot be read safely."""
    try:
        archive = Archive(data, name)
        root = _content(archive)
        styles = dict(_styles(root))
        seen = [_Seen(one, archive.name) for one in root.iter() if local(one.tag) == "table" and _is_sheet(one)]
        sheets = [_Sheet(one, values, styles) for one, values in zip(seen, _values(data, archive.name), strict=True)]
        menus = set(re.findall(r"\[\$?'?([^'.\]]+)'?\.", " ".join(_of(one, "condition") for one in root.iter())))
        tables = [sheet.table(choices=sheet.seen.name in menus) for sheet in sheets]
        aside = [line for sheet in sheets for line in sheet.aside()]
        return Source(name, list(tables), [*aside, *unseen(archive)], _epoch(root))
    except (RecursionError, ValueError, KeyError):
        raise damaged(name) from None


def _content(archive: Archive) -> Element:
    shown_name = quoted(clean(archive.name))
    manifest = archive.checked("META-INF/manifest.xml") if "META-INF/manifest.xml" in archive else b""
    if b"encryption-data" in manifest:
        remedy = "Ouvrez-le, enregistrez-en une copie sans mot de passe, puis recommencez."
        raise PivotError(f"{shown_name} est protégé par un mot de passe.", remedy)
    if any(True for _ in archive.names(r"(?:Basic|Scripts)/.*[^/]")):
        remedy = f"Enregistrez-en une copie sans macros, ou sous la forme {quoted('.xlsx')}."
        raise PivotError(f"{shown_name} contient des macros{NBSP}: pivot ne l'ouvre pas.", remedy)
    root = archive.xml("content.xml") if "content.xml" in archive else None
    if root is None or not any(local(one.tag) == "spreadsheet" for one in root.iter()):
        message = f"{shown_name} n'est pas un classeur."
        raise PivotError(message, f"Enregistrez-le dans LibreOffice sous la forme {quoted('.ods')}.")
    for one in root.iter():
        target = _of(one, "href")
        if local(one.tag) in _OUTSIDE or (local(one.tag) != "a" and re.match(r"(?i)[a-z]{2,}:|//|\.\./", target)):
            message = f"{shown_name} contient un lien vers l'extérieur ({quoted(clean(target or local(one.tag)))})."
            remedy = "Rien n'a été ouvert. Dans le document, rompez ce lien, enregistrez, puis recommencez."
            raise PivotError(message, remedy)
    return root


def _epoch(root: Element) -> date:
    """The day 0 of its serial numbers, where it says another than the usual one."""
    said = next((_of(one, "date-value") for one in root.iter() if local(one.tag) == "null-date"), "")
    return date.fromisoformat(said) if said else EPOCH


def _of(element: Element, name: str) -> str:
    """An attribute, whatever its namespace."""
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


def _times(element: Element, name: str) -> int:
    text = _of(element, name)
    return int(text) if text.isdecimal() else 1


def _is_sheet(table: Element) -> bool:
    return _of(table, "is-sub-table") != "true"


def _values(data: bytes, name: str) -> list[list[list[Value]]]:
    """The values of each sheet, from its first row and column."""
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ModuleNotFoundError:
        raise missing("python-calamine") from None
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = (book.get_sheet_by_name(one).to_python(skip_empty_area=False) for one in book.sheet_names)
        return [[[*row] for row in sheet] for sheet in sheets]
    except CalamineError:
        raise damaged(name) from None


class _Style(NamedTuple):
    bold: bool
    marked: bool
    struck: bool
    hidden: bool  # of a sheet


def _styles(root: Element) -> Iterator[tuple[str, _Style]]:
    for one in root.iter():
        if local(one.tag) != "style":
            continue
        parts = list(one)
        color = next((text for part in parts if (text := _of(part, "background-color"))), "transparent")
        yield (
            _of(one, "name"),
            _Style(
                bold=any(_of(part, "font-weight") in ("bold", "700", "800", "900") for part in parts),
                marked=color.lower() not in ("transparent", "#ffffff"),
                struck=any(_of(part, "text-line-through-style") not in ("", "none") for part in parts),
                hidden=any(local(part.tag) == "table-properties" and _of(part, "display") == "false" for part in parts),
            ),
        )


class _Square(NamedTuple):
    """A square that holds something: its element, and how many rows and columns it takes."""

    element: Element
    rows: int
    columns: int


class _Seen:
    """What the XML of a sheet says beside its values; ranks are from 0."""

    def __init__(self, table: Element, source: str) -> None:
        self.name = tidy(_of(table, "name"))
        self.style = _of(table, "style-name")
        self.protected = _of(table, "protected") == "true"
        self.squares: dict[tuple[int, int], _Square] = {}
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self._source = source
        self._row = self._column = self._last = 0
        self._walk(table)

    def _walk(self, of: Element) -> None:
        for one in of:
            kind = local(one.tag)
            if kind == "table-row":
                self._read_row(one)
            elif kind == "table-column":
                times = _times(one, "number-columns-repeated")
                if _of(one, "visibility") in ("collapse", "filter"):
                    self.hidden_columns.update(range(self._column, self._column + min(times, 16_384)))
                self._column += times
            elif re.fullmatch("table-(?:header-)?(?:rows|columns)|table-(?:row|column)-group", kind):
                self._walk(one)

    def _read_row(self, row: Element) -> None:
        times, column = _times(row, "number-rows-repeated"), 0
        for one in row:
            if local(one.tag) not in ("table-cell", "covered-table-cell"):
                continue
            wide = _times(one, "number-columns-repeated")
            if len(one) or _of(one, "value-type"):
                self._last = max(self._last, column + wide)
                if (self._row + times) * self._last > MOST_SQUARES:
                    raise too_large(self._source)
            if len(one) or _of(one, "style-name") or _of(one, "value-type"):
                rows = min(_times(one, "number-rows-spanned"), MOST_SQUARES)
                square = _Square(one, rows, min(_times(one, "number-columns-spanned"), 16_384))
                for y in range(times if times < 10_000 or len(one) else 0):  # styles of empty rows have no end
                    for x in range(wide if wide < 1000 or len(one) else 0):
                        self.squares[self._row + y, column + x] = square
            column += wide
        if _of(row, "visibility") in ("collapse", "filter") and times < MOST_SQUARES:
            self.hidden_rows.update(range(self._row, self._row + times))
        self._row += times


class _Sheet:
    """A sheet, as its table is made."""

    def __init__(self, seen: _Seen, values: list[list[Value]], styles: dict[str, _Style]) -> None:
        self.seen = seen
        self.values = values
        self.styles = styles
        self.notes: list[Line] = []

    def table(self, *, choices: bool) -> Table:
        """Its grid; of rows without anything that follow each other, one is kept."""
        lines = enumerate(self.values)
        grid = [[self._cell(row, column, value) for column, value in enumerate(line)] for row, line in lines]
        for (row, column), square in self.seen.squares.items():
            if square.rows * square.columns > 1 and row < len(grid) and column < len(grid[row]):
                for y in range(row, min(row + square.rows, len(grid))):
                    for x in range(column, min(column + square.columns, len(grid[y]))):
                        grid[y][x] = grid[row][column]
        written = [any(cell.text for cell in line) for line in grid]
        kept = [line for row, line in enumerate(grid) if written[row] or (row and written[row - 1])]
        style = self.styles.get(self.seen.style)
        hidden = bool(style and style.hidden)
        return Table(self.seen.name, kept, sheet=True, hidden=hidden, protected=self.seen.protected, choices=choices)

    def _cell(self, row: int, column: int, value: Value) -> Cell:
        square = self.seen.squares.get((row, column))
        if square is None:
            return Cell("", "")
        element = square.element
        style = self.styles.get(_of(element, "style-name"))
        place = f"{self.seen.name}, {letters_of(column + 1)}{row + 1}"
        formula, kind = _of(element, "formula").removeprefix("of:"), _of(element, "value-type")
        if kind == "float" and formula in ("=TRUE()", "=FALSE()"):
            value = formula == "=TRUE()"
        text = _shown(element, value, kind)
        fault = ERROR if re.fullmatch(r"#(?:[A-Z/0]+[!?]?|N/A)|(?:Err|Erreur)\s?:[0-9]{3}", text) else ""
        fault = NO_RESULT if formula and not kind and not text else fault
        return Cell(
            formula if fault == NO_RESULT else text,
            place,
            bold=bool(style and style.bold),
            marked=bool(style and style.marked),
            links=[_of(one, "href") for one in element.iter() if local(one.tag) == "a" and _of(one, "href")],
            value=value,
            formula=formula,
            fault=fault,
            hidden=row in self.seen.hidden_rows or column in self.seen.hidden_columns,
            comment=self._comment(element, place),
        )

    def _comment(self, element: Element, place: str) -> Line | None:
        note = next((one for one in element if local(one.tag) == "annotation"), None)
        if note is None:
            return None
        text = "\n".join("".join(one.itertext()) for one in note if local(one.tag) in ("p", "list"))
        line = Line(text, f"{place}, commentaire")
        if line.text:
            self.notes.append(line)
        return line if line.text else None

    def aside(self) -> Iterator[Line]:
        """What stands around its cells, and what its readers do not see."""
        yield from self.notes
        style = self.styles.get(self.seen.style)
        if style and style.hidden:
            yield Remark("La feuille est masquée.", self.seen.name)
        cells = ((row, column, one) for row, line in enumerate(self.values) for column, one in enumerate(line))
        written = [(row, column) for row, column, one in cells if one not in ("", None)]
        columns = sorted(self.seen.hidden_columns & {column for _, column in written})
        rows = sorted(self.seen.hidden_rows & {row for row, _ in written})
        yield from hidden_parts(self.seen.name, [row + 1 for row in rows], [column + 1 for column in columns])


def _shown(element: Element, value: Value, kind: str) -> str:
    """What a square shows: its paragraphs, but for days and numbers, which depend on the language of the program."""
    if kind == "date" and isinstance(value, date):
        said = " ".join("".join(one.itertext()) for one in element if local(one.tag) == "p")
        month = "mmm yyyy" if re.search(r"[^\W\d]{3}", said) else "yyyy"
        return shown(value, month if _EMPTY_DAY.fullmatch(said) else "yyyy-mm-dd")
    form = _FORMS.get(kind, "General")
    if kind == "currency" and _of(element, "currency") == "EUR":
        form = form.replace("$", "€")
    return shown(value, form)
