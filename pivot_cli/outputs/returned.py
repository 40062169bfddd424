"""What became of a sheet that came back: a report to send to who filled it in, and the JSON of the contracts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pivot_cli.escaping import escape_markdown
from pivot_cli.record.meaning import Sort
from pivot_cli.record.taken_back import in_short, told_in_words
from pivot_cli.suivi.phrases import title_of
from pivot_cli.suivi.proposals import pending
from pivot_cli.suivi.sheets import known_of
from pivot_cli.text import NBSP, day_in_words, one_line, quoted, truncate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from pivot_cli.finding import PivotError
    from pivot_cli.plan.model import Action, Plan
    from pivot_cli.record.filing import Filed
    from pivot_cli.record.meaning import Told
    from pivot_cli.record.outcome import Outcome
    from pivot_cli.record.taken_back import TakenBack


def returned_object(taken: TakenBack, accepted: Sequence[Filed | PivotError] = ()) -> dict[str, Any]:
    """What `pivot note --de` answers of a sheet: a line each, then what is said of none, and the ids of what is
    `accepted` of what was proposed.
    """
    lines = [
        {
            "ligne": _row(one.line.place),
            "id": one.line.id,
            "resultat": one.resultat.value,
            "message": " ".join(_whole(told) for told in one.told) or None,
        }
        for one in taken.lines
    ]
    lines += [
        {
            "ligne": _row(told.place),
            "id": None,
            "resultat": "inchangée" if told.sort is Sort.READ else "refusée",
            "message": _whole(told),
        }
        for told in taken.aside
    ]
    files = [file.shown for filed in (taken.filed, *_made(accepted)) for file in filed.files]
    answer: dict[str, Any] = {"lignes": lines, "fichiers": [*dict.fromkeys(files)]}
    if accepted:
        answer["decidees"] = [one.place.id for filed in _made(accepted) for one in filed.actions]
        answer["refusees"] = [one.message for one in accepted if isinstance(one, Exception)]
    return answer


def _made(accepted: Iterable[Filed | PivotError]) -> list[Filed]:
    return [one for one in accepted if not isinstance(one, Exception)]


def _row(place: str) -> int | None:
    """The row that a place is in: 7 of « Suivi, F7 » and of « ligne 7 »."""
    found = re.search(r"(\d+)(?:, commentaire)?$", place)
    return int(found[1]) if found else None


def _for_who_filled_it(told: Told) -> str:
    """The same, without what only the direction can do."""
    if told.sort is Sort.HELD:
        return _whole(told._replace(remedy="La direction dira ce qui est juste."))
    return _whole(told._replace(remedy="" if "pivot " in told.remedy else told.remedy))


def _called(action: Action) -> str:
    return truncate(title_of(action), _LONGEST)


_LONGEST = 90  # characters of what an action is called


def _whole(told: Told) -> str:
    return " ".join(filter(None, (told_in_words(told), one_line(told.remedy))))


def returned_md(taken: TakenBack, plan: Plan, today: date, accepted: Sequence[Filed | PivotError] = ()) -> str:
    """A report that can be sent as it is: what was recorded, what of what was proposed is `accepted` or waits for a
    decision, what is to be said again.
    """
    nom = plan.niveaux.action
    lines = ["# Votre feuille de suivi", "", f"Reçue le {day_in_words(today)}, merci! {in_short(taken, plan)}"]
    made = [one.outcome for one in taken.lines if one.outcome]
    lines += _part("Consigné", (_recorded(one, plan) for one in made))
    decided = [one for filed in _made(accepted) for one in filed.actions]
    lines += _part("Décidé", (f"{_titled(one)}{NBSP}: {_decision(one, plan)}" for one in decided))
    over = {one.place.id for one in decided}
    proposals = ((one, note) for one in made if one.place.id not in over and (note := pending(one.action)))
    lines += _part("Proposé, à décider", (f"{_titled(one)}{NBSP}: {one_line(note.note)}" for one, note in proposals))
    told = [(told, one) for one in taken.lines for told in one.told]
    again = [(one, line) for one, line in told if one.sort is not Sort.READ]
    lines += _part(
        "À revoir",
        [f"{_called(plan.by_id[line.line.id.lower()].action)}. {_for_who_filled_it(one)}" for one, line in again]
        + [_for_who_filled_it(one) for one in taken.aside if one.sort is not Sort.READ],
    )
    read = [one for one, _ in told if one.sort is Sort.READ] + [one for one in taken.aside if one.sort is Sort.READ]
    lines += _part("Lu, non consigné", (f"{quoted(one.text)} ({one.place})" for one in read))
    if not made and not again:
        lines += ["", f"Rien de nouveau n'y est écrit{NBSP}: {nom.aucun} n'a changé."]
    return "\n".join(lines) + "\n"


def _part(heading: str, items: Any) -> Iterator[str]:
    said = list(items)
    if said:
        yield from ("", f"## {heading}", "", *(f"- {escape_markdown(text)}" for text in said))


def _decision(one: Outcome, plan: Plan) -> str:
    """« échéance : juin 2021 », or where the action stands once it is given up."""
    if one.action.echeance != one.old.echeance:
        return f"échéance{NBSP}: {one_line(one.action.echeance.texte)}"
    return known_of(one.action, plan.niveaux.action)


def _titled(one: Outcome) -> str:
    return f"{_called(one.place.action)} ({one.place.id})"


def _recorded(one: Outcome, plan: Plan) -> str:
    """« Former un comité (1.adm.1.1) : en cours; note : « Première rencontre » »."""
    said = [known_of(one.action, plan.niveaux.action)]
    said += [f"note{NBSP}: {quoted(note.note)}" for note in one.action.suivi[len(one.old.suivi) :] if not note.propose]
    if one.action.resultat != one.old.resultat:
        said.append(f"résultat{NBSP}: {quoted(one.action.resultat or '')}")
    return f"{_titled(one)}{NBSP}: {'; '.join(said)}"
