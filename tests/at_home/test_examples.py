"""Each example of each command's help does what it says, in French, on a copy of the adopted plan."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from cli_french.english import english
from cli_french.scenarios import words_of
from pace import one_in
from support import SHIPPED

from at_home.commands import EXAMPLES, WRITING, copy_of_the_plan, ran, to_screen, with_its_document
from pivot_cli.cli import app
from pivot_cli.cli_french import run

# The words of the plan are its own, English or not.
PLAN = frozenset(
    word.lower()
    for path in SHIPPED.glob("*.yaml")
    for word in re.findall(r"[^\W\d_]+", path.read_text(encoding="utf-8"))
)


def test_every_command_has_an_example_that_begins_with_its_name() -> None:
    for entry in app.entries:
        assert entry.examples, entry.name
        for example in entry.examples:
            assert example.split()[:2] == ["pivot", entry.name], example


@pytest.mark.parametrize("words", one_in(8, [words for _, words in EXAMPLES]), ids=[typed for typed, _ in EXAMPLES])
def test_an_example_works(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(copy_of_the_plan(tmp_path, repository="--depuis" in words))
    for name in ("PIVOT_PLAN", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    before = set(tmp_path.rglob("*"))
    code = run(app, with_its_document(words, tmp_path))
    shown = capsys.readouterr()
    assert (code, "Erreur" in shown.err) == (0, False), shown.err
    if words == to_screen(words) and not WRITING & {*words}:
        assert shown.out.strip() != ""
        data = shown.out.startswith(("{", "[", "<", "id,"))
        assert english(shown.out if not data else "", words_of(app) | PLAN) == []
    else:
        assert all(path.stat().st_size for path in set(tmp_path.rglob("*")) - before if path.is_file())
        assert "Écrit" in shown.err
    assert english(shown.err, words_of(app) | PLAN) == []


@pytest.mark.lent
def test_nothing_that_reads_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(copy_of_the_plan(tmp_path))
    held = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    reading = {entry.name for entry in app.entries if entry.family != "consigner"}
    for _, words in EXAMPLES:
        if words[0] in reading and not (WRITING | {"--depuis", "--inscrire", "--suites"}) & {*words}:
            run(app, to_screen(words))
    capsys.readouterr()
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == held


def test_json_is_json_in_any_encoding(tmp_path: Path) -> None:
    folder = copy_of_the_plan(tmp_path)
    expected = json.loads(ran(["export"], folder, env={"PYTHONIOENCODING": "utf-8"}).stdout.decode("utf-8"))
    for encoding in ("ascii", "cp1252", "cp850"):
        shown = ran(["export"], folder, env={"PYTHONIOENCODING": encoding}).stdout
        assert shown.isascii()
        assert json.loads(shown) == expected


def test_json_is_written_as_the_standard_library_writes_it() -> None:
    from pivot_cli.outputs.exports import to_json

    value = {
        "é": ['a\n"\\\u2028\x1b', 1, 1.5, None, True, False, [], {}, (), (1,)],
        "vide": {},
        "dans": {"la liste": [{"b": [[]]}]},
        "": -3,
    }
    assert to_json(value) == json.dumps(value, ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            ["note", "3.gou.2", "--statut", "réalisée"],
            "Erreur : « 3.gou.2 » est un objectif, et non une action.\nSes actions : 3.gou.2.1, 3.gou.2.2.\n",
        ),
        (
            ["status", "--au", "hier"],
            "Erreur : la date « hier » n'est pas comprise.\nÉcrivez par exemple : --au 2020-01-15\n",
        ),
    ],
)
def test_what_a_new_user_types(
    words: list[str], expected: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(SHIPPED.parent)
    monkeypatch.delenv("COLUMNS", raising=False)
    assert run(app, words) == 2
    assert capsys.readouterr().err.replace("\N{NO-BREAK SPACE}", " ") == expected


def test_a_responsable_is_found_as_screens_show_the_name(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(SHIPPED.parent)
    assert run(app, ["overdue", "-r", "ag. comm.", "--au", "2020-01-15"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Agent de communication · ")
    assert ".." not in shown
