"""What is wrong with a page once it is on paper, as a browser prints it, in words that say where to look.

A heading alone at the bottom of a sheet, a row cut in two, a table that goes on without its heads, a sheet without its
number or with two lines, a text too pale for a printer without colours, or wider than the sheet.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

from agenda.components import absent

SIZES = {"letter": (612, 792), "A4": (595, 842)}
"""The sizes of paper, in points."""
_SCRIPT = Path(__file__).with_name("paper.js").read_text(encoding="utf-8")
FEWEST = 3
"""The fewest lines that a sheet may have."""
_MARGINS = 91  # points: the two of a sheet, in style.css


class Printed(NamedTuple):
    """A page on paper: what the script marked in it, the sheet of each anchor (from 1), the text of each sheet."""

    marks: dict[str, Any]
    sheets: dict[str, int]
    texts: list[str]


def printed(browser: Any, text: str, path: Path, size: str = "letter") -> Printed:
    """A page in HTML printed to that PDF, on paper of that size; its last sheets, of links, are left out."""
    absent("pdftotext")
    width, height = SIZES[size]
    page = browser.new_page(viewport={"width": (width - _MARGINS) * 4 // 3, "height": height})
    page.emulate_media(media="print")
    page.set_content(text, wait_until="load")
    page.add_style_tag(content=f"@page {{ size: {size} }}")
    marks = page.evaluate(_SCRIPT)
    page.pdf(path=str(path), prefer_css_page_size=True)
    page.close()
    sheets = sheets_of(path)
    texts = said_by("pdftotext", "-layout", path, "-").split("\f")[: sheets[marks["end"]] - 1]
    return Printed(marks, sheets, texts)


def faults(made: Printed) -> list[str]:
    """What is wrong with a page on paper, one line a fault; nothing where all is well."""
    return [*_alone(made), *_cut(made), *_headless(made), *_sheets(made), *_seen(made)]


def _alone(made: Printed) -> list[str]:
    at = made.sheets
    return [
        f"orphan heading « {said} » at the bottom of sheet {at[end]}"
        for said, end, following in made.marks["headings"]
        if at[following] > at[end]
    ]


def _cut(made: Printed) -> list[str]:
    at = made.sheets
    return [
        f"« {said} » is cut between sheets {at[start]} and {max(at[end] for end in ends)}"
        for said, start, ends in made.marks["whole"]
        if any(at[end] != at[start] for end in ends)
    ]


def _headless(made: Printed) -> list[str]:
    found = []
    for said, heads, first, last in made.marks["tables"]:
        for sheet in range(made.sheets[first] + 1, made.sheets[last] + 1):
            top = " ".join(lines_of(made.texts[sheet - 1])[:5])
            if lacking := [head for head in heads if head[:4] not in top]:
                found.append(f"the table « {said} » goes on without « {lacking[0]} » on sheet {sheet}")
    return found


def _sheets(made: Printed) -> list[str]:
    found = []
    for sheet, text in enumerate(made.texts, 1):
        *lines, number = lines_of(text) or [""]
        if not re.fullmatch(rf"{sheet} ?/ ?\d+", number):
            found.append(f"sheet {sheet} has no number")
        elif len(lines) < FEWEST:
            found.append(f"sheet {sheet} has {len(lines)} lines: « {' / '.join(lines)} »")
    return found


def _seen(made: Printed) -> list[str]:
    wide = [f"« {said} » is wider than the sheet: all of it is printed smaller" for said in made.marks["wide"]]
    return [*wide, *(f"« {said} » is too pale for paper" for said in made.marks["pale"])]


def sheets_of(pdf: Path) -> dict[str, int]:
    """The sheet of each anchor of a PDF, from 1."""
    listed = re.findall(r"^ *(\d+) \[.*\] \"(.*)\"$", said_by("pdfinfo", "-dests", pdf), re.MULTILINE)
    return {name: int(sheet) for sheet, name in listed}


def lines_of(text: str) -> list[str]:
    """The lines of a text in which there is something, single-spaced."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def said_by(program: str, *words: str | Path) -> str:
    """What a program of Poppler writes."""
    return subprocess.run([program, *words], check=True, capture_output=True, timeout=60).stdout.decode("utf-8")
