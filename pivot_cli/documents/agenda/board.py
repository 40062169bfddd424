"""What the strategic plan's item says on a board's agenda: where it stands, what is decided, what the board owes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from pivot_cli.documents.agenda.meeting import Seance
from pivot_cli.documents.agenda.places import Places, sort_actions
from pivot_cli.documents.agenda.values import Content, PointSeance
from pivot_cli.documents.agenda.wording import MOST, closed_of, lines
from pivot_cli.documents.deciding import shown
from pivot_cli.documents.listing import cited, dossier, first_cited, passed_of
from pivot_cli.documents.values import Fait, Groupe
from pivot_cli.documents.words import commitment, is_short
from pivot_cli.plan.bodies import board
from pivot_cli.plan.model import But, Plan
from pivot_cli.suivi import phrases, when
from pivot_cli.suivi.changes_in_words import in_a_line
from pivot_cli.suivi.decisions import Decisions, Raison, answered, carried_alone, named, to_decide
from pivot_cli.suivi.etat import Etat, Portrait, Situation, count, due, grouped
from pivot_cli.text import NBSP, capitalized, counted, day_in_words, listed, month_in_words, one_line, quoted

if TYPE_CHECKING:
    from pivot_cli.suivi.changes import Account

_PRESIDENCE = "Présidence"
_FEW = 3  # actions of a dossier that is soon decided
_MOST_DOSSIERS = 40  # objectifs that an annexe tells


def content(portrait: Portrait, seance: Seance, standing: Mapping[str, str]) -> Content:
    """The parts of the plan's item, and what goes with them; `standing` gives the item that carries out an id."""
    account = seance.request.past(portrait, seance.precedente) if seance.precedente else None
    decisions = to_decide(portrait, seance.dossiers, answered(seance.instance))
    places = sort_actions(portrait, account, decisions, standing)
    annexed = () if is_short(portrait.plan) else places.others
    return Content(
        parts=tuple(_parts(portrait, account, places, seance, standing)),
        annexe=tuple(
            dossier(
                some, portrait, note=_shown_of(some, passed_of(some, portrait)), lignes=lines(some[:MOST], portrait)
            )
            for some in grouped(annexed, "objectif")[:_MOST_DOSSIERS]
        ),
        asked=places.asked,
        carried_out=places.referred,
        annexed=annexed,
        named=(*places.asked, *places.coming, *places.others),
        avis=tuple(_notices(decisions, portrait.plan)),
    )


def _parts(
    portrait: Portrait, account: Account | None, places: Places, seance: Seance, standing: Mapping[str, str]
) -> Iterator[tuple[PointSeance, int]]:
    """The parts of the plan's item, each with its minutes."""
    who = portrait.plan.registre.direction
    chief = one_line(who.nom) if who else ""  # whom the meeting will name
    yield _where(portrait, account, places, chief), 5
    decided = places.decisions.dossiers
    for decision in decided:
        made = shown(decision, portrait)
        title = f"{made.titre} ({made.id})"
        shown_before = (Groupe(made.id, made.titre, lignes=made.lignes),)  # in templates of 0.1
        point = PointSeance(title, presente_par=chief, but=But.DECISION.value, dossiers=shown_before, decision=made)
        yield point, 5 if len(decision.actions) <= _FEW else 10
    # What is to be begun at once is ticked in passing.
    ticked = len(places.own) - count(places.own)[Etat.A_COMMENCER]
    own = _own(portrait, places, standing)
    if own.cases or own.notes:
        yield own, _minutes_for(ticked, 5 if decided else 20) if places.own else 0
    if places.dates:
        yield _undated(places.dates, portrait), 0 if decided else 5
    if places.shared:
        yield _shared(places.shared, portrait, chief), 0 if decided else _minutes_for(len(places.shared), 15)
    if places.others or places.coming:
        yield _others(portrait, places, seance, chief), 5


