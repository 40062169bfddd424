"""Faults as values: where a fault is, how serious it is, and what stops a command."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from enum import IntEnum, StrEnum
from functools import cached_property
from itertools import accumulate, count
from operator import add
from typing import NamedTuple

from pivot_cli.text import NBSP, each_counted

LINE_BREAK = re.compile("\r\n|\r|\n")
_LINE_REST = re.compile("[^\r\n]*")


class Gravite(StrEnum):
    """How serious a finding is; the values are those of the JSON contract."""

    ERREUR = "erreur"
    AVERTISSEMENT = "avertissement"
    INFO = "info"

    def counts(self, *, strict: bool) -> bool:
        """Whether such a finding is a fault of the plan: an error and, when it is strict, a warning; never a remark."""
        return self is Gravite.ERREUR or (strict and self is Gravite.AVERTISSEMENT)


# How a reader meets each, for one and for several.
GRAVITE_IN_WORDS: dict[Gravite, tuple[str, str]] = {
    Gravite.ERREUR: ("erreur", "erreurs"),
    Gravite.AVERTISSEMENT: ("avertissement", "avertissements"),
    Gravite.INFO: ("remarque", "remarques"),
}


class ExitCode(IntEnum):
    """What a command tells the shell."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    UNREADABLE = 3


class Location(NamedTuple):
    """A stretch of a file, whose path is as its reader would type it, with forward slashes: lines and columns count
    from 1, columns in code points, the end is excluded.
    """

    file: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class SourceText:
    """The text of one file, able to say on which line and column an offset (in code points) stands.

    Only LF, CR LF and CR end a line, as in editors; the YAML library counts more characters as line breaks.
    """

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self._last = (0, "")  # the line asked for last: thousands of faults may stand in a line of megabytes

    @cached_property
    def _starts(self) -> list[int]:
        if "\r" in self.text:
            return [0, *(found.end() for found in LINE_BREAK.finditer(self.text))]
        lengths = map(len, self.text.split("\n")[:-1])  # nearly always, and much faster
        return [0, *map(add, accumulate(lengths), count(1))]

    def location(self, start: int, end: int | None = None) -> Location:
        """The stretch from `start` to `end` (excluded); without `end`, a single point."""
        return Location(self.file, *self._position(start), *self._position(start if end is None else end))

    def _position(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line_text(self, line: int) -> str:
        """The text of a line (counted from 1), without its line break; empty past the end."""
        starts = self._starts
        if not 1 <= line <= len(starts):
            return ""
        if self._last[0] != line:
            end = starts[line] if line < len(starts) else len(self.text)
            self._last = line, self.text[starts[line - 1] : end].rstrip("\r\n")
        return self._last[1]


def line_end(text: str, offset: int) -> int:
    """Where the line of an offset ends, its line break excluded."""
    return _LINE_REST.match(text, offset).end()  # type: ignore[union-attr]  # nothing matches too


class Finding(NamedTuple):
    """A fault: the code of the rule that is broken, its place, what is wrong, what to do about it, how serious."""

    code: str
    location: Location
    message: str
    remedy: str = ""
    gravite: Gravite = Gravite.ERREUR


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The findings file by file, « orientation-2 » before « orientation-10 », each file from top to bottom."""

    def rank(finding: Finding) -> tuple[list[tuple[int, str]], Location]:
        parts = re.split("([0-9]+)", finding.location.file)
        return [(int(part), "") if part.isdigit() else (0, part) for part in parts], finding.location

    return sorted(findings, key=rank)


def numbers(findings: Iterable[Finding]) -> list[str]:
    """« 2 erreurs », « 1 remarque »: how many there are, gravity by gravity."""
    of = Counter(finding.gravite for finding in findings)
    return each_counted(*((of[gravite], *words) for gravite, words in GRAVITE_IN_WORDS.items()))


def alike(findings: Iterable[Finding]) -> list[list[Finding]]:
    """The findings, with those that are only good to know gathered: the same one, for all that it is true of."""
    groups: dict[object, list[Finding]] = {}
    for finding in findings:
        key = (finding.code, finding.message) if finding.gravite is Gravite.INFO else finding
        groups.setdefault(key, []).append(finding)
    return list(groups.values())


def exit_code(findings: Iterable[Finding], *, strict: bool = False) -> ExitCode:
    """What a check answers: a file that cannot be opened outweighs a fault in what was read."""
    codes = {finding.code for finding in findings if finding.gravite.counts(strict=strict)}
    if "PIV002" in codes:
        return ExitCode.UNREADABLE
    return ExitCode.FINDINGS if codes else ExitCode.OK


class PivotError(Exception):
    """What stops a command: a message for its user, what to do about it, and the exit code."""

    def __init__(self, message: str, remedy: str = "", code: ExitCode = ExitCode.UNREADABLE) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.code = code


def not_installed(what: str, purpose: str, extra: str = "documents") -> PivotError:
    """What is said where an extra of the program is asked for and is not there."""
    return PivotError(f'il manque {what}, pour {purpose}{NBSP}: pip install "pivot-cli[{extra}]"')
