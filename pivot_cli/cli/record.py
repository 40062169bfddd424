"""To record what happened, and to ask: `note`, `remind`."""

from __future__ import annotations

from functools import partial
from pathlib import Path  # Typer reads the annotation
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pivot_cli.cli import edge
from pivot_cli.cli.app import Au, Dossier, Filters, Horizon, Texte, app, consigner, flag, option
from pivot_cli.cli.kept import keep, say_it_is_kept
from pivot_cli.cli_french import say
from pivot_cli.cli_french.streams import flush
from pivot_cli.text import NBSP, clean, counted, inline, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pivot_cli.finding import Finding, PivotError
    from pivot_cli.outputs.reminders import Rappel
    from pivot_cli.plan.model import Place, Plan
    from pivot_cli.plan.not_found import NoSuchActionError
    from pivot_cli.record.filing import Filed, Held
    from pivot_cli.record.recording import Typed
    from pivot_cli.record.writing import Exchange
    from pivot_cli.yaml_tree import Tree


@consigner(
    "note",
    "noter",
    example=(
        'pivot note 2.gou.2.3 --statut réalisée --le "mai 2019"',
        'pivot note 1.adm.1.1 --note "Première rencontre tenue" --par Jeanne',
        'pivot note 4.adm.1.1 --reporter "Juin 2020" --motif "Le poste était vacant"',
        "pivot note 5.gou.2.1 --realisation 2020-01-15",
    ),
    typed_for_it="consigner écrire ajouter saisir suivi",
)
def note(
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="L'id de l'action, comme 2.gou.3.2.")],
    statut: Annotated[
        Texte,
        option("STATUT", "À faire, en cours, en attente, partiellement réalisée, réalisée, abandonnée ou reconduite."),
    ] = None,
    le: Annotated[Texte, option("DATE", "Quand, aussi précisément qu'on le sait : mai 2019.")] = None,
    note_: Annotated[Texte, option("TEXTE", "Ajoute une note de suivi, datée et interne.", "--note")] = None,
    par: Annotated[Texte, option("NOM", "Qui écrit cette note.")] = None,
    resultat: Annotated[Texte, option("TEXTE", "Le résultat, en une phrase publique.")] = None,
    realisation: Annotated[Texte, option("DATE", "Faite une fois de plus, pour une action qui revient.")] = None,
    reporter: Annotated[Texte, option("ÉCHÉANCE", "Donne cette échéance à l'action, et garde l'ancienne.")] = None,
    motif: Annotated[
        Texte, option("TEXTE", "Pourquoi l'action attend, est abandonnée, reconduite ou reportée.")
    ] = None,
    resolution: Annotated[Texte, option("TEXTE", "La résolution du conseil.")] = None,
    porteur: Annotated[Texte, option("NOM", "Qui en répond, parmi ses responsables.")] = None,
    budget_prevu: Annotated[Texte, option("DOLLARS", "Le montant prévu.")] = None,
    budget_reel: Annotated[Texte, option("DOLLARS", "Le montant dépensé.")] = None,
    essai: Annotated[bool, flag("--essai", "Montre ce qui serait écrit, sans rien écrire.")] = False,
    plan: Dossier = None,
) -> int:
    """Consigne ce qui est arrivé à une action, dans son fichier, sans toucher au reste.

    Montre les lignes avant et après, et ce que cela change. Plusieurs actions peuvent recevoir la même chose.
    """
    from pivot_cli.plan.not_found import NoSuchActionError
    from pivot_cli.record.recording import Typed
    from pivot_cli.screens.noted import noted_page
    from pivot_cli.suivi.etat import Portrait
    from pivot_cli.suivi.horizon import look_at

    folder = edge.plan_folder(plan)
    asked = (statut, le, note_, par, resultat, realisation, reporter, motif, resolution, porteur)
    try:
        held, filed = (_prepared if essai else _written)(folder, Typed(*asked, budget_prevu, budget_reel), ids)
    except NoSuchActionError as unknown:
        raise _meant(unknown) or unknown from None
    try:
        portrait = Portrait(held.plan, look_at(held.plan, edge.today()), ())
        edge.emit(noted_page(filed, portrait, edge.width(), essai=essai), None)
        flush()
    except OSError as refused:
        if essai or not filed.files:
            raise
        say_it_is_kept([file.shown for file in filed.files], refused, "seul l'affichage a échoué. Ne recommencez pas.")
    return edge.warn(held.plan, held.findings)


def _meant(unknown: NoSuchActionError) -> PivotError | None:
    """The error that gives the line that was meant, where a word that is no action was another value's."""
    import re

    from pivot_cli.cli_french.errors import no_such_value

    is_id = re.match(r"[0-9]+\.[a-zA-Z]", unknown.wanted)
    return None if is_id else no_such_value(unknown.wanted, "une action", app.line)


def _prepared(folder: Path, typed: Typed, ids: list[str]) -> tuple[Held, Filed]:
    """The plan, and what the record changes in it."""
    from pivot_cli.plan.names import orientation_file
    from pivot_cli.record.filing import Held, file_record

    trees: dict[str, Tree | None] = {orientation_file(id_.split(".")[0]): None for id_ in ids}
    files, plan, findings = edge.read_plan(folder, trees=trees)
    held = Held(plan, findings, files, trees, partial(judged, plan))
    return held, file_record(typed, ids, held, edge.today())


