"""Every screen and every document on the plans of other organisations, as they are, on 15 April 2024: four that have
other levels than Le Pivot's, and one of three actions.

After a change that is wanted: `PIVOT_GOLDEN=1 python -m pytest tests/autres`, then read the difference, aloud.
"""

from __future__ import annotations

import re
import shlex
from datetime import date
from pathlib import Path

import pytest
from pace import one_in, table
from support import golden, pivot

from pivot_cli.cli import edge

HERE = Path(__file__).parent
AU, TODAY = "--au 2024-04-15", date(2026, 11, 30)
PLANS = ["mada", "contrat", "ouvert", "cpe", "petit"]
COMMANDS = {  # a golden file, the columns, what is typed
    "status.txt": (80, f"status {AU}"),
    "status-40.txt": (40, f"status {AU}"),
    "overdue.txt": (80, f"overdue --bientot {AU}"),
    "list.txt": (80, f"list {AU}"),
    "echeances.ics": (80, f"list --format ics {AU}"),
    "show.txt": (80, "show {first} " + AU),
    "show-niveau.txt": (80, "show {level} " + AU),
    "remind.txt": (80, "remind -r {who} " + AU),
    "note.txt": (80, "note {first} --statut réalisée --le 2024-04-12 --essai"),
    "ajouter.txt": (40, 'note --ajouter {level} "Tenir un salon" --essai'),
    "rien.txt": (80, "show {level}.99"),
    "validate.txt": (80, "validate"),
    "complet.md": (80, f"report complet --format md {AU}"),
    "sommaire.md": (80, f"report sommaire --format md {AU}"),
    "bilan.md": (80, f"report bilan --format md {AU}"),
    "ordre-du-jour.md": (80, "agenda --date 2024-05-06"),
    "assemblee.md": (80, "agenda --type aga --date 2024-06-17"),
    "export.json": (80, f"export {AU}"),
}
NAMED = {  # an action with something recorded, the level that it is in, a responsable
    "mada": {"first": "1.2", "level": "1", "who": "TP"},
    "contrat": {"first": "A1-1", "level": "1.1", "who": "ARS"},
    "ouvert": {"first": "C01.1.2", "level": "1.1", "who": "STA"},
    "cpe": {"first": "1.jeu.1", "level": "1.jeu", "who": "EDU"},
    "petit": {"first": "1.2", "level": "1", "who": "EQ"},
}


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("file", one_in(6, COMMANDS))
def test_it_is_as_it_was(name: str, file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edge, "today", lambda: TODAY)  # what is recorded is told as of today
    columns, typed = COMMANDS[file]
    done = pivot(*shlex.split(typed.format(**NAMED[name])), cwd=HERE / name, columns=columns)
    shown = done.stdout or done.stderr
    nothing = file == "rien.txt" or (name, file) == ("cpe", "echeances.ics")  # which has no date
    assert done.returncode == (2 if nothing else 0), done.stderr
    assert shown == golden(HERE / name / "golden" / file, shown)


OTHER = {  # the words of the levels that a plan does not have, or calls otherwise
    "mada": "orientation|volet|objectif|action",
    "contrat": "orientation|volet|action",
    "ouvert": "orientation|volet|objectif|action",
    "cpe": "orientation|objectif|action",
    "petit": "orientation|volet|objectif|action",
}
OWN = ("Plan d'action", "Centre communal d'action sociale")  # titles and names of these plans


@table("name", PLANS)
@table("file", [file for file in COMMANDS if file != "export.json"])
def test_no_other_word_names_a_level(name: str, file: str) -> None:
    shown = (HERE / name / "golden" / file).read_text(encoding="utf-8")
    shown = " ".join(re.sub(r"(?m)^  sous .*", "", shown).split())  # a line of a file; what is cut at the end of a line
    for own in OWN:
        shown = shown.replace(own, "")
    typed = re.compile(r"pivot \w+|plan/orientation-\d+\.yaml|orientation-\d+|objectif-[\w.]+|--\w+")
    words = re.findall(rf"\b(?:{OTHER[name]}|plan stratégique)s?\b", typed.sub("", shown), re.IGNORECASE)
    assert words == []
