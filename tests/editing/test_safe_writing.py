"""The write is safe: killed at any step, on a full disk, with others at work, a file is the old one or the new one."""

from __future__ import annotations

import errno
import os
import re
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from pace import examples, one_in
from support import ROOT, SMALL, clean_environment, pivot, write_plan

from pivot_cli.record import writing
from pivot_cli.record.writing import Exchange, Refused, exchange, exclusive

pytestmark = pytest.mark.skipif(os.name == "nt", reason="droits, liens et processus POSIX")

OLD, NEW = b"ancien\n" * 3000, b"nouveau\n" * 4000
NAMES = ("a.yaml", "b.yaml", "c.yaml")
CALLS = (
    "open",
    "write",
    "fsync",
    "close",
    "fchmod",
    "fchown",
    "stat",
    "fstat",
    "replace",
    "unlink",
    "listdir",
    "access",
)


def in_child(body: Callable[[], None]) -> int:
    """Run in a process of its own, that may be killed; how it ended."""
    child = os.fork()
    if child == 0:
        try:
            body()
        except BaseException:  # noqa: BLE001 - a child must not go on with the tests
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def write_them(folder: Path) -> None:
    with exclusive(folder):
        exchange([Exchange(folder / name, OLD, NEW, name) for name in NAMES])


def fresh(folder: Path) -> None:
    for entry in folder.iterdir():
        entry.unlink()
    for name in NAMES:
        (folder / name).write_bytes(OLD)
    (folder / "b.yaml").chmod(0o640)


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def dying_at_line(folder: Path, moment: int) -> Callable[[], None]:
    """The writing, killed when the so-many-th line of the module is about to run."""
    seen = 0

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal seen
        if frame.f_code.co_filename != writing.__file__:
            return None
        if event == "line":
            seen += 1
            if seen == moment:
                kill()
        return trace

    def body() -> None:
        sys.settrace(trace)
        write_them(folder)

    return body


