"""The whole agenda: items in their order, numbered and timed, each with what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.agenda.after import TO_FILL, carried_out, to_record
from pivot_cli.agenda.items import arrange
from pivot_cli.agenda.meeting import AGA, find_meeting
from pivot_cli.agenda.places import sort_actions
from pivot_cli.agenda.values import (
    DossierSeance,
    EnteteSeance,
    OrdreDuJour,
    PointSeance,
    RenvoiDecision,
)
from pivot_cli.agenda.wording import BLANK, dossier, line
from pivot_cli.escaping import live_address
from pivot_cli.plan.hours import hour_in_words, length_in_words
from pivot_cli.report.names import names
from pivot_cli.suivi.etat import grouped
from pivot_cli.suivi.etat import portrait as portrait_at
from pivot_cli.suivi.phrases import as_recorded_today, incomplete, shown
from pivot_cli.text import NBSP, day_in_words, fold, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pivot_cli.agenda.items import Item
    from pivot_cli.agenda.meeting import Request, Seance
    from pivot_cli.agenda.places import Places
    from pivot_cli.agenda.values import Consigne
    from pivot_cli.suivi.etat import Portrait, Situation

TITRE = "Projet d'ordre du jour"


class _Content(NamedTuple):
    """What some items say: by code, the item with its content and how long it takes if that depends on it."""

    fill: Callable[[Item, PointSeance], tuple[PointSeance, int]]
    annexe: tuple[DossierSeance, ...]
    consignes: tuple[Consigne, ...]
    named: tuple[Situation, ...]
    avis: tuple[str, ...] = ()


def build(request: Request) -> OrdreDuJour:
    """The agenda of the meeting that was asked for; raises PivotError when it cannot be known which one it is."""
    seance = find_meeting(request)
    seen = portrait_at(request.plan, seance.held_on)
    items, together, notices = arrange(seance)
    numbers = {item.action: str(rank) for rank, item in enumerate(items, start=1) if item.action}
    standing = _known(numbers, seen)
    notices += [_unknown(item, seen) for item in items if item.action and not _find(item.action, seen)]
    content = _assembly if seance.type == AGA else _board
    made = content(seen, seance, request, standing)
    points, total = _timed(items, seance, made, tuple(_title(item, seance) for item in together), seen)
    return OrdreDuJour(
        entete=_opening(request, seance, seen, total),
        points=tuple(points),
        decisions=tuple(_asked(points)),
        annexe=made.annexe,
        consignes=made.consignes,
        a_completer=any(TO_FILL in one.commande for one in made.consignes),
        exemple=_example(made),
        noms=names(made.named, request.plan),
        avis=(*notices, *made.avis),
    )


# --- standing items ---------------------------------------------------------------------------------------


def _find(id_: str, seen: Portrait) -> Situation | None:
    return next((one for one in seen.situations if fold(one.id) == fold(id_)), None)


def _known(numbers: dict[str, str], seen: Portrait) -> dict[str, str]:
    """The actions that standing items carry out, by id as the plan writes it, each with the item's number."""
    return {one.id: number for id_, number in numbers.items() if (one := _find(id_, seen))}


def _unknown(item: Item, seen: Portrait) -> str:
    lost = " (un fichier du plan n'a pas pu être lu)" if seen.plan.unread else ""
    return (
        f"Le point {quoted(item.titre)} renvoie à l'action {quoted(shown(item.action or ''))}, qui n'est pas dans le "
        f"plan{lost}. Corrigez reunions.yaml."
    )


def _carries(item: Item, seen: Portrait) -> str:
    """What a standing item says of the action that it carries out."""
    one = _find(item.action, seen) if item.action else None
    if one is None:
        return ""
    if one.etat.closed:
        return f"Action {one.id} du plan, {one.etat.value}."
    return f"Ce point répond à l'action {one.id} du plan."


# --- what the items of each instance say ------------------------------------------------------------------


def _board(seen: Portrait, seance: Seance, request: Request, standing: dict[str, str]) -> _Content:
    from pivot_cli.agenda.board import plan_parts

    del request
    places = sort_actions(seen, seance.precedente, standing)
    parts = plan_parts(seen, places, seance, standing)

    def fill(item: Item, point: PointSeance) -> tuple[PointSeance, int]:
        if item.code != "plan":
            return point, item.duree
        made = tuple(
            part.point._replace(
                numero=f"{point.numero}.{rank}",
                duree="" if item.fixed or not part.duree else length_in_words(part.duree),
            )
            for rank, part in enumerate(parts, start=1)
        )
        return point._replace(parties=made), item.duree if item.fixed else sum(part.duree for part in parts)

    annexe = tuple(
        dossier(some, seen, [line(one, seen, people=True) for one in some])
        for some in grouped(places.others, "objectif")
    )
    return _Content(fill, annexe, tuple(to_record(places, seance.held_on)), _shown_with_names(places))


def _shown_with_names(places: Places) -> tuple[Situation, ...]:
    return (*places.own, *places.dates, *places.shared, *places.coming, *places.others)


