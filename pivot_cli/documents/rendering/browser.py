"""The browser of the computer, which prints a page to PDF: with git, the only program that this one starts.

It has nothing of whoever uses it (a new profile, gone afterwards), reaches no network, and is over in a minute.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from pivot_cli.finding import PivotError
from pivot_cli.system import on_the_path, stop, system_message
from pivot_cli.text import counted

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "chrome", "msedge")
_ON_MACOS = ("Google Chrome", "Chromium", "Microsoft Edge")
_ON_WINDOWS = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
_FOLDERS_OF_WINDOWS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
_WORDS = (
    "--headless",
    "--disable-gpu",
    "--no-pdf-header-footer",  # those of the page are in its style sheet
    "--generate-pdf-document-outline",
    # Nothing is reached: no name has an address, and what has one is behind a proxy that is not there.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nothing is asked of the person, nor of their session.
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-extensions",
    "--disable-breakpad",
    "--password-store=basic",
    "--use-mock-keychain",
    "--disable-dev-shm-usage",  # a container has little of it
)
_SECONDS = 60


def print_page(page: bytes, otherwise: str, seconds: int = _SECONDS) -> bytes:
    """The page in HTML, printed to PDF by the browser of this computer.

    Raises PivotError, which says what to do `otherwise`, where there is none, or where it gives nothing in time.
    """
    from tempfile import TemporaryDirectory

    if (program := next(installed(), None)) is None:
        message = "un PDF se fait avec Chromium, Chrome ou Edge, et aucun n'est installé sur cet ordinateur."
        raise PivotError(message, otherwise)
    with TemporaryDirectory(prefix="pivot-", dir=_room(program), ignore_cleanup_errors=True) as room:
        folder = Path(room)
        (folder / "page.html").write_bytes(page)
        if (late := _run(program, folder, otherwise, seconds)) or not (made := _whole(folder / "page.pdf")):
            what = f"n'a pas fini le PDF en {counted(seconds, 'seconde')}" if late else "n'a pas fait le PDF"
            raise PivotError(f"{program.stem} {what}.", otherwise)
        here = folder.as_uri().encode()  # where a link that leads nowhere would say that it leads
        return made.replace(here, b"file:" + b"/" * (len(here) - len("file:")))


def installed(system: str = sys.platform) -> Iterator[Path]:
    """The browsers of this computer that print, those of PATH first; `system` is its own, as Python names it."""
    yield from on_the_path(*_NAMES)
    places: list[Path] = []
    if system == "darwin":
        homes = [Path("/Applications"), Path("~/Applications").expanduser()]
        places = [home / f"{name}.app/Contents/MacOS/{name}" for home in homes for name in _ON_MACOS]
    elif system == "win32":
        homes = [Path(os.environ[name]) for name in _FOLDERS_OF_WINDOWS if os.environ.get(name)]
        places = [home / name for name in _ON_WINDOWS for home in homes]
    yield from (place for place in places if place.is_absolute() and place.is_file())


def _room(program: Path) -> Path | None:
    """Where the browser may read and write: one that came as a snap (Ubuntu) sees a folder of its own alone."""
    own = Path("~/snap/chromium/common").expanduser()
    return own if program.stem.startswith("chromium") and own.is_dir() else None


def _run(program: Path, folder: Path, otherwise: str, seconds: int) -> bool:
    """Have the browser print `page.html` of the folder beside it; whether it was stopped before it was done."""
    from subprocess import DEVNULL, Popen, TimeoutExpired

    words = [*_WORDS, f"--user-data-dir={folder / 'profil'}", f"--print-to-pdf={folder / 'page.pdf'}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # it refuses to start otherwise
        words.append("--no-sandbox")
    own = {name: str(folder) for name in ("CHROME_CONFIG_HOME", "XDG_CACHE_HOME", "TMPDIR")}
    try:
        run = Popen(  # noqa: S603 - nothing of a plan is in these words
            [str(program), *words, (folder / "page.html").as_uri()],
            cwd=folder,
            env=os.environ | own,
            stdin=DEVNULL,
            stdout=DEVNULL,
            stderr=DEVNULL,
            start_new_session=True,  # to stop it with all that it started
        )
    except OSError as error:
        message = f"{program.stem} n'a pas pu être lancé ({system_message(error)})."
        raise PivotError(message, otherwise) from None
    try:
        run.wait(seconds)
    except TimeoutExpired:
        return True
    finally:
        stop(run.pid)  # a process of it may outlive the first
        run.wait()
    return False


def _whole(path: Path) -> bytes:
    """The PDF that is there; nothing where it is not, or is only a part of one."""
    with suppress(OSError):
        made = path.read_bytes()
        if made.startswith(b"%PDF-") and made.rstrip().endswith(b"%%EOF"):
            return made
    return b""
