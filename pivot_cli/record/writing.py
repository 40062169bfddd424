"""A file written whole or not at all; and the plan's own files changed under a lock, rights, owner and links kept."""

import errno
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from pivot_cli.system import leads_to, leaving, not_followed
from pivot_cli.text import clean, quoted

_MARK = ".pivot~"  # ends the name of a file that is being written


def write_whole(path: Path, data: bytes, within: Path | None = None) -> None:
    """Put `data` in a file: whoever reads it, at any moment, finds the old content or the new, whole.

    The new content is written beside the file, flushed to the disk, then takes the file's name and keeps its
    rights; through a link, the file that it points to is replaced. What is not a regular file (a terminal, a
    pipe, `/dev/null`) is written to directly. Raises OSError when that cannot be done, and PivotError when a link
    would lead it out of the folder `within`; nothing is left behind.
    """
    found = os.path.realpath(path) if within is None else leads_to(path, within)
    if found is None:
        raise not_followed(path.name, f"de {quoted(clean(str(within)))}")
    target = Path(found)
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "is a directory", str(path))
    if path.exists() and not path.is_file():  # not the target: that of /dev/stdout is a name of no file
        path.write_bytes(data)
        return
    beside = ""
    try:
        rights = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
        beside = _staged(found, data, 0o666 if rights is None else 0o600)
        if rights is not None:
            os.chmod(beside, rights)
        os.replace(beside, found)
    except OSError as error:  # name the file that was asked for, not the one beside it
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        _forget(beside)


def add_to(path: Path, data: bytes) -> None:
    """Add `data` at the end of a file, which is made if it is not there. Raises OSError when that cannot be done."""
    with path.open("ab") as file:
        file.write(data)


