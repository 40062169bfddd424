"""Where each action stands at a day: pure functions of a plan and a day, that read no clock.

The état of an action is one of eleven words, decided by one table (type of échéance × what is recorded × day). An
échéance has passed only once its last plausible day has: the action is then « en retard » where something was written
about it, « à confirmer » where nothing was. « En retard » is a value of the JSON contract: what people read says
« échéance passée » of both, with what is recorded (`phrases.etat_in_words`).
"""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.echeance import Echeance, Refus, TypeEcheance, is_due, last_completed, next_due, series, windows
from pivot_cli.plan.model import Action, Place, Plan, Registre, Responsable
from pivot_cli.suivi.horizon import Look, days_after, first_day, look_at, plan_end

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from pivot_cli.echeance import DateConsignee, Fenetre


class Etat(StrEnum):
    """Where an action stands; the values are those of the JSON contract."""

    REALISEE = "réalisée"
    ABANDONNEE = "abandonnée"
    RECONDUITE = "reconduite"
    EN_RETARD = "en retard"
    A_CONFIRMER = "à confirmer"
    PROCHE = "échéance proche"
    EN_COURS = "en cours"
    A_VENIR = "à venir"
    EN_CONTINU = "en continu"
    A_COMMENCER = "à commencer"
    A_DETERMINER = "échéance à déterminer"

    @property
    def passed(self) -> bool:
        """Whether the échéance has passed with the action still open."""
        return self in (Etat.EN_RETARD, Etat.A_CONFIRMER)

    @property
    def closed(self) -> bool:
        """Whether this plan expects nothing more of the action."""
        return self in (Etat.REALISEE, Etat.ABANDONNEE, Etat.RECONDUITE)

    @property
    def undated(self) -> bool:
        """Whether no date says when an open action is due."""
        return self in (Etat.EN_CONTINU, Etat.A_COMMENCER, Etat.A_DETERMINER)


class Situation(NamedTuple):
    """An action at a day, as it was known then."""

    place: Place
    etat: Etat
    passee_le: date | None = None  # the last plausible day, once it has passed
    prochaine: date | None = None  # of an action near or to come: when it falls due; of « dès X », when it begins
    entamee: bool = False  # its period has begun, so that it is to be done from now on
    jours_retard: int | None = None  # the days since `passee_le`, 1 or more
    # The last completed windows of what comes again and again, eight at most, each with whether something clears it.
    fenetres: tuple[tuple[Fenetre, bool], ...] = ()

    @property
    def action(self) -> Action:
        """The action, without what was recorded after the day."""
        return self.place.action

    @property
    def id(self) -> str:
        """The action's id."""
        return self.place.id

    @property
    def open(self) -> bool:
        """Whether something is still expected of the action."""
        return not self.etat.closed

    @property
    def sans_realisation(self) -> int:
        """How many of the last completed windows (`fenetres`) have nothing recorded."""
        return sum(not done for _, done in self.fenetres)

    @property
    def dernier_suivi(self) -> DateConsignee | None:
        """The date of the latest dated note."""
        return max((note.date for note in self.action.suivi if note.date), key=lambda when: when.debut, default=None)


def known_at(action: Action, day: date) -> Action:
    """The action as its record stood at a day: what is dated after it is left out.

    A statut without a date is kept, since nobody knows when it was written. An échéance moved by a later decision is
    what it was before. With a statut that was not known yet go its motif, its resolution and what came of it.
    """
    dated = action.statut_le or action.realisee_le or action.realisations
    if not (dated or action.suivi or action.echeances_precedentes):
        return action

    def by_then(when: DateConsignee | None) -> bool:
        return when is None or when.debut <= day

    kept = action._replace(
        realisations=tuple(when for when in action.realisations if by_then(when)),
        suivi=tuple(note for note in action.suivi if by_then(note.date)),
    )
    if not by_then(action.closed_on or action.statut_le):
        kept = kept._replace(statut=None, statut_le=None, motif=None, resolution=None)
    elif not by_then(action.statut_le):
        kept = kept._replace(statut_le=None)  # « réalisée » is of the day of `realisee_le`
    if not by_then(action.realisee_le):
        kept = kept._replace(realisee_le=None)
    done = kept.statut or kept.realisee_le or kept.realisations
    if not done and (action.statut or action.realisee_le or action.realisations):
        budget = action.budget and action.budget._replace(reel=None)
        kept = kept._replace(resultat=None, budget=budget if budget and budget.written else None)
    for rank, former in enumerate(action.echeances_precedentes):
        if not by_then(former.decide_le):
            return kept._replace(echeance=former.echeance, echeances_precedentes=action.echeances_precedentes[:rank])
    return kept


