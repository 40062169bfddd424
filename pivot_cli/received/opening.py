"""The file that somebody gives → what it holds, by the reader of its kind; the kinds that none reads are told apart."""

from __future__ import annotations

import io
import re
import stat
import zipfile
from contextlib import suppress
from pathlib import PurePath
from typing import TYPE_CHECKING

from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.received import archive, delimited
from pivot_cli.received.delimited import read_delimited
from pivot_cli.received.exported import read_export
from pivot_cli.received.opendocument import read_opendocument
from pivot_cli.received.word import read_word
from pivot_cli.received.workbook import read_workbook
from pivot_cli.text import NBSP, clean, quoted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import BinaryIO

    from pivot_cli.received.cells import Source

READERS: dict[str, tuple[Callable[[bytes, str], Source], int]] = {
    ".docx": (read_word, archive.MOST_BYTES),
    **dict.fromkeys((".xlsx", ".xlsm"), (read_workbook, archive.MOST_BYTES)),
    ".ods": (read_opendocument, archive.MOST_BYTES),
    ".json": (read_export, delimited.MOST_BYTES),
    **dict.fromkeys((".csv", ".tsv", ".tab", ".txt", ".md"), (read_delimited, delimited.MOST_BYTES)),
}
"""By the ending of its name, what reads a file, and the most bytes that it may have."""

_AS_WORD = f"Ouvrez-le dans Word ou LibreOffice, puis enregistrez-le en {quoted('.docx')}."
_AS_WORKBOOK = f"Ouvrez-le dans Excel ou LibreOffice, puis enregistrez-le en {quoted('.xlsx')}."
_EXPORTED = "pivot export -o plan.json, ou pivot list -o plan.csv"
_OTHERWISE = {
    ".doc": _AS_WORD,
    ".odt": _AS_WORD,
    ".rtf": _AS_WORD,
    ".pages": f"Dans Pages{NBSP}: Fichier, Exporter vers, Word.",
    ".pdf": "Un PDF n'a pas de tableaux qui se lisent. Prenez le document Word dont il vient; sinon, ouvrez-le dans "
    f"Word, enregistrez-le en {quoted('.docx')}, et vérifiez les tableaux.",
    **dict.fromkeys((".xls", ".xlsb", ".xltx", ".xltm", ".ots", ".fods"), _AS_WORKBOOK),
    ".numbers": f"Dans Numbers{NBSP}: Fichier, Exporter vers, Excel.",
    ".gsheet": f"Dans Google Sheets{NBSP}: Fichier, Télécharger, Microsoft Excel.",
    ".gdoc": f"Dans Google Docs{NBSP}: Fichier, Télécharger, Microsoft Word.",
    ".docm": f"Il peut contenir des macros, que pivot n'ouvre pas{NBSP}: enregistrez-le en {quoted('.docx')}.",
    ".dotx": _AS_WORD,
    ".html": _AS_WORD,
    ".htm": _AS_WORD,
    ".ics": f"Un calendrier ne dit que des échéances. Donnez plutôt ce qu'écrit {_EXPORTED}.",
    ".pptx": "Copiez-en les tableaux dans un document Word.",
}
_FROM_GOOGLE = (
    f"Rien n'est pris sur Internet. Dans Google Sheets ou Docs{NBSP}: Fichier, Télécharger, puis donnez le fichier."
)


def read_source(name: str, folder: Path, pasted: Callable[[], bytes]) -> Source:
    """What the file of that name holds, or what is pasted (« - »); raises PivotError for what cannot be read."""
    if name == "-":
        return read_delimited(pasted(), "ce qui est collé")
    if re.match(r"(?i)[a-z]{2,10}://|(?:www|docs|sheets)\.", name):
        raise PivotError(f"{quoted(clean(name))} est une adresse, et non un fichier.", _FROM_GOOGLE, ExitCode.USAGE)
    path = folder / name
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise PivotError(f"{quoted(clean(name))} n'est pas un fichier.", "Donnez le document lui-même.")
    with path.open("rb") as file:
        reader = _reader_of(file, path.name, status.st_size)
        file.seek(0)
        return reader(file.read(), path.name)


def read_given(data: bytes, name: str) -> Source:
    """What a file holds that was given with its name, from no folder; raises PivotError for what cannot be read."""
    return _reader_of(io.BytesIO(data), name, len(data))(data, name)


def _reader_of(file: BinaryIO, name: str, size: int) -> Callable[[bytes, str], Source]:
    """What reads a file of so many bytes; raises PivotError for what nothing here reads."""
    ending = PurePath(name).suffix.lower()
    really = _what_it_is(file, ending) or ending
    if remedy := _OTHERWISE.get(really):
        what = f"un fichier {really} ne se lit pas ici ({quoted(clean(name))})."
        if really != ending:
            what = f"{quoted(clean(name))} est en fait un fichier {really}, malgré la fin de son nom."
        raise PivotError(what, remedy, ExitCode.USAGE)
    reader, most = READERS.get(really, READERS[".csv"])
    if size > most:
        raise archive.too_large(name)
    return _read_markdown if really == ".md" else reader


_A_LIST = re.compile(r"# [^|\n]+\n\n(?:[^|]*\n)?\| Réf\. \| [^|\n]+ \| Responsables \| Échéance \| État \|\n")


def _read_markdown(data: bytes, name: str) -> Source:
    """The tables of a text; raises PivotError for what `pivot list` wrote to be read, whose levels have no titles."""
    if _A_LIST.match(data[:4000].decode(errors="replace").replace("\r\n", "\n")):
        message = (
            f"{quoted(clean(name))} est une liste que pivot a écrite pour être lue{NBSP}: elle ne dit pas le plan."
        )
        raise PivotError(message, f"Donnez plutôt ce qu'écrit {_EXPORTED}.", ExitCode.USAGE)
    return read_delimited(data, name)


_BEGINNINGS = {b"%PDF": ".pdf", rb"{\rtf": ".rtf", b"<!doctype html": ".html", b"<html": ".html"}
_PARTS = {"word/document.xml": ".docx", "xl/workbook.xml": ".xlsx", "ppt/presentation.xml": ".pptx"}
_OPEN_DOCUMENTS = {b"opendocument.text": ".odt", b"opendocument.spreadsheet": ".ods"}


def _what_it_is(file: BinaryIO, ending: str) -> str:
    """The ending that the bytes of a file call for, where they do not go with its own: people rename files."""
    start = file.read(1024)
    if start.startswith(b"PK"):
        open_document = next((kind for sign, kind in _OPEN_DOCUMENTS.items() if sign in start), "")
        return open_document or _of_archive(file, ending)
    if start.startswith(archive.OLD) and ending not in _OTHERWISE:
        as_text = READERS.get(ending, READERS[".csv"]) is READERS[".csv"]
        return ".docx" if as_text else ending  # its reader says what it is, locked or old
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return next((ending for sign, ending in _BEGINNINGS.items() if text.startswith(sign.lower())), "")


def _of_archive(file: BinaryIO, ending: str) -> str:
    """The ending of an archive, by the parts that it holds."""
    with (
        suppress(zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError),
        zipfile.ZipFile(file) as zipped,
    ):
        found = next((_PARTS[name] for name in zipped.namelist() if name in _PARTS), ending)
        return ending if ending[:-1] == found[:-1] else found  # a « .docm » is told as such
    return ending or ".docx"
