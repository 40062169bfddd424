"""Where the plan is, which files make it, and what cannot be opened."""

from __future__ import annotations

import errno
import os
import re
import socket
import stat
import tempfile
import unicodedata
from pathlib import Path
from typing import Literal

import pytest
from cli_french.english import english, misspaced
from pace import table
from systems import posix

from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.plan import sources
from pivot_cli.plan.sources import NoPlanError, PlanFiles, file_label, find_plan, label_for, read_folder
from pivot_cli.system import system_message
from pivot_cli.yaml_tree import MAX_FILE_BYTES

NBSP = "\u00a0"


def make_plan(folder: Path, *more: str, without: str = "") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("organisme.yaml", "responsables.yaml", "orientation-1.yaml", *more):
        if name != without:
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(f"nom: {name}\n", encoding="utf-8")
    return folder


def told(files: PlanFiles) -> list[tuple[str, str]]:
    for finding in files.findings:
        own = re.sub("«\u00a0.*?\u00a0»", "«\u00a0…\u00a0»", f"{finding.message} {finding.remedy}")
        assert english(own) == []
        assert misspaced(own) == []
        assert finding.remedy
    return [(finding.code, finding.location.file) for finding in files.findings]


def refused(error: pytest.ExceptionInfo[PivotError]) -> str:
    text = f"{error.value.message} {error.value.remedy}".replace(NBSP, " ")
    assert english(re.sub("« .*? »|--?[a-z]+", "", text)) == []
    assert error.value.code is ExitCode.UNREADABLE
    assert error.value.remedy
    return text


# ---- where the plan is


def test_the_nearest_plan_is_found_from_below(tmp_path: Path) -> None:
    plan = make_plan(tmp_path / "plan")
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert find_plan(None, None, below) == plan
    nearer = make_plan(tmp_path / "a" / "plan")
    assert find_plan(None, "", below) == nearer


def test_the_plan_is_found_from_inside(tmp_path: Path) -> None:
    plan = make_plan(tmp_path / "plan")
    (plan / "notes").mkdir()
    assert find_plan(None, None, plan) == plan
    assert find_plan(None, None, plan / "notes") == plan


def test_a_folder_named_plan_without_organisme_is_passed_over(tmp_path: Path) -> None:
    plan = make_plan(tmp_path / "plan")
    (tmp_path / "a" / "plan").mkdir(parents=True)
    assert find_plan(None, None, tmp_path / "a") == plan


def test_the_option_passes_before_the_variable(tmp_path: Path) -> None:
    first, second = make_plan(tmp_path / "un plan"), make_plan(tmp_path / "autre")
    assert find_plan("un plan", "autre", tmp_path) == first
    assert find_plan(None, "autre", tmp_path) == second
    assert find_plan(str(first), None, tmp_path) == first


@pytest.mark.parametrize(
    ("explicit", "variable", "message"),
    [
        (None, None, "aucun plan ici"),
        ("absent", None, "--plan : le dossier « absent » ne peut pas être lu (fichier ou dossier introuvable)"),
        (None, "absent", "PIVOT_PLAN : le dossier « absent »"),
        ("plan/organisme.yaml", None, "n'est pas un dossier. Donnez le dossier qui le contient : plan"),
        ("", None, "--plan ne nomme aucun dossier"),
        ("  ", None, "--plan ne nomme aucun dossier"),
        ("plan/organisme.yaml/x", None, "n'est pas celui d'un dossier"),
        ("x" * 5000, None, "nom trop long"),
        ("a\0b", None, "n'est pas un nom de dossier"),
        ("a\x1b[31m", None, "« a\ufffd[31m »"),
    ],
)
def test_a_plan_that_cannot_be_found_is_said(
    explicit: str | None, variable: str | None, message: str, tmp_path: Path
) -> None:
    make_plan(tmp_path / "un" / "plan")
    (tmp_path / "deux").mkdir()
    where = tmp_path / ("un" if explicit or variable else "deux")
    with pytest.raises(PivotError) as error:
        find_plan(explicit, variable, where)
    assert message in refused(error)


