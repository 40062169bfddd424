"""Budgets in dollars: what was expected, what it cost, and of how many actions nobody wrote anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.suivi.etat import grouped
from pivot_cli.suivi.phrases import dollars, shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from pivot_cli.plan.model import Budget
    from pivot_cli.suivi.etat import Situation


class LigneBudget(NamedTuple):
    """Les budgets d'une orientation, ou de toutes."""

    nom: str
    """« Orientation 2 », « Total »."""
    titre: str
    """Le titre de l'orientation; vide pour le total."""
    avec: int
    """Combien d'actions ont un budget."""
    sans: int
    """Combien n'en ont pas."""
    prevu: str
    """Ce qui est prévu, en dollars; un tiret si rien ne l'est."""
    reel: str
    """Ce qui est dépensé, en dollars; un tiret si rien n'est écrit."""
    ecart: str
    """Réel moins prévu, en dollars, sur les seules actions qui ont les deux; un tiret s'il n'y en a pas."""


class Budgets(NamedTuple):
    """Les budgets."""

    avec: int
    """Combien d'actions ont un budget."""
    sans: int
    """Combien n'en ont pas."""
    lignes: tuple[LigneBudget, ...]
    """Une ligne par orientation, puis le total; aucune si aucune action n'a de budget."""


def budgets(situations: Sequence[Situation]) -> Budgets:
    """The budgets of these actions, by orientation in the plan's order."""
    known = sum(1 for one in situations if one.action.budget)
    if not known:
        return Budgets(0, len(situations), ())
    rows = []
    for some in grouped(situations, "orientation"):
        orientation = some[0].place.orientation
        rows.append(_row(f"Orientation {orientation.numero}", shown(orientation.titre), some))
    return Budgets(known, len(situations) - known, (*rows, _row("Total", "", situations)))


def _row(name: str, title: str, situations: Sequence[Situation]) -> LigneBudget:
    known = [one.action.budget for one in situations if one.action.budget]
    both = [(budget.prevu, budget.reel) for budget in known if budget.prevu is not None and budget.reel is not None]
    return LigneBudget(
        nom=name,
        titre=title,
        avec=len(known),
        sans=len(situations) - len(known),
        prevu=_sum(known, "prevu"),
        reel=_sum(known, "reel"),
        ecart=_signed(sum(real - expected for expected, real in both)) if both else "–",  # type: ignore[arg-type]
    )


def _sum(budgets: Sequence[Budget], field: str) -> str:
    amounts = [getattr(budget, field) for budget in budgets if getattr(budget, field) is not None]
    return dollars(sum(amounts)) if amounts else "–"


def _signed(amount: Decimal) -> str:
    return f"+{dollars(amount)}" if amount > 0 else dollars(amount)
