"""What changed in a plan between two days, as far as what is dated in its files can tell: pure functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.echeance import DateConsignee, Echeance, Refus, TypeEcheance
from pivot_cli.suivi.etat import Etat, Portrait, Situation
from pivot_cli.suivi.etat import portrait as portrait_at
from pivot_cli.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from pivot_cli.plan.model import Action


class Changes(NamedTuple):
    """The actions that something happened to after a day and up to another, each list in the plan's order.

    An action is in one list only, the first that suits it; but `passed` has all those whose échéance has passed and
    had not at that day.
    """

    since: date
    done: tuple[Situation, ...] = ()
    repeated: tuple[Situation, ...] = ()
    moved: tuple[Situation, ...] = ()
    dated: tuple[Situation, ...] = ()  # their échéance gave no day before
    noted: tuple[Situation, ...] = ()
    passed: tuple[Situation, ...] = ()
    undated: int = 0  # the statuts that nothing dates: no one can say whether they changed in between

    @property
    def undated_may(self) -> str:
        """« s'ils ont changé », « s'il a changé »: what cannot be said of them."""
        return "s'ils ont changé" if self.undated > 1 else "s'il a changé"


def changes(portrait: Portrait, since: date) -> Changes:
    """What happened after `since` and up to the portrait's day, that day included."""
    found: dict[str, list[Situation]] = {}
    for one in portrait.situations:
        found.setdefault(_kind(one, since), []).append(one)
    found.pop("", None)
    passed_before = {one.id for one in portrait_at(portrait.plan, since).situations if one.etat.passed}
    passed = tuple(one for one in portrait.situations if one.etat.passed and one.id not in passed_before)
    undated = sum(map(_undated, portrait.situations))
    return Changes(since, **{name: tuple(some) for name, some in found.items()}, passed=passed, undated=undated)


def dated(echeance: Echeance | Refus) -> bool:
    """Whether an échéance gave a day, or waited for none: what takes the place of « En continu » is set, not moved."""
    return isinstance(echeance, Echeance) and echeance.type not in (TypeEcheance.INDETERMINEE, TypeEcheance.CONTINU)


def moved_from(action: Action, within: Callable[[DateConsignee | None], bool]) -> Echeance | Refus | None:
    """The échéance before the first move that was decided `within` some days, the first dated one if there is one;
    None where there was no move, or where the one in force has the same last day: written otherwise, or back there.
    """
    formers = [one.echeance for one in action.echeances_precedentes if within(one.decide_le)]
    former = next(filter(dated, formers), formers[0] if formers else None)
    return None if former is None or _days(former) == _days(action.echeance) else former


def _days(echeance: Echeance | Refus) -> tuple[object, ...]:
    """When an échéance asks something at the latest, whatever its words."""
    if isinstance(echeance, Refus):
        return (one_line(echeance.texte),)
    return echeance.type, echeance.fin or echeance.debut, echeance.recurrence, echeance.fois


def _undated(one: Situation) -> bool:
    action = one.action
    return bool(action.statut) and not (action.statut_le or action.closed_on or one.dernier_suivi)


def _kind(one: Situation, since: date) -> str:
    action = one.action

    def after(*days: DateConsignee | None) -> bool:
        return any(day is not None and day.debut > since for day in days)

    if one.etat is Etat.REALISEE and after(action.closed_on):
        return "done"
    if after(*action.realisations, action.realisee_le):
        return "repeated"
    if former := moved_from(action, after):
        return "moved" if dated(former) else "dated"
    return "noted" if after(action.statut_le, *(note.date for note in action.nouvelles)) else ""
