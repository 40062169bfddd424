"""Files made to hurt: each is answered, in a number of steps that does not depend on what it holds."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pace import few, one_in

from pivot_cli.yaml_tree import MAX_FILE_BYTES, read_tree, reader


class _Counting:
    """The library's parser, counting how many events it is asked for."""

    asked = 0

    def __init__(self, text: str) -> None:
        self._parser = C_PARSER(text)

    def get_event(self) -> object:
        type(self).asked += 1
        return self._parser.get_event()

    def dispose(self) -> None:
        self._parser.dispose()


C_PARSER = reader._parser
BIG = 10_000_000
Made = Callable[[], bytes]
"""What is tens of millions of bytes is made by the test that reads it: a process that holds them all forks slowly."""


@pytest.fixture(autouse=True)
def _counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_parser", _Counting)
    monkeypatch.setattr(_Counting, "asked", 0)


@pytest.mark.parametrize(
    ("data", "code", "column", "steps"),
    one_in(
        2,
        few(
            2,
            [
                (lambda: b"[" * 60_000, "PIV007", 21, 25),
                (lambda: b"{" * 60_000, "PIV007", 21, 25),
                (lambda: b"{a: " * 60_000, "PIV007", 81, 50),
                (lambda: b"- " * 50_000, "PIV007", 41, 25),
                (lambda: b"? " * 50_000, "PIV007", 41, 25),
                (lambda: b"a: " + b"[" * 60_000, "PIV007", 23, 30),
                (lambda: b"x" * BIG + b": a", "PIV005", 1, 10),
                (lambda: b"a: 'x" + b"x" * BIG, "PIV005", 4, 10),
                (lambda: b":" * 1_000_000 + b" ", "PIV005", 1, 10),
                (lambda: b"&a " * 100_000, "PIV005", 4, 10),
                (lambda: b"%TAG !a! x\n" * 400_000, "PIV005", 1, 0),
                (lambda: b"a\n...\n" + b"%TAG !a! x\n" * 400_000, "PIV009", 1, 5),
                (lambda: b"\n" * 600_000, "PIV007", 1, 0),
                (lambda: b"a\r" * 600_000, "PIV007", 1, 0),
                (lambda: b"a" * (MAX_FILE_BYTES + 1), "PIV007", 1, 0),
                (lambda: b"a" * 50_000_000, "PIV007", 1, 0),
                (lambda: b"\x00" * 100_000, "PIV003", 1, 0),
                (lambda: b"<<<<<<< a\n" * 200_000, "PIV011", 1, 0),
                (lambda: b"<<<<<<< a\n" * 100_000 + b"=======\n" * 100_000, "PIV011", 1, 0),
                (lambda: b"a: b\n" + b"<<<<<<< a\n=======\n>>>>>>> b\n" * 70_000, "PIV011", 1, 0),
            ],
        ),
    ),
)
def test_one_fault_and_few_steps(data: Made, code: str, column: int, steps: int) -> None:
    _, root, findings = read_tree(data(), "f")
    assert root is None
    last = findings[-1]
    assert (last.code, last.location.column) == (code, column)
    assert len(findings) <= 2
    assert _Counting.asked <= steps


MANY = "[" * 2000


DEEP = [
    (MANY, "1:21"),
    ("[" * 1001, "1:21"),
    ("[" * 21 + "@", "1:21"),
    ("{" * 990 + "@", "1:21"),
    ("[{" * 1000, "1:21"),
    ("[\n" * 2000, "21:1"),
    ("a: [\n  b,\n  " + MANY, "3:21"),
    ("--- " + MANY, "1:25"),
    ("# un\n- - - " + MANY, "2:24"),
    ("&a !b " + MANY, "1:27"),
    ("- *a " + MANY, "1:25"),
    ("- &a [&b " + MANY, "1:28"),
    ("[[b]: 1, " + MANY, "1:29"),
    ("a: 1\n" + MANY, "2:20"),
    ("a: 1\n[b] " + MANY, "2:24"),
    ("a: [l'eau, " + MANY, "1:30"),
    ("a: ['l''[[', \"[\\\"[\": " + MANY, "1:39"),
    ("a: [b, #" + MANY + "\n" + MANY, "2:19"),
]  # fmt: skip
PARSERS: list[tuple[str, str, object]] = [(text, place, C_PARSER) for text, place in DEEP]
# Of PyYAML, which looks for the places of keys again and again, in a text with many brackets.
PARSERS += [(text, place, reader._pure_parser) for text, place in few(4, DEEP)]


@pytest.mark.parametrize(("text", "place", "parser"), one_in(4, PARSERS))
def test_depth_is_told_at_its_place_whatever_the_library_says(
    text: str, place: str, parser: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "_parser", parser)
    _, root, findings = read_tree(text.encode(), "f")
    assert root is None
    told = [(one.code, f"{one.location.line}:{one.location.column}") for one in findings]
    assert told == [("PIV007", place)]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20 + "@",
        "a: texte " + MANY + ": b",
        "x:\n- a: [1, '" + MANY + "', @]",
        'x: [1, "' + MANY + '", @]',
        "a: [" + "[b]," * 200 + "@",
        "a: [b " + "c[]," * 100 + "@",
    ],
)
def test_brackets_of_a_text_and_brackets_closed_are_not_levels(text: str) -> None:
    _, root, findings = read_tree(text.encode(), "f")
    assert root is None
    assert [one.code for one in findings][-1] == "PIV005"


@pytest.mark.lent
@pytest.mark.parametrize(
    "data",
    [
        lambda: b"a: " + b"x" * BIG,
        lambda: b"a: " + b"x " * (BIG // 2),
        lambda: b'a: "' + b"x " * (BIG // 2) + b'"',
        lambda: b"a: |\n" + b"  x\n" * 400_000,
        lambda: b"a: 1\n" + b" " * BIG,
    ],
)
def test_long_lines_and_long_texts_are_read(data: Made) -> None:
    _, root, findings = read_tree(data(), "f")
    assert root is not None
    assert findings == []
    assert _Counting.asked < 10


def test_the_events_are_counted_and_the_count_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_EVENTS", 1000)
    _, root, findings = read_tree(b"[" + b"a," * 10_000 + b"]", "f")
    assert root is None
    assert [finding.code for finding in findings] == ["PIV007"]
    assert _Counting.asked == 1000


def test_an_alias_bomb_does_not_go_off() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    _, root, findings = read_tree("\n".join(lines).encode(), "f")
    assert root is None
    assert {finding.code for finding in findings} == {"PIV008"}
    assert len(findings) <= 5
    assert _Counting.asked < 600


@pytest.mark.lent
def test_a_plan_of_nine_thousand_actions_in_one_file_is_within_the_bounds() -> None:
    action = b"  - numero: 1\n    description: x\n    responsables: [a, b]\n    echeance: x\n    budget: {prevu: 1}\n"
    _, root, findings = read_tree(b"actions:\n" + action * 9_300, "f")
    assert root is not None
    assert findings == []
