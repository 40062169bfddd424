"""What a sheet that came back changes in the files of a plan: each file once, by the engine of `pivot note`."""

from __future__ import annotations

import re
from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.finding import PivotError
from pivot_cli.record.accounted import all_told
from pivot_cli.record.filing import Filed, file_together, outcomes
from pivot_cli.record.meaning import HEADINGS, Sort, Told, as_day
from pivot_cli.record.recording import Typed
from pivot_cli.text import NBSP, counted, fold, one_line, quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from pivot_cli.plan.model import Plan
    from pivot_cli.record.filing import Held
    from pivot_cli.record.outcome import Outcome
    from pivot_cli.record.returned import Line, Returned


class Resultat(StrEnum):
    """What became of a line; the values are those of the JSON contract."""

    INCHANGEE = "inchangée"
    CONSIGNEE = "consignée"
    REFUSEE = "refusée"


class Taken(NamedTuple):
    """A line, what becomes of its action (None where nothing does), and what of it is told instead."""

    line: Line
    outcome: Outcome | None
    told: tuple[Told, ...]

    @property
    def resultat(self) -> Resultat:
        """What became of it: refused where any of its cells was, or is held."""
        if any(told.sort is not Sort.READ for told in self.told):
            return Resultat.REFUSEE
        return Resultat.CONSIGNEE if self.outcome else Resultat.INCHANGEE


class TakenBack(NamedTuple):
    """What a sheet changes: its lines in their order, what is told of none of them, and the files to write."""

    lines: tuple[Taken, ...]
    aside: tuple[Told, ...]
    filed: Filed

    @property
    def refused(self) -> bool:
        """Whether any cell is held, or refused."""
        return any(told.sort is not Sort.READ for told in self.aside) or any(
            line.resultat is Resultat.REFUSEE for line in self.lines
        )


def take_back(returned: Returned, held: Held, today: date, without: Collection[str] = ()) -> TakenBack:
    """What a sheet changes in the files of a plan, but for the actions that are left out. Touches no disk."""
    held.judge([held.plan.by_id[fold(line.id)] for line in returned.lines if line.typed], ())  # most often all sound
    lines = [_left_out(line) if line.id in without else _taken(line, held, today) for line in returned.lines]
    filed, refused = file_together([line.outcome for line in lines if line.outcome], held)
    lines = [
        one._replace(outcome=None, told=(*one.told, *_whole(one.line, refused[one.line.id])))
        if one.line.id in refused
        else one
        for one in lines
    ]
    return TakenBack(tuple(_told_whole(one, held.plan) for one in lines), returned.aside, filed)


def _told_whole(one: Taken, plan: Plan) -> Taken:
    """The same, each cell that was typed recorded or told, once."""
    action = one.outcome.action if one.outcome else plan.by_id[fold(one.line.id)].action
    return one._replace(told=all_told(one.line, one.told, action, plan))


def _left_out(line: Line) -> Taken:
    told = tuple(
        Told(Sort.READ, cell.place, HEADINGS[key], cell.line, "laissée de côté (--sauf)")
        for key, some in line.cells.items()
        for cell in some
    )
    return Taken(line, None, told)


def _taken(line: Line, held: Held, today: date) -> Taken:
    """What a line changes: all of it, else those of its parts that can be recorded each by itself."""
    if line.typed is None:
        return Taken(line, None, line.told)
    try:
        return _made(line, line.typed, line.told, held, today)
    except PivotError:
        kept, told = Typed(), line.told
        for key, part in _parts(line.typed):
            try:
                outcomes(part, [line.id], held, today)
                kept = kept._replace(**{name: value for name, value in part._asdict().items() if value is not None})
            except PivotError as fault:
                told += tuple(_of_cell(line, key, fault))
    try:
        return _made(line, kept, told, held, today) if kept != Typed() else Taken(line, None, told)
    except PivotError as fault:
        return Taken(line, None, (*line.told, *_whole(line, fault)))


def _made(line: Line, typed: Typed, told: tuple[Told, ...], held: Held, today: date) -> Taken:
    (outcome,) = outcomes(typed, [line.id], held, today)
    return Taken(line, outcome if outcome.edit else None, told)


