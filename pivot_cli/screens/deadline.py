"""`pivot deadline`: how a wording is read, and why; or what was not understood, and what to write instead."""

from datetime import date, timedelta
from unicodedata import normalize

from pivot_cli.echeance import Conventions, Echeance, Refus, TypeEcheance, next_due, windows
from pivot_cli.plan.nouns import Nom
from pivot_cli.screens.page import STRONG, Page, around
from pivot_cli.suivi.phrases import ACTION
from pivot_cli.suivi.when import meaning_in_words
from pivot_cli.text import clean, day_in_words, elapsed_in_words, one_line, quoted

_NEVER_PASSED = "jamais passée."


def deadline_page(read: Echeance | Refus, day: date, width: int, conventions: Conventions, nom: Nom = ACTION) -> Page:
    """The explanation of one wording under the conventions in force, at a day, with the plan's noun for its actions."""
    page = Page(width)
    if isinstance(read, Refus):
        return _refused(page, read, nom)
    page.pair(quoted(one_line(read.texte)), f"au {day_in_words(day)}", STRONG)
    page.blank()
    fields = (("Remarque", one_line(read.remarque or "")), ("Ce jour-là", _at(read, day, conventions)))
    codes = (("EDTF", read.edtf), ("RRULE", read.recurrence))
    page.field("Lecture", meaning_in_words(read, conventions))
    for label, value in (*(("Parce que", reason) for reason in read.raisons), *fields, *codes):
        if value:
            page.field(label, value)
    if read.avis:
        page.blank()
        page.paragraph(f"À vérifier. {read.avis}")
    return page


def _at(read: Echeance, day: date, conventions: Conventions) -> str:
    """Whether it has passed, at a day; of what comes back, when it is next due."""
    if read.type is TypeEcheance.RECURRENT:
        return _next(read, day, conventions)
    if read.type is not TypeEcheance.PERIODE:
        return _NEVER_PASSED
    if read.fin is None:
        begun = read.debut is not None and read.debut <= day
        return f"{'commencée' if begun else 'pas encore commencée'}; {_NEVER_PASSED}"
    if read.fin < day:
        last = f"; son dernier jour était le {day_in_words(read.fin)}" if read.debut not in (None, read.fin) else ""
        return f"passée depuis {elapsed_in_words(read.fin, day)}{last}."
    return "pas encore passée." if read.fin > day else "pas encore passée; c'est son dernier jour."


_SAME_EVERY_YEAR = frozenset((1, 2, 3, 4, 6))  # months of windows that the plan's start does not move


def _next(read: Echeance, day: date, conventions: Conventions) -> str:
    """« attendue d'ici le 31 décembre 2020 », where the wording alone says it."""
    assert read.recurrence is not None  # noqa: S101 - a recurrent échéance has a rule
    if read.premiere and read.premiere >= day:
        return f"attendue une première fois d'ici le {day_in_words(read.premiere)}."
    if read.fin and read.fin < day:
        return f"finie depuis le {day_in_words(read.fin)}."
    rule = dict(part.split("=") for part in read.recurrence.split(";"))
    interval = int(rule.get("INTERVAL", "1"))
    fixed = interval in _SAME_EVERY_YEAR if rule["FREQ"] == "MONTHLY" else interval == 1
    if not (fixed or read.debut):
        return "attendue une fois par période; les périodes se comptent à partir du début du plan."
    start = read.debut or day - timedelta(days=2 * 366)
    dated, last = read.debut is not None and read.premiere is None, day + timedelta(days=12 * 366)
    counted = windows(read.recurrence, start, last, conventions, au=day, dated=dated)
    following = next_due(counted, day, ())
    return f"attendue d'ici le {day_in_words(following.fin)}." if following else "rien n'est attendu."


# --- refusals -----------------------------------------------------------------------------------------------


def _refused(page: Page, refus: Refus, nom: Nom) -> Page:
    """The wording with the words at fault marked under it, what is wrong, what to write instead."""
    page.paragraph("Cette échéance n'est pas comprise.", style=STRONG)
    page.blank()
    texte, start, end = refus.texte, refus.debut_mot, refus.fin_mot
    if texte.strip():
        # On one line as a terminal draws it, one column for each character.
        parts = (clean(part).translate(_BREAKS) for part in (texte[:start], texte[start:end], texte[end:]))
        before, at, after = (normalize("NFC", part) for part in parts)
        shown, start, end = around(before + at + after, len(before), len(before) + len(at), page.width - 2)
        page.add(f"  {shown}")
        page.add(f"  {' ' * start}{'^' * (end - start)}")
        page.blank()
    for text in nom.retold(refus.message, refus.remede):
        page.paragraph(text)
    return page


_BREAKS = dict.fromkeys(map(ord, "\t\n\r\x0b\x0c\x85\u2028\u2029"), " ")
