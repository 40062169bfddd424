"""A meeting entered in the plan: what is new of it, where it goes in its file, what it may not contradict."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

from pivot_cli.echeance import DateConsignee
from pivot_cli.finding import ExitCode, Finding, Gravite, PivotError
from pivot_cli.plan.hours import hour_in_words, length_in_words
from pivot_cli.plan.json_schema import modeline
from pivot_cli.plan.model import Instance, Plan, Reunion, Reunions, same
from pivot_cli.plan.names import REUNIONS, right_name
from pivot_cli.plan.schema.fields import CA
from pivot_cli.plan.sources import PlanFiles
from pivot_cli.record.surgery import Addition, Change, Edit, Hunk, Unsafe, edit, insert, lines_by_hand
from pivot_cli.text import NBSP, WEEKDAYS, day_in_words, listed, quoted
from pivot_cli.yaml_tree import Mapping, Node, Scalar, Sequence, Tree, read_tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

_HEAD = f"""\
{modeline("reunions")}
# Les réunions du conseil d'administration (ca) et l'assemblée générale annuelle (aga).
"""
_HABITS = ("membres", "quorum", "heure", "duree", "lieu", "lien")  # which people write above the meetings
_WEEK = 7  # days
_MONTH = 31  # days: of what is known less precisely, nobody can tell which meeting it is
_REUNION: Any = CA.by_key["reunions"].kind
_WORDS: dict[str, Callable[[int], str]] = {"heure": hour_in_words, "duree": length_in_words}
_OPTIONS = {"dossiers": "dossier"}  # of the command line, where they have another name than the field
_ISO = re.compile(r"\d{4}-\d\d-\d\d")


class Meeting(NamedTuple):
    """A meeting to enter: the instance that meets (`ca`, `aga`), the day, what was said of it, in minutes, the ids of
    what it is to decide, and whether to `replace` what the plan says otherwise.
    """

    type: str
    day: date
    heure: int | None = None
    duree: int | None = None
    dossiers: tuple[str, ...] = ()
    replace: bool = False
    nom: str = ""  # of the instance, where the plan calls it otherwise

    @property
    def is_assembly(self) -> bool:
        """Whether it is one of the general assembly, rather than of the board."""
        return self.type == "aga"

    @property
    def name(self) -> str:
        """« la réunion du conseil d'administration du mercredi 21 avril 2021 »; « la réunion (Conseil municipal) du… »
        where the plan calls the instance otherwise.
        """
        what = "l'assemblée générale annuelle" if self.is_assembly else "la réunion du conseil d'administration"
        what = f"la réunion ({self.nom})" if self.nom else what
        return f"{what} du {WEEKDAYS[self.day.weekday()]}{NBSP}{day_in_words(self.day)}"


class Known(NamedTuple):
    """A plan as it was read, and how its files, once changed, are read again: the plan, and its faults."""

    files: PlanFiles
    plan: Plan
    findings: list[Finding]
    read: Callable[[PlanFiles], tuple[Plan, list[Finding]]]


class Entered(NamedTuple):
    """What entering a meeting changes: the bytes of the file of meetings before (None: there was none) and after, and
    the lines that change; `line` is the first of them, or where the meeting already was. A `neighbour` of a new meeting
    is so near that it may be the same one, moved.
    """

    meeting: Meeting
    shown: str
    old: bytes | None
    new: bytes
    hunks: tuple[Hunk, ...]
    by_hand: str
    line: int
    known: bool
    neighbour: Reunion | None = None


class _Change(NamedTuple):
    """What a meeting becomes in its instance, how the file is changed for it, and the lines that would do the same."""

    reunions: tuple[Reunion, ...]
    made: Callable[[bytes, Tree], tuple[bytes, tuple[Hunk, ...]]]
    by_hand: str
    line: int = 0
    nothing: bool = False


def enter(meeting: Meeting, known: Known, shown: str) -> tuple[Entered, Plan, list[Finding]]:
    """What entering a meeting changes, and the plan that has it, with its faults; `shown` is the name that messages
    give to the file of meetings. Touches no disk.

    Raises PivotError, with what to do, for what the plan says otherwise, a file that cannot be read or has a fault, and
    one in which the meeting cannot be put without a doubt.
    """
    files = known.files
    old = files.files.get(REUNIONS)
    data = old if old and old.strip() else (old or b"") + _HEAD.encode()
    tree = read_tree(data, shown)
    _refuse_faults(meeting, known, tree)
    instance: Instance = getattr(known.plan.reunions, meeting.type)
    rank = _known_as(instance, meeting.day)
    change = _added(meeting, known.plan.reunions) if rank is None else _told(meeting, instance, rank, shown)
    entered = Entered(meeting, shown, old, data, (), change.by_hand, change.line, rank is not None)
    if change.nothing:
        return entered, known.plan, known.findings
    reason = "relues, les réunions ne diraient pas ce qui est voulu"
    try:
        new, hunks = change.made(data, tree)
        plan, findings = known.read(PlanFiles(files.label, files.files | {REUNIONS: new}, files.findings))
        now: Instance = getattr(plan.reunions, meeting.type)
        meant = same(now, instance._replace(reunions=change.reunions))
        if meant and len(_errors(findings)) <= len(_errors(known.findings)):
            hunks = hunks if data == old else tuple(hunk._replace(before="") for hunk in hunks)
            near = None if entered.known else _neighbour(now, meeting.day)
            return entered._replace(new=new, hunks=hunks, line=hunks[0].line, neighbour=near), plan, findings
    except Unsafe as unsafe:
        reason = str(unsafe)
    raise PivotError(f"{shown} n'a pas été touché{NBSP}: {reason}.", change.by_hand)


def _errors(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.gravite is Gravite.ERREUR]


def _refuse_faults(meeting: Meeting, known: Known, tree: Tree) -> None:
    """Raise PivotError where the meetings that are written may not be those that were meant."""
    label, shown = known.files.shown(REUNIONS), tree.source.file
    for finding in known.findings if REUNIONS not in known.files.files else ():
        if finding.code == "PIV010" and right_name(finding.location.file) == REUNIONS:
            message = f"{shown} n'est pas là. {finding.message}"
            raise PivotError(message, f"{finding.remedy} Rien n'est écrit.", ExitCode.FINDINGS)
    here = [finding for finding in _errors(known.findings) if finding.location.file == label]
    if label in known.plan.unread and [finding.code for finding in here] != ["PIV006"]:
        message = f"{shown} n'a pas pu être lu{NBSP}: la réunion n'y est pas inscrite."
        raise PivotError(message, f"Pour savoir pourquoi{NBSP}: pivot validate")
    to_fill = [tree.source.location(node.start)[1:3] for node in _empty(tree.root, (meeting.type, "reunions"))]
    for finding in here:
        if tree.root and finding.location[1:3] not in to_fill:
            message = f"{shown} a une faute à corriger d'abord. Ligne {finding.location.line}{NBSP}: {finding.message}"
            raise PivotError(message, f"{finding.remedy} Rien n'est écrit.", ExitCode.FINDINGS)


def _empty(node: Node | None, path: tuple[str, ...]) -> Iterator[Node]:
    """What is there without a value on the way to the meetings, and is to get one."""
    for key in path:
        if not isinstance(node, Mapping):
            return
        node = next((value for name, value in node.entries if name.text == key), None)
        if (isinstance(node, Scalar) and node.start == node.end) or (isinstance(node, Sequence) and not node.items):
            yield node


def _known_as(instance: Instance, day: date) -> int | None:
    """The rank of the meeting of that day: of one known by its month only, it is the day."""
    dates = [(rank, one.date) for rank, one in enumerate(instance.reunions) if one.date]
    ranks = [rank for rank, when in dates if when.debut == day == when.fin]
    ranks += [rank for rank, when in dates if when.debut <= day <= when.fin and (when.fin - when.debut).days < _MONTH]
    return next(iter(ranks), None)


def _neighbour(instance: Instance, day: date) -> Reunion | None:
    """A meeting of another day of the same week or so."""
    others = [one for one in instance.reunions if one.date and one.date.debut == one.date.fin != day]
    return next((one for one in others if one.date and abs((one.date.fin - day).days) <= _WEEK), None)


def _added(meeting: Meeting, all_: Reunions) -> _Change:
    """A meeting more, before the first that is later where all are in order; what is usual is not said again."""
    instance: Instance = getattr(all_, meeting.type)
    dates = [one.date for one in instance.reunions if one.date]
    latest = accumulate((when.debut for when in dates), max)
    ordered = all(when.fin >= before for when, before in zip(dates, latest, strict=True))
    later = (rank for rank, when in enumerate(dates) if ordered and when.debut > meeting.day)
    rank = next(later, len(dates))
    when = _in_their_words(meeting.day, instance)
    new: Any = {key: value for key, value in _said(meeting) if value != getattr(instance, key, ())}
    item = {"date": when.texte} | {key: _written(key, value) for key, value in new.items()}
    addition = Addition((meeting.type, "reunions"), item, rank, _HABITS)
    reunions = (*instance.reunions[:rank], Reunion(when, **new), *instance.reunions[rank:])
    lines = lines_by_hand(Edit((0, 0), CA, [Change("reunions", item, more=True)]))
    by_hand = _by_hand(f"sous {quoted(f'{meeting.type}:')}", lines)
    if meeting.type not in all_.origin.keys:
        by_hand = _by_hand("à la fin du fichier", [f"{meeting.type}:", *(f"  {line}" for line in lines)])
    return _Change(reunions, lambda data, tree: insert(data, tree, addition), by_hand)


def _told(meeting: Meeting, instance: Instance, rank: int, shown: str) -> _Change:
    """What is new of a meeting that is known; raises PivotError for what the plan says otherwise, unless it is asked to
    say so.
    """
    reunion, changes = instance.reunions[rank], list[Change]()
    told: Any = reunion
    if told.date.debut != told.date.fin:
        told = told._replace(date=_in_their_words(meeting.day, instance))
        changes.append(Change("date", told.date.texte))
    contradicted = []
    for key, value in _said(meeting):
        own, usual = getattr(reunion, key) or None, getattr(instance, key, None)
        if value == (usual if own is None else own):
            continue
        if own is not None and not meeting.replace:
            contradicted.append((key, _shown(key, own), _shown(key, value)))
        kept = None if own is not None and value == usual else value
        changes.append(Change(key, None if kept is None else _written(key, kept)))
        told = told._replace(**{key: kept})
    if contradicted:
        raise _contradicted(meeting, reunion, contradicted, shown)
    line, change = reunion.origin.at().line, Edit(reunion.origin.span(), _REUNION.item, changes)
    by_hand = _by_hand(f"dans cette réunion (ligne {line})", lines_by_hand(change))
    reunions = (*instance.reunions[:rank], told, *instance.reunions[rank + 1 :])

    def made(data: bytes, tree: Tree) -> tuple[bytes, tuple[Hunk, ...]]:
        new, _, _, hunks = edit(data, tree, [change])
        return new, hunks

    return _Change(reunions, made, by_hand, line, nothing=not changes)


def _contradicted(meeting: Meeting, reunion: Reunion, both: list[tuple[str, str, str]], shown: str) -> PivotError:
    line = reunion.origin.at(both[0][0]).line
    sides = "; ".join(f"{quoted(f'{key}: {own}')} au plan, {quoted(said)} ici" for key, own, said in both)
    options = listed([f"--{_OPTIONS.get(key, key)}" for key, _, _ in both])
    remedy = f"Si elle a changé, ajoutez --remplacer; sinon, retirez {options}. Rien n'est écrit."
    message = f"{meeting.name} est inscrite autrement ({shown}, ligne {line}){NBSP}: {sides}."
    return PivotError(message, remedy, ExitCode.USAGE)


def _said(meeting: Meeting) -> Iterator[tuple[str, Any]]:
    """The fields of which something was said, with their value."""
    said = {key: getattr(meeting, key) for key in (*_WORDS, "dossiers")}
    return ((key, value) for key, value in said.items() if value not in (None, ()))


def _written(key: str, value: Any) -> Any:
    """A value as the file has it: a text, or a list of ids."""
    return _WORDS[key](value).replace(NBSP, " ") if key in _WORDS else list(value)


def _shown(key: str, value: Any) -> str:
    written = _written(key, value)
    return written if isinstance(written, str) else f"[{', '.join(written)}]"


def _in_their_words(day: date, instance: Instance) -> DateConsignee:
    """A day as those of the other meetings are written, in words or in figures."""
    written = [one.date.texte for one in instance.reunions if one.date and one.date.debut == one.date.fin]
    in_words = written and not any(map(_ISO.fullmatch, written))
    return DateConsignee(day_in_words(day).replace(NBSP, " ") if in_words else day.isoformat(), day, day)


def _by_hand(where: str, lines: list[str]) -> str:
    return "\n".join([f"Rien n'est écrit. À la main, {where}{NBSP}:", *(f"  {line}" for line in lines)])
