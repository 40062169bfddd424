"""The Word template of the agenda, which `python -m pivot_cli.documents.rendering.word_template` writes.

The whole agenda is one table, so that an organisation can change fonts, widths and letterhead in Word without meeting
the tags: a tag stands alone in its row, and docxtpl removes the row.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from textwrap import indent
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from pivot_cli.documents.rendering.filling import packaged_templates
from pivot_cli.documents.rendering.word import without_clock
from pivot_cli.text import NBSP

# A line is a paragraph or, below « % tableau » and the widths of its columns in centimetres, a row: « ¦ » parts its
# cells, the last one spans what is left. « % » opens a tag, or a table, that ends with the lines indented below it;
# « = » stands for one of the parts, about something. « [gris] » is one of the looks; what stands between two asterisks
# is in bold; « ~ » is a space where no line breaks.
_AGENDA = """\
[titre]{{ entete.titre }}
**{{ entete.sorte }}**{% if entete.nom %} · {{ entete.nom }}{% endif %}
{{ entete.reunion }}{% if entete.fin %} (fin prévue~: {{ entete.fin }}){% endif %} · Lieu~: \
{{ entete.lieu or '______________________' }}{% if entete.lien %} · {{ entete.lien }}{% endif %}
% if entete.quorum
    Quorum~: {{ entete.quorum }}.
% if entete.membres
    Attendus~: {% for nom in entete.membres %}☐ {{ nom }}{% if not loop.last %}, {% endif %}{% endfor %}.
% for phrase in entete.avertissements
    **{{ phrase }}**
% tableau 1.7 7.6 3.5 2.3 2.7
    [entete]Heure¦Point¦Présenté par¦Durée¦But
    % for point in points
        [filet]{{ point.heure }}¦**{{ point.numero }}. {{ point.titre }}**¦= qui point
        = dire point
        % for partie in point.parties
            [filet]¦**{{ partie.numero }} {{ partie.titre }}**¦= qui partie
            = dire partie
% if entete.depassement
    **{{ entete.depassement }}**
% if exemple
    [petit]Les numéros comme {{ exemple }} renvoient au plan~: {{ mots.niveaux }}.
% if noms
    [petit]{% for nom in noms %}{{ nom.nom }}~: {{ nom.valeur }}{% if not loop.last %}; {% endif %}{% endfor %}.
% if annexe
    [section]Annexe~: les échéances passées qui ne relèvent pas {{ mots.du_conseil }}
    % tableau 8.4 2.9 3.6 2.9
        [entete]{{ mots.action.titre }}¦Échéance¦Consigné¦Responsables
        % for dossier in annexe
            [filet]**{{ dossier.titre }}** ({{ dossier.id }})
            % for ligne in dossier.lignes
                {{ ligne.titre }} ({{ ligne.id }})¦{{ ligne.echeance }}¦\
{{ ligne.consigne or 'à confirmer' }}¦{{ ligne.precision }}
% if consignes
    [section]Après la séance~: consigner ce qui a été décidé
    [uni]Pour la personne qui consigne; cette page ne se distribue pas. Une ligne par {{ mots.action.singulier }} de \
l'ordre du jour, à taper là où se trouve le plan.{% if a_completer %} Remplacez chaque «~…~» (par exemple --statut \
réalisée --le "mai 2019", --statut "en cours" ou --reporter "Juin 2020" --motif "…"); retirez ce qui ne sert pas.\
{% endif %}
    % for une in consignes
        [annonce]{{ une.nom }}
        [commande]{{ une.valeur }}
"""
_PARTS = {
    "qui": "{{ UN.presente_par }}¦{{ UN.duree }}¦{{ UN.but | capitalize }}",
    "dire": """\
% if UN.precision
    ¦{{ UN.precision }}
% for phrase in UN.paragraphes
    ¦{{ phrase }}
% for titre in UN.en_bloc
    ¦• {{ titre }}
= faits UN.faits
= cocher UN.cases
% if UN.dates
    [colonnes]¦{{ mots.action.titre }}¦Échéance actuelle¦Échéance fixée
    % for ligne in UN.dates
        ¦= ligne ligne¦{{ ligne.echeance }}{% if ligne.consigne %} ({{ ligne.consigne }}){% endif %}¦\
____________________
% for dossier in UN.dossiers
    ¦**{{ dossier.titre }}**{% if dossier.id %} ({{ dossier.id }}){% endif %}
    % if dossier.note
        ¦{{ dossier.note | capitalize }}
    = cocher dossier.lignes
    = faits dossier.faits
% if UN.question
    ¦**{{ UN.question }}**
% if UN.resolution
    ¦**Projet de résolution~:** {{ UN.resolution }}
% for phrase in UN.notes
    [gris]¦{{ phrase }}
% for ligne in UN.prochains
    ¦• {{ ligne.titre }} ({{ ligne.echeance }}, {{ ligne.precision }}\
{% if ligne.consigne %}; {{ ligne.consigne }}{% endif %}; {{ ligne.id }})
""",
    "cocher": """\
