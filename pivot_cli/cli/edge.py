"""The edge of the program: what day it is, where the plan is, what the person asked for by name, the screen."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pivot_cli.echeance import Conventions
    from pivot_cli.etat import Portrait, Situation
    from pivot_cli.finding import Finding
    from pivot_cli.model import Plan, Responsable
    from pivot_cli.terminal.page import Page


def today() -> date:
    """The day it is: the only clock of the program."""
    return date.today()  # noqa: DTZ011 - the day of the person in front of the screen


def day_named(text: str | None) -> date:
    """The day that `--au` names, today without it; « 15 janvier 2020 » and 2020-01-15 alike."""
    from pivot_cli.echeance import Refus, parse_date
    from pivot_cli.finding import ExitCode, PivotError
    from pivot_cli.text import quoted

    if text is None:
        return today()
    read = parse_date(text)
    if isinstance(read, Refus):
        raise PivotError(f"la date {quoted(text)} n'est pas comprise.", read.remede, ExitCode.USAGE)
    if read.debut != read.fin:
        message = f"{quoted(text)} n'est pas un jour précis."
        raise PivotError(message, "Écrivez par exemple : --au 2020-01-15", ExitCode.USAGE)
    return read.debut


def load_plan(folder: str | None) -> tuple[Plan, list[Finding]]:
    """The plan of that folder, or the nearest, and its faults; raises PivotError when there is none."""
    from pivot_cli.finding import in_order
    from pivot_cli.loader import load
    from pivot_cli.rules import check
    from pivot_cli.sources import find_plan, label_for, read_folder

    here = Path.cwd()
    named = os.environ.get("PIVOT_PLAN")  # Typer gives it as the option's value
    found = find_plan(None, named, here) if folder == named else find_plan(folder, None, here)
    plan, findings = load(read_folder(found, label_for(found, here)))
    return plan, in_order([*findings, *check(plan)])


def conventions_of(folder: str | None) -> Conventions:
    """The conventions of the plan, of that folder or the nearest; the usual ones where there is no plan."""
    from pivot_cli.echeance import Conventions
    from pivot_cli.finding import PivotError

    try:
        return load_plan(folder)[0].organisme.conventions
    except PivotError:
        if folder is not None:
            raise
        return Conventions()


def warn(plan: Plan, findings: list[Finding]) -> int:
    """Say on standard error what is wrong with the plan that was shown, and give the exit code."""
    from pivot_cli.cli_french.streams import say
    from pivot_cli.finding import ExitCode, Gravite
    from pivot_cli.text import NBSP, counted, listed

    number = sum(1 for finding in findings if finding.gravite is Gravite.ERREUR)
    if plan.unread:
        missing = listed(plan.unread)
        say(f"Plan incomplet{NBSP}: {missing} n'a pas pu être lu; ses actions manquent à ce résultat.")
    if number:
        say(f"{counted(number, 'erreur')} dans le plan. Pour les voir{NBSP}: pivot validate")
    return ExitCode.UNREADABLE if plan.unread else ExitCode.OK


def emit(text: str, sortie: Path | None, *, mark: bool = False) -> None:
    """Show a result, or write it to a file; `mark` begins the file as spreadsheets want, to read its accents."""
    if sortie is None:
        sys.stdout.write(text)
        return
    from pivot_cli.cli_french.streams import say
    from pivot_cli.text import NBSP
    from pivot_cli.writing import write_whole

    write_whole(sortie, text.encode("utf-8-sig" if mark else "utf-8", "replace"))
    say(f"Écrit{NBSP}: {sortie}")


def width() -> int:
    """How many columns the screen has: COLUMNS, else the terminal's, else 80."""
    import shutil

    return shutil.get_terminal_size((80, 24)).columns


def show_page(page: Page, sortie: Path | None) -> None:
    """Show a page, with colours only where a terminal, or FORCE_COLOR, asks for them."""
    forced = bool(os.environ.get("FORCE_COLOR"))
    able = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    colour = sortie is None and not os.environ.get("NO_COLOR") and (able or forced)
    emit(page.render(colour=colour), sortie)


def portrait_of(plan: Plan, au: date, horizon: int | None = None) -> Portrait:
    """Where every action of the plan stands at a day."""
    from pivot_cli.etat import portrait

    return portrait(plan, au, horizon)


def responsables_named(plan: Plan, names: list[str] | None) -> tuple[Responsable, ...]:
    """The responsables that were asked for; raises PivotError for a name that nobody has."""
    from pivot_cli.finding import ExitCode, PivotError
    from pivot_cli.text import NBSP, nearest, quoted

    found = []
    for name in names or ():
        who = plan.registre.find(name)
        if who is None:
            meant = nearest(name, tuple(known for one in plan.registre for known in one.names))
            known = f"Responsables du plan{NBSP}: {', '.join(one.code for one in plan.registre)}."
            hint = f"Vouliez-vous dire {quoted(meant)}? " if meant else ""
            raise PivotError(f"{quoted(name)} n'est pas un responsable du plan.", hint + known, ExitCode.USAGE)
        found.append(who)
    return tuple(dict.fromkeys(found))


def orientations_numbered(plan: Plan, numbers: list[int] | None) -> tuple[int, ...]:
    """The orientations that were asked for; raises PivotError for one that is not in the plan."""
    from pivot_cli.finding import ExitCode, PivotError
    from pivot_cli.text import NBSP

    known = [orientation.numero for orientation in plan.orientations]
    for number in numbers or ():
        if number not in known:
            remedy = f"Orientations du plan{NBSP}: {', '.join(map(str, known))}."
            raise PivotError(f"il n'y a pas d'orientation {number} dans le plan.", remedy, ExitCode.USAGE)
    return tuple(dict.fromkeys(numbers or ()))


def situation_with_id(portrait: Portrait, wanted: str) -> Situation:
    """The action with that id; raises PivotError, with the nearest ones, when there is none."""
    from pivot_cli.finding import ExitCode, PivotError
    from pivot_cli.text import fold, nearest, quoted

    for one in portrait.situations:
        if fold(one.id) == fold(wanted):
            return one
    meant = nearest(wanted, tuple(one.id for one in portrait.situations))
    hint = f"Vouliez-vous dire {quoted(meant)}? " if meant else ""
    remedy = f"{hint}Un id a quatre parties, comme {portrait.situations[0].id if portrait.situations else '1.adm.1.1'}."
    raise PivotError(f"il n'y a pas d'action {quoted(wanted)} dans le plan.", remedy, ExitCode.USAGE)
