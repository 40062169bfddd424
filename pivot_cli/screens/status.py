"""`pivot status`: the plan at a glance."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pivot_cli.screens.blocks import action_rows, doubtful_readings, opening
from pivot_cli.screens.page import STRONG, Page, table, wrap
from pivot_cli.suivi.etat import Etat, by_objectif
from pivot_cli.suivi.phrases import (
    GROUPS,
    by_group,
    command_to_record,
    counts_in_words,
    elapsed_since,
    label_of,
    recorded,
    short_day,
    shown,
    soonest_first,
    span_of,
    time_over,
)
from pivot_cli.text import NBSP, counted

if TYPE_CHECKING:
    from datetime import date

    from pivot_cli.suivi.etat import Portrait


def status_page(portrait: Portrait, width: int, today: date) -> Page:
    """The plan at a glance."""
    page = Page(width)
    name = shown(portrait.plan.organisme.nom)
    opening(page, f"{name} · plan stratégique" if name else "Plan stratégique", portrait, today)
    page.paragraph(span_of(portrait.plan))
    page.blank()
    page.paragraph(recorded(portrait))
    if portrait.over:
        page.blank()
        page.paragraph(time_over(portrait), style=STRONG)
    _counts_section(page, portrait)
    _orientations_section(page, portrait)
    _waiting_section(page, portrait)
    _near_section(page, portrait)
    _load_section(page, portrait)
    _status_foot(page, portrait)
    return page


def _counts_section(page: Page, portrait: Portrait) -> None:
    page.blank()
    rows = [(name, number, comment) for _, name, number, comment in counts_in_words(portrait.situations, portrait)]
    total = str(len(portrait.situations))
    if page.narrow:
        page.add("SITUATION", STRONG)
        for label, number, comment in rows:
            page.paragraph(f"{number:>{len(total) + 2}}  {label}", hanging=len(total) + 4)
            page.paragraph(comment, indent=len(total) + 4)
        page.add(f"{total:>{len(total) + 2}}  actions")
        return
    label_width = max(len(label) for label, _, _ in rows) + 2
    page.add(f"{'SITUATION':<{label_width}}  Actions", STRONG)
    for label, number, comment in rows:
        line = f"  {label:<{label_width - 2}}  {number:>7}   "
        first, *rest = wrap(comment, page.width - len(line)) or [""]
        page.add(f"{line}{first}")
        for more in rest:
            page.add(" " * len(line) + more)
    page.add(f"{'':<{label_width}}  {total:>7}")


# What « Par orientation » shows even where it is nothing.
_ALWAYS = ("Passée", "Proche", "À venir", "Sans date")


def _orientations_section(page: Page, portrait: Portrait) -> None:
    rows = []
    for orientation in portrait.plan.orientations:
        gathered = by_group(s for s in portrait.situations if s.place.orientation is orientation)
        rows.append((orientation, sum(gathered), gathered))
    kept = [n for n, column in enumerate(GROUPS) if column[0] in _ALWAYS or any(row[2][n] for row in rows)]
    if not rows:
        return
    if page.narrow:
        page.heading("PAR ORIENTATION")
        for orientation, total, gathered in rows:
            page.paragraph(f"{orientation.numero} {shown(orientation.titre)}", indent=2, hanging=2)
            parts = [f"{gathered[n]}{NBSP}{_agreed(GROUPS[n][1], gathered[n])}" for n in kept if gathered[n]]
            page.paragraph(f"{counted(total, 'action')}{NBSP}: {', '.join(parts)}", indent=4)
        return
    page.blank()
    table(
        page,
        ("PAR ORIENTATION", "Total", *(GROUPS[n][0] for n in kept)),
        [
            (f"  {orientation.numero} {shown(orientation.titre)}", str(total), *(str(gathered[n]) for n in kept))
            for orientation, total, gathered in rows
        ],
        flexible=0,
    )


def _agreed(word: str, number: int) -> str:
    """An adjective of the columns, in the plural from two."""
    return word if number < 2 or word.startswith(("à", "sans")) else f"{word}s"


_WAITING = 5  # objectifs that the plan at a glance names
_NEAR = 6  # actions that it names


def _waiting_section(page: Page, portrait: Portrait) -> None:
    waiting = by_objectif(s for s in portrait.situations if s.etat.passed)
    if not waiting:
        return
    totals = Counter(s.place.objectif_id for s in portrait.situations)
    rows = []
    for dossier in waiting[:_WAITING]:
        passed = f"{len(dossier.situations)} sur {totals[dossier.id]}"
        since = elapsed_since(dossier.situations, portrait)
        rows.append((f"  {dossier.id}", shown(dossier.place.objectif.titre), passed, since))
    title = "OBJECTIFS QUI ATTENDENT DEPUIS LE PLUS LONGTEMPS"
    page.heading(title)
    if page.narrow:
        for ref, titre, passed, since in rows:
            page.paragraph(f"{ref.strip()} {titre}", indent=2, hanging=2)
            page.paragraph(f"{passed} passées" + (f", depuis {since}" if since else ""), indent=4)
    else:
        width = max(len(row[0]) for row in rows)
        columns = ("Passées", "Depuis") if rows[0][3] else ("Passées",)
        table(
            page,
            (" " * width, "", *columns),
            [row[: 2 + len(columns)] for row in rows],
            flexible=1,
        )
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
    loads = []
    for who in portrait.plan.registre:
        own = portrait.of(who)
        passed = sum(1 for s in own if s.etat.passed)
        if passed:
            loads.append((passed, len(own), label_of(who)))
    if not loads:
        return
    loads.sort(key=lambda load: (-load[0], -load[1]))
    page.heading(
        "RESPONSABLES, échéances passées sur total (partagées : comptées pour chacun)".replace(" :", f"{NBSP}:")
    )
    loads_in_words = [f"{label}{NBSP}{passed}/{total}" for passed, total, label in loads[:8]]
    if len(loads) > 8:
        loads_in_words.append(f"{len(loads) - 8}{NBSP}autre{'s' if len(loads) > 9 else ''}")
    page.paragraph(" · ".join(loads_in_words), indent=2)


def _status_foot(page: Page, portrait: Portrait) -> None:
    page.blank()
    passed = [s for s in portrait.situations if s.etat.passed]
    if not portrait.over:
        doubtful_readings(page, passed)
    if passed:
        page.paragraph(f"Détail{NBSP}: pivot overdue", hanging=2)
        page.paragraph(f"Consigner{NBSP}: {command_to_record(passed[0])}", hanging=2)
