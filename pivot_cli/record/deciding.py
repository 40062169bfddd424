"""What staff proposed, once the direction decides: accepted, or set aside; and a sheet, with what is accepted of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.plan.model import Statut
from pivot_cli.plan.not_found import no_such_action
from pivot_cli.record.following import Answer, Written, begun, followed
from pivot_cli.record.recording import Typed
from pivot_cli.record.returned import read_back
from pivot_cli.record.taken_back import TakenBack, take_back
from pivot_cli.suivi.proposals import motif_of, pending, set_aside_in_words, told_of, waiting
from pivot_cli.text import NBSP, fold, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from pivot_cli.plan.model import Place, Plan, Suivi
    from pivot_cli.plan.sources import PlanFiles
    from pivot_cli.received.cells import Source
    from pivot_cli.record.filing import Filed, Held

ALL = "tout"


class Asked(NamedTuple):
    """What is asked of a sheet: who says so, the actions that are left out of it, those of which what is proposed is
    accepted.
    """

    par: str | None = None
    sauf: Sequence[str] = ()
    accepter: Sequence[str] = ()


def sheet_recorded(
    source: Source,
    held: Held,
    asked: Asked,
    today: date,
    *,
    file: Callable[[Answer, Held], Filed],
    hold: Callable[[PlanFiles], Held],
) -> tuple[Written, TakenBack]:
    """What a sheet changes, the first of the outcomes, then what is accepted of what it proposes. Touches no file."""
    without = frozenset(_id_in(held.plan, one) for one in asked.sauf)
    taken = take_back(read_back(source, held.plan, today, asked.par), held, today, without)
    filed = taken.filed
    now = hold(held.files.with_files({one.name: one.new for one in filed.files})) if filed.files else held
    done = begun(held)._replace(held=now, outcomes=[filed])
    if not asked.accepter:
        return done, taken
    if any(fold(one) == ALL for one in asked.accepter):
        wanted = [one.line.id for one in taken.lines if one.outcome and pending(one.outcome.action)]
    else:
        wanted = list(asked.accepter)
    return followed(done, accepted(now.plan, wanted, today), file, hold) if wanted else done, taken


def accepted(plan: Plan, wanted: Sequence[str], today: date, said: Typed | None = None) -> list[Answer]:
    """The answers that record as decided what was proposed of some actions (« tout »: of all); `said` is the day, the
    resolution or the motif that goes with it. Raises PivotError where nothing is proposed.
    """
    asked = _proposed(plan, wanted)
    if not asked:
        message = "rien de ce qui est proposé n'est à décider."
        raise PivotError(message, f"Une feuille ou {quoted('--proposer')} le dit.", ExitCode.USAGE)
    return [Answer((place.id,), _decided(place, note, today, said)) for place, note in asked]


def set_aside(plan: Plan, wanted: str, said: Typed) -> Answer:
    """The answer that records what is proposed of an action as set aside, with the day, the author and the motif that
    are `said`. Raises PivotError where nothing is proposed.
    """
    place, note = _proposed(plan, [wanted])[0]
    text = set_aside_in_words(note, said.motif or "")
    return Answer((place.id,), Typed(note=text, le=said.le, par=said.par))


def _proposed(plan: Plan, wanted: Sequence[str]) -> list[tuple[Place, Suivi]]:
    """What is proposed of some actions (« tout »: of all); raises PivotError where something is not."""
    found = {place.id: (place, note) for place, note in waiting(plan.places)}
    if any(fold(one) == ALL for one in wanted):
        return list(found.values())
    asked = list(dict.fromkeys(_id_in(plan, one) for one in wanted))
    if missing := [id_ for id_ in asked if id_ not in found]:
        message = f"rien n'est proposé pour {missing[0]}, ou c'est déjà décidé."
        known = f"À décider{NBSP}: {', '.join(found)}." if found else "Rien n'est à décider."
        raise PivotError(message, known, ExitCode.USAGE)
    return [found[id_] for id_ in asked]


def _id_in(plan: Plan, wanted: str) -> str:
    place = plan.find(wanted)
    if place is None:
        raise no_such_action(plan, wanted)
    return place.id


def _decided(place: Place, note: Suivi, today: date, said: Typed | None) -> Typed:
    """What records a proposal as decided: the échéance moved, or set where there was none; the action given up."""
    base = said or Typed()
    motif = base.motif or motif_of(note) or note.note
    if note.propose is Statut.ABANDONNEE:
        return base._replace(statut=Statut.ABANDONNEE.value, le=base.le or today.isoformat(), motif=motif)
    if not place.action.echeance.texte:
        return base._replace(echeance=told_of(note))
    return base._replace(reporter=told_of(note), motif=motif)
