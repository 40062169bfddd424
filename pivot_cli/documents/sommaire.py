"""`pivot report sommaire`: two minutes of reading for the board, and two pages of paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.documents import deciding
from pivot_cli.documents.budgets import NO_AMOUNT, budget_line
from pivot_cli.documents.listing import MOST_TITLE, Anchors, closed, first_cited, line, names, report_opening, synthesis
from pivot_cli.documents.pictures import Image, days_to_show, progress
from pivot_cli.documents.values import Champ, Decision, Entete, Fait, Ligne, Mots, Request, Synthese, formerly
from pivot_cli.documents.words import commitment, mots
from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.plan.bodies import board
from pivot_cli.plan.model import Plan
from pivot_cli.suivi import when
from pivot_cli.suivi.changes import Genre, Teller
from pivot_cli.suivi.changes_in_words import happened_words, kind, nothing
from pivot_cli.suivi.decisions import Decisions, shared
from pivot_cli.suivi.etat import Etat, Portrait, Situation, count, due, portrait
from pivot_cli.suivi.phrases import number_of, of_nobody, since_first, title_of
from pivot_cli.text import NBSP, capitalized, counted, day_in_words, dollars, each_counted, listed, one_line, truncate

if TYPE_CHECKING:
    from pivot_cli.plan.nouns import Nom

_IN_A_DOSSIER = 5  # actions shown of what is to be decided
_NEAR = 5
_POINTS = 6  # days of the curve
_CHANGED = 3  # actions named for each kind of change
_RESULTS = 4


class ACompleter(NamedTuple):
    """Ce que le plan ne dit pas encore."""

    titre: str  # « 2 actions à attribuer ».
    question: str  # « À qui les confier? ».
    actions: str  # Les premières de ces actions, par leurs titres.


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


@formerly(engagements=(), autres_engagements="jusqu_au.rien", decisions_inscrites=True)
class Sommaire(NamedTuple):
    """Le document du conseil."""

    entete: Entete  # Ce qu'on lit en premier.
    reunion: str  # Le jour de la prochaine réunion connue, en mots; vide si aucune ne l'est.
    decisions: tuple[Decision, ...]  # Ce qui y est à décider, comme à l'ordre du jour.
    autres_decisions: int  # Combien d'autres dossiers la règle proposerait.
    attente: str  # La même chose, en une phrase; vide s'il n'y en a pas.
    synthese: Synthese  # Où en est le plan.
    constats: tuple[str, ...]  # L'essentiel, en quelques phrases.
    conseil: str  # Le nom du conseil dans le plan; vide s'il n'est pas parmi les responsables.
    bilan_engagements: str  # Combien le conseil a d'engagements, et où ils en sont; vide s'il n'en a pas.
    courbe: Image | None  # Où en était le plan, réunion après réunion; rien si rien n'a jamais été consigné.
    evolution: Evolution  # Ce qui a changé.
    jusqu_au: str  # La prochaine réunion connue, ou la fin de l'horizon, en mots.
    reunion_connue: bool  # Si ce jour est celui d'une réunion inscrite au plan.
    a_venir: tuple[Ligne, ...]  # Les premières actions qui arrivent à échéance d'ici là.
    autres_a_venir: int  # Combien d'autres arrivent à échéance d'ici là.
    argent: tuple[str, ...]  # Ce qui est prévu, dépensé, dépassé, et pour combien d'actions; vide sans montant écrit.
    resultats: tuple[Fait, ...]  # Ce qui est sorti des dernières actions réalisées.
    a_completer: tuple[ACompleter, ...]  # Ce que le plan ne dit pas encore : avec qui, pour quand.
    noms: tuple[Champ, ...]  # Ce que les noms courts désignent.
    mots: Mots  # Ce que le plan appelle ses niveaux, et son conseil.


def build(request: Request) -> Sommaire:
    """What the board needs to decide, know and expect."""
    plan, au, since = request.plan, request.au, request.since
    if since and since >= au:
        remedy = "Donnez à --changements-depuis un jour qui précède celui de la situation (--au)."
        raise PivotError(f"le {day_in_words(since)} n'est pas avant le {day_in_words(au)}.", remedy, ExitCode.USAGE)
    seen = portrait(plan, au)
    anchors, who, meetings = Anchors(seen), plan.conseil, plan.reunions.ca.days
    coming = when.soonest_first(one for one in seen.situations if one.etat is Etat.PROCHE)
    near = coming[:_NEAR]
    there, decisions = deciding.of_the_next_meeting(seen)
    last = since or max((day for day in meetings if day < au), default=None)
    evolution, changed = _evolution(seen, last, anchors, request.past)
    return Sommaire(
        entete=report_opening(seen, seen.situations, f"Sommaire pour {board(plan).entier.le}", request.today),
        reunion=day_in_words(there.au) if there is not seen or au in meetings else "",
        decisions=tuple(deciding.shown(one, there, _IN_A_DOSSIER) for one in decisions.dossiers),
        autres_decisions=len(decisions.autres),
        attente=_waiting(decisions, plan),
        synthese=synthesis(seen.situations, seen, anchors),
        constats=tuple(_findings(seen)),
        conseil=one_line(who.nom) if who else "",
        bilan_engagements=_commitments(seen.of(who) if who else (), commitment(plan.niveaux)),
        courbe=progress(seen, days := days_to_show(seen, _POINTS), request.known(seen, days)),
        evolution=evolution,
        jusqu_au=day_in_words(seen.look.horizon_end),
        reunion_connue=au < seen.look.horizon_end in meetings,
        a_venir=tuple(map(_shortened, (line(one, seen, anchors) for one in near))),
        autres_a_venir=len(coming) - len(near),
        argent=tuple(_money(seen)),
        resultats=tuple(_results(seen)),
        a_completer=tuple(_unsaid(seen)),
        noms=names([*near, *changed], plan),
        mots=mots(plan),
    )


def _waiting(decisions: Decisions, plan: Plan) -> str:
    """How many more the rule would propose: of the board's own, where it has a part in some."""
    number, noun = len(decisions.autres), plan.dossier
    ours = any(shared(one.action, plan) for dossier in decisions.autres for one in dossier.actions)
    whose = f" où {board(plan).court.le} a une part" if ours else ""
    some = counted(number, f"autre {noun.nom}", f"autres {noun.pluriel}")
    return f"{some}{whose} {'attendent' if number > 1 else 'attend'} aussi." if number else ""


