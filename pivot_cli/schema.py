"""What each file of the plan may hold: one table of fields, from which texts become typed values and findings.

A `Record` is a mapping of the plan's files (an action, an objectif…) with its fields in the order in which
people are told about them; a `Kind` says how one value is read. A value that cannot be read is reported and
left at its default: the rest of the file is still read.
"""

from __future__ import annotations

import re
from array import array
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from pivot_cli import model
from pivot_cli.echeance import Conventions, Refus, parse, parse_date, parse_recurrence
from pivot_cli.finding import Finding
from pivot_cli.text import fold, listed, nearest, one_line, quoted, truncate
from pivot_cli.yaml_tree import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable

    from pivot_cli.finding import SourceText
    from pivot_cli.yaml_tree import Node

_SHOWN = 60  # characters of a faulty value that a message repeats


class Reader:
    """The reading of one file: what it is read by, and the faults found so far."""

    __slots__ = ("conventions", "findings", "shapes", "source")

    def __init__(self, source: SourceText, conventions: Conventions) -> None:
        self.source = source
        self.conventions = conventions
        self.findings: list[Finding] = []
        # Nodes of one shape share the names of their fields: most actions have the same ones.
        self.shapes: dict[tuple[str, ...], tuple[str, ...]] = {}

    def report(self, code: str, node: Node, message: str, remedy: str) -> None:
        """Note a fault that stands at a node."""
        location = self.source.location(node.start, node.end)
        self.findings.append(Finding(code, location, message, remedy))


def shown(text: str) -> str:
    """A value as a message repeats it: on one line, between guillemets, not too long."""
    return quoted(truncate(one_line(text), _SHOWN)[: _SHOWN + 1])


class Kind(Protocol):
    """How one value is read: the value, or None once its fault is reported."""

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """The value written at a node, under the field `name`."""


def _shape_of(node: Node) -> str:
    if isinstance(node, Scalar):
        return "un texte"
    return "une liste" if isinstance(node, Sequence) else "un groupe de champs"


def _scalar_text(node: Node, name: str, reader: Reader) -> str | None:
    """The text of a scalar that says something; otherwise None, the fault reported."""
    if not isinstance(node, Scalar):
        message = f"{quoted(name)} devrait être un texte, mais c'est {_shape_of(node)}."
        remedy = f'Écrivez la valeur sur la même ligne : « {name}: "…" ».'
        reader.report("PIV104", node, message, remedy)
        return None
    text = node.text.strip()
    if not text:
        remedy = "Écrivez une valeur après les deux-points, ou retirez la ligne."
        reader.report("PIV105", node, f"{quoted(name)} est vide.", remedy)
        return None
    return text


class Text:
    """A text in the organisation's own words."""

    def read(self, node: Node, name: str, reader: Reader) -> str | None:
        """The text without the white space around it."""
        return _scalar_text(node, name, reader)


class Integer:
    """A number that names something: 1 or more, quoted or not."""

    def read(self, node: Node, name: str, reader: Reader) -> int | None:
        """The number."""
        text = _scalar_text(node, name, reader)
        if text is None:
            return None
        if text.isascii() and text.isdigit() and len(text) <= 4 and int(text) > 0:
            return int(text)
        message = f"{quoted(name)} devrait être un nombre entier, mais c'est {shown(text)}."
        reader.report("PIV106", node, message, f"Écrivez un nombre de 1 à 9999, par exemple « {name}: 3 ».")
        return None


class Days:
    """A number of days, 0 or more."""

    def read(self, node: Node, name: str, reader: Reader) -> int | None:
        """The number of days."""
        text = _scalar_text(node, name, reader)
        if text is None:
            return None
        found = re.fullmatch(r"([0-9]{1,4})(\s*jours?)?", text)
        if found:
            return int(found[1])
        message = f"{quoted(name)} devrait être un nombre de jours, mais c'est {shown(text)}."
        reader.report("PIV106", node, message, f"Écrivez par exemple « {name}: 90 ».")
        return None


