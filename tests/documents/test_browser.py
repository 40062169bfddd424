"""The pages in a real browser: accessible (axe-core, WCAG 2.1 and 2.2 AA), legible at any width, whole on paper."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from axe import violations
from pace import few

from documents.making import NAMES, document, shipped
from documents.plans import EVERY_ETAT, HOSTILE_TEXTS, with_descriptions
from documents.test_bilan_account import plan_called
from pivot_cli.documents.registry import DOCUMENTS
from pivot_cli.documents.rendering.filling import render
from pivot_cli.documents.values import Request
from pivot_cli.suivi.selection import Selection

COMPLETE = bool(os.environ.get("PIVOT_TESTS"))
HAVE = bool(shutil.which("chromium") and find_spec("playwright") and find_spec("axe_playwright_python"))

pytestmark = [
    pytest.mark.lent,
    pytest.mark.skipif(not HAVE and not COMPLETE, reason="sans Chromium, Playwright ou axe-core"),
]

PAGES = few(6, [(name, plan) for name in NAMES for plan in ("chaque état", "livré")])


def text_of(name: str, plan: str) -> str:
    return shipped(name, "html") if plan == "livré" else document(name, "html", EVERY_ETAT)


def opened(browser: Any, text: str, **more: Any) -> Any:
    page = browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | more)).new_page()
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.set_content(text, wait_until="load")
    return page


@pytest.mark.parametrize(("name", "plan"), PAGES)
def test_a_page_is_accessible(browser: Any, name: str, plan: str) -> None:
    page = opened(browser, text_of(name, plan))
    assert violations(page) == []
    assert page.asked == []
    page.context.close()


@pytest.mark.parametrize("name", few(3, ["sommaire", *(name for name in NAMES if name != "sommaire")]))
def test_a_page_is_accessible_on_a_telephone_at_night(browser: Any, name: str) -> None:
    page = opened(browser, text_of(name, "chaque état"), viewport={"width": 320, "height": 640}, color_scheme="dark")
    assert violations(page) == []
    page.context.close()


@pytest.mark.parametrize(("name", "plan"), few(4, [(name, plan) for plan in ("hostile", "livré") for name in NAMES]))
def test_nothing_goes_over_the_edge(browser: Any, name: str, plan: str) -> None:
    long = [*HOSTILE_TEXTS, "x" * 5000, "mot " * 1200]
    text = shipped(name, "html") if plan == "livré" else document(name, "html", with_descriptions(long))
    # 640 pixels is half of 1280: what a page at 200 % has.
    for width in (320, 640, 1280):
        page = opened(browser, text, viewport={"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if width == 320:
            assert page.evaluate("getComputedStyle(document.querySelector('td') || document.body).display") == "block"
        page.context.close()


def test_no_script_is_needed_and_none_of_the_plan_runs(browser: Any) -> None:
    text = document("complet", "html", with_descriptions(HOSTILE_TEXTS))
    page = opened(browser, text)
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    assert dialogs == []
    assert page.asked == []
    still = opened(browser, shipped("complet", "html"), java_script_enabled=False)
    assert still.locator("table.plan tr[data-e]").count() == 93
    assert not still.locator("form.filtre").is_visible()
    page.context.close()
    still.context.close()


def test_the_filter_finds_actions(browser: Any) -> None:
    page = opened(browser, shipped("complet", "html"))
    page.fill("form.filtre input", "EVALUER")
    shown = page.locator("table.plan tr[data-e]:visible")
    assert 0 < shown.count() < 93
    assert all("valuer" in text for text in shown.all_text_contents())
    assert re.fullmatch(r"\d+\sactions?", page.locator("form.filtre p").text_content() or "")
    page.fill("form.filtre input", "")
    page.select_option("form.filtre select", "confirmer")
    assert page.locator("table.plan tr[data-e]:visible").count() == 45
    groups = page.locator("table.plan tbody:visible")
    assert all(groups.nth(n).locator("tr[data-e]:visible").count() for n in range(groups.count()))
    page.context.close()


def test_the_filter_finds_what_is_told_under_an_action(browser: Any) -> None:
    page = opened(browser, document("complet", "html", EVERY_ETAT))
    page.fill("form.filtre input", "huit personnes")
    assert page.locator("table.plan tr:visible[data-e]").all_inner_texts()[0].startswith("Former un comité")
    assert page.locator("table.plan tr.suite:visible").count() == 1
    page.context.close()


def pages_on_paper(browser: Any, text: str, path: Path) -> int:
    page = opened(browser, text)
    page.pdf(path=str(path), prefer_css_page_size=True)
    page.context.close()
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", path.read_bytes()))


def test_documents_fit_their_paper(browser: Any, tmp_path: Path) -> None:
    assert pages_on_paper(browser, shipped("sommaire", "html"), tmp_path / "s.pdf") <= 2
    changed = document("sommaire", "html", None, since=date(2019, 12, 1))
    assert pages_on_paper(browser, changed, tmp_path / "c.pdf") <= 2
    assert pages_on_paper(browser, shipped("bilan", "html"), tmp_path / "b.pdf") <= 4


EVES = [
    date(2019, 11, 18),
    date(2020, 5, 18),
    date(2021, 1, 18),
    date(2021, 3, 15),
    date(2021, 11, 15),
    date(2021, 12, 1),
]


@pytest.mark.parametrize("day", few(6, EVES), ids=str)
def test_the_sommaire_of_a_living_plan_is_two_pages(browser: Any, tmp_path: Path, day: date) -> None:
    plan = plan_called("vivant")
    text = render("sommaire", DOCUMENTS["sommaire"].build(Request(plan, (), day, day, Selection())), "html")
    assert pages_on_paper(browser, text, tmp_path / "s.pdf") <= 2


BILANS = (  # of the living plan: the end of its first year, of which most is still to be done; its middle; its end
    {"au": date(2022, 6, 1), "exercice": "2019"},
    {"au": date(2021, 3, 31), "du": date(2020, 4, 1)},
    {"au": date(2019, 7, 1)},
    {"au": date(2021, 3, 15)},
    {"au": date(2022, 12, 31)},
)


@pytest.mark.parametrize(("asked", "size"), few(7, [(asked, size) for asked in BILANS for size in ("letter", "A4")]))
def test_the_bilan_of_a_living_plan_is_four_pages_at_most(
    browser: Any, tmp_path: Path, asked: dict[str, Any], size: str
) -> None:
    text = bilan_of("vivant", **asked).replace("size:letter", f"size:{size}")
    assert f"size:{size};" in text
    assert pages_on_paper(browser, text, tmp_path / "b.pdf") <= 4


@pytest.mark.parametrize("plan", few(6, ["vivant", "mada", "contrat", "ouvert", "cpe", "petit"]))
def test_the_bilan_of_any_plan_is_accessible_and_holds_on_a_telephone(browser: Any, plan: str) -> None:
    text = bilan_of(plan, au=date(2024, 4, 15) if plan != "vivant" else date(2021, 3, 15))
    for width in few(2, (320, 390, 1280)):
        page = opened(browser, text, viewport={"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == []
        page.context.close()


def bilan_of(plan: str, **asked: Any) -> str:
    """The bilan of a plan of the tests, as a page."""
    given: dict[str, Any] = {"au": date(2026, 11, 30), "today": date(2026, 11, 30), "selection": Selection()} | asked
    return render("bilan", DOCUMENTS["bilan"].build(Request(plan_called(plan), (), **given)), "html")


@pytest.mark.skipif(not shutil.which("pdftotext") and not COMPLETE, reason="sans pdftotext")
def test_paper_keeps_every_action_and_repeats_the_heads(browser: Any, tmp_path: Path) -> None:
    pages_on_paper(browser, shipped("complet", "html"), tmp_path / "t.pdf")
    done = subprocess.run(["pdftotext", "-layout", tmp_path / "t.pdf", "-"], capture_output=True, text=True, check=True)
    ids = set(re.findall(r'<tr id="([^"]+)" data-e', shipped("complet", "html")))
    assert ids <= set(re.findall(r"\d\.[a-z]+\.\d\.\d", done.stdout))
    assert "Chercher dans les actions" not in done.stdout  # the filter is for screens
    assert "Aller au contenu" not in done.stdout
