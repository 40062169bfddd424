"""At each meeting of the living plan, what is told is what its journal recorded since the one before."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from living import RECORDED, Day, days, played
from pace import few

from pivot_cli.cli.past import Past, Start
from pivot_cli.plan.loader import load
from pivot_cli.plan.sources import read_folder
from pivot_cli.suivi.changes import Genre
from pivot_cli.suivi.etat import portrait

pytestmark = pytest.mark.lent

PLAN = load(read_folder(RECORDED, "plan"))[0]
MEETINGS = PLAN.reunions.ca.days

SAID = {  # what a command records, where nothing stronger was recorded of the action in between
    "--statut réalisée": Genre.REALISEE,
    "--realisation": Genre.REFAITE,
    "--statut abandonnée": Genre.ABANDONNEE,
    "--reporter": Genre.REPORTEE,
    "--statut": Genre.STATUT,
    "": Genre.NOUVELLES,
}


def recorded_between(first: date, last: date) -> dict[str, set[Genre]]:
    """The actions that the journal names on these days, both included, and what may be told of each."""
    found: dict[str, set[Genre]] = {}
    for day in days():
        if first <= date.fromisoformat(day.day) <= last:
            for id_, genre in _steps(day):
                found.setdefault(id_, set()).add(genre)
    return found


def _steps(day: Day) -> list[tuple[str, Genre]]:
    told = []
    for step in day.steps:
        typed = " ".join(step.words)
        named = next((word for word in step.words if re.fullmatch(r"\d\.[a-z]+\.\d+\.\d+", word)), None)
        if named:
            told.append((named, next(genre for words, genre in SAID.items() if words in typed)))
    return told


@pytest.mark.parametrize(("before", "meeting"), few(3, pairwise(MEETINGS)), ids=str)
def test_a_meeting_is_told_what_was_recorded_since_the_one_before(before: date, meeting: date) -> None:
    folder = played() / "plan"
    told = Past(folder).since(portrait(PLAN, meeting), Start(before), when=True)
    recorded = recorded_between(before, meeting)
    found = {one.id: one for one in told.changes.happened if one.genre is not Genre.ECHEANCE}
    assert found.keys() == recorded.keys()
    ranks = {genre: rank for rank, genre in enumerate(Genre)}
    for id_, one in found.items():
        strongest = min(recorded[id_], key=ranks.__getitem__)
        # « À évaluer » that is given a date is no report, a statut that is said again is no change.
        assert one.genre is strongest or one.genre is Genre.NOUVELLES, (id_, one.genre, recorded[id_])
        assert before <= told.recorded[id_] <= meeting
    passed = told.changes.with_fact(Genre.ECHEANCE)
    assert all(one.now.passee_le and before - timedelta(days=1) <= one.now.passee_le < meeting for one in passed)
