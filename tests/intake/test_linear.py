"""A document of any size is read in steps that grow as it does: no timed test."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

from pivot_cli.echeance import Conventions
from pivot_cli.intake.files import Answers, composed
from pivot_cli.intake.plan import read_plan
from pivot_cli.received.delimited import read_delimited


def steps(actions: int) -> int:
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

    document = read_delimited("\n".join(rows).encode(), "grand.csv")
    sys.setprofile(counted)
    try:
        made = composed(read_plan(document, Conventions()).draft, Answers(), "")
    finally:
        sys.setprofile(None)
    assert len(made.files) >= 8
    return count


def test_steps_grow_as_the_document_does() -> None:
    steps(50)  # what is read once
    assert steps(800) < 2.6 * steps(400)
