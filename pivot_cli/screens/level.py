"""`pivot show` of an objectif, a volet or an orientation: what it is, and the actions in it."""

from collections.abc import Sequence
from datetime import date

from pivot_cli.plan.model import LABELS
from pivot_cli.screens.blocks import actions_section, levels, opened
from pivot_cli.screens.page import STRONG, Page
from pivot_cli.suivi.etat import Portrait, Situation
from pivot_cli.suivi.phrases import GROUPS, agreed, by_group, recorded
from pivot_cli.text import NBSP, capitalized, one_line


def level_page(wanted: str, inside: Sequence[Situation], portrait: Portrait, width: int, today: date) -> Page:
    """The level with that id (« 2 », « 2.gou », « 2.gou.3 »), whose actions are `inside`: one at least."""
    *above, (_, title) = list(levels(inside[0], portrait.plan))[: wanted.count(".") + 1]
    level = inside[0].place.levels[wanted.count(".")]
    nom, kind = portrait.plan.niveaux.action, getattr(portrait.plan.niveaux, level.key)
    page = opened(f"{capitalized(kind.nom)} {wanted}", portrait, width, today)
    page.paragraph(title, style=STRONG)
    page.blank()
    if level.reference:
        page.field(LABELS["reference"], one_line(level.reference))
    for label, name in above:
        page.field(label, name)
    for indicator in inside[0].place.objectif.indicateurs if level.key == "objectif" else ():
        target = f", cible{NBSP}: {one_line(indicator.cible)}" if indicator.cible else ""
        reached = f", atteint{NBSP}: {one_line(indicator.atteint)}" if indicator.atteint else ""
        page.field("Indicateur", f"{one_line(indicator.libelle)}{target}{reached}")
    page.blank()
    numbers = zip(GROUPS, by_group(inside), strict=True)
    parts = [f"{number}{NBSP}{agreed(word, number, nom)}" for (_, word, _), number in numbers if number]
    page.paragraph(f"{nom.counted(len(inside))}{NBSP}: {', '.join(parts)}.")
    page.paragraph(recorded(inside, nom))
    actions_section(page, inside, portrait)
    return page
