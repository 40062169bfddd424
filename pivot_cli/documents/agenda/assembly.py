"""What a general assembly is told of the plan: what was done in the year, what comes. The rules are those of the
public bilan: no responsable, no lateness, nothing internal.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from pivot_cli.documents import bilan
from pivot_cli.documents.agenda.after import carried_out
from pivot_cli.documents.agenda.items import Content
from pivot_cli.documents.agenda.timing import Timed
from pivot_cli.documents.agenda.wording import BLANK
from pivot_cli.documents.exercice import NO_FISCAL_YEAR, read_exercice
from pivot_cli.documents.values import Fait, Groupe, Request
from pivot_cli.suivi.etat import Selection, grouped
from pivot_cli.suivi.phrases import shown
from pivot_cli.text import NBSP, clean, counted, day_in_words, fold, interval_in_words, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pivot_cli.documents.agenda.items import Item
    from pivot_cli.documents.agenda.meeting import Seance
    from pivot_cli.documents.agenda.values import PointSeance
    from pivot_cli.documents.bilan import Bilan
    from pivot_cli.documents.exercice import Exercice
    from pivot_cli.plan.model import Plan
    from pivot_cli.suivi.etat import Portrait, Situation

_YEAR = 365  # days that « l'année » goes on from the assembly


def content(portrait: Portrait, seance: Seance, standing: Mapping[str, str]) -> Content:
    """What a year's report says, as the public bilan would; an action is in one place at most."""
    plan = portrait.plan
    wording = seance.exercice or _period(seance, plan) or None
    made = bilan.build(Request(plan, (), seance.held_on, seance.held_on, Selection(), exercice=wording))
    year = read_exercice(wording, plan.organisme.conventions) if wording else None
    referred = tuple(one for one in portrait.situations if one.id in standing)
    carried = set(map(fold, standing))
    hidden = {_key(one) for one in portrait.situations if fold(one.id) in carried}
    done = dict(_done(made, hidden))
    told = {(objectif, fact.texte) for facts in done.values() for objectif, fact in facts}
    said = tuple(_said(made, sum(map(len, done.values())), portrait.au, year))
    activities = tuple(Groupe("", title, faits=tuple(fact for _, fact in facts)) for title, facts in done.items())
    priorities = tuple(_priorities(portrait, hidden | told))

    def complete(item: Item, point: PointSeance) -> Timed:
        if item.code == "activites":
            point = point._replace(paragraphes=said, dossiers=activities)
        elif item.code == "priorites" and priorities:
            announced = f"Prévu au plan stratégique pour l'année qui vient{NBSP}:"
            point = point._replace(paragraphes=(announced,), dossiers=priorities)
        elif item.code in _TO_FILL and not point.precision:
            point = point._replace(precision=_TO_FILL[item.code])
        return Timed(point, item.duree)

    return Content(
        complete,
        consignes=tuple(carried_out(referred, seance.held_on)),
        avis=(f"{year.avis} {NO_FISCAL_YEAR}",) if year and year.avis else (),
    )


_TO_FILL = {
    "presidence": f"Présidence d'assemblée{NBSP}: {BLANK} Secrétariat d'assemblée{NBSP}: {BLANK}",
    "elections": f"Postes en élection{NBSP}: {BLANK}",
}
"""What is written by hand at some items, where nothing else is written of them."""


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


def _done(made: Bilan, hidden: set[tuple[str, str]]) -> Iterator[tuple[str, list[tuple[str, Fait]]]]:
    """What was done, by orientation: each fact with the title of its objectif."""
    for orientation in made.orientations:
        facts = [
            (objectif.titre, fact._replace(texte=one_line(fact.texte)))
            for objectif in orientation.objectifs
            for fact in objectif.faites
        ]
        kept = [(objectif, fact) for objectif, fact in facts if (objectif, fact.texte) not in hidden]
        if kept:
            yield f"{orientation.numero}. {orientation.titre}", kept


def _said(made: Bilan, done: int, au: date, year: Exercice | None) -> Iterator[str]:
    yield _looked_at(year, au)
    if done:
        yield f"{counted(done, 'action du plan réalisée', 'actions du plan réalisées')} sur {made.total}."
    else:
        yield f"Le plan compte {counted(made.total, 'action')}."
    if made.reserve:
        yield made.reserve


def _looked_at(year: Exercice | None, au: date) -> str:
    """The period that is told, which the assembly ends."""
    if year:
        return f"Période regardée{NBSP}: {interval_in_words(year.debut, min(year.fin, max(au, year.debut)))}."
    until = day_in_words(au)
    return f"Aucune assemblée précédente n'étant connue, la période regardée est tout le plan, jusqu'au {until}."


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
            Fait(shown(own[0].place.objectif.titre), counted(len(own), "action")) for own in grouped(some, "objectif")
        )
        yield Groupe("", f"{orientation.numero}. {shown(orientation.titre)}", faits=facts)
