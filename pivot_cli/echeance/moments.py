"""Moments: a day, a month, a season, a quarter, a year, and the beginning or end of one."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from pivot_cli.echeance import words
from pivot_cli.echeance.lexer import UnreadError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

    from pivot_cli.echeance.lexer import Cursor, Token

# The years that a wording can name, both included.
FIRST_YEAR, LAST_YEAR = 1900, 2199
_LAST_PLAN_YEAR = 50
_LONGEST_LINK = 3  # letters: « de », « en », « des » and « aux » may stand twice in a date


class Frozen:
    """Values with names, never changed once made. The classes of the grammar say themselves how they are built:
    each as a named tuple would add a fifth of a millisecond to the start of every command.
    """

    __slots__: tuple[str, ...] = ()

    def but(self, **changes: object) -> Self:
        """The same with other values."""
        other = object.__new__(type(self))
        for name in self.__slots__:
            setattr(other, name, changes[name] if name in changes else getattr(self, name))
        return other


class Unite:
    """What a moment names. Plain strings: an Enum would weigh more at every start than all it is used for."""

    JOUR = "jour"  # day `number` of `month`
    RANG_JOUR = "rang de jour"  # the `number`th `weekday` of `month`
    SEMAINE = "semaine"  # the seven days from day `number` of `month`
    RANG_SEMAINE = "rang de semaine"  # the `number`th week of `month`, seven days each
    QUINZAINE = "quinzaine"  # the `number`th half of `month`
    MOIS = "mois"
    SAISON = "saison"
    TRIMESTRE = "trimestre"
    SEMESTRE = "semestre"
    ANNEE = "annee"
    EXERCICE = "exercice"  # the financial year `year`-`year2`
    SCOLAIRE = "scolaire"  # the school year `year`-`year2`
    AN_DU_PLAN = "an du plan"  # the `number`th year of the plan
    DUREE = "duree"  # `number` years from the start of the plan
    TERME = "terme"  # the convention `term`
    ADJECTIF = "adjectif"  # « court » in « court et moyen terme »
    MI_PARCOURS = "mi-parcours"
    FIN_DU_PLAN = "fin du plan"
    PARTIE = "partie"  # « début » in « début à mi-mars 2020 », a part of what the next moment names


_WITHOUT_YEAR = frozenset(
    (Unite.AN_DU_PLAN, Unite.DUREE, Unite.TERME, Unite.ADJECTIF, Unite.MI_PARCOURS, Unite.FIN_DU_PLAN)
)


class Moment(Frozen):
    """A moment as written; what was left out is 0 (`number`, `month`, `year`), empty or None.

    `year2` is the second of two years written together (2020-2021); `plural` says that « années » calls for several;
    `part` is « debut », « mi » or « fin »; `term` is the name of a convention; `weekday` (0 is Monday) is kept to be
    checked; `straddling` says which winter adjoins in a range of seasons (True: from December; None: the convention
    decides); `vague` that the date is approximate; `start` and `end` are offsets in the text.
    """

    __slots__ = (
        "end", "month", "number", "part", "plural", "start", "straddling", "term", "unit", "vague", "weekday", "year",
        "year2",
    )  # fmt: skip

    def __init__(
        self, unit: str, number: int = 0, month: int = 0, year: int = 0, *, year2: int = 0, term: str = "",
        plural: bool = False, start: int = 0, end: int = 0,
    ) -> None:  # fmt: skip
        self.unit = unit
        self.number = number
        self.month = month
        self.year = year
        self.year2 = year2
        self.term = term
        self.plural = plural
        self.part = ""
        self.weekday: int | None = None
        self.straddling: bool | None = None
        self.vague = False
        self.start = start
        self.end = end

    def needs_year(self) -> bool:
        """Whether it has no year and cannot do without one."""
        return self.year == 0 and self.unit not in _WITHOUT_YEAR

    def lone_number(self) -> bool:
        """« 3 » in « 3 et 4 mai 2021 »: what it counts is said beside it."""
        return self.unit == Unite.JOUR and not self.month

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
    vague = False if plain else _introduction(cursor)
    start = cursor.offset()
    part = ""
    found = None if plain else _of_plan(cursor)
    if found is None:
        part = "" if plain else cursor.phrase(words.PARTIES) or ""
        vague = (not plain and cursor.skip(words.APPROXIMATIONS)) or vague
        found = cursor.first(*(_BY_NUMBER if cursor.peek().value >= 0 else _BY_WORD))
        if found is None and part and cursor.peek().text in ("a", "et", "ou", "/"):
            found = Moment(Unite.PARTIE)
    if found is None or (not plain and _says_twice(cursor.tokens[mark : cursor.position])):
        cursor.position = mark
        return None
    return found.but(part=part, vague=vague, start=start, end=cursor.last_offset())


def _says_twice(tokens: list[Token]) -> bool:
    """Whether a word of a single date stands twice, as in « au mois du mois de mars 2020 »: a slip."""
    said = [token.text for token in tokens if len(token.text) > _LONGEST_LINK and token.value < 0]
    return len(set(said)) < len(said)


def is_plain(token: Token) -> bool:
    """Whether a date begins with this very token, and nothing that introduces or bounds one."""
    return token.value >= 0 or token.text in words.MOIS or token.text in words.SAISONS


def _introduction(cursor: Cursor) -> bool:
    """Words that add nothing to a date, each kind once; whether one of them says that it is approximate."""
    vague = cursor.skip(words.APPROXIMATIONS)
    for table in (words.ANNONCES, words.PREPOSITIONS, words.ENTOURAGES):
        if _before_part(cursor):
            break
        cursor.skip(table)
        vague = cursor.skip(words.APPROXIMATIONS) or vague
    return vague


def _before_part(cursor: Cursor) -> bool:
    """Whether a part comes next: « à la fin de » is one, though « à » alone is an introduction."""
    return cursor.match(words.PARTIES) is not None


def _of_plan(cursor: Cursor) -> Moment | None:
    if cursor.skip(words.FIN_DU_PLAN):
        return Moment(Unite.FIN_DU_PLAN)
    return Moment(Unite.MI_PARCOURS, term="mi_parcours") if cursor.skip(words.MI_PARCOURS) else None


def _month(cursor: Cursor) -> Moment | None:
    cursor.take("mois") and cursor.take("de")
    month = words.MOIS.get(cursor.peek().text)
    if month is None:
        return None
    cursor.advance()
    return _with_year(cursor, Moment(Unite.MOIS, month=month))


def _season(cursor: Cursor) -> Moment | None:
    season = words.SAISONS.get(cursor.peek().text)
    if season is None:
        return None
    cursor.advance()
    return _with_year(cursor, Moment(Unite.SAISON, season))


_RANKED = dict.fromkeys(words.TRIMESTRES, Unite.TRIMESTRE) | dict.fromkeys(words.SEMESTRES, Unite.SEMESTRE)
_AFTER_RANK = {
    **_RANKED, "moitie": Unite.SEMESTRE, "quinzaine": Unite.QUINZAINE, "semaine": Unite.RANG_SEMAINE,
    **dict.fromkeys(words.JOURS, Unite.RANG_JOUR),
}  # fmt: skip
_HOW_MANY = {Unite.TRIMESTRE: 4, Unite.SEMESTRE: 2, Unite.QUINZAINE: 2, Unite.RANG_SEMAINE: 4, Unite.RANG_JOUR: 4}


def _ranked(cursor: Cursor) -> Moment | None:
    """« T3 2023 », « trimestre 3 », « S1 2022 »."""
    unit = _RANKED.get(cursor.peek().text)
    rank = cursor.peek(1)
    if unit is None or not (1 <= rank.value <= _HOW_MANY[unit] and rank.width == 1):
        return None
    cursor.advance(2)
    return _with_year(cursor, Moment(unit, rank.value))


def _weekday(cursor: Cursor) -> Moment | None:
    weekday = words.JOURS.get(cursor.peek().text)
    if weekday is None:
        return None
    cursor.advance()
    cursor.take(",")
    day = _day(cursor)
    return None if day is None or day.unit != Unite.JOUR else day.but(weekday=weekday)


def _week_of(cursor: Cursor) -> Moment | None:
    """« semaine du 3 mai 2021 »."""
    day = _day(cursor) if cursor.take("semaine") and cursor.take("de") else None
    return None if day is None else day.but(unit=Unite.SEMAINE)


def _rank_in_words(cursor: Cursor) -> Moment | None:
    rank = words.ORDINAUX.get(cursor.peek().text)
    if rank is None:
        return None
    cursor.advance()
    if rank == 1 and cursor.peek().text in words.MOIS:
        return _day_of_month(cursor, 1)
    return _after_rank(cursor, rank)


def _after_rank(cursor: Cursor, rank: int) -> Moment | None:
    """« 2e trimestre 2023 », « première quinzaine de mars 2020 », « 2e année du plan »."""
    noun = cursor.peek().text
    unit = _AFTER_RANK.get(noun)
    if unit is not None:
        cursor.advance()
        return _part_of(cursor, unit, rank, noun)
    if noun == "sem":
        cursor.advance()
        semester = _with_year(cursor, Moment(Unite.SEMESTRE, rank)) if 1 <= rank <= 2 else None
        return semester if semester and semester.year else None  # « 1er sem. 2022 »: with a month it is a week
    if noun in ("annee", "an") and rank >= 1:
        cursor.advance()
        cursor.skip(words.DU_PLAN)
        return Moment(Unite.AN_DU_PLAN, rank)
    if noun in ("et", "ou", "a", ",", "-", "/") and rank >= 1:
        return Moment(Unite.JOUR, rank)
    return None


def _part_of(cursor: Cursor, unit: str, rank: int, noun: str) -> Moment | None:
    """The `rank`th part of a year or of a month."""
    if rank == words.DERNIER and unit not in (Unite.RANG_SEMAINE, Unite.RANG_JOUR):
        rank = _HOW_MANY[unit]
    exists = rank == words.DERNIER or 1 <= rank <= _HOW_MANY[unit]
    if unit in (Unite.TRIMESTRE, Unite.SEMESTRE):
        return _with_year(cursor, Moment(unit, rank)) if exists else None
    cursor.take("de", "en")
    month = _month(cursor)
    return None if month is None or not exists else month.but(unit=unit, number=rank, weekday=words.JOURS.get(noun))


def _plan_year(cursor: Cursor) -> Moment | None:
    """« An 2 », « année 1 du plan »."""
    if not cursor.skip(words.ANS_DU_PLAN):
        return None
    rank = cursor.peek()
    if not (1 <= rank.value <= _LAST_PLAN_YEAR and rank.width <= 2):
        return None
    cursor.advance()
    cursor.skip(words.DU_PLAN)
    return Moment(Unite.AN_DU_PLAN, rank.value)


def _term(cursor: Cursor) -> Moment | None:
    """« court terme », and the first of « court et moyen terme »."""
    term = words.TERMES.get(cursor.peek().text)
    if term is None:
        return None
    cursor.advance()
    mark = cursor.position
    cursor.take("-")
    if cursor.take("terme", "termes"):
        return Moment(Unite.TERME, term=term)
    cursor.position = mark
    return Moment(Unite.ADJECTIF, term=term)


def _day(cursor: Cursor) -> Moment | None:
    """« 1er mars 2020 », « 3 » in « 3 et 4 mai 2021 »; « 2e trimestre 2023 » and « 1T 2023 » begin so too."""
    token = cursor.peek()
    if not (1 <= token.width <= 2):
        return _day_of_month(cursor, 1) if cursor.take("premier") and cursor.peek().text in words.MOIS else None
    cursor.advance()
    ordinal = cursor.take(*words.RANGS)
    following = cursor.peek().text
    if following in words.MOIS:
        return _day_of_month(cursor, token.value)
    month = words.MOIS.get(cursor.peek(1).text)
    if following == "-" and month and cursor.peek(2).text == "-" and is_year(cursor.peek(3)):
        year = cursor.peek(3).value  # « 30-avr-2021 »
        cursor.advance(4)
        return Moment(Unite.JOUR, token.value, month, year)
    ranked = _after_rank(cursor, token.value) if ordinal or following in _RANKED else None
    return ranked or Moment(Unite.JOUR, token.value)


def _day_of_month(cursor: Cursor, day: int) -> Moment | None:
    month = _month(cursor)
    return None if month is None else month.but(unit=Unite.JOUR, number=day)


def _numeric_date(cursor: Cursor) -> Moment | None:
    """A date in figures: 2020-03-31, 2020-03, 31/03/2020, 03/2020; one with two far readings is refused."""
    first, sign, second = cursor.peek(), cursor.peek(1), cursor.peek(2)
    if sign.text not in ("-", "/", ".") or second.value < 0 or second.width > 4:
        return None
    third = cursor.peek(4) if cursor.peek(3).text == sign.text else None
    if is_year(first) and second.width <= 2:
        return _year_first(cursor, first, second, third)
    if first.width <= 2 and second.width <= 2 and third is not None and is_year(third):
        cursor.advance(5)
        return _day_first(first, second, third)
    if first.width <= 2 and is_year(second) and not (third is not None and third.width == 4):
        cursor.advance(3)
        _check_month(first, first, second)
        return Moment(Unite.MOIS, month=first.value, year=second.value)
    return None


def _year_first(cursor: Cursor, year: Token, second: Token, third: Token | None) -> Moment | None:
    if third is not None and 1 <= third.width <= 2:
        cursor.advance(5)
        _check_month(second, year, third)
        return Moment(Unite.JOUR, third.value, second.value, year.value)
    if second.width != 2:
        return None
    cursor.advance(3)
    short = year.value % 100
    if second.value > short:
        year2 = year.value - short + second.value
        if second.value <= 12:
            raise UnreadError(
                "ambiguous_month", year.start, second.end, month=second.value, year=year.value, year2=year2
            )
        return Moment(Unite.ANNEE, year=year.value, year2=year2)
    if second.value > 12:
        raise UnreadError("backwards", year.start, second.end)
    _check_month(second, year, second)
    return Moment(Unite.MOIS, month=second.value, year=year.value)


def _check_month(month: Token, first: Token, last: Token) -> None:
    if not 1 <= month.value <= 12:
        raise UnreadError("impossible", first.start, last.end)


def _day_first(first: Token, second: Token, year: Token) -> Moment:
    """Day then month, or month then day when that alone is possible."""
    day, month = (first, second) if second.value <= 12 else (second, first)
    if 1 <= day.value <= 12 and 1 <= month.value <= 12 and day.value != month.value:
        both = date(year.value, month.value, day.value), date(year.value, day.value, month.value)
        raise UnreadError("two_days", first.start, year.end, first=both[0], second=both[1])
    _check_month(month, first, year)
    return Moment(Unite.JOUR, day.value, month.value, year.value)


def is_year(token: Token) -> bool:
    """Whether a number is a year: four digits, from 1900 to 2199."""
    return token.width == 4 and FIRST_YEAR <= token.value <= LAST_YEAR


def _standalone_year(cursor: Cursor) -> Moment | None:
    """« 2020 », « exercice 2020-2021 », « 2013-2014-2015 », « 2023-T3 »."""
    noun = cursor.phrase(words.ANNEES)
    years = _years(cursor)
    if not years:
        return Moment(Unite.ANNEE) if noun == "annee" else None
    if len(years) == 1 and noun is None:
        mark = cursor.position
        cursor.take("-", "/", ",")
        ranked = _ranked(cursor)
        if ranked is not None and not ranked.year:
            return ranked.but(year=years[0])
        cursor.position = mark
    if any(later <= earlier for earlier, later in pairwise(years)):
        raise UnreadError("backwards", cursor.tokens[cursor.position - 1].start, cursor.last_offset())
    unit = {"exercice": Unite.EXERCICE, "scolaire": Unite.SCOLAIRE}.get(noun or "", Unite.ANNEE)
    year2 = years[-1] if len(years) > 1 else 0
    return Moment(unit, year=years[0], year2=year2, plural=noun == "annees")


def _with_year(cursor: Cursor, unfinished: Moment) -> Moment:
    """The year of a month, season or quarter, if it is written there: « mars 2020 », « T1 de l'année 2022 »."""
    mark = cursor.position
    noun = None
    if not is_year(cursor.peek()):
        cursor.take("de", "des", "en", "-", "/", ",")
        noun = cursor.phrase(words.ANNEES)
    years = _years(cursor)
    one_of_two = len(years) == 1 and noun in ("exercice", "scolaire")
    if not 1 <= len(years) <= 2 or one_of_two or (len(years) == 2 and years[1] <= years[0]):
        cursor.position = mark
        return unfinished
    return unfinished.but(year=years[0], year2=years[1] if len(years) == 2 else 0)


