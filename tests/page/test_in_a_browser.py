"""The page in a real browser, with JavaScript and without: accessible, legible at any width, by the keyboard alone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from agenda.components import absent
from axe import WCAG, violations
from living import RECORDED
from pace import few

from page.doors import copied, opened
from pivot_cli.page.serving import listening, serve

pytestmark = pytest.mark.lent

PAGES = {
    "accueil": "/",
    "liste": "/liste?objectif=3.gou.2&etat=échéance passée",
    "fiche": "/action/3.gou.3.3",
    "plan": "/plan",
    "niveau": "/plan/2.com",
    "responsables": "/responsables",
    "reunions": "/reunions",
    "changements": "/changements",
    "documents": "/documents",
    "complet": "/document/complet",
    "fautes": "/fautes",
    "refus": "/liste?avant=bientôt",
    "introuvable": "/rien",
}
WIDTHS = (256, 320, 640, 1600)  # 640 pixels is half of 1280: what a page at 200 % has


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The page of the living plan on 15 March 2021, over a real connection: what gives a new address."""
    with serving(tmp_path_factory.mktemp("page")) as guard:
        yield guard


@contextmanager
def serving(folder: Path) -> Iterator[Any]:
    """That page, which a test may close."""
    absent("chromium")
    from datetime import date

    plan = copied(folder, RECORDED)
    path = plan / "orientation-5.yaml"
    text = path.read_text(encoding="utf-8").replace("echeance: Décembre 2019", "echeance: Décambre 2019", 1)
    path.write_text(text, encoding="utf-8")
    door, over = opened(plan, date(2021, 3, 15)), [False]
    site, place = door.site, listening(0)
    site._closed = lambda: over.__setitem__(0, True)
    site.guard = type(door.guard)(place.getsockname()[1])
    # Neither a test that fails nor a page that does not stop keeps the run from ending.
    thread = threading.Thread(target=serve, args=(site, place, lambda: over[0]), daemon=True)
    thread.start()
    try:
        yield site.guard
    finally:
        over[0] = True
        thread.join(10)
    assert not thread.is_alive()


