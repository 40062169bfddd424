"""`pivot validate`: the faults of a plan, each at its place with what to do about it."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from pivot_cli.finding import GRAVITE_IN_WORDS, Finding, Gravite, SourceText, alike, numbers
from pivot_cli.plan.model import Plan
from pivot_cli.screens.page import FAINT, STRONG, Page, around
from pivot_cli.text import NBSP, clean, counted, listed, one_line

READ_IN_TWO_WAYS = "PIV302"
_NEAR = 1000  # characters of a line that are looked at, on each side of a fault: a line may hold millions
_ELSEWHERE = 6  # other places that are named


def faults_page(
    plan: Plan,
    findings: Sequence[Finding],
    width: int,
    texts: Mapping[str, SourceText] | None = None,
    *,
    strict: bool = False,
    remarks: bool = False,
) -> Page:
    """Every finding, in the order given, then what they amount to.

    With the `texts` of the files, the line of each fault is shown with the fault marked under it. What is only
    good to know comes last, once for all the places that it is true of, and waits while there is an error: the
    last thing that a terminal shows is then what is to be mended. The wordings that can be read in two ways are those
    of the adopted document, which nobody will change: one line says how many there are. `remarks` asks for everything
    that is good to know, in full. `strict` says that warnings count.
    """
    page = Page(width)
    for finding in findings:
        if finding.gravite is not Gravite.INFO:
            page.blank()
            _finding(page, finding, texts or {})
    told = alike(finding for finding in findings if finding.gravite is Gravite.INFO)
    wait = not remarks and any(finding.gravite is Gravite.ERREUR for finding in findings)
    wordings = [] if remarks else [some for some in told if some[0].code == READ_IN_TWO_WAYS]
    in_full = [] if wait else [some for some in told if some not in wordings]
    if in_full:
        page.heading("REMARQUES, sans rien à corriger")
    for first, *others in in_full:
        _finding(page, first, {}, others)
    page.blank()
    if told and wait:
        page.paragraph("Les remarques paraîtront quand il n'y aura plus d'erreur.", style=FAINT)
    elif wordings:
        read = "se lit" if len(wordings) == 1 else "se lisent"
        places = sum(map(len, wordings))  # what the conclusion counts
        where = f", en {counted(places, 'endroit')}," if places > len(wordings) else ""
        said = f"{counted(len(wordings), 'formulation')} du plan{where} {read} de plus d'une façon"
        command = "pivot validate --remarques"  # which no line breaks, to be pasted
        if len(said) + len(command) + 3 <= page.width:
            page.add(f"{said}{NBSP}: {command}", FAINT)
        else:
            page.paragraph(f"{said}{NBSP}:", style=FAINT)
            page.add(f"  {command}", FAINT)
    page.paragraph(conclusion(plan, findings, strict=strict), style=STRONG)
    return page


def _finding(page: Page, finding: Finding, texts: Mapping[str, SourceText], elsewhere: Sequence[Finding] = ()) -> None:
    where, what = one_line(str(finding.location)), f"{GRAVITE_IN_WORDS[finding.gravite][0]} {finding.code}"
    fits = len(where) + len(what) + 2 <= page.width
    for line in (f"{where}  {what}",) if fits else (where, f"  {what}"):
        page.add(line, STRONG)
    page.paragraph(one_line(finding.message), indent=2)
    _excerpt(page, finding, texts)
    if elsewhere:
        places = [f"{one.location.file}:{one.location.line}" for one in elsewhere[:_ELSEWHERE]]
        more = len(elsewhere) - _ELSEWHERE
        places += [f"et {counted(more, 'autre endroit', 'autres endroits')}"] if more > 0 else []
        page.paragraph(f"Aussi{NBSP}: {', '.join(places)}.", indent=2, hanging=2)
    remedy, *to_paste = finding.remedy.rstrip().split("\n")
    page.paragraph(one_line(remedy), indent=2, style=FAINT)
    for line in to_paste:
        page.add(line)


def _excerpt(page: Page, finding: Finding, texts: Mapping[str, SourceText]) -> None:
    """The line of a fault with the fault marked under it; nothing for a fault of a whole file."""
    where = finding.location
    source = texts.get(where.file)
    line = source.line_text(where.line) if source else ""
    if not line or line.isspace() or (where.line, where.column) == (where.end_line, where.end_column) == (1, 1):
        return
    end = where.end_column - 1 if where.end_line == where.line else len(line.rstrip())
    gutter = f"  {where.line} | "
    shown, start, end = window(line, where.column - 1, end, page.width - len(gutter))
    page.add(gutter + shown)
    page.add(" " * (len(gutter) - 2) + "| " + " " * cells(shown[:start]) + "^" * max(cells(shown[start:end]), 1))


def window(line: str, start: int, end: int, room: int) -> tuple[str, int, int]:
    """What of a line fits in `room` characters, with the fault in it, and where the fault stands there.

    Tabs and control characters each stay one character, so that the mark falls under the fault.
    """
    cut = max(start - _NEAR, 0) if len(line) > 3 * _NEAR else 0
    text = clean(re.sub(r"\s", " ", line[cut : cut + 3 * _NEAR])).rstrip()
    start, end = min(start - cut, len(text)), min(end - cut, len(text))
    indent = min(len(text) - len(text.lstrip()), start) if len(text) > room else 0
    return around(text[indent:], start - indent, end - indent, room)


def cells(text: str) -> int:
    """How many columns of a terminal a text takes: two for a wide character, none for a combining one."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(unicodedata.combining(character) != 0 for character in text)


def conclusion(plan: Plan, findings: Sequence[Finding], *, strict: bool = False) -> str:
    """Whether the plan is well formed, and what was read."""
    gravites = {finding.gravite for finding in findings}
    found = listed(numbers(findings))
    read = plan.niveaux.action.counted(len(plan.places), "lu")
    if plan.unread:
        missing = "ce fichier n'a" if len(plan.unread) == 1 else "ces fichiers n'ont"
        read += f"; {missing} pas pu être lu{'s' * (len(plan.unread) > 1)} en entier : {listed(plan.unread)}"
    if Gravite.ERREUR in gravites:
        return f"{found}. {read}."
    if strict and Gravite.AVERTISSEMENT in gravites:
        return f"{found}, et les avertissements comptent (--strict). {read}."
    also = f" {found.capitalize()}." if found else ""
    return f"Le plan est valide{NBSP}: {read}, aucune erreur.{also}"
