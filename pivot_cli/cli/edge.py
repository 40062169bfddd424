"""The edge of the program: what day it is, where the plan is, the screen, where a result may be written."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pivot_cli.cli_french.streams import colours, say, show
from pivot_cli.text import NBSP, clean, counted, inline, listed, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, Literal

    from pivot_cli.finding import Finding, PivotError
    from pivot_cli.plan.former import Former
    from pivot_cli.plan.model import Organisme, Plan
    from pivot_cli.plan.sources import PlanFiles
    from pivot_cli.suivi.etat import Portrait
    from pivot_cli.yaml_tree import Tree

    SeenFrom = Literal["here", "top", "parent"]  # a document is read elsewhere: its plan is named from its parent


def today() -> date:
    """The day it is: the only clock of the program."""
    return date.today()  # noqa: DTZ011 - the day of the person in front of the screen


def misused(message: str, remedy: str) -> PivotError:
    """The error of a command line that asks for what is not."""
    from pivot_cli.finding import ExitCode, PivotError

    return PivotError(message, remedy, ExitCode.USAGE)


def day_named(text: str | None, option: str = "--au") -> date:
    """The day that an option names, today without it."""
    if text is None:
        return today()
    from pivot_cli.suivi.asked import day_named

    return day_named(text, option)


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


def _found_here() -> Path | None:
    """The plan that is found where the command was typed, when none is named."""
    from pivot_cli.finding import PivotError
    from pivot_cli.plan.sources import find_plan

    try:
        return find_plan(None, None, current_folder())
    except PivotError:
        return None


def to_name(folder: Path) -> str:
    """What `--plan` is to be given for the plan of a folder; nothing for the one that is found without it."""
    found = _found_here()
    return "" if found and found.resolve() == folder.resolve() else plan_label(folder)


def other_plans(folder: Path) -> list[str]:
    """The plans that are kept beside that of a folder, or two folders deep beside the one that is found here, but those
    that it holds itself; each as `--plan` takes it.
    """
    from pivot_cli.plan.strays import plans_below

    found = _found_here()
    top = found.parent if found and found.name == "plan" else current_folder()
    places = dict.fromkeys([*(top / name for name in plans_below(top)), *([found] if found else [])])
    own = folder.resolve()
    return [plan_label(place) for place in places if not place.resolve().is_relative_to(own)]


def plan_label(folder: Path, seen_from: SeenFrom = "here") -> str:
    """The plan's folder as it is reached from here, from the top of its repository if it has any, or its parent."""
    from pivot_cli.plan.sources import label_for

    if seen_from == "parent":
        return clean(folder.resolve().name)
    top = None
    if seen_from == "top":
        from pivot_cli.plan.worktree import repository_root

        top = repository_root(folder)
    return label_for(folder, top or current_folder())


def keeps_history(folder: Path) -> bool:
    """Whether the plan's folder is kept by the git repository in which the command was typed."""
    from pivot_cli.plan.worktree import repository_root

    return repository_root(folder) is not None and repository_root(folder) == repository_root(current_folder())


def read_plan(
    folder: Path, *, only: str | None = None, seen_from: SeenFrom = "here", trees: dict[str, Tree | None] | None = None
) -> tuple[PlanFiles, Plan, list[Finding]]:
    """The files of the plan in that folder, what they say, and what is wrong with how they say it; of `only` one of
    them, as if it were alone. Whoever means to change some has their trees in `trees`.
    """
    from pivot_cli.plan.loader import load
    from pivot_cli.plan.sources import PlanFiles, read_folder

    files = read_folder(folder, plan_label(folder, seen_from))
    if only is not None:
        told = [finding for finding in files.findings if finding.location.file == files.shown(only)]
        files = PlanFiles(files.label, {name: data for name, data in files.files.items() if name == only}, told)
    return files, *load(files, trees)


def check_plan(
    folder: str | None, day: date | None = None, *, seen_from: SeenFrom = "here", errors_only: bool = False
) -> tuple[PlanFiles, Plan, list[Finding]]:
    """The files of the plan of that folder, or of the nearest, the plan, and its faults, or its errors only; raises
    PivotError when there is no plan. With a day, no record may be dated after it.
    """
    from pivot_cli.plan.sources import read_folder
    from pivot_cli.plan.worktree import may_lack_some

    place = plan_folder(folder)
    files = read_folder(place, plan_label(place, seen_from))
    if may_lack_some(place):
        say("Cette copie du dépôt n'en a qu'une partie (git sparse-checkout) : un fichier du plan peut y manquer.")
    return files, *check_files(files, day, errors_only=errors_only, place=place)


