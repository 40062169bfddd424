"""The edge of the program: what day it is, where the plan is, what the person asked for by name, the screen."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pivot_cli.echeance import Conventions
    from pivot_cli.finding import Finding
    from pivot_cli.plan.model import Plan, Responsable
    from pivot_cli.plan.sources import PlanFiles
    from pivot_cli.screens.page import Page
    from pivot_cli.suivi.etat import Portrait, Selection, Situation


def today() -> date:
    """The day it is: the only clock of the program."""
    return date.today()  # noqa: DTZ011 - the day of the person in front of the screen


def day_named(text: str | None, option: str = "--au") -> date:
    """The day that an option names, today without it; « 15 janvier 2020 » and 2020-01-15 alike."""
    from pivot_cli.echeance import Refus, parse_date
    from pivot_cli.finding import ExitCode, PivotError
    from pivot_cli.text import quoted

    if text is None:
        return today()
    read = parse_date(text)
    remedy = f"Écrivez par exemple : {option} 2020-01-15"
    if isinstance(read, Refus):
        raise PivotError(f"la date {quoted(text)} n'est pas comprise.", remedy, ExitCode.USAGE)
    if read.debut != read.fin:
        raise PivotError(f"{quoted(text)} n'est pas un jour précis.", remedy, ExitCode.USAGE)
    return read.debut


def current_folder() -> Path:
    """The folder in which the command was typed; raises PivotError when it is gone."""
    from pivot_cli.finding import PivotError

    try:
        return Path.cwd()
    except OSError:
        message = "le dossier où vous êtes n'existe plus, ou ne peut plus être lu."
        raise PivotError(message, "Placez-vous dans un autre dossier, puis recommencez.") from None


def plan_folder(folder: str | None) -> Path:
    """The plan's folder, the one named or the nearest; raises PivotError when there is none."""
    from pivot_cli.plan.sources import find_plan

    here = current_folder()
    named = os.environ.get("PIVOT_PLAN")  # Typer gives it as the option's value
    return find_plan(None, named, here) if folder == named else find_plan(folder, None, here)


def plan_label(folder: Path, *, from_top: bool = False) -> str:
    """The plan's folder as it is reached from here; or, `from_top`, from the top of its repository, if it has one."""
    from pivot_cli.plan.sources import label_for

    if from_top:
        from pivot_cli.plan.revisions import repository_root

        return label_for(folder, repository_root(folder) or current_folder())
    return label_for(folder, current_folder())


def load_plan(folder: str | None) -> tuple[Plan, list[Finding]]:
    """The plan of that folder, or the nearest, and its errors; raises PivotError when there is none."""
    _, plan, findings = check_plan(folder, errors_only=True)
    return plan, findings


def check_plan(
    folder: str | None, day: date | None = None, *, from_top: bool = False, errors_only: bool = False
) -> tuple[PlanFiles, Plan, list[Finding]]:
    """The files of the plan of that folder, or of the nearest, the plan, and its faults, or its errors only.

    With a day, no record may be dated after it. The files are named from here or from the top of the repository.
    Raises PivotError when there is no plan.
    """
    from pivot_cli.checks.plan import check
    from pivot_cli.finding import in_order
    from pivot_cli.plan.loader import load
    from pivot_cli.plan.sources import read_folder

    found = plan_folder(folder)
    files = read_folder(found, plan_label(found, from_top=from_top))
    plan, findings = load(files)
    return files, plan, in_order([*findings, *check(plan, day, errors_only=errors_only)])


def own_templates(folder: str | None) -> Path:
    """Where an organisation keeps its own templates: beside its plan, whether or not it has any.

    Raises PivotError when a link takes that folder from elsewhere.
    """
    from pivot_cli.system import leads_to, not_followed

    beside = plan_folder(folder).resolve().parent
    templates = beside / "templates"
    if leads_to(templates, beside) is None:
        raise not_followed("templates", "du dossier qui contient le plan", "Mettez à sa place le dossier lui-même.")
    return templates


