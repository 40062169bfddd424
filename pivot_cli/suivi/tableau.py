"""A fiscal year, or any period, in one table: each action is in one line, and the lines add up to the plan."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pivot_cli.plan.model import Statut
from pivot_cli.suivi.etat import Etat, Portrait, Situation

if TYPE_CHECKING:
    from pivot_cli.echeance import DateConsignee


_CLOSED = {Etat.REALISEE: "réalisées", Etat.ABANDONNEE: "abandonnées"}
_OTHERS = {
    Etat.RECONDUITE: "reconduites",
    Etat.EN_COURS: "en cours ou en attente",
    Etat.EN_CONTINU: "en continu",
    Etat.A_COMMENCER: "à commencer",
    Etat.EN_RETARD: "échéance passée avec information consignée",
    Etat.A_CONFIRMER: "échéance passée sans information consignée",
    Etat.A_VENIR: "à venir",
    Etat.A_DETERMINER: "échéance à déterminer",
}
_WHEN = ("pendant l'exercice", "avant", "sans date")
LIGNES = {f"{closed} {when}": etat for etat, closed in _CLOSED.items() for when in _WHEN}
LIGNES |= {nom: etat for etat, nom in _OTHERS.items()}
"""The lines, in order, with the état of their actions; every one is there, be it of no action."""
NOMS = tuple(LIGNES)


def tableau(portrait: Portrait, debut: date = date.min) -> dict[str, int]:
    """How many actions each line has at the day, of a period that begins at `debut`; without a period, over the plan's
    whole time, which takes the place of the fiscal year in the names.
    """
    numbers = dict.fromkeys(LIGNES, 0)
    for one in portrait.situations:
        numbers[line_of(one, debut, portrait.look.start)] += 1
    during = "pendant le plan" if debut == date.min else _WHEN[0]
    return {nom.replace(_WHEN[0], during): number for nom, number in numbers.items()}


def line_of(one: Situation, debut: date, start: date | None) -> str:
    """In which line an action is, for a period that begins at `debut`, in a plan that began at `start`."""
    if one.etat in _CLOSED:
        when = one.action.closed_on
        return f"{_CLOSED[one.etat]} {_WHEN[2 if when is None else counts_on(when, start) < debut]}"
    if one.etat in (Etat.A_VENIR, Etat.PROCHE):
        statut = one.action.statut
        begun = statut is not None and (statut.under_way or statut is Statut.EN_ATTENTE)
        return _OTHERS[Etat.EN_COURS if begun else Etat.A_VENIR]
    return _OTHERS[one.etat]


def counts_on(when: DateConsignee, start: date | None) -> date:
    """The day by which a recorded month or year is of one period only: its first, from which it is known, but none
    before the plan began.
    """
    return max(when.debut, min(start or when.debut, when.fin))
