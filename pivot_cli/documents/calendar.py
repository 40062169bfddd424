"""The calendar of the actions, as places in a picture: percentages of its width, pixels of its height.

One strip for each objectif, one bar for each action, beside its name; nothing here draws. What has no date has a mark
at the left, what comes again and again has one mark for each of its windows.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from pivot_cli.documents.listing import Anchors, falls_due, key_of, percent, stands
from pivot_cli.documents.values import Champ, formerly
from pivot_cli.echeance import Echeance, TypeEcheance, windows
from pivot_cli.suivi.etat import Etat, Portrait, Situation, grouped
from pivot_cli.suivi.horizon import first_day, is_dated, last_day, last_named
from pivot_cli.suivi.phrases import heading_of, number_of, title_of
from pivot_cli.text import NBSP, day_in_words, fold, one_line, quoted, truncate

_LINE = 18  # pixels from one bar to the next
_MOST_MARKS = 40  # of one action that comes again and again
_MOST_YEARS = 12  # that are named along the top
_SHORTEST = 0.9  # percentage of the width of the shortest bar
_WORDS_ROOM = 32.0  # percentage of the width that the words of a bar take on a telephone
_NAME = 48  # characters of the name of a bar: one line on paper

# Where they are shorter than the état's name, or other words.
_WORDS = {Etat.PROCHE: "proche", Etat.A_DETERMINER: "à déterminer"}


class Marque(NamedTuple):
    """Un rectangle d'une barre."""

    x: str  # Où il commence, en pourcentage de la largeur.
    largeur: str  # Sa largeur, en pourcentage.


class Barre(NamedTuple):
    """Une action dans le calendrier."""

    id: str  # L'id de l'action.
    ancre: str  # L'ancre de sa fiche dans le document complet.
    nom: str  # Son titre, coupé à la fin d'un mot.
    mention: str  # Son échéance, et où elle en est avec ce qui en est consigné : « Mars 2019 · passée, en cours ».
    cle: str  # Le nom de son état dans les feuilles de style, qui lui donne sa forme.
    forme: str  # intervalle, ouverte (sans fin), borne (sans début), repetee, sans-date.
    y_marques: int  # Où ses rectangles commencent dans sa bande, en pixels.
    epaisseur: int  # Leur hauteur, en pixels.
    marques: tuple[Marque, ...]  # Ses rectangles : un seul, sauf pour ce qui revient.
    mots: str  # Ce qu'elle est, en deux ou trois mots.
    x_mots: str  # Où ces mots se placent, en pourcentage de la largeur.
    y_mots: int  # La ligne de base de ces mots dans la bande, en pixels.
    avant: bool  # Si les mots finissent là, plutôt que d'y commencer.
    titre: str  # L'action, son échéance et son état, en une phrase.


class Bande(NamedTuple):
    """Un objectif dans le calendrier."""

    id: str  # L'id de l'objectif.
    ancre: str  # L'ancre de l'objectif dans le document complet.
    titre: str  # Le titre de l'objectif.
    debut: str  # Le premier jour plausible de ses actions datées, comme 2020-01-15; vide si aucune ne l'est.
    fin: str  # Le dernier, comme 2020-01-15; vide de même.
    hauteur: int  # La hauteur de la bande, en pixels, là où toutes ses barres sont dans une image.
    barres: tuple[Barre, ...]  # Une barre par action.
    description: str  # La bande, en mots.


@formerly(jalons="bandes")
class Partie(NamedTuple):
    """Une orientation dans le calendrier."""

    numero: int | str  # Le numéro de l'orientation, celui que le document lui donne s'il en a un : « A ».
    titre: str  # Son titre.
    bandes: tuple[Bande, ...]  # Une bande par objectif.


class Calendrier(NamedTuple):
    """Les actions dans le temps, par objectif."""

    debut: str  # Le premier jour du calendrier, en mots.
    fin: str  # Le dernier jour, en mots.
    annees: tuple[Champ, ...]  # Les années, le long du haut.
    aujourdhui: str  # La place du jour du document, en pourcentage; vide s'il est hors du calendrier.
    legende_jour: str  # Ce que dit la ligne du jour.
    parties: tuple[Partie, ...]  # Une partie par orientation.


class _Scale(NamedTuple):
    """From days to percentages of a width."""

    first: date
    last: date

    def x(self, day: date) -> float:
        """Where a day begins; a day outside stands at the edge."""
        span = (self.last - self.first).days + 1
        return 100 * min(max((day - self.first).days, 0), span) / span

    def mark(self, debut: date, fin: date) -> tuple[float, float]:
        """The start and the width of an interval of days, wide enough to be seen."""
        start = self.x(debut)
        end = 100.0 if fin >= self.last else self.x(fin + timedelta(days=1))
        width = max(end - start, _SHORTEST)
        return min(start, 100 - width), width