def conventions_of(folder: str | None) -> tuple[Conventions, str, bool]:
    """The conventions of the plan, of that folder or the nearest; the usual ones where there is no plan.

    With what is to be said of those that could not be read, which the usual ones stand in for, and whether the file
    itself could not be.
    """
    from pivot_cli.echeance import Conventions
    from pivot_cli.plan.loader import load
    from pivot_cli.plan.names import ORGANISME
    from pivot_cli.plan.sources import NoPlanError, PlanFiles, read_folder

    try:
        found = plan_folder(folder)
    except NoPlanError:
        return Conventions(), "", False
    files = read_folder(found, plan_label(found))
    shown = files.shown(ORGANISME)
    told = [finding for finding in files.findings if finding.location.file == shown]
    of_organisme = {name: data for name, data in files.files.items() if name == ORGANISME}
    plan, findings = load(PlanFiles(files.label, of_organisme, told))
    return plan.organisme.conventions, _unread_conventions(plan, shown, findings), shown in plan.unread


# What an échéance is read from; a field of another name, or written twice, may have been one of them.
_READ_FROM = ("conventions", "periode", "adopte_le")
_MAY_BE_ONE = ("PIV101", "PIV102")


def _unread_conventions(plan: Plan, shown: str, findings: list[Finding]) -> str:
    """What is said when an échéance may be read under other conventions than those that are written."""
    from pivot_cli.text import NBSP, counted

    origin = plan.organisme.origin
    spans = [origin.at(key)[1:] for key in _READ_FROM if key in origin.keys]
    faults = sum(
        one.code in _MAY_BE_ONE or any(span[:2] <= one.location[1:3] <= span[2:] for span in spans) for one in findings
    )
    if "conventions" in origin.keys:
        from pivot_cli.checks.deadlines import clashing_conventions
        from pivot_cli.checks.subject import Subject

        faults += sum(1 for _ in clashing_conventions(Subject(plan)))
    if shown in plan.unread:
        what = f"{shown} n'a pas pu être lu"
    elif faults:
        what = f"{counted(faults, 'erreur')} dans {shown}"
    else:
        return ""
    usual = "les conventions habituelles remplacent celles qui n'ont pas pu être lues"
    return f"{what}{NBSP}: {usual}. Pour voir pourquoi{NBSP}: pivot validate"


def warn(plan: Plan, findings: list[Finding]) -> int:
    """Say on standard error what is wrong with the plan that was shown, and give the exit code."""
    from pivot_cli.cli_french.streams import say
    from pivot_cli.finding import ExitCode, Gravite
    from pivot_cli.suivi.phrases import incomplete
    from pivot_cli.text import NBSP, counted

    number = sum(1 for finding in findings if finding.gravite is Gravite.ERREUR)
    if plan.unread:
        say(incomplete(plan))
    if number:
        say(f"{counted(number, 'erreur')} dans le plan. Pour les voir{NBSP}: pivot validate")
    return ExitCode.UNREADABLE if plan.unread else ExitCode.OK


def emit(text: str, sortie: Path | None, form: str = "texte") -> None:
    """Show a result in one of the forms, or write it to a file; a CSV file begins with what spreadsheets want, to read
    its accents.
    """
    from pivot_cli.cli_french.streams import say, show
    from pivot_cli.text import NBSP, inline

    if sortie is None:
        show(text, form)
        return
    from pivot_cli.record.writing import write_whole

    _refuse_what_is_no_text(sortie)
    write_whole(sortie, text.encode("utf-8-sig" if form == "csv" else "utf-8", "replace"))
    say(f"Écrit{NBSP}: {inline(str(sortie))}")


