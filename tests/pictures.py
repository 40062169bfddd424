"""The pictures of the README, made from the adopted plan: `python tests/pictures.py` writes them.

Each holds the digest of what it shows; a test compares it with what would be shown now.
"""

from __future__ import annotations

import hashlib
import os
import struct
import tempfile
import zlib
from pathlib import Path
from typing import NamedTuple

from support import ROOT, pivot

FOLDER = ROOT / ".github" / "images"
DAY = ("--au", "2020-01-15")
SCREEN = ("overdue", "--responsable", "DG", *DAY)


class Page(NamedTuple):
    """A page of a document, as a browser shows its top."""

    words: tuple[str, ...]
    height: int


PAGES = {
    "rapport.png": Page(("report", "complet", *DAY, "--format", "html"), 1180),
    "ordre-du-jour.png": Page(
        ("agenda", "--date", "2020-01-15", "--heure", "19 h", "--duree", "2h", "--format", "html"), 1180
    ),
}
WIDTH = 960
_SVG = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: {char_height}px;
  line-height: {line_height}px; font-variant-east-asian: full-width; }}
.{unique_id}-title {{ font-family: system-ui, sans-serif; font-size: 18px; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def shown(words: tuple[str, ...]) -> str:
    """What a command writes."""
    return pivot(*words).stdout


def digest(words: tuple[str, ...]) -> str:
    return hashlib.sha256(shown(words).encode()).hexdigest()


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "ecran.svg").write_text(screen(), encoding="utf-8", newline="\n")
    for name, page in PAGES.items():
        (FOLDER / name).write_bytes(signed(photograph(page), digest(page.words)))


def screen() -> str:
    """The screen in the colours of a terminal."""
    from rich.console import Console
    from rich.text import Text

    coloured = pivot(*SCREEN, FORCE_COLOR="1").stdout
    console = Console(width=80, record=True, file=open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
    console.print(Text.from_ansi(coloured))
    svg = console.export_svg(title=f"pivot {' '.join(SCREEN)}", code_format=_SVG, unique_id="ecran")
    return f"{svg}<!-- {digest(SCREEN)} -->\n"


def photograph(page: Page) -> bytes:
    """The top of a page, as a PNG."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "page.html"
        path.write_text(shown(page.words), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        view = browser.new_page(viewport={"width": WIDTH, "height": page.height})
        view.goto(path.as_uri())
        return view.screenshot()


_HEADER = 8 + 4 + 4 + 13 + 4  # the signature of a PNG and its first chunk


def signed(png: bytes, text: str) -> bytes:
    """A PNG with a text in it."""
    content = b"tEXt" + b"Source\0" + text.encode("ascii")
    chunk = struct.pack(">I", len(content) - 4) + content + struct.pack(">I", zlib.crc32(content))
    return png[:_HEADER] + chunk + png[_HEADER:]


if __name__ == "__main__":
    main()
