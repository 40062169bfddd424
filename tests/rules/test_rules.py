"""Each rule on its own examples: `PIV203/mauvais` is a plan at fault, `PIV203/bon` the same without the fault.

The files there stand in for those of a small plan without fault (`support.SMALL`). In a plan at fault, a comment at
the end of a line says what must be found there, and at which column: `# PIV203:25`. Nothing else may be found.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pace import examples, table
from support import SMALL, load_shipped, load_texts
from test_typography import FAULTS

from pivot_cli.checks.catalogue import CATALOGUE, READING
from pivot_cli.checks.plan import OF_A_PLAN, check
from pivot_cli.finding import ExitCode, Finding, Gravite, exit_code, in_order
from pivot_cli.plan.former import Former
from pivot_cli.plan.loader import load
from pivot_cli.plan.model import Plan, Statut
from pivot_cli.plan.sources import PlanFiles
from pivot_cli.screens.rulebook import explanation, rule_page, rules_page

HERE = Path(__file__).parent
CODES = sorted(folder.name for folder in HERE.iterdir() if folder.name.startswith("PIV"))
TODAY = date(2026, 1, 1)
Place = tuple[str, str, int, int]


def example(code: str, side: str) -> dict[str, str]:
    return SMALL | {path.name: path.read_text(encoding="utf-8") for path in (HERE / code / side).glob("*.yaml")}


def before(code: str, side: str, plan: Plan, read: Callable[[dict[str, str]], tuple[Plan, object]]) -> Former | None:
    """The plan that one of an example continues: its folder `avant`, over the files of the small plan."""
    if plan.organisme.plan.suite_de is None:
        return None
    texts = {path.name: path.read_text(encoding="utf-8") for path in (HERE / code / side / "avant").glob("*.yaml")}
    return Former("avant", read(SMALL | texts)[0]) if texts else Former("avant", why="il n'est pas là.")


def read(texts: dict[str, str]) -> tuple[Plan, list[Finding]]:
    return load(PlanFiles("plan", {name: text.encode() for name, text in texts.items()}, []))


def found_in(texts: dict[str, str], today: date | None = TODAY) -> list[Finding]:
    plan, findings = read(texts)
    return in_order([*findings, *check(plan, today)])


def found(code: str, side: str, today: date | None = TODAY) -> list[Finding]:
    plan, findings = read(example(code, side))
    return in_order([*findings, *check(plan, today, former=before(code, side, plan, read))])


def places(findings: list[Finding]) -> list[Place]:
    return sorted((one.code, one.location.file[5:], one.location.line, one.location.column) for one in findings)


def marked(texts: dict[str, str]) -> list[Place]:
    return sorted(
        (code, name, number, int(column))
        for name, text in texts.items()
        for number, line in enumerate(text.split("\n"), start=1)
        for code, column in re.findall(r"\b(PIV\d{3}):(\d+)", line)
    )


@table("code", CODES)
def test_a_plan_at_fault_has_the_faults_that_it_marks_and_no_other(code: str) -> None:
    texts = example(code, "mauvais")
    assert places(found(code, "mauvais")) == marked(texts)
    assert code in {one[0] for one in marked(texts)}


@table("code", CODES)
def test_the_same_plan_mended_has_none(code: str) -> None:
    assert found(code, "bon") == []


def test_every_rule_has_its_examples_and_its_documentation() -> None:
    assert {one.code for one in OF_A_PLAN} <= set(CODES)
    rules = [*READING, *OF_A_PLAN]
    assert sorted(one.code for one in rules) == [code for code in CATALOGUE if code < "PIV5"]
    for one in rules:
        code, said = one.code, explanation(one.explanation)
        assert said.rule.endswith("."), code
        assert said.bad, code
        assert said.good, code
        assert said.bad != said.good, code
        shown = rule_page(one, 200).render(colour=False).split("\n")
        lines = [line for example in (said.bad, said.good) for line in example.split("\n") if line]
        assert [line for line in lines if f"  {line}" not in shown] == [], code
        assert not any(FAULTS.search(prose) for prose in (said.rule, *said.more)), code
    for width in (40, 80, 200):
        pages = [rule_page(one, width) for one in rules]
        for line in (line.text for page in [rules_page(rules, width), *pages] for line in page.lines):
            assert len(line) <= width or len(line.split()) <= 2


def test_the_smallest_plan_that_is_shown_is_one() -> None:
    shown = explanation(CATALOGUE["PIV001"].explanation).good
    texts = dict(re.findall(r"# plan/(\S+)\n(.*?)(?=\n# plan/|\Z)", shown, re.DOTALL))
    plan, findings = load_texts(texts)
    assert (len(plan.places), findings) == (1, [])


def test_the_adopted_plan_has_nothing_to_mend() -> None:
    _, findings = load_shipped()
    assert {finding.code for finding in findings} == {"PIV302"}


def test_errors_alone_are_looked_for_by_who_only_counts_them() -> None:
    plan, _ = load_shipped()
    reopened = plan.places[0].action._replace(statut=Statut.REALISEE, porteur="Personne")
    spoilt = plan.only([plan.places[0]._replace(action=reopened)])
    every, errors = check(spoilt), check(spoilt, errors_only=True)
    assert errors == [one for one in every if one.gravite is Gravite.ERREUR]
    assert 0 < len(errors) < len(every)


# --- time -------------------------------------------------------------------------------------------------


@given(st.sampled_from(CODES), st.dates(date(2018, 1, 1), date(2130, 1, 1)), st.integers(0, 20_000))
@settings(derandomize=True, deadline=None, max_examples=examples(20, 60))
def test_passing_time_alone_never_adds_a_fault(code: str, day: date, later: int) -> None:
    now, then = found(code, "mauvais", day), found(code, "mauvais", day + timedelta(days=later))
    assert set(places(then)) <= set(places(now))


def test_without_a_day_no_record_is_too_late() -> None:
    assert found_in(example("PIV402", "mauvais"), None) == []


@pytest.mark.parametrize(
    ("gravite", "answer", "strict_answer"),
    [
        (Gravite.INFO, ExitCode.OK, ExitCode.OK),
        (Gravite.AVERTISSEMENT, ExitCode.OK, ExitCode.FINDINGS),
        (Gravite.ERREUR, ExitCode.FINDINGS, ExitCode.FINDINGS),
    ],
)
def test_strict_makes_warnings_count(gravite: Gravite, answer: ExitCode, strict_answer: ExitCode) -> None:
    for code in CODES:
        if CATALOGUE[code].gravite is gravite:
            findings = found(code, "mauvais")
            assert (exit_code(findings), exit_code(findings, strict=True)) == (answer, strict_answer), code


# --- one fault, a few findings ----------------------------------------------------------------------------

TEN = "".join(
    f"          - numero: {number}\n            description: Faire {number}\n"
    f"            responsables: [CA]\n            echeance: An {number}\n            depend_de: [1.adm.1.1]\n"
    for number in range(3, 13)
)
BASE = SMALL | {
    "orientation-1.yaml": SMALL["orientation-1.yaml"] + TEN,
    "organisme.yaml": "periode:\n  debut: 2019-04-01\n  fin: 2032-03-31\n" + SMALL["organisme.yaml"],
}

# What one hand can spoil in a plan where much depends on it.
SPOILT = [
    ("responsables.yaml", "code: CA", "code: CONSEIL"),
    ("responsables.yaml", "code: CA", "code: C A"),
    ("responsables.yaml", "  - code: CA\n    nom: Conseil d'administration\n", ""),
    ("responsables.yaml", "  - code: CA\n", "  - "),
    ("responsables.yaml", "responsables:", "responsable:"),
    ("responsables.yaml", "alias: [Directrice générale]", "alias: Directrice générale"),
    ("responsables.yaml", "alias: [Directrice générale]", "alias: [Directrice générale, CA]"),
    ("responsables.yaml", "responsables:\n", "responsables:\n  - DG\n"),
    ("organisme.yaml", "debut: 2019-04-01", "debut: avril"),
    ("organisme.yaml", "  debut: 2019-04-01\n", ""),
    ("organisme.yaml", "debut: 2019-04-01", "debut: 2029-04-01"),
    ("organisme.yaml", "fin: 2032-03-31", "fin: 2018-03-31"),
    ("organisme.yaml", "fin: 2032-03-31", "fin: 2020-03-31"),
    ("organisme.yaml", "periode:", "période:"),
    ("organisme.yaml", "periode:\n  debut: 2019-04-01\n  fin: 2032-03-31\n", "periode: 2019 à 2032\n"),
    ("organisme.yaml", "enjeux:\n  - numero: 1", "enjeux:\n  - numero: 2"),
    ("organisme.yaml", "enjeux:\n  - numero: 1", "enjeux:\n    numero: 1"),
    ("organisme.yaml", "enjeux:", "enjeu:"),
    ("organisme.yaml", "nom: L'Essai", "nom: 'L'Essai'"),
    ("orientation-1.yaml", "numero: 1\nenjeu", "numero: 2\nenjeu"),
    ("orientation-1.yaml", "numero: 1\nenjeu", "numero: un\nenjeu"),
    ("orientation-1.yaml", "code: adm", "code: admi"),
    ("orientation-1.yaml", "code: adm", "code: ADM1"),
    ("orientation-1.yaml", "  - code: adm\n    nom", "  - nom"),
    ("orientation-1.yaml", "volets:", "volet:"),
    ("orientation-1.yaml", "    objectifs:", "    objectif:"),
    ("orientation-1.yaml", "      - numero: 1\n        titre", "      - numero: 5\n        titre"),
    ("orientation-1.yaml", "        actions:", "        action:"),
    ("orientation-1.yaml", "        actions:", "        choses à faire:"),
    ("orientation-1.yaml", "          - numero: 1\n            desc", "          - numero: 40\n            desc"),
    ("orientation-1.yaml", "          - numero: 1\n            desc", "          - numero: I\n            desc"),
    ("orientation-1.yaml", "          - numero: 2\n", ""),
]


@table(("name", "old", "new"), SPOILT)
def test_one_fault_gives_three_findings_at_most(name: str, old: str, new: str) -> None:
    assert BASE[name].count(old) == 1
    assert 1 <= len(found_in(BASE | {name: BASE[name].replace(old, new)})) <= 3


def test_the_plan_that_is_spoilt_is_sound() -> None:
    assert found_in(BASE) == []


def test_what_is_told_few_times_says_where_the_others_are() -> None:
    text = BASE["responsables.yaml"].replace("code: CA", "code: CONSEIL")
    findings = found_in(BASE | {"responsables.yaml": text})
    assert len(findings) == 2
    assert "orientation-1.yaml:26, orientation-1.yaml:31" in findings[-1].message
    assert "autres endroits" in findings[-1].message


@pytest.mark.parametrize("file", ["organisme.yaml", "responsables.yaml", "orientation-1.yaml"])
def test_a_reference_into_a_file_that_could_not_be_read_is_not_judged(file: str) -> None:
    reunions = "ca:\n  points_permanents:\n    - titre: Tour de table\n      action: 1.adm.1.2\n"
    second = SMALL["orientation-1.yaml"].replace("numero: 1\nenjeu", "numero: 2\nenjeu")
    texts = BASE | {"reunions.yaml": reunions, "orientation-2.yaml": second, file: "a: [b\n"}
    found = places(found_in(texts))
    assert found[0][:2] == ("PIV005", file)
    assert len(found) <= (3 if file == "organisme.yaml" else 1)  # « An 3 » cannot be read without the period


def test_what_is_read_is_judged_beside_what_is_not() -> None:
    second = SMALL["orientation-1.yaml"].replace("numero: 1\nenjeu", "numero: 2\nenjeu")
    second += "            depend_de: [1.adm.9.9, 2.adm.9.9]\n"
    texts = SMALL | {"orientation-1.yaml": "a: [b\n", "orientation-2.yaml": second}
    assert places(found_in(texts)) == [("PIV005", "orientation-1.yaml", 1, 4), ("PIV203", "orientation-2.yaml", 19, 36)]


# --- dependencies -----------------------------------------------------------------------------------------


def plan_of(*dependencies: str) -> dict[str, str]:
    actions = "".join(
        f"          - numero: {number}\n            description: Faire {number}\n            responsables: [DG, CA]\n"
        f"            echeance: En continu\n" + (f"            depend_de: [{needs}]\n" if needs else "")
        for number, needs in enumerate(dependencies, start=1)
    )
    head = SMALL["orientation-1.yaml"].split("          - numero: 1\n")[0]
    return SMALL | {"orientation-1.yaml": head + actions}


def test_loops_are_told_once_each() -> None:
    one, two, three, four = (f"1.adm.1.{number}" for number in (1, 2, 3, 4))
    assert found_in(plan_of("", one, f"{one}, {two}", three)) == []  # two ways to the same action are no loop
    (alone,) = found_in(plan_of(one))
    assert (alone.code, "dépend d'elle-même" in alone.message) == ("PIV210", True)
    assert alone.remedy.startswith("Retirez cette dépendance")
    (found,) = found_in(plan_of("", three, four, two))
    assert f"{two} attend {three}, qui attend {four}, qui attend {two}" in found.message
    assert len(found_in(plan_of(two, one, four, three))) == 2


@pytest.mark.lent
def test_a_chain_as_long_as_the_plan_is_followed() -> None:
    length = 1500
    chain = [f"1.adm.1.{number + 1}" for number in range(1, length)]
    assert found_in(plan_of(*chain, "")) == []
    (found,) = found_in(plan_of(*chain, "1.adm.1.1"))
    assert found.code == "PIV210"
    assert "…" in found.message


def test_what_is_closed_waits_for_nothing() -> None:
    texts = example("PIV304", "mauvais")
    done = "[DG, CA]\n            statut: réalisée\n            realisee_le: 2019"
    text = texts["orientation-1.yaml"].replace("[DG, CA]", done)
    assert found_in(texts | {"orientation-1.yaml": text}) == []


@pytest.mark.parametrize(
    "lines",
    [
        "            statut: réalisée\n            realisee_le: bientôt\n",
        "            statut: fait\n            realisee_le: mai 2020\n",
        "            statut: abandonnée\n            motif:\n",
    ],
)
def test_a_fault_of_one_field_is_not_two(lines: str) -> None:
    assert len(found_in(SMALL | {"orientation-1.yaml": SMALL["orientation-1.yaml"] + lines})) == 1


# --- conventions ------------------------------------------------------------------------------------------


def test_conventions_are_read_in_full_and_echeances_with_them() -> None:
    conventions = """\
