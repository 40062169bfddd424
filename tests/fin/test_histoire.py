"""What `changes` and `validate --depuis` say of two plans, one put away for the other, as people do."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path

import pytest
from edits.repository import commit, git
from pace import one_in
from support import SMALL, kept_folder, pivot, write_plan

FILE = "orientation-1.yaml"
ARCHIVE = "plan-2019-2021"
CLOSED = SMALL | {
    FILE: SMALL[FILE].replace("echeance: Mars 2020\n", "echeance: Mars 2020\n            statut: reconduite\n", 1)
}
"""The small plan, whose first action goes on in the next one."""
ALL_CARRIED = SMALL | {
    FILE: CLOSED[FILE].replace("echeance: En continu\n", "echeance: En continu\n            statut: reconduite\n")
}


def next_plan(folder: Path, *more: str) -> None:
    done = pivot("init", "--suite-de", ARCHIVE, "--sans-question", "--periode", "2022-2025", *more, cwd=folder)
    assert done.returncode == 0, done.stderr


def at_once(folder: Path, files: dict[str, str]) -> None:
    """The plan is closed and put away, and the next one begun, in a single commit."""
    write_plan(folder, files)
    git(folder, "mv", "plan", ARCHIVE)
    next_plan(folder)
    commit(folder, "Passer au plan suivant", "2022-01-10 09:00 -0500")


def in_two(folder: Path, files: dict[str, str]) -> None:
    write_plan(folder, files)
    commit(folder, "Fermer le plan", "2021-12-20 09:00 -0500")
    git(folder, "mv", "plan", ARCHIVE)
    commit(folder, "Ranger le plan", "2022-01-09 09:00 -0500")
    next_plan(folder)
    commit(folder, "Commencer le suivant", "2022-01-10 09:00 -0500")


def copied(folder: Path, files: dict[str, str]) -> None:
    """The plan is copied, and the copy kept, before the next one takes its place."""
    write_plan(folder, files)
    shutil.copytree(folder / "plan", folder / ARCHIVE)
    commit(folder, "Garder une copie", "2022-01-09 09:00 -0500")
    shutil.rmtree(folder / "plan")
    next_plan(folder)
    commit(folder, "Commencer le suivant", "2022-01-10 09:00 -0500")


WAYS = [(way, files) for way in (at_once, in_two, copied) for files in (CLOSED, ALL_CARRIED)]


@cache
def made(number: int) -> Path:
    """The repository of one of these ways, which nothing changes."""
    way, files = WAYS[number]
    folder = kept_folder()
    git(folder, "init", "--quiet", "--initial-branch", "main")
    write_plan(folder)
    commit(folder, "Adopter le plan", "2019-01-31 17:00 -0500")
    way(folder, files)
    return folder


@pytest.fixture(params=one_in(3, range(len(WAYS))), ids=lambda number: f"{WAYS[number][0].__name__}-{number % 2}")
def put_away(request: pytest.FixtureRequest) -> Path:
    return made(request.param)


@pytest.mark.lent
def test_before_it_is_kept_in_git_the_next_plan_takes_nothing_away_from_the_one_before(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    write_plan(tmp_path, CLOSED)
    commit(tmp_path, "Fermer le plan", "2021-12-20 09:00 -0500")
    git(tmp_path, "mv", "plan", ARCHIVE)
    next_plan(tmp_path)
    done = pivot("changes", "--depuis", "2022-01-01", "--au", "2022-01-10", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "RETIRÉE" not in done.stdout
    assert "pas encore dans l'historique" in " ".join(done.stdout.split())
    done = pivot("changes", "--depuis", "HEAD", cwd=tmp_path)
    assert done.returncode == 3
    assert "git commit" in done.stderr


@pytest.mark.lent
def test_no_action_of_the_plan_before_is_removed(put_away: Path) -> None:
    done = pivot("changes", "--depuis", "2021-06-01", "--au", "2022-03-01", "--format", "json", cwd=put_away)
    found = json.loads(done.stdout)
    assert (done.returncode, found["retirees"], found["ajoutees"]) == (0, 0, 0), done.stderr
    assert {one["genre"] for one in found["actions"]} == {"inchangée"}
    screen = pivot("changes", "--depuis", "2021-06-01", "--au", "2022-03-01", cwd=put_away).stdout
    assert "L'historique de git commence le 10 janvier 2022" in " ".join(screen.split()), screen


def test_what_is_put_away_keeps_its_own_history(put_away: Path) -> None:
    words = ("changes", "--depuis", "2021-06-01", "--au", "2022-03-01", "--plan", ARCHIVE, "--format", "json")
    found = json.loads(pivot(*words, cwd=put_away).stdout)
    assert (found["retirees"], found["ajoutees"], found["source"]) == (0, 0, "git")
    assert [one["genre"] for one in found["actions"] if one["id"] == "1.adm.1.1"] == ["statut changé"]


@pytest.mark.lent
def test_an_edit_that_puts_a_plan_away_removes_nothing(put_away: Path) -> None:
    first = git(put_away, "rev-list", "--max-parents=0", "HEAD").strip()
    for revision in (first, "HEAD~1", "HEAD"):
        for plan in ("plan", ARCHIVE):
            done = pivot("validate", "--depuis", revision, "--plan", plan, cwd=put_away)
            assert (done.returncode, "PIV5" in done.stdout) == (0, False), (revision, plan, done.stdout)


def test_a_revision_from_before_the_plan_is_said_to_be(put_away: Path) -> None:
    first = git(put_away, "rev-list", "--max-parents=0", "HEAD").strip()
    done = pivot("changes", "--depuis", first, cwd=put_away)
    assert done.returncode == 2
    assert "ce plan n'était pas commencé" in " ".join(done.stderr.split())
    assert pivot("changes", "--depuis", first, "--plan", ARCHIVE, cwd=put_away).returncode == 0


def test_what_is_done_to_the_next_plan_is_judged_still(put_away: Path, tmp_path: Path) -> None:
    put_away = shutil.copytree(put_away, tmp_path / "copie")
    file = put_away / "plan" / FILE
    file.write_text(file.read_text(encoding="utf-8").replace("Former un comité", "Dissoudre le comité"), "utf-8")
    (put_away / ARCHIVE / FILE).write_text(SMALL[FILE].replace("Mars 2020", "Mars 2021"), "utf-8")
    assert "PIV506" in pivot("validate", "--depuis", "HEAD", cwd=put_away).stdout
    kept = pivot("validate", "--depuis", "HEAD", "--plan", ARCHIVE, cwd=put_away)
    assert kept.returncode == 1
    assert "PIV503" in kept.stdout


def test_a_plan_that_says_later_what_it_continues_keeps_its_history(tmp_path: Path) -> None:
    """The plan before is found, and put in the repository, once the next one has lived in it for a while."""
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    shutil.copytree(write_plan(tmp_path, ALL_CARRIED), tmp_path / ARCHIVE)
    shutil.rmtree(tmp_path / "plan")
    next_plan(tmp_path)
    away = tmp_path.with_name("ailleurs")
    shutil.move(tmp_path / ARCHIVE, away)
    organisme = tmp_path / "plan" / "organisme.yaml"
    whole = organisme.read_text(encoding="utf-8")
    organisme.write_text(whole.replace(f"  suite_de: {ARCHIVE}\n", "  titre: Plan 2022\n"), "utf-8")
    commit(tmp_path, "Commencer", "2022-01-10 09:00 -0500")
    pivot("note", "1.adm.1.1", "--statut", "en cours", "--le", "2022-02-01", cwd=tmp_path)
    commit(tmp_path, "Consigner", "2022-02-02 09:00 -0500")
    shutil.move(away, tmp_path / ARCHIVE)
    organisme.write_text(whole, "utf-8")
    assert "PIV5" not in pivot("validate", "--depuis", "HEAD", cwd=tmp_path).stdout
    commit(tmp_path, "Retrouver le plan d'avant", "2022-03-01 09:00 -0500")
    words = ("changes", "--depuis", "2022-01-20", "--au", "2022-03-10", "--format", "json")
    found = json.loads(pivot(*words, cwd=tmp_path).stdout)
    assert [one["genre"] for one in found["actions"] if one["id"] == "1.adm.1.1"] == ["statut changé"]
