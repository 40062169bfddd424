"""The Tab key on a plan: responsables, orientations, actions, statuts; and in real shells, on the real program."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pace import few, one_in
from shells import after_tab, needs
from support import ROOT, SMALL, clean_environment, pivot, write_plan
from systems import needs_posix

from pivot_cli.cli import app
from pivot_cli.cli.known import KINDS
from pivot_cli.cli_french import run

RESPONSABLES = """\
responsables:
  - code: DG
    nom: Direction générale
    alias: [Patronne]
  - code: CA
    nom: Conseil d'administration
  - code: eq
    nom: Équipe d'été
"""
PLAN = SMALL | {
    "responsables.yaml": RESPONSABLES,
    "orientation-1.yaml": SMALL["orientation-1.yaml"].replace("Directrice générale", "DG"),
}
DG, CA = ("DG", "Direction générale"), ("CA", "Conseil d'administration")
TEAM = ("eq", "Équipe d'été")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a plan, to stand in."""
    write_plan(tmp_path, PLAN)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PIVOT_PLAN", raising=False)
    return tmp_path


def proposed(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    word: str,
    shell: str = "zsh",
) -> list[tuple[str, ...]]:
    monkeypatch.setenv("_PIVOT_COMPLETE", shell)
    monkeypatch.setenv("_PIVOT_WORD", word)
    assert run(app, words) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    return [tuple(line.split("\t")) for line in shown.out.splitlines()]


