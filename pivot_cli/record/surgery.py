"""Changes to the fields of one mapping of a YAML file, as splices of its text: every other byte stays the same.

Each change is made where its field is, or where a person who follows the order of the schema would add it, in the
style of what stands around. The new text is then read again, and must be the tree that was meant.
"""

import re
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import islice, pairwise
from typing import Any, NamedTuple

from pivot_cli.finding import LINE_BREAK, SourceText, line_end
from pivot_cli.plan.schema.kinds import Record
from pivot_cli.text import NBSP, quoted, truncate
from pivot_cli.yaml_tree import Mapping, Node, Scalar, Sequence, Tree, read_tree
from pivot_cli.yaml_tree.scalars import block_body, scalar

_BLANK_LINES = re.compile(r"(?:(?>\r\n|\r|\n)[ \t]*+(?=[\r\n]))*")
_NOTHING_MORE = re.compile(r"[ \t]*(?:#[^\r\n]*)?")
_Splice = tuple[int, int, str]  # where a stretch of text starts and ends (excluded), and what it becomes


class Unsafe(Exception):  # noqa: N818 - what a file is written like, not an error of the program
    """Why a change cannot be made in the text without a doubt, in French; nothing was changed."""


class Change(NamedTuple):
    """A field that gets a value: a text, a list, or some of the fields of a group. A list may get one `more` item, or
    have another in the place of the one at a `rank`, which is `named` to whoever looks for it. What has no value goes.
    """

    key: str
    value: Any  # of texts
    more: bool = False
    rank: int | None = None
    named: str = ""


class Hunk(NamedTuple):
    """Lines that changed: the number of the first one (in the old file if only removed), and the line above it."""

    line: int
    before: str
    removed: tuple[str, ...]
    added: tuple[str, ...]


class Edit(NamedTuple):
    """What changes in a mapping of a file, known by its span, whose fields are those of a record: some of them, or all
    of it, `written` anew as it stood elsewhere, from its first character to its last, and with it so many of the lines
    of remarks `below`.
    """

    span: tuple[int, int]
    record: Record
    changes: list[Change]
    written: str | None = None
    below: int = 0
    answered: tuple[int, ...] = ()
    """Where the remarks start that asked for what is written: each goes, if it is alone on its line."""


def edit(data: bytes, tree: Tree, edits: list[Edit]) -> tuple[bytes, Tree, list[Mapping], tuple[Hunk, ...]]:
    """A file with some of its mappings changed: the new bytes, the tree that they hold, these mappings in it, and the
    lines that changed. `tree` is what was read of `data`. Raises `Unsafe` when the new text would not say exactly what
    was meant.
    """
    text = tree.source.text
    if tree.root is None:
        raise Unsafe("le fichier ne peut pas être lu en entier")
    ways = [[rank for rank, _ in _way_to(tree.root, *one.span)] for one in edits]
    changed = [(_at(tree.root, way), one) for way, one in zip(ways, edits, strict=True)]
    splices = sorted(
        (splice for node, one in changed for splice in _splices(text, node, one, tree.root)),
        key=lambda splice: splice[:2],
    )
    meant = _value_of(tree.root, {id(node): one for node, one in changed})
    encoded, again, root, hunks = _spliced(data, tree, splices, meant)
    return encoded, again, [_at(root, way) for way in ways], hunks


def _spliced(data: bytes, tree: Tree, splices: list[_Splice], meant: Any) -> tuple[bytes, Tree, Node, tuple[Hunk, ...]]:
    """A file once spliced, its tree, the root of it, and the lines that changed; `Unsafe` unless it says what was
    meant.
    """
    text = tree.source.text
    mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
    if mark + text.encode("utf-8", "surrogatepass") != data:
        raise Unsafe("le fichier ne peut pas être lu en entier")
    encoded = mark + _apply(text, splices).encode("utf-8", "surrogatepass")
    again = read_tree(encoded, tree.source.file)
    if Counter(found.code for found in again.findings) - Counter(found.code for found in tree.findings):
        raise Unsafe("relu, le fichier aurait une faute de plus")
    if again.root is None or not _agrees(meant, _value_of(again.root, {})):
        raise Unsafe("relu, le fichier ne dirait pas exactement ce qui est voulu")
    return encoded, again, again.root, tuple(_hunks(tree.source, splices))


