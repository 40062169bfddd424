"""`pivot report sommaire`: two minutes of reading for the board."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.documents.listing import Anchors, company, line, names, report_opening, synthesis
from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.suivi.changes import changes
from pivot_cli.suivi.etat import Etat, count, due, grouped, portrait
from pivot_cli.suivi.phrases import elapsed_since, longest_first, soonest_first, time_over, title_of
from pivot_cli.text import NBSP, counted, day_in_words, each_counted, listed, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from pivot_cli.documents.values import Champ, Entete, Ligne, Request, Synthese
    from pivot_cli.suivi.etat import Portrait, Situation


class Decision(NamedTuple):
    """Ce que le conseil est appelé à décider."""

    titre: str  # Le dossier.
    question: str  # Ce qui est demandé.
    contexte: str  # Pourquoi maintenant.
    actions: str  # Les actions dont il s'agit.


class Changement(NamedTuple):
    """Une sorte de changement, et les actions touchées."""

    nom: str  # Ce qui s'est passé.
    nombre: int  # Combien d'actions.
    lignes: tuple[Ligne, ...]  # Les premières de ces actions.
    autres: int  # Combien d'autres.


class Evolution(NamedTuple):
    """Ce qui a changé depuis un jour."""

    depuis: str  # Le jour, en mots; vide s'il n'y en a pas.
    phrase: str  # Ce qu'on peut en dire, ou pourquoi on ne peut rien en dire.
    changements: tuple[Changement, ...]  # Les changements, du plus heureux au plus pressant.
    reserve: str  # Ce que les dates du plan ne permettent pas de savoir; vide sinon.


class Sommaire(NamedTuple):
    """Le document du conseil."""

    entete: Entete  # Ce qu'on lit en premier.
    synthese: Synthese  # Où en est le plan.
    constats: tuple[str, ...]  # L'essentiel, en quelques phrases.
    conseil: str  # Le nom du conseil dans le plan; vide s'il n'est pas parmi les responsables.
    engagements: tuple[Ligne, ...]  # Les engagements du conseil dont l'échéance est passée ou proche; la précision dit
    # avec qui.
    bilan_engagements: str  # Combien le conseil a d'engagements, et où ils en sont.
    autres_engagements: str  # Ceux qui ne sont pas dans la liste, par leurs ids; vide s'ils y sont tous.
    decisions: tuple[Decision, ...]  # Les décisions à prendre.
    decisions_inscrites: bool  # Si au moins une est écrite dans le plan; sinon, elles sont proposées à partir des
    # échéances passées.
    jusqu_au: str  # La prochaine réunion connue, ou la fin de l'horizon, en mots.
    reunion_connue: bool  # Si ce jour est celui d'une réunion inscrite au plan.
    a_venir: tuple[Ligne, ...]  # Ce qui arrive à échéance d'ici là.
    evolution: Evolution  # Ce qui a changé.
    noms: tuple[Champ, ...]  # Ce que les noms courts désignent.


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
    meetings = request.plan.reunions.ca.days
    since = request.since or max((day for day in meetings if day < request.au), default=None)
    evolution, changed = _evolution(seen, since, anchors)
    return Sommaire(
        entete=report_opening(seen, seen.situations, "Sommaire pour le conseil d'administration", request.today),
        synthese=synthesis(seen.situations, seen, anchors),
        constats=tuple(_findings(seen)),
        conseil=one_line(board.nom) if board else "",
        engagements=tuple(line(one, seen, anchors, company(one, seen, board)) for one in pressing[:_MOST]),
        bilan_engagements=_commitments(own),
        autres_engagements=_others(own, pressing[:_MOST]),
        decisions=decisions,
        decisions_inscrites=written,
        jusqu_au=day_in_words(seen.look.horizon_end),
        reunion_connue=request.au < seen.look.horizon_end in meetings,
        a_venir=tuple(line(one, seen, anchors) for one in near),
        evolution=evolution,
        noms=names([*pressing[:_MOST], *near, *changed], request.plan),
    )


# --- where we are -----------------------------------------------------------------------------------------


def _findings(seen: Portrait) -> Iterator[str]:
    """What matters most, in a few sentences."""
    total, passed = len(seen.situations), due(seen.situations)
    done = count(seen.situations)[Etat.REALISEE]
    if done:
        yield f"{counted(done, 'action est réalisée', 'actions sont réalisées')} sur {total}."
    if seen.over:
        yield time_over(seen)
        return
    if not passed:
        yield "Aucune échéance n'est passée."
        return
    noun = counted(len(passed), "échéance est passée", "échéances sont passées")
    yield f"{noun} sur {total}, la première depuis {elapsed_since(passed, seen)}."
    heaviest, *others = Counter(one.place.orientation.numero for one in passed).most_common(2)
    if others and heaviest[1] > others[0][1]:
        yield f"L'orientation {heaviest[0]} en compte le plus{NBSP}: {heaviest[1]}."


def _commitments(own: Sequence[Situation]) -> str:
    if not own:
        return ""
    numbers = count(own)
    parts = each_counted(
        (numbers[Etat.REALISEE], "est réalisé", "sont réalisés"),
        (len(due(own)), "échéance est passée", "échéances sont passées"),
        (numbers[Etat.PROCHE], "arrive à échéance", "arrivent à échéance"),
    )
    return f"{counted(len(own), 'engagement')}{f'{NBSP}: {listed(parts)}' if parts else ''}."


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
        Decision(title_of(one.action), one_line(one.action.decision or ""), "", one.id)
        for one in seen.situations
        if one.action.decision and one.open
    ]
    if written:
        return tuple(written), True
    waiting = grouped(due(own), "objectif")
    waiting.sort(key=lambda some: (-len(some), -max(one.jours_retard or 0 for one in some)))
    return tuple(_proposed(some, seen) for some in waiting[:_DECISIONS]), False


def _proposed(some: Sequence[Situation], seen: Portrait) -> Decision:
    since = elapsed_since(some, seen)
    noun = counted(len(some), "échéance du conseil est passée", "échéances du conseil sont passées")
    return Decision(
        titre=one_line(some[0].place.objectif.titre),
        question="Poursuivre, reporter ou abandonner?",
        contexte=f"{noun}, la première depuis {since}." if since else f"{noun}.",
        actions=", ".join(one.id for one in some),
    )


# --- before and after -------------------------------------------------------------------------------------


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
    told = tuple(
        Changement(
            nom=name,
            nombre=len(some),
            lignes=tuple(
                line(one, seen, anchors, _before(one) if some is found.moved else "") for one in some[:_CHANGED]
            ),
            autres=max(len(some) - _CHANGED, 0),
        )
        for name, some in kinds
        if some
    )
    named = [one for _, some in kinds for one in some[:_CHANGED]]
    noun = counted(found.undated, "statut n'a pas de date", "statuts n'ont pas de date")
    evolution = Evolution(
        depuis=day_in_words(since),
        phrase="" if told else "Rien de ce qui est daté dans le plan n'a changé.",
        changements=told,
        reserve=f"{noun}{NBSP}: on ne peut pas dire s'ils ont changé entre-temps." if found.undated else "",
    )
    return evolution, named


def _before(moved: Situation) -> str:
    return f"avant{NBSP}: {one_line(moved.action.echeances_precedentes[-1].echeance.texte)}"
