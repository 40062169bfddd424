"""What pivot itself wrote gives the same plan back, as far as it says it: exported again, it is the same."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
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
"""The columns that depend on what the table does not say (the conventions), or on where the plan is written."""


def told(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV, but for what is elsewhere."""
    rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))
    return [{key: value for key, value in row.items() if key not in ELSEWHERE} for row in rows]


def written(plan: Path, command: str, to: Path, *more: str) -> Path:
    done = pivot(command, "--plan", str(plan), "-o", str(to), *more)
    assert done.returncode == 0, done.stderr
    return to


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("command", ["export", "list"])
def test_the_same_plan_comes_back(name: str, command: str, tmp_path: Path) -> None:
    first = written(PLANS[name], command, tmp_path / "un.csv")
    done = pivot("init", "plan", "--de", "un.csv", "--nom", "L'Essai", "--sans-question", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert pivot("validate", "--plan", str(tmp_path / "plan")).returncode == 0
    again = written(tmp_path / "plan", command, tmp_path / "deux.csv")
    assert told(again) == told(first)


def test_it_comes_back_from_the_workbook_that_it_was_saved_in(tmp_path: Path) -> None:
    first = written(PLANS["mada"], "export", tmp_path / "un.csv", "--separateur", ";")
    rows = list(csv.reader(io.StringIO(first.read_text(encoding="utf-8-sig")), delimiter=";"))
    (tmp_path / "un.xlsx").write_bytes(saved(workbook(("un", rows))))
    done = pivot("init", "plan", "--de", "un.xlsx", "--nom", "L'Essai", "--sans-question", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    again = written(tmp_path / "plan", "export", tmp_path / "deux.csv")
    assert told(again) == told(written(PLANS["mada"], "export", tmp_path / "trois.csv"))
