"""Every field that can be added to an action reaches every place where an action is told in full.

The fields are those of the table of `schema/fields.py`. One that is added there needs its attribute in
`model.Action`, its name in `model.LABELS`, and here a value that can be looked for.
"""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import pytest
from documents.making import document
from pace import table
from support import SMALL, load_texts

from pivot_cli.checks.edition import Edition
from pivot_cli.checks.edits import check_edit
from pivot_cli.outputs.edit_summary import edit_summary
from pivot_cli.outputs.exports import (
    COLUMNS,
    INTERNAL,
    OVERDUE,
    RECORDED,
    action_object,
    actions_csv,
    export_object,
    shared,
    to_json,
)
from pivot_cli.plan import model
from pivot_cli.plan.schema import fields as schema
from pivot_cli.screens.action import action_page
from pivot_cli.suivi.etat import portrait

AU = date(2020, 1, 15)
FILE, ID = "orientation-1.yaml", "1.adm.1.2"
ECHEANCE = "            echeance: En continu\n"
OPTIONAL = [field.key for field in schema.ACTION.fields if field.key in model.LABELS]


class Mark(NamedTuple):
    """A value as a person writes it in the plan, and how it can be recognised where it is told.

    `told` is what people read on a screen and in a document, `data` what programs read (the same by default);
    `named` is how the summary of an edit names it (its noun by default).
    """

    written: str
    told: str
    data: str = ""
    named: str = ""


MARKED: dict[str, Mark] = {
    "reference": Mark("MARQUE", "MARQUE"),
    "suite_de": Mark("9.adm.9.9", "9.adm.9.9"),
    "titre_court": Mark("MARQUE", "MARQUE"),
    "porteur": Mark("DG", "Porteur", "DG"),
    "statut": Mark("en attente", "en attente", named="en attente"),
    "statut_le": Mark("12 mai 2019", "12 mai 2019", "2019-05-12"),
    "realisee_le": Mark("12 mai 2019", "12 mai 2019", "2019-05-12"),
    "motif": Mark("MARQUE", "MARQUE"),
    "resolution": Mark("MARQUE", "MARQUE"),
    "decision": Mark("MARQUE", "MARQUE"),
    "resultat": Mark("MARQUE", "MARQUE"),
    "recurrence": Mark("aux 3 mois", "aux 3 mois"),
    "realisations": Mark("[12 mai 2019]", "12 mai 2019", "2019-05-12", "réalisation de plus"),
    "budget": Mark("{prevu: 15, reel: 16, source: MARQUE}", "prévu 15 $, réel 16 $, source : MARQUE", "MARQUE"),
    "etapes": Mark("[MARQUE]", "MARQUE"),
    "indicateurs": Mark("[{libelle: MARQUE, cible: 100}]", "MARQUE, cible", "MARQUE"),
    "collaborateurs": Mark("[MARQUE]", "MARQUE"),
    "depend_de": Mark("[1.adm.1.1]", "Dépend de", "1.adm.1.1"),
    "suivi": Mark("[{date: 2019-05-12, note: MARQUE}]", "12 mai 2019 : MARQUE", "MARQUE", "note de suivi de plus"),
    "echeances_precedentes": Mark("[{echeance: Mars 2019, motif: MARQUE, decide_le: 2019-02-15}]", "MARQUE"),
    "liens": Mark("[https://exemple.org/MARQUE]", "https://exemple.org/MARQUE"),
}


def mark_of(key: str) -> Mark:
    assert key in MARKED, f"« {key} » est un nouveau champ : donnez-lui une valeur à chercher dans MARKED, ici."
    return MARKED[key]


def with_field(key: str) -> dict[str, str]:
    """The small plan, its second action having this field."""
    line = f"            {key}: {mark_of(key).written}\n"
    return SMALL | {FILE: SMALL[FILE].replace(ECHEANCE, ECHEANCE + line)}


def show(files: dict[str, str]) -> str:
    seen = portrait(load_texts(files)[0], AU)
    one = next(one for one in seen.situations if one.id == ID)
    return action_page(one, seen, 200, AU).render(colour=False).split("Cette action est dans")[0]


