"""The README says what the code does, and its commands are those that the checks run."""

from __future__ import annotations

import re

from readme import PARTS, README, with_parts
from support import ROOT

TEST_COMMAND = (
    'python3 -m venv .venv && .venv/bin/python -m pip install -q -e ".[test]" && .venv/bin/python -m pytest -q'
)
FIRST_COMMAND = "python3 -m venv .venv && .venv/bin/python -m pip install -q -e . && .venv/bin/pivot status"


def test_generated_parts_are_up_to_date() -> None:
    readme = README.read_text(encoding="utf-8")
    assert with_parts(readme) == readme, "python tests/readme.py"
    assert {found.split(" : ")[0] for found in re.findall(r"<!-- (.+?) -->", readme)} == {*PARTS, "fin"}


def test_the_checks_run_the_command_of_the_readme() -> None:
    readme = README.read_text(encoding="utf-8")
    assert FIRST_COMMAND in readme
    assert TEST_COMMAND in readme
    assert TEST_COMMAND in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
