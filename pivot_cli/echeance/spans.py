"""From a moment as written to its first and last plausible days, under the conventions in force."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from pivot_cli.echeance import unites, words
from pivot_cli.echeance.moments import FIRST_YEAR, LAST_YEAR, Moment
from pivot_cli.text import MONTHS, NBSP, month_in_words, of_word, quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from pivot_cli.echeance.lexer import UnreadError
    from pivot_cli.echeance.values import Conventions

Span = tuple[date, date]
APPROXIMATE = "La date écrite est approximative; elle est lue comme si elle était exacte."
THIRDS = "Début, mi- et fin d'un trimestre ou d'un semestre en sont les trois tiers."
PARTS = tuple(words.NOMS_PARTIES)
# The months, from the first, of each part of a year that is not the calendar's, and of all of it.
IN_EXERCISE = {"": (0, 12), "debut": (0, 3), "mi": (3, 9), "fin": (9, 12)}
# Loi sur l'instruction publique (Québec), a. 13: the school year begins on 1 July and ends on 30 June.
SCHOOL_YEAR = 7, 1
_SCHOOL_YEAR = "L'année scolaire va du 1er juillet au 30 juin."
DAY = timedelta(days=1)


class Notes:
    """What is worth saying of a reading, each sentence once: the conventions that mattered, and other readings."""

    __slots__ = ("reasons", "warnings")

    def __init__(self) -> None:
        self.reasons: dict[str, None] = {}
        self.warnings: dict[str, None] = {}

    def reason(self, sentence: str, convention: str = "") -> None:
        """What mattered; a `convention` is named after it."""
        self.reasons[f"{sentence} (convention {quoted(convention)})." if convention else sentence] = None

    def warn(self, sentence: str) -> None:
        """What could be read otherwise."""
        self.warnings[sentence] = None


def is_in_reach(day: date) -> bool:
    """Whether a day is of the years that a wording can name: what is written can then be read back."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, days_of(year, month))


def days_of(year: int, month: int) -> int:
    """How many days a month has."""
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if leap else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, days_of(year, month + 1)))


def months_span(year: int, first: int, last: int) -> Span:
    """From the 1st of a month to the end of another, which may be past December."""
    years, month = divmod(last - 1 if last >= first else last + 11, 12)
    return date(year, first, 1), month_end(year + years, month + 1)


def span(moment: Moment, conventions: Conventions, notes: Notes) -> Span:
    """The first and last days of a moment whose year is known."""
    if moment.vague:
        notes.warn(APPROXIMATE)
    if moment.part and moment.unit in (unites.SEMAINE, unites.RANG_SEMAINE, unites.QUINZAINE):
        raise moment.unread("part_of_days")
    if moment.year2 and moment.unit.dans != "siècle":
        return _in_two_years(moment, conventions, notes)
    return _SPANS[moment.unit](moment, conventions, notes)


# --- in a month -----------------------------------------------------------------------------------------------------


def _day(moment: Moment, _conventions: Conventions, _notes: Notes) -> Span:
    last = days_of(moment.year, moment.month)
    if moment.number == words.DERNIER:
        moment = moment.but(number=last)
    if not 1 <= moment.number <= last:
        raise moment.unread("no_such_day", last=last, month=moment.month, year=moment.year)
    day = date(moment.year, moment.month, moment.number)
    if moment.weekday not in (None, day.weekday()):
        raise moment.unread("wrong_weekday", day=day)
    return day, day


def _weekday_rank(moment: Moment, _conventions: Conventions, _notes: Notes) -> Span:
    """« premier lundi de mars 2020 », « dernier vendredi de mai 2021 »."""
    first, end = months_span(moment.year, moment.month, moment.month)
    weekday = moment.weekday or 0
    day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (moment.number - 1))
    if moment.number == words.DERNIER:
        day = end - timedelta(days=(end.weekday() - weekday) % 7)
    return day, day


def _week(moment: Moment, conventions: Conventions, notes: Notes) -> Span:
    first, _ = _day(moment, conventions, notes)
    notes.reason(f"{quoted('Semaine du')}{NBSP}: sept jours à partir du jour nommé.")
    return first, first + 6 * DAY


def _week_rank(moment: Moment, _conventions: Conventions, notes: Notes) -> Span:
    notes.reason("Les semaines d'un mois sont comptées par sept jours à partir du 1er.")
    start, end = months_span(moment.year, moment.month, moment.month)
    first = end - 6 * DAY if moment.number == words.DERNIER else start.replace(day=7 * moment.number - 6)
    return first, first + 6 * DAY