@posix
def test_a_loop_of_links_is_said(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(PivotError) as error:
        find_plan("a", None, tmp_path)
    assert "trop de liens" in refused(error)


def test_a_plan_that_may_not_be_looked_at_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = make_plan(tmp_path / "plan")
    lstat = os.lstat

    def denied(path: Path) -> os.stat_result:
        if Path(path).parent == plan:
            raise PermissionError(errno.EACCES, "Permission denied")
        return lstat(path)

    monkeypatch.setattr(os, "lstat", denied)
    with pytest.raises(PivotError) as error:
        find_plan(None, None, tmp_path)
    assert "le dossier « plan » ne peut pas être lu (accès refusé)" in refused(error)
    assert "droit de lire" in error.value.remedy


def test_a_parent_that_may_not_be_looked_at_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = make_plan(tmp_path / "plan")
    below = tmp_path / "a"
    below.mkdir()
    lstat = os.lstat

    def denied(path: Path) -> os.stat_result:
        if Path(path).parent == below:
            raise PermissionError(errno.EACCES, "Permission denied")
        return lstat(path)

    monkeypatch.setattr(os, "lstat", denied)
    assert find_plan(None, None, below) == plan


# ---- how it is shown


@table(
    ("folder", "cwd", "label"),
    [
        ("/w/x/plan", "/w/x", "plan"),
        ("/w/x/plan", "/w/x/plan", "."),
        ("/w/x/plan", "/w/x/a", "../plan"),
        ("/w/x/plan", "/w/x/a/b", "../../plan"),
        ("/w/x/plan", "/w/x/plan/notes", ".."),
        ("/w/x/plan", "/w/x/a/b/c/d", "/w/x/plan"),
        ("/srv/plan", "/w/x", "/srv/plan"),
        ("/w/plan", "/", "w/plan"),
        ("/w/x/../plan", "/w/x", "../plan"),
        ("/v/../plan", "/w/x", "/v/../plan"),
        ("plan", "/w/x", "plan"),
        ("../autre", "/w/x", "../autre"),
        ("/w/x/le plan\x1b\udcff", "/w/x", "le plan\ufffd\ufffd"),
    ],
)
def test_a_folder_is_shown_as_it_is_reached(folder: str, cwd: str, label: str) -> None:
    assert label_for(Path(folder), Path(cwd)) == label


def test_a_file_is_shown_with_its_folder() -> None:
    assert PlanFiles("../plan").shown("a.yaml") == "../plan/a.yaml"
    assert file_label(".", "a.yaml") == "a.yaml"
    assert file_label("", "a\x07.yaml") == "a\ufffd.yaml"
    assert file_label("/", "a.yaml") == "/a.yaml"


# ---- what is read


def test_the_files_are_in_the_order_of_the_plan(tmp_path: Path) -> None:
    more = (
        "orientation-10.yaml",
        "orientation-2.yaml",
        "reunions.yaml",
        "notes.txt",
        ".#x.yaml",
        "._orientation-1.yaml",
    )
    files = read_folder(make_plan(tmp_path, *more), "plan")
    assert list(files.files) == [
        "organisme.yaml",
        "responsables.yaml",
        *("orientation-1.yaml", "orientation-2.yaml", "orientation-10.yaml"),
        "reunions.yaml",
    ]
    assert files.files["orientation-2.yaml"] == b"nom: orientation-2.yaml\n"
    assert told(files) == []


@posix
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_accents_spaces_and_links_do_not_matter(form: Literal["NFC", "NFD"], tmp_path: Path) -> None:
    name = unicodedata.normalize(form, "Organisme à but non lucratif")
    real = make_plan(tmp_path / name / "plan stratégique")
    (tmp_path / "lien").symlink_to(real)
    (real / "orientation-2.yaml").symlink_to(real / "orientation-1.yaml")
    for folder in (real, tmp_path / "lien"):
        files = read_folder(find_plan(str(folder), None, tmp_path), "x")
        assert len(files.files) == 4
        assert files.findings == []


def test_a_folder_that_may_only_be_read_is_read(tmp_path: Path) -> None:
    plan = make_plan(tmp_path / "plan")
    for file in plan.iterdir():
        file.chmod(0o444)
    plan.chmod(0o555)
    try:
        assert len(read_folder(plan, "plan").files) == 3
    finally:
        plan.chmod(0o755)


@pytest.mark.parametrize("name", ["organisme.yaml", "responsables.yaml", "orientation-1.yaml"])
def test_a_file_that_must_be_there_is_missed(name: str, tmp_path: Path) -> None:
    files = read_folder(make_plan(tmp_path, without=name), "plan")
    assert told(files) == [("PIV001", f"plan/{name}")]
    assert len(files.files) == 2


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("orientation_1.yaml", "orientation-1.yaml"),
        ("orientation-1.yml", "orientation-1.yaml"),
        ("Orientation-1.yaml", "orientation-1.yaml"),
        ("orientation-1.YAML", "orientation-1.yaml"),
        ("orientation 01.yaml", "orientation-1.yaml"),
        ("orientation3.yml", "orientation-3.yaml"),
    ],
)
def test_a_misnamed_orientation_is_told_once(name: str, right: str, tmp_path: Path) -> None:
    plan = make_plan(tmp_path, name, without="orientation-1.yaml")
    files = read_folder(plan, "plan")
    assert told(files) == [("PIV001", "plan/orientation-1.yaml")]
    assert f"Renommez «{NBSP}{name}{NBSP}» en «{NBSP}{right}{NBSP}»." in files.findings[0].remedy
    make_plan(tmp_path, "orientation-9.yaml", without="orientation-1.yaml")
    files = read_folder(plan, "plan")
    assert told(files) == [("PIV010", f"plan/{name}")]
    assert f"Renommez-le «{NBSP}{right}{NBSP}»." in files.findings[0].remedy


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("réunions.yaml", "Renommez-le « reunions.yaml »"),
        ("organisme.yml", "Si c'est une copie de « organisme.yaml »"),
        ("organisme - Copie.yaml", "Si c'est une copie de « organisme.yaml »"),
        ("responsable.yaml", "Si c'est une copie de « responsables.yaml »"),
        ("orientation-1 (2).yaml", "Si c'est une copie de « orientation-1.yaml »"),
        ("orientation.yaml", "Un plan se compose de"),
        ("orientation-0.yaml", "Un plan se compose de"),
        ("docker-compose.yml", "Un plan se compose de"),
        ("orientation-2.yaml.txt", "Renommez-le « orientation-2.yaml »"),
        ("orientation-2.yaml ", "Renommez-le « orientation-2.yaml »"),
        ("orientation-1-PC-Julie.yaml", "Si c'est une copie de « orientation-1.yaml »"),
        ("organisme.yaml~", "Si c'est une copie de « organisme.yaml »"),
        ("orientations/orientation-2.yaml", "Déplacez-le dans le dossier du plan, sous le nom « orientation-2.yaml »"),
        ("archives/orientation-1.yaml", "Si c'est une copie de « orientation-1.yaml »"),
    ],
)
def test_a_name_that_is_not_the_plans_is_told(name: str, remedy: str, tmp_path: Path) -> None:
    files = read_folder(make_plan(tmp_path, name), "plan")
    assert told(files) == [("PIV010", f"plan/{name}")]
    assert remedy in files.findings[0].remedy.replace(NBSP, " ")
    assert len(files.files) == 3


