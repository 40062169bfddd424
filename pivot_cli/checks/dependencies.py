"""What depends on what: the dependencies of the plan, and the loops among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pivot_cli.checks.subject import Subject
    from pivot_cli.plan.model import Place

Step = tuple["Place", int]  # an action, and which of its dependencies leads on
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

    `told` are the first of them (in a plan where everything depends on everything there are too many to write), and
    `more` how many others there are. Without recursion: a chain may be as long as the plan.
    """

    def __init__(self, subject: Subject) -> None:
        self.told: list[list[Step]] = []
        self.more = 0
        self._following: dict[str, list[tuple[int, str, Place]]] = {}
        self._groups: dict[str, int] = {}  # by id, once it is walked: which actions all wait for one another
        places: dict[str, Place] = {}
        for place, rank, other in dependencies(subject):
            places.setdefault(place.id, place)
            self._following.setdefault(place.id, []).append((rank, other.id, other))
        for id_, start in places.items():
            if id_ not in self._groups:
                self._walk(start)

    def within(self, place: Place, other: Place) -> bool:
        """Whether each of two actions, of which the first depends on the second, waits for the other."""
        return self._groups[place.id] == self._groups[other.id]

    def _walk(self, start: Place) -> None:
        """Go along the dependencies from an action; what comes back to the path walked is a loop.

        What waits for itself is found on the way: Tarjan, « Depth-first search and linear graph algorithms » (1972).
        """
        path: list[Step] = []
        on_path: dict[str, int] = {start.id: 0}
        first = len(self._groups)
        seen = {start.id: first}
        lowest = [first]  # along the path: the first action seen that each leads back to
        waiting = [start.id]
        stack = [(start, iter(self._following.get(start.id, ())))]
        while stack:
            place, rest = stack[-1]
            step = next(rest, None)
            if step is None:
                stack.pop()
                del on_path[place.id]
                low = lowest.pop()
                if path:
                    path.pop()
                    lowest[-1] = min(lowest[-1], low)
                if low == seen[place.id]:
                    self._close(place.id, low, waiting)
                continue
            rank, id_, other = step
            if id_ in on_path:
                self._tell(path, on_path[id_], (place, rank))
            if id_ in seen and id_ not in self._groups:
                lowest[-1] = min(lowest[-1], seen[id_])
            elif id_ not in self._groups:
                path.append((place, rank))
                on_path[id_] = len(path)
                seen[id_] = first + len(seen)
                lowest.append(seen[id_])
                waiting.append(id_)
                stack.append((other, iter(self._following.get(id_, ()))))

    def _tell(self, path: list[Step], start: int, last: Step) -> None:
        if len(self.told) < MOST_LOOPS:
            self.told.append([*path[start:], last])
        else:
            self.more += 1

    def _close(self, id_: str, group: int, waiting: list[str]) -> None:
        """What was seen since an action that leads back to nothing before it is one group."""
        while True:
            last = waiting.pop()
            self._groups[last] = group
            if last == id_:
                return
