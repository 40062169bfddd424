"""Faults of a file before they have a line and a column, and the end of a reading that cannot go on."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.finding import Finding

if TYPE_CHECKING:
    from pivot_cli.finding import SourceText

# A fault met more often than this in a file is told this many times, the last one saying how many follow.
TOLD_AT_MOST = 5


class Fault(NamedTuple):
    """A fault at offsets in the text; `Finding` gives it a line and a column."""

    code: str
    start: int
    end: int
    message: str
    remedy: str


class Unreadable(Exception):  # noqa: N818 - not an error of the program: the file's one fault
    """Why a file cannot be read any further, with its text where that is not what was being read."""

    def __init__(self, fault: Fault, source: SourceText | None = None) -> None:
        super().__init__(fault.message)
        self.fault = fault
        self.source = source


def with_more(fault: Fault, more: int) -> Fault:
    """The last fault told, saying how many of the same kind are not, if any."""
    also = f" Le fichier en compte {more} de plus du même genre." if more > 0 else ""
    return fault._replace(message=fault.message + also)


def to_findings(source: SourceText, faults: list[Fault]) -> list[Finding]:
    """The faults in the order of the text, those of one code past `TOLD_AT_MOST` only counted."""
    findings: list[Finding] = []
    of_code, told = Counter(fault.code for fault in faults), Counter[str]()
    for fault in sorted(faults, key=lambda fault: fault.start):
        told[fault.code] += 1
        if told[fault.code] == TOLD_AT_MOST:
            fault = with_more(fault, of_code[fault.code] - TOLD_AT_MOST)  # noqa: PLW2901
        if told[fault.code] <= TOLD_AT_MOST:
            location = source.location(fault.start, min(fault.end, len(source.text)))
            findings.append(Finding(fault.code, location, fault.message, fault.remedy))
    return findings
