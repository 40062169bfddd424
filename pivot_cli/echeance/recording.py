"""Recorded dates, and the wordings of `recurrence:`: the same language, less of it."""

from __future__ import annotations

from pivot_cli.echeance.conventions import Conventions
from pivot_cli.echeance.dated import intervalle
from pivot_cli.echeance.dates import days
from pivot_cli.echeance.lexer import Cursor, tokenize
from pivot_cli.echeance.refusals import not_a_date
from pivot_cli.echeance.spans import Notes
from pivot_cli.echeance.syntax import Unite, UnreadError
from pivot_cli.echeance.values import DateConsignee, Echeance, Refus, TypeEcheance
from pivot_cli.text import quoted

_POINTS = frozenset((Unite.JOUR, Unite.MOIS, Unite.SAISON, Unite.TRIMESTRE, Unite.SEMESTRE, Unite.ANNEE))
_LONGEST = 200


def recorded(texte: str) -> DateConsignee | Refus:
    """« 2019-05-12 », « 12 mai 2019 », « mai 2019 », « 2019 »: one point, and no bound."""
    try:
        return _recorded(texte)
    except UnreadError as error:
        return Refus(texte, error.message, error.remedy, error.start, error.end or len(texte))


def _recorded(texte: str) -> DateConsignee:
    cursor = Cursor(tokenize(texte[: _LONGEST + 1]))
    interval = intervalle(cursor) if len(texte) <= _LONGEST else None
    if interval is None or not cursor.at_end() or interval.whole is None:
        raise not_a_date()
    point = interval.whole.points[0]
    if len(interval.whole.points) > 1 or point.unit not in _POINTS or point.vague or point.year2:
        raise not_a_date()
    first, last = days(interval, texte, Conventions(), Notes())
    if last is None:
        raise not_a_date()
    return DateConsignee(texte, first or last, last)


def only_recurrent(found: Echeance | Refus) -> Echeance | Refus:
    """The reading if it is a rhythm; else a refusal."""
    if isinstance(found, Refus) or found.type is TypeEcheance.RECURRENT:
        return found
    return Refus(
        found.texte,
        "Ce n'est pas une fréquence.",
        f"Écrivez par exemple {quoted('annuel')}, {quoted('aux 3 mois')} ou {quoted('le 30 juin de chaque année')}; "
        "une date va sous `echeance:`.",
        0,
        len(found.texte),
    )
