"""What is done to text: cleaning, cutting, comparing, dates and counts in words."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pace import table

from pivot_cli import text

NB = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Directrice Générale", "directrice generale"),
        ("l’été", "L'ETE"),
        ("2019 – 2020", "2019 - 2020"),
        ("1er\N{NO-BREAK SPACE}mars", "1ER  mars "),
        ("œuvre", "OEUVRE"),
        ("é", unicodedata.normalize("NFD", "É")),
    ],
)
def test_what_does_not_matter_when_names_are_compared(first: str, second: str) -> None:
    assert text.fold(first) == text.fold(second)


@table(
    ("whole", "width", "cut"),
    [
        ("Former un comité", 40, "Former un comité"),
        ("Former un comité", 16, "Former un comité"),
        ("Former un comité", 15, "Former un…"),
        ("Former un comité", 10, "Former un…"),
        ("Former un comité", 9, "Former…"),
        ("Établir un budget, puis", 19, "Établir un budget…"),
        ("Anticonstitutionnellement", 10, "Anticonstitutionnellement"),
        ("Anticonstitutionnellement vu", 10, "Anticonstitutionnellement…"),
    ],
)
def test_a_text_is_cut_at_the_end_of_a_word(whole: str, width: int, cut: str) -> None:
    assert text.truncate(whole, width) == cut


@given(st.text(alphabet=st.characters(codec="utf-8")), st.integers(1, 80))
@settings(deadline=None, derandomize=True)
def test_a_cut_text_begins_the_text_and_ends_no_word_halfway(whole: str, width: int) -> None:
    whole = text.one_line(whole)
    cut = text.truncate(whole, width)
    if cut != whole:
        kept = cut.removesuffix("…")
        assert whole.startswith(kept)
        assert len(cut) <= width or " " not in kept


@given(st.text())
@settings(deadline=None, derandomize=True)
def test_what_is_shown_on_a_line_drives_no_terminal(whole: str) -> None:
    shown = text.one_line(whole)
    assert text.first_control(shown) is None
    assert "\n" not in shown
    assert "\r" not in shown


@table("control", ["\x00", "\x1b", "\x07", "\x7f", "\x9b", "\u202e", "\u2066", "\ud800"])
def test_a_control_character_is_shown_as_a_replacement(control: str) -> None:
    assert text.clean(f"a{control}b") == "a\N{REPLACEMENT CHARACTER}b"
    assert text.first_control(f"a{control}b") == 1


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2020, 3, 1), "1er mars 2020"),
        (date(2020, 1, 15), "15 janvier 2020"),
        (date(2019, 8, 31), "31 août 2019"),
    ],
)
def test_days_in_words(day: date, words: str) -> None:
    assert text.day_in_words(day) == words.replace(" ", NB)


@pytest.mark.parametrize(
    ("debut", "fin", "words"),
    [
        ("2020-03-01", "2020-03-31", "du 1er au 31 mars 2020"),
        ("2020-09-01", "2020-12-31", "du 1er septembre au 31 décembre 2020"),
        ("2020-12-01", "2021-12-31", "du 1er décembre 2020 au 31 décembre 2021"),
        ("2020-12-05", "2020-12-05", "le 5 décembre 2020"),
        (None, "2020-12-05", "au plus tard le 5 décembre 2020"),
        ("2023-10-01", None, "à partir du 1er octobre 2023"),
        (None, None, ""),
    ],
)
def test_intervals_in_words(debut: str | None, fin: str | None, words: str) -> None:
    first = date.fromisoformat(debut) if debut else None
    last = date.fromisoformat(fin) if fin else None
    assert text.interval_in_words(first, last).replace(NB, " ") == words


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        ("2019-12-31", "2020-01-15", "moins d'un mois"),
        ("2019-12-15", "2020-01-15", "1 mois"),
        ("2019-03-31", "2020-01-15", "9 mois"),
        ("2019-02-28", "2020-01-15", "10 mois"),
        ("2019-01-15", "2020-01-15", "1 an"),
        ("2018-11-30", "2020-01-15", "1 an et 1 mois"),
        ("2017-06-30", "2020-01-15", "2 ans et 6 mois"),
    ],
)
def test_elapsed_time_in_words(since: str, until: str, words: str) -> None:
    said = text.elapsed_in_words(date.fromisoformat(since), date.fromisoformat(until))
    assert said.replace(NB, " ") == words


def test_counts_lists_and_guillemets() -> None:
    assert [text.counted(n, "action") for n in (0, 1, 2)] == [f"0{NB}action", f"1{NB}action", f"2{NB}actions"]
    assert text.counted(2, "mois", "mois") == f"2{NB}mois"
    assert text.listed(["a"]) == "a"
    assert text.listed(["a", "b", "c"], "ou") == "a, b ou c"
    assert text.quoted("a") == f"«{NB}a{NB}»"
    assert text.month_in_words(date(2021, 12, 31)) == f"décembre{NB}2021"


@pytest.mark.parametrize(
    ("typed", "known", "meant"),
    [
        ("responsble", ("description", "responsables"), "responsables"),
        ("ECHÉANCE", ("echeance", "enjeu"), "echeance"),
        ("Directrice generale", ("DG", "Direction générale", "Directrice générale"), "Directrice générale"),
        ("Direction", ("CA", "Direction générale"), "Direction générale"),
        ("de", ("Agent de projets",), None),
        ("zzz", ("echeance", "enjeu"), None),
    ],
)
def test_the_nearest_known_word(typed: str, known: tuple[str, ...], meant: str | None) -> None:
    assert text.nearest(typed, known) == meant
