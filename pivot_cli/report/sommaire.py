"""`pivot report sommaire`: two minutes of reading for the board."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.report.listing import Anchors, line, opening, synthesis
from pivot_cli.report.names import names
from pivot_cli.suivi.changes import changes
from pivot_cli.suivi.etat import Etat, grouped, portrait
from pivot_cli.suivi.phrases import elapsed_since, labels, longest_first, shown, soonest_first, time_over, title_of
from pivot_cli.text import NBSP, counted, day_in_words, fold, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from pivot_cli.plan.model import Responsable
    from pivot_cli.report.names import Nom
    from pivot_cli.report.values import Entete, Ligne, Request, Synthese
    from pivot_cli.suivi.changes import Changes
    from pivot_cli.suivi.etat import Portrait, Situation


class Decision(NamedTuple):
    """Ce que le conseil est appelé à décider."""

    titre: str
    """Le dossier."""
    question: str
    """Ce qui est demandé."""
    contexte: str
    """Pourquoi maintenant."""
    actions: str
    """Les actions dont il s'agit."""


class Changement(NamedTuple):
    """Une sorte de changement, et les actions touchées."""

    nom: str
    """Ce qui s'est passé."""
    nombre: int
    """Combien d'actions."""
    lignes: tuple[Ligne, ...]
    """Les premières de ces actions."""
    autres: int
    """Combien d'autres."""


class Evolution(NamedTuple):
    """Ce qui a changé depuis un jour."""

    depuis: str
    """Le jour, en mots; vide s'il n'y en a pas."""
    phrase: str
    """Ce qu'on peut en dire, ou pourquoi on ne peut rien en dire."""
    changements: tuple[Changement, ...]
    """Les changements, du plus heureux au plus pressant."""
    reserve: str
    """Ce que les dates du plan ne permettent pas de savoir; vide sinon."""


class Sommaire(NamedTuple):
    """Le document du conseil."""

    entete: Entete
    """Ce qu'on lit en premier."""
    synthese: Synthese
    """Où en est le plan."""
    constats: tuple[str, ...]
    """L'essentiel, en quelques phrases."""
    conseil: str
    """Le nom du conseil dans le plan; vide s'il n'est pas parmi les responsables."""
    engagements: tuple[Ligne, ...]
    """Les engagements du conseil dont l'échéance est passée ou proche; la précision dit avec qui."""
    bilan_engagements: str
    """Combien le conseil a d'engagements, et où ils en sont."""
    autres_engagements: str
    """Ceux qui ne sont pas dans la liste, par leurs ids; vide s'ils y sont tous."""
    decisions: tuple[Decision, ...]
    """Les décisions à prendre."""
    decisions_inscrites: bool
    """Si au moins une est écrite dans le plan; sinon, elles sont proposées à partir des échéances passées."""
    jusqu_au: str
    """La prochaine réunion connue, ou la fin de l'horizon, en mots."""
    reunion_connue: bool
    """Si ce jour est celui d'une réunion inscrite au plan."""
    a_venir: tuple[Ligne, ...]
    """Ce qui arrive à échéance d'ici là."""
    evolution: Evolution
    """Ce qui a changé."""
    noms: tuple[Nom, ...]
    """Ce que les noms courts désignent."""


_MOST = 6  # commitments that the board is shown
_DECISIONS = 3
_NEAR = 8
_CHANGED = 3  # actions named for each kind of change


def build(request: Request) -> Sommaire:
    """What the board needs to know, decide and expect."""
    if request.since and request.since >= request.au:
        message = f"le {day_in_words(request.since)} n'est pas avant le {day_in_words(request.au)}."
        remedy = "Donnez à --changements-depuis un jour qui précède celui de la situation (--au)."
        raise PivotError(message, remedy, ExitCode.USAGE)
    seen = portrait(request.plan, request.au)
    anchors = Anchors(seen)
    board = request.plan.registre.conseil
    own = seen.of(board) if board else ()
    pressing = [*longest_first(own), *soonest_first(one for one in own if one.etat is Etat.PROCHE)]
    decisions, written = _decisions(seen, own)
    near = soonest_first(one for one in seen.situations if one.etat is Etat.PROCHE)[:_NEAR]
    evolution, changed = _evolution(seen, _since(request), anchors)
    return Sommaire(
        entete=opening(seen, seen.situations, "Sommaire pour le conseil d'administration", request.today),
        synthese=synthesis(seen.situations, seen, anchors),
        constats=tuple(_findings(seen)),
        conseil=shown(board.nom) if board else "",
        engagements=tuple(line(one, seen, anchors, _with(one, seen, board)) for one in pressing[:_MOST]),
        bilan_engagements=_commitments(own),
        autres_engagements=_others(own, pressing[:_MOST]),
        decisions=decisions,
        decisions_inscrites=written,
        jusqu_au=day_in_words(seen.look.horizon_end),
        reunion_connue=any(request.au < day == seen.look.horizon_end for day in request.plan.reunions.ca.days),
        a_venir=tuple(line(one, seen, anchors) for one in near),
        evolution=evolution,
        noms=names([*pressing[:_MOST], *near, *changed], request.plan),
    )


def _with(one: Situation, seen: Portrait, board: Responsable | None) -> str:
    """With whom the board shares an action."""
    others = labels(one.action.responsables, seen.plan, (board,) if board else ())
    return "" if others == "–" else f"avec {others}"


# --- where we are -----------------------------------------------------------------------------------------


