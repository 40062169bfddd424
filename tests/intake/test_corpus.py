"""What each document of the corpus gives, whole: the files of the plan, the report, what `--essai` shows.

After a change that is wanted: `PIVOT_GOLDEN=1 python -m pytest tests/intake/test_corpus.py`, then read the difference.
The documents are those of `make.py`.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from pace import one_in
from support import LIVING, golden, load_bytes, pivot

from pivot_cli.finding import Gravite
from pivot_cli.plan.names import is_plan_file

CORPUS = Path(__file__).parent / "corpus"
DOCUMENTS = sorted(path.name for path in CORPUS.iterdir() if path.is_file())
# Each is read by what reads few others.
APART = [
    *("couts.docx", "durable.xlsx", "erreurs.xlsx", "fiches.docx", "partages.docx", "portrait.docx"),
    *("presentation.docx", "prevention.docx", "rangees.xlsx", "suivi-annuel.ods", "suivi.csv", "taches.xlsx"),
]
OTHERS = [name for name in DOCUMENTS if name not in APART]
ADOPTED = "planification-strategique.docx"


def begun(document: Path, folder: Path, *more: str) -> tuple[dict[str, bytes], str]:
    """The files of the plan that a document makes, and the report as JSON."""
    words = ("init", "plan", "--de", str(document), "--nom", "L'Essai", "--sans-question", "--format", "json", *more)
    done = pivot(*words, cwd=folder)
    assert done.returncode == 0, done.stderr
    files = {path.name: path.read_bytes() for path in (folder / "plan").iterdir() if is_plan_file(path.name)}
    return files, done.stdout


@pytest.mark.parametrize("name", [*APART, *one_in(16, OTHERS)])
def test_a_document_gives_its_plan_and_each_question_at_its_line(name: str, tmp_path: Path) -> None:
    files, report = begun(CORPUS / name, tmp_path)
    wanted = CORPUS / "attendu" / name
    wanted.mkdir(parents=True, exist_ok=True)
    for file, data in files.items():
        assert data.decode() == golden(wanted / file, data.decode())
    assert report == golden(wanted / "rapport.json", report)
    assert {path.name for path in wanted.iterdir()} == {*files, "rapport.json", "essai.txt"}
    assert [one.message for one in load_bytes(files)[1] if one.gravite is Gravite.ERREUR] == []
    for question in json.loads(report)["questions"]:
        line = files[question["fichier"].removeprefix("plan/")].decode().split("\n")[question["ligne"] - 1]
        assert line.strip().startswith("# À COMPLÉTER"), (question, line)


@pytest.mark.parametrize("name", one_in(6, DOCUMENTS))
def test_a_trial_shows_it_on_a_page(name: str, tmp_path: Path) -> None:
    words = ("init", "plan", "--de", str(CORPUS / name), "--nom", "L'Essai", "--essai")
    shown = pivot(*words, cwd=tmp_path).stdout
    assert list(tmp_path.iterdir()) == []
    assert shown == golden(CORPUS / "attendu" / name / "essai.txt", shown)
    assert max(map(len, shown.splitlines())) <= 80


@pytest.mark.parametrize("name", ["calendrier", "cpe", "niveaux"])
def test_another_program_s_file_gives_the_same_plan(name: str) -> None:
    plans = [CORPUS / "attendu" / f"{name}{more}.docx" for more in ("", "-libreoffice")]
    for path in plans[0].glob("*.yaml"):
        one, two = ((plan / path.name).read_text(encoding="utf-8") for plan in plans)
        assert one == two.replace("-libreoffice.docx", ".docx")


@pytest.mark.parametrize(("name", "saved"), [("mois.xlsx", "mois.ods"), ("periodes.xlsx", "periodes-libreoffice.xlsx")])
def test_a_workbook_of_another_program_gives_the_same_plan(name: str, saved: str) -> None:
    for path in (CORPUS / "attendu" / name).glob("*.yaml"):
        one, two = ((CORPUS / "attendu" / file / path.name).read_text(encoding="utf-8") for file in (name, saved))
        assert one == two.replace(saved, name)


# --- the adopted document ----------------------------------------------------------------------------


def _kept(text: str) -> list[str]:
    """The lines of a file, without its comments: what it says."""
    return [line for line in text.split("\n") if line.strip() and not line.lstrip().startswith("#")]


@pytest.mark.lent
def test_the_adopted_document_gives_the_plan_as_it_was_transcribed(tmp_path: Path) -> None:
    files, report = begun(CORPUS / ADOPTED, tmp_path)
    counts = {key: value for key, value in json.loads(report).items() if isinstance(value, int)}
    assert counts == {
        "orientations": 5,
        "volets": 11,
        "objectifs": 27,
        "actions": 93,
        "responsables": 16,
        "echeances_lues": 93,
    }
    adopted = Path(__file__).parents[1] / "adopte" / "plan"
    for number in range(1, 6):
        name = f"orientation-{number}.yaml"
        assert _kept(files[name].decode()) == _kept((adopted / name).read_text(encoding="utf-8"))
    plan, _ = load_bytes(files)
    wanted, _ = load_bytes({path.name: path.read_bytes() for path in adopted.glob("*.yaml")})
    for field in ("mission", "vision", "valeurs", "presentation"):
        assert getattr(plan.organisme, field) == getattr(wanted.organisme, field)
    assert plan.organisme.diagnostic[:4] == wanted.organisme.diagnostic[:4]
    told = [[(one.numero, one.titre, one.enonce) for one in of.organisme.enjeux] for of in (plan, wanted)]
    assert told[0] == told[1]


@pytest.mark.lent
def test_the_aliases_that_were_found_by_hand_are_proposed(tmp_path: Path) -> None:
    files, report = begun(CORPUS / ADOPTED, tmp_path)
    told = files["responsables.yaml"].decode() + report
    wanted, _ = load_bytes({path.name: path.read_bytes() for path in LIVING.glob("*.yaml")})
    aliases = [name for who in wanted.registre for name in who.alias]
    assert len(aliases) == 9
    assert [name for name in aliases if name not in told] == []


@pytest.mark.parametrize("document", one_in(3, [ADOPTED, "suivi-annuel.xlsx", "suivi-annuel.ods"]))
def test_the_same_document_gives_the_same_bytes(document: str, tmp_path: Path) -> None:
    made = []
    for name in ("un", "deux"):
        (tmp_path / name).mkdir()
        made.append(begun(CORPUS / document, tmp_path / name))
    assert made[0] == made[1]


def test_no_comment_says_more_than_a_line(tmp_path: Path) -> None:
    files, _ = begun(CORPUS / "niveaux.docx", tmp_path)
    assert re.search(r"# Sous « Menaces » : contraintes", files["organisme.yaml"].decode().replace("\xa0", " "))


def test_the_period_of_a_plan_of_a_year_gives_each_month_its_year(tmp_path: Path) -> None:
    files, report = begun(CORPUS / "mois.docx", tmp_path, "--periode", "septembre 2025 à août 2026")
    said = "\n".join(files[name].decode() for name in sorted(files))
    assert re.findall("(?m)^ +echeance: (.*)", said) == [
        "Septembre 2025",
        "Octobre 2025 à mai 2026",
        "Juin 2026",
        "Mars 2026",
    ]
    assert json.loads(report)["questions"] == []
