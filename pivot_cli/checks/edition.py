"""Two plans, before and after an edit: which action became which, what went, what came."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.plan.names import base_name
from pivot_cli.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pivot_cli.finding import Location
    from pivot_cli.plan.model import Action, Place, Plan

Path = tuple[object, ...]
"""The way to a node: (1,) an orientation, (1, "adm") a volet, (1, "adm", 2) an objectif."""


class Pair(NamedTuple):
    """One action, before and after."""

    old: Place
    new: Place

    @property
    def renumbered(self) -> bool:
        """Whether its id changed; an id of which a part could not be read is not judged."""
        return fold(self.old.id) != fold(self.new.id) and "?" not in self.new.id


class Group(NamedTuple):
    """A part of the plan of which every action went together: an orientation (`depth` 1), a volet (2) or an
    objectif (3); `stands` when the part itself is still there, empty.
    """

    depth: int
    places: tuple[Place, ...]
    stands: bool


def path_of(place: Place) -> Path:
    """The way to the objectif of an action."""
    return (place.orientation.numero, place.volet.code, place.objectif.numero)


def file_of(place: Place) -> str:
    """The bare name of the file that an action is written in."""
    return base_name(place.orientation.origin.source.file)


class Edition:
    """An edit: the plan before, the plan after, and the actions of one in the other.

    `pairs` are the actions of both, in the order of the new plan; `removed` those of the old one that are no
    longer there, `added` those that are only in the new one, both in their plan's order. What stood in a file,
    or under a number, that could not be read on either side is in none of them: it is not judged.
    """

    def __init__(self, old: Plan, new: Plan) -> None:
        self.old = old
        self.new = new
        matches = _match(old, new)
        paired = {id(pair.old) for pair in matches}
        found = {id(pair.new) for pair in matches}
        self.pairs = tuple(matches)
        self.removed = tuple(
            place
            for place in old.by_id.values()
            if id(place) not in paired and "?" not in place.id and self._judged(place)
        )
        unread = _unread(old)
        self.added = tuple(
            place
            for place in new.places
            if id(place) not in found and "?" not in place.id and file_of(place) not in unread
        )

    @cached_property
    def _unread_now(self) -> frozenset[str]:
        return _unread(self.new)

    def _judged(self, place: Place) -> bool:
        """Whether the new plan was read well enough around a place to say that what is not there is gone."""
        if file_of(place) in self._unread_now:
            return False
        orientation = next((o for o in self.new.orientations if o.numero == place.orientation.numero), None)
        if orientation is None:
            return all(o.numero or base_name(o.origin.source.file) != file_of(place) for o in self.new.orientations)
        volets = [v for v in orientation.volets if v.code == place.volet.code]
        if not volets:
            return all(volet.code for volet in orientation.volets)
        objectifs = [o for volet in volets for o in volet.objectifs if o.numero == place.objectif.numero]
        if not objectifs:
            return all(objectif.numero for volet in volets for objectif in volet.objectifs)
        return all(action.numero for objectif in objectifs for action in objectif.actions)

    @cached_property
    def removals(self) -> tuple[tuple[Group, ...], tuple[Place, ...]]:
        """What was removed: the parts of the plan that went whole, the largest possible, then the single actions."""
        left = {id(place): place for place in self.removed}
        groups = []
        for depth in (1, 2, 3):
            still = {path_of(place)[:depth] for place in self.new.places}
            # An empty part of which a smaller part still stands is told at the smaller one.
            still |= {part[:depth] for part in self._parts if len(part) > depth}
            for path, places in _by_path(self.old.places, depth).items():
                if len(places) > 1 and path not in still and all(id(place) in left for place in places):
                    groups.append(Group(depth, tuple(places), path in self._parts))
                    for place in places:
                        del left[id(place)]
        return tuple(groups), tuple(left.values())

    @cached_property
    def _parts(self) -> frozenset[Path]:
        """The orientations, volets and objectifs of the new plan, those without actions included."""
        parts: set[Path] = set()
        for orientation in self.new.orientations:
            parts.add((orientation.numero,))
            for volet in orientation.volets:
                parts.add((orientation.numero, volet.code))
                parts.update((orientation.numero, volet.code, objectif.numero) for objectif in volet.objectifs)
        return frozenset(parts)

    @cached_property
    def renumberings(self) -> tuple[tuple[int, tuple[Pair, ...]], ...]:
        """The actions whose id changed, gathered by what was renumbered, which is at the depth given.

        1: an orientation, 2: a volet, 3: an objectif (of which no action kept its id); 4: actions of an objectif.
        """
        gathered: dict[tuple[object, ...], list[Pair]] = defaultdict(list)
        kept = {path_of(place)[:depth] for depth in (1, 2, 3) for place in self.new.places}
        for pair in self.pairs:
            if pair.renumbered:
                before, after = path_of(pair.old), path_of(pair.new)
                depth = next((n for n in (1, 2, 3) if before[n - 1] != after[n - 1]), 4)
                if depth < 4 and before[:depth] in kept:
                    depth = 4
                cut = min(depth, 3)
                gathered[depth, before[:cut], after[:cut]].append(pair)
        return tuple((int(str(key[0])), tuple(pairs)) for key, pairs in gathered.items())

    def objectif_of(self, place: Place) -> Location:
        """Where, in the new plan, a removed action stood: its objectif, or the nearest part that is still there."""
        for pair in self.pairs:
            if pair.old.objectif is place.objectif:
                return pair.new.objectif.origin.at("numero")
        orientation = next((o for o in self.new.orientations if o.numero == place.orientation.numero), None)
        if orientation is None:
            return place.orientation.origin.source.location(0)
        volet = next((v for v in orientation.volets if v.code == place.volet.code), None)
        if volet is None:
            return orientation.origin.at("numero")
        objectif = next((o for o in volet.objectifs if o.numero == place.objectif.numero), None)
        return volet.origin.at("code") if objectif is None else objectif.origin.at("numero")

    @property
    def unread_before(self) -> tuple[str, ...]:
        """The files that could not be read before the edit: what it did to them cannot be said."""
        return self.old.unread


def compare(old: Plan, new: Plan) -> Edition:
    """What an edit did."""
    return Edition(old, new)


def _unread(plan: Plan) -> frozenset[str]:
    return frozenset(map(base_name, plan.unread))


def _by_path(places: Iterable[Place], depth: int) -> dict[Path, list[Place]]:
    found: dict[Path, list[Place]] = defaultdict(list)
    for place in places:
        found[path_of(place)[:depth]].append(place)
    return found


def _match(old: Plan, new: Plan) -> list[Pair]:
    """The actions of both plans: those with the same id and the same wording; then those whose wording reappears
    under another id; then those with the same id, whatever their wording.
    """
    by_id = new.by_id
    first = {id(place) for place in by_id.values()}
    settled: dict[int, Place] = {}  # by the identity of the new place
    open_old: list[Place] = []
    for place in old.by_id.values():
        there = by_id.get(fold(place.id))
        if there is not None and _wording(there) == _wording(place):
            settled[id(there)] = place
        elif place.action.numero:
            open_old.append(place)
    open_new = [place for place in new.places if id(place) not in settled]
    for place, there in _reappearing(open_old, open_new, by_id):
        settled[id(there)] = place
    taken = {id(place) for place in settled.values()}
    for place in open_old:
        there = by_id.get(fold(place.id))
        if id(place) not in taken and there is not None and id(there) in first and id(there) not in settled:
            settled[id(there)] = place
    return [Pair(settled[id(place)], place) for place in new.places if id(place) in settled]


def _wording(place: Place) -> str:
    return fold(place.action.description)


def _reappearing(old: Sequence[Place], new: Sequence[Place], by_id: dict[str, Place]) -> list[tuple[Place, Place]]:
    """The actions whose wording stands under another id, the nearest where several have it.

    Not where all the rest of the action stayed under its own id: two wordings were exchanged, no numbers.
    """
    waiting: dict[str, list[Place]] = defaultdict(list)
    for place in new:
        waiting[_wording(place)].append(place)
    found = []
    for place in old:
        candidates = waiting.get(_wording(place))
        if candidates and _wording(place):
            best = max(candidates, key=lambda there: _nearness(place, there))
            stayed = by_id.get(fold(place.id))
            if stayed is None or _alike(place.action, best.action) >= _alike(place.action, stayed.action):
                candidates.remove(best)
                found.append((place, best))
    return found


def _alike(one: Action, other: Action) -> int:
    """In how many fields, but its number and wording, two actions say the same."""
    return sum(left == right for left, right in zip(one[2:], other[2:], strict=True))


def _nearness(one: Place, other: Place) -> int:
    """How many steps of the way to their objectifs two places share, counted from the top; 4 with the number."""
    shared = 0
    for left, right in zip((*path_of(one), one.action.numero), (*path_of(other), other.action.numero), strict=True):
        shared += left == right
    return shared
