"""Échéances: French wordings read as dates, or refused with what to write instead. No clock, ever."""

from __future__ import annotations

from pivot_cli.echeance.reading import read
from pivot_cli.echeance.recurrence import is_due, last_completed, next_due, series, windows
from pivot_cli.echeance.values import Conventions, DateConsignee, Echeance, Fenetre, Refus, TypeEcheance

__all__ = [
    "DEFAUT",
    "Conventions",
    "DateConsignee",
    "Echeance",
    "Fenetre",
    "Refus",
    "TypeEcheance",
    "is_due",
    "last_completed",
    "next_due",
    "parse",
    "parse_date",
    "parse_jour_annuel",
    "parse_mois",
    "parse_recurrence",
    "series",
    "windows",
]

DEFAUT = Conventions()
"""The conventions of DESIGN section 4, when an organisation sets none."""

_MOST_KEPT = 20_000
_READ: dict[Conventions, dict[str, Echeance | Refus]] = {}


def parse(texte: str, conventions: Conventions = DEFAUT) -> Echeance | Refus:
    """How a wording is read; a wording is read once under the same conventions."""
    kept = _READ.get(conventions)
    if kept is None:
        kept = _READ[conventions] = {}
    found = kept.get(texte)
    if found is None:
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        found = kept[texte] = read(texte, conventions)
    return found


def parse_recurrence(texte: str, conventions: Conventions = DEFAUT) -> Echeance | Refus:
    """How the wording of a `recurrence:` is read."""
    from pivot_cli.echeance.recording import only_recurrent

    return only_recurrent(parse(texte, conventions))


def parse_date(texte: str) -> DateConsignee | Refus:
    """How a recorded date is read."""
    from pivot_cli.echeance.recording import recorded

    return recorded(texte)


def parse_jour_annuel(texte: str) -> tuple[int, int] | None:
    """The (month, day) of « 1er avril » or « avril »; None when it is not a day of every year."""
    from pivot_cli.echeance.recording import day_of_every_year

    return day_of_every_year(texte)


def parse_mois(texte: str) -> tuple[int, int] | None:
    """The (first, last) months of « mars à juin » or « mars »; None when they are not in one year."""
    from pivot_cli.echeance.recording import span_of_months

    return span_of_months(texte)
