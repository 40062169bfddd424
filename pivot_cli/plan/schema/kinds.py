"""How the values of the plan's files are read, and what an editor is told to accept in their place.

A `Value` is one text, a `ListOf` has values of one kind, a `Record` is a mapping (an action, an objectif…) with its
fields in the order in which people are told about them. A value that cannot be read is reported and left out: the
rest of the file is still read. `shape` is JSON Schema (draft 7): whatever is read without a fault must fit it, once
an editor's YAML 1.2 has made numbers and booleans of what the program takes as text.
"""

import re
from array import array
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache
from typing import Any, NamedTuple, Self

from pivot_cli.echeance import Conventions, DateConsignee, Refus, parse_date
from pivot_cli.finding import Finding, SourceText
from pivot_cli.plan import model
from pivot_cli.text import INVISIBLE, Suggestions, cited, fold, listed, one_line, quoted, truncate
from pivot_cli.yaml_tree import Mapping, Node, Scalar, Sequence
from pivot_cli.yaml_tree.scalars import scalar

Shape = dict[str, Any]
Parse = Callable[[str], Any]


@lru_cache(maxsize=512)  # most actions have the same fields
def _ranks(names: tuple[str, ...]) -> dict[str, int]:
    """The ranks of some names, the same for all the nodes of one shape."""
    return {name: rank for rank, name in reversed([*enumerate(names)])}


class Reader:
    """The reading of one file, and its faults so far; `partial` once it lost something that others may refer to, and
    `optional` while what is read may as well not be there.
    """

    def __init__(self, source: SourceText, conventions: Conventions) -> None:
        self.source = source
        self.conventions = conventions
        self.findings: list[Finding] = []
        self.partial = False
        self.optional = False
        self._suggestions: dict[str, Suggestions] = {}

    def suggestions(self, name: str, known: Iterable[str]) -> Suggestions:
        """What is suggested among the words that `name` tells from others, over the whole file."""
        return self._suggestions.setdefault(name, Suggestions(known))

    def report(self, code: str, node: Node, message: str, remedy: str) -> None:
        """Note a fault that stands at a node."""
        self.findings.append(Finding(code, self.source.location(node.start, node.end), message, remedy))


_IN_WORDS = {Scalar: "un texte", Sequence: "une liste", Mapping: "un groupe de champs"}


def _scalar_text(node: Node, name: str, reader: Reader, *, exact: bool = False) -> str | None:
    """The text of a scalar that says something; otherwise None, the fault reported. In an `exact` one, nothing may
    stand that nobody sees.
    """
    if not isinstance(node, Scalar):
        message = f"{quoted(name)} devrait être un texte, mais c'est {_IN_WORDS[type(node)]}."
        remedy = f'Écrivez la valeur sur la même ligne : « {name}: "…" ».'
        reader.report("PIV104", node, message, remedy)
        return None
    if not (text := node.text.strip()):
        remedy = f"Écrivez une valeur après le deux-points{', ou retirez la ligne' if reader.optional else ''}."
        if node.start == node.end and reader.source.text[node.end : node.end + 20].lstrip(" ").startswith("#"):
            remedy = "Ce qui suit « # » n'est pas lu : si « # » fait partie du texte, mettez le texte entre guillemets."
        reader.report("PIV105", node, f"{quoted(name)} est vide.", remedy)
        return None
    if not text.isascii() and (exact or name in _COMPARED):
        return _without_invisible(text, node, name, reader)
    return text


def _without_invisible(text: str, node: Scalar, name: str, reader: Reader) -> str | None:
    """The text without what nobody sees in it, which is reported; None where nothing else was written."""
    lost = "\N{REPLACEMENT CHARACTER}"
    if lost in text and lost not in reader.source.text[node.start : node.end]:
        text = text.replace(lost, "").strip()  # it stands for a forbidden character, which is reported already
    if found := _INVISIBLE.search(text):
        character = f"U+{ord(found[0]):04X}, {INVISIBLE[found[0]]}"
        message = f"Un caractère invisible se trouve dans {quoted(name)} ({character})."
        text = _INVISIBLE.sub("", text).strip()
        remedy = f"Effacez la valeur et retapez-la : {quoted(one_line(text))}."
        if not text:
            remedy = f"Effacez-le, et écrivez une valeur{'; ou retirez la ligne' if reader.optional else ''}."
        reader.report("PIV004", node, message, remedy)
    return text or None


