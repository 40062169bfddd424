"""The values that only the templates of an agenda lay out. Texts are on one line, not yet escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pivot_cli.documents.values import Champ, Entete, Fait, Groupe, Ligne


class PointSeance(NamedTuple):
    """Un point de l'ordre du jour, ou une de ses parties."""

    titre: str
    """Son titre."""
    numero: str = ""
    """« 5 », ou « 5.2 » pour une partie."""
    heure: str = ""
    """L'heure où il commence; vide pour une partie, ou si l'heure de la réunion n'est pas connue."""
    presente_par: str = ""
    """Qui le présente."""
    duree: str = ""
    """Combien de temps il prend."""
    but: str = ""
    """« information », « discussion » ou « décision »; vide pour une formalité."""
    precision: str = ""
    """Une phrase sous le titre; souvent vide."""
    paragraphes: tuple[str, ...] = ()
    """Ce qu'il y a à savoir."""
    faits: tuple[Fait, ...] = ()
    """Ce qui a été réalisé depuis la réunion précédente."""
    cases: tuple[Ligne, ...] = ()
    """Des engagements à cocher : faite, en cours, nouvelle échéance."""
    dates: tuple[Ligne, ...] = ()
    """Des actions dont l'échéance est à fixer."""
    dossiers: tuple[Groupe, ...] = ()
    """Des objectifs ou des orientations."""
    question: str = ""
    """Ce que le conseil est appelé à décider."""
    resolution: str = ""
    """Le projet de résolution."""
    prochains: tuple[Ligne, ...] = ()
    """Ce qui arrive à échéance avant la prochaine réunion."""
    en_bloc: tuple[str, ...] = ()
    """Ce que l'ordre du jour de consentement adopte en bloc."""
    notes: tuple[str, ...] = ()
    """Ce qu'il faut ajouter à la fin."""
    parties: tuple[PointSeance, ...] = ()
    """Ses parties."""


class OrdreDuJour(NamedTuple):
    """Un projet d'ordre du jour, avec ses annexes."""

    entete: Entete
    """Ce qu'on lit en premier."""
    points: tuple[PointSeance, ...]
    """Les points, dans l'ordre."""
    decisions: tuple[PointSeance, ...]
    """Les parties où une décision est demandée : ce qu'un téléphone montre d'abord."""
    annexe: tuple[Groupe, ...]
    """Les échéances passées qui ne relèvent pas du conseil, par objectif."""
    consignes: tuple[Champ, ...]
    """Une commande par action de l'ordre du jour, pour consigner ce qui en a été décidé."""
    a_completer: bool
    """Si une de ces commandes a quelque chose à remplacer."""
    exemple: str
    """Un id du document, pour expliquer les numéros; vide s'il n'y en a pas."""
    noms: tuple[Champ, ...]
    """Ce que les noms courts désignent."""
    avis: tuple[str, ...]
    """Ce que la personne qui prépare la réunion doit savoir; n'est pas imprimé."""
