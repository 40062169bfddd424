"""No English word, no wrong space and no cut word, in any help page and any fault of any command."""

from __future__ import annotations

import re

import pytest
from pace import few, one_in, table

from cli_french.english import english, misspaced
from cli_french.sample import app as sample_app
from cli_french.sample import ran
from cli_french.scenarios import WIDTHS, faults, helps, words_of
from pivot_cli import cli
from pivot_cli.cli_french import FrenchApp

APPS = {"sample": sample_app, "pivot": cli.app}
HELPS = [(which, argv) for which, app in APPS.items() for argv in helps(app)]
FAULTS = [(which, argv) for which, app in APPS.items() for argv in faults(app)]


def _name(value: object) -> str:
    return " ".join(value) if isinstance(value, list) else str(value)


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PIVOT_PLAN", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")


def _assert_french(shown: str, app: FrenchApp, argv: list[str]) -> None:
    assert english(shown, words_of(app) | {word.lstrip("-—") for word in argv}) == []
    assert misspaced(shown) == []
    assert "\x1b" not in shown


def test_there_are_enough_scenarios() -> None:
    assert len(HELPS) * len(WIDTHS) + len(FAULTS) >= 300
    assert sum(which == "pivot" for which, _ in HELPS + FAULTS) >= 120


@pytest.mark.parametrize(("which", "argv"), one_in(4, HELPS), ids=_name)
def test_every_help_page_reads_well_at_every_width(
    which: str, argv: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = APPS[which]
    kept = {f"  {example}" for entry in app.entries for example in entry.examples}
    pages = []
    for width in WIDTHS:
        monkeypatch.setenv("COLUMNS", str(width))
        result = ran(capsys, argv, app)
        assert (result.code, result.err) == (0, "")
        _assert_french(result.out, app, argv)
        for line in result.out.splitlines():
            assert len(line) <= min(width, 100) or line in kept or line.startswith("  pivot "), line
        pages.append(result.out.split())
    assert pages[0] == pages[1] == pages[2], "a word was cut or lost at one of the widths"


@pytest.mark.parametrize(("which", "argv"), one_in(2, few(6, FAULTS)), ids=_name)
def test_every_fault_is_said_in_french_and_says_where_to_find_help(
    which: str, argv: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    app = APPS[which]
    result = ran(capsys, argv, app)
    assert (result.code, result.out) == (2, "")
    _assert_french(result.err, app, argv)
    assert result.err.startswith("Erreur\N{NO-BREAK SPACE}: ")
    assert (
        re.search("\nAide\N{NO-BREAK SPACE}: pivot( [a-z]+)? --help\n$", result.err)
        or "crivez" in result.err
        or "s'écrit" in result.err
    )
    assert "n'a pas pu être comprise" not in result.err, "a fault has only the general message"


@table(
    "message",
    [
        "Usage: pivot [OPTIONS] COMMAND [ARGS]...",
        "Try 'pivot --help' for help.",
        "Error: No such command 'x'. Did you mean 'overdue'?",
        "No such option: --x (Possible options: --plan)",
        "Missing argument 'ID'.",
        "Missing option '--statut'. Choose from:",
        "Missing command.",
        "Got unexpected extra argument(s) (x)",
        "Invalid value for '--horizon': 'a' is not a valid int.",
        "'x' is not one of 'texte', 'json'.",
        "x is not in the range 1<=x<=365.",
        "Option '--plan' requires an argument.",
        "Option '--bientot' does not take a value.",
        "Show this message and exit.",
        "Install completion for the current shell.",
        "[default: texte]",
        "[required]",
        "[env var: PIVOT_PLAN]",
        "Commands",
        "Aborted!",
        "Path 'x' does not exist.",
        "'x' does not match the formats '%Y-%m-%d'.",
        "Continue? [y/N]:",
        "(DEPRECATED)",
    ],
)
def test_the_scan_sees_what_typer_says_by_itself(message: str) -> None:
    assert english(message)


@table("text", ["a : b", "« a »", "50 %", "5 $", "quoi ?", "a\N{NO-BREAK SPACE}; b", "50%", "«a»"])
def test_the_scan_sees_wrong_spaces(text: str) -> None:
    assert misspaced(text)
