"""The papers that people read, and their parts that come from the code: `python tests/papers.py` writes them, a test
compares them.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from documents import reference
from support import ROOT
from walks import walked

from pivot_cli.checks.catalogue import CATALOGUE
from pivot_cli.cli import app
from pivot_cli.cli_french import FAMILIES
from pivot_cli.documents.registry import reports
from pivot_cli.echeance import Conventions, Echeance, Refus, parse
from pivot_cli.finding import GRAVITE_IN_WORDS
from pivot_cli.plan.model import Action, Objectif, Orientation, Plan, Statut, Volet
from pivot_cli.plan.nouns import KNOWN
from pivot_cli.plan.schema import fields as schema
from pivot_cli.plan.schema.kinds import Choice, Kind, ListOf, Record
from pivot_cli.screens.rulebook import explanation
from pivot_cli.suivi.etat import Etat, portrait
from pivot_cli.suivi.when import meaning_in_words
from pivot_cli.text import MONTHS, NBSP, fold, listed

README = ROOT / "README.md"
PLAN = ROOT / "plan" / "LISEZMOI.md"
TEMPLATES = ROOT / "templates" / "LISEZMOI.md"
CONTRIBUTING = ROOT / ".github" / "CONTRIBUTING.md"
PAPERS = (README, PLAN, TEMPLATES, CONTRIBUTING, ROOT / ".github" / "SECURITY.md", ROOT / "CHANGELOG.md")
EXAMPLES = Path(__file__).parent / "echeance" / "formulations.tsv"
WALK = "parcours"
_PART = re.compile(r"(?P<start><!-- (?P<name>[^>]+?) -->\n)(?P<body>.*?)(?P<end><!-- fin -->)", re.DOTALL)


def with_parts(paper: str) -> str:
    """A paper with each generated part as the code makes it now."""

    def part(found: re.Match[str]) -> str:
        name, _, detail = found["name"].partition(" : ")
        made = walked(found["body"], detail) if name == WALK else f"{PARTS[name](detail)}\n"
        return f"{found['start']}{made}{found['end']}"

    return _PART.sub(part, paper)


def table(*rows: tuple[str, ...]) -> str:
    head, *body = rows
    lines = [head, ("---",) * len(head), *body]
    return "\n".join(f"| {' | '.join(in_a_cell(text) for text in line)} |" for line in lines)


def in_a_cell(text: str) -> str:
    """A text with its bars kept as such, and non-breaking spaces in what is not code."""
    parts = re.split("(`[^`]*`)", text.replace("|", r"\|"))
    return "".join(part if part.startswith("`") else reference.typeset(part) for part in parts)


def commands(_: str) -> str:
    rows = [
        (f"`{entry.name}`", ", ".join(f"`{alias}`" for alias in entry.names[1:]) or "–", entry.short_help)
        for family in FAMILIES
        for entry in app.entries
        if entry.family == family
    ]
    return table(("commande", "ou", "ce qu'elle fait"), *rows)


MEANING = {
    Etat.REALISEE: "consignée comme réalisée",
    Etat.ABANDONNEE: "consignée comme abandonnée",
    Etat.RECONDUITE: "consignée comme reconduite : le plan suivant la reprend",
    Etat.EN_RETARD: "son échéance est passée, elle est ouverte, et quelque chose est consigné à son sujet",
    Etat.A_CONFIRMER: "son échéance est passée et rien n'est consigné : elle est peut-être faite",
    Etat.PROCHE: "elle arrive à échéance d'ici 90 jours, ou d'ici la prochaine réunion connue si elle est plus loin",
    Etat.EN_COURS: "elle arrive à échéance plus tard, et elle est consignée en cours ou partiellement réalisée",
    Etat.A_VENIR: "elle arrive à échéance plus tard, ou « dès » une date qui n'est pas venue",
    Etat.EN_CONTINU: "elle se poursuit; « dès » une date venue; « Immédiat » une fois commencée",
    Etat.A_COMMENCER: "« Immédiat », sans signe d'un début",
    Etat.A_DETERMINER: "aucune date n'est fixée, ou l'échéance n'est pas comprise",
}
"""What each état says of an action, in the order in which they are counted."""


def _item(record: Record, key: str) -> Record:
    """What the list under a field is made of."""
    kind = record.by_key[key].kind
    assert isinstance(kind, ListOf)
    assert isinstance(kind.item, Record)
    return kind.item


RECORDS = (
    # where it stands, and the record
    ("organisme.yaml", schema.ORGANISME),
    ("… diagnostic", schema.DIAGNOSTIC),
    ("… enjeux", schema.ENJEU),
    ("… periode", schema.PERIODE),
    ("… plan", schema.APPELLATION),
    ("… … niveaux", schema.NIVEAUX),
    ("… … … orientation, volet, objectif, action", schema.NOM),
    ("… conventions", schema.CONVENTIONS),
    ("responsables.yaml, responsables", schema.RESPONSABLE),
    ("orientation-1.yaml…", schema.ORIENTATION),
    ("… volets", schema.VOLET),
    ("… objectifs", schema.OBJECTIF),
    ("… indicateurs", schema.INDICATEUR),
    ("… actions", schema.ACTION),
    ("… … budget", schema.BUDGET),
    ("… … echeances_precedentes", schema.ECHEANCE_PRECEDENTE),
    ("… … suivi", schema.SUIVI),
    ("reunions.yaml", schema.REUNIONS),
    ("… ca, aga", schema.CA),
    ("… … reunions", _item(schema.CA, "reunions")),
    ("… … points", _item(schema.CA, "points")),
    ("… … points_permanents", schema.POINT_PERMANENT),
)


def fields(_: str) -> str:
    """Every field of every file: where it stands, and what it is for."""
    rows = [
        (f"`{where}`", f"**`{field.key}`**" if field.required else f"`{field.key}`", field.purpose)
        for where, record in RECORDS
        for field in record.fields
    ]
    return table(("où", "champ", "ce qu'on y écrit"), *rows)


def deadlines(_: str) -> str:
    """Each family of the table of wordings: its first four, which are there for a reader, and how the first is read."""
    families: dict[str, list[str]] = {}
    with EXAMPLES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            families.setdefault(row["famille"], []).append(row["texte"])
    rows = []
    for family, wordings in families.items():
        shown = ", ".join(f"« {text} »" for text in wordings[:4])
        rows.append((family, shown, in_words(parse(wordings[0]))))
    return table(("ce qu'on écrit", "par exemple", "le premier exemple se lit"), *rows)


def conventions(_: str) -> str:
    """Each convention, how things are read where it is not written, and what may be written."""
    rows = [
        (f"`{field.key}`", field.purpose, default_in_words(field.key), writable(field.kind))
        for field in schema.CONVENTIONS.fields
    ]
    return table(("convention", "ce qu'elle dit", "si rien n'est écrit", "on peut écrire"), *rows)


UNWRITTEN = {
    "debut_exercice": f"inconnu{NBSP}: l'année civile",
    "court_terme": f"rien{NBSP}: une échéance qui le dit est refusée",
    "moyen_terme": "de même",
    "long_terme": "de même",
    "mi_parcours": "le milieu de la `periode` du plan, si elle est écrite",
}
"""What no value stands for."""


def default_in_words(key: str) -> str:
    default = getattr(Conventions(), key)
    if default is None:
        return UNWRITTEN[key]
    if isinstance(default, tuple):
        return f"{MONTHS[default[0] - 1]} à {MONTHS[default[1] - 1]}"
    return f"{default} jours" if key == "echeance_proche" else str(default)


def writable(kind: Kind) -> str:
    if isinstance(kind, Choice):
        return " ou ".join(f"`{value}`" for value in kind.values)
    shape = kind.shape("")
    if "minimum" in shape:
        return f"un nombre de {shape['minimum']} à {shape['maximum']}"
    examples = re.findall("«.(.+?).»", shape["errorMessage"].partition("par exemple")[2])
    return f"par exemple {', '.join(f'`{example}`' for example in examples)}"


def in_words(read: Echeance | Refus) -> str:
    if isinstance(read, Refus):
        return f"refusée. {read.message}"
    return meaning_in_words(read, Conventions())


def levels(_: str) -> str:
    """The nouns that a plan may give to its levels without their plural and their gender."""
    nouns = sorted(KNOWN.values(), key=lambda noun: fold(noun.nom))
    rows = [(noun.nom, noun.pluriel, noun.pick("masculin", "féminin")) for noun in nouns]
    return table(("nom", "au pluriel", "genre"), *rows)


def etats(_: str) -> str:
    return table(("état", "quand"), *((f"`{etat.value}`", said) for etat, said in MEANING.items()))


def statuts(_: str) -> str:
    words = listed([f"`{statut.value}`" for statut in Statut], "ou")
    return f"{words}; sans statut, on ne sait pas où en est l'action."


def rules(_: str) -> str:
    """Every code, how serious it is, and its rule in a sentence, from the rules' own documentation."""
    rows = [
        (f"`{one.code}`", GRAVITE_IN_WORDS[one.gravite][0], explanation(one.explanation).rule)
        for one in CATALOGUE.values()
    ]
    return table(("code", "gravité", "la règle"), *rows)


