"""A plan's files as trees that can be damaged, and written back: what YAML refuses to hold can be written too."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml


class Raw(str):
    """A text that goes to the file as it is, whatever YAML makes of it."""

    __slots__ = ()


class Fields(list[tuple[Any, Any]]):
    """A group of fields, of which two may have the same name."""


Tree = Any
"""A text, a `Raw`, a list, or `Fields`."""


def tree_of(text: str) -> Tree:
    """The tree of a YAML text in which all is read as text."""
    return _fields(yaml.load(text, yaml.CBaseLoader))


def _fields(value: Any) -> Tree:
    if isinstance(value, dict):
        return Fields((key, _fields(inner)) for key, inner in value.items())
    return [_fields(inner) for inner in value] if isinstance(value, list) else value


_LETTER = "[A-Za-zÀ-ÿ0-9]"
_PLAIN = re.compile(rf"{_LETTER}|{_LETTER}[^:#\x00-\x1f\x7f-\xa0\u2028\u2029]*[^\s:#\x00-\x1f\x7f-\xa0\u2028\u2029]")


def written(tree: Tree) -> str:
    """The tree as YAML, in blocks."""
    if isinstance(tree, Fields | list) and tree:
        return "\n".join(_block(tree, 0)) + "\n"
    return _scalar(tree) + "\n"


def _block(tree: Tree, depth: int) -> list[str]:
    margin = "  " * depth
    lines: list[str] = []
    if isinstance(tree, Fields):
        for key, value in tree:
            head = f"{margin}{_scalar(key)}:"
            lines += [head, *_block(value, depth + 1)] if _nested(value) else [f"{head} {_scalar(value)}"]
        return lines
    for value in tree:
        if _nested(value):
            first, *rest = _block(value, depth + 1)
            lines += [f"{margin}- {first.lstrip(' ')}", *rest]
        else:
            lines.append(f"{margin}- {_scalar(value)}")
    return lines


def _nested(tree: Tree) -> bool:
    return isinstance(tree, list) and bool(tree)


def _scalar(tree: Tree) -> str:
    if isinstance(tree, Raw):
        return str(tree)
    if isinstance(tree, list):
        return "{}" if isinstance(tree, Fields) else "[]"
    text = str(tree)
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def places(tree: Tree) -> list[tuple[Any, int]]:
    """Every place of a tree, as what holds it (a list or `Fields`) and its rank there."""
    found: list[tuple[Any, int]] = []
    if isinstance(tree, list):
        for rank, inner in enumerate(tree):
            found.append((tree, rank))
            found += places(inner[1] if isinstance(tree, Fields) else inner)
    return found


def value_at(holder: Any, rank: int) -> Tree:
    """What stands at a place."""
    return holder[rank][1] if isinstance(holder, Fields) else holder[rank]


def put(holder: Any, rank: int, value: Tree) -> None:
    """Something else at a place, under the same name."""
    holder[rank] = (holder[rank][0], value) if isinstance(holder, Fields) else value


def copied(tree: Tree) -> Tree:
    """The same tree, which changes by itself."""
    if isinstance(tree, Fields):
        return Fields((key, copied(value)) for key, value in tree)
    return [copied(value) for value in tree] if isinstance(tree, list) else tree
