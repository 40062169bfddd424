"""To give an action back as git keeps it, whatever was recorded of it since: nothing of another one is touched."""

from pivot_cli.finding import LINE_BREAK
from pivot_cli.plan.model import Action, Origin, Place
from pivot_cli.plan.schema.fields import ACTION
from pivot_cli.record.outcome import Outcome
from pivot_cli.record.surgery import Edit, after_remarks, with_remark


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
        (now, under), (was, under_then) = _written(self.old.origin), _written(self.kept.origin)
        blank, left = _more(under_then, under), _more(under, under_then)
        if any(line.strip() for line in blank):
            blank = []
        if not all(line.strip() and line.strip() in was for line in left):
            left = []
        same = LINE_BREAK.split(was) == LINE_BREAK.split(now) and not blank and not left
        return None if same else Edit(self.old.origin.span(), ACTION, [], "\n".join([was, *blank]), len(left))


def _written(origin: Origin) -> tuple[str, list[str]]:
    """An action as it is written, and the lines of remarks and the blank ones that follow it."""
    text, (start, end) = origin.source.text, origin.span()
    last = with_remark(text, end)
    return text[start:last], LINE_BREAK.split(text[last : after_remarks(text, last)])[1:]


def _more(lines: list[str], others: list[str]) -> list[str]:
    """What comes first in some lines that end as others do: the blank ones that a text of the action kept, the remarks
    that a record left alone on their line when it took away what they stood beside.
    """
    first = len(lines) - len(others)
    return lines[:first] if first > 0 and lines[first:] == others else []
