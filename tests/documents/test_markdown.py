"""Markdown: what a CommonMark parser makes of the documents, whatever the plan says."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pace import examples

from documents.making import NAMES, document, shipped, values
from documents.plans import EVERY_ETAT, HOSTILE_TEXTS, with_descriptions
from pivot_cli.documents.rendering.markdown import slug, tidy
from pivot_cli.escaping import escape_markdown
from pivot_cli.text import one_line

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=60)


def plain(inline: Token) -> str:
    """What a reader sees of an inline token."""
    return "".join(one.content if one.type in ("text", "code_inline") else " " for one in inline.children or [])


def rows(text: str, section: str) -> list[str]:
    """The first cell of each row of the tables of actions of a section."""
    tokens = PARSER.parse(text)
    found: list[str] = []
    inside = actions = False
    for rank, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            inside = tokens[rank + 1].content == section
        if token.type == "thead_open":
            actions = tokens[rank + 3].content == "Action"
        if inside and actions and token.type == "tr_open" and tokens[rank + 1].type == "td_open":
            found.append(plain(tokens[rank + 2]))
    return found


def test_each_action_has_one_row_in_the_plan() -> None:
    shown = rows(shipped("complet", "md"), "Le plan")
    assert len(shown) == 93
    plan = values("complet", None)
    wanted = [a for o in plan.orientations for v in o.volets for obj in v.objectifs for a in obj.actions]
    for cell, action in zip(shown, wanted, strict=True):
        assert cell.startswith(f"{one_line(action.texte)} ({action.id})")


def test_hostile_texts_are_shown_as_they_are() -> None:
    shown = rows(document("complet", "md", with_descriptions(HOSTILE_TEXTS)), "Le plan")
    assert len(shown) == len(HOSTILE_TEXTS)
    for cell, hostile in zip(shown, HOSTILE_TEXTS, strict=True):
        assert cell.startswith(one_line(hostile))


@pytest.mark.parametrize("name", NAMES)
def test_one_blank_line_stands_between_blocks(name: str) -> None:
    assert not re.search(r"\A\n|\n{3}", shipped(name, "md"))


def test_a_fence_keeps_its_blank_lines() -> None:
    assert tidy("\n\n# a\n\n\n\n```text\nb\n\n\n\nc\n```\n\n\nd\n") == "# a\n\n```text\nb\n\n\n\nc\n```\n\nd\n"


@pytest.mark.parametrize("name", NAMES)
def test_no_text_of_the_plan_becomes_markup(name: str) -> None:
    """The same plan with tame texts has the same structure."""
    hostile = PARSER.parse(document(name, "md", with_descriptions(HOSTILE_TEXTS)))
    tame = PARSER.parse(document(name, "md", with_descriptions([f"texte {n}" for n in range(len(HOSTILE_TEXTS))])))
    assert [token.type for token in hostile] == [token.type for token in tame]
    html = {one.content for token in hostile for one in token.children or [] if one.type == "html_inline"}
    assert html <= {"<br>"}
    links = [one.attrGet("href") for token in hostile for one in token.children or [] if one.type == "link_open"]
    assert [link for link in links if not str(link).startswith("#")] == []


@pytest.mark.parametrize("format_", [None, EVERY_ETAT], ids=["livré", "chaque état"])
def test_the_contents_lead_to_headings(format_: dict[str, str] | None) -> None:
    text = document("complet", "md", format_)
    headings = {str(slug(title)) for title in re.findall(r"(?m)^## (.+)$", text)}
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) == headings


def test_the_diagram_has_a_line_for_each_dated_objectif() -> None:
    text = shipped("complet", "md")
    diagram = text.split("```mermaid\n")[1].split("```")[0]
    lines = [line for line in diagram.splitlines() if re.search(r":\d{4}-\d\d-\d\d, \d{4}-\d\d-\d\d$", line)]
    assert len(lines) == sum(len(part.jalons) for part in values("complet", None).jalons)
    assert all(line.count(":") == 1 for line in lines)
    hostile = document("complet", "md", with_descriptions(HOSTILE_TEXTS)).split("```mermaid\n")[1].split("\n```\n")[0]
    tasks = [line for line in hostile.splitlines()[4:] if not line.strip().startswith("section")]
    assert all(re.fullmatch(r" {4}1\.adm\.\d+ [^:]*:\d{4}-\d\d-\d\d, \d{4}-\d\d-\d\d", line) for line in tasks)


def test_a_live_link_is_an_address_of_the_web() -> None:
    text = document("complet", "md", EVERY_ETAT)
    tokens = [one for token in PARSER.parse(text) for one in token.children or [] if one.type == "link_open"]
    outside = [one.attrGet("href") for one in tokens if not str(one.attrGet("href")).startswith("#")]
    assert outside == ["https://exemple.org/compte-rendu"]


@settings(max_examples=examples(100, 300), deadline=None, derandomize=True)
@given(TEXTS)
def test_an_escaped_text_reads_as_it_was(text: str) -> None:
    wanted = one_line(text)
    for before, after in (("", ""), ("- ", ""), ("# ", ""), ("mot ", " mot")):
        tokens = PARSER.parse(f"{before}{escape_markdown(text)}{after}\n")
        said = "".join(plain(token) for token in tokens if token.type == "inline")
        assert " ".join(said.split()) == " ".join(f"{before.strip('-# ')} {wanted}{after}".split())
        assert {one.type for token in tokens for one in token.children or []} <= {"text", "text_special", "softbreak"}


@settings(max_examples=examples(50, 150), deadline=None, derandomize=True)
@given(st.lists(TEXTS, min_size=1, max_size=3))
def test_a_cell_is_one_cell(texts: list[str]) -> None:
    row = " | ".join(escape_markdown(text) or "x" for text in texts)
    table = f"| {' | '.join('abc'[: len(texts)])} |\n| {' | '.join('---' for _ in texts)} |\n| {row} |\n"
    tokens = PARSER.parse(table)
    assert sum(1 for token in tokens if token.type == "td_open") == len(texts)
