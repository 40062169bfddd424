"""The whole agenda: items in their order, numbered and timed, each with what it says."""

from __future__ import annotations

from collections.abc import Iterator

from pivot_cli.documents.agenda import assembly, board
from pivot_cli.documents.agenda.items import Item, arrange
from pivot_cli.documents.agenda.meeting import AgendaRequest, Seance, find_meeting
from pivot_cli.documents.agenda.suites import suites
from pivot_cli.documents.agenda.values import Content, OrdreDuJour, PointSeance
from pivot_cli.documents.listing import cited, names, opening
from pivot_cli.documents.values import BLANK, Entete
from pivot_cli.documents.words import mots
from pivot_cli.escaping import live_address
from pivot_cli.plan.bodies import assembly as assembly_of
from pivot_cli.plan.bodies import board as board_of
from pivot_cli.plan.hours import hour_in_words, length_in_words
from pivot_cli.suivi.etat import Portrait, Situation, portrait
from pivot_cli.suivi.phrases import as_recorded_today, incomplete, title_of
from pivot_cli.text import (
    NBSP,
    WEEKDAYS,
    capitalized,
    day_in_words,
    each_counted,
    fold,
    listed,
    one_line,
    quoted,
    truncate,
)

_MOST_UNRECORDED = 12  # actions named to who prepares the meeting
_MOST_TITLE = 60  # characters of their titles


def build(request: AgendaRequest) -> OrdreDuJour:
    """The agenda of the meeting that was asked for; raises PivotError when it cannot be known which one it is."""
    seance = find_meeting(request)
    seen = portrait(request.plan, seance.held_on)
    items, together, notices = arrange(seance)
    by_id = {fold(one.id): one for one in reversed(seen.situations)}
    carried = {rank: by_id.get(fold(item.action)) for rank, item in enumerate(items, start=1) if item.action}
    lost = " (un fichier du plan n'a pas pu être lu)" if seen.plan.unread else ""
    notices += [
        f"Le point {quoted(one_line(items[rank - 1].titre))} renvoie {request.plan.niveaux.action.au} "
        f"{quoted(one_line(items[rank - 1].action or ''))}, qui n'est pas dans le plan{lost}. Corrigez reunions.yaml."
        for rank, one in carried.items()
        if not one
    ]
    standing = {one.id: str(rank) for rank, one in carried.items() if one}
    content = (assembly if seance.is_assembly else board).content(seen, seance, standing)
    en_bloc = tuple(_title(item, seance) for item in together)
    points, elapsed = [], 0  # minutes
    for rank, item in enumerate(items, start=1):
        point, minutes = _with_parts(_point(rank, item, seance, carried.get(rank), en_bloc), item, content)
        points.append(point._replace(heure=_hour(seance, elapsed), duree=length_in_words(minutes) if minutes else ""))
        elapsed += minutes
    return OrdreDuJour(
        entete=_opening(seen, seance, elapsed),
        points=tuple(points),
        decisions=tuple(part for point in points for part in point.parties if part.decision),
        annexe=content.annexe,
        suites=tuple(suites(content, seen)),
        exemple=_example(content),
        noms=names(content.named, request.plan),
        avis=(*notices, *content.avis, *_unrecorded(content, seen)),
        mots=mots(request.plan),
    )


def _hour(seance: Seance, elapsed: int, unknown: str = "") -> str:
    return unknown if seance.heure is None else hour_in_words(seance.heure + elapsed)


def _opening(seen: Portrait, seance: Seance, total: int) -> Entete:
    """The opening, with the end of a meeting of so many minutes, and by how much it is longer than what was wanted."""
    reunion, instance = seance.reunion, seance.instance
    warnings = (incomplete(seen.plan), as_recorded_today(seen, seance.request.today))
    name, noun = board_of(seen.plan).titre, "Réunion"
    if seance.is_assembly:
        body = assembly_of(seen.plan)
        name = body.titre
        noun = "Assemblée" if fold(body.court.nom) == "assemblee" else noun
    day = f"{WEEKDAYS[seance.held_on.weekday()]}{NBSP}{day_in_words(seance.held_on)}"
    overrun = ""
    if seance.duree is not None and total > seance.duree:
        overrun = (
            f"Les points prennent ensemble {length_in_words(total)}, soit {length_in_words(total - seance.duree)} de "
            f"plus que les {length_in_words(seance.duree)} prévues."
        )
    return opening(seen.plan, seen.au, name, warnings, "Projet d'ordre du jour")._replace(
        reunion=f"{noun} du {day}, à {_hour(seance, 0, BLANK)}",
        nom=one_line(reunion.titre or ""),
        lieu=one_line(reunion.lieu or instance.lieu or ""),
        lien=live_address(one_line(reunion.lien or instance.lien or "")),
        quorum=one_line(instance.quorum or ""),
        membres=tuple(one_line(name) for name in instance.membres),
        fin=_hour(seance, total),
        duree=length_in_words(total),
        depassement=overrun,
    )


