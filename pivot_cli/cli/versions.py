"""The versions of a plan that git keeps, each read once; and when it recorded what happened."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pivot_cli.plan.names import base_name
from pivot_cli.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from pivot_cli.plan.git import Blobs
    from pivot_cli.plan.history import History
    from pivot_cli.plan.loader import Known
    from pivot_cli.plan.model import Origin, Place, Plan
    from pivot_cli.plan.sources import PlanFiles
    from pivot_cli.suivi.changes import ActionChange, Changes, Moment

Plans = tuple["Plan", "Plan"]
"""The earlier plan, and the later one."""


class Versions:
    """What git keeps of the plan of a folder, shown as `label`; what is read is `known` from then."""

    def __init__(self, folder: Path, label: str, history: History, blobs: Blobs, known: Known) -> None:
        self.folder, self.label, self.history, self.blobs = folder, label, history, blobs
        self._known = known

    def plan_after(self, count: int) -> Plan:
        """The plan after so many commits."""
        return self.read(self.files_after(count))

    def files_after(self, count: int, only: str | None = None) -> PlanFiles:
        """The files of the plan after so many commits, or those of one orientation."""
        return self.history.files_after(count, self.label, self.blobs, only)

    def read(self, files: PlanFiles) -> Plan:
        """The plan that these files make; what `git sparse-checkout` keeps away today was not removed."""
        from pivot_cli.plan.loader import load
        from pivot_cli.plan.worktree import may_lack_some

        if may_lack_some(self.folder):
            for name in [name for name in files.files if not (self.folder / name).exists()]:
                del files.files[name]
        return load(files, known=self._known)[0]

    def is_committed(self, count: int) -> bool:
        """Whether the files are those of that commit, byte for byte."""
        from hashlib import sha1, sha256

        from pivot_cli.plan.sources import read_folder

        state, files = self.history.states[count - 1], read_folder(self.folder, self.label).files
        if state.keys() != files.keys():
            return False
        named = sha1 if len(next(iter(state.values()))) == 40 else sha256
        return all(named(b"blob %d\0" % len(data) + data).hexdigest() == state[name] for name, data in files.items())


def recorded_days(found: Changes, plans: Plans, versions: Versions, counts: range) -> dict[str, date]:
    """The day of the commit that recorded what gives each action its class, by id: of those after so many others."""
    from pivot_cli.suivi.changes import Genre

    told: dict[str, date] = {}
    by_file: dict[str, list[ActionChange]] = {}
    for one in found.happened:
        if one.genre is not Genre.ECHEANCE:
            files = {base_name(side.place.orientation.origin.source.file) for side in (one.before, one.after) if side}
            by_file.setdefault(files.pop() if len(files) == 1 else _ANY, []).append(one)
    states = ({}, *versions.history.states)
    for file, some in by_file.items():
        pairs = ((count, states[count], states[count - 1]) for count in counts)
        changed = [n for n, now, was in pairs if (now != was if file == _ANY else now.get(file) != was.get(file))]
        _Bisection(file, plans, versions, told).among(changed, some)
    return told


def moments(place: Place, plan: Plan, versions: Versions) -> Iterator[Moment]:
    """What each commit recorded of an action, the last first; that which brought it to the plan ends it.

    A version in which the action stands as it did in the next one is only looked at: to read one takes much longer.
    """
    from pivot_cli.suivi.changes import Moment, facts_of
    from pivot_cli.suivi.pairing import paired

    history, file = versions.history, base_name(place.orientation.origin.source.file)
    blobs = [state.get(file) for state in ({}, *history.states)]
    day, now = None, _one_file(plan, file)
    for count in (count for count in range(len(history.commits), 0, -1) if blobs[count] != blobs[count - 1]):
        files = versions.files_after(count, file)
        if not _stands(place.action.origin, files.files.get(file, b"").decode("utf-8", "replace")):
            then = versions.read(files)
            old = next((pair.old for pair in paired(then, now) if pair.new.action is place.action), None)
            if facts := facts_of(old, place, (then, plan)):
                yield Moment(day, facts)
            if old is None:
                return
            place, now, plan = old, then, then
        day = history.commits[count - 1].day
    yield Moment(day, facts_of(None, place, (plan, plan)))


def numbers_of(place: Place, versions: Versions) -> Iterator[int]:
    """The numbers that the actions of an objectif had, as far back as it is the same one: one at least of those that it
    has now was there.
    """
    history, file = versions.history, base_name(place.orientation.origin.source.file)
    known = {(one.numero, fold(one.description)) for one in place.objectif.actions}
    seen: set[str | None] = {None}
    for count in range(len(history.commits), 0, -1):
        if (blob := history.states[count - 1].get(file)) in seen:
            continue
        seen.add(blob)
        then = versions.read(versions.files_after(count, file))
        there = [one.action for one in then.places if fold(one.objectif_id) == fold(place.objectif_id)]
        if there and not any((one.numero, fold(one.description)) in known for one in there):
            return
        yield from (one.numero for one in there)


_ANY = ""
"""In the place of the name of a file: that of an action that changed files may be any."""


class _Bisection:
    """Of the versions of a file, the first to which what happened to each action had happened."""

    def __init__(self, file: str, plans: Plans, versions: Versions, told: dict[str, date]) -> None:
        self._file, self._plans, self._versions, self._told = file, plans, versions, told

    def among(self, counts: Sequence[int], some: Sequence[ActionChange]) -> None:
        """Look for it among the versions after so many commits."""
        if not some or not counts:
            return
        middle = len(counts) // 2
        there = self._already(some, counts[middle])
        early, late = [one for one in some if one.id in there], [one for one in some if one.id not in there]
        day = self._versions.history.commits[counts[middle] - 1].day
        self._told.update(dict.fromkeys((one.id for one in early), day))
        self.among(counts[:middle], early)
        self.among(counts[middle + 1 :], late)

    def _already(self, some: Sequence[ActionChange], count: int) -> set[str]:
        """The ids of those to which, after so many commits, what gives them their class had happened.

        To read a version takes a hundred times as long as to look in it for what an action is at either end.
        """
        files = self._versions.files_after(count, self._file or None)
        text = files.files.get(self._file, b"").decode("utf-8", "replace")
        seen = {one.id: _seen(one, text) for one in some}
        there = {id_ for id_, happened in seen.items() if happened}
        unsure = [one for one in some if seen[one.id] is None]
        return there | self._read(unsure, files) if unsure else there

    def _read(self, some: Iterable[ActionChange], files: PlanFiles) -> set[str]:
        from pivot_cli.suivi.changes import facts_of
        from pivot_cli.suivi.pairing import paired

        then = self._versions.read(files)
        pairs = {pair.new.id: pair for pair in paired(then, _one_file(self._plans[1], self._file))}
        left = {pair.old.id for pair in paired(_one_file(self._plans[0], self._file), then)}

        def happened(one: ActionChange) -> bool:
            if one.after is None:
                return one.id not in left
            if (pair := pairs.get(one.id)) is None:
                return False
            field = one.facts[0].keys[:1]  # none, of what was added
            return not field or all(fact.keys[:1] != field for fact in facts_of(*pair, (then, self._plans[1])))

        return {one.id for one in some if happened(one)}


def _one_file(plan: Plan, file: str) -> Plan:
    """The orientation of a file, and nothing else of a plan."""
    kept = (one for one in plan.orientations if file in (_ANY, base_name(one.origin.source.file)))
    return plan._replace(orientations=tuple(kept))


def _seen(one: ActionChange, text: str) -> bool | None:
    """Whether an action stands in a text as it does at the end, or as it did at the beginning; None for neither."""
    before, after = (side and side.place.action.origin for side in (one.before, one.after))
    if before and after and _written(before) == _written(after):
        return None  # it is what stands around it that changed
    if after and _stands(after, text):
        return True
    if before and _stands(before, text):
        return False
    return _said(one, text) if before and after else None


def _said(one: ActionChange, text: str) -> bool | None:
    """Whether the statut, or the notes, that give an action its class are there as they are at the end, where its lines
    are found in a text and are those that `pivot note` writes; None where they are not.
    """
    now = one.after
    lines = now and _lines(now.place.action.origin, text)
    key = one.facts[0].keys[:1]
    if not now or not lines:
        return None
    if key == ("statut",):
        statut = now.place.action.statut
        margin = re.escape(" " * (now.place.action.origin.at().column - 1))
        if (found := re.search(rf"(?m)^{margin}statut:(.*)$", lines)) is None:
            return statut is None
        written = found[1].strip()
        return fold(written) == fold(statut or "") if re.fullmatch(r"[^\W\d_][^:#'\"|>]*", written) else None
    if key == ("suivi",):
        notes = [note.note for note in now.place.action.suivi]
        if len(re.findall(r"(?m)^[ -]*note:", lines)) == len(notes) and all(
            re.search(rf"(?m)^[ -]*note:[ \t]*{re.escape(note)}[ \t]*\r?$", lines) for note in notes
        ):
            return True
        return None if all(fold(note)[:_ENOUGH] in fold(lines) for note in notes) else False
    return None


_ENOUGH = 12  # letters of a note that is there, be it written over several lines


def _lines(origin: Origin, text: str) -> str:
    """The lines of a text that are those of an action, found by its description, on one line and of it alone; nothing
    where they are not in a block of their own.
    """
    margin, described = " " * (origin.at().column - 1), origin.source.text[slice(*origin.span("description"))]
    if len(margin) < len("- ") or "\n" in described or text.count(described) != 1:
        return ""
    at = text.index(described)
    start = text.rfind(f"\n{margin[:-2]}- ", 0, at) + 1
    if not start or not re.search(rf"(?:{margin}|{margin[:-2]}- )description:[ \t]*$", text[start:at]):
        return ""
    end = re.compile(rf"\r?\n(?! {{{len(margin)}}}|[ \t]*(?:#|\r?\n|\Z))").search(text, at)
    return text[start : end.start() if end else len(text)]


def _written(origin: Origin) -> str:
    start, end = origin.span()
    return origin.source.text[start:end].rstrip()


def _stands(origin: Origin, text: str) -> bool:
    """Whether a node stands in a text, once, as a whole: what follows is no part of it."""
    written = _written(origin)
    at = text.find(written)
    if at < 0 or text.find(written, at + 1) >= 0 or origin.source.text.count(written) > 1:
        return False
    margin = origin.at().column - 1
    following = re.compile(r"[ \t]*(?:#.*)?(?:\r?\n[ \t]*(?:#.*)?)*(?=\Z|\r?\n)").match(text, at + len(written))
    rest = text[following.end() :].lstrip("\r\n") if following else "?"
    return following is not None and len(rest) - len(rest.lstrip(" ")) < max(margin, 1)
