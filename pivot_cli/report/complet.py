"""`pivot report complet`: everything, for the people who carry the plan out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.echeance import Echeance, Refus, TypeEcheance
from pivot_cli.escaping import live_address
from pivot_cli.finding import Gravite
from pivot_cli.report.budget import Budgets, budgets
from pivot_cli.report.calendar import Calendrier, PartieJalons, calendar, milestones
from pivot_cli.report.listing import (
    CLES,
    Anchors,
    dossiers,
    indicator,
    last_day,
    line,
    opening,
    percent,
    scope,
    synthesis,
)
from pivot_cli.report.names import Nom, names
from pivot_cli.suivi.etat import Etat, by_responsable, portrait
from pivot_cli.suivi.phrases import (
    etat_in_words,
    history_of,
    label_of,
    labels,
    obvious,
    record_of,
    recurrent,
    short_day,
    shown,
    soonest_first,
)
from pivot_cli.text import NBSP, clean, counted, interval_in_words, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pivot_cli.plan.model import Organisme
    from pivot_cli.report.values import Entete, Groupe, IndicateurVue, Ligne, Request, Synthese
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


class Champ(NamedTuple):
    """Une ligne de la fiche d'une action."""

    nom: str
    """Ce que c'est."""
    valeur: str
    """Ce qui est écrit."""


class Lien(NamedTuple):
    """Un document ou une page utile."""

    texte: str
    """Ce qui est écrit dans le plan."""
    adresse: str
    """La même chose si c'est une adresse http, https ou mailto; vide sinon, et ce n'est pas un lien."""


class ActionVue(NamedTuple):
    """Une action du plan, avec tout ce qui en est consigné."""

    id: str
    """Son id, comme 2.gou.3.2."""
    ancre: str
    """Son ancre dans ce document."""
    texte: str
    """Sa description entière."""
    responsables: str
    """Ses responsables, en noms courts."""
    echeance: str
    """Son échéance, dans les mots du plan."""
    lecture: str
    """Comment l'échéance est lue, si ses mots ne le disent pas; vide sinon."""
    etat: str
    """Son état, et ce sur quoi il repose."""
    cle: str
    """Le nom de son état dans les feuilles de style."""
    fiche: tuple[Champ, ...]
    """Ce qui a été ajouté au document adopté."""
    liens: tuple[Lien, ...]
    """Ses liens."""


class ObjectifVue(NamedTuple):
    """Un objectif du plan."""

    id: str
    """Son id, comme 2.gou.3."""
    ancre: str
    """Son ancre dans ce document."""
    titre: str
    """Son titre."""
    indicateurs: tuple[IndicateurVue, ...]
    """Ce qui le mesure."""
    actions: tuple[ActionVue, ...]
    """Ses actions, dans l'ordre du plan."""


class VoletVue(NamedTuple):
    """Un volet du plan."""

    code: str
    """Son code."""
    nom: str
    """Son nom."""
    objectifs: tuple[ObjectifVue, ...]
    """Ses objectifs."""


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


class Donnee(NamedTuple):
    """Une ligne de l'état des données."""

    nom: str
    """Ce qui est compté."""
    valeur: str
    """Combien, ou quoi."""


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
    jalons: tuple[PartieJalons, ...]
    """Les objectifs dans le temps, pour un diagramme de Gantt."""
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
    donnees: tuple[Donnee, ...]
    """L'état des données."""
    anomalies: tuple[Anomalie, ...]
    """Les erreurs du plan, dix au plus."""
    autres_anomalies: int
    """Combien d'autres erreurs."""
    noms: tuple[Nom, ...]
    """Ce que les noms courts désignent."""


