"""The échéances and the meetings as a calendar (iCalendar, RFC 5545) that people import into their own.

One event an action, whose UID never changes: imported again, it moves where the échéance has moved, and is cancelled
once nothing is expected of the action. Whole days, without alarm: the plan knows no hour of an échéance.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, NamedTuple
from uuid import NAMESPACE_DNS, UUID, uuid5

from pivot_cli.echeance import Echeance
from pivot_cli.escaping import live_address
from pivot_cli.finding import ExitCode, PivotError, not_installed
from pivot_cli.plan.bodies import assembly, board
from pivot_cli.plan.hours import hour_in_words, length_in_words
from pivot_cli.suivi.etat import situation
from pivot_cli.suivi.phrases import heading_of, named_title, people, plan_title, short_etat, text_of, title_of
from pivot_cli.suivi.selection import Selection, last_day
from pivot_cli.suivi.when import awaited, due_again, reading_in_words, recorded_day, wording
from pivot_cli.text import NBSP, capitalized, counted, day_in_words, fold, one_line, quoted, truncate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pivot_cli.plan.model import Action, Instance, Plan, Reunion
    from pivot_cli.suivi.etat import Portrait, Situation

_MOST_TITLE = 72  # characters of what is to be done, in the title of an event
_MOST_REVISIONS = 100  # in a day


class _Event(NamedTuple):
    """An event of a whole day: `key` names it in the plan, `revision` tells it from another of the same `--au`."""

    key: str
    day: date
    title: str
    lines: tuple[str, ...]
    place: str = ""
    revision: int = 0
    cancelled: bool = False


class Calendar(NamedTuple):
    """A calendar file, and what is to be said of it to who asked for it."""

    data: str
    said: tuple[str, ...]


def calendar(portrait: Portrait, selection: Selection) -> Calendar:
    """The échéances of the actions that are asked for, and the meetings of the days that are, unless something else is
    asked of the actions.

    Raises PivotError where nothing of it has a date (RFC 5545, 3.6, knows no empty calendar, and programs refuse one),
    and where the library that writes it is not installed.
    """
    plan, asked = portrait.plan, selection.keep(portrait)
    dated = [event for one in asked if (event := _echeance(one, portrait))]
    whole = selection == Selection(avant=selection.avant, apres=selection.apres)
    first, last = selection.apres or date.min, selection.avant or date.max
    met = [event for event in _meetings(plan) if whole and first <= event.day <= last]
    if not dated and not met:
        message = "rien de ce qui est demandé n'a de date, et un calendrier vide ne s'importe nulle part."
        raise PivotError(message, "Enlevez une des conditions, s'il y en a. Rien n'est écrit.", ExitCode.USAGE)
    cancelled, undated = sum(event.cancelled for event in dated), len(asked) - len(dated)
    kept = [counted(len(dated), "échéance") + (f", dont {counted(cancelled, 'annulée')}" if cancelled else "")]
    kept += [counted(len(met), "réunion")] if met else []
    said = [f"Au calendrier{NBSP}: {'; '.join(kept)}."]
    said += [f"Sans date, et donc hors du calendrier{NBSP}: {plan.niveaux.action.counted(undated)}."] if undated else []
    partial = not whole and any(_meetings(plan))
    said += ["Ce calendrier est celui d'une partie du plan; les réunions n'y sont pas."] if partial else []
    return Calendar(_written(portrait, [*dated, *met]), tuple(said))


def _echeance(one: Situation, portrait: Portrait) -> _Event | None:
    """The échéance of an action on its last day; None where it has none, and never had any."""
    day, plan = _day(one, portrait), portrait.plan
    cancelled = one.etat.closed or day is None
    day = day or _former_day(one.action)
    if day is None:
        return None
    about = capitalized(plan.niveaux.action.said(one.etat)) if cancelled else "Échéance"
    title = truncate(title_of(one.action).rstrip("."), _MOST_TITLE)
    return _Event(
        f"action {one.id}",
        day,
        f"{about}{NBSP}: {title} — {_whose(plan)}",
        tuple(_told(one, portrait)),
        revision=len(one.action.echeances_precedentes) + len(one.action.realisations) + cancelled,
        cancelled=cancelled,
    )


def _day(one: Situation, portrait: Portrait) -> date | None:
    """The last day of an échéance; of what came again and again and is closed, where it would be if it were open."""
    if not one.etat.closed:
        return last_day(one)
    reopened = one.place._replace(action=one.action._replace(statut=None))
    return last_day(one) or last_day(situation(reopened, portrait.look))


def _former_day(action: Action) -> date | None:
    """The last day of the latest échéance that had one, where an event may still stand in a calendar."""
    former = (one.echeance for one in reversed(action.echeances_precedentes))
    return next((one.fin for one in former if isinstance(one, Echeance) and one.fin), None)


def _told(one: Situation, portrait: Portrait) -> Iterator[str]:
    """What an event says of an action: its whole text, who has it, its échéance in the plan's words, its état."""
    plan, action = portrait.plan, one.action
    yield one_line(text_of(action))
    yield f"{capitalized(plan.dossier.nom)}{NBSP}: {heading_of(one.place, plan.niveaux)}"
    yield f"Responsables{NBSP}: {people(action.responsables, plan) or 'à attribuer'}"
    read = reading_in_words(action.echeance, plan.organisme.conventions, plan.niveaux.action)
    yield f"Échéance au plan{NBSP}: {quoted(wording(action.echeance))}{f' ({read})' if read else ''}"
    if again := due_again(one):
        yield f"Cette fois{NBSP}: {awaited(one, again[1])}"
    yield f"État au {day_in_words(portrait.au)}{NBSP}: {short_etat(one, plan.niveaux.action)}"
    yield f"Référence{NBSP}: {one.id}"


