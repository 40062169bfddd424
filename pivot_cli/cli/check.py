"""To check the plan: `validate`."""

from __future__ import annotations

from pivot_cli.cli.app import PlanOption, SortieOption, TexteJson, app
from pivot_cli.cli.edge import emit, load_plan, show_page, width
from pivot_cli.cli_french import command


@command(app, "validate", alias="valider", family="vérifier", example="pivot validate")
def validate(
    format_: TexteJson = "texte",
    sortie: SortieOption = None,
    plan: PlanOption = None,
) -> int:
    """Vérifie les fichiers du plan : chaque faute, à sa place, avec ce qu'il faut écrire.

    Le temps qui passe ne rend jamais un plan fautif.
    """
    from pivot_cli.finding import exit_code

    loaded, findings = load_plan(plan)
    if format_ == "json":
        from pivot_cli.exports import findings_object, to_json

        emit(to_json(findings_object(findings)), sortie)
    else:
        from pivot_cli.terminal.faults import faults_page

        show_page(faults_page(loaded, findings, width()), sortie)
    return exit_code(findings)
