"""The lines of a YAML text, and the field that one begins with."""

from __future__ import annotations

import re
from typing import NamedTuple

_FIELD = re.compile(r"[ \t]*+(?P<dashes>(?:-[ \t]++)*+)(?P<name>[^\s:#'\"\[\]{},][^:\r\n]*?)[ \t]*:(?=\s|\Z)")
_WORD = re.compile(r"[\w-]+")
_NAMED = re.compile(
    r"(?P<indent> *)(?P<dash>- +)?(?P<quote>[\"']?)(?P<key>[\w-]+)(?P=quote)[ \t]*:(?=\s|\Z)(?P<rest>.*)"
)


class SourceLine(NamedTuple):
    """A line without its line break, whatever is on it: its number (from 1), where it begins in the file, its text."""

    number: int
    start: int
    text: str

    @property
    def indent(self) -> int:
        """How many spaces and tabs it begins with."""
        return len(self.text) - len(self.text.lstrip(" \t"))

    @property
    def first(self) -> int:
        """The offset of its first character that is not a space or a tab."""
        return self.start + self.indent

    @property
    def field(self) -> re.Match[str] | None:
        """The field that it begins with, dashes skipped: groups `dashes` and `name`, which may be several words."""
        return _FIELD.match(self.text)

    @property
    def named(self) -> bool:
        """Whether it begins with a field whose name is a single word, as all those of a plan are."""
        field = self.field
        return field is not None and _WORD.fullmatch(field["name"]) is not None

    @property
    def opens_group(self) -> bool:
        """Whether nothing follows the field that it begins with, so that what is under it may be further right."""
        field = self.field
        return field is not None and not without_comment(self.text[field.end() :])

    @property
    def column(self) -> int:
        """The column (from 1) of its first field or text, dashes skipped."""
        field = self.field
        return (field.start("name") if field else self.indent) + 1


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
    def indent(self) -> int:
        """How many spaces it begins with."""
        return self.column if self.dash < 0 else self.dash

    @property
    def value(self) -> str:
        """What follows the colon, its comment left out."""
        return without_comment(self.rest)


def field_lines(texts: list[str]) -> list[FieldLine | None]:
    """Each line as the field that it begins with, or None."""
    return [
        named
        and FieldLine(
            rank,
            named.end("indent") if named["dash"] else -1,
            named.end("indent") + len(named["dash"] or ""),
            named["key"],
            named["rest"],
        )
        for rank, named in enumerate(map(_NAMED.match, texts))
    ]


def without_comment(text: str) -> str:
    """What follows a colon, its comment and the white space around it left out."""
    return re.sub(r"(?:^|[ \t])#.*", "", text).strip(" \t")
