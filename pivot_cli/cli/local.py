"""To open the plan as a page: `open`."""

from __future__ import annotations

import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Annotated

from pivot_cli.cli import edge
from pivot_cli.cli.app import Au, Dossier, Texte, consulter, flag, option
from pivot_cli.cli_french import say
from pivot_cli.cli_french.streams import flush, show
from pivot_cli.text import NBSP, clean, quoted

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator
    from pathlib import Path

    from pivot_cli.finding import Finding
    from pivot_cli.page.desk import Desk
    from pivot_cli.page.guard import Guard
    from pivot_cli.page.running import Running
    from pivot_cli.page.site import Site
    from pivot_cli.plan.loader import Known
    from pivot_cli.plan.model import Plan
    from pivot_cli.plan.sources import PlanFiles
    from pivot_cli.record.filing import Held

USUAL_PORT = 8793
_USUAL_HOURS = 10
_HOW_TO_STOP = f"Pour la fermer{NBSP}: le bouton {quoted('Fermer')} de la page, ou Ctrl-C ici."
_KEPT = "Ce que vous demandez d'autre n'y change rien; pour l'avoir, fermez d'abord la page."
_CONSULTED = "Elle est en lecture seule. Pour consigner, fermez-la, puis rouvrez-la."
_SHOWN = "Dans le navigateur où cette adresse s'ouvre, elle est en lecture seule."
_OR_ELSE = f"S'il ne s'y ouvre pas, collez-y l'adresse qui suit{NBSP}: elle sert une seule fois."


@consulter(
    "open",
    "ouvrir",
    example=("pivot open", "pivot open --sans-navigateur --port 0", 'pivot open --lecture-seule --duree "2 h"'),
    typed_for_it="page navigateur web fava site serve",
)
def open_(
    lecture_seule: Annotated[bool, flag("--lecture-seule", "Pour consulter seulement, dans une salle.")] = False,
    port: Annotated[
        int | None, option("PORT", f"Le port (sinon {USUAL_PORT}, ou un libre; 0{NBSP}: un libre).", min=0, max=65535)
    ] = None,
    duree: Annotated[Texte, option("DURÉE", f"Se ferme après ce temps (sinon, {_USUAL_HOURS} h).")] = None,
    sans_navigateur: Annotated[bool, flag("--sans-navigateur", "Donne l'adresse, sans rien ouvrir.")] = False,
    au: Au = None,
    plan: Dossier = None,
) -> int:
    """Ouvre le plan dans le navigateur.

    C'est sur cet ordinateur seulement : elle n'est pas un service en ligne et n'a pas de compte. La page montre ce qui
    est dû, le plan, les réunions, fait les documents, et consigne ce qu'on y écrit. Son adresse ne sert qu'une fois;
    pour une autre, retapez la commande.
    """
    folder, minutes = edge.plan_folder(plan), _minutes(duree)
    _needs("werkzeug", "waitress")
    edge.day_named(au)
    from pivot_cli.page import running
    from pivot_cli.page.guard import Guard
    from pivot_cli.page.serving import serve
    from pivot_cli.plan.sources import read_folder

    read_folder(folder, edge.plan_label(folder))  # a plan at fault is shown; where there is none, it is said here
    note = running.note_of(folder)
    if told := _already(note, reading_only=lecture_seule, others=port is not None or bool(duree or au)):
        return _shown(*told, browse=not sans_navigateur)
    place = _place(port)
    guard, over = Guard(place.getsockname()[1]), _Over(time.monotonic() + 60 * minutes)
    with _noted(note, running.Running(place.getsockname()[1], guard.key, lecture_seule)):
        _shown(guard.new_address(), f"Sur cet ordinateur seulement. {_HOW_TO_STOP}", browse=not sans_navigateur)
        with suppress(KeyboardInterrupt):  # as it was said to
            serve(_site(folder, au, guard, over, reading_only=lecture_seule), place, over.is_over)
    say("La page est fermée.")
    return 0


def _already(note: Path, *, reading_only: bool, others: bool) -> tuple[str, str] | None:
    """An address of the page that is open already, and what is said of it, with what was asked of it and is not so;
    None where there is none.
    """
    from pivot_cli.page.running import address_of

    address, consulted = address_of(note, reading_only=reading_only)
    if not address:
        return None
    told = (_SHOWN if reading_only else _CONSULTED) if consulted else ""
    return address, " ".join(filter(None, ("La page de ce plan est déjà ouverte.", told, _KEPT if others else "")))