def lines_by_hand(made: Edit) -> list[str]:
    """The lines that would record the same, for whoever writes them in the file, under « echeance »."""
    if made.written is not None:
        return made.written.splitlines()
    lines, left = [], in_order(made.changes, made.record)
    while left:
        change, left = _with_items(left[0], left[1:])
        lines += _block_lines(change, 2)
    return lines


def _children(node: Node) -> list[Node]:
    if isinstance(node, Mapping):
        return [value for _, value in node.entries]
    return node.items if isinstance(node, Sequence) else []


def _way_to(root: Node, start: int, end: int) -> list[tuple[int, Node]]:
    """The nodes around a stretch of text, from the top of a tree, each with its rank among the children above."""
    way = [(0, root)]
    for _, node in way:
        around = ((rank, one) for rank, one in enumerate(_children(node)) if one.start <= start and end <= one.end)
        way += islice(around, 1)
    return way


def _at(root: Node, way: list[int]) -> Mapping:
    node = root
    for rank in way[1:]:
        node = _children(node)[rank]
    if not isinstance(node, Mapping):
        raise Unsafe("ce qui change ne se retrouve pas dans le fichier")
    return node


def in_order(changes: list[Change], record: Record) -> list[Change]:
    """The changes in the order in which the fields of a record are written."""
    keys = list(record.by_key)
    return sorted(changes, key=lambda change: keys.index(change.key))


def _apply(text: str, splices: list[_Splice]) -> str:
    parts, place = [], 0
    for start, end, new in splices:
        if start < place:
            raise Unsafe("deux changements se toucheraient")
        parts += [text[place:start], new]
        place = end
    return "".join([*parts, text[place:]])


# --- where the changes go ---------------------------------------------------------------------------------


def _splices(text: str, node: Mapping, made: Edit, root: Node) -> Iterator[_Splice]:
    if made.written is None:
        yield from _in_mapping(text, node, made.changes, made.record, root)
        for start in made.answered:
            line = start - _column(text, start)
            breaks = [found.end() - found.start() for found in LINE_BREAK.finditer(text, max(line - 2, 0), line)]
            if breaks and not text[line:start].strip():
                yield line - breaks[-1], line_end(text, start), ""
    else:
        last = with_remark(text, node.end)
        yield (
            node.start,
            after_remarks(text, last, made.below) if made.below else last,
            LINE_BREAK.sub(lambda _: _newline(text, node.start), made.written),
        )


def _in_mapping(text: str, node: Mapping, changes: list[Change], record: Record, root: Node) -> Iterator[_Splice]:
    present = {key.text: value for key, value in node.entries}
    gone = {change.key for change in changes if change.value is None and change.rank is None}
    for change in _in_place(in_order(changes, record), present, record):
        if (value := present.get(change.key)) is not None:
            yield from _in_field(_Inside(text, node, record, root), value, change, gone)
        elif change.value is not None:
            if not (kept := [(name.text, one) for name, one in node.entries if name.text not in gone]):
                raise Unsafe("il n'y a là aucun champ auprès duquel écrire")
            # After the last of the fields that come before it in the order.
            keys = list(record.by_key)
            before = [one for name, one in kept if name in keys[: keys.index(change.key)]]
            yield _new_field(text, node, before[-1] if before else kept[-1][1], change, _step(text, node, root))


def _in_place(changes: list[Change], present: dict[str, Node], record: Record) -> Iterator[Change]:
    """The changes; where the only item of a list goes and another comes, it is written in its place, field by field."""
    left = list(changes)
    while left:
        change = left.pop(0)
        items = present.get(change.key)
        kind: Any = record.by_key[change.key].kind
        alone = change.rank is not None and change.value is None and len(_children(items)) == 1 if items else False
        new = next((one for one in left if alone and one.more and one.key == change.key), None)
        if new:
            left.remove(new)
            value = new.value
            if isinstance(value, dict):
                value = {key: value.get(key) for key in kind.item.by_key}
            change = Change(change.key, value, rank=0)
        if items is None:
            change, left = _with_items(change, left)
        yield change


