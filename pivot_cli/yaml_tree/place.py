"""The lines around a fault of syntax, as its reader sees them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.text import clean
from pivot_cli.yaml_tree.faults import Fault
from pivot_cli.yaml_tree.keys import ODD_SPACES, odd_indent

if TYPE_CHECKING:
    from pivot_cli.finding import SourceText
    from pivot_cli.yaml_tree.nodes import Scalar

_FIELD = re.compile(r"[ \t]*+(?P<dashes>(?:-[ \t]++)*+)(?P<name>[^\s:#'\"\[\]{},][^:\r\n]*?)[ \t]*:(?=\s|\Z)")
_NAME = re.compile(r"[\w-]+")
_ODD_INDENT = re.compile(rf"[ \t]*(?:-[ \t]+)*([{ODD_SPACES}]+)")
COMMENT = re.compile(r"[ \t]+#.*\Z")
# How far back a line is looked for, and how much of one is read: a fault is told from what stands near it.
_NEAR_LINES = 200
_NEAR_CHARACTERS = 2000


class Line(NamedTuple):
    """A line without its line break: its number (from 1), where it begins in the file, and its text."""

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
        """The field that it begins with, dashes skipped: groups `dashes` and `name`."""
        return _FIELD.match(self.text)

    @property
    def named(self) -> bool:
        """Whether it begins with a field whose name is a single word, as all those of a plan are."""
        field = self.field
        return field is not None and _NAME.fullmatch(field["name"]) is not None

    @property
    def column(self) -> int:
        """The column (from 1) of its first field or text, dashes skipped."""
        field = self.field
        return (field.start("name") if field else self.indent) + 1


class Complaint(NamedTuple):
    """What the library says of a fault: its words, the offsets that go with them, the last value it read."""

    context: str
    context_at: int | None
    problem: str
    at: int
    last: Scalar | None


class Place:
    """What the library said of a fault, and the text around it."""

    def __init__(self, source: SourceText, text: str, complaint: Complaint) -> None:
        self.source = source
        self.text = text
        self.context = complaint.context
        self.at = min(complaint.at, len(text))
        self.context_at = self.at if complaint.context_at is None else complaint.context_at

    def character(self) -> str:
        """The character where the reading stopped, empty at the end of the file."""
        return self.text[self.at : self.at + 1]

    def line_at(self, offset: int) -> Line:
        """The line that holds an offset."""
        location = self.source.location(offset)
        start = offset - location.column + 1
        return Line(location.line, start, self._line_text(location.line, start))

    def _line_text(self, number: int, start: int) -> str:
        length = len(self.source.line_text(number))
        return self.text[start : start + min(length, _NEAR_CHARACTERS)]

    def filled_before(self, line: Line) -> Line | None:
        """The nearest line above that is neither blank nor a comment."""
        start = line.start
        for number in range(line.number - 1, max(line.number - _NEAR_LINES, 0), -1):
            start -= self.source.location(start - 1).column
            above = Line(number, start, self._line_text(number, start))
            if above.text.strip(" \t") and not above.text.lstrip(" \t").startswith("#"):
                return above
        return None

    def fault(self, start: int, message: str, remedy: str, end: int | None = None) -> Fault:
        """A fault of syntax, of one character unless `end` says more."""
        return Fault("PIV005", start, min(start + 1, len(self.text)) if end is None else end, message, remedy)

    def odd_indent(self, line: Line) -> Fault | None:
        """The fault of a line whose indentation holds a space that is not an ordinary one."""
        found = _ODD_INDENT.match(line.text)
        if not found:
            return None
        return odd_indent(self.text, line.start + found.start(1))


def quotation(value: str) -> str:
    """What to do with a value that needs quotation marks: the value so written, where that is simple."""
    value = COMMENT.sub("", value).strip(" \t")
    mark = '"' if '"' not in value and "\\" not in value else "'"
    if not value or len(value) > 60 or mark in value or clean(value) != value:
        return 'Mettez tout le texte entre guillemets droits, comme "ceci".'
    return f"Mettez tout le texte entre guillemets droits : {mark}{value}{mark}"
