"""`pivot group`, whole, on what a federation has: who sent what and when, in every form, as it was.

After a change that is wanted: `PIVOT_GOLDEN=1 python -m pytest tests/group`, then read the difference.
"""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from documents.reading import Page
from documents.shapes import without_style
from pace import table
from support import golden, pivot

from group.members import AU, HERE, SENT, gather
from pivot_cli.outputs.group import COLUMNS, table_schema
from pivot_cli.suivi.etat import Etat

GOLDEN = HERE / "golden"
FORMS: list[tuple[str, tuple[str, ...], int]] = [("40.txt", (), 40), ("80.txt", (), 80), ("200.txt", (), 200)]
FORMS += [(f"regroupement.{form}", ("--format", form), 80) for form in ("json", "html")]


@pytest.mark.parametrize(("file", "words", "columns"), FORMS, ids=[name for name, _, _ in FORMS])
def test_it_is_as_it_was(file: str, words: tuple[str, ...], columns: int) -> None:
    code, shown, _ = gather(*words, columns=columns)
    assert code == 0
    shown = without_style(shown) if file.endswith(".html") else shown
    assert shown == golden(GOLDEN / file, shown)


def test_a_csv_is_as_it_was_and_its_columns_are_told_beside_it(tmp_path: Path) -> None:
    """Of the small exports: a line an action."""
    done = pivot("group", "envois", "--au", AU, "-o", str(tmp_path / "tout.csv"), cwd=HERE)
    assert done.returncode == 0
    made = (tmp_path / "tout.csv").read_text(encoding="utf-8-sig")
    assert made == golden(GOLDEN / "regroupement.csv", made)
    schema = (tmp_path / "tout.schema.json").read_text(encoding="utf-8")
    assert schema == golden(GOLDEN / "regroupement.schema.json", schema)
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["tout.csv", "tout.schema.json"]


def test_a_golden_file_can_be_read_by_a_person() -> None:
    assert [path.name for path in GOLDEN.iterdir() if path.stat().st_size > 60_000] == []


def test_figures_are_the_same_in_every_form_and_add_up() -> None:
    answer = json.loads(gather("--format", "json")[1])
    read = [one for one in answer["organismes"] if one["etat"] == "lu"]
    for key in ("total", "consignees"):
        assert answer[key] == sum(one[key] for one in read)
    assert answer["par_etat"] == {etat.value: sum(one["par_etat"][etat] for one in read) for etat in Etat}
    assert answer["total"] == sum(answer["par_etat"].values())
    rows = list(csv.DictReader(io.StringIO(gather("--format", "csv")[1])))
    assert sum(row["donnees"] == "lu" for row in rows) == answer["total"]
    words = " ".join(gather()[1].replace("\N{NO-BREAK SPACE}", " ").split())
    assert f"Avancement consigné : {answer['consignees']} actions sur {answer['total']}." in words
    assert f"Avancement consigné : {answer['consignees']} actions sur {answer['total']}." in " ".join(
        Page(gather("--format", "html")[1]).text.replace("\N{NO-BREAK SPACE}", " ").split()
    )


def test_what_is_not_read_has_no_figure() -> None:
    for one in json.loads(gather("--format", "json")[1])["organismes"]:
        counted = {one[key] is not None for key in ("total", "consignees", "par_etat")}
        assert counted == {one["etat"] in ("lu", "ancien")}, one["nom"]


@table("form", ["texte", "csv", "html"])
def test_nobody_is_shown_late_and_nothing_is_averaged(form: str) -> None:
    shown = without_style(gather("--format", form)[1]).replace("\N{NO-BREAK SPACE}", " ")
    assert not re.search(r"(?i)retard|%(?! \})|moyenne|rang\b|pas fait(?! »)|jours de", shown)


@table("words", [("envois",), (str(SENT[0]), str(SENT[1]), str(SENT[8]))])
def test_the_order_is_that_of_the_alphabet_whatever_the_one_that_is_typed(words: tuple[str, ...]) -> None:
    there, back = (
        pivot("group", *given, "--format", "json", "--au", AU, cwd=HERE).stdout for given in (words, words[::-1])
    )
    assert there == back


# --- past one machine ---------------------------------------------------------------------------------------


def readme_sql() -> str:
    readme = (HERE.parents[1] / "README.md").read_text(encoding="utf-8")
    found = re.search(r"```sql\n(.*?)```", readme, re.DOTALL)
    assert found
    assert found[1].count("\n") == 3
    return found[1]


def rows_of(sql: str) -> list[Any]:
    with duckdb.connect() as memory:
        return memory.execute(sql).fetchall()


@pytest.mark.lent
def test_duckdb_reads_the_csv_as_it_is_and_counts_alike(tmp_path: Path) -> None:
    assert gather("-o", tmp_path / "regroupement.csv")[0] == 0
    answer = json.loads(gather("--format", "json")[1])
    sql = readme_sql()
    assert "'regroupement.csv'" in sql
    place = f"'{(tmp_path / 'regroupement.csv').as_posix()}'"
    numbers: dict[str, int] = {}
    for etat, number in answer["par_etat"].items():
        name = "échéance passée" if etat in ("en retard", "à confirmer") else etat
        numbers[name] = numbers.get(name, 0) + number
    assert dict(rows_of(sql.replace("'regroupement.csv'", place))) == {
        name: number for name, number in numbers.items() if number
    }
    sniffed = rows_of(f"DESCRIBE SELECT * FROM {place}")
    types = {"string": "VARCHAR", "date": "DATE"}
    assert [(name, kind) for name, kind, *_ in sniffed] == [(one.name, types[one.type]) for one in COLUMNS]


def test_every_cell_is_what_the_schema_says() -> None:
    schema = table_schema()
    assert set(schema) == {"fields", "missingValues"}
    rows = list(csv.DictReader(io.StringIO(gather("--format", "csv")[1])))
    assert len(rows) > 200
    assert list(rows[0]) == [field["name"] for field in schema["fields"]]
    for field in schema["fields"]:
        written = {row[field["name"]] for row in rows} - {""}
        assert written
        if field["type"] == "date":
            assert all(date.fromisoformat(day) for day in written)
        if "constraints" in field:
            assert written <= set(field["constraints"]["enum"])
