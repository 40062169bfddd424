"""Sheets that came back, filled in six ways: what the screen says, and the lines of the plan that change."""

from __future__ import annotations

import difflib
import json
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet
from pace import few, one_in, table
from support import golden, pivot

from sheets.making import (
    ADOPTED,
    FLAT,
    HERE,
    LIVING,
    as_csv,
    convert,
    fill,
    folder_with,
    headings,
    opened,
    rows_of,
    sent,
)

STANDS, WHEN, PROPOSED, WHY = "Où en est-on?", "Quand", "Date proposée", "Pourquoi"
NOTE, RESULT, SPENT, ELSE = "Note interne", "Résultat (public)", "Dépensé $", "Autre chose à dire?"

AS_MEANT = [
    ("1.adm.1.2", STANDS, "en cours"),
    ("1.adm.1.2", NOTE, "Première rencontre tenue"),
    ("1.adm.1.2", WHEN, "12 mars 2020"),
    ("1.adm.2.1", STANDS, "faite"),
    ("1.adm.2.1", WHEN, "février 2019"),
    ("1.adm.2.1", RESULT, "Un portrait de nos moyens de communication"),
    ("1.adm.2.2", STANDS, "en attente"),
    ("1.adm.2.2", WHY, "la subvention"),
    ("1.adm.2.3", PROPOSED, "Juin 2031"),
    ("1.adm.2.3", WHY, "le poste est vacant"),
    ("1.adm.2.4", STANDS, "ne se fera pas (à décider)"),
    ("1.adm.2.4", WHY, "un autre organisme le fait"),
    ("1.adm.2.5", STANDS, "faite en partie"),
    ("", ELSE, "Merci pour le gâteau!"),
]


def text_of_the_plan(folder: Path) -> dict[str, list[str]]:
    return {
        file.name: file.read_text(encoding="utf-8").splitlines() for file in sorted((folder / "plan").glob("*.yaml"))
    }


def changed(before: dict[str, list[str]], folder: Path) -> str:
    """The lines of the plan that changed, as git shows them."""
    lines = []
    for name, now in text_of_the_plan(folder).items():
        told = [
            line for line in difflib.unified_diff(before[name], now, lineterm="", n=0) if line[:2] not in ("--", "++")
        ]
        lines += [name, *(line for line in told if line[0] in "+-")] if told else []
    return "\n".join(lines) + "\n"


def old(folder: Path, page: Worksheet) -> bytes:
    """Two months old: what happened since is in the plan."""
    fill(page, [("1.adm.1.2", STANDS, "en cours"), ("1.adm.2.1", RESULT, "Celui de la feuille")])
    fill(page, [("1.adm.2.2", STANDS, "faite"), ("1.adm.2.3", PROPOSED, "Mai 2031"), ("1.adm.2.3", WHY, "vacances")])
    fill(page, [("1.adm.2.5", NOTE, "Rien de neuf")])
    for words in (
        ("1.adm.1.2", "--statut", "en attente", "--motif", "la Ville"),
        ("1.adm.2.1", "--resultat", "Celui du plan"),
        ("1.adm.2.2", "--statut", "réalisée"),
        ("1.adm.2.3", "--reporter", "Juin 2030", "--motif", "Décidé"),
    ):
        assert pivot("note", *words, cwd=folder).returncode == 0
    return as_csv(page)


def google(_: Path, page: Worksheet) -> bytes:
    """As Google Sheets exports it: no hidden column, commas, dates its own way."""
    fill(page, [("1.adm.1.2", STANDS, "en cours"), ("1.adm.1.2", WHEN, "2020-03-12"), ("1.adm.2.1", STANDS, "faite")])
    page.delete_cols(headings(page)[1]["Empreinte (laisser telle quelle)"])
    return as_csv(page, ",", "utf-8")


