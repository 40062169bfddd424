"""The short names that a document shows, and what they stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.suivi.phrases import short_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pivot_cli.plan.model import Plan
    from pivot_cli.suivi.etat import Situation


class Nom(NamedTuple):
    """Un nom court et ce qu'il désigne."""

    court: str
    """Le nom court."""
    entier: str
    """Le nom entier."""


def names(situations: Iterable[Situation], plan: Plan) -> tuple[Nom, ...]:
    """What the short names of these actions stand for."""
    return tuple(Nom(short, whole) for short, whole in short_names(situations, plan))
