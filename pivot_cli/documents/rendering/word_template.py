"""Makes the Word template of the agenda, `templates/agenda/ordre-du-jour.docx`. After a change here:

    python -m pivot_cli.documents.rendering.word_template

writes it; a test compares the two. The whole agenda is one table, so that an organisation can change fonts, widths and
letterhead in Word without meeting the tags: a tag stands alone in its row, and docxtpl removes the row.
"""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from pivot_cli.documents.rendering.filling import packaged_templates
from pivot_cli.documents.rendering.word import without_clock
from pivot_cli.text import NBSP

if TYPE_CHECKING:
    from collections.abc import Iterator

_WIDTHS = (1.7, 7.6, 3.5, 2.3, 2.7)
_ANNEX_WIDTHS = (10.4, 3.4, 4.0)
_GREY = RGBColor(0x56, 0x60, 0x6B)
_HEADINGS = ("Heure", "Point", "Présenté par", "Durée", "But")


class _Table:
    """A table being filled: rows of texts, and rows that hold one tag."""

    def __init__(self, document: Any, widths: tuple[float, ...]) -> None:
        self.widths = widths
        self.table = document.add_table(rows=0, cols=len(widths))
        self.table.alignment = WD_TABLE_ALIGNMENT.LEFT
        self.table.autofit = False
        for column, width in zip(self.table.columns, widths, strict=True):
            column.width = Cm(width)

    def row(self, *texts: str, bold: bool = False, grey: bool = False, size: float = 0, rule: bool = False) -> Any:
        """A row of texts; the last one spans what is left."""
        row = self.table.add_row()
        for cell, width in zip(row.cells, self.widths, strict=True):
            cell.width = Cm(width)
        cells = list(row.cells[: len(texts)])
        if len(texts) < len(self.widths):
            cells[-1] = row.cells[len(texts) - 1].merge(row.cells[-1])
        for cell, text in zip(cells, texts, strict=True):
            _write(cell.paragraphs[0], text, bold=bold, grey=grey, size=size)
        _mark(row, "w:cantSplit")
        if rule:  # a title stays with what it announces
            for cell in row.cells:
                _border(cell)
                cell.paragraphs[0].paragraph_format.keep_with_next = True
        return row

    def heading(self, *texts: str) -> None:
        """The row that comes again at the top of each page."""
        row = self.row(*texts, bold=True, grey=True, size=9)
        _mark(row, "w:tblHeader")

    @contextmanager
    def block(self, tag: str) -> Iterator[None]:
        """What is repeated, or is there on a condition."""
        self.row(f"{{%tr {tag} %}}")
        yield
        self.row(f"{{%tr end{tag.split(maxsplit=1)[0]} %}}")


def _mark(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 - python-docx has no other way


def _write(paragraph: Any, text: str, *, bold: bool = False, grey: bool = False, size: float = 0) -> None:
    """A text in a paragraph; what stands between two asterisks is in bold."""
    for rank, part in enumerate(text.split("**")):
        if part:
            run = paragraph.add_run(part)
            run.bold = bold or rank % 2 == 1
            if grey:
                run.font.color.rgb = _GREY
            if size:
                run.font.size = Pt(size)


def _border(cell: Any) -> None:
    borders = OxmlElement("w:tcBorders")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "4"), ("color", "D8D2C4")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    cell._tc.get_or_add_tcPr().append(borders)  # noqa: SLF001 - python-docx has no other way


# --- the agenda -------------------------------------------------------------------------------------------


