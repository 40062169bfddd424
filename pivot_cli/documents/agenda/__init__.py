"""The agenda of a meeting of the board or of the general assembly: (plan, request) → plain values, no clock.

`meeting.py` finds which meeting is prepared, `items.py` its items in their order, `places.py` the one place where
each action of the plan stands; `board.py` and `assembly.py` write what the items say, in the words of `wording.py`;
`building.py` numbers them and sums minutes. `values.py` holds what the templates of `templates/agenda/` lay out.
"""

from pivot_cli.documents.agenda.building import build
from pivot_cli.documents.agenda.meeting import AgendaRequest
from pivot_cli.documents.agenda.values import OrdreDuJour

__all__ = ["AgendaRequest", "OrdreDuJour", "build"]
