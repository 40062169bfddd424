"""`pivot report complet`: everything, for the people who carry the plan out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.documents.budget import Budgets, budgets
from pivot_cli.documents.calendar import Calendrier, Partie, calendar, milestones
from pivot_cli.documents.listing import (
    Anchors,
    dossiers,
    indicators,
    line,
    names,
    percent,
    report_opening,
    scope,
    synthesis,
)
from pivot_cli.documents.values import Champ, Groupe, Lien
from pivot_cli.echeance import Echeance, Refus, TypeEcheance
from pivot_cli.escaping import live_address
from pivot_cli.finding import Gravite
from pivot_cli.suivi.etat import Etat, by_responsable, count, due, grouped, portrait
from pivot_cli.suivi.phrases import (
    etat_in_words,
    history_of,
    label_of,
    obvious,
    record_of,
    recurrent,
    short_day,
    soonest_first,
)
from pivot_cli.text import NBSP, counted, interval_in_words, listed, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pivot_cli.documents.values import Entete, Ligne, Request, Synthese
    from pivot_cli.plan.model import Organisme
    from pivot_cli.suivi.etat import Portrait, Situation


class Charge(NamedTuple):
    """Ce qu'un responsable porte, seul ou avec d'autres."""

    nom: str
    """Son nom entier."""
    court: str
    """Son nom court."""
    total: int
    """Combien d'actions."""
    seul: int
    """Combien dont il est le seul responsable."""
    passees: int
    """Combien dont l'échéance est passée."""
    proches: int
    """Combien arrivent à échéance."""
    a_venir: int
    """Combien viennent plus tard."""
    sans_date: int
    """Combien n'ont pas de date, ou se poursuivent."""
    realisees: int
    """Combien sont réalisées."""
    largeur_passees: str
    """La part passée de sa barre, en pourcentage de la charge la plus lourde."""
    largeur: str
    """Sa barre entière, en pourcentage de la charge la plus lourde."""


class VoletVue(NamedTuple):
    """Un volet du plan."""

    code: str
    """Son code."""
    nom: str
    """Son nom."""
    objectifs: tuple[Groupe, ...]
    """Ses objectifs, avec leurs actions dans l'ordre du plan."""


class OrientationVue(NamedTuple):
    """Une orientation du plan."""

    numero: int
    """Son numéro."""
    ancre: str
    """Son ancre dans ce document."""
    titre: str
    """Son titre."""
    enjeu: str
    """L'enjeu auquel elle répond; vide s'il n'est pas connu."""
    volets: tuple[VoletVue, ...]
    """Ses volets."""


class EnjeuVue(NamedTuple):
    """Un enjeu."""

    numero: int
    """Son numéro."""
    titre: str
    """Son titre."""


class Identite(NamedTuple):
    """L'organisme, tel que le plan le présente."""

    presentation: tuple[str, ...]
    """Sa présentation, paragraphe par paragraphe."""
    mission: str
    """Sa mission."""
    vision: str
    """Sa vision."""
    valeurs: tuple[str, ...]
    """Ses valeurs."""
    enjeux: tuple[EnjeuVue, ...]
    """Ses enjeux."""
    forces: tuple[str, ...]
    """Le diagnostic : ses forces."""
    points_amelioration: tuple[str, ...]
    """Le diagnostic : ses points à améliorer."""
    contraintes: tuple[str, ...]
    """Le diagnostic : ses contraintes."""
    opportunites: tuple[str, ...]
    """Le diagnostic : ses opportunités."""


class Lecture(NamedTuple):
    """Une échéance dont les mots ne disent pas d'eux-mêmes le dernier jour."""

    texte: str
    """Les mots du plan."""
    lecture: str
    """Comment ils sont lus."""
    avis: str
    """Pourquoi ils pourraient se lire autrement; vide sinon."""
    actions: str
    """Les actions qui l'ont : les premières, et combien d'autres."""


class Anomalie(NamedTuple):
    """Une faute du plan."""

    endroit: str
    """Son fichier et sa ligne."""
    message: str
    """Ce qui ne va pas."""
    aide: str
    """Ce qu'il faut écrire."""


