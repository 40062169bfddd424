"""The house: which module may import which, and what a command must not load."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from at_home.commands import ONE_OF_EACH, copy_of_the_plan, to_screen
from pace import few
from support import ROOT, clean_environment


@pytest.mark.lent
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
    written = (ROOT / "pyproject.toml").read_text(encoding="utf-8").count("[[tool.importlinter.contracts]]")
    assert f"{written} kept, 0 broken" in contracts.stdout


def test_a_command_is_a_short_function_its_options_aside() -> None:
    lengths = {}
    for path in (ROOT / "pivot_cli" / "cli").glob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.decorator_list:
                lengths[node.name] = (node.end_lineno or 0) - node.body[1].lineno + 1  # its first line is its help
    assert {"status", "note", "agenda", "report"} <= set(lengths)
    assert {name: length for name, length in lengths.items() if length > 25} == {}


# What each command must do without: start-up is most of what a command costs.
WITHOUT = [
    (("--version",), ("rich", "jinja2", "yaml", "dateutil", "pivot_cli.plan.model", "pivot_cli.finding")),
    (("--help",), ("rich", "jinja2", "yaml", "dateutil", "pivot_cli.plan.model")),
    (("overdue", "--help"), ("rich", "jinja2", "yaml", "dateutil", "pivot_cli.plan.model")),
    (("deadline", "Automne 2020", "--format", "json"), ("rich", "jinja2")),
    (("validate",), ("rich", "jinja2", "dateutil", "decimal", "pivot_cli.plan.revisions", "pivot_cli.checks.edits")),
    (("status", "--format", "json"), ("rich", "jinja2", "decimal")),
    (("overdue", "--format", "json"), ("rich", "jinja2", "decimal")),
    (("export",), ("rich", "jinja2", "decimal")),
    (("overdue",), ("rich", "jinja2", "decimal")),
    (("status",), ("rich", "jinja2", "dateutil")),
    (("show", "1.adm.1.1"), ("rich", "jinja2", "decimal")),
    (("agenda", "--date", "2020-01-15"), ("rich", "docx", "docxtpl", "pivot_cli.documents.rendering.browser")),
    (("note", "1.adm.1.1", "--note", "Vu", "--essai"), ("rich", "jinja2", "dateutil", "decimal", "tempfile")),
    (("report",), ("rich", "dateutil", "decimal", "pivot_cli.documents.bilan", "pivot_cli.documents.rendering.faults")),
    # Whatever the command, added later too: what takes as long to load as a whole command may take.
    *((tuple(to_screen(words)), ("rich", "pydantic", "docxtpl", "lxml")) for words in few(3, ONE_OF_EACH)),
    (("remind", "-r", "DG"), ("rich", "jinja2", "decimal", "email", "tempfile")),
]


@pytest.mark.lent
@pytest.mark.parametrize(("words", "absent"), few(8, WITHOUT), ids=" ".join)
def test_a_command_loads_only_what_it_needs(words: tuple[str, ...], absent: tuple[str, ...], tmp_path: Path) -> None:
    code = (
        "import sys; from pivot_cli.cli import app; from pivot_cli.cli_french import run;"
        f"run(app, {list(words)!r}); print('LOADED', *sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=copy_of_the_plan(tmp_path),
        env=clean_environment() | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    loaded = done.stderr.split("LOADED", 1)[1].split()
    assert [name for name in absent if name in loaded] == []
