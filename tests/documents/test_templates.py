"""Templates: found and overridden where they should be, told in French when they are broken, with documented names."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest
from jinja2 import Environment, nodes
from pace import table
from support import ROOT, write_plan
from test_typography import FAULTS

from documents import reference
from documents.making import NAMES, document, values
from documents.plans import EVERY_ETAT
from pivot_cli.cli import app
from pivot_cli.cli.edge import form_of
from pivot_cli.cli.known import KINDS
from pivot_cli.cli_french import run
from pivot_cli.documents.agenda import OrdreDuJour
from pivot_cli.documents.registry import DOCUMENTS, Document, check_options, find_document
from pivot_cli.documents.rendering.filling import FORMATS, MOST_CHARACTERS, packaged_templates, render, render_file
from pivot_cli.finding import ExitCode, PivotError

TEMPLATES = ROOT / "templates"
SOURCES = [path for kind in ("html", "md") for path in sorted(TEMPLATES.rglob(f"*.{kind}")) if path.stem != "LISEZMOI"]


class Values(NamedTuple):
    nom: str = "Le <Pivot>"
    nombre: int = 3


def own(tmp_path: Path, **files: str) -> Path:
    """An organisation's folder of templates."""
    folder = tmp_path / "templates"
    folder.mkdir()
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder


def test_the_templates_beside_the_package_come_first() -> None:
    assert packaged_templates() == TEMPLATES
    for one in DOCUMENTS.values():
        for format_ in FORMATS:
            assert (TEMPLATES / f"{one.templates}.{format_}").is_file()


def test_an_organisation_changes_a_part_and_keeps_the_rest(tmp_path: Path) -> None:
    changed = (
        '{% extends "pivot:sommaire.html" %}{% block evolution %}<p>À nous: {{ entete.organisme }}</p>{% endblock %}'
    )
    folder = own(tmp_path, sommaire_html=changed)
    made = render("sommaire", values("sommaire", EVERY_ETAT), "html", folder)
    assert "<p>À nous: L&#39;Essai</p>" in made
    assert 'id="decisions"' in made
    assert 'id="evolution"' not in made
    assert render("sommaire", values("sommaire", EVERY_ETAT), "md", folder) == document("sommaire", "md", EVERY_ETAT)


def test_a_shared_part_is_changed_for_every_document(tmp_path: Path) -> None:
    folder = own(tmp_path, style_css='{% include "pivot:style.css" %}\nh1{color:purple}')
    for name in NAMES:
        assert "h1{color:purple}" in render(name, values(name, EVERY_ETAT), "html", folder)
        assert "h1{color:purple}" not in document(name, "html", EVERY_ETAT)


def test_a_document_of_ones_own_is_a_template(tmp_path: Path) -> None:
    folder = own(tmp_path, affiche_html="<p>{{ nom }} {{ nombre }}</p>", affiche_md="{{ nom }} | {{ nombre }}")
    assert render("affiche", Values(), "html", folder) == "<p>Le &lt;Pivot&gt; 3</p>"
    assert render("affiche", Values(), "md", folder) == r"Le \<Pivot\> | 3"
    assert render("affiche", {"nom": "*", "nombre": 1}, "md", folder) == r"\* | 1"


def test_a_template_from_anywhere(tmp_path: Path) -> None:
    path = tmp_path / "mon gabarit.html"
    path.write_text('{% extends "pivot:base.html" %}{% block contenu %}{{ entete.au }}{% endblock %}', encoding="utf-8")
    assert "15\N{NO-BREAK SPACE}janvier\N{NO-BREAK SPACE}2020" in render_file(path, values("bilan", EVERY_ETAT))
    for wrong, said in ((tmp_path / "rien.html", "n'existe pas"), (tmp_path / "a.docx", "ni en HTML ni en Markdown")):
        with pytest.raises(PivotError, match=said):
            render_file(wrong, Values())


