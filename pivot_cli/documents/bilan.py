"""`pivot report bilan`: what members and funders read. Nothing internal is in the values that it is made of.

No responsable, no note, no internal reason, no resolution, no duration; of the money, sums by orientation, and not who
pays: a template of this document, the organisation's own included, cannot show what it is not given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import starmap
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.documents.budgets import NO_AMOUNT, LigneBudget, budget_line, budgets
from pivot_cli.documents.ending import Devenir, account, became, counted_by_end, rests_on, silent
from pivot_cli.documents.exercice import Exercice, period, read_exercice
from pivot_cli.documents.listing import CLES, UNDETERMINED, falls_due, indicators, opening, told_apart, under_a_level
from pivot_cli.documents.values import Compte, Entete, Fait, IndicateurVue, Mots, Request, formerly
from pivot_cli.documents.words import agreed_line, mots
from pivot_cli.echeance import DateConsignee, Echeance, TypeEcheance
from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.plan.model import Action, Plan, Statut
from pivot_cli.suivi.changes import dated, moved_from
from pivot_cli.suivi.etat import Etat, Portrait, Situation, grouped, portrait
from pivot_cli.suivi.phrases import as_recorded_today, news_of, number_of, over_since, text_of, title_of
from pivot_cli.suivi.tableau import LIGNES, NOMS, line_of, tableau
from pivot_cli.suivi.when import recorded_day, recurrent, wording
from pivot_cli.text import (
    NBSP,
    capitalized,
    counted,
    day_in_words,
    each_counted,
    fold,
    interval_in_words,
    one_line,
    quoted,
)

if TYPE_CHECKING:
    from pivot_cli.plan.nouns import Niveaux, Nom


@formerly(faites="realisees + refaites", poursuites="en_cours + en_attente", a_venir="nouvelles + a_faire")
class ObjectifBilan(NamedTuple):
    """Un objectif, et ce qu'on peut en dire publiquement; une action n'y est qu'à une place."""

    titre: str  # Son titre, avec son volet si un autre objectif a le même; vide où c'est celui de l'orientation.
    realisees: tuple[Fait, ...]  # Les actions réalisées.
    refaites: tuple[Fait, ...]  # Celles qui reviennent ou se poursuivent, et qui ont été faites une ou plusieurs fois.
    en_cours: tuple[Fait, ...]  # Ce qui est en cours, ou se poursuit.
    en_attente: tuple[Fait, ...]  # Ce qui est en attente.
    deplacees: tuple[Fait, ...]  # Ce qui a été déplacé.
    nouvelles: tuple[Fait, ...]  # Ce dont l'échéance est passée, et dont des nouvelles sont consignées sans statut.
    a_faire: tuple[Fait, ...]  # Ce qui reste à faire : ce qui vient, et ce qui est consigné « à faire ».
    reconduites: tuple[Fait, ...]  # Ce que le prochain plan reprend.
    abandonnees: tuple[str, ...]  # Ce qui ne sera pas fait.
    abandons: tuple[Fait, ...]  # La même chose, avec la raison où elle est publique : son résultat.
    sans_information: tuple[Fait, ...]  # D'un bilan final : ce dont rien n'est consigné; ailleurs, c'est compté.
    indicateurs: tuple[IndicateurVue, ...]  # Ce qui le mesure, lui et ses actions.


HEADINGS = (
    "realisees",
    "refaites",
    "en_cours",
    "en_attente",
    "deplacees",
    "nouvelles",
    "a_faire",
    "reconduites",
    "abandons",
    "sans_information",
)
"""Under what the actions of an objectif are told, each under one."""


class OrientationBilan(NamedTuple):
    """Une orientation, et ce qu'on peut en dire publiquement."""

    numero: int | str  # Son numéro, celui que le document lui donne s'il en a un : « A ».
    titre: str  # Son titre.
    objectifs: tuple[ObjectifBilan, ...]  # Ses objectifs dont il y a quelque chose à dire.
    sans_information: int  # De combien de ses actions rien n'est consigné : à la fin, ou leur échéance étant passée.
    total: int  # Combien d'actions elle compte.
    comptees: tuple[Compte, ...]  # Celles qui sont seulement comptées, par ligne du tableau; les autres sont dites.
    compte: str  # Le compte de ses actions, en une phrase : « 21 actions : 15 ci-dessous, 6 … ».


