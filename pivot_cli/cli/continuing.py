"""The plan that another continues (`init --suite-de`): where it is, what of it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pivot_cli.cli import edge
from pivot_cli.escaping import shell_line
from pivot_cli.finding import PivotError
from pivot_cli.text import NBSP, inline, listed

if TYPE_CHECKING:
    from pathlib import Path

    from pivot_cli.intake.draft import Draft
    from pivot_cli.intake.files import Kept
    from pivot_cli.intake.reprise import Ancien, Reprise
    from pivot_cli.received.cells import Left


def ancien_named(name: str, folder: Path) -> Ancien:
    """The plan that `--suite-de` names, for the one of a folder; raises PivotError where there is none, where it cannot
    be read as a whole, or where that one could not name it.
    """
    from pivot_cli.intake.reprise import Ancien
    from pivot_cli.plan.lineage import path_to
    from pivot_cli.plan.sources import find_plan

    place = find_plan(name, None, edge.current_folder(), origin="--suite-de")
    _, plan, _ = edge.read_plan(place)
    if plan.unread:
        message = f"le plan d'avant ne se lit pas en entier{NBSP}: {listed([inline(file) for file in plan.unread])}."
        raise PivotError(message, f"Rien n'est écrit. Pour voir pourquoi{NBSP}: {_of('validate', name)}")
    if (written := path_to(folder, place)) is None:
        message = f"{inline(name)} n'est pas dans le même dépôt que le nouveau plan, qui ne pourrait pas le nommer."
        raise PivotError(message, "Mettez les deux dossiers côte à côte, puis recommencez. Rien n'est écrit.")
    return Ancien(written, edge.plan_label(place), plan)


def _of(command: str, plan: str) -> str:
    return shell_line("pivot", command, "--plan", plan)


def put_away(folder: Path, name: str) -> str:
    """How the plan that stands where the next one would is put away first, in a folder that says its years."""
    from pivot_cli.plan.worktree import repository_root
    from pivot_cli.suivi.horizon import plan_end

    _, plan, _ = edge.read_plan(folder)
    days = (plan.debut, plan_end(plan))
    years = "-".join(dict.fromkeys(str(day.year) for day in days if day))
    away = f"{name}-{years or 'avant'}"
    moving = shell_line(*(("git", "mv") if repository_root(folder) else ("mv",)), name, away)
    return f"Rangez d'abord le plan d'avant{NBSP}: {moving} && {shell_line('pivot', 'init', '--suite-de', away, name)}"


def going_on(ancien: Ancien, draft: Draft, *, alone: bool) -> tuple[Draft, Kept, list[Left], list[Reprise]]:
    """The plan that continues another, made of what that one leaves `alone` or drawn from a document; what it keeps of
    it beside, what it does not, and what became of each action that was left to it.
    """
    from pivot_cli.intake.reprise import Reprise, continued, kept_of

    if alone:
        reprises = [Reprise(one.id, one.action.description, one.id) for one in ancien.reconduites]
    else:
        draft, reprises = continued(draft, ancien)
    kept, left = kept_of(ancien, {one.id: one.reprise for one in reprises if one.reprise})
    return draft, kept, left, reprises
