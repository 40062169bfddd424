"""What each file of the plan may hold: one table of fields, from which texts become typed values and findings.

`kinds.py` says how one value is read, `records.py` how a list and a mapping are, `fields.py` is the table. A field
is a line of that table and an attribute of the model.
"""

from pivot_cli.plan.schema.fields import (
    ACTION,
    AGA,
    BUDGET,
    CA,
    CONVENTIONS,
    DIAGNOSTIC,
    ECHEANCE_PRECEDENTE,
    ENJEU,
    INDICATEUR,
    OBJECTIF,
    ORGANISME,
    ORIENTATION,
    PERIODE,
    POINT_AGA,
    POINT_CA,
    POINT_PERMANENT,
    RESPONSABLE,
    RESPONSABLES,
    REUNION_AGA,
    REUNION_CA,
    REUNIONS,
    SUIVI,
    VOLET,
)
from pivot_cli.plan.schema.kinds import Kind, Reader, Shape
from pivot_cli.plan.schema.records import Field, ListOf, Record, read_record

__all__ = [
    "ACTION",
    "AGA",
    "BUDGET",
    "CA",
    "CONVENTIONS",
    "DIAGNOSTIC",
    "ECHEANCE_PRECEDENTE",
    "ENJEU",
    "INDICATEUR",
    "OBJECTIF",
    "ORGANISME",
    "ORIENTATION",
    "PERIODE",
    "POINT_AGA",
    "POINT_CA",
    "POINT_PERMANENT",
    "RESPONSABLE",
    "RESPONSABLES",
    "REUNIONS",
    "REUNION_AGA",
    "REUNION_CA",
    "SUIVI",
    "VOLET",
    "Field",
    "Kind",
    "ListOf",
    "Reader",
    "Record",
    "Shape",
    "read_record",
]
