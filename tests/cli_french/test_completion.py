"""Completion: what is answered, and what bash, zsh and fish really do with it."""

from __future__ import annotations

import os
import shlex
import subprocess
from functools import cache
from pathlib import Path

import pytest
from pace import few
from shells import after_tab, needs
from systems import needs_posix

from cli_french.sample import app, own_environment, own_process, ran

NAMES = ["overdue", "note", "convert", "bare", "end"]


def _answers(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    word: str,
    shell: str = "fish",
) -> list[str]:
    monkeypatch.setenv("_PIVOT_COMPLETE", shell)
    monkeypatch.setenv("_PIVOT_WORD", word)
    result = ran(capsys, words)
    assert (result.code, result.err) == (0, "")
    return result.out.splitlines()


@pytest.mark.parametrize(
    ("words", "word", "expected"),
    [
        ([], "", NAMES),
        ([], "o", ["overdue"]),
        ([], "re", ["retards"]),
        ([], "--v", ["--version"]),
        ([], "zzz", []),
        (["zzz"], "", []),
        (["--montrer-completion"], "", ["bash", "zsh", "fish", "powershell"]),
        (["--plan"], "", [":dossiers"]),
        (["--plan", "x"], "ov", ["overdue"]),
        (["overdue"], "", []),
        (["overdue"], "--f", ["--format"]),
        (["overdue"], "-r", ["-r"]),
        (["overdue"], "--bient", ["--bientot"]),
        (["overdue", "--bientot"], "--bient", []),
        (["overdue", "-r", "DG"], "--resp", ["--responsable"]),
        (["overdue", "--format"], "", ["texte", "json", "csv"]),
        (["overdue", "--format"], "j", ["json"]),
        (["retards"], "--format=j", ["--format=json"]),
        (["overdue", "--responsable"], "D", ["DG", "Directrice générale"]),
        (["overdue", "--plan", "a", "-r"], "plan", ["plan-a"]),
        (["--plan", "b", "overdue", "-r"], "plan", ["plan-b"]),
        (["overdue", "--horizon"], "", []),
        (["overdue", "--zzz", "x", "--nombre"], "", []),
        (["note"], "", []),
        (["note", "1", "2"], "", []),
        (["note", "--statut"], "", ["à faire", "réalisée"]),
        (["note", "--fichier"], "", [":fichiers"]),
        (["convert"], "", [":fichiers"]),
        (["convert", "a"], "", []),
        (["convert", "a", "b"], "", ["texte", "json"]),
        (["convert", "a", "b", "texte"], "", []),
        (["convert", "--"], "-", [":fichiers"]),
        (["bare"], "", []),
        (["--version"], "ov", ["overdue"]),
        (["--help"], "ov", ["overdue"]),
        (["note", "--help"], "--stat", ["--statut"]),
    ],
)
def test_answers(
    words: list[str],
    word: str,
    expected: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PIVOT_PLAN", raising=False)
    assert [line.split("\t")[0] for line in _answers(capsys, monkeypatch, words, word)] == expected


def test_answers_are_explained(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert _answers(capsys, monkeypatch, [], "o") == ["overdue\tLes échéances passées, par objectif."]
    assert _answers(capsys, monkeypatch, ["overdue"], "--fo") == ["--format\tLa forme."]


@pytest.mark.parametrize(
    ("words", "word", "expected"),
    [
        (["overdue", "--format", "="], "j", ["json"]),
        (["overdue", "--format"], "=", ["texte", "json", "csv"]),
        (["overdue", "-r"], '"Dir', ["Directrice générale"]),
        (["overdue", "-r", "Directrice\\ générale", "--format"], "c", ["csv"]),
        (["overdue", "-r", "'Directrice générale'", "--format"], "c", ["csv"]),
    ],
)
def test_words_as_bash_gives_them(
    words: list[str],
    word: str,
    expected: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = _answers(capsys, monkeypatch, words, word, shell="bash")
    assert [line.split("\t")[0] for line in found] == expected


def test_a_fault_while_completing_proposes_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(type(app), "build", broken)
    assert _answers(capsys, monkeypatch, ["overdue"], "-") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell", "pwsh", "BASH"])
def test_scripts(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    result = ran(capsys, ["--montrer-completion", shell])
    assert result.code == 0
    assert "_PIVOT_COMPLETE" in result.out
    assert "PROG" not in result.out
    assert "VAR=" not in result.out


# --- installation -------------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "ZDOTDIR"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    return tmp_path


@pytest.mark.parametrize(("shell", "start"), [("bash", ".bashrc"), ("zsh", ".zshrc")])
def test_installation_adds_one_line_once(
    shell: str, start: str, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHELL", f"/usr/bin/{shell}")
    (home / start).write_bytes("alias é='\xff'".encode("latin-1"))
    for _ in range(2):
        result = ran(capsys, ["--installer-completion"])
        assert result.code == 0
        assert result.out.startswith("Complétion installée dans ")
    script = home / ".local/share/pivot" / f"completion.{shell}"
    assert (home / start).read_bytes() == "alias é='\xff'".encode("latin-1") + f"\nsource {script}\n".encode()
    assert "_PIVOT_COMPLETE" in script.read_text(encoding="utf-8")


def test_installation_for_fish(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELL", "/usr/bin/fish")
    assert ran(capsys, ["--installer-completion"]).code == 0
    assert (home / ".config/fish/completions/pivot.fish").exists()


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("shell", ["", "/bin/tcsh"])
def test_no_installation_for_another_shell(
    shell: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHELL", shell)
    result = ran(capsys, ["--installer-completion"])
    assert result.code == 2
    assert "--montrer-completion powershell >> $PROFILE" in result.err


def test_a_start_up_file_that_cannot_be_written(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHELL", "/bin/bash")
    (home / ".bashrc").mkdir()
    result = ran(capsys, ["--installer-completion"])
    assert result.code == 3
    assert "impossible" in result.err


# --- in real shells -----------------------------------------------------------------------------------


@cache
def _script(shell: str) -> bytes:
    """What the program itself, at the name of which it completes, writes to a file."""
    done = subprocess.run(
        own_process("--montrer-completion", shell), capture_output=True, env=own_environment(), check=True
    )
    return done.stdout


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a `pivot` that is the sample application, its completion scripts, and a file to find."""
    needs_posix()
    run = tmp_path / "pivot"
    run.write_text(f'#!/bin/sh\nexec {shlex.join(own_process())} "$@"\n', encoding="utf-8")
    run.chmod(0o755)
    for shell in ("bash", "zsh", "fish"):
        (tmp_path / f"complete.{shell}").write_bytes(_script(shell))
    (tmp_path / "unique.yaml").touch()
    return tmp_path


def _environment(place: Path) -> dict[str, str]:
    path = os.pathsep.join([str(place), os.environ["PATH"]])
    return own_environment(PATH=path, LANG="C.UTF-8", HOME=str(place), TERM="dumb", COLUMNS="200", PS1="$ ")


# What is typed before Tab, and what the line must hold after it.
TYPED = [
    ("pivot ov", "pivot overdue "),
    ("pivot ret", "pivot retards "),
    ("pivot overdue --form", "pivot overdue --format "),
    ("pivot overdue --format=j", "pivot overdue --format=json "),
    ("pivot overdue --format t", "pivot overdue --format texte "),
    ("pivot overdue -r Dir", "pivot overdue -r Directrice\\ générale "),
    ('pivot overdue -r "Dir', 'pivot overdue -r "Directrice générale" '),
    ("pivot overdue -r Directrice\\ générale --bi", "pivot overdue -r Directrice\\ générale --bientot "),
    ("pivot convert uni", "pivot convert unique.yaml "),
    ("pivot --plan b overdue -r plan", "pivot --plan b overdue -r plan-b "),
]


@pytest.mark.lent
@pytest.mark.parametrize(("typed", "expected"), few(3, TYPED))
def test_in_bash(typed: str, expected: str, place: Path) -> None:
    needs("bash")
    shown = after_tab(
        ["bash", "--norc", "--noprofile", "-i"], "source complete.bash", typed, expected, place, _environment(place)
    )
    assert expected in shown


@pytest.mark.lent
@pytest.mark.parametrize(("typed", "expected"), few(6, TYPED))
def test_in_zsh(typed: str, expected: str, place: Path) -> None:
    needs("zsh")
    setup = "PROMPT='$ '; autoload -Uz compinit; compinit -u -D; source ./complete.zsh"
    assert expected in after_tab(["zsh", "-f", "-i"], setup, typed, expected, place, _environment(place))


@pytest.mark.lent
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("pivot ov", ["overdue\tLes échéances passées, par objectif."]),
        ("pivot overdue --bi", ["--bientot\tAjoute ce qui approche."]),
        ("pivot overdue --format=j", ["--format=json"]),
        ('pivot overdue -r "Dir', ["Directrice générale\tDG"]),
        ("pivot overdue -r Directrice\\ générale --format c", ["csv"]),
        ("pivot convert uni", ["unique.yaml"]),
    ],
)
def test_in_fish(typed: str, expected: list[str], place: Path) -> None:
    needs("fish")
    done = subprocess.run(
        ["fish", "--no-config", "-c", "source complete.fish; complete -C $argv[1]", "--", typed],
        capture_output=True,
        cwd=place,
        env=_environment(place),
        check=True,
    )
    assert done.stdout.decode().splitlines() == expected


def test_the_powershell_script_is_ascii_but_for_its_comment(capsys: pytest.CaptureFixture[str]) -> None:
    first, *rest = ran(capsys, ["--montrer-completion", "powershell"]).out.splitlines()
    assert first.startswith("#")
    assert "\n".join(rest).isascii(), "an old PowerShell reads its profile in the system's encoding"
