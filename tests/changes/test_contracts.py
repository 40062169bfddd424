"""What `pivot changes` answers on five histories: screens, Markdown and JSON, whole, in `golden/`.

After a change that is wanted: `PIVOT_GOLDEN=1 python -m pytest tests/changes`, then read the difference, aloud.
"""

from __future__ import annotations

import json
import re
import shlex
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from edits.repository import git
from pace import few, one_in
from support import golden, pivot

from changes.histories import HISTORIES

GOLDEN = Path(__file__).parent / "golden"


LONG = ("vivant", "sans-git", "deplace")  # to make: the last two with every example only
NAMES = ["adopte", "plat", *few(3, LONG)]


@pytest.fixture(
    scope="module", params=[pytest.param(name, marks=[pytest.mark.lent] * (name in LONG)) for name in NAMES]
)
def history(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    folder = tmp_path_factory.mktemp(request.param)
    HISTORIES[request.param].make(folder)
    return request.param, folder


def asked(history: tuple[str, Path], *more: str, columns: int = 80) -> str:
    name, folder = history
    done = pivot("changes", *shlex.split(HISTORIES[name].asked), *more, cwd=folder, columns=columns)
    assert done.returncode == 0, done.stderr
    # The names of commits depend on that of the machine's first branch, and on git's version.
    return re.sub(r'"commit": "[0-9a-f]{40}"', '"commit": "…"', done.stdout)


@pytest.mark.parametrize(
    ("form", "columns", "more"),
    one_in(
        3,
        [
            ("txt", 80, []),
            ("40.txt", 40, []),
            ("200.txt", 200, []),
            ("tout.txt", 80, ["--tout"]),
            ("md", 80, ["--format", "md"]),
        ],
    ),
)
def test_it_is_as_it_was(history: tuple[str, Path], form: str, columns: int, more: list[str]) -> None:
    cut = shlex.split(HISTORIES[history[0]].cut) if form == "tout.txt" else []
    shown = asked(history, *more, *cut, columns=columns)
    assert shown == golden(GOLDEN / f"{history[0]}.{form}", shown)


def test_its_json_is_as_it_was(history: tuple[str, Path]) -> None:
    shown = asked(history, "--format", "json", *shlex.split(HISTORIES[history[0]].cut))
    assert shown == golden(GOLDEN / f"{history[0]}.json", shown)


def test_each_action_has_one_entry_and_the_sum_holds(history: tuple[str, Path]) -> None:
    found = json.loads(asked(history, "--format", "json"))
    kinds = Counter(one["genre"] for one in found["actions"])
    assert found["avant"] == sum(one["avant"] is not None for one in found["actions"])
    assert found["maintenant"] == sum(one["apres"] is not None for one in found["actions"])
    assert found["avant"] + kinds["ajoutée"] - kinds["retirée"] == found["maintenant"]
    assert (found["ajoutees"], found["retirees"]) == (kinds["ajoutée"], kinds["retirée"])
    assert len({one["id"] for one in found["actions"]}) == len(found["actions"])


def test_the_same_day_gives_the_same_bytes(history: tuple[str, Path]) -> None:
    assert asked(history, "--format", "json") == asked(history, "--format", "json")


def test_the_actions_are_those_of_the_other_commands(history: tuple[str, Path]) -> None:
    """Each entry holds the action as `show` has it, where nothing was committed after that day."""
    name, folder = history
    if name == "vivant":
        return
    words = shlex.split(HISTORIES[name].asked)
    plan = words[words.index("--plan") :][:2] if "--plan" in words else []
    found = json.loads(asked(history, "--format", "json", *shlex.split(HISTORIES[name].cut)))
    for one in found["actions"]:
        done = pivot("show", one["id"], "--au", found["au"], "--format", "json", *plan, cwd=folder)
        assert without_its_place(one["apres"]) == without_its_place(json.loads(done.stdout))


def without_its_place(action: dict[str, Any]) -> dict[str, Any]:
    """An action, without its line, and what `show` says of other plans."""
    return {key: value for key, value in action.items() if key not in ("ligne", "reprend", "reprise_par")}


def test_every_history_is_tried() -> None:
    assert {*HISTORIES} == {"adopte", "plat", *LONG}


def test_nothing_is_left_in_the_repository(history: tuple[str, Path]) -> None:
    name, folder = history
    before = None if name == "sans-git" else git(folder, "status", "--porcelain")
    asked(history)
    pivot("status", cwd=folder)
    assert before is None or git(folder, "status", "--porcelain") == before
