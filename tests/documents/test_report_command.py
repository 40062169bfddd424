"""`pivot report` from end to end: its options, where it writes, its exit codes, what it says when it cannot."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from at_home.commands import ran, said, without_privileges
from pace import one_in
from support import SMALL, pivot, write_plan

from documents.making import NAMES, values
from documents.plans import EVERY_ETAT
from pivot_cli.documents.values import as_data
from pivot_cli.suivi.tableau import NOMS

AU = ("--au", "2020-01-15")
NB = "\N{NO-BREAK SPACE}"


def test_a_document_is_shown_or_written(tmp_path: Path) -> None:
    write_plan(tmp_path)
    shown = pivot("report", *AU, cwd=tmp_path)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout.startswith("# État d'avancement du plan stratégique\n")
    written = pivot("rapport", "COMPLET", *AU, "-o", "a.html", cwd=tmp_path)
    assert written.returncode == 0
    assert written.stdout == ""
    assert (tmp_path / "a.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert pivot("report", *AU, "--format", "md", "-o", "b", cwd=tmp_path).returncode == 0
    assert (tmp_path / "b").read_text("utf-8") == shown.stdout


def test_options_choose_what_is_said(tmp_path: Path) -> None:
    write_plan(tmp_path, EVERY_ETAT)
    cut = pivot("report", "--responsable", "Directrice générale", "--orientation", "2", *AU, cwd=tmp_path).stdout
    assert f"Direction générale, orientation 2{NB}: 5{NB}actions sur 17" in cut
    since = pivot(
        "report", "sommaire", "--changements-depuis", "1er mai 2019", "--au", "2019-07-01", cwd=tmp_path
    ).stdout
    assert f"depuis le 1er{NB}mai{NB}2019" in since
    year = pivot("report", "bilan", "--exercice", "2019-2020", *AU, cwd=tmp_path).stdout
    assert "Bilan 2019-2020" in year
    days = pivot("report", "bilan", "--du", "2019-06-24", *AU, cwd=tmp_path).stdout
    assert f"Bilan du 24{NB}juin{NB}2019 au 15{NB}janvier{NB}2020" in days
    assert "Tenir une fête" in days
    assert "Former un comité" not in days
    unknown = pivot("report", "bilan", "--exercice", "2019-2020", "--au", "2020-06-01")
    assert unknown.returncode == 0
    assert "debut_exercice: 1er avril" in unknown.stderr.replace(NB, " ")
    assert "deux années civiles" in unknown.stdout
    assert "debut" not in unknown.stdout


REFUSED = [
    (("report", "somaire"), "il n'y a pas de document « somaire ».", "sommaire"),
    (
        ("report", "sommaire", "-r", "DG"),
        "--responsable ne s'applique qu'au document « complet ».",
        "pivot report complet",
    ),
    (("report", "--exercice", "2019"), "--exercice ne s'applique qu'au document « bilan ».", "pivot report bilan"),
    (("report", "bilan", "--changements-depuis", "2019-01-01"), "--changements-depuis ne s'applique qu'au", "sommaire"),
    (("report", "sommaire", "--changements-depuis", "hier"), "la date « hier » n'est pas comprise", "2"),
    (
        ("report", "sommaire", "--du", "2019-01-01"),
        "--du ne s'applique qu'au document « bilan ».",
        "pivot report bilan",
    ),
    (("report", "bilan", "--du", "2020"), "« 2020 » n'est pas un jour précis", "--du 2020-01-15"),
    (("report", "bilan", "--du", "2020-01-16", *AU), "--du (16 janvier 2020) vient après le dernier jour", "--au"),
    (("report", "bilan", "--du", "2019-01-01", "--exercice", "2019"), "--du et --exercice disent chacun", "Retirez"),
    (("report", "complet", "--format", "docx"), "le document « complet » ne s'écrit pas en Word", "-o x.html"),
    (("report", "bilan", "--format", "docx"), "un document Word ne s'affiche pas à l'écran", "-o bilan.docx"),
    (("report", "bilan", "--exercice", "bientôt"), "l'exercice « bientôt » n'est pas compris", "--exercice 2019-2020"),
    (
        ("report", "sommaire", "--changements-depuis", "2019", *AU),
        "n'est pas un jour précis",
        "--changements-depuis 2020",
    ),
    (("report", "sommaire", "--changements-depuis", "2020-01-15", *AU), "n'est pas avant", "--changements-depuis"),
]


@pytest.mark.parametrize(("words", "said", "help_"), REFUSED, ids=[" ".join(row[0]) for row in REFUSED])
def test_wrong_usage_is_told(words: tuple[str, ...], said: str, help_: str) -> None:
    done = pivot(*words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert said in done.stderr.replace(NB, " ")
    assert help_ in done.stderr


@pytest.mark.parametrize("name", one_in(3, NAMES))
def test_the_values_of_a_document_are_given_as_json(name: str, tmp_path: Path) -> None:
    done = pivot("report", name, "--format", "json", *AU)
    assert done.returncode == 0
    said = json.loads(done.stdout)
    assert (said["entete"]["organisme"], said["entete"]["au_iso"]) == ("Le Pivot", "2020-01-15")
    assert said == json.loads(json.dumps(as_data(values(name, None))))
    written = pivot("report", name, *AU, "-o", str(tmp_path / "x.json"))
    assert (written.returncode, (tmp_path / "x.json").read_text(encoding="utf-8")) == (0, done.stdout)


def test_a_fiscal_year_is_a_table_of_the_contract() -> None:
    done = pivot("report", "bilan", "--exercice", "2019", "--format", "json", *AU)
    table = json.loads(done.stdout)["tableau"]
    assert [set(line) for line in table["lignes"]] == [{"nom", "nombre"}] * 14
    assert [line["nom"] for line in table["lignes"]] == list(NOMS)
    assert sum(line["nombre"] for line in table["lignes"]) == table["total"] == 93


WHERE = (("plan", "..", "--plan", "plan"), ("plan", "ailleurs/loin", "--plan", "../../plan"), ("plan", "plan"))


@pytest.mark.parametrize(("_", "here", "named"), [(row[0], row[1], row[2:]) for row in WHERE])
@pytest.mark.parametrize("words", [("report", "--format", "md"), ("agenda", "--date", "2020-01-15", "--format", "md")])
def test_a_path_is_told_from_the_folder_of_the_plan(
    words: tuple[str, ...], _: str, here: str, named: tuple[str, ...], tmp_path: Path
) -> None:
    """Wherever the command is typed: who reads the document is elsewhere."""
    folder = write_plan(tmp_path / "x")
    (tmp_path / "x" / "ailleurs" / "loin").mkdir(parents=True)
    (folder / "orientation-2.yaml").write_text("titre: [", encoding="utf-8")
    cwd = tmp_path / "x" / here if here != ".." else tmp_path / "x"
    done = pivot(*words, *named, cwd=cwd)
    assert done.returncode == 3
    said = done.stdout.replace("\\", "")
    assert "plan/orientation-2.yaml" in said
    assert not re.search(r"(?<!plan/)orientation-2.yaml|/plan/orientation", said)


def test_an_organisation_has_its_own_templates_beside_its_plan(tmp_path: Path) -> None:
    write_plan(tmp_path)
    (tmp_path / "templates").mkdir()
    own = tmp_path / "templates" / "bilan.md"
    own.write_text("Chez nous, {{ entete.organisme }}, {{ total }} actions.\n", encoding="utf-8")
    inside = tmp_path / "ailleurs"
    inside.mkdir()
    assert pivot("report", "bilan", *AU, "--plan", "../plan", cwd=inside).stdout == "Chez nous, L'Essai, 2 actions.\n"
    own.write_text("{{ responsables }}", encoding="utf-8")
    broken = pivot("report", "bilan", *AU, "-o", "x.md", cwd=tmp_path)
    assert broken.returncode == 3
    assert not (tmp_path / "x.md").exists()
    said = " ".join(broken.stderr.split())
    assert "bilan.md, ligne 1 : le nom « responsables » n'existe pas dans ce document." in said
    assert "Traceback" not in said


def test_a_template_may_come_from_anywhere(tmp_path: Path) -> None:
    write_plan(tmp_path)
    (tmp_path / "carte.md").write_text("{{ entete.organisme }} : {{ total }}", encoding="utf-8")
    assert pivot("report", "bilan", "--gabarit", "carte.md", *AU, cwd=tmp_path).stdout == "L'Essai : 2"
    absent = pivot("report", "--gabarit", "rien.md", *AU, cwd=tmp_path)
    assert absent.returncode == 3
    assert "n'existe pas" in absent.stderr


def test_half_a_plan_is_never_green(tmp_path: Path) -> None:
    write_plan(tmp_path, SMALL | {"orientation-2.yaml": "numero: 2\n  titre: [\n"})
    for name in NAMES:
        for more in ((), ("--format", "html")):
            done = pivot("report", name, *AU, *more, cwd=tmp_path)
            assert done.returncode == 3
            assert "ncomplet" in done.stdout
            assert ("orientation-2.yaml" in done.stdout) == (name != "bilan")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="sans /dev/full")
def test_a_full_disk_is_told() -> None:
    done = pivot("report", "-o", "/dev/full", *AU)
    assert done.returncode == 3
    assert "disque plein" in done.stderr


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    write_plan(tmp_path)
    absent = pivot("report", "-o", "absent/a.html", *AU, cwd=tmp_path)
    assert absent.returncode == 3
    assert "introuvable" in absent.stderr
    if os.name != "nt":
        (tmp_path / "ferme").mkdir(mode=0o500)
        closed = ran(["report", "-o", "ferme/a.html", *AU], tmp_path, start=without_privileges())
        assert closed.returncode == 3
        assert "absent" not in said(closed)
        assert "ferme/a.html" in said(closed)
