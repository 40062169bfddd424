"""The values that several documents show. Texts are on one line, without control characters, not yet escaped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from functools import partial, reduce
from operator import add
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pivot_cli.finding import Finding
from pivot_cli.plan.model import Plan
from pivot_cli.suivi.changes import Teller, by_dates
from pivot_cli.suivi.etat import Portrait

if TYPE_CHECKING:
    from pivot_cli.suivi.selection import Selection

_Value = TypeVar("_Value")
BLANK = "____________"
"""What is left to be written by hand."""


def as_data(value: Any) -> Any:
    """The values of a document as JSON can hold them: each group of names an object, lists, days as ISO; without the
    words of the plan, which only templates need.
    """
    if hasattr(value, "_fields"):
        held = value._asdict().items()
        return {name: as_data(one) for name, one in held if not isinstance(one, Mots)}
    if isinstance(value, tuple | list):
        return [as_data(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _together(names: list[str], value: Any) -> Any:
    return reduce(add, (reduce(lambda held, name: getattr(held, name, ""), name.split("."), value) for name in names))


def formerly(**names: Any) -> Callable[[type[_Value]], type[_Value]]:
    """The names that a value had in 0.1, each with what it is now (`lignes`, `realisees + refaites`,
    `decision.question`) or, where that is nowhere anymore, with what is said instead: templates written for 0.1 find
    them until 0.3.
    """

    def answering(value: type[_Value]) -> type[_Value]:
        for old, new in names.items():
            now = partial(_together, new.split(" + ")) if isinstance(new, str) else lambda _, said=new: said
            setattr(value, old, property(now))
        return value

    return answering


Knower = Callable[[Portrait, Sequence[date]], "Sequence[Portrait | None] | None"]
"""What gives a plan as it was known at some days, by git: None for a day of which it says nothing, and for all where it
has no history of them.
"""


def without_history(_: Portrait, __: Sequence[date]) -> None:
    """That there is none."""


class Request(NamedTuple):
    """What a document is asked for: a plan with its faults, the day, and what the command line chose."""

    plan: Plan
    findings: tuple[Finding, ...]
    au: date
    today: date
    selection: Selection
    since: date | None = None
    exercice: str | None = None
    past: Teller = by_dates
    known: Knower = without_history
    du: date | None = None


@formerly(instance="sorte")
class Entete(NamedTuple):
    """Ce qu'on lit en premier, dans tous les documents; ce qui n'est pas du document y est vide."""

    organisme: str  # Le nom de l'organisme.
    titre: str  # « État d'avancement du plan stratégique », « Projet d'ordre du jour ».
    sorte: str  # À qui le document est destiné; du bilan, « Bilan 2019-2020 »; d'un ordre du jour, l'instance.
    au: str  # Le jour, en mots.
    au_iso: str  # Le jour, comme 2020-01-15.
    avertissements: tuple[str, ...]  # Ce qu'il faut savoir avant de lire : fichiers manquants, jour passé, plan
    # terminé, lecture de l'exercice.
    etendue: str = ""  # Le nombre d'actions et les dates que le plan couvre.
    portee: str = ""  # Ce que `--responsable` et `--orientation` ont gardé; vide pour tout le plan.
    consigne: str = ""  # Ce qui est consigné, ce qui ne l'est pas, et comment le lire.
    periode: str = ""  # Du bilan : les jours de l'exercice, en mots; vide pour tout le plan, et où `sorte` les dit.
    mission: str = ""  # Du bilan : la mission de l'organisme.
    reunion: str = ""  # D'un ordre du jour : « Réunion du mercredi 15 janvier 2020, à 19 h ».
    nom: str = ""  # Le titre propre de la réunion; souvent vide.
    lieu: str = ""  # Le lieu de la réunion; vide s'il n'est pas écrit.
    lien: str = ""  # L'adresse de la rencontre à distance, si c'est une adresse http, https ou mailto; vide sinon.
    quorum: str = ""  # Le quorum; vide s'il n'est pas écrit.
    membres: tuple[str, ...] = ()  # Qui est attendu.
    fin: str = ""  # L'heure de la fin; vide si celle du début n'est pas connue.
    duree: str = ""  # Combien de temps prennent tous les points.
    depassement: str = ""  # De combien la réunion dépasse la durée demandée, en une phrase; vide sinon.


class Mot(NamedTuple):
    """Ce que le plan appelle un de ses niveaux, et ce qui s'accorde avec ce nom."""

    singulier: str  # « action ».
    pluriel: str  # « actions ».
    titre: str  # « Action ».
    titres: str  # « Actions ».
    le: str  # « l'action ».
    du: str  # « de l'action ».
    au: str  # « à l'action ».
    un: str  # « une action ».
    aucun: str  # « aucune action ».
    celui: str  # « celle », qui la remplace.
    ils: str  # « elles », qui les remplace.


