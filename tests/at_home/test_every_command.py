"""What holds of every command, a new one too: its alias, the same bytes, what it says of half a plan."""

from __future__ import annotations

from pathlib import Path

import pytest
from pace import few, one_in
from support import pivot
from test_screens import SCREENS

from at_home.commands import ONE_OF_EACH, READING, copy_of_the_plan, ran, said, to_screen

NAMES = [words[0] for words in ONE_OF_EACH]
each_command = pytest.mark.parametrize("words", one_in(4, map(to_screen, ONE_OF_EACH)), ids=NAMES)
ALIASES = [
    (to_screen(words), alias) for words, entry in zip(ONE_OF_EACH, READING, strict=True) for alias in entry.names[1:]
]

# What shows a document or data: tests/documents, tests/agenda and tests/test_json_schema.py hold them whole.
# The last two: in tests/changes, each with its history; in tests/group.
NO_SCREEN = {"report", "agenda", "export", "schema", "changes", "group"}
# What half a plan does not stop, and the code of what it is made to find.
CODES_OF_HALF_A_PLAN = {"validate": 1, "deadline": 0, "schema": 0}


@pytest.mark.parametrize(("words", "alias"), one_in(4, ALIASES), ids=[alias for _, alias in ALIASES])
def test_an_alias_does_the_same(words: list[str], alias: str, tmp_path: Path) -> None:
    copy_of_the_plan(tmp_path)
    wanted = ran(words, tmp_path)
    copy_of_the_plan(tmp_path / "autre")
    done = ran([alias, *words[1:]], tmp_path / "autre")
    assert (done.returncode, done.stdout) == (0, wanted.stdout)
    assert done.stdout != b""


ANSWERED = [*map(to_screen, ONE_OF_EACH), ["--help"], ["zzz"], ["status", "--au", "hier"], ["status", "--plan", "rien"]]


@pytest.mark.usefixtures("_day_of_the_machine")
@pytest.mark.parametrize("words", one_in(4, few(4, ANSWERED)), ids=" ".join)
@pytest.mark.parametrize("encoding", one_in(2, ["utf-8", "ascii"]))
def test_in_the_process_of_the_tests_a_run_is_as_in_its_own(words: list[str], encoding: str, tmp_path: Path) -> None:
    folders = [copy_of_the_plan(tmp_path / name) for name in ("un", "deux")]
    env = {"PYTHONIOENCODING": encoding}
    here, apart = (ran(words, place, shell=shell, env=env) for place, shell in zip(folders, ("", '"$@"'), strict=True))
    assert (here.returncode, here.stdout, here.stderr) == (apart.returncode, apart.stdout, apart.stderr)


@each_command
def test_the_same_plan_on_the_same_day_gives_the_same_bytes(words: list[str], tmp_path: Path) -> None:
    shown = set()
    for seed in ("0", "1", "2"):
        copy_of_the_plan(tmp_path / seed)
        shown.add(ran(words, tmp_path / seed, env={"PYTHONHASHSEED": seed}).stdout)
    assert len(shown) == 1


@each_command
def test_half_a_plan_is_never_shown_as_a_whole_one(words: list[str], tmp_path: Path) -> None:
    copy_of_the_plan(tmp_path)
    (tmp_path / "plan" / "orientation-5.yaml").write_bytes(b"numero: [5\n")
    done = ran(words, tmp_path)
    code = CODES_OF_HALF_A_PLAN.get(words[0], 3)
    assert done.returncode == code, said(done)
    if code == 3:
        shown = "orientation-5.yaml" if words[0] == "group" else "plan/orientation-5.yaml"
        assert shown in said(done)  # `group` does not say where it is kept


def test_every_screen_has_a_golden_file() -> None:
    assert {words[0] for _, words, _ in SCREENS} == {*NAMES} - NO_SCREEN


def test_the_help_holds_on_a_small_screen() -> None:
    lines = pivot("--help").stdout.splitlines()
    assert len(lines) <= 23  # of 24, the last is where the next command is typed
    assert max(map(len, lines)) <= 80
    assert {entry.name for entry in READING} <= {word.rstrip(",") for line in lines for word in line.split()[:1]}
