"""The tables of wordings beside this file, and what a new wording goes into.

- `formulations.tsv`: the forms that `plan/LISEZMOI.md` shows, by family; each family begins with its four best
  examples for a reader, that paper's own.
- `attendues.tsv`: readings written by hand from what the design says, before the parser was asked: whatever people
  write, and a row at least for each phrase of the grammar (test_vocabulaire.py). The place for a new form.
- `refus.tsv`: what is refused, with the words at fault, what is said of them and what is offered instead (a part of
  each sentence).
- `conventions.tsv`: readings that depend on what an organisation sets under `conventions:` or `periode:`.
- `reelles.tsv`: cells of deadlines as they stand in documents that organisations published, whole columns where they
  could be had, each with its kind of document, the reading that was decided before the parser was asked, and of one
  that is refused, why, and what a careful person would have typed.
- `exemples.tsv`: the design's own sample, as it was given; nothing is added to it.

The columns are those of the reading: `type` (« refus »: not read), the first and last days, the RRULE and how many
times in its window.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from pivot_cli.echeance import Conventions, Echeance, Refus, reading

HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table, by column."""
    with (HERE / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def conventions_of(row: dict[str, str]) -> Conventions:
    """« hiver=décembre;debut_exercice=4-1 », as `conventions.tsv` writes it; else the usual ones."""
    values: dict[str, object] = {}
    for part in filter(None, row.get("conventions", "").split(";")):
        name, value = part.split("=")
        if name in ("periode_debut", "periode_fin", "adopte_le"):
            values[name] = date.fromisoformat(value)
        elif name in ("debut_exercice", "automne"):
            first, second = value.split("-")
            values[name] = (int(first), int(second))
        else:
            values[name] = value
    return Conventions()._replace(**values)  # type: ignore[arg-type]


def read_backwards(texte: str, conventions: Conventions) -> Echeance | Refus:
    """How a wording is read when the last form of the grammar is tried first: as ever, if it has one form at most."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "FAMILIES", reading.FAMILIES[::-1])
        return reading.read(texte, conventions)
