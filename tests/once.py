"""What each run of the program does anew and the tests do once a process: most of the time of a run otherwise.

No run can tell: what is kept is what was made of the same bytes, and nothing changes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import Any
from unittest.mock import patch

import typer.main
from jinja2 import Environment

import pivot_cli.record.filing  # noqa: F401 - it takes `load` by its name: here, the one that reads
from pivot_cli.cli import app
from pivot_cli.cli_french import FrenchApp
from pivot_cli.cli_french.words import Entry
from pivot_cli.finding import Finding
from pivot_cli.plan import loader
from pivot_cli.plan.model import Plan
from pivot_cli.plan.sources import PlanFiles
from pivot_cli.yaml_tree import Tree


@contextmanager
def done_once() -> Iterator[None]:
    """In which the program and each command are built, a template compiled and a plan read once each."""
    with (
        patch.object(typer.main, "get_command", _made_once),
        patch.object(app, "build", _built),
        patch.object(Environment, "compile", _compiled_once),
        patch.object(loader, "load", loaded),
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


def loaded(
    files: PlanFiles, trees: dict[str, Tree | None] | None = None, known: loader.Known | None = None
) -> tuple[Plan, list[Finding]]:
    """As `load`: the plan of files whose bytes were read before is the one that was made of them."""
    if known is not None:
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
    plan, told = _load(PlanFiles(label, dict(files), [*findings]), trees)
    return plan, tuple(told), trees
