"""The exports and the plans that `pivot group` is given, read one by one: of each, no more is kept than is shown."""

from __future__ import annotations

import os
from glob import glob, has_magic
from pathlib import Path
from typing import TYPE_CHECKING

from pivot_cli.cli import edge
from pivot_cli.cli_french import say
from pivot_cli.finding import Finding, Location, PivotError
from pivot_cli.plan.names import ORGANISME
from pivot_cli.plan.sources import read_file
from pivot_cli.suivi.exported import NotReadError, from_export, from_plan
from pivot_cli.suivi.group import Membre, Recu, received
from pivot_cli.system import at_home
from pivot_cli.text import NBSP, clean, one_line, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from pivot_cli.suivi.exported import Envoi

    Rows = Callable[[Envoi], str]


def expected_in(path: Path | None) -> list[str]:
    """The organisations that are expected, of a CSV with a column `nom`; raises PivotError where it has none."""
    if path is None:
        return []
    from pivot_cli.received.delimited import read_column

    shown = quoted(clean(path.name))
    data = read_file(path, Location(clean(path.name)), folder="de son dossier")
    if isinstance(data, Finding):
        raise PivotError(f"{shown} n'est pas lu. {data.message}", "Donnez un CSV qui a une colonne « nom ».")
    return read_column(data, path.name, "nom")


def members_at(paths: Iterable[str], day: date, rows: Rows, sortie: Path | None) -> Iterator[Membre]:
    """What stands at each of these places: the export of a file, the plan of a folder, or both of a folder of them.

    `rows` gives the lines that are kept of a plan. Raises PivotError where the result would be written over an export.
    """
    for path in _each(paths):
        if path.is_dir() and _plan_in(path) is None:
            inside = sorted(one for one in path.iterdir() if one.suffix.lower() == ".json" or _plan_in(one))
            yield from filter(None, (_member(one, day, rows, sortie) for one in inside))
            if not inside:
                why = "ce dossier ne contient ni export, ni plan"
                yield Membre("", Recu.A_RENVOYER, pourquoi=why, fichier=_shown(path))
        elif one := _member(path, day, rows, sortie):
            yield one


def _each(paths: Iterable[str]) -> Iterator[Path]:
    """Every place once, in the order in which they are named; a pattern that no shell has read names several."""
    seen: set[str] = set()
    for typed in paths:
        path = at_home(typed)
        several = has_magic(typed) and not os.path.lexists(path)
        found = list(map(Path, sorted(glob(str(path))))) if several else [path]  # noqa: PTH207 - from anywhere
        if not found:
            say(f"Rien ne répond à {quoted(clean(typed))}.")
        for one in found:
            if (real := os.path.realpath(one)) not in seen:
                seen.add(real)
                yield one


def _plan_in(folder: Path) -> Path | None:
    """The plan of a folder: itself, or the folder `plan` inside it."""
    return next((place for place in (folder, folder / "plan") if os.path.lexists(place / ORGANISME)), None)


def _shown(path: Path) -> str:
    """A place by its own name, and not by where it is kept; a folder `plan` by that of the one around it."""
    real = path if path.name not in ("", ".", "..", "plan") else path.absolute().resolve()
    return one_line(real.parent.name if real.name == "plan" else real.name)


def _member(path: Path, day: date, rows: Rows, sortie: Path | None) -> Membre | None:
    name = _shown(path)
    if not os.path.lexists(path):
        return Membre("", Recu.PAS_RECU, fichier=name)
    plan = _plan_in(path) if path.is_dir() else None
    try:
        envoi = _of_folder(plan, day) if plan else _of_file(path)
    except NotReadError as refused:
        return Membre(refused.nom, Recu.A_RENVOYER, pourquoi=refused.why, a_nous=refused.ours, fichier=name)
    if envoi is None:
        say(f"{quoted(name)} est un résultat de pivot group{NBSP}: il est laissé de côté.")
        return None
    if sortie is not None and sortie.exists() and not path.is_dir() and sortie.samefile(path):
        message = f"{quoted(name)} est un des exports à lire, et le résultat ne s'écrit pas à sa place."
        raise edge.misused(message, "Donnez-lui un autre nom. Rien n'est écrit.")
    return received(envoi, name, rows(envoi), vivant=plan is not None)


def _of_folder(folder: Path, day: date) -> Envoi:
    from pivot_cli.suivi.etat import portrait

    try:
        _, plan, _ = edge.read_plan(folder)
    except PivotError as fault:
        raise NotReadError(fault.message.removesuffix(".")) from None
    return from_plan(portrait(plan, day))


def _of_file(path: Path) -> Envoi | None:
    data = read_file(path, Location(clean(path.name)), folder="de son dossier")
    if isinstance(data, Finding):
        message = data.message.removesuffix(".")
        raise NotReadError(message[:1].lower() + message[1:])
    return from_export(data)
