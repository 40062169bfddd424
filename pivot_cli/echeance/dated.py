"""Dated wordings: a moment, moments joined together, or bounds."""

from __future__ import annotations

from pivot_cli.echeance import unites, words
from pivot_cli.echeance.lexer import Cursor, UnreadError
from pivot_cli.echeance.moments import MOST_YEARS, Frozen, Moment, is_plain, moment, stray_article


class Intervalle(Frozen):
    """A dated wording: its moments from left to right, and what links each to the next."""

    moments: tuple[Moment, ...]
    links: tuple[str, ...] = ()
    # How many of the moments say when it begins, the others when it ends: none in « d'ici mars », all in « dès mars ».
    # None: there is no bound, and all of them together say when.
    split: int | None = None
    after: bool = False  # the first bound is excluded
    before: bool = False  # the last bound is excluded
    until: bool = False  # « jusqu'en », « à l'horizon »: what goes on until then, and not a day to meet

    @property
    def lower(self) -> tuple[Moment, ...]:
        """The moments that say when it begins, if there is a bound."""
        return () if self.split is None else self.moments[: self.split]

    @property
    def upper(self) -> tuple[Moment, ...]:
        """The moments that say when it ends, if there is a bound."""
        return () if self.split is None else self.moments[self.split :]

    def ending(self, **changes: object) -> Intervalle:
        """The same with other values in its last moment."""
        return self.but(moments=(*self.moments[:-1], self.moments[-1].but(**changes)))

    def joined(self, link: str, other: Intervalle) -> Intervalle:
        """These moments, then others."""
        return other.but(moments=self.moments + other.moments, links=(*self.links, link, *other.links))

    def beginning(self, upper: Intervalle | None) -> Intervalle:
        """From these moments on, up to others or without an end."""
        both = self if upper is None else self.joined("", upper)
        return both.but(split=len(self.moments))

    def unread(self, kind: str, **data: object) -> UnreadError:
        """All its words are at fault."""
        return UnreadError(kind, self.moments[0].start, self.moments[-1].end, **data)


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
        raise UnreadError(
            "stray_article", stray.start, stray.end, article="l'" if stray.article == "l" else stray.article
        )
    return found


def _from_lower(cursor: Cursor) -> Intervalle | None:
    kind = cursor.phrase(words.DEPUIS)
    lower = None if kind is None else chaine(cursor, closed=False)
    if lower is None:
        return None
    return lower.beginning(cursor.first(_following_upper, _closing)).but(after=kind == "après")


def _closing(cursor: Cursor) -> Intervalle | None:
    """« à partir de septembre 2020 à juin 2021 »: people close so what they opened with a bound."""
    return chaine(cursor) if cursor.phrase(words.LIENS) in ("a", "-") else None


def _following_upper(cursor: Cursor) -> Intervalle | None:
    cursor.skip(words.ENTRE_BORNES)
    return _from_upper(cursor)


def _from_upper(cursor: Cursor) -> Intervalle | None:
    mark = cursor.position
    kind = cursor.first(_before_end_of_plan) if cursor.peek().text == "avant" else None
    kind = kind or cursor.phrase(words.JUSQUE)
    if kind is None:
        return None
    named = cursor.tokens[mark : cursor.position]
    if (upper := cursor.first(_years_from_plan, chaine)) is None:
        return None
    until = any(token.text in words.GOES_ON_UNTIL for token in named)
    if kind == "fin" and not upper.moments[-1].part:
        upper = upper.ending(part="fin")
    return upper.but(split=0, before=kind == "avant", until=until)


def _before_end_of_plan(cursor: Cursor) -> str | None:
    """« Avant la fin du plan » is by its end, as « avant la fin de 2020 » is."""
    return "d'ici" if cursor.take("avant") and cursor.match(words.FIN_DU_PLAN) else None


def _years_from_plan(cursor: Cursor) -> Intervalle | None:
    """« d'ici 3 ans »."""
    start, count = cursor.peek().start, cursor.peek().counts()
    unit, following = cursor.peek(1).text, cursor.peek(2)
    if not 1 <= count <= MOST_YEARS or unit not in ("an", "ans", "annee", "annees") or following.value >= 0:
        return None
    cursor.position += 2
    return Intervalle(moments=(Moment(unit=unites.DUREE, number=count, start=start, end=cursor.last_offset()),))


def _whole(cursor: Cursor) -> Intervalle | None:
    opening = cursor.peek().text
    if opening == "..":  # « ../2020-12-31 », the EDTF form
        upper = chaine(cursor) if cursor.take("..") and cursor.take("/") else None
        return None if upper is None else upper.but(split=0)
    opened = cursor.take("de", "entre")
    found = chaine(cursor, ranged=opening == "entre")
    if found is None or (opened and len(found.moments) == 1 and not found.moments[0].year2):
        return None
    if cursor.at_end():
        return found
    if cursor.peek().text == "/" and cursor.peek(1).text == "..":
        cursor.position += 2
        return found.beginning(None)
    upper = cursor.first(_following_upper)
    return found if upper is None else found.beginning(upper)


def chaine(cursor: Cursor, *, closed: bool = True, ranged: bool = False) -> Intervalle | None:
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
    return Intervalle(moments=tuple(moments), links=tuple(links))


def _with_ending(cursor: Cursor, found: Intervalle) -> Intervalle:
    mark = cursor.position
    kind = cursor.phrase(words.FINALES)
    if kind == "environ":
        return found.ending(vague=True)
    if kind in ("d'ici", "dès") and found.split is None:
        return found.but(split=0 if kind == "d'ici" else len(found.moments))
    fits = (found.split == 0 or kind != "d'ici") and not (found.before or (found.after and kind == "inclus"))
    if kind == "dès" or (kind is not None and not fits):
        cursor.position = mark
    return found
