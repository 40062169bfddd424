"""What a plan names as the one before may be a stranger's word: nothing is read outside of its repository."""

from __future__ import annotations

import json
import os
from pathlib import Path

from edits.repository import commit, git
from hypothesis import given, settings
from hypothesis import strategies as st
from pace import examples, table
from support import SMALL, load_texts, pivot, write_plan
from systems import posix

from pivot_cli.plan.lineage import grounds, named_by, path_to

SECRET = SMALL | {"orientation-1.yaml": SMALL["orientation-1.yaml"].replace("Former un comité", "SECRET")}
FILE = "orientation-1.yaml"
TAKES = SMALL[FILE].replace("echeance: Mars 2020\n", "echeance: Mars 2020\n            suite_de: 1.adm.1.1\n")


def stranger(folder: Path, named: str) -> Path:
    """A repository whose plan names another folder as that of the plan before."""
    files = {FILE: TAKES, "organisme.yaml": f"{SMALL['organisme.yaml']}plan:\n  suite_de: {json.dumps(named)}\n"}
    write_plan(folder, SMALL | files)
    git(folder, "init", "--quiet", "--initial-branch", "main")
    commit(folder)
    return folder


@table("named", ["../ailleurs/plan", "../../{0}/ailleurs/plan", "plan/../../ailleurs/plan", "lien", "dossier/lien"])
def test_nothing_outside_of_the_repository_is_read(named: str, tmp_path: Path) -> None:
    base = tmp_path / "".join(sign for sign in named if sign.isalpha())
    write_plan(base / "ailleurs", SECRET)
    folder = stranger(base / "reçu", named.format(base.name))
    if "lien" in named and os.name == "posix":
        (folder / "dossier").mkdir()
        for link in ("lien", "dossier/lien"):
            (folder / link).symlink_to(base / "ailleurs" / "plan")
    for words in (("show", "1.adm.1.1"), ("validate", "--remarques"), ("status",), ("export", "--format", "json")):
        done = pivot(*words, cwd=folder)
        assert "SECRET" not in done.stdout + done.stderr, words
        assert done.returncode == 0, (words, done.stderr)
    told = " ".join(pivot("validate", cwd=folder).stdout.split())
    assert "PIV213" in told


@table("named", ["/etc", "~/plan", "C:\\plan", "..\\plan", "a\\b", "C:/plan", "x" * 300])
def test_what_is_no_path_from_here_is_a_fault_where_it_is_written(named: str) -> None:
    organisme = f"{SMALL['organisme.yaml']}plan:\n  suite_de: {json.dumps(named)}\n"
    plan, found = load_texts(SMALL | {"organisme.yaml": organisme})
    assert plan.organisme.plan.suite_de is None
    assert {one.code for one in found} & {"PIV106", "PIV004"}


PARTS = st.sampled_from(["..", ".", "a", "plan", "é b", "...", "-x", "plan-2019", "a.b"])


@given(st.lists(PARTS, min_size=1, max_size=8).map("/".join))
@settings(derandomize=True, deadline=None, max_examples=examples(60, 400))
def test_whatever_is_named_is_inside_or_nothing(named: str) -> None:
    folder = Path(os.sep) / "nulle" / "part" / "plan"
    found = named_by(folder, named)
    if found is not None:
        assert found.is_relative_to(grounds(folder))
        assert found != folder
        written = path_to(folder, found)
        assert written is not None
        assert named_by(folder, written) == found


@posix
def test_a_plan_that_names_itself_or_a_loop_of_plans_ends(tmp_path: Path) -> None:
    folder = stranger(tmp_path / "un", "plan")
    assert "PIV213" in pivot("validate", cwd=folder).stdout
    write_plan(
        tmp_path / "deux" / "a", SMALL | {FILE: TAKES, "organisme.yaml": "nom: A\nplan: {suite_de: ../b/plan}\n"}
    )
    write_plan(
        tmp_path / "deux" / "b", SMALL | {FILE: TAKES, "organisme.yaml": "nom: B\nplan: {suite_de: ../a/plan}\n"}
    )
    git(tmp_path / "deux", "init", "--quiet", "--initial-branch", "main")
    commit(tmp_path / "deux")
    done = pivot("show", "1.adm.1.1", "--plan", "a/plan", cwd=tmp_path / "deux")
    assert done.returncode == 0
    shown = " ".join(done.stdout.replace("\N{NO-BREAK SPACE}", " ").split())
    assert "(b/plan)" in shown
    assert "Reprise par" in shown


def test_a_plan_before_that_is_broken_stops_nothing(tmp_path: Path) -> None:
    folder = stranger(tmp_path, "avant/plan")
    write_plan(tmp_path / "avant", SMALL | {FILE: "numero: ["})
    done = pivot("validate", cwd=folder)
    assert (done.returncode, "PIV212" in done.stdout) == (0, False)
    assert pivot("show", "1.adm.1.1", cwd=folder).returncode == 0
