"""A dossier that a board is asked to decide, with what it takes to judge it: the same on an agenda and in a summary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pivot_cli.documents.budgets import NO_AMOUNT, budget_line
from pivot_cli.documents.listing import closed, company, line, passed_of, recorded_of
from pivot_cli.documents.values import BLANK, Case, Choix, Decision, Ligne
from pivot_cli.plan.bodies import board, direction
from pivot_cli.suivi.changes import dated
from pivot_cli.suivi.decisions import Decisions, Raison, answered, carried_alone, meeting_of, to_decide
from pivot_cli.suivi.etat import Etat, Portrait, Situation, portrait
from pivot_cli.suivi.phrases import heading_of, title_of
from pivot_cli.suivi.when import done_again
from pivot_cli.text import NBSP, capitalized, counted, fold, listed, of_word, one_line

if TYPE_CHECKING:
    from pivot_cli.plan.nouns import Nom
    from pivot_cli.suivi.decisions import DossierADecider

MOST = 12
"""Actions of one dossier: nobody ticks hundreds of boxes in a meeting."""
_PROPOSED = f"Il est proposé par {BLANK}, appuyé par {BLANK}"

# What may follow an infinitive at the head of a decision: « Adopter le budget », but not « Premier bilan ».
_AFTER_INFINITIVE = re.compile(
    r"(?:les?|la|une?|des?|du|aux?|a|son|sa|ses|leurs?|notre|nos|ce|cet|cette|ces|ou|et|en|sur|pour|par|avec|dans|si|entre|plus|tout|toute|tous|toutes|chaque|comme|chez|sans"
    r"|qui|que|quels?|quelles?|deux|trois|[ld]'.+)"
)
_NOT_INFINITIVES = ("premier", "dernier", "dossier", "calendrier", "atelier", "chantier", "notre", "votre", "autre")
_OR = re.compile(r",? ou (?:bien )?(?:plutôt )?", re.IGNORECASE)


def shown(one: DossierADecider, seen: Portrait, most: int = MOST) -> Decision:
    """The dossier as documents show it, with so many of its actions, in the plan `seen` on the day of the meeting."""
    asked = [action for action in one.actions if action.action.decision]
    choices = [choice for action in asked for choice in choices_of(action.action.decision or "")]
    left = one.actions[most:]
    return Decision(
        id=one.id,
        titre=title_of(one.actions[0].action) if one.is_action else heading_of(one.place, seen.plan.niveaux),
        question=" ".join(_question(action, alone=one.is_action) for action in asked),
        contexte=" ".join(_context(one, seen)),
        lignes=tuple(_line(action, seen) for action in one.actions[:most]),
        autres=f"Et {counted(len(left), 'autre')}, dans le document complet." if left else "",
        argent=money_of(one.actions, seen.plan.niveaux.action),
        recommandation=f"Recommandation {chief.du}" if (chief := direction(seen.plan)) else "Recommandation",
        proposition=_PROPOSED,
        resolutions=(*choices, *(() if one.is_action and asked else _choices(one.actions, seen))),
    )


def _question(one: Situation, *, alone: bool) -> str:
    """What the plan asks to decide of an action, which is named where it is among others."""
    asked = one_line(one.action.decision or "")
    return asked if alone else f"{title_of(one.action)}{NBSP}: {asked}"


def _line(one: Situation, seen: Portrait) -> Ligne:
    times = sum(dated(former.echeance) for former in one.action.echeances_precedentes)
    moved = f"{seen.plan.niveaux.action.agreed('reporté')} {counted(times, 'fois', 'fois')}" if times else ""
    written = line(one, seen, None, company(one, seen))
    stands = written.consigne or ("rien de consigné" if one.etat.passed else written.etat)
    return written._replace(etat=stands, reports=moved, cases=tuple(boxes(one, seen)))


def boxes(one: Situation, seen: Portrait) -> Iterator[Case]:
    """What a board may tick of an action; what is recorded is ticked already."""
    noun = seen.plan.niveaux.action
    done = noun.agreed("fait")
    if done_again(one.action):
        again = " encore une fois" if one.action.realisations else ""
        yield Case(Choix.REFAITE, f"{done}{again} le {BLANK}")
    else:
        yield Case(Choix.FAITE, f"{done} le {BLANK}")
    if seen.over:
        yield Case(Choix.RECONDUIRE, "reconduire dans le prochain plan")
    else:
        statut = one.action.statut
        yield Case(Choix.EN_COURS, "en cours", statut is not None and statut.under_way)
        if one.etat is Etat.A_DETERMINER:
            yield Case(Choix.FIXER, f"fixer au {BLANK}")
        else:
            yield Case(Choix.MAINTENIR, "maintenir")
            yield Case(Choix.REPORTER, f"reporter au {BLANK}")
    yield Case(Choix.ABANDONNER, "abandonner")


def of_the_next_meeting(seen: Portrait) -> tuple[Portrait, Decisions]:
    """What the next known meeting decides, and the plan as it stands that day; without one, on this day."""
    instance = seen.plan.reunions.ca
    meeting = meeting_of(seen.plan, seen.au)
    there = seen
    if meeting and meeting.date and meeting.date.debut == meeting.date.fin != seen.au:
        there = portrait(seen.plan, meeting.date.fin)
    return there, to_decide(there, meeting.dossiers if meeting else (), answered(instance))


def _context(one: DossierADecider, seen: Portrait) -> Iterator[str]:
    """Why it is asked now: what has passed, what is recorded of it, what the rule saw, what is done already."""
    plan, noun = seen.plan, seen.plan.niveaux.action
    if said := passed_of(one.actions, seen):
        yield f"{capitalized(said)}{recorded_of(one.actions, noun) if len(one.actions) > 1 else ''}."
    if one.raison is Raison.SEUL:
        alone, court = sum(carried_alone(action.action, plan) for action in one.actions), board(plan).court
        whose = "en est" if alone == len(one.actions) else "est"
        of_which = "" if alone == len(one.actions) else f" de {noun.counted(alone)}"
        yield f"{capitalized(court.le)} {whose} {court.agreed('seul')} responsable{of_which}."
    elif one.raison is Raison.BLOQUE:
        ids = {fold(action.id) for action in one.actions}
        waiting = sum(other.open and not ids.isdisjoint(map(fold, other.action.depend_de)) for other in seen.situations)
        yield f"{noun.counted(waiting)} en {'dépendent' if waiting > 1 else 'dépend'}."
    behind = closed(one.toutes, noun)
    if elsewhere := sum(action.open for action in one.toutes) - len(one.actions):
        behind.append(f"{elsewhere} {'sont à un autre point' if elsewhere > 1 else 'est à un autre point'}")
    if behind:
        yield f"Sur {noun.counted(len(one.toutes))}, {listed(behind)}."


def money_of(some: Sequence[Situation], noun: Nom) -> str:
    """« 1 200 $ prévus pour 2 actions, aucune dépense consignée. »; nothing where no amount is written."""
    written = budget_line("", "", some)
    if {written.prevu, written.reel} == {NO_AMOUNT}:
        return ""
    planned = f"{written.prevu} prévus" if written.prevu != NO_AMOUNT else "rien de prévu"
    of_how_many = f" pour {noun.counted(written.prevus)} sur {len(some)}" if 0 < written.prevus < len(some) else ""
    spent = f"{written.reel} dépensés" if written.reel != NO_AMOUNT else "aucune dépense consignée"
    return f"Argent{NBSP}: {planned}{of_how_many}, {spent}."


def _choices(some: Sequence[Situation], seen: Portrait) -> Iterator[str]:
    """What a board may resolve about actions, in full."""
    noun, several = seen.plan.niveaux.action, len(some) > 1
    these = f"ces {noun.pluriel}" if several else noun.ce
    there = "aux dates inscrites ci-dessus" if several else "à la date inscrite ci-dessus"
    if seen.over:
        yield f"de reconduire {these} dans le prochain plan"
    elif all(one.etat is Etat.A_DETERMINER for one in some):
        yield f"de fixer {'ces échéances' if several else 'cette échéance'} {there}"
    else:
        yield "de maintenir les échéances" if several else "de maintenir l'échéance"
        yield f"de reporter {these} {there}"
    yield f"d'abandonner {these} et de le dire au bilan"


def choices_of(decision: str) -> Iterator[str]:
    """The choices of a decision in the organisation's own words, where they begin by a verb, then one left open."""
    text = one_line(decision).rstrip(" .?")
    choices = _OR.split(text)
    if not all(map(_begins_by_a_verb, choices)):
        choices = [text] if _begins_by_a_verb(text) and not one_line(decision).endswith("?") else []
    yield from (of_word(f"{choice[0].lower()}{choice[1:]}") for choice in choices)
    yield f"de {BLANK} {BLANK} {BLANK}"


def _begins_by_a_verb(text: str) -> bool:
    words = [fold(word) for word in text.split()[:2]]
    verb = len(words) == 2 and words[0].endswith(("er", "ir", "re")) and words[0] not in _NOT_INFINITIVES
    return bool(verb and _AFTER_INFINITIVE.fullmatch(words[1]))
