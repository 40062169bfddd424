"""What the strategic plan's item says on a board's agenda: where it stands, what the board owes, decides, expects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from pivot_cli.documents.agenda.meeting import Seance
from pivot_cli.documents.agenda.places import Places, sort_actions
from pivot_cli.documents.agenda.values import BLANK, Content, PointSeance
from pivot_cli.documents.agenda.wording import (
    MOST,
    cited,
    closed_of,
    lines,
    passed_of,
    resolution,
    resolution_for,
    to_record,
)
from pivot_cli.documents.listing import dossier, recorded_of, what_to_decide
from pivot_cli.documents.values import Fait
from pivot_cli.documents.words import commitment, is_short
from pivot_cli.plan.bodies import board, direction
from pivot_cli.plan.model import But
from pivot_cli.suivi import phrases, when
from pivot_cli.suivi.changes_in_words import in_a_line
from pivot_cli.suivi.etat import Etat, Portrait, Situation, count, due, grouped
from pivot_cli.suivi.horizon import plan_start
from pivot_cli.text import NBSP, capitalized, counted, day_in_words, listed, month_in_words, one_line

if TYPE_CHECKING:
    from pivot_cli.plan.nouns import Nom
    from pivot_cli.suivi.changes import Account

_PRESIDENCE = "Présidence"
_MOST_DOSSIERS = 40  # objectifs that an annexe or a sentence tells


def content(portrait: Portrait, seance: Seance, standing: Mapping[str, str]) -> Content:
    """The parts of the plan's item, and what goes with them; `standing` gives the item that carries out an id."""
    account = seance.request.past(portrait, seance.precedente) if seance.precedente else None
    places = sort_actions(portrait, account, standing)
    return Content(
        parts=tuple(_parts(portrait, account, places, seance, standing)),
        annexe=tuple(
            dossier(
                some, portrait, note=_shown_of(some, passed_of(some, portrait)), lignes=lines(some[:MOST], portrait)
            )
            for some in grouped(() if is_short(portrait.plan) else places.others, "objectif")[:_MOST_DOSSIERS]
        ),
        consignes=tuple(to_record(places, seance.held_on)),
        named=(*places.own, *places.dates, *places.shared, *places.coming, *places.others),
    )


def _parts(
    portrait: Portrait, account: Account | None, places: Places, seance: Seance, standing: Mapping[str, str]
) -> Iterator[tuple[PointSeance, int]]:
    """The parts of the plan's item, each with its minutes."""
    who = portrait.plan.registre.direction
    chief, called = one_line(who.nom) if who else "Direction générale", direction(portrait.plan)
    whom = called.au if called else "à la direction générale" if who else "aux responsables"
    wanted = "une proposition de fermeture" if portrait.over else "un calendrier révisé"
    revised = f"de demander {whom} de déposer à la prochaine réunion {wanted} "
    yield _where(portrait, account, places, chief), 5
    # What is to be begun at once is ticked in passing.
    ticked = len(places.own) - count(places.own)[Etat.A_COMMENCER]
    own = _own(portrait, places, standing)
    if own.cases or own.notes:
        yield own, _minutes_for(ticked, 20) if places.own else 0
    for one in places.decisions:
        yield _written(one), 10
    for some in places.groups:
        yield _group(some, portrait, chief, revised), 10
    if places.dates:
        yield _undated(places.dates, portrait), 5
    if places.shared:
        yield _shared(places.shared, portrait, chief), _minutes_for(len(places.shared), 15)
    if places.others or places.coming:
        yield _others(portrait, places, seance, chief, revised), 5


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
    day = one.action.closed_on or max(one.action.realisations, key=lambda done: done.debut, default=None)
    said = f"{when.recorded_day(day)}; {one.id}" if day else one.id
    return Fait(phrases.title_of(one.action), said, one_line(one.action.resultat or ""))


def _findings(portrait: Portrait, places: Places) -> Iterator[str]:
    total, passed = len(portrait.situations), due(portrait.situations)
    yield f"{closed_of(portrait.situations, portrait.plan.niveaux.action)}."
    if portrait.over:
        yield phrases.time_over(portrait)
    if passed:
        comment = phrases.comment_on(Etat.A_CONFIRMER, passed, portrait.plan.niveaux.action)
        noun = counted(len(passed), "échéance est passée", "échéances sont passées")
        yield f"{noun}{', ' + comment if comment else ''}."
    elif total:
        yield "Aucune échéance n'est passée."
    yield phrases.recorded(portrait.situations, portrait.plan.niveaux.action)
    if nobody := phrases.unassigned(portrait.situations, portrait.plan):
        yield f"{nobody}."
    asked = {id(one) for one in (*places.referred, *places.decisions, *chain(*places.groups), *places.dates)}
    undated = [one for one in portrait.situations if one.etat is Etat.A_DETERMINER and id(one) not in asked]
    if undated:
        number = portrait.plan.niveaux.action.counted(len(undated))
        yield f"Échéance à déterminer{NBSP}: {number} ({phrases.first_ids(undated)})."


