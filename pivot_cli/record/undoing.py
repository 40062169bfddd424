"""To give an action back as git keeps it, whatever was recorded of it since: nothing of another one is touched."""

from pivot_cli.plan.model import Action, Origin, Place
from pivot_cli.plan.schema.fields import ACTION
from pivot_cli.record.outcome import Outcome
from pivot_cli.record.surgery import Edit, with_remark


class Undone(Outcome):
    """An action as it was in the last commit, or gone where it was not there yet."""

    judged = False

    def __init__(self, place: Place, kept: Action | None) -> None:
        super().__init__(place)
        self.kept = kept
        self.removed = kept is None
        self.action = kept or place.action

    @property
    def edit(self) -> Edit | None:
        """The text that it had, in the place of the one that it has."""
        if self.kept is None:
            return super().edit
        here, there = self.old.origin, self.kept.origin
        was, now = map(_written, (there, here))
        return None if was.splitlines() == now.splitlines() else Edit(here.span(), ACTION, [], was)


def _written(origin: Origin) -> str:
    text, (start, end) = origin.source.text, origin.span()
    return text[start : with_remark(text, end)]
