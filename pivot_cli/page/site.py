"""A request answered: whether it may be, which view it is for, and the page that comes of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from io import BytesIO
from operator import attrgetter
from threading import Lock
from typing import IO, TYPE_CHECKING, Any, NamedTuple, cast

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from pivot_cli.finding import PivotError
from pivot_cli.page import (
    adding,
    answering,
    convening,
    first,
    guard,
    kept,
    listing,
    meetings,
    noting,
    papers,
    reminding,
    returned,
    sheets,
)
from pivot_cli.page.clerk import Clerk, See
from pivot_cli.page.filling import fill
from pivot_cli.page.forms import OWN, Form
from pivot_cli.page.recorder import Recorder
from pivot_cli.page.visit import Given, Later, Sheet, Visit, refusal
from pivot_cli.suivi import phrases
from pivot_cli.suivi.asked import day_named
from pivot_cli.system import system_message
from pivot_cli.text import NBSP, capitalized, clean, counted, day_in_words, did_you_mean, one_line, quoted

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from pivot_cli.page.desk import Desk

View = Callable[..., "Sheet | Given | Later | None"]

_MENU = (
    ("/", "Accueil"),
    ("/liste", ""),  # what the plan calls its actions
    ("/plan", "Plan"),
    ("/responsables", "Responsables"),
    ("/reunions", "Réunions"),
    ("/changements", "Changements"),
    ("/documents", "Documents"),
)

VIEWS: dict[str, View] = {
    "/": first.first,
    "/fautes": first.faults,
    "/liste": listing.listing,
    "/liste.<form>": listing.as_file,
    "/action/<wanted>": sheets.action,
    "/plan": sheets.whole,
    "/plan/<wanted>": sheets.level,
    "/responsables": sheets.people,
    "/reunions": meetings.meetings,
    "/changements": meetings.changes,
    "/documents": papers.papers,
    "/document/<name>": papers.paper,
    "/fait/<sending>": kept.done,
    "/envoi": kept.sent,
    "/relance": reminding.drafts,
    "/relance.eml": reminding.as_draft,
    "/questions": answering.asked,
    "/feuille/reponse": returned.answer,
}
"""What each address shows to who was let in."""
FORMS: dict[str, Form] = {
    "/consigner": Form(noting.form, noting.prepare, noting.ASKED),
    "/ajouter": Form(adding.add, adding.prepare_added, adding.ADDED),
    "/attribuer": Form(adding.give, adding.prepare_given, adding.GIVEN),
    "/reunion": Form(convening.meeting, convening.prepare_meeting, convening.MEETING),
    "/dossiers": Form(convening.dossiers, convening.prepare_dossiers, convening.DOSSIERS),
    "/feuille": Form(returned.sheet, returned.prepare_sheet, returned.SHEET, holds_a_file=True),
    "/propositions": Form(returned.proposals, returned.prepare_decided, returned.DECIDED),
}
"""What each address records: its form is asked for by GET, and sent by POST."""
_RECORDING = frozenset(form.view for form in FORMS.values())
_ASKED: dict[View | None, Sequence[str]] = {
    listing.listing: listing.ASKED,
    listing.as_file: listing.ASKED,
    meetings.changes: ("depuis",),
    papers.paper: papers.ASKED,
    reminding.drafts: ("responsable",),
    reminding.as_draft: ("responsable",),
    returned.answer: returned.KEPT,
    **{form.view: form.asked for form in FORMS.values()},
}
"""What an address may name, beside the day, of the views that are asked something."""


class Cadre(NamedTuple):
    """Ce qui entoure chaque page."""

    organisme: str
    surtitre: str
    titre: str
    jour: str
    jour_iso: str
    au: str
    autre_jour: str
    menu: tuple[tuple[str, str, bool], ...]
    lecture_seule: bool
    jeton: str
    avertissements: tuple[str, ...]
    fautes: str
    remarques: str
    actions: str
    action: str
    orientation: str
    objectif: str
    toutes: str
    tous: str


@cache
def _routes() -> Map:
    """What answers each address: a view, a form, or, by its name, what a site does itself."""
    return Map(
        [
            *(Rule(path, endpoint=made, methods=["GET"]) for path, made in VIEWS.items()),
            *(Rule(path, endpoint=form.view, methods=["GET"]) for path, form in FORMS.items()),
            *(Rule(path, endpoint=form, methods=["POST"]) for path, form in FORMS.items()),
            Rule("/annuler/<sending>", endpoint=attrgetter("_clerk.take_back"), methods=["POST"]),
            Rule("/garder", endpoint=attrgetter("_clerk.keep"), methods=["POST"]),
            Rule("/envoyer", endpoint=attrgetter("_clerk.send"), methods=["POST"]),
            Rule("/style.css", endpoint=attrgetter("_style"), methods=["GET"]),
            Rule("/fermer", endpoint=attrgetter("_close"), methods=["POST"]),
            Rule("/entrer", endpoint=attrgetter("_enter"), methods=["GET"]),
            Rule("/adresse", endpoint=attrgetter("_address"), methods=["POST"]),
        ],
        redirect_defaults=False,
        merge_slashes=False,
        strict_slashes=False,
    )


class _Asked(Request):
    """A request, of which a file that is sent stays in memory: the guard says how long it may be."""

    max_form_parts = 2_000

    def _get_file_stream(self, *_: Any, **__: Any) -> IO[bytes]:
        return BytesIO()


class Site:
    """The page as a WSGI application. `closed` is called once « Fermer » was answered."""

    def __init__(self, desk: Desk, guard_: guard.Guard, closed: Callable[[], None], *, reading_only: bool) -> None:
        self.desk, self.guard, self._closed, self._reading_only = desk, guard_, closed, reading_only
        self._alone = Lock()  # the plan is read, and what is known of it made, by one request at a time
        self.recorder = Recorder(desk, self._alone)
        self._clerk = Clerk(self.recorder, self._alone)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request: whatever goes wrong is said, and nothing is shown of the program."""
        request = _Asked(environ)
        try:
            response = self._answer(request)
        except HTTPException:  # a form of too many parts
            response = refused(guard.LONG)
        except Exception:  # noqa: BLE001 - the last place where anything can be caught
            if os.environ.get("PIVOT_DEBUG"):
                import traceback

                traceback.print_exc()
            said = guard.Refusal(500, "Le programme a rencontré un cas imprévu.", "Revenez à la page, et recommencez.")
            response = refused(said)
        return response(environ, start_response)

    def _answer(self, request: Request) -> Response:
        try:
            endpoint, named = _routes().bind_to_environ(request.environ).match()
            endpoint = endpoint(self) if isinstance(endpoint, attrgetter) else endpoint
        except HTTPException:  # no such address, or not by that method
            endpoint, named = None, {}
        holds_a_file = isinstance(endpoint, Form) and endpoint.holds_a_file
        refusal = self.guard.refusal(request, guard.MOST_WITH_A_FILE if holds_a_file else guard.MOST_BYTES)
        if refusal is None and endpoint in (self._enter, self._address):
            return cast("Response", endpoint(request))
        mark = self.guard.mark_of(request) or ""
        if refusal is None and not mark:
            refusal = guard.UNKNOWN
        if refusal is None and request.method == "POST":
            refusal = self.guard.refusal_of_form(request, mark)
        if refusal is not None:
            return refused(refusal)
        if endpoint in (self._style, self._close):
            return cast("Response", endpoint())
        answer = self._posted if request.method == "POST" and endpoint is not None else self._shown
        return answer(request, mark, endpoint, named)

    # --- what is no page of the plan ----------------------------------------------------------------------

    def _enter(self, request: Request) -> Response:
        """Let in who has an address that was not used; who is in already goes to the first page."""
        session = self.guard.enter(request.args.get("cle", ""))
        if session is None and self.guard.mark_of(request) is None:
            return refused(guard.USED)
        response = Response(status=303, headers={"Location": f"{self.guard.origin}/"})
        if session is not None:
            response.set_cookie(self.guard.cookie, session, httponly=True, samesite="Strict", path="/")
        return guard.sealed(response)

    def _address(self, request: Request) -> Response:
        """Give the owner's command another address."""
        if not self.guard.is_owner(request):
            return refused(guard.UNKNOWN)
        address = self.guard.new_address(reading_only=self._reading_only or "lecture-seule" in request.form)
        return guard.sealed(Response(address, mimetype="text/plain"))

    def _style(self) -> Response:
        return guard.sealed(Response(fill("page.css"), mimetype="text/css"))

    def _close(self) -> Response:
        """Say that it is over, then be over."""
        page = fill("ferme.html", style=guard.BARE_STYLE)
        response = guard.sealed(Response(page, mimetype="text/html"), guard.BARE)
        response.call_on_close(self._closed)
        return response

    # --- the plan -----------------------------------------------------------------------------------------

    def _shown(self, request: Request, mark: str, view: View | None, named: Mapping[str, Any]) -> Response:
        """What a view shows of the plan as it is now; what is not there, and what cannot be asked, are said."""
        with self._alone:
            visit, made = self._viewed(request, view, named)
            if not isinstance(made, Later):
                return self._answered(visit, made, mark, request.path)
        try:
            return _given(made.make())
        except PivotError as refused:
            with self._alone:
                return self._answered(visit, made.otherwise(refused), mark, request.path)

    def _viewed(
        self, request: Request, view: View | None, named: Mapping[str, Any]
    ) -> tuple[Visit, Sheet | Given | Later]:
        """What a view makes of a request, or the page that says why it does not."""
        visit, refusal = self._opened(request)
        if refusal is not None:
            taken = view in (listing.as_file, papers.paper)
            return visit, refusal._replace(code=404) if taken and refusal.code == 200 else refusal
        if visit.reading_only and view in _RECORDING:
            return visit, Sheet("refus.html", "Pour consulter seulement", Refus(*guard.READING[1:]), 403)
        try:
            _only_known(visit, view)
            if view and (made := view(visit, **named)):
                return visit, made
        except PivotError as refused:
            return visit, Sheet("refus.html", "Ce qui est demandé n'est pas compris", _refusal_of(refused), 400)
        except OSError as error:
            return visit, Sheet("refus.html", "Cela n'a pas pu se faire", _refusal_of(_by_the_system(error)), 500)
        return visit, _nothing_there(visit)

    def _opened(self, request: Request) -> tuple[Visit, Sheet | None]:
        """A request as a view is given it, and the page that says why it is not, where the day is none, or the plan is
        gone.
        """
        reading_only = self._only_reads(self.guard.mark_of(request) or "")
        reading, today = self.desk.reading(), self.desk.edge.today()
        visit = Visit(self.desk, reading, request.args, today, None, self.recorder, reading_only=reading_only)
        try:
            visit = visit._replace(au=_day_asked(visit))
        except PivotError as refused:
            return visit, Sheet("refus.html", "Ce qui est demandé n'est pas compris", _refusal_of(refused), 400)
        visit = visit._replace(here=visit.to(request.path))
        return visit, None if reading.refused is None else _unreadable(reading.refused)

    def _only_reads(self, mark: str) -> bool:
        return self._reading_only or self.guard.only_reads(mark)

    # --- what is recorded ---------------------------------------------------------------------------------

    def _posted(self, request: Request, mark: str, endpoint: Any, named: Mapping[str, Any]) -> Response:
        """What is answered to a form of this session: nothing is done where it only reads."""
        if self._only_reads(mark):
            return refused(guard.READING)
        with self._alone:
            visit, refusal = self._opened(request)
            if refusal is not None:
                return self._answered(visit, refusal._replace(code=400), mark, request.path)
        visit = visit._replace(args=request.form, files=request.files)
        try:
            if isinstance(endpoint, Form):
                _only_named(visit, (*OWN, *endpoint.asked))
                found = self._clerk.take(visit, endpoint, named)
            else:
                found = endpoint(visit, **named)
        except PivotError as refused_:
            found = Sheet("refus.html", "Cela n'a pas pu se faire", _refusal_of(refused_), 400)
        except OSError as error:
            found = Sheet("refus.html", "Cela n'a pas pu se faire", _refusal_of(_by_the_system(error)), 500)
        if isinstance(found, See):
            location = f"{self.guard.origin}{found.path}"
            return guard.sealed(Response(status=303, headers={"Location": location}))
        with self._alone:
            return self._answered(visit, found or _nothing_there(visit), mark, request.path)

    # --- what is shown ------------------------------------------------------------------------------------

    def _answered(self, visit: Visit, made: Sheet | Given, mark: str, path: str) -> Response:
        if isinstance(made, Given):
            return _given(made)
        page = fill(
            made.gabarit,
            cadre=self._frame(visit, made, mark, path),
            vers=visit.to,
            **made.valeurs._asdict(),  # type: ignore[attr-defined]
        )
        return guard.sealed(Response(page, status=made.code, mimetype="text/html"))

    def _frame(self, visit: Visit, made: Sheet, mark: str, path: str) -> Cadre:
        plan, errors = visit.reading.plan, visit.reading.errors
        actions = capitalized(plan.niveaux.action.pluriel)
        return Cadre(
            organisme=one_line(plan.organisme.nom) or phrases.plan_title(plan),
            surtitre=made.surtitre,
            titre=made.titre or phrases.plan_title(plan),
            jour=day_in_words(visit.day),
            jour_iso=visit.day.isoformat(),
            au=visit.au.isoformat() if visit.au else "",
            autre_jour=day_in_words(visit.today) if visit.au and visit.au != visit.today else "",
            menu=tuple((visit.to(to), name or actions, to == path) for to, name in _MENU),
            lecture_seule=visit.reading_only,
            jeton=mark,
            avertissements=tuple(filter(None, (phrases.incomplete(plan),))),
            remarques=counted(len(visit.reading.findings), "remarque") if visit.reading.findings and not errors else "",
            fautes=counted(len(errors), "faute") if errors and path not in ("/", "/fautes") else "",
            actions=plan.niveaux.action.pluriel,
            action=capitalized(plan.niveaux.action.nom),
            orientation=capitalized(plan.niveaux.orientation.nom),
            objectif=capitalized(plan.dossier.nom),
            toutes=plan.niveaux.orientation.pick("Tous", "Toutes"),
            tous=plan.dossier.pick("Tous", "Toutes"),
        )


