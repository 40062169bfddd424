"""Faults of a file before they have a line and a column, and the end of a reading that cannot go on."""

from __future__ import annotations

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
    """The last fault told, saying how many of the same kind are not."""
    return fault._replace(message=f"{fault.message} Le fichier en compte {more} de plus du même genre.")


def to_findings(source: SourceText, faults: list[Fault]) -> list[Finding]:
    """The faults in the order of the text, those of one code past `TOLD_AT_MOST` only counted."""
    told: list[tuple[int, Finding]] = []
    by_code: dict[str, list[Fault]] = {}
    for fault in faults:
        by_code.setdefault(fault.code, []).append(fault)
    for code, group in by_code.items():
        group.sort(key=lambda fault: fault.start)
        more = len(group) - TOLD_AT_MOST
        for rank, fault in enumerate(group[:TOLD_AT_MOST], start=1):
            if more > 0 and rank == TOLD_AT_MOST:
                fault = with_more(fault, more)  # noqa: PLW2901
            location = source.location(fault.start, min(fault.end, len(source.text)))
            told.append((fault.start, Finding(code, location, fault.message, fault.remedy)))
    told.sort(key=lambda pair: pair[0])
    return [finding for _, finding in told]
