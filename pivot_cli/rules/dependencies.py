"""What depends on what: the dependencies of the plan, and the loops among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pivot_cli.model import Place
    from pivot_cli.rules.book import Subject

Step = tuple["Place", int]  # an action, and which of its dependencies leads on


def dependencies(subject: Subject) -> Iterator[tuple[Place, int, Place]]:
    """Each action that depends on another that exists: the first, the rank of the reference, the second."""
    for place in subject.enriched:
        for rank, wanted in enumerate(place.action.depend_de):
            other = subject.find(wanted)
            if other is not None:
                yield place, rank, other


def loops(subject: Subject) -> list[list[Step]]:
    """The loops of dependencies, each told once and from its first action in the plan's order.

    Without recursion: a chain may be as long as the plan.
    """
    following: dict[str, list[tuple[int, Place]]] = {}
    places: dict[str, Place] = {}
    for place, rank, other in dependencies(subject):
        places.setdefault(place.id, place)
        following.setdefault(place.id, []).append((rank, other))
    found: list[list[Step]] = []
    done: set[str] = set()
    for id_, start in places.items():
        if id_ not in done:
            _walk(start, following, done, found)
    return found


def _walk(start: Place, following: dict[str, list[tuple[int, Place]]], done: set[str], found: list[list[Step]]) -> None:
    """Go along the dependencies from an action; what comes back to the path walked is a loop."""
    path: list[Step] = []
    on_path: dict[str, int] = {}
    stack = [(start, iter(following.get(start.id, ())))]
    on_path[start.id] = 0
    while stack:
        place, rest = stack[-1]
        step = next(rest, None)
        if step is None:
            stack.pop()
            done.add(place.id)
            del on_path[place.id]
            if path:
                path.pop()
            continue
        rank, other = step
        if other.id in on_path:
            found.append([*path[on_path[other.id] :], (place, rank)])
        elif other.id not in done:
            path.append((place, rank))
            on_path[other.id] = len(path)
            stack.append((other, iter(following.get(other.id, ()))))
