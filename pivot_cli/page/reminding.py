"""The reminders of `pivot remind`, a draft for each responsable: to paste, or to open in a mail program."""

from __future__ import annotations

from typing import NamedTuple

from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.outputs.reminders import Rappel, as_eml, as_text, file_names, mailable, reminders, without_responsable
from pivot_cli.page.visit import Given, Sheet, Visit
from pivot_cli.suivi.asked import Typed
from pivot_cli.text import NBSP, counted, one_line

_MOST_TOLD = 300  # actions of the texts of a page: of more, each text is on its own
_NONE = f"Rien à rappeler{NBSP}: aucune échéance n'est passée ni proche."


class Brouillon(NamedTuple):
    """Un rappel, pour une personne."""

    nom: str
    combien: str
    adresse: str
    brouillon: str
    liste: str
    texte: str
    a_part: str


class Relance(NamedTuple):
    """Les rappels."""

    phrase: str
    rappels: tuple[Brouillon, ...]
    sans: str


def drafts(visit: Visit) -> Sheet:
    """A draft for each responsable that has an échéance passed or near, or for those that are asked for."""
    noun, found = visit.seen.plan.niveaux.action, _asked(visit)
    said = f"{counted(len(found), 'rappel est prêt', 'rappels sont prêts')}. Rien n'est envoyé d'ici{NBSP}: relisez, "
    said += "complétez, puis envoyez vous-même."
    made, whole = [], sum(len(one.situations) for one in found) <= _MOST_TOLD
    for rappel in found:
        who = rappel.responsable
        name = who.code or one_line(who.nom)
        made.append(
            Brouillon(
                one_line(who.nom),
                noun.counted(len(rappel.situations)),
                mailable(who.courriel),
                visit.to("/relance.eml", responsable=name),
                visit.to("/liste", responsable=name),
                as_text(rappel) if whole or len(found) == 1 else "",
                visit.to("/relance", responsable=name),
            )
        )
    left = without_responsable(visit.seen).partition(" Dites à qui")[0] if not visit.several("responsable") else ""
    return Sheet("relance.html", "Relancer", Relance(said if found else _NONE, tuple(made), left))


def as_draft(visit: Visit) -> Given:
    """The draft of one responsable, for a mail program; raises PivotError where there is none."""
    found = _asked(visit) if visit.several("responsable") else ()
    if len(found) != 1:
        raise PivotError("il n'y a pas de rappel pour cette personne.", "Choisissez-en une.", ExitCode.USAGE)
    return Given(as_eml(found[0]).encode("ascii"), "message/rfc822", file_names(found, "eml")[0])


def _asked(visit: Visit) -> tuple[Rappel, ...]:
    selection = Typed(visit.several("responsable"), [], [], [], None, None).selection(visit.seen.plan, options=False)
    return reminders(visit.seen, selection.responsables or tuple(visit.seen.plan.registre))