_TOGETHER = {
    "avancement": ("statut", "le", "motif", "realisation", "resolution"),
    "nouvelle": ("reporter", "motif", "le", "resolution"),
    "propose": ("proposer", "motif", "le", "par"),
    "note": ("note", "le", "par"),
    "resultat": ("resultat",),
    "depense": ("budget_reel",),
    "qui": ("attribuer",),
    "fixee": ("echeance",),
}
"""What is recorded together, the first of each being what makes it worth recording, by the column that says it."""


def _parts(typed: Typed) -> Iterator[tuple[str, Typed]]:
    for key, names in _TOGETHER.items():
        mains = names if key == "avancement" else names[:1]
        if any(getattr(typed, name) is not None for name in mains):
            part = {name: getattr(typed, name) for name in names}
            if part.get("realisation"):
                part |= {"statut": None, "le": None, "motif": None}
            yield key, Typed(**part)


def _of_cell(line: Line, key: str, fault: PivotError) -> Iterator[Told]:
    """What a refusal says of the cells that the part came from."""
    keys = {
        "avancement": ("avancement", "devenu", "decision", "quand"),
        "nouvelle": ("nouvelle", "decision"),
        "propose": ("propose", "avancement"),
    }.get(key, (key,))
    found = next((one for one in keys if one in line.cells), next(iter(line.cells), ""))
    for cell in line.cells.get(found, ()):
        yield Told(Sort.REFUSED, cell.place, HEADINGS[found], cell.line, *_in_words(line, fault))


def _whole(line: Line, fault: PivotError) -> Iterator[Told]:
    """What a refusal of the whole line says of each of its cells."""
    for key, some in line.cells.items():
        for cell in some:
            yield Told(Sort.REFUSED, cell.place, HEADINGS[key], cell.line, *_in_words(line, fault))


_OPTIONS = {
    "le": "quand", "realisation": "quand", "note": "note", "motif": "motif", "reporter": "propose",
    "proposer": "propose", "statut": "avancement", "resultat": "resultat", "budget-reel": "depense",
    "attribuer": "qui", "echeance": "fixee",
}  # fmt: skip


def _in_words(line: Line, fault: PivotError) -> tuple[str, str]:
    """A refusal in the words of the sheet: columns rather than options, and no command."""
    message = fault.message.removeprefix(f"{line.id}{NBSP}: ")
    message = re.sub(rf"^--[a-z-]+{NBSP}: ", "", message)
    sentences = [text for text in fault.remedy.splitlines() if "pivot note" not in text and not text.startswith("  ")]
    remedy = " ".join(text for text in sentences if not text.endswith(f"{NBSP}:"))
    said = tuple(
        re.sub(r"--([a-z-]+)", lambda found: quoted(HEADINGS.get(_OPTIONS.get(found[1], ""), found[1])), text)
        for text in (message.rstrip("."), remedy)
    )
    return said[0], said[1] or f"Ce que le plan en dit{NBSP}: pivot show {line.id}"


def in_short(taken: TakenBack, plan: Plan, *, essai: bool = False) -> str:
    """« 7 actions : 4 consignées (à consigner, with `essai`), 2 sans rien de nouveau, 1 case à revoir. »"""
    nom, numbers = plan.niveaux.action, Counter(one.resultat for one in taken.lines)
    recorded = sum(one.outcome is not None for one in taken.lines)
    word = "à consigner" if essai else nom.agreed("consigné", recorded)
    said = [f"{recorded} {word}"] if recorded else []
    silent = numbers[Resultat.INCHANGEE]
    said += [f"{silent} sans rien de nouveau"] if silent else []
    refused = sum(told.sort is not Sort.READ for told in (*taken.aside, *(t for one in taken.lines for t in one.told)))
    said += [counted(refused, "case à revoir", "cases à revoir")] if refused else []
    return f"{nom.counted(len(taken.lines))}{NBSP}: {', '.join(said)}." if said else f"{nom.counted(len(taken.lines))}."


def told_in_words(told: Told, id_: str = "") -> str:
    """« F7, « Quand » (1.adm.1.1) : « bientôt » n'est pas une date. »"""
    where = ", ".join(filter(None, (told.place, quoted(told.column) if told.column else "")))
    where += f" ({id_})" if id_ else ""
    text = as_day(told.text) if told.column in _DATED else told.text
    said = told.why if text and told.why.startswith(quoted(text)) else f"{quoted(text)}{NBSP}: {told.why}"
    return f"{one_line(where)}{NBSP}: {one_line(said)}."


_DATED = frozenset(HEADINGS[key] for key in ("quand", "propose", "nouvelle", "fixee"))
