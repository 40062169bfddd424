"""What a board is asked to decide: which dossiers, in which order, and what may be ticked and resolved of each."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from living import RECORDED
from pace import examples, one_in
from support import load_shipped, load_texts, pivot

from pivot_cli.documents import sommaire
from pivot_cli.documents.agenda import AgendaRequest, build
from pivot_cli.documents.deciding import choices_of, shown
from pivot_cli.documents.values import Request
from pivot_cli.plan.loader import load
from pivot_cli.plan.model import Plan
from pivot_cli.plan.sources import read_folder
from pivot_cli.suivi.decisions import MOST, Raison, to_decide
from pivot_cli.suivi.etat import portrait
from pivot_cli.suivi.selection import Selection

NB = "\N{NO-BREAK SPACE}"
DAY = date(2021, 3, 17)
LIVING = load(read_folder(RECORDED, "plan"))[0]
OPEN = "de ____________ ____________ ____________"


def plan_of(*actions: str) -> Plan:
    """A plan of one orientation, an objectif for each of these; their actions are given in YAML's flow style."""
    objectifs = [f"  - {{numero: {n}, titre: Objectif {n}, actions: [{some}]}}\n" for n, some in enumerate(actions, 1)]
    texts = {
        "organisme.yaml": "nom: Essai\n",
        "responsables.yaml": "responsables: [{code: CA, nom: Conseil}, {code: DG, nom: Direction}]\n",
        "orientation-1.yaml": f"numero: 1\ntitre: Une\nobjectifs:\n{''.join(objectifs)}",
    }
    plan, findings = load_texts(texts)
    assert not [one for one in findings if one.gravite == "erreur"], findings
    return plan


def action(numero: int, echeance: str, responsables: str = "DG", **more: str) -> str:
    fields = {"numero": str(numero), "description": f"Action {numero}", "responsables": f"[{responsables}]"}
    return "{" + ", ".join(f"{key}: {value}" for key, value in {**fields, "echeance": echeance, **more}.items()) + "}"


RULE = {
    "rien n'est passé: rien n'est à décider": ([action(1, "Juin 2022")], []),
    "le plan demande une décision, même pour plus tard": (
        [action(1, "Juin 2022", decision="Choisir un bail")],
        [("1.1.1", Raison.DEMANDE)],
    ),
    "une décision sur ce qui est terminé n'est plus à prendre": (
        [action(1, "Juin 2020", decision="Choisir un bail", statut="réalisée", realisee_le="2020-05-01")],
        [],
    ),
    "ce que le conseil porte seul, puis ce qui attend depuis le plus longtemps": (
        [action(1, "Juin 2019", '"CA", DG'), action(1, "Juin 2020", "CA"), action(1, "Juin 2018", "DG")],
        [("1.2", Raison.SEUL), ("1.1", Raison.ATTENTE)],
    ),
    "le porteur du conseil compte comme seul": (
        [action(1, "Juin 2020", '"CA", DG', porteur="CA")],
        [("1.1", Raison.SEUL)],
    ),
    "sans part du conseil, ce qui attend depuis le plus longtemps": (
        [action(1, "Juin 2020"), action(1, "Juin 2019"), action(1, "2020"), action(1, "Mai 2019")],
        [("1.4", Raison.ATTENTE), ("1.2", Raison.ATTENTE), ("1.1", Raison.ATTENTE)],
    ),
    "ce qui en bloque d'autres a son tour": (
        [action(1, "Mars 2019"), action(1, "Mai 2019"), action(1, "2020"), action(1, "2022", depend_de="[1.3.1]")],
        [("1.1", Raison.ATTENTE), ("1.3", Raison.BLOQUE), ("1.2", Raison.ATTENTE)],
    ),
    "trois au plus, et d'abord ce que le plan demande, le plus ancien en premier": (
        [
            ", ".join(action(n, f"{2018 + n}", decision="Choisir") for n in (3, 1, 2, 4)),
            action(1, "Juin 2018", "CA"),
        ],
        [("1.1.1", Raison.DEMANDE), ("1.1.2", Raison.DEMANDE), ("1.1.3", Raison.DEMANDE)],
    ),
}


