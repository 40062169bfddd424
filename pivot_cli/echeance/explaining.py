"""Which word of an unread wording is at fault, and so which refusal tells it."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from difflib import SequenceMatcher
from functools import cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING

from pivot_cli.echeance import words
from pivot_cli.echeance.dated import intervalle
from pivot_cli.echeance.dates import year_apart
from pivot_cli.echeance.lexer import Cursor, Token, UnreadError, tokenize, whole
from pivot_cli.echeance.moments import is_year, part_alone
from pivot_cli.echeance.refusals import refus
from pivot_cli.echeance.rhythms import ADJECTIFS, STATUS, VAGUE, blamed, ongoing, opens, rhythm
from pivot_cli.echeance.spans import DAY
from pivot_cli.echeance.values import EXEMPLES, VIDE
from pivot_cli.text import MONTHS, NBSP, day_in_words, fold, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pivot_cli.echeance.values import Refus

_ALIKE = 0.75
_SHORTEST_SLIP = 3  # letters
_EXAMPLE_YEARS = "2027-2028"
# The days of Excel, counted from 30 December 1899, that are of this century: 1 January 2000 to 31 December 2099.
_FIRST_SERIAL, _LAST_SERIAL = 36526, 73050

TOLD = {kind: words.Phrases(kind.upper()) for kind in ("relative", "occasion", "clock", "event")}
TOLD |= {"vague": VAGUE, "status": STATUS}
"""The words that are known and are no échéance, by the refusal that tells them."""
_SUGGESTED = (*MONTHS, *words.NOMS_SAISONS.values(), *(word for _, word in words.rows("SUGGESTIONS")))
# The months as some spreadsheets write them, and the seasons.
_ENGLISH = words.ranked(
    "january | february | march | april | may | june | july | august | september | october | november | december |"
    "spring | summer | fall autumn | winter"
)
_FRENCH = (*MONTHS, "printemps", "été", "automne", "hiver")
_FUNCTION_WORDS = frozenset(word for _, word in words.rows("MOTS_OUTILS"))
_BEFORE_A_YEAR = words.set_of("en a dans pour durant pendant sur an annee exercice de ici avant des")
_AFTER_A_YEAR = words.set_of(", - / en a dans de").union(":;")
_EITHER = frozenset(("a", "-", "ou"))
_EACH_WORDS = frozenset(("chaque", "tous", "toutes"))
_BEFORE_AN_EVENT = words.set_of("avant apres des quand lorsque pendant durant depuis lors suite")
_BESIDE_A_DATE = words.set_of(", - de a en").union(":;")
_EXPECTING = words.set_of("ici et ou a de en debut fin mi avant depuis jusque pour / -")


@cache
def _known() -> frozenset[str]:
    events = (word for _, phrase in words.rows("EVENT") for word in phrase.split())
    return _FUNCTION_WORDS.union(("etre", "peut"), words.DE_TEMPS, ADJECTIFS, map(fold, (*_SUGGESTED, *events)))


def refusal(
    texte: str, cause: UnreadError | list[Token], reads: Callable[[str], bool], main: Sequence[Token] = ()
) -> Refus:
    """The refusal of what a wording says, or of tokens that make no form of the grammar; no wording that it offers is
    refused itself. `main` is what stands outside the remarks of a wording that says something.
    """
    errors: Iterable[UnreadError | None]
    if isinstance(cause, list):
        errors = (_explained(explanation, texte, cause) for explanation in _EXPLANATIONS)
    else:
        status = cause.kind in ("remark_says_when", "status_beside") and _told(texte, tokenize(texte), ("status",))
        short = cause.kind == "lone_number" and (_short_year(texte, list(main)) or _without_year(texte, main))
        errors = (status or None, short or None, cause)
    said, known = VIDE, False
    for error in filter(None, errors):
        found, mends = refus(texte, error), error.kind in _MENDED
        # Once what is wrong is known, only what mends it is worth more.
        if (mends or not known) and all(map(reads, _OFFERED.findall(found.remede))):
            return found
        if not known:
            said, known = found, not mends
    return said._replace(remede=f"Écrivez par exemple {EXEMPLES}.")


def _explained(
    explanation: Callable[[str, list[Token]], UnreadError | None], texte: str, tokens: list[Token]
) -> UnreadError | None:
    """What an explanation says; nothing where the wording that it would offer is the name of a session."""
    with suppress(UnreadError):
        return explanation(texte, tokens)
    return None


_OFFERED = re.compile(f"«{NBSP}(.*?){NBSP}»")
# What is said of these is nothing but the wording that they offer.
_MENDED = words.set_of(
    "short_year slip slip_beside_a_date written_twice beside_a_date too_many year_apart year_of_two_apart fifth "
    "clock_apart"
)


def _at(texte: str, kind: str, first: Token, last: Token | None = None, /, **data: object) -> UnreadError:
    """The refusal of the words from one token to another."""
    end = (last or first).end
    return UnreadError(kind, first.start, end, word=texte[first.start : end], **data)


def _told(texte: str, tokens: Sequence[Token], kinds: tuple[str, ...]) -> UnreadError | None:
    cursor = Cursor(list(tokens))
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


def _before_an_event(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« 4 semaines avant la mise en production », « Après 1.2 »: counted from what has no date here."""
    for rank, (count, unit, link) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False)):
        if count.counts() and unit.text in words.UNITES and link.text in ("avant", "apres") and rank + 3 < len(tokens):
            return _at(texte, "from_event", count, tokens[-1])
    reference = (
        len(tokens) > 2
        and tokens[0].text in ("avant", "apres")
        and all(token.text == "." if rank % 2 else token.value >= 0 for rank, token in enumerate(tokens[1:]))
    )
    return _at(texte, "after_action", tokens[0], tokens[-1]) if reference else None


