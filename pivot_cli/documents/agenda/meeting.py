"""Which meeting is prepared: its day, hour and place, and the one before it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.plan.bodies import assembly, board
from pivot_cli.plan.model import Instance, Plan, Reunion
from pivot_cli.plan.names import REUNIONS, base_name
from pivot_cli.plan.not_found import not_in_plan
from pivot_cli.suivi.changes import Teller, by_dates
from pivot_cli.text import NBSP, day_in_words, one_line, quoted

CA, AGA = "ca", "aga"


class AgendaRequest(NamedTuple):
    """What was asked: a plan, the day it is, and what the command line chose; hours and lengths in minutes, the ids of
    what is to be decided.
    """

    plan: Plan
    today: date
    type: str = CA
    day: date | None = None
    precedente: date | None = None
    heure: int | None = None
    duree: int | None = None
    exercice: str | None = None
    dossiers: tuple[str, ...] = ()
    past: Teller = by_dates


class Seance(NamedTuple):
    """The meeting: what the command line says of it, else the file of meetings, else the habits of the instance."""

    request: AgendaRequest
    instance: Instance
    held_on: date
    precedente: date | None
    reunion: Reunion
    heure: int | None
    duree: int | None

    @property
    def is_assembly(self) -> bool:
        """Whether it is one of the general assembly, rather than of the board."""
        return self.request.type == AGA

    @property
    def dossiers(self) -> tuple[str, ...]:
        """The ids of what was chosen to be decided there; none where the rule is to propose."""
        return self.request.dossiers or self.reunion.dossiers


def find_meeting(request: AgendaRequest) -> Seance:
    """The meeting asked for, or the next known one; raises PivotError where there is none, or it cannot be."""
    instance = request.plan.reunions.aga if request.type == AGA else request.plan.reunions.ca
    day = request.day or _next_day(instance, request)
    # Of one known by its month only, the last day.
    before = request.precedente or max((known for known in instance.days if known < day), default=None)
    if before is not None and before >= day:
        message = f"la réunion précédente ({day_in_words(before)}) n'est pas avant celle du {day_in_words(day)}."
        raise PivotError(message, "Corrigez --precedente ou --date.", ExitCode.USAGE)
    of_that_day = (one for one in instance.reunions if one.date and one.date.debut == one.date.fin == day)
    reunion = next(of_that_day, Reunion())
    heure = _first(request.heure, reunion.heure, instance.heure)
    duree = _first(request.duree, reunion.duree, instance.duree)
    return Seance(request, instance, day, before, reunion, heure, duree)


def _first(*values: int | None) -> int | None:
    return next((value for value in values if value is not None), None)


def _next_day(instance: Instance, request: AgendaRequest) -> date:
    """The day of the first known meeting that is not over."""
    known = [one.date for one in instance.reunions if one.date and one.date.fin >= request.today]
    following = min(known, key=lambda when: (when.fin, when.debut), default=None)
    option = " --type aga" if request.type == AGA else ""
    remedy = f"Donnez sa date, par exemple{NBSP}: pivot agenda{option} --date 2020-01-15"
    if following is None:
        body = assembly(request.plan) if request.type == AGA else board(request.plan)
        message = f"aucune réunion à venir n'est inscrite dans reunions.yaml pour {body.entier.le}."
        lost = tuple(file for file in request.plan.unread if base_name(file) == REUNIONS)
        raise not_in_plan(request.plan._replace(unread=lost), message, remedy)
    if following.debut != following.fin:
        message = f"la date de la prochaine réunion, {quoted(one_line(following.texte))}, n'est pas un jour précis."
        raise PivotError(message, remedy, ExitCode.USAGE)
    return following.debut
