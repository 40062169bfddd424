"""A document of numbered paragraphs, without a table of actions: « 1. », « 1.1 », « 1.1.1 », or « I. », « A. », « 1. »;
the deepest to be done.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.intake.levels import NamedLevel
from pivot_cli.intake.roles import Role, role_of
from pivot_cli.intake.titles import Titre, read_title
from pivot_cli.received.cells import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pivot_cli.intake.rows import Reading

_DEEP = 2  # numbers: « 1.1 », from which paragraphs are in levels
_FEWEST = 2  # of what is to be done, from which they are a plan


class _Numbered(NamedTuple):
    line: Line
    titre: Titre
    depth: int  # how many numbers its own has


def read_outline(reading: Reading, blocks: Sequence[object]) -> bool:
    """Read the paragraphs of a document by the depths of their numbers, or of the items under them; False, and nothing
    is read, where they have not two of them at least.
    """
    lines = [block for block in blocks if isinstance(block, Line) and not reading.ledger.is_known(block)]
    numbered = _lettered(lines) or {id(line): one for line in lines if (one := _numbered(line))}
    lowest = max((one.depth for one in numbered.values()), default=0)
    items = [line for line in lines if line.text.startswith("•") and not _is_label(line)]
    done = items if len(items) >= _FEWEST else [one.line for one in numbered.values() if one.depth == lowest]
    if lowest < (1 if done is items else _DEEP) or len(done) < _FEWEST or not _nested(list(numbered.values())):
        return False
    ids = set(map(id, done))
    for line in lines:
        one = numbered.get(id(line))
        if id(line) in ids:
            reading.to_do(line, line.text)
        elif one:
            reading.levels.set(NamedLevel(one.titre.noun or f"rangée {one.depth}", one.titre, line), 0, one.depth)
        elif not reading.labelled(line) and not reading.labelled_above(line):
            reading.outside.append(line)
    return True


def _is_label(line: Line) -> bool:
    """« • Responsable : DG », which is said of what stands above."""
    found = re.fullmatch(r"•\s*([^:]{2,40}?)\s*:\s*\S.*", line.line)
    role = role_of(found[1]) if found else None
    return role is not None and role[0] not in (Role.ACTION, Role.NIVEAU)


def _numbered(line: Line) -> _Numbered | None:
    titre = read_title(line.text, loose=True, level=line.bold)
    if not titre.number or not titre.titre or not re.fullmatch(r"[0-9]{1,2}(?:\.[0-9]{1,2})*", titre.number):
        return None
    return _Numbered(line, titre, titre.number.count(".") + 1)


_KINDS = {"I": r"[IVX]{1,5}", "A": r"[A-Z]", "1": r"[0-9]{1,2}", "a": r"[a-z]"}
"""What is written before a paragraph, by the first of its kind."""


def _lettered(lines: Sequence[Line]) -> dict[int, _Numbered]:
    """The paragraphs, by identity, that signs of two kinds at least number, each kind under the one that came before it
    and begun again under each of its own (« I. », « A. », « 1. », « 2. », « B. », « 1. »); none where it is not so.
    """
    kinds: list[str] = []
    found: dict[int, _Numbered] = {}
    last: dict[str, str] = {}
    for line in lines:
        parted = re.fullmatch(r"([IVX]{1,5}|[A-Z]|[0-9]{1,2}|[a-z])[.)]\s*[–—-]?\s+(\S.*)", line.line)
        if not parted:
            continue
        sign = parted[1]
        kind = next(
            (one for one in kinds if re.fullmatch(_KINDS[one], sign)),
            sign if sign in _KINDS else "",
        )
        if kind not in kinds:
            if not kind:
                return {}
            kinds.append(kind)
        depth = kinds.index(kind) + 1
        if kind not in last and sign != kind:
            return {}
        last = {one: said for one, said in last.items() if kinds.index(one) < depth} | {kind: sign}
        found[id(line)] = _Numbered(line, Titre(None, sign, parted[2]), depth)
    return found if len(kinds) > 1 else {}


def _nested(numbered: Sequence[_Numbered]) -> bool:
    """Whether each number is under the one that it begins with."""
    seen: set[str] = set()
    for one in numbered:
        above = (one.titre.number or "").rpartition(".")[0]
        if above and above not in seen:
            return False
        seen.add(one.titre.number or "")
    return True
