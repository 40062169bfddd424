"""To consult the plan: `status`, `overdue`, `show`, `deadline`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from pivot_cli.cli import edge
from pivot_cli.cli.app import (
    FORMAT,
    AuOption,
    HorizonOption,
    OrientationOption,
    PlanOption,
    ResponsableOption,
    SortieOption,
    TexteJson,
    app,
    flag,
)
from pivot_cli.cli_french import command, say


@command(
    app, "consulter", "status", "situation", example="pivot status --au 2020-01-15", typed_for_it="état portrait résumé"
)
def status(
    au: AuOption = None, format_: TexteJson = "texte", sortie: SortieOption = None, plan: PlanOption = None
) -> int:
    """Le plan d'un coup d'œil : ce qui est consigné, ce qui est passé, ce qui vient."""
    portrait, findings = edge.portrait_at(au, plan)
    if format_ == "json":
        from pivot_cli.outputs.exports import status_object

        edge.emit(status_object(portrait), sortie, format_)
    else:
        from pivot_cli.screens.status import status_page

        edge.emit(status_page(portrait, edge.width(), edge.today()), sortie)
    return edge.warn(portrait.plan, findings)


@command(
    app,
    "consulter",
    "overdue",
    "retards",
    example=("pivot overdue --responsable DG", "pivot overdue --bientot --horizon 30"),
    typed_for_it="retard en-retard échéances-passées late",
)
def overdue(
    responsable: ResponsableOption = None,
    orientation: OrientationOption = None,
    au: AuOption = None,
    bientot: Annotated[bool, flag("--bientot", "Ajoute ce qui arrive à échéance.")] = False,
    horizon: HorizonOption = None,
    code_retour: Annotated[bool, flag("--code-retour", "Finit avec le code 1 s'il y a des échéances passées.")] = False,
    format_: Annotated[Literal["texte", "json", "csv", "md"], FORMAT] = "texte",
    sortie: SortieOption = None,
    plan: PlanOption = None,
) -> int:
    """Les échéances passées, par objectif, et avec qui.

    L'objectif qui attend depuis le plus longtemps vient en premier. Une action partagée compte pour chacun de
    ses responsables.
    """
    from pivot_cli.suivi.etat import due

    portrait, findings = edge.portrait_at(au, plan, horizon)
    selection = edge.selection_of(portrait.plan, responsable, orientation)
    asked = due(selection.keep(portrait), soon=bientot)
    if format_ == "texte":
        from pivot_cli.screens.overdue import overdue_page

        edge.emit(overdue_page(portrait, selection, edge.width(), edge.today(), soon=bientot), sortie)
    else:
        from pivot_cli.outputs.exports import OVERDUE

        edge.emit(OVERDUE[format_](portrait, asked), sortie, format_)
    late = any(situation.etat.passed for situation in asked)
    return edge.warn(portrait.plan, findings) or int(code_retour and late)


@command(
    app,
    "consulter",
    "show",
    "fiche",
    example="pivot show 2.gou.3.2",
    typed_for_it="voir montrer afficher action détail",
)
def show(
    id_: Annotated[str, typer.Argument(metavar="ID", help="L'id de l'action, par exemple 2.gou.3.2.")],
    au: AuOption = None,
    format_: TexteJson = "texte",
    sortie: SortieOption = None,
    plan: PlanOption = None,
) -> int:
    """Une action en entier, et l'endroit du plan où elle est écrite."""
    from pivot_cli.plan.not_found import no_such_action

    portrait, findings = edge.portrait_at(au, plan)
    place = portrait.plan.find(id_)
    if place is None:
        raise no_such_action(portrait.plan, id_)
    situation = next(situation for situation in portrait.situations if situation.id == place.id)
    if format_ == "json":
        from pivot_cli.outputs.exports import action_object

        edge.emit(action_object(situation, portrait.plan), sortie, format_)
    else:
        from pivot_cli.screens.action import action_page

        edge.emit(action_page(situation, portrait, edge.width(), edge.today()), sortie)
    return edge.warn(portrait.plan, findings)


@command(app, "consulter", "deadline", "echeance", example='pivot deadline "Automne 2020"', typed_for_it="date lire")
def deadline(
    texte: Annotated[str, typer.Argument(metavar="TEXTE", help="L'échéance, comme on l'écrirait dans le plan.")],
    au: AuOption = None,
    format_: TexteJson = "texte",
    sortie: SortieOption = None,
    plan: PlanOption = None,
) -> int:
    """Comment une échéance est lue, et pourquoi.

    Les conventions sont celles du plan le plus proche, ou les conventions habituelles s'il n'y en a pas.
    """
    from pivot_cli.echeance import Refus, parse
    from pivot_cli.finding import ExitCode

    day = edge.day_named(au)
    conventions, said, unread = edge.conventions_of(plan)
    read = parse(texte, conventions)
    if format_ == "json":
        from pivot_cli.outputs.exports import deadline_object

        edge.emit(deadline_object(read), sortie, format_)
    else:
        from pivot_cli.screens.deadline import deadline_page

        edge.emit(deadline_page(read, day, edge.width(), conventions), sortie)
    if said:
        say(said)
    if unread:
        return ExitCode.UNREADABLE
    return ExitCode.FINDINGS if isinstance(read, Refus) else ExitCode.OK
