"""The order in which the blocks of a document are read, where a level is not named above what it is of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pivot_cli.intake.draft import Ask
from pivot_cli.intake.titles import NOUNS, read_title
from pivot_cli.received.cells import Line, Table
from pivot_cli.text import NBSP

if TYPE_CHECKING:
    from collections.abc import Sequence

_LOWEST = ("objectif", "objectif specifique", "resultat attendu")
_HIGHER = ("enjeu", "axe", "orientation", "volet", "priorite", "chantier", "thematique")


def in_order(blocks: Sequence[Line | Table], actions: frozenset[int]) -> tuple[list[Line | Table], list[Ask]]:
    """The blocks of a document, each level before what it is of, and what is to be asked of those that were moved;
    `actions` are the tables (by identity) of actions.
    """
    made, asks = [block for block in blocks if isinstance(block, Table) or block.text], []
    for noun in _LOWEST:
        for pairs, where in (
            (_under_tables(made, noun, actions), "après le tableau dont il est le titre"),
            (_over_levels(made, noun), "avant le niveau où il est"),
        ):
            for above, level in pairs:
                made.insert(above, made.pop(level))
            if pairs:
                said = f"chaque {NOUNS[noun].nom} vient {where}"
                told = f"Au document, {said}{NBSP}: il est lu à sa place. Est-ce juste?"
                first = made[pairs[0][0]]
                asks.append(Ask(f"{said}{NBSP}: est-ce juste?", first.place if isinstance(first, Line) else "", told))
    return made, asks


def _noun(block: Line | Table) -> str | None:
    """The noun of the level that a paragraph names, « » for another heading; None for what names none."""
    if isinstance(block, Table):
        return None
    noun = None if block.item else read_title(block.text, loose=block.bold).noun
    return noun or ("" if block.depth is not None or block.bold else None)


def _under_tables(blocks: Sequence[Line | Table], noun: str, actions: frozenset[int]) -> list[tuple[int, int]]:
    """Where each table is, and under it the level that names it: under every heading, none is named before a table."""
    told: list[tuple[str, int]] = []
    for at, block in enumerate(blocks):
        if id(block) in actions:
            told.append(("T", at))
        elif (found := _noun(block)) is not None:
            told.append(("L" if found == noun else "|", at))
    signs = "".join(sign for sign, _ in told)
    if not all(re.fullmatch("(?:TL)+|T*", part) for part in signs.split("|")):
        return []
    return [(told[rank - 1][1], at) for rank, (sign, at) in enumerate(told) if sign == "L"]


def _over_levels(blocks: Sequence[Line | Table], noun: str) -> list[tuple[int, int]]:
    """Where each « Objectif » is, and right under it the « Axe » that it is of, where no other stands otherwise."""
    nouns = [_noun(block) for block in blocks]
    low = [at for at, found in enumerate(nouns) if found == noun]
    high = [at for at, found in enumerate(nouns) if found in _HIGHER]
    depths = {block.depth for at in (*low, *high) if isinstance(block := blocks[at], Line)}
    aside = len(low) < 2 or len(depths) > 1 or [at + 1 for at in low] != high or len({nouns[at] for at in high}) > 1
    return [] if aside else list(zip(low, high, strict=True))
