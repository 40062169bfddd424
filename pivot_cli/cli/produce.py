"""To give the plan to others: `agenda`, `report`, `export`."""

from __future__ import annotations

from functools import partial
from pathlib import Path  # Typer reads the annotation
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

import typer

from pivot_cli.cli import edge
from pivot_cli.cli.app import (
    Au,
    Dossier,
    Filters,
    Separateur,
    Sortie,
    Texte,
    Textes,
    flag,
    form_unless_named,
    option,
    produire,
)
from pivot_cli.cli.kept import keep, kept_by_git, left_to_keep, say_it_is_kept
from pivot_cli.cli_french import say
from pivot_cli.cli_french.streams import flush, width
from pivot_cli.escaping import shell_line
from pivot_cli.text import NBSP, clean, one_line, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pivot_cli.documents.agenda import AgendaRequest, OrdreDuJour
    from pivot_cli.plan.model import Plan


@produire(
    "agenda",
    "odj",
    example=(
        'pivot agenda --date 2020-01-15 --heure "19 h" --duree 2h -o ordre-du-jour.html',
        'pivot agenda --date 2020-01-15 --heure "19 h" --inscrire -o ordre-du-jour.html',
        "pivot agenda --date 2020-01-15 --precedente 2019-12-18 -o ordre-du-jour.docx",
        "pivot agenda --date 2020-01-15 --dossier 3.gou.1 --dossier 2.gou.1.2 -o ordre-du-jour.docx --suites suites.md",
        "pivot agenda --type aga --date 2020-06-15 --exercice 2019-2020",
    ),
    typed_for_it="ordre-du-jour ordre réunion conseil",
)
def agenda(
    type_: Annotated[
        Literal["ca", "aga"], typer.Option("--type", help="Le conseil d'administration, ou l'assemblée générale.")
    ] = "ca",
    date: Annotated[Texte, option("DATE", "Le jour (sinon, la prochaine réunion connue).")] = None,
    precedente: Annotated[Texte, option("DATE", "Le jour de la réunion d'avant.")] = None,
    heure: Annotated[Texte, option("HEURE", "L'heure du début : 19 h, 19 h 30.")] = None,
    duree: Annotated[Texte, option("DURÉE", "La durée voulue : 2 h, 90 min.")] = None,
    exercice: Annotated[Texte, option("EXERCICE", "L'exercice dont l'assemblée voit le bilan.")] = None,
    dossier: Annotated[
        Textes, option("ID", "Un objectif ou une action à décider, à la place de ce qui est proposé.")
    ] = None,
    inscrire: Annotated[bool, flag("--inscrire", "Garde la réunion dans reunions.yaml, et ses dossiers.")] = False,
    remplacer: Annotated[
        bool, flag("--remplacer", "Avec --inscrire, même si le plan dit une autre heure, durée ou d'autres dossiers.")
    ] = False,
    suites: Annotated[
        Path | None,
        option("FICHIER", "Écrit aussi ce qui pourra être consigné après la séance (suites.md, suites.xlsx)."),
    ] = None,
    format_: Annotated[Literal["md", "html", "docx", "pdf"] | None, form_unless_named("md")] = None,
    sortie: Sortie = None,
    plan: Dossier = None,
) -> int:
    """L'ordre du jour d'un conseil, ou d'une assemblée.

    C'est un projet, à relire. Le plan stratégique y est : où il en est, les engagements du conseil, les décisions à
    prendre. L'annexe prépare les commandes qui consignent ce qui aura été décidé. Avec --inscrire, la réunion est
    gardée dans le plan. Un PDF (-o ordre-du-jour.pdf) se fait avec le Chromium, le Chrome ou l'Edge de
    l'ordinateur.
    """
    from pivot_cli.cli.past import Past
    from pivot_cli.documents.agenda import AgendaRequest
    from pivot_cli.plan.hours import parse_hour, parse_length
    from pivot_cli.plan.model import Plan

    day = edge.day_named(date, "--date") if date is not None else None
    before = edge.day_named(precedente, "--precedente") if precedente is not None else None
    starts = _minutes("--heure", heure, parse_hour, "19 h 30")
    lasts = _minutes("--duree", duree, parse_length, "2 h")
    if exercice is not None and type_ != "aga":
        raise edge.misused("--exercice ne s'applique qu'à l'assemblée générale.", "Retirez-le, ou ajoutez --type aga.")
    if remplacer and not inscrire:
        message = "--remplacer dit d'écrire autrement une réunion inscrite, et rien n'est à inscrire."
        raise edge.misused(message, "Ajoutez --inscrire, ou retirez --remplacer.")
    if dossier and type_ == "aga":
        raise edge.misused("--dossier ne s'applique pas à l'assemblée générale.", "Retirez-le, ou retirez --type aga.")
    past, chosen = Past(edge.plan_folder(plan)).since, tuple(dossier or ())
    asked = AgendaRequest(Plan(), edge.today(), type_, day, before, starts, lasts, exercice, chosen, past)
    out = _Out(format_ or "md", sortie, _named_md(suites), plan)
    if inscrire:
        return _entered(asked, out, replace=remplacer)
    _, loaded, findings = edge.check_plan(plan, errors_only=True, seen_from="parent")
    out.write(_made(asked._replace(plan=loaded, dossiers=_dossiers_named(loaded, chosen)), out))
    return edge.warn(loaded, findings)


