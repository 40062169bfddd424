"""The bilan in Word: its template, what it says, how an office suite lays it out with Calibri's metrics and without."""

from __future__ import annotations

import io
import itertools
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from agenda.test_word import parts, texts
from docx import Document
from pace import few, one_in
from support import ROOT, SMALL, pivot, write_plan

from documents.making import values
from documents.paper import said_by
from documents.plans import EVERY_ETAT, HOSTILE_TEXTS, with_descriptions
from documents.test_bilan_account import made
from documents.test_word_paper import have
from documents.word_paper import faults
from pivot_cli.documents.bilan import HEADINGS
from pivot_cli.documents.rendering.word import render_word
from pivot_cli.documents.rendering.word_bilan import template

NB = "\N{NO-BREAK SPACE}"
WHOLE = (None, None, date(2021, 3, 15))
YEAR = (date(2020, 4, 1), None, date(2021, 3, 31))


@cache
def written(plan: str, *period: Any) -> bytes:
    return render_word("bilan", made(plan, *period))


def headings(document: Any) -> list[tuple[int, str]]:
    """Each heading of a Word document: its level, its text."""
    found = ((one.style.name, one.text) for one in document.paragraphs)
    return [(int(name[-1]), text) for name, text in found if name.startswith("Heading")]


@pytest.mark.lent
def test_the_template_is_what_its_script_makes() -> None:
    """After a change of the script: `python -m pivot_cli.documents.rendering.word_bilan`."""
    assert parts((ROOT / "templates" / "bilan.docx").read_bytes()) == parts(template())


@pytest.mark.parametrize("period", [WHOLE, YEAR], ids=["plan", "période"])
@pytest.mark.parametrize("plan", one_in(3, ["vivant", "chaque état", "contrat"]))
def test_a_document_says_all_that_the_bilan_says(plan: str, period: tuple[Any, ...]) -> None:
    bilan, said = made(plan, *period), texts(written(plan, *period))
    assert not re.search(r"\{[{%#]|[%#}]\}|&#?\w+;", said)
    assert all(f"{one.nom}\n{one.nombre}" in said for one in bilan.chiffres)
    for orientation in bilan.orientations:
        assert f"{orientation.numero}. {orientation.titre}" in said
        assert orientation.compte in said
        for objectif in orientation.objectifs:
            assert objectif.titre in said
            for fact in (fact for heading in HEADINGS for fact in getattr(objectif, heading)):
                assert all(text in said for text in (fact.texte, fact.resultat, fact.precisions))
            for one in objectif.indicateurs:
                assert "\n".join((one.cible or "non fixée", one.atteint or "non consigné")) in said
    assert bool(bilan.argent) == ("L'argent" in said)
    for row in bilan.argent.lignes if bilan.argent else ():
        assert all(amount in said for amount in (row.sommes.nom, row.sommes.prevu, row.sommes.reel, row.pendant))


def test_what_came_of_an_action_stands_first_and_in_bold() -> None:
    paragraphs = Document(io.BytesIO(written("vivant", *WHOLE))).paragraphs
    (told,) = (one for one in paragraphs if "412 citoyens" in one.text)
    bold = "".join(run.text for run in told.runs if run.bold)
    assert bold == f"Réalisé{NB}:412 citoyens ont répondu à la consultation."
    assert told.text.index("412 citoyens") < told.text.index("S'assurer que")


def test_it_says_what_it_is_to_who_does_not_see_it() -> None:
    """A title, a language, headings in order, the heads of tables marked, no row cut in two."""
    document = Document(io.BytesIO(written("vivant", *YEAR)))
    properties = document.core_properties
    title = f"État d'avancement du plan stratégique – Bilan du 1er{NB}avril{NB}2020 au 31{NB}mars{NB}2021"
    assert (properties.title, properties.author, properties.language) == (title, "Le Pivot", "fr-CA")
    levels = [level for level, _ in headings(document)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(following <= level + 1 for level, following in itertools.pairwise(levels))
    for table in document.tables:
        marks = [{child.tag.rpartition("}")[2] for child in row._tr.trPr} for row in table.rows]
        assert all("cantSplit" in held for held in marks)
        assert ["tblHeader" in held for held in marks] == [True] + [False] * (len(marks) - 1)


def test_the_same_values_give_the_same_bytes() -> None:
    assert render_word("bilan", made("vivant", *WHOLE)) == written("vivant", *WHOLE)


@pytest.mark.lent
def test_hostile_texts_stay_texts() -> None:
    said = " ".join(texts(render_word("bilan", values("bilan", with_descriptions(HOSTILE_TEXTS)))).split())
    for hostile in HOSTILE_TEXTS:
        assert said.count(" ".join(hostile.split())) >= 3  # the objectif, its indicator, its action


@pytest.mark.lent
def test_nothing_internal_reaches_the_public() -> None:
    assert "INTERNE" not in texts(render_word("bilan", values("bilan", EVERY_ETAT)))


@pytest.mark.lent
def test_it_is_written_by_its_name_and_an_organisation_brings_its_own(tmp_path: Path) -> None:
    write_plan(tmp_path, SMALL)
    words = ("report", "bilan", "--au", "2020-01-15", "-o", "bilan.docx")
    assert pivot(*words, cwd=tmp_path).returncode == 0
    assert "Former un comité" in texts((tmp_path / "bilan.docx").read_bytes())
    own = Document()
    own.add_paragraph("Chez nous, {{ total }} actions.")
    (tmp_path / "templates").mkdir()
    own.save(str(tmp_path / "templates" / "bilan.docx"))
    assert pivot(*words, cwd=tmp_path).returncode == 0
    assert texts((tmp_path / "bilan.docx").read_bytes()) == "Chez nous, 2 actions."


# --- a real office suite ----------------------------------------------------------------------------------


@pytest.mark.lent
@pytest.mark.parametrize(("fonts", "most"), few(2, [("Calibri", 4), ("LibreOffice", 5)]))
def test_the_bilan_of_a_living_plan_is_whole_and_short(fonts: str, most: int, tmp_path: Path) -> None:
    have(fonts)
    (tmp_path / "bilan.vivant.docx").write_bytes(written("vivant", *WHOLE))
    assert faults({"bilan": tmp_path / "bilan.vivant.docx"}, tmp_path, fonts) == {"bilan": []}
    assert said_by("pdftotext", tmp_path / "bilan.pdf", "-").count("\f") <= most
