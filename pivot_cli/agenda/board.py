"""What the strategic plan's item says on a board's agenda: where it stands, what the board owes, decides, expects."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.agenda.values import DossierSeance, FaitSeance, PointSeance
from pivot_cli.agenda.wording import (
    BLANK,
    by_orientation,
    cited,
    dossier,
    line,
    passed_of,
    resolution,
    resolution_for,
)
from pivot_cli.plan.model import But
from pivot_cli.suivi.changes import changes
from pivot_cli.suivi.etat import Etat, grouped, plan_start
from pivot_cli.suivi.phrases import comment_on, recorded, recorded_day, shown, soonest_first, time_over, title_of
from pivot_cli.text import NBSP, counted, day_in_words, listed, month_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pivot_cli.agenda.meeting import Seance
    from pivot_cli.agenda.places import Places
    from pivot_cli.suivi.etat import Portrait, Situation


class Part(NamedTuple):
    """A part of the item and how long it takes, in minutes."""

    point: PointSeance
    duree: int


def plan_parts(portrait: Portrait, places: Places, seance: Seance, standing: dict[str, str]) -> list[Part]:
    """The parts of the item, not yet numbered. `standing` gives the number of the item that carries out an id."""
    parts = [_where(portrait, places, seance), *_own(portrait, places, standing)]
    parts += [_written(one) for one in places.decisions]
    parts += [_group(some, portrait) for some in places.groups]
    parts += [_undated(places.dates, portrait)] if places.dates else []
    parts += [_shared(places.shared, portrait)] if places.shared else []
    parts.append(_others(portrait, places, seance))
    return parts


def _minutes(number: int, each: int, most: int) -> int:
    """A length that a chair would write: whole fives, for so many actions of so many minutes."""
    return min(most, max(5, 5 * -(-number * each // 5)))


def _presented(portrait: Portrait) -> str:
    who = portrait.plan.registre.direction
    return shown(who.nom) if who else "Direction générale"


# --- where we are -----------------------------------------------------------------------------------------


def _where(portrait: Portrait, places: Places, seance: Seance) -> Part:
    said = [" ".join(_findings(portrait)), _since_then(portrait, seance)]
    point = PointSeance(
        numero="",
        titre="Où en sommes-nous?",
        presente_par=_presented(portrait),
        but=But.INFORMATION.value,
        paragraphes=tuple(text for text in said if text),
        faits=tuple(_fact(one) for one in places.done),
    )
    return Part(point, 5)


def _fact(one: Situation) -> FaitSeance:
    when = one.action.realisee_le or max(one.action.realisations, key=lambda day: day.debut, default=None)
    said = f"{recorded_day(when)}; {one.id}" if when else one.id
    return FaitSeance(title_of(one.action), said, shown(one.action.resultat or ""))


def _findings(portrait: Portrait) -> Iterator[str]:
    total = len(portrait.situations)
    done = sum(1 for one in portrait.situations if one.etat is Etat.REALISEE)
    passed = [one for one in portrait.situations if one.etat.passed]
    yield f"{counted(total, 'action')}." if not done else f"{counted(total, 'action')}, {_done(done)}."
    if portrait.over:
        yield time_over(portrait)
    elif passed:
        comment = comment_on(Etat.A_CONFIRMER, passed)
        noun = counted(len(passed), "échéance est passée", "échéances sont passées")
        yield f"{noun}{', ' + comment if comment else ''}."
    elif total:
        yield "Aucune échéance n'est passée."
    yield recorded(portrait)


def _done(number: int) -> str:
    return f"dont {counted(number, 'est réalisée', 'sont réalisées')}"


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
    told = [
        counted(len(some), singular, plural)
        for some, singular, plural in (
            (found.done, "action réalisée", "actions réalisées"),
            (found.repeated, "action faite une fois de plus", "actions faites une fois de plus"),
            (found.moved, "échéance déplacée", "échéances déplacées"),
            (found.noted, "action suivie d'une note", "actions suivies d'une note"),
        )
        if some
    ]
    since = f"Depuis la réunion du {day_in_words(seance.precedente)}"
    said = f"{since}{NBSP}: {listed(told)}." if told else f"{since}, rien n'a été consigné."
    if found.passed and not portrait.over:
        said += f" {counted(len(found.passed), 'échéance est passée', 'échéances sont passées')} entre-temps."
    if found.undated:
        noun = counted(found.undated, "statut n'a pas de date", "statuts n'ont pas de date")
        said += f" {noun}{NBSP}: on ne peut pas dire s'ils ont changé."
    return said


# --- the board's own commitments --------------------------------------------------------------------------


def _own(portrait: Portrait, places: Places, standing: dict[str, str]) -> Iterator[Part]:
    board = portrait.plan.registre.conseil
    carried = [
        f"{cited(one)} ({one.id}){NBSP}: réalisé par le point {standing[one.id]}."
        for one in places.referred
        if one.id in standing and one.open
    ]
    pressing = places.own
    # What is to be begun at once is ticked in passing.
    timed = sum(1 for one in pressing if one.etat is not Etat.A_COMMENCER)
    if board is None:
        said: tuple[str, ...] = ("Le plan ne nomme pas le conseil d'administration parmi ses responsables.",)
    elif not pressing:
        said = ("Aucun engagement du conseil seul n'est passé ni proche.",)
    else:
        said = ()
    number = f" ({len(pressing)})" if pressing else ""
    point = PointSeance(
        numero="",
        titre=f"Les engagements du conseil seul{number}",
        presente_par="Présidence",
        but=But.DISCUSSION.value if pressing else But.INFORMATION.value,
        paragraphes=said,
        cases=tuple(line(one, portrait, without=board) for one in pressing),
        notes=tuple(carried),
    )
    yield Part(point, _minutes(timed, 2, 20) if pressing else 0)


# --- decisions --------------------------------------------------------------------------------------------


def _written(one: Situation) -> Part:
    decision = shown(one.action.decision or "")
    point = PointSeance(
        numero="",
        titre=f"{title_of(one.action)} ({one.id})",
        presente_par="Présidence",
        but=But.DECISION.value,
        question=decision,
        resolution=resolution_for(decision),
    )
    return Part(point, 10)


def _group(some: Sequence[Situation], portrait: Portrait) -> Part:
    objectifs = grouped(some, "objectif")
    first = some[0].place
    title = shown(first.objectif.titre)
    if len(objectifs) > 1:
        where = f"Orientation {first.orientation.numero}, {shown(first.volet.nom).lower()}"
        title = f"{where}{NBSP}: {len(objectifs)}{NBSP}objectifs"
    undated = sum(1 for one in some if one.etat is Etat.A_DETERMINER)
    said = f"{passed_of(some, portrait)}."
    if undated:
        said += f" {counted(undated, 'action reste', 'actions restent')} sans échéance."
    point = PointSeance(
        numero="",
        titre=title,
        presente_par=_presented(portrait),
        but=But.DECISION.value,
        paragraphes=(said,),
        dossiers=tuple(dossier(own, portrait) for own in objectifs) if len(objectifs) > 1 else (),
        question="Poursuivre, reporter ou abandonner?",
        resolution=_revised(portrait, f"de ces {counted(len(some), 'action')}"),
    )
    return Part(point, 10)


def _revised(portrait: Portrait, of_what: str) -> str:
    whom = "à la direction générale" if portrait.plan.registre.direction else "aux responsables"
    return resolution(f"de demander {whom} de déposer à la prochaine réunion un calendrier révisé {of_what}.")


def _undated(some: Sequence[Situation], portrait: Portrait) -> Part:
    several = len(some) > 1
    what = "ces échéances comme elles sont inscrites ci-dessus" if several else f"cette échéance au {BLANK}"
    point = PointSeance(
        numero="",
        titre=f"{'Échéances' if several else 'Échéance'} à fixer",
        presente_par="Présidence",
        but=But.DECISION.value,
        dates=tuple(line(one, portrait, people=True) for one in some),
        question="Fixer une échéance, ou abandonner?",
        resolution=resolution(f"de fixer {what}."),
    )
    return Part(point, 5)


# --- with others ------------------------------------------------------------------------------------------


def _shared(some: Sequence[Situation], portrait: Portrait) -> Part:
    board = portrait.plan.registre.conseil
    shown_here = [
        DossierSeance(
            own[0].place.objectif_id,
            shown(own[0].place.objectif.titre),
            "",
            tuple(line(one, portrait, without=board) for one in own),
            (),
        )
        for own in grouped(some, "objectif")
    ]
    point = PointSeance(
        numero="",
        titre=f"Avec d'autres ({len(some)})",
        presente_par=_presented(portrait),
        but=But.DISCUSSION.value,
        dossiers=tuple(shown_here),
    )
    return Part(point, _minutes(len(some), 2, 15))


def _others(portrait: Portrait, places: Places, seance: Seance) -> Part:
    """What is not the board's: a number, the dossiers that wait, and what comes."""
    said = ["Aucune autre échéance n'est passée."]
    if places.others:
        noun = counted(len(places.others), "autre échéance passée ne relève", "autres échéances passées ne relèvent")
        said = [f"{noun} pas du conseil ({by_orientation(places.others)}){NBSP}: le détail est en annexe."]
    question = draft = ""
    if places.stale:
        number = len(places.stale)
        mostly = (
            "objectif a la plupart de ses échéances passées",
            "objectifs ont la plupart de leurs échéances passées",
        )
        noun = counted(number, *mostly)
        question = f"{noun} ({', '.join(places.stale)}){NBSP}: poursuivre, reporter ou abandonner?"
        draft = _revised(portrait, "de ces objectifs" if number > 1 else "de cet objectif")
    coming = soonest_first(places.coming)
    if not coming:
        said.append(f"Rien d'autre n'arrive à échéance d'ici le {day_in_words(portrait.look.horizon_end)}.")
    point = PointSeance(
        numero="",
        titre="Les autres dossiers, et ce qui vient",
        presente_par=_presented(portrait),
        but=But.DECISION.value if draft else But.INFORMATION.value,
        paragraphes=tuple(said),
        question=question,
        resolution=draft,
        notes=(f"D'ici le {day_in_words(portrait.look.horizon_end)}{_why(portrait, seance)}{NBSP}:",) if coming else (),
        prochains=tuple(line(one, portrait, people=True) for one in coming),
    )
    return Part(point, 5)


def _why(portrait: Portrait, seance: Seance) -> str:
    """That the horizon is the next meeting, where it is."""
    return ", jour de la prochaine réunion" if portrait.look.horizon_end in seance.instance.days else ""
