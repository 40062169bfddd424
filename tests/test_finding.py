"""Where a fault is, in which order faults are told, and what they answer to the shell."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pace import table

from pivot_cli.checks.catalogue import CATALOGUE
from pivot_cli.finding import ExitCode, Finding, Gravite, Location, SourceText, exit_code, in_order


@table(
    ("text", "offset", "line", "column"),
    [
        ("abc", 0, 1, 1),
        ("abc", 3, 1, 4),
        ("a\nbc", 2, 2, 1),
        ("a\r\nbc", 3, 2, 1),
        ("a\rbc", 2, 2, 1),
        ("é\n😀x", 3, 2, 2),  # code points, whatever their width
        ("a\u2028b\nc", 4, 2, 1),  # no line break for an editor
        ("a\n", 2, 2, 1),
    ],
)
def test_lines_and_columns(text: str, offset: int, line: int, column: int) -> None:
    where = SourceText("f.yaml", text).location(offset)
    assert (where.line, where.column) == (line, column)
    assert str(where) == f"f.yaml:{line}:{column}"


@given(st.text(alphabet="ab\r\n", max_size=30))
@settings(deadline=None, derandomize=True)
def test_a_line_s_text_is_what_stands_between_two_breaks(text: str) -> None:
    source = SourceText("f.yaml", text)
    lines = re.split("\r\n|\r|\n", text)
    assert [source.line_text(number) for number in range(1, len(lines) + 1)] == lines
    assert source.line_text(len(lines) + 1) == ""
    assert source.line_text(0) == ""


def finding(code: str, file: str = "plan/a.yaml", line: int = 1) -> Finding:
    return Finding(code, Location(file, line), "…")


def test_findings_come_file_by_file_and_from_top_to_bottom() -> None:
    files = ("plan/orientation-2.yaml", "plan/orientation-10.yaml", "plan/organisme.yaml")
    found = [finding("PIV101", file, line) for file in files for line in (12, 2)]
    assert [(one.location.file[5:], one.location.line) for one in in_order(found)] == [
        ("organisme.yaml", 2),
        ("organisme.yaml", 12),
        ("orientation-2.yaml", 2),
        ("orientation-2.yaml", 12),
        ("orientation-10.yaml", 2),
        ("orientation-10.yaml", 12),
    ]


@pytest.mark.parametrize(
    ("codes", "answer"),
    [
        ((), ExitCode.OK),
        (("PIV302",), ExitCode.OK),  # good to know
        (("PIV101", "PIV302"), ExitCode.FINDINGS),
        (("PIV101", "PIV002"), ExitCode.UNREADABLE),
    ],
)
def test_what_a_check_answers(codes: tuple[str, ...], answer: ExitCode) -> None:
    findings = [finding(code)._replace(gravite=CATALOGUE[code].gravite) for code in codes]
    assert exit_code(findings) is answer


def test_the_catalogue_says_everything_in_french() -> None:
    for code, entry in CATALOGUE.items():
        assert re.fullmatch(r"PIV\d{3}", code)
        assert entry.gravite in Gravite
        assert entry.title
        assert entry.title[0].islower()
