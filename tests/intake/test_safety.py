"""Documents that anyone sends: what is hostile, locked, broken or of another kind is refused in words; nothing is
written, nothing is fetched, nothing is run.
"""

from __future__ import annotations

import io
import socket
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from pace import one_in, table
from support import pivot

from intake.make import HERE, rewritten
from pivot_cli.finding import PivotError
from pivot_cli.received import archive, delimited
from pivot_cli.received.archive import Archive
from pivot_cli.received.word import read_word
from pivot_cli.received.workbook import read_workbook

PLAIN = (HERE / "mada.docx").read_bytes()
RELATION = '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" '
REMOTE = RELATION + 'Target="{}" TargetMode="External"/></Relationships>'


def with_relation(kind: str, target: str) -> bytes:
    """A document with something that stands elsewhere."""
    changes = {"</Relationships>": REMOTE.format(kind, target)}
    return rewritten(PLAIN, {"word/_rels/document.xml.rels": changes})


def with_part(name: str, content: str) -> bytes:
    return rewritten(PLAIN, {}, {name: content})


def with_xml(before: str, after: str) -> bytes:
    return rewritten(PLAIN, {"word/document.xml": {before: after}})


def bomb(size: int) -> bytes:
    """A document whose text takes a thousand times its size once unpacked."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        new.writestr("[Content_Types].xml", "<Types/>")
        new.writestr("word/document.xml", b"<a>" + b" " * size + b"</a>")
    return made.getvalue()


def lying(data: bytes) -> bytes:
    """The same archive, whose parts pretend to hold ten bytes."""
    made = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        for part in old.infolist():
            at = made.index(b"PK\x01\x02", old.start_dir)
            while made[at + 46 : at + 46 + len(part.filename)].decode() != part.filename:
                at = made.index(b"PK\x01\x02", at + 4)
            made[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return bytes(made)


BOOK = (HERE / "suivi-annuel.xlsx").read_bytes()
MERGED = '<mergeCell ref="A1:XFD1048576" />'
SQUARE = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'


def in_sheet(before: str, after: str) -> bytes:
    """A workbook with something else in its plan."""
    return rewritten(BOOK, {"xl/worksheets/sheet2.xml": {before: after}})


def outside_book(kind: str, target: str) -> bytes:
    changes = {"</Relationships>": REMOTE.format(kind, target)}
    return rewritten(BOOK, {"xl/_rels/workbook.xml.rels": changes})


CONTENT = '<office:spreadsheet xmlns:office="o" xmlns:table="t" xmlns:xlink="l">{}</office:spreadsheet>'
ROW = '<table:table table:name="a"><table:table-row table:number-rows-repeated="{}"><table:table-cell {}><p>x</p>'
ROW += "</table:table-cell></table:table-row></table:table>"


def ods(content: str, **parts: str) -> bytes:
    """A workbook of LibreOffice, by what it holds."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        new.writestr("content.xml", content)
        for name, text in parts.items():
            new.writestr(name, text)
    return made.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><w:document'
