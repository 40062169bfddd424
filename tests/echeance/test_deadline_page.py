"""What `pivot deadline` shows: words, never a code alone; the word at fault, marked under the text at any width."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pace import examples, table
from support import write_plan

from pivot_cli.cli import app
from pivot_cli.cli_french import run
from pivot_cli.echeance import Conventions, Refus, parse
from pivot_cli.screens.deadline import deadline_page
from pivot_cli.screens.page import around

NBSP = "\N{NO-BREAK SPACE}"


def shown(texte: str, width: int = 80, day: str = "2020-01-15", conventions: Conventions | None = None) -> str:
    used = conventions or Conventions()
    page = deadline_page(parse(texte, used), date.fromisoformat(day), width, used)
    return page.render(colour=False).replace(NBSP, " ")


AT = [
    # wording, day, what is said of that day
    ("Mars 2020", "2020-03-30", "pas encore passée."),
    ("Mars 2020", "2020-03-31", "pas encore passée; c'est son dernier jour."),
    ("Mars 2020", "2020-04-01", "passée depuis moins d'un mois; son dernier jour était le 31 mars 2020."),
    ("31 mars 2020", "2020-06-01", "passée depuis 2 mois."),
    ("dès mars 2020", "2020-02-29", "pas encore commencée; jamais passée."),
    ("dès mars 2020", "2020-03-01", "commencée; jamais passée."),
    ("En continu", "2020-03-01", "jamais passée."),
    ("Immédiat", "2020-03-01", "jamais passée."),
    ("À évaluer", "2020-03-01", "jamais passée."),
    ("Annuel", "2020-03-01", "attendue d'ici le 31 décembre 2020."),
    ("le 30 juin de chaque année", "2020-07-01", "attendue d'ici le 30 juin 2021."),
    ("annuel dès 2022", "2020-07-01", "attendue d'ici le 31 décembre 2022."),
    ("chaque année jusqu'en 2019", "2020-07-01", "finie depuis le 31 décembre 2019."),
    ("mars 2020 puis annuellement", "2020-03-31", "attendue une première fois d'ici le 31 mars 2020."),
    ("chaque été dès 2025", "2025-02-01", "attendue d'ici le 30 septembre 2025."),
    ("aux 2 ans", "2020-03-01", "les périodes se comptent à partir du début du plan."),
    ("mensuel jusqu'au 15 mars 2020", "2020-03-10", "rien n'est attendu."),
]


@table(("texte", "day", "said"), AT)
def test_it_says_where_the_wording_stands_at_the_day(texte: str, day: str, said: str) -> None:
    assert said in " ".join(shown(texte, 200, day).split()), shown(texte, 200, day)


def test_a_recurrence_is_said_in_words_before_its_rule() -> None:
    page = shown("Tous les ans, en juin", conventions=Conventions(debut_exercice=(4, 1)))
    assert "une fois par année, en juin" in page
    assert page.index("une fois") < page.index("FREQ=YEARLY;BYMONTH=6")


@table("width", [40, 80, 200])
@table(
    ("texte", "word"),
    [
        ("Marz 2020", "Marz"),
        ("Rencontre des responsables de toutes les équipes et de tous les comités, puis dépôt du bilan en marz 2020",
         "marz"),
        ("marz 2020, puis une rencontre des responsables de toutes les équipes et de tous les comités du conseil",
         "marz"),
        ("mars 2020 avec une rencontre de toutes les équipes, de tous les comités et du conseil banane",
         "avec une rencontre de toutes les équipes, de tous les comités et du conseil banane"),
        ("x" * 150, "x" * 150),
        (unicodedata.normalize("NFD", "été fevrié 2020"), "fevrié"),
        ("mars\t2020\nbanane", "banane"),
    ],
)  # fmt: skip
def test_the_word_at_fault_is_marked_under_the_text(texte: str, word: str, width: int) -> None:
    lines = shown(texte, width).splitlines()
    rank = next(n for n, line in enumerate(lines) if set(line.strip()) == {"^"})
    start, marks = lines[rank].index("^"), lines[rank].count("^")
    assert word.startswith(lines[rank - 1][start : start + marks])
    assert marks == len(word) or len(lines[rank - 1]) >= width - 2
    assert all(len(line) <= width for line in lines[: rank + 1])


@settings(derandomize=True, deadline=None, max_examples=examples(60, 300))
@given(st.text(alphabet="ab ", max_size=200), st.integers(0, 200), st.integers(0, 200), st.integers(18, 100))
def test_the_part_shown_fits_and_marks_the_same_words(texte: str, one: int, other: int, room: int) -> None:
    start, end = sorted((min(one, len(texte)), min(other, len(texte))))
    part, first, last = around(texte, start, end, room)
    assert len(part) <= room
    assert part[first:last] == texte[start : start + last - first]
    assert last - first == min(end - start, room if len(texte) <= room else room - 2)


def test_an_empty_wording_has_nothing_to_mark() -> None:
    page = shown("")
    assert "^" not in page
    assert "L'échéance est vide." in page


def test_no_control_character_reaches_the_screen() -> None:
    page = shown("\x1b[31mmars 2020")
    assert isinstance(parse("\x1b[31mmars 2020"), Refus)
    assert "\x1b" not in page


UNREAD = [
    # what organisme.yaml says more, the exit code, what is said of it
    ("", 0, ""),
    ("conventions: {hiver: décembre}\n", 0, ""),
    ("mission: []\n", 0, ""),
    ("conventions: {hiver: decmbre}\n", 0, "1 erreur dans plan/organisme.yaml"),
    ("conventions:\n  ete: zut\n  hiver: oui\n", 0, "2 erreurs dans plan/organisme.yaml"),
    ("conventions: {annees_jumelees: exercice}\n", 0, "1 erreur dans plan/organisme.yaml"),
    ("conventions: 5\n", 0, "1 erreur dans plan/organisme.yaml"),
    ("convention: {hiver: décembre}\n", 0, "1 erreur dans plan/organisme.yaml"),
    ("periode: {debut: zut, fin: 2022}\n", 0, "1 erreur dans plan/organisme.yaml"),
    ("a: [\n", 3, "plan/organisme.yaml n'a pas pu être lu"),
    (None, 3, "plan/organisme.yaml n'a pas pu être lu"),
]


@pytest.mark.parametrize(("more", "code", "answer"), UNREAD)
def test_conventions_that_could_not_be_read_are_said(
    more: str | None,
    code: int,
    answer: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    organisme = write_plan(tmp_path) / "organisme.yaml"
    if more is None:
        organisme.unlink()
        organisme.mkdir()
    else:
        organisme.write_text(organisme.read_text(encoding="utf-8") + more, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for form in ("texte", "json"):
        assert run(app, ["deadline", "Hiver 2021", "--format", form]) == code
        told = capsys.readouterr()
        assert "2021" in told.out
        err = told.err.replace("\N{NO-BREAK SPACE}", " ")
        usual = "les conventions habituelles remplacent celles qui n'ont pas pu être lues"
        assert err == (f"{answer} : {usual}. Pour voir pourquoi : pivot validate\n" if answer else "")


def test_a_plan_that_may_not_be_looked_at_is_not_taken_for_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_plan(tmp_path)
    monkeypatch.chdir(tmp_path)

    def denied(*_: object) -> list[str]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.listdir", denied)
    assert run(app, ["deadline", "Hiver 2021"]) == 3
    assert "accès refusé" in capsys.readouterr().err
