"""Two plans, before and after an edit: which action became which, what went, what came."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from pivot_cli.finding import Location
from pivot_cli.plan.model import Orientation, Place, Plan
from pivot_cli.plan.names import base_name
from pivot_cli.suivi.pairing import Pair, Way, paired, way_to
from pivot_cli.text import fold

LEVELS = (("numero", "volets"), ("code", "objectifs"), ("numero", "actions"), ("numero", ""))
"""From an orientation (depth 1) to an action (4): the field that names each node, the field of those under it."""


class Edition:
    """An edit: the plan before, the plan after, and the actions of one in the other.

    `pairs` are the actions of both, in the order of the new plan; `removed` and `added` those of one alone, in its
    order. What could not be read on either side is in none of them: what the edit did to it is unknown.
    """

    def __init__(self, old: Plan, new: Plan) -> None:
        self.old = old
        self.new = new
        self.pairs = tuple(paired(old, new))
        both = {id(place) for pair in self.pairs for place in pair}
        unread_before, unread_now = ({base_name(file) for file in plan.unread} for plan in (old, new))
        gone = [place for place in old.by_id.values() if _file(place.orientation) not in unread_now]
        come = [place for place in new.places if _file(place.orientation) not in unread_before]
        alone = [[one for one in some if id(one) not in both and "?" not in one.id] for some in (gone, come)]
        self.removed, self.added = tuple(filter(self._is_judged, alone[0])), tuple(alone[1])

    def _is_judged(self, place: Place) -> bool:
        """Whether the new plan was read well enough around a place to say that what is not there is gone."""
        levels = zip(self._around(place), LEVELS, strict=True)
        siblings, key = next((siblings, key) for (siblings, same), (key, below) in levels if not (same and below))
        return all(getattr(one, key) or getattr(one, "implied", False) for one in siblings)

    def _around(self, place: Place) -> Iterator[tuple[list[Any], list[Any]]]:
        """What the new plan has where an old action stood, depth by depth: siblings, and those of the node's name."""
        file = _file(place.orientation)
        siblings: list[Any] = [one for one in self.new.orientations if one.numero or _file(one) == file]
        for node, (key, below) in zip(place, LEVELS, strict=True):
            same = [one for one in siblings if getattr(one, key) == getattr(node, key)]
            yield siblings, same
            siblings = [child for one in same for child in getattr(one, below, ())]

    def removals(self) -> tuple[list[tuple[int, list[Place], bool]], list[Place]]:
        """The parts of the plan of which every action was removed, the largest possible, and the actions removed alone.
        A part is its depth (1: an orientation, 2: a volet, 3: an objectif), its actions, and whether it stands, empty.
        """
        left = {id(place): place for place in self.removed}
        groups = []
        for depth in (1, 2, 3):
            parts: dict[Way, list[Place]] = defaultdict(list)
            for place in self.old.places:
                if not getattr(place[depth - 1], "implied", False):
                    parts[way_to(place)[:depth]].append(place)
            for places in parts.values():
                if len(places) > 1 and all(id(place) in left for place in places):
                    around = list(self._around(places[0]))
                    # An empty part of which a smaller part still stands is told at the smaller one.
                    if not around[depth][0]:
                        groups.append((depth, places, bool(around[depth - 1][1])))
                        for place in places:
                            del left[id(place)]
        return groups, list(left.values())

    def renumberings(self) -> list[tuple[int, list[Pair]]]:
        """The actions whose id changed, gathered by what was renumbered, at its depth: 1: an orientation, 2: a volet,
        3: an objectif (of which no action kept its id), 4: actions of an objectif. An unreadable id is not judged.
        """
        gathered: dict[tuple[int, Way, Way], list[Pair]] = defaultdict(list)
        kept = {way_to(place)[:depth] for depth in (1, 2, 3) for place in self.new.places}
        for pair in self.pairs:
            if fold(pair.old.id) != fold(pair.new.id) and "?" not in f"{pair.old.id}{pair.new.id}":
                before, after = way_to(pair.old), way_to(pair.new)
                depth = next((n for n in (1, 2, 3) if before[n - 1] != after[n - 1]), 4)
                if before[:depth] in kept:
                    depth = 4
                gathered[depth, before[: min(depth, 3)], after[: min(depth, 3)]].append(pair)
        return [(depth, pairs) for (depth, _, _), pairs in gathered.items()]

    def objectif_of(self, place: Place) -> Location:
        """Where, in the new plan, a removed action stood: its objectif, or the nearest part that is still there."""
        for pair in self.pairs:
            if pair.old.objectif is place.objectif:
                return pair.new.objectif.origin.at("numero")
        where = place.orientation.origin.source.location(0)
        for (_, same), (key, below) in zip(self._around(place), LEVELS, strict=True):
            if same and below:
                where = same[0].origin.at(key)
        return where


def _file(orientation: Orientation) -> str:
    return base_name(orientation.origin.source.file)
