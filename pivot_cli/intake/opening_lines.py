"""The first lines of a document: whose plan it is, how it is called, its years. What a label says is written; what only
seems so is proposed.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.echeance import Refus, parse, parse_date
from pivot_cli.intake.headers import find_heads
from pivot_cli.intake.titles import is_plan, parts_of, read_title
from pivot_cli.received.cells import Line
from pivot_cli.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pivot_cli.intake.draft import Organisation
    from pivot_cli.intake.ledger import Ledger
    from pivot_cli.received.cells import Piece, Source

_FEW = 4  # lines, among which the title of a plan stands with the name of whose it is
_LONGEST = 90  # characters of a name
_OF = re.compile(r".*(?:19|20)[0-9]{2}(?:\s?[-–‑]\s?(?:19|20)?[0-9]{2})? (?:de la |du |de l['’]|des |de )(\S.*)")


class Opening(NamedTuple):
    """What the first lines seem to say; nothing where they do not."""

    nom: str
    titre: str


def opening_of(document: Source) -> Opening:
    """The title of the plan among the first lines, and the name that stands beside it, or is in it."""
    lines = list(islice(map(_on_a_line, _first(document)), _FEW))
    titre = next((line for line in lines if any(map(is_plan, parts_of(line)))), "")
    if not titre:
        return Opening("", "")
    beside = [part for part in parts_of(titre) if not is_plan(part)]
    within = _OF.fullmatch(titre)
    others = [*beside, *(line for line in lines if line != titre), *([within[1]] if within else [])]
    nom = next((one for one in others if _is_name(one)), "")
    plan = titre if nom not in beside else next(part for part in parts_of(titre) if is_plan(part))
    return Opening(nom, plan)


def _on_a_line(pieces: Sequence[Piece]) -> str:
    return " ".join(piece.line for piece in pieces)


def _first(document: Source) -> Iterator[list[Piece]]:
    """The texts above the first heading of a part, or above the headers of the first table; a label and what stands in
    the cell beside it together.
    """
    for block in document.blocks:
        if isinstance(block, Line):
            if block.depth:
                return
            if block.text:
                yield [block]
            continue
        for row in range(len(block.rows)):
            cells: list[Piece] = [span.cell for span in block.written(row)]
            labelled = len(cells) == 2 and cells[0].text.rstrip().endswith(":")
            if (len(cells) > 1 and not labelled) or (cells and find_heads(block, row)):
                return
            if cells:
                yield cells
        return


_LABELS = {
    "nom": r"(?:nom (?:de |du )?(?:l['’]|la )?)?(?:organisme|organisation|municipalite|corporation|association)",
    "titre": r"titre(?: du plan)?",
    "periode": r"(?:periode|duree|annees)(?: (?:visee|couverte|du plan|de realisation|d['’]application))?s?",
}
"""What stands before a colon, as it is compared, and the field that it says."""
_ADOPTED = re.compile(r"(?i)\badopté(?:e|es|s)?\b[^.;:()]{0,80}?\ble ([0-9]{1,2}(?:er)? [^\W\d_]+ [0-9]{4})")


def take_labelled(document: Source, organisation: Organisation, ledger: Ledger) -> None:
    """Give the organisation what the first lines say under a label (« Période : 2025-2028 »), and the day on which its
    plan was adopted.
    """
    for pieces in _first(document):
        line = _on_a_line(pieces)
        label, _, said = (part.strip() for part in line.partition(":"))
        key = next((key for key, pattern in _LABELS.items() if said and re.fullmatch(pattern, fold(label))), None)
        if (adopted := _ADOPTED.search(line)) and not isinstance(parse_date(adopted[1]), Refus):
            organisation.adopte_le = organisation.adopte_le or adopted[1]
            ledger.use(pieces[0], adopted[1])
            ledger.leave([one for one in pieces if isinstance(one, Line)], "hors des tableaux")
        if key is None or getattr(organisation, key):
            continue
        value = _years(said) if key == "periode" else said
        if value:
            setattr(organisation, key, value)
            for piece in pieces:
                ledger.use(piece)


def _years(text: str) -> dict[str, str]:
    """The first and the last day of a period; nothing where it is none."""
    read = parse(text)
    if isinstance(read, Refus) or read.debut is None or read.fin is None or read.recurrence:
        return {}
    return {"debut": read.debut.isoformat(), "fin": read.fin.isoformat()}


def _is_name(text: str) -> bool:
    words = text.split()
    plain = text[:1].isupper() and not re.search(r"[.:;!?]$|:\s|(?:19|20)[0-9]{2}|^[0-9]", text)
    return plain and len(words) >= 2 and len(text) <= _LONGEST and not read_title(text).noun and not is_plan(text)
