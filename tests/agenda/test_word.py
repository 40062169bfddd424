"""The agenda in Word: its template, what it holds, and how an office suite renders it."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from pace import one_in
from support import ROOT, SHIPPED, pivot, write_plan

from agenda.components import absent
from agenda.plans import EVERY_PLACE, agenda
from agenda.test_documents import HOSTILE, with_texts
from pivot_cli.documents.rendering.word import render_word
from pivot_cli.documents.rendering.word_template import template
from pivot_cli.finding import PivotError

NAME = "agenda/ordre-du-jour"
NB = "\N{NO-BREAK SPACE}"


def texts(document: bytes) -> str:
    opened = Document(io.BytesIO(document))
    found = [paragraph.text for paragraph in opened.paragraphs]
    found += [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return "\n".join(found)


def test_the_template_is_what_its_script_makes() -> None:
    """After a change of the script: `python -m pivot_cli.documents.rendering.word_template`."""
    shipped = ROOT / "templates" / "agenda" / "ordre-du-jour.docx"
    assert parts(shipped.read_bytes()) == parts(template())


def parts(archive: bytes) -> dict[str, bytes]:
    """What an archive holds, however it was compressed."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in sorted(opened.namelist())}


@pytest.mark.lent
@pytest.mark.parametrize("asked", [{}, {"type": "aga"}], ids=["ca", "aga"])
@pytest.mark.parametrize("files", one_in(2, [EVERY_PLACE, None]), ids=["essai", "adopté"])
def test_a_document_says_all_that_the_agenda_says(files: Any, asked: dict[str, Any]) -> None:
    made = agenda(files, heure=19 * 60, **asked)
    document = render_word(NAME, made)
    said = texts(document)
    for point in made.points:
        assert f"{point.numero}. {point.titre}" in said
        for one in (point, *point.parties):
            shown = [one.titre, one.precision, *one.paragraphes, *one.notes, *one.en_bloc]
            shown += [line.titre for line in (*one.cases, *one.dates, *one.prochains)]
            shown += [line.titre for dossier in one.dossiers for line in dossier.lignes]
            shown += [fact.texte for dossier in one.dossiers for fact in dossier.faits]
            if one.decision:
                asked_of = one.decision
                shown += [asked_of.question, asked_of.contexte, asked_of.argent, asked_of.recommandation]
                shown += [*asked_of.resolutions, *(box.texte for line in asked_of.lignes for box in line.cases)]
            for text in shown:
                assert text in said, text
    assert all(line.titre in said for dossier in made.annexe for line in dossier.lignes)
    assert "pivot note" not in said
    assert not re.search(r"\{[{%#]|[%#}]\}", said)
    assert render_word(NAME, made) == document


@pytest.mark.lent
def test_hostile_texts_lose_no_row() -> None:
    texts_ = (*HOSTILE, "fin \ufffe de texte")
    made = agenda(with_texts(texts_))
    said = texts(render_word(NAME, made))
    for part in made.points[4].parties:
        for line in part.cases:
            assert line.titre.replace("\ufffe", "\N{REPLACEMENT CHARACTER}") in said
        if part.decision:
            assert part.decision.question.replace("\ufffe", "\N{REPLACEMENT CHARACTER}") in said
    lines = [part.cases + (part.decision.lignes if part.decision else ()) for part in made.points[4].parties]
    assert sum(map(len, lines)) == 2 * len(texts_)


# --- the organisation's own -------------------------------------------------------------------------------


def own_template(folder: Path, *paragraphs: str) -> Path:
    (folder / "agenda").mkdir()
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(str(folder / "agenda" / "ordre-du-jour.docx"))
    return folder


def test_an_organisation_brings_its_own_letterhead(tmp_path: Path) -> None:
    own = own_template(tmp_path, "Papier à en-tête", "{{ entete.reunion }}")
    said = texts(render_word(NAME, agenda(EVERY_PLACE), own))
    assert said.startswith(f"Papier à en-tête\nRéunion du mercredi{NB}15{NB}janvier{NB}2020")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ mystere }}", "le nom « mystere » n'existe pas dans ce document"),
        ("{% if points %}", "le gabarit finit sans que « if » soit fermée"),
        ("{{ ''.__class__.__mro__ }}", "n'est pas permis dans un gabarit"),
        ("{{ 1 // 0 }}", "que l'on peut remplir"),
    ],
)
def test_a_broken_template_is_explained(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(PivotError) as refused:
        render_word(NAME, agenda(EVERY_PLACE), own_template(tmp_path, text))
    assert message in refused.value.message.replace(NB, " ")
    assert "ordre-du-jour.docx" in refused.value.message


@pytest.mark.parametrize("data", [b"", b"du texte", b"PK\x03\x04"])
def test_a_template_that_is_not_word_is_explained(tmp_path: Path, data: bytes) -> None:
    own_template(tmp_path)
    (tmp_path / "agenda" / "ordre-du-jour.docx").write_bytes(data)
    with pytest.raises(PivotError, match="n'est pas un document Word"):
        render_word(NAME, agenda(EVERY_PLACE), tmp_path)


def test_an_archive_that_is_not_word_is_explained(tmp_path: Path) -> None:
    own_template(tmp_path)
    with zipfile.ZipFile(tmp_path / "agenda" / "ordre-du-jour.docx", "w") as archive:
        archive.writestr("rien.txt", "rien")
    with pytest.raises(PivotError, match="n'est pas un document Word"):
        render_word(NAME, agenda(EVERY_PLACE), tmp_path)


def test_what_to_install_is_said_on_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docxtpl", None)
    with pytest.raises(PivotError) as refused:
        render_word(NAME, agenda(EVERY_PLACE), tmp_path)
    said = 'il manque docxtpl, pour Word : pip install "pivot-cli[documents]"'
    assert refused.value.message.replace(NB, " ") == said
    assert refused.value.remedy == ""


# --- a real office suite ----------------------------------------------------------------------------------


def pages_of(document: Path) -> list[str]:
    """The text of each page, as LibreOffice lays the document out."""
    for program in ("soffice", "pdftotext"):
        absent(program)
    profile = f"-env:UserInstallation={(document.parent / 'profil').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(document.parent), str(document)]
    subprocess.run(convert, check=True, capture_output=True, timeout=180)
    pdf = document.with_suffix(".pdf")
    read = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, timeout=60)
    return read.stdout.decode("utf-8").split("\f")[:-1]


@pytest.mark.lent
@pytest.mark.complet
def test_an_office_suite_lays_it_out_on_three_pages_and_an_annex(tmp_path: Path) -> None:
    absent("soffice")
    write_plan(tmp_path, None)
    words = ("--plan", str(SHIPPED), "--date", "2020-01-15", "--heure", "19 h")
    done = pivot("agenda", *words, "-o", "odj.docx", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    pages = pages_of(tmp_path / "odj.docx")
    annex = next(rank for rank, page in enumerate(pages) if re.search(r"Annexe\s:", page))
    assert annex == 3
    assert len(pages) <= 6
    first, third = pages[0].replace(NB, " "), pages[2].replace(NB, " ")
    for said in (
        "Le Pivot",
        "Projet d'ordre du jour",
        "Conseil d'administration",
        "Mettre en place des mécanismes",
    ):
        assert said in first
    assert sum(page.count("☐") for page in pages[:annex]) == 9 * 5 + 3 * 3 + 2 * (5 + 4)
    assert first.count("Il est proposé par") >= 1
    for said in ("Levée de la séance", "Heure"):
        assert said in third
