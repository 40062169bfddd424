"""A document of any size is read in steps that grow as it does: no timed test."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Any

import pytest
from pace import few

from intake.workbooks import saved, workbook
from pivot_cli.echeance import Conventions
from pivot_cli.intake.files import Answers, composed
from pivot_cli.intake.plan import read_plan
from pivot_cli.received.cells import Source
from pivot_cli.received.delimited import read_delimited
from pivot_cli.received.workbook import read_workbook

Rows = Sequence[Sequence[str]]


def as_csv(rows: Rows) -> Source:
    return read_delimited("\n".join(map(";".join, rows)).encode(), "grand.csv")


def as_workbook(rows: Rows) -> Source:
    return read_workbook(saved(workbook(("Actions", rows))), "grand.xlsx")


def steps(actions: int, made: Callable[[Rows], Source]) -> int:
    """How many calls it takes to make a plan of so many actions."""
    rows = ["Axe;Objectif;N°;Action;Responsable;Échéance;Commentaires"]
    rows += [
        f"Axe {n % 7};{n % 7}.{n % 5} Viser {n % 5};{n};Faire {n};Service {n % 9} + DG;Mars 2027;Note {n}"
        for n in range(actions)
    ]
    count = 0

    def counted(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal count
        count += event == "call"

    document = made([row.split(";") for row in rows])
    sys.setprofile(counted)
    try:
        files = composed(read_plan(document, Conventions()).draft, Answers(), "").files
    finally:
        sys.setprofile(None)
    assert len(files) >= 8
    return count


@pytest.mark.lent
@pytest.mark.parametrize("made", few(2, [as_csv, as_workbook]))
def test_steps_grow_as_the_document_does(made: Callable[[Rows], Source]) -> None:
    steps(50, made)  # what is read once
    assert steps(800, made) < 2.6 * steps(400, made)
