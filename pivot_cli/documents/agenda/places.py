"""The one place of a board's agenda where each action of the plan stands: the first that suits it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from pivot_cli.plan.model import Responsable
from pivot_cli.suivi.changes import Account, Genre
from pivot_cli.suivi.etat import Etat, Portrait, Situation, grouped
from pivot_cli.text import fold

_FEWEST = 2  # passed échéances from which an objectif is worth a decision


class Places(NamedTuple):
    """The actions that an agenda speaks of, each in one place only.

    `referred` are those that a standing item carries out. `decisions` are those with a decision written in the
    plan, `groups` those that the board shares and whose échéances have mostly passed, together where they belong to
    one volet; `dates` wait for a date. `stale` are the objectifs of others most of whose échéances have passed,
    `several` the other ones of which more than one has: they are named, their actions are among `others`.
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
    several: tuple[str, ...]


def sort_actions(portrait: Portrait, account: Account | None, standing: Iterable[str]) -> Places:
    """Where each action stands. `account` is what happened since the meeting before, `standing` the ids of those that
    standing items carry out.
    """
    registre, placed = portrait.plan.registre, set[int]()
    board, direction = portrait.plan.conseil, registre.direction
    codes = {id(one): registre.codes(one.action.responsables) for one in portrait.situations}
    carried_out = {fold(id_) for id_ in standing}

    def take(wanted: Iterable[Situation]) -> tuple[Situation, ...]:
        """Those that have no place yet; they have one now."""
        taken = tuple(one for one in wanted if id(one) not in placed)
        placed.update(map(id, taken))
        return taken

    def left(suits: Callable[[Situation], object]) -> list[Situation]:
        """What is open, has no place yet and suits, in the plan's order."""
        return [one for one in portrait.situations if one.open and id(one) not in placed and suits(one)]

    def has(who: Responsable | None, one: Situation) -> bool:
        return who is not None and who.code in codes[id(one)]

    def own(one: Situation) -> bool:
        """Whether an action is the board's alone, or one that it answers for."""
        porteur = one.action.porteur
        return has(board, one) and (len(codes[id(one)]) == 1 or bool(porteur and registre.find(porteur) is board))

    def shared(one: Situation) -> bool:
        return has(board, one) and not own(one)

    def undated(one: Situation) -> bool:
        return one.etat is Etat.A_DETERMINER and (has(board, one) or has(direction, one))

    return Places(  # in the order in which places are taken
        referred=take(one for one in portrait.situations if fold(one.id) in carried_out),
        done=take(_done(portrait, account)),
        decisions=take(left(lambda one: one.action.decision)),
        groups=tuple(map(take, _groups(left(lambda _: True), shared))),
        dates=take(left(undated)),
        own=take(sorted(left(lambda one: own(one) and _pressing(one)), key=_most_pressing)),
        shared=take(left(lambda one: shared(one) and _pressing(one))),
        others=(others := take(left(lambda one: one.etat.passed))),
        coming=take(left(_pressing)),
        stale=(stale := tuple(_stale(others, portrait.situations))),
        several=tuple(id_ for id_ in _stale(others) if id_ not in stale),
    )


def _pressing(one: Situation) -> bool:
    return one.etat.passed or one.etat in (Etat.PROCHE, Etat.A_COMMENCER)


def _most_pressing(one: Situation) -> tuple[int, date]:
    """What has passed before the rest, the longest first; then the soonest first, and what is to begin."""
    return -(one.jours_retard or 0), one.prochaine or date.max


def _done(portrait: Portrait, account: Account | None) -> tuple[Situation, ...]:
    """What was carried out since the meeting before, once for all or one more time without being due again."""
    if account is None:
        return ()
    done = {one.id for one in account.changes.of(Genre.REALISEE)}
    again = {one.id for one in account.changes.with_fact(Genre.REFAITE)} - done
    once = tuple(one for one in portrait.situations if one.id in done)
    more = (one for one in portrait.situations if one.id in again)
    return *once, *(one for one in more if not one.etat.passed and one.etat is not Etat.PROCHE)


def _groups(left: Sequence[Situation], shared: Callable[[Situation], bool]) -> Iterator[tuple[Situation, ...]]:
    """What the board shares, where most of it has passed: by volet where the whole is so, else by objectif."""
    for of_volet in grouped(left, "volet"):
        mine = []
        for of_objectif in grouped(of_volet, "objectif"):
            some = tuple(filter(shared, of_objectif))
            # An objectif is the board's business when it has a share in most of what remains to be done.
            if 2 * len(some) > len(of_objectif):
                mine.append(some)
        together = tuple(one for some in mine for one in some)
        yield from filter(_mostly_passed, [together] if _mostly_passed(together) else mine)


def _mostly_passed(some: Sequence[Situation]) -> bool:
    return _mostly(sum(one.etat.passed for one in some), len(some))


def _mostly(passed: int, of: int) -> bool:
    """Whether so many passed échéances, of so many actions, are worth a decision."""
    return passed >= _FEWEST and 2 * passed > of


def _stale(others: Sequence[Situation], among: Sequence[Situation] = ()) -> Iterator[str]:
    """The objectifs of which several of these échéances have passed, and most of those of their actions `among`."""
    every = Counter(id(one.place.objectif) for one in among)
    for some in grouped(others, "objectif"):
        if _mostly(len(some), every[id(some[0].place.objectif)]):
            yield some[0].place.objectif_id
