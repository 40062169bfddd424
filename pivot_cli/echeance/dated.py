"""Dated wordings: a moment, moments joined together, or bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pivot_cli.echeance import words
from pivot_cli.echeance.lexer import UnreadError
from pivot_cli.echeance.moments import Frozen, Moment, Unite, is_plain, moment, stray_article

if TYPE_CHECKING:
    from pivot_cli.echeance.lexer import Cursor

_MOST_YEARS = 50
_WRITTEN = {"l": "l'"}


class Chaine:
    """Moments joined by links: « mai », « de mai à juin », « mai, juin ou juillet »."""

    __slots__ = ("links", "moments")

    def __init__(self, moments: tuple[Moment, ...], links: tuple[str, ...] = ()) -> None:
        self.moments = moments
        self.links = links

    def ending(self, **changes: object) -> Chaine:
        """The same with other values in its last moment."""
        return Chaine((*self.moments[:-1], self.moments[-1].but(**changes)), self.links)


class Intervalle(Frozen):
    """A dated wording: `whole` alone, or what it begins with (`lower`) and ends with (`upper`).

    `after` and `before` say that the bound itself is excluded (« après », « avant »).
    """

    __slots__ = ("after", "before", "lower", "upper", "whole")

    def __init__(
        self, whole: Chaine | None = None, lower: Chaine | None = None, upper: Chaine | None = None, *,
        after: bool = False, before: bool = False,
    ) -> None:  # fmt: skip
        self.whole = whole
        self.lower = lower
        self.upper = upper
        self.after = after
        self.before = before

    def chains(self) -> list[Chaine]:
        """What was written, from left to right."""
        return [chain for chain in (self.whole, self.lower, self.upper) if chain is not None]

    def moments(self) -> list[Moment]:
        """Its moments, from left to right."""
        return [moment for chain in self.chains() for moment in chain.moments]

    def unread(self, kind: str, **data: object) -> UnreadError:
        """All its words are at fault."""
        moments = self.moments()
        return UnreadError(kind, moments[0].start, moments[-1].end, **data)


def intervalle(cursor: Cursor) -> Intervalle | None:
    """A dated wording from the current token on; the cursor stays where it was when there is none."""
    mark = cursor.position
    if is_plain(cursor.peek()):
        found = _whole(cursor)
    else:
        cursor.skip(words.TITRES)
        found = cursor.first(_from_lower, _from_upper, _whole)
    if found is None:
        cursor.position = mark
        return None
    if not cursor.at_end():
        found = _with_ending(cursor, found)
    stray = stray_article(cursor.tokens[mark : cursor.position])
    if stray is not None:
        raise UnreadError("stray_article", stray.start, stray.end, article=_WRITTEN.get(stray.article, stray.article))
    return found


def _from_lower(cursor: Cursor) -> Intervalle | None:
    kind = cursor.phrase(words.DEPUIS)
    lower = None if kind is None else chaine(cursor, closed=False)
    if lower is None:
        return None
    bounded = cursor.first(_following_upper, _closing) or Intervalle()
    return bounded.but(lower=lower, after=kind == "après")


def _closing(cursor: Cursor) -> Intervalle | None:
    """« à partir de septembre 2020 à juin 2021 »: people close so what they opened with a bound."""
    upper = chaine(cursor) if cursor.phrase(words.LIENS) in ("a", "-") else None
    return None if upper is None else Intervalle(upper=upper)


def _following_upper(cursor: Cursor) -> Intervalle | None:
    cursor.skip(words.ENTRE_BORNES)
    return _from_upper(cursor)


def _from_upper(cursor: Cursor) -> Intervalle | None:
    kind = cursor.phrase(words.JUSQUE)
    upper = None if kind is None else cursor.first(_years_from_plan, chaine)
    if upper is None:
        return None
    if kind == "fin" and not upper.moments[-1].part:
        upper = upper.ending(part="fin")
    return Intervalle(upper=upper, before=kind == "avant")


def _years_from_plan(cursor: Cursor) -> Chaine | None:
    """« d'ici 3 ans »."""
    start, count = cursor.offset(), cursor.peek().counts()
    unit, following = cursor.peek(1).text, cursor.peek(2)
    if not 1 <= count <= _MOST_YEARS or unit not in ("an", "ans", "annee", "annees") or following.value >= 0:
        return None
    cursor.advance(2)
    return Chaine((Moment(Unite.DUREE, count, start=start, end=cursor.last_offset()),))


def _whole(cursor: Cursor) -> Intervalle | None:
    opening = cursor.peek().text
    if opening == "..":
        return _open_start(cursor)
    opened = opening in ("de", "entre")
    if opened:
        cursor.advance()
    found = chaine(cursor, ranged=opening == "entre")
    if found is None or (opened and len(found.moments) == 1 and not found.moments[0].year2):
        return None
    if cursor.at_end():
        return Intervalle(found)
    if cursor.peek().text == "/" and cursor.peek(1).text == "..":
        cursor.advance(2)
        return Intervalle(lower=found)
    upper = cursor.first(_following_upper)
    return Intervalle(found) if upper is None else upper.but(lower=found)


def _open_start(cursor: Cursor) -> Intervalle | None:
    """« ../2020-12-31 », the EDTF form."""
    upper = chaine(cursor) if cursor.take("..") and cursor.take("/") else None
    return None if upper is None else Intervalle(upper=upper)


def chaine(cursor: Cursor, *, closed: bool = True, ranged: bool = False) -> Chaine | None:
    """Moments joined by links; `closed` is False after a bound, where « à » would close it; `ranged` is True after
    « entre », where « et » goes from one to the other.
    """
    first = moment(cursor)
    if first is None:
        return None
    moments, links = [first], list[str]()
    while not cursor.at_end():
        mark = cursor.position
        link = cursor.phrase(words.LIENS)
        # « dès mars-avril 2020 » is one beginning; « dès mars 2020 - juin 2021 » has an end.
        closes = not closed and (link == "a" or (link == "-" and moments[-1].year > 0))
        following = None if link is None or closes else moment(cursor)
        if link is None or following is None:
            cursor.position = mark
            break
        moments.append(following)
        links.append("a" if ranged and link == "et" else link)
    return Chaine(tuple(moments), tuple(links))


def _with_ending(cursor: Cursor, found: Intervalle) -> Intervalle:
    mark = cursor.position
    kind = cursor.phrase(words.FINALES)
    if kind == "environ":
        name = "whole" if found.whole else "upper" if found.upper else "lower"
        last: Chaine = getattr(found, name)
        return found.but(**{name: last.ending(vague=True)})
    if kind == "d'ici" and found.whole is not None:
        return Intervalle(upper=found.whole)
    if kind == "dès" and found.whole is not None:
        return Intervalle(lower=found.whole)
    if kind == "d'ici" and found.lower is None and not found.before:
        return found
    if kind in ("d'ici", "dès") or (kind == "inclus" and (found.before or found.after)):
        cursor.position = mark
    return found
