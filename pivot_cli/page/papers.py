"""The documents, made on the spot: to read at once, or to take away as a page, a PDF or a Word document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from importlib.util import find_spec
from typing import Any, NamedTuple

from pivot_cli.documents.agenda import AgendaRequest
from pivot_cli.documents.agenda.meeting import AGA, CA
from pivot_cli.documents.registry import DOCUMENTS, Document
from pivot_cli.documents.rendering.browser import installed
from pivot_cli.documents.rendering.forms import printed, written
from pivot_cli.documents.values import Request
from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.page.visit import (
    Given,
    Later,
    Option,
    Sheet,
    Visit,
    orientations,
    orientations_asked,
    refusal,
    responsables,
)
from pivot_cli.plan.bodies import Corps, assembly, board
from pivot_cli.plan.hours import parse_hour, parse_length
from pivot_cli.plan.model import Instance
from pivot_cli.plan.not_found import no_such_objectif
from pivot_cli.suivi.asked import Typed, day_named
from pivot_cli.suivi.decisions import id_of
from pivot_cli.suivi.selection import Selection
from pivot_cli.text import NBSP, capitalized, day_in_words, quoted

_CALLED = {"ordre-du-jour": "agenda"}
"""The addresses of the documents that have not the name of theirs."""
_KINDS = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_TITLES = {"sommaire": "Sommaire", "complet": "État d'avancement complet", "bilan": "Bilan"}
_TYPED = ("date", "precedente", "heure", "duree", "changements-depuis", "exercice", "du")
ASKED = (*_TYPED, "type", "dossier", "responsable", "orientation", "forme")
_AHEAD = timedelta(days=14)
"""Of a meeting that no file tells of, when it is proposed: long enough for what it reads to be sent to who sits."""


class Papier(NamedTuple):
    """Un document qu'on peut faire, ses formes, et ce qu'on a écrit pour l'avoir."""

    adresse: str
    titre: str
    pour: str
    dit: str
    formes: tuple[tuple[str, str], ...]
    saisi: Mapping[str, str]
    type: str = ""
    proposee: bool = False


class Papiers(NamedTuple):
    """Les documents, et ce que l'ordinateur peut en faire."""

    papiers: tuple[Papier, ...]
    pdf: bool
    responsables: tuple[Option, ...]
    orientations: tuple[Option, ...]
    refus: str
    remede: str


def forms_of(document: Document) -> tuple[tuple[str, str], ...]:
    """The forms to print that this computer makes of a document, and what they are called."""
    pdf = (("pdf", "PDF"),) if next(installed(), None) is not None else ()
    return (*pdf, *((("docx", "Word"),) if document.word and find_spec("docxtpl") is not None else ()))


def papers(visit: Visit, refused: PivotError | None = None, name: str = "") -> Sheet:
    """What can be made, and in which forms; with why what was asked of the one of that name could not be, and what was
    written for it.
    """
    known = visit.seen.plan.reunions
    made = [_agenda_of(visit, CA, board(visit.seen.plan), known.ca, name)]
    made += [_agenda_of(visit, AGA, assembly(visit.seen.plan), known.aga, name)]
    for one in (DOCUMENTS[name] for name in _TITLES):
        typed = _typed(visit) if one.name == name else {}
        says = (_TITLES[one.name], capitalized(one.purpose), capitalized(one.says))
        made.append(Papier(one.name, *says, forms_of(one), defaultdict(str, typed)))
    return Sheet(
        "documents.html",
        "Documents",
        Papiers(
            tuple(made),
            next(installed(), None) is not None,
            responsables(visit),
            orientations(visit),
            *(refusal(refused) if refused else ("", "")),
        ),
        400 if refused else 200,
    )


