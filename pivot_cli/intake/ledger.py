"""What became of every text of a document: in the plan, in a comment, or left out, and why. Nothing is lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pivot_cli.received.cells import Left, Piece

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pivot_cli.received.cells import Source


NOTHING = "ne dit rien"
"""Why a cell such as « n/d » or « — » is left out."""


class Ledger:
    """What was used of each piece, and why what was not was not."""

    def __init__(self) -> None:
        self._used: dict[int, list[str]] = {}
        self._why: dict[int, str] = {}

    def use(self, piece: Piece, *texts: str) -> None:
        """So much of a piece is in the plan, or in a comment of it; without texts, all of it."""
        self._used.setdefault(id(piece), []).extend(texts or (piece.text,))

    def forget(self, piece: Piece) -> None:
        """It is not in the plan after all."""
        self._used.pop(id(piece), None)

    def leave(self, pieces: Iterable[Piece], why: str) -> None:
        """Say why what is not used of these is not."""
        for piece in pieces:
            self._why.setdefault(id(piece), why)

    def is_known(self, piece: Piece) -> bool:
        """Whether something was said of it."""
        return id(piece) in self._used or id(piece) in self._why

    def left(self, document: Source) -> list[Left]:
        """What is not in the plan, in the order of the document; cells of one row, left for one reason, together."""
        found: list[Left] = []
        for piece in document.pieces():
            used, why = self._used.get(id(piece), []), self._why.get(id(piece), "pas compris")
            told = id(piece) in self._why and not any(used)  # a sign too is told, where it is known for what it is
            rest = _rest(piece.text, used) or (piece.line if told else "")
            if not rest:
                continue
            together = _together(found[-1].endroit, piece.place) if found and found[-1].pourquoi == why else ""
            if together:
                found[-1] = Left(together, f"{found[-1].texte} | {rest}", why)
            else:
                found.append(Left(piece.place, rest, why))
        return found


def _together(one: str, two: str) -> str:
    """The place of two texts of one row, « ligne 3 », « Actions, A3 à C3 »; nothing for those of two."""
    if one == two and "ligne" in two:
        return one
    first = re.fullmatch(r"(.*, )(([A-Z]+)([0-9]+))(?: à [A-Z]+[0-9]+)?", one)
    last = re.fullmatch(r"(.*, )([A-Z]+([0-9]+))", two)
    same = first and last and (first[1], first[4]) == (last[1], last[3])
    return f"{first[1]}{first[2]} à {last[2]}" if first and last and same else ""


def _rest(text: str, used: list[str]) -> str:
    """What is left of a text once what was used is taken out; nothing where that is punctuation only."""
    if text in used:  # most texts
        return ""
    rest = " ".join(text.split())
    for part in sorted({" ".join(part.split()) for part in used}, key=len, reverse=True):
        if part and part.strip():
            at = rest.lower().find(part.lower())
            if at >= 0:
                rest = f"{rest[:at]} {rest[at + len(part) :]}"
    rest = " ".join(rest.split())
    return rest if re.search(r"\w", rest) else ""
