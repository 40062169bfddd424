"""What must hold of any wording at all, of every wording that is read, and of the time that passes."""

from __future__ import annotations

import csv
import unicodedata
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pivot_cli.echeance import Conventions, Echeance, Refus, TypeEcheance, parse, parse_date, parse_recurrence
from pivot_cli.echeance.cores import continu, recurrent
from pivot_cli.echeance.dated import intervalle
from pivot_cli.echeance.lexer import Cursor, tokenize
from pivot_cli.echeance.reading import LONGEST, derivations
from pivot_cli.echeance.syntax import UnreadError

HERE = Path(__file__).parent
CALM = settings(derandomize=True, deadline=None, max_examples=150)


def wordings(*names: str) -> list[str]:
    found: list[str] = []
    for name in names:
        with (HERE / name).open(encoding="utf-8", newline="") as table:
            reader = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
            found.extend(row["texte"] for row in reader)
    return found


ALL = wordings("exemples.tsv", "formulations.tsv", "refus.tsv")
READ = [texte for texte in ALL if isinstance(parse(texte), Echeance)]
# A remark is any text: only without one does an unknown word have to be refused.
DATED = [
    texte
    for texte in READ
    if isinstance(found := parse(texte), Echeance) and found.type is TypeEcheance.PERIODE and found.remarque is None
    and "continu" not in texte and "tout" not in texte
]  # fmt: skip
WORDS = sorted({word for texte in ALL for word in texte.replace("/", " / ").replace("-", " - ").split()})
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
CONVENTIONS = st.builds(
    Conventions,
    hiver=st.sampled_from(("janvier", "décembre")),
    debut_exercice=st.sampled_from((None, (4, 1), (7, 1), (2, 29))),
    annees_jumelees=st.sampled_from(("civiles", "exercice")),
    trimestres=st.sampled_from(("civils", "exercice")),
    periode_debut=st.none() | st.dates(),
    periode_fin=st.none() | st.dates(),
    court_terme=st.sampled_from((None, "1 an", "2021", "court terme", "banane")),
)


def reading(texte: str, conventions: Conventions | None = None) -> tuple[object, ...]:
    found = parse(texte, conventions or Conventions())
    if isinstance(found, Refus):
        return ("refus",)
    return (found.type, found.debut, found.fin, found.recurrence, found.fois)


@CALM
@given(st.text(max_size=250) | SENTENCES, CONVENTIONS)
def test_any_text_is_read_or_refused(texte: str, conventions: Conventions) -> None:
    found = parse(texte, conventions)
    assert found.texte == texte
    if isinstance(found, Refus):
        assert found.message
        assert found.remede
        assert 0 <= found.debut_mot <= found.fin_mot <= len(texte)
    elif found.debut is not None and found.fin is not None:
        assert found.debut <= found.fin
    assert len(derivations(texte, conventions)) <= 1
    parse_date(texte)
    parse_recurrence(texte, conventions)


@settings(CALM, max_examples=1500)
@given(SENTENCES)
def test_any_sequence_of_known_words_has_one_derivation_at_most(texte: str) -> None:
    found = derivations(texte, Conventions())
    assert len(found) == int(isinstance(parse(texte), Echeance))


@CALM
@given(st.integers(LONGEST + 1, 2000), st.sampled_from("a1-/é"))
def test_over_200_characters_is_refused(length: int, character: str) -> None:
    assert isinstance(parse(("mars 2020 (" + character * length)[:length].ljust(length, "x") + ")"), Refus)


def test_200_characters_are_read() -> None:
    texte = f"mars 2020 ({'x' * (LONGEST - 12)})"
    assert len(texte) == LONGEST
    assert isinstance(parse(texte), Echeance)


@settings(CALM, max_examples=500)
@given(SENTENCES | st.sampled_from(ALL))
def test_the_steps_of_a_reading_are_bounded_by_its_length(texte: str) -> None:
    tokens = tokenize(texte[:LONGEST])
    cursor = Cursor(tokens)
    with suppress(UnreadError):
        intervalle(cursor)
    assert cursor.steps <= 60 * (len(tokens) + 2)
    for family in (recurrent, continu):
        counter = Counting(tokens)
        with suppress(UnreadError):
            family(counter)
        assert counter.read <= 120 * (len(tokens) + 2) ** 2


class Counting(list):  # type: ignore[type-arg]
    """Tokens that count how many times one of them is looked at."""

    read = 0

    def __getitem__(self, index):  # type: ignore[no-untyped-def]
        self.read += 1
        return super().__getitem__(index)


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


def test_case_accents_apostrophes_dashes_and_spaces_never_change_a_reading() -> None:
    for texte in ALL:
        for variant in VARIANTS:
            assert reading(variant(texte)) == reading(texte), variant(texte)


@settings(CALM, max_examples=400)
@given(
    st.sampled_from(DATED), st.sampled_from(("zorglub", "banane", "quux", "marz", "*", "42", "CA")), st.integers(0, 8)
)
def test_an_unknown_word_added_to_a_dated_wording_makes_it_refused(texte: str, word: str, place: int) -> None:
    pieces = texte.split()
    pieces.insert(min(place, len(pieces)), word)
    assert reading(" ".join(pieces)) == ("refus",), pieces


@settings(CALM, max_examples=400)
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


@settings(CALM, max_examples=300)
@given(st.sampled_from(READ), st.integers(0, 4000), CONVENTIONS)
def test_once_passed_it_has_passed_every_day_after(texte: str, days: int, conventions: Conventions) -> None:
    found = parse(texte, conventions)
    if isinstance(found, Refus) or found.fin is None:
        return
    after = found.fin + timedelta(days=1)
    assert not found.fin < found.fin
    assert found.fin < after
    assert found.fin < after + timedelta(days=days)


def test_no_reading_looks_at_a_clock() -> None:
    package = Path(parse.__code__.co_filename).parent
    for module in package.glob("*.py"):
        source = module.read_text(encoding="utf-8")
        assert "today(" not in source, module
        assert ".now(" not in source, module
        assert "import time\n" not in source, module