def check_files(
    files: PlanFiles, day: date | None = None, *, errors_only: bool = False, place: Path | None = None
) -> tuple[Plan, list[Finding]]:
    """The plan that these files hold, and its faults, as `check_plan` gives them. Where the plan is says where the one
    before is: what is said of that one is judged too.
    """
    from pivot_cli.checks.plan import check
    from pivot_cli.finding import in_order
    from pivot_cli.plan.loader import load

    plan, findings = load(files)
    former = former_plan(place, plan) if place else None
    return plan, in_order([*findings, *check(plan, day, errors_only=errors_only, former=former)])


def former_plan(place: Path, plan: Plan) -> Former | None:
    """The plan that the one of a folder continues, None where it names none."""
    if plan.organisme.plan.suite_de is None:
        return None
    from pivot_cli.plan.lineage import former_of

    return former_of(place, plan, current_folder())


def own_templates(folder: str | None) -> Path:
    """Where an organisation has its own templates, if any; raises PivotError when a link takes them from elsewhere."""
    from pivot_cli.system import leads_to, not_followed

    templates = plan_folder(folder).resolve().parent / "templates"
    if leads_to(templates, templates.parent) is None:
        raise not_followed("templates", "du dossier qui contient le plan", "Mettez à sa place le dossier lui-même.")
    return templates


def conventions_of(folder: str | None) -> tuple[Organisme, str, bool]:
    """The organisation of the plan of that folder or the nearest, for its conventions and its words, what is to be said
    of those that could not be read, and whether the file itself could not be; the usual ones stand in for them, and
    where there is no plan.
    """
    from pivot_cli.plan.model import Organisme
    from pivot_cli.plan.names import ORGANISME
    from pivot_cli.plan.sources import NoPlanError

    try:
        files, plan, findings = read_plan(plan_folder(folder), only=ORGANISME)
    except NoPlanError:
        return Organisme(), "", False
    shown = files.shown(ORGANISME)
    faults, unread = _unread_conventions(plan, findings), shown in plan.unread
    what = f"{shown} n'a pas pu être lu" if unread else f"{counted(faults, 'erreur')} dans {shown}"
    usual = "les conventions habituelles remplacent celles qui n'ont pas pu être lues"
    said = f"{what}{NBSP}: {usual}. Pour voir pourquoi{NBSP}: pivot validate"
    return plan.organisme, said if faults or unread else "", unread


def _unread_conventions(plan: Plan, findings: list[Finding]) -> int:
    """How many faults may have an échéance read under other conventions than those that are written: those in what it
    is read from, fields of another name or written twice, which may have been one of them, and clashes.
    """
    origin = plan.organisme.origin
    spans = [origin.at(key)[1:] for key in ("conventions", "periode", "adopte_le") if key in origin.keys]
    faults = sum(
        finding.code in ("PIV101", "PIV102") or any(span[:2] <= finding.location[1:3] <= span[2:] for span in spans)
        for finding in findings
    )
    if "conventions" in origin.keys:
        from pivot_cli.checks.deadlines import clashing_conventions
        from pivot_cli.checks.subject import Subject

        faults += sum(1 for _ in clashing_conventions(Subject(plan)))
    return faults


def warn(plan: Plan, findings: list[Finding]) -> int:
    """Say on standard error what is wrong with the plan that was shown, and give the exit code."""
    from pivot_cli.finding import ExitCode, Gravite
    from pivot_cli.suivi.phrases import incomplete

    number = sum(1 for finding in findings if finding.gravite is Gravite.ERREUR)
    if plan.unread:
        say(incomplete(plan))
    strays = [finding.location.file for finding in findings if finding.code == "PIV010"]
    if strays:
        from pivot_cli.plan.names import resembled

        if alike := [name for name in strays if resembled(name)]:
            read = "n'est pas lu" if len(alike) == 1 else "ne sont pas lus"
            others = [counted(len(alike) - 3, "autre")] if len(alike) > 4 else []
            shown = listed([*alike[: 3 if others else 4], *others])
            say(f"{shown} {read}. Pour savoir quoi en faire{NBSP}: pivot validate")
    if number:
        say(f"{counted(number, 'erreur')} dans le plan. Pour les voir{NBSP}: pivot validate")
    return ExitCode.UNREADABLE if plan.unread else ExitCode.OK


