"""How one value of the plan's files is read, and what an editor is told to accept in its place.

A value that cannot be read is reported and left out: the rest of the file is still read. `shape` is JSON Schema
(draft 7): whatever is read without a fault must fit it, once an editor's YAML 1.2 has made numbers and booleans of
what the program takes as text.
"""

from __future__ import annotations

import re
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from pivot_cli.echeance import Conventions, Refus, parse, parse_date, parse_jour_annuel, parse_mois, parse_recurrence
from pivot_cli.finding import Finding
from pivot_cli.plan.hours import parse_hour, parse_length
from pivot_cli.text import Suggestions, cited, fold, listed, quoted
from pivot_cli.yaml_tree import Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pivot_cli.echeance import Echeance
    from pivot_cli.finding import SourceText
    from pivot_cli.yaml_tree import Node

Shape = dict[str, Any]


class Reader:
    """The reading of one file: what it is read by, and the faults found so far.

    `partial` becomes true when something that others may refer to was lost: a reference to it is not judged.
    """

    __slots__ = ("_suggestions", "conventions", "findings", "partial", "shapes", "source")

    def __init__(self, source: SourceText, conventions: Conventions) -> None:
        self.source = source
        self.conventions = conventions
        self.findings: list[Finding] = []
        self.partial = False
        # Nodes of one shape share the names of their fields: most actions have the same ones.
        self.shapes: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._suggestions: dict[str, Suggestions] = {}

    def suggestions(self, name: str, known: Iterable[str]) -> Suggestions:
        """What is suggested among the words that `name` tells from others, over the whole file."""
        if name not in self._suggestions:
            self._suggestions[name] = Suggestions(known)
        return self._suggestions[name]

    def report(self, code: str, node: Node, message: str, remedy: str) -> None:
        """Note a fault that stands at a node."""
        location = self.source.location(node.start, node.end)
        self.findings.append(Finding(code, location, message, remedy))


class Kind(Protocol):
    """How one value is read: the value, or None once its fault is reported."""

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """The value written at a node, under the field `name`."""

    def shape(self, name: str) -> Shape:
        """What an editor accepts under the field `name`."""


def shape_of(node: Node) -> str:
    """What a node is, in words."""
    if isinstance(node, Scalar):
        return "un texte"
    return "une liste" if isinstance(node, Sequence) else "un groupe de champs"


def scalar_text(node: Node, name: str, reader: Reader) -> str | None:
    """The text of a scalar that says something; otherwise None, the fault reported."""
    if not isinstance(node, Scalar):
        message = f"{quoted(name)} devrait être un texte, mais c'est {shape_of(node)}."
        remedy = f'Écrivez la valeur sur la même ligne : « {name}: "…" ».'
        reader.report("PIV104", node, message, remedy)
        return None
    text = node.text.strip()
    if not text:
        remedy = "Écrivez une valeur après le deux-points, ou retirez la ligne si le champ est facultatif."
        if node.start == node.end and reader.source.text[node.end : node.end + 20].lstrip(" ").startswith("#"):
            remedy = "Ce qui suit « # » n'est pas lu : si « # » fait partie du texte, mettez le texte entre guillemets."
        reader.report("PIV105", node, f"{quoted(name)} est vide.", remedy)
        return None
    return text


class Text:
    """A text in the organisation's own words."""

    def read(self, node: Node, name: str, reader: Reader) -> str | None:
        """The text without the white space around it."""
        return scalar_text(node, name, reader)

    def shape(self, name: str) -> Shape:
        """Any single value that is not empty: an editor makes a number of « 2020 »."""
        message = f"{quoted(name)} devrait être un texte, entre guillemets s'il contient un deux-points."
        return {"type": ["string", "number", "boolean"], "pattern": r"\S", "errorMessage": message}


class Number(NamedTuple):
    """A whole number from `least` to `most`, quoted or not; `unit` may follow it, `example` shows one."""

    least: int = 1
    most: int = 9999
    unit: str = ""
    example: int = 3

    def read(self, node: Node, name: str, reader: Reader) -> int | None:
        """The number."""
        text = scalar_text(node, name, reader)
        if text is None:
            return None
        if text.isascii() and text.isdigit() and len(text) < 5 and self.least <= int(text) <= self.most:
            return int(text)  # as nearly all are written
        found = re.fullmatch(self._pattern, text)
        if found and self.least <= int(found[1]) <= self.most:
            return int(found[1])
        message = f"{quoted(name)} devrait être {self._what}, mais c'est {cited(text)}."
        reader.report("PIV106", node, message, self._remedy(name))
        return None

    @property
    def _what(self) -> str:
        return f"un nombre de {self.unit}s" if self.unit else "un nombre entier"

    @property
    def _pattern(self) -> str:
        unit = rf"(?:\s*{self.unit}s?)?" if self.unit else ""
        return rf"([0-9]{{1,{len(str(self.most))}}}){unit}"

    def _remedy(self, name: str) -> str:
        return f"Écrivez un nombre de {self.least} à {self.most}, par exemple « {name}: {self.example} »."

    def shape(self, name: str) -> Shape:
        """A number, or a text that is one."""
        return {
            "type": ["integer", "string"],
            "minimum": self.least,
            "maximum": self.most,
            "pattern": rf"^\s*{self._pattern}\s*$",
            "errorMessage": f"{quoted(name)} devrait être {self._what}. {self._remedy(name)}",
        }


