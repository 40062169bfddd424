"""Command lines made from an application itself, so that a command added later is held to the same."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from pivot_cli.cli_french import FrenchApp

WIDTHS = (40, 80, 120)


@cache
def words_of(application: FrenchApp) -> frozenset[str]:
    """What may be shown though it looks English: the names of commands and choices, and what examples hold."""
    known = {application.program}
    for entry in application.entries:
        known.update(entry.names)
        known.update(word for example in entry.examples for word in example.lower().split())
        for param in application.build(entry).params:
            known.update(str(getattr(one, "value", one)) for one in getattr(param.type, "choices", ()))
    return frozenset(known | {"python", "yaml", "json", "csv", "html", "bash", "zsh", "fish", "powershell"})


def helps(application: FrenchApp) -> Iterator[list[str]]:
    """Every help page, by every name and every help option."""
    yield []
    yield ["--help"]
    yield ["--aide"]
    yield ["aide"]
    for entry in application.entries:
        for name in entry.names:
            yield [name, "--help"]
            yield [name, "--aide"]
        yield ["aide", entry.name]


def faults(application: FrenchApp) -> Iterator[list[str]]:
    """Command lines that are all refused for what is written in them."""
    yield ["zzz"]
    yield ["--zzz"]
    yield ["--zzz=1", application.entries[0].name]
    yield ["-z"]
    yield ["--plan"]
    yield ["--plan", "x"]
    yield ["--version=1"]
    yield ["--montrer-completion", "tcsh"]
    for entry in application.entries:
        yield [entry.name[:-1]]
        yield from _faults_of(entry.name, application.build(entry).params)


def _faults_of(name: str, params: list[Any]) -> Iterator[list[str]]:
    given, known = _needed(params), [option for param in params for option in param.opts]
    yield [name, *given, "--zzz"]
    yield [name, *given, "-Z"]
    if not any(param.nargs == -1 for param in params):
        yield [name, *given, "mot", "de", "trop", "encore"]
    if given:
        yield [name]
    for param in params:
        if param.param_type_name != "option":
            continue
        longest = max(param.opts, key=len)
        yield [name, *given, longest[:-1] + "zz"]
        yield [name, *given, longest[1:]]
        yield [name, *given, longest.replace("--", "—")]
        if param.is_flag:
            yield [name, *given, f"{longest}=1"]
            continue
        yield [name, *given, longest]
        yield [name, *given, longest, "--plan" if "--plan" in known else "--au"]
        bad = _refused_by(param.type)
        if bad is not None:
            yield [name, *given, longest, bad]


def _needed(params: list[Any]) -> list[str]:
    words: list[str] = []
    for param in params:
        if not param.required:
            continue
        choices = getattr(param.type, "choices", None)
        value = str(getattr(choices[0], "value", choices[0])) if choices else "1"
        words += [value] if param.param_type_name == "argument" else [param.opts[0], value]
    return words


def _refused_by(kind: Any) -> str | None:
    for value in ("zzz", "-999999", "999999"):
        try:
            kind(value, None, None)
        except Exception:  # noqa: BLE001  a parser of the application: any refusal will do
            return value
    return None
