"""The same action on several lines, one a reporting period: the latest wins, what moved is kept."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pivot_cli.echeance import Refus, parse, parse_date
from pivot_cli.intake import wordings
from pivot_cli.intake.found import Earlier
from pivot_cli.intake.roles import Role
from pivot_cli.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pivot_cli.intake.found import Found
    from pivot_cli.intake.scheme import Scheme


def merged(found: Iterable[Found], scheme: Scheme) -> Iterator[Found]:
    """The actions, those on several lines once, where the first of them stood."""
    groups: dict[tuple[object, ...], list[Found]] = {}
    for rank, one in enumerate(found):
        groups.setdefault(_key(one, scheme, rank), []).append(one)
    for lines in groups.values():
        yield _together(sorted(lines, key=_when)) if len(lines) > 1 else lines[0]


def _key(one: Found, scheme: Scheme, rank: int) -> tuple[object, ...]:
    texts = tuple(fold(value.text) for value in one.texts)
    number = fold(one.number.text) if one.number else ""
    if not texts or not (Role.RAPPORT in one.values or number):
        return (rank,)
    return (*(one.context[key].name if key in one.context else "" for key in scheme.levels.values()), number, texts)


def _when(one: Found) -> date:
    value = one.first(Role.RAPPORT)
    text = wordings.as_date(value.text) if value else ""
    read = parse_date(text)
    if not isinstance(read, Refus):
        return read.fin
    wording = parse(text)
    return (getattr(wording, "fin", None) or date.min) if text else date.min


def _together(lines: Sequence[Found]) -> Found:
    """The latest line, with what the others say otherwise under the day of each."""
    latest = lines[-1]
    for one in lines[:-1]:
        day = one.first(Role.RAPPORT)
        for role, values in one.values.items():
            said = {fold(value.text) for value in latest.values.get(role, ())}
            for value in values:
                latest.past.append(Earlier(value, day.text if day else "", same=fold(value.text) in said))
        if one.number:
            latest.past.append(Earlier(one.number, "", same=True))
        latest.number = latest.number or one.number
    for role in {value.value.column.role for value in latest.past} - set(latest.values):
        last = [past for past in latest.past if past.value.column.role is role][-1]
        latest.values[role].append(last.value)
        latest.past.remove(last)
    return latest
