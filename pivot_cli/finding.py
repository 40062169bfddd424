"""Faults as values: where a fault is, how serious it is, what its code means, and what stops a command."""

from __future__ import annotations

import re
from bisect import bisect_right
from enum import IntEnum, StrEnum
from itertools import accumulate, count
from operator import add
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_LINE_BREAK = re.compile("\r\n|\r|\n")


class Gravite(StrEnum):
    """How serious a finding is; the values are those of the JSON contract."""

    ERREUR = "erreur"
    AVERTISSEMENT = "avertissement"
    INFO = "info"


# How a reader meets each, for one and for several.
GRAVITE_IN_WORDS: dict[Gravite, tuple[str, str]] = {
    Gravite.ERREUR: ("erreur", "erreurs"),
    Gravite.AVERTISSEMENT: ("avertissement", "avertissements"),
    Gravite.INFO: ("remarque", "remarques"),
}


class ExitCode(IntEnum):
    """What a command tells the shell."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    UNREADABLE = 3


class Location(NamedTuple):
    """A stretch of a file: lines and columns count from 1, columns in code points, the end is excluded.

    `file` is the path as its reader would type it, with forward slashes.
    """

    file: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class SourceText:
    """The text of one file, able to say on which line and column an offset (in code points) stands.

    Only LF, CR LF and CR end a line, as in editors; the YAML library counts more characters as line breaks.
    """

    __slots__ = ("_last", "_starts", "file", "text")

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self._starts: list[int] | None = None
        self._last = (0, "")  # the line asked for last: thousands of faults may stand in a line of megabytes

    def _line_starts(self) -> list[int]:
        if self._starts is None:
            if "\r" in self.text:
                self._starts = [0, *(found.end() for found in _LINE_BREAK.finditer(self.text))]
            else:  # nearly always, and much faster
                lengths = map(len, self.text.split("\n")[:-1])
                self._starts = [0, *map(add, accumulate(lengths), count(1))]
        return self._starts

    def location(self, start: int, end: int | None = None) -> Location:
        """The stretch from `start` to `end` (excluded); without `end`, a single point."""
        line, column = self._position(start)
        end_line, end_column = (line, column) if end is None else self._position(end)
        return Location(self.file, line, column, end_line, end_column)

    def _position(self, offset: int) -> tuple[int, int]:
        starts = self._line_starts()
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def line_text(self, line: int) -> str:
        """The text of a line (counted from 1), without its line break; empty past the end."""
        starts = self._line_starts()
        if not 1 <= line <= len(starts):
            return ""
        if self._last[0] != line:
            end = starts[line] if line < len(starts) else len(self.text)
            self._last = line, self.text[starts[line - 1] : end].rstrip("\r\n")
        return self._last[1]


class Code(NamedTuple):
    """An entry of the catalogue: how serious a fault is, and what it is called."""

    gravite: Gravite
    title: str


_ERREUR, _AVERTISSEMENT, _INFO = Gravite.ERREUR, Gravite.AVERTISSEMENT, Gravite.INFO

# PIV0xx reading a file, PIV1xx the shape of what it says, PIV2xx references,
# PIV3xx échéances, PIV4xx coherence, PIV5xx what an edit did.
CATALOGUE: dict[str, Code] = {
    "PIV001": Code(_ERREUR, "fichier absent"),
    "PIV002": Code(_ERREUR, "fichier qui ne peut pas être ouvert"),
    "PIV003": Code(_ERREUR, "texte qui n'est pas en UTF-8"),
    "PIV004": Code(_ERREUR, "caractère invisible interdit"),
    "PIV005": Code(_ERREUR, "écriture YAML fautive"),
    "PIV006": Code(_ERREUR, "fichier vide"),
    "PIV007": Code(_ERREUR, "fichier démesuré"),
    "PIV008": Code(_ERREUR, "raccourci YAML refusé (ancre, renvoi, étiquette)"),
    "PIV009": Code(_ERREUR, "plusieurs documents dans un fichier"),
    "PIV010": Code(_AVERTISSEMENT, "fichier YAML dont le nom n'est pas reconnu"),
    "PIV101": Code(_ERREUR, "champ inconnu"),
    "PIV102": Code(_ERREUR, "champ écrit deux fois"),
    "PIV103": Code(_ERREUR, "champ obligatoire absent"),
    "PIV104": Code(_ERREUR, "forme inattendue"),
    "PIV105": Code(_ERREUR, "texte vide"),
    "PIV106": Code(_ERREUR, "valeur non reconnue"),
    "PIV201": Code(_ERREUR, "responsable inconnu"),
    "PIV202": Code(_ERREUR, "enjeu inconnu"),
    "PIV203": Code(_ERREUR, "action inconnue"),
    "PIV204": Code(_ERREUR, "numéro ou code donné deux fois"),
    "PIV205": Code(_ERREUR, "nom réclamé par deux responsables"),
    "PIV206": Code(_ERREUR, "porteur qui n'est pas parmi les responsables"),
    "PIV207": Code(_INFO, "responsable que rien n'emploie"),
    "PIV208": Code(_AVERTISSEMENT, "enjeu sans orientation"),
    "PIV209": Code(_ERREUR, "numéro qui n'est pas celui du fichier"),
    "PIV210": Code(_ERREUR, "actions qui dépendent l'une de l'autre"),
    "PIV211": Code(_AVERTISSEMENT, "responsable nommé deux fois"),
    "PIV301": Code(_ERREUR, "échéance non comprise"),
    "PIV302": Code(_INFO, "échéance qui se lit de plus d'une façon"),
    "PIV303": Code(_AVERTISSEMENT, "échéance hors de la période du plan"),
    "PIV304": Code(_AVERTISSEMENT, "action due avant celle dont elle dépend"),
    "PIV305": Code(_ERREUR, "période qui finit avant de commencer"),
    "PIV306": Code(_ERREUR, "conventions qui se contredisent"),
    "PIV401": Code(_AVERTISSEMENT, "action réalisée sans date"),
    "PIV402": Code(_ERREUR, "date consignée qui n'est pas encore arrivée"),
    "PIV403": Code(_ERREUR, "date de réalisation d'une action qui n'est pas réalisée"),
    "PIV404": Code(_AVERTISSEMENT, "action abandonnée ou en attente sans motif"),
    "PIV405": Code(_AVERTISSEMENT, "dépense qui dépasse le montant prévu"),
    "PIV406": Code(_AVERTISSEMENT, "dates qui ne sont pas en ordre"),
    "PIV501": Code(_ERREUR, "action adoptée retirée du plan"),
    "PIV502": Code(_ERREUR, "action renumérotée"),
    "PIV503": Code(_ERREUR, "échéance déplacée sans garder l'ancienne"),
    "PIV504": Code(_ERREUR, "ce qui était consigné a été réécrit"),
    "PIV505": Code(_ERREUR, "action réalisée rouverte sans note"),
    "PIV506": Code(_AVERTISSEMENT, "texte adopté modifié"),
    "PIV507": Code(_AVERTISSEMENT, "responsables modifiés"),
}


class Finding(NamedTuple):
    """A fault: its code in the catalogue, its place, what is wrong, and what to do about it."""

    code: str
    location: Location
    message: str
    remedy: str = ""

    @property
    def gravite(self) -> Gravite:
        """How serious it is, from the catalogue."""
        return CATALOGUE[self.code].gravite


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The findings file by file, « orientation-2 » before « orientation-10 », each file from top to bottom."""

    def rank(finding: Finding) -> tuple[list[tuple[int, str]], Location]:
        parts = re.split("([0-9]+)", finding.location.file)
        return [(int(part), "") if part.isdigit() else (0, part) for part in parts], finding.location

    return sorted(findings, key=rank)


def exit_code(findings: Iterable[Finding], *, strict: bool = False) -> ExitCode:
    """What a check answers: a file that cannot be opened outweighs a fault in what was read.

    Errors count and, when it is strict, warnings too; what is only good to know never does.
    """
    counted = (Gravite.ERREUR, Gravite.AVERTISSEMENT) if strict else (Gravite.ERREUR,)
    codes = {finding.code for finding in findings if finding.gravite in counted}
    if "PIV002" in codes:
        return ExitCode.UNREADABLE
    return ExitCode.FINDINGS if codes else ExitCode.OK


class PivotError(Exception):
    """What stops a command: a message for its user, what to do about it, and the exit code."""

    def __init__(self, message: str, remedy: str = "", code: ExitCode = ExitCode.UNREADABLE) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.code = code
