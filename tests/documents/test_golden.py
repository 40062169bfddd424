"""Whole documents as they were: the shipped plan, and a small one with every état; pages without their style sheet.

After a change that is wanted: `PIVOT_GOLDEN=1 python -m pytest tests/documents/test_golden.py`, then read the
difference, and look at the pages.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pace import one_in
from support import golden

from documents.making import NAMES, document, shipped
from documents.plans import EVERY_ETAT
from documents.shapes import outline, without_style

GOLDEN = Path(__file__).parent / "golden"
PLANS = {"livre": None, "etats": EVERY_ETAT}


@pytest.mark.parametrize("format_", ["html", "md"])
@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("name", one_in(2, NAMES))
def test_a_document_is_as_it_was(name: str, plan: str, format_: str) -> None:
    made = shipped(name, format_) if plan == "livre" else document(name, format_, PLANS[plan])
    if format_ == "html":
        made = outline(made) if plan == "livre" else without_style(made)
    assert made == golden(GOLDEN / f"{name}-{plan}.{format_}", made)


def test_an_outline_changes_with_any_line_of_the_page_but_those_of_its_style() -> None:
    page = "<style>\na{}\n</style>\n" + "\n".join(
        f"<li><b>{n}</b> une ligne d'une page, et ce qu'elle dit, longuement</li>" for n in range(9)
    )
    assert outline(page.replace("a{}", "b{}")) == outline(page)
    assert len({outline(page.replace(f">{n}<", ">x<")) for n in range(9)} | {outline(page)}) == 10
    assert outline(page.replace("<b>7</b>", "<i>7</i>")) != outline(page)


def test_a_golden_file_can_be_read_by_a_person() -> None:
    assert [path.name for path in GOLDEN.iterdir() if path.stat().st_size > 60_000] == []


@pytest.mark.parametrize("format_", ["html", "md"])
@pytest.mark.parametrize("name", one_in(3, NAMES))
def test_the_same_plan_on_the_same_day_gives_the_same_bytes(name: str, format_: str) -> None:
    assert document(name, format_, EVERY_ETAT) == document(name, format_, EVERY_ETAT)
    later = document(name, format_, EVERY_ETAT, today=date(2026, 11, 23))
    assert later == document(name, format_, EVERY_ETAT, today=date(2030, 1, 1))
