"""To record what happened, and to ask: `note`, `remind`."""

from __future__ import annotations

from pathlib import Path  # Typer reads the annotation
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pivot_cli.cli import edge
from pivot_cli.cli.answers import Said, answers_in, recorded, several
from pivot_cli.cli.app import (
    Au,
    Dossier,
    Filters,
    Horizon,
    Sortie,
    Texte,
    Textes,
    app,
    consigner,
    flag,
    form_unless_named,
    option,
)
from pivot_cli.cli.returned import Back
from pivot_cli.cli_french import say
from pivot_cli.text import NBSP, clean, counted, inline, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pivot_cli.finding import PivotError
    from pivot_cli.outputs.reminders import Rappel
    from pivot_cli.plan.not_found import NoSuchActionError


@consigner(
    "note",
    "noter",
    example=(
        'pivot note 2.gou.2.3 --statut réalisée --le "mai 2019"',
        'pivot note 1.adm.1.1 --note "Première rencontre tenue" --par Jeanne',
        'pivot note 4.adm.1.1 --reporter "Juin 2020" --motif "Le poste était vacant"',
        "pivot note 5.gou.2.1 --realisation 2020-01-15",
        'pivot note 1.adm.2.1 --attribuer "Agent de communication" --note "Le poste change de main"',
        'pivot note 1.adm.1.1 --corriger "Le document dit avril" --echeance "Avril 2020"',
        "pivot note --de suivi.csv -o retour.md",
        'pivot note --ajouter 1.adm.1 "Visiter les membres" --attribuer DG --echeance "Juin 2021"',
    ),
    typed_for_it="consigner écrire ajouter saisir suivi corriger attribuer réattribuer annuler défaire",
)
def note(
    said: Said,
    ids: Annotated[
        Textes, typer.Argument(metavar="ID…", help="L'id de l'action, comme 2.gou.3.2; avec --ajouter, sa description.")
    ] = None,
    de: Annotated[Texte, option("FICHIER", "Des réponses, une par ligne; « - » lit ce qu'on colle.")] = None,
    sauf: Annotated[Textes, option("ID", "Avec une feuille : laisse cette action de côté.")] = None,
    accepter: Annotated[
        Textes, option("ID", "Consigne comme décidé ce qui est proposé pour l'action; « tout » : pour toutes.")
    ] = None,
    annuler: Annotated[bool, flag("--annuler", "Remet l'action comme git la garde.")] = False,
    essai: Annotated[bool, flag("--essai", "Montre ce qui serait écrit, sans rien écrire.")] = False,
    format_: Annotated[Literal["texte", "json", "md"] | None, form_unless_named("texte")] = None,
    sortie: Sortie = None,
    plan: Dossier = None,
) -> int:
    """Consigne ce qui est arrivé à une action.

    Quelques lignes de son fichier changent, rien d'autre. Montre les lignes avant et après, et ce que cela change.
    Plusieurs actions peuvent recevoir la même chose. Avec `--corriger`, « aucun » retire ce qui n'était pas à
    consigner : `--statut aucun`. Avec `--de`, chaque ligne est ce qui suivrait `pivot note` : `2.gou.2.3 --statut
    réalisée --le "mai 2019"`.
    """
    from pivot_cli.plan.not_found import NoSuchActionError

    folder = edge.plan_folder(plan)
    if de is not None:
        back = Back(de, said.par, sauf or (), accepter or (), essai, format_ or "texte", sortie)
        return _several(folder, said, back, alone=not ids and not annuler)
    if sauf or sortie or format_ not in (None, "texte"):
        raise edge.misused("--sauf, --format et -o vont avec la feuille que --de lit.", "Retirez-les.")
    if accepter is not None:
        return _accepted(folder, [*accepter, *(ids or ())], said, essai=essai)
    if annuler and any(said):
        raise edge.misused("--annuler ne s'emploie pas avec ce qui est à consigner.", "Faites l'un, puis l'autre.")
    if not ids and (said.ajouter is None or annuler):
        from pivot_cli.cli_french.errors import without

        raise without("ID", app.line)
    try:
        return recorded(folder, tuple(ids or ()), None if annuler else said.typed(), essai=essai)
    except NoSuchActionError as unknown:
        raise _meant(unknown) or unknown from None


def _several(folder: Path, said: Said, back: Back, *, alone: bool) -> int:
    """Record the answers of a file, or a sheet; raises PivotError where something else is on the line."""
    from pivot_cli.cli.returned import SHEETS, take

    sheet = Path(back.file).suffix.lower() in SHEETS
    if not alone or any(said._replace(par=None) if sheet else said):
        remedy = "Mettez-la dans le fichier."
        raise edge.misused("--de lit des réponses, et il y en a une autre sur la ligne.", remedy)
    if sheet:
        return take(folder, back)
    if back.sauf or back.accepter or back.sortie or back.form != "texte":
        raise edge.misused("--sauf, --accepter, --format et -o vont avec une feuille.", "Retirez-les.")
    return several(folder, answers_in(back.file), essai=back.essai)