ENDINGS = {
    "texte": ".txt",
    "github": ".txt",
    "json": ".json",
    "gitlab": ".json",
    "sarif": ".sarif",
    "junit": ".xml",
    **{form: f".{form}" for form in ("csv", "md", "html", "docx", "xlsx", "pdf", "ics", "eml")},
}
"""How the name of a file ends, form by form; several forms may share an ending, which then names the first of them."""

_ALIKE = {".htm": ".html", ".markdown": ".md", ".text": ".txt"}
_LONGEST_ENDING = len(".markdown")  # what is longer is no ending: « /tmp/tmp.Ab3dEfGhIj » of `mktemp`


def ending_of(path: Path) -> str:
    """How a file's name ends, as `ENDINGS` has it: « .html » for « X.HTM », « .sarif » for « x.sarif.json »."""
    suffix = path.suffix.lower()
    if suffix == ".json" and path.stem.lower().endswith(".sarif"):
        return ".sarif"
    ends = suffix[1:2].isalpha() and suffix[1:].isalnum() and len(suffix) <= _LONGEST_ENDING
    return _ALIKE.get(suffix, suffix) if ends else ""


def form_of(path: Path | None, forms: Sequence[str], asked: str | None = None) -> str:
    """The form of a result, of those that a command has: the one that is asked for, else the one that the name of the
    file asks for, else the first; raises PivotError where that name is of none, or of another than the one asked for.
    """
    ending = ending_of(path) if path else ""
    named = [form for form in forms if ENDINGS[form] == ending]
    if not path or not ending or asked in named:
        return asked or forms[0]
    if named and asked is None:
        return named[0]
    raise _misnamed(path, ending, forms, asked if named else None)


def _misnamed(path: Path, ending: str, forms: Sequence[str], asked: str | None) -> PivotError:
    """The error of a file whose ending is that of another form than the one asked for, or of no form of the command."""
    from pivot_cli.escaping import shell_line

    def written(ending: str) -> str:
        return f"-o {shell_line(path.stem + ending)}"

    if asked:
        remedy = f"Retirez --format, ou donnez un autre nom{NBSP}: {written(ENDINGS[asked])}"
        return misused(f"{quoted(path.name)} et --format {asked} ne disent pas la même forme.", remedy)
    known = dict.fromkeys(ENDINGS[form] for form in forms)
    remedy = f"Terminez son nom par {listed(list(known), 'ou')}."
    page = f"Écrivez une page, avec {written('.html')}"
    if ending == ".pdf" and ".html" in known:
        remedy = f"{page}, puis imprimez-la en PDF depuis le navigateur."
    elif ending in (".doc", ".odt", ".rtf") and ".docx" in known:
        remedy = f"Écrivez-le avec {written('.docx')}"
    elif ending in (".xlsx", ".xls", ".ods") and ".csv" in known:
        remedy = f"Écrivez un CSV, qu'un tableur ouvre{NBSP}: {written('.csv')}"
    typed = path.suffix.lower() if path.suffix.lower() in _ALIKE else ending
    return misused(f"ce résultat ne s'écrit pas dans un fichier {typed} ({quoted(path.name)}).", remedy)


_SEPARATORS = {
    **dict.fromkeys((",", "virgule"), ","),
    **dict.fromkeys((";", "point-virgule"), ";"),  # a shell ends a command at a bare « ; »
    **dict.fromkeys(("\t", "\\t", "tab", "tabulation"), "\t"),
}


