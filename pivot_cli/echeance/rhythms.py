"""What is done again and again, goes on, begins at once or has no date yet.

The core is the leftmost rhythm or ongoing phrase; free text around it holds no word that says when.
"""

from __future__ import annotations

from functools import reduce
from itertools import takewhile
from typing import TYPE_CHECKING

from pivot_cli.echeance import unites, words
from pivot_cli.echeance.dated import Intervalle, chaine, intervalle
from pivot_cli.echeance.lexer import END, Cursor, Token, UnreadError, whole
from pivot_cli.echeance.moments import Frozen, is_year, part_alone
from pivot_cli.text import quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from pivot_cli.echeance.lexer import Found


class Rythme(Frozen):
    """A frequency and interval as in an RRULE, what pins each window down, and what stands around."""

    freq: str = ""  # none for what goes on without a rhythm
    interval: int = 1
    fois: int | None = None  # how many times in each window, more than once
    by: str = ""  # the part of the RRULE that names days of the week: « BYDAY=MO »
    days: tuple[int, ...] = ()  # those of each month; -1 is its last
    part: str = ""  # the part of each window, or of what is named: « debut », « mi » or « fin »
    year: str = ""  # which year, where it is not any: « exercice » or « scolaire »
    anchor: Intervalle | None = None  # the dates of every year
    limit: Intervalle | None = None  # when it holds
    opened: bool = False  # the limit is where it begins: « 2021 et en continu », « mars 2020 puis annuellement »
    before: str = ""  # the last word or sign before the core, where its limit stands there: « juin 2025, en continu »
    free: tuple[tuple[int, int], ...] = ()  # the offsets of the free text before and after
    warning: str = ""  # what is worth checking


ADJECTIFS: dict[str, Rythme] = {}
_NAMES: dict[str, str] = {}
for _pace, _word in words.rows("ADJECTIFS"):
    _freq, _interval, _fois, *_doubt = _pace.split(", ")
    _name = quoted(_NAMES.setdefault(_pace, _word).capitalize())
    _said = f"{_name} est lu {_doubt[0]}; on l'écrit parfois pour {quoted(_doubt[1])}." if _doubt else ""
    _times = int(_fois) if _fois != "1" else None
    ADJECTIFS[_word] = Rythme(freq=_freq, interval=int(_interval), fois=_times, warning=_said)
_WEEKDAYS = words.JOURS | words.JOURS_PLURIEL
# Years and months have no such adjectives in an RRULE: they are counted from the first.
_PARITIES = {
    word: {"every": every, "first": first}
    for (every, first), named in {
        ("tous les 2 ans", 2021): ("impaire", "impaires", "impair", "impairs"),
        ("tous les 2 ans", 2022): ("paire", "paires", "pair", "pairs"),
        ("tous les 4 ans", 2024): ("bissextile", "bissextiles"),
    }.items()
    for word in named
}
_YEARS = frozenset(("annee", "scolaire"))
_WORKING_DAYS = "Les jours ouvrables sont lus du lundi au vendredi, jours fériés compris."
VAGUE = words.Phrases("VAGUE")
STATUS = words.Phrases("STATUS")
_LONGEST_INTERVAL = 60
_SHORTEST_NOUN = 4  # letters


def _adjective(cursor: Cursor) -> Rythme | None:
    word, length = cursor.peek().text, 1
    if word in ("bi", "semi", "tri"):
        dash = int(cursor.peek(1).text == "-")
        word, length = word + cursor.peek(1 + dash).text, 2 + dash
    cursor.position += length
    return ADJECTIFS.get(word)


