"""How one value of the plan's files is read, and what an editor is told to accept in its place.

A value that cannot be read is reported and left out: the rest of the file is still read. `shape` is JSON Schema
(draft 7): whatever is read without a fault must fit it, once an editor's YAML 1.2 has made numbers and booleans of
what the program takes as text.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from pivot_cli.echeance import Conventions, Refus, parse, parse_date, parse_jour_annuel, parse_mois, parse_recurrence
from pivot_cli.finding import Finding
from pivot_cli.plan.hours import parse_hour, parse_length
from pivot_cli.text import Suggestions, cited, fold, listed, quoted
from pivot_cli.yaml_tree import Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from decimal import Decimal

    from pivot_cli.echeance import Echeance
    from pivot_cli.finding import SourceText
    from pivot_cli.yaml_tree import Node

Shape = dict[str, Any]


class _Ranks(dict[tuple[str, ...], dict[str, int]]):
    """The ranks of some names, the same for all the nodes of one shape: most actions have the same fields."""

    def __missing__(self, names: tuple[str, ...]) -> dict[str, int]:
        ranks = self[names] = {name: rank for rank, name in reversed([*enumerate(names)])}
        return ranks


class Reader:
    """The reading of one file: what it is read by, and the faults found so far.

    `partial` becomes true when something that others may refer to was lost: a reference to it is not judged.
    """

    __slots__ = ("_suggestions", "conventions", "findings", "partial", "ranks", "source")

    def __init__(self, source: SourceText, conventions: Conventions) -> None:
        self.source = source
        self.conventions = conventions
        self.findings: list[Finding] = []
        self.partial = False
        self.ranks = _Ranks()
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
    """How one value is read under the field `name`: what `read` gives, None once its fault is reported; `shape` is
    what an editor accepts.
    """

    def read(self, node: Node, name: str, reader: Reader) -> Any: ...  # noqa: D102

    def shape(self, name: str) -> Shape: ...  # noqa: D102


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


class Value:
    """What is written as one text: `parse` makes the value of it; None, or a refusal, says that it cannot be one.

    `fault` is what is then told and `remedy` what to write instead; an editor accepts what has one of the `types` and
    fits the `pattern`, and tells the rest `message`. In these, « {text} », « {field} » and « {name} » are the text, the
    field as a message names it, and its key.
    """

    def __init__(
        self,
        parse: Callable[[str], Any],
        types: str | list[str],
        message: str,
        fault: str = "",
        remedy: str = "",
        *,
        pattern: str = r"\S",
        **bounds: int,
    ) -> None:
        self.parse = parse
        self.message = message
        self.fault = fault
        self.remedy = remedy
        self.accepted: Shape = {"type": types, **bounds, "pattern": pattern}

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """The value, or None, its fault reported."""
        text = scalar_text(node, name, reader)
        if text is None or self.parse is str:
            return text
        value = self.parse(text)
        if value is not None and not isinstance(value, Refus):
            return value
        told = self.fault.format(text=cited(text), field=quoted(name), name=name)
        remedy = f"{value.message} {value.remede}".strip() if value else self.advice(text, name, reader)
        reader.report("PIV106", node, told, remedy)
        return None

    def advice(self, text: str, name: str, reader: Reader) -> str:  # noqa: ARG002 - a `Choice` looks at the text
        """What to write instead of a text that cannot be read."""
        return self.remedy.format(name=name)

    def shape(self, name: str) -> Shape:
        """What an editor accepts; only `pivot validate` knows whether it is understood."""
        return self.accepted | {"errorMessage": self.message.format(field=quoted(name), name=name)}


# An editor makes numbers and booleans of « 2020 » and « true ».
TEXT = Value(
    str,
    ["string", "number", "boolean"],
    "{field} devrait être un texte, entre guillemets s'il contient un deux-points.",
)
"""A text in the organisation's own words, without the white space around it."""


def number(least: int = 1, most: int = 9999, unit: str = "", example: int = 3) -> Value:
    """A whole number from `least` to `most`, quoted or not; `unit` may follow it."""
    what = f"{{field}} devrait être un nombre {f'de {unit}s' if unit else 'entier'}"
    pattern = rf"([0-9]{{1,{len(str(most))}}})" + (rf"(?:\s*{unit}s?)?" if unit else "")
    remedy = f"Écrivez un nombre de {least} à {most}, par exemple « {{name}}: {example} »."

    def parse(text: str) -> int | None:
        if not (text.isascii() and text.isdigit() and len(text) < 5):  # as nearly all are written
            found = re.fullmatch(pattern, text)
            text = found[1] if found else "-1"
        return int(text) if least <= int(text) <= most else None

    return Value(
        parse,
        ["integer", "string"],
        f"{what}. {remedy}",
        f"{what}, mais c'est {{text}}.",
        remedy,
        pattern=rf"^\s*{pattern}\s*$",
        minimum=least,
        maximum=most,
    )


NUMBER = number()


def code(pattern: str, rule: str, example: str, use: str = "de {name}") -> Value:
    """A short code made of the characters of `pattern`; `use` is what it serves."""
    return Value(
        lambda text: text if re.fullmatch(pattern, text) else None,
        ["string", "number"] if re.fullmatch(pattern, "12") else "string",
        f"{{field}} : {rule[:1].lower()}{rule[1:]}, par exemple « {{name}}: {example} ».",
        f"{{text}} ne peut pas servir {use}.",
        f"{rule} : par exemple {quoted(example)}.",
        pattern=rf"^\s*(?:{pattern})\s*$",
    )


