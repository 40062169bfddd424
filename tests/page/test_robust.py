"""Two tabs, `note` in a terminal, an editor that saves, a kill at any step: nothing is lost, nor written twice."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from html import unescape
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from editing.test_safe_writing import in_child
from once import done_once
from pace import examples, few, table
from support import kept_folder, pivot, write_plan
from systems import posix

from page.doors import HERE, Door, opened
from page.hands import Held, followed, git, kept, previewed
from pivot_cli.page import recorder
from pivot_cli.plan import git as running_git
from pivot_cli.plan import keeping
from pivot_cli.record import writing

pytestmark = pytest.mark.usefixtures("git_of_nobody")

_FILE = "orientation-1.yaml"


def form_of(door: Door, id_: str = "1.adm.1.1") -> Held:
    return Held(door, door.get(f"/consigner?id={id_}"), "/consigner")


# --- the plan changes meanwhile ---------------------------------------------------------------------------


def by_note(plan: Path) -> None:
    assert pivot("note", "1.adm.1.1", "--statut", "en cours", "--plan", str(plan)).returncode == 0


def by_an_editor(plan: Path) -> None:
    path = plan / _FILE
    path.write_text(path.read_text().replace("echeance: Mars 2020", "echeance: Mai 2020"))


def by_another_tab(plan: Path) -> None:
    other = opened(plan, None)
    followed(other, previewed(other, ["1.adm.1.1"], note="Vu ailleurs").send(etape="enregistrer"))


MEANWHILE: list[tuple[Callable[[Path], None], str]] = [
    (by_note, "en cours"),
    (by_an_editor, "Mai 2020"),
    (by_another_tab, "Vu ailleurs"),
]


@pytest.mark.lent
@table(("change", "said"), few(2, MEANWHILE))
@pytest.mark.parametrize("step", ["written", "shown"])
def test_what_changed_meanwhile_is_shown_and_nothing_is_written(
    change: Callable[[Path], None], said: str, step: str
) -> None:
    plan = kept(kept_folder())
    door = opened(plan, None)
    form = previewed(door, ["1.adm.1.1"], statut="en attente", motif="Vacant") if step == "written" else form_of(door)
    change(plan)
    before, log = (plan / _FILE).read_bytes(), git(plan, "log", "--format=%H")
    answer = form.send(etape="enregistrer") if step == "written" else form.send(statut="en attente", motif="Vacant")
    assert answer.status_code == 400
    page = unescape(answer.text)
    assert "Rien n'est écrit." in page
    assert said in page
    assert "Vacant" in page
    assert ((plan / _FILE).read_bytes(), git(plan, "log", "--format=%H")) == (before, log)
    # The form is taken up again from what the plan says, with what was typed.
    again = Held(door, answer, "/consigner").send(etape="reprendre")
    assert 'value="Vacant"' in again.text
    shown = Held(door, again, "/consigner").send(statut="en attente")
    followed(door, Held(door, shown, "/consigner").send(etape="enregistrer"))
    assert b"statut: en attente" in (plan / _FILE).read_bytes()
    assert said == "en cours" or said.encode() in (plan / _FILE).read_bytes()


@pytest.mark.lent
def test_what_changed_elsewhere_in_the_file_is_kept(tmp_path: Path) -> None:
    plan = kept(tmp_path)
    door = opened(plan, None)
    form = previewed(door, ["1.adm.1.1"], statut="en cours")
    path = plan / _FILE
    path.write_bytes(path.read_bytes() + b"# une remarque de plus\n")
    answer = form.send(etape="enregistrer")
    fait = door.get(answer.headers["Location"].removeprefix(HERE))
    assert path.read_bytes().endswith(b"# une remarque de plus\n")
    assert git(plan, "log", "--format=%s").splitlines()[1] == f"Garder ce qui était écrit dans {_FILE}"
    path.write_bytes(path.read_bytes() + b"# et encore une\n")
    followed(door, Held(door, fait, "/annuler/").send())
    assert path.read_bytes().endswith(b"# une remarque de plus\n# et encore une\n")
    assert b"statut" not in path.read_bytes().partition(b"actions")[2]


def test_what_changed_since_cannot_be_taken_back(tmp_path: Path) -> None:
    plan = kept(tmp_path)
    door = opened(plan, None)
    answer = previewed(door, ["1.adm.1.1"], statut="en cours").send(etape="enregistrer")
    fait = door.get(answer.headers["Location"].removeprefix(HERE))
    path = plan / _FILE
    path.write_text(path.read_text().replace("statut: en cours", "statut: en attente\n            motif: Vacant"))
    before = path.read_bytes()
    refused = Held(door, fait, "/annuler/").send()
    assert refused.status_code == 400
    assert "ont changé depuis" in refused.text
    assert path.read_bytes() == before


def test_sent_twice_it_is_written_once(tmp_path: Path) -> None:
    plan = kept(tmp_path)
    door = opened(plan, None)
    form = previewed(door, ["1.adm.1.1"], note="Vu")
    first, second = form.send(etape="enregistrer"), form.send(etape="enregistrer")
    assert first.headers["Location"] == second.headers["Location"]
    assert (plan / _FILE).read_text().count("note: Vu") == 1
    assert len(git(plan, "log", "--format=%H").split()) == 2
    fait = door.get(first.headers["Location"].removeprefix(HERE))
    back = Held(door, fait, "/annuler/")
    assert back.send().headers["Location"] == back.send().headers["Location"]
    assert len(git(plan, "log", "--format=%H").split()) == 3


@pytest.mark.lent
def test_several_at_once_lose_none(tmp_path: Path) -> None:
    plan = kept(tmp_path)
    door = opened(plan, None)
    forms = [previewed(door, [id_], note=f"Vu {id_}") for id_ in ("1.adm.1.1", "1.adm.1.2")]
    answers: list[int] = []
    running = [threading.Thread(target=lambda form=form: answers.append(form.send(etape="enregistrer").status_code))
               for form in forms]  # fmt: skip
    with done_once():  # once for both
        for one in running:
            one.start()
        for one in running:
            one.join(30)
    assert answers == [303, 303]
    assert len(git(plan, "log", "--format=%H").split()) == 3
    text = (plan / _FILE).read_text()
    assert "note: Vu 1.adm.1.1" in text
    assert "note: Vu 1.adm.1.2" in text


def test_a_plan_that_is_half_read_is_told(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    door = opened(plan, None)
    form = previewed(door, ["1.adm.1.1"], statut="en cours")
    before = (plan / _FILE).read_bytes()
    (plan / _FILE).write_bytes(before.replace(b"numero: 1\n", b"numero: 1: 2\n", 1))
    answer = form.send(etape="enregistrer")
    assert answer.status_code in (400, 404)
    assert b"en cours" not in (plan / _FILE).read_bytes()
    for path in plan.iterdir():
        path.unlink()
    plan.rmdir()
    answer = form.send(etape="enregistrer")
    assert (answer.status_code, "ne peut pas être lu" in answer.text) == (400, True)


# --- a kill at any step -----------------------------------------------------------------------------------

_WRITERS = {one.__file__ for one in (recorder, keeping, writing, running_git)}


def dying_at_line(door: Door, form: Held, moment: int) -> Callable[[], None]:
    """A record, killed when the so-many-th line of what writes it is about to run."""
    seen = 0

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal seen
        if frame.f_code.co_filename not in _WRITERS:
            return None
        seen += event == "line"
        if seen == moment:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace

    def body() -> None:
        sys.settrace(trace)
        assert form.send(etape="enregistrer").status_code == 303
        assert door

    return body


def settled(plan: Path) -> None:
    """Wait for the git that the killed process left at work, if any."""
    for _ in range(200):
        if not list((plan.parent / ".git").rglob("*.lock")):
            time.sleep(0.02)
            if not list((plan.parent / ".git").rglob("*.lock")):
                return
        time.sleep(0.02)


@posix
@pytest.mark.lent
def test_killed_at_any_step_nothing_is_lost(tmp_path: Path) -> None:
    plan = kept(tmp_path)
    old = (plan / _FILE).read_bytes()
    door = opened(plan, None)
    form = previewed(door, ["1.adm.1.1"], statut="en cours")
    new, ends = b"", set[tuple[bool, int]]()
    for moment in range(1, 2000, examples(150, 15)):
        ended = in_child(dying_at_line(door, form, moment))
        settled(plan)
        found, kept_then = (plan / _FILE).read_bytes(), len(git(plan, "log", "--format=%H").split())
        new = new or (found if found != old else b"")
        assert found in (old, new)
        ends.add((found == new, kept_then))
        git(plan, "fsck", "--no-progress")
        fresh = opened(plan, None)  # the page, opened again, tells what is not kept, and keeps it
        if found == new and kept_then == 1:
            assert "pas encore dans l" in fresh.text("/")
            followed(fresh, Held(fresh, fresh.get("/"), "/garder").send())
        assert git(plan, "status", "--porcelain", "--", _FILE) == ""
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
        git(plan, "reset", "-q", "--hard", git(plan, "rev-list", "--max-parents=0", "HEAD").strip())
        assert (plan / _FILE).read_bytes() == old
    else:
        pytest.fail("never came to its end")
    assert {(False, 1), (True, 2)} <= ends
