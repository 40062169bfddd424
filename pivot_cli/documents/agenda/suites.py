"""What the secretary records after a meeting: a file of what may have been decided, which `pivot note --de` reads once
what was decided is ticked. It is never in what is handed out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from pivot_cli.documents.agenda.values import Content, Suite
from pivot_cli.documents.deciding import boxes, choices_of
from pivot_cli.documents.listing import MOST_TITLE
from pivot_cli.documents.values import Choix
from pivot_cli.echeance import Echeance
from pivot_cli.suivi.phrases import title_of
from pivot_cli.suivi.when import done_again
from pivot_cli.text import NBSP, day_in_words, truncate

if TYPE_CHECKING:
    from pivot_cli.suivi.etat import Portrait, Situation

_TO_FILL = '"…"'
"""What stands where something has to be written: `pivot note` refuses it, so that nothing is recorded by mistake."""

_SIGNS = re.compile(r'["“”<>\[\]{}()|\\`*_~$#&!]')
"""What would end a text of an answer, or be a sign of Markdown: such a choice is left to be written."""


def suites(content: Content, seen: Portrait) -> Iterator[Suite]:
    """What may be recorded of the actions of an agenda, in its order, then of what its items carry out."""
    yield from (_suite(one, _answers(one, seen)) for one in content.asked)
    for one in content.carried_out:
        if answers := tuple(_carried_out(one, seen.au)):
            yield _suite(one, answers)


def _suite(one: Situation, answers: Iterable[str]) -> Suite:
    echeance = one.action.echeance
    return Suite(one.id, truncate(title_of(one.action), MOST_TITLE), echeance.texte or "", tuple(answers))


def _answers(one: Situation, seen: Portrait) -> Iterator[str]:
    """An answer for each box of an action; what the meeting decides says so."""
    day = day_in_words(seen.au).replace(NBSP, " ")
    meeting = f"Réunion du {day}"
    by_then, voted = f"--le {seen.au.isoformat()}", f'--resolution "{meeting}"'
    decided = f"{by_then} --motif {_TO_FILL} {voted}"
    resolved = f" {voted}" if one.action.decision else ""  # then nothing is to be decided any more
    if one.action.decision:
        *choices, _ = choices_of(one.action.decision)
        notes = [f'"Décidé à la réunion du {day}, {choice}."' for choice in choices if not _SIGNS.search(choice)]
        yield from (f"{one.id} --note {note} {by_then} {voted}" for note in (*notes, _TO_FILL))
    never = isinstance(one.action.echeance, Echeance) and not one.action.echeance.texte
    said: dict[str, str] = {
        Choix.FAITE: f"--statut réalisée --le {_TO_FILL}",
        Choix.REFAITE: f"--realisation {_TO_FILL}",
        Choix.EN_COURS: f'--statut "en cours" {by_then}{resolved}',
        Choix.MAINTENIR: f'--note "Échéance maintenue à la réunion du {day}." {by_then}{resolved}',
        Choix.FIXER: f"--echeance {_TO_FILL}" if never else f"--reporter {_TO_FILL} {decided}",
        Choix.REPORTER: f"--reporter {_TO_FILL} {decided}",
        Choix.RECONDUIRE: f"--statut reconduite {by_then} {voted}",
        Choix.ABANDONNER: f"--statut abandonnée {decided}",
    }
    yield from (f"{one.id} {said[box.choix]}" for box in boxes(one, seen))


def _carried_out(one: Situation, day: date) -> Iterator[str]:
    """The answer of what an item carries out: complete, since the item was there."""
    if done_again(one.action):
        yield f"{one.id} --realisation {day.isoformat()}"
    elif one.open:
        yield f"{one.id} --statut réalisée --le {day.isoformat()}"