class Complet(NamedTuple):
    """Le document interne : tout le plan, ou ce que `--responsable` et `--orientation` en gardent."""

    entete: Entete
    """Ce qu'on lit en premier."""
    synthese: Synthese
    """Où en est le plan, en un écran."""
    passees: tuple[Groupe, ...]
    """Les échéances passées, par objectif."""
    nb_passees: int
    """Combien d'échéances sont passées."""
    horizon: str
    """Le dernier jour de ce qui est proche, en mots."""
    arrivent: tuple[Ligne, ...]
    """Ce qui arrive à échéance d'ici là."""
    commencent: tuple[Ligne, ...]
    """Ce dont la période commence d'ici là et finit plus tard."""
    sans_date: tuple[Ligne, ...]
    """Ce qui est à commencer, et ce dont l'échéance est à déterminer."""
    continues: tuple[Ligne, ...]
    """Ce qui se poursuit."""
    recurrentes: tuple[Ligne, ...]
    """Ce qui revient; la précision dit ce qui est consigné des dernières périodes."""
    calendrier: Calendrier | None
    """Les actions dans le temps; rien si aucune n'est datée."""
    jalons: tuple[Partie, ...]
    """Les objectifs datés du calendrier, pour un diagramme de Gantt."""
    charges: tuple[Charge, ...]
    """La charge de chaque responsable, la plus lourde d'abord."""
    budgets: Budgets
    """Les budgets, par orientation."""
    identite: Identite | None
    """L'organisme; rien quand le document ne garde qu'une partie du plan."""
    orientations: tuple[OrientationVue, ...]
    """Le plan."""
    lectures: tuple[Lecture, ...]
    """Comment les échéances sont lues, quand ce n'est pas évident."""
    donnees: tuple[Champ, ...]
    """L'état des données."""
    anomalies: tuple[Anomalie, ...]
    """Les erreurs du plan, dix au plus."""
    autres_anomalies: int
    """Combien d'autres erreurs."""
    noms: tuple[Champ, ...]
    """Ce que les noms courts désignent."""


def build(request: Request) -> Complet:
    """What the document says of the plan, or of the part that was selected."""
    seen = portrait(request.plan, request.au)
    kept = request.selection.keep(seen)
    anchors = Anchors(seen)
    cut = scope(request.selection, len(kept), len(seen.situations))
    passed = due(kept)
    picture = calendar(kept, seen, anchors)

    def lines(some: Iterable[Situation]) -> tuple[Ligne, ...]:
        return tuple(line(one, seen, anchors) for one in some)

    faults = [finding for finding in request.findings if finding.gravite is Gravite.ERREUR]
    return Complet(
        entete=report_opening(seen, kept, "Document interne", request.today)._replace(portee=cut),
        synthese=synthesis(kept, seen, anchors),
        passees=dossiers(passed, seen, anchors),
        nb_passees=len(passed),
        horizon=short_day(seen.look.horizon_end, seen.au),
        arrivent=lines(soonest_first(one for one in kept if one.etat is Etat.PROCHE)),
        commencent=lines(one for one in kept if _opens(one, seen)),
        sans_date=lines(one for one in kept if one.etat in (Etat.A_COMMENCER, Etat.A_DETERMINER)),
        continues=lines(one for one in kept if one.etat is Etat.EN_CONTINU and not recurrent(one.action)),
        recurrentes=tuple(line(one, seen, anchors, _rhythm(one)) for one in kept if recurrent(one.action)),
        calendrier=picture,
        jalons=milestones(picture),
        charges=_loads(kept, seen),
        budgets=budgets(kept),
        identite=None if cut else _identity(request.plan.organisme),
        orientations=tuple(_orientations(kept, seen, anchors)),
        lectures=_readings(kept),
        donnees=tuple(_data(kept, request, len(faults))),
        anomalies=tuple(
            Anomalie(f"{one.location.file}, ligne {one.location.line}", one_line(one.message), one_line(one.remedy))
            for one in faults[:_MOST_FAULTS]
        ),
        autres_anomalies=max(len(faults) - _MOST_FAULTS, 0),
        noms=names(kept, seen.plan),
    )


