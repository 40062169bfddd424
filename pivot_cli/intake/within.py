"""Who and when, where a document says them in the words of what is to be done: « Poser une rampe (Nadia, mai 2025) »,
« Poser une rampe – DG – 2025 », « Poser une rampe (resp. : DG) », « Responsable : DG » on a line below.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.intake.draft import Ask
from pivot_cli.intake.found import CellValue
from pivot_cli.intake.people import is_person, is_post, names_in
from pivot_cli.intake.roles import Column, Role, role_of
from pivot_cli.intake.wordings import is_read
from pivot_cli.plan.posts import compared
from pivot_cli.text import MONTHS, fold, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pivot_cli.echeance import Conventions
    from pivot_cli.intake.found import Found

_LABEL = re.compile(r"\s*(?:[–—;,.|(]|\s-)\s*([A-ZÀ-Ü][^\W\d_]*(?: [^\W\d_]+){0,2}(?:\(s\))?)\s?:\s+")
_LINE = re.compile(r"\s*(?:[•–—-]\s+)?([^:\n]{2,40}?)\s*:\s*(\S.*)")
_BRACKETS = re.compile(r"\s*\(([^()]+)\)(?=\s*(?:[;,.]|$))")
_DASHES = re.compile(r"(.*?\S)\s+[–—-]\s+([^–—]+?)\s+[–—-]\s+([^–—]+)")
_FEWEST = 2  # items that end alike, from which it is the way of the document
_LONGEST = 60  # characters of a name


class _Said(NamedTuple):
    """What the words of an item hold of who and when, and those words without it."""

    rest: str
    who: str
    when: str


def said_within(found: Sequence[Found], conventions: Conventions) -> None:
    """Take who and when out of the words of each action, where no column says them: what has a label; else a name
    and an échéance that is read, where several actions have them so, or the name is known. The others are asked about.
    """
    for one in found:
        _both(one, conventions)
        if one.texts and one.texts[0].column.noun != "indicateur":
            _labels(one)
        _cards(one)
    ends = [(one, said) for one in found if (said := _ending(one, conventions))]
    values = (value for one in found for value in one.values.get(Role.RESPONSABLES, ()))
    known = {compared(name) for value in values for name in names_in(value.text)}
    for one, said in ends:
        if len(ends) >= _FEWEST or all(_is_known(name, known) for name in names_in(said.who)):
            _give(
                one, said.rest, [(Role.RESPONSABLES, "Responsable", said.who), (Role.ECHEANCE, "Échéance", said.when)]
            )
        else:
            told = f"{quoted(said.who)} et {quoted(said.when)}, dans ces mots{_ASKED}"
            one.asks.append(Ask(f"{quoted(said.who)} et {quoted(said.when)}", one.place, told))


_ASKED = ", disent-ils qui est responsable, et l'échéance? Écrivez-les alors dans leurs champs."


def _both(one: Found, conventions: Conventions) -> None:
    """Part what a column « Responsable / échéance » says: « Adjointe – 31 octobre 2025 »."""
    for value in one.values.pop(Role.QUI_QUAND, []):
        who, when = _parted(value.text, conventions)
        for role, text in ((Role.RESPONSABLES, who), (Role.ECHEANCE, when)):
            if text:
                one.values[role].append(value._replace(text=text, column=value.column._replace(role=role)))


def _parted(text: str, conventions: Conventions) -> tuple[str, str]:
    """Who, and when: on either side of what parts them, as an échéance that is read shows, else as it seems to be."""
    if is_read(text, conventions):
        return "", text
    places = [(text[: at.start()].strip(), text[at.end() :].strip(" )")) for at in _PARTS.finditer(text)]
    pairs = [*places, *((two, one) for one, two in places)]
    seeming = (pair for pair in pairs if _SEEMS_WHEN.search(fold(pair[1])) and not _SEEMS_WHEN.search(fold(pair[0])))
    return next((pair for pair in pairs if is_read(pair[1], conventions)), None) or next(seeming, (text, ""))


_PARTS = re.compile(r"\n|\s[–—-]\s|\s*[/;:,(]\s*")
_SEEMS_WHEN = re.compile(rf"[0-9]|\b(?:{'|'.join(map(fold, MONTHS))}|hiver|printemps|ete|automne|continu|annuel)\b")


def _is_known(name: str, known: set[str]) -> bool:
    return compared(name) in known or is_person(name) or is_post(name) or name.isupper()


def _give(one: Found, rest: str, said: Sequence[tuple[Role, str, str]]) -> None:
    """Leave an action the words that are its own, and give it the others as its columns would."""
    first = one.texts[0]
    one.values[Role.ACTION][0] = first._replace(text=rest)
    for role, header, text in said:
        if text:
            one.values[role].append(CellValue(Column(role, header, None, 0, 0), text, first.cell, first.row))


def _labels(one: Found) -> None:
    """« Poser une rampe – Responsable : DG – Échéance : 2025 »: what is to be done, and what each label says of it."""
    text = one.texts[0].text
    for parts in (_of_lines(text), _of_brackets(text), _of_sentence(text)):
        said = [(role_of(label), label.strip(), part.strip(" ,;.)")) for label, part in parts[1:]]
        roles = [role[0] for role, _, _ in said if role]
        wanted = (
            bool(parts[0][1].strip()) and len(roles) == len(said) > 0 and not {Role.ACTION, Role.NIVEAU} & set(roles)
        )
        if wanted and not any(one.values.get(role) for role in roles):
            _give(one, parts[0][1], [(role, label, part) for role, (_, label, part) in zip(roles, said, strict=True)])
            return


_FREE = (Role.AUTRE, Role.NOTES, Role.DESCRIPTION)


def _cards(one: Found) -> None:
    """« Responsable : trésorier », « Échéance : 2026 », a line each in a cell whose header says nothing so precise."""
    for value in [value for role in _FREE for value in one.values.get(role, ())]:
        said = [found for line in value.text.split("\n") if line.strip() and (found := _LINE.fullmatch(line))]
        roles = [role_of(found[1]) for found in said]
        kinds = {role[0] for role in roles if role}
        whole = len(said) == sum(bool(line.strip()) for line in value.text.split("\n"))
        if not whole or None in roles or {Role.ACTION, Role.NIVEAU} & kinds or any(map(one.values.get, kinds)):
            continue
        one.values[value.column.role].remove(value)
        for role, found in zip(roles, said, strict=True):
            if role:
                column = Column(role[0], found[1].strip(), role[2], 0, 0, role[1])
                one.values[role[0]].append(value._replace(column=column, text=found[2]))


_Parts = list[tuple[str, str]]
"""The words that are left, without label, then each label and what it says."""


def _of_lines(text: str) -> _Parts:
    first, *lines = text.split("\n")
    said = [found for line in lines if (found := _LINE.fullmatch(line))]
    return [("", first), *((one[1], one[2]) for one in said)] if len(said) == len(lines) else [("", text)]


def _of_brackets(text: str) -> _Parts:
    found = re.fullmatch(r"(.*?)\s*\(([^()]*:[^()]*)\)\s*\.?", text, re.DOTALL)
    said = [_LINE.fullmatch(part) for part in re.split(r"[;\n]|,(?=[^,:]*:)", found[2])] if found else []
    return [("", found[1]), *((one[1], one[2]) for one in said if one)] if found and all(said) else [("", text)]


def _of_sentence(text: str) -> _Parts:
    whole, *parts = _LABEL.split(text)
    return [("", whole), *zip(parts[::2], parts[1::2], strict=True)]


def _ending(one: Found, conventions: Conventions) -> _Said | None:
    """The name and the échéance at the end of an action, in parentheses or after dashes, that no column says."""
    if not one.texts or any(one.values.get(role) for role in (Role.RESPONSABLES, *_WHEN)):
        return None
    text = one.texts[0].text
    for found in _BRACKETS.finditer(text):
        who, comma, when = found[1].rpartition(",")
        rest = text[: found.start()] + text[found.end() :]
        if comma and (said := _taken(rest, who, when, conventions)):
            return said
    dashes = _DASHES.fullmatch(text)
    return _taken(dashes[1], dashes[2], dashes[3], conventions) if dashes else None


_WHEN = (Role.ECHEANCE, Role.DEBUT, Role.FIN, Role.PERIODE)


def _taken(rest: str, who: str, when: str, conventions: Conventions) -> _Said | None:
    who, when = who.strip(), when.strip(" .")
    named = re.search(r"[^\W\d_]", who) and not re.search("[0-9:]", who) and len(who) <= _LONGEST
    return _Said(rest.strip(), who, when) if rest.strip() and named and is_read(when, conventions) else None
