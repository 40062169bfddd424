"""The shipped plan still holds the plan as it was adopted: what is recorded may be added, nothing is lost or reworded.

An échéance may be moved if the adopted one is kept in `echeances_precedentes`; actions may be added.
"""

from __future__ import annotations

import copy
import itertools
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from support import LIVING, SHIPPED

NAMES = sorted(path.name for path in SHIPPED.glob("*.yaml"))


def load(folder: Any, name: str) -> Any:
    return yaml.load((folder / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def lost(adopted: Any, living: Any, where: str) -> list[str]:
    """What the adopted side says and the living one does not, with where."""
    if type(adopted) is not type(living):
        return [where]
    if isinstance(adopted, dict):
        return lost_of_group(adopted, living, where)
    if isinstance(adopted, list) and (isinstance(adopted[0], dict) or where.endswith(".alias")):
        return lost_of_list(adopted, living, where)
    return [] if adopted == living else [f"{where}: {adopted!r} → {living!r}"]


def lost_of_group(adopted: dict[str, Any], living: dict[str, Any], where: str) -> list[str]:
    if adopted.get("echeance") in [one.get("echeance") for one in living.get("echeances_precedentes", ())]:
        living = living | {"echeance": adopted.get("echeance")}
    return [found for key in adopted for found in lost(adopted[key], living.get(key), f"{where}.{key}")]


def lost_of_list(adopted: list[Any], living: list[Any], where: str) -> list[str]:
    """Items may be added, in any place; those of the adopted side are all there, in their order."""
    wanted, names = [name_of(one) for one in adopted], [name_of(one) for one in living]
    if [name for name in names if name in wanted] != wanted:
        return [f"{where}: {wanted} → {names}"]
    pairs = ((one, living[names.index(name_of(one))]) for one in adopted)
    return [found for one, other in pairs for found in lost(one, other, f"{where}.{name_of(one)}")]


def name_of(item: Any) -> Any:
    """What tells an item of a list from the others."""
    if not isinstance(item, dict):
        return item
    return next((item[key] for key in ("numero", "code", "titre") if key in item), None)


@pytest.mark.parametrize("name", NAMES)
def test_the_shipped_plan_holds_what_was_adopted(name: str) -> None:
    assert lost(load(SHIPPED, name), load(LIVING, name), name) == []


def first_action(tree: Any) -> Any:
    return tree["volets"][0]["objectifs"][0]["actions"][0]


def record(tree: Any) -> None:
    first_action(tree).update(statut="réalisée", realisee_le="mai 2020", suivi=[{"date": "2020", "note": "Vu"}])


def move(tree: Any) -> None:
    action = first_action(tree)
    action.update(echeance="Juin 2022", echeances_precedentes=[{"echeance": action["echeance"], "motif": "Vacance"}])


def add(tree: Any) -> None:
    tree["volets"][0]["objectifs"][0]["actions"].append(first_action(tree) | {"numero": "99"})


def move_without_a_trace(tree: Any) -> None:
    first_action(tree)["echeance"] = "Juin 2022"


def reword(tree: Any) -> None:
    first_action(tree)["description"] += " "


def reassign(tree: Any) -> None:
    first_action(tree)["responsables"].append("CA")


def remove(tree: Any) -> None:
    del tree["volets"][0]["objectifs"][0]["actions"][0]


def swap(tree: Any) -> None:
    tree["volets"][0]["objectifs"][0]["actions"].reverse()


@pytest.mark.parametrize(
    ("change", "fine"),
    [
        (record, True),
        (move, True),
        (add, True),
        (move_without_a_trace, False),
        (reword, False),
        (reassign, False),
        (remove, False),
        (swap, False),
    ],
)
def test_what_may_be_added_and_what_may_not_be_lost(change: Any, fine: bool) -> None:
    adopted = load(SHIPPED, "orientation-1.yaml")
    living = copy.deepcopy(adopted)
    change(living)
    assert (lost(adopted, living, "") == []) is fine


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("orientation-")])
def test_the_model_at_the_top_of_each_file_is_the_one_that_is_tested(name: str) -> None:
    def head(folder: Path) -> list[str]:
        lines = (folder / name).read_text(encoding="utf-8").splitlines()
        return list(itertools.takewhile(lambda line: line.startswith("#"), lines))

    assert head(LIVING) == head(SHIPPED) != []


def test_the_orientations_have_one_model() -> None:
    """What can be copied is the same at the head of each, but for who and what must be of that orientation."""

    def model(name: str) -> str:
        text = (LIVING / name).read_text(encoding="utf-8")
        shown = text[text.index("# MODÈLE") : text.index("\nnumero: ")]
        return re.sub(r"(?m)^(# {13}(?:porteur|depend_de): ).*$", r"\1…", shown)

    first, *others = [name for name in NAMES if name.startswith("orientation-")]
    assert len(others) == 4
    for name in others:
        assert model(name) == model(first), name
