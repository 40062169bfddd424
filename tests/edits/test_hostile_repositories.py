"""A repository that somebody sends starts nothing and is read in bounds, whatever it holds, whatever is asked."""

from __future__ import annotations

import os
import re
import subprocess
import time
import zlib
from pathlib import Path
from typing import Any, get_args

import pytest
from at_home.commands import ONE_OF_EACH, to_screen
from pace import few, one_in
from support import ROOT, SMALL, pivot, write_plan
from systems import needs_posix, posix

from edits.hostile import KINDS, ORGANISME, TRAPS, Canary, a_canary, bare, cloned, left_to_itself, received
from edits.repository import commit, git, repository
from pivot_cli.cli import app
from pivot_cli.cli_french import run
from pivot_cli.finding import PivotError
from pivot_cli.plan import git as guard
from pivot_cli.plan import revisions
from pivot_cli.plan.git import ask_git
from pivot_cli.plan.revisions import read_revision, revision_names

BLOB = "0123456789" * 4  # of no object


@pytest.fixture(autouse=True)
def _own_git(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(("GIT_", "GITHUB_", "PIVOT_PLAN"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture
def canary(tmp_path: Path) -> Canary:
    needs_posix()
    return a_canary(tmp_path / "cage")


# --- the traps are real -----------------------------------------------------------------------------------


@pytest.mark.lent
@pytest.mark.parametrize("kind", TRAPS)
def test_git_left_to_itself_starts_what_they_name(tmp_path: Path, canary: Canary, kind: str) -> None:
    place = KINDS[kind](tmp_path, canary) / TRAPS[kind]
    canary.hush()
    left_to_itself(place, "cat-file", "--batch", given=f"{BLOB}\n")
    assert canary.sang


@pytest.mark.lent
@pytest.mark.parametrize(
    "words", [("status",), ("ls-files",), ("diff", "HEAD~1"), ("rev-parse", f":{ORGANISME}"), ("st",), ("add", ".")]
)
def test_and_many_another_command_of_git_does(tmp_path: Path, canary: Canary, words: tuple[str, ...]) -> None:
    place = received(tmp_path, canary)
    canary.hush()
    left_to_itself(place, *words, GIT_NO_LAZY_FETCH="1")
    assert canary.sang


# --- nothing of them runs ---------------------------------------------------------------------------------

REVISIONS = [
    "HEAD",
    "main",
    "HEAD~1",
    BLOB,
    f":{ORGANISME}",
    ":/un",
    "HEAD@{0}",
    "@{upstream}",
    "origin/main",
    "--help",
]
LINES = [
    *(["validate", "--depuis", revision] for revision in REVISIONS),
    ["validate", "--depuis", "HEAD", "--plan", "plan", "--format", "github"],
    ["validate", "--format", "gitlab"],
    *map(to_screen, ONE_OF_EACH),
]


@pytest.mark.lent
@pytest.mark.parametrize("kind", few(8, KINDS))
def test_no_command_starts_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], canary: Canary, kind: str
) -> None:
    place = KINDS[kind](tmp_path, canary)
    for here in (place, place / "plan"):
        monkeypatch.chdir(here)
        canary.hush()
        for words in LINES:
            code = run(app, words)
            shown = capsys.readouterr()
            assert code in {0, 1, 2, 3}, words
            assert "Erreur interne" not in shown.err, words
            assert not canary.sang, words


TYPED = [(["validate", "--depuis"], ""), (["validate"], "--depuis=m"), (["show"], ""), (["rapport"], "")]


@pytest.mark.parametrize("kind", one_in(8, KINDS))
def test_nor_does_the_tab_key(tmp_path: Path, canary: Canary, kind: str) -> None:
    place = KINDS[kind](tmp_path, canary)
    for words, word in TYPED:
        canary.hush()
        done = pivot(*words, cwd=place, _PIVOT_COMPLETE="bash", _PIVOT_WORD=word)
        assert (done.returncode, done.stderr) == (0, ""), words
        assert not canary.sang, words


def test_each_lock_of_what_is_promised_holds_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, canary: Canary
) -> None:
    plan = received(tmp_path, canary) / "plan"
    locks = ("GIT_NO_LAZY_FETCH", "GIT_ALLOW_PROTOCOL")
    for kept, opened in (locks, locks[::-1]):
        with monkeypatch.context() as patch:
            patch.delitem(guard._ENVIRON, opened)
            canary.hush()
            with pytest.raises(PivotError, match="partielle"):
                read_revision(plan, "plan", "HEAD~1")
            assert not canary.sang, f"{kept} is not enough"
    for opened in locks:
        monkeypatch.delitem(guard._ENVIRON, opened)
    with pytest.raises(PivotError):
        read_revision(plan, "plan", "HEAD~1")
    assert canary.sang  # without them, it would