def _meetings(plan: Plan) -> Iterator[_Event]:
    """The known meetings of the board, then of the assembly, by date; of one known by its month, on the last day.

    Nothing but its date names a meeting: its month and its rank in it, so that it moves where its day is settled.
    """
    bodies = (("ca", board(plan).titre, plan.reunions.ca), ("aga", assembly(plan).titre, plan.reunions.aga))
    for which, name, instance in bodies:
        ranks = Counter[str]()
        known = [(one.date, one) for one in instance.reunions if one.date]
        for when, one in sorted(known, key=lambda item: (item[0].fin, item[0].debut)):
            month = when.fin.isoformat()[:7]
            ranks[month] += 1
            starts = instance.heure if one.heure is None else one.heure
            hour = "" if starts is None else hour_in_words(starts)
            unknown = "" if when.debut == when.fin else f"{recorded_day(when)}, jour à préciser"
            title = ", ".join(filter(None, (name, unknown, hour)))
            where = one_line(one.lieu or instance.lieu or "")
            key = f"{which} {month} {ranks[month]}"
            yield _Event(key, when.fin, f"{title} — {_whose(plan)}", _about(one, instance), where)


def _about(one: Reunion, instance: Instance) -> tuple[str, ...]:
    """What is known of a meeting beside its day, its hour and its place."""
    lasts = instance.duree if one.duree is None else one.duree
    link = live_address(one.lien or instance.lien or "")
    lines = [one_line(one.titre or "")]
    lines += [f"Durée prévue{NBSP}: {length_in_words(lasts)}"] if lasts else []
    lines += [f"En ligne{NBSP}: {link}"] if link else []
    return tuple(filter(None, lines))


def _sequence(event: _Event, au: date) -> int:
    """A number that grows from day to day, and within a day with what is recorded: of two versions of an event,
    calendars keep the one that has the greater, so that an older picture of the plan undoes nothing.
    """
    return _MOST_REVISIONS * au.toordinal() + min(event.revision, _MOST_REVISIONS - 1)


def _whose(plan: Plan) -> str:
    return one_line(plan.organisme.nom) or plan_title(plan)


def _namespace(plan: Plan) -> UUID:
    """What tells the events of a plan from those of another, of the same organisation too: whose it is and what it is
    called, as names are compared.
    """
    return uuid5(NAMESPACE_DNS, f"pivot\n{fold(plan.organisme.nom)}\n{fold(plan.organisme.plan.titre or '')}")


def _written(portrait: Portrait, events: Iterable[_Event]) -> str:
    """The events as iCalendar: lines of 75 octets at most that end in CRLF, texts escaped."""
    try:
        import icalendar
    except ImportError:
        raise not_installed("icalendar", "un calendrier") from None

    class Text(icalendar.vText):
        r"""A text that is kept as it is: icalendar takes a « \N » that is written in it for the end of a line."""

        def to_ical(self) -> bytes:
            return rb"\\N".join(icalendar.vText(part).to_ical() for part in self.split("\\N"))

    made, plan, taken = icalendar.Calendar(), _namespace(portrait.plan), Counter[str]()
    made.add("version", "2.0")
    made.add("prodid", "-//pivot//plan//FR")
    made.add("x-wr-calname", Text(named_title(portrait.plan)))
    for one in events:
        taken[one.key] += 1  # of a faulty plan, two actions may have one id
        entry = icalendar.Event()
        entry.add("uid", str(uuid5(plan, one.key if taken[one.key] == 1 else f"{one.key}, {taken[one.key]}")))
        entry.add("dtstamp", datetime.combine(portrait.au, time(), UTC))
        entry.add("dtstart", one.day)
        entry.add("sequence", _sequence(one, portrait.au))
        entry.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
        entry.add("transp", "TRANSPARENT")  # the day stays free
        for name, text in (("summary", one.title), ("location", one.place), ("description", "\n".join(one.lines))):
            if text:
                entry.add(name, Text(text))
        made.add_component(entry)
    return str(made.to_ical(), "utf-8")
