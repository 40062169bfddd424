"""Which action of a plan became which in a later one: the same answer for whoever compares two plans."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from pivot_cli.echeance import Echeance, Refus
from pivot_cli.plan.model import Place, Plan
from pivot_cli.text import fold

Way = tuple[object, ...]
"""The names on the way to a node: (1,) an orientation, (1, "adm") a volet, (1, "adm", 2) an objectif…"""


class Pair(NamedTuple):
    """One action, before and after."""

    old: Place
    new: Place


def paired(old: Plan, new: Plan) -> Iterator[Pair]:
    """The actions of both plans, in the order of the new one, wherever their files stand: those with the same id and
    the same wording; then those whose wording reappears under another id, the nearest where several have it, unless the
    rest of the action stayed (two wordings were exchanged); then those with the same id, whatever their wording.
    """
    settled, left = _unchanged_names(old, new)
    by_wording: dict[str, list[Place]] = defaultdict(list)
    by_id: dict[str, Place] = {}
    for place in new.places:
        if id(place) not in settled:
            by_id.setdefault(fold(place.id), place)
            if _wording(place):
                by_wording[_wording(place)].append(place)
    others = []
    for place in left:
        same, stayed = by_wording.get(_wording(place), []), by_id.get(fold(place.id))
        nearest = max(same, key=lambda other: _agreements(way_to(other), way_to(place)), default=None)
        if nearest and (stayed is None or _likeness(place, nearest) >= _likeness(place, stayed)):
            same.remove(nearest)
            settled[id(nearest)] = place
        elif stayed and place.action.numero:
            others.append((stayed, place))
    for stayed, place in others:
        settled.setdefault(id(stayed), place)
    return (Pair(settled[id(place)], place) for place in new.places if id(place) in settled)


def _unchanged_names(old: Plan, new: Plan) -> tuple[dict[int, Place], list[Place]]:
    """The old actions whose id and wording stayed, by the identity of the new one, and the others in their order."""
    named: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in new.places:
        named[fold(place.id), _wording(place)].append(place)
    settled, left = {}, []
    for place in old.places:
        if stayed := named[fold(place.id), _wording(place)]:
            settled[id(stayed.pop(0))] = place
        else:
            left.append(place)
    return settled, left


def carried_over(old: Plan, new: Plan) -> float:
    """The part of the actions of a plan, from 0 to 1, whose wording another one has, wherever it stands there."""
    wordings = {_wording(place) for place in new.places}
    return sum(_wording(place) in wordings for place in old.places) / max(len(old.places), 1)


def unchanged(old: Plan, new: Plan) -> int:
    """How many actions of a plan another one has with the same wording and the same échéance: what it takes over from
    one that is over has another.
    """
    said = {(_wording(place), fold(place.action.echeance.texte)) for place in new.places}
    return sum((_wording(place), fold(place.action.echeance.texte)) in said for place in old.places)


def way_to(place: Place) -> Way:
    """The names on the way to an action."""
    return place.orientation.numero, place.volet.code, place.objectif.numero, place.action.numero


def moved(old: Echeance | Refus, new: Echeance | Refus) -> bool:
    """Whether an échéance says something else than before; where one of the two could not be read, unknown."""
    if isinstance(old, Refus) or isinstance(new, Refus) or not old.texte or not new.texte:
        return False
    said = (old.type, old.debut, old.fin, old.recurrence, old.fois)
    return said != (new.type, new.debut, new.fin, new.recurrence, new.fois) and fold(old.texte) != fold(new.texte)


def _wording(place: Place) -> str:
    return fold(place.action.description)


def _likeness(one: Place, other: Place) -> int:
    """In how many fields, but their number and wording, two actions say the same."""
    return _agreements(one.action[2:], other.action[2:])


def _agreements(some: tuple[object, ...], others: tuple[object, ...]) -> int:
    return sum(left == right for left, right in zip(some, others, strict=True))