DEEP = "<w:p>" + "<w:ins>" * 60_000 + "</w:ins>" * 60_000 + "</w:p>"
OUTSIDE = "contient un lien vers l'extérieur"
REFUSED: list[tuple[str, bytes | Callable[[], bytes], str]] = [  # a name, the bytes (or what makes them), what is said
    ("verrou.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "est protégé par un mot de passe"),
    ("vieux.docx", OLE, "est dans un ancien format d'Office"),
    ("vide.docx", b"", "est abîmé"),
    ("coupe.docx", PLAIN[: len(PLAIN) // 2], "est abîmé"),
    ("texte.docx", b"Bonjour", "est abîmé"),
    ("gonfle.docx", lambda: bomb(30_000_000), "est démesuré"),
    ("menteur.docx", lambda: lying(bomb(30_000_000)), "est abîmé"),
    ("entites.docx", with_xml("<w:document", LAUGHS), "est abîmé"),
    ("profond.docx", with_xml("<w:sectPr", DEEP + "<w:sectPr"), "est démesuré"),
    ("tronque.docx", with_xml("</w:document>", ""), "est abîmé"),
    ("macros.docx", with_part("word/vbaProject.bin", "x"), "contient des macros"),
    ("controle.docx", with_part("word/activeX/activeX1.xml", "<a/>"), "contient des macros"),
    ("image.docx", with_relation("image", "https://exemple.org/a.png"), OUTSIDE),
    ("objet.docx", with_relation("oleObject", "file:///C:/a.xls"), OUTSIDE),
    ("modele.docx", with_relation("attachedTemplate", "https://exemple.org/a.dotm"), OUTSIDE),
    ("partage.docx", with_relation("attachedTemplate", "\\\\serveur\\a.dotm"), OUTSIDE),
    ("morceau.docx", with_relation("aFChunk", "http://exemple.org/a.html"), OUTSIDE),
    ("sans-corps.docx", rewritten(PLAIN, {"_rels/.rels": {"word/document": "word/absent"}}), "n'est pas un document"),
    ("verrou.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "est protégé par un mot de passe"),
    ("coupe.xlsx", BOOK[: len(BOOK) // 2], "est abîmé"),
    ("gonfle.xlsx", lambda: rewritten(BOOK, {}, {"xl/sheet9.xml": "<a>" + " " * 30_000_000 + "</a>"}), "est démesuré"),
    ("entites.xlsx", in_sheet("<worksheet", '<!DOCTYPE w [<!ENTITY a "ha">]><worksheet'), "est abîmé"),
    ("tronque.xlsx", in_sheet("</worksheet>", ""), "est abîmé"),
    ("fusion.xlsx", in_sheet('<mergeCell ref="A1:I1"/>', MERGED), "est démesuré"),
    ("macros.xlsm", rewritten(BOOK, {}, {"xl/vbaProject.bin": "x"}), "contient des macros"),
    ("vieilles-macros.xlsx", rewritten(BOOK, {}, {"xl/macrosheets/sheet1.xml": "<a/>"}), "contient des macros"),
    ("lien.xlsx", outside_book("externalLinkPath", "https://exemple.org/b.xlsx"), OUTSIDE),
    ("verrou.ods", ods("x", **{"META-INF/manifest.xml": "<encryption-data/>"}), "est protégé par un mot de passe"),
    ("macros.ods", ods("x", **{"Basic/Standard/a.xml": "<a/>"}), "contient des macros"),
    ("texte.ods", ods("<a/>"), "n'est pas un classeur"),
    ("entites.ods", ods('<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "est abîmé"),
    ("rangees.ods", ods(CONTENT.format(ROW.format(10**9, ""))), "est démesuré"),
    ("colonnes.ods", ods(CONTENT.format(ROW.format(1, f'table:number-columns-repeated="{10**9}"'))), "est démesuré"),
    ("lien.ods", ods(CONTENT.format('<table:table-source xlink:href="https://exemple.org/b.ods"/>')), OUTSIDE),
    ("image.ods", ods(CONTENT.format('<image xlink:href="https://exemple.org/b.png"/>')), OUTSIDE),
    ("binaire.csv", b"a;b\0c;d", "n'est pas du texte"),
    ("une-colonne.csv", "Action\nFormer un comité\n".encode(), "ne contient pas de tableau"),
    ("autre.json", b'{"nom": "Essai"}', "n'est pas un plan que pivot a exporté"),
    ("profond.json", b"[" * 100_000, "est abîmé"),
    ("nombre.json", b'{"actions": [{"numero": NaN}]}', "est abîmé"),
    ("sans-action.csv", b"Nom;Courriel\nA;b@c.org\n", "aucune action n'est trouvée"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is fetched: no address can be reached, nor asked for."""

    def reached(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(socket.socket, "connect", reached)
    monkeypatch.setattr(socket, "getaddrinfo", reached)


@pytest.mark.parametrize(("name", "data", "told"), one_in(3, REFUSED), ids=[row[0] for row in REFUSED])
def test_it_is_refused_in_words(name: str, data: bytes | Callable[[], bytes], told: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data if isinstance(data, bytes) else data())
    done = pivot("init", "plan", "--de", name, "--sans-question", cwd=tmp_path)
    said = done.stderr.replace("\N{NO-BREAK SPACE}", " ")
    assert (done.returncode, done.stdout) == (3, "")
    assert told in said
    assert len(said.splitlines()) >= 2, "what to do is told"
    assert [path.name for path in tmp_path.iterdir()] == [name]


@table(
    ("name", "told"),
    [
        ("plan.doc", "enregistrez-le en « .docx »"),
        ("plan.PDF", "Prenez le document Word dont il vient"),
        ("plan.odt", "enregistrez-le en « .docx »"),
        ("plan.docm", "macros"),
        ("plan.numbers", "Exporter vers, Excel"),
        ("plan.gsheet", "Télécharger, Microsoft Excel"),
        ("https://docs.google.com/spreadsheets/d/1/edit", "Télécharger, puis donnez le fichier"),
        ("docs.google.com/document/d/1", "Télécharger, puis donnez le fichier"),
    ],
)
def test_another_kind_is_told_how_to_be_saved(name: str, told: str, tmp_path: Path) -> None:
    if "/" not in name:
        (tmp_path / name).write_bytes(b"x")
    done = pivot("init", "plan", "--de", name, "--sans-question", cwd=tmp_path)
    assert done.returncode == 2
    assert told in " ".join(done.stderr.replace("\N{NO-BREAK SPACE}", " ").split())
    assert not (tmp_path / "plan").exists()


def zipped(*parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        for part in parts:
            new.writestr(part, "application/vnd.oasis.opendocument.text" if part == "mimetype" else "<a/>")
    return made.getvalue()


@table(
    ("name", "data", "told"),
    [
        ("plan.docx", b"%PDF-1.7", "est en fait un fichier .pdf"),
        ("plan.csv", b"%PDF-1.7", "est en fait un fichier .pdf"),
        ("plan.docx", rb"{\rtf1 a}", "est en fait un fichier .rtf"),
        ("plan.csv", b"\xef\xbb\xbf\n<HTML><table>", "est en fait un fichier .html"),
        ("plan.docx", zipped("mimetype"), "est en fait un fichier .odt"),
        ("plan.docx", zipped("ppt/presentation.xml"), "est en fait un fichier .pptx"),
        ("plan.csv", OLE, "est dans un ancien format d'Office"),
    ],
)
def test_a_file_under_another_ending_is_known_for_what_it_is(name: str, data: bytes, told: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    done = pivot("init", "plan", "--de", name, "--sans-question", cwd=tmp_path)
    assert (done.returncode in (2, 3), told in " ".join(done.stderr.split())) == (True, True), done.stderr


@table("name", ["plan.doc", "plan.csv", "plan"])
def test_a_word_document_is_read_under_any_ending(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(PLAIN)
    done = pivot("init", "plan-neuf", "--de", name, "--essai", cwd=tmp_path)
    assert (done.returncode, "Espaces extérieurs" in done.stdout) == (0, True), done.stderr


def test_a_file_of_200_megabytes_is_not_read(tmp_path: Path) -> None:
    for name in ("gros.docx", "gros.csv"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(200 * 1024 * 1024)
        done = pivot("init", "plan", "--de", name, "--sans-question", cwd=tmp_path)
        assert (done.returncode, "est démesuré" in done.stderr) == (3, True)
    assert archive.MOST_BYTES < 200 * 1024 * 1024 > delimited.MOST_BYTES


@pytest.mark.parametrize("name", ["absent.docx", ".", "dossier.docx"])
def test_what_is_no_file_is_told(name: str, tmp_path: Path) -> None:
    (tmp_path / "dossier.docx").mkdir()
    done = pivot("init", "plan", "--de", name, "--sans-question", cwd=tmp_path)
    assert done.returncode == 3
    assert "Erreur" in done.stderr
    assert "interne" not in done.stderr


def test_hyperlinks_and_the_template_of_a_computer_are_harmless() -> None:
    for kind, target in (("hyperlink", "https://exemple.org"), ("attachedTemplate", "file:///C:/Users/a/Normal.dotm")):
        assert read_word(with_relation(kind, target), "a.docx").tables


@pytest.mark.lent
def test_a_text_at_the_end_of_a_sheet_takes_no_more_rows_than_it_needs() -> None:
    plan = read_workbook(in_sheet("</sheetData>", SQUARE), "a.xlsx").tables[1]
    assert (len(plan.rows), plan.rows[-1][-1].place) == (14, "Plan d'action, XFD1048576")


def test_every_part_is_read_in_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "_MOST_XML", 1000)
    with pytest.raises(PivotError, match="démesuré"):
        read_word(PLAIN, "a.docx")
    monkeypatch.setattr(archive, "_MOST_PARTS", 3)
    with pytest.raises(PivotError, match="démesuré"):
        Archive(PLAIN, "a.docx")
