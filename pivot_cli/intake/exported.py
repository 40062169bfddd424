"""What `pivot export` and `pivot list` wrote → the plan again, as far as they say it: no reading of headers, no guess.

The rest (the organisation, the nouns of the levels, who is responsible) is elsewhere; what pivot computes is left
out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pivot_cli.echeance import Refus, parse_date
from pivot_cli.intake.draft import ActionDraft, Ask, Draft, NodeDraft, Organisation
from pivot_cli.intake.people import Qui
from pivot_cli.intake.wordings import as_date, is_read
from pivot_cli.plan.nouns import Niveaux
from pivot_cli.text import NBSP, quoted

if TYPE_CHECKING:
    from pivot_cli.echeance import Conventions
    from pivot_cli.intake.ledger import Ledger
    from pivot_cli.received.cells import Cell, Source, Table

_ALWAYS = {"id", "orientation", "titre_orientation", "numero", "description", "responsables", "echeance", "etat"}
_TEXTS = ("reference", "titre_court", "porteur", "statut", "motif", "resolution", "decision", "resultat", "recurrence")
_DAYS = ("statut_le", "realisee_le")
_LISTS = ("etapes", "depend_de", "liens")
_BUDGET = ("prevu", "reel", "source", "precision")
_READ = {
    *(*_ALWAYS - {"id", "etat"}, *_TEXTS, *_DAYS, *_LISTS, *(f"budget_{key}" for key in _BUDGET)),
    *("volet", "titre_volet", "objectif", "titre_objectif", "collaborateurs", "realisations"),
    *("suivi", "indicateurs", "echeances_precedentes"),
}
_GUARD = re.compile("((?:^|[;,])[\\s\"]*)'(?=[=+\\-@＝＋－＠])")  # what a CSV puts before the sign of a formula
_BETWEEN = " + "  # the items of a list


def exported(document: Source) -> Table | None:
    """The table of an export, where a document is one."""
    tables = [table for table in document.tables if table.rows]
    return next((one for one in tables if {cell.line for cell in one.rows[0]} >= _ALWAYS), None)


class _Row:
    """An action of an export, by the names of its columns."""

    def __init__(self, names: list[str], cells: list[Cell], ledger: Ledger) -> None:
        self.cells = dict(zip(names, cells, strict=True))
        self.place = next((cell.place for cell in cells if cell.text), "")
        for name, cell in self.cells.items():
            if name in _READ:
                ledger.use(cell)
            else:
                ledger.leave([cell], "calculé par pivot")

    def text(self, name: str) -> str:
        """What a column says, without the guard of a CSV."""
        cell = self.cells.get(name)
        return _GUARD.sub(r"\1", cell.line) if cell else ""

    def items(self, name: str) -> list[str]:
        """The items of a list."""
        return [one for one in self.text(name).split(_BETWEEN) if one]

    def number(self, name: str) -> int:
        """A number of a level, 0 where there is none."""
        said = self.text(name).removesuffix(".0")
        return int(said) if said.isdecimal() else 0


def drawn_from_export(table: Table, ledger: Ledger, conventions: Conventions) -> Draft:
    """The plan that an export says."""
    names = [cell.line for cell in table.rows[0]]
    ledger.leave(table.rows[0], "en-têtes")
    rows = [_Row(names, cells, ledger) for cells in table.rows[1:] if any(cell.text for cell in cells)]
    orientations: list[NodeDraft] = []
    for row in rows:
        node = _level(orientations, "orientation", row, row.number("orientation"), "")
        if row.text("volet"):
            node = _level(node.children, "volet", row, 0, row.text("volet"))
        if row.text("objectif"):
            node = _level(node.children, "objectif", row, row.number("objectif"), "")
        node.actions.append(_action(row, conventions))
    orientations.sort(key=lambda node: node.numero)
    named = (code for row in rows for key in ("responsables", "porteur", "collaborateurs") for code in row.items(key))
    people = [Qui(code, code, ()) for code in dict.fromkeys(named)]
    understood = [(table.name, name, "telle quelle") for name in names if name in _READ]
    return Draft(Organisation(), Niveaux(), orientations, people, [], [], understood)


def _level(siblings: list[NodeDraft], level: str, row: _Row, number: int, code: str) -> NodeDraft:
    found = next((one for one in siblings if (one.numero, one.code) == (number, code)), None)
    if found is None:
        found = NodeDraft(level, row.text(f"titre_{level}"), None, row.place)
        found.numero, found.code = number, code
        siblings.append(found)
    return found


def _action(row: _Row, conventions: Conventions) -> ActionDraft:
    action = ActionDraft(row.text("description"), None, row.place)
    action.numero = row.number("numero")
    action.reference = row.text("reference") or None
    action.responsables, action.collaborateurs = row.items("responsables"), row.items("collaborateurs")
    when = row.text("echeance")
    if when and is_read(when, conventions):
        action.echeance = when
    elif when:
        action.asks.append(Ask(quoted(when), row.place, f"L'échéance {quoted(when)} n'est pas lue."))
    fields = action.fields
    fields |= {key: row.text(key) for key in _TEXTS[1:] if row.text(key)}
    fields |= {key: row.items(key) for key in _LISTS if row.items(key)}
    for key in _DAYS:
        _dated(action, key, row)
    days = row.items("realisations")
    fields |= {"realisations": days} if days else {}
    budget = {key: row.text(f"budget_{key}") for key in _BUDGET}
    fields |= {"budget": {key: text for key, text in budget.items() if text}} if any(budget.values()) else {}
    records = {
        "suivi": [_note(one) for one in row.items("suivi")],
        "indicateurs": [_measure(one) for one in row.items("indicateurs")],
        "echeances_precedentes": [_earlier(one, conventions) for one in row.items("echeances_precedentes")],
    }
    fields |= {key: found for key, found in records.items() if found}
    return action


def _dated(action: ActionDraft, key: str, row: _Row) -> None:
    if (day := as_date(row.text(key))) and not isinstance(parse_date(day), Refus):
        action.fields[key] = day
    elif day:
        action.comment(f"{key}{NBSP}: {day}")


def _note(text: str) -> dict[str, str]:
    """« La note, 2024-03-31, CA »: what was noted, when, by whom."""
    found = re.fullmatch(r"(?s)(.*), ([0-9]{4}(?:-[0-9]{2}){0,2})(?:, ([^,]+))?", text)
    note = {"date": found[2], "note": found[1]} if found else {"note": text}
    return note | ({"par": found[3]} if found and found[3] else {})


def _measure(text: str) -> dict[str, str]:
    """« Jeux publiés, 100, 62 »: what is measured, the target, what was reached."""
    found = re.fullmatch(r"(.*?)(?:, ([0-9][^,]*(?:,[0-9][^,]*)?))(?:, ([0-9][^,]*(?:,[0-9][^,]*)?))?", text)
    values = zip(("libelle", "cible", "atteint"), found.groups() if found else (text,), strict=False)
    return {key: value for key, value in values if value}


def _earlier(text: str, conventions: Conventions) -> dict[str, str]:
    """« Juin 2023, Faute de fonds, 2023-05-02, CA-12 »: an échéance, why and when it moved, by which resolution."""
    parts = text.split(", ")
    first = next((n for n in range(len(parts), 0, -1) if is_read(", ".join(parts[:n]), conventions)), 1)
    made, rest = {"echeance": ", ".join(parts[:first])}, parts[first:]
    at = next((n for n, one in enumerate(rest) if re.fullmatch(r"[0-9]{4}(?:-[0-9]{2}){0,2}", one)), len(rest))
    found = {
        "motif": ", ".join(rest[:at]),
        "decide_le": "".join(rest[at : at + 1]),
        "resolution": ", ".join(rest[at + 1 :]),
    }
    return made | {key: value for key, value in found.items() if value}
