"""The plan as it was adopted against the document, row by row; `test_living.py` compares the shipped one with it.

Both sides are read here, without the program: the document by a small reader of its own, the plan by PyYAML.
"""

from __future__ import annotations

import copy
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import yaml
from pace import table

from pivot_cli.plan.model import LABELS
from pivot_cli.plan.schema import fields as schema
from pivot_cli.plan.schema.kinds import Record
from pivot_cli.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PLAN = Path(__file__).parents[1] / "adopte" / "plan"
LIVING = Path(__file__).parents[2] / "plan"
LINES = (Path(__file__).parent / "planification-strategique.txt").read_text(encoding="utf-8").split("\n")

FILES = [
    "organisme.yaml",
    "responsables.yaml",
    "reunions.yaml",
    *(f"orientation-{number}.yaml" for number in range(1, 6)),
]

# The codes of the volets, in the document's order: of an action's id, the one thing that it does not give.
CODES = {1: ("adm", "act", "par"), 2: ("gou", "com", "adm"), 3: ("gou", "rh"), 4: ("adm",), 5: ("gou", "adm")}
ENJEU_OF = {1: 1, 2: 2, 3: 3, 4: 4, 5: 4}


class Row(NamedTuple):
    """One action, with all that stands above it."""

    id: str
    orientation: str
    volet: str
    objectif: str
    numero: str
    description: str
    responsables: str
    echeance: str


# --- the document ---


def capitalised(name: str) -> str:
    return name[0].upper() + name[1:]


def read_document(lines: list[str]) -> list[Row]:
    rows: list[Row] = []
    titles: dict[int, str] = {}
    volets: dict[int, list[str]] = {}
    orientation, objectif, objectif_number, title_follows = 0, "", "", False
    for line in lines[lines.index("Orientation 1") :]:
        if not line or line == "PLANIFICATION STRATÉGIQUE" or line.startswith("Action\t"):
            continue
        if found := re.fullmatch(r"Orientation (\d)", line):
            orientation, title_follows = int(found[1]), True
        elif title_follows:
            titles.setdefault(orientation, line)
            title_follows = False
        elif found := re.fullmatch(r"Volet(?: :)? (.+)", line):
            volets.setdefault(orientation, []).append(capitalised(found[1]))
        elif found := re.fullmatch(r"Objectif (\d)(?: :)? (.+)", line):
            objectif_number, objectif = found[1], found[2]
        else:
            numero, description, responsables, echeance, budget = line.split("\t")
            assert budget == ""
            names = volets[orientation]
            code = CODES[orientation][len(names) - 1]
            place = f"{orientation}.{code}.{objectif_number}.{numero}"
            above = (titles[orientation], names[-1], objectif)
            rows.append(Row(place, *above, numero, description, responsables, echeance))
    return rows


def columns(first: str, second: str) -> tuple[list[str], list[str]]:
    """The filled cells of each column of the tables that have these two headings, over the page breaks."""
    left: list[str] = []
    right: list[str] = []
    inside = False
    for line in LINES[: LINES.index("Orientation 1")]:
        if line == f"{first}\t{second}":
            inside = True
        elif "\t" not in line and line:
            inside = False
        elif inside and line:
            one, other = line.split("\t")
            left += [one] if one else []
            right += [other] if other else []
    return left, right


def summary_row() -> list[str]:
    return LINES[LINES.index("Mission\tValeurs\tVision") + 1].split("\t")


SOURCE = read_document(LINES)
MISSION, VALEURS, VISION = summary_row()
FORCES, POINTS = columns("Forces", "Points d'amélioration")
CONTRAINTES, OPPORTUNITES = columns("Contraintes", "Opportunités")
HEADING_OF_ENJEUX = LINES.index("Enjeux :")
GRID = next(number for number, line in enumerate(LINES) if line.startswith("ENJEU 1\t"))
MENTIONS = sorted({mention for row in SOURCE for mention in row.responsables.split(" + ")})


# --- the plan ---


