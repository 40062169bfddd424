"""Changes to the fields of one mapping of a YAML file, as splices of its text: every other byte stays the same.

Each change is made where its field is, or where a person who follows the order of the schema would add it, in the
style of what stands around. The new text is then read again, and must be the tree that was meant.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections import Counter
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

from pivot_cli.finding import LINE_BREAK, line_end
from pivot_cli.text import quoted
from pivot_cli.yaml_tree import Mapping, Scalar, Sequence, Tree, read_tree
from pivot_cli.yaml_tree.scalars import block_body, flow_mapping, scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pivot_cli.finding import SourceText
    from pivot_cli.plan.schema.records import Record
    from pivot_cli.yaml_tree import Node

_BLANK_LINES = re.compile(r"(?:(?>\r\n|\r|\n)[ \t]*+(?=[\r\n]))*")
_NOTHING_MORE = re.compile(r"[ \t]*(?:#[^\r\n]*)?")


class Unsafe(Exception):  # noqa: N818 - what a file is written like, not an error of the program
    """Why a change cannot be made in the text without a doubt, in French; nothing was changed."""


class Put(NamedTuple):
    """A field that gets a value: a text, or the texts of some of the fields of a group."""

    key: str
    value: str | dict[str, str]


class Add(NamedTuple):
    """A list that gets one more item: a text, or a group of fields."""

    key: str
    item: str | dict[str, str]


class Drop(NamedTuple):
    """A field that goes."""

    key: str


Change = Put | Add | Drop


class _Splice(NamedTuple):
    """The text from `start` to `end` (excluded) becomes `new`."""

    start: int
    end: int
    new: str


class Hunk(NamedTuple):
    """Lines that changed: `line` is the number of the first one (in the old file where it is only removed), and
    `before` the line that stands above it.
    """

    line: int
    before: str
    removed: tuple[str, ...]
    added: tuple[str, ...]


class Edited(NamedTuple):
    """A file's new bytes, the tree they hold, and the lines that changed."""

    data: bytes
    tree: Tree
    hunks: tuple[Hunk, ...]


def edit(data: bytes, tree: Tree, edits: list[tuple[Mapping, list[Change]]], record: Record) -> Edited:
    """A file with the fields of some of its mappings changed, each a `record`. `tree` is what was read of `data`.

    Raises `Unsafe` when the new text would not say exactly what was meant.
    """
    text = tree.source.text
    mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
    if tree.root is None or mark + text.encode("utf-8", "surrogatepass") != data:
        raise Unsafe("le fichier ne peut pas être lu en entier")
    splices = sorted(
        (splice for mapping, changes in edits for splice in _in_mapping(text, mapping, changes, record, tree.root)),
        key=lambda splice: splice[:2],
    )
    new = _apply(text, splices)
    encoded = mark + new.encode("utf-8", "surrogatepass")
    again = _read_again(encoded, tree)
    if again.root is None or not _agrees(_meant(tree.root, {id(node): changes for node, changes in edits}), again.root):
        raise Unsafe("relu, le fichier ne dirait pas exactement ce qui est voulu")
    return Edited(encoded, again, tuple(_hunks(tree.source, splices)))


def lines_by_hand(changes: list[Change], record: Record) -> list[str]:
    """The lines that would record the same, for whoever writes them in the file, under « echeance »."""
    keys = list(record.by_key)
    lines: list[str] = []
    for change in sorted(changes, key=lambda change: keys.index(change.key)):
        if isinstance(change, Drop):
            lines.append(f"(la ligne {quoted(change.key)} à retirer)")
        else:
            lines += _block_lines(change, 2)
    return lines


def _apply(text: str, splices: list[_Splice]) -> str:
    parts, place = [], 0
    for start, end, new in splices:
        if start < place:
            raise Unsafe("deux changements se toucheraient")
        parts += [text[place:start], new]
        place = end
    return "".join([*parts, text[place:]])


# --- where the changes go ---------------------------------------------------------------------------------


