"""The meetings, and what happened between two of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from pivot_cli.finding import PivotError
from pivot_cli.page.visit import Lien, Sheet, Visit, refusal
from pivot_cli.plan.bodies import assembly, board
from pivot_cli.plan.hours import hour_in_words
from pivot_cli.plan.model import Instance, Reunion
from pivot_cli.suivi import phrases
from pivot_cli.suivi.asked import date_named
from pivot_cli.suivi.changes import Account, ActionChange, Genre
from pivot_cli.suivi.changes_in_words import heading, interval, main_words, more_words, nothing, size, waiting_words
from pivot_cli.suivi.decisions import id_of, last_meeting, named
from pivot_cli.suivi.selection import months_before
from pivot_cli.suivi.when import recorded_day
from pivot_cli.text import NBSP, WEEKDAYS, capitalized, day_in_words, one_line

_MONTHS = 3  # that are looked at where no meeting is known
_MOST_TOLD = 200  # actions of a class


class Seance(NamedTuple):
    """Une réunion inscrite au plan."""

    jour: str
    details: str
    dossiers: tuple[Lien, ...]
    ordre_du_jour: str
    changer: str
    choisir: str


class Instances(NamedTuple):
    """Un conseil ou une assemblée, et ses réunions, à venir puis passées."""

    titre: str
    inscrire: str
    a_venir: tuple[Seance, ...]
    passees: tuple[Seance, ...]


class Reunions(NamedTuple):
    """Les réunions que le plan connaît."""

    instances: tuple[Instances, ...]


def meetings(visit: Visit) -> Sheet:
    """The meetings that the plan knows: those to come, the soonest on top, then the past ones, the last on top."""
    known, plan = visit.seen.plan.reunions, visit.seen.plan
    bodies = (("ca", board(plan).titre, known.ca), ("aga", assembly(plan).titre, known.aga))
    return Sheet("reunions.html", "Réunions", Reunions(tuple(_body(visit, *body) for body in bodies)))


def _body(visit: Visit, kind: str, title: str, body: Instance) -> Instances:
    dated = sorted(((one.date.fin, one) for one in body.reunions if one.date), key=lambda pair: pair[0])
    coming = tuple(_meeting(visit, kind, one, body) for day, one in dated if day >= visit.day)
    past = tuple(_meeting(visit, kind, one, body) for day, one in reversed(dated) if day < visit.day)
    return Instances(title, visit.to("/reunion", type=kind), coming, past)


def _meeting(visit: Visit, kind: str, one: Reunion, body: Instance) -> Seance:
    when = one.date
    exact = when is not None and when.debut == when.fin
    hour = one.heure if one.heure is not None else body.heure
    details = (
        one_line(one.titre or ""),
        hour_in_words(hour) if hour is not None else "",
        one_line(one.lieu or body.lieu or ""),
        f"Procès-verbal{NBSP}: {one_line(one.proces_verbal)}" if one.proces_verbal else "",
    )
    day = f"{WEEKDAYS[when.debut.weekday()]} {day_in_words(when.debut)}" if exact and when else ""
    return Seance(
        capitalized(day or (recorded_day(when) if when else "")),
        " · ".join(filter(None, details)),
        tuple(_chosen(visit, one)),
        visit.to("/document/ordre-du-jour", type=kind, date=when.debut.isoformat()) if exact and when else "",
        visit.to("/reunion", type=kind, connue=when.debut.isoformat()) if when else "",
        visit.to("/dossiers", date=when.debut.isoformat())
        if exact and when and kind == "ca" and when.fin >= visit.day
        else "",
    )


def _chosen(visit: Visit, one: Reunion) -> Iterator[Lien]:
    """What was chosen to be decided at a meeting."""
    plan = visit.seen.plan
    for id_ in one.dossiers:
        found = id_of(plan, id_)
        if not found:
            yield Lien(one_line(id_), "", " (n'est pas dans le plan)")
        elif plan.find(found):
            yield Lien(phrases.title_of(named(plan, found)[0].action), visit.to(f"/action/{found}"), f" ({found})")
        else:
            yield Lien(
                phrases.heading_of(named(plan, found)[0], plan.niveaux), visit.to(f"/plan/{found}"), f" ({found})"
            )


class Arrive(NamedTuple):
    """Ce qui est arrivé à une action."""

    id: str
    titre: str
    quoi: str
    precisions: tuple[str, ...]


class Sorte(NamedTuple):
    """Une sorte de changement, et les actions touchées."""

    titre: str
    lignes: tuple[Arrive, ...]


class Changements(NamedTuple):
    """Ce qui s'est passé depuis un jour."""

    depuis: str
    refus: str
    remede: str
    intervalle: str
    taille: str
    sortes: tuple[Sorte, ...]
    rien: str
    reserves: tuple[str, ...]


def changes(visit: Visit) -> Sheet:
    """What happened since a day: the one that is asked for, else the last meeting, else three months."""
    seen, title = visit.seen, "Ce qui s'est passé"
    try:
        start = _start(visit)
    except PivotError as fault:
        told = Changements(visit.one("depuis"), *refusal(fault), "", "", (), "", ())
        return Sheet("changements.html", title, told, 400)
    account, noun = visit.reading.told(visit.day, start), seen.plan.niveaux.action
    found = account.changes
    return Sheet(
        "changements.html",
        title,
        Changements(
            depuis=visit.one("depuis"),
            refus="",
            remede="",
            intervalle=interval(found),
            taille=size(found, noun),
            sortes=tuple(_kinds(account)),
            rien="" if found.happened else f"{capitalized(nothing(account))}.",
            reserves=tuple(filter(None, (waiting_words(account), account.why, *account.basis))),
        ),
    )


def _start(visit: Visit) -> date:
    """The first day of what is told; raises PivotError where it is not understood, or is not before."""
    if not visit.one("depuis"):
        return last_meeting(visit.seen.plan, visit.day) or months_before(visit.day, _MONTHS)
    read = date_named(visit.one("depuis"), f'{NBSP}: 2020-01-15, "mars 2020" ou 2020')
    if read.debut > visit.day:
        message = f"le {day_in_words(read.debut)} vient après le {day_in_words(visit.day)}."
        raise PivotError(message, "Donnez un jour qui le précède.")
    return read.debut


def _kinds(account: Account) -> Iterator[Sorte]:
    noun = account.after.plan.niveaux.action
    for genre in Genre:
        some = account.changes.of(genre)
        if some and genre is not Genre.INCHANGEE:
            called, number = heading(genre, some, noun)
            yield Sorte(f"{capitalized(called)}{number}", tuple(_row(one, account) for one in some[:_MOST_TOLD]))


def _row(one: ActionChange, account: Account) -> Arrive:
    title = phrases.title_of(one.now.action)
    id_ = one.id if one.after else ""
    return Arrive(id_, title, capitalized(main_words(one, account)), tuple(map(capitalized, more_words(one))))
