"""A plan that is over, closed on a copy by its sheet, put away, and the next one begun."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

from living import RECORDED
from sheets.making import fill, headings, opened, rows_of, sent
from support import kept_folder, pivot

AFTER = "2023-01-15"
"""A day after all that the living plan names: one of its échéances was moved to 2022."""
ANSWERS = ("faite", "ne se fera pas", "reconduite au prochain plan", None)
"""What is said of each action in turn; of the last, nothing."""


def closed_by_a_sheet(folder: Path) -> None:
    """The sheet of what is left to close leaves, is filled in and comes back: what is recorded is what it says."""
    sheet = sent(folder, "--a-fermer", "--au", AFTER, name="fin.xlsx")
    book, page = opened(sheet)
    _, columns = headings(page)
    became = next(name for name in columns if name.startswith("Qu'est-"))
    for rank, id_ in enumerate(rows_of(page)):
        answer = ANSWERS[rank % len(ANSWERS)]
        if answer:
            fill(page, [(id_, became, answer), (id_, "Quand", "décembre 2022")])
        if rank % 8 == 0:
            fill(page, [(id_, "Résultat (public)", "Ce qui était prévu est en place.")])
        if answer == "ne se fera pas" or rank % 8 == 2:
            fill(page, [(id_, "Pourquoi", "Le poste était vacant.")])
    book.save(sheet)
    done = pivot("note", "--de", str(sheet), cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr


@cache
def closed() -> Path:
    """The living plan, closed, where nothing changes it."""
    folder = kept_folder()
    shutil.copytree(RECORDED, folder / "plan")
    closed_by_a_sheet(folder)
    return folder


@cache
def followed(*words: str) -> Path:
    """The same, put away, and the plan that follows it, begun with these words."""
    folder = shutil.copytree(closed(), kept_folder() / "suite")
    (folder / "plan").rename(folder / "plan-2019-2021")
    done = pivot("init", "--suite-de", "plan-2019-2021", "--sans-question", *words, cwd=folder)
    assert done.returncode == 0, done.stderr
    (folder / "init.txt").write_text(done.stdout + done.stderr, encoding="utf-8")
    return folder