class LigneTableau(NamedTuple):
    """Une ligne du tableau de l'exercice."""

    nom: str  # Ce que ses actions sont : « réalisées pendant l'exercice ».
    nombre: int  # Combien elles sont.


class Tableau(NamedTuple):
    """L'exercice en un tableau : chaque action du plan est dans une seule ligne."""

    total: int  # Combien d'actions le plan compte; les lignes s'y additionnent.
    lignes: tuple[LigneTableau, ...]  # Toutes les lignes, celles où il n'y a rien comprises.


class LigneArgent(NamedTuple):
    """L'argent d'une orientation, ou de toutes."""

    sommes: LigneBudget  # Ce qui est prévu et dépensé.
    pendant: (
        str  # D'une période, ce qui est dépensé pour les actions réalisées pendant elle; un tiret si rien ne l'est.
    )


class Argent(NamedTuple):
    """Ce qui est prévu et dépensé, là où c'est écrit."""

    lignes: tuple[LigneArgent, ...]  # Les orientations où il y a un montant, puis le total.
    pendant: str  # D'une période, de quelles actions est `pendant` : « Dont réalisées pendant l'exercice »; vide sinon.
    lecture: str  # Comment lire ces montants, et combien d'actions n'en ont pas.


class Bilan(NamedTuple):
    """Le document public : pour un exercice (`--exercice`), une période (`--du`) ou tout le plan."""

    entete: Entete  # Ce qu'on lit en premier.
    chiffres: tuple[Compte, ...]  # Les lignes du tableau où il y a quelque chose.
    tableau: Tableau  # Le même tableau, entier.
    total: int  # Combien d'actions le plan compte.
    fois: str  # Combien de fois ce qui revient ou se poursuit a été fait, en une phrase; vide si rien ne l'a été.
    reserve: str  # Ce qui n'est pas consigné, en une phrase; vide si tout l'est.
    final: bool  # Si le temps du plan est écoulé : le bilan dit ce que chaque action est devenue.
    appuis: str  # D'un bilan final : combien d'actions fermées le sont sur un écrit; vide ailleurs.
    argent: Argent | None  # L'argent, par orientation; rien si aucun montant n'est écrit.
    orientations: tuple[OrientationBilan, ...]  # Le plan, par orientation et objectif.
    mots: Mots  # Ce que le plan appelle ses niveaux, et son conseil.


def build(request: Request) -> Bilan:
    """What can be said in public at the day, or at the end of the fiscal year if it is over by then."""
    plan = request.plan
    year, seen = seen_for(plan, request.au, request.exercice, request.du)
    lines = _table(seen, year)
    final = year is None and seen.over
    days = interval_in_words(year.debut, year.fin) if year and not request.du else ""
    incomplete = f"Une partie du plan n'a pas pu être lue{NBSP}: ce bilan est incomplet." if plan.unread else ""
    sorte, avis = (f"Bilan {year.nom}", year.avis) if year else ("Bilan final" if final else "Bilan", "")
    return Bilan(
        entete=opening(
            plan, seen.au, sorte, (incomplete, as_recorded_today(seen, request.today), avis, over_since(seen))
        )._replace(
            periode="" if year and fold(year.nom) == fold(days) else days,
            mission=one_line(plan.organisme.mission or ""),
        ),
        chiffres=_ends(seen) if final else figures(seen, year),
        tableau=Tableau(len(seen.situations), tuple(starmap(LigneTableau, lines.items()))),
        total=len(seen.situations),
        fois=times_in_words(seen, year),
        reserve=silent(seen) if final else unrecorded(seen, year),
        final=final,
        appuis=rests_on(seen) if final else "",
        argent=_money(seen, year),
        orientations=tuple(_orientations(seen, year, final=final)),
        mots=mots(plan),
    )


def _table(seen: Portrait, year: Exercice | None) -> dict[str, int]:
    """The lines of the table, those with nothing in them too, in the plan's words."""
    counts, noun = tableau(seen, year.debut) if year else tableau(seen), seen.plan.niveaux.action
    return {agreed_line(name, noun): number for name, number in counts.items()}


