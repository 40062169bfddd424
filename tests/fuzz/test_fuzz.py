"""Whatever damage is done to a plan's files or templates, every command answers: never an internal error.

A case is always the same for the same number. By hand, more of them: `PYTHONPATH=tests python -m fuzz --de 0 --a 5000`;
one, with its files: `--cas 1234`.
"""

from __future__ import annotations

import pytest
from pace import examples

from fuzz.damages import bases, damaged, field_names
from fuzz.runs import tried
from fuzz.trees import tree_of, written

TENS = range(examples(1, 10))


def test_what_is_written_is_read_back() -> None:
    for plan in bases():
        for tree in plan.values():
            assert tree_of(written(tree)) == tree


def test_a_case_is_always_the_same_and_every_field_is_among_the_damages() -> None:
    assert damaged(1234) == damaged(1234)
    assert {"conventions", "points_permanents", "courriel", "depend_de", "proces_verbal"} <= set(field_names())


@pytest.mark.lent
@pytest.mark.parametrize("ten", TENS)
def test_every_command_answers_on_a_damaged_plan(ten: int) -> None:
    assert [fault for case in range(10 * ten, 10 * ten + 10) for fault in tried(case)] == []
