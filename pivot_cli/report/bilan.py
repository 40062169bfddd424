"""`pivot report bilan`: what members and funders read. Nothing internal is in the values that it is made of.

No responsable, no note, no reason, no resolution, no budget, no duration: a template of this document, the
organisation's own included, cannot show what it is not given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.plan.model import Statut
from pivot_cli.report.exercice import Exercice, read_exercice
from pivot_cli.report.listing import TITRE, indicator
from pivot_cli.suivi.etat import Etat, portrait
from pivot_cli.suivi.phrases import recorded_day, shown
from pivot_cli.text import NBSP, clean, counted, day_in_words, interval_in_words, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pivot_cli.echeance import DateConsignee
    from pivot_cli.plan.model import Action, EcheancePrecedente, Objectif, Orientation
    from pivot_cli.report.values import IndicateurVue, Request
    from pivot_cli.suivi.etat import Portrait, Situation


class EntetePublique(NamedTuple):
    """Ce qu'on lit en premier dans le document public."""

    organisme: str
    """Le nom de l'organisme."""
    titre: str
    """« État d'avancement du plan stratégique »."""
    sorte: str
    """« Bilan 2019-2020 », ou « Bilan »."""
    periode: str
    """Les jours de l'exercice, en mots; vide pour tout le plan."""
    au: str
    """Le jour, en mots."""
    au_iso: str
    """Le jour, comme 2020-01-15."""
    mission: str
    """La mission de l'organisme."""
    avertissements: tuple[str, ...]
    """Ce qu'il faut savoir avant de lire : comment l'exercice est lu, ce qui n'a pas pu l'être."""


class Fait(NamedTuple):
    """Une action réalisée."""

    texte: str
    """L'action."""
    resultat: str
    """Ce qui en est sorti, en une phrase; vide si rien n'est écrit."""
    quand: str
    """Quand, comme c'est écrit dans le plan; vide si ce ne l'est pas."""


class Suite(NamedTuple):
    """Une action qui n'est pas terminée."""

    texte: str
    """L'action."""
    mention: str
    """Où elle en est, ou pour quand elle est prévue."""


class Deplacement(NamedTuple):
    """Une action dont l'échéance a été déplacée."""

    texte: str
    """L'action."""
    avant: str
    """L'échéance qu'elle avait."""
    apres: str
    """Celle qu'elle a maintenant."""


class ObjectifBilan(NamedTuple):
    """Un objectif, et ce qu'on peut en dire publiquement."""

    titre: str
    """Son titre."""
    faites: tuple[Fait, ...]
    """Ce qui a été fait."""
    poursuites: tuple[Suite, ...]
    """Ce qui se poursuit."""
    deplacees: tuple[Deplacement, ...]
    """Ce qui a été déplacé."""
    a_venir: tuple[Suite, ...]
    """Ce qui vient."""
    abandonnees: tuple[str, ...]
    """Ce qui ne sera pas fait."""
    indicateurs: tuple[IndicateurVue, ...]
    """Ce qui le mesure."""


class OrientationBilan(NamedTuple):
    """Une orientation, et ce qu'on peut en dire publiquement."""

    numero: int
    """Son numéro."""
    titre: str
    """Son titre."""
    objectifs: tuple[ObjectifBilan, ...]
    """Ses objectifs dont il y a quelque chose à dire."""


class Chiffre(NamedTuple):
    """Un nombre de la page."""

    nombre: int
    """Combien d'actions."""
    nom: str
    """De quoi."""
    cle: str
    """Son nom dans les feuilles de style."""


class Bilan(NamedTuple):
    """Le document public : pour un exercice (`--exercice`) ou pour tout le plan."""

    entete: EntetePublique
    """Ce qu'on lit en premier."""
    chiffres: tuple[Chiffre, ...]
    """Les nombres de la page."""
    total: int
    """Combien d'actions le plan compte."""
    reserve: str
    """Ce qui n'est pas consigné, en une phrase; vide si tout l'est."""
    orientations: tuple[OrientationBilan, ...]
    """Le plan, par orientation et objectif."""


def build(request: Request) -> Bilan:
    """What can be said in public at the day, or at the end of the fiscal year if it is over by then."""
    conventions = request.plan.organisme.conventions
    year = read_exercice(request.exercice, conventions) if request.exercice else None
    if year and year.debut > request.au:
        message = f"l'exercice {quoted(year.nom)} n'est pas commencé le {day_in_words(request.au)}."
        raise PivotError(message, "Choisissez un exercice commencé, ou un autre jour avec --au.", ExitCode.USAGE)
    day = min(request.au, year.fin) if year else request.au
    seen = portrait(request.plan, day)
    by_objectif: dict[int, list[Situation]] = {}
    for one in seen.situations:
        by_objectif.setdefault(id(one.place.objectif), []).append(one)
    orientations = tuple(
        found
        for orientation in request.plan.orientations
        if (found := _orientation(orientation, by_objectif, year)).objectifs
    )
    return Bilan(
        entete=_opening(request, seen, year),
        chiffres=_figures(orientations),
        total=len(seen.situations),
        reserve=_reserve(seen, year),
        orientations=orientations,
    )


