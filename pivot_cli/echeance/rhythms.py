"""What is done again and again, goes on, begins at once or has no date yet.

The core is the leftmost rhythm or ongoing phrase; free text around it holds no word that says when.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pivot_cli.echeance import words
from pivot_cli.echeance.dated import Chaine, Intervalle, chaine, intervalle
from pivot_cli.echeance.lexer import Cursor, Token, whole
from pivot_cli.echeance.moments import Frozen, Unite, part_alone
from pivot_cli.text import quoted

if TYPE_CHECKING:
    from collections.abc import Callable


class Rythme(Frozen):
    """A frequency and interval as in an RRULE, how many times in each, and what pins it down.

    `by` is the part of the RRULE that names days (« BYDAY=MO »), `part` the part of each window (« debut »),
    `anchor` the dates of every year, `warning` what is worth checking.
    """

    __slots__ = ("anchor", "by", "fois", "freq", "interval", "part", "warning")

    def __init__(
        self, freq: str, interval: int = 1, fois: int | None = None, *, by: str = "", part: str = "",
        anchor: Intervalle | None = None, warning: str = "",
    ) -> None:  # fmt: skip
        self.freq = freq
        self.interval = interval
        self.fois = fois
        self.by = by
        self.part = part
        self.anchor = anchor
        self.warning = warning


class Noyau(Frozen):
    """A rhythm, or none for what goes on, and what stands around it: the part and the dates of each window, a limit,
    and the offsets of the free text before and after.

    `opened` says that the limit is where it begins: « 2021 et en continu », « mars 2020 puis annuellement ».
    """

    __slots__ = ("anchor", "free", "limit", "opened", "part", "rythme")

    def __init__(self, rythme: Rythme | None) -> None:
        self.rythme = rythme
        self.anchor = None if rythme is None else rythme.anchor
        self.limit: Intervalle | None = None
        self.part = "" if rythme is None else rythme.part
        self.opened = False
        self.free: tuple[tuple[int, int], ...] = ()


# --- rhythms --------------------------------------------------------------------------------------------------------


def _doubtful(rythme: Rythme, word: str, pace: str, other: str) -> Rythme:
    return rythme.but(warning=f"{quoted(word)} est lu {pace}; on l'écrit parfois pour {quoted(other)}.")


# Each stem, by its endings.
_STEMS = {
    "el els elle elles ellement": {
        "annu": Rythme("YEARLY"), "mensu": Rythme("MONTHLY"), "trimestri": Rythme("MONTHLY", 3),
        "semestri": Rythme("MONTHLY", 6), "bimestri": Rythme("MONTHLY", 2), "quadrimestri": Rythme("MONTHLY", 4),
        "triannu": Rythme("YEARLY", 1, 3), "semiannu": Rythme("MONTHLY", 6), "semimensu": Rythme("MONTHLY", 1, 2),
        "bimensu": _doubtful(Rythme("MONTHLY", 1, 2), "Bimensuel", "deux fois par mois", "tous les deux mois"),
        "biannu": _doubtful(Rythme("YEARLY", 1, 2), "Biannuel", "deux fois par année", "tous les deux ans"),
        "bisannu": _doubtful(Rythme("YEARLY", 2), "Bisannuel", "tous les deux ans", "deux fois par année"),
        "trisannu": _doubtful(Rythme("YEARLY", 3), "Trisannuel", "tous les trois ans", "trois fois par année"),
    },
    "aire aires airement": {
        "hebdomad": Rythme("WEEKLY"),
        "bihebdomad": _doubtful(Rythme("WEEKLY", 1, 2), "Bihebdomadaire", "deux fois par semaine", "aux deux semaines"),
    },
    "ennal ennale ennaux ennales": {
        "bi": Rythme("YEARLY", 2), "tri": Rythme("YEARLY", 3), "quadri": Rythme("YEARLY", 4),
        "quinqu": Rythme("YEARLY", 5), "dec": Rythme("YEARLY", 10),
    },
    "en enne ens ennes ennement": {"quotidi": Rythme("DAILY")},
    "ier iere": {"journal": Rythme("DAILY")},
}  # fmt: skip
ADJECTIFS = {
    stem + ending: rythme
    for endings, stems in _STEMS.items()
    for stem, rythme in stems.items()
    for ending in endings.split()
}
_PREFIXES = frozenset(("bi", "semi", "tri"))
_LONGEST_INTERVAL = 60
_LAST_DAY = 31
_SHORTEST_NOUN = 4  # letters


def _adjective(cursor: Cursor) -> Rythme | None:
    word, length = cursor.peek().text, 1
    if word in _PREFIXES:
        dash = int(cursor.peek(1).text == "-")
        word, length = word + cursor.peek(1 + dash).text, 2 + dash
    cursor.advance(length)
    return ADJECTIFS.get(word)


def _number(cursor: Cursor) -> int:
    """A small number in figures or words, 0 when there is none."""
    token = cursor.peek()
    if not 1 <= token.counts() <= _LONGEST_INTERVAL or token.width > 2:
        return 0
    cursor.advance()
    return token.counts()


def _unit(cursor: Cursor, times: int = 1) -> Rythme | None:
    """A unit of time, `times` of them: « trimestre », « année financière »."""
    noun = cursor.peek().text
    if noun not in words.UNITES:
        return None
    freq, interval = words.UNITES[noun]
    cursor.advance()
    if freq == "YEARLY":
        cursor.take(*words.SORTES_ANNEES)
    # « Quinze jours » is two weeks in French, as « huit jours » is one.
    return Rythme("WEEKLY", 2) if freq == "DAILY" and times == 15 else Rythme(freq, interval * times)


def _every(cursor: Cursor) -> Rythme | None:
    return cursor.first(*_AFTER_EVERY) if cursor.skip(words.CHAQUE) else None


def _numbered_unit(cursor: Cursor) -> Rythme | None:
    return _unit(cursor, _number(cursor) or 1)


def _part_of_unit(cursor: Cursor) -> Rythme | None:
    """« chaque début d'année », « chaque fin de mois »."""
    part = part_alone(cursor)
    unit = _unit(cursor) if part else None
    return None if unit is None else unit.but(part=part)


