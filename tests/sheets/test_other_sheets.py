"""The sheets of what a plan lacks, and of the closing of a plan: other columns, the same way back."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import SMALL, golden, pivot, write_plan

from sheets.making import HERE, LIVING, dump, fill, folder_with, opened, sent
from sheets.test_returned import changed, text_of_the_plan

QUESTIONS = """\
numero: 1
titre: Une orientation
volets:
  - code: adm
    nom: Administratif
    objectifs:
      - numero: 1
        titre: Un objectif
        actions:
          - numero: 1
            description: Réviser les règlements
            responsables: [CA]
            echeance: 2024-06-30
            # À COMPLÉTER : « Complété » (statut)
          - numero: 2
            description: Former un comité
            # À COMPLÉTER : « Printemps prochain »
            # Une remarque de quelqu'un
          - numero: 3
            description: Écrire aux membres
            responsables: [DG]
            echeance: bientôt
"""


@pytest.fixture
def asking(tmp_path: Path) -> Path:
    write_plan(tmp_path, SMALL | {"orientation-1.yaml": QUESTIONS})
    return tmp_path


def test_the_questions_of_a_plan_leave_as_a_sheet_and_their_answers_take_their_place(asking: Path) -> None:
    file = sent(asking, "--a-completer", "--au", "2030-11-01", name="questions.xlsx")
    made = dump(file)
    assert made == golden(HERE / "feuilles" / "questions.txt", made)
    book, page = opened(file)
    fill(page, [("1.adm.1.1", "Où en est-on?", "faite"), ("1.adm.1.1", "Quand", "juin 2024")])
    fill(page, [("1.adm.1.2", "À qui?", "DG et CA"), ("1.adm.1.2", "Pour quand?", "Printemps 2031")])
    fill(page, [("1.adm.1.3", "Pour quand?", "sous peu"), ("1.adm.1.3", "À qui?", "Zoé")])
    book.save(file)
    before = text_of_the_plan(asking)
    done = pivot("note", "--de", "questions.xlsx", cwd=asking)
    made = f"code {done.returncode}\n{done.stdout}{done.stderr}\n{changed(before, asking)}"
    assert made == golden(HERE / "retours" / "questions.txt", made)
    left = pivot("list", "--a-completer", "--format", "json", cwd=asking).stdout
    assert '"id": "1.adm.1.3"' in left
    assert '"id": "1.adm.1.1"' not in left
    assert '"id": "1.adm.1.2"' not in left


@pytest.mark.lent
def test_a_plan_that_ends_is_closed_by_a_sheet(tmp_path: Path) -> None:
    folder = folder_with(LIVING, tmp_path)
    words = ("--a-fermer", "-r", "Adjoint à la programmation et à l'animation", "--au", "2022-02-01")
    file = sent(folder, *words, "--retour-le", "2022-02-20", name="fin.xlsx")
    made = dump(file)
    assert made == golden(HERE / "feuilles" / "fin.txt", made)
    book, page = opened(file)
    became = "Qu'est-elle devenue?"
    fill(page, [("2.adm.2.5", became, "faite"), ("2.adm.2.5", "Quand", "2021")])
    fill(page, [("2.adm.2.3", became, "ne se fera pas"), ("2.adm.2.3", "Pourquoi", "Plus personne")])
    fill(page, [("2.adm.3.2", became, "reconduite au prochain plan"), ("5.adm.3.3", became, "ne se fera pas")])
    fill(page, [("5.adm.3.2", became, "faite"), ("5.adm.3.2", "Quand", "décembre 2021")])
    book.save(file)
    before = text_of_the_plan(folder)
    done = pivot("note", "--de", "fin.xlsx", cwd=folder)
    made = f"code {done.returncode}\n{done.stdout}{done.stderr}\n{changed(before, folder)}"
    assert made == golden(HERE / "retours" / "fin.txt", made)
    before = text_of_the_plan(folder)
    again = pivot("note", "--de", "fin.xlsx", cwd=folder)
    assert "Rien à écrire." in again.stdout
    assert text_of_the_plan(folder) == before


def test_what_is_asked_of_no_action_is_said_to_be_elsewhere(asking: Path) -> None:
    file = asking / "plan" / "responsables.yaml"
    file.write_text(file.read_text("utf-8") + "# À COMPLÉTER : alias proposé, « Direction »\n", encoding="utf-8")
    done = pivot("list", "--a-completer", "-o", "questions.xlsx", cwd=asking)
    said = done.stderr.replace("\N{NO-BREAK SPACE}", " ")
    assert "1 autre question du plan n'y est pas : pivot validate --remarques" in said