def _after_what(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« Dès que le contrat est signé », « après l'incendie », « si requis par la loi »: what has no date here."""
    first, rest = tokens[0], tokens[1:]
    unknown = any(token.text.isalpha() and token.text not in _known() for token in rest)
    if not unknown or any(is_year(token) or token.text in words.MOIS for token in rest):
        return None
    if first.text == "si":
        return _at(texte, "condition", first, tokens[-1])
    kept = rest[1:] if rest[0].text in ("de", "que") else rest
    return _at(texte, "event", kept[0], tokens[-1]) if first.text in _BEFORE_AN_EVENT and kept else None


def _part_of_what(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« fin de mois », « début de trimestre »."""
    cursor = Cursor(tokens)
    fits = part_alone(cursor) and cursor.word(words.UNITES) is not None and cursor.at_end()
    return _at(texte, "lone_part", tokens[0], tokens[-1]) if fits else None


def _year_to_come(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« À la fin de l'année scolaire », « mai de l'exercice »: read with its years after it."""
    named = tokens[-1].text in words.SORTES_ANNEES or tokens[-1].text in ("exercice", "fiscal", "budgetaire")
    if not named or any(map(is_year, tokens)) or not _is_dated(tokenize(f"{texte} {_EXAMPLE_YEARS}")):
        return None
    return UnreadError("no_year", texte=texte.strip(), year=_EXAMPLE_YEARS)


def _begins_or_begun(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« Débute en mars 2025 »: once accents are dropped, also « débuté »."""
    if tokens[0].text not in ("debute", "commence") or not _is_dated(tokens[1:]):
        return None
    before = tokens[1] if tokens[1].text in ("en", "a", "de") else tokens[0]
    return _at(texte, "begins_or_begun", tokens[0], day=texte[before.end : tokens[-1].end].strip())


def _with_hour(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« 9 octobre 2026, 23 h 59 »: the day, without its hour."""
    clock = _told(texte, tokens, ("clock",))
    if clock is None:
        return None
    left = [token for token in tokens if token.end <= clock.start]
    while left and left[-1].text in (",", "-", "a", "avant"):
        left.pop()
    if not left or not _is_dated(left):
        return None
    return UnreadError("clock_apart", clock.start, clock.end, day=texte[left[0].start : left[-1].end], **clock.data)


def _week_number(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« Semaine 12 »: which days it has is not said."""
    for named, number in pairwise(tokens):
        if named.text in ("semaine", "semaines", "sem") and number.width in (1, 2):
            return _at(texte, "week_number", named, number)
    return None


def _after_open(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« à confirmer par la direction »: what follows is a remark."""
    beyond = opens(tokens)
    if not 0 < beyond < len(tokens):
        return None
    head = texte[: tokens[beyond - 1].end].strip()
    for rank in range(beyond, len(tokens)):
        if _is_dated(tokens[rank:]):
            dated = texte[tokens[rank].start : tokens[-1].end]
            return _at(texte, "dated_after_open", tokens[0], tokens[beyond - 1], dated=dated)
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


def _says_when(tokens: list[Token]) -> bool:
    """Whether the tokens are a date, a rhythm, or what has none, and nothing else."""
    with suppress(UnreadError):
        known = whole(tokens, rhythm) or whole(tokens, ongoing)
        return _is_dated(tokens) or known is not None or 0 < opens(tokens) == len(tokens)
    return False


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
        with suppress(UnreadError):
            if cursor.first(rhythm, ongoing) is not None:
                return start, cursor.position
    return 0, len(tokens)


_RANKED_NAMES = words.TRIMESTRES | words.SEMESTRES


def _short_year(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« mars 21 », « Avril 22 - Septembre 2022 »: a year in two digits could be a day or a month."""
    short: list[Token] = []
    for rank, token in enumerate(tokens[1:], 1):
        before = tokens[rank - 1].text
        named = tokens[rank - 2].text if rank > 1 and before in ("-", "/") else before
        ranked = rank > 1 and tokens[rank - 2].text in _RANKED_NAMES and tokens[rank - 1].width == 1
        beside = named in words.MOIS or named in words.SAISONS or ranked
        follows = rank > 1 and tokens[rank - 2] in short and before in ("-", "/", "a")
        of_month = any(after.text in words.MOIS for after in tokens[rank + 1 : rank + 2])
        if token.width == 2 and (beside or follows) and not of_month:
            short.append(token)
    if not short:
        return None
    full, end = "", 0
    for token in short:
        full, end = f"{full}{texte[end : token.start]}20", token.start
    return _at(texte, "short_year", short[0], full=f"{full}{texte[end:]}".strip())


def _slip(texte: str, tokens: list[Token]) -> UnreadError | None:
    """The first word that is a slip of the keyboard away from the name of a month or a season."""
    for token, after in pairwise(tokens):
        if token.text == "tout" and after.article == "les":  # « tout les mois »
            full = f"{texte[: token.start]}tous{texte[token.end :]}".strip()
            return _at(texte, "slip", token, close="tous les", corrected=full)
    for token in tokens:
        if len(token.text) >= _SHORTEST_SLIP and token.text.isalpha() and token.text not in _known():
            close = _nearest(texte[token.start : token.end]) or ""
            corrected = tokenize(f"{texte[: token.start]}{close}{texte[token.end :]}")
            if fold(close) in words.MOIS or fold(close) in words.SAISONS or (close and _says_when(corrected)):
                return _unknown(texte, token)
    return None


def _abbreviated(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« Déb. 2020 »: a word cut short, which begins one that the grammar has."""
    for token in tokens:
        if texte[token.end : token.end + 1] == "." and token.text.isalpha() and token.text not in _known():
            for word in _SUGGESTED:
                corrected = f"{texte[: token.start]}{word}{texte[token.end + 1 :]}".strip()
                if fold(word).startswith(token.text) and _says_when(tokenize(corrected)):
                    return _at(texte, "slip", token, close=word, corrected=corrected)
    return None


def _nearest(written: str) -> str | None:
    """The known word a slip of the keyboard away; a merely similar one would puzzle its reader."""
    folded = fold(written)
    if folded in _ENGLISH:
        return _FRENCH[_ENGLISH[folded]]
    if len(folded) >= _SHORTEST_SLIP and not set(folded) & set("aeiouy"):  # « spt », « dcbre »
        months = [month for month in MONTHS if re.match(".*".join(map(re.escape, folded)), fold(month))]
        return months[0] if len(months) == 1 else None
    close = nearest(written, _SUGGESTED) or ""
    # « Remise » is no slip of « premier ».
    kept = folded[:1] == fold(close)[:1] or folded[-1:] == fold(close)[-1:]
    return close if kept and SequenceMatcher(None, folded, fold(close)).ratio() >= _ALIKE else None


def _without_year(texte: str, tokens: Sequence[Token]) -> UnreadError | None:
    """« 11/09 », « le 31-12 »."""
    numbers = [token.value for token in tokens[::2]]
    if len(tokens) == 5 and tokens[1].text == tokens[3].text and [token.width for token in tokens[::2]] == [2, 2, 2]:
        last = tokens[4]  # « 15/06/25 »
        return _at(texte, "short_year", last, full=f"{texte[: last.start]}20{texte[last.start :]}".strip())
    if len(tokens) != 3 or tokens[1].text not in ("/", "-", ".") or not all(1 <= number <= 31 for number in numbers):
        return None
    day, month = numbers if numbers[1] <= 12 else numbers[::-1]
    return None if month > 12 else _at(texte, "no_year_in_figures", tokens[0], tokens[2], day=day, month=month)


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
        for dated, rest in ((tokens[:rank], tokens[rank:]), (tokens[rank:], tokens[:rank])):
            # More than words that join others.
            says = any(token.text.isalpha() and token.text not in _FUNCTION_WORDS for token in rest)
            if says and blamed(rest) is None and _is_dated(dated):
                while rest[-1].text in _BESIDE_A_DATE:
                    rest.pop()
                while not rest[0].text.isalnum():
                    rest.pop(0)
                first = dated[1] if dated[0].text in ("en", "a", "de") else dated[0]
                remark, read = texte[rest[0].start : rest[-1].end], texte[first.start : dated[-1].end]
                return _at(texte, "beside_a_date", rest[0], rest[-1], rest=remark, read=read)
    return None


def _unknown_word(texte: str, tokens: list[Token]) -> UnreadError | None:
    for token in tokens:
        known = token.text in _known() if token.value < 0 else token.width <= 2 or is_year(token)
        if not known:
            return _unknown(texte, token)
    return None


def _number(texte: str, token: Token) -> UnreadError:
    """A number that is no year: a day as Excel counts it, a date without separation."""
    serial = token.width == 5 and _FIRST_SERIAL <= token.value <= _LAST_SERIAL
    if serial:
        day = day_in_words(date(1899, 12, 30) + token.value * DAY).replace(NBSP, " ")
        return _at(texte, "excel", token, day=day, full=_SERIAL.sub(_day_of_serial, texte).strip())
    with suppress(ValueError):
        if token.width == 8:
            written = day_in_words(date.fromisoformat(token.text)).replace(NBSP, " ")
            return _at(texte, "digits", token, full=f"{texte[: token.start]}{written}{texte[token.end :]}".strip())
    return _at(texte, "no_such_year" if token.width == 4 else "number", token)


def _unknown(texte: str, token: Token) -> UnreadError:
    if token.value >= 0:
        return _number(texte, token)
    if not texte[token.start : token.end].isalpha():
        return _at(texte, "sign", token)
    close = _nearest(texte[token.start : token.end])
    if close is None:
        return _at(texte, "abbreviation" if texte[token.end : token.end + 1] == "." else "unknown_word", token)
    corrected = f"{texte[: token.start]}{close}{texte[token.end :]}".strip()
    # Once a slip is corrected, there may be more to say.
    tokens = tokenize(corrected)
    if _says_when(tokens) or _core(tokens) != (0, len(tokens)) or len(tokens) == 1:
        return _at(texte, "slip", token, close=close, corrected=corrected)
    beside = _beside_a_date(corrected, tokens)
    if beside is None:
        return _at(texte, "slip_among_others", token, close=close)
    return _at(texte, "slip_beside_a_date", token, close=close, rest=beside.data["rest"], read=beside.data["read"])


_SERIAL = re.compile(r"\b[3-7]\d{4}\b")


def _day_of_serial(found: re.Match[str]) -> str:
    """The day that Excel counts so, as it is written."""
    return day_in_words(date(1899, 12, 30) + int(found[0]) * DAY).replace(NBSP, " ")


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
        kept = token.counts() or token.text in words.DE_TEMPS or token.text in _EACH_WORDS
        if not kept and _is_dated(tokenize(without)):
            return _at(texte, "too_many", token, without=without)
    return None


def _two_paces(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« Toutes les 6 à 8 semaines »."""
    if len(tokens) != 5 or tokens[0].text not in _EACH_WORDS or tokens[2].text not in _EITHER:
        return None
    _, one, _, other, unit = tokens
    if not (one.counts() and other.counts() and unit.text in words.UNITES):
        return None
    first, second = f"{texte[: one.end]}{texte[other.end :]}", f"{texte[: one.start]}{texte[other.start :]}"
    return _at(texte, "two_paces", one, unit, first=first.strip(), second=second.strip())


def _duration(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« 3 ans », « sur 18 mois », « au plus tard 5 jours »."""
    for count, unit in pairwise(tokens[-2:]):
        if unit.text in words.UNITES and count.counts() and (count.text, unit.text) != ("un", "jour"):
            several = len(tokens) > 3 and tokens[-4].counts() and tokens[-3].text in _EITHER
            return _at(texte, "duration", tokens[-4] if several else count, unit)
    return None


def _rank(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« T5 2020 », « 3e semestre 2020 »."""
    for rank, token in enumerate(tokens):
        beside = [one for one in (*tokens[max(rank - 2, 0) : rank], *tokens[rank + 1 : rank + 2]) if one.value >= 0]
        most = 4 if token.text in words.TRIMESTRES else 2 if token.text in words.SEMESTRES else 0
        if most and any(one.width < 3 and not 1 <= one.value <= most for one in beside):
            return _at(texte, "wrong_rank", tokens[0], tokens[-1])
    return None


def _open_end(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« Automne 2026 → »: it begins there, or a sign was left."""
    if tokens[-1].text == "-" and _is_dated(tokens[:-1]):
        return _at(texte, "open_end", tokens[-1], without=texte[tokens[0].start : tokens[-2].end])
    return None


def _fifth(texte: str, tokens: list[Token]) -> UnreadError | None:
    """« le 5e lundi du mois », that most months have not."""
    for rank, number in enumerate(tokens):
        after = tokens[rank + 1 :]
        day = next((token for token in after[:2] if token.text in words.JOURS), None)
        if day is not None and (number.text == "cinquieme" or (number.value == 5 and after[0].text in words.RANGS)):
            full = f"{texte[: number.start]}dernier {texte[day.start :]}".strip()
            return UnreadError("fifth", number.start, day.end, word=texte[number.start : day.end], full=full)
    return None


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
    _fifth, _counted_from, _before_an_event, _after_open, _year_apart, _week_number, _two_paces, _duration, _with_hour,
    _year_to_come, _begins_or_begun, _word_of_time, _beside_a_core, _short_year, _abbreviated, _slip, _written_twice,
    _open_end, _beside_a_date, _event_named, _after_what, _part_of_what, _unknown_word, _incomplete, _too_many, _rank,
    _misplaced,
)  # fmt: skip
"""What may be at fault in tokens that make no form of the grammar: the first that sees something says it."""
