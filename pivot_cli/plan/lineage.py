"""Where the plan before another is, and the one after: in the same repository, or beside it outside of any.

A plan may be a stranger's: what it names (`plan.suite_de`) is looked at only inside of that, and no link is followed.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from pivot_cli.finding import PivotError
from pivot_cli.plan.former import Former, Kin, Taken, taken_over
from pivot_cli.plan.loader import load
from pivot_cli.plan.names import ORGANISME
from pivot_cli.plan.sources import label_for, read_folder
from pivot_cli.plan.strays import plans_below
from pivot_cli.plan.worktree import repository_root
from pivot_cli.text import NBSP, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pivot_cli.plan.model import Place, Plan
    from pivot_cli.plan.sources import PlanFiles


def grounds(folder: Path) -> Path:
    """What the plans of an organisation are kept in: the repository of the folder of one, else what contains it."""
    whole = folder.resolve()
    return (repository_root(whole) or whole.parent).resolve()


def named_by(folder: Path, written: str) -> Path | None:
    """The folder that the plan of `folder` names as that of the one before; None where it would be outside of the
    `grounds`, or where a link is on the way.
    """
    whole, base = folder.resolve(), grounds(folder)
    target = Path(os.path.normpath(whole.parent / written))
    inside = target.is_relative_to(base) and target != whole
    return target if inside and os.path.realpath(target) == str(target) else None


def path_to(folder: Path, former: Path) -> str | None:
    """How the plan of `folder` names the folder of the one before; None where it cannot."""
    written = Path(os.path.relpath(former.resolve(), folder.resolve().parent)).as_posix()
    return written if named_by(folder, written) else None


def former_of(folder: Path, plan: Plan, cwd: Path) -> Former | None:
    """The plan that the one of a folder continues; None where it names none."""
    if (written := plan.organisme.plan.suite_de) is None:
        return None
    if os.path.normpath(folder.resolve().parent / written) == str(folder.resolve()):
        return Former(written, why=f"{quoted(written)} est le dossier de ce plan-ci, et non celui d'un plan d'avant.")
    if (target := named_by(folder, written)) is None:
        why = f"{quoted(written)} mène hors de ce dépôt, ou passe par un lien{NBSP}: rien n'y est lu."
        return Former(written, why=why)
    label = label_for(target, cwd)
    if not os.path.isfile(target / ORGANISME):  # noqa: PTH113 - Path raises where it may not look
        return Former(label, why=f"il n'y a pas de plan dans le dossier {quoted(label)}.")
    try:
        return Former(label, load(read_folder(target, label))[0])
    except PivotError as refused:
        return Former(label, why=refused.message)


def neighbours(folder: Path) -> Iterator[Path]:
    """The other plans of the `grounds` of a folder: around it, then two folders deep from the top."""
    whole, base = folder.resolve(), grounds(folder)
    seen = {whole}
    for top in dict.fromkeys((whole.parent, base)):
        for name in plans_below(top):
            place = top / name
            if place not in seen:
                seen.add(place)
                yield place


def neighbours_read(folder: Path, cwd: Path) -> Iterator[tuple[Path, PlanFiles]]:
    """The files of each of the neighbours, shown as from `cwd`, but of those that may not be looked at."""
    for place in neighbours(folder):
        try:
            files = read_folder(place, label_for(place, cwd))
        except PivotError:
            continue
        yield place, files


def successors(folder: Path, cwd: Path) -> Iterator[tuple[str, Plan]]:
    """The plans that name the folder as that of the one before, each with its folder as it is shown."""
    whole = folder.resolve()
    for place, files in neighbours_read(folder, cwd):
        if b"suite_de" not in files.files.get(ORGANISME, b""):
            continue
        plan = load(files)[0]
        written = plan.organisme.plan.suite_de
        if written and named_by(place, written) == whole:
            yield files.label, plan


def kin_of(place: Place, folder: Path, plan: Plan, cwd: Path) -> Kin:
    """What is read of the other plans for an action of the plan of a folder; they are shown as from `cwd`."""
    former = former_of(folder, plan, cwd) if place.action.suite_de else None
    return Kin(former, takers_of(place, folder, plan, cwd))


def takers_of(place: Place, folder: Path, plan: Plan, cwd: Path) -> list[Taken]:
    """The actions of later plans that take over one of the plan of a folder."""
    return [
        Taken(label, later, taker)
        for label, later in successors(folder, cwd)
        for taker in taken_over(later, plan).get(place.id, ())
    ]
