"""The page that a federation publishes, in a real browser, and of thirty members; and thousands of exports: what is
kept of each does not grow with it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tracemalloc
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from axe import violations
from documents.reading import Page
from documents.test_browser import COMPLETE, HAVE, opened
from pace import few
from support import clean_environment

from group.members import AU, gather, large
from pivot_cli.cli import gathering
from pivot_cli.documents.group import build
from pivot_cli.documents.rendering.filling import render
from pivot_cli.suivi.etat import Etat
from pivot_cli.suivi.exported import Envoi, Envoyee, from_export
from pivot_cli.suivi.group import Membre, Recu, gathered, received

in_a_browser = pytest.mark.skipif(not HAVE and not COMPLETE, reason="sans Chromium, Playwright ou axe-core")
DAY = date.fromisoformat(AU)
MOST_HELD = """
import os, subprocess, sys
_, status, used = os.wait4(subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL).pid, 0)
assert status == 0
print(used.ru_maxrss)
"""
"""The most memory that a run held, asked by a small process: of a large one, what it holds itself would count."""


def thirty() -> str:
    """The page of thirty members, of every kind, whose names are long and whose plans have titles."""
    found: list[Membre] = []
    for rank in range(24):
        etats = [etat for etat in Etat for _ in range((rank * 7 + len(etat)) % 40)]
        actions = tuple(Envoyee(f"1.{n}", "Faire", "", None, None, "", etat) for n, etat in enumerate(etats))
        nom = f"Carrefour communautaire et d'entraide du quartier {chr(65 + rank)}"
        titre = f"Plan d'action {2020 + rank % 5}-{2025 + rank % 5}" if rank % 3 else ""
        envoi = Envoi(nom, titre, DAY - timedelta(rank * 5), rank, actions)
        found.append(received(envoi, f"{rank}.json", "", vivant=False))
    found += [Membre("", Recu.A_RENVOYER, pourquoi="le fichier est vide", fichier=f"plan-{n}.json") for n in "abc"]
    return render("regroupement", build(gathered(found, ["Le Pivot", "Ça tourne", "Été 26"], DAY), DAY), "html")


def test_a_page_of_thirty_members_is_light_whole_and_in_order() -> None:
    text = thirty()
    page = Page(text)
    assert len(text.encode()) < 60_000
    assert page.problems == []
    assert page.count("script") == 0
    assert page.headings == [1, 2, 2]
    assert page.values("colspan") == [page.values("colspan")[0]] * 6
    names = [line.split("<")[0] for line in text.split('<tr><th scope="row">') if "quartier" in line]
    assert len(names) == 24
    assert names == sorted(names)
    assert "noindex" not in text


@pytest.mark.lent
@in_a_browser
@pytest.mark.parametrize("members", few(2, ["those of the tests", "thirty"]))
def test_the_page_is_accessible_and_holds_on_a_telephone(browser: Any, members: str) -> None:
    text = thirty() if members == "thirty" else gather("--format", "html")[1]
    for width, scheme in few(2, [(320, "dark"), (640, "light"), (1280, "light")]):
        page = opened(browser, text, viewport={"width": width, "height": 800}, color_scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == []
        assert page.asked == []
        page.context.close()


# --- thousands of exports -------------------------------------------------------------------------------------


def copies(folder: Path, number: int) -> Path:
    """So many exports of 93 actions, each of another organisation."""
    folder.mkdir()
    text = (large() / "8.json").read_text(encoding="utf-8")
    assert text.count('"nom": "Le Pivot"') == 1
    for rank in range(number):
        made = text.replace('"nom": "Le Pivot"', f'"nom": "Organisme {rank}"')
        (folder / f"{rank}.json").write_text(made, encoding="utf-8")
    return folder


@pytest.mark.lent
def test_each_export_is_read_once_and_no_more_is_kept_than_its_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []

    def counting(data: bytes) -> Envoi | None:
        read.append(len(data))
        return from_export(data)

    monkeypatch.setattr(gathering, "from_export", counting)
    kept = []
    for number in (4, 12):
        folder = copies(tmp_path / str(number), number)
        read.clear()
        tracemalloc.start()
        group = gathered(gathering.members_at([str(folder)], DAY, lambda _: "", None), [], DAY)
        kept.append(tracemalloc.get_traced_memory()[0])
        tracemalloc.stop()
        assert (len(read), group.total) == (number, 93 * number)
    assert (kept[1] - kept[0]) / 8 < 10_000  # bytes an organisation: its names and its figures


@pytest.mark.complet
@pytest.mark.skipif(os.name == "nt", reason="what a process took is asked of POSIX")
def test_hundreds_of_exports_take_no_more_memory_than_one(tmp_path: Path) -> None:
    took = []
    for number in (20, 320):
        words = ["-m", "pivot_cli", "group", str(copies(tmp_path / str(number), number)), "--au", AU]
        run = [sys.executable, "-c", MOST_HELD, sys.executable, *words, "--format", "json"]
        done = subprocess.run(run, stdout=subprocess.PIPE, check=True, env=clean_environment())
        took.append(int(done.stdout) / (1024 if sys.platform != "darwin" else 1024 * 1024))
    assert took[0] + (took[1] - took[0]) / 300 * 2000 <= 200  # MiB, of 2,000
