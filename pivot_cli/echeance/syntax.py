"""What the grammar builds: points in time as they were written, before any convention is applied."""

from __future__ import annotations

from typing import NamedTuple

# The years that a wording can name, both included.
FIRST_YEAR, LAST_YEAR = 1900, 2199


class Unite:
    """What a point names. Plain strings: an Enum would weigh more at every start than all it is used for."""

    JOUR = "jour"  # day `number` of `month`
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


class Point(NamedTuple):
    """A point in time as written; what was left out is 0 (`number`, `month`, `year`) or empty (`part`).

    `year2` is the second of two years written together (2020-2021); `part` is « debut », « mi » or « fin »;
    `weekday` (0 is Monday) is kept to be checked; `straddling`
    says which winter adjoins in a range of seasons (True: from December; None: the convention decides);
    `start` and `end` are offsets in the text.
    """

    unit: str
    number: int = 0
    month: int = 0
    year: int = 0
    year2: int = 0
    part: str = ""
    weekday: int = -1
    straddling: bool | None = None
    vague: bool = False
    start: int = 0
    end: int = 0


class Suite(NamedTuple):
    """Points joined by connectors: « mai », « de mai à juin », « mai, juin ou juillet »."""

    points: tuple[Point, ...]
    connectors: tuple[str, ...] = ()


class Intervalle(NamedTuple):
    """A dated wording: `whole` alone, or what it begins with (`lower`) and ends with (`upper`).

    `after` and `before` say that the bound itself is excluded (« après », « avant »).
    """

    whole: Suite | None = None
    lower: Suite | None = None
    upper: Suite | None = None
    after: bool = False
    before: bool = False

    def suites(self) -> tuple[Suite, ...]:
        """What was written, from left to right."""
        return tuple(suite for suite in (self.whole, self.lower, self.upper) if suite is not None)


class UnreadError(Exception):
    """A wording that has the form of an échéance but no reading; caught where the wording is read."""

    def __init__(self, message: str, remedy: str, start: int = 0, end: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.start = start
        self.end = end
