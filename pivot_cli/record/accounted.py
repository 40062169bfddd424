"""What was typed of an action is in it once recorded, or is told: whatever was refused or ignored on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pivot_cli.echeance import Echeance, Refus, parse, parse_date
from pivot_cli.plan.model import Statut
from pivot_cli.plan.schema.fields import MONEY
from pivot_cli.record.meaning import HEADINGS, PARTS, Sort, Told, as_day, choice_of, without_more
from pivot_cli.suivi import sheets
from pivot_cli.suivi.proposals import motif_of
from pivot_cli.text import fold, one_line, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pivot_cli.echeance import DateConsignee
    from pivot_cli.plan.model import Action, Plan
    from pivot_cli.record.returned import Line


def all_told(line: Line, told: Sequence[Told], action: Action, plan: Plan) -> tuple[Told, ...]:
    """What is told of a line whose action became this: each cell once, those that it does not say included."""
    once = {(one.place, one.text): one for one in reversed(told)}  # a CSV has lines, and no cells
    kept = [one for one in told if once[one.place, one.text] is one]
    typed = [(key, cell) for key, some in line.cells.items() for cell in some if (cell.place, cell.line) not in once]
    for key, cell in typed:
        if not _says(action, line, key, cell.line, plan):
            sort, why, remedy = _why(action, key, cell.line, kept)
            kept.append(Told(sort, cell.place, HEADINGS[key], cell.line, why, remedy))
    return tuple(kept)


def _why(action: Action, key: str, text: str, told: Sequence[Told]) -> tuple[Sort, str, str]:
    if key == "quand" and (known := _more_precise(action, text)):
        return Sort.READ, f"c'est déjà consigné plus précisément, {one_line(known.texte)}", ""
    if told:
        sort = next((one.sort for one in told if one.sort is not Sort.READ), Sort.REFUSED)
        return sort, "cela va avec ce qui précède, et n'est pas consigné", ""
    said = {"quand": "rien de ce qui est consigné n'est de ce jour", "motif": "rien ne dit de quoi c'est la raison"}
    why = said.get(key, "ce n'est pas consigné avec le reste de la ligne")
    return Sort.REFUSED, why, f"Dites-le sous {quoted(HEADINGS['note'])}." if key != "note" else ""


def _says(action: Action, line: Line, key: str, text: str, plan: Plan) -> bool:
    """Whether an action says what was typed in a column."""
    if key in ("avancement", "devenu", "decision"):
        return _stands(action, line, key, text, plan)
    wanted = fold(as_day(text))
    if key == "quand":
        read = parse_date(as_day(text))
        return not isinstance(read, Refus) and any(one and one[1:] == read[1:] for one in _days(action))
    if key in ("propose", "nouvelle", "fixee"):
        return any(wanted == fold(one) or _alike(one, wanted, plan) for one in _echeances(action))
    if key == "qui":
        return _who(action, text, plan)
    notes = [without_more(note.note) for note in action.suivi]
    formers = [former.motif for former in action.echeances_precedentes]
    written: dict[str, list[str | None]] = {
        "depense": [text] if action.budget and action.budget.reel == MONEY.parse(text) else [],
        "resultat": [action.resultat],
        "motif": [action.motif, *formers, *(motif_of(note) for note in action.suivi)],
    }
    return any(fold(text) == fold(one_line(one or "")) for one in written.get(key, [])) or (
        key in ("note", "motif") and any(fold(text) in note for note in notes)
    )


def _who(action: Action, text: str, plan: Plan) -> bool:
    """Whether an action has those that a cell names."""
    names = [text] if plan.registre.find(text) else PARTS.split(text)
    return set(plan.registre.codes(name.strip() for name in names if name.strip())) <= set(
        plan.registre.codes(action.responsables)
    )


def _echeances(action: Action) -> list[str]:
    proposed = [note.propose.texte for note in action.suivi if isinstance(note.propose, Echeance)]
    return [action.echeance.texte, *proposed, *(one.echeance.texte for one in action.echeances_precedentes)]


def _alike(one: str, other: str, plan: Plan) -> bool:
    """Whether two échéances are the same, written otherwise."""
    read, again = (parse(text, plan.organisme.conventions) for text in (one, other))
    return isinstance(read, Echeance) and read._replace(texte="") == again._replace(texte="")


def _stands(action: Action, line: Line, key: str, text: str, plan: Plan) -> bool:
    offered = {"devenu": sheets.OUTCOMES, "decision": sheets.DECISIONS}.get(key, sheets.PROGRESS)
    choice = choice_of(text, offered, plan.niveaux.action)
    if choice is None:
        return False
    if choice.again:
        when = line.cells.get("quand")
        return bool(action.realisations) and (not when or bool(_more_precise(action, when[0].line)))
    if choice.proposed:
        given_up = action.statut is Statut.ABANDONNEE
        return given_up or any(note.propose is Statut.ABANDONNEE for note in action.suivi)
    if choice.moves is not None:
        return choice.moves or any("echeance maintenue" in fold(note.note) for note in action.suivi)
    return action.statut is choice.statut


def _days(action: Action) -> list[DateConsignee | None]:
    """The days that « Quand » may be."""
    notes = [note.date for note in action.suivi]
    decided = [former.decide_le for former in action.echeances_precedentes]
    return [action.statut_le, action.realisee_le, *action.realisations, *notes, *decided]


def _more_precise(action: Action, text: str) -> DateConsignee | None:
    """The day that is known of what was done, within the one that was typed."""
    read = parse_date(as_day(text))
    if isinstance(read, Refus):
        return None
    done = [action.realisee_le, action.statut_le, *action.realisations]
    return next((one for one in done if one and read.debut <= one.debut and one.fin <= read.fin), None)
