"""From what was typed to the new bytes of each file: which actions, which files, and whether they then say it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from pivot_cli.escaping import shell_line
from pivot_cli.finding import ExitCode, Finding, Gravite, Location, PivotError
from pivot_cli.plan.loader import load
from pivot_cli.plan.model import Action, Objectif, Orientation, Place, Plan, Volet, same
from pivot_cli.plan.names import base_name
from pivot_cli.plan.not_found import no_such_action, no_such_objectif
from pivot_cli.plan.schema.kinds import Reader
from pivot_cli.plan.sources import PlanFiles
from pivot_cli.record.correction import Corrected
from pivot_cli.record.known import FiledFile
from pivot_cli.record.outcome import Outcome
from pivot_cli.record.recorded import Recorded
from pivot_cli.record.recording import Typed, plain_line, understand
from pivot_cli.record.surgery import Edit, Unsafe, edit, lines_by_hand
from pivot_cli.record.undoing import Undone
from pivot_cli.text import NBSP, capitalized, cited, fold, listed, quoted
from pivot_cli.yaml_tree import Tree, read_tree


class Filed(NamedTuple):
    """What a record changes: each action that was named, and the files to write (none where all was written)."""

    actions: tuple[Outcome, ...]
    files: tuple[FiledFile, ...]


class Held(NamedTuple):
    """A plan as it was read, with all that is needed to change it.

    `judge` gives the errors of some actions, and those of their change too when it is told what they were; actions that
    it found sound together are not judged again. `trees` are those of some of its files, that need not be read again to
    be changed. `used` gives the numbers that actions of an objectif had once, those that are gone too: a number is a
    name, and names one thing for ever.
    """

    plan: Plan
    findings: list[Finding]
    files: PlanFiles
    trees: dict[str, Tree | None]
    judge: Callable[[Sequence[Place], Sequence[Place]], Iterable[Finding]] = lambda *_: ()
    used: Callable[[Place], Iterable[int]] = lambda _: ()


def file_record(typed: Typed, wanted: Iterable[str], held: Held, today: date) -> Filed:
    """What a record changes in the files of a plan. Touches no disk.

    Raises PivotError, with what to do, for what `outcomes` refuses, and a file in which the change cannot be made
    without a doubt.
    """
    return _filed(outcomes(typed, wanted, held, today), held)


def file_together(actions: Sequence[Outcome], held: Held) -> tuple[Filed, dict[str, PivotError]]:
    """What becomes of several actions, each of which something else is recorded, in the files of a plan: each file is
    changed once. Touches no disk. Those that cannot be written are left out, and told by their id.
    """
    refused: dict[str, PivotError] = {}
    try:
        return _filed(tuple(actions), held), refused
    except PivotError:
        for one in actions:
            try:
                _filed((one,), held)
            except PivotError as fault:
                refused[one.place.id] = fault
    return _filed(tuple(one for one in actions if one.place.id not in refused), held), refused


def outcomes(typed: Typed, wanted: Iterable[str], held: Held, today: date) -> tuple[Outcome, ...]:
    """What becomes of the actions of which something is recorded.

    Raises PivotError, with what to do, for an unknown id, a value or a record that cannot be right, and an action that
    has a fault.
    """
    if typed.ajouter is not None:
        places = [new_place(held, typed.ajouter, list(wanted))]
    else:
        places = [_place_with(held.plan, one) for one in {fold(one): one for one in wanted}.values()]
    if typed.ajouter is None:
        for place in places:
            _refuse_faulty(place, _replaced(typed), held)
    known = understand(typed, tuple(place.id for place in places), held.plan, today)
    actions = tuple((Recorded if typed.corriger is None else Corrected)(known, place) for place in places)
    for one in actions:
        if not one.added:
            _refuse_faulty(one.place, {change.key for change in one.changes if change.value is not None}, held)
    return actions


def file_undoing(wanted: Iterable[str], held: Held, kept: PlanFiles) -> Filed:
    """What gives actions back as the last commit has them, whose files are `kept`. Touches no disk.

    Raises PivotError for an unknown id, and a file in which that cannot be done without a doubt.
    """
    before = load(kept)[0]
    places = [_place_with(held.plan, one) for one in {fold(one): one for one in wanted}.values()]
    found = ((place, before.find(place.id)) for place in places)
    return _filed(tuple(Undone(place, was.action if was else None) for place, was in found), held)


def _filed(actions: tuple[Outcome, ...], held: Held) -> Filed:
    by_file: dict[str, list[tuple[Outcome, Edit]]] = {}
    for one in actions:
        if made := one.edit:
            by_file.setdefault(base_name(one.around.origin.source.file), []).append((one, made))
    return Filed(actions, tuple(_file(name, some, held) for name, some in by_file.items()))


_REPLACED = {  # the fields that an option writes anew, whatever they held
    "statut": ("statut",),
    "le": ("statut_le", "realisee_le"),
    "echeance": ("echeance",),
    "attribuer": ("responsables",),
    "porteur": ("porteur",),
    "budget_prevu": ("budget",),
    "budget_reel": ("budget",),
}


def _replaced(typed: Typed) -> set[str]:
    return {key for name, some in _REPLACED.items() if getattr(typed, name) is not None for key in some}


def _refuse_faulty(place: Place, mended: set[str], held: Held) -> None:
    """Raise PivotError for an action with a fault: what is written of it may not be what was meant. That of a field
    that is written anew is `mended`.
    """
    origin = place.action.origin
    span, spans = origin.at(), [origin.at(key) for key in mended if key in origin.keys]
    for finding in [*held.findings, *held.judge((place,), ())]:
        here = finding.location
        inside = here.file == span.file and _within(here, span) and not any(_within(here, one) for one in spans)
        if inside and finding.gravite is Gravite.ERREUR:
            fault = f"{here.file}:{here.line}{NBSP}: {finding.message}"
            message = f"{held.plan.niveaux.action.le} {place.id} a une faute à corriger d'abord. {fault}"
            raise PivotError(message, f"{finding.remedy} Rien n'est écrit.", ExitCode.FINDINGS)


def _within(here: Location, span: Location) -> bool:
    return span[1:3] <= here[1:3] <= span[3:]


def new_place(held: Held, objectif: str, description: list[str]) -> Place:
    """Where an action is added: in an objectif, under the next number that none of its actions ever had.

    Raises PivotError for no objectif, no description or several, an action that is there already, and an objectif of
    which a number may not have been read.
    """
    plan = held.plan
    wanted = fold(plan.level_named(objectif)).rstrip(".")
    around = [
        place
        for orientation in plan.orientations
        for volet in orientation.volets
        for one in volet.objectifs
        if fold((place := Place(orientation, volet, one, Action())).objectif_id) == wanted
    ]
    if not around:
        raise no_such_objectif(plan, objectif)
    place = around[0]
    texts = [plain_line(text, "ajouter") for text in description if text.strip()]
    if len(texts) != 1:
        said = "ce qu'il y a à faire n'est pas dit." if not texts else "la description est en plusieurs morceaux."
        line = shell_line("pivot", "note", "--ajouter", place.objectif_id, " ".join(texts) or "Tenir un kiosque")
        raise PivotError(f"--ajouter{NBSP}: {said}", f"Écrivez-la entre guillemets{NBSP}: {line}", ExitCode.USAGE)
    for known in place.objectif.actions:
        if fold(known.description) == fold(texts[0]):
            there = place._replace(action=known).id
            message = f"{plan.niveaux.action.le} {there} dit déjà cela{NBSP}: {cited(texts[0])}."
            raise PivotError(message, f"Pour en dire quelque chose{NBSP}: pivot note {there}", ExitCode.USAGE)
    file = place.orientation.origin.source.file
    if file in plan.partial or not all(known.numero for known in place.objectif.actions):
        message = f"un numéro {plan.niveaux.action.de} n'a peut-être pas pu être lu dans {file}."
        raise PivotError(message, f"Corrigez d'abord ses fautes{NBSP}: pivot validate", ExitCode.FINDINGS)
    number = 1 + max([0, *(known.numero for known in place.objectif.actions), *held.used(place)])
    return place._replace(action=Action(number, texts[0]))


def _place_with(plan: Plan, wanted: str) -> Place:
    """The one action with that id; none where a part of it is not known."""
    if (place := plan.find(wanted)) is None or "?" in place.id:
        raise no_such_action(plan, wanted)
    alike = [one for one in plan.places if one.action.numero == place.action.numero and fold(one.id) == fold(wanted)]
    if len(alike) > 1:
        where = listed([str(one.action.origin.at()).rsplit(":", 1)[0] for one in alike])
        nom = plan.niveaux.action
        one = nom.pick("l'un", "l'une")
        give = f"Donnez à {one} un numéro qui n'a jamais servi, puis recommencez."
        remedy = f"{capitalized(nom.il)}s sont ici{NBSP}: {where}. {give}"
        raise PivotError(f"{nom.counted(len(alike))} portent l'id {quoted(wanted)}.", remedy, ExitCode.USAGE)
    return place


def _file(name: str, changed: list[tuple[Outcome, Edit]], held: Held) -> FiledFile:
    """A file with all that changes in it, read again to be sure that it says what was meant."""
    old, shown = held.files.files[name], held.files.shown(name)
    parts, names, reread = [], held.plan.niveaux, []
    for one, made in changed:
        whole = one.added or one.removed
        where = f"{names.objectif.le} {one.place.objectif_id}" if whole else f"{names.action.le} {one.place.id}"
        parts.append(f"Rien n'est écrit. À la main, dans {where} (ligne {one.around.origin.at().line}){NBSP}:")
        parts += [f"  {text}" for text in lines_by_hand(made)]
    by_hand = "\n".join(parts)
    try:
        new, again, nodes, hunks = edit(
            old, held.trees.get(name) or read_tree(old, shown), [made for _, made in changed]
        )
        for (one, made), node in zip(changed, nodes, strict=True):
            reader = Reader(again.source, held.plan.organisme.conventions)
            read = made.record.read(node, "", reader)
            action = _as_meant(one, _last_action(read) if one.added else read, reader, held)
            reread += [(one, action)] if action and one.judged else []
        _refuse_new_faults(reread, held)
    except Unsafe as reason:
        raise PivotError(f"{shown} n'a pas été touché{NBSP}: {reason}.", by_hand) from None
    return FiledFile(name, shown, old, new, hunks, by_hand)


def _last_action(level: Orientation | Volet | Objectif | None) -> Action | None:
    """The last action that stands under a level itself."""
    while isinstance(level, Orientation | Volet):
        below = level.volets if isinstance(level, Orientation) else level.objectifs
        level = below[-1] if below else None
    return level.actions[-1] if level and level.actions else None


def _as_meant(one: Outcome, again: Action | None, reader: Reader, held: Held) -> Action | None:
    """The action read again, which must be the one that was meant; none where it goes."""
    if one.removed:
        return None
    span = again.origin.at() if again else None
    found = [finding for finding in reader.findings if finding.gravite is Gravite.ERREUR]
    faulty = [finding for finding in found if span and _within(finding.location, span)]
    if again is None or (faulty and one.judged) or not same(again, one.action):
        nom = held.plan.niveaux.action
        raise Unsafe(f"{nom.agreed('relu')}, {nom.le} ne dirait pas ce qui est voulu")
    return again


def _refuse_new_faults(changed: list[tuple[Outcome, Action]], held: Held) -> None:
    """The plan may have no new fault, of these actions or as an edit of them: they are judged together, then, to know
    which is at fault, each alone.
    """
    if len(changed) > 1 and not _new_faults(changed, held):
        return
    for one, again in changed:
        for finding in _new_faults([(one, again)], held):
            message = f"{one.place.id}{NBSP}: une fois cela écrit, le plan aurait une faute. {finding.message}"
            raise PivotError(message, f"{finding.remedy}\nRien n'est écrit.", ExitCode.FINDINGS)


def _new_faults(changed: list[tuple[Outcome, Action]], held: Held) -> list[Finding]:
    were = [one.place for one, _ in changed if not one.added]
    found = held.judge([one.place._replace(action=again) for one, again in changed], were)
    before = [finding[2:] for finding in held.judge(were, ())] if found and were else []
    return [finding for finding in found if finding[2:] not in before]