_INVISIBLE = re.compile(f"[{''.join(INVISIBLE)}]")
# Texts that are compared, and not only shown: « DG » with such a character is nobody.
_COMPARED = frozenset((
    "alias", "collaborateurs", "echeance", "nom", "nom_court", "porteur", "recurrence", "responsables",
))  # fmt: skip


class Value:
    """What is written as one text: `parse` makes the value of it; None, or a refusal, says that it cannot be one.

    `fault` is what is then told and `remedy` what to write instead; an editor accepts what has one of the `types` and
    fits the `bounds`, and tells the rest `message`. In these, « {text} », « {field} » and « {name} » are the text, the
    field as a message names it, and its key.
    """

    def __init__(
        self, parse: Parse, types: str | list[str], message: str, fault: str = "", remedy: str = "", **bounds: Any
    ) -> None:
        self.parse = parse
        self.message = message
        self.fault = fault
        self.remedy = remedy
        self.accepted: Shape = {"type": types, **(bounds or {"pattern": r"\S"})}

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """The value, or None, its fault reported."""
        if (text := _scalar_text(node, name, reader, exact=self.parse is not str)) is None or self.parse is str:
            return text
        if (value := self.parse(text)) is not None and not isinstance(value, Refus):
            return value
        remedy = f"{value.message} {value.remede}".strip() if value else self.advice(text, name, reader)
        reader.report("PIV106", node, self.fault.format(text=cited(text), field=quoted(name), name=name), remedy)
        return None

    def advice(self, text: str, name: str, reader: Reader) -> str:  # noqa: ARG002 - a `Choice` looks at the text
        """What to write instead of a text that cannot be read."""
        return self.remedy.format(name=name)

    def shape(self, name: str) -> Shape:
        """What an editor accepts; only `pivot validate` knows whether it is understood."""
        return self.accepted | {"errorMessage": self.message.format(field=quoted(name), name=name)}


