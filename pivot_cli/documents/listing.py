"""From a portrait to the values that documents share: openings, lists of actions, counts."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from pivot_cli.documents.values import (
    Champ,
    Compte,
    Entete,
    Groupe,
    IndicateurVue,
    Ligne,
    Part,
    Rang,
    Synthese,
)
from pivot_cli.echeance import Refus
from pivot_cli.suivi.etat import Etat, by_objectif, grouped
from pivot_cli.suivi.phrases import (
    as_recorded_today,
    by_group,
    counts_in_words,
    elapsed_since,
    incomplete,
    labels,
    obvious,
    recorded_of,
    short_names,
    shown,
    span_of,
    time_over,
    title_of,
)
from pivot_cli.text import NBSP, clean, counted, day_in_words, listed, truncate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from pivot_cli.echeance import Echeance
    from pivot_cli.plan.model import Objectif, Plan, Responsable
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
        for situation in portrait.situations:
            place = situation.place
            if id(place.orientation) not in self._of:
                self._of[id(place.orientation)] = _free(f"orientation-{place.orientation.numero}", taken)
            if id(place.objectif) not in self._of:
                self._of[id(place.objectif)] = _free(f"objectif-{place.objectif_id}", taken)
            self._of[id(situation)] = _free(situation.id, taken)

    def of(self, thing: object) -> str:
        """The anchor of a situation, an objectif or an orientation of the portrait."""
        return self._of[id(thing)]


def _free(wanted: str, taken: dict[str, int]) -> str:
    plain = wanted.replace("?", "x")
    number = taken[plain] = taken.get(plain, 0) + 1
    return plain if number == 1 else f"{plain}-{number}"


def opening(plan: Plan, au: date, sorte: str, warnings: Iterable[str], titre: str = TITRE) -> Entete:
    """What every document opens with; empty warnings are left out."""
    return Entete(
        organisme=shown(plan.organisme.nom) or "Plan stratégique",
        titre=titre,
        sorte=sorte,
        au=day_in_words(au),
        au_iso=au.isoformat(),
        avertissements=tuple(filter(None, warnings)),
    )


def report_opening(portrait: Portrait, situations: Sequence[Situation], sorte: str, today: date) -> Entete:
    """The opening of an internal document about some of the actions."""
    warnings = (incomplete(portrait.plan), as_recorded_today(portrait, today), time_over(portrait))
    entete = opening(portrait.plan, portrait.au, sorte, warnings)
    return entete._replace(etendue=span_of(portrait.plan), consigne=recorded_of(situations))


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


def line(situation: Situation, portrait: Portrait, anchors: Anchors | None, precision: str = "") -> Ligne:
    """An action as a list shows it."""
    action = situation.action
    return Ligne(
        id=situation.id,
        ancre=anchors.of(situation) if anchors else "",
        texte=clean(action.description),
        titre=title_of(action),
        responsables=labels(action.responsables, portrait.plan),
        echeance=shown(action.echeance.texte),
        lecture=last_day(action.echeance),
        etat=SHORT[situation.etat],
        cle=CLES[situation.etat],
        precision=precision,
    )


def company(situation: Situation, portrait: Portrait, board: Responsable | None = None) -> str:
    """With whom the board shares an action (« avec DG »), or without a board, who is responsible; or nobody."""
    others = labels(situation.action.responsables, portrait.plan, (board,) if board else ())
    return "" if others == "–" else f"avec {others}" if board else others


def last_day(echeance: Echeance | Refus) -> str:
    """Until when an échéance is read, where its words do not say it."""
    if isinstance(echeance, Refus):
        return "non comprise"
    return "" if echeance.fin is None or obvious(echeance) else f"jusqu'au {day_in_words(echeance.fin)}"


def dossiers(situations: Iterable[Situation], portrait: Portrait, anchors: Anchors) -> tuple[Groupe, ...]:
    """What has passed, objectif by objectif, the one that waits for the longest first."""
    totals = Counter(id(situation.place.objectif) for situation in portrait.situations)
    groups = []
    for dossier in by_objectif(situations):
        objectif, number = dossier.place.objectif, len(dossier.situations)
        since = elapsed_since(dossier.situations, portrait)
        passed = f"{number} sur {totals[id(objectif)]} {'passée' if number < 2 else 'passées'}"
        groups.append(
            Groupe(
                id=dossier.id,
                titre=shown(objectif.titre),
                ancre=anchors.of(objectif),
                note=f"{passed}, depuis {since}" if since else passed,
                lignes=tuple(line(situation, portrait, anchors) for situation in dossier.situations),
            )
        )
    return tuple(groups)


def indicators(objectif: Objectif) -> tuple[IndicateurVue, ...]:
    """What an objectif is measured by."""
    return tuple(
        IndicateurVue(shown(one.libelle), shown(one.cible or ""), shown(one.atteint or ""))
        for one in objectif.indicateurs
    )


def names(situations: Iterable[Situation], plan: Plan) -> tuple[Champ, ...]:
    """What the short names of these actions stand for."""
    return tuple(Champ(short, whole) for short, whole in short_names(situations, plan))


# --- counts -----------------------------------------------------------------------------------------------

_GROUPS = (  # the name and the key of each of the `GROUPS`
    ("Réalisées", "faite"),
    ("Échéance passée", "confirmer"),
    ("Échéance proche", "proche"),
    ("À venir", "venir"),
    ("Sans date", "continu"),
    ("Abandonnées", "abandonnee"),
)
_SHORT_TITLE = 64  # characters of an orientation's title where there is little room
_BAR = 44  # pixels from one bar of the chart to the next
_ROOM = 5.0  # percentage of the width under which a figure does not fit in its bar


def synthesis(situations: Sequence[Situation], portrait: Portrait, anchors: Anchors) -> Synthese:
    """Where the actions stand, as counts, and by orientation as figures and as the bars of a chart."""
    rows = [(some[0].place.orientation, by_group(some)) for some in grouped(situations, "orientation")]
    totals = by_group(situations)
    kept = [n for n, total in enumerate(totals) if total]
    widest = max((sum(numbers) for _, numbers in rows), default=1)
    rangs = tuple(
        Rang(
            numero=orientation.numero,
            ancre=anchors.of(orientation),
            titre=shown(orientation.titre),
            court=truncate(shown(orientation.titre), _SHORT_TITLE),
            total=sum(numbers),
            nombres=tuple(numbers[n] for n in kept),
            parts=tuple(_parts(numbers, widest)),
            y=_BAR * row,
        )
        for row, (orientation, numbers) in enumerate(rows)
    )
    return Synthese(
        total=len(situations),
        comptes=tuple(
            Compte(name, CLES[etat], number, comment)
            for etat, name, number, comment in counts_in_words(situations, portrait)
        ),
        groupes=tuple(Compte(*_GROUPS[n], totals[n]) for n in kept),
        rangs=rangs,
        hauteur=_BAR * len(rangs),
        description=" ".join(_bar_in_words(rang) for rang in rangs),
    )


def _parts(numbers: Sequence[int], widest: int) -> Iterator[Part]:
    """The parts of a bar, one after the other."""
    x = 0.0
    for (name, key), number in zip(_GROUPS, numbers, strict=True):
        width = 100 * number / widest
        if number:
            yield Part(name, key, number, percent(x), percent(width), percent(x + width / 2), width >= _ROOM)
        x += width


def _bar_in_words(rang: Rang) -> str:
    parts = ", ".join(f"{part.nom.lower()} {part.nombre}" for part in rang.parts)
    return f"Orientation {rang.numero}{NBSP}: {counted(rang.total, 'action')}; {parts}."


@lru_cache(maxsize=4096)
def percent(value: float) -> str:
    """A place in a chart, to the hundredth: « 12.5% »."""
    return f"{round(value, 2):g}%"
