"""A meeting entered in the plan: what is new of it, where it goes in its file, what it may not contradict."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

from pivot_cli.echeance import DateConsignee
from pivot_cli.finding import ExitCode, Finding, PivotError
from pivot_cli.plan.hours import hour_in_words, length_in_words
from pivot_cli.plan.json_schema import modeline
from pivot_cli.plan.model import Instance, Plan, Reunion, Reunions, same
from pivot_cli.plan.names import REUNIONS
from pivot_cli.plan.schema.fields import CA
from pivot_cli.record.known import FiledFile, Into, Known, begun, by_hand, changed
from pivot_cli.record.surgery import Addition, Change, Edit, Hunk, edit, insert, lines_by_hand
from pivot_cli.text import NBSP, WEEKDAYS, day_in_words, listed, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from pivot_cli.yaml_tree import Tree

_HEAD = f"""\
{modeline("reunions")}
# Les réunions du conseil d'administration (ca) et l'assemblée générale annuelle (aga).
"""
_HABITS = ("membres", "quorum", "heure", "duree", "lieu", "lien")  # which people write above the meetings
_WEEK = 7  # days
_MONTH = 31  # days: of what is known less precisely, nobody can tell which meeting it is
_REUNION: Any = CA.by_key["reunions"].kind
_WORDS: dict[str, Callable[[int], str]] = {"heure": hour_in_words, "duree": length_in_words}
_TOLD = (*_WORDS, "lieu", "lien", "titre", "proces_verbal", "dossiers")
_OPTIONS = {"dossiers": "dossier"}  # of the command line, where they have another name than the field
_ISO = re.compile(r"\d{4}-\d\d-\d\d")


class Meeting(NamedTuple):
    """A meeting to enter: the instance that meets (`ca`, `aga`), the day, what was said of it, in minutes or as the
    plan writes it, the ids of what it is to decide, and whether to `replace` what the plan says otherwise. It was known
    on another day where it moved (`known_on`); `without` names what the plan says of it and is to say no more.
    """

    type: str
    day: date
    heure: int | None = None
    duree: int | None = None
    dossiers: tuple[str, ...] = ()
    replace: bool = False
    nom: str = ""  # of the instance, where the plan calls it otherwise
    lieu: str | None = None
    lien: str | None = None
    titre: str | None = None
    proces_verbal: str | None = None
    known_on: date | None = None
    without: frozenset[str] = frozenset()

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

    @property
    def file(self) -> FiledFile:
        """The file that changes."""
        return FiledFile(REUNIONS, self.shown, self.old, self.new, self.hunks, self.by_hand)


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
    into = Into(REUNIONS, shown, _HEAD, (meeting.type, "reunions"), "la réunion n'y est pas inscrite")
    old, (data, tree) = known.files.files.get(REUNIONS), begun(known, into)
    instance: Instance = getattr(known.plan.reunions, meeting.type)
    rank = _rank(meeting, instance)
    change = _added(meeting, known.plan.reunions) if rank is None else _told(meeting, instance, rank, shown)
    entered = Entered(meeting, shown, old, data, (), change.by_hand, change.line, rank is not None)
    if change.nothing:
        return entered, known.plan, known.findings

    def says(plan: Plan) -> bool:
        return same(getattr(plan.reunions, meeting.type), instance._replace(reunions=change.reunions))

    new, hunks, plan, findings = changed(known, into, lambda: change.made(data, tree), says, change.by_hand)
    near = None if entered.known else _neighbour(getattr(plan.reunions, meeting.type), meeting.day)
    return entered._replace(new=new, hunks=hunks, line=hunks[0].line, neighbour=near), plan, findings


def _rank(meeting: Meeting, instance: Instance) -> int | None:
    """Which of its meetings it is; None for one more. Raises PivotError for one that was to move, and is not there, or
    comes on the day of another.
    """
    rank = _known_as(instance, meeting.day)
    if meeting.known_on is None or meeting.known_on == meeting.day:
        return rank
    was = _known_as(instance, meeting.known_on)
    if was is None:
        message = f"le plan n'a plus de réunion le {day_in_words(meeting.known_on)}."
        raise PivotError(message, "Rechargez la page, et recommencez.", ExitCode.USAGE)
    if rank not in (None, was):
        message = f"{meeting.name} est déjà inscrite."
        raise PivotError(message, "Donnez un autre jour, ou changez celle-là.", ExitCode.USAGE)
    return was


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
    new: Any = {key: value for key, value in _said(meeting) if value != getattr(instance, key, None)}
    item = {"date": when.texte} | {key: _written(key, value) for key, value in new.items()}
    addition = Addition((meeting.type, "reunions"), item, rank, _HABITS)
    reunions = (*instance.reunions[:rank], Reunion(when, **new), *instance.reunions[rank:])
    lines = lines_by_hand(Edit((0, 0), CA, [Change("reunions", item, more=True)]))
    hand = by_hand(f"sous {quoted(f'{meeting.type}:')}", lines)
    if meeting.type not in all_.origin.keys:
        hand = by_hand("à la fin du fichier", [f"{meeting.type}:", *(f"  {line}" for line in lines)])
    return _Change(reunions, lambda data, tree: insert(data, tree, addition), hand)


def _told(meeting: Meeting, instance: Instance, rank: int, shown: str) -> _Change:
    """What is new of a meeting that is known; raises PivotError for what the plan says otherwise, unless it is asked to
    say so.
    """
    reunion, changes = instance.reunions[rank], list[Change]()
    told: Any = reunion
    if told.date.debut != told.date.fin or told.date.debut != meeting.day:
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
    for key in sorted(meeting.without):
        if getattr(reunion, key) not in (None, ()):
            changes.append(Change(key, None))
            told = told._replace(**{key: () if key == "dossiers" else None})
    if contradicted:
        raise _contradicted(meeting, reunion, contradicted, shown)
    line, change = reunion.origin.at().line, Edit(reunion.origin.span(), _REUNION.item, changes)
    hand = by_hand(f"dans cette réunion (ligne {line})", lines_by_hand(change))
    reunions = (*instance.reunions[:rank], told, *instance.reunions[rank + 1 :])

    def made(data: bytes, tree: Tree) -> tuple[bytes, tuple[Hunk, ...]]:
        new, _, _, hunks = edit(data, tree, [change])
        return new, hunks

    return _Change(reunions, made, hand, line, nothing=not changes)


def _contradicted(meeting: Meeting, reunion: Reunion, both: list[tuple[str, str, str]], shown: str) -> PivotError:
    line = reunion.origin.at(both[0][0]).line
    sides = "; ".join(f"{quoted(f'{key}: {own}')} au plan, {quoted(said)} ici" for key, own, said in both)
    options = listed([f"--{_OPTIONS.get(key, key)}" for key, _, _ in both])
    remedy = f"Si elle a changé, ajoutez --remplacer; sinon, retirez {options}. Rien n'est écrit."
    message = f"{meeting.name} est inscrite autrement ({shown}, ligne {line}){NBSP}: {sides}."
    return PivotError(message, remedy, ExitCode.USAGE)


def _said(meeting: Meeting) -> Iterator[tuple[str, Any]]:
    """The fields of which something was said, with their value."""
    said = {key: getattr(meeting, key) for key in _TOLD}
    return ((key, value) for key, value in said.items() if value not in (None, ()))


def _written(key: str, value: Any) -> Any:
    """A value as the file has it: a text, or a list of ids."""
    if key in _WORDS:
        return _WORDS[key](value).replace(NBSP, " ")
    return list(value) if isinstance(value, tuple) else value


def _shown(key: str, value: Any) -> str:
    written = _written(key, value)
    return written if isinstance(written, str) else f"[{', '.join(written)}]"


def _in_their_words(day: date, instance: Instance) -> DateConsignee:
    """A day as those of the other meetings are written, in words or in figures."""
    written = [one.date.texte for one in instance.reunions if one.date and one.date.debut == one.date.fin]
    in_words = written and not any(map(_ISO.fullmatch, written))
    return DateConsignee(day_in_words(day).replace(NBSP, " ") if in_words else day.isoformat(), day, day)
