"""From a document to a valid plan: the commands of the README, and the sheet of questions filled as a person does."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import NamedTuple

from openpyxl import load_workbook
from pace import table
from support import pivot

from intake.make import Block, word, written

CORPUS = Path(__file__).parent / "corpus"
MEALS: list[Block] = [
    ("h0", "Rapport annuel 2025 et plan d'action 2026 – Popote de l'Est"),
    ("h1", "Réalisations 2025"),
    [["Activité", "Nombre"], ["Repas livrés", "12 400"]],
    ("h1", "Plan d'action 2026"),
    [
        ["Priorités", "Actions", "Responsable", "Échéance"],
        ["Qualité", "Nouveau menu d'été", "Cuisinière", "Juin 2026"],
        ["Relève", "Campagne de bénévoles", "Coordo, CA", "Janvier à mars 2026"],
    ],
]
VIEW = (
    "Nom,Axe,Objectif,Assigné à,Statut,Échéance\n"
    "Créer la page,Visibilité,Être vus,Sam,Terminé,2026-02-01\n"
    'Refaire le dépliant,Visibilité,Être vus,"Sam, Léa",En cours,2026-04-15\n'
)
BOARD = (
    "Axe,Action,Porteur 1,Porteur 2,Début,Fin,Fait\n"
    "Emploi,Salon de l'emploi,CJE,SADC,2026-03,2026-03,✓\n"
    "Logement,Inventaire,MRC,OMH,2026-01,2027-12,\n"
)


class Play(NamedTuple):
    """A document, what a person types in the sheet of questions, what in the files, and what the validation says."""

    name: str
    given: bytes | None  # none for a document of the corpus
    cells: dict[str, str]
    edits: dict[str, str]  # in orientation-1.yaml or orientation-2.yaml
    told: str


PLAYS = [
    Play("mada.docx", None, {"H5": "Printemps 2024"}, {}, "4 mesures lues, aucune erreur.\n"),
    Play(
        "suivi.csv",
        None,
        {"I5": "en cours", "L5": "à moitié"},
        {"        # À COMPLÉTER : « 2021-09-01 » et les suivantes, d'un jour à l'autre\n": ""},
        "6 actions lues, aucune erreur. 1 avertissement.\n",  # « Réalisé », and nobody knows when
    ),
    Play(
        "taches.xlsx",
        None,
        {"I5": "faite", "J5": "2026-02-12", "G6": "Luc", "H6": "mars 2026"},
        {"titre: Sans titre (à compléter)\n# À COMPLÉTER : le titre de ce niveau": "titre: La fête"},
        "3 tâches lues, aucune erreur.\n",
    ),
    Play("popote.docx", written(word(MEALS)), {}, {}, "2 actions lues, aucune erreur.\n"),
    Play("vue.csv", VIEW.encode(), {"I5": "faite", "J5": "1er février 2026"}, {}, "2 actions lues, aucune erreur.\n"),
    Play("table.csv", BOARD.encode(), {"I5": "faite", "J5": "mars 2026"}, {}, "2 actions lues, aucune erreur.\n"),
]


@table("play", PLAYS)
def test_a_document_is_a_valid_plan_once_its_questions_are_answered(play: Play, tmp_path: Path) -> None:
    folder = tmp_path / play.name
    folder.mkdir()
    if play.given is None:
        shutil.copy(CORPUS / play.name, folder)
    else:
        (folder / play.name).write_bytes(play.given)
    typed("init", "--de", play.name, "--nom", "L'Essai", "--sans-question", cwd=folder)
    if play.cells:
        typed("list", "--a-completer", "-o", "questions.xlsx", cwd=folder)
        fill(folder / "questions.xlsx", play.cells)
        typed("note", "--de", "questions.xlsx", cwd=folder)
    for was, now in play.edits.items():
        [file] = [one for one in sorted(folder.glob("plan/orientation-*.yaml")) if was in one.read_text("utf-8")]
        file.write_text(file.read_text("utf-8").replace(was, now), encoding="utf-8", newline="")
    said = typed("validate", cwd=folder).replace("\N{NO-BREAK SPACE}", " ")
    assert " ".join(said.split()).endswith(play.told.strip()), said
    assert "PIV412" not in said, "no answer is awaited any more"


def typed(*words: str, cwd: Path) -> str:
    """What a command shows, which succeeds."""
    done = pivot(*words, cwd=cwd)
    assert done.returncode == 0, (words, done.stdout, done.stderr)
    return done.stdout


def fill(path: Path, cells: dict[str, str]) -> None:
    """Type in the cells of a workbook."""
    book = load_workbook(io.BytesIO(path.read_bytes()))
    for place, text in cells.items():
        book.worksheets[0][place] = text
    book.save(path)