def _unit(cursor: Cursor, times: int = 1) -> Rythme | None:
    """A unit of time, `times` of them: « trimestre », « année financière »."""
    unit = cursor.word(words.UNITES)
    if unit is None:
        return None
    freq, interval = unit
    of, month, *after = (cursor.peek(ahead) for ahead in range(4))
    each_month = (freq, interval * times) == ("MONTHLY", 1)
    if each_month and of.text == "de" and month.text in words.MOIS and any(map(is_year, after)):
        return None  # « chaque mois de mars, 2025 à 2028 » is not each month
    apart = cursor.peek()
    if apart.text in _PARITIES and freq in ("YEARLY", "MONTHLY"):
        raise UnreadError("parity", apart.start, apart.end, **_PARITIES[apart.text])
    if freq == "DAILY" and times == 1 and cursor.take("ouvrable", "ouvrables", "ouvre", "ouvres"):
        days = ",".join(words.CODES_JOURS[:5])
        return Rythme(freq="WEEKLY", by=f"BYDAY={days}", warning=_WORKING_DAYS)
    if freq == "YEARLY":
        year = "exercice" if cursor.before().startswith("exercice") else ""
        year = cursor.word(words.SORTES_ANNEES) or year
        return Rythme(freq=freq, interval=interval * times, year=year)
    # « Quinze jours » is two weeks in French, as « huit jours » is one.
    fortnight = freq == "DAILY" and times == 15
    return Rythme(freq="WEEKLY", interval=2) if fortnight else Rythme(freq=freq, interval=interval * times)


def _every(cursor: Cursor) -> Rythme | None:
    return cursor.first(*_AFTER_EVERY) if cursor.skip(words.CHAQUE) else None


def _numbered_unit(cursor: Cursor) -> Rythme | None:
    return _unit(cursor, cursor.count(_LONGEST_INTERVAL) or 1)


def _part_of_unit(cursor: Cursor) -> Rythme | None:
    """« chaque début d'année », « chaque fin de mois »."""
    part = part_alone(cursor)
    unit = _unit(cursor) if part else None
    return None if unit is None else unit.but(part=part)


def _anchored(cursor: Cursor) -> Rythme | None:
    """« chaque printemps », « tous les 30 juin », « chaque printemps et chaque automne »."""
    anchors = _several(cursor, _anchor, each=True)
    joined = reduce(lambda one, other: one.joined("et", other), anchors) if anchors else None
    # « Chaque automne et chaque hiver » is twice, though they are one stretch of the year.
    return None if joined is None else Rythme(freq="YEARLY", anchor=joined, fois=len(anchors) if anchors[1:] else None)


def _anchor(cursor: Cursor) -> Intervalle | None:
    of_months = cursor.peek().text == "mois"
    anchor = chaine(cursor)
    if of_months and anchor is not None and len(anchor.moments) > 1:
        return None  # « chaque mois de septembre à juin » is each of these months
    years = (unites.ANNEE, unites.AN_DU_PLAN)
    if anchor is None or any(moment.year or moment.unit in years for moment in anchor.moments):
        return None
    last = anchor.moments[-1]
    return anchor if last.unit is unites.SAISON or last.month > 0 else None


def _weekdays(cursor: Cursor) -> Rythme | None:
    """« tous les lundis », « tous les mardis et jeudis »."""
    days = _several(cursor, _weekday)
    return Rythme(freq="WEEKLY", by=f"BYDAY={','.join(days)}") if days else None


def _several(cursor: Cursor, production: Callable[[Cursor], Found | None], *, each: bool = False) -> list[Found]:
    """What a production finds once and again, joined by « et » or commas (`each`: and by « chaque »)."""
    several: list[Found] = []
    while True:
        mark = cursor.position
        joined = not several or (cursor.take("et", ",") and (not each or cursor.skip(words.CHAQUE)))
        found = production(cursor) if joined else None
        if found is None:
            cursor.position = mark
            return several
        several.append(found)


def _weekday(cursor: Cursor) -> str | None:
    """A day of the week, as an RRULE codes it."""
    day = cursor.word(_WEEKDAYS)
    return None if day is None else words.CODES_JOURS[day]


def _ranked_weekday(cursor: Cursor) -> Rythme | None:
    """« le premier lundi du mois », « chaque premier mardi du mois », « le 1er et le 3e mercredi du mois »."""
    ranks = _several(cursor, _rank)
    if not ranks or (day := cursor.word(_WEEKDAYS)) is None or not _of_each_month(cursor, of=True):
        return None
    return Rythme(freq="MONTHLY", by=f"BYDAY={','.join(f'{rank}{words.CODES_JOURS[day]}' for rank in ranks)}")


def _until_ranked_weekday(cursor: Cursor) -> Rythme | None:
    """« d'ici le premier lundi du mois »."""
    return _ranked_weekday(cursor) if cursor.phrase(words.JUSQUE) == "d'ici" else None


def _rank_of_weekday(cursor: Cursor) -> str | None:
    """« le 3e lundi », as an RRULE codes it."""
    rank = _rank(cursor)
    day = None if rank is None else _weekday(cursor)
    return day and f"{rank}{day}"


