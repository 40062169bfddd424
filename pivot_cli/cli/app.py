"""The application, and the options that several commands take, each declared once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from pivot_cli import __version__
from pivot_cli.cli.edge import ENDINGS, ending_of, form_of, refuse_over_the_plan
from pivot_cli.cli.known import KINDS
from pivot_cli.cli_french import FrenchApp
from pivot_cli.cli_french.words import choices

if TYPE_CHECKING:
    from typer._click import Context


def option(metavar: str, help_: str, *names: str, **more: Any) -> Any:
    """An option that takes a value; without names, its own is that of the parameter."""
    return typer.Option(*names, metavar=metavar, help=help_, **more)


def flag(name: str, help_: str) -> Any:
    """An option that takes no value."""
    return typer.Option(name, help=help_)


PlanOption = Annotated[
    str | None, option("DOSSIER", "Le dossier du plan (sinon, le plus proche).", "--plan", envvar="PIVOT_PLAN")
]
AuOption = Annotated[str | None, option("DATE", "Le jour de la situation (sinon, aujourd'hui).", "--au")]
SortieOption = Annotated[Path | None, option("FICHIER", "Écrit dans ce fichier plutôt qu'à l'écran.", "--sortie", "-o")]
ResponsableOption = Annotated[
    list[str] | None, option("NOM", "Ses actions seulement : code, nom ou alias.", "--responsable", "-r")
]
OrientationOption = Annotated[
    list[int] | None, option("NUMÉRO", "Cette orientation seulement.", "--orientation", min=1)
]
ObjectifOption = Annotated[list[str] | None, option("OBJECTIF", "Cet objectif seulement : 3.gou.2.", "--objectif")]
EtatOption = Annotated[
    list[str] | None, option("ÉTAT", "Cet état seulement : réalisée, échéance passée, en cours…", "--etat")
]
AvantOption = Annotated[
    str | None, option("DATE", "L'échéance finit ce jour-là, ce mois-là, cette année-là, ou avant.", "--avant")
]
ApresOption = Annotated[str | None, option("DATE", "L'échéance finit ce jour-là, ou après.", "--apres")]
HorizonOption = Annotated[int | None, option("JOURS", "Jusqu'à combien de jours c'est proche.", "--horizon", min=0)]
SeparateurOption = Annotated[
    str | None,
    option(
        "SIGNE", 'Entre les colonnes d\'un CSV : ";" pour Excel en français (avec -o), "," ou "\\t".', "--separateur"
    ),
]


def form_unless_named(usual: str) -> Any:
    """The option that names the form of a result, where the file that is written does not."""
    return typer.Option("--format", help=f"La forme (sinon, celle du fichier écrit, ou {usual}).")


TexteJson = Annotated[Literal["texte", "json"] | None, form_unless_named("texte")]
Liste = Annotated[Literal["texte", "json", "csv", "md"] | None, form_unless_named("texte")]


def _settle_the_file(ctx: Context) -> None:
    """Refuse a `--sortie` that is a file of a plan, or the template that it is made from; else give `--format` the form
    that its ending, or that of the template, asks for. Raises PivotError.
    """
    place, gabarit = (value and Path(value) for value in map(ctx.params.get, ("sortie", "gabarit")))
    if place:
        refuse_over_the_plan(place, ctx.params.get("plan"), gabarit)
    format_ = next((param for param in ctx.command.params if param.name == "format_"), None)
    if format_ is None or any(param.name == "sortie" and param.metavar == "DOSSIER" for param in ctx.command.params):
        return
    forms = choices(format_)
    if gabarit and ending_of(gabarit) in (ENDINGS[form] for form in forms):
        ctx.params["format_"] = form_of(gabarit, forms, ctx.params["format_"])
    if place and ending_of(place):
        ctx.params["format_"] = form_of(place, forms, ctx.params["format_"])


app = FrenchApp(
    "pivot",
    help="Le suivi d'un plan stratégique : ce qui est dû, avec qui, et où on en est.",
    version=__version__,
    shared={"plan": PlanOption},
    kinds=KINDS,
    check=_settle_the_file,
)