def load(name: str) -> Any:
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # ten times as fast, where it is
    return yaml.load((PLAN / name).read_text(encoding="utf-8"), Loader=loader)


def read_plan(orientations: list[Any]) -> list[Row]:
    return [
        Row(
            f"{orientation['numero']}.{volet['code']}.{objectif['numero']}.{action['numero']}",
            orientation["titre"],
            volet["nom"],
            objectif["titre"],
            action["numero"],
            action["description"],
            " + ".join(action["responsables"]),
            action["echeance"],
        )
        for orientation in orientations
        for volet in orientation["volets"]
        for objectif in volet["objectifs"]
        for action in objectif["actions"]
    ]


def differences(source: list[Row], plan: list[Row]) -> list[str]:
    """What tells the plan from the document: the ids in order, then each field of each row."""
    found = []
    if [row.id for row in source] != [row.id for row in plan]:
        found.append("ids or their order")
    by_id = {row.id: row for row in plan}
    for row in source:
        other = by_id.get(row.id)
        if other is None:
            found.append(f"{row.id} is lost")
        elif other != row:
            changed = [name for name, mine, theirs in zip(Row._fields, row, other, strict=True) if mine != theirs]
            found.append(f"{row.id}: {', '.join(changed)}")
    return found


def scalars(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for value in node.values():
            yield from scalars(value)
    elif isinstance(node, list):
        for value in node:
            yield from scalars(value)
    else:
        yield node


def comments(name: str) -> str:
    """The comments of a file that stand alone, each run of lines joined into one text."""
    lines = (PLAN / name).read_text(encoding="utf-8").split("\n")
    parts = [line.lstrip()[1:].strip() if line.lstrip().startswith("#") else "\n" for line in lines]
    return " ".join(parts)


ORIENTATIONS = [load(f"orientation-{number}.yaml") for number in range(1, 6)]
ORGANISME = load("organisme.yaml")
RESPONSABLES = load("responsables.yaml")["responsables"]
REUNIONS = load("reunions.yaml")
PLAN_ROWS = read_plan(ORIENTATIONS)
PLAN_BY_ID = {row.id: row for row in PLAN_ROWS}
ACTIONS = [
    (f"{orientation['numero']}.{volet['code']}.{objectif['numero']}.{action['numero']}", action)
    for orientation in ORIENTATIONS
    for volet in orientation["volets"]
    for objectif in volet["objectifs"]
    for action in objectif["actions"]
]


# --- the actions ---


@table("row", SOURCE, ids=lambda row: row.id)
def test_each_row_of_the_document_is_in_the_plan_word_for_word(row: Row) -> None:
    assert PLAN_BY_ID.get(row.id) == row


def test_the_plan_has_the_rows_of_the_document_in_their_order_and_no_other() -> None:
    assert [row.id for row in PLAN_ROWS] == [row.id for row in SOURCE]
    assert differences(SOURCE, PLAN_ROWS) == []


def test_counts() -> None:
    assert [sum(row.id.startswith(f"{n}.") for row in PLAN_ROWS) for n in range(1, 6)] == [21, 29, 19, 6, 18]
    assert len({row.id for row in PLAN_ROWS}) == 93
    assert len({row.id.rpartition(".")[0] for row in PLAN_ROWS}) == 27
    assert len({tuple(row.id.split(".")[:2]) for row in PLAN_ROWS}) == 11
    assert len({row.echeance for row in PLAN_ROWS}) == 27


def test_the_document_s_own_numbering_is_kept() -> None:
    assert [row.numero for row in PLAN_ROWS if row.id.startswith("2.adm.2.")] == ["1", "2", "5", "3", "4"]


@pytest.mark.parametrize("orientation", ORIENTATIONS, ids=lambda one: f"orientation {one['numero']}")
def test_each_orientation_has_its_number_its_enjeu_and_its_volets(orientation: Any) -> None:
    number = int(orientation["numero"])
    assert orientation == ORIENTATIONS[number - 1]
    assert list(orientation) == ["numero", "enjeu", "titre", "volets"]
    assert int(orientation["enjeu"]) == ENJEU_OF[number]
    assert tuple(volet["code"] for volet in orientation["volets"]) == CODES[number]
    for volet in orientation["volets"]:
        assert list(volet) == ["code", "nom", "objectifs"]
        assert [list(objectif) for objectif in volet["objectifs"]] == [["numero", "titre", "actions"]] * len(
            volet["objectifs"],
        )


@table("action", [action for _, action in ACTIONS], ids=[place for place, _ in ACTIONS])
def test_nothing_is_recorded_on_an_action_beyond_what_was_adopted(action: Any) -> None:
    assert list(action) == ["numero", "description", "responsables", "echeance"]


@pytest.mark.parametrize("number", range(1, 6))
def test_a_description_stands_on_one_line(number: int) -> None:
    text = (PLAN / f"orientation-{number}.yaml").read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line.startswith(" " * 12)]
    keys = ("description: ", "responsables: [", "echeance: ")
    assert [line for line in lines if not line.strip().startswith(keys)] == []


