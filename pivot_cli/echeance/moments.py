"""Moments: a day, a month, a season, a quarter, a year, and the beginning or end of one."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from types import SimpleNamespace
from typing import TYPE_CHECKING

from pivot_cli.echeance import unites, words
from pivot_cli.echeance.lexer import END, Cursor, Token, UnreadError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

# The years that a wording can name, both included.
FIRST_YEAR, LAST_YEAR = 1900, 2199
MOST_YEARS = 50  # of a plan
_LONGEST_LINK = 3  # letters: « de », « en », « des » and « aux » may stand twice in a date


class Frozen(SimpleNamespace):
    """Values with names, never changed once made; a named tuple would weigh more at every start."""

    def but(self, **changes: object) -> Self:
        """The same with other values."""
        return type(self)(**{**self.__dict__, **changes})


class Moment(Frozen):
    """A moment as written; what was left out is 0, empty or None."""

    unit: unites.Unite
    number: int = 0
    month: int = 0
    year: int = 0
    year2: int = 0  # the second of two years written together (2020-2021)
    whose: str = ""  # what they are, of a month or a season: « exercice » or « scolaire »
    part: str = ""  # « debut », « mi » or « fin »
    term: str = ""  # the convention that gives its days
    plural: bool = False  # « années » calls for several
    weekday: int | None = None  # 0 is Monday; kept to be checked
    straddling: bool | None = None  # which winter adjoins, in a range of seasons (True: from December)
    vague: bool = False  # the date is approximate
    start: int = 0
    end: int = 0  # offsets in the text

    def needs_year(self) -> bool:
        """Whether it has no year and cannot do without one."""
        return self.year == 0 and self.unit.dans != "plan"

    def lone_number(self) -> bool:
        """« 3 » in « 3 et 4 mai 2021 »: what it counts is said beside it."""
        return self.unit is unites.JOUR and not self.month

    def unread(self, kind: str, **data: object) -> UnreadError:
        """Its words are at fault."""
        return UnreadError(kind, self.start, self.end, **data)


def moment(cursor: Cursor) -> Moment | None:
    """A moment; the cursor stays where it was when there is none."""
    mark = cursor.position
    if cursor.before() in words.CLOSED and cursor.peek().text in ("a", "en", "pour", "dans"):
        return None
    # A month, a season or a number comes after every word that could stand before it: most wordings begin so.
    plain = is_plain(cursor.peek())
    vague = not plain and _introduction(cursor)
    start, part, found = cursor.peek().start, "", None
    if not plain:
        if cursor.skip(words.FIN_DU_PLAN):
            found = Moment(unit=unites.FIN_DU_PLAN)
        elif cursor.skip(words.MI_PARCOURS):
            found = Moment(unit=unites.MI_PARCOURS, term="mi_parcours")
        else:
            part = cursor.phrase(words.PARTIES) or ""
            vague = cursor.skip(words.APPROXIMATIONS) or vague
    found = found or cursor.first(*(_BY_NUMBER if cursor.peek().value >= 0 else _BY_WORD))
    if found is None and part and cursor.peek().text in ("a", "et", "ou", "/"):
        found = Moment(unit=unites.PARTIE)
    if found is None or (not plain and _says_twice(cursor.tokens[mark : cursor.position])):
        cursor.position = mark
        return None
    return found.but(part=part, vague=vague, start=start, end=cursor.last_offset())


def _says_twice(tokens: list[Token]) -> bool:
    """Whether a word of a single date stands twice, as in « au mois du mois de mars 2020 »: a slip."""
    long = [token.text for token in tokens if len(token.text) > _LONGEST_LINK and token.value < 0]
    return len(set(long)) < len(long)


def is_plain(token: Token) -> bool:
    """Whether a date begins with this very token, and nothing that introduces or bounds one."""
    return token.value >= 0 or token.text in words.MOIS or token.text in words.SAISONS


def _introduction(cursor: Cursor) -> bool:
    """Words that add nothing to a date, each kind once; whether one of them says that it is approximate."""
    vague = cursor.skip(words.APPROXIMATIONS)
    for table in (words.ANNONCES, words.PREPOSITIONS, words.ENTOURAGES):
        if cursor.match(words.PARTIES):  # « à la fin de » is a part, though « à » alone is an introduction
            break
        cursor.skip(table)
        vague = cursor.skip(words.APPROXIMATIONS) or vague
    return vague


def _by_word(cursor: Cursor) -> Moment | None:
    season = cursor.word(words.SAISONS)
    if season is not None:
        season == "rentree" and cursor.take("scolaire")
        # « Rentrée scolaire de septembre 2025 » is that month.
        named = season == "rentree" and cursor.peek(1).text in words.MOIS and cursor.take("de")
        return _month(cursor) if named else _with_year(cursor, Moment(unit=unites.SAISON, term=season))
    weekday = cursor.word(words.JOURS)
    # « Mar. » is March, but before a day of a month: « mar. 3 mars 2020 ».
    if weekday is None and cursor.peek().text == "mar" and cursor.peek(1).width in (1, 2):
        weekday = 1 if cursor.peek(2).text in words.MOIS and cursor.take("mar") else None
    if weekday is not None:  # « lundi, 3 mai 2021 »
        cursor.take(",")
        day = _day(cursor)
        return None if day is None or day.unit is not unites.JOUR else day.but(weekday=weekday)
    if cursor.take("semaine"):  # « semaine du 3 mai 2021 »
        day = _day(cursor) if cursor.take("de") else None
        return None if day is None else day.but(unit=unites.SEMAINE)
    rank = cursor.word(words.ORDINAUX)
    of_days = rank in (1, words.DERNIER) and cursor.peek().text == "jour" and cursor.peek(1).text == "de"
    if of_days or (rank == 1 and cursor.peek().text in words.MOIS):  # « dernier jour de mai », « premier mai 2025 »
        cursor.position += 2 * of_days
        return _day_of_month(cursor, rank or 1)
    if rank is not None:
        return _after_rank(cursor, rank)
    return cursor.first(_month, _ranked, _plan_year, _term, _standalone_year)


def _month(cursor: Cursor) -> Moment | None:
    cursor.take("mois") and cursor.take("de")
    month = cursor.word(words.MOIS)
    return None if month is None else _with_year(cursor, Moment(unit=unites.MOIS, month=month))


_RANKED = dict.fromkeys(words.TRIMESTRES, unites.TRIMESTRE) | dict.fromkeys(words.SEMESTRES, unites.SEMESTRE)
_AFTER_RANK = {
    **_RANKED, "moitie": unites.SEMESTRE, "quinzaine": unites.QUINZAINE, "semaine": unites.RANG_SEMAINE,
    **dict.fromkeys(words.JOURS, unites.RANG_JOUR),
}  # fmt: skip


def _ranked(cursor: Cursor) -> Moment | None:
    """« T3 2023 », « trimestre 3 », « S1 2022 »."""
    unit, rank = _RANKED.get(cursor.peek().text), cursor.peek(1)
    if unit is None or not (1 <= rank.value <= unit.rangs and rank.width == 1):
        return None
    cursor.position += 2
    return _with_year(cursor, Moment(unit=unit, number=rank.value))


def _after_rank(cursor: Cursor, rank: int) -> Moment | None:
    """« 2e trimestre 2023 », « première quinzaine de mars 2020 », « 2e année du plan »."""
    noun = cursor.peek().text
    unit = cursor.word(_AFTER_RANK)
    if unit is not None:
        if rank == words.DERNIER and unit not in (unites.RANG_SEMAINE, unites.RANG_JOUR):
            rank = unit.rangs
        exists = rank == words.DERNIER or 1 <= rank <= unit.rangs
        if unit.dans == "année":
            return _with_year(cursor, Moment(unit=unit, number=rank)) if exists else None
        cursor.take("de", "en")
        month = _month(cursor)
        return month.but(unit=unit, number=rank, weekday=words.JOURS.get(noun)) if month and exists else None
    if cursor.take("sem"):
        semester = _with_year(cursor, Moment(unit=unites.SEMESTRE, number=rank)) if 1 <= rank <= 2 else None
        return semester if semester and semester.year else None  # « 1er sem. 2022 »: with a month it is a week
    if rank != 0 and cursor.take("annee", "an"):
        of_plan = cursor.skip(words.DU_PLAN)
        if rank == words.DERNIER and not of_plan:
            return None
        return Moment(unit=unites.AN_DU_PLAN, number=rank)
    return Moment(unit=unites.JOUR, number=rank) if rank >= 1 and noun in ("et", "ou", "a", ",", "-", "/") else None


def _plan_year(cursor: Cursor) -> Moment | None:
    """« An 2 », « année 1 du plan »."""
    rank = cursor.count(MOST_YEARS, words=False) if cursor.skip(words.ANS_DU_PLAN) else 0
    if not rank:
        return None
    cursor.skip(words.DU_PLAN)
    return Moment(unit=unites.AN_DU_PLAN, number=rank)


def _term(cursor: Cursor) -> Moment | None:
    """« court terme », and the first of « court et moyen terme »."""
    term = cursor.word(words.TERMES)
    if term is None:
        return None
    dash = int(cursor.peek().text == "-")
    if cursor.peek(dash).text not in ("terme", "termes"):
        return Moment(unit=unites.ADJECTIF, term=term)
    cursor.position += 1 + dash
    return Moment(unit=unites.TERME, term=term)


def _day(cursor: Cursor) -> Moment | None:
    """« 1er mars 2020 », « 3 » in « 3 et 4 mai 2021 »; « 2e trimestre 2023 » and « 1T 2023 » begin so too."""
    token = cursor.peek()
    if not (1 <= token.width <= 2):
        return _day_of_month(cursor, 1) if cursor.take("premier") and cursor.peek().text in words.MOIS else None
    cursor.position += 1
    ordinal = cursor.take(*words.RANGS)
    following = cursor.peek().text
    if following in words.MOIS:
        return _day_of_month(cursor, token.value)
    month = words.MOIS.get(cursor.peek(1).text)
    if following == "-" and month and cursor.peek(2).text == "-" and is_year(cursor.peek(3)):
        year = cursor.peek(3).value  # « 30-avr-2021 »
        cursor.position += 4
        return Moment(unit=unites.JOUR, number=token.value, month=month, year=year)
    mark = cursor.position
    ranked = _after_rank(cursor, token.value) if ordinal or following in _RANKED else None
    if ranked is None:
        cursor.position = mark
    return ranked or Moment(unit=unites.JOUR, number=token.value)


def _day_of_month(cursor: Cursor, day: int) -> Moment | None:
    month = _month(cursor)
    return None if month is None else month.but(unit=unites.JOUR, number=day)


def _numeric_date(cursor: Cursor) -> Moment | None:
    """A date in figures: 2020-03-31, 2020-03, 31/03/2020, 03/2020; one with two far readings is refused."""
    first, sign, second = cursor.peek(), cursor.peek(1).text, cursor.peek(2)
    if sign not in ("-", "/", ".") or second.value < 0 or second.width > 4:
        return None
    third = cursor.peek(4) if cursor.peek(3).text == sign else END
    if is_year(first) and second.width <= 2 and 1 <= third.width <= 2:
        year, month, day = first, second, third
    elif first.width <= 2 and second.width <= 2 and is_year(third):
        # Day then month, or month then day when that alone is possible.
        year, (day, month) = third, (first, second) if second.value <= 12 else (second, first)
        if 1 <= day.value <= 12 and 1 <= month.value <= 12 and day.value != month.value:
            both = date(third.value, month.value, day.value), date(third.value, day.value, month.value)
            raise UnreadError("two_days", first.start, third.end, first=both[0], second=both[1])
    elif is_year(first) and second.width == 2:
        year, month, day = first, second, END
    elif first.width <= 2 and is_year(second) and third.width != 4:
        year, month, day = second, first, END
    else:
        return None
    cursor.position += 3 if day is END else 5
    found = _two_years(first, second) if year is first and day is END else None
    if found is None and not 1 <= month.value <= 12:
        raise UnreadError("impossible", first.start, cursor.last_offset())
    found = found or Moment(unit=unites.MOIS, month=month.value, year=year.value)
    return found if day is END else found.but(unit=unites.JOUR, number=day.value)


def _two_years(year: Token, second: Token) -> Moment | None:
    """« 2020-21 » is two years, « 2020-03 » a month, « 2010-12 » either."""
    year2 = year.value - year.value % 100 + second.value
    if year2 <= year.value and second.value > 12:
        raise UnreadError("backwards", year.start, second.end)
    if year2 > year.value and second.value <= 12:
        raise UnreadError("ambiguous_month", year.start, second.end, month=second.value, year=year.value, year2=year2)
    return Moment(unit=unites.ANNEE, year=year.value, year2=year2) if year2 > year.value else None


def is_year(token: Token) -> bool:
    """Whether a number is a year: four digits, from 1900 to 2199."""
    return token.width == 4 and FIRST_YEAR <= token.value <= LAST_YEAR


def _standalone_year(cursor: Cursor) -> Moment | None:
    """« 2020 », « exercice 2020-2021 », « 2013-2014-2015 », « 2023-T3 »."""
    noun = cursor.phrase(words.ANNEES)
    years = _years(cursor)
    if not years:
        return Moment(unit=unites.ANNEE) if noun in ("annee", "civile") else None
    if len(years) == 1 and noun is None:
        mark = cursor.position
        cursor.take("-", "/", ",")
        ranked = _ranked(cursor)
        if ranked is not None and not ranked.year:
            return ranked.but(year=years[0])
        cursor.position = mark
    if any(later <= earlier for earlier, later in pairwise(years)):
        raise UnreadError("backwards", cursor.tokens[cursor.position - 1].start, cursor.last_offset())
    unit = {"exercice": unites.EXERCICE, "scolaire": unites.SCOLAIRE}.get(noun or "", unites.ANNEE)
    civile = "civile" if noun in ("civile", "civiles") else ""
    plural, year2 = noun in ("annees", "civiles"), years[-1] if len(years) > 1 else 0
    return Moment(unit=unit, year=years[0], year2=year2, plural=plural, term=civile)


def _with_year(cursor: Cursor, unfinished: Moment) -> Moment:
    """The year of a month, season or quarter, if it is written there: « mars 2020 », « T1 de l'année 2022 »."""
    mark, noun = cursor.position, None
    if not is_year(cursor.peek()):
        # « Des » is also « dès », once accents are dropped: « été dès 2025 » begins then.
        of = cursor.peek().text
        cursor.take("de", "des", "en", "-", "/", ",")
        noun = cursor.phrase(words.ANNEES)
        if of == "des" and noun is None:
            cursor.position = mark
            return unfinished
    years = _years(cursor)
    if len(years) == 1 and noun not in ("exercice", "scolaire"):
        return unfinished.but(year=years[0])
    if len(years) == 2 and years[0] < years[1]:
        return unfinished.but(year=years[0], year2=years[1], whose=noun if noun in ("exercice", "scolaire") else "")
    cursor.position = mark
    return unfinished


