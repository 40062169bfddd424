"""`pivot list`: the actions that hold some words and pass some filters, each with where it stands."""

from datetime import date

from pivot_cli.screens.blocks import actions_section, opened
from pivot_cli.screens.page import Page
from pivot_cli.suivi.etat import Portrait
from pivot_cli.suivi.phrases import kept_in_words, no_action, plan_title, recorded
from pivot_cli.suivi.selection import Selection, Tri, in_order, questions
from pivot_cli.suivi.sheets import asked_of
from pivot_cli.text import NBSP, one_line


def list_page(portrait: Portrait, selection: Selection, width: int, today: date, tri: Tri = "plan") -> Page:
    """The actions that answer, under their objectif, by échéance, or under each responsable."""
    kept = in_order(selection.keep(portrait), portrait.plan, tri)
    nom, objectif = portrait.plan.niveaux.action, portrait.plan.dossier
    name = one_line(portrait.plan.organisme.nom) or plan_title(portrait.plan)
    page = opened(f"{name} · {nom.pluriel}", portrait, width, today)
    page.paragraph(kept_in_words(selection, kept, portrait.plan))
    page.paragraph(recorded(kept, nom) if kept else "")
    if not kept:
        where = (
            f"les {nom.pluriel}, leurs {objectif.pluriel}, leurs responsables, leurs notes de suivi et leurs résultats"
        )
        hint = f"Les mots sont cherchés dans {where}." if selection.mots else ""
        hint = hint or "Enlevez une des conditions pour en voir plus."
        page.paragraph(hint if portrait.plan.places else no_action(portrait.plan))
        return page
    asked = asked_of(questions(portrait.plan), kept) if selection.a_completer is not None else None
    actions_section(page, kept, portrait, tri, asked)
    page.paragraph(f"Texte complet{NBSP}: pivot show {kept[0].id}", hanging=2)
    return page
