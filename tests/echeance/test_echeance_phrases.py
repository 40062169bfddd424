"""Every phrase of the grammar changes a reading that a table of wordings expects: none is there for nothing."""

from __future__ import annotations

import importlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from echeance.tables import conventions_of, rows
from pace import one_in

from pivot_cli import echeance
from pivot_cli.echeance import Conventions
from pivot_cli.echeance.lexer import Cursor
from pivot_cli.echeance.reading import read
from pivot_cli.echeance.words import Phrases

Sequence = tuple[str, ...]
Wording = tuple[str, Conventions]
ROWS: list[Wording] = [
    (row["texte"], conventions_of(row))
    for name in ("exemples.tsv", "formulations.tsv", "attendues.tsv", "conventions.tsv", "refus.tsv")
    for row in rows(name)
]


def tables() -> Iterator[tuple[str, Phrases]]:
    """The tables of phrases of the package, each with where it stands, those inside a tuple included."""
    for path in sorted(Path(echeance.__file__).parent.glob("[!_]*.py")):
        module = importlib.import_module(f"pivot_cli.echeance.{path.stem}")
        for name, value in vars(module).items():
            if isinstance(value, Phrases):
                yield f"{path.stem}.{name}", value
            elif isinstance(value, dict):
                for key, one in value.items():
                    if isinstance(one, Phrases):
                        yield f"{path.stem}.{name}, {key}", one


TABLES = dict(tables())


def phrases(table: Phrases) -> dict[Sequence, list[Sequence]]:
    """Each phrase of a table, and the sequences of tokens it is matched as: in « de », « des » too."""
    kept = {sequence for entries in table.firsts.values() for sequence, _ in entries}
    forms: dict[Sequence, list[Sequence]] = {}
    for sequence in sorted(kept):
        plain = (*sequence[:-1], "de")
        forms.setdefault(plain if sequence[-1] == "des" and plain in kept else sequence, []).append(sequence)
    return forms


@pytest.fixture(scope="module")
def matched() -> dict[tuple[Phrases, Sequence], list[Wording]]:
    """The rows that each phrase is found in while they are read, in their order."""
    found: dict[tuple[Phrases, Sequence], list[Wording]] = defaultdict(list)
    match = Cursor.match

    def noted(self: Cursor, table: Phrases) -> tuple[str, int] | None:
        one = match(self, table)
        if one is not None:
            place = found[table, tuple(token.text for token in self.tokens[self.position : one[1]])]
            if row not in place:
                place.append(row)
        return one

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Cursor, "match", noted)
        for row in ROWS:
            read(*row)
    return found


def changes(table: Phrases, sequences: list[Sequence], row: Wording) -> bool:
    """Whether a row is read otherwise, or refused in other words, by a table without these sequences."""
    expected, first = read(*row), sequences[0][0]
    entries = table.firsts[first]
    table.firsts[first] = [entry for entry in entries if entry[0] not in sequences]
    try:
        return read(*row) != expected
    finally:
        table.firsts[first] = entries


@pytest.mark.parametrize("name", one_in(3, TABLES))
def test_each_phrase_decides_how_a_row_is_read(
    name: str, matched: dict[tuple[Phrases, Sequence], list[Wording]]
) -> None:
    """A new phrase needs a row that it alone can read: in `attendues.tsv`, or in `refus.tsv` if it is refused."""
    table = TABLES[name]
    idle = [
        " ".join(phrase)
        for phrase, sequences in phrases(table).items()
        if not any(changes(table, sequences, row) for one in sequences for row in matched[table, one])
    ]
    assert not idle, f"{name}: no row needs {idle}"


def test_the_tables_of_phrases_are_all_looked_at() -> None:
    assert len(TABLES) >= 25
    assert sum(len(phrases(table)) for table in TABLES.values()) >= 600
