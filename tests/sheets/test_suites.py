"""What a meeting decided comes back in a sheet too: `agenda --suites suites.xlsx`."""

from __future__ import annotations

from pathlib import Path

from support import golden, pivot

from sheets.making import ADOPTED, HERE, dump, fill, folder_with, opened, rows_of
from sheets.test_returned import changed, text_of_the_plan


def test_what_a_meeting_decided_is_recorded_from_its_sheet(tmp_path: Path) -> None:
    folder = folder_with(ADOPTED, tmp_path)
    done = pivot("agenda", "--date", "2020-01-15", "-o", "odj.html", "--suites", "suites.xlsx", cwd=folder)
    assert done.returncode == 0, done.stderr
    made = dump(folder / "suites.xlsx")
    assert made == golden(HERE / "feuilles" / "suites.txt", made)
    book, page = opened(folder / "suites.xlsx")
    first, second, third, fourth, fifth, sixth, *_ = rows_of(page)
    fill(page, [(first, "Décision", "faite"), (first, "Quand", "mai 2019"), (second, "Décision", "en cours")])
    fill(page, [(third, "Décision", "nouvelle échéance"), (third, "Nouvelle échéance", "Juin 2020")])
    fill(page, [(third, "Pourquoi", "Le poste est vacant"), (fourth, "Décision", "échéance maintenue")])
    fill(page, [(fifth, "Décision", "abandonnée"), (fifth, "Pourquoi", "Plus utile"), (sixth, "Décision", "Reporter")])
    book.save(folder / "suites.xlsx")
    before = text_of_the_plan(folder)
    done = pivot("note", "--de", "suites.xlsx", cwd=folder)
    made = f"code {done.returncode}\n{done.stdout}{done.stderr}\n{changed(before, folder)}"
    assert made == golden(HERE / "retours" / "suites.txt", made)
    before = text_of_the_plan(folder)
    again = pivot("note", "--de", "suites.xlsx", cwd=folder)
    assert "Rien à écrire." in again.stdout
    assert text_of_the_plan(folder) == before
