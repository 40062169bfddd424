"""To record what happened, and to ask: `note`, `remind`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pivot_cli.cli.app import AuOption, HorizonOption, PlanOption, ResponsableOption, app
from pivot_cli.cli.edge import (
    emit,
    plan_folder,
    plan_label,
    portrait_at,
    responsables_named,
    show_page,
    today,
    warn,
    width,
)
from pivot_cli.cli.results import refuse_over_the_plan
from pivot_cli.cli_french import command
from pivot_cli.cli_french.streams import flush

if TYPE_CHECKING:
    from pivot_cli.finding import Finding, PivotError
    from pivot_cli.outputs.reminders import Rappel
    from pivot_cli.plan.model import Place, Plan
    from pivot_cli.plan.not_found import NoSuchActionError
    from pivot_cli.record import Filed, Held, Typed
    from pivot_cli.yaml_tree import Tree

Texte = str | None
DossierOption = Annotated[
    Path | None, typer.Option("--sortie", "-o", metavar="DOSSIER", help="Y écrit un fichier par responsable.")
]


@command(
    app,
    "note",
    alias="noter",
    typed_for_it=("consigner", "écrire", "ajouter", "saisir", "suivi"),
    family="consigner",
    example=(
        'pivot note 2.gou.2.3 --statut réalisée --le "mai 2019"',
        'pivot note 1.adm.1.1 --note "Première rencontre tenue" --par Jeanne',
        'pivot note 4.adm.1.1 --reporter "Juin 2020" --motif "Le poste était vacant"',
        "pivot note 5.gou.2.1 --realisation 2020-01-15",
    ),
)
def note(
    ctx: typer.Context,
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="L'id de l'action, comme 2.gou.3.2.")],
    statut: Annotated[
        Texte,
        typer.Option(
            metavar="STATUT", help="À faire, en cours, en attente, partiellement réalisée, réalisée ou abandonnée."
        ),
    ] = None,
    le: Annotated[
        Texte, typer.Option(metavar="DATE", help="Quand, aussi précisément qu'on le sait : mai 2019.")
    ] = None,
    note_: Annotated[
        Texte, typer.Option("--note", metavar="TEXTE", help="Ajoute une note de suivi, datée et interne.")
    ] = None,
    par: Annotated[Texte, typer.Option(metavar="NOM", help="Qui écrit cette note.")] = None,
    resultat: Annotated[Texte, typer.Option(metavar="TEXTE", help="Le résultat, en une phrase publique.")] = None,
    realisation: Annotated[
        Texte, typer.Option(metavar="DATE", help="Faite une fois de plus, pour une action qui revient.")
    ] = None,
    reporter: Annotated[
        Texte, typer.Option(metavar="ÉCHÉANCE", help="Donne cette échéance à l'action, et garde l'ancienne.")
    ] = None,
    motif: Annotated[
        Texte, typer.Option(metavar="TEXTE", help="Pourquoi l'action attend, est abandonnée ou est reportée.")
    ] = None,
    resolution: Annotated[Texte, typer.Option(metavar="TEXTE", help="La résolution du conseil.")] = None,
    porteur: Annotated[Texte, typer.Option(metavar="NOM", help="Qui en répond, parmi ses responsables.")] = None,
    budget_prevu: Annotated[Texte, typer.Option(metavar="DOLLARS", help="Le montant prévu.")] = None,
    budget_reel: Annotated[Texte, typer.Option(metavar="DOLLARS", help="Le montant dépensé.")] = None,
    essai: Annotated[bool, typer.Option("--essai", help="Montre ce qui serait écrit, sans rien écrire.")] = False,
    plan: PlanOption = None,
) -> int:
    """Consigne ce qui est arrivé à une action, dans son fichier, sans toucher au reste.

    Montre les lignes avant et après, et ce que cela change. Plusieurs actions peuvent recevoir la même chose.
    """
    from pivot_cli.plan.not_found import NoSuchActionError
    from pivot_cli.record import Typed

    typed = Typed(
        statut, le, note_, par, resultat, realisation, reporter, motif, resolution, porteur, budget_prevu, budget_reel
    )
    folder = plan_folder(plan)
    try:
        held, filed = _prepared(folder, typed, ids) if essai else _written(folder, typed, ids)
    except NoSuchActionError as unknown:
        raise _not_an_action(unknown, ctx) from None
    try:
        _show(held, filed, essai=essai)
        flush()
    except OSError as refused:
        if essai or not filed.files:
            raise
        _say_it_is_written(filed, refused)
    return warn(held.plan, held.findings)


def _say_it_is_written(filed: Filed, refused: OSError) -> None:
    """What was recorded is, though it could not be shown: whoever did it again would record it twice.

    A reader that left has seen enough. Raises PivotError for the rest.
    """
    from pivot_cli.cli_french.streams import is_closed_pipe, silence, system_error
    from pivot_cli.finding import PivotError
    from pivot_cli.text import NBSP, listed

    silence()
    if is_closed_pipe(refused):
        return
    written = listed([file.shown for file in filed.files])
    remedy = f"Mais c'est écrit dans {written}{NBSP}: seul l'affichage a échoué. Ne recommencez pas."
    raise PivotError(system_error(refused), remedy) from None


def _not_an_action(unknown: NoSuchActionError, ctx: typer.Context) -> PivotError:
    """The error of a word that is no action: the line that was meant, where it was another value's."""
    import re

    from pivot_cli.cli_french.errors import no_such_value

    if re.match(r"[0-9]+\.[a-zA-Z]", unknown.wanted):
        return unknown
    return no_such_value(unknown.wanted, "une action", ctx) or unknown


