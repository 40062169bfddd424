"""What an organisation writes under `conventions:` in words: a term, a day of the year, a span of months."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pivot_cli.echeance import words
from pivot_cli.echeance.dated import intervalle
from pivot_cli.echeance.dates import days
from pivot_cli.echeance.lexer import Cursor, tokenize
from pivot_cli.echeance.points import point
from pivot_cli.echeance.refusals import bad_term
from pivot_cli.echeance.spans import Notes, add_months, plan_start
from pivot_cli.echeance.syntax import Unite, UnreadError

if TYPE_CHECKING:
    from datetime import date

    from pivot_cli.echeance.conventions import Conventions
    from pivot_cli.echeance.syntax import Point


def term_span(wording: str, name: str, used: Point, conventions: Conventions) -> tuple[date, date]:
    """The days of a term: « 1 an », « 1 à 3 ans » from the start of the plan, or a dated wording."""
    plain = conventions._replace(court_terme=None, moyen_terme=None, long_terme=None, mi_parcours=None)
    years = _years(wording)
    if years is not None:
        start = plan_start(used, conventions)
        return add_months(start, 12 * years[0]), _day_before(add_months(start, 12 * years[1]))
    cursor = Cursor(tokenize(wording))
    try:
        found = intervalle(cursor)
        if found is None or not cursor.at_end():
            raise bad_term(wording, name, used.start, used.end)
        first, last = days(found, wording, plain, Notes())
    except UnreadError:
        raise bad_term(wording, name, used.start, used.end) from None
    if last is None:
        raise bad_term(wording, name, used.start, used.end)
    start = conventions.periode_debut or last
    return first or min(start, last), last


def _day_before(day: date) -> date:
    from datetime import timedelta

    return day - timedelta(days=1)


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


def parse_jour_annuel(texte: str) -> tuple[int, int] | None:
    """The (month, day) of « 1er avril » or « avril »; None when it is not a day of every year."""
    cursor = Cursor(tokenize(texte))
    found = point(cursor)
    if found is None or not cursor.at_end() or found.year or found.part or found.vague:
        return None
    if found.unit is Unite.MOIS:
        return found.month, 1
    if found.unit is not Unite.JOUR or not found.month:
        return None
    longest = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[found.month - 1]
    return (found.month, found.number) if 1 <= found.number <= longest else None


def parse_mois(texte: str) -> tuple[int, int] | None:
    """The (first, last) months of « mars à juin » or « mars »; None when they are not in one year."""
    cursor = Cursor(tokenize(texte))
    found = intervalle(cursor)
    if found is None or not cursor.at_end() or found.whole is None or len(found.whole.points) > 2:
        return None
    points = found.whole.points
    if any(one.unit is not Unite.MOIS or one.year or one.part or one.vague for one in points):
        return None
    return (points[0].month, points[-1].month) if points[0].month <= points[-1].month else None
