"""What the readers of workbooks share: their bounds, what is wrong in a cell, what is told of what is hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pivot_cli.finding import PivotError, not_installed
from pivot_cli.received.cells import Remark
from pivot_cli.text import NBSP, counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pivot_cli.received.archive import Archive

MOST_SQUARES = 2_000_000
"""Of a sheet, from its first to its last text, or of those that merged cells take."""
NO_RESULT = "formule sans résultat enregistré"
"""What is wrong with a formula that a program wrote, and none computed since."""
ERROR = "erreur de calcul"
"""What is wrong with « #REF! »."""
_FIRST_OF_MANY = 6  # places that are named one by one


def missing(*libraries: str) -> PivotError:
    """What is said where the libraries that read workbooks are not installed."""
    return not_installed(listed(libraries), "lire un classeur")


def letters_of(column: int) -> str:
    """The name of a column, by its rank from 1: « A », « AB »."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def hidden_parts(sheet: str, rows: Sequence[int], columns: Sequence[int]) -> Iterator[Remark]:
    """What is told of the rows and columns that are hidden and hold something, by their ranks from 1."""
    for noun, names in (("colonne", [letters_of(one) for one in columns]), ("ligne", [str(one) for one in rows])):
        if names:
            read = "lues" if len(names) > 1 else "lue"
            told = f"{counted(len(names), f'{noun} masquée', f'{noun}s masquées')}, {read} comme le reste"
            yield Remark(f"{told}{NBSP}: {places(names)}.", sheet)


def unseen(archive: Archive) -> Iterator[Remark]:
    """What cannot be read of a workbook, by the parts that hold it, in a line each."""
    for place, parts, told in _UNSEEN:
        if any(True for _ in archive.names(parts)):
            yield Remark(told, place)


_UNSEEN = (
    ("graphiques", r"xl/charts/chart\d+\.xml|Object [0-9]+/content\.xml", "Les graphiques ne sont pas lus."),
    ("images", r"(?:xl/media|Pictures)/.+", "Les images ne sont pas lues."),
    ("données", r"xl/connections\.xml", "Les données qui viennent d'ailleurs sont lues telles qu'enregistrées."),
)


def places(names: list[str]) -> str:
    """The first of some places, and how many more there are."""
    more = len(names) - _FIRST_OF_MANY
    return listed(names) if more <= 1 else f"{', '.join(names[:_FIRST_OF_MANY])} et {more} autres"
