"""The plan at a git revision, in real repositories; and what is said when git cannot give it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest.mock import ANY

import pytest
from cli_french.english import english, misspaced
from pace import one_in
from support import ROOT, SMALL, pivot, write_plan
from systems import posix

from edits.repository import commit, git, replace, repository
from pivot_cli.cli import app
from pivot_cli.cli_french import run
from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.plan import revisions
from pivot_cli.plan.git import _ENVIRON, Output, Reading, ask_git
from pivot_cli.plan.revisions import Revision, read_revision
from pivot_cli.plan.worktree import repository_root

FILE = "orientation-1.yaml"
BYTES = {name: text.encode() for name, text in SMALL.items()}


@pytest.fixture(autouse=True)
def _own_git(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of whoever runs the tests, and none of a hook that they run in."""
    for name in [name for name in os.environ if name.startswith(("GIT_", "GITHUB_", "PIVOT_PLAN"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


def refused(plan: Path, revision: str = "main") -> PivotError:
    with pytest.raises(PivotError) as caught:
        read_revision(plan, "plan", revision)
    error = caught.value
    own = f"{error.message} {error.remedy}".replace("main", "").replace("HEAD", "").replace("fetch", "")
    assert misspaced(own) == []
    assert error.message[0].islower() or error.message.startswith("«")
    return error


# --- what is read -----------------------------------------------------------------------------------------


def test_the_old_side_is_where_the_branch_left(tmp_path: Path) -> None:
    plan = repository(tmp_path)
    left = git(tmp_path, "rev-parse", "HEAD")
    git(tmp_path, "checkout", "--quiet", "-b", "ajout")
    replace(plan, FILE, ("Former un comité", "Autre"))
    commit(tmp_path)
    git(tmp_path, "checkout", "--quiet", "main")
    replace(plan, FILE, ("Faire un plan", "Encore autre"))
    commit(tmp_path)
    git(tmp_path, "checkout", "--quiet", "ajout")
    (plan / FILE).write_text("# l'arbre de travail ne compte pas", encoding="utf-8")
    was = read_revision(plan, "plan", "main")
    assert was.commit == left
    assert was.files.files == BYTES
    assert was.files.shown(FILE) == f"plan/{FILE}"
    assert not was.absent


@pytest.mark.parametrize("revision", one_in(3, ["HEAD", "main", "HEAD~0", "v1", "@", "refs/heads/main"]))
def test_any_name_of_a_revision_will_do(tmp_path: Path, revision: str) -> None:
    plan = repository(tmp_path)
    git(tmp_path, "tag", "v1")
    assert read_revision(plan, "plan", revision).files.files == BYTES


@pytest.mark.parametrize("below", one_in(3, ["", "Été à l'essai", 'un "nom" : étrange', "-n", "plan[1]*"]))
def test_any_folder_of_the_repository_will_do(tmp_path: Path, below: str) -> None:
    plan = repository(tmp_path / "dépôt", below=below)
    assert read_revision(plan, "plan", "HEAD").files.files == BYTES


def test_a_plan_at_the_top_of_the_repository(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    git(plan, "init", "--quiet", "--initial-branch", "main")
    commit(plan)
    assert read_revision(plan, "plan", "HEAD").files.files == BYTES
    assert repository_root(plan) == plan


def test_a_plan_that_was_moved_is_found_where_it_was(tmp_path: Path) -> None:
    plan = repository(tmp_path)
    (tmp_path / "autre").mkdir()
    moved = plan.rename(tmp_path / "autre" / "plan")
    assert read_revision(moved, "autre/plan", "HEAD").files.files == BYTES


def test_a_plan_that_was_moved_is_found_beside_another(tmp_path: Path) -> None:
    plan = repository(tmp_path)
    write_plan(tmp_path / "autre", SMALL | {FILE: "# d'un autre organisme"})
    commit(tmp_path)
    assert read_revision(plan.rename(tmp_path / "deux"), "deux", "HEAD").files.files == BYTES


def test_a_plan_that_was_not_there_yet(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    (tmp_path / "LISEZMOI").write_text("x", encoding="utf-8")
    commit(tmp_path)
    plan = write_plan(tmp_path)
    was = read_revision(plan, "plan", "main")
    assert was.absent
    assert was.files.files == {}


@posix
def test_only_the_plans_own_files_are_read(tmp_path: Path) -> None:
    plan = repository(tmp_path, SMALL | {"notes.yaml": "x", "orientation-01.yaml": "x", ".#organisme.yaml": "x"})
    (plan / "orientation-3.yaml").symlink_to(FILE)
    (plan / "sous").mkdir()
    (plan / "sous" / FILE).write_text("x", encoding="utf-8")
    commit(tmp_path)
    was = read_revision(plan, "plan", "HEAD")
    assert was.files.files == BYTES
    assert [one.location.file for one in was.files.findings] == ["plan/orientation-3.yaml"]


def test_a_file_past_the_limit_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = repository(tmp_path)
    monkeypatch.setattr(revisions, "MAX_FILE_BYTES", len(BYTES[FILE]) - 1)
    was = read_revision(plan, "plan", "HEAD")
    assert FILE not in was.files.files
    assert [one.code for one in was.files.findings] == ["PIV002"]


def test_contents_are_the_bytes_of_the_commit(tmp_path: Path) -> None:
    plan = repository(tmp_path)
    odd = b"\xef\xbb\xbfnumero: 1\r\ntitre: caf\xe9\r\n\0\n\n"
    (plan / FILE).write_bytes(odd)
    (plan / "reunions.yaml").write_bytes(b"")
    commit(tmp_path)
    files = read_revision(plan, "plan", "HEAD").files.files
    assert (files[FILE], files["reunions.yaml"]) == (odd, b"")


def test_a_worktree_and_a_hook_are_no_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository(tmp_path / "un")
    git(tmp_path / "un", "worktree", "add", "--quiet", "-b", "autre", str(tmp_path / "deux"))
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", "nulle-part")
    assert read_revision(tmp_path / "deux" / "plan", "plan", "main").files.files == BYTES
    assert repository_root(tmp_path / "deux" / "plan") == tmp_path / "deux"


def test_four_runs_of_git_read_a_plan_of_any_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = repository(tmp_path, SMALL | {f"orientation-{n}.yaml": f"# {n}" for n in range(2, 40)})
    ran: list[str] = []

    def counting(folder: Path, command: Reading, *words: str, **bounds: Any) -> Output:
        ran.append(command)
        return ask_git(folder, command, *words, **bounds)

    monkeypatch.setattr(revisions, "ask_git", counting)
    assert len(read_revision(plan, "plan", "HEAD").files.files) == 41
    assert ran == ["rev-parse", "merge-base", "ls-tree", "cat-file"]


NEXT = SMALL[FILE].replace("Former un comité", "Ouvrir le local").replace("Faire un plan", "Tenir la fête")


@pytest.mark.parametrize("archive", one_in(2, ["plan-2019-2021", "archives/plan-2019-2021"]))
def test_a_plan_that_was_put_away_for_the_next_one_is_compared_where_it_is(tmp_path: Path, archive: str) -> None:
    plan = repository(tmp_path)
    before = tmp_path / archive
    before.parent.mkdir(exist_ok=True)
    git(tmp_path, "mv", "plan", archive)
    write_plan(tmp_path, SMALL | {FILE: NEXT.replace("Mars 2020", "Juin 2022")})
    for revision in ("HEAD", "HEAD~1"):
        done = pivot("validate", "--depuis", revision, cwd=tmp_path, columns=200)
        assert (done.returncode, "PIV5" in done.stdout) == (0, False)
        assert f"Le plan d'avant est dans {archive}" in done.stderr
        done = pivot("validate", "--depuis", revision, "--plan", archive, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        if revision == "HEAD":
            commit(tmp_path)
    replace(before, FILE, ("Mars 2020", "Juin 2021"))
    done = pivot("validate", "--depuis", "HEAD~1", cwd=tmp_path)
    assert done.returncode == 1
    assert f"{archive}/{FILE}:14:23" in done.stdout
    replace(plan, FILE, ("Juin 2022", "Juin 2023"))
    assert "plan/orientation-1.yaml:14:23" in pivot("validate", "--depuis", "HEAD", cwd=tmp_path).stdout


@posix
@pytest.mark.parametrize("pipe", [".git/config.worktree", ".gitmodules", ".git/info/sparse-checkout"])
def test_no_pipe_is_waited_for(tmp_path: Path, pipe: str) -> None:
    plan = repository(tmp_path)
    (tmp_path / ".git" / "config.worktree").write_text("[core]\n\tsparseCheckout = true\n", encoding="utf-8")
    (tmp_path / ".git" / "info").mkdir(exist_ok=True)
    (tmp_path / pipe).unlink(missing_ok=True)
    os.mkfifo(tmp_path / pipe)
    assert pivot("validate", cwd=tmp_path).returncode == 0
    plan.rename(tmp_path / "ailleurs")
    assert pivot("status", cwd=tmp_path).returncode == 3


@posix
@pytest.mark.parametrize("link", ["archive", "archives/2019"])
def test_no_link_is_followed_to_where_a_plan_may_be(tmp_path: Path, link: str) -> None:
    plan = repository(tmp_path / "un")
    outside = write_plan(tmp_path / "ailleurs")
    (tmp_path / "un" / link).parent.mkdir(exist_ok=True)
    (tmp_path / "un" / link).symlink_to(outside)
    write_plan(tmp_path / "un", SMALL | {FILE: NEXT})
    assert "plan d'avant est dans" not in pivot("validate", "--depuis", "HEAD", cwd=tmp_path / "un").stderr
    for file in plan.iterdir():
        file.unlink()
    plan.rmdir()
    assert link not in pivot("status", cwd=tmp_path / "un").stderr


def test_a_copy_beside_a_plan_hides_nothing_of_what_is_done_to_it(tmp_path: Path) -> None:
    plan = repository(tmp_path)
    write_plan(tmp_path / "copie")
    replace(plan, FILE, ("Mars 2020", "Juin 2021"), ("Former", "Réunir"))
    assert "PIV503" in pivot("validate", "--depuis", "HEAD", cwd=tmp_path).stdout


# --- what stops it ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "revision", one_in(3, ["nulle-part", "--help", "-x", "main..HEAD", "HEAD:plan", "x\ny", "é", "0" * 39])
)
def test_a_revision_that_is_not_there(tmp_path: Path, revision: str) -> None:
    error = refused(repository(tmp_path), revision)
    assert "n'existe pas dans ce dépôt" in error.message
    assert "git branch --all" in error.remedy
    assert error.code is ExitCode.USAGE


@pytest.mark.parametrize("revision", ["", "  "])
def test_no_revision_at_all(tmp_path: Path, revision: str) -> None:
    error = refused(repository(tmp_path), revision)
    assert "ne nomme aucune révision" in error.message
    assert error.code is ExitCode.USAGE


def test_no_repository(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    error = refused(plan)
    assert "n'est pas dans un dépôt git" in error.message
    assert "git clone" in error.remedy
    assert error.code is ExitCode.UNREADABLE
    assert repository_root(plan) is None


def test_before_the_first_commit_there_is_nothing_to_compare(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    assert read_revision(write_plan(tmp_path), "plan", "HEAD") == Revision("", ANY, absent=True)


@pytest.mark.parametrize("digits", [40, 64])
def test_what_a_forge_names_before_its_first_push_is_no_revision(tmp_path: Path, digits: int) -> None:
    assert read_revision(repository(tmp_path), "plan", "0" * digits) == Revision("", ANY, absent=True)


SPARSE = "n'en a qu'une partie (git sparse-checkout)"


@pytest.mark.parametrize(
    ("kept", "code", "told", "compared"),
    one_in(
        2,
        [
            (
                ["/plan/organisme.yaml", "/plan/responsables.yaml"],
                1,
                "le plan n'a aucune orientation",
                "orientation-1.yaml.",
            ),
            (
                ["/plan/*", "!/plan/orientation-2.yaml"],
                0,
                "un fichier du plan peut y manquer",
                "Il y manque plan/orientation-2.yaml",
            ),
            (["/LISEZMOI"], 3, "git sparse-checkout disable", "git sparse-checkout disable"),
            (["/plan/orientation-1.yaml"], 3, "mais pas organisme.yaml", "git sparse-checkout disable"),
        ],
    ),
)
def test_a_sparse_copy_is_said_to_be_one(tmp_path: Path, kept: list[str], code: int, told: str, compared: str) -> None:
    second = SMALL[FILE].replace("numero: 1\nenjeu", "numero: 2\nenjeu")
    repository(tmp_path / "un", SMALL | {"orientation-2.yaml": second})
    git(tmp_path, "clone", "--quiet", "--no-checkout", (tmp_path / "un").as_uri(), "deux")
    copy = tmp_path / "deux"
    git(copy, "sparse-checkout", "set", "--no-cone", *kept)
    git(copy, "checkout", "--quiet", "main")
    alone, beside = (pivot("validate", *words, cwd=copy, columns=300) for words in ((), ("--depuis", "HEAD")))
    for done, words in ((alone, told), (beside, compared)):
        shown = " ".join((done.stdout + done.stderr).split())
        assert done.returncode == code
        assert SPARSE in shown
        assert words in shown.replace("Le plan n'a", "le plan n'a")
    assert SPARSE in " ".join(pivot("status", cwd=copy, columns=300).stderr.split())


def test_a_sparse_copy_that_has_the_whole_plan_is_not(tmp_path: Path) -> None:
    repository(tmp_path / "un")
    git(tmp_path, "clone", "--quiet", "--no-checkout", (tmp_path / "un").as_uri(), "deux")
    git(tmp_path / "deux", "sparse-checkout", "set", "plan")
    git(tmp_path / "deux", "checkout", "--quiet", "main")
    for words in (("validate",), ("validate", "--depuis", "main")):
        done = pivot(*words, cwd=tmp_path / "deux")
        assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.lent
def test_a_submodule_is_a_repository_of_its_own(tmp_path: Path) -> None:
    plan = repository(tmp_path / "un")
    git(tmp_path, "init", "--quiet", "--initial-branch", "main", "deux")
    git(tmp_path / "deux", "submodule", "--quiet", "add", (tmp_path / "un").as_uri(), "mod")
    commit(tmp_path / "deux")
    inside = tmp_path / "deux" / "mod" / "plan"
    assert read_revision(inside, "plan", "HEAD").files.files[FILE] == (plan / FILE).read_bytes()
    git(tmp_path, "clone", "--quiet", (tmp_path / "deux").as_uri(), "trois")
    for words in (("--plan", "mod/plan"), ("--plan", "mod")):
        done = pivot("validate", *words, cwd=tmp_path / "trois", columns=300)
        assert done.returncode == 3
        assert "git submodule update --init" in " ".join(done.stderr.split())


@pytest.mark.lent
def test_a_plan_that_is_a_submodule_not_fetched_yet_is_said_to_be(tmp_path: Path) -> None:
    whole = write_plan(tmp_path / "un")
    git(whole, "init", "--quiet", "--initial-branch", "main")
    commit(whole)
    git(tmp_path, "init", "--quiet", "--initial-branch", "main", "deux")
    git(tmp_path / "deux", "submodule", "--quiet", "add", whole.as_uri(), "plan")
    commit(tmp_path / "deux")
    replace(tmp_path / "deux" / "plan", FILE, ("Mars 2020", "Juin 2021"))
    assert "PIV503" in pivot("validate", "--depuis", "HEAD", cwd=tmp_path / "deux").stdout
    git(tmp_path, "clone", "--quiet", (tmp_path / "deux").as_uri(), "trois")
    for words in (("validate",), ("status",), ("validate", "--plan", "plan")):
        done = pivot(*words, cwd=tmp_path / "trois")
        assert done.returncode == 3
        assert "est un sous-module que git n'a pas encore pris" in " ".join(done.stderr.split())


def test_objects_that_are_elsewhere_are_said_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = repository(tmp_path)
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(tmp_path / "nulle-part"))
    assert "GIT_OBJECT_DIRECTORY" in refused(plan, "HEAD").message


@pytest.mark.parametrize("relative", [False, True])
def test_objects_that_a_hook_says_to_be_elsewhere_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, relative: bool
) -> None:
    plan = repository(tmp_path)
    (tmp_path / "recus").mkdir()
    places = [Path("../recus"), Path("../.git/objects")]
    received, known = places if relative else [(plan / place).resolve() for place in places]
    monkeypatch.chdir(plan)
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(received))
    assert "GIT_OBJECT_DIRECTORY" in refused(plan, "HEAD").message
    monkeypatch.setenv("GIT_ALTERNATE_OBJECT_DIRECTORIES", str(known))
    monkeypatch.setenv("GIT_QUARANTINE_PATH", str(received))
    assert read_revision(plan, "plan", "HEAD").files.files == BYTES


@pytest.mark.parametrize(
    ("variable", "value"),
    one_in(
        3,
        [
            *(
                ("GIT_DIR", "/nulle/part"),
                ("GIT_DIR", ".git"),
                ("GIT_WORK_TREE", "/nulle/part"),
                ("GIT_INDEX_FILE", "x"),
            ),
            *(
                ("GIT_PREFIX", "plan/"),
                ("GIT_NAMESPACE", "x"),
                ("GIT_COMMON_DIR", "/nulle/part"),
                ("GIT_SHALLOW_FILE", "x"),
            ),
            *(
                ("GIT_CEILING_DIRECTORIES", "/"),
                ("GIT_GRAFT_FILE", "x"),
                ("GIT_TRACE", "1"),
                ("GIT_REFLOG_ACTION", "x"),
            ),
        ],
    ),
)
def test_what_git_sets_for_its_hooks_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    plan = repository(tmp_path)
    monkeypatch.setenv(variable, value)
    assert read_revision(plan, "plan", "HEAD").files.files == BYTES


@posix
@pytest.mark.lent
def test_the_hook_lets_a_first_commit_pass_and_judges_the_next(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    hook = tmp_path / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    run_it = f'PYTHONPATH="{ROOT}" exec "{sys.executable}" -m pivot_cli validate --format texte --depuis HEAD'
    hook.write_text(f"#!/bin/sh\n{run_it}\n", encoding="utf-8")
    hook.chmod(0o755)
    plan = write_plan(tmp_path)
    first = commit(tmp_path)
    git(tmp_path, "worktree", "add", "--quiet", "-b", "autre", str(tmp_path / "copie"))
    for folder in (tmp_path, tmp_path / "copie"):
        replace(folder / "plan", FILE, ("Mars 2020", "Juin 2021"))
        for words in (("--all",), ("--", f"plan/{FILE}"), ("--amend", "--all")):
            with pytest.raises(subprocess.CalledProcessError) as refusal:
                git(folder, "commit", "--quiet", "--message", "x", *words)
            assert "PIV503" in refusal.value.stdout + refusal.value.stderr
    assert git(plan, "rev-parse", "HEAD") == first


def test_a_shallow_clone(tmp_path: Path) -> None:
    plan = repository(tmp_path / "un")
    first = git(tmp_path / "un", "rev-parse", "HEAD")
    replace(plan, FILE, ("Former", "Réunir"))
    commit(tmp_path / "un")
    git(tmp_path, "clone", "--quiet", "--depth", "1", (tmp_path / "un").as_uri(), "deux")
    shallow = tmp_path / "deux" / "plan"
    error = refused(shallow, first)
    assert "n'a que la fin de l'historique" in error.message
    assert "fetch-depth: 0" in error.remedy
    assert error.code is ExitCode.UNREADABLE
    assert read_revision(shallow, "plan", "HEAD").files.files[FILE] == (plan / FILE).read_bytes()


@pytest.mark.lent
def test_a_shallow_clone_whose_branches_do_not_meet(tmp_path: Path) -> None:
    plan = repository(tmp_path / "un")
    git(tmp_path / "un", "checkout", "--quiet", "-b", "ajout")
    replace(plan, FILE, ("Former", "Réunir"))
    commit(tmp_path / "un")
    git(tmp_path / "un", "checkout", "--quiet", "main")
    commit(tmp_path / "un", "vide")
    where = (tmp_path / "un").as_uri()
    git(tmp_path, "clone", "--quiet", "--depth", "1", "--no-single-branch", "--branch", "ajout", where, "deux")
    error = refused(tmp_path / "deux" / "plan", "origin/main")
    assert "on ne peut pas remonter" in error.message
    assert "git fetch --unshallow" in error.remedy
    git(tmp_path / "deux", "fetch", "--quiet", "--unshallow")
    assert read_revision(tmp_path / "deux" / "plan", "plan", "origin/main").files.files == BYTES


@pytest.mark.parametrize("damage", ["commit", "reference", "vide", "pas une copie", "ailleurs"])
def test_a_damaged_copy_is_never_taken_for_a_new_one(tmp_path: Path, damage: str) -> None:
    plan = repository(tmp_path)
    head = git(tmp_path, "rev-parse", "HEAD")
    branch = tmp_path / ".git" / "refs" / "heads" / "main"
    if damage == "commit":
        (tmp_path / ".git" / "objects" / head[:2] / head[2:]).unlink()
    elif damage in ("reference", "vide"):
        branch.write_text("x" if damage == "reference" else "", encoding="utf-8")
    else:
        (tmp_path / ".git").rename(tmp_path / "git")
        said = "n'importe quoi" if damage == "pas une copie" else f"gitdir: {tmp_path / 'nulle-part'}"
        (tmp_path / ".git").write_text(said, encoding="utf-8")
    error = refused(plan, "HEAD")
    assert error.code is ExitCode.UNREADABLE
    told = "git worktree repair" if damage == "ailleurs" else "git fsck"
    assert told in error.remedy


def test_a_new_branch_without_a_commit_is_compared_to_the_one_that_is_named(tmp_path: Path) -> None:
    plan = repository(tmp_path)
    git(tmp_path, "checkout", "--quiet", "--orphan", "neuve")
    assert read_revision(plan, "plan", "HEAD").absent
    assert read_revision(plan, "plan", "main").files.files == BYTES


@pytest.mark.parametrize("typed", ["  main ", "main\n", "\u00a0main", "main\u200b"])
def test_what_is_pasted_around_a_revision_does_not_matter(tmp_path: Path, typed: str) -> None:
    assert read_revision(repository(tmp_path), "plan", typed).files.files == BYTES


def test_a_head_that_is_on_no_branch_will_do(tmp_path: Path) -> None:
    plan = repository(tmp_path)
    git(tmp_path, "checkout", "--quiet", "--detach")
    assert read_revision(plan, "plan", "main").files.files == BYTES


def test_histories_that_share_nothing(tmp_path: Path) -> None:
    plan = repository(tmp_path)
    git(tmp_path, "checkout", "--quiet", "--orphan", "seule")
    commit(tmp_path, "sans passé")
    assert "aucun commit en commun" in refused(plan).message


def test_a_repository_of_someone_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = repository(tmp_path)
    monkeypatch.setitem(_ENVIRON, "GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")  # what git's own tests use
    error = refused(plan)
    assert "appartient à un autre compte" in error.message
    assert f"safe.directory {tmp_path}" in error.remedy


def test_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = repository(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "vide"))
    error = refused(plan)
    assert "n'est pas installé" in error.message
    assert "Installez git" in error.remedy


def test_a_damaged_repository(tmp_path: Path) -> None:
    plan = repository(tmp_path)
    blob = git(tmp_path, "rev-parse", f"HEAD:plan/{FILE}")
    (tmp_path / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    error = refused(plan, "HEAD")
    assert "git n'a pas pu lire" in error.message
    assert "git fsck" in error.remedy


# --- from end to end --------------------------------------------------------------------------------------


def test_an_edit_is_checked_from_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = repository(tmp_path, below="organisme")
    replace(plan, FILE, ("Mars 2020", "Juin 2021"))
    monkeypatch.chdir(tmp_path / "organisme")
    assert run(app, ["validate", "--depuis", "main", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)["diagnostics"]
    assert [(one["code"], one["fichier"], one["ligne"], one["colonne"]) for one in found] == [
        ("PIV503", f"plan/{FILE}", 14, 23)
    ]
    # A forge names files from the top of the repository.
    assert run(app, ["validate", "--depuis", "main", "--format", "gitlab"]) == 1
    assert json.loads(capsys.readouterr().out)[0]["location"]["path"] == f"organisme/plan/{FILE}"
    assert run(app, ["valider"]) == 0


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_lines_to_paste_are_shown_as_they_are_to_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], columns: int
) -> None:
    plan = repository(tmp_path)
    replace(plan, FILE, ("Mars 2020", "Juin 2021"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", str(columns))
    assert run(app, ["validate", "--depuis", "main", "--format", "texte"]) == 1
    margin = "            "
    lines = ("echeances_precedentes:", "  - echeance: Mars 2020", "    motif: Écrire ici pourquoi.")
    block = "".join(f"{margin}{line}\n" for line in lines)
    assert block in capsys.readouterr().out


def test_the_command_line_says_what_it_cannot_compare(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = repository(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert run(app, ["validate", "--depuis", "nulle-part"]) == 2
    wrong = capsys.readouterr()
    assert wrong.out == ""
    assert wrong.err.startswith("Erreur")
    assert english(wrong.err.replace("git branch --all", "").replace("git log", ""), frozenset({"nulle"})) == []
    (plan / FILE).write_text("[", encoding="utf-8")
    commit(tmp_path)
    write_plan(tmp_path)
    assert run(app, ["validate", "--depuis", "main"]) == 0
    assert f"plan/{FILE} ne se lisait pas" in capsys.readouterr().err
    git(tmp_path, "rm", "-r", "--quiet", "--cached", "plan")
    git(tmp_path, "commit", "--quiet", "-m", "sans plan")
    assert run(app, ["validate", "--depuis", "main"]) == 0
    assert "pas encore de plan" in capsys.readouterr().err


def test_the_program_as_it_is_started(tmp_path: Path) -> None:
    plan = repository(tmp_path)
    replace(plan, FILE, ("Mars 2020", "Juin 2021"))
    done = pivot("validate", "--depuis", "main", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert "PIV503" in done.stdout
