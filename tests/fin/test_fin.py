"""The end of the living plan, closed on a copy by its sheet, and the plan that follows: alone, and from a document."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from agenda.components import absent
from documents.test_pdf import shown
from living import RECORDED
from pace import table
from page import doors
from sheets.making import fill, opened, rows_of, sent
from support import SHIPPED, golden, pivot

from fin.closing import AFTER, closed, followed
from pivot_cli.documents.bilan import HEADINGS
from pivot_cli.documents.ending import Devenir, became
from pivot_cli.plan.former import taken_over
from pivot_cli.plan.lineage import successors
from pivot_cli.plan.loader import load
from pivot_cli.plan.model import Plan, Statut
from pivot_cli.plan.sources import read_folder
from pivot_cli.suivi.etat import portrait
from pivot_cli.suivi.phrases import over_since, span_of, text_of

HERE = Path(__file__).parent
CORPUS = HERE.parent / "intake" / "corpus"
WORD = ("--de", str(CORPUS / "planification-strategique.docx"), "--titre", "Plan 2023-2026", "--periode", "2023-2026")
ALONE = ("--periode", "2023-2026")


def plan_in(folder: Path) -> Plan:
    return load(read_folder(folder, folder.name))[0]


def kept(name: str, made: str) -> None:
    assert made == golden(HERE / "golden" / name, made)


# --- to close ------------------------------------------------------------------------------------------------


def test_what_is_left_to_close_is_shown_with_the_way(tmp_path: Path) -> None:
    shutil.copytree(closed(), tmp_path, dirs_exist_ok=True)
    shown = pivot("status", "--au", AFTER, cwd=tmp_path).stdout
    kept("status-a-fermer.txt", shown)
    found = json.loads(pivot("status", "--au", AFTER, "--format", "json", cwd=tmp_path).stdout)
    assert (found["ecoule"], found["a_fermer"]) == (True, 14)
    for way in re.findall(
        r"^ +(?:Une à une|et à son retour|Par une feuille)\N{NO-BREAK SPACE}: (pivot .*)", shown, re.MULTILINE
    ):
        assert way.split()[1] in ("note", "list")
    ids = [
        one["id"] for one in json.loads(pivot("list", "--a-fermer", "--format", "json", cwd=tmp_path).stdout)["actions"]
    ]
    done = pivot("note", *ids, "--statut", "reconduite", "--le", "décembre 2022", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    shown = pivot("status", "--au", AFTER, cwd=tmp_path).stdout
    assert "À FERMER" not in shown
    assert "POUR FINIR" in shown
    assert "pivot init --suite-de plan" in shown


@table("id_", ["1.par.1.1", "2.adm.1.1", "1.act.2.2"])
def test_what_recurs_or_goes_on_is_closed_by_the_day_it_was_last_done(id_: str, tmp_path: Path) -> None:
    folder = tmp_path / id_
    shutil.copytree(RECORDED, folder / "plan")
    done = pivot("note", id_, "--statut", "réalisée", "--le", "2021-12-15", cwd=folder)
    assert done.returncode == 0, done.stderr
    action = json.loads(pivot("show", id_, "--format", "json", cwd=folder).stdout)
    assert (action["etat"], action["realisee_le"]) == ("réalisée", "2021-12-15")


@table("moved", [1, 9, 10])
def test_a_few_echeances_moved_beyond_do_not_keep_a_plan_from_its_end(moved: int, tmp_path: Path) -> None:
    """Of 93 adopted until December 2021; ten of them moved to the next year prolong it."""
    folder = shutil.copytree(SHIPPED, tmp_path / str(moved))
    file = folder / "orientation-2.yaml"
    later = r"\g<1>echeance: Décembre 2022\n\g<1>echeances_precedentes: [{echeance: \2}]\n"
    text = re.sub(r"( +)echeance: ([^\n]*20(?:19|20))\n", later, file.read_text(encoding="utf-8"), count=moved)
    file.write_text(text, encoding="utf-8")
    over = moved < 10
    plan = plan_in(folder)
    assert portrait(plan, date(2022, 1, 10)).over is over
    assert portrait(plan, date(2023, 1, 10)).over
    assert span_of(plan).replace("\N{NO-BREAK SPACE}", " ") == "93 actions · échéances de février 2019 à décembre 2022"
    end = "sa dernière échéance adoptée était en décembre\N{NO-BREAK SPACE}2021."
    assert over_since(portrait(plan, date(2022, 1, 10))).endswith(end if over else "")


def test_the_living_plan_of_2019_to_2021_is_closed_in_january_2022() -> None:
    plan = ("--plan", str(RECORDED), "--au", "2022-01-10", "--format", "json")
    assert json.loads(pivot("status", *plan).stdout)["a_fermer"] == 59
    assert json.loads(pivot("report", "bilan", *plan).stdout)["final"] is True
    assert len(json.loads(pivot("list", "--a-fermer", *plan).stdout)["actions"]) == 59


# --- the last bilan ------------------------------------------------------------------------------------------


def test_the_last_bilan_says_what_became_of_each_action() -> None:
    plan = plan_in(closed() / "plan")
    seen = portrait(plan, date.fromisoformat(AFTER))
    bilan = json.loads(pivot("report", "bilan", "--au", AFTER, "--format", "json", cwd=closed()).stdout)
    assert (bilan["final"], bilan["entete"]["sorte"]) == (True, "Bilan final")
    told: dict[str, Counter[str]] = {heading: Counter() for heading in HEADINGS}
    for orientation in bilan["orientations"]:
        for objectif in orientation["objectifs"]:
            for heading in HEADINGS:
                told[heading].update(fact["texte"] for fact in objectif[heading])
    every = Counter(text_of(one.action) for one in seen.situations)
    assert sum(told.values(), Counter()) == every
    ends = {"realisees": Devenir.REALISEE, "abandons": Devenir.ABANDONNEE, "reconduites": Devenir.RECONDUITE}
    ends["sans_information"] = Devenir.SILENCE
    for heading, end in ends.items():
        assert told[heading] == Counter(text_of(one.action) for one in seen.situations if became(one) is end), heading
    assert {one["nom"]: one["nombre"] for one in bilan["chiffres"]} == {
        "Réalisées": 46,
        "Abandonnées": 18,
        "Reconduites": 15,
        "Restées ouvertes, avec information consignée": 4,
        "Sans information consignée": 10,
    }
    said = f"{bilan['appuis']} {bilan['reserve']}".replace("\N{NO-BREAK SPACE}", " ")
    assert said == (
        "Sur 79 actions fermées, 30 (38 %) le sont avec un écrit : un résultat, une résolution ou un lien. "
        "Pour 10 actions sur 93, rien n'est consigné : on ne sait pas ce qu'elles sont devenues."
    )
    kept("bilan-final.md", pivot("report", "bilan", "--au", AFTER, cwd=closed()).stdout)


@pytest.mark.complet
@pytest.mark.parametrize("form", ["pdf", "docx"])
@pytest.mark.parametrize("closing", [True, False], ids=["fermé", "vivant"])
def test_the_last_bilan_has_four_pages_at_most(tmp_path: Path, form: str, *, closing: bool) -> None:
    plan = closed() / "plan" if closing else RECORDED
    done = pivot("report", "bilan", "--plan", str(plan), "--au", AFTER, "-o", f"bilan.{form}", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    if form == "docx":
        absent("soffice")
        office = ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "pdf"]
        subprocess.run([*office, "bilan.docx"], cwd=tmp_path, capture_output=True, check=True, timeout=120)
    said = re.search(r"Pages: +(\d+)", shown("pdfinfo", tmp_path / "bilan.pdf"))
    assert said
    assert int(said[1]) <= 4


def test_before_its_end_a_bilan_is_not_the_last() -> None:
    bilan = json.loads(pivot("report", "bilan", "--au", "2021-03-01", "--format", "json", cwd=closed()).stdout)
    assert (bilan["final"], bilan["appuis"], bilan["entete"]["sorte"]) == (False, "", "Bilan")
    words = ("report", "bilan", "--exercice", "2020", "--au", AFTER, "--format", "json")
    assert json.loads(pivot(*words, cwd=closed()).stdout)["final"] is False


# --- the next plan -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "words"), [("seul", ALONE), pytest.param("word", WORD, marks=pytest.mark.lent)])
def test_the_next_plan_is_begun_and_valid(name: str, words: tuple[str, ...]) -> None:
    folder = followed(*words)
    kept(f"init-{name}.txt", (folder / "init.txt").read_text(encoding="utf-8"))
    done = pivot("validate", cwd=folder)
    assert done.returncode == 0, done.stdout
    assert "aucune erreur" in " ".join(done.stdout.split())
    if name == "seul":
        for file in ("organisme.yaml", "reunions.yaml", "orientation-3.yaml"):
            kept(file, (folder / "plan" / file).read_text(encoding="utf-8"))
    old, new = plan_in(folder / "plan-2019-2021"), plan_in(folder / "plan")
    assert new.organisme.plan.suite_de == "plan-2019-2021"
    assert new.organisme.mission == old.organisme.mission
    known = {who.code: who for who in new.registre}
    assert all(known[who.code][:-1] == who[:-1] for who in old.registre)


@pytest.mark.parametrize("words", [ALONE, pytest.param(WORD, marks=pytest.mark.lent)], ids=["seul", "word"])
def test_each_of_the_93_actions_can_be_followed_to_what_became_of_it(words: tuple[str, ...]) -> None:
    folder = followed(*words)
    old = plan_in(folder / "plan-2019-2021")
    ((label, new),) = successors(folder / "plan-2019-2021", folder)
    assert label == "plan"
    taken, seen = taken_over(new, old), portrait(old, date.fromisoformat(AFTER))
    assert len(seen.situations) == 93
    ends = Counter(became(one) for one in seen.situations)
    assert ends.total() == 93
    for one in seen.situations:
        takers = taken.get(one.id, [])
        assert len(takers) == (one.action.statut is Statut.RECONDUITE), one.id
        for place in takers:
            assert place.action.suite_de == one.id
            assert place.action.description == one.action.description
            assert not place.action.consignee


def test_what_is_taken_over_is_shown_both_ways() -> None:
    folder = followed(*ALONE)
    for plan, name in (("plan", "show-nouveau"), ("plan-2019-2021", "show-ancien")):
        words = ("show", "1.par.1.3", "--plan", plan, "--au", AFTER)
        kept(f"{name}.txt", pivot(*words, cwd=folder).stdout)
        kept(f"{name}.json", pivot(*words, "--format", "json", cwd=folder).stdout)


@table(
    ("plan", "told"),
    [
        ("plan", ("Reprend", "du plan stratégique 2019-2021 (plan-2019-2021)", "Alors", "reconduite")),
        ("plan-2019-2021", ("Reprise par", "du plan stratégique 2023-2026 (plan)")),
    ],
)
def test_the_page_of_an_action_says_what_it_takes_over_and_what_takes_it_over(plan: str, told: tuple[str, ...]) -> None:
    shown = doors.opened(followed(*ALONE) / plan, date.fromisoformat(AFTER)).get("/action/1.par.1.3").text
    for words in told:
        assert words in " ".join(shown.replace("\N{NO-BREAK SPACE}", " ").split())


def test_an_action_that_only_the_plan_before_has_is_shown_there() -> None:
    done = pivot("show", "1.adm.1.1", cwd=followed(*ALONE))
    assert done.returncode == 2
    assert "pivot show 1.adm.1.1 --plan plan-2019-2021" in done.stderr
    assert pivot("show", "1.adm.1.1", "--plan", "plan-2019-2021", cwd=followed(*ALONE)).returncode == 0


@pytest.mark.lent
def test_the_agenda_and_the_reminders_say_which_plan_they_are_about(tmp_path: Path) -> None:
    shutil.copytree(followed(*ALONE), tmp_path, dirs_exist_ok=True)
    file = tmp_path / "plan" / "orientation-3.yaml"
    file.write_text(re.sub(r"# À COMPLÉTER : l'échéance.*", "echeance: Juin 2023", file.read_text("utf-8")), "utf-8")
    agenda = pivot("agenda", "--date", "2023-09-20", cwd=tmp_path)
    assert "5. Plan stratégique 2023-2026 |" in agenda.stdout, agenda.stderr
    reminders = pivot("remind", "--au", "2023-09-01", cwd=tmp_path).stdout
    assert "Plan stratégique 2023-2026" in reminders
    assert "du plan stratégique 2023-2026" in " ".join(reminders.split())


def test_the_people_that_no_action_names_yet_are_no_remarks() -> None:
    assert "PIV207" not in pivot("validate", "--remarques", cwd=followed(*ALONE)).stdout


@table(
    ("words", "said"),
    [(("plan-2019-2021",), "Il suit déjà plan-2019-2021"), (("plan-2019-2021", "plan-2019-2021"), "2021 plan\n")],
)
def test_a_plan_that_is_begun_already_is_left_as_it_is(words: tuple[str, ...], said: str) -> None:
    done = pivot("init", "--suite-de", *words, "--sans-question", cwd=followed(*ALONE))
    assert done.returncode == 3
    assert said in done.stderr
    assert "mv" not in done.stderr


def test_a_plan_that_names_itself_is_told_so(tmp_path: Path) -> None:
    shutil.copytree(followed(*ALONE), tmp_path, dirs_exist_ok=True)
    file = tmp_path / "plan" / "organisme.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("suite_de: plan-2019-2021", "suite_de: plan"), "utf-8")
    shown = " ".join(pivot("validate", cwd=tmp_path).stdout.split())
    assert "est le dossier de ce plan-ci" in shown.replace("\N{NO-BREAK SPACE}", " ")


def test_the_questions_of_the_next_plan_are_answered_by_a_sheet(tmp_path: Path) -> None:
    shutil.copytree(followed(*ALONE), tmp_path, dirs_exist_ok=True)
    sheet = sent(tmp_path, "--a-completer", name="questions.xlsx")
    book, page = opened(sheet)
    ids = list(rows_of(page))
    assert len(ids) == 15
    fill(page, [(id_, "Pour quand?", "Juin 2024") for id_ in ids])
    book.save(sheet)
    done = pivot("note", "--de", "questions.xlsx", cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    again = json.loads(pivot("list", "--a-completer", "--format", "json", cwd=tmp_path).stdout)
    assert again["actions"] == []
    assert pivot("validate", cwd=tmp_path).returncode == 0


# --- a document, and words that agree ------------------------------------------------------------------------

NEW = """\
Axe,Action,Responsable,Échéance
Se faire connaître,Tenir un kiosque à la fête du quartier,Comité des fêtes,Juin 2024
Se faire connaître,REFAIRE LE DEPLIANT,Direction,Mars 2024
Se faire connaître,Publier chaque mois le bulletin de nouvelles aux membres et amis,Direction,Mars 2025
Se financer,Trouver un commanditaire majeur pour la cuisine,Direction,2025
Se financer,Trouver un commanditaire majeur pour la cour,Trésorerie,2026
"""
OLD = {
    "organisme.yaml": """\
