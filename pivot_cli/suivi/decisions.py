"""What a board is asked to decide: the dossiers that were chosen for its meeting, or those that a rule proposes."""

from __future__ import annotations

from collections import Counter
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.suivi.etat import Etat, grouped
from pivot_cli.suivi.when import longest_first
from pivot_cli.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from pivot_cli.plan.model import Action, Instance, Place, Plan, Reunion
    from pivot_cli.suivi.etat import Portrait, Situation

MOST = 3
"""How many dossiers the rule proposes: what a board decides well in a meeting."""


class Raison(Enum):
    """Why a dossier is proposed."""

    CHOISI = "choisi"  # by the direction and the chair
    DEMANDE = "demandé"  # the plan asks for a decision
    SEUL = "seul"  # the board alone carries what has passed
    ATTENTE = "attente"  # it has waited the longest
    BLOQUE = "bloque"  # others wait for it


class DossierADecider(NamedTuple):
    """A dossier to decide, an objectif or an action: its open `actions`, and all that it has, in the plan's order."""

    id: str
    raison: Raison
    actions: tuple[Situation, ...]
    toutes: tuple[Situation, ...]

    @property
    def place(self) -> Place:
        """Where it is in the plan."""
        return self.toutes[0].place

    @property
    def is_action(self) -> bool:
        """Whether it is one action, rather than an objectif."""
        return self.id != self.place.objectif_id


class Decisions(NamedTuple):
    """What a meeting decides: its `dossiers`, in order; the `autres` that the rule would have proposed after them; the
    ids that were chosen of which nothing is left open (`closes`), or which name nothing (`inconnus`).
    """

    dossiers: tuple[DossierADecider, ...]
    autres: tuple[DossierADecider, ...]
    closes: tuple[str, ...] = ()
    inconnus: tuple[str, ...] = ()


def named(plan: Plan, wanted: str) -> tuple[Place, ...]:
    """The actions that an id names, as people type it: one, or those of an objectif; none where nothing has it."""
    if place := plan.find(wanted):
        return (place,)
    objectif = fold(plan.level_named(wanted)).rstrip(".")
    return tuple(place for place in plan.places if fold(place.objectif_id) == objectif)


def id_of(plan: Plan, wanted: str) -> str:
    """The id of the objectif or of the action that people name so; nothing where there is none."""
    places = named(plan, wanted)
    return "" if not places else places[0].id if plan.find(wanted) else places[0].objectif_id


def answered(instance: Instance) -> frozenset[str]:
    """The ids, folded, of the actions that the standing items of the meetings of an instance carry out."""
    return frozenset(fold(one.action) for one in instance.points_permanents if one.action)


def carried_alone(action: Action, plan: Plan) -> bool:
    """Whether the board is the only one to have an action, or answers for it."""
    registre, board = plan.registre, plan.conseil
    if board is None or board.code not in (codes := registre.codes(action.responsables)):
        return False
    return len(codes) == 1 or bool(action.porteur and registre.find(action.porteur) is board)


def shared(action: Action, plan: Plan) -> bool:
    """Whether the board has a part in an action."""
    return plan.conseil is not None and plan.conseil.code in plan.registre.codes(action.responsables)


def to_decide(seen: Portrait, chosen: Sequence[str] = (), carried: Collection[str] = ()) -> Decisions:
    """What the board is asked to decide: what was `chosen`, else at most three dossiers.

    First each action for which the plan asks a decision, the longest passed before the others. Then, in turn, of the
    objectifs of which an échéance has passed: one that the board carries alone; one that has waited the longest, of
    those in which the board has a part, else of all; one that others wait for (`depend_de`). No action is in two; what
    is `carried` out by a standing item is in none. Where nothing that was chosen is left to decide, the rule proposes.
    """
    found = _chosen(seen, chosen)
    if found.dossiers:
        kept = {id(one) for dossier in found.dossiers for one in dossier.actions}
        rest = tuple(_proposed(seen, lambda one: id(one) not in kept and fold(one.id) not in carried))
        return found._replace(autres=rest)
    proposed = tuple(_proposed(seen, lambda one: fold(one.id) not in carried))
    return found._replace(dossiers=proposed[:MOST], autres=proposed[MOST:])