_MOST_FAULTS = 10  # that the document repeats; `pivot validate` gives them all
_MOST_IDS = 4  # actions named beside a reading


def _opens(one: Situation, seen: Portrait) -> bool:
    """Whether the period of an action opens after the day and within the horizon, to end later."""
    echeance = one.action.echeance
    if not isinstance(echeance, Echeance) or echeance.debut is None or one.etat is not Etat.A_VENIR:
        return False
    return echeance.type is TypeEcheance.PERIODE and seen.au < echeance.debut <= seen.look.horizon_end


def _rhythm(one: Situation) -> str:
    """What is recorded of the last windows of what comes again and again."""
    done = len(one.fenetres) - one.sans_realisation
    rhythm = f"Revient{NBSP}: {one_line(one.action.recurrence.texte)}. " if one.action.recurrence else ""
    if not one.fenetres:
        return f"{rhythm}Aucune période n'est encore terminée."
    if len(one.fenetres) == 1:
        return f"{rhythm}{'Réalisation consignée' if done else 'Rien de consigné'} pour la dernière période."
    windows = f"{len(one.fenetres)} dernières périodes"
    return f"{rhythm}Réalisation consignée pour {done} des {windows}."


# --- who has what -----------------------------------------------------------------------------------------


def _loads(kept: Sequence[Situation], seen: Portrait) -> tuple[Charge, ...]:
    """Each responsable with at least one action, the one with the most passed first, then the most loaded."""
    shares = by_responsable(kept, seen.plan.registre)
    most = max(map(len, shares.values()), default=1)
    loads = [_load(code, own, most, seen) for code, own in shares.items()]
    return tuple(sorted(loads, key=lambda load: (-load.passees, -load.total)))


def _load(code: str, own: Sequence[Situation], most: int, seen: Portrait) -> Charge:
    who = seen.plan.registre.find(code)
    numbers, passed = count(own), len(due(own))
    return Charge(
        nom=one_line(who.nom if who else code),
        court=label_of(who) if who else one_line(code),
        total=len(own),
        seul=sum(1 for one in own if len(seen.plan.registre.codes(one.action.responsables)) == 1),
        passees=passed,
        proches=numbers[Etat.PROCHE],
        a_venir=numbers[Etat.A_VENIR],
        sans_date=sum(number for etat, number in numbers.items() if etat.undated),
        realisees=numbers[Etat.REALISEE],
        largeur_passees=percent(100 * passed / most),
        largeur=percent(100 * len(own) / most),
    )


# --- the plan itself --------------------------------------------------------------------------------------


def _identity(organisme: Organisme) -> Identite:
    diagnostic = organisme.diagnostic

    def texts(items: Iterable[str]) -> tuple[str, ...]:
        return tuple(one_line(item) for item in items)

    return Identite(
        presentation=texts((organisme.presentation or "").split("\n\n")) if organisme.presentation else (),
        mission=one_line(organisme.mission or ""),
        vision=one_line(organisme.vision or ""),
        valeurs=texts(organisme.valeurs),
        enjeux=tuple(EnjeuVue(enjeu.numero, one_line(enjeu.titre)) for enjeu in organisme.enjeux),
        forces=texts(diagnostic.forces),
        points_amelioration=texts(diagnostic.points_amelioration),
        contraintes=texts(diagnostic.contraintes),
        opportunites=texts(diagnostic.opportunites),
    )


def _orientations(kept: Sequence[Situation], seen: Portrait, anchors: Anchors) -> Iterator[OrientationVue]:
    """The plan in its own order, without what was not selected."""
    enjeux = {enjeu.numero: one_line(enjeu.titre) for enjeu in seen.plan.organisme.enjeux}
    for of_orientation in grouped(kept, "orientation"):
        orientation = of_orientation[0].place.orientation
        yield OrientationVue(
            numero=orientation.numero,
            ancre=anchors.of(orientation),
            titre=one_line(orientation.titre),
            enjeu=enjeux.get(orientation.enjeu, ""),
            volets=tuple(_volet(some, seen, anchors) for some in grouped(of_orientation, "volet")),
        )


