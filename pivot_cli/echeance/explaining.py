"""Which word of an unread wording is at fault, and so which refusal tells it."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from pivot_cli.echeance import words
from pivot_cli.echeance.dated import intervalle
from pivot_cli.echeance.dates import year_apart
from pivot_cli.echeance.lexer import Cursor, UnreadError, tokenize, whole
from pivot_cli.echeance.moments import is_year
from pivot_cli.echeance.refusals import refus
from pivot_cli.echeance.rhythms import ADJECTIFS, blamed, ongoing, opens, rhythm
from pivot_cli.text import MONTHS, fold, nearest

if TYPE_CHECKING:
    from pivot_cli.echeance.lexer import Token
    from pivot_cli.echeance.values import Refus

_ALIKE = 0.75
_SHORTEST_SLIP = 3  # letters

# --- words that are known, and are no échéance ------------------------------------------------------------------------

TOLD = {kind: words.Phrases(kind.upper()) for kind in ("relative", "vague", "status", "occasion", "clock", "event")}
"""By the refusal that tells them."""
_SUGGESTED = (
    *MONTHS,
    *words.NOMS_SAISONS.values(),
    *("trimestre", "semestre", "année", "début", "fin", "continu", "annuel", "annuellement", "mensuel"),
    *("mensuellement", "trimestriel", "semestriel", "hebdomadaire", "quotidien", "immédiat", "immédiatement"),
    *("déterminer", "évaluer", "préciser", "confirmer", "avant", "après", "jusqu'en", "depuis", "semaine", "mois"),
    *("premier", "deuxième", "besoin", "lundi", "mardi", "mercredi", "jeudi", "vendredi"),
)
# The months as some spreadsheets write them.
_ENGLISH = "january february march april may june july august september october november december".split()
_FUNCTION_WORDS = words.set_of(
    "a de des en et ou pour dans sur par entre le la les l pendant durant cours courant chaque tous toutes fois x plus "
    "moins an ans - / , + . .. er re e eme ieme nd t q s besoin tout au long que pas venir mais main mise prevu prevue "
    "prevus prevues depuis avant apres ici jusque debut mi fin"
)
_BEFORE_A_YEAR = words.set_of("en a dans pour durant pendant sur an annee exercice de ici avant des")
_AFTER_A_YEAR = words.set_of(", - / en a dans de").union(":;")
_BESIDE_A_DATE = words.set_of(", - de a en").union(":;")
_EXPECTING = words.set_of("ici et ou a de en debut fin mi avant depuis jusque pour / -")


@cache
def _known() -> frozenset[str]:
    return _FUNCTION_WORDS.union(("etre", "peut"), words.DE_TEMPS, ADJECTIFS, map(fold, _SUGGESTED))


# --- the refusal ------------------------------------------------------------------------------------------------------


def refusal(texte: str, cause: UnreadError | list[Token]) -> Refus:
    """The refusal of what a wording says, or of tokens that make no form of the grammar."""
    return refus(texte, explain(texte, cause) if isinstance(cause, list) else cause)


def explain(texte: str, tokens: list[Token]) -> UnreadError:
    """What is at fault in tokens that make no form of the grammar: the first of these that sees something."""
    for explanation in (
        _counted_from, _after_open, _year_apart, _word_of_time, _beside_a_core, _short_year, _slip, _written_twice,
        _beside_a_date, _event_named, _unknown_word, _unfinished, _no_end, _too_many, _duration, _wrong_rank,
    ):  # fmt: skip
        found = explanation(texte, tokens)
        if found is not None:
            return found
    return _misplaced(texte, tokens)


def _at(kind: str, first: Token, last: Token, **data: object) -> UnreadError:
    return UnreadError(kind, first.start, last.end, **data)


def _told(texte: str, tokens: list[Token], *kinds: str) -> UnreadError | None:
    cursor = Cursor(tokens)
    for kind in kinds:
        for rank in range(len(tokens)):
            cursor.position = rank
            found = cursor.match(TOLD[kind])
            if found is not None:
                meaning, end = found
                hour = kind == "clock" and rank and tokens[rank - 1].width in (1, 2)
                first, last = tokens[rank - 1 if hour else rank], tokens[end - 1]
                told = "ongoing_status" if meaning == "en cours" else kind
                return _at(told, first, last, word=texte[first.start : last.end], meaning=meaning)
    return None


def _word_of_time(texte: str, tokens: list[Token]) -> UnreadError | None:
    return _told(texte, tokens, "relative", "vague", "status", "occasion", "clock")


def _event_named(texte: str, tokens: list[Token]) -> UnreadError | None:
    """After a slip in the name of a month: « Dépôt en marz 2020 » is refused for « marz »."""
    return _told(texte, tokens, "event")


def _counted_from(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« d'ici un mois », « dans 6 semaines »: counted from a day that is not written."""
    for rank, (before, count, unit) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False)):
        if before.text in ("ici", "dans", "sous", "apres") and count.counts() and unit.text in words.UNITES:
            first = tokens[max(rank - 1, 0)] if before.text == "ici" else before
            return _at("relative", first, unit, word=texte[first.start : unit.end])
    return None