@pytest.mark.parametrize("what", RULE)
def test_the_rule_proposes(what: str) -> None:
    plans, expected = RULE[what]
    found = to_decide(portrait(plan_of(*plans), DAY))
    assert [(one.id, one.raison) for one in found.dossiers] == expected


def test_what_is_chosen_takes_the_place_of_what_is_proposed() -> None:
    seen = portrait(LIVING, DAY)
    found = to_decide(seen, ["3.GOU.3.", "3.gou.3.3", "1.adm.2.5", "2.gou.3.2"])
    assert [(one.id, one.raison) for one in found.dossiers] == [
        ("3.gou.3", Raison.CHOISI),
        ("3.gou.3.3", Raison.CHOISI),
        ("1.adm.2.5", Raison.CHOISI),
    ]
    assert [one.id for one in found.dossiers[0].actions] == ["3.gou.3.2", "3.gou.3.4", "3.gou.3.5"]
    assert found.closes == ("2.gou.3.2",)  # which is done
    assert [one.id for one in found.autres][:2] == ["2.gou.1", "3.gou.2"]
    assert to_decide(seen, ["9.zz.9", "2.gou.3.2"]) == to_decide(seen)._replace(
        closes=("2.gou.3.2",), inconnus=("9.zz.9",)
    )


def test_what_the_plan_asks_of_an_action_is_asked_of_its_objectif() -> None:
    seen = portrait(LIVING, DAY)
    made = shown(to_decide(seen, ["3.gou.3"]).dossiers[0], seen)
    assert made.question == (
        f"Embauche liée à la structure{NB}: Embaucher une adjointe administrative à mi-temps, ou attendre le budget "
        "2020-2021?"
    )
    assert made.resolutions[:3] == (
        "d'embaucher une adjointe administrative à mi-temps",
        "d'attendre le budget 2020-2021",
        OPEN,
    )
    assert made.resolutions[3:] == (
        "de maintenir les échéances",
        "de reporter ces actions aux dates inscrites ci-dessus",
        "d'abandonner ces actions et de le dire au bilan",
    )


def test_what_a_standing_item_carries_out_is_not_to_be_decided() -> None:
    seen = portrait(plan_of(action(1, "Juin 2019", "CA")), DAY)
    assert to_decide(seen, (), {"1.1.1"}).dossiers == ()


@settings(derandomize=True, deadline=None, max_examples=examples(25, 150))
@given(st.dates(date(2018, 6, 1), date(2023, 6, 1)), st.sampled_from(["livré", "vivant"]))
def test_no_action_is_in_two_dossiers_and_each_is_open(day: date, which: str) -> None:
    seen = portrait(load_shipped()[0] if which == "livré" else LIVING, day)
    found = to_decide(seen)
    assert len(found.dossiers) <= MOST
    named = [one.id for dossier in (*found.dossiers, *found.autres) for one in dossier.actions]
    assert len(named) == len(set(named))
    assert all(one.open for dossier in found.dossiers for one in dossier.actions)


@pytest.mark.parametrize("day", [date(2019, 11, 20), date(2020, 9, 16), DAY, date(2021, 11, 17)], ids=str)
def test_the_sommaire_and_the_agenda_of_a_meeting_ask_the_same(day: date) -> None:
    before = day - timedelta(days=2)
    summary = sommaire.build(Request(LIVING, (), before, before, Selection()))
    agenda = build(AgendaRequest(LIVING, day, day=day))
    assert summary.reunion
    assert list(summary.decisions) == [part.decision for part in agenda.decisions]


CHOICES = [
    ("Adopter le budget", ["d'adopter le budget"]),
    ("Choisir entre deux baux.", ["de choisir entre deux baux"]),
    ("Embaucher une adjointe, ou attendre un an?", ["d'embaucher une adjointe", "d'attendre un an"]),
    ("Vendre le local ou bien le garder", ["de vendre le local ou bien le garder"]),
    ("Harmoniser les tarifs", ["d'harmoniser les tarifs"]),
    ("Hausser les tarifs", ["de hausser les tarifs"]),
    ("Faut-il embaucher?", []),
    ("Premier bilan", []),
    ("Budget", []),
    ("Dossier de la salle", []),
]