def _in_mapping(text: str, node: Mapping, changes: list[Change], record: Record, root: Node) -> Iterator[_Splice]:
    keys = list(record.by_key)
    present = {key.text: value for key, value in node.entries}
    gone = {change.key for change in changes if isinstance(change, Drop)}
    for change in sorted(changes, key=lambda change: keys.index(change.key)):
        value = present.get(change.key)
        if isinstance(change, Drop):
            if value is not None:
                yield _removal(text, node, change.key)
        elif value is None:
            anchor = _anchor(node, change.key, gone, keys)
            yield _new_field(text, node, anchor, change, _step(text, node, root))
        elif isinstance(change, Add):
            yield _new_item(text, value, change.item)
        elif isinstance(change.value, str):
            yield _replacement(text, value, change.value, flow=node.flow)
        elif isinstance(value, Mapping):
            group: Any = record.by_key[change.key].kind
            fields: list[Change] = [Put(key, one) for key, one in change.value.items()]
            yield from _in_mapping(text, value, fields, group, root)
        else:
            raise Unsafe(f"{quoted(change.key)} n'est pas écrit comme un groupe de champs")


def _anchor(node: Mapping, key: str, gone: set[str], keys: list[str]) -> Node:
    """The value after which a new field stands: the last of those that come before it in the order."""
    rank = keys.index(key)
    kept = [(name.text, value) for name, value in node.entries if name.text not in gone]
    before = [value for name, value in kept if name in keys and keys.index(name) < rank]
    if not kept:
        raise Unsafe("l'action n'a aucun champ auprès duquel écrire")
    return before[-1] if before else kept[-1][1]


def _replacement(text: str, value: Node, new: str, *, flow: bool) -> _Splice:
    if not isinstance(value, Scalar):
        raise Unsafe("un texte est attendu là où il y a autre chose")
    if value.start == value.end:
        return _Splice(value.start, value.end, " " + scalar(new, flow=flow))
    if value.style in {"|", ">"}:
        body = block_body(text[value.start : value.end], new, _newline(text, value.start))
        if body is not None:
            return _Splice(value.start, value.end, body)
    return _Splice(value.start, value.end, scalar(new, flow=flow, like=value.style))


def _new_field(text: str, node: Mapping, anchor: Node, change: Put | Add, step: int) -> _Splice:
    if node.flow:
        if text[node.start] != "{":
            raise Unsafe("un champ ne peut pas être ajouté ici")
        return _Splice(anchor.end, anchor.end, f", {change.key}: {_in_flow(change)}")
    return _new_lines(text, anchor, _block_lines(change, step), _column(text, node.entries[0][0].start))


def _in_flow(change: Put | Add) -> str:
    content = change.value if isinstance(change, Put) else change.item
    written = flow_mapping(content) if isinstance(content, dict) else scalar(content, flow=True)
    return written if isinstance(change, Put) else f"[{written}]"


def _new_item(text: str, value: Node, item: str | dict[str, str]) -> _Splice:
    if not isinstance(value, Sequence) or not value.items:
        raise Unsafe("une liste est attendue là où il y a autre chose")
    last = value.items[-1]
    as_flow = flow_mapping(item) if isinstance(item, dict) else scalar(item, flow=value.flow)
    if value.flow:
        return _Splice(last.end, last.end, f", {as_flow}")
    column = _column(text, value.start)
    if isinstance(item, str) or (isinstance(last, Mapping) and last.flow):
        return _new_lines(text, last, [f"- {as_flow}"], column)
    gap = _column(text, last.start) - column if isinstance(last, Mapping) else 2
    return _new_lines(text, last, _item_lines(item, gap if gap > 1 else 2), column)


