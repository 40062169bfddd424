"""The living plan is its journal, played on the adopted one: whoever changes the first plays the second again.

`PIVOT_GOLDEN=1 python -m pytest tests/vivant/test_journal.py` writes it.
"""

from __future__ import annotations

import subprocess

import pytest
from living import RECORDED, days, played
from support import golden, pivot

pytestmark = pytest.mark.lent


def test_the_plan_is_what_its_journal_makes() -> None:
    for made in sorted((played() / "plan").glob("*.yaml")):
        text = made.read_text(encoding="utf-8")
        assert text == golden(RECORDED / made.name, text)
    assert {path.name for path in RECORDED.glob("*.yaml")} == {path.name for path in (played() / "plan").glob("*.yaml")}


def test_each_day_is_a_commit_of_its_day() -> None:
    told = subprocess.run(
        ["git", "log", "--reverse", "--format=%cs %s"], cwd=played(), capture_output=True, check=True, encoding="utf-8"
    ).stdout.splitlines()
    assert told == ["2019-01-31 Adopter le plan", *(f"{day.day} {day.message}" for day in days())]


def test_the_plan_is_valid_and_so_is_its_whole_edit() -> None:
    first = subprocess.run(
        ["git", "rev-list", "--max-parents=0", "HEAD"], cwd=played(), capture_output=True, check=True, encoding="utf-8"
    ).stdout.strip()
    done = pivot("validate", "--depuis", first, cwd=played())
    assert done.returncode == 0, done.stdout