def judged(plan: Plan, place: Place, was: Place | None) -> list[Finding]:
    """The faults of an action alone, and of its change: what is recorded waits for nobody else's fault."""
    from pivot_cli.checks.edition import Edition
    from pivot_cli.checks.edits import check_edit
    from pivot_cli.checks.plan import check

    now = plan.only(place)
    return [*check(now), *(check_edit(Edition(plan.only(was), now)) if was else ())]


def _written(folder: Path, typed: Typed, ids: list[str]) -> tuple[Held, Filed]:
    """The same, written."""
    from pivot_cli.record.writing import Exchange

    def prepare() -> tuple[tuple[Held, Filed], list[Exchange]]:
        held, filed = _prepared(folder, typed, ids)
        return (held, filed), [
            Exchange(folder / file.name, file.old, file.new, file.shown, file.by_hand) for file in filed.files
        ]

    return keep(folder, prepare)


@consigner(
    "remind",
    "relance",
    example=("pivot remind --responsable DG", "pivot remind --format eml -o rappels"),
    typed_for_it="rappel rappels relances relancer courriel",
)
def remind(
    filters: Filters,
    au: Au = None,
    horizon: Horizon = None,
    format_: Annotated[
        Literal["texte", "md", "eml"], typer.Option("--format", help="La forme : à coller, ou brouillon de courriel.")
    ] = "texte",
    sortie: Annotated[Path | None, option("DOSSIER", "Y écrit un fichier par responsable.", "--sortie", "-o")] = None,
    plan: Dossier = None,
) -> int:
    """Un rappel courtois pour chaque responsable, prêt à coller ou à envoyer soi-même.

    Ce qui est passé ou proche, par objectif, avec cinq réponses à cocher. Rien n'est envoyé.
    """
    from pivot_cli.outputs.reminders import FORMS, recording, reminders, without_address
    from pivot_cli.suivi.phrases import asked_in_words

    _refuse_a_file(sortie, format_)
    portrait, findings = edge.portrait_at(au, plan, horizon)
    selection = filters.selection(portrait.plan)
    others = selection._replace(responsables=())
    everyone = selection.responsables or tuple(portrait.plan.registre)
    rappels = reminders(others.cut(portrait), everyone, asked_in_words(others, inside=True))
    if not rappels:
        among = asked_in_words(selection, inside=True)
        asked = f" parmi celles demandées ({among})" if among else ""
        say(f"Rien à rappeler{NBSP}: aucune échéance n'est passée ni proche{asked}.")
    elif sortie is not None:
        _write(rappels, format_, sortie, plan)
    elif format_ == "eml" and len(rappels) > 1:
        remedy = "Donnez-lui un dossier avec -o DOSSIER, ou choisissez un responsable avec --responsable."
        raise edge.misused("un brouillon de courriel est un fichier par responsable.", remedy)
    else:
        texts = (FORMS[format_][0](rappel).replace("\r\n", "\n") for rappel in rappels)
        edge.emit(f"\n{'-' * 72}\n\n".join(texts), None, format_)
    if rappels:
        say(recording(rappels), without_address(rappels) if format_ == "eml" else "")
    return edge.warn(portrait.plan, findings)


def _refuse_a_file(folder: Path | None, form: str) -> None:
    """Raise PivotError for the folder of a plan, and for one that is named as a file: reminders are one for each
    responsable.
    """
    from pivot_cli.escaping import shell_line
    from pivot_cli.plan.names import ORGANISME

    if folder and (folder / ORGANISME).exists():
        message = f"{clean(str(folder))} est le dossier d'un plan{NBSP}: un rappel n'y a pas sa place."
        raise edge.misused(message, f"Nommez un autre dossier{NBSP}: -o rappels. Rien n'est écrit.")
    ending = edge.ending_of(folder) if folder else ""
    if folder and ending in edge.ENDINGS.values() and not folder.is_dir():
        named = next((known for known in ("texte", "md", "eml") if edge.ENDINGS[known] == ending), form)
        remedy = f"Nommez un dossier{NBSP}: --format {named} -o {shell_line(folder.stem)}"
        raise edge.misused(f"{quoted(folder.name)} est le nom d'un fichier, et il y a un rappel par fichier.", remedy)


def _write(rappels: Sequence[Rappel], form: str, folder: Path, plan: str | None) -> None:
    """Write each reminder to its file, none of them over the plan."""
    from pivot_cli.outputs.reminders import FORMS, file_names
    from pivot_cli.record.writing import write_whole

    files = [folder / name for name in file_names(rappels, form)]
    for file in files:
        edge.refuse_over_the_plan(file, plan)
    folder.mkdir(parents=True, exist_ok=True)
    for rappel, file in zip(rappels, files, strict=True):
        write_whole(file, FORMS[form][0](rappel).encode(), folder)
    say(f"Écrit{NBSP}: {counted(len(rappels), 'rappel')} dans {inline(str(folder))}. Rien n'est envoyé.")