def _notices(decisions: Decisions, plan: Plan) -> Iterator[str]:
    """What who prepares the meeting should know of what is decided there."""
    for unknown in decisions.inconnus:
        yield f"{quoted(unknown)}, inscrit à cette réunion, n'est pas dans le plan{NBSP}: il est laissé de côté."
    for closed in decisions.closes:
        place = named(plan, closed)[0]
        title = phrases.title_of(place.action) if plan.find(closed) else phrases.heading_of(place, plan.niveaux)
        yield f"{quoted(title)} ({closed}) est laissé de côté{NBSP}: il n'y reste rien à décider."
    replaced = decisions.inconnus or decisions.closes
    if replaced and decisions.dossiers and decisions.dossiers[0].raison is not Raison.CHOISI:
        yield f"Rien de ce qui a été choisi n'est à décider{NBSP}: ce qui est proposé le remplace."
    if asked := [one.actions[0] for one in decisions.autres if one.raison is Raison.DEMANDE]:
        also = f"Le plan demande aussi une décision sur {listed(list(map(cited, asked)))}"
        yield f"{also}{NBSP}: --dossier la met à l'ordre du jour."


def _annexed(portrait: Portrait, places: Places) -> str:
    """What the annexe has of what has passed, which it does not say of thousands."""
    noun, dossiers = portrait.plan.dossier, len(grouped(places.others, "objectif"))
    if dossiers <= _MOST_DOSSIERS:
        return "le détail est en annexe"
    first = noun.pick("premiers", "premières")
    return f"les {_MOST_DOSSIERS} {first} {noun.pluriel}, sur {dossiers}, sont en annexe"


def _more(some: Sequence[Situation]) -> tuple[str, ...]:
    """What a list leaves out, in a sentence: nobody ticks hundreds of boxes in a meeting."""
    left = len(some) - MOST
    return (f"Et {counted(left, 'autre')}, dans le document complet.",) if left > 0 else ()


def _shown_of(some: Sequence[Situation], said: str) -> str:
    """What is said of actions, and that only the first are shown, where not all are."""
    return f"{said} (les {MOST} premières de {len(some)})" if len(some) > MOST else said


def _passed(one: Situation, portrait: Portrait) -> Fait:
    """A passed échéance on a line: when it was due, what is recorded of it, who has it."""
    line, nom = lines([one], portrait)[0], portrait.plan.niveaux.action
    news = phrases.news_of(one.action, nom) if one.action.consignee else "à confirmer"
    return Fait(line.titre, "; ".join((f"{line.echeance}, {news}", line.precision, one.id)))


