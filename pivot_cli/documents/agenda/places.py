"""The one place of a board's agenda where each action of the plan stands: the first that suits it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from pivot_cli.plan.model import Responsable
from pivot_cli.suivi.changes import Account, Genre
from pivot_cli.suivi.decisions import Decisions, carried_alone, most_pressing, pressing, shared
from pivot_cli.suivi.etat import Etat, Portrait, Situation
from pivot_cli.text import fold


class Places(NamedTuple):
    """The actions that an agenda speaks of, each in one place only.

    `referred` are those that a standing item carries out, `done` those of which a result is told; `decisions`
    are the dossiers to decide. Of the rest, `dates` wait for a date, `own` are the board's alone, of `shared` it has a
    part; `others` have passed and are not its own, `coming` are near.
    """

    referred: tuple[Situation, ...]
    done: tuple[Situation, ...]
    decisions: Decisions
    dates: tuple[Situation, ...]
    own: tuple[Situation, ...]
    shared: tuple[Situation, ...]
    others: tuple[Situation, ...]
    coming: tuple[Situation, ...]

    @property
    def asked(self) -> tuple[Situation, ...]:
        """Those of which something may be ticked, in the order of the agenda."""
        return (*self.decided, *self.own, *self.dates, *self.shared)

    @property
    def decided(self) -> tuple[Situation, ...]:
        """Those of the dossiers to decide."""
        return tuple(one for dossier in self.decisions.dossiers for one in dossier.actions)


def sort_actions(portrait: Portrait, account: Account | None, decisions: Decisions, standing: Iterable[str]) -> Places:
    """Where each action stands. `account` is what happened since the meeting before, `standing` the ids of those that
    standing items carry out.
    """
    plan, placed = portrait.plan, set[int]()
    board, direction = plan.conseil, plan.registre.direction
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
        return who is not None and who.code in plan.registre.codes(one.action.responsables)

    def undated(one: Situation) -> bool:
        if portrait.over:  # there is no date to set any more
            return False
        return one.etat is Etat.A_DETERMINER and (has(board, one) or has(direction, one))

    def presses(one: Situation) -> bool:
        return pressing(one) or (portrait.over and one.etat is Etat.A_DETERMINER)

    take(one for dossier in decisions.dossiers for one in dossier.actions)
    return Places(  # in the order in which places are taken
        decisions=decisions,
        referred=take(one for one in portrait.situations if fold(one.id) in carried_out),
        done=take(_done(portrait, account)),
        dates=take(left(undated)),
        own=take(sorted(left(lambda one: carried_alone(one.action, plan) and presses(one)), key=most_pressing)),
        shared=take(left(lambda one: shared(one.action, plan) and presses(one))),
        others=take(left(lambda one: one.etat.passed)),
        coming=take(left(pressing)),
    )


def _done(portrait: Portrait, account: Account | None) -> tuple[Situation, ...]:
    """What was carried out since the meeting before, once for all or one more time without being due again."""
    if account is None:
        return ()
    done = {one.id for one in account.changes.of(Genre.REALISEE)}
    again = {one.id for one in account.changes.with_fact(Genre.REFAITE)} - done
    once = tuple(one for one in portrait.situations if one.id in done)
    more = (one for one in portrait.situations if one.id in again)
    return *once, *(one for one in more if not one.etat.passed and one.etat is not Etat.PROCHE)
