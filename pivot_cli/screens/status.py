"""`pivot status`: the plan at a glance."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from pivot_cli.escaping import shell_line
from pivot_cli.screens.blocks import action_rows, doubtful_readings, opened
from pivot_cli.screens.page import STRONG, Page, table
from pivot_cli.suivi import phrases, when
from pivot_cli.suivi.etat import Etat, Portrait, by_objectif, due
from pivot_cli.suivi.horizon import plan_end
from pivot_cli.suivi.proposals import waiting
from pivot_cli.suivi.selection import Selection
from pivot_cli.text import NBSP, capitalized, counted, listed, month_in_words, one_line, quoted


class Around(NamedTuple):
    """What `--plan` is to be given for this plan, nothing if it is the one that is found without it; the folders of the
    others that are there.
    """

    dossier: str = ""
    others: tuple[str, ...] = ()


ALONE = Around()


def status_page(
    portrait: Portrait,
    width: int,
    today: date,
    selection: Selection | None = None,
    happened: str = "",
    *,
    around: Around = ALONE,
) -> Page:
    """The plan at a glance, or the part of it in the portrait, that a selection kept, and what `happened` of late."""
    nom = portrait.plan.niveaux.action
    page = opened(phrases.named_title(portrait.plan), portrait, width, today)
    page.paragraph(phrases.span_of(portrait.plan))
    page.paragraph(phrases.kept_in_words(selection, portrait.situations, portrait.plan))
    page.blank()
    page.paragraph(phrases.recorded(portrait.situations, nom))
    page.paragraph(f"{happened} (pivot changes)." if happened else "", hanging=2)
    if portrait.over:
        page.blank()
        page.paragraph(phrases.time_over(portrait), style=STRONG)
    _counts_section(page, portrait)
    _orientations_section(page, portrait)
    _closing_section(page, portrait, around.dossier)
    _proposed_section(page, portrait)
    _waiting_section(page, portrait)
    _near_section(page, portrait)
    _load_section(page, portrait)
    page.blank()
    passed = due(portrait.situations)
    if not portrait.over:
        doubtful_readings(page, passed)
    if passed and not portrait.over:
        page.paragraph(f"Détail{NBSP}: pivot overdue", hanging=2)
        page.paragraph(f"Consigner{NBSP}: {phrases.command_to_record(passed[0])}", hanging=2)
    if around.others:
        many = "Autres plans ici" if len(around.others) > 1 else "Autre plan ici"
        way = shell_line("pivot", "status", "--plan", around.others[0])
        page.paragraph(f"{many}{NBSP}: {listed([*map(quoted, around.others)])} ({way})", hanging=2)
    return page


def _counts_section(page: Page, portrait: Portrait) -> None:
    page.blank()
    rows, total = list(_counts(portrait)), len(portrait.situations)
    actions = portrait.plan.niveaux.action.pluriel
    if page.narrow:
        column = len(str(total)) + 2
        page.add("SITUATION", STRONG)
        for label, number, comment in rows:
            page.paragraph(f"{number:>{column}}  {label}", hanging=column + 2)
            page.paragraph(comment, indent=column + 2)
        page.add(f"{total:>{column}}  {actions}")
        return
    column = max(len(label) for label, _, _ in rows) + 2
    wide = max(len(actions), 7)
    page.add(f"{'SITUATION':<{column}}  {capitalized(actions):>{wide}}", STRONG)
    for label, number, comment in rows:
        page.beside(f"  {label:<{column - 2}}  {number:>{wide}}", comment, column + wide + 5)
    page.add(f"{'':<{column}}  {total:>{wide}}")


def _counts(portrait: Portrait) -> Iterator[tuple[str, int, str]]:
    """The lines of the counts: one for all that has passed, which is one figure everywhere."""
    rows = list(phrases.counts_in_words(portrait.situations, portrait))
    passed = [row for row in rows if row[0].passed]
    for etat, label, number, comment in rows:
        if len(passed) < 2 or not etat.passed:
            yield label, number, comment
        elif etat is passed[0][0]:
            all_passed = due(portrait.situations)
            yield "Échéance passée", len(all_passed), phrases.passed_in_words(all_passed, portrait.plan.niveaux.action)


# What « Par orientation » shows even where it is nothing.
_ALWAYS = ("Passée", "Proche", "Plus tard", "Sans date")


def _orientations_section(page: Page, portrait: Portrait) -> None:
    situations, niveaux, nom = portrait.situations, portrait.plan.niveaux, portrait.plan.niveaux.action
    rows = [
        (
            f"{of.numero} {phrases.orientation_heading(of, niveaux)}",
            phrases.by_group(s for s in situations if s.place.orientation is of),
        )
        for of in portrait.plan.orientations
    ]
    if len(situations) < len(portrait.plan.places):
        rows = [(title, numbers) for title, numbers in rows if any(numbers)]
    if not rows or len(portrait.plan.orientations) == 1:
        return
    groups = list(enumerate(phrases.GROUPS))
    kept = [n for n, (heading, _, _) in groups if heading in _ALWAYS or any(numbers[n] for _, numbers in rows)]
    title = f"PAR {niveaux.orientation.nom.upper()}"
    headings = (title, "Total", *(phrases.GROUPS[n][0] for n in kept))
    stacked = page.narrow or page.width - sum(len(heading) + 2 for heading in headings[1:]) < len(headings[0])
    page.blank()
    if not stacked:
        cells = [(f"  {title}", sum(numbers), *(numbers[n] for n in kept)) for title, numbers in rows]
        table(page, headings, cells, flexible=0)
    else:
        page.add(title, STRONG)
    for title, numbers in rows if stacked else ():
        page.paragraph(title, indent=2, hanging=2)
        page.paragraph(f"{nom.counted(sum(numbers))}{NBSP}: {phrases.groups_in_words(numbers, nom)}", indent=4)
    page.paragraph(_proche_in_words(portrait), indent=2)


def _proche_in_words(portrait: Portrait) -> str:
    """What parts « proche » from « plus tard »; nothing where no action is in either."""
    if not any(one.etat in (Etat.PROCHE, Etat.EN_COURS, Etat.A_VENIR) for one in portrait.situations):
        return ""
    until = when.short_day(portrait.look.horizon_end, portrait.au)
    return f"Proche{NBSP}: d'ici le {until}; plus tard{NBSP}: après."


_WAITING = 5  # objectifs that the plan at a glance names
_NEAR = 6  # actions that it names
_LOADED = 8  # responsables that it names


def _waiting_section(page: Page, portrait: Portrait) -> None:
    waiting = by_objectif(due(portrait.situations))
    if not waiting or len({id(place.objectif) for place in portrait.plan.places}) == 1:
        return
    page.heading(f"{portrait.plan.dossier.pluriel.upper()} QUI ATTENDENT DEPUIS LE PLUS LONGTEMPS{_among(portrait)}")
    totals = Counter(s.place.objectif_id for s in portrait.situations)
    rows = []
    for dossier in waiting[:_WAITING]:
        titre = phrases.heading_of(dossier.place, portrait.plan.niveaux)
        since = when.elapsed_since(dossier.situations, portrait)
        passed = f"{len(dossier.situations)} sur {totals[dossier.id]}"
        rows.append((f"  {dossier.id}", titre, passed, *filter(None, [since])))
        if page.narrow:
            page.paragraph(f"{dossier.id} {titre}", indent=2, hanging=2)
            page.paragraph(phrases.passed_among(dossier.situations, totals[dossier.id], portrait), indent=4)
    if not page.narrow:
        table(page, ("", "", "Passées", "Depuis")[: len(rows[0])], rows, flexible=1)
    more = len(waiting) - _WAITING
    if more > 0:
        page.paragraph(f"et {more} autre{'s' * (more > 1)}{NBSP}: pivot overdue", indent=2)


def _proposed_section(page: Page, portrait: Portrait) -> None:
    """What is proposed and waits for a decision, and how it is decided."""
    found = waiting(one.place for one in portrait.situations)
    if not found:
        return
    page.heading(f"PROPOSÉ, À DÉCIDER ({len(found)})")
    for place, note in found[:_NEAR]:
        page.paragraph(f"{place.id} {phrases.title_of(place.action)}", indent=2, hanging=2)
        page.paragraph(one_line(note.note), indent=4, hanging=2)
    if len(found) > _NEAR:
        page.paragraph(f"et {counted(len(found) - _NEAR, 'autre')}{NBSP}: pivot note --accepter tout --essai", indent=2)
    page.paragraph(f"Accepter{NBSP}: pivot note --accepter {found[0][0].id}", indent=2, hanging=2)


def _closing_section(page: Page, portrait: Portrait, dossier: str) -> None:
    """Of a plan whose time is over, what is left to close, and how; once all is, what comes."""
    if not portrait.over:
        return
    left = [one for one in portrait.situations if one.open]
    plan = ("--plan", dossier) if dossier else ()
    sheet = shell_line("pivot", "list", "--a-fermer", *plan, "-o", "fin.xlsx")
    if left:
        page.heading(f"À FERMER ({len(left)})")
        action_rows(page, left[:_NEAR], portrait.plan)
        if len(left) > _NEAR:
            more = counted(len(left) - _NEAR, "autre")
            page.paragraph(f"et {more}{NBSP}: {shell_line('pivot', 'list', '--a-fermer', *plan)}", indent=2)
        one = shell_line("pivot", "note", *plan, left[0].id, "--statut", "reconduite", "--le", _day_of(portrait))
        page.paragraph(f"Une à une{NBSP}: {one} (ou réalisée, ou abandonnée)", indent=2, hanging=2)
        back = shell_line("pivot", "note", *plan, "--de", "fin.xlsx")
        page.paragraph(f"Par une feuille{NBSP}: {sheet}", indent=2, hanging=2)
        page.paragraph(f"et à son retour{NBSP}: {back}", indent=4, hanging=2)
        return
    page.heading("POUR FINIR")
    ways = (
        ("Le bilan final", ("pivot", "report", "bilan", *plan, "-o", "bilan.html")),
        ("Le plan suivant", ("pivot", "init", "--suite-de", dossier or "plan")),
    )
    for what, words in ways:
        page.paragraph(f"{what}{NBSP}: {shell_line(*words)}", indent=2, hanging=2)


def _day_of(portrait: Portrait) -> str:
    """The month at which the plan ended, as a day that is recorded."""
    end = plan_end(portrait.plan)
    return month_in_words(end) if end else "mois année"


def _near_section(page: Page, portrait: Portrait) -> None:
    near = when.soonest_first(one for one in portrait.situations if one.etat is Etat.PROCHE)
    if near:
        page.heading(f"À ÉCHÉANCE D'ICI LE {when.short_day(portrait.look.horizon_end, portrait.au).upper()}")
        action_rows(page, near[:_NEAR], portrait.plan)
        if len(near) > _NEAR:
            page.paragraph(f"et {len(near) - _NEAR} de plus{NBSP}: pivot overdue --bientot", indent=2)


def _load_section(page: Page, portrait: Portrait) -> None:
    """Each responsable with something passed, the most loaded first, then what nobody has."""
    everyone = ((who, portrait.of(who)) for who in portrait.plan.registre)
    loads = [(len(due(some)), len(some), phrases.label_of(who)) for who, some in everyone]
    loaded = sorted((load for load in loads if load[0]), key=lambda load: load[:2], reverse=True)
    if loaded:
        page.heading(
            f"RESPONSABLES, échéances passées sur total{_among(portrait)} (partagées{NBSP}: comptées pour chacun)"
        )
        told = [f"{label}{NBSP}{passed}/{total}" for passed, total, label in loaded[:_LOADED]]
        more = len(loaded) - _LOADED
        page.paragraph(" · ".join([*told, counted(more, "autre")] if more > 0 else told), indent=2)
    if nobody := phrases.unassigned(portrait.situations, portrait.plan):
        page.blank()
        page.paragraph(f"{nobody}.")


def _among(portrait: Portrait) -> str:
    nom = portrait.plan.niveaux.action
    asked = f" parmi les {nom.pluriel} {nom.agreed('demandé', 2)}"
    return asked if len(portrait.situations) < len(portrait.plan.places) else ""
