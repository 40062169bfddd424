"""From a moment as written to its first and last plausible days, under the conventions in force."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from pivot_cli.echeance import words
from pivot_cli.echeance.moments import FIRST_YEAR, LAST_YEAR, Unite
from pivot_cli.text import MONTHS, NBSP, month_in_words, quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from pivot_cli.echeance.lexer import UnreadError
    from pivot_cli.echeance.moments import Moment
    from pivot_cli.echeance.values import Conventions

Span = tuple[date, date]
APPROXIMATE = "La date écrite est approximative; elle est lue comme si elle était exacte."
_DAY = timedelta(days=1)


def since(month: str) -> str:
    """« de mars 2020 », « d'avril 2020 »."""
    return f"d'{month}" if month[0] in "ao" else f"de {month}"


class Notes:
    """What is worth saying of a reading: the conventions that mattered, and what could be read otherwise."""

    __slots__ = ("reasons", "warnings")

    def __init__(self) -> None:
        self.reasons: list[str] = []
        self.warnings: list[str] = []

    def reason(self, sentence: str) -> None:
        """Keep a sentence once."""
        if sentence not in self.reasons:
            self.reasons.append(sentence)

    def warn(self, sentence: str) -> None:
        """Keep a warning once."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    def avis(self) -> str | None:
        """The warnings together."""
        return " ".join(self.warnings) or None


def is_in_reach(day: date) -> bool:
    """Whether a day is of the years that a wording can name: what is written can then be read back."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, days_of(year, month))


