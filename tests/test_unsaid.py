"""What a plan does not say of an action: by whom, until when. It is valid, counted, and said in so many words."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from pace import table
from support import SMALL, pivot, write_plan

BARE = "          - numero: 3\n            description: Ouvrir un local\n"
PLAN = SMALL | {"orientation-1.yaml": SMALL["orientation-1.yaml"] + BARE}
AU = ("--au", "2020-06-15")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return write_plan(tmp_path, PLAN).parent


SAID = [  # a command, the lines that it says of the action
    (("show", "1.adm.1.3"), ["Échéance       à déterminer", "Responsables   à attribuer"]),
    (("list", "--a-completer"), ["À compléter : 1 action sur 3."]),
    (("list", "local"), ["à déterminer  à attribuer", "             Échéance à déterminer"]),
    (("list", "--tri", "responsable"), ["À attribuer", "  1.adm.1.3  Ouvrir un local"]),
    (("status",), ["  Échéance à déterminer               1", "                                      3"]),
    (("status",), ["", "À attribuer : 1 action (1.adm.1.3).", ""]),
    (
        ("report", "--format", "md"),
        ["Ouvrir un local (1.adm.1.3) | à attribuer | à déterminer | échéance à déterminer"],
    ),
]


@table(("words", "said"), SAID)
def test_it_is_said(words: tuple[str, ...], said: list[str], plan: Path) -> None:
    done = pivot(*words, *AU, cwd=plan)
    assert done.returncode == 0, done.stderr
    assert "\n".join(said) in done.stdout.replace("\N{NO-BREAK SPACE}", " ")


def test_it_is_valid(plan: Path) -> None:
    assert pivot("validate", cwd=plan).returncode == 0


def test_programs_read_that_nothing_is_said(plan: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(pivot("export", "--format", "csv", *AU, cwd=plan).stdout)))
    assert (rows[2]["echeance"], rows[2]["responsables"], rows[2]["type"]) == ("", "", "indeterminee")
    action = json.loads(pivot("export", *AU, cwd=plan).stdout)["actions"][2]
    none = dict.fromkeys(("texte", "debut", "fin", "edtf", "recurrence", "fois", "avis"))
    assert action["echeance"] == none | {"type": "indeterminee"}
    assert (action["responsables"], action["etat"]) == ([], "échéance à déterminer")


def test_a_reminder_goes_to_nobody_and_says_so(tmp_path: Path) -> None:
    passed = PLAN["orientation-1.yaml"].replace(BARE, f"{BARE}            echeance: Mars 2020\n")
    folder = write_plan(tmp_path, PLAN | {"orientation-1.yaml": passed}).parent
    done = pivot("remind", *AU, cwd=folder, columns=200)
    assert "1.adm.1.3" not in done.stdout
    said = done.stderr.replace("\N{NO-BREAK SPACE}", " ")
    assert "À attribuer : 1 action (1.adm.1.3). Dites à qui : pivot note 1.adm.1.3 --attribuer NOM" in said
