"""What is said of each wording that is not read: what is wrong, and what to type instead.

French of Québec, for a reader who does not program: each remedy holds a wording that can be typed. Nothing here is
loaded while every wording is read.
"""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING

from pivot_cli.echeance.spans import since
from pivot_cli.echeance.values import EXEMPLES, VIDE, Refus
from pivot_cli.text import MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from pivot_cli.echeance.lexer import UnreadError

_ASIDE = "Si c'est une remarque, mettez-la entre parenthèses, par exemple « {read} ({rest}) »."
_IN_FULL = "Écrivez la date en lettres et l'année en quatre chiffres, par exemple « 12 mars 2020 »."
_OF_PLAN = "Cette échéance dépend de la période du plan, et le plan ne dit pas quand il {does}."
_ADD = "Écrivez une date, par exemple « 2021 », ou ajoutez `periode:` {what} dans organisme.yaml."

# A number or a day is put in words by what stands after « : » (`_IN_WORDS`).
REFUSALS = {
    # --- a form of the grammar that has no reading
    "ambiguous_month": (
        "Ces chiffres se lisent de deux façons : le mois {month:de} {year}, ou les années {year} à {year2}.",
        "Écrivez « {month:mois} {year} » ou « {year}-{year2} ».",
    ),
    "two_days": (
        "Cette date se lit de deux façons : {first:jour} ou {second:jour}.",
        "Écrivez le mois en lettres : « {first:jour} ».",
    ),
    "impossible": (
        "Cette date n'existe pas dans le calendrier.",
        "Vérifiez le jour et le mois, par exemple « 28 février 2020 » ou « 2020-02-28 ».",
    ),
    "no_such_day": (
        "Cette date n'existe pas : {month:mois} {year} a {last} jours.",
        "Vérifiez le jour, par exemple « {last} {month:mois} {year} ».",
    ),
    "backwards": (
        "La fin vient avant le début.",
        "Écrivez la date la plus ancienne d'abord, par exemple « décembre 2020 à mars 2021 ».",
    ),
    "wrong_weekday": (
        "Le jour de la semaine et la date ne concordent pas.",
        "Vérifiez la date : ce jour est « {day:semaine} {day:jour} ».",
    ),
    "no_year": ("Il manque l'année.", "Ajoutez-la à la fin, par exemple « {texte} {year} »."),
    "which_year": (
        "L'année n'est écrite qu'une fois, et la fin vient alors avant le début.",
        "Écrivez l'année des deux côtés, par exemple « novembre 2020 à février 2021 ».",
    ),
    "lone_number": (
        "Ce nombre est seul; on ne sait pas s'il s'agit d'un jour, d'un mois ou d'une année.",
        "Écrivez la date au complet, par exemple « 12 mars 2020 ».",
    ),
    "lone_term": (
        "Il manque le mot « terme ».",
        (
            "Écrivez « court terme », « moyen terme » ou « long terme » si l'organisme les a définis; sinon une "
            "date, par exemple « mars 2020 »."
        ),
    ),
    "lone_year": ("On ne sait pas de quelle année il s'agit.", "Écrivez-la en chiffres, par exemple « 2020 »."),
    "lone_part": (
        "On ne sait pas de quoi c'est le début, le milieu ou la fin.",
        "Écrivez-le au complet, par exemple « fin février à début mars 2020 ».",
    ),
    "out_of_reach": (
        "Cette échéance sort des années 1900 à 2199.",
        "Vérifiez l'année; elle s'écrit en quatre chiffres, par exemple « mars 2020 ».",
    ),
    "year_apart": (
        "On ne sait pas si toute l'année {year} est visée, ou « {named} » seulement.",
        "Écrivez « {first} », ou « {year} » pour toute l'année.",
    ),
    "year_of_two_apart": (
        "On ne sait pas laquelle des années {year} et {year2} est visée.",
        "Écrivez « {first} » ou « {second} ».",
    ),
    "decade": (
        "« Années » en annonce plusieurs, et une seule est écrite.",
        "Écrivez « {year} » ou « {year}-{third} ».",
    ),
    "part_of_day": (
        "On ne sait pas si ce jour est le premier ou le dernier.",
        "Écrivez « dès le {day:jour} » ou « au plus tard le {day:jour} ».",
    ),
    "part_of_years": (
        "On ne sait pas laquelle des années {years[0]} et {years[1]} est visée.",
        "N'écrivez qu'une année, par exemple « {example} ».",
    ),
    "exercise_year": (
        "{noun:Nom} : deux années sont touchées, et on ne sait pas si {year} est la première.",
        "Écrivez « {noun} {before}-{year} » ou « {noun} {year}-{after} ».",
    ),
    "no_start_of_plan": (_OF_PLAN.format(does="commence"), _ADD.format(what="(`debut:`) ou `adopte_le:`")),
    "no_end_of_plan": (_OF_PLAN.format(does="finit"), _ADD.format(what="(`fin:`)")),
    "no_bounds_of_plan": (_OF_PLAN.format(does="commence et finit"), _ADD.format(what="(`debut:` et `fin:`)")),
    "no_term": (
        "L'organisme n'a pas défini ce qu'est le {words}.",
        "Écrivez une date, par exemple « 2021 », ou ajoutez `{name}:` sous `conventions:` dans organisme.yaml.",
    ),
    "bad_term": (
        "La convention « {name} » n'est pas comprise : « {wording} ».",
        "Dans organisme.yaml, écrivez par exemple `{name}: 1 an`, `{name}: 1 à 3 ans` ou `{name}: 2021`.",
    ),
    "anchor_refused": (
        "Le moment nommé ne va pas avec la fréquence.",
        "Écrivez par exemple « le 30 juin de chaque année », « annuel, en juin » ou « le 15 de chaque mois ».",
    ),
    "limit_refused": (
        "La période nommée est plus courte que la fréquence.",
        (
            "Écrivez une seule échéance, par exemple « juin 2020 », et la fréquence sous `recurrence:`; ou les deux "
            "ensemble, par exemple « annuel, en juin » ou « chaque année dès 2020 »."
        ),
    ),
    "two_ideas": (
        "Une date et une fréquence sont écrites ensemble.",
        (
            "Écrivez la première date sous `echeance:`, par exemple « mars 2020 », et la fréquence sous "
            "`recurrence:`, par exemple « annuel »."
        ),
    ),
    "stray_article": (
        "L'article « {article} » ne va pas avec ce mot.",
        "Enlevez-le, par exemple « mars 2021 », « 2021 » ou « le 31 mars 2021 ».",
    ),
    "too_long": (
        "Cette échéance dépasse {longest} caractères.",
        f"Gardez la date seulement, par exemple {EXEMPLES}; le reste peut aller dans `suivi:`.",
    ),
    "empty": (VIDE.message, VIDE.remede),
    "remark_alone": (
        "Il n'y a qu'une remarque, sans date.",
        "Écrivez la date avant la remarque, par exemple « mars 2020 (à confirmer) ».",
    ),
    "remark_unclosed": (
        "Il manque une parenthèse, ou il y en a une de trop.",
        "Fermez la remarque, par exemple « mars 2020 (à confirmer) ».",
    ),
    "remark_says_when": (
        "La remarque contient « {word} », qui parle de temps.",
        "Mettez la date hors des parenthèses, ou enlevez ce mot de la remarque.",
    ),
    "no_date": (
        "Ce n'est pas une date telle qu'on la consigne.",
        "Écrivez le jour, le mois ou l'année, par exemple « 12 mai 2019 », « 2019-05-12 », « mai 2019 » ou « 2019 ».",
    ),
    "no_rhythm": (
        "Ce n'est pas une fréquence.",
        (
            "Écrivez par exemple « annuel », « aux 3 mois » ou « le 30 juin de chaque année »; une date va sous "
            "`echeance:`."
        ),
    ),
    # --- no form of the grammar
    "relative": (
        "« {word} » dépend du jour où on lit le plan.",
        "Écrivez la date avec son année, par exemple « automne 2020 » ou « mars 2020 ».",
    ),
    "vague": (
        "« {word} » ne dit pas quand.",
        (
            "Écrivez une date ou une période, par exemple « mars 2020 » ou « automne 2020 »; « immédiat » si "
            "l'action peut commencer maintenant; « au besoin », « en continu » ou « annuel » si elle revient; « à "
            "déterminer » si la date n'est pas connue."
        ),
    ),
    "status": (
        "« {word} » dit où en est l'action, et non pour quand elle est prévue.",
        "Écrivez `statut: {meaning}`, et gardez ici la date prévue, par exemple « mars 2020 ».",
    ),
    "occasion": (
        "« {word} » n'a pas de dates fixées dans les conventions.",
        "Écrivez le mois ou le jour, par exemple « {meaning} ».",
    ),
    "clock": (
        "« {word} » : une échéance se compte en jours, sans heure.",
        "Écrivez le jour seulement, par exemple « 15 janvier 2020 ».",
    ),
    "event": (
        "« {word} » désigne un événement dont la date n'est pas dite.",
        (
            "Écrivez sa date, par exemple « mars 2020 », ou « à déterminer »; l'événement peut suivre entre "
            "parenthèses, par exemple « mars 2020 ({word}) »."
        ),
    ),
    "after_open": (
        "« {rest} » n'est pas compris après « {head} ».",
        "Si c'est une remarque, mettez-la entre parenthèses, par exemple « {head} (par la direction) ».",
    ),
    "short_year": (
        "L'année « {word} » n'est pas écrite au complet.",
        "Écrivez-la en quatre chiffres, par exemple « {full} ».",
    ),
    "beside_a_date": ("« {rest} » n'est pas compris à côté de la date.", _ASIDE),
    "beside_a_core": (
        "« {core} » est compris, mais pas « {word} » à côté.",
        (
            "Gardez-en un seul, ou écrivez par exemple « annuel, en juin », « chaque année dès 2021 » ou « en "
            "continu jusqu'en 2022 »."
        ),
    ),
    "written_twice": ("« {word} » est écrit deux fois.", "Écrivez « {once} »."),
    "too_many": ("« {word} » n'est pas compris à cet endroit.", "Enlevez-le, et écrivez « {without} »."),
    "sign": (
        "Le signe « {word} » n'est pas compris.",
        "Enlevez-le; une remarque se met entre parenthèses, par exemple « mars 2020 (à confirmer) ».",
    ),
    "unknown_word": (
        "Le mot « {word} » n'est pas compris.",
        f"Écrivez par exemple {EXEMPLES}; une remarque se met entre parenthèses.",
    ),
    "slip": ("Le mot « {word} » n'est pas compris.", "Vouliez-vous dire « {close} »? Écrivez « {corrected} »."),
    "slip_beside_a_date": ("Le mot « {word} » n'est pas compris.", f"Vouliez-vous dire « {{close}} »? {_ASIDE}"),
    "slip_among_others": (
        "Le mot « {word} » n'est pas compris.",
        (
            "Vouliez-vous dire « {close} »? Gardez la date seulement, par exemple « mars 2020 »; une remarque se "
            "met entre parenthèses."
        ),
    ),
    "no_such_year": ("« {word} » n'est pas une année entre 1900 et 2199.", _IN_FULL),
    "number": ("Le nombre « {word} » n'est pas compris.", _IN_FULL),
    "misplaced": (
        "On ne comprend pas « {word} » à cet endroit.",
        f"Écrivez une seule échéance, par exemple {EXEMPLES}; une période s'écrit « septembre 2020 à mars 2021 ».",
    ),
    "duration": (
        "« {word} » est une durée, et ne dit pas à partir de quel jour.",
        (
            "Écrivez la fin, par exemple « décembre 2021 », ou les deux bouts, par exemple « janvier 2020 à "
            "décembre 2021 »."
        ),
    ),
    "wrong_rank": (
        "Les trimestres vont de 1 à 4 et les semestres de 1 à 2.",
        "Écrivez par exemple « T4 2020 » ou « 2e semestre 2020 ».",
    ),
    "no_end": (
        "Il manque la fin de la période.",
        "Écrivez les deux bouts, par exemple « du 1er avril 2020 au 31 mars 2021 ».",
    ),
    "unfinished": (
        "Il manque une date après « {texte} ».",
        "Ajoutez-la, par exemple « {texte} mars 2021 ».",
    ),
}
"""What is wrong, and what to write instead, by the kind of an UnreadError."""

REFUSALS["ongoing_status"] = (
    REFUSALS["status"][0],
    f"{REFUSALS['status'][1]} Si l'action n'a pas de fin, écrivez « en continu ».",
)


def refus(texte: str, error: UnreadError) -> Refus:
    """The refusal of a wording; where no word is at fault more than another, all of them are."""
    message, remedy = [_FRENCH.format(sentence, **error.data) for sentence in REFUSALS[error.kind]]
    return Refus(texte, message, remedy, error.start, error.end or len(texte))


def _day(day: date) -> str:
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"


_IN_WORDS: dict[str, Callable[..., str]] = {
    "": str,
    "mois": lambda month: MONTHS[month - 1],
    "de": lambda month: since(MONTHS[month - 1]),
    "jour": _day,
    "semaine": lambda day: WEEKDAYS[day.weekday()],
    "Nom": str.capitalize,
}


class _French(Formatter):
    def format_field(self, value: object, format_spec: str) -> str:
        return _IN_WORDS[format_spec](value)


_FRENCH = _French()
