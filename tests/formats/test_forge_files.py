"""What forges run: the workflows, the action and the pre-commit hooks, valid and tried on a real repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from edits.repository import commit, git, replace, repository
from pace import few, one_in, table
from papers import PAPERS
from support import ROOT, SMALL, clean_environment, write_plan
from systems import needs_posix

from formats.components import missing

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
ACTION = ROOT / "action.yml"
FILE = "orientation-1.yaml"
SCRIPTS = Path(sys.executable).parent


def read(path: Path) -> Any:
    # « on » is a word here, and not the YAML 1.1 boolean.
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def program(name: str) -> str:
    found = shutil.which(name, path=str(SCRIPTS)) or shutil.which(name)
    return found or missing(name)


def ran(words: list[str], cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in clean_environment().items() if not name.startswith(("GIT_", "PRE_COMMIT"))}
    return subprocess.run(
        words,
        cwd=cwd,
        env=kept | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "COLUMNS": "80"} | env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


# --- their form -------------------------------------------------------------------------------------------


@pytest.mark.lent
@pytest.mark.parametrize(
    ("schema", "files"),
    [("vendor.github-workflows", WORKFLOWS), ("vendor.github-actions", [ACTION])],
    ids=["workflows", "action"],
)
def test_each_is_valid_against_the_schema_of_the_forge(schema: str, files: list[Path]) -> None:
    words = [program("check-jsonschema"), "--builtin-schema", schema, *map(str, files)]
    done = ran(words, ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.lent
def test_the_hooks_are_valid() -> None:
    done = ran([program("pre-commit"), "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")], ROOT)
    assert done.returncode == 0, done.stdout


def test_the_check_has_the_whole_history_and_no_right_to_write() -> None:
    workflow = read(ROOT / ".github" / "workflows" / "plan.yml")
    [job] = workflow["jobs"].values()
    checkout, check = job["steps"]
    assert checkout["uses"].startswith("actions/checkout@")
    assert checkout["with"]["fetch-depth"] == "0"
    assert check["uses"] == "./"
    for path in WORKFLOWS:
        assert read(path)["permissions"] == {"contents": "read"}


def uses(value: Any) -> list[str]:
    """Whatever a file says under « uses », at any depth."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    own = [value["uses"]] if isinstance(value, dict) and "uses" in value else []
    return own + [found for part in inside for found in uses(part)]


@table("path", [*WORKFLOWS, ACTION, *PAPERS], ids=lambda path: path.name)
def test_an_action_of_others_is_named_by_its_commit_with_its_version_beside_it(path: Path) -> None:
    lines = re.findall(r"uses: (.*)", path.read_text(encoding="utf-8"))
    named = [line for line in lines if line != "./" and not line.startswith("PROPRIÉTAIRE/DÉPÔT@")]
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line) for line in named), named
    if path.suffix == ".yml":
        assert [line.partition(" ")[0] for line in lines] == uses(read(path))  # none is written in another way


# --- their steps, run here --------------------------------------------------------------------------------

EXPRESSION = re.compile(r"\$\{\{ *([^}]*?) *\}\}")


def steps_of(path: Path) -> list[dict[str, Any]]:
    document = read(path)
    steps = document["runs"]["steps"] if "runs" in document else next(iter(document["jobs"].values()))["steps"]
    return [step for step in steps if "run" in step]


def run_step(step: dict[str, Any], cwd: Path, context: dict[str, str], **env: str) -> subprocess.CompletedProcess[str]:
    """A step as the forge runs it: its expressions replaced, in bash, stopping at the first failure."""
    needs_posix()
    own = {key: EXPRESSION.sub(lambda found: context[found[1]], value) for key, value in step.get("env", {}).items()}
    assert not EXPRESSION.search(step["run"])  # what comes from outside reaches a script through its environment
    words = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]]
    path = os.pathsep.join((str(SCRIPTS), os.environ["PATH"]))
    return ran(words, cwd, **own, PATH=path, GITHUB_ACTIONS="true", **env)


