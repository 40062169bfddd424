"""From a portrait to the values that documents share: openings, lists of actions, counts."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from pivot_cli.echeance import Refus
from pivot_cli.report.values import Compte, Entete, Groupe, IndicateurVue, Ligne, NomCle, Part, Rang, Synthese
from pivot_cli.suivi.etat import Etat, by_objectif, count, grouped
from pivot_cli.suivi.phrases import (
    ETATS,
    GROUPS,
    as_recorded_today,
    comment_on,
    elapsed_since,
    incomplete,
    labels,
    obvious,
    recorded_of,
    short_day,
    shown,
    span_of,
    time_over,
    title_of,
)
from pivot_cli.text import NBSP, clean, counted, day_in_words, listed, truncate

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pivot_cli.echeance import Echeance
    from pivot_cli.plan.model import Indicateur, Place
    from pivot_cli.suivi.etat import Portrait, Selection, Situation

TITRE = "État d'avancement du plan stratégique"

CLES = {
    Etat.REALISEE: "faite",
    Etat.ABANDONNEE: "abandonnee",
    Etat.EN_RETARD: "retard",
    Etat.A_CONFIRMER: "confirmer",
    Etat.PROCHE: "proche",
    Etat.A_VENIR: "venir",
    Etat.EN_CONTINU: "continu",
    Etat.A_COMMENCER: "commencer",
    Etat.A_DETERMINER: "determiner",
}
"""What style sheets call each état."""

SHORT = {etat: etat.value for etat in Etat} | {
    Etat.A_CONFIRMER: "échéance passée, à confirmer",
    Etat.EN_RETARD: "en retard, échéance passée",
}
"""Each état in the words of a cell."""


class Anchors:
    """The anchors of a document: an id made into one, told apart where two of a faulty plan are the same."""

    def __init__(self, portrait: Portrait) -> None:
        self._of: dict[int, str] = {}
        taken: dict[str, int] = {}
        for one in portrait.situations:
            place = one.place
            if id(place.orientation) not in self._of:
                self._of[id(place.orientation)] = _free(f"orientation-{place.orientation.numero}", taken)
            if id(place.objectif) not in self._of:
                self._of[id(place.objectif)] = _free(f"objectif-{place.objectif_id}", taken)
            self._of[id(one)] = _free(one.id, taken)

    def of(self, thing: object) -> str:
        """The anchor of a situation, an objectif or an orientation of the portrait."""
        return self._of[id(thing)]


def _free(wanted: str, taken: dict[str, int]) -> str:
    plain = wanted.replace("?", "x")
    number = taken[plain] = taken.get(plain, 0) + 1
    return plain if number == 1 else f"{plain}-{number}"


def opening(
    portrait: Portrait,
    situations: Sequence[Situation],
    sorte: str,
    today: date,
    *,
    portee: str = "",
    titre: str = TITRE,
) -> Entete:
    """The opening of a document about some of the actions."""
    plan = portrait.plan
    warnings = (incomplete(plan), as_recorded_today(portrait, today), time_over(portrait))
    said = [text for text in warnings if text]
    return Entete(
        organisme=shown(plan.organisme.nom) or "Plan stratégique",
        titre=titre,
        sorte=sorte,
        au=day_in_words(portrait.au),
        au_iso=portrait.au.isoformat(),
        etendue=span_of(plan),
        portee=portee,
        consigne=recorded_of(situations),
        avertissements=tuple(said),
    )


def scope(selection: Selection, kept: int, total: int) -> str:
    """What a selection keeps, in words; nothing where everything is kept."""
    if not selection.responsables and not selection.orientations:
        return ""
    parts = [shown(who.nom) for who in selection.responsables]
    said = listed(parts, "ou")
    if selection.orientations:
        plural = "s" if len(selection.orientations) > 1 else ""
        numbers = f"orientation{plural} {listed([str(number) for number in selection.orientations])}"
        said = f"{said}, {numbers}" if said else numbers.capitalize()
    return f"{said}{NBSP}: {counted(kept, 'action')} sur {total}"


def line(one: Situation, portrait: Portrait, anchors: Anchors, precision: str = "") -> Ligne:
    """An action as a list shows it."""
    action = one.action
    return Ligne(
        id=one.id,
        ancre=anchors.of(one),
        texte=clean(action.description),
        titre=title_of(action),
        responsables=labels(action.responsables, portrait.plan),
        echeance=shown(action.echeance.texte),
        lecture=last_day(action.echeance),
        etat=SHORT[one.etat],
        cle=CLES[one.etat],
        precision=precision,
    )


def last_day(echeance: Echeance | Refus) -> str:
    """Until when an échéance is read, where its words do not say it."""
    if isinstance(echeance, Refus):
        return "non comprise"
    return "" if echeance.fin is None or obvious(echeance) else f"jusqu'au {day_in_words(echeance.fin)}"


def dossiers(situations: Sequence[Situation], portrait: Portrait, anchors: Anchors) -> tuple[Groupe, ...]:
    """What has passed, objectif by objectif, the one that waits for the longest first."""
    totals = Counter(id(one.place.objectif) for one in portrait.situations)
    found = []
    for dossier in by_objectif(situations):
        number = len(dossier.situations)
        since = elapsed_since(dossier.situations, portrait)
        passed = f"{number} sur {totals[id(dossier.place.objectif)]} {'passée' if number < 2 else 'passées'}"
        found.append(
            Groupe(
                id=dossier.id,
                ancre=anchors.of(dossier.place.objectif),
                titre=shown(dossier.place.objectif.titre),
                note=f"{passed}, depuis {since}" if since else passed,
                lignes=tuple(line(one, portrait, anchors) for one in dossier.situations),
            )
        )
    return tuple(found)


def indicator(one: Indicateur) -> IndicateurVue:
    """What an objectif is measured by."""
    return IndicateurVue(shown(one.libelle), shown(one.cible or ""), shown(one.atteint or ""))


# --- counts -----------------------------------------------------------------------------------------------

_GROUP_KEYS = ("faite", "confirmer", "proche", "venir", "continu", "abandonnee")
_GROUP_NAMES = ("Réalisées", "Échéance passée", "Échéance proche", "À venir", "Sans date", "Abandonnées")
_SHORT_TITLE = 64  # characters of an orientation's title where there is little room
_BAR = 44  # pixels from one bar of the chart to the next
_ROOM = 5.0  # percentage of the width under which a figure does not fit in its bar


def counts(situations: Sequence[Situation], portrait: Portrait) -> tuple[Compte, ...]:
    """How many actions are in each état that applies to one, and in « réalisée » even where none is."""
    by_etat: dict[Etat, list[Situation]] = {etat: [] for etat in Etat}
    for one in situations:
        by_etat[one.etat].append(one)
    return tuple(
        Compte(etat_name(etat, portrait), CLES[etat], len(some), comment_on(etat, some))
        for etat, some in by_etat.items()
        if some or etat is Etat.REALISEE
    )


def etat_name(etat: Etat, portrait: Portrait) -> str:
    """What the actions of an état are called together, with the end of the horizon for those that are near."""
    if etat is Etat.PROCHE:
        return f"{ETATS[etat]} (d'ici le {short_day(portrait.look.horizon_end, portrait.au)})"
    return ETATS[etat]


def synthesis(situations: Sequence[Situation], portrait: Portrait, anchors: Anchors) -> Synthese:
    """Where the actions stand, as counts, and by orientation as figures and as the bars of a chart."""
    gathered: list[tuple[Place, list[int]]] = []
    for some in grouped(situations, "orientation"):
        own = count(some)
        gathered.append((some[0].place, [sum(own[etat] for etat in etats) for _, _, etats in GROUPS]))
    kept = [n for n in range(len(GROUPS)) if any(numbers[n] for _, numbers in gathered)]
    widest = max((sum(numbers) for _, numbers in gathered), default=1)
    rangs = tuple(
        _rang(place, numbers, kept, widest)._replace(ancre=anchors.of(place.orientation), y=_BAR * row)
        for row, (place, numbers) in enumerate(gathered)
    )
    return Synthese(
        total=len(situations),
        comptes=counts(situations, portrait),
        groupes=tuple(NomCle(_GROUP_NAMES[n], _GROUP_KEYS[n]) for n in kept),
        rangs=rangs,
        hauteur=_BAR * len(rangs),
        description=" ".join(_bar_in_words(rang) for rang in rangs),
    )


def _rang(place: Place, numbers: Sequence[int], kept: Sequence[int], widest: int) -> Rang:
    """A row, without its place and its anchor in the document."""
    parts, x = [], 0.0
    for n in kept:
        width = 100 * numbers[n] / widest
        if numbers[n]:
            middle = percent(x + width / 2)
            key = _GROUP_KEYS[n]
            parts.append(Part(_GROUP_NAMES[n], key, numbers[n], percent(x), percent(width), middle, width >= _ROOM))
        x += width
    orientation = place.orientation
    return Rang(
        numero=orientation.numero,
        ancre="",
        titre=shown(orientation.titre),
        court=truncate(shown(orientation.titre), _SHORT_TITLE),
        total=sum(numbers),
        nombres=tuple(numbers[n] for n in kept),
        parts=tuple(parts),
        y=0,
    )


def _bar_in_words(rang: Rang) -> str:
    parts = ", ".join(f"{part.nom.lower()} {part.nombre}" for part in rang.parts)
    return f"Orientation {rang.numero}{NBSP}: {counted(rang.total, 'action')}; {parts}."


@lru_cache(maxsize=4096)
def percent(value: float) -> str:
    """A place in a chart, to the hundredth: « 12.5% »."""
    return f"{round(value, 2):g}%"
