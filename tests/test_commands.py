"""The commands from end to end: contracts, options, exit codes, and what is said when something is wrong."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from support import ROOT, SHIPPED, SMALL, pivot, write_plan

AU = ("--au", "2020-01-15")
LIVING = ("--plan", str(ROOT / "tests" / "vivant" / "plan"), "--au", "2021-03-15")
NB = "\N{NO-BREAK SPACE}"


def answer(*words: str, **more: Any) -> Any:
    done = pivot(*words, **more)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


# --- the adopted plan, on 15 January 2020 -----------------------------------------------------------------


def test_where_the_adopted_plan_stood() -> None:
    status = answer("status", "--format", "json", *AU)
    contract = ["au", "incomplet", "total", "consignees", "par_etat", "orientations", "responsables"]
    assert list(status) == [*contract, "ecoule", "a_fermer", "autres_plans"]
    assert (status["ecoule"], status["a_fermer"], status["autres_plans"]) == (False, 0, [])
    assert (status["au"], status["incomplet"], status["total"], status["consignees"]) == ("2020-01-15", [], 93, 0)
    assert status["par_etat"] == {
        "réalisée": 0,
        "abandonnée": 0,
        "reconduite": 0,
        "en retard": 0,
        "à confirmer": 45,
        "échéance proche": 2,
        "en cours": 0,
        "à venir": 35,
        "en continu": 7,
        "à commencer": 2,
        "échéance à déterminer": 2,
    }
    by_orientation = [(one["numero"], one["total"], one["par_etat"]["à confirmer"]) for one in status["orientations"]]
    assert by_orientation == [(1, 21, 6), (2, 29, 20), (3, 19, 13), (4, 6, 0), (5, 18, 6)]
    loads = {one["code"]: (one["total"], one["par_etat"]["à confirmer"]) for one in status["responsables"]}
    assert loads["DG"] == (31, 17)
    assert loads["CA"] == (28, 15)
    assert {key for one in status["responsables"] for key in one} == {"code", "nom", "total", "par_etat"}


def test_the_actions_of_the_contract() -> None:
    overdue = answer("overdue", "--responsable", "DG", "--format", "json", *AU)
    assert list(overdue) == ["au", "incomplet", "filtre", "actions"]
    assert len(overdue["actions"]) == 17
    first = overdue["actions"][0]
    contract = list(first)[: list(first).index("ligne") + 1]
    assert set(map(str, (first[key] for key in first if key not in contract))) == {"None", "[]"}  # nothing recorded
    assert {key: first[key] for key in contract} == {
        "id": "2.com.1.1",
        "orientation": 2,
        "volet": "com",
        "objectif": 1,
        "numero": 1,
        "description": "Former un comité de révision et d'actualisation de la politique incluant une ressource "
        "externe (BE)",
        "responsables": ["DG"],
        "echeance": {
            "texte": "Mars 2019",
            "type": "periode",
            "debut": "2019-03-01",
            "fin": "2019-03-31",
            "edtf": "2019-03-01/2019-03-31",
            "recurrence": None,
            "fois": None,
            "avis": None,
        },
        "statut": None,
        "etat": "à confirmer",
        "jours_retard": 290,
        "dernier_suivi": None,
        "budget": None,
        "fichier": "plan/orientation-2.yaml",
        "ligne": 117,
    }
    assert {one["etat"] for one in overdue["actions"]} == {"à confirmer"}
    lateness = [one["jours_retard"] for one in overdue["actions"]]
    assert lateness[0] == max(lateness)


@pytest.mark.parametrize("typed", ["DG", "dg", "Directrice générale", "direction generale", "DIRECTRICE  GÉNÉRALE"])
def test_a_responsable_is_found_however_the_name_is_typed(typed: str) -> None:
    found = answer("overdue", "-r", typed, "--format", "json", *AU)["actions"]
    assert len(found) == 17
    assert "3.gou.1.1" in {one["id"] for one in found}  # « CA + DG »


def test_filters_add_up() -> None:
    both = answer("overdue", "-r", "DG", "-r", "CA", "--format", "json", *AU)["actions"]
    assert len(both) == 25
    one = answer("overdue", "-r", "DG", "--orientation", "3", "--format", "json", *AU)["actions"]
    assert {action["orientation"] for action in one} == {3}
    assert len(one) == 9
    soon = answer("overdue", "--bientot", "--format", "json", *AU)["actions"]
    assert [action["etat"] for action in soon].count("échéance proche") == 2
    near = answer("overdue", "--bientot", "--horizon", "30", "--format", "json", *AU)["actions"]
    assert [action["etat"] for action in near].count("échéance proche") == 0


def test_the_whole_plan_is_exported() -> None:
    export = answer("export", *AU)
    assert list(export) == ["version", "au", "incomplet", "consignees", "organisme", "orientations", "actions"]
    assert len(export["actions"]) == 93
    nested = [
        action["id"]
        for orientation in export["orientations"]
        for volet in orientation["volets"]
        for objectif in volet["objectifs"]
        for action in objectif["actions"]
    ]
    assert nested == [action["id"] for action in export["actions"]]
    assert len(export["organisme"]["diagnostic"]["forces"]) == 13
    rows = list(csv.DictReader(io.StringIO(pivot("export", "--format", "csv", *AU).stdout)))
    assert [row["id"] for row in rows] == nested
    assert rows[0]["responsables"] == "DG"
    assert rows[0]["fin"] == "2020-03-31"


def test_show_gives_the_action_of_the_contract() -> None:
    shown = answer("show", "5.gou.2.1", "--format", "json", *AU)
    assert shown["echeance"]["recurrence"] == "FREQ=YEARLY"
    assert shown["etat"] == "à venir"
    assert shown["id"] == "5.gou.2.1"


def test_the_adopted_plan_is_valid_whatever_the_day() -> None:
    done = pivot("validate")
    assert done.returncode == 0
    assert "Le plan est valide" in done.stdout
    found = json.loads(pivot("validate", "--format", "json").stdout)["diagnostics"]
    assert {one["gravite"] for one in found} == {"info"}
    assert list(found[0]) == ["code", "gravite", "fichier", "ligne", "colonne", "message", "aide"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("status",), 0),
        (("overdue",), 0),
        (("overdue", "--code-retour"), 1),
        (("overdue", "--code-retour", "--au", "2018-01-01"), 0),
        (("deadline", "Automne 2020"), 0),
        (("deadline", "Marz 2020"), 1),
        (("deadline", "Marz 2020", "--format", "json"), 1),
        (("overdue", "-r", "Personne"), 2),
        (("overdue", "--orientation", "9"), 2),
        (("overdue", "--au", "2020"), 2),
        (("overdue", "--au", "demain"), 2),
        (("overdue", "--horizon", "-1"), 2),
        (("show", "1.adm.1.99"), 2),
        (("status", "--format", "xml"), 2),
        (("status", "--plan", "{nowhere}"), 3),
        (("status", "-o", "{nowhere}/f.txt"), 3),
        (("status", "-o", "situation.pdf"), 2),
        (("report", "-o", "situation.DOCX"), 2),
        (("export", "-o", "plan.xlsx"), 2),
        (("list",), 0),
        (("list", "rien-de-tel"), 0),
        (("list", "-r", "Personne"), 2),
        (("list", "--etat", "fini"), 2),
        (("list", "--sans-nouvelles", "0"), 2),
        (("list", "--tri", "taille"), 2),
        (("list", "--avant", "2020", "--apres", "2020"), 0),
        (("list", "--avant", "2020-01-14", "--apres", "2020-01-15"), 2),
        (("remind", "--objectif", "9.zz.9"), 2),
        (("export", "--orientation", "9"), 2),
        (("show", "9"), 2),
        (("show", "3.gou"), 0),
        (("show", ""), 2),
    ],
)
def test_exit_codes(words: tuple[str, ...], code: int, tmp_path: Path) -> None:
    done = pivot(*(word.replace("{nowhere}", str(tmp_path / "nulle" / "part")) for word in words))
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    if code in (2, 3):
        assert done.stdout == ""
        assert done.stderr.startswith("Erreur")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("overdue", "-r", "Direction"), "Vouliez-vous dire «~Direction générale~»?"),
        (("overdue", "-r", "Personne"), "Responsables du plan~: CA, DG, agent-com"),
        (("overdue", "--orientation", "9"), "Orientations du plan~: 1, 2, 3, 4, 5."),
        (("show", "1.adm.1.11"), "Celles de l'objectif 1.adm.1~: 1.adm.1.1, 1.adm.1.2"),
        (("show", "2.guo.2.3"), "Vouliez-vous dire «~2.gou.2.3~»?"),
        (("status", "--au", "mars 2020"), "n'est pas un jour précis"),
        (("report", "--format", "pdf"), "un PDF ne s'affiche pas à l'écran.\nDonnez-lui un nom~: -o complet.pdf"),
        (("export", "-o", "plan.xlsx"), "qu'un tableur ouvre~: -o plan.csv"),
        (("overdue", "--objectif", "3.guo.2"), "Vouliez-vous dire «~3.gou.2~»?"),
        (
            ("overdue", "--objectif", "3.gou"),
            "est un volet, et non un objectif.\nSes objectifs~: 3.gou.1, 3.gou.2, 3.gou.3",
        ),
        (("status", "--objectif", "3.gou.2.1"), "est une action, et non un objectif.\nSon objectif~: 3.gou.2"),
        (("list", "--objectif", "3.gou.9"), "Ceux du volet 3.gou~: 3.gou.1, 3.gou.2, 3.gou.3."),
        (
            ("list", "--etat", "passée"),
            "Vouliez-vous dire «~échéance passée~»? États~: réalisée, abandonnée, reconduite, échéance",
        ),
        (("list", "--etat", "réalisées"), "Vouliez-vous dire «~réalisée~»?"),
        (("list", "--avant", "bientôt"), '--avant 2020-01-15, --avant "mars 2020" ou --avant 2020'),
        (("list", "--avant", "2019", "--apres", "2020"), "aucun jour n'est à la fois après «~2020~» et avant «~2019~»"),
        (("report", "bilan", "--etat", "en cours"), "--etat ne s'applique qu'au document «~complet~»"),
    ],
)
def test_what_is_mistyped_is_answered_with_what_to_type(words: tuple[str, ...], said: str) -> None:
    done = pivot(*words, columns=200)
    assert said.replace("~", NB) in done.stderr


def test_deadline_answers_in_json() -> None:
    assert answer("deadline", "Automne 2020", "--format", "json") == {
        "texte": "Automne 2020",
        "type": "periode",
        "debut": "2020-09-01",
        "fin": "2020-12-31",
        "edtf": "2020-09-01/2020-12-31",
        "recurrence": None,
        "fois": None,
        "avis": None,
    }
    refused = json.loads(pivot("deadline", "Marz 2020", "--format", "json").stdout)
    assert (refused["texte"], refused["type"]) == ("Marz 2020", "refus")
    assert "Marz" in refused["message"]


def test_deadline_works_without_a_plan_and_with_its_conventions(tmp_path: Path) -> None:
    assert answer("deadline", "Hiver 2020", "--format", "json", cwd=tmp_path)["debut"] == "2020-01-01"
    organisme = "conventions: {hiver: décembre}\n" + SMALL["organisme.yaml"]
    write_plan(tmp_path, SMALL | {"organisme.yaml": organisme})
    assert answer("deadline", "Hiver 2020", "--format", "json", cwd=tmp_path)["debut"] == "2020-12-01"
    assert pivot("deadline", "Hiver 2020", "--plan", str(tmp_path / "nulle" / "part")).returncode == 3


# --- where the plan is ------------------------------------------------------------------------------------


def test_the_nearest_plan_is_found_from_below(tmp_path: Path) -> None:
    write_plan(tmp_path)
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert answer("status", "--format", "json", cwd=below)["total"] == 2
    assert answer("status", "--format", "json", cwd=tmp_path / "plan")["total"] == 2


def test_a_plan_is_named_by_option_or_by_the_environment(tmp_path: Path) -> None:
    elsewhere = write_plan(tmp_path / "Été à l'essai")
    for words in (("--plan", str(elsewhere), "status"), ("status", "--plan", str(elsewhere))):
        assert answer(*words, "--format", "json")["total"] == 2
    assert answer("status", "--format", "json", PIVOT_PLAN=str(elsewhere))["total"] == 2
    assert answer("status", "--plan", str(SHIPPED), "--format", "json", PIVOT_PLAN=str(elsewhere))["total"] == 93


def test_no_plan_at_all(tmp_path: Path) -> None:
    for words in (("status",), ("validate",), ("overdue",), ("export",), ("show", "1.adm.1.1")):
        done = pivot(*words, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (3, "")
        assert done.stderr.startswith("Erreur")
        assert "--plan" in done.stderr


# --- a plan that cannot be read in full -------------------------------------------------------------------


def broken(tmp_path: Path, name: str, data: bytes | None) -> Path:
    plan = write_plan(tmp_path)
    if data is None:
        (plan / name).unlink()
    else:
        (plan / name).write_bytes(data)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("orientation-1.yaml", b"numero: [1\n", "PIV005"),
        ("orientation-1.yaml", b"", "PIV006"),
        ("orientation-1.yaml", b"\xff\xfe\x00", "PIV003"),
        ("orientation-1.yaml", b"titre: caf\xe9\n", "PIV003"),
        ("orientation-1.yaml", b"- 1\n- 2\n", "PIV104"),
        ("responsables.yaml", b"responsables: {a: [}\n", "PIV005"),
        ("responsables.yaml", None, "PIV001"),
        ("organisme.yaml", b"nom: [\n", "PIV005"),
    ],
)
def test_nothing_is_green_on_half_a_plan(tmp_path: Path, name: str, data: bytes | None, code: str) -> None:
    folder = broken(tmp_path, name, data)
    checked = pivot("validate", "--format", "json", cwd=folder)
    found = json.loads(checked.stdout)["diagnostics"]
    assert checked.returncode == 1
    assert [(one["code"], one["fichier"]) for one in found] == [(code, f"plan/{name}")]
    for command in ("status", "overdue", "export"):
        done = pivot(command, "--format", "json", cwd=folder)
        assert done.returncode == 3, command
        assert json.loads(done.stdout)["incomplet"] == [f"plan/{name}"]
        assert f"plan/{name}" in done.stderr
    screen = pivot("status", cwd=folder)
    assert screen.returncode == 3
    assert "Plan incomplet" in screen.stdout


def test_no_orientation_at_all(tmp_path: Path) -> None:
    folder = broken(tmp_path, "orientation-1.yaml", None)
    assert pivot("validate", cwd=folder).returncode == 1
    assert pivot("status", cwd=folder).returncode == 3
    assert pivot("overdue", cwd=folder).returncode == 3


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    (plan / "orientation-2.yaml").mkdir()
    done = pivot("validate", "--format", "json", cwd=tmp_path)
    assert done.returncode == 3
    assert [one["code"] for one in json.loads(done.stdout)["diagnostics"]] == ["PIV002"]
    status = pivot("status", "--format", "json", cwd=tmp_path)
    assert status.returncode == 3
    assert json.loads(status.stdout)["total"] == 2


def test_a_fault_in_one_field_is_told_beside_the_result(tmp_path: Path) -> None:
    text = SMALL["orientation-1.yaml"].replace("Mars 2020", "Marz 2020").replace("[DG, CA]", "[DG, Trésorière]")
    write_plan(tmp_path, SMALL | {"orientation-1.yaml": text})
    done = pivot("status", "--format", "json", cwd=tmp_path)
    assert done.returncode == 0
    assert json.loads(done.stdout)["par_etat"]["échéance à déterminer"] == 1
    assert done.stderr.replace(NB, " ") == "2 erreurs dans le plan. Pour les voir : pivot validate\n"
    assert pivot("validate", cwd=tmp_path).returncode == 1


# --- results in files -------------------------------------------------------------------------------------


def test_a_result_goes_whole_to_a_file(tmp_path: Path) -> None:
    write_plan(tmp_path)
    done = pivot("status", "-o", "situation.txt", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / "situation.txt").read_text(encoding="utf-8") == pivot("status", cwd=tmp_path).stdout
    pivot("export", "--format", "csv", "--sortie", "plan.csv", cwd=tmp_path)
    # A spreadsheet reads the accents of a file that begins with this mark.
    assert (tmp_path / "plan.csv").read_bytes().startswith(b"\xef\xbb\xbfid,")


@pytest.mark.parametrize("words", [("export", "--format", "csv"), ("overdue", "--format", "csv")], ids=lambda it: it[0])
@pytest.mark.parametrize(
    ("typed", "sign"),
    [
        (";", ";"), ("Point-virgule", ";"), (r"\t", "\t"), ("\t", "\t"), ("tab", "\t"), ("tabulation", "\t"),
        (",", ","), ("virgule", ","),
    ],
)  # fmt: skip
def test_a_csv_for_a_french_spreadsheet(words: tuple[str, ...], typed: str, sign: str, tmp_path: Path) -> None:
    text = SMALL["orientation-1.yaml"].replace("Former un comité", "'Former; 1,5 h « à » ;=1+1 ,=2'")
    text = text.replace("Mars 2020\n", "Mars 2020\n            budget: {prevu: 1450.50, reel: 1000}\n")
    write_plan(tmp_path, SMALL | {"orientation-1.yaml": text})
    usual = pivot(*words, cwd=tmp_path).stdout
    made = pivot(*words, "--separateur", typed, cwd=tmp_path).stdout
    plain, rows = (list(csv.reader(io.StringIO(said), delimiter=of)) for said, of in ((usual, ","), (made, sign)))
    budget = rows[0].index("budget_prevu")
    assert rows[1][budget : budget + 2] == ["1450.5" if sign == "," else "1450,5", "1000"]
    rows[1][budget] = plain[1][budget]
    assert rows == plain
    assert rows[1][rows[0].index("description")] == "Former; 1,5 h « à » ;'=1+1 ,'=2"
    # Excel takes a file without a mark for Windows-1252; what another program reads on a pipe has none.
    pivot(*words, "--separateur", typed, "-o", "p.csv", cwd=tmp_path)
    assert (tmp_path / "p.csv").read_bytes() == b"\xef\xbb\xbf" + made.encode()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("export", "--separateur", ";"), "--separateur est celui d'un CSV"),
        (("overdue", "--separateur", ";"), "--separateur est celui d'un CSV"),
        (("overdue", "--format", "json", "--separateur", ";"), "--separateur est celui d'un CSV"),
        (("export", "--format", "csv", "--separateur", "|"), "« | » ne sépare pas les colonnes d'un CSV"),
        (("export", "--format", "csv", "--separateur", ""), "ne sépare pas les colonnes d'un CSV"),
    ],
    ids=str,
)
def test_a_separator_that_separates_nothing(words: tuple[str, ...], message: str, tmp_path: Path) -> None:
    write_plan(tmp_path)
    done = pivot(*words, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr.replace("\N{NO-BREAK SPACE}", " ")


def test_a_csv_says_the_same_word_of_both_that_have_passed() -> None:
    for words in (
        ("export", "--format", "csv"),
        ("overdue", "--format", "csv"),
        ("export", "--format", "csv", "--partage"),
    ):
        rows = csv.DictReader(io.StringIO(pivot(*words, *LIVING).stdout))
        etats = {row["etat"] for row in rows}
        assert "échéance passée" in etats
        assert not etats & {"en retard", "à confirmer"}
    given = json.loads(pivot("export", "--partage", *LIVING).stdout)
    assert {"en retard", "à confirmer"} <= {action["etat"] for action in given["actions"]}


def test_cells_are_no_formulas_and_tables_keep_their_columns(tmp_path: Path) -> None:
    text = SMALL["orientation-1.yaml"].replace("Former un comité", "'=1+1 | `x` <b> | y'")
    write_plan(tmp_path, SMALL | {"orientation-1.yaml": text})
    row = next(csv.DictReader(io.StringIO(pivot("export", "--format", "csv", cwd=tmp_path).stdout)))
    assert row["description"] == "'=1+1 | `x` <b> | y"
    markdown = pivot("overdue", "--format", "md", cwd=tmp_path).stdout
    line = next(line for line in markdown.splitlines() if "1.adm.1.1" in line)
    assert line.replace("\\|", "").count("|") == 6
    assert "\\<b\\>" in line


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="sans /dev/full")
def test_a_full_disk_is_a_clear_message() -> None:
    done = pivot("export", "-o", "/dev/full")
    assert done.returncode == 3
    assert "disque plein" in done.stderr
