"""How much of a long test is done, and when: `not lent`, as one works; all; and more still, for `.ci/run`."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

import pytest


def one_in(every: int, rows: Iterable[Any]) -> list[Any]:
    """The rows of a table that takes seconds in all: `lent`, but for one in so many."""
    return [
        row if rank % every == 0 else pytest.param(*_values(row), marks=pytest.mark.lent)
        for rank, row in enumerate(rows)
    ]


def _values(row: Any) -> tuple[Any, ...]:
    return row if isinstance(row, tuple) else (row,)


def examples(usual: int, complete: int) -> int:
    """How many examples a property is tried on: the second with PIVOT_TESTS=complet."""
    return complete if os.environ.get("PIVOT_TESTS") == "complet" else usual
