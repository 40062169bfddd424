"""`pivot overdue`: the passed échéances, objectif by objectif."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pivot_cli.echeance import Echeance, TypeEcheance
from pivot_cli.screens.blocks import action_rows, column_widths, legend, opening, readings
from pivot_cli.screens.page import FAINT, STRONG, Page
from pivot_cli.suivi.etat import Etat, by_objectif, first_day
from pivot_cli.suivi.phrases import (
    command_to_record,
    comment_on,
    elapsed_since,
    label_of,
    recorded_of,
    recurrent,
    rhythms,
    shown,
    soonest_first,
    time_over,
    title_of,
    wordings,
)
from pivot_cli.text import NBSP, counted, day_in_words, listed, truncate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from pivot_cli.plan.model import Registre, Responsable
    from pivot_cli.suivi.etat import Dossier, Portrait, Selection, Situation


def overdue_page(portrait: Portrait, selection: Selection, width: int, today: date, *, soon: bool = False) -> Page:
    """The passed échéances of a selection; with `soon`, what falls due within the horizon as well."""
    page = Page(width)
    own = selection.keep(portrait)
    dossiers = by_objectif(one for one in own if one.etat.passed)
    passed = [one for one in own if one.etat.passed]
    near = soonest_first(one for one in own if one.etat is Etat.PROCHE)
    opening(page, f"{_whose(portrait, selection)} · échéances passées", portrait, today)
    page.paragraph(recorded_of(own))
    page.paragraph(_summary(passed, own, selection, portrait))
    if portrait.over:
        page.paragraph(time_over(portrait), style=STRONG)
    if passed:
        _dossiers(page, dossiers, portrait, selection.responsables)
    if soon:
        _soon(page, near, portrait, selection.responsables)
    _foot(page, portrait, own, selection, () if soon else near)
    if dossiers:
        first = dossiers[0].situations[0]
        page.paragraph(f"Texte complet{NBSP}: pivot show {first.id}", hanging=2)
        page.paragraph(f"Consigner{NBSP}: {command_to_record(first)}", hanging=2)
    return page


def _whose(portrait: Portrait, selection: Selection) -> str:
    people = [_with_code(who) for who in selection.responsables]
    name = listed(people) or shown(portrait.plan.organisme.nom) or "Plan stratégique"
    if not selection.orientations:
        return name
    plural = "s" if len(selection.orientations) > 1 else ""
    return f"{name}, orientation{plural} {listed([str(number) for number in selection.orientations])}"


def _with_code(who: Responsable) -> str:
    return shown(f"{who.nom} ({who.code})" if who.label == who.code else who.nom)


def _summary(passed: Sequence[Situation], own: Sequence[Situation], selection: Selection, portrait: Portrait) -> str:
    """How many have passed, and whether they are shared."""
    registre = portrait.plan.registre
    if not own:
        return "Aucune action du plan ne correspond à cette demande."
    if not passed:
        return f"Aucune échéance n'est passée le {day_in_words(portrait.au)}, sur {counted(len(own), 'action')}."
    said = f"{counted(len(passed), 'action')} sur {len(own)}"
    if len(selection.responsables) != 1:
        bulk = comment_on(Etat.A_CONFIRMER, passed)
        return f"{said}, {bulk}." if bulk else f"{said}."
    shares = ", ".join(_shares(passed, selection.responsables[0], registre))
    return f"{said}{NBSP}: {shares.removesuffix('.')}."


def _shares(passed: Sequence[Situation], who: Responsable, registre: Registre) -> Iterator[str]:
    """How many a responsable has alone, with whom they share most, and with others."""
    partners = [tuple(code for code in registre.codes(one.action.responsables) if code != who.code) for one in passed]
    alone = partners.count(())
    if alone:
        yield f"{alone} sans autre responsable"
    shared = [codes for codes in partners if codes]
    if not shared:
        return
    code, number = Counter(code for codes in shared for code in codes).most_common(1)[0]
    most = registre.find(code)
    yield f"{number} avec {label_of(most) if most else shown(code)}"
    if len(shared) > number:
        yield f"{len(shared) - number} avec d'autres"


def _dossiers(page: Page, dossiers: Sequence[Dossier], portrait: Portrait, people: Sequence[Responsable]) -> None:
    passed = [one for dossier in dossiers for one in dossier.situations]
    widths = column_widths(page, passed, portrait.plan, people)
    page.blank()
    if not page.narrow:
        page.columns(("Réf.", "Action", "Échéance", "Avec" if people else "Responsables"), widths, FAINT)
    for dossier in dossiers:
        since = elapsed_since(dossier.situations, portrait)
        if page.narrow:
            page.blank()
            page.paragraph(f"{dossier.id} {shown(dossier.place.objectif.titre)}", hanging=2, style=STRONG)
            page.paragraph(f"depuis {since}" if since else "", indent=2)
        else:
            room = page.width - len(dossier.id) - len(since) - 4
            title = truncate(shown(dossier.place.objectif.titre), room)
            page.pair(f"{dossier.id}  {title}", since, STRONG)
        action_rows(page, dossier.situations, portrait.plan, people, widths)


def _soon(page: Page, near: Sequence[Situation], portrait: Portrait, people: Sequence[Responsable]) -> None:
    until = day_in_words(portrait.look.horizon_end)
    if not near:
        page.blank()
        page.paragraph(f"Rien n'arrive à échéance d'ici le {until}.")
        return
    page.heading(f"À mener d'ici le {until}")
    action_rows(page, near, portrait.plan, people)


def _foot(
    page: Page, portrait: Portrait, own: Sequence[Situation], selection: Selection, near: Sequence[Situation]
) -> None:
    passed = [one for one in own if one.etat.passed]
    listed_here = [*passed, *(one for one in own if one.etat is Etat.PROCHE)] if not near else passed
    page.blank()
    legend(page, listed_here, portrait.plan, selection.responsables)
    readings(page, passed)
    page.blank()
    if near:
        first = near[0]
        until = shown(first.action.echeance.texte)
        text = f"Ensuite{NBSP}: {first.id} {title_of(first.action)} ({until})."
        page.paragraph(text, hanging=2)
    _undated(page, own, portrait.au)


def _undated(page: Page, own: Sequence[Situation], day: date) -> None:
    """What can never be late, so that nobody thinks it forgotten."""
    parts = []
    going_on = [one for one in own if one.etat is Etat.EN_CONTINU]
    if going_on:
        parts.append(f"{len(going_on)}{NBSP}en continu")
    for etat in (Etat.A_COMMENCER, Etat.A_DETERMINER):
        some = [one for one in own if one.etat is etat]
        if some:
            ids = ", ".join(one.id for one in some[:4]) + ("…" if len(some) > 4 else "")
            parts.append(f"{len(some)}{NBSP}{wordings(some)} ({ids})")
    again = [one for one in own if one.etat in (Etat.A_VENIR, Etat.PROCHE) and _comes_again(one, day)]
    if again:
        parts.append(f"{len(again)}{NBSP}{rhythms(again)} ({', '.join(one.id for one in again[:4])})")
    if parts:
        page.paragraph(f"Sans date{NBSP}: {', '.join(parts)}.", hanging=2)


def _comes_again(one: Situation, day: date) -> bool:
    """Whether an action comes again and again; until its first time begins, where that is dated, it is only to come."""
    echeance = one.action.echeance
    if isinstance(echeance, Echeance) and echeance.type is TypeEcheance.PERIODE and first_day(echeance) > day:
        return False
    return recurrent(one.action)
