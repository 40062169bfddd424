"""The sheets that were given to the page, in memory alone: between what is shown of one and « Enregistrer »."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pivot_cli.received.cells import Source

_MOST = 8  # sheets that may still be recorded


class Given(NamedTuple):
    """A sheet that was given: the name of its file, what it holds; once they are known, the id and the title of each of
    its actions, those of which it proposes something, with what, and the answer to whom filled it in.
    """

    name: str
    source: Source
    lines: tuple[tuple[str, str], ...] = ()
    proposed: tuple[tuple[str, str], ...] = ()
    answer: str = ""


class Deposit:
    """The last of them, each under a name that nobody guesses."""

    def __init__(self) -> None:
        self._given: dict[str, Given] = {}

    def keep(self, given: Given, key: str = "") -> str:
        """The name under which a sheet is kept: that which it has already, if any."""
        key = key or secrets.token_urlsafe(12)
        others = [(name, one) for name, one in self._given.items() if name != key]
        self._given = {**dict(others[1 - _MOST :]), key: given}
        return key

    def find(self, key: str) -> Given | None:
        """The sheet of that name; None where others came since, or it was given to another page."""
        return self._given.get(key)
