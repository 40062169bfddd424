"""The numbers of levels and actions, and the codes of volets, by written rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pivot_cli.text import NBSP, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pivot_cli.intake.draft import ActionDraft, NodeDraft

_LITTLE = frozenset(
    ["a", "au", "aux", "d", "de", "des", "du", "en", "l", "la", "le", "les", "par", "pour", "sur", "et"]
)
_MOST = 9999


def numbered(siblings: Sequence[NodeDraft] | Sequence[ActionDraft]) -> None:
    """Give each its `numero`: the document's where it is an integer that no other has; else the document's number is
    its `reference`, and its `numero` is the last integer in it if that is free, else the next free one.
    """
    plain = {_integer(one.number) for one in siblings}
    taken: set[int] = set()
    free = (n for n in range(1, _MOST + 1) if n not in plain)
    for one in siblings:
        number = _integer(one.number)
        if number is None and one.number:
            one.reference = one.number
            parts = re.findall("[0-9]+", one.number)
            number = _integer(parts[-1]) if parts and _integer(parts[-1]) not in plain else None
        elif number in taken:
            one.comment(f"Son numéro au document{NBSP}: {one.number} (déjà pris)")
        if number is None or number in taken:
            number = next(n for n in free if n not in taken)
        taken.add(number)
        one.numero = number


def _integer(number: str | None) -> int | None:
    return int(number) if number and re.fullmatch("0{0,3}[1-9][0-9]{0,3}", number) else None


def volet_codes(volets: Sequence[NodeDraft]) -> None:
    """Give each volet of an orientation its code: the first three letters of its name, of its first word where « et »
    follows it, or the initials of its words where there are several; more letters where it is taken.
    """
    taken: set[str] = set()
    for volet in volets:
        volet.code = _code(volet.titre, taken)
        taken.add(volet.code)
        volet.reference = volet.number


def _code(nom: str, taken: set[str]) -> str:
    words = re.findall("[a-z]+", fold(nom))
    first = next((n for n, word in enumerate(words) if word not in _LITTLE), 0)
    joined = "et" in words[first + 1 : first + 2] or len(words) <= first + 1
    chief: list[str] = [word for word in words if word not in _LITTLE] or ["volet"]
    letters: str = chief[0] if joined or len(chief) < 2 else "".join(word[0] for word in chief[:5])
    base = letters[:3] if joined or len(chief) < 2 else letters
    tries = [base, chief[0][:3], chief[0][:4], chief[0][:5]]
    tries += [f"{base[:3]}{one}{two}" for one in "abcdefghijklmnopqrstuvwxyz" for two in "abcdefghijklmnopqrstuvwxyz"]
    return next((one for one in tries if 2 <= len(one) <= 5 and one not in taken), "")
