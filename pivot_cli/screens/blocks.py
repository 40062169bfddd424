"""What several screens lay out in the same way: the opening, levels, lists of actions, readings."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

from pivot_cli.echeance import Echeance
from pivot_cli.plan.model import Plan, Responsable
from pivot_cli.screens.page import FAINT, STRONG, Page, Widths
from pivot_cli.suivi import phrases, when
from pivot_cli.suivi.etat import Portrait, Situation
from pivot_cli.suivi.selection import Tri
from pivot_cli.text import (
    NBSP,
    capitalized,
    counted,
    day_in_words,
    interval_in_words,
    one_line,
    paragraph,
    quoted,
    truncate,
)

People = tuple[Responsable, ...]


def opened(title: str, portrait: Portrait, width: int, today: date) -> Page:
    """A page that begins with its title and the day, then what everything after them must be read with."""
    page = Page(width)
    page.pair(title, f"au {day_in_words(portrait.au)}", STRONG)
    page.paragraph(phrases.incomplete(portrait.plan), style=STRONG)
    page.paragraph(phrases.as_recorded_today(portrait, today))
    return page


def levels(one: Situation, plan: Plan) -> Iterator[tuple[str, str]]:
    """The levels that an action is in, from the top, with their titles."""
    for level in one.place.levels:
        noun = getattr(plan.niveaux, level.key)
        own = "" if level.key == "volet" else level.id.rpartition(".")[2]
        number = phrases.number_in_document(level.reference, noun) or own
        yield f"{capitalized(noun.nom)} {number}".rstrip(), one_line(level.titre)


_WORDING_WIDTH = 19  # « Décembre 2020-2021 » and one more
_NAMES_WIDTH = 22


def column_widths(
    page: Page, situations: Iterable[Situation], plan: Plan, without: People = (), *, day: bool = True
) -> Widths:
    """The widths of id, action, échéance (with its `day` or not) and names that suit all of these actions."""
    together = list(situations)
    people = {one.action.responsables for one in together}
    heading = "Avec" if without else "Responsables"
    ids = max(map(len, ("Réf.", *(one.id for one in together))))
    wordings = (when.echeance_in_words(one, day=day) for one in together)
    wording = min(_WORDING_WIDTH, max(map(len, ("Échéance", *wordings))))
    labels = (phrases.labels(some, plan.registre, without) for some in people)
    names = min(_NAMES_WIDTH, max(map(len, (heading, *labels))))
    return ids, page.width - 2 - ids - wording - names - 6, wording, names


def action_rows(
    page: Page,
    situations: Sequence[Situation],
    plan: Plan,
    without: People = (),
    *,
    widths: Widths | None = None,
    tell: Callable[[Situation], str] | None = None,
) -> None:
    """A line for each action: its id, what it is, its échéance, who has it (but for those of `without`); under
    one another on a narrow page. `widths` align them with other rows. What is to `tell` of it comes under it: by
    default, what is recorded of one that is open.
    """
    widths = widths or column_widths(page, situations, plan, without)
    for one in situations:
        action = one.action
        who = phrases.labels(action.responsables, plan.registre, without)
        due = when.echeance_in_words(one, day=tell is None)  # an état tells the day
        if page.narrow:
            page.paragraph(f"{one.id} · {due}", indent=2)
            page.paragraph(phrases.title_of(action), indent=4)
            page.paragraph("" if who == "–" else f"{'avec ' if without else ''}{who}", indent=4)
        else:
            title = truncate(phrases.title_of(action), widths[1])
            page.columns((one.id, title, _cell(due, widths[2]), _cell(who, widths[3])), widths)
        page.paragraph(tell(one) if tell else _news(one, plan), indent=4 if page.narrow else widths[0] + 4)


def _news(one: Situation, plan: Plan) -> str:
    """What is recorded of an open action: its statut or when it was last done, and the latest note."""
    action = one.action
    if not one.open:
        return ""
    told = bool(action.statut or phrases.times_done(action))
    parts = [phrases.news_of(action, plan.niveaux.action, dated=True)] if told else []
    if latest := phrases.latest_note(action):
        parts.append(f"{phrases.noted(latest)}{NBSP}: {one_line(latest.note)}")
    return capitalized("; ".join(parts))


def actions_section(
    page: Page,
    situations: Sequence[Situation],
    portrait: Portrait,
    tri: Tri = "plan",
    asked: Mapping[str, str] | None = None,
) -> None:
    """The actions in their order (`selection.in_order`), each with where it stands, and what is `asked` of it, a line
    each, by its id; under their objectif in that of the plan, under who has them in that of the responsables.
    """

    def tell(one: Situation) -> str:
        said = capitalized(phrases.etat_in_words(one, portrait))
        lacking = (asked or {}).get(one.id, "").replace("\n", "; ")
        return f"{said}. À compléter{NBSP}: {lacking}" if lacking else said

    plan = portrait.plan
    widths = column_widths(page, situations, plan, day=False)
    page.blank()
    if not page.narrow:
        page.columns(("Réf.", capitalized(plan.niveaux.action.nom), "Échéance", "Responsables"), widths, FAINT)
    groups = list(phrases.under_headings(situations, plan, tri))
    for heading, some in groups:
        if len(groups) > 1:
            page.paragraph(heading if page.narrow else truncate(heading, page.width), hanging=2, style=STRONG)
        action_rows(page, some, plan, widths=widths, tell=tell)
    page.blank()
    legend(page, situations, plan)


@lru_cache(maxsize=4096)
def _cell(text: str, width: int) -> tuple[str, ...]:
    return tuple(paragraph(text, width))


def legend(page: Page, situations: Iterable[Situation], plan: Plan, without: People = ()) -> None:
    """What each short name on the page stands for."""
    names = [f"{label}{NBSP}: {name}" for label, name in phrases.short_names(situations, plan, without)]
    page.paragraph(f"{'; '.join(names)}." if names else "", hanging=2, style=FAINT)


def readings(page: Page, situations: Iterable[Situation]) -> None:
    """How the échéances that do not say their last day by themselves were read, each wording once."""
    read = dict.fromkeys(one.action.echeance for one in situations if not when.due_again(one))
    dated = ((of, of.fin) for of in read if isinstance(of, Echeance) and not when.obvious(of))
    ends = dict.fromkeys(f"{quoted(one_line(of.texte))} jusqu'au {day_in_words(fin)}" for of, fin in dated if fin)
    page.paragraph(f"Lu{NBSP}: {', '.join(ends)}." if ends else "", hanging=2)


def doubtful_readings(page: Page, situations: Iterable[Situation]) -> None:
    """The échéances that can be read in more than one way, with an action that has them, and how they were."""
    ids: dict[Echeance, list[str]] = {}
    for one in situations:
        if isinstance(one.action.echeance, Echeance) and one.action.echeance.avis:
            ids.setdefault(one.action.echeance, []).append(one.id)
    said = []
    for of, (first, *others) in ids.items():
        more = f" et {counted(len(others), 'autre')}" if others else ""
        said.append(f"{quoted(one_line(of.texte))} ({first}{more}), lu {interval_in_words(of.debut, of.fin)}")
    page.paragraph(f"À vérifier{NBSP}: {'; '.join(said)}." if said else "", hanging=2)
