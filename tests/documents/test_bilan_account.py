"""No action is forgotten: on every plan and for every period, each is told under one heading, or counted by its line of
the table; the money adds up, and is that of the complete report.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from living import RECORDED
from pace import table
from support import ROOT, load_shipped, load_texts

from documents.plans import EVERY_ETAT
from pivot_cli.documents.bilan import HEADINGS
from pivot_cli.documents.registry import DOCUMENTS
from pivot_cli.documents.rendering.filling import render
from pivot_cli.documents.values import Request
from pivot_cli.plan.loader import load
from pivot_cli.plan.model import Plan
from pivot_cli.plan.sources import read_folder
from pivot_cli.suivi.phrases import text_of
from pivot_cli.suivi.selection import Selection

NB = "\N{NO-BREAK SPACE}"
OTHERS = ("mada", "contrat", "ouvert", "cpe", "petit")
PLANS = ("livré", "vivant", "chaque état", *OTHERS)
PERIODS: tuple[tuple[date | None, str | None, date], ...] = (  # --du, --exercice, --au
    (None, None, date(2019, 6, 30)),
    (None, None, date(2021, 3, 15)),
    (None, None, date(2024, 4, 15)),
    (None, "2019", date(2021, 12, 31)),
    (None, "2020", date(2020, 7, 1)),
    (None, "du 1er avril 2020 au 31 mars 2021", date(2022, 2, 1)),
    (None, "2023", date(2024, 4, 15)),
    (date(2020, 4, 1), None, date(2021, 3, 31)),
    (date(2019, 5, 12), None, date(2019, 5, 12)),
    (date(2023, 9, 1), None, date(2024, 8, 31)),
)


@cache
def plan_called(name: str) -> Plan:
    if name in ("livré", "chaque état"):
        return (load_shipped() if name == "livré" else load_texts(EVERY_ETAT))[0]
    folder = RECORDED if name == "vivant" else ROOT / "tests" / "autres" / name / "plan"
    return load(read_folder(Path(folder), "plan"))[0]


def asked(name: str, du: date | None, exercice: str | None, au: date) -> Request:
    return Request(plan_called(name), (), au, au, Selection(), exercice=exercice, du=du)


def made(name: str, *period: Any) -> Any:
    return DOCUMENTS["bilan"].build(asked(name, *period))


@pytest.mark.lent
@table("name, du, exercice, au", [(name, *period) for name in PLANS for period in PERIODS])
def test_each_action_is_told_once_or_counted(name: str, du: date | None, exercice: str | None, au: date) -> None:
    bilan, actions = made(name, du, exercice, au), plan_called(name).places
    lines = {line.nom: line.nombre for line in bilan.tableau.lignes}
    assert sum(lines.values()) == bilan.total == len(actions)
    assert sum(orientation.total for orientation in bilan.orientations) == bilan.total
    said, counted = Counter[str](), Counter[str]()
    for orientation in bilan.orientations:
        facts = [fact for one in orientation.objectifs for heading in HEADINGS for fact in getattr(one, heading)]
        only = {one.nom: one.nombre for one in orientation.comptees}
        assert len(facts) + sum(only.values()) == orientation.total
        numbers = list(map(int, re.findall(r"(?:^|: |, )(\d+) ", orientation.compte.replace(NB, " "))))
        assert numbers[0] == orientation.total
        assert sum(numbers[1:]) == (orientation.total if only or bilan.final else 0)
        said.update(fact.texte for fact in facts)
        counted.update(only)
    assert not said - Counter(text_of(place.action) for place in actions)
    during = ("pendant l'exercice", "pendant la période", "pendant le plan")
    for line, number in counted.items():
        assert not line.endswith(during), line
        assert number <= lines[line]
        if not line.startswith("reconduit"):  # of which some are told, those of the period
            assert number == lines[line], line
    assert bilan.final or all(
        counted[line] == number
        for line, number in lines.items()
        if line.endswith((" avant", "sans information consignée"))
    )


@pytest.mark.lent
@table("name, du, exercice, au", [(name, *period) for name in PLANS for period in PERIODS])
def test_the_money_adds_up_and_is_that_of_the_complete_report(
    name: str, du: date | None, exercice: str | None, au: date
) -> None:
    bilan = made(name, du, exercice, au)
    seen = bilan.entete.au_iso
    whole = DOCUMENTS["complet"].build(asked(name, None, None, date.fromisoformat(seen))).budgets
    written = [line for line in whole.lignes if (line.prevu, line.reel) != ("–", "–")]
    assert [line.sommes for line in bilan.argent.lignes] == written if bilan.argent else written == []
    if bilan.argent:
        *parts, total = [one.sommes for one in bilan.argent.lignes]
        assert sum(one.prevus for one in parts) == total.prevus
        assert sum(one.depenses for one in parts) == total.depenses
        marked = sum(
            "avec un budget" in fact.precisions
            for orientation in bilan.orientations
            for objectif in orientation.objectifs
            for heading in HEADINGS
            for fact in getattr(objectif, heading)
        )
        assert marked <= total.avec


def test_a_funder_reads_what_was_spent_in_its_year() -> None:
    """10 200 $ are spent under orientation 3, of which nothing for what was done in that year."""
    bilan = made("vivant", date(2020, 4, 1), None, date(2021, 3, 31))
    rows = {row.sommes.nom: (row.sommes.reel, row.sommes.ecart, row.pendant) for row in bilan.argent.lignes}
    assert rows["Orientation 1"] == (f"5{NB}740{NB}$", f"+240{NB}$", f"5{NB}740{NB}$")
    assert rows["Orientation 3"] == (f"10{NB}200{NB}$", f"−300{NB}$", "–")
    assert bilan.argent.pendant == "Dont réalisées pendant la période"
    assert "et non de la période seulement" in bilan.argent.lecture
    assert f"Pour 83{NB}actions sur 93, aucun montant n'est écrit." in bilan.argent.lecture
    assert re.search(
        r"(?m)^\| Orientation \| Prévu \| Dépensé \|.*\|\n\| ---.*\n(\| .*\|\n){6}\n", render("bilan", bilan, "md")
    )
    assert made("livré", None, None, date(2020, 1, 15)).argent is None
