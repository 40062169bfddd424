"""What the rules of a plan judge: the plan, the day, and what of the plan could not be read."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pivot_cli.plan.names import base_name, number_in
from pivot_cli.text import fold

if TYPE_CHECKING:
    from datetime import date

    from pivot_cli.plan.model import Orientation, Place, Plan, Responsable


class Subject:
    """What the rules judge: a plan and, for what must not be dated after it, the day it is."""

    def __init__(self, plan: Plan, today: date | None = None) -> None:
        self.plan = plan
        self.today = today

    @cached_property
    def lost(self) -> frozenset[str]:
        """The names of the files of which all, or a part that others may refer to, could not be read."""
        return frozenset(base_name(file) for file in (*self.plan.unread, *self.plan.partial))

    @cached_property
    def lost_orientations(self) -> frozenset[int]:
        """The numbers of the orientations of which something is not known, as their files' names give them."""
        misnamed = [o for o in self.plan.orientations if file_number(o) not in (None, o.numero)]
        numbers = {number_in(name) for name in self.lost} | {file_number(o) for o in misnamed}
        return frozenset(filter(None, numbers)) | {o.numero for o in misnamed}

    @cached_property
    def enriched(self) -> tuple[Place, ...]:
        """The actions that say more than they must, in the plan's order: few of most plans.

        What a rule says of an optional field is looked for among them only.
        """
        return tuple(place for place in self.plan.places if place.action.enriched)

    @cached_property
    def teams(self) -> frozenset[tuple[str, ...]]:
        """The responsables named together, each set of names once: few, however many the actions."""
        return frozenset(place.action.responsables for place in self.plan.places)

    @cached_property
    def strangers(self) -> frozenset[str]:
        """The names under « responsables » or « porteur » that stand for nobody."""
        names = {name for team in self.teams for name in team}
        names |= {place.action.porteur for place in self.enriched if place.action.porteur}
        return frozenset(name for name in names if self.plan.registre.find(name) is None)

    @cached_property
    def contested(self) -> frozenset[str]:
        """The names, as they are compared, that several responsables claim: whom they stand for is not known."""
        owner: dict[str, Responsable] = {}
        claims = ((fold(name), one) for one in self.plan.registre for name in one.names)
        return frozenset(name for name, one in claims if name and owner.setdefault(name, one) is not one)


def file_number(orientation: Orientation) -> int | None:
    """The number in the name of an orientation's file; None when it comes from no such file."""
    return number_in(base_name(orientation.origin.source.file))