WORDINGS = ("Mars 2020", "d'ici mars 2020", "dès mars 2020", "Annuel", "Immédiat", "En continu", "À évaluer")
MOMENTS = (date(2019, 6, 1), date(2020, 3, 31), date(2021, 4, 1))


def etats_by_type(_: str) -> str:
    """The whole table: type of échéance × day × what is recorded, as the program decides it."""
    head = ("échéance", "consigné", *(f"le {day.isoformat()}" for day in MOMENTS))
    rows = []
    for wording in WORDINGS:
        for said, statut in (("rien", None), ("en cours", Statut.EN_COURS)):
            found = tuple(etat_of(wording, statut, day) for day in MOMENTS)
            rows.append((f"« {wording} »", said, *found))
    return table(head, *rows)


def etat_of(wording: str, statut: Statut | None, day: date) -> str:
    first = Action(1, "…", echeance=parse("Janvier 2019"), statut=Statut.REALISEE)
    action = Action(2, "…", echeance=parse(wording), statut=statut)
    objectif = Objectif(1, "…", (first, action))
    plan = Plan(orientations=(Orientation(1, "…", 1, (Volet("adm", "…", (objectif,)),)),))
    return portrait(plan, day).situations[1].etat.value


def documents(_: str) -> str:
    rows = [(f"`{one.name}`", one.purpose, one.says) for one in reports().values()]
    return table(("document", "pour qui", "ce qu'on y lit"), *rows)


PARTS: dict[str, Callable[[str], str]] = {
    "champs": fields,
    "commandes": commands,
    "conventions": conventions,
    "documents": documents,
    "fichiers": lambda _: f"\n{reference.files()}",
    "niveaux": levels,
    "noms": lambda _: f"\n{reference.reference()}",
    "échéances": deadlines,
    "règles": rules,
    "statuts": statuts,
    "états": etats,
    "états par échéance": etats_by_type,
}

if __name__ == "__main__":
    for one in PAPERS:
        one.write_text(with_parts(one.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
