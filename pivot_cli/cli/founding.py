"""The folder of a plan that begins: what it is made of, written whole or not at all, and its history."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pivot_cli.cli import edge
from pivot_cli.cli_french import say
from pivot_cli.cli_french.streams import flush
from pivot_cli.finding import PivotError
from pivot_cli.text import NBSP, clean, inline, quoted

if TYPE_CHECKING:
    from pivot_cli.cli.asking import Decided, Told
    from pivot_cli.echeance import Conventions
    from pivot_cli.intake.files import Answers, Kept
    from pivot_cli.intake.report import Report
    from pivot_cli.intake.reprise import Ancien, Reprise
    from pivot_cli.received.cells import Left, Source

_IGNORED = """\
# Ce que pivot et les éditeurs laissent, et les documents faits du plan.
*~
*.pivot~
~$*
/*.html
/rappels/
"""


def vacant(name: str, suite_de: str | None = None) -> Path:
    """The folder where a plan may begin; raises PivotError for one that holds a plan, or that is no folder; where that
    is the plan to be continued, with how to put it away.
    """
    from pivot_cli.plan.names import is_plan_file
    from pivot_cli.system import at_home

    folder = edge.current_folder() / at_home(name)
    shown = inline(name)
    if not name.strip():
        raise edge.misused("le nom du dossier est vide.", f"Écrivez par exemple{NBSP}: pivot init plan")
    if os.path.lexists(folder) and not folder.is_dir():
        raise PivotError(f"{shown} existe, et n'est pas un dossier.", "Donnez un autre nom de dossier.")
    if folder.is_dir() and any(is_plan_file(one.name) for one in folder.iterdir()):
        remedy = f"Rien n'y est changé. Donnez un autre nom de dossier{NBSP}: pivot init plan-neuf"
        if suite_de is not None:
            from pivot_cli.cli.continuing import put_away

            remedy = put_away(folder, name, suite_de)
        raise PivotError(f"{shown} contient déjà un plan.", remedy)
    return folder


def prepared(
    told: Told, folder: Path, de: str | None, suite_de: str | None = None, *, quiet: bool
) -> tuple[Report, Decided]:
    """The plan that a document, options and answers make, that of before where it continues one."""
    from pivot_cli.cli.asking import decided
    from pivot_cli.cli.continuing import ancien_named, going_on
    from pivot_cli.intake.files import blank, composed
    from pivot_cli.intake.plan import read_plan
    from pivot_cli.intake.report import Report
    from pivot_cli.intake.reprise import carried_over

    ancien = None if suite_de is None else ancien_named(suite_de, folder)
    document = None if de is None else _opened(de)
    usual = _conventions(ancien)
    read = document and read_plan(document, usual)
    draft = read.draft if read else ancien and carried_over(ancien)
    parent = inline(str(folder.resolve().parent))
    known = decided(told, draft, parent, quiet=quiet, follows=ancien is not None)
    conventions = _conventions(ancien, known.answers)
    if document and conventions != usual:  # by which « An 2 », « T1 » are read
        read = read_plan(document, conventions)
    draft = read.draft if read else draft or blank(known.answers.niveaux, known.levels)
    kept: Kept | None = None
    left: list[Left] = []
    reprises: list[Reprise] = []
    if ancien:
        draft, kept, left, reprises = going_on(ancien, draft, alone=read is None)
    made = composed(draft, known.answers, document.name if document else "", kept)
    left = [*read.left, *read.unsaid(made.texts()), *left] if read else left
    label, sheets = edge.plan_label(folder), read.sheets if read else ()
    return Report(label, draft, made, left, sheets, ancien, tuple(reprises)), known


def _conventions(ancien: Ancien | None, answers: Answers | None = None) -> Conventions:
    """By which a document is read: those of the plan before, with the period and the financial year that were told."""
    from datetime import date

    from pivot_cli.echeance import Conventions, parse_jour_annuel

    usual = ancien.plan.organisme.conventions if ancien else Conventions()
    days = [date.fromisoformat(day) if day else None for day in (answers.debut, answers.fin)] if answers else [None] * 2
    start = parse_jour_annuel(answers.exercice) if answers and answers.exercice else usual.debut_exercice
    return usual._replace(debut_exercice=start, periode_debut=days[0], periode_fin=days[1], adopte_le=None)


def _opened(name: str) -> Source:
    import sys

    from pivot_cli.received.opening import read_source
    from pivot_cli.system import at_home

    if name == "-" and sys.stdin and sys.stdin.isatty():
        say("", f"Collez le tableau, puis terminez par Ctrl-D (sous Windows{NBSP}: Ctrl-Z, puis Entrée).")
    path = str(at_home(name)) if name.startswith("~") else name
    return read_source(path, edge.current_folder(), lambda: sys.stdin.buffer.read() if sys.stdin else b"")


def founded(folder: Path, report: Report, *, history: bool) -> str:
    """Write the plan, and keep it in git where it is wanted; what is to be said of its history."""
    from pivot_cli.plan.json_schema import FOLDER, schema_files

    files = {f"{FOLDER}/{name}": text.encode() for name, text in schema_files().items()} | report.made.files
    beside = folder.with_name(f".{folder.name}.{os.urandom(6).hex()}.pivot~")
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        for name, data in files.items():
            (beside / name).parent.mkdir(parents=True, exist_ok=True)
            (beside / name).write_bytes(data)
        _put(beside, folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    ignored = folder.parent / ".gitignore"
    if not os.path.lexists(ignored):
        with suppress(OSError):  # the plan is whole without it
            ignored.write_bytes(_IGNORED.encode())
    return _kept(folder, ignored) if history else ""


def told(made: Any, sortie: Path | None, form: str, report: Report, kept: str) -> None:
    """Show what was made of a plan that is written, and what comes next; that it is, even if nothing can be shown."""
    from pivot_cli.cli.kept import say_it_is_kept
    from pivot_cli.screens.init import next_page

    try:
        edge.emit(made, sortie, form)
        flush()
    except OSError as refused:
        say_it_is_kept([report.dossier], refused, "seul le compte rendu ne l'est pas. Ne recommencez pas.")
    say(next_page(report, edge.width(), kept).render(colour=False).rstrip())


def _put(beside: Path, folder: Path) -> None:
    """Give the new folder its name; in one that is there, the files one by one, that which makes it a plan last."""
    from pivot_cli.plan.names import ORGANISME

    if not folder.exists():
        beside.replace(folder)
        return
    files = sorted((one for one in beside.rglob("*") if one.is_file()), key=lambda one: one.name == ORGANISME)
    for one in files:
        target = folder / one.relative_to(beside)
        target.parent.mkdir(exist_ok=True)
        one.replace(target)


def _kept(folder: Path, ignored: Path) -> str:
    from pivot_cli.plan.keeping import keep_first

    place = clean(str(folder.parent.resolve()))
    try:
        keep_first(folder.parent, [folder.name, ignored.name], "Plan, tel qu'il commence")
    except PivotError as refused:
        return f"L'historique n'est pas commencé{NBSP}: {refused.message} {refused.remedy}"
    return f"L'historique commence, dans {quoted(place)}."
