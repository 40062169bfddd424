"""What runs on every system: nothing is imported at once that Windows has not, and a workflow tries them all."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import yaml
from pace import table
from support import ROOT

POSIX_ALONE = {"fcntl", "grp", "pty", "pwd", "readline", "resource", "syslog", "termios", "tty"}
MODULES = [path for room in ("pivot_cli", "tests") for path in sorted((ROOT / room).rglob("*.py"))]


@table("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_read_on_windows_too(path: Path) -> None:
    asked = re.findall(r"^(?:import|from) (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert {*asked} & POSIX_ALONE == set()


def test_the_workflow_tries_each_system_and_each_python() -> None:
    workflow = yaml.load((ROOT / ".github" / "workflows" / "tests.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
    whole, each = workflow["jobs"]["complet"], workflow["jobs"]["systemes"]
    assert ".ci/run" in whole["steps"][-1]["run"].splitlines()
    matrix = each["strategy"]["matrix"]
    assert [name.partition("-")[0] for name in matrix["systeme"]] == ["ubuntu", "windows", "macos"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lowest = int(re.fullmatch(r">=3\.(\d+)", project["requires-python"])[1])  # type: ignore[index]
    assert matrix["python"] == [f"3.{minor}" for minor in range(lowest, 15)]
    assert each["runs-on"] == "${{ matrix.systeme }}"
