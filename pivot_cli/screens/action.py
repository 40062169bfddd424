"""`pivot show`: one action in full, with where it stands in its file."""

from collections.abc import Iterator
from datetime import date

from pivot_cli.plan.model import LABELS, Action, Plan
from pivot_cli.plan.nouns import Nom
from pivot_cli.screens.blocks import levels, opened
from pivot_cli.screens.page import STRONG, Page
from pivot_cli.suivi import phrases, when
from pivot_cli.suivi.etat import Portrait, Situation
from pivot_cli.suivi.filiation import ALONE, Filiation, in_words
from pivot_cli.suivi.proposals import pending
from pivot_cli.text import NBSP, capitalized, one_line, quoted


def action_page(one: Situation, portrait: Portrait, width: int, today: date, filiation: Filiation = ALONE) -> Page:
    """Everything that the plan says of an action, and where it stands at the day; what it takes over from another plan,
    and what takes it over.
    """
    nom = portrait.plan.niveaux.action
    page, action = opened(f"{capitalized(nom.nom)} {one.id}", portrait, width, today), one.action
    page.paragraph(one_line(action.description), style=STRONG)
    page.blank()
    record = list(phrases.record_of(action, portrait.plan, ("suite_de",)))
    history = list(phrases.history_of(action, nom))
    number = [field for field in record if field[0] == LABELS["reference"]]
    record = [field for field in record if field not in number]
    for label, value in number:
        page.field(label, value)
    adopted_too = [LABELS[key] for key in ("etapes", "indicateurs")]
    since = [label for label, _ in (*record, *history) if label not in adopted_too]
    page.field("Avancement", _advance(action, since))
    page.field("État", phrases.etat_in_words(one, portrait))
    if note := pending(action):
        page.field("À décider", f"{one_line(note.note).rstrip('.')}. Accepter{NBSP}: pivot note --accepter {one.id}")
    for label, value in (*adopted(one, portrait.plan), *record, *history, *in_words(action, filiation)):
        page.field(label, value)
    _where(page, one, nom)
    return page


def _advance(action: Action, added: list[str]) -> str:
    """Whether anything says where the action stands; what else was written of it is not « nothing »."""
    if action.consignee:
        return "consigné, ci-dessous"
    return "pas encore de statut; le reste est ci-dessous" if added else "rien n'est consigné"


def adopted(one: Situation, plan: Plan) -> Iterator[tuple[str, str]]:
    """What the adopted document says of the action."""
    yield "Échéance", when.wording(one.action.echeance)
    read = when.reading_in_words(one.action.echeance, plan.organisme.conventions, plan.niveaux.action)
    if read:
        yield "Lecture", read
    if again := when.due_again(one):
        yield "Cette fois", when.awaited(one, again[1])
    yield "Responsables", phrases.people(one.action.responsables, plan) or "à attribuer"
    yield from levels(one, plan)


def _where(page: Page, one: Situation, nom: Nom) -> None:
    """Where to write what happened, as lines to copy."""
    action = one.action
    above = "echeance" if "echeance" in action.origin.keys else "description"
    where = action.origin.at(above)
    if not where.file:
        return
    page.blank()
    page.paragraph(f"{capitalized(nom.ce)} est dans {one_line(where.file)}, à la ligne {action.origin.at().line}.")
    if action.statut and action.statut.closed:
        return
    page.paragraph(f"Consigner{NBSP}: {phrases.command_to_record(one)}", hanging=2)
    block = where.line != action.origin.at("numero").line  # else several fields are on one line
    if not action.consignee and block:
        page.paragraph(f"Ou à la main, sous sa ligne {quoted(above)}, avec le même retrait{NBSP}:")
        once = ("statut: réalisée", "realisee_le: 12 mai 2020")
        for line in ("realisations: [12 mai 2020]",) if when.done_again(action) else once:
            page.add(" " * (where.column - 1 - len(f"{above}: ")) + line)
