"""A sheet that came back (`pivot note --de suivi.xlsx`), and what was proposed and is accepted (`--accepter`)."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.cli import edge
from pivot_cli.cli.answers import followed, held_from, shown
from pivot_cli.cli.kept import keep
from pivot_cli.text import fold, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pivot_cli.plan.model import Place, Plan, Suivi
    from pivot_cli.received.cells import Source
    from pivot_cli.record.filing import Filed, Held
    from pivot_cli.record.following import Answer, Written
    from pivot_cli.record.recording import Typed
    from pivot_cli.record.taken_back import TakenBack
    from pivot_cli.record.writing import Exchange
    from pivot_cli.suivi.etat import Portrait

SHEETS = (".xlsx", ".xlsm", ".ods", ".csv", ".tsv", ".xls")
"""How the name of a sheet ends, those that are told to be saved otherwise included."""
ALL = "tout"


class Back(NamedTuple):
    """A sheet that came back, as it was asked for: its file, who says so, what is left out of it, what is accepted."""

    file: str
    par: str | None
    sauf: Sequence[str]
    accepter: Sequence[str]
    essai: bool
    form: str
    sortie: Path | None


def take(folder: Path, back: Back) -> int:
    """Record a sheet that came back, and show what became of each line; the exit code."""
    from pivot_cli.finding import ExitCode
    from pivot_cli.received.opening import read_source

    edge.refuse_in_a_plan(back.sortie)
    source = read_source(back.file, edge.current_folder(), lambda: b"")
    if back.essai:
        done, taken = _prepared(folder, source, back)
    else:

        def prepare() -> tuple[tuple[Written, TakenBack], list[Exchange]]:
            made = _prepared(folder, source, back)
            return made, made[0].exchanges(folder)

        done, taken = keep(folder, prepare)
    code = shown(folder, done, partial(_show, done, taken, back), essai=back.essai)
    return max(code, ExitCode.FINDINGS) if taken.refused or done.refused else code


def _prepared(folder: Path, source: Source, back: Back) -> tuple[Written, TakenBack]:
    """What a sheet changes, then what is accepted of what it proposes. Touches no file."""
    from pivot_cli.plan.sources import read_folder
    from pivot_cli.record.following import Written
    from pivot_cli.record.returned import read_back
    from pivot_cli.record.taken_back import take_back
    from pivot_cli.suivi.proposals import pending

    before = read_folder(folder, edge.plan_label(folder))
    held = held_from(before)
    without = frozenset(_id_in(held.plan, one) for one in back.sauf)
    returned = read_back(source, held.plan, edge.today(), back.par)
    taken = take_back(returned, held, edge.today(), without)
    now = _after(taken.filed, held)
    done = Written(now, [taken.filed], before, held.plan)
    if not back.accepter:
        return done, taken
    if any(fold(one) == ALL for one in back.accepter):
        asked = [one.line.id for one in taken.lines if one.outcome and pending(one.outcome.action)]
    else:
        asked = list(back.accepter)
    return followed(folder, done, accepted(now.plan, asked)) if asked else done, taken


def _after(filed: Filed, held: Held) -> Held:
    """The plan once that is written."""
    if not filed.files:
        return held
    return held_from(held.files.with_files({file.name: file.new for file in filed.files}))


def _id_in(plan: Plan, wanted: str) -> str:
    from pivot_cli.plan.not_found import no_such_action

    place = plan.find(wanted)
    if place is None:
        raise no_such_action(plan, wanted)
    return place.id


def _show(done: Written, taken: TakenBack, back: Back, portrait: Portrait, left: str) -> None:
    """What became of a sheet, on the screen or for a program; beside it, or in its place, the report to send back."""
    from pivot_cli.outputs.returned import returned_md, returned_object
    from pivot_cli.screens.noted import returned_page

    accepted = done.outcomes[1:]  # the first is the sheet
    if back.form == "json":
        edge.emit(returned_object(taken, accepted), back.sortie, "json")
        return
    if back.form == "md":
        edge.emit(returned_md(taken, done.was, edge.today(), accepted), back.sortie, "md")
    if back.form != "md" or back.sortie:
        name = Path(back.file).name
        page = returned_page(name, taken, portrait, edge.width(), left, accepted=accepted, essai=back.essai)
        edge.emit(page, None if back.form == "md" else back.sortie)


# --- what is accepted of what was proposed ----------------------------------------------------------------


def accepted(plan: Plan, wanted: Sequence[str], said: Typed | None = None) -> list[Answer]:
    """The answers that record as decided what was proposed of some actions (« tout »: of all); `said` is the day, the
    resolution or the motif that goes with it. Raises PivotError where nothing is proposed.
    """
    from pivot_cli.record.following import Answer
    from pivot_cli.suivi.proposals import waiting

    found = {place.id: (place, note) for place, note in waiting(plan.places)}
    if any(fold(one) == ALL for one in wanted):
        asked = list(found)
    else:
        asked = list(dict.fromkeys(_id_in(plan, one) for one in wanted))
    if missing := [id_ for id_ in asked if id_ not in found]:
        message = f"rien n'est proposé pour {missing[0]}, ou c'est déjà décidé."
        known = f"À décider : {', '.join(found)}." if found else "Rien n'est à décider."
        raise edge.misused(message, known)
    if not asked:
        raise edge.misused(
            "rien de ce qui est proposé n'est à décider.", f"Une feuille ou {quoted('--proposer')} le dit."
        )
    return [Answer((id_,), _decided(*found[id_], said)) for id_ in asked]


def _decided(place: Place, note: Suivi, said: Typed | None) -> Typed:
    """What records a proposal as decided: the échéance moved, or set where there was none; the action given up."""
    from pivot_cli.plan.model import Statut
    from pivot_cli.record.recording import Typed
    from pivot_cli.suivi.proposals import motif_of, told_of

    base = said or Typed()
    motif = base.motif or motif_of(note) or note.note
    if note.propose is Statut.ABANDONNEE:
        day = base.le or edge.today().isoformat()
        return base._replace(statut=Statut.ABANDONNEE.value, le=day, motif=motif)
    if not place.action.echeance.texte:
        return base._replace(echeance=told_of(note))
    return base._replace(reporter=told_of(note), motif=motif)
