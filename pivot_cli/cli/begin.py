"""To begin a plan: `init`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from pivot_cli.cli import edge
from pivot_cli.cli.app import Dossier, Sortie, Texte, consigner, flag, form_unless_named, option
from pivot_cli.cli.asking import Told  # noqa: TC001 - Typer reads the annotation
from pivot_cli.text import clean


@consigner(
    "init",
    "commencer",
    example=(
        'pivot init plan-neuf --nom "La Maison du quartier" --sans-question',
        "pivot init plan-neuf --de plan.docx --essai",
        "pivot init plan-neuf --de tableau.csv --sans-question",
        "pivot init plan-neuf --suite-de plan --periode 2022-2025 --sans-question",
    ),
    typed_for_it="nouveau créer débuter suivant successeur reconduire démarrer importer initialiser new start import",
)
def init(
    answers: Told,
    dossier: Annotated[Texte, typer.Argument(metavar="DOSSIER", help="Le dossier du plan (sinon, plan).")] = None,
    de: Annotated[
        Texte,
        option("FICHIER", "Le document du plan : Word, classeur, CSV, export de pivot; « - » lit ce qu'on colle."),
    ] = None,
    suite_de: Annotated[
        Texte, option("DOSSIER", "Le plan d'avant : le même organisme, et ce qu'il reconduit.", "--suite-de")
    ] = None,
    essai: Annotated[bool, flag("--essai", "Montre ce qui serait fait, sans rien écrire.")] = False,
    sans_question: Annotated[bool, flag("--sans-question", "Ne demande rien.")] = False,
    format_: Annotated[Literal["texte", "json"] | None, form_unless_named("texte")] = None,
    sortie: Sortie = None,
    plan: Dossier = None,
) -> int:
    """Commence un plan : de rien, d'un document ou d'un autre.

    Écrit ses fichiers, leurs schémas et un modèle de ce qu'on peut y ajouter. Ce que le document ne dit pas n'est pas
    inventé, ce qui n'est pas compris est demandé, et ce qui est laissé est dit, chacun à sa place.
    """
    from pivot_cli.cli.founding import founded, prepared, told, vacant
    from pivot_cli.intake.report import report_object
    from pivot_cli.screens.init import init_page

    folder, form = vacant(dossier if dossier is not None else plan or "plan", suite_de), format_ or "texte"
    quiet = sans_question or essai or form == "json" or de == "-"
    report, known = prepared(answers, folder, de, suite_de, quiet=quiet)
    kept = "" if essai else founded(folder, report, history=known.historique)
    source = "" if de is None else clean("ce qui est collé" if de == "-" else Path(de).name)
    made = report_object(report) if form == "json" else init_page(report, edge.width(), essai=essai, source=source)
    if essai:
        edge.emit(made, sortie, form)
    else:
        told(made, sortie, form, report, kept)
    return 0