@pytest.mark.parametrize(("decision", "expected"), CHOICES)
def test_the_choices_of_a_decision_are_resolutions_and_one_is_left_open(decision: str, expected: list[str]) -> None:
    assert list(choices_of(decision)) == [*expected, OPEN]


BOXES = [
    (action(1, "Juin 2020"), ["faite le ____________", "en cours", "maintenir", "reporter au ____________"]),
    (
        action(1, "Juin 2020", statut="partiellement réalisée"),
        ["faite le ____________", "☒ en cours", "maintenir", "reporter au ____________"],
    ),
    (action(1, "À évaluer"), ["faite le ____________", "en cours", "fixer au ____________"]),
    (
        action(1, "Annuel"),
        ["faite le ____________", "en cours", "maintenir", "reporter au ____________"],
    ),
    (
        action(1, "Annuel", realisations="[2020-11-05]"),
        ["faite encore une fois le ____________", "en cours", "maintenir", "reporter au ____________"],
    ),
]


@pytest.mark.parametrize(("one", "expected"), BOXES)
def test_what_is_recorded_is_ticked_and_what_may_be_decided_is_offered(one: str, expected: list[str]) -> None:
    seen = portrait(plan_of(one, action(1, "Juin 2030")), DAY)
    (decision,) = to_decide(seen, ["1.1"]).dossiers
    boxes = [f"{'☒ ' if box.cochee else ''}{box.texte}" for box in shown(decision, seen).lignes[0].cases]
    assert boxes == [*expected, "abandonner"]


def test_once_the_plan_is_over_there_is_nothing_to_postpone() -> None:
    seen = portrait(plan_of(f"{action(1, 'Juin 2019', 'CA')}, {action(2, 'Juin 2020', 'CA')}"), DAY)
    made = shown(to_decide(seen).dossiers[0], seen)
    assert made.resolutions == (
        "de reconduire ces actions dans le prochain plan",
        "d'abandonner ces actions et de le dire au bilan",
    )
    assert [box.texte for box in made.lignes[0].cases][1] == "reconduire dans le prochain plan"


@pytest.mark.parametrize("format_", one_in(2, ["md", "html"]))
def test_once_the_plan_is_over_no_table_asks_for_a_date(format_: str) -> None:
    words = ("--plan", str(RECORDED), "--date", "2023-01-15", "--format", format_)
    made = pivot("agenda", *words, cwd=RECORDED.parent).stdout
    assert "Reconduite" in made
    assert "Nouvelle échéance" not in made
    assert "Échéance fixée" not in made


def test_a_dossier_says_its_money_its_reports_and_what_is_done_of_it() -> None:
    seen = portrait(LIVING, DAY)
    third = shown(to_decide(seen).dossiers[2], seen)
    assert third.contexte == f"1{NB}échéance passée, depuis juin{NB}2019. Sur 2{NB}actions, 1{NB}est réalisée."
    assert third.argent == ""  # that of the action which is done is not what is to be decided
    first = shown(to_decide(seen).dossiers[0], seen)
    assert first.lignes[0].reports == f"reportée 2{NB}fois"
    assert first.argent == f"Argent{NB}: 28{NB}000{NB}$ prévus, aucune dépense consignée."


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        (("--dossier", "9.zz.1"), 2, "il n'y a pas d'objectif « 9.zz.1 »"),
        (("--dossier", "3.gou"), 2, "« 3.gou » est un volet, et non un objectif."),
        (("--dossier", "3.gou.3.9"), 2, "il n'y a pas d'action « 3.gou.3.9 »"),
        (("--type", "aga", "--dossier", "3.gou.3"), 2, "--dossier ne s'applique pas à l'assemblée générale."),
        (("--suites", "suites.docx"), 2, "Écrivez par exemple : --suites suites.md"),
        (("--suites", "plan/reunions.yaml"), 2, "le nom d'un fichier du plan"),
        (("--dossier", "2.gou.3.2"), 0, "(2.gou.3.2) est laissé de côté"),
    ],
)
def test_what_cannot_be_chosen_is_answered(typed: tuple[str, ...], code: int, said: str) -> None:
    done = pivot("agenda", "--date", "2021-03-17", *typed, cwd=RECORDED.parent)
    assert (done.returncode, said in done.stderr.replace(NB, " ")) == (code, True), done.stderr
