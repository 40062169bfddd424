"""Faulty files: what is said, and where; by libyaml and by Python's own reader alike."""

from __future__ import annotations

import re

import pytest
from cli_french.english import english, misspaced
from pace import few, one_in, table

from pivot_cli.checks.catalogue import CATALOGUE
from pivot_cli.finding import Finding
from pivot_cli.text import first_control
from pivot_cli.yaml_tree import Mapping, Scalar, decoding, read_tree, reader, syntax
from pivot_cli.yaml_tree.decoding import forbidden
from pivot_cli.yaml_tree.faults import TOLD_AT_MOST
from pivot_cli.yaml_tree.stop import Stop
from reader.faulty import CASES, Case

NBSP = "\u00a0"
C_PARSER = reader._parser


@pytest.fixture(params=[C_PARSER, reader._pure_parser], ids=["libyaml", "python"])
def _each_library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_parser", request.param)


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


def places(findings: list[Finding]) -> list[tuple[str, int, int]]:
    return [(finding.code, finding.location.line, finding.location.column) for finding in findings]


@pytest.mark.usefixtures("_each_library")
@table("case", CASES, ids=[case.name for case in CASES])
def test_each_fault_is_told_once_at_its_place_in_french(case: Case) -> None:
    _, root, findings = read_tree(case.text.encode(), "plan/x.yaml")
    assert places(findings) == [(code, line, column) for code, line, column, _ in case.faults]
    for finding, (_, _, _, message) in zip(findings, case.faults, strict=True):
        assert message in plain(finding.message)
        assert finding.location.file == "plan/x.yaml"
        assert finding.gravite is CATALOGUE[finding.code].gravite
    assert case.remedy in plain(findings[-1].remedy)
    is_template = "nom d'un champ" in case.faults[0][3] or "nom du champ" in case.faults[0][3]
    assert (root is not None) == case.read or is_template


def own_words(message: str, remedy: str) -> str:
    """What the program says: what it quotes from the file, or gives to copy into it, is written as it stands."""
    return re.sub(r"«\u00a0.*?\u00a0»|[\"'].*[\"']", "«\u00a0…\u00a0»", f"{message} {remedy}")


@table("case", CASES, ids=[case.name for case in CASES])
def test_a_message_is_french_and_well_set(case: Case) -> None:
    for finding in read_tree(case.text.encode(), "f")[2]:
        own = own_words(finding.message, finding.remedy)
        assert english(own) == []
        assert misspaced(own) == []
        assert finding.message[0].isupper() or finding.message[0] in f"«{NBSP}"
        assert finding.message.endswith(".")
        assert finding.remedy
        assert len(finding.message) < 200
        assert len(finding.remedy) < 200


def test_the_corpus_is_large_enough() -> None:
    assert len(CASES) >= 120
    assert len({case.name for case in CASES}) == len(CASES)


LIBYAML = """
block sequence entries are not allowed in this context|could not find expected ':'|did not find URI escaped octet
could not find expected directive name|did not find expected '!'|did not find expected ',' or ']'
did not find expected ',' or '}'|did not find expected '-' indicator|did not find expected <document start>
did not find expected <stream-start>|did not find expected alphabetic or numeric character
did not find expected comment or line break|did not find expected digit or '.' character
did not find expected hexdecimal number|did not find expected key|did not find expected node content
did not find expected tag URI|did not find expected version number|did not find expected whitespace
did not find expected whitespace or line break|did not find the expected '>'
found a tab character that violates indentation|found a tab character where an indentation space is expected
found an incorrect leading UTF-8 octet|found an incorrect trailing UTF-8 octet
found an indentation indicator equal to 0|found character that cannot start any token
found duplicate %TAG directive|found duplicate %YAML directive|found extremely long version number
found incompatible YAML document|found invalid Unicode character escape code|found undefined tag handle
found unexpected ':'|found unexpected document indicator|found unexpected end of stream
found unexpected non-alphabetical character|found unknown directive name|found unknown escape character
mapping keys are not allowed in this context|mapping values are not allowed in this context
"""
CONTEXTS = """
while parsing a %TAG directive|while parsing a block collection|while parsing a block mapping
while parsing a block node|while parsing a flow mapping|while parsing a flow node|while parsing a flow sequence
while parsing a node|while parsing a quoted scalar|while parsing a tag|while scanning a %TAG directive
while scanning a %YAML directive|while scanning a block scalar|while scanning a directive
while scanning a plain scalar|while scanning a quoted scalar|while scanning a simple key|while scanning a tag
while scanning an alias|while scanning an anchor|while scanning for the next token|
"""