def _chosen(seen: Portrait, chosen: Sequence[str]) -> Decisions:
    """The dossiers of these ids, in their order: an action that is chosen by itself is in no other; what is closed."""
    asked = {wanted: id_of(seen.plan, wanted) for wanted in chosen}
    alone = {place.id for id_ in asked.values() if id_ and (place := seen.plan.find(id_))}
    found, closes = list[DossierADecider](), list[str]()
    for id_ in dict.fromkeys(filter(None, asked.values())):
        ids = {place.id for place in named(seen.plan, id_)}
        all_of_it = tuple(one for one in seen.situations if one.id in ids)
        actions = tuple(one for one in all_of_it if one.open and (id_ in alone or one.id not in alone))
        if actions:
            found.append(DossierADecider(id_, Raison.CHOISI, actions, all_of_it))
        elif not any(one.open for one in all_of_it):
            closes.append(id_)
    return Decisions(tuple(found), (), tuple(closes), tuple(wanted for wanted, id_ in asked.items() if not id_))


def _proposed(seen: Portrait, left: Callable[[Situation], bool]) -> Iterator[DossierADecider]:
    """All that the rule would propose of what is `left`, in its order."""
    plan, some = seen.plan, [one for one in seen.situations if one.open and left(one)]
    asked = sorted((one for one in some if one.action.decision), key=most_pressing)
    yield from (DossierADecider(one.id, Raison.DEMANDE, (one,), (one,)) for one in asked)
    waiting = [one for one in some if not one.action.decision]
    passed = longest_first(waiting)
    ours = [one for one in passed if shared(one.action, plan)]
    awaited = Counter(fold(id_) for one in seen.situations if one.open for id_ in one.action.depend_de)
    blocking = sorted((one for one in passed if awaited[fold(one.id)]), key=lambda one: -awaited[fold(one.id)])
    alone = [one for one in ours if carried_alone(one.action, plan)]
    turns = {Raison.SEUL: alone, Raison.ATTENTE: ours or passed, Raison.BLOQUE: blocking}
    queues = {why: iter(dict.fromkeys(one.place.objectif_id for one in queue)) for why, queue in turns.items()}
    open_of, all_of, taken = _by_objectif(waiting), _by_objectif(seen.situations), set[str]()
    while queues:
        for why, queue in list(queues.items()):
            if (id_ := next((id_ for id_ in queue if id_ not in taken), None)) is None:
                del queues[why]
                continue
            taken.add(id_)
            yield DossierADecider(id_, why, tuple(open_of[id_]), tuple(all_of[id_]))


def _by_objectif(situations: Iterable[Situation]) -> dict[str, list[Situation]]:
    return {some[0].place.objectif_id: some for some in grouped(situations, "objectif")}


def most_pressing(one: Situation) -> tuple[int, date]:
    """What has passed before the rest, the longest first; then the soonest first, and what is to begin."""
    return -(one.jours_retard or 0), one.prochaine or date.max


def pressing(one: Situation) -> bool:
    """Whether an action has passed, is near or is to be begun."""
    return one.etat.passed or one.etat in (Etat.PROCHE, Etat.A_COMMENCER)


def meeting_of(plan: Plan, day: date) -> Reunion | None:
    """The first known meeting of the board on that day or after it; of one known by its month only, its last day."""
    known = [one for one in plan.reunions.ca.reunions if one.date and one.date.fin >= day]
    return min(known, key=lambda one: one.date.fin if one.date else day, default=None)


def last_meeting(plan: Plan, day: date) -> date | None:
    """The last known meeting of the board before a day; where it has none, that of the assembly."""
    days = plan.reunions.ca.days or plan.reunions.aga.days
    return max((one for one in days if one < day), default=None)
