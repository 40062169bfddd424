"""What the rules of a plan judge: the plan, the day, what of the plan could not be read, and what depends on what."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from pivot_cli.plan.former import Former
from pivot_cli.plan.model import Action, Orientation, Place, Plan, Responsable
from pivot_cli.plan.names import base_name, number_in
from pivot_cli.text import fold

_MOST_LOOPS = 20  # that are told one by one


class Subject:
    """What the rules judge: a plan; for what must not be dated after it, the day it is; where it was looked for, the
    plan that it continues.
    """

    def __init__(self, plan: Plan, today: date | None = None, former: Former | None = None) -> None:
        self.plan = plan
        self.today = today
        self.former = former

    @cached_property
    def lost(self) -> frozenset[str]:
        """The names of the files of which all, or a part that others may refer to, could not be read."""
        return frozenset(base_name(file) for file in (*self.plan.unread, *self.plan.partial))

    @cached_property
    def enriched(self) -> tuple[tuple[Place, Action], ...]:
        """The actions that say more than they must, each after its place, in the plan's order: few of most plans.

        What a rule says of an optional field is looked for among them only.
        """
        return tuple((place, place.action) for place in self.plan.places if place.action.enriched)

    @cached_property
    def teams(self) -> frozenset[tuple[str, ...]]:
        """The responsables named together, each set of names once: few, however many the actions."""
        return frozenset(place.action.responsables for place in self.plan.places)

    @cached_property
    def strangers(self) -> frozenset[str]:
        """The names under « responsables » or « porteur » that stand for nobody."""
        names = {name for team in self.teams for name in team}
        names |= {action.porteur for _, action in self.enriched if action.porteur}
        return frozenset(name for name in names if self.plan.registre.find(name) is None)

    @cached_property
    def contested(self) -> frozenset[str]:
        """The names, as they are compared, that several responsables claim: whom they stand for is not known."""
        owner: dict[str, Responsable] = {}
        claims = ((fold(name), one) for one in self.plan.registre for name in one.names)
        return frozenset(name for name, one in claims if name and owner.setdefault(name, one) is not one)

    @property
    def dependencies(self) -> Iterator[tuple[Place, int, Place]]:
        """Each action that depends on another that exists: the first, the rank of the reference, the second."""
        for place, action in self.enriched:
            for rank, wanted in enumerate(action.depend_de):
                other = self.plan.find(wanted)
                if other is not None:
                    yield place, rank, other

    @cached_property
    def loops(self) -> "Loops":
        """The actions that wait for themselves."""
        return Loops(self.dependencies)


def file_number(orientation: Orientation) -> int | None:
    """The number in the name of an orientation's file; None when it comes from no such file."""
    return number_in(base_name(orientation.origin.source.file))


class Loops:
    """The loops of dependencies, each told once, from the action at which the walk of the plan met it.

    `told` are the first of them (there may be too many to write), as actions and which of their dependencies leads on;
    `more` is how many others there are. `groups` has, by id, the same value for all actions that wait for one another.
    """

    def __init__(self, dependencies: Iterator[tuple[Place, int, Place]]) -> None:
        self.told: list[list[tuple[Place, int]]] = []
        self.more = 0
        self.groups: dict[str, str] = {}
        self._following: dict[str, list[tuple[int, Place]]] = {}
        starts: dict[str, Place] = {}
        for place, rank, other in dependencies:
            starts.setdefault(place.id, place)
            self._following.setdefault(place.id, []).append((rank, other))
        for id_, start in starts.items():
            if id_ not in self.groups:
                self._walk(start)

    def _walk(self, start: Place) -> None:
        """Go along the dependencies from an action; what comes back to the path walked is a loop. Without recursion: a
        chain may be as long as the plan. Gabow, « Path-based depth-first search for strong and biconnected components »
        (2000), finds what waits for itself on the way.
        """
        path: dict[str, tuple[Place, int]] = {}
        met: dict[str, int] = {}  # in which order
        ungrouped: list[str] = []
        firsts: list[str] = []  # of each group that the path goes through, as far as is known
        stack = [(start, iter(self._following[start.id]))]
        while stack:
            place, rest = stack[-1]
            if place.id not in met:
                met[place.id] = len(met)
                ungrouped.append(place.id)
                firsts.append(place.id)
            step = next(rest, None)
            if step is None:
                stack.pop()
                path.pop(place.id, None)
                if firsts[-1] == place.id:
                    firsts.pop()
                    while place.id not in self.groups:
                        self.groups[ungrouped.pop()] = place.id
                continue
            rank, other = step
            path[place.id] = place, rank
            if other.id in path and len(self.told) < _MOST_LOOPS:
                self.told.append([*path.values()][[*path].index(other.id) :])
            elif other.id in path:
                self.more += 1
            if other.id not in met and other.id not in self.groups:
                stack.append((other, iter(self._following.get(other.id, ()))))
            while other.id in met and other.id not in self.groups and met[firsts[-1]] > met[other.id]:
                firsts.pop()
