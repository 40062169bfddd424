"""The windows of a recurrence, what is due in them, and the dates and rhythms recorded beside."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from dateutil import rrule as rules
from hypothesis import given, settings
from hypothesis import strategies as st
from pace import examples, table

from pivot_cli.echeance import (
    Conventions,
    DateConsignee,
    Echeance,
    Fenetre,
    Refus,
    is_due,
    last_completed,
    next_due,
    parse,
    parse_date,
    parse_jour_annuel,
    parse_mois,
    parse_recurrence,
    series,
    windows,
)
from pivot_cli.echeance.recurrence import MOST_WINDOWS
from pivot_cli.echeance.wording import recurrence_in_words

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
    ("le 29 février de chaque année", "2019-01-01", "2022-01-01", ["2019-03-01/2020-02-29"]),
    (
        "mensuel de septembre à juin",
        "2020-05-01",
        "2020-09-30",
        ["2020-05-01/2020-05-31", "2020-06-01/2020-06-30", "2020-09-01/2020-09-30"],
    ),
    (
        "hebdomadaire, en juin",
        "2020-05-20",
        "2021-06-10",
        [
            "2020-06-01/2020-06-07",
            "2020-06-08/2020-06-14",
            "2020-06-15/2020-06-21",
            "2020-06-22/2020-06-28",
            "2020-06-29/2020-07-05",
            "2021-06-07/2021-06-13",
        ],
    ),
    (
        "le 30 juin et le 15 décembre de chaque année",
        "2019-07-01",
        "2020-12-31",
        ["2019-07-01/2019-12-15", "2019-12-16/2020-06-30", "2020-07-01/2020-12-15", "2020-12-16/2021-06-30"],
    ),
    (
        "le 31 janvier et le 15 mars de chaque année",
        "2020-01-01",
        "2021-03-01",
        ["2020-02-01/2020-03-15", "2020-03-16/2021-01-31", "2021-02-01/2021-03-15"],
    ),
    ("tous les mardis et jeudis", "2020-01-01", "2020-01-10", ["2020-01-01/2020-01-02", "2020-01-03/2020-01-07"]),
    ("le dernier jour du mois", "2020-01-01", "2020-03-01", ["2020-01-01/2020-01-31", "2020-02-01/2020-02-29"]),
    ("chaque année jusqu'en 2021", "2020-01-01", "2030-01-01", ["2020-01-01/2020-12-31", "2021-01-01/2021-12-31"]),
]


@table(("texte", "depart", "until", "expected"), CASES, ids=lambda value: str(value)[:40])
def test_windows_are_those_of_the_calendar(texte: str, depart: str, until: str, expected: list[str]) -> None:
    found = windows(rule(texte), DAY(depart), DAY(until))
    shown = [f"{window.debut}/{window.fin}" for window in found]
    assert shown[: len(expected)] == expected
    assert all(DAY(depart) <= window.debut <= DAY(until) for window in found)


# wording, its first due days: the first day, month or season named on or after the start that is written counts
DATED = [
    ("aux deux ans, en mars, dès 2026", "2026-03-31 2028-03-31"),
    ("aux deux ans, en mars, dès mai 2026", "2027-03-31 2029-03-31"),
    ("Tous les deux ans, en juin, à partir de 2025", "2025-06-30 2027-06-30"),
    ("aux trois ans, le 31 décembre, dès 2025", "2025-12-31 2028-12-31"),
    ("Chaque été dès 2025", "2025-09-30 2026-09-30"),
    ("Chaque été dès août 2025", "2026-09-30 2027-09-30"),
    ("En juin de chaque année, de 2025 à 2028", "2025-06-30 2026-06-30 2027-06-30 2028-06-30"),
    ("annuel, en juin, dès le 15 juin 2025", "2025-06-30 2026-06-30"),
    ("annuel, en mai et novembre, dès juin 2025", "2025-11-30 2026-05-31"),
    ("annuel, de septembre à juin, dès 2025", "2026-06-30 2027-06-30"),
    ("chaque année scolaire, dès 2025", "2026-06-30 2027-06-30"),
    ("le 15 de chaque mois dès juin 2025", "2025-06-15 2025-07-15"),
    ("chaque lundi dès le 2 juin 2025", "2025-06-02 2025-06-09"),
    ("annuel dès 2025", "2025-12-31 2026-12-31"),
]


@table(("texte", "expected"), DATED)
def test_a_rhythm_with_a_start_counts_the_first_day_named_from_then_on(texte: str, expected: str) -> None:
    found = parse(texte)
    assert isinstance(found, Echeance)
    assert found.recurrence
    assert found.debut
    told = windows(found.recurrence, found.debut, DAY("2035-01-01"), dated=True)
    assert " ".join(str(window.fin) for window in told[: len(expected.split())]) == expected
    assert told[0].debut >= found.debut
    assert all(earlier.fin < later.debut for earlier, later in pairwise(told))


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


UNITS = {rules.YEARLY: "YEARLY", rules.MONTHLY: "MONTHLY", rules.WEEKLY: "WEEKLY", rules.DAILY: "DAILY"}


@settings(derandomize=True, deadline=None, max_examples=examples(30, 150))
@given(st.sampled_from(sorted(UNITS)), st.integers(1, 24), st.dates(date(1990, 1, 1), date(2080, 12, 31)))
def test_calendar_windows_begin_on_the_days_of_dateutil_s_rule(freq: int, interval: int, depart: date) -> None:
    """The same rule, expanded by dateutil from the first window on: a window runs to the day before the next."""
    until = depart + timedelta(days=4000 if freq < rules.WEEKLY else 400)
    found = windows(f"FREQ={UNITS[freq]};INTERVAL={interval}", depart, until)
    if not found:
        return
    first = found[0].debut
    if first.day > 28:
        return  # a rule skips the 31st of short months, a window does not
    expected = [one.date() for one in rules.rrule(freq, datetime.combine(first, time()), interval, until=until)]  # type: ignore[arg-type]
    assert [window.debut for window in found] == expected
    assert all(earlier.fin + timedelta(days=1) == later.debut for earlier, later in pairwise(found))
    assert depart <= first


def test_a_training_held_on_10_january_for_the_year_before_clears_that_year() -> None:
    years = windows("FREQ=YEARLY", DAY("2019-01-01"), DAY("2021-01-15"))
    at, done = DAY("2021-01-15"), [DAY("2021-01-10")]
    assert last_completed(years, at) == Fenetre(DAY("2020-01-01"), DAY("2020-12-31"))
    assert is_due(years, at, [])
    assert not is_due(years, at, done)
    assert [cleared for _, cleared in series(years, at, done)] == [False, True]


# The years 2019 to 2022 as seen on 1 June 2023: « o » where something clears the year.
SERIES = [
    ([], "...."),
    (["2020-06-01"], ".o.."),
    (["2020-06-01", "2022-03-01"], ".o.o"),
    (["2020-01-10", "2020-11-20"], "oo.."),  # held in January for the year before, then in its own
    (["2023-01-10"], "...o"),
    (["2021-01-10", "2022-01-10", "2023-01-10"], ".ooo"),
    (["2019-05-05", "2020-05-05", "2021-05-05", "2022-05-05"], "oooo"),
]


@pytest.mark.parametrize(("done", "expected"), SERIES)
def test_the_series_of_missed_windows(done: list[str], expected: str) -> None:
    years, at = windows("FREQ=YEARLY", DAY("2019-01-01"), DAY("2023-06-01")), DAY("2023-06-01")
    told = series(years, at, [DAY(day) for day in done])
    assert "".join("o" if cleared else "." for _, cleared in told) == expected


@settings(derandomize=True, deadline=None, max_examples=examples(40, 200))
@given(st.lists(st.dates(date(2018, 1, 1), date(2024, 1, 1)), max_size=9), st.dates(date(2019, 1, 1), date(2024, 1, 1)))
def test_one_thing_done_never_clears_two_windows_and_the_last_one_is_what_is_due(done: list[date], at: date) -> None:
    known = [day for day in done if day <= at]
    quarters = windows("FREQ=MONTHLY;INTERVAL=3", DAY("2019-01-01"), at)
    told = series(quarters, at, known)
    assert [window for window, _ in told] == [window for window in quarters if window.fin < at]
    assert sum(cleared for _, cleared in told) <= len(known)
    assert (not told[-1][1] if told else False) == is_due(quarters, at, known)


def test_the_next_day_due_is_the_end_of_the_first_open_window_with_nothing_done() -> None:
    years = windows("FREQ=YEARLY", DAY("2019-01-01"), DAY("2022-01-01"))
    due = next_due(years, DAY("2020-03-01"), [])
    assert due is not None
    assert due.fin == DAY("2020-12-31")
    due = next_due(years, DAY("2020-03-01"), [DAY("2020-02-01")])
    assert due is not None
    assert due.fin == DAY("2021-12-31")
    assert next_due((), DAY("2020-03-01"), []) is None


def test_nothing_is_due_before_a_first_window_is_over() -> None:
    years = windows("FREQ=YEARLY", DAY("2020-01-01"), DAY("2020-06-01"))
    assert last_completed(years, DAY("2020-06-01")) is None
    assert not is_due(years, DAY("2020-06-01"), [])
    assert series(years, DAY("2020-06-01"), []) == ()
    assert series(years, DAY("2021-06-01"), []) == tuple((year, False) for year in years)


WORDS = [
    ("annuel", "une fois par année (année civile)"),
    ("2 fois par année", "2 fois par année (année civile)"),
    ("aux 2 ans", "une fois tous les 2 ans"),
    ("trimestriel", "une fois par trimestre (trimestre civil)"),
    ("aux 6 mois", "une fois par semestre (semestre civil)"),
    ("aux 5 mois", "une fois tous les 5 mois"),
    ("deux fois par mois", "2 fois par mois"),
    ("aux 2 semaines", "une fois toutes les 2 semaines"),
    ("quotidien", "chaque jour"),
    ("le 30 juin de chaque année", "chaque année, au plus tard le 30 juin"),
    ("le 30 juin et le 31 décembre de chaque année", "chaque année, au plus tard le 30 juin et le 31 décembre"),
    ("le 30 juin et le 15 décembre de chaque année", "chaque année, au plus tard le 30 juin et le 15 décembre"),
    ("Tous les ans, en juin", "une fois par année, en juin"),
    ("chaque automne", "une fois par année, de septembre à décembre"),
    ("annuel, en mai et novembre", "chaque année, une fois en mai et une fois en novembre"),
    ("mensuel de septembre à juin", "une fois par mois, de septembre à juin"),
    ("le 15 de chaque mois", "chaque mois, au plus tard le 15"),
    ("le dernier jour du mois", "chaque mois, au plus tard le dernier jour du mois"),
    ("le premier lundi du mois", "chaque mois, au plus tard le premier lundi"),
    ("tous les lundis", "chaque semaine, au plus tard le lundi"),
    ("chaque année jusqu'en 2028", "une fois par année (année civile), jusqu'au 31 décembre 2028"),
]


@table(("texte", "expected"), WORDS)
def test_a_recurrence_is_said_in_words(texte: str, expected: str) -> None:
    found = parse(texte)
    assert isinstance(found, Echeance)
    assert found.recurrence
    said = recurrence_in_words(found.recurrence, found.fois, Conventions())
    assert said.replace("\N{NO-BREAK SPACE}", " ") == expected


def test_the_words_name_the_financial_year_when_it_is_set() -> None:
    said = [recurrence_in_words(rule, None, FISCAL) for rule in ("FREQ=YEARLY", "FREQ=MONTHLY;INTERVAL=6")]
    assert [one.replace("\N{NO-BREAK SPACE}", " ") for one in said] == [
        "une fois par exercice (du 1er avril au 31 mars)",
        "une fois par semestre (à partir d'avril et d'octobre)",
    ]


@pytest.mark.lent
def test_no_recurrence_of_the_tables_is_said_as_a_code() -> None:
    for name in ("formulations.tsv", "attendues.tsv", "exemples.tsv"):
        for line in (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()[1:]:
            found = parse(line.split("\t")[name != "exemples.tsv"])
            if isinstance(found, Echeance) and found.recurrence:
                said = recurrence_in_words(found.recurrence, found.fois, Conventions())
                assert said[0].islower() or said[0].isdigit(), said
                assert not any(letter.isupper() or letter in "=_" for letter in said), said


@table(
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


@table(
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


@table(
    ("texte", "expected"),
    [("1er avril", (4, 1)), ("avril", (4, 1)), ("30 juin", (6, 30)), ("29 février", None), ("1er avril 2020", None),
     ("31 juin", None), ("début avril", None), ("2020", None), ("banane", None), ("", None)],
)  # fmt: skip
def test_a_day_of_every_year(texte: str, expected: tuple[int, int] | None) -> None:
    assert parse_jour_annuel(texte) == expected


@table(
    ("texte", "expected"),
    [("mars à juin", (3, 6)), ("mars", (3, 3)), ("décembre à mars", None), ("mars 2020", None), ("fin mars", None),
     ("mars, avril et mai", None), ("banane", None), ("d'ici mars", None)],
)  # fmt: skip
def test_a_span_of_months(texte: str, expected: tuple[int, int] | None) -> None:
    assert parse_mois(texte) == expected


RULES = sorted(
    {
        *(rule(texte) for texte, *_ in CASES),
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=MONTHLY;BYMONTHDAY=15,28,29,30;BYSETPOS=1,-1",
        "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1",
        "FREQ=MONTHLY;BYMONTH=6,7",
        "FREQ=MONTHLY;BYDAY=5MO",
        "FREQ=MONTHLY;INTERVAL=18",
        "FREQ=WEEKLY;BYMONTH=6",
        "FREQ=WEEKLY;BYDAY=MO",
        "FREQ=WEEKLY;INTERVAL=3",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1",
        "FREQ=YEARLY;INTERVAL=3;BYMONTH=6",
        "FREQ=YEARLY;BYYEARDAY=-185,-17",
        "FREQ=YEARLY;UNTIL=20231231",
    }
)


@pytest.mark.lent
@given(
    st.sampled_from(RULES),
    st.dates(DAY("1960-01-01"), DAY("2030-01-01")),
    st.integers(-800, 36 * 366),
    st.sampled_from([Conventions(), FISCAL]),
    st.booleans(),
)
@settings(max_examples=examples(60, 300))
def test_around_a_day_the_windows_are_those_that_there_are(
    recurrence: str,
    start: date,
    days: int,
    conventions: Conventions,
    dated: bool,
) -> None:
    au = start + timedelta(days=days)
    every = windows(recurrence, start, au + timedelta(days=9 * 366), conventions, dated=dated)
    near = windows(recurrence, start, au + timedelta(days=9 * 366), conventions, au=au, dated=dated)
    ended = [window for window in every if window.fin < au]
    others = [window for window in every if window.fin >= au]
    after = next((rank for rank, window in enumerate(others) if window.debut > au), len(others))
    wanted = [*ended[-8:], *others[: after + 1]]
    assert list(near[-len(wanted) :] if wanted else near) == wanted


@pytest.mark.parametrize("texte", ["quotidien", "hebdomadaire", "mensuel", "annuel", "le 15 de chaque mois"])
def test_centuries_of_windows_are_not_walked(texte: str) -> None:
    au = DAY("2026-01-15")
    near = windows(rule(texte), DAY("1000-01-01"), DAY("2028-01-15"), au=au)
    assert len(near) < 200
    assert last_completed(near, au) == max(window for window in near if window.fin < au)
    assert (au - near[-1].debut).days < 0


def test_long_after_a_rule_has_ended_its_last_windows_are_still_known() -> None:
    recurrence, start, au = rule("chaque année de 2019 à 2021"), DAY("2019-01-01"), DAY("2042-06-01")
    assert windows(recurrence, start, au, au=au) == windows(recurrence, start, au)
    assert [window.fin.year for window in windows(recurrence, start, au, au=au)] == [2019, 2020, 2021]
