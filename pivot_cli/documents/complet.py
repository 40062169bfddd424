"""`pivot report complet`: everything, for the people who carry the plan out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.documents.budgets import Budgets, budgets
from pivot_cli.documents.calendar import Calendrier, Partie, calendar, milestones
from pivot_cli.documents.listing import (
    Anchors,
    as_written,
    dossier,
    indicators,
    line,
    names,
    percent,
    report_opening,
    synthesis,
    under_a_level,
)
from pivot_cli.documents.pictures import (
    Deplacement,
    Image,
    adopted_band,
    by_exercice,
    days_to_show,
    moves,
    progress,
)
from pivot_cli.documents.values import Champ, Entete, Groupe, Ligne, Mots, Request, Synthese
from pivot_cli.documents.words import mots
from pivot_cli.echeance import Echeance, Refus, TypeEcheance
from pivot_cli.escaping import live_address
from pivot_cli.finding import Gravite
from pivot_cli.plan.bodies import board
from pivot_cli.plan.model import Organisme, Plan
from pivot_cli.suivi import phrases, when
from pivot_cli.suivi.etat import Etat, Portrait, Situation, by_objectif, by_responsable, count, due, grouped, portrait
from pivot_cli.text import NBSP, capitalized, counted, interval_in_words, listed, one_line

if TYPE_CHECKING:
    from pivot_cli.plan.nouns import Nom

_MOST_FAULTS = 10  # that the document repeats; `pivot validate` gives them all
_MOST_IDS = 4  # actions named beside a reading


class Charge(NamedTuple):
    """Ce qu'un responsable porte, seul ou avec d'autres."""

    nom: str  # Son nom entier.
    court: str  # Son nom court.
    total: int  # Combien d'actions.
    seul: int  # Combien dont il est le seul responsable.
    passees: int  # Combien dont l'échéance est passée.
    proches: int  # Combien arrivent à échéance.
    a_venir: int  # Combien viennent plus tard, ou sont en cours.
    sans_date: int  # Combien n'ont pas de date, ou se poursuivent.
    realisees: int  # Combien sont réalisées.
    abandonnees: int  # Combien sont abandonnées.
    reconduites: int  # Combien sont reconduites; toutes ces colonnes s'additionnent au total.
    largeur_passees: str  # La part passée de sa barre, en pourcentage de la charge la plus lourde.
    largeur: str  # Sa barre entière, en pourcentage de la charge la plus lourde.


class Identite(NamedTuple):
    """L'organisme, tel que le plan le présente."""

    presentation: tuple[str, ...]  # Sa présentation, paragraphe par paragraphe.
    mission: str  # Sa mission.
    vision: str  # Sa vision.
    valeurs: tuple[str, ...]  # Ses valeurs.
    enjeux: tuple[Groupe, ...]  # Ses enjeux.
    forces: tuple[str, ...]  # Le diagnostic : ses forces.
    points_amelioration: tuple[str, ...]  # Le diagnostic : ses points à améliorer.
    contraintes: tuple[str, ...]  # Le diagnostic : ses contraintes.
    opportunites: tuple[str, ...]  # Le diagnostic : ses opportunités.


class Lecture(NamedTuple):
    """Une échéance dont les mots ne disent pas d'eux-mêmes le dernier jour."""

    texte: str  # Les mots du plan.
    lecture: str  # Comment ils sont lus.
    avis: str  # Pourquoi ils pourraient se lire autrement; vide sinon.
    actions: str  # Les actions qui l'ont : les premières, et combien d'autres.


class Anomalie(NamedTuple):
    """Une faute du plan."""

    endroit: str  # Son fichier et sa ligne.
    message: str  # Ce qui ne va pas.
    aide: str  # Ce qu'il faut écrire.


