"""A page of lines at a width: nothing is cut inside a word, no meaning rests on a colour.

Texts reach a terminal without control characters, on one line, and are never read as markup.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.text import NBSP, inline, truncate
from pivot_cli.text import wrap as wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

NARROW = 72  # columns under which what stands in columns is stacked instead
WIDEST = 200  # columns past which a line is no longer read
STRONG, FAINT = "bold", "dim"


Widths = tuple[int, ...]


class Line(NamedTuple):
    """A line of a page, and how it stands out where the terminal can show it."""

    text: str
    style: str = ""


class Page:
    """What a command shows: lines no wider than `width`, but for a word that is wider by itself."""

    def __init__(self, width: int) -> None:
        self.width = max(20, min(width, WIDEST))
        self.lines: list[Line] = []

    @property
    def narrow(self) -> bool:
        """Whether the page is too narrow for columns."""
        return self.width < NARROW

    def add(self, text: str = "", style: str = "") -> None:
        """One line: whatever its text holds, it stays one, and drives no terminal."""
        self.lines.append(Line(inline(text).rstrip(" "), style))

    def blank(self) -> None:
        """An empty line, unless the page begins or already has one there."""
        if self.lines and self.lines[-1].text:
            self.lines.append(Line(""))

    def paragraph(self, text: str, indent: int = 0, hanging: int = 0, style: str = "") -> None:
        """A text on as many lines as it takes, cut between words only."""
        for line in wrap(text, self.width, indent, hanging):
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
            self.add(left + " " * room + right if right else left, style)

    def columns(self, cells: Sequence[str | Sequence[str]], widths: Widths, style: str = "") -> None:
        """Cells side by side after two spaces, each on as many lines as it takes."""
        stacked = [[cell] if isinstance(cell, str) else cell for cell in cells]
        for n in range(max(map(len, stacked))):
            parts = [cell[n] if n < len(cell) else "" for cell in stacked]
            self.add("  " + "  ".join(map(str.ljust, parts, widths)), style)

    def field(self, label: str, value: str, column: int = 15) -> None:
        """A label and its value beside it, or under it on a narrow page."""
        if self.narrow:
            self.paragraph(f"{label}{NBSP}:", style=STRONG)
            self.paragraph(value, indent=2)
            return
        first, *rest = wrap(value, self.width - column) or [""]
        self.add(f"{label:<{column}}{first}")
        for line in rest:
            self.add(" " * column + line)

    def render(self, *, colour: bool) -> str:
        """The page as text; with `colour`, with the codes that make a terminal show its styles."""
        return _styled(self.lines) if colour else "".join(f"{line.text}\n" for line in self.lines)


def wrap(text: str, width: int, indent: int = 0, hanging: int = 0) -> list[str]:
    """A text in lines of at most `width`, cut at ordinary spaces only; the first has `indent` spaces before it,
    the others `hanging` more. No line at all for an empty text.
    """
    text = text.rstrip(" ")
    return wrapped(text, max(width, 12), " " * indent, " " * (indent + hanging)) if text else []


def _styled(lines: Sequence[Line]) -> str:
    from rich.color import ColorSystem
    from rich.style import Style

    styles = {name: Style.parse(name) for name in (STRONG, FAINT)}
    return "".join(
        f"{styles[line.style].render(line.text, color_system=ColorSystem.STANDARD)}\n"
        if line.style and line.text
        else f"{line.text}\n"
        for line in lines
    )


def table(page: Page, headers: Sequence[str], rows: Sequence[Sequence[str]], flexible: int) -> None:
    """A table under its headings. The texts of the `flexible` column are cut, at the end of a word, where the
    others leave no room; the columns after it are aligned on the right.
    """
    widths = [max(len(row[n]) for row in (headers, *rows)) for n in range(len(headers))]
    room = page.width - sum(widths) + widths[flexible] - 2 * (len(widths) - 1)
    widths[flexible] = min(widths[flexible], room)
    for number, row in enumerate((headers, *rows)):
        cells = (truncate(cell, widths[n]) if n == flexible else cell for n, cell in enumerate(row))
        aligned = (f"{cell:{'>' if n > flexible else '<'}{widths[n]}}" for n, cell in enumerate(cells))
        page.add("  ".join(aligned), "" if number else FAINT)