def _content(table: _Table, of: str) -> None:
    """What an item, or a part of one, says; `of` is its name in the template."""
    with table.block(f"if {of}.precision"):
        table.row("", f"{{{{ {of}.precision }}}}")
    with table.block(f"for phrase in {of}.paragraphes"):
        table.row("", "{{ phrase }}")
    with table.block(f"for titre in {of}.en_bloc"):
        table.row("", "• {{ titre }}")
    _facts(table, f"{of}.faits")
    with table.block(f"if {of}.cases"):
        _ticked(table, f"{of}.cases")
    with table.block(f"if {of}.dates"):
        table.row("", "Action", "Échéance actuelle", "Échéance fixée", bold=True, grey=True, size=9)
        with table.block(f"for ligne in {of}.dates"):
            who = "{% if ligne.precision %}, {{ ligne.precision }}{% endif %}"
            table.row("", "{{ ligne.titre }} ({{ ligne.id }})" + who, "{{ ligne.echeance }}", "____________________")
    with table.block(f"for dossier in {of}.dossiers"):
        table.row("", "**{{ dossier.titre }}**{% if dossier.id %} ({{ dossier.id }}){% endif %}")
        with table.block("if dossier.note"):
            table.row("", "{{ dossier.note | capitalize }}")
        with table.block("if dossier.lignes"):
            _ticked(table, "dossier.lignes")
        _facts(table, "dossier.faits")
    with table.block(f"if {of}.question"):
        table.row("", f"**{{{{ {of}.question }}}}**")
    with table.block(f"if {of}.resolution"):
        table.row("", f"**Projet de résolution{NBSP}:** {{{{ {of}.resolution }}}}")
    with table.block(f"for phrase in {of}.notes"):
        table.row("", "{{ phrase }}", grey=True)
    with table.block(f"for ligne in {of}.prochains"):
        table.row("", "• {{ ligne.titre }} ({{ ligne.echeance }}, {{ ligne.precision }}; {{ ligne.id }})")


def _facts(table: _Table, of: str) -> None:
    with table.block(f"for fait in {of}"):
        more = "{% if fait.quand %} ({{ fait.quand }}){% endif %}{% if fait.resultat %}. {{ fait.resultat }}{% endif %}"
        table.row("", "• {{ fait.texte }}" + more)


def _ticked(table: _Table, of: str) -> None:
    table.row("", "Engagement", "Échéance", "Faite / en cours", "Nouvelle échéance", bold=True, grey=True, size=9)
    with table.block(f"for ligne in {of}"):
        who = "{% if ligne.precision %}, {{ ligne.precision }}{% endif %}"
        table.row("", "{{ ligne.titre }} ({{ ligne.id }})" + who, "{{ ligne.echeance }}", "☐ / ☐", "____________")


def _joined(loop: str, each: str, between: str) -> str:
    return f"{{% for {loop} %}}{each}{{% if not loop.last %}}{between}{{% endif %}}{{% endfor %}}."


def _opening(document: Any) -> None:
    header = document.sections[0].header.paragraphs[0]
    _write(header, "{{ entete.organisme }}", bold=True)
    document.add_heading("{{ entete.titre }}", level=1)
    _write(
        document.add_paragraph(),
        "**{{ entete.sorte }}**{% if entete.nom %} · {{ entete.nom }}{% endif %}",
    )
    end = f"{{% if entete.fin %}} (fin prévue{NBSP}: {{{{ entete.fin }}}}){{% endif %}}"
    place = f"Lieu{NBSP}: {{{{ entete.lieu or '______________________' }}}}"
    link = "{% if entete.lien %} · {{ entete.lien }}{% endif %}"
    _write(document.add_paragraph(), "{{ entete.reunion }}" + end + " · " + place + link)
    for tag, text in (
        ("if entete.quorum", f"Quorum{NBSP}: {{{{ entete.quorum }}}}."),
        (
            "if entete.membres",
            f"Attendus{NBSP}: " + _joined("nom in entete.membres", "☐ {{ nom }}", ", "),
        ),
        ("for phrase in entete.avertissements", "**{{ phrase }}**"),
    ):
        document.add_paragraph(f"{{%p {tag} %}}")
        _write(document.add_paragraph(), text)
        document.add_paragraph(f"{{%p end{tag.split()[0]} %}}")


