"""What the Word templates that the program ships are made of: lines that say what to lay out, and what lays them out.

A line is a paragraph or, below « % tableau » and the widths of its columns in centimetres, a row: « ¦ » parts its
cells, the last one spans what is left; « > » begins one whose text is at the right. « % » opens a tag, or a table, that
ends with the lines indented below it; « = » stands for one of the parts, about something. « [gris] » is one of the
looks; what stands between two asterisks is in bold; « ~ » is a space where no line breaks.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from textwrap import indent
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from pivot_cli.system import without_clock
from pivot_cli.text import NBSP

_GREY = RGBColor(0x56, 0x60, 0x6B)
_LOOKS = {  # whether it is bold, whether grey, and its size in points where it is not that of the text
    "entete": (True, True, 9),
    "colonnes": (True, True, 9),
    "gris": (False, True, 0),
    "gris-lie": (False, True, 0),
    "point": (False, False, 10),
    "sous-point": (False, False, 10),
    "petit": (False, True, 9),
    "annonce": (False, True, 9),
    "commande": (False, False, 9),
    "total": (True, False, 0),
}
_HEADINGS = {"titre": 1, "section": 2, "partie": 2, "dossier": 3}  # « section » begins a page
_RULED = ("filet", "ligne", "total", "point", "sous-point")
_TITLES = {"point": 2, "sous-point": 3}  # rows whose second cell is a heading
_KEPT = ("filet", "ligne", "point", "sous-point", "lie", "gris-lie", "colonnes")  # with what comes next
_RULE = f'<w:tcBorders {nsdecls("w")}><w:top w:val="single" w:sz="4" w:color="D8D2C4"/></w:tcBorders>'


def _lines(text: str, parts: Mapping[str, str]) -> Iterator[str]:
    """The lines of a text with its parts in their place."""
    for line in text.splitlines():
        found = re.fullmatch(r"(.*)= (\w+) ([\w.]+)(.*)", line)
        if not found:
            yield line
            continue
        before, name, about, after = found.groups()
        part = parts[name].replace("UN", about)
        yield from [f"{before}{part}{after}"] if before.strip() else _lines(indent(part, before), parts)


def _closed(lines: Iterable[str]) -> Iterator[str]:
    """The lines without their indentation, and what it closes."""
    opened: list[tuple[int, str]] = []
    for line in (*lines, ""):
        said = line.lstrip()
        while opened and len(line) - len(said) <= opened[-1][0]:
            yield f"% end{opened.pop()[1]}"
        if said.startswith("% "):
            opened.append((len(line) - len(said), said.split()[1]))
        yield said


def _lay_out(document: Any, text: str, parts: Mapping[str, str]) -> None:
    """Each line as a paragraph, or as a row of the table that is open."""
    table: Any = None
    for line in filter(None, _closed(_lines(text, parts))):
        tag, look, said = re.fullmatch(r"(% )?(?:\[([\w-]+)\])?(.*)", line.replace("~", NBSP)).groups()  # type: ignore[union-attr]
        if tag and "tableau" in said:
            table = None if said == "endtableau" else _table(document, [float(width) for width in said.split()[1:]])
        elif table is not None:
            _row(table, look, [f"{{%tr {said} %}}"] if tag else said.split("¦"))
        elif tag or look == "uni":
            document.add_paragraph(f"{{%p {said} %}}" if tag else said)
        elif look in _HEADINGS:
            heading = document.add_heading(said, level=_HEADINGS[look])
            heading.paragraph_format.page_break_before = look == "section" or None
        elif look == "puce":
            _write(document.add_paragraph(style="List Bullet"), look, said)
        else:
            paragraph = _write(document.add_paragraph(), look, said)
            if look == "annonce":
                paragraph.paragraph_format.keep_with_next = True
            elif look == "commande":
                paragraph.runs[0].font.name = "Courier New"


def _table(document: Any, widths: list[float]) -> Any:
    table = document.add_table(rows=0, cols=len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    return table


def _row(table: Any, look: str, texts: list[str]) -> None:
    row = table.add_row()
    for cell, column in zip(row.cells, table.columns, strict=True):
        cell.width = column.width
    cells = list(row.cells[: len(texts)])
    if len(texts) < len(row.cells):
        cells[-1] = cells[-1].merge(row.cells[-1])
    for cell, text in zip(cells, texts, strict=True):
        _write(cell.paragraphs[0], look, text.removeprefix(">"))
        if text.startswith(">"):
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for mark in ("w:cantSplit", "w:tblHeader") if look == "entete" else ("w:cantSplit",):
        row._tr.get_or_add_trPr().append(OxmlElement(mark))  # noqa: SLF001 - python-docx has no name for it
    for cell in row.cells:
        if look in _RULED:
            cell._tc.get_or_add_tcPr().append(parse_xml(_RULE))  # noqa: SLF001
        if look in _KEPT:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    if look in _TITLES:
        title = cells[1].paragraphs[0]
        title.style = f"Heading {_TITLES[look]}"
        title.paragraph_format.space_before = title.paragraph_format.space_after = Pt(0)


def _write(paragraph: Any, look: str, text: str) -> Any:
    bold, grey, size = _LOOKS.get(look, (False, False, 0))
    for rank, part in enumerate(text.split("**")):
        if part:
            run = paragraph.add_run(part)
            run.bold = bold or rank % 2 == 1
            if grey:
                run.font.color.rgb = _GREY
            if size:
                run.font.size = Pt(size)
    return paragraph


_Size = tuple[int, float, float, float]
_WIDE: tuple[_Size, ...] = ((1, 20, 8, 4), (2, 13, 8, 4), (3, 11, 5, 1))
_DENSE: tuple[_Size, ...] = ((1, 20, 8, 4), (2, 12, 5, 1), (3, 10, 3, 0))
"""Of each level of headings: its size, and what is before and after it, in points."""


def _style(document: Any, *, dense: bool) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.59), Cm(27.94)
    section.left_margin = section.right_margin = Cm(1.9)
    section.top_margin, section.bottom_margin = (Cm(1.9), Cm(1.4)) if dense else (Cm(2.2), Cm(1.6))
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(9.5 if dense else 10)
    normal.paragraph_format.space_after = Pt(2)
    for level, size, before, after in _DENSE if dense else _WIDE:
        heading = document.styles[f"Heading {level}"]
        heading.font.size, heading.font.color.rgb = Pt(size), RGBColor(0x1E, 0x28, 0x32)
        heading.paragraph_format.space_before = Pt(before)
        heading.paragraph_format.space_after = Pt(after)
        heading.paragraph_format.line_spacing = 1
    bullets = document.styles["List Bullet"].paragraph_format
    bullets.space_after, bullets.line_spacing, bullets.left_indent = Pt(0 if dense else 1), 1, Cm(0.5)
    bullets.first_line_indent = Cm(-0.5)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "fr-CA")
    properties = document.core_properties
    properties.author = "{{ entete.organisme }}"
    properties.comments, properties.language = "", "fr-CA"


def _number(paragraph: Any) -> None:
    """« 1 / 4 » at the right: fields that Word and LibreOffice fill."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for text, field in (("", "PAGE"), (f"{NBSP}/{NBSP}", "NUMPAGES")):
        _write(paragraph, "petit", text)
        run = f'<w:r {nsdecls("w")}><w:rPr><w:sz w:val="18"/></w:rPr><w:t>1</w:t></w:r>'
        said = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" {field} ">{run}</w:fldSimple>')
        paragraph._p.append(said)  # noqa: SLF001


def made_of(
    text: str, parts: Mapping[str, str], title: str = "{{ entete.titre }} – {{ entete.au }}", *, dense: bool = False
) -> bytes:
    """The template that these lines lay out, the same bytes each time; `title` is that of the file's properties; what
    is long is `dense`, to take fewer pages.
    """
    document = Document()
    _style(document, dense=dense)
    document.core_properties.title = title
    section = document.sections[0]
    _write(section.header.paragraphs[0], "", "**{{ entete.organisme }}**")
    _number(section.footer.paragraphs[0])
    _lay_out(document, text, parts)
    made = io.BytesIO()
    document.save(made)
    return without_clock(made.getvalue())
