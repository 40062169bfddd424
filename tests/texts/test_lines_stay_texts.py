"""Spreadsheets, mail, terminals, shells, forges: what a plan or a command line says stays a text there too."""

from __future__ import annotations

import csv
import email
import io
import json
import os
import re
import shlex
import shutil
import subprocess
from datetime import date
from email.policy import default
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from agenda.plans import agenda
from hypothesis import given, settings
from hypothesis import strategies as st
from pace import examples, few, one_in, table
from support import SMALL, clean_environment, load_texts, started, write_plan
from systems import needs_posix

from pivot_cli import escaping
from pivot_cli.cli import app
from pivot_cli.cli_french import run
from pivot_cli.documents.agenda.values import Suites
from pivot_cli.documents.rendering.filling import render
from pivot_cli.echeance import Conventions, parse
from pivot_cli.escaping import csv_cell, csv_text, live_address, shell_comment, shell_line, shell_word, tame
from pivot_cli.outputs.exports import OVERDUE, actions_csv, export_object, separated, to_json
from pivot_cli.outputs.forges import FORMATS
from pivot_cli.outputs.reminders import as_eml, as_text, file_names, mailable, reminders
from pivot_cli.plan.model import Responsable
from pivot_cli.received.cells import tidy
from pivot_cli.received.delimited import read_delimited
from pivot_cli.screens.action import action_page
from pivot_cli.screens.deadline import deadline_page
from pivot_cli.screens.faults import faults_page
from pivot_cli.screens.overdue import overdue_page
from pivot_cli.screens.page import Page
from pivot_cli.screens.status import status_page
from pivot_cli.suivi.etat import portrait
from pivot_cli.suivi.selection import Selection
from pivot_cli.text import first_control, inline, one_line
from texts.hostile import SEVERAL, TABLE, TEXTS, WRITTEN, plan_of, said, squeezed, tame_ones

AU = date(2020, 1, 15)
FORMULA = re.compile('[\\s"\ufeff\u200b]*[=+\\-@＝＋－＠]')

# --- spreadsheets -----------------------------------------------------------------------------------------


def cells(text: str, separator: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text), delimiter=separator))


@pytest.mark.lent
@settings(max_examples=examples(8, 25), deadline=None, derandomize=True)
@given(SEVERAL)
def test_no_cell_of_a_csv_is_a_formula_whichever_separator_is_read(texts: list[str]) -> None:
    tame = tame_ones(len(texts))
    both = []
    for own in (texts, tame):
        plan, _ = load_texts(plan_of(own))
        seen = portrait(plan, AU)
        both.append((actions_csv(seen.situations, plan), OVERDUE["csv"](seen, seen.situations, None), plan))
    (*hostile, plan), (*calm, _) = both
    for made, other in zip(hostile, calm, strict=True):
        assert [len(row) for row in cells(made, ",")] == [len(row) for row in cells(other, ",")]
        assert [cell for row in cells(made, ",") for cell in row if FORMULA.match(cell)] == []
        assert [cell for row in cells(made, ";") for cell in row if FORMULA.match(cell)] == []
    rows = csv.DictReader(io.StringIO(hostile[0]))
    assert [csv_text(row["description"]) for row in rows] == [one_line(p.action.description) for p in plan.places]


@table(
    ("text", "cell"),
    [
        ("Former un comité; le réunir", "Former un comité; le réunir"),
        ("=1+1", "'=1+1"),
        ("＝1+1", "'＝1+1"),
        ("\t=1+1", "'=1+1"),
        ("a;=1+1", "a;'=1+1"),
        ("a; ＠x", "a; '＠x"),
        ('a;"=1', "a;\"'=1"),
        ("a,-1", "a,'-1"),
        ("'=1+1", "''=1+1"),
        ("a-b, c=d", "a-b, c=d"),
    ],
)
def test_a_cell(text: str, cell: str) -> None:
    assert csv_cell(text) == cell
    assert csv_text(cell) == one_line(text)


@settings(max_examples=examples(100, 300), deadline=None, derandomize=True)
@given(TEXTS)
def test_a_cell_gives_its_text_back(text: str) -> None:
    assert csv_text(csv_cell(text)) == one_line(text)


