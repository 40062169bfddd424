"""What a document says outside its tables of actions: mission, values, vision, diagnosis, the list of its enjeux."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pivot_cli.intake.draft import EnjeuDraft, Organisation
from pivot_cli.intake.headers import find_heads
from pivot_cli.intake.titles import plan_in, read_title
from pivot_cli.intake.values import lines_of
from pivot_cli.received.cells import Line, Table
from pivot_cli.text import NBSP, capitalized, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pivot_cli.intake.ledger import Ledger
    from pivot_cli.received.cells import Piece, Source

_HEADS = {
    "mission": r"(?:notre |la |sa )?(?:mission|raison d'etre)(?: de l'organis.*| du .*)?",
    "vision": r"(?:notre |la |sa )?vision(?: .{0,40})?",
    "valeurs": r"(?:nos |les |ses )?valeurs?(?: .{0,40})?",
    "presentation": r"(?:(?:l'|notre )(?:organisme|organisation)\b.{0,60}|(?:presentation|portrait|historique|contexte)"
    r"(?: (?:de |du |et )?(?:l'|la )?(?:organis|territoire|milieu|corporation|municipalite|historique).{0,40})?"
    r"|qui sommes[- ]nous.{0,3}|a propos.{0,30})",
    "forces": r"(?:nos |les )?(?:forces?|points? forts?|acquis|atouts?)(?: .{0,30})?",
    "points_amelioration": r"(?:nos |les )?(?:points? (?:d'|a )amelior.*|faiblesses?|points? faibles?|limites?|"
    r"a ameliorer|defis internes)(?: .{0,30})?",
    "contraintes": r"(?:les )?(?:contraintes?|menaces?|obstacles?|risques?)(?: .{0,30})?",
    "opportunites": r"(?:les )?(?:opportunites?|occasions?|possibilites?)(?: .{0,30})?",
    "enjeux": r"(?:nos |les |principaux )*(?:grands |principaux )?enjeux(?: .{0,40})?",
}
"""What heads each part, as headings are compared."""
_LISTS = ("forces", "points_amelioration", "contraintes", "opportunites")
_LONGEST_HEADING = 70


def head_of(text: str) -> str | None:
    """The part that a heading begins, « Points d'amélioration »; None for another text."""
    said = re.sub(r"^[0-9ivx]+[.)]\s*", "", fold(text)).strip(": .")
    if not said or len(said) > _LONGEST_HEADING:
        return None
    return next((name for name, pattern in _HEADS.items() if re.fullmatch(pattern, said)), None)


def read_organisation(document: Source, ledger: Ledger) -> tuple[Organisation, set[int]]:
    """What is said of the organisation, and the tables (by identity) in which it is."""
    organisation, tables = Organisation(), set()
    reader = _Reader(organisation, ledger)
    for block in document.blocks:
        if isinstance(block, Table):
            reader.part = None
            if reader.table(block):
                tables.add(id(block))
        elif block.text:
            reader.line(block)
    return organisation, tables


