"""Several organisations' plans at a day: who sent what and when, and what is recorded in those that are read.

They are in alphabetical order, and none is compared with another. What is not read, or is of another season, is shown
and counted nowhere.
"""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.suivi.etat import Etat
from pivot_cli.suivi.when import short_day
from pivot_cli.text import NBSP, counted, day_in_words, each_counted, fold, listed, nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date

    from pivot_cli.suivi.exported import Envoi

FRESH = 90
"""Days past which data are told with their day, and counted nowhere."""
COMMAND = "pivot export --partage -o plan.json"
"""What a member types to send its plan."""


class Recu(StrEnum):
    """What was received of an organisation; the values are those of the JSON contract."""

    LU = "lu"
    ANCIEN = "ancien"
    A_RENVOYER = "à renvoyer"
    PAS_RECU = "pas reçu"


class Membre(NamedTuple):
    """A plan of an organisation, as it was received, or was not."""

    nom: str
    etat: Recu
    titre: str | None = ""  # of its plan, where it has one of its own; None where nothing says so
    au: date | None = None  # the day of its data
    consignees: int = 0
    par_etat: dict[Etat, int] | None = None  # None where it is not read
    pourquoi: str = ""  # it is not read, in words that can be sent to it
    a_nous: bool = False  # nothing is wrong with what it sent, that a program of today would read
    fichier: str = ""  # the name, without its folder, of what was received
    vivant: bool = False  # it is read in the plan's own files
    empreinte: int = 0  # the same for what says the same
    lignes: str = ""  # its actions, as the CSV has them

    @property
    def total(self) -> int | None:
        """How many actions it has; None where it is not read."""
        return None if self.par_etat is None else sum(self.par_etat.values())

    @property
    def demande(self) -> str:
        """What it can be asked, in words that can be sent as they are; nothing of what is read."""
        again = f"Dans le dossier qui contient le plan{NBSP}: {COMMAND}"
        if self.etat is Recu.A_RENVOYER and not self.a_nous:
            what = (
                f"Nous avons bien reçu {quoted(self.fichier)}, mais ne pouvons pas le lire ici{NBSP}: {self.pourquoi}."
            )
            return f"Bonjour! {what} Pourriez-vous nous le renvoyer? {again}"
        if self.etat is Recu.PAS_RECU and not self.pourquoi:
            return f"Bonjour! Pourriez-vous nous envoyer votre plan? {again}"
        if self.etat is Recu.ANCIEN and self.au:
            what = f"Ce que nous avons de votre plan est du {day_in_words(self.au)}."
            return f"Bonjour! {what} Pourriez-vous nous en envoyer un plus récent? {again}"
        return ""


def received(envoi: Envoi, fichier: str, lignes: str, *, vivant: bool) -> Membre:
    """A plan that is read, its day not yet looked at."""
    found = Counter(one.etat for one in envoi.actions)
    counts = {etat: found[etat] for etat in Etat}
    mark = hash((envoi.actions, envoi.consignees))
    return Membre(
        *(envoi.nom, Recu.LU, envoi.titre, envoi.au, envoi.consignees, counts),
        fichier=fichier,
        vivant=vivant,
        empreinte=mark,
        lignes=lignes,
    )


class Regroupement:
    """The members in alphabetical order, and together those that are read; `avis`: what the one who gathers them must
    know, and nobody else; `nom`: its own, where it gives one.
    """

    def __init__(self, au: date, membres: tuple[Membre, ...], avis: tuple[str, ...], nom: str = "") -> None:
        self.au, self.membres, self.avis, self.nom = au, membres, avis, nom

    def of(self, *etats: Recu) -> tuple[Membre, ...]:
        """Those of which that was received."""
        return tuple(one for one in self.membres if one.etat in etats)

    @cached_property
    def par_etat(self) -> dict[Etat, int]:
        """How many actions of the plans that are read are in each état."""
        return {etat: sum((one.par_etat or {}).get(etat, 0) for one in self.of(Recu.LU)) for etat in Etat}

    @property
    def organismes(self) -> int:
        """How many organisations there are."""
        return len({fold(one.nom) for one in self.membres})

    @property
    def total(self) -> int:
        """How many actions the plans that are read have."""
        return sum(self.par_etat.values())

    @property
    def consignees(self) -> int:
        """How many of these have anything recorded."""
        return sum(one.consignees for one in self.of(Recu.LU))


def gathered(found: Iterable[Membre], attendus: Sequence[str], day: date, nom: str = "") -> Regroupement:
    """What was found, and who was expected, at a day: of each plan, what it said last by then."""
    expected = {_plain(nom): nom for nom in reversed(attendus) if _plain(nom)}
    named = [_named(one, expected) for one in found]
    kept, replaced = _latest(_titled([_at_the_day(one, day) for one in named]))
    there = {fold(one.nom) for one in kept if one.etat is not Recu.PAS_RECU}
    absent = {fold(one.nom): one for one in kept if one.etat is Recu.PAS_RECU and fold(one.nom) not in there}
    known = there | absent.keys()
    absent |= {fold(nom): Membre(nom, Recu.PAS_RECU) for nom in expected.values() if fold(nom) not in known}
    everyone = [*(one for one in kept if one.etat is not Recu.PAS_RECU), *absent.values()]
    everyone.sort(key=lambda one: (fold(one.nom), one.nom, fold(one.titre or ""), one.fichier))
    avis = (*_replaced_in_words(replaced), *_unexpected(everyone, expected.values()))
    return Regroupement(day, tuple(everyone), avis, nom)


def _plain(name: str) -> str:
    """A name as a file may have it: « Le Pivot » and « le-pivot »."""
    return "".join(sign for sign in fold(name) if sign.isalnum())