@pytest.mark.parametrize("name", ["notes.txt", "orientation-2.docx", "organisme.pdf", "archives/notes.yaml"])
def test_what_is_no_file_of_a_plan_is_nobodys_fault(name: str, tmp_path: Path) -> None:
    assert told(read_folder(make_plan(tmp_path, name), "plan")) == []


def test_a_plan_in_a_folder_of_a_plan_is_another_plan(tmp_path: Path) -> None:
    plan = make_plan(tmp_path, "2016-2018/organisme.yaml")
    (plan / "2016-2018" / "orientation-1.yaml").write_text("", encoding="utf-8")
    assert told(read_folder(plan, "plan")) == []


@pytest.mark.parametrize(
    ("there", "remedy"),
    [
        ("Plan/organisme.yaml", "Renommez « Plan » en « plan », ou nommez-le : --plan Plan"),
        ("plan/Organisme.yaml", "Renommez « plan/Organisme.yaml » en « plan/organisme.yaml »."),
        ("plan/organisme.yml", "Renommez « plan/organisme.yml » en « plan/organisme.yaml »."),
        ("PLAN/organisme.yaml.txt", "Renommez « PLAN/organisme.yaml.txt » en « PLAN/organisme.yaml »."),
        ("organisme.yml", "Renommez « organisme.yml » en « organisme.yaml »."),
        ("plan/notes.yaml", "Placez-vous dans le dossier de votre plan"),
        ("organisme.pdf", "Placez-vous dans le dossier de votre plan"),
    ],
)
def test_a_plan_that_nearly_has_its_name_is_named(there: str, remedy: str, tmp_path: Path) -> None:
    (tmp_path / there).parent.mkdir(exist_ok=True)
    (tmp_path / there).touch()
    (tmp_path / "dans").mkdir()
    for here in (tmp_path, tmp_path / "dans"):
        with pytest.raises(NoPlanError) as error:
            find_plan(None, None, here)
        assert error.value.remedy.replace(NBSP, " ").startswith(remedy)


