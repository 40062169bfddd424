"""A plan that has not all the levels: how it is read, what its actions are called, what is said of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pace import table
from support import SMALL, load_texts, pivot, write_plan

from pivot_cli.plan.nouns import KNOWN
from pivot_cli.suivi.phrases import number_in_document, volet_called

NB = "\N{NO-BREAK SPACE}"
HOUSE = "nom: Ville d'essai\n"
ACTION = "- numero: 3\n  description: Ouvrir un local\n  responsables: [CA, DG]\n  echeance: Mars 2020\n"


def under(text: str, margin: int) -> str:
    return "".join(f"{' ' * margin}{line}\n" for line in text.splitlines())


IN_VOLET = "volets:\n  - code: adm\n    nom: Administratif\n"
OBJECTIF = "objectifs:\n  - numero: 2\n    titre: Accueillir\n    actions:\n"
SHAPES: list[tuple[str, str, str, list[str]]] = [  # a shape, what the orientation holds, the action's id, its levels
    ("des actions", f"actions:\n{under(ACTION, 2)}", "1.3", ["1"]),
    ("des objectifs", f"{OBJECTIF}{under(ACTION, 6)}", "1.2.3", ["1", "1.2"]),
    ("des volets", f"{IN_VOLET}    actions:\n{under(ACTION, 6)}", "1.adm.3", ["1", "1.adm"]),
    ("tout", f"{IN_VOLET}{under(f'{OBJECTIF}{under(ACTION, 6)}', 4)}", "1.adm.2.3", ["1", "1.adm", "1.adm.2"]),
]


def files(inside: str) -> dict[str, str]:
    return SMALL | {"organisme.yaml": HOUSE, "orientation-1.yaml": f"numero: 1\ntitre: Une orientation\n{inside}"}


@table(("shape", "inside", "id_", "levels"), SHAPES)
def test_an_action_is_named_by_the_levels_that_there_are(shape: str, inside: str, id_: str, levels: list[str]) -> None:
    plan, findings = load_texts(files(inside))
    assert findings == [], shape
    (place,) = plan.places
    assert place.id == id_
    assert plan.find(id_.upper()) is place
    assert [level.id for level in place.levels] == levels
    assert place.objectif_id == levels[-1]


@pytest.mark.parametrize(("shape", "inside", "id_", "levels"), SHAPES, ids=[row[0] for row in SHAPES])
def test_every_command_takes_it(shape: str, inside: str, id_: str, levels: list[str], tmp_path: Path) -> None:
    folder = write_plan(tmp_path, files(inside)).parent
    assert pivot("validate", cwd=folder).returncode == 0
    for level in levels:
        shown = pivot("show", level, "--au", "2020-06-15", cwd=folder)
        assert (shown.returncode, f"  {id_}  " in shown.stdout) == (0, True), (shape, level, shown.stdout)
    kept = pivot("list", "--objectif", levels[-1], cwd=folder)
    assert id_ in kept.stdout
    sheet = pivot("show", id_, cwd=folder).stdout.replace(NB, " ")
    absent = {1: ("Volet", "Objectif"), 2: ("Objectif" if "adm" in id_ else "Volet",), 3: ()}[len(levels)]
    assert not any(word in sheet for word in absent), sheet
    noted = pivot("note", id_, "--note", "Vu", "--le", "mai 2020", cwd=folder)
    assert noted.returncode == 0, noted.stderr
    added = pivot("note", "--ajouter", levels[-1], "Tenir un kiosque", cwd=folder)
    assert f"{levels[-1]}.4 Tenir un kiosque" in added.stdout
    for words in EVERY:
        day = ("--au", "2020-06-15") if words[0] != "agenda" else ()
        done = pivot(*words, *day, cwd=folder)
        assert done.returncode == 0, (words, done.stderr)
        assert "Objectif 0" not in done.stdout


EVERY = [
    *(("status",), ("overdue",), ("list",), ("remind",), ("export", "--format", "csv")),
    *(("report", "complet"), ("report", "bilan"), ("report", "sommaire"), ("agenda", "--date", "2020-06-17")),
]


def test_the_export_is_nested_as_the_files(tmp_path: Path) -> None:
    for rank, (_, inside, id_, levels) in enumerate(SHAPES):
        folder = write_plan(tmp_path / str(rank), files(inside)).parent
        made = json.loads(pivot("export", cwd=folder).stdout)
        (action,) = made["actions"]
        assert action["id"] == id_
        assert (action["volet"] is None) is ("adm" not in id_)
        assert (action["objectif"] is None) is not (levels[-1].rpartition(".")[2] == "2")
        node: dict[str, Any] = made["orientations"][0]
        while "actions" not in node:
            (node,) = node["volets" if "volets" in node else "objectifs"]
        assert node["actions"] == [action]


def test_two_kinds_of_levels_do_not_stand_together() -> None:
    inside = SHAPES[0][1] + SHAPES[1][1]
    plan, findings = load_texts(files(inside))
    assert [(one.code, one.location.line) for one in findings] == [("PIV107", 8)]
    assert "« actions » et « objectifs » ne vont pas ensemble" in findings[0].message.replace(NB, " ")
    assert plan.partial


REFERENCES = [  # what is typed, the id of what is found
    ("C01.1.2", "1.3"),
    ("c01.1.2", "1.3"),
    ("C-01.1.2", "1.3"),
    ("A 4", "1.4"),
    ("a-4", "1.4"),
    ("1.4", "1.4"),  # an id wins: it is the reference of another
    ("X", None),  # two have it
    ("C01", None),
]


@table(("typed", "id_"), REFERENCES)
def test_an_action_is_found_by_its_number_in_the_document(typed: str, id_: str | None) -> None:
    actions = "".join(
        f"  - {{numero: {number}, reference: {reference}, description: Faire {number}}}\n"
        for number, reference in ((3, "C01.1.2"), (4, "A-4"), (5, "X"), (6, "x"), (7, "'1.4'"))
    )
    plan, _ = load_texts(files(f"actions:\n{actions}"))
    place = plan.find(typed)
    assert (place and place.id) == id_


NUMBERS = [  # a number that a document gives an axe, what follows « axe » of it
    ("Axe A", "A"),
    ("AXE 4.", "4"),
    ("A-1", "A-1"),
    ("Axel", "Axel"),
    ("Volet 2", "Volet 2"),
    ("", ""),
]


@table(("reference", "number"), NUMBERS)
def test_a_level_has_the_number_of_the_document_after_its_noun(reference: str, number: str) -> None:
    assert number_in_document(reference, KNOWN["axe"]) == number


DROPPED = [  # what is written of an action, what it is numbered
    ("Mesure 12", "12"),
    ("MESURE 3", "3"),
    ("Mesure A", "Mesure A"),
    ("Mesure 1.2", "Mesure 1.2"),
    ("Action 12", "Action 12"),
]


@table(("written", "number"), DROPPED)
def test_the_noun_before_a_plain_number_is_dropped(written: str, number: str) -> None:
    texts = files(SHAPES[0][1].replace("numero: 3\n", f"numero: 3\n    reference: {written}\n"))
    texts["organisme.yaml"] += "plan: {niveaux: {action: mesure}}\n"
    plan, findings = load_texts(texts)
    assert findings == []
    assert plan.places[0].action.reference == number


def test_a_number_of_the_document_has_a_field_of_its_own() -> None:
    _, (found,) = load_texts(files(SHAPES[0][1].replace("numero: 3\n", "numero: C01.1.2\n")))
    assert (found.code, "va sous «" in found.remedy) == ("PIV106", True)


CALLED = [  # what is written of a volet, what it is called
    ("nom: Ressources humaines", "volet ressources humaines"),
    ("nom: Le jeu", f"volet{NB}: Le jeu"),
    ("nom: L'accueil", f"volet{NB}: L'accueil"),
    ("nom: Bien manger", f"volet{NB}: Bien manger"),
    ("nom: Accueillir", f"volet{NB}: Accueillir"),
    ("nom: Plan MADA", f"volet{NB}: Plan MADA"),
    ("{nom: Administratif, reference: Volet II}", f"volet II{NB}: Administratif"),
]


@table(("written", "called"), CALLED)
def test_a_volet_is_called_by_its_noun_and_its_name(written: str, called: str) -> None:
    lines = written.strip("{}").replace(", ", "\n    ")
    plan, _ = load_texts(files(IN_VOLET.replace("nom: Administratif", lines) + f"    actions:\n{under(ACTION, 6)}"))
    assert volet_called(plan.places[0].volet, plan.niveaux) == called


def test_a_level_is_headed_by_the_number_of_the_document(tmp_path: Path) -> None:
    inside = SHAPES[3][1].replace("titre: Accueillir", "titre: Accueillir\n        reference: Objectif 2.A")
    texts = files(inside)
    texts["orientation-1.yaml"] = texts["orientation-1.yaml"].replace("titre: U", "reference: Axe B\ntitre: U", 1)
    texts["organisme.yaml"] += "plan: {niveaux: {orientation: champ d'intervention}}\n"
    folder = write_plan(tmp_path, texts).parent
    sheet = pivot("show", "1.adm.2.3", cwd=folder).stdout.splitlines()
    assert "Champ d'intervention Axe B Une orientation" in sheet
    assert "Objectif 2.A   Accueillir" in sheet
    assert "2.A. Accueillir" in pivot("overdue", "--au", "2020-06-15", cwd=folder).stdout
    made = json.loads(pivot("export", cwd=folder).stdout)["orientations"][0]
    assert (made["reference"], made["volets"][0]["objectifs"][0]["reference"]) == ("Axe B", "Objectif 2.A")
    assert "reference" not in made["volets"][0]
    document = pivot("report", "bilan", "--format", "md", "--au", "2020-06-15", cwd=folder).stdout
    assert "## Axe B. Une orientation" in document
    assert "2.A. Accueillir" in pivot("overdue", "--format", "md", "--au", "2020-06-15", cwd=folder).stdout
    assert pivot("show", "axe-b", cwd=folder).stdout.startswith("Champ d'intervention 1 ")
    assert "1.adm.2.3" in pivot("list", "--objectif", "OBJECTIF 2.A", cwd=folder).stdout
    assert "1.adm.2.4" in pivot("note", "--ajouter", "objectif 2.a", "Tenir un kiosque", cwd=folder).stdout


def test_a_number_of_the_document_is_shown_first(tmp_path: Path) -> None:
    inside = SHAPES[0][1].replace("numero: 3\n", "numero: 3\n    reference: C01.1.2\n    etapes: [Louer, Meubler]\n")
    folder = write_plan(tmp_path, files(inside)).parent
    sheet = pivot("show", "c 01.1.2", cwd=folder).stdout.replace(NB, " ").splitlines()
    assert "Nº au plan     C01.1.2" in sheet
    assert "Étapes         Louer, Meubler" in sheet
    assert "C01.1.2 Ouvrir un local" in pivot("list", cwd=folder).stdout
    assert pivot("note", "C01.1.2", "--statut", "en cours", cwd=folder).returncode == 0
