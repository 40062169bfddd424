"""The whole agenda: items in their order, numbered and timed, each with what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pivot_cli.documents.agenda import assembly, board
from pivot_cli.documents.agenda.after import TO_FILL
from pivot_cli.documents.agenda.items import arrange
from pivot_cli.documents.agenda.meeting import AGA, find_meeting
from pivot_cli.documents.agenda.timing import one_after_the_other, with_length
from pivot_cli.documents.agenda.values import OrdreDuJour, PointSeance
from pivot_cli.documents.agenda.wording import BLANK
from pivot_cli.documents.listing import names, opening
from pivot_cli.escaping import live_address
from pivot_cli.plan.hours import hour_in_words
from pivot_cli.suivi.etat import portrait
from pivot_cli.suivi.phrases import as_recorded_today, incomplete, shown
from pivot_cli.text import NBSP, day_in_words, fold, quoted

if TYPE_CHECKING:
    from pivot_cli.documents.agenda.items import Content, Item
    from pivot_cli.documents.agenda.meeting import AgendaRequest, Seance
    from pivot_cli.documents.values import Entete
    from pivot_cli.suivi.etat import Portrait, Situation

TITRE = "Projet d'ordre du jour"


def build(request: AgendaRequest) -> OrdreDuJour:
    """The agenda of the meeting that was asked for; raises PivotError when it cannot be known which one it is."""
    seance = find_meeting(request)
    seen = portrait(request.plan, seance.held_on)
    items, together, notices = arrange(seance)
    carried = {item.action: _find(item.action, seen) for item in items if item.action}
    notices += [_unknown(item, seen) for item in items if item.action and not carried[item.action]]
    numbers = {item.action: str(rank) for rank, item in enumerate(items, start=1) if item.action}
    standing = {one.id: numbers[action] for action, one in carried.items() if one}
    content = (assembly if seance.type == AGA else board).content(seen, seance, standing)
    en_bloc = tuple(_title(item, seance) for item in together)
    made = (
        content.complete(item, _point(rank, item, seance, carried[item.action] if item.action else None, en_bloc))
        for rank, item in enumerate(items, start=1)
    )
    points, total = one_after_the_other(made, seance)
    return OrdreDuJour(
        entete=with_length(_opening(seen, seance, request), seance, total),
        points=points,
        decisions=tuple(part for point in points for part in point.parties if part.resolution),
        annexe=content.annexe,
        consignes=content.consignes,
        a_completer=any(TO_FILL in one.valeur for one in content.consignes),
        exemple=_example(content),
        noms=names(content.named, request.plan),
        avis=(*notices, *content.avis),
    )


def _opening(seen: Portrait, seance: Seance, request: AgendaRequest) -> Entete:
    warnings = (incomplete(seen.plan), as_recorded_today(seen, request.today))
    hour = BLANK if seance.heure is None else hour_in_words(seance.heure)
    own, instance = seance.reunion, seance.instance
    return opening(seen.plan, seen.au, seance.name, warnings, TITRE)._replace(
        reunion=f"{seance.noun.capitalize()} du {seance.in_words}, à {hour}",
        nom=shown(own.titre) if own and own.titre else "",
        lieu=seance.lieu,
        lien=live_address(seance.lien),
        quorum=shown(instance.quorum or ""),
        membres=tuple(shown(name) for name in instance.membres),
    )


# --- standing items ---------------------------------------------------------------------------------------


def _find(id_: str, seen: Portrait) -> Situation | None:
    return next((one for one in seen.situations if fold(one.id) == fold(id_)), None)


def _unknown(item: Item, seen: Portrait) -> str:
    lost = " (un fichier du plan n'a pas pu être lu)" if seen.plan.unread else ""
    return (
        f"Le point {quoted(item.titre)} renvoie à l'action {quoted(shown(item.action or ''))}, qui n'est pas dans le "
        f"plan{lost}. Corrigez reunions.yaml."
    )


def _carries(one: Situation) -> str:
    """What a standing item says of the action that it carries out."""
    if one.etat.closed:
        return f"Action {one.id} du plan, {one.etat.value}."
    return f"Ce point répond à l'action {one.id} du plan."


# --- items ------------------------------------------------------------------------------------------------


def _point(rank: int, item: Item, seance: Seance, carried: Situation | None, en_bloc: tuple[str, ...]) -> PointSeance:
    """An item numbered, without its hour and what the plan has to say there."""
    return PointSeance(
        numero=str(rank),
        titre=_title(item, seance),
        presente_par=item.presente_par,
        but=item.but.value if item.but else "",
        precision=item.precision or (_where_to_read(seance) if item.code == "proces-verbal" else ""),
        paragraphes=(_carries(carried),) if carried else (),
        en_bloc=en_bloc if item.code == "consentement" else (),
    )


def _title(item: Item, seance: Seance) -> str:
    """« Adoption du procès-verbal de la réunion du 18 décembre 2019 », where an item has no title of its own."""
    if item.titre or item.code != "proces-verbal":
        return item.titre
    day = day_in_words(seance.precedente) if seance.precedente else BLANK
    which = "de l'assemblée" if seance.type == AGA else "de la réunion"
    return f"Adoption du procès-verbal {which} du {day}"


def _where_to_read(seance: Seance) -> str:
    """Where the procès-verbal of the meeting before is, if that is written."""
    known = seance.instance.reunions
    found = [one.proces_verbal for one in known if one.date and one.date.fin == seance.precedente and one.proces_verbal]
    return f"Procès-verbal{NBSP}: {shown(found[0])}" if found else ""


def _example(content: Content) -> str:
    """An id that the document shows."""
    commands = [one.valeur.split()[2] for one in content.consignes]
    shown_ids = [group.lignes[0].id for group in content.annexe if group.lignes]
    return next(iter((*commands, *shown_ids)), "")