def _fortnight(moment: Moment, _conventions: Conventions, notes: Notes) -> Span:
    notes.reason("Les quinzaines d'un mois vont du 1er au 15, puis du 16 au dernier jour.")
    first, last = months_span(moment.year, moment.month, moment.month)
    return (first, first.replace(day=15)) if moment.number == 1 else (first.replace(day=16), last)


def _month(moment: Moment, conventions: Conventions, notes: Notes) -> Span:
    first, last = months_span(moment.year, moment.month, moment.month)
    if not moment.part:
        return first, last
    early, middle = conventions.debut_mois, conventions.mi_mois
    # Conventions that clash, or leave nothing of February after its middle, still give a day.
    begin, end, convention = {
        "debut": (1, early, "debut_mois"),
        "mi": (min(early + 1, middle), middle, "mi_mois"),
        "fin": (min(middle + 1, last.day), last.day, "mi_mois"),
    }[moment.part]
    until = "dernier jour" if moment.part == "fin" else str(end)
    notes.reason(f"{named(moment.part)} d'un mois{NBSP}: du {'1er' if begin == 1 else begin} au {until}", convention)
    return first.replace(day=begin), first.replace(day=end)


def named(part: str) -> str:
    """« Début », « Mi- », « Fin »."""
    return quoted(words.NOMS_PARTIES[part].strip().capitalize())


# --- in a year ------------------------------------------------------------------------------------------------------


def _season(moment: Moment, conventions: Conventions, notes: Notes) -> Span:
    year, part = moment.year, moment.part
    if moment.term == words.HIVER:
        straddling = moment.straddling
        if straddling is None:
            straddling = conventions.hiver == "décembre"
            other = f"janvier à mars {year}" if straddling else f"décembre {year} à mars {year + 1}"
            notes.warn(f"L'hiver {year} peut aussi se lire de {other} (convention {quoted('hiver')}).")
        first, last = months_span(year, 12, 15) if straddling else months_span(year, 1, 3)
    else:
        first, last = months_span(year, *getattr(conventions, moment.term))
    single = (first.year, first.month) == (last.year, last.month)
    runs = f"va {of_word(month_in_words(first))} à" if not single else "est"
    kind = "Période" if moment.term == "rentree" else "Saison"
    notes.reason(
        f"{kind} (convention {quoted(moment.term)}){NBSP}: {words.NOMS_SAISONS[moment.term]} {year} {runs} "
        f"{month_in_words(last)}."
    )
    if not part:
        return first, last
    if single:
        return _month(moment.but(unit=unites.MOIS, month=first.month, year=first.year), conventions, notes)
    if part == "mi" and add_months(first, 2) > last:
        notes.reason("Le milieu d'une saison de deux mois va du 16 du premier au 15 du second.")
        return first.replace(day=16), last.replace(day=15)
    notes.reason("Début et fin d'une saison sont son premier et son dernier mois; mi-, les mois entre les deux.")
    second, final = add_months(first, 1), last.replace(day=1)
    return {"debut": (first, second - DAY), "mi": (second, final - DAY), "fin": (final, last)}[part]


def _ranked(moment: Moment, conventions: Conventions, notes: Notes) -> Span:
    months, part = moment.unit.mois, moment.part
    fiscal = conventions.trimestres == "exercice" and conventions.debut_exercice is not None
    start = fiscal_start(moment.year, conventions) if fiscal else date(moment.year, 1, 1)
    first, last = add_months(start, months * (moment.number - 1)), add_months(start, months * moment.number) - DAY
    whose = "l'exercice" if fiscal else "l'année civile"
    notes.reason(f"Les {moment.unit.nom}s sont ceux de {whose}", "trimestres")
    if not part:
        return first, last
    notes.reason(THIRDS)
    third, rank = months // 3, PARTS.index(part)
    return add_months(first, third * rank), min(add_months(first, third * (rank + 1)) - DAY, last)


# --- whole years ----------------------------------------------------------------------------------------------------


def fiscal_start(year: int, conventions: Conventions) -> date:
    """The first day of the financial year that begins in `year`; 1 January when none is set."""
    month, day = conventions.debut_exercice or (1, 1)
    return date(year, month, min(day, days_of(year, month)))


