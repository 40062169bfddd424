"""What a federation has: the exports of `envois`, two large ones, plans in their files, and the list of its members."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from living import RECORDED
from once import loaded
from support import kept_folder, load_shipped, pivot

from pivot_cli.outputs.exports import export_object, shared, to_json
from pivot_cli.plan.sources import read_folder
from pivot_cli.suivi.etat import portrait

HERE = Path(__file__).parent
SENT = sorted((HERE / "envois").iterdir())
AU = "2024-04-30"


@cache
def large() -> Path:
    """A folder of two exports for sharing, of 93 actions: nothing is recorded of one, most of the other is."""
    folder = kept_folder()
    living, _ = loaded(read_folder(RECORDED, "plan"))
    adopted, _ = load_shipped()
    for plan, day, name in (
        (adopted, date(2024, 4, 15), "Le Pivot"),
        (living, date(2024, 4, 29), "Maison de la montagne"),
    ):
        made = shared(export_object(portrait(plan, day)), plan)
        made["organisme"]["nom"] = name
        (folder / f"{len(name)}.json").write_text(to_json(made), encoding="utf-8")
    return folder


def gather(*words: str | Path, columns: int = 80, au: str = AU) -> tuple[int, str, str]:
    """What `pivot group` answers of all of them: its code, what it shows and what it says."""
    others = (large(), "../autres/mada", "../autres/cpe", "absents/ligue-des-locataires.json")
    given = ("group", "envois", *others, "--attendus", "membres.csv", "--au", au, *words)
    done = pivot(*map(str, given), cwd=HERE, columns=columns)
    return done.returncode, done.stdout, done.stderr
