"""Every phrase of vocabulaire.txt changes how a wording of the tables is read: none is there for nothing."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from echeance.tables import conventions_of, rows
from pace import few, one_in

import pivot_cli
from pivot_cli import echeance
from pivot_cli.echeance import Conventions
from pivot_cli.text import fold

VOCABULARY = Path(echeance.__file__).with_name("vocabulaire.txt")
TABLES = dict(re.findall(r"(?m)^([A-Z_]+)\n((?:  .+\n?)+)", VOCABULARY.read_text(encoding="utf-8")))
# Words that the phrases of other tables hold too: what they do is in the wordings of those.
LISTS = {"APRES_ARTICLE", "DE_TEMPS", "MOTS_OUTILS", "SUGGESTIONS"}
Row = tuple[str, Conventions]
ROWS: list[Row] = [
    (row["texte"], conventions_of(row))
    for name in ("exemples.tsv", "formulations.tsv", "attendues.tsv", "conventions.tsv", "refus.tsv")
    for row in rows(name)
]


def phrases(table: str) -> list[str]:
    """The phrases of a table as they are written."""
    entries = re.sub(r"(?m)^.+ = ", "|", table).replace("\n", " ").split("|")
    return [entry.strip() for entry in entries if entry.strip()]


def without(table: str, phrase: str) -> str:
    """A table less a phrase; less the whole line where it is alone in it."""
    entry = rf"(?<=[=|\n ]) *{re.escape(phrase)} *(?=\||\n|$)"
    lines = re.sub(rf"{entry}\|?", "", table, count=1)
    return "".join(f"{line}\n" for line in lines.split("\n") if line.strip(" |") and not line.endswith(" ="))


@contextmanager
def reading(vocabulary: str) -> Iterator[Callable[[str, Conventions], object]]:
    """How the program reads a wording, while it has this vocabulary."""
    read_text = Path.read_text

    def written(path: Path, encoding: str | None = None) -> str:
        return vocabulary if path == VOCABULARY else read_text(path, encoding)

    ours = {name: module for name, module in sys.modules.items() if name.startswith(echeance.__name__)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pivot_cli, "echeance", echeance)  # put back, as the modules are
        patch.setattr(Path, "read_text", written)
        for name in ours:
            del sys.modules[name]
        try:
            yield importlib.import_module(echeance.__name__).parse
        finally:
            for name in [name for name in sys.modules if name.startswith(echeance.__name__)]:
                del sys.modules[name]
            sys.modules.update(ours)


@pytest.fixture(scope="module")
def readings() -> dict[Row, str]:
    """How each row is read with the vocabulary as it is."""
    return {row: str(echeance.parse(*row)) for row in ROWS}


def holding(phrase: str) -> list[Row]:
    """The rows that may hold a phrase: they have the beginning of its longest word, however it is joined to others."""
    longest = max(re.findall(r"\w+|[^\w\s]", fold(phrase)), key=len)
    return [row for row in ROWS if longest[:5] in fold(row[0])]


@pytest.mark.parametrize("name", one_in(16, [name for name in TABLES if name not in LISTS]))
def test_each_phrase_decides_how_a_row_is_read(name: str, readings: dict[Row, str]) -> None:
    """A new phrase needs a row that it alone can read: in `attendues.tsv`, or in `refus.tsv` if it is refused."""
    text = VOCABULARY.read_text(encoding="utf-8")
    table = TABLES[name]

    def changes(phrase: str) -> bool:
        less = without(table, phrase)
        assert less != table, phrase
        with reading(text.replace(f"{name}\n{table}", f"{name}\n{less}")) as read:
            return any(str(read(*row)) != readings[row] for row in holding(phrase))

    idle = [phrase for phrase in few(8, phrases(table)) if not changes(phrase)]
    assert not idle, f"{name}: no row needs {idle}"
