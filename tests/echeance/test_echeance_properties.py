"""What must hold of any wording at all, of every wording that is read, and of the time that passes."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from cProfile import Profile
from datetime import date, timedelta
from pathlib import Path

import pytest
from echeance.tables import read_backwards, rows
from hypothesis import given, settings
from hypothesis import strategies as st
from pace import examples, few

from pivot_cli.echeance import Conventions, Echeance, Refus, TypeEcheance, parse, parse_date, parse_recurrence
from pivot_cli.echeance.lexer import LONGEST, UnreadError, tokenize
from pivot_cli.echeance.reading import read
from pivot_cli.plan.model import Action, Objectif, Orientation, Plan, Volet
from pivot_cli.suivi.etat import portrait
from pivot_cli.text import fold

CALM = settings(derandomize=True, deadline=None, max_examples=examples(30, 150))


TABLES = ("exemples.tsv", "formulations.tsv", "attendues.tsv", "refus.tsv")
ALL = [row["texte"] for name in TABLES for row in rows(name)]
READ = [row["texte"] for name in TABLES[:-1] for row in rows(name) if row["type"] != "refus"]


def dated() -> list[str]:
    """Those of a period and no more. A remark is any text: only without one does an unknown word have to be refused."""
    texts = [texte for texte in READ if "continu" not in texte.lower() and "tout" not in texte.lower()]
    found = [(texte, parse(texte)) for texte in texts]
    return [
        texte
        for texte, one in found
        if isinstance(one, Echeance) and one.type is TypeEcheance.PERIODE and one.remarque is None
    ]


WORDS = sorted({word for texte in ALL for word in texte.replace("/", " / ").replace("-", " - ").split()})
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
LONG_SENTENCES = st.lists(st.sampled_from(WORDS), min_size=20, max_size=60).map(lambda words: " ".join(words)[:LONGEST])
POINTS = st.builds(
    "{} {}".format,
    st.sampled_from(("", "mars", "12 mars", "fin mars", "hiver", "automne", "T2", "S2", "début", "mi-")),
    st.integers(2018, 2022),
)
RANGES = st.lists(POINTS, min_size=2, max_size=3).flatmap(
    lambda points: st.sampled_from(("à", "-", "et", "ou", "jusqu'à")).map(lambda join: f" {join} ".join(points))
)
CONVENTIONS = st.fixed_dictionaries(
    {
        "hiver": st.sampled_from(("janvier", "décembre")),
        "debut_exercice": st.sampled_from((None, (4, 1), (7, 1), (2, 29))),
        "annees_jumelees": st.sampled_from(("civiles", "exercice")),
        "trimestres": st.sampled_from(("civils", "exercice")),
        "periode_debut": st.none() | st.dates(),
        "periode_fin": st.none() | st.dates(),
        "court_terme": st.sampled_from((None, "1 an", "2021", "court terme", "banane")),
    }
).map(lambda values: Conventions()._replace(**values))  # type: ignore[arg-type]


def reading(texte: str, conventions: Conventions | None = None) -> tuple[object, ...]:
    return as_read(parse(texte, conventions or Conventions()))


def as_read(found: Echeance | Refus) -> tuple[object, ...]:
    if isinstance(found, Refus):
        return ("refus",)
    return (found.type, found.debut, found.fin, found.recurrence, found.fois)


@pytest.mark.lent
@settings(CALM, max_examples=examples(200, 400))
@given(st.text(max_size=250) | SENTENCES | RANGES, CONVENTIONS)
def test_any_text_is_read_or_refused(texte: str, conventions: Conventions) -> None:
    found = parse(texte, conventions)
    assert found.texte == texte
    if isinstance(found, Refus):
        assert found.message
        assert found.remede
        assert 0 <= found.debut_mot <= found.fin_mot <= len(texte)
    elif found.debut is not None and found.fin is not None:
        assert found.debut <= found.fin
    assert as_read(read_backwards(texte, conventions)) == as_read(found)
    parse_date(texte)
    parse_recurrence(texte, conventions)


@pytest.mark.lent
@settings(CALM, max_examples=examples(200, 1000))
@given(SENTENCES)
def test_any_sequence_of_known_words_has_one_form_at_most(texte: str) -> None:
    assert as_read(read_backwards(texte, Conventions())) == reading(texte)


@CALM
@given(st.integers(201, 2000), st.sampled_from("a1-/é"))
def test_over_200_characters_is_refused(length: int, character: str) -> None:
    assert isinstance(parse(("mars 2020 (" + character * length)[:length].ljust(length, "x") + ")"), Refus)


def test_200_characters_are_read() -> None:
    texte = f"mars 2020 ({'x' * 188})"
    assert len(texte) == LONGEST == 200
    assert isinstance(parse(texte), Echeance)


def calls(texte: str) -> int:
    """How many functions a whole reading calls, its refusal included."""
    profile = Profile(builtins=False)
    profile.runcall(read, texte, Conventions())
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.lent
def test_the_steps_of_a_reading_are_bounded_by_its_length() -> None:
    """By the square of the number of tokens, at most 200: a wording is 200 characters long."""

    def most(texte: str) -> int:
        try:
            tokens = len(tokenize(texte))
        except UnreadError:  # « A2025 » is refused before the rest is looked at
            tokens = 0
        return 70 * tokens**2 + 4000

    calls("fevier 2020")  # once, the tables are put in order and the suggestions made
    words = [*{fold(word): word for word in WORDS}.values()]  # case and accents change no step
    repeated = [" ".join([word] * LONGEST) for word in words]
    paired = [f"{one} {other} " * LONGEST for one, other in zip(words, words[::-1], strict=True)]

    @settings(CALM, max_examples=examples(100, 300))
    @given(LONG_SENTENCES | st.text(max_size=LONGEST))
    def drawn(texte: str) -> None:
        assert calls(texte) <= most(texte), texte

    drawn()
    for texte in (*few(4, ALL), *(one[:LONGEST] for one in [*repeated, *paired][:: examples(60, 2)])):
        assert calls(texte) <= most(texte), texte


VARIANTS = (
    str.upper,
    str.lower,
    str.title,
    lambda texte: texte.replace("'", "’"),
    lambda texte: texte.replace("'", "ʼ"),
    lambda texte: texte.replace("-", "–"),
    lambda texte: texte.replace("-", "—"),
    lambda texte: texte.replace("-", "\N{NON-BREAKING HYPHEN}"),
    lambda texte: texte.replace(" ", "\N{NO-BREAK SPACE}"),
    lambda texte: texte.replace(" ", "\N{NARROW NO-BREAK SPACE}"),
    lambda texte: f"  {texte.replace(' ', '   ')}  ",
    lambda texte: texte.replace(" ", "\n"),
    lambda texte: unicodedata.normalize("NFD", texte),
    lambda texte: unicodedata.normalize("NFC", texte),
    lambda texte: "".join(c for c in unicodedata.normalize("NFD", texte) if not unicodedata.combining(c)),
    lambda texte: texte if texte.endswith(".") else f"{texte}.",
)


@pytest.mark.lent
def test_case_accents_apostrophes_dashes_and_spaces_never_change_a_reading() -> None:
    for texte in few(8, ALL):
        wanted = reading(texte)
        for variant in VARIANTS:
            assert reading(variant(texte)) == wanted, variant(texte)


@pytest.mark.lent
@settings(CALM, max_examples=examples(80, 400))
@given(
    st.deferred(lambda: st.sampled_from(dated())),
    st.sampled_from(("zorglub", "banane", "quux", "marz", "*", "42", "CA")),
    st.integers(0, 8),
)
def test_an_unknown_word_added_to_a_dated_wording_makes_it_refused(texte: str, word: str, place: int) -> None:
    pieces = texte.split()
    pieces.insert(min(place, len(pieces)), word)
    assert reading(" ".join(pieces)) == ("refus",), pieces


@pytest.mark.lent
@settings(CALM, max_examples=examples(80, 400))
@given(st.sampled_from(READ) | SENTENCES, CONVENTIONS)
def test_the_edtf_written_is_read_back_as_the_same_interval(texte: str, conventions: Conventions) -> None:
    found = parse(texte, conventions)
    if isinstance(found, Refus) or found.edtf is None:
        return
    again = parse(found.edtf, conventions)
    assert isinstance(again, Echeance)
    assert (again.debut, again.fin) == (found.debut, found.fin)
    assert again.type is TypeEcheance.PERIODE
    assert again.edtf == found.edtf


@pytest.mark.lent
@settings(CALM, max_examples=examples(40, 200))
@given(st.sampled_from(ALL) | SENTENCES, st.lists(st.sampled_from(VARIANTS), min_size=1, max_size=4))
def test_variants_together_never_change_a_reading(texte: str, variants: list[Callable[[str], str]]) -> None:
    varied = texte
    for variant in variants:
        varied = variant(varied)
    if len(varied) <= LONGEST:
        assert reading(varied) == reading(texte), varied


def passed(echeance: Echeance, day: date) -> bool:
    action = Action(1, "Une action", ("DG",), echeance)
    orientation = Orientation(1, "…", 1, (Volet("adm", "…", (Objectif(1, "…", (action,)),)),))
    return portrait(Plan(orientations=(orientation,)), day).situations[0].etat.passed


@settings(CALM, max_examples=examples(60, 300))
@given(st.sampled_from(READ), st.integers(1, 4000), st.integers(0, 4000), CONVENTIONS)
def test_once_passed_it_has_passed_every_day_after(texte: str, first: int, more: int, conventions: Conventions) -> None:
    found = parse(texte, conventions)
    if isinstance(found, Refus) or found.type is not TypeEcheance.PERIODE or found.fin is None:
        return
    assert not passed(found, found.fin), "on its last plausible day it has not"
    assert passed(found, found.fin + timedelta(days=1))
    assert passed(found, found.fin + timedelta(days=first + more))


@settings(CALM, max_examples=examples(40, 200))
@given(st.sampled_from(READ), st.integers(0, 2500), st.integers(0, 2500))
def test_what_has_no_last_day_never_passes_and_a_missed_window_stays_missed(texte: str, days: int, more: int) -> None:
    found = parse(texte)
    assert isinstance(found, Echeance)
    start = found.debut or date(2020, 1, 1)
    one, other = start + timedelta(days=days), start + timedelta(days=days + more)
    if found.recurrence:
        # A recurrence without a beginning of its own is given one: the plan of a single action has no start.
        begun = found._replace(debut=start)
        assert not passed(begun, one) or passed(begun, other)
    elif found.fin is None:
        assert not passed(found, one)


def test_no_reading_looks_at_a_clock() -> None:
    package = Path(parse.__code__.co_filename).parent
    for module in package.glob("*.py"):
        source = module.read_text(encoding="utf-8")
        assert "today(" not in source, module
        assert ".now(" not in source, module
        assert "import time\n" not in source, module
