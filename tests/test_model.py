"""Finding an action of a plan by its id."""

from __future__ import annotations

import pytest
from pace import table
from support import SHIPPED

from pivot_cli.plan.loader import load
from pivot_cli.plan.model import Action, Objectif, Orientation, Plan, Volet
from pivot_cli.plan.sources import read_folder


def _orientation(numero: int, code: str, *descriptions: str) -> Orientation:
    actions = tuple(Action(1, description) for description in descriptions)
    return Orientation(numero, "", volets=(Volet(code, "", (Objectif(1, "", actions),)),))


PLAN = Plan(
    orientations=(_orientation(1, "Adm", "a", "twin"), _orientation(0, "", "lost"), _orientation(1, "par", "b"))
)


@table(
    ("wanted", "description"),
    [
        ("1.Adm.1.1", "a"),
        ("1.adm.1.1", "a"),
        (" 1.ÀDM.1.1 ", "a"),
        ("1.par.1.1", "b"),
        ("?.?.1.1", "lost"),
        ("1.par.1.2", None),
        ("1", None),
        ("2.adm.1.1", None),
        ("", None),
    ],
)
def test_an_action_is_found_as_people_type_its_id(wanted: str, description: str | None) -> None:
    place = PLAN.find(wanted)
    assert (place and place.action.description) == description


def test_every_action_of_a_plan_is_found_by_its_id() -> None:
    plan, _ = load(read_folder(SHIPPED, "plan"))
    assert [plan.find(place.id) for place in plan.places] == list(plan.places)


def test_no_cache_has_a_plan_for_a_key() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(PLAN)
