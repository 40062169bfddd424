"""The house: which module may import which, and what a command must not load."""

from __future__ import annotations

import subprocess
import sys

import pytest
from support import ROOT, clean_environment

HEAVY = ("rich", "jinja2", "yaml", "dateutil", "decimal", "difflib", "subprocess", "tempfile")


def test_imports_go_downwards() -> None:
    contracts = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert contracts.returncode == 0, contracts.stdout + contracts.stderr
    assert "2 kept, 0 broken" in contracts.stdout


# What each command must do without: start-up is most of what a command costs.
WITHOUT = [
    (("--version",), ("rich", "jinja2", "yaml", "dateutil", "pivot_cli.model", "pivot_cli.finding")),
    (("--help",), ("rich", "jinja2", "yaml", "dateutil", "pivot_cli.model")),
    (("overdue", "--help"), ("rich", "jinja2", "yaml", "dateutil", "pivot_cli.model")),
    (("deadline", "Automne 2020", "--format", "json"), ("rich", "jinja2")),
    (("validate",), ("rich", "jinja2", "dateutil", "decimal")),
    (("status", "--format", "json"), ("rich", "jinja2", "decimal")),
    (("overdue", "--format", "json"), ("rich", "jinja2", "decimal")),
    (("export",), ("rich", "jinja2", "decimal")),
    (("overdue",), ("rich", "jinja2", "decimal")),
    (("status",), ("jinja2", "dateutil")),
    (("show", "1.adm.1.1"), ("rich", "jinja2", "decimal")),
]


@pytest.mark.parametrize(("words", "absent"), WITHOUT, ids=" ".join)
def test_a_command_loads_only_what_it_needs(words: tuple[str, ...], absent: tuple[str, ...]) -> None:
    code = (
        "import sys; from pivot_cli.cli import app; from pivot_cli.cli_french import run;"
        f"run(app, {list(words)!r}); print('LOADED', *sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=clean_environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    loaded = done.stderr.split("LOADED", 1)[1].split()
    assert [name for name in absent if name in loaded] == []
