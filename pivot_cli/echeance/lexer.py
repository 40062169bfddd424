"""A wording cut into words, numbers and signs, each with its place in the text.

Words are folded (case, accents and typographic variants do not matter), an article is kept with the word after it
(« l'été » and « été » are one wording, « le 2021 » is none) and contracted prepositions are undone (« du » is
« de », « aux » is « à »), so that the grammar states each form once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import combining

from pivot_cli.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self, TypeVar

    Found = TypeVar("Found")


class Record:
    """Values with names, never changed once made. The classes of the grammar say themselves how they are built:
    each as a named tuple would add a fifth of a millisecond to the start of every command.
    """

    __slots__: tuple[str, ...] = ()

    def but(self, **changes: object) -> Self:
        """The same with other values."""
        other = object.__new__(type(self))
        for name in self.__slots__:
            setattr(other, name, changes[name] if name in changes else getattr(self, name))
        return other


class Token:
    """A folded word, a number (`value` ≥ 0, `width` digits) or a sign; `start` and `end` count code points.

    `article` is the folded article before it, empty when there is none.
    """

    __slots__ = ("article", "end", "start", "text", "value", "width")

    def __init__(self, text: str, value: int, width: int, start: int, end: int) -> None:
        self.text = text
        self.value = value
        self.width = width
        self.start = start
        self.end = end
        self.article = ""


class UnreadError(Exception):
    """A wording that has the form of an échéance but no reading; caught where the wording is read.

    `kind` names what is said of it (refusals.py), with `details` to say it with; `start` and `end` are the offsets
    of the words at fault.
    """

    def __init__(self, kind: str, start: int = 0, end: int = 0, *details: object) -> None:
        super().__init__(kind)
        self.kind = kind
        self.start = start
        self.end = end
        self.details = details


# The modifier letter apostrophe is a letter to Python, an apostrophe to a reader.
_APOSTROPHES = frozenset("'’‘`´ʼ")
_QUOTES = frozenset('"«»“”„')  # around a wording, they say nothing
_DOTS = frozenset(".…")
_SIGNS = {**dict.fromkeys("–—‐‑−‒―→", "-"), "⁄": "/", "∕": "/", "&": "et", "×": "x", "[": "(", "]": ")"}
_CONTRACTED = {"au": "a", "aux": "a", "du": "de", "d": "de", "jusqu": "jusque", "lorsqu": "lorsque", "qu": "que"}
ARTICLES = frozenset(("le", "la", "les", "l"))
_MOST_DIGITS = 12


def tokenize(texte: str) -> list[Token]:
    """The tokens of a wording; an article goes with the word or number after it, any other is a token."""
    tokens: list[Token] = []
    article: Token | None = None
    position, end = 0, len(texte)
    while position < end:
        token, position = _next(texte, position, end)
        if token is None:
            continue
        if token.text in ARTICLES:
            if article is not None:
                tokens.append(article)
            article = token
            continue
        if article is not None:
            if token.value < 0 and not token.text.isalpha():
                tokens.append(article)
            else:
                token.article = article.text
            article = None
        tokens.append(token)
    if article is not None:
        tokens.append(article)
    return tokens


def _next(texte: str, start: int, length: int) -> tuple[Token | None, int]:
    """The token that begins at an offset, None where nothing does, and the offset after it."""
    first = texte[start]
    end = start + 1
    if first.isspace() or first in _APOSTROPHES or first in _QUOTES:
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
        return Token(_CONTRACTED.get(folded, folded), -1, 0, start, end), end
    if first in _DOTS:
        while end < length and texte[end] in _DOTS:
            end += 1
        return _dots(texte, start, end), end
    return Token(_SIGNS.get(first) or fold(first) or first, -1, 0, start, end), end


def _in_word(character: str) -> bool:
    if character.isalnum():
        return not character.isdecimal() and character not in _APOSTROPHES
    return combining(character) > 0


def _dots(texte: str, start: int, end: int) -> Token | None:
    """A dot between two digits and an open end (« .. ») mean something; one that ends a word does not."""
    raw = texte[start:end]
    if raw == "..":
        return Token(raw, -1, 0, start, end)
    between = start > 0 and end < len(texte) and texte[start - 1].isdecimal() and texte[end].isdecimal()
    return Token(".", -1, 0, start, end) if raw == "." and between else None


_APART = str.maketrans({"'": " ", **{sign: f" {sign} " for sign in "-:"}})


class Phrases:
    """A table of phrases, each with what it stands for; the longest that matches wins.

    It is given by meaning, the phrases separated by « | » and written as people write them; without accents where
    every command needs the table, since taking them off costs more than the rest. A comma, a slash or a plus stands
    apart. The table is put in order the first time that it is used.
    """

    __slots__ = ("_by_first", "_table")

    def __init__(self, table: dict[str, str]) -> None:
        self._table = table
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}

    @property
    def firsts(self) -> dict[str, list[tuple[tuple[str, ...], str]]]:
        """The phrases as the tokens they are matched against, by their first one."""
        return self._by_first or self._in_order()

    def _in_order(self) -> dict[str, list[tuple[tuple[str, ...], str]]]:
        by_first = self._by_first
        for meaning, phrases in self._table.items():
            plain = phrases if phrases.isascii() else fold(phrases)
            for phrase in plain.translate(_APART).split("|"):
                sequence = tuple([_CONTRACTED.get(word, word) for word in phrase.split() if word not in ARTICLES])
                by_first.setdefault(sequence[0], []).append((sequence, meaning))
                # « dès » and « des » are one word once accents are dropped: a phrase in « de » takes both.
                if sequence[-1] == "de":
                    by_first[sequence[0]].append(((*sequence[:-1], "des"), meaning))
        for entries in by_first.values():
            entries.sort(key=_length, reverse=True)
        return by_first

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


_END = Token("", -1, 0, 0, 0)


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

    def first(self, productions: tuple[Callable[[Cursor], Found | None], ...]) -> Found | None:
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

    def offset(self) -> int:
        """Where the current token begins in the text."""
        return self.peek().start if not self.at_end() else self.last_offset()

    def last_offset(self) -> int:
        """Where the token before the current one ends in the text."""
        return self.tokens[min(self.position, self.end) - 1].end if self.tokens else 0
