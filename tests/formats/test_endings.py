"""The name of a file says the form of what is written in it, for every command that writes one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from at_home.commands import ran
from pace import one_in
from support import SHIPPED, pivot

from pivot_cli.cli import app
from pivot_cli.cli.edge import ENDINGS
from pivot_cli.cli_french.words import choices

AU = ("--au", "2020-01-15")
WRITTEN = [
    # what is typed, what the file begins with
    ("status -o s.txt", "Le Pivot"),
    ("status -o s.json", '{\n  "au"'),
    ("status -o S.JSON", '{\n  "au"'),
    ("overdue -o r.csv", "\ufeffid,orientation"),
    ("overdue -o r.md", "# Échéances passées"),
    ("list structure -o l.csv", "\ufeffid,orientation"),
    ("list -o l.json", '{\n  "au"'),
    ("list -o l.md", "# Actions"),
    ("list -o e.ics", "BEGIN:VCALENDAR"),
    ("show 3.gou.2 -o o.json", '{\n  "au"'),
    ("show 3.gou.2.1 -o a.json", '{\n  "id"'),
    ("deadline Annuel -o d.json", '{\n  "texte"'),
    ("export -o p.csv", "\ufeffid,orientation"),
    ("export -o p.json", '{\n  "version"'),
    ("export -o export", '{\n  "version"'),  # no ending
    ("export -o 2020.01", '{\n  "version"'),
    ("export --format csv -o tmp.aB3dEfGhIj", "\ufeffid,orientation"),  # no ending: a file of `mktemp`
    ("export -o tmp.aB3dEfGhIj", '{\n  "version"'),
    ("report -o c.html", "<!DOCTYPE html>"),
    ("report -o c.htm", "<!DOCTYPE html>"),
    ("report sommaire -o c.md", "# "),
    ("validate -o v.txt", "5\N{NO-BREAK SPACE}formulations"),
    ("validate -o v.json", '{\n  "diagnostics"'),
    ("validate -o v.sarif", '{\n  "$schema"'),
    ("validate -o v.sarif.json", '{\n  "$schema"'),
    ("validate -o v.xml", "<?xml"),
    ("validate --format gitlab -o v.json", "["),  # of the same family
    ("validate --format github -o v.txt", "::"),
    ("validate --regles -o regles.txt", "LECTURE DES FICHIERS"),
    ("schema -o s.json", "{"),
]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    shutil.copytree(SHIPPED, tmp_path / "plan")
    return tmp_path


@pytest.mark.parametrize(("typed", "begins"), one_in(3, WRITTEN), ids=[row[0] for row in WRITTEN])
def test_a_file_is_written_in_the_form_of_its_ending(typed: str, begins: str, place: Path) -> None:
    words = typed.split()
    dated = AU if words[0] in ("status", "overdue", "list", "show", "export", "report") else ()
    done = pivot(*words, *dated, cwd=place)
    assert done.returncode == 0, done.stderr
    data = (place / words[-1]).read_bytes()
    assert data.decode("utf-8").startswith(begins)
    if words[-1].lower().endswith(("json", "sarif")):
        json.loads(data)


@pytest.mark.parametrize("typed", ["status -o x.txt", "report -o x.html", "overdue -o x.md", "validate -o x.xml"])
def test_a_file_is_in_utf_8_whatever_the_screen_is(typed: str, place: Path) -> None:
    written = []
    for encoding in ("utf-8", "cp1252", "ascii"):
        ran([*typed.split(), *(() if "validate" in typed else AU)], place, env={"PYTHONIOENCODING": encoding})
        written.append((place / typed.rsplit(maxsplit=1)[-1]).read_bytes())
    assert written[1:] == written[:1] * 2
    written[0].decode("utf-8")


REFUSED = [
    # what is typed, what is said
    ("status -o s.md", "ce résultat ne s'écrit pas dans un fichier .md (« s.md »).\nTerminez son nom par .txt"),
    ("status -o s.csv", "Terminez son nom par .txt ou .json."),
    ("export -o p.txt", "Terminez son nom par .json ou .csv."),
    ("overdue -o r.xlsx", "Écrivez un CSV, qu'un tableur ouvre : -o r.csv"),
    ("list -o r.ods", "Écrivez un CSV, qu'un tableur ouvre : -o r.csv"),
    ("overdue -o r.ics", "Terminez son nom par .txt, .json, .csv ou .md."),
    ("list -o r.ical", "Terminez son nom par .txt, .json, .csv, .md, .ics ou .xlsx."),
    ("list --separateur ; -o r.ics", "--separateur est celui d'un CSV."),
    ("report --format pdf -o c.html", "« c.html » et --format pdf ne disent pas la même forme."),
    ("report --format md -o c.pdf", "Retirez --format, ou donnez un autre nom : -o c.md"),
    ("report -o c.docx", "le document « complet » ne s'écrit pas en Word.\nÉcrivez une page (-o x.html)."),
    ("agenda -o o.odt", "Écrivez-le avec -o o.docx"),
    ("agenda -o o.json", "Terminez son nom par .md, .html, .docx ou .pdf."),
    ("agenda --format docx -o o.pdf", "« o.pdf » et --format docx ne disent pas la même forme."),
    ("status -o s.pdf", "Terminez son nom par .txt ou .json."),
    ("validate -o v.csv", "Terminez son nom par .txt, .json, .sarif ou .xml."),
    ("validate --regles -o r.json", "Terminez son nom par .txt."),
    ("schema -o s.yml", "Terminez son nom par .json."),
    ("status -o s.zip", "Terminez son nom par .txt ou .json."),
    ("export --format csv -o p.tmp", "fichier .tmp (« p.tmp »).\nTerminez son nom par .json ou .csv."),
    ("overdue --format texte -o r.log", "Terminez son nom par .txt, .json, .csv ou .md."),
    ("status -o s.htm", "ce résultat ne s'écrit pas dans un fichier .htm (« s.htm »)."),
    ("status -o S.MARKDOWN", "ce résultat ne s'écrit pas dans un fichier .markdown (« S.MARKDOWN »)."),
    ("remind -o plan", "plan est le dossier d'un plan : un rappel n'y a pas sa place."),
    ("remind -o plan", "Nommez un autre dossier : -o rappels. Rien n'est écrit."),
    ("export --format csv -o p.json", "« p.json » et --format csv ne disent pas la même forme."),
    ("export --format csv -o p.json", "Retirez --format, ou donnez un autre nom : -o p.csv"),
    ("validate --format sarif -o v.xml", "« v.xml » et --format sarif ne disent pas la même forme."),
    ("validate --format json -o v.txt", "ne disent pas la même forme."),
    ("report --gabarit g.md -o c.html", "« c.html » et --format md ne disent pas la même forme."),
    ("report --gabarit g.md -o c.pdf", "« c.pdf » et --format md ne disent pas la même forme."),
    ("report --gabarit g.md --format pdf", "« g.md » et --format pdf ne disent pas la même forme."),
    ("report --gabarit g.html --format pdf", "un PDF ne s'affiche pas à l'écran."),
    ("report --gabarit g.html --format pdf -o c.html", "« c.html » et --format pdf ne disent pas la même forme."),
    ("report --gabarit g.md --format html -o c.html", "« g.md » et --format html ne disent pas la même forme."),
    ("remind -o rappels.eml", "« rappels.eml » est le nom d'un fichier, et il y a un rappel par fichier."),
    ("remind -o rappels.eml", "Nommez un dossier : --format eml -o rappels"),
]


@pytest.mark.parametrize(("typed", "said"), one_in(3, REFUSED), ids=[": ".join(row)[:60] for row in REFUSED])
def test_a_file_that_would_hold_another_form_is_refused(typed: str, said: str, place: Path) -> None:
    (place / "g.md").write_text("# Un gabarit", encoding="utf-8")
    before = sorted(place.rglob("*"))
    done = pivot(*typed.split(), cwd=place, columns=200)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr.replace("\N{NO-BREAK SPACE}", " ")
    assert sorted(place.rglob("*")) == before


@pytest.mark.parametrize("words", [("list", "-o", ""), ("remind", "--sortie="), ("export", "--sortie", "")])
def test_a_file_without_a_name_is_told(words: tuple[str, ...], place: Path) -> None:
    done = pivot(*words, cwd=place)
    assert (done.returncode, done.stdout, sorted(path.name for path in place.iterdir())) == (2, "", ["plan"])
    assert "-o attend un nom, et n'en a aucun." in done.stderr


def test_a_folder_here_has_a_name(place: Path) -> None:
    assert pivot("remind", "-r", "DG", "-o", ".", *AU, cwd=place).returncode == 0
    assert (place / "rappel-DG.txt").is_file()


def test_every_form_of_every_command_has_its_ending() -> None:
    for entry in app.entries:
        for param in app.build(entry).params:
            if param.name == "format_":
                assert set(choices(param)) <= ENDINGS.keys(), entry.name


def test_a_folder_may_have_the_name_of_a_file_if_it_is_there(place: Path) -> None:
    (place / "rappels.md").mkdir()
    assert pivot("remind", "-o", "rappels.md", *AU, cwd=place).returncode == 0
    assert (place / "rappels.md" / "rappel-DG.txt").is_file()
