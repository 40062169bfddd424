"""A wording cut into words, numbers and signs, each with its place in the text.

Words are folded (case, accents and typographic variants do not matter), an article is kept with the word after it
(« l'été » and « été » are one wording, « le 2021 » is none) and contracted prepositions are undone (« du » is
« de », « aux » is « à »), so that the grammar states each form once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import combining

from pivot_cli.echeance.words import ARTICLES, CARDINAUX, CONTRACTIONS, Phrases
from pivot_cli.text import INVISIBLE, fold

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    Found = TypeVar("Found")


class Token:
    """A folded word, a number (`value` ≥ 0, `width` digits) or a sign, with the folded `article` before it, if any."""

    __slots__ = ("article", "end", "start", "text", "value", "width")

    def __init__(self, text: str, value: int, width: int, start: int, end: int) -> None:
        self.text, self.value, self.width = text, value, width
        self.start, self.end, self.article = start, end, ""

    def counts(self) -> int:
        """What a number in figures or in words counts; 0 when the token is neither."""
        return self.value if self.value >= 0 else CARDINAUX.get(self.text, 0)


END = Token("", -1, 0, 0, 0)
"""What stands past the last token."""


class UnreadError(Exception):
    """A wording that is not read; caught where the reading was asked for.

    `kind` is a refusal of refus.txt, told with `data`; `start` and `end` are the offsets of the words at fault (where
    no word is more at fault than another, `end` is 0).
    """

    def __init__(self, kind: str, start: int = 0, end: int = 0, **data: object) -> None:
        super().__init__(kind)
        self.kind, self.start, self.end, self.data = kind, start, end, data


# The modifier letter apostrophe is a letter to Python, an apostrophe to a reader.
_APOSTROPHES = frozenset("'’‘`´ʼ")
_QUOTES = frozenset('"«»“”„')  # around a wording, they say nothing
_DOTS = frozenset(".…")
_DASHES = frozenset("-=–—‐‑−‒―")  # before « > », an arrow
_SIGNS = {
    "~": "environ",
    "≈": "environ",
    "≤": "jusque",
    "≥": "depuis",
    ">": "apres",
    "<": "avant",
    **dict.fromkeys("–—‐‑−‒―→", "-"),
    "⁄": "/",
    "∕": "/",
    "&": "et",
    "×": "x",
    "[": "(",
    "]": ")",
}
_MOST_DIGITS = 12
LONGEST = 200
"""The characters of a wording, at most."""


def tokenize(texte: str) -> list[Token]:
    """The tokens of a wording; an article goes with the word or number after it, any other is a token."""
    tokens: list[Token] = []
    article: Token | None = None
    position, end = 0, len(texte)
    while position < end:
        token, position = _next(texte, position, end)
        if token is None:
            continue
        if article is not None:
            if token.text not in ARTICLES and (token.value >= 0 or token.text.isalpha()):
                token.article = article.text
            else:
                tokens.append(article)
        article = token if token.text in ARTICLES else None
        if article is None:
            tokens.append(token)
    if article is not None:
        tokens.append(article)
    return _with_numbers(tokens) if any(token.text in _TENS for token in tokens) else tokens


# « vingt-quatre », « trente et un »: what may follow each of these in a number.
_TENS = {"dix": range(7, 10), **dict.fromkeys(("vingt", "trente", "quarante", "cinquante"), range(1, 10))}


def _with_numbers(tokens: list[Token]) -> list[Token]:
    """The tokens with each number of several words as one; « vingt sept 2020 » is a date."""
    kept: list[Token] = []
    for token in tokens:
        tens, link = kept[-2:] if len(kept) > 1 else (END, END)
        if link.text in ("-", "et") and CARDINAUX.get(token.text, 0) in _TENS.get(tens.text, ()):
            number = CARDINAUX[tens.text] + CARDINAUX[token.text]
            whole = Token(str(number), number, 2, tens.start, token.end)
            whole.article = tens.article
            kept[-2:] = [whole]
        else:
            kept.append(token)
    return kept


def _next(texte: str, start: int, length: int) -> tuple[Token | None, int]:
    """The token that begins at an offset, None where nothing does, and the offset after it."""
    first, end = texte[start], start + 1
    if first.isspace() or first in _APOSTROPHES or first in _QUOTES or first in INVISIBLE:
        return None, end
    if first.isdecimal():
        while end < length and texte[end].isdecimal():
            end += 1
        # No number of a date has so many digits, and Python refuses to read thousands of them.
        return Token(texte[start:end], int(texte[start : min(end, start + _MOST_DIGITS)]), end - start, start, end), end
    if first.isalnum():
        while end < length and _in_word(texte[end]):
            end += 1
        folded = fold(texte[start:end])
        if end == start + 1 and folded in _SESSIONS:
            _refuse_session(texte, start, end, folded)
        return Token(CONTRACTIONS.get(folded, folded), -1, 0, start, end), end
    if first in _DOTS:
        while end < length and texte[end] in _DOTS:
            end += 1
        # A dot between two digits and an open end (« .. ») mean something; one that ends a word does not.
        dots = texte[start:end]
        between = dots == "." and texte[start - 1 : start].isdecimal() and texte[end : end + 1].isdecimal()
        return Token(dots, -1, 0, start, end) if between or dots == ".." else None, end
    if first in _DASHES and texte[end : end + 1] == ">":
        return Token("-", -1, 0, start, start + 2), start + 2
    return Token(_SIGNS.get(first) or fold(first) or first, -1, 0, start, end), end


_SESSIONS = {"a": "automne", "h": "hiver", "e": "été", "p": "printemps"}


def _refuse_session(texte: str, start: int, end: int, letter: str) -> None:
    """« A2025 », « H26 », and « H 2026 », « A-2025 » with nothing before: what colleges call a session.

    « A 2025 » is « à 2025 », once accents are dropped.
    """
    first = end
    if not texte[:start].strip():
        while texte[first : first + 1].isspace() or texte[first : first + 1] in _DASHES:
            first += 1
    last = first
    while texte[last : last + 1].isdecimal():
        last += 1
    year = texte[first:last].removeprefix("20") if last - first == 4 else texte[first:last]
    # « H 26 » is no year; « A 2025 » and « à 2025-03-31 » are dates.
    dated = first > end and (last - first == 2 or (letter == "a" and not texte[end:first].strip()))
    if len(year) == 2 and not dated and not texte[start - 1 : start].isalnum():
        full = f"{texte[:start]}{_SESSIONS[letter]} 20{year}{texte[last:]}".strip()
        raise UnreadError("session", start, last, word=texte[start:last], full=full)


def _in_word(character: str) -> bool:
    if character.isalnum():
        return not character.isdecimal() and character not in _APOSTROPHES
    return combining(character) > 0 or character in INVISIBLE


class Cursor:
    """A place among tokens. A production is a function of a cursor: what it finds there, or None."""

    __slots__ = ("end", "position", "tokens")

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens, self.end, self.position = tokens, len(tokens), 0

    def peek(self, ahead: int = 0) -> Token:
        """The token `ahead` of the current one; an empty one past the end."""
        place = self.position + ahead
        return self.tokens[place] if place < self.end else END

    def take(self, *texts: str) -> bool:
        """Go past the current token if it is one of these."""
        taken = self.peek().text in texts and not self.at_end()
        self.position += taken
        return taken

    def word(self, table: dict[str, Found]) -> Found | None:
        """Go past the current token if it is a word of the table, and say what it stands for."""
        found = table.get(self.peek().text)
        self.position += found is not None
        return found

    def count(self, most: int, *, words: bool = True) -> int:
        """Go past a number from 1 to `most`, in figures or in words; 0 when there is none."""
        token = self.peek()
        number = token.counts() if words else token.value
        if not 1 <= number <= most or token.width > 2:
            return 0
        self.position += 1
        return number

    def match(self, table: Phrases) -> tuple[str, int] | None:
        """What the longest of the phrases that stands here means and the position after it; None when none does."""
        position, tokens = self.position, self.tokens
        for sequence, meaning in table.firsts.get(tokens[position].text, ()) if position < self.end else ():
            end = position + len(sequence)
            if end <= self.end and all(tokens[position + rank].text == word for rank, word in enumerate(sequence)):
                return meaning, end
        return None

    def phrase(self, table: Phrases) -> str | None:
        """Go past the longest of the phrases that stands here, and say what it means."""
        # Most tables have nothing that begins with the current word: say so without a call.
        if self.position >= self.end or self.tokens[self.position].text not in table.firsts:
            return None
        meaning, self.position = self.match(table) or (None, self.position)
        return meaning

    def skip(self, table: Phrases) -> bool:
        """Go past the longest of the phrases that stands here; whether one does."""
        return self.phrase(table) is not None

    def first(self, *productions: Callable[[Cursor], Found | None]) -> Found | None:
        """What the first of these productions that fits finds; the cursor stays where it was when none does."""
        mark = self.position
        for production in productions:
            found = production(self)
            if found is not None:
                return found
            self.position = mark
        return None

    def at_end(self) -> bool:
        """Whether every token has been read."""
        return self.position >= self.end

    def before(self) -> str:
        """The token before the current one, empty at the beginning."""
        return self.tokens[self.position - 1].text if self.position else ""

    def last_offset(self) -> int:
        """Where the token before the current one ends in the text."""
        return self.tokens[min(self.position, self.end) - 1].end if self.tokens else 0


def whole(tokens: list[Token], production: Callable[[Cursor], Found | None]) -> Found | None:
    """What a production finds in all of the tokens."""
    cursor = Cursor(tokens)
    found = production(cursor)
    return found if cursor.at_end() else None


def understood(texte: str, production: Callable[[Cursor], Found | None]) -> Found | None:
    """What a production finds in all of a text, if it has a reading; a text too long to be a wording has none."""
    try:
        return whole(tokenize(texte), production) if len(texte) <= LONGEST else None
    except UnreadError:
        return None
