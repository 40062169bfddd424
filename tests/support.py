"""What many tests start from: the shipped plan, and a small plan to change one thing in."""

from __future__ import annotations

import atexit
import contextlib
import io
import os
import pickle
import re
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

from once import done_once, loaded
from wherever import WHEREVER, imported_from

from pivot_cli.checks.plan import check
from pivot_cli.cli import app, edge
from pivot_cli.cli_french import run
from pivot_cli.finding import Finding, in_order
from pivot_cli.plan.model import Plan
from pivot_cli.plan.sources import PlanFiles, read_folder

ROOT = Path(__file__).resolve().parent.parent
LIVING = ROOT / "plan"  # the organisation records in it: tests only check that it still holds what was adopted
ADOPTED = ROOT / "tests" / "adopte"  # where the plan is as it was adopted: what the other tests start from
SHIPPED = ADOPTED / "plan"

TESTED_ON = date(2031, 1, 1)
"""The day that it is for the runs of the tests which are not told one, but those in a process of their own."""

SMALL = {
    "organisme.yaml": """\
nom: L'Essai
enjeux:
  - numero: 1
    titre: Un enjeu
""",
    "responsables.yaml": """\
responsables:
  - code: DG
    nom: Direction générale
    alias: [Directrice générale]
  - code: CA
    nom: Conseil d'administration
""",
    "orientation-1.yaml": """\
numero: 1
enjeu: 1
titre: Une orientation
volets:
  - code: adm
    nom: Administratif
    objectifs:
      - numero: 1
        titre: Un objectif
        actions:
          - numero: 1
            description: Former un comité
            responsables: [DG, CA]
            echeance: Mars 2020
          - numero: 2
            description: Faire un plan
            responsables: [Directrice générale]
            echeance: En continu
""",
}


def load_texts(files: dict[str, str]) -> tuple[Plan, list[Finding]]:
    """The plan that these texts make, and every fault found in it."""
    return load_bytes({name: text.encode() for name, text in files.items()})


def load_bytes(files: dict[str, bytes]) -> tuple[Plan, list[Finding]]:
    plan, findings = loaded(PlanFiles("plan", files, []))
    return plan, in_order([*findings, *check(plan)])


def load_shipped() -> tuple[Plan, list[Finding]]:
    plan, findings = loaded(read_folder(SHIPPED, "plan"))
    return plan, in_order([*findings, *check(plan)])


def write_plan(folder: Path, files: dict[str, str] | None = None) -> Path:
    """A plan on disk, by default the small one; the folder of the plan."""
    plan = folder / "plan"
    plan.mkdir(parents=True, exist_ok=True)
    for name, text in (SMALL if files is None else files).items():
        (plan / name).write_text(text, encoding="utf-8", newline="")
    return plan


def kept_folder() -> Path:
    """A new folder, for as long as the tests last."""
    folder = tempfile.mkdtemp(prefix="pivot-")
    atexit.register(shutil.rmtree, folder)
    return Path(folder)


def shared_folder(name: str, make: Callable[[Path], None]) -> Path:
    """A folder as `make` makes it, once for all the processes of a run of the tests; nothing changes it.

    What is made is there whole or not at all. A process that cannot wait for the one that makes it makes its own.
    """
    if not (shared := os.environ.get(SHARED)):
        folder = kept_folder()
        make(folder)
        return folder
    made, begun = Path(shared, name), Path(shared, f"{name}.commence")
    try:
        begun.mkdir()
    except FileExistsError:
        for _ in range(1200):
            if made.is_dir():
                return made
            time.sleep(0.05)
        folder = kept_folder()
        make(folder)
        return folder
    (folder := begun / name).mkdir()
    make(folder)
    return folder.rename(made)


SHARED = "_PIVOT_TESTS_SHARED"
"""The variable that names the folder of all the processes of this run, where there are several."""