class Choice(Value):
    """One of a few words; case and accents do not matter. `synonyms` are words that people type instead."""

    def __init__(
        self, values: tuple[str, ...], synonyms: dict[str, str] | None = None, build: Callable[[str], Any] = str
    ) -> None:
        self.values = values
        self.synonyms = synonyms or {}
        by_word = {fold(value): build(value) for value in values}
        known = f"Valeurs possibles : {listed([quoted(value) for value in values], 'ou')}."
        message = f"Ce n'est pas une des valeurs de {{field}}. {known}"
        pattern = rf"^\s*(?:{'|'.join(map(_in_any_letters, values))})\s*$"
        told = "{text} n'est pas une des valeurs de {field}."
        super().__init__(lambda text: by_word.get(fold(text)), "string", message, told, known, pattern=pattern)

    def advice(self, text: str, name: str, reader: Reader) -> str:
        """The word that was most likely meant, and all of them."""
        meant = self.synonyms.get(fold(text)) or reader.suggestions(name, self.values).nearest(text)
        return f"Vouliez-vous dire {quoted(meant)}? {self.remedy}" if meant else self.remedy

    def shape(self, name: str) -> Shape:
        """The words, which an editor offers, or one of them in other letters."""
        in_any_letters = super().shape(name)
        message = {"errorMessage": in_any_letters["errorMessage"]}
        return {"anyOf": [{"enum": list(self.values), **message}, in_any_letters], **message}


def _in_any_letters(word: str) -> str:
    """The pattern of a word, whatever its case and accents."""
    parts = []
    for character in word:
        plain = fold(character)
        variants = plain + "".join(other for other in "àâäçéèêëîïôöùûü" if fold(other) == plain)
        parts.append(f"[{variants}{variants.upper()}]" if plain else r"\s+")
    return "".join(parts)


_AMOUNT = r"([0-9]{1,3}(?:\s[0-9]{3})+|[0-9]{1,12})(?:[.,]([0-9]{1,2}))?\s*\$?"
_DOLLARS = "Écrivez des dollars, en chiffres et sans signe moins : « {name}: 1500 »."


def _amount(text: str) -> Decimal | None:
    """The dollars of « 1500 », « 1 500 $ », « 1500,50 », exact to the cent."""
    found = re.fullmatch(_AMOUNT, text)
    if found is None:
        return None
    from decimal import Decimal

    return Decimal(re.sub(r"\s", "", found[1]) + "." + (found[2] or "0"))


MONEY = Value(
    _amount,
    ["number", "string"],
    f"Ce n'est pas un montant. {_DOLLARS}",
    "{text} n'est pas un montant.",
    _DOLLARS,
    pattern=rf"^\s*{_AMOUNT}\s*$",
    minimum=0,
)
DATE = Value(
    parse_date,
    ["string", "integer"],
    "{field} devrait être une date : 2020-05-12, 12 mai 2020, mai 2020 ou 2020.",
    "{text} n'est pas une date.",
    pattern="[0-9]{4}",
)
"""A DateConsignee, as precise as people know it: « 2019-05-12 », « 12 mai 2019 », « mai 2019 », « 2019 »."""


def _like(*examples: str) -> str:
    return f"{{field}} devrait être un texte, par exemple {listed([quoted(example) for example in examples], 'ou')}."


class Wording(Value):
    """What the document says in its own words, read under the conventions in force: kept even when it is not
    understood, since a rule reports that.
    """

    def __init__(self, understand: Callable[[str, Conventions], Echeance | Refus], *examples: str) -> None:
        super().__init__(str, ["string", "number"], _like(*examples))
        self.understand = understand

    def read(self, node: Node, name: str, reader: Reader) -> Echeance | Refus | None:
        """What the words were read as."""
        text = scalar_text(node, name, reader)
        return None if text is None else self.understand(text, reader.conventions)


ECHEANCE = Wording(parse, "Mars 2020", "Automne 2020", "En continu", "À évaluer")
RECURRENCE = Wording(parse_recurrence, "aux 3 mois", "Annuel", "le 30 juin de chaque année")


def _parsed(parse: Callable[[str], Any], what: str, *examples: str, types: str | list[str], remedy: str = "") -> Value:
    """A text that `parse` makes something of, `what` with its article."""
    written = listed([f"« {{name}}: {example} »" for example in examples], "ou")
    return Value(
        parse, types, _like(*examples), f"{{text}} n'est pas {what}.", remedy or f"Écrivez par exemple {written}."
    )


_NUMBERS = ["string", "number"]
_YEARLESS = "Écrivez un jour et un mois, sans année : « {name}: 1er avril »."
YEAR_DAY = _parsed(parse_jour_annuel, "un jour de l'année", "1er avril", "avril", types=_NUMBERS, remedy=_YEARLESS)
MONTHS = _parsed(parse_mois, "une suite de mois d'une même année", "mars à juin", types=_NUMBERS)
HOUR = _parsed(parse_hour, "une heure", "19 h", "19 h 30", types="string")
LENGTH = _parsed(parse_length, "une durée", "10 min", "2 h", "1 h 30", types=["string", "integer"])


def term(used: str) -> Value:
    """What the organisation means by « court terme », kept in its words; `used` is how an échéance names it."""
    key = re.sub("[ -]", "_", used)

    def understood(text: str) -> str | None:
        # Any beginning of a plan: whether a term is understood does not depend on it.
        conventions = Conventions(periode_debut=date(2020, 1, 1), **{key: text})  # type: ignore[arg-type]
        return None if isinstance(parse(used, conventions), Refus) else text

    examples = ("1 an", "1 à 3 ans", "décembre 2021")
    return _parsed(understood, "une durée ni une date", *examples, types=_NUMBERS)