def _point(rank: int, item: Item, seance: Seance, carried: Situation | None, en_bloc: tuple[str, ...]) -> PointSeance:
    """An item numbered, without its hour and what the plan has to say there."""
    noun = seance.request.plan.niveaux.action
    carries = f"Ce point répond {noun.au} {cited(carried)} du plan." if carried else ""
    if carried and carried.etat.closed:
        carries = f"{capitalized(noun.nom)} {cited(carried)} du plan, {noun.said(carried.etat)}."
    return PointSeance(
        numero=str(rank),
        titre=_title(item, seance),
        presente_par=one_line(item.presente_par),
        but=item.but.value if item.but else "",
        precision=one_line(item.precision) or (_where_to_read(seance) if item.code == "proces-verbal" else ""),
        paragraphes=(carries,) if carries else (),
        en_bloc=en_bloc if item.code == "consentement" else (),
    )


def _with_parts(point: PointSeance, item: Item, content: Content) -> tuple[PointSeance, int]:
    """An item with what the plan has to say there, and its minutes: those of its parts, unless it has its own."""
    point = point._replace(**content.says.get(item.code, {}))
    if item.code != "plan":
        return point, item.duree
    parties = tuple(
        part._replace(numero=f"{point.numero}.{n}", duree="" if item.duree or not minutes else length_in_words(minutes))
        for n, (part, minutes) in enumerate(content.parts, start=1)
    )
    return point._replace(parties=parties), item.duree or sum(minutes for _, minutes in content.parts)


def _title(item: Item, seance: Seance) -> str:
    """« Adoption du procès-verbal de la réunion du 18 décembre 2019 », where an item has no title of its own."""
    title = one_line(item.titre)
    if title or item.code != "proces-verbal":
        return title
    which = assembly_of(seance.request.plan).court.du if seance.is_assembly else "de la réunion"
    return f"Adoption du procès-verbal {which} du {day_in_words(seance.precedente) if seance.precedente else BLANK}"


def _where_to_read(seance: Seance) -> str:
    """Where the procès-verbal of the meeting before is, if that is written."""
    before = (one for one in seance.instance.reunions if one.date and one.date.fin == seance.precedente)
    return next((f"Procès-verbal{NBSP}: {one_line(one.proces_verbal)}" for one in before if one.proces_verbal), "")


def _unrecorded(content: Content, seen: Portrait) -> Iterator[str]:
    """For who prepares the meeting alone: what will be shown with nothing recorded of it."""
    some = [one for one in content.asked if not one.action.consignee]
    annexed = sum(not one.action.consignee for one in content.annexed)
    noun, shown = seen.plan.niveaux.action, some[:_MOST_UNRECORDED]
    if not some and not annexed:
        return
    said = f"Rien n'est consigné de {noun.counted(len(some) + annexed)} que l'ordre du jour montre"
    lines = [f"{said}. Ce qu'on en sait peut l'être avant la séance (pivot note){NBSP}:"]
    lines += [f"  {one.id}  {truncate(title_of(one.action), _MOST_TITLE)}" for one in shown]
    left = each_counted(
        (len(some) - len(shown), "autre à un point", "autres aux points"), (annexed, "en annexe", "en annexe")
    )
    yield "\n".join([*lines, *(f"  {'et ' if shown else ''}{one}" for one in [listed(left)] if left)])


def _example(content: Content) -> str:
    """An id that the document shows."""
    return next((one.id for one in (*content.asked, *content.annexed, *content.named)), "")