BROKEN = [
    ("{{ inconnu }}", "le nom « inconnu » n'existe pas dans ce document", 1),
    ("\n{{ nom.inconnu }}", "« inconnu » n'existe pas à cet endroit", 2),
    ("\n\n{% if nom %}", "le gabarit finit sans que « if » soit fermée", 3),
    ("{% fi %}", "la balise « fi » n'existe pas", 1),
    ("{% if nom %}\n{% endfor %}", "la balise « endfor » n'existe pas, ou ne va pas ici : « if » n'est pas fermée", 2),
    ("{{ nom", "le gabarit finit", 1),
    ("{{ nom }", "« } » est de trop", 1),
    ("{{ nom | majuscules }}", "le filtre « majuscules » n'existe pas", 1),
    ("{% if nom is beau %}{% endif %}", "le test « beau » n'existe pas", 1),
    ("{% for x nom %}{% endfor %}", "« in » est attendu, mais c'est « nom » qui est écrit", 1),
    ("{{ nom nom }}", "« }} » est attendu, mais c'est « nom » qui est écrit", 1),
    ("{% for x %}{% endfor %}", "« in » est attendu, mais c'est « %} » qui est écrit", 1),
    ("{% block a %}{% endblock %}{% block a %}{% endblock %}", "le bloc « a » est écrit deux fois", 1),
    ("{# fin", "un commentaire ou un passage brut n'est pas fermé", 1),
    ('{% include "absent.html" %}', "le gabarit « absent.html », qu'il demande, n'existe pas", 1),
    ('{% extends "pivot:absent.html" %}', "le gabarit « pivot:absent.html », qu'il demande, n'existe pas", 1),
    ("{{ 1 // 0 }}", "une division par zéro", 1),
    ("{{ nombre + nom }}", "ce qui est demandé ne peut pas être calculé", 1),
    ("{{ nom.__class__ }}", "« __class__ » n'est pas permis dans un gabarit", 1),
    ("{{ nom.format.__globals__ }}", "n'est pas permis dans un gabarit", 1),
    ("{{ range(10 ** 9) }}", "un calcul démesuré", 1),
    ('{% include "casse.html" %}', "il s'inclut lui-même sans fin", 0),
    ('{% import "macros.html" as m %}{{ m.rien() }}', "« rien » n'existe pas à cet endroit", 1),
    ("{# " + "x" * MOST_CHARACTERS + " #}", "il est trop long : plus de 5 millions de caractères", 1),
    ("{{ '%s' % 'é' | rien }}", "le filtre « rien » n'existe pas", 1),
]


@pytest.mark.parametrize(("text", "said", "line"), BROKEN, ids=[row[0][:60] for row in BROKEN])
def test_a_broken_template_is_told_in_french(tmp_path: Path, text: str, said: str, line: int) -> None:
    folder = own(tmp_path, casse_html=text)
    with pytest.raises(PivotError) as caught:
        render("casse", Values(), "html", folder)
    message = caught.value.message.replace("\N{NO-BREAK SPACE}", " ")
    assert said in message
    assert "casse.html" in message
    assert not line or f", ligne {line} :" in message
    assert message.startswith("le gabarit ")
    assert message.endswith(".")
    assert not FAULTS.search(caught.value.message.replace(str(tmp_path), ""))
    english = r"\b(?:expected|undefined|unexpected|template|object|has no|not found|unsupported)\b"
    assert not re.search(english, message.replace(str(folder), ""))


NOT_UTF_8 = "il n'est pas écrit en UTF-8, mais peut-être en Windows-1252"
UTF_16 = "il n'est pas écrit en UTF-8, mais peut-être en UTF-16"
NULL = "il contient un caractère nul : il est peut-être écrit en UTF-16, ou n'est pas un texte"
ENCODED = [
    (b"\xff\xfe{{ nom }}", NOT_UTF_8, 1),
    ("{{ nom }} été".encode("utf-16-le"), UTF_16, 1),
    ("<p>ok</p>\n<p>\u00e9t\u00e9 {{ nom }}</p>".encode("cp1252"), NOT_UTF_8, 2),
    ("{{ nom }}\r\n\r\n« oui »".encode("cp1252"), NOT_UTF_8, 3),
    ("{{ nom }} été".encode("utf-16"), UTF_16, 1),
    ("été".encode("utf-16-be"), UTF_16, 1),
    ("{{ nom }}".encode("utf-16-le"), NULL, 1),
    (b"{{ nom }}\n\0", NULL, 2),
]


@pytest.mark.parametrize(("data", "said", "line"), ENCODED, ids=[repr(row[0]) for row in ENCODED])
@pytest.mark.parametrize("where", ["itself", "included", "gabarit", "style.css"])
def test_a_template_that_is_not_text_in_utf_8_is_told(
    tmp_path: Path, data: bytes, said: str, line: int, where: str
) -> None:
    folder = own(tmp_path, page_html='{% include "casse.html" %}')
    name = "style.css" if where == "style.css" else "casse.html"
    (folder / name).write_bytes(data)
    wanted = {"itself": "casse", "included": "page", "style.css": "sommaire"}.get(where, "")
    given = values("sommaire", EVERY_ETAT) if where == "style.css" else Values()
    with pytest.raises(PivotError) as caught:
        render(wanted, given, "html", folder) if wanted else render_file(folder / name, given)
    assert f"{name}, ligne {line} : {said}." in caught.value.message.replace("\N{NO-BREAK SPACE}", " ")
    assert caught.value.remedy.startswith("Enregistrez-le en UTF-8")