def _year(moment: Moment, conventions: Conventions, notes: Notes) -> Span:
    """Calendar years, or the financial year that two of them are."""
    year, year2, twins = moment.year, moment.year2, moment.year2 == moment.year + 1
    exercise, start = moment.unit is unites.EXERCICE, conventions.debut_exercice
    if twins and not moment.term and (is_fiscal(conventions) or (exercise and start is not None)):
        return _financial_year(moment, conventions, notes)
    if exercise and not year2 and start not in (None, (1, 1)):
        raise _which_exercise(moment)
    if moment.part and year2:
        raise _no_part(moment)
    if moment.part:
        return months_span(year, *part_of_year(moment.part, conventions, notes))
    days = f"du 1er janvier {year} au 31 décembre {year2}"
    if exercise and year2:
        unknown = f"Le premier jour de l'exercice n'est pas connu (convention {quoted('debut_exercice')})"
        notes.warn(f"{unknown}; l'exercice est lu {days}.")
    elif twins and not moment.term:
        name = f"{year}-{year2}"
        notes.reason(f"{name}{NBSP}: deux années civiles", "annees_jumelees")
        notes.warn(f"{quoted(name)} peut aussi désigner un exercice financier; il est lu {days}.")
    return date(year, 1, 1), date(year2 or year, 12, 31)


def part_of_year(part: str, conventions: Conventions, notes: Notes) -> tuple[int, int]:
    """The first and last months of the beginning, middle or end of a year."""
    first, last = getattr(conventions, f"{part}_annee")
    months = f"{of_word(MONTHS[first - 1])} à {MONTHS[last - 1]}"
    notes.reason(f"{named(part)} d'une année{NBSP}: {months}", f"{part}_annee")
    return first, last


# In a financial year that begins in April, the months of each part, and those of two calendar years.
_PARTS_OF_TWO = {
    "debut": ("début {0}", "avril à juin {0}"),
    "mi": ("fin {0} à début {1}", "juillet à décembre {0}"),
    "fin": ("fin {1}", "janvier à mars {1}"),
}


def _no_part(moment: Moment) -> UnreadError:
    years = moment.year, moment.year2
    civil = moment.unit in (unites.ANNEE, unites.EXERCICE)
    if years[1] > years[0] + 1 or not (civil or (moment.unit.mois > 1 and not moment.part)):
        example = {"debut": f"début {years[0]}", "fin": f"fin {years[1]}"}.get(moment.part if civil else "", "")
        return moment.unread("part_of_years", years=years, example=example or f"mars {years[1]}")
    if civil:
        first, second = (each.format(*years) for each in _PARTS_OF_TWO[moment.part])
    else:
        first, second = (_months_in_words(date(years[0], month, 1), moment) for month in (1, 4))
    return moment.unread("part_of_exercise", years=years, first=first, second=second)


def _months_in_words(start: date, moment: Moment) -> str:
    """« avril à juin 2025 »: the months of a quarter or a semester of the year that begins on a day."""
    months = moment.unit.mois
    first, last = (add_months(start, months * moment.number - back) for back in (months, 1))
    year = "" if first.year == last.year else f" {first.year}"
    return f"{MONTHS[first.month - 1]}{year} à {MONTHS[last.month - 1]} {last.year}"


def is_fiscal(conventions: Conventions) -> bool:
    """Whether two years written together are a financial year."""
    return conventions.annees_jumelees == "exercice" and conventions.debut_exercice is not None


def _which_exercise(moment: Moment) -> UnreadError:
    year = moment.year
    return moment.unread("exercise_year", noun=moment.unit.nom, year=year, before=year - 1, after=year + 1)


def _financial_year(moment: Moment, conventions: Conventions, notes: Notes) -> Span:
    first = fiscal_start(moment.year, conventions)
    last = fiscal_start(moment.year + 1, conventions) - DAY
    years = f"{moment.year}-{moment.year2}"
    notes.reason(f"{years}{NBSP}: l'exercice qui commence en {month_in_words(first)}", "debut_exercice")
    begin, end = IN_EXERCISE[moment.part]
    return add_months(first, begin), min(add_months(first, end) - DAY, last)


def _school_year(moment: Moment, _conventions: Conventions, notes: Notes) -> Span:
    if not moment.year2:
        raise _which_exercise(moment)
    if moment.year2 != moment.year + 1:
        raise _no_part(moment)
    notes.reason(_SCHOOL_YEAR)
    first, (begin, end) = date(moment.year, *SCHOOL_YEAR), IN_EXERCISE[moment.part]
    return add_months(first, begin), add_months(first, end) - DAY


# --- in two years written together ----------------------------------------------------------------------------------


