"""A file of the plan that lists what every action may name, responsables or meetings: how something is put in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.finding import ExitCode, Finding, Gravite, PivotError
from pivot_cli.plan.names import right_name
from pivot_cli.record.surgery import Hunk, Unsafe
from pivot_cli.text import NBSP
from pivot_cli.yaml_tree import Mapping, Node, Scalar, Sequence, Tree, read_tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pivot_cli.plan.model import Plan
    from pivot_cli.plan.sources import PlanFiles


class Known(NamedTuple):
    """A plan as it was read, and how its files, once changed, are read again: the plan, and its faults."""

    files: PlanFiles
    plan: Plan
    findings: list[Finding]
    read: Callable[[PlanFiles], tuple[Plan, list[Finding]]]


class FiledFile(NamedTuple):
    """A file that changes: its bare name and the one that people read, its bytes (None: it was not
    there), and the lines that change.
    """

    name: str
    shown: str
    old: bytes | None
    new: bytes
    hunks: tuple[Hunk, ...]
    by_hand: str


class Into(NamedTuple):
    """A file that gets something: its bare name, and the one that messages give it; the lines that begin it where it
    has nothing; the fields that lead to its list; what is not done where it cannot be read.
    """

    name: str
    shown: str
    head: str
    path: tuple[str, ...]
    lost: str


class Changed(NamedTuple):
    """A file as it is to be, the lines that change, and the plan that it then makes, with its faults."""

    new: bytes
    hunks: tuple[Hunk, ...]
    plan: Plan
    findings: list[Finding]


def begun(known: Known, into: Into) -> tuple[bytes, Tree]:
    """What a file holds, or the lines that begin it. Raises PivotError where what it says may not be what was meant."""
    old = known.files.files.get(into.name)
    data = old if old and old.strip() else (old or b"") + into.head.encode()
    tree = read_tree(data, into.shown)
    _refuse_faults(known, into, tree)
    return data, tree


def changed(
    known: Known,
    into: Into,
    made: Callable[[], tuple[bytes, tuple[Hunk, ...]]],
    says: Callable[[Plan], bool],
    by_hand: str,
) -> Changed:
    """A file once changed as it is `made`, where the plan read again `says` what was meant and has no error more.

    Raises PivotError with the lines to write by hand where it does not, or where it cannot be changed without a doubt.
    """
    reason = "relu, il ne dirait pas ce qui est voulu"
    try:
        new, hunks = made()
        if not known.files.files.get(into.name, b"").strip():
            hunks = tuple(hunk._replace(before="") for hunk in hunks)  # the lines above are as new as they are
        plan, findings = known.read(known.files.with_files({into.name: new}))
        if says(plan) and len(_errors(findings)) <= len(_errors(known.findings)):
            return Changed(new, hunks, plan, findings)
    except Unsafe as unsafe:
        reason = str(unsafe)
    raise PivotError(f"{into.shown} n'a pas été touché{NBSP}: {reason}.", by_hand)


def by_hand(where: str, lines: list[str]) -> str:
    """The lines to write where the program does not."""
    return "\n".join([f"Rien n'est écrit. À la main, {where}{NBSP}:", *(f"  {line}" for line in lines)])


def _errors(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.gravite is Gravite.ERREUR]


def _refuse_faults(known: Known, into: Into, tree: Tree) -> None:
    label, shown = known.files.shown(into.name), into.shown
    for finding in known.findings if into.name not in known.files.files else ():
        if finding.code == "PIV010" and right_name(finding.location.file) == into.name:
            message = f"{shown} n'est pas là. {finding.message}"
            raise PivotError(message, f"{finding.remedy} Rien n'est écrit.", ExitCode.FINDINGS)
    here = [finding for finding in _errors(known.findings) if finding.location.file == label]
    if label in known.plan.unread and [finding.code for finding in here] not in (["PIV006"], ["PIV007"]):
        message = f"{shown} n'a pas pu être lu{NBSP}: {into.lost}."
        raise PivotError(message, f"Pour savoir pourquoi{NBSP}: pivot validate")
    to_fill = [tree.source.location(node.start)[1:3] for node in _empty(tree.root, into.path)]
    for finding in here:
        if tree.root and finding.location[1:3] not in to_fill:
            message = f"{shown} a une faute à corriger d'abord. Ligne {finding.location.line}{NBSP}: {finding.message}"
            raise PivotError(message, f"{finding.remedy} Rien n'est écrit.", ExitCode.FINDINGS)


def _empty(node: Node | None, path: tuple[str, ...]) -> Iterator[Node]:
    """What is there without a value on the way to the list, and is to get one."""
    for key in path:
        if not isinstance(node, Mapping):
            return
        node = next((value for name, value in node.entries if name.text == key), None)
        if (isinstance(node, Scalar) and node.start == node.end) or (isinstance(node, Sequence) and not node.items):
            yield node