class Code(NamedTuple):
    """A short code made of the characters of `pattern`; `example` shows one."""

    pattern: str
    rule: str
    example: str

    def read(self, node: Node, name: str, reader: Reader) -> str | None:
        """The code as it was typed."""
        text = _scalar_text(node, name, reader)
        if text is None or re.fullmatch(self.pattern, text):
            return text
        message = f"{shown(text)} ne peut pas servir de {name}."
        reader.report("PIV106", node, message, f"{self.rule} : par exemple « {name}: {self.example} ».")
        return None


class Choice(NamedTuple):
    """One of a few words; case and accents do not matter. `synonyms` are words that people type instead."""

    values: tuple[str, ...]
    synonyms: tuple[tuple[str, str], ...] = ()
    build: Callable[[str], Any] = str

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """The word of the list, as `build` makes it."""
        text = _scalar_text(node, name, reader)
        if text is None:
            return None
        wanted = fold(text)
        for value in self.values:
            if fold(value) == wanted:
                return self.build(value)
        meant = dict(self.synonyms).get(wanted) or nearest(text, self.values)
        known = f"Valeurs possibles : {listed([quoted(value) for value in self.values], 'ou')}."
        remedy = f"Vouliez-vous dire {quoted(meant)}? {known}" if meant else known
        reader.report("PIV106", node, f"{shown(text)} n'est pas un {name} reconnu.", remedy)
        return None


class Money:
    """An amount in dollars, 0 or more: « 1500 », « 1 500 $ », « 1500,50 »."""

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """The amount, exact to the cent, as a Decimal."""
        text = _scalar_text(node, name, reader)
        if text is None:
            return None
        found = re.fullmatch(r"([0-9]{1,3}(?:\s[0-9]{3})+|[0-9]{1,12})(?:[.,]([0-9]{1,2}))?\s*\$?", text)
        if found:
            from decimal import Decimal

            return Decimal(re.sub(r"\s", "", found[1]) + "." + (found[2] or "0"))
        remedy = f"Écrivez des dollars, en chiffres et sans signe moins : « {name}: 1500 »."
        reader.report("PIV106", node, f"{shown(text)} n'est pas un montant.", remedy)
        return None


class RecordedDate:
    """A date as precise as people know it: « 2019-05-12 », « 12 mai 2019 », « mai 2019 », « 2019 »."""

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """A DateConsignee."""
        text = _scalar_text(node, name, reader)
        if text is None:
            return None
        found = parse_date(text)
        if not isinstance(found, Refus):
            return found
        reader.report("PIV106", node, f"{shown(text)} n'est pas une date.", _remedy(found))
        return None


def _remedy(refus: Refus) -> str:
    return f"{refus.message} {refus.remede}".strip()


class Wording:
    """An échéance in the document's own words, kept even when it is not understood: a rule reports that."""

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """An Echeance or a Refus."""
        text = _scalar_text(node, name, reader)
        return None if text is None else parse(text, reader.conventions)


class Recurrence:
    """What comes again and again: « aux 2 semaines », « chaque année »."""

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """An Echeance of the recurrent type, or a Refus that a rule reports."""
        text = _scalar_text(node, name, reader)
        return None if text is None else parse_recurrence(text, reader.conventions)


class DayMonth:
    """A day of every year: « 1er avril »."""

    def read(self, node: Node, name: str, reader: Reader) -> tuple[int, int] | None:
        """The month and the day."""
        text = _scalar_text(node, name, reader)
        if text is None:
            return None
        # 2001 is not a leap year: a 29 February is no beginning of a fiscal year.
        found = parse_date(f"{text} 2001")
        if not isinstance(found, Refus) and found.debut == found.fin:
            return found.debut.month, found.debut.day
        remedy = f"Écrivez un jour et un mois, sans année : « {name}: 1er avril »."
        reader.report("PIV106", node, f"{shown(text)} n'est pas un jour de l'année.", remedy)
        return None