def _anchored(cursor: Cursor) -> Rythme | None:
    """« chaque printemps », « tous les 30 juin », « chaque printemps et chaque automne »."""
    anchor = _anchor(cursor)
    if anchor is None:
        return None
    while (again := cursor.first(_other_anchor)) is not None:
        anchor = Chaine((*anchor.moments, *again.moments), (*anchor.links, "et", *again.links))
    return Rythme("YEARLY", anchor=Intervalle(anchor))


def _other_anchor(cursor: Cursor) -> Chaine | None:
    return _anchor(cursor) if cursor.take("et", ",") and cursor.skip(words.CHAQUE) else None


def _anchor(cursor: Cursor) -> Chaine | None:
    anchor = chaine(cursor)
    if anchor is None or any(one.year or one.unit in (Unite.ANNEE, Unite.AN_DU_PLAN) for one in anchor.moments):
        return None
    last = anchor.moments[-1]
    return anchor if last.unit == Unite.SAISON or last.month > 0 else None


def _weekdays(cursor: Cursor) -> Rythme | None:
    """« tous les lundis », « tous les mardis et jeudis »."""
    days = _several(cursor, _weekday)
    return Rythme("WEEKLY", by=f"BYDAY={','.join(days)}") if days else None


def _several(cursor: Cursor, production: Callable[[Cursor], str | None]) -> list[str]:
    """What a production finds once and again, joined by « et » or commas."""

    def other(cursor: Cursor) -> str | None:
        return production(cursor) if cursor.take("et", ",") else None

    several, found = [], production(cursor)
    while found is not None:
        several.append(found)
        found = cursor.first(other)
    return several


def _weekday(cursor: Cursor) -> str | None:
    """A day of the week, as an RRULE codes it."""
    token = cursor.peek().text
    day = words.JOURS.get(token, words.JOURS_PLURIEL.get(token))
    if day is None:
        return None
    cursor.advance()
    return words.CODES_JOURS[day]


def _ranked_weekday(cursor: Cursor) -> Rythme | None:
    """« le premier lundi du mois », « chaque premier mardi du mois »."""
    token = cursor.peek()
    ordinal = words.ORDINAUX.get(token.text) or words.ORDINAUX.get(token.text[:-1], 0)
    rank = token.value if token.value >= 0 else ordinal
    cursor.advance()
    cursor.take(*words.RANGS)
    if rank not in (words.DERNIER, 1, 2, 3, 4) or cursor.peek().text not in words.JOURS:
        return None
    day = _weekday(cursor)
    cursor.take("de")
    cursor.take("chaque")
    return Rythme("MONTHLY", by=f"BYDAY={rank}{day}") if cursor.take("mois") else None


def _days_of_month(cursor: Cursor) -> Rythme | None:
    """« le 15 du mois », « le 1er et le 15 de chaque mois », « le dernier jour du mois »."""
    days = _several(cursor, _day_of_month)
    if not days or not cursor.take("de"):
        return None
    cursor.take("chaque")
    return Rythme("MONTHLY", by=f"BYMONTHDAY={','.join(days)}") if cursor.take("mois") else None