def _separated(made: Any, form: str, separateur: str) -> Any:
    """A result with the separator that was asked for; raises PivotError for another sign, and where there is no CSV."""
    if form != "csv":
        raise misused("--separateur est celui d'un CSV.", "Ajoutez --format csv, ou retirez --separateur.")
    sign = _SEPARATORS.get(separateur.lower())
    if sign is None:
        remedy = "Écrivez --separateur point-virgule (Excel en français), virgule ou tabulation, ou le signe lui-même."
        raise misused(f"{quoted(clean(separateur))} ne sépare pas les colonnes d'un CSV.", remedy)
    if sign == ",":
        return made
    from pivot_cli.outputs.exports import separated

    return separated(made, sign)


def emit(result: Any, sortie: Path | None, form: str = "texte", separateur: str | None = None) -> None:
    """Show a result, or write it to a file: its text, a page of the screen, what becomes JSON, or bytes.

    A CSV file begins with a byte order mark, without which Excel takes UTF-8 for Windows-1252 (« FÃ©vrier »); what goes
    to another program has none. Raises PivotError for a file that would open nowhere.
    """
    if separateur is not None:
        result = _separated(result, form, separateur)
    if isinstance(result, dict):
        from pivot_cli.outputs.exports import to_json

        result = to_json(result)
    elif not isinstance(result, str | bytes):
        result = result.render(colour=sortie is None and colours())
    if sortie is None:
        show(result, form)
        return
    from pivot_cli.record.writing import write_whole

    if isinstance(result, str):
        result = result.encode("utf-8-sig" if form == "csv" else "utf-8", "replace")
    write_whole(sortie, result)
    say(f"Écrit{NBSP}: {inline(str(sortie))}")


def width() -> int:
    """How many columns the screen has: COLUMNS, else the terminal's, else 80."""
    import shutil

    return shutil.get_terminal_size((80, 24)).columns


def portrait_at(
    au: str | None, folder: str | None, horizon: int | None = None, form: str | None = None
) -> tuple[Portrait, list[Finding]]:
    """Where every action stands at the day of `--au`, and the plan's errors; raises PivotError without day or plan.

    What is in another form than the text of a screen names the plan's files alike wherever the command was typed.
    """
    from pivot_cli.suivi.etat import portrait

    day = day_named(au)
    seen_from: SeenFrom = "here" if form in (None, "texte") else "parent"
    _, plan, findings = check_plan(folder, seen_from=seen_from, errors_only=True)
    return portrait(plan, day, horizon), findings


# --- where a result may be written: never over what it comes from -----------------------------------------

_YAML = (".yaml", ".yml")
_TEMPLATE = "dans le dossier des gabarits de l'organisme"


def refuse_over_the_plan(place: Path, plan: str | None, gabarit: Path | None = None) -> None:
    """Raise PivotError when a result written there would be, or would replace, a file of this plan or of another."""
    what = _by_its_name(place) or _by_what_it_is(place, plan, gabarit)
    if what:
        message = f"{clean(str(place))} est {what}, et un résultat ne s'écrit pas à cette place."
        raise misused(message, "Donnez-lui un autre nom, dans un autre dossier. Rien n'est écrit.")


def refuse_in_a_plan(place: Path | None) -> None:
    """Raise PivotError when a sheet, or its report, would be among the files of a plan."""
    from pivot_cli.plan.names import ORGANISME

    if place is not None and os.path.lexists(Path(os.path.realpath(place.parent), ORGANISME)):
        message = f"{clean(str(place))} est dans le dossier du plan, qui ne garde que le plan."
        raise misused(message, "Choisissez un autre dossier. Rien n'est écrit.")


def _by_its_name(place: Path) -> str:
    """What a place is of any plan, or of git, as it was typed or where its links lead; nothing when it is free."""
    from pivot_cli.plan.names import ORGANISME

    def is_plan(folder: Path) -> bool:
        return os.path.lexists(folder / ORGANISME)

    typed = Path(os.path.realpath(place.parent), place.name)
    for path in dict.fromkeys((typed, Path(os.path.realpath(place)))):
        names = {part.name.lower(): part.parent for part in (path, *path.parents)}
        if ".git" in names:
            return "dans le dossier où git garde ce qu'il sait"
        if ".schema" in names and is_plan(names[".schema"]):
            return "dans le dossier des schémas du plan"
        if "templates" in names and is_plan(names["templates"] / "plan"):
            return _TEMPLATE
        if path.name.lower().endswith(_YAML) and is_plan(path.parent):
            return "le nom d'un fichier du plan"
    return ""


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
