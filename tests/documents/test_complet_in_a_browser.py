"""The internal document of a plan that lives, in a real browser: its pages, its smallest letters, its calendar."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from living import RECORDED
from pace import few

from documents.test_browser import opened, pages_on_paper
from pivot_cli.documents.registry import DOCUMENTS
from pivot_cli.documents.rendering.filling import render
from pivot_cli.documents.values import Request
from pivot_cli.plan.loader import load
from pivot_cli.plan.sources import read_folder
from pivot_cli.suivi.selection import Selection

COMPLETE = bool(os.environ.get("PIVOT_TESTS"))

pytestmark = pytest.mark.lent


def living(day: date) -> str:
    """The internal document of the plan that lives, on a day."""
    plan = load(read_folder(RECORDED, "plan"))[0]
    return render("complet", DOCUMENTS["complet"].build(Request(plan, (), day, day, Selection())), "html")


ON_PAPER = [(day, size) for day in ("2021-03-15", "2019-12-17", "2022-02-01") for size in ("letter", "A4")]
MOST_PAGES = {"letter": 20, "A4": 21}


@pytest.mark.complet
@pytest.mark.skipif(not shutil.which("pdftotext") and not COMPLETE, reason="sans pdftotext")
@pytest.mark.parametrize(("day", "size"), ON_PAPER)
def test_the_whole_plan_fits_twenty_pages_and_no_heading_ends_one(
    browser: Any, day: str, size: str, tmp_path: Path
) -> None:
    page = living(date.fromisoformat(day))
    assert pages_on_paper(browser, page.replace("size:letter", f"size:{size}"), tmp_path / "c.pdf") <= MOST_PAGES[size]
    done = subprocess.run(["pdftotext", "-layout", tmp_path / "c.pdf", "-"], capture_output=True, text=True, check=True)
    pages = [[line.strip() for line in one.splitlines() if line.strip()] for one in done.stdout.split("\f")[:-1]]
    titles = re.findall(r'<(?:h[23][^>]*|caption)>([^<]+)<|<tr class="groupe">.*?<span class="x">([^<]+)<', page)
    titles = [unescape(title) for pair in titles for title in pair if title]
    assert len(titles) > 50
    feet = [lines[-2] for lines in pages]  # above the number of the page
    alone = [foot for foot in feet if foot in titles or foot.startswith(("Action  ", "Responsable  "))]
    assert alone + [foot for foot in feet if any(foot.startswith(title[:30]) for title in titles if title[20:])] == []
    assert len(pages[-1]) > 8  # a last page that is worth its sheet


def test_nothing_is_small_on_paper(browser: Any) -> None:
    page = opened(browser, living(date(2021, 3, 15)))
    page.emulate_media(media="print")
    assert page.evaluate(SMALLEST) * 72 / 96 >= 8.49
    page.context.close()


SMALLEST = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let least = 99;
  while (texts.nextNode()) {
    const on = texts.currentNode.parentElement;
    if (texts.currentNode.data.trim() && on.checkVisibility() && !on.closest("script, style, title, desc, .saut"))
      least = Math.min(least, parseFloat(getComputedStyle(on).fontSize));
  }
  return least;
}"""
"""The smallest text that is shown, in CSS pixels."""


@pytest.mark.parametrize("width", few(3, [320, 390, 1280, "papier"]))
def test_the_line_of_the_day_strikes_no_word(browser: Any, width: int | str) -> None:
    page = opened(
        browser, living(date(2021, 3, 15)), viewport={"width": width if width != "papier" else 690, "height": 800}
    )
    if width == "papier":
        page.emulate_media(media="print")
    struck, bars = page.evaluate(STRUCK)
    assert bars == 93
    assert struck == []
    page.context.close()


STRUCK = """() => {
  const bars = [...document.querySelectorAll(".calendrier tbody svg")], struck = [];
  const at = line => line.getBoundingClientRect();
  for (const bar of bars) {
    const box = at(bar), cells = bar.closest("tbody");
    const texts = document.createTreeWalker(cells, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const range = document.createRange();
      range.selectNodeContents(texts.currentNode);
      for (const one of range.getClientRects())
        if (one.left < box.right && one.right > box.left && one.top < box.bottom - 1 && one.bottom > box.top + 1)
          struck.push(texts.currentNode.data);
    }
  }
  return [struck, bars.length];
}"""
"""The words that stand where a bar and the line behind it are drawn, and how many bars there are."""
