"""Which actions answer what is asked, on the living plan: words as people type them, filters alone and together."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any

import pytest
from living import RECORDED
from pace import table

from pivot_cli.plan.loader import load
from pivot_cli.plan.sources import read_folder
from pivot_cli.suivi.etat import Etat, Portrait, portrait
from pivot_cli.suivi.selection import Selection, asked_words, holds, in_order, last_day

AU = date(2021, 3, 15)


@cache
def living() -> Portrait:
    plan, _ = load(read_folder(RECORDED, "plan"))
    return portrait(plan, AU)


def ids(**asked: Any) -> list[str]:
    return [one.id for one in Selection(**asked).keep(living())]


WORDS = [
    # typed                         the actions that hold it (the first ones)
    ("yoga", []),  # the title of the objectif is that of the detail pages, without it
    ("épinglette", ["2.gou.2.4"]),
    ("EPINGLETTES", ["2.gou.2.4"]),  # case, accents, plural
    ("régional", ["2.com.2.1", "2.com.2.2", "2.com.2.3", "2.com.2.4"]),  # in the title of the objectif too
    ("régionaux", ["2.com.2.1", "2.com.2.2", "2.com.2.3", "2.com.2.4"]),
    ("adjointe mi-temps", []),  # the decision asked for is not searched
    ("embauche structure", ["3.gou.1.2", "3.gou.3.3"]),  # every word, in a title, a short one or an objectif's
    ("centraide", ["4.adm.1.2"]),
    ("soumissions", ["1.adm.2.3"]),  # a note
    ("inventoriés", ["1.adm.2.1"]),  # a result
    ("1.par.1.4", ["1.par.1.4"]),
    ("l'inventaire", ["1.adm.2.1", "5.adm.3.5"]),
    ("d\u2019inventaire", ["1.adm.2.1", "5.adm.3.5"]),  # the letter before the apostrophe is no word
    # what ends as a plural does is a whole word, not the beginning of another
    ("procès", []),  # « processus »
    ("accès", []),  # « accessibilité »
    ("corps", []),  # « corporation »
    ("cours", []),  # « courante », « court »
    # short names, as screens show them
    ("Adj. de pr.", ["2.adm.2.4", "3.rh.3.1"]),
    ("Éq. anim.", ["1.act.1.2", "1.act.1.3"]),
]


@table(("typed", "expected"), WORDS)
def test_words_are_found_as_people_type_them(typed: str, expected: list[str]) -> None:
    assert ids(mots=tuple(typed.split())) == expected


ALIKE = [
    ("embauche", "l'embauche", "d'embauche"),
    ("équipe", "l'équipe", "L\u2019ÉQUIPE"),
    ("travail", "travaux"),
    ("an", "ans"),
    ("Ag. fin.", "agent financement"),
    ("comité", "« comité »", '"comité"', "\u201ccomités\u201d"),
    ("structure hiérarchique", "hiérarchique structure", '"structure hiérarchique"'),
]


@pytest.mark.parametrize("ways", ALIKE, ids=lambda ways: ways[0])
def test_the_same_words_typed_otherwise_find_the_same(ways: tuple[str, ...]) -> None:
    found = [ids(mots=asked_words([typed])) for typed in ways]
    assert found[0]
    assert all(one == found[0] for one in found)


PLURALS = [
    ("bail", "baux"), ("vitrail", "vitraux"), ("canal", "canaux"), ("tableau", "tableaux"), ("feu", "feux"),
    ("détail", "détails"), ("festival", "festivals"), ("an", "ans"), ("œil", "yeux"), ("loi", "lois"),
]  # fmt: skip


def test_a_plural_finds_its_singular_and_it_the_plural() -> None:
    def found(typed: str, written: str) -> bool:
        one = living().situations[0]
        action = one.action._replace(description=written)
        return holds(one._replace(place=one.place._replace(action=action)), (typed,), living().plan)

    for one, many in PLURALS:
        assert found(one, f"Les {many}"), one
        assert found(many, f"Un seul {one}"), many
    for typed, written in [("cas", "Le CA"), ("baux", "Le bal"), ("an", "en"), ("traverses", "traversée")]:
        assert not found(typed, written), typed
    assert found("munic", "La municipalité")
    assert found("municipal", "La municipalité")


def test_a_word_of_three_letters_or_less_is_not_the_beginning_of_another() -> None:
    registre = living().plan.registre
    for one in living().situations:
        said = f"{one.action.description} {one.place.objectif.titre} {one.action.titre_court}"
        held = "CA" in registre.codes(one.action.responsables) or re.search(r"\b(CA|C\.A\.)", said) is not None
        assert (one.id in ids(mots=("ca",))) is held, one.id


def test_a_word_finds_what_its_responsable_has() -> None:
    assert set(ids(mots=("comité", "inclusive"))) >= {"1.adm.1.2", "1.adm.1.3", "1.adm.1.4"}


FILTERS: list[tuple[dict[str, Any], list[str]]] = [
    ({"objectifs": ("3.gou.2",)}, ["3.gou.2.1", "3.gou.2.2"]),
    ({"orientations": (4,), "etats": (Etat.REALISEE,)}, ["4.adm.1.1", "4.adm.1.2", "4.adm.2.1"]),
    ({"orientations": (4,), "avant": date(2020, 10, 31)}, ["4.adm.1.1", "4.adm.1.2"]),
    ({"orientations": (4,), "apres": date(2020, 10, 31), "avant": date(2020, 10, 31)}, ["4.adm.1.2"]),
    ({"orientations": (4,), "apres": date(2021, 1, 1)}, ["4.adm.2.2"]),  # what has no last day does not answer
    ({"orientations": (3,), "sans_nouvelles": 12}, ["3.gou.2.2", "3.gou.3.2", "3.gou.3.4", "3.rh.1.1", "3.rh.1.3",
                                                     "3.rh.2.1", "3.rh.2.3", "3.rh.3.1", "3.rh.3.2"]),
    ({"a_completer": frozenset({"4.adm.1.4"})}, ["4.adm.1.4"]),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "expected"), FILTERS)
def test_filters_keep_what_answers_all_of_them(asked: dict[str, Any], expected: list[str]) -> None:
    assert ids(**asked) == expected


def test_nothing_asked_keeps_everything_in_the_order_of_the_plan() -> None:
    assert Selection().keep(living()) == living().situations


def test_by_echeance_what_has_no_last_day_comes_at_the_end() -> None:
    plan = living().plan
    days = [last_day(one) for one in in_order(living().situations, plan, "echeance")]
    dated = [day for day in days if day]
    assert days == sorted(dated) + [None] * (len(days) - len(dated))


def test_by_responsable_each_action_stands_once() -> None:
    ordered = in_order(living().situations, living().plan, "responsable")
    assert sorted(one.id for one in ordered) == sorted(one.id for one in living().situations)
    codes = [living().plan.registre.codes(one.action.responsables) for one in ordered]
    assert codes[0][0] == "CA"