@pytest.mark.lent
@settings(max_examples=examples(8, 25), deadline=None, derandomize=True)
@given(SEVERAL)
def test_what_is_written_for_a_spreadsheet_is_read_back(texts: list[str]) -> None:
    plan, _ = load_texts(plan_of(texts))
    made = actions_csv(portrait(plan, AU).situations, plan)
    written = [tidy(one_line(place.action.description)) for place in plan.places]
    for data in (made.encode("utf-8-sig"), *(separated(made, sign).encode("utf-8-sig") for sign in ";\t")):
        (read,) = read_delimited(data, "p.csv").tables
        column = [cell.text for cell in read.rows[0]].index("description")
        assert [row[column].text for row in read.rows[1:]] == written


# --- mail -------------------------------------------------------------------------------------------------


@pytest.mark.lent
@settings(max_examples=examples(8, 25), deadline=None, derandomize=True)
@given(SEVERAL)
def test_a_draft_has_its_headers_and_the_texts_in_its_body(texts: list[str]) -> None:
    tame = tame_ones(len(texts))
    both = []
    for own in (texts, tame):
        plan, _ = load_texts(plan_of(own))
        (rappel,) = reminders(portrait(plan, AU), plan.registre)
        message = email.message_from_bytes(as_eml(rappel).encode(), policy=default)
        both.append((list(message.items()), message.defects, message.get_content()))
    (headers, defects, body), (tame_headers, _, tame_body) = both
    assert [name for name, _ in headers] == [name for name, _ in tame_headers]
    subjects = [dict(some)["Subject"].partition("\N{NO-BREAK SPACE}: où en ") for some in (headers, tame_headers)]
    assert subjects[0][1:] == subjects[1][1:]  # after the title of the plan
    assert dict(headers)["To"] == "dg@exemple.org"
    assert defects == []
    lost = [t for t, name in zip(texts, tame, strict=True) if name in squeezed(tame_body)]
    assert [text for text in lost if said(text) not in squeezed(body)] == []


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("dg@exemple.org", "dg@exemple.org"),
        ("dg@québec.org", "dg@xn--qubec-csa.org"),
        ("rené@exemple.org", ""),
        ("@exemple.org", ""),
        ("x@" + "é" * 80 + ".org", ""),
        (None, ""),
    ],
)
def test_the_address_of_a_draft(typed: str | None, sent: str) -> None:
    assert mailable(typed) == sent


def test_each_reminder_has_a_file_of_its_own() -> None:
    plan, _ = load_texts(plan_of(["x"]))
    (rappel,) = reminders(portrait(plan, AU), plan.registre)
    codes = ("DG", "dg", "", "", "../x", "CON", "a" * 300, "a\nb", "é", "è")
    names = file_names([rappel._replace(responsable=Responsable(code, "Nom")) for code in codes], "texte")
    assert len({name.lower() for name in names}) == len(codes)
    assert all(re.fullmatch(r"rappel-[A-Za-z0-9_-]{0,63}\.txt", name) for name in names)


# --- a terminal -------------------------------------------------------------------------------------------


def screens(texts: list[str]) -> list[Page]:
    plan, findings = load_texts(plan_of(texts))
    seen = portrait(plan, AU)
    pages = [status_page(seen, 80, AU), overdue_page(seen, Selection(), 80, AU, soon=True)]
    pages += [action_page(one, seen, 80, AU) for one in seen.situations]
    pages += [deadline_page(parse(text, Conventions()), AU, 80, Conventions()) for text in texts]
    return [*pages, faults_page(plan, findings, 80)]


@settings(max_examples=examples(5, 15), deadline=None, derandomize=True)
@given(st.lists(TEXTS.filter(said), min_size=1, max_size=8))
def test_no_text_drives_a_terminal(texts: list[str]) -> None:
    for page in screens(texts):
        plain = page.render(colour=False)
        assert first_control(plain) is None
        assert len(re.split(r"[\r\n\x85\u2028\u2029]", plain)) == len(page.lines) + 1
        assert first_control(re.sub(r"\x1b\[[0-9;]*m", "", page.render(colour=True))) is None


def test_a_screen_says_what_was_written() -> None:
    shown = squeezed("\n".join(page.render(colour=False) for page in screens(WRITTEN)))
    assert [text for text in WRITTEN if said(text) not in shown] == []


@settings(max_examples=examples(5, 15), deadline=None, derandomize=True)
@given(st.lists(TEXTS.filter(said), min_size=1, max_size=8))
def test_json_is_what_it_says_and_drives_no_terminal(texts: list[str]) -> None:
    plan, _ = load_texts(plan_of(texts))
    made = to_json(export_object(portrait(plan, AU)))
    assert first_control(made) is None
    read = json.loads(made)["actions"]
    assert [one["description"] for one in read] == [place.action.description for place in plan.places]
    assert json.loads(to_json(texts)) == texts


