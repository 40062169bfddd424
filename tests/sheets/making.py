"""Sheets as they are sent, read by another reader than ours, and as people fill them in."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import warnings
from collections.abc import Iterable
from pathlib import Path

import openpyxl
from agenda.components import absent
from living import RECORDED
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from support import ROOT, SHIPPED, pivot

HERE = Path(__file__).parent
LIVING, ADOPTED, FLAT = RECORDED, SHIPPED, ROOT / "tests" / "autres" / "petit" / "plan"


def folder_with(plan: Path, folder: Path) -> Path:
    """A folder in which a copy of the plan is."""
    shutil.copytree(plan, folder / "plan")
    return folder


def sent(folder: Path, *words: str, name: str = "suivi.xlsx") -> Path:
    """A sheet of the plan in that folder, as these words ask for it."""
    done = pivot("list", *words, "-o", name, cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / name


def opened(file: Path) -> tuple[Workbook, Worksheet]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(file)
    return book, book.worksheets[0]


def headings(page: Worksheet) -> tuple[int, dict[str, int]]:
    """The row of the headings, and the column of each."""
    row = next(row for row in range(1, 20) if page.cell(row, 1).value == "Réf.")
    return row, {str(page.cell(row, column).value): column for column in range(1, page.max_column + 1)}


def rows_of(page: Worksheet) -> dict[str, int]:
    """The row of each action."""
    head, _ = headings(page)
    found = ((str(page.cell(row, 1).value), row) for row in range(head + 1, page.max_row + 1))
    return {id_: row for id_, row in found if "." in id_ and " " not in id_}


def fill(page: Worksheet, said: Iterable[tuple[str, str, object]]) -> None:
    """Type values, each in the row of an action and under a heading; « Autre chose à dire? » where there is no id."""
    _, columns = headings(page)
    rows = rows_of(page)
    for id_, heading, value in said:
        row = rows[id_] if id_ else next(r for r in range(1, page.max_row + 1) if page.cell(r, 1).value == heading)
        page.cell(row, columns[heading] if id_ else 3).value = value  # type: ignore[assignment]


def as_csv(page: Worksheet, separator: str = ";", encoding: str = "utf-8-sig") -> bytes:
    """The page as spreadsheets write it in CSV, its hidden column included."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    for row in page.iter_rows(values_only=True):
        writer.writerow(["" if value is None else value for value in row])
    return out.getvalue().encode(encoding)


def dump(file: Path) -> str:
    """All that a person, or a spreadsheet, makes of a sheet, as lines that can be read over."""
    book, page = opened(file)
    head, _ = headings(page)
    lines = [f"classeur : {', '.join(one.title for one in book.worksheets)}", f"titre : {book.properties.title}"]
    lines += [f"figé : {page.freeze_panes}; filtres : {page.auto_filter.ref}; répété : {page.print_title_rows}"]
    setup = page.page_setup
    lines += [f"page : {setup.orientation}, papier {setup.paperSize}, {setup.fitToWidth} de large"]
    lines += ["", "COLONNES"]
    for letter, column in sorted(page.column_dimensions.items(), key=lambda one: (len(one[0]), one[0])):
        cell = page[f"{letter}{head}"]
        hidden = ", cachée" if column.hidden else f", {column.width:g} de large"
        below = page[f"{letter}{head + 1}"]
        fill_ = below.fill.fgColor.rgb if below.fill.fill_type else "sans couleur"
        wrapped = "renvoi à la ligne" if below.alignment.wrap_text else "sur une ligne"
        lines.append(f"{letter} {cell.value}{hidden}, {fill_}, {below.number_format}, {wrapped}")
    lines += ["", "LISTES ET CONSIGNES"]
    for told in page.data_validations.dataValidation:
        lines.append(f"{told.sqref} : {told.formula1 or '—'} | {told.prompt} | {told.error or ''}".rstrip(" |"))
    lines += ["", "CASES"]
    for row in page.iter_rows():
        for cell in row:
            if cell.value is not None:
                lines.append(f"{cell.coordinate} [{cell.data_type}] {cell.value!s}")
    return "\n".join(lines).replace("\n ", "\n") + "\n"


def convert(file: Path, ending: str, folder: Path) -> Path:
    """The file as LibreOffice saves it, in that folder; skipped where there is none, unless every test is asked for."""
    absent("soffice")
    profile = f"-env:UserInstallation={(file.parent / 'profil').as_uri()}"
    words = ["soffice", profile, "--headless", "--convert-to", ending, "--outdir", str(folder), str(file)]
    subprocess.run(words, check=True, capture_output=True, timeout=180)
    return folder / f"{file.stem}.{ending}"
