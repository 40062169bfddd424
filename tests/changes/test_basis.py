"""On what the answer rests, where git cannot tell all: it answers, and says so."""

from __future__ import annotations

import json
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from edits.repository import commit, git, replace, repository
from pace import one_in
from support import SMALL, pivot, write_plan

FILE = "orientation-1.yaml"
DONE = ("echeance: Mars 2020", "echeance: Mars 2020\n            statut: réalisée\n            realisee_le: 2020-02-10")
ASKED = ("changes", "--depuis", "2020-02-01", "--au", "2020-03-01")


def recorded(folder: Path) -> Path:
    """A plan of January 2020, an action of which was done on 10 February, and recorded on the 12th."""
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch", "main")
    plan = write_plan(folder, SMALL)
    commit(folder, "Adopter", "2020-01-10 09:00 -0500")
    replace(plan, FILE, DONE)
    commit(folder, "Consigner", "2020-02-12 09:00 -0500")
    return plan


def told(folder: Path, *words: str) -> Any:
    done = pivot(*(words or ASKED), "--format", "json", cwd=folder)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def first(found: Any) -> tuple[str, str | None, str | None]:
    one = found["actions"][0]
    return one["genre"], one["date"], one["consignee_le"]


def test_what_was_known_and_what_was_done(tmp_path: Path) -> None:
    recorded(tmp_path / "ici")
    assert first(told(tmp_path / "ici")) == ("réalisée", "2020-02-10", "2020-02-12")
    known = told(tmp_path / "ici", "changes", "--depuis", "2020-02-01", "--au", "2020-02-11")
    assert first(known)[0] == "inchangée"
    after = told(tmp_path / "ici", "changes", "--depuis", "2020-02-13", "--au", "2020-03-01")
    assert first(after)[0] == "inchangée"
    both = told(tmp_path / "ici", "changes", "--depuis", "2020-02-12", "--au", "2020-02-12")
    assert first(both) == ("réalisée", "2020-02-10", "2020-02-12")


def test_the_day_of_a_commit_is_that_of_who_made_it(tmp_path: Path) -> None:
    plan = recorded(tmp_path / "ici")
    replace(plan, FILE, ("echeance: En continu", "echeance: En continu\n            statut: en cours"))
    commit(tmp_path / "ici", "Tard le soir", "2020-02-29 23:30 -0500")  # the first of March in Greenwich
    assert told(tmp_path / "ici")["actions"][1]["consignee_le"] == "2020-02-29"
    known = told(tmp_path / "ici", "changes", "--depuis", "2020-02-01", "--au", "2020-02-29")
    assert known["actions"][1]["genre"] == "statut changé"


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("sans git", "Le plan n'est pas dans git : seules les dates écrites dans le plan répondent."),
        ("sans commit", "L'historique de git ne dit rien du plan pour ces jours : seules les dates"),
        ("superficielle", "Cette copie du dépôt n'a que la fin de l'historique (« git fetch --unshallow »"),
        ("après", "L'historique de git ne commence que le 1er juin 2020 : seules les dates"),
    ],
)
def test_dates_answer_where_git_does_not(kind: str, why: str, tmp_path: Path) -> None:
    place = tmp_path / "ici"
    if kind == "superficielle":
        recorded(tmp_path / "source")
        git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{tmp_path / 'source'}", str(place))
    else:
        plan = write_plan(place, SMALL)
        replace(plan, FILE, DONE)
        if kind != "sans git":
            git(place, "init", "--quiet", "--initial-branch", "main")
        if kind == "après":
            commit(place, "Adopter", "2020-06-01 09:00 -0500")
    found = told(place)
    assert (found["source"], found["commit"]) == ("dates", None)
    assert first(found) == ("réalisée", "2020-02-10", None)
    assert found["reserves"][0].replace("\N{NO-BREAK SPACE}", " ").startswith(why)
    assert why.partition(" : ")[0] in one_line(pivot(*ASKED, cwd=place).stdout)


