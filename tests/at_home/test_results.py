"""No result is written over a file of the plan, whatever the command, the spelling or the links."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from pace import one_in
from support import SHIPPED, SMALL, write_plan

from at_home.commands import ONE_OF_EACH, to_screen, with_its_document
from pivot_cli.cli import app
from pivot_cli.cli_french import run

WITH_RESULT = [
    to_screen(words)
    for words in ONE_OF_EACH
    if (entry := app.find(words[0])) and any("--sortie" in param.opts for param in app.build(entry).params)
]
NAMES = [words[0] for words in WITH_RESULT]
each_command = pytest.mark.parametrize("words", one_in(4, WITH_RESULT), ids=NAMES)
posix = pytest.mark.skipif(os.name == "nt", reason="un lien y demande des droits que les tests n'ont pas")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the adopted plan, templates, a repository, and a second plan beside."""
    for name in ("plan", "autre/plan"):
        shutil.copytree(SHIPPED, tmp_path / name)
        (tmp_path / name / ".schema").mkdir(exist_ok=True)
        (tmp_path / name / ".schema" / "organisme.json").write_text("{}", encoding="utf-8")
    for name in ("templates/style.css", ".git/config", ".git/hooks/pre-commit", "mien.md", "Notes.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("texte", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def everything(folder: Path) -> dict[str, bytes | None]:
    return {str(path): path.read_bytes() if path.is_file() else None for path in sorted(folder.rglob("*"))}


def refused(words: list[str], place: Path, capsys: pytest.CaptureFixture[str]) -> str:
    before = everything(place)
    assert run(app, words) == 2
    assert everything(place) == before
    shown = capsys.readouterr()
    assert shown.out == ""
    return " ".join(shown.err.replace("\N{NO-BREAK SPACE}", " ").split())


@each_command
@pytest.mark.parametrize(
    "sortie",
    one_in(
        4,
        [
            "plan/reunions.yaml",
            "plan/orientation-9.yaml",
            "plan/.schema/organisme.json",
            "templates/style.css",
            "templates/complet.md",
            ".git/config",
            "autre/plan/orientation-1.yaml",
        ],
    ),
)
def test_no_command_writes_over_a_plan(
    words: list[str], sortie: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused([*words, "-o", sortie], place, capsys)
    assert f"Erreur : {sortie} est " in said
    assert "un résultat ne s'écrit pas à cette place. Donnez-lui un autre nom" in said


SPELLINGS = [
    "plan/./reunions.yaml",
    "plan/../plan/reunions.yaml",
    "./plan//reunions.yaml",
    "plan/REUNIONS.YAML",
    "plan/Orientation-1.yaml",
    "plan/orientation-1.yml",
    "plan/plan.yaml",
    "plan/.schema/reunions.json",
    "plan/.schema/sous/reunions.json",
    "plan/.SCHEMA/organisme.json",
    "templates/agenda/style.css",
    ".git/hooks/pre-commit",
    ".GIT/config",
    ".git",
    "autre/plan/.schema/organisme.json",
]


@pytest.mark.parametrize("sortie", one_in(3, SPELLINGS))
def test_other_spellings(sortie: str, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refused(["status", "-o", sortie], place, capsys)
    refused(["status", "--plan", "autre/plan", "--sortie", str(place / sortie)], place, capsys)
    refused(["remind", "-o", sortie], place, capsys)


@posix
@pytest.mark.parametrize(
    ("name", "to"),
    [
        ("lien.md", "plan/reunions.yaml"),
        ("lien.md", "plan/orientation-9.yaml"),
        ("raccourci", "plan"),
        ("lien.md", "templates/style.css"),
        ("lien.md", "mes-gabarits/style.css"),
        ("plan/orientation-9.yaml", "../ailleurs.md"),
    ],
)
def test_through_links(name: str, to: str, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "mes-gabarits").symlink_to("templates")
    (place / name).symlink_to(to)
    refused(["status", "-o", f"{name}/reunions.yaml" if name == "raccourci" else name], place, capsys)


@posix
@pytest.mark.parametrize("of", ["plan/reunions.yaml", "plan/.schema/organisme.json", "templates/style.css"])
def test_another_name_of_the_same_file(of: str, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.link(place / of, place / "copie.md")
    said = refused(["status", "-o", "copie.md"], place, capsys)
    assert "copie.md est un autre nom d'un fichier du plan" in said
    (place / "rappels").mkdir()
    os.link(place / of, place / "rappels" / "rappel-DG.txt")
    refused(["remind", "--au", "2020-01-15", "-o", "rappels"], place, capsys)


def test_a_template_is_not_written_over_by_what_it_makes(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = refused(["report", "--gabarit", "mien.md", "-o", "./mien.md"], place, capsys)
    assert "est le gabarit lui-même" in said


def test_the_plan_that_is_named_is_the_one_that_is_kept(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "autre" / "templates").mkdir()
    refused(["status", "--plan", "autre/plan", "-o", "autre/templates/x.md"], place, capsys)
    refused(["--plan", "autre/plan", "status", "-o", "autre/templates/x.md"], place, capsys)


@each_command
def test_elsewhere_a_result_is_written(words: list[str], place: Path) -> None:
    if words[0] == "note":  # its file is what is answered to a sheet
        words = with_its_document(["note", "--de", "suivi.csv"], place)
    ending = {"agenda": ".md", "report": ".md", "export": ".json", "schema": ".json", "remind": "", "note": ".md"}.get(
        words[0], ".txt"
    )
    for sortie in ("Notes",) if words[0] == "note" else ("Notes", "plan/rapport"):
        assert run(app, [*words, "-o", f"{sortie}{ending}"]) == 0


@posix
def test_reminders_are_written_in_their_folder_only(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "rappels").mkdir()
    (place / "rappels" / "rappel-DG.txt").symlink_to("../Notes.md")
    assert run(app, ["remind", "-r", "DG", "--au", "2020-01-15", "-o", "rappels"]) == 3
    said = capsys.readouterr().err.replace("\N{NO-BREAK SPACE}", " ")
    assert "rappel-DG.txt est un lien qui mène hors de « rappels »" in said
    assert (place / "Notes.md").read_text(encoding="utf-8") == "texte"


def test_two_reminders_never_share_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [("D G", "Direction"), ("C A", "Conseil"), ("é", "Équipe"), ("è", "Élus"), ("dg", "Un"), ("DG", "Deux")]
    registre = "".join(f"  - code: {code}\n    nom: {name}\n" for code, name in people)
    actions = "".join(
        f"          - {{numero: {n}, description: Chose {n}, responsables: [{name}], echeance: Mars 2020}}\n"
        for n, (_, name) in enumerate(people, 3)
    )
    orientation = SMALL["orientation-1.yaml"].replace("DG, CA", "Direction").replace("Directrice générale", "Conseil")
    changed = {"responsables.yaml": f"responsables:\n{registre}", "orientation-1.yaml": orientation + actions}
    write_plan(tmp_path, SMALL | changed)
    monkeypatch.chdir(tmp_path)
    for form in ("texte", "md", "eml"):
        run(app, ["remind", "--au", "2020-05-01", "-o", form, "--format", form])
        files = sorted((tmp_path / form).iterdir())
        assert len({file.name.lower() for file in files}) == len(people)
    texts = [file.read_text(encoding="utf-8") for file in (tmp_path / "texte").iterdir()]
    for n, (_, name) in list(enumerate(people, 3))[:4]:
        assert [f"Chose {n}" in text for text in texts if f"À\N{NO-BREAK SPACE}: {name}" in text] == [True]
        assert sum(f"Chose {n}" in text for text in texts) == 1
