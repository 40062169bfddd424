"""The application, and the options that several commands take, each declared once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from pivot_cli import __version__
from pivot_cli.cli.edge import refuse_over_the_plan
from pivot_cli.cli.known import KINDS
from pivot_cli.cli_french import FrenchApp

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
HorizonOption = Annotated[int | None, option("JOURS", "Jusqu'à combien de jours c'est proche.", "--horizon", min=0)]
FORMAT = typer.Option("--format", help="La forme du résultat.")
FORMAT_OF_FILE = typer.Option("--format", help="La forme (sinon, celle du fichier écrit, ou md).")
TexteJson = Annotated[Literal["texte", "json"], FORMAT]


def _refuse_a_place(ctx: Context) -> None:
    """Raise PivotError when the `--sortie` of a command is a file of a plan, or the template that it is made from."""
    place, gabarit = ctx.params.get("sortie"), ctx.params.get("gabarit")
    if place:
        refuse_over_the_plan(Path(place), ctx.params.get("plan"), Path(gabarit) if gabarit else None)


app = FrenchApp(
    "pivot",
    help="Le suivi d'un plan stratégique : ce qui est dû, avec qui, et où on en est.",
    version=__version__,
    shared={"plan": PlanOption},
    kinds=KINDS,
    check=_refuse_a_place,
)