def figures(seen: Portrait, year: Exercice | None) -> tuple[Compte, ...]:
    """The lines of the table in which there is something, with what the period is called."""
    return tuple(
        Compte(capitalized(_during(name, year)), CLES[etat], number)
        for (name, number), etat in zip(_table(seen, year).items(), LIGNES.values(), strict=True)
        if number
    )


def _ends(seen: Portrait) -> tuple[Compte, ...]:
    """How many actions had each end, where any did."""
    noun = seen.plan.niveaux.action
    numbers = counted_by_end(seen.situations).items()
    return tuple(Compte(capitalized(end.said(noun)), end.cle, number) for end, number in numbers if number)


def _during(name: str, year: Exercice | None) -> str:
    """A line of the table with what the period is called."""
    return name.replace("l'exercice", year.mot) if year else name


def seen_for(plan: Plan, au: date, exercice: str | None, du: date | None = None) -> tuple[Exercice | None, Portrait]:
    """The fiscal year that is asked for, which must have begun, and the plan at its end, or at the day if sooner; or,
    from `du`, the period up to the day.
    """
    if exercice and du:
        message = "--du et --exercice disent chacun une période."
        raise PivotError(message, "Retirez l'un des deux.", ExitCode.USAGE)
    year = read_exercice(exercice, plan.organisme.conventions) if exercice else period(du, au) if du else None
    if year and year.debut > au:
        message = f"l'exercice {quoted(year.nom)} n'est pas commencé le {day_in_words(au)}."
        raise PivotError(message, "Choisissez un exercice commencé, ou un autre jour avec --au.", ExitCode.USAGE)
    seen = portrait(plan, min(au, year.fin) if year else au)
    return year._replace(plan=seen.look.start) if year else None, seen


def _orientations(seen: Portrait, year: Exercice | None, *, final: bool = False) -> Iterator[OrientationBilan]:
    """The orientations with how many actions they have, and their objectifs of which there is something to say."""
    titles, niveaux = told_apart(seen), seen.plan.niveaux
    for of_orientation in grouped(seen.situations, "orientation"):
        objectifs = [
            _objectif(
                titles[id(some[0].place.objectif)] if under_a_level(some[0].place) else "",
                some,
                year,
                niveaux,
                final=final,
            )
            for some in grouped(of_orientation, "objectif")
        ]
        orientation = of_orientation[0].place.orientation
        counted_only = {} if final else _counted_only(of_orientation, seen, year)
        passed = sum(one.etat is Etat.A_CONFIRMER for one in of_orientation)
        yield OrientationBilan(
            numero=number_of(orientation, niveaux),
            titre=one_line(orientation.titre),
            objectifs=tuple(one for one in objectifs if any(one[1:])),
            sans_information=counted_by_end(of_orientation)[Devenir.SILENCE] if final else passed,
            total=len(of_orientation),
            comptees=tuple(
                Compte(_during(agreed_line(name, niveaux.action), year), CLES[LIGNES[name]], number)
                for name, number in counted_only.items()
            ),
            compte=account(of_orientation, niveaux.action)
            if final
            else _account(len(of_orientation), counted_only, niveaux.action),
        )


def _counted_only(some: Sequence[Situation], seen: Portrait, year: Exercice | None) -> dict[str, int]:
    """How many of these actions are told under no heading, by line of the table, in its order."""
    noun, first = seen.plan.niveaux.action, year.debut if year else date.min
    numbers = Counter(line_of(one, first, seen.look.start) for one in some if told(one, year, noun) is None)
    return {name: numbers[name] for name in LIGNES if numbers[name]}


def _account(total: int, counted_only: dict[str, int], noun: Nom) -> str:
    """« 21 actions : 15 ci-dessous, 6 dont l'échéance est passée, sans information consignée. »"""
    parts = [f"{told} ci-dessous"] if (told := total - sum(counted_only.values())) else []
    for name, number in counted_only.items():
        etat, _, when = name.partition(" ")
        passed = LIGNES[name] is Etat.A_CONFIRMER
        said = (
            "dont l'échéance est passée, sans information consignée"
            if passed
            else (f"{noun.said(etat.removesuffix('s'), number)} {when or 'avant ou sans date'}")
        )
        parts.append(f"{number} {said}")
    said = f"{NBSP}: {', '.join(parts)}" if counted_only else ""
    return f"{noun.counted(total)}{said}."


