"""The disk: what the system says of a file, in French, and links: what somebody sends may hold some that lead to any
file of the computer. They are not followed. The programs of the computer: where one is, how it is stopped.
"""

import errno
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from pivot_cli.finding import PivotError
from pivot_cli.text import NBSP, clean

_SYSTEM_MESSAGES = {
    "EACCES": "accès refusé",
    "EPERM": "opération refusée par le système",
    "ENOENT": "fichier ou dossier introuvable",
    "ENOTDIR": "un des noms du chemin n'est pas celui d'un dossier",
    "EISDIR": "c'est un dossier",
    "EEXIST": "ce nom existe déjà",
    "ENOTEMPTY": "le dossier n'est pas vide",
    "ELOOP": "trop de liens qui renvoient l'un à l'autre",
    "ENAMETOOLONG": "nom trop long",
    "ENOSPC": "disque plein",
    "EDQUOT": "espace alloué épuisé",
    "EFBIG": "fichier trop gros",
    "EROFS": "disque en lecture seule",
    "EMFILE ENFILE": "trop de fichiers ouverts",
    "ENOMEM": "mémoire insuffisante",
    "EIO": "erreur de lecture ou d'écriture du disque",
    "EBUSY ETXTBSY": "fichier occupé par un autre programme",
    "EXDEV": "les deux fichiers ne sont pas sur le même disque",
    "EPIPE": "le programme qui lisait la sortie s'est arrêté",
    "ENXIO ENODEV": "rien ne répond à cet endroit",
    "ESTALE ETIMEDOUT": "le disque réseau ne répond plus",
    "EBADF": "la sortie est fermée",
    "EAGAIN": "fichier verrouillé par un autre programme",
    "EINVAL": "nom ou opération que le système n'accepte pas",
    "EILSEQ": "nom que le système n'accepte pas",
}
REMEDY = "Mettez à sa place le fichier lui-même, et non un lien."


def system_message(error: OSError) -> str:
    """What the system says of a file, in French: its own words are in the language of the machine, or English."""
    name = "EINVAL" if error.errno is None else errno.errorcode.get(error.errno)
    told = (message for names, message in _SYSTEM_MESSAGES.items() if name in names.split())
    return next(told, f"erreur {error.errno} du système")


def at_home(path: str) -> Path:
    """A path whose « ~ » is the home of whoever typed it: a shell leaves it in « --plan=~/plan »."""
    try:
        return Path(path).expanduser()
    except RuntimeError:  # nobody's
        return Path(path)


def leads_to(path: Path | str, base: Path | str) -> str | None:
    """Where a path leads, or would lead if it were there, every link followed; None when that is not inside `base`.

    The links on the way to `base` itself do not count: it is the folder that was named. Hard links are not looked for.
    """
    target = os.path.realpath(path)
    return target if Path(target).is_relative_to(os.path.realpath(base)) else None


def leaving(shown: str, what: str) -> str:
    """What is said of a link that leaves where it stands; `what` is « du dossier du plan », « de templates »."""
    return f"{clean(shown)} est un lien qui mène hors {what}{NBSP}: pivot ne le suit pas."


def not_followed(shown: str, what: str, remedy: str = REMEDY) -> PivotError:
    """What stops a command that would have to follow such a link."""
    return PivotError(leaving(shown, what), remedy)


def whole_folders() -> list[str]:
    """The folders of PATH that are whole."""
    return [place for place in os.get_exec_path() if Path(place).is_absolute()]


def on_the_path(*names: str) -> Iterator[Path]:
    """The programs of these names in PATH, in this order; none of a folder that is not whole: in « . », it would be
    one that came with the plan.
    """
    from shutil import which

    folders = whole_folders()
    ending = ".exe" if os.name == "nt" else ""
    yield from (Path(place, name + ending) for name in names for place in folders if which(Path(place, name + ending)))


def stop(pid: int) -> None:
    """End a program that was started in a session of its own, and all that it started."""
    import signal

    with suppress(OSError):  # it may be over
        if hasattr(os, "killpg"):
            os.killpg(pid, signal.SIGKILL)
        else:
            os.kill(pid, signal.SIGTERM)  # at once, under Windows


_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first moment that an archive can hold


def without_clock(document: bytes, day: str = "") -> bytes:
    """The same document of an office suite, its parts dated of no day: what is in it depends on the plan alone. With a
    `day`, it says that it was last changed then.
    """
    import io
    import zipfile

    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            part = old.read(name)
            if day and name == "docProps/core.xml":
                part = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + f"{day}T00:00:00Z".encode(), part)
            new.writestr(entry, part)
    return made.getvalue()
