"""What the strategic plan's item says on a board's agenda: where it stands, what the board owes, decides, expects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pivot_cli.documents.agenda.after import to_record
from pivot_cli.documents.agenda.items import Content
from pivot_cli.documents.agenda.places import sort_actions
from pivot_cli.documents.agenda.timing import Timed, minutes_for, with_parts
from pivot_cli.documents.agenda.values import PointSeance
from pivot_cli.documents.agenda.wording import (
    BLANK,
    by_orientation,
    cited,
    dossier,
    line,
    passed_of,
    resolution,
    resolution_for,
)
from pivot_cli.documents.values import Fait
from pivot_cli.plan.model import But
from pivot_cli.suivi.changes import changes
from pivot_cli.suivi.etat import Etat, count, due, grouped, plan_start
from pivot_cli.suivi.phrases import comment_on, recorded, recorded_day, shown, soonest_first, time_over, title_of
from pivot_cli.text import NBSP, counted, day_in_words, each_counted, listed, month_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pivot_cli.documents.agenda.items import Item
    from pivot_cli.documents.agenda.meeting import Seance
    from pivot_cli.documents.agenda.places import Places
    from pivot_cli.suivi.etat import Portrait, Situation


def content(portrait: Portrait, seance: Seance, standing: Mapping[str, str]) -> Content:
    """The parts of the plan's item, and what goes with them. `standing` gives the number of the item that carries
    out an id.
    """
    places = sort_actions(portrait, seance.precedente, standing)
    parts = list(_parts(portrait, places, seance, standing))

    def complete(item: Item, point: PointSeance) -> Timed:
        if item.code != "plan":
            return Timed(point, item.duree)
        return with_parts(point, parts, item.duree if item.fixed else None)

    return Content(
        complete,
        annexe=tuple(
            dossier(some, [line(one, portrait) for one in some], passed_of(some, portrait))
            for some in grouped(places.others, "objectif")
        ),
        consignes=tuple(to_record(places, seance.held_on)),
        named=(*places.own, *places.dates, *places.shared, *places.coming, *places.others),
    )


def _parts(portrait: Portrait, places: Places, seance: Seance, standing: Mapping[str, str]) -> Iterator[Timed]:
    """The parts of the plan's item, not yet numbered."""
    yield _where(portrait, places, seance)
    yield _own(portrait, places, standing)
    yield from map(_written, places.decisions)
    for some in places.groups:
        yield _group(some, portrait)
    if places.dates:
        yield _undated(places.dates, portrait)
    if places.shared:
        yield _shared(places.shared, portrait)
    yield _others(portrait, places, seance)


def _presented(portrait: Portrait) -> str:
    who = portrait.plan.registre.direction
    return shown(who.nom) if who else "Direction générale"


# --- where we are -----------------------------------------------------------------------------------------


def _where(portrait: Portrait, places: Places, seance: Seance) -> Timed:
    said = [" ".join(_findings(portrait)), _since_then(portrait, seance)]
    point = PointSeance(
        titre="Où en sommes-nous?",
        presente_par=_presented(portrait),
        but=But.INFORMATION.value,
        paragraphes=tuple(text for text in said if text),
        faits=tuple(_fact(one) for one in places.done),
    )
    return Timed(point, 5)


def _fact(one: Situation) -> Fait:
    when = one.action.realisee_le or max(one.action.realisations, key=lambda day: day.debut, default=None)
    said = f"{recorded_day(when)}; {one.id}" if when else one.id
    return Fait(title_of(one.action), said, shown(one.action.resultat or ""))


def _findings(portrait: Portrait) -> Iterator[str]:
    total, passed = len(portrait.situations), due(portrait.situations)
    done = count(portrait.situations)[Etat.REALISEE]
    carried_out = f", dont {counted(done, 'est réalisée', 'sont réalisées')}" if done else ""
    yield f"{counted(total, 'action')}{carried_out}."
    if portrait.over:
        yield time_over(portrait)
    elif passed:
        comment = comment_on(Etat.A_CONFIRMER, passed)
        noun = counted(len(passed), "échéance est passée", "échéances sont passées")
        yield f"{noun}{', ' + comment if comment else ''}."
    elif total:
        yield "Aucune échéance n'est passée."
    yield recorded(portrait)


def _since_then(portrait: Portrait, seance: Seance) -> str:
    """What changed since the meeting before, by number, or why nobody can tell."""
    if seance.precedente is None:
        start = plan_start(portrait.plan)
        period = f", depuis {month_in_words(start)}" if start else ""
        return (
            f"Aucune réunion précédente n'étant connue, ce portrait regarde tout le plan{period}; il ne peut pas dire "
            "ce qui a changé."
        )
    found = changes(portrait, seance.precedente)
    told = each_counted(
        (len(found.done), "action réalisée", "actions réalisées"),
        (len(found.repeated), "action faite une fois de plus", "actions faites une fois de plus"),
        (len(found.moved), "échéance déplacée", "échéances déplacées"),
        (len(found.noted), "action suivie d'une note", "actions suivies d'une note"),
    )
    since = f"Depuis la réunion du {day_in_words(seance.precedente)}"
    said = f"{since}{NBSP}: {listed(told)}." if told else f"{since}, rien n'a été consigné."
    if found.passed and not portrait.over:
        said += f" {counted(len(found.passed), 'échéance est passée', 'échéances sont passées')} entre-temps."
    if found.undated:
        noun = counted(found.undated, "statut n'a pas de date", "statuts n'ont pas de date")
        said += f" {noun}{NBSP}: on ne peut pas dire s'ils ont changé."
    return said


