"""A direction's month, without opening a file of the plan: what `mois.txt` shows, in ten commands."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from living import HERE, played
from support import clean_environment, golden, pivot

from pivot_cli.cli import edge

pytestmark = pytest.mark.lent
MONTH = HERE / "mois.txt"


def git(folder: Path, *words: str) -> str:
    who = ("-c", "user.name=Direction générale", "-c", "user.email=dg@example.org")
    done = subprocess.run(
        ["git", *who, *words], cwd=folder, check=True, capture_output=True, encoding="utf-8", env=clean_environment()
    )
    return done.stdout


def test_a_month_takes_ten_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(played(), tmp_path, dirs_exist_ok=True)
    last = git(tmp_path, "rev-list", "-1", "--before=2021-03-06T00:00:00-05:00", "HEAD").strip()
    git(tmp_path, "reset", "--hard", last)
    monkeypatch.setattr(edge, "today", lambda: date(2021, 3, 12))
    told, typed, file = "", 0, None
    for line in MONTH.read_text(encoding="utf-8").splitlines(keepends=True):
        if line.startswith("= "):
            file = tmp_path / line[2:].strip()
        elif line.startswith("$ "):
            told, typed, file = f"{told}{line}{shown(tmp_path, shlex.split(line[2:]))}", typed + 1, None
            continue
        elif file:
            with file.open("a", encoding="utf-8") as given:
                given.write(line)
        if not typed:
            told += line
    assert typed <= 10
    assert told == golden(MONTH, told)
    assert git(tmp_path, "status", "--porcelain", "plan") == ""
    assert pivot("validate", "--depuis", "HEAD~1", cwd=tmp_path).returncode == 0


def shown(folder: Path, words: list[str]) -> str:
    """What a command shows, on the screen and beside it."""
    if words[0] == "git":
        git(folder, *words[1:])
        return ""
    done = pivot(*words[1:], cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return f"{done.stdout}{done.stderr}\n"
