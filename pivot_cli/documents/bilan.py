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
    from collections.abc import Callable, Iterator, Sequence

    from pivot_cli.documents.values import Entete, IndicateurVue, Request
    from pivot_cli.plan.model import Objectif
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
    plan = request.plan
    year = read_exercice(request.exercice, plan.organisme.conventions) if request.exercice else None
    if year and year.debut > request.au:
        message = f"l'exercice {quoted(year.nom)} n'est pas commencé le {day_in_words(request.au)}."
        raise PivotError(message, "Choisissez un exercice commencé, ou un autre jour avec --au.", ExitCode.USAGE)
    day = min(request.au, year.fin) if year else request.au
    seen = portrait(plan, day)
    of_objectif = {id(some[0].place.objectif): some for some in grouped(seen.situations, "objectif")}
    orientations = []
    for orientation in plan.orientations:
        objectifs = (objectif for volet in orientation.volets for objectif in volet.objectifs)
        told = (_objectif(objectif, of_objectif.get(id(objectif), []), year) for objectif in objectifs)
        if with_something := tuple(one for one in told if any(one[1:])):
            orientations.append(OrientationBilan(orientation.numero, one_line(orientation.titre), with_something))
    incomplete = f"Une partie du plan n'a pas pu être lue{NBSP}: ce bilan est incomplet." if plan.unread else ""
    sorte, avis = (f"Bilan {year.nom}", year.avis) if year else ("Bilan", "")
    return Bilan(
        entete=opening(plan, day, sorte, (incomplete, avis))._replace(
            periode=interval_in_words(year.debut, year.fin) if year else "",
            mission=one_line(plan.organisme.mission or ""),
        ),
        chiffres=tuple(_figures([objectif for orientation in orientations for objectif in orientation.objectifs])),
        total=len(seen.situations),
        reserve=_reserve(seen, year),
        orientations=tuple(orientations),
    )


def _objectif(objectif: Objectif, some: Sequence[Situation], year: Exercice | None) -> ObjectifBilan:
    def facts(told: Callable[[Situation], dict[str, str]]) -> tuple[Fait, ...]:
        return tuple(Fait(clean(one.action.description), **said) for one in some if (said := told(one)))

    return ObjectifBilan(
        titre=one_line(objectif.titre),
        faites=facts(lambda one: _done(one, year)),
        poursuites=facts(_going_on),
        deplacees=facts(lambda one: _moved(one, year)),
        a_venir=facts(lambda one: {} if _moved(one, year) else _to_come(one)),
        abandonnees=tuple(clean(one.action.description) for one in some if one.etat is Etat.ABANDONNEE),
        indicateurs=indicators(objectif),
    )


# What is said of an action under each heading: of the fields of `Fait`, those that have something; nothing at all where
# it does not belong there.


def _done(one: Situation, year: Exercice | None) -> dict[str, str]:
    """What was carried out, once for all or one more time. Without a date, it belongs to no fiscal year."""
    action = one.action
    again = [when for when in action.realisations if year is None or year.holds(when)]
    ended = [when for when in (action.realisee_le,) if when and (year is None or year.holds(when))]
    undated = one.etat is Etat.REALISEE and action.realisee_le is None and year is None
    if not (again or ended or undated):
        return {}
    times = f"{len(again)}{NBSP}fois{NBSP}: " if len(again) > 1 else ""
    when = times + ", ".join(map(recorded_day, again or ended))
    return {"quand": when, "resultat": one_line(action.resultat or "")}


_BEGUN = (Statut.EN_COURS, Statut.PARTIELLE, Statut.EN_ATTENTE)


def _going_on(one: Situation) -> dict[str, str]:
    """What has begun, as recorded, and what the plan means to go on without end."""
    action = one.action
    if one.etat.closed:
        return {}
    if action.statut and action.statut in _BEGUN:
        return {"quand": action.statut.value}
    if one.etat is Etat.EN_CONTINU:
        return {"quand": "en continu" if action.consignee else "prévue en continu"}
    return {"quand": "commencée"} if action.statut is None and action.suivi else {}


def _moved(one: Situation, year: Exercice | None) -> dict[str, str]:
    """An open action whose échéance was moved in the fiscal year: from the first that it had to the one it has."""
    for former in () if one.etat.closed else one.action.echeances_precedentes:
        if year is None or (former.decide_le is not None and year.holds(former.decide_le)):
            return {"quand": one_line(one.action.echeance.texte), "avant": one_line(former.echeance.texte)}
    return {}


def _to_come(one: Situation) -> dict[str, str]:
    """What is planned and nobody has said to have begun."""
    action = one.action
    if action.statut in _BEGUN or (action.statut is None and action.suivi):
        return {}
    if one.etat in (Etat.PROCHE, Etat.A_VENIR, Etat.A_COMMENCER, Etat.A_DETERMINER):
        return {"quand": one_line(action.echeance.texte)}
    return {"quand": "date à revoir"} if one.etat is Etat.EN_RETARD and action.statut is Statut.A_FAIRE else {}


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
    unknown = sum(not one.action.consignee for one in seen.situations)
    if unknown == total and total:
        return (
            f"Rien n'est encore consigné de leur avancement{NBSP}: on peut dire ici ce que le plan prévoit, et non ce "
            "qui a été fait."
        )
    parts = []
    if unknown:
        noun = counted(unknown, "action")
        parts.append(f"pour {noun} sur {total}, rien n'est encore consigné, et leur avancement n'est pas connu")
    undated = sum(one.etat is Etat.REALISEE and not one.action.realisee_le for one in seen.situations)
    if undated and year:
        one, several = "action réalisée sans date consignée n'est", "actions réalisées sans date consignée ne sont"
        parts.append(f"{counted(undated, one, several)} d'aucun exercice")
    said = "; ".join(parts)
    return f"{said[0].upper()}{said[1:]}." if said else ""
