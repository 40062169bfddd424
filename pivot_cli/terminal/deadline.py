"""`pivot deadline`: how a wording is read, and why; or what was not understood, and what to write instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pivot_cli.echeance import Echeance, Refus, TypeEcheance
from pivot_cli.terminal.page import STRONG, Page
from pivot_cli.text import clean, day_in_words, interval_in_words, one_line, quoted

if TYPE_CHECKING:
    from datetime import date

_TYPES = {
    TypeEcheance.PERIODE: "une date ou une période",
    TypeEcheance.IMMEDIAT: "à commencer tout de suite",
    TypeEcheance.RECURRENT: "à refaire régulièrement",
    TypeEcheance.CONTINU: "en continu",
    TypeEcheance.INDETERMINEE: "à déterminer",
}
_NEVER_LATE = "Jamais en retard."


def deadline_page(read: Echeance | Refus, day: date, width: int) -> Page:
    """The explanation of one wording, at a day."""
    page = Page(width)
    if isinstance(read, Refus):
        _refused(page, read)
        return page
    page.paragraph(quoted(one_line(read.texte)), style=STRONG)
    page.blank()
    page.field("Se lit", _TYPES[read.type])
    if read.debut or read.fin:
        page.field("Dates", interval_in_words(read.debut, read.fin))
    if read.recurrence:
        times = f", {read.fois} fois par période" if read.fois else ""
        page.field("Revient", f"{read.recurrence}{times}")
    for reason in read.raisons:
        page.field("Parce que", reason)
    if read.remarque:
        page.field("Remarque", one_line(read.remarque))
    page.field("Ce jour-là", f"le {day_in_words(day)}, {_at(read, day)}")
    if read.edtf:
        page.field("EDTF", read.edtf)
    if read.avis:
        page.blank()
        page.paragraph(f"À vérifier. {read.avis}")
    return page


def _at(read: Echeance, day: date) -> str:
    """Whether it has passed, at a day."""
    if read.type is TypeEcheance.RECURRENT:
        return "attendue une fois par période, jusqu'à la fin de chacune."
    if read.type is not TypeEcheance.PERIODE:
        return _NEVER_LATE
    if read.fin is None:
        begun = read.debut is not None and read.debut <= day
        return f"{'commencée' if begun else 'pas encore commencée'}. {_NEVER_LATE}"
    if read.fin < day:
        return "passée."
    return "pas encore passée." if read.fin > day else "pas encore passée; c'est son dernier jour."


def _refused(page: Page, refus: Refus) -> None:
    """The wording with the word at fault marked under it, what is wrong, what to write instead."""
    text = clean(refus.texte).translate({ord(c): " " for c in "\t\n\r\x0b\x0c"})
    page.paragraph("Cette échéance n'est pas comprise.", style=STRONG)
    page.blank()
    if len(text) + 2 <= page.width:
        page.add(f"  {text}")
        mark = "^" * (refus.fin_mot - refus.debut_mot)
        page.add(f"  {' ' * refus.debut_mot}{mark}")
    else:
        page.paragraph(one_line(text), indent=2)
    page.blank()
    page.paragraph(refus.message)
    page.paragraph(refus.remede)
