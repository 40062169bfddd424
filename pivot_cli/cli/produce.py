"""To give the plan to others: `report`, `export`."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - Typer reads the annotation
from typing import Annotated, Literal

import typer

from pivot_cli.cli import edge
from pivot_cli.cli.app import (
    FORMAT,
    FORMAT_OF_FILE,
    AuOption,
    OrientationOption,
    PlanOption,
    ResponsableOption,
    SortieOption,
    app,
    option,
)
from pivot_cli.cli_french import command, say


@command(
    app,
    "report",
    alias="rapport",
    typed_for_it=("rapports", "document", "documents", "imprimer"),
    family="produire",
    example=(
        "pivot report -o situation.html",
        "pivot report sommaire --changements-depuis 2019-12-01 -o sommaire.html",
        "pivot report bilan --exercice 2019-2020 --format md",
    ),
)
def report(
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="complet, sommaire ou bilan.")] = "complet",
    responsable: ResponsableOption = None,
    orientation: OrientationOption = None,
    changements_depuis: Annotated[str | None, option("DATE", "Le sommaire dit ce qui a changé depuis.")] = None,
    exercice: Annotated[str | None, option("EXERCICE", "Le bilan d'un exercice : 2019-2020.")] = None,
    gabarit: Annotated[Path | None, option("FICHIER", "Votre gabarit, en HTML ou en Markdown.")] = None,
    au: AuOption = None,
    format_: Annotated[Literal["md", "html"] | None, FORMAT_OF_FILE] = None,
    sortie: SortieOption = None,
    plan: PlanOption = None,
) -> int:
    """L'état d'avancement du plan, en un document : complet (interne), sommaire (conseil) ou bilan (public)."""
    from pivot_cli.documents.exercice import NO_FISCAL_YEAR, read_exercice
    from pivot_cli.documents.registry import check_options, find_document
    from pivot_cli.documents.rendering.filling import render, render_file
    from pivot_cli.documents.values import Request

    wanted = find_document(document)
    filters = {"--responsable": responsable, "--orientation": orientation}
    check_options(wanted, filters | {"--changements-depuis": changements_depuis, "--exercice": exercice})
    day = edge.day_named(au)
    since = edge.day_named(changements_depuis, "--changements-depuis") if changements_depuis else None
    _, loaded, findings = edge.check_plan(plan)
    kept = edge.selection_of(loaded, responsable, orientation)
    asked = Request(loaded, tuple(findings), au=day, today=edge.today(), selection=kept, since=since, exercice=exercice)
    values = wanted.build(asked)
    if exercice and read_exercice(exercice, loaded.organisme.conventions).avis:
        say(NO_FISCAL_YEAR)
    own = edge.own_templates(plan)
    form = (None if gabarit else format_) or edge.form_of(gabarit or sortie, ("md", "html"))
    made = render_file(gabarit, values, own) if gabarit else render(wanted.templates, values, form, own)
    edge.emit(made, sortie, form)
    return edge.warn(loaded, findings)


@command(
    app,
    "export",
    typed_for_it=("exporter", "tableur", "csv", "excel"),
    family="produire",
    example="pivot export --format csv -o plan.csv",
)
def export(
    au: AuOption = None,
    format_: Annotated[Literal["json", "csv"], FORMAT] = "json",
    sortie: SortieOption = None,
    plan: PlanOption = None,
) -> int:
    """Tout le plan, avec l'état calculé de chaque action, pour un autre programme ou un tableur.

    Dans un CSV, une apostrophe précède le signe (=, +, - ou @) qui ferait d'un texte une formule, au début du texte ou
    après une virgule ou un point-virgule; qui relit le texte l'enlève.
    """
    from pivot_cli.outputs.exports import actions_csv, export_object

    portrait, findings = edge.portrait_at(au, plan)
    csv = format_ == "csv"
    result = actions_csv(portrait.situations, portrait.plan) if csv else export_object(portrait)
    edge.emit(result, sortie, format_)
    return edge.warn(portrait.plan, findings)