@pytest.mark.lent
@pytest.mark.parametrize("setting", ["core.fsmonitor", "safe.bareRepository"])
def test_each_setting_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, canary: Canary, setting: str) -> None:
    place = received(tmp_path / "un", canary)
    bare(tmp_path / "deux", tmp_path / "nu", canary)
    asked = {"core.fsmonitor": (place, f":{ORGANISME}"), "safe.bareRepository": (tmp_path / "deux", "HEAD")}
    folder, revision = asked[setting]
    kept = (ask_git(folder, "rev-parse", revision).code == 0, canary.sang)
    monkeypatch.delitem(guard._SETTINGS, setting)
    lifted = (ask_git(folder, "rev-parse", revision).code == 0, canary.sang)
    assert (kept, lifted) == {
        "core.fsmonitor": ((True, False), (True, True)),
        "safe.bareRepository": ((False, False), (True, False)),
    }[setting]


def test_the_signature_of_a_commit_is_verified_by_nothing(tmp_path: Path, canary: Canary) -> None:
    plan = repository(tmp_path / "ici")
    body = git(plan, "cat-file", "commit", "HEAD").partition("\n\n")
    signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----"
    (tmp_path / "signed").write_text(f"{body[0]}\n{signature}\n\n{body[2]}\n", encoding="utf-8")
    signed = git(plan, "hash-object", "-t", "commit", "-w", str(tmp_path / "signed"))
    git(plan, "reset", "--quiet", "--soft", signed)
    for name, value in (("gpg.program", str(canary.program)), ("log.showSignature", "true")):
        git(plan, "config", name, value)
    canary.hush()
    left_to_itself(plan.parent, "log", "-1")
    assert canary.sang
    canary.hush()
    assert run(app, ["changes", "--depuis", "2020-01-01", "--plan", str(plan)]) == 0
    assert not canary.sang


@posix
@pytest.mark.lent
def test_a_file_that_settings_name_is_not_read_to_order_the_others(tmp_path: Path) -> None:
    plan = repository(tmp_path / "ici")
    os.mkfifo(tmp_path / "tube")  # who reads it waits for ever
    git(plan, "config", "diff.orderFile", str(tmp_path / "tube"))
    started = time.monotonic()
    assert run(app, ["changes", "--depuis", "2020-01-01", "--plan", str(plan)]) == 0
    assert time.monotonic() - started < 5


HELD = ("GIT_DIR", "GIT_WORK_TREE", "GIT_EXTERNAL_DIFF", "GIT_SSH_COMMAND", "GIT_ASKPASS", "GIT_PAGER", "GIT_TRACE")


def test_only_what_says_whom_to_trust_is_inherited(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*HELD, "GIT_ALLOW_PROTOCOL"):
        monkeypatch.setenv(name, "ext")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "0")
    told = guard.environment()
    assert not told.keys() & set(HELD)
    assert told["GIT_ALLOW_PROTOCOL"] != "ext"
    assert told["GIT_CONFIG_COUNT"] == "0"
    assert told["GIT_CONFIG_GLOBAL"] == os.devnull


