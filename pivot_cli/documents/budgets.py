"""The money of a plan, where it is written: what is planned, what is spent, and for how many actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.suivi.etat import Situation, grouped
from pivot_cli.suivi.phrases import number_of
from pivot_cli.text import capitalized, dollars, one_line, truncate

if TYPE_CHECKING:
    from pivot_cli.plan.nouns import Niveaux

_MOST_TITLE = 44  # characters of an orientation's title beside its money
NO_AMOUNT = "–"
"""What stands for a sum of which nothing is written, which is not zero."""


class LigneBudget(NamedTuple):
    """Les budgets d'une orientation, ou de toutes."""

    nom: str  # « Orientation 2 », « Total ».
    titre: str  # Le titre de l'orientation; vide pour le total.
    avec: int  # Combien d'actions ont un budget.
    sans: int  # Combien n'en ont pas.
    prevu: str  # Ce qui est prévu, en dollars; un tiret si rien ne l'est.
    reel: str  # Ce qui est dépensé, en dollars; un tiret si rien n'est écrit.
    ecart: str  # Réel moins prévu, en dollars, sur les seules actions qui ont les deux; un tiret s'il n'y en a pas.
    prevus: int  # Combien d'actions ont un montant prévu.
    depenses: int  # Combien d'actions ont un montant dépensé.
    court: str  # Les premiers mots du titre de l'orientation.


class Budgets(NamedTuple):
    """Les budgets."""

    avec: int  # Combien d'actions ont un budget.
    sans: int  # Combien n'en ont pas.
    lignes: tuple[LigneBudget, ...]  # Une ligne par orientation, puis le total; aucune sans montant en dollars.


def budgets(situations: Sequence[Situation], niveaux: Niveaux) -> Budgets:
    """The budgets of these actions, by orientation in the plan's order."""
    total = budget_line("Total", "", situations)
    rows = []
    for some in grouped(situations, "orientation"):
        orientation = some[0].place.orientation
        name = f"{capitalized(niveaux.orientation.nom)} {number_of(orientation, niveaux)}"
        rows.append(budget_line(name, one_line(orientation.titre), some))
    written = {total.prevu, total.reel} != {NO_AMOUNT}
    return Budgets(total.avec, total.sans, (*rows, total) if written else ())


def budget_line(name: str, title: str, situations: Sequence[Situation]) -> LigneBudget:
    """What is planned and spent for these actions, in dollars."""
    known = [one.action.budget for one in situations if one.action.budget]
    planned = [one.prevu for one in known if one.prevu is not None]
    spent = [one.reel for one in known if one.reel is not None]
    gaps = [one.reel - one.prevu for one in known if one.prevu is not None and one.reel is not None]
    sums = [dollars(sum(amounts[1:], amounts[0])) if amounts else NO_AMOUNT for amounts in (planned, spent, gaps)]
    return LigneBudget(
        nom=name,
        titre=title,
        court=truncate(title, _MOST_TITLE),
        avec=len(known),
        sans=len(situations) - len(known),
        prevu=sums[0],
        reel=sums[1],
        ecart=f"+{sums[2]}" if sum(gaps) > 0 else sums[2],
        prevus=len(planned),
        depenses=len(spent),
    )