# --- a shell ----------------------------------------------------------------------------------------------


@pytest.mark.lent
@settings(max_examples=examples(100, 300), deadline=None, derandomize=True)
@given(st.lists(TEXTS, max_size=4))
def test_a_line_to_paste_is_read_back_as_its_words(words: list[str]) -> None:
    line = shell_line("pivot", *words)
    assert shlex.split(line) == ["pivot", *map(inline, words)]
    assert "\n" not in line


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "sh"])
def test_shells_read_it_back_too(shell: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not here")
    needs_posix()  # « bash » may be there, and give its arguments back in its own way
    line = "printf '%s\\n' " + shell_line(*TABLE)
    done = subprocess.run([shell, "-c", line], cwd=tmp_path, capture_output=True, timeout=20, check=True)
    assert done.stdout.decode().split("\n")[:-1] == [inline(text) for text in TABLE]


@table(
    ("text", "word"),
    [
        ("Juin2020", "Juin2020"),
        ("juin 2020", '"juin 2020"'),
        ("l'été", '"l\'été"'),
        ("", '""'),
        ("$(date)", "'$(date)'"),
        ("Mars 2021 (selon `date`)", "'Mars 2021 (selon `date`)'"),
        ("l'$x", "'l'\\''$x'"),
        ("a\\b", "'a'\\\\'b'"),
        ("Bravo!", "'Bravo!'"),
        ("a\nb", '"a b"'),
        ("-x", "-x"),
        ("=ls", '"=ls"'),
    ],
)
def test_a_word(text: str, word: str) -> None:
    assert shell_word(text) == word


def test_a_word_in_powershell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(escaping, "os", type("Windows", (), {"name": "nt"}))
    assert [shell_word(text) for text in ("$(x)", "l’$x", "juin 2020", "“x”")] == [
        "'$(x)'", "'l’’$x'", '"juin 2020"', "'“x”'",
    ]  # fmt: skip


def test_the_line_that_shows_how_an_echeance_is_read_runs_nothing() -> None:
    wording = "Hiver 2021 (selon `ls`)"
    plan = SMALL | {"orientation-1.yaml": SMALL["orientation-1.yaml"].replace("Mars 2020", wording)}
    (line,) = [one.remedy for one in load_texts(plan)[1] if "pivot deadline" in one.remedy]
    assert line.endswith("pivot deadline 'Hiver 2021 (selon `ls`)'")


@settings(max_examples=examples(3, 10), deadline=None, derandomize=True)
@given(SEVERAL)
def test_no_text_of_the_plan_becomes_an_answer_after_a_meeting(texts: list[str]) -> None:
    """What `pivot note --de` would read of the file that a secretary ticks is the same whatever the texts are."""
    read = []
    for own in (texts, tame_ones(len(texts))):
        made = agenda(plan_of(own), heure=19 * 60)
        after = render("agenda/suites", Suites(made.entete, "suites.md", made.suites, made.mots), "md")
        read.append([line for line in after.splitlines() if line.strip() and not line.startswith(("#", ">"))])
    hostile, calm = read
    assert hostile == calm
    assert all(line.startswith("- [ ] ") for line in hostile)


@settings(max_examples=examples(66, 200), deadline=None, derandomize=True)
@given(TEXTS)
def test_a_comment_among_lines_to_paste(text: str) -> None:
    made = shell_comment(text)
    assert made == inline(text) or shlex.split(made) == [inline(text)]


# --- addresses --------------------------------------------------------------------------------------------


@table(
    ("text", "live"),
    [
        ("https://exemple.org/a?b=1&c=2#d", True),
        ("HTTP://exemple.org", True),
        ("mailto:dg@exemple.org", True),
        ("javascript:alert(1)", False),
        ("java\tscript:x", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("https://x/><img src=x>", False),
        ('https://x/"onclick="x', False),
        ("https://x/ y", False),
        ("https://x/\u202ey", False),
        ("voir https://exemple.org", False),
        ("//exemple.org", False),
        ("", False),
    ],
)
def test_an_address_that_may_be_live(text: str, live: bool) -> None:
    assert live_address(text) == (text if live else "")


# --- forges -----------------------------------------------------------------------------------------------


def commands(printed: str) -> list[str]:
    """What the runners of GitHub and Azure would take for commands."""
    return [
        line
        for line in re.split(r"[\r\n]", printed)
        if line.strip().startswith("::") or re.search(r"##(\[|vso\[|teamcity\[)", line)
    ]


@pytest.mark.lent
@settings(max_examples=examples(100, 300), deadline=None, derandomize=True)
@given(st.lists(TEXTS, min_size=1, max_size=4), st.sampled_from(["texte", "csv", "html", "junit"]))
def test_nothing_that_is_printed_is_a_command(texts: list[str], form: str) -> None:
    assert commands(tame("\n".join(texts), form)) == []


@settings(max_examples=examples(66, 200), deadline=None, derandomize=True)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_programs_read_the_same_json_in_a_forge(texts: list[str]) -> None:
    made = tame(to_json({"textes": texts}), "json")
    assert commands(made) == []
    assert json.loads(made) == {"textes": texts}


@settings(max_examples=examples(3, 10), deadline=None, derandomize=True)
@given(SEVERAL)
def test_what_forges_read_of_findings(texts: list[str]) -> None:
    both = []
    for own in (texts, tame_ones(len(texts))):
        plan, found = load_texts(plan_of(own))
        findings = [one for one in found if one.code != "PIV409"]  # a text that looks as if it lost its accents
        made = {form: FORMATS[form](plan, findings) for form in ("github", "junit", "sarif", "gitlab")}
        both.append((made, len(findings)))
    (hostile, number), (calm, other) = both
    assert number == other
    start = re.compile(r"::(error|warning|notice) |  |pivot")
    for made in (hostile, calm):
        assert all(start.match(line) for line in made["github"].splitlines())
    assert [line[:9] for line in hostile["github"].splitlines()] == [line[:9] for line in calm["github"].splitlines()]
    tags = [[one.tag for one in ET.fromstring(made["junit"]).iter()] for made in (hostile, calm)]
    assert tags[0] == tags[1]
    assert len(json.loads(hostile["gitlab"])) == len(json.loads(hostile["sarif"])["runs"][0]["results"]) == number


SCREENS = [
    ["status"], ["overdue", "--bientot"], ["overdue", "--format", "md"],
    ["overdue", "--format", "csv"], ["show", "1.adm.1.1"],
    ["export"], ["export", "--format", "csv"], ["remind"], ["remind", "--format", "eml"],
    ["report", "--format", "html"],
    ["report", "sommaire"], ["agenda"], ["validate", "--format", "texte"], ["validate", "--format", "junit"],
    ["validate", "--format", "sarif"], ["validate", "--format", "json"],
]  # fmt: skip


@pytest.mark.lent
@pytest.mark.parametrize("forge", few(3, ["GITHUB_ACTIONS", "TF_BUILD", "GITLAB_CI"]))
def test_no_screen_gives_a_command_to_a_forge(
    forge: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    order = ["::error::x", " ::stop-commands::x", "##[error]x", "y ##vso[task.complete]z", "z\n::add-mask::x"]
    folder = write_plan(tmp_path, plan_of(order))
    for name in ("CI", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "TF_BUILD", "GITLAB_CI"):
        monkeypatch.delenv(name, raising=False)
    plain = {}
    for line in SCREENS:
        run(app, [*line, "--plan", str(folder)])
        plain[tuple(line)] = capsys.readouterr().out
    monkeypatch.setenv(forge, "true")
    for line in SCREENS:
        run(app, [*line, "--plan", str(folder)])
        shown = capsys.readouterr()
        assert commands(shown.out + "\n" + shown.err) == [], line
        if plain[tuple(line)].startswith("{"):
            assert json.loads(shown.out) == json.loads(plain[tuple(line)])


# --- encodings --------------------------------------------------------------------------------------------


@pytest.mark.lent
@pytest.mark.parametrize(
    "line",
    [
        ["report", "sommaire", "--format", "html"],
        ["report", "sommaire", "--format", "md"],
        ["report", "bilan"],
        ["agenda", "--date", "2020-01-15"],
        ["overdue", "--format", "md"],
        ["overdue", "--format", "csv"],
        ["export", "--format", "csv"],
        ["remind", "--format", "md"],
        ["remind", "-r", "DG", "--format", "eml"],
        ["schema"],
        ["validate", "--format", "json"],
        ["validate", "--format", "gitlab"],
        ["validate", "--format", "junit"],
        ["validate", "--format", "github"],
        ["validate", "--format", "sarif"],
        ["status", "--format", "json"],
    ],
    ids=" ".join,
)
def test_what_programs_read_is_in_utf_8_whatever_the_screen_is(line: list[str], tmp_path: Path) -> None:
    files = SMALL | {"orientation-1.yaml": SMALL["orientation-1.yaml"].replace("Mars 2020", "Hiver 2019 – été")}
    folder = write_plan(tmp_path, files)
    usual, shown = (
        started([*line, "--plan", folder], tmp_path, clean_environment() | {"PYTHONIOENCODING": encoding}).stdout
        for encoding in ("utf-8", "cp1252")
    )
    assert usual.decode("utf-8")
    assert (json.loads(shown) == json.loads(usual)) if usual[:1] in (b"{", b"[") else (shown == usual)


@pytest.mark.parametrize("words", [["status"], ["overdue"], ["deadline", "Été 2020"], ["remind"]], ids=" ".join)
def test_the_text_of_a_screen_is_in_the_encoding_of_the_screen(words: list[str], tmp_path: Path) -> None:
    write_plan(tmp_path)
    done = started([*words, "--au", "2020-05-01"], tmp_path, clean_environment() | {"PYTHONIOENCODING": "cp1252"})
    out = done.stdout
    assert done.returncode == 0
    assert "É".encode("cp1252") in out or "é".encode("cp1252") in out
    with pytest.raises(UnicodeDecodeError):
        out.decode("utf-8")


# --- what is typed ----------------------------------------------------------------------------------------

TYPED = [
    ["{}"], ["status", "--{}"], ["status", "{}"], ["status", "--au", "{}"], ["status", "--plan", "{}"],
    ["status", "--format", "{}"], ["overdue", "--responsable", "{}"], ["overdue", "--horizon", "{}"],
    ["overdue", "--orientation", "{}"], ["show", "{}"], ["deadline", "{}"], ["note", "{}", "--note", "x"],
    ["note", "1.adm.1.1", "--statut", "{}"], ["note", "1.adm.1.1", "--statut", "réalisée", "--le", "{}"],
    ["note", "1.adm.1.1", "--porteur", "{}"], ["note", "1.adm.1.1", "--reporter", "{}"],
    ["note", "1.adm.1.1", "--budget-prevu", "{}"],
    ["note", "1.adm.1.1", "--essai", "--note", "{}", "--par", "{}"],
    ["report", "{}"], ["report", "--gabarit", "{}"], ["report", "bilan", "--exercice", "{}"],
    ["report", "-o", "{}/x"],
    ["agenda", "--heure", "{}"], ["agenda", "--duree", "{}"], ["agenda", "--date", "{}"],
    ["validate", "--expliquer", "{}"],
    ["validate", "--depuis", "{}"], ["schema", "{}"], ["remind", "--responsable", "{}"],
    ["--montrer-completion", "{}"],
]  # fmt: skip
ODD = ("\x1b[31mx", "\x9b31mx", "x\u202ey", "x\n::error::y", "x\r::error::y", "::error::y", "##[error]y", "x\u2028y")


@pytest.mark.parametrize("line", one_in(8, TYPED), ids=" ".join)
def test_what_is_typed_drives_no_terminal_and_no_forge(
    line: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.chdir(write_plan(tmp_path).parent)
    for odd in ODD:
        run(app, [word.format(odd) for word in line])
        shown = capsys.readouterr()
        printed = shown.out + "\n" + shown.err
        assert first_control(printed) is None, odd
        assert "\r" not in printed, odd
        assert "\u2028" not in printed, odd
        assert commands(printed) == [], odd


@pytest.mark.parametrize("odd", one_in(4, ODD))
def test_the_names_of_files_and_variables_drive_nothing_either(
    odd: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    folder = write_plan(tmp_path)
    if os.name != "nt":
        (folder / f"orientation-{odd}.yaml").write_text("x: 1\n", encoding="utf-8")
        (folder / f"{odd}.yaml").write_text("x: 1\n", encoding="utf-8")
        run(app, ["validate", "--format", "texte", "--plan", str(folder)])
        run(app, ["validate", "--format", "json", "--plan", str(folder)])
        run(app, ["status", "--plan", str(folder), "-o", str(tmp_path / f"{odd}.txt")])
    monkeypatch.setenv("PIVOT_PLAN", odd)
    run(app, ["status"])
    shown = capsys.readouterr()
    printed = shown.out + "\n" + shown.err
    assert first_control(printed) is None
    assert "\r" not in printed
    assert commands(printed) == []


def test_a_reminder_to_paste_says_what_was_written() -> None:
    plan, _ = load_texts(plan_of(WRITTEN))
    (rappel,) = reminders(portrait(plan, AU), plan.registre)
    assert first_control(as_text(rappel)) is None
