"""Names, aliases, shared options, exit codes, and what ends a run."""

from __future__ import annotations

import subprocess
import sys

import pytest
from pace import table
from support import ROOT
from typer.testing import CliRunner

from cli_french.sample import ENDS, app, ran
from pivot_cli.cli_french import FrenchApp, command


@pytest.mark.parametrize("name", ["overdue", "retards", "OVERDUE", "Retards"])
def test_every_name_of_a_command_does_the_same(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    result = ran(capsys, [name, "-r", "DG", "--bientôt", "--FORMAT", "JSON"])
    assert result.code == 0
    assert result.out.startswith("responsable=['DG'] format=json horizon=90")
    assert "bientot=True" in result.out


def test_choices_are_understood_without_accents_or_case(capsys: pytest.CaptureFixture[str]) -> None:
    result = ran(capsys, ["note", "1", "--statut", "REALISEE"])
    assert (result.code, "Statut.REALISEE" in result.out) == (0, True)


@pytest.mark.parametrize(
    ("argv", "variable", "expected"),
    [
        (["overdue"], None, None),
        (["overdue"], "v", "v"),
        (["--plan", "a", "overdue"], "v", "a"),
        (["overdue", "--plan", "b"], "v", "b"),
        (["--plan", "a", "overdue", "--plan", "b"], "v", "b"),
        (["--plan", "a b", "overdue"], None, "a b"),
        (["--plan=--x", "overdue"], None, "--x"),
    ],
)
def test_a_shared_option_stands_before_or_after_the_command(
    argv: list[str],
    variable: str | None,
    expected: str | None,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PIVOT_PLAN", raising=False)
    if variable:
        monkeypatch.setenv("PIVOT_PLAN", variable)
    assert f"plan={expected}\n" in ran(capsys, argv).out


def test_a_shared_option_is_ignored_by_a_command_without_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(capsys, ["--plan", "a", "bare"]) == (1, "", "")


@table(
    ("how", "code", "out", "err"),
    [
        ("pivot", 3, "déjà écrit\n", "Erreur : le plan est « introuvable ».\nIndiquez-le avec --plan.\n"),
        ("usage", 2, "déjà écrit\n", "Erreur : cette date n'est pas comprise.\nAide : pivot end --help\n"),
        ("control", 3, "déjà écrit\n", "Erreur : un texte \N{REPLACEMENT CHARACTER}[31mrouge\n"),
        ("bad", 2, "déjà écrit\n", "Erreur : la commande n'a pas pu être comprise.\nAide : pivot end --help\n"),
        ("exit", 1, "déjà écrit\n", ""),
        ("system", 1, "déjà écrit\n", ""),
        ("abort", 130, "déjà écrit\n", "Interrompu.\n"),
        ("eof", 130, "déjà écrit\n", "Interrompu.\n"),
        ("interrupt", 130, "déjà écrit\n", "Interrompu.\n"),
        (
            "internal",
            3,
            "déjà écrit\n",
            (
                "Erreur interne : le programme a rencontré un cas imprévu (KeyError).\n"
                "Pour la faire corriger, recommencez avec la variable PIVOT_DEBUG=1 et transmettez ce qui s'affiche.\n"
            ),
        ),
        (
            "denied",
            3,
            "déjà écrit\n",
            "Erreur : impossible de lire ou d'écrire « plan/organisme.yaml » : accès refusé.\n",
        ),
        (
            "full",
            3,
            "déjà écrit\n",
            "Erreur : impossible d'écrire « plan.html » : disque plein.\n",
        ),
        (
            "strange",
            3,
            "déjà écrit\n",
            "Erreur : impossible de lire ou d'écrire « x » : erreur 9999 du système.\n",
        ),
        (
            "unnamed",
            3,
            "déjà écrit\n",
            "Erreur : impossible d'écrire le résultat : erreur de lecture ou d'écriture du disque.\n",
        ),
    ],
)
def test_what_ends_a_run(
    how: str,
    code: int,
    out: str,
    err: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.delenv("PIVOT_DEBUG", raising=False)
    assert how in ENDS
    result = ran(capsys, ["end", how])
    assert result == (code, out, result.err)
    assert result.err.replace("\N{NO-BREAK SPACE}", " ") == err


def test_the_whole_story_of_an_internal_error_for_those_who_ask(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIVOT_DEBUG", "1")
    result = ran(capsys, ["end", "internal"])
    assert result.err.startswith("Traceback")
    assert "Erreur interne" in result.err


def test_help_of_an_unknown_command(capsys: pytest.CaptureFixture[str]) -> None:
    result = ran(capsys, ["aide", "retard"])
    assert (result.code, "« retards »" in result.plain) == (2, True)


def test_a_family_is_one_of_the_four() -> None:
    with pytest.raises(ValueError, match="ranger"):
        command(FrenchApp("x", help="", version="1"), "ranger", "y", example="x y")


def test_typer_itself_can_run_the_application() -> None:
    result = CliRunner().invoke(app, ["overdue", "--responsable", "DG"])
    assert (result.exit_code, "responsable=['DG']" in result.output) == (0, True)


def test_help_loads_nothing_heavy() -> None:
    program = (
        "import sys\n"
        "from pivot_cli.cli import app\n"
        "from pivot_cli.cli_french import run\n"
        "run(app, ['--help'])\n"
        "heavy = {'rich', 'yaml', 'jinja2', 'pydantic', 'dateutil', 'pivot_cli.finding', 'pivot_cli.plan.model',\n"
        "         'pivot_cli.cli_french.errors', 'pivot_cli.cli_french.completion'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stderr == "[]\n"
