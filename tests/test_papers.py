"""The README says what the code does: its walks are walked, its tables made, its pictures those of today."""

from __future__ import annotations

import re
import tomllib

import pytest
from pictures import FOLDER, PAGES, SCREEN, digest
from readme import PARTS, README, RECORDS, WALK, with_parts
from support import ROOT

from pivot_cli.documents.rendering.markdown import slug

TEXT = README.read_text(encoding="utf-8")
TEST_COMMAND = (
    'python3 -m venv .venv && .venv/bin/python -m pip install -q -e ".[test]" && .venv/bin/python -m pytest -q'
)
FIRST_COMMAND = "python3 -m venv .venv && .venv/bin/python -m pip install -q -e . && .venv/bin/pivot status"


@pytest.mark.lent
def test_generated_parts_and_walks_are_up_to_date() -> None:
    assert with_parts(TEXT) == TEXT, "python tests/readme.py"
    names = re.findall(r"<!-- ([^>]+?) -->", TEXT)
    assert {name.split(" : ")[0] for name in names} == {*PARTS, WALK, "fin"}
    assert sum(name.startswith(WALK) for name in names) == 3


def test_the_checks_run_the_command_of_the_readme() -> None:
    assert FIRST_COMMAND in TEXT
    assert TEST_COMMAND in TEXT
    assert TEST_COMMAND in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_full_example_has_every_field() -> None:
    example = TEXT.partition("un plan d'exemple")[2].partition("<!-- fin -->")[0]
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
    assert f".github/images/{name})" in TEXT
    assert digest(words).encode() in (FOLDER / name).read_bytes(), "python tests/pictures.py"


def test_the_house_has_every_room_from_top_to_bottom() -> None:
    text = (ROOT / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")
    drawn = re.findall(r"^  (\w+)  ", text.partition("## La maison")[2].partition("\n```\n\n")[0], re.MULTILINE)
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    rank = {room.strip(): rank for rank, layer in enumerate(contracts[0]["layers"]) for room in layer.split("|")}
    assert {*drawn} == {*rank} - {"__main__"}
    sections = [rank[room] for room in drawn]
    assert sections == sorted(sections)


def test_every_link_leads_somewhere() -> None:
    anchors = {str(slug(title)) for title in re.findall(r"^#+ (.+)$", TEXT, re.MULTILINE)}
    links = re.findall(r"\]\(([^)]+)\)", TEXT)
    assert links
    for link in links:
        assert link.removeprefix("#") in anchors if link.startswith("#") else (ROOT / link).exists(), link