def _day_of_month(cursor: Cursor) -> str | None:
    token = cursor.peek()
    if token.text in ("dernier", "premier") and cursor.peek(1).text in ("jour", "de"):
        cursor.advance()
        cursor.take("jour")
        return str(words.ORDINAUX[token.text])
    if not (1 <= token.value <= _LAST_DAY and token.width <= 2):
        return None
    cursor.advance()
    cursor.take(*words.RANGS)
    return str(token.value)


def _every_n(cursor: Cursor) -> Rythme | None:
    """« aux 3 mois », « aux deux semaines »."""
    times = _number(cursor) if cursor.take("a") else 0
    return _unit(cursor, times) if times else None


def _one_in(cursor: Cursor) -> Rythme | None:
    """« un an sur deux », « 1 année sur 3 »."""
    unit = _unit(cursor) if _number(cursor) == 1 else None
    times = _number(cursor) if unit is not None and cursor.take("sur") else 0
    return unit.but(interval=unit.interval * times) if unit is not None and times else None


def _counted(cursor: Cursor) -> Rythme | None:
    """« 2 fois par année », « une fois aux 3 mois », « 4x/an », « 3 rencontres par année »."""
    cursor.skip(words.AU_MOINS)
    cursor.take("de")
    times = _number(cursor)
    if not times:
        return None
    mark = cursor.position
    # « 2 à 3 fois »: the action is done once the smaller number is reached.
    if not (cursor.take("a", "-", "ou") and _number(cursor)):
        cursor.position = mark
    if cursor.take("fois", "x") or _noun(cursor):
        window = cursor.first(_within, _every, _every_n, _things)
    else:
        window = cursor.first(_by_unit, _things)
    return None if window is None else window.but(fois=times if times > 1 else None)


def _within(cursor: Cursor) -> Rythme | None:
    cursor.skip(words.PAR)
    return _numbered_unit(cursor)


def _by_unit(cursor: Cursor) -> Rythme | None:
    return _numbered_unit(cursor) if cursor.take("par", "/") else None


def _things(cursor: Cursor) -> Rythme | None:
    """« (6) rencontres annuelles »."""
    if not _is_noun(cursor.peek()):
        return None
    cursor.advance()
    found = _adjective(cursor)
    return None if found is None or found.fois else found


def _noun(cursor: Cursor) -> bool:
    """What is counted: any word that does not say when."""
    token = cursor.peek()
    if token.text == "chaque" or not _is_noun(token) or cursor.peek(1).text not in ("par", "/", "chaque"):
        return False
    cursor.advance()
    return True


def _is_noun(token: Token) -> bool:
    return len(token.text) >= _SHORTEST_NOUN and token.text.isalpha() and not says_when(token.text)


_RHYTHMS = (_adjective, _one_in, _counted, _every, _every_n, _ranked_weekday, _days_of_month)
_AFTER_EVERY = (_anchored, _ranked_weekday, _weekdays, _numbered_unit, _part_of_unit)


# --- what goes on, begins at once, or has no date -------------------------------------------------------------------


def immediat(tokens: list[Token]) -> bool:
    """« Immédiat », « Immédiatement et en continu »."""
    cursor = Cursor(tokens)
    fits = cursor.skip(words.IMMEDIAT)
    if fits and not cursor.at_end():
        cursor.skip(words.SEPARATIONS)
        fits = cursor.skip(words.CONTINU)
    return fits and cursor.at_end()


def indeterminee(tokens: list[Token]) -> bool:
    """« À déterminer », « date à préciser », « n. d. »."""
    return opens(tokens) == len(tokens)


def opens(tokens: list[Token]) -> int:
    """How many tokens at the beginning say that the date is not known yet."""
    cursor = Cursor(tokens)
    cursor.skip(words.SUJETS)
    return cursor.position if cursor.skip(words.INDETERMINE) else 0


def continu(tokens: list[Token]) -> Noyau | None:
    """« En continu », with free text or a limit around it."""
    return None if Cursor(tokens).skip(words.IMMEDIAT) else _around(tokens, ongoing)


def ongoing(cursor: Cursor) -> Noyau | None:
    """« En continu », « au besoin et sur demande »."""
    kind = cursor.phrase(words.CONTINU)
    if kind is None or (kind == "à l'année" and cursor.peek().value >= 0):
        return None
    while cursor.first(_also_ongoing) is not None:
        pass
    return Noyau(None)


def _also_ongoing(cursor: Cursor) -> str | None:
    cursor.take("ou") or cursor.skip(words.SEPARATIONS)
    return cursor.phrase(words.CONTINU)


# --- what stands around a core --------------------------------------------------------------------------------------

