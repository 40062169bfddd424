"""`pivot init`: what it asks, what it writes and where, what it refuses."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from at_home.commands import ran, said
from pace import one_in, table
from support import NO_SETTINGS_OF_GIT, clean_environment, pivot, write_plan

from pivot_cli.cli import app
from pivot_cli.cli_french import run
from pivot_cli.plan.loader import load
from pivot_cli.plan.model import Plan
from pivot_cli.plan.sources import read_folder

CORPUS = Path(__file__).parent / "corpus"
SILENT = ("init", "plan", "--nom", "La Maison du quartier", "--sans-question")


def asked(answers: str, folder: Path, *words: str, **more: str) -> tuple[int, str, str]:
    """The exit code, the result and the messages of a run whose questions get these answers, a line each."""
    env = clean_environment() | NO_SETTINGS_OF_GIT | {"PYTHONPATH": str(Path(__file__).parents[2])} | more
    done = subprocess.run(
        [sys.executable, "-m", "pivot_cli", *words],
        cwd=folder,
        env=env,
        input=answers.encode(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    out, err = (text.decode().replace("\N{NO-BREAK SPACE}", " ") for text in (done.stdout, done.stderr))
    return done.returncode, out, err


def made(folder: Path) -> Plan:
    """The plan of a folder, which has no error."""
    plan, findings = load(read_folder(folder, "plan"))
    assert [one.message for one in findings] == []
    return plan


def test_every_question_is_asked_in_french_and_answered(tmp_path: Path) -> None:
    answers = [
        "La Maison",
        "Plan d'action 2027-2030",
        "2027-2030",
        "avril",
        "axe, objectif, mesure",
        "Conseil municipal",
    ]
    code, out, err = asked("\n".join([*answers, "2027-01-15, 2027-02-19", "n", ""]), tmp_path, "init")
    assert code == 0, err
    assert "Nom de l'organisme :" in err
    assert "Garder l'historique du plan, avec git" in err
    assert str(tmp_path) in err, "the folder where the history would be kept is named before"
    assert "Ensuite : pivot validate" in err
    plan = made(tmp_path / "plan")
    assert (plan.organisme.nom, plan.organisme.plan.titre) == ("La Maison", "Plan d'action 2027-2030")
    debut, fin, _ = plan.organisme.periode
    assert (debut.texte, fin.texte) == ("2027-01-01", "2030-12-31")  # type: ignore[union-attr]
    assert plan.organisme.conventions.debut_exercice == (4, 1)
    assert [noun.nom for noun in plan.niveaux] == ["axe", "volet", "objectif", "mesure"]
    assert plan.reunions.ca.nom == "Conseil municipal"
    assert [day.isoformat() for day in plan.reunions.ca.days] == ["2027-01-15", "2027-02-19"]
    assert not (tmp_path / ".git").exists()
    assert "axe" in out


@pytest.mark.lent
def test_what_is_not_understood_is_asked_again(tmp_path: Path) -> None:
    answers = [
        "La Maison",
        "",
        "bientôt",
        "2027-2030",
        "brumaire",
        "avril",
        "axe",
        "axe, mesure",
        "",
        "hier",
        "",
        "peut-être",
        "non",
        "",
    ]
    code, _, err = asked("\n".join(answers), tmp_path, "init")
    assert code == 0, err
    for told in (
        "« bientôt » n'est pas une période",
        "« brumaire » n'est pas un mois",
        "il faut de deux à quatre noms",
        "« hier »",
    ):
        assert told in err
    assert "Répondez o (oui) ou n (non)." in err
    assert "Période du plan : « bientôt » n'est pas une période." in err
    assert "--" not in err.partition("Ensuite")[0], "nobody typed the name of an option"
    assert "[y/N]" not in err


IDENTITY = {f"GIT_{who}_{what}": "essai@exemple.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


@pytest.mark.parametrize("answer", one_in(2, ["o", "OUI"]))
def test_yes_keeps_the_history(answer: str, tmp_path: Path) -> None:
    words = ("init", "plan", "--nom", "L'Essai")
    code, _, err = asked("\n" * 6 + f"{answer}\n", tmp_path, *words, **IDENTITY)
    assert code == 0, err
    log = subprocess.run(["git", "log", "--format=%s", "--name-only"], cwd=tmp_path, capture_output=True, check=True)
    told = log.stdout.decode().splitlines()
    assert told[0] == "Plan, tel qu'il commence"
    assert {"plan/organisme.yaml", ".gitignore"} <= set(told)


def test_a_repository_without_identity_keeps_the_plan_and_says_what_to_do(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    done = pivot(*SILENT, "--historique", cwd=tmp_path, HOME=str(home), GIT_CONFIG_GLOBAL=os.devnull, EMAIL="", USER="")
    assert done.returncode == 0
    assert made(tmp_path / "plan").organisme.nom == "La Maison du quartier"
    assert "L'historique" in done.stderr


def test_it_writes_the_files_the_schemas_a_model_and_what_git_ignores(tmp_path: Path) -> None:
    done = pivot(*SILENT, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    names = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    schemas = {f"plan/.schema/{name}.json" for name in ("organisme", "responsables", "orientation", "reunions")}
    files = {f"plan/{name}.yaml" for name in ("organisme", "responsables", "orientation-1", "reunions")}
    assert names == schemas | files | {".gitignore"}
    text = (tmp_path / "plan" / "orientation-1.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=.schema/orientation.json\n")
    assert "# MODÈLE" in text
    assert pivot("validate", cwd=tmp_path).returncode == 0
    assert "à compléter" in done.stderr


def test_options_say_all_that_is_asked(tmp_path: Path) -> None:
    words = [
        "--titre",
        "Plan MADA",
        "--periode",
        "avril 2027 à mars 2030",
        "--exercice",
        "1er avril",
        "--niveaux",
        "axe > mesure",
    ]
    words += [
        "--conseil",
        "Conseil municipal",
        "--reunion",
        "2027-01-15",
        "--reunion",
        "15 février 2027",
        "--sans-historique",
    ]
    done = pivot(*SILENT, *words, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    plan = made(tmp_path / "plan")
    assert plan.organisme.plan.titre == "Plan MADA"
    assert [day.isoformat() for day in plan.reunions.ca.days] == ["2027-01-15", "2027-02-15"]
    assert plan.niveaux.action.nom == "mesure"


@table(
    ("words", "told"),
    [
        (("--periode", "bientôt"), "n'est pas une période"),
        (("--exercice", "brumaire"), "n'est pas un mois"),
        (("--niveaux", "axe"), "de deux à quatre noms"),
        (("--niveaux", "axe, bidule"), "« bidule » n'est pas un nom connu"),
        (("--reunion", "hier"), "« hier »"),
        (("--nom", " "), "attend un texte"),
    ],
)
def test_an_option_that_is_not_understood_is_refused(words: tuple[str, ...], told: str, tmp_path: Path) -> None:
    done = pivot("init", "plan", "--sans-question", *words, cwd=tmp_path)
    assert (done.returncode, told in done.stderr.replace("\N{NO-BREAK SPACE}", " ")) == (2, True), done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["organisme.yaml", "orientation-3.yaml", "responsables.yaml"])
def test_it_never_writes_into_a_folder_that_holds_a_plan(name: str, tmp_path: Path) -> None:
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / name).write_bytes(b"nom: X\n")
    done = pivot(*SILENT, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (3, "")
    assert "contient déjà un plan" in done.stderr
    assert [path.name for path in (tmp_path / "plan").iterdir()] == [name]


def test_what_is_in_its_folder_stays(tmp_path: Path) -> None:
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "notes.txt").write_bytes(b"notes")
    (tmp_path / ".gitignore").write_bytes(b"/secret\n")
    assert pivot(*SILENT, cwd=tmp_path).returncode == 0
    assert (tmp_path / "plan" / "notes.txt").read_bytes() == b"notes"
    assert (tmp_path / ".gitignore").read_bytes() == b"/secret\n"
    assert made(tmp_path / "plan").organisme.nom == "La Maison du quartier"


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "plan").write_bytes(b"x")
    done = pivot(*SILENT, cwd=tmp_path)
    assert (done.returncode, (tmp_path / "plan").read_bytes()) == (3, b"x")


def test_nobody_to_answer_is_told(tmp_path: Path) -> None:
    done = pivot("init", cwd=tmp_path)
    assert done.returncode == 2
    assert "--sans-question" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_document_says_enough_where_nobody_answers(tmp_path: Path) -> None:
    plans = []
    for name, words in (("un", ()), ("deux", ("--sans-question",))):
        (tmp_path / name).mkdir()
        done = pivot("init", "--de", str(CORPUS / "listes.docx"), *words, cwd=tmp_path / name)
        assert done.returncode == 0, done.stderr
        assert ("Personne ne répond" in done.stderr) == (name == "un")
        plans.append(sorted((path.name, path.read_bytes()) for path in (tmp_path / name / "plan").glob("*.yaml")))
    assert plans[0] == plans[1]


@pytest.mark.lent
@pytest.mark.skipif(os.name == "nt", reason="signals are not those of POSIX")
def test_ctrl_c_writes_nothing(tmp_path: Path) -> None:
    env = clean_environment() | {"PYTHONPATH": str(Path(__file__).parents[2])}
    words = [sys.executable, "-m", "pivot_cli", "init"]
    running = subprocess.Popen(
        words,
        cwd=tmp_path,
        env=env,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509 - as a terminal
    )
    assert running.stdin is not None
    assert running.stderr is not None
    running.stdin.write(b"La Maison\nUn titre\n")
    running.stdin.flush()
    told = b""
    while "Période".encode() not in told:
        told += os.read(running.stderr.fileno(), 1000)
    running.send_signal(signal.SIGINT)
    _, rest = running.communicate(timeout=60)
    assert (running.returncode, b"Interrompu." in rest) == (130, True)
    assert list(tmp_path.iterdir()) == []


def test_a_table_is_pasted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    pasted = "Axe\tMesure\tQui\tQuand\nL'eau\tPlanter\tVille\tMars 2027\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(pasted.encode())))
    assert run(app, ["init", "plan", "--de", "-", "--nom", "L'Essai"]) == 0
    plan = made(tmp_path / "plan")
    assert [place.action.description for place in plan.places] == ["Planter"]


def test_the_report_is_a_contract(tmp_path: Path) -> None:
    done = pivot(*SILENT, "--de", str(CORPUS / "mada.docx"), "--essai", "--format", "json", cwd=tmp_path)
    report = json.loads(done.stdout)
    keys = [
        "dossier",
        "orientations",
        "volets",
        "objectifs",
        "actions",
        "responsables",
        "echeances_lues",
        "questions",
        "laisses",
    ]
    assert list(report) == keys
    assert {tuple(one) for one in report["questions"]} == {("endroit", "texte", "fichier", "ligne")}
    assert {tuple(one)[:2] for one in report["laisses"]} == {("endroit", "texte")}
    assert list(tmp_path.iterdir()) == []


def test_what_was_told_of_the_plan_reads_its_echeances(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("Action;Qui;Quand\nPlanter;DG;An 2\n", encoding="utf-8", newline="")
    bare = json.loads(pivot(*SILENT, "--de", "t.csv", "--essai", "--format", "json", cwd=tmp_path).stdout)
    told = json.loads(
        pivot(*SILENT, "--de", "t.csv", "--essai", "--format", "json", "--periode", "2027-2030", cwd=tmp_path).stdout
    )
    assert (bare["echeances_lues"], told["echeances_lues"]) == (0, 1)


def test_a_csv_of_a_french_spreadsheet(tmp_path: Path) -> None:
    rows = "Action;Qui;Quand;Budget\n'=1+1;DG;Mars 2027;1450,50\n\"'@Planter; a;'+b\";DG;;12\xa0500,5\n"
    (tmp_path / "t.csv").write_text(rows, encoding="cp1252", newline="")
    pivot(*SILENT, "--de", "t.csv", cwd=tmp_path)
    first, second = (place.action for place in made(tmp_path / "plan").places)
    assert [first.description, second.description] == ["=1+1", "@Planter; a;+b"]
    assert [one.budget and one.budget.prevu for one in (first, second)] == [Decimal("1450.50"), Decimal("12500.5")]


def test_the_names_of_levels_may_be_told_of_a_document(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("Action;Qui\nPlanter;DG\n", encoding="utf-8", newline="")
    assert pivot(*SILENT, "--de", "t.csv", "--niveaux", "chantier, jalon", cwd=tmp_path).returncode == 0
    assert made(tmp_path / "plan").niveaux.action.nom == "jalon"


def test_the_alias_begins_the_same_plan(tmp_path: Path) -> None:
    for name, command in (("un", "init"), ("deux", "commencer")):
        (tmp_path / name).mkdir()
        assert pivot(command, *SILENT[1:], cwd=tmp_path / name).returncode == 0
    one, two = (
        sorted((path.name, path.read_bytes()) for path in (tmp_path / name / "plan").glob("*.yaml"))
        for name in ("un", "deux")
    )
    assert one == two


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp850"])
def test_any_terminal_can_show_it(encoding: str, tmp_path: Path) -> None:
    shutil.copy(CORPUS / "listes.docx", tmp_path)
    done = ran(["init", "plan", "--de", "listes.docx", "--essai"], tmp_path, env={"PYTHONIOENCODING": encoding})
    assert done.returncode == 0, said(done)
    done.stdout.decode(encoding)


def test_its_folder_is_the_one_that_is_named(tmp_path: Path) -> None:
    assert pivot("--plan", "a/b", "init", "--sans-question", "--nom", "X", cwd=tmp_path).returncode == 0
    assert made(tmp_path / "a" / "b").organisme.nom == "X"
    write_plan(tmp_path / "c")
    assert pivot("init", "c/plan", "--sans-question", cwd=tmp_path).returncode == 3
    assert pivot("init", "", "--sans-question", cwd=tmp_path).returncode == 2


@pytest.mark.lent
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_what_is_written_is_told_where_nothing_can_be_shown(tmp_path: Path) -> None:
    done = ran(SILENT, tmp_path, shell='exec "$@" >/dev/full')
    assert done.returncode == 3
    assert "disque plein" in said(done)
    assert "Mais c'est écrit dans plan : seul le compte rendu ne l'est pas." in said(done)
    assert made(tmp_path / "plan").organisme.nom == "La Maison du quartier"


@pytest.mark.lent
@pytest.mark.skipif(os.name == "nt", reason="a shell that closes streams is one of POSIX")
def test_a_closed_input_is_nobody(tmp_path: Path) -> None:
    words = ("init", "--de", CORPUS / "listes.docx")
    done = ran(words, tmp_path, shell='exec "$@" <&-')
    assert (done.returncode, "Personne ne répond" in said(done)) == (0, True), said(done)
    done = ran(("init", "b", "--de", "-"), tmp_path, shell='exec "$@" <&-')
    assert (done.returncode, "ne contient pas de tableau" in said(done)) == (3, True), said(done)
