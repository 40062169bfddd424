"""What a board, an assembly and a direction are called: in a heading, in a sentence, and for short."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.plan.nouns import Nom
from pivot_cli.text import capitalized, fold, one_line

if TYPE_CHECKING:
    from pivot_cli.plan.model import Instance, Plan

_FEMININE = "assemblée, commission, coordination, coopérative, corporation, direction, équipe, rencontre, table"
_MASCULINE = "bureau, cercle, collectif, comité, conseil, exécutif, groupe, regroupement"
_HEADS = {  # the common nouns that begin the name of a board or of an assembly, by which it is called for short
    fold(name): Nom(name, "", feminin)
    for feminin, names in ((True, _FEMININE), (False, _MASCULINE))
    for name in names.split(", ")
}
_SEEMS_FEMININE = ("ion", "ance", "ence", "ee")


_POSTS = ("direction", "coordination")  # what a plan calls so is often one person


def is_group(name: str) -> bool:
    """Whether a name is that of several people together: « Comité de révision », « Équipe »; and of no post."""
    first = fold(name).partition(" ")[0]
    return first in _HEADS and first not in _POSTS


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


def direction(plan: Plan) -> Nom | None:
    """« la direction générale », « la coordination », as the plan names it; None where no noun begins its name."""
    name = one_line(who.nom) if (who := plan.registre.direction) else ""
    head = _HEADS.get(fold(name.partition(" ")[0]))
    return head._replace(nom=f"{name[:1].lower()}{name[1:]}") if head else None
