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
    from collections.abc import Iterator
    from datetime import date

    from pivot_cli.plan.model import Action, Plan
    from pivot_cli.record.meaning import Told
    from pivot_cli.record.outcome import Outcome
    from pivot_cli.record.taken_back import TakenBack


def returned_object(taken: TakenBack) -> dict[str, Any]:
    """What `pivot note --de` answers of a sheet: a line each, then what is said of none."""
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
    return {"lignes": lines, "fichiers": [file.shown for file in taken.filed.files]}


def _row(place: str) -> int | None:
    """The row that a place is in: 7 of « Suivi, F7 » and of « ligne 7 »."""
    found = re.search(r"(\d+)(?:, commentaire)?$", place)
    return int(found[1]) if found else None


def _for_who_filled_it(told: Told) -> str:
    """The same, without what only the direction can do."""
    if told.sort is Sort.HELD:
        return _whole(told._replace(remedy="La direction dira ce qui est juste."))
    return _whole(told._replace(remedy="" if "pivot note" in told.remedy else told.remedy))


def _called(action: Action) -> str:
    return truncate(title_of(action), _LONGEST)


_LONGEST = 90  # characters of what an action is called


def _whole(told: Told) -> str:
    return " ".join(filter(None, (told_in_words(told), one_line(told.remedy))))


def returned_md(taken: TakenBack, plan: Plan, today: date) -> str:
    """A report that can be sent as it is: what was recorded, what waits for a decision, what is to be said again."""
    nom = plan.niveaux.action
    lines = ["# Votre feuille de suivi", "", f"Reçue le {day_in_words(today)}, merci! {in_short(taken, plan)}"]
    made = [one.outcome for one in taken.lines if one.outcome]
    lines += _part("Consigné", (_recorded(one, plan) for one in made))
    proposals = ((one, note) for one in made if (note := pending(one.action)))
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


def _titled(one: Outcome) -> str:
    return f"{_called(one.place.action)} ({one.place.id})"


def _recorded(one: Outcome, plan: Plan) -> str:
    """« Former un comité (1.adm.1.1) : en cours; note : « Première rencontre » »."""
    said = [known_of(one.action, plan.niveaux.action)]
    said += [f"note{NBSP}: {quoted(note.note)}" for note in one.action.suivi[len(one.old.suivi) :] if not note.propose]
    if one.action.resultat != one.old.resultat:
        said.append(f"résultat{NBSP}: {quoted(one.action.resultat or '')}")
    return f"{_titled(one)}{NBSP}: {'; '.join(said)}"