def _years(cursor: Cursor) -> list[int]:
    """2020, 2020-2021, 2013-2014-2015, 2020/2021, and 2020-21 where 21 can only be a year."""
    years: list[int] = []
    if not is_year(cursor.peek()):
        return years
    years.append(cursor.peek().value)
    cursor.advance()
    if cursor.at_end():
        return years
    while cursor.peek().text in ("-", "/") and is_year(cursor.peek(1)) and not _begins_date(cursor):
        years.append(cursor.peek(1).value)
        cursor.advance(2)
    short = cursor.peek(1)
    if len(years) == 1 and cursor.peek().text in ("-", "/") and short.width == 2 and _ends_years(cursor):
        century = years[0] - years[0] % 100
        if short.value > max(12, years[0] % 100):
            years.append(century + short.value)
            cursor.advance(2)
    return years


def _begins_date(cursor: Cursor) -> bool:
    """Whether the year after the dash begins a date in figures (2020-03-31/2020-04-30) or a quarter."""
    return cursor.peek(2).text in ("-", "/") and cursor.peek(3).width in (1, 2)


def _ends_years(cursor: Cursor) -> bool:
    return cursor.peek(2).text in ("", ",", "a", "et", "ou", "jusque", "voire")


# Hot: written once, and not at every call.
_BY_NUMBER: tuple[Callable[[Cursor], Moment | None], ...] = (_numeric_date, _day, _standalone_year)
_BY_WORD: tuple[Callable[[Cursor], Moment | None], ...] = (
    _month, _season, _ranked, _weekday, _week_of, _rank_in_words, _plan_year, _term, _standalone_year,
)  # fmt: skip


def part_alone(cursor: Cursor) -> str:
    """« à la fin » before « de chaque année »: « debut », « mi » or « fin », empty when there is none."""
    if not _before_part(cursor):
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
