"""The same filters on every command: what each keeps, the totals of what was kept, and that it was filtered is said."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from living import RECORDED
from pace import few, one_in
from support import ADOPTED, ROOT, SMALL, load_texts, pivot, write_plan

from pivot_cli.plan.loader import load
from pivot_cli.plan.sources import read_folder
from pivot_cli.suivi.etat import portrait
from pivot_cli.suivi.selection import asking, inside

AU = ("--au", "2021-03-15")
KEPT = [
    # the filters, as they are typed
    ("-r", "DG"),
    ("--responsable", "direction générale", "-r", "CA"),
    ("--orientation", "3"),
    ("--objectif", "3.GOU.2", "--objectif", "2.gou.2"),
    ("--etat", "échéance passée"),
    ("--etat", "ECHEANCE PASSEE", "-r", "CA"),
    ("--etat", "à confirmer"),
    ("--etat", "en retard", "--etat", "réalisée"),
    ("--avant", "2019"),
    ("--apres", "mars 2020", "--avant", "décembre 2020"),
    ("--apres", "2021-06-30"),
    ("--orientation", "4", "--etat", "abandonnée"),  # nothing
]
each_filter = pytest.mark.parametrize("words", one_in(3, map(list, KEPT)), ids=" ".join)


def shown(*words: str) -> str:
    done = pivot(*words, *AU, cwd=RECORDED.parent, columns=200)
    assert done.returncode == 0, done.stderr
    return done.stdout.replace("\N{NO-BREAK SPACE}", " ")


def answer(*words: str) -> Any:
    return json.loads(shown(*words, "--format", "json"))


@each_filter
def test_every_command_keeps_the_same_actions(words: tuple[str, ...]) -> None:
    listed = answer("list", *words)
    assert list(listed) == ["au", "incomplet", "filtre", "actions"]
    by_id = {one["id"]: one["etat"] for one in listed["actions"]}
    passed = {id_ for id_, etat in by_id.items() if etat in ("en retard", "à confirmer")}
    assert {one["id"] for one in answer("overdue", *words)["actions"]} == passed
    status = answer("status", *words)
    assert status["total"] == sum(status["par_etat"].values()) == len(by_id)
    assert status["par_etat"]["en retard"] + status["par_etat"]["à confirmer"] == len(passed)
    assert sum(one["total"] for one in status["orientations"]) == len(by_id)
    export = answer("export", *words)
    assert [one["id"] for one in export["actions"]] == list(by_id)
    nested = [
        one["id"]
        for orientation in export["orientations"]
        for volet in orientation["volets"]
        for objectif in volet["objectifs"]
        for one in objectif["actions"]
    ]
    assert nested == list(by_id)
    for name in ("list", "export"):
        rows = csv.DictReader(io.StringIO(shown(name, *words, "--format", "csv")))
        assert {row["id"]: row["etat"] for row in rows} == {
            id_: "échéance passée" if id_ in passed else etat for id_, etat in by_id.items()
        }


@pytest.mark.lent
@pytest.mark.parametrize("words", few(6, map(list, KEPT)), ids=" ".join)
def test_what_was_filtered_says_so_and_counts_what_was_kept(words: list[str]) -> None:
    kept = len(answer("list", *words)["actions"])
    number = "aucune action" if not kept else f"{kept} action{'s' * (kept > 1)}"
    (asked,) = {answer(name, *words)["filtre"] for name in ("export", "list", "overdue", "status")}
    assert asked[:1] == asked[:1].upper() != ""
    for name in ("list", "status"):
        assert f"{asked} : {number} sur 93." in shown(name, *words)
    recorded = re.findall(r"Avancement consigné : (\d+) actions? sur (\d+)\.", shown("status", *words))
    assert recorded == [(str(answer("status", *words)["consignees"]), str(kept))]
    for name in ("list", "overdue") if kept else ():
        assert (
            re.findall(r"Avancement consigné : (\d+) actions? sur (\d+)\.", shown(name, *words, "--format", "md"))
            == recorded
        )
    assert f"{asked} : {number} sur 93" in shown("report", *words, "--format", "md").replace("« ", "«").replace(
        "«", "« "
    )


def test_who_asks_for_what_is_late_finds_the_silent_too() -> None:
    passed = [one["id"] for one in answer("list", "--etat", "échéance passée")["actions"]]
    assert len(passed) == 37
    for words in (("--etat", "en retard"), ("--etat", "EN RETARD", "--etat", "à confirmer")):
        late = answer("list", *words)
        assert (late["filtre"], [one["id"] for one in late["actions"]]) == ("Échéance passée", passed)


ETATS = [
    # typed                      what is said beside the états
    ("en attente", "« en attente » est un statut, qui se lit à côté de l'état d'une action."),
    ("partiellement réalisée", "« partiellement réalisée » est un statut,"),
    ("faite en partie", "« partiellement réalisée » est un statut,"),
    ("bloqué", "« en attente » est un statut,"),
    ("retard", "Vouliez-vous dire « échéance passée »?"),
    ("passée", "Vouliez-vous dire « échéance passée »?"),
    ("fait", "Vouliez-vous dire « réalisée »?"),
    ("faites", "Vouliez-vous dire « réalisée »?"),
    ("annulée", "Vouliez-vous dire « abandonnée »?"),
    ("proche", "Vouliez-vous dire « échéance proche »?"),
    ("trottinette", "États : réalisée,"),
]


@pytest.mark.parametrize(("typed", "hint"), ETATS)
def test_what_is_no_etat_is_told_with_what_it_may_be(typed: str, hint: str) -> None:
    done = pivot("status", "--etat", typed, cwd=RECORDED.parent)
    told = " ".join(done.stderr.split())
    assert (done.returncode, done.stdout) == (2, "")
    assert f"il n'y a pas d'état « {typed} ». {hint}" in told


def test_a_reminder_that_has_nothing_to_say_says_of_what() -> None:
    def told(*words: str) -> str:
        done = pivot("remind", *words, cwd=RECORDED.parent)
        assert (done.returncode, done.stdout) == (0, "")
        return " ".join(done.stderr.split())

    nothing = "Rien à rappeler : aucune échéance n'est passée ni proche"
    assert told("--etat", "réalisée") == f"{nothing} parmi celles demandées (réalisée)."
    assert told("-r", "Éq. anim.", "--apres", "2030").startswith(
        f"{nothing} parmi celles demandées (L'équipe animation"
    )
    assert told("--au", "2018-06-01") == f"{nothing}."


def test_a_plan_without_actions_is_told_as_such(tmp_path: Path) -> None:
    empty = SMALL["orientation-1.yaml"].partition("        actions:")[0] + "        actions: []\n"
    nameless = SMALL["responsables.yaml"].replace("code: DG", 'code: ""')
    write_plan(tmp_path, SMALL | {"orientation-1.yaml": empty, "responsables.yaml": nameless})
    for words in (("overdue",), ("list",), ("list", "--format", "md")):
        shown = pivot(*words, cwd=tmp_path).stdout
        assert "Aucune action n'a été lue dans le plan." in shown
        assert "condition" not in shown
        assert "demande" not in shown
    assert (
        "Responsables du plan\N{NO-BREAK SPACE}: Direction générale, CA."
        in pivot("list", "-r", "x", cwd=tmp_path).stderr
    )


def test_a_reminder_of_a_part_says_of_which() -> None:
    text = " ".join(shown("remind", "-r", "DG", "--orientation", "3", "--avant", "2019").split())
    assert "(Le Pivot; orientation 3, échéance au plus tard le 31 décembre 2019)" in text
    assert set(re.findall(r"\b\d\.[a-z]+\.\d\.\d\b", text)) == {
        one["id"] for one in answer("overdue", "-r", "DG", "--orientation", "3", "--avant", "2019")["actions"]
    }
    assert "(Le Pivot)" in " ".join(shown("remind", "-r", "DG").split())


def test_what_is_whole_says_of_no_filter() -> None:
    for name in ("export", "list", "overdue", "status"):
        assert "filtre" not in answer(name)


def test_markdown_says_what_the_screen_does() -> None:
    def near(day: str) -> str:
        done = pivot("overdue", "--bientot", "--format", "md", "--au", day, cwd=RECORDED.parent)
        return done.stdout.replace("\N{NO-BREAK SPACE}", " ")

    said = near("2019-12-20")
    assert "Échéances passées : 6. À échéance d'ici le 19 mars 2020 : 20." in said  # and not 26
    assert "Tel que consigné aujourd'hui, sans ce qui porte une date postérieure au 20 décembre 2019." in said
    table = shown("list", "--format", "md")
    screen = " ".join(shown("list").split())
    states = set(re.findall(r"(?m)^\| \d\S+ \|.*\| (.+) \|$", table))
    assert len(states) > 20
    assert [one for one in states if one[1:].replace("\\", "") not in screen] == []
    assert "; Tech. inf. : Technicien en informatique; " in table


def test_a_file_of_the_plan_is_named_alike_wherever_the_command_was_typed(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    (tmp_path / "un" / "autre").mkdir(parents=True)
    for words in (("export",), ("list", "--format", "json"), ("show", "1.adm.1.1", "--format", "json")):
        for place in (tmp_path, plan, tmp_path / "un" / "autre"):
            made = pivot(*words, "--plan", str(plan), *AU, cwd=place).stdout
            assert '"fichier": "plan/orientation-1.yaml"' in made, (words, place)
    assert "../../plan/orientation-1.yaml" in pivot("show", "1.adm.1.1", cwd=tmp_path / "un" / "autre").stdout


def test_who_answered_does_not_look_silent_in_a_list_for_a_program() -> None:
    words = ("--objectif", "1.par.1", "--au", "2022-12-31")
    made = [pivot(name, *words, "--format", "csv", cwd=RECORDED.parent).stdout for name in ("list", "overdue")]
    made.append(pivot("list", *words, "--separateur", ";", "--format", "csv", cwd=RECORDED.parent).stdout)
    for text, sign in zip(made, ",,;", strict=True):
        row = next(row for row in csv.DictReader(io.StringIO(text), delimiter=sign) if row["id"] == "1.par.1.3")
        assert (row["statut"], row["realisations"]) == ("", "2021-03-01 + 2021-06-01")
    one = json.loads(pivot("show", "1.par.1.3", "--format", "json", cwd=RECORDED.parent).stdout)
    assert one["realisations"] == ["2021-03-01", "2021-06-01"]


def test_an_export_says_the_next_day_due_and_how_an_echeance_was_read() -> None:
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(shown("export", "--format", "csv")))}
    keys = ("titre_volet", "edtf", "avis", "prochaine_echeance")
    assert {id_: [rows[id_][key] for key in keys] for id_ in ("3.rh.1.3", "2.gou.1.1")} == {
        "3.rh.1.3": ["Ressources humaines", "2021-01-01/2021-12-31", "", "2021-12-31"],
        "2.gou.1.1": ["Gouvernance", "2019-12-01/2019-12-31", "", ""],  # passed
    }
    assert rows["2.adm.1.1"]["prochaine_echeance"] == "2021-12-31"  # every autumn


@pytest.mark.parametrize("tri", ["plan", "echeance", "responsable"])
def test_every_form_of_a_list_is_in_its_order(tri: str) -> None:
    words = ("list", "--orientation", "5", "--tri", tri)
    ids = [one["id"] for one in answer(*words)["actions"]]
    assert [row["id"] for row in csv.DictReader(io.StringIO(shown(*words, "--format", "csv")))] == ids
    assert re.findall(r"(?m)^\| (5\S+) \|", shown(*words, "--format", "md")) == ids
    assert re.findall(r"(?m)^  (5\.\w+\.\d\.\d) ", shown(*words)) == ids
    in_the_plan = [one["id"] for one in answer("export", "--orientation", "5")["actions"]]
    assert sorted(ids) == sorted(in_the_plan)
    assert (ids == in_the_plan) == (tri == "plan")


LEVELS = [
    ("3", "Orientation 3", 19),
    ("3.gou", "Volet 3.gou", 10),
    ("3.GOU.2", "Objectif 3.gou.2", 2),
    ("3.gou.2.", "Objectif 3.gou.2", 2),
    ("4.", "Orientation 4", 6),
]


@pytest.mark.parametrize(("typed", "title", "number"), LEVELS)
def test_a_level_is_shown_with_what_is_in_it(typed: str, title: str, number: int) -> None:
    assert shown("show", typed).startswith(f"{title} ")
    told = answer("show", typed)
    assert list(told) == ["au", "incomplet", "id", "titre", "actions"]
    assert (told["id"], len(told["actions"])) == (title.split()[1], number)
    assert all(one["id"].startswith(f"{told['id']}.") for one in told["actions"])
    assert told["titre"] in " ".join(shown("show", typed).split())


NO_LEVEL = [
    # typed          what is said
    ("9", "il n'y a pas d'orientation « 9 » dans le plan. Orientations du plan : 1, 2, 3, 4, 5."),
    ("9.gou.1", "il n'y a pas d'orientation « 9 » dans le plan. Orientations du plan : 1, 2, 3, 4, 5."),
    ("3.zz", "il n'y a pas de volet « 3.zz » dans le plan. Volets de l'orientation 3 : 3.gou, 3.rh."),
    ("3.go", "dans le plan. Vouliez-vous dire « 3.gou »? Volets de l'orientation 3 : 3.gou, 3.rh."),
    ("3.gou.9", "il n'y a pas d'objectif « 3.gou.9 » dans le plan."),
    ("3.gou.9", "Objectifs du volet 3.gou : 3.gou.1, 3.gou.2, 3.gou.3."),
    *((typed, "il n'y a pas d'action") for typed in ("", ".", "gou", "3..2", "3.gou.2.9", "3.gou.2.1.1")),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "said"), NO_LEVEL)
def test_what_is_no_level_is_told_with_what_is_beside(typed: str, said: str) -> None:
    done = pivot("show", typed, cwd=RECORDED.parent)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in " ".join(done.stderr.split())


def test_a_period_may_end_any_id() -> None:
    assert shown("show", "1.ADM.1.1.") == shown("show", "1.adm.1.1")
    assert answer("list", "--objectif", "3.GOU.2.") == answer("list", "--objectif", "3.gou.2")


def test_a_level_without_actions_is_told_as_such(tmp_path: Path) -> None:
    empty = SMALL["orientation-1.yaml"].partition("        actions:")[0] + "        actions: []\n"
    write_plan(tmp_path, SMALL | {"orientation-1.yaml": empty})
    for typed in ("1", "1.adm", "1.ADM.1"):
        done = pivot("show", typed, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert f"«\N{NO-BREAK SPACE}{typed}\N{NO-BREAK SPACE}» n'a encore aucune action." in done.stderr


# --- what is to be completed ------------------------------------------------------------------------------

COMMENTED = (
    SMALL["orientation-1.yaml"]
    + """\
          # À COMPLÉTER : qui? (en dessous de la deuxième action)
          - numero: 3
            description: "Écrire # À COMPLÉTER dans un formulaire"
            responsables: [CA]
            echeance: Mars 2020
          - numero: 4
            description: Sans date lisible
            responsables: [CA]
            echeance: bientôt
          - numero: 5
            description: |
              Deux lignes
              # À COMPLÉTER : c'est du texte
            responsables: [CA]
            echeance: Mars 2020
          - numero: 6
            description: Un mot en minuscules
            responsables: [CA]
            echeance: Mars 2020  # a completer : l'année
          - numero: 7
            description: >  # À COMPLÉTER : la suite
              Un texte
            responsables: [CA]
            echeance: Mars 2020
          - numero: 8
            description: Rien à compléter ici
            responsables: [CA]
            echeance: Mars 2020
            suivi:
              - note: 'Voir # À COMPLÉTER'
                date: 2020-01-15
          - numero: 9
            description: Autre#À COMPLÉTER
            responsables: [CA]
            echeance: Mars 2020
            # TODO
            suivi:
              - note: Vu
                date: 2020-01-15
              # À COMPLÉTER : par qui?
