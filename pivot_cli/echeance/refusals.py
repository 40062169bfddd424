"""What is said of each wording that is not read: what is wrong, and what to type instead.

The sentences are refus.txt's. Nothing here is loaded while every wording is read.
"""

from __future__ import annotations

from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

from pivot_cli.echeance.values import EXEMPLES, VIDE, Refus
from pivot_cli.text import MONTHS, NBSP, WEEKDAYS, day_in_words, of_word

if TYPE_CHECKING:
    from collections.abc import Callable

    from pivot_cli.echeance.lexer import UnreadError


REFUSALS: dict[str, tuple[str, str]] = {}
"""What is wrong, and what to write instead, by the kind of an UnreadError."""
for _block in Path(__file__).with_name("refus.txt").read_text(encoding="utf-8").split("\n\n"):
    _kind, *_lines = [line.strip(" \n") for line in _block.split("\n")]
    if not _kind.startswith("#"):
        _message, _, _remedy = " ".join(_lines).partition(" → ")
        REFUSALS[_kind] = (_message, _remedy.strip(" "))
REFUSALS["empty"] = (VIDE.message, VIDE.remede)


def refus(texte: str, error: UnreadError) -> Refus:
    """The refusal of a wording; where no word is at fault more than another, all of them are."""
    message, remedy = [_French().format(text, exemples=EXEMPLES, **error.data) for text in REFUSALS[error.kind]]
    return Refus(texte, message, remedy, error.start, error.end or len(texte))


# A number or a day is put in words by what stands after « : ».
_IN_WORDS: dict[str, Callable[..., str]] = {
    "": str,
    "mois": lambda month: MONTHS[month - 1],
    "de": lambda month: of_word(MONTHS[month - 1]),
    "jour": lambda day: day_in_words(day).replace(NBSP, " "),
    "semaine": lambda day: WEEKDAYS[day.weekday()],
    "Nom": str.capitalize,
}


class _French(Formatter):
    def format_field(self, value: object, format_spec: str) -> str:
        return _IN_WORDS[format_spec](value)