@pytest.mark.parametrize("beginning", ["", ".", "plan"])
def test_a_git_that_comes_with_the_plan_is_not_the_one_that_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, canary: Canary, beginning: str
) -> None:
    plan = repository(tmp_path / "ici")
    for folder in (plan, plan.parent):
        (folder / "git").symlink_to(canary.program)
    monkeypatch.chdir(plan.parent)
    monkeypatch.setenv("PATH", os.pathsep.join((beginning, os.environ["PATH"])))
    assert read_revision(plan, "plan", "HEAD").files.files
    assert not canary.sang


def test_three_places_start_a_program() -> None:
    """git, and only to read: what it may be asked is listed, but for what its owner records; a browser, which
    test_pdf.py closes; and the person's own, which shows the local page.
    """
    starts = re.compile(
        r"\b(subprocess|pty|multiprocessing|asyncio|webbrowser)\b.* import |"
        r"\bimport (subprocess|pty|multiprocessing|asyncio|webbrowser)\b|"
        r"\bos\.(system|popen|exec\w+|spawn\w+|posix_spawn\w*|startfile|fork\w*)\("
    )
    sources = (ROOT / "pivot_cli").rglob("*.py")
    found = sorted(path.name for path in sources if starts.search(path.read_text(encoding="utf-8")))
    assert found == ["browser.py", "git.py", "local.py"]
    assert set(get_args(guard.Reading)) == {
        *("rev-parse", "merge-base", "ls-tree", "cat-file", "for-each-ref", "log"),
        *("rev-list", "ls-files", "check-ignore", "config", "symbolic-ref"),
    }
    writing = [path for path in (ROOT / "pivot_cli").rglob("*.py") if "run_git" in path.read_text(encoding="utf-8")]
    assert sorted(path.name for path in writing) == ["git.py", "keeping.py"]


@pytest.mark.parametrize("kind", one_in(3, KINDS))
def test_a_page_that_only_shows_it_runs_nothing(kind: str, tmp_path: Path, canary: Canary) -> None:
    from page.doors import opened

    door = opened(KINDS[kind](tmp_path, canary) / "plan", None, reading_only=True)
    for path in ("/", "/action/1.adm.1.1", "/changements", "/envoi"):
        door.get(path)
    for path in ("/envoyer", "/garder", "/consigner", "/annuler/x"):
        assert door.post(path).status_code == 403
    assert not canary.sang


# --- the real repository is found, or none is -------------------------------------------------------------


def test_a_bare_repository_alone_is_no_repository(tmp_path: Path, canary: Canary) -> None:
    for kind in ("bare in plan/", "bare above"):
        plan = KINDS[kind](tmp_path / kind.replace("/", ""), canary) / "plan"
        with pytest.raises(PivotError, match="n'est pas dans un dépôt git"):
            read_revision(plan, "plan", "HEAD")
        assert revision_names(plan) == []


@pytest.mark.parametrize("where", one_in(3, ["plan", ".", "templates"]))
def test_in_a_real_repository_the_real_one_is_read(tmp_path: Path, canary: Canary, where: str) -> None:
    clone = cloned(tmp_path, canary, where)
    was = read_revision(clone / "plan", "plan", "HEAD")
    assert was.commit == git(clone, "rev-parse", "HEAD")
    assert was.files.files == {name: text.encode() for name, text in SMALL.items()}
    assert {"main", "origin/main"} <= {name for name, _ in revision_names(clone / "plan")}


@pytest.mark.parametrize("what", ["empty", "a link to nothing", "bare beside"])
def test_a_git_folder_that_is_none_is_passed_over(tmp_path: Path, canary: Canary, what: str) -> None:
    plan = repository(tmp_path / "vrai")
    if what == "a link to nothing":
        (plan / ".git").symlink_to("nulle-part")
    else:
        (plan / ".git").mkdir()
    if what == "bare beside":
        bare(plan, tmp_path, canary)
    assert read_revision(plan, "plan", "HEAD").files.files[ORGANISME.partition("/")[2]]
    assert not canary.sang


