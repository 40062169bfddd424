"""Each command wherever it is run: encodings, variables, strict Python, a closed pipe, a full disk, no git."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from cli_french.english import english
from cli_french.scenarios import words_of
from pace import few, one_in
from support import ROOT, SMALL, write_plan
from systems import posix

from at_home.commands import EXAMPLES, ONE_OF_EACH, copy_of_the_plan, ran, said, to_screen, with_its_document
from pivot_cli.cli import app
from pivot_cli.cli_french import run

FULL = Path("/dev/full")
NAMES = [words[0] for words in ONE_OF_EACH]
each_command = pytest.mark.parametrize("words", one_in(4, map(to_screen, ONE_OF_EACH)), ids=NAMES)
DOCUMENTS = ("agenda", "report")  # JSON is ASCII wherever the screen is not in UTF-8
STRICT = ("-X", "warn_default_encoding", "-W", "error")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the plan for what only reads it; what writes makes the same change once more, or is refused."""
    return copy_of_the_plan(tmp_path_factory.mktemp("plan"))


@each_command
@pytest.mark.parametrize(
    ("encoding", "variables"),
    [
        ("ascii", {"LANG": "C", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}),
        ("cp850", {"TERM": "dumb"}),
        ("cp1252", {"NO_COLOR": "1"}),
    ],
    ids=["ascii", "cp850", "cp1252"],
)
def test_any_encoding(words: list[str], encoding: str, variables: dict[str, str], tmp_path: Path) -> None:
    folder, other = copy_of_the_plan(tmp_path / "a"), copy_of_the_plan(tmp_path / "b")
    plain = ran(words, folder, env={"PYTHONIOENCODING": "utf-8"})
    done = ran(words, other, flags=STRICT, env={"PYTHONIOENCODING": encoding} | variables)
    assert (plain.returncode, done.returncode) == (0, 0), said(done)
    assert b"\x1b" not in done.stdout
    for was, shown in ((plain.stdout, done.stdout), (plain.stderr, done.stderr)):
        if was is plain.stdout and words[0] in DOCUMENTS:  # to be kept in a file: UTF-8, whatever the screen is
            assert shown == was
        elif not was.lstrip().startswith((b"{", b"[")):
            assert shown.decode(encoding) == was.decode("utf-8").encode(encoding, "pivot.stand_in").decode(encoding)


@pytest.mark.lent
@pytest.mark.parametrize(
    "words",
    [["--help"], ["note", "--help"], ["validate", "--regles"], ["validate", "--expliquer", "PIV201"], ["status"]],
    ids=" ".join,
)
def test_texts_that_python_was_told_to_drop_are_said_to_be_missing(words: list[str], shared: Path) -> None:
    plain, stripped = ran(words, shared), ran(words, shared, env={"PYTHONOPTIMIZE": "2"})
    assert (plain.returncode, stripped.returncode) == (0, 0)
    assert said(plain) == ""
    line = "Des textes manquent ici, que Python ôte sous PYTHONOPTIMIZE=2 ou -OO : relancez pivot sans ce réglage."
    assert said(stripped).strip() == ("" if words == ["status"] else line)
    assert (stripped.stdout == plain.stdout) == (words == ["status"])


@pytest.mark.parametrize("words", one_in(3, [words for _, words in EXAMPLES]), ids=[typed for typed, _ in EXAMPLES])
def test_python_at_its_strictest_and_no_git(words: list[str], tmp_path: Path) -> None:
    copy_of_the_plan(tmp_path)
    done = ran(with_its_document(words, tmp_path), tmp_path, flags=STRICT, env={"PATH": str(tmp_path)})
    assert b"Warning" not in done.stderr
    of_the_plan = re.compile(r"(?m)^  .*$")  # « BE », where a line is a title of the plan
    assert english(of_the_plan.sub("", said(done)), words_of(app)) == []
    if words[0] == "validate" and "--depuis" in words:
        assert (done.returncode, done.stdout) == (3, b"")
        assert "git" in said(done)
    else:
        assert done.returncode == 0, said(done)


