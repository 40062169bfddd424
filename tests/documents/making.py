"""How tests make a document: from texts or from the shipped plan, on a day, without a process."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from support import load_shipped, load_texts

from pivot_cli.documents.registry import DOCUMENTS, reports
from pivot_cli.documents.rendering.filling import render
from pivot_cli.documents.values import Request
from pivot_cli.suivi.selection import Selection

AU = date(2020, 1, 15)
NAMES = tuple(reports())


def request(files: dict[str, str] | None, **more: Any) -> Request:
    plan, findings = load_shipped() if files is None else load_texts(files)
    given: dict[str, Any] = {"au": AU, "today": AU, "selection": Selection()} | more
    return Request(plan, tuple(findings), **given)


def values(name: str, files: dict[str, str] | None, **more: Any) -> Any:
    return DOCUMENTS[name].build(request(files, **more))


def document(name: str, format_: str, files: dict[str, str] | None, **more: Any) -> str:
    return render(name, values(name, files, **more), format_)


@cache
def shipped(name: str, format_: str) -> str:
    """A document of the shipped plan, on 15 January 2020."""
    return document(name, format_, None)