def dying_at_call(folder: Path, moment: int, when: str) -> Callable[[], None]:
    """The writing, killed before, during or after the so-many-th call to the system."""
    seen = 0

    def wrapped(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def stand_in(*args: Any, **kwargs: Any) -> Any:
            nonlocal seen
            seen += 1
            if seen != moment:
                return call(*args, **kwargs)
            if when == "during" and name == "write":
                call(args[0], args[1][: len(args[1]) // 2])
            elif when == "after":
                call(*args, **kwargs)
            kill()
            return None

        return stand_in

    def body() -> None:
        for name in CALLS:
            setattr(os, name, wrapped(name, getattr(os, name)))
        write_them(folder)

    return body


@pytest.mark.lent
def test_killed_at_every_step_each_file_is_the_old_one_or_the_new_one_whole(tmp_path: Path) -> None:
    kills = 0
    ends: set[tuple[bool, ...]] = set()
    for when in ("line", "before", "during", "after"):
        for moment in range(1, 1000, examples(15 if when == "line" else 3, 1)):
            fresh(tmp_path)
            ended = in_child(
                dying_at_call(tmp_path, moment, when) if when != "line" else dying_at_line(tmp_path, moment)
            )
            found = [(tmp_path / name).read_bytes() for name in NAMES]
            assert all(data in (OLD, NEW) for data in found)
            assert stat.S_IMODE((tmp_path / "b.yaml").stat().st_mode) == 0o640
            ends.add(tuple(data == NEW for data in found))
            if ended == 0:
                break
            assert ended == -signal.SIGKILL
            kills += 1
        else:
            pytest.fail("never came to its end")
        # What was left beside the files is swept by the next writing, and the lock went with its process.
        fresh_again = [tmp_path / name for name in NAMES]
        with exclusive(tmp_path):
            exchange([Exchange(path, path.read_bytes(), NEW, path.name) for path in fresh_again])
        assert sorted(path.name for path in tmp_path.iterdir()) == list(NAMES)
    assert kills >= examples(60, 300), kills
    assert ends == {(False, False, False), (True, False, False), (True, True, False), (True, True, True)}


def test_what_a_killed_writing_left_is_swept(tmp_path: Path) -> None:
    fresh(tmp_path)
    left = tmp_path / ".a.yaml.0123456789ab.pivot~"
    left.write_bytes(NEW[:10])
    write_them(tmp_path)
    assert not left.exists()


# --- what the system refuses ------------------------------------------------------------------------------


@pytest.mark.parametrize("code", one_in(3, [errno.ENOSPC, errno.EIO, errno.EDQUOT]))
@pytest.mark.parametrize("name", CALLS)
def test_a_refusal_of_the_system_at_any_call_loses_nothing(tmp_path: Path, name: str, code: int) -> None:
    """The n-th call of each kind fails, for every n."""
    for moment in range(1, 50):
        fresh(tmp_path)
        seen = 0
        real = getattr(os, name)
        os_close = os.close

        def stand_in(
            *args: Any, moment: int = moment, real: Any = real, os_close: Any = os_close, **kwargs: Any
        ) -> Any:
            nonlocal seen
            seen += 1
            if seen == moment:
                if real is os_close:  # which closes even where it complains
                    real(*args)
                raise OSError(code, "refused")
            return real(*args, **kwargs)

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(os, name, stand_in)
            with suppress(OSError, Refused):
                write_them(tmp_path)
        assert all((tmp_path / file).read_bytes() in (OLD, NEW) for file in NAMES)
        if seen < moment:
            break


@pytest.mark.lent
def test_a_file_that_may_not_grow_is_left_as_it_was(tmp_path: Path) -> None:
    """A limit on the size of files, at many sizes: what a full disk does in the middle of a write."""
    fresh(tmp_path)

    def limited(size: int) -> Callable[[], None]:
        def body() -> None:
            import resource

            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            with pytest.raises(OSError, match=r"a\.yaml") as caught:
                write_them(tmp_path)
            assert caught.value.errno == errno.EFBIG

        return body

    for size in range(0, len(NEW), len(NEW) // 40):
        assert in_child(limited(size)) == 0
        assert sorted((path.name, path.read_bytes()) for path in tmp_path.iterdir()) == [(name, OLD) for name in NAMES]


FULL = """
set -e
mount -t tmpfs -o size=64k tmpfs "$1"
cp -r "$2" "$1/plan"
dd if=/dev/zero of="$1/filler" bs=1024 count=1000 2>/dev/null || true
cd "$1"
set +e
"$3" -m pivot_cli note 1.adm.1.1 --note "Rien à signaler" >out 2>/dev/null
"$3" -m pivot_cli note 1.adm.1.1 --note "Rien à signaler"
echo "CODE $?"
ls -A plan
cmp plan/orientation-1.yaml "$2/orientation-1.yaml" && echo SAME
"""


@pytest.mark.lent
def test_a_full_disk_is_said_and_loses_nothing(tmp_path: Path) -> None:
    """A real file system of 64 KB, filled to its last block."""
    plan = write_plan(tmp_path)
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["sh", "-c", FULL, "sh", str(disk), str(plan), sys.executable]
    isolated = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--user", "--map-root-user"]), *command]
    try:
        done = subprocess.run(
            isolated, env=clean_environment() | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        pytest.skip("sans la commande unshare")
    if "CODE" not in done.stdout:
        pytest.skip(f"ce système ne laisse pas monter un disque d'essai : {done.stderr.strip()}")
    assert re.search("disque plein|plus d.espace sur le disque", done.stderr)
    assert "Rien n'est changé" in done.stderr
    assert "note: Rien à signaler" in done.stderr, "the lines to write by hand"
    assert done.stdout.split() == ["CODE", "3", *sorted(SMALL), "SAME"]


def as_a_member_of_staff(body: Callable[[], None]) -> int:
    """Run in a process that is not root, whoever runs the tests."""

    def dropped() -> None:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        body()

    return in_child(dropped)


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that a member of staff can reach, which those of the tests are not when root runs them."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def test_a_folder_or_a_file_in_read_only_is_refused(open_to_all: Path) -> None:
    path = open_to_all / "a.yaml"
    path.write_bytes(OLD)
    if os.geteuid() == 0:
        os.chown(open_to_all, 65534, 65534)
        os.chown(path, 65534, 65534)

    def asked() -> None:
        try:
            exchange([Exchange(path, OLD, NEW, "a.yaml")])
        except PermissionError as error:
            os._exit(7 if error.filename == "a.yaml" else 1)

    for refusing, mode in ((path, 0o444), (open_to_all, 0o555)):
        before = stat.S_IMODE(refusing.stat().st_mode)
        refusing.chmod(mode)
        assert as_a_member_of_staff(asked) == 7
        refusing.chmod(before)
    assert path.read_bytes() == OLD
    assert as_a_member_of_staff(asked) == 0
    assert path.read_bytes() == NEW


# --- what a file keeps ------------------------------------------------------------------------------------


def test_rights_and_symbolic_links_are_kept(tmp_path: Path) -> None:
    (tmp_path / "sous").mkdir()
    real = tmp_path / "sous" / "real.yaml"
    real.write_bytes(OLD)
    real.chmod(0o604)
    (tmp_path / "a.yaml").symlink_to("sous/real.yaml")
    with exclusive(tmp_path):
        exchange([Exchange(tmp_path / "a.yaml", OLD, NEW, "a.yaml")])
    assert (tmp_path / "a.yaml").is_symlink()
    assert real.read_bytes() == NEW
    assert stat.S_IMODE(real.stat().st_mode) == 0o604
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.yaml", "real.yaml", "sous"]


def test_a_link_out_of_the_folder_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "plan").mkdir()
    (tmp_path / "real.yaml").write_bytes(OLD)
    (tmp_path / "plan" / "a.yaml").symlink_to("../real.yaml")
    with pytest.raises(Refused, match="un lien qui mène hors du dossier du plan"):
        exchange([Exchange(tmp_path / "plan" / "a.yaml", OLD, NEW, "a.yaml")])
    assert (tmp_path / "real.yaml").read_bytes() == OLD
    assert len(list(tmp_path.rglob("*"))) == 3


def lock_files_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """As some network disks do."""
    import fcntl

    real = fcntl.flock

    def flock(descriptor: int, operation: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.ENOLCK, "no locks available")
        real(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", flock)


def test_a_lock_that_is_a_link_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / ".verrou.pivot~").symlink_to("../ailleurs")
    lock_files_only(monkeypatch)
    with pytest.raises(OSError, match="link"), exclusive(tmp_path / "plan"):
        pytest.fail("locked through a link")
    assert not (tmp_path / "ailleurs").exists()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="changer de propriétaire demande d'être root")
def test_the_owner_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(OLD)
    os.chown(path, 65534, 65533)
    exchange([Exchange(path, OLD, NEW, "a.yaml")])
    assert (path.stat().st_uid, path.stat().st_gid) == (65534, 65533)
    assert path.read_bytes() == NEW


def test_an_owner_that_cannot_be_kept_is_a_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(OLD)
    real = os.fstat

    def of_another(descriptor: int) -> Any:
        values = list(real(descriptor))
        values[4] += 1
        return os.stat_result(values)

    def refused(*_: object) -> None:
        raise PermissionError(errno.EPERM, "no")

    monkeypatch.setattr(os, "fstat", of_another)
    monkeypatch.setattr(os, "fchown", refused)
    with pytest.raises(Refused, match="appartient à un autre compte"):
        exchange([Exchange(path, OLD, NEW, "a.yaml")])
    assert [entry.read_bytes() for entry in tmp_path.iterdir()] == [OLD]


def test_extended_attributes_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(OLD)
    try:
        os.setxattr(path, "user.pivot", b"oui")
    except (OSError, AttributeError):
        pytest.skip("ce disque n'a pas d'attributs étendus")
    exchange([Exchange(path, OLD, NEW, "a.yaml")])
    assert os.getxattr(path, "user.pivot") == b"oui"


def test_a_file_of_several_names_is_refused_with_the_lines_to_write(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    os.link(plan / "orientation-1.yaml", tmp_path / "autre.yaml")
    done = pivot("note", "1.adm.1.1", "--statut", "en cours", cwd=tmp_path)
    assert done.returncode == 3
    assert "porte plusieurs noms" in done.stderr
    assert "  statut: en cours" in done.stderr
    assert (tmp_path / "autre.yaml").read_text(encoding="utf-8") == SMALL["orientation-1.yaml"]


# --- two at the same moment -------------------------------------------------------------------------------


def test_a_new_file_takes_the_place_of_no_other(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    with exclusive(tmp_path):
        exchange([Exchange(path, None, NEW, "a.yaml")])
    assert path.read_bytes() == NEW
    with exclusive(tmp_path), pytest.raises(Refused, match="a changé pendant ce temps"):
        exchange([Exchange(path, None, OLD, "a.yaml")])
    (tmp_path / "b.yaml").symlink_to("../c.yaml")
    with exclusive(tmp_path), pytest.raises(Refused, match="hors du dossier du plan"):
        exchange([Exchange(tmp_path / "b.yaml", None, OLD, "b.yaml")])
    assert path.read_bytes() == NEW
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.yaml", "b.yaml"]


def test_a_file_that_changed_meanwhile_is_left_to_who_changed_it(tmp_path: Path) -> None:
    fresh(tmp_path)
    (tmp_path / "b.yaml").write_bytes(b"autre")
    with pytest.raises(Refused, match=r"b\.yaml a changé pendant ce temps") as caught:
        write_them(tmp_path)
    assert (caught.value.again, caught.value.done) == (True, ())
    assert (tmp_path / "a.yaml").read_bytes() == OLD
    assert (tmp_path / "b.yaml").read_bytes() == b"autre"
    assert len(list(tmp_path.iterdir())) == len(NAMES)


@pytest.mark.lent
def test_many_at_the_same_moment_lose_none_of_their_notes(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    words = [sys.executable, "-m", "pivot_cli", "note", "1.adm.1.1", "--note"]
    several = examples(6, 12)
    running = [
        subprocess.Popen([*words, f"Note {number}"], cwd=tmp_path, env=clean_environment(), stdout=subprocess.DEVNULL)
        for number in range(several)
    ]
    assert [one.wait(60) for one in running] == [0] * several
    text = (plan / "orientation-1.yaml").read_text(encoding="utf-8")
    assert sorted(line.split("note: ")[1] for line in text.splitlines() if "note: Note" in line) == sorted(
        f"Note {number}" for number in range(several)
    )


@contextmanager
def holding(folder: Path) -> Iterator[threading.Event]:
    """The lock in the hands of another, until told to let go."""
    held, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        with exclusive(folder):
            held.set()
            let_go.wait(20)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(20)
    yield let_go
    let_go.set()
    thread.join()


def test_the_second_waits_for_the_first_and_not_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real_sleep = time.sleep
    with holding(tmp_path) as let_go:
        monkeypatch.setattr(time, "sleep", lambda _: None)
        with pytest.raises(Refused, match="garde le plan verrouillé") as caught, exclusive(tmp_path):
            pytest.fail("two at once")
        assert caught.value.again

        def let_it_go(_: float) -> None:
            let_go.set()
            real_sleep(0.01)

        monkeypatch.setattr(time, "sleep", let_it_go)
        with exclusive(tmp_path):
            pass
    assert list(tmp_path.iterdir()) == []


def test_where_folders_cannot_be_locked_a_file_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock_files_only(monkeypatch)
    with exclusive(tmp_path):
        assert [path.name for path in tmp_path.iterdir()] == [".verrou.pivot~"]
