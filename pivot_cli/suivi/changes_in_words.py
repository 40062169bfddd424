"""How what happened between two days is said, by screens, documents and messages: one wording for one figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pivot_cli.suivi.changes import Account, ActionChange, Changes, Genre
from pivot_cli.suivi.etat import Etat
from pivot_cli.suivi.when import echeance_in_words, on, short_day
from pivot_cli.text import NBSP, counted, interval_in_words, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pivot_cli.plan.nouns import Nom

_AGREED = (
    *(Genre.AJOUTEE, Genre.RETIREE, Genre.REALISEE, Genre.ABANDONNEE, Genre.REPORTEE, Genre.ROUVERTE),
    *(Genre.REFORMULEE, Genre.REATTRIBUEE),
)


def kind(genre: Genre, number: int, nom: Nom) -> str:
    """What so many actions of a class are called: « réalisées », « faite encore une fois », « avec des nouvelles »."""
    if genre in _AGREED:
        return nom.agreed(genre.value.removesuffix("e"), number)
    if genre is Genre.REFAITE:
        return f"{nom.agreed('fait', number)} encore une fois"
    if genre is Genre.STATUT:
        return "statut changé" if number < 2 else "statuts changés"
    if genre is Genre.ECHEANCE:
        return "échéance passée" if number < 2 else "échéances passées"
    return "avec des nouvelles" if genre is Genre.NOUVELLES else "sans changement"


def heading(genre: Genre, some: Sequence[ActionChange], nom: Nom) -> tuple[str, str]:
    """What a class is called, and after it, how many they are: « échéances passées » and « 10, dont 9 à confirmer »."""
    said, number = kind(genre, len(some), nom), f" {len(some)}"
    if genre is not Genre.ECHEANCE:
        return said, number
    silent = _silent(some)
    if silent == len(some):
        return said, f", à confirmer{number}"
    return said, f"{number}, dont {silent} à confirmer" if silent else f"{number}, avec des nouvelles"


def _silent(some: Sequence[ActionChange]) -> int:
    """Of how many nothing was ever recorded."""
    return sum(one.now.etat is Etat.A_CONFIRMER for one in some)


def interval(changes: Changes) -> str:
    """« Du 18 novembre 2020 au 20 janvier 2021 »."""
    said = interval_in_words(changes.depuis, changes.au)
    return said[:1].upper() + said[1:]


def size(changes: Changes, nom: Nom, *, whole: bool = True) -> str:
    """« 93 actions, aucune de plus, aucune de moins. », « 94 actions : 93 avant, 2 ajoutées, 1 retirée. »; of a part of
    the plan, whose actions may come and go by changing hands, how many they are.
    """
    added, gone = len(changes.of(Genre.AJOUTEE)), len(changes.of(Genre.RETIREE))
    now = nom.counted(changes.maintenant)
    if not added and not gone:
        none = nom.pick("aucun", "aucune")
        return f"{now}, {none} de plus, {none} de moins." if whole else f"{now}."
    parts = [f"{changes.avant} avant"]
    parts += [f"{added} {kind(Genre.AJOUTEE, added, nom)}"] if added else []
    parts += [f"{gone} {kind(Genre.RETIREE, gone, nom)}"] if gone else []
    return f"{now}{NBSP}: {', '.join(parts)}."


def in_a_line(account: Account) -> str:
    """« 1 réalisée, 2 reportées et 11 échéances passées (9 à confirmer) », or that nothing changed."""
    changes, nom = account.changes, account.after.plan.niveaux.action
    numbers = ((genre, len(changes.of(genre))) for genre in Genre if genre is not Genre.INCHANGEE)
    told = [f"{number}{NBSP}{kind(genre, number, nom)}" for genre, number in numbers if number]
    passed = changes.of(Genre.ECHEANCE)
    if silent := _silent(passed):
        told[-1] += f" ({silent} à confirmer)" if silent < len(passed) else " (à confirmer)"
    return listed(told) or nothing(account)


def since_the_meeting(account: Account) -> str:
    """« Depuis la réunion du 18 novembre : 1 réalisée, 2 reportées »."""
    changes = account.changes
    day = short_day(changes.depuis, changes.au)
    return f"Depuis la réunion du {day}{NBSP}: {in_a_line(account)}"


def nothing(account: Account) -> str:
    """What is said where nothing happened; of dates alone, that nothing of what they date did."""
    return "rien n'a changé" if account.commit else "rien de ce qui est daté dans le plan n'a changé"


def main_words(one: ActionChange, account: Account) -> str:
    """What gives an action its class, where its heading already says which, and the day it was recorded: « en décembre
    2020, consignée le 12 janvier », « 2020 → 2021, une première fois ».
    """
    return ", ".join(filter(None, (happened_words(one), _recorded(one, account))))


def happened_words(one: ActionChange) -> str:
    """The same, without the day it was recorded."""
    if one.genre in (Genre.ECHEANCE, Genre.INCHANGEE):
        return echeance_in_words(one.now)
    if one.genre in _UNDER:
        return on(one.date) if one.date else ""
    fact = one.facts[0]
    return fact.texte if fact.short is None else fact.short


_UNDER = (Genre.NOUVELLES, Genre.REFORMULEE)
"""The classes whose facts are long: all are told under the action."""


def more_words(one: ActionChange) -> list[str]:
    """What else happened to an action, and what gives it its class where `main_words` only dates it."""
    return [fact.texte for fact in (one.facts if one.genre in _UNDER else one.facts[1:])]


def _recorded(one: ActionChange, account: Account) -> str:
    """« consignée le 12 janvier », unless that is the day it happened; « pas encore dans l'historique » where git has
    not what happened.
    """
    if account.commit is None or one.genre in (Genre.ECHEANCE, Genre.INCHANGEE):
        return ""
    day, happened = account.recorded.get(one.id), one.date
    if day is None:
        return "pas encore dans l'historique" if account.waiting else ""
    same = happened is not None and happened.debut == happened.fin == day
    recorded = account.after.plan.niveaux.action.agreed("consigné")
    return "" if same else f"{recorded} le {short_day(day, happened.fin if happened else account.changes.au)}"


def waiting_words(account: Account) -> str:
    """« Pas encore dans l'historique : 2 changements (git commit). »."""
    if not account.waiting:
        return ""
    return f"Pas encore dans l'historique{NBSP}: {counted(account.waiting, 'changement')} (git commit)."