def _prepared(folder: Path, typed: Typed, ids: list[str]) -> tuple[Held, Filed]:
    """The plan, and what the record changes in it."""
    from pivot_cli.plan.loader import load
    from pivot_cli.plan.sources import read_folder
    from pivot_cli.record import Held, file_record

    files = read_folder(folder, plan_label(folder))
    trees: dict[str, Tree | None] = {f"orientation-{one.split('.')[0]}.yaml": None for one in ids}
    plan, findings = load(files, trees)
    held = Held(plan, findings, files, trees, partial(judged, plan))
    return held, file_record(typed, ids, held, today())


def judged(plan: Plan, place: Place, was: Place | None) -> list[Finding]:
    """The faults of an action alone, and of its change: what is recorded waits for nobody else's fault."""
    from pivot_cli.checks.edition import compare
    from pivot_cli.checks.edits import check_edit
    from pivot_cli.checks.plan import check

    now = plan.only(place)
    return [*check(now), *(check_edit(compare(plan.only(was), now)) if was else ())]


def _written(folder: Path, typed: Typed, ids: list[str]) -> tuple[Held, Filed]:
    """The same, written. From the reading to the writing, no other `pivot note` changes the plan."""
    from pivot_cli.cli_french.streams import system_error
    from pivot_cli.finding import PivotError
    from pivot_cli.record.writing import Exchange, Refused, exchange, exclusive
    from pivot_cli.text import NBSP, listed

    by_hand = ""
    try:
        with exclusive(folder):
            held, filed = _prepared(folder, typed, ids)
            by_hand = "\n".join(file.by_hand for file in filed.files)
            exchange([Exchange(folder / file.name, file.old, file.new, file.shown) for file in filed.files])
    except Refused as refused:
        remedy = "Recommencez." if refused.again else by_hand
        if refused.done:
            remedy = f"Déjà écrit{NBSP}: {listed(refused.done)}. {remedy}"
        raise PivotError(f"{refused.reason}. Rien n'y est changé.", remedy) from None
    except OSError as error:
        raise PivotError(f"{system_error(error)} Rien n'est changé dans le plan.", by_hand) from None
    return held, filed


def _show(held: Held, filed: Filed, *, essai: bool) -> None:
    from pivot_cli.screens.noted import noted_page
    from pivot_cli.suivi.etat import Portrait, look_at

    portrait = Portrait(held.plan, look_at(held.plan, today()), ())
    show_page(noted_page(filed, portrait, width(), essai=essai), None)


@command(
    app,
    "remind",
    alias="relance",
    typed_for_it=("rappel", "rappels", "relances", "relancer", "courriel"),
    family="consigner",
    example=("pivot remind --responsable DG", "pivot remind --format eml -o rappels"),
)
def remind(
    responsable: ResponsableOption = None,
    au: AuOption = None,
    horizon: HorizonOption = None,
    format_: Annotated[
        Literal["texte", "md", "eml"], typer.Option("--format", help="La forme : à coller, ou brouillon de courriel.")
    ] = "texte",
    sortie: DossierOption = None,
    plan: PlanOption = None,
) -> int:
    """Un rappel courtois pour chaque responsable, prêt à coller ou à envoyer soi-même.

    Ce qui est passé ou proche, par objectif, avec trois réponses possibles et de quoi les consigner. Rien n'est envoyé.
    """
    from pivot_cli.outputs.reminders import reminders

    portrait, findings = portrait_at(au, plan, horizon)
    asked = responsables_named(portrait.plan, responsable) or tuple(portrait.plan.registre)
    _hand_over(reminders(portrait, asked), format_, sortie, plan)
    return warn(portrait.plan, findings)


def _hand_over(rappels: tuple[Rappel, ...], form: str, sortie: Path | None, plan: str | None) -> None:
    """Show the reminders one after the other, or write each to its file."""
    from pivot_cli.cli_french.streams import say
    from pivot_cli.finding import ExitCode, PivotError
    from pivot_cli.outputs.reminders import FORMS, file_names, without_address
    from pivot_cli.record.writing import write_whole
    from pivot_cli.text import NBSP, counted, inline

    if not rappels:
        say(f"Rien à rappeler{NBSP}: aucune échéance n'est passée ni proche.")
        return
    make, _ = FORMS[form]
    if sortie is not None:
        files = [sortie / name for name in file_names(rappels, form)]
        for file in files:
            refuse_over_the_plan(file, plan)
        sortie.mkdir(parents=True, exist_ok=True)
        for rappel, file in zip(rappels, files, strict=True):
            write_whole(file, make(rappel).encode(), sortie)
        say(f"Écrit{NBSP}: {counted(len(rappels), 'rappel')} dans {inline(str(sortie))}. Rien n'est envoyé.")
    elif form == "eml" and len(rappels) > 1:
        remedy = "Donnez-lui un dossier avec -o DOSSIER, ou choisissez un responsable avec --responsable."
        raise PivotError("un brouillon de courriel est un fichier par responsable.", remedy, ExitCode.USAGE)
    else:
        separator = f"\n{'-' * 72}\n\n"
        emit(separator.join(make(rappel).replace("\r\n", "\n") for rappel in rappels), None, form)
    if form == "eml":
        say(without_address(rappels))
