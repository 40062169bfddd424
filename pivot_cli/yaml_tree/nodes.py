"""The positioned tree of a YAML file: scalars, sequences and mappings, each with its place in the text."""

from typing import NamedTuple


class Scalar(NamedTuple):
    """A single value, read as text whatever it looks like; `start` and `end` (excluded) count code points.

    `style` is `"`, `'`, `|`, `>`, or None for plain text.
    - Plain and quoted: from the first character (the quotation mark included) to just after the last.
    - Block (`|`, `>`): from the indicator, and a comment on its line, to the end of the last line that has something on
      it, its line break excluded. The blank lines that follow are outside, though `|+` makes them part of the text.
    - A value that is not written (`titre:`) is plain, with the text "" and `start == end`, right after the colon or
      the dash: what is put there needs a space before it.
    - A tag or an anchor in front of the value (each a fault, PIV008) is outside the span.

    The text is the value as YAML gives it, save that each control character is shown as U+FFFD, and that a key has lost
    the non-breaking spaces around it (each a fault, PIV004): then it differs from the file's.
    """

    text: str
    start: int
    end: int
    style: str | None


class Sequence(NamedTuple):
    """A list, from `[` to just after `]` when `flow`, else from its first dash to the end of its last item."""

    items: list["Node"]
    start: int
    end: int
    flow: bool


class Mapping(NamedTuple):
    """Fields and their values, in the file's order: from `{` to just after `}` when `flow` (the single pair of `[a: b]`
    has no braces), else from the first key to the end of the last value, or of the last key's colon. Keys are unique:
    the second of two is a fault (PIV102) and left out, as is one that is not text; the span covers them still.
    """

    entries: list[tuple[Scalar, "Node"]]
    start: int
    end: int
    flow: bool


Node = Scalar | Sequence | Mapping
