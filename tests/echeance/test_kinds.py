"""What holds of every échéance of a kind: parts, days that a month lacks, several dates, and what a refusal offers."""

from __future__ import annotations

import random
import re
from datetime import date

import pytest
from echeance.grammaire import TEXT, Maker, grammar
from echeance.tables import conventions_of, rows
from pace import examples, table

from pivot_cli.echeance import Conventions, Echeance, Refus, parse, windows
from pivot_cli.echeance.spans import days_of
from pivot_cli.text import MONTHS

FISCAL = Conventions(debut_exercice=(4, 1), annees_jumelees="exercice")
WITH_A_PLAN = Conventions(
    periode_debut=date(2019, 1, 1), periode_fin=date(2025, 12, 31), court_terme="1 an", moyen_terme="1 à 3 ans",
    long_terme="2024",
)  # fmt: skip
PARTS = ("début", "milieu", "fin")


def due_days(texte: str, year: int, conventions: Conventions = FISCAL) -> list[date]:
    """The last days of the windows that end in a year."""
    found = parse(texte, conventions)
    assert isinstance(found, Echeance), texte
    assert found.recurrence, texte
    several = windows(found.recurrence, date(year - 2, 1, 1), date(year, 12, 31), conventions)
    return [window.fin for window in several if window.fin.year == year]


NAMED = [*MONTHS, "printemps", "été", "automne", "rentrée"]


@table(("part", "named"), [(part, named) for part in PARTS for named in NAMED])
def test_a_part_is_taken_of_what_it_names_each_year_as_once(part: str, named: str) -> None:
    """« fin de chaque été » ends, each year, on the day that « fin de l'été 2024 » ends on in 2024."""
    for year in (2023, 2024):
        once = parse(f"{part} {named} {year}", FISCAL)
        assert isinstance(once, Echeance)
        assert due_days(f"{part} de chaque {named}", year) == [once.fin]


@table(
    ("texte", "expected"),
    [
        ("début de chaque année", "2023-03-31"),
        ("fin de chaque année", "2023-12-31"),
        ("début de chaque année financière", "2023-06-30"),
        ("milieu de chaque exercice", "2023-12-31"),
        ("fin de chaque exercice", "2023-03-31"),
        ("chaque fin d'année budgétaire", "2023-03-31"),
        ("début de chaque année scolaire", "2023-09-30"),
        ("fin de chaque année scolaire", "2023-06-30"),
        ("début de chaque trimestre", "2023-01-31 2023-04-30 2023-07-31 2023-10-31"),
        ("milieu de chaque trimestre", "2023-02-28 2023-05-31 2023-08-31 2023-11-30"),
        ("fin de chaque trimestre", "2023-03-31 2023-06-30 2023-09-30 2023-12-31"),
        ("fin de chaque semestre", "2023-03-31 2023-09-30"),
    ],
)
def test_the_part_of_a_year_is_that_of_the_year_that_is_named(texte: str, expected: str) -> None:
    """The financial year begins on 1 April; quarters are counted from it, and end with those of the calendar."""
    assert " ".join(map(str, due_days(texte, 2023))) == expected


@pytest.mark.parametrize("day", [1, 15, 28, 29, 30, 31])
def test_a_day_that_a_month_lacks_is_its_last(day: int) -> None:
    for year in (2023, 2024):
        expected = [date(year, month, min(day, days_of(year, month))) for month in range(1, 13)]
        assert due_days(f"le {day} de chaque mois", year) == expected
        assert due_days(f"au plus tard le {day} du mois", year) == expected


@pytest.mark.parametrize(
    "texte", ["le 29 février de chaque année", "fin février de chaque année", "annuel, fin février"]
)
def test_the_end_of_february_comes_every_year(texte: str) -> None:
    for year in range(2019, 2029):
        assert due_days(texte, year) == [date(year, 2, days_of(year, 2))]


@pytest.mark.parametrize("link", [" et ", ", ", " / "])
def test_two_dates_are_never_one_in_silence(link: str) -> None:
    """Months that follow each other are one period; others are told, both of them."""
    for first in range(12):
        for second in range(first + 1, 12):
            one, other = MONTHS[first], f"{MONTHS[second]} 2024"
            found = parse(f"{one}{link}{other}")
            assert isinstance(found, Echeance)
            told = found.avis is not None and one in found.avis and other in found.avis
            assert told is (second > first + 1), found


def _drawn(count: int) -> list[str]:
    """Wordings of the grammar, each with a word taken away, moved, changed or doubled: most are refused."""
    rng, maker = random.Random(18), Maker(grammar(TEXT), seed="offered")
    kept = [row["texte"] for name in ("attendues.tsv", "refus.tsv", "reelles.tsv") for row in rows(name)]
    kept += [maker.make().text for _ in range(count // 5)]
    known = [word for texte in kept for word in texte.split()]
    drawn = []
    for _ in range(count):
        words = rng.choice(kept).split()
        rank = rng.randrange(len(words))
        match rng.randrange(4):
            case 0:
                words[rank] = rng.choice(known)
            case 1:
                words.insert(rank, rng.choice(known))
            case 2:
                words[rank] = words[rank][:-1] or "x"
            case _:
                words.append(words.pop(rank))
        drawn.append(" ".join(words))
    return drawn


@pytest.mark.lent
def test_no_wording_that_a_refusal_offers_is_refused() -> None:
    tables = ("attendues.tsv", "refus.tsv", "reelles.tsv", "conventions.tsv")
    asked = [(row["texte"], conventions_of(row)) for name in tables for row in rows(name)]
    usual = (Conventions(), FISCAL, WITH_A_PLAN)
    asked += [(texte, usual[rank % 3]) for rank, texte in enumerate(_drawn(examples(1000, 5000)))]
    offered = 0
    for texte, conventions in asked:
        found = parse(texte, conventions)
        for wording in re.findall("«\u00a0(.*?)\u00a0»", found.remede) if isinstance(found, Refus) else ():
            offered += 1
            assert isinstance(parse(wording, conventions), Echeance), (texte, wording)
    assert offered > examples(4000, 5000)