def _alter(field: str, old: str, new: str) -> Callable[[list[Any]], None]:
    def change(orientations: list[Any]) -> None:
        action = orientations[1]["volets"][0]["objectifs"][2]["actions"][2]
        assert old in action[field]
        action[field] = action[field].replace(old, new)

    return change


def _drop(orientations: list[Any]) -> None:
    del orientations[4]["volets"][1]["objectifs"][2]["actions"][5]


def _add(orientations: list[Any]) -> None:
    actions = orientations[3]["volets"][0]["objectifs"][1]["actions"]
    actions.append({**actions[0], "numero": "3"})


def _repeat(orientations: list[Any]) -> None:
    actions = orientations[3]["volets"][0]["objectifs"][1]["actions"]
    actions.append(actions[0])


def _reorder(orientations: list[Any]) -> None:
    orientations[1]["volets"][2]["objectifs"][1]["actions"].sort(key=lambda action: int(action["numero"]))


def _share(orientations: list[Any]) -> None:
    orientations[0]["volets"][0]["objectifs"][0]["actions"][0]["responsables"].append("CA")


def _swap_shared(orientations: list[Any]) -> None:
    orientations[2]["volets"][0]["objectifs"][0]["actions"][0]["responsables"].reverse()


def _retitle(orientations: list[Any]) -> None:
    orientations[0]["titre"] = orientations[0]["titre"].replace("cultures et milieux", "cultures, milieux")


def _rename_volet(orientations: list[Any]) -> None:
    orientations[1]["volets"][2]["nom"] = "Administratif"


def _retitle_objectif(orientations: list[Any]) -> None:
    orientations[2]["volets"][1]["objectifs"][1]["titre"] += " (Yoga)"


def _move_volet(orientations: list[Any]) -> None:
    orientations[4]["volets"].reverse()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(_alter("description", "campagne", "compagne"), id="a letter of a description"),
        pytest.param(_alter("description", "Participer à la ", "Participer à "), id="a lost word"),
        pytest.param(_alter("description", " #Pivot", ""), id="an end read as a comment"),
        pytest.param(_alter("echeance", "Décembre", "décembre"), id="the case of an échéance"),
        pytest.param(_alter("echeance", "2019", "2020"), id="a year"),
        pytest.param(_drop, id="a lost action"),
        pytest.param(_add, id="an added action"),
        pytest.param(_repeat, id="an action written twice"),
        pytest.param(_reorder, id="actions put in order"),
        pytest.param(_share, id="an added responsable"),
        pytest.param(_swap_shared, id="responsables in another order"),
        pytest.param(_retitle, id="an orientation's title"),
        pytest.param(_rename_volet, id="a volet's name"),
        pytest.param(_retitle_objectif, id="an objectif's title"),
        pytest.param(_move_volet, id="volets in another order"),
    ],
)
def test_the_comparison_fails_on_an_altered_plan(change: Callable[[list[Any]], None]) -> None:
    altered = copy.deepcopy(ORIENTATIONS)
    change(altered)
    assert differences(SOURCE, read_plan(altered))


