"""A sheet (`suivi/sheets.py`) as a workbook that people fill in: nothing locked, no formula, no macro, no link.

Same sheet, same bytes: no clock, and nothing of the computer that writes it.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ExcelWriter

from pivot_cli.escaping import xml_characters
from pivot_cli.suivi.sheets import NOT_RECORDED, OTHERWISE, STAMP, Sheet
from pivot_cli.system import without_clock
from pivot_cli.text import quoted, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from pivot_cli.suivi.sheets import Column

_LINE = Side(style="thin", color="BFBFBF")
_BORDER = Border(_LINE, _LINE, _LINE, _LINE)
_TOP = Alignment(wrap_text=True, vertical="top")
_TO_FILL, _HEAD, _HEAD_TO_FILL = (PatternFill("solid", fgColor=colour) for colour in ("FFF9DB", "E8ECF0", "FFE58A"))
_FONT, _SIZE = "Calibri", 11
_STYLES = (
    NamedStyle("Donné", Font(_FONT, _SIZE), PatternFill(), _BORDER, _TOP, "@"),
    NamedStyle("À remplir", Font(_FONT, _SIZE), _TO_FILL, _BORDER, _TOP, "@"),  # as text: « mai 2020 » stays so
    NamedStyle("Dollars", Font(_FONT, _SIZE), _TO_FILL, _BORDER, Alignment(vertical="top"), "General"),
    NamedStyle("En-tête", Font(_FONT, _SIZE, bold=True), _HEAD, _BORDER, _TOP),
    NamedStyle("En-tête à remplir", Font(_FONT, _SIZE, bold=True), _HEAD_TO_FILL, _BORDER, _TOP),
    NamedStyle("Consigne", Font(_FONT, 12, bold=True)),
    NamedStyle("Détail", Font(_FONT, _SIZE)),
    NamedStyle("Titre", Font(_FONT, 10, color="595959")),
)  # fmt: skip
_LINE_HEIGHT = 14.5  # points
_FEWEST_LINES = 2  # room to write
_FROZEN = 3  # columns that stay in sight: which action it is


class _Row(RowDimension):
    """A line of that height, which grows with what is typed in it."""

    @property
    def customHeight(self) -> bool:  # noqa: N802 - the name of the format
        """Whether it stays as high whatever is typed."""
        return False


class _Writer(ExcelWriter):
    """Writes pages in memory: openpyxl goes through files of the disk, opened in the encoding of the computer."""

    def write_worksheet(self, ws: Worksheet) -> None:
        """Add a page to the archive."""
        own: dict[str, Any] = vars(ws)
        page = io.BytesIO()
        own["_drawing"] = SpreadsheetDrawing()
        writer = WorksheetWriter(ws, page)
        writer.write()
        own["_rels"] = vars(writer)["_rels"]
        self.manifest.append(ws)
        vars(self)["_archive"].writestr(ws.path[1:], page.getvalue())


def workbook(sheet: Sheet) -> bytes:
    """The bytes of a workbook with that sheet."""
    book = Workbook()
    for style in _STYLES:
        book.add_named_style(style)
    page: Worksheet = book.active  # type: ignore[assignment]
    page.title = sheet.name
    day = datetime(sheet.au.year, sheet.au.month, sheet.au.day)  # noqa: DTZ001 - a day, of no clock
    book.properties.creator, book.properties.title = "", xml_characters(sheet.title)
    book.properties.created = day
    head = _opening(page, sheet)
    last = head + len(sheet.rows)
    _table(page, sheet, head)
    _choices(page, sheet, head)
    _otherwise(page, last + 2)
    _layout(page, sheet, head, last)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        _Writer(book, archive).save()
    return without_clock(made.getvalue(), sheet.au.isoformat())


def _write(page: Worksheet, row: int, column: int, text: str, style: str) -> Cell:
    """A text in a cell, which no spreadsheet takes for a formula or for a number."""
    cell: Cell = page.cell(row, column)  # type: ignore[assignment]
    cell.style = style
    if text:
        cell.value = xml_characters(text)
        cell.data_type = "s"
        if text.startswith(tuple("=+-@")):
            cell.quotePrefix = True
    return cell


def _opening(page: Worksheet, sheet: Sheet) -> int:
    """The lines above the table; the row of its headings."""
    for row, text in enumerate((*sheet.opening, sheet.title), 1):
        _write(page, row, 1, text, "Consigne" if row == 1 else "Titre" if row > len(sheet.opening) else "Détail")
    return len(sheet.opening) + 2


def _style(column: Column) -> str:
    return "Donné" if column.given else "Dollars" if column.key == "depense" else "À remplir"


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a cell; a spreadsheet cuts a word that is too long, as an address is."""
    return sum(max(1, -(-len(line) // width)) for line in wrap(text, width))


def _table(page: Worksheet, sheet: Sheet, head: int) -> None:
    for rank, column in enumerate(sheet.columns, 1):
        _write(page, head, rank, column.heading, "En-tête" if column.given else "En-tête à remplir")
    page.row_dimensions[head] = _Row(page, index=head, ht=2 * _LINE_HEIGHT)
    hidden = len(sheet.columns) + 1
    _write(page, head, hidden, STAMP, "En-tête")
    styles = [_style(column) for column in sheet.columns]
    for number, row in enumerate(sheet.rows, head + 1):
        for rank, (column, style) in enumerate(zip(sheet.columns, styles, strict=True), 1):
            _write(page, number, rank, row.given[column.key] if column.given else "", style)
        _write(page, number, hidden, row.stamp, "Donné")
        told = ((row.given[column.key], column.width) for column in sheet.columns if column.given)
        lines = max(_lines(part, width + width // 8) for text, width in told for part in text.split("\n"))
        page.row_dimensions[number] = _Row(page, index=number, ht=_LINE_HEIGHT * max(lines, _FEWEST_LINES))


def _choices(page: Worksheet, sheet: Sheet, head: int) -> None:
    """What may be chosen or typed in each column, said as one comes into it."""
    if not sheet.rows:
        return
    first, last = head + 1, head + len(sheet.rows)
    for rank, column in enumerate(sheet.columns, 1):
        letter = get_column_letter(rank)
        if column.key == "ref":
            for number, row in enumerate(sheet.rows, first):  # no drop-down: the one value that it may have
                refused = _validation("list", f'"{row.id}"', "La référence", "Elle dit de quelle ligne il s'agit.")
                refused.showDropDown = True
                refused.error = f"Cette case dit de quelle ligne il s'agit. Remettez {quoted(row.id)}."
                refused.add(f"{letter}{number}")
                page.add_data_validation(refused)
        elif column.key in ("avancement", "devenu", "decision"):
            offered: dict[tuple[str, ...], DataValidation] = {}
            for number, row in enumerate(sheet.rows, first):
                if row.choices not in offered:
                    words = ",".join(row.choices)
                    made = _validation("list", f'"{words}"', column.heading, column.hint)
                    made.error = "Choisissez dans la liste. Le reste peut se dire dans une autre colonne."
                    page.add_data_validation(made)
                    offered[row.choices] = made
                offered[row.choices].add(f"{letter}{number}")
        elif not column.given:
            told = _validation(None, None, column.heading, column.hint)
            told.add(f"{letter}{first}:{letter}{last}")
            page.add_data_validation(told)


def _validation(kind: str | None, allowed: str | None, title: str, hint: str) -> DataValidation:
    made = DataValidation(kind, formula1=allowed, allow_blank=True, showErrorMessage=kind is not None)  # type: ignore[arg-type]
    made.promptTitle, made.prompt, made.showInputMessage = title[:32], hint[:255], True
    made.errorTitle = title[:32]
    return made


def _otherwise(page: Worksheet, row: int) -> None:
    _write(page, row, 1, OTHERWISE, "Détail")
    _write(page, row, 3, "", "À remplir")
    _write(page, row, 4, NOT_RECORDED, "Titre")
    page.row_dimensions[row] = _Row(page, index=row, ht=_LINE_HEIGHT * _FEWEST_LINES)


def _layout(page: Worksheet, sheet: Sheet, head: int, last: int) -> None:
    """Widths, what stays in sight, filters; on paper, a letter page wide, its headings on each."""
    for letter, column in _lettered(sheet):
        page.column_dimensions[letter].width = column.width
    hidden = get_column_letter(len(sheet.columns) + 1)
    page.column_dimensions[hidden].hidden = True
    page.freeze_panes = f"{get_column_letter(_FROZEN + 1)}{head + 1}"
    page.auto_filter.ref = f"A{head}:{hidden}{last}"
    page.sheet_view.showGridLines = False
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 1  # letter
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_margins.left = page.page_margins.right = 0.4
    page.page_margins.top = page.page_margins.bottom = 0.7
    page.page_margins.header = page.page_margins.footer = 0.3
    page.print_title_rows = f"{head}:{head}"
    page.HeaderFooter.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart(xml_characters(sheet.title).replace("&", "&&")), right=_HeaderFooterPart("&P de &N")
    )


def _lettered(sheet: Sheet) -> Iterator[tuple[str, Column]]:
    return ((get_column_letter(rank), column) for rank, column in enumerate(sheet.columns, 1))
