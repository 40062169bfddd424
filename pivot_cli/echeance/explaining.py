"""Which word of an unread wording is at fault, and so which refusal tells it."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING

from pivot_cli.echeance import words
from pivot_cli.echeance.dated import intervalle
from pivot_cli.echeance.dates import year_apart
from pivot_cli.echeance.lexer import Cursor, Token, UnreadError, tokenize, whole
from pivot_cli.echeance.moments import is_year
from pivot_cli.echeance.refusals import refus
from pivot_cli.echeance.rhythms import ADJECTIFS, blamed, ongoing, opens, rhythm
from pivot_cli.text import MONTHS, fold, nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from pivot_cli.echeance.values import Refus

_ALIKE = 0.75
_SHORTEST_SLIP = 3  # letters

TOLD = {kind: words.Phrases(kind.upper()) for kind in ("relative", "vague", "status", "occasion", "clock", "event")}
"""The words that are known and are no échéance, by the refusal that tells them."""
_SUGGESTED = (*MONTHS, *words.NOMS_SAISONS.values(), *(word for _, word in words.rows("SUGGESTIONS")))
# The months as some spreadsheets write them.
_ENGLISH = words.ranked(
    "january | february | march | april | may | june | july | august | september | october | november | december"
)
_FUNCTION_WORDS = frozenset(word for _, word in words.rows("MOTS_OUTILS"))
_BEFORE_A_YEAR = words.set_of("en a dans pour durant pendant sur an annee exercice de ici avant des")
_AFTER_A_YEAR = words.set_of(", - / en a dans de").union(":;")
_BESIDE_A_DATE = words.set_of(", - de a en").union(":;")
_EXPECTING = words.set_of("ici et ou a de en debut fin mi avant depuis jusque pour / -")


@cache
def _known() -> frozenset[str]:
    return _FUNCTION_WORDS.union(("etre", "peut"), words.DE_TEMPS, ADJECTIFS, map(fold, _SUGGESTED))


def refusal(texte: str, cause: UnreadError | list[Token]) -> Refus:
    """The refusal of what a wording says, or of tokens that make no form of the grammar."""
    if isinstance(cause, UnreadError):
        return refus(texte, cause)
    return refus(texte, next(filter(None, (explanation(texte, cause) for explanation in _EXPLANATIONS))))


def _at(texte: str, kind: str, first: Token, last: Token | None = None, /, **data: object) -> UnreadError:
    """The refusal of the words from one token to another."""
    end = (last or first).end
    return UnreadError(kind, first.start, end, word=texte[first.start : end], **data)


def _told(texte: str, tokens: list[Token], kinds: tuple[str, ...]) -> UnreadError | None:
    cursor = Cursor(tokens)
    for kind in kinds:
        for rank in range(len(tokens)):
            cursor.position = rank
            meaning = cursor.phrase(TOLD[kind])
            if meaning is not None:
                hour = kind == "clock" and rank and tokens[rank - 1].width in (1, 2)
                told = "ongoing_status" if meaning == "en cours" else kind
                first, last = tokens[rank - 1 if hour else rank], tokens[cursor.position - 1]
                return _at(texte, told, first, last, meaning=meaning)
    return None


_word_of_time = partial(_told, kinds=("relative", "vague", "status", "occasion", "clock"))
# After a slip in the name of a month: « Dépôt en marz 2020 » is refused for « marz ».
_event_named = partial(_told, kinds=("event",))


def _counted_from(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« d'ici un mois », « dans 6 semaines »: counted from a day that is not written."""
    for rank, (before, count, unit) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False)):
        if before.text in ("ici", "dans", "sous", "apres") and count.counts() and unit.text in words.UNITES:
            return _at(texte, "relative", tokens[max(rank - 1, 0)] if before.text == "ici" else before, unit)
    return None


