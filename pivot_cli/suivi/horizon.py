"""The days that actions are looked at with: the first and the last of the plan, and the last of what is « proche »."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple, TypeGuard

from pivot_cli.echeance import Conventions, Echeance, Refus

if TYPE_CHECKING:
    from pivot_cli.plan.model import Plan


class Look(NamedTuple):
    """What a plan is looked at with: the day, the last day of the horizon, and how windows are counted."""

    day: date
    horizon_end: date
    start: date | None = None
    conventions: Conventions = Conventions()


def look_at(plan: Plan, day: date, horizon: int | None = None) -> Look:
    """What a plan is looked at with at a day; what falls due within `horizon` days is « proche », by default within the
    organisation's `echeance_proche`, or until the next known meeting of the CA if that is farther.
    """
    conventions = plan.organisme.conventions
    end = days_after(day, conventions.echeance_proche if horizon is None else horizon)
    if horizon is None:
        end = max(end, next((meeting for meeting in plan.reunions.ca.days if meeting > day), day))
    return Look(day, end, plan.debut, conventions)


def days_after(day: date, days: int) -> date:
    """That many days later, or the last day that dates can hold."""
    return day + timedelta(days=min(days, (date.max - day).days))


_PROLONGED = 10
"""A plan is prolonged where one action in so many, or more, has an échéance beyond those that were adopted."""


def plan_end(plan: Plan) -> date | None:
    """The last day of the plan: its `periode`, or the last day that one of its échéances names, as they were adopted. A
    few that were moved beyond do not keep a plan from its end, whatever became of them: they go on in the next one.
    """
    adopted, named = _adopted_end(plan), last_named(plan)
    if plan.organisme.periode.fin or adopted is None or named is None or named <= adopted:
        return named
    echeances = (place.action.echeance for place in plan.places)
    beyond = sum(last_day(one) > adopted for one in echeances if is_dated(one))
    return named if _PROLONGED * beyond >= len(plan.places) else adopted


def last_named(plan: Plan) -> date | None:
    """The last day that the plan names: its `periode`, or the last day of one of its échéances, moved or not."""
    if plan.organisme.periode.fin:
        return plan.organisme.periode.fin.fin
    written = (place.action.echeance for place in plan.places)
    return max(map(last_day, filter(is_dated, written)), default=None)


def _adopted_end(plan: Plan) -> date | None:
    adopted = (
        next((former.echeance for former in place.action.echeances_precedentes), place.action.echeance)
        for place in plan.places
    )
    return max(map(last_day, filter(is_dated, adopted)), default=None)


def years_of(plan: Plan) -> str:
    """« 2019-2021 », « 2020 »: the years of a plan, as it was adopted; nothing where nothing in it has a date."""
    end = plan.organisme.periode.fin
    last = end.fin if end else _adopted_end(plan)
    return "-".join(dict.fromkeys(str(day.year) for day in (plan.debut, last) if day))


def is_dated(echeance: Echeance | Refus) -> TypeGuard[Echeance]:
    """Whether an échéance was understood, and names a first or a last day."""
    return isinstance(echeance, Echeance) and bool(echeance.debut or echeance.fin)


def first_day(echeance: Echeance) -> date:
    """The first day that a dated échéance names (of « d'ici juin 2022 », which has none, the last)."""
    day = echeance.debut or echeance.fin
    assert day is not None, "only a dated échéance has a first day"  # noqa: S101 - narrows the type
    return day


def last_day(echeance: Echeance) -> date:
    """The last day that a dated échéance names (of « dès juin 2022 », which has none, the first)."""
    return echeance.fin or first_day(echeance)