def test_a_template_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PivotError, match="il n'y a pas de gabarit"):
        render("rien", Values(), "html", own(tmp_path))


def test_the_byte_order_mark_that_an_editor_writes_is_not_of_the_template(tmp_path: Path) -> None:
    """In the middle of a page it would be part of the first selector of the style sheet, whose colours were lost."""
    folder = own(tmp_path, style_css="\ufeffh1{color:purple}", affiche_html="\ufeff<p>{{ nombre }}</p>")
    assert "\ufeff" not in render("sommaire", values("sommaire", EVERY_ETAT), "html", folder)
    assert "<style>\nh1{color:purple}" in render("sommaire", values("sommaire", EVERY_ETAT), "html", folder)
    assert render("affiche", Values(), "html", folder) == "<p>3</p>"
    assert render_file(folder / "affiche.html", Values()) == "<p>3</p>"
    (folder / "affiche.md").write_text("\ufeff# {{ nombre }}\n", encoding="utf-8")
    assert render("affiche", Values(), "md", folder) == "# 3\n"


@pytest.mark.parametrize("format_", FORMATS)
def test_a_template_does_not_drive_the_terminal_that_shows_what_it_makes(tmp_path: Path, format_: str) -> None:
    folder = own(
        tmp_path, **{f"affiche_{format_}": "\x1b[2J{{ nombre }}\x01\x9b31m\N{RIGHT-TO-LEFT OVERRIDE}\n{{ nom }}"}
    )
    lost = "\N{REPLACEMENT CHARACTER}"
    assert render("affiche", Values(nom="é"), format_, folder).strip() == f"{lost}[2J3{lost}{lost}31m{lost}\né"


def test_templates_are_kept_compiled_and_never_trusted_stale(tmp_path: Path) -> None:
    from pivot_cli.documents.rendering.compiled import Compiled

    environment = Environment(autoescape=True)
    (tmp_path / "a.html").write_text("{{ nom }}", encoding="utf-8")
    filename, source = str(tmp_path / "a.html"), "{{ nom }}"
    kept = Compiled(tmp_path, "réglages")
    bucket = kept.get_bucket(environment, "a.html", filename, source)
    assert bucket.code is None
    bucket.code = compile("1", "a", "eval")
    writes, sys.dont_write_bytecode = sys.dont_write_bytecode, False
    try:
        kept.set_bucket(bucket)
    finally:
        sys.dont_write_bytecode = writes
    assert kept.get_bucket(environment, "a.html", filename, source).code is not None
    assert kept.get_bucket(environment, "a.html", filename, source + " ").code is None
    assert Compiled(tmp_path, "autres").get_bucket(environment, "a.html", filename, source).code is None
    inside = kept.get_bucket(environment, "b/a.html", str(tmp_path / "b" / "a.html"), source)
    assert inside.key == "b.a.html"
    elsewhere = kept.get_bucket(environment, "a.html", str(tmp_path.parent / "a.html"), source)
    assert elsewhere.code is None
    assert elsewhere.key == ""
    next((tmp_path / "__pycache__").iterdir()).write_bytes(b"j2")
    assert kept.get_bucket(environment, "a.html", filename, source).code is None


def names_used(source: str) -> set[str]:
    """The attributes that a template asks of something."""
    tree = Environment(autoescape=True).parse(source)
    return {node.attr for node in tree.find_all(nodes.Getattr)}


def documented() -> dict[str, set[str]]:
    classes = reference.value_classes()
    return {name: {field for field, _, _ in value.fields} for name, value in classes.items()}


@pytest.mark.lent
def test_every_name_that_a_template_may_use_is_documented() -> None:
    classes = reference.value_classes()
    for class_name in {used for one in reference.DOCUMENTS for used in reference.used_by(one)}:
        for field, annotation, said in classes[class_name].fields:
            assert said, f"{class_name}.{field}"
            assert set(re.findall(r"[A-Z]\w+", annotation)) - {"None"} <= set(classes), f"{class_name}.{field}"
    given = {type(values(name, EVERY_ETAT)) for name in NAMES} | {OrdreDuJour}
    assert {one.__name__ for one in given} == set(reference.DOCUMENTS)
    for one in given:
        assert documented()[one.__name__] == set(one._fields)


def test_every_file_of_templates_is_named() -> None:
    held = {path.name for path in TEMPLATES.rglob("*.*") if "__pycache__" not in path.parts}
    assert set(re.findall(r"[\w-]+\.\w+(?=`)", reference.files())) == held - {"LISEZMOI.md"}


