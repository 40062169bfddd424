"""What an organisation decides once so that its wordings have one reading (`conventions:` in organisme.yaml)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

HIVER = ("janvier", "décembre")
TRIMESTRES = ("civils", "exercice")
ANNEES_JUMELEES = ("civiles", "exercice")


class Conventions(NamedTuple):
    """The conventions in force, with their defaults; hashable, so that a wording is read once for each.

    - `hiver`: « janvier », winter N is January to March N; « décembre », December N to March N+1.
    - `printemps`, `ete`, `automne`: first and last month, both included, of the same year.
    - `debut_exercice`: (month, day) on which the financial year begins; None: the calendar year.
    - `annees_jumelees`: « civiles », 2020-2021 is two calendar years; « exercice », one financial year.
    - `trimestres`: « civils », quarters and semesters of the calendar year; « exercice », of the financial one.
    - `debut_annee`, `mi_annee`, `fin_annee`: first and last month of these parts of a calendar year.
    - `debut_mois`, `mi_mois`: last day of the beginning and of the middle of a month.
    - `echeance_proche`: days before its `fin` at which an action is announced.
    - `periode_debut`, `periode_fin`, `adopte_le`: those of the plan, for « An 2 » and « mi-parcours ».
    - `court_terme`, `moyen_terme`, `long_terme`, `mi_parcours`: what the organisation means by them, in a
      wording of its own (« 2021 », « décembre 2020 », « 1 an » or « 1 à 3 ans » from the start of the plan).
    """

    hiver: str = "janvier"
    printemps: tuple[int, int] = (3, 6)
    ete: tuple[int, int] = (6, 9)
    automne: tuple[int, int] = (9, 12)
    debut_exercice: tuple[int, int] | None = None
    annees_jumelees: str = "civiles"
    trimestres: str = "civils"
    debut_annee: tuple[int, int] = (1, 3)
    mi_annee: tuple[int, int] = (4, 9)
    fin_annee: tuple[int, int] = (10, 12)
    debut_mois: int = 10
    mi_mois: int = 20
    echeance_proche: int = 90
    periode_debut: date | None = None
    periode_fin: date | None = None
    adopte_le: date | None = None
    court_terme: str | None = None
    moyen_terme: str | None = None
    long_terme: str | None = None
    mi_parcours: str | None = None
