"""A sheet that came back: `pivot note --de suivi.xlsx`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.cli import edge
from pivot_cli.cli.answers import filed, held_from, shown
from pivot_cli.cli.kept import keep

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pivot_cli.received.cells import Source
    from pivot_cli.record.following import Written
    from pivot_cli.record.taken_back import TakenBack
    from pivot_cli.record.writing import Exchange
    from pivot_cli.suivi.etat import Portrait

SHEETS = (".xlsx", ".xlsm", ".ods", ".csv", ".tsv", ".xls")
"""How the name of a sheet ends, those that are told to be saved otherwise included."""


class Back(NamedTuple):
    """A sheet that came back, as it was asked for: its file, who says so, what is left out of it, what is accepted."""

    file: str
    par: str | None
    sauf: Sequence[str]
    accepter: Sequence[str]
    essai: bool
    form: str
    sortie: Path | None


def take(folder: Path, back: Back) -> int:
    """Record a sheet that came back, and show what became of each line; the exit code."""
    from pivot_cli.finding import ExitCode
    from pivot_cli.received.opening import read_source

    edge.refuse_in_a_plan(back.sortie)
    source = read_source(back.file, edge.current_folder(), lambda: b"")
    if back.essai:
        done, taken = _prepared(folder, source, back)
    else:

        def prepare() -> tuple[tuple[Written, TakenBack], list[Exchange]]:
            made = _prepared(folder, source, back)
            return made, made[0].exchanges(folder)

        done, taken = keep(folder, prepare)
    code = shown(folder, done, partial(_show, done, taken, back), essai=back.essai)
    return max(code, ExitCode.FINDINGS) if taken.refused or done.refused else code


def _prepared(folder: Path, source: Source, back: Back) -> tuple[Written, TakenBack]:
    """What a sheet changes, then what is accepted of what it proposes. Touches no file."""
    from pivot_cli.plan.sources import read_folder
    from pivot_cli.record.deciding import Asked, sheet_recorded

    asked = Asked(back.par, back.sauf, back.accepter)
    held = held_from(folder, read_folder(folder, edge.plan_label(folder)))
    return sheet_recorded(
        source, held, asked, edge.today(), file=partial(filed, folder), hold=partial(held_from, folder)
    )


def _show(done: Written, taken: TakenBack, back: Back, portrait: Portrait, left: str) -> None:
    """What became of a sheet, on the screen or for a program; beside it, or in its place, the report to send back."""
    from pivot_cli.outputs.returned import returned_md, returned_object
    from pivot_cli.screens.noted import returned_page

    accepted = done.outcomes[1:]  # the first is the sheet
    if back.form == "json":
        edge.emit(returned_object(taken, accepted), back.sortie, "json")
        return
    if back.form == "md":
        edge.emit(returned_md(taken, done.was, edge.today(), accepted), back.sortie, "md")
    if back.form != "md" or back.sortie:
        name = Path(back.file).name
        page = returned_page(name, taken, portrait, edge.width(), left, accepted=accepted, essai=back.essai)
        edge.emit(page, None if back.form == "md" else back.sortie)
