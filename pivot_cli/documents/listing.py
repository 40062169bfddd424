"""From a portrait to the values that documents share: openings, lists of actions, counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pivot_cli.documents.values import Champ, Compte, Entete, Groupe, IndicateurVue, Ligne, Part, Rang, Synthese
from pivot_cli.documents.words import agreed_line
from pivot_cli.echeance import Echeance, Refus, TypeEcheance
from pivot_cli.plan.model import Action, Objectif, Place, Plan, Responsable
from pivot_cli.suivi import phrases, when
from pivot_cli.suivi.etat import Etat, Portrait, Situation, count, first_passed, grouped
from pivot_cli.text import (
    NBSP,
    capitalized,
    counted,
    day_in_words,
    each_counted,
    fold,
    listed,
    month_in_words,
    one_line,
    quoted,
    truncate,
)

if TYPE_CHECKING:
    from pivot_cli.plan.nouns import Nom

_CLES = "faite abandonnee reconduite nouvelles confirmer proche cours venir continu commencer determiner"
CLES = dict(zip(Etat, _CLES.split(), strict=True))
"""What style sheets call each état, in the order of `Etat`."""
TO_DO = "mener"
"""What they call what is to come and is to be done from now on."""
_GROUPS = (  # the name and the key of each of the `GROUPS`
    ("réalisées", "faite"),
    ("échéance passée", "confirmer"),
    ("échéance proche", "proche"),
    ("plus tard", "venir"),
    ("sans date", "continu"),
    ("abandonnées", "abandonnee"),
    ("reconduites", "reconduite"),
)
_SHORT_TITLE = 64  # characters of an orientation's title where there is little room
MOST_TITLE = 72
"""Characters of an action's title where it stands among others."""
_MOST_CITED = 3  # actions named in a sentence
_BAR = 44  # pixels from one bar of the chart to the next
_ROOM = 5.0  # percentage of the width under which a figure does not fit in its bar


def key_of(one: Situation) -> str:
    """What style sheets call the état of an action."""
    return TO_DO if one.entamee and one.etat is Etat.A_VENIR else CLES[one.etat]


class Anchors:
    """The anchors of a document: an id made into one, told apart where two of a faulty plan are the same."""

    def __init__(self, portrait: Portrait) -> None:
        self._of: dict[int, str] = {}
        taken: Counter[str] = Counter()
        for situation in portrait.situations:
            place = situation.place
            for thing, name in (
                (place.orientation, f"orientation-{place.orientation.numero}"),
                (place.objectif, f"objectif-{place.objectif_id}"),
                (situation, situation.id),
            ):
                if id(thing) not in self._of:
                    plain = name.replace("?", "x")
                    taken[plain] += 1
                    self._of[id(thing)] = plain if taken[plain] == 1 else f"{plain}-{taken[plain]}"

    def of(self, thing: object) -> str:
        """The anchor of a situation, an objectif or an orientation of the portrait."""
        return self._of[id(thing)]


def opening(plan: Plan, au: date, sorte: str, warnings: Iterable[str], titre: str = "") -> Entete:
    """What every document opens with; empty warnings are left out."""
    untitled = f" du plan stratégique {phrases.years_told(plan, au)}".rstrip()
    own = f"{NBSP}: {phrases.plan_title(plan)}" if plan.organisme.plan.titre else untitled
    return Entete(
        organisme=one_line(plan.organisme.nom) or phrases.plan_title(plan),
        titre=titre or f"État d'avancement{own}",
        sorte=sorte,
        au=day_in_words(au),
        au_iso=au.isoformat(),
        avertissements=tuple(filter(None, warnings)),
    )


def report_opening(portrait: Portrait, situations: Sequence[Situation], sorte: str, today: date) -> Entete:
    """The opening of an internal document about some of the actions."""
    plan = portrait.plan
    warnings = phrases.incomplete(plan), phrases.as_recorded_today(portrait, today), phrases.time_over(portrait)
    entete = opening(plan, portrait.au, sorte, warnings)
    return entete._replace(etendue=phrases.span_of(plan), consigne=phrases.recorded(situations, plan.niveaux.action))


def line(situation: Situation, portrait: Portrait, anchors: Anchors | None, precision: str = "") -> Ligne:
    """An action as a list shows it."""
    action = situation.action
    texte, lecture = falls_due(situation)
    return Ligne(
        id=situation.id,
        ancre=anchors.of(situation) if anchors else "",
        texte=phrases.text_of(action),
        titre=phrases.title_of(action),
        responsables=phrases.labels(action.responsables, portrait.plan.registre),
        echeance=texte,
        lecture=lecture,
        etat=stands(situation, portrait.plan.niveaux.action),
        cle=key_of(situation),
        precision=precision,
        consigne=phrases.news_of(action, portrait.plan.niveaux.action) if situation.open and action.consignee else "",
        en_cours=situation.open and action.statut is not None and action.statut.under_way,
    )


