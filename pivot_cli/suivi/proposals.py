"""What staff propose of an action, until the direction decides: another échéance, or to give it up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pivot_cli.echeance import Echeance
from pivot_cli.plan.model import Statut
from pivot_cli.text import NBSP, fold, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pivot_cli.plan.model import Action, Place, Suivi

_ASIDE = "Proposition écartée"
_SETTLED = ("echeance maintenue", fold(_ASIDE))


def pending(action: Action) -> Suivi | None:
    """The last proposal of an action, unless something was decided since: the action is closed, its échéance is the one
    that was proposed or was moved that day or later, a later note says that it is maintained or that the proposal
    is set aside, or of what was to be given up, that day or later it has a statut.
    """
    rank = next((rank for rank in range(len(action.suivi) - 1, -1, -1) if action.suivi[rank].propose), None)
    if rank is None or (action.statut and action.statut.closed):
        return None
    note = action.suivi[rank]
    if isinstance(note.propose, Echeance) and fold(note.propose.texte) == fold(action.echeance.texte):
        return None
    days = [former.decide_le for former in action.echeances_precedentes]
    days += [] if isinstance(note.propose, Echeance) else [action.statut_le]
    decided = any(day and note.date and day.fin >= note.date.fin for day in days)
    settled = any(said in fold(later.note) for later in action.suivi[rank + 1 :] for said in _SETTLED)
    return None if decided or settled else note


def waiting(places: Iterable[Place]) -> list[tuple[Place, Suivi]]:
    """The actions of which something is proposed and not decided, in their order."""
    found = ((place, pending(place.action)) for place in places if place.action.suivi)
    return [(place, note) for place, note in found if note]


def told_of(note: Suivi) -> str:
    """« Juin 2021 », « abandonnée »: what a note proposes."""
    proposed = note.propose
    return proposed.value if isinstance(proposed, Statut) else one_line(proposed.texte) if proposed else ""


def motif_of(note: Suivi) -> str:
    """Why: « le poste est vacant » of « Propose juin 2021 : le poste est vacant »; else nothing."""
    said = re.match(rf"propose\b[^:]*[ {NBSP}]:[ {NBSP}](.+)", one_line(note.note), re.IGNORECASE)
    return said[1] if said else ""


def set_aside_in_words(note: Suivi, motif: str = "") -> str:
    """« Proposition écartée (juin 2021) : le conseil y tient », the note that settles what another proposes."""
    said = f"{_ASIDE} ({told_of(note)})"
    return f"{said}{NBSP}: {motif}" if motif else said
