"""From what was typed to the new bytes of each file: which actions, which files, and whether they then say it."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from pivot_cli.finding import ExitCode, Finding, Gravite, PivotError
from pivot_cli.plan.model import Action, Place, Plan, same
from pivot_cli.plan.names import base_name
from pivot_cli.plan.not_found import no_such_action
from pivot_cli.plan.schema.fields import ACTION
from pivot_cli.plan.schema.kinds import Reader
from pivot_cli.plan.sources import PlanFiles
from pivot_cli.record.recording import Recorded, Typed, understand
from pivot_cli.record.surgery import Hunk, Unsafe, edit, lines_by_hand
from pivot_cli.text import NBSP, counted, fold, listed, quoted
from pivot_cli.yaml_tree import Mapping, Tree, read_tree


class FiledFile(NamedTuple):
    """A file that changes: its bare name and the one that people read, its bytes, and the lines that change."""

    name: str
    shown: str
    old: bytes
    new: bytes
    hunks: tuple[Hunk, ...]
    by_hand: str


class Filed(NamedTuple):
    """What a record changes: each action that was named, and the files to write (none where all was written)."""

    actions: tuple[Recorded, ...]
    files: tuple[FiledFile, ...]


class Held(NamedTuple):
    """A plan as it was read, with all that is needed to change it.

    `judge` gives the faults of one action, and those of its change too when it is told what the action was. `trees`
    are those of some of its files, that need not be read again to be changed.
    """

    plan: Plan
    findings: list[Finding]
    files: PlanFiles
    trees: dict[str, Tree | None]
    judge: Callable[[Place, Place | None], Iterable[Finding]] = lambda *_: ()


def file_record(typed: Typed, wanted: Iterable[str], held: Held, today: date) -> Filed:
    """What a record changes in the files of a plan. Touches no disk.

    Raises PivotError, with what to do, for an unknown id, a value or a record that cannot be right, an action that
    has a fault, and a file in which the change cannot be made without a doubt.
    """
    places = [_place_with(held.plan, one) for one in {fold(one): one for one in wanted}.values()]
    for place in places:
        # An action with a fault is mended first: what is written of it may not be what was meant.
        span = place.action.origin.at()
        for finding in [*held.findings, *held.judge(place, None)]:
            here = finding.location
            inside = here.file == span.file and span[1:3] <= here[1:3] <= span[3:]
            if inside and finding.gravite is Gravite.ERREUR:
                fault = f"{here.file}:{here.line}{NBSP}: {finding.message}"
                message = f"l'action {place.id} a une faute à corriger d'abord. {fault}"
                raise PivotError(message, f"{finding.remedy} Rien n'est écrit.", ExitCode.FINDINGS)
    known = understand(typed, tuple(place.id for place in places), held.plan, today)
    actions = tuple(Recorded(known, place) for place in places)
    by_file: dict[str, list[Recorded]] = {}
    for one in actions:
        if one.changes:
            by_file.setdefault(base_name(one.place.action.origin.source.file), []).append(one)
    return Filed(actions, tuple(_file(name, some, held) for name, some in by_file.items()))


def _place_with(plan: Plan, wanted: str) -> Place:
    """The one action with that id; none where a part of it is not known."""
    if (place := plan.find(wanted)) is None or "?" in place.id:
        raise no_such_action(plan, wanted)
    alike = [one for one in plan.places if one.action.numero == place.action.numero and fold(one.id) == fold(wanted)]
    if len(alike) > 1:
        where = listed([str(one.action.origin.at()).rsplit(":", 1)[0] for one in alike])
        remedy = f"Elles sont ici{NBSP}: {where}. Donnez à l'une un numéro qui n'a jamais servi, puis recommencez."
        raise PivotError(f"{counted(len(alike), 'action')} portent l'id {quoted(wanted)}.", remedy, ExitCode.USAGE)
    return place


def _file(name: str, actions: list[Recorded], held: Held) -> FiledFile:
    """A file with all that changes in it, read again to be sure that it says what was meant."""
    old, shown = held.files.files[name], held.files.shown(name)
    parts = []
    for one in actions:
        line = one.place.action.origin.at().line
        parts.append(f"Rien n'est écrit. À la main, dans l'action {one.place.id} (ligne {line}){NBSP}:")
        parts += [f"  {text}" for text in lines_by_hand(one.changes, ACTION)]
    by_hand = "\n".join(parts)
    edits = [(one.place.action.origin.span(), one.changes) for one in actions]
    try:
        new, again, nodes, hunks = edit(old, held.trees.get(name) or read_tree(old, shown), edits, ACTION)
        for one, node in zip(actions, nodes, strict=True):
            _refuse_new_faults(one, node, Reader(again.source, held.plan.organisme.conventions), held)
    except Unsafe as reason:
        raise PivotError(f"{shown} n'a pas été touché{NBSP}: {reason}.", by_hand) from None
    return FiledFile(name, shown, old, new, hunks, by_hand)


def _refuse_new_faults(one: Recorded, node: Mapping, reader: Reader, held: Held) -> None:
    """The action read again must be the one that was meant, and the plan have no new fault, of itself or as an edit."""
    again: Action | None = ACTION.read(node, "", reader)
    faulty = any(finding.gravite is Gravite.ERREUR for finding in reader.findings)
    if again is None or faulty or not same(again, one.action):
        raise Unsafe("relue, l'action ne dirait pas ce qui est voulu")
    before = [finding[2:] for finding in held.judge(one.place, None)]
    for finding in held.judge(one.place._replace(action=again), one.place):
        if finding.gravite is Gravite.ERREUR and finding[2:] not in before:
            message = f"{one.place.id}{NBSP}: une fois cela écrit, le plan aurait une faute. {finding.message}"
            raise PivotError(message, f"{finding.remedy}\nRien n'est écrit.", ExitCode.FINDINGS)
