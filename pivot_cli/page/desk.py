"""The plan as it is on the disk: read again as soon as a byte of its files changed, or a commit was made."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar, cast

from pivot_cli.documents.deciding import of_the_next_meeting
from pivot_cli.finding import Finding, Gravite, PivotError, SourceText
from pivot_cli.page.deposit import Deposit
from pivot_cli.plan import keeping
from pivot_cli.plan.loader import Known, source_texts
from pivot_cli.plan.model import Place, Plan
from pivot_cli.plan.sources import PlanFiles, read_folder
from pivot_cli.plan.worktree import last_commit_mark, repository_root, sending_mark
from pivot_cli.suivi.etat import Portrait, portrait
from pivot_cli.suivi.selection import questions

if TYPE_CHECKING:
    from pivot_cli.record.filing import Held
    from pivot_cli.suivi.changes import Account, Moment
    from pivot_cli.suivi.decisions import Decisions

_Made = TypeVar("_Made")


class Past(Protocol):
    """What is known of the plan as it was: of what happened since a day, of some days, of one action."""

    def since(self, now: Portrait, start: date, /, *, when: bool = False) -> Account:
        """What happened from a day to that of a portrait; with `when`, the day at which each was recorded."""

    @property
    def unkept(self) -> str:
        """Why no commit tells anything, in a sentence; nothing where the plan has a history."""

    def known_on(self, now: Portrait, days: Sequence[date], /) -> list[Portrait | None] | None:
        """The plan as it was known at each of these days."""

    def moments(self, place: Place, plan: Plan, /) -> Sequence[Moment]:
        """What each commit recorded of an action."""


class Edge(NamedTuple):
    """What the command knows and nothing here does: the day it is, what is wrong with a plan, its past, the templates
    of the organisation, and how a plan is held to be changed.
    """

    today: Callable[[], date]
    judge: Callable[[PlanFiles, Known], tuple[Plan, list[Finding]]]
    past: Callable[[Known], Past]
    templates: Callable[[], Path]
    hold: Callable[[PlanFiles], Held]


class Reading:
    """The plan once read, with its faults; `refused` says why there is none."""

    def __init__(self, files: PlanFiles, plan: Plan, findings: Sequence[Finding], past: Past) -> None:
        self.files, self.plan, self.findings, self.past = files, plan, tuple(findings), past
        self.refused: PivotError | None = None
        self._known: dict[tuple[Any, ...], Any] = {}

    @cached_property
    def errors(self) -> tuple[Finding, ...]:
        """What is to be mended."""
        return tuple(one for one in self.findings if one.gravite is Gravite.ERREUR)

    @cached_property
    def texts(self) -> dict[str, SourceText]:
        """The texts of the files that have faults."""
        return source_texts(self.files, (one.location.file for one in self.findings))

    @cached_property
    def questions(self) -> dict[str, tuple[str, ...]]:
        """What the comments of the plan say to complete, by the id of their action."""
        return questions(self.plan)

    @property
    def asking(self) -> frozenset[str]:
        """The ids of these actions."""
        return frozenset(self.questions)

    def at(self, day: date) -> Portrait:
        """The plan at a day."""
        return self._once(("at", day), lambda: portrait(self.plan, day))

    def told(self, day: date, since: date) -> Account:
        """What happened from a day to another, with when it was recorded."""
        return self._once(("told", day, since), lambda: self.past.since(self.at(day), since, when=True))

    def of_the_next_meeting(self, day: date) -> tuple[Portrait, Decisions]:
        """What the meeting after a day decides, and the plan as it stands then."""
        return self._once(("decided", day), lambda: of_the_next_meeting(self.at(day)))

    def prepare(self, day: date) -> None:
        """Know what the first page and the lists ask of the plan at a day: it is a part of reading it."""
        _ = self.questions, self.at(day), self.of_the_next_meeting(day)

    def moments(self, place: Place) -> Sequence[Moment]:
        """What each commit recorded of an action."""
        return self._once(("moments", place.id), lambda: self.past.moments(place, self.plan))

    def renew(self, past: Past) -> None:
        """Keep the plan, whose history changed, and what does not depend on it."""
        self.past = past
        self._known = {key: made for key, made in self._known.items() if key[0] not in ("told", "moments")}

    def _once(self, key: tuple[Any, ...], make: Callable[[], _Made]) -> _Made:
        """What was made under that key, one of the last; nothing changes it."""
        if key not in self._known:
            made = make()
            self._known = {**dict(list(self._known.items())[1 - _MOST_KEPT :]), key: made}
        return cast("_Made", self._known[key])


_MOST_KEPT = 12
_MOST_KNOWN = 16 * 2**20  # bytes of the versions of files that are kept once they are read
_SETTLED = 2.0
"""Seconds after which a file that changed again has another time on any disk."""


class Desk:
    """The plan of a folder, what surrounds it, and the day that it is looked at where none is asked for: `au`, or that
    of the clock.
    """

    def __init__(self, folder: Path, label: str, edge: Edge, au: date | None = None) -> None:
        self.folder, self.label, self.edge, self.au = folder, label, edge, au
        self._last: Reading | None = None
        self._known: Known = {}
        self._head: tuple[str, ...] = ()
        self._look: tuple[object, ...] = ()
        self._since, self._settled = 0.0, False
        self.deposit = Deposit()
        self._kept: tuple[object, PlanFiles | None] = (None, None)
        self._line: tuple[object, keeping.Line] = (None, keeping.Line(""))

    def unkept(self) -> list[str]:
        """The names of the plan's files that are not in the history as they are; none where there is no history."""
        mark = last_commit_mark(self.folder)
        if self._kept[0] != mark or not mark:
            self._kept = mark, keeping.last_kept(self.folder, self.label)
        return keeping.unkept(self.reading().files, self._kept[1])

    def line(self) -> keeping.Line:
        """The branch that is recorded on, and what is left to send of it."""
        if (top := repository_root(self.folder.resolve())) is None:
            return keeping.Line("")
        mark = sending_mark(self.folder, self._line[1].remote)
        if self._line[0] != mark:
            try:
                line = keeping.line_of(top)
            except PivotError:  # git is not there, or does not answer
                line = keeping.Line("")
            self._line = sending_mark(self.folder, line.remote), line
        return self._line[1]

    def reading(self) -> Reading:
        """The plan as its files have it now, that of the last time where they are the same to the byte."""
        head, last, seen = last_commit_mark(self.folder), self._last, self._is_as_seen()
        if last is None or not seen:
            try:
                last = self._read(read_folder(self.folder, self.label))
            except PivotError as refused:  # the folder is gone, or has nothing in it
                last = Reading(PlanFiles(self.label), Plan(), (), self.edge.past({}))
                last.refused = refused
        if head != self._head:
            last.renew(self._past({}))
        self._last, self._head = last, head
        return last

    def _read(self, files: PlanFiles) -> Reading:
        last = self._last
        if last and not last.refused and (files.files, files.findings) == (last.files.files, last.files.findings):
            return last
        fresh: Known = {}  # the faults of a file are told when it is read
        plan, findings = self.edge.judge(files, fresh)
        read = Reading(files, plan, findings, self._past(fresh))
        read.prepare(self.au or self.edge.today())
        return read

    def _past(self, fresh: Known) -> Past:
        """What is known of the plan as it was: what was read of it already is not read again."""
        self._known = _bounded({**self._known, **fresh})
        return self.edge.past(self._known)

    def _is_as_seen(self) -> bool:
        """Whether no file of the folder has changed since it was read, by their sizes and times alone. Of two changes
        in a row, times may tell one: they are trusted only where they were the same for some seconds before a reading.
        """
        look, now = _looked_at(self.folder), time.monotonic()
        if look != self._look:
            self._look, self._since, self._settled = look, now, False
        if self._settled:
            return True
        self._settled = now - self._since > _SETTLED  # once it is read again
        return False


def _bounded(known: Known) -> Known:
    """The last of what was read, within `_MOST_KNOWN`."""
    kept, room = dict[Any, Any](), _MOST_KNOWN
    for key in reversed(known):
        if (room := room - len(key[1])) < 0:
            break
        kept[key] = known[key]
    return dict(reversed(kept.items()))


def _looked_at(folder: Path) -> tuple[object, ...]:
    """What the disk says of each file of a folder without opening it; something else each time where it cannot."""
    try:
        with os.scandir(folder) as entries:
            stats = sorted((entry.name, entry.stat()) for entry in entries)
    except OSError:
        return (object(),)
    return tuple((name, one.st_mtime_ns, one.st_ctime_ns, one.st_size, one.st_ino) for name, one in stats)