class ListOf(NamedTuple):
    """A list of values of one kind."""

    item: Kind

    def read(self, node: Node, name: str, reader: Reader) -> tuple[Any, ...] | None:
        """The values that could be read, in order."""
        if isinstance(node, Sequence):
            if node.items:
                values = [self.item.read(item, name, reader) for item in node.items]
                return tuple(value for value in values if value is not None)
            remedy = "Écrivez au moins une valeur, ou retirez le champ."
            reader.report("PIV105", node, f"La liste {quoted(name)} est vide.", remedy)
        elif isinstance(node, Scalar) and not node.text.strip():
            _scalar_text(node, name, reader)
        else:
            message = f"{quoted(name)} devrait être une liste, mais c'est {_shape_of(node)}."
            reader.report("PIV104", node, message, self._as_list(node, name))
        return None

    def _as_list(self, node: Node, name: str) -> str:
        if isinstance(self.item, Record):
            return f"Commencez chaque élément de {quoted(name)} par un tiret : « - {self.item.opening}: … »."
        if not isinstance(node, Scalar):
            return f"Écrivez {quoted(f'{name}: [première valeur, deuxième valeur]')}."
        parts = [one_line(part) for part in re.split(r"\s\+\s|;", node.text) if part.strip()]
        value = ", ".join(f'"{part}"' if re.search("[,:#]", part) else part for part in parts)
        return f"Écrivez {quoted(truncate(f'{name}: [{value}]', 120))}."


class Field(NamedTuple):
    """A field of a record: its key, its kind, and what it is for (in French, for the people who fill it)."""

    key: str
    kind: Kind
    purpose: str
    required: bool = False


class Record:
    """A mapping of the plan's files: what it is called, its fields, and the value that they make.

    `defaults` stand in for required fields that are absent or faulty.
    """

    def __init__(
        self, name: str, build: Callable[..., Any], fields: tuple[Field, ...], defaults: dict[str, Any] | None = None
    ) -> None:
        self.name = name
        self.build = build
        self.fields = fields
        self.defaults = defaults or {}

    @cached_property
    def by_key(self) -> dict[str, Field]:
        """The fields by key."""
        return {entry.key: entry for entry in self.fields}

    @cached_property
    def required(self) -> frozenset[str]:
        """The keys that must be there."""
        return frozenset(entry.key for entry in self.fields if entry.required)

    @property
    def opening(self) -> str:
        """The field that people write first."""
        return self.fields[0].key

    def read(self, node: Node, name: str, reader: Reader) -> Any:  # noqa: ARG002 - a Kind's signature
        """The value that the fields make, with its origin; None when the node is not a mapping."""
        if not isinstance(node, Mapping):
            message = f"Ici, on attend {self.name}, avec ses champs; c'est {_shape_of(node)}."
            remedy = f"Écrivez les champs de {self.name}, un par ligne, à commencer par « {self.opening}: … »."
            reader.report("PIV104", node, message, remedy)
            return None
        values = dict(self.defaults)
        written: set[str] = set()
        names, spans = [""], [node.start, node.end]
        for key, value in node.entries:
            entry = self.by_key.get(key.text) or self._misspelt(key, node, reader)
            if entry is None or entry.key in written:
                continue
            written.add(entry.key)
            _note_spans(entry.key, value, names, spans)
            read = entry.kind.read(value, entry.key, reader)
            if read is not None:
                values[entry.key] = read
        for missing in sorted(self.required - written, key=list(self.by_key).index):
            self._report_missing(missing, node, reader)
        keys = tuple(names)
        shape = reader.shapes.setdefault(keys, keys)
        return self.build(**values, origin=model.Origin(reader.source, shape, array("L", spans)))

    def _misspelt(self, key: Scalar, node: Mapping, reader: Reader) -> Field | None:
        """Report an unknown key; the field it stands for, if a required one is missing and close to it."""
        present = {other.text for other, _ in node.entries}
        meant = nearest(key.text, tuple(self.by_key))
        known = f"Champs possibles : {', '.join(self.by_key)}."
        remedy = f"Vouliez-vous dire {quoted(meant)}? {known}" if meant else known
        message = f"Le champ {shown(key.text)} n'existe pas dans {self.name}."
        reader.report("PIV101", key, message, remedy)
        return self.by_key[meant] if meant in self.required - present else None

    def _report_missing(self, key: str, node: Mapping, reader: Reader) -> None:
        purpose = self.by_key[key].purpose
        remedy = f"Ajoutez une ligne {quoted(f'{key}: …')} ({purpose})."
        first = node.entries[0][0] if node.entries else node
        message = f"Il manque le champ {quoted(key)} dans {self.name}{_named(node)}."
        reader.report("PIV103", first, message, remedy)


