"""Faulty files, as people make them: each gives one finding, of the code, at the line and the column expected.

`fichiers/orientation-1--deux-points.yaml` stands in for that file of a small sound plan, which is then checked
whole, as `pivot validate` does. `attendus.tsv` says what must be found and a part of what must be said.
"""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from cli_french.english import english
from hypothesis import given, settings
from hypothesis import strategies as st
from pace import examples, table
from support import SMALL

from pivot_cli.checks.plan import check
from pivot_cli.finding import Finding, in_order
from pivot_cli.plan.loader import load, source_texts
from pivot_cli.plan.model import Plan
from pivot_cli.plan.sources import PlanFiles
from pivot_cli.screens.faults import faults_page, window

HERE = Path(__file__).parent
TODAY = date(2026, 1, 1)
REUNIONS = "ca:\n  points_permanents:\n    - titre: Tour de table\n      action: 1.adm.1.1\n"
SOUND = {name: text.encode() for name, text in SMALL.items()} | {"reunions.yaml": REUNIONS.encode()}

with (HERE / "attendus.tsv").open(encoding="utf-8", newline="") as file:
    EXPECTED = list(csv.DictReader(file, delimiter="\t"))


def checked(name: str, data: bytes) -> tuple[PlanFiles, Plan, list[Finding]]:
    """The sound plan with that file in it, and all that is wrong with it."""
    files = PlanFiles("plan", SOUND | {name: data}, [])
    plan, findings = load(files)
    return files, plan, in_order([*findings, *check(plan, TODAY)])


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def role(file: str) -> str:
    return f"{file.partition('--')[0]}.yaml"


@table("row", EXPECTED, ids=lambda row: row["fichier"].removesuffix(".yaml"))
def test_a_faulty_file_has_its_fault_at_its_place(row: dict[str, str]) -> None:
    name = role(row["fichier"])
    files, plan, findings = checked(name, (HERE / "fichiers" / row["fichier"]).read_bytes())
    assert [(one.code, one.location.line, one.location.column) for one in findings] == [
        (row["code"], int(row["ligne"]), int(row["colonne"]))
    ]
    (finding,) = findings
    assert finding.location.file == f"plan/{name}"
    said = f"{finding.message} {finding.remedy}"
    assert row["le message dit"] in plain(said)
    assert len(said) < 800
    assert finding.remedy
    for width in (40, 80, 200):
        page = faults_page(plan, findings, width, source_texts(files, [finding.location.file]))
        assert all(len(line.text) <= width or len(line.text.split(" ")) <= 4 or "…" in line.text for line in page.lines)


@pytest.mark.lent
def test_nothing_said_of_them_is_in_english() -> None:
    for row in EXPECTED:
        _, _, findings = checked(role(row["fichier"]), (HERE / "fichiers" / row["fichier"]).read_bytes())
        for finding in findings:
            theirs = {"Former", "important", "done", "python", "name"}
            assert [word for word in english(finding.message) if word not in theirs] == [], finding.message


def test_the_corpus_is_whole() -> None:
    assert sorted(path.name for path in (HERE / "fichiers").iterdir()) == sorted(row["fichier"] for row in EXPECTED)
    assert len(EXPECTED) >= 80
    counted = Counter(row["code"][:4] for row in EXPECTED)
    assert set(counted) == {"PIV0", "PIV1", "PIV2", "PIV3", "PIV4"}


def test_the_plan_that_they_damage_is_sound() -> None:
    assert checked("orientation-1.yaml", SOUND["orientation-1.yaml"])[2] == []


@pytest.mark.lent
@settings(derandomize=True, deadline=None, max_examples=examples(100, 300))
@given(
    st.text(alphabet="ab \t", min_size=1, max_size=200), st.integers(0, 200), st.integers(0, 200), st.integers(18, 100)
)
def test_the_line_of_a_fault_fits_with_the_fault_in_it(line: str, one: int, other: int, room: int) -> None:
    text = line.replace("\t", " ").rstrip()
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    shown, first, last = window(line, start, end, room)
    assert len(shown) <= room
    assert 0 <= first <= last <= len(shown)
    assert shown[first:last] == text[start : start + last - first]
    assert last - first >= min(end - start, room - 2)
