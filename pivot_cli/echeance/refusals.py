"""What is said of a wording that is not read: what is wrong, and what to type instead.

French of Québec, for a reader who does not program: each remedy holds a wording that can be typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pivot_cli.echeance.syntax import UnreadError
from pivot_cli.text import MONTHS, NBSP, WEEKDAYS, quoted

if TYPE_CHECKING:
    from datetime import date

EXEMPLES = f"{quoted('mars 2020')}, {quoted('automne 2020')}, {quoted('annuel')} ou {quoted('en continu')}"


def ambiguous_month(year: int, month: int, start: int, end: int) -> UnreadError:
    """2010-12 is a month or two years."""
    second = year - year % 100 + month
    return UnreadError(
        f"Ces chiffres se lisent de deux façons{NBSP}: le mois de {MONTHS[month - 1]} {year}, ou les années "
        f"{year} à {second}.",
        f"Écrivez {quoted(f'{MONTHS[month - 1]} {year}')} ou {quoted(f'{year}-{second}')}.",
        start,
        end,
    )


def two_days(day: int, month: int, year: int, start: int, end: int) -> UnreadError:
    """03/04/2020 is the 3rd of April or the 4th of March."""
    first, second = _day(day, month, year), _day(month, day, year)
    return UnreadError(
        f"Cette date se lit de deux façons{NBSP}: {first} ou {second}.",
        f"Écrivez le mois en lettres{NBSP}: {quoted(first)}.",
        start,
        end,
    )


def _day(day: int, month: int, year: int) -> str:
    return f"{'1er' if day == 1 else day} {MONTHS[month - 1]} {year}"


def impossible(start: int, end: int) -> UnreadError:
    """31 February, month 13."""
    return UnreadError(
        "Cette date n'existe pas dans le calendrier.",
        f"Vérifiez le jour et le mois, par exemple {quoted('28 février 2020')} ou {quoted('2020-02-28')}.",
        start,
        end,
    )


def backwards(start: int, end: int) -> UnreadError:
    """December 2021 to March 2020."""
    return UnreadError(
        "La fin vient avant le début.",
        f"Écrivez la date la plus ancienne d'abord, par exemple {quoted('décembre 2020 à mars 2021')}.",
        start,
        end,
    )


def wrong_weekday(day: date, start: int, end: int) -> UnreadError:
    """Monday 3 May 2021 must be a Monday."""
    name = f"{WEEKDAYS[day.weekday()]} {_day(day.day, day.month, day.year)}"
    return UnreadError(
        "Le jour de la semaine et la date ne concordent pas.",
        f"Vérifiez la date{NBSP}: ce jour est {quoted(name)}.",
        start,
        end,
    )


def no_year(texte: str, example: int, start: int, end: int) -> UnreadError:
    """« Automne » alone."""
    return UnreadError(
        "Il manque l'année.",
        f"Ajoutez-la à la fin, par exemple {quoted(f'{texte.strip()} {example}')}.",
        start,
        end,
    )


def which_year(start: int, end: int) -> UnreadError:
    """« novembre à février 2021 »: the year is written once and the months go past December."""
    return UnreadError(
        "L'année n'est écrite qu'une fois, et la fin vient alors avant le début.",
        f"Écrivez l'année des deux côtés, par exemple {quoted('novembre 2020 à février 2021')}.",
        start,
        end,
    )


def lone_number(start: int, end: int) -> UnreadError:
    """« 12 », a day without its month."""
    return UnreadError(
        "Ce nombre est seul; on ne sait pas s'il s'agit d'un jour, d'un mois ou d'une année.",
        f"Écrivez la date au complet, par exemple {quoted('12 mars 2020')}.",
        start,
        end,
    )


def lone_year(start: int, end: int) -> UnreadError:
    """« l'année » beside a date."""
    return UnreadError(
        "On ne sait pas de quelle année il s'agit.",
        f"Écrivez-la en chiffres, par exemple {quoted('2020')}.",
        start,
        end,
    )


def lone_part(start: int, end: int) -> UnreadError:
    """« fin et mars 2020 »."""
    return UnreadError(
        "On ne sait pas de quoi c'est le début, le milieu ou la fin.",
        f"Écrivez-le au complet, par exemple {quoted('fin février à début mars 2020')}.",
        start,
        end,
    )


def out_of_reach(start: int, end: int) -> UnreadError:
    """« avant 1900 »."""
    return UnreadError(
        "Cette échéance sort des années 1900 à 2199.",
        f"Vérifiez l'année; elle s'écrit en quatre chiffres, par exemple {quoted('mars 2020')}.",
        start,
        end,
    )


def decade(year: int, start: int, end: int) -> UnreadError:
    """« les années 2020 »."""
    return UnreadError(
        "« Années » en annonce plusieurs, et une seule est écrite.".replace("« Années »", quoted("Années")),
        f"Écrivez {quoted(str(year))} ou {quoted(f'{year}-{year + 2}')}.",
        start,
        end,
    )


def part_of_years(part: str, year: int, year2: int, start: int, end: int) -> UnreadError:
    """« fin 2020-2021 » without a financial year."""
    name = {"debut": "début", "mi": "mi-", "fin": "fin"}.get(part, "")
    month = f"{name}{' ' if name not in ('', 'mi-') else ''}"
    return UnreadError(
        f"On ne sait pas laquelle des années {year} et {year2} est visée.",
        f"N'écrivez qu'une année, par exemple {quoted(f'{month}{year2}' if name else f'mars {year2}')}.",
        start,
        end,
    )


