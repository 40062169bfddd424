"""What depends on what: the dependencies of the plan, and the loops among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pivot_cli.checks.subject import Subject
    from pivot_cli.plan.model import Place

MOST_LOOPS = 20  # that are told one by one


def dependencies(subject: Subject) -> Iterator[tuple[Place, int, Place]]:
    """Each action that depends on another that exists: the first, the rank of the reference, the second."""
    for place in subject.enriched:
        for rank, wanted in enumerate(place.action.depend_de):
            other = subject.plan.find(wanted)
            if other is not None:
                yield place, rank, other


class Loops:
    """The loops of dependencies, each told once, from the action at which the walk of the plan met it.

    `told` are the first of them, as actions and which of their dependencies leads on (where everything depends on
    everything there are too many to write); `more` is how many others there are. `groups` has, by id, the same
    value for all the actions that wait for one another. Without recursion: a chain may be as long as the plan.
    """

    def __init__(self, subject: Subject) -> None:
        self.told: list[list[tuple[Place, int]]] = []
        self.more = 0
        self.groups: dict[str, str] = {}
        self._following: dict[str, list[tuple[int, Place]]] = {}
        starts: dict[str, Place] = {}
        for place, rank, other in dependencies(subject):
            starts.setdefault(place.id, place)
            self._following.setdefault(place.id, []).append((rank, other))
        for id_, start in starts.items():
            if id_ not in self.groups:
                self._walk(start)

    def _walk(self, start: Place) -> None:
        """Go along the dependencies from an action; what comes back to the path walked is a loop.

        What waits for itself is found on the way: Gabow, « Path-based depth-first search for strong and biconnected
        components » (2000).
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
            if other.id in path:
                self._tell(path, other.id)
            if other.id not in met and other.id not in self.groups:
                stack.append((other, iter(self._following.get(other.id, ()))))
            while other.id in met and other.id not in self.groups and met[firsts[-1]] > met[other.id]:
                firsts.pop()

    def _tell(self, path: dict[str, tuple[Place, int]], first: str) -> None:
        if len(self.told) < MOST_LOOPS:
            self.told.append([*path.values()][[*path].index(first) :])
        else:
            self.more += 1
