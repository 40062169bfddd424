"""What the items of an agenda say of actions: titles, draft resolutions, counts."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from pivot_cli.documents import listing
from pivot_cli.documents.listing import company
from pivot_cli.documents.values import Groupe
from pivot_cli.suivi.etat import first_passed
from pivot_cli.suivi.phrases import shown, title_of
from pivot_cli.text import NBSP, counted, fold, month_in_words, quoted, truncate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pivot_cli.documents.values import Ligne
    from pivot_cli.plan.model import Responsable
    from pivot_cli.suivi.etat import Portrait, Situation

BLANK = "____________"
_TITLE = 72  # characters of an action's title on the line where it is ticked

# What may follow an infinitive at the head of a decision: « Adopter le budget », but not « Premier bilan ».
_AFTER_INFINITIVE = re.compile(
    r"(?:les?|la|une?|des?|du|aux?|a|son|sa|ses|leurs?|notre|nos|ce|cet|cette|ces|ou|et|en|sur|pour|par|avec|dans|si|entre|plus|tout|toute|tous|toutes|chaque|comme|chez"
    r"|qui|que|quels?|quelles?|deux|trois|[ld]'.+)"
)
_NOT_INFINITIVES = ("premier", "dernier", "dossier", "calendrier", "atelier", "chantier", "notre", "votre", "autre")


def line(situation: Situation, portrait: Portrait, board: Responsable | None = None) -> Ligne:
    """An action on one line: with whom the board shares it, or without a board, who is responsible."""
    whole = listing.line(situation, portrait, None, company(situation, portrait, board))
    return whole._replace(titre=truncate(whole.titre, _TITLE))


def dossier(some: Sequence[Situation], lines: Iterable[Ligne] = (), note: str = "") -> Groupe:
    """The objectif of these actions, and those that are shown."""
    place = some[0].place
    return Groupe(place.objectif_id, shown(place.objectif.titre), note=note, lignes=tuple(lines))


def passed_of(some: Sequence[Situation], portrait: Portrait) -> str:
    """« 3 échéances passées sur 4, la première depuis mars 2019 »."""
    first, number = first_passed(some), sum(1 for one in some if one.etat.passed)
    if first is None:
        return ""
    said = counted(number, "échéance passée", "échéances passées")
    if number < len(some):
        said += f" sur {len(some)}"
    if portrait.over:
        return said
    return f"{said}, {'depuis' if number == 1 else 'la première depuis'} {month_in_words(first)}"


def resolution(what: str) -> str:
    """« Il est proposé par ____, appuyé par ____, de demander… »."""
    return f"Il est proposé par {BLANK}, appuyé par {BLANK}, {what}"


def resolution_for(decision: str) -> str:
    """The draft resolution for a decision in the organisation's own words, taken up where they begin by a verb."""
    text = decision.rstrip(" .")
    words = [fold(word) for word in text.split()[:2]]
    verb = len(words) == 2 and words[0].endswith(("er", "ir", "re")) and words[0] not in _NOT_INFINITIVES
    if text.endswith("?") or not (verb and _AFTER_INFINITIVE.fullmatch(words[1])):
        return resolution(f"de {BLANK} {BLANK} {BLANK}.")
    lowered = text[0].lower() + text[1:]
    linked = f"d'{lowered}" if words[0][0] in "aeiouyh" else f"de {lowered}"
    return resolution(f"{linked}.")


def by_orientation(situations: Iterable[Situation]) -> str:
    """« orientation 1 : 6; 2 : 13 »."""
    found = Counter(one.place.orientation.numero for one in situations)
    parts = [f"{number}{NBSP}: {found[number]}" for number in sorted(found)]
    return f"orientation {'; '.join(parts)}" if parts else ""


def cited(one: Situation) -> str:
    """An action's title between guillemets."""
    return quoted(truncate(title_of(one.action), _TITLE))