def build(request: Request) -> Complet:
    """What the document says of the plan, or of the part that was selected."""
    seen = portrait(request.plan, request.au)
    kept = request.selection.keep(seen)
    anchors = Anchors(seen)
    cut = scope(request.selection, len(kept), len(seen.situations))
    opens = [one for one in kept if _opens(one, seen)]

    def lines(some: Iterable[Situation]) -> tuple[Ligne, ...]:
        return tuple(line(one, seen, anchors) for one in some)

    faults = [finding for finding in request.findings if finding.gravite is Gravite.ERREUR]
    return Complet(
        entete=opening(seen, kept, "Document interne", request.today, portee=cut),
        synthese=synthesis(kept, seen, anchors),
        passees=dossiers([one for one in kept if one.etat.passed], seen, anchors),
        nb_passees=sum(1 for one in kept if one.etat.passed),
        horizon=short_day(seen.look.horizon_end, seen.au),
        arrivent=lines(soonest_first(one for one in kept if one.etat is Etat.PROCHE)),
        commencent=lines(opens),
        sans_date=lines(one for one in kept if one.etat in (Etat.A_COMMENCER, Etat.A_DETERMINER)),
        continues=lines(one for one in kept if one.etat is Etat.EN_CONTINU and not recurrent(one.action)),
        recurrentes=tuple(line(one, seen, anchors, _rhythm(one)) for one in kept if recurrent(one.action)),
        calendrier=calendar(kept, seen, anchors),
        jalons=milestones(kept),
        charges=_loads(kept, seen),
        budgets=budgets(kept),
        identite=None if cut else _identity(request.plan.organisme),
        orientations=tuple(_orientations(kept, seen, anchors)),
        lectures=_readings(kept),
        donnees=tuple(_data(kept, seen, request)),
        anomalies=tuple(
            Anomalie(f"{one.location.file}, ligne {one.location.line}", shown(one.message), shown(one.remedy))
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
    done = len(one.manquees) - one.sans_realisation
    rhythm = f"Revient{NBSP}: {shown(one.action.recurrence.texte)}. " if one.action.recurrence else ""
    if not one.manquees:
        return f"{rhythm}Aucune période n'est encore terminée."
    if len(one.manquees) == 1:
        return f"{rhythm}{'Réalisation consignée' if done else 'Rien de consigné'} pour la dernière période."
    windows = f"{len(one.manquees)} dernières périodes"
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
    etats = [one.etat for one in own]
    passed = sum(1 for etat in etats if etat.passed)
    return Charge(
        nom=shown(who.nom if who else code),
        court=label_of(who) if who else shown(code),
        total=len(own),
        seul=sum(1 for one in own if len(seen.plan.registre.codes(one.action.responsables)) == 1),
        passees=passed,
        proches=etats.count(Etat.PROCHE),
        a_venir=etats.count(Etat.A_VENIR),
        sans_date=sum(1 for etat in etats if etat.undated),
        realisees=etats.count(Etat.REALISEE),
        largeur_passees=percent(100 * passed / most),
        largeur=percent(100 * len(own) / most),
    )


# --- the plan itself --------------------------------------------------------------------------------------


def _identity(organisme: Organisme) -> Identite:
    diagnostic = organisme.diagnostic

    def texts(items: Iterable[str]) -> tuple[str, ...]:
        return tuple(shown(item) for item in items)

    return Identite(
        presentation=texts((organisme.presentation or "").split("\n\n")) if organisme.presentation else (),
        mission=shown(organisme.mission or ""),
        vision=shown(organisme.vision or ""),
        valeurs=texts(organisme.valeurs),
        enjeux=tuple(EnjeuVue(enjeu.numero, shown(enjeu.titre)) for enjeu in organisme.enjeux),
        forces=texts(diagnostic.forces),
        points_amelioration=texts(diagnostic.points_amelioration),
        contraintes=texts(diagnostic.contraintes),
        opportunites=texts(diagnostic.opportunites),
    )


def _orientations(kept: Sequence[Situation], seen: Portrait, anchors: Anchors) -> Iterator[OrientationVue]:
    """The plan in its own order, without what was not selected."""
    own: dict[int, list[Situation]] = {}
    for one in kept:
        own.setdefault(id(one.place.objectif), []).append(one)
    enjeux = {enjeu.numero: shown(enjeu.titre) for enjeu in seen.plan.organisme.enjeux}
    for orientation in seen.plan.orientations:
        volets = []
        for volet in orientation.volets:
            objectifs = tuple(
                ObjectifVue(
                    id=own[id(objectif)][0].place.objectif_id,
                    ancre=anchors.of(objectif),
                    titre=shown(objectif.titre),
                    indicateurs=tuple(indicator(one) for one in objectif.indicateurs),
                    actions=tuple(_action(one, seen, anchors) for one in own[id(objectif)]),
                )
                for objectif in volet.objectifs
                if id(objectif) in own
            )
            if objectifs:
                volets.append(VoletVue(shown(volet.code), shown(volet.nom), objectifs))
        if volets:
            enjeu = enjeux.get(orientation.enjeu, "")
            title = shown(orientation.titre)
            yield OrientationVue(orientation.numero, anchors.of(orientation), title, enjeu, tuple(volets))


def _action(one: Situation, seen: Portrait, anchors: Anchors) -> ActionVue:
    action = one.action
    # Most actions have nothing but what was adopted.
    fields = (*record_of(action, seen.plan), *history_of(action)) if action.enriched else ()
    return ActionVue(
        id=one.id,
        ancre=anchors.of(one),
        texte=clean(action.description),
        responsables=labels(action.responsables, seen.plan),
        echeance=shown(action.echeance.texte),
        lecture=last_day(action.echeance),
        etat=etat_in_words(one, seen),
        cle=CLES[one.etat],
        fiche=tuple(Champ(name, value) for name, value in fields),
        liens=tuple(_link(text) for text in action.liens),
    )


def _link(text: str) -> Lien:
    return Lien(shown(text), live_address(text))


# --- readings and data ------------------------------------------------------------------------------------


def _readings(kept: Sequence[Situation]) -> tuple[Lecture, ...]:
    """Each wording that does not say its last day by itself, or that can be read otherwise, once."""
    found: dict[str, list[Situation]] = {}
    for one in kept:
        echeance = one.action.echeance
        if isinstance(echeance, Refus) or echeance.avis or not obvious(echeance):
            found.setdefault(shown(echeance.texte), []).append(one)
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


def _data(kept: Sequence[Situation], seen: Portrait, request: Request) -> Iterator[Donnee]:
    """What the files hold, and what they do not."""
    total = len(kept)
    actions = [one.action for one in kept]

    def of_all(name: str, number: int) -> Donnee:
        return Donnee(name, f"{number} sur {total}")

    yield of_all("Actions dont quelque chose est consigné", sum(1 for action in actions if action.consignee))
    yield of_all("Actions avec un statut", sum(1 for action in actions if action.statut))
    yield of_all("Actions avec au moins une note de suivi", sum(1 for action in actions if action.suivi))
    yield of_all("Actions avec un budget", sum(1 for action in actions if action.budget))
    yield of_all("Actions dont l'échéance a été déplacée", sum(1 for a in actions if a.echeances_precedentes))
    yield of_all("Échéances non comprises", sum(1 for action in actions if isinstance(action.echeance, Refus)))
    doubtful = sum(1 for action in actions if isinstance(action.echeance, Echeance) and action.echeance.avis)
    yield of_all("Échéances qui pourraient se lire autrement", doubtful)
    yield Donnee("Période du plan", "écrite" if request.plan.organisme.periode.debut else "déduite des échéances")
    meetings = len(request.plan.reunions.ca.reunions)
    yield Donnee("Réunions du conseil inscrites", str(meetings) if meetings else "aucune")
    errors = sum(1 for finding in request.findings if finding.gravite is Gravite.ERREUR)
    yield Donnee("Erreurs dans les fichiers", str(errors) if errors else "aucune")
    yield Donnee("Fichiers qui n'ont pas pu être lus", listed([shown(f) for f in seen.plan.unread]) or "aucun")
