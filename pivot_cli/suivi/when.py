"""When something falls due, was decided or was done, in the words of the plan or in ours."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pivot_cli.echeance import Conventions, DateConsignee, Echeance, Refus, TypeEcheance
from pivot_cli.plan.model import Action
from pivot_cli.plan.nouns import Niveaux, Nom
from pivot_cli.suivi.etat import Portrait, Situation, first_passed
from pivot_cli.text import NBSP, day_in_words, elapsed_in_words, interval_in_words, one_line, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

_ACTION = Niveaux().action


def recurrent(action: Action) -> bool:
    """Whether an action comes again and again."""
    echeance = action.echeance
    return bool(action.recurrence) or (isinstance(echeance, Echeance) and echeance.type is TypeEcheance.RECURRENT)


def done_again(action: Action) -> bool:
    """Whether what is done of an action is done once more, and does not close it: it comes again, or goes on."""
    echeance = action.echeance
    return recurrent(action) or (isinstance(echeance, Echeance) and echeance.type is TypeEcheance.CONTINU)


def last_done(action: Action) -> DateConsignee | None:
    """When an action was done for the last time; None where it never was, or no day is recorded."""
    known = [when for when in (action.closed_on, *action.realisations) if when]
    return max(known, key=lambda when: (when.fin, when.debut), default=None)


def soonest_first(situations: Iterable[Situation]) -> list[Situation]:
    """Actions to come, in the order in which they fall due."""
    return sorted(situations, key=lambda one: one.prochaine or date.max)


def longest_first(situations: Iterable[Situation]) -> list[Situation]:
    """The actions whose échéance has passed, the one that passed first before the others."""
    return sorted((one for one in situations if one.etat.passed), key=lambda one: -(one.jours_retard or 0))


def elapsed_since(situations: Iterable[Situation], portrait: Portrait) -> str:
    """« 9 mois »: since the first of these échéances passed; nothing where none has, or the plan's time is over."""
    first = first_passed(situations)
    return "" if first is None or portrait.over else elapsed_in_words(first, portrait.au)


def due_again(one: Situation) -> tuple[str, date] | None:
    """How often what comes again does, and the last day of the time that is due; None where this is the first time,
    which is dated, and of anything else: the échéance as written says it.
    """
    echeance, day = one.action.echeance, one.passee_le or one.prochaine
    first = isinstance(echeance, Echeance) and day in (echeance.debut, echeance.fin)
    if day is None or first or not recurrent(one.action):
        return None
    return one_line((one.action.recurrence or echeance).texte), day


def awaited(one: Situation, day: date) -> str:
    """« d'ici le 31 décembre 2022 » of the time that comes, « jusqu'au 30 septembre 2021 » of one that has passed."""
    until = "jusqu'au" if one.passee_le else "d'ici le"
    return f"{until} {day_in_words(day)}"


def wording(echeance: Echeance | Refus) -> str:
    """An échéance as the plan writes it, on one line; that of which it says nothing is to be determined."""
    return one_line(echeance.texte) or "à déterminer"


def echeance_in_words(one: Situation, *, day: bool = True) -> str:
    """The échéance of an action in a cell: as written, or « chaque automne (31 décembre 2022) », with or without the
    `day`.
    """
    often, last = due_again(one) or (wording(one.action.echeance), None)
    return f"{often} ({day_in_words(last)})" if last and day else often


def wordings(situations: Iterable[Situation]) -> str:
    """The échéances as written, each once: « À évaluer », « À préciser »…, and whether some are not."""
    written = [one.action.echeance for one in situations]
    said = _each_once(written)
    return said if all(one.texte for one in written) or not said else f"{said} ou non écrite"


def rhythms(situations: Iterable[Situation]) -> str:
    """How often what comes again and again does, as written, each once: « Annuel », « Trimestriel »…"""
    return _each_once(one.action.recurrence or one.action.echeance for one in situations)


def _each_once(written: Iterable[Echeance | Refus]) -> str:
    texts = list(dict.fromkeys(one_line(one.texte) for one in written if one.texte))
    return ", ".join(quoted(text) for text in texts[:3]) + (", …" if len(texts) > 3 else "")


def recorded_day(when: DateConsignee) -> str:
    """« 12 mai 2020 » for a recorded day; what is less precise, as it was written."""
    return day_in_words(when.debut) if when.debut == when.fin else one_line(when.texte)


def decided_on(when: DateConsignee) -> str:
    """« décidé le 15 février 2019 », « décidé en février 2019 »."""
    return f"décidé {on(when)}"


def on(when: DateConsignee) -> str:
    """« le 15 février 2019 », « en février 2019 »."""
    return f"{'le' if when.debut == when.fin else 'en'} {recorded_day(when)}"


def of(when: DateConsignee) -> str:
    """« du 15 février 2019 », « de février 2019 », « d'avril 2019 »."""
    said = recorded_day(when)
    if when.debut == when.fin:
        return f"du {said}"
    return f"d'{said}" if said[:1].lower() in "ao" else f"de {said}"


def short_day(day: date, beside: date) -> str:
    """« 14 avril », with its year where it is not the year of the day beside which it stands."""
    words = day_in_words(day)
    return words if day.year != beside.year else words.rsplit(NBSP, 1)[0]


def reading_in_words(echeance: Echeance | Refus, conventions: Conventions, nom: Nom = _ACTION) -> str:
    """How an échéance was read, under the conventions; of a recurrence, when it begins: its words say when it ends."""
    if isinstance(echeance, Refus):
        return f"non comprise{NBSP}: {' '.join(nom.retold(echeance.message, echeance.remede))}"
    often, last = "", echeance.fin
    if echeance.recurrence:
        # A third of a millisecond, that most commands need not pay.
        from pivot_cli.echeance.wording import recurrence_in_words

        often, last = recurrence_in_words(echeance.recurrence, echeance.fois, conventions), echeance.premiere
    days = interval_in_words(None if echeance.premiere == echeance.debut else echeance.debut, last)
    if echeance.premiere:
        days = f"la première fois {days}"
    reading = "; ".join(filter(None, (often, days)))
    return ". ".join(part.rstrip(".") for part in (reading, echeance.avis) if part)


_WITHOUT_DATES = {
    TypeEcheance.IMMEDIAT: "à commencer tout de suite",
    TypeEcheance.CONTINU: "en continu",
    TypeEcheance.INDETERMINEE: "date à déterminer",
}


def meaning_in_words(echeance: Echeance, conventions: Conventions) -> str:
    """What an échéance says by itself, where its own words and its état do not stand beside it; never empty."""
    reading = reading_in_words(echeance._replace(avis=None), conventions)
    return ", ".join(part for part in (_WITHOUT_DATES.get(echeance.type), reading) if part)


def obvious(echeance: Echeance | Refus) -> bool:
    """Whether a wording says its last day by itself: a day, or one month."""
    if not isinstance(echeance, Echeance) or echeance.fin is None or echeance.debut is None:
        return True
    return (echeance.debut.year, echeance.debut.month) == (echeance.fin.year, echeance.fin.month)
