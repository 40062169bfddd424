"""The sheets that are sent to those who have actions: for one, for each of them, or of what the plan lacks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

from pivot_cli.cli import edge
from pivot_cli.cli.app import Texte, option
from pivot_cli.cli_french import say
from pivot_cli.text import NBSP, clean, counted, inline, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pivot_cli.plan.model import Responsable
    from pivot_cli.suivi.etat import Portrait, Situation
    from pivot_cli.suivi.selection import Selection, Tri
    from pivot_cli.suivi.sheets import Sheet


class Feuille(NamedTuple):
    """What is said of the sheets that are sent, each as it was typed."""

    retour_le: Annotated[Texte, option("DATE", "Avec -o suivi.xlsx : le jour où la feuille est attendue.")] = None
    retour_a: Annotated[Texte, option("QUI", "À qui la renvoyer : « la direction », « le secrétariat ».")] = None
    par_responsable: Annotated[
        Path | None, option("DOSSIER", "Y écrit une feuille par responsable, au lieu d'une seule.")
    ] = None


UNE_FEUILLE = Feuille()


def send(portrait: Portrait, selection: Selection, feuille: Feuille, sortie: Path | None, tri: Tri) -> None:
    """Write the sheet of what was selected, or one for each of those who have some of it."""
    from pivot_cli.suivi.selection import in_order
    from pivot_cli.suivi.sheets import to_fill

    if feuille.par_responsable is not None and sortie is not None:
        message = "--par-responsable écrit plusieurs feuilles, et -o n'en nomme qu'une."
        raise edge.misused(message, "Gardez l'un des deux.")
    if feuille.par_responsable is None and (sortie is None or edge.ending_of(sortie) != ".xlsx"):
        message = "une feuille à remplir s'écrit dans un classeur."
        raise edge.misused(message, f"Donnez-lui un nom{NBSP}: -o suivi.xlsx")
    edge.refuse_in_a_plan(sortie if feuille.par_responsable is None else feuille.par_responsable / "feuille.xlsx")
    kept = to_fill(in_order(selection.keep(portrait), portrait.plan, tri), selection)
    closed = len(selection.keep(portrait)) - len(kept)
    if not kept and selection.a_completer is not None:
        say("Rien n'est à compléter là; il n'y a pas de feuille à envoyer.")
        return
    if not kept:
        nom = portrait.plan.niveaux.action
        raise edge.misused(f"il n'y a {nom.aucun} à mettre dans une feuille.", _WIDER)
    if feuille.par_responsable is not None:
        _one_each(portrait, selection, kept, feuille, feuille.par_responsable)
    else:
        alone = selection.responsables[0] if len(selection.responsables) == 1 else None
        edge.emit(workbook_of(_made(kept, portrait, selection, feuille, alone)), sortie, "xlsx")
    if selection.a_completer is not None:
        _say_other_questions(portrait)
    if closed:
        nom = portrait.plan.niveaux.action
        which = f"{nom.counted(closed)} déjà {nom.agreed('fermé', closed)}"
        say(f"{which} n'y {'sont' if closed > 1 else 'est'} pas.")


def _say_other_questions(portrait: Portrait) -> None:
    """What the plan asks that is of no action: titles of levels, names of responsables."""
    from pivot_cli.checks.plan import check
    from pivot_cli.suivi.selection import questions

    asked = sum(finding.code == "PIV412" for finding in check(portrait.plan))
    if more := asked - sum(map(len, questions(portrait.plan).values())):
        others = f"{counted(more, 'autre question', 'autres questions')} du plan"
        say(f"{others} n'y {'sont' if more > 1 else 'est'} pas{NBSP}: pivot validate --remarques")


_WIDER = "Enlevez une des conditions, ou demandez celles qui sont fermées avec --etat."


def _made(
    kept: Sequence[Situation], portrait: Portrait, selection: Selection, feuille: Feuille, who: Responsable | None
) -> Sheet:
    from pivot_cli.suivi.selection import questions
    from pivot_cli.suivi.sheets import Retour, Sorte, asked_of, sheet

    awaited = edge.day_named(feuille.retour_le, "--retour-le") if feuille.retour_le is not None else None
    if awaited and awaited < portrait.au:
        message = f"--retour-le{NBSP}: ce jour est passé."
        raise edge.misused(message, "Donnez un jour qui vient, ou retirez l'option.")
    sorte = Sorte.SUIVI if selection.a_completer is None else Sorte.QUESTIONS
    sorte = Sorte.FIN if selection.a_fermer else sorte
    asked = asked_of(questions(portrait.plan), kept) if sorte is Sorte.QUESTIONS else {}
    retour = Retour(awaited, clean(feuille.retour_a or ""))
    return sheet(kept, portrait, sorte, retour=retour, who=who, questions=asked)


def workbook_of(made: Sheet) -> bytes:
    """The workbook; raises PivotError where what writes them is not installed."""
    try:
        from pivot_cli.outputs.workbook import workbook
    except ImportError:
        from pivot_cli.finding import not_installed

        raise not_installed("openpyxl", "les feuilles") from None
    return workbook(made)


def _one_each(
    portrait: Portrait, selection: Selection, kept: Sequence[Situation], feuille: Feuille, folder: Path
) -> None:
    """Write a sheet for each of those who have some of these actions, none of them over the plan."""
    from pivot_cli.record.writing import write_whole
    from pivot_cli.suivi.etat import by_responsable
    from pivot_cli.suivi.phrases import unassigned

    own, registre = by_responsable(kept, portrait.plan.registre), portrait.plan.registre
    everyone = selection.responsables or tuple(registre)
    asked = [who for who in everyone if own.get(who.code)]
    if not asked:
        raise edge.misused("personne n'a de ces actions.", _WIDER)
    made = [_made(own[who.code], portrait, selection, feuille, who) for who in asked]
    names = file_names(asked, made[0].name)
    for name in names:
        edge.refuse_over_the_plan(folder / name, None)
    folder.mkdir(parents=True, exist_ok=True)
    for name, one in zip(names, made, strict=True):
        write_whole(folder / name, workbook_of(one), folder)
    say(f"Écrit{NBSP}: {counted(len(names), 'feuille')} dans {inline(str(folder))}.")
    if not selection.responsables and (nobody := unassigned(kept, portrait.plan)):
        say(f"{nobody}.")


_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
_LONGEST_NAME = 80


def file_names(asked: Sequence[Responsable], what: str) -> list[str]:
    """« Suivi - Agent de communication.xlsx »: each another name, on a disk that ignores case too."""
    names: dict[str, str] = {}
    for who in asked:
        base = f"{what} - {_FORBIDDEN.sub(' ', one_line(who.nom or who.code))[:_LONGEST_NAME].strip(' .')}"
        stem, number = base, 2
        while stem.lower() in names:
            stem, number = f"{base} {number}", number + 1
        names[stem.lower()] = f"{stem}.xlsx"
    return list(names.values())
