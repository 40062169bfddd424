"""Québec typography in every text that the program can say, read from its sources (DESIGN section 1, rule 5)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pace import table
from support import ROOT

FAULTS = re.compile(
    r"[ ](?=[:»%$](?:\W|$))"  # an ordinary space where a non-breaking one stands
    r"|«[ ]"
    r"|«(?=[^\N{NO-BREAK SPACE}{~])|(?<=[^\N{NO-BREAK SPACE}}~])»"  # none at all
    r"|[ \N{NO-BREAK SPACE}](?=[;!?](?:\s|$))"  # one where none stands
    r"|\b1 er\b|\b\d+ ?h ?0\d\b"
    r"|\w (?<!pivot )\b(?:complétée?s?|imputables?|agenda)\b",  # in a sentence: alone, people type it
)
MODULES = sorted(path for path in (ROOT / "pivot_cli").rglob("*.py"))


def said(path: Path) -> Iterator[tuple[int, str]]:
    """Every text of a module that may be shown: string literals that are not documentation for its developers."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    # A literal that stands alone documents the name above it.
    documentation |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.lineno, node.value


def untagged(text: str) -> str:
    """A text without the tags of a template (which have lines of their own in the script of the Word one), or what an
    f-string leaves of one at either end.
    """
    return re.sub(r"(?m:^ *%.*)|{%.*?%}|{{.*?}}|{%[^%]*$|^[^{%]* %}", "~", text)


@pytest.mark.lent
@table("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_texts_follow_the_typography_of_quebec(path: Path) -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line}: {text!r}"
        for line, text in said(path)
        if re.search(r"[a-zà-ÿ]{3}|^ ?: ?$", text) and FAULTS.search(untagged(text)) and not text.startswith("#compdef")
    ]
    assert wrong == []


def test_no_text_says_that_somebody_is_late() -> None:
    """« En retard » is a value of the JSON: people read « échéance passée », with what is recorded."""
    spoken = [path for path in MODULES if "retard" in path.read_text(encoding="utf-8")]
    late = {(path.stem, text) for path in spoken for _, text in said(path) if re.search(r"\b(?:en|de|du) retard", text)}
    assert late == {("etat", "en retard")}


@table("text", ["Aide : pivot", "« mot »", "«mot»", "Quoi ?", "Oui !", "50 %", "une action complétée", "19 h 05"])
def test_the_scan_sees_a_fault(text: str) -> None:
    assert FAULTS.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "Aide\N{NO-BREAK SPACE}: pivot",
        "«\N{NO-BREAK SPACE}mot\N{NO-BREAK SPACE}»",
        "Quoi? Oui; non!",
        "statut: réalisée",
        "19 h 5",
    ],
)
def test_the_scan_sees_no_fault(text: str) -> None:
    assert not FAULTS.search(text)
