"""Where the reading stopped at a fault of syntax, and the lines around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.yaml_tree.faults import Fault
from pivot_cli.yaml_tree.keys import ODD_SPACES, odd_indent
from pivot_cli.yaml_tree.lines import SourceLine

if TYPE_CHECKING:
    from pivot_cli.finding import SourceText
    from pivot_cli.yaml_tree.nodes import Scalar

_ODD_INDENT = re.compile(rf"[ \t]*(?:-[ \t]+)*([{ODD_SPACES}]+)")
# How far back a line is looked for, and how much of one is read: a fault is told from what stands near it.
_NEAR_LINES = 200
_NEAR_CHARACTERS = 2000


class Complaint(NamedTuple):
    """What the library says of a fault: its words, the offsets that go with them, the last value it read."""

    context: str
    context_at: int | None
    problem: str
    at: int
    last: Scalar | None


class Stop:
    """Where the library stopped, what it said, and the text around it."""

    def __init__(self, source: SourceText, text: str, complaint: Complaint) -> None:
        self.source = source
        self.text = text
        self.context = complaint.context
        self.at = min(complaint.at, len(text))
        self.context_at = self.at if complaint.context_at is None else complaint.context_at

    def character(self) -> str:
        """The character where the reading stopped, empty at the end of the file."""
        return self.text[self.at : self.at + 1]

    def line_at(self, offset: int) -> SourceLine:
        """The line that holds an offset."""
        location = self.source.location(offset)
        start = offset - location.column + 1
        return SourceLine(location.line, start, self._line_text(location.line, start))

    def _line_text(self, number: int, start: int) -> str:
        length = len(self.source.line_text(number))
        return self.text[start : start + min(length, _NEAR_CHARACTERS)]

    def filled_before(self, line: SourceLine) -> SourceLine | None:
        """The nearest line above that is neither blank nor a comment."""
        start = line.start
        for number in range(line.number - 1, max(line.number - _NEAR_LINES, 0), -1):
            start -= self.source.location(start - 1).column
            above = SourceLine(number, start, self._line_text(number, start))
            if above.text.strip(" \t") and not above.text.lstrip(" \t").startswith("#"):
                return above
        return None

    def fault(self, start: int, message: str, remedy: str, end: int | None = None) -> Fault:
        """A fault of syntax, of one character unless `end` says more."""
        return Fault("PIV005", start, min(start + 1, len(self.text)) if end is None else end, message, remedy)

    def odd_indent(self, line: SourceLine) -> Fault | None:
        """The fault of a line whose indentation holds a space that is not an ordinary one."""
        found = _ODD_INDENT.match(line.text)
        if not found:
            return None
        return odd_indent(self.text, line.start + found.start(1))