def _years(cursor: Cursor) -> list[int]:
    """2020, 2020-2021, 2013-2014-2015, 2020/2021, and 2020-21 where 21 can only be a year."""
    if not is_year(cursor.peek()):
        return []
    years = [cursor.peek().value]
    cursor.position += 1
    while cursor.peek().text in ("-", "/") and is_year(cursor.peek(1)) and not _begins_others(cursor, years):
        years.append(cursor.peek(1).value)
        cursor.position += 2
    short = cursor.peek(1)
    if len(years) == 1 and cursor.peek().text in ("-", "/") and short.width == 2:
        ends = cursor.peek(2).text in ("", ",", "a", "et", "ou", "jusque", "voire")
        if ends and short.value > max(12, years[0] % 100):
            years.append(years[0] - years[0] % 100 + short.value)
            cursor.position += 2
    return years


def _begins_others(cursor: Cursor, years: list[int]) -> bool:
    """Whether the year after the sign begins a date in figures (2020-03-31/2020-04-30), or two years after these
    (2025-2026 / 2026-2027).
    """
    after = cursor.peek(3)
    again = len(years) > 1 and cursor.peek(1).value <= years[-1] < after.value and is_year(after)
    return cursor.peek(2).text in ("-", "/") and (after.width in (1, 2) or again)


