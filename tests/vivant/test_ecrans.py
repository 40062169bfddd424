"""Every screen and every document on a plan that lives: what `commandes.tsv` lists, whole, but for the pages, of which
it is the outline, and for Word, of which it is the text.
"""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from documents.shapes import outline
from docx import Document
from docx.table import Table
from living import HERE, RECORDED
from pace import one_in
from support import golden, pivot

ROWS = [
    line.split("\t")
    for line in (HERE / "commandes.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
GOLDEN = HERE / "golden"


@pytest.mark.parametrize(
    ("name", "columns", "code", "command"), one_in(6, map(tuple, ROWS)), ids=[row[0] for row in ROWS]
)
def test_it_is_as_it_was(name: str, columns: str, code: str, command: str, tmp_path: Path) -> None:
    written = tmp_path / name
    output = ("-o", str(written)) if written.suffix == ".docx" else ()
    done = pivot(*shlex.split(command), *output, cwd=RECORDED.parent, columns=int(columns))
    assert done.returncode == int(code), done.stderr
    if output:
        made, kept = word_text(written), f"{name}.txt"
    else:
        made, kept = outline(done.stdout) if written.suffix == ".html" else done.stdout, name
    assert made == golden(GOLDEN / kept, made)


def word_text(path: Path) -> str:
    """The paragraphs of a Word document with their styles, and the rows of its tables."""
    shown = []
    for block in Document(str(path)).iter_inner_content():
        if isinstance(block, Table):
            rows = (dict.fromkeys(cell.text.replace("\n", " / ") for cell in row.cells) for row in block.rows)
            shown += [" | ".join(row) for row in rows]
        elif block.text.strip():
            shown.append(f"[{block.style.name if block.style else ''}] {block.text}")
    return "\n".join([*shown, ""])


def test_nothing_is_kept_that_no_command_makes() -> None:
    assert {path.name for path in Path(GOLDEN).iterdir()} == {
        f"{row[0]}.txt" if row[0].endswith(".docx") else row[0] for row in ROWS
    }
