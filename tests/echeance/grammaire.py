"""The grammar of échéances as it is written in `pivot_cli/echeance/grammaire.txt`, and the wordings that it makes."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pivot_cli import echeance
from pivot_cli.echeance import reading, rhythms, words
from pivot_cli.echeance.lexer import END, LONGEST, Cursor, Token, tokenize
from pivot_cli.echeance.moments import is_year
from pivot_cli.echeance.reading import prepare
from pivot_cli.echeance.words import Phrases
from pivot_cli.text import fold

TEXT = Path(echeance.__file__).with_name("grammaire.txt").read_text(encoding="utf-8")
START = "échéance"
WORDS = {
    "MM": ["10", "11", "12", "01", "07"],
    "MOT": ["rencontres", "ateliers"],
    "TEXTE": ["dépôt", "mise à jour", "bilan du comité"],
    "NOMBRE": ["1", "2", "3", "15", *(word for word in words.CARDINAUX if word != "sept")],
}
"""What each sign of the text that is no table may be."""
SIGN = re.compile(r'"[^"]*"|\d+\.\.\d+|[A-Z_]+(?::[\w\']+|<=\d)?(?![\w-])|[\w-]+|[|()\[\]{}]')


class Node(NamedTuple):
    """« one of » its options, « all » of its parts, « again and again », or a sign of the text as it stands."""

    kind: str
    parts: tuple[Node, ...] = ()
    sign: str = ""
    name: str = ""


class Reader:
    """Reads productions; each choice is named by its rule and its rank in it."""

    def __init__(self, rule: str, text: str) -> None:
        self.signs: list[str] = SIGN.findall(text)
        self.rule, self.position, self.count = rule, 0, 0

    def peek(self) -> str:
        return self.signs[self.position] if self.position < len(self.signs) else ""

    def next(self) -> str:
        self.position += 1
        return self.signs[self.position - 1]

    def choice(self) -> Node:
        options = [self.sequence()]
        while self.peek() == "|":
            self.next()
            options.append(self.sequence())
        return self.named("one of", *options) if len(options) > 1 else options[0]

    def named(self, kind: str, *parts: Node) -> Node:
        self.count += 1
        return Node(kind, parts, name=f"{self.rule} {self.count}")

    def sequence(self) -> Node:
        parts = []
        while self.peek() not in ("", "|", ")", "]", "}"):
            sign = self.next()
            if sign in "([{":
                inside = self.choice()
                closing = self.next()
                assert sign + closing in ("()", "[]", "{}"), (self.rule, sign, closing)
                parts.append(
                    {"(": inside, "[": self.named("one of", Node("all"), inside), "{": self.named("again", inside)}[
                        sign
                    ]
                    if sign != "("
                    else inside
                )
            else:
                parts.append(Node("sign", sign=sign))
        return Node("all", tuple(parts)) if len(parts) != 1 else parts[0]


def grammar(text: str) -> dict[str, Node]:
    """The productions of a text by name."""
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    pieces = re.split(r"^([\w-]+) *= ", lines, flags=re.MULTILINE)[1:]
    return {name: Reader(name, body).choice() for name, body in zip(pieces[::2], pieces[1::2], strict=True)}


def forms(rules: dict[str, Node]) -> dict[tuple[str, int], str]:
    """Each form of each production, by the choice that takes it."""
    several = [node for node in rules.values() if node.kind == "one of"]
    return {(node.name, rank): written(part) for node in several for rank, part in enumerate(node.parts)}


def written(node: Node) -> str:
    """A part of the text as it stands there, about."""
    if node.kind == "sign":
        return node.sign
    return f"({(' | ' if node.kind == 'one of' else ' ').join(written(part) for part in node.parts)})"


@cache
def table(sign: str, *, every: bool = False) -> list[str]:
    """The words or phrases of a table that the text names, those of one meaning or of the first ranks if it says so."""
    name, meaning, most = re.fullmatch(r"(\w+?)(?::(.+))?(?:<=(\d))?", sign).groups()  # type: ignore[union-attr]
    found = getattr(words, name, None) or getattr(rhythms, name)
    if isinstance(found, Phrases):
        entries = {entry for by_first in found.firsts.values() for entry in by_first if meaning in (None, entry[1])}
        assert entries, sign
        return sorted(" ".join(sequence) for sequence, _ in entries)
    if meaning == "simples":
        return sorted(word for word, rythme in found.items() if rythme.fois is None)
    # « Sept » is also a number: which one it is depends on what is beside it.
    return sorted(word for word in found if (every or word != "sept") and (most is None or found[word] <= int(most)))


INSIDE = "…"


class Piece(NamedTuple):
    """A word of a wording; the first one of a phrase says of which table (the others, `INSIDE`), and how long it is."""

    word: str
    table: str = ""
    length: int = 1
    phrase: str = ""


class Wording(NamedTuple):
    """A wording that the text makes, and each choice that was made for it."""

    text: str
    choices: frozenset[tuple[str, int]]


class Maker:
    """Makes wordings, taking of each choice the option least taken so far: all of them come soon."""

    def __init__(self, rules: dict[str, Node], seed: int | str = 15) -> None:
        self.rules = rules
        self.random = random.Random(seed)
        self.taken: Counter[tuple[str, int | str]] = Counter()
        self.choices: set[tuple[str, int]] = set()
        self.year = 0

    def make(self, rule: str = START) -> Wording:
        while True:
            self.choices, self.year = set(), 2019
            pieces = self.sign(rule)
            text = " ".join(piece.word for piece in pieces).replace(" . ", ".")
            if len(text) <= LONGEST and allowed(text, pieces):
                return Wording(text, frozenset(self.choices))
            for piece in pieces:  # a phrase that could not stand there is still to come
                self.taken[piece.table, piece.phrase] -= 1

    def expand(self, node: Node) -> list[Piece]:
        if node.kind == "sign":
            return self.sign(node.sign)
        parts = list(node.parts)
        if node.kind == "one of":
            rank = self.least(node.name, range(len(parts)))
            self.choices.add((node.name, rank))
            parts = parts[rank : rank + 1]
        elif node.kind == "again":
            times = self.least(node.name, range(3))
            self.choices.add((node.name, min(times, 1)))
            parts *= times
        return [piece for part in parts for piece in self.expand(part)]

    def least(self, name: str, options: Sequence[int | str]) -> int:
        counts = [self.taken[name, option] for option in options]
        rank = self.random.choice([rank for rank, count in enumerate(counts) if count == min(counts)])
        self.taken[name, options[rank]] += 1
        return rank

    def sign(self, sign: str) -> list[Piece]:
        if sign.startswith('"'):
            return [Piece(sign[1:-1])]
        if sign in self.rules:
            found = self.expand(self.rules[sign])
            while sign in ("moment", "un-moment") and said_twice(found):
                found = self.expand(self.rules[sign])
            return found
        if ".." in sign:
            return [Piece(str(self.random.randint(*map(int, sign.split("..")))))]
        if sign == "AAAA":
            self.year += 1
            return [Piece(str(self.year))]
        assert sign.isupper() or ":" in sign or "<" in sign, f"« {sign} » n'est pas défini"
        options = {"AA": [str(self.year % 100 + 1)], **WORDS}.get(sign) or table(sign)
        phrase = options[self.least(sign, options)]
        first, *others = phrase.split()
        return [Piece(first, sign, 1 + len(others), phrase), *(Piece(word, INSIDE) for word in others)]


def said_twice(pieces: list[Piece]) -> bool:
    """Whether a word of more than three letters comes back in a moment."""
    long = [piece.word for piece in pieces if len(piece.word) > 3 and not piece.word[0].isdigit()]
    return len(set(long)) < len(long)


def begins_date(cursor: Cursor) -> bool:
    """Whether the year after a sign is that of a date in figures or of a quarter."""
    after = cursor.peek(2).text
    quarter = {after, cursor.peek(3).text} & (words.TRIMESTRES | words.SEMESTRES)
    return bool(quarter) or (after in ("-", "/", ".") and cursor.peek(3).width in (1, 2))


def allowed(text: str, pieces: list[Piece]) -> bool:
    """Whether a wording keeps to what the head of the text says: of phrases, prepositions, dashes and « selon »."""
    tokens = tokenize(text)
    if len(tokens) != len(pieces):
        return False  # « vingt - deux » is one number
    cursor = Cursor(tokens)
    return not any(is_otherwise(cursor, piece) for cursor.position, piece in enumerate(pieces))


def is_otherwise(cursor: Cursor, piece: Piece) -> bool:
    """Whether what begins at a word is another form."""
    text, before, after = cursor.peek().text, cursor.before(), cursor.peek(1)
    phrases = getattr(words, piece.table.partition(":")[0], None)
    longer = isinstance(phrases, Phrases) and (cursor.match(phrases) or ("", 0))[1] != cursor.position + piece.length
    preposition = piece.table != INSIDE and before in words.CLOSED and text in ("a", "en", "pour", "dans")
    remark = text == "selon" and cursor.position > 0
    short_year = piece.table == "AA" and after.text not in ("", ",", "a", "et", "ou", "jusque", "voire")
    given = text in (",", "-", "/") and is_year(after) and begins_date(cursor)
    numbers = piece.table == "LIENS" and text in ("-", "/") and before.isdigit() and after.value >= 0
    year_long = text == "annee" and before == "a" and after.value >= 0
    return longer or preposition or remark or short_year or given or numbers or year_long


class Text:
    """The text as a judge: whether it makes a wording."""

    def __init__(self, rules: dict[str, Node]) -> None:
        self.rules = rules
        self.begun: dict[tuple[int, str, int, int], bool] = {}
        self.silent: dict[int, bool] = {}

    def makes(self, texte: str) -> bool:
        self.tokens, remarks = prepare(texte)
        cursor = Cursor(self.tokens)
        if remarks and reading._says_little(cursor) and cursor.at_end():
            self.tokens = remarks[0]  # « bientôt (mars 2026) »
        self.seen: dict[tuple[int, int], frozenset[int]] = {}
        self.ended: set[str] = set()
        return len(self.tokens) in self.ends(self.rules[START], 0)

    @property
    def used(self) -> frozenset[str]:
        """The productions that were found in the last wording, the first one apart."""
        return frozenset((START, *self.ended))

    def ends(self, node: Node, start: int) -> frozenset[int]:
        """Where a part of the text that begins at a token may end."""
        key = (id(node), start)
        if key not in self.seen:
            self.seen[key] = self.found(node, start)
        return self.seen[key]

    def found(self, node: Node, start: int) -> frozenset[int]:
        if node.kind == "one of":
            token = self.tokens[start] if start < len(self.tokens) else END
            return frozenset().union(*(self.ends(part, start) for part in node.parts if self.may_begin(part, token)))
        if node.kind == "sign":
            return self.sign(node.sign, start)
        ends = frozenset((start,))
        if node.kind == "all":
            for part in node.parts:
                ends = frozenset().union(*(self.ends(part, end) for end in ends))
            return ends
        more = ends
        while more := frozenset().union(*(self.ends(node.parts[0], end) for end in more)) - ends:
            ends |= more
        return ends

    def may_begin(self, node: Node, token: Token) -> bool:
        """Whether a part of the text can begin with a token, or say nothing: most of them cannot, and are not tried."""
        key = (id(node), token.text, token.value, token.width)
        if key not in self.begun:
            self.begun[key] = self.says_nothing(node) or self.begins(node, token)
        return self.begun[key]

    def says_nothing(self, node: Node) -> bool:
        """Whether a part of the text may be no word at all."""
        if id(node) not in self.silent:
            if node.kind == "sign":
                nothing = node.sign in self.rules and self.says_nothing(self.rules[node.sign])
            elif node.kind == "all":
                nothing = all(map(self.says_nothing, node.parts))
            else:
                nothing = node.kind == "again" or any(map(self.says_nothing, node.parts))
            self.silent[id(node)] = nothing
        return self.silent[id(node)]

    def begins(self, node: Node, token: Token) -> bool:
        if node.kind != "sign":
            parts = self.first_ones(node.parts) if node.kind == "all" else node.parts
            return any(self.begins(part, token) for part in parts)
        if node.sign in self.rules:
            return self.begins(self.rules[node.sign], token)
        if token is END or is_one_token(node.sign):
            return token is not END and fits(node.sign, token)
        return node.sign == "TEXTE" or any(phrase[0] == token.text for phrase in sequences(node.sign))

    def first_ones(self, parts: tuple[Node, ...]) -> Iterator[Node]:
        """The parts in a row that may hold the first word: those that may be no word, and the one after them."""
        for part in parts:
            yield part
            if not self.says_nothing(part):
                return

    def sign(self, sign: str, start: int) -> frozenset[int]:
        if sign in self.rules:
            ends = self.ends(self.rules[sign], start)
            if ends:
                self.ended.add(sign)
            return ends
        after = self.tokens[start:]
        if sign == "TEXTE":
            return frozenset(
                start + 1 + rank for rank in range(len(after)) if rhythms.blamed(after[: rank + 1]) is None
            )
        if is_one_token(sign):
            return frozenset((start + 1,)) if after and fits(sign, after[0]) else frozenset()
        texts = tuple(token.text for token in after)
        return frozenset(start + len(phrase) for phrase in sequences(sign) if texts[: len(phrase)] == phrase)


@cache
def sequences(sign: str) -> list[tuple[str, ...]]:
    return [tuple(phrase.split()) for phrase in table(sign, every=True)]


ONE_TOKEN: dict[str, Callable[[Token], bool]] = {
    "AAAA": is_year,
    "AA": lambda token: token.width == 2,
    "MM": lambda token: token.width <= 2 and 1 <= token.value <= 12,
    "MOT": lambda token: token.text.isalpha() and not rhythms.says_when(token.text),
    "NOMBRE": lambda token: token.width <= 2 and token.counts() > 0,
}


def is_one_token(sign: str) -> bool:
    return sign.startswith('"') or sign in ONE_TOKEN or ".." in sign


def fits(sign: str, token: Token) -> bool:
    """Whether a token is a sign of the text that stands for one."""
    if sign.startswith('"'):
        word = fold(sign[1:-1])
        return words.CONTRACTIONS.get(word, word) == token.text
    if sign in ONE_TOKEN:
        return ONE_TOKEN[sign](token)
    first, last = map(int, sign.split(".."))
    return token.width <= 2 and first <= token.value <= last