def as_written(echeance: Echeance | Refus) -> tuple[str, str]:
    """An échéance in the plan's words, and until which day they are read, if they do not say it by themselves."""
    reading = "non comprise" if isinstance(echeance, Refus) else ""
    if not isinstance(echeance, Refus) and echeance.fin and not when.obvious(echeance):
        reading = f"jusqu'au {day_in_words(echeance.fin)}"
    texte = one_line(echeance.texte)
    undetermined = isinstance(echeance, Echeance) and echeance.type is TypeEcheance.INDETERMINEE
    if (undetermined and not _TO_SETTLE.search(fold(texte))) or set(texte) <= _NOTHING:
        return UNDETERMINED, ""  # « n/a », « aucune », « ? » tell nothing to who reads a document
    return texte, reading


UNDETERMINED = "à déterminer"
"""What is said of an échéance of which the plan says nothing that can be read."""
_NOTHING = frozenset(" -–—‑−.…?/")  # what is typed where there is nothing to type
_TO_SETTLE = re.compile(r"\ba [a-z]{4}|date|echeanc")  # « à évaluer », « sans date »: the words of the plan say it


def falls_due(one: Situation) -> tuple[str, str]:
    """The same; of what comes again, once its first time is behind, how often it does, and the day now awaited."""
    if (again := when.due_again(one)) is None:
        return as_written(one.action.echeance)
    often, day = again
    return often, when.awaited(one, day)


def stands(one: Situation, noun: Nom) -> str:
    """The état of an action in the words of a cell, with what is recorded of it."""
    said = phrases.short_etat(one, noun)
    news = phrases.news_of(one.action, noun) if one.open and one.action.consignee else ""
    if news in said:
        return said
    return news if one.etat is Etat.EN_COURS else f"{said}; {news}"


def closed(situations: Iterable[Situation], noun: Nom, one: str = "est", several: str = "sont") -> list[str]:
    """« 26 sont réalisées », « 3 sont abandonnées »: the actions that are closed, counted état by état."""
    numbers = count(situations)
    return each_counted(
        *(
            (numbers[etat], f"{one} {noun.said(etat)}", f"{several} {noun.said(etat, 2)}")
            for etat in Etat
            if etat.closed
        )
    )


def recorded_of(some: Sequence[Situation], noun: Nom) -> str:
    """What is recorded of the passed échéances of these actions: « : 1 en cours, 2 à confirmer »."""
    unknown = count(some)[Etat.A_CONFIRMER]
    news = phrases.news_in_words([one for one in some if one.etat is Etat.EN_RETARD], noun)
    told = ", ".join(filter(None, (news, f"{unknown} à confirmer" if unknown else "")))
    return f"{NBSP}: {told}" if told else ""


def passed_of(some: Sequence[Situation], portrait: Portrait) -> str:
    """« 3 échéances passées sur les 4 actions visées, la première depuis mars 2019 »."""
    first, number = first_passed(some), sum(one.etat.passed for one in some)
    if first is None:
        return ""
    of_all = f" sur les {portrait.plan.niveaux.action.counted(len(some), 'visé')}" if number < len(some) else ""
    since = f", {'depuis' if number == 1 else 'la première depuis'} {month_in_words(first)}"
    return f"{counted(number, 'échéance passée', 'échéances passées')}{of_all}{'' if portrait.over else since}"


def cited(one: Situation) -> str:
    """An action's title between guillemets, and its id."""
    return f"{quoted(truncate(phrases.title_of(one.action), MOST_TITLE))} ({one.id})"


def first_cited(some: Sequence[Situation]) -> str:
    """The first of these actions, by their titles, and how many others there are."""
    left = len(some) - _MOST_CITED
    others = [counted(left, "autre")] if left > 0 else []
    return listed([*map(cited, some[:_MOST_CITED]), *others])


def company(situation: Situation, portrait: Portrait, board: Responsable | None = None) -> str:
    """With whom the board shares an action (« avec DG »), or without a board, who is responsible; or nobody."""
    others = phrases.labels(situation.action.responsables, portrait.plan.registre, (board,) if board else ())
    return "" if others == "–" else f"avec {others}" if board else others


def dossier(some: Sequence[Situation], seen: Portrait, anchors: Anchors | None = None, **shown: Any) -> Groupe:
    """The objectif of these actions, and what is shown of it."""
    place = some[0].place
    ancre, titre = anchors.of(place.objectif) if anchors else "", phrases.heading_of(place, seen.plan.niveaux)
    return Groupe(place.objectif_id, **{"titre": titre, "ancre": ancre} | shown)


