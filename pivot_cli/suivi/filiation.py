"""Which action of the plan before one takes over, and which of the plans after take over it: as a person is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.suivi.etat import portrait
from pivot_cli.suivi.horizon import years_of
from pivot_cli.suivi.phrases import etat_in_words, latest_note, news_of, noted, plan_inside, title_of
from pivot_cli.text import NBSP, counted, one_line, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pivot_cli.plan.former import Kin
    from pivot_cli.plan.model import Action, Place, Plan
    from pivot_cli.suivi.etat import Portrait, Situation


class Parente(NamedTuple):
    """An action of another plan: that plan as it stands at the day, in its folder as it is shown, and the action."""

    dossier: str
    portrait: Portrait
    situation: Situation


class Filiation(NamedTuple):
    """What an action takes over from the plan before, or why it cannot be told, and what takes it over."""

    reprend: Parente | None = None
    pourquoi: str = ""
    reprise_par: tuple[Parente, ...] = ()


ALONE = Filiation()
"""Of an action of which no other plan is known."""


def filiation_of(one: Situation, seen: Portrait, kin: Kin) -> Filiation:
    """What an action takes over from the plan before, and what takes it over, at the day of its plan."""
    former = kin.former
    before = former and former.plan and former.plan.find(one.action.suite_de or "")
    why = "" if before else (former.why if former else "") or "introuvable dans le plan d'avant"
    found = _parente(former.dossier, former.plan, before, seen.au) if former and former.plan and before else None
    return Filiation(found, why, tuple(_parente(*taker, seen.au) for taker in kin.takers))


def _parente(dossier: str, plan: Plan, place: Place, day: date) -> Parente:
    seen = portrait(plan, day)
    return Parente(dossier, seen, next(one for one in seen.situations if one.id == place.id))


def called(plan: Plan) -> str:
    """What tells a plan from the others of its organisation: its title, else « plan stratégique 2019-2021 »."""
    title = one_line(plan.organisme.plan.titre or "")
    return title or f"{plan_inside(plan)} {years_of(plan)}".rstrip()


def in_words(action: Action, found: Filiation) -> Iterator[tuple[str, str]]:
    """The lines that tell it, each with its label."""
    if (one := found.reprend) is not None:
        nom = one.portrait.plan.niveaux.action
        yield "Reprend", f"{nom.le} {_placed(one)}{_other_words(one, action)}"
        yield "Alors", "; ".join(_recorded(one))
    elif action.suite_de:
        yield "Reprend", f"{one_line(action.suite_de)}{f' ({found.pourquoi})' if found.pourquoi else ''}"
    for one in found.reprise_par:
        nom = one.portrait.plan.niveaux.action
        yield "Reprise par", f"{nom.le} {_placed(one)}{_other_words(one, action)}"


def _placed(one: Parente) -> str:
    plan = one.portrait.plan
    name = f"de {quoted(called(plan))}" if plan.organisme.plan.titre else f"du {called(plan)}"
    return f"{one.situation.id} {name} ({one.dossier})"


def _other_words(one: Parente, action: Action) -> str:
    """Its own words, where they are others."""
    said = title_of(one.situation.action)
    return "" if said == title_of(action) else f"{NBSP}: {quoted(said)}"


def _recorded(one: Parente) -> Iterator[str]:
    """Where the action stood in its plan, and what is recorded of it there."""
    action, nom = one.situation.action, one.portrait.plan.niveaux.action
    if not action.consignee:
        yield "sans information consignée"
        return
    yield etat_in_words(one.situation, one.portrait) if not one.situation.open else news_of(action, nom)
    for word, text in (("motif", action.motif), ("résultat", action.resultat), ("résolution", action.resolution)):
        if text and (word != "motif" or not one.situation.open):
            yield f"{word}{NBSP}: {one_line(text).rstrip('.')}"
    if last := latest_note(action):
        more = f"{counted(len(action.nouvelles), 'note')}, la dernière{NBSP}: " if len(action.nouvelles) > 1 else ""
        yield f"{more}{noted(last)}{NBSP}: {one_line(last.note).rstrip('.')}"