def _named(node: Mapping) -> str:
    """What tells this mapping from its neighbours: « (numero: 3) »."""
    for key, value in node.entries:
        if key.text in ("numero", "code", "nom") and isinstance(value, Scalar) and value.text:
            return f" ({key.text}: {truncate(one_line(value.text), _SHOWN)[:_SHOWN]})"
    return ""


def _note_spans(key: str, value: Node, names: list[str], spans: list[int]) -> None:
    names.append(key)
    spans += (value.start, value.end)
    if isinstance(value, Sequence):
        for rank, item in enumerate(value.items):
            if isinstance(item, Scalar):
                names.append(f"{key}.{rank}")
                spans += (item.start, item.end)


def read_record(record: Record, root: Node, reader: Reader) -> Any:
    """The value of a whole file; None when the file does not hold the fields of the record."""
    return record.read(root, "", reader)


# --- The fields, file by file -----------------------------------------------------------------------------

_ID = Code(r"[^\s]{1,80}", "Un id a quatre parties", "1.adm.1.1")
_STATUT = Choice(
    tuple(statut.value for statut in model.Statut),
    (
        ("fait", "réalisée"),
        ("faite", "réalisée"),
        ("termine", "réalisée"),
        ("terminee", "réalisée"),
        ("complete", "réalisée"),
        ("completee", "réalisée"),
        ("acheve", "réalisée"),
        ("achevee", "réalisée"),
        ("fini", "réalisée"),
        ("finie", "réalisée"),
        ("annule", "abandonnée"),
        ("annulee", "abandonnée"),
        ("non commence", "à faire"),
        ("non commencee", "à faire"),
        ("pas commence", "à faire"),
        ("pas commencee", "à faire"),
        ("non debutee", "à faire"),
        ("commence", "en cours"),
        ("commencee", "en cours"),
        ("debute", "en cours"),
        ("debutee", "en cours"),
        ("suspendu", "en attente"),
        ("suspendue", "en attente"),
        ("en partie", "partiellement réalisée"),
        ("partiel", "partiellement réalisée"),
    ),
    model.Statut,
)

BUDGET = Record(
    "un budget",
    model.Budget,
    (
        Field("prevu", Money(), "le montant prévu, en dollars"),
        Field("reel", Money(), "le montant dépensé, en dollars"),
        Field("source", Text(), "d'où vient l'argent"),
    ),
)

SUIVI = Record(
    "une note de suivi",
    model.Suivi,
    (
        Field("date", RecordedDate(), "le jour de la note", required=True),
        Field("par", Text(), "qui l'a écrite"),
        Field("note", Text(), "ce qui s'est passé, en une phrase", required=True),
    ),
    {"note": ""},
)

ECHEANCE_PRECEDENTE = Record(
    "une échéance précédente",
    model.EcheancePrecedente,
    (
        Field("echeance", Wording(), "l'échéance d'avant, telle qu'elle était écrite", required=True),
        Field("motif", Text(), "pourquoi elle a été déplacée"),
        Field("decide_le", RecordedDate(), "le jour de la décision"),
    ),
    {"echeance": model.NO_ECHEANCE},
)