def golden(path: Path, made: str) -> str:
    """What a file made as this one was, whole; with PIVOT_GOLDEN=1, what was made is written there first."""
    if os.environ.get("PIVOT_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(made, encoding="utf-8", newline="\n")
    asked = os.environ.get("PYTEST_CURRENT_TEST", "").partition("::")[0]
    assert path.is_file(), f"{path.name} is still to be written: PIVOT_GOLDEN=1 python -m pytest {asked}"
    return path.read_text(encoding="utf-8")


def pivot(*words: str, cwd: Path = ADOPTED, columns: int = 80, **env: str) -> subprocess.CompletedProcess[str]:
    """A whole run of the program, as a person would start it, as texts."""
    done = started(words, cwd, clean_environment() | {"COLUMNS": str(columns)} | env)
    out, err = (re.sub("\r\n?", "\n", shown.decode("utf-8")) for shown in (done.stdout, done.stderr))
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


def started(
    words: Sequence[str | Path],
    cwd: Path,
    env: dict[str, str],
    *,
    flags: tuple[str, ...] = (),
    start: tuple[str, ...] = (),
    shell: str = "",
) -> subprocess.CompletedProcess[bytes]:
    """A run of the program in that folder and that environment, which has nothing to read; its outputs as bytes.

    It takes place in this process, ten times as fast as in one of its own. With `flags` of Python, with words to
    `start` it by, or with a variable that only a Python that starts reads, it takes place in such a Python, started
    once. It has a process of its own in a `shell`, whose script runs it as `"$@"`.
    """
    given = list(map(str, words))
    if shell:
        return subprocess.run(
            ["sh", "-c", shell, "sh", sys.executable, *WHEREVER, *flags, "-m", "pivot_cli", *given],
            cwd=cwd,
            env=env | {"PYTHONPATH": imported_from()},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=120,
            check=False,
        )
    read = tuple((name, env[name]) for name in _READ_AS_PYTHON_STARTS if env.get(name))
    if flags or start or read:
        served = _python((*start, sys.executable, *WHEREVER, *flags), read)
        assert served.stdin is not None
        assert served.stdout is not None
        pickle.dump((given, cwd, env), served.stdin)
        served.stdin.flush()
        code, out, err = pickle.load(served.stdout)
    else:
        code, out, err = _in_process(given, cwd, env)
    return subprocess.CompletedProcess(given, code, out, err)


_READ_AS_PYTHON_STARTS = ("PYTHONHASHSEED", "PYTHONOPTIMIZE", "PYTHONCOERCECLOCALE", "LC_ALL")


@cache
def _python(command: tuple[str, ...], variables: tuple[tuple[str, str], ...]) -> subprocess.Popen[bytes]:
    """A Python started so, for as long as the tests last, which does `_serve`."""
    kept = {name: value for name, value in clean_environment().items() if not name.startswith(("LC_", "LANG"))}
    env = kept | {"PYTHONUTF8": "0", "PYTHONPATH": imported_from(ROOT / "tests")} | dict(variables)
    words = [*command, "-c", "import support; support._serve()"]
    served = subprocess.Popen(words, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    atexit.register(served.communicate)
    return served


def _serve() -> None:
    """Do the runs that are asked for, until no more can be, on the day of the tests."""
    edge.today = lambda: TESTED_ON
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    with contextlib.suppress(EOFError):
        while True:
            pickle.dump(_in_process(*pickle.load(asked)), answers)
            answers.flush()


def _in_process(words: list[str], cwd: Path, env: dict[str, str]) -> tuple[int, bytes, bytes]:
    """What `python -m pivot_cli` does with these words, with streams, variables and a folder that are its own.

    What it keeps between two runs (modules, what once.py has) no run can tell. A warning is an error.
    """
    encoding, _, errors = env.get("PYTHONIOENCODING", "").partition(":")
    out, err = io.BytesIO(), io.BytesIO()
    stdin, stdout, stderr = (
        io.TextIOWrapper(held, encoding or "utf-8", rule or None)
        for held, rule in ((io.BytesIO(), errors), (out, errors), (err, "backslashreplace"))
    )
    streams: dict[str, Any] = {"stdin": stdin, "stdout": stdout, "stderr": stderr}
    streams |= {f"__{name}__": stream for name, stream in streams.items()}
    argv = [str(ROOT / "pivot_cli" / "__main__.py"), *words]
    with (
        contextlib.chdir(cwd),
        mock.patch.dict(os.environ, env, clear=True),
        mock.patch.multiple(sys, argv=argv, **streams),
        warnings.catch_warnings(action="error"),
        done_once(),
    ):
        code = run(app)
        sys.stdout.flush()
        sys.stderr.flush()
    return code, out.getvalue(), err.getvalue()


# What changes a screen, what git answers or how Python runs, whatever the machine, its user or a forge has set.
CHANGING = (
    *(
        "PIVOT_",
        "_PIVOT",
        "NO_COLOR",
        "FORCE_COLOR",
        "COLUMNS",
        "LINES",
        "COV_",
        "GIT_",
        "GITHUB_",
        "GITLAB_",
        "CI",
        "TF_BUILD",
        "TEAMCITY_",
    ),
    *("PRE_COMMIT", "PYTHONOPTIMIZE", "PYTHONDONTWRITEBYTECODE", "PYTHONDEVMODE", "PYTHONINSPECT", "PYTHONIOENCODING"),
    *("PYTHONSAFEPATH", "PYTHONUNBUFFERED", "PYTHONUTF8", "PYTHONVERBOSE", "PYTHONWARNDEFAULTENCODING"),
    *("PYTHONWARNINGS", "XDG_"),
)
OF_THE_TESTS = ("PIVOT_TESTS", "PIVOT_GOLDEN", "PIVOT_FUZZ", "PIVOT_FEUILLES")
NO_SETTINGS_OF_GIT = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_TEMPLATE_DIR": ""}
"""No template either: twenty files, of hooks that are off, in each repository."""


def clean_environment() -> dict[str, str]:
    """The environment of a run of the program, without what the machine may have set."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(CHANGING)}
    return kept | NO_SETTINGS_OF_GIT | {"PYTHONUTF8": "1"}
