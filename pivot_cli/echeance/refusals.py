"""What is said of a wording that is not read: what is wrong, and what to type instead.

French of Québec, for a reader who does not program: each remedy holds a wording that can be typed. Nothing here is
loaded while every wording is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pivot_cli.echeance.reading import EXEMPLES
from pivot_cli.echeance.spans import days_of, since
from pivot_cli.echeance.values import Refus
from pivot_cli.text import MONTHS, NBSP, WEEKDAYS, quoted

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from pivot_cli.echeance.lexer import UnreadError

Said = tuple[str, str]
"""What is wrong, and what to write instead."""


def refus(texte: str, error: UnreadError) -> Refus:
    """The refusal of a wording; where no word is at fault more than another, all of them are."""
    return Refus(texte, *_SAID[error.kind](*error.details), error.start, error.end or len(texte))


def said(message: str, remedy: str) -> Said:
    """What needs no more words."""
    return message, remedy


def ambiguous_month(year: int, month: int) -> Said:
    """2010-12 is a month or two years."""
    second = year - year % 100 + month
    return (
        (
            f"Ces chiffres se lisent de deux façons{NBSP}: le mois {since(MONTHS[month - 1])} {year}, ou les années "
            f"{year} à {second}."
        ),
        f"Écrivez {quoted(f'{MONTHS[month - 1]} {year}')} ou {quoted(f'{year}-{second}')}.",
    )


def two_days(day: int, month: int, year: int) -> Said:
    """03/04/2020 is the 3rd of April or the 4th of March."""
    first, second = _day(day, month, year), _day(month, day, year)
    return (
        f"Cette date se lit de deux façons{NBSP}: {first} ou {second}.",
        f"Écrivez le mois en lettres{NBSP}: {quoted(first)}.",
    )


def _day(day: int, month: int, year: int) -> str:
    return f"{'1er' if day == 1 else day} {MONTHS[month - 1]} {year}"


def impossible(month: int = 0, year: int = 0) -> Said:
    """31 February, month 13."""
    if 1 <= month <= 12:
        last = days_of(year, month)
        return (
            f"Cette date n'existe pas{NBSP}: {MONTHS[month - 1]} {year} a {last}{NBSP}jours.",
            f"Vérifiez le jour, par exemple {quoted(f'{last} {MONTHS[month - 1]} {year}')}.",
        )
    return (
        "Cette date n'existe pas dans le calendrier.",
        f"Vérifiez le jour et le mois, par exemple {quoted('28 février 2020')} ou {quoted('2020-02-28')}.",
    )


def backwards() -> Said:
    """December 2021 to March 2020."""
    return (
        "La fin vient avant le début.",
        f"Écrivez la date la plus ancienne d'abord, par exemple {quoted('décembre 2020 à mars 2021')}.",
    )


def wrong_weekday(day: date) -> Said:
    """Monday 3 May 2021 must be a Monday."""
    name = f"{WEEKDAYS[day.weekday()]} {_day(day.day, day.month, day.year)}"
    return (
        "Le jour de la semaine et la date ne concordent pas.",
        f"Vérifiez la date{NBSP}: ce jour est {quoted(name)}.",
    )


def no_year(texte: str, example: int) -> Said:
    """« Automne » alone."""
    return (
        "Il manque l'année.",
        f"Ajoutez-la à la fin, par exemple {quoted(f'{texte.strip()} {example}')}.",
    )


def which_year() -> Said:
    """« novembre à février 2021 »: the year is written once and the months go past December."""
    return (
        "L'année n'est écrite qu'une fois, et la fin vient alors avant le début.",
        f"Écrivez l'année des deux côtés, par exemple {quoted('novembre 2020 à février 2021')}.",
    )


def lone_number() -> Said:
    """« 12 », a day without its month."""
    return (
        "Ce nombre est seul; on ne sait pas s'il s'agit d'un jour, d'un mois ou d'une année.",
        f"Écrivez la date au complet, par exemple {quoted('12 mars 2020')}.",
    )


def lone_term() -> Said:
    """« court » alone."""
    return (
        f"Il manque le mot {quoted('terme')}.",
        (
            f"Écrivez {quoted('court terme')}, {quoted('moyen terme')} ou {quoted('long terme')} si l'organisme les a "
            f"définis; sinon une date, par exemple {quoted('mars 2020')}."
        ),
    )


def lone_year() -> Said:
    """« l'année » beside a date."""
    return (
        "On ne sait pas de quelle année il s'agit.",
        f"Écrivez-la en chiffres, par exemple {quoted('2020')}.",
    )


