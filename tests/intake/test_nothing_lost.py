"""Nothing is lost, nothing is invented: each word of each cell of a generated document is in the plan, in a comment, in
a question, or in the list of what was left out; and whatever the document, the plan is valid.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from datetime import date
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE as CONTROLS
from openpyxl.cell.cell import MergedCell
from pace import examples
from support import load_bytes

from intake.make import Block, Rows, word, written
from intake.workbooks import Value, fill, saved
from pivot_cli.echeance import Conventions
from pivot_cli.finding import Gravite, PivotError
from pivot_cli.intake.files import Answers, composed
from pivot_cli.intake.people import gathered
from pivot_cli.intake.plan import read_plan
from pivot_cli.received.cells import Source
from pivot_cli.received.delimited import read_delimited
from pivot_cli.received.opendocument import read_opendocument
from pivot_cli.received.word import read_word
from pivot_cli.received.workbook import read_workbook
from pivot_cli.text import fold

HEADERS = (
    *("Action", "Mesures", "Objectif", "Axe", "Orientation", "Volet", "Description", "Sous-actions", "N°", "Échéance"),
    *("Responsable", "Service", "Personne", "Partenaires", "Début", "Fin", "Statut", "Réalisé", "Budget", "Coût réel"),
    *("Source de financement", "Indicateurs", "Cible", "Atteint", "Résultat", "Commentaires", "Priorité", "Lien"),
    *("Date du suivi", "Remarques au 31 mars 2021", "Colonne inconnue"),
)
_WORDS = (
    "Former¦le comité¦de la rue¦et¦(CA)¦DG¦+¦,¦;¦/¦«Élan»¦#Pivot¦R&D¦100 %¦Mars 2020¦2021¦en continu¦44348¦1.¦1.2¦A-3¦"
    "- ¦• ¦\n¦\n- ¦:¦'¦\"¦=1+1¦Axe 2¦Objectif 1 :¦Volet¦idem¦Total¦X¦oui¦FAUX¦terminé¦en cours¦12 500 $¦l’eau¦Ex.¦*¦"
    "(nommer)¦N.B.¦https://exemple.org/a?b=1¦{x}¦[y]¦|¦\\¦%¦@¦`¦é̀¦œuvre¦Marie Tremblay¦(R)¦(P)¦5 à 10 k$¦à faire¦s/o¦"
    "DRH & DRM¦A.C.E.F. & amis¦&¦北京¦…¦\t¦oui: non¦Sous-total¦null¦~¦"
    "☐ À faire ☒ Fini¦Léa¹¦01/09/2024¦30/06/2025¦– Responsable : Nadia, Luc et Omar¦Octobre¦Indicateurs : dix¦T3"
)
WORDS = st.sampled_from(_WORDS.split("¦"))
CELL = st.one_of(st.just(""), st.lists(WORDS, min_size=1, max_size=6).map(" ".join))


_SIGNS = 0x1F300  # pictures, of which each cell may have one of its own


@st.composite
def tables(draw: st.DrawFn) -> Rows:
    """A table of actions, each of its cells marked by a word of its own."""
    headers = draw(st.lists(st.sampled_from(HEADERS), min_size=3, max_size=9, unique=True))
    rows = [[*headers]]
    for y in range(draw(st.integers(1, 6))):
        cells = [draw(CELL) for _ in headers]
        marks = [draw(st.sampled_from(("", f"zq{y}x{x}", chr(_SIGNS + 16 * y + x)))) for x, _ in enumerate(cells)]
        alone = draw(st.booleans())  # a sign may be all that a cell holds
        rows.append(
            [f"{cell} {sign}".strip() if cell or alone else cell for cell, sign in zip(cells, marks, strict=True)]
        )
    return rows


def words_in(text: str) -> Counter[str]:
    """The words of a text, and the pictures in it."""
    return Counter(re.findall(rf"\w+|[{chr(_SIGNS)}-{chr(_SIGNS + 0x8F)}]", fold(text.replace("’", "'"))))


def lost(document: Source) -> list[str]:
    """The words of each cell that are nowhere in what a document gives; those of a document without action are none."""
    try:
        read = read_plan(document, Conventions())
    except PivotError:
        return []
    made = composed(read.draft, Answers(nom="L'Essai"), document.name)
    findings = load_bytes(made.files)[1]
    assert [f"{one.location}: {one.message}" for one in findings if one.gravite is Gravite.ERREUR] == []
    told = [*made.texts(), *(one.texte for one in read.left)]
    known = words_in("\n".join(told))
    marks = {"x", "oui", "idem"}  # what a mark or a repetition says is said otherwise
    return [
        f"{piece.place}: {word} ({piece.text!r})"
        for piece in document.pieces()
        for word in words_in(piece.text)
        if (len(word) > 1 or word >= chr(_SIGNS)) and word not in known and word not in marks
    ]


@pytest.mark.lent
@settings(max_examples=examples(30, 300))
@given(tables(), st.sampled_from(",;\t"))
def test_no_word_of_a_csv_is_lost(rows: Rows, separator: str) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    try:
        document = read_delimited(text.getvalue().encode(), "table.csv")
    except PivotError:
        return
    assert lost(document) == []


@pytest.mark.lent
@settings(max_examples=examples(4, 60))
@given(tables(), CELL)
def test_no_word_of_a_word_document_is_lost(rows: Rows, around: str) -> None:
    cells: Rows = [[cell.removeprefix("#").removeprefix("!") for cell in row] for row in rows]
    line = around.replace("\n", " ")
    blocks: list[Block] = [
        ("h1", line),
        ("b", "Orientation 1 : Essayer"),
        ("p", line),
        ("-", line),
        cells,
        ("b", line),
        cells[1:],
    ]
    assert lost(read_word(written(word(blocks)), "table.docx")) == []


VALUES = st.one_of(
    *(
        st.just(None),
        CELL,
        CELL,
        st.integers(-5, 60_000),
        st.floats(0, 9000).map(lambda one: round(one, 2)),
        st.booleans(),
    ),
    st.dates(date(1990, 1, 1), date(2060, 1, 1)),
    st.sampled_from(["=A1", "#REF!", "<", "^"]),
)
FORMS = ("General", "yyyy-mm-dd", "mmm yyyy", "0%", "#,##0.00 $", '"zq"0', "@")


@st.composite
def workbooks(draw: st.DrawFn) -> bytes:
    """A workbook of one to three sheets of any values, under headers or not, with merged cells."""
    book = Workbook()
    for n in range(draw(st.integers(1, 3))):
        headers: list[Value] = [*draw(st.lists(st.sampled_from(HEADERS), min_size=3, max_size=7, unique=True))]
        body = [[None, *(draw(VALUES) for _ in headers[1:])] for _ in range(draw(st.integers(0, 5)))]
        for one in body:
            one[0] = draw(st.one_of(CELL, st.integers(0, 50_000), st.just("^")))
        rows = [headers, *body] if draw(st.booleans()) else [headers[:1], headers, *body]
        sheet = book.create_sheet(f"{draw(st.sampled_from(('Axe', 'Feuil', 'Liste', '2025')))} {n}")
        fill(sheet, [[CONTROLS.sub("", one) if isinstance(one, str) else one for one in row] for row in rows])
        for row in sheet.iter_rows():
            for cell in row:
                if not isinstance(cell, MergedCell):
                    cell.number_format = draw(st.sampled_from(FORMS))
        sheet.sheet_state = draw(st.sampled_from(("visible", "visible", "hidden")))
    del book["Sheet"]
    book.worksheets[0].sheet_state = "visible"
    return saved(book)


@settings(max_examples=examples(8, 30))
@given(workbooks())
def test_no_word_of_a_workbook_is_lost(data: bytes) -> None:
    assert lost(read_workbook(data, "table.xlsx")) == []


_ODS = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet
><table:table table:name="Plan">{}</table:table></office:spreadsheet></office:body>
</office:document-content>"""


