"""The internal document of a plan that lives: what is recorded stands beside the action wherever a list names it, every
bar has its name, and the loads add up; of this plan, of the adopted one and of those of other organisations.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from documents.making import values
from living import RECORDED
from pace import one_in
from support import SHIPPED, SMALL

from pivot_cli.documents.registry import DOCUMENTS
from pivot_cli.documents.rendering.filling import render
from pivot_cli.documents.values import Request
from pivot_cli.plan.loader import load
from pivot_cli.plan.model import Plan
from pivot_cli.plan.sources import read_folder
from pivot_cli.suivi.etat import Situation, portrait
from pivot_cli.suivi.phrases import news_of, title_of
from pivot_cli.suivi.selection import Selection

DAYS = [date(2019, 12, 20), date(2020, 9, 1), date(2021, 3, 15), date(2022, 2, 1)]
OTHERS = sorted((Path(__file__).parents[1] / "autres").glob("*/plan"))
PLANS = [RECORDED, SHIPPED, *OTHERS]


@cache
def read(folder: Path) -> Plan:
    return load(read_folder(folder, "plan"))[0]


def made(folder: Path, day: date) -> Any:
    return DOCUMENTS["complet"].build(Request(read(folder), (), day, day, Selection()))


def page_of(folder: Path, day: date) -> str:
    return render("complet", made(folder, day), "html")


def plain(html: str) -> str:
    """The words of some HTML, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


_ROW = re.compile(r"<tr\b.*?</tr>(?:\n<tr class=\"suite\">.*?</tr>)?", re.DOTALL)


def lists(page: str) -> dict[str, list[str]]:
    """The rows of each section by the section's id; of the plan, each with what is told under it."""
    sections = re.findall(r'<section aria-labelledby="([^"]+)">(.*?)</section>', page, re.DOTALL)
    return {name: _ROW.findall(text) for name, text in sections}


def is_about(row: str, one: Situation) -> bool:
    """Whether a row of a list is about an action."""
    return bool(re.search(rf'(?:href="#|<tr id="|class="r">){re.escape(one.id)}["<]', row))


def recorded_of(one: Situation, plan: Plan) -> str:
    """What a list must say of an action of which something is recorded."""
    noun = plan.niveaux.action
    return " ".join((news_of(one.action, noun) if one.open else noun.said(one.etat)).split())


@pytest.mark.lent
def test_what_is_recorded_is_shown_in_every_list() -> None:
    plan, tried = read(RECORDED), set()
    for day in DAYS:
        rows = lists(page_of(RECORDED, day))
        recorded = [one for one in portrait(plan, day).situations if one.action.consignee]
        shown = [
            (name, one, row) for name, some in rows.items() for row in some for one in recorded if is_about(row, one)
        ]
        for name, one, row in shown:
            assert recorded_of(one, plan) in plain(row), f"{day}, {name}, {one.id}"
        for everything in ("plan", "calendrier"):
            assert sum(name == everything for name, _, _ in shown) == len(recorded) > 0
        tried |= {name for name, _, _ in shown}
    assert tried == {"passees", "arrivent", "continues", "recurrentes", "calendrier", "histoire", "plan"}


@pytest.mark.parametrize("folder", one_in(7, PLANS), ids=lambda folder: folder.parent.name)
def test_every_bar_has_the_name_of_its_action(folder: Path) -> None:
    day = date(2024, 4, 15) if folder in OTHERS else date(2021, 3, 15)
    seen = portrait(read(folder), day)
    picture = made(folder, day).calendrier
    bars = [bar for part in picture.parties for strip in part.bandes for bar in strip.barres] if picture else []
    assert [bar.id for bar in bars] == ([one.id for one in seen.situations] if picture else [])
    rows = lists(page_of(folder, day)).get("calendrier", [])
    for bar, one in zip(bars, seen.situations, strict=False):
        whole = title_of(one.action).rstrip(".")
        start = bar.nom.removesuffix("…")
        assert whole.startswith(start)
        assert bar.nom == whole or not re.match(r"\w", whole[len(start) :]), "cut inside a word"
        (row,) = [row for row in rows if f'href="#{bar.ancre}"' in row]
        assert bar.nom in plain(row)
        assert "<rect" in row


def test_a_level_that_a_plan_has_not_is_no_heading_of_its_calendar() -> None:
    """Where actions stand right under an orientation, its title is that of the table, and is not said again."""
    (mada,) = [folder for folder in OTHERS if folder.parent.name == "mada"]
    (calendar,) = re.findall(r'<section aria-labelledby="calendrier">.*?</section>', page_of(mada, DAYS[0]), re.DOTALL)
    assert plain(calendar).count("Espaces extérieurs et bâtiments") == 1


@pytest.mark.parametrize("folder", one_in(7, PLANS), ids=lambda folder: folder.parent.name)
def test_no_word_stands_where_the_line_of_the_day_passes(folder: Path) -> None:
    """The line is drawn in the pictures of the bars, which hold no text; what is read stands in the other cells."""
    page = page_of(folder, date(2020, 6, 15))
    strips = [strip for row in lists(page).get("calendrier", []) for strip in re.findall(r"<svg.*?</svg>", row)]
    assert all("<text" not in strip for strip in strips if "#grille" in strip)
    assert len(re.findall("#grille", "".join(strips))) == page.count('href="#grille"')


@pytest.mark.parametrize("folder", one_in(7, PLANS), ids=lambda folder: folder.parent.name)
def test_the_columns_of_a_load_add_up_to_its_total(folder: Path) -> None:
    for day in (*DAYS, date(2024, 4, 15)):
        rows = lists(page_of(folder, day))["charges"]
        heads = [plain(cell) for cell in re.findall(r"<th scope=\"col\".*?</th>", rows[0])]
        assert heads[2] == "dont seul"
        for row in rows[1:]:
            total, alone, *columns = (int(number) for number in re.findall(r"<td[^>]*>(\d+)</td>", row))
            assert sum(columns) == total >= alone, f"{day} : {plain(row)}"
            assert len(columns) == len(heads) - 3


def test_a_load_says_what_it_leaves_out() -> None:
    text = SMALL["orientation-1.yaml"].replace("responsables: [Directrice générale]", "responsables: []", 1)
    made = values("complet", SMALL | {"orientation-1.yaml": text})
    assert made.sans_responsable == 1
    told = "Sans responsable, donc hors de ce tableau : 1 action."
    assert told in plain(render("complet", made, "html"))
    assert told not in plain(page_of(SHIPPED, DAYS[0]))


def test_what_the_etat_says_is_not_said_twice_in_the_sheet() -> None:
    plan, day = read(RECORDED), date(2021, 3, 15)
    sheets = {
        line.id: {field.nom: field.valeur for field in line.fiche}
        for orientation in made(RECORDED, day).orientations
        for volet in orientation.groupes
        for objectif in volet.groupes
        for line in objectif.lignes
    }
    assert sheets["1.adm.1.1"] == {"Résultat": "Sept personnes, dont deux usagers, forment le comité."}
    for one in portrait(plan, day).situations:
        if one.action.motif and not one.open:  # an état does not say why
            assert sheets[one.id]["Motif"] == one.action.motif
