"""An action that the board adds: under the next number of its objectif, in the lines of a careful person."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pace import examples, table

from editing.held import TODAY, action_in, basic, held, note, noted, small
from editing.styles import orientation
from editing.test_recording import FILES
from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.record.filing import file_record, file_undoing
from pivot_cli.record.recording import Typed

NB = "\N{NO-BREAK SPACE}"

ADDED: list[tuple[dict[str, Any], str]] = [
    # what is typed with « --ajouter 1.adm.1 "Tenir un kiosque" », the lines of the file
    ({}, "- numero: 16|  description: Tenir un kiosque"),
    (
        {"attribuer": ("dg", "CA"), "echeance": "Juin 2021"},
        (
            "- numero: 16|  description: Tenir un kiosque"
            "|  responsables: [Direction générale, Conseil d'administration]|  echeance: Juin 2021"
        ),
    ),
    (
        {
            "attribuer": ("CA",),
            "porteur": "CA",
            "echeance": "Automne 2020",
            "resolution": "CA-2020-4",
            "budget_prevu": "1 200 $",
            "note": "Proposée par les membres: adoptée",
            "par": "Jeanne",
        },
        (
            "- numero: 16|  description: Tenir un kiosque|  responsables: [Conseil d'administration]"
            "|  echeance: Automne 2020|  porteur: Conseil d'administration|  resolution: CA-2020-4"
            "|  budget:|    prevu: 1200|  suivi:|    - date: 15 juin 2020|      par: Jeanne"
            "|      note: 'Proposée par les membres: adoptée'"
        ),
    ),
    (
        {"attribuer": ("DG",), "echeance": "Mai 2020", "statut": "réalisée", "le": "mai 2020"},
        (
            "- numero: 16|  description: Tenir un kiosque|  responsables: [Direction générale]|  echeance: Mai 2020"
            "|  statut: réalisée|  realisee_le: mai 2020"
        ),
    ),
]


@table(("options", "lines"), ADDED)
def test_an_added_action_is_in_the_file(options: dict[str, Any], lines: str) -> None:
    (file,) = note(FILES, "Tenir un kiosque", ajouter="1.ADM.1.", **options).files
    (hunk,) = file.hunks
    assert hunk.removed == ()
    assert list(hunk.added) == [" " * 10 + line for line in lines.split("|")]


REFUSED: list[tuple[str, tuple[str, ...], dict[str, Any], str]] = [
    # where, its description, what else is typed, what is answered
    ("1.adm.1.1", ("Tenir",), {}, "« 1.adm.1.1 » est une action, et non un objectif. Son objectif~: 1.adm.1"),
    ("1.adm", ("Tenir",), {}, "« 1.adm » est un volet, et non un objectif. Ses objectifs~: 1.adm.1."),
    ("1.adm.9", ("Tenir",), {}, "il n'y a pas d'objectif « 1.adm.9 » dans le plan."),
    (
        "1.adm.1",
        (),
        {},
        'n\'est pas dit. Écrivez-la entre guillemets~: pivot note --ajouter 1.adm.1 "Tenir un kiosque"',
    ),
    ("1.adm.1", ("Tenir", "un", "salon"), {}, 'guillemets~: pivot note --ajouter 1.adm.1 "Tenir un salon"'),
    ("1.adm.1", (" ",), {}, "ce qu'il y a à faire n'est pas dit."),
    ("1.adm.1", ("former UN comité",), {}, "l'action 1.adm.1.1 dit déjà cela~: « former UN comité »."),
    ("1.adm.1", ("Tenir",), {"attribuer": ("Jean",)}, "« Jean » n'est pas un responsable du plan."),
    (
        "1.adm.1",
        ("Tenir",),
        {"corriger": "Faux"},
        "--corriger est pour ce qui est déjà consigné, et --ajouter pour une",
    ),
    ("1.adm.1", ("Tenir",), {"echeance": "bientôt"}, "l'échéance « bientôt » n'est pas comprise."),
    ("1.adm.1", ("Tenir",), {"statut": "abandonnée"}, "dites pourquoi elle est abandonnée."),
    ("1.adm.1", ("Tenir\x1b[1m",), {}, "contient un caractère invisible qu'un plan ne peut pas contenir."),
]


@table(("objectif", "words", "options", "said"), REFUSED)
def test_what_cannot_be_added_is_answered(objectif: str, words: tuple[str, ...], options: Any, said: str) -> None:
    with pytest.raises(PivotError) as caught:
        note(FILES, *words, ajouter=objectif, **options)
    told = f"{caught.value.message} {caught.value.remedy}".replace(NB, " ").replace("\n", " ")
    assert said.replace("~", " ") in told
    assert caught.value.code is ExitCode.USAGE


def test_a_number_that_could_not_be_read_is_not_given_again() -> None:
    faulty = small(FILES["orientation-1.yaml"].replace(b"numero: 13", b"numero: treize"))
    with pytest.raises(PivotError, match="un numéro d'action n'a peut-être pas pu être lu") as caught:
        note(faulty, "Tenir un kiosque", ajouter="1.adm.1")
    assert caught.value.code is ExitCode.FINDINGS


@pytest.mark.lent
@settings(derandomize=True, deadline=None, max_examples=examples(60, 200))
@given(st.integers(0, 2**32))
def test_in_a_file_of_any_style_the_rest_stays_to_the_byte_and_it_is_undone(seed: int) -> None:
    files = small(orientation(random.Random(seed)))
    before = basic(files["orientation-1.yaml"])
    plan = held(files)
    objectif = plan.plan.places[0].objectif_id
    after = noted(files, "Tenir: un kiosque", ajouter=objectif, attribuer=("DG",), echeance="Juin 2021", note="Oui")
    tree = basic(after["orientation-1.yaml"])
    (number,) = re.findall(r"\d+$", note(files, "Tenir: un kiosque", ajouter=objectif).actions[0].new_place.id)
    found = action_in(tree, f"{objectif}.{number}")
    assert found["description"].strip() == "Tenir: un kiosque"
    for volet in tree["volets"]:
        for one in volet["objectifs"]:
            one["actions"] = [action for action in one["actions"] if action is not found]
    assert tree == before
    undone = file_undoing([f"{objectif}.{number}"], held(after), plan.files)
    assert {file.name: file.new for file in undone.files} == {"orientation-1.yaml": files["orientation-1.yaml"]}


@pytest.mark.lent
@settings(derandomize=True, deadline=None, max_examples=examples(40, 150))
@given(st.integers(0, 2**32))
def test_in_a_file_of_any_style_what_was_recorded_is_undone_to_the_byte(seed: int) -> None:
    draw = random.Random(seed)
    files = small(orientation(draw))
    plan = held(files)
    place = draw.choice(plan.plan.places)
    after = files
    for options in draw.sample(EVERY_SORT, 3):
        try:
            made = file_record(Typed(**options), [place.id], held(after), TODAY)
        except PivotError:  # the action contradicts it
            continue
        after = after | {file.name: file.new for file in made.files}
    undone = file_undoing([place.id], held(after), plan.files)
    assert after | {file.name: file.new for file in undone.files} == files
    assert not file_undoing([place.id], held(files), plan.files).files


EVERY_SORT: list[dict[str, Any]] = [
    {"statut": "réalisée", "le": "mai 2019", "resultat": "Fait: huit"},
    {"statut": "en attente", "motif": "Le bail: à signer"},
    {"note": "Vu l'équipe #2", "le": "2020", "par": "Jeanne"},
    {"realisation": "3 mars 2020"},
    {"budget_prevu": "12 000 $", "budget_reel": "3"},
    {"attribuer": ("CA",)},
    {"reporter": "Juin 2021", "motif": "Vacance"},
    {"decision": "Choisir"},
    {"corriger": "Erreur", "resultat": "Autre", "decision": "Autre"},
]
