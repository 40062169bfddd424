"""A document → a plan: what is read of each of its blocks, in order, then what it makes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.intake.apart import apart_from_the_plan, asked_of_apart
from pivot_cli.intake.building import drawn
from pivot_cli.intake.exported import drawn_from_json, drawn_from_table, exported
from pivot_cli.intake.fiches import is_fiche, read_fiche
from pivot_cli.intake.found import without_calls
from pivot_cli.intake.grids import Grids, is_grid
from pivot_cli.intake.headers import heads_of
from pivot_cli.intake.ledger import Ledger
from pivot_cli.intake.opening_lines import opening_of, take_labelled
from pivot_cli.intake.order import in_order
from pivot_cli.intake.organisation import read_organisation
from pivot_cli.intake.outline import read_outline
from pivot_cli.intake.rows import Reading
from pivot_cli.intake.sheets import sorted_out
from pivot_cli.received.cells import EPOCH, Left, Line, Remark, Table
from pivot_cli.text import clean, fold, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pivot_cli.echeance import Conventions
    from pivot_cli.intake.draft import Draft
    from pivot_cli.intake.headers import Heads
    from pivot_cli.intake.sheets import Sheets
    from pivot_cli.received.cells import Piece, Source


_SAID_OTHERWISE = (
    "x oui non vrai faux true false idem ok no yes objectif resultat attendu strategique prioritaire transversal "
    "resp responsable echeance echeancier suite fin partenaire collaborateur "
    "budget cout indicateur"
)
"""Marks, repetitions, and nouns that the name of a file or of a field says."""


class Read(NamedTuple):
    """What a document gives: the plan as it is drawn, and what is left out of it."""

    draft: Draft
    left: list[Left]
    document: Source
    sheets: tuple[str, ...] = ()  # of a workbook, those that hold actions

    def unsaid(self, told: Iterable[str]) -> list[Left]:
        """The texts of which some word is nowhere in what is made and told of the document: none, unless this program
        is at fault. What it lost all the same is told with the rest.
        """
        known = _words(_SAID_OTHERWISE)
        for text in (*told, *(one.texte for one in self.left)):
            known |= _words(text)
        texts = {piece.text for piece in self.document.pieces()}
        lost = {text for text in texts if any(len(word) > 1 and word not in known for word in _words(text))}
        return [
            Left(piece.place, piece.line, "pas repris mot pour mot")
            for piece in self.document.pieces()
            if piece.text in lost and not self._counts_days(piece)
        ]

    def _counts_days(self, piece: Piece) -> bool:
        """Whether it is a number that may be read as a day."""
        return self.document.epoch != EPOCH and isinstance(getattr(piece, "value", None), int | float)


def _words(text: str) -> set[str]:
    """The words of a text, whatever their genders and numbers."""
    return {word.rstrip("es") for word in _WORD.findall(fold(without_calls(text)))}


_WORD = re.compile(r"\w+")


def read_plan(document: Source, conventions: Conventions) -> Read:
    """The plan that a document holds; raises PivotError where it holds no action."""
    ledger = Ledger()
    if document.export is not None:
        return Read(*drawn_from_json(document.export, conventions), document)
    if (table := exported(document)) is not None:
        draft = drawn_from_table(table, ledger, conventions)
        return Read(draft, ledger.left(document), document, (table.name,) if table.sheet else ())
    sheets = sorted_out(document, ledger)
    sheets = sheets._replace(apart=sheets.apart | apart_from_the_plan(sheets.document))
    organisation, tables = read_organisation(sheets.document, ledger)
    take_labelled(sheets.document, organisation, ledger)
    reading = Reading(sheets.document, ledger, sheets.names)
    others = _blocks(reading, tables, sheets)
    reading.asks += asked_of_apart(sheets.document, sheets.apart)
    for table in sheets.document.tables:
        if id(table) in sheets.apart or (table.sheet and id(table) in tables):
            ledger.leave(table.cells(), sheets.apart.get(id(table), f"feuille {quoted(table.name)}, sans action"))
    loose = [found.texts[0].cell for found in reading.loose if reading.found]
    reading.found = reading.found or reading.loose
    ledger.leave([*reading.outside, *loose], "hors des tableaux")
    if not reading.found:
        raise _nothing(document)
    organisation.asks += reading.asks
    organisation.titre = organisation.titre or reading.titre
    organisation.proposed = opening_of(sheets.document)
    draft = drawn(reading, organisation, conventions)
    for _, value in reading.of_all:
        ledger.leave([value.cell], "hors des tableaux")
    grids = Grids(organisation, draft.orientations, ledger)
    summed_up = _summed_up(sheets.document)
    for table in others:
        if id(table) in summed_up or is_grid(table):
            grids.read(table)
        ledger.leave(
            table.cells(), f"feuille {quoted(table.name)}, sans action" if table.sheet else "tableau sans action"
        )
    for line in document.aside:
        ledger.leave([line], line.line.rstrip(".") if isinstance(line, Remark) else "hors du texte")
    return Read(draft, ledger.left(document), document, sheets.read)


def _blocks(reading: Reading, known: set[int], sheets: Sheets) -> list[Table]:
    """Read each block in its turn; the tables that hold no action."""
    others: list[Table] = []
    document = sheets.document
    summed_up = _summed_up(document)
    heads: Heads | None = None
    before: Line | None = None
    tables = (table for table in document.tables if is_fiche(table) or heads_of(table))
    of_actions = frozenset(map(id, tables)) - known - summed_up - sheets.apart.keys()
    blocks, asks = in_order(document.blocks, of_actions)
    reading.asks += asks
    if not of_actions and read_outline(reading, blocks):
        return [table for table in document.tables if id(table) not in known]
    for block in blocks:
        if isinstance(block, Line):
            reading.line(block)
            if block.text:
                before, heads = block, None
            continue
        if id(block) in known or id(block) in sheets.apart:
            continue
        if id(block) in summed_up:
            others.append(block)
            continue
        heads = _sheet(block, reading, sheets) if block.sheet else _table(block, reading, heads, before)
        if heads is None and not is_fiche(block):
            others.append(block)
        before = None
    return others


def _sheet(table: Table, reading: Reading, sheets: Sheets) -> Heads | None:
    """Read a sheet of a workbook, under its name where that is a level, of the period that its name says."""
    if heading := sheets.headings.get(id(table)):
        reading.line(heading)
    already = len(reading.found)
    heads = _table(table, reading, None, None)
    if when := sheets.periods.get(id(table)):
        for found in reading.found[already:]:
            found.reported(when, table.name)
    return heads


def _summed_up(document: Source) -> set[int]:
    """The tables (by identity) that only name levels, in a document where others say what is to be done."""
    firsts = [(table, heads) for table in document.tables if (heads := heads_of(table))]
    if all(heads.levels_only for _, heads in firsts) and not any(map(is_fiche, document.tables)):
        return set()
    return {id(table) for table, heads in firsts if heads.levels_only}


def _table(table: Table, reading: Reading, heads: Heads | None, before: Line | None) -> Heads | None:
    """Read a table; its headers, under which the next table may go on, where it is of actions."""
    if is_fiche(table):
        read_fiche(reading, table, before if before and not reading.ledger.is_known(before) else None)
        return None
    if reading.table(table):
        return reading.understood[-1][1]
    if heads and heads.columns[-1].last + 1 == table.width and not is_grid(table):
        reading.table(table, heads)
        return heads
    return None


def _nothing(document: Source) -> PivotError:
    message = f"aucune action n'est trouvée dans {quoted(clean(document.name))}."
    remedy = (
        "Il faut un tableau dont les colonnes ont des titres : « Action » (ou « Mesure », « Moyen »…), "
        "« Responsable », « Échéance »… Rien n'est écrit."
    )
    return PivotError(message, remedy, ExitCode.UNREADABLE)
