"""Faults of a file before they have a line and a column, and the end of a reading that cannot go on."""

import re
from collections import Counter
from typing import NamedTuple

from pivot_cli.finding import Finding, SourceText
from pivot_cli.text import clean, quoted

# A fault met more often than this in a file is told this many times, the last one saying how many follow.
TOLD_AT_MOST = 5


class Fault(NamedTuple):
    """A fault at offsets in the text; `Finding` gives it a line and a column."""

    code: str
    start: int
    end: int
    message: str
    remedy: str


class Unreadable(Exception):  # noqa: N818 - not an error of the program: the file's one fault
    """Why a file cannot be read any further, with its text where that is not what was being read."""

    def __init__(self, fault: Fault, source: SourceText | None = None) -> None:
        super().__init__(fault.message)
        self.fault = fault
        self.source = source


def with_more(fault: Fault, more: int) -> Fault:
    """The last fault told, saying how many of the same kind are not, if any."""
    also = f" Le fichier en compte {more} de plus du même genre." if more > 0 else ""
    return fault._replace(message=fault.message + also)


def to_findings(source: SourceText, faults: list[Fault]) -> list[Finding]:
    """The faults in the order of the text, those of one code past `TOLD_AT_MOST` only counted."""
    findings: list[Finding] = []
    of_code, told = Counter(fault.code for fault in faults), Counter[str]()
    for fault in sorted(faults, key=lambda fault: fault.start):
        told[fault.code] += 1
        if told[fault.code] == TOLD_AT_MOST:
            fault = with_more(fault, of_code[fault.code] - TOLD_AT_MOST)  # noqa: PLW2901
        if told[fault.code] <= TOLD_AT_MOST:
            location = source.location(fault.start, min(fault.end, len(source.text)))
            findings.append(Finding(fault.code, location, fault.message, fault.remedy))
    return findings


def shortcut(text: str, start: int) -> Fault:
    """The fault of an anchor (`&`), an alias (`*`) or a tag (`!`) that begins at `start`."""
    end = re.compile(r".[^\s,\[\]{}]*").match(text, start).end()  # type: ignore[union-attr]  # a sign is there
    sign = text[start]
    word = quoted(clean(text[start : min(end, start + 30)]))
    if sign == "*":
        message = f"{word} se lit comme le rappel d'une valeur écrite ailleurs, que pivot ne va pas chercher."
        remedy = "Recopiez ici la valeur elle-même"
    elif sign == "&":
        message = f"{word} se lit comme un nom donné à la valeur pour la rappeler ailleurs, ce que pivot refuse."
        remedy = f"Effacez {word}, et recopiez la valeur là où elle est rappelée"
    else:
        message = f"{word} se lit comme une indication de type, ce que pivot refuse."
        remedy = f"Effacez {word}"
    remedy += f"; si « {sign} » fait partie du texte, mettez tout le texte entre guillemets."
    return Fault("PIV008", start, end, message, remedy)


def directive(place: int) -> Fault:
    """A line that begins with `%` outside any value."""
    message = "Une ligne qui commence par « % » est une consigne de YAML, dont un plan n'a pas besoin."
    remedy = "Effacez cette ligne, ou mettez le texte entre guillemets si « % » en fait partie."
    return Fault("PIV005", place, place + 1, message, remedy)


def after_end(place: int) -> Fault:
    """Something after the end of a top-level value."""
    message = "Cette ligne vient après la fin de ce qui se lit comme une seule liste ou un seul texte."
    remedy = "Vérifiez le début du fichier : il doit commencer par un champ, comme « numero: 1 »."
    return Fault("PIV005", place, place, message, remedy)


def conflict_mark(start: int, end: int, sign: str) -> Fault:
    """A line that git wrote around one side of a merge, and that is left alone there."""
    message = f"Une fusion git n'est pas finie : il en reste la ligne qui commence par {sign}."
    remedy = "Vérifiez que rien n'y est dit deux fois de suite, de deux façons, puis effacez cette ligne."
    return Fault("PIV011", start, end, message, remedy)
