"""On a plan that lives, for every month of its life: the figures of a screen add up, and nobody is shown worse for
having answered.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

import pytest
from living import RECORDED
from pace import few, one_in

from pivot_cli.documents.agenda import AgendaRequest
from pivot_cli.documents.registry import DOCUMENTS
from pivot_cli.documents.rendering.filling import render
from pivot_cli.documents.values import Request
from pivot_cli.plan.loader import load
from pivot_cli.plan.model import Plan
from pivot_cli.plan.sources import read_folder
from pivot_cli.screens.action import action_page
from pivot_cli.screens.overdue import overdue_page
from pivot_cli.screens.status import status_page
from pivot_cli.suivi import when
from pivot_cli.suivi.etat import Etat, Portrait, count, due, portrait
from pivot_cli.suivi.phrases import counts_in_words, etat_in_words, news_of, short_etat
from pivot_cli.suivi.selection import Selection

DAYS = [date(2019 + month // 12, month % 12 + 1, day) for month in range(2, 42) for day in (1, 15)]
WIDE = 240  # every comment on its line

every_day = pytest.mark.parametrize("day", one_in(4, few(6, DAYS)), ids=str)


@cache
def living() -> Plan:
    return load(read_folder(RECORDED, "plan"))[0]


def shown(portrait: Portrait) -> str:
    return status_page(portrait, WIDE, portrait.au).render(colour=False).replace("\N{NO-BREAK SPACE}", " ")


@every_day
def test_the_counts_of_status_add_up_and_are_those_of_overdue(day: date) -> None:
    seen = portrait(living(), day)
    text = shown(seen)
    situation = text.partition("\nSITUATION")[2].partition("\n\n")[0].splitlines()[1:]
    rows = {found[1]: int(found[2]) for line in situation if (found := re.match(r"  (\S.*?)  +(\d+)(?:   |$)", line))}
    assert len(rows) == len(situation) - 1
    assert sum(rows.values()) == int(situation[-1]) == len(seen.situations)
    numbers = count(seen.situations)
    passed = numbers[Etat.EN_RETARD] + numbers[Etat.A_CONFIRMER]
    assert [number for label, number in rows.items() if label.startswith("Échéance passée")] == [passed] * bool(passed)
    to_come = [number for label, number in rows.items() if label.startswith(("À mener", "À venir"))]
    assert sum(to_come) == numbers[Etat.A_VENIR]
    summary = overdue_page(seen, Selection(), WIDE, day).render(colour=False)
    assert passed == 0 or re.search(rf"^{passed}\sactions? sur {len(seen.situations)}", summary, re.MULTILINE)


@every_day
def test_status_counts_as_many_to_come_as_the_list_shows(day: date) -> None:
    seen = portrait(living(), day)
    told = [etat_in_words(one, seen) for one in seen.situations]
    for etat, label, number, _ in counts_in_words(seen.situations, seen):
        if etat in (Etat.PROCHE, Etat.EN_COURS, Etat.A_VENIR):
            words = {"Éch": ("échéance proche",), "En ": ("en cours,", "faite en partie,")}
            starts = words.get(label[:3], (label[:7].lower(),))
            assert number == sum(said.startswith(starts) for said in told), f"{label}, {day}"


@every_day
def test_the_table_of_the_orientations_adds_up_to_the_counts(day: date) -> None:
    seen = portrait(living(), day)
    heading, *lines = shown(seen).partition("PAR ORIENTATION")[2].partition("\n\n")[0].splitlines()
    cells = [[int(number) for number in re.findall(r"(?<= )\d+(?= |$)", line[40:])] for line in lines[:-1]]
    names = re.split(r"  +", heading.strip())
    assert all(len(row) == len(names) and row[0] == sum(row[1:]) for row in cells), shown(seen)
    totals = dict(zip(names, map(sum, zip(*cells, strict=True)), strict=True))
    numbers = count(seen.situations)
    assert totals["Total"] == len(seen.situations)
    assert totals["Passée"] == len(due(seen.situations))
    assert totals.get("Réal.", 0) == numbers[Etat.REALISEE]
    assert totals["Plus tard"] == numbers[Etat.EN_COURS] + numbers[Etat.A_VENIR]


@every_day
def test_what_has_no_date_and_what_is_near_are_as_many_everywhere(day: date) -> None:
    seen = portrait(living(), day)
    overdue = overdue_page(seen, Selection(), WIDE, day).render(colour=False).replace("\N{NO-BREAK SPACE}", " ")
    undated = re.findall(r"(?:: |, )(\d+) [«e]", overdue.partition("Sans date")[2].partition("\n")[0])
    assert sum(map(int, undated)) == sum(one.etat.undated for one in seen.situations), overdue[-400:]
    near = [one for one in seen.situations if one.etat is Etat.PROCHE]
    found = Selection(apres=day, avant=seen.look.horizon_end).keep(seen)
    assert [one for one in found if one.open and (one.etat is Etat.PROCHE or when.recurrent(one.action))] == near
    assert not any(one.open for one in Selection(avant=day - timedelta(1)).keep(seen) if not one.etat.passed)


@every_day
def test_every_line_of_a_document_says_what_is_recorded(day: date) -> None:
    plan, seen = living(), portrait(living(), day)
    asked = Request(plan, (), day, day, Selection())
    made = [render(name, DOCUMENTS[name].build(asked), "md") for name in ("sommaire", "complet")]
    made.append(render("agenda/ordre-du-jour", DOCUMENTS["agenda"].build(AgendaRequest(plan, day, "ca", day)), "md"))
    for text in (made[0], made[2]):  # an action that has a short title has this one name
        assert not any(one.action.titre_court and one.action.description in text for one in seen.situations)
    news = {one.id: news_of(one.action) for one in seen.situations if one.open and one.action.consignee}
    lines = "\n".join(text.partition("\n## Le plan\n")[0] for text in made).replace("\\", "").splitlines()
    for line in lines:
        shown = re.search(r"^\|.*?[( ](\d\.[a-z]+\.\d\.\d+)\)|^- .*; (\d\.[a-z]+\.\d\.\d+)\)$", line)
        said = shown and news.get(shown[1] or shown[2])
        assert not said or said.removeprefix("faite le ").removeprefix("faite en ") in line, line


@every_day
def test_who_answers_is_told_what_was_answered_and_is_never_late(day: date) -> None:
    seen = portrait(living(), day)
    screens = [shown(seen), overdue_page(seen, Selection(), 80, day, soon=True).render(colour=False)]
    for one in seen.situations:
        words = (etat_in_words(one, seen), short_etat(one))
        screens += [*words, action_page(one, seen, 80, day).render(colour=False)]
        if one.open and one.action.consignee:
            assert news_of(one.action) in words[0]
        if one.etat.passed:
            assert all(said.startswith("échéance passée") for said in words)
            assert all(("à confirmer" in said) is (not one.action.consignee) for said in words)
    assert not any("retard" in screen for screen in screens)