@pytest.fixture(scope="module")
def surfer(browser: Any, served: Any) -> Iterator[Any]:
    """A browser without JavaScript that was let in; the script of the tests runs in it all the same."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    page.goto(served.new_address())
    yield page
    context.close()


@pytest.mark.parametrize("scheme", few(2, ["light", "dark"]))
def test_every_page_is_accessible(browser: Any, served: Any, scheme: str) -> None:
    # The policy of the page lets no script in, that of axe neither: it is lifted for what looks at it.
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(served.new_address())
    found = {}
    for name, path in few(6, PAGES.items())[:: 2 if scheme == "dark" else 1]:  # a second each
        page.goto(served.origin + path)
        found[name] = violations(page, (*WCAG, "best-practice"))
    page.goto(f"{served.origin}/entrer?cle=x")
    context.clear_cookies()
    page.goto(served.origin)
    found["dehors"] = violations(page, (*WCAG, "best-practice"))
    context.close()
    assert {name: told for name, told in found.items() if told} == {}


def test_nothing_goes_over_the_edge(surfer: Any, served: Any) -> None:
    over = []
    for name, path in few(3, PAGES.items()):
        surfer.goto(served.origin + path)
        for width in WIDTHS:
            surfer.set_viewport_size({"width": width, "height": 800})
            if surfer.evaluate("document.documentElement.scrollWidth") > width:
                over.append((name, width))
    surfer.set_viewport_size({"width": 1280, "height": 900})
    assert over == []


def test_nothing_is_asked_of_another_place_and_nothing_is_said(browser: Any, served: Any) -> None:
    context = browser.new_context()
    page, asked, said = context.new_page(), list[str](), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(served.new_address())
    for path in few(3, PAGES.values()):
        page.goto(served.origin + path)
    context.close()
    assert {url for url in asked if not url.startswith((served.origin, "data:"))} == set()
    expected = ("400", "404", "the document's frame is sandboxed")  # the filters of a document do not run here
    assert [text for text in said if not any(one in text for one in expected)] == []


def test_a_page_cannot_be_framed_nor_read_by_another(browser: Any, served: Any, tmp_path: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(served.new_address())
    (tmp_path / "mal.html").write_text(
        f"<iframe src='{served.origin}/'></iframe><form method=post action='{served.origin}/fermer'><button>x</button>"
        f"</form><script>fetch('{served.origin}/liste',{{credentials:'include'}}).then(r=>r.text())"
        ".then(t=>document.title=t,e=>document.title='refusé')</script>",
        encoding="utf-8",
    )
    page.goto((tmp_path / "mal.html").as_uri())
    page.wait_for_function("document.title")
    assert page.title() == "refusé"
    assert "Le Pivot" not in "".join(frame.content() for frame in page.frames[1:])
    with page.expect_navigation():
        page.click("button")
    assert "Cette page ne s'ouvre pas ainsi." in page.content()  # another site has no session
    page.goto(served.origin)
    assert page.locator("h1").inner_text() == "Plan stratégique"  # and nothing was closed
    context.close()


def test_the_keyboard_is_enough(surfer: Any, served: Any) -> None:
    surfer.goto(served.origin + "/")
    surfer.keyboard.press("Tab")
    assert surfer.locator(":focus").inner_text() == "Aller au contenu"
    assert surfer.locator(":focus").bounding_box()["x"] >= 0
    surfer.keyboard.press("Enter")
    seen = []
    for _ in range(40):
        surfer.keyboard.press("Tab")
        focused = surfer.locator(":focus")
        if focused.count():
            style = focused.evaluate("e => getComputedStyle(e).outlineStyle + getComputedStyle(e).outlineWidth")
            assert style == "solid3px", focused.evaluate("e => e.outerHTML")
            seen.append(focused.evaluate("e => e.tagName"))
    assert {"A", "INPUT", "BUTTON", "SELECT"} <= set(seen)


def test_colours_may_be_forced(browser: Any, served: Any) -> None:
    context = browser.new_context(forced_colors="active", viewport={"width": 800, "height": 900})
    page = context.new_page()
    page.goto(served.new_address())
    page.goto(served.origin + "/liste")
    assert page.locator('nav a[aria-current="page"]').evaluate("e => getComputedStyle(e).borderBottomStyle") == "solid"
    etat = page.locator("td .e").first
    assert etat.inner_text()  # in words, never by colour alone
    context.close()


# --- a coordinator who never opened a terminal ------------------------------------------------------------


def test_what_is_late_for_her_is_two_gestures_away(surfer: Any, served: Any) -> None:
    surfer.goto(served.origin + "/")
    surfer.get_by_label("Les échéances passées de").select_option(label="Responsable de la vie communautaire (5)")
    surfer.get_by_role("button", name="Voir").click()
    assert "5 actions sur 93" in surfer.locator("[role=status]").inner_text().replace("\N{NO-BREAK SPACE}", " ")
    assert surfer.locator("table.actions tbody th[scope=row]").count() == 5


def test_what_the_board_must_decide_is_on_the_first_page(surfer: Any, served: Any) -> None:
    surfer.goto(served.origin + "/")
    board = surfer.get_by_role("heading", name="Conseil d'administration du mercredi 17 mars 2021")
    assert board.is_visible()
    assert surfer.locator("ol.decisions > li").count() == 3
    surfer.get_by_role("link", name="Embauche liée à la structure").click()
    assert "Action 3.gou.3.3" in surfer.title()


def test_the_agenda_is_read_then_printed(surfer: Any, served: Any, tmp_path: Path) -> None:
    surfer.goto(served.origin + "/")
    with surfer.expect_popup() as beside:  # the page of the plan stays where it is
        surfer.get_by_role("link", name="Ordre du jour", exact=True).click()
    read = beside.value
    assert "Projet d'ordre du jour" in read.locator("h1").inner_text()
    assert read.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily").startswith("Charter")
    assert "mercredi 17 mars 2021" in read.locator("body").inner_text().replace("\N{NO-BREAK SPACE}", " ")
    read.pdf(path=str(tmp_path / "ordre.pdf"), prefer_css_page_size=True)
    assert (tmp_path / "ordre.pdf").read_bytes().startswith(b"%PDF")
    read.close()
    surfer.get_by_role("link", name="Documents").click()
    with surfer.expect_download() as taken:
        form = surfer.locator('form[action="/document/ordre-du-jour"]').first
        form.get_by_role("button", name="Télécharger la page").click()
    assert taken.value.suggested_filename == "ordre-du-jour-2021-03-17.html"


def test_a_fault_is_on_top_and_fermer_is_at_hand(browser: Any, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    with serving(tmp_path) as guard:
        page.goto(guard.new_address())
        assert page.locator("main h2").first.inner_text() == "À corriger dans les fichiers du plan"
        assert "Décambre" in page.locator("mark").inner_text()
        page.get_by_role("button", name="Fermer").click()
        assert page.locator("h1").inner_text() == "La page est fermée."
    context.close()
