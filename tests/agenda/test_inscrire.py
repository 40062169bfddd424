"""`pivot agenda --inscrire`: what `inscrire.txt` says, case by case, and what other commands then see.

`PIVOT_GOLDEN=1 python -m pytest tests/agenda/test_inscrire.py` writes it; then read the difference.
"""

from __future__ import annotations

import difflib
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from living import RECORDED
from pace import few
from support import SHIPPED, SMALL, clean_environment, golden, pivot, started, write_plan
from systems import posix

HERE = Path(__file__).parent
NB = "\N{NO-BREAK SPACE}"
HEAD, *CASES = re.split(r"(?m)^(?=== )", (HERE / "inscrire.txt").read_text(encoding="utf-8"))
PLANS = {"adopté": SHIPPED, "vivant": RECORDED}


def made(case: str, folder: Path) -> str:
    """A case as it is told, with what its commands really give."""
    told, *commands = re.split(r"(?m)^(?=\$ )", case)
    plan = begin(told.splitlines(), folder)
    file = plan / "reunions.yaml"
    for command in commands:
        line = command.splitlines()[0]
        words = shlex.split(line)[2:]
        before = written(file)
        others = {path: path.read_bytes() for path in plan.iterdir() if path != file}
        done = pivot(*words, cwd=folder, COLUMNS="")
        assert {path: path.read_bytes() for path in plan.iterdir() if path != file} == others
        asked = [word for word in words if word not in ("--inscrire", "--remplacer")]
        refused = "Erreur :" in done.stderr.replace(NB, " ")
        assert done.stdout == ("" if refused else pivot(*asked, cwd=folder).stdout)  # the result is the same as ever
        assert refused == (not done.stdout)
        assert done.returncode or pivot("validate", cwd=folder).returncode == 0
        code = [f"code {done.returncode}"] if done.returncode else []
        said = [f"> {one}".rstrip() for one in told_of_the_meeting(done.stderr)]
        told += "".join(f"{one}\n" for one in [line, *code, *said, *difference(before, written(file))])
    return told + "\n" * case.endswith("\n\n")


def told_of_the_meeting(stderr: str) -> list[str]:
    """What is said beside, without what is told of the actions of the agenda."""
    return re.sub(r"(?m)^Rien n'est consigné de .*\n(?:  .*\n)+", "", stderr.replace(NB, " ")).splitlines()


def begin(told: list[str], folder: Path) -> Path:
    """The plan that a case starts from; its folder."""
    name = next(line.removeprefix("plan ") for line in told if line.startswith("plan "))
    if name == "petit":
        plan = write_plan(folder, SMALL)
    else:
        plan = folder / "plan"
        shutil.copytree(PLANS[name], plan)
    if "sans reunions.yaml" in told:
        (plan / "reunions.yaml").unlink(missing_ok=True)
    for more in (line.removeprefix("avec ") for line in told if line.startswith("avec ")):
        (plan / more).write_text("numero: [", encoding="utf-8")
    if lines := [line[2:] for line in told if line.startswith("|")]:
        (plan / "reunions.yaml").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="")
    if "dans git" in told:
        subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    return plan