def exercise_year(year: int, start: int, end: int, noun: str = "exercice") -> UnreadError:
    """« exercice 2020 » when the financial year is not the calendar year; « année scolaire 2020 »."""
    return UnreadError(
        f"{noun.capitalize()}{NBSP}: deux années sont touchées, et on ne sait pas si {year} est la première.",
        f"Écrivez {quoted(f'{noun} {year - 1}-{year}')} ou {quoted(f'{noun} {year}-{year + 1}')}.",
        start,
        end,
    )


_PLAN_NEEDS = {
    "debut": ("le plan ne dit pas quand il commence", "`periode:` (`debut:`) ou `adopte_le:`"),
    "fin": ("le plan ne dit pas quand il finit", "`periode:` (`fin:`)"),
    "mi_parcours": ("le plan ne dit pas quand il commence et finit", "`periode:` (`debut:` et `fin:`)"),
}


def no_plan(start: int, end: int, what: str = "debut") -> UnreadError:
    """« An 2 » in a plan without a period; « court terme » that the conventions do not define."""
    if what in _PLAN_NEEDS:
        why, key = _PLAN_NEEDS[what]
        return UnreadError(
            f"Cette échéance dépend de la période du plan, et {why}.",
            f"Écrivez une date, par exemple {quoted('2021')}, ou ajoutez {key} dans organisme.yaml.",
            start,
            end,
        )
    return UnreadError(
        f"L'organisme n'a pas défini ce qu'est le {what.replace('_', ' ')}.",
        f"Écrivez une date, par exemple {quoted('2021')}, ou ajoutez `{what}:` sous `conventions:` "
        "dans organisme.yaml.",
        start,
        end,
    )


def bad_term(wording: str, name: str, start: int, end: int) -> UnreadError:
    """A convention that cannot be read itself."""
    return UnreadError(
        f"La convention {quoted(name)} n'est pas comprise{NBSP}: {quoted(wording)}.",
        f"Dans organisme.yaml, écrivez par exemple `{name}: 1 an`, `{name}: 1 à 3 ans` ou `{name}: 2021`.",
        start,
        end,
    )


def anchor_refused(start: int = 0, end: int = 0) -> UnreadError:
    """A rhythm with a day or a month that does not go with it."""
    return UnreadError(
        "Le moment nommé ne va pas avec la fréquence.",
        f"Écrivez par exemple {quoted('le 30 juin de chaque année')}, {quoted('annuel, en juin')} ou "
        f"{quoted('le 15 de chaque mois')}.",
        start,
        end,
    )


def limit_refused() -> UnreadError:
    """« annuellement en juin 2020 »: a rhythm within less than one of its windows."""
    return UnreadError(
        "La période nommée est plus courte que la fréquence.",
        f"Écrivez une seule échéance, par exemple {quoted('juin 2020')}, et la fréquence sous `recurrence:`; "
        f"ou les deux ensemble, par exemple {quoted('annuel, en juin')} ou {quoted('chaque année dès 2020')}.",
    )


def two_ideas() -> UnreadError:
    """« mars 2020 puis annuellement »."""
    return UnreadError(
        "Une date et une fréquence sont écrites ensemble.",
        f"Écrivez la première date sous `echeance:`, par exemple {quoted('mars 2020')}, et la fréquence sous "
        f"`recurrence:`, par exemple {quoted('annuel')}.",
    )


def empty() -> UnreadError:
    """Nothing is written."""
    return UnreadError(
        "L'échéance est vide.",
        f"Écrivez par exemple {EXEMPLES}, ou {quoted('à déterminer')} si la date n'est pas connue.",
    )


def too_long(longest: int) -> UnreadError:
    """A paragraph is no échéance."""
    return UnreadError(
        f"Cette échéance dépasse {longest}{NBSP}caractères.",
        f"Gardez la date seulement, par exemple {EXEMPLES}; le reste peut aller dans `suivi:`.",
    )


def remark_alone() -> UnreadError:
    """« (à confirmer) » alone."""
    return UnreadError(
        "Il n'y a qu'une remarque, sans date.",
        f"Écrivez la date avant la remarque, par exemple {quoted('mars 2020 (à confirmer)')}.",
    )


def remark_unclosed(start: int, end: int) -> UnreadError:
    """A parenthesis without its other half, or inside another."""
    return UnreadError(
        "Il manque une parenthèse, ou il y en a une de trop.",
        f"Fermez la remarque, par exemple {quoted('mars 2020 (à confirmer)')}.",
        start,
        end,
    )


def remark_says_when(word: str, start: int, end: int) -> UnreadError:
    """« mars 2020 (avril au plus tard) »."""
    return UnreadError(
        f"La remarque contient {quoted(word)}, qui parle de temps.",
        "Mettez la date hors des parenthèses, ou enlevez ce mot de la remarque.",
        start,
        end,
    )


def not_a_date() -> UnreadError:
    """A recorded date is one day, one month or one year."""
    return UnreadError(
        "Ce n'est pas une date telle qu'on la consigne.",
        f"Écrivez le jour, le mois ou l'année, par exemple {quoted('12 mai 2019')}, {quoted('2019-05-12')}, "
        f"{quoted('mai 2019')} ou {quoted('2019')}.",
    )
