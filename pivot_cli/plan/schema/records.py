"""Lists and mappings of the plan's files: their fields, read in the order in which they stand.

A `Record` is a mapping of the plan's files (an action, an objectif…) with its fields in the order in which
people are told about them.
"""

from __future__ import annotations

import re
from array import array
from typing import TYPE_CHECKING, Any, NamedTuple

from pivot_cli.plan import model
from pivot_cli.plan.schema.kinds import scalar_text, shape_of
from pivot_cli.text import cited, listed, one_line, quoted, truncate
from pivot_cli.yaml_tree import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable

    from pivot_cli.plan.schema.kinds import Kind, Reader, Shape
    from pivot_cli.yaml_tree import Node


class ListOf(NamedTuple):
    """A list of values of one kind."""

    item: Kind

    def read(self, node: Node, name: str, reader: Reader) -> tuple[Any, ...] | None:
        """The values that could be read, in order."""
        if isinstance(node, Sequence):
            if node.items:
                inner = "" if isinstance(self.item, Record) else name
                values = [self.item.read(item, inner, reader) for item in node.items]
                kept = tuple(value for value in values if value is not None)
                reader.partial |= len(kept) < len(values) and name in _REFERRED_TO
                return kept
            remedy = "Écrivez au moins une valeur, ou retirez le champ."
            reader.report("PIV105", node, f"La liste {quoted(name)} est vide.", remedy)
        elif isinstance(node, Scalar) and not node.text.strip():
            scalar_text(node, name, reader)
        else:
            message = f"{quoted(name)} devrait être une liste, mais c'est {shape_of(node)}."
            reader.report("PIV104", node, message, self._as_list(node, name))
        return None

    def shape(self, name: str) -> Shape:
        """A list of at least one value."""
        example = f"- {self.item.opening}: …" if isinstance(self.item, Record) else f"{name}: [une valeur, une autre]"
        return {
            "type": "array",
            "minItems": 1,
            "items": self.item.shape(name),
            "errorMessage": f"{quoted(name)} devrait être une liste d'au moins une valeur : « {example} ».",
        }

    def _as_list(self, node: Node, name: str) -> str:
        if isinstance(self.item, Record):
            example = quoted(f"- {self.item.opening}: …")
            if isinstance(node, Mapping) and node.entries and _DASH.match(node.entries[0][0].text):
                return f"{_RIGHT_DASH} : {example}."
            return f"Commencez chaque élément de {quoted(name)} par un tiret : {example}."
        if not isinstance(node, Scalar):
            return f"Écrivez {quoted(f'{name}: [première valeur, deuxième valeur]')}."
        parts = _parts(node.text, name)
        value = ", ".join(f'"{part}"' if re.search("[,:#]", part) else part for part in parts)
        written = f"crivez {quoted(truncate(f'{name}: [{value}]', 120))}."
        if parts and _DASH.match(node.text):
            return f"{_RIGHT_DASH} : {quoted(truncate(f'- {parts[0]}', 60))}. Ou é{written}"
        return f"É{written}"


def _parts(text: str, name: str) -> list[str]:
    """The values that a text means, where a list should stand: what a sign separates that a text seldom holds."""
    separators = r"\s\+\s|;"
    if name in _NAMES:
        text = re.sub(r"[\[\]]", "", text)
        separators += "|,"
    if name in _NAMES or _DASH.match(text):
        separators += f"|{_DASH.pattern}"
    return [one_line(part) for part in re.split(separators, text) if part.strip()]


_DASH = re.compile(r"(?:\A|(?<=\s))[-–—‑−•]\s*(?=\S)")
_RIGHT_DASH = "Le tiret d'une liste est un trait d'union suivi d'un espace"
# Lists of names and codes, in which a comma separates: in a text, it may be a comma.
_NAMES = frozenset(("responsables", "collaborateurs", "alias", "depend_de", "realisations"))


def _of(name: str) -> str:
    """« d'une action », « des conventions », « de l'organisme »."""
    return f"des {name[4:]}" if name.startswith("les ") else f"d'{name}" if name.startswith("un") else f"de {name}"


class Field(NamedTuple):
    """A field of a record: its key, its kind, and what it is for (in French, for the people who fill it)."""

    key: str
    kind: Kind
    purpose: str
    required: bool = False


