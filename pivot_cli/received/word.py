"""A Word document (`.docx`) → its paragraphs and tables.

It is read from its XML: what a library of documents passes over (text that was inserted under revision, content
controls, text boxes, notes, automatic numbers) is seen; what was deleted under revision is not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.finding import PivotError
from pivot_cli.received.archive import Archive, local, too_large
from pivot_cli.received.cells import Cell, Line, Remark, Source, Table, tidy
from pivot_cli.received.numbering import Lists
from pivot_cli.text import clean, fold, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_GONE = ("del", "moveFrom", "Fallback", "instrText", "delText", "pPr", "rPr", "sdtPr", "tbl", "rt")
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}
_TICKS = {"F0FC": "✓", "F0FE": "☒", "F052": "☑", "F050": "✓", "F0FB": "✗", "F0A8": "☐", "F06F": "☐", "F0A3": "☐"}
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NOTES = (
    ("header", "en-tête de page"),
    ("footer", "pied de page"),
    ("footnotes", "note de bas de page"),
    ("endnotes", "note de fin"),
    ("comments", "commentaire"),
)


def child(of: Element | None, *path: str) -> Element | None:
    """The first element inside another that these names lead to."""
    for name in path:
        of = next((one for one in of if local(one.tag) == name), None) if of is not None else None
    return of


def value(of: Element | None, name: str = "val") -> str | None:
    """An attribute, whatever its namespace."""
    return None if of is None else next((text for key, text in of.attrib.items() if local(key) == name), None)


def _on(of: Element | None) -> bool:
    return of is not None and value(of) not in ("0", "false", "off", "none")


class _Style(NamedTuple):
    name: str
    based_on: str | None
    depth: int | None
    bold: bool | None
    lists: tuple[str | None, str | None]  # its list, and its level there


class _Word:
    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.body = self._main()
        self.folder = self.main.rpartition("/")[0] + "/"
        self.styles = dict(self._styles())
        numbering = self.folder + "numbering.xml"
        self.lists = Lists(archive.xml(numbering) if numbering in archive else None)
        self.links = self._links()
        self.boxes: list[Line] = []
        self.blocks: list[Line | Table] = []
        self.number = 0

    def _main(self) -> Element:
        self.main = "word/document.xml"
        if "_rels/.rels" in self.archive:
            for one in self.archive.xml("_rels/.rels"):
                if (one.get("Type") or "").endswith("/officeDocument"):
                    self.main = (one.get("Target") or self.main).lstrip("/")
        root = self.archive.xml(self.main) if self.main in self.archive else None
        body = child(root, "body")
        if body is None:
            message = f"{quoted(clean(self.archive.name))} n'est pas un document Word."
            raise PivotError(message, f"Enregistrez-le dans Word sous la forme {quoted('.docx')}.")
        return body

    def _styles(self) -> Iterator[tuple[str, _Style]]:
        name = self.folder + "styles.xml"
        for one in self.archive.xml(name) if name in self.archive else ():
            if local(one.tag) == "style" and (ident := value(one, "styleId")):
                called = fold(value(child(one, "name")) or "")
                bold = child(one, "rPr", "b")
                level = value(child(one, "pPr", "outlineLvl"))
                named = re.fullmatch(r"(?:heading|titre) ([1-9])", called)
                depth = 0 if called in ("title", "titre") else int(named[1]) if named else None
                if depth is None and level and level.isdecimal() and int(level) < 9:
                    depth = int(level) + 1
                num = child(one, "pPr", "numPr")
                lists = value(child(num, "numId")), value(child(num, "ilvl"))
                yield (
                    ident,
                    _Style(called, value(child(one, "basedOn")), depth, None if bold is None else _on(bold), lists),
                )

    def _style(self, ident: str | None) -> _Style:
        """A style with what it takes from those that it is based on."""
        name, depth, bold = "", None, None
        lists: tuple[str | None, str | None] = (None, None)
        for step in range(20):
            if ident is None or (own := self.styles.get(ident)) is None:
                break
            name = own.name if step == 0 else name
            depth = own.depth if depth is None else depth
            bold = own.bold if bold is None else bold
            lists = own.lists if lists[0] is None else lists
            ident = own.based_on
        return _Style(name, None, depth, bold, lists)

    def _links(self) -> dict[str, str]:
        name = f"{self.folder}_rels/{self.main.rpartition('/')[2]}.rels"
        if name not in self.archive:
            return {}
        rels = self.archive.xml(name)
        return {one.get("Id", ""): one.get("Target", "") for one in rels if one.get("Type", "").endswith("/hyperlink")}

    # --- texts ---------------------------------------------------------------------------------------

    def _runs(self, of: Element, links: list[str] | None = None) -> Iterator[tuple[str, bool | None]]:
        """The texts inside an element, and whether each is bold by itself."""
        for one in of:
            name = local(one.tag)
            if name in _GONE:
                continue
            if name == "txbxContent":
                self.boxes += [Line(self.paragraph(p).text, "zone de texte") for p in one.iter() if local(p.tag) == "p"]
            elif name == "r":
                bold = child(one, "rPr", "b")
                yield "".join(self._signs(one)), None if bold is None else _on(bold)
                yield from self._runs(one, links)
            elif name not in ("t", *_SIGNS, "sym"):
                target = self.links.get(value(one, "id") or "") if name == "hyperlink" else None
                if target and links is not None:
                    links.append(target)
                yield from self._runs(one, links)

    @staticmethod
    def _signs(run: Element) -> Iterator[str]:
        raised = value(child(run, "rPr", "vertAlign")) == "superscript"
        for one in run:
            name = local(one.tag)
            if name == "t":
                yield (one.text or "").translate(_RAISED) if raised else one.text or ""
            elif name == "sym":
                yield _TICKS.get((value(one, "char") or "").upper(), "•")
            else:
                yield _SIGNS.get(name, "")

    def paragraph(self, of: Element, links: list[str] | None = None) -> Line:
        """A paragraph with the number or the bullet that Word puts before it."""
        runs = list(self._runs(of, links))
        settings = child(of, "pPr")
        style = self._style(value(child(settings, "pStyle")))
        own = child(settings, "numPr")
        ident, level = value(child(own, "numId")), value(child(own, "ilvl"))
        ident = style.lists[0] if ident is None else ident
        level = (style.lists[1] if level is None else level) or "0"
        text = "".join(text for text, _ in runs)
        mark = self.lists.mark(ident, level) if ident not in (None, "0") else ""
        if mark == "•" and not text.strip():
            mark = ""
        outline = value(child(settings, "outlineLvl"))
        depth = int(outline) + 1 if outline and outline.isdecimal() and int(outline) < 9 else style.depth
        weights = [style.bold if bold is None else bold for text, bold in runs if text.strip()]
        item = bool(mark) or (style.name.startswith(("list", "liste")) and "paragraph" not in style.name)
        said = f"{mark} {text}" if mark else text
        return Line(said, "", bold=bool(weights) and all(weights), depth=depth, item=item)

    # --- blocks --------------------------------------------------------------------------------------

    def read(self) -> list[Line | Table]:
        """Every block of the body, those of a table that only lays out a page included."""
        self._blocks(self.body)
        return self.blocks

    def _blocks(self, of: Element) -> None:
        for one in of:
            name = local(one.tag)
            if name == "p":
                self.number += 1
                line = self.paragraph(one)
                line.place = f"paragraphe {self.number}"
                self.blocks.append(line)
                self._flush_boxes()
            elif name == "tbl":
                self._table(one)
            elif name not in _GONE and name not in ("sectPr", "sdtPr"):
                self._blocks(one)

    def _flush_boxes(self) -> None:
        self.blocks += [line for line in self.boxes if line.text]
        self.boxes.clear()

    def _table(self, of: Element) -> None:
        rows = [row for row in _inside(of, "tr") if child(row, "trPr", "del") is None]
        cells = [cell for row in rows for cell in _inside(row, "tc")]
        if len(cells) == 1 and child(cells[0], "tbl") is not None:  # it lays out a page
            self._blocks(cells[0])
            return
        name = f"tableau {1 + sum(isinstance(block, Table) for block in self.blocks)}"
        table = Table(name, list(self._rows(rows, name)))
        self.blocks.append(table)
        self._flush_boxes()

    def _rows(self, rows: list[Element], name: str) -> Iterator[list[Cell]]:
        above: list[Cell] = []
        for number, row in enumerate(rows, 1):
            before = int(value(child(row, "trPr", "gridBefore")) or 0)
            made = [Cell("", "") for _ in range(min(before, 200))]
            for one in _inside(row, "tc"):
                span = min(int(value(child(one, "tcPr", "gridSpan")) or 1), 200)
                merged = child(one, "tcPr", "vMerge")
                wide = value(child(one, "tcPr", "hMerge"))
                goes_on = merged is not None and value(merged) != "restart" and len(above) > len(made)
                if child(one, "tcPr", "hMerge") is not None and wide != "restart" and made:
                    cell = made[-1]
                elif goes_on:
                    cell = above[len(made)]
                else:
                    cell = self._cell(one, f"{name}, ligne {number}")
                made += [cell] * span
            above = made
            yield made

    def _cell(self, of: Element, place: str) -> Cell:
        links: list[str] = []
        lines = [line for line in self._lines(of, links) if line.text]
        text = "\n".join(line.text for line in lines)
        fill = value(child(of, "tcPr", "shd"), "fill") or "auto"
        return Cell(
            text,
            place,
            bold=bool(lines) and all(line.bold for line in lines),
            marked=fill.lower() not in ("auto", "ffffff"),
            links=links,
        )

    def _lines(self, of: Element, links: list[str]) -> Iterator[Line]:
        """The paragraphs of a cell; of a table inside it, each row on a line."""
        for one in of:
            name = local(one.tag)
            if name == "p":
                yield self.paragraph(one, links)
                yield from self.boxes
                self.boxes.clear()
            elif name == "tbl":
                for row in _inside(one, "tr"):
                    texts = [" ".join(line.text for line in self._lines(cell, links)) for cell in _inside(row, "tc")]
                    yield Line(" | ".join(filter(None, map(tidy, texts))), "")
            elif name not in _GONE and name != "tcPr":
                yield from self._lines(one, links)

    def aside(self) -> Iterator[Line]:
        """What stands outside the body, each text once."""
        seen: set[str] = set()
        for part, called in _NOTES:
            for name in self.archive.names(rf"{re.escape(self.folder)}{part}[0-9]*\.xml"):
                for one in self.archive.xml(name).iter():
                    if local(one.tag) == "p" and (text := self.paragraph(one).text) and text not in seen:
                        seen.add(text)
                        yield Line(text, called)
        yield from self._unseen()

    def _unseen(self) -> Iterator[Line]:
        """What a reader of the page does not see, in a line each."""
        everything = list(self.body.iter())
        deleted = (local(one.tag) == "delText" or child(one, "trPr", "del") is not None for one in everything)
        if any(deleted):
            yield Remark("ce qui est supprimé sous révision n'est pas lu", "révisions")
        hidden = (one for one in everything if local(one.tag) == "r" and _on(child(one, "rPr", "vanish")))
        if any("".join(self._signs(one)).strip() for one in hidden):
            yield Remark("le texte masqué est lu comme le reste", "texte masqué")


def _inside(of: Element, name: str) -> Iterator[Element]:
    """The rows of a table, the cells of a row: those of content controls and of insertions too."""
    for one in of:
        if local(one.tag) == name:
            yield one
        elif local(one.tag) in ("sdt", "sdtContent", "ins", "customXml", "smartTag", "moveTo"):
            yield from _inside(one, name)


def read_word(data: bytes, name: str) -> Source:
    """What a Word document holds; raises PivotError for what cannot be read safely."""
    try:
        word = _Word(Archive(data, name))
        return Source(name, word.read(), list(word.aside()))
    except (RecursionError, ValueError):
        raise too_large(name) from None
