"""The field that a line of YAML begins with."""

import re
from typing import NamedTuple

_NAMED = re.compile(r" *(?:(?P<dash>-) +)?(?P<quote>[\"']?)(?P<key>[\w-]+)(?P=quote)[ \t]*:(?=\s|\Z)(?P<rest>.*)")


class FieldLine(NamedTuple):
    """A line that begins with a field as a plan has them: its rank from 0, its dash and its name's columns from 0
    (-1 without a dash), its name, and what follows the colon.
    """

    rank: int
    dash: int
    column: int
    key: str
    rest: str

    @property
    def value(self) -> str:
        """What follows the colon, its comment left out."""
        return without_comment(self.rest)


def field_lines(texts: list[str]) -> list[FieldLine | None]:
    """Each line as the field that it begins with, or None."""
    return [
        found and FieldLine(rank, found.start("dash"), found.start("quote"), found["key"], found["rest"])
        for rank, found in enumerate(map(_NAMED.match, texts))
    ]


def without_comment(text: str) -> str:
    """What follows a colon, its comment and the white space around it left out."""
    return re.sub(r"(?:^|[ \t])#.*", "", text).strip(" \t")
