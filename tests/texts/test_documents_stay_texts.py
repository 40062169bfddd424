"""HTML, Markdown, Word: what a plan says is there as it is, and adds no element, link, cell or line of a diagram."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pytest
from agenda.plans import agenda
from documents.making import NAMES, document
from documents.reading import Page
from docx import Document
from hypothesis import given, settings
from markdown_it import MarkdownIt
from pace import examples, few, one_in
from support import SMALL, load_texts

from pivot_cli.checks.edition import Edition
from pivot_cli.checks.edits import check_edit
from pivot_cli.documents.rendering.filling import render
from pivot_cli.documents.rendering.word import render_word
from pivot_cli.outputs.edit_summary import edit_summary
from pivot_cli.outputs.exports import OVERDUE
from pivot_cli.outputs.reminders import as_markdown, reminders
from pivot_cli.suivi.etat import portrait
from texts.hostile import SEVERAL, WRITTEN, plan_of, said, squeezed, tame_ones

AU = date(2020, 1, 15)
PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
Files = dict[str, str]
Made = Callable[[Files], str]
ODJ = "agenda/ordre-du-jour"


def of_report(name: str, form: str) -> Made:
    return lambda files: document(name, form, files)


def of_agenda(kind: str, form: str) -> Made:
    return lambda files: render(ODJ, agenda(files, type=kind, heure=19 * 60), form)


def overdue(files: Files) -> str:
    seen = portrait(load_texts(files)[0], AU)
    return OVERDUE["md"](seen, [one for one in seen.situations if one.etat.passed], None, AU)


def reminder(files: Files) -> str:
    plan, _ = load_texts(files)
    return "\n".join(map(as_markdown, reminders(portrait(plan, AU), plan.registre)))


def summary(files: Files) -> str:
    plan, findings = load_texts(files)
    edition = Edition(load_texts(SMALL)[0], plan)
    return edit_summary(plan, edition, [*findings, *check_edit(edition)])


PAGES = {name: of_report(name, "html") for name in NAMES} | {kind: of_agenda(kind, "html") for kind in ("ca", "aga")}
LISTS = {name: of_report(name, "md") for name in NAMES} | {kind: of_agenda(kind, "md") for kind in ("ca", "aga")}
LISTS |= {"overdue": overdue, "remind": reminder, "résumé": summary}


def elements(page: Page) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Each element with the names of its attributes, and what leads somewhere or names something."""
    kept = ("href", "src", "id", "class", "style")
    return [(tag, tuple(attrs), tuple(attrs[name] for name in kept if name in attrs)) for tag, attrs in page.tags]


def blocks(text: str) -> list[object]:
    """What a parser of Markdown finds beside texts: blocks, marks, links, code."""
    found: list[object] = []
    for token in PARSER.parse(text):
        found.append((token.type, token.tag, token.info))
        found += [one.type for one in token.children or [] if not one.type.startswith("text")]
        found += [one.attrGet("href") for one in token.children or [] if one.type == "link_open"]
        if token.type == "fence" and token.info == "mermaid":
            found += [(line.count(":"), line.startswith("    section")) for line in token.content.splitlines()]
        elif token.type == "fence" and token.info == "sh":
            found += [line for line in token.content.splitlines() if not line.startswith("# ")]
    return found


def read_markdown(text: str) -> str:
    tokens = PARSER.parse(text)
    inline = (one.content or " " for token in tokens for one in token.children or [])
    return "".join(inline) + " ".join(token.content for token in tokens if token.type == "fence")


def missing(hostile: list[str], tame: list[str], read: str, tame_read: str) -> list[str]:
    """The texts that are not said where the tame one in their place is."""
    shown, before = squeezed(read), squeezed(tame_read)
    pairs = zip(hostile, tame, strict=True)
    return [text for text, name in pairs if name in before and said(text) not in shown]


def check_page(make: Made, texts: list[str]) -> None:
    tame = tame_ones(len(texts))
    hostile_page, tame_page = Page(make(plan_of(texts))), Page(make(plan_of(tame)))
    assert hostile_page.problems == []
    assert elements(hostile_page) == elements(tame_page)
    assert missing(texts, tame, hostile_page.text, tame_page.text) == []


def check_markdown(make: Made, texts: list[str]) -> None:
    tame = tame_ones(len(texts))
    hostile_text, tame_text = make(plan_of(texts)), make(plan_of(tame))
    assert blocks(hostile_text) == blocks(tame_text)
    if make is not summary:  # which cuts what it repeats
        assert missing(texts, tame, read_markdown(hostile_text), read_markdown(tame_text)) == []


@pytest.mark.parametrize("name", one_in(5, PAGES))
@settings(max_examples=examples(3, 5), deadline=None, derandomize=True)
@given(SEVERAL)
def test_html(name: str, texts: list[str]) -> None:
    check_page(PAGES[name], texts)


@pytest.mark.parametrize("name", one_in(8, LISTS))
@settings(max_examples=examples(3, 5), deadline=None, derandomize=True)
@given(SEVERAL)
def test_markdown(name: str, texts: list[str]) -> None:
    check_markdown(LISTS[name], texts)


@pytest.mark.lent
@pytest.mark.parametrize("name", few(4, PAGES))
def test_html_with_every_mark_in_every_field(name: str) -> None:
    for shift in range(0, len(WRITTEN), 9):
        check_page(PAGES[name], WRITTEN[shift:] + WRITTEN[:shift])


@pytest.mark.lent
@pytest.mark.parametrize("name", few(6, LISTS))
def test_markdown_with_every_mark_in_every_field(name: str) -> None:
    for shift in range(0, len(WRITTEN), 9):
        check_markdown(LISTS[name], WRITTEN[shift:] + WRITTEN[:shift])


# --- Word -------------------------------------------------------------------------------------------------


def word(files: Files, kind: str) -> tuple[list[object], str]:
    """The elements of a document without their texts, and the texts."""
    opened = Document(io.BytesIO(render_word(ODJ, agenda(files, type=kind, heure=19 * 60))))
    body = opened.element.body
    paragraphs = [paragraph.text for paragraph in opened.paragraphs]
    paragraphs += [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return [one.tag for one in body.iter()], "\n".join(paragraphs)


@pytest.mark.lent
@pytest.mark.parametrize("kind", ["ca", "aga"])
def test_word(kind: str) -> None:
    tame = tame_ones(len(WRITTEN))
    hostile_parts, read = word(plan_of(WRITTEN), kind)
    tame_parts, tame_read = word(plan_of(tame), kind)
    assert hostile_parts == tame_parts
    assert missing(WRITTEN, tame, read, tame_read) == []
