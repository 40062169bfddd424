"""The first lines of a document: whose plan it is, and how it is called. They are proposed, never written unasked."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.intake.headers import find_heads
from pivot_cli.intake.titles import is_plan, parts_of, read_title
from pivot_cli.received.cells import Line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pivot_cli.received.cells import Source

_FEW = 4  # lines, among which the title of a plan stands with the name of whose it is
_LONGEST = 90  # characters of a name
_OF = re.compile(r".*(?:19|20)[0-9]{2}(?:\s?[-–‑]\s?(?:19|20)?[0-9]{2})? (?:de la |du |de l['’]|des |de )(\S.*)")


class Opening(NamedTuple):
    """What the first lines seem to say; nothing where they do not."""

    nom: str
    titre: str


def opening_of(document: Source) -> Opening:
    """The title of the plan among the first lines, and the name that stands beside it, or is in it."""
    lines = list(islice(_first(document), _FEW))
    titre = next((line for line in lines if any(map(is_plan, parts_of(line)))), "")
    if not titre:
        return Opening("", "")
    beside = [part for part in parts_of(titre) if not is_plan(part)]
    within = _OF.fullmatch(titre)
    others = [*beside, *(line for line in lines if line != titre), *([within[1]] if within else [])]
    nom = next((one for one in others if _is_name(one)), "")
    plan = titre if nom not in beside else next(part for part in parts_of(titre) if is_plan(part))
    return Opening(nom, plan)


def _first(document: Source) -> Iterator[str]:
    """The texts above the first heading of a part, or above the headers of the first table."""
    for block in document.blocks:
        if isinstance(block, Line):
            if block.depth:
                return
            if block.text:
                yield block.line
            continue
        for row in range(len(block.rows)):
            written = block.written(row)
            if len(written) > 1 or (written and find_heads(block, row)):
                return
            yield from (span.cell.line for span in written)
        return


def _is_name(text: str) -> bool:
    words = text.split()
    plain = text[:1].isupper() and not re.search(r"[.:;!?]$|:\s|(?:19|20)[0-9]{2}|^[0-9]", text)
    return plain and len(words) >= 2 and len(text) <= _LONGEST and not read_title(text).noun and not is_plan(text)
