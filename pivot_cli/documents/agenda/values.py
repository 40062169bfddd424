"""What an agenda is made of, and the values that its templates lay out. Texts are on one line, not yet escaped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from pivot_cli.documents.values import Champ, Entete, Fait, Groupe, Ligne, Mots
from pivot_cli.suivi.etat import Situation

BLANK = "____________"
"""What is left to be written by hand."""


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
    dates: tuple[Ligne, ...] = ()  # Des actions dont l'échéance est à fixer.
    dossiers: tuple[Groupe, ...] = ()  # Des objectifs ou des orientations.
    question: str = ""  # Ce que le conseil est appelé à décider.
    resolution: str = ""  # Le projet de résolution.
    prochains: tuple[Ligne, ...] = ()  # Ce qui arrive à échéance avant la prochaine réunion.
    en_bloc: tuple[str, ...] = ()  # Ce que l'ordre du jour de consentement adopte en bloc.
    notes: tuple[str, ...] = ()  # Ce qu'il faut ajouter à la fin.
    parties: tuple[PointSeance, ...] = ()  # Ses parties.


class OrdreDuJour(NamedTuple):
    """Un projet d'ordre du jour, avec ses annexes."""

    entete: Entete  # Ce qu'on lit en premier.
    points: tuple[PointSeance, ...]  # Les points, dans l'ordre.
    decisions: tuple[PointSeance, ...]  # Les parties où une décision est demandée : ce qu'un téléphone montre d'abord.
    annexe: tuple[Groupe, ...]  # Les échéances passées qui ne relèvent pas du conseil, par objectif.
    consignes: tuple[Champ, ...]  # Une commande par action de l'ordre du jour, pour consigner ce qui en a été décidé.
    a_completer: bool  # Si une de ces commandes a quelque chose à remplacer.
    exemple: str  # Un id du document, pour expliquer les numéros; vide s'il n'y en a pas.
    noms: tuple[Champ, ...]  # Ce que les noms courts désignent.
    avis: tuple[str, ...]  # Ce que la personne qui prépare la réunion doit savoir; n'est pas imprimé.
    mots: Mots  # Ce que le plan appelle ses niveaux, et son conseil.


class Content(NamedTuple):
    """What an instance says: of each item, by code, and the `parts` of the plan's, not yet numbered, each with its
    minutes; and what goes with the agenda. `named` are the actions whose responsables are shown; `avis` is for who
    prepares the meeting.
    """

    says: Mapping[str, Mapping[str, Any]] = {}
    parts: tuple[tuple[PointSeance, int], ...] = ()
    annexe: tuple[Groupe, ...] = ()
    consignes: tuple[Champ, ...] = ()
    named: tuple[Situation, ...] = ()
    avis: tuple[str, ...] = ()
