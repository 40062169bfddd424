"""`pivot report bilan`: what members and funders read. Nothing internal is in the values that it is made of.

No responsable, no note, no reason, no resolution, no budget, no duration: a template of this document, the
organisation's own included, cannot show what it is not given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.documents.exercice import Exercice, read_exercice
from pivot_cli.documents.listing import indicators, opening
from pivot_cli.documents.values import Compte, Fait
from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.plan.model import Statut
from pivot_cli.suivi.etat import Etat, grouped, portrait
from pivot_cli.suivi.phrases import recorded_day
from pivot_cli.text import NBSP, clean, counted, day_in_words, interval_in_words, one_line, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from pivot_cli.documents.values import Entete, IndicateurVue, Request
    from pivot_cli.echeance import DateConsignee
    from pivot_cli.plan.model import Action, EcheancePrecedente, Orientation
    from pivot_cli.suivi.etat import Portrait, Situation


class ObjectifBilan(NamedTuple):
    """Un objectif, et ce qu'on peut en dire publiquement."""

    titre: str  # Son titre.
    faites: tuple[Fait, ...]  # Ce qui a été fait.
    poursuites: tuple[Fait, ...]  # Ce qui se poursuit.
    deplacees: tuple[Fait, ...]  # Ce qui a été déplacé.
    a_venir: tuple[Fait, ...]  # Ce qui vient.
    abandonnees: tuple[str, ...]  # Ce qui ne sera pas fait.
    indicateurs: tuple[IndicateurVue, ...]  # Ce qui le mesure.


class OrientationBilan(NamedTuple):
    """Une orientation, et ce qu'on peut en dire publiquement."""

    numero: int  # Son numéro.
    titre: str  # Son titre.
    objectifs: tuple[ObjectifBilan, ...]  # Ses objectifs dont il y a quelque chose à dire.


class Bilan(NamedTuple):
    """Le document public : pour un exercice (`--exercice`) ou pour tout le plan."""

    entete: Entete  # Ce qu'on lit en premier.
    chiffres: tuple[Compte, ...]  # Les nombres de la page.
    total: int  # Combien d'actions le plan compte.
    reserve: str  # Ce qui n'est pas consigné, en une phrase; vide si tout l'est.
    orientations: tuple[OrientationBilan, ...]  # Le plan, par orientation et objectif.


def build(request: Request) -> Bilan:
    """What can be said in public at the day, or at the end of the fiscal year if it is over by then."""
    conventions = request.plan.organisme.conventions
    year = read_exercice(request.exercice, conventions) if request.exercice else None
    if year and year.debut > request.au:
        message = f"l'exercice {quoted(year.nom)} n'est pas commencé le {day_in_words(request.au)}."
        raise PivotError(message, "Choisissez un exercice commencé, ou un autre jour avec --au.", ExitCode.USAGE)
    day = min(request.au, year.fin) if year else request.au
    seen = portrait(request.plan, day)
    by_objectif = {id(some[0].place.objectif): some for some in grouped(seen.situations, "objectif")}
    orientations = tuple(
        OrientationBilan(orientation.numero, one_line(orientation.titre), objectifs)
        for orientation in request.plan.orientations
        if (objectifs := tuple(_objectifs(orientation, by_objectif, year)))
    )
    return Bilan(
        entete=_opening(request, day, year),
        chiffres=tuple(_figures([objectif for orientation in orientations for objectif in orientation.objectifs])),
        total=len(seen.situations),
        reserve=_reserve(seen, year),
        orientations=orientations,
    )


def _opening(request: Request, day: date, year: Exercice | None) -> Entete:
    incomplete = f"Une partie du plan n'a pas pu être lue{NBSP}: ce bilan est incomplet." if request.plan.unread else ""
    sorte, avis = (f"Bilan {year.nom}", year.avis) if year else ("Bilan", "")
    return opening(request.plan, day, sorte, (incomplete, avis))._replace(
        periode=interval_in_words(year.debut, year.fin) if year else "",
        mission=one_line(request.plan.organisme.mission or ""),
    )


def _objectifs(
    orientation: Orientation, by_objectif: dict[int, list[Situation]], year: Exercice | None
) -> Iterator[ObjectifBilan]:
    """The objectifs of an orientation of which there is something to say."""
    for objectif in (objectif for volet in orientation.volets for objectif in volet.objectifs):
        some = by_objectif.get(id(objectif), [])
        moved = [one for one in some if _former(one, year)]
        said = ObjectifBilan(
            titre=one_line(objectif.titre),
            faites=tuple(_done(some, year)),
            poursuites=tuple(_going_on(some)),
            deplacees=tuple(_moved(one, year) for one in moved),
            a_venir=tuple(_to_come([one for one in some if one not in moved])),
            abandonnees=tuple(_text(one.action) for one in some if one.etat is Etat.ABANDONNEE),
            indicateurs=indicators(objectif),
        )
        if any(said[1:]):
            yield said


