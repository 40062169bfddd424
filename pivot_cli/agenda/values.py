"""The values that the templates of an agenda lay out. Texts are on one line, not yet escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pivot_cli.report.names import Nom


class EnteteSeance(NamedTuple):
    """Ce qu'on lit en premier."""

    organisme: str
    """Le nom de l'organisme."""
    titre: str
    """« Projet d'ordre du jour »."""
    instance: str
    """« Conseil d'administration », « Assemblée générale annuelle »."""
    reunion: str
    """« Réunion du mercredi 15 janvier 2020, à 19 h »."""
    nom: str
    """Le titre propre de la réunion; souvent vide."""
    au: str
    """Le jour, en mots."""
    au_iso: str
    """Le jour, comme 2020-01-15."""
    lieu: str
    """Le lieu; vide s'il n'est pas écrit."""
    lien: str
    """L'adresse de la rencontre à distance, si c'est une adresse http, https ou mailto; vide sinon."""
    quorum: str
    """Le quorum; vide s'il n'est pas écrit."""
    membres: tuple[str, ...]
    """Qui est attendu."""
    fin: str
    """L'heure de la fin; vide si celle du début n'est pas connue."""
    duree: str
    """Combien de temps prennent tous les points."""
    depassement: str
    """De combien la réunion dépasse la durée demandée, en une phrase; vide sinon."""
    avertissements: tuple[str, ...]
    """Ce qu'il faut savoir avant de lire : fichiers manquants, jour passé."""


class Engagement(NamedTuple):
    """Une action du plan, sur une ligne."""

    id: str
    """Son id, comme 2.gou.3.2."""
    titre: str
    """Son titre court, sinon sa description, coupée à la fin d'un mot."""
    echeance: str
    """Son échéance, dans les mots du plan."""
    precision: str
    """Avec qui, ou qui en est responsable; souvent vide."""


class FaitSeance(NamedTuple):
    """Ce qui est fait, ou ce qui est prévu."""

    titre: str
    """L'action ou l'objectif."""
    quand: str
    """Quand, ou combien; souvent vide."""
    resultat: str
    """Ce qui en est sorti, en une phrase; souvent vide."""


class DossierSeance(NamedTuple):
    """Un objectif ou une orientation, et ce qu'on en montre."""

    id: str
    """Son id; vide dans un document public."""
    titre: str
    """Son titre."""
    note: str
    """Combien d'échéances sont passées; souvent vide."""
    engagements: tuple[Engagement, ...]
    """Ses actions."""
    faits: tuple[FaitSeance, ...]
    """Ce qui y est fait ou prévu."""


class PointSeance(NamedTuple):
    """Un point de l'ordre du jour, ou une de ses parties."""

    numero: str
    """« 5 », ou « 5.2 » pour une partie."""
    titre: str
    """Son titre."""
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
    faits: tuple[FaitSeance, ...] = ()
    """Ce qui a été réalisé depuis la réunion précédente."""
    cases: tuple[Engagement, ...] = ()
    """Des engagements à cocher : faite, en cours, nouvelle échéance."""
    dates: tuple[Engagement, ...] = ()
    """Des actions dont l'échéance est à fixer."""
    dossiers: tuple[DossierSeance, ...] = ()
    """Des objectifs ou des orientations."""
    question: str = ""
    """Ce que le conseil est appelé à décider."""
    resolution: str = ""
    """Le projet de résolution."""
    prochains: tuple[Engagement, ...] = ()
    """Ce qui arrive à échéance avant la prochaine réunion."""
    en_bloc: tuple[str, ...] = ()
    """Ce que l'ordre du jour de consentement adopte en bloc."""
    notes: tuple[str, ...] = ()
    """Ce qu'il faut ajouter à la fin."""
    parties: tuple[PointSeance, ...] = ()
    """Ses parties."""


class RenvoiDecision(NamedTuple):
    """Une décision demandée, et le point où elle l'est."""

    numero: str
    """Le numéro du point."""
    titre: str
    """Son titre."""
    question: str
    """Ce qui est demandé."""


class Consigne(NamedTuple):
    """Comment consigner ce qui a été décidé d'une action."""

    titre: str
    """L'action."""
    commande: str
    """La commande à compléter."""


class OrdreDuJour(NamedTuple):
    """Un projet d'ordre du jour, avec ses annexes."""

    entete: EnteteSeance
    """Ce qu'on lit en premier."""
    points: tuple[PointSeance, ...]
    """Les points, dans l'ordre."""
    decisions: tuple[RenvoiDecision, ...]
    """Les décisions demandées, en bref : ce qu'un téléphone montre d'abord."""
    annexe: tuple[DossierSeance, ...]
    """Les échéances passées qui ne relèvent pas du conseil, par objectif."""
    consignes: tuple[Consigne, ...]
    """Une commande par action de l'ordre du jour, pour consigner ce qui en a été décidé."""
    a_completer: bool
    """Si une de ces commandes a quelque chose à remplacer."""
    exemple: str
    """Un id du document, pour expliquer les numéros; vide s'il n'y en a pas."""
    noms: tuple[Nom, ...]
    """Ce que les noms courts désignent."""
    avis: tuple[str, ...]
    """Ce que la personne qui prépare la réunion doit savoir; n'est pas imprimé."""