# --- the responsables ---


def entries_of(mention: str) -> list[str]:
    """The codes of the entries that a mention names."""
    return [
        entry["code"]
        for entry in RESPONSABLES
        if fold(mention) in {fold(name) for name in (entry["code"], entry["nom"], *entry.get("alias", []))}
    ]


@table("mention", MENTIONS)
def test_each_responsable_of_the_document_is_one_entry(mention: str) -> None:
    assert len(entries_of(mention)) == 1


def test_each_entry_is_used_and_named_once() -> None:
    codes = [entry["code"] for entry in RESPONSABLES]
    assert {code for mention in MENTIONS for code in entries_of(mention)} == set(codes)
    names = [
        name
        for entry in RESPONSABLES
        for name in {fold(text) for text in (entry["code"], entry["nom"], *entry.get("alias", []))}
    ]
    assert [name for name, times in Counter(names).items() if times > 1] == []
    labels = [fold(entry.get("nom_court", entry["code"])) for entry in RESPONSABLES]
    assert len(set(labels)) == len(labels)
    for entry in RESPONSABLES:
        assert re.fullmatch("[A-Za-z0-9-]+", entry["code"])
        assert set(entry) <= {"code", "nom", "nom_court", "alias"}


@pytest.mark.parametrize(
    ("code", "mentions"),
    [
        ("DG", ["Directrice générale", "Direction générale", "DG"]),
        ("CA", ["CA", "C.A.", "Conseil d'administration"]),
        ("tech-inf", ["Tech. en informatique", "tech en informatique", "Technicien en informatique"]),
        ("vie-com", ["Responsable à la vie communautaire", "Responsable de la vie communautaire"]),
        (
            "prog-anim",
            ["Adjoint à la programmation et à l'animation", "Adjoint à la programmation et animation"],
        ),
        ("comite-com", ["Comité", "Comité de révision et d'actualisation de la politique"]),
    ],
)
def test_titles_that_are_one_responsable(code: str, mentions: list[str]) -> None:
    assert [entries_of(mention) for mention in mentions] == [[code]] * len(mentions)


@pytest.mark.parametrize(
    "mentions",
    [
        ["Agent de projets", "Adjoint aux projets", "Adjoint de projets"],
        ["Agent de communication", "Agent de financement et de communication"],
        ["Comité", "Comité approche inclusive", "Comité de gestion"],
        ["L'équipe animation programmation", "Adjoint à la programmation et à l'animation"],
        ["Les intervenantes communautaires", "Responsable de la vie communautaire"],
        ["ressource externe", "Agent de communication"],
    ],
    ids=" / ".join,
)
def test_titles_that_the_document_does_not_unite_stay_apart(mentions: list[str]) -> None:
    codes = [code for mention in mentions for code in entries_of(mention)]
    assert len(set(codes)) == len(mentions)


def test_how_often_each_responsable_is_named() -> None:
    times = Counter(code for row in PLAN_ROWS for name in row.responsables.split(" + ") for code in entries_of(name))
    assert times == {
        "DG": 31,
        "CA": 28,
        "agent-com": 12,
        "vie-com": 10,
        "tech-inf": 9,
        "prog-anim": 8,
        "agent-fin": 6,
        "comite-inclusion": 3,
        "equipe-anim": 2,
        "comite-com": 2,
        "externe": 2,
        "intervenantes": 1,
        "agent-projets": 1,
        "adj-aux-projets": 1,
        "adj-de-projets": 1,
        "comite-gestion": 1,
    }


# --- the organisation ---


def test_mission_vision_and_valeurs() -> None:
    assert ORGANISME["nom"] == "Le Pivot"
    assert ORGANISME["mission"] == MISSION
    assert ORGANISME["vision"] == VISION
    assert ORGANISME["valeurs"] == [valeur.strip() for valeur in VALEURS.split("•")[1:]]
    assert len(ORGANISME["valeurs"]) == 6


