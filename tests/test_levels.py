"""A plan that has not all the levels: how it is read, what its actions are called, what is said of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pace import table
from support import SMALL, load_texts, pivot, write_plan

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
