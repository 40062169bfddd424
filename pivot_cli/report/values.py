"""The values that several documents show. Texts are on one line, without control characters, not yet escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from pivot_cli.finding import Finding
    from pivot_cli.plan.model import Plan
    from pivot_cli.suivi.etat import Selection


class Request(NamedTuple):
    """What a document is asked for: a plan with its faults, the day, and what the command line chose."""

    plan: Plan
    findings: tuple[Finding, ...]
    au: date
    today: date
    selection: Selection
    since: date | None = None
    exercice: str | None = None


class Entete(NamedTuple):
    """Ce qu'on lit en premier, dans tous les documents."""

    organisme: str
    """Le nom de l'organisme."""
    titre: str
    """« État d'avancement du plan stratégique »."""
    sorte: str
    """À qui le document est destiné."""
    au: str
    """Le jour, en mots."""
    au_iso: str
    """Le jour, comme 2020-01-15."""
    etendue: str
    """Le nombre d'actions et les dates que le plan couvre."""
    portee: str
    """Ce que `--responsable` et `--orientation` ont gardé; vide pour tout le plan."""
    consigne: str
    """Ce qui est consigné, ce qui ne l'est pas, et comment le lire."""
    avertissements: tuple[str, ...]
    """Ce qu'il faut savoir avant de lire : fichiers manquants, jour passé, plan terminé."""


class Ligne(NamedTuple):
    """Une action dans une liste."""

    id: str
    """Son id, comme 2.gou.3.2."""
    ancre: str
    """L'ancre de sa fiche dans le document complet."""
    texte: str
    """Sa description entière."""
    titre: str
    """Son titre court, sinon sa description."""
    responsables: str
    """Ses responsables, en noms courts."""
    echeance: str
    """Son échéance, dans les mots du plan."""
    lecture: str
    """Jusqu'à quel jour l'échéance est lue, si ses mots ne le disent pas; vide sinon."""
    etat: str
    """Son état, en mots."""
    cle: str
    """Le nom de son état dans les feuilles de style : faite, abandonnee, retard, confirmer, proche, venir, continu,
    commencer, determiner."""
    precision: str
    """Ce qu'il faut encore en dire dans cette liste; souvent vide."""


class Groupe(NamedTuple):
    """Les actions d'un objectif qu'une liste montre ensemble."""

    id: str
    """L'id de l'objectif, comme 2.gou.3."""
    ancre: str
    """L'ancre de l'objectif dans le document complet."""
    titre: str
    """Le titre de l'objectif."""
    note: str
    """Combien sont passées, et depuis quand."""
    lignes: tuple[Ligne, ...]
    """Ses actions, la plus longtemps passée d'abord."""


class Compte(NamedTuple):
    """Combien d'actions sont dans un état."""

    nom: str
    """L'état, en mots."""
    cle: str
    """Son nom dans les feuilles de style."""
    nombre: int
    """Combien d'actions."""
    commentaire: str
    """Ce qu'il faut en savoir; souvent vide."""


class Part(NamedTuple):
    """Un segment d'une barre : les actions d'une orientation qui sont dans un groupe d'états."""

    nom: str
    """Le groupe d'états, en mots."""
    cle: str
    """Son nom dans les feuilles de style."""
    nombre: int
    """Combien d'actions."""
    x: str
    """Où le segment commence, en pourcentage de la largeur."""
    largeur: str
    """Sa largeur, en pourcentage."""
    milieu: str
    """Son milieu, en pourcentage."""
    large: bool
    """S'il y a la place d'y écrire le nombre."""


class Rang(NamedTuple):
    """Une orientation dans le tableau et le graphique de synthèse."""

    numero: int
    """Le numéro de l'orientation."""
    ancre: str
    """L'ancre de l'orientation dans le document complet."""
    titre: str
    """Son titre."""
    court: str
    """Les premiers mots de son titre."""
    total: int
    """Combien d'actions elle compte."""
    nombres: tuple[int, ...]
    """Combien dans chaque groupe d'états, dans l'ordre de `groupes`."""
    parts: tuple[Part, ...]
    """Les segments de sa barre."""
    y: int
    """Où sa barre commence dans le graphique, en pixels."""


class NomCle(NamedTuple):
    """Un nom et la clé qui lui donne sa forme et sa couleur."""

    nom: str
    """Le nom, en mots."""
    cle: str
    """Son nom dans les feuilles de style."""


class Synthese(NamedTuple):
    """Où en est le plan, en un écran."""

    total: int
    """Combien d'actions."""
    comptes: tuple[Compte, ...]
    """Les états qui s'appliquent, avec leur nombre."""
    groupes: tuple[NomCle, ...]
    """Les groupes d'états, colonnes du tableau par orientation."""
    rangs: tuple[Rang, ...]
    """Une orientation par rang."""
    hauteur: int
    """La hauteur du graphique, en pixels."""
    description: str
    """Le graphique, en mots."""


class IndicateurVue(NamedTuple):
    """Un indicateur d'un objectif."""

    libelle: str
    """Ce qui est mesuré."""
    cible: str
    """La cible; vide si elle n'est pas écrite."""
    atteint: str
    """Ce qui est atteint; vide si ce n'est pas écrit."""