def _with_items(change: Change, left: list[Change]) -> tuple[Change, list[Change]]:
    """A change with the other items that come to the same list, and those that are left: a field is written once."""
    others = [one for one in left if change.more and one.more and one.key == change.key]
    if not others:
        return change, left
    items = [one.value for one in (change, *others)]
    return Change(change.key, items), [one for one in left if one not in others]


class _Inside(NamedTuple):
    """Where a change is made: the text, the mapping and what it is, the top of the tree."""

    text: str
    node: Mapping
    record: Record
    root: Node


def _in_field(inside: _Inside, value: Node, change: Change, gone: Collection[str]) -> Iterator[_Splice]:
    """The changes of a field that is there, beside those that are `gone`."""
    (text, node, record, root), (key, new, more, rank, _) = inside, change
    kind: Any = record.by_key[key].kind
    if rank is not None:
        yield from _at_rank(inside, value, change)
    elif new is None:
        yield _removal(text, node, key, gone)
    elif more:
        yield _new_item(text, value, new, _step(text, node, root))
    elif isinstance(new, str):
        yield _replacement(text, value, new, flow=node.flow)
    elif isinstance(new, list):
        yield _other_list(text, value, new)
    elif isinstance(value, Mapping):
        yield from _in_mapping(text, value, [Change(name, one) for name, one in new.items()], kind, root)
    else:
        raise Unsafe(f"{quoted(key)} n'est pas écrit comme un groupe de champs")


def _at_rank(inside: _Inside, items: Node, change: Change) -> Iterator[_Splice]:
    """Another item, other fields of it, or none, where one stands in a list."""
    (text, node, record, root), (key, new, _, rank, named) = inside, change
    kind: Any = record.by_key[key].kind
    if rank is None or not isinstance(items, Sequence) or rank >= len(items.items):
        raise Unsafe("une liste est attendue là où il y a autre chose")
    item = items.items[rank]
    if new is None:
        called = _item_called(key, rank, named)
        if _has_remark(text, item):
            raise Unsafe(f"{called} est à retirer, et il y a une remarque dedans")
        whole = len(items.items) == 1
        yield _removal(text, node, key, {key}) if whole else _removed_item(text, items, rank, called)
    elif isinstance(new, str):
        yield _replacement(text, item, new, flow=items.flow)
    elif isinstance(item, Mapping):
        yield from _in_mapping(text, item, [Change(name, one) for name, one in new.items()], kind.item, root)
    else:
        raise Unsafe(f"un élément de {quoted(key)} n'est pas écrit comme un groupe de champs")


def _item_called(key: str, rank: int, named: str) -> str:
    """« l'élément 2 de « realisations » (novembre 2019) »."""
    return f"l'élément {rank + 1} de {quoted(key)}{f' ({truncate(named, 60)})' if named else ''}"


def _has_remark(text: str, *nodes: Node) -> bool:
    """Whether a remark stands among the values of some nodes that follow one another."""
    leaves: list[Node] = []
    left = [*reversed(nodes)]
    while left:
        one = left.pop()
        left += reversed(_children(one))
        leaves += [] if _children(one) else [one]
    return any("#" in text[one.end : other.start] for one, other in pairwise(leaves))


def _removed_item(text: str, items: Sequence, rank: int, called: str) -> _Splice:
    """The item and what parts it from its neighbour; a remark beside it is somebody's: it stays, alone on its line."""
    start, end = items.items[rank].start, items.items[rank].end
    if items.flow:
        first, last = (start, items.items[1].start) if rank == 0 else (items.items[rank - 1].end, end)
        if re.fullmatch(r"\s*,\s*", text[first:start] + text[end:last]):
            return first, last, ""
    else:
        first = text.rfind("-", 0, start)
        first -= _column(text, first)
        last = _after(text, items.items[rank])
        breaks = [found.end() - found.start() for found in LINE_BREAK.finditer(text, max(first - 2, 0), first)]
        if breaks and not text[first:start].strip(" -"):
            if text[end:last].strip():
                return text.rindex("-", first, start), text.index("#", end), ""
            return first - breaks[-1], last, ""
    raise Unsafe(f"{called} est à retirer, et partage sa ligne avec autre chose")


