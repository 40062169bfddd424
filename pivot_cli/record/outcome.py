"""What becomes of one action of the plan: as it was, as it is to be, and what changes in the text of its file."""

from typing import Any

from pivot_cli.plan.model import Action, Objectif, Place
from pivot_cli.plan.schema.fields import ACTION, OBJECTIF, ORIENTATION, VOLET
from pivot_cli.record.surgery import Change, Edit, in_order


class Outcome:
    """An action where it stands, and as it is to be; the changes of its fields, and what is worth saying of them."""

    removed = False
    """Whether it goes: it had been added by mistake."""
    judged = True
    """Whether the change is judged as an edit of what was recorded."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.old = place.action
        self.action = place.action
        self.changes: list[Change] = []
        self.remarks: list[str] = []
        self.answered: tuple[int, ...] = ()  # where remarks start that asked for what is recorded

    @property
    def added(self) -> bool:
        """Whether the plan did not have it."""
        return self.old.origin is Action().origin

    @property
    def new_place(self) -> Place:
        """Where it stands, as it is to be."""
        return self.place._replace(action=self.action)

    @property
    def around(self) -> Action | Objectif:
        """What changes in the file: the action, or the objectif that it comes into or leaves."""
        return self.place.objectif if self.added or self.removed else self.place.action

    @property
    def edit(self) -> Edit | None:
        """The change of its file; None where it already says so."""
        span = self.around.origin.span()
        level = {"orientation": ORIENTATION, "volet": VOLET, "objectif": OBJECTIF}[self.place.levels[-1].key]
        if self.removed:
            rank = self.place.objectif.actions.index(self.old)
            return Edit(span, level, [Change("actions", None, rank=rank)])
        if not self.added:
            return Edit(span, ACTION, self.changes, answered=self.answered) if self.changes else None
        fields: dict[str, Any] = {"numero": str(self.action.numero), "description": self.action.description}
        for key, value, more, *_ in in_order(self.changes, ACTION):
            fields[key] = [value] if more else value
        return Edit(span, level, [Change("actions", fields, more=True)])