def _after_open(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« à confirmer par la direction »: what follows is a remark."""
    beyond = opens(tokens)
    if not 0 < beyond < len(tokens):
        return None
    first, last = tokens[beyond], tokens[-1]
    head = texte[: tokens[beyond - 1].end].strip()
    return _at("after_open", first, last, rest=texte[first.start : last.end], head=head)


def _year_apart(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« 2020 automne », « 2020 : mars à juin »: a year before what is in it."""
    first = next((rank for rank, token in enumerate(tokens) if is_year(token)), None)
    if first is None or any(token.text not in _BEFORE_A_YEAR for token in tokens[:first]):
        return None
    year, year2, named = tokens[first], 0, tokens[first + 1 :]
    if len(named) > 1 and named[0].text in ("-", "/") and is_year(named[1]):
        year2, named = named[1].value, named[2:]
    while named and named[0].text in _AFTER_A_YEAR:
        named = named[1:]
    if not named or any(map(is_year, named)) or not _is_dated([*named, year]):
        return None
    return year_apart(year.start, named[-1].end, year.value, year2, texte[named[0].start : named[-1].end])


def _is_dated(tokens: list[Token]) -> bool:
    """Whether the tokens say when by themselves."""
    try:
        found = whole(tokens, intervalle)
    except UnreadError:
        return False
    return found is not None and any(moment.year for moment in found.moments)


def _beside_a_core(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« annuel et en continu »: two rhythms, or one with a word that says when and does not go with it."""
    first, last = _core(tokens) or (0, len(tokens))
    if first == 0 and last == len(tokens):
        return None
    before = blamed(tokens[:first])
    at = before or blamed(tokens[last:]) or tokens[-1]
    end = before or tokens[-1]
    core = texte[tokens[first].start : tokens[last - 1].end]
    return _at("beside_a_core", at, end, core=core, word=texte[at.start : end.end])


def _core(tokens: list[Token]) -> tuple[int, int] | None:
    """Where the leftmost rhythm or ongoing phrase stands among the tokens."""
    cursor = Cursor(tokens)
    for start in range(len(tokens)):
        cursor.position = start
        if cursor.first(rhythm, ongoing) is not None:
            return start, cursor.position
    return None


def _short_year(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« mars 21 », « T3-21 »: a year in two digits could be a day or a month."""
    for named, year in pairwise(tokens[-2:]):
        if year.width == 2 and (named.text in words.MOIS or named.text in words.SAISONS):
            full = f"{texte[: year.start]}20{texte[year.start : year.end]}".strip()
            return _at("short_year", year, year, word=texte[year.start : year.end], full=full)
    return None


def _slip(texte: str, tokens: list[Token]) -> UnreadError | None:
    """The first word that is a slip of the keyboard away from the name of a month or a season."""
    for token in tokens:
        if len(token.text) >= _SHORTEST_SLIP and token.text.isalpha() and token.text not in _known():
            close = fold(_nearest(texte[token.start : token.end]) or "")
            if close in words.MOIS or close in words.SAISONS:
                return _unknown(texte, token)
    return None


def _nearest(written: str) -> str | None:
    """The known word a slip of the keyboard away; a merely similar one would puzzle its reader."""
    if fold(written) in _ENGLISH:
        return MONTHS[_ENGLISH.index(fold(written))]
    close = nearest(written, _SUGGESTED)
    if close is None or SequenceMatcher(None, fold(written), fold(close)).ratio() < _ALIKE:
        return None
    return close


def _written_twice(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« mois de mois de mars 2020 », « mars mars 2021 »: with the word written once, the wording is read."""
    for rank, token in enumerate(tokens):
        if len(token.text) < _SHORTEST_SLIP or token.value >= 0:
            continue
        again = rank + 1
        while again < len(tokens) and tokens[again].text in ("a", "de", "des", "en"):
            again += 1
        twice = again < len(tokens) and tokens[again].text == token.text
        if twice and _is_dated([*tokens[:rank], *tokens[again:]]):
            once = f"{texte[: token.start]}{texte[tokens[again].start :]}".strip()
            return _at("written_twice", token, tokens[again], word=texte[token.start : token.end], once=once)
    return None


def _beside_a_date(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« mars 2021 avec le CA », « dépôt en mars 2021 »: a date that is read, and what may be a remark."""
    for rank in range(1, len(tokens)):
        for date, rest in ((tokens[:rank], tokens[rank:]), (tokens[rank:], tokens[:rank])):
            # More than words that join others.
            says = any(token.text.isalpha() and token.text not in _FUNCTION_WORDS for token in rest)
            if says and blamed(rest) is None and _is_dated(date):
                while rest[-1].text in _BESIDE_A_DATE:
                    rest.pop()
                first = date[1] if date[0].text in ("en", "a", "de") else date[0]
                read = texte[first.start : date[-1].end]
                return _at("beside_a_date", rest[0], rest[-1], rest=texte[rest[0].start : rest[-1].end], read=read)
    return None


def _unknown_word(texte: str, tokens: list[Token]) -> UnreadError | None:
    for token in tokens:
        figure = token.width <= 2 or is_year(token)
        if (token.value < 0 and token.text not in _known()) or (token.value >= 0 and not figure):
            return _unknown(texte, token)
    return None


def _unknown(texte: str, token: Token) -> UnreadError:
    written = texte[token.start : token.end]
    if token.value >= 0:
        return _at("no_such_year" if token.width == 4 else "number", token, token, word=written)
    if not token.text.isalpha():
        return _at("sign", token, token, word=written)
    close = _nearest(written)
    if close is None:
        return _at("unknown_word", token, token, word=written)
    corrected = f"{texte[: token.start]}{close}{texte[token.end :]}".strip()
    # Once a slip is corrected, there may be more to say.
    tokens = tokenize(corrected)
    if _is_dated(tokens) or _core(tokens) is not None or len(tokens) == 1:
        return _at("slip", token, token, word=written, close=close, corrected=corrected)
    beside = _beside_a_date(corrected, tokens)
    kind, data = ("slip_among_others", {}) if beside is None else ("slip_beside_a_date", beside.data)
    return _at(kind, token, token, word=written, close=close, **data)


def _unfinished(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« d'ici », « 2020 et », « fin »: something is missing at the end."""
    last = tokens[-1]
    if last.text not in _EXPECTING or (last.text in "-/" and _is_dated(tokens[:-1])):
        return None
    return _at("unfinished", tokens[0], last, texte=texte.strip())


def _no_end(_texte: str, tokens: list[Token]) -> UnreadError | None:
    """« du 1er avril 2020 »."""
    if tokens[0].text not in ("de", "entre") or not _is_dated(tokens[1:]):
        return None
    return _at("no_end", tokens[0], tokens[-1])


def _too_many(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« en en 2021 », « mars à en juin 2021 », « mars 2021 – »: without one of its words, the wording is read."""
    for token in reversed(tokens):
        if token.value >= 0 or token.text in words.MOIS:
            continue
        without = " ".join(f"{texte[: token.start]} {texte[token.end :]}".split())
        if _is_dated(tokenize(without)):
            return _at("too_many", token, token, word=texte[token.start : token.end], without=without)
    return None


def _duration(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« 3 ans », « sur 18 mois »."""
    if len(tokens) < 2 or tokens[-1].text not in words.UNITES:
        return None
    count, unit = tokens[-2:]
    if count.value < 0 and not count.counts():
        return None
    return _at("duration", count, unit, word=texte[count.start : unit.end])


def _wrong_rank(_texte: str, tokens: list[Token]) -> UnreadError | None:
    """« T5 2020 », « 3e semestre 2020 »."""
    ranked = any(token.text in ("t", "q", "trimestre", "trim", "semestre", "s") for token in tokens)
    return _at("wrong_rank", tokens[0], tokens[-1]) if ranked else None


class _Farthest(Cursor):
    """A cursor that remembers how far the grammar could go."""

    __slots__ = ("farthest",)

    def __init__(self, tokens: list[Token]) -> None:
        super().__init__(tokens)
        self.farthest = 0

    def peek(self, ahead: int = 0) -> Token:
        if not ahead:
            self.farthest = max(self.farthest, self.position)
        return super().peek(ahead)


def _misplaced(texte: str, tokens: list[Token]) -> UnreadError:
    """Every word is known, and together they make no form of the grammar."""
    cursor = _Farthest(tokens)
    try:
        intervalle(cursor)
    except UnreadError as error:
        return error
    at = tokens[min(cursor.farthest, len(tokens) - 1)]
    return _at("misplaced", at, at, word=texte[at.start : at.end])