def _removal(text: str, node: Mapping, key: str) -> _Splice:
    rank = next(rank for rank, (name, _) in enumerate(node.entries) if name.text == key)
    name, value = node.entries[rank]
    if node.flow:
        if rank and re.fullmatch(r"\s*,\s*", text[node.entries[rank - 1][1].end : name.start]):
            return _Splice(node.entries[rank - 1][1].end, value.end, "")
        raise Unsafe(f"{quoted(key)} est à retirer, et partage sa ligne avec autre chose")
    start = name.start - _column(text, name.start)
    end = _after(text, value)
    breaks = [found.end() - found.start() for found in LINE_BREAK.finditer(text, max(start - 2, 0), start)]
    if text[start : name.start].strip(" ") or text[value.end : end].strip(" \t\r\n") or not breaks:
        raise Unsafe(f"{quoted(key)} est à retirer, et partage sa ligne avec autre chose")
    return _Splice(start - breaks[-1], end, "")


# --- lines ------------------------------------------------------------------------------------------------


def _new_lines(text: str, after: Node, lines: list[str], column: int) -> _Splice:
    place = _after(text, after)
    newline = _newline(text, place)
    return _Splice(place, place, "".join(f"{newline}{' ' * column}{line}" for line in lines))


def _after(text: str, node: Node) -> int:
    """The end of the line where a value ends, a comment included; raises `Unsafe` if anything else follows it.

    The blank lines after a text that keeps them (`|+`) are part of it.
    """
    end = line_end(text, node.end)
    if not _NOTHING_MORE.fullmatch(text, node.end, end):
        raise Unsafe("une autre valeur suit sur la même ligne")
    last = node
    while not isinstance(last, Scalar):
        last = last.items[-1] if isinstance(last, Sequence) else last.entries[-1][1]
    if last.style in {"|", ">"} and last.end == node.end and re.match(r"[|>]\d?\+", text[last.start :][:3]):
        return _BLANK_LINES.match(text, end).end()  # type: ignore[union-attr]
    return end


def _column(text: str, place: int) -> int:
    """How many characters stand before a place on its line."""
    return place - 1 - max(text.rfind("\n", 0, place), text.rfind("\r", 0, place))


def _newline(text: str, place: int) -> str:
    """The line break of the file where a line is added: the next one, else the one before."""
    found = LINE_BREAK.search(text, place)
    if found is None:
        found = LINE_BREAK.search(text, max(max(text.rfind("\n", 0, place), text.rfind("\r", 0, place)) - 1, 0))
    if found is None:
        return "\n"
    # Between CR and LF of the break before, only LF is seen.
    return "\r\n" if found[0] == "\n" and text[found.start() - 1 : found.start()] == "\r" else found[0]


def _step(text: str, node: Mapping, root: Node) -> int:
    """How much further than their field the dashes of a list stand in this file, above this mapping: 0, 2…"""
    step, around = 2, root
    while not isinstance(around, Scalar) and around is not node:
        children = around.items if isinstance(around, Sequence) else [value for _, value in around.entries]
        inner = next((child for child in children if child.start <= node.start < max(child.end, child.start + 1)), None)
        if inner is None:
            break
        if isinstance(around, Mapping) and isinstance(inner, Sequence) and not (around.flow or inner.flow):
            step = _column(text, inner.start) - _column(text, around.entries[0][0].start)
        around = inner
    return step


def _block_lines(change: Put | Add, step: int) -> list[str]:
    if isinstance(change, Put):
        if isinstance(change.value, str):
            return [f"{change.key}: {scalar(change.value)}"]
        return [f"{change.key}:", *(f"  {key}: {scalar(text)}" for key, text in change.value.items())]
    if isinstance(change.item, str):
        return [f"{change.key}: [{scalar(change.item, flow=True)}]"]
    return [f"{change.key}:", *(" " * step + line for line in _item_lines(change.item, 2))]


def _item_lines(fields: dict[str, str], gap: int) -> list[str]:
    lines = [f"{key}: {scalar(text)}" for key, text in fields.items()]
    return [f"-{' ' * (gap - 1)}{lines[0]}", *(" " * gap + line for line in lines[1:])]