def _assembly(seen: Portrait, seance: Seance, request: Request, standing: dict[str, str]) -> _Content:
    from pivot_cli.agenda.assembly import results

    year = results(seen, seance, request, tuple(standing))

    def fill(item: Item, point: PointSeance) -> tuple[PointSeance, int]:
        if item.code == "activites":
            point = point._replace(paragraphes=year.paragraphes, dossiers=year.faites)
        elif item.code == "priorites":
            said = "Prévu au plan stratégique pour l'année qui vient" if year.priorites else ""
            point = point._replace(paragraphes=(f"{said}{NBSP}:",) if said else (), dossiers=year.priorites)
        elif item.code == "presidence" and not point.precision:
            said = f"Présidence d'assemblée{NBSP}: {BLANK} Secrétariat d'assemblée{NBSP}: {BLANK}"
            point = point._replace(precision=said)
        elif item.code == "elections" and not point.precision:
            point = point._replace(precision=f"Postes en élection{NBSP}: {BLANK}")
        return point, item.duree

    referred = tuple(one for one in seen.situations if one.id in standing)
    return _Content(fill, (), tuple(carried_out(referred, seance.held_on)), (), year.avis)


# --- numbers and hours ------------------------------------------------------------------------------------


def _timed(
    items: Sequence[Item], seance: Seance, made: _Content, together: tuple[str, ...], seen: Portrait
) -> tuple[list[PointSeance], int]:
    """The items numbered, each beginning when the one before it ends; and the minutes that they take together."""
    points, elapsed = [], 0
    for rank, item in enumerate(items, start=1):
        carries = _carries(item, seen)
        point = PointSeance(
            numero=str(rank),
            titre=_title(item, seance),
            heure="" if seance.heure is None else hour_in_words(seance.heure + elapsed),
            presente_par=item.presente_par,
            but=item.but.value if item.but else "",
            precision=item.precision or (_where_to_read(seance) if item.code == "proces-verbal" else ""),
            paragraphes=(carries,) if carries else (),
            en_bloc=together if item.code == "consentement" else (),
        )
        point, length = made.fill(item, point)
        points.append(point._replace(duree=length_in_words(length) if length else ""))
        elapsed += length
    return points, elapsed


def _title(item: Item, seance: Seance) -> str:
    return _minutes_of(seance) if item.code == "proces-verbal" and not item.titre else item.titre


def _minutes_of(seance: Seance) -> str:
    """« Adoption du procès-verbal de la réunion du 18 décembre 2019 »."""
    day = day_in_words(seance.precedente) if seance.precedente else BLANK
    which = "de l'assemblée" if seance.type == AGA else "de la réunion"
    return f"Adoption du procès-verbal {which} du {day}"


def _where_to_read(seance: Seance) -> str:
    """Where the procès-verbal of the meeting before is, if that is written."""
    known = seance.instance.reunions
    found = [one.proces_verbal for one in known if one.date and one.date.fin == seance.precedente and one.proces_verbal]
    return f"Procès-verbal{NBSP}: {shown(found[0])}" if found else ""


def _asked(points: Sequence[PointSeance]) -> Iterator[RenvoiDecision]:
    """The decisions that the plan asks for: the parts with a draft resolution."""
    for point in points:
        for part in point.parties:
            if part.resolution:
                yield RenvoiDecision(part.numero, part.titre, part.question)


def _example(made: _Content) -> str:
    """An id that the document shows."""
    shown_ids = [found.engagements[0].id for found in made.annexe if found.engagements]
    commands = [one.commande.split()[2] for one in made.consignes]
    return next(iter((*commands, *shown_ids)), "")


# --- the opening ------------------------------------------------------------------------------------------


def _opening(request: Request, seance: Seance, seen: Portrait, total: int) -> EnteteSeance:
    plan = request.plan
    past = as_recorded_today(seen, request.today)
    hour = f", à {hour_in_words(seance.heure)}" if seance.heure is not None else f", à {BLANK}"
    own = seance.reunion
    return EnteteSeance(
        organisme=shown(plan.organisme.nom) or "Plan stratégique",
        titre=TITRE,
        instance=seance.name,
        reunion=f"{seance.noun.capitalize()} du {seance.in_words}{hour}",
        nom=shown(own.titre) if own and own.titre else "",
        au=day_in_words(seance.held_on),
        au_iso=seance.held_on.isoformat(),
        lieu=seance.lieu,
        lien=live_address(seance.lien),
        quorum=shown(seance.instance.quorum or ""),
        membres=tuple(shown(name) for name in seance.instance.membres),
        fin="" if seance.heure is None else hour_in_words(seance.heure + total),
        duree=length_in_words(total),
        depassement=_overrun(seance, total),
        avertissements=tuple(text for text in (incomplete(plan), past) if text),
    )


def _overrun(seance: Seance, total: int) -> str:
    if seance.duree is None or total <= seance.duree:
        return ""
    return (
        f"Les points prennent ensemble {length_in_words(total)}, soit {length_in_words(total - seance.duree)} de plus "
        f"que les {length_in_words(seance.duree)} prévues."
    )