def _accepted(folder: Path, wanted: Sequence[str], said: Said, *, essai: bool) -> int:
    """Record as decided what was proposed of these actions."""
    from pivot_cli.record.deciding import accepted

    if any(said._replace(le=None, motif=None, resolution=None, note=None, par=None)):
        message = "--accepter consigne ce qui est proposé, et il y a autre chose sur la ligne."
        raise edge.misused(message, "Seuls --le, --resolution, --motif et --note s'y ajoutent.")
    plan = edge.read_plan(folder)[1]
    return several(folder, accepted(plan, wanted, edge.today(), said.typed()), essai=essai)


def _meant(unknown: NoSuchActionError) -> PivotError | None:
    """The error that gives the line that was meant, where a word that is no action was another value's."""
    import re

    from pivot_cli.cli_french.errors import no_such_value

    is_id = re.match(r"[0-9]+\.[a-zA-Z]", unknown.wanted)
    return None if is_id else no_such_value(unknown.wanted, "ID", app.line)


@consigner(
    "remind",
    "relance",
    example=(
        "pivot remind --responsable DG",
        "pivot remind --format eml -o rappels",
        "pivot remind --format eml --avec-feuille -o rappels",
    ),
    typed_for_it="rappel rappels relances relancer courriel",
)
def remind(
    filters: Filters,
    au: Au = None,
    horizon: Horizon = None,
    format_: Annotated[
        Literal["texte", "md", "eml"], typer.Option("--format", help="La forme : à coller, ou brouillon de courriel.")
    ] = "texte",
    avec_feuille: Annotated[
        bool, flag("--avec-feuille", "Joint à chaque brouillon (--format eml) la feuille à remplir.")
    ] = False,
    sortie: Annotated[Path | None, option("DOSSIER", "Y écrit un fichier par responsable.", "--sortie", "-o")] = None,
    plan: Dossier = None,
) -> int:
    """Un rappel courtois pour chaque responsable.

    Il est prêt à coller ou à envoyer soi-même. Ce qui est passé ou proche, par objectif, avec cinq réponses à
    cocher. Rien n'est envoyé.
    """
    from pivot_cli.outputs.reminders import recording, reminders, without_address, without_responsable
    from pivot_cli.suivi.phrases import asked_in_words

    _refuse_a_file(sortie, format_)
    made = _form(format_, with_sheet=avec_feuille)
    portrait, findings = edge.portrait_at(au, plan, horizon)
    selection = filters.selection(portrait.plan)
    others = selection._replace(responsables=())
    everyone = selection.responsables or tuple(portrait.plan.registre)
    rappels = reminders(others.cut(portrait), everyone, asked_in_words(others, portrait.plan, inside=True))
    if not rappels:
        among = asked_in_words(selection, portrait.plan, inside=True)
        asked = f" parmi celles demandées ({among})" if among else ""
        say(f"Rien à rappeler{NBSP}: aucune échéance n'est passée ni proche{asked}.")
    elif sortie is not None:
        _write(rappels, format_, sortie, plan, made)
    elif format_ == "eml" and len(rappels) > 1:
        remedy = "Donnez-lui un dossier avec -o DOSSIER, ou choisissez un responsable avec --responsable."
        raise edge.misused("un brouillon de courriel est un fichier par responsable.", remedy)
    else:
        texts = (made(rappel).replace("\r\n", "\n") for rappel in rappels)
        edge.emit(f"\n{'-' * 72}\n\n".join(texts), None, format_)
    told = [recording(rappels), without_address(rappels) if format_ == "eml" else ""] if rappels else []
    say(*told, "" if selection.responsables else without_responsable(others.cut(portrait)))
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


def _form(form: str, *, with_sheet: bool) -> Callable[[Rappel], str]:
    """What makes a reminder in its form; raises PivotError for a sheet where nothing can be joined to it."""
    from pivot_cli.outputs.reminders import FORMS

    if with_sheet and form != "eml":
        raise edge.misused("une feuille se joint à un brouillon de courriel.", "Ajoutez --format eml.")
    return _with_its_sheet if with_sheet else FORMS[form][0]


def _with_its_sheet(rappel: Rappel) -> str:
    """The draft of a reminder, with the sheet of what it is about."""
    from pivot_cli.cli.sheets import file_names, workbook_of
    from pivot_cli.outputs.reminders import Jointe, as_eml
    from pivot_cli.suivi.sheets import sheet

    who = rappel.responsable
    made = sheet(rappel.situations, rappel.portrait, who=who)
    return as_eml(rappel, Jointe(file_names([who], made.name)[0], workbook_of(made)))


def _write(rappels: Sequence[Rappel], form: str, folder: Path, plan: str | None, made: Callable[[Rappel], str]) -> None:
    """Write each reminder to its file, none of them over the plan."""
    from pivot_cli.outputs.reminders import file_names
    from pivot_cli.record.writing import write_whole

    files = [folder / name for name in file_names(rappels, form)]
    for file in files:
        edge.refuse_over_the_plan(file, plan)
    folder.mkdir(parents=True, exist_ok=True)
    for rappel, file in zip(rappels, files, strict=True):
        write_whole(file, made(rappel).encode(), folder)
    say(f"Écrit{NBSP}: {counted(len(rappels), 'rappel')} dans {inline(str(folder))}. Rien n'est envoyé.")
