"""`pivot note`: the lines before and after, and what they change; and those of a meeting that was entered."""

from collections.abc import Collection, Sequence

from pivot_cli.finding import PivotError
from pivot_cli.record.filing import Filed
from pivot_cli.record.meaning import Sort
from pivot_cli.record.meetings import Entered
from pivot_cli.record.outcome import Outcome
from pivot_cli.record.surgery import Hunk, lines_by_hand
from pivot_cli.record.taken_back import TakenBack, in_short, told_in_words
from pivot_cli.screens.page import FAINT, STRONG, Page
from pivot_cli.suivi import phrases
from pivot_cli.suivi.etat import Portrait, situation
from pivot_cli.suivi.proposals import pending
from pivot_cli.text import NBSP, capitalized, clean, counted, day_in_words, one_line, paragraph, truncate

_LABELS = 9  # columns for « ajouté », « avant »…


def noted_page(filed: Filed, portrait: Portrait, width: int, left: str = "", *, essai: bool = False) -> Page:
    """What was recorded (or would be, with `essai`), action by action, then the lines of each file, and what is `left`
    to do.
    """
    page = Page(width)
    for one in filed.actions:
        _action(page, one, portrait)
    for file in filed.files:
        for hunk in file.hunks:
            _lines(page, file.shown, hunk)
    page.blank()
    for remark in dict.fromkeys(remark for one in filed.actions for remark in one.remarks):
        page.paragraph(one_line(remark), hanging=2)
    if not filed.files and not all(one.judged for one in filed.actions):
        page.paragraph("Rien à défaire : git a déjà ce qui est écrit. Pour le corriger :")
        page.add(f'  pivot note {filed.actions[0].place.id} --corriger "Pourquoi", avec ce qui est juste')
    elif not filed.files:
        page.paragraph("Rien à écrire : le plan le dit déjà.")
    elif essai:
        page.paragraph("Essai : rien n'est écrit. Pour l'écrire, refaites la commande sans --essai.")
    else:
        page.paragraph("C'est écrit.")
    for line in left.splitlines():
        page.add(line) if line.startswith(" ") else page.paragraph(line)
    return page


def answers_page(
    outcomes: Sequence[Filed | PivotError], portrait: Portrait, width: int, left: str = "", *, essai: bool = False
) -> Page:
    """Several answers: what each changed, in a line or two; those that could not be recorded, and why; what is left."""
    page = Page(width)
    filed = [one for one in outcomes if not isinstance(one, Exception)]
    for some in filed:
        for one in some.actions:
            _action(page, one, portrait, brief=True)
        for line in (line for file in some.files for hunk in file.hunks for line in hunk.added):
            page.paragraph(clean(line.strip()), indent=4, hanging=2)
    refused = [one for one in outcomes if isinstance(one, Exception)]
    if refused:
        page.blank()
        page.paragraph("À REVOIR", style=STRONG)
    for fault in refused:
        page.paragraph(capitalized(fault.message), indent=2, hanging=2)
        for line in fault.remedy.splitlines():
            page.paragraph(line, indent=4, hanging=2)
    page.blank()
    number = sum(bool(some.files) for some in filed)
    said = counted(number, "réponse consignée", "réponses consignées")
    if essai:
        would = counted(number, "réponse serait consignée", "réponses seraient consignées")
        said = f"Essai : rien n'est écrit. {would}"
    known = len(filed) - number
    said += f", {known} déjà au plan" if known else ""
    page.paragraph(f"{said}; {len(refused)} à revoir." if refused else f"{said}.")
    for line in left.splitlines():
        page.add(line) if line.startswith(" ") else page.paragraph(line)
    return page


def returned_page(
    name: str,
    taken: TakenBack,
    portrait: Portrait,
    width: int,
    left: str = "",
    *,
    accepted: Sequence[Filed | PivotError] = (),
    essai: bool = False,
) -> Page:
    """A sheet that came back: what each line records, what is `accepted` of what is proposed and what is to be decided,
    what is to be seen again or was only read.
    """
    page = Page(width)
    page.paragraph(f"{one_line(name)}{NBSP}: {in_short(taken, portrait.plan, essai=essai)}", hanging=2, style=STRONG)
    for one in taken.lines:
        if one.outcome and (made := one.outcome.edit):
            page.blank()
            _action(page, one.outcome, portrait, brief=True)
            for line in lines_by_hand(made):
                page.paragraph(clean(line), indent=4, hanging=2)
    decided = [one for filed in accepted if not isinstance(filed, Exception) for one in filed.actions]
    _accepted(page, decided, [one for one in accepted if isinstance(one, Exception)], portrait)
    _proposed(page, taken, {one.place.id for one in decided})
    told = [(cell, one.line.id) for one in taken.lines for cell in one.told]
    told += [(cell, "") for cell in taken.aside]
    for heading, sorts in (("À REVOIR", (Sort.REFUSED, Sort.HELD)), ("LU, NON CONSIGNÉ", (Sort.READ,))):
        some = [(cell, id_) for cell, id_ in told if cell.sort in sorts]
        if some:
            page.heading(heading)
        for cell, id_ in some:
            page.paragraph(told_in_words(cell, id_), indent=2, hanging=2)
            said, _, command = one_line(cell.remedy).partition(f"{NBSP}: pivot ")
            page.paragraph(f"{said}{NBSP}:" if command else said, indent=4, hanging=2)
            if command:  # whole, to be copied
                page.add(f"      pivot {command}")
    page.blank()
    if essai:
        page.paragraph("Essai : rien n'est écrit. Pour l'écrire, refaites la commande sans --essai.")
    else:
        written = taken.filed.files or any(not isinstance(one, Exception) and one.files for one in accepted)
        page.paragraph("C'est écrit." if written else "Rien à écrire.")
    for line in left.splitlines():
        page.add(line) if line.startswith(" ") else page.paragraph(line)
    return page


