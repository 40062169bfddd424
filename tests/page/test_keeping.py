"""What the history does of a change: whatever git is in the middle of, what is refused leaves every file as it was."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest
from pace import few, table
from support import kept_folder
from systems import posix

from page.doors import Door, opened
from page.hands import WHO, Held, followed, git, kept, known_to_git, previewed

pytestmark = [posix, pytest.mark.usefixtures("git_of_nobody")]

_FILE = "orientation-1.yaml"
Trouble = Callable[[Path], None]  # of the folder of the repository


def hook(name: str, *lines: str) -> Trouble:
    def put(folder: Path) -> None:
        path = folder / ".git" / "hooks" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(["#!/bin/sh", *lines]) + "\n", encoding="utf-8")
        path.chmod(0o755)

    return put


def conflicting(folder: Path) -> None:
    """Two branches that say otherwise of one line."""
    readme = folder / "lisez.txt"
    for branch, text in (("autre", "a"), ("main", "b")):
        git(folder, "switch", "-q", *(["-c"] if branch == "autre" else []), branch)
        readme.write_text(text)
        git(folder, "add", "lisez.txt")
        git(folder, *WHO, "commit", "-qm", text)


def merging(folder: Path) -> None:
    conflicting(folder)
    with pytest.raises(Exception, match=r".+"):
        git(folder, *WHO, "merge", "autre")


def rebasing(folder: Path) -> None:
    conflicting(folder)
    with pytest.raises(Exception, match=r".+"):
        git(folder, *WHO, "rebase", "autre")


def picking(folder: Path) -> None:
    conflicting(folder)
    with pytest.raises(Exception, match=r".+"):
        git(folder, *WHO, "cherry-pick", "autre")


def locked(folder: Path) -> None:
    (folder / ".git" / "index.lock").touch()


def signing(folder: Path) -> None:
    git(folder, "config", "commit.gpgSign", "true")
    git(folder, "config", "gpg.program", "false")


def detached(folder: Path) -> None:
    git(folder, "switch", "-q", "--detach")


TROUBLES: list[tuple[str, Trouble, str]] = [
    ("a merge", merging, "au milieu d'une fusion (merge)"),
    ("a rebase", rebasing, "au milieu d'un rebasage (rebase)"),
    ("a cherry-pick", picking, "au milieu d'une reprise (cherry-pick)"),
    ("a lock", locked, "index.lock"),
    ("no branch", detached, "n'est sur aucune branche"),
    ("a hook", hook("pre-commit", "echo 'Pas le vendredi <b>'", "exit 1"), "Pas le vendredi <b>"),
    ("a hook of messages", hook("commit-msg", "echo 'Sans numéro' >&2", "exit 1"), "Sans numéro"),
    (
        "a hook that writes, then refuses",
        hook("pre-commit", f"echo '# vu' >> plan/{_FILE}", "echo Mis en forme", "exit 1"),
        "Mis en forme",
    ),
    ("a key that is not there", signing, "n'a pas pu signer"),
]


def state(folder: Path) -> tuple[object, ...]:
    """What must not change: the files, the history, what somebody put aside."""
    files = {path.name: path.read_bytes() for path in sorted((folder / "plan").iterdir())}
    return files, git(folder, "log", "--format=%H"), git(folder, "status", "--porcelain")


@pytest.mark.lent
@table(("name", "trouble", "said"), few(3, TROUBLES))
def test_what_git_refuses_is_told_and_changes_nothing(name: str, trouble: Trouble, said: str) -> None:
    plan = kept(kept_folder())
    trouble(plan.parent)
    before = state(plan.parent)
    door = opened(plan, None)
    answer = previewed(door, ["1.adm.1.1"], statut="en cours").send(etape="enregistrer")
    told = door_text(answer.text)
    assert (name, answer.status_code) == (name, 400)
    assert said in told
    assert "Rien n'est changé dans le plan." in told
    assert state(plan.parent) == before


def door_text(page: str) -> str:
    from html import unescape

    return unescape(page).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.lent
def test_a_hook_that_lays_out_and_accepts_can_be_taken_back(tmp_path: Path) -> None:
    plan = kept(tmp_path)
    hook("pre-commit", f"echo '# vu' >> plan/{_FILE}", f"git add plan/{_FILE}")(plan.parent)
    before = (plan / _FILE).read_bytes()
    door = opened(plan, None)
    answer = previewed(door, ["1.adm.1.1"], statut="en cours").send(etape="enregistrer")
    fait = door.get(answer.headers["Location"].removeprefix("http://127.0.0.1:8793"))
    assert b"statut: en cours" in (plan / _FILE).read_bytes()
    hook("pre-commit", "exit 0")(plan.parent)
    followed(door, Held(door, fait, "/annuler/").send())
    assert (plan / _FILE).read_bytes() == before


def recorded(door: Door, **typed: str) -> None:
    followed(door, previewed(door, ["1.adm.1.1"], **typed).send(etape="enregistrer"))


@pytest.mark.lent
def test_only_what_was_recorded_is_kept(tmp_path: Path) -> None:
    plan = kept(tmp_path)
    (plan.parent / "brouillon.txt").write_text("à moi")
    (plan / "responsables.yaml").write_bytes((plan / "responsables.yaml").read_bytes() + b"# en cours\n")
    git(plan, "add", "../brouillon.txt", "responsables.yaml")
    recorded(opened(plan, None), statut="en cours")
    assert git(plan, "show", "--name-only", "--format=").split() == [f"plan/{_FILE}"]
    assert git(plan, "status", "--porcelain").splitlines() == ["A  brouillon.txt", "M  plan/responsables.yaml"]


@pytest.mark.lent
def test_what_was_written_before_is_kept_apart(tmp_path: Path) -> None:
    plan = kept(tmp_path)
    path = plan / _FILE
    path.write_bytes(path.read_bytes() + b"# ajout d'un autre\n")
    door = opened(plan, None)
    assert "1 fichier du plan a des changements" in door_text(door.text("/"))
    shown = door_text(door.text("/consigner?id=1.adm.1.1"))
    form = previewed(door, ["1.adm.1.1"], statut="en cours")
    assert "Consigner" in shown
    followed(door, form.send(etape="enregistrer"))
    assert git(plan, "log", "--format=%s").splitlines()[:2] == [
        "Consigner 1.adm.1.1 : en cours",
        f"Garder ce qui était écrit dans {_FILE}",
    ]
    assert "statut" not in git(plan, "show", "HEAD~1")
    assert git(plan, "status", "--porcelain") == ""


@pytest.mark.lent
def test_what_was_written_elsewhere_is_kept_from_the_first_page(tmp_path: Path) -> None:
    plan = kept(tmp_path)
    path = plan / _FILE
    path.write_bytes(path.read_bytes() + b"# ajout d'un autre\n")
    door = opened(plan, None)
    page = door_text(followed(door, Held(door, door.get("/"), "/garder").send()))
    assert "Tout est enregistré." in page
    assert git(plan, "status", "--porcelain") == ""


@pytest.mark.lent
@table("how", few(2, ["ignored", "nobody's", "unborn"]))
def test_a_plan_that_git_does_not_have_yet(how: str) -> None:
    plan = kept(kept_folder())
    shutil.rmtree(plan.parent / ".git")
    git(plan.parent, "init", "-q", "-b", "main")
    known_to_git(plan.parent)
    if how == "ignored":
        (plan.parent / ".gitignore").write_text("plan/\n")
    if how == "nobody's":
        git(plan.parent, *WHO, "commit", "-q", "--allow-empty", "-m", "Rien")
    door = opened(plan, None)
    page = door_text(followed(door, previewed(door, ["1.adm.1.1"], statut="en cours").send(etape="enregistrer")))
    if how == "ignored":
        assert "git n'en garde pas les fichiers (.gitignore)" in page
        return
    assert git(plan, "show", "--name-only", "--format=", "HEAD").split() == [f"plan/{_FILE}"]
    hook("pre-commit", "exit 1")(plan.parent)
    for path in ("organisme.yaml", _FILE):  # one that is not in the history, one that is
        assert (plan / path).exists()


def test_a_new_file_that_is_refused_is_left_as_git_had_it(tmp_path: Path) -> None:
    from pivot_cli.finding import PivotError
    from pivot_cli.plan import keeping

    plan = kept(tmp_path)
    (plan / "reunions.yaml").write_text("ca: {reunions: []}\n")
    hook("pre-commit", "exit 1")(plan.parent)
    with pytest.raises(PivotError, match="git a refusé"):
        keeping.keep(plan, ["reunions.yaml"], "Inscrire", None)
    assert git(plan, "status", "--porcelain") == "?? plan/reunions.yaml\n"


@pytest.mark.lent
def test_a_plan_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = kept(tmp_path)
    before = state(tmp_path / "depot")
    form = previewed(opened(plan, None), ["1.adm.1.1"], statut="en cours")
    for code, said in ((errno.EROFS, "disque en lecture seule"), (errno.EACCES, "accès refusé")):
        refusing = mock.Mock(side_effect=OSError(code, "", _FILE))
        monkeypatch.setattr("pivot_cli.record.writing.os.replace", refusing)
        answer = form.send(etape="enregistrer")
        monkeypatch.undo()
        assert answer.status_code == 400
        assert said in door_text(answer.text)
        assert "Rien n'est changé dans le plan." in door_text(answer.text)
        assert state(tmp_path / "depot") == before


def test_without_git_on_the_computer_it_is_told_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = kept(tmp_path)
    before = state(tmp_path / "depot")
    monkeypatch.setenv("PATH", "/nulle/part")
    door = opened(plan, None)
    assert "Git, qui garde l'historique de ce plan, n'est pas installé" in door_text(door.text("/"))
    form = Held(door, door.get("/consigner?id=1.adm.1.1"), "/consigner")
    refused = form.send(note="Vu")
    assert refused.status_code == 400
    assert "Installez git, puis recommencez." in door_text(refused.text)
    monkeypatch.undo()
    assert state(tmp_path / "depot") == before


@pytest.mark.lent
def test_what_nobody_foresaw_leaves_the_files_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = kept(tmp_path)
    before = state(tmp_path / "depot")
    form = previewed(opened(plan, None), ["1.adm.1.1"], statut="en cours")
    monkeypatch.setattr("pivot_cli.plan.keeping.keep", mock.Mock(side_effect=ValueError("embedded null byte")))
    assert form.send(etape="enregistrer").status_code == 500
    assert state(tmp_path / "depot") == before


# --- sending ----------------------------------------------------------------------------------------------


def shared(folder: Path) -> tuple[Path, Path]:
    """A plan whose repository has a remote, which has it; and another copy of it."""
    plan = kept(folder)
    git(folder, "init", "-q", "--bare", "-b", "main", "commun.git")
    git(plan, "remote", "add", "origin", str(folder / "commun.git"))
    git(plan, "push", "-q", "-u", "origin", "main")
    git(folder, "clone", "-q", str(folder / "commun.git"), "copie")
    return plan, folder / "copie"


def sent(door: Door) -> str:
    return door_text(followed(door, Held(door, door.get("/"), "/envoyer").send()))


@pytest.mark.lent
def test_changes_are_sent(tmp_path: Path) -> None:
    plan, other = shared(tmp_path)
    door = opened(plan, None)
    assert "Envoyer" not in door.text("/")
    recorded(door, statut="en cours")
    recorded(door, note="Vu")
    assert "Tout est enregistré; 2 changements à envoyer" in door_text(door.text("/"))
    assert "2 changements sont envoyés." in sent(door)
    assert "Tout est enregistré." in door_text(door.text("/"))
    git(other, "pull", "-q")
    assert b"statut: en cours" in (other / "plan" / _FILE).read_bytes()


@pytest.mark.lent
def test_a_branch_that_was_never_sent_is(tmp_path: Path) -> None:
    plan, other = shared(tmp_path)
    git(plan, "switch", "-q", "-c", "suivi")
    door = opened(plan, None)
    recorded(door, statut="en cours")
    assert "1 changement est envoyé." in sent(door)
    assert "suivi" in git(other, "ls-remote", "--heads", "origin")
    assert git(plan, "rev-parse", "--abbrev-ref", "@{upstream}") == "origin/suivi\n"


def ahead_elsewhere(_: Path, other: Path) -> None:
    (other / "lisez.txt").write_text("x")
    git(other, "add", "lisez.txt")
    git(other, *WHO, "commit", "-qm", "Autre")
    git(other, "push", "-q")


def refused_there(plan: Path, _: Path) -> None:
    folder = plan.parent.parent / "commun.git"
    path = folder / "hooks" / "pre-receive"
    path.parent.mkdir(exist_ok=True)
    path.write_text("#!/bin/sh\necho 'Demandez à Luc'\nexit 1\n", encoding="utf-8")
    path.chmod(0o755)


def through(address: str) -> Callable[[Path, Path], None]:
    def put(plan: Path, _: Path) -> None:
        git(plan, "remote", "set-url", "origin", address)

    return put


def by_ssh(said: str) -> Callable[[Path, Path], None]:
    def put(plan: Path, _: Path) -> None:
        program = plan.parent.parent / "ssh"
        program.write_text(f"#!/bin/sh\necho '{said}' >&2\nexit 255\n")
        program.chmod(0o755)
        git(plan, "config", "core.sshCommand", str(program))
        git(plan, "remote", "set-url", "origin", "git@exemple.org:plan.git")

    return put


NOT_SENT: list[tuple[str, Callable[[Path, Path], None], str]] = [
    ("others were before", ahead_elsewhere, "D'autres changements ont été envoyés depuis un autre ordinateur."),
    ("a server that refuses", refused_there, "Demandez à Luc"),
    ("nobody there", through("http://127.0.0.1:1/plan.git"), "Le serveur ne répond pas."),
    ("no such folder", through("/nulle/part.git"), "Le dépôt où envoyer n'est pas là."),
    ("a stranger", by_ssh("git@exemple.org: Permission denied (publickey)."), "Le serveur ne vous reconnaît pas."),
    ("no network", by_ssh("ssh: Could not resolve hostname exemple.org"), "Le serveur ne répond pas."),
]


@pytest.mark.lent
@table(("name", "trouble", "said"), few(3, NOT_SENT))
def test_what_cannot_be_sent_is_told(name: str, trouble: Callable[[Path, Path], None], said: str) -> None:
    plan, other = shared(kept_folder())
    trouble(plan, other)
    door = opened(plan, None)
    recorded(door, statut="en cours")
    told = sent(door)
    assert said in told, name
    assert "Les changements ne sont pas envoyés" in told
    assert "1 changement à envoyer" in told
