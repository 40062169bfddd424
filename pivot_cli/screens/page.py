"""A page of lines at a width: nothing is cut inside a word, no meaning rests on a colour.

Texts reach a terminal without control characters, on one line, and are never read as markup.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pivot_cli.text import NBSP, figure, inline, paragraph, truncate

NARROW = 72  # columns under which what stands in columns is stacked instead
WIDEST = 200  # columns past which a line is no longer read
STRONG, FAINT = "bold", "dim"

Widths = tuple[int, ...]


class Styled(NamedTuple):
    """A line of a page, and how it stands out where the terminal can show it."""

    text: str
    style: str = ""


class Page:
    """What a command shows: lines no wider than `width`, but for a word that is wider by itself."""

    def __init__(self, width: int) -> None:
        self.width = max(20, min(width, WIDEST))
        self.lines: list[Styled] = []

    @property
    def narrow(self) -> bool:
        """Whether the page is too narrow for columns."""
        return self.width < NARROW

    def add(self, text: str = "", style: str = "") -> None:
        """One line: whatever its text holds, it stays one, and drives no terminal."""
        self.lines.append(Styled(inline(text).rstrip(" "), style))

    def blank(self) -> None:
        """An empty line, unless the page begins or already has one there."""
        if self.lines and self.lines[-1].text:
            self.lines.append(Styled(""))

    def paragraph(self, text: str, indent: int = 0, hanging: int = 0, style: str = "") -> None:
        """A text on as many lines as it takes, cut between words only."""
        for line in paragraph(text, self.width, indent, hanging):
            self.add(line, style)

    def heading(self, text: str) -> None:
        """The title of a section, after an empty line."""
        self.blank()
        self.paragraph(text, style=STRONG)

    def pair(self, left: str, right: str, style: str = "") -> None:
        """A text and another at the right edge of the same line, or under it where both do not fit."""
        room = self.width - len(left) - len(right)
        if right and room < 2:
            self.paragraph(left, style=style)
            self.paragraph(right, style=style)
        else:
            self.add(left + " " * room + right, style)

    def columns(self, cells: Sequence[str | Sequence[str]], widths: Widths, style: str = "") -> None:
        """Cells side by side after two spaces, each on as many lines as it takes."""
        stacked = [[cell] if isinstance(cell, str) else cell for cell in cells]
        for n in range(max(map(len, stacked))):
            parts = [cell[n] if n < len(cell) else "" for cell in stacked]
            self.add("  " + "  ".join(map(str.ljust, parts, widths)), style)

    def field(self, label: str, value: str) -> None:
        """A label and its value beside it, or under it on a narrow page."""
        if self.narrow:
            self.paragraph(f"{label}{NBSP}:", style=STRONG)
            self.paragraph(value, indent=2)
        else:
            self.beside(label, value, max(15, len(label) + 1))

    def beside(self, label: str, text: str, column: int) -> None:
        """A label, and a text from that column on."""
        for line in paragraph(text, self.width - column) or [""]:
            self.add(f"{label:<{column}}{line}")
            label = ""

    def render(self, *, colour: bool) -> str:
        """The page as text; with `colour`, with the codes that make a terminal show its styles."""
        if not colour:
            return "".join(f"{line.text}\n" for line in self.lines)
        from rich.color import ColorSystem
        from rich.style import Style

        def shown(text: str, style: str) -> str:
            return Style.parse(style).render(text, color_system=ColorSystem.STANDARD) if style and text else text

        return "".join(f"{shown(*line)}\n" for line in self.lines)


def table(page: Page, headers: Sequence[str], rows: Sequence[Sequence[object]], flexible: int) -> None:
    """A table under its headings. The texts of the `flexible` column are cut, at the end of a word, where the
    others leave no room; the columns after it are aligned on the right.
    """
    lines = [[figure(cell) if type(cell) is int else str(cell) for cell in row] for row in (headers, *rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    room = page.width - sum(widths) + widths[flexible] - 2 * (len(widths) - 1)
    widths[flexible] = min(widths[flexible], room)
    for number, line in enumerate(lines):
        line[flexible] = truncate(line[flexible], widths[flexible])
        aligned = (f"{cell:{'>' if n > flexible else '<'}{widths[n]}}" for n, cell in enumerate(line))
        page.add("  ".join(aligned), "" if number else FAINT)


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
    left, right = "…" * (first > 0), "…" * (last < len(text))
    return f"{left}{text[first:last]}{right}", start - first + len(left), end - first + len(left)
