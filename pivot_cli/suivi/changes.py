"""What changed in a plan between two days, as far as what is dated in its files can tell: pure functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.echeance import DateConsignee, Echeance, Refus, TypeEcheance
from pivot_cli.suivi.etat import Etat, Portrait, Situation

if TYPE_CHECKING:
    from datetime import date


class Changes(NamedTuple):
    """The actions that something happened to after a day and up to another, each list in the plan's order.

    An action is in one list only, the first that suits it.
    """

    since: date
    done: tuple[Situation, ...] = ()
    repeated: tuple[Situation, ...] = ()
    moved: tuple[Situation, ...] = ()
    noted: tuple[Situation, ...] = ()
    passed: tuple[Situation, ...] = ()
    undated: int = 0  # the statuts that nothing dates: no one can say whether they changed in between

    @property
    def nothing(self) -> bool:
        """Whether nothing that is dated happened."""
        return not any(self[1:-1])


def changes(portrait: Portrait, since: date) -> Changes:
    """What happened after `since` and up to the portrait's day, that day included."""
    found: dict[str, list[Situation]] = {}
    for one in portrait.situations:
        found.setdefault(_kind(one, since), []).append(one)
    others = [one.action for one in found.pop("", ()) if one.action.statut]
    undated = sum(not (action.statut_le or action.closed_on or action.suivi) for action in others)
    return Changes(since, **{name: tuple(some) for name, some in found.items()}, undated=undated)


def dated(echeance: Echeance | Refus) -> bool:
    """Whether an échéance gave a day, or waited for none: what takes the place of « En continu » is set, not moved."""
    return isinstance(echeance, Echeance) and echeance.type not in (TypeEcheance.INDETERMINEE, TypeEcheance.CONTINU)


def only_set(one: Situation) -> bool:
    """Whether the last of its échéances took the place of one that gave no day."""
    former = one.action.echeances_precedentes
    return bool(former) and not dated(former[-1].echeance)


def _kind(one: Situation, since: date) -> str:
    action = one.action

    def after(*days: DateConsignee | None) -> bool:
        return any(day is not None and day.debut > since for day in days)

    if one.etat is Etat.REALISEE and after(action.realisee_le):
        return "done"
    if after(*action.realisations, action.realisee_le):
        return "repeated"
    if after(*(former.decide_le for former in action.echeances_precedentes)):
        return "moved"
    if after(action.statut_le, *(note.date for note in action.suivi)):
        return "noted"
    return "passed" if one.passee_le is not None and one.passee_le >= since else ""