def check_step(cwd: Path, **given: str) -> subprocess.CompletedProcess[str]:
    needs_posix()
    context = {"inputs.plan": "", "inputs.depuis": "", "github.base_ref": "", "github.event.before": ""}
    [check] = [step for step in steps_of(ACTION) if "validate" in step["run"]]
    page = cwd.parent / "page.md"
    page.unlink(missing_ok=True)
    temp = cwd.parent / "temp"
    if not temp.exists():  # as if the step before had installed what these tests run
        temp.mkdir()
        (temp / "pivot").symlink_to(SCRIPTS.parent)
    return run_step(check, cwd, context | given, GITHUB_STEP_SUMMARY=str(page), RUNNER_TEMP=str(temp))


@pytest.mark.lent
def test_of_two_plans_each_edit_is_checked(tmp_path: Path) -> None:
    here = tmp_path / "forge"
    plan = repository(here)
    git(here, "mv", "plan", "plan-2019")
    words = ["init", "--suite-de", "plan-2019", "--sans-question"]
    assert ran([sys.executable, "-m", "pivot_cli", *words], here).returncode == 0
    done = check_step(here, **{"inputs.plan": "plan\nplan-2019\n", "inputs.depuis": "HEAD"})
    assert (done.returncode, "::error" in done.stdout) == (0, False), done.stdout
    commit(here)
    replace(here / "plan-2019", FILE, ("Mars 2020", "Juin 2021"))
    assert check_step(here, **{"inputs.depuis": "HEAD"}).returncode == 0
    done = check_step(here, **{"inputs.plan": "plan\nplan-2019\n", "inputs.depuis": "HEAD"})
    assert done.returncode == 1
    assert f"::error file=plan-2019/{FILE},line=14," in done.stdout
    assert not (plan / FILE).read_text(encoding="utf-8").count("Juin 2021")


@pytest.mark.lent
def test_a_pull_request_is_compared_with_the_branch_it_is_for(tmp_path: Path) -> None:
    repository(tmp_path / "forge")
    git(tmp_path, "clone", "--quiet", (tmp_path / "forge").as_uri(), "copie")
    here = tmp_path / "copie"
    git(here, "checkout", "--quiet", "-b", "ajout")
    replace(here / "plan", FILE, ("Mars 2020", "Juin 2021"))
    commit(here)
    done = check_step(here, **{"github.base_ref": "main"})
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith(f"::error file=plan/{FILE},line=14,endLine=14,col=23,")
    assert "PIV503" in done.stdout
    assert "### À corriger (1)" in (tmp_path / "page.md").read_text(encoding="utf-8")


@pytest.mark.lent
def test_a_push_is_compared_with_what_was_there_before(tmp_path: Path) -> None:
    plan = repository(tmp_path / "copie")
    before = git(plan, "rev-parse", "HEAD")
    replace(plan, FILE, ("Mars 2020", "Juin 2021"))
    commit(plan)
    for known, code in ((before, 1), ("0" * 40, 0), ("", 0)):
        done = check_step(tmp_path / "copie", **{"github.event.before": known})
        assert (done.returncode, "PIV503" in done.stdout) == (code, code == 1), done.stderr
    named = check_step(tmp_path / "copie", **{"inputs.depuis": "HEAD~1", "inputs.plan": "plan"})
    assert named.returncode == 1
    assert check_step(tmp_path / "copie", **{"inputs.depuis": "HEAD"}).returncode == 0


@pytest.mark.lent
def test_a_clone_without_history_is_told_what_to_ask_for(tmp_path: Path) -> None:
    plan = repository(tmp_path / "forge")
    replace(plan, FILE, ("Mars 2020", "Juin 2021"))
    git(tmp_path / "forge", "checkout", "--quiet", "-b", "ajout")
    commit(tmp_path / "forge")
    git(tmp_path, "clone", "--quiet", "--depth", "1", (tmp_path / "forge").as_uri(), "copie")
    done = check_step(tmp_path / "copie", **{"github.base_ref": "main"})
    assert done.returncode == 3
    assert "fetch-depth: 0" in done.stderr


