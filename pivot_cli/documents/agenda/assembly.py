"""What a general assembly is told of the plan, under the rules of the public bilan: what was done, what comes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from pivot_cli.documents import bilan
from pivot_cli.documents.agenda.meeting import Seance
from pivot_cli.documents.agenda.values import Content
from pivot_cli.documents.agenda.wording import closed_of
from pivot_cli.documents.deciding import money_of
from pivot_cli.documents.exercice import NO_FISCAL_YEAR, Exercice
from pivot_cli.documents.listing import told_apart, under_a_level
from pivot_cli.documents.values import Fait, Groupe
from pivot_cli.plan.bodies import assembly
from pivot_cli.plan.model import Plan
from pivot_cli.suivi.etat import Portrait, Situation, due, grouped
from pivot_cli.suivi.horizon import days_after
from pivot_cli.suivi.phrases import number_of, plan_inside
from pivot_cli.suivi.tableau import NOMS, tableau
from pivot_cli.text import NBSP, capitalized, counted, day_in_words, fold, interval_in_words, one_line

if TYPE_CHECKING:
    from pivot_cli.plan.nouns import Nom

_YEAR = 365  # days that « l'année » goes on from the assembly


def content(portrait: Portrait, seance: Seance, standing: Mapping[str, str]) -> Content:
    """What a year's report says, as the public bilan would; what was done and comes back is also counted among what
    comes, but what an item of the meeting carries out is not.
    """
    plan, noun = portrait.plan, portrait.plan.niveaux.action
    year, seen = bilan.seen_for(plan, seance.held_on, seance.request.exercice or _period(seance, plan))
    if year and not seance.request.exercice:  # nobody named it
        year = year._replace(nom=interval_in_words(year.debut, year.fin), mot="la période")
    activities = []
    for some in grouped(seen.situations, "orientation"):
        if done := tuple(fact for one in some for fact in _done(one, year, noun)):
            orientation = some[0].place.orientation
            title = f"{number_of(orientation, plan.niveaux)}. {one_line(orientation.titre)}"
            activities.append(Groupe("", title, faits=done))
    said = tuple(_said(portrait, seen, year))
    account = Groupe("", _account(seen, year), faits=tuple(_lines(seen, year)))
    says: dict[str, dict[str, Any]] = {"activites": {"paragraphes": said, "dossiers": (account, *activities)}}
    if priorities := tuple(_priorities(portrait, set(map(fold, standing)))):
        announced = f"Prévu au {plan_inside(plan)} pour l'année qui vient{NBSP}:"
        says["priorites"] = {"paragraphes": (announced,), "dossiers": priorities}
    return Content(
        says=says,
        carried_out=tuple(one for one in portrait.situations if one.id in standing),
        avis=(f"{year.avis} {NO_FISCAL_YEAR}",) if year and year.avis else (),
    )


def _period(seance: Seance, plan: Plan) -> str:
    """The year that the assembly looks at, as a wording: the last fiscal year over, else since the one before."""
    first = plan.organisme.conventions.debut_exercice
    if first is not None:
        month, day = first[0], min(first[1], 28) if first[0] == 2 else first[1]
        begins = date(seance.held_on.year, month, day)
        if begins > seance.held_on:
            begins = begins.replace(year=begins.year - 1)
        return f"{begins.replace(year=begins.year - 1).isoformat()}/{(begins - timedelta(days=1)).isoformat()}"
    return f"{days_after(seance.precedente, 1)}/{seance.held_on}" if seance.precedente else ""


def _done(one: Situation, year: Exercice | None, noun: Nom) -> Iterator[Fait]:
    """What the public bilan says of an action under « réalisé », once for all or one more time."""
    found = bilan.told(one, year, noun)
    if found and found[0] in ("realisees", "refaites"):
        yield found[1]._replace(texte=one_line(found[1].texte))


def _said(portrait: Portrait, seen: Portrait, year: Exercice | None) -> Iterator[str]:
    """The period that is told, which the assembly ends, how much was done in it, and where the plan stands."""
    au, action = portrait.au, portrait.plan.niveaux.action
    if year:
        yield f"Période regardée{NBSP}: {interval_in_words(year.debut, min(year.fin, max(au, year.debut)))}."
        during = tableau(seen, year.debut)[NOMS[0]]
        have, agrees = "ont" if during > 1 else "a", action.agreed("réalisé", during)
        done = f"{action.counted(during)} du plan y {have} été {agrees}"
        if said := " ".join(filter(None, (f"{done}." if during else "", bilan.times_in_words(seen, year)))):
            yield said
    else:
        until = day_in_words(au)
        before = assembly(portrait.plan).court
        none = capitalized(before.aucun), before.agreed("précédent"), before.agreed("connu")
        yield f"{none[0]} {none[1]} n'étant {none[2]}, la période regardée est tout le plan, jusqu'au {until}."
        if times := bilan.times_in_words(seen, year):
            yield times
    passed = len(due(portrait.situations))
    where = f"Le plan compte {closed_of(portrait.situations, action)}."
    noun = counted(passed, "échéance est passée", "échéances sont passées")
    yield f"{where} {noun}." if passed else where
    if unknown := bilan.unrecorded(portrait):
        yield unknown


def _account(seen: Portrait, year: Exercice | None) -> str:
    """What heads the account of the bilan, which members receive."""
    return f"Bilan{f' {year.nom}' if year else ''}, {seen.plan.niveaux.action.counted(len(seen.situations))}"


def _lines(seen: Portrait, year: Exercice | None) -> Iterator[Fait]:
    """The lines of its table, each action in one of them, and the money."""
    yield from (Fait(one.nom, str(one.nombre)) for one in bilan.figures(seen, year))
    if money := money_of(seen.situations, seen.plan.niveaux.action):
        yield Fait(money.rstrip("."), f"de tout le plan, comme connu le {day_in_words(seen.au)}")


def _priorities(portrait: Portrait, carried: set[str]) -> Iterator[Groupe]:
    """What is planned within the year that follows, by orientation: its objectifs, and how many actions of each."""
    niveaux, noun = portrait.plan.niveaux, portrait.plan.niveaux.action
    end, titles = days_after(portrait.au, _YEAR), told_apart(portrait)
    near = (one for one in portrait.situations if one.prochaine and one.prochaine <= end)
    planned = (one for one in near if fold(one.id) not in carried)
    for some in grouped(planned, "orientation"):
        orientation = some[0].place.orientation
        facts = tuple(
            Fait(titles[id(own[0].place.objectif)], noun.counted(len(own)))
            if under_a_level(own[0].place)
            else Fait(noun.counted(len(own)), "")
            for own in grouped(some, "objectif")
        )
        yield Groupe("", f"{number_of(orientation, niveaux)}. {one_line(orientation.titre)}", faits=facts)
