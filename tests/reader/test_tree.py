"""The tree: what is read, where it stands in the text, and that nothing breaks it."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pace import examples, table

from pivot_cli.finding import SourceText
from pivot_cli.yaml_tree import Mapping, Node, Scalar, Sequence, read_tree, reader
from pivot_cli.yaml_tree.decoding import forbidden

C_PARSER = reader._parser
NO_TIME = settings(derandomize=True, deadline=None, max_examples=examples(100, 300))
FEW = settings(NO_TIME, max_examples=examples(33, 100))


def tree(text: str | bytes) -> Any:
    _, root, findings = read_tree(text.encode() if isinstance(text, str) else text, "f")
    assert findings == []
    return root


def scalars(node: Node | None) -> list[Scalar]:
    if isinstance(node, Scalar):
        return [node]
    if isinstance(node, Sequence):
        return [scalar for item in node.items for scalar in scalars(item)]
    if isinstance(node, Mapping):
        return [scalar for key, value in node.entries for scalar in [key, *scalars(value)]]
    return []


def collections(node: Node | None) -> list[Sequence | Mapping]:
    if isinstance(node, Sequence):
        return [node, *(inner for item in node.items for inner in collections(item))]
    if isinstance(node, Mapping):
        return [node, *(inner for _, value in node.entries for inner in collections(value))]
    return []


def value(node: Node | None) -> Any:
    if isinstance(node, Sequence):
        return [value(item) for item in node.items]
    if isinstance(node, Mapping):
        return {key.text: value(item) for key, item in node.entries}
    return None if node is None else node.text


def test_every_scalar_is_read_as_text() -> None:
    root = tree("a: non\nb: 2019-12\nc: 08\nd: 12:30\ne: ~\nf: 1e3\ng: 2019-13-45\nh: null\n")
    assert [scalar.text for scalar in scalars(root)][1::2] == [
        *("non", "2019-12", "08", "12:30", "~", "1e3", "2019-13-45", "null"),
    ]


def test_a_value_that_is_not_written_is_an_empty_text_after_its_colon_or_dash() -> None:
    text = "titre:\na:   # c\nl:\n  -\n  - x\n"
    root = tree(text)
    empty = [scalar for scalar in scalars(root) if not scalar.text]
    assert [(scalar.start, scalar.end, scalar.style) for scalar in empty] == [
        (6, 6, None),
        (9, 9, None),
        (text.index("-") + 1, text.index("-") + 1, None),
    ]


@table(
    ("text", "style", "span", "read"),
    [
        ("a: b c  # d\n", None, "b c", "b c"),
        ("a: b \t\n", None, "b", "b"),
        ("a: b\n  c\n", None, "b\n  c", "b c"),
        ("a: 'l''an'\n", "'", "'l''an'", "l'an"),
        ('a: "x\\ty" # c\n', '"', '"x\\ty"', "x\ty"),
        ('a: "x\n  y"\n', '"', '"x\n  y"', "x y"),
        ("a: |\n  x\n  y\nb: 1\n", "|", "|\n  x\n  y", "x\ny\n"),
        ("a: |\n  x\n\n\nb: 1\n", "|", "|\n  x", "x\n"),
        ("a: |+\n  x\n\n\nb: 1\n", "|", "|+\n  x", "x\n\n\n"),
        ("a: >- # c\n  x\n  y  \n  \n# d\nb: 1\n", ">", ">- # c\n  x\n  y  ", "x y  "),
        ("a: |\n\n\nb: 1\n", "|", "|", "\n\n"[:0]),
        ("a: |\r\n  x\r\n\r\nb: 1\r\n", "|", "|\r\n  x", "x\n"),
        ("a: \U0001f600 é\n", None, "\U0001f600 é", "\U0001f600 é"),
    ],
)
def test_a_scalar_knows_its_style_and_its_span(text: str, style: str | None, span: str, read: str) -> None:
    scalar = scalars(tree(text))[1]
    assert scalar.style == style
    assert text[scalar.start : scalar.end] == span
    assert scalar.text == read


def test_a_collection_spans_from_its_first_sign_to_the_end_of_its_last_value() -> None:
    text = "l:\n  - a\n  - b: |\n      x\n\n\n  -\nm: [c, {d: e}, f: g]\nn:\n- h\n\n# end\n"
    spans = [(text[node.start : node.end], node.flow) for node in collections(tree(text))]
    assert spans == [
        (text[: text.index("\n\n# end")], False),
        ("- a\n  - b: |\n      x\n\n\n  -", False),
        ("b: |\n      x", False),
        ("[c, {d: e}, f: g]", True),
        ("{d: e}", True),
        ("f: g", True),
        ("- h", False),
    ]


def test_offsets_are_those_of_the_text_without_its_mark() -> None:
    source, root, findings = read_tree("\ufeffa: é\r\nb: x\r\n".encode(), "f")
    assert findings == []
    assert source.text == "a: é\r\nb: x\r\n"
    assert [source.text[scalar.start : scalar.end] for scalar in scalars(root)] == ["a", "é", "b", "x"]
    assert source.location(scalars(root)[3].start).line == 2


def test_anchors_and_tags_stand_outside_the_spans() -> None:
    text = "a: &x b\nc: !t 'd'\ne: !!seq # c\n  - f\ng: &y\n&z h: !<x> |\n  i\nj: !t {k: l}\n"
    source, root, findings = read_tree(text.encode(), "f")
    assert {finding.code for finding in findings} == {"PIV008"}
    spans = [source.text[scalar.start : scalar.end] for scalar in scalars(root)]
    assert spans == ["a", "b", "c", "'d'", "e", "f", "g", "", "h", "|\n  i", "j", "k", "l"]
    assert [source.text[node.start : node.end] for node in collections(root)][1:] == ["- f", "{k: l}"]


def test_an_alias_of_a_text_is_read_and_one_of_a_list_stops_the_reading() -> None:
    assert value(read_tree(b"a: &x b\nc: *x\nd: *y\n", "f")[1]) == {"a": "b", "c": "b", "d": "*y"}
    assert read_tree(b"a: &x [b]\nc: *x\n", "f")[1] is None


def test_the_second_of_two_keys_is_left_out() -> None:
    _, root, findings = read_tree(b"a: 1\nb: 2\na: 3\n", "f")
    assert value(root) == {"a": "1", "b": "2"}
    assert findings[0].location.end_column == 2


def test_a_node_shows_itself() -> None:
    item = "Scalar(text='b', start=4, end=7, style=\"'\")"
    items = f"Sequence(items=[{item}], start=3, end=8, flow=True)"
    key = "Scalar(text='a', start=0, end=1, style=None)"
    assert repr(tree("a: ['b']\n")) == f"Mapping(entries=[({key}, {items})], start=0, end=8, flow=False)"


PIECES = st.sampled_from(
    [
        *(
            "a",
            "titre",
            "é",
            " ",
            "  ",
            "\n",
            "\n  ",
            "\r\n",
            "\r",
            "\t",
            ":",
            ": ",
            "- ",
            "-",
            "? ",
            "[",
            "]",
            "{",
            "}",
        ),
        *(",", ", ", "'", '"', "|", ">", "|+\n", "#", " # ", "&x ", "*x", "!t ", "!!str ", "! ", "%", "@", "`", "<<: "),
        *(
            "---\n",
            "...\n",
            "%YAML 1.1\n",
            "\\",
            "\\x41",
            "\\u2028",
            "\\ud800",
            "\x00",
            "\x1b",
            "\u2028",
            "\x85",
            "\u00a0",
        ),
        *("\ufeff", "\U0001f600", "1", "non"),
    ],
)
DAMAGED = st.one_of(st.binary(max_size=60), st.lists(PIECES, max_size=25).map(lambda pieces: "".join(pieces).encode()))


def check_places(source: SourceText, root: Node | None) -> None:
    text = source.text
    for node in [*scalars(root), *collections(root)]:
        assert 0 <= node.start <= node.end <= len(text)
    for scalar in scalars(root):
        span = text[scalar.start : scalar.end]
        if scalar.style is None and not set(span) & set("\r\n*\u00a0") and not forbidden().search(span):
            assert span == scalar.text


@pytest.mark.parametrize("parser", [C_PARSER, reader._pure_parser], ids=["libyaml", "python"])
def test_whatever_the_bytes_reading_returns_and_places_are_in_the_text(
    parser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "_parser", parser)

    @NO_TIME
    @given(DAMAGED)
    def check(data: bytes) -> None:
        source, root, findings = read_tree(data, "f")
        check_places(source, root)
        assert root is not None or findings
        for finding in findings:
            lines = source.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            assert 1 <= finding.location.line <= len(lines)
            assert 1 <= finding.location.column <= len(lines[finding.location.line - 1]) + 2

    check()


@NO_TIME
@given(st.lists(PIECES, max_size=25).map("".join))
def test_both_libraries_give_the_same_tree_and_codes(text: str) -> None:
    # Python's own reader refuses a tab before the end of a line, and a comment right after « | ».
    data = re.sub(r"(?<=[|>+])#", " #", text.replace("\t", " ")).encode()
    told = []
    for parser in (C_PARSER, reader._pure_parser):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(reader, "_parser", parser)
            _, root, findings = read_tree(data, "f")
        codes = {finding.code for finding in findings}
        # Where the reading stops, one library may have told the shortcut just before, and the other not.
        told.append((value(root), codes - {"PIV008"} if "PIV005" in codes else codes))
    assert told[0] == told[1]


WORDS = st.text(
    st.characters(blacklist_categories=["Cs", "Cc", "Cn"], blacklist_characters="\ufeff\u2028\u2029\u00a0"), max_size=12
).filter(lambda text: not forbidden().search(text))
KEYS = st.text("abcdeé_-", min_size=1, max_size=6)
DOCUMENTS = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=8
)


@pytest.mark.lent
@FEW
@given(st.dictionaries(KEYS, DOCUMENTS, min_size=1), st.sampled_from([None, True, False]), st.sampled_from("'\"|>"))
def test_valid_documents_are_read_as_the_library_reads_them(document: Any, flow: bool | None, style: str) -> None:
    text = yaml.dump(document, allow_unicode=True, default_flow_style=flow, default_style=style, Dumper=_NoAliases)
    source, root, findings = read_tree(text.encode(), "f")
    assert findings == []
    assert value(root) == yaml.load(text, Loader=yaml.BaseLoader)
    check_places(source, root)


class _NoAliases(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


def test_without_libyaml_python_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "yaml._yaml", None)
    assert isinstance(reader._parser("a: 1\n"), yaml.SafeLoader)
    assert value(tree("a: 1\n")) == {"a": "1"}