@cache
def complet(key: str) -> str:
    """What the internal document says of the action, in the plan; nothing added for no key."""
    made = document("complet", "md", with_field(key) if key else SMALL).split("\n## Le plan\n")[1]
    return next(line for line in made.splitlines() if f"({ID})" in line and line.startswith("|"))


def export(files: dict[str, str]) -> dict[str, Any]:
    exported = export_object(portrait(load_texts(files)[0], AU))
    (nested,) = exported["orientations"][0]["volets"][0]["objectifs"]
    found: dict[str, Any] = next(one for one in exported["actions"] if one["id"] == ID)
    assert found in nested["actions"]
    return found


def said(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\\", "")


def test_every_field_has_its_name() -> None:
    unnamed = set(OPTIONAL) - set(model.LABELS)
    assert not unnamed, f"Donnez un nom à {unnamed} dans model.LABELS : c'est ce que les gens en lisent."
    assert set(model.LABELS) == set(OPTIONAL)
    assert set(MARKED) <= set(OPTIONAL)
    assert {field.key for field in schema.ACTION.fields} == set(model.Action._fields) - {"origin"}
    assert set(model.NOUNS) <= set(model.Action._fields)


@table("key", OPTIONAL)
def test_what_is_written_is_read_without_a_fault(key: str) -> None:
    plan, findings = load_texts(with_field(key))
    assert [one for one in findings if one.code.startswith(("PIV0", "PIV1", "PIV3"))] == []
    assert plan.by_id[ID].action.enriched
    assert not load_texts(SMALL)[0].by_id[ID].action.enriched


@table("key", OPTIONAL)
def test_the_screen_of_an_action_tells_it(key: str) -> None:
    told, label = mark_of(key).told, model.LABELS.get(key, key)
    plain, shown = said(show(SMALL)), said(show(with_field(key)))
    assert told in shown, f"pivot show ne dit pas « {key} »."
    assert f"\n{label}" in shown
    assert told not in plain


@pytest.mark.parametrize("key", OPTIONAL)
def test_the_internal_document_tells_it(key: str) -> None:
    told = mark_of(key).told
    assert told in said(complet(key)), f"le rapport complet ne dit pas « {key} »."
    assert told not in said(complet(""))


@table("key", OPTIONAL)
def test_the_export_gives_it(key: str) -> None:
    data = mark_of(key).data or mark_of(key).told
    exported = export(with_field(key))
    assert key in exported, f"pivot export ne donne pas « {key} »."
    assert data in json.dumps({key: exported[key]}, ensure_ascii=False)
    assert export(SMALL)[key] in (None, [])


@table("key", OPTIONAL)
def test_the_spreadsheet_gives_it(key: str) -> None:
    data = mark_of(key).data or mark_of(key).told
    plain, row = spreadsheet(SMALL), spreadsheet(with_field(key))
    columns = [column for column in row if column == key or column.startswith(f"{key}_")]
    assert any(data in row[column] for column in columns), f"pivot export --format csv ne donne pas « {key} »."
    assert [plain[column] for column in columns] == [""] * len(columns)


def spreadsheet(files: dict[str, str]) -> dict[str, str]:
    plan, _ = load_texts(files)
    rows = csv.DictReader(io.StringIO(actions_csv(portrait(plan, AU).situations, plan)))
    return next(row for row in rows if row["id"] == ID)


# What an export that is given to others says of an action; what it does not is in `INTERNAL`.
PUBLIC = {
    *("numero", "description", "echeance", "titre_court", "statut", "statut_le", "realisee_le", "resolution"),
    *("resultat", "recurrence", "realisations", "budget", "depend_de", "echeances_precedentes"),
    *("reference", "etapes", "indicateurs", "suite_de"),
}


def test_every_field_is_given_to_others_or_is_not() -> None:
    kept_in = set(schema.ACTION.by_key) & set(INTERNAL)
    assert set(schema.ACTION.by_key) - kept_in == PUBLIC, "Dites si le champ sort de l'organisme : exports.INTERNAL."


@pytest.mark.parametrize("key", OPTIONAL)
def test_what_is_internal_does_not_leave(key: str) -> None:
    """A shared export has the same keys, and none of what is internal, in JSON and in CSV."""
    data = mark_of(key).data or mark_of(key).told
    plan, _ = load_texts(with_field(key))
    seen = portrait(plan, AU)
    whole = export_object(seen)
    given = shared(whole, plan)
    assert json.loads(to_json(whole)).keys() == given.keys()
    row, kept = (next(one for one in made["actions"] if one["id"] == ID) for made in (whole, given))
    assert list(row) == list(kept)
    assert (kept["dernier_suivi"], kept["statut"]) == (row["dernier_suivi"], row["statut"])
    assert (kept["responsables"], kept["jours_retard"], kept["fichier"], kept["ligne"]) == ([], None, None, None)
    table = actions_csv(seen.situations, plan, partage=True)
    if key == "echeances_precedentes":  # why an échéance moved stays, that it did is public
        assert [former["motif"] for former in kept[key]] == [None]
        assert "MARQUE" not in to_json(given) + table
        return
    assert kept[key] == (INTERNAL[key] if key in INTERNAL else row[key])
    if "MARQUE" in data:
        assert (data in to_json(given)) == (data in table) == (key in PUBLIC)
    for who in plan.registre:
        assert who.nom not in to_json(given) + table


def test_what_programs_already_read_stays_where_it_was() -> None:
    """The contract of the actions stands whole before their optional fields, in every command alike."""
    plan, _ = load_texts(with_field("statut"))
    seen = portrait(plan, AU)
    keys = list(action_object(seen.situations[0], plan))
    start = keys.index("fichier") + 2
    assert keys[start - 1 :] == ["ligne", *RECORDED, "prochaine_echeance"]
    assert list(export(SMALL)) == keys
    first, second = (
        list(csv.DictReader(io.StringIO(text)))
        for text in (OVERDUE["csv"](seen, seen.situations, None), actions_csv(seen.situations, plan))
    )
    assert first == second
    assert list(first[0]) == list(COLUMNS)
    last = ["reference", "etapes", "indicateurs", "suite_de"]  # since the versions before
    assert list(COLUMNS)[21:] == [
        *("budget_source", *(key for key in RECORDED if key not in last)),
        *("titre_volet", "edtf", "fois", "avis", "prochaine_echeance", *last[:3], "budget_precision", "suite_de"),
    ]


@table("key", OPTIONAL)
def test_the_summary_of_an_edit_names_it(key: str) -> None:
    named = mark_of(key).named or model.noun_of(key)
    added, removed = (summary(*files) for files in ((SMALL, with_field(key)), (with_field(key), SMALL)))
    assert "Aucune action n'a changé." not in added
    assert named in added, f"le résumé d'une modification ne nomme pas « {key} »."
    assert "Aucune action n'a changé." not in removed
    assert ID in removed


def summary(before: dict[str, str], after: dict[str, str]) -> str:
    old, new = load_texts(before)[0], load_texts(after)[0]
    edition = Edition(old, new)
    page = edit_summary(new, edition, check_edit(edition))
    return said(page[page.index("Comparé au plan d'avant") :])


def test_a_note_that_is_reworded_and_a_realisation_that_is_taken_back_are_changes_too() -> None:
    first = with_field("suivi")
    reworded = first | {FILE: first[FILE].replace("MARQUE", "AUTRE")}
    assert f"**{ID}** Faire un plan : 1 note de suivi récrite ou retirée; 1 note de suivi de plus." in summary(
        first, reworded
    )
    assert f"**{ID}** Faire un plan : réalisation retirée : " in summary(with_field("realisations"), SMALL)
    told = SMALL | {FILE: SMALL[FILE].replace("Faire un plan", "Faire deux plans")}
    assert f"**{ID}** Faire deux plans : avant : Faire un plan." in summary(SMALL, told)
