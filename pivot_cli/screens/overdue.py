"""`pivot overdue`: the passed échéances, objectif by objectif."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from pivot_cli.plan.model import Registre, Responsable
from pivot_cli.screens.blocks import People, action_rows, column_widths, legend, opened, readings
from pivot_cli.screens.page import FAINT, STRONG, Page
from pivot_cli.suivi import phrases, when
from pivot_cli.suivi.etat import Etat, Portrait, Situation, by_etat, by_objectif, due
from pivot_cli.suivi.selection import Selection
from pivot_cli.text import NBSP, capitalized, day_in_words, listed, one_line, truncate


def overdue_page(portrait: Portrait, selection: Selection, width: int, today: date, *, soon: bool = False) -> Page:
    """The passed échéances of a selection; with `soon`, what falls due within the horizon as well."""
    own, people = selection.keep(portrait), selection.responsables
    passed, near = due(own), when.soonest_first(one for one in own if one.etat is Etat.PROCHE)
    page = opened(f"{_whose(portrait, selection)} · échéances passées", portrait, width, today)
    page.paragraph(phrases.kept_in_words(selection._replace(responsables=(), orientations=()), own, portrait.plan))
    page.paragraph(phrases.recorded(own, portrait.plan.niveaux.action))
    page.paragraph(_summary(passed, own, people, portrait))
    if portrait.over:
        page.paragraph(phrases.time_over(portrait), style=STRONG)
    if passed:
        _dossiers(page, passed, portrait, people)
    if soon:
        _soon(page, near, portrait, people)
    page.blank()
    legend(page, [*passed, *(one for one in own if soon and one.etat is Etat.PROCHE)], portrait.plan, people)
    readings(page, passed)
    page.blank()
    if near and near[0].prochaine and not soon:
        next_one = f"{near[0].id} {phrases.title_of(near[0].action).rstrip('.')}"
        page.paragraph(f"Ensuite, d'ici le {day_in_words(near[0].prochaine)}{NBSP}: {next_one}.", hanging=2)
    _undated(page, own)
    if passed:
        first = by_objectif(passed)[0].situations[0]
        page.paragraph(f"Texte complet{NBSP}: pivot show {first.id}", hanging=2)
        page.paragraph(f"Consigner{NBSP}: {phrases.command_to_record(first)}", hanging=2)
    return page


def _whose(portrait: Portrait, selection: Selection) -> str:
    names = (f"{who.nom} ({who.code})" if who.label == who.code else who.nom for who in selection.responsables)
    name = (
        listed(list(map(one_line, names))) or one_line(portrait.plan.organisme.nom) or phrases.plan_title(portrait.plan)
    )
    numbers = [str(number) for number in selection.orientations]
    return f"{name}, {portrait.plan.niveaux.orientation.named(numbers)} {listed(numbers)}" if numbers else name


def _summary(passed: Sequence[Situation], own: Sequence[Situation], people: People, portrait: Portrait) -> str:
    """How many have passed, and whether they are shared."""
    nom = portrait.plan.niveaux.action
    if not own:
        none = f"{capitalized(nom.aucun)} du plan ne correspond à cette demande."
        return none if portrait.plan.places else phrases.no_action(portrait.plan)
    if not passed:
        return f"Aucune échéance n'est passée le {day_in_words(portrait.au)}, sur {nom.counted(len(own))}."
    said = f"{nom.counted(len(passed))} sur {len(own)}"
    shares = ", ".join(_shares(passed, people[0], portrait.plan.registre)) if len(people) == 1 else ""
    if any(one.etat is Etat.EN_RETARD for one in passed):
        after = f" {capitalized(shares).removesuffix('.')}." if shares else ""
        return f"{said}{NBSP}: {phrases.passed_in_words(passed, nom)}.{after}"
    if shares:
        return f"{said}{NBSP}: {shares.removesuffix('.')}."
    bulk = phrases.comment_on(Etat.A_CONFIRMER, passed, nom)
    return f"{said}, {bulk}." if bulk else f"{said}."


def _shares(passed: Sequence[Situation], who: Responsable, registre: Registre) -> Iterator[str]:
    """How many a responsable has alone, with whom they share most, and with others."""
    partners = [tuple(code for code in registre.codes(one.action.responsables) if code != who.code) for one in passed]
    if () in partners:
        yield f"{partners.count(())} sans autre responsable"
    shared = [codes for codes in partners if codes]
    if not shared:
        return
    code, number = Counter(code for codes in shared for code in codes).most_common(1)[0]
    most = registre.find(code)
    yield f"{number} avec {phrases.label_of(most) if most else one_line(code)}"
    if len(shared) > number:
        yield f"{len(shared) - number} avec d'autres"


def _dossiers(page: Page, passed: Sequence[Situation], portrait: Portrait, people: People) -> None:
    widths, niveaux = column_widths(page, passed, portrait.plan, people), portrait.plan.niveaux
    page.blank()
    if not page.narrow:
        page.columns(
            ("Réf.", capitalized(niveaux.action.nom), "Échéance", "Avec" if people else "Responsables"),
            widths,
            FAINT,
        )
    for dossier in by_objectif(passed):
        since, titre = when.elapsed_since(dossier.situations, portrait), phrases.heading_of(dossier.place, niveaux)
        if page.narrow:
            page.blank()
            page.paragraph(f"{dossier.id} {titre}", hanging=2, style=STRONG)
            page.paragraph(phrases.since_first(dossier.situations, portrait), indent=2)
        else:
            title = truncate(titre, page.width - len(dossier.id) - len(since) - 4)
            page.pair(f"{dossier.id}  {title}", since, STRONG)
        action_rows(page, dossier.situations, portrait.plan, people, widths=widths)


def _soon(page: Page, near: Sequence[Situation], portrait: Portrait, people: People) -> None:
    until = day_in_words(portrait.look.horizon_end)
    if near:
        page.heading(f"À échéance d'ici le {until}")
        action_rows(page, near, portrait.plan, people)
    else:
        page.blank()
        page.paragraph(f"Rien n'arrive à échéance d'ici le {until}.")


def _undated(page: Page, own: Sequence[Situation]) -> None:
    """What can never be late, so that nobody thinks it forgotten."""
    of = by_etat(own)
    parts = [f"{len(of[Etat.EN_CONTINU])}{NBSP}en continu"] if of[Etat.EN_CONTINU] else []
    undated = filter(None, (of[Etat.A_COMMENCER], of[Etat.A_DETERMINER]))
    parts += [f"{len(some)}{NBSP}{when.wordings(some) or 'à déterminer'} ({_first_ids(some)})" for some in undated]
    page.paragraph(f"Sans date{NBSP}: {', '.join(parts)}." if parts else "", hanging=2)
    again: dict[str, list[Situation]] = {}
    for one in (one for etat in (Etat.PROCHE, Etat.EN_COURS, Etat.A_VENIR) for one in of[etat]):
        if when.recurrent(one.action):
            again.setdefault(when.rhythms([one]), []).append(one)
    kinds = [f"{len(some)}{NBSP}{rhythm} ({_first_ids(some)})" for rhythm, some in again.items()]
    page.paragraph(f"À refaire{NBSP}: {', '.join(kinds)}." if kinds else "", hanging=2)


def _first_ids(some: Sequence[Situation]) -> str:
    return ", ".join(one.id for one in some[:4]) + "…" * (len(some) > 4)