@pytest.mark.lent
def test_templates_use_no_other_name() -> None:
    known = set().union(*documented().values())
    macros = {found for path in SOURCES for found in re.findall(r"{% macro (\w+)", path.read_text("utf-8"))}
    jinja = {"index", "index0", "last", "first", "items", "split", "startswith", "format", "replace"}
    for path in SOURCES:
        assert names_used(path.read_text("utf-8")) <= known | macros | jinja, path.name


@pytest.mark.lent
def test_templates_compute_nothing() -> None:
    for path in SOURCES:
        tree = Environment(autoescape=True).parse(path.read_text("utf-8"))
        for kind in (nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow):
            assert not list(tree.find_all(kind)), path.name


@table("path", sorted(TEMPLATES.glob("*.html")) + sorted(TEMPLATES.glob("*.md")), ids=lambda p: p.name)
def test_templates_follow_the_typography_of_quebec(path: Path) -> None:
    text = re.sub(r"```.*?```|{%.*?%}|{#.*?#}", "~", path.read_text("utf-8"), flags=re.DOTALL)
    text = re.sub(r"{{.*?}}|<[a-z][^>]*>|`[^`]*`|-{3}:?", "~", text)
    assert [line for line in text.splitlines() if re.search(r"[a-zà-ÿ]{3}", line) and FAULTS.search(line)] == []


def test_a_new_document_is_an_entry_and_what_it_names(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its values and its templates: from the command line to the page, nothing else of the program knows of it."""
    values_of_it: Any = ModuleType("pivot_cli.documents.zibeline")
    values_of_it.build = lambda asked: Values(asked.plan.organisme.nom, len(asked.plan.places))
    monkeypatch.setitem(sys.modules, values_of_it.__name__, values_of_it)
    monkeypatch.setitem(DOCUMENTS, "zibeline", Document("zibeline", "pour la meute", "deux valeurs"))
    own(tmp_path, zibeline_md="# {{ nom }} : {{ nombre }}\n", zibeline_html="<p>{{ nom }}</p>")
    write_plan(tmp_path)
    monkeypatch.chdir(tmp_path)

    assert run(app, ["report", "Zibeline"]) == 0
    assert capsys.readouterr().out == "# L'Essai : 2\n"
    assert run(app, ["report", "zibeline", "-o", "z.html"]) == 0
    assert (tmp_path / "z.html").read_text(encoding="utf-8") == "<p>L&#39;Essai</p>"
    assert run(app, ["report", "zibelyne"]) == ExitCode.USAGE
    assert "zibeline (pour la meute)" in " ".join(capsys.readouterr().err.split())
    assert run(app, ["report", "zibeline", "--exercice", "2019"]) == ExitCode.USAGE
    assert ("zibeline", "pour la meute") in KINDS["DOCUMENT"].proposed(None, "")  # type: ignore[arg-type]


@pytest.mark.parametrize("name", NAMES)
def test_the_help_of_the_command_names_every_document(name: str) -> None:
    entry = app.find("report")
    assert entry
    assert re.search(rf"\b{name}\b", entry.help), "pivot_cli/cli/produce.py, the docstring of `report`"
    (asked,) = (param for param in app.build(entry).params if param.metavar == "DOCUMENT")
    assert re.search(rf"\b{name}\b", getattr(asked, "help", "")), "pivot_cli/cli/produce.py, the help of DOCUMENT"


def test_an_option_of_another_document_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = find_document("sommaire")
    check_options(wanted, {"--responsable": None, "--orientation": [], "--changements-depuis": "2019-01-01"})
    for option, owner in (("--responsable", "complet"), ("--orientation", "complet"), ("--exercice", "bilan")):
        with pytest.raises(PivotError, match=f"{option} ne s'applique qu'au document «.{owner}.».") as caught:
            check_options(wanted, {option: ["x"]})
        assert f"pivot report {owner}" in caught.value.remedy
    monkeypatch.setitem(DOCUMENTS, "carte", Document("carte", "", "", frozenset({"--orientation"})))
    check_options(DOCUMENTS["carte"], {"--orientation": [1]})
    with pytest.raises(PivotError, match=r"--orientation ne s'applique qu'aux documents «.complet.» et «.carte.»."):
        check_options(wanted, {"--orientation": [1]})


def test_every_option_that_a_document_takes_is_one_of_the_command() -> None:
    entry = app.find("report")
    assert entry
    known = {option for param in app.build(entry).params for option in param.opts}
    assert {option for one in DOCUMENTS.values() for option in one.takes} <= known


@pytest.mark.parametrize(
    ("output", "format_"), [(None, "md"), ("a.html", "html"), ("a.HTM", "html"), ("a.md", "md"), ("a", "md")]
)
def test_the_name_of_a_file_says_its_format(output: str | None, format_: str) -> None:
    assert form_of(Path(output) if output else None, ("md", "html")) == format_
