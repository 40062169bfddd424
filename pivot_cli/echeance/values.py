"""What a wording of the échéancier column becomes: a reading, or a refusal that says what to write instead."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date


class TypeEcheance(StrEnum):
    """How an échéance is followed; the values are those of the JSON contract."""

    PERIODE = "periode"
    IMMEDIAT = "immediat"
    RECURRENT = "recurrent"
    CONTINU = "continu"
    INDETERMINEE = "indeterminee"


class Echeance(NamedTuple):
    """A wording, and how it is read.

    `debut` and `fin` are the first and last plausible days, both included: a bare day and a bound such as
    « d'ici » have no `debut`, « dès » has no `fin`. `recurrence` is the RRULE (RFC 5545) of the window in
    which the action is done `fois` times (None: once). `avis` is one sentence, present when the wording can
    be read otherwise; `raisons` are the sentences that name each convention that mattered; `remarque` is the
    free text that stands beside the date, as it was written.
    """

    texte: str
    type: TypeEcheance
    debut: date | None = None
    fin: date | None = None
    recurrence: str | None = None
    fois: int | None = None
    avis: str | None = None
    raisons: tuple[str, ...] = ()
    remarque: str | None = None

    @property
    def edtf(self) -> str | None:
        """The interval in days, « .. » for an open end (EDTF, ISO 8601-2); None without dates.

        The same form is accepted as a wording, and is read as the same interval.
        """
        if self.debut is None and self.fin is None:
            return None
        first = ".." if self.debut is None else self.debut.isoformat()
        last = ".." if self.fin is None else self.fin.isoformat()
        return f"{first}/{last}"


class Refus(NamedTuple):
    """A wording that is not read: what is wrong (`message`), and what to write instead (`remede`).

    `debut_mot` and `fin_mot` (excluded) are the offsets, in code points of `texte`, of the words at fault.
    """

    texte: str
    message: str
    remede: str
    debut_mot: int = 0
    fin_mot: int = 0


class DateConsignee(NamedTuple):
    """A recorded date as people know it: a day, a month or a year; both days included."""

    texte: str
    debut: date
    fin: date


class Fenetre(NamedTuple):
    """A window of a recurrence: what is to be done once (or `fois` times) between its days, both included."""

    debut: date
    fin: date
