"""The first page: what is to be done, what the board decides, what happened; and the faults of the plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from pivot_cli.documents import deciding
from pivot_cli.documents.registry import DOCUMENTS
from pivot_cli.documents.values import Decision
from pivot_cli.finding import Gravite
from pivot_cli.page.kept import Historique, history
from pivot_cli.page.papers import forms_of
from pivot_cli.page.visit import Faute, Lien, Option, Sheet, Visit, fault
from pivot_cli.plan.bodies import board
from pivot_cli.plan.model import Plan
from pivot_cli.suivi import phrases
from pivot_cli.suivi.changes_in_words import in_a_line
from pivot_cli.suivi.decisions import Decisions, last_meeting
from pivot_cli.suivi.etat import Etat, by_etat, due
from pivot_cli.suivi.phrases import ETATS_ASKED
from pivot_cli.suivi.proposals import waiting
from pivot_cli.suivi.when import short_day
from pivot_cli.text import NBSP, WEEKDAYS, capitalized, counted, day_in_words, one_line

_MOST_FAULTS = 5
_MOST_TOLD = 200  # on the page of all faults
_MOST_OTHERS = 20  # dossiers that are only named
_IN_A_DOSSIER = 4  # actions of what is to be decided


class Accueil(NamedTuple):
    """La première page."""

    fautes: tuple[Faute, ...]
    autres_fautes: str
    etendue: str
    consigne: str
    historique: Historique
    avis: tuple[str, ...]
    a_faire: tuple[Lien, ...]
    passees_de: tuple[Option, ...]
    relance: str
    reunion: str
    decisions: tuple[Decision, ...]
    autres: str
    autres_dossiers: tuple[Lien, ...]
    ordres_du_jour: tuple[Lien, ...]
    sommaire: str
    depuis: str
    changements: str
    adresse_changements: str


def first(visit: Visit) -> Sheet:
    """What matters now, and where the rest is."""
    seen, plan, errors = visit.seen, visit.seen.plan, visit.reading.errors
    there, decisions = visit.reading.of_the_next_meeting(visit.day)
    meeting = there.au in plan.reunions.ca.days
    since = last_meeting(plan, visit.day)
    more = len(errors) - _MOST_FAULTS
    others = len(decisions.autres)
    return Sheet(
        "accueil.html",
        "",
        Accueil(
            fautes=tuple(fault(one, visit.reading) for one in errors[:_MOST_FAULTS]),
            autres_fautes=f"Et {counted(more, 'autre faute')}" if more > 0 else "",
            etendue=phrases.span_of(plan),
            consigne=phrases.recorded(seen.situations, plan.niveaux.action),
            historique=history(visit),
            avis=tuple(filter(None, (phrases.as_recorded_today(seen, visit.today), phrases.time_over(seen)))),
            a_faire=tuple(_to_do(visit)),
            passees_de=tuple(_late(visit)),
            relance=visit.to("/relance") if due(seen.situations, soon=True) else "",
            reunion=_meeting(plan, there.au if meeting else None),
            decisions=tuple(deciding.shown(one, there, _IN_A_DOSSIER) for one in decisions.dossiers),
            autres=f"{counted(others, 'autre dossier', 'autres dossiers')} pourrai{'en' * (others > 1)}t l'être."
            if others
            else "",
            autres_dossiers=tuple(_others(visit, decisions)),
            ordres_du_jour=tuple(_agendas(visit, there.au.isoformat())) if meeting else (),
            sommaire=visit.to("/document/sommaire"),
            depuis=short_day(since, visit.day) if since else "",
            changements=in_a_line(visit.reading.told(visit.day, since)) if since else "",
            adresse_changements=visit.to("/changements"),
        ),
    )


def _others(visit: Visit, decisions: Decisions) -> Iterator[Lien]:
    """What the rule would have proposed after the dossiers of the meeting, and the end of a long list."""
    for one in decisions.autres[:_MOST_OTHERS]:
        title = (
            phrases.title_of(one.place.action)
            if one.is_action
            else phrases.heading_of(one.place, visit.seen.plan.niveaux)
        )
        yield Lien(title, visit.to(f"/{'action' if one.is_action else 'plan'}/{one.id}"), f" ({one.id})")
    if (more := len(decisions.autres) - _MOST_OTHERS) > 0:
        yield Lien("", "", f"Et {counted(more, 'autre')}.")


def _meeting(plan: Plan, day: date | None) -> str:
    """« Conseil d'administration du mercredi 17 mars 2021 »."""
    title = board(plan).titre
    return f"{title} du {WEEKDAYS[day.weekday()]} {day_in_words(day)}" if day else title


