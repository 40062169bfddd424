"""The sheets of a workbook: those that hold actions, and why the others are not read as such.

Other documents have one table after another, all of them of the plan. A workbook also has what serves it: the choices
of its menus, a copy of last year, a dashboard, a budget.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.intake.headers import find_heads
from pivot_cli.intake.roles import Role, role_of
from pivot_cli.intake.titles import ACTIONS, read_title
from pivot_cli.received.cells import Cell, Line, Table
from pivot_cli.text import fold, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pivot_cli.intake.headers import Heads
    from pivot_cli.intake.ledger import Ledger
    from pivot_cli.received.cells import Source

_FIRST_ROWS = 25  # among which the headers of a sheet are
_SAME = 0.75  # of the actions of a sheet, from which it says those of another
_WHO_AND_WHEN = {
    *(Role.RESPONSABLES, Role.COLLABORATEURS, Role.ECHEANCE, Role.DEBUT, Role.FIN, Role.PERIODE, Role.QUI_QUAND),
    *(Role.STATUT, Role.FAITE, Role.INDICATEUR, Role.CIBLE),
}
_COPY = re.compile(
    r".*\b(?:copie|copy|ancien(?:ne)?s?|vieux|vieille|old|archives?|brouillon|sauvegarde|backup)\b.*|.*\([0-9]+\)"
)
_WHEN = re.compile(
    r"(?i)(?:[0-9]{1,2}(?:er)? )?(?:janv(?:ier)?|f[ée]vr?(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|ao[ûu]t|"
    r"sept?(?:embre)?|oct(?:obre)?|nov(?:embre)?|d[ée]c(?:embre)?)\.? (?:19|20)[0-9]{2}"
    r"|(?:19|20)[0-9]{2}(?:-[0-9]{2}){1,2}|[ts][1-4][ -](?:19|20)[0-9]{2}"
    r"|(?:19|20)[0-9]{2}(?: ?[-–] ?(?:(?:19|20)?[0-9]{2}))?"
)
_NO_TITLE = re.compile(
    r"(?:feuil(?:le)?|sheet|onglet|page|tableau|table)? ?[0-9]*|(?:le |notre )?(?:plan|tableau|suivi|bilan|grille)\b.*"
    r"|actions?|mesures?|moyens?|activites?|planification|echeancier|calendrier|liste.*|donnees.*|base|export"
)


class Sheets(NamedTuple):
    """A workbook whose sheets are sorted out; of another document, nothing is changed."""

    document: Source  # without what is no value
    read: tuple[str, ...]  # the names of the sheets of actions
    apart: dict[int, str]  # by the identity of a table, why no action is read there
    headings: dict[int, Line]  # the name of a sheet, where it is that of a level
    periods: dict[int, str]  # what its name says that a sheet reports on
    names: tuple[str, ...]  # of people, among the choices of menus


class _Sheet(NamedTuple):
    table: Table
    heads: Heads | None
    actions: frozenset[str]

    @property
    def roles(self) -> set[Role]:
        return {column.role for column in self.heads.columns} if self.heads else set()

    @property
    def is_low(self) -> bool:
        """Whether the only level that it names is an objectif, and none stands above its headers."""
        levels = [column.noun for column in self.heads.columns if column.role is Role.NIVEAU] if self.heads else []
        rows = range(min(len(self.table.rows), _FIRST_ROWS))
        above = takewhile(lambda row: not find_heads(self.table, row), rows)
        titles = (read_title(span.cell.line).noun for row in above for span in self.table.written(row))
        return levels == ["objectif"] and not any(titles)

    def says(self, other: _Sheet) -> bool:
        """Whether it says the same actions as another."""
        fewest = min(len(self.actions), len(other.actions))
        return bool(fewest) and len(self.actions & other.actions) >= _SAME * fewest


def sorted_out(document: Source, ledger: Ledger) -> Sheets:
    """What each sheet is. The cells in fault are left out, and told."""
    if not any(table.sheet for table in document.tables):
        return Sheets(document, (), {}, {}, {}, ())
    for table in document.tables:
        for cell in table.cells():
            if cell.fault:
                ledger.leave([cell], cell.fault)
    blocks = [_without_faults(one) if isinstance(one, Table) else one for one in document.blocks]
    sheets = [_seen(one) for one in blocks if isinstance(one, Table)]
    acting = [one for one in sheets if _acts(one)]
    shown = [one for one in acting if not one.table.hidden and not one.table.choices] or acting
    apart = {id(one.table): why for one in sheets if (why := _not_read(one, acting, shown))}
    kept, periods = _compared(shown, apart)
    headings = dict(_headings(kept)) if len(kept) > 1 and not periods else {}
    names = [name for one in sheets if one.table.choices for name in _people_in(one.table)]
    read = tuple(one.table.name for one in sheets if one in kept)
    return Sheets(document._replace(blocks=blocks), read, apart, headings, periods, tuple(names))


def _not_read(sheet: _Sheet, acting: Sequence[_Sheet], shown: Sequence[_Sheet]) -> str:
    """Why no action is read in a sheet, by itself; nothing where some may be."""
    if sheet in shown:
        return ""
    if sheet.table.choices:
        return f"choix des menus, feuille {quoted(sheet.table.name)}"
    if sheet in acting:
        return f"feuille masquée {quoted(sheet.table.name)}"
    levels = sheet.heads is not None and sheet.heads.levels_only
    return f"feuille {quoted(sheet.table.name)}, sans action" if sheet.heads and acting and not levels else ""


def _compared(shown: Sequence[_Sheet], apart: dict[int, str]) -> tuple[list[_Sheet], dict[int, str]]:
    """The sheets whose actions are read, and the period that each reports on; those that repeat another go `apart`."""
    kept: list[_Sheet] = []
    said = {id(one.table): when[0] for one in shown if (when := _WHEN.search(one.table.name))}
    for one in sorted(shown, key=lambda one: _COPY.fullmatch(fold(one.table.name)) is not None):
        same = next((other for other in kept if one.says(other)), None)
        if same is None or said.keys() >= {id(one.table), id(same.table)}:
            kept.append(one)
        else:
            repeated = f"qui répète les actions de {quoted(same.table.name)}"
            apart[id(one.table)] = f"feuille {quoted(one.table.name)}, {repeated}"
    reports = len(kept) > 1 and all(id(one.table) in said for one in kept)
    return kept, said if reports else {}


def _without_faults(table: Table) -> Table:
    if not any(cell.fault for cell in table.cells()):
        return table
    empty = {
        id(cell): Cell("", cell.place, fault=cell.fault, formula=cell.text) for cell in table.cells() if cell.fault
    }
    rows = [[empty.get(id(cell), cell) for cell in row] for row in table.rows]
    return Table(table.name, rows, sheet=True, hidden=table.hidden, protected=table.protected, choices=table.choices)


def _seen(table: Table) -> _Sheet:
    for row in range(min(len(table.rows), _FIRST_ROWS)):
        if heads := find_heads(table, row):
            at = [column.first for column in heads.columns if column.role is Role.ACTION]
            below = table.rows[row + heads.rows :]
            texts = {fold(line[column].text) for line in below for column in at} - {""}
            return _Sheet(table, heads, frozenset(texts))
    return _Sheet(table, None, frozenset())


def _acts(sheet: _Sheet) -> bool:
    """Whether a sheet says what is to be done: actions, and who, when or where they stand."""
    timed = bool(sheet.roles & _WHO_AND_WHEN) or (sheet.heads is not None and bool(sheet.heads.in_periods))
    return Role.ACTION in sheet.roles and bool(sheet.actions) and timed


def _headings(kept: Iterable[_Sheet]) -> Iterator[tuple[int, Line]]:
    """« Axe 2 - Les familles » or « Communications », in a workbook that has a sheet for each."""
    names = [one.table.name for one in kept]
    for one in kept:
        titre = read_title(one.table.name, loose=True)
        named = titre.noun is not None and titre.noun not in ACTIONS
        leveled = Role.NIVEAU in one.roles and not (one.is_low and all(map(_is_title, names)))
        if (named or not leveled) and not _NO_TITLE.fullmatch(fold(one.table.name)):
            yield id(one.table), Line(one.table.name, f"feuille {quoted(one.table.name)}", depth=1)


def _is_title(name: str) -> bool:
    """Whether the name of a sheet seems the title of a level: « Milieu de vie »."""
    return not re.search("[0-9]", name) and not _NO_TITLE.fullmatch(fold(name))


def _people_in(table: Table) -> Iterator[str]:
    """The names that a column of choices holds."""
    for at, top in enumerate(table.rows[0] if table.rows else ()):
        role = role_of(top.line)
        if role and role[0] in (Role.RESPONSABLES, Role.COLLABORATEURS):
            yield from (row[at].line for row in table.rows[1:] if row[at].text)
