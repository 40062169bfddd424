"""What is run of each command: the examples of its own help, on a copy of the adopted plan."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from support import SHIPPED, clean_environment, started

from pivot_cli.cli import app

EXAMPLES = [
    (example, shlex.split(example)[1:])
    for entry in app.entries
    if entry.name != "open"  # which stays until it is closed: its tests are in tests/page
    for example in (*entry.examples, *([] if entry.examples else [f"pivot {entry.name}"]))
]
"""Each example of each command's help, as typed and as words."""

# Needs a repository; shows nothing; is given files that a folder of a plan does not have.
_ELSEWHERE = {"--depuis", "--ecrire", "exports/*.json"}

READING = [entry for entry in app.entries if entry.name not in ("init", "open")]
"""The commands that show a plan; `init` makes one, and its tests are in tests/intake; `open`, in tests/page."""

ONE_OF_EACH = [
    next(
        (words for _, words in EXAMPLES if words[0] == entry.name and not _ELSEWHERE.intersection(words)),
        [entry.name, *(["plan"] if entry.name == "group" else [])],
    )
    for entry in READING
]
"""For each command that reads a plan, words that show something."""


def with_its_document(words: list[str], folder: Path) -> list[str]:
    """The same words, the document that they name (`--de`), or the exports, being in the folder."""
    if words[0] == "group" and "plan" not in words:
        (folder / "exports").mkdir(exist_ok=True)
        started(["export", "--partage", "-o", "exports/un.json"], folder, clean_environment())
        (folder / "membres.csv").write_text("nom\nLe Pivot\nUn autre\n", encoding="utf-8")
    if "--de" in words:
        name = words[words.index("--de") + 1]
        corpus = Path(__file__).parents[1] / "intake" / "corpus"
        if words[0] == "note":
            (folder / name).write_bytes((Path(__file__).parents[1] / "sheets" / "exemple.csv").read_bytes())
            return words
        known = {".docx": "planification-strategique.docx", ".csv": "virgules.csv"}
        shutil.copyfile(corpus / known[Path(name).suffix], folder / name)
    return words


WRITING = {"--ecrire", "--par-responsable"}
"""The options, -o aside, by which a command that only reads the plan writes files."""


def to_screen(words: list[str]) -> list[str]:
    """The same, with its result on the screen."""
    for option in ("-o", "--sortie"):
        if option in words:
            at = words.index(option)
            return words[:at] + words[at + 2 :]
    return words


def copy_of_the_plan(folder: Path, *, repository: bool = False) -> Path:
    """The folder with the adopted plan in it, committed to the branch `main` of its own repository if asked."""
    shutil.copytree(SHIPPED, folder / "plan")
    if repository and shutil.which("git") is None:
        if os.environ.get("PIVOT_TESTS"):
            pytest.fail("git is not here, and PIVOT_TESTS=complet asks for every test")
        pytest.skip("git is not here")
    if repository:
        who = ("-c", "user.name=Essai", "-c", "user.email=essai@example.org")
        for words in (("init", "-q", "-b", "main"), ("add", "."), (*who, "commit", "-q", "-m", "Plan adopté")):
            subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)
    return folder


def ran(
    words: Sequence[str | Path],
    cwd: Path,
    *,
    flags: tuple[str, ...] = (),
    start: tuple[str, ...] = (),
    shell: str = "",
    env: dict[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """A run of the program in no locale but that of `env`, as bytes; `started` says in which process."""
    kept = {name: value for name, value in clean_environment().items() if not name.startswith(("LC_", "LANG"))}
    return started(words, cwd, kept | {"PYTHONUTF8": "0"} | (env or {}), flags=flags, start=start, shell=shell)


def said(done: subprocess.CompletedProcess[bytes]) -> str:
    """What was written to standard error, with ordinary spaces."""
    return done.stderr.decode("utf-8", "replace").replace("\N{NO-BREAK SPACE}", " ")


def without_privileges() -> tuple[str, ...]:
    """What to begin a command with so that rights hold for it: root reads and writes what it likes."""
    if os.getuid() != 0:
        return ()
    found = shutil.which("setpriv")
    if found is None:
        if os.environ.get("PIVOT_TESTS"):
            pytest.fail("setpriv is not here, and PIVOT_TESTS=complet asks for every test")
        pytest.skip("root ignores rights, and setpriv is not here")
    return (found, "--bounding-set=-dac_override,-dac_read_search", "--")
