"""What a plan was before: as git has it, else as far as the dates written in it tell; and what happened since."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.cli import edge
from pivot_cli.text import NBSP, capitalized, clean, counted, day_in_words, fold, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from pivot_cli.plan.git import Blobs
    from pivot_cli.plan.history import History
    from pivot_cli.plan.loader import Known
    from pivot_cli.plan.model import Plan
    from pivot_cli.plan.sources import PlanFiles
    from pivot_cli.suivi.changes import Account, Change, Changes
    from pivot_cli.suivi.etat import Portrait

    Plans = tuple[Plan, Plan]  # the earlier one, the later one

_MONTHS = 3  # that are looked at where no meeting is known


class Start(NamedTuple):
    """From when it is told: the first day, and what it is called; of a revision, its name."""

    day: date
    said: str = ""
    revision: str = ""


def start_of(depuis: str | None, now: Portrait) -> Start:
    """What `--depuis` names: a day (of a month, of a year, the first), the meeting before, or a revision; without it,
    that meeting, else three months. Raises PivotError where no meeting is known, or the day is not before.
    """
    from pivot_cli.echeance import DateConsignee, parse_date

    if depuis is None or fold(depuis).removeprefix("la ").removeprefix("derniere ") == "reunion":
        meeting = last_meeting(now.plan, now.au)
        if meeting:
            return Start(meeting, "la réunion")
        if depuis is None:
            from dateutil.relativedelta import relativedelta

            return Start(now.au - relativedelta(months=_MONTHS))
        remedy = f"Donnez un jour, par exemple{NBSP}: --depuis 2020-01-15; ou inscrivez-la dans reunions.yaml."
        raise edge.misused(f"aucune réunion d'avant le {day_in_words(now.au)} n'est inscrite au plan.", remedy)
    read = parse_date(depuis)
    if not isinstance(read, DateConsignee):
        return Start(now.au, f"la révision {quoted(clean(depuis.strip()))}", depuis)
    if read.debut > now.au:
        message = f"le {day_in_words(read.debut)} vient après le {day_in_words(now.au)}."
        raise edge.misused(message, "Donnez à --depuis un jour qui le précède, ou un autre jour à --au.")
    return Start(read.debut)


def last_meeting(plan: Plan, day: date) -> date | None:
    """The last known meeting of the board before a day; where it has none, that of the assembly."""
    days = plan.reunions.ca.days or plan.reunions.aga.days
    return max((one for one in days if one < day), default=None)


def what_happened(folder: Path, now: Portrait, start: Start, *, when: bool = False) -> Account:
    """What happened in a plan from a day, or a revision, to that of a portrait; with `when`, the day at which each was
    recorded. Raises PivotError where a revision cannot be had.
    """
    from pivot_cli.finding import PivotError
    from pivot_cli.plan.git import Blobs
    from pivot_cli.plan.history import read_history
    from pivot_cli.plan.worktree import repository_root
    from pivot_cli.suivi.changes import by_dates

    label, history, why = edge.plan_label(folder), None, ""
    if repository_root(folder) is not None:
        try:
            history = read_history(folder, label, edge.today())
        except PivotError as fault:
            if start.revision:
                raise
            why = capitalized(fault.message)
    if start.revision and history is None:
        from pivot_cli.plan.revisions import read_revision

        read_revision(folder, label, start.revision)  # which says why it cannot be had
    if history is not None:
        with Blobs(history.top) as blobs:
            if (told := _Told(folder, label, now, history, blobs).since(start, when=when)) is not None:
                return told
        why = _silent(history, now.au)
    why = (why or "Le plan n'est pas dans git").removesuffix(".")
    return by_dates(now, start.day, start.said, f"{why}{NBSP}: seules les dates écrites dans le plan répondent.")


def told_since(folder: Path, now: Portrait, day: date) -> Account:
    """What happened in the plan of a folder from a day on, as documents ask it."""
    return what_happened(folder, now, Start(day))


def told_since_the_meeting(folder: Path, now: Portrait) -> Account | None:
    """What happened in the plan of a folder since the last known meeting; None where there is none."""
    meeting = last_meeting(now.plan, now.au)
    return what_happened(folder, now, Start(meeting, "la réunion")) if meeting else None


def _silent(history: History, au: date) -> str:
    if history.shallow:
        return "Cette copie du dépôt n'a que la fin de l'historique (« git fetch --unshallow » va chercher le reste)"
    if history.commits and history.commits[0].day > au:
        return f"L'historique de git ne commence que le {day_in_words(history.commits[0].day)}"
    return "L'historique de git ne dit rien du plan pour ces jours"


class _Told:
    """What git tells of a plan: the versions that are asked for, each read once."""

    def __init__(self, folder: Path, label: str, now: Portrait, history: History, blobs: Blobs) -> None:
        self.folder, self.label, self.now, self.history, self.blobs = folder, label, now, history, blobs
        self.known: Known = {}

    def since(self, start: Start, *, when: bool) -> Account | None:
        """What happened; None where the history says nothing of these days."""
        from pivot_cli.suivi.changes import Account, changes, eve
        from pivot_cli.suivi.etat import portrait

        history, au = self.history, self.now.au
        last = history.by(au)
        if not last or not history.states[last - 1]:
            return None
        basis: list[str] = []
        if start.revision:
            depuis, old, commit = self._revision(start.revision)
            first = history.position(commit) or history.by(eve(depuis))
        else:
            depuis, first = start.day, history.by(eve(start.day))
            if not first and history.shallow:
                return None
            if not first or not history.states[first - 1]:
                first = self._first_state() - 1
                day = history.commits[first].day
                basis.append(
                    f"L'historique de git commence le {day_in_words(day)}{NBSP}: avant, seules les dates écrites dans "
                    "le plan répondent."
                )
            base = first + bool(basis)
            old, commit = self.plan_after(base), history.commits[base - 1].name
        after, waiting = self._later(last)
        before = portrait(old, depuis if start.revision else eve(depuis))
        found = changes(before, after, depuis)
        if old.unread:
            basis.append("Une partie du plan d'avant ne se lit pas : les dates écrites dans le plan y répondent.")
        if history.doubtful:
            many = counted(history.doubtful, "enregistrement porte", "enregistrements portent")
            basis.append(f"{many} une date impossible dans git{NBSP}: chacun compte au jour de celui d'avant.")
        later = range(first + 1, last + 1)
        recorded = self._recorded(found, (old, after.plan), later) if when else {}
        return Account(found, before, after, start.said, commit, "", tuple(basis), recorded, waiting)

    def _first_state(self) -> int:
        """After how many commits there was a plan."""
        return next(count for count, state in enumerate(self.history.states, 1) if state)

    def _revision(self, revision: str) -> tuple[date, Plan, str]:
        from pivot_cli.plan.history import day_of
        from pivot_cli.plan.revisions import read_revision

        was = read_revision(self.folder, self.label, revision)
        if was.absent:
            raise edge.misused(
                f"il n'y avait pas encore de plan à la révision {quoted(clean(revision))}.", "Donnez-en une autre."
            )
        day = day_of(self.history, was.commit, edge.today())
        if day > self.now.au:
            message = f"la révision {quoted(clean(revision))} ({day_in_words(day)}) vient après le "
            raise edge.misused(
                f"{message}{day_in_words(self.now.au)}.", "Donnez-en une autre, ou un autre jour à --au."
            )
        return day, self._load(was.files), was.commit

    def plan_after(self, count: int, only: str | None = None) -> Plan:
        """The plan after so many commits, or one orientation of it."""
        return self._load(self.history.files_after(count, self.label, self.blobs, only))

    def _load(self, files: PlanFiles) -> Plan:
        from pivot_cli.plan.loader import load
        from pivot_cli.plan.worktree import may_lack_some

        if may_lack_some(self.folder):  # what is kept away was not removed
            for name in [name for name in files.files if not (self.folder / name).exists()]:
                del files.files[name]
        return load(files, known=self.known)[0]

    def _later(self, last: int) -> tuple[Portrait, int]:
        """The later plan, that of the files unless one was committed after the day; how many actions git lacks."""
        from pivot_cli.suivi.changes import changes
        from pivot_cli.suivi.etat import portrait

        if last < len(self.history.commits):
            return portrait(self.plan_after(last), self.now.au), 0
        if self._is_committed(last):
            return self.now, 0
        kept = portrait(self.plan_after(last), self.now.au)
        return self.now, len(changes(kept, self.now, self.now.au).happened)

    def _is_committed(self, last: int) -> bool:
        """Whether the files are those of the last commit, byte for byte."""
        from hashlib import sha1, sha256

        from pivot_cli.plan.sources import read_folder

        state, files = self.history.states[last - 1], read_folder(self.folder, self.label).files
        if state.keys() != files.keys():
            return False
        named = sha1 if len(next(iter(state.values()))) == 40 else sha256
        return all(named(b"blob %d\0" % len(data) + data).hexdigest() == state[name] for name, data in files.items())

    # --- when each was recorded ---

    def _recorded(self, found: Changes, plans: Plans, counts: range) -> dict[str, date]:
        """The day of the commit that recorded what gives each action its class, by id, among those that are made after
        so many others.
        """
        from pivot_cli.plan.names import base_name
        from pivot_cli.suivi.changes import Genre

        told: dict[str, date] = {}
        by_file: dict[str, list[Change]] = {}
        for one in found.happened:
            if one.genre is not Genre.ECHEANCE:
                by_file.setdefault(base_name(one.now.place.orientation.origin.source.file), []).append(one)
        states = ({}, *self.history.states)
        for file, some in by_file.items():
            versions = [count for count in counts if states[count].get(file) != states[count - 1].get(file)]
            self._bisect(file, some, plans, versions, told)
        return told

    def _bisect(
        self,
        file: str,
        some: Sequence[Change],
        plans: Plans,
        versions: Sequence[int],
        told: dict[str, date],
    ) -> None:
        """Find, for each action, the first of these versions of its file to which what happened had happened."""
        if not some or not versions:
            return
        middle = len(versions) // 2
        there = self._already(file, some, plans, versions[middle])
        early, late = [one for one in some if one.id in there], [one for one in some if one.id not in there]
        told |= dict.fromkeys((one.id for one in early), self.history.commits[versions[middle] - 1].day)
        self._bisect(file, early, plans, versions[:middle], told)
        self._bisect(file, late, plans, versions[middle + 1 :], told)

    def _already(self, file: str, some: Iterable[Change], plans: Plans, count: int) -> set[str]:
        """The ids of those to which, after so many commits, what gives them their class had happened."""
        from pivot_cli.suivi.changes import facts_of
        from pivot_cli.suivi.pairing import paired

        then = self.plan_after(count, file)
        pairs = {pair.new.id: pair for pair in paired(then, _one_file(plans[1], file))}
        left = {pair.old.id for pair in paired(_one_file(plans[0], file), then)}

        def happened(one: Change) -> bool:
            if one.after is None:
                return one.id not in left
            if (pair := pairs.get(one.id)) is None:
                return False
            field = one.facts[0].keys[:1]  # none, of what was added
            return not field or all(fact.keys[:1] != field for fact in facts_of(*pair, (then, plans[1])))

        return {one.id for one in some if happened(one)}


def _one_file(plan: Plan, file: str) -> Plan:
    """The orientation of a file, and nothing else of a plan."""
    from pivot_cli.plan.names import base_name

    kept = (one for one in plan.orientations if base_name(one.origin.source.file) == file)
    return plan._replace(orientations=tuple(kept))
