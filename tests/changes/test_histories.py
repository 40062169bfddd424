"""Histories made at random on real repositories: what is told is what was made, found here by looking at both ends.

Two hundred were tried; twenty stay.
"""

from __future__ import annotations

import random
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from edits.repository import commit, git
from pace import few, one_in
from support import SMALL

from pivot_cli.cli.past import Past, Start
from pivot_cli.plan.loader import load
from pivot_cli.plan.sources import read_folder
from pivot_cli.suivi.changes import Genre
from pivot_cli.suivi.etat import portrait

DAYS = [date(2019, 6, 1) + timedelta(days=3 * n) for n in range(200)]
WHEN = ["Mars 2020", "Juin 2020", "Décembre 2020", "Juin 2021", "En continu"]
ENDS = {
    "Mars 2020": date(2020, 3, 31),
    "Juin 2020": date(2020, 6, 30),
    "Décembre 2020": date(2020, 12, 31),
    "Juin 2021": date(2021, 6, 30),
}
CLOSED = ("réalisée", "abandonnée")


@dataclass
class Made:
    """An action as it is made here."""

    key: int
    description: str
    who: str = "DG"
    when: str = "Mars 2020"
    statut: str = ""
    dated: str = ""
    before: list[tuple[str, str]] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)

    def lines(self) -> list[str]:
        told = [f"- numero: {self.key}", f"  description: {self.description}", f"  responsables: [{self.who}]"]
        told += [f"  echeance: {self.when}"]
        if self.statut:
            told += [f"  statut: {self.statut}"]
            told += [f"  {'realisee_le' if self.statut == 'réalisée' else 'statut_le'}: {self.dated}"]
            told += ["  motif: Faute de temps"] if self.statut == "abandonnée" else []
        told += [f"  realisations: [{', '.join(self.times)}]"] if self.times else []
        for name, rows in (
            ("suivi", [(f"date: {day}", f"note: {text}") for day, text in self.notes]),
            ("echeances_precedentes", [(f"echeance: {was}", f"decide_le: {day}") for day, was in self.before]),
        ):
            told += [f"  {name}:"] if rows else []
            told += [line for first, second in rows for line in (f"    - {first}", f"      {second}")]
        return told


Actions = dict[int, Made]