def _after_open(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« à confirmer par la direction »: what follows is a remark."""
    beyond = opens(tokens)
    if not 0 < beyond < len(tokens):
        return None
    head = texte[: tokens[beyond - 1].end].strip()
    return _at(texte, "after_open", tokens[beyond], tokens[-1], head=head)


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
    first, last = _core(tokens)
    if first == 0 and last == len(tokens):
        return None
    before = blamed(tokens[:first])
    at = before or blamed(tokens[last:]) or tokens[-1]
    core = texte[tokens[first].start : tokens[last - 1].end]
    return _at(texte, "beside_a_core", at, before or tokens[-1], core=core)


def _core(tokens: list[Token]) -> tuple[int, int]:
    """Where the leftmost rhythm or ongoing phrase stands among the tokens: all of them when there is none."""
    cursor = Cursor(tokens)
    for start in range(len(tokens)):
        cursor.position = start
        if cursor.first(rhythm, ongoing) is not None:
            return start, cursor.position
    return 0, len(tokens)


def _short_year(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« mars 21 », « T3-21 »: a year in two digits could be a day or a month."""
    for named, year in pairwise(tokens[-2:]):
        if year.width == 2 and (named.text in words.MOIS or named.text in words.SAISONS):
            full = f"{texte[: year.start]}20{texte[year.start : year.end]}".strip()
            return _at(texte, "short_year", year, full=full)
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
    folded = fold(written)
    if folded in _ENGLISH:
        return MONTHS[_ENGLISH[folded]]
    close = nearest(written, _SUGGESTED)
    return close if close and SequenceMatcher(None, folded, fold(close)).ratio() >= _ALIKE else None


def _written_twice(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« mois de mois de mars 2020 », « mars mars 2021 »: with the word written once, the wording is read."""
    for rank, token in enumerate(tokens):
        if len(token.text) < _SHORTEST_SLIP or token.value >= 0:
            continue
        again = next((n for n in range(rank + 1, len(tokens)) if tokens[n].text not in ("a", "de", "des", "en")), rank)
        if again > rank and tokens[again].text == token.text and _is_dated([*tokens[:rank], *tokens[again:]]):
            once = f"{texte[: token.start]}{texte[tokens[again].start :]}".strip()
            word = texte[token.start : token.end]
            return UnreadError("written_twice", token.start, tokens[again].end, word=word, once=once)
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
                remark, read = texte[rest[0].start : rest[-1].end], texte[first.start : date[-1].end]
                return _at(texte, "beside_a_date", rest[0], rest[-1], rest=remark, read=read)
    return None


def _unknown_word(texte: str, tokens: list[Token]) -> UnreadError | None:
    for token in tokens:
        known = token.text in _known() if token.value < 0 else token.width <= 2 or is_year(token)
        if not known:
            return _unknown(texte, token)
    return None


def _unknown(texte: str, token: Token) -> UnreadError:
    if token.value >= 0:
        return _at(texte, "no_such_year" if token.width == 4 else "number", token)
    if not token.text.isalpha():
        return _at(texte, "sign", token)
    close = _nearest(texte[token.start : token.end])
    if close is None:
        return _at(texte, "unknown_word", token)
    corrected = f"{texte[: token.start]}{close}{texte[token.end :]}".strip()
    # Once a slip is corrected, there may be more to say.
    tokens = tokenize(corrected)
    if _is_dated(tokens) or _core(tokens) != (0, len(tokens)) or len(tokens) == 1:
        return _at(texte, "slip", token, close=close, corrected=corrected)
    beside = _beside_a_date(corrected, tokens)
    if beside is None:
        return _at(texte, "slip_among_others", token, close=close)
    return _at(texte, "slip_beside_a_date", token, close=close, rest=beside.data["rest"], read=beside.data["read"])


def _incomplete(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« d'ici », « 2020 et », « du 1er avril 2020 »: something is missing at the end."""
    first, last = tokens[0], tokens[-1]
    if last.text in _EXPECTING and not (last.text in "-/" and _is_dated(tokens[:-1])):
        return _at(texte, "unfinished", first, last, texte=texte.strip())
    return _at(texte, "no_end", first, last) if first.text in ("de", "entre") and _is_dated(tokens[1:]) else None


def _too_many(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« en en 2021 », « mars à en juin 2021 », « mars 2021 – »: without one of its words, the wording is read."""
    for token in reversed(tokens):
        without = " ".join(f"{texte[: token.start]} {texte[token.end :]}".split())
        if token.value < 0 and token.text not in words.MOIS and _is_dated(tokenize(without)):
            return _at(texte, "too_many", token, without=without)
    return None


def _duration_or_rank(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« 3 ans », « sur 18 mois »; « T5 2020 », « 3e semestre 2020 »."""
    for count, unit in pairwise(tokens[-2:]):
        if unit.text in words.UNITES and (count.value >= 0 or count.counts()):
            return _at(texte, "duration", count, unit)
    ranked = any(token.text in ("t", "q", "trimestre", "trim", "semestre", "s") for token in tokens)
    return _at(texte, "wrong_rank", tokens[0], tokens[-1]) if ranked else None


class _Farthest(Cursor):
    """A cursor that remembers how far the grammar could go."""

    farthest = 0

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
    return _at(texte, "misplaced", tokens[min(cursor.farthest, len(tokens) - 1)])


_EXPLANATIONS: tuple[Callable[[str, list[Token]], UnreadError | None], ...] = (
    _counted_from, _after_open, _year_apart, _word_of_time, _beside_a_core, _short_year, _slip, _written_twice,
    _beside_a_date, _event_named, _unknown_word, _incomplete, _too_many, _duration_or_rank, _misplaced,
)  # fmt: skip
"""What may be at fault in tokens that make no form of the grammar: the first that sees something says it."""
