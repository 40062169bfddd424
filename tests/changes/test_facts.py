"""What is said of an action that changed: the lines that it had, those that it has, its class, the words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from edits.repository import commit, git, replace
from pace import table
from support import SMALL, load_texts, write_plan

from pivot_cli.cli.past import Past, Start
from pivot_cli.plan.loader import load
from pivot_cli.plan.sources import read_folder
from pivot_cli.suivi.changes import changes, facts_of
from pivot_cli.suivi.etat import portrait

FILE = "orientation-1.yaml"
DUE = "            echeance: Mars 2020\n"
KEPT = "echeances_precedentes: [{echeance: Mars 2020, decide_le: 2020-02-01}]"
TOLD = [
    ("", "statut: réalisée\nrealisee_le: 2020-02-10", "réalisée", "réalisée le 10 février 2020"),
    ("statut: en cours", "statut: réalisée", "réalisée", "réalisée, après « en cours »"),
    ("statut: réalisée", "", "rouverte", "n'a plus de statut (était « réalisée »)"),
    ("statut: abandonnée\nmotif: Non", "statut: en cours", "rouverte", "en cours, après « abandonnée »"),
    ("", "statut: reconduite\nstatut_le: 2020-02-10", "statut changé", "reconduite le 10 février 2020"),
    ("", "realisations: [2020-02-01, mars 2020]", "refaite", "2 réalisations de plus (1er février 2020 et mars 2020)"),
    ("realisations: [2020-02-01]", "realisations: [2020-02-02]", "nouvelles",
     "réalisation corrigée : 1er février 2020 → 2 février 2020"),
    ("realisations: [2020-02-01]", "", "nouvelles", "réalisation retirée : 1er février 2020"),
    ("", f"echeance: Juin 2020\n{KEPT}", "reportée",
     "reportée : Mars 2020 → Juin 2020, une première fois, décidé le 1er février 2020"),
    ("", f"echeance: Février 2020\n{KEPT}", "nouvelles", "échéance devancée : Mars 2020 → Février 2020"),
    ("", "echeance: d'ici le 31 mars 2020", "nouvelles", "échéance précisée : Mars 2020 → d'ici le 31 mars 2020"),
    ("", "echeance: En continu", "nouvelles", "échéance changée : Mars 2020 → En continu"),
    ("", "echeance: bientôt", "nouvelles", "échéance changée : Mars 2020 → bientôt"),
    ("echeance: À évaluer", "", "nouvelles", "échéance fixée : À évaluer → Mars 2020"),
    ("", "echeance: mars 2020", "inchangée", ""),
    ("", "budget: {prevu: 1200, reel: 1100}", "nouvelles", "budget : 1 100 $ dépensés sur 1 200 $"),
    ("", "resultat: Huit personnes.", "nouvelles", "résultat : Huit personnes"),
    ("", "porteur: CA", "réattribuée", "porteur : à attribuer → CA"),
    ("", "etapes: [Une, Deux]\nliens: [https://exemple.org]", "nouvelles", "précisions : étapes et liens"),
]  # fmt: skip


def with_lines(lines: str) -> dict[str, str]:
    """The small plan, its first action with these lines; an échéance takes the place of the one it has."""
    due = "" if "echeance:" in lines else DUE
    return SMALL | {
        FILE: SMALL[FILE].replace(DUE, due + "".join(f"            {line}\n" for line in lines.splitlines()))
    }


@table(("before", "after", "genre", "said"), TOLD)
def test_what_happened_is_said(before: str, after: str, genre: str, said: str) -> None:
    plans = load_texts(with_lines(before))[0], load_texts(with_lines(after))[0]
    before_it, now = (portrait(plan, date(2020, 2, 15)) for plan in plans)
    (one, _) = changes(before_it, now, date(2020, 2, 16)).every
    assert one.genre.value == genre
    facts = facts_of(plans[0].places[0], plans[1].places[0], plans)
    assert [fact.texte.replace("\N{NO-BREAK SPACE}", " ") for fact in facts][:1] == ([said] if said else [])


PEOPLE = [  # what becomes of a code in responsables.yaml, what the action says, whether it changed hands
    ("code: DG", "code: DIR\n    alias: [DG]", "[DG, CA]", False),
    ("code: DG", "code: DIR", "[DIR, CA]", False),
    ("code: DG", "code: DG", "[CA]", True),
    ("code: DG", "code: DG", "[CA, DG]", True),
]


@table(("was", "now", "who", "told"), PEOPLE)
def test_a_code_that_changes_is_no_change_of_hands(was: str, now: str, who: str, told: bool) -> None:
    people = (
        SMALL["responsables.yaml"].replace(f"{was}\n", f"{now}\n").replace("    alias: [Directrice générale]\n", "")
    )
    text = SMALL[FILE].replace("[DG, CA]", who).replace("[Directrice générale]", "[CA]")
    before = SMALL | {FILE: SMALL[FILE].replace("[Directrice générale]", "[CA]")}
    plans = load_texts(before)[0], load_texts(SMALL | {"responsables.yaml": people, FILE: text})[0]
    facts = facts_of(plans[0].places[0], plans[1].places[0], plans)
    assert any(fact.genre.value == "réattribuée" for fact in facts) == told


def test_a_time_that_passes_again_is_told_again() -> None:
    text = SMALL[FILE].replace("Mars 2020", "Annuel")
    plan = load_texts(
        SMALL | {FILE: text, "organisme.yaml": SMALL["organisme.yaml"] + "periode: {debut: 2019-01-01}\n"}
    )[0]
    then, now = (portrait(plan, day) for day in (date(2021, 12, 31), date(2022, 1, 2)))
    assert then.situations[0].etat.passed
    assert now.situations[0].etat.passed
    assert changes(then, now, date(2022, 1, 1)).every[0].genre.value == "échéance passée"


@pytest.mark.lent
def test_the_day_is_that_of_the_record_whatever_its_file_is_called(tmp_path: Path) -> None:
    folder = tmp_path / "ici"
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch", "main")
    second = SMALL[FILE].replace("numero: 1\nenjeu", "numero: 2\nenjeu").replace("Former", "Réunir")
    plan = write_plan(folder, SMALL | {"orientation-2.yaml": second})
    commit(folder, "Adopter", "2020-01-10 09:00 -0500")
    replace(plan, "orientation-2.yaml", ("echeance: Mars 2020", "echeance: Mars 2020\n            statut: réalisée"))
    commit(folder, "Consigner", "2020-02-12 09:00 -0500")
    git(folder, "mv", "plan/orientation-2.yaml", "plan/orientation-3.yaml")
    replace(plan, "orientation-3.yaml", ("numero: 2\nenjeu", "numero: 3\nenjeu"))
    commit(folder, "Renuméroter", "2020-02-20 09:00 -0500")
    loaded, _ = load(read_folder(plan, "plan"))
    told = Past(plan).since(portrait(loaded, date(2020, 3, 1)), Start(date(2020, 2, 1)), when=True)
    assert told.recorded["3.adm.1.1"] == date(2020, 2, 12)
