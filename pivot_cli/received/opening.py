"""The file that somebody gives → what it holds, by the reader of its kind; the kinds that none reads are told apart."""

from __future__ import annotations

import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.received import archive, delimited
from pivot_cli.received.delimited import read_delimited
from pivot_cli.received.word import read_word
from pivot_cli.text import NBSP, clean, quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from pivot_cli.received.cells import Source

READERS: dict[str, tuple[Callable[[bytes, str], Source], int]] = {
    ".docx": (read_word, archive.MOST_BYTES),
    **dict.fromkeys((".csv", ".tsv", ".tab", ".txt", ".md"), (read_delimited, delimited.MOST_BYTES)),
}
"""By the ending of its name, what reads a file, and the most bytes that it may have."""

_AS_WORD = f"Ouvrez-le dans Word ou LibreOffice, puis enregistrez-le en {quoted('.docx')}."
_AS_CSV = f"Ouvrez-le dans un tableur, puis enregistrez la feuille des actions en {quoted('.csv')}."
_OTHERWISE = {
    ".doc": _AS_WORD,
    ".odt": _AS_WORD,
    ".rtf": _AS_WORD,
    ".pages": f"Dans Pages{NBSP}: Fichier, Exporter vers, Word.",
    ".pdf": "Un PDF n'a pas de tableaux qui se lisent. Prenez le document Word dont il vient; sinon, ouvrez-le dans "
    f"Word, enregistrez-le en {quoted('.docx')}, et vérifiez les tableaux.",
    ".xlsx": _AS_CSV,
    ".xlsm": _AS_CSV,
    ".xls": _AS_CSV,
    ".ods": _AS_CSV,
    ".numbers": f"Dans Numbers{NBSP}: Fichier, Exporter vers, CSV.",
    ".gsheet": f"Dans Google Sheets{NBSP}: Fichier, Télécharger, CSV.",
    ".gdoc": f"Dans Google Docs{NBSP}: Fichier, Télécharger, Microsoft Word.",
    ".docm": f"Il peut contenir des macros, que pivot n'ouvre pas{NBSP}: enregistrez-le en {quoted('.docx')}.",
    ".dotx": _AS_WORD,
    ".html": _AS_WORD,
    ".htm": _AS_WORD,
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
    ending = path.suffix.lower()
    if ending in _OTHERWISE:
        raise PivotError(
            f"un fichier {ending} ne se lit pas ici ({quoted(clean(path.name))}).", _OTHERWISE[ending], ExitCode.USAGE
        )
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise PivotError(f"{quoted(clean(name))} n'est pas un fichier.", "Donnez le document lui-même.")
    reader, most = READERS.get(ending) or _by_what_it_is(path)
    if status.st_size > most:
        raise archive.too_large(path.name)
    return reader(path.read_bytes(), path.name)


def _by_what_it_is(path: Path) -> tuple[Callable[[bytes, str], Source], int]:
    """The reader of a file whose name says nothing."""
    with path.open("rb") as file:
        return READERS[".docx" if file.read(2) == b"PK" else ".csv"]
