"""The papers say what the code does: their walks are walked, their tables made, their pictures those of today."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import pytest
from pace import table
from papers import CONTRIBUTING, PAPERS, PARTS, PLAN, README, RECORDS, TEMPLATES, WALK, with_parts, writable
from pictures import FOLDER, PAGES, SCREEN, digest
from support import LIVING, ROOT, pivot, write_plan
from test_typography import FAULTS

from pivot_cli.documents.rendering.markdown import slug
from pivot_cli.plan.schema import fields as schema
from pivot_cli.plan.schema.kinds import Value

TEXTS = {path: path.read_text(encoding="utf-8") for path in PAPERS}
TEST_COMMAND = (
    'python3 -m venv .venv && .venv/bin/python -m pip install -q -e ".[test]" && .venv/bin/python -m pytest -q'
)
FIRST_COMMAND = "python3 -m venv .venv && .venv/bin/python -m pip install -q -e . && .venv/bin/pivot status"
ON_WINDOWS = (
    r"py -m venv .venv; .venv\Scripts\python -m pip install -q -e .; .venv\Scripts\pivot status",
    r'py -m venv .venv; .venv\Scripts\python -m pip install -q -e ".[test]"; .venv\Scripts\python -m pytest -q',
)
GENERATED = {
    README: {"commandes", "documents"},
    PLAN: {"champs", "conventions", "niveaux", "règles", "statuts", "échéances", "états", "états par échéance"},
    TEMPLATES: {"fichiers", "noms"},
}
WALKS = {README: 6, PLAN: 2}

papers = pytest.mark.parametrize("path", PAPERS, ids=lambda path: str(path.relative_to(ROOT)))


@papers
@pytest.mark.lent
def test_generated_parts_and_walks_are_up_to_date(path: Path) -> None:
    assert with_parts(TEXTS[path]) == TEXTS[path], "python tests/papers.py"


@papers
def test_each_part_stands_in_its_one_place(path: Path) -> None:
    names = [name for name in re.findall(r"<!-- ([^>]+?) -->", TEXTS[path]) if name != "fin"]
    parts = [name for name in names if not name.startswith(WALK)]
    assert sorted(parts) == sorted(GENERATED.get(path, ()))
    assert len(names) - len(parts) == WALKS.get(path, 0)
    assert {*PARTS} == set().union(*GENERATED.values())


def test_the_manual_stays_short() -> None:
    assert README.stat().st_size <= 20_000


def test_the_checks_run_the_command_of_the_readme() -> None:
    for command in (FIRST_COMMAND, TEST_COMMAND, *ON_WINDOWS):
        assert f"\n{command}\n" in TEXTS[README]
    assert TEST_COMMAND in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@table("key", schema.CONVENTIONS.by_key)
def test_what_is_said_to_be_written_of_a_convention_is_understood(key: str) -> None:
    kind = schema.CONVENTIONS.by_key[key].kind
    assert isinstance(kind, Value)
    shown = re.findall("`(.+?)`", said := writable(kind))
    assert shown or said.startswith("un nombre de ")
    assert [text for text in shown if kind.parse(text) is None] == []


def test_the_full_example_has_every_field() -> None:
    example = TEXTS[PLAN].partition("## Un exemple complet")[2].partition("<!-- fin -->")[0]
    example += TEXTS[PLAN].partition("## D'un plan au suivant")[2].partition("\n## ")[0]  # where two plans are needed
    missing = [
        f"{where} : {field.key}"
        for where, record in RECORDS
        for field in record.fields
        if not re.search(rf"^[ -]*{field.key}:", example, re.MULTILINE)
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("name", "words"), [("ecran.svg", SCREEN), *((name, page.words) for name, page in PAGES.items())]
)
def test_a_picture_shows_what_is_shown_today(name: str, words: tuple[str, ...]) -> None:
    assert f".github/images/{name})" in TEXTS[README]
    assert digest(words).encode() in (FOLDER / name).read_bytes(), "python tests/pictures.py"


def test_the_house_has_every_room_from_top_to_bottom() -> None:
    text = TEXTS[CONTRIBUTING]
    drawn = re.findall(r"^  (\w+)  ", text.partition("## La maison")[2].partition("\n```\n\n")[0], re.MULTILINE)
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    rank = {room.strip(): rank for rank, layer in enumerate(contracts[0]["layers"]) for room in layer.split("|")}
    assert {*drawn} == {*rank} - {"__main__"}
    sections = [rank[room] for room in drawn]
    assert sections == sorted(sections)


@papers
def test_every_link_leads_somewhere(path: Path) -> None:
    for link in re.findall(r"\]\(([^)]+)\)", TEXTS[path]):
        if link.startswith("https:"):
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target), link


def anchors(path: Path) -> set[str]:
    return {str(slug(title)) for title in re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)}


@papers
def test_every_file_of_the_project_that_is_named_is_there(path: Path) -> None:
    named = re.findall(r"`((?:\.ci|\.github|tests|plan|templates|pivot_cli)/[\w./-]+)`", TEXTS[path])
    places = (ROOT, ROOT / "pivot_cli")  # a module is named from its room
    looked_for = {name for name in named if "PIVnnn" not in name} - INSTALLED
    assert [name for name in looked_for if not any((place / name).exists() for place in places)] == []


INSTALLED = {"pivot_cli/plan/LISEZMOI.md"}
"""What the wheel alone has there, as its test says."""


NOT_FRENCH = re.compile(
    r"^```.*?^```$|`[^`\n]+`|\]\([^)]*\)|<!--.*?-->|^\*In short: .*?\*$|^[|: -]+$", re.DOTALL | re.MULTILINE
)


@papers
def test_words_follow_the_typography_of_quebec(path: Path) -> None:
    prose = NOT_FRENCH.sub("~", TEXTS[path])
    wrong = [line for line in prose.splitlines() if FAULTS.search(line)]
    assert wrong == []


def test_a_manual_beside_the_files_of_a_plan_is_not_remarked_upon(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    without = pivot("validate", cwd=tmp_path)
    shutil.copy(PLAN, plan)
    assert pivot("validate", "--strict", cwd=tmp_path).stdout == without.stdout
    assert "LISEZMOI.md" in {path.name for path in LIVING.iterdir()}