@pytest.mark.parametrize(
    "problem", one_in(4, few(10, ["something that no version says", *re.split(r"[|\n]", LIBYAML.strip())]))
)
def test_whatever_the_library_says_and_wherever_no_english_passes_through(problem: str) -> None:
    text = "a: 1\n- [b, 'c\n\n\u00a0d: {x: y\n"
    source, _, _ = read_tree(text.encode(), "f")
    for context in re.split(r"[|\n]", CONTEXTS.strip() + "|"):
        for at in range(len(text) + 1):
            for context_at in (None, 0, at // 2):
                fault = syntax.syntax_fault(
                    Stop(source, text, problem, at, context, at if context_at is None else context_at, None)
                )
                assert english(own_words(fault.message, fault.remedy)) == []
                assert fault.code == "PIV005"
                assert 0 <= fault.start <= len(text)


@pytest.mark.parametrize("text", ["- &a b\n", "- {a: 1, a: 2}\n", "- a\x07\n", '- "\\a"\n', "- {a\u00a0: b}\n"])
def test_a_fault_met_again_and_again_is_told_a_few_times(text: str) -> None:
    findings = read_tree((text * 40).encode(), "f")[2]
    assert len(findings) == TOLD_AT_MOST
    assert "35 de plus du même genre" in findings[-1].message


def test_the_rest_of_a_file_with_a_control_character_is_read() -> None:
    source, root, findings = read_tree(b"a: x\x07y\nb: 1\nb: 2\n", "f")
    assert places(findings) == [("PIV004", 1, 5), ("PIV102", 3, 1)]
    assert isinstance(root, Mapping)
    assert [(key.text, value.text) for key, value in root.entries if isinstance(value, Scalar)] == [
        ("a", "x\ufffdy"),
        ("b", "1"),
    ]
    assert source.text[4] == "\x07"


@pytest.mark.lent
def test_whatever_screens_take_for_a_control_is_forbidden() -> None:
    for code in range(0x110000):
        if first_control(chr(code)) is not None:
            assert forbidden().fullmatch(chr(code)), hex(code)
    assert not forbidden().search("\t\n\r \u00a0\u202f’«é\u200d\U0001f600")
    # The quick look at the bytes, which spares the slow one, sees them all but the surrogates, which no file holds.
    for code in (*range(0xD800), *range(0xE000, 0x10000)):
        assert decoding._may_hold_forbidden(chr(code).encode()) == bool(forbidden().fullmatch(chr(code)))


@table(
    ("data", "line", "column", "message"),
    [
        (b"a: 1\nb: caf\xe9 noir\n", 2, 7, "l'octet E9 ne s'y lit pas, sans doute « é »"),
        ("a: é\nb: ".encode() + b"\x93x\x94\n", 2, 4, "l'octet 93"),
        (b"\xef\xbb\xbfa: \xff\n", 1, 4, "l'octet FF"),
        (b"a: \xc3", 1, 4, "l'octet C3"),
        ("a: 1\n".encode("utf-16"), 1, 1, "en UTF-16"),
        (b"\xfe\xff" + "a: 1\n".encode("utf-16-be"), 1, 1, "en UTF-16"),
        ("a: 1\n".encode("utf-16-le"), 1, 1, "en UTF-16"),
        ("a: 1\n".encode("utf-32"), 1, 1, "en UTF-32"),
    ],
)
def test_what_is_not_utf8_is_placed_exactly(data: bytes, line: int, column: int, message: str) -> None:
    _, root, findings = read_tree(data, "f")
    assert root is None
    assert places(findings) == [("PIV003", line, column)]
    assert message in plain(findings[0].message)
    assert "UTF-8" in findings[0].remedy
