"""The forms that forges show: valid against their schemas, escaped, and nothing lost past what a forge shows."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tarfile
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pace import examples
from support import SMALL, load_shipped, write_plan

from formats.components import missing
from pivot_cli.checks.catalogue import CATALOGUE
from pivot_cli.cli import app
from pivot_cli.cli_french import run
from pivot_cli.finding import Finding, Gravite, Location
from pivot_cli.outputs.forges import FORMATS, SHOWN_OF_A_KIND, github, gitlab, junit, sarif
from pivot_cli.plan.model import Plan

HERE = Path(__file__).parent
NB = "\N{NO-BREAK SPACE}"
EMPTY = Plan()

MOVED = Finding(
    "PIV503",
    Location("plan/orientation-1.yaml", 14, 23, 14, 32),
    "L'échéance était «\N{NO-BREAK SPACE}50\N{NO-BREAK SPACE}% : 1, 2\N{NO-BREAK SPACE}».",
    "Ajoutez :\n    echeances_precedentes:\n      - echeance: Mars 2020",
)
WORDING = Finding(
    "PIV506",
    Location("plan/orientation-2.yaml", 3, 8, 5, 2),
    "Le titre a changé.",
    "Remettez-le.",
    Gravite.AVERTISSEMENT,
)
NOTE = Finding("PIV302", Location("plan/à voir [1].yaml", 1, 1, 1, 1), "Se lit de deux façons.", gravite=Gravite.INFO)
THREE = [MOVED, WORDING, NOTE]

LOCATIONS = st.builds(
    lambda file, line, column, more: Location(file, line, column, line + more, column + more),
    st.text(min_size=1, max_size=20).map(lambda name: f"plan/{name}"),
    st.integers(1, 9),
    st.integers(1, 9),
    st.integers(0, 3),
)
FINDINGS = st.lists(
    st.builds(
        Finding,
        st.sampled_from(sorted(CATALOGUE)),
        LOCATIONS,
        st.text(min_size=1, max_size=30),
        st.text(max_size=30),
        st.sampled_from(Gravite),
    ),
    max_size=30,
)


@pytest.fixture(scope="session")
def sarif_schema(pytestconfig: pytest.Config) -> Any:
    """The JSON Schema of SARIF 2.1.0, as a package publishes it beside its source: downloaded once for all runs."""
    archive = pytestconfig.cache.mkdir("sarif") / "sarif_om-1.0.4.tar.gz"
    if not archive.is_file():
        words = ["download", "--quiet", "--no-deps", "--no-binary", ":all:", "--dest", str(archive.parent)]
        got = subprocess.run([sys.executable, "-m", "pip", *words, "sarif-om==1.0.4"], capture_output=True, check=False)
        if got.returncode != 0:
            missing("le schéma de SARIF (paquet sarif-om)")
    with tarfile.open(archive) as opened:
        file = opened.extractfile("sarif_om-1.0.4/sarif-2.1.0-rtm.4.json")
        assert file is not None
        return json.loads(file.read().decode("utf-8-sig"))


def valid(schema: Any, value: Any) -> None:
    validator = jsonschema.validators.validator_for(schema)
    validator(schema, format_checker=jsonschema.FormatChecker()).validate(value)


# --- schemas ----------------------------------------------------------------------------------------------


@pytest.mark.lent
def test_sarif_is_valid_against_its_schema(sarif_schema: Any) -> None:
    plan, findings = load_shipped()
    for found in ([], findings[:3], THREE, [*THREE, *THREE]):
        valid(sarif_schema, json.loads(sarif(plan, found)))
    with pytest.raises(jsonschema.ValidationError):
        valid(sarif_schema, json.loads(sarif(plan, THREE).replace('"startLine": 14', '"startLine": 0')))


@pytest.mark.lent
@settings(max_examples=examples(16, 50), derandomize=True, deadline=None)
@given(findings=FINDINGS)
def test_whatever_is_said_each_form_can_be_read(findings: list[Finding]) -> None:
    gitlab_schema = json.loads((HERE / "gitlab.schema.json").read_text(encoding="utf-8"))
    told = json.loads(gitlab(EMPTY, findings))
    valid(gitlab_schema, told)
    assert len({one["fingerprint"] for one in told}) == len(findings)
    assert len(json.loads(sarif(EMPTY, findings))["runs"][0]["results"]) == len(findings)
    read = ET.fromstring(junit(EMPTY, findings))
    assert int(read.attrib["failures"]) == len(read.findall(".//failure"))
    # A command stands alone on its line, and no text of the plan makes another.
    for line in github(EMPTY, findings).split("\n"):
        assert "\r" not in line
        assert not line.startswith("::") or re.fullmatch(r"::(error|warning|notice) [^\n]*?::[^\n]*", line)


@cache
def suite() -> Any:
    import xmlschema  # as long to load as ten tests take

    return xmlschema.XMLSchema(str(HERE / "junit.xsd"))


@pytest.mark.lent
def test_junit_is_valid_against_its_schema() -> None:
    plan, findings = load_shipped()
    for found in ([], findings, THREE):
        suite().validate(junit(plan, found))
    with pytest.raises(ValueError, match="attribute 'type'"):
        suite().validate(junit(plan, THREE).replace(' type="PIV503"', ""))


def test_gitlab_is_valid_against_its_schema() -> None:
    schema = json.loads((HERE / "gitlab.schema.json").read_text(encoding="utf-8"))
    valid(schema, json.loads(gitlab(EMPTY, THREE)))
    assert json.loads(gitlab(EMPTY, [])) == []


# --- GitHub -----------------------------------------------------------------------------------------------


def test_an_annotation_is_escaped() -> None:
    first, second, third, last = github(EMPTY, THREE).splitlines()
    assert first == (
        "::error file=plan/orientation-1.yaml,line=14,endLine=14,col=23,endColumn=31,"
        "title=PIV503 échéance déplacée sans garder l'ancienne::"
        f"L'échéance était «{NB}50{NB}%25 : 1, 2{NB}».%0AAjoutez :%0A"
        "    echeances_precedentes:%0A      - echeance: Mars 2020"
    )
    assert second.startswith("::warning file=plan/orientation-2.yaml,line=3,endLine=5,col=8,title=PIV506")
    assert third.startswith("::notice file=plan/à voir [1].yaml,line=1,endLine=1,col=1,title=")
    assert last == f"pivot{NB}: 1{NB}erreur, 1{NB}avertissement, 1{NB}remarque; 0{NB}action lue."
    odd = MOVED._replace(location=Location("a,b:c%.yaml", 1, 1, 1, 1))
    assert github(EMPTY, [odd]).startswith("::error file=a%2Cb%3Ac%25.yaml,line=1,")


def test_past_what_is_shown_the_rest_is_counted_and_kept_in_the_log() -> None:
    many = [MOVED._replace(message=f"Faute {n}.") for n in range(SHOWN_OF_A_KIND + 5)]
    lines = github(EMPTY, many).splitlines()
    shown = [line for line in lines if line.startswith("::")]
    assert len(shown) == SHOWN_OF_A_KIND
    assert shown[-1] == f"::error title=6{NB}erreurs de plus::Et 6{NB}erreurs de plus, dans le journal de cette étape."
    assert sum("Faute" in line for line in lines) == len(many)
    assert len(github(EMPTY, many[:SHOWN_OF_A_KIND]).splitlines()) == SHOWN_OF_A_KIND + 1


def test_the_log_holds_no_command_made_of_a_text_of_the_plan() -> None:
    evil = MOVED._replace(location=Location("::error::x", 1, 1, 1, 1), message="##[error]x")
    rest = github(EMPTY, [evil._replace(remedy=str(n)) for n in range(12)]).splitlines()[SHOWN_OF_A_KIND:]
    assert not any(line.lstrip().startswith("::") or "##[" in line for line in rest)


def test_what_is_only_good_to_know_is_said_once() -> None:
    same = [NOTE._replace(location=Location("plan/x.yaml", n, 1, n, 1)) for n in (1, 5, 9)]
    [notice, last] = github(EMPTY, same).splitlines()
    assert notice.endswith(f"Se lit de deux façons.%0AAussi{NB}: plan/x.yaml:5, plan/x.yaml:9.")
    assert f"3{NB}remarques" in last


# --- the other forms --------------------------------------------------------------------------------------


def test_sarif_says_where_in_code_points_and_from_the_top_of_the_repository() -> None:
    [run] = json.loads(sarif(EMPTY, THREE))["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert [one["level"] for one in run["results"]] == ["error", "warning", "note"]
    first, _, third = (one["locations"][0]["physicalLocation"] for one in run["results"])
    assert first["region"] == {"startLine": 14, "startColumn": 23, "endLine": 14, "endColumn": 32}
    assert third["artifactLocation"] == {"uri": "plan/%C3%A0%20voir%20%5B1%5D.yaml", "uriBaseId": "%SRCROOT%"}
    rules = run["tool"]["driver"]["rules"]
    assert [rules[one["ruleIndex"]]["id"] for one in run["results"]] == ["PIV503", "PIV506", "PIV302"]


def test_a_fingerprint_stays_when_only_the_line_moves() -> None:
    lower = [one._replace(location=one.location._replace(line=one.location.line + 7)) for one in THREE]
    prints = [[one["fingerprint"] for one in json.loads(gitlab(EMPTY, found))] for found in (THREE, lower)]
    assert prints[0] == prints[1]


@pytest.mark.lent
def test_junit_shows_what_is_fine_too() -> None:
    plan, _ = load_shipped()
    read = ET.fromstring(junit(plan, [MOVED, WORDING]))
    cases = {(case.get("classname"), case.find("failure") is not None) for case in read.iter("testcase")}
    assert ("plan/orientation-1.yaml", True) in cases
    assert ("plan/orientation-2.yaml", False) in cases
    assert ("plan/responsables.yaml", False) in cases
    [output] = read.iter("system-out")
    assert "PIV506" in str(output.text)
    assert read.attrib["failures"] == "1"
    strict = junit(plan, [MOVED, WORDING, NOTE], strict=True)
    suite().validate(strict)
    assert ET.fromstring(strict).attrib["failures"] == "2"


# --- from the command line --------------------------------------------------------------------------------

REFUSED = SMALL | {"orientation-1.yaml": SMALL["orientation-1.yaml"].replace("Mars 2020", "Marz 2020")}


@pytest.fixture(name="folder")
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to run the command in, on no forge."""
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_each_form_from_the_command_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    plan = write_plan(folder / "organisme", REFUSED)
    (folder / ".git").mkdir()
    (folder / ".git" / "HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")
    monkeypatch.chdir(plan)
    assert run(app, ["validate", "--format", form]) == 1
    told = capsys.readouterr().out
    assert "organisme/plan/orientation-1.yaml" in told
    assert run(app, ["validate", "--format", form, "-o", "x"]) == 1
    assert capsys.readouterr().out == ""
    assert (plan / "x").read_text(encoding="utf-8") == told


def test_github_is_chosen_by_itself_and_a_summary_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_plan(folder, REFUSED)
    run(app, ["validate"])
    elsewhere = capsys.readouterr().out
    page = folder / "résumé.md"
    page.write_text("Déjà là.\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    assert run(app, ["validate"]) == 1
    assert capsys.readouterr().out.startswith("::error file=plan/orientation-1.yaml,line=14,")
    written = page.read_text(encoding="utf-8")
    assert written.startswith("Déjà là.\n## Plan stratégique\n")
    assert f"1{NB}erreur à corriger avant d'accepter" in written
    run(app, ["validate", "--format", "texte"])
    assert capsys.readouterr().out == elsewhere
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(folder / "nulle" / "part"))
    assert run(app, ["validate"]) == 3
    refused = capsys.readouterr()
    assert refused.out.startswith("::error")  # what was found is said all the same
    assert refused.err.startswith("Erreur")
    assert "part" in refused.err