def as_ods(rows: Rows) -> bytes:
    """A workbook of LibreOffice, of texts."""

    def cell(text: str) -> str:
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
        return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'

    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        new.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        body = (f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
        new.writestr("content.xml", _ODS.format("".join(body)))
        new.writestr("META-INF/manifest.xml", "<manifest/>")
    return made.getvalue()


@settings(max_examples=examples(8, 30))
@given(tables())
def test_no_word_of_a_workbook_of_libreoffice_is_lost(rows: Rows) -> None:
    assert lost(read_opendocument(as_ods(rows), "table.ods")) == []


@pytest.mark.lent
@settings(max_examples=examples(30, 300))
@given(st.lists(st.one_of(CELL, st.text(st.sampled_from("AbÉ&.-_'’ (2北"), min_size=1)), min_size=1, max_size=8))
def test_each_name_has_a_code_of_its_own_that_a_plan_may_hold(names: list[str]) -> None:
    codes = [who.code for who in gathered(names)[0]]
    assert [code for code in codes if not re.fullmatch("[A-Za-z0-9][A-Za-z0-9_-]{0,19}", code)] == []
    assert len(set(map(fold, codes))) == len(codes)


def test_a_number_that_numbers_nothing_is_a_title() -> None:
    read = read_plan(read_delimited(b"Action;Qui;Quand\nAct 1;A;2025\nAct 2;B;2026\n", "table.csv"), Conventions())
    assert [one.description for one in read.draft.actions()] == ["Act 1", "Act 2"]


def test_a_name_that_is_known_is_parted_from_another_whatever_its_commas() -> None:
    service = "Service des loisirs, de la culture et de la vie communautaire"
    rows = f'Action,Responsable\nPlanter,"{service}"\nSemer,"Urbanisme et {service}"\n'
    read = read_plan(read_delimited(rows.encode(), "table.csv"), Conventions())
    assert [one.responsables for one in read.draft.actions()] == [[service], ["Urbanisme", service]]


def test_what_is_lost_all_the_same_is_told() -> None:
    read = read_plan(read_delimited(b"Action;Qui\nFormer le comite;DG\n", "table.csv"), Conventions())
    assert [one.texte for one in read.unsaid(["Former un comite"])] == ["DG"]
    assert read.unsaid(["former les comites dg"]) == []