def lone_part() -> Said:
    """« fin et mars 2020 »."""
    return (
        "On ne sait pas de quoi c'est le début, le milieu ou la fin.",
        f"Écrivez-le au complet, par exemple {quoted('fin février à début mars 2020')}.",
    )


def out_of_reach() -> Said:
    """« avant 1900 »."""
    return (
        "Cette échéance sort des années 1900 à 2199.",
        f"Vérifiez l'année; elle s'écrit en quatre chiffres, par exemple {quoted('mars 2020')}.",
    )


def year_apart(years: tuple[int, ...], named: str) -> Said:
    """« 2020, automne »: the whole year, or its autumn alone?"""
    offered = [quoted(named if str(year) in named else f"{named} {year}") for year in years]
    if len(years) > 1:
        return (
            f"On ne sait pas laquelle des années {years[0]} et {years[1]} est visée.",
            f"Écrivez {offered[0]} ou {offered[1]}.",
        )
    return (
        f"On ne sait pas si toute l'année {years[0]} est visée, ou {quoted(named)} seulement.",
        f"Écrivez {offered[0]}, ou {quoted(str(years[0]))} pour toute l'année.",
    )


def decade(year: int) -> Said:
    """« les années 2020 »."""
    return (
        "« Années » en annonce plusieurs, et une seule est écrite.".replace("« Années »", quoted("Années")),
        f"Écrivez {quoted(str(year))} ou {quoted(f'{year}-{year + 2}')}.",
    )


def part_of_day(day: int, month: int, year: int) -> Said:
    """« début 15 mars 2020 »: the day that it begins, or the last one?"""
    written = _day(day, month, year)
    return (
        "On ne sait pas si ce jour est le premier ou le dernier.",
        f"Écrivez {quoted(f'dès le {written}')} ou {quoted(f'au plus tard le {written}')}.",
    )


def part_of_years(part: str, year: int, year2: int) -> Said:
    """« fin 2020-2021 » without a financial year."""
    name = {"debut": "début", "mi": "mi-", "fin": "fin"}.get(part, "")
    month = f"{name}{' ' if name not in ('', 'mi-') else ''}"
    return (
        f"On ne sait pas laquelle des années {year} et {year2} est visée.",
        f"N'écrivez qu'une année, par exemple {quoted(f'{month}{year2}' if name else f'mars {year2}')}.",
    )


def exercise_year(year: int, noun: str = "exercice") -> Said:
    """« exercice 2020 » when the financial year is not the calendar year; « année scolaire 2020 »."""
    return (
        f"{noun.capitalize()}{NBSP}: deux années sont touchées, et on ne sait pas si {year} est la première.",
        f"Écrivez {quoted(f'{noun} {year - 1}-{year}')} ou {quoted(f'{noun} {year}-{year + 1}')}.",
    )


_PLAN_NEEDS = {
    "debut": ("le plan ne dit pas quand il commence", "`periode:` (`debut:`) ou `adopte_le:`"),
    "fin": ("le plan ne dit pas quand il finit", "`periode:` (`fin:`)"),
    "mi_parcours": ("le plan ne dit pas quand il commence et finit", "`periode:` (`debut:` et `fin:`)"),
}


def no_plan(what: str = "debut") -> Said:
    """« An 2 » in a plan without a period; « court terme » that the conventions do not define."""
    if what in _PLAN_NEEDS:
        why, key = _PLAN_NEEDS[what]
        return (
            f"Cette échéance dépend de la période du plan, et {why}.",
            f"Écrivez une date, par exemple {quoted('2021')}, ou ajoutez {key} dans organisme.yaml.",
        )
    return (
        f"L'organisme n'a pas défini ce qu'est le {what.replace('_', ' ')}.",
        (
            f"Écrivez une date, par exemple {quoted('2021')}, ou ajoutez `{what}:` sous `conventions:` "
            "dans organisme.yaml."
        ),
    )


