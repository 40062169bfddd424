"""The summary of an edit, as its readers see it on the page of the pull request.

After a change that is wanted: `PIVOT_GOLDEN=1 python -m pytest tests/formats/test_edit_summary.py`, then read the
difference.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from edits.repository import replace, repository
from living import RECORDED as RECORDED_PLAN
from support import ROOT, SMALL, golden

from pivot_cli.checks.edition import Edition
from pivot_cli.checks.edits import check_edit
from pivot_cli.cli import app
from pivot_cli.cli_french import run
from pivot_cli.outputs.edit_summary import edit_summary
from pivot_cli.plan.loader import load
from pivot_cli.plan.sources import PlanFiles

NB = "\N{NO-BREAK SPACE}"

GOLDEN = ROOT / "tests" / "golden" / "edit-summary.md"
FILE = "orientation-1.yaml"
FIRST = """\
          - numero: 1
            description: Former un comité
            responsables: [DG]
            echeance: Mars 2020
"""
THIRD = """\
          - numero: 3
            description: Embaucher *quelqu'un* @ici <b>
            responsables: [CA]
            echeance: Juin 2020
"""
BEFORE = SMALL | {FILE: SMALL[FILE] + THIRD + THIRD.replace("numero: 3", "numero: 4").replace("Embaucher", "Former")}

RECORDED = """\
            echeance: Automne 2021
            statut: réalisée
            realisee_le: 12 mai 2021
            resultat: Huit personnes forment le comité.
            budget: {prevu: 1500, reel: 1450.50}
            echeances_precedentes:
              - echeance: Mars 2020
                motif: Le poste était vacant.
                decide_le: 2020-02-15
            suivi:
              - date: 2020-05-12
                note: Ceci est interne.
"""


def edited(tmp_path: Path) -> Path:
    plan = repository(tmp_path, BEFORE)
    replace(
        plan,
        FILE,
        (
            "            echeance: Mars 2020\n",
            RECORDED,
        ),
        ("            echeance: En continu\n", "            echeance: En continu\n            porteur: DG\n"),
        (THIRD, ""),
        ("echeance: Juin 2020", "echeance: Juin 2021"),
        ("titre: Un objectif", "titre: Autre titre"),
    )
    text = (plan / FILE).read_text(encoding="utf-8")
    (plan / FILE).write_text(
        text + THIRD.replace("3", "5").replace("Embaucher", "Nommer"), encoding="utf-8", newline=""
    )
    replace(plan, "responsables.yaml", ("  - code: CA", "  - code: TR\n    nom: Trésorerie\n  - code: CA"))
    (plan / "reunions.yaml").write_text("ca:\n  reunions:\n    - date: 2021-01-20\n", encoding="utf-8")
    return plan


@pytest.fixture(name="page")
def _page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where GitHub Actions wants the summary, in the folder that the command runs in."""
    page = tmp_path / "page.md"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    return page


def test_the_page_as_it_is_read(page: Path) -> None:
    edited(page.parent)
    assert run(app, ["validate", "--depuis", "main"]) == 1
    written = page.read_text(encoding="utf-8")
    assert written == golden(GOLDEN, written)
    assert "interne" not in written  # the notes of `suivi` are counted, not quoted
    assert re.search(r"(?<!\\)[*<@]\w*(quelqu|b>|ici)", re.sub("(?s)```.*?```", "", written)) is None


def test_an_edit_that_changes_nothing_says_so(page: Path) -> None:
    plan = repository(page.parent)
    replace(plan, FILE, ("titre: Un objectif", "titre: Un objectif  # premier"))
    assert run(app, ["validate", "--depuis", "main"]) == 0
    assert page.read_text(encoding="utf-8").splitlines()[2:] == [
        f"**Rien à corriger.** 2{NB}actions lues.",
        "",
        f"Comparé au plan d'avant (révision «{NB}main{NB}»).",
        "",
        "Aucune action n'a changé.",
    ]


def test_of_all_that_a_plan_recorded_only_what_changes_is_told() -> None:
    texts = {path.name: path.read_bytes() for path in RECORDED_PLAN.glob("*.yaml")}
    lower = {name: b"# plus haut\n" + text for name, text in texts.items()}
    waiting = b"en attente\n            statut_le: 2021-01-20\n            motif: Suit la nouvelle structure\n"
    under_way = lower["orientation-5.yaml"].replace(waiting, b"en cours\n")
    old, same, new = (
        load(PlanFiles("plan", files))[0] for files in (texts, lower, lower | {"orientation-5.yaml": under_way})
    )
    assert "Aucune action n'a changé." in edit_summary(same, Edition(old, same), [])
    told = re.findall(r"^- \*\*(\S+)\*\* .*?: (.*)", edit_summary(new, Edition(old, new), []), re.MULTILINE)
    assert told == [("5.adm.2.1", f"en cours, après «{NB}en attente{NB}».")]


