"""The parts of the README that come from the code: `python tests/readme.py` writes them, a test compares them."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from support import ROOT
from walks import walked

from pivot_cli.checks.catalogue import CATALOGUE
from pivot_cli.cli import app
from pivot_cli.cli_french import FAMILIES
from pivot_cli.documents.registry import reports
from pivot_cli.echeance import Conventions, Echeance, Refus, parse
from pivot_cli.finding import GRAVITE_IN_WORDS
from pivot_cli.plan.model import Action, Objectif, Orientation, Plan, Statut, Volet
from pivot_cli.plan.schema import fields as schema
from pivot_cli.screens.rulebook import explanation
from pivot_cli.suivi.etat import MEANING, portrait
from pivot_cli.suivi.phrases import meaning_in_words

README = ROOT / "README.md"
EXAMPLES = Path(__file__).parent / "echeance" / "formulations.tsv"
WALK = "parcours"
_PART = re.compile(r"(?P<start><!-- (?P<name>[^>]+?) -->\n)(?P<body>.*?)(?P<end><!-- fin -->)", re.DOTALL)


def with_parts(readme: str) -> str:
    """The README with each generated part as the code makes it now."""

    def part(found: re.Match[str]) -> str:
        name, _, detail = found["name"].partition(" : ")
        made = walked(found["body"], detail) if name == WALK else f"{PARTS[name](detail)}\n"
        return f"{found['start']}{made}{found['end']}"

    return _PART.sub(part, readme)


def table(*rows: tuple[str, ...]) -> str:
    head, *body = rows
    lines = [head, ("---",) * len(head), *body]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def commands(_: str) -> str:
    rows = [
        (f"`{entry.name}`", ", ".join(f"`{alias}`" for alias in entry.names[1:]) or "–", entry.short_help)
        for family in FAMILIES
        for entry in app.entries
        if entry.family == family
    ]
    return table(("commande", "ou", "ce qu'elle fait"), *rows)


RECORDS = (
    # where it stands, and the record
    ("organisme.yaml", schema.ORGANISME),
    ("… diagnostic", schema.DIAGNOSTIC),
    ("… enjeux", schema.ENJEU),
    ("… periode", schema.PERIODE),
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
    ("… … reunions", schema.REUNION_CA),
    ("… … points", schema.POINT_CA),
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


def in_words(read: Echeance | Refus) -> str:
    if isinstance(read, Refus):
        return f"refusée. {read.message}"
    return meaning_in_words(read, Conventions())


def etats(_: str) -> str:
    return table(("état", "quand"), *((f"`{etat.value}`", said) for etat, said in MEANING.items()))


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
    "documents": documents,
    "échéances": deadlines,
    "règles": rules,
    "états": etats,
    "états par échéance": etats_by_type,
}

if __name__ == "__main__":
    README.write_text(with_parts(README.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
