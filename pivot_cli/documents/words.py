"""What documents call the plan, its levels, its board and its assembly, and what agrees with these nouns."""

from __future__ import annotations

from typing import NamedTuple

from pivot_cli.documents.values import Mot, Mots
from pivot_cli.plan.model import Instance, Plan
from pivot_cli.plan.nouns import KNOWN, Niveaux, Nom
from pivot_cli.suivi.phrases import plan_title
from pivot_cli.text import capitalized, fold, one_line

_FEMININE = "assemblée, commission, coordination, coopérative, corporation, direction, équipe, rencontre, table"
_MASCULINE = "bureau, cercle, collectif, comité, conseil, exécutif, groupe, regroupement"
_HEADS = {  # the common nouns that begin the name of a board or of an assembly, by which it is called for short
    fold(name): Nom(name, "", feminin)
    for feminin, names in ((True, _FEMININE), (False, _MASCULINE))
    for name in names.split(", ")
}
_SHORT = 12  # actions
_SEEMS_FEMININE = ("ion", "ance", "ence", "ee")


class Corps(NamedTuple):
    """What a body that meets is called: in a heading, in a sentence, and for short."""

    titre: str
    entier: Nom
    court: Nom


def board(plan: Plan) -> Corps:
    """« Conseil d'administration », le conseil d'administration, le conseil; else as the plan says."""
    body, who = plan.reunions.ca, plan.conseil
    return _body(body, who.nom if body.responsable and who else "", "conseil d'administration", "")


def assembly(plan: Plan) -> Corps:
    """« Assemblée générale annuelle », l'assemblée générale, l'assemblée; else as the plan says."""
    body = plan.reunions.aga
    who = plan.registre.find(body.responsable) if body.responsable else None
    return _body(body, who.nom if who else "", "assemblée générale", " annuelle")


def _body(body: Instance, among_responsables: str, usual: str, more: str) -> Corps:
    title = one_line(body.nom or among_responsables) or f"{capitalized(usual)}{more}"
    name = title.removesuffix(more) if fold(title) == fold(f"{usual}{more}") else title
    first = name.partition(" ")[0]
    if head := _HEADS.get(fold(first)):
        return Corps(title, head._replace(nom=f"{first[:1].lower()}{name[1:]}"), head._replace(nom=first.lower()))
    noun = Nom(name, "", fold(first).endswith(_SEEMS_FEMININE))
    return Corps(title, noun, noun)


def commitment(niveaux: Niveaux) -> Nom:
    """What the board has to do is an « engagement », unless the plan has another level of that name."""
    usual = KNOWN["engagement"]
    return niveaux.action if any(noun.nom == usual.nom for noun in niveaux) else usual


def is_short(plan: Plan) -> bool:
    """Whether a plan has so few actions that documents say each in its place, and nothing of what it has not."""
    return len(plan.places) <= _SHORT


def direction(plan: Plan) -> Nom | None:
    """« la direction générale », « la coordination », as the plan names it; None where no noun begins its name."""
    name = one_line(who.nom) if (who := plan.registre.direction) else ""
    head = _HEADS.get(fold(name.partition(" ")[0]))
    return head._replace(nom=f"{name[:1].lower()}{name[1:]}") if head else None


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
        conseil_entier=body.entier.le,
        sans_engagement=f"{capitalized(body.court.le)} n'est responsable d'{action.aucun}.",
        aucun_engagement=f"{owed.pick('Aucun', 'Aucune')} n'est {owed.agreed('passé')} ni proche.",
        pressants=f"Les plus {owed.agreed('pressant', 2)}",
        court=is_short(plan),
        passes_ou_proches=f"{owed.agreed('Passé', 2)} ou proches",
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
