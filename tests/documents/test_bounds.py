"""An organisation's templates that would go on for ever, or fill the memory: stopped after so many steps, and named."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from pace import few, one_in
from support import ROOT

from documents.making import NAMES, document, values
from documents.plans import EVERY_ETAT
from pivot_cli.documents.rendering import bounds
from pivot_cli.documents.rendering.filling import FORMATS, MOST_CHARACTERS, packaged_templates, render
from pivot_cli.documents.rendering.sandbox import Sandbox
from pivot_cli.documents.rendering.word import render_word
from pivot_cli.finding import PivotError

NS = "{% set ns = namespace(x='x', n=3, t=[1]) %}"
TURNS = "{% for i in range(100000) %}"
DONE = "{% endfor %}"
TOO_MUCH = "il demande plus de calculs, ou plus de texte, qu'aucun document n'en demande"

# Each is alone on the second line of its template, and « plus » is what is said of it.
ENDLESS = {
    "boucles": "{% for i in range(9**5) %}" + TURNS * 2 + DONE * 3,
    "boucles vides": TURNS * 3 + DONE * 3,
    "boucle qui écrit": TURNS + "x" * 1000 + DONE,
    "boucle dans un bloc": "{% set b %}" + TURNS + "x" * 1000 + DONE + "{% endset %}",
    "boucle dans un filtre": "{% filter upper %}" + TURNS + "x" * 1000 + DONE + "{% endfilter %}",
    "boucle récursive": "{% for i in range(9) recursive %}{{ loop(range(9)) if loop.depth < 90 }}{% endfor %}",
    "boucle sur un filtre": TURNS + "{{ range(100000)|list|length }}" + DONE,
    "filtre en chaîne": TURNS + "{{ range(100000)|map('string')|map('center', 9)|join }}" + DONE,
    "tri": TURNS + "{{ range(100000)|sort|first }}" + DONE,
    "somme": TURNS + "{{ range(100000)|sum }}" + DONE,
    "somme de listes": "{{ [[1]] and [[1, 2]]|sum(start=[]) }}",
    "texte répété": "{{ 'x' * 10**10 }}",
    "texte répété à rebours": "{{ 10**10 * 'x' }}",
    "texte répété en chaîne": "{{ ('x' * 9999) * 9999 * 9999 }}",
    "liste répétée": "{{ ([0] * 10**10)|length }}",
    "n-uplet répété": "{{ ((0, 1) * 10**10)|length }}",
    "texte doublé": NS + TURNS + "{% set ns.x = ns.x ~ ns.x %}" + DONE,
    "texte additionné": NS + TURNS + "{% set ns.x = ns.x + ns.x %}" + DONE,
    "texte mis en forme": NS + TURNS + "{% set ns.x = '%s%s' % (ns.x, ns.x) %}" + DONE,
    "texte mis en forme, format": NS + TURNS + "{% set ns.x = '{0}{0}'.format(ns.x) %}" + DONE,
    "texte mis en forme, filtre": NS + TURNS + "{% set ns.x = '%s%s'|format(ns.x, ns.x) %}" + DONE,
    "texte remplacé": NS + TURNS + "{% set ns.x = ns.x|replace('x', 'xx') %}" + DONE,
    "texte remplacé, méthode": NS + TURNS + "{% set ns.x = ns.x.replace('x', 'xx') %}" + DONE,
    "texte joint": NS + TURNS + "{% set ns.x = [ns.x, ns.x]|join %}" + DONE,
    "texte joint, méthode": NS + TURNS + "{% set ns.x = ns.x.join(['x', 'x', 'x']) %}" + DONE,
    "joint par un long texte": "{{ range(100000)|join('x' * 10000) }}",
    "joint par un long texte, méthode": "{{ ('x' * 10000).join(range(100000)|map('string')) }}",
    "texte traduit": NS + TURNS + "{% set ns.x = ns.x.translate({120: 'xx'}) %}" + DONE,
    "texte échappé": NS + TURNS + "{% set ns.x = (ns.x ~ '&')|forceescape %}" + DONE,
    "liste doublée": NS + TURNS + "{% set ns.t = ns.t + ns.t %}" + DONE,
    "liste étendue": NS + TURNS + "{% set _ = ns.t.extend(ns.t) %}" + DONE,
    "liste de listes": NS + TURNS + "{% set ns.t = [ns.t, ns.t] %}" + DONE + "{{ ns.t }}",
    "n-uplet de n-uplets": "{% set ns = namespace(t=(1, 2)) %}" + TURNS + "{% set ns.t = (ns.t, ns.t) %}" + DONE,
    "groupe de groupes": NS + TURNS + "{% set ns.t = {'a': ns.t, 'b': ns.t} %}" + DONE,
    "liste emplie de listes": NS
    + "{% for i in range(60) %}{% set y = [] %}{% set _ = y.append(ns.t) %}{% set _ = y.append(ns.t) %}"
    + "{% set ns.t = y %}{% endfor %}{{ ns.t }}",
    "comparaison": NS + "{% set big = range(100000)|list %}" + TURNS + "{{ big == big[:] }}" + DONE,
    "recherche": "{% set big = range(100000)|list %}" + TURNS + "{{ -1 in big }}" + DONE,
    "essai": "{% set big = range(100000)|list %}" + TURNS + "{{ big is eq(big) }}{{ -1 is in(big) }}" + DONE,
    "tranche": "{% set big = 'x' * 1000000 %}" + TURNS + "{% set y = big[1:] %}" + DONE,
    "puissance": "{{ 9**(9**9) }}",
    "puissance en chaîne": NS + TURNS + "{% set ns.n = ns.n * ns.n %}" + DONE,
    "puissances": NS + TURNS + "{% set ns.n = ns.n ** 2 %}" + DONE,
    "arrondi": "{{ 1.5|round(1000000000, 'ceil') }}",
    "octets": "{{ (1).to_bytes(10**10, 'big') }}",
    "centré": "{{ 'x'|center(10**9) }}",
    "centré, méthode": "{{ 'x'.center(10**9) }}",
    "à gauche": "{{ 'x'.ljust(10**9) }}",
    "à droite": "{{ 'x'.rjust(width=10**9) if false else 'x'.rjust(10**9) }}",
    "zéros": "{{ 'x'.zfill(10**9) }}",
    "tabulations": "{{ '\t'.expandtabs(10**9) }}",
    "tabulations en nombre": "{{ ('\t' * 9999).expandtabs(99999) }}",
    "retrait": "{{ 'a\nb'|indent(10**9) }}",
    "retrait par un texte": "{{ ('a\n' * 100000)|indent('x' * 10000) }}",
    "coupé": "{{ ('a ' * 100000)|wordwrap(1, wrapstring='x' * 10000) }}",
    "lots": "{{ [1]|batch(10**9, 0)|list|length }}",
    "parts": "{{ [1]|slice(10**9)|list|length }}",
    "json": "{{ [[1]]|tojson(indent=10**9) }}",
    "largeur": "{{ '%1000000000d' % 1 }}",
    "largeur à part": "{{ '%*d' % (10**9, 1) }}",
    "largeur, format": "{{ '{:1000000000}'.format(1) }}",
    "largeur à part, format": "{{ '{:{}}'.format(1, 10**9) }}",
    "largeur à part, format_map": "{{ '{a:{b}}'.format_map({'a': 1, 'b': 10**9}) }}",
    "largeur, filtre": "{{ '%1000000000d'|format(1) }}",
    "largeurs": "{{ ('%9999d' * 10000) % ((1,) * 10000) }}",
    "macro": "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}",
    "appels": "{% macro f(n) %}{% if n %}{% call g(n) %}{{ f(n - 1) }}{% endcall %}{% endif %}{% endmacro %}"
    "{% macro g(n) %}" + "{{ caller() }}" * 9 + "{% endmacro %}{{ f(20) }}",
    "adresses": "{{ ('www.a.ca ' * 100000)|urlize(target='x' * 10000) }}",
    "dictionnaire": TURNS + "{% set d = dict(range(1000)|map('string')|map('center', 2)|list|batch(2)|list) %}" + DONE,
    "valeur du programme": TURNS + "{{ nom }}{{ nom.upper() }}{{ nom.split('') if false }}" * 9 + DONE,
}


def stopped(folder: Path, text: str, name: str = "sans-fin.html") -> str:
    """What is said of a template of the organisation, in a few steps and little memory."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(f"<p>\n{text}", encoding="utf-8", newline="")
    with pytest.raises(PivotError) as caught:
        render(name.rpartition(".")[0], {"nom": "L'Essai"}, "html", folder)
    return caught.value.message.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("text", one_in(12, few(4, ENDLESS.values())), ids=few(4, ENDLESS))