def number(least: int = 1, most: int = 9999, unit: str = "", example: int = 3, otherwise: str = "") -> Value:
    """A whole number from `least` to `most`, quoted or not, `unit` after it or not; `otherwise`: where another goes."""
    what = f"{{field}} devrait être un nombre {f'de {unit}s' if unit else 'entier'}"
    pattern = rf"([0-9]{{1,{len(str(most))}}})" + (rf"(?:\s*{unit}s?)?" if unit else "")
    remedy = f"Écrivez un nombre de {least} à {most}, par exemple « {{name}}: {example} »{otherwise}."

    def parse(text: str) -> int | None:
        if not (text.isascii() and text.isdigit() and len(text) < 5):  # as nearly all are written
            found = re.fullmatch(pattern, text)
            text = found[1] if found else "-1"
        return int(text) if least <= int(text) <= most else None

    bounds = {"minimum": least, "maximum": most, "pattern": rf"^\s*{pattern}\s*$"}
    return Value(parse, ["integer", "string"], f"{what}. {remedy}", f"{what}, mais c'est {{text}}.", remedy, **bounds)


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
    """One of a few words; case and accents do not matter. `synonyms` are, for each, what people type instead."""

    def __init__(self, values: tuple[str, ...], synonyms: dict[Any, str] | None = None, build: Parse = str) -> None:
        self.values = values
        self.synonyms = synonyms or {}
        by_word = {fold(value): build(value) for value in values}
        known = f"Valeurs possibles : {listed([quoted(value) for value in values], 'ou')}."
        message = f"Ce n'est pas une des valeurs de {{field}}. {known}"
        pattern = rf"^\s*(?:{'|'.join(map(_in_any_letters, values))})\s*$"
        told = "{text} n'est pas une des valeurs de {field}."
        super().__init__(lambda text: by_word.get(fold(text)), "string", message, told, known, pattern=pattern)

    def advice(self, text: str, name: str, reader: Reader) -> str:
        """The word that was most likely meant, and all of them; a word and what follows it are two fields."""
        meant = self.meant(text)
        if name == "statut" and not meant and (two := self._in_two(text[:_LONGEST])):
            return two
        meant = meant or reader.suggestions(name, self.values).nearest(text)
        return f"Vouliez-vous dire {quoted(meant)}? {self.remedy}" if meant else self.remedy

    def _in_two(self, text: str) -> str:
        """What to write for a statut and what is said of it: « réalisée le 12 mai 2020 », « en attente : le bail »."""
        for cut in reversed([*re.finditer(_AFTER_A_STATUT, text)]):
            start, rest = text[: cut.start()], text[cut.end() :].strip(" .!)")
            word = next((value for value in self.values if fold(value) == fold(start)), None) or self.meant(start)
            if not word or not rest:
                continue
            day = re.sub(r"(?i)^(?:le|en|depuis|au|du) ", "", rest)
            field = "realisee_le" if word == model.Statut.REALISEE else "statut_le"
            dated = isinstance(parse_date(day), DateConsignee)
            if dated and word == model.Statut.A_FAIRE:
                return f"Écrivez {quoted(f'statut: {word}')}; la date va sous « echeance »."
            if fold(start) != word and fold(start).startswith(_PUT_OFF) and re.search("[0-9]{4}", day):
                moved = quoted(f"echeance: {truncate(re.sub('^(?:à|a) ', '', day), 60)}")
                return f"Si l'échéance change, écrivez {moved}, et gardez l'ancienne sous « echeances_precedentes »."
            if not dated and re.search(r"\b(?:19|20)[0-9]{2}\b|[0-9] ?[/.-] ?[0-9]|\b[0-9]{1,2}(?:er)? [a-zû]", day):
                day = "AAAA-MM-JJ"
            elif not dated and word in _WITH_A_REASON:
                field, day = "motif", rest
            elif not dated:
                return f"Écrivez {quoted(f'statut: {word}')}; le reste va dans une note, sous « suivi »."
            return f"Écrivez deux lignes : {quoted(f'statut: {word}')}, et {quoted(f'{field}: {truncate(day, 80)}')}."
        return ""

    def meant(self, text: str) -> str | None:
        """The word whose synonym a text is, whatever its gender, its number and the period at its end."""
        return self._by_synonym.get(uninflected(text.strip(" .!")))

    @cached_property
    def _by_synonym(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for value, words in self.synonyms.items():
            for word in (value, *words.split(", ")):
                found.setdefault(uninflected(word), str(value))
        return found

    def shape(self, name: str) -> Shape:
        """The words, which an editor offers, or one of them in other letters."""
        in_any_letters = super().shape(name)
        message = {"errorMessage": in_any_letters["errorMessage"]}
        return {"anyOf": [{"enum": list(self.values), **message}, in_any_letters], **message}


_AFTER_A_STATUT = r"\s*[,;:(–—]\s*|\s+-\s+|\s+"
_LONGEST = 200  # characters of such a text that are looked at
_PUT_OFF = ("report", "differ", "repouss")
_WITH_A_REASON = (model.Statut.EN_ATTENTE, model.Statut.ABANDONNEE, model.Statut.RECONDUITE)


def uninflected(text: str) -> str:
    """The text as it is compared, whatever the genders and numbers: the same for « mis » and « mises en place »."""
    return " ".join(word.rstrip("es") for word in fold(text).replace(" %", "%").split())


def _in_any_letters(word: str) -> str:
    parts = []
    for character in word:
        plain = fold(character)
        variants = plain + "".join(other for other in "àâäçéèêëîïôöùûü" if fold(other) == plain)
        parts.append(f"[{variants}{variants.upper()}]" if plain else r"\s+")
    return "".join(parts)


class Address(Value):
    """The address of one mailbox: `parse` gives it as mail takes it, save for the accents of its domain."""

    def advice(self, text: str, name: str, reader: Reader) -> str:
        """The address itself, where it stands among other words; else what one is."""
        found = (self.parse(part) for part in re.split(r"[\s<>,;()\"]+|mailto:", text))
        if address := next(filter(None, found), None):
            return f"Une seule adresse, sans rien d'autre : {quoted(f'{name}: {address}')}."
        return super().advice(text, name, reader)


class Wording(Value):
    """A wording of the document, read under the conventions in force; kept when not understood: a rule reports that."""

    def __init__(self, understand: Callable[[str, Conventions], Any], message: str) -> None:
        super().__init__(str, ["string", "number"], message)
        self.understand = understand

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """What the words were read as: an Echeance, a Refus, or what else the field may say."""
        text = super().read(node, name, reader)
        return None if text is None else self.understand(text, reader.conventions)


class ListOf(NamedTuple):
    """A list of values of one kind; one that is `open` may have none yet."""

    item: "Kind"
    open: bool = False

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """The values that could be read, in order."""
        if isinstance(node, Sequence):
            if node.items or self.open:
                inner = "" if isinstance(self.item, Record) else name
                values = [self.item.read(item, inner, reader) for item in node.items]
                kept = tuple(value for value in values if value is not None)
                reader.partial |= len(kept) < len(values) and name in _REFERRED_TO
                return kept
            remedy = f"Écrivez au moins une valeur{', ou retirez le champ' if reader.optional else ''}."
            reader.report("PIV105", node, f"La liste {quoted(name)} est vide.", remedy)
        elif isinstance(node, Scalar) and not node.text.strip():
            _scalar_text(node, name, reader)
        else:
            message = f"{quoted(name)} devrait être une liste, mais c'est {_IN_WORDS[type(node)]}."
            remedy = self._as_list(node, name)
            if name == "suivi" and isinstance(node, Scalar):
                key = reader.source.text.rfind(name, 0, node.start)
                remedy = _as_notes(key, node, reader.source, more=False)
            reader.report("PIV104", node, message, remedy)
        return None

    def shape(self, name: str) -> Shape:
        """A list of at least one value."""
        example = f"- {self.item.opening}: …" if isinstance(self.item, Record) else f"{name}: [une valeur, une autre]"
        return {
            "type": "array",
            **({} if self.open else {"minItems": 1}),
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


def of(name: str) -> str:
    """« d'une action », « des conventions », « de l'organisme »."""
    return f"des {name[4:]}" if name.startswith("les ") else f"d'{name}" if name.startswith("un") else f"de {name}"


class Field(NamedTuple):
    """A field of a record: its key, its kind, and what it is for (in French, for the people who fill it)."""

    key: str
    kind: "Kind"
    purpose: str
    required: bool = False


class Record:
    """A mapping of the plan's files: what it is called, its fields, and the value that they make. Of `one_of`, one at
    least must be there, and no other if it is `alone`. `opening` is the field that people write first, `slug` the name
    without its article.
    """

    def __init__(
        self, name: str, build: Callable[..., Any], one_of: tuple[str, ...] = (), *, alone: bool = False
    ) -> None:
        self.name = name
        self.slug = re.split("[ ']", name, maxsplit=1)[1]
        self.build = build
        self.one_of = one_of
        self.alone = alone

    def of(self, *fields: Field) -> Self:
        """The same, once it is known what it holds."""
        self.fields = fields
        self.by_key = {field.key: field for field in fields}
        self.required = frozenset(field.key for field in fields if field.required)
        self.opening = fields[0].key
        return self

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """The value that the fields make, with its origin; None when the node is not a mapping."""
        if not isinstance(node, Mapping):
            whose = "leurs" if self.name.startswith("les ") else "ses"
            message = f"Ici, on attend {self.name}, avec {whose} champs; c'est {_IN_WORDS[type(node)]}."
            remedy = f"Écrivez les champs {of(self.name)}, un par ligne, à commencer par « {self.opening}: … »."
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
            if (field := known.get(key.text)) is None:
                present = present or frozenset(other.text for other, _ in node.entries)
                field = self._misspelt(key, value, present, reader)
            if field is None or field.key in written:
                continue
            written.add(field.key)
            names.append(field.key)
            spans += (value.start, value.end)
            if not isinstance(value, Scalar):
                _note_inner_spans(field.key, value, names, spans)
            reader.optional = field.key not in self.required and not (self.alone and field.key in self.one_of)
            if (read := field.kind.read(value, field.key, reader)) is not None:
                values[field.key] = read
            elif field.key in _REFERRED_TO:
                reader.partial = True
        if self.one_of or not self.required <= written:
            self._report_absent(written, node, reader)
            self._report_together(values, written, node, reader)
        return self.build(**values, origin=model.Origin(reader.source, _ranks(tuple(names)), array("L", spans)))

    def _misspelt(self, key: Scalar, value: Node, present: frozenset[str], reader: Reader) -> Field | None:
        """Report an unknown key; the field it stands for, if one close to it is not `present`: one fault, not two."""
        meant = reader.suggestions(self.name, self.by_key).nearest(key.text)
        other = self.called_otherwise(key.text, present)
        remedy = f"Champs possibles : {', '.join(self.by_key)}."
        if other == "suivi":
            meant, remedy = None, _as_notes(key.start, value, reader.source, more="suivi" in present)
        elif other is not None:
            meant, remedy = None, f"Ce champ s'appelle {quoted(other)} ({self.by_key[other].purpose})."
        elif meant:
            remedy = f"Vouliez-vous dire {quoted(meant)}?"
        reader.report("PIV101", key, f"Le champ {cited(key.text)} n'existe pas dans {self.name}.", remedy)
        if meant is not None and meant not in present:
            return self.by_key[meant]
        if other in self.required:  # it is there, under another name: it is not missing too
            return self.by_key[other]
        reader.partial |= not isinstance(value, Scalar)
        return None

    def called_otherwise(self, name: str, present: frozenset[str]) -> str | None:
        """The field that people call so, of those that are not there; notes may be added to."""
        wanted = re.sub("[_-]", " ", fold(name))
        for field, words in _CALLED.items():
            free = field in self.by_key and (field not in present or field == "suivi")
            if free and not {wanted, wanted.removesuffix("s")}.isdisjoint(words.split(", ")):
                return field
        return None

    def _report_absent(self, written: set[str], node: Mapping, reader: Reader) -> None:
        """Report each field that must be there and is not, and that there is none of those of which one must be."""
        first, absent = (node.entries[0][0] if node.entries else node), self.required - written
        missing: list[tuple[str, ...]] = [(key,) for key in self.by_key if key in absent]
        if self.one_of and written.isdisjoint(self.one_of):
            missing.append(self.one_of)
        where = self.name if self.one_of and not self.alone else f"{self.name}{_named(node)}"
        for keys in missing:
            lines = [f"{quoted(f'{key}: …')} ({self.by_key[key].purpose})" for key in keys]
            message = f"Il manque le champ {listed([quoted(key) for key in keys], 'ou')} dans {where}."
            reader.report("PIV103", first, message, f"Ajoutez une ligne {listed(lines, 'ou')}.")
        reader.partial |= not absent.isdisjoint(_REFERRED_TO)

    def _report_together(self, values: dict[str, Any], written: set[str], node: Mapping, reader: Reader) -> None:
        """Report the second of two fields that do not go together, and leave out of the values what it says."""
        together = [key for key in self.one_of if key in written]
        if not self.alone or len(together) < 2:
            return
        for name in together[1:]:
            values.pop(name, None)
        reader.partial = True
        typed = [key for key, _ in node.entries if key.text in self.one_of]
        if len(typed) < 2:  # one of them is under another name, which is told
            return
        first, second, *_ = typed
        message = f"{quoted(first.text)} et {quoted(second.text)} ne vont pas ensemble dans {self.name}."
        remedy = (
            f"Ce qui est sous {quoted(f'{second.text}:')} va à l'intérieur de {quoted(f'{first.text}:')}, ou l'inverse."
        )
        reader.report("PIV107", second, message, remedy)

    def shape(self, name: str) -> Shape:  # noqa: ARG002 - a Kind's signature
        """Its fields, those that must be there, and no other."""
        must = [key for key in self.by_key if key in self.required]
        message = f"Ici, on attend {self.name}. Champs possibles : {', '.join(self.by_key)}."
        if must:
            message += f" Champs obligatoires : {', '.join(map(quoted, must))}."
        way = "oneOf" if self.alone else "anyOf"
        return {
            "type": "object",
            "title": self.slug,
            "properties": {field.key: _described(field) for field in self.fields},
            "additionalProperties": False,
            "errorMessage": message,
            **({"required": must} if must else {}),
            **({way: [{"required": [key], "errorMessage": message} for key in self.one_of]} if self.one_of else {}),
        }


# What people, and the columns of other plans, call our fields; nothing that is nearly the field's own name.
_CALLED = {
    "suivi": "note, commentaire, remarque, historique, journal, observation",
    "statut": "etat, avancement, progression, progres, situation, etat d'avancement",
    "realisee_le": "fait le, faite le, termine le, terminee le, complete le, completee le, date de realisation, "
    "date de fin, date fin",
    "echeance": "delai, quand, date, date limite, date cible, calendrier, horizon, fin",
    "description": "titre, nom, action, libelle, intitule, mesure, moyen, activite",
    "titre_court": "titre, nom, libelle, intitule",
    "titre": "nom, libelle, intitule, description",
    "nom": "titre, libelle, intitule, description, fonction",
    "budget": "cout, montant, prix, depense",
    "collaborateurs": "partenaire, avec, soutien, appui, en collaboration avec",
    "responsables": "qui, pilote, charge, attribue a, assigne a",
    "liens": "url, document, fichier, piece jointe",
    "motif": "raison, pourquoi, justification",
    "depend_de": "prealable, apres, requis",
    "courriel": "email, e mail, mail, adresse",
    "code": "sigle, id, abreviation",
    "note": "commentaire, remarque, texte, description, suivi",
    "par": "auteur, qui, nom",
    "prevu": "montant, cout, total",
}


def _as_notes(start: int, value: Node, source: SourceText, *, more: bool) -> str:
    """The notes to paste in place of a field, at `start`, that holds them as they are not read; `more` says that there
    are others under `suivi`.
    """
    notes: list[tuple[str, str]] = []
    for one in value.items if isinstance(value, Sequence) else [value]:
        said = {"note": one} if not isinstance(one, Mapping) else {field.text: inner for field, inner in one.entries}
        day, note = (one_line(it.text) if isinstance(it := said.get(name), Scalar) else "" for name in ("date", "note"))
        notes += [(day or "AAAA-MM-JJ", note)] if note else []
    place = source.location(start)
    margin = " " * (place.column - 1)
    if source.line_text(place.line)[: len(margin)].strip(" -"):
        margin = " " * 12  # in braces: under the action, once it has a line a field
    lines = []
    for day, note in notes[:5] or [("AAAA-MM-JJ", "…")]:
        text = scalar(truncate(note, 200), like='"' if re.search("[:#]", note) else None)
        lines += [f"{margin}  - date: {day}", f"{margin}    note: {text}"]
    if more:
        return "\n".join(["Une note va sous « suivi ». Ajoutez à la fin de celui-ci :", *lines])
    return "\n".join(["Une note va sous « suivi ». Écrivez, à la place :", f"{margin}suivi:", *lines])


# Fields that other places refer to: where one is lost, what refers to it is not judged.
_REFERRED_TO = frozenset(
    ("numero", "code", "nom", "alias", "enjeu", "enjeux", "volets", "objectifs", "actions", "responsables")
)


def _described(entry: Field) -> Shape:
    needed = " Obligatoire." if entry.required else ""
    return {"description": f"{entry.purpose[:1].upper()}{entry.purpose[1:]}.{needed}", **entry.kind.shape(entry.key)}


def _named(node: Mapping) -> str:
    """What tells this mapping from its neighbours: « (numero: 3) »."""
    for key, value in node.entries:
        if key.text in ("numero", "code", "nom") and isinstance(value, Scalar) and value.text:
            return f" ({key.text}: {truncate(one_line(value.text), 60)[:60]})"
    return ""


def _note_inner_spans(key: str, value: Sequence | Mapping, names: list[str], spans: list[int]) -> None:
    if isinstance(value, Mapping):
        inside = [(inner.text, item) for inner, item in value.entries]
    else:
        inside = [(str(rank), item) for rank, item in enumerate(value.items) if isinstance(item, Scalar)]
    for name, item in inside:
        names.append(f"{key}.{name}")
        spans += (item.start, item.end)


Kind = Value | ListOf | Record
"""How one value is read under the field `name`: what `read` gives, None once its fault is reported; `shape` is what
an editor accepts.
"""
