"""What git says of a repository: with the browser that prints a page, the only program that this one starts.

The repository may be a stranger's, received in an archive with its settings and its hooks. Only commands that read
objects and names are run, and what a repository's settings could still have them start, or fetch, is switched off;
their answer is bounded in time and in bytes.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal, NamedTuple, Self

from pivot_cli.finding import PivotError
from pivot_cli.plan.sources import MAX_FOLDER_BYTES
from pivot_cli.system import on_the_path, stop, system_message
from pivot_cli.text import NBSP, counted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from subprocess import Popen

# None of them reads the working tree, nor starts by itself a filter, a textconv, an external diff, a pager or a hook;
# `log` shows no patch, and what it would verify a signature with is switched off; `config` and `symbolic-ref` are only
# asked.
Reading = Literal[
    "rev-parse", "merge-base", "ls-tree", "cat-file", "for-each-ref", "log",
    "rev-list", "ls-files", "check-ignore", "config", "symbolic-ref",
]  # fmt: skip

_SETTINGS = {  # what a repository's own could start, switched off
    "safe.bareRepository": "explicit",  # a folder that holds HEAD, config, objects/ and refs/ is one of files
    "core.fsmonitor": "",  # for the index (« :plan »); empty, as « false » was once the name of a program to run
    "core.hooksPath": os.devnull,
    "fetch.bundleURI": "",  # asked before any protocol is, from git 2.40 on
    "log.showSignature": "false",  # gpg.program
    # What git would stop at, or tell otherwise, where they are absurd.
    "log.date": "iso",
    "diff.algorithm": "default",
    "diff.context": "3",
    "core.abbrev": "auto",
}
_ENVIRON = {
    "GIT_NO_LAZY_FETCH": "1",  # what is missing is not asked of a « promisor » remote (since git 2.45)
    "GIT_ALLOW_PROTOCOL": "none",  # nor of any other: no protocol has that name; this outdoes the settings
    "GIT_NO_REPLACE_OBJECTS": "1",  # a commit is what its name says
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ALLOC_LIMIT": "256m",  # at once: a folder or a file of a plan is far smaller
    "LC_ALL": "C",
    "LANGUAGE": "C",
}
# Of git's own variables, those by which people and forges say whom they trust, and where the objects being received
# are. The others name programs, or are set by git for its hooks: the plan's folder says in which repository it is.
_KEPT = ("GIT_CONFIG", "GIT_EXEC_PATH", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES")


class Output(NamedTuple):
    """What a run of git gave: its exit code, what it wrote, and the beginning of what it complained of."""

    code: int
    out: bytes
    err: bytes


def ask_git(
    folder: Path, command: Reading, *words: str, given: bytes = b"", most: int = MAX_FOLDER_BYTES, seconds: int = 60
) -> Output:
    """What git answers in a folder; raises PivotError when it is not there, takes too long, or says too much."""
    from threading import Thread, Timer

    run = _started(folder, command, *words)
    assert run.stdin and run.stdout and run.stderr  # noqa: S101, PT018 - they are pipes
    complaint: list[bytes] = []
    late: list[bool] = []

    def overdue() -> None:
        late.append(True)
        stop(run.pid)

    timer = Timer(seconds, overdue)
    feeding = Thread(target=_feed, args=(run.stdin, given), daemon=True)
    draining = Thread(target=_drain, args=(run.stderr, complaint), daemon=True)
    for thread in (timer, feeding, draining):
        thread.start()
    try:
        out = run.stdout.read(most + 1)
        if len(out) <= most:
            run.wait()
    finally:
        if run.poll() is None:
            stop(run.pid)
        timer.cancel()
        run.stdout.close()
        run.wait()
        for thread in (feeding, draining):
            thread.join(timeout=1)
    if late:
        raise PivotError(f"git n'a pas répondu en {counted(seconds, 'seconde')}.", "Réessayez.")
    if len(out) > most:
        raise too_much()
    return Output(run.returncode, out, b"".join(complaint))


class Blobs:
    """The contents of blobs, asked one at a time of a single run of git, which is over in `seconds` whatever happens.

    Use it in a `with`, once or more; git is only started when something is asked. What was read is kept, within bounds.
    """

    def __init__(self, folder: Path, seconds: int = 60) -> None:
        self._folder, self._seconds = folder, seconds
        self._run: Popen[bytes] | None = None
        self._kept: dict[str, bytes] = {}
        self._room = MAX_FOLDER_BYTES // 2

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        run, self._run = self._run, None
        if run:
            stop(run.pid)
            self._timer.cancel()
            for pipe in (run.stdin, run.stdout, run.stderr):
                with suppress(OSError):  # what git no longer reads
                    if pipe:
                        pipe.close()
            run.wait()

    def read(self, name: str, most: int) -> bytes | None:
        """The contents of the blob of that name, or None: it is not there, is no blob, or is larger than `most`."""
        if name not in self._kept:
            if (held := self._asked(name, most)) is None or len(held) > self._room:
                return held
            self._kept[name] = held
            self._room -= len(held)
        return self._kept[name]

    def _asked(self, name: str, most: int) -> bytes | None:
        if self._run is None:
            self._start()
        run = self._run
        assert run and run.stdin and run.stdout  # noqa: S101, PT018 - it was started, with pipes
        try:
            run.stdin.write(f"{name}\n".encode("ascii"))
            run.stdin.flush()
            _, kind, size = run.stdout.readline(_LONGEST_HEADER).split()
            length = int(size)
        except (OSError, ValueError):  # git is over, or says that it is missing
            return None
        if kind != b"blob" or length > most:
            self.__exit__()  # what it goes on writing is not read
            return None
        held = run.stdout.read(length + 1)
        return held[:-1] if len(held) == length + 1 else None

    def _start(self) -> None:
        from threading import Thread, Timer

        self._run = run = _started(self._folder, "cat-file", "--batch")
        self._timer = Timer(self._seconds, stop, (run.pid,))
        self._timer.daemon = True
        self._timer.start()
        Thread(target=_drain, args=(run.stderr, []), daemon=True).start()


def run_git(
    folder: Path, *words: str, given: bytes = b"", seconds: int = 60, more: Mapping[str, str] | None = None
) -> Output:
    """What a run of git gave that writes, or sends: the repository is the owner's own, whose settings, hooks, filters
    and protocols hold. It asks nothing of anybody, and `more` is said to it by the environment. Raises PivotError when
    git is not there, or takes too long: then it is stopped, with what it started.
    """
    from subprocess import DEVNULL, PIPE, Popen, TimeoutExpired

    left = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_ASKPASS", "SSH_ASKPASS")
    env = {name: value for name, value in os.environ.items() if name not in left}
    # In English, to be understood; an editor that would open says yes to what is written.
    env |= {"GIT_TERMINAL_PROMPT": "0", "LANGUAGE": "en", "GIT_EDITOR": "true", "GIT_SEQUENCE_EDITOR": "true"}
    try:
        run = Popen(  # noqa: S603 - what was typed stands after « -- », or on the standard input
            [str(_program()), "--no-pager", "-c", "core.askPass=", *words],
            cwd=folder,
            env=env | dict(more or {}),
            stdin=PIPE if given else DEVNULL,
            stdout=PIPE,
            stderr=PIPE,
            start_new_session=True,
        )
    except OSError as error:
        raise PivotError(f"git n'a pas pu être lancé ({system_message(error)}).") from None
    try:
        out, err = run.communicate(given or None, timeout=seconds)
    except TimeoutExpired:
        run.terminate()  # that it takes its locks away
        with suppress(TimeoutExpired):
            run.wait(_TO_LEAVE)
        stop(run.pid)
        run.communicate()
        message = f"git n'a pas fini en {counted(seconds, 'seconde')}{NBSP}: il a été arrêté."
        raise PivotError(message, "Vérifiez le dépôt, ou la connexion à Internet, puis recommencez.") from None
    return Output(run.returncode, out, err)


_TO_LEAVE = 2  # seconds


_LONGEST_HEADER = 200  # bytes: a name, a kind and a size


def too_much() -> PivotError:
    """What stops a reading of more than a plan can be."""
    most = f"{MAX_FOLDER_BYTES // 1024 // 1024}{NBSP}Mo"
    message = f"ce qu'il y avait à cette révision est démesuré (plus de {most}){NBSP}: rien n'en est lu."
    return PivotError(message, "Comparez à une révision où le plan n'avait que ses fichiers, ou enlevez « --depuis ».")


def environment() -> dict[str, str]:
    """What git is told by the environment: nothing of git's own that names a program, or another repository."""
    kept = {name: value for name, value in os.environ.items() if name[:4] != "GIT_" or name.startswith(_KEPT)}
    for name in ("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES"):  # git is not run where they were said
        if name in kept:
            kept[name] = os.pathsep.join(map(os.path.abspath, kept[name].split(os.pathsep)))
    return kept | _ENVIRON