def _other_list(text: str, value: Node, new: list[str]) -> _Splice:
    """Other texts in the place of those of a list, in the same style; where remarks stand among them, by hand."""
    if isinstance(value, Scalar) and not value.text.strip():
        return value.start, value.end, f" {_in_flow(new)}" if value.start == value.end else _in_flow(new)
    if not isinstance(value, Sequence):
        raise Unsafe("une liste est attendue là où il y a autre chose")
    if value.flow or not value.items:
        return value.start, value.end, _in_flow(new)
    last, column = value.items[-1], _column(text, value.start)
    if "#" in text[value.start : last.end]:
        raise Unsafe("il y a des remarques parmi les éléments de la liste")
    gap = " " * max(_column(text, value.items[0].start) - column - 1, 1)
    lines = [f"-{gap}{scalar(one)}" for one in new]
    return value.start, last.end, f"{_newline(text, value.start)}{' ' * column}".join(lines)


def _replacement(text: str, value: Node, new: str, *, flow: bool) -> _Splice:
    if not isinstance(value, Scalar):
        raise Unsafe("un texte est attendu là où il y a autre chose")
    in_block = value.style in {"|", ">"}
    body = block_body(text[value.start : value.end], new, _newline(text, value.start)) if in_block else None
    written = body or scalar(new, flow=flow, like=value.style)
    return value.start, value.end, written if value.start < value.end else f" {written}"


def _new_field(text: str, node: Mapping, anchor: Node, change: Change, step: int) -> _Splice:
    if not node.flow:
        return _new_lines(text, anchor, _block_lines(change, step), _column(text, node.entries[0][0].start))
    if text[node.start] != "{":
        raise Unsafe("un champ ne peut pas être ajouté ici")
    return anchor.end, anchor.end, f", {change.key}: {_in_flow([change.value] if change.more else change.value)}"


def _in_flow(value: Any) -> str:
    """`{date: 3 février 2001, note: Première rencontre}`, `[DG, CA]`, or a text."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_in_flow(one)}" for key, one in value.items()) + "}"
    return f"[{', '.join(map(_in_flow, value))}]" if isinstance(value, list) else scalar(value, flow=True)


def _new_item(
    text: str, value: Node, item: Any, step: int = 2, *, rank: int | None = None, key: Scalar | None = None
) -> _Splice:
    """One more item of a list, at its end, or at a rank; `key` is that of a list in which it may come first."""
    if not isinstance(value, Sequence) or not value.items:
        raise Unsafe("une liste est attendue là où il y a autre chose")
    last = value.items[-1 if rank is None else max(rank - 1, 0)]
    first = key if rank == 0 else None
    if value.flow:
        written = _in_flow(item)
        return (last.start, last.start, f"{written}, ") if first else (last.end, last.end, f", {written}")
    column, anchor = _column(text, value.start), _colon(text, first) if first else last
    if isinstance(item, str) or (isinstance(last, Mapping) and last.flow):
        written = scalar(item) if isinstance(item, str) else _in_flow(item)
        return _new_lines(text, anchor, [f"- {written}"], column)
    gap = _column(text, last.start) - column if isinstance(last, Mapping) else 2
    return _new_lines(text, anchor, _item_lines(item, gap if gap > 1 else 2, step), column)


def _removal(text: str, node: Mapping, key: str, gone: Collection[str]) -> _Splice:
    rank = next(rank for rank, (name, _) in enumerate(node.entries) if name.text == key)
    name, value = node.entries[rank]
    if _has_remark(text, name, value):
        raise Unsafe(f"{quoted(key)} est à retirer, et il y a une remarque dedans")
    first = all(one.text in gone for one, _ in node.entries[:rank])
    after = node.entries[rank + 1][0].start if rank + 1 < len(node.entries) else None
    if node.flow and first:
        if after and re.fullmatch(r"\s*,\s*", text[value.end : after]):
            return name.start, after, ""
    elif node.flow:
        before = node.entries[rank - 1][1].end
        if re.fullmatch(r"\s*,\s*", text[before : name.start]):
            return before, value.end, ""
    else:
        start, end = name.start - _column(text, name.start), _after(text, value)
        breaks = [found.end() - found.start() for found in LINE_BREAK.finditer(text, max(start - 2, 0), start)]
        beside = text[value.end : end].strip(" \t\r\n")
        if after and not text[value.end : after].strip() and text[start : name.start].strip(" ") == "-":
            return name.start, after, ""  # the first field of an item, beside its dash
        if breaks and not text[start : name.start].strip(" "):
            # A remark beside it is somebody's: it stays, alone on its line.
            return (start - breaks[-1], end, "") if not beside else (name.start, text.index(beside, value.end), "")
    raise Unsafe(f"{quoted(key)} est à retirer, et partage sa ligne avec autre chose")


def _new_lines(text: str, after: Node, lines: list[str], column: int) -> _Splice:
    place = _after(text, after)
    newline = _newline(text, place)
    return place, place, "".join(f"{newline}{' ' * column}{line}" for line in lines)


def _after(text: str, node: Node) -> int:
    """The end of a value's last line, a comment and its own blank lines (`|+`) included; `Unsafe` if more is on it."""
    end = line_end(text, node.end)
    if not _NOTHING_MORE.fullmatch(text, node.end, end):
        raise Unsafe("une autre valeur suit sur la même ligne")
    last = node
    while inside := _children(last):
        last = inside[-1]
    if (
        isinstance(last, Scalar)
        and last.style in {"|", ">"}
        and last.end == node.end
        and re.match(r"[|>]\d?\+", text[last.start :][:3])
    ):
        return _BLANK_LINES.match(text, end).end()  # type: ignore[union-attr]
    return end