def _agenda(document: Any) -> None:
    table = _Table(document, _WIDTHS)
    table.heading(*_HEADINGS)
    with table.block("for point in points"):
        table.row(
            "{{ point.heure }}",
            "**{{ point.numero }}. {{ point.titre }}**",
            "{{ point.presente_par }}",
            "{{ point.duree }}",
            "{{ point.but | capitalize }}",
            rule=True,
        )
        _content(table, "point")
        with table.block("for partie in point.parties"):
            table.row(
                "",
                "**{{ partie.numero }} {{ partie.titre }}**",
                "{{ partie.presente_par }}",
                "{{ partie.duree }}",
                "{{ partie.but | capitalize }}",
                rule=True,
            )
            _content(table, "partie")
    document.add_paragraph("{%p if entete.depassement %}")
    _write(document.add_paragraph(), "**{{ entete.depassement }}**")
    document.add_paragraph("{%p endif %}")


def _references(document: Any) -> None:
    for tag, text in (
        (
            "if exemple",
            f"Les numéros comme {{{{ exemple }}}} renvoient au plan{NBSP}: orientation, volet, objectif, action.",
        ),
        (
            "if noms",
            _joined("nom in noms", f"{{{{ nom.nom }}}}{NBSP}: {{{{ nom.valeur }}}}", "; "),
        ),
    ):
        document.add_paragraph(f"{{%p {tag} %}}")
        _write(document.add_paragraph(), text, grey=True, size=9)
        document.add_paragraph("{%p endif %}")


def _annexes(document: Any) -> None:
    document.add_paragraph("{%p if annexe %}")
    heading = document.add_heading(f"Annexe{NBSP}: les échéances passées qui ne relèvent pas du conseil", level=2)
    heading.paragraph_format.page_break_before = True
    table = _Table(document, _ANNEX_WIDTHS)
    table.heading("Action", "Échéance", "Responsables")
    with table.block("for dossier in annexe"):
        table.row("**{{ dossier.titre }}** ({{ dossier.id }})", rule=True)
        with table.block("for ligne in dossier.lignes"):
            table.row("{{ ligne.titre }} ({{ ligne.id }})", "{{ ligne.echeance }}", "{{ ligne.precision }}")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p if consignes %}")
    after = document.add_heading(f"Après la séance{NBSP}: consigner ce qui a été décidé", level=2)
    after.paragraph_format.page_break_before = True
    document.add_paragraph(
        "Pour la personne qui consigne; cette page ne se distribue pas. "
        "Une ligne par action de l'ordre du jour, à taper là où se trouve le plan."
        "{% if a_completer %} Remplacez chaque "
        f'«{NBSP}…{NBSP}» (par exemple --statut réalisée --le "mai 2019", --statut "en cours" ou '
        '--reporter "Juin 2020" --motif "…"); retirez ce qui ne sert pas.{% endif %}'
    )
    document.add_paragraph("{%p for une in consignes %}")
    title = document.add_paragraph()
    _write(title, "{{ une.nom }}", grey=True, size=9)
    title.paragraph_format.keep_with_next = True
    command = document.add_paragraph()
    _write(command, "{{ une.valeur }}", size=9)
    command.runs[0].font.name = "Courier New"
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endif %}")


def _style(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.59), Cm(27.94)
    section.left_margin = section.right_margin = Cm(1.9)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(1.6)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10)
    normal.paragraph_format.space_after = Pt(2)
    for name, size in (("Heading 1", 20), ("Heading 2", 13)):
        heading = document.styles[name]
        heading.font.size, heading.font.color.rgb = Pt(size), RGBColor(0x1E, 0x28, 0x32)
        heading.paragraph_format.space_before = Pt(8)
        heading.paragraph_format.space_after = Pt(4)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "fr-CA")
    properties = document.core_properties
    properties.title = "{{ entete.titre }} – {{ entete.au }}"
    properties.author = "{{ entete.organisme }}"
    properties.comments, properties.language = "", "fr-CA"


def template() -> bytes:
    """The template, the same bytes each time."""
    document = Document()
    _style(document)
    _opening(document)
    _agenda(document)
    _references(document)
    _annexes(document)
    made = io.BytesIO()
    document.save(made)
    return without_clock(made.getvalue())


if __name__ == "__main__":
    (packaged_templates() / "agenda" / "ordre-du-jour.docx").write_bytes(template())
