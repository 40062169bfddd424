"""Links on the disk: what somebody sends may hold some that lead to any file of the computer. They are not followed."""

from __future__ import annotations

import os
from pathlib import Path

from pivot_cli.finding import PivotError
from pivot_cli.text import NBSP, clean

REMEDY = "Mettez à sa place le fichier lui-même, et non un lien."


def leads_to(path: Path | str, base: Path | str) -> str | None:
    """Where a path leads, every link followed, or None when that is not inside `base`.

    The links on the way to `base` itself do not count: it is the folder that was named. What is not there yet is
    judged by where it would be. Two names of one file (hard links) cannot be told apart, and are not looked for.
    """
    target = os.path.realpath(path)
    return target if Path(target).is_relative_to(os.path.realpath(base)) else None


def leaving(shown: str, what: str) -> str:
    """What is said of a link that leaves where it stands; `what` is « du dossier du plan », « de templates »."""
    return f"{clean(shown)} est un lien qui mène hors {what}{NBSP}: pivot ne le suit pas."


def not_followed(shown: str, what: str, remedy: str = REMEDY) -> PivotError:
    """What stops a command that would have to follow such a link."""
    return PivotError(leaving(shown, what), remedy)