def situation(place: Place, look: Look) -> Situation:
    """Where one action stands."""
    action = known_at(place.action, look.day)
    if action is not place.action:
        place = place._replace(action=action)
    echeance = action.echeance
    if action.statut and action.statut.closed:
        return Situation(place, Etat(action.statut))  # the same words
    if isinstance(echeance, Refus):
        return Situation(place, Etat.A_DETERMINER)
    if echeance.type is TypeEcheance.PERIODE:
        return _periode(place, echeance, look)
    if echeance.recurrence:
        start = echeance.debut or look.start or look.day
        dated = echeance.debut is not None and echeance.premiere is None
        return _again_and_again(place, echeance.recurrence, start, look, echeance.premiere, dated=dated)
    # Whether something recorded says that it has begun; a note on one to be done does not.
    begun = action.realisations or (action.statut.under_way if action.statut else action.nouvelles)
    if echeance.type is TypeEcheance.IMMEDIAT and begun:
        return Situation(place, Etat.EN_CONTINU)
    return Situation(place, _WITHOUT_DATES[echeance.type])


_WITHOUT_DATES = {
    TypeEcheance.IMMEDIAT: Etat.A_COMMENCER,
    TypeEcheance.CONTINU: Etat.EN_CONTINU,
    TypeEcheance.INDETERMINEE: Etat.A_DETERMINER,
}


def _periode(place: Place, echeance: Echeance, look: Look) -> Situation:
    recurrence = place.action.recurrence
    if isinstance(recurrence, Echeance) and recurrence.recurrence and first_day(echeance) <= look.day:
        return _again_and_again(place, recurrence.recurrence, first_day(echeance), look, echeance.fin, dated=True)
    if echeance.fin is None:
        return _begins(place, first_day(echeance), look)
    if echeance.fin < look.day:
        return _passed(place, echeance.fin, look)
    return _coming(place, echeance.fin, look)._replace(entamee=echeance.debut is None or echeance.debut <= look.day)


def _again_and_again(place: Place, rule: str, start: date, look: Look, until: date | None, *, dated: bool) -> Situation:
    """Where an action that comes again and again stands: its last completed window decides.

    `start` is the day from which windows count (`dated`: it is written, in or beside the rhythm). `until` is the last
    day of the first time, where it is dated: the échéance beside the recurrence, or « mars 2020 » in « mars 2020 puis
    annuellement ». It counts where no window is completed yet and nothing is recorded since the start.
    """
    # Two years on, even a yearly window that begins after today has an end.
    horizon = days_after(look.day, 2 * 366)
    counted = windows(rule, start, horizon, look.conventions, au=look.day, dated=dated)
    done = [when.debut for when in (*place.action.realisations, place.action.realisee_le) if when]
    fenetres = series(counted, look.day, done)[-_TOLD:]
    last = last_completed(counted, look.day)
    if last is not None and is_due(counted, look.day, done):
        return _passed(place, last.fin, look)._replace(fenetres=fenetres)
    first = until if last is None and not any(start <= day for day in done) else None
    if first is not None and first < look.day:
        return _passed(place, first, look)
    following = next_due(counted, look.day, done)
    due = [day for day in (first, following and following.fin) if day is not None]
    if due:
        return _coming(place, min(due), look)._replace(fenetres=fenetres)
    return _begins(place, start, look)._replace(fenetres=fenetres)


_TOLD = 8  # « 5 des 8 dernières périodes sans réalisation consignée »


def _begins(place: Place, start: date, look: Look) -> Situation:
    if start > look.day:
        return Situation(place, _later(place.action), prochaine=start)
    return Situation(place, Etat.EN_CONTINU)


def _passed(place: Place, last: date, look: Look) -> Situation:
    etat = Etat.EN_RETARD if place.action.consignee else Etat.A_CONFIRMER
    return Situation(place, etat, passee_le=last, jours_retard=(look.day - last).days)


