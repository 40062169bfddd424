"""From damaged sheets: each value that was typed is recorded, or told with its cell; nothing else changes."""

from __future__ import annotations

import io
import os
from datetime import date, datetime
from functools import cache

import openpyxl
import pytest
from editing.held import held
from openpyxl.workbook import Workbook
from pace import few, one_in
from support import SHIPPED, load_bytes

from pivot_cli.finding import PivotError
from pivot_cli.outputs.workbook import workbook
from pivot_cli.plan.model import Action, Plan, same
from pivot_cli.received.workbook import read_workbook
from pivot_cli.record.filing import Held
from pivot_cli.record.meaning import as_day, choice_of
from pivot_cli.record.returned import read_back
from pivot_cli.record.taken_back import TakenBack, take_back
from pivot_cli.suivi import sheets
from pivot_cli.suivi.etat import portrait
from pivot_cli.text import MONTHS, fold
from sheets.damages import damaged

HEADINGS = ("Objectif", "Action", "Quand", "Pourquoi", "Note interne", "Déjà consigné")
TODAY = date(2031, 1, 1)
SEEDS = range(int(os.environ.get("PIVOT_FEUILLES", "50")))


@cache
def plan_held() -> Held:
    return held({file.name: file.read_bytes() for file in sorted(SHIPPED.glob("*.yaml"))})


@cache
def as_sent() -> bytes:
    seen = portrait(plan_held().plan, date(2030, 11, 1))
    some = [one for one in seen.situations if one.id.startswith(("1.adm", "2.gou", "5."))]
    return workbook(sheets.sheet(some, seen))


def texts(book: Workbook) -> set[str]:
    return {fold(str(cell.value)) for page in book.worksheets for row in page.iter_rows() for cell in row if cell.value}


def typed(book: Workbook, sent: set[str]) -> list[tuple[str, str, object, tuple[str, ...]]]:
    """What is not as it was sent: its sheet, its cell, its value, the ids of its row."""
    ids = {fold(place.id) for place in plan_held().plan.places}
    found: list[tuple[str, str, object, tuple[str, ...]]] = []
    for page in book.worksheets:
        heads = [row for row in page.iter_rows() if sum(cell.value in HEADINGS for cell in row) > 2]
        of_the_head = {cell.row for row in heads for cell in row}
        for row in page.iter_rows():
            here = [str(cell.value) for cell in row if cell.value is not None]
            named = tuple(one for text in here for one in (text, text.split(" ")[0]) if fold(one) in ids)
            found += [
                (page.title, cell.coordinate, cell.value, named)
                for cell in row
                if cell.value not in (None, "") and fold(str(cell.value)) not in sent and cell.row not in of_the_head
            ]
    return found


def says(action: Action, value: object) -> bool:
    """Whether an action says a value, in any of its fields."""
    text = str(value)
    if isinstance(value, datetime):
        text = value.date().isoformat()
    nom = plan_held().plan.niveaux.action
    choice = choice_of(text, sheets.PROGRESS, nom)
    if choice and (action.statut is choice.statut or choice.again):
        return True
    if choice and choice.proposed:
        return any(note.propose for note in action.suivi)
    dates = [action.statut_le, action.realisee_le, *action.realisations, *(note.date for note in action.suivi)]
    said = [note.note for note in action.suivi] + [action.motif or "", action.resultat or "", action.echeance.texte]
    said += [when.texte for when in dates if when] + [str(getattr(n.propose, "texte", "")) for n in action.suivi]
    said += [str(action.budget.reel)] if action.budget else []
    wanted = {fold(text), fold(as_day(text))}
    if isinstance(value, datetime):  # shown by its month, where its format says so
        wanted |= {fold(f"{MONTHS[value.month - 1]} {value.year}")}
    return any(one and any(one in fold(text) for text in said) for one in wanted)


def files_after(taken: TakenBack) -> dict[str, bytes]:
    return {**plan_held().files.files, **{file.name: file.new for file in taken.filed.files}}


def after(taken: TakenBack) -> Plan:
    return load_bytes(files_after(taken))[0]


def read_again(book: Workbook) -> tuple[Workbook, TakenBack | None]:
    """A workbook once saved, and what is taken of it; nothing where it is no sheet any more, which is told."""
    saved = io.BytesIO()
    book.save(saved)
    source, held_ = read_workbook(saved.getvalue(), "suivi.xlsx"), plan_held()
    again = openpyxl.load_workbook(io.BytesIO(saved.getvalue()))
    try:
        return again, take_back(read_back(source, held_.plan, TODAY), held_, TODAY)
    except PivotError as refused:
        if "n'est pas une feuille de suivi" not in refused.message:
            raise
        return again, None


def changed_again(book: Workbook, taken: TakenBack) -> list[str]:
    """The files that the same sheet changes once it is recorded."""
    saved = io.BytesIO()
    book.save(saved)
    now = held(files_after(taken))
    back = read_back(read_workbook(saved.getvalue(), "suivi.xlsx"), now.plan, TODAY)
    return [file.name for file in take_back(back, now, TODAY).filed.files]


@pytest.mark.parametrize("seed", one_in(13, few(4, SEEDS)))
def test_each_value_is_recorded_or_told_and_nothing_else_changes(seed: int) -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_sent()))
    sent = texts(book)
    done = damaged(book, seed)
    again, taken = read_again(book)
    if taken is None:
        return
    values, now = typed(again, sent), after(taken)
    told = [one for line in taken.lines for one in line.told] + list(taken.aside)
    for line in taken.lines:
        assert len({(one.place, one.text) for one in line.told}) == len(line.told), done
    assert changed_again(again, taken) == [], done
    places = {one.place for one in told}
    for title, cell, value, ids in values:
        recorded = any(says(now.by_id[fold(id_)].action, value) for id_ in ids)
        assert recorded or f"{title}, {cell}" in places, (done, title, cell, value, ids)
    squares = (square for page in again.worksheets for row in page.iter_rows() for square in row)
    for remark in filter(None, (square.comment for square in squares)):
        assert any(remark.text in said.text for said in told), (done, remark.text)
    assert [place.id for place in now.places] == [place.id for place in plan_held().plan.places]
    for id_, place in plan_held().plan.by_id.items():
        of_it = [value for _, _, value, ids in values if id_ in map(fold, ids)]
        new = now.by_id[id_].action
        for key in Action._fields:
            if key != "origin" and not same(getattr(place.action, key), getattr(new, key)):
                alone = Action()._replace(**{key: getattr(new, key)})
                assert any(says(alone, one) for one in of_it), (done, id_, key, getattr(new, key), of_it)
