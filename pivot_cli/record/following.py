"""Answers recorded one after the other in the files of a plan: what each changes, and the files to write at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.finding import PivotError
from pivot_cli.record.filing import Filed
from pivot_cli.record.writing import Exchange
from pivot_cli.text import NBSP

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pivot_cli.plan.model import Plan
    from pivot_cli.plan.sources import PlanFiles
    from pivot_cli.record.filing import Held
    from pivot_cli.record.known import FiledFile
    from pivot_cli.record.recording import Typed


class Answer(NamedTuple):
    """What is said of some actions; without anything said, they are given back as git keeps them. `line` is where it
    stands among several.
    """

    ids: tuple[str, ...]
    typed: Typed | None
    line: int = 0


class Written(NamedTuple):
    """The plan as it is then, what each answer changed in it (or why it could not); the files and the plan before."""

    held: Held
    outcomes: list[Filed | PivotError]
    before: PlanFiles
    was: Plan

    @property
    def files(self) -> list[str]:
        """The names of the files that changed."""
        now = self.held.files.files
        return [name for name, data in now.items() if self.before.files.get(name) != data]

    @property
    def refused(self) -> bool:
        """Whether an answer could not be recorded."""
        return any(isinstance(one, Exception) for one in self.outcomes)

    def exchanges(self, folder: Path) -> list[Exchange]:
        """The files to write, each with what it held and the lines that would record the same by hand."""
        by_hand: dict[str, list[str]] = {}
        for file in (file for one in self.outcomes if not isinstance(one, Exception) for file in one.files):
            by_hand.setdefault(file.name, []).append(file.by_hand)
        before, now = self.before, self.held.files.files
        return [
            Exchange(folder / name, before.files.get(name), now[name], before.shown(name), "\n".join(by_hand[name]))
            for name in self.files
        ]


def begun(held: Held) -> Written:
    """The plan before anything is recorded."""
    return Written(held, [], held.files, held.plan)


def with_file(done: Written, file: FiledFile, hold: Callable[[PlanFiles], Held]) -> Written:
    """What was recorded, then a file that is no orientation's; nothing more where no line of it changes."""
    if not file.hunks:
        return done
    held = hold(done.held.files.with_files({file.name: file.new}))
    return done._replace(held=held, outcomes=[*done.outcomes, Filed((), (file,))])


def followed(
    done: Written,
    answers: Sequence[Answer | PivotError],
    file: Callable[[Answer, Held], Filed],
    hold: Callable[[PlanFiles], Held],
) -> Written:
    """What was recorded, then these answers, one after the other. Touches no file.

    `file` says what an answer changes, `hold` reads files again; an answer that `file` refuses is kept as its fault.
    """
    held, outcomes = done.held, list(done.outcomes)
    for answer in answers:
        if isinstance(answer, PivotError):
            outcomes.append(answer)
            continue
        try:
            outcomes.append(filed := file(answer, held))
        except PivotError as refused:
            outcomes.append(on_line(answer.line, refused))
            continue
        if filed.files and len(answers) > 1:  # what comes next is said of the plan as it is then
            held = hold(held.files.with_files({one.name: one.new for one in filed.files}))
        elif filed.files:
            held = held._replace(files=held.files.with_files({one.name: one.new for one in filed.files}))
    return done._replace(held=held, outcomes=outcomes)


def on_line(number: int, fault: PivotError) -> PivotError:
    """The same fault, with the line that it is of."""
    return PivotError(f"ligne {number}{NBSP}: {fault.message}", fault.remedy, fault.code) if number else fault