def excel(_: Path, page: Worksheet) -> bytes:
    """In Windows-1252, its lines sorted otherwise, a column moved."""
    fill(page, AS_MEANT[:6])
    head, columns = headings(page)
    values = [[cell.value for cell in row] for row in page.iter_rows(min_row=head, max_row=head + 10)]
    moved = [
        [row[columns[NOTE] - 1], *(v for rank, v in enumerate(row) if rank != columns[NOTE] - 1)] for row in values
    ]
    page.delete_rows(1, page.max_row)
    for row in [moved[0], *reversed(moved[1:])]:
        page.append(row)
    return as_csv(page, ";", "cp1252")


def own_words(_: Path, page: Worksheet) -> bytes:
    """In the words of whoever filled it in."""
    fill(page, [("1.adm.1.2", STANDS, "Terminé!"), ("1.adm.1.2", WHEN, "le mois passé"), ("1.adm.2.1", STANDS, "bof")])
    fill(
        page, [("1.adm.2.2", STANDS, "En attente"), ("1.adm.2.3", PROPOSED, "bientôt"), ("1.adm.2.4", WHY, "Parce que")]
    )
    fill(page, [("1.adm.2.5", WHEN, "mars 2032"), ("1.act.1.1", STANDS, "abandonnée"), ("1.act.1.1", WHY, "Trop cher")])
    fill(page, [("1.act.1.2", "Échéance", "Juin 2031"), ("1.act.1.3", STANDS, "faite encore une fois")])
    return as_csv(page)


def copies(_: Path, page: Worksheet) -> bytes:
    """Lines doubled, added, an id mistyped, remarks beside."""
    fill(page, AS_MEANT[:3])
    head, columns = headings(page)
    row = rows_of(page)["1.adm.1.2"]
    page.append([cell.value for cell in page[row]])
    page.append([cell.value for cell in page[row]])
    page.cell(page.max_row, columns[STANDS]).value = "faite"
    page.cell(rows_of(page)["1.adm.2.2"], 1).value = "1.adm.22"
    fill(page, [("1.adm.22", NOTE, "Vu avec Léa")])
    page.append(["", "", "Une idée", "", "", "en cours"])
    page.cell(head, page.max_column + 1).value = "Mes remarques"
    page.cell(rows_of(page)["1.adm.2.3"], page.max_column).value = "À voir"
    page.cell(2, 8).value = "Bonjour!"
    return as_csv(page)


def as_meant(_: Path, page: Worksheet) -> bytes:
    fill(page, AS_MEANT)
    return as_csv(page)


WAYS: dict[str, Callable[[Path, Worksheet], bytes]] = {
    "comme-voulu": as_meant,
    "vieille": old,
    "google": google,
    "excel": excel,
    "ses-mots": own_words,
    "copies": copies,
}


Said = tuple[str, str, object]


def taken(folder: Path, said: list[Said], *words: str) -> tuple[subprocess.CompletedProcess[str], str]:
    """What is said of a sheet that was filled in so, and the lines of the plan that it changes, once only."""
    _, page = opened(sent(folder, "--orientation", "1", "--au", "2030-11-01"))
    fill(page, said)
    (folder / "suivi.csv").write_bytes(as_csv(page))
    before = text_of_the_plan(folder)
    done = pivot("note", "--de", "suivi.csv", *words, cwd=folder)
    lines, once = changed(before, folder), text_of_the_plan(folder)
    pivot("note", "--de", "suivi.csv", *words, cwd=folder)
    assert text_of_the_plan(folder) == once
    return done, lines


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return folder_with(ADOPTED, tmp_path)


@pytest.mark.parametrize("way", one_in(3, WAYS))
def test_a_sheet_that_came_back_records_these_lines(way: str, folder: Path) -> None:
    _, page = opened(sent(folder, "--orientation", "1", "--au", "2030-11-01"))
    (folder / "suivi.csv").write_bytes(WAYS[way](folder, page))
    before = text_of_the_plan(folder)
    done = pivot("note", "--de", "suivi.csv", "--par", "Jeanne", cwd=folder)
    made = f"code {done.returncode}\n{done.stdout}{done.stderr}\n{changed(before, folder)}"
    assert made == golden(HERE / "retours" / f"{way}.txt", made)
    before = text_of_the_plan(folder)
    again = pivot("note", "--de", "suivi.csv", "--par", "Jeanne", cwd=folder)  # the same sheet records once
    assert text_of_the_plan(folder) == before
    assert again.returncode == done.returncode
    assert "Rien à écrire." in again.stdout
    assert pivot("validate", cwd=folder).returncode == 0


