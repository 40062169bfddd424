"""What each run of the program does anew and the tests do once a process: most of the time of a run otherwise.

No run can tell: what is kept is what was made of the same bytes, and nothing changes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache, lru_cache
from typing import Any
from unittest.mock import patch

import typer.main
from jinja2 import Environment

import pivot_cli.record.filing  # noqa: F401 - it takes `load` by its name: here, the one that reads
from pivot_cli import yaml_tree
from pivot_cli.checks import plan as judged
from pivot_cli.cli import app
from pivot_cli.cli_french import FrenchApp
from pivot_cli.cli_french.words import Entry
from pivot_cli.finding import Finding
from pivot_cli.plan import loader
from pivot_cli.plan.former import Former
from pivot_cli.plan.model import Plan
from pivot_cli.plan.sources import PlanFiles
from pivot_cli.yaml_tree import Tree


@contextmanager
def done_once() -> Iterator[None]:
    """In which the program and each command are built, a template compiled, a plan read and judged once each."""
    with (
        patch.object(typer.main, "get_command", _made_once),
        patch.object(app, "build", _built),
        patch.object(Environment, "compile", _compiled_once),
        patch.object(loader, "load", loaded),
        patch.object(judged, "check", _checked),
    ):
        yield


_made_once = cache(typer.main.get_command)


@cache
def _built(entry: Entry) -> Any:
    return FrenchApp.build(app, entry)


_compile = Environment.compile
_Kind = tuple[type[Environment], Any]
_ENVIRONMENTS: dict[_Kind, Environment] = {}


@cache
def _compiled(kind: _Kind, source: str, name: str | None, filename: str | None) -> Any:
    return _compile(_ENVIRONMENTS[kind], source, name, filename)


def _compiled_once(self: Environment, source: Any, name: Any = None, filename: Any = None, **others: Any) -> Any:
    """What Jinja makes of a template: the same for environments of one kind."""
    if others or not isinstance(source, str):
        return _compile(self, source, name, filename, **others)
    kind = (type(self), self.finalize)
    _ENVIRONMENTS.setdefault(kind, self)
    return _compiled(kind, source, name, filename)


_load = loader.load
_MOST_KEPT = 1_000_000
"""Of the bytes of a plan: more would make a large process, which forks slowly."""


def loaded(
    files: PlanFiles, trees: dict[str, Tree | None] | None = None, known: loader.Known | None = None
) -> tuple[Plan, list[Finding]]:
    """As `load`: the plan of files whose bytes were read before is the one that was made of them."""
    if known is not None or sum(map(len, files.files.values())) > _MOST_KEPT:
        return _load(files, trees, known)
    plan, findings, read = _loaded(files.label, tuple(files.files.items()), tuple(files.findings))
    for name in trees or ():
        if name in read:
            trees[name] = read[name]  # type: ignore[index]
    return plan, [*findings]


@lru_cache(maxsize=32)
def _loaded(
    label: str, files: tuple[tuple[str, bytes], ...], findings: tuple[Finding, ...]
) -> tuple[Plan, tuple[Finding, ...], dict[str, Tree | None]]:
    trees: dict[str, Tree | None] = dict.fromkeys(name for name, _ in files)
    with patch.object(loader, "read_tree", _read):
        plan, told = _load(PlanFiles(label, dict(files), [*findings]), trees)
    return plan, tuple(told), trees


_read = lru_cache(maxsize=256)(yaml_tree.read_tree)  # of two plans, most files are often the same


_check = judged.check


class _Held:
    """A plan as a key: that very one, and not what it says."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def __hash__(self) -> int:
        return id(self.plan)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.plan is self.plan


def _checked(
    plan: Plan, today: date | None = None, *, errors_only: bool = False, former: Former | None = None
) -> list[Finding]:
    """As `check`: a plan that was read once is judged once for a day, but beside another."""
    if former is not None:
        return _check(plan, today, errors_only=errors_only, former=former)
    return [*_found(_Held(plan), today, errors_only)]


@lru_cache(maxsize=64)
def _found(held: _Held, today: date | None, errors_only: bool) -> tuple[Finding, ...]:
    return tuple(_check(held.plan, today, errors_only=errors_only))