def test_a_git_folder_in_ruins_beside_a_bare_one_is_no_repository(tmp_path: Path, canary: Canary) -> None:
    plan = write_plan(tmp_path / "ici")
    (plan / ".git").mkdir()
    (plan / ".git" / "HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")
    bare(plan, tmp_path, canary)
    with pytest.raises(PivotError, match="n'est pas dans un dépôt git"):
        read_revision(plan, "plan", "HEAD")
    assert not canary.sang


def test_a_replaced_commit_is_what_its_name_says(tmp_path: Path) -> None:
    plan = repository(tmp_path)
    first = git(tmp_path, "rev-parse", "HEAD")
    (plan / "organisme.yaml").write_text("nom: Un autre\n", encoding="utf-8")
    git(tmp_path, "replace", first, commit(tmp_path))
    assert read_revision(plan, "plan", first).files.files["organisme.yaml"] == SMALL["organisme.yaml"].encode()


# --- in bounds --------------------------------------------------------------------------------------------


def test_what_a_revision_brings_in_all_is_bounded_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = repository(tmp_path, SMALL | {f"orientation-{n}.yaml": "#" * 1000 for n in range(2, 62)})
    whole = sum(path.stat().st_size for path in plan.iterdir())
    monkeypatch.setattr(revisions, "MAX_FOLDER_BYTES", whole)
    assert len(read_revision(plan, "plan", "HEAD").files.files) == 63
    monkeypatch.setattr(revisions, "MAX_FOLDER_BYTES", whole - 1)
    asked: list[str] = []

    def asking(folder: Path, command: guard.Reading, *words: str, **bounds: Any) -> guard.Output:
        asked.append(command)
        return ask_git(folder, command, *words, **bounds)

    monkeypatch.setattr(revisions, "ask_git", asking)
    with pytest.raises(PivotError, match="démesuré"):
        read_revision(plan, "plan", "HEAD")
    assert "cat-file" not in asked


def tree(folder: Path, *entries: str) -> str:
    """A tree of a repository, made of lines of ls-tree."""
    lines = "".join(f"{one}\n" for one in entries).encode()
    return (
        subprocess.run(["git", "mktree"], cwd=folder, input=lines, capture_output=True, check=True)
        .stdout.decode()
        .strip()
    )


@pytest.mark.lent
def test_sixty_large_files_are_refused_by_name(tmp_path: Path) -> None:
    repository(tmp_path)
    (tmp_path / "large").write_bytes(b"# " + b"x" * 19_000_000)
    large = git(tmp_path, "hash-object", "-w", "large")
    names = ("organisme", "responsables", *(f"orientation-{n}" for n in range(1, 61)))
    plan = tree(tmp_path, *(f"100644 blob {large}\t{name}.yaml" for name in names))
    sent = git(tmp_path, "commit-tree", "-m", "énorme", "-p", "HEAD", tree(tmp_path, f"040000 tree {plan}\tplan"))
    git(tmp_path, "reset", "--quiet", "--soft", sent)
    done = pivot("validate", "--depuis", "HEAD", cwd=tmp_path)
    assert done.returncode == 3
    assert "démesuré (plus de 64 Mo)" in done.stderr.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.lent
def test_a_tree_that_unfolds_without_end_is_stopped(tmp_path: Path) -> None:
    """Ten folders that hold ten times the same, ten times over: a few kilobytes, ten billion files."""
    plan = repository(tmp_path)
    name = git(tmp_path, "rev-parse", f"HEAD:{ORGANISME}")
    level = tree(tmp_path, f"100644 blob {name}\t{'x' * 200}")
    for _ in range(10):
        level = tree(tmp_path, *(f"040000 tree {level}\t{n}" for n in range(10)))
    bomb = git(tmp_path, "commit-tree", "-m", "bombe", "-p", "HEAD", level)
    git(tmp_path, "reset", "--quiet", "--soft", bomb)
    with pytest.raises(PivotError, match="démesuré"):
        read_revision(plan, "plan", "HEAD")


