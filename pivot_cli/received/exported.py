"""The JSON that `pivot export` and `pivot list` write → what it holds, as they wrote it."""

from __future__ import annotations

import json

from pivot_cli.finding import PivotError
from pivot_cli.received.archive import damaged
from pivot_cli.received.cells import Source
from pivot_cli.text import clean, quoted


def read_export(data: bytes, name: str) -> Source:
    """What an export holds; raises PivotError for any other JSON."""
    try:
        said = json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise damaged(name) from None
    actions = said.get("actions") if isinstance(said, dict) else None
    if not isinstance(actions, list) or not all(isinstance(one, dict) and "numero" in one for one in actions):
        message = f"{quoted(clean(name))} n'est pas un plan que pivot a exporté."
        raise PivotError(message, "Donnez ce qu'a écrit pivot export -o plan.json, un document Word ou un classeur.")
    return Source(name, [], [], export=said)


def _no_number(constant: str) -> None:
    raise ValueError(constant)
