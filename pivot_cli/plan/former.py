"""What a plan knows of the one that it continues: nothing here looks at the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pivot_cli.plan.model import Place, Plan


class Former(NamedTuple):
    """The plan that another continues, in its folder as it is shown; where it cannot be had, `plan` is None and `why`
    says so, in a sentence.
    """

    dossier: str
    plan: Plan | None = None
    why: str = ""


class Taken(NamedTuple):
    """An action of a later plan that takes over one of this plan: that plan, its folder as it is shown, the action."""

    dossier: str
    plan: Plan
    place: Place


class Kin(NamedTuple):
    """The plan before, where an action takes over one of it, and the actions of later plans that take it over."""

    former: Former | None
    takers: list[Taken]


def taken_over(plan: Plan, former: Plan) -> dict[str, list[Place]]:
    """The actions of a plan that take over some of the one before, by the id that these have there, in their order."""
    found: dict[str, list[Place]] = {}
    for place in plan.places:
        if place.action.suite_de and (before := former.find(place.action.suite_de)):
            found.setdefault(before.id, []).append(place)
    return found