class _Out(NamedTuple):
    """Where an agenda goes, in which form, and the file of what is recorded afterwards."""

    form: str
    sortie: Path | None
    suites: Path | None
    folder: str | None

    def write(self, made: tuple[Any, str | bytes, tuple[str, ...]]) -> None:
        """Show or write the agenda, then the file of what is recorded afterwards; say what who prepares the meeting
        should know.
        """
        agenda, after, notices = made
        edge.emit(agenda, self.sortie, self.form)
        if self.suites is not None:
            edge.emit(after, self.suites, "md")
        say(*notices)


def _named_md(suites: Path | None) -> Path | None:
    """The file of what is recorded afterwards; raises PivotError for one that is no text and no sheet."""
    if suites is not None and suites.suffix.lower() not in ("", ".md", ".txt", ".xlsx"):
        message = f"ce qui est à consigner s'écrit en texte, et {quoted(clean(suites.name))} n'en est pas un nom."
        raise edge.misused(message, f"Écrivez par exemple{NBSP}: --suites {suites.stem}.md")
    return suites


def _dossiers_named(plan: Plan, ids: Sequence[str]) -> tuple[str, ...]:
    """The ids of the objectifs and of the actions that people name so; raises PivotError for what is neither."""
    from pivot_cli.plan.not_found import no_such_action, no_such_objectif
    from pivot_cli.suivi.decisions import id_of

    for wanted in ids:
        if not id_of(plan, wanted):
            long = wanted.strip(".").count(".") >= len(plan.noms) - 1
            raise no_such_action(plan, wanted) if long else no_such_objectif(plan, wanted)
    return tuple(dict.fromkeys(id_of(plan, wanted) for wanted in ids))


def _entered(asked: AgendaRequest, out: _Out, *, replace: bool) -> int:
    """The agenda shown, and its meeting entered in the plan, which is left as it was where no agenda can be made."""
    from pivot_cli.documents.agenda.meeting import find_meeting
    from pivot_cli.plan.names import REUNIONS
    from pivot_cli.plan.sources import file_label, read_folder
    from pivot_cli.record.known import Known
    from pivot_cli.record.meetings import Meeting, enter
    from pivot_cli.record.writing import Exchange
    from pivot_cli.screens.noted import entered_in_words

    place = edge.plan_folder(out.folder)
    label, read = edge.plan_label(place), partial(edge.check_files, errors_only=True)
    shown = file_label(label, REUNIONS)

    def prepare() -> tuple[Any, list[Exchange]]:
        files, plan, findings = edge.check_plan(out.folder, errors_only=True, seen_from="parent")
        day, chosen = find_meeting(asked._replace(plan=plan)).held_on, _dossiers_named(plan, asked.dossiers)
        own = plan.reunions.aga if asked.type == "aga" else plan.reunions.ca
        meeting = Meeting(asked.type, day, asked.heure, asked.duree, chosen, replace, one_line(own.nom or ""))
        entered, plan, findings = enter(meeting, Known(files, plan, findings, read), shown)
        made = _made(asked._replace(plan=plan, day=day, dossiers=chosen), out)
        change = Exchange(place / REUNIONS, entered.old, entered.new, shown, entered.by_hand)
        return (entered, plan, findings, made), [change] if entered.hunks else []

    entered, plan, findings, made = keep(place, prepare)
    try:
        out.write(made)
        flush()
    except OSError as refused:
        if not entered.hunks:
            raise
        say_it_is_kept([shown], refused, "seul l'ordre du jour ne l'est pas. Recommencer n'y ajoute rien.")
    left = left_to_keep(place, read_folder(place, label), kept_by_git(place, label)) if entered.hunks else ""
    say(entered_in_words(entered, width(), left))
    return edge.warn(plan, findings)