@pytest.mark.parametrize(
    ("words", "word", "expected"),
    [
        (["overdue", "-r"], "", [CA[::1], DG, TEAM, DG[::-1], CA[::-1], TEAM[::-1]]),
        (["overdue", "--responsable"], "d", [DG, DG[::-1]]),
        (["overdue", "--responsable"], "EQUIPE", [TEAM[::-1]]),
        (["overdue", "--responsable"], "direction G", [DG[::-1]]),
        (["overdue", "--responsable"], "patr", [("Patronne", "Direction générale")]),
        (["overdue", "--responsable"], "zzz", []),
        (["retards", "--orientation"], "", [("1", "Une orientation")]),
        (["show"], "", [("1.adm.1.1", "Former un comité"), ("1.adm.1.2", "Faire un plan")]),
        (["FICHE"], "1.ADM.1.2", [("1.adm.1.2", "Faire un plan")]),
        (["show"], "2", []),
        (["overdue", "--format"], "J", [("json",)]),
        (["list", "--objectif"], "1", [("1.adm.1", "Un objectif")]),
        (["liste", "--etat"], "ECH", [("échéance passée",), ("échéance proche",), ("échéance à déterminer",)]),
        (["report", "--etat"], "réal", [("réalisée",)]),
        (["list", "--tri"], "", [("plan",), ("echeance",), ("responsable",)]),
    ],
)
def test_values_come_from_the_plan(
    words: list[str],
    word: str,
    expected: list[tuple[str, ...]],
    place: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert (place / "plan").is_dir()
    assert sorted(proposed(capsys, monkeypatch, words, word)) == sorted(expected)


def test_the_number_of_the_document_is_completed_too(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = PLAN["orientation-1.yaml"]
    (place / "plan" / "orientation-1.yaml").write_text(
        text.replace("numero: 2\n            desc", "numero: 2\n            reference: C01.2\n            desc"),
        encoding="utf-8",
    )
    assert proposed(capsys, monkeypatch, ["show"], "c0") == [("C01.2", "Faire un plan")]


def test_the_plan_is_the_one_that_the_command_would_read(
    place: Path,
    tmp_path_factory: pytest.TempPathFactory,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = tmp_path_factory.mktemp("ailleurs")
    write_plan(other, PLAN | {"responsables.yaml": RESPONSABLES.replace("code: DG", "code: DX")})
    named = str(other / "plan")
    for words in (["--plan", named, "overdue", "-r"], ["overdue", "--plan", named, "-r"]):
        assert proposed(capsys, monkeypatch, words, "DX") == [("DX", "Direction générale")]
    monkeypatch.setenv("PIVOT_PLAN", named)
    assert proposed(capsys, monkeypatch, ["overdue", "-r"], "DX") == [("DX", "Direction générale")]
    below = place / "a" / "b"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    monkeypatch.delenv("PIVOT_PLAN")
    assert proposed(capsys, monkeypatch, ["overdue", "-r"], "DG") == [DG]


REUNIONS = """\
ca:
  reunions:
    - date: 18 décembre 2019
    - date: 2020-01-15
    - date: mars 2020
aga:
  reunions:
    - date: 15 juin 2020
"""
DECEMBER = ("2019-12-18", "mercredi 18 décembre 2019, conseil d'administration")
JANUARY = ("2020-01-15", "mercredi 15 janvier 2020, conseil d'administration")
JUNE = ("2020-06-15", "lundi 15 juin 2020, assemblée générale")


@pytest.mark.parametrize(
    ("words", "word", "expected"),
    [
        (["agenda", "--date"], "", [DECEMBER, JANUARY]),
        (["agenda", "--precedente"], "2019", [DECEMBER]),
        (["agenda", "--type", "aga", "--date"], "", [JUNE]),
        (["agenda", "--type"], "", [("ca",), ("aga",)]),
        (["agenda", "--format"], "", [("md",), ("html",), ("docx",), ("pdf",)]),
        (["report", "sommaire", "--changements-depuis"], "", [DECEMBER, JANUARY, JUNE]),
        (["status", "--au"], "2020-0", [JANUARY, JUNE]),
        (["note", "1.adm.1.1", "--le"], "2020-01", [JANUARY]),
    ],
)
def test_the_days_of_the_meetings_are_proposed(
    words: list[str],
    word: str,
    expected: list[tuple[str, ...]],
    place: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (place / "plan" / "reunions.yaml").write_text(REUNIONS, encoding="utf-8")
    assert proposed(capsys, monkeypatch, words, word) == expected


@pytest.mark.parametrize(
    ("conventions", "expected"),
    [
        ("", [("2020", "du 1er janvier au 31 décembre 2020")]),
        ("  debut_exercice: 1er avril\n", [("2019-2020", "du 1er avril 2019 au 31 mars 2020")]),
        ("  debut_exercice: 1er mars\n", [("2020-2021", "du 1er mars 2020 au 28 février 2021")]),
    ],
)
def test_the_fiscal_years_of_the_plan_are_proposed(
    conventions: str,
    expected: list[tuple[str, str]],
    place: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    organisme = place / "plan" / "organisme.yaml"
    held = organisme.read_text(encoding="utf-8")
    organisme.write_text(held + (f"conventions:\n{conventions}" if conventions else ""), encoding="utf-8")
    for words in (["report", "bilan", "--exercice"], ["agenda", "--type", "aga", "--exercice"]):
        assert proposed(capsys, monkeypatch, words, "") == expected
    for file in (place / "plan").glob("orientation-*"):
        file.unlink()
    assert proposed(capsys, monkeypatch, ["report", "--exercice"], "") == []


def test_the_branches_and_tags_are_proposed(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for words in (
        ["init", "-q", "-b", "main"],
        ["add", "-A"],
        ["commit", "-q", "-m", "Le plan adopté"],
        ["tag", "adopte"],
        ["branch", "essai/équipe"],
    ):
        git = ["git", "-c", "user.name=Essai", "-c", "user.email=essai@exemple.org", *words]
        subprocess.run(git, cwd=place, env=clean_environment(), check=True)
    names = ["adopte", "essai/équipe", "main"]
    found = proposed(capsys, monkeypatch, ["validate", "--depuis"], "")
    assert sorted(found) == [(name, "Le plan adopté") for name in names]
    assert proposed(capsys, monkeypatch, ["validate", "--depuis"], "Essai/e") == [("essai/équipe", "Le plan adopté")]
    monkeypatch.setenv("PATH", "")
    assert proposed(capsys, monkeypatch, ["validate", "--depuis"], "") == []


def test_outside_of_a_repository_no_revision_is_proposed(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(place.parent))
    assert proposed(capsys, monkeypatch, ["validate", "--depuis"], "") == []


def _asking() -> Iterator[tuple[str, list[str], str]]:
    """Each parameter of each command whose values the plan gives, and the words that ask for them."""
    for entry in app.entries:
        for param in app.build(entry).params:
            metavar = (param.metavar or "").rstrip(".…")
            if metavar in KINDS:
                option = [param.opts[-1]] if param.param_type_name == "option" else []
                yield metavar, [entry.name, *option], f"{entry.name} {metavar}"


ASKING = list(_asking())


def test_the_commands_that_name_actions_and_people_complete_them() -> None:
    asked = {name for _, _, name in ASKING}
    assert {"overdue NOM", "overdue NUMÉRO", "show ID"} <= asked


@pytest.mark.parametrize(("metavar", "words", "name"), one_in(10, ASKING), ids=[name for _, _, name in ASKING])
def test_every_parameter_of_every_command_that_the_plan_knows(
    metavar: str,
    words: list[str],
    name: str,
    place: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (place / "plan" / "reunions.yaml").write_text(REUNIONS, encoding="utf-8")
    assert proposed(capsys, monkeypatch, words, "") or metavar == "RÉVISION", name
    if metavar in ("NOM", "NUMÉRO", "ID", "DATE", "EXERCICE"):
        for broken in (b"\xff\xfe\0", b"responsables: [", b""):
            for file in (place / "plan").iterdir():
                file.write_bytes(broken)
            assert proposed(capsys, monkeypatch, words, "") == []
        monkeypatch.setenv("PIVOT_PLAN", str(place / "nulle part"))
        assert proposed(capsys, monkeypatch, words, "") == []


def test_a_description_is_cut_at_a_word_and_holds_no_control_character(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = PLAN["orientation-1.yaml"].replace("Former un comité", '"Former\\t\\e[31m un\\n' + "mot " * 40 + '"')
    write_plan(place, PLAN | {"orientation-1.yaml": text})
    ((_, said),) = proposed(capsys, monkeypatch, ["show"], "1.adm.1.1")
    assert "\x1b" not in said
    assert len(said) <= 60
    assert said.endswith("mot…")


def test_fish_is_given_what_it_will_not_drop(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (place / "plan").is_dir()
    for typed, given in (
        ("equipe", "equipe d'été"),
        ("Équ", "Équipe d'été"),
        ("EQU", "EQUipe d'été"),
        ("équ", "Équipe d'été"),
    ):
        assert proposed(capsys, monkeypatch, ["overdue", "-r"], typed, "fish") == [(given, "eq")]
        assert run(app, ["overdue", "-r", given]) in (0, 3)


@pytest.mark.lent
def test_completing_loads_little(place: Path) -> None:
    code = (
        "import sys; from pivot_cli.cli import app; from pivot_cli.cli_french import run;"
        "run(app, ['overdue', '-r']); print(*sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=place,
        env=clean_environment() | {"_PIVOT_COMPLETE": "bash", "_PIVOT_WORD": "D", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert "DG" in done.stdout
    absent = {
        "rich",
        "jinja2",
        "subprocess",
        "dateutil",
        "pivot_cli.checks",
        "pivot_cli.screens",
        "pivot_cli.suivi.etat",
    }
    assert sorted(absent & set(done.stderr.split()) - {"subprocess"}) == []


# --- in real shells -----------------------------------------------------------------------------------


@pytest.fixture
def home(place: Path) -> Path:
    """That folder, with the real `pivot` on the PATH and its completion scripts."""
    needs_posix()
    program = place / "pivot"
    command = shlex.join([sys.executable, "-m", "pivot_cli"])
    program.write_text(f'#!/bin/sh\nPYTHONPATH={shlex.quote(str(ROOT))} exec {command} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    for shell in ("bash", "zsh", "fish"):
        (place / f"complete.{shell}").write_text(pivot("--montrer-completion", shell).stdout, encoding="utf-8")
    return place


def environment(place: Path) -> dict[str, str]:
    path = os.pathsep.join([str(place), os.environ["PATH"]])
    ours = {"PATH": path, "LANG": "C.UTF-8", "HOME": str(place), "TERM": "dumb", "COLUMNS": "200", "PS1": "$ "}
    return clean_environment() | ours


# What is typed before Tab, and what the line must hold after it.
TYPED = [
    ("pivot overdue -r equ", "pivot overdue -r Équipe\\ d\\'été "),
    ("pivot overdue -r conseil", "pivot overdue -r Conseil\\ d\\'administration "),
    ('pivot overdue -r "CONS', 'pivot overdue -r "Conseil d\'administration" '),
    ("pivot show 1.ADM.1.2", "pivot show 1.adm.1.2 "),
    ("pivot overdue --orientation ", "pivot overdue --orientation 1 "),
]


@pytest.mark.lent
@pytest.mark.parametrize(("typed", "expected"), few(3, TYPED))
def test_in_bash(typed: str, expected: str, home: Path) -> None:
    needs("bash")
    argv = ["bash", "--norc", "--noprofile", "-i"]
    assert expected in after_tab(argv, "source complete.bash", typed, expected, home, environment(home))


@pytest.mark.lent
@pytest.mark.parametrize(("typed", "expected"), few(6, TYPED))
def test_in_zsh(typed: str, expected: str, home: Path) -> None:
    needs("zsh")
    setup = "PROMPT='$ '; autoload -Uz compinit; compinit -u -D; source ./complete.zsh"
    assert expected in after_tab(["zsh", "-f", "-i"], setup, typed, expected, home, environment(home))


@pytest.mark.lent
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("pivot overdue -r equ", ["equipe d'été\teq"]),
        ("pivot overdue -r conseil", ["Conseil d'administration\tCA"]),
        ("pivot show 1.adm.1.2", ["1.adm.1.2\tFaire un plan"]),
        ("pivot overdue --orientation ", ["1\tUne orientation"]),
    ],
)
def test_in_fish(typed: str, expected: list[str], home: Path) -> None:
    needs("fish")
    done = subprocess.run(
        ["fish", "--no-config", "-c", "source complete.fish; complete -C $argv[1]", "--", typed],
        capture_output=True,
        cwd=home,
        env=environment(home),
        check=True,
    )
    assert done.stdout.decode().splitlines() == expected