class _Over:
    """Whether the page is to be closed: its time is over, or somebody said so."""

    def __init__(self, end: float) -> None:
        self._end = end

    def now(self) -> None:
        """Say so."""
        self._end = 0

    def is_over(self) -> bool:
        """Whether it is."""
        return time.monotonic() >= self._end


def _minutes(duree: str | None) -> int:
    from pivot_cli.plan.hours import parse_length

    minutes = 60 * _USUAL_HOURS if duree is None else parse_length(duree)
    if minutes is None:
        message = f"--duree{NBSP}: {quoted(clean(duree or ''))} n'est pas compris."
        raise edge.misused(message, f'Écrivez par exemple{NBSP}: --duree "4 h"')
    return minutes


def _needs(*names: str) -> None:
    """Raise PivotError where what makes the page is not installed."""
    from importlib.util import find_spec

    from pivot_cli.finding import not_installed

    if lacking := next((name for name in names if find_spec(name) is None), None):
        raise not_installed(lacking, "la page", "page")


def _place(port: int | None) -> socket.socket:
    """Where the page listens: the port that is asked for, else the usual one, else a free one."""
    from pivot_cli.finding import PivotError
    from pivot_cli.page.serving import listening
    from pivot_cli.system import system_message

    try:
        return listening(USUAL_PORT if port is None else port)
    except OSError as error:
        if port is None:
            return listening(0)
        message = f"le port {port} est déjà pris, ou ne peut pas l'être ({system_message(error)})."
        raise PivotError(message, f"Laissez pivot en choisir un{NBSP}: pivot open --port 0") from None


def _site(folder: Path, au: str | None, guard: Guard, over: _Over, *, reading_only: bool) -> Site:
    """What answers: it is loaded while the browser opens, which waits for it."""
    from pivot_cli.page.site import Site

    return Site(desk_of(folder, au), guard, over.now, reading_only=reading_only)


def desk_of(folder: Path, au: str | None) -> Desk:
    """The plan of that folder as the page reads it, on the day of `--au`, or on each day as it comes."""
    from pivot_cli.cli.past import Past
    from pivot_cli.page.desk import Desk, Edge

    holder = _Holder(folder)
    given = Edge(
        today=edge.today,
        judge=holder.judge,
        past=lambda known: Past(folder, known),
        templates=lambda: edge.own_templates(str(folder)),
        hold=holder.hold,
    )
    return Desk(folder, edge.plan_label(folder, "parent"), given, edge.day_named(au) if au is not None else None)


class _Holder:
    """What is read of a plan to be shown serves to change it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._last: Held | None = None

    def judge(self, files: PlanFiles, known: Known) -> tuple[Plan, list[Finding]]:
        """The plan that these files hold, and its faults."""
        from pivot_cli.checks.plan import check
        from pivot_cli.cli.answers import held_from
        from pivot_cli.finding import in_order

        self._last = held = held_from(self._folder, files, known)
        return held.plan, in_order([*held.findings, *check(held.plan)])

    def hold(self, files: PlanFiles) -> Held:
        """The same plan, with all that is needed to change it."""
        from pivot_cli.cli.answers import held_from

        last = self._last
        return last if last and last.files.files == files.files else held_from(self._folder, files)


@contextmanager
def _noted(note: Path, running: Running) -> Iterator[None]:
    """In which another `pivot open` finds this page, where that can be written."""
    from pivot_cli.finding import PivotError
    from pivot_cli.page.running import forget, keep

    try:
        keep(note, running)
    except (OSError, PivotError):
        say("La page s'ouvre, mais un autre pivot open ne la retrouvera pas (le dossier où le noter est fermé).")
    try:
        yield
    finally:
        forget(note, running)


def _shown(address: str, said: str, *, browse: bool) -> int:
    """Have the browser show an address, and give it: that it opened is not sure."""
    if browse:
        opens = _browsed(address)
        none = "Aucun navigateur ne s'est ouvert. Collez cette adresse dans le vôtre, une seule fois."
        say(f"Le plan s'ouvre dans votre navigateur. {_OR_ELSE}" if opens else none)
    show(f"{address}\n")
    flush()
    say(said)
    return 0


def _browsed(address: str) -> bool:
    """Whether the browser of the computer was asked to show an address: one with windows, not in this terminal."""
    import os
    import sys
    from webbrowser import Error, open_new_tab

    from pivot_cli.system import whole_folders

    os.environ["PATH"] = os.pathsep.join(whole_folders())  # in « . », it would be one that came with the plan
    windows = sys.platform in ("darwin", "win32") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")))
    try:
        return bool(windows) and open_new_tab(address)
    except Error:
        return False
