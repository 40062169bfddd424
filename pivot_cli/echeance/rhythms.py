"""Rhythms: how often something is done, as an RRULE frequency.

rhythm    := adjective | every | "aux" number unit | count | "un an sur deux"
adjective := ["bi" | "semi"] ("annuel" | "mensuellement" | …)
every     := ["à"] ("chaque" | "tous les") ([number] unit | suite | weekday | ordinal weekday "du mois")
count     := ["au moins"] number ["à" number] ["fois" | noun] ("par" | "/" | every | "aux" …) unit
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.echeance import words
from pivot_cli.echeance.dated import suite
from pivot_cli.echeance.lexer import Phrases
from pivot_cli.echeance.syntax import Intervalle, Suite, Unite

if TYPE_CHECKING:
    from pivot_cli.echeance.lexer import Cursor


class Rythme(NamedTuple):
    """A frequency and interval as in an RRULE, how many times in each, and the day of the week if there is one."""

    freq: str
    interval: int = 1
    fois: int | None = None
    byday: str = ""
    anchor: Intervalle | None = None
    warning: str = ""


_ENDINGS = {"el": ("el", "els", "elle", "elles", "ellement"), "aire": ("aire", "aires", "airement")}
_TWICE_A_MONTH = "« Bimensuel » est lu deux fois par mois; on l'écrit parfois pour « tous les deux mois »."
_TWICE_A_YEAR = "« Biannuel » est lu deux fois par année; on l'écrit parfois pour « tous les deux ans »."
_EVERY_TWO_YEARS = "« Bisannuel » est lu tous les deux ans; on l'écrit parfois pour « deux fois par année »."
_TWICE_A_WEEK = "« Bihebdomadaire » est lu deux fois par semaine; on l'écrit parfois pour « aux deux semaines »."
_THRICE = "« Trisannuel » est lu tous les trois ans; on l'écrit parfois pour « trois fois par année »."


def _adjectives() -> dict[str, Rythme]:
    stems = {
        "annu": Rythme("YEARLY"), "mensu": Rythme("MONTHLY"), "trimestri": Rythme("MONTHLY", 3),
        "semestri": Rythme("MONTHLY", 6), "bimestri": Rythme("MONTHLY", 2), "quadrimestri": Rythme("MONTHLY", 4),
        "bimensu": Rythme("MONTHLY", 1, 2, warning=_TWICE_A_MONTH),
        "biannu": Rythme("YEARLY", 1, 2, warning=_TWICE_A_YEAR), "triannu": Rythme("YEARLY", 1, 3),
        "bisannu": Rythme("YEARLY", 2, warning=_EVERY_TWO_YEARS), "trisannu": Rythme("YEARLY", 3, warning=_THRICE),
        "semiannu": Rythme("MONTHLY", 6), "semimensu": Rythme("MONTHLY", 1, 2),
    }  # fmt: skip
    table = {stem + ending: rythme for stem, rythme in stems.items() for ending in _ENDINGS["el"]}
    weekly = {
        "hebdomad": Rythme("WEEKLY"),
        "bihebdomad": Rythme("WEEKLY", 1, 2, warning=_TWICE_A_WEEK),
    }
    table |= {stem + ending: rythme for stem, rythme in weekly.items() for ending in _ENDINGS["aire"]}
    for years, stem in ((2, "bi"), (3, "tri"), (4, "quadri"), (5, "quinqu"), (10, "dec")):
        for ending in ("ennal", "ennale", "ennaux", "ennales"):
            table[stem + ending] = Rythme("YEARLY", years)
    for word in (
        "quotidien",
        "quotidienne",
        "quotidiens",
        "quotidiennes",
        "quotidiennement",
        "journalier",
        "journaliere",
    ):
        table[word] = Rythme("DAILY")
    return table


ADJECTIFS = _adjectives()
_PREFIXES = frozenset(("bi", "semi", "tri"))
_EVERY = Phrases(dict.fromkeys(
    ("chaque", "tous les", "toutes les", "a chaque", "a tous les", "a toutes les", "tout les"), "",
))  # fmt: skip
_AT_LEAST = Phrases(dict.fromkeys(
    ("au moins", "au minimum", "minimum", "minimum de", "un minimum de", "environ", "a raison de", "min"), "",
))  # fmt: skip
_PER = Phrases(
    {"par": "", "/": "", "a chaque": "", "chaque": "", "a l'interieur de": "", "dans": "", "durant": "", "en": ""}
)
_YEAR_KINDS = frozenset(("civile", "financiere", "scolaire", "budgetaire", "fiscale", "financier", "budgetaires"))
_LONGEST_INTERVAL = 60


def rhythm(cursor: Cursor) -> Rythme | None:
    """The rhythm that begins at the current token, or None; the cursor then stays where it was."""
    for production in (_adjective, _one_in, _counted, _every, _every_n, _ranked_weekday):
        mark = cursor.position
        found = production(cursor)
        if found is not None:
            return found
        cursor.position = mark
    return None


def _adjective(cursor: Cursor) -> Rythme | None:
    word = cursor.peek().text
    if word in _PREFIXES:
        dash = int(cursor.peek(1).text == "-")
        found = ADJECTIFS.get(word + cursor.peek(1 + dash).text)
        if found is not None:
            cursor.advance(2 + dash)
        return found
    found = ADJECTIFS.get(word)
    if found is not None:
        cursor.advance()
    return found


def number(cursor: Cursor) -> int:
    """A small number in figures or words, 0 when there is none."""
    token = cursor.peek()
    value = token.value if token.value >= 0 else words.CARDINAUX.get(token.text, 0)
    if not 1 <= value <= _LONGEST_INTERVAL or token.width > 2:
        return 0
    cursor.advance()
    return value


def _unit(cursor: Cursor, times: int = 1) -> Rythme | None:
    """A unit of time, `times` of them: « trimestre », « année financière »."""
    unit = words.UNITES.get(cursor.peek().text)
    if unit is None:
        return None
    fortnight = cursor.peek().text.startswith("jour") and times == 15
    cursor.advance()
    if unit[0] == "YEARLY":
        cursor.take(*_YEAR_KINDS)
    # « Quinze jours » is two weeks in French, as « huit jours » is one.
    return Rythme("WEEKLY", 2) if fortnight else Rythme(unit[0], unit[1] * times)


def _every(cursor: Cursor) -> Rythme | None:
    if cursor.phrase(_EVERY) is None:
        return None
    for production in (_anchored, _day_of_week, _numbered_unit):
        mark = cursor.position
        found = production(cursor)
        if found is not None:
            return found
        cursor.position = mark
    return None


def _numbered_unit(cursor: Cursor) -> Rythme | None:
    return _unit(cursor, number(cursor) or 1)


def _anchored(cursor: Cursor) -> Rythme | None:
    """« chaque printemps », « tous les 30 juin », « chaque mois de mai »."""
    anchor = suite(cursor)
    if anchor is None or any(one.year or one.unit in (Unite.ANNEE, Unite.AN_DU_PLAN) for one in anchor.points):
        return None
    if not _names_months(anchor):
        return None
    return Rythme("YEARLY", anchor=Intervalle(whole=anchor))


def _names_months(anchor: Suite) -> bool:
    last = anchor.points[-1]
    return last.unit is Unite.SAISON or last.month > 0


def _day_of_week(cursor: Cursor) -> Rythme | None:
    """« tous les lundis », « chaque premier mardi du mois »."""
    rank = weekday_rank(cursor)
    token = cursor.peek().text
    weekday = words.JOURS.get(token, words.PLURIELS_JOURS.get(token))
    if weekday is None:
        return None
    cursor.advance()
    code = words.CODES_JOURS[weekday]
    if not rank:
        return Rythme("WEEKLY", byday=code)
    cursor.take("de")
    cursor.take("chaque")
    if not cursor.take("mois"):
        return None
    return Rythme("MONTHLY", byday=f"{rank}{code}")


def _ranked_weekday(cursor: Cursor) -> Rythme | None:
    """« le premier lundi du mois »."""
    mark = cursor.position
    ranked = weekday_rank(cursor) != 0
    cursor.position = mark
    return _day_of_week(cursor) if ranked else None


def weekday_rank(cursor: Cursor) -> int:
    """« premier », « 2e », « dernier » before a day of the week: 1, 2, -1; 0 when there is none."""
    mark = cursor.position
    token = cursor.peek()
    rank = token.value if token.value >= 0 else words.ORDINAUX.get(token.text, words.ORDINAUX.get(token.text[:-1], 0))
    cursor.advance()
    cursor.take(*words.SUFFIXES)
    if rank in (-1, 1, 2, 3, 4) and cursor.peek().text in words.JOURS:
        return rank
    cursor.position = mark
    return 0


def _every_n(cursor: Cursor) -> Rythme | None:
    """« aux 3 mois », « aux deux semaines »."""
    if not cursor.take("a"):
        return None
    times = number(cursor)
    return _unit(cursor, times) if times else None


def _one_in(cursor: Cursor) -> Rythme | None:
    """« un an sur deux », « 1 année sur 3 »."""
    if number(cursor) != 1:
        return None
    unit = _unit(cursor)
    if unit is None or not cursor.take("sur"):
        return None
    times = number(cursor)
    return unit._replace(interval=unit.interval * times) if times else None


def _counted(cursor: Cursor) -> Rythme | None:
    """« 2 fois par année », « une fois aux 3 mois », « 4x/an », « 3 rencontres par année »."""
    cursor.phrase(_AT_LEAST)
    cursor.take("de")
    times = number(cursor)
    if not times:
        return None
    mark = cursor.position
    # « 2 à 3 fois »: the action is done once the smaller number is reached.
    if not (cursor.take("a", "-", "ou") and number(cursor)):
        cursor.position = mark
    counted = cursor.take("fois", "x") or _noun(cursor)
    window = _window(cursor, counted=counted)
    if window is None:
        return None
    return window._replace(fois=times if times > 1 else None)


def _noun(cursor: Cursor) -> bool:
    """What is counted: any word that does not say when."""
    token = cursor.peek()
    if len(token.text) < 4 or not token.text.isalpha() or token.text == "chaque" or says_when(token.text):
        return False
    if cursor.peek(1).text not in ("par", "/", "chaque"):
        return False
    cursor.advance()
    return True


def _window(cursor: Cursor, *, counted: bool) -> Rythme | None:
    mark = cursor.position
    per = cursor.take("par", "/") if not counted else cursor.phrase(_PER) is not None
    if per or counted:
        window = _numbered_unit(cursor)
        if window is not None:
            return window
    cursor.position = mark
    return (_every(cursor) or _every_n(cursor)) if counted else None


def says_when(word: str) -> bool:
    """Whether a word belongs to the language of dates: free text may not hold it."""
    return word in _RESERVED


_RESERVED = frozenset(
    word
    for table in (
        words.MOIS, words.SAISONS, words.CARDINAUX, words.ORDINAUX, words.UNITES, words.AUTRES_UNITES, words.PARTIES,
        words.BORNES, words.JOURS, words.PLURIELS_JOURS, ADJECTIFS, words.CONTINUS, words.IMMEDIATS,
    )
    for word in table
) - {"un", "une"}  # fmt: skip