@pytest.mark.lent
def test_a_sheet_that_nobody_filled_in_changes_nothing(folder: Path) -> None:
    for plan, words in ((ADOPTED, ()), (LIVING, ("--au", "2021-02-12"))):
        here = folder_with(plan, folder / plan.parent.name)
        _, page = opened(sent(here, *words))
        (here / "suivi.csv").write_bytes(as_csv(page))
        before = text_of_the_plan(here)
        done = pivot("note", "--de", "suivi.csv", cwd=here)
        assert (done.returncode, done.stderr) == (0, "")
        assert "sans rien de nouveau." in done.stdout
        assert text_of_the_plan(here) == before


@pytest.mark.lent
def test_a_trial_and_what_is_left_out_write_nothing(folder: Path) -> None:
    _, page = opened(sent(folder))
    (folder / "suivi.csv").write_bytes(as_meant(folder, page))
    before = text_of_the_plan(folder)
    trial = pivot("note", "--de", "suivi.csv", "--essai", cwd=folder)
    assert trial.returncode == 0
    assert "Essai\N{NO-BREAK SPACE}: rien n'est écrit." in trial.stdout
    assert text_of_the_plan(folder) == before
    all_of_them = [word for id_ in {id_ for id_, _, _ in AS_MEANT if id_} for word in ("--sauf", id_)]
    assert pivot("note", "--de", "suivi.csv", *all_of_them, cwd=folder).returncode == 0
    assert text_of_the_plan(folder) == before


@pytest.mark.lent
def test_a_program_is_told_what_was_decided_and_what_could_not_be(folder: Path) -> None:
    _, page = opened(sent(folder))
    (folder / "suivi.csv").write_bytes(as_meant(folder, page))
    words = ("note", "--de", "suivi.csv", "--format", "json", "--essai", "--accepter")
    every = json.loads(pivot(*words, "tout", cwd=folder).stdout)
    assert (every["decidees"], every["refusees"]) == (["1.adm.2.3", "1.adm.2.4"], [])
    one = json.loads(pivot(*words, "1.adm.2.4", cwd=folder).stdout)
    assert one["decidees"] == ["1.adm.2.4"]
    alone = json.loads(pivot(*words[:-1], cwd=folder).stdout)
    assert not alone.keys() & {"decidees", "refusees"}


def test_what_is_proposed_is_accepted_with_the_sheet_or_later(folder: Path) -> None:
    _, page = opened(sent(folder))
    (folder / "suivi.csv").write_bytes(as_meant(folder, page))
    other = folder / "autre"
    other.mkdir()
    shutil.copytree(folder / "plan", other / "plan")
    shutil.copy(folder / "suivi.csv", other)
    trial = pivot("note", "--de", "suivi.csv", "--accepter", "tout", "--essai", cwd=folder).stdout
    accepted = pivot("note", "--de", "suivi.csv", "--accepter", "tout", "-o", "retour.md", cwd=folder)
    assert accepted.returncode == 0
    for screen in (trial, accepted.stdout):  # what is decided is shown, and no longer said to be decided
        assert "DÉCIDÉ" in screen
        assert "PROPOSÉ" not in screen
        assert "echeance: Juin 2031" in screen
    report = (folder / "retour.md").read_text(encoding="utf-8")
    assert "## Décidé\n" in report
    assert "échéance\N{NO-BREAK SPACE}: Juin 2031" in report
    assert pivot("note", "--de", "suivi.csv", cwd=other).returncode == 0
    waiting = pivot("status", cwd=other).stdout
    assert "PROPOSÉ, À DÉCIDER (2)" in waiting
    assert "À décider" in pivot("show", "1.adm.2.3", cwd=other).stdout
    assert pivot("note", "--accepter", "1.adm.2.3", "1.adm.2.4", cwd=other).returncode == 0
    assert text_of_the_plan(folder) == text_of_the_plan(other)
    assert "PROPOSÉ" not in pivot("status", cwd=other).stdout
    assert "À décider" not in pivot("show", "1.adm.2.3", cwd=other).stdout
    refused = pivot("note", "--accepter", "tout", cwd=other)
    assert refused.returncode == 2
    assert "rien de ce qui est proposé n'est à décider" in refused.stderr
    again = pivot("note", "--de", "suivi.csv", cwd=other)  # decided: the same sheet proposes nothing any more
    assert "PROPOSÉ" not in again.stdout


