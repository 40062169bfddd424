"""What is wrong with Word documents once LibreOffice has laid them out, in words that say where to look.

A heading alone at the bottom of a sheet, a row cut in two, a table that goes on without its heads, an hour on two
lines, a sheet without its number or with two lines, an annex that begins anywhere; and what a screen reader needs.
"""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from agenda.components import absent
from docx import Document
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from documents.paper import FEWEST, lines_of, said_by, sheets_of

FONTS = {"Calibri": "", "LibreOffice": "<string>Carlito</string>"}
"""The fonts of a layout, by name: what fontconfig is then to leave out. Carlito has the widths of Calibri."""
_REJECTED = (
    '<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><selectfont><rejectfont><pattern>'
    '<patelt name="family">{}</patelt></pattern></rejectfont></selectfont></fontconfig>'
)
_AS_PDF = 'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'
_HOUR = re.compile(r"\b\d{1,2}\s?h(?:\s?\d{1,2})?\b")
_NB = "\N{NO-BREAK SPACE}"


class Paragraph(NamedTuple):
    """A paragraph: its text, its level where it is a heading (else 9), its row if it has one, the anchor of its end."""

    text: str
    level: int
    row: Any
    end: str


class Row(NamedTuple):
    """A row of a table: its text, the anchors of its first and last words in each cell, whether it is a head."""

    text: str
    starts: list[str]
    ends: list[str]
    head: bool


class Marked(NamedTuple):
    """What is to be looked at in a document, in order; and what is known of it before it is laid out."""

    paragraphs: list[Paragraph]
    tables: list[list[Row]]
    told: list[str]


def faults(documents: Mapping[str, Path], folder: Path, fonts: str) -> dict[str, list[str]]:
    """What is wrong with each document, by its name, laid out with these fonts in one run of LibreOffice."""
    absent("soffice")
    absent("pdftotext")
    marked = {name: _mark(path, folder / f"{name}.docx") for name, path in documents.items()}
    settings = folder / "fonts.conf"
    settings.write_text(_REJECTED.format(FONTS[fonts]) if FONTS[fonts] else _REJECTED.format("<string/>"), "utf-8")
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    files = [str(folder / f"{name}.docx") for name in documents]
    words = ["env", f"FONTCONFIG_FILE={settings}", "soffice", profile, "--headless", "--convert-to", _AS_PDF]
    subprocess.run([*words, "--outdir", str(folder), *files], check=True, capture_output=True, timeout=300)
    return {name: _faults(one, folder / f"{name}.pdf") for name, one in marked.items()}


def _faults(marked: Marked, pdf: Path) -> list[str]:
    at, texts = sheets_of(pdf), said_by("pdftotext", "-layout", pdf, "-").split("\f")[:-1]
    return [*marked.told, *_headings(marked, at), *_rows(marked, at, texts), *_sheets(texts), *_hours(marked, texts)]


def _headings(marked: Marked, at: dict[str, int]) -> Iterator[str]:
    for rank, heading in enumerate(marked.paragraphs):
        if heading.level == 9:
            continue
        after = (one for one in marked.paragraphs[rank + 1 :] if one.row is None or one.row is not heading.row)
        following = next((one for one in after if one.level <= heading.level or one.level == 9), None)
        sheet = at[heading.end]
        if following and following.level == 9 and at[following.end] > sheet:
            yield f"orphan heading « {heading.text} » at the bottom of sheet {sheet}"
        if heading.text.startswith("Annexe") and rank and at[marked.paragraphs[rank - 1].end] == sheet:
            yield f"« {heading.text} » begins in the middle of sheet {sheet}"


def _rows(marked: Marked, at: dict[str, int], texts: list[str]) -> Iterator[str]:
    for rows in marked.tables:
        for row in rows:
            sheets = {at[name] for name in (*row.starts, *row.ends)}
            if len(sheets) > 1:
                yield f"« {row.text} » is cut between sheets {min(sheets)} and {max(sheets)}"
        heads = [row.text for row in rows if row.head]
        first, last = (at[rows[end].ends[-1]] for end in (0, -1))
        for sheet in range(first + 1, last + 1):
            top = " ".join(lines_of(texts[sheet - 1])[:5])
            if not heads or not all(word[:4] in top for word in heads[0].split()):
                yield f"the table « {rows[0].text} » goes on without its heads on sheet {sheet}"


