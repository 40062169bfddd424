"""What a plan was before: as git has it, else as far as the dates written in it tell; and what happened since."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.cli import edge
from pivot_cli.cli.versions import Versions, moments, numbers_of, recorded_days
from pivot_cli.suivi.decisions import last_meeting
from pivot_cli.text import NBSP, capitalized, clean, counted, day_in_words, fold, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pivot_cli.finding import PivotError
    from pivot_cli.plan.history import History
    from pivot_cli.plan.loader import Known
    from pivot_cli.plan.model import Place, Plan
    from pivot_cli.suivi.changes import Account, Moment
    from pivot_cli.suivi.etat import Portrait
    from pivot_cli.suivi.selection import Selection

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

    if depuis is not None and not depuis.strip():
        raise edge.misused("--depuis ne nomme aucun jour.", f"Écrivez par exemple{NBSP}: --depuis 2020-01-15")
    if depuis is None or fold(depuis).removeprefix("la ").removeprefix("derniere ") == "reunion":
        meeting = last_meeting(now.plan, now.au)
        if meeting:
            return Start(meeting, "la réunion")
        if depuis is None:
            from pivot_cli.suivi.selection import months_before

            return Start(months_before(now.au, _MONTHS))
        remedy = f"Donnez un jour, par exemple{NBSP}: --depuis 2020-01-15; ou inscrivez-la dans reunions.yaml."
        raise edge.misused(f"aucune réunion d'avant le {day_in_words(now.au)} n'est inscrite au plan.", remedy)
    read = parse_date(depuis)
    if not isinstance(read, DateConsignee):
        return Start(now.au, f"la révision {quoted(clean(depuis.strip()))}", depuis)
    if read.debut > now.au:
        message = f"le {day_in_words(read.debut)} vient après le {day_in_words(now.au)}."
        raise edge.misused(message, "Donnez à --depuis un jour qui le précède, ou un autre jour à --au.")
    return Start(read.debut)


class Past:
    """What git knows of the plan of a folder: its history is asked once, and each version read once, but what is
    `known` already.
    """

    def __init__(self, folder: Path, known: Known | None = None) -> None:
        self._folder, self._known = folder, {} if known is None else known

    @cached_property
    def _versions(self) -> Versions | PivotError | None:
        """What git keeps of it; why it cannot be had; None outside of any repository."""
        from pivot_cli.finding import PivotError
        from pivot_cli.plan.git import Blobs
        from pivot_cli.plan.history import read_history
        from pivot_cli.plan.worktree import repository_root

        if repository_root(self._folder) is None:
            return None
        label = edge.plan_label(self._folder)
        try:
            history = read_history(self._folder, label, edge.today())
        except PivotError as fault:
            return fault
        return Versions(self._folder, label, history, Blobs(history.top), self._known)

    def since(self, now: Portrait, start: Start | date, *, when: bool = False) -> Account:
        """What happened from a day, or a revision, to that of a portrait; with `when`, the day at which each was
        recorded. Raises PivotError where a revision cannot be had.
        """
        from pivot_cli.finding import PivotError
        from pivot_cli.suivi.changes import by_dates

        start, versions = start if isinstance(start, Start) else Start(start), self._versions
        why = "Le plan n'est pas dans git"
        if isinstance(versions, Versions):
            with versions.blobs:
                begun = not self._takes_the_place_of_another(versions, now.plan)
                if begun and (told := _told(versions, now, start, when=when)) is not None:
                    return told
            why = _silent(versions.history, now.au) if begun else "Ce plan n'est pas encore dans l'historique de git"
            if start.revision:
                remedy = "Donnez un autre jour à --au." if begun else "Gardez-le d'abord, avec git add et git commit."
                raise PivotError(f"{why[:1].lower()}{why[1:]}.", remedy)
        elif versions is not None:
            if start.revision:
                raise versions
            why = capitalized(versions.message).removesuffix(".")
        elif start.revision:
            from pivot_cli.plan.revisions import read_revision

            read_revision(self._folder, edge.plan_label(self._folder), start.revision)  # which says that there is none
        return by_dates(now, start.day, start.said, f"{why}{NBSP}: seules les dates écrites dans le plan répondent.")

    def _takes_the_place_of_another(self, versions: Versions, plan: Plan) -> bool:
        """Whether the last that git has in the place of a plan is the one that it follows, put away since, with no
        commit of either yet.
        """
        from pivot_cli.suivi.pairing import unchanged

        last = len(versions.history.commits)
        if plan.organisme.plan.suite_de is None or not last or versions.is_committed(last):
            return False
        was, former = versions.plan_after(last), edge.former_plan(self._folder, plan)
        if former is None or former.plan is None or was.organisme.plan.suite_de == plan.organisme.plan.suite_de:
            return False
        return 0 < unchanged(was, former.plan) >= unchanged(was, plan)

    def told_since_the_meeting(self, now: Portrait, selection: Selection) -> str:
        """What happened since the last known meeting to the actions that answer, in a line; nothing without any."""
        if (meeting := last_meeting(now.plan, now.au)) is None:
            return ""
        from pivot_cli.suivi.changes_in_words import since_the_meeting

        return since_the_meeting(self.since(now, meeting).only(selection))

    def moments(self, place: Place, plan: Plan) -> list[Moment]:
        """What each commit recorded of an action, the last first; nothing where git keeps nothing of it."""
        versions = self._versions
        if not isinstance(versions, Versions):
            return []
        with versions.blobs:
            return list(moments(place, plan, versions))

    def numbers(self, place: Place) -> frozenset[int]:
        """The numbers that the actions of an objectif had, as git keeps them; none where it keeps nothing."""
        versions = self._versions
        if not isinstance(versions, Versions):
            return frozenset()
        with versions.blobs:
            return frozenset(numbers_of(place, versions))

    @property
    def unkept(self) -> str:
        """Why no commit tells anything, in a sentence; nothing where the plan has a history."""
        versions = self._versions
        if versions is None:
            return "Le plan n'est pas gardé dans un historique (git)."
        if isinstance(versions, Versions):
            return ""
        return f"L'historique (git) ne peut pas être lu{NBSP}: {versions.message}"

    def known_on(self, now: Portrait, days: Sequence[date]) -> list[Portrait | None] | None:
        """The plan as git knew it at each of these days, of a portrait's actions that it had, and that portrait on its
        own day; None for a day before it had the plan, or of which it cannot be read, and for all where it has no
        history of them.
        """
        from pivot_cli.suivi.etat import portrait

        versions, kept = self._versions, {one.id for one in now.situations}
        if not isinstance(versions, Versions) or versions.history.shallow or not versions.history.by(now.au):
            return None
        whole = len(kept) == len(now.plan.places)
        known: list[Portrait | None] = []
        with versions.blobs:
            for day in days:
                count = versions.history.by(day)
                plan = versions.plan_after(count) if count and versions.history.states[count - 1] else None
                if day == now.au:
                    known.append(now)
                elif plan is None or plan.unread:
                    known.append(None)
                else:
                    then = portrait(plan, day)
                    known.append(then if whole else then.only(kept))
        return known


def _silent(history: History, au: date) -> str:
    if history.shallow:
        return "Cette copie du dépôt n'a que la fin de l'historique (« git fetch --unshallow » va chercher le reste)"
    if history.commits and history.commits[0].day > au:
        return f"L'historique de git ne commence que le {day_in_words(history.commits[0].day)}"
    return "L'historique de git ne dit rien du plan pour ces jours"


class _Side(NamedTuple):
    """The earlier plan, its commit, how many commits came before what is told, the first day of that, and the day at
    whose end the plan stood so.
    """

    plan: Plan
    commit: str
    position: int
    depuis: date
    seen_on: date


def _told(versions: Versions, now: Portrait, start: Start, *, when: bool) -> Account | None:
    """What git tells; None where its history says nothing of these days."""
    from pivot_cli.suivi.changes import Account, changes
    from pivot_cli.suivi.etat import portrait

    history = versions.history
    side = _at_revision(versions, now, start.revision) if start.revision else _at_day(versions, start.day)
    last = history.by(now.au)
    after, waiting = _later(versions, now, last) if side and last and history.states[last - 1] else (None, 0)
    if side is None or after is None:
        return None
    before = portrait(side.plan, side.seen_on)
    found = changes(before, after, side.depuis)
    recorded = {}
    if when:
        recorded = recorded_days(found, (side.plan, after.plan), versions, range(side.position + 1, last + 1))
    basis = tuple(_reserves(history, side))
    return Account(found, before, after, start.said, side.commit, "", basis, recorded, waiting)


def _reserves(history: History, side: _Side) -> Iterator[str]:
    """What git does not tell."""
    if side.position < history.first:
        begun = day_in_words(history.commits[side.position].day)
        dates = "avant, seules les dates écrites dans le plan répondent"
        yield f"L'historique de git commence le {begun}{NBSP}: {dates}."
    if side.plan.unread:
        yield f"Une partie du plan d'avant ne se lit pas{NBSP}: les dates écrites dans le plan y répondent."
    if history.doubtful:
        many = counted(history.doubtful, "enregistrement porte", "enregistrements portent")
        yield f"{many} une date impossible dans git{NBSP}: chacun compte au jour de celui d'avant."


def _at_day(versions: Versions, day: date) -> _Side | None:
    """The plan as it was when a day began, or as its first commit has it; None where this copy may have no such one."""
    from pivot_cli.suivi.changes import eve

    history, before = versions.history, eve(day)
    count = history.by(before)
    if not history.first or (not count and history.shallow):
        return None
    if count < history.first or not history.states[count - 1]:
        count = history.first - 1
    base = max(count, history.first)
    return _Side(versions.plan_after(base), history.commits[base - 1].name, count, day, before)


def _at_revision(versions: Versions, now: Portrait, revision: str) -> _Side:
    """The plan as a revision has it; raises PivotError where it cannot be had, or comes after the day."""
    from pivot_cli.finding import ExitCode, PivotError
    from pivot_cli.plan.history import day_of
    from pivot_cli.plan.revisions import read_revision
    from pivot_cli.suivi.changes import eve

    shown = quoted(clean(revision.strip()))
    try:
        was = read_revision(versions.folder, versions.label, revision)
    except PivotError as fault:
        if fault.code is not ExitCode.USAGE:
            raise
        remedy = f"Écrivez un jour en entier, par exemple{NBSP}: --depuis 2020-01-15. {fault.remedy}"
        raise edge.misused(f"{shown} n'est ni un jour, ni une révision du dépôt.", remedy) from None
    if was.absent:
        raise edge.misused(f"il n'y avait pas encore de plan à la révision {shown}.", "Donnez-en une autre.")
    day = day_of(versions.history, was.commit, edge.today())
    if (versions.history.position(was.commit) or versions.history.by(day)) < versions.history.first:
        said = f"à la révision {shown}, ce plan n'était pas commencé{NBSP}: celui d'avant était à sa place."
        raise edge.misused(said, "Donnez-en une autre, ou nommez ce plan-là avec --plan.")
    if day > now.au:
        said = f"la révision {shown} ({day_in_words(day)}) vient après le {day_in_words(now.au)}."
        raise edge.misused(said, "Donnez-en une autre, ou un autre jour à --au.")
    count = versions.history.position(was.commit) or versions.history.by(eve(day))
    return _Side(versions.read(was.files), was.commit, count, day, day)


def _later(versions: Versions, now: Portrait, last: int) -> tuple[Portrait | None, int]:
    """The later plan, that of the files unless one was committed after the day, None if that one cannot be read; and
    how many actions git lacks.
    """
    from pivot_cli.suivi.changes import changes
    from pivot_cli.suivi.etat import portrait

    committed = last == len(versions.history.commits)
    if committed and versions.is_committed(last):
        return now, 0
    plan = versions.plan_after(last)
    if not committed:
        return (None if plan.unread else portrait(plan, now.au)), 0
    return now, len(changes(portrait(plan, now.au), now, now.au).happened)
