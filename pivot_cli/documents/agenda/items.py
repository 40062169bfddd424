"""The items of an agenda: the usual ones, as the organisation changes them, in their order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from pivot_cli.documents.agenda.meeting import Seance
from pivot_cli.documents.values import BLANK
from pivot_cli.plan.bodies import assembly, board, direction
from pivot_cli.plan.model import But, Plan, Point, PointPermanent
from pivot_cli.suivi.phrases import plan_title, with_years
from pivot_cli.text import NBSP

_INFORMATION, _DISCUSSION, _DECISION = But.INFORMATION, But.DISCUSSION, But.DECISION


class Item(NamedTuple):
    """An item before it is numbered, in the words of the file of meetings; `duree` in minutes."""

    code: str
    titre: str
    presente_par: str
    duree: int
    but: But | None = None
    precision: str = ""
    action: str | None = None
    consentement: bool = False


USUAL_CA = (
    Item("ouverture", "Ouverture et constatation du quorum", "Présidence", 5),
    Item("ordre-du-jour", "Adoption de l'ordre du jour", "Présidence", 5, _DECISION),
    Item("proces-verbal", "", "Secrétariat", 5, _DECISION),
    Item("suites", "Affaires découlant du procès-verbal", "Présidence", 10, _INFORMATION),
    Item("consentement", "Ordre du jour de consentement", "Présidence", 5, _DECISION),
    Item("plan", "", "", 0),
    Item("permanents", "", "Présidence", 10, _INFORMATION),
    Item("direction", "Rapport de la direction générale", "Direction générale", 15, _INFORMATION),
    Item("finances", "Situation financière", "Trésorerie", 15, _DISCUSSION),
    Item("comites", "Rapports des comités", "Comités", 10, _INFORMATION),
    # « Varia », in an agenda, is one of the words that the Office québécois de la langue française advises against.
    Item("divers", "Questions diverses", "Présidence", 5),
    Item("prochaine", "Date de la prochaine réunion", "Présidence", 5, _DECISION),
    Item("levee", "Levée de la séance", "", 0),
)
_CHAIR = f"Présidence d'assemblée{NBSP}: {BLANK} Secrétariat d'assemblée{NBSP}: {BLANK}"
_SEATS = f"Postes en élection{NBSP}: {BLANK}"
USUAL_AGA = (
    Item("ouverture", "Ouverture de l'assemblée et constatation du quorum", "Présidence", 5),
    Item("presidence", "Nomination à la présidence et au secrétariat d'assemblée", "Présidence", 5, _DECISION, _CHAIR),
    Item("ordre-du-jour", "Adoption de l'ordre du jour", "Présidence d'assemblée", 5, _DECISION),
    Item("proces-verbal", "", "Secrétariat d'assemblée", 5, _DECISION),
    Item("rapport-presidence", "Rapport de la présidence", "Présidence", 10, _INFORMATION),
    Item("activites", "Rapport d'activités", "Direction générale", 20, _INFORMATION),
    Item("permanents", "", "Présidence d'assemblée", 5, _INFORMATION),
    Item("etats-financiers", "Présentation des états financiers", "Trésorerie", 15, _INFORMATION),
    Item("auditeur", "Nomination de l'auditeur", "Trésorerie", 5, _DECISION),
    Item("priorites", "Priorités de l'année et prévisions budgétaires", "Présidence", 15, _DISCUSSION),
    Item(
        "elections",
        "Élection des administratrices et des administrateurs",
        "Présidence d'élection",
        20,
        _DECISION,
        _SEATS,
    ),
    Item("questions", "Période de questions", "Présidence d'assemblée", 10, _DISCUSSION),
    Item("levee", "Levée de l'assemblée", "", 0),
)
_ADDED_AFTER = {"ca": "comites", "aga": "elections"}  # where an item goes whose place nobody gave
_OWN = Item("", "", "", 10)  # an item of the organisation's own, before what is written of it


def arrange(seance: Seance) -> tuple[list[Item], list[Item], list[str]]:
    """The items in their order, those to be adopted together without discussion, and what could not be placed."""
    notices: list[str] = []
    items = [_called(item, seance.request.plan) for item in (USUAL_AGA if seance.is_assembly else USUAL_CA)]
    written = [*seance.instance.points, *seance.reunion.points]
    rank = next(rank for rank, item in enumerate(items) if item.code == "permanents")
    items[rank + 1 : rank + 1] = [
        _as_written(items[rank], point)._replace(code=f"permanent-{number}")
        for number, point in enumerate(seance.instance.points_permanents, start=1)
    ]
    added: Counter[str] = Counter()
    for point in written:
        if point.code:
            _change(items, point, point.code)
        elif point.titre:
            after = point.apres or _ADDED_AFTER[seance.request.type]
            if (rank := _rank(items, after)) >= 0:  # and after those already placed there
                added[after] += 1
                items.insert(rank + added[after], _as_written(_OWN, point))
        else:
            notices.append("Un point de reunions.yaml n'a ni titre ni code : il n'est pas à l'ordre du jour.")
    removed = {"permanents", *(point.code for point in written if point.code and point.retire)}
    kept = [item for item in items if item.code not in removed]
    # Without an item that adopts them, they are adopted one by one.
    possible = any(item.code == "consentement" for item in kept)
    together = [item for item in kept if item.consentement and possible]
    alone = [item for item in kept if item not in together and (together or item.code != "consentement")]
    return alone, together, notices


def _called(item: Item, plan: Plan) -> Item:
    """A usual item with what the plan calls itself, and its assembly."""
    if item.code == "plan":
        return item._replace(titre=with_years(plan_title(plan), plan))
    body = assembly(plan).court
    if item.code == "elections" and plan.reunions.ca.nom:
        item = item._replace(titre=f"Élection des membres {board(plan).court.du}")
    if item.code in ("direction", "activites") and plan.registre.direction:
        item = item._replace(presente_par=plan.registre.direction.nom)
    if item.code == "direction" and (chief := direction(plan)):
        item = item._replace(titre=f"Rapport {chief.du}")
    if body.nom == "assemblée":
        return item
    titre = item.titre.replace("de l'assemblée", body.du).replace("d'assemblée", body.du)
    who, chair = (text.replace("d'assemblée", body.du) for text in (item.presente_par, item.precision))
    return item._replace(titre=titre, presente_par=who, precision=chair)


def _change(items: list[Item], point: Point, code: str) -> None:
    """Give the usual item of a code what is written of it, and move it where it is asked."""
    rank = _rank(items, code)
    if rank < 0:
        return
    items[rank] = _as_written(items[rank], point)
    if point.apres and point.apres != code:
        moved = items.pop(rank)
        if (after := _rank(items, point.apres)) >= 0:
            items.insert(after + 1, moved)


def _rank(items: Sequence[Item], code: str) -> int:
    """Where the usual item of that code stands, or -1. The standing items end with the last of them."""
    found = (
        rank
        for rank, item in enumerate(items)
        if item.code == code or (code == "permanents" and item.code.startswith("permanent-"))
    )
    return max(found, default=-1)


def _as_written(item: Item, point: Point | PointPermanent) -> Item:
    """An item with what is written of it."""
    return item._replace(**{name: value for name, value in point._asdict().items() if value and name in Item._fields})
