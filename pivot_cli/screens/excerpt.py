"""The part of a text that a screen has room for, with the words at fault in it."""

from __future__ import annotations


def around(text: str, start: int, end: int, room: int) -> tuple[str, int, int]:
    """The part of a text around [start, end) that fits in `room` columns, and where [start, end) stands in it.

    It is cut between words where it can be, with « … » where it is cut; its beginning is kept where it can be.
    """
    if len(text) <= room:
        return text, start, end
    inside = room - 2  # an « … » at each end
    end = min(end, start + inside)
    spare = inside - (end - start)
    first = 0 if end <= inside else max(0, min(start - spare // 2, len(text) - inside))
    last = min(len(text), first + inside)
    if first:
        space = text.find(" ", first - 1, start)
        first = first if space < 0 else space + 1
    if last < len(text):
        space = text.rfind(" ", end, last + 1)
        last = last if space < 0 else space
    left = "…" if first else ""
    right = "…" if last < len(text) else ""
    return f"{left}{text[first:last]}{right}", start - first + len(left), end - first + len(left)
