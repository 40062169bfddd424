"""What happened, in pictures: columns of numbers as places in a picture, and the same numbers for a table.

Percentages of its width, pixels of its height; nothing here draws. What was known at a day and what was done by it are
never one series; what nobody said is a band of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.documents.listing import percent, stands
from pivot_cli.echeance import Echeance, TypeEcheance, month_end
from pivot_cli.plan.model import Action
from pivot_cli.suivi.changes import dated
from pivot_cli.suivi.etat import Etat, Portrait, Situation, portrait
from pivot_cli.suivi.horizon import first_day, is_dated, last_day
from pivot_cli.suivi.phrases import title_of
from pivot_cli.suivi.when import wording
from pivot_cli.text import NBSP, capitalized, counted, day_in_words

if TYPE_CHECKING:
    from pivot_cli.plan.nouns import Nom

_HEIGHT, _TOP, _BOTTOM = 150, 12, 20  # pixels: of the columns, above and under them
_LEFT = 7.0  # percentage of the width, for the numbers at the left
_WIDE = 5.5  # percentage of the width from which a column has its name
_MOST_DAYS = 24


class Serie(NamedTuple):
    """Ce que compte une couleur d'une image."""

    cle: str  # Son nom dans les feuilles de style, qui lui donne sa forme.
    nom: str  # Ce que c'est.


class Morceau(NamedTuple):
    """Un rectangle d'une colonne."""

    cle: str  # Le nom de sa série dans les feuilles de style.
    y: str  # Où il commence, en pixels depuis le haut.
    hauteur: str  # Sa hauteur, en pixels.


class Colonne(NamedTuple):
    """Un jour ou une période d'une image, et ses nombres."""

    nom: str  # Le jour ou la période, en mots.
    etiquette: str  # Ce qu'on écrit dessous; vide où il n'y a pas la place.
    nombres: tuple[int, ...]  # Un par série, du bas vers le haut.
    ligne: int | None  # Le nombre de la ligne tiretée; rien s'il n'y en a pas.
    total: int  # La somme des nombres.
    x: str  # Où elle commence, en pourcentage de la largeur.
    fin: str  # Où elle finit, en pourcentage de la largeur.
    largeur: str  # Sa largeur, en pourcentage.
    y_total: str  # Où est son haut, en pixels depuis le haut.
    y_ligne: str  # Où passe la ligne tiretée, en pixels depuis le haut.
    y_suivant: str  # Où elle passe dans la colonne suivante; vide pour la dernière.
    morceaux: tuple[Morceau, ...]  # Ses rectangles, ceux de nombres nuls en moins.


class Repere(NamedTuple):
    """Un nombre de l'échelle."""

    nombre: int  # Le nombre.
    y: str  # Où il est, en pixels depuis le haut.


class Image(NamedTuple):
    """Une image, et les mêmes nombres pour un tableau."""

    titre: str  # Ce qu'elle montre.
    description: str  # Ce qu'on y voit, en quelques phrases.
    note: str  # D'où viennent ses nombres.
    de_quoi: str  # Ce qu'est une colonne : « Jour », « Exercice ».
    series: tuple[Serie, ...]  # Ce que comptent les couleurs, du bas vers le haut.
    nom_ligne: str  # Ce que compte la ligne tiretée; vide s'il n'y en a pas.
    colonnes: tuple[Colonne, ...] = ()  # Les colonnes, dans le temps.
    reperes: tuple[Repere, ...] = ()  # L'échelle.
    base: int = 0  # Où est le bas des colonnes, en pixels depuis le haut.
    hauteur: int = 0  # La hauteur de l'image, en pixels.


class Deplacement(NamedTuple):
    """Une échéance qui a été déplacée."""

    id: str  # L'id de l'action.
    titre: str  # L'action.
    echeances: tuple[str, ...]  # L'échéance adoptée, puis chaque suivante, jusqu'à celle d'aujourd'hui.
    etat: str = ""  # Où en est l'action, avec ce qui en est consigné.


class _Row(NamedTuple):
    """A column before it has a place: its name, its label (shown where it changes), its width, its numbers."""

    name: str
    label: str
    width: float
    numbers: tuple[int, ...]
    line: int | None = None


