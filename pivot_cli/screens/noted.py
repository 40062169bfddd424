"""`pivot note`: the lines before and after, and what they change."""

from pivot_cli.record.filing import Filed
from pivot_cli.record.recording import Recorded
from pivot_cli.record.surgery import Hunk
from pivot_cli.screens.page import FAINT, STRONG, Page
from pivot_cli.suivi import phrases
from pivot_cli.suivi.etat import Portrait, situation
from pivot_cli.text import capitalized, clean, one_line, paragraph, truncate

_LABELS = 9  # columns for « ajouté », « avant »…


def noted_page(filed: Filed, portrait: Portrait, width: int, *, essai: bool = False) -> Page:
    """What was recorded (or would be, with `essai`), action by action, then the lines of each file."""
    page = Page(width)
    for one in filed.actions:
        _action(page, one, portrait)
    for file in filed.files:
        for hunk in file.hunks:
            _lines(page, file.shown, hunk)
    page.blank()
    for remark in dict.fromkeys(remark for one in filed.actions for remark in one.remarks):
        page.paragraph(one_line(remark), hanging=2)
    if not filed.files:
        page.paragraph("Rien à écrire : le plan le dit déjà.")
    elif essai:
        page.paragraph("Essai : rien n'est écrit. Pour l'écrire, refaites la commande sans --essai.")
    else:
        page.paragraph("C'est écrit.")
    return page


def _action(page: Page, one: Recorded, portrait: Portrait) -> None:
    """An action, and where it stands before and after."""
    page.paragraph(f"{one.place.id} {phrases.title_of(one.place.action)}", hanging=2, style=STRONG)
    places = (one.place, one.place._replace(action=one.action))
    before, after = (phrases.etat_in_words(situation(place, portrait.look), portrait) for place in places)
    page.paragraph(capitalized(after if before == after else f"{before} → {after}"), indent=2)


def _lines(page: Page, file: str, hunk: Hunk) -> None:
    """Lines that changed, under the one that stands above them, without the indentation that they share."""
    page.blank()
    page.paragraph(f"{file}, ligne {hunk.line}", style=FAINT)
    kept = [line for line in (*hunk.removed, *hunk.added, hunk.before) if line.strip()]
    shared = min((len(line) - len(line.lstrip()) for line in kept), default=0)
    if hunk.before.strip():
        above = truncate(clean(hunk.before[shared:].rstrip()), page.width - _LABELS)
        page.add(f"{'  sous':<{_LABELS}}{above}", FAINT)
    before, after = "avant" if hunk.added else "retiré", "après" if hunk.removed else "ajouté"
    for label, lines in ((before, hunk.removed), (after, hunk.added)):
        for rank, line in enumerate(lines):
            margin = _LABELS + len(line[shared:]) - len(line[shared:].lstrip(" "))
            first, *rest = paragraph(clean(line.strip()), page.width, margin, 2) or [""]
            for shown in (f"  {'' if rank else label:<{_LABELS - 2}}{first[_LABELS:]}", *rest):
                page.add(shown)
