"""Budgets in dollars: what was expected, what it cost, and of how many actions nobody wrote anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.suivi.etat import grouped
from pivot_cli.text import dollars, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pivot_cli.suivi.etat import Situation


class LigneBudget(NamedTuple):
    """Les budgets d'une orientation, ou de toutes."""

    nom: str  # « Orientation 2 », « Total ».
    titre: str  # Le titre de l'orientation; vide pour le total.
    avec: int  # Combien d'actions ont un budget.
    sans: int  # Combien n'en ont pas.
    prevu: str  # Ce qui est prévu, en dollars; un tiret si rien ne l'est.
    reel: str  # Ce qui est dépensé, en dollars; un tiret si rien n'est écrit.
    ecart: str  # Réel moins prévu, en dollars, sur les seules actions qui ont les deux; un tiret s'il n'y en a pas.


class Budgets(NamedTuple):
    """Les budgets."""

    avec: int  # Combien d'actions ont un budget.
    sans: int  # Combien n'en ont pas.
    lignes: tuple[LigneBudget, ...]  # Une ligne par orientation, puis le total; aucune si aucune action n'a de budget.


def budgets(situations: Sequence[Situation]) -> Budgets:
    """The budgets of these actions, by orientation in the plan's order."""
    total = _row("Total", "", situations)
    rows = []
    for some in grouped(situations, "orientation"):
        orientation = some[0].place.orientation
        rows.append(_row(f"Orientation {orientation.numero}", one_line(orientation.titre), some))
    return Budgets(total.avec, total.sans, (*rows, total) if total.avec else ())


def _row(name: str, title: str, situations: Sequence[Situation]) -> LigneBudget:
    known = [one.action.budget for one in situations if one.action.budget]
    gaps = [one.reel - one.prevu for one in known if one.prevu is not None and one.reel is not None]
    planned, spent, gap = (
        dollars(sum(amounts[1:], amounts[0])) if amounts else "–"
        for amounts in (
            [one.prevu for one in known if one.prevu is not None],
            [one.reel for one in known if one.reel is not None],
            gaps,
        )
    )
    signed = f"+{gap}" if sum(gaps) > 0 else gap
    return LigneBudget(name, title, len(known), len(situations) - len(known), planned, spent, signed)
