"""Real git repositories for the tests, untouched by the settings of whoever runs them."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

from formats.components import missing
from support import SMALL, kept_folder, write_plan

_OWN = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Essai",
    "GIT_AUTHOR_EMAIL": "essai@exemple.org",
    "GIT_COMMITTER_NAME": "Essai",
    "GIT_COMMITTER_EMAIL": "essai@exemple.org",
}


def git(folder: Path, *words: str, **variables: str) -> str:
    """What git answers in a folder; it must succeed."""
    if shutil.which("git") is None:
        missing("git")
    environ = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(
        ["git", "-c", "protocol.file.allow=always", "-c", "core.autocrlf=false", *words],
        cwd=folder,
        env=environ | _OWN | variables,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.strip()


def commit(folder: Path, message: str = "un commit", when: str = "") -> str:
    """Everything in the folder becomes a commit, made then (« 2020-01-15 17:00 -0500 »); its full name."""
    git(folder, "add", "--all")
    clock = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when} if when else {}
    git(folder, "commit", "--quiet", "--allow-empty", "--message", message, **clock)
    return git(folder, "rev-parse", "HEAD")


def repository(folder: Path, files: dict[str, str] | None = None, below: str = "") -> Path:
    """A repository with one commit on its branch `main`, which holds a plan; the plan's folder."""
    written = SMALL if files is None else files
    if folder.exists() and any(folder.iterdir()):
        _make(folder, written, below)
    else:
        shutil.copytree(_made(tuple(written.items()), below), folder, dirs_exist_ok=True)
    return folder / below / "plan"


def _make(folder: Path, files: dict[str, str], below: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet", "--template=", "--initial-branch", "main")
    write_plan(folder / below, files)
    commit(folder)


@cache
def _made(files: tuple[tuple[str, str], ...], below: str) -> Path:
    """Such a repository, to be copied: git starts five times to make one."""
    folder = kept_folder()
    _make(folder, dict(files), below)
    return folder


def replace(plan: Path, name: str, *changes: tuple[str, str]) -> None:
    """Change texts of a file of a plan; each must be there."""
    path = plan / name
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8", newline="")
