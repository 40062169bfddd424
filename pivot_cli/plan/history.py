"""What git kept of a plan: the commits that changed its files, the day of each, and what the plan was then.

The history is that of the first parents: of what was merged, the day it was. Nothing of a repository is trusted: what
it says is bounded, and the clock of a commit may be absurd.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.finding import Finding, Location
from pivot_cli.plan.git import Blobs, ask_git
from pivot_cli.plan.names import FIXED, ORGANISME, is_plan_file, number_in, rank
from pivot_cli.plan.revisions import repository_of, unexplained
from pivot_cli.plan.sources import MAX_FILE_BYTES, PlanFiles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

# Wherever they stand: a plan may have been in another folder.
_PLAN_FILES = [f":(top,glob)**/{name}" for name in (*FIXED, "orientation-*.yaml")]
# As settings could have it otherwise: no file is read to say in which order others are told (-O).
_WORDS = (
    *("--first-parent", "-m", "--root", "--raw", "-z", "--no-abbrev", "--no-renames", f"-O{os.devnull}"),
    *("--no-color", "--encoding=UTF-8", "--no-show-signature", "--no-mailmap", "--no-notes", "--format=%x01%H %cI"),
)
_SECONDS = 15


class Commit(NamedTuple):
    """A commit that changed the files of a plan: its name, its day in its own time zone, and the blob of each path that
    it changed, None for one that it took away.
    """

    name: str
    day: date
    changed: dict[str, str | None]


class History:
    """The commits of a plan, the oldest first. `shallow` says that this copy of the repository begins later than the
    plan does; `doubtful`, of how many commits the clock was absurd: they count on the day of the one before.
    """

    def __init__(self, top: Path, place: str, commits: Sequence[Commit], *, shallow: bool, doubtful: int) -> None:
        self.top, self.commits, self.shallow, self.doubtful = top, tuple(commits), shallow, doubtful
        self._place = place  # of the plan today, with a final slash

    def by(self, day: date) -> int:
        """How many commits there were by the end of a day."""
        return bisect_right(self.commits, day, key=lambda commit: commit.day)

    def position(self, name: str) -> int:
        """How many commits there were when the one of that name was made, itself included; 0 where it is not one."""
        return next((rank for rank, commit in enumerate(self.commits, 1) if commit.name == name), 0)

    @cached_property
    def states(self) -> tuple[dict[str, str], ...]:
        """The files that the plan had after each commit, by bare name: their blobs; none where there was no plan, or
        where another one stood in its place, which it followed.
        """
        every: dict[str, str] = {}
        here, place = self._place, None
        found: list[dict[str, str]] = []
        for commit in self.commits:
            before = every.copy()
            for path, blob in commit.changed.items():
                every.pop(path, None)
                if blob is not None:
                    every[path] = blob
            if place is not None and _replaced(place, here, before, every):
                found = [{} for _ in found]
            place = self._place_among(every, here)
            names = ((path.removeprefix(place), path) for path in every if place is not None)
            found.append({name: every[path] for name, path in names if is_plan_file(name)} if place is not None else {})
        return tuple(found)

    @cached_property
    def first(self) -> int:
        """After how many commits there was a plan, 1 or more; the history of one has one."""
        return next((count for count, state in enumerate(self.states, 1) if state), 0)

    def _place_among(self, paths: dict[str, str], here: str) -> str | None:
        """The folder of the plan among those that hold one: that of today, the only one, or the only one gone since."""
        places = _places(paths)
        if here in places:
            return here
        gone = [place for place in places if not (self.top / place / ORGANISME).exists()]
        return next((some[0] for some in (places, gone) if len(some) == 1), None)

    def files_after(self, count: int, label: str, blobs: Blobs, only: str | None = None) -> PlanFiles:
        """The files of the plan after so many commits (1 or more), or those of one orientation; what cannot be had is a
        finding.
        """
        state = self.states[count - 1]
        kept = sorted((name for name in state if only in (None, name) or name in FIXED), key=rank)
        plan = PlanFiles(label)
        for name in kept:
            if (data := blobs.read(state[name], MAX_FILE_BYTES)) is not None:
                plan.files[name] = data
            else:
                plan.findings.append(Finding("PIV002", Location(plan.shown(name)), _LOST))
        return plan


def _places(paths: Iterable[str]) -> list[str]:
    """The folders that hold a plan, each with a final slash."""
    return [path.removesuffix(ORGANISME) for path in paths if f"/{path}".endswith(f"/{ORGANISME}")]


def _replaced(place: str, here: str, before: dict[str, str], after: dict[str, str]) -> bool:
    """Whether a commit put the plan that follows it in the place of the one that stood at `place`: that one is
    elsewhere from then, put away, or stays there while a plan that is not a copy of it begins `here`.
    """
    places = _places(after)
    if here not in places:
        return False
    if place == here:
        return any(_moved(place, other, before, after) for other in places if other != place)
    copied = after[f"{here}{ORGANISME}"] == after.get(f"{place}{ORGANISME}")
    return place in places and not copied and not _moved(place, here, before, after)


def _moved(place: str, other: str, before: dict[str, str], after: dict[str, str]) -> bool:
    """Whether what stood at a place is at another one, as it was or in part, and nothing of it where it was: neither
    of the organisation's file nor of the orientations', which two plans do not share.
    """
    names = [name for path in before if path.startswith(place) and _is_its_own(name := path.removeprefix(place))]
    same, left = (
        [name for name in names if after.get(f"{where}{name}") == before[f"{place}{name}"]] for where in (other, place)
    )
    return bool(same) and not left


def _is_its_own(name: str) -> bool:
    return name == ORGANISME or number_in(name) is not None


_LOST = "Cette ancienne version du fichier ne peut pas être lue."


def read_history(folder: Path, label: str, today: date) -> History:
    """The history of the plan of a folder; raises PivotError where git, or the repository, cannot tell it."""
    top, prefix, shallow = repository_of(folder, label)
    done = ask_git(top, "log", *_WORDS, "HEAD", "--", *_PLAN_FILES, seconds=_SECONDS)
    if done.code:
        if ask_git(top, "rev-parse", "--verify", "--quiet", "HEAD").code:
            return History(top, "", (), shallow=False, doubtful=0)  # no commit yet
        raise unexplained(done)
    read = list(_read(done.out))[::-1]
    days = [_day(when, today) for _, when, _ in read]
    sane = _in_order(days)
    commits, latest = [], next((day for day, kept in zip(days, sane, strict=True) if day and kept), today)
    for (name, _, changed), day, kept in zip(read, days, sane, strict=True):
        latest = day if day and kept else latest
        commits.append(Commit(name, latest, changed))
    off = sum(
        day is None or abs((day - commit.day).days) > 1 for day, commit in zip(days, commits, strict=True)
    )  # a day apart is two time zones
    return History(top, os.fsdecode(prefix), commits, shallow=shallow, doubtful=off)


def day_of(history: History, commit: str, today: date) -> date:
    """The day of a commit, whether or not it changed the plan; today where its clock is absurd."""
    if rank_ := history.position(commit):
        return history.commits[rank_ - 1].day
    done = ask_git(history.top, "log", "-1", "--format=%cI", "--end-of-options", commit, "--")
    return _day(done.out.decode("ascii", "replace"), today) or today


def _read(told: bytes) -> list[tuple[str, str, dict[str, str | None]]]:
    """Each commit as `git log` tells it, the latest first: its name, its day, what it changed."""
    found: list[tuple[str, str, dict[str, str | None]]] = []
    parts = iter(told.split(b"\0"))
    for part in parts:
        if part.startswith(b"\1"):
            name, _, when = part[1:].decode("ascii", "replace").partition(" ")
            found.append((name, when, {}))
        elif part.lstrip(b"\n").startswith(b":") and found:
            mode, blob = part.split()[1], part.split()[3].decode("ascii", "replace")
            path = os.fsdecode(next(parts, b""))
            # Of a link, or of what is no file, nothing can be read: it is not gone.
            found[-1][2][path] = blob if mode.startswith(b"100") else "" if mode.strip(b"0") else None
    return found


def _day(when: str, today: date) -> date | None:
    """The day of a commit in its own time zone; None where no clock can have said it."""
    try:
        day = date.fromisoformat(when[:10])
    except ValueError:
        return None
    return day if day.year > _BEFORE_GIT and day <= today else None


_BEFORE_GIT = 2004


def _in_order(days: Sequence[date | None]) -> list[bool]:
    """Which days stand in order, as many of them as can: the others are those of clocks that were wrong."""
    tails: list[date] = []
    ranks = []
    for day in days:
        rank_ = bisect_right(tails, day) if day else -1
        if day:
            tails[rank_ : rank_ + 1] = [day]
        ranks.append(rank_)
    kept, wanted = [False] * len(days), len(tails) - 1
    last: date | None = None
    for position in range(len(days) - 1, -1, -1):
        day = days[position]
        if day and ranks[position] == wanted and (last is None or day <= last):
            kept[position], wanted, last = True, wanted - 1, day
    return kept
