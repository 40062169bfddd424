"""JSON Schemas of the plan's files, generated from the table of fields: an editor completes, explains and checks.

Draft 7, which every editor reads. `errorMessage` is not of the standard: the YAML language server shows it instead of
its own English, and others pass over it. A schema knows one file: only `pivot validate` knows the whole plan.
"""

import json
from typing import Any

from pivot_cli.plan.schema.fields import ORGANISME, ORIENTATION, RESPONSABLES, REUNIONS

FILES = {"organisme": ORGANISME, "responsables": RESPONSABLES, "orientation": ORIENTATION, "reunions": REUNIONS}
"""What each file of a plan holds, under its name without its number."""

FOLDER = ".schema"
"""Where a plan keeps its schemas, inside its own folder: it can be copied whole, and works in a clone."""


def json_schema(name: str) -> dict[str, Any]:
    """The schema of one file of a plan (a key of `FILES`)."""
    record = FILES[name]
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$comment": "Produit par « pivot schema »; ne pas le modifier à la main.",
        "description": f"Un fichier de plan : {record.name}.",
        **record.shape(name),
    }


def to_text(value: Any) -> str:
    """A schema as it is written in a file: the same bytes each time."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def schema_files() -> dict[str, str]:
    """Every schema, by the name of its file in `FOLDER`."""
    return {f"{name}.json": to_text(json_schema(name)) for name in FILES}


MODELINE = "# yaml-language-server: $schema="


def modeline(name: str) -> str:
    """The line that tells an editor which schema a file follows: the first of the file."""
    return f"{MODELINE}{FOLDER}/{name}.json"