def _agendas(visit: Visit, day: str) -> Iterator[Lien]:
    """The agenda of the meeting of that day, to read at once and in the forms that this computer makes."""
    yield Lien("Ordre du jour", visit.to("/document/ordre-du-jour", date=day))
    for form, name in forms_of(DOCUMENTS["agenda"]):
        yield Lien(f"En {name}", visit.to("/document/ordre-du-jour", date=day, forme=form))


def _to_do(visit: Visit) -> Iterator[Lien]:
    """What waits for somebody, each with the actions that it is about."""
    seen, noun = visit.seen, visit.seen.plan.niveaux.action
    of = by_etat(seen.situations)
    if passed := due(seen.situations):
        said = counted(len(passed), "échéance passée", "échéances passées")
        yield Lien(said, _listed(visit, Etat.A_CONFIRMER), f"{NBSP}: {phrases.passed_in_words(passed, noun)}")
    if near := of[Etat.PROCHE]:
        until = short_day(seen.look.horizon_end, visit.day)
        yield Lien(f"{noun.counted(len(near))} à échéance d'ici le {until}", _listed(visit, Etat.PROCHE))
    if begun := [one for one in of[Etat.A_VENIR] if one.entamee]:
        yield Lien(
            f"{noun.counted(len(begun))} à mener, dont la période est commencée",
            visit.to("/liste", etat=Etat.A_VENIR.value, commencees="oui", tri="echeance"),
        )
    if begin := of[Etat.A_COMMENCER]:
        yield Lien(f"{noun.counted(len(begin))} à commencer", _listed(visit, Etat.A_COMMENCER))
    if left := [one for one in seen.situations if one.open] if seen.over else ():
        yield Lien(f"{noun.counted(len(left))} à fermer", visit.to("/liste", a_fermer="oui"))
    for place, note in waiting(one.place for one in seen.situations):
        title = f"Proposé, à décider{NBSP}: {phrases.title_of(place.action)}"
        to = f"/action/{place.id}" if visit.reading_only else "/propositions"
        yield Lien(title, visit.to(to), f" · {one_line(note.note)}")
    if asking := visit.to_complete:
        yield Lien(
            f"{noun.counted(len(asking))} à compléter",
            visit.to("/questions"),
            f"{NBSP}: sans responsable, sans échéance lisible, ou avec une question écrite",
        )


def _late(visit: Visit) -> Iterator[Option]:
    """Who has passed échéances, and how many."""
    for who in visit.seen.plan.registre:
        if number := len(due(visit.seen.of(who))):
            yield Option(who.code or one_line(who.nom), f"{one_line(who.nom)} ({number})", choisie=False)


def _listed(visit: Visit, etat: Etat) -> str:
    return visit.to("/liste", etat=ETATS_ASKED[etat], tri="echeance")


class Fautes(NamedTuple):
    """Toutes les fautes du plan, et ce qui est bon à savoir."""

    fautes: tuple[Faute, ...]
    remarques: tuple[Faute, ...]
    autres: str
    lu: str


def faults(visit: Visit) -> Sheet:
    """Every fault of the plan, with its line and what to write."""
    findings = visit.reading.findings
    ranked = sorted(findings, key=lambda one: one.gravite is not Gravite.ERREUR)
    told = [fault(one, visit.reading) for one in ranked[:_MOST_TOLD]]
    left = f"Et {counted(len(findings) - len(told), 'autre')}." if len(findings) > len(told) else ""
    errors = tuple(one for one in told if one.gravite == "erreur")
    read = capitalized(visit.seen.plan.niveaux.action.counted(len(visit.seen.plan.places), "lu"))
    others = tuple(one for one in told if one.gravite != "erreur")
    return Sheet("fautes.html", "Ce qui est à corriger dans le plan", Fautes(errors, others, left, read))