def one_line(shown: str) -> str:
    return " ".join(shown.replace("\N{NO-BREAK SPACE}", " ").split())


def test_what_came_before_the_first_commit_is_told_by_dates(tmp_path: Path) -> None:
    recorded(tmp_path / "ici")
    replace(tmp_path / "ici" / "plan", FILE, ("Faire un plan", "Faire deux plans"))
    commit(tmp_path / "ici", "Reformuler", "2020-02-20 09:00 -0500")
    found = told(tmp_path / "ici", "changes", "--depuis", "2019-06-01", "--au", "2020-03-01")
    assert (found["source"], found["avant"], found["maintenant"]) == ("git", 2, 2)
    assert [one["genre"] for one in found["actions"]] == ["réalisée", "reformulée"]
    assert found["reserves"][0].startswith("L'historique de git commence le 10\N{NO-BREAK SPACE}janvier")


def test_a_plan_that_was_flat_is_followed_to_where_it_has_levels(tmp_path: Path) -> None:
    flat = SMALL[FILE].partition("volets:")[0] + "actions:\n"
    flat += "".join(line[8:] + "\n" for line in SMALL[FILE].partition("actions:\n")[2].splitlines())
    plan = repository(tmp_path / "ici", SMALL | {FILE: flat})
    git(plan, "commit", "--quiet", "--amend", "--no-edit", "--date", "2020-01-10 09:00 -0500",
        GIT_COMMITTER_DATE="2020-01-10 09:00 -0500")  # fmt: skip
    (plan / FILE).write_text(SMALL[FILE], encoding="utf-8")
    commit(plan, "Préciser", "2020-02-12 09:00 -0500")
    found = told(plan.parent)
    assert (found["avant"], found["ajoutees"], found["retirees"]) == (2, 0, 0)
    assert first(found) == ("nouvelles", None, "2020-02-12")
    assert found["actions"][0]["faits"][0]["texte"] == "déplacée, était 1.1"
    assert found["actions"][0]["avant"]["id"] == "1.1"


@pytest.mark.lent
def test_what_could_not_be_read_then_is_told_by_the_dates_of_today(tmp_path: Path) -> None:
    recorded(tmp_path / "source")
    plan = repository(tmp_path / "ici", SMALL | {FILE: "numero: [\n"})
    git(plan, "commit", "--quiet", "--amend", "--no-edit", GIT_COMMITTER_DATE="2020-01-10 09:00 -0500")
    (plan / FILE).write_bytes((tmp_path / "source" / "plan" / FILE).read_bytes())
    commit(plan, "Réparer", "2020-02-12 09:00 -0500")
    found = told(plan.parent)
    assert (found["avant"], found["maintenant"]) == (2, 2)
    assert first(found)[:2] == ("réalisée", "2020-02-10")
    (said,) = found["reserves"]
    assert one_line(said).startswith("Une partie du plan d'avant ne se lit pas : les dates")


@pytest.mark.parametrize("when", ["1970-01-01 00:00 +0000", "2099-01-01 00:00 +0000", "2019-12-25 00:00 +0000"])
def test_a_clock_that_was_absurd_moves_no_other_commit(when: str, tmp_path: Path) -> None:
    plan = recorded(tmp_path / "ici")
    replace(plan, FILE, ("echeance: En continu", "echeance: En continu\n            statut: en cours"))
    commit(tmp_path / "ici", "Une horloge folle", when)
    replace(plan, FILE, ("Faire un plan", "Faire deux plans"))
    commit(tmp_path / "ici", "Reformuler", "2020-02-20 09:00 -0500")
    found = told(tmp_path / "ici")
    assert first(found) == ("réalisée", "2020-02-10", "2020-02-12")
    assert found["actions"][1]["consignee_le"] == "2020-02-12"  # as the commit before it
    (said,) = found["reserves"]
    assert one_line(said).startswith("1 enregistrement porte une date impossible dans git : chacun compte au jour de")


