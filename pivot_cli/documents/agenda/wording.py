"""What an agenda says of actions: lines, draft resolutions, counts, and the commands that record what was decided."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from pivot_cli.documents import listing
from pivot_cli.documents.agenda.places import Places
from pivot_cli.documents.agenda.values import BLANK
from pivot_cli.documents.values import Champ, Ligne
from pivot_cli.plan.model import Responsable
from pivot_cli.suivi.etat import Portrait, Situation, first_passed
from pivot_cli.suivi.phrases import title_of
from pivot_cli.suivi.when import recurrent
from pivot_cli.text import counted, fold, listed, month_in_words, quoted, truncate

if TYPE_CHECKING:
    from pivot_cli.plan.nouns import Nom

MOST = 25
"""How many actions a list of an agenda shows."""
_MOST_TITLE = 72  # characters of an action's title on the line where it is ticked
_MOST_RECORDED = 60  # characters of a title above the command that records
TO_FILL = "…"
"""What stands where something has to be written: `pivot note` refuses it, so that nothing is recorded by mistake."""

# What may follow an infinitive at the head of a decision: « Adopter le budget », but not « Premier bilan ».
_AFTER_INFINITIVE = re.compile(
    r"(?:les?|la|une?|des?|du|aux?|a|son|sa|ses|leurs?|notre|nos|ce|cet|cette|ces|ou|et|en|sur|pour|par|avec|dans|si|entre|plus|tout|toute|tous|toutes|chaque|comme|chez"
    r"|qui|que|quels?|quelles?|deux|trois|[ld]'.+)"
)
_NOT_INFINITIVES = ("premier", "dernier", "dossier", "calendrier", "atelier", "chantier", "notre", "votre", "autre")


def lines(some: Iterable[Situation], portrait: Portrait, board: Responsable | None = None) -> tuple[Ligne, ...]:
    """Actions, each on one line: with whom the board shares it, or without a board, who is responsible."""
    return tuple(_line(one, portrait, board) for one in some)


def _line(one: Situation, portrait: Portrait, board: Responsable | None) -> Ligne:
    line = listing.line(one, portrait, None, listing.company(one, portrait, board))
    day = f", {line.lecture}" if recurrent(one.action) and line.lecture else ""
    return line._replace(titre=truncate(line.titre, _MOST_TITLE), echeance=f"{line.echeance}{day}")


def cited(one: Situation) -> str:
    """An action's title between guillemets, and its id."""
    return f"{quoted(truncate(title_of(one.action), _MOST_TITLE))} ({one.id})"


def closed_of(some: Sequence[Situation], noun: Nom) -> str:
    """« 93 actions, dont 26 sont réalisées et 3 sont abandonnées »."""
    closed = listing.closed(some, noun)
    return f"{noun.counted(len(some))}{f', dont {listed(closed)}' if closed else ''}"


def passed_of(some: Sequence[Situation], portrait: Portrait) -> str:
    """« 3 échéances passées sur les 4 actions visées, la première depuis mars 2019 »."""
    first, number = first_passed(some), sum(one.etat.passed for one in some)
    if first is None:
        return ""
    of_all = f" sur les {portrait.plan.niveaux.action.counted(len(some), 'visé')}" if number < len(some) else ""
    since = f", {'depuis' if number == 1 else 'la première depuis'} {month_in_words(first)}"
    return f"{counted(number, 'échéance passée', 'échéances passées')}{of_all}{'' if portrait.over else since}"


def resolution(what: str) -> str:
    """« Il est proposé par ____, appuyé par ____, de demander… »."""
    return f"Il est proposé par {BLANK}, appuyé par {BLANK}, {what}."


def resolution_for(decision: str) -> str:
    """The draft resolution for a decision in the organisation's own words, taken up where they begin by a verb."""
    text = decision.rstrip(" .")
    words = [fold(word) for word in text.split()[:2]]
    verb = len(words) == 2 and words[0].endswith(("er", "ir", "re")) and words[0] not in _NOT_INFINITIVES
    if text.endswith("?") or not (verb and _AFTER_INFINITIVE.fullmatch(words[1])):
        return resolution(f"de {BLANK} {BLANK} {BLANK}")
    linked = "d'" if words[0][0] in "aeiouyh" else "de "
    return resolution(f"{linked}{text[0].lower()}{text[1:]}")


def to_record(places: Places, day: date) -> Iterator[Champ]:
    """A command for each action that the board was asked about, in the order of the agenda."""
    moved = f'--reporter "{TO_FILL}" --motif "{TO_FILL}" --resolution "{TO_FILL}"'
    for some, options in (
        (places.own[:MOST], ""),
        (places.decisions[:MOST], f'--statut "{TO_FILL}" --resolution "{TO_FILL}"'),
        (chain(*(some[:MOST] for some in (*places.groups, places.dates))), moved),
        (places.shared[:MOST], ""),
    ):
        for one in some:
            again = f'--realisation "{TO_FILL}"' if recurrent(one.action) else f'--statut "{TO_FILL}" --le "{TO_FILL}"'
            yield _command(one, options or again)
    yield from carried_out(places.referred, day)


def carried_out(referred: Iterable[Situation], day: date) -> Iterator[Champ]:
    """The commands of what a standing item carries out: complete, since the item was there."""
    for one in referred:
        if recurrent(one.action):
            yield _command(one, f"--realisation {day.isoformat()}")
        elif one.open:
            yield _command(one, f"--statut réalisée --le {day.isoformat()}")


def _command(one: Situation, options: str) -> Champ:
    return Champ(truncate(title_of(one.action), _MOST_RECORDED), f"pivot note {one.id} {options}")