def under_a_level(place: Place) -> bool:
    """Whether an action is under something else than its orientation, whose heading says it already."""
    return len(place.levels) > 1


def told_apart(portrait: Portrait) -> dict[int, str]:
    """The title of each objectif, by its identity, with as much of its place as it takes for no two to be the same."""
    niveaux = portrait.plan.niveaux
    places = [some[0].place for some in grouped(portrait.situations, "objectif")]
    titles = {id(place.objectif): [phrases.heading_of(place, niveaux)] for place in places}
    told: tuple[Callable[[Place], str], ...] = (
        lambda place: phrases.volet_called(place.volet, niveaux) if len(place.levels) > 2 else "",
        lambda place: f"{niveaux.orientation.nom} {phrases.number_of(place.orientation, niveaux)}",
        lambda place: "" if place.objectif.implied else f"{niveaux.objectif.nom} {place.objectif.numero}",
        lambda place: place.objectif_id,  # where two volets have one name
    )
    for tell in told:
        shared = Counter(tuple(map(fold, title)) for title in titles.values())
        for place in places:
            title = titles[id(place.objectif)]
            if shared[tuple(map(fold, title))] > 1:
                titles[id(place.objectif)] = [*title, *filter(None, [tell(place)])]
    return {key: f"{title[0]} ({', '.join(title[1:])})" if title[1:] else title[0] for key, title in titles.items()}


def indicators(measured: Objectif | Action) -> tuple[IndicateurVue, ...]:
    """What an objectif, or an action, is measured by."""
    return tuple(IndicateurVue(*(one_line(text or "") for text in one[:3])) for one in measured.indicateurs)


def names(situations: Iterable[Situation], plan: Plan) -> tuple[Champ, ...]:
    """What the short names of these actions stand for."""
    return tuple(Champ(short, whole) for short, whole in phrases.short_names(situations, plan))


def synthesis(situations: Sequence[Situation], portrait: Portrait, anchors: Anchors) -> Synthese:
    """Where the actions stand, as counts, and by orientation as figures and as the bars of a chart."""
    niveaux = portrait.plan.niveaux
    rows = [(some[0].place.orientation, phrases.by_group(some)) for some in grouped(situations, "orientation")]
    totals = group_counts(phrases.by_group(situations), niveaux.action)
    kept = [n for n, total in enumerate(totals) if total.nombre]
    widest = max((sum(numbers) for _, numbers in rows), default=1)
    rangs = tuple(
        Rang(
            numero=phrases.number_of(orientation, niveaux),
            ancre=anchors.of(orientation),
            titre=one_line(orientation.titre),
            court=truncate(one_line(orientation.titre), _SHORT_TITLE),
            total=sum(numbers),
            nombres=tuple(numbers[n] for n in kept),
            parts=tuple(_parts(numbers, widest, totals)),
            y=_BAR * row,
        )
        for row, (orientation, numbers) in enumerate(rows)
    )
    counts = phrases.counts_in_words(situations, portrait)
    return Synthese(
        total=len(situations),
        comptes=tuple(Compte(name, _key(etat, name), number, comment) for etat, name, number, comment in counts),
        groupes=tuple(totals[n] for n in kept),
        rangs=rangs,
        hauteur=_BAR * len(rangs),
        description=" ".join(
            f"{capitalized(niveaux.orientation.nom)} {rang.numero}{NBSP}: {niveaux.action.counted(rang.total)}; "
            f"{', '.join(f'{part.nom.lower()} {part.nombre}' for part in rang.parts)}."
            for rang in rangs
        ),
    )


def group_counts(numbers: Sequence[int], nom: Nom = phrases.ACTION) -> tuple[Compte, ...]:
    """How many actions are in each of the `GROUPS`, as tables head them."""
    named = zip(_GROUPS, numbers, strict=True)
    return tuple(Compte(capitalized(agreed_line(name, nom)), key, number) for (name, key), number in named)


def _key(etat: Etat, name: str) -> str:
    """The key of a line of the counts: « à venir » has two, of which the one that says a day is to be done."""
    return TO_DO if etat is Etat.A_VENIR and name != phrases.ETATS[etat] else CLES[etat]


def _parts(numbers: Sequence[int], widest: int, groups: Iterable[Compte]) -> Iterator[Part]:
    """The parts of a bar, one after the other."""
    x = 0.0
    for group, number in zip(groups, numbers, strict=True):
        width = 100 * number / widest
        if number:
            yield Part(group.nom, group.cle, number, percent(x), percent(width), percent(x + width / 2), width >= _ROOM)
        x += width


@lru_cache(maxsize=4096)
def percent(value: float) -> str:
    """A place in a chart, to the hundredth: « 12.5% »."""
    return f"{round(value, 2):g}%"
