"""How long an agenda takes: the one place where minutes are summed, and told as hours and lengths."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.plan.hours import hour_in_words, length_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pivot_cli.documents.agenda.meeting import Seance
    from pivot_cli.documents.agenda.values import PointSeance
    from pivot_cli.documents.values import Entete


class Timed(NamedTuple):
    """A point of the agenda, or a part of one, and how many minutes it takes."""

    point: PointSeance
    minutes: int


def minutes_for(actions: int, each: int, most: int) -> int:
    """A length that a chair would write: whole fives, for so many actions of so many minutes."""
    return min(most, max(5, 5 * -(-actions * each // 5)))


def with_parts(point: PointSeance, parts: Sequence[Timed], fixed: int | None) -> Timed:
    """A point with its parts numbered; it takes as long as they do, or `fixed` minutes, shared out by nobody."""
    numbered = tuple(
        part.point._replace(
            numero=f"{point.numero}.{rank}",
            duree=length_in_words(part.minutes) if part.minutes and fixed is None else "",
        )
        for rank, part in enumerate(parts, start=1)
    )
    return Timed(point._replace(parties=numbered), sum(part.minutes for part in parts) if fixed is None else fixed)


def one_after_the_other(timed: Iterable[Timed], seance: Seance) -> tuple[tuple[PointSeance, ...], int]:
    """The points, each beginning when the one before it ends; and the minutes that they take together."""
    points, elapsed = [], 0
    for point, minutes in timed:
        heure = "" if seance.heure is None else hour_in_words(seance.heure + elapsed)
        points.append(point._replace(heure=heure, duree=length_in_words(minutes) if minutes else ""))
        elapsed += minutes
    return tuple(points), elapsed


def with_length(entete: Entete, seance: Seance, total: int) -> Entete:
    """The opening with the end of a meeting of so many minutes, and by how much it is longer than what was wanted."""
    overrun = ""
    if seance.duree is not None and total > seance.duree:
        overrun = (
            f"Les points prennent ensemble {length_in_words(total)}, soit {length_in_words(total - seance.duree)} de "
            f"plus que les {length_in_words(seance.duree)} prévues."
        )
    return entete._replace(
        fin="" if seance.heure is None else hour_in_words(seance.heure + total),
        duree=length_in_words(total),
        depassement=overrun,
    )