def _laid_out(rows: Sequence[_Row], image: Image) -> Image:
    """The image with its columns, side by side, each as tall as its numbers."""
    most = max((max(sum(row.numbers), row.line or 0) for row in rows), default=0) or 1
    base, whole, start = _TOP + _HEIGHT, sum(row.width for row in rows) or 1, _LEFT
    columns, room, awaited = [], 0.0, ""
    for row, before in zip(rows, (None, *rows), strict=False):
        width = (100 - _LEFT) * row.width / whole
        top, pieces = float(base), []
        for series, number in zip(image.series, row.numbers, strict=True):
            if number:
                tall = _HEIGHT * number / most
                top -= tall
                pieces.append(Morceau(series.cle, f"{top:.1f}", f"{tall:.1f}"))
        awaited = awaited if before and before.label == row.label else row.label
        room += width  # where a column is too narrow, the next one says it
        label = awaited if room >= _WIDE else ""
        room, awaited = (0.0, "") if label else (room, awaited)
        places = percent(start), percent(start + width), percent(width)
        line = f"{base - _HEIGHT * (row.line or 0) / most:.1f}"
        numbers = row.numbers, row.line, sum(row.numbers)
        columns.append(Colonne(row.name, label, *numbers, *places, f"{top:.1f}", line, "", tuple(pieces)))
        start += width
    columns = [*(one._replace(y_suivant=after.y_ligne) for one, after in pairwise(columns)), *columns[-1:]]
    scale = tuple(Repere(number, f"{base - _HEIGHT * number / most:.1f}") for number in (0, most // 2, most))
    return image._replace(colonnes=tuple(columns), reperes=scale, base=base, hauteur=base + _BOTTOM)


# --- what was known, day by day ---------------------------------------------------------------------------


def days_to_show(seen: Portrait, most: int = _MOST_DAYS) -> list[date]:
    """The days of the curve: those of the last known meetings, else the ends of the last months of the plan, up to the
    day.
    """
    au, start = seen.au, seen.look.start or seen.plan.debut
    days = [day for day in seen.plan.reunions.ca.days if day < au]
    if not days and start:
        days = list(_ends_of_months(start, au))
    return [*days[1 - most :], au]


def _ends_of_months(start: date, end: date) -> Iterator[date]:
    """The last days of the months from that of `start` on, before `end`."""
    day = month_end(start.year, start.month)
    while day < end:
        yield day
        following = day + timedelta(days=1)
        day = month_end(following.year, following.month)


def progress(now: Portrait, days: Sequence[date], known: Sequence[Portrait | None] | None) -> Image | None:
    """What was known of the plan at some days, in order, the last one that of `now`: done, under way or waiting (a note
    is enough), closed otherwise, and what nothing was recorded of. Where git tells what was `known`, a line also says
    what was done by then, as far as the dates of today tell; the days of which it tells nothing are left out. None
    where nothing was ever recorded, or there is but one day.
    """
    kept = {one.id for one in now.situations}
    by_dates = [portrait(now.plan, day).only(kept) if day != now.au else now for day in days]
    told = [(day, then, by_then) for day, then, by_then in zip(days, known or by_dates, by_dates, strict=True) if then]
    by_git = known is not None and len(told) > 1
    if not by_git:
        told = list(zip(days, by_dates, by_dates, strict=True))
    numbers = [_numbers(then.situations) for _, then, _ in told]
    if len(told) == 1 or not any(sum(some[:3]) for some in numbers):
        return None
    noun, last = now.plan.niveaux.action, told[-1][0]
    series = (
        Serie("faite", capitalized(noun.agreed("réalisé", 2))),
        Serie("cours", "En cours ou en attente"),
        _closed_otherwise(noun),
        _SILENT,
    )
    widths = [(later[0] - one[0]).days for one, later in pairwise(told)]
    widths.append(max(sum(widths) // 16, 1))
    rows = []
    for (day, _, by_then), width, some in zip(told, widths, numbers, strict=True):
        done = sum(one.etat is Etat.REALISEE and not one.action.undated for one in by_then.situations)
        rows.append(_Row(day_in_words(day), str(day.year), max(width, 1), some, done if by_git else None))
    what = f"Ce qui est consigné du plan, du {day_in_words(told[0][0])} au {day_in_words(last)}"
    said = f"{_in_words(rows[0], series)} {_in_words(rows[-1], series)}"
    note, dashed = _by_dates_only(now), ""
    if by_git:
        note = "Selon ce que le plan disait chacun de ces jours; la ligne tiretée compte ce qui était déjà fait, même "
        note, dashed = f"{note}consigné plus tard.", f"{capitalized(noun.agreed('fait', 2))}, selon leur date"
    return _laid_out(rows, Image(what, said, note, "Jour", series, dashed))


def _by_dates_only(now: Portrait) -> str:
    undated = sum(one.action.undated for one in now.situations)
    said = f"; {counted(undated, 'statut sans date y compte', 'statuts sans date y comptent')} à chaque jour"
    return f"Selon les dates écrites dans le plan{said if undated else ''}."


def _numbers(some: Sequence[Situation]) -> tuple[int, int, int, int]:
    numbers = Counter(map(_kind, some))
    return numbers[0], numbers[1], numbers[2], numbers[3]


def _kind(one: Situation) -> int:
    if one.etat is Etat.REALISEE:
        return 0
    if one.etat.closed:
        return 2
    return 1 if one.action.consignee else 3


def _in_words(row: _Row, series: Sequence[Serie]) -> str:
    """« 15 mars 2021 : réalisées, 26; rien de consigné, 43; en tout, 93. »"""
    told = [f"{one.nom.lower()}, {number}" for one, number in zip(series, row.numbers, strict=True) if number]
    return f"{row.name}{NBSP}: {'; '.join(told)}; en tout, {sum(row.numbers)}."


# --- what was adopted -------------------------------------------------------------------------------------


def adopted(action: Action) -> Echeance | None:
    """The échéance that was adopted, where it names days: the one before it was ever moved."""
    for former in (*(one.echeance for one in action.echeances_precedentes), action.echeance):
        if dated(former):
            return former if isinstance(former, Echeance) and is_dated(former) else None
    return None


def adopted_band(seen: Portrait) -> Image | None:
    """How many of the adopted échéances had come, quarter after quarter: surely, once their last plausible day was
    over, and perhaps, from their first. None where the plan has fewer than two.
    """
    found = [one for place in seen.situations if (one := adopted(place.action)) and one.type is TypeEcheance.PERIODE]
    if len(found) < 2:
        return None
    firsts, lasts = [first_day(one) for one in found], [last_day(one) for one in found]
    months = [*_ends_of_months(min(firsts), end := month_end(max(lasts).year, max(lasts).month)), end]
    quarters = [day for day in months if day.month % 3 == 0 or day == months[-1]]
    quarters = quarters[:: -(-len(quarters) // _MOST_DAYS)]
    rows = []
    for day in quarters:
        sure, begun = sum(last <= day for last in lasts), sum(first <= day for first in firsts)
        rows.append(_Row(day_in_words(day), str(day.year), 1, (sure, begun - sure)))
    series = (Serie("mener", "Venues à coup sûr"), Serie("venir", "Peut-être venues"))
    said = f"{counted(len(found), 'échéance adoptée', 'échéances adoptées')} ont des dates, "
    said += f"du {day_in_words(min(firsts))} au {day_in_words(max(lasts))}."
    when = "à coup sûr, une fois passé le dernier jour qu'on peut lire; peut-être, depuis le premier."
    note = f"À la fin de chaque trimestre, sans compter aucun report{NBSP}: {when}"
    what = "Quand les échéances adoptées étaient attendues, au plus tôt et au plus tard"
    return _laid_out(rows, Image(what, said, note, "Jour", series, ""))


def _closed_otherwise(noun: Nom) -> Serie:
    return Serie("abandonnee", capitalized(f"{noun.agreed('abandonné', 2)} ou {noun.agreed('reconduit', 2)}"))


_SILENT = Serie("determiner", "Rien de consigné")


def _outcomes(noun: Nom) -> tuple[Serie, ...]:
    """What may have become of an échéance, in the order of `_outcome`."""
    done = capitalized(noun.agreed("réalisé", 2))
    return (
        Serie("faite", f"{done} à temps"),
        Serie("proche", f"{done} plus tard"),
        Serie("nouvelles", f"{capitalized(noun.agreed('déplacé', 2))}, toujours {noun.agreed('ouvert', 2)}"),
        Serie("cours", "Avec des nouvelles"),
        _closed_otherwise(noun),
        _SILENT,
    )


def by_exercice(seen: Portrait) -> Image | None:
    """What became of the adopted échéances that have come, by fiscal year: each is in one class, and those of a year
    add up to what was due. None where none has.
    """
    years: dict[int, Counter[int]] = {}
    month, day = seen.plan.organisme.conventions.debut_exercice or (1, 1)
    for one in seen.situations:
        due = adopted(one.action)
        if due is None or due.type is not TypeEcheance.PERIODE or due.fin is None or due.fin >= seen.au:
            continue
        year = due.fin.year - (due.fin < date(due.fin.year, month, day))
        years.setdefault(year, Counter())[_outcome(one, due.fin)] += 1
    if not years:
        return None
    series, twin = _outcomes(seen.plan.niveaux.action), (month, day) != (1, 1)
    rows = [
        _Row(name, name, 1, tuple(years[year][n] for n in range(len(series))))
        for year in sorted(years)
        for name in (f"{year}-{year + 1}" if twin else str(year),)
    ]
    said = " ".join(_in_words(row, series) for row in rows)
    note = "Chaque échéance compte à l'exercice où elle finissait quand le plan a été adopté."
    return _laid_out(rows, Image("Échéances par exercice", said, note, "Exercice", series, ""))


def _outcome(one: Situation, due: date) -> int:
    """Which of the `_outcomes`; of what is done at a day that nobody wrote, the later one."""
    action = one.action
    if one.etat is Etat.REALISEE:
        return 0 if action.closed_on and action.closed_on.debut <= due else 1
    if one.etat.closed:
        return 4
    if any(dated(former.echeance) for former in action.echeances_precedentes):
        return 2
    return 3 if action.consignee else 5


def moves(some: Sequence[Situation], noun: Nom) -> tuple[Deplacement, ...]:
    """The échéances that were moved, one line an action: as adopted, then each that took its place."""
    return tuple(
        Deplacement(
            one.id,
            title_of(one.action),
            tuple(wording(of) for of in (*(f.echeance for f in one.action.echeances_precedentes), one.action.echeance)),
            stands(one, noun),
        )
        for one in some
        if one.action.echeances_precedentes
    )
