"""Several organisations' plans as data: the JSON contract of `pivot group`, and its CSV with the schema that says what
each column holds (Table Schema, https://specs.frictionlessdata.io/table-schema/).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pivot_cli.outputs.exports import csv_rows
from pivot_cli.suivi.group import FRESH, Recu, Regroupement
from pivot_cli.suivi.phrases import ETATS_ASKED
from pivot_cli.text import NBSP

if TYPE_CHECKING:
    from pivot_cli.suivi.etat import Etat
    from pivot_cli.suivi.exported import Envoi


def group_object(group: Regroupement) -> dict[str, Any]:
    """What `pivot group` answers."""
    members = [
        {
            "nom": one.nom,
            "titre": one.titre or None,
            "etat": one.etat.value,
            "au": one.au and one.au.isoformat(),
            "total": one.total,
            "consignees": None if one.par_etat is None else one.consignees,
            "par_etat": None if one.par_etat is None else _by_name(one.par_etat),
            "pourquoi": one.pourquoi or None,
            "demande": one.demande or None,
        }
        for one in group.membres
    ]
    return {
        "au": group.au.isoformat(),
        "nom": group.nom or None,
        "organismes": members,
        "total": group.total,
        "consignees": group.consignees,
        "par_etat": _by_name(group.par_etat),
    }


def _by_name(numbers: dict[Etat, int]) -> dict[str, int]:
    return {etat.value: number for etat, number in numbers.items()}


class Column(NamedTuple):
    """A column of the CSV: its name, its type and what it holds, as Table Schema says them."""

    name: str
    type: str
    description: str
    values: tuple[str, ...] = ()


COLUMNS = (
    Column("organisme", "string", "Le nom de l'organisme."),
    Column("plan", "string", "Le titre de son plan; vide s'il n'en a pas."),
    Column("id", "string", "L'action, dans ce plan."),
    Column("description", "string", "L'action, dans les mots du plan adopté."),
    Column("echeance", "string", "Son échéance, dans les mots du plan; vide si elle est à déterminer."),
    Column("debut", "date", "Le premier jour plausible de l'échéance."),
    Column("fin", "date", "Le dernier jour plausible de l'échéance."),
    Column("statut", "string", "Ce qui est consigné; vide si rien ne l'est, ce qui ne dit pas que rien n'est fait."),
    Column("etat", "string", "Où en est l'action, le jour des données.", tuple(dict.fromkeys(ETATS_ASKED.values()))),
    Column("au", "date", "Le jour des données."),
    Column(
        "donnees",
        "string",
        f"« lu », ou « ancien » si les données ont plus de {FRESH}{NBSP}jours{NBSP}: hors des totaux.",
        (Recu.LU.value, Recu.ANCIEN.value),
    ),
)


def table_schema() -> dict[str, Any]:
    """What the columns of the CSV are, for programs that read it."""
    fields = [
        {"name": one.name, "type": one.type, "description": one.description}
        | ({"format": "default"} if one.type == "date" else {})
        | ({"constraints": {"enum": list(one.values)}} if one.values else {})
        for one in COLUMNS
    ]
    return {"fields": fields, "missingValues": [""]}


def rows_of(envoi: Envoi) -> str:
    """Of each action of a plan, a line of the CSV, but for whose it is and how old its data are."""
    au = envoi.au.isoformat()
    return csv_rows(
        (
            *(one.id, one.description, one.echeance),
            *(one.debut and one.debut.isoformat(), one.fin and one.fin.isoformat()),
            *(one.statut, ETATS_ASKED[one.etat], au),
        )
        for one in envoi.actions
    )


def group_csv(group: Regroupement) -> str:
    """A line an action, of each plan that is read, of whatever day its data are."""
    parts = [csv_rows([[one.name for one in COLUMNS]])]
    for one in group.of(Recu.LU, Recu.ANCIEN):
        whose = csv_rows([[one.nom, one.titre]]).removesuffix("\n")
        parts += [f"{whose},{line},{one.etat.value}\n" for line in one.lignes.split("\n") if line]
    return "".join(parts)