# --- the board's own commitments --------------------------------------------------------------------------


def _own(portrait: Portrait, places: Places, standing: Mapping[str, str]) -> Timed:
    board, pressing = portrait.plan.registre.conseil, places.own
    missing = "Le plan ne nomme pas le conseil d'administration parmi ses responsables."
    nothing = "" if pressing else "Aucun engagement du conseil seul n'est passé ni proche."
    said = nothing if board else missing
    point = PointSeance(
        titre=f"Les engagements du conseil seul{f' ({len(pressing)})' if pressing else ''}",
        presente_par="Présidence",
        but=But.DISCUSSION.value if pressing else But.INFORMATION.value,
        paragraphes=(said,) if said else (),
        cases=tuple(line(one, portrait, board) for one in pressing),
        notes=tuple(
            f"{cited(one)} ({one.id}){NBSP}: réalisé par le point {standing[one.id]}."
            for one in places.referred
            if one.id in standing and one.open
        ),
    )
    # What is to be begun at once is ticked in passing.
    timed = len(pressing) - count(pressing)[Etat.A_COMMENCER]
    return Timed(point, minutes_for(timed, 2, 20) if pressing else 0)


# --- decisions --------------------------------------------------------------------------------------------


def _written(one: Situation) -> Timed:
    decision = shown(one.action.decision or "")
    point = PointSeance(
        titre=f"{title_of(one.action)} ({one.id})",
        presente_par="Présidence",
        but=But.DECISION.value,
        question=decision,
        resolution=resolution_for(decision),
    )
    return Timed(point, 10)


def _group(some: Sequence[Situation], portrait: Portrait) -> Timed:
    objectifs = grouped(some, "objectif")
    first = some[0].place
    title = shown(first.objectif.titre)
    if len(objectifs) > 1:
        where = f"Orientation {first.orientation.numero}, {shown(first.volet.nom).lower()}"
        title = f"{where}{NBSP}: {len(objectifs)}{NBSP}objectifs"
    undated = count(some)[Etat.A_DETERMINER]
    said = f"{passed_of(some, portrait)}."
    if undated:
        said += f" {counted(undated, 'action reste', 'actions restent')} sans échéance."
    point = PointSeance(
        titre=title,
        presente_par=_presented(portrait),
        but=But.DECISION.value,
        paragraphes=(said,),
        dossiers=tuple(dossier(own, note=passed_of(own, portrait)) for own in objectifs) if len(objectifs) > 1 else (),
        question="Poursuivre, reporter ou abandonner?",
        resolution=_revised(portrait, f"de ces {counted(len(some), 'action')}"),
    )
    return Timed(point, 10)


def _revised(portrait: Portrait, of_what: str) -> str:
    whom = "à la direction générale" if portrait.plan.registre.direction else "aux responsables"
    return resolution(f"de demander {whom} de déposer à la prochaine réunion un calendrier révisé {of_what}.")


def _undated(some: Sequence[Situation], portrait: Portrait) -> Timed:
    several = len(some) > 1
    what = "ces échéances comme elles sont inscrites ci-dessus" if several else f"cette échéance au {BLANK}"
    point = PointSeance(
        titre=f"{'Échéances' if several else 'Échéance'} à fixer",
        presente_par="Présidence",
        but=But.DECISION.value,
        dates=tuple(line(one, portrait) for one in some),
        question="Fixer une échéance, ou abandonner?",
        resolution=resolution(f"de fixer {what}."),
    )
    return Timed(point, 5)


# --- with others ------------------------------------------------------------------------------------------


def _shared(some: Sequence[Situation], portrait: Portrait) -> Timed:
    board = portrait.plan.registre.conseil
    point = PointSeance(
        titre=f"Avec d'autres ({len(some)})",
        presente_par=_presented(portrait),
        but=But.DISCUSSION.value,
        dossiers=tuple(dossier(own, [line(one, portrait, board) for one in own]) for own in grouped(some, "objectif")),
    )
    return Timed(point, minutes_for(len(some), 2, 15))


def _others(portrait: Portrait, places: Places, seance: Seance) -> Timed:
    """What is not the board's: a number, the dossiers that wait, and what comes."""
    said = ["Aucune autre échéance n'est passée."]
    if places.others:
        noun = counted(len(places.others), "autre échéance passée ne relève", "autres échéances passées ne relèvent")
        said = [f"{noun} pas du conseil ({by_orientation(places.others)}){NBSP}: le détail est en annexe."]
    question = draft = ""
    if places.stale:
        number = len(places.stale)
        one, several = "a la plupart de ses échéances passées", "ont la plupart de leurs échéances passées"
        noun = counted(number, f"objectif {one}", f"objectifs {several}")
        question = f"{noun} ({', '.join(places.stale)}){NBSP}: poursuivre, reporter ou abandonner?"
        draft = _revised(portrait, "de ces objectifs" if number > 1 else "de cet objectif")
    coming, end = soonest_first(places.coming), portrait.look.horizon_end
    until = f"d'ici le {day_in_words(end)}"
    if not coming:
        said.append(f"Rien d'autre n'arrive à échéance {until}.")
    why = ", jour de la prochaine réunion" if end in seance.instance.days else ""
    point = PointSeance(
        titre="Les autres dossiers, et ce qui vient",
        presente_par=_presented(portrait),
        but=But.DECISION.value if draft else But.INFORMATION.value,
        paragraphes=tuple(said),
        question=question,
        resolution=draft,
        notes=(f"{until.capitalize()}{why}{NBSP}:",) if coming else (),
        prochains=tuple(line(one, portrait) for one in coming),
    )
    return Timed(point, 5)
