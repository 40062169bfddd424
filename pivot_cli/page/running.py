"""The page that is already open for a plan: a file that its owner alone reads says where, and how to ask for another
address.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from pivot_cli.page.guard import LOOPBACK
from pivot_cli.record.writing import write_whole

_SECONDS = 10  # of a page that is reading a large plan; where none listens, it is known at once
_MOST_BYTES = 4096


class Running(NamedTuple):
    """A page that is open: its port, the key by which its owner asks it for an address, and whether it only shows the
    plan.
    """

    port: int
    key: str
    reading_only: bool = False


def state_folder(system: str = sys.platform, environ: Mapping[str, str] = os.environ) -> Path:
    """Where a person's programs keep what they are doing, by the habits of the system."""
    home = Path("~").expanduser()
    if system == "win32":
        return Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "pivot"
    if system == "darwin":
        return home / "Library" / "Application Support" / "pivot"
    named = environ.get("XDG_STATE_HOME", "")
    return (Path(named) if Path(named).is_absolute() else home / ".local" / "state") / "pivot"


def note_of(plan: Path) -> Path:
    """The file of the page of a plan."""
    place = os.path.realpath(plan).encode("utf-8", "surrogateescape")
    return state_folder() / f"page-{hashlib.sha256(place).hexdigest()[:16]}.json"


def keep(note: Path, running: Running) -> None:
    """Say that a page is open; raises OSError where that cannot be written."""
    note.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    note.unlink(missing_ok=True)
    os.close(os.open(note, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))  # whose rights `write_whole` keeps
    held = {"port": running.port, "cle": running.key, "lecture_seule": running.reading_only}
    write_whole(note, json.dumps(held).encode(), note.parent)


def forget(note: Path, running: Running) -> None:
    """Say no more that this one is open."""
    if _read(note) == running:
        with suppress(OSError):
            note.unlink()


def address_of(note: Path, *, reading_only: bool = False) -> tuple[str, bool]:
    """An address of the page that is open, which it gives to its owner, to consult only where that is asked, and
    whether that is so; no address where none answers.
    """
    from http.client import HTTPConnection, HTTPException
    from urllib.parse import urlencode

    if (running := _read(note)) is None:
        return "", False
    asked = HTTPConnection(LOOPBACK, running.port, timeout=_SECONDS)
    try:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        more = {"lecture-seule": "oui"} if reading_only else {}
        asked.request("POST", "/adresse", urlencode({"cle": running.key, **more}), headers)
        answer = asked.getresponse()
        told = answer.read(_MOST_BYTES).decode("ascii", "replace")
    except (OSError, HTTPException):
        return "", False
    finally:
        asked.close()
    # Another program may have taken the port since.
    ours = answer.status == 200 and told.startswith(f"http://{LOOPBACK}:{running.port}/entrer?cle=")
    return (told, reading_only or running.reading_only) if ours and told.isprintable() else ("", False)


def _read(note: Path) -> Running | None:
    """What the file says, if it is one that its owner alone could have written."""
    try:
        with note.open("rb") as file:
            if hasattr(os, "getuid") and os.fstat(file.fileno()).st_uid != os.getuid():
                return None
            held = json.loads(file.read(_MOST_BYTES))
        return Running(int(held["port"]), str(held["cle"]), held.get("lecture_seule") is True)
    except (OSError, ValueError, TypeError, KeyError):
        return None