class Complet(NamedTuple):
    """Le document interne : tout le plan, ou ce que `--responsable` et `--orientation` en gardent."""

    entete: Entete  # Ce qu'on lit en premier.
    synthese: Synthese  # Où en est le plan, en un écran.
    passees: tuple[Groupe, ...]  # Les échéances passées, par objectif.
    nb_passees: int  # Combien d'échéances sont passées.
    horizon: str  # Le dernier jour de ce qui est proche, en mots.
    arrivent: tuple[Ligne, ...]  # Ce qui arrive à échéance d'ici là.
    commencent: tuple[Ligne, ...]  # Ce dont la période commence d'ici là et finit plus tard.
    sans_date: tuple[Ligne, ...]  # Ce qui est à commencer, et ce dont l'échéance est à déterminer.
    continues: tuple[Ligne, ...]  # Ce qui se poursuit.
    recurrentes: tuple[Ligne, ...]  # Ce qui revient; la précision dit ce qui est consigné des dernières périodes.
    calendrier: Calendrier | None  # Les actions dans le temps; rien si aucune n'est datée.
    jalons: tuple[Partie, ...]  # Les objectifs datés du calendrier, pour un diagramme de Gantt.
    courbe: Image | None  # Où en était le plan, réunion après réunion; rien si rien n'a jamais été consigné.
    adoptees: Image | None  # Les échéances adoptées dans le temps; rien si le plan n'en a pas deux.
    exercices: Image | None  # Ce que sont devenues les échéances adoptées; rien si aucune n'est venue.
    deplacements: tuple[Deplacement, ...]  # Les échéances qui ont été déplacées, de la première à la dernière.
    charges: tuple[Charge, ...]  # La charge de chaque responsable, la plus lourde d'abord.
    sans_responsable: int  # Combien d'actions n'ont pas de responsable, et ne sont donc à la charge de personne.
    budgets: Budgets  # Les budgets, par orientation.
    identite: Identite | None  # L'organisme; rien quand le document ne garde qu'une partie du plan.
    orientations: tuple[Groupe, ...]  # Le plan.
    lectures: tuple[Lecture, ...]  # Comment les échéances sont lues, quand ce n'est pas évident.
    donnees: tuple[Champ, ...]  # L'état des données.
    anomalies: tuple[Anomalie, ...]  # Les erreurs du plan, dix au plus.
    autres_anomalies: int  # Combien d'autres erreurs.
    noms: tuple[Champ, ...]  # Ce que les noms courts désignent.
    mots: Mots  # Ce que le plan appelle ses niveaux, et son conseil.


def build(request: Request) -> Complet:
    """What the document says of the plan, or of the part that was selected."""
    seen = portrait(request.plan, request.au)
    kept = request.selection.keep(seen)
    anchors = Anchors(seen)
    cut = phrases.kept_in_words(request.selection, kept, request.plan).removesuffix(".")
    part = request.selection.cut(seen)
    picture = calendar(kept, seen, anchors)

    def lines(suits: Callable[[Situation], bool], says: Callable[[Situation], str] = lambda _: "") -> tuple[Ligne, ...]:
        return tuple(line(one, seen, anchors, says(one)) for one in kept if suits(one))

    faults = [finding for finding in request.findings if finding.gravite is Gravite.ERREUR]
    return Complet(
        entete=report_opening(seen, kept, "Document interne", request.today)._replace(portee=cut),
        synthese=synthesis(kept, seen, anchors),
        passees=tuple(_waiting(kept, seen, anchors)),
        nb_passees=len(due(kept)),
        horizon=when.short_day(seen.look.horizon_end, seen.au),
        arrivent=tuple(line(one, seen, anchors) for one in when.soonest_first(kept) if one.etat is Etat.PROCHE),
        commencent=lines(lambda one: _opens(one, seen)),
        sans_date=lines(lambda one: one.etat in (Etat.A_COMMENCER, Etat.A_DETERMINER)),
        continues=lines(lambda one: one.etat is Etat.EN_CONTINU and not when.recurrent(one.action)),
        recurrentes=lines(lambda one: when.recurrent(one.action), _rhythm),
        calendrier=picture,
        jalons=milestones(picture),
        courbe=progress(part, days := days_to_show(part), request.known(part, days)),
        adoptees=adopted_band(part),
        exercices=by_exercice(part),
        deplacements=moves(kept, seen.plan.niveaux.action),
        charges=_loads(kept, seen),
        sans_responsable=sum(not seen.plan.registre.codes(one.action.responsables) for one in kept),
        budgets=budgets(kept, seen.plan.niveaux),
        identite=None if cut else _identity(request.plan.organisme),
        orientations=tuple(_orientations(kept, seen, anchors)),
        lectures=tuple(_readings(kept, seen.plan.niveaux.action)),
        donnees=tuple(_data(kept, request.plan, len(faults))),
        anomalies=tuple(
            Anomalie(f"{one.location.file}, ligne {one.location.line}", one_line(one.message), one_line(one.remedy))
            for one in faults[:_MOST_FAULTS]
        ),
        autres_anomalies=max(len(faults) - _MOST_FAULTS, 0),
        noms=names(kept, seen.plan),
        mots=mots(seen.plan),
    )