def _findings(seen: Portrait) -> Iterator[str]:
    """What matters most, in a few sentences."""
    passed = [one for one in seen.situations if one.etat.passed]
    done = sum(1 for one in seen.situations if one.etat is Etat.REALISEE)
    if done:
        yield f"{counted(done, 'action est réalisée', 'actions sont réalisées')} sur {len(seen.situations)}."
    if seen.over:
        yield time_over(seen)
        return
    if not passed:
        yield "Aucune échéance n'est passée."
        return
    yield (
        f"{counted(len(passed), 'échéance est passée', 'échéances sont passées')} sur {len(seen.situations)}, "
        f"la première depuis {elapsed_since(passed, seen)}."
    )
    by_orientation = Counter(one.place.orientation.numero for one in passed)
    most = max(by_orientation.values())
    heaviest = [number for number, passed_there in by_orientation.items() if passed_there == most]
    if len(by_orientation) > 1 and len(heaviest) == 1:
        yield f"L'orientation {heaviest[0]} en compte le plus{NBSP}: {most}."


def _commitments(own: Sequence[Situation]) -> str:
    if not own:
        return ""
    passed = sum(1 for one in own if one.etat.passed)
    near = sum(1 for one in own if one.etat is Etat.PROCHE)
    done = sum(1 for one in own if one.etat is Etat.REALISEE)
    parts = [
        counted(number, singular, plural)
        for number, singular, plural in (
            (done, "est réalisé", "sont réalisés"),
            (passed, "échéance est passée", "échéances sont passées"),
            (near, "arrive à échéance", "arrivent à échéance"),
        )
        if number
    ]
    said = f"{NBSP}: {listed(parts)}" if parts else ""
    return f"{counted(len(own), 'engagement')}{said}."


def _others(own: Sequence[Situation], listed_here: Sequence[Situation]) -> str:
    """The ids of the commitments that are not in the list, those that have passed first."""
    here = {id(one) for one in listed_here}
    rest = [one for one in own if id(one) not in here and one.open]
    passed = [one.id for one in longest_first(rest)]
    later = [one.id for one in rest if not one.etat.passed]
    parts = [f"échéance passée{NBSP}: {', '.join(passed)}"] if passed else []
    parts += [f"à venir ou sans date{NBSP}: {', '.join(later)}"] if later else []
    return "; ".join(parts)


# --- what to decide ---------------------------------------------------------------------------------------


def _decisions(seen: Portrait, own: Sequence[Situation]) -> tuple[tuple[Decision, ...], bool]:
    """What the plan asks the board to decide; where it asks nothing, the dossiers of the board that wait the most."""
    written = [
        Decision(title_of(one.action), shown(one.action.decision or ""), "", one.id)
        for one in seen.situations
        if one.action.decision and one.open
    ]
    if written:
        return tuple(written), True
    waiting = grouped((one for one in own if one.etat.passed), "objectif")
    waiting.sort(key=lambda some: (-len(some), -max(one.jours_retard or 0 for one in some)))
    return tuple(_proposed(some, seen) for some in waiting[:_DECISIONS]), False


def _proposed(some: Sequence[Situation], seen: Portrait) -> Decision:
    since = elapsed_since(some, seen)
    noun = counted(len(some), "échéance du conseil est passée", "échéances du conseil sont passées")
    return Decision(
        titre=shown(some[0].place.objectif.titre),
        question="Poursuivre, reporter ou abandonner?",
        contexte=f"{noun}, la première depuis {since}." if since else f"{noun}.",
        actions=", ".join(one.id for one in some),
    )


# --- before and after -------------------------------------------------------------------------------------


def _since(request: Request) -> date | None:
    """The day from which changes are told: the one asked for, else the last known meeting of the board."""
    if request.since:
        return request.since
    return max((day for day in request.plan.reunions.ca.days if day < request.au), default=None)


def _evolution(seen: Portrait, since: date | None, anchors: Anchors) -> tuple[Evolution, list[Situation]]:
    """What changed, and the actions that it names."""
    if since is None:
        said = f"Aucune réunion précédente n'est inscrite au plan{NBSP}: on ne peut pas dire ce qui a changé depuis."
        return Evolution("", said, (), ""), []
    found = changes(seen, since)
    kinds = (
        ("Réalisées", found.done),
        ("Faites une fois de plus", found.repeated),
        ("Échéance déplacée", found.moved),
        ("Suivi consigné", found.noted),
        ("Échéance passée depuis", found.passed),
    )
    told = tuple(_change(name, some, seen, anchors) for name, some in kinds if some)
    said = "" if told else "Rien de ce qui est daté dans le plan n'a changé."
    named = [one for _, some in kinds for one in some[:_CHANGED]]
    return Evolution(day_in_words(since), said, told, _undated(found)), named


def _change(name: str, some: Sequence[Situation], seen: Portrait, anchors: Anchors) -> Changement:
    lines = tuple(line(one, seen, anchors, _moved(one, name)) for one in some[:_CHANGED])
    return Changement(name, len(some), lines, max(len(some) - _CHANGED, 0))


def _moved(one: Situation, name: str) -> str:
    former = one.action.echeances_precedentes
    if fold(name) != fold("Échéance déplacée") or not former:
        return ""
    return f"avant{NBSP}: {shown(former[-1].echeance.texte)}"


def _undated(found: Changes) -> str:
    if not found.undated:
        return ""
    noun = counted(found.undated, "statut n'a pas de date", "statuts n'ont pas de date")
    return f"{noun}{NBSP}: on ne peut pas dire s'ils ont changé entre-temps."