def _minutes_for(actions: int, most: int) -> int:
    """A length that a chair would write: whole fives, for so many actions of two minutes."""
    return min(most, max(5, 5 * -(-actions * 2 // 5)))


def _where(portrait: Portrait, account: Account | None, places: Places, direction: str) -> PointSeance:
    return PointSeance(
        titre="Où en sommes-nous?",
        presente_par=direction,
        but=But.INFORMATION.value,
        paragraphes=(" ".join(_findings(portrait, places)), _since_then(portrait, account)),
        faits=tuple(map(_fact, places.done)),
    )


def _fact(one: Situation) -> Fait:
    day = when.last_done(one.action)
    said = f"{when.recorded_day(day)}; {one.id}" if day else one.id
    return Fait(phrases.title_of(one.action), said, one_line(one.action.resultat or ""))


def _findings(portrait: Portrait, places: Places) -> Iterator[str]:
    total, passed = len(portrait.situations), due(portrait.situations)
    yield f"{closed_of(portrait.situations, portrait.plan.niveaux.action)}."
    if portrait.over:
        yield phrases.time_over(portrait)
    if passed:
        comment = phrases.comment_on(Etat.A_CONFIRMER, passed, portrait.plan.niveaux.action)
        said = counted(len(passed), "échéance est passée", "échéances sont passées")
        yield f"{said}{', ' + comment if comment else ''}."
    elif total:
        yield "Aucune échéance n'est passée."
    yield phrases.recorded(portrait.situations, portrait.plan.niveaux.action)
    noun = portrait.plan.niveaux.action
    if nobody := phrases.of_nobody(portrait.situations):
        yield f"À attribuer{NBSP}: {noun.counted(len(nobody))} ({first_cited(nobody)})."
    undated = [one for one in portrait.situations if one.etat is Etat.A_DETERMINER and one not in places.asked]
    if undated:
        yield f"Échéance à déterminer{NBSP}: {noun.counted(len(undated))} ({first_cited(undated)})."


def _since_then(portrait: Portrait, account: Account | None) -> str:
    """What changed since the meeting before, by number, or why nobody can tell."""
    if account is None:
        start = portrait.plan.debut
        period = f", depuis {month_in_words(start)}" if start else ""
        return (
            f"Aucune réunion précédente n'étant connue, ce portrait regarde tout le plan{period}; il ne peut pas dire "
            "ce qui a changé."
        )
    said = in_a_line(account)
    beside = f"{NBSP}: {said}" if account.changes.happened else f", {said}"
    since = f"Depuis la réunion du {day_in_words(account.changes.depuis)}{beside}."
    return " ".join(filter(None, (since, account.reserve)))


def _own(portrait: Portrait, places: Places, standing: Mapping[str, str]) -> PointSeance:
    who, pressing, called = portrait.plan.conseil, places.own, board(portrait.plan)
    noun = commitment(portrait.plan.niveaux)
    others = "autres " if any(carried_alone(one.action, portrait.plan) for one in places.decided) else ""
    alone = f"{called.court.du} {called.court.agreed('seul')}"
    said = "" if pressing else f"{capitalized(noun.aucun)} {alone} n'est {noun.agreed('passé')} ni proche."
    return PointSeance(
        titre=f"Les {others}{noun.pluriel} {alone}{f' ({len(pressing)})' if pressing else ''}",
        presente_par=_PRESIDENCE,
        but=But.DISCUSSION.value if pressing else But.INFORMATION.value,
        paragraphes=(said,) if said else (),
        cases=lines(pressing[:MOST], portrait, who),
        a_fermer=portrait.over,
        notes=(
            *_more(pressing),
            *(
                f"{cited(one)}{NBSP}: le point {standing[one.id]} y répond."
                for one in places.referred
                if one.id in standing and one.open
            ),
        ),
    )


def _undated(some: Sequence[Situation], portrait: Portrait) -> PointSeance:
    return PointSeance(
        titre=f"{'Échéances' if len(some) > 1 else 'Échéance'} à fixer",
        presente_par=_PRESIDENCE,
        but=But.DISCUSSION.value,
        dates=lines(some[:MOST], portrait),
        notes=_more(some),
    )


def _shared(some: Sequence[Situation], portrait: Portrait, direction: str) -> PointSeance:
    who = portrait.plan.conseil
    return PointSeance(
        titre=f"Avec d'autres ({len(some)})",
        presente_par=direction,
        but=But.DISCUSSION.value,
        a_fermer=portrait.over,
        dossiers=tuple(
            dossier(own, portrait, lignes=lines(own[:MOST], portrait, who)) for own in grouped(some, "objectif")
        ),
        notes=tuple(note for own in grouped(some, "objectif") for note in _more(own)),
    )


def _others(portrait: Portrait, places: Places, seance: Seance, direction: str) -> PointSeance:
    """What is not the board's: a number, and what comes."""
    niveaux = portrait.plan.niveaux
    said = ["Aucune autre échéance n'est passée."]
    if places.others:
        noun = counted(len(places.others), "autre échéance passée ne relève", "autres échéances passées ne relèvent")
        some = sorted(grouped(places.others, "orientation"), key=lambda own: own[0].place.orientation.numero)
        numbers = [(phrases.number_of(own[0].place.orientation, niveaux), len(own)) for own in some]
        where = "; ".join(f"{numero}{NBSP}: {number}" for numero, number in numbers)
        whose = board(portrait.plan).court.du
        said = [f"{noun} pas {whose} ({niveaux.orientation.nom} {where}){NBSP}: {_annexed(portrait, places)}."]
        if is_short(portrait.plan):
            said = [f"{noun} pas {whose}{NBSP}:"]
    end = portrait.look.horizon_end
    until = f"d'ici le {day_in_words(end)}"
    why = ", jour de la prochaine réunion" if end in seance.instance.days else ""
    if not places.coming and not (places.others and is_short(portrait.plan)):
        said.append(f"Rien d'autre n'arrive à échéance {until}.")
    return PointSeance(
        titre="Les autres dossiers, et ce qui vient",
        presente_par=direction,
        but=But.INFORMATION.value,
        paragraphes=tuple(said),
        faits=tuple(_passed(one, portrait) for one in places.others) if is_short(portrait.plan) else (),
        notes=(_shown_of(places.coming, f"{until.capitalize()}{why}") + f"{NBSP}:",) if places.coming else (),
        prochains=lines(when.soonest_first(places.coming)[:MOST], portrait),
    )
