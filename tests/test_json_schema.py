"""The JSON Schemas: what an editor is told is what the program reads, and the files of `plan/` say where they are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from pace import one_in, table
from support import LIVING, ROOT, SMALL, load_texts, pivot, write_plan
from test_loader import FULL_ACTION

from pivot_cli.plan.json_schema import FILES, FOLDER, json_schema, modeline, schema_files
from pivot_cli.plan.schema.kinds import Record

RULES = ROOT / "tests" / "rules"


class Core(yaml.SafeLoader):
    """YAML 1.2 as editors read it: `2020` is a number, `true` a boolean, `non` and `2020-05-12` are texts."""


Core.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"^(?:{pattern})$"), list(first))
Core.add_constructor("tag:yaml.org,2002:int", lambda _, node: int(str(node.value)))


def typed(text: str) -> Any:
    return yaml.load(text, Loader=Core)


def name_of(file: str) -> str:
    return re.sub(r"(-\d+)?\.yaml$", "", file)


def faults(file: str, text: str) -> list[Any]:
    return list(jsonschema.Draft7Validator(json_schema(name_of(file))).iter_errors(typed(text)))


# --- the schemas and the code -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_a_schema_is_one(name: str) -> None:
    jsonschema.Draft7Validator.check_schema(json_schema(name))


def test_the_schemas_beside_the_plan_are_those_of_the_code() -> None:
    """After a change of the table of fields: `pivot schema --ecrire`."""
    folder = LIVING / FOLDER
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} == schema_files()


def nodes(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        for value in schema.values():
            yield from nodes(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from nodes(value)


@pytest.mark.parametrize("name", FILES)
def test_whatever_can_be_refused_is_refused_in_french(name: str) -> None:
    for node in nodes(json_schema(name)):
        if isinstance(node.get("type"), str | list):
            assert node["errorMessage"].endswith("."), node
        for key, field in node.get("properties", {}).items():
            assert field["description"].endswith("."), key
            assert "\N{NO-BREAK SPACE}»" in field["errorMessage"] or ":" in field["errorMessage"], key


@pytest.mark.parametrize("name", FILES)
def test_every_field_of_the_table_is_there(name: str) -> None:
    def compare(record: Record, schema: dict[str, Any]) -> None:
        assert list(schema["properties"]) == [entry.key for entry in record.fields]
        assert set(schema.get("required", ())) == record.required
        assert schema["additionalProperties"] is False
        for entry in record.fields:
            inner, shape = entry.kind, schema["properties"][entry.key]
            if hasattr(inner, "item"):
                inner, shape = inner.item, shape["items"]
            if isinstance(inner, Record):
                compare(inner, shape)

    compare(FILES[name], json_schema(name))


# --- what fits ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(LIVING.glob("*.yaml")), ids=lambda path: path.name)
def test_the_adopted_plan_fits(path: Path) -> None:
    assert faults(path.name, path.read_text(encoding="utf-8")) == []


def with_dates_as_texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: with_dates_as_texts(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [with_dates_as_texts(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("path", one_in(4, sorted(LIVING.glob("*.yaml"))), ids=lambda path: path.name)
def test_the_adopted_plan_fits_as_yaml_1_1_reads_it(path: Path) -> None:
    value = with_dates_as_texts(yaml.safe_load(path.read_text(encoding="utf-8")))
    jsonschema.validate(value, json_schema(name_of(path.name)))


def sound_files() -> Iterator[tuple[str, str]]:
    yield "orientation-1.yaml", SMALL["orientation-1.yaml"] + FULL_ACTION
    for path in sorted(RULES.glob("PIV*/bon/*.yaml")):
        yield path.name, path.read_text(encoding="utf-8")


@pytest.mark.lent
def test_whatever_is_read_without_a_fault_fits() -> None:
    for file, text in sound_files():
        assert faults(file, text) == [], text


def action(line: str) -> tuple[str, str]:
    return "orientation-1.yaml", SMALL["orientation-1.yaml"] + f"            {line}\n"


def changed(file: str, old: str, new: str) -> tuple[str, str]:
    assert SMALL[file].count(old) == 1
    return file, SMALL[file].replace(old, new)


# What an editor's YAML 1.2 makes of a text, and other ways of writing the same thing.
FITS = [
    changed("orientation-1.yaml", "description: Faire un plan", "description: 2020"),
    changed("orientation-1.yaml", "description: Faire un plan", "description: non"),
    changed("orientation-1.yaml", "description: Faire un plan", "description: true"),
    changed("orientation-1.yaml", "description: Faire un plan", "description: 12:30"),
    changed("orientation-1.yaml", "echeance: En continu", "echeance: 2020"),
    changed("orientation-1.yaml", "          - numero: 2\n", '          - numero: "2"\n'),
    changed("orientation-1.yaml", "          - numero: 2\n", "          - numero: 08\n"),
    changed("responsables.yaml", "code: CA", "code: 12\n    alias: [CA]"),
    action("statut: Partiellement  REALISEE"),
    action("realisee_le: 2019"),
    action("budget: {prevu: 1500, reel: '1 499,50 $'}"),
    action("titre_court: false"),
    action("liens: [2020, https://exemple.org]"),
    action("realisations: [2019, mai 2020, 2020-05-12, 12 mai 2020]"),
]

# What both refuse.
REFUSED = [
    changed("orientation-1.yaml", "titre: Une orientation\n", ""),
    changed("orientation-1.yaml", "enjeu: 1", "enjeu: un"),
    changed("orientation-1.yaml", "enjeu: 1", "enjeu: 0"),
    changed("orientation-1.yaml", "enjeu: 1", "enjeu: 1\nnote: x"),
    changed("orientation-1.yaml", "[DG, CA]", "DG"),
    changed("orientation-1.yaml", "[DG, CA]", "[DG, [CA]]"),
    changed("orientation-1.yaml", "code: adm", "code: Adm"),
    changed("orientation-1.yaml", "Former un comité", ""),
    changed("orientation-1.yaml", "Former un comité", '" "'),
    changed("orientation-1.yaml", "Former un comité", "{a: b}"),
    changed("organisme.yaml", "nom: L'Essai", "nom: [a]"),
    changed("organisme.yaml", "nom:", "conventions: {hiver: mars}\nnom:"),
    changed("organisme.yaml", "nom:", "conventions: {debut_mois: 40}\nnom:"),
    changed("responsables.yaml", "code: CA", "code: C A"),
    action("statut: fait"),
    action("budget: {prevu: -5}"),
    action("budget: {prevu: mille}"),
    action("realisee_le: bientôt"),
    action("realise_le: mai 2020"),
    action("suivi: [{note: Une note}]"),
    action("realisations: mai 2020"),
    ("reunions.yaml", "ca:\n  points:\n    - duree: 10 min\n"),
    ("reunions.yaml", "aga:\n  reunions:\n    - date: 2020-06-15\n      points:\n        - retire: oui\n"),
]


@table(("file", "text"), FITS)
def test_what_the_program_reads_fits(file: str, text: str) -> None:
    _, findings = load_texts(SMALL | {file: text})
    assert {finding.code for finding in findings} & {"PIV101", "PIV103", "PIV104", "PIV105", "PIV106"} == set()
    assert faults(file, text) == []


@table(("file", "text"), REFUSED)
def test_what_the_program_refuses_does_not_fit(file: str, text: str) -> None:
    _, findings = load_texts(SMALL | {file: text})
    assert findings
    assert faults(file, text)


# --- the files and the command ----------------------------------------------------------------------------


@table("path", sorted(LIVING.glob("*.yaml")), ids=lambda path: path.name)
def test_each_file_of_the_plan_names_its_schema_first(path: Path) -> None:
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    assert first == modeline(name_of(path.name))
    assert (path.parent / first.partition("$schema=")[2]).is_file()


@pytest.mark.lent
def test_the_command_prints_and_writes_them(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    whole = json.loads(pivot("schema", cwd=tmp_path).stdout)
    assert whole == {name: json_schema(name) for name in FILES}
    for typed_name in ("orientation", "orientation-3.yaml", "plan/orientation-12.yaml", "Orientation"):
        assert pivot("schema", typed_name, cwd=tmp_path).stdout == schema_files()["orientation.json"]
    done = pivot("schema", "--ecrire", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert "plan/.schema" in done.stderr
    assert {path.name: path.read_text(encoding="utf-8") for path in (plan / FOLDER).iterdir()} == schema_files()
    assert [line.strip() for line in done.stderr.splitlines()[-3:]] == [
        modeline(name) for name in ("organisme", "responsables", "orientation")
    ]
    for path in plan.glob("*.yaml"):
        path.write_text(f"{modeline(name_of(path.name))}\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    assert modeline("organisme") not in pivot("schema", "--ecrire", cwd=tmp_path).stderr
    assert pivot("validate", cwd=tmp_path).returncode == 0
    wrong = pivot("schema", "orientatoin", cwd=tmp_path)
    assert (wrong.returncode, "«\N{NO-BREAK SPACE}orientation\N{NO-BREAK SPACE}»" in wrong.stderr) == (2, True)
