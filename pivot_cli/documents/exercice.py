"""The period that a bilan is about, a fiscal year or any other: first and last day, both included."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from pivot_cli.echeance import Conventions, DateConsignee, Refus, TypeEcheance, parse
from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.suivi.tableau import counts_on
from pivot_cli.text import day_in_words, interval_in_words, one_line, quoted

NO_FISCAL_YEAR = (
    "Le plan ne dit pas quand l'exercice commence. Pour le dire, ajoutez par exemple « debut_exercice: 1er avril » "
    "sous « conventions: » dans organisme.yaml."
)
"""What to do about two years that could not be read as one fiscal year."""


class Exercice(NamedTuple):
    """A fiscal year, or any period, as it was asked for and as it is read."""

    nom: str
    debut: date
    fin: date
    avis: str = ""
    plan: date | None = None  # when the plan began
    mot: str = "l'exercice"  # what it is called: « pendant l'exercice », « pendant la période »
    aucun: str = "aucun exercice"  # what belongs to none: « d'aucun exercice », « d'aucune période »

    def holds(self, when: DateConsignee | None) -> bool:
        """Whether a recorded date belongs to it."""
        return when is not None and self.debut <= counts_on(when, self.plan) <= self.fin


def read_exercice(text: str, conventions: Conventions) -> Exercice:
    """« 2019-2020 », « 2019 », « du 1er avril 2019 au 31 mars 2020 »; raises PivotError for anything else.

    « 2019-2020 » is two calendar years, as `avis` says, unless the organisation says when its fiscal year begins.
    """
    # « 2019 / 2020 » is the same; anything else is read as it is written.
    twin = re.fullmatch(r"\s*(\d{4})\s*[-–/]\s*(\d{4})\s*", text)
    name = f"{twin[1]}-{twin[2]}" if twin else text
    known = conventions.debut_exercice is not None
    read = parse(name, conventions._replace(annees_jumelees="exercice") if known else conventions)
    if isinstance(read, Refus) or read.type is not TypeEcheance.PERIODE or read.debut is None or read.fin is None:
        why = read.remede if isinstance(read, Refus) else ""
        remedy = f"Écrivez par exemple --exercice 2019-2020. {why}".strip()
        raise PivotError(f"l'exercice {quoted(one_line(text))} n'est pas compris.", remedy, ExitCode.USAGE)
    avis = f"{quoted(name)} est lu comme deux années civiles, {interval_in_words(read.debut, read.fin)}."
    return Exercice(one_line(name), read.debut, read.fin, avis if twin and not known else "")


def period(du: date, au: date) -> Exercice:
    """From a day to another, as a funder's year may be; raises PivotError where the first comes after the last."""
    if du > au:
        remedy = "Choisissez un premier jour qui vient avant, ou un autre dernier jour avec --au."
        message = f"--du ({day_in_words(du)}) vient après le dernier jour ({day_in_words(au)})."
        raise PivotError(message, remedy, ExitCode.USAGE)
    days = interval_in_words(du, au) if du < au else f"du {day_in_words(du)}"
    return Exercice(days, du, au, mot="la période", aucun="aucune période")
