"""`pivot group`: several organisations' plans, in alphabetical order."""

from __future__ import annotations

from datetime import date

from pivot_cli.screens.page import STRONG, Page, table
from pivot_cli.suivi import group as told
from pivot_cli.suivi.etat import Etat
from pivot_cli.suivi.group import Membre, Recu, Regroupement
from pivot_cli.suivi.phrases import ACTION, GROUPS, groups_in_words, in_groups, recorded_of
from pivot_cli.text import NBSP, counted, day_in_words, listed

_ROOM = 30  # columns that the name of an organisation takes at least, beside its figures
_TOGETHER = "Ensemble des plans lus"


def group_page(group: Regroupement, width: int, today: date) -> Page:
    """Who sent what and of which day, what is recorded in what is read, and what to ask of the others."""
    page = Page(width)
    page.paragraph(group.nom)
    page.pair(told.title_of(group), f"au {day_in_words(group.au)}", STRONG)
    page.paragraph(told.received_in_words(group))
    page.paragraph(told.read_on_in_words(group, today))
    page.blank()
    if group.of(Recu.LU):
        unconfirmed = group.par_etat[Etat.A_CONFIRMER] > 0
        page.paragraph(recorded_of(group.consignees, group.total, unconfirmed=unconfirmed))
    _members_section(page, group)
    _asked_section(page, group)
    return page


def _members_section(page: Page, group: Regroupement) -> None:
    kept = [n for n, number in enumerate(_all_counted(group)) if number]
    headings = ("ORGANISMES", "Données", "Actions", "Consignées", *(GROUPS[n][0] for n in kept))
    page.blank()
    if page.width < _ROOM + sum(len(heading) + 2 for heading in headings[1:]) + len("pas encore reçu"):
        page.add("ORGANISMES", STRONG)
        for one in group.membres:
            _stacked(page, one, group)
        if group.of(Recu.LU):
            page.paragraph(_TOGETHER, indent=2, hanging=2)
            page.paragraph(_figures(group.consignees, in_groups(group.par_etat)), indent=4)
        return
    rows = [_row(one, kept, group) for one in group.membres]
    if group.of(Recu.LU):
        numbers = in_groups(group.par_etat)
        rows.append((f"  {_TOGETHER}", "", group.total, group.consignees, *(numbers[n] for n in kept)))
    table(page, headings, rows, flexible=0)
    old = [f"{told.named(one)} ({told.stands_in_words(one, group.au).split(',')[0]})" for one in group.of(Recu.ANCIEN)]
    page.paragraph(f"Hors des totaux{NBSP}: {listed(old)}." if old else "", indent=2, hanging=2)


def _all_counted(group: Regroupement) -> list[int]:
    """How many actions of all that is shown are in each of the groups."""
    shown = [in_groups(one.par_etat) for one in group.membres if one.par_etat is not None]
    return [sum(numbers) for numbers in zip(*shown, strict=True)]


def _row(one: Membre, kept: list[int], group: Regroupement) -> tuple[object, ...]:
    name = f"  {told.named(one)}"
    if one.par_etat is None or one.au is None:
        return (name, told.stands_in_words(one, group.au), "", "", *("" for _ in kept))
    numbers = in_groups(one.par_etat)
    return (name, one.au.isoformat(), one.total, one.consignees, *(numbers[n] for n in kept))


def _stacked(page: Page, one: Membre, group: Regroupement) -> None:
    name, stands = f"  {one.nom}", told.stands_in_words(one, group.au)
    if len(name) + len(stands) + 2 > page.width:
        page.paragraph(one.nom, indent=2, hanging=2)
        page.paragraph(stands, indent=4)
    else:
        page.pair(name, stands)
    page.paragraph(one.titre or "", indent=4)
    if one.par_etat is not None:
        page.paragraph(_figures(one.consignees, in_groups(one.par_etat)), indent=4)


def _figures(recorded: int, numbers: list[int]) -> str:
    """« 14 actions, dont 3 consignées (« dont aucune consignée ») : 2 réalisées, 5 échéances passées »."""
    total = ACTION.counted(sum(numbers))
    parts = groups_in_words(numbers)
    known = counted(recorded, "consignée") if recorded else "aucune consignée"
    return f"{total}, dont {known}{NBSP}: {parts}" if parts else total


def _asked_section(page: Page, group: Regroupement) -> None:
    """What each can be asked, ready to be sent; those of whom nothing came are asked the same."""
    silent = [one for one in group.of(Recu.PAS_RECU) if one.demande]
    others = [one for one in group.of(Recu.PAS_RECU, Recu.ANCIEN, Recu.A_RENVOYER) if one not in silent]
    if silent or others:
        page.heading("À DEMANDER")
    for one in sorted(others, key=group.membres.index):
        what = one.demande or f"rien à lui demander; {one.pourquoi}."
        page.paragraph(f"{told.named(one)}{NBSP}: {what}", indent=2, hanging=2)
    if silent:
        names = listed([told.named(one) for one in silent])
        page.paragraph(f"{names}{NBSP}: {silent[0].demande}", indent=2, hanging=2)