_AS_WHAT = {"depend_de": "à désigner une action", "action": "à désigner une action"}


class Code(NamedTuple):
    """A short code made of the characters of `pattern`; `example` shows one."""

    pattern: str
    rule: str
    example: str

    def read(self, node: Node, name: str, reader: Reader) -> str | None:
        """The code as it was typed."""
        text = scalar_text(node, name, reader)
        if text is None or re.fullmatch(self.pattern, text):
            return text
        message = f"{cited(text)} ne peut pas servir {_AS_WHAT.get(name, f'de {name}')}."
        reader.report("PIV106", node, message, f"{self.rule} : par exemple {quoted(self.example)}.")
        return None

    def shape(self, name: str) -> Shape:
        """A text of that pattern, or a number where the pattern takes one."""
        number = ["string", "number"] if re.fullmatch(self.pattern, "12") else "string"
        message = f"{quoted(name)} : {self.rule[:1].lower()}{self.rule[1:]}, par exemple « {name}: {self.example} »."
        return {"type": number, "pattern": rf"^\s*(?:{self.pattern})\s*$", "errorMessage": message}


class Choice(NamedTuple):
    """One of a few words; case and accents do not matter. `synonyms` are words that people type instead."""

    values: tuple[str, ...]
    synonyms: Mapping[str, str] = MappingProxyType({})
    build: Callable[[str], Any] = str

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """The word of the list, as `build` makes it."""
        text = scalar_text(node, name, reader)
        if text is None:
            return None
        wanted = fold(text)
        for value in self.values:
            if fold(value) == wanted:
                return self.build(value)
        meant = self.synonyms.get(wanted) or reader.suggestions(name, self.values).nearest(text)
        remedy = f"Vouliez-vous dire {quoted(meant)}? {self._known()}" if meant else self._known()
        reader.report("PIV106", node, f"{cited(text)} n'est pas une des valeurs de {quoted(name)}.", remedy)
        return None

    def _known(self) -> str:
        return f"Valeurs possibles : {listed([quoted(value) for value in self.values], 'ou')}."

    def shape(self, name: str) -> Shape:
        """The words, which an editor offers, or one of them in other letters."""
        message = f"Ce n'est pas une des valeurs de {quoted(name)}. {self._known()}"
        others = "|".join(_in_any_letters(value) for value in self.values)
        return {
            "anyOf": [
                {"enum": list(self.values), "errorMessage": message},
                {"type": "string", "pattern": rf"^\s*(?:{others})\s*$", "errorMessage": message},
            ],
            "errorMessage": message,
        }


_ACCENTED = "àâäçéèêëîïôöùûü"


def _in_any_letters(word: str) -> str:
    """The pattern of a word, whatever its case and accents."""
    parts = []
    for character in word:
        plain = fold(character)
        variants = plain + "".join(other for other in _ACCENTED if fold(other) == plain)
        parts.append(f"[{variants}{variants.upper()}]" if plain else r"\s+")
    return "".join(parts)


class Money:
    """An amount in dollars, 0 or more: « 1500 », « 1 500 $ », « 1500,50 »."""

    _pattern = r"([0-9]{1,3}(?:\s[0-9]{3})+|[0-9]{1,12})(?:[.,]([0-9]{1,2}))?\s*\$?"

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """The amount, exact to the cent, as a Decimal."""
        text = scalar_text(node, name, reader)
        if text is None:
            return None
        found = re.fullmatch(self._pattern, text)
        if found:
            from decimal import Decimal

            return Decimal(re.sub(r"\s", "", found[1]) + "." + (found[2] or "0"))
        reader.report("PIV106", node, f"{cited(text)} n'est pas un montant.", self._remedy(name))
        return None

    def _remedy(self, name: str) -> str:
        return f"Écrivez des dollars, en chiffres et sans signe moins : « {name}: 1500 »."

    def shape(self, name: str) -> Shape:
        """A number of 0 or more, or a text that is one."""
        pattern = rf"^\s*{self._pattern}\s*$"
        return {
            "type": ["number", "string"],
            "minimum": 0,
            "pattern": pattern,
            "errorMessage": f"Ce n'est pas un montant. {self._remedy(name)}",
        }