% if UN
    [colonnes]¦{{ mots.engagement.titre }}¦Échéance¦{{ mots.faite }} / en cours¦Nouvelle échéance
    % for ligne in UN
        ¦= ligne ligne¦{{ ligne.echeance }}{% if ligne.consigne %} ({{ ligne.consigne }}){% endif %}¦\
☐ / {% if ligne.en_cours %}☒{% else %}☐{% endif %}¦____________
""",
    "faits": """\
% for fait in UN
    ¦• {{ fait.texte }}{% if fait.quand %} ({{ fait.quand }}){% endif %}\
{% if fait.resultat %}. {{ fait.resultat }}{% endif %}
""",
    "ligne": "{{ UN.titre }} ({{ UN.id }}){% if UN.precision %}, {{ UN.precision }}{% endif %}",
}
_GREY = RGBColor(0x56, 0x60, 0x6B)
_LOOKS = {  # whether it is bold, whether grey, and its size in points where it is not that of the text
    "entete": (True, True, 9),
    "colonnes": (True, True, 9),
    "gris": (False, True, 0),
    "petit": (False, True, 9),
    "annonce": (False, True, 9),
    "commande": (False, False, 9),
}
_RULE = f'<w:tcBorders {nsdecls("w")}><w:top w:val="single" w:sz="4" w:color="D8D2C4"/></w:tcBorders>'


def _lines(text: str) -> Iterator[str]:
    """The lines of a text with its parts in their place."""
    for line in text.splitlines():
        found = re.fullmatch(r"(.*)= (\w+) ([\w.]+)(.*)", line)
        if not found:
            yield line
            continue
        before, name, about, after = found.groups()
        part = _PARTS[name].replace("UN", about)
        yield from [f"{before}{part}{after}"] if before.strip() else _lines(indent(part, before))


def _closed(lines: Iterable[str]) -> Iterator[str]:
    """The lines without their indentation, and what it closes."""
    opened: list[tuple[int, str]] = []
    for line in (*lines, ""):
        said = line.lstrip()
        while opened and len(line) - len(said) <= opened[-1][0]:
            yield f"% end{opened.pop()[1]}"
        if said.startswith("% "):
            opened.append((len(line) - len(said), said.split()[1]))
        yield said


def _lay_out(document: Any) -> None:
    """Each line as a paragraph, or as a row of the table that is open."""
    table: Any = None
    for line in filter(None, _closed(_lines(_AGENDA))):
        tag, look, text = re.fullmatch(r"(% )?(?:\[(\w+)\])?(.*)", line.replace("~", NBSP)).groups()  # type: ignore[union-attr]
        if tag and "tableau" in text:
            table = None if text == "endtableau" else _table(document, [float(width) for width in text.split()[1:]])
        elif table is not None:
            _row(table, look, [f"{{%tr {text} %}}"] if tag else text.split("¦"))
        elif tag or look == "uni":
            document.add_paragraph(f"{{%p {text} %}}" if tag else text)
        elif look == "titre":
            document.add_heading(text, level=1)
        elif look == "section":
            document.add_heading(text, level=2).paragraph_format.page_break_before = True
        else:
            paragraph = _write(document.add_paragraph(), look, text)
            if look == "annonce":
                paragraph.paragraph_format.keep_with_next = True
            elif look == "commande":
                paragraph.runs[0].font.name = "Courier New"


def _table(document: Any, widths: list[float]) -> Any:
    table = document.add_table(rows=0, cols=len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    return table


def _row(table: Any, look: str, texts: list[str]) -> None:
    row = table.add_row()
    for cell, column in zip(row.cells, table.columns, strict=True):
        cell.width = column.width
    cells = list(row.cells[: len(texts)])
    if len(texts) < len(row.cells):
        cells[-1] = cells[-1].merge(row.cells[-1])
    for cell, text in zip(cells, texts, strict=True):
        _write(cell.paragraphs[0], look, text)
    for mark in ("w:cantSplit", "w:tblHeader") if look == "entete" else ("w:cantSplit",):
        row._tr.get_or_add_trPr().append(OxmlElement(mark))  # noqa: SLF001 - python-docx has no name for it
    for cell in row.cells if look == "filet" else ():  # a title stays with what it announces
        cell._tc.get_or_add_tcPr().append(parse_xml(_RULE))  # noqa: SLF001
        cell.paragraphs[0].paragraph_format.keep_with_next = True


def _write(paragraph: Any, look: str, text: str) -> Any:
    bold, grey, size = _LOOKS.get(look, (False, False, 0))
    for rank, part in enumerate(text.split("**")):
        if part:
            run = paragraph.add_run(part)
            run.bold = bold or rank % 2 == 1
            if grey:
                run.font.color.rgb = _GREY
            if size:
                run.font.size = Pt(size)
    return paragraph


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
    _write(document.sections[0].header.paragraphs[0], "", "**{{ entete.organisme }}**")
    _lay_out(document)
    made = io.BytesIO()
    document.save(made)
    return without_clock(made.getvalue())


if __name__ == "__main__":
    (packaged_templates() / "agenda" / "ordre-du-jour.docx").write_bytes(template())