def _opening(request: Request, seen: Portrait, year: Exercice | None) -> EntetePublique:
    organisme = request.plan.organisme
    said = [f"Une partie du plan n'a pas pu être lue{NBSP}: ce bilan est incomplet."] if request.plan.unread else []
    said += [year.avis] if year and year.avis else []
    return EntetePublique(
        organisme=shown(organisme.nom) or "Plan stratégique",
        titre=TITRE,
        sorte=f"Bilan {year.nom}" if year else "Bilan",
        periode=interval_in_words(year.debut, year.fin) if year else "",
        au=day_in_words(seen.au),
        au_iso=seen.au.isoformat(),
        mission=shown(organisme.mission or ""),
        avertissements=tuple(said),
    )


def _orientation(
    orientation: Orientation, by_objectif: dict[int, list[Situation]], year: Exercice | None
) -> OrientationBilan:
    found = (
        _objectif(objectif, by_objectif.get(id(objectif), []), year)
        for volet in orientation.volets
        for objectif in volet.objectifs
    )
    said = tuple(one for one in found if any(one[1:]))
    return OrientationBilan(orientation.numero, shown(orientation.titre), said)


def _objectif(objectif: Objectif, own: Sequence[Situation], year: Exercice | None) -> ObjectifBilan:
    moved = [one for one in own if _former(one, year)]
    return ObjectifBilan(
        titre=shown(objectif.titre),
        faites=tuple(_done(own, year)),
        poursuites=tuple(_going_on(own)),
        deplacees=tuple(_moved(one, year) for one in moved),
        a_venir=tuple(_to_come([one for one in own if one not in moved])),
        abandonnees=tuple(_text(one.action) for one in own if one.etat is Etat.ABANDONNEE),
        indicateurs=tuple(indicator(one) for one in objectif.indicateurs),
    )


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
            yield Fait(_text(action), shown(action.resultat or ""), when)


_MENTIONS = {
    Statut.EN_COURS: "en cours",
    Statut.PARTIELLE: "partiellement réalisée",
    Statut.EN_ATTENTE: "en attente",
}


def _going_on(own: Sequence[Situation]) -> Iterator[Suite]:
    """What has begun, as recorded, and what the plan means to go on without end."""
    for one in own:
        action = one.action
        if one.etat.closed:
            continue
        if action.statut in _MENTIONS:
            yield Suite(_text(action), _MENTIONS[action.statut])
        elif action.statut is None and action.suivi and one.etat is not Etat.EN_CONTINU:
            yield Suite(_text(action), "commencée")
        elif one.etat is Etat.EN_CONTINU:
            yield Suite(_text(action), "en continu" if action.consignee else "prévue en continu")


def _former(one: Situation, year: Exercice | None) -> list[EcheancePrecedente]:
    """The échéances that an open action had before it was moved, in the fiscal year."""
    if one.etat.closed:
        return []
    former = one.action.echeances_precedentes
    return [past for past in former if year is None or (past.decide_le is not None and year.holds(past.decide_le))]


def _moved(one: Situation, year: Exercice | None) -> Deplacement:
    """From the first échéance that it had to the one it has."""
    before, after = _former(one, year)[0].echeance, one.action.echeance
    return Deplacement(_text(one.action), shown(before.texte), shown(after.texte))


def _to_come(own: Sequence[Situation]) -> Iterator[Suite]:
    """What is planned and nobody has said to have begun."""
    expected = (Etat.PROCHE, Etat.A_VENIR, Etat.A_COMMENCER, Etat.A_DETERMINER)
    for one in own:
        action = one.action
        if action.statut in _MENTIONS or (action.statut is None and action.suivi):
            continue
        if one.etat in expected:
            yield Suite(_text(action), shown(action.echeance.texte))
        elif one.etat is Etat.EN_RETARD and action.statut is Statut.A_FAIRE:
            yield Suite(_text(action), "date à revoir")


def _figures(orientations: Sequence[OrientationBilan]) -> tuple[Chiffre, ...]:
    objectifs = [objectif for orientation in orientations for objectif in orientation.objectifs]
    figures = (
        (sum(len(one.faites) for one in objectifs), "action réalisée", "actions réalisées", "faite"),
        (
            sum(len(one.poursuites) for one in objectifs),
            "action qui se poursuit",
            "actions qui se poursuivent",
            "continu",
        ),
        (sum(len(one.deplacees) for one in objectifs), "action déplacée", "actions déplacées", "proche"),
        (sum(len(one.a_venir) for one in objectifs), "action à venir", "actions à venir", "venir"),
        (sum(len(one.abandonnees) for one in objectifs), "action abandonnée", "actions abandonnées", "abandonnee"),
    )
    return tuple(
        Chiffre(number, singular if number < 2 else plural, key)
        for number, singular, plural, key in figures
        if number or key == "faite"
    )


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