ACTION = Record(
    "une action",
    model.Action,
    (
        Field("numero", Integer(), "le numéro de l'action dans le plan adopté", required=True),
        Field("description", Text(), "ce qui est à faire, dans les mots du plan adopté", required=True),
        Field("responsables", ListOf(Text()), "qui doit la faire : codes, noms ou alias", required=True),
        Field("echeance", Wording(), "l'échéance, dans les mots du plan adopté", required=True),
        Field("titre_court", Text(), "un titre de quelques mots, pour les écrans et l'ordre du jour"),
        Field("porteur", Text(), "la personne qui en répond, parmi les responsables"),
        Field("statut", _STATUT, "où en est l'action"),
        Field("realisee_le", RecordedDate(), "la date où elle a été réalisée, même approximative"),
        Field("motif", Text(), "pourquoi elle est en attente ou abandonnée"),
        Field("resolution", Text(), "la résolution du conseil"),
        Field("decision", Text(), "ce que le conseil doit décider"),
        Field("resultat", Text(), "le résultat, en une phrase que tout le monde peut lire"),
        Field("recurrence", Recurrence(), "à quel rythme l'action revient"),
        Field("realisations", ListOf(RecordedDate()), "les dates où l'action a eu lieu"),
        Field("budget", BUDGET, "prévu, réel, source"),
        Field("collaborateurs", ListOf(Text()), "qui aide, sans être responsable"),
        Field("depend_de", ListOf(_ID), "les id des actions qui doivent précéder"),
        Field("suivi", ListOf(SUIVI), "notes datées, internes"),
        Field("echeances_precedentes", ListOf(ECHEANCE_PRECEDENTE), "les échéances d'avant"),
        Field("liens", ListOf(Text()), "documents et pages utiles"),
    ),
    {"numero": 0, "description": ""},
)

INDICATEUR = Record(
    "un indicateur",
    model.Indicateur,
    (
        Field("libelle", Text(), "ce qui est mesuré", required=True),
        Field("cible", Text(), "la cible"),
        Field("atteint", Text(), "ce qui a été atteint"),
    ),
    {"libelle": ""},
)

OBJECTIF = Record(
    "un objectif",
    model.Objectif,
    (
        Field("numero", Integer(), "le numéro de l'objectif dans son volet", required=True),
        Field("titre", Text(), "le titre de l'objectif", required=True),
        Field("actions", ListOf(ACTION), "les actions", required=True),
        Field("indicateurs", ListOf(INDICATEUR), "comment on mesure l'atteinte de l'objectif"),
    ),
    {"numero": 0, "titre": ""},
)

VOLET = Record(
    "un volet",
    model.Volet,
    (
        Field(
            "code",
            Code("[a-z]{2,5}", "De deux à cinq lettres minuscules sans accent", "adm"),
            "le code du volet, unique dans l'orientation",
            required=True,
        ),
        Field("nom", Text(), "le nom du volet", required=True),
        Field("objectifs", ListOf(OBJECTIF), "les objectifs", required=True),
    ),
    {"code": "", "nom": ""},
)

ORIENTATION = Record(
    "une orientation",
    model.Orientation,
    (
        Field("numero", Integer(), "le numéro de l'orientation, celui du nom du fichier", required=True),
        Field("enjeu", Integer(), "le numéro de l'enjeu auquel elle répond", required=True),
        Field("titre", Text(), "le titre de l'orientation", required=True),
        Field("volets", ListOf(VOLET), "les volets", required=True),
    ),
    {"numero": 0, "titre": ""},
)

RESPONSABLE = Record(
    "un responsable",
    model.Responsable,
    (
        Field(
            "code",
            Code("[A-Za-z0-9][A-Za-z0-9_-]{0,19}", "Lettres sans accent, chiffres, tirets", "DG"),
            "le code court, celui qu'on tape",
            required=True,
        ),
        Field("nom", Text(), "le nom complet de la fonction ou du groupe", required=True),
        Field("alias", ListOf(Text()), "les autres façons de l'écrire"),
        Field("nom_court", Text(), "le nom qui tient dans une colonne étroite"),
        Field("courriel", Text(), "l'adresse où envoyer un rappel"),
    ),
    {"code": "", "nom": ""},
)

