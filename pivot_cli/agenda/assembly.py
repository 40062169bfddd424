"""What a general assembly is told of the plan: what was done in the year, what comes. The rules are those of the
public bilan: no responsable, no lateness, nothing internal.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.agenda.values import DossierSeance, FaitSeance
from pivot_cli.suivi.etat import grouped
from pivot_cli.suivi.phrases import shown
from pivot_cli.text import NBSP, clean, counted, day_in_words, fold, interval_in_words, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pivot_cli.agenda.meeting import Request, Seance
    from pivot_cli.plan.model import Plan
    from pivot_cli.report.bilan import Bilan
    from pivot_cli.report.exercice import Exercice
    from pivot_cli.suivi.etat import Portrait, Situation

_YEAR = 365  # days that « l'année » goes on from the assembly


class Results(NamedTuple):
    """What the year gave, and what the next one should; `avis` is for who prepares the assembly."""

    paragraphes: tuple[str, ...]
    faites: tuple[DossierSeance, ...]
    priorites: tuple[DossierSeance, ...]
    avis: tuple[str, ...]


def results(portrait: Portrait, seance: Seance, request: Request, standing: Sequence[str]) -> Results:
    """What a year's report says, as the public bilan would; an action is in one place at most."""
    from pivot_cli.report.bilan import build
    from pivot_cli.report.exercice import NO_FISCAL_YEAR, read_exercice
    from pivot_cli.report.values import Request as Asked
    from pivot_cli.suivi.etat import Selection

    wording = request.exercice or _period(seance, request.plan)
    bilan = build(Asked(request.plan, (), seance.held_on, request.today, Selection(), exercice=wording or None))
    carried = {fold(id_) for id_ in standing}
    hidden = {_key(one) for one in portrait.situations if fold(one.id) in carried}
    done = _done(bilan, hidden)
    told = {(found.titre, fact.titre) for _, facts in done for found in facts for fact in found.faits}
    year = read_exercice(wording, request.plan.organisme.conventions) if wording else None
    return Results(
        tuple(_said(bilan, done, portrait, year)),
        tuple(_together(title, facts) for title, facts in done),
        _priorities(portrait, hidden | told),
        (f"{year.avis} {NO_FISCAL_YEAR}",) if year and year.avis else (),
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
    if seance.precedente is not None:
        return f"{seance.precedente.isoformat()}/{seance.held_on.isoformat()}"
    return ""


def _key(one: Situation) -> tuple[str, str]:
    return shown(one.place.objectif.titre), one_line(clean(one.action.description))


def _done(bilan: Bilan, hidden: set[tuple[str, str]]) -> list[tuple[str, list[DossierSeance]]]:
    """What was done, by orientation then objectif."""
    found = []
    for orientation in bilan.orientations:
        objectifs = []
        for objectif in orientation.objectifs:
            facts = tuple(
                FaitSeance(one_line(fact.texte), fact.quand, fact.resultat)
                for fact in objectif.faites
                if (objectif.titre, one_line(fact.texte)) not in hidden
            )
            if facts:
                objectifs.append(DossierSeance("", objectif.titre, "", (), facts))
        if objectifs:
            found.append((f"{orientation.numero}. {orientation.titre}", objectifs))
    return found


def _together(title: str, objectifs: Sequence[DossierSeance]) -> DossierSeance:
    return DossierSeance("", title, "", (), tuple(fact for objectif in objectifs for fact in objectif.faits))


def _said(
    bilan: Bilan, done: list[tuple[str, list[DossierSeance]]], portrait: Portrait, year: Exercice | None
) -> list[str]:
    number = sum(len(one.faits) for _, objectifs in done for one in objectifs)
    said = [_looked_at(year, portrait.au)]
    if number:
        actions = counted(number, "action du plan réalisée", "actions du plan réalisées")
        said.append(f"{actions} sur {bilan.total}.")
    else:
        said.append(f"Le plan compte {counted(bilan.total, 'action')}.")
    if bilan.reserve:
        said.append(bilan.reserve)
    return said


def _looked_at(year: Exercice | None, au: date) -> str:
    """The period that is told, which the assembly ends."""
    if year:
        return f"Période regardée{NBSP}: {interval_in_words(year.debut, min(year.fin, max(au, year.debut)))}."
    until = day_in_words(au)
    return f"Aucune assemblée précédente n'étant connue, la période regardée est tout le plan, jusqu'au {until}."


def _priorities(portrait: Portrait, told: set[tuple[str, str]]) -> tuple[DossierSeance, ...]:
    """What is planned within the year that follows, by orientation: its objectifs, and how many actions of each."""
    end = min(portrait.au.toordinal() + _YEAR, date.max.toordinal())
    planned = (
        one
        for one in portrait.situations
        if one.prochaine and one.prochaine.toordinal() <= end and _key(one) not in told
    )
    found = []
    for some in grouped(planned, "orientation"):
        facts = tuple(
            FaitSeance(shown(own[0].place.objectif.titre), counted(len(own), "action"), "")
            for own in grouped(some, "objectif")
        )
        orientation = some[0].place.orientation
        found.append(DossierSeance("", f"{orientation.numero}. {shown(orientation.titre)}", "", (), facts))
    return tuple(found)
