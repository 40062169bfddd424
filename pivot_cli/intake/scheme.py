"""Which levels of a document are the orientations, the volets and the objectifs of a plan, and what it calls them."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.intake.roles import Role
from pivot_cli.intake.titles import AIMS, NOUNS
from pivot_cli.plan.nouns import Niveaux
from pivot_cli.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pivot_cli.intake.found import Found

_UNDER = ("objectif", "but", "engagement", "objectif general", "objectif specifique", *AIMS)
VOLETS = ("volet", "sous-axe", "sous-volet", "secteur", "programme", "sous-orientation")
"""What a level between the first and the actions is a volet by, rather than an objectif."""
_UNNAMED = re.compile(r"(?:titre|rangée) [0-9]+|niveau(?: [0-9]+)?")
_NO_LEVEL = re.compile(
    r"(?:le |notre )?(?:plan|planification|tableau|annexe|introduction|sommaire|demarche|conclusion)\b.*"
)


class Scheme(NamedTuple):
    """The kind of level of a document that each level of a plan is, from the top; `others` are kept in comments, `aims`
    say how far what they stand under goes.
    """

    enjeu: str | None
    levels: dict[str, str]  # « orientation », « volet », « objectif » → the key of the document
    others: tuple[str, ...]
    aims: tuple[str, ...]
    niveaux: Niveaux


def scheme_of(order: Sequence[str], found: Sequence[Found]) -> Scheme:
    """What the levels under which actions were found are, in a plan."""
    keys = [key for key in order if _is_level(key, found)]
    aims = [key for above, key in pairwise(keys) if key in AIMS and _one_each(above, key, found)]
    keys = [key for key in keys if key not in aims]
    enjeu = None
    if (len(keys) > 1 and keys[0] == "enjeu" and (keys[1] not in _UNDER or len(keys) > 3)) or len(keys) > 3:
        enjeu, keys = keys[0], keys[1:]
    keys, others = keys[:3], keys[3:]
    if len(keys) == 3:
        levels = dict(zip(("orientation", "volet", "objectif"), keys, strict=True))
    elif len(keys) == 2:
        levels = {"orientation": keys[0], "volet" if keys[1] in VOLETS else "objectif": keys[1]}
    else:
        levels = dict.fromkeys(("orientation",), keys[0]) if keys else {}
    return Scheme(enjeu, levels, tuple(others), tuple(aims), _called(levels, found))


def _is_level(key: str, found: Sequence[Found]) -> bool:
    """Whether a kind of level stands above actions; without a noun, it takes two that are not the same."""
    names = {one.context[key].name for one in found if key in one.context}
    if not names or not _UNNAMED.fullmatch(key):
        return bool(names)
    if all(_NO_LEVEL.fullmatch(fold(name)) for name in names):
        return False
    alone = all(set(one.context) <= {key} for one in found)
    return len(names) > 1 or (alone and key.startswith("rangée"))


def _one_each(above: str, key: str, found: Sequence[Found]) -> bool:
    pairs = {(one.context[above].name, one.context[key].name) for one in found if {above, key} <= one.context.keys()}
    return len({name for name, _ in pairs}) == len(pairs)


def _noun_of(key: str, found: Sequence[Found]) -> str:
    """The noun of a kind of level, or that of all the rows that are of it (« AXE 1 – Gouvernance », « AXE 2 – … »)."""
    nouns = {one.context[key].titre.noun for one in found if key in one.context}
    return (nouns.pop() if len(nouns) == 1 else None) or key


def _called(levels: dict[str, str], found: Sequence[Found]) -> Niveaux:
    """The nouns of the document, those of actions included."""
    said = {level: NOUNS[named] for level, key in levels.items() if (named := _noun_of(key, found)) in NOUNS}
    nouns = Counter(
        value.column.noun for one in found for value in one.values.get(Role.ACTION, ()) if value.column.noun in NOUNS
    )
    nouns.update(one.noun for one in found if one.noun in NOUNS)
    if nouns:
        said["action"] = NOUNS[max(nouns, key=lambda noun: (nouns[noun], noun or ""))]
    taken: set[str] = set()
    kept = {}
    for level, noun in said.items():
        if noun.nom not in taken:
            kept[level] = noun
            taken.add(noun.nom)
    return Niveaux(**kept)