def _hunks(source: SourceText, splices: list[_Splice]) -> Iterator[Hunk]:
    """The lines that the splices change, those that touch together."""
    text, shift = source.text, 0
    groups: list[list[_Splice]] = []
    for splice in splices:
        if groups and source.location(splice.start).line - source.location(groups[-1][-1].end).line <= 1:
            groups[-1].append(splice)
        else:
            groups.append([splice])
    for group in groups:
        start = group[0].start - _column(text, group[0].start)
        end = line_end(text, group[-1].end)
        inside = [_Splice(one.start - start, one.end - start, one.new) for one in group]
        old, new = LINE_BREAK.split(text[start:end]), LINE_BREAK.split(_apply(text[start:end], inside))
        line = source.location(start).line
        grown = len(new) - len(old)
        before = source.line_text(line - 1)
        while old and new and old[0] == new[0]:
            before, line = old.pop(0), line + 1
            new.pop(0)
        while old and new and old[-1] == new[-1]:
            old.pop(), new.pop()
        yield Hunk(line + shift, before, tuple(old), tuple(new))
        shift += grown


# --- whether the new text says what was meant -------------------------------------------------------------


def _read_again(data: bytes, tree: Tree) -> Tree:
    """The new file read; a fault that the old one had not makes it unsafe."""
    again = read_tree(data, tree.source.file)
    if Counter(found.code for found in again.findings) - Counter(found.code for found in tree.findings):
        raise Unsafe("relu, le fichier aurait une faute de plus")
    return again


def _meant(node: Node, edits: dict[int, list[Change]]) -> object:
    """The value that a node must have once changed: nodes where nothing changes, texts, groups and lists."""
    if isinstance(node, Scalar):
        return node
    if isinstance(node, Sequence):
        items = [_meant(item, edits) for item in node.items]
        return node if all(new is old for new, old in zip(items, node.items, strict=True)) else items
    changes = edits.get(id(node), [])
    fields = {key.text: _meant(value, edits) for key, value in node.entries}
    if not changes and all(fields[key.text] is value for key, value in node.entries):
        return node
    for change in changes:
        _change_meant(fields, change)
    return fields


def _change_meant(fields: dict[str, object], change: Change) -> None:
    old = fields.get(change.key)
    if isinstance(change, Drop):
        fields.pop(change.key, None)
    elif isinstance(change, Add):
        fields[change.key] = [*(old.items if isinstance(old, Sequence) else []), change.item]
    elif isinstance(change.value, dict) and isinstance(old, Mapping):
        fields[change.key] = {key.text: value for key, value in old.entries} | change.value
    else:
        fields[change.key] = change.value


def _agrees(meant: object, node: Node) -> bool:
    """Whether a node of the new tree is what was meant."""
    if isinstance(meant, Scalar | Sequence | Mapping):
        return _same(meant, node)
    if isinstance(meant, str):
        return isinstance(node, Scalar) and node.text.strip() == meant
    if isinstance(meant, dict):
        found = {key.text: value for key, value in node.entries} if isinstance(node, Mapping) else {}
        return found.keys() == meant.keys() and all(_agrees(meant[key], found[key]) for key in meant)
    return isinstance(meant, list) and isinstance(node, Sequence) and _all(_agrees, meant, node.items)


def _same(old: Node, new: Node) -> bool:
    """Whether what was not changed is the same to the letter."""
    if isinstance(old, Scalar):
        return isinstance(new, Scalar) and (old.text, old.style) == (new.text, new.style)
    if isinstance(old, Sequence):
        return isinstance(new, Sequence) and old.flow == new.flow and _all(_same, old.items, new.items)
    if not isinstance(new, Mapping) or old.flow != new.flow:
        return False
    return [key.text for key, _ in old.entries] == [key.text for key, _ in new.entries] and _all(
        _same, [value for _, value in old.entries], [value for _, value in new.entries]
    )


def _all(agree: Callable[[Any, Node], bool], meant: Iterable[object], nodes: Iterable[Node]) -> bool:
    pairs = zip_longest(meant, nodes)
    return all(one is not None and node is not None and agree(one, node) for one, node in pairs)
