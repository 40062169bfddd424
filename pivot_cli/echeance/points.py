"""The points of the grammar: a day, a month, a season, a quarter, a year, and the beginning or end of one.

point    := intro [part] base | part | "mi-parcours" | "fin du plan"
intro    := [label] [preposition] [noun], each with an approximation or not; after a preposition, none
part     := ("début" | "mi" | "milieu" | "fin") ["de"]
base     := [weekday [","]] day | month | season | ranked | week | years | plan year | term | figures
day      := number ["er"] [month] | number "-" month "-" year | ordinal weekday "de" month
month    := ["mois de"] month name [years]
season   := season name [years]
ranked   := ("T" | "S" | "trimestre" | …) number [years] | ordinal ("trimestre" | "semestre" | "moitié") [years]
week     := "semaine de" day | ordinal ("semaine" | "quinzaine") ["de"] month
years    := ["de"] ["année" | "exercice" | …] year {("-" | "/") year}
figures  := YYYY-MM-DD | DD/MM/YYYY | YYYY-MM | MM/YYYY
plan year := ("an" | "année") number | ordinal "année" ["du plan"]
term     := ("court" | "moyen" | "long") ["terme"]
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from pivot_cli.echeance import words
from pivot_cli.echeance.lexer import Phrases, Record, UnreadError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pivot_cli.echeance.lexer import Cursor, Token

# The years that a wording can name, both included.
FIRST_YEAR, LAST_YEAR = 1900, 2199


class Unite:
    """What a point names. Plain strings: an Enum would weigh more at every start than all it is used for."""

    JOUR = "jour"  # day `number` of `month`
    RANG_JOUR = "rang de jour"  # the `number`th `weekday` of `month`
    SEMAINE = "semaine"  # the seven days from day `number` of `month`
    RANG_SEMAINE = "rang de semaine"  # the `number`th week of `month`, seven days each
    QUINZAINE = "quinzaine"  # the `number`th half of `month`
    MOIS = "mois"
    SAISON = "saison"
    TRIMESTRE = "trimestre"
    SEMESTRE = "semestre"
    ANNEE = "annee"  # `number` is 1 after « années », which calls for more than one
    EXERCICE = "exercice"  # the financial year `year`-`year2`
    SCOLAIRE = "scolaire"  # the school year `year`-`year2`
    AN_DU_PLAN = "an du plan"  # the `number`th year of the plan
    DUREE = "duree"  # `number` years from the start of the plan
    TERME = "terme"  # short, middle or long term (0, 1, 2)
    MI_PARCOURS = "mi-parcours"
    FIN_DU_PLAN = "fin du plan"
    PARTIE = "partie"  # « début » in « début à mi-mars 2020 », a part of what the next point names


class Point(Record):
    """A point in time as written; what was left out is 0 (`number`, `month`, `year`) or empty (`part`).

    `year2` is the second of two years written together (2020-2021); `part` is « debut », « mi » or « fin »;
    `weekday` (0 is Monday) is kept to be checked; `straddling` says which winter adjoins in a range of seasons
    (True: from December; None: the convention decides); `start` and `end` are offsets in the text.
    """

    __slots__ = (
        "end", "month", "number", "part", "start", "straddling", "unit", "vague", "weekday", "year", "year2",
    )  # fmt: skip

    def __init__(
        self,
        unit: str,
        number: int = 0,
        month: int = 0,
        year: int = 0,
        *,
        weekday: int = -1,
        start: int = 0,
        end: int = 0,
    ) -> None:
        self.unit = unit
        self.number = number
        self.month = month
        self.year = year
        self.year2 = 0
        self.part = ""
        self.weekday = weekday
        self.straddling: bool | None = None
        self.vague = False
        self.start = start
        self.end = end


_LAST_PLAN_YEAR = 50
_LONGEST_LINK = 3  # letters: « de », « en », « des » and « aux » may stand twice in a date

_PARTS = Phrases({
    "debut": "debut | debut de | tout debut | tout debut de",
    "mi": "mi | mi - | milieu | milieu de",
    "fin": "fin | fin de | toute fin | toute fin de",
})  # fmt: skip
_YEAR_NOUNS = Phrases({
    "annee": "an | annee | annee civile",
    "annees": "annees | annees civiles",
    "exercice": (
        "exercice | exercices | exercice financier | exercices financiers | exercice budgetaire | exercice fiscal |"
        "af | annee financiere | annees financieres | annee budgetaire | annees budgetaires | annee fiscale |"
        "annees fiscales"
    ),
    "scolaire": "annee scolaire | annees scolaires",
})  # fmt: skip
_PLAN_NOUNS = Phrases({"": "an | annee | annees"})
_OF_PLAN = Phrases({"": (
    "du plan | du plan d'action | du plan strategique | de la planification |"
    "de la planification strategique | du projet | de mise en oeuvre"
)})  # fmt: skip
_END_OF_PLAN = Phrases({"": (
    "fin du plan | fin du plan d'action | fin du plan strategique | fin de la planification |"
    "fin de la planification strategique"
)})  # fmt: skip
_MIDWAY = Phrases({"": "mi-parcours | mi parcours | mi-plan"})
_TERMS = {"court": 0, "moyen": 1, "long": 2}
_RANKED = {
    "trimestre": Unite.TRIMESTRE, "trimestres": Unite.TRIMESTRE, "trim": Unite.TRIMESTRE, "t": Unite.TRIMESTRE,
    "q": Unite.TRIMESTRE, "semestres": Unite.SEMESTRE,
    "semestre": Unite.SEMESTRE, "s": Unite.SEMESTRE,
}  # fmt: skip
_HOW_MANY = {Unite.TRIMESTRE: 4, Unite.SEMESTRE: 2, Unite.QUINZAINE: 2, Unite.RANG_SEMAINE: 4, Unite.RANG_JOUR: 4}
_WEEKS_AND_HALVES = {"quinzaine": Unite.QUINZAINE, "semaine": Unite.RANG_SEMAINE, "moitie": Unite.SEMESTRE}


def point(cursor: Cursor) -> Point | None:
    """A point in time; the cursor stays where it was when there is none."""
    mark = cursor.position
    if cursor.before() in words.CLOSED and cursor.peek().text in ("a", "en", "pour", "dans"):
        return None
    # A month, a season or a number comes after every word that could stand before it: most wordings begin so.
    plain = is_plain(cursor.peek())
    vague = False if plain else _introduction(cursor)
    start = cursor.offset()
    part = ""
    found = None if plain else _special(cursor)
    if found is None:
        part = "" if plain else cursor.phrase(_PARTS) or ""
        vague = (not plain and cursor.phrase(words.APPROXIMATIONS) is not None) or vague
        found = _base(cursor)
        if found is None and part and cursor.peek().text in ("a", "et", "ou", "/"):
            found = Point(Unite.PARTIE)
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
    vague = cursor.phrase(words.APPROXIMATIONS) is not None
    for table in (words.LABELS, words.PREPOSITIONS, words.NOUNS):
        if _before_part(cursor):
            break
        cursor.phrase(table)
        vague = cursor.phrase(words.APPROXIMATIONS) is not None or vague
    return vague


def _before_part(cursor: Cursor) -> bool:
    """Whether a part comes next: « à la fin de » is one, though « à » alone is an introduction."""
    return _PARTS.match(cursor.tokens, cursor.position) is not None


def _special(cursor: Cursor) -> Point | None:
    if cursor.phrase(_END_OF_PLAN) is not None:
        return Point(Unite.FIN_DU_PLAN)
    if cursor.phrase(_MIDWAY) is not None:
        return Point(Unite.MI_PARCOURS)
    return None


def _base(cursor: Cursor) -> Point | None:
    return cursor.first(_BY_NUMBER if cursor.peek().value >= 0 else _BY_WORD)


def _month(cursor: Cursor) -> Point | None:
    cursor.take("mois") and cursor.take("de")
    month = words.MOIS.get(cursor.peek().text)
    if month is None:
        return None
    cursor.advance()
    return _with_year(cursor, Point(Unite.MOIS, month=month))


def _season(cursor: Cursor) -> Point | None:
    season = words.SAISONS.get(cursor.peek().text)
    if season is None:
        return None
    cursor.advance()
    return _with_year(cursor, Point(Unite.SAISON, season))


def _ranked(cursor: Cursor) -> Point | None:
    """« T3 2023 », « trimestre 3 », « S1 2022 »."""
    unit = _RANKED.get(cursor.peek().text)
    rank = cursor.peek(1)
    if unit is None or not (1 <= rank.value <= _HOW_MANY[unit] and rank.width == 1):
        return None
    cursor.advance(2)
    return _with_year(cursor, Point(unit, rank.value))


def _weekday(cursor: Cursor) -> Point | None:
    weekday = words.JOURS.get(cursor.peek().text)
    if weekday is None:
        return None
    cursor.advance()
    cursor.take(",")
    day = _day(cursor)
    return None if day is None or day.unit is not Unite.JOUR else day.but(weekday=weekday)


def _week_of(cursor: Cursor) -> Point | None:
    """« semaine du 3 mai 2021 »."""
    if not (cursor.take("semaine") and cursor.take("de")):
        return None
    day = _day(cursor)
    return None if day is None else day.but(unit=Unite.SEMAINE)


def _ordinal_word(cursor: Cursor) -> Point | None:
    rank = words.ORDINAUX.get(cursor.peek().text)
    if rank is None:
        return None
    cursor.advance()
    if rank == 1 and cursor.peek().text in words.MOIS:
        return _day_of_month(cursor, 1)
    return _after_ordinal(cursor, rank)


def _after_ordinal(cursor: Cursor, rank: int) -> Point | None:
    """« 2e trimestre 2023 », « première quinzaine de mars 2020 », « 2e année du plan »."""
    noun = cursor.peek().text
    unit = _RANKED.get(noun) or _WEEKS_AND_HALVES.get(noun)
    if unit is not None or noun == "sem" or noun in words.JOURS:
        cursor.advance()
        return _part_of(cursor, unit, rank, noun)
    if noun in ("annee", "an") and rank >= 1:
        cursor.advance()
        cursor.phrase(_OF_PLAN)
        return Point(Unite.AN_DU_PLAN, rank)
    if noun in ("et", "ou", "a", ",", "-", "/") and rank >= 1:
        return Point(Unite.JOUR, rank)
    return None


def _part_of(cursor: Cursor, unit: str | None, rank: int, noun: str) -> Point | None:
    """The `rank`th part of a year or of a month."""
    if unit is None and noun == "sem":
        return _semester_in_short(cursor, rank)
    if unit is None:
        month = _part_of_month(cursor, Unite.RANG_JOUR, rank)
        return None if month is None else month.but(weekday=words.JOURS[noun])
    rank = _HOW_MANY[unit] if rank == words.DERNIER and unit is not Unite.RANG_SEMAINE else rank
    if unit in (Unite.TRIMESTRE, Unite.SEMESTRE):
        return _with_year(cursor, Point(unit, rank)) if 1 <= rank <= _HOW_MANY[unit] else None
    return _part_of_month(cursor, unit, rank)


def _semester_in_short(cursor: Cursor, rank: int) -> Point | None:
    """« 1er sem. 2022 »: with a year and no month it is no week."""
    found = _with_year(cursor, Point(Unite.SEMESTRE, rank)) if 1 <= rank <= _HOW_MANY[Unite.SEMESTRE] else None
    return None if found is None or not found.year else found


def _part_of_month(cursor: Cursor, unit: str, rank: int) -> Point | None:
    cursor.take("de", "en")
    month = _month(cursor)
    if month is None or not (rank == words.DERNIER or 1 <= rank <= _HOW_MANY[unit]):
        return None
    return month.but(unit=unit, number=rank)


def _plan_year(cursor: Cursor) -> Point | None:
    """« An 2 », « année 1 du plan »."""
    if cursor.phrase(_PLAN_NOUNS) is None:
        return None
    rank = cursor.peek()
    if not (1 <= rank.value <= _LAST_PLAN_YEAR and rank.width <= 2):
        return None
    cursor.advance()
    cursor.phrase(_OF_PLAN)
    return Point(Unite.AN_DU_PLAN, rank.value)


def _term(cursor: Cursor) -> Point | None:
    """« court terme », and the first of « court et moyen terme » (`month` is 1 when « terme » follows)."""
    rank = _TERMS.get(cursor.peek().text)
    if rank is None:
        return None
    cursor.advance()
    mark = cursor.position
    cursor.take("-")
    if cursor.take("terme", "termes"):
        return Point(Unite.TERME, rank, month=1)
    cursor.position = mark
    return Point(Unite.TERME, rank)


def _day(cursor: Cursor) -> Point | None:
    """« 1er mars 2020 », « 3 » in « 3 et 4 mai 2021 »; « 2e trimestre 2023 » and « 1T 2023 » begin so too."""
    token = cursor.peek()
    if not (1 <= token.width <= 2):
        return _first_of_month(cursor)
    cursor.advance()
    suffix = cursor.take(*words.SUFFIXES)
    following = cursor.peek().text
    if following in words.MOIS:
        return _day_of_month(cursor, token.value)
    if (
        following == "-"
        and cursor.peek(1).text in words.MOIS
        and cursor.peek(2).text == "-"
        and is_year(cursor.peek(3))
    ):
        cursor.advance(4)  # « 30-avr-2021 »
        tokens = cursor.tokens[cursor.position - 3 : cursor.position]
        return Point(Unite.JOUR, token.value, words.MOIS[tokens[0].text], tokens[2].value)
    if suffix or following in _RANKED:
        ranked = _after_ordinal(cursor, token.value)
        if ranked is not None:
            return ranked
    return Point(Unite.JOUR, token.value, start=token.start, end=token.end)


def _first_of_month(cursor: Cursor) -> Point | None:
    if cursor.take("premier") and cursor.peek().text in words.MOIS:
        return _day_of_month(cursor, 1)
    return None


def _day_of_month(cursor: Cursor, day: int) -> Point | None:
    month = _month(cursor)
    return None if month is None or month.part else month.but(unit=Unite.JOUR, number=day)


def _numeric_date(cursor: Cursor) -> Point | None:
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
        _check_month(first, second)
        return Point(Unite.MOIS, month=first.value, year=second.value)
    return None


def _year_first(cursor: Cursor, year: Token, second: Token, third: Token | None) -> Point | None:
    if third is not None and 1 <= third.width <= 2:
        cursor.advance(5)
        if not 1 <= second.value <= 12:
            raise UnreadError("impossible", year.start, third.end)
        return Point(Unite.JOUR, third.value, second.value, year.value)
    if second.width != 2:
        return None
    cursor.advance(3)
    short = year.value % 100
    if second.value > short:
        if second.value <= 12:
            raise UnreadError("ambiguous_month", year.start, second.end, year.value, second.value)
        return Point(Unite.ANNEE, year=year.value).but(year2=year.value - short + second.value)
    if second.value > 12:
        raise UnreadError("backwards", year.start, second.end)
    _check_month(second, year)
    return Point(Unite.MOIS, month=second.value, year=year.value)


def _check_month(month: Token, year: Token) -> None:
    if not 1 <= month.value <= 12:
        raise UnreadError("impossible", min(month.start, year.start), max(month.end, year.end))


def _day_first(first: Token, second: Token, year: Token) -> Point:
    """Day then month, or month then day when that alone is possible."""
    day, month = first.value, second.value
    if 1 <= day <= 12 and 1 <= month <= 12 and day != month:
        raise UnreadError("two_days", first.start, year.end, day, month, year.value)
    if month > 12:
        day, month = month, day
    if not 1 <= month <= 12:
        raise UnreadError("impossible", first.start, year.end)
    return Point(Unite.JOUR, day, month, year.value)


def is_year(token: Token) -> bool:
    """Whether a number is a year: four digits, from 1900 to 2199."""
    return token.width == 4 and FIRST_YEAR <= token.value <= LAST_YEAR


def _standalone_year(cursor: Cursor) -> Point | None:
    """« 2020 », « exercice 2020-2021 », « 2013-2014-2015 », « 2023-T3 »."""
    noun = cursor.phrase(_YEAR_NOUNS) or ""
    years = _years(cursor)
    if not years:
        return Point(Unite.ANNEE) if noun == "annee" else None
    if len(years) == 1 and not noun:
        ranked = _year_then_rank(cursor, years[0])
        if ranked is not None:
            return ranked
    return _years_point(years, noun, cursor)


def _years_point(years: list[int], noun: str, cursor: Cursor) -> Point:
    last = years[-1] if len(years) > 1 else 0
    unit = {"exercice": Unite.EXERCICE, "scolaire": Unite.SCOLAIRE}.get(noun, Unite.ANNEE)
    if any(later <= earlier for earlier, later in pairwise(years)):
        raise UnreadError("backwards", cursor.tokens[cursor.position - 1].start, cursor.last_offset())
    return Point(unit, int(noun == "annees"), year=years[0]).but(year2=last)


def _year_then_rank(cursor: Cursor, year: int) -> Point | None:
    mark = cursor.position
    cursor.take("-", "/", ",")
    found = _ranked_without_year(cursor)
    if found is None:
        cursor.position = mark
        return None
    return found.but(year=year)


def _ranked_without_year(cursor: Cursor) -> Point | None:
    ranked = _ranked(cursor)
    return None if ranked is None or ranked.year else ranked


def _with_year(cursor: Cursor, unfinished: Point) -> Point:
    """The year of a month, season or quarter, if it is written there: « mars 2020 », « T1 de l'année 2022 »."""
    mark = cursor.position
    noun = ""
    if not is_year(cursor.peek()):
        cursor.take("de", "des", "en") or cursor.take("-", "/", ",")
        noun = cursor.phrase(_YEAR_NOUNS) or ""
    years = _years(cursor)
    if not 1 <= len(years) <= 2 or (len(years) == 2 and years[1] <= years[0]):
        cursor.position = mark
        return unfinished
    if noun in ("exercice", "scolaire") and len(years) == 1:
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
_BY_NUMBER: tuple[Callable[[Cursor], Point | None], ...] = (_numeric_date, _day, _standalone_year)
_BY_WORD: tuple[Callable[[Cursor], Point | None], ...] = (
    _month, _season, _ranked, _weekday, _week_of, _ordinal_word, _plan_year, _term, _standalone_year,
)  # fmt: skip


def part_alone(cursor: Cursor) -> str:
    """« à la fin » before « de chaque année »: « debut », « mi » or « fin », empty when there is none."""
    if not _before_part(cursor):
        cursor.phrase(words.PREPOSITIONS)
    return cursor.phrase(_PARTS) or ""


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
        return token.article != "la" or bool(following and following[0].text in words.SUFFIXES)
    # « le 2021-03-31 » is a day, « le 2021 » none.
    signs = [one.text for one in following if one.text in ("-", "/", ".")]
    return token.article == "le" and len(following) == 3 and len(signs) == 2 and signs[0] == signs[1]
