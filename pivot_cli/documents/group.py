"""The page that a federation publishes: who sent what and of which day, and what is recorded together.

It is the same figures as the screen, without what members are asked, which is between them and the federation.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from pivot_cli.documents.listing import group_counts
from pivot_cli.documents.values import Compte, Entete
from pivot_cli.suivi import group as told
from pivot_cli.suivi.etat import Etat
from pivot_cli.suivi.group import FRESH, Membre, Recu, Regroupement
from pivot_cli.suivi.phrases import in_groups, recorded_of
from pivot_cli.text import NBSP, capitalized, day_in_words


class Rangee(NamedTuple):
    """Un organisme, et ce qu'il a envoyé."""

    nom: str  # Le nom de l'organisme.
    plan: str  # Le titre de son plan; souvent vide.
    au: str  # Le jour de ses données, en mots; vide où elles ne sont pas lues.
    au_iso: str  # Le même, comme 2020-01-15.
    dit: str  # « à renvoyer : le fichier est vide », « pas encore reçu », « hors des totaux »; souvent vide.
    total: int  # Combien d'actions a son plan.
    consignees: int  # Combien d'entre elles ont quelque chose de consigné.
    nombres: tuple[int, ...]  # Combien sont dans chaque groupe, dans l'ordre de `groupes`.


class PageDuGroupe(NamedTuple):
    """Les plans de plusieurs organismes."""

    entete: Entete
    recus: str  # « 7 plans lus, 2 à renvoyer. »
    consigne: str  # Ce qui est consigné dans les plans lus, et comment le lire; vide où aucun ne l'est.
    groupes: tuple[Compte, ...]  # Combien d'actions des plans lus sont dans chaque groupe d'états.
    total: int  # Combien d'actions ont les plans lus.
    consignees: int  # Combien d'entre elles ont quelque chose de consigné.
    rangees: tuple[Rangee, ...]  # Les organismes, en ordre alphabétique.
    reserves: tuple[str, ...]  # Comment lire les nombres.


def build(group: Regroupement, today: date) -> PageDuGroupe:
    """The values of the page."""
    shown = [in_groups(one.par_etat) for one in group.membres if one.par_etat is not None]
    kept = [rank for rank, numbers in enumerate(zip(*shown, strict=True)) if any(numbers)]
    counts = group_counts(in_groups(group.par_etat))
    unconfirmed = group.par_etat[Etat.A_CONFIRMER] > 0
    read = bool(group.of(Recu.LU))
    return PageDuGroupe(
        entete=Entete(
            organisme=group.nom or "Regroupement",
            titre=told.title_of(group),
            sorte="",
            au=day_in_words(group.au),
            au_iso=group.au.isoformat(),
            avertissements=tuple(filter(None, [told.read_on_in_words(group, today)])),
        ),
        recus=told.received_in_words(group),
        consigne=recorded_of(group.consignees, group.total, unconfirmed=unconfirmed) if read else "",
        groupes=tuple(counts[rank] for rank in kept),
        total=group.total,
        consignees=group.consignees,
        rangees=tuple(_row(one, kept, group.au) for one in group.membres),
        reserves=tuple(_reserves(group)),
    )


def _row(one: Membre, kept: list[int], day: date) -> Rangee:
    if one.par_etat is None or one.au is None:
        why = f"{NBSP}: {one.pourquoi}" if one.etat is Recu.A_RENVOYER and not one.a_nous else ""
        said = f"{told.stands_in_words(one, day)}{why}"
        return Rangee(one.nom, one.titre or "", "", "", capitalized(said), 0, 0, ())
    said = "hors des totaux" if one.etat is Recu.ANCIEN else ""
    numbers = in_groups(one.par_etat)
    nombres = tuple(numbers[rank] for rank in kept)
    return Rangee(
        *(one.nom, one.titre or "", day_in_words(one.au), one.au.isoformat(), said),
        *(one.total or 0, one.consignees, nombres),
    )


def _reserves(group: Regroupement) -> list[str]:
    said = ["Les organismes sont en ordre alphabétique. Chacun est autonome, et son plan a ses propres mesures."]
    said.append("Ce qui n'est pas consigné est inconnu; une échéance passée ne veut pas dire « pas fait ».")
    if group.of(Recu.ANCIEN):
        said.append(f"Les données de plus de {FRESH}{NBSP}jours sont montrées, et ne sont pas dans les totaux.")
    return said
