"""The plan that another continues: what of it goes on (`init --suite-de`), and where an action comes from or goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pivot_cli.cli import edge
from pivot_cli.escaping import shell_line
from pivot_cli.text import NBSP, inline, listed, quoted

if TYPE_CHECKING:
    from pathlib import Path

    from pivot_cli.finding import PivotError
    from pivot_cli.intake.draft import Draft
    from pivot_cli.intake.files import Kept
    from pivot_cli.intake.reprise import Ancien, Reprise
    from pivot_cli.plan.model import Plan
    from pivot_cli.received.cells import Left


def ancien_named(name: str, folder: Path) -> Ancien:
    """The plan that `--suite-de` names, for the one of a folder; raises PivotError where there is none, where it cannot
    be read as a whole, or where that one could not name it.
    """
    from pivot_cli.finding import PivotError
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


def put_away(folder: Path, name: str, ancien: str) -> str:
    """How the plan that stands where the next one would is put away first, in a folder that says its years; that there
    is nothing to do where it follows `ancien` already, or another folder to name where it is that one.
    """
    from pivot_cli.plan.lineage import named_by
    from pivot_cli.plan.worktree import repository_root
    from pivot_cli.suivi.horizon import years_of

    _, plan, _ = edge.read_plan(folder)
    before, written = (edge.current_folder() / ancien).resolve(), plan.organisme.plan.suite_de
    if written and named_by(folder, written) == before:
        return f"Il suit déjà {inline(ancien)}{NBSP}: rien n'y est changé. Pour le voir{NBSP}: {_of('status', name)}"
    if years_of(plan) and name.endswith(years_of(plan)):  # it is away already
        return f"Rien n'y est changé. Nommez le dossier du nouveau plan{NBSP}: {_beginning(ancien, 'plan')}"
    away = f"{name}-{years_of(plan) or 'avant'}"
    moving = shell_line(*(("git", "mv") if repository_root(folder) else ("mv",)), name, away)
    return f"Rangez d'abord le plan d'avant{NBSP}: {moving} && {_beginning(away, name)}"


def _beginning(ancien: str, name: str) -> str:
    return shell_line("pivot", "init", "--suite-de", ancien, name)


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


# --- an action in another plan --------------------------------------------------------------------------------


def elsewhere(id_: str, plan: Plan, folder: Path) -> PivotError | None:
    """The error of an action that a plan does not have, and the one before has; None where neither has it."""
    from pivot_cli.finding import ExitCode, PivotError

    former = edge.former_plan(folder, plan)
    if former is None or former.plan is None or (place := former.plan.find(id_)) is None:
        return None
    nom = plan.niveaux.action
    message = f"il n'y a pas {nom.de} {quoted(id_)} dans ce plan; {nom.il} est dans le plan d'avant."
    way = shell_line("pivot", "show", place.id, "--plan", former.dossier)
    return PivotError(message, f"Pour voir ce qui en est consigné{NBSP}: {way}", ExitCode.USAGE)