def _agenda_of(visit: Visit, kind: str, body: Corps, instance: Instance, asked: str) -> Papier:
    """The agenda of the meetings of a body: of the next one that is known, else of a day that is proposed."""
    coming = [one.date for one in instance.reunions if one.date and one.date.fin >= visit.day]
    when = min(coming, key=lambda one: one.fin, default=None)
    exact = when is not None and when.debut == when.fin
    day = when.debut if when and exact else max(when.debut if when else visit.day + _AHEAD, visit.day)
    typed = {"date": day_in_words(day)}
    if asked == "agenda" and (visit.one("type") or CA) == kind:
        typed |= {field: value for field, value in _typed(visit).items() if value}
    one = DOCUMENTS["agenda"]
    says = (f"Ordre du jour {body.entier.du}", f"Pour une réunion {body.entier.du}", capitalized(one.says))
    return Papier("ordre-du-jour", *says, forms_of(one), defaultdict(str, typed), kind, not exact)


def _typed(visit: Visit) -> dict[str, str]:
    return {field.replace("-", "_"): visit.one(field) for field in _TYPED}


def paper(visit: Visit, name: str) -> Given | Later | Sheet | None:
    """A document as it is asked for; None where there is none of that name or in that form."""
    form = visit.one("forme")
    document = DOCUMENTS.get(_CALLED.get(name, name if name not in _CALLED.values() else ""))
    if document is None or form not in ("", *_KINDS) or (form == "docx" and not document.word):
        return None
    try:
        made = document.build(_REQUESTS.get(document.name, _report)(visit, document))
        own = visit.desk.edge.templates()
        # Templates are filled one at a time.
        page = written(made, document.templates, "html" if form in ("", "pdf") else form, own)
    except PivotError as refused:
        return papers(visit, refused, document.name)
    lacking = "-plan-incomplet" if visit.seen.plan.unread else ""
    name = f"{name}-{made.entete.au_iso}{lacking}.{form}" if form else ""
    if form != "pdf":
        return Given(page, _KINDS[form or "html"], name)
    return Later(
        lambda: Given(printed(page, made, _INSTEAD), _KINDS["pdf"], name),
        lambda refused: papers(visit, refused, document.name),
    )


_INSTEAD = "Prenez plutôt la page, et imprimez-la."


def _report(visit: Visit, document: Document) -> Request:
    """What a report is asked for; raises PivotError for what is not understood."""
    plan, past = visit.seen.plan, visit.reading.past
    chosen = Selection()
    if document.name == "complet":
        chosen = Typed(visit.several("responsable"), orientations_asked(visit)).selection(plan, options=False)
    return Request(
        plan,
        visit.reading.findings,
        visit.day,
        visit.today,
        chosen,
        since=_day(visit, "changements-depuis") if document.name == "sommaire" else None,
        exercice=visit.one("exercice") or None if document.name == "bilan" else None,
        past=past.since,
        known=past.known_on,
        du=_day(visit, "du") if document.name == "bilan" else None,
    )


def _agenda(visit: Visit, _: Document) -> AgendaRequest:
    """What an agenda is asked for; raises PivotError for what is not understood."""
    plan, wanted = visit.seen.plan, visit.several("dossier")
    for id_ in wanted:
        if not id_of(plan, id_):
            raise no_such_objectif(plan, id_)
    kind = visit.one("type") or CA
    if kind not in (CA, AGA):
        raise PivotError(f"{quoted(kind)} n'est pas une sorte de réunion.", "", ExitCode.USAGE)
    return AgendaRequest(
        plan,
        visit.day,
        kind,
        _day(visit, "date"),
        _day(visit, "precedente"),
        _minutes(visit, "heure", parse_hour, "19 h 30"),
        _minutes(visit, "duree", parse_length, "2 h"),
        visit.one("exercice") or None if kind == AGA else None,
        tuple(dict.fromkeys(id_of(plan, id_) for id_ in wanted)),
        visit.reading.past.since,
    )


_REQUESTS: dict[str, Callable[[Visit, Document], Any]] = {"agenda": _agenda}


def _day(visit: Visit, name: str) -> date | None:
    return day_named(visit.one(name)) if visit.one(name) else None


def _minutes(visit: Visit, name: str, parse: Callable[[str], int | None], example: str) -> int | None:
    """An hour or a length in minutes; raises PivotError where it is not understood."""
    text = visit.one(name)
    minutes = parse(text) if text else None
    if text and minutes is None:
        raise PivotError(f"{quoted(text)} n'est pas compris.", f"Écrivez par exemple{NBSP}: {example}", ExitCode.USAGE)
    return minutes