def test_what_has_no_end_is_stopped(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST", bounds.MOST // 20)  # as it is, each takes seconds to be stopped
    said = stopped(tmp_path, text)
    assert said.startswith(f"le gabarit {tmp_path / 'sans-fin.html'}, ligne ")
    assert TOO_MUCH in said


OTHERS = {  # what is said, where the files are, and their texts
    "qui s'inclut deux fois": (
        "sans-fin.html",
        TOO_MUCH,
        {f"b{n}.html": f"{{% include 'b{n + 1}.html' %}}" * 9 for n in range(20)} | {"b20.html": "x"},
    ),
    "qui s'inclut sans fin": ("a.html", "sans fin", {"a.html": "{% include 'a.html' %}"}),
    "qui s'étend sans fin": ("a.html", "sans fin", {"a.html": "{% extends 'a.html' %}"}),
    "un fichier démesuré": ("a.html", "plus de 5 millions de caractères", {"a.html": "x" * (MOST_CHARACTERS + 1)}),
    "des balises par millions": ("a.html", TOO_MUCH, {"a.html": "{{ nom }}" * 500_000}),
    "une balise sans fin": ("a.html", TOO_MUCH, {"a.html": "{{ " + "1 + " * 500_000 + "1 }}"}),
    "des fichiers par milliers": (
        "liste.html",
        TOO_MUCH,
        {f"c{n}.html": "{{ nom }}" * 100 for n in range(300)}
        | {"liste.html": "".join(f"{{% include 'c{n}.html' %}}" for n in range(300))},
    ),
    "des boucles dans des boucles": ("a.html", "", {"a.html": "{% for i in (1,) %}" * 30 + "{% endfor %}" * 30}),
    "des parenthèses": ("a.html", "", {"a.html": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}"}),
    "des conditions": ("a.html", "", {"a.html": "{% if nom %}" * 2000 + "{% endif %}" * 2000}),
}


@pytest.mark.parametrize(("first", "said", "files"), one_in(5, OTHERS.values()), ids=OTHERS)
def test_files_that_have_no_end_are_stopped(
    first: str, said: str, files: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "MOST", bounds.MOST // 20)
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    call = f"{{% include '{'b0.html' if first == 'sans-fin.html' else first}' %}}"
    message = stopped(tmp_path, call)
    assert said in message
    assert str(tmp_path) in message


@pytest.mark.lent
def test_a_copy_of_every_template_makes_the_same_documents_in_bounds(tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    shutil.copytree(packaged_templates(), folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in NAMES:
        for form in FORMATS:
            assert render(name, values(name, EVERY_ETAT), form, folder) == document(name, form, EVERY_ETAT)


def test_what_is_not_excessive_is_not_stopped(tmp_path: Path) -> None:
    text = (
        "{% for n in range(3) %}{{ loop.index }}/{{ loop.length }} {{ nom|center(20) ~ 'é' }}{% endfor %}"
        "{{ '%05.1f' % 2 }} {{ '{:>8}'.format(nom) }} {{ ('-' * 10)|replace('-', '=') }} {{ 2 ** 10 + 3 * 4 % 5 }}"
        "{{ [1, 2]|join(', ') }}{{ {'a': [1]}|tojson(indent=2) }}{{ [3, 1]|sort|first }}{{ 2.345|round(1) }}"
        "{{ ['b', 'a']|map('upper')|sort|join }}{{ nom[1:3] }}{{ 1 in [1] }}{{ nom is eq('x') }}{{ '<' ~ '&' }}"
        "{% for a in [[1, [2]]] recursive %}{{ a if a is number else loop(a) }}{% endfor %}"
    )
    (tmp_path / "simple.html").write_text(text, encoding="utf-8")
    trusted = Sandbox(autoescape=True).from_string(text).render(nom="L'Essai")
    assert render("simple", {"nom": "L'Essai"}, "html", tmp_path) == trusted


def test_the_program_s_own_templates_pay_nothing() -> None:
    from pivot_cli.documents.rendering.filling import _environment

    assert type(_environment("html", None)) is Sandbox
    assert type(_environment("html", packaged_templates())) is Sandbox


# --- Word -----------------------------------------------------------------------------------------------------

WORD = ROOT / "templates" / "agenda" / "ordre-du-jour.docx"


def word(folder: Path, text: str = "", **parts: bytes) -> str:
    """What is said of the program's Word template with this text in it, and these parts."""
    pytest.importorskip("docxtpl")
    (folder / "agenda").mkdir()
    with zipfile.ZipFile(WORD) as old, zipfile.ZipFile(folder / "agenda" / "ordre-du-jour.docx", "w", 8) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml" and text:
                data = data.replace(b"<w:body>", f"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p>".encode(), 1)
            new.writestr(name, data)
        for name, data in parts.items():
            new.writestr(f"word/media/{name}", data)
    with pytest.raises(PivotError) as caught:
        render_word("agenda/ordre-du-jour", {}, folder)
    assert str(folder) in caught.value.message
    return caught.value.message


@pytest.mark.lent
def test_a_word_template_without_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST", bounds.MOST // 20)
    assert TOO_MUCH in word(tmp_path, "{% for i in range(9999) %}{% for j in range(9999) %}x{% endfor %}{% endfor %}")


@pytest.mark.lent
def test_a_word_template_that_opens_into_gigabytes_is_not_opened(tmp_path: Path) -> None:
    assert TOO_MUCH in word(tmp_path, bombe=bytes(60 * 1024 * 1024))


def test_a_word_template_of_a_million_tags_is_not_read(tmp_path: Path) -> None:
    assert TOO_MUCH in word(tmp_path, "{{ a }}" * 1_000_000)