@pytest.mark.lent
def test_the_monthly_summary_is_written_and_published(tmp_path: Path) -> None:
    path = ROOT / ".github" / "workflows" / "sommaire.yml"
    write_plan(tmp_path)
    install, write = steps_of(path)
    assert install["run"].startswith("python -I -m pip install")
    done = run_step(write, tmp_path, {}, TZ=read(path)["env"]["TZ"])
    assert done.returncode == 0, done.stderr
    publish = next(iter(read(path)["jobs"].values()))["steps"][-1]
    [page] = (tmp_path / publish["with"]["path"]).iterdir()
    assert re.fullmatch(r"sommaire-\d{4}-\d{2}-\d{2}\.html", page.name)
    assert "<html" in page.read_text(encoding="utf-8")


# --- nothing of what is checked runs ----------------------------------------------------------------------

# What Python, pip and the program look for by name; whatever stands there in the folder of a command is theirs.
MODULES = (
    "typer", "yaml", "rich", "jinja2", "dateutil", "pip", "venv", "pivot_cli", "subprocess", "typing", "json",
    "ensurepip", "encodings", "sitecustomize", "usercustomize", "hatchling",
)  # fmt: skip


def booby_trap(folder: Path) -> Path:
    """Modules in a folder, each leaving a trace where it is imported; where the trace would be."""
    trace = folder.parent / "trace"
    for n, name in enumerate(MODULES):
        place = folder / name / "__init__.py" if n % 2 else folder / f"{name}.py"
        place.parent.mkdir(exist_ok=True)
        place.write_text(f"open({str(trace)!r}, 'a').write({name!r})\n", encoding="utf-8")
    (folder / "pivot_cli" / "__main__.py").write_text("print('le plan est valide')\n", encoding="utf-8")
    for name in ("setup.cfg", "pyproject.toml", "pip.conf", "pyvenv.cfg", ".python-version", "python", "git", "pivot"):
        (folder / name).write_text("[global]\nindex-url = https://exemple.invalid\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    return trace


def test_what_lies_in_the_folder_is_imported_where_nothing_is_done_against_it(tmp_path: Path) -> None:
    write_plan(tmp_path / "copie")
    trace = booby_trap(tmp_path / "copie")
    ran([sys.executable, "-m", "pivot_cli", "validate"], tmp_path / "copie")
    assert trace.exists()


@pytest.mark.parametrize("pythonpath", one_in(4, [".", None, "", ":"]))
def test_the_action_runs_the_installed_program_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pythonpath: str | None
) -> None:
    plan = repository(tmp_path / "copie")
    replace(plan, FILE, ("Mars 2020", "Marz 2020"))
    trace = booby_trap(tmp_path / "copie")
    if pythonpath is not None:
        monkeypatch.setenv("PYTHONPATH", pythonpath)
    done = check_step(tmp_path / "copie", **{"inputs.depuis": "HEAD"})
    assert done.returncode == 1, done.stderr
    assert "PIV301" in done.stdout
    assert not trace.exists()


ODD = ["$(touch trace)", "-x", "--help", "a b", "`touch trace`", "'; touch trace; '", '"; touch trace; "', "a=b", "*"]


@pytest.mark.parametrize("word", one_in(len(ODD), few(6, ODD)))
@pytest.mark.parametrize("name", one_in(4, ["inputs.plan", "inputs.depuis", "github.base_ref", "github.event.before"]))
def test_no_word_from_outside_is_taken_for_another(tmp_path: Path, name: str, word: str) -> None:
    plan = repository(tmp_path / "copie")
    done = check_step(tmp_path / "copie", **{name: word})
    assert not (tmp_path / "copie" / "trace").exists()
    if name == "github.event.before":
        assert done.returncode == 0, done.stderr
        return
    shown = done.stderr.replace("\N{NO-BREAK SPACE}", " ")
    assert done.returncode in {2, 3}, shown
    assert f"{'origin/' if name == 'github.base_ref' else ''}{word}" in shown
    assert plan.is_dir()


@pytest.mark.parametrize("hook", one_in(2, ["pivot-validate", "pivot-edit"]))
def test_a_hook_runs_the_installed_program_alone(tmp_path: Path, hook: str) -> None:
    plan = repository(tmp_path / "copie")
    replace(plan, FILE, ("Mars 2020", "Marz 2020"))
    trace = booby_trap(tmp_path / "copie")
    [words] = [one["entry"].split() for one in read(ROOT / ".pre-commit-hooks.yaml") if one["id"] == hook]
    path = os.pathsep.join((str(SCRIPTS), os.environ["PATH"]))
    done = ran([str(SCRIPTS / words[0]), *words[1:]], tmp_path / "copie", PATH=path, PYTHONPATH=".")
    assert done.returncode == 1, done.stderr
    assert "PIV301" in done.stdout
    assert not trace.exists()


