"""To consult the plan: `status`, `overdue`, `list`, `show`, `deadline`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pivot_cli.cli import edge
from pivot_cli.cli.app import (
    Au,
    Dossier,
    Ecran,
    Filters,
    Horizon,
    Liste,
    Separateur,
    Sortie,
    Texte,
    consulter,
    flag,
    form_unless_named,
    option,
)
from pivot_cli.cli.continuing import elsewhere
from pivot_cli.cli.sheets import UNE_FEUILLE, Feuille, send
from pivot_cli.cli_french import say

if TYPE_CHECKING:
    from pathlib import Path

    from pivot_cli.suivi.etat import Portrait
    from pivot_cli.suivi.selection import Selection, Tri


@consulter("status", "situation", example="pivot status --au 2020-01-15", typed_for_it="état portrait résumé")
def status(filters: Filters, au: Au = None, format_: Ecran = None, sortie: Sortie = None, plan: Dossier = None) -> int:
    """Le plan d'un coup d'œil.

    Ce qui est consigné, ce qui est passé, ce qui vient, et les objectifs qui attendent.
    """
    whole, findings = edge.portrait_at(au, plan, form=format_)
    selection = filters.selection(whole.plan)
    portrait, folder = selection.cut(whole), edge.plan_folder(plan)
    others = edge.other_plans(folder)
    if format_ == "json":
        from pivot_cli.outputs.exports import status_object

        edge.emit(status_object(portrait, selection, others), sortie, format_)
    else:
        from pivot_cli.cli.past import Past
        from pivot_cli.screens.status import Around, status_page

        happened = Past(folder).told_since_the_meeting(whole, selection)
        around = Around(edge.to_name(folder), tuple(others))
        edge.emit(status_page(portrait, edge.width(), edge.today(), selection, happened, around=around), sortie)
    return edge.warn(portrait.plan, findings)


@consulter(
    "overdue",
    "retards",
    example=("pivot overdue --responsable DG", "pivot overdue --bientot --horizon 30", "pivot overdue -o retards.csv"),
    typed_for_it="retard en-retard échéances-passées late",
)
def overdue(
    filters: Filters,
    au: Au = None,
    bientot: Annotated[bool, flag("--bientot", "Ajoute ce qui arrive à échéance.")] = False,
    horizon: Horizon = None,
    code_retour: Annotated[bool, flag("--code-retour", "Finit avec le code 1 s'il y a des échéances passées.")] = False,
    format_: Liste = None,
    separateur: Separateur = None,
    sortie: Sortie = None,
    plan: Dossier = None,
) -> int:
    """Les échéances passées, par objectif, et avec qui.

    L'objectif qui attend depuis le plus longtemps vient en premier. Une action partagée compte pour chacun de
    ses responsables.
    """
    from pivot_cli.suivi.etat import due

    portrait, findings = edge.portrait_at(au, plan, horizon, form=format_)
    selection = filters.selection(portrait.plan)
    asked = due(selection.keep(portrait), soon=bientot)
    if format_ in (None, "texte"):
        from pivot_cli.screens.overdue import overdue_page

        page = overdue_page(portrait, selection, edge.width(), edge.today(), soon=bientot)
        edge.emit(page, sortie, separateur=separateur)
    else:
        from pivot_cli.outputs.exports import OVERDUE

        made = OVERDUE[format_](selection.cut(portrait), asked, selection, edge.today())
        edge.emit(made, sortie, format_, separateur)
    late = any(situation.etat.passed for situation in asked)
    return edge.warn(portrait.plan, findings) or int(code_retour and late)


@consulter(
    "list",
    "liste",
    example=(
        "pivot list structure",
        'pivot list -r DG --etat "échéance passée" --tri echeance',
        'pivot list --apres 2020 --avant "mars 2020" -o hiver.csv',
        "pivot list -r DG -o echeances.ics",
        'pivot list -r DG -o suivi.xlsx --retour-le 2031-03-12 --retour-a "la direction"',
        'pivot list --par-responsable feuilles --retour-le 2031-03-12 --retour-a "la direction"',
    ),
    typed_for_it="feuille tableur excel classeur chercher rechercher trouver lister actions recherche search find",
)
def list_(
    filters: Filters,
    mots: Annotated[list[str] | None, typer.Argument(metavar="MOTS…", help="Des mots, que l'action a tous.")] = None,
    sans_nouvelles: Annotated[
        int | None, option("MOIS", "Ouverte, et rien de daté depuis tant de mois.", "--sans-nouvelles", min=1)
    ] = None,
    a_completer: Annotated[
        bool, flag("--a-completer", "Sans responsable, sans échéance lisible, ou avec « # À COMPLÉTER ».")
    ] = False,
    a_fermer: Annotated[bool, flag("--a-fermer", "Dont rien ne dit encore ce qu'elle devient à la fin.")] = False,
    feuille: Feuille = UNE_FEUILLE,
    tri: Annotated[
        Literal["plan", "echeance", "responsable"], typer.Option("--tri", help="L'ordre des actions.")
    ] = "plan",
    au: Au = None,
    format_: Annotated[Literal["texte", "json", "csv", "md", "ics", "xlsx"] | None, form_unless_named("texte")] = None,
    separateur: Separateur = None,
    sortie: Sortie = None,
    plan: Dossier = None,
) -> int:
    """Les actions trouvées par leurs mots et par des filtres.

    Les mots sont cherchés dans les descriptions, les titres, les objectifs, les responsables, les notes de suivi et les
    résultats; les majuscules, les accents et les pluriels ne comptent pas. Plusieurs mots peuvent y être loin l'un de
    l'autre. Avec -o suivi.xlsx, c'est une feuille à remplir, que `pivot note --de suivi.xlsx` consigne à son retour.
    Un calendrier (-o echeances.ics) s'importe dans celui que l'on a : un jour entier par échéance datée, à son dernier
    jour, et un par réunion connue; importé de nouveau, il déplace ce qui a été déplacé et annule ce qui est fini.
    """
    from pivot_cli.suivi.selection import asked_words, asking

    words = asked_words(mots or ())
    if mots and not words:
        raise edge.misused("il n'y a aucun mot à chercher.", "Écrivez-en un, ou aucun pour voir toutes les actions.")
    portrait, findings = edge.portrait_at(au, plan, form=format_)
    selection = filters.selection(portrait.plan)._replace(
        mots=words,
        sans_nouvelles=sans_nouvelles,
        a_completer=asking(portrait.plan) if a_completer else None,
        a_fermer=a_fermer,
    )
    if format_ == "xlsx" or any(feuille):
        send(portrait, selection, feuille, sortie, tri)
    elif format_ in (None, "texte"):
        from pivot_cli.screens.list import list_page

        page = list_page(portrait, selection, edge.width(), edge.today(), tri)
        edge.emit(page, sortie, separateur=separateur)
    elif format_ == "ics":
        _calendar(portrait, selection, sortie, separateur)
    else:
        _data(portrait, selection, tri, format_, sortie, separateur)
    return edge.warn(portrait.plan, findings)


def _data(
    portrait: Portrait, selection: Selection, tri: Tri, form: str, sortie: Path | None, separateur: str | None
) -> None:
    """Write the actions that are asked for, for another program."""
    from pivot_cli.outputs.exports import LIST
    from pivot_cli.suivi.selection import in_order

    kept = in_order(selection.keep(portrait), portrait.plan, tri)
    edge.emit(LIST[form](selection.cut(portrait), kept, selection, edge.today(), tri), sortie, form, separateur)


def _calendar(portrait: Portrait, selection: Selection, sortie: Path | None, separateur: str | None) -> None:
    """Write the calendar of the actions that are asked for, and say what is not in it."""
    from pivot_cli.outputs.ics import calendar

    made = calendar(portrait, selection)
    edge.emit(made.data, sortie, "ics", separateur)
    say(*made.said)


@consulter(
    "show",
    "fiche",
    example=("pivot show 2.gou.3.2", "pivot show 2.gou.3"),
    typed_for_it="voir montrer afficher action détail",
)
def show(
    id_: Annotated[str, typer.Argument(metavar="ID", help="L'id de l'action, comme 2.gou.3.2; ou 2.gou.3, 2.gou, 2.")],
    au: Au = None,
    format_: Ecran = None,
    sortie: Sortie = None,
    plan: Dossier = None,
) -> int:
    """Une action en entier; ou un objectif, une orientation.

    Avec l'endroit du plan où c'est écrit, et quoi taper pour y répondre.
    """
    portrait, findings = edge.portrait_at(au, plan, form=format_)
    place, folder = portrait.plan.find(id_), edge.plan_folder(plan)
    if place is None:
        _show_level(id_, portrait, folder, format_, sortie)
        return edge.warn(portrait.plan, findings)
    from pivot_cli.plan.lineage import kin_of
    from pivot_cli.suivi.filiation import filiation_of

    situation = next(situation for situation in portrait.situations if situation.id == place.id)
    filiation = filiation_of(situation, portrait, kin_of(place, folder, portrait.plan, edge.current_folder()))
    if format_ == "json":
        from pivot_cli.outputs.exports import filiation_object

        edge.emit(filiation_object(situation, portrait.plan, filiation), sortie, format_)
    else:
        from pivot_cli.screens.action import action_page

        edge.emit(action_page(situation, portrait, edge.width(), edge.today(), filiation), sortie)
    return edge.warn(portrait.plan, findings)


def _show_level(id_: str, portrait: Portrait, folder: Path, format_: str | None, sortie: Path | None) -> None:
    """Show the objectif, the volet or the orientation with that id; raises PivotError when there is none, with where it
    is if the plan before has it.
    """
    from pivot_cli.suivi.selection import inside

    level, actions = inside(portrait.situations, portrait.plan.level_named(id_))
    if not actions:
        from pivot_cli.plan.not_found import nothing_there

        raise elsewhere(id_, portrait.plan, folder) or nothing_there(portrait.plan, id_)
    if format_ == "json":
        from pivot_cli.outputs.exports import level_object

        edge.emit(level_object(level, actions, portrait), sortie, format_)
    else:
        from pivot_cli.screens.level import level_page

        edge.emit(level_page(level, actions, portrait, edge.width(), edge.today()), sortie)


@consulter(
    "changes",
    "changements",
    example=("pivot changes", "pivot changes --depuis 2020-11-18 --au 2021-01-20", "pivot changes -o nouvelles.md"),
    typed_for_it="changement depuis réunion historique nouveau nouvelles diff",
)
def changes(
    filters: Filters,
    depuis: Annotated[Texte, option("DATE", "Un jour, « réunion », ou une révision de git.")] = None,
    tout: Annotated[bool, flag("--tout", "Avec les actions auxquelles rien n'est arrivé.")] = False,
    au: Au = None,
    format_: Annotated[Literal["texte", "json", "md"] | None, form_unless_named("texte")] = None,
    sortie: Sortie = None,
    plan: Dossier = None,
) -> int:
    """Ce qui s'est passé depuis une réunion, ou un jour.

    Git dit quand chaque chose a été consignée, les dates du plan quand elle a été faite. Sans réunion connue, les trois
    derniers mois sont regardés. Les deux jours sont compris.
    """
    from pivot_cli.cli.past import Past, start_of

    now, findings = edge.portrait_at(au, plan, form=format_)
    selection = filters.selection(now.plan)
    past = Past(edge.plan_folder(plan))
    account = past.since(now, start_of(depuis, now), when=True).only(selection)
    if format_ == "json":
        from pivot_cli.outputs.changes import changes_object

        edge.emit(changes_object(account, selection), sortie, format_)
    elif format_ == "md":
        from pivot_cli.outputs.changes import changes_md

        edge.emit(changes_md(account, selection, every=tout), sortie, format_)
    else:
        from pivot_cli.screens.changes import changes_page

        edge.emit(changes_page(account, selection, edge.width(), every=tout), sortie)
    return edge.warn(now.plan, findings)


@consulter("deadline", "echeance", example='pivot deadline "Automne 2020"', typed_for_it="date lire")
def deadline(
    texte: Annotated[str, typer.Argument(metavar="TEXTE", help="L'échéance, comme on l'écrirait dans le plan.")],
    au: Au = None,
    format_: Ecran = None,
    sortie: Sortie = None,
    plan: Dossier = None,
) -> int:
    """Comment une échéance est lue, et pourquoi.

    Les conventions sont celles du plan le plus proche, ou les conventions habituelles s'il n'y en a pas.
    """
    from pivot_cli.echeance import Refus, parse
    from pivot_cli.finding import ExitCode

    day = edge.day_named(au)
    organisme, said, unread = edge.conventions_of(plan)
    read = parse(texte, organisme.conventions)
    if format_ == "json":
        from pivot_cli.outputs.exports import deadline_object

        edge.emit(deadline_object(read), sortie, format_)
    else:
        from pivot_cli.screens.deadline import deadline_page

        nom = organisme.plan.niveaux.action
        edge.emit(deadline_page(read, day, edge.width(), organisme.conventions, nom), sortie)
    if said:
        say(said)
    if unread:
        return ExitCode.UNREADABLE
    return ExitCode.FINDINGS if isinstance(read, Refus) else ExitCode.OK