class Mots(NamedTuple):
    """Les mots du plan (`organisme.yaml`, `reunions.yaml`), accordés; les exemples sont ceux d'un plan qui n'en a pas
    d'autres. Un gabarit importé ou inclus les connaît aussi.
    """

    orientation: Mot  # Une orientation.
    volet: Mot  # Un volet.
    objectif: Mot  # Un objectif; où le plan n'en a pas, ce sous quoi sont ses actions.
    action: Mot  # Une action.
    engagement: Mot  # Ce que porte le conseil : « engagement », ou une action si un niveau du plan a ce nom.
    niveaux: str  # « orientation, volet, objectif, action ».
    plan: str  # Le titre du plan, comme il est écrit; sinon « Plan stratégique ».
    faite: str  # « Faite » : une action.
    reconduite: str  # « Reconduite » : une action.
    abandonnee: str  # « Abandonnée » : une action.
    realisees: str  # « Réalisées » : des actions.
    passees: str  # « Passées » : des actions dont l'échéance l'est.
    abandonnees: str  # « Abandonnées » : des actions.
    reconduites: str  # « Reconduites » : des actions.
    aucune: str  # « Aucune action ».
    aucune_des: str  # « aucune des », devant des actions.
    toutes: str  # « Toutes les actions ».
    toutes_demandees: str  # « Toutes les actions demandées ».
    demandees: str  # « actions demandées ».
    retenues: str  # « actions retenues ».
    partagee: str  # « Une action partagée ».
    conseil: str  # « le conseil ».
    du_conseil: str  # « du conseil ».
    au_conseil: str  # « au conseil ».
    conseil_a: str  # « Le conseil a », devant ce qu'il porte.
    court: bool  # Si le plan a si peu d'actions qu'on dit chacune à sa place, et rien de ce qu'il n'a pas.


@formerly(court="nom", titre="nom", texte="nom", entier="valeur", commande="valeur", adresse="valeur", x="valeur")
class Champ(NamedTuple):
    """Un nom, et ce qu'il désigne ou ce qui est écrit à côté."""

    nom: str  # Le nom : un nom court, ce qui est compté, l'action, ce qui est écrit d'un lien, une année.
    valeur: str  # Un nom entier, combien ou quoi, la commande à compléter; d'un lien, son adresse si elle est http,
    # https ou mailto, vide sinon; d'une année, sa place dans le calendrier, en pourcentage.


class Choix(StrEnum):
    """What may be decided of an action."""

    FAITE = "faite"
    REFAITE = "refaite"
    EN_COURS = "en cours"
    MAINTENIR = "maintenir"
    FIXER = "fixer"
    REPORTER = "reporter"
    RECONDUIRE = "reconduire"
    ABANDONNER = "abandonner"


class Case(NamedTuple):
    """Ce qu'on peut cocher d'une action."""

    choix: str  # Ce que c'est : faite, refaite, en cours, maintenir, fixer, reporter, reconduire, abandonner.
    texte: str  # « faite le ____________ », « en cours », « maintenir », « abandonner ».
    cochee: bool = False  # Si c'est déjà consigné.


class Ligne(NamedTuple):
    """Une action dans une liste, dans le plan ou à un point de l'ordre du jour."""

    id: str  # Son id, comme 2.gou.3.2.
    ancre: str  # L'ancre de sa fiche dans le document complet.
    texte: str  # Sa description entière.
    titre: str  # Son titre court, sinon sa description; dans un ordre du jour, coupé à la fin d'un mot.
    responsables: str  # Ses responsables, en noms courts.
    echeance: str  # Son échéance, dans les mots du plan.
    lecture: str  # Jusqu'à quel jour l'échéance est lue, si ses mots ne le disent pas; vide sinon.
    etat: str  # Son état, en mots; dans le plan, avec ce sur quoi il repose.
    cle: str  # Le nom de son état dans les feuilles de style : faite, abandonnee, reconduite, nouvelles, confirmer,
    # proche, cours, mener, venir, continu, commencer, determiner.
    precision: str  # Ce qu'il faut encore en dire dans cette liste : avec qui, ou qui en est responsable; souvent vide.
    fiche: tuple[Champ, ...] = ()  # Dans le plan : ce qui a été ajouté au document adopté.
    liens: tuple[Champ, ...] = ()  # Dans le plan : ses liens.
    consigne: str = ""  # Ce qui est consigné d'une action ouverte, en deux ou trois mots; vide si rien ne l'est.
    en_cours: bool = False  # Si elle est consignée comme en cours, ou faite en partie : la case est déjà cochée.
    reports: str = ""  # D'une action à décider : « reportée 2 fois »; vide si elle ne l'a jamais été.
    cases: tuple[Case, ...] = ()  # D'une action à décider : ce qu'on peut en cocher.


