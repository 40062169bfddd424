"""Where the reading stopped at a fault of syntax, the lines around it, and how deep those not yet read go."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pivot_cli.finding import SourceText, line_end
from pivot_cli.yaml_tree.faults import Fault
from pivot_cli.yaml_tree.keys import ODD_SPACES, odd_indent
from pivot_cli.yaml_tree.nodes import Node

_FIELD = re.compile(
    r"[ \t]*+(?P<dashes>(?:-[ \t]++)*+)(?P<name>[^\s:#'\"\[\]{},](?:[^:\r\n]*[^: \t\r\n])?)[ \t]*:(?=\s|\Z)"
)
_ODD_INDENT = re.compile(rf"[ \t]*(?:-[ \t]+)*([{ODD_SPACES}]+)")
# How far back a line is looked for, and how much of one is read: a fault is told from what stands near it.
_NEAR_LINES = 200
_NEAR_CHARACTERS = 2000

_AHEAD = 1024
_BEFORE_VALUE = re.compile(r"(?:[\s,]|[-?:]++(?=\s)|#[^\r\n]*+|[&!*]\S*+(?=\s))*+")
_QUOTED = r"\"(?:\\.|[^\"\\])*+\"?:?|'[^']*+'?:?"
_PLAIN = r"(?![-?:]\s)[^\s\[\]{},\"'#](?:[^\[\]{},:#]|:(?!\s)|(?<!\s)#)*+"
_TOKEN = re.compile(rf"(?P<opening>[\[{{])|(?P<closing>[\]}}])|{_QUOTED}|(?<=\s)#.*|(?P<plain>{_PLAIN})")


class SourceLine:
    """A line without its line break, whatever is on it: its number (from 1), where it begins in the file, its text.

    `words` are its text without the white space around it, between the offsets `first` and `end` of the file. `field`
    is what it begins with, dashes skipped: groups `dashes` and `name`, which may be several words, or a single one as
    all those of a plan are (`named`). Columns count from 1.
    """

    def __init__(self, number: int, start: int, text: str) -> None:
        self.number, self.start, self.text = number, start, text
        self.words = text.strip(" \t")
        self.indent = len(text) - len(text.lstrip(" \t"))
        self.first = start + self.indent
        self.end = self.first + len(self.words)
        self.dashed = text.startswith("- ", self.indent)
        field = self.field = _FIELD.match(text)
        self.named = field is not None and re.fullmatch(r"[\w-]+", field["name"]) is not None
        self.column = (field.start("name") if field else self.indent) + 1

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
    last: Node | None

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
            if (line := self.line_at(line.start - 1)).words and not line.words.startswith("#"):
                yield line
                near = line.number

    def fault(self, start: int, message: str, remedy: str, end: int | None = None) -> Fault:
        """A fault of syntax, of one character unless `end` says more."""
        return Fault("PIV005", start, min(start + 1, len(self.text)) if end is None else end, message, remedy)

    def odd_indent(self, line: SourceLine) -> Fault | None:
        """The fault of a line whose indentation holds a space that is not an ordinary one."""
        odd = _ODD_INDENT.match(line.text)
        return odd and odd_indent(self.text, line.start + odd.start(1))


def too_deep_ahead(text: str, place: int, blocks: int, depth: int, limit: int) -> int | None:
    """Where the brackets that follow `place` go past `limit` levels, if they do so on their line.

    `depth` levels are open there, of which `blocks` by their indentation: the others by a bracket or a brace.
    To tell a key from a value, both libraries look for its colon on its line, up to 1,024 characters further, before
    they give the events of what stands there. What stops them meanwhile would hide how deep that is: libyaml 0.2.6
    stops at 1,000 levels by itself, others at the 1,024th character, at a sign, or not at all.
    """
    start = _BEFORE_VALUE.match(text, place).end()  # type: ignore[union-attr]  # nothing matches too
    for token in _TOKEN.finditer(text, start, min(line_end(text, start), start + _AHEAD)):
        depth += (token["opening"] is not None) - (token["closing"] is not None)
        if depth > limit:
            return token.start()
        if depth < blocks or (depth == blocks and token["plain"]):
            return None
    return None