def _sheets(texts: list[str]) -> Iterator[str]:
    for sheet, text in enumerate(texts, 1):
        lines = lines_of(text)
        numbers = [line for line in lines if re.search(rf"(?:^|\s){sheet}\s?(?:/|de|sur)\s?{len(texts)}$", line)]
        if not numbers:
            yield f"sheet {sheet} has no number"
        if len(lines) - len(numbers) < FEWEST:
            yield f"sheet {sheet} has {len(lines) - len(numbers)} lines: « {' / '.join(lines)} »"


def _hours(marked: Marked, texts: list[str]) -> Iterator[str]:
    """Hours that may be cut at an ordinary space, and those that were."""
    written = Counter(found for one in marked.paragraphs for found in _HOUR.findall(one.text))
    yield from (f"« {hour} » may be cut at its space" for hour in written if " " in hour)
    shown = Counter(found.replace(" ", _NB) for text in texts for found in _HOUR.findall(text))
    for hour, times in written.items():
        if shown[hour.replace(" ", _NB)] < times:
            yield f"« {hour} » is on two lines"


# --- before it is laid out --------------------------------------------------------------------------------


def _mark(path: Path, copy: Path) -> Marked:
    """The same document with an anchor at both ends of each paragraph, written to `copy`."""
    document = Document(str(path))
    styles = {style.style_id: style.name or "" for style in document.styles}
    paragraphs: list[Paragraph] = []
    names: dict[Any, tuple[str, str]] = {}
    for rank, element in enumerate(document.element.body.iter(qn("w:p"))):
        if not (text := _text(element)):
            continue
        names[element] = (f"debut{rank}", f"fin{rank}")
        for name, first in zip(names[element], (True, False), strict=True):
            _anchor(element, name, 9000 + 2 * rank + first, first=first)
        style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        level = re.fullmatch(r"[Hh]eading (\d)", styles.get(style.get(qn("w:val")), "") if style is not None else "")
        row = next(element.iterancestors(qn("w:tr")), None)
        paragraphs.append(Paragraph(text, int(level[1]) if level else 9, row, names[element][1]))
    tables = [
        [_row(row, names) for row in table.iterchildren(qn("w:tr")) if _text(row)]
        for table in document.element.body.iter(qn("w:tbl"))
    ]
    document.save(str(copy))
    return Marked(paragraphs, list(filter(None, tables)), list(_unsaid(document, paragraphs)))


def _text(element: Any) -> str:
    return "".join(part.text or "" for part in element.iter(qn("w:t"))).strip()


def _anchor(paragraph: Any, name: str, number: int, *, first: bool) -> None:
    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        mark = OxmlElement(tag)
        mark.set(qn("w:id"), str(number))
        if tag == "w:bookmarkStart":
            mark.set(qn("w:name"), name)
        run = paragraph.find(qn("w:r"))
        if first and run is not None:
            run.addprevious(mark)
        else:
            paragraph.append(mark)


def _row(row: Any, names: dict[Any, tuple[str, str]]) -> Row:
    cells = [[names[one] for one in cell.iter(qn("w:p")) if one in names] for cell in row.iterchildren(qn("w:tc"))]
    said = [cell for cell in cells if cell]
    heads = row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    text = " ".join(_text(cell) for cell in row.iterchildren(qn("w:tc")))
    return Row(" ".join(text.split())[:60], [cell[0][0] for cell in said], [cell[-1][1] for cell in said], heads)


def _unsaid(document: Any, paragraphs: list[Paragraph]) -> Iterator[str]:
    """What a screen reader is not told."""
    if not document.core_properties.title:
        yield "the document has no title"
    language = document.styles.element.find(f".//{qn('w:lang')}")
    if language is None or language.get(qn("w:val")) != "fr-CA":
        yield "the document is not said to be in French of Québec"
    if all(one.level == 9 for one in paragraphs):
        yield "the document has no heading"