def _waiting(kept: Sequence[Situation], seen: Portrait, anchors: Anchors) -> Iterator[Groupe]:
    """What has passed, objectif by objectif, the one that waits for the longest first."""
    totals = Counter(id(one.place.objectif) for one in kept)
    for place, some in by_objectif(due(kept)):
        lines = tuple(line(one, seen, anchors) for one in some)
        yield dossier(
            some, seen, anchors, note=phrases.passed_among(some, totals[id(place.objectif)], seen), lignes=lines
        )


def _opens(one: Situation, seen: Portrait) -> bool:
    """Whether the period of an action opens after the day and within the horizon, to end later."""
    echeance = one.action.echeance
    if not isinstance(echeance, Echeance) or echeance.debut is None or one.etat is not Etat.A_VENIR:
        return False
    return echeance.type is TypeEcheance.PERIODE and seen.au < echeance.debut <= seen.look.horizon_end


def _rhythm(one: Situation) -> str:
    """What is recorded of the last windows of what comes again and again."""
    windows = len(one.fenetres)
    done = windows - one.sans_realisation
    rhythm = f"Revient{NBSP}: {one_line(one.action.recurrence.texte)}. " if one.action.recurrence else ""
    if not windows:
        return f"{rhythm}Aucune période n'est encore terminée."
    if windows == 1:
        return f"{rhythm}{'Réalisation consignée' if done else 'Rien de consigné'} pour la dernière période."
    return f"{rhythm}Réalisation consignée pour {done} des {windows} dernières périodes."


def _loads(kept: Sequence[Situation], seen: Portrait) -> tuple[Charge, ...]:
    """Each responsable with at least one action, the one with the most passed first, then the most loaded."""
    registre = seen.plan.registre
    shares = by_responsable(kept, registre)
    most = max(map(len, shares.values()), default=1)
    loads = []
    for code, own in shares.items():
        who, numbers, passed = registre.find(code), count(own), len(due(own))
        loads.append(
            Charge(
                nom=one_line(who.nom if who else code),
                court=phrases.label_of(who) if who else one_line(code),
                total=len(own),
                seul=sum(len(registre.codes(one.action.responsables)) == 1 for one in own),
                passees=passed,
                proches=numbers[Etat.PROCHE],
                a_venir=numbers[Etat.A_VENIR] + numbers[Etat.EN_COURS],
                sans_date=sum(number for etat, number in numbers.items() if etat.undated),
                realisees=numbers[Etat.REALISEE],
                abandonnees=numbers[Etat.ABANDONNEE],
                reconduites=numbers[Etat.RECONDUITE],
                largeur_passees=percent(100 * passed / most),
                largeur=percent(100 * len(own) / most),
            )
        )
    return tuple(sorted(loads, key=lambda load: (-load.passees, -load.total)))


def _identity(organisme: Organisme) -> Identite | None:
    """What the organisation says of itself; nothing where it says nothing."""
    lists = organisme.diagnostic._asdict() | {"valeurs": organisme.valeurs}
    lists["presentation"] = organisme.presentation.split("\n\n") if organisme.presentation else ()
    del lists["origin"]
    made = Identite(
        mission=one_line(organisme.mission or ""),
        vision=one_line(organisme.vision or ""),
        enjeux=tuple(Groupe("", one_line(enjeu.titre), numero=enjeu.numero) for enjeu in organisme.enjeux),
        **{name: tuple(map(one_line, texts)) for name, texts in lists.items()},
    )
    return made if any(made) else None