nom: La Maison
mission: Accueillir
adopte_le: 2019-01-15
periode: {debut: 2019-01-01, fin: 2021-12-31}
diagnostic:
  forces: [Des bénévoles]
plan:
  titre: Plan d'action 2019-2021
  niveaux: {orientation: axe}
conventions:
  debut_exercice: 1er avril   # celui de la Ville
  court_terme: décembre 2020
  moyen_terme: 1 à 2 ans
""",
    "responsables.yaml": """\
responsables:
  - code: DG
    nom: Direction générale
    alias: [Direction]
    courriel: dg@exemple.org
  - code: CF
    nom: Comité des fonds
""",
    "reunions.yaml": """\
ca:
  nom: Conseil de la Maison
  quorum: 3 membres
  heure: 19 h 30
  membres: [Jeanne, Amadou]
  reunions:
    - date: 15 septembre 2019
  points:
    - code: proces-verbal
      duree: 10 min
  points_permanents:
    - titre: Le bulletin
      action: 1.3
    - titre: Le dépliant
      action: 1.2
aga: {heure: 18 h}
""",
    "orientation-1.yaml": """\
numero: 1
titre: Se faire connaître
actions:
  - numero: 1
    description: Tenir un kiosque
    responsables: [DG]
    echeance: Juin 2021
    statut: réalisée
    realisee_le: juin 2021
  - numero: 2
    description: Refaire le dépliant.
    responsables: [DG]
    echeance: Mars 2021
    statut: reconduite
  - numero: 3
    description: Publier le bulletin de nouvelles des membres chaque mois
    responsables: [DG]
    echeance: Mensuel
    statut: reconduite
  - numero: 4
    description: Trouver un commanditaire majeur pour la salle
    responsables: [CF]
    echeance: "2021"
    statut: reconduite
  - numero: 5
    description: Ouvrir un café
    responsables: [DG]
    echeance: "2021"
    statut: reconduite
