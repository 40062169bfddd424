"""The items of an agenda: the usual ones, as the organisation changes them, in their order."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.documents.agenda.meeting import AGA
from pivot_cli.plan.model import But
from pivot_cli.suivi.phrases import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pivot_cli.documents.agenda.meeting import Seance
    from pivot_cli.documents.agenda.timing import Timed
    from pivot_cli.documents.agenda.values import PointSeance
    from pivot_cli.documents.values import Champ, Groupe
    from pivot_cli.plan.model import Point, PointPermanent
    from pivot_cli.suivi.etat import Situation

_INFORMATION, _DISCUSSION, _DECISION = But.INFORMATION, But.DISCUSSION, But.DECISION


class Item(NamedTuple):
    """An item before it is numbered: `duree` in minutes; `fixed` when the organisation set that length itself."""

    code: str
    titre: str
    presente_par: str
    duree: int
    but: But | None = None
    precision: str = ""
    action: str | None = None
    consentement: bool = False
    fixed: bool = False


class Content(NamedTuple):
    """What an instance has to say: how it completes an item, and what goes with the agenda.

    `named` are the actions whose responsables are shown; `avis` is for who prepares the meeting.
    """

    complete: Callable[[Item, PointSeance], Timed]
    annexe: tuple[Groupe, ...] = ()
    consignes: tuple[Champ, ...] = ()
    named: tuple[Situation, ...] = ()
    avis: tuple[str, ...] = ()


USUAL_CA = (
    Item("ouverture", "Ouverture et constatation du quorum", "Présidence", 5),
    Item("ordre-du-jour", "Adoption de l'ordre du jour", "Présidence", 5, _DECISION),
    Item("proces-verbal", "", "Secrétariat", 5, _DECISION),
    Item("suites", "Affaires découlant du procès-verbal", "Présidence", 10, _INFORMATION),
    Item("consentement", "Ordre du jour de consentement", "Présidence", 5, _DECISION),
    Item("plan", "Plan stratégique", "", 0),
    Item("permanents", "", "Présidence", 10, _INFORMATION),
    Item("direction", "Rapport de la direction générale", "Direction générale", 15, _INFORMATION),
    Item("finances", "Situation financière", "Trésorerie", 15, _DISCUSSION),
    Item("comites", "Rapports des comités", "Comités", 10, _INFORMATION),
    # « Varia », in an agenda, is one of the words that the Office québécois de la langue française advises against.
    Item("divers", "Questions diverses", "Présidence", 5),
    Item("prochaine", "Date de la prochaine réunion", "Présidence", 5, _DECISION),
    Item("levee", "Levée de la séance", "", 0),
)
USUAL_AGA = (
    Item("ouverture", "Ouverture de l'assemblée et constatation du quorum", "Présidence", 5),
    Item("presidence", "Nomination à la présidence et au secrétariat d'assemblée", "Présidence", 5, _DECISION),
    Item("ordre-du-jour", "Adoption de l'ordre du jour", "Présidence d'assemblée", 5, _DECISION),
    Item("proces-verbal", "", "Secrétariat d'assemblée", 5, _DECISION),
    Item("rapport-presidence", "Rapport de la présidence", "Présidence", 10, _INFORMATION),
    Item("activites", "Rapport d'activités", "Direction générale", 20, _INFORMATION),
    Item("permanents", "", "Présidence d'assemblée", 5, _INFORMATION),
    Item("etats-financiers", "Présentation des états financiers", "Trésorerie", 15, _INFORMATION),
    Item("auditeur", "Nomination de l'auditeur", "Trésorerie", 5, _DECISION),
    Item("priorites", "Priorités de l'année et prévisions budgétaires", "Présidence", 15, _DISCUSSION),
    Item("elections", "Élection des administratrices et des administrateurs", "Présidence d'élection", 20, _DECISION),
    Item("questions", "Période de questions", "Présidence d'assemblée", 10, _DISCUSSION),
    Item("levee", "Levée de l'assemblée", "", 0),
)
_ADDED_AFTER = {"ca": "comites", "aga": "elections"}  # where an item goes whose place nobody gave
_OWN = Item("", "", "", 10)  # an item of the organisation's own, before what is written of it


def arrange(seance: Seance) -> tuple[list[Item], list[Item], list[str]]:
    """The items in their order, those to be adopted together without discussion, and what could not be placed."""
    notices: list[str] = []
    items = list(USUAL_AGA if seance.type == AGA else USUAL_CA)
    _put(items, seance.instance.points_permanents)
    written = [*seance.instance.points, *(seance.reunion.points if seance.reunion else ())]
    added: Counter[str] = Counter()
    for point in written:
        if point.code:
            _change(items, point, point.code)
        elif point.titre:
            _add(items, point, point.apres or _ADDED_AFTER[seance.type], added)
        else:
            notices.append("Un point de reunions.yaml n'a ni titre ni code : il n'est pas à l'ordre du jour.")
    removed = {point.code for point in written if point.code and point.retire}
    kept = [item for item in items if item.code not in removed and item.code != "permanents"]
    # Without an item that adopts them, they are adopted one by one.
    possible = any(item.code == "consentement" for item in kept)
    together = [item for item in kept if item.consentement and possible]
    alone = [item for item in kept if item not in together and (together or item.code != "consentement")]
    return alone, together, notices


def _put(items: list[Item], standing: Sequence[PointPermanent]) -> None:
    """Place the standing items, each kept apart from the usual ones by a code of its own."""
    rank = _rank(items, "permanents")
    assert rank is not None, "they have a place in any order"  # noqa: S101 - narrows the type
    usual = items[rank]
    items[rank + 1 : rank + 1] = [
        Item(
            code=f"permanent-{number}",
            titre=shown(one.titre),
            presente_par=shown(one.presente_par or usual.presente_par),
            duree=one.duree or usual.duree,
            but=one.but or usual.but,
            action=one.action,
        )
        for number, one in enumerate(standing, start=1)
    ]


def _change(items: list[Item], point: Point, code: str) -> None:
    """Give the usual item of a code what is written of it, and move it where it is asked."""
    rank = _rank(items, code)
    if rank is None:
        return
    items[rank] = _written(items[rank], point)
    if point.apres and point.apres != code:
        moved = items.pop(rank)
        after = _rank(items, point.apres)
        if after is not None:
            items.insert(after + 1, moved)


def _add(items: list[Item], point: Point, after: str, added: Counter[str]) -> None:
    """Place an item of the organisation's own after a usual one, and after those already placed there."""
    rank = _rank(items, after)
    if rank is not None:
        added[after] += 1
        items.insert(rank + added[after], _written(_OWN, point))


def _rank(items: Sequence[Item], code: str) -> int | None:
    """Where the usual item of that code stands, if it does. The standing items end with the last of them."""
    codes = {code} if code != "permanents" else {item.code for item in items if item.code.startswith("permanent")}
    return max((rank for rank, item in enumerate(items) if item.code in codes), default=None)


def _written(item: Item, point: Point) -> Item:
    """An item with what is written of it."""
    return item._replace(
        titre=shown(point.titre or item.titre),
        presente_par=shown(point.presente_par or item.presente_par),
        duree=point.duree or item.duree,
        fixed=bool(point.duree) or item.fixed,
        but=point.but or item.but,
        precision=shown(point.precision or item.precision),
        consentement=point.consentement or item.consentement,
    )