class _Reader:
    def __init__(self, organisation: Organisation, ledger: Ledger) -> None:
        self.organisation = organisation
        self.ledger = ledger
        self.part: str | None = None
        self.heading: Line | None = None

    # --- paragraphs ----------------------------------------------------------------------------------

    def line(self, line: Line) -> None:
        """A heading that begins a part, or what is in the part that is open."""
        inline = re.match(r"([^:]{4,40}?)\s*:\s+(\S.*)", line.line)
        if inline and head_of(inline[1]) in ("mission", "vision") and not line.item:
            self.ledger.use(line)
            self._text(head_of(inline[1]) or "", inline[2])
            self.part = None
            return
        heading = line.depth is not None or line.bold or line.text.rstrip().endswith(":")
        part = head_of(line.text)
        if part and (
            heading or (part == "presentation" and len(line.line) < _LONGEST_HEADING and not line.text.endswith("."))
        ):
            self.part, self.heading = part, line
            return
        titre = read_title(line.text)
        if line.depth is not None or (line.bold and self.part != "enjeux") or (titre.noun and titre.noun != "enjeu"):
            self._title(line)
            self.part = None
        elif self.part:
            self._in_part(line)

    def _title(self, line: Line) -> None:
        if self.organisation.titre is None and line.depth in (0, 1) and (plan := plan_in(line.line)):
            self.organisation.titre = capitalized(plan)
            self.ledger.use(line, plan)
            self.ledger.leave([line], "hors des tableaux")

    def _in_part(self, line: Line) -> None:
        if self.part == "enjeux" and not self._enjeu(line):
            return
        self.ledger.use(line)
        if self.heading:
            self.ledger.use(self.heading)
            self._told_apart(self.part or "", self.heading.line)
            self.heading = None
        if self.part in ("mission", "vision", "presentation"):
            self._text(self.part, " ".join(line.text.split()))
        elif self.part == "valeurs":
            self.organisation.valeurs += lines_of(line.text)
        elif self.part in _LISTS:
            self.organisation.diagnostic.setdefault(self.part, []).extend(lines_of(line.text))

    def _told_apart(self, part: str, heading: str) -> None:
        """Keep in a comment a heading that the field does not say (« L'organisme et sa clientèle », « Menaces »)."""
        if fold(heading).strip(": ") not in (part, part.rstrip("s"), "points d'amelioration"):
            self.organisation.comment(f"Sous «{NBSP}{heading}{NBSP}»{NBSP}: {part}.")

    def _text(self, part: str, text: str) -> None:
        was = getattr(self.organisation, part)
        setattr(self.organisation, part, f"{was}\n\n{text}" if was else text)

    def _enjeu(self, line: Line) -> bool:
        """One of the list of enjeux: « 1 : Faire connaître… », « Enjeu 2 – … », an item."""
        titre = read_title(line.text)
        if titre.noun not in (None, "enjeu") or not (titre.number or line.item) or not titre.titre:
            return False
        taken = [enjeu.numero for enjeu in self.organisation.enjeux]
        number = int(titre.number or 0) if (titre.number or "").isdecimal() else max(taken, default=0) + 1
        if number in taken:
            return False
        self.organisation.enjeux.append(EnjeuDraft(number, re.sub(r"^•\s*", "", titre.titre)))
        return True

    # --- tables --------------------------------------------------------------------------------------

    def table(self, table: Table) -> bool:
        """A table of such parts: « Mission | Valeurs | Vision », « Forces | Points d'amélioration »; else False."""
        if not table.rows or any(find_heads(table, row) for row in range(min(3, len(table.rows)))):
            return False
        return self._in_columns(table) or self._beside(table) or self._in_cells(table)

    def _in_columns(self, table: Table) -> bool:
        """Parts under their headings, on one row or on several (a diagnosis in four squares)."""
        heads: dict[int, str] = {}
        taken = False
        for row in range(len(table.rows)):
            written = table.written(row)
            parts = [head_of(span.cell.line) for span in written]
            if written and all(parts) and (len(parts) > 1 or table.width == 1):
                heads = {
                    at: part or ""
                    for span, part in zip(written, parts, strict=True)
                    for at in range(span.first, span.last + 1)
                }
                self._use_heads([span.cell for span in written], parts)
                taken = True
            elif not heads and (row or len(written) > 1):
                return False
            elif heads:
                for span in written:
                    self._cell(heads.get(span.first), span.cell)
        return taken

    def _use_heads(self, cells: Sequence[Piece], parts: Sequence[str | None]) -> None:
        for cell, part in zip(cells, parts, strict=True):
            self.ledger.use(cell)
            self._told_apart(part or "", cell.line)

    def _beside(self, table: Table) -> bool:
        """Each part at the right of its heading."""
        rows = [table.written(row) for row in range(len(table.rows)) if table.written(row)]
        if not rows or not all(len(row) == 2 and head_of(row[0].cell.line) for row in rows):
            return False
        for label, text in rows:
            self._use_heads([label.cell], [head_of(label.cell.line)])
            self._cell(head_of(label.cell.line), text.cell)
        return True

    def _in_cells(self, table: Table) -> bool:
        """Each part in a cell whose first line is its heading."""
        cells = list(table.cells())
        parts = [head_of(cell.text.split("\n")[0]) for cell in cells]
        if len(cells) < 2 or not all(part and "\n" in cell.text for part, cell in zip(parts, cells, strict=True)):
            return False
        for part, cell in zip(parts, cells, strict=True):
            heading, _, rest = cell.text.partition("\n")
            self._told_apart(part or "", heading)
            self._cell(part, cell, rest)
        return True

    def _cell(self, part: str | None, cell: Piece, text: str | None = None) -> None:
        said = cell.text if text is None else text
        if part is None or part == "enjeux":
            for item in lines_of(said) if part else ():
                self.organisation.enjeux.append(EnjeuDraft(len(self.organisation.enjeux) + 1, item))
        elif part in _LISTS:
            self.organisation.diagnostic.setdefault(part, []).extend(lines_of(said))
        elif part == "valeurs":
            self.organisation.valeurs += lines_of(said) if "\n" in said else _values(said)
        else:
            self._text(part, " ".join(said.split()))
        if part is None:
            self.ledger.leave([cell], "hors des colonnes")
        else:
            self.ledger.use(cell)


def _values(text: str) -> list[str]:
    """« Respect, entraide, partage » is three values; a sentence is one."""
    parts = [part.strip() for part in re.split(r"[,;]", text.rstrip("."))]
    return parts if len(parts) > 1 and all(len(part.split()) <= 3 for part in parts) else [" ".join(text.split())]
