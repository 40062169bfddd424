"""What holds of every HTML page, whatever the plan: one file, well formed, headings in order, tables with names."""

from __future__ import annotations

import itertools
import re
from datetime import date

import pytest
from pace import one_in
from support import SMALL

from documents.making import NAMES, document, shipped, values
from documents.plans import EVERY_ETAT, HOSTILE_TEXTS, with_descriptions
from documents.reading import Page

PLANS: dict[str, dict[str, str] | None] = {
    "livré": None,
    "chaque état": EVERY_ETAT,
    "petit": SMALL,
    "hostile": with_descriptions(HOSTILE_TEXTS),
    "sans action": SMALL | {"orientation-1.yaml": SMALL["orientation-1.yaml"].split("volets:")[0] + "volets: x\n"},
    "ids répétés": SMALL
    | {
        "orientation-1.yaml": SMALL["orientation-1.yaml"].replace(
            "numero: 2\n            desc", "numero: 1\n            desc"
        )
    },
}
CASES = [(name, plan) for name in NAMES for plan in PLANS]


def page(name: str, plan: str) -> tuple[str, Page]:
    text = shipped(name, "html") if plan == "livré" else document(name, "html", PLANS[plan])
    return text, Page(text)


@pytest.mark.parametrize(("name", "plan"), one_in(2, CASES))
def test_a_page_is_whole_and_alone(name: str, plan: str) -> None:
    text, seen = page(name, plan)
    assert text.startswith('<!DOCTYPE html>\n<html lang="fr-CA">\n')
    assert seen.problems == []
    ids = seen.values("id")
    assert len(ids) == len(set(ids))
    assert [target for target in seen.values("href") if target.startswith("#") and target[1:] not in ids] == []
    for target in seen.values("aria-labelledby"):
        assert all(part in ids for part in target.split())
    # Nothing is fetched: no image, no style sheet, no script, no font from elsewhere.
    assert seen.values("src") == []
    assert "url(http" not in text
    assert "@import" not in text
    assert seen.count("link") == 0
    assert seen.count("script") == (1 if name == "complet" else 0)
    assert [one for one in seen.values("href", "a") if not one.startswith(("#", "http://", "https://"))] == []
    assert [attr for _, attrs in seen.tags for attr in attrs if attr.startswith("on")] == []


@pytest.mark.parametrize(("name", "plan"), one_in(2, CASES))
def test_headings_and_tables_say_what_they_are(name: str, plan: str) -> None:
    _, seen = page(name, plan)
    levels = seen.headings
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(following <= level + 1 for level, following in itertools.pairwise(levels))
    assert seen.count("table") == seen.count("caption") == seen.count("thead")
    assert all("scope" in attrs for tag, attrs in seen.tags if tag == "th")
    pictures = [attrs for tag, attrs in seen.tags if tag == "svg" and attrs.get("role") == "img"]
    hidden = [attrs for tag, attrs in seen.tags if tag == "svg" and attrs.get("aria-hidden") == "true"]
    assert len(pictures) + len(hidden) == seen.count("svg")
    assert len(pictures) == seen.count("desc")


@pytest.mark.parametrize("name", ["complet", "bilan"])
def test_what_hostile_texts_say_is_shown_as_it_is(name: str) -> None:
    """In the documents that show every action: what a page is made of, whatever it shows, is judged above."""
    text = " ".join(page(name, "hostile")[1].text.split())
    for hostile in HOSTILE_TEXTS:
        assert " ".join(hostile.split()) in text


def test_the_whole_plan_is_in_the_internal_document() -> None:
    text, seen = page("complet", "livré")
    rows = re.findall(r'<tr id="([^"]+)" data-e=', text)
    assert len(rows) == len(set(rows)) == 93
    plan = values("complet", None)
    for orientation in plan.orientations:
        for volet in orientation.groupes:
            for objectif in volet.groupes:
                assert objectif.titre in seen.text
                assert all(action.texte in seen.text for action in objectif.lignes)
    assert "Document interne" in seen.text
    for part in (*plan.identite.forces, *plan.identite.contraintes, plan.identite.mission, plan.identite.vision):
        assert part in seen.text


def test_the_internal_document_is_light() -> None:
    assert len(shipped("complet", "html").encode()) <= 250 * 1024


def test_every_record_of_an_action_is_told() -> None:
    text = page("complet", "chaque état")[1].text.replace("\N{NO-BREAK SPACE}", " ")
    for said in (
        "Huit personnes forment le comité.",
        "INTERNE-RESOLUTION",
        "prévu 1 500 $, réel 1 450,50 $, source : INTERNE-FONDS",
        "3 février 2019, INTERNE-JEANNE : INTERNE-NOTE première rencontre",
        "INTERNE-COLLABORATION",
        "INTERNE-MOTIF",
        "INTERNE-REPORT",
        "Direction générale (DG)",
        "1.adm.1.3",
        "Essais tentés",
        "non consigné",
    ):
        assert said in text


def test_only_addresses_of_the_web_are_live() -> None:
    text, seen = page("complet", "chaque état")
    assert [one for one in seen.values("href", "a") if not one.startswith("#")] == ["https://exemple.org/compte-rendu"]
    assert "javascript:alert(1)" in seen.text
    assert "javascript:" not in "".join(seen.values("href"))
    del text


def test_a_control_character_is_shown_as_such() -> None:
    broken = SMALL | {
        "orientation-1.yaml": SMALL["orientation-1.yaml"].replace(
            "description: Former un comité", 'description: "Former\\e[31m un\\u202e comité"'
        )
    }
    for name in ("complet", "sommaire"):
        for format_ in ("html", "md"):
            made = document(name, format_, broken)
            assert "\x1b" not in made
            assert "\u202e" not in made
    assert "Former\N{REPLACEMENT CHARACTER}[31m" in document("complet", "html", broken)


def test_a_very_long_text_stays_whole() -> None:
    long = "très " * 1000 + "long"
    made = document("complet", "html", with_descriptions([long, "x" * 5000]))
    assert long in made
    assert "x" * 5000 in made


@pytest.mark.lent
def test_a_plan_whose_time_is_over_counts_no_days() -> None:
    for name in NAMES:
        made = document(name, "html", None, au=date(2026, 11, 23), today=date(2026, 11, 23))
        assert not re.search(r"depuis \d+\s(?:ans?|mois)", Page(made).text)
    assert "hors du calendrier" in document("complet", "html", None, au=date(2026, 11, 23))


def test_the_past_is_told_as_it_was_known() -> None:
    made = Page(document("complet", "html", EVERY_ETAT, today=date(2026, 11, 23))).text.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert "Tel que consigné aujourd'hui, sans ce qui porte une date postérieure au 15 janvier 2020." in made