def _since_then(portrait: Portrait, account: Account | None) -> str:
    """What changed since the meeting before, by number, or why nobody can tell."""
    if account is None:
        start = plan_start(portrait.plan)
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
    alone = f"{called.court.du} {called.court.agreed('seul')}"
    said = "" if pressing else f"{capitalized(noun.aucun)} {alone} n'est {noun.agreed('passé')} ni proche."
    return PointSeance(
        titre=f"Les {noun.pluriel} {alone}{f' ({len(pressing)})' if pressing else ''}",
        presente_par=_PRESIDENCE,
        but=But.DISCUSSION.value if pressing else But.INFORMATION.value,
        paragraphes=(said,) if said else (),
        cases=lines(pressing[:MOST], portrait, who),
        notes=(
            *_more(pressing),
            *(
                f"{cited(one)}{NBSP}: le point {standing[one.id]} y répond."
                for one in places.referred
                if one.id in standing and one.open
            ),
        ),
    )


def _written(one: Situation) -> PointSeance:
    decision = one_line(one.action.decision or "")
    return PointSeance(
        titre=f"{phrases.title_of(one.action)} ({one.id})",
        presente_par=_PRESIDENCE,
        but=But.DECISION.value,
        question=decision,
        resolution=resolution_for(decision),
    )


def _group(some: Sequence[Situation], portrait: Portrait, direction: str, revised: str) -> PointSeance:
    objectifs, first, niveaux = grouped(some, "objectif"), some[0].place, portrait.plan.niveaux
    several = len(objectifs) > 1
    title = phrases.heading_of(first, niveaux)
    if several:
        where = f"{niveaux.orientation.nom} {phrases.number_of(first.orientation, niveaux)}"
        where += "" if first.volet.implied else f", {one_line(first.volet.nom).lower()}"
        title = f"{capitalized(where)}{NBSP}: {portrait.plan.dossier.counted(len(objectifs))}"
    said = f"{passed_of(some, portrait)}{recorded_of(some, niveaux.action)}."
    if undated := count(some)[Etat.A_DETERMINER]:
        remain = "restent" if undated > 1 else "reste"
        said += f" {niveaux.action.counted(undated)} {remain} sans échéance."
    return PointSeance(
        titre=title,
        presente_par=direction,
        but=But.DECISION.value,
        paragraphes=(said,),
        dossiers=tuple(dossier(own, portrait, note=passed_of(own, portrait)) for own in objectifs) if several else (),
        question=what_to_decide(portrait).capitalize(),
        resolution=resolution(f"{revised}de ces {niveaux.action.counted(len(some))}"),
    )


def _undated(some: Sequence[Situation], portrait: Portrait) -> PointSeance:
    several = len(some) > 1
    what = "ces échéances comme elles sont inscrites ci-dessus" if several else f"cette échéance au {BLANK}"
    return PointSeance(
        titre=f"{'Échéances' if several else 'Échéance'} à fixer",
        presente_par=_PRESIDENCE,
        but=But.DECISION.value,
        dates=lines(some[:MOST], portrait),
        notes=_more(some),
        question="Fixer une échéance, ou abandonner?",
        resolution=resolution(f"de fixer {what}"),
    )


def _shared(some: Sequence[Situation], portrait: Portrait, direction: str) -> PointSeance:
    who = portrait.plan.conseil
    return PointSeance(
        titre=f"Avec d'autres ({len(some)})",
        presente_par=direction,
        but=But.DISCUSSION.value,
        dossiers=tuple(
            dossier(own, portrait, lignes=lines(own[:MOST], portrait, who)) for own in grouped(some, "objectif")
        ),
        notes=tuple(note for own in grouped(some, "objectif") for note in _more(own)),
    )


def _waiting(places: Places, noun: Nom) -> Iterator[str]:
    """The objectifs most of whose échéances have passed, and those of which several have."""
    name, names = noun.nom, noun.pluriel
    one_more, more = (f"autre {name}", f"autres {names}") if places.stale else (name, names)
    for ids, one, several in (
        (places.stale, f"{name} a la plupart de ses échéances passées", f"{names} ont la plupart de leurs échéances"),
        (places.several, f"{one_more} a plusieurs échéances passées", f"{more} ont plusieurs échéances"),
    ):
        if ids:
            named = ", ".join(ids[:_MOST_DOSSIERS]) + (", …" if len(ids) > _MOST_DOSSIERS else "")
            yield f"{counted(len(ids), one, f'{several} passées')} ({named})"


def _others(portrait: Portrait, places: Places, seance: Seance, direction: str, revised: str) -> PointSeance:
    """What is not the board's: a number, the dossiers that wait, and what comes."""
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
    question = draft = ""
    if waiting := (*places.stale, *places.several):
        question = f"{listed(tuple(_waiting(places, portrait.plan.dossier)))}{NBSP}: {what_to_decide(portrait)}"
        these = f"ces {portrait.plan.dossier.pluriel}" if len(waiting) > 1 else portrait.plan.dossier.ce
        draft = resolution(f"{revised}de {these}")
    end = portrait.look.horizon_end
    until = f"d'ici le {day_in_words(end)}"
    why = ", jour de la prochaine réunion" if end in seance.instance.days else ""
    if not places.coming and not (places.others and is_short(portrait.plan)):
        said.append(f"Rien d'autre n'arrive à échéance {until}.")
    return PointSeance(
        titre="Les autres dossiers, et ce qui vient",
        presente_par=direction,
        but=But.DECISION.value if draft else But.INFORMATION.value,
        paragraphes=tuple(said),
        faits=tuple(_passed(one, portrait) for one in places.others) if is_short(portrait.plan) else (),
        question=question,
        resolution=draft,
        notes=(_shown_of(places.coming, f"{until.capitalize()}{why}") + f"{NBSP}:",) if places.coming else (),
        prochains=lines(when.soonest_first(places.coming)[:MOST], portrait),
    )
