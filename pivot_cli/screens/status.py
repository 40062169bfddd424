"""`pivot status`: the plan at a glance."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pivot_cli.screens.blocks import action_rows, doubtful_readings, opening
from pivot_cli.screens.page import STRONG, Page, table
from pivot_cli.suivi.etat import Etat, by_objectif, due
from pivot_cli.suivi.phrases import (
    GROUPS,
    by_group,
    command_to_record,
    counts_in_words,
    elapsed_since,
    label_of,
    recorded,
    short_day,
    soonest_first,
    span_of,
    time_over,
)
from pivot_cli.text import NBSP, counted, one_line

if TYPE_CHECKING:
    from datetime import date

    from pivot_cli.suivi.etat import Portrait


def status_page(portrait: Portrait, width: int, today: date) -> Page:
    """The plan at a glance."""
    page = Page(width)
    name = one_line(portrait.plan.organisme.nom)
    opening(page, f"{name} · plan stratégique" if name else "Plan stratégique", portrait, today)
    page.paragraph(span_of(portrait.plan))
    page.blank()
    page.paragraph(recorded(portrait.situations))
    if portrait.over:
        page.blank()
        page.paragraph(time_over(portrait), style=STRONG)
    _counts_section(page, portrait)
    _orientations_section(page, portrait)
    _waiting_section(page, portrait)
    _near_section(page, portrait)
    _load_section(page, portrait)
    _foot(page, portrait)
    return page


def _counts_section(page: Page, portrait: Portrait) -> None:
    page.blank()
    rows = [row[1:] for row in counts_in_words(portrait.situations, portrait)]
    total = len(portrait.situations)
    if page.narrow:
        column = len(str(total)) + 2
        page.add("SITUATION", STRONG)
        for label, number, comment in rows:
            page.paragraph(f"{number:>{column}}  {label}", hanging=column + 2)
            page.paragraph(comment, indent=column + 2)
        page.add(f"{total:>{column}}  actions")
        return
    column = max(len(label) for label, _, _ in rows) + 2
    page.add(f"{'SITUATION':<{column}}  Actions", STRONG)
    for label, number, comment in rows:
        page.beside(f"  {label:<{column - 2}}  {number:>7}", comment, column + 12)
    page.add(f"{'':<{column}}  {total:>7}")


# What « Par orientation » shows even where it is nothing.
_ALWAYS = ("Passée", "Proche", "À venir", "Sans date")


def _orientations_section(page: Page, portrait: Portrait) -> None:
    rows = [
        (orientation, by_group(s for s in portrait.situations if s.place.orientation is orientation))
        for orientation in portrait.plan.orientations
    ]
    if not rows:
        return
    kept = [n for n, group in enumerate(GROUPS) if group[0] in _ALWAYS or any(numbers[n] for _, numbers in rows)]
    if not page.narrow:
        cells = [
            (f"  {orientation.numero} {one_line(orientation.titre)}", sum(numbers), *(numbers[n] for n in kept))
            for orientation, numbers in rows
        ]
        page.blank()
        table(page, ("PAR ORIENTATION", "Total", *(GROUPS[n][0] for n in kept)), cells, flexible=0)
        return
    page.heading("PAR ORIENTATION")
    for orientation, numbers in rows:
        page.paragraph(f"{orientation.numero} {one_line(orientation.titre)}", indent=2, hanging=2)
        parts = [f"{numbers[n]}{NBSP}{_agreed(GROUPS[n][1], numbers[n])}" for n in kept if numbers[n]]
        page.paragraph(f"{counted(sum(numbers), 'action')}{NBSP}: {', '.join(parts)}", indent=4)


def _agreed(word: str, number: int) -> str:
    """An adjective of the columns, in the plural from two."""
    return word if number < 2 or word.startswith(("à", "sans")) else f"{word}s"


_WAITING = 5  # objectifs that the plan at a glance names
_NEAR = 6  # actions that it names
_LOADED = 8  # responsables that it names


def _waiting_section(page: Page, portrait: Portrait) -> None:
    waiting = by_objectif(due(portrait.situations))
    if not waiting:
        return
    page.heading("OBJECTIFS QUI ATTENDENT DEPUIS LE PLUS LONGTEMPS")
    totals = Counter(s.place.objectif_id for s in portrait.situations)
    rows = []
    for dossier in waiting[:_WAITING]:
        titre, since = one_line(dossier.place.objectif.titre), elapsed_since(dossier.situations, portrait)
        passed = f"{len(dossier.situations)} sur {totals[dossier.id]}"
        rows.append((f"  {dossier.id}", titre, passed, *filter(None, [since])))
        if page.narrow:
            page.paragraph(f"{dossier.id} {titre}", indent=2, hanging=2)
            page.paragraph(f"{passed} passées" + (f", depuis {since}" if since else ""), indent=4)
    if not page.narrow:
        table(page, ("", "", "Passées", "Depuis")[: len(rows[0])], rows, flexible=1)
    more = len(waiting) - _WAITING
    if more > 0:
        others = "1 autre" if more == 1 else f"{more} autres"
        page.paragraph(f"et {others}{NBSP}: pivot overdue", indent=2)


def _near_section(page: Page, portrait: Portrait) -> None:
    near = soonest_first(one for one in portrait.situations if one.etat is Etat.PROCHE)
    if near:
        page.heading(f"À MENER D'ICI LE {short_day(portrait.look.horizon_end, portrait.au).upper()}")
        action_rows(page, near[:_NEAR], portrait.plan)
        if len(near) > _NEAR:
            page.paragraph(f"et {len(near) - _NEAR} de plus{NBSP}: pivot overdue --bientot", indent=2)


def _load_section(page: Page, portrait: Portrait) -> None:
    """Each responsable with something passed, the most loaded first."""
    loads = [(len(due(portrait.of(who))), len(portrait.of(who)), label_of(who)) for who in portrait.plan.registre]
    loaded = sorted((load for load in loads if load[0]), key=lambda load: load[:2], reverse=True)
    if not loaded:
        return
    page.heading(f"RESPONSABLES, échéances passées sur total (partagées{NBSP}: comptées pour chacun)")
    told = [f"{label}{NBSP}{passed}/{total}" for passed, total, label in loaded[:_LOADED]]
    more = len(loaded) - _LOADED
    told += [f"{more}{NBSP}autre{'s' if more > 1 else ''}"] if more > 0 else []
    page.paragraph(" · ".join(told), indent=2)


def _foot(page: Page, portrait: Portrait) -> None:
    page.blank()
    passed = due(portrait.situations)
    if not portrait.over:
        doubtful_readings(page, passed)
    if passed:
        page.paragraph(f"Détail{NBSP}: pivot overdue", hanging=2)
        page.paragraph(f"Consigner{NBSP}: {command_to_record(passed[0])}", hanging=2)