def test_a_revision_is_where_it_was(tmp_path: Path) -> None:
    plan = recorded(tmp_path / "ici")
    git(plan, "tag", "conseil-de-fevrier", "HEAD~1")
    found = told(tmp_path / "ici", "changes", "--depuis", "conseil-de-fevrier", "--au", "2020-03-01")
    assert (found["depuis"], found["commit"]) == ("2020-01-10", git(plan, "rev-parse", "HEAD~1"))
    assert first(found) == ("réalisée", "2020-02-10", "2020-02-12")
    shown = pivot("changes", "--depuis", "conseil-de-fevrier", "--au", "2020-03-01", cwd=tmp_path / "ici").stdout
    assert "depuis la révision «\N{NO-BREAK SPACE}conseil-de-fevrier\N{NO-BREAK SPACE}»" in shown


WRONG = [
    (["--depuis", "nulle-part"], 2, "« nulle-part » n'est ni un jour, ni une révision du dépôt"),
    (["--depuis", "15 janvier"], 2, "Écrivez un jour en entier, par exemple : --depuis 2020-01-15"),
    (["--depuis", ""], 2, "--depuis ne nomme aucun jour"),
    (["--depuis", "2020-04-01"], 2, "le 1er avril 2020 vient après le 1er mars 2020"),
    (["--depuis", "réunion"], 2, "aucune réunion d'avant le 1er mars 2020 n'est inscrite au plan"),
    (["--depuis", "main", "--au", "2020-01-15"], 2, "vient après le 15 janvier 2020"),
]


@pytest.mark.parametrize(("words", "code", "said"), one_in(3, WRONG))
def test_what_cannot_be_asked_is_said(words: list[str], code: int, said: str, tmp_path: Path) -> None:
    recorded(tmp_path / "ici")
    day = () if "--au" in words else ("--au", "2020-03-01")
    done = pivot("changes", *day, *words, cwd=tmp_path / "ici")
    assert (done.returncode, done.stdout) == (code, "")
    assert said in one_line(done.stderr)


@pytest.mark.lent
def test_without_a_meeting_three_months_are_told(tmp_path: Path) -> None:
    recorded(tmp_path / "ici")
    assert told(tmp_path / "ici", "changes", "--au", "2020-03-01")["depuis"] == "2019-12-01"
    (tmp_path / "ici" / "plan" / "reunions.yaml").write_text("ca: {reunions: [{date: 2020-02-05}]}\n", encoding="utf-8")
    for asked in ((), ("--depuis", "réunion"), ("--depuis", "la dernière réunion")):
        assert told(tmp_path / "ici", "changes", "--au", "2020-03-01", *asked)["depuis"] == "2020-02-05"


def test_what_changed_hands_is_told_to_both(tmp_path: Path) -> None:
    plan = recorded(tmp_path / "ici")
    replace(plan, FILE, ("responsables: [Directrice générale]", "responsables: [CA]"))
    for who in ("DG", "CA"):
        found = told(tmp_path / "ici", *ASKED, "-r", who)
        assert [one["id"] for one in found["actions"] if one["genre"] == "réattribuée"] == ["1.adm.1.2"]
        assert found["hors_historique"] == 1


STYLES = [  # how a statut and a note are written on 14 February, and whether versions are read to know the day
    ("statut: réalisée", "note: Bientôt", False),
    ("statut: 'réalisée'", 'note: "Bientôt"', True),
]


