"""Dated wordings: a point, points joined together, or bounds.

intervalle := [label] (lower [[sep] upper] | upper | [opener] suite [[sep] upper]) [suffix]
lower      := ("dès" | "à partir de" | "après" | …) suite
upper      := ("d'ici" | "au plus tard" | "avant" | "jusqu'à" | …) (suite | number "ans")
suite      := point {connector point}
suffix     := "au plus tard" | "inclusivement" | "et suivantes" | "environ" | …
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pivot_cli.echeance import words
from pivot_cli.echeance.lexer import Phrases, UnreadError
from pivot_cli.echeance.points import Point, Unite, is_plain, point, stray_article

if TYPE_CHECKING:
    from pivot_cli.echeance.lexer import Cursor


class Suite:
    """Points joined by connectors: « mai », « de mai à juin », « mai, juin ou juillet »."""

    __slots__ = ("connectors", "points")

    def __init__(self, points: tuple[Point, ...], connectors: tuple[str, ...] = ()) -> None:
        self.points = points
        self.connectors = connectors

    def ending(self, last: Point) -> Suite:
        """The same with another last point."""
        return Suite((*self.points[:-1], last), self.connectors)


class Intervalle:
    """A dated wording: `whole` alone, or what it begins with (`lower`) and ends with (`upper`).

    `after` and `before` say that the bound itself is excluded (« après », « avant »).
    """

    __slots__ = ("after", "before", "lower", "upper", "whole")

    def __init__(
        self,
        whole: Suite | None = None,
        lower: Suite | None = None,
        upper: Suite | None = None,
        *,
        after: bool = False,
        before: bool = False,
    ) -> None:
        self.whole = whole
        self.lower = lower
        self.upper = upper
        self.after = after
        self.before = before

    def suites(self) -> tuple[Suite, ...]:
        """What was written, from left to right."""
        return tuple([suite for suite in (self.whole, self.lower, self.upper) if suite is not None])

    def about(self) -> Intervalle:
        """The same, its last point approximate."""
        whole, lower, upper = self.whole, self.lower, self.upper
        last = whole or upper or lower
        assert last is not None  # noqa: S101 - an interval has a point
        vague = last.ending(last.points[-1].but(vague=True))
        if whole is not None:
            return Intervalle(vague)
        return Intervalle(
            None, vague if upper is None else lower, upper and vague, after=self.after, before=self.before
        )

    def points(self) -> list[Point]:
        """Its points, from left to right."""
        return [point for suite in self.suites() for point in suite.points]


_LABELS = Phrases({"": "echeance: | echeancier: | date: | echeance prevue: | periode:"})
_LOWER = Phrases({
    "from": (
        "des | a partir de | a compter de | depuis | pas avant | au plus tot | des le debut de | des le debut |"
        "a partir du debut | a partir du debut de | debutant | commencant |"
        "a compter du debut de | depuis le debut de"
    ),
    "after": "apres | au-dela de",
})  # fmt: skip
_UPPER = Phrases({
    "until": (
        "d'ici | d'ici a | dici | au plus tard | pas plus tard que | au plus tard d'ici | d'ici au plus tard | jusque |"
        "horizon | a l'horizon | a l'horizon de | d'ici l'horizon | date limite | date limite: |"
        "date butoir | date butoir: | echeance limite | limite | maximum | date d'echeance: | date d'echeance |"
        "se terminant"
    ),
    # « Before the end of 2020 » is said for « by the end of 2020 »: its last day is still in time.
    "end": "avant fin | avant la fin | avant la fin de | avant fin de",
    "before": "avant",
})  # fmt: skip
_OPENERS = Phrases({"": "de | des", "entre": "entre"})
_CONNECTORS = Phrases({
    "a": "a | jusque | et jusque",
    "-": "-", "/": "/", "et": "et", "ou": "ou | voire | ou bien | et / ou", ",": ",",
})  # fmt: skip
_SEPARATORS = Phrases({"": "et | , | - | mais | , mais | et ce"})
_SUFFIXES = Phrases({
    "until": "au plus tard | maximum | max | au maximum | dernier delai",
    "": "inclus | incluse | inclusivement | compris",
    "from": (
        "et suivantes | et suivants | et suivante | et suiv | et ss | et plus | et apres | et au-dela | + | et + |"
        "ou apres | ou plus tard | ou au-dela | et annees suivantes | et les annees suivantes |"
        "et ans suivants | et annees subsequentes | et subsequentes | et ensuite | et les suivantes |"
        "et ulterieurement | et par la suite"
    ),
    "about": "environ | approximativement | a peu pres",
})  # fmt: skip
_YEARS_FROM_PLAN = frozenset(("an", "ans", "annee", "annees"))


def intervalle(cursor: Cursor) -> Intervalle | None:
    """A dated wording from the current token on; the cursor stays where it was when there is none."""
    mark = cursor.position
    if is_plain(cursor.peek()):
        found = _whole(cursor)
    else:
        cursor.phrase(_LABELS)
        found = _from_lower(cursor) or _from_upper(cursor) or _whole(cursor)
    if found is None:
        cursor.position = mark
        return None
    if not cursor.at_end():
        found = _with_suffix(cursor, found)
    stray = stray_article(cursor.tokens[mark : cursor.position])
    if stray is not None:
        raise UnreadError("stray_article", stray.start, stray.end, stray.article)
    return found


def _from_lower(cursor: Cursor) -> Intervalle | None:
    mark = cursor.position
    kind = cursor.phrase(_LOWER)
    if kind is None:
        return None
    lower = suite(cursor, closed=False)
    if lower is None:
        cursor.position = mark
        return None
    bounded = _following_upper(cursor) or _closing(cursor) or Intervalle()
    return Intervalle(lower=lower, upper=bounded.upper, after=kind == "after", before=bounded.before)


def _closing(cursor: Cursor) -> Intervalle | None:
    """« à partir de septembre 2020 à juin 2021 »: people close so what they opened with a bound."""
    mark = cursor.position
    if cursor.phrase(_CONNECTORS) in ("a", "-"):
        upper = suite(cursor)
        if upper is not None:
            return Intervalle(upper=upper)
    cursor.position = mark
    return None


def _following_upper(cursor: Cursor) -> Intervalle | None:
    mark = cursor.position
    cursor.phrase(_SEPARATORS)
    found = _from_upper(cursor)
    if found is None:
        cursor.position = mark
    return found


def _from_upper(cursor: Cursor) -> Intervalle | None:
    mark = cursor.position
    kind = cursor.phrase(_UPPER)
    if kind is None:
        return None
    upper = _years_from_plan(cursor) or suite(cursor)
    if upper is None:
        cursor.position = mark
        return None
    if kind == "end" and not upper.points[-1].part:
        upper = upper.ending(upper.points[-1].but(part="fin"))
    return Intervalle(upper=upper, before=kind == "before")


def _years_from_plan(cursor: Cursor) -> Suite | None:
    """« d'ici 3 ans »."""
    start, count = cursor.offset(), cursor.peek()
    number = count.value if count.value >= 0 else words.CARDINAUX.get(count.text, 0)
    if not (1 <= number <= 50 and cursor.peek(1).text in _YEARS_FROM_PLAN and cursor.peek(2).value < 0):
        return None
    cursor.advance(2)
    return Suite((Point(Unite.DUREE, number, start=start, end=cursor.last_offset()),))


