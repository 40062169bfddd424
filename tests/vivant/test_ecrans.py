"""Every screen and every document on a plan that lives: what `commandes.tsv` lists, whole, but for the pages, of which
it is the outline.
"""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from documents.shapes import outline
from living import HERE, RECORDED
from support import golden, pivot

ROWS = [
    line.split("\t")
    for line in (HERE / "commandes.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
GOLDEN = HERE / "golden"


@pytest.mark.parametrize(("name", "columns", "code", "command"), ROWS, ids=[row[0] for row in ROWS])
def test_it_is_as_it_was(name: str, columns: str, code: str, command: str) -> None:
    done = pivot(*shlex.split(command), cwd=RECORDED.parent, columns=int(columns))
    assert done.returncode == int(code), done.stderr
    made = outline(done.stdout) if name.endswith(".html") else done.stdout
    assert made == golden(GOLDEN / name, made)


def test_nothing_is_kept_that_no_command_makes() -> None:
    assert {path.name for path in Path(GOLDEN).iterdir()} == {row[0] for row in ROWS}
