"""What stops a command that was asked for what the plan does not have: the nearest there is, or where it may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.text import NBSP, fold, listed, nearest, quoted

if TYPE_CHECKING:
    from pivot_cli.model import Plan

_KINDS = ("une orientation", "un volet", "un objectif")  # by the parts of their id
_MOST_SHOWN = 8  # ids that a message gives


def not_in_plan(plan: Plan, message: str, remedy: str) -> PivotError:
    """The error of what is not in the plan; where a file of it could not be read, it may be there."""
    if not plan.unread:
        return PivotError(message, remedy, ExitCode.USAGE)
    read = "n'a pas pu être lu" if len(plan.unread) == 1 else "n'ont pas pu être lus"
    return PivotError(message, f"Mais {listed(plan.unread)} {read}. Pour savoir pourquoi{NBSP}: pivot validate")


def no_such_action(plan: Plan, wanted: str) -> PivotError:
    """The error of an id that no action has: the actions of what it names instead, or the nearest id."""
    ids = [place.id for place in plan.places]
    start = fold(wanted).rstrip(".")
    inside = [one for one in ids if fold(one).startswith(f"{start}.")]
    if inside:
        shown = ", ".join(inside[:_MOST_SHOWN]) + (", …" if len(inside) > _MOST_SHOWN else "")
        message = f"{quoted(wanted)} est {_KINDS[start.count('.')]}, et non une action."
        return PivotError(message, f"Ses actions{NBSP}: {shown}.", ExitCode.USAGE)
    meant = nearest(wanted, tuple(ids))
    hint = f"Vouliez-vous dire {quoted(meant)}? " if meant else ""
    remedy = f"{hint}Un id a quatre parties, comme {ids[0] if ids else '1.adm.1.1'}."
    return not_in_plan(plan, f"il n'y a pas d'action {quoted(wanted)} dans le plan.", remedy)
