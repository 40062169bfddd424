"""What is recorded, written to the files of the plan, then kept by git; and told where only the showing of it fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pivot_cli.cli.edge import keeps_history
from pivot_cli.cli_french import system_error
from pivot_cli.cli_french.streams import is_closed_pipe, silence
from pivot_cli.text import NBSP, counted, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pivot_cli.plan.sources import PlanFiles
    from pivot_cli.record.writing import Exchange


Made = TypeVar("Made")


def keep(folder: Path, prepare: Callable[[], tuple[Made, Sequence[Exchange]]]) -> Made:
    """What was prepared, the files that it changes once written. From the reading to the writing, nobody else records
    anything in the plan. Raises PivotError, with what to do, where a file cannot be written.
    """
    from pivot_cli.finding import PivotError
    from pivot_cli.record.writing import Refused, exchange, exclusive

    by_hand = ""
    try:
        with exclusive(folder):
            made, changes = prepare()
            by_hand = "\n".join(change.by_hand for change in changes)
            exchange(changes)
    except Refused as refused:
        remedy = "Recommencez." if refused.again else by_hand
        if refused.done:
            remedy = f"Déjà écrit{NBSP}: {listed(refused.done)}. {remedy}"
        raise PivotError(f"{refused.reason}. Rien n'y est changé.", remedy) from None
    except OSError as error:
        raise PivotError(f"{system_error(error)} Rien n'est changé dans le plan.", by_hand) from None
    return made


def say_it_is_kept(files: Sequence[str], refused: OSError, rest: str) -> None:
    """What was recorded is, though it could not be shown; `rest` says what is not, and whether to do it again.

    A reader that left has seen enough. Raises PivotError for the rest.
    """
    from pivot_cli.finding import PivotError

    silence()
    if is_closed_pipe(refused):
        return
    remedy = f"Mais c'est écrit dans {listed(list(files))}{NBSP}: {rest}"
    raise PivotError(system_error(refused), remedy) from None


def kept_by_git(folder: Path, label: str) -> PlanFiles | None:
    """The plan's files as the last commit has them, none where it had no plan; None where git cannot tell."""
    from pivot_cli.plan.worktree import repository_root

    if repository_root(folder) is None:  # git is not even loaded
        return None
    from pivot_cli.plan.keeping import last_kept

    return last_kept(folder, label)


def left_to_keep(folder: Path, now: PlanFiles, kept: PlanFiles | None) -> str:
    """How to keep in the history what git does not have yet, on lines of their own; nothing where it has all."""
    from pivot_cli.escaping import shell_line
    from pivot_cli.plan.worktree import repository_root

    if kept is None or (top := repository_root(folder)) is None:
        return ""
    from pivot_cli.plan.keeping import unkept

    if not (changed := unkept(now, kept)):
        return ""
    git, place = ["git"], now.label or "."
    if not keeps_history(folder):  # typed elsewhere than in the plan's repository
        git, place = ["git", "-C", str(top)], folder.resolve().relative_to(top).as_posix()
    commands = [] if set(changed) <= kept.files.keys() else [shell_line(*git, "add", place)]
    commands.append(shell_line(*git, "commit", "-m", "Suivi du plan", place))
    return "\n  ".join([f"À garder dans l'historique ({counted(len(changed), 'fichier')} du plan){NBSP}:", *commands])
