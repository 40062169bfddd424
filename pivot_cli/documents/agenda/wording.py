"""What an agenda says of actions: lines and counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pivot_cli.documents import listing
from pivot_cli.documents.values import Ligne
from pivot_cli.plan.model import Responsable
from pivot_cli.suivi.etat import Portrait, Situation
from pivot_cli.suivi.when import recurrent
from pivot_cli.text import listed, truncate

if TYPE_CHECKING:
    from pivot_cli.plan.nouns import Nom

MOST = 25
"""How many actions a list of an agenda shows."""


def lines(some: Iterable[Situation], portrait: Portrait, board: Responsable | None = None) -> tuple[Ligne, ...]:
    """Actions, each on one line: with whom the board shares it, or without a board, who is responsible."""
    return tuple(_line(one, portrait, board) for one in some)


def _line(one: Situation, portrait: Portrait, board: Responsable | None) -> Ligne:
    line = listing.line(one, portrait, None, listing.company(one, portrait, board))
    day = f", {line.lecture}" if recurrent(one.action) and line.lecture else ""
    return line._replace(titre=truncate(line.titre, listing.MOST_TITLE), echeance=f"{line.echeance}{day}")


def closed_of(some: Sequence[Situation], noun: Nom) -> str:
    """« 93 actions, dont 26 sont réalisées et 3 sont abandonnées »."""
    closed = listing.closed(some, noun)
    return f"{noun.counted(len(some))}{f', dont {listed(closed)}' if closed else ''}"