@pytest.mark.parametrize(("statut", "note", "read"), STYLES)
def test_a_version_is_read_where_its_lines_do_not_say_enough(
    statut: str, note: str, read: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pivot_cli.cli import versions

    plan = recorded(tmp_path / "ici")
    replace(plan, FILE, ("statut: réalisée\n            realisee_le: 2020-02-10", "statut: en cours"))
    commit(tmp_path / "ici", "Corriger", "2020-02-13 09:00 -0500")
    lines = f"{statut}\n            suivi:\n              - date: 2020-02-14\n                {note}"
    replace(plan, FILE, ("statut: en cours", lines))
    commit(tmp_path / "ici", "Consigner", "2020-02-14 09:00 -0500")
    replace(plan, FILE, (f"{statut}\n", f"{statut}\n            resultat: Huit personnes\n"))
    commit(tmp_path / "ici", "Préciser", "2020-02-20 09:00 -0500")
    whole: list[object] = []
    one_by_one = versions._Bisection._read

    def counting(self: versions._Bisection, *given: object) -> set[str]:
        whole.append(given)
        return one_by_one(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(versions._Bisection, "_read", counting)
    assert first(told(tmp_path / "ici"))[2] == "2020-02-14"
    assert bool(whole) == read


@pytest.mark.lent
@pytest.mark.parametrize(
    "between", ["\n" * 200_000, "            # " + " " * 400_000 + "x\n"], ids=["lignes", "blancs"]
)
def test_a_version_of_endless_blanks_is_looked_through_in_no_time(between: str, tmp_path: Path) -> None:
    plan = recorded(tmp_path / "ici")
    replace(plan, FILE, ("            statut: réalisée", f"{between}            statut: en cours{' ' * 100_000}"))
    commit(tmp_path / "ici", "Remplir", "2020-02-13 09:00 -0500")
    replace(plan, FILE, (f"{between}            statut: en cours{' ' * 100_000}", "            statut: en attente"))
    commit(tmp_path / "ici", "Vider", "2020-02-14 09:00 -0500")
    began = time.monotonic()
    assert first(told(tmp_path / "ici"))[2] == "2020-02-14"
    assert time.monotonic() - began < 10


@pytest.mark.lent
def test_a_later_version_that_cannot_be_read_is_told_of_by_nobody(tmp_path: Path) -> None:
    """Neither as a plan of nothing, nor as one that did not change."""
    plan = recorded(tmp_path / "ici")
    kept = (plan / FILE).read_bytes()
    (plan / FILE).write_text("numero: [\n", encoding="utf-8")
    commit(tmp_path / "ici", "Casser", "2020-02-20 09:00 -0500")
    (plan / FILE).write_bytes(kept)
    commit(tmp_path / "ici", "Réparer", "2020-03-10 09:00 -0500")
    found = told(tmp_path / "ici")
    assert (found["source"], found["maintenant"], first(found)[0]) == ("dates", 2, "réalisée")
    done = pivot("changes", "--depuis", "HEAD~3", "--au", "2020-03-01", cwd=tmp_path / "ici")
    assert (done.returncode, done.stdout) == (3, "")
    assert "Donnez un autre jour à --au" in one_line(done.stderr)


@pytest.mark.lent
def test_five_hundred_commits_are_few_to_git(tmp_path: Path) -> None:
    """Of many commits, few are read: one `log`, one `cat-file`, and no more versions than a bisection needs."""
    from unittest import mock

    from pivot_cli.plan import git as asked_of

    plan = recorded(tmp_path / "ici")
    for n in range(60):
        replace(plan, FILE, ("titre: Un objectif", f"titre: Un objectif {n}\n        # titre: Un objectif"))
        commit(tmp_path / "ici", "Consigner", f"{date(2020, 2, 13) + timedelta(days=n // 10)} 09:00 -0500")
    started: list[str] = []
    first_of = asked_of._started

    def starting(folder: Path, *words: str) -> Any:
        started.append(words[0])
        return first_of(folder, *words)

    with (
        mock.patch.object(asked_of, "_started", starting),
        mock.patch.object(asked_of.Blobs, "read", autospec=True, side_effect=asked_of.Blobs.read) as read,
    ):
        assert first(told(tmp_path / "ici"))[0] == "réalisée"
    assert started == ["rev-parse", "log", "cat-file"]
    assert read.call_count < 40