_TRAILING = frozenset(("de", "des", ",", "-", ":", ";", "et", "/", "puis", "ensuite"))
_LINKS = frozenset(("et", "puis", "ensuite"))
_EACH = frozenset(("chaque", "tous", "toutes"))
_MOST_INTERVALS = 2


def is_free(tokens: list[Token]) -> bool:
    """Whether none of the tokens says when."""
    return blamed(tokens) is None


def blamed(tokens: list[Token]) -> Token | None:
    """The first token that free text may not hold: a number, a month, a season, a bound, a unit of time."""
    before = ("", "")
    for rank, token in enumerate(tokens):
        # « Mise à jour » and « ordre du jour » are no units of time.
        idiom = token.text == "jour" and (before[1] == "a" or before == ("ordre", "de"))
        if token.value >= 0 or token.text == ".." or (says_when(token.text) and not idiom):
            return token
        if token.text == "des" and _is_bound(tokens[rank + 1 :]):
            return token
        before = (before[1], token.text)
    return None


def _is_bound(following: list[Token]) -> bool:
    """Whether « des » is « dès », which it is once accents are dropped: an article stands before a plural, and
    before no other article.
    """
    return not following or bool(following[0].article) or following[0].text[-1:] not in ("s", "x")


def says_when(word: str) -> bool:
    """Whether a word belongs to the language of dates: free text may not hold it."""
    return (word in words.DE_TEMPS or word in ADJECTIFS) and word not in ("un", "une")


def recurrent(tokens: list[Token]) -> Noyau | None:
    """A rhythm, with free text, an anchor (« en juin ») or a limit (« jusqu'en 2028 ») around it."""
    return _around(tokens, rhythm)


def rhythm(cursor: Cursor) -> Noyau | None:
    """The rhythm that begins at the current token; the cursor stays where it was when there is none."""
    found = cursor.first(*_RHYTHMS)
    return None if found is None else Noyau(found)


def _around(tokens: list[Token], core: Callable[[Cursor], Noyau | None]) -> Noyau | None:
    cursor = Cursor(tokens)
    for start in range(len(tokens)):
        cursor.position = start
        noyau = core(cursor)
        if noyau is not None:
            leading = _before(tokens[:start], noyau, every=tokens[start].text in _EACH)
            return None if leading is None else _after(cursor, leading)
    return None


def _before(tokens: list[Token], noyau: Noyau, *, every: bool) -> Noyau | None:
    """What stands before the core: free text, then an anchor or a limit."""
    kept = list(tokens)
    linked = bool(kept) and kept[-1].text in _LINKS
    while kept and kept[-1].text in _TRAILING:
        kept.pop()
    if not kept:
        return noyau if not tokens else None
    for start in range(len(kept)):
        if not is_free(kept[:start]):
            break
        found = _placed(kept[start:], noyau, every=every)
        if found is not None:
            return found.but(opened=linked, free=_free_span(kept[:start]))
    return noyau.but(free=_free_span(tokens)) if is_free(tokens) else None


def _placed(tokens: list[Token], noyau: Noyau, *, every: bool) -> Noyau | None:
    """The tokens as one anchor or limit of the core."""
    part = whole(tokens, part_alone)
    if part and every:
        return noyau.but(part=part)
    found = whole(tokens, intervalle)
    return None if found is None else _attach(noyau, found)


def _attach(noyau: Noyau, found: Intervalle) -> Noyau | None:
    moments = found.moments()
    if noyau.rythme is not None and all(moment.needs_year() for moment in moments):
        lone_day = moments[-1].lone_number() and len(moments) > 1
        return None if noyau.anchor is not None or lone_day else noyau.but(anchor=found)
    return None if noyau.limit is not None else noyau.but(limit=found)


def _after(cursor: Cursor, noyau: Noyau) -> Noyau | None:
    if cursor.skip(words.PAR_LA_SUITE):
        noyau = noyau.but(opened=noyau.limit is not None)
    for _ in range(_MOST_INTERVALS):
        found = cursor.first(_following_interval)
        if found is None:
            break
        attached = _attach(noyau, found)
        if attached is None:
            return None
        noyau = attached
    rest = cursor.tokens[cursor.position :]
    return noyau.but(free=(*noyau.free, *_free_span(rest))) if is_free(rest) else None


def _following_interval(cursor: Cursor) -> Intervalle | None:
    cursor.skip(words.SEPARATIONS)
    return intervalle(cursor)


def _free_span(tokens: list[Token]) -> tuple[tuple[int, int], ...]:
    lettered = [token for token in tokens if token.text.isalnum()]
    return ((lettered[0].start, lettered[-1].end),) if lettered else ()