def test_the_home_of_whoever_types_it_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    plan = make_plan(tmp_path / "plan")
    assert find_plan("~/plan", None, tmp_path) == plan


def test_a_misnamed_organisme_is_told_once(tmp_path: Path) -> None:
    files = read_folder(make_plan(tmp_path, "organisme.yml", without="organisme.yaml"), "plan")
    assert told(files) == [("PIV001", "plan/organisme.yaml")]
    assert "Renommez" in files.findings[0].remedy


def test_a_name_that_is_not_text_is_shown_clean(tmp_path: Path) -> None:
    plan = make_plan(tmp_path)
    (plan / "x\udcff\x1b.yaml").write_bytes(b"")
    assert told(read_folder(plan, "plan")) == [("PIV010", "plan/x\ufffd\ufffd.yaml")]


def test_a_folder_without_yaml_is_not_a_plan(tmp_path: Path) -> None:
    with pytest.raises(PivotError) as error:
        read_folder(tmp_path, "plan")
    assert "le dossier « plan » ne contient aucun fichier YAML" in refused(error)
    make_plan(tmp_path / "plan")
    with pytest.raises(PivotError) as error:
        read_folder(tmp_path, ".")
    assert "Le plan semble être dans « plan »" in refused(error)


def test_a_folder_that_cannot_be_listed_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(_: Path) -> list[str]:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "listdir", denied)
    with pytest.raises(PivotError) as error:
        read_folder(tmp_path, "plan")
    assert "accès refusé" in refused(error)


# ---- what is not a file, or cannot be opened


