"""What a general assembly is told of the plan: what was done in the year, what comes. The rules are those of the
public bilan: no responsable, no lateness, nothing internal.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from pivot_cli.documents import bilan
from pivot_cli.documents.agenda.values import Content
from pivot_cli.documents.agenda.wording import carried_out
from pivot_cli.documents.exercice import NO_FISCAL_YEAR, read_exercice
from pivot_cli.documents.values import Fait, Groupe, Request
from pivot_cli.suivi.etat import Selection, grouped
from pivot_cli.text import NBSP, clean, counted, day_in_words, fold, interval_in_words, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pivot_cli.documents.agenda.meeting import Seance
    from pivot_cli.documents.bilan import Bilan
    from pivot_cli.documents.exercice import Exercice
    from pivot_cli.plan.model import Plan
    from pivot_cli.suivi.etat import Portrait, Situation

_YEAR = 365  # days that « l'année » goes on from the assembly


def content(portrait: Portrait, seance: Seance, standing: Mapping[str, str]) -> Content:
    """What a year's report says, as the public bilan would; an action is in one place at most."""
    plan = portrait.plan
    wording = seance.request.exercice or _period(seance, plan) or None
    made = bilan.build(Request(plan, (), seance.held_on, seance.held_on, Selection(), exercice=wording))
    year = read_exercice(wording, plan.organisme.conventions) if wording else None
    carried = set(map(fold, standing))
    hidden = {_key(one) for one in portrait.situations if fold(one.id) in carried}
    told, activities = set(hidden), []
    for orientation in made.orientations:
        done = [
            (objectif.titre, fact._replace(texte=text))
            for objectif in orientation.objectifs
            for fact in objectif.faites
            if (objectif.titre, text := one_line(fact.texte)) not in hidden
        ]
        told.update((objectif, fact.texte) for objectif, fact in done)
        if done:
            title = f"{orientation.numero}. {orientation.titre}"
            activities.append(Groupe("", title, faits=tuple(fact for _, fact in done)))
    said = tuple(_said(made, sum(len(group.faits) for group in activities), portrait.au, year))
    says: dict[str, dict[str, Any]] = {"activites": {"paragraphes": said, "dossiers": tuple(activities)}}
    if priorities := tuple(_priorities(portrait, told)):
        announced = f"Prévu au plan stratégique pour l'année qui vient{NBSP}:"
        says["priorites"] = {"paragraphes": (announced,), "dossiers": priorities}
    return Content(
        says=says,
        consignes=tuple(carried_out((one for one in portrait.situations if one.id in standing), seance.held_on)),
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
    return f"{seance.precedente.isoformat()}/{seance.held_on.isoformat()}" if seance.precedente else ""


def _key(one: Situation) -> tuple[str, str]:
    return one_line(one.place.objectif.titre), one_line(clean(one.action.description))


def _said(made: Bilan, done: int, au: date, year: Exercice | None) -> Iterator[str]:
    """The period that is told, which the assembly ends, and how much was done in it."""
    if year:
        yield f"Période regardée{NBSP}: {interval_in_words(year.debut, min(year.fin, max(au, year.debut)))}."
    else:
        until = day_in_words(au)
        yield f"Aucune assemblée précédente n'étant connue, la période regardée est tout le plan, jusqu'au {until}."
    if done:
        yield f"{counted(done, 'action du plan réalisée', 'actions du plan réalisées')} sur {made.total}."
    else:
        yield f"Le plan compte {counted(made.total, 'action')}."
    if made.reserve:
        yield made.reserve


def _priorities(portrait: Portrait, told: set[tuple[str, str]]) -> Iterator[Groupe]:
    """What is planned within the year that follows, by orientation: its objectifs, and how many actions of each."""
    end = min(portrait.au.toordinal() + _YEAR, date.max.toordinal())
    planned = (
        one
        for one in portrait.situations
        if one.prochaine and one.prochaine.toordinal() <= end and _key(one) not in told
    )
    for some in grouped(planned, "orientation"):
        orientation = some[0].place.orientation
        facts = tuple(
            Fait(one_line(own[0].place.objectif.titre), counted(len(own), "action"))
            for own in grouped(some, "objectif")
        )
        yield Groupe("", f"{orientation.numero}. {one_line(orientation.titre)}", faits=facts)
