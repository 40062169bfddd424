"""The one place of a board's agenda where each action of the plan stands: the first that suits it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.suivi.changes import changes
from pivot_cli.suivi.etat import Etat, grouped
from pivot_cli.suivi.phrases import longest_first, soonest_first
from pivot_cli.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from pivot_cli.plan.model import Responsable
    from pivot_cli.suivi.etat import Portrait, Situation

_FEWEST = 2  # passed échéances from which an objectif is worth a decision


class Places(NamedTuple):
    """The actions that an agenda speaks of, each in one place only.

    `referred` are those that a standing item carries out. `decisions` are those with a decision written in the
    plan, `groups` those that the board shares and whose échéances have mostly passed, together where they belong to
    one volet; `dates` wait for a date. `stale` are the objectifs of others most of whose échéances have passed: they
    are named, their actions are counted among `others`.
    """

    referred: tuple[Situation, ...]
    done: tuple[Situation, ...]
    decisions: tuple[Situation, ...]
    groups: tuple[tuple[Situation, ...], ...]
    dates: tuple[Situation, ...]
    own: tuple[Situation, ...]
    shared: tuple[Situation, ...]
    others: tuple[Situation, ...]
    coming: tuple[Situation, ...]
    stale: tuple[str, ...]


class _Sorting:
    """A portrait being sorted: who is responsible, and what no longer has to be placed."""

    def __init__(self, portrait: Portrait) -> None:
        plan = portrait.plan
        self.plan, self.situations = plan, portrait.situations
        self.placed: set[int] = set()
        self.board, self.direction = plan.registre.conseil, plan.registre.direction
        self._codes = {id(one): plan.registre.codes(one.action.responsables) for one in self.situations}

    def take(self, wanted: Iterable[Situation]) -> tuple[Situation, ...]:
        """Those that have no place yet; they have one now."""
        found = tuple(one for one in wanted if id(one) not in self.placed)
        self.placed.update(map(id, found))
        return found

    def left(self) -> Iterator[Situation]:
        """What is open and has no place yet, in the plan's order."""
        return (one for one in self.situations if id(one) not in self.placed and one.open)

    def has(self, who: Responsable | None, one: Situation) -> bool:
        """Whether someone is responsible for an action, alone or with others."""
        return who is not None and who.code in self._codes[id(one)]

    def own(self, one: Situation) -> bool:
        """Whether an action is the board's alone, or one that it answers for."""
        if not self.has(self.board, one):
            return False
        porteur = one.action.porteur
        return len(self._codes[id(one)]) == 1 or (
            porteur is not None and self.plan.registre.find(porteur) is self.board
        )

    def shared(self, one: Situation) -> bool:
        """Whether the board shares an action with others."""
        return self.has(self.board, one) and not self.own(one)


def sort_actions(portrait: Portrait, since: date | None, standing: Iterable[str]) -> Places:
    """Where each action stands. `since` is the day of the meeting before, `standing` the ids of standing items."""
    sorting = _Sorting(portrait)
    wanted = {fold(id_) for id_ in standing}
    referred = sorting.take(one for one in portrait.situations if fold(one.id) in wanted)
    done = sorting.take(_done(portrait, since))
    decisions = sorting.take(one for one in sorting.left() if one.action.decision)
    groups = tuple(found for some in _groups(sorting) if (found := sorting.take(some)))
    dates = sorting.take(
        one
        for one in sorting.left()
        if one.etat is Etat.A_DETERMINER and (sorting.has(sorting.board, one) or sorting.has(sorting.direction, one))
    )
    own = sorting.take(_most_pressing_first([one for one in sorting.left() if sorting.own(one) and _pressing(one)]))
    shared = sorting.take(one for one in sorting.left() if sorting.shared(one) and _pressing(one))
    others = sorting.take(one for one in sorting.left() if one.etat.passed)
    coming = sorting.take(one for one in sorting.left() if _pressing(one))
    stale = tuple(_stale(portrait, others))
    return Places(referred, done, decisions, groups, dates, own, shared, others, coming, stale)


def _done(portrait: Portrait, since: date | None) -> tuple[Situation, ...]:
    """What was carried out since the meeting before, once for all or one more time without being due again."""
    if since is None:
        return ()
    found = changes(portrait, since)
    return (*found.done, *(one for one in found.repeated if not one.etat.passed and one.etat is not Etat.PROCHE))


def _pressing(one: Situation) -> bool:
    return one.etat.passed or one.etat in (Etat.PROCHE, Etat.A_COMMENCER)


def _most_pressing_first(some: Sequence[Situation]) -> list[Situation]:
    """What has passed, the longest first; then what is to come, the soonest first; then what is to begin."""
    return [*longest_first(some), *soonest_first(one for one in some if not one.etat.passed)]


def _groups(sorting: _Sorting) -> list[tuple[Situation, ...]]:
    """What the board shares, where most of it has passed: by volet where the whole is so, else by objectif."""
    by_volet: dict[int, dict[int, list[Situation]]] = {}
    size: dict[int, int] = {}
    for one in sorting.left():
        objectif = id(one.place.objectif)
        size[objectif] = size.get(objectif, 0) + 1
        if sorting.shared(one):
            by_volet.setdefault(id(one.place.volet), {}).setdefault(objectif, []).append(one)
    found: list[tuple[Situation, ...]] = []
    for by_objectif in by_volet.values():
        # An objectif is the board's business when it has a share in most of what remains to be done.
        mine = [tuple(some) for objectif, some in by_objectif.items() if 2 * len(some) > size[objectif]]
        together = tuple(one for some in mine for one in some)
        found += [together] if _mostly_passed(together) else [some for some in mine if _mostly_passed(some)]
    return found


def _mostly_passed(some: Sequence[Situation]) -> bool:
    passed = sum(1 for one in some if one.etat.passed)
    return passed >= _FEWEST and 2 * passed > len(some)


def _stale(portrait: Portrait, others: Sequence[Situation]) -> Iterator[str]:
    """The objectifs of others most of whose échéances have passed, by id."""
    passed = Counter(id(one.place.objectif) for one in others)
    for still_open in grouped((one for one in portrait.situations if one.open), "objectif"):
        place = still_open[0].place
        number = passed[id(place.objectif)]
        if number >= _FEWEST and 2 * number > len(still_open):
            yield place.objectif_id
