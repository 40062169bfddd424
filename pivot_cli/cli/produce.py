"""To give the plan to others: `export`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from pivot_cli.cli.app import AuOption, PlanOption, SortieOption, app
from pivot_cli.cli.edge import day_named, emit, load_plan, portrait_of, warn
from pivot_cli.cli_french import command


@command(app, "export", family="produire", example="pivot export --format csv -o plan.csv")
def export(
    au: AuOption = None,
    format_: Annotated[Literal["json", "csv"], typer.Option("--format", help="La forme du résultat.")] = "json",
    sortie: SortieOption = None,
    plan: PlanOption = None,
) -> int:
    """Tout le plan, avec l'état calculé de chaque action, pour un autre programme ou un tableur."""
    from pivot_cli import exports

    day = day_named(au)
    loaded, findings = load_plan(plan)
    portrait = portrait_of(loaded, day)
    if format_ == "json":
        emit(exports.to_json(exports.export_object(portrait)), sortie)
    else:
        emit(exports.actions_csv(portrait.situations, loaded), sortie, mark=True)
    return warn(loaded, findings)
