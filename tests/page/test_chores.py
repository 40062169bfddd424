"""What a direction does each month, in a real browser, with JavaScript and without: each in eight gestures at most."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe import violations
from pace import few

from page.hands import WHO, git, known_to_git
from page.test_in_a_browser import serving

pytestmark = [pytest.mark.lent, pytest.mark.usefixtures("git_of_nobody")]

_MOST = 8
_SPACE = "\N{NO-BREAK SPACE}"


class Person:
    """Who uses the page: each field filled in, each choice and each click is a gesture."""

    def __init__(self, page: Any, folder: Path) -> None:
        self.page, self.folder, self.gestures = page, folder, 0

    def click(self, role: str, name: str, *, exact: bool = True) -> None:
        self.page.get_by_role(role, name=name, exact=exact).first.click()
        self.gestures += 1

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).first.fill(text)
        self.gestures += 1

    def choose(self, label: str, choice: str) -> None:
        self.page.get_by_label(label).first.select_option(label=choice)
        self.gestures += 1

    def says(self) -> str:
        return str(self.page.locator("main").inner_text()).replace(_SPACE, " ")

    def title(self) -> str:
        return str(self.page.locator("h1").inner_text()).replace(_SPACE, " ")

    def history(self) -> list[str]:
        return git(self.folder, "log", "--format=%an: %s").splitlines()


@pytest.fixture(params=few(2, [False, True]), ids=lambda runs: "avec-script" if runs else "sans-script")
def person(request: pytest.FixtureRequest, browser: Any, tmp_path: Path) -> Iterator[Person]:
    with serving(tmp_path) as guard:
        git(tmp_path, "init", "-q", "-b", "main")
        git(tmp_path, "add", "plan")
        git(tmp_path, *WHO, "commit", "-qm", "Le plan")
        known_to_git(tmp_path)
        context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=request.param)
        context.set_default_timeout(8000)
        page = context.new_page()
        page.goto(guard.new_address())
        someone = Person(page, tmp_path)
        yield someone
        context.close()
    assert 0 < someone.gestures <= _MOST


def test_what_is_late_for_me(person: Person) -> None:
    person.choose("Les échéances passées de", "Responsable de la vie communautaire (5)")
    person.click("button", "Voir")
    assert "5 actions sur 93" in person.says()


def test_an_action_is_done(person: Person) -> None:
    person.fill("Chercher dans les actions et les responsables", "calendrier de priorités")
    person.click("button", "Chercher")
    person.click("link", "Établir un calendrier de priorités", exact=False)
    person.click("link", "Consigner")
    person.choose("Où en est-on?", "Réalisée")
    person.fill("Quand", "12 mars 2021")
    person.click("button", "Voir ce qui sera écrit")
    assert "realisee_le: 12 mars 2021" in person.says()
    person.click("button", "Enregistrer")
    assert person.title() == "C'est enregistré"
    assert person.history()[0] == "Jeanne Roy: Consigner 1.adm.1.3 : réalisée le 12 mars 2021"


def test_an_echeance_that_the_board_moved(person: Person) -> None:
    person.click("link", "Créer un document d'adhésion", exact=False)
    person.click("link", "Consigner")
    person.fill("Reportée à", "Automne 2021")
    person.fill("Pourquoi", "Le conseil attend le budget")
    person.fill("Résolution du conseil", "CA-2021-04")
    person.click("button", "Voir ce qui sera écrit")
    person.click("button", "Enregistrer")
    assert person.title() == "C'est enregistré"
    assert person.history()[0] == "Jeanne Roy: Consigner 2.gou.1.1 : reportée : Décembre 2019 → Automne 2021"
    text = (person.folder / "plan" / "orientation-2.yaml").read_text(encoding="utf-8")
    assert "resolution: CA-2021-04" in text


def test_a_sheet_is_taken_back(person: Person) -> None:
    person.click("link", "Déposer")
    sheet = person.folder / "suivi.xlsx"
    sheet.write_bytes(filled(person))
    person.page.get_by_label("La feuille", exact=True).set_input_files(sheet)
    person.gestures += 1
    person.click("button", "Voir ce qui sera écrit")
    assert "statut: en cours" in person.says()
    person.click("button", "Enregistrer")
    assert person.title() == "C'est enregistré"
    assert len(person.history()) == 2


def filled(person: Person) -> bytes:
    """The sheet of the direction, as it comes back: of its first line, something is said."""
    from openpyxl import load_workbook

    answer = person.page.request.get(f"{person.page.url.rsplit('/', 1)[0]}/liste.xlsx?responsable=DG")
    book = load_workbook(io.BytesIO(answer.body()))
    sheet = book.worksheets[0]
    head = next(row for row in sheet.iter_rows() if any(cell.value == "Où en est-on?" for cell in row))
    cell = next(cell for cell in head if cell.value == "Où en est-on?")
    cell.offset(1, 0).value = "en cours"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def test_the_agenda_is_printed(person: Person, tmp_path: Path) -> None:
    with person.page.expect_popup() as beside:
        person.click("link", "Ordre du jour")
    beside.value.pdf(path=str(tmp_path / "ordre.pdf"), prefer_css_page_size=True)
    person.gestures += 1
    assert (tmp_path / "ordre.pdf").read_bytes().startswith(b"%PDF")
    assert "mercredi 17 mars 2021" in beside.value.locator("body").inner_text().replace(_SPACE, " ")


def test_it_is_taken_back_then_sent(person: Person) -> None:
    git(person.folder, "init", "-q", "--bare", "-b", "main", "commun.git")
    git(person.folder, "remote", "add", "origin", str(person.folder / "commun.git"))
    git(person.folder, "push", "-q", "-u", "origin", "main")
    person.page.goto(f"{person.page.url.rstrip('/')}/consigner?id=1.adm.1.3&id=2.gou.1.1")
    person.page.get_by_label("Note interne").nth(1).fill("Vu")
    person.gestures += 1
    person.click("button", "Voir ce qui sera écrit")
    person.click("button", "Enregistrer")
    person.click("button", "Annuler ce changement")
    assert person.title() == "C'est annulé"
    person.click("button", "Envoyer")
    assert "2 changements sont envoyés." in person.says()
    assert git(person.folder, "diff", "HEAD~2", "--stat") == ""
    assert len(git(person.folder / "commun.git", "log", "--format=%s", "main").splitlines()) == 3


# --- for everyone -----------------------------------------------------------------------------------------

RECORDING = {
    "consigner": "/consigner?id=1.adm.1.3",
    "plusieurs": "/consigner?id=1.adm.1.3&id=2.gou.1.2",
    "relance": "/relance",
    "envoi": "/envoi",
    "questions": "/questions",
    "ajouter": "/ajouter",
    "attribuer": "/attribuer?id=3.gou.3.3",
    "reunion": "/reunion",
    "dossiers": "/dossiers",
    "feuille": "/feuille",
    "propositions": "/propositions",
}


def test_what_records_is_accessible_at_any_width(browser: Any, tmp_path: Path) -> None:
    with serving(tmp_path) as guard:
        git(tmp_path, "init", "-q", "-b", "main")
        git(tmp_path, "add", "plan")
        git(tmp_path, *WHO, "commit", "-qm", "Le plan")
        context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
        context.set_default_timeout(8000)
        page = context.new_page()
        page.goto(guard.new_address())
        found: dict[str, list[str]] = {}

        def look(name: str) -> None:
            if told := violations(page):
                found[name] = told
            for width in (256, 320, 1600):
                page.set_viewport_size({"width": width, "height": 900})
                if page.evaluate("document.documentElement.scrollWidth") > width:
                    found[f"{name} {width}"] = ["over the edge"]
            page.set_viewport_size({"width": 1280, "height": 900})

        for name, path in few(4, RECORDING.items()):
            assert page.goto(guard.origin + path).status == 200, path
            look(name)
        page.goto(f"{guard.origin}/consigner?id=1.adm.1.3&id=2.gou.1.2")
        other = context.new_page()
        other.goto(page.url)
        page.get_by_label("Où en est-on?").first.select_option("en attente")
        page.get_by_role("button", name="Voir ce qui sera écrit").click()
        look("refused")
        assert page.locator("[aria-invalid=true]").count() == 1
        page.get_by_label("Pourquoi", exact=True).first.fill("Le budget")
        page.get_by_role("button", name="Voir ce qui sera écrit").click()
        look("shown")
        page.get_by_label("Votre nom").fill("Jeanne")
        page.get_by_label("Votre courriel").fill("jeanne@pivot.org")
        with page.expect_navigation():
            page.keyboard.press("Enter")  # which records: it is the first button
        assert page.locator("h1").inner_text() == "C'est enregistré"
        look("done")
        other.get_by_label("Note interne").first.fill("Vu")
        other.get_by_role("button", name="Voir ce qui sera écrit").click()
        page.close()
        page = other
        look("changed")
        assert "Rien n'est écrit." in page.locator("main").inner_text()
        context.close()
    assert found == {}
