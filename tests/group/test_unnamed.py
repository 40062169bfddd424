"""Nothing that `group` or `export --partage` writes names a person or a post, whatever field of the plan does; the
adopted descriptions and the titles, which are public, say what they say.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pace import examples, table
from support import load_texts

from pivot_cli.documents.group import build
from pivot_cli.documents.rendering.filling import render
from pivot_cli.outputs.exports import actions_csv, export_object, shared, to_json
from pivot_cli.outputs.group import group_csv, group_object, rows_of
from pivot_cli.plan.schema import fields as schema
from pivot_cli.plan.schema.kinds import ListOf, Record
from pivot_cli.screens.group import group_page
from pivot_cli.suivi.etat import portrait
from pivot_cli.suivi.exported import from_export, from_plan
from pivot_cli.suivi.group import gathered, received
from pivot_cli.suivi.unnamed import without_names
from pivot_cli.text import fold

AU = date(2024, 4, 30)
WHO = "Marguerite L'Éveillé-Roy"
POST = "Coordonnatrice du milieu"
ADOPTED = {"description", "titre", "titre_court", "nom", "enonce", "code"}
"""The keys whose texts are public as they are adopted; a new field is not one until somebody says so here."""

RESPONSABLES = f"""\
responsables:
  - code: MLR
    nom: "{WHO}"
    alias: ["{POST}"]
  - code: CA
    nom: Conseil d'administration
