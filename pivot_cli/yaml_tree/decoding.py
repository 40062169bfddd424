"""Bytes → text: the encoding, the byte order mark, and the characters that a plan may not hold."""

import re
from codecs import BOM_UTF8
from itertools import islice

from pivot_cli.finding import SourceText
from pivot_cli.yaml_tree.faults import TOLD_AT_MOST, Fault, Unreadable, with_more

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_REMEDY_UTF8 = (
    "Dans votre éditeur, choisissez « Enregistrer sous » et l'encodage UTF-8 "
    "(sous Excel ou le Bloc-notes, « ANSI » et « Unicode » n'en sont pas)."
)

# What people save, or download, under the name of a text; by what it begins with, white space aside.
_TEXT_ONLY = "Enregistrez-le en texte seulement (UTF-8), sous le même nom."
_DOWNLOADED = "Téléchargez le fichier lui-même (bouton « Raw », « Brut » ou « Télécharger »), et non la page."
_NO_TEXT = (
    (b"PK\x03\x04", "c'est un document Word, Excel ou LibreOffice, ou une archive", _TEXT_ONLY),
    (b"\xd0\xcf\x11\xe0", "c'est un ancien document Word ou Excel", _TEXT_ONLY),
    (
        rb"{\rtf",
        "c'est un document RTF",
        "Dans TextEdit : menu Format, « Convertir au format texte »; puis enregistrez.",
    ),
    (b"%PDF-", "c'est un document PDF", "Mettez à sa place le fichier YAML."),
    (b"\x1f\x8b", "c'est un fichier compressé", "Décompressez-le, et mettez à sa place ce qu'il contient."),
    (b"<!doctype html", "c'est une page web", _DOWNLOADED),
    (b"<html", "c'est une page web", _DOWNLOADED),
    (b"version https://git-lfs", "git n'en a que le nom (Git LFS)", "Allez le chercher : git lfs pull"),
)

# Of what the old encoding of Macs wrote, the letters that the one of Windows makes nothing likely of.
_LETTERS = {"cp1252": "éèêëàâçîïôùûüœÉÈÊÀÂÇÎÔŒ", "mac_roman": "éèêçùû"}

# What `text.first_control` calls a control, what YAML forbids, and what YAML takes for a line break though no
# editor shows one (U+0085, U+2028, U+2029).
_FORBIDDEN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff"
_C0 = bytes(code for code in range(0x20) if code not in b"\t\n\r") + b"\x7f"
# By the byte that each begins with: looking for one byte is much faster than looking for a pattern.
_BEYOND_ASCII = (
    (b"\xc2", re.compile(b"\xc2[\x80-\x9f]")),
    (b"\xe2", re.compile(b"\xe2(?:\x80[\xa8-\xae]|\x81[\xa6-\xa9])")),
    (b"\xef", re.compile(b"\xef(?:\xbb\xbf|\xbf[\xbe\xbf])")),
)
_NAMES = {
    0x00: "caractère nul",
    0x08: "retour arrière",
    0x0B: "tabulation verticale",
    0x0C: "saut de page",
    0x1A: "fin de fichier",
    0x1B: "échappement",
    0x7F: "suppression",
    0x85: "saut de ligne",
    0x2028: "séparateur de lignes",
    0x2029: "séparateur de paragraphes",
    0xFEFF: "marque d'ordre des octets",
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), "marque de sens d'écriture"),
    **dict.fromkeys((0xFFFE, 0xFFFF), "code qui n'est pas un caractère"),
}


def forbidden() -> re.Pattern[str]:
    """The pattern of one forbidden character; made when it is first needed, which is seldom."""
    return re.compile(f"[{_FORBIDDEN}]")


def decode(data: bytes, file: str) -> tuple[SourceText, str, list[Fault]]:
    """The text of a file, the same with what is forbidden replaced in place, the faults; `Unreadable` if not UTF-8."""
    if data.startswith(_UTF16):
        raise _utf16(data, file, data.decode("utf-16", errors="replace"))
    data = data.removeprefix(BOM_UTF8)
    begins = data[:99].lstrip().lower()
    if told := next((told for sign, *told in _NO_TEXT if begins.startswith(sign.lower())), None):
        fault = Fault("PIV003", 0, 0, f"Le fichier n'est pas du texte : {told[0]}.", told[1])
        raise Unreadable(fault, SourceText(file, data.decode("utf-8", errors="replace")))
    if data.count(b"\0") * 3 > len(data):
        raise _utf16(data, file, data.replace(b"\0", b"").decode("latin-1"))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        start = len(data[: error.start].decode("utf-8"))
        read = (
            (data[error.start : error.start + 1].decode(name, "replace"), known) for name, known in _LETTERS.items()
        )
        guess = next((letter for letter, known in read if letter in known), None)
        likely = f", sans doute « {guess} » enregistré dans un autre encodage" if guess else ""
        message = f"Le fichier n'est pas en UTF-8 : l'octet {data[error.start]:02X} ne s'y lit pas{likely}."
        fault = Fault("PIV003", start, start + 1, message, _REMEDY_UTF8)
        raise Unreadable(fault, SourceText(file, data.decode("utf-8", errors="replace"))) from None
    source = SourceText(file, text)
    if not _may_hold_forbidden(data):
        return source, text, []
    readable = re.sub(rf"(?<!\S)[{_FORBIDDEN}]+(?!\S)", lambda found: " " * len(found[0]), text)
    readable = forbidden().sub("\N{REPLACEMENT CHARACTER}", readable)
    places = islice(forbidden().finditer(text), TOLD_AT_MOST)
    faults = [forbidden_fault(place[0], place.start(), place.end()) for place in places]
    faults[-1] = with_more(faults[-1], forbidden().subn("", text)[1] - len(faults))
    return source, readable, faults


def _may_hold_forbidden(data: bytes) -> bool:
    beyond = (first in data and pattern.search(data) for first, pattern in _BEYOND_ASCII)
    return any(control in data for control in _C0) or any(beyond)


def forbidden_fault(character: str, start: int, end: int, *, escaped: bool = False) -> Fault:
    """The fault of a forbidden character; `escaped` when it is written as a code in a quoted text."""
    code = ord(character)
    name = f"U+{code:04X}, {_NAMES.get(code, 'caractère de commande')}"
    if escaped:
        remedy = "Effacez ce code; s'il s'agit d'une barre oblique inverse « \\ » voulue, doublez-la."
        return Fault("PIV004", start, end, f"Ce code produit un caractère invisible interdit ({name}).", remedy)
    remedy = "Effacez ce caractère : s'il ne se voit pas, effacez ce qui l'entoure et retapez-le."
    if code in {0x85, 0x2028, 0x2029}:
        remedy = "Remplacez ce caractère par un espace ou par un vrai retour à la ligne."
    return Fault("PIV004", start, end, f"Un caractère invisible interdit se trouve ici ({name}).", remedy)


def _utf16(data: bytes, file: str, shown: str) -> Unreadable:
    name = "UTF-32" if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")) else "UTF-16"
    fault = Fault("PIV003", 0, 0, f"Le fichier est enregistré en {name}, et non en UTF-8.", _REMEDY_UTF8)
    return Unreadable(fault, SourceText(file, shown))
