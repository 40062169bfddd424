"""What the rest of the plan's files says in the language of échéances, or in less of it.

Recorded dates (« mai 2019 »), `recurrence:`, and what `conventions:` holds: a day of every year, a span of months.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pivot_cli.echeance import unites
from pivot_cli.echeance.dated import intervalle
from pivot_cli.echeance.dates import days
from pivot_cli.echeance.lexer import LONGEST, UnreadError, tokenize, understood, whole
from pivot_cli.echeance.moments import moment
from pivot_cli.echeance.reading import parse, refused
from pivot_cli.echeance.spans import Notes, days_of
from pivot_cli.echeance.values import DEFAUT, DateConsignee, Refus, TypeEcheance

if TYPE_CHECKING:
    from pivot_cli.echeance.values import Conventions, Echeance

_NO_LEAP_YEAR = 2023


def parse_recurrence(texte: str, conventions: Conventions = DEFAUT) -> Echeance | Refus:
    """How the wording of a `recurrence:` is read: as a rhythm, or not."""
    found = parse(texte, conventions)
    if isinstance(found, Refus) or found.type is TypeEcheance.RECURRENT:
        return found
    return refused(texte, UnreadError("no_rhythm"))


def parse_date(texte: str) -> DateConsignee | Refus:
    """How a recorded date is read: « 2019-05-12 », « 12 mai 2019 », « mai 2019 », « 2019 »; one moment, no bound."""
    try:
        return _recorded(texte)
    except UnreadError as error:
        return refused(texte, error)


def _recorded(texte: str) -> DateConsignee:
    interval = whole(tokenize(texte), intervalle) if len(texte) <= LONGEST else None
    if interval is None or interval.split is not None:
        raise UnreadError("no_date")
    first, *others = interval.moments
    recorded = first.unit.dans == "année" or first.unit in (unites.JOUR, unites.ANNEE)
    if others or not recorded or first.vague or first.year2:
        raise UnreadError("no_date")
    begin, last = days(interval, texte, DEFAUT, Notes())
    if last is None:
        raise UnreadError("no_date")
    return DateConsignee(texte, begin or last, last)


def parse_jour_annuel(texte: str) -> tuple[int, int] | None:
    """The (month, day) of « 1er avril » or « avril »; None when it is not a day of every year."""
    found = understood(texte, moment)
    if found is None or found.year or found.part or found.vague:
        return None
    if found.unit is unites.MOIS:
        return found.month, 1
    if found.unit is not unites.JOUR or not found.month or not 1 <= found.number <= days_of(_NO_LEAP_YEAR, found.month):
        return None
    return found.month, found.number


def parse_mois(texte: str) -> tuple[int, int] | None:
    """The (first, last) months of « mars à juin » or « mars »; None when they are not in one year."""
    found = understood(texte, intervalle)
    if found is None or found.split is not None or found.links not in ((), ("a",), ("-",)):
        return None
    months = found.moments
    if any(one.unit is not unites.MOIS or one.year or one.part or one.vague for one in months):
        return None
    return (months[0].month, months[-1].month) if months[0].month <= months[-1].month else None