@pytest.mark.lent
def test_a_page_of_thousands_of_faults_is_one_that_the_forge_takes(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    action = FIRST.replace("numero: 1", "numero: {n}").replace("Mars 2020", "{when}").replace("comité", "comité {n}")
    head = SMALL[FILE][: SMALL[FILE].index("          - numero: 1\n            desc")]
    texts = [
        head + "".join(action.format(n=n, when=when) for n in range(1, 1500)) for when in ("Mars 2020", "Mai 2021")
    ]
    plan = repository(page.parent, SMALL | {FILE: texts[0]})
    (plan / FILE).write_text(texts[1], encoding="utf-8")
    assert run(app, ["validate", "--depuis", "main"]) == 1
    assert capsys.readouterr().out.count("::error") == 10
    assert page.stat().st_size < 100_000
    assert f"1{NB}439{NB}autres" in page.read_text(encoding="utf-8")


# What each thing recorded is called: lines added under the échéance of an action, and what the page says of it.
SAID = [
    ("statut: en attente\nmotif: Le local est pris.", f"en attente; motif{NB}: Le local est pris."),
    ("realisations: [2020-03-04, avril 2020]", f"2{NB}réalisations de plus (4{NB}mars{NB}2020 et avril 2020)."),
    ("resolution: CA-2020-05", f"résolution{NB}: CA-2020-05."),
    ("decision: Choisir une date.", f"décision demandée{NB}: Choisir une date."),
    ("budget: {source: Fonds}", f"budget{NB}: source{NB}: Fonds."),
    ("liens: [https://exemple.org]\ndepend_de: [1.adm.1.2]", f"précisions{NB}: dépendances et liens."),
]


@pytest.mark.parametrize(("added", "said"), SAID, ids=[row[0] for row in SAID])
def test_what_is_recorded_is_said_in_words(added: str, said: str) -> None:
    lines = "".join(f"            {line}\n" for line in added.split("\n"))
    after = SMALL[FILE].replace("            echeance: Mars 2020\n", "            echeance: Mars 2020\n" + lines)
    assert said in page_of(SMALL, SMALL | {FILE: after})


def test_what_is_undone_is_said_too() -> None:
    recorded = SMALL[FILE].replace(
        "Mars 2020\n", "Mars 2020\n            statut: en cours\n            budget: {prevu: 5}\n"
    )
    page = page_of(SMALL | {FILE: recorded}, SMALL)
    assert f"n'a plus de statut (était «{NB}en cours{NB}»); budget retiré." in page
    fewer = SMALL["responsables.yaml"].replace("  - code: CA\n    nom: Conseil d'administration\n", "")
    conventions = SMALL["organisme.yaml"] + "conventions: {hiver: décembre}\n"
    page = page_of(SMALL, SMALL | {"responsables.yaml": fewer, "organisme.yaml": conventions})
    assert f"Responsables retirés{NB}: Conseil d'administration." in page
    assert "Les conventions de lecture des échéances ont changé" in page


def test_the_same_words_laid_out_otherwise_are_no_change() -> None:
    before = SMALL[FILE].replace("Faire un plan", "Préparer l'été")
    after = before.replace("Préparer l'été", "Pre\u0301parer  l’e\u0301te\u0301").replace("Mars 2020", "Mars\u00a02020")
    assert "Aucune action n'a changé." in page_of(SMALL | {FILE: before}, SMALL | {FILE: after})
    changed = before.replace("Préparer l'été", "Préparer la fête")
    assert "**1.adm.1.2** Préparer la fête" in page_of(SMALL | {FILE: before}, SMALL | {FILE: changed})


def test_what_could_not_be_read_before_is_said() -> None:
    page = page_of(SMALL | {FILE: "["}, SMALL)
    assert f"Avant cette modification, plan/{FILE} ne se lisait pas" in page


def page_of(before: dict[str, str], after: dict[str, str]) -> str:
    old, new = (
        load(PlanFiles("plan", {name: text.encode() for name, text in files.items()}))[0] for files in (before, after)
    )
    edition = Edition(old, new)
    return edit_summary(new, edition, check_edit(edition))
