"""Word documents as LibreOffice lays them out, with its own fonts and with the widths of Calibri's letters."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from pace import few
from support import pivot

from documents.test_paper import DOCUMENTS, PLANS
from documents.word_paper import FONTS, faults
from pivot_cli.cli import edge

pytestmark = pytest.mark.lent
IN_WORD = ("ca", "aga", "bilan")
WRITTEN = [(document, plan) for plan in PLANS for document in IN_WORD]


def have(fonts: str) -> None:
    """Skip the test where Calibri has no stand-in, or fail it under PIVOT_TESTS=complet."""
    asked = subprocess.run(["fc-match", "Calibri"], capture_output=True, text=True, check=False).stdout
    if fonts == "Calibri" and "Carlito" not in asked:
        assert not os.environ.get("PIVOT_TESTS"), "Carlito is not here"
        pytest.skip("Carlito is not here")


@pytest.mark.parametrize("fonts", few(2, FONTS))
def test_a_word_document_is_whole_on_paper(fonts: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    have(fonts)
    monkeypatch.setattr(edge, "today", lambda: date(2026, 11, 30))
    written = {}
    for document, plan in few(7, WRITTEN):
        folder, au, ca, aga = PLANS[plan]
        words = shlex.split(DOCUMENTS[document].format(au=au, ca=ca, aga=aga))
        written[f"{document}-{plan}"] = tmp_path / f"{document}.{plan}.docx"
        done = pivot(*words, "-o", str(written[f"{document}-{plan}"]), cwd=folder)
        assert done.returncode == 0, done.stderr
    found = faults(written, tmp_path, fonts)
    assert [f"{name}: {told}" for name in found for told in found[name]] == []


# --- the test above sees what it looks for ----------------------------------------------------------------


def _lines(document: Any, lines: int) -> None:
    for _ in range(lines):
        document.add_paragraph("Une ligne").paragraph_format.space_after = 0


def _table(document: Any, rows: int, *marks: str, text: str = "Un\nmot") -> None:
    table = document.add_table(rows, 1)
    for rank, row in enumerate(table.rows):
        row.cells[0].text = text if rank else "Action"
        for mark in (one for one in marks if rank == 0 or one != "w:tblHeader"):
            row._tr.get_or_add_trPr().append(OxmlElement(mark))


def _alone(document: Any) -> None:
    _lines(document, 4)
    document.add_heading("Un titre", 2).paragraph_format.keep_with_next = False
    document.add_paragraph("Ailleurs").paragraph_format.page_break_before = True
    _lines(document, 4)


def _annexed(document: Any) -> None:
    _lines(document, 4)
    document.add_heading("Annexe : le reste", 2)
    _lines(document, 4)


def _untitled(document: Any) -> None:
    _lines(document, 4)
    document.core_properties.title = ""
    next(document.styles.element.iter(qn("w:lang"))).set(qn("w:val"), "en-US")


def _timed(document: Any) -> None:
    _lines(document, 4)
    document.add_paragraph("À 19 h 5")


FAULTY: list[tuple[str, Callable[[Any], None], list[str]]] = [
    # its name, what is in it after its title, what is told
    ("rien", lambda document: _lines(document, 4), []),
    ("seul", _alone, ["orphan heading « Un titre » at the bottom of sheet 1"]),
    ("annexe", _annexed, ["« Annexe : le reste » begins in the middle of sheet 1"]),
    ("rangees", lambda document: _table(document, 20, "w:tblHeader", "w:cantSplit"), []),
    (
        "coupee",
        lambda document: _table(document, 3, "w:tblHeader", text="Un\n" * 30),
        ["is cut between sheets 1 and 2"],
    ),
    ("sans-tetes", lambda document: _table(document, 20, "w:cantSplit"), ["goes on without its heads on sheet 2"]),
    ("heure", _timed, ["« 19 h 5 » may be cut at its space"]),
    ("deux-lignes", lambda document: _lines(document, 1), ["sheet 1 has 2 lines: « Un document / Une ligne »"]),
    ("muet", _untitled, ["the document has no title", "is not said to be in French of Québec"]),
]


@pytest.mark.complet
def test_what_is_wrong_on_paper_is_told(tmp_path: Path) -> None:
    made = {}
    for name, fill, _ in FAULTY:
        document = Document()
        document.core_properties.title = "Un titre"
        next(document.styles.element.iter(qn("w:lang"))).set(qn("w:val"), "fr-CA")
        document.add_heading("Un document", 1)
        fill(document)
        made[name] = tmp_path / f"{name}-.docx"
        document.save(str(made[name]))
    found = faults(made, tmp_path, "LibreOffice")
    for name, _, told in FAULTY:
        assert "sheet 1 has no number" in found[name]
        others = [fault for fault in found[name] if "has no number" not in fault]
        assert len(others) == len(told), (name, others)
        assert all(any(said in fault for fault in others) for said in told), (name, others)
