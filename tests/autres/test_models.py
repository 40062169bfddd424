"""The model at the head of a file of another shape: each of its lines, copied under an action, is read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support import load_texts

from pivot_cli.finding import Gravite
from pivot_cli.plan.schema.fields import ACTION

HERE = Path(__file__).parent
ADDED = {"responsables", "echeance", "reference", "statut", "realisee_le", "resultat", "budget", "etapes", "suivi"}


@pytest.mark.parametrize("name", ["mada", "contrat", "cpe"])
def test_the_model_of_a_file_is_of_its_shape(name: str) -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in (HERE / name / "plan").glob("*.yaml")}
    head, _, inside = texts["orientation-1.yaml"].partition("\nnumero: ")
    of_action, _, of_objectif = head.partition("MODÈLE")[2].partition("# Et à un objectif")
    lines = [line[2:] for line in of_action.splitlines() if re.match(r"# +[a-z_]+: ", line)]
    margin = len(lines[0]) - len(lines[0].lstrip())
    number = re.compile(rf"(?m)^ {{{margin - 2}}}- {{?numero: ")
    assert number.search(inside), "the model is as far from the margin as the actions are"
    action = " " * (margin - 2) + "- numero: 99\n" + " " * margin + "description: Essayer\n" + "\n".join(lines) + "\n"
    at = next(found.start() for found in number.finditer(inside))
    shown = f"numero: {inside[:at]}{action}{inside[at:]}"
    if of_objectif:
        title = re.search(r"(?m)^    titre: .*\n", shown)
        measured = [line[2:] for line in of_objectif.splitlines() if re.match(r"# +[a-z_]+: ", line)]
        shown = re.sub(r"(?m)^    indicateurs:\n(?:      .*\n)+?(?=    actions)", "", shown)
        assert title
        shown = shown.replace(title[0], title[0] + "\n".join(measured) + "\n", 1)
    plan, findings = load_texts(texts | {"orientation-1.yaml": shown})
    assert [one.message for one in findings if one.gravite is Gravite.ERREUR] == []
    (place,) = [one for one in plan.places if one.action.numero == 99]
    assert set(place.action.origin.keys) >= ADDED
    assert set(ACTION.by_key) >= ADDED
