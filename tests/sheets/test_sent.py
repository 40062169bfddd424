"""The sheets that are sent: three of them whole, as contracts, and what must hold in each."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from support import golden, pivot

from sheets.making import ADOPTED, FLAT, HERE, LIVING, dump, folder_with, headings, opened, sent

BACK = ("--retour-le", "2021-03-12", "--retour-a", "la direction")
SHEETS = {
    "responsable": (LIVING, ("-r", "Agent de communication", "--au", "2021-02-12", *BACK)),
    "conseil": (LIVING, ("-r", "CA", "--au", "2021-02-12")),
    "plat": (FLAT, ("--au", "2026-02-12", "--retour-a", "le secrétariat")),
}


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_is_as_it_was(name: str, tmp_path: Path) -> None:
    plan, words = SHEETS[name]
    made = dump(sent(folder_with(plan, tmp_path), *words))
    assert made == golden(HERE / "feuilles" / f"{name}.txt", made)


@pytest.mark.lent
def test_the_same_sheet_has_the_same_bytes_and_says_nothing_of_the_computer(tmp_path: Path) -> None:
    folder = folder_with(ADOPTED, tmp_path)
    first, second = (sent(folder, "--au", "2020-01-15", name=name).read_bytes() for name in ("a.xlsx", "b.xlsx"))
    assert first == second
    with zipfile.ZipFile(folder / "a.xlsx") as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    whole = "".join(parts.values())
    assert not re.search(r"<f[ >]|externalLink|vbaProject|TargetMode|definedNames?><definedName(?![^>]*_xlnm)", whole)
    assert "2020-01-15T00:00:00Z" in parts["docProps/core.xml"]
    assert "<dc:creator" not in whole or re.search(r"<dc:creator[^>]*></dc:creator>|<dc:creator[^>]*/>", whole)


def test_what_looks_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    folder = folder_with(FLAT, tmp_path)
    file = next((folder / "plan").glob("orientation-1.yaml"))
    text = file.read_text(encoding="utf-8")
    first = re.search(r"description: (.+)", text)
    assert first
    file.write_text(text.replace(first[0], "description: '=1+1 & <b>'", 1), encoding="utf-8")
    _, page = opened(sent(folder))
    head, columns = headings(page)
    cell = next(cell for row in page.iter_rows() for cell in row if str(cell.value).startswith("=1+1"))
    assert (cell.data_type, cell.value) == ("s", "=1+1 & <b>") or cell.quotePrefix
    assert (cell.row or 0) > head
    assert columns["Réf."] == 1


def test_a_folder_has_a_sheet_for_each_who_has_actions(tmp_path: Path) -> None:
    folder = folder_with(LIVING, tmp_path)
    done = pivot("list", "--par-responsable", "feuilles", "--au", "2021-02-12", cwd=folder)
    assert done.returncode == 0, done.stderr
    names = sorted(file.name for file in (folder / "feuilles").iterdir())
    assert "Suivi - Agent de communication.xlsx" in names
    assert "Suivi - Conseil d'administration.xlsx" in names
    assert f"Écrit : {len(names)} feuilles dans feuilles." in done.stderr.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("list --format xlsx", "une feuille à remplir s'écrit dans un classeur"),
        ("list --retour-a DG", "une feuille à remplir s'écrit dans un classeur"),
        ("list --par-responsable f -o s.xlsx", "--par-responsable écrit plusieurs feuilles"),
        ("list -o s.xlsx --au 2020-01-15 --retour-le 2019-01-15", "ce jour est passé"),
        ("list -o s.xlsx --retour-le mars", "n'est pas comprise"),
        ("list zzzz -o s.xlsx", "il n'y a aucune action à mettre dans une feuille"),
    ],
)
def test_what_cannot_be_a_sheet_is_refused(words: str, told: str, tmp_path: Path) -> None:
    done = pivot(*words.split(), cwd=folder_with(ADOPTED, tmp_path))
    assert done.returncode == 2
    assert told in done.stderr.replace("\N{NO-BREAK SPACE}", " ")
    assert not (tmp_path / "s.xlsx").exists()
