"""To consult the plan: `status`, `overdue`, `show`, `deadline`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from pivot_cli.cli.app import (
    AuOption,
    HorizonOption,
    OrientationOption,
    PlanOption,
    ResponsableOption,
    SortieOption,
    TexteJson,
    app,
)
from pivot_cli.cli.edge import (
    conventions_of,
    day_named,
    emit,
    portrait_at,
    selection_of,
    show_page,
    situation_with_id,
    today,
    warn,
    width,
)
from pivot_cli.cli_french import command, say


@command(
    app,
    "status",
    alias="situation",
    typed_for_it=("état", "portrait", "résumé"),
    family="consulter",
    example="pivot status --au 2020-01-15",
)
def status(
    au: AuOption = None,
    format_: TexteJson = "texte",
    sortie: SortieOption = None,
    plan: PlanOption = None,
) -> int:
    """Le plan d'un coup d'œil : ce qui est consigné, ce qui est passé, ce qui vient."""
    portrait, findings = portrait_at(au, plan)
    if format_ == "json":
        from pivot_cli.outputs.exports import status_object, to_json

        emit(to_json(status_object(portrait)), sortie, format_)
    else:
        from pivot_cli.screens.status import status_page

        show_page(status_page(portrait, width(), today()), sortie)
    return warn(portrait.plan, findings)


@command(
    app,
    "overdue",
    alias="retards",
    typed_for_it=("retard", "en-retard", "échéances-passées", "late"),
    family="consulter",
    example=("pivot overdue --responsable DG", "pivot overdue --bientot --horizon 30"),
)
def overdue(
    responsable: ResponsableOption = None,
    orientation: OrientationOption = None,
    au: AuOption = None,
    bientot: Annotated[bool, typer.Option("--bientot", help="Ajoute ce qui arrive à échéance.")] = False,
    horizon: HorizonOption = None,
    code_retour: Annotated[
        bool, typer.Option("--code-retour", help="Finit avec le code 1 s'il y a des échéances passées.")
    ] = False,
    format_: Annotated[
        Literal["texte", "json", "csv", "md"], typer.Option("--format", help="La forme du résultat.")
    ] = "texte",
    sortie: SortieOption = None,
    plan: PlanOption = None,
) -> int:
    """Les échéances passées, par objectif, et avec qui.

    L'objectif qui attend depuis le plus longtemps vient en premier. Une action partagée compte pour chacun de
    ses responsables.
    """
    from pivot_cli.suivi.etat import due

    portrait, findings = portrait_at(au, plan, horizon)
    selection = selection_of(portrait.plan, responsable, orientation)
    asked = due(selection.keep(portrait), soon=bientot)
    if format_ == "texte":
        from pivot_cli.screens.overdue import overdue_page

        show_page(overdue_page(portrait, selection, width(), today(), soon=bientot), sortie)
    else:
        from pivot_cli.outputs import exports

        emit(exports.OVERDUE[format_](portrait, asked), sortie, format_)
    late = any(one.etat.passed for one in asked)
    return warn(portrait.plan, findings) or int(code_retour and late)


@command(
    app,
    "show",
    alias="fiche",
    typed_for_it=("voir", "montrer", "afficher", "action", "détail"),
    family="consulter",
    example="pivot show 2.gou.3.2",
)
def show(
    id_: Annotated[str, typer.Argument(metavar="ID", help="L'id de l'action, par exemple 2.gou.3.2.")],
    au: AuOption = None,
    format_: TexteJson = "texte",
    sortie: SortieOption = None,
    plan: PlanOption = None,
) -> int:
    """Une action en entier, et l'endroit du plan où elle est écrite."""
    portrait, findings = portrait_at(au, plan)
    one = situation_with_id(portrait, id_)
    if format_ == "json":
        from pivot_cli.outputs.exports import action_object, to_json

        emit(to_json(action_object(one, portrait.plan)), sortie, format_)
    else:
        from pivot_cli.screens.action import action_page

        show_page(action_page(one, portrait, width(), today()), sortie)
    return warn(portrait.plan, findings)


@command(
    app,
    "deadline",
    alias="echeance",
    typed_for_it=("date", "lire"),
    family="consulter",
    example='pivot deadline "Automne 2020"',
)
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

    day = day_named(au)
    conventions, said, unread = conventions_of(plan)
    read = parse(texte, conventions)
    if format_ == "json":
        from pivot_cli.outputs.exports import deadline_object, to_json

        emit(to_json(deadline_object(read)), sortie, format_)
    else:
        from pivot_cli.screens.deadline import deadline_page

        show_page(deadline_page(read, day, width(), conventions), sortie)
    if said:
        say(said)
    if unread:
        return ExitCode.UNREADABLE
    return ExitCode.FINDINGS if isinstance(read, Refus) else ExitCode.OK