def _objectif(
    title: str, some: Sequence[Situation], year: Exercice | None, niveaux: Niveaux, *, final: bool
) -> ObjectifBilan:
    """What is said of each of its actions, those of which a result is written first."""
    under: dict[str, list[Fait]] = {heading: [] for heading in HEADINGS}
    for one in some:
        if final and became(one) is Devenir.SILENCE:
            under["sans_information"].append(Fait(text_of(one.action), ""))
        elif found := told(one, year, niveaux.action):
            heading, fact = found
            under[heading].append(_beside(heading, fact, one.action))
    facts = {name: tuple(sorted(those, key=lambda fact: not fact.resultat)) for name, those in under.items()}
    given_up = tuple(fact.texte for fact in facts["abandons"])
    measured = tuple(
        indicator._replace(de=title_of(one.action)) for one in some for indicator in indicators(one.action)
    )
    objectif = some[0].place.objectif
    return ObjectifBilan(title, **facts, abandonnees=given_up, indicateurs=(*indicators(objectif), *measured))


def _beside(heading: str, fact: Fait, action: Action) -> Fait:
    """What is told of an action with what is said beside it, where its heading does not say it already."""
    said = fact.quand
    if heading == "deplacees":
        said = f"prévu{NBSP}: {fact.avant}; maintenant{NBSP}: {said}"
    elif heading == "abandons":
        said, fact = fact.resultat, fact._replace(resultat="")  # what is written of it in public is why
    elif (heading == "en_attente" and not fact.avant) or heading == "nouvelles" or said == Statut.A_FAIRE.value:
        said = ""
    return fact._replace(precisions="; ".join(filter(None, (said, "avec un budget" if _has_amount(action) else ""))))


def _money(seen: Portrait, year: Exercice | None) -> Argent | None:
    """What is planned and spent, by orientation where an amount is written; nothing where none is."""
    niveaux = seen.plan.niveaux
    sums = budgets(seen.situations, niveaux).lignes
    if not sums:
        return None
    rows = []
    for line, some in zip(sums, (*grouped(seen.situations, "orientation"), seen.situations), strict=True):
        if {line.prevu, line.reel} != {NO_AMOUNT}:
            done = [one for one in some if one.etat is Etat.REALISEE and year and year.holds(one.action.closed_on)]
            rows.append(LigneArgent(line, budget_line("", "", done).reel if year else ""))
    total, without = len(seen.situations), sum(not _has_amount(one.action) for one in seen.situations)
    reading = f"Écart{NBSP}: dépensé moins prévu, là où les deux sont écrits."
    if without:
        reading += f" Pour {niveaux.action.counted(without)} sur {total}, aucun montant n'est écrit."
    if year:
        reading += (
            f" Un montant ne porte pas de date{NBSP}: ceux-ci sont de tout le plan, comme connus le "
            f"{day_in_words(seen.au)}, et non de {year.mot} seulement."
        )
    during = f"Dont {_during(agreed_line(NOMS[0], niveaux.action), year)}" if year else ""
    return Argent(tuple(rows), during, reading)


def _has_amount(action: Action) -> bool:
    """Whether an amount in dollars is written of it, planned or spent."""
    return action.budget is not None and (action.budget.prevu, action.budget.reel) != (None, None)


def told(one: Situation, year: Exercice | None, noun: Nom) -> tuple[str, Fait] | None:
    """Under which heading an action is told, with what is said of it there; nothing for what was closed in another
    fiscal year, or nobody knows when, nor for a passed échéance of which nothing is recorded: they are counted.

    A résultat has no date: in a fiscal year, that of what was also done before it is of nobody knows which time.
    """
    action = one.action
    again = _times(action, year)
    said = (f"{len(again)}{NBSP}fois{NBSP}: " if len(again) > 1 else "") + ", ".join(map(recorded_day, again))
    elsewhen = not one.etat.closed and len(again) < len(action.realisations)
    result = "" if elsewhen else one_line(action.resultat or "")
    fact = Fait(text_of(action), "", result)
    heading = ""
    if one.etat.closed and (year is None or year.holds(action.closed_on)):
        if one.etat is Etat.REALISEE:
            ended = recorded_day(action.closed_on) if action.closed_on else ""
            return "realisees", fact._replace(quand="; ".join(filter(None, (ended, said))))
        heading = "abandons" if one.etat is Etat.ABANDONNEE else "reconduites"
    elif again:
        return "refaites", fact._replace(quand=said)
    elif one.open:
        heading, when = _still_open(one, noun)
        fact = fact._replace(quand=when)
        former = moved_from(action, lambda when: year is None or year.holds(when))
        if former and dated(former) and not one.etat.passed:  # else what it was moved to is not « maintenant »
            before, now = wording(former), wording(action.echeance)
            if not action.statut or action.statut is Statut.A_FAIRE:
                return "deplacees", fact._replace(quand=now, avant=before)
            state = "" if heading == "en_attente" else f"{when}; "
            fact = fact._replace(quand=f"{state}prévu{NBSP}: {before}; maintenant{NBSP}: {now}", avant=before)
    return (heading, fact) if heading else None