def _named(one: Membre, expected: dict[str, str]) -> Membre:
    """A member that says no name has that of its file, as who is expected under it writes it."""
    if one.nom:
        return one
    stem = one.fichier.rpartition(".")[0] or one.fichier
    return one._replace(nom=expected.get(_plain(stem), stem))


def _at_the_day(one: Membre, day: date) -> Membre:
    if one.etat is not Recu.LU or one.au is None:
        return one
    if one.au > day:
        why = f"ses données sont du {day_in_words(one.au)}, un jour qui vient après le {day_in_words(day)}"
        return Membre(one.nom, Recu.PAS_RECU, one.titre, pourquoi=why, fichier=one.fichier)
    return one._replace(etat=Recu.ANCIEN) if (day - one.au).days > FRESH else one


def _titled(members: list[Membre]) -> list[Membre]:
    """What does not say of which plan it is is of the only one that its organisation is known to have."""
    titles: dict[str, set[str]] = {}
    for one in members:
        if one.titre is not None and one.par_etat is not None:
            titles.setdefault(fold(one.nom), set()).add(one.titre)
    only = {nom: next(iter(known)) for nom, known in titles.items() if len(known) == 1}
    return [one if one.titre is not None else one._replace(titre=only.get(fold(one.nom), "")) for one in members]


def _latest(members: list[Membre]) -> tuple[list[Membre], list[Membre]]:
    """Of each plan that is read, what it said last; and what that replaces. Two that are of one day and differ are of
    no use: nothing says which is right.
    """
    read = [one for one in members if one.par_etat is not None]
    kept, replaced = [one for one in members if one.par_etat is None], []
    read.sort(key=lambda one: (*_plan_of(one), one.au, one.fichier), reverse=True)
    for _, versions in groupby(read, key=_plan_of):
        first, *others = versions
        if differ := [one for one in others if one.au == first.au and one.empreinte != first.empreinte]:
            names = listed(sorted({one.fichier for one in (first, *differ)}))
            why = f"{names} sont du même jour et ne disent pas la même chose"
            first = Membre(first.nom, Recu.A_RENVOYER, first.titre, first.au, pourquoi=why, fichier=first.fichier)
        kept.append(first)
        replaced += [one for one in others if one not in differ]
    return kept, replaced


def _plan_of(one: Membre) -> tuple[str, str]:
    return fold(one.nom), fold(one.titre or "")


def _replaced_in_words(replaced: Collection[Membre]) -> Iterator[str]:
    if replaced:
        names = sorted({one.fichier for one in replaced})
        more = [counted(len(names) - 3, "autre")] if len(names) > 4 else []
        shown = listed([*map(quoted, names[: 3 if more else 4]), *more])
        verb = "est remplacé" if len(names) == 1 else "sont remplacés"
        yield f"{shown} {verb} par ce que le même organisme a envoyé depuis."


def _unexpected(everyone: Sequence[Membre], expected: Collection[str]) -> Iterator[str]:
    """Who sent a plan under a name that is not expected, and who that may be."""
    known = set(map(fold, expected))
    missing = [one.nom for one in everyone if one.etat is Recu.PAS_RECU]
    for nom in dict.fromkeys(one.nom for one in everyone if expected and fold(one.nom) not in known):
        close = nearest(nom, missing)
        hint = f" C'est peut-être {quoted(close)}, attendu sous ce nom." if close and close != nom else ""
        yield f"{quoted(nom)} n'est pas parmi les organismes attendus.{hint}"


# --- in words ---------------------------------------------------------------------------------------------


def title_of(group: Regroupement) -> str:
    """« Les plans de 12 organismes »."""
    return (
        f"Les plans de {counted(group.organismes, 'organisme')}" if group.organismes > 1 else "Le plan d'un organisme"
    )


def received_in_words(group: Regroupement) -> str:
    """« 7 plans lus, 1 plan aux données de plus de 90 jours, 2 à renvoyer, 1 pas encore reçu. »"""
    number = {etat: len(group.of(etat)) for etat in Recu}
    unread = sum(one.a_nous for one in group.membres)
    old = f"aux données de plus de {FRESH}{NBSP}jours"
    said = [counted(number[Recu.LU], "plan lu", "plans lus")]
    said += each_counted(
        (number[Recu.ANCIEN], f"plan {old}", f"plans {old}"),
        (number[Recu.A_RENVOYER] - unread, "à renvoyer", "à renvoyer"),
        (unread, "reçu et pas encore lu", "reçus et pas encore lus"),
        (number[Recu.PAS_RECU], "pas encore reçu", "pas encore reçus"),
    )
    return f"{', '.join(said)}."


def read_on_in_words(group: Regroupement, today: date) -> str:
    """What a day in the past must be read with, where a plan is read in its own files; nothing on any other day."""
    if group.au >= today or not any(one.vivant and one.consignees for one in group.membres):
        return ""
    whose = "Les plans lus dans leurs fichiers sont tels que consignés aujourd'hui"
    return f"{whose}, sans ce qui porte une date postérieure au {day_in_words(group.au)}."


def stands_in_words(one: Membre, beside: date) -> str:
    """« données du 3 septembre », with what is not counted; « à renvoyer », « pas encore reçu »."""
    if one.au is None or one.par_etat is None:
        return (
            "pas encore reçu" if one.etat is Recu.PAS_RECU else "reçu, pas encore lu" if one.a_nous else one.etat.value
        )
    day = f"données du {short_day(one.au, beside)}"
    return day if one.etat is Recu.LU else f"{day}, hors des totaux"


def named(one: Membre) -> str:
    """« Le Pivot · Plan d'action »: whose plan it is, and which."""
    return " · ".join(filter(None, (one.nom, one.titre)))