def _rank(cursor: Cursor) -> int | None:
    """« le 3e », « le dernier »: of what a month has four of, or its last."""
    token = cursor.peek()
    ordinal = words.ORDINAUX.get(token.text) or words.ORDINAUX.get(token.text[:-1], 0)
    rank = token.value if token.value >= 0 else ordinal
    cursor.position += 1
    cursor.take(*words.RANGS)
    return rank if rank in (words.DERNIER, 1, 2, 3, 4) else None


def _of_each_month(cursor: Cursor, *, of: bool) -> bool:
    """« du mois », « de chaque mois »; `of`: or « chaque mois »."""
    fits = cursor.take("de") or of
    cursor.take("chaque")
    return fits and cursor.take("mois")


def _days_of_month(cursor: Cursor) -> Rythme | None:
    """« le 15 du mois », « le 1er et le 15 de chaque mois », « avant le 15 du mois », « le dernier jour du mois »."""
    bound = cursor.phrase(words.JUSQUE)
    days = _several(cursor, _day_of_month)
    if not days or not _of_each_month(cursor, of=False) or bound == "fin":
        return None
    if bound == "avant":
        days = [day - 1 or -1 for day in days]  # before the 1st, the last day of the month that ends
        if min(days) < -1:
            return None
    return Rythme(freq="MONTHLY", days=tuple(days))


def _day_of_month(cursor: Cursor) -> int | None:
    rank = cursor.peek().text
    if rank in ("dernier", "premier") and cursor.peek(1).text in ("jour", "de"):
        cursor.position += 1
        cursor.take("jour")
        return words.ORDINAUX[rank]
    day = cursor.count(31, words=False)
    if day:
        cursor.take(*words.RANGS)
    return day or None


def _every_n(cursor: Cursor) -> Rythme | None:
    """« aux 3 mois », « aux deux semaines »."""
    here, before = cursor.peek(), cursor.tokens[cursor.position - 1] if cursor.position else END
    sign = cursor.tokens[max(cursor.position - 2, 0)].text
    if before.counts() and before.width < 3 and here.end - here.start == 1 and sign not in ("-", "/"):
        return None  # « 12 à 18 mois »
    times = cursor.count(_LONGEST_INTERVAL) if cursor.take("a") else 0
    return _unit(cursor, times) if times else None


def _one_in(cursor: Cursor) -> Rythme | None:
    """« un an sur deux », « 1 année sur 3 »."""
    unit = _unit(cursor) if cursor.count(1) else None
    times = cursor.count(_LONGEST_INTERVAL) if unit is not None and not unit.by and cursor.take("sur") else 0
    return unit.but(interval=unit.interval * times) if unit is not None and times else None


def _counted(cursor: Cursor) -> Rythme | None:
    """« 2 fois par année », « une fois aux 3 mois », « 4x/an », « 3 rencontres par année »."""
    cursor.skip(words.AU_MOINS)
    cursor.take("de")
    times = cursor.count(_LONGEST_INTERVAL)
    if not times:
        return None
    mark = cursor.position
    # « 2 à 3 fois »: the action is done once the smaller number is reached.
    if not (cursor.take("a", "-", "ou") and cursor.count(_LONGEST_INTERVAL)):
        cursor.position = mark
    counted, noun = cursor.take("fois", "x"), cursor.peek()
    if not counted and _is_noun(noun) and noun.text != "chaque" and cursor.peek(1).text in ("par", "/", "chaque", "a"):
        cursor.position += 1
        counted = True
    per = (_within,) if counted or cursor.peek().text in ("par", "/") else ()
    window = cursor.first(*per, *((_every, _every_n) if counted else ()), _things)
    return None if window is None else window.but(fois=times if times > 1 else None)


def _within(cursor: Cursor) -> Rythme | None:
    cursor.skip(words.PAR)
    return _numbered_unit(cursor)


def _things(cursor: Cursor) -> Rythme | None:
    """« (6) rencontres annuelles »."""
    if not _is_noun(cursor.peek()):
        return None
    cursor.position += 1
    found = _adjective(cursor)
    return None if found is None or found.fois else found


def _is_noun(token: Token) -> bool:
    """What is counted: any word that does not say when; minutes are how long, and minutes that are kept free text."""
    word = token.text
    counted = word not in ("minute", "minutes") and not says_when(word)
    return len(word) >= _SHORTEST_NOUN and word.isalpha() and counted


