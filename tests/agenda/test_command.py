"""`pivot agenda` from end to end: what is said when something is wrong, and the commands that its annex prepares."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pace import one_in
from support import SHIPPED, SMALL, pivot, write_plan

from agenda.plans import DAY, EVERY_PLACE, agenda
from pivot_cli.cli import app
from pivot_cli.cli_french import run

NB = "\N{NO-BREAK SPACE}"
RunHere = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run_here(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> RunHere:
    """Run the program in this process: its code, its result, and its messages on one line, with ordinary spaces."""

    def running(folder: Path, *words: str) -> tuple[int, str, str]:
        monkeypatch.chdir(folder)
        monkeypatch.setenv("COLUMNS", "200")
        monkeypatch.delenv("PIVOT_PLAN", raising=False)
        code = run(app, list(words))
        caught = capsys.readouterr()
        return code, caught.out.replace(NB, " "), " ".join(caught.err.replace(NB, " ").split())

    return running


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("--date", "hier"), 2, "la date « hier » n'est pas comprise."),
        (
            ("--date", "mars 2020"),
            2,
            "« mars 2020 » n'est pas un jour précis. Écrivez par exemple : --date 2020-01-15",
        ),
        (("--date", "2020-01-15", "--precedente", "2020-02-01"), 2, "n'est pas avant celle du 15 janvier 2020."),
        (("--precedente", "mars 2020"), 2, "Écrivez par exemple : --precedente 2020-01-15"),
        (("--date", "2020-01-15", "--heure", "ce soir"), 2, "--heure : « ce soir » n'est pas compris."),
        (
            ("--date", "2020-01-15", "--duree", "longtemps"),
            2,
            "--duree : « longtemps » n'est pas compris. Écrivez par",
        ),
        (("--type", "comité"), 2, "ca"),
        (("--date", "2020-01-15", "--exercice", "2019"), 2, "--exercice ne s'applique qu'à l'assemblée générale."),
        ((), 2, "aucune réunion à venir n'est inscrite dans reunions.yaml pour le conseil d'administration."),
        (("--date", "2020-01-15", "--format", "docx"), 2, "un document Word ne s'affiche pas à l'écran."),
        (("--date", "2020-01-15", "--format", "pdf"), 2, "un PDF ne s'affiche pas à l'écran."),
    ],
)
def test_what_cannot_be_is_said_plainly(run_here: RunHere, words: tuple[str, ...], code: int, message: str) -> None:
    answer, shown, said = run_here(SHIPPED.parent, "odj", *words)
    assert (answer, shown) == (code, "")
    assert message in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("name", "begins"), one_in(3, [("odj.htm", b"<!DOCTYPE"), ("odj.docx", b"PK"), ("odj", b"# Projet")])
)
def test_the_name_of_a_file_says_its_form(run_here: RunHere, tmp_path: Path, name: str, begins: bytes) -> None:
    write_plan(tmp_path, EVERY_PLACE | {"reunions.yaml": STANDING})
    answer, shown, said = run_here(tmp_path, "agenda", "--date", "2020-01-15", "-o", name)
    assert (answer, shown) == (0, "")
    assert f"Écrit : {name}" in said
    assert "qui n'est pas dans le plan. Corrigez reunions.yaml." in said
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_an_agenda_is_written_in_the_form_of_its_file(tmp_path: Path) -> None:
    write_plan(tmp_path, EVERY_PLACE)
    done = pivot("agenda", "--date", "2020-01-15", "-o", "odj.html", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert "odj.html" in done.stderr
    assert (tmp_path / "odj.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    shown = pivot("agenda", "--date", "2020-01-15", cwd=tmp_path)
    assert shown.stdout.startswith("# Projet d'ordre du jour\n")


def test_a_plan_that_is_not_whole_says_so(tmp_path: Path) -> None:
    write_plan(tmp_path, SMALL | {"orientation-2.yaml": "numero: [", "reunions.yaml": STANDING})
    done = pivot("agenda", "--date", "2020-01-15", cwd=tmp_path)
    assert done.returncode == 3
    assert "orientation-2.yaml n'a pas pu être lu" in done.stdout.replace("\\", "")
    assert "Corrigez reunions.yaml." in done.stderr


def test_a_meeting_that_may_be_in_a_file_that_cannot_be_read_is_not_a_wrong_command(tmp_path: Path) -> None:
    write_plan(tmp_path, SMALL | {"reunions.yaml": "ca: ["})
    for more in ((), ("--inscrire",)):
        done = pivot("agenda", *more, cwd=tmp_path, columns=200)
        assert (done.returncode, done.stdout) == (3, "")
        assert "Mais plan/reunions.yaml n'a pas pu être lu." in done.stderr.replace(NB, " ")
    write_plan(tmp_path, SMALL | {"orientation-2.yaml": "numero: [", "reunions.yaml": "ca: {heure: 19 h}"})
    assert pivot("agenda", cwd=tmp_path).returncode == 2


STANDING = "ca:\n  points_permanents:\n    - {titre: Tour, action: 2.adm.1.1}\n"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("heure: le soir", "« le soir » n'est pas une heure."),
        ("duree: bientôt", "« bientôt » n'est pas une durée."),
        ("points: [{code: mystère}]", "« mystère » n'est pas une des valeurs de « code »."),
        ("points: [{code: auditeur}]", "« auditeur » n'est pas une des valeurs de « code »."),
        ("points: [{titre: X, but: jaser}]", "Valeurs possibles : « information », « discussion » ou « décision »."),
        ("points_permanents: [{titre: X, action: 9.zzz.1.1}]", "Il n'y a pas d'action « 9.zzz.1.1 » dans le plan."),
        ("reunions: [{date: bientôt}]", "« bientôt » n'est pas une date."),
    ],
)
def test_a_faulty_file_of_meetings_is_explained_by_validate(tmp_path: Path, line: str, message: str) -> None:
    write_plan(tmp_path, SMALL | {"reunions.yaml": f"ca:\n  {line}\n"})
    done = pivot("validate", cwd=tmp_path, columns=200)
    assert done.returncode == 1
    assert message in done.stdout.replace(NB, " ")


# --- after the meeting ------------------------------------------------------------------------------------

FILLED = {"statut": "réalisée", "le": "2020-01-15", "reporter": "Juin 2020", "motif": "Décidé", "resolution": "CA-1"}
FILLED |= {"realisation": "2020-01-15", "note": "Le second bail"}


def shapes() -> list[str]:
    """One answer of each shape, of those that a secretary may tick."""
    found: dict[str, str] = {}
    for suite in agenda(EVERY_PLACE).suites:
        for answer in suite.reponses:
            found.setdefault(re.sub(r"^\S+", "ID", answer), answer)
    return list(found.values())


MEETING = '--resolution "Réunion du 15 janvier 2020"'


def test_the_answers_have_few_shapes() -> None:
    decided = "Décidé à la réunion du 15 janvier 2020, de choisir entre deux baux."
    maintained = '--note "Échéance maintenue à la réunion du 15 janvier 2020." --le 2020-01-15'
    assert [re.sub(r"^\S+", "ID", line) for line in shapes()] == [
        f'ID --note "{decided}" --le 2020-01-15 {MEETING}',
        f'ID --note "…" --le 2020-01-15 {MEETING}',
        'ID --statut réalisée --le "…"',
        f'ID --statut "en cours" --le 2020-01-15 {MEETING}',
        f"ID {maintained} {MEETING}",
        f'ID --reporter "…" --le 2020-01-15 --motif "…" {MEETING}',
        f'ID --statut abandonnée --le 2020-01-15 --motif "…" {MEETING}',
        'ID --statut "en cours" --le 2020-01-15',
        f"ID {maintained}",
        'ID --realisation "…"',
        "ID --statut réalisée --le 2020-01-15",
    ]


def ticked(folder: Path, answer: str) -> Path:
    """The file that the agenda writes for the secretary, in which one answer is ticked."""
    write_plan(folder, EVERY_PLACE)
    done = pivot("agenda", "--date", "2020-01-15", "--suites", "suites.md", cwd=folder)
    assert done.returncode == 0, done.stderr
    file = folder / "suites.md"
    text = file.read_text(encoding="utf-8")
    assert text.count(f"- [ ] {answer}\n") == 1
    file.write_text(text.replace(f"- [ ] {answer}\n", f"- [x] {answer}\n"), encoding="utf-8")
    return file


@pytest.mark.parametrize("answer", one_in(3, shapes()))
def test_an_answer_that_is_ticked_records_once_it_is_filled(tmp_path: Path, answer: str) -> None:
    file = ticked(tmp_path, answer)
    text = file.read_text(encoding="utf-8")
    for option, said in FILLED.items():
        text = text.replace(f'--{option} "…"', f'--{option} "{said}"')
    file.write_text(text, encoding="utf-8")
    done = pivot("note", "--de", "suites.md", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert pivot("validate", cwd=tmp_path).returncode == 0
    assert answer.split(maxsplit=1)[0] in done.stdout


@pytest.mark.parametrize("answer", [line for line in shapes() if "…" in line])
def test_an_answer_that_is_ticked_and_not_filled_records_nothing(tmp_path: Path, answer: str) -> None:
    ticked(tmp_path, answer)
    before = {path.name: path.read_bytes() for path in (tmp_path / "plan").iterdir()}
    done = pivot("note", "--de", "suites.md", cwd=tmp_path)
    assert done.returncode == 1, done.stdout
    assert {path.name: path.read_bytes() for path in (tmp_path / "plan").iterdir()} == before


HOSTILE_DECISIONS = [
    'Choisir le "grand" bail --statut réalisée',
    "Choisir le bail <b>neuf</b>, ou garder le `vieux`?",
    "Choisir le [bail](https://exemple.org)",
]


@pytest.mark.parametrize("decision", HOSTILE_DECISIONS)
def test_what_the_plan_asks_cannot_become_another_answer(decision: str) -> None:
    """A choice that an answer could not hold as it is, is left to be written."""
    quoted = decision.replace("'", "''")
    asked = EVERY_PLACE["orientation-1.yaml"].replace("Choisir entre deux baux", f"'{quoted}'")
    suite = next(one for one in agenda(EVERY_PLACE | {"orientation-1.yaml": asked}).suites if one.id == "1.adm.1.1")
    assert [line for line in suite.reponses if "Décidé" in line] == []
    assert f'1.adm.1.1 --note "…" --le 2020-01-15 {MEETING}' in suite.reponses


def test_nothing_ticked_is_nothing_to_record(tmp_path: Path) -> None:
    write_plan(tmp_path, EVERY_PLACE)
    pivot("agenda", "--date", "2020-01-15", "--suites", "suites.md", cwd=tmp_path)
    done = pivot("note", "--de", "suites.md", cwd=tmp_path)
    assert done.returncode == 2
    assert "Mettez un x entre les crochets" in done.stderr


def test_what_comes_again_is_recorded_as_done_once_more() -> None:
    orientation = EVERY_PLACE["orientation-1.yaml"].replace(", realisations: [2019-12-20]", "")
    orientation = orientation.replace("description: Faire un tour de table", "recurrence: Mensuel, description: Tour")
    late = DAY.replace(year=2021)
    made = agenda(EVERY_PLACE | {"orientation-1.yaml": orientation}, day=late)
    lines = [line for one in made.suites for line in one.reponses if "--realisation" in line]
    assert lines == ['1.gou.1.5 --realisation "…"', "1.gou.1.6 --realisation 2021-01-15"]