def test_a_report_is_written_to_send_back(folder: Path) -> None:
    _, page = opened(sent(folder, "--orientation", "1"))
    (folder / "suivi.csv").write_bytes(own_words(folder, page))
    done = pivot("note", "--de", "suivi.csv", "-o", "retour.md", "--essai", cwd=folder)
    assert done.returncode == 1
    assert "À REVOIR" in done.stdout
    made = (folder / "retour.md").read_text(encoding="utf-8")
    assert made == golden(HERE / "retours" / "retour.md", made)
    answered = json.loads(pivot("note", "--de", "suivi.csv", "--format", "json", "--essai", cwd=folder).stdout)
    by_id = {line["id"]: line for line in answered["lignes"]}
    assert by_id["1.adm.1.2"]["resultat"] == "refusée"
    assert by_id["1.act.1.1"] == {"ligne": 14, "id": "1.act.1.1", "resultat": "consignée", "message": None}
    assert answered["fichiers"] == ["plan/orientation-1.yaml"]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a plan and its sheet, which nothing changes."""
    folder = folder_with(ADOPTED, tmp_path_factory.mktemp("plan"))
    (folder / "suivi.csv").write_bytes(as_csv(opened(sent(folder))[1]))
    return folder


@table(
    ("words", "code", "told"),
    [
        ("note --de suivi.csv 1.adm.1.1", 2, "--de lit des réponses"),
        ("note --de suivi.csv --statut réalisée", 2, "--de lit des réponses"),
        ("note --de suivi.csv --sauf 9.zz.1", 2, "9.zz.1"),
        ("note --de suivi.csv --de autre.csv", 2, "--de est écrit deux fois"),
        ("note --de suivi.csv -o plan/retour.md", 2, "est dans le dossier du plan"),
        ("list -o plan/suivi.xlsx", 2, "est dans le dossier du plan"),
        ("list --par-responsable plan", 2, "est dans le dossier du plan"),
        ("note 1.adm.1.1 --note Vu -o r.md", 2, "--sauf, --format et -o vont avec la feuille"),
        ("note --accepter 1.adm.1.1", 2, "rien n'est proposé pour 1.adm.1.1"),
        ("note --accepter 1.adm.1.1 --statut réalisée", 2, "--accepter consigne ce qui est proposé"),
        ("note 1.adm.1.2 --proposer 2031 --reporter 2032", 2, "--proposer attend une décision"),
        ("note 1.adm.1.2 --proposer 2031", 2, "dites pourquoi elle serait reportée"),
        ("note 1.adm.1.2 --proposer abandonnée", 2, "dites pourquoi elle ne se ferait pas"),
    ],
)
def test_what_does_not_go_together_is_refused(words: str, code: int, told: str, kept: Path) -> None:
    done = pivot(*words.split(), cwd=kept)
    assert (done.returncode, told in done.stderr.replace("\N{NO-BREAK SPACE}", " ")) == (code, True), done.stderr


@pytest.mark.lent
@pytest.mark.parametrize("ending", few(2, ["ods", "xlsx"]))
def test_a_sheet_saved_by_libreoffice_comes_back_whole(ending: str, folder: Path) -> None:
    """What each format keeps is read alike: the lines of the plan are those of the sheet as it was typed."""
    file = sent(folder, "--orientation", "1", "--au", "2030-11-01")
    book, page = opened(file)
    fill(page, AS_MEANT)
    book.save(file)
    other = folder / "autre"
    other.mkdir()
    shutil.copytree(folder / "plan", other / "plan")
    convert(file, ending, other)
    for here, name in ((folder, "suivi.xlsx"), (other, f"suivi.{ending}")):
        done = pivot("note", "--de", name, "--par", "Jeanne", cwd=here)
        assert done.returncode == 0, done.stdout
        assert "6 consignées, 15 sans rien de nouveau." in done.stdout
        assert "Merci pour le gâteau!" in done.stdout
    assert text_of_the_plan(folder) == text_of_the_plan(other)


def test_the_sheet_of_another_plan_records_nothing(tmp_path: Path) -> None:
    here, there = tmp_path / "ici", tmp_path / "ailleurs"
    for folder in (here, there):
        folder.mkdir()
        folder_with(FLAT, folder)
    file = next((there / "plan").glob("orientation-1.yaml"))
    text = file.read_text(encoding="utf-8").replace("Repeindre les bancs", "Former les bénévoles du comptoir")
    file.write_text(text, encoding="utf-8")
    book, page = opened(sent(there))
    fill(page, [("1.1", STANDS, "fait"), ("1.2", STANDS, "en attente"), ("1.2", WHY, "le permis")])
    book.save(here / "suivi.xlsx")
    done = pivot("note", "--de", "suivi.xlsx", cwd=here)
    assert done.returncode == 1
    assert "la référence dit 1.1, qui n'est pas cela au plan." in " ".join(done.stdout.split())
    assert "statut: en attente" in done.stdout  # the other line is that of this plan


@table(
    ("said", "recorded"),
    [
        (  # an action of which nothing is noted yet
            [
                ("1.adm.1.2", PROPOSED, "juin 2031"),
                ("1.adm.1.2", WHY, "le poste est vacant"),
                ("1.adm.1.2", NOTE, "Vu"),
            ],
            ["note: Vu", "propose: juin 2031"],
        ),
    ],
)
def test_what_goes_together_is_recorded_together(said: list[Said], recorded: list[str], folder: Path) -> None:
    done, lines = taken(folder, said)
    assert (done.returncode, done.stderr) == (0, "")
    for line in recorded:
        assert line in lines


TOLD = {  # what was typed in a line → the columns that are told; the others are recorded
    "1.adm.1.2": ({STANDS: "ne se fera pas", PROPOSED: "juin 2031", WHY: "trop cher"}, {STANDS, PROPOSED, WHY}),
    "1.adm.2.1": ({STANDS: "faite", PROPOSED: "juin 2031", WHY: "trop long"}, {STANDS, PROPOSED, WHY}),
    "1.adm.2.2": ({STANDS: "faite", WHEN: "mars 2032"}, {STANDS, WHEN}),
    "1.adm.2.3": ({STANDS: "en attente", PROPOSED: "zut", WHY: "le permis"}, {PROPOSED}),
    "1.adm.2.4": ({STANDS: "faite", WHY: "le bail"}, {WHY}),
    "1.adm.2.5": ({STANDS: "faite", WHEN: "automne 2020"}, set()),
    "1.par.1.1": ({WHEN: "mai 2030", WHY: "la météo"}, {WHEN, WHY}),
    "1.par.1.2": ({WHEN: "mai 2030", PROPOSED: "juin 2033", WHY: "la salle"}, {WHEN}),
    "1.act.1.1": ({WHEN: "mai 2030", RESULT: "Un bilan"}, {WHEN}),
}


def test_what_was_typed_is_recorded_or_told_once(folder: Path) -> None:
    """What cannot both be meant, or the engine refuses or ignores, is told with what went with it."""
    done, lines = taken(
        folder, [(id_, heading, value) for id_, (row, _) in TOLD.items() for heading, value in row.items()]
    )
    shown = " ".join(done.stdout.replace("\N{NO-BREAK SPACE}", " ").partition("À REVOIR")[2].split())
    for id_, (row, told) in TOLD.items():
        assert {heading: shown.count(f"« {heading} » ({id_})") for heading in row} == {
            heading: int(heading in told) for heading in row
        }, (id_, done.stdout)
    for text in ("trop cher", "trop long", "mars 2032", "juin 2031", "la météo"):
        assert text not in lines
    for text in ("le permis", "juin 2033", "la salle", "Un bilan"):
        assert text in lines


@pytest.mark.lent
def test_what_is_known_more_precisely_is_told(folder: Path) -> None:
    _, page = opened(sent(folder))
    fill(page, [("1.adm.1.2", STANDS, "faite"), ("1.adm.1.2", WHEN, "mars 2030")])
    (folder / "suivi.csv").write_bytes(as_csv(page))
    assert pivot("note", "1.adm.1.2", "--statut", "réalisée", "--le", "2030-03-12", cwd=folder).returncode == 0
    done = pivot("note", "--de", "suivi.csv", cwd=folder)
    assert done.returncode == 0
    assert "c'est déjà consigné plus précisément, 2030-03-12" in " ".join(done.stdout.split())


def test_the_whole_sheet_of_another_plan_is_told_once(tmp_path: Path, kept: Path) -> None:
    there = folder_with(FLAT, tmp_path)
    book, page = opened(sent(there))
    fill(page, [("1.1", STANDS, "fait"), ("1.2", NOTE, "Vu"), ("1.3", STANDS, "en cours")])
    book.save(kept / "autre.xlsx")
    short_book, short = opened(kept / "autre.xlsx")
    short.delete_rows(headings(short)[0] + 2, short.max_row)
    short.delete_rows(1, headings(short)[0] - 1)
    short_book.save(kept / "une-ligne.xlsx")
    page.delete_cols(page.max_column)
    book.save(kept / "sans-empreinte.xlsx")
    page.delete_rows(1, headings(page)[0] - 1)
    book.save(kept / "sans-titre.xlsx")
    expected = {"autre": "Les Amis", "sans-empreinte": "Les Amis"}
    for name in ("autre", "sans-empreinte", "sans-titre", "une-ligne"):
        whose = expected.get(name, "d'un autre plan")
        done = pivot("note", "--de", f"{name}.xlsx", cwd=kept)
        assert (done.returncode, done.stdout) == (1, ""), done.stdout
        assert done.stderr.count("cette feuille est celle") == 1
        assert whose in done.stderr


def test_a_title_that_is_lost_is_named_and_a_line_of_nothing_is_told_once(kept: Path) -> None:
    book, page = opened(sent(kept, "--orientation", "1"))
    fill(page, [("1.adm.1.2", STANDS, "en cours"), ("1.adm.1.2", NOTE, "Vu"), ("1.adm.2.1", NOTE, "Vu aussi")])
    head, columns = headings(page)
    page.cell(head, columns[NOTE]).value = "Autre chose"
    page.cell(rows_of(page)["1.adm.1.2"], 1).value = "1.adm.1.1"
    book.save(kept / "abimee.xlsx")
    said = " ".join(pivot("note", "--de", "abimee.xlsx", "--essai", cwd=kept).stdout.replace("\xa0", " ").split())
    assert "La feuille n'a plus « Note interne » : si c'est cette colonne, remettez-lui son titre." in said
    assert said.count("la référence dit 1.adm.1.1, et la ligne était 1.adm.1.2") == 1
    assert said.count("n'est pas consigné non plus") == 2


def test_a_sheet_without_its_hidden_column_is_read_alike(tmp_path: Path) -> None:
    """What is worked out of what comes back was not typed, and its own proposal holds nothing."""
    here = folder_with(LIVING, tmp_path)
    _, page = opened(sent(here, "--au", "2021-03-15"))
    page.delete_cols(headings(page)[1]["Empreinte (laisser telle quelle)"])
    (here / "vide.csv").write_bytes(as_csv(page))
    assert pivot("note", "1.par.1.3", "--realisation", "2021-03-12", cwd=here).returncode == 0
    done = pivot("note", "--de", "vide.csv", cwd=here)
    assert (done.returncode, "Rien à écrire." in done.stdout) == (0, True), done.stdout
    fill(page, [("1.adm.2.4", PROPOSED, "juin 2031"), ("1.adm.2.4", WHY, "le poste")])
    (here / "remplie.csv").write_bytes(as_csv(page))
    for said in ("1 consignée", "Rien à écrire."):
        done = pivot("note", "--de", "remplie.csv", cwd=here)
        assert (done.returncode, said in done.stdout) == (0, True), done.stdout


@pytest.mark.lent
def test_two_lines_of_an_action_that_say_otherwise_record_neither(folder: Path) -> None:
    _, page = opened(sent(folder, "--orientation", "1"))
    fill(page, [("1.adm.1.2", STANDS, "faite"), ("1.adm.1.2", WHEN, "mai 2020"), ("1.adm.1.2", NOTE, "Vu avec Léa")])
    _, columns = headings(page)
    for stands, note in (("en cours", "Le bail est signé"), ("faite", "Vu avec Léa")):
        page.append([cell.value for cell in page[rows_of(page)["1.adm.1.2"]]])
        page.cell(page.max_row, columns[STANDS]).value = stands
        page.cell(page.max_row, columns[NOTE]).value = note
    (folder / "suivi.csv").write_bytes(as_csv(page))
    before = text_of_the_plan(folder)
    done = pivot("note", "--de", "suivi.csv", cwd=folder)
    lines = changed(before, folder)
    assert done.returncode == 1
    assert [line.strip("+ ") for line in lines.splitlines() if "note" in line] == [
        "note: Vu avec Léa. Le bail est signé"
    ]
    assert "réalisée" not in lines
    assert done.stdout.count("(1.adm.1.2)") == 3  # the three choices
    assert pivot("note", "--de", "suivi.csv", cwd=folder).returncode == 1
    assert lines == changed(before, folder)


def test_the_commands_that_it_advises_are_those_that_record(folder: Path) -> None:
    _, page = opened(sent(folder, "--orientation", "1"))
    fill(page, [("1.adm.1.2", STANDS, "en cours"), ("1.adm.1.2", WHEN, "12 mars 2020"), ("1.adm.2.1", STANDS, "faite")])
    fill(page, [("1.adm.2.3", PROPOSED, "Mai 2031"), ("1.adm.2.3", WHY, "vacances"), ("1.adm.2.4", RESULT, "Un bilan")])
    fill(page, [("1.adm.2.2", STANDS, "en attente"), ("1.adm.2.2", WHY, "le permis")])
    (folder / "suivi.csv").write_bytes(as_csv(page))
    for words in (
        ("1.adm.1.2", "--statut", "réalisée"),
        ("1.adm.2.1", "--statut", "en cours"),
        ("1.adm.2.2", "--statut", "en cours"),
        ("1.adm.2.3", "--reporter", "Juin 2030", "--motif", "Décidé"),
        ("1.adm.2.4", "--resultat", "Rien"),
    ):
        assert pivot("note", *words, cwd=folder).returncode == 0
    done = pivot("note", "--de", "suivi.csv", cwd=folder, columns=60)
    shown = done.stdout.replace("\N{NO-BREAK SPACE}", " ").partition("À REVOIR")[2].partition("C'est écrit")[0]
    commands = [shlex.split(line)[1:] for line in shown.splitlines() if line.startswith("      pivot ")]
    assert len(commands) == 5
    for command in commands:  # « … » is for a person to fill in
        made = pivot(*(word.replace("…", "Repris") for word in command), cwd=folder)
        assert (made.returncode, made.stderr) == (0, ""), command


def test_a_day_that_a_spreadsheet_counts_is_told_as_a_date(folder: Path) -> None:
    done, _ = taken(folder, [("1.adm.1.2", WHEN, 44256)])
    assert "« 2021-03-01 »" in done.stdout.replace("\N{NO-BREAK SPACE}", " ")
    assert "44256" not in done.stdout


def test_nothing_to_complete_is_good_news(tmp_path: Path) -> None:
    here = folder_with(LIVING, tmp_path)
    done = pivot("list", "--a-completer", "-o", "q.xlsx", cwd=here)
    assert (done.returncode, "Rien n'est à compléter" in done.stderr) == (0, True)
    assert not (here / "q.xlsx").exists()