_RHYTHMS = (_adjective, _one_in, _counted, _every, _every_n, _ranked_weekday, _until_ranked_weekday, _days_of_month)
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


def opens(tokens: list[Token]) -> int:
    """How many tokens at the beginning say that the date is not known yet: « à déterminer », « date à préciser »."""
    cursor = Cursor(tokens)
    cursor.skip(words.SUJETS)
    return cursor.position if cursor.skip(words.INDETERMINE) else 0


def ongoing(cursor: Cursor) -> Rythme | None:
    """« En continu », « au besoin et sur demande »."""
    kind = cursor.phrase(words.CONTINU)
    if kind is None or (kind == "à l'année" and cursor.peek().value >= 0):
        return None
    if is_year(cursor.peek()):  # « tout au long de l'année scolaire 2025-2026 »: which year it is goes with its number
        while cursor.before() in _YEARS:
            cursor.position -= 1
    while cursor.first(_also_ongoing) is not None:
        pass
    return Rythme()


def _also_ongoing(cursor: Cursor) -> str | None:
    cursor.take("ou") or cursor.skip(words.SEPARATIONS)
    return cursor.phrase(words.CONTINU)


def rhythm(cursor: Cursor) -> Rythme | None:
    """« annuel », « aux 3 mois », « le 30 juin de chaque année »."""
    return cursor.first(*_RHYTHMS)


# --- what stands around a core --------------------------------------------------------------------------------------

# What makes another thing of a rhythm: « pluri-annuel », « pas annuel », « moins d'une fois par année ».
_TURNS = words.set_of("pluri multi quadri semi pas jamais aucun aucune moins sauf hormis")
_TRAILING = frozenset(("de", "des", ",", "-", ":", ";", "et", "/", "puis", "ensuite"))
_LINKS = frozenset(("et", "puis", "ensuite"))
_EACH = frozenset(("chaque", "tous", "toutes"))


_AT = ("a", "vers")


def blamed(tokens: list[Token]) -> Token | None:
    """The first token that free text may not hold: a number, a month, a season, a bound, a unit of time."""
    before = ("", "")
    for rank, token in enumerate(tokens):
        # « Mise à jour » and « ordre du jour » are no units of time.
        idiom = token.text == "jour" and (before[1] == "a" or before == ("ordre", "de"))
        # « Des » is « dès », once accents are dropped, but before a plural that has no other article.
        plural = any(not one.article and one.text[-1:] in ("s", "x") for one in tokens[rank + 1 : rank + 2])
        # « Le milieu », « du milieu », « en milieu scolaire » are people; « au milieu de », « milieu mars », a part.
        people = token.text == "milieu" and (bool(token.article) or (before[1].isalpha() and before[1] not in _AT))
        idiom = people or idiom
        bound = token.text == ".." or (token.text == "des" and not plural)
        bound = bound or token.text in _TURNS or (token.text == "plus" and before[1] == "a")
        if token.value >= 0 or bound or (says_when(token.text) and not idiom):
            return token
        before = (before[1], token.text)
    return None


def says_when(word: str) -> bool:
    """Whether a word belongs to the language of dates: free text may not hold it."""
    return (word in words.DE_TEMPS or word in ADJECTIFS) and word not in ("un", "une")


def around(tokens: list[Token], core: Callable[[Cursor], Rythme | None]) -> Rythme | None:
    """The leftmost core, with free text, an anchor (« en juin ») or a limit (« jusqu'en 2028 ») around it."""
    cursor = Cursor(tokens)
    for start in range(len(tokens)):
        cursor.position = start
        found = core(cursor)
        if found is not None:
            leading = _before(tokens[:start], found, every=tokens[start].text in _EACH)
            return None if leading is None else _after(cursor, leading)
    return None


def _before(tokens: list[Token], core: Rythme, *, every: bool) -> Rythme | None:
    """What stands before the core: free text, then an anchor or a limit."""
    kept = list(tokens)
    while kept and kept[-1].text in _TRAILING:
        kept.pop()
    if not kept:
        return core if not tokens else None
    for start in takewhile(lambda start: blamed(kept[:start]) is None, range(len(kept))):
        found = _with(core, kept[start:], every=every)
        if found is not None:
            last = tokens[-1].text
            return found.but(opened=last in _LINKS, before=last, free=_free_span(kept[:start]))
    return core.but(free=_free_span(tokens)) if blamed(tokens) is None else None