""",
}


@pytest.fixture
def maison(tmp_path: Path) -> Path:
    before = tmp_path / "plan-2019"
    before.mkdir()
    for name, text in OLD.items():
        (before / name).write_text(text, encoding="utf-8")
    (tmp_path / "nouveau.csv").write_text(NEW, encoding="utf-8")
    return tmp_path


def test_a_document_is_matched_where_words_agree_and_never_guessed(maison: Path) -> None:
    words = ("init", "--suite-de", "plan-2019", "--de", "nouveau.csv", "--sans-question", "--format", "json")
    done = pivot(*words, cwd=maison)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert [(one["id"], one["reprise"], one["entre"]) for one in found["reconduites"]] == [
        ("1.2", "1.2", []),
        ("1.3", "1.3", []),
        ("1.4", None, ["2.1", "2.2"]),
        ("1.5", None, []),
    ]
    kept("init-document.json", done.stdout)
    new = plan_in(maison / "plan")
    assert {place.id: place.action.suite_de for place in new.places if place.action.suite_de} == {
        "1.2": "1.2",
        "1.3": "1.3",
    }
    assert [(who.code, who.nom) for who in new.registre] == [
        ("DG", "Direction générale"),
        ("CF", "Comité des fonds"),
        ("CF2", "Comité des fêtes"),
        ("Tresorerie", "Trésorerie"),
    ]
    assert (new.organisme.nom, new.organisme.mission) == ("La Maison", "Accueillir")
    told = pivot("validate", "--remarques", cwd=maison)
    assert told.returncode == 0, told.stdout
    assert "PIV214" in told.stdout
    assert "1.4 et 1.5" in " ".join(told.stdout.split())


def test_a_flat_plan_is_followed_too(maison: Path) -> None:
    done = pivot("init", "--suite-de", "plan-2019", "--sans-question", "--titre", "Plan 2022", cwd=maison)
    assert done.returncode == 0, done.stderr
    kept("init-plat.txt", done.stdout)
    for file in sorted((maison / "plan").glob("*.yaml")):
        kept(f"plat-{file.name}", file.read_text(encoding="utf-8"))
    assert pivot("validate", cwd=maison).returncode == 0
    assert "l'action 1.2 de « Plan d'action 2019-2021 » (plan-2019)" in " ".join(
        pivot("show", "1.2", cwd=maison).stdout.replace("\N{NO-BREAK SPACE}", " ").split()
    )


def test_a_plan_that_leaves_nothing_is_followed_by_one_to_be_written(maison: Path) -> None:
    file = maison / "plan-2019" / "orientation-1.yaml"
    file.write_text(file.read_text("utf-8").replace("statut: reconduite", 'statut: "en cours"'), "utf-8")
    done = pivot("init", "--suite-de", "plan-2019", "--sans-question", cwd=maison)
    assert done.returncode == 0
    assert "Aucune action n'y est reconduite" in done.stdout
    assert "4 actions ne sont pas fermées" in done.stdout.replace("\N{NO-BREAK SPACE}", " ")
    assert pivot("validate", cwd=maison).returncode == 0


def test_a_plan_that_is_where_the_next_one_would_be_is_to_be_put_away_first(maison: Path) -> None:
    (maison / "plan-2019").rename(maison / "plan")
    done = pivot("init", "--suite-de", "plan", "--sans-question", cwd=maison)
    assert done.returncode == 3
    told = " ".join(done.stderr.split()).replace("\N{NO-BREAK SPACE}", " ")
    assert "mv plan plan-2019-2021 && pivot init --suite-de plan-2019-2021 plan" in told


def test_a_plan_before_that_cannot_be_read_as_a_whole_is_not_followed(maison: Path) -> None:
    (maison / "plan-2019" / "orientation-1.yaml").write_text("numero: [", "utf-8")
    done = pivot("init", "--suite-de", "plan-2019", "--sans-question", cwd=maison)
    assert (done.returncode, (maison / "plan").exists()) == (3, False)
    done = pivot("init", "--suite-de", "nulle-part", "--sans-question", cwd=maison)
    assert done.returncode == 3
    assert "--suite-de" in done.stderr


# --- several plans -------------------------------------------------------------------------------------------


def test_the_plans_of_a_folder_are_listed(maison: Path) -> None:
    shutil.copytree(maison / "plan-2019", maison / "archives" / "plan-2015")
    none = pivot("status", cwd=maison)
    assert none.returncode == 3
    told = " ".join(none.stderr.replace("\N{NO-BREAK SPACE}", " ").split())
    assert "Il y a un plan dans « archives/plan-2015 » et « plan-2019 »" in told
    pivot("init", "--suite-de", "plan-2019", "--sans-question", cwd=maison)
    shown = pivot("status", cwd=maison)
    assert "Autres plans ici : « archives/plan-2015 » et « plan-2019 »" in shown.stdout.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert "plan stratégique" in shown.stdout.splitlines()[0]
    found = json.loads(pivot("status", "--plan", "plan-2019", "--format", "json", cwd=maison).stdout)
    assert found["autres_plans"] == ["archives/plan-2015", "plan"]
    assert "qui ne sont pas vérifiés" in " ".join(pivot("validate", cwd=maison).stderr.split())
    assert "vérifié" not in pivot("validate", "--plan", "plan", cwd=maison).stderr


def test_a_document_says_which_plan_it_is_about() -> None:
    folder = followed(*ALONE)
    for plan, years in (("plan", "2023-2026"), ("plan-2019-2021", "2019-2021")):
        for document in ("complet", "sommaire", "bilan"):
            made = pivot("report", document, "--plan", plan, "--au", AFTER, cwd=folder).stdout
            assert years in made.splitlines()[0] + made.splitlines()[2], (plan, document)