def _orientations(kept: Sequence[Situation], seen: Portrait, anchors: Anchors) -> Iterator[Groupe]:
    """The plan in its own order, without what was not selected."""
    enjeux = {enjeu.numero: one_line(enjeu.titre) for enjeu in seen.plan.organisme.enjeux}
    niveaux = seen.plan.niveaux
    for of_orientation in grouped(kept, "orientation"):
        orientation = of_orientation[0].place.orientation
        volets = []
        for of_volet in grouped(of_orientation, "volet"):
            volet = of_volet[0].place.volet
            objectifs = tuple(
                dossier(
                    some,
                    seen,
                    anchors,
                    lignes=tuple(_action(one, seen, anchors) for one in some),
                    indicateurs=indicators(some[0].place.objectif),
                    **({} if under_a_level(some[0].place) else {"titre": ""}),
                )
                for some in grouped(of_volet, "objectif")
            )
            alone = volet.implied or of_volet[0].place.objectif.implied
            title = "" if alone else one_line(volet.nom)
            called = "" if alone or phrases.follows_its_noun(volet) else phrases.volet_called(volet, niveaux)
            volets.append(Groupe(one_line(volet.code), title, groupes=objectifs, note=capitalized(called)))
        yield Groupe(
            id=str(orientation.numero),
            numero=phrases.number_of(orientation, niveaux),
            ancre=anchors.of(orientation),
            titre=one_line(orientation.titre),
            note=enjeux.get(orientation.enjeu or 0, ""),
            groupes=tuple(volets),
        )


def _action(one: Situation, seen: Portrait, anchors: Anchors) -> Ligne:
    """An action with all that is recorded of it; most have nothing but what was adopted."""
    action, noun, etat = one.action, seen.plan.niveaux.action, phrases.etat_in_words(one, seen)
    fields = chain(phrases.record_of(action, seen.plan, ("liens", "reference")), phrases.history_of(action, noun))
    beside = {phrases.label_of_field(key, noun) for key in ("statut", "statut_le", "motif", "realisee_le")}
    shown = line(one, seen, anchors)
    echeance, lecture = as_written(action.echeance)
    return shown._replace(
        echeance=echeance,
        lecture=f"cette fois {shown.lecture}" if when.due_again(one) else lecture,
        etat=etat,
        # What the état says already, in the same words, is not said twice.
        fiche=tuple(Champ(name, value) for name, value in fields if name not in beside or value not in etat)
        if action.enriched
        else (),
        liens=tuple(Champ(one_line(text), live_address(text)) for text in action.liens),
    )


def _readings(kept: Sequence[Situation], noun: Nom) -> Iterator[Lecture]:
    """Each wording that does not say its last day by itself, or that can be read otherwise, once."""
    wordings: dict[str, list[Situation]] = {}
    for one in kept:
        echeance = one.action.echeance
        if isinstance(echeance, Refus) or echeance.avis or not when.obvious(echeance):
            wordings.setdefault(when.wording(echeance), []).append(one)
    for text, some in wordings.items():
        echeance, more = some[0].action.echeance, len(some) - _MOST_IDS
        ids = ", ".join(one.id for one in some[:_MOST_IDS]) + (f" et {counted(more, 'autre')}" if more > 0 else "")
        if isinstance(echeance, Refus):
            yield Lecture(text, "non comprise", " ".join(noun.retold(echeance.message, echeance.remede)), ids)
        else:
            yield Lecture(text, interval_in_words(echeance.debut, echeance.fin), echeance.avis or "", ids)


def _data(kept: Sequence[Situation], plan: Plan, errors: int) -> Iterator[Champ]:
    """What the files hold, and what they do not."""
    actions, whose = [one.action for one in kept], capitalized(plan.niveaux.action.pluriel)
    understood = [action.echeance for action in actions if isinstance(action.echeance, Echeance)]
    for name, number in (
        (f"{whose} dont quelque chose est consigné", sum(action.consignee for action in actions)),
        (f"{whose} avec un statut", sum(1 for action in actions if action.statut)),
        (f"{whose} avec au moins une note de suivi", sum(1 for action in actions if action.suivi)),
        (f"{whose} avec un budget", sum(1 for action in actions if action.budget)),
        (f"{whose} dont l'échéance a été déplacée", sum(1 for action in actions if action.echeances_precedentes)),
        *([("À attribuer", len(nobody))] if (nobody := phrases.of_nobody(kept)) else []),
        ("Échéances non comprises", len(actions) - len(understood)),
        ("Échéances qui pourraient se lire autrement", sum(1 for echeance in understood if echeance.avis)),
    ):
        yield Champ(name, f"{number} sur {len(actions)}")
    yield Champ("Période du plan", "écrite" if plan.organisme.periode.debut else "déduite des échéances")
    yield Champ(f"Réunions {board(plan).court.du} inscrites", str(len(plan.reunions.ca.reunions) or "aucune"))
    yield Champ("Erreurs dans les fichiers", str(errors or "aucune"))
    yield Champ("Fichiers qui n'ont pas pu être lus", listed([one_line(file) for file in plan.unread]) or "aucun")