def bad_term(wording: str, name: str) -> Said:
    """A convention that cannot be read itself."""
    return (
        f"La convention {quoted(name)} n'est pas comprise{NBSP}: {quoted(wording)}.",
        f"Dans organisme.yaml, écrivez par exemple `{name}: 1 an`, `{name}: 1 à 3 ans` ou `{name}: 2021`.",
    )


def anchor_refused() -> Said:
    """A rhythm with a day or a month that does not go with it."""
    return (
        "Le moment nommé ne va pas avec la fréquence.",
        (
            f"Écrivez par exemple {quoted('le 30 juin de chaque année')}, {quoted('annuel, en juin')} ou "
            f"{quoted('le 15 de chaque mois')}."
        ),
    )


def limit_refused() -> Said:
    """« annuellement en juin 2020 »: a rhythm within less than one of its windows."""
    return (
        "La période nommée est plus courte que la fréquence.",
        (
            f"Écrivez une seule échéance, par exemple {quoted('juin 2020')}, et la fréquence sous `recurrence:`; "
            f"ou les deux ensemble, par exemple {quoted('annuel, en juin')} ou {quoted('chaque année dès 2020')}."
        ),
    )


def two_ideas() -> Said:
    """« mars 2020 puis annuellement »."""
    return (
        "Une date et une fréquence sont écrites ensemble.",
        (
            f"Écrivez la première date sous `echeance:`, par exemple {quoted('mars 2020')}, et la fréquence sous "
            f"`recurrence:`, par exemple {quoted('annuel')}."
        ),
    )


def too_long(longest: int) -> Said:
    """A paragraph is no échéance."""
    return (
        f"Cette échéance dépasse {longest}{NBSP}caractères.",
        f"Gardez la date seulement, par exemple {EXEMPLES}; le reste peut aller dans `suivi:`.",
    )


def remark_alone() -> Said:
    """« (à confirmer) » alone."""
    return (
        "Il n'y a qu'une remarque, sans date.",
        f"Écrivez la date avant la remarque, par exemple {quoted('mars 2020 (à confirmer)')}.",
    )


def remark_unclosed() -> Said:
    """A parenthesis without its other half, or inside another."""
    return (
        "Il manque une parenthèse, ou il y en a une de trop.",
        f"Fermez la remarque, par exemple {quoted('mars 2020 (à confirmer)')}.",
    )


def remark_says_when(word: str) -> Said:
    """« mars 2020 (avril au plus tard) »."""
    return (
        f"La remarque contient {quoted(word)}, qui parle de temps.",
        "Mettez la date hors des parenthèses, ou enlevez ce mot de la remarque.",
    )


def not_a_date() -> Said:
    """A recorded date is one day, one month or one year."""
    return (
        "Ce n'est pas une date telle qu'on la consigne.",
        (
            f"Écrivez le jour, le mois ou l'année, par exemple {quoted('12 mai 2019')}, {quoted('2019-05-12')}, "
            f"{quoted('mai 2019')} ou {quoted('2019')}."
        ),
    )


def stray_article(article: str) -> Said:
    """« le 2021 », « la mars 2020 »."""
    written = {"l": "l'"}.get(article, article)
    return (
        f"L'article {quoted(written)} ne va pas avec ce mot.",
        f"Enlevez-le, par exemple {quoted('mars 2021')}, {quoted('2021')} ou {quoted('le 31 mars 2021')}.",
    )


_SAID: dict[str, Callable[..., Said]] = {
    function.__name__: function
    for function in (
        said,
        ambiguous_month,
        two_days,
        impossible,
        backwards,
        wrong_weekday,
        no_year,
        which_year,
        lone_number,
        lone_term,
        lone_year,
        lone_part,
        out_of_reach,
        year_apart,
        decade,
        part_of_day,
        part_of_years,
        exercise_year,
        no_plan,
        bad_term,
        anchor_refused,
        limit_refused,
        two_ideas,
        too_long,
        remark_alone,
        remark_unclosed,
        remark_says_when,
        not_a_date,
        stray_article,
    )
}
