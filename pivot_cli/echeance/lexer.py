"""A wording cut into words, numbers and signs, each with its place in the text.

Words are folded (case, accents and typographic variants do not matter), articles are dropped (« l'été »
and « été » are one wording) and contracted prepositions are undone (« du » is « de », « aux » is « à »),
so that the grammar states each form once.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pivot_cli.text import fold


class Token(NamedTuple):
    """A folded word, a number (`value` ≥ 0, `width` digits) or a sign; `start` and `end` count code points."""

    text: str
    value: int
    width: int
    start: int
    end: int


# The modifier letter apostrophe is a letter to Python, an apostrophe to a reader.
_PIECE = re.compile(r"(?P<number>\d+)|(?P<word>(?:[^\W\d_ʼ][\u0300-\u036f]*)+)|(?P<dots>[.…]+)|(?P<sign>[^\s'’‘`´ʼ])")
_SIGNS = {**dict.fromkeys("–—‐‑−‒―→", "-"), "⁄": "/", "∕": "/", "&": "et", "×": "x", "[": "(", "]": ")"}
_CONTRACTED = {
    "au": "a",
    "aux": "a",
    "du": "de",
    "d": "de",
    "jusqu": "jusque",
    "lorsqu": "lorsque",
    "qu": "que",
}
_MOST_DIGITS = 12
_ARTICLES = frozenset(("le", "la", "les", "l"))


def tokenize(texte: str) -> list[Token]:
    """The tokens of a wording; one article before a word or a number is dropped, any other is kept."""
    tokens: list[Token] = []
    article: Token | None = None
    for piece in _PIECE.finditer(texte):
        token = _token(piece, texte)
        if token is None:
            continue
        if token.text in _ARTICLES:
            if article is not None:
                tokens.append(article)
            article = token
            continue
        if article is not None and token.value < 0 and not token.text.isalpha():
            tokens.append(article)
        article = None
        tokens.append(token)
    if article is not None:
        tokens.append(article)
    return tokens


def _token(piece: re.Match[str], texte: str) -> Token | None:
    raw, start, end = piece[0], piece.start(), piece.end()
    kind = piece.lastgroup
    if kind == "number":
        # No number of a date has so many digits, and Python refuses to read thousands of them.
        return Token(raw, int(raw[:_MOST_DIGITS]), end - start, start, end)
    if kind == "word":
        folded = fold(raw)
        return Token(_CONTRACTED.get(folded, folded), -1, 0, start, end)
    if kind == "dots":
        return _dots(raw, texte, start, end)
    return Token(_SIGNS.get(raw) or fold(raw) or raw, -1, 0, start, end)


def _dots(raw: str, texte: str, start: int, end: int) -> Token | None:
    """A dot between two digits and an open end (« .. ») mean something; one that ends a word does not."""
    if raw == "..":
        return Token(raw, -1, 0, start, end)
    between = start > 0 and end < len(texte) and texte[start - 1].isdecimal() and texte[end].isdecimal()
    return Token(".", -1, 0, start, end) if raw == "." and between else None


def words(phrase: str) -> tuple[str, ...]:
    """A phrase of the vocabulary as the tokens it is matched against."""
    # The tables built at every start are written without accents: folding them costs more than the rest.
    plain = phrase if phrase.isascii() else fold(phrase)
    spelled = plain.replace("'", " ").replace("-", " - ").split()
    return tuple(_CONTRACTED.get(word, word) for word in spelled if word not in _ARTICLES)


_END = Token("", -1, 0, 0, 0)


class Phrases:
    """A table of phrases, each with what it stands for; the longest that matches wins."""

    __slots__ = ("firsts",)

    def __init__(self, table: dict[str, str]) -> None:
        by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for phrase, meaning in table.items():
            sequence = words(phrase)
            by_first.setdefault(sequence[0], []).append((sequence, meaning))
            # « dès » and « des » are one word once accents are dropped: a phrase that ends in « de » takes both.
            if sequence[-1] == "de":
                by_first.setdefault(sequence[0], []).append(((*sequence[:-1], "des"), meaning))
        for entries in by_first.values():
            entries.sort(key=_length, reverse=True)
        self.firsts = by_first

    def match(self, tokens: list[Token], position: int) -> tuple[str, int] | None:
        """What the longest phrase at `position` stands for and the position after it, or None."""
        if position >= len(tokens):
            return None
        for sequence, meaning in self.firsts.get(tokens[position].text, ()):
            end = position + len(sequence)
            if end <= len(tokens) and all(tokens[position + rank].text == word for rank, word in enumerate(sequence)):
                return meaning, end
        return None


def _length(entry: tuple[tuple[str, ...], str]) -> int:
    return len(entry[0])


class Cursor:
    """A place among tokens. `steps` counts what was looked at."""

    __slots__ = ("end", "position", "steps", "tokens")

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.end = len(tokens)
        self.position = 0
        self.steps = 0

    def peek(self, ahead: int = 0) -> Token:
        """The token `ahead` of the current one; an empty one past the end."""
        self.steps += 1
        place = self.position + ahead
        return self.tokens[place] if place < self.end else _END

    def advance(self, count: int = 1) -> None:
        """Go past `count` tokens."""
        self.position += count

    def take(self, *texts: str) -> bool:
        """Go past the current token if it is one of these."""
        if self.peek().text not in texts or self.at_end():
            return False
        self.advance()
        return True

    def phrase(self, table: Phrases) -> str | None:
        """Go past the longest phrase of the table, and say what it stands for."""
        self.steps += 1
        position = self.position
        # Most tables have nothing that begins with the current word: say so without a call.
        if position >= self.end or self.tokens[position].text not in table.firsts:
            return None
        found = table.match(self.tokens, position)
        if found is None:
            return None
        self.advance(found[1] - position)
        return found[0]

    def at_end(self) -> bool:
        """Whether every token has been read."""
        return self.position >= self.end

    def offset(self) -> int:
        """Where the current token begins in the text."""
        return self.peek().start if not self.at_end() else self.last_offset()

    def last_offset(self) -> int:
        """Where the token before the current one ends in the text."""
        return self.tokens[min(self.position, self.end) - 1].end if self.tokens else 0
