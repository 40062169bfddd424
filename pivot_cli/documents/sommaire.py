"""`pivot report sommaire`: two minutes of reading for the board."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.documents.listing import (
    Anchors,
    closed,
    company,
    line,
    names,
    recorded_of,
    report_opening,
    synthesis,
    what_to_decide,
)
from pivot_cli.documents.pictures import Image, days_to_show, progress
from pivot_cli.documents.values import Champ, Entete, Ligne, Mots, Request, Synthese
from pivot_cli.documents.words import commitment, mots
from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.plan.bodies import board
from pivot_cli.suivi.changes import Genre, Teller
from pivot_cli.suivi.changes_in_words import happened_words, kind, nothing
from pivot_cli.suivi.etat import Etat, Portrait, Situation, count, due, grouped, portrait
from pivot_cli.suivi.phrases import first_ids, heading_of, news_of, number_of, of_nobody, since_first, title_of
from pivot_cli.suivi.when import longest_first, soonest_first
from pivot_cli.text import NBSP, capitalized, counted, day_in_words, each_counted, listed, one_line

if TYPE_CHECKING:
    from pivot_cli.plan.nouns import Nom

_MOST = 6  # commitments that the board is shown
_DECISIONS = 3
_NEAR = 8
_POINTS = 8  # days of the curve
_IDS = 40  # in a sentence
_CHANGED = 3  # actions named for each kind of change


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
    autres_engagements: str  # Ceux qui ne sont pas dans la liste, par leurs ids, avec ce qui en est consigné; vide
    # s'ils y sont tous.
    a_completer: tuple[Decision, ...]  # Ce que le plan ne dit pas encore, à décider d'abord : avec qui, pour quand.
    decisions: tuple[Decision, ...]  # Les décisions à prendre.
    decisions_inscrites: bool  # Si au moins une est écrite dans le plan; sinon, elles sont proposées à partir des
    # échéances passées.
    autres_decisions: int  # Combien d'autres dossiers du conseil attendent.
    jusqu_au: str  # La prochaine réunion connue, ou la fin de l'horizon, en mots.
    reunion_connue: bool  # Si ce jour est celui d'une réunion inscrite au plan.
    a_venir: tuple[Ligne, ...]  # Les premières actions qui arrivent à échéance d'ici là.
    autres_a_venir: int  # Combien d'autres arrivent à échéance d'ici là.
    evolution: Evolution  # Ce qui a changé.
    courbe: Image | None  # Où en était le plan, réunion après réunion; rien si rien n'a jamais été consigné.
    noms: tuple[Champ, ...]  # Ce que les noms courts désignent.
    mots: Mots  # Ce que le plan appelle ses niveaux, et son conseil.


def build(request: Request) -> Sommaire:
    """What the board needs to know, decide and expect."""
    plan, au, since = request.plan, request.au, request.since
    if since and since >= au:
        remedy = "Donnez à --changements-depuis un jour qui précède celui de la situation (--au)."
        raise PivotError(f"le {day_in_words(since)} n'est pas avant le {day_in_words(au)}.", remedy, ExitCode.USAGE)
    seen = portrait(plan, au)
    anchors, who, meetings = Anchors(seen), plan.conseil, plan.reunions.ca.days
    own = seen.of(who) if who else ()
    pressing = [*longest_first(own), *soonest_first(one for one in own if one.etat is Etat.PROCHE)][:_MOST]
    coming = soonest_first(one for one in seen.situations if one.etat is Etat.PROCHE)
    near = coming[:_NEAR]
    written = tuple(
        Decision(title_of(one.action), one_line(one.action.decision), "", one.id)
        for one in seen.situations
        if one.action.decision and one.open
    )
    proposed = () if written else tuple(_proposed(own, seen))
    last = since or max((day for day in meetings if day < au), default=None)
    evolution, changed = _evolution(seen, last, anchors, request.past)
    return Sommaire(
        entete=report_opening(seen, seen.situations, f"Sommaire pour {board(plan).entier.le}", request.today),
        synthese=synthesis(seen.situations, seen, anchors),
        constats=tuple(_findings(seen)),
        conseil=one_line(who.nom) if who else "",
        engagements=tuple(line(one, seen, anchors, company(one, seen, who)) for one in pressing),
        bilan_engagements=_commitments(own, commitment(plan.niveaux)),
        autres_engagements=_others((one for one in own if one.open and one not in pressing), plan.niveaux.action),
        a_completer=tuple(_unsaid(seen)),
        decisions=written or proposed[:_DECISIONS],
        decisions_inscrites=bool(written),
        autres_decisions=len(proposed[_DECISIONS:]),
        jusqu_au=day_in_words(seen.look.horizon_end),
        reunion_connue=au < seen.look.horizon_end in meetings,
        a_venir=tuple(line(one, seen, anchors) for one in near),
        autres_a_venir=len(coming) - len(near),
        evolution=evolution,
        courbe=progress(seen, days := days_to_show(seen, _POINTS), request.known(seen, days)),
        noms=names([*pressing, *near, *changed], plan),
        mots=mots(plan),
    )


def _findings(seen: Portrait) -> Iterator[str]:
    """What matters most, in a few sentences."""
    total, passed, niveaux = len(seen.situations), due(seen.situations), seen.plan.niveaux
    noun = niveaux.action
    for rank, said in enumerate(closed(seen.situations, noun, f"{noun.nom} est", f"{noun.pluriel} sont")):
        yield f"{said}{'' if rank else f' sur {total}'}."
    if not passed:
        yield "Aucune échéance n'est passée."
    else:
        said = counted(len(passed), "échéance est passée", "échéances sont passées")
        yield f"{said} sur {total}{_since(passed, seen)}."
        heaviest, *others = Counter(number_of(one.place.orientation, niveaux) for one in passed).most_common(2)
        if others and heaviest[1] > others[0][1]:
            yield f"{capitalized(niveaux.orientation.le)} {heaviest[0]} en compte le plus{NBSP}: {heaviest[1]}."


def _since(passed: Sequence[Situation], seen: Portrait) -> str:
    """« , la première depuis 9 mois »; of one only, « , depuis 9 mois »."""
    since = since_first(passed, seen)
    return f", {since}" if since else ""


def _commitments(own: Sequence[Situation], noun: Nom) -> str:
    if not own:
        return ""
    parts = closed(own, noun) + each_counted(
        (len(due(own)), "échéance est passée", "échéances sont passées"),
        (count(own)[Etat.PROCHE], "arrive à échéance", "arrivent à échéance"),
    )
    return f"{noun.counted(len(own))}{f'{NBSP}: {listed(parts)}' if parts else ''}."


def _others(rest: Iterable[Situation], noun: Nom) -> str:
    """The ids of the commitments that are not in the list, each with what is recorded of it; the passed ones first."""
    some = tuple(rest)
    near = soonest_first(one for one in some if one.etat is Etat.PROCHE)
    others = [one for one in some if not one.etat.passed and one not in near]
    kinds = (("échéance passée", longest_first(some)), ("échéance proche", near), ("à venir ou sans date", others))
    return "; ".join(f"{kind}{NBSP}: {_ids(_with_news(one, noun) for one in them)}" for kind, them in kinds if them)


def _ids(written: Iterable[str]) -> str:
    """The first of these ids, with what is said of each, and how many others there are."""
    all_of_them = list(written)
    left = len(all_of_them) - _IDS
    return ", ".join(all_of_them[:_IDS]) + (f" et {counted(left, 'autre')}" if left > 0 else "")


def _with_news(one: Situation, noun: Nom) -> str:
    """« 3.gou.3.5 (note du 16 décembre 2020) »; of an action of which nothing is recorded, its id alone."""
    return f"{one.id} ({news_of(one.action, noun)})" if one.action.consignee else one.id


def _unsaid(seen: Portrait) -> Iterator[Decision]:
    """What nobody has, then what has no date: nothing else will be done of it."""
    nobody, noun = of_nobody(seen.situations), seen.plan.niveaux.action
    undated = [one for one in seen.situations if one.etat is Etat.A_DETERMINER]
    them = noun.pick("le", "la") if len(nobody) == 1 else "les"
    for some, what, asked in (
        (nobody, "à attribuer", f"À qui {them} confier?"),
        (undated, "dont l'échéance est à déterminer", "Pour quand?"),
    ):
        if some:
            yield Decision(f"{noun.counted(len(some))} {what}", asked, "", first_ids(some))


def _proposed(own: Sequence[Situation], seen: Portrait) -> Iterator[Decision]:
    """Where the plan asks for no decision, the dossiers of the board that have waited the longest."""
    waiting, whose = grouped(due(own), "objectif"), board(seen.plan).court.du
    waiting.sort(key=lambda some: (-max(one.jours_retard or 0 for one in some), -len(some)))
    for some in waiting:
        noun = counted(len(some), f"échéance {whose} est passée", f"échéances {whose} sont passées")
        yield Decision(
            titre=heading_of(some[0].place, seen.plan.niveaux),
            question=what_to_decide(seen).capitalize(),
            contexte=f"{noun}{_since(some, seen)}{recorded_of(some, seen.plan.niveaux.action)}.",
            actions=_ids(one.id for one in some),
        )


_SAID_ALREADY = (Genre.REFAITE, Genre.ROUVERTE, Genre.STATUT, Genre.NOUVELLES)
"""The classes whose lines say what happened as what is recorded."""


def _evolution(seen: Portrait, since: date | None, anchors: Anchors, past: Teller) -> tuple[Evolution, list[Situation]]:
    """What changed, and the actions that it names."""
    if since is None:
        said = f"Aucune réunion précédente n'est inscrite au plan{NBSP}: on ne peut pas dire ce qui a changé depuis."
        return Evolution("", said, (), ""), []
    account, noun = past(seen, since), seen.plan.niveaux.action
    here = {one.id: one for one in seen.situations}
    told: list[Changement] = []
    named: list[Situation] = []
    for genre in Genre:
        if genre is not Genre.INCHANGEE and (some := account.changes.of(genre)):
            first = [(one, here.get(one.id, one.now)) for one in some[:_CHANGED]]
            named += [situation for _, situation in first]
            lines = [
                line(situation, seen, anchors if one.id in here else None, happened_words(one))
                for one, situation in first
            ]
            if genre in _SAID_ALREADY:
                lines = [one._replace(precision="") if one.consigne else one for one in lines]
            name = capitalized(kind(genre, len(some), noun))
            told.append(Changement(name, len(some), tuple(lines), len(some) - len(first)))
    evolution = Evolution(
        depuis=day_in_words(since),
        phrase="" if told else f"{capitalized(nothing(account))}.",
        changements=tuple(told),
        reserve=account.reserve,
    )
    return evolution, named
