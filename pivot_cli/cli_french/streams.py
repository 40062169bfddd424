"""What happens on standard output and error: encodings that lack a character, closed pipes, full disks."""

import codecs
import errno
import io
import os
import re
import sys
import unicodedata
from contextlib import suppress
from typing import NoReturn, TextIO

from pivot_cli.text import NBSP, inline, quoted, wrap

_HANDLER = "pivot.stand_in"

# All in ASCII: the handler is not told which encoding is at work (« charmap » for cp850 as for cp1252). What Unicode
# itself decomposes (é, …, ½, spaces of any width) is not here.
_STAND_INS = str.maketrans(
    "«»“”‘’–—‑−·•─━│×✓✔✗°",
    '""""\'\'--------|xvvxo',
) | str.maketrans({"→": "->", "←": "<-", "≤": "<=", "≥": ">=", "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "€": "EUR"})


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    # Guillemets keep their spaces inside, straight quotation marks have none.
    lacking = lacking.replace("«\N{NO-BREAK SPACE}", "«").replace("\N{NO-BREAK SPACE}»", "»")
    plain = unicodedata.normalize("NFKD", lacking.translate(_STAND_INS)).replace("\N{FRACTION SLASH}", "/")
    letters = (character for character in plain if not unicodedata.combining(character))
    return "".join(character if character.isascii() else "?" for character in letters), error.end


codecs.register_error(_HANDLER, _stand_in)


def prepare() -> None:
    """Make standard output and error write anything in whatever encoding they have, and all of it or an error."""
    out = sys.stdout
    raw = getattr(out, "buffer", None)
    if isinstance(out, io.TextIOWrapper) and out is sys.__stdout__ and isinstance(raw, io.RawIOBase):
        # PYTHONUNBUFFERED: what a full disk or a closed pipe took in part would pass for written.
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(raw), out.encoding, line_buffering=out.isatty())
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)  # absent where a stream was replaced, or is None
        if reconfigure is not None:
            reconfigure(errors=_HANDLER)


def colours() -> bool:
    """Whether standard output is to have colours: a terminal that shows them, or FORCE_COLOR, and no NO_COLOR."""
    forced = os.environ.get("FORCE_COLOR", "")
    # Whoever writes a zero means « no », on a terminal too, whatever Rich makes of it.
    if os.environ.get("NO_COLOR") or forced.lower() in ("0", "false", "no", "non"):
        return False
    if forced:
        return True
    if sys.stdout is None or not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        return False
    return os.name != "nt" or _windows_colours()


def _windows_colours() -> bool:
    """Ask the console of Windows to read colour codes, which the older ones do not by themselves."""
    import ctypes
    import msvcrt

    try:
        kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
        handle = msvcrt.get_osfhandle(sys.stdout.fileno())  # type: ignore[attr-defined,unused-ignore]
        mode = ctypes.c_ulong()
        return bool(kernel.GetConsoleMode(handle, ctypes.byref(mode)) and kernel.SetConsoleMode(handle, mode.value | 4))
    except (OSError, AttributeError):
        return False


def as_typed(word: str) -> str:
    """A word of the command line in which accents were not read, as on a system that has no language set."""
    misread = not word.isascii() and any("\udc80" <= character <= "\udcff" for character in word)
    return os.fsencode(word).decode("utf-8", "surrogateescape") if misread else word


def flush() -> None:
    """Write what standard output still holds; raises OSError if it cannot be written."""
    if sys.stdout is not None:
        sys.stdout.flush()


def is_closed_pipe(error: BaseException) -> bool:
    """Whether the reader of our output has left; Windows says « invalid argument » of such a pipe."""
    invalid = os.name == "nt" and isinstance(error, OSError) and error.errno == errno.EINVAL and not error.filename
    return invalid or isinstance(error, BrokenPipeError)


def silence() -> None:
    """Send what standard output still holds nowhere, so that the interpreter's exit says nothing more of it."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def leave(code: int) -> NoReturn:
    """End the process now: freeing objects one by one at exit takes as long as a tenth of a run.

    Standard output was flushed by `run`. Where something watches the process (a debugger, coverage), it ends as usual.
    """
    if sys.gettrace() is None and "coverage" not in sys.modules:
        with suppress(OSError, ValueError, AttributeError):
            sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def system_error(error: OSError) -> str:
    """What the system refused, in French: « impossible de lire ou d'écrire « plan.yaml » : … »."""
    from pivot_cli.system import system_message  # for a fault alone: 0.2 ms to load

    reason = system_message(error)
    if not error.filename:
        return f"impossible d'écrire le résultat{NBSP}: {reason}."
    only_writing = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)
    doing = "d'écrire" if only_writing else "de lire ou d'écrire"
    name = os.fsdecode(error.filename) if isinstance(error.filename, bytes) else str(error.filename)
    return f"impossible {doing} {quoted(name)}{NBSP}: {reason}."


def width(stream: TextIO | None = None) -> int:
    """How many columns to fill, of 100 at most; with a `stream` that limits none (a file, a pipe), 0."""
    import shutil

    if stream is not None and not os.environ.get("COLUMNS") and not stream.isatty():
        return 0
    return max(20, min(shutil.get_terminal_size().columns, 100))


def show(text: str, form: str = "texte") -> None:
    """Write a result on standard output. Every form but the text of a screen is in UTF-8, whatever the screen is (JSON
    in its ASCII part, which every program reads alike): it is kept in a file, or says itself that it is. The runner of
    a forge's workflow takes none of it for a command, but for those of its own form, `github`.
    """
    out = sys.stdout
    if out is None:
        raise OSError(errno.EBADF, "standard output is closed")
    unicode = (out.encoding or "").lower().replace("-", "") in ("utf8", "utf8sig")
    if form != "texte" and not unicode and hasattr(out, "reconfigure"):
        if form in ("json", "sarif", "gitlab"):
            import json

            text = re.sub("[^\0-\x7f]+", lambda accents: json.dumps(accents[0])[1:-1], text)
        out.reconfigure(encoding="utf-8", errors=_HANDLER)
    if "\r\n" in text and hasattr(out, "reconfigure"):
        out.reconfigure(newline="")  # a mail, a calendar: Windows would end each line twice
    out.write(text if form == "github" else _tamed(text, form))


def _tamed(text: str, form: str = "texte") -> str:
    from pivot_cli.escaping import in_a_forge, tame  # 0.5 ms, which `--help` is spared

    return tame(text, form) if in_a_forge() else text


def say(*paragraphs: str) -> None:
    """Write to standard error, after what standard output already holds; a terminal gets whole words. Nothing to say
    writes nothing.
    """
    if not any(paragraphs):
        return
    with suppress(OSError, ValueError):
        flush()
    if sys.stderr is None:
        return
    with suppress(OSError, ValueError):
        columns = width(sys.stderr)
        for line in "\n".join(filter(None, paragraphs)).split("\n"):
            shown = inline(line)
            copied = shown.startswith(("  pivot ", "  git "))  # a line to copy stays whole
            print(_tamed("\n".join(wrap(shown, columns)) if columns and not copied else shown), file=sys.stderr)  # noqa: T201
        sys.stderr.flush()


def say_what_is_stripped() -> None:
    """Say that texts are missing where Python was told to drop docstrings: those of the commands and of the rules."""
    if sys.flags.optimize > 1:
        lost = "Des textes manquent ici, que Python ôte sous PYTHONOPTIMIZE=2 ou -OO"
        say(f"{lost}{NBSP}: relancez pivot sans ce réglage.")
