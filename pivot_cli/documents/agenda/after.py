"""After the meeting: the commands that record what was decided, one for each action of the agenda."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pivot_cli.documents.values import Champ
from pivot_cli.suivi.phrases import recurrent, title_of
from pivot_cli.text import truncate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pivot_cli.documents.agenda.places import Places
    from pivot_cli.suivi.etat import Situation

_TITLE = 60
TO_FILL = "…"
"""What stands where something has to be written: `pivot note` refuses it, so that nothing is recorded by mistake."""


def to_record(places: Places, day: date) -> Iterator[Champ]:
    """A command for each action that the board was asked about, in the order of the agenda."""
    for one in places.own:
        yield _ticked(one)
    for one in places.decisions:
        yield Champ(_title(one), f'pivot note {one.id} --statut "{TO_FILL}" --resolution "{TO_FILL}"')
    for one in (*(one for some in places.groups for one in some), *places.dates):
        yield Champ(
            _title(one), f'pivot note {one.id} --reporter "{TO_FILL}" --motif "{TO_FILL}" --resolution "{TO_FILL}"'
        )
    for one in places.shared:
        yield _ticked(one)
    yield from carried_out(places.referred, day)


def carried_out(referred: tuple[Situation, ...], day: date) -> Iterator[Champ]:
    """The commands of what a standing item carries out: complete, since the item was there."""
    for one in referred:
        if recurrent(one.action):
            yield Champ(_title(one), f"pivot note {one.id} --realisation {day.isoformat()}")
        elif one.open:
            yield Champ(_title(one), f"pivot note {one.id} --statut réalisée --le {day.isoformat()}")


def _ticked(one: Situation) -> Champ:
    if recurrent(one.action):
        return Champ(_title(one), f'pivot note {one.id} --realisation "{TO_FILL}"')
    return Champ(_title(one), f'pivot note {one.id} --statut "{TO_FILL}" --le "{TO_FILL}"')


def _title(one: Situation) -> str:
    return truncate(title_of(one.action), _TITLE)