def _money(seen: Portrait) -> Iterator[str]:
    """What is planned and spent, for how many actions, and what went over."""
    noun, written = seen.plan.niveaux.action, budget_line("", "", seen.situations)
    if {written.prevu, written.reel} == {NO_AMOUNT}:
        return
    parts = []
    if written.prevu != NO_AMOUNT:
        parts.append(f"{written.prevu} prévus pour {noun.counted(written.prevus)}")
    if written.reel != NO_AMOUNT:
        parts.append(f"{written.reel} dépensés pour {noun.counted(written.depenses)}")
    else:
        parts.append("aucune dépense consignée")
    yield f"{'; '.join(parts)}, sur {len(seen.situations)}."
    both = ((one, one.action.budget) for one in seen.situations if one.action.budget)
    over = {one: of.reel - of.prevu for one, of in both if of.reel and of.prevu is not None and of.reel > of.prevu}
    if over:
        some = f"{noun.counted(len(over))} {'ont' if len(over) > 1 else 'a'} coûté plus que prévu"
        more = f"{dollars(sum(over.values(), Decimal()))} de plus{' en tout' if len(over) > 1 else ''}"
        yield f"{some}{NBSP}: {first_cited(list(over))}, {more}."


def _results(seen: Portrait) -> Iterator[Fait]:
    """What came of what was done last; of no known day, at the end."""
    done = [(when.last_done(one.action), one) for one in seen.situations if one.action.resultat]
    told = [(day, one) for day, one in done if day or one.etat is Etat.REALISEE]
    for day, one in sorted(told, key=lambda pair: pair[0].fin if pair[0] else date.min, reverse=True)[:_RESULTS]:
        yield Fait(
            truncate(title_of(one.action), MOST_TITLE),
            when.recorded_day(day) if day else "",
            one_line(one.action.resultat or ""),
        )


def _shortened(one: Ligne) -> Ligne:
    return one._replace(titre=truncate(one.titre, MOST_TITLE))


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
            titles = (
                one.place.orientation for one in passed if number_of(one.place.orientation, niveaux) == heaviest[0]
            )
            where = (
                f"{capitalized(niveaux.orientation.le)} {heaviest[0]} ({truncate(one_line(next(titles).titre), 48)})"
            )
            yield f"{where} en compte le plus{NBSP}: {heaviest[1]}."


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


def _unsaid(seen: Portrait) -> Iterator[ACompleter]:
    """What nobody has, then what has no date: nothing else will be done of it."""
    nobody, noun = of_nobody(seen.situations), seen.plan.niveaux.action
    undated = [one for one in seen.situations if one.etat is Etat.A_DETERMINER]
    them = noun.pick("le", "la") if len(nobody) == 1 else "les"
    for some, what, asked in (
        (nobody, "à attribuer", f"À qui {them} confier?"),
        (undated, "dont l'échéance est à déterminer", "Pour quand?"),
    ):
        if some:
            yield ACompleter(f"{noun.counted(len(some))} {what}", asked, first_cited(some))


_SAID_ALREADY = (Genre.REFAITE, Genre.ROUVERTE, Genre.STATUT, Genre.NOUVELLES)
"""The classes whose lines say what happened as what is recorded."""


def _evolution(seen: Portrait, since: date | None, anchors: Anchors, past: Teller) -> tuple[Evolution, list[Situation]]:
    """What changed, and the actions whose responsables it names."""
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
            if genre is Genre.REATTRIBUEE:
                named += [situation for _, situation in first]
            lines = [
                line(situation, seen, anchors if one.id in here else None, happened_words(one))
                for one, situation in first
            ]
            lines = list(map(_shortened, lines))
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