class Record:
    """A mapping of the plan's files: what it is called, its fields, and the value that they make.

    Of `one_of`, one at least must be there. `opening` is the field that people write first.
    """

    def __init__(self, name: str, build: Callable[..., Any], *fields: Field, one_of: tuple[str, ...] = ()) -> None:
        self.name = name
        self.build = build
        self.fields = fields
        self.one_of = one_of
        self.by_key = {field.key: field for field in fields}
        self.required = frozenset(field.key for field in fields if field.required)
        self.opening = fields[0].key

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """The value that the fields make, with its origin; None when the node is not a mapping."""
        if not isinstance(node, Mapping):
            whose = "leurs" if self.name.startswith("les ") else "ses"
            message = f"Ici, on attend {self.name}, avec {whose} champs; c'est {shape_of(node)}."
            remedy = f"Écrivez les champs {_of(self.name)}, un par ligne, à commencer par « {self.opening}: … »."
            if name:
                remedy = f"Passez à la ligne après « {name}: », puis é{remedy[1:]}"
            reader.report("PIV104", node, message, remedy)
            reader.partial = True
            return None
        values: dict[str, Any] = {}
        written: set[str] = set()
        names, spans = [""], [node.start, node.end]
        known, present = self.by_key, frozenset[str]()
        for key, value in node.entries:
            field = known.get(key.text)
            if field is None:
                present = present or frozenset(other.text for other, _ in node.entries)
                field = self._misspelt(key, value, present, reader)
            if field is None or field.key in written:
                continue
            written.add(field.key)
            names.append(field.key)
            spans += (value.start, value.end)
            if not isinstance(value, Scalar):
                _note_inner_spans(field.key, value, names, spans)
            read = field.kind.read(value, field.key, reader)
            if read is not None:
                values[field.key] = read
            elif field.key in _REFERRED_TO:
                reader.partial = True
        if self.one_of or not self.required <= written:
            self._report_absent(written, node, reader)
        return self.build(**values, origin=model.Origin(reader.source, reader.ranks[tuple(names)], array("L", spans)))

    def _misspelt(self, key: Scalar, value: Node, present: frozenset[str], reader: Reader) -> Field | None:
        """Report an unknown key; the field it stands for, if one close to it is not `present`: one fault, not two."""
        meant = reader.suggestions(self.name, self.by_key).nearest(key.text)
        remedy = f"Vouliez-vous dire {quoted(meant)}?" if meant else f"Champs possibles : {', '.join(self.by_key)}."
        message = f"Le champ {cited(key.text)} n'existe pas dans {self.name}."
        reader.report("PIV101", key, message, remedy)
        if meant is not None and meant not in present:
            return self.by_key[meant]
        reader.partial |= not isinstance(value, Scalar)
        return None

    def _report_absent(self, written: set[str], node: Mapping, reader: Reader) -> None:
        """Report each field that must be there and is not, and that there is none of those of which one must be."""
        first, absent = (node.entries[0][0] if node.entries else node), self.required - written
        missing: list[tuple[str, ...]] = [(key,) for key in self.by_key if key in absent]
        if self.one_of and written.isdisjoint(self.one_of):
            missing.append(self.one_of)
        where = self.name if self.one_of else f"{self.name}{_named(node)}"
        for keys in missing:
            lines = [f"{quoted(f'{key}: …')} ({self.by_key[key].purpose})" for key in keys]
            message = f"Il manque le champ {listed([quoted(key) for key in keys], 'ou')} dans {where}."
            reader.report("PIV103", first, message, f"Ajoutez une ligne {listed(lines, 'ou')}.")
        reader.partial |= not absent.isdisjoint(_REFERRED_TO)

    @property
    def slug(self) -> str:
        """Its name as a title: « action » for « une action »."""
        return re.sub(r"^(?:une?|les?|la|l')\s?", "", self.name)

    def shape(self, name: str) -> Shape:  # noqa: ARG002 - a Kind's signature
        """Its fields, those that must be there, and no other."""
        must = [key for key in self.by_key if key in self.required]
        message = f"Ici, on attend {self.name}. Champs possibles : {', '.join(self.by_key)}."
        if must:
            message += f" Champs obligatoires : {', '.join(map(quoted, must))}."
        shape: Shape = {
            "type": "object",
            "title": self.slug,
            "properties": {field.key: _described(field) for field in self.fields},
            "additionalProperties": False,
            "errorMessage": message,
        }
        if must:
            shape["required"] = must
        if self.one_of:
            shape["anyOf"] = [{"required": [key], "errorMessage": message} for key in self.one_of]
        return shape


# Fields that other places refer to: where one is lost, what refers to it is not judged.
_REFERRED_TO = frozenset(
    ("numero", "code", "nom", "alias", "enjeu", "enjeux", "volets", "objectifs", "actions", "responsables")
)


def _described(entry: Field) -> Shape:
    """The shape of a field with what it is for, as an editor shows it."""
    needed = " Obligatoire." if entry.required else ""
    return {"description": f"{entry.purpose[:1].upper()}{entry.purpose[1:]}.{needed}", **entry.kind.shape(entry.key)}


def _named(node: Mapping) -> str:
    """What tells this mapping from its neighbours: « (numero: 3) »."""
    for key, value in node.entries:
        if key.text in ("numero", "code", "nom") and isinstance(value, Scalar) and value.text:
            return f" ({key.text}: {truncate(one_line(value.text), 60)[:60]})"
    return ""


def _note_inner_spans(key: str, value: Node, names: list[str], spans: list[int]) -> None:
    if isinstance(value, Sequence):
        for rank, item in enumerate(value.items):
            if isinstance(item, Scalar):
                names.append(f"{key}.{rank}")
                spans += (item.start, item.end)
    elif isinstance(value, Mapping):
        for inner, item in value.entries:
            names.append(f"{key}.{inner.text}")
            spans += (item.start, item.end)