def _accepted(page: Page, decided: Sequence[Outcome], refused: Sequence[PivotError], portrait: Portrait) -> None:
    """What is accepted, and recorded as decided; what could not be, and why."""
    if decided or refused:
        page.heading("DÉCIDÉ")
    for one in decided:
        _action(page, one, portrait, brief=True)
        for line in lines_by_hand(one.edit) if one.edit else ():
            page.paragraph(clean(line), indent=4, hanging=2)
    for fault in refused:
        page.paragraph(capitalized(fault.message), indent=2, hanging=2)
        for line in fault.remedy.splitlines():
            page.paragraph(line, indent=4, hanging=2)


def _proposed(page: Page, taken: TakenBack, decided: Collection[str]) -> None:
    """What the sheet proposes and is not decided, and how it is accepted."""
    made = [one.outcome for one in taken.lines if one.outcome and one.line.id not in decided]
    found = [(one, note) for one in made if (note := pending(one.action))]
    if not found:
        return
    page.heading("PROPOSÉ, À DÉCIDER")
    for outcome, note in found:
        page.paragraph(f"{outcome.place.id}  {one_line(note.note)}", indent=2, hanging=2)
    page.paragraph(f"Accepter{NBSP}: pivot note --accepter {found[0][0].place.id}, ou --accepter tout", indent=2)


def _action(page: Page, one: Outcome, portrait: Portrait, *, brief: bool = False) -> None:
    """An action, `brief` on a line, and where it stands before and after."""
    nom = portrait.plan.niveaux.action
    title = f"{one.place.id} {phrases.title_of(one.place.action)}"
    page.paragraph(truncate(title, page.width) if brief else title, hanging=2, style=STRONG)
    before, after = (
        phrases.etat_in_words(situation(place, portrait.look), portrait) for place in (one.place, one.new_place)
    )
    if one.added:
        page.paragraph(f"{capitalized(nom.agreed('ajouté'))}{NBSP}: {after}", indent=2)
    elif one.removed:
        gone, it = capitalized(nom.agreed("retiré")), nom.pick("il", "elle")
        page.paragraph(f"{gone}{NBSP}: {it} n'était pas encore dans l'historique", indent=2)
    else:
        page.paragraph(capitalized(after if before == after else f"{before} → {after}"), indent=2)


def _lines(page: Page, file: str, hunk: Hunk) -> None:
    """Lines of a file that changed."""
    page.blank()
    page.paragraph(f"{file}, ligne {hunk.line}", style=FAINT)
    _changed(page, hunk)


def _changed(page: Page, hunk: Hunk) -> None:
    """Lines that changed, under the one that stands above them, without the indentation that they share."""
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


def entered_in_words(entered: Entered, width: int, left: str) -> str:
    """What became of a meeting: where it is, the lines that changed, and what is `left` to do."""
    done = ("Changée" if entered.hunks else "Déjà inscrite") if entered.known else "Inscrite"
    where = f"{done}{NBSP}: {entered.meeting.name}, dans {entered.shown}, ligne {entered.line}."
    if not entered.hunks:
        return f"{where}\nRien à y écrire."
    page = Page(width)
    for hunk in entered.hunks:
        _changed(page, hunk)
    near, where_near = entered.neighbour, ""
    if near and near.date:
        which = "Une autre assemblée" if entered.meeting.is_assembly else "Une autre réunion"
        there = f"{which} est inscrite le {day_in_words(near.date.fin)}, ligne {near.origin.at().line}"
        where_near = f"{there}{NBSP}: si c'est elle qui change de jour, effacez-la.\n"
    return f"{where}\n{page.render(colour=False)}{where_near}{left}".rstrip("\n")
