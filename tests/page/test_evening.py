"""The evening of a meeting, recorded by somebody who never opened a terminal; the history, as a careful person writes.

After a change that is wanted: `PIVOT_GOLDEN=1 python -m pytest tests/page/test_evening.py`, then read the difference.
"""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from axe import violations
from living import RECORDED
from pace import few
from sheets.making import fill
from support import golden

from page.doors import HERE, Door, copied, opened
from page.hands import WHO, Held, followed, git, known_to_git
from page.test_in_a_browser import serving
from pivot_cli.cli import edge

pytestmark = [pytest.mark.lent, pytest.mark.usefixtures("git_of_nobody")]

DAY = date(2021, 11, 17)


@pytest.fixture
def door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Door:
    """The living plan in a repository, on the evening of the meeting."""
    monkeypatch.setattr(edge, "today", lambda: DAY)
    plan = copied(tmp_path, RECORDED)
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "plan")
    git(tmp_path, *WHO, "commit", "-qm", "Le plan")
    known_to_git(tmp_path)
    return opened(plan, None)


def record(door: Door, to: str, **typed: str | list[str]) -> None:
    """Fill a form in, look at what it would write, write it."""
    answer = Held(door, door.get(to), to.partition("?")[0]).send(**typed)
    assert answer.status_code == 200, answer.text
    followed(door, Held(door, answer).send(etape="enregistrer"))


def a_sheet_comes_back(door: Door) -> None:
    book = openpyxl.load_workbook(io.BytesIO(door.get("/liste.xlsx?responsable=DG").data))
    said = [
        ("1.adm.2.5", "Où en est-on?", "en cours"),
        ("1.adm.2.5", "Note interne", "Grille d'évaluation: 2e version"),
        ("3.gou.2.2", "Date proposée", "Automne 2022"),
        ("3.gou.2.2", "Pourquoi", "L'adjointe arrive en mai"),
    ]
    fill(book.worksheets[0], said)
    saved = io.BytesIO()
    book.save(saved)
    form = Held(door, door.get("/feuille"), "/feuille")
    data = {**form.fields, "par": "Mélanie", "feuille": (io.BytesIO(saved.getvalue()), "suivi-DG.xlsx")}
    answer = door.client.post("/feuille", base_url=HERE, data=data, headers={"Origin": HERE})
    followed(door, Held(door, answer).send(etape="enregistrer"))


def test_the_history_reads_as_if_a_careful_person_had_written_each_line(door: Door) -> None:
    record(
        door, "/consigner?id=2.gou.3.3", reporter="Printemps 2022", motif="Le conseil attend le budget",
        resolution="CA-2021-04",
    )  # fmt: skip
    record(
        door, "/ajouter?ajouter=2.com.2", description="Tenir une journée portes ouvertes", attribuer=[],
        nouveau_nom="Comité portes ouvertes", echeance="Septembre 2022", resolution="CA-2021-05",
    )  # fmt: skip
    record(door, "/attribuer?id=1.adm.2.2", id="1.adm.2.2", attribuer=["CA"], note="La présidente s'en charge")
    a_sheet_comes_back(door)
    record(door, "/propositions", choix="accepter", resolution="CA-2021-06")
    record(door, "/reunion?type=ca&connue=2021-11-17", heure="18 h 30", lieu="Salle Renaud-Maillette")
    record(door, "/reunion", date="19 janvier 2022", lieu="Salle Renaud-Maillette: 2e étage")
    record(door, "/dossiers?date=2022-01-19", dossier=["3.gou.2", "2.gou.1.1"])
    told = git(door.site.desk.folder, "log", "--reverse", "--format=%n== %an%n%B", "--patch", "--unified=1", "HEAD~8..")
    kept = "\n".join(line for line in told.splitlines() if not line.startswith(("index ", "--- ", "+++ ", "diff ")))
    assert kept == golden(Path(__file__).parent / "golden" / "soiree.txt", kept)
    assert git(door.site.desk.folder, "status", "--porcelain") == ""
    assert "Tout est enregistré." in door.text("/")


@pytest.mark.parametrize("script", few(2, [False, True]))
def test_the_answers_of_a_meeting_are_recorded_alone(browser: Any, tmp_path: Path, *, script: bool) -> None:
    with serving(tmp_path) as guard:
        git(tmp_path, "init", "-q", "-b", "main")
        git(tmp_path, "add", "plan")
        git(tmp_path, *WHO, "commit", "-qm", "Le plan")
        known_to_git(tmp_path)
        context = browser.new_context(java_script_enabled=script, bypass_csp=True)
        context.set_default_timeout(8000)
        page = context.new_page()
        page.goto(guard.new_address())

        def click(role: str, name: str) -> None:
            page.get_by_role(role, name=name).first.click()

        def kept() -> str:
            click("button", "Voir ce qui sera écrit")
            click("button", "Enregistrer")
            assert page.locator("h1").inner_text() == "C'est enregistré"
            return git(tmp_path, "log", "-1", "--format=%s").strip()

        click("link", "Choisir les dossiers")
        page.get_by_label("Premier dossier").select_option("2.gou.1")
        page.get_by_label("Deuxième dossier").select_option("")
        page.get_by_label("Troisième dossier").select_option("")
        day = "la réunion du conseil d'administration du mercredi 17 mars 2021"
        assert kept() == f"Choisir les dossiers de {day}"
        click("link", "Réunions")
        click("link", "Changer la réunion du mercredi 17 mars 2021")
        page.get_by_label("Où est le procès-verbal").fill("pv/2021-03-17.pdf")
        assert kept() == f"Changer {day}"
        click("link", "Plan")
        click("link", "Ajouter une action")
        page.get_by_label("Objectif").select_option("2.com.2")
        page.get_by_label("Ce qui est à faire").fill("Tenir une journée portes ouvertes")
        page.locator("summary", has_text="Quelqu'un qui n'est pas dans cette liste").click()
        page.get_by_label("Son nom, ou celui de son poste").fill("Comité portes ouvertes")
        assert not script or violations(page) == []  # axe asks for it
        assert kept() == "Ajouter l'action 2.com.2.5 : Tenir une journée portes ouvertes"
        page.goto(f"{guard.origin}/action/2.gou.1.1")
        click("link", "Attribuer")
        page.get_by_label("Comité portes ouvertes").check()
        assert kept() == "Attribuer 2.gou.1.1 à Comité portes ouvertes"
        assert git(tmp_path, "status", "--porcelain") == ""
        context.close()