"""
)


def test_a_comment_that_asks_for_something_is_found_and_a_text_is_not() -> None:
    plan, _ = load_texts(SMALL | {"orientation-1.yaml": COMMENTED})
    assert asking(plan) == {"1.adm.1.2", "1.adm.1.6", "1.adm.1.7", "1.adm.1.9"}


def test_an_orientation_without_actions_asks_for_nothing() -> None:
    empty = "numero: 2\ntitre: À venir\nvolets: []\n# À COMPLÉTER : les volets\n"
    plan, _ = load_texts(SMALL | {"orientation-1.yaml": COMMENTED, "orientation-2.yaml": empty})
    assert len(plan.orientations) == 2
    assert asking(plan) == {"1.adm.1.2", "1.adm.1.6", "1.adm.1.7", "1.adm.1.9"}


def test_words_find_people_by_every_name_that_they_answer_to() -> None:
    named = [
        json.loads(pivot("list", *words, "--format", "json", *AU, cwd=RECORDED.parent).stdout)["actions"]
        for words in (("directrice", "générale"), ("-r", "Directrice générale"))
    ]
    assert named[0] == named[1]
    assert len(named[0]) == 31


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_is_to_be_completed_is_listed(end: str, tmp_path: Path) -> None:
    write_plan(tmp_path, SMALL | {"orientation-1.yaml": COMMENTED.replace("\n", end)})
    done = pivot("list", "--a-completer", "--format", "json", "--au", "2020-01-15", cwd=tmp_path)
    found = [one["id"] for one in json.loads(done.stdout)["actions"]]
    assert found == ["1.adm.1.2", "1.adm.1.4", "1.adm.1.6", "1.adm.1.7", "1.adm.1.9"]


def test_a_level_is_found_in_a_plan_with_faults() -> None:
    plan, _ = load(read_folder(RECORDED, "plan"))
    seen = portrait(plan, date(2021, 3, 15))
    assert inside(seen.situations, "2")[0] == "2"
    assert inside(seen.situations, "2.gou.2.4") == ("2.gou.2.4", ())


@pytest.mark.parametrize("typed", ["?", "&", "--"])
def test_a_sign_alone_finds_only_what_holds_it(typed: str) -> None:
    listed = json.loads(pivot("list", "--format", "json", *AU, "--", typed, cwd=RECORDED.parent).stdout)["actions"]
    assert len(listed) < 10
    assert all(typed in json.dumps(one, ensure_ascii=False) or typed == "&" for one in listed)


@pytest.mark.parametrize("typed", [("",), (" ",), ("« »",), ("", '""')])
def test_no_word_at_all_is_told(typed: tuple[str, ...]) -> None:
    done = pivot("list", *typed, *AU, cwd=RECORDED.parent)
    assert (done.returncode, done.stdout) == (2, "")
    assert "aucun mot à chercher" in done.stderr


def test_what_is_searched_is_shown_word_by_word() -> None:
    for typed in ('"structure hiérarchique"', "« structure hiérarchique »", "structure hiérarchique"):
        assert "« structure » « hiérarchique » : 5 actions sur 93." in shown("list", typed)


def test_what_the_manuals_search_is_found() -> None:
    manuals = [path.read_text(encoding="utf-8") for path in (ROOT / "README.md", ROOT / "CHANGELOG.md")]
    manuals.append(pivot("list", "--help").stdout.replace("\n", "`\n"))
    typed = re.findall(r"\bpivot list ([^-[`#\n]+?) *[`#]", "\n".join(manuals))
    assert len(typed) >= 3
    for folder in (RECORDED.parent, ADOPTED):
        for words in typed:
            assert "aucune action" not in pivot("list", *words.split(), cwd=folder).stdout, words
