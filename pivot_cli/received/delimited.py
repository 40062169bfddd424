"""A table as text, CSV, TSV or pasted, → its cells. UTF-8, with or without mark, UTF-16 or Windows-1252."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING

from pivot_cli.escaping import csv_text
from pivot_cli.finding import PivotError
from pivot_cli.received.cells import Cell, Remark, Source, Table, tidy
from pivot_cli.text import NBSP, clean, fold, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_BYTES = 20 * 1024 * 1024
"""Of a table: what is larger is no plan."""
_LONGEST_CELL = 1_000_000
_SAMPLE = 400  # lines by which the separator is found
_NOT_CLOSED = "un guillemet ouvert n'est jamais fermé, et la ligne est lue sans lui"
_BULLET = re.compile(r"(^|\t)([•·▪●○◦o])\t")  # as Word copies the items of a cell
_RULE = re.compile(r"[|:\-=+\s]*-{2,}[|:\-=+\s]*")  # under the headers of a table in Markdown


def read_delimited(data: bytes, name: str) -> Source:
    """The table that a text holds; raises PivotError where it holds none."""
    rows, open_at = _rows(_decoded(data, name), name)
    if max(map(len, rows), default=0) < 2:
        message = f"{quoted(clean(name))} ne contient pas de tableau{NBSP}: rien n'y sépare des colonnes."
        remedy = 'Séparez-les par une tabulation, un point-virgule (";") ou une virgule (",").'
        raise PivotError(message, remedy)
    table = [[Cell(text, f"ligne {number}") for text in row] for number, row in enumerate(rows, 1)]
    return Source(name, [Table("tableau", table)], [Remark(_NOT_CLOSED, f"ligne {number}") for number in open_at])


def read_column(data: bytes, name: str, heading: str) -> list[str]:
    """What stands under a heading of the first line, where something does; raises PivotError where it is not there.

    A table of one column has no separator: a comma is one of its texts' own.
    """
    text = _decoded(data, name)
    first = text.lstrip("\n").partition("\n")[0]
    rows, _ = _rows(text if re.search(r"[;,\t|]", first) else f"sep=\t\n{text}", name)
    written = [[tidy(cell) for cell in row] for row in rows if any(map(str.strip, row))]
    headings = [fold(cell) for cell in written[0]] if written else []
    if fold(heading) not in headings:
        remedy = f"La première ligne nomme les colonnes{NBSP}: écrivez-y {heading}, puis une ligne par nom."
        raise PivotError(f"{quoted(clean(name))} n'a pas de colonne {quoted(heading)}.", remedy)
    rank = headings.index(fold(heading))
    return [" ".join(row[rank].split()) for row in written[1:] if len(row) > rank and row[rank]]


def _decoded(data: bytes, name: str) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    if b"\0" in data and (order := _order(data)):
        return data.decode(order, "replace")
    if b"\0" in data:
        raise PivotError(f"{quoted(clean(name))} n'est pas du texte.", "Enregistrez le tableau en CSV.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:  # cp1252 leaves five bytes without a sign
        return data.decode("cp1252", "replace")


def _order(data: bytes) -> str:
    """The order of the bytes of a text in UTF-16 without mark, of which one in two is null; nothing for other data."""
    second, first = data[1::2].count(0), data[::2].count(0)
    half = len(data) // 2
    return "utf-16-le" if not first and 2 * second > half else "utf-16-be" if not second and 2 * first > half else ""


def _rows(text: str, name: str) -> tuple[list[list[str]], list[int]]:
    """The rows of a text, and the numbers of those where a quotation mark is never closed."""
    lines = io.StringIO(text, newline="").readlines()
    written = [line.strip() for line in lines if line.strip()]
    if written and sum(line.startswith("|") for line in written) > len(written) / 2:
        return [_piped(line) for line in written if not _RULE.fullmatch(line)], []
    csv.field_size_limit(_LONGEST_CELL)
    if named := re.fullmatch(r"sep=([;,\t])\r?\n?", lines[0] if lines else ""):  # as Excel writes it for itself
        lines, sign = lines[1:], named[1]
    else:
        sign = _separator(lines[:_SAMPLE])
    if sign == "\t":
        lines = [_BULLET.sub(r"\1\2 ", line) for line in lines]
    widths = Counter(_widths(csv.reader(lines[:_SAMPLE], delimiter=sign)))
    width = max(widths, key=lambda one: widths[one], default=0)
    rows: list[list[str]] = []
    open_at: list[int] = []
    at = 0
    try:
        while at < len(lines):
            row, taken, closed = _record(lines, at, sign, width)
            rows.append([*map(csv_text, row)])  # without what keeps a spreadsheet from taking a text for a formula
            open_at += [] if closed else [len(rows)]
            at += taken
    except csv.Error:
        message = f"{quoted(clean(name))} n'est pas un tableau qui se lit."
        raise PivotError(message, "Ouvrez-le dans un tableur, puis enregistrez-le de nouveau en CSV.") from None
    return rows, open_at


def _record(lines: list[str], at: int, sign: str, width: int) -> tuple[list[str], int, bool]:
    """The row that begins on a line, how many lines it takes, and whether its quotation marks are closed. One that is
    not would swallow the rows below: its line is then read by itself, where it has as many cells as the others.
    """

    def read(*, strict: bool) -> tuple[list[str], int]:
        reader = csv.reader((lines[rank] for rank in range(at, len(lines))), delimiter=sign, strict=strict)
        return next(reader), reader.line_num

    if lines[at].count('"') % 2 == 0:
        return *read(strict=False), True
    alone = next(csv.reader([lines[at]], delimiter=sign, quoting=csv.QUOTE_NONE))
    with suppress(csv.Error):
        row, taken = read(strict=True)
        if len(row) == width or len(alone) != width:
            return row, taken, True
    return [cell.removeprefix('"') for cell in alone], 1, False


def _piped(line: str) -> list[str]:
    inner = line.removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [part.replace("\\|", "|").strip() for part in re.split(r"(?<!\\)\|", inner)]


def _separator(lines: list[str]) -> str:
    """The sign that cuts the most lines into the same number of cells."""

    def worth(sign: str) -> tuple[int, int]:
        widths = Counter(_widths(csv.reader(lines, delimiter=sign)))
        if not widths:
            return 0, 0
        width, times = max(widths.items(), key=lambda item: (item[1] * (item[0] - 1), item[0]))
        return times * (width - 1), sum(count for other, count in widths.items() if other > 1)

    return max("\t;,", key=worth)


def _widths(rows: Iterable[list[str]]) -> list[int]:
    found: list[int] = []
    with suppress(csv.Error):
        found = [len(row) for row in rows if any(cell.strip() for cell in row)]
    return [width for width in found if width > 1]
