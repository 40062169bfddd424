"""What leaves the organisation names nobody: in any of its texts, the people and the posts that its plan knows.

The adopted descriptions and the titles are public, and stay as they are; who gives the others has them read here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pivot_cli.plan.bodies import is_group
from pivot_cli.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pivot_cli.plan.model import Plan

UNSAID = "[…]"
"""What stands where somebody was named."""


def without_names_of(plan: Plan) -> Callable[[str], str]:
    """What gives a text of the plan without the people and the posts that it knows: its responsables, and who wrote a
    note. Its groups are no person, and the board is the organisation itself: they may be named.
    """
    known = [who for who in plan.registre if who is not plan.conseil and not is_group(who.nom)]
    names = [name for who in known for name in (who.nom, *who.alias)]
    return without_names(names, [*(who.code for who in known), *_named_elsewhere(plan)])


def _named_elsewhere(plan: Plan) -> Iterator[str]:
    """Who has a proper name, and is no responsable: « Julie Roy », and not « l'équipe »."""
    for place in plan.places:
        named = (*place.action.responsables, place.action.porteur, *(note.par for note in place.action.suivi))
        yield from (name for name in named if name and _is_proper(name) and not plan.registre.find(name))


def _is_proper(name: str) -> bool:
    return not is_group(name) and all(word[:1].isupper() for word in re.findall(r"\w{3,}", name))


def without_names(names: Iterable[str], codes: Iterable[str] = ()) -> Callable[[str], str]:
    """What gives a text without these names, however they are typed, and without these codes, as they are written."""
    called = {" ".join(name.split()) for name in names if len(fold(name)) > 1}
    folded = {fold(name) for name in called}
    coded = {code for code in codes if len(code) > 1}
    if not called and not coded:
        return lambda text: text
    typed = _any_of(called, re.IGNORECASE)
    written, meant = _any_of(coded), _any_of(folded)

    def unnamed(text: str) -> str:
        left = written.sub(UNSAID, typed.sub(UNSAID, text))
        return UNSAID if meant.search(fold(left)) else left  # named with other accents or spaces

    return unnamed


def _any_of(words: set[str], flags: int = 0) -> re.Pattern[str]:
    """Each of these where it is a word, and not a part of one: « CA » is not in « CA-2019-05 »."""
    longest = sorted(words, key=lambda word: (-len(word), word))
    spaced = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest)
    return re.compile(rf"(?<![\w-])(?:{spaced})(?![\w-])" if spaced else r"(?!)", flags)
