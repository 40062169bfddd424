"""`pivot init`: what a plan that begins holds, how its document was understood, what is left to answer."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from pivot_cli.escaping import shell_line
from pivot_cli.plan.sources import file_label
from pivot_cli.screens.page import FAINT, STRONG, Page
from pivot_cli.text import NBSP, capitalized, counted, each_counted, listed, quoted, truncate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pivot_cli.intake.draft import Draft, NodeDraft
    from pivot_cli.intake.files import Question
    from pivot_cli.intake.report import Report
    from pivot_cli.received.cells import Left

_LONG_RUN = 4  # columns
_MOST = 12  # of what a section shows; the JSON has all


def init_page(report: Report, width: int, *, essai: bool, source: str) -> Page:
    """The plan that is made, or that would be (`essai`), of a document or of answers alone."""
    page, draft = Page(width), report.draft
    page.pair(f"{report.dossier} · {_size(report)}", "essai" if essai else "", STRONG)
    if source:
        names = listed([quoted(name) for name in report.sheets])
        sheets = f", feuille{'s' if len(report.sheets) > 1 else ''} {names}" if names else ""
        page.paragraph(f"Tiré de {quoted(source)}{sheets}.")
    if report.ancien:
        page.paragraph(f"À la suite de {report.ancien.label}.")
    if essai or not source:
        _tree(page, draft)
    if essai:
        _columns(page, draft)
        _people(page, draft)
    _carried_over(page, report)
    _questions(page, report.made.questions, report.dossier)
    _left(page, report.laisses)
    page.blank()
    if essai:
        page.paragraph("Essai : rien n'est écrit.", style=STRONG)
    return page


def _size(report: Report) -> str:
    """« 5 orientations, 11 volets, 27 objectifs, 93 actions », in the nouns of the plan."""
    counts, niveaux = report.counts, report.draft.niveaux
    keys = ("orientation", "volet", "objectif", "action")
    return ", ".join(
        each_counted(*((counts[f"{key}s"], getattr(niveaux, key).nom, getattr(niveaux, key).pluriel) for key in keys))
    )


def _tree(page: Page, draft: Draft) -> None:
    page.heading("CE QUI EST LU" if any(draft.actions()) else "LE PLAN")
    for orientation in draft.orientations:
        _node(page, orientation, draft, 2)


def _node(page: Page, node: NodeDraft, draft: Draft, indent: int) -> None:
    number = node.reference or (node.code if node.level == "volet" else str(node.numero))
    count = draft.niveaux.action.counted(len(list(node.every_action())))
    room = page.width - indent - len(count) - 3
    page.pair(f"{' ' * indent}{truncate(f'{number}  {node.titre}', room)}", count)
    for child in node.children:
        _node(page, child, draft, indent + 2)


def _columns(page: Page, draft: Draft) -> None:
    """Each header once, and what it was taken for."""
    seen = Counter((header, role) for _, header, role in draft.understood)
    if not seen:
        return
    page.heading("COLONNES")
    for (role, times), group in groupby(seen.items(), lambda one: (one[0][1], one[1])):
        headers = [quoted(truncate(header, 40)) for (header, _), _ in group]
        more = f" ({counted(times, 'tableau', 'tableaux')})" if times > 1 else ""
        page.paragraph(f"{_run_of(headers)} → {role}{more}", indent=2, hanging=2)


def _run_of(headers: list[str]) -> str:
    """« 2024 » à « 2027 », of columns side by side that are taken alike."""
    return listed(headers) if len(headers) < _LONG_RUN else f"{headers[0]} à {headers[-1]}"


def _people(page: Page, draft: Draft) -> None:
    if not draft.responsables:
        return
    page.heading("RESPONSABLES")
    for who in draft.responsables:
        alias = f"; alias proposés{NBSP}: {', '.join(who.alias)}" if who.alias else ""
        page.paragraph(f"{who.code}  {who.nom}{alias}", indent=2, hanging=4)


def _carried_over(page: Page, report: Report) -> None:
    """What became of what the plan before left to this one; what it left in silence."""
    if report.ancien is None:
        return
    nom, folder = report.ancien.plan.niveaux.action, report.ancien.label
    found = [one for one in report.reprises if one.reprise]
    left = [one for one in report.reprises if not one.reprise]
    page.heading("CE QUI EST REPRIS")
    none = f"{capitalized(nom.aucun)} n'y est {nom.agreed('reconduit')}."
    page.paragraph(f"{nom.counted(len(found), 'repris')}." if report.reprises else none, indent=2)
    for one in left[:_MOST]:
        between = f" (entre {listed(list(one.entre), 'et')})" if one.entre else ""
        page.paragraph(f"À rattacher{NBSP}: {one.id} {one.description}{between}", indent=2, hanging=2)
    if len(left) > _MOST:
        page.paragraph(f"et {counted(len(left) - _MOST, 'autre')}{NBSP}: --format json", indent=2)
    if left:
        example = quoted(f"suite_de: {left[0].id}")
        page.paragraph(f"Sous {nom.le} qui en reprend {nom.pick('un', 'une')}, écrivez {example}.", indent=2)
    if number := report.ancien.open:
        verb = "ne sont pas" if number > 1 else "n'est pas"
        said = f"{nom.counted(number)} {verb} {nom.agreed('fermé', number)}"
        way = shell_line("pivot", "list", "--a-fermer", "--plan", folder)
        page.paragraph(f"Dans {folder}, {said}{NBSP}: {way}", indent=2, hanging=2)


def _questions(page: Page, questions: Sequence[Question], folder: str) -> None:
    """The questions, numbered, each with the line where its answer goes."""
    if not questions:
        return
    page.heading(f"QUESTIONS ({len(questions)})")
    for number, one in enumerate(questions[:_MOST], 1):
        where = f" [{one.endroit}]" if one.endroit else ""
        page.paragraph(f"{number}. {one.texte}{where}", indent=2, hanging=3)
        page.paragraph(f"{file_label(folder, one.fichier)}, ligne {one.ligne}", indent=5, style=FAINT)
    if len(questions) > _MOST:
        page.paragraph(
            f"et {counted(len(questions) - _MOST, 'autre')}{NBSP}: cherchez « À COMPLÉTER » dans les fichiers.",
            indent=2,
        )


def _left(page: Page, left: Sequence[Left]) -> None:
    """What is not in the plan: how much for each reason, and the first places."""
    reasons: dict[str, list[str]] = {}
    for one in left:
        reasons.setdefault(one.pourquoi, []).append(one.endroit)
    if not reasons:
        return
    page.heading("LAISSÉ HORS DU PLAN")
    for why, places in reasons.items():
        unique = list(dict.fromkeys(places))
        shown = listed([*unique[:3], *([counted(len(unique) - 3, "autre")] if len(unique) > 3 else [])])
        page.paragraph(f"{capitalized(why)}{NBSP}: {shown}", indent=2, hanging=2)
    page.paragraph("Le texte de chacun : --format json", indent=2, style=FAINT)


def next_page(report: Report, width: int, kept: str) -> Page:
    """What to do once the plan is written; `kept` says what became of its history."""
    page, folder = Page(width), report.dossier
    if kept:
        page.paragraph(kept)
    plan = [] if folder == "plan" else ["--plan", folder]
    page.paragraph(f"Ensuite{NBSP}: {shell_line('pivot', 'validate', *plan)}")
    if report.made.questions:
        page.paragraph(f"Ce qui est à compléter{NBSP}: {shell_line('pivot', 'list', '--a-completer', *plan)}")
        sheet = shell_line("pivot", "list", "--a-completer", *plan, "-o", "questions.xlsx")
        back = shell_line("pivot", "note", "--de", "questions.xlsx", *plan)
        page.paragraph(f"En feuille à remplir{NBSP}: {sheet}; au retour{NBSP}: {back}")
    return page