def _whole(cursor: Cursor) -> Intervalle | None:
    mark = cursor.position
    open_end = _open_start(cursor)
    if open_end is not None:
        return open_end
    opener = cursor.phrase(_OPENERS)
    opened = opener is not None
    found = suite(cursor, ranged=opener == "entre")
    if found is None or (opened and len(found.points) == 1 and not found.points[0].year2):
        cursor.position = mark
        return None
    if cursor.at_end():
        return Intervalle(whole=found)
    if cursor.peek().text == "/" and cursor.peek(1).text == "..":
        cursor.advance(2)
        return Intervalle(lower=found)
    upper = _following_upper(cursor)
    return Intervalle(whole=found) if upper is None else Intervalle(None, found, upper.upper, before=upper.before)


def _open_start(cursor: Cursor) -> Intervalle | None:
    """« ../2020-12-31 », the EDTF form."""
    if cursor.peek().text != ".." or cursor.peek(1).text != "/":
        return None
    mark = cursor.position
    cursor.advance(2)
    found = suite(cursor)
    if found is None:
        cursor.position = mark
        return None
    return Intervalle(upper=found)


def suite(cursor: Cursor, *, closed: bool = True, ranged: bool = False) -> Suite | None:
    """Points joined by connectors; `closed` is False after a bound, where « à » would close it; `ranged` is True
    after « entre », where « et » goes from one to the other.
    """
    first = point(cursor)
    if first is None:
        return None
    points, connectors = [first], list[str]()
    while not cursor.at_end():
        mark = cursor.position
        connector = cursor.phrase(_CONNECTORS)
        # « dès mars-avril 2020 » is one beginning; « dès mars 2020 - juin 2021 » has an end.
        closes = not closed and (connector == "a" or (connector == "-" and points[-1].year > 0))
        following = None if connector is None or closes else point(cursor)
        if connector is None or following is None:
            cursor.position = mark
            break
        points.append(following)
        connectors.append("a" if ranged and connector == "et" else connector)
    return Suite(tuple(points), tuple(connectors))


def _with_suffix(cursor: Cursor, found: Intervalle) -> Intervalle:
    mark = cursor.position
    kind = cursor.phrase(_SUFFIXES)
    if kind == "about":
        return found.about()
    if kind == "until" and found.whole is not None:
        return Intervalle(upper=found.whole)
    if kind == "from" and found.whole is not None:
        return Intervalle(lower=found.whole)
    if kind == "until" and found.lower is None and not found.before:
        return found
    if kind in ("until", "from") or (kind == "" and (found.before or found.after)):
        cursor.position = mark
    return found