def with_remark(text: str, end: int) -> int:
    """The end of a value with the remark that stands beside it."""
    last = line_end(text, end)
    return last if _NOTHING_MORE.fullmatch(text, end, last) else end


def after_remarks(text: str, end: int, most: int | None = None) -> int:
    """The end of the remarks and of the blank lines under a line, so many at most."""
    lines = re.compile(r"(?:(?>\r\n|\r|\n)[ \t]*+(?:#[^\r\n]*+)?(?=[\r\n]|\Z)){0,%s}" % ("" if most is None else most))
    return lines.match(text, end).end()  # type: ignore[union-attr]


def _colon(text: str, key: Scalar) -> Scalar:
    """The end of a field's name, its colon included, as a value that is not written: what is put there comes first."""
    end = text.index(":", key.end) + 1
    return Scalar("", end, end, None)


def _column(text: str, place: int) -> int:
    return place - 1 - max(text.rfind("\n", 0, place), text.rfind("\r", 0, place))


def _newline(text: str, place: int) -> str:
    """The line break of the file where a line is added: the next one, else the one before."""
    after = LINE_BREAK.search(text, place)
    return after[0] if after else ["\n", *LINE_BREAK.findall(text)][-1]


def _step(text: str, node: Mapping, root: Node) -> int:
    """How much further than their field the dashes of a list stand in this file, above this mapping: 0, 2…"""
    step = 2
    for (_, outer), (_, inner) in pairwise(_way_to(root, node.start, node.end)):
        if isinstance(outer, Mapping) and isinstance(inner, Sequence) and not (outer.flow or inner.flow):
            step = _column(text, inner.start) - _column(text, outer.entries[0][0].start)
    return step


def _block_lines(change: Change, step: int) -> list[str]:
    """A field with its value, or with one item; the dashes of a list of groups stand `step` further."""
    key, value, more, rank, named = change
    if value is None:
        return [_to_remove(key) if rank is None else f"({_item_called(key, rank, named)}, à retirer)"]
    if rank is not None:
        return [f"({_item_called(key, rank, named)}{NBSP}:)", *_field_lines(key, [value], step)]
    return _field_lines(key, [value] if more else value, step)


def _field_lines(key: str, value: Any, step: int) -> list[str]:
    if isinstance(value, dict):
        return [f"{key}:", *("  " + line for line in _fields(value, step))]
    if isinstance(value, list) and any(isinstance(one, dict) for one in value):
        return [f"{key}:", *(" " * step + line for one in value for line in _item_lines(one, 2, step))]
    return [f"{key}: {_in_flow(value) if isinstance(value, list) else scalar(value)}"]


