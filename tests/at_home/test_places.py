"""Wherever the plan is, and wherever the command is typed: names, links, rights, folders that are gone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Literal

import pytest
from pace import one_in
from support import ROOT, write_plan

from at_home.commands import ONE_OF_EACH, copy_of_the_plan, ran, said, to_screen, without_privileges

# `group` has no plan of its own, and names those that it reads.
WORDS = [to_screen(words) for words in ONE_OF_EACH if words[0] != "group"]
NAMES = [words[0] for words in WORDS]
each_command = pytest.mark.parametrize("words", one_in(4, WORDS), ids=NAMES)
posix = pytest.mark.skipif(os.name == "nt", reason="rights and folders are not those of POSIX")
Form = Literal["NFC", "NFD"]
FORMS: list[Form] = ["NFC", "NFD"]
TOTAL = ["status", "--format", "json"]


@pytest.mark.parametrize("form", FORMS)
@each_command
def test_a_folder_with_spaces_and_accents(words: list[str], form: Form, tmp_path: Path) -> None:
    folder = tmp_path / unicodedata.normalize(form, "Été à l'organisme (à  garder) #1 %20")
    folder.mkdir()
    copy_of_the_plan(folder)
    done = ran([*words, "--plan", folder / "plan"], tmp_path, env={"PYTHONUTF8": "1"})
    if words[0] != "schema":
        assert done.returncode == 0, said(done)
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
@pytest.mark.parametrize(
    "kind", ["relative", "absolute", pytest.param("link", marks=posix), "dots", "slash", "variable"]
)
def test_ways_to_name_a_plan(kind: str, before: bool, form: Form, tmp_path: Path) -> None:
    folder = tmp_path / unicodedata.normalize(form, "Été à venir")
    write_plan(folder)
    if kind == "link":
        (tmp_path / "lien").symlink_to(folder / "plan", target_is_directory=True)
    named = {
        "relative": f"{folder.name}/plan",
        "link": "lien",
        "dots": f"{folder.name}/../{folder.name}/plan",
        "slash": f"{folder.name}/plan/",
    }.get(kind, str(folder / "plan"))
    words, env = ["--plan", named], {"PYTHONUTF8": "1"}
    if kind == "variable":
        words, env = [], {"PIVOT_PLAN": named, "PYTHONUTF8": "1"}
    done = ran([*words, *TOTAL] if before else [*TOTAL, *words], tmp_path, env=env)
    assert done.returncode == 0, said(done)
    assert json.loads(done.stdout)["total"] == 2


@each_command
def test_a_bad_folder_is_named_as_it_was_given(words: list[str], tmp_path: Path) -> None:
    for argv, env, origin in (
        ([*words, "--plan", "nulle part"], {}, "--plan"),
        (["--plan", "nulle part", *words], {"PIVOT_PLAN": "ailleurs"}, "--plan"),
        (words, {"PIVOT_PLAN": "nulle part"}, "PIVOT_PLAN"),
    ):
        done = ran(argv, tmp_path, env=env)
        if done.returncode == 0 and words[0] == "schema":  # which needs no plan
            continue
        assert (done.returncode, done.stdout) == (3, b""), argv
        assert f"{origin} : le dossier « nulle part » ne peut pas être lu" in said(done).replace("\n", " ")


def test_every_folder_of_the_checkout_finds_its_plan(tmp_path: Path) -> None:
    folder = copy_of_the_plan(tmp_path)
    below = folder / "notes" / "2020" / "été"
    below.mkdir(parents=True)
    for place in (folder, folder / "plan", below):
        done = ran(TOTAL, place)
        assert json.loads(done.stdout)["total"] == 93, said(done)


@posix
@pytest.mark.parametrize("words", one_in(10, WORDS), ids=NAMES)
def test_a_folder_that_is_gone(words: list[str], tmp_path: Path) -> None:
    gone = tmp_path / "parti"
    gone.mkdir()
    done = ran(words, gone, shell='rmdir "$PWD"; exec "$@"')
    assert b"Traceback" not in done.stderr
    if done.returncode:
        assert (done.returncode, done.stdout) == (3, b"")
        assert said(done).startswith("Erreur : le dossier où vous êtes n'existe plus")


@posix
@each_command
def test_a_plan_without_rights(words: list[str], tmp_path: Path) -> None:
    start = without_privileges()
    folder = copy_of_the_plan(tmp_path)
    plan = folder / "plan"
    try:
        for path, rights in ((plan / "orientation-2.yaml", 0o000), (plan, 0o000)):
            path.chmod(rights)
            done = ran(words, folder, start=start)
            assert b"Traceback" not in done.stderr
            assert "interne" not in said(done)
            if words[0] not in ("schema", "deadline"):
                assert done.returncode in ((2, 3) if words[0] == "note" else (3,)), said(done)
                assert "accès refusé" in said(done) or "orientation-2.yaml" in said(done) + done.stdout.decode()
    finally:
        plan.chmod(0o755)


@posix
@each_command
def test_a_checkout_that_cannot_be_written(words: list[str], tmp_path: Path) -> None:
    start = without_privileges()
    folder = copy_of_the_plan(tmp_path)
    for path in (*folder.rglob("*"), folder):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        done = ran(words, folder, start=start)
        assert "interne" not in said(done)
        if words[0] == "note":
            assert (done.returncode, done.stdout) == (3, b"")
            assert "Erreur" in said(done)
        else:
            assert done.returncode == 0
            assert "Erreur" not in said(done)
    finally:
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)


@posix
def test_a_result_where_nothing_may_be_written(tmp_path: Path) -> None:
    start = without_privileges()
    folder = copy_of_the_plan(tmp_path)
    locked = folder / "fermé"
    locked.mkdir(mode=0o555)
    done = ran(["status", "-o", "fermé/situation.txt"], folder, start=start, env={"PYTHONUTF8": "1"})
    assert (done.returncode, done.stdout) == (3, b"")
    assert said(done) == "Erreur : impossible de lire ou d'écrire « fermé/situation.txt » : accès refusé.\n"


@pytest.mark.lent
@pytest.mark.usefixtures("_day_of_the_machine")
def test_as_a_module_and_as_a_program(tmp_path: Path) -> None:
    folder = copy_of_the_plan(tmp_path)
    by_module = ran(["status"], folder)
    program = Path(sys.executable).parent / ("pivot.exe" if os.name == "nt" else "pivot")
    if not program.exists():
        pytest.skip("the program is not installed beside this Python")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    installed = subprocess.run([program, "status"], cwd=folder, env=environment, capture_output=True, check=True)
    assert installed.stdout.splitlines()[0] == by_module.stdout.splitlines()[0]
