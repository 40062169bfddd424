"""The questions that the plan asks: what it lacks, and what `pivot init` could not read; each with its field."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.echeance import Echeance
from pivot_cli.page.noting import FROM_QUESTIONS, stamp
from pivot_cli.page.visit import Lien, Option, Sheet, Visit
from pivot_cli.plan.model import Statut
from pivot_cli.record.recorded import asked_by
from pivot_cli.suivi import phrases
from pivot_cli.suivi.sheets import asked_of
from pivot_cli.text import capitalized, one_line

if TYPE_CHECKING:
    from pivot_cli.suivi.etat import Situation

_MOST = 100  # actions


class Question(NamedTuple):
    """Ce que le plan demande d'une action, et les champs où y répondre."""

    id: str
    rang: int
    titre: str
    adresse: str
    demandes: tuple[str, ...]
    empreinte: str
    qui: bool
    quand: bool
    ou: bool
    endroit: str


class Questions(NamedTuple):
    """Les questions du plan."""

    consigner: str
    venu_de: str
    phrase: str
    questions: tuple[Question, ...]
    responsables: tuple[str, ...]
    statuts: tuple[Option, ...]
    feuille: str
    nouveau: Lien


def asked(visit: Visit) -> Sheet:
    """What is to be completed, an action at a time, by the fields that `pivot note` writes."""
    seen, noun = visit.seen, visit.seen.plan.niveaux.action
    some = visit.to_complete
    noted, first = visit.reading.questions, some[:_MOST]
    told = asked_of(noted, first)
    phrase = f"{noun.counted(len(some))} à compléter." if some else "Le plan ne demande rien."
    if len(some) > _MOST:
        phrase += f" En voici {_MOST}; les autres viendront ensuite."
    values = Questions(
        consigner=visit.to("/consigner"),
        venu_de=FROM_QUESTIONS,
        phrase=phrase,
        questions=tuple(
            _question(visit, one, rank, told[one.id], noted.get(one.id, ())) for rank, one in enumerate(first)
        ),
        responsables=tuple(one_line(who.nom) for who in seen.plan.registre),
        statuts=tuple(Option(one.value, capitalized(noun.said(one)), choisie=False) for one in Statut),
        feuille=visit.to("/liste.xlsx", a_completer="oui") if some else "",
        nouveau=Lien("quelqu'un qui n'est pas encore au plan", visit.to("/attribuer")),
    )
    return Sheet("questions.html", "Les questions du plan", values)


def _question(visit: Visit, one: Situation, rank: int, told: str, comments: tuple[str, ...]) -> Question:
    kinds, where = {asked_by(text) for text in comments}, one.action.origin.at()
    return Question(
        id=one.id,
        rang=rank,
        titre=phrases.title_of(one.action),
        adresse=visit.to(f"/action/{one.id}"),
        demandes=tuple(capitalized(line) for line in told.splitlines()),
        empreinte=stamp(one.place),
        qui=not one.action.responsables or "responsable" in kinds,
        quand=not isinstance(one.action.echeance, Echeance) or not one.action.echeance.texte,
        ou="statut" in kinds or "" in kinds,
        endroit=f"{one_line(where.file)}, ligne {where.line}",
    )