def calendar(situations: Sequence[Situation], portrait: Portrait, anchors: Anchors) -> Calendrier | None:
    """The picture of these actions, over whole years; None for a plan without a single date."""
    start, end = portrait.plan.debut, last_named(portrait.plan)
    if start is None or end is None:
        return None
    scale = _Scale(date(min(start, end).year, 1, 1), date(max(start, end).year, 12, 31))
    within = scale.first <= portrait.au <= scale.last
    step = -(-(scale.last.year - scale.first.year + 1) // _MOST_YEARS)
    years = range(scale.first.year, scale.last.year + 1, step)
    return Calendrier(
        debut=day_in_words(scale.first),
        fin=day_in_words(scale.last),
        annees=tuple(Champ(str(year), percent(scale.x(date(year, 1, 1)))) for year in years),
        aujourdhui=percent(scale.x(portrait.au)) if within else "",
        legende_jour=f"Le {day_in_words(portrait.au)}{'' if within else ', hors du calendrier'}",
        parties=tuple(
            Partie(
                number_of(own[0].place.orientation, portrait.plan.niveaux),
                one_line(own[0].place.orientation.titre),
                tuple(_strip(some, portrait, anchors, scale) for some in grouped(own, "objectif")),
            )
            for own in grouped(situations, "orientation")
        ),
    )


def _strip(some: Sequence[Situation], portrait: Portrait, anchors: Anchors, scale: _Scale) -> Bande:
    place = some[0].place
    bars = tuple(_bar(one, _LINE * row, portrait, anchors, scale) for row, one in enumerate(some))
    dated = [echeance for one in some if is_dated(echeance := one.action.echeance)]
    return Bande(
        id=place.objectif_id,
        ancre=anchors.of(place.objectif),
        titre=heading_of(place, portrait.plan.niveaux),
        debut=min((first_day(echeance).isoformat() for echeance in dated), default=""),
        fin=max((last_day(echeance).isoformat() for echeance in dated), default=""),
        hauteur=_LINE * len(bars) + 2,
        barres=bars,
        description=" ".join(bar.titre for bar in bars),
    )


def _bar(one: Situation, top: int, portrait: Portrait, anchors: Anchors, scale: _Scale) -> Barre:
    shape, marks = _marks(one, portrait, scale)
    start, end = marks[0][0], marks[-1][0] + marks[-1][1]
    after = end <= 100 - _WORDS_ROOM
    before = not after and start >= _WORDS_ROOM
    beside = after or before
    again = ", à refaire" if shape == "repetee" else ""
    wording, noun = falls_due(one)[0], portrait.plan.niveaux.action
    title, told = title_of(one.action).rstrip("."), stands(one, noun)
    state = _WORDS.get(one.etat, noun.said(one.etat.value))
    if one.etat is Etat.EN_RETARD:
        state = f"{noun.agreed('passé')}, avec nouvelles"
    return Barre(
        id=one.id,
        ancre=anchors.of(one),
        nom=truncate(title, _NAME),
        mention=_mention(wording, told),
        cle=key_of(one),
        forme=shape,
        # A bar that leaves no room beside it is thin, under its words.
        y_marques=top + (5 if beside else 13),
        epaisseur=10 if beside else 3,
        marques=tuple(Marque(percent(x), percent(width)) for x, width in marks),
        mots=f"{one.id.rsplit('.', 1)[-1]} · {state}{again}",
        x_mots=percent(end if after else start),
        y_mots=top + (14 if beside else 11),
        avant=before,
        titre=f"{title} ({one.id}){NBSP}: {quoted(wording)}, {told}.",
    )


def _mention(wording: str, told: str) -> str:
    """An échéance with where the action stands, where its words do not say it already: « En continu »."""
    if fold(told).startswith(fold(wording)):
        return f"{wording}{told[len(wording) :]}"
    return f"{wording} · {told.removeprefix('échéance ')}"


def _marks(one: Situation, portrait: Portrait, scale: _Scale) -> tuple[str, list[tuple[float, float]]]:
    """The shape of a bar, and the start and width of each of its marks."""
    echeance = one.action.echeance
    nowhere = "sans-date", [(0.0, _SHORTEST)]
    if not isinstance(echeance, Echeance):
        return nowhere
    rule = one.action.recurrence if isinstance(one.action.recurrence, Echeance) else echeance
    if rule.recurrence:  # the last days of its windows, within the picture
        start = max(echeance.debut or portrait.look.start or scale.first, scale.first)
        dated = start == echeance.debut and (rule is not echeance or echeance.premiere is None)
        windows_of_it = windows(
            rule.recurrence, start, scale.last, portrait.look.conventions, most=_MOST_MARKS, dated=dated
        )
        if marks := [scale.mark(window.fin, window.fin) for window in windows_of_it if window.fin <= scale.last]:
            return "repetee", marks
    if echeance.type is TypeEcheance.CONTINU:
        return "ouverte", [(0.0, 100.0)]
    if echeance.fin is None:
        return ("ouverte", [scale.mark(echeance.debut, scale.last)]) if echeance.debut else nowhere
    if echeance.debut is None:
        return "borne", [scale.mark(echeance.fin, echeance.fin)]
    return "intervalle", [scale.mark(echeance.debut, echeance.fin)]


def milestones(picture: Calendrier | None) -> tuple[Partie, ...]:
    """The objectifs that are dated, by orientation, for a diagram of the objectifs alone."""
    parts = picture.parties if picture else ()
    dated = (part._replace(bandes=tuple(strip for strip in part.bandes if strip.debut)) for part in parts)
    return tuple(part for part in dated if part.bandes)
