"""Several organisations' plans: `group`."""

from __future__ import annotations

from pathlib import Path  # Typer reads the annotation
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pivot_cli.cli import edge
from pivot_cli.cli.app import Au, Separateur, Sortie, form_unless_named, option, produire
from pivot_cli.cli_french import say

if TYPE_CHECKING:
    from pivot_cli.suivi.group import Regroupement


@produire(
    "group",
    "regroupement",
    example=(
        "pivot group exports/*.json plans/* --attendus membres.csv",
        'pivot group exports/*.json --nom "Fédération des maisons" -o regroupement.html',
        "pivot group exports/*.json -o regroupement.csv",
    ),
    typed_for_it="grouper regrouper fédération fédérer consolider membres organismes",
)
def group(
    chemins: Annotated[list[str], typer.Argument(metavar="CHEMIN…", help="Des exports, des dossiers de plan.")],
    attendus: Annotated[
        Path | None, option("FICHIER", "Un CSV des organismes attendus, qui a une colonne « nom ».")
    ] = None,
    nom: Annotated[str | None, option("NOM", "Le nom de qui les réunit, en tête de l'écran et de la page.")] = None,
    au: Au = None,
    format_: Annotated[Literal["texte", "json", "csv", "html"] | None, form_unless_named("texte")] = None,
    separateur: Separateur = None,
    sortie: Sortie = None,
) -> int:
    """Les plans de plusieurs organismes, ensemble.

    Qui a envoyé quoi et quand, et ce qui y est consigné. Chacun envoie le sien par : pivot export --partage -o
    plan.json. Les totaux sont ceux des plans lus, dont les données ont 90 jours au plus; le reste est montré, et
    compté nulle part. Une page (-o regroupement.html) se publie; un CSV a une ligne par action, et à côté ce que
    sont ses colonnes (regroupement.schema.json). Personne n'y est nommé.
    """
    from pivot_cli.cli.gathering import expected_in, members_at
    from pivot_cli.finding import ExitCode
    from pivot_cli.outputs.group import rows_of
    from pivot_cli.suivi.group import Recu, gathered
    from pivot_cli.text import one_line

    day, expected = edge.day_named(au), expected_in(attendus)
    found = members_at(chemins, day, rows_of if format_ == "csv" else lambda _: "", sortie)
    if nom and format_ == "csv":
        raise edge.misused("--nom est en tête d'une page, et un CSV n'en a pas.", "Retirez-le.")
    made = gathered(found, expected, day, one_line(nom or ""))
    say(*made.avis)
    _show(made, format_ or "texte", sortie, separateur)
    return ExitCode.OK if made.of(Recu.LU, Recu.ANCIEN) else _nothing_is_read(made)


def _nothing_is_read(made: Regroupement) -> int:
    from pivot_cli.finding import ExitCode

    say(*(f"{one.fichier or one.nom} : {one.pourquoi or one.etat.value}." for one in made.membres[:3]))
    say("Aucun plan n'a pu être lu.")
    return ExitCode.UNREADABLE


def _show(made: Regroupement, form: str, sortie: Path | None, separateur: str | None) -> None:
    """Show or write what was gathered, in its form; beside a CSV, what its columns are."""
    if form == "json":
        from pivot_cli.outputs.group import group_object

        edge.emit(group_object(made), sortie, form, separateur)
    elif form == "csv":
        from pivot_cli.outputs.group import group_csv, table_schema

        edge.emit(group_csv(made), sortie, form, separateur)
        if sortie is not None and sortie.is_file():
            edge.emit(table_schema(), sortie.with_suffix(".schema.json"), "json")
    elif form == "html":
        from pivot_cli.documents.group import build
        from pivot_cli.documents.rendering.filling import render

        edge.emit(render("regroupement", build(made, edge.today()), "html"), sortie, form, separateur)
    else:
        from pivot_cli.screens.group import group_page

        edge.emit(group_page(made, edge.width(), edge.today()), sortie, separateur=separateur)
