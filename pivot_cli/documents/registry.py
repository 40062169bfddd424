"""The documents that `pivot report` knows: a template, and what computes the values that it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.text import NBSP, fold, nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from pivot_cli.report.values import Request


class Document(NamedTuple):
    """A document: the name of its template (without the format), who it is for, and what it says.

    `takes` are the options of `pivot report` that it alone understands.
    """

    name: str
    purpose: str
    build: Callable[[Request], Any]
    takes: frozenset[str] = frozenset()


def _complet(request: Request) -> Any:
    from pivot_cli.report.complet import build

    return build(request)


def _sommaire(request: Request) -> Any:
    from pivot_cli.report.sommaire import build

    return build(request)


def _bilan(request: Request) -> Any:
    from pivot_cli.report.bilan import build

    return build(request)


# A document's values are defined only when it is asked for.
_ALL = (
    Document("complet", "interne, tout le plan", _complet, frozenset({"--responsable", "--orientation"})),
    Document("sommaire", "pour le conseil d'administration", _sommaire, frozenset({"--changements-depuis"})),
    Document("bilan", "public", _bilan, frozenset({"--exercice"})),
)
DOCUMENTS = {document.name: document for document in _ALL}
"""The documents by name, the default one first."""


def find_document(name: str) -> Document:
    """The document of that name, case and accents ignored; raises PivotError for another one."""
    for document in _ALL:
        if fold(document.name) == fold(name):
            return document
    meant = nearest(name, tuple(DOCUMENTS))
    hint = f"Vouliez-vous dire {quoted(meant)}? " if meant else ""
    known = ", ".join(f"{one.name} ({one.purpose})" for one in _ALL)
    raise PivotError(f"il n'y a pas de document {quoted(name)}.", f"{hint}Documents{NBSP}: {known}.", ExitCode.USAGE)


def check_options(document: Document, given: dict[str, object]) -> None:
    """Raise PivotError for the first option given that only another document understands."""
    for option, value in given.items():
        owner = next(one for one in _ALL if option in one.takes)
        if value and owner is not document:
            message = f"{option} ne s'applique qu'au document {quoted(owner.name)}."
            remedy = f"Retirez-le, ou demandez{NBSP}: pivot report {owner.name} {option} …"
            raise PivotError(message, remedy, ExitCode.USAGE)