@pytest.mark.lent
@pytest.mark.parametrize("words", one_in(4, [["validate", "--depuis", "HEAD"], ["report"], ["status"], ["--help"]]))
def test_the_command_itself_imports_nothing_of_where_it_is_typed(tmp_path: Path, words: list[str]) -> None:
    repository(tmp_path / "copie")
    trace = booby_trap(tmp_path / "copie")
    for place in (tmp_path / "copie", tmp_path / "copie" / "plan"):
        if place.name == "plan":
            booby_trap(place)
        done = ran([program("pivot"), *words], place)
        assert done.returncode == 0, done.stderr
        assert not trace.exists()
        assert not (tmp_path / "copie" / "trace").exists()


@pytest.mark.lent
@pytest.mark.complet
def test_the_action_installs_with_nothing_of_what_it_checks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, published: Path
) -> None:
    plan = repository(tmp_path / "copie")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "copie"))
    replace(plan, FILE, ("Mars 2020", "Marz 2020"))
    trace = booby_trap(tmp_path / "copie")
    (tmp_path / "temp").mkdir()
    install = next(step for step in steps_of(ACTION) if "install" in step["run"])
    where = {"github.action_path": str(published)}
    done = run_step(install, tmp_path / "copie", where, RUNNER_TEMP=str(tmp_path / "temp"))
    if "No matching distribution" in done.stderr or "Could not find a version" in done.stderr:
        missing("le réseau, pour installer ce que l'action demande")
    assert done.returncode == 0, done.stderr
    checked = check_step(tmp_path / "copie", **{"inputs.depuis": "HEAD"})
    assert checked.returncode == 1, checked.stderr
    assert "PIV301" in checked.stdout
    assert not trace.exists()


# --- pre-commit -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This project as a repository that pre-commit can install."""
    folder = tmp_path_factory.mktemp("projet")
    for name in ("pivot_cli", "templates"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "plan").mkdir()
    for name in ("pyproject.toml", "README.md", "plan/LISEZMOI.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, folder / name)
    git(folder, "init", "--quiet", "--initial-branch", "main")
    commit(folder)
    return folder


@pytest.mark.lent
@pytest.mark.complet
def test_the_hooks_run_where_they_are_installed(
    tmp_path: Path, published: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    plan = repository(tmp_path, SMALL | {"orientation-2.yaml": SMALL[FILE].replace("numero: 1", "numero: 2", 1)})
    replace(plan, FILE, ("Mars 2020", "Marz 2020"))
    git(tmp_path, "rm", "--quiet", "plan/orientation-2.yaml")
    git(tmp_path, "add", "--all")
    home = tmp_path_factory.mktemp("pre-commit")
    words = [program("pre-commit"), "try-repo", str(published), "--all-files", "--color", "never"]
    done = ran(words, tmp_path, PRE_COMMIT_HOME=str(home), GIT_AUTHOR_NAME="Essai", GIT_AUTHOR_EMAIL="e@exemple.org")
    if "CalledProcessError" in done.stdout + done.stderr:
        missing("le réseau, pour installer ce que pre-commit demande")
    assert done.returncode == 1, done.stdout + done.stderr
    _, edit, plain = done.stdout.split("hook id: ")
    assert plain.startswith("pivot-validate\n- exit code: 1")
    assert edit.startswith("pivot-edit\n- exit code: 1")
    assert ("PIV301" in plain, "PIV501" in plain) == (True, False)
    assert ("PIV301" in edit, "PIV501" in edit) == (True, True)
    assert "L'orientation 2 a été retirée du plan" in edit
    # A file that is deleted is given to no hook: the one for edits runs all the same.
    hooks = {hook["id"]: hook for hook in read(ROOT / ".pre-commit-hooks.yaml")}
    assert hooks["pivot-edit"]["always_run"] == "true"