def _item_lines(fields: dict[str, Any], gap: int, step: int = 2) -> list[str]:
    first, *others = _fields(fields, step)
    return [f"-{' ' * (gap - 1)}{first}", *(" " * gap + line for line in others)]


def _fields(fields: dict[str, Any], step: int) -> list[str]:
    """The lines of the fields of a group; what has no value goes."""
    return [
        line
        for key, value in fields.items()
        for line in ([_to_remove(key)] if value is None else _field_lines(key, value, step))
    ]


def _to_remove(key: str) -> str:
    return f"(la ligne {quoted(key)} à retirer)"


def _hunks(source: SourceText, splices: list[_Splice]) -> Iterator[Hunk]:
    """The lines that the splices change, those that touch together."""
    text, shift = source.text, 0
    groups: list[list[_Splice]] = []
    for splice in splices:
        if groups and source.location(splice[0]).line - source.location(groups[-1][-1][1]).line < 1:
            groups[-1].append(splice)
        else:
            groups.append([splice])
    for group in groups:
        start = group[0][0] - _column(text, group[0][0])
        end = line_end(text, group[-1][1])
        inside = [(first - start, last - start, new) for first, last, new in group]
        old, after = LINE_BREAK.split(text[start:end]), LINE_BREAK.split(_apply(text[start:end], inside))
        line, grown = source.location(start).line, len(after) - len(old)
        while old and after and old[0] == after[0]:
            del old[0], after[0]
            line += 1
        while old and after and old[-1] == after[-1]:
            del old[-1], after[-1]
        yield Hunk(line + shift, source.line_text(line - 1), tuple(old), tuple(after))
        shift += grown


# --- an item of a list that may have to be made -----------------------------------------------------------


class Addition(NamedTuple):
    """An item to add, at a rank of the list that a path of fields leads to; what is not there of this path is made: a
    field of the whole file at its end, another after those of its group that are named `before`, else first.
    """

    path: tuple[str, ...]
    item: dict[str, Any]
    rank: int = 0
    before: Collection[str] = ()


def insert(data: bytes, tree: Tree, new: Addition) -> tuple[bytes, tuple[Hunk, ...]]:
    """A file with one more item: the new bytes, and the lines that changed. Raises `Unsafe` as `edit` does."""
    splice = _insertion(tree.source.text, tree.root, new)
    meant: Any = _value_of(tree.root, {}) if tree.root else {}
    group = meant
    for key in new.path[:-1]:
        group[key] = group.get(key) or {}
        group = group[key]
    items = group.get(new.path[-1]) or []
    group[new.path[-1]] = [*items[: new.rank], new.item, *items[new.rank :]]
    encoded, _, _, hunks = _spliced(data, tree, [splice], meant)
    return encoded, hunks


def _insertion(text: str, root: Node | None, new: Addition) -> _Splice:
    node, holder, key = root, None, Scalar("", 0, 0, None)
    while new.path and isinstance(node, Mapping):
        found = next((entry for entry in node.entries if entry[0].text == new.path[0]), None)
        if found is None:
            break
        holder, (key, node), new = node, found, new._replace(path=new.path[1:])
    margins = step, dash, _ = _margins(text, node, root)
    lines = _nested(new, margins)
    if node is None:
        return _at_the_end(text, len(text), lines)
    if isinstance(node, Mapping) and new.path:
        return _new_group(text, node, key if holder else None, new, lines)
    if isinstance(node, Sequence) and not new.path:
        if not node.items:
            return _within(node, _in_flow(new.item))
        return _new_item(text, node, new.item, rank=new.rank, key=key)
    if holder is None or node.start < node.end:
        raise Unsafe("il y a autre chose là où cela va")
    if holder.flow:
        return node.start, node.end, f" {_nested_in_flow(new)}"
    return _new_lines(text, node, lines, _column(text, key.start) + (step if new.path else dash))


