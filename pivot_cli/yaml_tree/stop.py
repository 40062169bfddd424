"""Where the reading stopped at a fault of syntax, and the lines around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.yaml_tree.faults import Fault
from pivot_cli.yaml_tree.keys import ODD_SPACES, odd_indent
from pivot_cli.yaml_tree.lines import without_comment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pivot_cli.finding import SourceText
    from pivot_cli.yaml_tree.nodes import Scalar

_FIELD = re.compile(r"[ \t]*+(?P<dashes>(?:-[ \t]++)*+)(?P<name>[^\s:#'\"\[\]{},][^:\r\n]*?)[ \t]*:(?=\s|\Z)")
_ODD_INDENT = re.compile(rf"[ \t]*(?:-[ \t]+)*([{ODD_SPACES}]+)")
# How far back a line is looked for, and how much of one is read: a fault is told from what stands near it.
_NEAR_LINES = 200
_NEAR_CHARACTERS = 2000


class SourceLine(NamedTuple):
    """A line without its line break, whatever is on it: its number (from 1), where it begins in the file, its text."""

    number: int
    start: int
    text: str

    @property
    def words(self) -> str:
        """Its text without the white space around it."""
        return self.text.strip(" \t")

    @property
    def indent(self) -> int:
        """How many spaces and tabs it begins with."""
        return len(self.text) - len(self.text.lstrip(" \t"))

    @property
    def first(self) -> int:
        """The offset in the file of its first character that is not a space or a tab."""
        return self.start + self.indent

    @property
    def end(self) -> int:
        """The offset in the file of the end of its words."""
        return self.first + len(self.words)

    @property
    def dashed(self) -> bool:
        """Whether it is an item of a list."""
        return self.text.startswith("- ", self.indent)

    @property
    def field(self) -> re.Match[str] | None:
        """The field that it begins with, dashes skipped: groups `dashes` and `name`, which may be several words."""
        return _FIELD.match(self.text)

    @property
    def named(self) -> bool:
        """Whether it begins with a field whose name is a single word, as all those of a plan are."""
        field = self.field
        return field is not None and re.fullmatch(r"[\w-]+", field["name"]) is not None

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

    def before(self, offset: int) -> str:
        """What stands on it before an offset in the file."""
        return self.text[: offset - self.start]

    def rest(self, offset: int) -> str:
        """What stands on it from an offset in the file on."""
        return self.text[offset - self.start :]


class Stop(NamedTuple):
    """Where the library stopped in a text, what it said, the offsets that go with it, the last value that it read."""

    source: SourceText
    text: str
    problem: str
    at: int
    context: str
    context_at: int
    last: Scalar | None

    def line_at(self, offset: int) -> SourceLine:
        """The line that holds an offset."""
        location = self.source.location(offset)
        start = offset - location.column + 1
        length = min(len(self.source.line_text(location.line)), _NEAR_CHARACTERS)
        return SourceLine(location.line, start, self.text[start : start + length])

    def above(self, line: SourceLine) -> Iterator[SourceLine]:
        """The lines above that are neither blank nor comments, from the nearest on."""
        near = line.number
        while line.start and near - line.number < _NEAR_LINES - 1:
            line = self.line_at(line.start - 1)
            if line.words and not line.words.startswith("#"):
                yield line
                near = line.number

    def fault(self, start: int, message: str, remedy: str, end: int | None = None) -> Fault:
        """A fault of syntax, of one character unless `end` says more."""
        return Fault("PIV005", start, min(start + 1, len(self.text)) if end is None else end, message, remedy)

    def odd_indent(self, line: SourceLine) -> Fault | None:
        """The fault of a line whose indentation holds a space that is not an ordinary one."""
        found = _ODD_INDENT.match(line.text)
        return odd_indent(self.text, line.start + found.start(1)) if found else None
