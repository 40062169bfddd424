"""Standard output and error as they are found: any encoding, closed pipes, full disks, an interruption."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pace import one_in

from cli_french.english import english
from cli_french.sample import ODD, own_environment, own_process
from pivot_cli.cli_french import streams

FULL = Path("/dev/full")

# What `ENDS["write"]` writes, as each encoding shows it.
SHOWN = {
    "ascii": '"ete" : oeuvre, naive... -> <= 5 % - 1 000 v 1/2 ? ?',
    "cp850": "« été » : oeuvre, naïve... -> <= 5 % - 1 000 v ½ ? ?",
    "cp1252": "« été » : œuvre, naïve… -> <= 5 % – 1 000 v ½ ? ?",
    "latin-1": "« été » : oeuvre, naïve... -> <= 5 % - 1 000 v ½ ? ?",
    "utf-8": "« été » : œuvre, naïve… → ≤ 5 % – 1\N{NARROW NO-BREAK SPACE}000 ✓ ½ ? 日",
}


def _done(*argv: str, **changed: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(own_process(*argv), capture_output=True, env=own_environment(**changed), check=False)


@pytest.mark.parametrize("encoding", one_in(3, SHOWN))
def test_what_an_encoding_lacks_is_written_otherwise(encoding: str) -> None:
    done = _done("end", "write", PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode(encoding).replace("\N{NO-BREAK SPACE}", " ").rstrip() == SHOWN[encoding]


def test_lines_that_end_as_a_mail_does_keep_their_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    held = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(held, "utf-8", newline="\r\n"))  # as on Windows
    streams.show("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "ics")
    sys.stdout.flush()
    assert held.getvalue() == b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


@pytest.mark.parametrize("encoding", one_in(4, ["ascii", "cp850", "cp1252", "ascii:strict"]))
@pytest.mark.parametrize("argv", one_in(3, [["overdue", "--help"], [], ["overdue", "--format", "x"], ["end", "pivot"]]))
def test_help_and_faults_in_any_encoding(argv: list[str], encoding: str) -> None:
    done = _done(*argv, PYTHONIOENCODING=encoding)
    shown = (done.stdout + done.stderr).decode(encoding.partition(":")[0])
    assert done.returncode in (0, 2, 3)
    assert "Traceback" not in shown
    assert "?" not in shown.replace("Vouliez-vous dire", "")
    assert english(shown, frozenset({"overdue", "completion"})) == []


@pytest.mark.parametrize(
    "variables", one_in(3, [{"LANG": "C"}, {"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0"}])
)
def test_a_system_without_a_language(variables: dict[str, str]) -> None:
    done = _done("overdue", "--help", **variables)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "passées".encode() in done.stdout or b"passees" in done.stdout


@pytest.mark.parametrize(
    "variables", one_in(4, [{"FORCE_COLOR": "1"}, {"GITHUB_ACTIONS": "true"}, {"NO_COLOR": "1"}, {"TERM": "dumb"}])
)
def test_no_colour_code_in_help_nor_in_faults(variables: dict[str, str]) -> None:
    plain = _done("overdue", "--help")
    assert _done("overdue", "--help", **variables).stdout == plain.stdout
    assert b"\x1b" not in plain.stdout + _done("zzz", **variables).stderr


class _Stream(io.StringIO):
    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self.isatty = lambda: terminal  # type: ignore[method-assign]


@pytest.mark.parametrize(
    ("variables", "on_a_terminal", "in_a_pipe"),
    [
        ({}, True, False),
        ({"TERM": "dumb"}, False, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, True, False),
        ({"FORCE_COLOR": "1"}, True, True),
        ({"FORCE_COLOR": "3"}, True, True),
        ({"FORCE_COLOR": "true"}, True, True),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True, True),
        ({"FORCE_COLOR": ""}, True, False),
        ({"FORCE_COLOR": "0"}, False, False),
        ({"FORCE_COLOR": "false"}, False, False),
        ({"FORCE_COLOR": "0", "NO_COLOR": ""}, False, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
    ],
    ids=str,
)
def test_colours_where_they_are_wanted(
    variables: dict[str, str], on_a_terminal: bool, in_a_pipe: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(streams, "_windows_colours", lambda: True)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    for terminal, wanted in ((True, on_a_terminal), (False, in_a_pipe)):
        monkeypatch.setattr(sys, "stdout", _Stream(terminal=terminal))
        assert streams.colours() == wanted


@pytest.mark.lent
def test_the_same_bytes_whatever_the_hash_seed() -> None:
    assert len({_done("note", "--help", PYTHONHASHSEED=seed).stdout for seed in ("0", "1", "2", "3")}) == 1


@pytest.mark.lent
def test_no_file_is_opened_without_its_encoding(tmp_path: Path) -> None:
    for argv in (["--help"], ["zzz"], ["--installer-completion"]):
        done = subprocess.run(
            own_process(*argv, flags=("-X", "warn_default_encoding", "-W", "error::EncodingWarning")),
            capture_output=True,
            env=own_environment(HOME=str(tmp_path), SHELL="/bin/bash"),
            check=False,
        )
        assert b"EncodingWarning" not in done.stderr


def test_a_reader_that_leaves_ends_the_run_in_silence() -> None:
    command = own_process("end", "long")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=own_environment()) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline().strip() == b"ligne 0"
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(timeout=60) == 141


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("argv", one_in(3, [["overdue"], ["--help"], ["end", "long"], ["--version"], ["end", "pivot"]]))
def test_a_full_disk_is_said(argv: list[str]) -> None:
    with FULL.open("w", encoding="utf-8") as full:
        done = subprocess.run(
            own_process(*argv), stdout=full, stderr=subprocess.PIPE, env=own_environment(), check=False
        )
    said = done.stderr.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert done.returncode == 3
    assert "Traceback" not in said
    expected = "Erreur : impossible d'écrire le résultat : disque plein.\n"
    assert said.startswith("Erreur : le plan") if argv[-1] == "pivot" else said == expected


@pytest.mark.skipif(os.name == "nt", reason="Windows does not send this signal to a process")
@pytest.mark.usefixtures("_interruptible")
def test_an_interruption() -> None:
    command = own_process("end", "sleep")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=own_environment()) as running:
        assert running.stdout is not None
        assert running.stdout.readline().strip().decode() == "prêt"
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=60)
    assert (running.returncode, said.decode().strip()) == (130, "Interrompu.")


@pytest.mark.lent
@pytest.mark.skipif(os.name == "nt", reason="closed by the syntax of a POSIX shell")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&-"])
def test_streams_that_are_closed(closed: str) -> None:
    for argv in (["overdue"], ["zzz"]):
        command = f'exec "$@" {closed}'
        done = subprocess.run(
            ["sh", "-c", command, "sh", *own_process(*argv)], capture_output=True, env=own_environment(), check=False
        )
        assert done.returncode in (0, 2)
        assert b"Traceback" not in done.stdout + done.stderr


def test_a_terminal_gets_whole_words(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    streams.say("un texte assez long pour tenir sur plus d'une ligne", "", "un remède")
    assert capsys.readouterr().err == "un texte assez long pour tenir\nsur plus d'une ligne\nun remède\n"


@pytest.mark.parametrize(("columns", "expected"), [("7", 20), ("64", 64), ("300", 100), ("abc", 80)])
def test_width(columns: str, expected: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert streams.width() == expected


def test_a_stream_that_was_replaced_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    replaced = io.StringIO()
    monkeypatch.setattr(sys, "stdout", replaced)
    monkeypatch.setattr(sys, "stderr", None)
    streams.prepare()
    streams.say("personne ne l'entend")
    streams.silence()
    streams.flush()
    assert replaced.getvalue() == ""


@pytest.mark.parametrize("encoding", SHOWN)
def test_stand_ins(encoding: str) -> None:
    assert ODD.encode(encoding, "pivot.stand_in").decode(encoding).replace("\N{NO-BREAK SPACE}", " ") == SHOWN[encoding]


def test_only_a_character_to_write_has_a_stand_in() -> None:
    fault = UnicodeDecodeError("utf-8", b"\xff", 0, 1, "x")
    with pytest.raises(UnicodeDecodeError):
        streams._stand_in(fault)


def test_leaving_as_usual_where_something_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "coverage", sys)
    with pytest.raises(SystemExit) as left:
        streams.leave(4)
    assert left.value.code == 4


def test_leaving_at_once_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    codes: list[int] = []

    def leave_for_good(code: int) -> None:
        codes.append(code)

    monkeypatch.delitem(sys.modules, "coverage", raising=False)
    monkeypatch.setattr(sys, "gettrace", lambda: None)
    monkeypatch.setattr(os, "_exit", leave_for_good)
    with pytest.raises(SystemExit):
        streams.leave(3)
    assert codes == [3]


def test_a_closed_pipe_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not streams.is_closed_pipe(OSError(22, "Invalid argument"))
    monkeypatch.setattr(os, "name", "nt")
    assert streams.is_closed_pipe(OSError(22, "Invalid argument"))
    assert not streams.is_closed_pipe(OSError(22, "Invalid argument", "plan/a:b.yaml"))
