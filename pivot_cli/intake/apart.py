"""The tables of a document of paragraphs that are not of the plan, where another one clearly is: what was done, who the
members are, a portrait.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pivot_cli.intake.draft import Ask
from pivot_cli.intake.fiches import is_fiche
from pivot_cli.intake.headers import heads_of
from pivot_cli.intake.roles import Role
from pivot_cli.intake.titles import read_title
from pivot_cli.received.cells import Line
from pivot_cli.text import fold, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pivot_cli.intake.headers import Heads
    from pivot_cli.received.cells import Source, Table

_ELSEWHERE = re.compile(
    r"(?:(?:nos|les|quelques|principales|notre|le|un|mot|l'|bref)\s?)*(?:realisations?|bilan|membres?|portrait|historique|"
    r"qui sommes|a propos|retour sur)\b.*|.*\b(?:plan|planification) precedente?\b.*"
)
_OF_MEMBERS = re.compile(r"(?:(?:nos|organismes?) )?membres?|.*\b(?:fondation|adhesion|membre depuis)\b.*")
_TO_COME = {
    *(Role.RESPONSABLES, Role.COLLABORATEURS, Role.ECHEANCE, Role.DEBUT, Role.FIN, Role.PERIODE, Role.QUI_QUAND),
    *(Role.STATUT, Role.FAITE, Role.PREVU, Role.INDICATEUR, Role.CIBLE, Role.ETAPES),
}
"""What a plan says of what is to be done."""


def apart_from_the_plan(document: Source) -> dict[int, str]:
    """By the identity of each table that is read as no action, why; nothing where no other is clearly of the plan."""
    above: Line | None = None
    why: dict[int, str] = {}
    plain: list[tuple[Table, Heads]] = []
    sure = False
    for block in document.blocks:
        if isinstance(block, Line):
            above = block if block.text and (block.depth is not None or block.bold) else above
        elif is_fiche(block):
            sure = True
        elif not block.sheet and (heads := heads_of(block)):
            if said := _past(heads, above):
                why[id(block)] = said
            elif _is_of_the_plan(heads):
                sure = True
            else:
                plain.append((block, heads))
    for table, heads in plain if sure else ():
        if not {column.role for column in heads.columns} & _TO_COME and not heads.levels_only:
            why[id(table)] = "tableau qui ne dit ni qui ni quand"
    return why if sure else {}


def _past(heads: Heads, above: Line | None) -> str:
    """Why a table seems of what was, or is, rather than of what is to be done."""
    if above and not read_title(above.text, loose=True).noun and _ELSEWHERE.fullmatch(fold(above.line)):
        return f"sous {quoted(above.line)}"
    header = next((one.header for one in heads.columns if _OF_MEMBERS.fullmatch(fold(one.header))), "")
    return f"colonne {quoted(header)}" if header else ""


def asked_of_apart(document: Source, apart: dict[int, str]) -> Iterator[Ask]:
    """Whether a table that says who and when is of the past all the same."""
    for table in document.tables:
        heads = heads_of(table) if id(table) in apart and not table.sheet else None
        who = heads and any(column.rank for column in heads.of(Role.RESPONSABLES))
        if heads and who and {column.role for column in heads.columns} & {Role.ECHEANCE, Role.PERIODE, Role.FIN}:
            said = f"{table.name}, {apart[id(table)]}"
            told = f"Le {said}, est laissé hors du plan. S'il dit ce qui est à faire, ajoutez-le."
            yield Ask(f"le {said}", table.name, told)


def _is_of_the_plan(heads: Heads) -> bool:
    roles = {column.role for column in heads.columns}
    said = roles & (_TO_COME - {Role.INDICATEUR, Role.CIBLE, Role.COLLABORATEURS})
    return Role.ACTION in roles and bool(said or heads.in_periods)