def _with(core: Rythme, tokens: list[Token], *, every: bool) -> Rythme | None:
    """The core with what stands before it: a part (« fin » of « chaque été »), a day of the week, dates."""
    part = whole(tokens, _bounded_part) if every else ""
    if part:
        return core.but(part=part) if core.anchor is None else core.but(anchor=_part_of(core.anchor, part))
    pinned = whole(tokens, lambda cursor: _on_weekday(core, cursor))
    if pinned is not None:
        return pinned
    interval = whole(tokens, intervalle)
    return None if interval is None else _attach(core, interval)


def _bounded_part(cursor: Cursor) -> str | None:
    """« à la fin de », « avant la fin de », « d'ici le début de »."""
    bound = cursor.phrase(words.JUSQUE)
    return "fin" if bound == "fin" else part_alone(cursor) if bound in (None, "d'ici") else None


def _part_of(anchor: Intervalle, part: str) -> Intervalle:
    """The beginning, middle or end of the dates of every year; a day has none."""
    if any(moment.part or moment.unit.dans == "mois" for moment in anchor.moments):
        raise anchor.unread("part_of_each_day")
    return anchor.but(moments=tuple(moment.but(part=part) for moment in anchor.moments))


def _on_weekday(core: Rythme, cursor: Cursor) -> Rythme | None:
    """The core on the day of the week that it names: « mensuel, le 3e lundi », « hebdomadaire, le mardi »."""
    if core.by or core.days or core.part or core.anchor is not None or core.fois:
        return None
    if core.freq == "WEEKLY":
        days = _several(cursor, _weekday)
        return core.but(by=f"BYDAY={','.join(days)}") if days else None
    day = _rank_of_weekday(cursor) if (core.freq, core.interval) == ("MONTHLY", 1) else None
    if day is None:
        return None
    cursor.take("de") and cursor.take("mois")
    return core.but(by=f"BYDAY={day}")


def _attach(core: Rythme, found: Intervalle) -> Rythme | None:
    """The core with a dated wording as its anchor or its limit."""
    first, *others = found.moments
    listed = any(moment.unit is unites.ANNEE for moment in others) and not {"et", ","}.isdisjoint(found.links)
    dated = found.split is None and first.unit.dans in ("année", "mois")
    if core.freq == "YEARLY" and dated and (first.year2 or listed):
        # « annuel en juin 2025-2028 », « juin 2025 et 2026 »: June of each of these years, and no limit
        raise found.unread("each_of_years")
    if core.freq and all(moment.needs_year() for moment in found.moments):
        lone_day = found.moments[-1].lone_number() and len(found.moments) > 1
        return None if core.anchor is not None or lone_day else core.but(anchor=found)
    return None if core.limit is not None else core.but(limit=found)


def _after(cursor: Cursor, core: Rythme) -> Rythme | None:
    if cursor.skip(words.PAR_LA_SUITE):
        core = core.but(opened=core.limit is not None)
    core = cursor.first(lambda cursor: _on_weekday(core, _separated(cursor))) or core
    for _ in range(2):  # an anchor, a limit
        found = cursor.first(_following_interval)
        if found is None:
            break
        attached = _attach(core, found)
        if attached is None:
            return None
        core = attached
    rest = cursor.tokens[cursor.position :]
    return core.but(free=(*core.free, *_free_span(rest))) if blamed(rest) is None else None


def _following_interval(cursor: Cursor) -> Intervalle | None:
    return intervalle(_separated(cursor))


def _separated(cursor: Cursor) -> Cursor:
    """The cursor past what separates a core from what comes after it."""
    cursor.skip(words.SEPARATIONS)
    return cursor


def _free_span(tokens: list[Token]) -> tuple[tuple[int, int], ...]:
    lettered = [token for token in tokens if token.text.isalnum()]
    known = lettered and words.mentions("STATUS", lettered[0].text)
    if known and whole(lettered, lambda cursor: cursor.phrase(STATUS)) is not None:
        raise UnreadError("status_beside", lettered[0].start, lettered[-1].end)
    return ((lettered[0].start, lettered[-1].end),) if lettered else ()