def _program() -> Path:
    """Git itself, of a folder of PATH that is whole: in « . », it would be one that came with the plan."""
    if (program := next(on_the_path("git"), None)) is None:
        message = "git, qui garde l'historique du plan, n'est pas installé sur cet ordinateur."
        raise PivotError(message, "Installez git, ou vérifiez le plan sans « --depuis ».")
    return program


def _started(folder: Path, *words: str) -> Popen[bytes]:
    from subprocess import PIPE, Popen

    program = _program()
    settings = [word for name, value in _SETTINGS.items() for word in ("-c", f"{name}={value}")]
    try:
        return Popen(  # noqa: S603 - a revision stands after --end-of-options
            [str(program), "--no-pager", "--no-optional-locks", *settings, *words],
            cwd=folder,
            env=environment(),
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            start_new_session=True,  # to stop it with all that it started; and no terminal to ask anything on
        )
    except OSError as error:
        message = f"git n'a pas pu être lancé ({system_message(error)})."
        raise PivotError(message, f"Vérifiez son installation{NBSP}: git --version") from None


def _feed(pipe: IO[bytes], given: bytes) -> None:
    with suppress(OSError), pipe:  # git may end before it has read all
        pipe.write(given)


def _drain(pipe: IO[bytes], beginning: list[bytes]) -> None:
    """Read all that comes, for git not to wait, and keep the beginning."""
    with suppress(OSError, ValueError), pipe:
        beginning.append(pipe.read(10_000))
        while pipe.read(100_000):
            pass
