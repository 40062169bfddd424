"""The page shows the plan as it is on the disk at each request, and its history as git has it."""

from __future__ import annotations

import os
import re
import subprocess
from datetime import date, timedelta
from pathlib import Path
from unittest import mock

import pytest
from support import SMALL, clean_environment, write_plan

from page.doors import AU, opened
from pivot_cli.plan.sources import read_folder
from pivot_cli.text import NBSP, day_in_words
from pivot_cli.yaml_tree.reader import read_tree


def git(folder: Path, *words: str, when: str = "2020-01-01T12:00:00-05:00") -> None:
    who = ("-c", "user.name=Essai", "-c", "user.email=essai@exemple.org")
    env = clean_environment() | {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True, env=env)


def changed(plan: Path, old: str, new: str) -> None:
    """Put a text in the place of another, of the same length, in the same moment as far as the disk tells."""
    path = plan / "orientation-1.yaml"
    was = path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8", newline="")
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))


def test_a_file_that_changes_is_shown_at_once(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    door = opened(plan)
    for old, new in (("Former", "Fermer"), ("Fermer", "Formez"), ("Formez", "Former")):
        changed(plan, f"{old} un", f"{new} un")
        assert f"{new} un comité" in door.text("/liste")
    (plan / "orientation-2.yaml").write_text("numero: 2\ntitre: Deux\nactions:\n  - {numero: 1, description: Neuve}\n")
    assert "Neuve" in door.text("/liste")
    (plan / "orientation-2.yaml").unlink()
    assert "Neuve" not in door.text("/liste")


def test_what_did_not_change_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, plan = [0.0], write_plan(tmp_path)
    door = opened(plan)
    judge, read = mock.Mock(wraps=door.site.desk.edge.judge), mock.Mock(wraps=read_folder)
    monkeypatch.setattr("pivot_cli.page.desk.time.monotonic", lambda: clock[0])
    monkeypatch.setattr(door.site.desk, "edge", door.site.desk.edge._replace(judge=judge))
    monkeypatch.setattr("pivot_cli.page.desk.read_folder", read)
    for seconds, times in ((0, 1), (1, 2), (3, 3), (4, 3), (5, 3)):  # the times of files are trusted once settled
        clock[0] = seconds
        door.text("/liste")
        assert read.call_count == times
    assert judge.call_count == 1
    changed(plan, "Former", "Fermer")
    assert "Fermer un comité" in door.text("/liste")
    assert judge.call_count == 2


RECORDED = [  # the day of a commit, what it put in the place of what, what is told of it
    ("2020-01-10", ("", ""), "Ajoutée au plan : DG, CA, « Mars 2020 »"),
    ("2020-02-10", ("Faire un plan", "Faire un autre plan"), ""),  # another action
    ("2020-03-10", ("Mars 2020", "Mars 2020\n            statut: en cours"), "En cours"),
    ("2020-04-10", ("Former un comité", "Former un groupe"), "Avant : Former un comité"),
    ("2020-05-10", ("statut: en cours", "statut: réalisée\n            realisee_le: mai 2020"), "Réalisée en mai 2020"),
]


@pytest.mark.lent
def test_an_action_is_told_with_what_each_commit_recorded(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    git(tmp_path, "init", "-q", "-b", "main")
    path = plan / "orientation-1.yaml"
    for day, (old, new), _ in RECORDED:
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8", newline="")
        git(tmp_path, "add", "plan")
        git(tmp_path, "commit", "-qm", day, when=f"{day}T12:00:00-05:00")
    door = opened(plan, date(2020, 6, 1))
    shown = door.text("/action/1.adm.1.1")
    told = re.findall(r"<li><b>(.*?)</b>(.*?)</li>", shown[shown.index("Dans l'historique") :])
    days = [day_in_words(date.fromisoformat(day)).replace(NBSP, " ") for day, _, said in RECORDED if said]
    assert [day for day, _ in told] == days[::-1]
    for (_, facts), said in zip(told, [said for _, _, said in RECORDED if said][::-1], strict=True):
        assert said in facts
    before = opened(plan, date(2020, 3, 31)).text("/action/1.adm.1.1")  # what came after is not told
    assert before.count("<li><b>") == 2


def test_a_commit_that_is_made_meanwhile_is_told(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    git(tmp_path, "init", "-q", "-b", "main")
    door = opened(plan, None)
    assert "Pas encore dans l'historique" in door.text("/action/1.adm.1.1").replace("&#39;", "'")
    git(tmp_path, "add", "plan")
    git(tmp_path, "commit", "-qm", "Le plan")
    assert "Ajoutée au plan : CA, DG" in door.text("/action/1.adm.1.1").replace("DG, CA", "CA, DG")
    answered = "echeance: Mars 2020\n            statut: en cours"
    text = SMALL["orientation-1.yaml"].replace("echeance: Mars 2020", answered)
    (plan / "orientation-1.yaml").write_text(text, encoding="utf-8", newline="")
    shown = door.text("/action/1.adm.1.1").replace("&#39;", "'")
    assert "Pas encore dans l'historique" in shown
    assert "En cours" in shown
    git(tmp_path, "commit", "-qam", "Répondre")
    assert "Pas encore" not in door.text("/action/1.adm.1.1")


def test_what_was_read_of_the_history_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = write_plan(tmp_path)
    git(tmp_path, "init", "-q", "-b", "main")
    path = plan / "orientation-1.yaml"
    for text in ("Mars 2020", "Avril 2020", "Mai 2020"):
        path.write_text(SMALL[path.name].replace("Mars 2020", text), encoding="utf-8", newline="")
        git(tmp_path, "add", "plan")
        git(tmp_path, "commit", "-qm", text)
    read = mock.Mock(wraps=read_tree)
    monkeypatch.setattr("pivot_cli.plan.loader.read_tree", read)
    door = opened(plan, None)
    door.text("/action/1.adm.1.1")
    files = len(list(plan.iterdir()))
    assert read.call_count == files + 2  # of the file that changed, the two other versions
    path.write_text(SMALL[path.name].replace("Mars 2020", "Juin 2020"), encoding="utf-8", newline="")
    git(tmp_path, "commit", "-qam", "Juin 2020")
    read.reset_mock()
    assert door.text("/action/1.adm.1.1").count("<li><b>") == 4
    assert read.call_count == files


def test_what_is_no_longer_kept_of_a_reading_is_made_again_the_same(tmp_path: Path) -> None:
    door = opened(write_plan(tmp_path))
    first, reading = door.text("/"), door.site.desk.reading()
    for number in range(1, 60):  # as many pages as make the oldest go, some of this day too
        reading.at(AU + timedelta(days=number) * (number % 4 > 0))
        assert number % 7 or door.text("/") == first


def test_what_the_first_page_asks_is_a_part_of_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    door = opened(write_plan(tmp_path))
    door.site.desk.reading()
    for name in ("portrait", "of_the_next_meeting", "questions"):
        monkeypatch.setattr(f"pivot_cli.page.desk.{name}", mock.Mock(side_effect=AssertionError))
    assert "Former un comité" in door.text("/liste") + door.text("/")


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="sans liens symboliques")
def test_nothing_outside_the_plan_is_read(tmp_path: Path) -> None:
    plan, secret = write_plan(tmp_path / "a"), tmp_path / "secret.yaml"
    secret.write_text("numero: 2\ntitre: Secrète\nactions: [{numero: 1, description: Secrète}]\n")
    (plan / "orientation-2.yaml").symlink_to(secret)
    door = opened(plan)
    assert "Secrète" not in door.text("/liste")
    assert "pivot ne le suit pas" in door.text("/")
    own = tmp_path / "a" / "templates"
    own.symlink_to(tmp_path)
    assert "n'est pas suivi" in (shown := door.get("/document/sommaire").text) or "ne le suit pas" in shown


def test_a_document_of_the_organisation_runs_nothing_here(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    (tmp_path / "templates").mkdir()
    own = {"sommaire.html": "<p>Le nôtre</p><script>parent.x=1</script>", "cadre.html": "volé {{ cadre.jeton }}"}
    for name, text in (own | {"accueil.html": "volé", "style.css": "volé{}"}).items():
        (tmp_path / "templates" / name).write_text(text, encoding="utf-8")
    door = opened(plan)
    read = door.get("/document/sommaire")
    assert "Le nôtre" in read.text
    assert read.headers["Content-Security-Policy"].endswith("; sandbox")  # of no origin, without scripts
    assert all("volé" not in door.get(path).text for path in ("/", "/style.css", "/liste"))