conventions:
  hiver: décembre
  printemps: avril à juin
  ete: juillet à août
  automne: octobre
  debut_exercice: avril
  annees_jumelees: exercice
  trimestres: exercice
  debut_annee: janvier à avril
  mi_annee: mai à août
  fin_annee: septembre à décembre
  debut_mois: 7
  mi_mois: "21"
  echeance_proche: 30 jours
  court_terme: 1 an
  moyen_terme: 1 à 3 ans
  long_terme: décembre 2025
  mi_parcours: automne 2021
periode: {debut: 2020-04-01, fin: 2025-03-31}
adopte_le: mars 2020
"""
    texts = SMALL | {"organisme.yaml": SMALL["organisme.yaml"] + conventions}
    texts["orientation-1.yaml"] = texts["orientation-1.yaml"].replace("Mars 2020", "An 2")
    texts["orientation-1.yaml"] = texts["orientation-1.yaml"].replace("En continu", "Court terme")
    plan, findings = load_texts(texts)
    assert findings == []
    read = plan.organisme.conventions
    assert read.printemps == (4, 6)
    assert (read.debut_exercice, read.mi_mois, read.echeance_proche) == ((4, 1), 21, 30)
    assert (read.periode_debut, read.periode_fin) == (date(2020, 4, 1), date(2025, 3, 31))
    assert read.adopte_le == date(2020, 3, 1)
    ends = [getattr(place.action.echeance, "fin", None) for place in plan.places]
    assert ends == [date(2022, 3, 31), date(2021, 3, 31)]


@table(
    "line",
    [
        "hiver: mars",
        "printemps: septembre à mars",
        "debut_exercice: 31 avril",
        "annees_jumelees: doubles",
        "trimestres: mensuels",
        "debut_mois: 0",
        "mi_mois: 31",
        "echeance_proche: bientôt",
        "court_terme: bientôt",
        "mi_parcours: au milieu",
        "fin_annee: l'hiver",
    ],
)
def test_each_convention_is_checked(line: str) -> None:
    texts = SMALL | {"organisme.yaml": SMALL["organisme.yaml"] + f"conventions:\n  {line}\n"}
    assert [finding.code for finding in found_in(texts)] == ["PIV106"]


@pytest.mark.parametrize("written", ['"Marz\\x202020"', ">-\n              Marz\n              2020"])
def test_a_wording_that_the_file_holds_otherwise_is_marked_whole(written: str) -> None:
    text = SMALL["orientation-1.yaml"].replace("Mars 2020", written)
    (finding,) = found_in(SMALL | {"orientation-1.yaml": text})
    assert (finding.code, finding.location.line, finding.location.column) == ("PIV301", 14, 23)
