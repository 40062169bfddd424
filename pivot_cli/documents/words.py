"""What documents call the plan, its levels, its board and its assembly, and what agrees with these nouns."""

from __future__ import annotations

from pivot_cli.documents.values import Mot, Mots
from pivot_cli.plan.bodies import board
from pivot_cli.plan.model import Plan
from pivot_cli.plan.nouns import KNOWN, Niveaux, Nom
from pivot_cli.suivi.phrases import plan_title
from pivot_cli.text import capitalized

_SHORT = 12  # actions


def commitment(niveaux: Niveaux) -> Nom:
    """What the board has to do is an « engagement », unless the plan has another level of that name."""
    usual = KNOWN["engagement"]
    return niveaux.action if any(noun.nom == usual.nom for noun in niveaux) else usual


def is_short(plan: Plan) -> bool:
    """Whether a plan has so few actions that documents say each in its place, and nothing of what it has not."""
    return len(plan.places) <= _SHORT


def agreed_line(name: str, noun: Nom) -> str:
    """The line of a table that is called after an état, for actions: « réalisés pendant l'exercice »."""
    first, space, rest = name.partition(" ")
    etat = first.removesuffix("s")
    said = noun.said(etat, 2)
    return name if said == etat else f"{said}{space}{rest}"


def mots(plan: Plan) -> Mots:
    """The words of a plan that templates write."""
    niveaux, body = plan.niveaux, board(plan)
    action, owed = niveaux.action, commitment(niveaux)
    return Mots(
        orientation=_mot(niveaux.orientation),
        volet=_mot(niveaux.volet),
        objectif=_mot(plan.dossier),
        action=_mot(action),
        engagement=_mot(owed),
        niveaux=", ".join(noun.nom for noun in plan.noms),
        plan=plan_title(plan),
        faite=action.agreed("Fait"),
        reconduite=action.agreed("Reconduit"),
        abandonnee=action.agreed("Abandonné"),
        realisees=action.agreed("Réalisé", 2),
        passees=action.agreed("Passé", 2),
        abandonnees=action.agreed("Abandonné", 2),
        reconduites=action.agreed("Reconduit", 2),
        aucune=capitalized(action.aucun),
        aucune_des=action.pick("aucun des", "aucune des"),
        toutes=f"{action.pick('Tous les', 'Toutes les')} {action.pluriel}",
        toutes_demandees=f"{action.pick('Tous les', 'Toutes les')} {action.pluriel} {action.agreed('demandé', 2)}",
        demandees=f"{action.pluriel} {action.agreed('demandé', 2)}",
        retenues=f"{action.pluriel} {action.agreed('retenu', 2)}",
        partagee=f"{capitalized(action.un)} {action.agreed('partagé')}",
        conseil=body.court.le,
        du_conseil=body.court.du,
        au_conseil=body.court.au,
        conseil_a=f"{capitalized(body.court.le)} a",
        court=is_short(plan),
    )


def _mot(noun: Nom) -> Mot:
    return Mot(
        singulier=noun.nom,
        pluriel=noun.pluriel,
        titre=capitalized(noun.nom),
        titres=capitalized(noun.pluriel),
        le=noun.le,
        du=noun.du,
        au=noun.au,
        un=noun.un,
        aucun=noun.aucun,
        celui=noun.pick("celui", "celle"),
        ils=noun.pick("ils", "elles"),
    )