def _text(action: Action) -> str:
    return clean(action.description)


def _within(dates: Iterable[DateConsignee], year: Exercice | None) -> list[DateConsignee]:
    return [when for when in dates if year is None or year.holds(when)]


def _done(own: Sequence[Situation], year: Exercice | None) -> Iterator[Fait]:
    """What was carried out, once for all or one more time. Without a date, it belongs to no fiscal year."""
    for one in own:
        action = one.action
        again = _within(action.realisations, year)
        ended = _within([action.realisee_le] if action.realisee_le else [], year)
        undated = one.etat is Etat.REALISEE and action.realisee_le is None and year is None
        if again or ended or undated:
            times = f"{len(again)}{NBSP}fois{NBSP}: " if len(again) > 1 else ""
            when = times + ", ".join(map(recorded_day, again or ended))
            yield Fait(_text(action), when, one_line(action.resultat or ""))


_MENTIONS = {
    Statut.EN_COURS: "en cours",
    Statut.PARTIELLE: "partiellement réalisée",
    Statut.EN_ATTENTE: "en attente",
}


def _going_on(own: Sequence[Situation]) -> Iterator[Fait]:
    """What has begun, as recorded, and what the plan means to go on without end."""
    for one in own:
        action = one.action
        if one.etat.closed:
            continue
        if action.statut in _MENTIONS:
            yield Fait(_text(action), _MENTIONS[action.statut])
        elif action.statut is None and action.suivi and one.etat is not Etat.EN_CONTINU:
            yield Fait(_text(action), "commencée")
        elif one.etat is Etat.EN_CONTINU:
            yield Fait(_text(action), "en continu" if action.consignee else "prévue en continu")


def _former(one: Situation, year: Exercice | None) -> list[EcheancePrecedente]:
    """The échéances that an open action had before it was moved, in the fiscal year."""
    if one.etat.closed:
        return []
    former = one.action.echeances_precedentes
    return [past for past in former if year is None or (past.decide_le is not None and year.holds(past.decide_le))]


def _moved(one: Situation, year: Exercice | None) -> Fait:
    """From the first échéance that it had to the one it has."""
    before, after = _former(one, year)[0].echeance, one.action.echeance
    return Fait(_text(one.action), one_line(after.texte), avant=one_line(before.texte))


def _to_come(own: Sequence[Situation]) -> Iterator[Fait]:
    """What is planned and nobody has said to have begun."""
    for one in own:
        action = one.action
        if action.statut in _MENTIONS or (action.statut is None and action.suivi):
            continue
        if one.etat in (Etat.PROCHE, Etat.A_VENIR, Etat.A_COMMENCER, Etat.A_DETERMINER):
            yield Fait(_text(action), one_line(action.echeance.texte))
        elif one.etat is Etat.EN_RETARD and action.statut is Statut.A_FAIRE:
            yield Fait(_text(action), "date à revoir")


def _figures(objectifs: Sequence[ObjectifBilan]) -> Iterator[Compte]:
    """How many actions are told under each heading; those that are done always."""
    for field, singular, plural, key in (
        ("faites", "action réalisée", "actions réalisées", "faite"),
        ("poursuites", "action qui se poursuit", "actions qui se poursuivent", "continu"),
        ("deplacees", "action déplacée", "actions déplacées", "proche"),
        ("a_venir", "action à venir", "actions à venir", "venir"),
        ("abandonnees", "action abandonnée", "actions abandonnées", "abandonnee"),
    ):
        number = sum(len(getattr(objectif, field)) for objectif in objectifs)
        if number or field == "faites":
            yield Compte(singular if number < 2 else plural, key, number)


def _reserve(seen: Portrait, year: Exercice | None) -> str:
    """What is not recorded, in one honest sentence."""
    total = len(seen.situations)
    unknown = sum(1 for one in seen.situations if not one.action.consignee)
    if unknown == total and total:
        return (
            f"Rien n'est encore consigné de leur avancement{NBSP}: on peut dire ici ce que le plan prévoit, et non ce "
            "qui a été fait."
        )
    undated = [one for one in seen.situations if one.etat is Etat.REALISEE and not one.action.realisee_le]
    parts = []
    if unknown:
        noun = counted(unknown, "action", "actions")
        parts.append(f"pour {noun} sur {total}, rien n'est encore consigné, et leur avancement n'est pas connu")
    if undated and year:
        noun = counted(
            len(undated), "action réalisée sans date consignée n'est", "actions réalisées sans date consignée ne sont"
        )
        parts.append(f"{noun} d'aucun exercice")
    said = "; ".join(parts)
    return f"{said[0].upper()}{said[1:]}." if said else ""