class Refus(NamedTuple):
    """Ce qui n'est pas possible, et ce qu'il faut faire."""

    refus: str
    remede: str


def _refusal_of(refused: PivotError) -> Refus:
    return Refus(*refusal(refused))


def _nothing_there(visit: Visit) -> Sheet:
    sought = visit.reading.plan.niveaux.action.le
    lost = PivotError("il n'y a rien à cette adresse.", f"Cherchez {sought} par un mot, ou revenez à l'accueil.")
    return Sheet("refus.html", "Introuvable", _refusal_of(lost), 404)


def _by_the_system(error: OSError) -> PivotError:
    return PivotError(f"le système a refusé{NBSP}: {system_message(error)}.", "Recommencez.")


def _unreadable(refused: PivotError) -> Sheet:
    """The plan that cannot be had at all, as its faults are shown."""
    return Sheet("refus.html", "Le plan ne peut pas être lu", _refusal_of(refused))


def _day_asked(visit: Visit) -> date | None:
    """The day that the address names, today where a form left it empty; raises PivotError where it is none."""
    if visit.one("au"):
        return day_named(visit.one("au"))
    if "au" in visit.args:
        return visit.today if visit.desk.au else None
    return visit.desk.au


def _only_known(visit: Visit, view: View | None) -> None:
    """Raise PivotError for a name in the address that a view does not know: nothing is left out in silence."""
    _only_named(visit, ("au", *_ASKED.get(view, ())))


def _only_named(visit: Visit, known: Sequence[str]) -> None:
    for name in visit.args:
        if name not in known:
            message = f"{quoted(clean(name))} n'est pas une question de cette page."
            raise PivotError(message, f"{did_you_mean(name, known)}Cherchez avec les champs de la page.")


def _given(made: Given) -> Response:
    """A document to take away under its name, or to read: then it is of an origin of its own, and runs nothing."""
    response = Response(made.data, content_type=made.kind)
    if made.name:
        response.headers.set("Content-Disposition", "attachment", filename=made.name)
    return guard.sealed(response, guard.of_document(made.data))


def refused(refusal: guard.Refusal) -> Response:
    """What is said to who is not answered."""
    page = fill("dehors.html", style=guard.BARE_STYLE, **refusal._asdict())
    return guard.sealed(Response(page, status=refusal.code, mimetype="text/html"), guard.BARE)