def _refuse_what_is_no_text(sortie: Path) -> None:
    """A file that is named as what a text is not would open nowhere."""
    from pivot_cli.finding import ExitCode, PivotError
    from pivot_cli.text import NBSP

    page = f"Écrivez une page, avec -o {sortie.stem}.html"
    known = {
        "PDF": ((".pdf",), f"{page}, puis imprimez-la en PDF depuis le navigateur."),
        "Word": ((".docx", ".doc", ".odt", ".rtf"), f"{page}; seul l'ordre du jour s'écrit en Word (.docx)."),
        "tableur": ((".xlsx", ".xls", ".ods"), f"Écrivez un CSV{NBSP}: pivot export --format csv -o plan.csv"),
    }
    for name, (endings, remedy) in known.items():
        if sortie.suffix.lower() in endings:
            raise PivotError(f"ce résultat ne s'écrit pas dans un fichier {name}.", remedy, ExitCode.USAGE)


def width() -> int:
    """How many columns the screen has: COLUMNS, else the terminal's, else 80."""
    import shutil

    return shutil.get_terminal_size((80, 24)).columns


def show_page(page: Page, sortie: Path | None) -> None:
    """Show a page, with colours only where a terminal, or FORCE_COLOR, asks for them."""
    from pivot_cli.cli_french.streams import colours

    colour = sortie is None and colours()
    emit(page.render(colour=colour), sortie)


def portrait_at(au: str | None, folder: str | None, horizon: int | None = None) -> tuple[Portrait, list[Finding]]:
    """Where every action of the plan stands at the day that `--au` names, and the plan's errors.

    Raises PivotError for a day that is not one, and when there is no plan.
    """
    from pivot_cli.suivi.etat import portrait

    day = day_named(au)
    plan, findings = load_plan(folder)
    return portrait(plan, day, horizon), findings


def responsables_named(plan: Plan, names: list[str] | None) -> tuple[Responsable, ...]:
    """The responsables that were asked for, by a name or as screens show them; raises PivotError for one that
    nobody has.
    """
    from pivot_cli.plan.not_found import not_in_plan
    from pivot_cli.text import NBSP, fold, nearest, quoted

    by_label = {fold(one.label): one for one in plan.registre}
    found = []
    for name in names or ():
        who = plan.registre.find(name) or by_label.get(fold(name))
        if who is None:
            meant = nearest(name, tuple(known for one in plan.registre for known in one.names))
            hint = f"Vouliez-vous dire {quoted(meant)}? " if meant else ""
            known = f"Responsables du plan{NBSP}: {', '.join(one.code for one in plan.registre)}."
            raise not_in_plan(plan, f"{quoted(name)} n'est pas un responsable du plan.", hint + known)
        found.append(who)
    return tuple(dict.fromkeys(found))


def selection_of(plan: Plan, names: list[str] | None, numbers: list[int] | None) -> Selection:
    """What `--responsable` and `--orientation` keep of the plan; raises PivotError for what is not in it."""
    from pivot_cli.suivi.etat import Selection

    return Selection(responsables_named(plan, names), orientations_numbered(plan, numbers))


def orientations_numbered(plan: Plan, numbers: list[int] | None) -> tuple[int, ...]:
    """The orientations that were asked for; raises PivotError for one that is not in the plan."""
    from pivot_cli.plan.not_found import not_in_plan
    from pivot_cli.text import NBSP

    known = [orientation.numero for orientation in plan.orientations]
    for number in numbers or ():
        if number not in known:
            remedy = f"Orientations du plan{NBSP}: {', '.join(map(str, known))}."
            raise not_in_plan(plan, f"il n'y a pas d'orientation {number} dans le plan.", remedy)
    return tuple(dict.fromkeys(numbers or ()))


def situation_with_id(portrait: Portrait, wanted: str) -> Situation:
    """The action with that id; raises PivotError, with the nearest one, when there is none."""
    from pivot_cli.plan.not_found import no_such_action
    from pivot_cli.text import fold

    for one in portrait.situations:
        if fold(one.id) == fold(wanted):
            return one
    raise no_such_action(portrait.plan, wanted)
