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
from pivot_cli.received.cells import Cell, Source, Table
from pivot_cli.text import NBSP, clean, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_BYTES = 20 * 1024 * 1024
"""Of a table: what is larger is no plan."""
_LONGEST_CELL = 1_000_000
_SAMPLE = 400  # lines by which the separator is found
_RULE = re.compile(r"[|:\-=+\s]*-{2,}[|:\-=+\s]*")  # under the headers of a table in Markdown


def read_delimited(data: bytes, name: str) -> Source:
    """The table that a text holds; raises PivotError where it holds none."""
    text = _decoded(data, name)
    rows = _rows(text, name)
    if max(map(len, rows), default=0) < 2:
        message = f"{quoted(clean(name))} ne contient pas de tableau{NBSP}: rien n'y sépare des colonnes."
        remedy = 'Séparez-les par une tabulation, un point-virgule (";") ou une virgule (",").'
        raise PivotError(message, remedy)
    table = [[Cell(text, f"ligne {number}") for text in row] for number, row in enumerate(rows, 1)]
    return Source(name, [Table("tableau", table)], [])


def _decoded(data: bytes, name: str) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    if b"\0" in data:
        raise PivotError(f"{quoted(clean(name))} n'est pas du texte.", "Enregistrez le tableau en CSV.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:  # cp1252 leaves five bytes without a sign
        return data.decode("cp1252", "replace")


def _rows(text: str, name: str) -> list[list[str]]:
    lines = text.split("\n")  # not what only some programs take for the end of a line
    written = [line for line in lines if line.strip()]
    if written and sum(line.lstrip().startswith("|") for line in written) > len(written) / 2:
        return [_piped(line) for line in written if not _RULE.fullmatch(line.strip())]
    csv.field_size_limit(_LONGEST_CELL)
    if named := re.match(r"sep=([;,\t])\r?\n", text):  # as Excel writes it for itself
        return _cut(text[named.end() :], named[1])
    try:
        return _cut(text, _separator(lines[:_SAMPLE]))
    except csv.Error:
        message = f"{quoted(clean(name))} n'est pas un tableau qui se lit."
        raise PivotError(message, "Ouvrez-le dans un tableur, puis enregistrez-le de nouveau en CSV.") from None


def _cut(text: str, sign: str) -> list[list[str]]:
    """The cells of a CSV, without the apostrophe that keeps a spreadsheet from taking one for a formula."""
    return [list(map(csv_text, row)) for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign)]


def _piped(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [part.replace("\\|", "|").strip() for part in re.split(r"(?<!\\)\|", inner)]


def _separator(lines: list[str]) -> str:
    """The sign that cuts the most lines into the same number of cells."""

    def worth(sign: str) -> tuple[int, int]:
        widths = Counter(_widths(csv.reader([f"{line}\n" for line in lines], delimiter=sign)))
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
