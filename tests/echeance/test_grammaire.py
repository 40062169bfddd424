"""The grammar as it is written and the parser say the same: neither has a form that the other has not."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any, NamedTuple

import pytest
from echeance.grammaire import TEXT, Maker, Node, Text, Wording, forms, grammar
from echeance.tables import conventions_of, rows
from pace import few

from pivot_cli.echeance import Conventions, Echeance, dated, moments, parse, rhythms, words
from pivot_cli.echeance.lexer import LONGEST, Cursor, UnreadError
from pivot_cli.echeance.reading import prepare, recognized
from pivot_cli.echeance.refusals import REFUSALS
from pivot_cli.echeance.words import Phrases

pytestmark = pytest.mark.lent

# Every term and year of the plan has days.
CONVENTIONS = Conventions(
    periode_debut=date(2019, 1, 1), periode_fin=date(2025, 12, 31), court_terme="1 an", moyen_terme="1 à 3 ans",
    long_terme="2024",
)  # fmt: skip
RULES = grammar(TEXT)
PARSER = {module.__file__: module for module in (moments, dated, rhythms)}
OFTEN = {
    "échéance": 200,
    "nommé": 500, "jour": 300, "rang": 300, "moment": 400, "entière": 500, "plusieurs": 700, "depuis": 400,
    "intervalle": 400, "compte": 300, "récurrent": 1100, "continu": 600, "immédiat": 150, "indéterminée": 150,
}  # fmt: skip
"""How many wordings are made of each rule: the fewer words, the more of them are read."""

ARTICLES = {word: article for article, taken in words.AFTER_ARTICLE.items() for word in taken}

Step = tuple[str, object, object]


class Derived(NamedTuple):
    """A wording of the text, how it is read, and what the parser did: its lines, its words, its phrases."""

    text: str
    wording: Wording
    reading: Echeance | UnreadError | None
    steps: frozenset[Step]


def read(texte: str) -> Echeance | UnreadError | None:
    try:
        return recognized(prepare(texte)[0], texte, CONVENTIONS)
    except UnreadError as error:
        return error


@pytest.fixture(scope="module")
def derived() -> list[Derived]:
    """Wordings of each rule, every other one with its articles, and the steps that the parser takes to read them."""
    found: list[Derived] = []
    with pytest.MonkeyPatch.context() as patch:
        steps, left = noted(patch), dict[CodeType, set[int]]()
        # Each rule draws by itself: a form that one of them gains changes the wordings of no other.
        makers = {rule: Maker(RULES, seed=rule) for rule in OFTEN}
        for wording in [makers[rule].make(rule) for rule, times in OFTEN.items() for _ in range(times)]:
            steps.clear()
            text = articled(wording.text) if len(found) % 2 and len(wording.text) < LONGEST // 2 else wording.text
            with traced(steps, left):
                reading = read(text)
            found.append(Derived(text, wording, reading, frozenset(steps)))
    return found


def articled(texte: str) -> str:
    """The wording with an article before each word that takes one, but the first."""
    first, *others = texte.split(" ")
    return " ".join([first, *(f"{ARTICLES[word]} {word}" if word in ARTICLES else word for word in others)])


def noted(patch: pytest.MonkeyPatch) -> set[Step]:
    """What the cursor takes, from now on: each word by the line that takes it, each phrase by its table."""
    steps: set[Step] = set()
    take, match = Cursor.take, Cursor.match

    def noted_take(self: Cursor, *texts: str) -> bool:
        text = self.peek().text
        taken = take(self, *texts)
        if taken:
            frame = sys._getframe(1)
            steps.add((frame.f_code.co_filename, frame.f_lineno, text))
        return taken

    def noted_match(self: Cursor, table: Phrases) -> tuple[str, int] | None:
        found = match(self, table)
        if found is not None:
            steps.add(("phrase", table, tuple(token.text for token in self.tokens[self.position : found[1]])))
        return found

    patch.setattr(Cursor, "take", noted_take)
    patch.setattr(Cursor, "match", noted_match)
    return steps


class traced:  # noqa: N801 - a context, used as a function
    """While it lasts, each function of the parser that runs is a step, and each of its lines that never ran before.

    To follow a line takes longer than to run it: none is followed once all those of its function are known.
    """

    def __init__(self, steps: set[Step], left: dict[CodeType, set[int]]) -> None:
        self.steps = steps
        self.left = left

    def __enter__(self) -> None:
        self.before = sys.gettrace()
        sys.settrace(self.called)

    def __exit__(self, *_: object) -> None:
        sys.settrace(self.before)

    def called(self, frame: FrameType, _event: str, _arg: Any) -> Callable[..., Any] | None:
        code = frame.f_code
        if code.co_filename not in PARSER:
            return None
        self.steps.add((code.co_filename, code.co_firstlineno, "line"))
        if code not in self.left:
            self.left[code] = {line for *_, line in code.co_lines() if line} - {code.co_firstlineno}
        return self.line if self.left[code] else None

    def line(self, frame: FrameType, event: str, _arg: Any) -> Callable[..., Any]:
        if event == "line":
            self.steps.add((frame.f_code.co_filename, frame.f_lineno, "line"))
            self.left[frame.f_code].discard(frame.f_lineno)
        return self.line


@cache
def functions(module: ModuleType) -> list[ast.FunctionDef]:
    """Its functions that read, or help to: not those of its tables, nor what judges the articles of a date."""
    nodes = ast.walk(ast.parse(inspect.getsource(module)))
    others = ("_doubtful", "stray_article", "_takes_article")
    return [node for node in nodes if isinstance(node, ast.FunctionDef) and node.name not in others]


def all_steps() -> Iterator[Step]:
    """Every step that the parser has: what refuses is none."""
    for path, module in PARSER.items():
        assert path is not None
        for function in functions(module):
            for node in ast.walk(function):
                if isinstance(node, ast.stmt) and not isinstance(node, ast.FunctionDef) and not refuses(node):
                    yield path, node.lineno, "line"
                elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".take"):
                    for argument in node.args:
                        taken = eval(ast.unparse(argument.value if isinstance(argument, ast.Starred) else argument))
                        yield from (
                            (path, node.lineno, text) for text in ([taken] if isinstance(taken, str) else taken)
                        )
    for table in vars(words).values():
        if isinstance(table, Phrases):
            yield from (("phrase", table, sequence) for entries in table.firsts.values() for sequence, _ in entries)


def refuses(node: ast.stmt) -> bool:
    """Whether a statement says that a form does not fit, or is no step at all."""
    if isinstance(node, ast.Return):
        return node.value is None or (isinstance(node.value, ast.Constant) and node.value.value in (None, False))
    if isinstance(node, ast.Assign):
        return ast.unparse(node.targets[0]) == "cursor.position"  # back where it was
    return isinstance(node, ast.Raise) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))


def described(step: Step) -> str:
    where, place, what = step
    if isinstance(place, Phrases):
        name = next(name for name, value in vars(words).items() if value is place)
        return f"{name}: {' '.join(what)}"  # type: ignore[arg-type]
    return f"{str(where).rpartition('/')[2]}, line {place}: {what}"


def test_what_the_text_makes_is_read_or_refused_for_what_it_says(derived: list[Derived]) -> None:
    """A form that the parser has lost, or that the text alone has, is read by no family."""
    assert [one.text for one in derived if one.reading is None] == []
    refused = {one.reading.kind for one in derived if isinstance(one.reading, UnreadError)}
    assert refused <= set(list(REFUSALS)[: list(REFUSALS).index("stray_article")])


def test_each_form_of_the_text_has_a_wording_that_is_read(derived: list[Derived]) -> None:
    # Days drawn at random seldom are the day of the week that stands before them.
    recognized = [
        one
        for one in derived
        if isinstance(one.reading, Echeance) or getattr(one.reading, "kind", "") == "wrong_weekday"
    ]
    read_ones = {choice for one in recognized for choice in one.wording.choices}
    assert [form for choice, form in forms(RULES).items() if choice not in read_ones] == []


def test_each_step_of_the_parser_is_taken_by_a_wording_of_the_text(derived: list[Derived]) -> None:
    """A form, a word or a phrase that the parser alone has is a step that no wording of the text takes."""
    taken = frozenset().union(*(one.steps for one in derived))
    assert [described(step) for step in all_steps() if step not in taken] == []


@pytest.fixture(scope="module")
def made() -> dict[str, frozenset[str]]:
    """The wordings of the tables that are read, what people write, with the productions that each goes through."""
    tables = ("exemples.tsv", "formulations.tsv", "attendues.tsv", "reelles.tsv", "conventions.tsv")
    found = [(row["texte"], conventions_of(row)) for name in tables for row in rows(name)]
    judge = Text(RULES)
    return {
        texte: judge.used if judge.makes(texte) else frozenset()
        for texte, conventions in found
        if isinstance(parse(texte, conventions), Echeance)
    }


def test_what_people_write_is_made_by_the_text(made: dict[str, frozenset[str]]) -> None:
    """A form that the text has lost, or that the parser alone has, leaves a row of the tables that it does not make."""
    assert len(made) > 1400
    assert [texte for texte, productions in made.items() if not productions] == []


@pytest.mark.parametrize("rule", few(3, sorted(RULES)))
def test_without_a_production_of_the_text_a_row_is_not_made(rule: str, made: dict[str, frozenset[str]]) -> None:
    judge = Text(RULES | {rule: Node("one of")})
    assert any(not judge.makes(texte) for texte, productions in made.items() if rule in productions)


def productions() -> Iterator[FunctionType]:
    """What the parser makes a form of: functions of a cursor that find something, or None."""
    for module in PARSER.values():
        for node in functions(module):
            found = node.returns is not None and ast.unparse(node.returns).endswith("| None")
            if found and ast.unparse(node.args).startswith("cursor") and node.name in vars(module):
                yield vars(module)[node.name]


@pytest.mark.parametrize(
    "function", few(3, productions()), ids=lambda function: f"{function.__module__}.{function.__name__}"
)
def test_without_a_production_of_the_parser_a_wording_is_read_otherwise(
    function: FunctionType, derived: list[Derived], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, first = function.__code__.co_filename, function.__code__.co_firstlineno
    last = next(node.end_lineno or first for node in functions(PARSER[path]) if node.lineno == first)
    own = {(path, line, "line") for line in range(first, last + 1)}
    monkeypatch.setattr(function, "__code__", nothing.__code__)
    assert any(read_otherwise(one) for one in derived if own & one.steps)


def nothing(*_: object, **__: object) -> None:
    """What a production that is not there finds."""


def read_otherwise(one: Derived) -> bool:
    try:
        found = read(one.text)
    except (AttributeError, TypeError):
        return True
    if isinstance(found, UnreadError) and isinstance(one.reading, UnreadError):
        return found.kind != one.reading.kind
    return found != one.reading
