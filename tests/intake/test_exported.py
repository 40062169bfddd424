"""What pivot itself wrote gives the same plan back, as far as it says it: exported again, it is the same."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from pace import one_in
from support import LIVING, pivot

from intake.workbooks import saved, workbook

AUTRES, VIVANT = Path(__file__).parents[1] / "autres", Path(__file__).parents[1] / "vivant" / "plan"
PLANS = {"le-pivot": LIVING, "vivant": VIVANT, "mada": AUTRES / "mada" / "plan", "petit": AUTRES / "petit" / "plan"}
ELSEWHERE = (
    "debut",
    "fin",
    "edtf",
    "fichier",
    "ligne",
    "etat",
    "jours_retard",
    "avis",
    "prochaine_echeance",
    "dernier_suivi",
)
"""What depends on what the table does not say (the conventions), or on where the plan is written."""


LIST_JSON, LIST_CSV = (pytest.param("list", form, marks=pytest.mark.lent) for form in ("json", "csv"))


def told(path: Path) -> Any:
    """The rows of a CSV, or all of a JSON, but for what is elsewhere."""
    if path.suffix == ".json":
        return _kept(json.loads(path.read_text()))
    rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))
    return [{key: value for key, value in row.items() if key not in ELSEWHERE} for row in rows]


def _kept(said: Any) -> Any:
    if isinstance(said, dict):
        return {key: _kept(one) for key, one in said.items() if key not in (*ELSEWHERE, "courriel")}
    return [_kept(one) for one in said] if isinstance(said, list) else said


def written(plan: Path, command: str, to: Path, *more: str) -> Path:
    done = pivot(command, "--plan", str(plan), "-o", str(to), *more)
    assert done.returncode == 0, done.stderr
    return to


@pytest.mark.parametrize("name", one_in(4, PLANS))
@pytest.mark.parametrize(("command", "form"), [("export", "json"), ("export", "csv"), LIST_JSON, LIST_CSV])
def test_the_same_plan_comes_back(name: str, command: str, form: str, tmp_path: Path) -> None:
    first = written(PLANS[name], command, tmp_path / f"un.{form}")
    done = pivot("init", "plan", "--de", first.name, "--sans-question", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert pivot("validate", "--plan", str(tmp_path / "plan")).returncode == 0
    again = written(tmp_path / "plan", command, tmp_path / f"deux.{form}")
    assert told(again) == told(first)


def test_a_number_too_long_to_be_one_does_not_stop_the_reading(tmp_path: Path) -> None:
    said = {"actions": [{"id": "1.1", "numero": "9" * 5000, "orientation": 1, "description": "Ouvrir une maison"}]}
    (tmp_path / "long.json").write_text(json.dumps(said), encoding="utf-8")
    pivot("init", "plan", "--de", "long.json", "--sans-question", cwd=tmp_path)
    assert "Ouvrir une maison" in (tmp_path / "plan" / "orientation-1.yaml").read_text(encoding="utf-8")


def test_two_orientations_of_one_number_are_told_and_none_is_written(tmp_path: Path) -> None:
    made = json.loads(written(PLANS["le-pivot"], "export", tmp_path / "un.json").read_text(encoding="utf-8"))
    made["orientations"][1]["numero"] = 1
    (tmp_path / "deux.json").write_text(json.dumps(made), encoding="utf-8")
    done = pivot("init", "plan", "--de", "deux.json", "--sans-question", cwd=tmp_path)
    assert done.returncode != 0
    assert "2 orientations y portent le numéro 1" in " ".join(done.stderr.split())
    assert not (tmp_path / "plan").exists()


@pytest.mark.parametrize("form", ["md", "ics"])
def test_what_was_written_to_be_read_is_told_with_what_to_give(form: str, tmp_path: Path) -> None:
    for name, plan in PLANS.items():
        written = pivot("list", "--plan", str(plan), "-o", f"{name}.{form}", cwd=tmp_path)
        assert written.returncode == 0, written.stderr
        done = pivot("init", "nouveau", "--de", f"{name}.{form}", "--sans-question", cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert "pivot export -o plan.json, ou pivot list -o plan.csv" in " ".join(done.stderr.split())


def test_it_comes_back_from_the_workbook_that_it_was_saved_in(tmp_path: Path) -> None:
    first = written(PLANS["mada"], "export", tmp_path / "un.csv", "--separateur", ";")
    rows = list(csv.reader(io.StringIO(first.read_text(encoding="utf-8-sig")), delimiter=";"))
    (tmp_path / "un.xlsx").write_bytes(saved(workbook(("un", rows))))
    done = pivot("init", "plan", "--de", "un.xlsx", "--nom", "L'Essai", "--sans-question", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    again = written(tmp_path / "plan", "export", tmp_path / "deux.csv")
    assert told(again) == told(written(PLANS["mada"], "export", tmp_path / "trois.csv"))
