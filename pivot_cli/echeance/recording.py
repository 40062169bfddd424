"""What the rest of the plan's files says in the language of échéances, or in less of it.

Recorded dates (« mai 2019 »), `recurrence:`, and what `conventions:` holds: a term, a day of every year, a span of
months.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pivot_cli.echeance import words
from pivot_cli.echeance.dated import intervalle
from pivot_cli.echeance.dates import days
from pivot_cli.echeance.lexer import Cursor, UnreadError, tokenize
from pivot_cli.echeance.points import Unite, point
from pivot_cli.echeance.refusals import refus
from pivot_cli.echeance.spans import Notes, add_months, plan_start
from pivot_cli.echeance.values import Conventions, DateConsignee, Echeance, Refus, TypeEcheance
from pivot_cli.text import quoted

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from typing import TypeVar

    from pivot_cli.echeance.points import Point

    Found = TypeVar("Found")

_POINTS = frozenset((Unite.JOUR, Unite.MOIS, Unite.SAISON, Unite.TRIMESTRE, Unite.SEMESTRE, Unite.ANNEE))
_LONGEST = 200


def recorded(texte: str) -> DateConsignee | Refus:
    """« 2019-05-12 », « 12 mai 2019 », « mai 2019 », « 2019 »: one point, and no bound."""
    try:
        return _recorded(texte)
    except UnreadError as error:
        return refus(texte, error)


def _recorded(texte: str) -> DateConsignee:
    cursor = Cursor(tokenize(texte[: _LONGEST + 1]))
    interval = intervalle(cursor) if len(texte) <= _LONGEST else None
    if interval is None or not cursor.at_end() or interval.whole is None:
        raise UnreadError("not_a_date")
    point = interval.whole.points[0]
    if len(interval.whole.points) > 1 or point.unit not in _POINTS or point.vague or point.year2:
        raise UnreadError("not_a_date")
    first, last = days(interval, texte, Conventions(), Notes())
    if last is None:
        raise UnreadError("not_a_date")
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


def term_span(wording: str, name: str, used: Point, conventions: Conventions) -> tuple[date, date]:
    """The days of a term: « 1 an », « 1 à 3 ans » from the start of the plan, or a dated wording."""
    plain = conventions._replace(court_terme=None, moyen_terme=None, long_terme=None, mi_parcours=None)
    years = _years(wording)
    if years is not None:
        start = plan_start(used, conventions)
        return add_months(start, 12 * years[0]), add_months(start, 12 * years[1]) - timedelta(days=1)
    first, last = _dated(wording, plain)
    if last is None:
        raise UnreadError("bad_term", used.start, used.end, wording, name)
    start = conventions.periode_debut or last
    return first or min(start, last), last


def _dated(wording: str, conventions: Conventions) -> tuple[date | None, date | None]:
    """The days of a dated wording; no last one when it is not read."""
    found = _all_of(wording, intervalle)
    try:
        return (None, None) if found is None else days(found, wording, conventions, Notes())
    except UnreadError:
        return None, None


def _all_of(texte: str, production: Callable[[Cursor], Found | None]) -> Found | None:
    """What a production of the grammar finds in the whole of a text, if it has a reading."""
    if len(texte) > _LONGEST:
        return None
    cursor = Cursor(tokenize(texte))
    try:
        found = production(cursor)
    except UnreadError:
        return None
    return found if cursor.at_end() else None


def _years(wording: str) -> tuple[int, int] | None:
    """« 3 ans » is (0, 3), « 1 à 3 ans » is (1, 3)."""
    cursor = Cursor(tokenize(wording))
    cursor.take("de")
    first = _count(cursor)
    second = _count(cursor) if first and cursor.take("a", "-") else 0
    if not first or not cursor.take("an", "ans", "annee", "annees") or not cursor.at_end():
        return None
    if second and second <= first:
        return None
    return (first, second) if second else (0, first)


def _count(cursor: Cursor) -> int:
    token = cursor.peek()
    number = token.value if token.value >= 0 else words.CARDINAUX.get(token.text, 0)
    if not 1 <= number <= 50:
        return 0
    cursor.advance()
    return number


def day_of_every_year(texte: str) -> tuple[int, int] | None:
    """The (month, day) of « 1er avril » or « avril »; None when it is not a day of every year."""
    found = _all_of(texte, point)
    if found is None or found.year or found.part or found.vague:
        return None
    if found.unit is Unite.MOIS:
        return found.month, 1
    if found.unit is not Unite.JOUR or not found.month:
        return None
    longest = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[found.month - 1]
    return (found.month, found.number) if 1 <= found.number <= longest else None


def span_of_months(texte: str) -> tuple[int, int] | None:
    """The (first, last) months of « mars à juin » or « mars »; None when they are not in one year."""
    found = _all_of(texte, intervalle)
    if found is None or found.whole is None or found.whole.connectors not in ((), ("a",), ("-",)):
        return None
    points = found.whole.points
    if any(one.unit is not Unite.MOIS or one.year or one.part or one.vague for one in points):
        return None
    return (points[0].month, points[-1].month) if points[0].month <= points[-1].month else None