# Hot: written once, and not at every call.
_BY_NUMBER: tuple[Callable[[Cursor], Moment | None], ...] = (_numeric_date, _day, _standalone_year)
_BY_WORD = (_by_word,)


def part_alone(cursor: Cursor) -> str:
    """« à la fin » before « de chaque année »: « debut », « mi » or « fin », empty when there is none."""
    if not cursor.match(words.PARTIES):
        cursor.skip(words.PREPOSITIONS)
    return cursor.phrase(words.PARTIES) or ""


def stray_article(tokens: list[Token]) -> Token | None:
    """The first token of a date that does not take the article before it: « le 2021 », « la mars 2020 »."""
    for rank, token in enumerate(tokens):
        if token.article and not _takes_article(token, tokens[rank + 1 : rank + 4]):
            return token
    return None


def _takes_article(token: Token, following: list[Token]) -> bool:
    if token.value < 0:
        return token.text in words.AFTER_ARTICLE[token.article]
    if token.article == "l":
        return False
    if token.width <= 2:
        return token.article != "la" or bool(following and following[0].text in words.RANGS)
    # « le 2021-03-31 » is a day, « le 2021 » none.
    signs = [one.text for one in following if one.text in ("-", "/", ".")]
    return token.article == "le" and len(following) == 3 and len(signs) == 2 and signs[0] == signs[1]
