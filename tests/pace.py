"""How much of a long test is done, and when: as one works, before a change, in `.ci/run`, or all of it."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any

import pytest


def complete() -> bool:
    """Whether every row is tried: as `.ci/run` asks, and where examples are written anew, which must all be."""
    return bool(os.environ.get("PIVOT_TESTS") or os.environ.get("PIVOT_GOLDEN"))


def everything() -> bool:
    """Whether what takes minutes more, and differs little from what `.ci/run` tries, is tried too."""
    return os.environ.get("PIVOT_TESTS") == "tout"


_BEFORE_A_CHANGE = 3


def one_in(every: int, rows: Iterable[Any]) -> list[Any]:
    """The rows of a table that takes seconds in all: one in so many as one works; `lent`, one in three of the others.

    What is left is `complet`.
    """
    return [
        row if rank % every == 0 else pytest.param(*_values(row), marks=_later(rank)) for rank, row in enumerate(rows)
    ]


def _later(rank: int) -> tuple[pytest.MarkDecorator, ...]:
    """The marks of a row that is left for later: in tables that cross each other, a row of each may be."""
    return (pytest.mark.lent,) if rank % _BEFORE_A_CHANGE == 1 else (pytest.mark.lent, pytest.mark.complet)


def few(every: int, rows: Iterable[Any]) -> list[Any]:
    """One row in so many of a table that takes a minute in all, and every row with PIVOT_TESTS=complet."""
    return list(rows)[:: examples(every, 1)]


def _values(row: Any) -> tuple[Any, ...]:
    return row if isinstance(row, tuple) else (row,)


def examples(usual: int, every: int) -> int:
    """How many examples a property is tried on: the second with PIVOT_TESTS=complet."""
    return every if complete() else usual


def table(
    names: str | tuple[str, ...], rows: Iterable[Any], ids: Callable[[Any], object] | Sequence[str] = str
) -> _Decorator:
    """As `pytest.mark.parametrize`, in a single test: for rows that take less time than pytest takes for a test.

    Every row is tried; those at fault are told together, each with its name. The fixtures are shared by all rows.
    """
    columns = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    listed = list(rows)

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        @wraps(test)
        def every_row(**others: Any) -> None:
            faults = []
            for rank, row in enumerate(listed):
                values = (row,) if len(columns) == 1 else row
                try:
                    test(**dict(zip(columns, values, strict=True)), **others)
                except Exception as fault:  # noqa: BLE001 - told below
                    name = "-".join(str(ids(value)) for value in values) if callable(ids) else ids[rank]
                    fault.add_note(f"row: {name}")
                    faults.append(fault)
            if faults:
                raise ExceptionGroup(f"{len(faults)} of {len(listed)} rows", faults)
            assert listed, "a table without rows"

        asked = inspect.signature(test).parameters
        every_row.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
            [one for name, one in asked.items() if name not in columns]
        )
        return every_row

    return decorate


_Decorator = Callable[[Callable[..., None]], Callable[..., None]]
