"""`pivot validate`: the faults of a plan, each at its place with what to do about it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pivot_cli.finding import Gravite
from pivot_cli.terminal.page import FAINT, STRONG, Page
from pivot_cli.text import NBSP, counted, listed, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pivot_cli.finding import Finding
    from pivot_cli.model import Plan

_WORDS = {Gravite.ERREUR: "erreur", Gravite.AVERTISSEMENT: "avertissement", Gravite.INFO: "à savoir"}
_COUNTED = {
    Gravite.ERREUR: ("erreur", "erreurs"),
    Gravite.AVERTISSEMENT: ("avertissement", "avertissements"),
    Gravite.INFO: ("remarque", "remarques"),
}


def faults_page(plan: Plan, findings: Sequence[Finding], width: int) -> Page:
    """Every finding, in the order given, then what they amount to. What is only good to know is said once for
    all the places that it is true of.
    """
    page = Page(width)
    known: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if finding.gravite is Gravite.INFO:
            known.setdefault((finding.code, finding.message), []).append(finding)
        else:
            _one(page, finding)
    for same in known.values():
        _one(page, same[0], same[1:])
    page.blank()
    page.paragraph(conclusion(plan, findings), style=STRONG)
    return page


_ELSEWHERE = 6  # other places that are named


def _one(page: Page, finding: Finding, elsewhere: Sequence[Finding] = ()) -> None:
    where, what = one_line(str(finding.location)), f"{_WORDS[finding.gravite]} {finding.code}"
    if len(where) + len(what) + 2 > page.width:
        page.add(where, STRONG)
        page.add(f"  {what}", STRONG)
    else:
        page.add(f"{where}  {what}", STRONG)
    page.paragraph(one_line(finding.message), indent=2)
    if elsewhere:
        places = [f"{one.location.file}:{one.location.line}" for one in elsewhere[:_ELSEWHERE]]
        more = len(elsewhere) - _ELSEWHERE
        places += [f"et {counted(more, 'autre endroit', 'autres endroits')}"] if more > 0 else []
        page.paragraph(f"Aussi{NBSP}: {', '.join(places)}.", indent=2, hanging=2)
    page.paragraph(one_line(finding.remedy), indent=2, style=FAINT)


def conclusion(plan: Plan, findings: Sequence[Finding]) -> str:
    """Whether the plan is well formed, and what was read."""
    number = Counter(finding.gravite for finding in findings)
    read = counted(len(plan.places), "action lue", "actions lues")
    said = [counted(number[gravite], *_COUNTED[gravite]) for gravite in Gravite if number[gravite]]
    if number[Gravite.ERREUR]:
        return f"{listed(said)}. {read}."
    also = f" {listed(said).capitalize()}." if said else ""
    return f"Le plan est valide{NBSP}: {read}, aucune erreur.{also}"
