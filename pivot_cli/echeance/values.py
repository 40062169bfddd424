"""What a wording of the échéancier column becomes, and the conventions it is read under.

A reading, or a refusal that says what to write instead; `conventions:` in organisme.yaml is what an organisation
decides once so that its wordings have one reading.
"""

# No `from __future__ import annotations` here: a named tuple compiles each annotation that it is given as a text,
# which is half of what this module would cost at every start.
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from pivot_cli.text import quoted


class Conventions(NamedTuple):
    """The conventions in force, with their defaults; hashable, so that a wording is read once for each.

    A span of months is the first and the last, both included, of the same year.
    """

    hiver: str = "janvier"  # winter N is January to March N; « décembre »: December N to March N+1
    printemps: tuple[int, int] = (3, 6)
    ete: tuple[int, int] = (6, 9)
    automne: tuple[int, int] = (9, 12)
    rentree: tuple[int, int] = (8, 9)
    debut_exercice: tuple[int, int] | None = None  # month and day on which the financial year begins; None: 1 January
    annees_jumelees: str = "civiles"  # 2020-2021 is two calendar years; « exercice »: one financial year
    trimestres: str = "civils"  # quarters and semesters of the calendar year; « exercice »: of the financial one
    debut_annee: tuple[int, int] = (1, 3)
    mi_annee: tuple[int, int] = (4, 9)
    fin_annee: tuple[int, int] = (10, 12)
    debut_mois: int = 10  # last day of the beginning of a month
    mi_mois: int = 20  # last day of its middle
    echeance_proche: int = 90  # days before its `fin` at which an action is announced
    periode_debut: date | None = None  # those of the plan, for « An 2 » and « mi-parcours »
    periode_fin: date | None = None
    adopte_le: date | None = None
    # What the organisation means by them, in a wording of its own: « 2021 », « 1 an », « 1 à 3 ans » from its start.
    court_terme: str | None = None
    moyen_terme: str | None = None
    long_terme: str | None = None
    mi_parcours: str | None = None


DEFAUT = Conventions()
"""The conventions of an organisation that sets none."""


class TypeEcheance(StrEnum):
    """How an échéance is followed; the values are those of the JSON contract."""

    PERIODE = "periode"
    IMMEDIAT = "immediat"
    RECURRENT = "recurrent"
    CONTINU = "continu"
    INDETERMINEE = "indeterminee"


class Echeance(NamedTuple):
    """A wording, and how it is read."""

    texte: str
    type: TypeEcheance
    debut: date | None = None  # first plausible day; none for a bare day and a bound such as « d'ici »
    fin: date | None = None  # last plausible day; none for « dès »
    recurrence: str | None = None  # the RRULE (RFC 5545) of the window in which the action is done
    fois: int | None = None  # how many times in each window; None: once
    avis: str | None = None  # present when the wording can be read otherwise
    raisons: tuple[str, ...] = ()  # sentences that name each convention that mattered
    remarque: str | None = None  # the free text beside the date, as it was written
    premiere: date | None = None  # last plausible day of a first time dated apart (« mars 2020 puis annuellement »)

    @property
    def edtf(self) -> str | None:
        """The days, « .. » for an open end (EDTF, ISO 8601-2), a wording that is read as the same; None without any."""
        return f"{self.debut or '..'}/{self.fin or '..'}" if self.debut or self.fin else None


class Refus(NamedTuple):
    """A wording that is not read."""

    texte: str
    message: str  # what is wrong
    remede: str  # what to write instead
    debut_mot: int = 0  # the offsets, in code points of `texte`, of the words at fault
    fin_mot: int = 0  # excluded


EXEMPLES = f"{quoted('mars 2020')}, {quoted('automne 2020')}, {quoted('annuel')} ou {quoted('en continu')}"
VIDE = Refus(
    "",
    "L'échéance est vide.",
    f"Écrivez par exemple {EXEMPLES}, ou {quoted('à déterminer')} si la date n'est pas connue.",
)
"""What an action without an échéance has."""


class DateConsignee(NamedTuple):
    """A recorded date as people know it: a day, a month or a year; both days included."""

    texte: str
    debut: date
    fin: date


class Fenetre(NamedTuple):
    """A window of a recurrence: what is to be done once (or `fois` times) between its days, both included."""

    debut: date
    fin: date