class RecordedDate:
    """A date as precise as people know it: « 2019-05-12 », « 12 mai 2019 », « mai 2019 », « 2019 »."""

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """A DateConsignee."""
        text = scalar_text(node, name, reader)
        if text is None:
            return None
        read = parse_date(text)
        if not isinstance(read, Refus):
            return read
        reader.report("PIV106", node, f"{cited(text)} n'est pas une date.", f"{read.message} {read.remede}".strip())
        return None

    def shape(self, name: str) -> Shape:
        """A text, or a year alone, which an editor takes for a number."""
        message = f"{quoted(name)} devrait être une date : 2020-05-12, 12 mai 2020, mai 2020 ou 2020."
        return {"type": ["string", "integer"], "pattern": "[0-9]{4}", "errorMessage": message}


def _wording_shape(name: str, *examples: str) -> Shape:
    said = listed([quoted(example) for example in examples], "ou")
    message = f"{quoted(name)} devrait être un texte, par exemple {said}."
    return {"type": ["string", "number"], "pattern": r"\S", "errorMessage": message}


class Wording(NamedTuple):
    """What the document says in its own words, which `parse` reads: kept even when it is not understood, since a rule
    reports that.
    """

    parse: Callable[[str, Conventions], Echeance | Refus]
    examples: tuple[str, ...]

    def read(self, node: Node, name: str, reader: Reader) -> Echeance | Refus | None:
        """What the words were read as."""
        text = scalar_text(node, name, reader)
        return None if text is None else self.parse(text, reader.conventions)

    def shape(self, name: str) -> Shape:
        """A text, or a year alone; only `pivot validate` knows whether it is understood."""
        return _wording_shape(name, *self.examples)


ECHEANCE = Wording(parse, ("Mars 2020", "Automne 2020", "En continu", "À évaluer"))
RECURRENCE = Wording(parse_recurrence, ("aux 3 mois", "Annuel", "le 30 juin de chaque année"))


class Parsed(NamedTuple):
    """A text that `parse` makes something of, or None: what it should be, what to write instead (« {} » being the
    field), and examples.
    """

    parse: Callable[[str], Any]
    what: str
    remedy: str
    examples: tuple[str, ...]
    types: str | tuple[str, ...] = ("string", "number")

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """What is made of the text."""
        text = scalar_text(node, name, reader)
        value = None if text is None else self.parse(text)
        if text is not None and value is None:
            reader.report("PIV106", node, f"{cited(text)} n'est pas {self.what}.", self.remedy.format(name))
        return value

    def shape(self, name: str) -> Shape:
        """A text, or the number that an editor may take it for."""
        types = self.types if isinstance(self.types, str) else list(self.types)
        return _wording_shape(name, *self.examples) | {"type": types}


YEAR_DAY = Parsed(
    parse_jour_annuel,
    "un jour de l'année",
    "Écrivez un jour et un mois, sans année : « {}: 1er avril ».",
    ("1er avril", "avril"),
)
MONTHS = Parsed(
    parse_mois, "une suite de mois d'une même année", "Écrivez par exemple « {}: mars à juin ».", ("mars à juin",)
)
HOUR = Parsed(
    parse_hour, "une heure", "Écrivez par exemple « {0}: 19 h » ou « {0}: 19 h 30 ».", ("19 h", "19 h 30"), "string"
)
LENGTH = Parsed(
    parse_length,
    "une durée",
    "Écrivez par exemple « {0}: 10 min », « {0}: 2 h » ou « {0}: 1 h 30 ».",
    ("10 min", "2 h", "1 h 30"),
    ("string", "integer"),
)


def term(used: str) -> Parsed:
    """What the organisation means by « court terme », kept in its words; `used` is how an échéance names it."""
    key = re.sub("[ -]", "_", used)

    def understood(text: str) -> str | None:
        # Any beginning of a plan: whether a term is understood does not depend on it.
        conventions = Conventions(periode_debut=date(2020, 1, 1), **{key: text})  # type: ignore[arg-type]
        return None if isinstance(parse(used, conventions), Refus) else text

    remedy = "Écrivez par exemple « {0}: 1 an », « {0}: 1 à 3 ans » ou « {0}: décembre 2021 »."
    return Parsed(understood, "une durée ni une date", remedy, ("1 an", "1 à 3 ans", "décembre 2021"))
