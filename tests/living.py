"""The plan of an organisation that has recorded for three years: the adopted one, and its journal, day by day."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import NamedTuple

from support import SHIPPED, clean_environment, load_shipped, pivot, shared_folder

HERE = Path(__file__).parent / "vivant"
RECORDED = HERE / "plan"
"""The plan at the end of its journal, as `test_journal.py` holds it."""


class Step(NamedTuple):
    """A command or some lines pasted, of one day of the journal."""

    line: int
    words: list[str]
    pasted: str


class Day(NamedTuple):
    """What is recorded in git together: its day (ISO), its message, its steps."""

    day: str
    message: str
    steps: list[Step]


def days() -> list[Day]:
    """The journal, in order."""
    read: list[Day] = []
    for number, line in enumerate((HERE / "journal.txt").read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("@ "):
            day, _, message = line[2:].partition(" ")
            read.append(Day(day, message, []))
        elif line.startswith("|"):
            step = read[-1].steps[-1]
            read[-1].steps[-1] = step._replace(pasted=step.pasted + line[1:] + "\n")
        elif line and not line.startswith("#"):
            read[-1].steps.append(Step(number, shlex.split(line), ""))
    return read


@cache
def played() -> Path:
    """The journal on the adopted plan of 31 January 2019, a commit a day: its folder, which nothing changes.

    Raises AssertionError where a step is refused, with its line in the journal.
    """
    return shared_folder("vivant", _play)


def _play(folder: Path) -> None:
    shutil.copytree(SHIPPED, folder / "plan")
    _git(folder, "init", "-q", "-b", "main")
    _record(folder, "2019-01-31", "Adopter le plan")
    for day in days():
        for step in day.steps:
            refused = _typed(folder, step.words) if step.words[0] == "note" else _paste(folder / "plan", step)
            assert not refused, f"journal.txt:{step.line}: {refused}"
        _record(folder, day.day, day.message)


def played_until(folder: Path, day: str) -> None:
    """The same in a folder, as it was at the end of that day (ISO), for who changes it."""
    shutil.copytree(played(), folder, dirs_exist_ok=True)
    words = ("git", "rev-list", "-1", f"--before={day}T23:59:00-05:00", "main")
    found = subprocess.run(words, cwd=folder, capture_output=True, check=True, env=clean_environment(), text=True)
    _git(folder, "reset", "-q", "--hard", found.stdout.strip())


def _typed(folder: Path, words: list[str]) -> str:
    """What is said against the command, if it is refused."""
    done = pivot(*words, cwd=folder)
    return done.stderr if done.returncode else ""


def _paste(plan: Path, step: Step) -> str:
    """Put the lines under the line that is named, or under the échéance of an action."""
    *where, after = step.words[1:]
    file = plan / (where[0] if where else f"orientation-{after[0]}.yaml")
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    at = _of_action(lines, after) if not where else [row for row, line in enumerate(lines) if line.rstrip() == after]
    if len(at) != 1:
        return f"« {after} » stands {len(at)} times in {file.name}"
    lines.insert(at[0] + 1, step.pasted)
    file.write_text("".join(lines), encoding="utf-8", newline="\n")
    return ""


def _of_action(lines: list[str], wanted: str) -> list[int]:
    """The row of the échéance of the action with this id."""
    adopted, _ = load_shipped()
    place = adopted.find(wanted)
    assert place, f"{wanted} is no action"
    description = re.compile(rf"\s+description: .?{re.escape(place.action.description[:30])}")
    starts = [row for row, line in enumerate(lines) if description.match(line)]
    return [next(row for row in range(start, len(lines)) if "echeance: " in lines[row]) for start in starts]


def _record(folder: Path, day: str, message: str) -> None:
    _git(folder, "add", "plan")
    when = f"{day}T17:00:00-05:00"
    _git(folder, "commit", "-q", "-m", message, GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when)


def _git(folder: Path, *words: str, **env: str) -> None:
    who = ("-c", "user.name=Direction générale", "-c", "user.email=dg@example.org")
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True, env=clean_environment() | env)