RESPONSABLES = Record(
    "la liste des responsables",
    lambda responsables, origin: responsables,  # noqa: ARG005 - each responsable has its own origin
    (Field("responsables", ListOf(RESPONSABLE), "qui peut être responsable d'une action", required=True),),
    {"responsables": ()},
)

CONVENTIONS = Record(
    "les conventions",
    lambda origin, **values: Conventions(**values),  # noqa: ARG005 - they are values, with no place
    (
        Field("hiver", Choice(("janvier", "décembre")), "le mois où commence l'hiver"),
        Field("debut_exercice", DayMonth(), "le premier jour de l'exercice financier"),
        Field("annees_jumelees", Choice(("civiles", "exercice")), "comment se lit « 2020-2021 »"),
        Field("echeance_proche", Days(), "à combien de jours une échéance est proche"),
    ),
)

PERIODE = Record(
    "une période",
    model.Periode,
    (
        Field("debut", RecordedDate(), "le début du plan", required=True),
        Field("fin", RecordedDate(), "la fin du plan", required=True),
    ),
)

ENJEU = Record(
    "un enjeu",
    model.Enjeu,
    (
        Field("numero", Integer(), "le numéro de l'enjeu", required=True),
        Field("titre", Text(), "l'enjeu, tel qu'il est nommé", required=True),
        Field("enonce", Text(), "l'enjeu, tel qu'il est énoncé ailleurs dans le document"),
    ),
    {"numero": 0, "titre": ""},
)

DIAGNOSTIC = Record(
    "un diagnostic",
    model.Diagnostic,
    (
        Field("forces", ListOf(Text()), "les forces de l'organisme"),
        Field("points_amelioration", ListOf(Text()), "ce qui peut être amélioré"),
        Field("contraintes", ListOf(Text()), "ce qui lui est imposé"),
        Field("opportunites", ListOf(Text()), "ce qui s'offre à lui"),
    ),
)

ORGANISME = Record(
    "l'organisme",
    model.Organisme,
    (
        Field("nom", Text(), "le nom de l'organisme", required=True),
        Field("mission", Text(), "sa mission"),
        Field("vision", Text(), "sa vision"),
        Field("presentation", Text(), "ce qu'il est, en quelques paragraphes"),
        Field("valeurs", ListOf(Text()), "ses valeurs"),
        Field("diagnostic", DIAGNOSTIC, "forces, points d'amélioration, contraintes, opportunités"),
        Field("enjeux", ListOf(ENJEU), "les enjeux du plan", required=True),
        Field("periode", PERIODE, "le premier et le dernier jour du plan"),
        Field("adopte_le", RecordedDate(), "le jour où le plan a été adopté"),
        Field("conventions", CONVENTIONS, "comment se lisent les échéances"),
    ),
    {"nom": ""},
)

REUNION = Record(
    "une réunion",
    model.Reunion,
    (
        Field("date", RecordedDate(), "le jour de la réunion", required=True),
        Field("heure", Text(), "l'heure"),
        Field("lieu", Text(), "le lieu"),
        Field("lien", Text(), "l'adresse de la rencontre à distance"),
        Field("titre", Text(), "son titre, si elle en a un"),
        Field("proces_verbal", Text(), "où se trouve le procès-verbal"),
    ),
)

POINT_PERMANENT = Record(
    "un point permanent",
    model.PointPermanent,
    (
        Field("titre", Text(), "le point, tel qu'il paraît à l'ordre du jour", required=True),
        Field("action", _ID, "l'id de l'action que ce point réalise"),
    ),
    {"titre": ""},
)

INSTANCE = Record(
    "une instance",
    model.Instance,
    (
        Field("reunions", ListOf(REUNION), "les réunions"),
        Field("points_permanents", ListOf(POINT_PERMANENT), "les points de chaque ordre du jour"),
    ),
)

REUNIONS = Record(
    "les réunions",
    model.Reunions,
    (
        Field("ca", INSTANCE, "le conseil d'administration"),
        Field("aga", INSTANCE, "l'assemblée générale annuelle"),
    ),
)
