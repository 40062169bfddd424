"""The windows of a recurrence, what is due in them, and the dates and rhythms recorded beside."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from pivot_cli.echeance import (
    Conventions,
    DateConsignee,
    Echeance,
    Fenetre,
    Refus,
    current,
    is_due,
    last_completed,
    missed,
    parse,
    parse_date,
    parse_jour_annuel,
    parse_mois,
    parse_recurrence,
    windows,
)
from pivot_cli.echeance.recurrence import MOST_WINDOWS

DAY = date.fromisoformat
FISCAL = Conventions(debut_exercice=(4, 1))


def rule(texte: str, conventions: Conventions | None = None) -> str:
    found = parse(texte, conventions or Conventions())
    assert isinstance(found, Echeance)
    assert found.recurrence
    return found.recurrence


# wording, from, until, the first windows
CASES = [
    ("annuel", "2019-01-01", "2021-01-15", ["2019-01-01/2019-12-31", "2020-01-01/2020-12-31", "2021-01-01/2021-12-31"]),
    ("annuel", "2019-02-15", "2020-06-01", ["2020-01-01/2020-12-31"]),
    ("trimestriel", "2020-02-01", "2020-12-01", ["2020-04-01/2020-06-30", "2020-07-01/2020-09-30"]),
    ("semestriel", "2020-01-01", "2020-12-01", ["2020-01-01/2020-06-30", "2020-07-01/2020-12-31"]),
    ("mensuel", "2020-01-15", "2020-03-01", ["2020-02-01/2020-02-29", "2020-03-01/2020-03-31"]),
    ("hebdomadaire", "2020-01-01", "2020-01-20", ["2020-01-06/2020-01-12", "2020-01-13/2020-01-19"]),
    ("aux 2 semaines", "2020-01-01", "2020-02-01", ["2020-01-06/2020-01-19", "2020-01-20/2020-02-02"]),
    ("aux 5 mois", "2020-01-10", "2020-12-01", ["2020-01-10/2020-06-09", "2020-06-10/2020-11-09"]),
    ("aux deux ans", "2019-03-01", "2024-01-01", ["2020-01-01/2021-12-31", "2022-01-01/2023-12-31"]),
    ("quotidien", "2020-02-28", "2020-03-01", ["2020-02-28/2020-02-28", "2020-02-29/2020-02-29"]),
    ("le 30 juin de chaque année", "2019-01-01", "2021-01-01", ["2019-07-01/2020-06-30", "2020-07-01/2021-06-30"]),
    ("Tous les ans, en juin", "2019-01-01", "2020-01-01", ["2019-07-01/2020-06-30"]),
    ("annuel, en mai et novembre", "2020-01-01", "2020-12-31", ["2020-06-01/2020-11-30", "2020-12-01/2021-05-31"]),
    ("le 15 de chaque mois", "2020-01-01", "2020-03-01", ["2020-01-16/2020-02-15", "2020-02-16/2020-03-15"]),
    ("chaque lundi", "2020-01-01", "2020-01-15", ["2020-01-07/2020-01-13", "2020-01-14/2020-01-20"]),
    ("le premier lundi de chaque mois", "2020-01-01", "2020-02-10", ["2020-01-07/2020-02-03"]),
    ("chaque hiver", "2019-01-01", "2020-06-01", ["2019-04-01/2020-03-31", "2020-04-01/2021-03-31"]),
    ("le 29 février de chaque année", "2019-01-01", "2022-01-01", ["2020-03-01/2024-02-29"]),
    ("chaque année jusqu'en 2021", "2020-01-01", "2030-01-01", ["2020-01-01/2020-12-31", "2021-01-01/2021-12-31"]),
]


@pytest.mark.parametrize(("texte", "depart", "until", "expected"), CASES, ids=lambda value: str(value)[:40])
def test_windows_are_those_of_the_calendar(texte: str, depart: str, until: str, expected: list[str]) -> None:
    found = windows(rule(texte), DAY(depart), DAY(until))
    shown = [f"{window.debut}/{window.fin}" for window in found]
    assert shown[: len(expected)] == expected
    assert all(DAY(depart) <= window.debut <= DAY(until) for window in found)


def test_yearly_and_quarterly_windows_are_those_of_the_financial_year_when_it_is_set() -> None:
    year, *_ = windows("FREQ=YEARLY", DAY("2019-01-01"), DAY("2020-01-01"), FISCAL)
    assert year == Fenetre(DAY("2019-04-01"), DAY("2020-03-31"))
    month, *_ = windows("FREQ=MONTHLY", DAY("2019-01-01"), DAY("2020-01-01"), FISCAL)
    assert month == Fenetre(DAY("2019-01-01"), DAY("2019-01-31"))
    middle = Conventions(debut_exercice=(4, 15))
    quarter, *_ = windows("FREQ=MONTHLY;INTERVAL=3", DAY("2019-01-01"), DAY("2020-01-01"), middle)
    assert quarter == Fenetre(DAY("2019-01-15"), DAY("2019-04-14"))


@pytest.mark.parametrize("texte", ["quotidien", "annuel", "le 30 juin de chaque année", "mensuel", "aux 2 semaines"])
def test_the_number_of_windows_is_bounded_to_the_end_of_the_calendar(texte: str) -> None:
    found = windows(rule(texte), DAY("1900-01-01"), date.max)
    assert 0 < len(found) <= MOST_WINDOWS
    assert all(earlier.fin < later.debut for earlier, later in pairwise(found))


def test_a_training_held_on_10_january_for_the_year_before_clears_that_year() -> None:
    years = windows("FREQ=YEARLY", DAY("2019-01-01"), DAY("2021-01-15"))
    assert last_completed(years, DAY("2021-01-15")) == Fenetre(DAY("2020-01-01"), DAY("2020-12-31"))
    assert current(years, DAY("2021-01-15")) == Fenetre(DAY("2021-01-01"), DAY("2021-12-31"))
    assert is_due(years, DAY("2021-01-15"), [])
    assert not is_due(years, DAY("2021-01-15"), [DAY("2021-01-10")])
    assert missed(years, DAY("2021-01-15"), [DAY("2021-01-10")]) == (Fenetre(DAY("2019-01-01"), DAY("2019-12-31")),)


def test_nothing_is_due_before_a_first_window_is_over() -> None:
    years = windows("FREQ=YEARLY", DAY("2020-01-01"), DAY("2020-06-01"))
    assert last_completed(years, DAY("2020-06-01")) is None
    assert not is_due(years, DAY("2020-06-01"), [])
    assert missed(years, DAY("2020-06-01"), []) == ()
    assert missed(years, DAY("2021-06-01"), []) == tuple(years)
    assert current((), DAY("2020-06-01")) is None


@pytest.mark.parametrize(
    ("texte", "debut", "fin"),
    [
        ("2019-05-12", "2019-05-12", "2019-05-12"),
        ("12 mai 2019", "2019-05-12", "2019-05-12"),
        ("le 12 mai 2019", "2019-05-12", "2019-05-12"),
        ("mai 2019", "2019-05-01", "2019-05-31"),
        ("2019-05", "2019-05-01", "2019-05-31"),
        ("2019", "2019-01-01", "2019-12-31"),
        ("Automne 2019", "2019-09-01", "2019-12-31"),
        ("T2 2019", "2019-04-01", "2019-06-30"),
    ],
)
def test_a_recorded_date_is_what_people_know(texte: str, debut: str, fin: str) -> None:
    assert parse_date(texte) == DateConsignee(texte, DAY(debut), DAY(fin))


@pytest.mark.parametrize(
    "texte",
    ["", "mai", "12 mai", "d'ici mai 2019", "dès 2019", "mai à juin 2019", "2019-2020", "2019-02-30", "vers mai 2019",
     "03/04/2019", "hier", "annuel", "en continu", "mai 2019 banane", "x" * 300, "fin du plan", "An 2"],
)  # fmt: skip
def test_anything_else_is_no_recorded_date(texte: str) -> None:
    found = parse_date(texte)
    assert isinstance(found, Refus)
    assert found.remede


def test_the_recurrence_key_takes_rhythms_only() -> None:
    rhythm = parse_recurrence("aux 2 semaines")
    assert isinstance(rhythm, Echeance)
    assert rhythm.recurrence == "FREQ=WEEKLY;INTERVAL=2"
    for texte in ("Mars 2020", "en continu", "immédiat", "à déterminer", "banane"):
        assert isinstance(parse_recurrence(texte), Refus)


@pytest.mark.parametrize(
    ("texte", "expected"),
    [("1er avril", (4, 1)), ("avril", (4, 1)), ("30 juin", (6, 30)), ("29 février", None), ("1er avril 2020", None),
     ("31 juin", None), ("début avril", None), ("2020", None), ("banane", None), ("", None)],
)  # fmt: skip
def test_a_day_of_every_year(texte: str, expected: tuple[int, int] | None) -> None:
    assert parse_jour_annuel(texte) == expected


@pytest.mark.parametrize(
    ("texte", "expected"),
    [("mars à juin", (3, 6)), ("mars", (3, 3)), ("décembre à mars", None), ("mars 2020", None), ("fin mars", None),
     ("mars, avril et mai", None), ("banane", None), ("d'ici mars", None)],
)  # fmt: skip
def test_a_span_of_months(texte: str, expected: tuple[int, int] | None) -> None:
    assert parse_mois(texte) == expected
