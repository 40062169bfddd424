"""The agenda as a page, in a real browser: accessible, legible on a phone, one or two sheets of paper."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from axe import violations
from pace import few

from agenda.components import absent
from agenda.plans import EVERY_PLACE, agenda
from pivot_cli.documents.rendering.filling import render

pytestmark = pytest.mark.lent
NAME = "agenda/ordre-du-jour"
MADE: list[tuple[str, dict[str, str] | None, dict[str, Any]]] = [
    ("essai-ca", EVERY_PLACE, {}),
    ("adopte-ca", None, {"heure": 19 * 60, "duree": 120}),
    ("adopte-aga", None, {"type": "aga"}),
]


SEEN = [(made[0], *seen) for made in MADE for seen in ((320, "light"), (1200, "light"), (1200, "dark"))]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    found = {}
    for name, files, asked in MADE:
        found[name] = folder / f"{name}.html"
        found[name].write_text(render(NAME, agenda(files, **asked), "html"), encoding="utf-8")
    return found


@pytest.mark.parametrize(("name", "width", "scheme"), few(7, SEEN))
def test_the_page_is_accessible(browser: Any, pages: dict[str, Path], name: str, width: int, scheme: str) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(pages[name].as_uri())
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_a_phone_shows_decisions_first(browser: Any, pages: dict[str, Path]) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 700})
    page.goto(pages["adopte-ca"].as_uri())
    heading = page.locator("#a-decider")
    assert heading.is_visible()
    assert heading.bounding_box()["y"] < page.locator("#point-1").bounding_box()["y"] < 700
    page.set_viewport_size({"width": 1200, "height": 900})
    assert not heading.is_visible()
    page.close()


def test_paper_takes_three_pages_and_the_annex(browser: Any, pages: dict[str, Path], tmp_path: Path) -> None:
    absent("pdftotext")
    page = browser.new_page()
    page.goto(pages["adopte-ca"].as_uri())
    page.pdf(path=str(tmp_path / "odj.pdf"), prefer_css_page_size=True)
    page.close()
    read = subprocess.run(["pdftotext", "-layout", str(tmp_path / "odj.pdf"), "-"], check=True, capture_output=True)
    sheets = read.stdout.decode("utf-8").split("\f")[:-1]
    annex = next(rank for rank, sheet in enumerate(sheets) if re.search(r"Annexe\s:", sheet))
    assert annex <= 3
    assert "Levée de la séance" in sheets[annex - 1]
    assert len(sheets) <= 5
    assert "À décider" not in sheets[0]