def _times(action: Action, year: Exercice | None) -> list[DateConsignee]:
    """When it was done one more time, in the fiscal year."""
    return [when for when in action.realisations if year is None or year.holds(when)]


def _still_open(one: Situation, noun: Nom) -> tuple[str, str]:
    """Under which heading an open action is told, and what is said of it; no heading where nothing is known of it."""
    action = one.action
    if action.statut is Statut.EN_ATTENTE:
        return "en_attente", action.statut.value
    if action.statut and action.statut.under_way:
        return "en_cours", news_of(action, noun)
    if one.etat is Etat.EN_CONTINU and action.statut is None:
        immediate = isinstance(action.echeance, Echeance) and action.echeance.type is TypeEcheance.IMMEDIAT
        return "en_cours", "en continu" if action.realisations or immediate else f"{noun.agreed('prévu')} en continu"
    if one.etat is Etat.EN_RETARD:
        if action.statut is None and (action.nouvelles or not recurrent(action)):
            return "nouvelles", "des nouvelles sont consignées"
        return "a_faire", "à refaire" if recurrent(action) else "à faire"
    when, until = falls_due(one)
    when = f"échéance {when}" if when == UNDETERMINED else f"{when}, {until}" if until.startswith("d'ici") else when
    return ("a_faire", when) if one.etat is not Etat.A_CONFIRMER else ("", "")


def times_in_words(seen: Portrait, year: Exercice | None) -> str:
    """« 9 actions ont été faites une ou plusieurs fois, 14 fois en tout. », which is no action carried out."""
    times = [number for one in seen.situations if (number := len(_times(one.action, year)))]
    if not times:
        return ""
    noun, several = seen.plan.niveaux.action, len(times) > 1
    done = f"{noun.counted(len(times))} {'ont' if several else 'a'} été {noun.agreed('fait', len(times))}"
    if not several:
        return f"{done} {counted(times[0], 'fois', 'fois') if times[0] > 1 else 'une fois'}."
    return f"{done} une ou plusieurs fois, {counted(sum(times), 'fois', 'fois')} en tout."


def unrecorded(seen: Portrait, year: Exercice | None = None) -> str:
    """What is not recorded, in one honest sentence."""
    total, noun = len(seen.situations), seen.plan.niveaux.action
    unknown = total - seen.consignees
    if unknown == total and total:
        whose = "son" if total == 1 else "leur"
        return (
            f"Rien n'est encore consigné de {whose} avancement{NBSP}: on peut dire ici ce que le plan prévoit, et non "
            "ce qui a été fait."
        )
    parts = []
    if unknown:
        some, whose = noun.counted(unknown), "son" if unknown == 1 else "leur"
        parts.append(f"pour {some} sur {total}, rien n'est encore consigné, et {whose} avancement n'est pas connu")
    for etat in (Etat.REALISEE, Etat.ABANDONNEE) if year else ():
        undated = sum(one.etat is etat and not one.action.closed_on for one in seen.situations)
        one = f"{noun.nom} {noun.said(etat)} sans date consignée n'est"
        several = f"{noun.pluriel} {noun.said(etat, 2)} sans date consignée ne sont"
        parts += [f"{some} d'{year.aucun}" for some in each_counted((undated, one, several)) if year]
    said = "; ".join(parts)
    return f"{said[0].upper()}{said[1:]}." if said else ""
