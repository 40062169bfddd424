"""The documents: for each, its templates, and what computes the values that they show."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.text import NBSP, did_you_mean, fold, listed, quoted

if TYPE_CHECKING:
    from pivot_cli.documents.agenda.meeting import AgendaRequest
    from pivot_cli.documents.values import Request


class Document(NamedTuple):
    """A document: its name, who it is for (`purpose`), and in a line what one reads in it (`says`).

    The name is that of the module beside this one that makes its values; `template` that of its templates, without the
    format, where it is another. `command` makes it; `takes` are the options of `pivot report` that not every document
    understands, and this one does; `word` is whether it is laid out in Word too.
    """

    name: str
    purpose: str
    says: str
    takes: frozenset[str] = frozenset()
    command: str = "report"
    template: str = ""
    word: bool = False

    @property
    def templates(self) -> str:
        """The name of its templates, without the format."""
        return self.template or self.name

    def build(self, request: Request | AgendaRequest) -> Any:
        """The values that the templates of the document lay out; they are defined only when it is asked for."""
        return import_module(f"pivot_cli.documents.{self.name}").build(request)


DOCUMENTS = {
    one.name: one
    for one in (
        Document(
            "complet",
            "interne, pour l'équipe",
            "tout le plan, ce qui est passé, ce qui vient, un calendrier, la charge, les budgets",
            frozenset({"--responsable", "--orientation", "--objectif", "--etat", "--avant", "--apres"}),
        ),
        Document(
            "sommaire",
            "pour le conseil d'administration",
            "deux minutes : où on en est, quoi décider, ce qui vient, ce qui a changé",
            frozenset({"--changements-depuis"}),
        ),
        Document(
            "bilan",
            "public, pour les membres et les bailleurs de fonds",
            "ce qui a été fait, ce qui se poursuit, l'argent; rien d'interne",
            frozenset({"--exercice", "--du"}),
            word=True,
        ),
        Document(
            "agenda",
            "pour une réunion du conseil d'administration ou de l'assemblée générale",
            "ses points et leur durée, ce qui est à décider, comment consigner ce qui l'aura été",
            command="agenda",
            template="agenda/ordre-du-jour",
            word=True,
        ),
    )
}
"""The documents by name, the default one of `pivot report` first."""


def reports() -> dict[str, Document]:
    """The documents that `pivot report` makes, by name."""
    return {one.name: one for one in DOCUMENTS.values() if one.command == "report"}


def find_document(name: str) -> Document:
    """The document of `pivot report` of that name, case and accents ignored; raises PivotError for another one."""
    if document := reports().get(fold(name)):
        return document
    known = ", ".join(f"{one.name} ({one.purpose})" for one in reports().values())
    remedy = f"{did_you_mean(name, reports())}Documents{NBSP}: {known}."
    raise PivotError(f"il n'y a pas de document {quoted(name)}.", remedy, ExitCode.USAGE)


def check_options(document: Document, given: dict[str, object]) -> None:
    """Raise PivotError for the first option given that only other documents understand."""
    for option, value in given.items():
        if value and option not in document.takes:
            owners = [one.name for one in reports().values() if option in one.takes]
            whose = f"{'au document' if len(owners) == 1 else 'aux documents'} {listed(list(map(quoted, owners)))}"
            remedy = f"Retirez-le, ou demandez{NBSP}: pivot report {owners[0]} {option} …"
            raise PivotError(f"{option} ne s'applique qu'{whose}.", remedy, ExitCode.USAGE)


def check_form(document: Document, form: str) -> None:
    """Raise PivotError for Word where a document is not laid out in it."""
    if form == "docx" and not document.word:
        remedy = "Écrivez une page (-o x.html). En Word vont le bilan (pivot report bilan) et l'ordre du jour."
        raise PivotError(f"le document {quoted(document.name)} ne s'écrit pas en Word.", remedy, ExitCode.USAGE)
