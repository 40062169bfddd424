"""Échéances: French wordings read as dates, or refused with what to write instead. No clock, ever."""

from __future__ import annotations

from pivot_cli.echeance.reading import parse, parse_date, parse_jour_annuel, parse_mois, parse_recurrence
from pivot_cli.echeance.recurrence import is_due, last_completed, next_due, series, windows
from pivot_cli.echeance.spans import month_end
from pivot_cli.echeance.values import DEFAUT, Conventions, DateConsignee, Echeance, Fenetre, Refus, TypeEcheance

__all__ = [
    "DEFAUT", "Conventions", "DateConsignee", "Echeance", "Fenetre", "Refus", "TypeEcheance",
    "is_due", "last_completed", "month_end", "next_due",
    "parse", "parse_date", "parse_jour_annuel", "parse_mois", "parse_recurrence",
    "series", "windows",
]  # fmt: skip
