"""Five histories of plans, as people make them: what `pivot changes` is held to on each."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from edits.repository import commit, git
from living import played_until
from support import SHIPPED, pivot

AUTRES = Path(__file__).parent.parent / "autres"


class History(NamedTuple):
    """A repository to make, and the days that are asked of it."""

    make: Callable[[Path], object]
    asked: str
    cut: str
    """A filter under which a few actions are left, whose JSON is held whole."""


def adopted(folder: Path) -> None:
    """Le Pivot's plan, adopted, and of which nothing was ever recorded."""
    shutil.copytree(SHIPPED, folder / "plan")
    git(folder, "init", "--quiet", "--initial-branch", "main")
    commit(folder, "Adopter le plan", "2019-01-31 17:00 -0500")


def alone(folder: Path) -> None:
    """The living plan, that nothing keeps."""
    played_until(folder, "2021-01-31")
    shutil.rmtree(folder / ".git")


def moved(folder: Path) -> None:
    """The living plan, put in another folder between two meetings."""
    played_until(folder, "2020-12-31")
    (folder / "plans").mkdir()
    git(folder, "mv", "plan", "plans/2019-2021")
    commit(folder, "Ranger le plan", "2021-01-04 09:00 -0500")
    record(
        folder,
        '--plan plans/2019-2021 4.adm.1.3 --note "Deux bailleurs rencontrés" --le 2021-01-12',
        "2021-01-13 09:00 -0500",
    )


FLAT = (  # of a municipality: a day and its hour, what it records
    ("2024-04-09 16:00 -0400", '1.3 --statut "en cours" --le 2024-04-09'),
    ("2024-04-12 10:00 -0400", '--ajouter 3 "Tenir un salon de la mobilité" --attribuer DG --echeance "Mai 2025"'),
    ("2024-04-15 10:00 -0400", "2.2 --attribuer LOI"),
    ("2024-05-06 10:00 -0400", '3.1 --reporter "2025-2026" --motif "Suit l\'étude régionale" --le 2024-05-06'),
    ("", '1.2 --statut "en cours" --le 2024-05-13 --budget-reel 5000'),
)


def flat(folder: Path) -> None:
    """A municipality's plan, axes and measures only; what was recorded last is not committed."""
    shutil.copytree(AUTRES / "mada" / "plan", folder / "plan")
    git(folder, "init", "--quiet", "--initial-branch", "main")
    commit(folder, "Adopter le plan d'action", "2024-02-01 17:00 -0500")
    for when, words in FLAT:
        record(folder, words, when)


def record(folder: Path, words: str, when: str = "") -> None:
    """What `pivot note` records, and with a moment, its commit."""
    done = pivot("note", *shlex.split(words), cwd=folder)
    assert done.returncode == 0, done.stderr
    if when:
        commit(folder, "Consigner", when)


HISTORIES = {
    "adopte": History(adopted, "--au 2020-02-15", "--objectif 3.gou.1"),
    "vivant": History(lambda folder: played_until(folder, "2021-01-31"), "--au 2021-01-20", "--objectif 3.gou.3"),
    "sans-git": History(alone, "--au 2021-01-20", "--objectif 3.gou.3"),
    "deplace": History(moved, "--plan plans/2019-2021 --depuis réunion --au 2021-01-20", "--objectif 4.adm.1"),
    "plat": History(flat, "--depuis 2024-04-08 --au 2024-05-15", "--orientation 3"),
}
