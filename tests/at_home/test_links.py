"""A plan that somebody sends may hold links to any file of the computer: none is read, and none is written through."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pace import one_in
from support import SHIPPED, SMALL, write_plan

from at_home.commands import ONE_OF_EACH, to_screen
from pivot_cli.cli import app
from pivot_cli.cli.known import KINDS
from pivot_cli.cli_french import run
from pivot_cli.documents.rendering.compiled import Compiled
from pivot_cli.documents.rendering.filling import packaged_templates, render
from pivot_cli.finding import PivotError
from pivot_cli.record.writing import write_whole

pytestmark = pytest.mark.skipif(os.name == "nt", reason="un lien y demande des droits que les tests n'ont pas")
NAMES = [words[0] for words in ONE_OF_EACH]
SECRET = "motdepasse-7f3a"
FILES = ("organisme.yaml", "responsables.yaml", "orientation-2.yaml", "reunions.yaml")
# The code of each command when a file of the plan is such a link; the rest do not read all of the plan.
CODES = {"schema": (0,), "deadline": (0, 3), "note": (0, 3), "show": (2, 3)}

Shown = pytest.CaptureFixture[str]


@pytest.fixture
def received(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that was received, with a plan in it, and elsewhere what nobody is to see."""
    folder = tmp_path / "reçu"
    folder.mkdir()
    shutil.copytree(SHIPPED, folder / "plan")
    (tmp_path / "secret").write_text(f"nom: {SECRET}\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def linked(path: Path, to: str) -> Path:
    """The path, made a link."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(to)
    return path


def told(capsys: Shown) -> str:
    shown = capsys.readouterr()
    text = f"{shown.out}\n{shown.err}"
    assert SECRET not in text
    assert "interne" not in shown.err
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


# --- what is read -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", one_in(4, FILES))
@pytest.mark.parametrize("words", one_in(3, [to_screen(words) for words in ONE_OF_EACH]), ids=NAMES)
def test_no_command_reads_a_file_of_the_plan_through_a_link_that_leaves_it(
    words: list[str], name: str, received: Path, capsys: Shown
) -> None:
    linked(received / "plan" / name, "../../secret")
    code = run(app, words)
    assert code in CODES.get(words[0], (3,))
    said = told(capsys)
    if code == 3:
        assert (name if words[0] == "group" else f"plan/{name}") in said  # which does not say where it is kept
    assert (received.parent / "secret").read_text(encoding="utf-8") == f"nom: {SECRET}\n"


@pytest.mark.parametrize(
    "to", ["../../secret", "/etc/passwd", "/dev/zero", "../../absent", "ailleurs/secret", "../plan-2/secret"]
)
def test_a_link_that_leaves_the_plan_is_named(to: str, received: Path, capsys: Shown) -> None:
    linked(received / "plan" / "ailleurs", "../..")
    (received / "plan-2").mkdir()
    linked(received / "plan" / "orientation-2.yaml", to)
    assert run(app, ["validate"]) == 3
    said = told(capsys)
    assert "orientation-2.yaml est un lien qui mène hors du dossier du plan : pivot ne le suit pas." in said
    assert "Mettez à sa place le fichier lui-même" in said


def test_links_inside_are_followed_and_so_is_the_folder_that_was_named(received: Path, capsys: Shown) -> None:
    (received / "plan" / "textes").mkdir()
    (received / "plan" / "orientation-2.yaml").rename(received / "plan" / "textes" / "deux.yaml")
    linked(received / "plan" / "orientation-2.yaml", "textes/deux.yaml")
    linked(received.parent / "raccourci", "reçu/plan")
    for plan in ("plan", "../raccourci"):
        assert run(app, ["note", "2.gou.2.3", "--note", f"Vu {plan}", "--plan", plan]) == 0
        assert run(app, ["validate", "--plan", plan]) == 0
    told(capsys)
    assert (received / "plan" / "textes" / "deux.yaml").read_text(encoding="utf-8").count("note: Vu") == 2
    assert (received / "plan" / "orientation-2.yaml").is_symlink()


def test_the_tab_key_reads_no_link_that_leaves(received: Path) -> None:
    linked(received / "plan" / "responsables.yaml", "../../noms")
    (received.parent / "noms").write_text(SMALL["responsables.yaml"], encoding="utf-8")
    context = SimpleNamespace(params={"plan": "plan"})
    assert list(KINDS["NOM"].proposed(context, "")) == []  # type: ignore[arg-type]
    assert len(list(KINDS["ID"].proposed(context, ""))) == 93  # type: ignore[arg-type]


# --- templates --------------------------------------------------------------------------------------------

REPORT, AGENDA = ("report", "--format", "html"), ("agenda", "--date", "2020-01-15", "--format", "html")
TEMPLATES = [
    # what is a link, where it leads, the command, what is named
    ("style.css", "../../secret", REPORT, "templates/style.css"),
    ("complet.html", "../../secret", REPORT, "templates/complet.html"),
    ("base.html", "../../absent", REPORT, "templates/base.html"),
    ("macros.html", "../plan/organisme.yaml", REPORT, "templates/macros.html"),
    ("complet.md", "/etc/passwd", ("report",), "templates/complet.md"),
    ("agenda/style.css", "../../../secret", AGENDA, "templates/agenda/style.css"),
    ("agenda", "../../ailleurs", AGENDA, "templates/agenda/ordre-du-jour.html"),
    ("agenda", "../../ailleurs", (*AGENDA[:-1], "docx", "-o", "x.docx"), "templates/agenda/ordre-du-jour.docx"),
    ("agenda/ordre-du-jour.docx", "../../../secret", (*AGENDA[:-1], "docx", "-o", "x.docx"), "ordre-du-jour.docx"),
    (".", "../ailleurs", REPORT, "templates"),
    (".", "/etc", ("report", "--gabarit", "templates/passwd.md"), "templates"),
    ("mien.html", "../../secret", ("report", "--gabarit", "templates/mien.html"), "templates/mien.html"),
]


@pytest.mark.parametrize(("name", "to", "words", "named"), one_in(3, TEMPLATES))
def test_no_template_comes_through_a_link_that_leaves(
    name: str, to: str, words: tuple[str, ...], named: str, received: Path, capsys: Shown
) -> None:
    (received.parent / "ailleurs").mkdir()
    for one in ("style.css", "ordre-du-jour.html", "complet.html"):
        (received.parent / "ailleurs" / one).write_text(SECRET, encoding="utf-8")
    linked(received / "templates" / name, to)
    assert run(app, list(words)) == 3
    said = told(capsys)
    assert f"{named} est un lien qui mène hors d" in said
    assert not (received / "x.docx").exists()


def test_templates_may_be_links_inside_their_folder(received: Path, capsys: Shown) -> None:
    (received / "templates").mkdir()
    (received / "templates" / "couleurs.css").write_text("/* les nôtres */", encoding="utf-8")
    linked(received / "templates" / "style.css", "couleurs.css")
    assert run(app, list(REPORT)) == 0
    assert "/* les nôtres */" in capsys.readouterr().out


@pytest.mark.parametrize(
    "asked", one_in(3, ["../secret", "../../secret", "a/../../secret", "/etc/passwd", "pivot:../secret"])
)
def test_no_template_asks_for_a_file_outside(asked: str, received: Path, capsys: Shown) -> None:
    shutil.copy(received.parent / "secret", received / "secret")
    (received / "templates").mkdir()
    for tag in ("include", "extends", "import"):
        text = f'{{% {tag} "{asked}" {"as m " if tag == "import" else ""}%}}'
        (received / "templates" / "complet.md").write_text(text, encoding="utf-8")
        assert run(app, ["report"]) == 3
        assert "n'existe pas" in told(capsys)


def test_code_that_is_planted_beside_templates_is_never_loaded(received: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The compiled form of a template is code: only what the program keeps of its own is run."""
    own = received / "templates"
    own.mkdir()
    (own / "style.css").write_text("/* texte */", encoding="utf-8")
    for folder in (own, received / "plan"):
        (folder / "__pycache__").mkdir()
        for name in ("style.css", "complet.html", "base.html"):
            (folder / "__pycache__" / f"{name}.cpython-311.jinja").write_bytes(b"code")
    opened: list[str] = []
    real = Path.open

    def watched(path: Path, *args: Any, **more: Any) -> Any:
        opened.append(str(path))
        return real(path, *args, **more)

    monkeypatch.setattr(Path, "open", watched)
    cache = Compiled(packaged_templates(), "")
    for sly in (own / "style.css", packaged_templates() / ".." / "plan" / "style.css"):
        assert cache.get_bucket(None, "style.css", str(sly), "x").code is None  # type: ignore[arg-type]
    with pytest.raises(PivotError):  # a context without values: the templates were loaded all the same
        render("complet", {}, "html", own)
    assert any("__pycache__" in path for path in opened)
    assert not [path for path in opened if path.startswith(str(received)) and "__pycache__" in path]


# --- what is written --------------------------------------------------------------------------------------

SCHEMAS = [
    (".schema", "../../ailleurs"),
    (".schema", "."),
    (".schema/organisme.json", "../../../ailleurs/victime"),
    (".schema/organisme.json", "../organisme.yaml"),
    (".schema/orientation.json", "/nulle/part"),
]


@pytest.mark.parametrize(("name", "to"), SCHEMAS)
def test_schemas_are_written_nowhere_else(name: str, to: str, received: Path, capsys: Shown) -> None:
    elsewhere = received.parent / "ailleurs"
    elsewhere.mkdir()
    (elsewhere / "victime").write_text("intact", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in (received / "plan").glob("*.yaml")}
    linked(received / "plan" / name, to)
    assert run(app, ["schema", "--ecrire"]) == 3
    assert f"{name.rpartition('/')[2]} est un lien qui mène hors d" in told(capsys)
    assert [path.read_text(encoding="utf-8") for path in elsewhere.iterdir()] == ["intact"]
    assert {path.name: path.read_bytes() for path in (received / "plan").glob("*.yaml")} == before


def test_schemas_are_written_through_a_link_inside_the_plan(received: Path) -> None:
    (received / "plan" / "schemas").mkdir()
    linked(received / "plan" / ".schema", "schemas")
    assert run(app, ["schema", "--ecrire"]) == 0
    assert (received / "plan" / "schemas" / "orientation.json").is_file()


def test_a_result_goes_where_its_reader_says_links_included(tmp_path: Path) -> None:
    write_plan(tmp_path)
    linked(tmp_path / "page.html", "vraie.html")
    write_whole(tmp_path / "page.html", b"x")
    assert (tmp_path / "vraie.html").read_bytes() == b"x"
