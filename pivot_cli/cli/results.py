"""Where a result may be written: never over what it comes from. Looked at before any command that writes one."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from pivot_cli.cli.edge import misused, plan_folder
from pivot_cli.text import clean

_YAML = (".yaml", ".yml")
_TEMPLATE = "dans le dossier des gabarits de l'organisme"


def refuse_over_the_plan(place: Path, plan: str | None, gabarit: Path | None = None) -> None:
    """Raise PivotError when a result written there would be, or would replace, a file of this plan or of another."""
    what = _by_its_name(place) or _by_what_it_is(place, plan, gabarit)
    if what:
        message = f"{clean(str(place))} est {what}, et un résultat ne s'écrit pas à cette place."
        raise misused(message, "Donnez-lui un autre nom, dans un autre dossier. Rien n'est écrit.")


def _by_its_name(place: Path) -> str:
    """What a place is of any plan, or of git, as it was typed or where its links lead; nothing when it is free."""
    typed = Path(os.path.realpath(place.parent), place.name)
    for path in dict.fromkeys((typed, Path(os.path.realpath(place)))):
        names = {part.name.lower(): part.parent for part in (path, *path.parents)}
        if ".git" in names:
            return "dans le dossier où git garde ce qu'il sait"
        if ".schema" in names and _is_plan(names[".schema"]):
            return "dans le dossier des schémas du plan"
        if "templates" in names and _is_plan(names["templates"] / "plan"):
            return _TEMPLATE
        if path.name.lower().endswith(_YAML) and _is_plan(path.parent):
            return "le nom d'un fichier du plan"
    return ""


def _is_plan(folder: Path) -> bool:
    from pivot_cli.plan.names import ORGANISME

    return os.path.lexists(folder / ORGANISME)


def _by_what_it_is(place: Path, plan: str | None, gabarit: Path | None) -> str:
    """What a place is of this plan, under any name: in the case that the disk ignores, or as a hard link."""
    from pivot_cli.finding import PivotError

    here = _identity(place)
    if here and gabarit is not None and here == _identity(gabarit):
        return "le gabarit lui-même"
    try:
        folder = plan_folder(plan).resolve()
    except PivotError:  # the command says it, if it needs a plan
        return ""
    templates, target = folder.parent / "templates", Path(os.path.realpath(place))
    if (own := _identity(templates)) and own in map(_identity, (target, *target.parents)):
        return _TEMPLATE
    written = [file for file in folder.glob("*") if file.name.lower().endswith(_YAML)]
    files = (*written, *(folder / ".schema").rglob("*"), *templates.rglob("*"))
    return "un autre nom d'un fichier du plan" if here and here in map(_identity, files) else ""


def _identity(path: Path) -> tuple[int, int] | None:
    """What a file or a folder is, whatever its name; None where there is none."""
    with suppress(OSError):
        status = path.stat()
        return (status.st_dev, status.st_ino)
    return None