"""


def filled(kind: Any, key: str, named: str) -> Any:  # noqa: PLR0911 - one for each kind
    """A value for a field of any kind, which names somebody wherever a text may; None where it cannot."""
    if isinstance(kind, Record):
        if key == "niveaux":
            return None  # nouns, of which no text is made
        ways = {"volets", "objectifs", "actions"} & set(kind.by_key)
        left_out = ways - {next((way for way in ("volets", "objectifs", "actions") if way in ways), "")}
        made = {field.key: filled(field.kind, field.key, named) for field in kind.fields if field.key not in left_out}
        return {name: value for name, value in made.items() if value is not None}
    if isinstance(kind, ListOf):
        value = filled(kind.item, key, named)
        return None if value is None else [value]
    if kind is schema.TEXT:
        return "Adopté" if key in ADOPTED else named
    if kind is schema.ECHEANCE:
        return f"En continu selon {named}"
    if kind in (schema.NUMBER, schema.NUMBERED):
        return "1"
    return {"code": "adm", "date": "2019-05-12", "statut": "en cours", "recurrence": "Annuel"}.get(key)


def plan_naming(named: str) -> dict[str, str]:
    """A plan in which every text of every field does."""
    return {
        "organisme.yaml": json.dumps(filled(schema.ORGANISME, "", named), ensure_ascii=False),
        "responsables.yaml": RESPONSABLES,
        "orientation-1.yaml": json.dumps(filled(schema.ORIENTATION, "", named), ensure_ascii=False),
    }


def written(files: dict[str, str]) -> dict[str, str]:
    """All that leaves: the two forms of an export for sharing, and each form of `group`, of the plan's own files and
    of an export that is not for sharing.
    """
    plan, _ = load_texts(files)
    seen = portrait(plan, AU)
    whole = export_object(seen)
    made = {"json": to_json(shared(whole, plan)), "csv": actions_csv(seen.situations, plan, partage=True)}
    for name, envoi in (("files", from_plan(seen)), ("export", from_export(to_json(whole).encode()))):
        assert envoi
        group = gathered([received(envoi, "x.json", rows_of(envoi), vivant=True)], ["Un autre"], AU)
        made |= {
            f"group {name} json": to_json(group_object(group)),
            f"group {name} csv": group_csv(group),
            f"group {name} page": render("regroupement", build(group, AU), "html"),
            f"group {name} screen": group_page(group, 200, AU).render(colour=False),
        }
    return made


SPELLINGS = [
    WHO,
    WHO.upper(),
    WHO.replace("'", "’"),
    "Marguerite  L'Eveille‑Roy",
    f"Demander à {WHO.lower()}, la {POST}",
    f"Voir avec la {POST.lower()} (MLR).",
    f"{POST}/MLR",
    "MLR",
    f"{WHO}, {WHO}",
    f"Le comité de {WHO}; puis\u00a0: {POST}",
]


@pytest.mark.lent
@settings(max_examples=examples(12, 60))
@given(st.sampled_from(SPELLINGS), st.sampled_from(["", "Avec ", "(", "« "]), st.sampled_from(["", ".", ")", " »"]))
def test_no_field_of_the_plan_takes_a_name_out(named: str, before: str, after: str) -> None:
    for form, text in written(plan_naming(f"{before}{named}{after}")).items():
        plain = fold(text)
        assert fold(WHO) not in plain, form
        assert fold(POST) not in plain, form
        assert "MLR" not in text, form
        assert "Adopté" in text or "group" in form


def test_every_text_of_the_plan_is_among_them() -> None:
    """Of what is written there, all that an export has is read back: the test above is of all of it."""
    plan, findings = load_texts(plan_naming("PERSONNE"))
    assert [one for one in findings if one.code in ("PIV101", "PIV104", "PIV105", "PIV301")] == []
    text = to_json(export_object(portrait(plan, AU)))
    (action,) = json.loads(text)["actions"]
    for key in set(schema.ACTION.by_key) - ADOPTED:
        holds = schema.ACTION.by_key[key].kind
        if holds in (schema.TEXT, schema.ECHEANCE) or isinstance(holds, Record | ListOf):
            assert "PERSONNE" in json.dumps(action[key]) or filled(holds, key, "PERSONNE") in (None, ["1"]), key


def test_an_adopted_description_and_a_title_stay_as_they_are() -> None:
    files = plan_naming("rien")
    files["orientation-1.yaml"] = files["orientation-1.yaml"].replace("Adopté", f"Former la {POST}")
    made = written(files)
    for form in ("json", "csv", "group files csv", "group export csv"):
        assert f"Former la {POST}" in made[form]


@table(
    ("text", "left"),
    [
        (f"{WHO} a formé trois personnes.", "[…] a formé trois personnes."),
        ("La coordonnatrice du milieu, MLR, y était", "La […], […], y était"),
        ("CA-2019-05, MLR-2", "CA-2019-05, MLR-2"),
        ("Un mlr, un MLRX, une sous-MLR", "Un mlr, un MLRX, une sous-MLR"),
        ("Rien de cela", "Rien de cela"),
        ("Voir Marguerite L'Eveille-Roy et MLR", "[…]"),
        ("", ""),
    ],
)
def test_a_name_is_taken_out_and_the_rest_of_the_text_stays(text: str, left: str) -> None:
    assert without_names([WHO, POST], ["MLR"])(text) == left


@table(
    ("told", "given"),
    [
        ("Voté par le conseil d'administration (CA)", ""),
        ("Le comité de suivi et l'équipe ont repeint la salle", ""),
        ("Vu par Julie Roy", "Vu par […]"),
        ("La direction de la salle", "La […] de la salle"),
    ],
)
def test_groups_and_the_board_may_be_named_and_a_post_may_not(told: str, given: str) -> None:
    files = plan_naming("rien")
    files["orientation-1.yaml"] = files["orientation-1.yaml"].replace('"resultat": "rien"', f'"resultat": "{told}"')
    for name, row in (("le comité de suivi", "porteur"), ("Julie Roy", "par")):
        files["orientation-1.yaml"] = files["orientation-1.yaml"].replace(f'"{row}": "rien"', f'"{row}": "{name}"')
    known = "  - {code: EQ, nom: Équipe}\n  - {code: CS, nom: Comité de suivi}\n  - {code: DIR, nom: Direction}\n"
    files["responsables.yaml"] += known
    plan, _ = load_texts(files)
    assert shared(export_object(portrait(plan, AU)), plan)["actions"][0]["resultat"] == (given or told)


@pytest.mark.parametrize("name", ["", "-", "X"])
def test_a_name_of_one_sign_is_no_name(name: str) -> None:
    assert without_names([name], [name])("X - x") == "X - x"