@formerly(actions="id")
class Decision(NamedTuple):
    """Un dossier à décider, le même au sommaire et à l'ordre du jour de la réunion, et de quoi en juger."""

    id: str  # L'id de l'objectif ou de l'action.
    titre: str  # Son titre.
    question: str  # Ce que le plan demande de décider; vide s'il ne demande rien de précis.
    contexte: str  # Pourquoi maintenant : ce qui est passé, ce qui en est consigné, qui en est responsable.
    lignes: tuple[Ligne, ...]  # Les actions dont il s'agit, qui ne sont pas terminées; la précision dit avec qui.
    autres: str  # Combien d'autres il y en a, s'il y en a beaucoup; vide sinon.
    argent: str  # Ce qui est prévu et dépensé, en une phrase; vide si le plan n'écrit aucun montant.
    recommandation: str  # « Recommandation de la direction générale ».
    proposition: str  # « Il est proposé par ____________, appuyé par ____________ ».
    resolutions: tuple[str, ...]  # Ce qui peut être proposé, à cocher : « de maintenir les échéances ».


@formerly(titre="texte", mention="quand", apres="quand")
class Fait(NamedTuple):
    """Ce qui est fait, ce qui se poursuit, ce qui est prévu."""

    texte: str  # L'action, ou l'objectif.
    quand: str  # Quand, pour quand, où elle en est, ou combien; souvent vide.
    resultat: str = ""  # Ce qui en est sorti, en une phrase; souvent vide.
    avant: str = ""  # Pour quand elle était prévue, si son échéance a été déplacée.
    precisions: str = (
        ""  # D'un bilan : ce qu'on en dit à côté, « quand » compris où c'est utile, et si elle a un budget.
    )


class IndicateurVue(NamedTuple):
    """Un indicateur d'un objectif, ou d'une action."""

    libelle: str  # Ce qui est mesuré.
    cible: str  # La cible; vide si elle n'est pas écrite.
    atteint: str  # Ce qui est atteint; vide si ce n'est pas écrit.
    de: str = ""  # L'action qu'il mesure, dans un document qui ne la montre pas à côté; vide s'il est de l'objectif.


@formerly(
    actions="lignes", engagements="lignes", volets="groupes", objectifs="groupes", code="id", nom="titre", enjeu="note"
)
class Groupe(NamedTuple):
    """Un objectif, un volet, une orientation ou un enjeu, et ce qu'on en montre."""

    id: str  # Son id, comme 2.gou.3; d'un volet, son code; vide dans un document public.
    titre: str  # Son titre; d'un volet, son nom; vide où le plan n'a pas ce niveau.
    ancre: str = ""  # Son ancre dans le document complet.
    note: str = ""  # Combien d'échéances sont passées, et depuis quand; d'une orientation, son enjeu; d'un volet dont
    # le nom ne peut pas suivre « volet », ce qui le nomme : « Volet 2 : Le jeu »; souvent vide.
    lignes: tuple[Ligne, ...] = ()  # Ses actions.
    faits: tuple[Fait, ...] = ()  # Ce qui y est fait ou prévu, dans un document public.
    indicateurs: tuple[IndicateurVue, ...] = ()  # Ce qui le mesure.
    numero: int | str = 0  # Le numéro d'une orientation ou d'un enjeu; celui que le document lui donne, « A ».
    groupes: tuple[Groupe, ...] = ()  # Les volets d'une orientation, les objectifs d'un volet.


class Compte(NamedTuple):
    """Combien d'actions sont dans un état, ou dans un groupe d'états."""

    nom: str  # L'état, en mots.
    cle: str  # Son nom dans les feuilles de style, qui lui donne sa forme et sa couleur.
    nombre: int  # Combien d'actions.
    commentaire: str = ""  # Ce qu'il faut en savoir; souvent vide.


class Part(NamedTuple):
    """Un segment d'une barre : les actions d'une orientation qui sont dans un groupe d'états."""

    nom: str  # Le groupe d'états, en mots.
    cle: str  # Son nom dans les feuilles de style.
    nombre: int  # Combien d'actions.
    x: str  # Où le segment commence, en pourcentage de la largeur.
    largeur: str  # Sa largeur, en pourcentage.
    milieu: str  # Son milieu, en pourcentage.
    large: bool  # S'il y a la place d'y écrire le nombre.


class Rang(NamedTuple):
    """Une orientation dans le tableau et le graphique de synthèse."""

    numero: int | str  # Le numéro de l'orientation, celui que le document lui donne s'il en a un : « A ».
    ancre: str  # L'ancre de l'orientation dans le document complet.
    titre: str  # Son titre.
    court: str  # Les premiers mots de son titre.
    total: int  # Combien d'actions elle compte.
    nombres: tuple[int, ...]  # Combien dans chaque groupe d'états, dans l'ordre de `groupes`.
    parts: tuple[Part, ...]  # Les segments de sa barre.
    y: int  # Où sa barre commence dans le graphique, en pixels.


class Synthese(NamedTuple):
    """Où en est le plan, en un écran."""

    total: int  # Combien d'actions.
    comptes: tuple[Compte, ...]  # Les états qui s'appliquent, avec leur nombre.
    groupes: tuple[Compte, ...]  # Les groupes d'états, colonnes du tableau par orientation.
    rangs: tuple[Rang, ...]  # Une orientation par rang.
    hauteur: int  # La hauteur du graphique, en pixels.
    description: str  # Le graphique, en mots.
