"""What an agenda is made of, and the values that its templates lay out. Texts are on one line, not yet escaped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from pivot_cli.documents.values import Champ, Decision, Entete, Fait, Groupe, Ligne, Mots, formerly
from pivot_cli.suivi.etat import Situation


@formerly(question="decision.question", resolution="decision.proposition")
class PointSeance(NamedTuple):
    """Un point de l'ordre du jour, ou une de ses parties."""

    titre: str  # Son titre.
    numero: str = ""  # « 5 », ou « 5.2 » pour une partie.
    heure: str = ""  # L'heure où il commence; vide pour une partie, ou si l'heure de la réunion n'est pas connue.
    presente_par: str = ""  # Qui le présente.
    duree: str = ""  # Combien de temps il prend.
    but: str = ""  # « information », « discussion » ou « décision »; vide pour une formalité.
    precision: str = ""  # Une phrase sous le titre; souvent vide.
    paragraphes: tuple[str, ...] = ()  # Ce qu'il y a à savoir.
    faits: tuple[Fait, ...] = ()  # Ce qui a été réalisé depuis la réunion précédente.
    cases: tuple[Ligne, ...] = ()  # Des engagements à cocher : faite, en cours, nouvelle échéance.
    a_fermer: bool = False  # Si le temps du plan est écoulé : on coche plutôt reconduite, abandonnée.
    dates: tuple[Ligne, ...] = ()  # Des actions dont l'échéance est à fixer.
    dossiers: tuple[Groupe, ...] = ()  # Des objectifs ou des orientations; où il y a une décision, son objectif.
    decision: Decision | None = None  # Le dossier à y décider; rien si rien n'y est demandé.
    prochains: tuple[Ligne, ...] = ()  # Ce qui arrive à échéance avant la prochaine réunion.
    en_bloc: tuple[str, ...] = ()  # Ce que l'ordre du jour de consentement adopte en bloc.
    notes: tuple[str, ...] = ()  # Ce qu'il faut ajouter à la fin.
    parties: tuple[PointSeance, ...] = ()  # Ses parties.


class Suite(NamedTuple):
    """Une action de l'ordre du jour, et ce qu'on peut en consigner."""

    id: str  # Son id.
    titre: str  # Son titre, coupé à la fin d'un mot.
    echeance: str  # Son échéance, dans les mots du plan.
    reponses: tuple[str, ...]  # Ce que lit `pivot note --de`, une réponse par ligne; on coche celles qui sont vraies.


@formerly(consignes=(), a_completer=False)
class OrdreDuJour(NamedTuple):
    """Un projet d'ordre du jour, avec ses annexes."""

    entete: Entete  # Ce qu'on lit en premier.
    points: tuple[PointSeance, ...]  # Les points, dans l'ordre.
    decisions: tuple[PointSeance, ...]  # Les parties où une décision est demandée : ce qu'un téléphone montre d'abord.
    annexe: tuple[Groupe, ...]  # Les échéances passées qui ne relèvent pas du conseil, par objectif.
    suites: tuple[Suite, ...]  # Ce qui pourra être consigné après la séance; n'est pas dans ce qui est distribué.
    exemple: str  # Un id du document, pour expliquer les numéros; vide s'il n'y en a pas.
    noms: tuple[Champ, ...]  # Ce que les noms courts désignent.
    avis: tuple[str, ...]  # Ce que la personne qui prépare la réunion doit savoir; n'est pas imprimé.
    mots: Mots  # Ce que le plan appelle ses niveaux, et son conseil.


class Suites(NamedTuple):
    """Ce qu'il y a à consigner après une réunion."""

    entete: Entete  # Celui de l'ordre du jour.
    fichier: str  # Le nom du fichier.
    suites: tuple[Suite, ...]  # Les actions, dans l'ordre de la réunion.
    mots: Mots  # Ce que le plan appelle ses niveaux, et son conseil.


class Content(NamedTuple):
    """What an instance says: of each item, by code, and the `parts` of the plan's, not yet numbered, each with its
    minutes; and what goes with the agenda.

    Of the actions, something may be ticked of those that are `asked`, `carried_out` are those that an item carries out,
    `annexed` those of the annexe; `named` are those whose responsables are shown. `avis` is for who prepares the
    meeting.
    """

    says: Mapping[str, Mapping[str, Any]] = {}
    parts: tuple[tuple[PointSeance, int], ...] = ()
    annexe: tuple[Groupe, ...] = ()
    asked: tuple[Situation, ...] = ()
    carried_out: tuple[Situation, ...] = ()
    annexed: tuple[Situation, ...] = ()
    named: tuple[Situation, ...] = ()
    avis: tuple[str, ...] = ()
