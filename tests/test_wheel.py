"""What is installed elsewhere: the wheel holds the program, its templates and a manual, and works on another plan."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from support import ROOT, clean_environment, write_plan

pytestmark = [pytest.mark.lent, pytest.mark.complet]  # to build it takes four seconds


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(ROOT)],
        capture_output=True,
        text=True,
        check=False,
    )
    if built.returncode:
        if os.environ.get("PIVOT_TESTS"):
            pytest.fail(built.stderr)
        pytest.skip("la construction du paquet demande le réseau")
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_every_module_and_every_template(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "pivot_cli").rglob("*.py")}
    templates = {
        f"pivot_cli/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / "templates").rglob("*.*")
        if "__pycache__" not in path.parts
    }
    assert modules <= packed
    assert {name for name in templates if not name.endswith(".gitkeep")} <= packed
    manual = zipfile.ZipFile(wheel).read("pivot_cli/plan/LISEZMOI.md")
    assert manual == (ROOT / "plan" / "LISEZMOI.md").read_bytes()
    assert not any(name.startswith(("plan/", "tests/")) or "__pycache__" in name for name in packed)


def test_the_wheel_works_on_another_plan(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installé ici"
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(installed), str(wheel)],
        check=True,
        capture_output=True,
    )
    write_plan(tmp_path / "Un autre organisme")
    done = subprocess.run(
        [sys.executable, "-m", "pivot_cli", "status", "--au", "2020-01-15"],
        cwd=tmp_path / "Un autre organisme",
        env=clean_environment() | {"PYTHONPATH": str(installed), "COLUMNS": "80"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.startswith("L'Essai · plan stratégique")
    where = subprocess.run(
        [sys.executable, "-c", "from pivot_cli.documents.rendering.filling import packaged_templates as t; print(t())"],
        cwd=tmp_path,
        env=clean_environment() | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert Path(where.stdout.strip()) == installed / "pivot_cli" / "templates"