def _folder(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _dangling(path: Path) -> None:
    path.symlink_to("nulle-part")


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")  # not followed, not even to say what it is


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the path of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as opened:
            opened.bind(path.name)
    finally:
        os.chdir(here)


@posix
@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (_folder, "c'est un dossier"),
        (_pipe, "FIFO"),
        (_dangling, "un lien qui ne mène à rien"),
        (_loop, "trop de liens"),
        (_device, "un lien qui mène hors du dossier du plan"),
        (_socket, "prise de communication"),
    ],
)
def test_what_is_not_a_file_is_told_and_never_waited_for(make: object, reason: str, tmp_path: Path) -> None:
    plan = make_plan(tmp_path, without="orientation-1.yaml")
    assert callable(make)
    make(plan / "orientation-1.yaml")
    files = read_folder(plan, "plan")
    assert told(files) == [("PIV002", "plan/orientation-1.yaml")]
    assert reason in files.findings[0].message
    assert list(files.files) == ["organisme.yaml", "responsables.yaml"]


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = make_plan(tmp_path)
    opened = os.open

    def denied(path: Path, flags: int) -> int:
        if Path(path).name == "responsables.yaml":
            raise PermissionError(errno.EACCES, "Permission denied")
        return opened(path, flags)

    monkeypatch.setattr(os, "open", denied)
    files = read_folder(plan, "plan")
    assert told(files) == [("PIV002", "plan/responsables.yaml")]
    assert "accès refusé" in files.findings[0].message
    assert len(files.files) == 2


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows has no such rights")
def test_rights_are_those_of_the_system() -> None:
    with tempfile.TemporaryDirectory() as folder:  # those of pytest are closed to others
        plan = make_plan(Path(folder))
        plan.chmod(0o755)
        (plan / "responsables.yaml").chmod(0)
        before = os.geteuid()
        if before == 0:
            os.seteuid(65534)  # the superuser may read everything
        try:
            files = read_folder(plan, "plan")
        finally:
            os.seteuid(before)
    assert told(files) == [("PIV002", "plan/responsables.yaml")]


@posix
def test_a_file_that_becomes_a_pipe_between_two_looks_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = make_plan(tmp_path)
    looked = (plan / "organisme.yaml").stat()
    (plan / "organisme.yaml").unlink()
    os.mkfifo(plan / "organisme.yaml")
    with monkeypatch.context() as patched:
        patched.setattr(os, "stat", lambda _: looked)
        files = read_folder(plan, "plan")
    assert told(files) == [("PIV002", "plan/organisme.yaml")]


def test_a_file_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sources.MAX_FILE_BYTES == MAX_FILE_BYTES
    plan = make_plan(tmp_path)
    with (plan / "orientation-1.yaml").open("wb") as big:
        big.truncate(50_000_000)
    files = read_folder(plan, "plan")
    assert told(files) == [("PIV007", "plan/orientation-1.yaml")]
    assert f"20{NBSP}Mo" in files.findings[0].message
    monkeypatch.setattr(sources, "MAX_FOLDER_BYTES", 30)
    files = read_folder(plan, "plan")
    assert told(files) == [("PIV007", "plan/responsables.yaml"), ("PIV007", "plan/orientation-1.yaml")]
    assert "ensemble" in files.findings[0].message


def test_a_file_that_grows_while_it_is_read_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = make_plan(tmp_path)
    monkeypatch.setattr(sources, "MAX_FILE_BYTES", 10)
    fstat = os.fstat

    def small(descriptor: int) -> os.stat_result:
        values = list(fstat(descriptor))
        values[stat.ST_SIZE] = 1
        return os.stat_result(values)

    monkeypatch.setattr(os, "fstat", small)
    assert {code for code, _ in told(read_folder(plan, "plan"))} == {"PIV007"}


def test_what_the_system_says_is_said_in_french() -> None:
    for code in errno.errorcode:
        words = system_message(OSError(code, os.strerror(code)))
        assert english(words) == []
        assert misspaced(words) == []
    assert system_message(OSError(errno.ENOSPC, "No space left on device")) == "disque plein"
    assert system_message(OSError(99_999, "?")) == "erreur 99999 du système"
    assert system_message(OSError("?")) == "nom ou opération que le système n'accepte pas"