_DAYS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def days_of(year: int, month: int) -> int:
    """How many days a month has."""
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if leap else _DAYS[month]


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month when it has no such day."""
    rank = day.year * 12 + day.month - 1 + months
    year, month = rank // 12, rank % 12 + 1
    return date(year, month, min(day.day, days_of(year, month)))


def months_span(year: int, first: int, last: int) -> Span:
    """From the 1st of a month to the end of another, which may be past December."""
    last = last if last >= first else last + 12
    end_year = year + (last - 1) // 12
    return date(year, first, 1), month_end(end_year, (last - 1) % 12 + 1)


def span(moment: Moment, conventions: Conventions, notes: Notes) -> Span:
    """The first and last days of a moment whose year is known."""
    if moment.vague:
        notes.warn(APPROXIMATE)
    if moment.year2 and moment.unit not in (Unite.ANNEE, Unite.EXERCICE, Unite.SCOLAIRE):
        return _in_two_years(moment, conventions, notes)
    return _SPANS[moment.unit](moment, conventions, notes)


def _day(moment: Moment, _conventions: Conventions, _notes: Notes) -> Span:
    try:
        day = date(moment.year, moment.month, moment.number)
    except ValueError:
        last = days_of(moment.year, moment.month)
        raise moment.unread("no_such_day", last=last, month=moment.month, year=moment.year) from None
    if moment.weekday not in (None, day.weekday()):
        raise moment.unread("wrong_weekday", day=day)
    return day, day


def _weekday_rank(moment: Moment, _conventions: Conventions, _notes: Notes) -> Span:
    """« premier lundi de mars 2020 », « dernier vendredi de mai 2021 »."""
    first, end = date(moment.year, moment.month, 1), month_end(moment.year, moment.month)
    weekday = moment.weekday or 0
    if moment.number == words.DERNIER:
        day = end - timedelta(days=(end.weekday() - weekday) % 7)
    else:
        day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (moment.number - 1))
    return day, day


def _week(moment: Moment, conventions: Conventions, notes: Notes) -> Span:
    day = _day(moment, conventions, notes)[0]
    notes.reason("« Semaine du » : sept jours à partir du jour nommé.")
    return day, day + timedelta(days=6)


def _week_rank(moment: Moment, _conventions: Conventions, notes: Notes) -> Span:
    end = month_end(moment.year, moment.month)
    notes.reason("Les semaines d'un mois sont comptées par sept jours à partir du 1er.")
    if moment.number == words.DERNIER:
        return end - timedelta(days=6), end
    first = date(moment.year, moment.month, 7 * moment.number - 6)
    return first, first + timedelta(days=6)


def _fortnight(moment: Moment, _conventions: Conventions, notes: Notes) -> Span:
    notes.reason("Les quinzaines d'un mois vont du 1er au 15, puis du 16 au dernier jour.")
    if moment.number == 1:
        return date(moment.year, moment.month, 1), date(moment.year, moment.month, 15)
    return date(moment.year, moment.month, 16), month_end(moment.year, moment.month)


def _month(moment: Moment, conventions: Conventions, notes: Notes) -> Span:
    first, last = months_span(moment.year, moment.month, moment.month)
    if not moment.part:
        return first, last
    early, middle = conventions.debut_mois, conventions.mi_mois
    # Conventions that clash, or leave nothing of February after its middle, still give a day.
    days = {
        "debut": (1, early),
        "mi": (min(early + 1, middle), middle),
        "fin": (min(middle + 1, last.day), last.day),
    }[moment.part]
    begin = "1er" if days[0] == 1 else str(days[0])
    until = "dernier jour" if moment.part == "fin" else str(days[1])
    by = {"debut": "debut_mois", "mi": "mi_mois", "fin": "mi_mois"}[moment.part]
    notes.reason(f"{quoted(_PARTS[moment.part])} d'un mois{NBSP}: du {begin} au {until} (convention {quoted(by)}).")
    return first.replace(day=days[0]), first.replace(day=days[1])


_PARTS = {"debut": "Début", "mi": "Mi-", "fin": "Fin"}


def season_span(season: int, year: int, conventions: Conventions, *, straddling: bool | None = None) -> Span:
    """A season; winter N begins in December N when `straddling` (None: as the convention says)."""
    if season == words.HIVER:
        over = conventions.hiver == "décembre" if straddling is None else straddling
        return months_span(year, 12, 15) if over else months_span(year, 1, 3)
    first, last = (conventions.printemps, conventions.ete, conventions.automne)[season - 1]
    return months_span(year, first, last)


def _season(moment: Moment, conventions: Conventions, notes: Notes) -> Span:
    if moment.number == words.HIVER and moment.straddling is None:
        _warn_of_winter(moment, conventions, notes)
    first, last = season_span(moment.number, moment.year, conventions, straddling=moment.straddling)
    name = words.NOMS_SAISONS[moment.number]
    single = (first.year, first.month) == (last.year, last.month)
    runs = f"va {since(month_in_words(first))} à" if not single else "est"
    notes.reason(
        f"Saison (convention {quoted(name.replace('é', 'e'))}){NBSP}: {name} {moment.year} {runs} "
        f"{month_in_words(last)}."
    )
    if moment.part and single:
        return _month(moment.but(unit=Unite.MOIS, month=first.month, year=first.year), conventions, notes)
    return _of_season(moment.part, first, last, notes)


def _of_season(part: str, first: date, last: date, notes: Notes) -> Span:
    if not part:
        return first, last
    if part == "mi" and add_months(first, 2) > last:
        notes.reason("Le milieu d'une saison de deux mois va du 16 du premier au 15 du second.")
        return first.replace(day=16), last.replace(day=15)
    notes.reason("Début et fin d'une saison sont son premier et son dernier mois; mi-, les mois entre les deux.")
    if part == "debut":
        return first, month_end(first.year, first.month)
    if part == "fin":
        return last.replace(day=1), last
    return add_months(first, 1), last.replace(day=1) - _DAY


def _warn_of_winter(moment: Moment, conventions: Conventions, notes: Notes) -> None:
    year = moment.year
    other = f"janvier à mars {year}" if conventions.hiver == "décembre" else f"décembre {year} à mars {year + 1}"
    notes.warn(f"L'hiver {year} peut aussi se lire de {other} (convention {quoted('hiver')}).")


_MONTHS_OF = {Unite.TRIMESTRE: ("trimestres", 3), Unite.SEMESTRE: ("semestres", 6)}


def _ranked(moment: Moment, conventions: Conventions, notes: Notes) -> Span:
    kind, months = _MONTHS_OF[moment.unit]
    fiscal = conventions.trimestres == "exercice" and conventions.debut_exercice is not None
    start = fiscal_start(moment.year, conventions) if fiscal else date(moment.year, 1, 1)
    first = add_months(start, months * (moment.number - 1))
    last = add_months(start, months * moment.number) - _DAY
    whose = "l'exercice" if fiscal else "l'année civile"
    notes.reason(f"Les {kind} sont ceux de {whose} (convention {quoted('trimestres')}).")
    return _third(moment.part, first, last, months // 3, notes)


def _third(part: str, first: date, last: date, months: int, notes: Notes) -> Span:
    if not part:
        return first, last
    notes.reason("Début, mi- et fin d'un trimestre ou d'un semestre en sont les trois tiers.")
    rank = ("debut", "mi", "fin").index(part)
    return add_months(first, months * rank), min(add_months(first, months * (rank + 1)) - _DAY, last)


def fiscal_start(year: int, conventions: Conventions) -> date:
    """The first day of the financial year that begins in `year`; 1 January when none is set."""
    month, day = conventions.debut_exercice or (1, 1)
    return date(year, month, min(day, days_of(year, month)))


def _year(moment: Moment, conventions: Conventions, notes: Notes) -> Span:
    if moment.year2 == moment.year + 1:
        return _twin_years(moment, conventions, notes)
    last_year = moment.year2 or moment.year
    if moment.part and moment.year2:
        raise _no_part(moment)
    if not moment.part:
        return date(moment.year, 1, 1), date(last_year, 12, 31)
    return months_span(moment.year, *part_of_year(moment.part, conventions, notes))


def part_of_year(part: str, conventions: Conventions, notes: Notes) -> tuple[int, int]:
    """The first and last months of the beginning, middle or end of a year."""
    months = {"debut": conventions.debut_annee, "mi": conventions.mi_annee, "fin": conventions.fin_annee}[part]
    notes.reason(
        f"{quoted(_PARTS[part])} d'une année{NBSP}: {since(MONTHS[months[0] - 1])} à {MONTHS[months[1] - 1]} "
        f"(convention {quoted(f'{part}_annee')})."
    )
    return months


def _no_part(moment: Moment) -> UnreadError:
    part = {"": "mars ", "debut": "début ", "mi": "mi-", "fin": "fin "}[moment.part]
    return moment.unread("part_of_years", years=(moment.year, moment.year2), example=f"{part}{moment.year2}")


def _which_exercise(moment: Moment, noun: str) -> UnreadError:
    year = moment.year
    return moment.unread("exercise_year", noun=noun, year=year, before=year - 1, after=year + 1)


def _is_fiscal(conventions: Conventions) -> bool:
    return conventions.annees_jumelees == "exercice" and conventions.debut_exercice is not None


def _twin_years(moment: Moment, conventions: Conventions, notes: Notes) -> Span:
    name = f"{moment.year}-{moment.year2}"
    if _is_fiscal(conventions):
        return _financial_year(moment, conventions, notes)
    if moment.part:
        raise _no_part(moment)
    notes.reason(f"{name}{NBSP}: deux années civiles (convention {quoted('annees_jumelees')}).")
    notes.warn(
        f"{quoted(name)} peut aussi désigner un exercice financier; il est lu du 1er janvier {moment.year} au "
        f"31 décembre {moment.year2}."
    )
    return date(moment.year, 1, 1), date(moment.year2, 12, 31)


def _exercise(moment: Moment, conventions: Conventions, notes: Notes) -> Span:
    if conventions.debut_exercice is not None and moment.year2 == moment.year + 1:
        return _financial_year(moment, conventions, notes)
    if moment.year2:
        if moment.part:
            raise _no_part(moment)
        notes.warn(
            f"Le premier jour de l'exercice n'est pas connu (convention {quoted('debut_exercice')}); l'exercice est lu "
            f"du 1er janvier {moment.year} au 31 décembre {moment.year2}."
        )
        return date(moment.year, 1, 1), date(moment.year2, 12, 31)
    if conventions.debut_exercice not in (None, (1, 1)):
        raise _which_exercise(moment, "exercice")
    return _year(moment.but(unit=Unite.ANNEE), conventions, notes)


def _financial_year(moment: Moment, conventions: Conventions, notes: Notes) -> Span:
    first = fiscal_start(moment.year, conventions)
    last = fiscal_start(moment.year + 1, conventions) - _DAY
    notes.reason(
        f"{moment.year}-{moment.year2}{NBSP}: l'exercice qui commence en {month_in_words(first)} "
        f"(convention {quoted('debut_exercice')})."
    )
    quarters = {"": (0, 12), "debut": (0, 3), "mi": (3, 9), "fin": (9, 12)}[moment.part]
    return add_months(first, quarters[0]), min(add_months(first, quarters[1]) - _DAY, last)


def _school_year(moment: Moment, _conventions: Conventions, notes: Notes) -> Span:
    if not moment.year2:
        raise _which_exercise(moment, "année scolaire")
    if moment.year2 != moment.year + 1 or moment.part:
        raise _no_part(moment)
    # Loi sur l'instruction publique (Québec), a. 13: from 1 July to 30 June.
    notes.reason("L'année scolaire va du 1er juillet au 30 juin.")
    return date(moment.year, 7, 1), date(moment.year2, 6, 30)


_WITHIN_A_MONTH = frozenset((Unite.JOUR, Unite.RANG_JOUR, Unite.SEMAINE, Unite.QUINZAINE, Unite.RANG_SEMAINE))


def _in_two_years(moment: Moment, conventions: Conventions, notes: Notes) -> Span:
    """« Décembre 2020-2021 », « Hiver 2020-2021 »."""
    single = moment.but(year2=0)
    if moment.unit == Unite.SAISON and moment.number == words.HIVER and moment.year2 == moment.year + 1:
        return _season(single.but(straddling=True), conventions, notes)
    if moment.unit in _WITHIN_A_MONTH or moment.part:
        raise _no_part(moment)
    if _is_fiscal(conventions) and moment.year2 == moment.year + 1:
        return _within_exercise(single, conventions, notes)
    first = span(single, conventions, notes)[0]
    notes.warn(
        f"{quoted(f'{moment.year}-{moment.year2}')} peut aussi désigner un exercice financier; l'échéance est lue "
        f"{since(month_in_words(first))} à décembre{NBSP}{moment.year2}."
    )
    begin = since(month_in_words(first))
    notes.reason(f"{begin[0].upper()}{begin[1:]} à la fin de {moment.year2} (convention {quoted('annees_jumelees')}).")
    return first, date(moment.year2, 12, 31)


def _within_exercise(moment: Moment, conventions: Conventions, notes: Notes) -> Span:
    """The month, season or quarter of one financial year."""
    if moment.unit in (Unite.TRIMESTRE, Unite.SEMESTRE):
        return _ranked(moment, conventions._replace(trimestres="exercice"), notes)
    end = fiscal_start(moment.year + 1, conventions) - _DAY
    this_year = span(moment, conventions, Notes())
    chosen = moment if this_year[1] > fiscal_start(moment.year, conventions) else moment.but(year=moment.year + 1)
    notes.reason(
        f"Dans l'exercice qui finit en {month_in_words(end)} (conventions {quoted('annees_jumelees')} et "
        f"{quoted('debut_exercice')})."
    )
    return span(chosen, conventions, notes)


def plan_start(moment: Moment, conventions: Conventions) -> date:
    """The day from which the years of the plan are counted."""
    start = conventions.periode_debut or conventions.adopte_le
    if start is None or not is_in_reach(start):
        raise moment.unread("no_start_of_plan")
    return start


def _years_of_plan(moment: Moment, conventions: Conventions, notes: Notes) -> Span:
    """The `number`th year of the plan, or all of them up to that one."""
    start = plan_start(moment, conventions)
    notes.reason(f"Les années du plan sont comptées à partir {since(month_in_words(start))}.")
    first = add_months(start, 12 * (moment.number - 1)) if moment.unit == Unite.AN_DU_PLAN else start
    return first, add_months(start, 12 * moment.number) - _DAY


def _end_of_plan(moment: Moment, conventions: Conventions, notes: Notes) -> Span:
    if conventions.periode_fin is None or not is_in_reach(conventions.periode_fin):
        raise moment.unread("no_end_of_plan")
    notes.reason("La fin du plan est celle de sa période (organisme.yaml).")
    return conventions.periode_fin, conventions.periode_fin


def _midway(moment: Moment, conventions: Conventions, notes: Notes) -> Span:
    start, end = conventions.periode_debut, conventions.periode_fin
    if start is None or end is None or end <= start or not (is_in_reach(start) and is_in_reach(end)):
        raise moment.unread("no_bounds_of_plan")
    quarter = (end - start) // 4
    notes.reason("La mi-parcours est la moitié du plan qui laisse un quart avant elle et un quart après.")
    return start + quarter, end - quarter


def _undefined(moment: Moment, _conventions: Conventions, _notes: Notes) -> Span:
    """A term that the conventions do not define; those that they define are read in dates.py, as wordings."""
    raise moment.unread("no_term", name=moment.term, words=moment.term.replace("_", " "))


_SPANS: dict[str, Callable[[Moment, Conventions, Notes], Span]] = {
    Unite.JOUR: _day,
    Unite.RANG_JOUR: _weekday_rank,
    Unite.SEMAINE: _week,
    Unite.RANG_SEMAINE: _week_rank,
    Unite.QUINZAINE: _fortnight,
    Unite.MOIS: _month,
    Unite.SAISON: _season,
    Unite.TRIMESTRE: _ranked,
    Unite.SEMESTRE: _ranked,
    Unite.ANNEE: _year,
    Unite.EXERCICE: _exercise,
    Unite.SCOLAIRE: _school_year,
    Unite.AN_DU_PLAN: _years_of_plan,
    Unite.DUREE: _years_of_plan,
    Unite.TERME: _undefined,
    Unite.ADJECTIF: _undefined,
    Unite.MI_PARCOURS: _midway,
    Unite.FIN_DU_PLAN: _end_of_plan,
}
