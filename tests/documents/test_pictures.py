"""The pictures of what happened: their numbers are those of the other outputs, and what is drawn is those numbers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from living import RECORDED
from support import SMALL, load_texts

from documents.making import AU, values
from documents.plans import EVERY_ETAT
from pivot_cli.documents.pictures import Image, adopted_band, by_exercice, days_to_show, moves, progress
from pivot_cli.plan.loader import load
from pivot_cli.plan.sources import read_folder
from pivot_cli.suivi.etat import Etat, Portrait, count, portrait

NB = "\N{NO-BREAK SPACE}"
FILE = "orientation-1.yaml"
DAYS = [date(2019, 12, 20), date(2020, 6, 30), date(2021, 3, 15), date(2022, 2, 1)]


@pytest.fixture(scope="module")
def living() -> Any:
    return load(read_folder(RECORDED, "plan"))[0]


def drawn(image: Image) -> list[list[float]]:
    """What each column is tall of, series after series, in actions."""
    height = image.base - float(image.reperes[-1].y)
    return [
        [round(float(piece.hauteur) * image.reperes[-1].nombre / height) for piece in column.morceaux]
        for column in image.colonnes
    ]


@pytest.mark.parametrize("day", DAYS)
def test_a_curve_ends_where_the_plan_stands(day: date, living: Any) -> None:
    seen = portrait(living, day)
    image = progress(seen, days_to_show(seen), None)
    assert image
    last, numbers = image.colonnes[-1], count(seen.situations)
    assert last.nombres[0] == numbers[Etat.REALISEE]
    assert last.nombres[2] == numbers[Etat.ABANDONNEE] + numbers[Etat.RECONDUITE]
    assert sum(last.nombres[:3]) == seen.consignees
    assert all(sum(column.nombres) == column.total == 93 for column in image.colonnes)
    assert image.description.endswith(f"rien de consigné, {last.nombres[3]}; en tout, 93.")
    assert drawn(image) == [[number for number in column.nombres if number] for column in image.colonnes]


def test_the_columns_fill_the_width_and_follow_each_other(living: Any) -> None:
    seen = portrait(living, date(2021, 3, 15))
    for image in (progress(seen, days_to_show(seen), None), by_exercice(seen), adopted_band(seen)):
        assert image
        ends = [column.fin for column in image.colonnes]
        assert [column.x for column in image.colonnes[1:]] == ends[:-1]
        assert ends[-1] in ("100%", "100.0%")


def test_the_days_are_those_of_meetings_else_the_ends_of_months(living: Any) -> None:
    seen = portrait(living, date(2019, 9, 30))
    assert [str(day) for day in days_to_show(seen)] == [
        "2019-02-20", "2019-04-17", "2019-06-19", "2019-09-18", "2019-09-30",
    ]  # fmt: skip
    alone = portrait(living._replace(reunions=type(living.reunions)()), date(2019, 6, 15))
    assert [str(day) for day in days_to_show(alone)] == [
        "2019-02-28", "2019-03-31", "2019-04-30", "2019-05-31", "2019-06-15",
    ]  # fmt: skip
    few = days_to_show(portrait(living, date(2021, 12, 31)), 8)
    assert len(few) <= 8
    assert few[-1] == date(2021, 12, 31)


def test_what_was_known_and_what_was_done_are_two_series() -> None:
    """Done in January, recorded in March: in February it was done, and nobody knew."""
    done = SMALL[FILE].replace(
        "Mars 2020", "Mars 2020\n            statut: réalisée\n            realisee_le: 2020-01-10"
    )
    plans = [load_texts(SMALL | {FILE: text})[0] for text in (SMALL[FILE], done)]
    days = [date(2020, 2, 1), date(2020, 4, 1)]
    now = portrait(plans[1], days[1])
    image = progress(now, days, [portrait(plans[0], days[0]), now])
    assert image
    assert [(column.nombres[0], column.ligne) for column in image.colonnes] == [(0, 1), (1, 1)]
    assert image.nom_ligne == "Faites, selon leur date"
    by_dates = progress(now, days, None)
    assert by_dates
    assert [(column.nombres[0], column.ligne) for column in by_dates.colonnes] == [(1, None), (1, None)]
    assert by_dates.nom_ligne == ""


def test_a_day_of_which_git_tells_nothing_is_left_out() -> None:
    """It had no plan yet, or one that cannot be read: nothing is counted in its place."""
    done = SMALL[FILE].replace("Mars 2020", "Mars 2020\n            statut: réalisée")
    plan = load_texts(SMALL | {FILE: done})[0]
    days = [date(2020, month, 1) for month in (1, 2, 3, 4)]
    now = portrait(plan, days[-1])
    image = progress(now, days, [None, portrait(plan, days[1]), None, now])
    assert image
    assert [column.nom for column in image.colonnes] == [f"1er{NB}février{NB}2020", f"1er{NB}avril{NB}2020"]
    assert [column.ligne for column in image.colonnes] == [0, 0]  # nobody wrote when it was done
    by_dates = progress(now, days, [None, None, None, now])
    assert by_dates
    assert len(by_dates.colonnes) == 4
    assert by_dates.note == f"Selon les dates écrites dans le plan; 1{NB}statut sans date y compte à chaque jour."


def test_of_a_plan_of_which_nothing_is_recorded_there_is_no_curve() -> None:
    assert progress(portrait(load_texts(SMALL)[0], AU), [date(2019, 12, 1), AU], None) is None
    made = values("complet", SMALL)
    assert made.courbe is None
    assert made.deplacements == ()


BECAME = [  # what is recorded of an action due in March 2020; where it is counted on 1 January 2021
    ("", "Rien de consigné"),
    ("suivi: [{date: 2020-05-01, note: Bientôt}]", "Avec des nouvelles"),
    ("statut: réalisée\n            realisee_le: 2020-03-31", "Réalisées à temps"),
    ("statut: réalisée\n            realisee_le: 2020-04-02", "Réalisées plus tard"),
    ("statut: réalisée", "Réalisées plus tard"),
    ("statut: abandonnée\n            motif: Plus utile", "Abandonnées ou reconduites"),
]


@pytest.mark.parametrize(("record", "name"), BECAME)
def test_what_became_of_an_echeance(record: str, name: str) -> None:
    image = exercices(SMALL[FILE].replace("Mars 2020", f"Mars 2020\n            {record}" if record else "Mars 2020"))
    (year,) = image.colonnes
    assert (year.nom, year.total) == ("2020", 1)
    assert [one.nom for one, number in zip(image.series, year.nombres, strict=True) if number] == [name]


def test_one_that_was_moved_counts_where_it_was_adopted() -> None:
    moved = "Juin 2021\n            echeances_precedentes: [{echeance: Mars 2020, decide_le: 2020-03-01}]"
    image = exercices(SMALL[FILE].replace("Mars 2020", moved), "conventions: {debut_exercice: 1er avril}\n")
    assert [(year.nom, year.nombres[2]) for year in image.colonnes] == [("2019-2020", 1)]


def exercices(text: str, more: str = "") -> Image:
    files = SMALL | {FILE: text, "organisme.yaml": SMALL["organisme.yaml"] + more}
    image = by_exercice(portrait(load_texts(files)[0], date(2021, 1, 1)))
    assert image
    return image


def test_the_outcomes_of_every_year_are_those_that_were_due(living: Any) -> None:
    for day in DAYS:
        seen = portrait(living, day)
        image = by_exercice(seen)
        assert image
        band = adopted_band(seen)
        assert band
        for year in (one for one in image.colonnes if int(one.nom) < day.year):
            before = [one for one in band.colonnes if one.nom.endswith(f"31{NB}décembre{NB}{year.nom}")]
            earlier = sum(one.total for one in image.colonnes if one.nom <= year.nom)
            assert not before or before[0].nombres[0] == earlier


def test_each_move_is_a_line(living: Any) -> None:
    seen: Portrait = portrait(living, date(2021, 3, 15))
    told = moves(seen.situations, living.niveaux.action)
    assert [(one.id, one.echeances, one.etat) for one in told][-2:] == [
        ("3.gou.3.3", ("À évaluer", "Septembre 2020", "Janvier 2021", "Juin 2021"), "à venir"),
        ("3.gou.3.4", ("Décembre 2019", "Décembre 2020"), "échéance passée, à confirmer"),
    ]


def test_a_picture_has_its_words_and_its_table() -> None:
    from documents.making import document

    page = document("complet", "html", EVERY_ETAT)
    for name in ("courbe", "exercices", "adoptees"):
        assert page.count(f'id="{name}-t"') == page.count(f'id="{name}-d"') == 1
        assert f'aria-labelledby="{name}-t {name}-d"' in page
    assert page.count(", en nombres</caption>") == 3