@each_command
@pytest.mark.parametrize("variable", one_in(2, ["FORCE_COLOR", "NO_COLOR", "GITHUB_ACTIONS", "TERM"]))
def test_variables_of_terminals_and_forges(
    words: list[str],
    variable: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(copy_of_the_plan(tmp_path))
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    monkeypatch.setenv(variable, {"TERM": "dumb", "GITHUB_ACTIONS": "true"}.get(variable, "1"))
    assert run(app, words) == 0
    shown = capsys.readouterr()
    assert variable == "FORCE_COLOR" or "\x1b" not in shown.out + shown.err
    assert shown.out.count("\x1b[1m") + shown.out.count("\x1b[2m") == shown.out.count("\x1b[0m")


@pytest.mark.lent
@each_command
def test_absurd_widths(words: list[str], tmp_path: Path) -> None:
    for number, columns in enumerate(("0", "-5", "abc", "", "1", "100000", "40.5", "٣")):
        folder = copy_of_the_plan(tmp_path / str(number))
        for typed in (words, [words[0], "--help"]):
            done = ran(typed, folder, env={"COLUMNS": columns})
            assert done.returncode == 0, columns
            assert done.stdout.strip() != b""


def _closed(words: list[str], folder: Path, closing: str) -> subprocess.CompletedProcess[bytes]:
    return ran(words, folder, shell=f'exec "$@" {closing}')


@pytest.mark.lent
@posix
@pytest.mark.parametrize("words", few(14, map(to_screen, ONE_OF_EACH)), ids=few(14, NAMES))
def test_closed_streams_full_disks_and_readers_that_leave(words: list[str], tmp_path: Path) -> None:
    def fresh(name: str) -> Path:
        (tmp_path / name).mkdir()
        return copy_of_the_plan(tmp_path / name)

    done = _closed(words, fresh("sortie"), ">&-")
    assert (done.returncode, done.stdout) == (3, b"")
    assert said(done).splitlines()[0] == "Erreur : impossible d'écrire le résultat : la sortie est fermée."
    assert _closed(words, fresh("erreurs"), "2>&-").returncode == 0
    assert _closed(words, fresh("entree"), "<&-").returncode == 0
    assert _closed(words, fresh("tout"), "<&- >&- 2>&-").returncode == 3
    left = ran(words, fresh("tube"), shell='{ "$@"; echo $? >code; } | head -c 0')
    assert left.stderr == b""
    assert (tmp_path / "tube" / "code").read_text(encoding="utf-8").strip() in ("141", "0")
    if FULL.exists():
        full = _closed(words, fresh("plein"), ">/dev/full")
        assert full.returncode == 3
        assert "Erreur : impossible d'écrire le résultat : disque plein.\n" in said(full)


@each_command
def test_texts_of_the_plan_are_no_markup_and_no_codes(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_of_the_plan(tmp_path)
    for path in (tmp_path / "plan").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        hostile = '"[/fin] [red]\\e[31m\\e]0;titre\\a %s {0} \\u202e '
        for key in ("description", "titre", "nom", "presentation"):
            text = "\n".join(
                line.replace(f"{key}: ", f"{key}: {hostile}", 1) + '"' if _plain(line, key) else line
                for line in text.split("\n")
            )
        path.write_text(text, encoding="utf-8", newline="\n")
    monkeypatch.chdir(tmp_path)
    assert run(app, words) in (0, 1, 2, 3)
    shown = capsys.readouterr()
    for character in "\x1b\x07\u202e":
        assert character not in shown.out + shown.err
    assert "interne" not in shown.err
    if words[0] == "status":
        assert "[/fin] [red]" in shown.out


def _plain(line: str, key: str) -> bool:
    start, _, value = line.partition(": ")
    return start.strip(" -") == key and value[:1] not in "\"'|>{[" and '"' not in value and "\\" not in value


@posix
@pytest.mark.parametrize(
    ("variables", "coloured"), one_in(3, [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]), ids=str
)
def test_at_a_real_terminal(variables: dict[str, str], coloured: bool, shared: Path) -> None:
    import pty

    told, terminal = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "80", "PYTHONPATH": str(ROOT)} | variables
    for name in {"FORCE_COLOR", "NO_COLOR"} - variables.keys():
        environment.pop(name, None)
    command = [sys.executable, "-m", "pivot_cli", "show", "2.gou.3.2"]
    with subprocess.Popen(command, cwd=shared, env=environment, stdout=terminal, stderr=terminal) as running:
        os.close(terminal)
        shown = b""
        try:
            while piece := os.read(told, 65536):
                shown += piece
        except OSError:  # how Linux says that the other end is closed
            pass
        assert running.wait(timeout=60) == 0
    os.close(told)
    assert (b"\x1b[" in shown) == coloured


@pytest.mark.lent
@posix
def test_a_plan_of_a_thousand_lines_to_head(tmp_path: Path) -> None:
    actions = "".join(
        f"          - {{numero: {n}, description: Faire une chose de plus, responsables: [DG], echeance: Mars 2019}}\n"
        for n in range(3, 3000)
    )
    write_plan(tmp_path, SMALL | {"orientation-1.yaml": SMALL["orientation-1.yaml"] + actions})
    piped = '{ "$@"; echo $? >code; } | head -n 1'
    for words in (["overdue"], ["overdue", "--format", "json"], ["export", "--format", "csv"]):
        done = ran(words, tmp_path, shell=piped, env={"PYTHONUNBUFFERED": "1" if words == ["overdue"] else ""})
        assert done.stdout.count(b"\n") == 1
        assert done.stderr == b""
        assert (tmp_path / "code").read_text(encoding="utf-8").strip() == "141"