def _coming(place: Place, due: date, look: Look) -> Situation:
    return Situation(place, Etat.PROCHE if due <= look.horizon_end else _later(place.action), prochaine=due)


def _later(action: Action) -> Etat:
    """The état of an action that is due after the horizon."""
    return Etat.EN_COURS if action.statut and action.statut.under_way else Etat.A_VENIR


class Portrait:
    """A whole plan at a day: where each of its actions stands, in the plan's order."""

    def __init__(self, plan: Plan, look: Look, situations: tuple[Situation, ...]) -> None:
        self.plan, self.look, self.situations = plan, look, situations

    @property
    def au(self) -> date:
        """The day."""
        return self.look.day

    def only(self, ids: Collection[str]) -> Portrait:
        """Those of its actions that have one of these ids."""
        return Portrait(self.plan, self.look, tuple(one for one in self.situations if one.id in ids))

    @cached_property
    def consignees(self) -> int:
        """How many actions have anything recorded at that day."""
        return sum(one.action.consignee for one in self.situations)

    @cached_property
    def over(self) -> bool:
        """Whether the plan's time is over: its last day has passed."""
        end = plan_end(self.plan)
        return end is not None and end < self.au

    @cached_property
    def _by_responsable(self) -> dict[str, tuple[Situation, ...]]:
        return by_responsable(self.situations, self.plan.registre)

    def of(self, responsable: Responsable) -> tuple[Situation, ...]:
        """The actions that a responsable has, alone or with others; whose code could not be read has a name still."""
        if responsable.code:
            return self._by_responsable.get(responsable.code, ())
        find = self.plan.registre.find
        return tuple(
            one for one in self.situations if any(find(name) is responsable for name in one.action.responsables)
        )


def portrait(plan: Plan, day: date, horizon: int | None = None) -> Portrait:
    """The plan at a day; what is « proche » falls due within `horizon` days, or as `look_at` says."""
    look = look_at(plan, day, horizon)
    return Portrait(plan, look, tuple(situation(place, look) for place in plan.places))


def grouped(situations: Iterable[Situation], level: str) -> list[list[Situation]]:
    """The actions under their « orientation », « volet » or « objectif », in the plan's order."""
    place_in = attrgetter(level)
    found: dict[int, list[Situation]] = {}
    for one in situations:
        found.setdefault(id(place_in(one.place)), []).append(one)
    return list(found.values())


def by_responsable(situations: Iterable[Situation], registre: Registre) -> dict[str, tuple[Situation, ...]]:
    """By code of responsable, the actions that each has, alone or with others, in their order."""
    found: dict[str, list[Situation]] = {}
    for one in situations:
        for code in registre.codes(one.action.responsables):
            found.setdefault(code, []).append(one)
    return {code: tuple(own) for code, own in found.items()}


def first_passed(situations: Iterable[Situation]) -> date | None:
    """The last plausible day of the échéance that passed first; None where none has passed."""
    return min((one.passee_le for one in situations if one.passee_le), default=None)


class Dossier(NamedTuple):
    """The actions of one objectif that a screen shows together."""

    place: Place
    situations: tuple[Situation, ...]

    @property
    def id(self) -> str:
        """The objectif's id: `2.gou.3`."""
        return self.place.objectif_id


def by_objectif(situations: Iterable[Situation]) -> tuple[Dossier, ...]:
    """The actions under their objectif, the longest passed first, then in the plan's order; and so inside it."""
    ranked = sorted(situations, key=lambda one: one.jours_retard or 0, reverse=True)
    return tuple(Dossier(some[0].place, tuple(some)) for some in grouped(ranked, "objectif"))


def due(situations: Iterable[Situation], *, soon: bool = False) -> tuple[Situation, ...]:
    """Those whose échéance has passed; with `soon`, also those that are near."""
    return tuple(one for one in situations if one.etat.passed or (soon and one.etat is Etat.PROCHE))


def by_etat(situations: Iterable[Situation]) -> dict[Etat, list[Situation]]:
    """The actions of each état, every état present, in the order of the table."""
    found: dict[Etat, list[Situation]] = {etat: [] for etat in Etat}
    for one in situations:
        found[one.etat].append(one)
    return found


def count(situations: Iterable[Situation]) -> dict[Etat, int]:
    """How many actions are in each état, every état present, in the order of the table."""
    return {etat: len(some) for etat, some in by_etat(situations).items()}