def _volet(situations: Sequence[Situation], seen: Portrait, anchors: Anchors) -> VoletVue:
    volet = situations[0].place.volet
    objectifs = tuple(_objectif(some, seen, anchors) for some in grouped(situations, "objectif"))
    return VoletVue(one_line(volet.code), one_line(volet.nom), objectifs)


def _objectif(situations: Sequence[Situation], seen: Portrait, anchors: Anchors) -> Groupe:
    place = situations[0].place
    return Groupe(
        id=place.objectif_id,
        titre=one_line(place.objectif.titre),
        ancre=anchors.of(place.objectif),
        lignes=tuple(_action(one, seen, anchors) for one in situations),
        indicateurs=indicators(place.objectif),
    )


def _action(one: Situation, seen: Portrait, anchors: Anchors) -> Ligne:
    """An action with all that is recorded of it; most have nothing but what was adopted."""
    action = one.action
    fields = (*record_of(action, seen.plan, links=False), *history_of(action)) if action.enriched else ()
    return line(one, seen, anchors)._replace(
        etat=etat_in_words(one, seen),
        fiche=tuple(Champ(name, value) for name, value in fields),
        liens=tuple(Lien(one_line(text), live_address(text)) for text in action.liens),
    )


# --- readings and data ------------------------------------------------------------------------------------


def _readings(kept: Sequence[Situation]) -> tuple[Lecture, ...]:
    """Each wording that does not say its last day by itself, or that can be read otherwise, once."""
    found: dict[str, list[Situation]] = {}
    for one in kept:
        echeance = one.action.echeance
        if isinstance(echeance, Refus) or echeance.avis or not obvious(echeance):
            found.setdefault(one_line(echeance.texte), []).append(one)
    return tuple(_lecture(text, some) for text, some in found.items())


def _lecture(text: str, some: Sequence[Situation]) -> Lecture:
    echeance = some[0].action.echeance
    ids = ", ".join(one.id for one in some[:_MOST_IDS])
    more = len(some) - _MOST_IDS
    if more > 0:
        ids += f" et {counted(more, 'autre')}"
    if isinstance(echeance, Refus):
        return Lecture(text, "non comprise", f"{echeance.message} {echeance.remede}", ids)
    return Lecture(text, interval_in_words(echeance.debut, echeance.fin), echeance.avis or "", ids)


def _data(kept: Sequence[Situation], request: Request, errors: int) -> Iterator[Champ]:
    """What the files hold, and what they do not."""
    actions = [one.action for one in kept]
    understood = [action.echeance for action in actions if isinstance(action.echeance, Echeance)]
    for name, number in (
        ("Actions dont quelque chose est consigné", sum(action.consignee for action in actions)),
        ("Actions avec un statut", sum(1 for action in actions if action.statut)),
        ("Actions avec au moins une note de suivi", sum(1 for action in actions if action.suivi)),
        ("Actions avec un budget", sum(1 for action in actions if action.budget)),
        ("Actions dont l'échéance a été déplacée", sum(1 for action in actions if action.echeances_precedentes)),
        ("Échéances non comprises", len(actions) - len(understood)),
        ("Échéances qui pourraient se lire autrement", sum(1 for echeance in understood if echeance.avis)),
    ):
        yield Champ(name, f"{number} sur {len(actions)}")
    plan = request.plan
    yield Champ("Période du plan", "écrite" if plan.organisme.periode.debut else "déduite des échéances")
    yield Champ("Réunions du conseil inscrites", str(len(plan.reunions.ca.reunions) or "aucune"))
    yield Champ("Erreurs dans les fichiers", str(errors or "aucune"))
    yield Champ("Fichiers qui n'ont pas pu être lus", listed([one_line(file) for file in plan.unread]) or "aucun")
