"""A document that is an archive of XML (Word, spreadsheets), sent by anyone: opened within bounds, nothing of it run
nor fetched. What is not one is refused in words that say what to do.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from pivot_cli.finding import PivotError
from pivot_cli.text import NBSP, clean, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

MOST_BYTES = 100 * 1024 * 1024
"""Of a file, beyond which it is not opened: pictures make most of the size of a document."""
_MOST_PARTS = 10_000
_MOST_XML = 64 * 1024 * 1024  # of all that is read of it, once unpacked
_MOST_RATIO = 250  # of a part of megabytes: XML that people make packs to a tenth, and at worst to a hundredth
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What a document locked, or of an old program, begins with."""
_RUN = ("vbaproject.bin", "vbadata.xml", "/activex/", "/macrosheets/")
_REMOTE = re.compile(r"(?i)^(?:https?|ftps?|smb|webdavs?|file:/{4,})|^(?:file:)?[\\/]{2}(?![\\/])")


def too_large(name: str) -> PivotError:
    """What is said of a document that no plan fills."""
    remedy = "Enregistrez-en une copie sans ses images, ou collez-en le tableau dans un autre document."
    return PivotError(f"{quoted(clean(name))} est démesuré{NBSP}: il n'est pas lu.", remedy)


def damaged(name: str) -> PivotError:
    """What is said of a document that cannot be read as what its name says."""
    remedy = "Ouvrez-le dans le programme qui l'a fait, enregistrez-en une copie, puis recommencez avec elle."
    return PivotError(f"{quoted(clean(name))} est abîmé, ou n'est pas ce que dit la fin de son nom.", remedy)


def local(tag: str) -> str:
    """The name of an element or an attribute, whatever its namespace."""
    return tag.rpartition("}")[2]


class Archive:
    """The parts of a document, each read when it is asked for. Raises PivotError for what cannot be read safely."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        if data.startswith(OLD):
            raise self._old(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._parts = {part.filename: part for part in self._zip.infolist()}
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
            raise damaged(name) from None
        self._room = _MOST_XML
        self._check()

    def _old(self, data: bytes) -> PivotError:
        shown = quoted(clean(self.name))
        if "EncryptedPackage".encode("utf-16-le") in data:
            remedy = "Ouvrez-le, retirez le mot de passe (Fichier, Informations), enregistrez, puis recommencez."
            return PivotError(f"{shown} est protégé par un mot de passe.", remedy)
        remedy = f"Ouvrez-le, puis enregistrez-le sous la forme {quoted('.docx')} ou {quoted('.xlsx')}."
        return PivotError(f"{shown} est dans un ancien format d'Office.", remedy)

    def _check(self) -> None:
        shown = quoted(clean(self.name))
        if len(self._parts) > _MOST_PARTS:
            raise too_large(self.name)
        for name, part in self._parts.items():
            if part.flag_bits & 1:
                raise PivotError(f"{shown} est protégé par un mot de passe.", "Enregistrez-en une copie sans lui.")
            if part.file_size > 1024 * 1024 and part.file_size > _MOST_RATIO * max(part.compress_size, 1):
                raise too_large(self.name)
            if any(sign in f"/{name.lower()}" for sign in _RUN):
                remedy = f"Enregistrez-en une copie sans macros (forme {quoted('.docx')} ou {quoted('.xlsx')})."
                raise PivotError(f"{shown} contient des macros{NBSP}: pivot ne l'ouvre pas.", remedy)
        self._refuse_remote(shown)

    def _refuse_remote(self, shown: str) -> None:
        """Refuse what would be fetched from elsewhere; the address of a hyperlink is only a text."""
        for name in self._parts:
            if not name.lower().endswith(".rels"):
                continue
            for one in self.xml(name).iter():
                kind, target = one.get("Type", "").rpartition("/")[2], one.get("Target", "")
                outside = one.get("TargetMode", "") == "External" and kind != "hyperlink"
                if outside and (kind != "attachedTemplate" or _REMOTE.match(target)):
                    message = f"{shown} contient un lien vers l'extérieur ({kind}{NBSP}: {quoted(clean(target))})."
                    remedy = "Rien n'a été ouvert. Dans le document, rompez ce lien, enregistrez, puis recommencez."
                    raise PivotError(message, remedy)

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def names(self, pattern: str) -> Iterator[str]:
        """The parts whose whole name follows a pattern, in order."""
        return (name for name in sorted(self._parts) if re.fullmatch(pattern, name))

    def read(self, name: str) -> bytes:
        """The bytes of a part."""
        unpacked = self._zip.open  # in bounds whatever sizes the archive pretends, which `read` is not
        try:
            with unpacked(self._parts[name]) as part:
                data = part.read(self._room + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
            raise damaged(self.name) from None
        self._room -= len(data)
        if self._room < 0:
            raise too_large(self.name)
        return data

    def checked(self, name: str) -> bytes:
        """The XML of a part. A document type, which no program writes there, may expand without end: it is refused."""
        data = self.read(name)
        looked = data.decode("utf-16", "replace").encode() if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data
        if b"<!DOCTYPE" in looked or b"<!ENTITY" in looked:
            raise damaged(self.name)
        return data

    def xml(self, name: str) -> Element:
        """The root of a part."""
        data = self.checked(name)
        try:
            return ET.fromstring(data)  # noqa: S314 - without a document type, nothing expands
        except (ET.ParseError, ValueError, LookupError):
            raise damaged(self.name) from None
