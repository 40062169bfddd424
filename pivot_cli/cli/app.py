"""The application, and the options that several commands take, each declared once; what the filters keep."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

import typer

from pivot_cli import __version__
from pivot_cli.cli.edge import ENDINGS, ending_of, form_of, misused, refuse_over_the_plan
from pivot_cli.cli.known import KINDS
from pivot_cli.cli_french import FAMILIES, FrenchApp, command
from pivot_cli.cli_french.words import choices
from pivot_cli.text import NBSP

if TYPE_CHECKING:
    from typer._click import Context

    from pivot_cli.plan.model import Plan
    from pivot_cli.suivi.selection import Selection


def option(metavar: str, help_: str, *names: str, **more: Any) -> Any:
    """An option that takes a value; without names, its own is that of the parameter."""
    return typer.Option(*names, metavar=metavar, help=help_, **more)


def flag(name: str, help_: str) -> Any:
    """An option that takes no value."""
    return typer.Option(name, help=help_)


Texte = str | None
Textes = list[str] | None
Dossier = Annotated[Texte, option("DOSSIER", "Le dossier du plan (sinon, le plus proche).", envvar="PIVOT_PLAN")]
Au = Annotated[Texte, option("DATE", "Le jour de la situation (sinon, aujourd'hui).")]
Sortie = Annotated[Path | None, option("FICHIER", "Écrit dans ce fichier plutôt qu'à l'écran.", "--sortie", "-o")]
Horizon = Annotated[int | None, option("JOURS", "Jusqu'à combien de jours c'est proche.", min=0)]
Separateur = Annotated[
    Texte, option("SIGNE", "Entre les colonnes d'un CSV : point-virgule (Excel en français), virgule ou tabulation.")
]


def form_unless_named(usual: str) -> Any:
    """The option that names the form of a result, where the file that is written does not."""
    return typer.Option("--format", help=f"La forme (sinon, celle du fichier écrit, ou {usual}).")


Ecran = Annotated[Literal["texte", "json"] | None, form_unless_named("texte")]
Liste = Annotated[Literal["texte", "json", "csv", "md"] | None, form_unless_named("texte")]


class Filters(NamedTuple):
    """The options that choose actions, each as it was typed."""

    responsable: Annotated[
        Textes, option("NOM", "Ses actions seulement : code, nom ou alias.", "--responsable", "-r")
    ] = None
    orientation: Annotated[list[int] | None, option("NUMÉRO", "Cette orientation seulement.", min=1)] = None
    objectif: Annotated[Textes, option("OBJECTIF", "Cet objectif seulement : 3.gou.2.")] = None
    etat: Annotated[Textes, option("ÉTAT", "Cet état seulement : réalisée, échéance passée, en cours…")] = None
    avant: Annotated[Texte, option("DATE", "L'échéance finit ce jour-là, ce mois-là, cette année-là, ou avant.")] = None
    apres: Annotated[Texte, option("DATE", "L'échéance finit ce jour-là, ou après.")] = None

    def selection(self, plan: Plan) -> Selection:
        """What they keep of the plan; raises PivotError for what is not in it, and dates with nothing between them."""
        from pivot_cli.finding import PivotError
        from pivot_cli.suivi.asked import Typed

        try:
            return Typed(
                responsables=self.responsable or (),
                orientations=self.orientation or (),
                objectifs=self.objectif or (),
                etats=self.etat or (),
                avant=self.avant,
                apres=self.apres,
            ).selection(plan)
        except PivotError as fault:
            from pivot_cli.cli_french.errors import with_quotes

            raise with_quotes(fault, app.line) from None


def _settle_the_file(ctx: Context) -> None:
    """Find the home that « ~ » names; refuse a `--sortie`, or `--suites`, that is a file of a plan or the template;
    else give `--format` the form that they ask for.
    """
    for name in ("sortie", "gabarit", "suites"):
        if str(ctx.params.get(name) or "").startswith("~"):
            from pivot_cli.system import at_home

            ctx.params[name] = str(at_home(ctx.params[name]))
    place, gabarit = (value and Path(value) for value in map(ctx.params.get, ("sortie", "gabarit")))
    if ctx.params.get("sortie") == "":
        raise misused("-o attend un nom, et n'en a aucun.", f"Écrivez par exemple{NBSP}: -o resultat")
    for written in filter(None, (place, ctx.params.get("suites"))):
        refuse_over_the_plan(Path(written), ctx.params.get("plan"), gabarit)
    params = {param.name: param for param in ctx.command.params}
    if "format_" not in params or ("sortie" in params and params["sortie"].metavar == "DOSSIER"):
        return
    forms = choices(params["format_"])
    printed = ".html" if ctx.params["format_"] == "pdf" or (place and ending_of(place) == ".pdf") else ""
    if gabarit and ending_of(gabarit) in {ENDINGS[form] for form in forms} - {printed}:
        ctx.params["format_"] = form_of(gabarit, forms, ctx.params["format_"])
    if place and ending_of(place):
        ctx.params["format_"] = form_of(place, forms, ctx.params["format_"])


app = FrenchApp(
    "pivot",
    help="Le suivi d'un plan stratégique : ce qui est dû, avec qui, et où on en est.",
    version=__version__,
    shared={"plan": Dossier},
    kinds=KINDS,
    check=_settle_the_file,
)
consulter, consigner, produire, verifier = (partial(command, app, family) for family in FAMILIES)