def test_an_answer_is_cut_where_it_passes_its_bound(tmp_path: Path) -> None:
    repository(tmp_path)
    length = len(ask_git(tmp_path, "ls-tree", "HEAD").out)
    assert ask_git(tmp_path, "ls-tree", "HEAD", most=length).code == 0
    with pytest.raises(PivotError, match="démesuré"):
        ask_git(tmp_path, "ls-tree", "HEAD", most=length - 1)


@pytest.mark.lent
@posix
@pytest.mark.parametrize("then", one_in(2, ["wait", "exit"]))
def test_a_git_that_waits_is_ended_with_what_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, then: str
) -> None:
    slow = tmp_path / "bin" / "git"
    slow.parent.mkdir()
    slow.write_text(f"#!/bin/sh\nsleep 600 &\necho $! >{tmp_path}/pid\n{then}\n", encoding="utf-8")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", os.pathsep.join((str(slow.parent), os.environ["PATH"])))
    with pytest.raises(PivotError, match="pas répondu en 1\N{NO-BREAK SPACE}seconde"):
        ask_git(tmp_path, "rev-parse", "HEAD", seconds=1)
    child = int((tmp_path / "pid").read_text(encoding="utf-8"))
    for _ in range(1000):  # what is told to end takes a moment
        if is_over(child):
            return
        time.sleep(0.01)
    pytest.fail("what it started is still running")


def is_over(process: int) -> bool:
    """Whether a process is gone, or is only waited for."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").split()[2] == "Z"
    except OSError:
        return True


@pytest.mark.lent
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with a name here")
def test_settings_that_never_end_are_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = repository(tmp_path)
    (tmp_path / ".git" / "config").unlink()
    os.mkfifo(tmp_path / ".git" / "config")
    monkeypatch.setattr(revisions, "_NAMES_SECONDS", 0.2)
    with pytest.raises(PivotError, match="pas répondu"):
        revision_names(plan)


@pytest.mark.lent
def test_an_object_that_claims_to_be_small_is_not_read_past_that(tmp_path: Path) -> None:
    plan = repository(tmp_path)
    blob = git(tmp_path, "rev-parse", f"HEAD:{ORGANISME}")
    place = tmp_path / ".git" / "objects" / blob[:2] / blob[2:]
    place.chmod(0o644)
    place.write_bytes(zlib.compress(b"blob 10\0" + b"x" * 50_000_000))
    with pytest.raises(PivotError, match=r"n'a pas pu lire|démesuré"):
        read_revision(plan, "plan", "HEAD")


def test_a_blob_past_any_file_is_not_asked(tmp_path: Path) -> None:
    plan = repository(tmp_path)
    blob = git(tmp_path, "rev-parse", f"HEAD:{ORGANISME}")
    place = tmp_path / ".git" / "objects" / blob[:2] / blob[2:]
    place.chmod(0o644)
    place.write_bytes(zlib.compress(b"blob 900000000000\0"))
    assert "organisme.yaml" not in read_revision(plan, "plan", "HEAD").files.files


@pytest.mark.parametrize("what", ["plan", "its folder"])
def test_a_folder_that_git_lost_is_not_a_plan_that_was_not_there(tmp_path: Path, what: str) -> None:
    plan = repository(tmp_path)
    name = git(tmp_path, "rev-parse", "HEAD:plan" if what == "plan" else "HEAD^{tree}")
    (tmp_path / ".git" / "objects" / name[:2] / name[2:]).unlink()
    with pytest.raises(PivotError, match="n'a pas pu lire"):
        read_revision(plan, "plan", "HEAD")
