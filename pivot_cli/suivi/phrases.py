"""What screens and documents say of a plan in the same words: what is recorded, readings, people, amounts.

Nothing here knows where it is shown: texts of the plan come out on one line, without control characters, and
whoever shows them escapes what its format asks.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pivot_cli.echeance import DateConsignee, Echeance, Refus, TypeEcheance
from pivot_cli.plan.model import LABELS, Budget
from pivot_cli.suivi.etat import Etat, by_etat, count, first_passed
from pivot_cli.suivi.horizon import plan_end, plan_start
from pivot_cli.text import (
    NBSP,
    counted,
    day_in_words,
    dollars,
    elapsed_in_words,
    interval_in_words,
    listed,
    month_in_words,
    one_line,
    quoted,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pivot_cli.echeance import Conventions
    from pivot_cli.plan.model import Action, EcheancePrecedente, Plan, Responsable, Suivi
    from pivot_cli.suivi.etat import Portrait, Situation

ETATS = {
    Etat.REALISEE: "Réalisées",
    Etat.ABANDONNEE: "Abandonnées",
    Etat.EN_RETARD: "En retard",
    Etat.A_CONFIRMER: "Échéance passée, à confirmer",
    Etat.PROCHE: "Échéance proche",
    Etat.A_VENIR: "À venir",
    Etat.EN_CONTINU: "En continu",
    Etat.A_COMMENCER: "À commencer",
    Etat.A_DETERMINER: "Échéance à déterminer",
}
"""What the actions of an état are called together."""

GROUPS: tuple[tuple[str, str, tuple[Etat, ...]], ...] = (
    ("Réal.", "réalisée", (Etat.REALISEE,)),
    ("Passée", "passée", (Etat.EN_RETARD, Etat.A_CONFIRMER)),
    ("Proche", "proche", (Etat.PROCHE,)),
    ("À venir", "à venir", (Etat.A_VENIR,)),
    ("Sans date", "sans date", tuple(etat for etat in Etat if etat.undated)),
    ("Aband.", "abandonnée", (Etat.ABANDONNEE,)),
)
"""Where there is little room, états are counted together: a heading, an adjective, and what they gather."""


def by_group(situations: Iterable[Situation]) -> list[int]:
    """How many actions are in each of the `GROUPS`; every action is in one."""
    numbers = count(situations)
    return [sum(numbers[etat] for etat in etats) for _, _, etats in GROUPS]


# --- the plan as a whole ----------------------------------------------------------------------------------


def span_of(plan: Plan) -> str:
    """« 93 actions · échéances de février 2019 à décembre 2021 »."""
    start, end = plan_start(plan), plan_end(plan)
    if start is None or end is None:
        return counted(len(plan.places), "action")
    said = "plan de" if plan.organisme.periode.debut else "échéances de"
    return f"{counted(len(plan.places), 'action')} · {said} {month_in_words(start)} à {month_in_words(end)}"


def as_recorded_today(portrait: Portrait, today: date) -> str:
    """What a day in the past must be read with; nothing where nothing is recorded."""
    if portrait.au >= today or not any(place.action.consignee for place in portrait.plan.places):
        return ""
    return f"Tel que consigné aujourd'hui, sans ce qui porte une date postérieure au {day_in_words(portrait.au)}."


def incomplete(plan: Plan) -> str:
    """What could not be read of a plan, and is counted nowhere; empty for a whole plan."""
    if not plan.unread:
        return ""
    files = listed([one_line(file) for file in plan.unread])
    read, those = (
        ("n'a pas pu être lu", "ce fichier") if len(plan.unread) == 1 else ("n'ont pas pu être lus", "ces fichiers")
    )
    return f"Plan incomplet{NBSP}: {files} {read}; rien de {those} n'est compté ici."


def recorded(situations: Sequence[Situation]) -> str:
    """What is recorded of some actions and what is not, and how to read what follows."""
    number = sum(one.action.consignee for one in situations)
    text = f"Avancement consigné{NBSP}: {counted(number, 'action')} sur {len(situations)}."
    if not any(one.etat is Etat.A_CONFIRMER for one in situations):
        return text
    if number:
        return f"{text} Là où rien n'est écrit, une échéance passée est à confirmer."
    return f"{text} Une échéance passée est donc à confirmer; elle ne veut pas dire {quoted('pas fait')}."


def time_over(portrait: Portrait) -> str:
    """What a plan says once its last échéance has passed: no more counting of days, but what to do."""
    end = plan_end(portrait.plan)
    still_open = sum(1 for one in portrait.situations if one.open)
    if end is None or not portrait.over:
        return ""
    over = f"Le temps du plan est écoulé{NBSP}: sa dernière échéance était en {month_in_words(end)}."
    if not still_open:
        return f"{over} Toutes ses actions sont fermées."
    remain = "action reste" if still_open == 1 else "actions restent"
    closing = "réalisées, abandonnées, ou reportées dans le prochain plan"
    return f"{over} {still_open}{NBSP}{remain} à fermer{NBSP}: {closing}."


def comment_on(etat: Etat, situations: Sequence[Situation]) -> str:
    """What is worth knowing of the actions of an état, beside their number."""
    if etat.passed:
        days = Counter(s.passee_le for s in situations if s.passee_le)
        day, number = max(days.items(), key=lambda item: (item[1], item[0]), default=(None, 0))
        return f"dont {number} le {day_in_words(day)}" if day and 3 <= number < len(situations) else ""
    if etat in (Etat.A_VENIR, Etat.PROCHE):
        again = [s for s in situations if recurrent(s.action)]
        return f"dont {len(again)} à refaire ({rhythms(again)})" if again else ""
    if etat in (Etat.A_COMMENCER, Etat.A_DETERMINER):
        return wordings(situations)
    return ""


def counts_in_words(situations: Iterable[Situation], portrait: Portrait) -> Iterator[tuple[Etat, str, int, str]]:
    """Each état that applies to an action, and « réalisée » always: what its actions are called together, how many,
    and what is worth knowing of them. Those that are near come with the end of the horizon.
    """
    for etat, some in by_etat(situations).items():
        if some or etat is Etat.REALISEE:
            near = f" (d'ici le {short_day(portrait.look.horizon_end, portrait.au)})" if etat is Etat.PROCHE else ""
            yield etat, f"{ETATS[etat]}{near}", len(some), comment_on(etat, some)


# --- people -----------------------------------------------------------------------------------------------


def label_of(who: Responsable) -> str:
    """The short name of a responsable, which no line breaks."""
    return one_line(who.label).replace(" ", NBSP)


@lru_cache(maxsize=4096)  # a plan has few teams, each with many actions
def labels(names: tuple[str, ...], plan: Plan, without: tuple[Responsable, ...] = ()) -> str:
    """Who is responsible, in short names: « CA, Tech. inf. »; a dash when there is nobody (else)."""
    left_out = {who.code for who in without}
    found = [(plan.registre.find(name), name) for name in names]
    kept = [label_of(who) if who else one_line(name) for who, name in found if who is None or who.code not in left_out]
    return ", ".join(dict.fromkeys(kept)) or "–"


def short_names(
    situations: Iterable[Situation], plan: Plan, without: Sequence[Responsable] = ()
) -> list[tuple[str, str]]:
    """What each short name that these actions show stands for, by short name."""
    left_out = {who.code for who in without}
    said: dict[str, str] = {}
    for name in dict.fromkeys(name for one in situations for name in one.action.responsables):
        who = plan.registre.find(name)
        if who and who.code not in left_out and who.nom != who.label:
            said.setdefault(label_of(who), one_line(who.nom))
    return sorted(said.items())


def people(names: Iterable[str], plan: Plan) -> str:
    """Who, by full name with the code that commands take."""
    found = [(plan.registre.find(name), name) for name in names]
    return listed([f"{one_line(who.nom)} ({who.code})" if who else one_line(name) for who, name in found])


# --- one action -------------------------------------------------------------------------------------------


def title_of(action: Action) -> str:
    """What an action is called where there is little room."""
    return one_line(action.titre_court or action.description)


def etat_in_words(one: Situation, portrait: Portrait) -> str:
    """The état of an action and what it rests on."""
    since = "" if one.passee_le is None or portrait.over else f" depuis {elapsed_in_words(one.passee_le, portrait.au)}"
    said = one.etat.value
    if one.etat is Etat.A_CONFIRMER:
        said = f"échéance passée{since}, à confirmer"
    elif one.etat is Etat.EN_RETARD:
        said = f"en retard, échéance passée{since}"
    elif one.prochaine:
        said = f"{said}{NBSP}: {day_in_words(one.prochaine)}"
    if not one.sans_realisation:
        return said
    if len(one.fenetres) == 1:
        return f"{said}; rien n'est consigné pour la dernière période"
    return f"{said}; {one.sans_realisation} des {len(one.fenetres)} dernières périodes sans réalisation consignée"


_HISTORY = ("echeances_precedentes", "realisations", "realisee_le", "suivi")


def record_of(action: Action, plan: Plan, *, links: bool = True) -> Iterator[tuple[str, str]]:
    """What was added to the adopted document, label by label, but for its history; without its `links`, where they
    are live.
    """
    for key, label in LABELS.items():
        value = getattr(action, key)
        if key not in _HISTORY and value is not None and value != () and (links or key != "liens"):
            yield label, people([value], plan) if key == "porteur" else _in_words(value)


def _in_words(value: Any) -> str:
    """What is written in a field of an action, whatever its kind."""
    if isinstance(value, DateConsignee | Echeance | Refus):
        return one_line(value.texte)
    if isinstance(value, Budget):
        return budget_in_words(value)
    if isinstance(value, tuple):
        return ", ".join(map(_in_words, value))
    return one_line(str(value))


def history_of(action: Action) -> Iterator[tuple[str, str]]:
    """What happened to an action, from the first to the last: échéances moved, times done, notes; what has no date
    comes first.
    """
    told = [("echeances_precedentes", former.decide_le, move) for former, move in _moves(action)]
    told += [("realisations", when, recorded_day(when)) for when in action.realisations]
    told += [("realisee_le", when, recorded_day(when)) for when in (action.realisee_le,) if when]
    told += [("suivi", note.date, _note(note)) for note in action.suivi]
    told.sort(key=lambda event: event[1].debut if event[1] else date.min)
    return ((LABELS[key], text) for key, _, text in told)


def _moves(action: Action) -> Iterator[tuple[EcheancePrecedente, str]]:
    """« de « Mars 2019 » à « Mai 2019 », décidé le 15 février 2019 (Poste vacant) »."""
    wordings = [*(former.echeance for former in action.echeances_precedentes), action.echeance]
    for former, new in zip(action.echeances_precedentes, wordings[1:], strict=True):
        moved = f"de {quoted(one_line(former.echeance.texte))} à {quoted(one_line(new.texte))}"
        decided = f", {decided_on(former.decide_le)}" if former.decide_le else ""
        resolution = f"résolution {one_line(former.resolution)}" if former.resolution else ""
        why = "; ".join(filter(None, (one_line(former.motif or ""), resolution)))
        yield former, f"{moved}{decided}{f' ({why})' if why else ''}"


def _note(note: Suivi) -> str:
    when = one_line(note.date.texte) if note.date else "sans date"
    who = f", {one_line(note.par)}" if note.par else ""
    return f"{when}{who}{NBSP}: {one_line(note.note)}"


def command_to_record(one: Situation, when: str = "mois année") -> str:
    """The command that says of an action that it was done, its date left to be written."""
    done = "--realisation" if recurrent(one.action) else "--statut réalisée --le"
    return f'pivot note {one.id} {done} "{when}"'


def budget_in_words(budget: Budget) -> str:
    """« prévu 1 500 $, réel 1 450 $, source : Centraide »."""
    amounts = (("prévu", budget.prevu), ("réel", budget.reel))
    parts = [f"{word} {dollars(amount)}" for word, amount in amounts if amount is not None]
    parts += [f"source{NBSP}: {one_line(budget.source)}"] if budget.source else []
    return ", ".join(parts)


def recurrent(action: Action) -> bool:
    """Whether an action comes again and again."""
    echeance = action.echeance
    return bool(action.recurrence) or (isinstance(echeance, Echeance) and echeance.type is TypeEcheance.RECURRENT)


# --- échéances --------------------------------------------------------------------------------------------


def soonest_first(situations: Iterable[Situation]) -> list[Situation]:
    """Actions to come, in the order in which they fall due."""
    return sorted(situations, key=lambda one: one.prochaine or date.max)


def longest_first(situations: Iterable[Situation]) -> list[Situation]:
    """The actions whose échéance has passed, the one that passed first before the others."""
    return sorted((one for one in situations if one.etat.passed), key=lambda one: -(one.jours_retard or 0))


def elapsed_since(situations: Iterable[Situation], portrait: Portrait) -> str:
    """« 9 mois »: how long ago the first échéance of these actions passed; nothing where none has, nor once the
    plan's time is over.
    """
    first = first_passed(situations)
    return "" if first is None or portrait.over else elapsed_in_words(first, portrait.au)


def wordings(situations: Iterable[Situation]) -> str:
    """The échéances as written, each once: « À évaluer », « À préciser »…"""
    return _each_once(one.action.echeance for one in situations)


def rhythms(situations: Iterable[Situation]) -> str:
    """How often what comes again and again does, as written, each once: « Annuel », « Trimestriel »…"""
    return _each_once(one.action.recurrence or one.action.echeance for one in situations)


def _each_once(written: Iterable[Echeance | Refus]) -> str:
    texts = list(dict.fromkeys(one_line(one.texte) for one in written))
    return ", ".join(quoted(text) for text in texts[:3]) + (", …" if len(texts) > 3 else "")


def recorded_day(when: DateConsignee) -> str:
    """« 12 mai 2020 » for a recorded day; what is less precise, as it was written."""
    return day_in_words(when.debut) if when.debut == when.fin else one_line(when.texte)


def decided_on(when: DateConsignee) -> str:
    """« décidé le 15 février 2019 », « décidé en février 2019 »."""
    return f"décidé {'le' if when.debut == when.fin else 'en'} {recorded_day(when)}"


def short_day(day: date, beside: date) -> str:
    """« 14 avril », with its year where it is not the year of the day beside which it stands."""
    words = day_in_words(day)
    return words if day.year != beside.year else words.rsplit(NBSP, 1)[0]


def reading_in_words(echeance: Echeance | Refus, conventions: Conventions) -> str:
    """How an échéance was read, under the conventions in force; of a recurrence, when it begins: its own words say
    when it ends.
    """
    if isinstance(echeance, Refus):
        return f"non comprise{NBSP}: {echeance.message} {echeance.remede}"
    often = ""
    if echeance.recurrence:
        # A third of a millisecond, that most commands need not pay.
        from pivot_cli.echeance.wording import recurrence_in_words

        often = recurrence_in_words(echeance.recurrence, echeance.fois, conventions)
    again, first = echeance.type is TypeEcheance.RECURRENT, echeance.premiere
    if again and first:
        begun = None if echeance.debut == first else echeance.debut
        days = f"la première fois {interval_in_words(begun, first)}"
    else:
        days = interval_in_words(echeance.debut, None if again else echeance.fin)
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
    return f"{echeance.debut:%Y-%m}" == f"{echeance.fin:%Y-%m}"