def test_presentation() -> None:
    start = LINES.index("L'organisme et sa clientèle") + 1
    paragraphs = [line for line in LINES[start : LINES.index("Forces\tPoints d'amélioration")] if line]
    assert len(paragraphs) == 3
    assert ORGANISME["presentation"] == "\n\n".join(paragraphs)


@pytest.mark.parametrize(
    ("key", "cells", "count"),
    [
        ("forces", FORCES, 13),
        ("points_amelioration", POINTS, 9),
        ("contraintes", CONTRAINTES, 10),
        ("opportunites", OPPORTUNITES, 3),
    ],
)
def test_diagnostic(key: str, cells: list[str], count: int) -> None:
    assert ORGANISME["diagnostic"][key] == cells
    assert len(cells) == count
    assert list(ORGANISME["diagnostic"]) == ["forces", "points_amelioration", "contraintes", "opportunites"]


def test_each_enjeu_keeps_its_two_wordings() -> None:
    listed = [found.groups() for line in LINES[HEADING_OF_ENJEUX:GRID] if (found := re.match(r"(\d) : (.+)", line))]
    stated = [cell for cell in LINES[GRID + 1].split("\t") if cell]
    assert len(listed) == len(stated) == 4
    assert ORGANISME["enjeux"] == [
        {"numero": number, "titre": title, "enonce": statement}
        for (number, title), statement in zip(listed, stated, strict=True)
    ]


def test_each_orientation_stands_under_its_enjeu_in_the_grid() -> None:
    enjeux = [cell.removeprefix("ENJEU ") for cell in LINES[GRID].split("\t")]
    current, above = "", []
    for cell in enjeux:
        current = cell or current
        above.append(current)
    orientations = {
        int(cell.removeprefix("ORIENTATION ")): int(above[place])
        for place, cell in enumerate(LINES[GRID + 2].split("\t"))
        if cell
    }
    assert orientations == ENJEU_OF


def test_no_period_no_date_of_adoption_no_convention_is_invented() -> None:
    expected = {"nom", "mission", "valeurs", "vision", "presentation", "diagnostic", "enjeux"}
    assert set(ORGANISME) == expected


def test_no_meeting_is_invented_and_the_plan_s_own_standing_items_are_there() -> None:
    points = {meeting: content["points_permanents"] for meeting, content in REUNIONS.items()}
    assert {meeting: list(content) for meeting, content in REUNIONS.items()} == {
        "ca": ["points_permanents"],
        "aga": ["points_permanents"],
    }
    assert [point["action"] for point in points["ca"]] == ["2.gou.3.2"]
    assert [point["action"] for point in points["aga"]] == ["1.par.1.4"]
    assert "chacun rend compte de son implication du dernier mois" in PLAN_BY_ID["2.gou.3.2"].description
    assert "minute du partenaire" in PLAN_BY_ID["1.par.1.4"].description


# --- nothing of the document is left out ---

HEADINGS = {
    "PLANIFICATION STRATÉGIQUE",
    "Mission",
    "Valeurs",
    "Vision",
    "Forces",
    "Points d'amélioration",
    "Contraintes",
    "Opportunités",
    "Action",
    "Description",
    "Responsable",
    "Responsables",
    "Échéancier",
    "Budget",
    '<ul style="list-style-type: none">',  # left in the cell of the valeurs when the document was converted
}
NUMBERED = re.compile(r"(?:ENJEU|ORIENTATION|Orientation|Objectif) \d")
# « Volet : », « Objectif 1 : » and « 1 : » in front of a title.
PREFIX = re.compile(r"(?:Volet(?: :)?|Objectif \d(?: :)?|\d :) ")
PARTS = sorted({part.strip() for line in LINES for cell in line.split("\t") for part in cell.split("•")} - {""})
KEPT = "\n".join(
    [text for name in FILES for text in (*scalars(load(name)), comments(name))]
    + [row.responsables for row in PLAN_ROWS],
)


