"""What a plan whose time is over comes to: what became of each action, and what the verdicts rest on."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.suivi.etat import Etat
from pivot_cli.text import NBSP

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pivot_cli.plan.nouns import Nom
    from pivot_cli.suivi.etat import Portrait, Situation


class _Line(NamedTuple):
    nom: str  # said of several, in the feminine
    cle: str  # what style sheets call it


class Devenir(Enum):
    """What became of an action by the end of its plan; every action has one."""

    REALISEE = _Line("réalisées", "faite")
    ABANDONNEE = _Line("abandonnées", "abandonnee")
    RECONDUITE = _Line("reconduites", "reconduite")
    OUVERTE = _Line("restées ouvertes, avec information consignée", "nouvelles")
    SILENCE = _Line("sans information consignée", "confirmer")

    @property
    def cle(self) -> str:
        """What style sheets call it."""
        line: _Line = self.value
        return line.cle

    def said(self, noun: Nom, number: int = 2) -> str:
        """« réalisées », « resté ouvert, avec information consignée »: as it agrees with so many."""
        line: _Line = self.value
        if self is Devenir.SILENCE:
            return line.nom
        first, comma, rest = line.nom.partition(",")
        return " ".join(noun.agreed(word.removesuffix("es"), number) for word in first.split()) + comma + rest


def became(one: Situation) -> Devenir:
    """What became of it: silence is silence, whatever its échéance was."""
    closed = {
        Etat.REALISEE: Devenir.REALISEE,
        Etat.ABANDONNEE: Devenir.ABANDONNEE,
        Etat.RECONDUITE: Devenir.RECONDUITE,
    }
    return closed.get(one.etat) or (Devenir.OUVERTE if one.action.consignee else Devenir.SILENCE)


def counted_by_end(some: Iterable[Situation]) -> dict[Devenir, int]:
    """How many actions had each end, in order, those of none too."""
    numbers = dict.fromkeys(Devenir, 0)
    for one in some:
        numbers[became(one)] += 1
    return numbers


def account(some: Sequence[Situation], noun: Nom) -> str:
    """« 21 actions : 7 réalisées, 2 reconduites, 12 sans information consignée. »"""
    parts = [f"{number} {end.said(noun, number)}" for end, number in counted_by_end(some).items() if number]
    return f"{noun.counted(len(some))}{NBSP}: {', '.join(parts).replace(', avec', ' avec')}."


def rests_on(seen: Portrait) -> str:
    """How many of the verdicts rest on something that is written: a résultat, a resolution of the board, a link. Their
    share is said beside, where most of the plan has a verdict; nothing where there is none.
    """
    noun = seen.plan.niveaux.action
    closed = [one.action for one in seen.situations if not one.open]
    if not closed:
        return ""
    written = sum(bool(one.resultat or one.resolution or one.liens) for one in closed)
    share = f" ({round(100 * written / len(closed))}{NBSP}%)" if 2 * len(closed) > len(seen.situations) else ""
    which, verb = noun.counted(len(closed), "fermé"), "le sont" if written > 1 else "l'est"
    return f"Sur {which}, {written}{share} {verb} avec un écrit{NBSP}: un résultat, une résolution ou un lien."


def silent(seen: Portrait) -> str:
    """Of how many nothing is recorded, and that it does not say that they were not done."""
    noun, number = seen.plan.niveaux.action, counted_by_end(seen.situations)[Devenir.SILENCE]
    if not number:
        return ""
    became_ = (
        noun.pick("ils sont devenus", "elles sont devenues") if number > 1 else f"{noun.il} est {noun.agreed('devenu')}"
    )
    some = f"{noun.counted(number)} sur {len(seen.situations)}"
    return f"Pour {some}, rien n'est consigné{NBSP}: on ne sait pas ce qu'{became_}."
