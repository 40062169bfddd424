"""Agendas as their readers get them: golden files in each text format, and what a page must hold.

After a change that is wanted: `PIVOT_GOLDEN=1 python -m pytest tests/agenda`, then read the difference.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from pace import one_in
from support import SMALL, golden

from agenda.plans import DAY, EVERY_PLACE, agenda
from pivot_cli.documents.rendering.filling import render

GOLDEN = Path(__file__).parent / "golden"
TEMPLATE = "agenda/ordre-du-jour"
NB = "\N{NO-BREAK SPACE}"
MADE: list[tuple[str, dict[str, str] | None, dict[str, Any]]] = [
    ("essai-ca", EVERY_PLACE, {}),
    ("essai-aga", EVERY_PLACE, {"type": "aga"}),
    ("adopte-ca", None, {"heure": 19 * 60, "duree": 120}),
    ("adopte-aga", None, {"type": "aga", "heure": 19 * 60}),
]


def without_style(page: str) -> str:
    """A page without its style sheet, which all the documents share and a browser tests."""
    return re.sub(r"(?s)(<style>\n).*?(</style>)", r"\1\2", page)


@pytest.mark.parametrize("format_", ["md", "html"])
@pytest.mark.parametrize(("name", "files", "asked"), one_in(2, MADE), ids=[made[0] for made in MADE])
def test_an_agenda_is_as_it_was(name: str, files: dict[str, str] | None, asked: dict[str, Any], format_: str) -> None:
    made = without_style(render(TEMPLATE, agenda(files, **asked), format_))
    assert made == golden(GOLDEN / f"{name}.{format_}", made)
    assert without_style(render(TEMPLATE, agenda(files, **asked), format_)) == made


@pytest.mark.parametrize(("name", "files", "asked"), MADE, ids=[made[0] for made in MADE])
def test_the_words_are_those_of_quebec(name: str, files: dict[str, str] | None, asked: dict[str, Any]) -> None:
    del name
    said = render(TEMPLATE, agenda(files, **asked), "md").split("## Après la séance")[0]
    assert not re.search(r"(?i)\b(agenda|minutes|complétée|secondé|varia|imputable)\b", said)
    if files:  # the adopted plan writes as it does
        assert not re.search(r" [:»%$](?=\s)|« |(?<= )[;!?]", re.sub(r"\|[ :|-]+\|", "", said)), said
    assert ("Levée de l'assemblée" if asked.get("type") == "aga" else "Levée de la séance") in said


def test_the_minutes_and_the_results_of_an_assembly_are_public() -> None:
    made = agenda(EVERY_PLACE, type="aga")
    said = re.sub(r"(?m)^Bilan .*$", "", render(TEMPLATE, made, "md"))  # whose table counts what has passed
    for internal in ("à confirmer", "en retard", "DG", "Équipe", "échéance passée", "Manque de temps", "deux baux"):
        assert internal not in said, internal
    assert f"Former un comité (10{NB}décembre{NB}2019). Huit personnes le forment." in said
    assert "Nomination pour la mission d'examen" in said
    assert f"Période regardée{NB}: du 13{NB}juin{NB}2019 au 15{NB}janvier{NB}2020." in said
    assert "Fêter" not in said  # done before the assembly of June 2019


HOSTILE = (
    "<script>alert(1)</script>",
    "{{ 7 * 7 }} {% raw %} {# rien #}",
    "a | b | c",
    "``` et `code` ~~~",
    "[lien](javascript:alert(1))",
    "*gras* _italique_ #titre <!-- --> </td></tr></table>",
    "R&D <budget>",
    "____________ et ____________",
    "\N{RIGHT-TO-LEFT MARK}\N{HEBREW LETTER ALEF} 🎉",
)


def with_texts(texts: tuple[str, ...]) -> dict[str, str]:
    """The small plan, with each text as an action of the board and as a decision."""
    lines = [SMALL["orientation-1.yaml"].rstrip()]
    for rank, text in enumerate(texts):
        quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
        common = f"description: {quoted}, responsables: [CA], echeance: Mars 2019"
        lines.append(f"          - {{numero: {2 * rank + 10}, {common}}}")
        lines.append(f"          - {{numero: {2 * rank + 11}, {common}, decision: {quoted}}}")
    return SMALL | {"orientation-1.yaml": "\n".join(lines) + "\n"}


def test_hostile_texts_are_shown_as_they_are() -> None:
    import html

    from markdown_it import MarkdownIt

    made = agenda(with_texts(HOSTILE))
    page = render(TEMPLATE, made, "html")
    assert "<script" not in page
    read = MarkdownIt("commonmark").enable("table").render(render(TEMPLATE, made, "md"))
    words = html.unescape(re.sub(r"<[^>]+>", "", read))
    for text in HOSTILE:
        assert html.escape(text).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in page
        assert text in words, text
    assert "javascript:" not in re.sub(r">[^<]*<", "><", page)


def test_a_link_that_is_no_address_is_not_live() -> None:
    files = EVERY_PLACE | {"reunions.yaml": 'ca:\n  lien: "javascript:alert(1)"\n'}
    for format_ in ("md", "html"):
        assert "javascript" not in render(TEMPLATE, agenda(files), format_)


def test_an_organisation_changes_a_part_of_the_agenda(tmp_path: Path) -> None:
    folder = tmp_path / "agenda"
    folder.mkdir()
    text = '{% extends "pivot:agenda/ordre-du-jour.html" %}{% block annexes %}<p>Rien à annexer.</p>{% endblock %}'
    (folder / "ordre-du-jour.html").write_text(text, encoding="utf-8")
    page = render(TEMPLATE, agenda(EVERY_PLACE), "html", tmp_path)
    assert "Rien à annexer." in page
    assert "pivot note" not in page
    assert f"Réunion du mercredi{NB}{DAY.day}" in page


BOXES = (  # what is written of an action of the board; what stands beside its échéance, and its boxes
    ("", "Mai 2019 | ☐ | ☐ |"),
    ("statut: en cours", "Mai 2019 (en cours) | ☐ | ☒ |"),
    ("statut: partiellement réalisée", "Mai 2019 (faite en partie) | ☐ | ☒ |"),
    ("statut: à faire", "Mai 2019 (à faire) | ☐ | ☐ |"),
    ("statut: en attente, motif: la subvention", f"Mai 2019 (en attente{NB}: la subvention) | ☐ | ☐ |"),
    ("suivi: [{date: 2019-10-01, note: Vu}]", f"Mai 2019 (note du 1er{NB}octobre{NB}2019) | ☐ | ☐ |"),
)


@pytest.mark.parametrize(("record", "said"), BOXES)
def test_what_is_recorded_is_already_ticked(record: str, said: str) -> None:
    """And told in the annex, where an action is of others."""
    fields = f", {record}" if record else ""
    own = EVERY_PLACE["orientation-1.yaml"].replace("echeance: Mai 2019}", f"echeance: Mai 2019{fields}}}")
    files = EVERY_PLACE | {"orientation-1.yaml": own}
    made = render(TEMPLATE, agenda(files, dossiers=("1.adm.1.1",)), "md")
    assert f"| Se former (1.gou.1.1) | {said}" in made
    annexed = re.search(r"Peindre \(1\.adm\.1\.5\) \| Mai 2019 \| (.*) \| Équipe", made)
    assert annexed
    assert annexed[1] in (said, "à confirmer") or f"({annexed[1]})" in said
    page = render(TEMPLATE, agenda(files, dossiers=("1.adm.1.1",)), "html")
    assert page.count('class="case coche"') == 2 + said.count("☒")  # « Se parler » is under way, as is the dossier


def test_an_assembly_is_told_the_counts_and_nobody_is_late() -> None:
    made = render(TEMPLATE, agenda(type="aga"), "md").replace(NB, " ")
    assert "45 échéances sont passées." in made
    assert "en retard" not in made.lower()
