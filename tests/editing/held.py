"""What the tests of recording start from: a plan held in memory, and an independent reading of its files."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import yaml
from once import loaded
from support import SMALL

from pivot_cli.checks.plan import check
from pivot_cli.cli.answers import judged
from pivot_cli.plan.sources import PlanFiles
from pivot_cli.record.filing import Filed, Held, file_record
from pivot_cli.record.recording import Typed
from pivot_cli.yaml_tree import Tree

TODAY = date(2020, 6, 15)


def held(files: dict[str, bytes]) -> Held:
    """A plan as `pivot note` holds it, every rule checked."""
    trees: dict[str, Tree | None] = dict.fromkeys(files)
    plan_files = PlanFiles("plan", files, [])
    plan, findings = loaded(plan_files, trees)
    return Held(plan, [*findings, *check(plan)], plan_files, trees, partial(judged, plan))


def small(orientation: str | bytes) -> dict[str, bytes]:
    """The small plan, its orientation written otherwise."""
    files = {name: text.encode() for name, text in SMALL.items()}
    files["organisme.yaml"] += b"periode: {debut: 2019-01-01, fin: 2022-12-31}\n"
    return files | {"orientation-1.yaml": orientation if isinstance(orientation, bytes) else orientation.encode()}


def note(files: dict[str, bytes], *ids: str, **options: Any) -> Filed:
    return file_record(Typed(**options), ids, held(files), TODAY)


def noted(files: dict[str, bytes], *ids: str, **options: Any) -> dict[str, bytes]:
    """The files after a record."""
    filed = note(files, *ids, **options)
    return files | {file.name: file.new for file in filed.files}


def basic(data: bytes) -> Any:
    """What another reader makes of a file, every scalar as text."""
    return yaml.load(data, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))


def action_in(tree: Any, id_: str) -> Any:
    """An action of such a reading, by its id."""
    _, volet, objectif, action = id_.split(".")
    objectifs = next(one for one in tree["volets"] if one["code"].strip() == volet)["objectifs"]
    actions = next(one for one in objectifs if one["numero"].strip() == objectif)["actions"]
    return next(one for one in actions if one.get("numero", "").strip() == action)