def _made(asked: AgendaRequest, out: _Out) -> tuple[Any, str | bytes, tuple[str, ...]]:
    """The agenda that was asked for, in its form, what is recorded afterwards, and what who prepares the meeting should
    know.
    """
    from pivot_cli.documents.agenda.values import Suites
    from pivot_cli.documents.registry import DOCUMENTS
    from pivot_cli.escaping import shell_word

    document, own = DOCUMENTS["agenda"], edge.own_templates(out.folder)
    made: OrdreDuJour = document.build(asked)
    after: str | bytes = ""
    written = _written(made, document.templates, out.form, out.sortie, own)
    if out.suites is not None and out.suites.suffix.lower() == ".xlsx":
        after = _suites_sheet(asked.plan, made)
    elif out.suites is not None:
        from pivot_cli.documents.rendering.filling import render

        after = render(
            "agenda/suites", Suites(made.entete, shell_word(out.suites.name), made.suites, made.mots), "md", own
        )
    return written, after, made.avis


def _suites_sheet(plan: Plan, made: OrdreDuJour) -> bytes:
    """The sheet of what the meeting may decide, to fill in once it did."""
    from datetime import date

    from pivot_cli.cli.sheets import workbook_of
    from pivot_cli.suivi.etat import portrait
    from pivot_cli.suivi.sheets import Sorte, sheet

    day = date.fromisoformat(made.entete.au_iso)
    seen = portrait(plan, day)
    by_id = {one.id: one for one in seen.situations}
    some = [by_id[id_] for id_ in dict.fromkeys(suite.id for suite in made.suites)]
    if not some:
        raise edge.misused("cet ordre du jour ne fait rien décider du plan.", "Retirez --suites.")
    return workbook_of(sheet(some, seen, Sorte.SUITES, meeting=day))


def _minutes(option: str, text: str | None, parse: Callable[[str], int | None], example: str) -> int | None:
    """What an option of hour or length says; raises PivotError when it is not understood."""
    minutes = None if text is None else parse(text)
    if text is not None and minutes is None:
        message = f"{option} : {quoted(clean(text))} n'est pas compris."
        raise edge.misused(message, f'Écrivez par exemple : {option} "{example}"')
    return minutes


def _written(made: Any, name: str, form: str, sortie: Path | None, own: Path, gabarit: Path | None = None) -> Any:
    """A document in its form, from the template of that name or the one that is given; raises PivotError."""
    from pivot_cli.documents.rendering.forms import written

    if form in _IN_A_FILE and sortie is None:
        file = shell_line(f"{Path(name).name}.{form}")
        raise edge.misused(f"{_IN_A_FILE[form]} ne s'affiche pas à l'écran.", f"Donnez-lui un nom{NBSP}: -o {file}")
    as_page = shell_line(str(sortie.with_suffix(".html"))) if sortie else ""
    otherwise = f"Faites plutôt -o {as_page}; ouvrez ce fichier dans un navigateur, et imprimez-le en PDF."
    return written(made, name, form, own, gabarit=gabarit, otherwise=otherwise)


_IN_A_FILE = {"docx": "un document Word", "pdf": "un PDF"}


