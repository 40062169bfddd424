"""What was written for 0.1 still works: its templates, an organisation's own blocks, every name that it documented.

`gabarits-0.1/` holds the templates of 0.1 as they were; `organisme-0.1/` blocks that an organisation wrote for them,
of which `golden/organisme-*` are the documents that they make. Both go with the names that they use, in 0.3.
"""

from __future__ import annotations

import io
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from agenda.plans import EVERY_PLACE, agenda
from docx import Document
from jinja2 import Undefined
from pace import few
from support import ROOT, golden

from documents import reference
from documents.making import NAMES, values
from documents.plans import EVERY_ETAT
from pivot_cli.documents.registry import DOCUMENTS
from pivot_cli.documents.rendering.filling import _environment, render
from pivot_cli.documents.rendering.word import render_word

HERE = Path(__file__).parent
FORMER = HERE / "gabarits-0.1"
ORGANISATION = HERE / "organisme-0.1"
AGENDA = DOCUMENTS["agenda"].templates
OF_0_1 = [name for name in NAMES if (FORMER / f"{name}.html").is_file()]
MADE: list[tuple[str, Any]] = [
    *((name, values(name, EVERY_ETAT)) for name in OF_0_1),
    *((AGENDA, agenda(EVERY_PLACE, type=type_, heure=19 * 60)) for type_ in ("ca", "aga")),
]
IDS = [*OF_0_1, "ca", "aga"]


DESCRIPTIONS = [
    line.split("description: ")[1].split(",")[0]
    for plan in (EVERY_ETAT, EVERY_PLACE)
    for name, text in plan.items()
    if name.startswith("orientation")
    for line in text.splitlines()
    if "description: " in line
]
ONLY_NOW = {"bilan": {"Planter des arbres"}}
"""What the templates of 0.1 have no place for: a « reconduite »."""


def named_in(page: str) -> set[str]:
    return {one for one in DESCRIPTIONS if one in page}


@pytest.mark.lent
@pytest.mark.parametrize("format_", ["html", "md"])
@pytest.mark.parametrize(("name", "made"), few(3, MADE), ids=few(3, IDS))
def test_the_templates_of_0_1_still_name_every_action(name: str, made: Any, format_: str) -> None:
    then, now = (render(name, made, format_, own) for own in (FORMER, None))
    if name != "sommaire":  # that of 0.1 gave what is to be decided by its ids
        assert named_in(now) - named_in(then) == ONLY_NOW.get(name, set())
    assert named_in(then) <= named_in(now)


@pytest.mark.lent
@pytest.mark.parametrize("made", [made for name, made in MADE if name == AGENDA], ids=["ca", "aga"])
def test_the_word_template_of_0_1_still_names_every_action(made: Any) -> None:
    then, now = (_text_of(render_word(AGENDA, made, own)) for own in (FORMER, None))
    assert named_in(then) == named_in(now) != set()


def _text_of(document: bytes) -> str:
    body = Document(io.BytesIO(document))
    cells = [cell.text for table in body.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(paragraph.text for paragraph in body.paragraphs)])


@pytest.mark.parametrize("file", ["sommaire.html", "bilan.html", "complet.md", "agenda/ordre-du-jour.md"])
def test_what_an_organisation_changed_of_0_1_still_says_the_same(file: str) -> None:
    name, _, format_ = file.rpartition(".")
    made = render(name, dict(MADE)[name] if name != AGENDA else MADE[-2][1], format_, ORGANISATION)
    page = re.sub(r"(?s)<style>.*?</style>", "", made)
    assert page == golden(HERE / "golden" / f"organisme-{Path(file).name}", page)


# --- the names that 0.1 documented ------------------------------------------------------------------------


def documented_by_0_1() -> dict[str, dict[str, str]]:
    """For each value of 0.1, its names with what they hold; a document goes by the name of its templates."""
    found: dict[str, dict[str, str]] = {}
    names: dict[str, str] = {}
    for line in (FORMER / "LISEZMOI.md").read_text(encoding="utf-8").splitlines():
        if title := re.fullmatch(r"##+ (?:Le document )?`(\w+)`|## L'ordre du jour", line):
            names = found.setdefault(title[1] or AGENDA, {})
        elif row := re.match(r"\| `(\w+)` \| (.+?) \| ", line):
            names[row[1]] = row[2]
    return found


KINDS = {"texte": str, "nombre": int, "vrai ou faux": bool}
VALUES_OF_0_1 = documented_by_0_1()


def wanting(value: Any, kind: str, path: str) -> list[str]:
    """The names of 0.1, here and below, that a template would not find, or find to be something else."""
    if kind.startswith("liste de "):
        inside = kind.removeprefix("liste de ")
        if not isinstance(value, tuple):
            return [path]
        return [lost for one in value for lost in wanting(one, inside, path)]
    if kind.endswith(", ou rien"):
        return [] if value is None else wanting(value, kind.removesuffix(", ou rien"), path)
    if kind in KINDS:
        return [] if isinstance(value, KINDS[kind]) else [path]
    ask = _environment("html", None).getattr
    found = {name: (ask(value, name), inside) for name, inside in VALUES_OF_0_1[kind.strip("`")].items()}
    lost = [f"{path}.{name}" for name, (held, _) in found.items() if isinstance(held, Undefined)]
    kept = ((name, held, inside) for name, (held, inside) in found.items() if not isinstance(held, Undefined))
    return [*lost, *(below for name, held, inside in kept for below in wanting(held, inside, f"{path}.{name}"))]


@pytest.mark.parametrize(("name", "made"), few(3, MADE), ids=few(3, IDS))
def test_every_name_of_0_1_is_answered(name: str, made: Any) -> None:
    assert len(VALUES_OF_0_1) == 53
    assert sorted(set(wanting(made, name, name))) == []


def test_a_name_that_goes_is_in_the_changelog() -> None:
    """Of the values that have other names than those of `LISEZMOI.md`, the changelog gives each."""
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").split("## 0.1.0")[0]
    names = (".".join(path.relative_to(ROOT).with_suffix("").parts) for path in reference.MODULES)
    rooms = [import_module(name.removesuffix(".__init__")) for name in names]
    told = 0
    for name in reference.value_classes():
        (value,) = {getattr(room, name) for room in rooms if hasattr(room, name)}
        for former in (former for former, held in vars(value).items() if isinstance(held, property)):
            assert any(f"`{former}`" in line for line in changes.splitlines()), f"{name}.{former}"
            told += 1
    assert told == 30
