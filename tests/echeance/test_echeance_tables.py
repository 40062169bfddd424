"""Every wording of the tables is read as its row says, and refused with the words its row says.

tables.py says which table takes what.
"""

from __future__ import annotations

import re

import pytest
from echeance.tables import conventions_of, read_backwards, rows
from pace import one_in, table

from pivot_cli.echeance import Conventions, Echeance, Refus, parse

COLUMNS = ("type", "debut", "fin", "recurrence", "fois")
NBSP = "\N{NO-BREAK SPACE}"


def as_row(found: Echeance | Refus) -> tuple[str, ...]:
    if isinstance(found, Refus):
        return ("refus", "", "", "", "")
    days = [day.isoformat() if day else "" for day in (found.debut, found.fin)]
    return (found.type.value, *days, found.recurrence or "", str(found.fois or ""))


def expected(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(row[column] for column in COLUMNS)


READINGS = [row for name in ("exemples.tsv", "formulations.tsv", "attendues.tsv", "reelles.tsv") for row in rows(name)]


@table("row", READINGS, ids=lambda row: row["texte"])
def test_a_wording_is_read_as_its_row_says(row: dict[str, str]) -> None:
    assert as_row(parse(row["texte"])) == expected(row)


@pytest.mark.lent
def test_a_wording_has_one_form_or_none() -> None:
    for row in READINGS:
        assert as_row(read_backwards(row["texte"], Conventions())) == expected(row), row["texte"]


@table("row", rows("conventions.tsv"), ids=lambda row: f"{row['texte']} ({row['conventions']})")
def test_conventions_change_a_reading_as_their_row_says(row: dict[str, str]) -> None:
    conventions = conventions_of(row)
    found = parse(row["texte"], conventions)
    assert as_row(found) == expected(row)
    assert as_row(read_backwards(row["texte"], conventions)) == expected(row)


def test_the_expected_readings_are_each_written_once() -> None:
    """`attendues.tsv` was written by hand from what the design says, before the parser was asked."""
    expected_by_hand = [row["texte"] for row in rows("attendues.tsv")]
    assert len(expected_by_hand) >= 250
    assert len(set(expected_by_hand)) == len(expected_by_hand)


def test_there_are_at_least_150_wordings_of_our_own_each_written_once() -> None:
    own = [row["texte"] for row in rows("formulations.tsv")]
    assert len(own) >= 150
    assert len(set(own)) == len(own)


def test_the_cells_of_real_documents_are_150_at_least_and_their_refusals_say_why() -> None:
    cells = rows("reelles.tsv")
    assert len({row["texte"] for row in cells}) == len(cells) >= 150
    assert len({row["source"] for row in cells}) >= 40
    assert [row["texte"] for row in cells if row["type"] == "refus" and not row["pourquoi"]] == []


def test_the_rows_of_a_family_stand_together() -> None:
    """`plan/LISEZMOI.md` shows the first four of each: a row added at the end of its family moves none of them."""
    order = [row["famille"] for row in rows("formulations.tsv")]
    assert order == sorted(order, key=order.index)


YEARS = ("2020", "en 2020", "année 2020", "d'ici 2020", "2020-2021", "exercice 2020-2021", "année scolaire 2020-2021")
WITHIN = (
    *("automne", "l'hiver", "à l'été", "printemps", "saison d'automne", "décembre", "en mars", "au mois de janvier"),
    *("1er trimestre", "4e trimestre", "dernier trimestre", "2e semestre", "1er janvier", "le 31 décembre"),
    *("fin", "fin décembre", "début janvier", "mi-mars", "2e quinzaine de décembre", "semaine du 21 décembre"),
    *("mars à juin", "septembre-décembre", "automne et hiver"),
)
BETWEEN = (" ", ", ", "-", " - ", " – ", "/", " : ", "; ", " en ", " et ", " ou ", " à ", " jusqu'à ")


@pytest.mark.parametrize("year", one_in(4, YEARS))
def test_a_year_beside_what_is_in_it_is_never_read_as_the_whole_year(year: str) -> None:
    """« 2020, automne », « hiver, en 2020 »: read as the part that is named, or refused with what to write."""
    whole = as_row(parse(year))
    for between in BETWEEN:
        for part in WITHIN:
            assert as_row(parse(f"{year}{between}{part}")) != whole, (year, between, part)
            # By the convention of twin years, « janvier 2020-2021 » goes on to the end of 2021.
            if "2021" not in year:
                assert as_row(parse(f"{part}{between}{year}")) != whole, (part, between, year)


@table("row", rows("refus.tsv"), ids=lambda row: row["texte"])
def test_a_refusal_names_the_words_at_fault_and_says_what_to_type(row: dict[str, str]) -> None:
    found = parse(row["texte"])
    assert isinstance(found, Refus)
    assert row["texte"][found.debut_mot : found.fin_mot] == row["mot"]
    assert row["message"] in found.message.replace(NBSP, " ")
    assert row["remede"] in found.remede.replace(NBSP, " ")


@pytest.mark.parametrize("name", ["exemples.tsv", "formulations.tsv", "attendues.tsv", "reelles.tsv", "refus.tsv"])
def test_what_a_refusal_offers_to_type_is_read(name: str) -> None:
    for row in rows(name):
        found = parse(row["texte"])
        if not isinstance(found, Refus):
            continue
        assert found.remede, row["texte"]
        for offered in re.findall(f"«{NBSP}(.+?){NBSP}»", found.remede):
            assert isinstance(parse(offered), Echeance), (row["texte"], offered)


@pytest.mark.parametrize(
    "name", ["exemples.tsv", "formulations.tsv", "attendues.tsv", "reelles.tsv", "conventions.tsv", "refus.tsv"]
)
def test_sentences_follow_quebec_typography(name: str) -> None:
    for row in rows(name):
        found = parse(row["texte"], conventions_of(row))
        sentences: tuple[str, ...]
        if isinstance(found, Refus):
            sentences = (found.message, found.remede)
        else:
            sentences = (*found.raisons, *([found.avis] if found.avis else []))
        for sentence in sentences:
            assert "« " not in sentence, sentence
            assert " »" not in sentence, sentence
            own = re.sub(f"«{NBSP}.*?{NBSP}»", "…", sentence)
            assert " :" not in own, sentence
            assert " ;" not in own, sentence
            assert f"{NBSP};" not in own, sentence
            assert sentence.endswith((".", "»")), sentence


AVIS = [
    "Hiver 2020",
    "d'ici l'hiver 2021",
    "2020-2021",
    "2020-21",
    "Décembre 2020-2021",
    "exercice 2020-2021",
    "automne-hiver 2020",
    "Hiver 2019 - printemps 2020",
    "vers mai 2020",
    "bimensuel",
    "bisannuel",
    "biannuel",
    "2021, en continu",
    "Septembre 2025 en continu",
    "en continu, été 2025",
    "Fin 2026, en continu",
    "Du 15 mai au 15 octobre de chaque année",
    "annuellement (15 mai au 15 juin)",
    "mensuel (septembre/juin)",
    "A 2025",
]


@table("texte", AVIS)
def test_an_ambiguous_wording_carries_an_avis(texte: str) -> None:
    found = parse(texte)
    assert isinstance(found, Echeance)
    assert found.avis


@pytest.mark.parametrize("texte", ["Mars 2020", "2020", "Automne 2020", "Automne 2019 - Hiver 2020", "2018 - 2033"])
def test_a_plain_wording_carries_none(texte: str) -> None:
    found = parse(texte)
    assert isinstance(found, Echeance)
    assert found.avis is None


def test_a_bare_winter_carries_an_avis_under_either_convention() -> None:
    for hiver in ("janvier", "décembre"):
        found = parse("Hiver 2020", Conventions(hiver=hiver))
        assert isinstance(found, Echeance)
        assert "hiver" in (found.avis or "")


RAISONS = [
    ("Automne 2020", "automne"),
    ("fin 2020", "d'octobre à décembre"),
    ("fin mars 2020", "du 21 au dernier jour"),
    ("2020-2021", "annees_jumelees"),
    ("31 mars 2020", "n'a pas de début"),
    ("avant mars 2020", "exclut"),
    ("d'ici mars 2020", "comprend"),
    ("dès 2020", "n'a pas de fin"),
    ("T3 2023", "année civile"),
    ("fin 2020", "fin_annee"),
    ("mi-2020", "mi_annee"),
    ("début mars 2020", "debut_mois"),
    ("chaque début d'année", "debut_annee"),
    ("au début de chaque mois", "debut_mois"),
    ("Hiver 2020", "hiver"),
    ("à l'été 2020", "« ete »"),
    ("chaque automne", "« automne »"),
]


@table(("texte", "said"), RAISONS)
def test_the_convention_that_mattered_is_said(texte: str, said: str) -> None:
    found = parse(texte)
    assert isinstance(found, Echeance)
    assert any(said in sentence.replace(NBSP, " ") for sentence in found.raisons), found.raisons


REMARQUES = [
    ("En continu selon les opportunités", "selon les opportunités"),
    ("Dépôt en continu", "Dépôt"),
    ("Mars 2020 (à confirmer)", "à confirmer"),
    ("Mise à jour annuelle des politiques", "Mise à jour; des politiques"),
    ("Mars 2020", None),
]


@pytest.mark.parametrize(("texte", "remarque"), REMARQUES)
def test_free_text_is_kept_as_it_was_written(texte: str, remarque: str | None) -> None:
    found = parse(texte)
    assert isinstance(found, Echeance)
    assert found.remarque == remarque


def test_conventions_are_hashable_and_a_wording_is_read_once() -> None:
    assert len({Conventions(), Conventions(), Conventions(hiver="décembre")}) == 2
    assert parse("Mars 2020") is parse("Mars 2020", Conventions())
    assert set(Conventions._fields) >= {"hiver", "debut_exercice", "annees_jumelees"}