def _new_group(text: str, node: Mapping, key: Scalar | None, new: Addition, lines: list[str]) -> _Splice:
    """The field that the path of `new` begins with, in a group; `key` names it, unless it is the whole file."""
    written = f"{new.path[0]}: {_nested_in_flow(new._replace(path=new.path[1:]))}"
    if not node.entries:
        return _within(node, written)
    first = node.entries[0][0].start
    anchor = next((value for name, value in reversed(node.entries) if key and name.text in new.before), None)
    if node.flow and text[node.start] == "{":
        return (anchor.end, anchor.end, f", {written}") if anchor else (first, first, f"{written}, ")
    column = _column(text, first)
    if anchor or key:
        return _new_lines(text, anchor or _colon(text, key or node.entries[0][0]), lines, column)
    return _at_the_end(text, _after(text, node), [" " * column + line for line in lines])


def _within(node: Mapping | Sequence, written: str) -> _Splice:
    return node.end - 1, node.end - 1, written


def _at_the_end(text: str, least: int, lines: list[str]) -> _Splice:
    """Lines under the last that has something on it, not before `least`."""
    place = max(least, line_end(text, len(text.rstrip())))
    newline = _newline(text, place)
    above = text and not (place == len(text) and text.endswith(("\n", "\r")))
    written = newline.join(lines)
    return place, place, f"{newline}{written}" if above else f"{written}{newline}"


def _nested(new: Addition, margins: tuple[int, int, int]) -> list[str]:
    """An item under its dash, in the list, or the groups and the list, that its path names."""
    step, dash, gap = margins
    lines = _item_lines(new.item, gap)
    for rank, key in enumerate(reversed(new.path)):
        lines = [f"{key}:", *(" " * (step if rank else dash) + line for line in lines)]
    return lines


def _nested_in_flow(new: Addition) -> str:
    written = _in_flow([new.item])
    for key in reversed(new.path):
        written = f"{{{key}: {written}}}"
    return written


def _margins(text: str, *nodes: Node | None) -> tuple[int, int, int]:
    """How far the fields of a group stand from its name, the dashes of a list from its own, and what follows a dash
    from it: as the first of each does in these nodes, else 2.
    """
    found: dict[str, int] = {}
    left = [node for node in reversed(nodes) if node]
    while left:
        node = left.pop()
        left += reversed(_children(node))
        for key, value in node.entries if isinstance(node, Mapping) else ():
            if isinstance(value, Scalar) or value.flow:
                continue
            group = isinstance(value, Mapping)
            inside = value.entries[0][0].start if isinstance(value, Mapping) else value.start
            found.setdefault("group" if group else "list", _column(text, inside) - _column(text, key.start))
            if isinstance(value, Sequence) and isinstance(value.items[0], Mapping) and not value.items[0].flow:
                found.setdefault("item", _column(text, value.items[0].start) - _column(text, value.start))
    return found.get("group", 2), found.get("list", 2), found.get("item", 2)


# --- whether the new text says what was meant -------------------------------------------------------------


def _value_of(node: Node, edits: dict[int, Edit]) -> Any:
    """What a node says once changed: a text, a list, or a group of fields; `_ANEW` where it is written anew."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [_value_of(item, edits) for item in node.items]
    fields = {key.text: _value_of(value, edits) for key, value in node.entries}
    made = edits.get(id(node))
    if made and made.written is not None:
        return _ANEW
    for key, value, more, rank, _ in made.changes if made else ():
        old = fields.pop(key, None)
        if rank is not None:
            items = [*old[:rank], *([] if value is None else [_changed(old[rank], value)]), *old[rank + 1 :]]
            fields |= {key: items} if items else {}
        elif more:
            fields[key] = [*(old or ()), value]
        elif value is not None:
            fields[key] = _changed(old, value)
    return fields


def _changed(old: Any, new: Any) -> Any:
    """What a field says once changed: of a group, the fields that are not given stay."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        return new
    return {key: value for key, value in (old | new).items() if value is not None}


_ANEW = object()  # what is written anew is judged by who knows what it said


def _agrees(meant: Any, read: Any) -> bool:
    """Whether the new file says what was meant; a text put in a block ends with a line break."""
    match meant, read:
        case _, dict() if meant is _ANEW:
            return True
        case str(), str():
            return meant in {read, read.strip()}
        case list(), list():
            return len(meant) == len(read) and all(map(_agrees, meant, read))
        case dict(), dict():
            return meant.keys() == read.keys() and all(_agrees(meant[key], read[key]) for key in meant)
    return False