def _staged(target: str, data: bytes, rights: int = 0o600, dress: Callable[[int], None] = lambda _: None) -> str:
    """The name of a new file beside another, with `data` on the disk; `dress` gives it the rest that the other has."""
    folder, name = os.path.split(target)
    beside = os.path.join(folder, f".{name}.{os.urandom(6).hex()}{_MARK}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    descriptor = os.open(beside, flags, rights)
    try:
        with open(descriptor, "wb", buffering=0) as file:
            rest = memoryview(data)
            while rest:
                rest = rest[file.write(rest) :]
            dress(descriptor)
            os.fsync(descriptor)
    except BaseException:
        _forget(beside)
        raise
    return beside


def _forget(name: str) -> None:
    with suppress(OSError):
        os.unlink(name)


# --- the plan's own files ---------------------------------------------------------------------------------


class Exchange(NamedTuple):
    """A file that must hold `old` (None: that must not be there), to hold `new` (None: to be there no more); `shown` is
    the name that messages give it, `by_hand` what they say to do where it cannot be written.
    """

    path: Path
    old: bytes | None
    new: bytes | None
    shown: str
    by_hand: str = ""


class Refused(Exception):  # noqa: N818 - what a file is, not an error of the program
    """Why a file is not written, in French; whether to try `again`; the files that were `done` before it."""

    def __init__(self, reason: str, *, again: bool = False, done: tuple[str, ...] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.again = again
        self.done = done


def exchange(changes: Sequence[Exchange]) -> None:
    """Give each file its new content: at any instant each is the old one or the new one, whole.

    All the new contents are on the disk before the first takes its file's name. A file keeps its rights, its
    owner and its extended attributes, and a symbolic link still leads to it. Raises `Refused` when a file no
    longer holds what it held, or could not be replaced and stay what it is; OSError when the system refuses.
    To be called within `exclusive`.
    """
    staged: list[str] = []
    done: list[str] = []
    shown = ""
    try:
        for change in changes:
            shown = change.shown
            staged.append(_stage(change))
        for change, beside in zip(changes, staged, strict=True):
            shown, target = change.shown, _target(change)
            if beside:
                os.replace(beside, target)
            else:
                os.unlink(target)
            done.append(shown)
            with suppress(OSError):  # make the disk remember the new name, where folders can be flushed
                folder = os.open(os.path.dirname(target), os.O_RDONLY)
                try:
                    os.fsync(folder)
                finally:
                    os.close(folder)
    except OSError as error:
        if done:
            reason = f"{shown}\N{NO-BREAK SPACE}: le système a refusé l'écriture (code {error.errno})"
            raise Refused(reason, done=tuple(done)) from error
        raise OSError(error.errno, error.strerror, shown) from error
    except Refused as refused:
        refused.done = tuple(done)
        raise
    finally:
        for beside in staged[len(done) :]:
            _forget(beside)


def _target(change: Exchange) -> str:
    """Where a change is written, links followed; `Refused` if they leave its folder or the file changed meanwhile."""
    if (target := leads_to(change.path, change.path.parent)) is None:
        raise Refused(leaving(change.shown, "du dossier du plan").removesuffix("."))
    changed = Refused(f"{change.shown} a changé pendant ce temps (un autre programme l'a enregistré)", again=True)
    if change.old is None:
        if os.path.lexists(target):
            raise changed
        return target
    descriptor = os.open(target, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    with open(descriptor, "rb") as file:
        if stat.S_ISREG(os.fstat(descriptor).st_mode) and file.read(len(change.old) + 1) == change.old:
            return target
    raise changed


def _stage(change: Exchange) -> str:
    """The new content on the disk, beside its file and as much like it as the system allows; its name, if any."""
    target = _target(change)
    if change.new is None:
        return ""
    if change.old is None:
        return _staged(target, change.new, 0o666)
    if (status := os.stat(target)).st_nlink > 1:
        raise Refused(f"{change.shown} porte plusieurs noms sur le disque (lien physique), qui seraient séparés")
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "read-only file", change.shown)
    folder, name = os.path.split(target)
    with suppress(OSError):  # what an interrupted writing of this file left beside it: nobody else is writing it now
        for entry in os.listdir(folder):
            if entry.startswith(f".{name}.") and entry.endswith(_MARK):
                _forget(os.path.join(folder, entry))
    return _staged(target, change.new, dress=lambda descriptor: _make_alike(descriptor, target, status, change.shown))


def _make_alike(descriptor: int, target: str, status: os.stat_result, shown: str) -> None:
    """Give the new file the owner, the rights and the extended attributes of the old one."""
    if os.name == "nt":  # the new file takes the rights of its folder, as it does when an editor saves
        return
    fresh = os.fstat(descriptor)
    if (fresh.st_uid, fresh.st_gid) != (status.st_uid, status.st_gid):
        try:
            os.fchown(descriptor, status.st_uid, status.st_gid)
        except PermissionError:
            raise Refused(f"{shown} appartient à un autre compte, ou à un groupe dont vous n'êtes pas") from None
    os.fchmod(descriptor, stat.S_IMODE(status.st_mode))
    names: list[str] = []
    with suppress(OSError, AttributeError):  # not on every system
        names = os.listxattr(target)
    for name in names:
        try:
            os.setxattr(descriptor, name, os.getxattr(target, name))
        except OSError:
            if name.startswith("system.posix_acl"):
                raise Refused(f"{shown} a des droits d'accès particuliers, qui seraient perdus") from None


# --- one writer at a time ---------------------------------------------------------------------------------

_TRIES, _PAUSE = 600, 0.05  # half a minute


@contextmanager
def exclusive(folder: Path) -> Iterator[None]:
    """Be the only one to change the files of a folder, itself locked: no file is left in it. The lock ends with the
    process, however it ends. Raises `Refused` when another keeps it too long.
    """
    import time

    descriptor, lock = _lockable(os.path.realpath(folder))
    try:
        for _ in range(_TRIES):
            if _locked(descriptor):
                break
            time.sleep(_PAUSE)
        else:
            raise Refused(f"un autre programme garde le plan verrouillé ({lock})", again=True)
        yield
    finally:
        os.close(descriptor)
        if os.name == "nt":  # which refuses it while another has it open
            _forget(lock)


def _lockable(folder: str) -> tuple[int, str]:
    """What can be locked: the folder, or where folders cannot be (on some network disks), a file in it."""
    if os.name != "nt":
        with suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                _locked(descriptor)
            except OSError:
                os.close(descriptor)
            else:
                return descriptor, folder
    lock = os.path.join(folder, ".verrou.pivot~")
    if os.path.islink(lock):  # some systems cannot be told not to follow one
        raise OSError(errno.ELOOP, "a link", lock)
    return os.open(lock, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666), lock


def _locked(descriptor: int) -> bool:
    """Whether the lock is taken, at once; not when another has it. Raises OSError where this cannot be locked."""
    if os.name == "nt":
        import msvcrt

        with suppress(OSError):
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
            return True
        return False
    import fcntl

    with suppress(BlockingIOError):
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False