@produire(
    "report",
    "rapport",
    example=(
        "pivot report -o situation.html",
        "pivot report sommaire --changements-depuis 2019-12-01 -o sommaire.html",
        "pivot report bilan --exercice 2019-2020 -o bilan.docx",
        "pivot report bilan --du 2019-04-01 --au 2020-03-31 --format md",
    ),
    typed_for_it="rapports document documents imprimer",
)
def report(
    filters: Filters,
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="complet, sommaire ou bilan.")] = "complet",
    changements_depuis: Annotated[Texte, option("DATE", "Le sommaire dit ce qui a changé depuis.")] = None,
    exercice: Annotated[Texte, option("EXERCICE", "Le bilan d'un exercice : 2019-2020.")] = None,
    du: Annotated[Texte, option("DATE", "Le bilan d'une période, de ce jour à --au.")] = None,
    gabarit: Annotated[Path | None, option("FICHIER", "Votre gabarit, en HTML ou en Markdown.")] = None,
    au: Au = None,
    format_: Annotated[Literal["md", "html", "docx", "json", "pdf"] | None, form_unless_named("md")] = None,
    sortie: Sortie = None,
    plan: Dossier = None,
) -> int:
    """L'état d'avancement : complet, sommaire ou bilan.

    Le complet est interne, le sommaire est pour le conseil, le bilan est public. Seul le document complet peut ne
    montrer qu'une partie du plan (de `--responsable` à `--apres`); seul le bilan va aussi en Word (-o bilan.docx).
    Un PDF (-o sommaire.pdf) se fait avec le Chromium, le Chrome ou l'Edge de l'ordinateur.
    """
    from pivot_cli.cli.past import Past
    from pivot_cli.documents.exercice import NO_FISCAL_YEAR, read_exercice
    from pivot_cli.documents.registry import check_form, check_options, find_document
    from pivot_cli.documents.values import Request

    wanted = find_document(document)
    given = {f"--{name}": value for name, value in filters._asdict().items()}
    check_options(wanted, given | {"--changements-depuis": changements_depuis, "--exercice": exercice, "--du": du})
    form = format_ or "md"
    check_form(wanted, form)
    day, first = edge.day_named(au), edge.day_named(du, "--du") if du is not None else None
    since = edge.day_named(changements_depuis, "--changements-depuis") if changements_depuis else None
    _, loaded, findings = edge.check_plan(plan, seen_from="parent")
    kept, past = filters.selection(loaded), Past(edge.plan_folder(plan))
    asked = Request(loaded, tuple(findings), day, edge.today(), kept, since, exercice, past.since, past.known_on, first)
    values = wanted.build(asked)
    if exercice and read_exercice(exercice, loaded.organisme.conventions).avis:
        say(NO_FISCAL_YEAR)
    own = edge.own_templates(plan)
    edge.emit(_written(values, wanted.templates, form, sortie, own, gabarit), sortie, form)
    return edge.warn(loaded, findings)


@produire(
    "export",
    example=("pivot export -o plan.csv", 'pivot export --separateur ";" -o plan.csv'),
    typed_for_it="exporter tableur csv excel",
)
def export(
    filters: Filters,
    au: Au = None,
    format_: Annotated[Literal["json", "csv"] | None, form_unless_named("json")] = None,
    separateur: Separateur = None,
    partage: Annotated[
        bool, flag("--partage", "Sans ce qui est interne : personnes, notes, motifs, décisions, liens, durées.")
    ] = False,
    sortie: Sortie = None,
    plan: Dossier = None,
) -> int:
    """Tout le plan, pour un tableur ou un autre programme.

    Avec l'état calculé de chaque action. Dans un CSV, une apostrophe précède le signe (=, +, - ou @) qui ferait
    d'un texte une formule, au début du texte ou après une virgule ou un point-virgule; qui relit le texte l'enlève.
    """
    from pivot_cli.outputs.exports import actions_csv, export_object, shared

    form = format_ or "json"
    whole, findings = edge.portrait_at(au, plan, form=form)
    selection = filters.selection(whole.plan)
    portrait = selection.cut(whole)
    if form == "csv":
        made: Any = actions_csv(portrait.situations, portrait.plan, partage=partage)
    else:
        made = export_object(portrait, selection)
        made = shared(made, portrait.plan) if partage else made
    edge.emit(made, sortie, form, separateur)
    return edge.warn(portrait.plan, findings)