@table("part", PARTS)
def test_each_text_of_the_document_is_in_the_plan_or_its_comments(part: str) -> None:
    if part not in HEADINGS and not NUMBERED.fullmatch(part):
        wording = PREFIX.sub("", part, count=1)
        # A volet's name takes a capital in the plan.
        assert (capitalised(wording) if part.startswith("Volet") else wording) in KEPT


@pytest.mark.parametrize(
    ("name", "other"),
    [
        (
            "orientation-1.yaml",
            "et de participation pour les citoyens de tous les âges, cultures, milieux sociaux.",
        ),
        ("orientation-1.yaml", "Préconiser l'accessibilité universelle pour tous »"),
        ("orientation-1.yaml", "« Volet : activités »"),
        ("orientation-2.yaml", "« Volet administratif »"),
        ("orientation-3.yaml", "programmes pour la qualité de vie(Yoga))"),
        ("orientation-5.yaml", "« Objectifs 1 »"),
    ],
)
def test_the_other_wording_is_kept_in_a_comment(name: str, other: str) -> None:
    assert other in comments(name)


# --- the commented models ---

OPTIONAL = {field.key: field.kind for field in schema.ACTION.fields if field.key in LABELS}


def shown_of(value: Any) -> list[str]:
    """The fields that a model shows of a group, or of the first of a list of groups."""
    return list(value[0] if isinstance(value, list) else value)


def uncommented(number: int) -> tuple[str, list[str], str]:
    """The plan of an orientation, the models that fit an action, and the one of an objectif.

    The models are those at the head of the plan that people edit, not of the one that stays as it was adopted.
    """
    mark = f"numero: {number}\n"
    head = (LIVING / f"orientation-{number}.yaml").read_text(encoding="utf-8").partition(mark)[0]
    body = (PLAN / f"orientation-{number}.yaml").read_text(encoding="utf-8").partition(mark)[2]
    blocks = [
        "".join(line.removeprefix("# ") + "\n" for line in block.split("\n"))
        for block in re.findall(r"(?:^# {5,}.*\n)*^# {5,}.*$", head, flags=re.MULTILINE)
    ]
    return mark + body, blocks[:-1], blocks[-1]


def put_after(text: str, line: str, block: str) -> Any:
    assert text.count(line) > 0
    before, found, after = text.partition(line)
    return yaml.load(before + found + block + after, Loader=yaml.BaseLoader)


@pytest.mark.parametrize("number", range(1, 6))
def test_the_models_of_what_can_be_added_can_be_copied_as_they_are(number: int) -> None:
    text, of_action, of_objectif = uncommented(number)
    adopted = ORIENTATIONS[number - 1]["volets"][0]["objectifs"][0]
    second = adopted["actions"][1]
    added: set[str] = set()
    for block in of_action:
        responsables = f"responsables: [{', '.join(second['responsables'])}]\n"
        echeance = f"            echeance: {second['echeance']}\n"
        line = f"{second['description']}\n            {responsables}{echeance}"
        if line not in text:  # a quoted description
            line = f"{second['description']}'\n            {responsables}{echeance}"
        action = put_after(text, line, block)["volets"][0]["objectifs"][0]["actions"][1]
        assert {key: action[key] for key in second} == second
        assert action.get("porteur", second["responsables"][0]) in second["responsables"]
        assert set(action.get("depend_de", [])) <= set(PLAN_BY_ID)
        assert all(len(entries_of(name)) == 1 for name in action.get("collaborateurs", []))
        assert added.isdisjoint(set(action) - set(second) - {"statut", "motif"})
        added |= set(action) - set(second)
        for key in set(action) & set(OPTIONAL):
            group = getattr(OPTIONAL[key], "item", OPTIONAL[key])
            if isinstance(group, Record):
                assert shown_of(action[key]) == list(group.by_key), key
    assert added == set(OPTIONAL) - {"suite_de"}  # the adopted plan follows none
    objectif = put_after(text, f"        titre: {adopted['titre']}\n", of_objectif)["volets"][0]["objectifs"][0]
    assert set(objectif) - set(adopted) == {"indicateurs"}
    assert shown_of(objectif["indicateurs"]) == list(schema.INDICATEUR.by_key)
