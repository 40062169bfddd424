"""Every document of every plan on paper, letter and A4: nothing alone, nothing cut, nothing lost in grey."""

from __future__ import annotations

import shlex
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from living import RECORDED
from pace import everything, few, table
from support import ADOPTED, ROOT, pivot

from documents.paper import SIZES, faults, printed
from pivot_cli.cli import edge
from pivot_cli.documents.registry import reports

pytestmark = pytest.mark.lent
PLANS = {  # where it is, the day of its reports, its meeting, its assembly
    "adopté": (ADOPTED, "2020-01-15", '--date 2020-01-15 --heure "19 h" --duree 2h', "2020-06-15"),
    "vivant": (RECORDED.parent, "2021-03-15", "--date 2021-03-17", "2021-06-09"),
    **{
        name: (ROOT / "tests" / "autres" / name, "2024-04-15", "--date 2024-05-06", "2024-06-17")
        for name in ("mada", "contrat", "ouvert", "cpe", "petit")
    },
}
DOCUMENTS = {
    **{name: f"report {name} --au {{au}}" for name in reports()},
    "ca": "agenda {ca}",
    "aga": "agenda --type aga --date {aga}",
}
PRINTED = [(document, plan) for plan in PLANS for document in DOCUMENTS]


@cache
def page_of(document: str, plan: str) -> str:
    """A document of a plan, as a page."""
    folder, au, ca, aga = PLANS[plan]
    done = pivot(*shlex.split(DOCUMENTS[document].format(au=au, ca=ca, aga=aga)), "--format", "html", cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(("document", "plan"), few(16, PRINTED[::-1]))
def test_a_document_is_whole_on_paper(
    document: str, plan: str, browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edge, "today", lambda: date(2026, 11, 30))
    text = page_of(document, plan)
    # A4 differs little: one document in two.
    sizes = list(SIZES) if everything() else list(SIZES)[: 1 + PRINTED.index((document, plan)) % 2]
    found = [
        f"{size}: {fault}"
        for size in sizes
        for fault in faults(printed(browser, text, tmp_path / f"{document}-{plan}-{size}.pdf", size))
    ]
    assert found == []


# --- the tests above see what they look for ---------------------------------------------------------------

NUMBERED = '@page { margin: 15mm; @bottom-right { content: counter(page) " / " counter(pages) } }'
NEXT = "<p style='break-before: page'>Un<br>texte<br>ailleurs</p>"
TABLE = "<table><caption>Un tableau</caption><thead><tr><th>Action</th></tr></thead><tbody>{}</tbody></table>"
ROWS = TABLE.format("<tr><td>Une<br>rangée</td></tr>" * 40)
FAULTY = [
    # what is in the page, how it looks, what is told
    ("<p>Trois<br>lignes<br>seulement</p>", "", ""),
    (f"<h2>Un titre</h2>{NEXT}", "", "orphan heading « Un titre » at the bottom of sheet 1"),
    (f"<h2>Un titre</h2><h3>Un autre</h3>{NEXT}", "", "orphan heading « Un autre » at the bottom of sheet 1"),
    (
        "<p>Deux<br>lignes</p><h3>Un point</h3><h3>Un autre</h3><p>Deux<br>mots</p>",
        "h3 + h3 { break-before: page }",
        "",
    ),
    (
        "<div style='height: 225mm'></div>" + TABLE.format("<tr><td>Une<br>longue<br>rangée</td></tr>"),
        "",
        "is cut between",
    ),
    (ROWS, "tr { break-inside: avoid }", ""),
    (ROWS, "tr { break-inside: avoid } thead { display: table-row-group }", "goes on without « Action » on sheet 2"),
    ("<p>Deux<br>lignes</p>", "", "sheet 1 has 2 lines: « Deux / lignes »"),
    ("<p>Un<br>deux<br>trois</p>", "@page { @bottom-right { content: none } }", "sheet 1 has no number"),
    ("<p style='white-space: nowrap'>" + "Loin " * 60 + "</p>", "", "is wider than the sheet"),
    ("<p style='color: #bbb'>Pâle</p>", "", "« Pâle » is too pale for paper"),
    ("<svg width='99' height='30'><text y='20' fill='#bbb'>Pâle</text></svg>", "", "« Pâle » is too pale for paper"),
]


@pytest.mark.complet
@table(("page", "style", "told"), FAULTY)
def test_what_is_wrong_on_paper_is_told(page: str, style: str, told: str, browser: Any, tmp_path: Path) -> None:
    look = f"{NUMBERED} body {{ margin: 0; font: 12pt/1.5 sans-serif; orphans: 1; widows: 1 }} {style}"
    found = faults(printed(browser, f"<style>{look}</style><main>{page}</main>", tmp_path / "x.pdf"))
    assert any(told in fault for fault in found) if told else not found, found


def test_no_form_of_a_picture_is_known_by_its_colour_alone(browser: Any) -> None:
    page = browser.new_page()
    page.set_content(page_of("complet", "vivant"))
    forms = page.evaluate("""() => [...document.querySelectorAll(".legende .pastille .b")].map((one) => {
        const { fill, stroke, strokeDasharray } = getComputedStyle(one);
        const papier = getComputedStyle(document.documentElement).backgroundColor;
        const form = fill.startsWith("url") ? fill : fill === papier ? "vide" : "plein";
        return [`${form} ${strokeDasharray}`, `${fill} ${stroke}`];
    })""")
    page.close()
    assert len(dict(forms)) > 5
    assert {tuple(one) for one in forms} == set(dict(forms).items())  # the same form is the same colour