class Maker:
    """A plan that people change: what is done, and the plan at each commit."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.folder, self.place, self.eol = folder, "plan", "\n"
        self.actions: Actions = {n: Made(n, f"Faire la chose {n}", when=self.chance.choice(WHEN)) for n in range(1, 7)}
        self.next, self.words = 7, 0
        self.kept: list[tuple[date, Actions]] = []
        git(folder, "init", "--quiet", "--initial-branch", "main")

    def write(self) -> None:
        place = self.folder / self.place
        place.mkdir(parents=True, exist_ok=True)
        head = SMALL["orientation-1.yaml"].partition("          - numero: 1\n            desc")[0]
        text = head + "".join(f"          {line}\n" for one in self.actions.values() for line in one.lines())
        for name, written in {**SMALL, "orientation-1.yaml": text}.items():
            (place / name).write_text(written, encoding="utf-8", newline=self.eol)

    def keep(self, day: date) -> None:
        self.write()
        commit(
            self.folder, "Consigner", f"{day} 1{self.chance.randrange(10)}:00 {self.chance.choice(['-0500', '+0900'])}"
        )
        self.kept.append((day, deepcopy(self.actions)))

    def something(self, day: date) -> None:
        """One thing that people do to an action."""
        chance, one = self.chance, self.chance.choice([*self.actions.values()])
        kind = chance.choice(["statut", "statut", "reporter", "refaire", "note", "mots", "qui", "ajouter", "retirer"])
        self.words += 1
        if kind == "statut":
            one.statut = chance.choice(["", "en cours", "en attente", "réalisée", "réalisée", "abandonnée"])
            one.dated = str(day)
        elif kind == "reporter" and one.when in ENDS:
            one.before.append((str(day), one.when))
            one.when = chance.choice([when for when in ENDS if when != one.when])
        elif kind == "refaire":
            one.times.append(str(day))
        elif kind == "note":
            one.notes.append((str(day), f"Nouvelle {self.words}"))
        elif kind == "mots":
            one.description = f"Mener l'affaire {one.key} ({self.words})"
        elif kind == "qui":
            one.who = "CA" if one.who == "DG" else "DG"
        elif kind == "ajouter":
            self.actions[self.next] = Made(self.next, f"Faire la chose {self.next}", when=chance.choice(WHEN))
            self.next += 1
        elif kind == "retirer" and len(self.actions) > 3:
            del self.actions[one.key]

    def live(self, days: list[date]) -> None:
        for day in days:
            for _ in range(self.chance.randrange(1, 4)):
                self.something(day)
            turn = self.chance.randrange(10)
            if turn == 0:
                self.eol = "\n" if self.eol == "\r\n" else "\r\n"
            if turn == 1 and self.place == "plan":
                (self.folder / "org").mkdir()
                git(self.folder, "mv", "plan", "org/plan")
                self.place = "org/plan"
            if turn == 2:  # on a branch, kept when it is merged
                git(self.folder, "checkout", "--quiet", "-b", f"b{day}")
                self.write()
                commit(self.folder, "Proposer", f"{day - timedelta(days=1)} 09:00 -0500")
                git(self.folder, "checkout", "--quiet", "main")
                when = f"{day} 17:00 -0500"
                git(
                    self.folder, "merge", "--quiet", "--no-ff", "-m", "Accepter", f"b{day}",
                    GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when,
                )  # fmt: skip
                self.kept.append((day, deepcopy(self.actions)))
            else:
                self.keep(day)


def class_of(old: Made | None, new: Made | None, first: date, last: date) -> str:
    """What happened, by looking at both ends."""
    if old is None or new is None:
        return "ajoutée" if new else "retirée"
    told = [
        ("réalisée", new.statut == "réalisée" != old.statut),
        ("refaite", len(new.times) > len(old.times)),
        ("abandonnée", new.statut == "abandonnée" != old.statut),
        ("reportée", new.when != old.when and later(old.when, new.when)),
        ("rouverte", old.statut in CLOSED and new.statut not in CLOSED),
        ("statut changé", new.statut != old.statut),
        ("nouvelles", (new.when, new.notes, new.before) != (old.when, old.notes, old.before)),
        ("nouvelles", bool(new.statut) and new.dated != old.dated),
        ("reformulée", new.description != old.description),
        ("réattribuée", new.who != old.who),
        ("échéance passée", has_passed(new, last) and not has_passed(old, first - timedelta(days=1))),
    ]
    return next((name for name, happened in told if happened), "inchangée")


def later(was: str, now: str) -> bool:
    """A report is to a later day: an échéance may also be brought forward."""
    return was in ENDS and now in ENDS and ENDS[now] > ENDS[was]


def has_passed(one: Made, day: date) -> bool:
    return one.when in ENDS and ENDS[one.when] < day and one.statut not in CLOSED


FIELDS = {
    "réalisée": "statut",
    "refaite": "times",
    "abandonnée": "statut",
    "reportée": "when",
    "rouverte": "statut",
    "statut changé": "statut",
    "reformulée": "description",
    "réattribuée": "who",
}


def days_of(key: int, genre: str, kept: list[tuple[date, Actions]]) -> set[date]:
    """The days of the commits at which what gives the class became what it is at the end."""

    def value(actions: Actions) -> Any:
        one = actions.get(key)
        if genre in ("ajoutée", "retirée") or one is None:
            return one is not None
        return getattr(one, FIELDS[genre])

    end = value(kept[-1][1])
    return {day for (_, before), (day, after) in pairwise(kept) if value(before) != end and value(after) == end}


@pytest.mark.parametrize("seed", one_in(10, few(2, range(20))))
def test_what_is_told_is_what_was_made(seed: int, tmp_path: Path) -> None:
    maker = Maker(tmp_path, seed)
    chance = random.Random(1000 + seed)
    days = sorted(chance.sample(DAYS, chance.randrange(4, 16)))
    maker.keep(days[0])
    maker.live(days[1:])
    first, last = sorted(chance.sample([day for day in DAYS if day > days[0]], 2))
    plan, _ = load(read_folder(tmp_path / maker.place, "plan"))
    told = Past(tmp_path / maker.place).since(portrait(plan, last), Start(first), when=True)
    before = [one for one in maker.kept if one[0] < first]
    during = [one for one in maker.kept if first <= one[0] <= last]
    old, new = before[-1][1], [*before, *during][-1][1]
    found = {int(one.id.rpartition(".")[2]): one for one in told.changes.every}
    assert {key: one.genre.value for key, one in found.items()} == {
        key: class_of(old.get(key), new.get(key), first, last) for key in {**old, **new}
    }
    assert told.changes.avant == len(old)
    assert told.changes.maintenant == len(new)
    for key, one in found.items():
        if one.genre.value in (*FIELDS, "ajoutée", "retirée"):
            days_there = days_of(key, one.genre.value, [before[-1], *during])
            assert told.recorded[one.id] in days_there, (key, one.genre)
        assert (one.genre is Genre.INCHANGEE) == (not one.facts)