def _in_two_years(moment: Moment, conventions: Conventions, notes: Notes) -> Span:
    """« Décembre 2020-2021 », « Hiver 2020-2021 », « mai de l'année scolaire 2025-2026 »."""
    if moment.whose == "scolaire":
        notes.reason(_SCHOOL_YEAR)
        return span(in_school_year(moment), conventions, notes)
    single = moment.but(year2=0)
    if moment.term == words.HIVER and moment.year2 == moment.year + 1:
        return _season(single.but(straddling=True), conventions, notes)
    if moment.term == "rentree" and moment.year2 == moment.year + 1:
        return _season(single, conventions, notes)
    exercise = moment.whose == "exercice"
    known = is_fiscal(conventions) or (exercise and conventions.debut_exercice is not None)
    fiscal = known and moment.year2 == moment.year + 1
    # « T1 2022-2023 » is a quarter of a financial year, which is not known.
    if moment.unit.dans == "mois" or moment.part or ((moment.unit.rangs or exercise) and not fiscal):
        raise _no_part(moment)
    if fiscal:
        return _within_exercise(single, conventions, notes)
    first = span(single, conventions, notes)[0]
    begin = of_word(month_in_words(first))
    doubt = f"{quoted(f'{moment.year}-{moment.year2}')} peut aussi désigner un exercice financier"
    notes.warn(f"{doubt}; l'échéance est lue {begin} à décembre{NBSP}{moment.year2}.")
    notes.reason(f"{begin[0].upper()}{begin[1:]} à la fin de {moment.year2}", "annees_jumelees")
    return first, date(moment.year2, 12, 31)


def in_school_year(moment: Moment) -> Moment:
    """The day, month or season of one school year, in the year of the calendar that it falls in."""
    # A quarter may be of the calendar; a summer is of two school years.
    ranked = moment.unit in (unites.TRIMESTRE, unites.SEMESTRE)
    if moment.year2 != moment.year + 1 or ranked or moment.term == "ete":
        raise _no_part(moment)
    if moment.term == words.HIVER:
        return moment.but(year2=0, whose="", straddling=True)
    july, _ = SCHOOL_YEAR
    first = moment.term in ("rentree", words.AUTOMNE) if moment.term else moment.month >= july
    return moment.but(year=moment.year if first else moment.year2, year2=0, whose="")


def _within_exercise(moment: Moment, conventions: Conventions, notes: Notes) -> Span:
    """The month, season or quarter of one financial year."""
    if moment.unit.rangs:
        return _ranked(moment, conventions._replace(trimestres="exercice"), notes)
    end = fiscal_start(moment.year + 1, conventions) - DAY
    this_year = span(moment, conventions, Notes())
    chosen = moment if this_year[1] > fiscal_start(moment.year, conventions) else moment.but(year=moment.year + 1)
    both = f"conventions {quoted('annees_jumelees')} et {quoted('debut_exercice')}"
    notes.reason(f"Dans l'exercice qui finit en {month_in_words(end)} ({both}).")
    return span(chosen, conventions, notes)


# --- in the plan ----------------------------------------------------------------------------------------------------


def plan_start(moment: Moment, conventions: Conventions) -> date:
    """The day from which the years of the plan are counted."""
    start = conventions.periode_debut or conventions.adopte_le
    if start is None or not is_in_reach(start):
        raise moment.unread("no_start_of_plan")
    return start


def _years_of_plan(moment: Moment, conventions: Conventions, notes: Notes) -> Span:
    """The `number`th year of the plan, or all of them up to that one."""
    start = plan_start(moment, conventions)
    if moment.number == words.DERNIER:
        plan_end, _ = _end_of_plan(moment, conventions, notes)
        if plan_end < start:
            raise moment.unread("no_bounds_of_plan")
        # The year of the plan that its end is in.
        months = (plan_end.year - start.year) * 12 + plan_end.month - start.month - (plan_end.day < start.day)
        begun, until = _years_of_plan(moment.but(number=months // 12 + 1), conventions, notes)
        return begun, until if moment.part else min(until, plan_end)
    notes.reason(f"Les années du plan sont comptées à partir {of_word(month_in_words(start))}.")
    first = add_months(start, 12 * (moment.number - 1)) if moment.unit is unites.AN_DU_PLAN else start
    if moment.part:
        first = add_months(start, 12 * (moment.number - 1))
        begin, end = IN_EXERCISE[moment.part]
        return add_months(first, begin), add_months(first, end) - DAY
    return first, add_months(start, 12 * moment.number) - DAY


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


_SPANS: dict[unites.Unite, Callable[[Moment, Conventions, Notes], Span]] = {
    unites.JOUR: _day, unites.SEMAINE: _week, unites.QUINZAINE: _fortnight, unites.MOIS: _month,
    unites.RANG_JOUR: _weekday_rank, unites.RANG_SEMAINE: _week_rank,
    unites.SAISON: _season, unites.TRIMESTRE: _ranked, unites.SEMESTRE: _ranked,
    unites.ANNEE: _year, unites.EXERCICE: _year, unites.SCOLAIRE: _school_year,
    unites.AN_DU_PLAN: _years_of_plan, unites.DUREE: _years_of_plan,
    unites.TERME: _undefined, unites.ADJECTIF: _undefined,
    unites.MI_PARCOURS: _midway, unites.FIN_DU_PLAN: _end_of_plan,
}  # fmt: skip