def written(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


def difference(before: list[str], after: list[str]) -> list[str]:
    lines = list(difflib.unified_diff(before, after, lineterm="", n=1))[2:]
    return [line for line in lines if not line.startswith("@@")]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> str:
    return HEAD + "".join(made(case, tmp_path_factory.mktemp("cas")) for case in CASES)


@pytest.mark.lent
def test_it_gives_what_is_told(told: str) -> None:
    assert told == golden(HERE / "inscrire.txt", told)


# --- what the other commands then see ---------------------------------------------------------------------


@pytest.mark.lent
def test_the_meeting_is_known_to_the_other_commands(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "plan")
    seen = {
        ("status", "--au", "2020-01-15"): ("Échéance proche (d'ici le 14 avril)", "Échéance proche (d'ici le 17 juin)"),
        ("agenda", "--date", "2020-09-16"): (
            "Aucune réunion précédente n'étant connue",
            "Depuis la réunion du 17 juin 2020",
        ),
        ("report", "sommaire", "--au", "2020-01-15"): ("14 avril 2020", "17 juin 2020"),
        ("report", "--au", "2020-01-15"): (
            "| Réunions du conseil inscrites | aucune |",
            "| Réunions du conseil inscrites | 1 |",
        ),
    }
    for words, (before, _) in seen.items():
        assert before in shown(tmp_path, *words)
    assert pivot("agenda", "--date", "2020-06-17", "--inscrire", cwd=tmp_path).returncode == 0
    for words, (before, after) in seen.items():
        now = shown(tmp_path, *words)
        assert (before in now, after in now) == (False, True)


def shown(folder: Path, *words: str) -> str:
    text = pivot(*words, cwd=folder, columns=200).stdout.replace(NB, " ")
    return re.sub(r"\*\*|\\", "", text)


# --- what may happen on the way ---------------------------------------------------------------------------


def test_a_plan_is_named_as_it_is_reached(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    (tmp_path / "ailleurs").mkdir()
    for where, words, named in (
        (plan, (), "reunions.yaml"),
        (tmp_path / "ailleurs", ("--plan", "../plan"), "../plan/reunions.yaml"),
    ):
        (plan / "reunions.yaml").unlink(missing_ok=True)
        done = pivot("agenda", "--date", "2021-04-21", "--inscrire", *words, cwd=where, COLUMNS="")
        assert f", dans {named}, ligne 3." in done.stderr.replace(NB, " ")


@pytest.mark.lent
def test_at_the_same_moment_all_are_entered(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    days = [f"2021-{month:02}-15" for month in few(2, range(1, 7))]
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "pivot_cli", "agenda", "--date", day, "--inscrire"],
            cwd=tmp_path,
            env=clean_environment(),
            stdout=subprocess.DEVNULL,
        )
        for day in days
    ]
    assert [one.wait(120) for one in running] == [0] * len(days)
    assert re.findall(r"- date: (\S+)", (plan / "reunions.yaml").read_text(encoding="utf-8")) == days


def test_what_is_entered_is_told_when_the_agenda_cannot_be_written(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    done = pivot("agenda", "--date", "2021-04-21", "--inscrire", "-o", "nulle/part.md", cwd=tmp_path, COLUMNS="")
    assert (done.returncode, done.stdout) == (3, "")
    assert "nulle/part.md" in done.stderr
    told = "C'est écrit dans plan/reunions.yaml : seul l'ordre du jour ne l'est pas. Recommencer n'y ajoute rien.\n"
    assert done.stderr.replace(NB, " ").endswith(told.replace("C'est", "Mais c'est"))
    assert "2021-04-21" in (plan / "reunions.yaml").read_text(encoding="utf-8")


@pytest.mark.lent
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux only")
@pytest.mark.parametrize(("redirected", "code", "told"), [(">/dev/full", 3, "disque plein"), (">&-", 3, "fermée")])
def test_what_is_entered_is_told_when_the_agenda_cannot_be_shown(
    tmp_path: Path, redirected: str, code: int, told: str
) -> None:
    plan = write_plan(tmp_path)
    words = ["agenda", "--date", "2021-04-21", "--inscrire"]
    done = started(words, tmp_path, clean_environment(), shell=f'"$@" {redirected}')
    said = done.stderr.decode("utf-8").replace(NB, " ")
    assert (done.returncode, told in said, "Mais c'est écrit dans plan/reunions.yaml" in said) == (code, True, True)
    assert "2021-04-21" in (plan / "reunions.yaml").read_text(encoding="utf-8")


@posix
def test_a_link_that_leaves_the_plan_is_not_written_through(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    (tmp_path / "ailleurs.yaml").write_text("ca: {heure: 19 h}\n", encoding="utf-8")
    for target in ("../ailleurs.yaml", "nulle-part.yaml"):
        (plan / "reunions.yaml").symlink_to(target)
        done = pivot("agenda", "--date", "2021-04-21", "--inscrire", cwd=tmp_path)
        assert (done.returncode, done.stdout) == (3, "")
        (plan / "reunions.yaml").unlink()
    assert (tmp_path / "ailleurs.yaml").read_text(encoding="utf-8") == "ca: {heure: 19 h}\n"
    assert {path.name for path in plan.iterdir()} == {*SMALL}
