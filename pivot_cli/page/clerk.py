"""A form that was sent: shown again with what is wrong, shown as the lines that it changes, or written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from pivot_cli.finding import PivotError
from pivot_cli.page.forms import Changed, Faulty, Preview, conflict, preview, retitled
from pivot_cli.page.kept import author_typed, signing
from pivot_cli.page.recorder import Change, Named, Recorder
from pivot_cli.page.visit import Reproche, Sheet, Visit, refusal
from pivot_cli.text import NBSP, listed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from threading import Lock

    from pivot_cli.page.forms import Form, Prepared
    from pivot_cli.plan.keeping import Author

WRITE, AGAIN = "enregistrer", "reprendre"
"""What the button says of a form that was sent: to write it, or to show it again as it was typed; else it is shown."""


_SENDING = re.compile(r"[\w-]{1,40}", re.ASCII)  # as `forms.new_sending` makes them
_AGAIN = "Le voici tel qu'il serait maintenant; rien n'est encore écrit."


class _UnsignedError(Exception):
    """Git is to be told who records, and is not."""


class See(NamedTuple):
    """Where to go once a form was taken, that asking again for the page does not send it again."""

    path: str


class Clerk:
    """What takes the forms of a page; `reading` is held while the plan is read."""

    def __init__(self, recorder: Recorder, reading: Lock) -> None:
        self.recorder, self._reading = recorder, reading

    def take(self, visit: Visit, form: Form, named: Mapping[str, Any]) -> Sheet | See | None:
        """What is answered to a form; None where it is about nothing that is there. Raises PivotError."""
        step = visit.one("etape")
        try:
            if step == AGAIN:
                return self._shown(visit, form, named)
            return self._written(visit, form, named) if step == WRITE else self._previewed(visit, form, named)
        except Faulty as faulty:
            return self._shown(visit._replace(faults=faulty.faults), form, named)
        except Changed as changed:
            return conflict(visit, changed, visit.here)

    def take_back(self, visit: Visit, sending: str) -> See | None:
        """« Annuler ce changement »."""
        done = self.recorder.take_back(sending)
        return done and See(visit.to(f"/fait/{sending}-annule"))

    def keep(self, visit: Visit) -> Sheet | See:
        """Keep what was written without this page, or without time to be kept."""
        with self._reading:
            names = self.recorder.desk.unkept()
        if names:
            author, faults = None, dict[str, Reproche]()
            if self.recorder.asks_who(self.recorder.top(names)):
                author, faults = author_typed(visit) if "nom" in visit.args else (None, {})
                if author is None:
                    return signing(visit, faults)
            said = f"Garder ce qui était écrit dans {listed(names)}"
            self.recorder.keep_pending(names, Named(said, author))
        return See(visit.to("/"))

    def send(self, visit: Visit) -> See:
        """« Envoyer »."""
        self.recorder.send()
        return See(visit.to("/envoi"))

    def _shown(self, visit: Visit, form: Form, named: Mapping[str, Any]) -> Sheet | None:
        with self._reading:
            return form.view(visit, **named)

    def _previewed(
        self, visit: Visit, form: Form, named: Mapping[str, Any], faults: Mapping[str, Reproche] | None = None
    ) -> Sheet | None:
        with self._reading:
            prepared = form.prepare(visit, **named)
        if prepared is None:
            return None
        top, before = self._where(prepared)
        said = []
        if before:
            apart = "ce sera gardé à part, avant ce changement"
            said.append(f"Dans {listed(before)}, quelqu'un a écrit sans le garder dans l'historique{NBSP}: {apart}.")
        if top is None:
            only = "ce qui est écrit ne pourra être annulé que d'ici"
            said.append(f"Rien ne garde l'historique de ce plan{NBSP}: {only}.")
        told = Preview(visit.here, top is not None, self.recorder.asks_who(top), tuple(said), faults or {})
        return preview(visit, prepared, told)

    def _where(self, prepared: Prepared) -> tuple[Path | None, list[str]]:
        """The repository that keeps what changes, and the files in which somebody wrote before without keeping it."""
        names, top = [one.path.name for one in prepared.exchanges], self._top(prepared)
        with self._reading:
            return top, [name for name in self.recorder.desk.unkept() if name in names] if top else []

    def _top(self, prepared: Prepared) -> Path | None:
        return self.recorder.top([one.path.name for one in prepared.exchanges]) if prepared.exchanges else None

    def _written(self, visit: Visit, form: Form, named: Mapping[str, Any]) -> Sheet | See | None:
        """Write a form that was shown; raises `Faulty`, `Changed`, PivotError."""
        sending, author = visit.one("envoi"), None
        if not _SENDING.fullmatch(sending):
            return self._previewed(visit, form, named)
        if visit.one("nom") or visit.one("courriel"):
            author, faults = author_typed(visit)
            if faults:
                return self._previewed(visit, form, named, faults)
        gone: list[bool] = []

        def prepare() -> Change | None:
            prepared = form.prepare(visit._replace(reading=visit.desk.reading()), **named)
            gone.append(prepared is None)
            return self._as_shown(prepared, visit, author) if prepared and prepared.exchanges else None

        try:
            done = self.recorder.write(sending, prepare, Named(retitled(visit), author))
        except _UnsignedError:
            fault = Reproche("Git ne sait pas qui consigne.", "Écrivez votre nom et votre courriel.")
            return self._previewed(visit, form, named, {"nom": fault})
        except PivotError as refused:
            said, remedy = refusal(refused)
            return self._previewed(visit, form, named, {"": Reproche(said, remedy)})
        if done is None:
            return None if gone[-1] else self._previewed(visit, form, named)
        return See(visit.to(f"/fait/{sending}"))

    def _as_shown(self, prepared: Prepared, visit: Visit, author: Author | None) -> Change:
        """The change, if it is the one that was shown, and git knows who records it."""
        if prepared.seen != visit.one("vu"):
            raise PivotError("le plan a changé depuis que vous avez vu ce qui serait écrit.", _AGAIN)
        if author is None and self.recorder.asks_who(self._top(prepared)):
            raise _UnsignedError
        return prepared.change
