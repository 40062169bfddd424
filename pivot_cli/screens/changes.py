"""`pivot changes`: what happened, class by class, each action once with all that happened to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pivot_cli.screens.page import FAINT, STRONG, Page
from pivot_cli.suivi import phrases
from pivot_cli.suivi.changes import Account, ActionChange, Genre
from pivot_cli.suivi.changes_in_words import heading, interval, main_words, more_words, nothing, size, waiting_words
from pivot_cli.text import NBSP, capitalized, paragraph, truncate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pivot_cli.suivi.selection import Selection


def changes_page(account: Account, selection: Selection, width: int, *, every: bool = False) -> Page:
    """What happened; with `every`, the actions to which nothing did as well."""
    page, changes, plan = Page(width), account.changes, account.after.plan
    nom = plan.niveaux.action
    page.pair(interval(changes), f"depuis {account.since}" if account.since else "", STRONG)
    page.paragraph(phrases.incomplete(plan), style=STRONG)
    asked = phrases.asked_in_words(selection, plan)
    page.paragraph(f"{asked}{NBSP}: {size(changes, nom, whole=False)}" if asked else size(changes, nom))
    for genre in Genre:
        some = changes.of(genre)
        if some and (every or genre is not Genre.INCHANGEE):
            called, number = heading(genre, some, nom)
            page.heading(f"{called.upper()}{number}")
            _rows(page, some, account)
    left = len(changes.every) - len(changes.happened)
    page.blank()
    if not changes.happened:
        page.paragraph(f"{capitalized(nothing(account))}.")
    elif left and not every:
        page.paragraph(f"Sans changement{NBSP}: {nom.counted(left)} (--tout pour les voir).")
    page.paragraph(waiting_words(account))
    for said in filter(None, (account.why, *account.basis)):
        page.paragraph(said, hanging=2, style=FAINT)
    return page


def _rows(page: Page, some: Sequence[ActionChange], account: Account) -> None:
    """Actions, beside each what gives it its class, and under it what else happened to it."""
    told = [main_words(one, account) for one in some]
    ids, beside = max(len(one.id) for one in some), min(max(40, page.width * 45 // 100), max(map(len, told)))
    widths = (ids, page.width - ids - beside - 6, beside)
    for one, said in zip(some, told, strict=True):
        title = phrases.title_of(one.now.action)
        if page.narrow:
            page.paragraph(f"{one.id} {title}", indent=2, hanging=2)
            page.paragraph(capitalized(said), indent=4, hanging=2)
        else:
            page.columns((one.id, truncate(title, widths[1]), paragraph(said, beside)), widths)
        for text in more_words(one):
            page.paragraph(capitalized(text), indent=4 if page.narrow else 4 + ids, hanging=2)
