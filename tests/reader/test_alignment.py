"""What is added to an action out of line: told where it was added, with lines that mend it once they are pasted."""

from __future__ import annotations

from itertools import product

import pytest
from pace import few, one_in, table
from support import SMALL, load_texts

from pivot_cli.finding import Finding
from pivot_cli.plan.model import LABELS
from pivot_cli.plan.schema.fields import ACTION
from pivot_cli.plan.schema.kinds import ListOf, Record

NBSP = "\N{NO-BREAK SPACE}"

_OBJECTIF = """\
      - numero: {0}
        titre: Un objectif
        actions:
          - numero: 1
            description: 'Former un comité : le premier'
            responsables: [DG, CA]
            echeance: Mars 2020
          - numero: 2
            description: Faire un plan
              sur deux lignes
            responsables:
              - Directrice générale
            echeance: En continu
"""
_OBJECTIFS = _OBJECTIF.format(1) + _OBJECTIF.format(2)
ORIENTATION = f"""\
numero: 1
enjeu: 1
titre: Une orientation
volets:
  - code: adm
    nom: Administratif
    objectifs:
{_OBJECTIFS}  - code: com
    nom: Communications
    objectifs:
{_OBJECTIFS}"""
LINES = ORIENTATION.split("\n")
ENDS = [rank + 1 for rank, line in enumerate(LINES) if line.lstrip().startswith("echeance:")]
# After which an action is added something: one with another behind it, and the last of an objectif, a volet, the file.
PLACES = {"action": ENDS[0], "objectif": ENDS[1], "volet": ENDS[3], "file": ENDS[-1]}
# Before the last field of an action: that it is added in the middle changes where the reading stops.
PLACES |= {"middle": ENDS[2] - 1, "first field": ENDS[0] - 2}

ADDED = {
    "titre_court": ["titre_court: Un comité"],
    "etapes": ["etapes:", "  - Une", "  - Deux"],
    "porteur": ["porteur: DG"],
    "statut": ["statut: à faire"],
    "realisee_le": ["realisee_le: mai 2020", "statut: réalisée"],
    "motif": ["motif: 'La subvention : refusée'"],
    "resolution": ["resolution: CA-2020-05"],
    "decision": ["decision: |", "  Choisir une date", "", "  et un lieu"],
    "statut_le": ["statut_le: mai 2020"],
    "resultat": ["resultat: Un comité a été", "  formé"],
    "recurrence": ["recurrence: aux 3 mois"],
    "realisations": ["realisations:", "  - mars 2020", "  - juin 2020"],
    "budget": ["budget:", "  prevu: 1500", "  reel: 1200", "  source: Ville"],
    "collaborateurs": ["collaborateurs: [", "  CA", "]"],
    "depend_de": ["depend_de: [1.com.1.1]"],
    "suivi": [
        "suivi:",
        "  - date: mai 2020",
        "    note: >",
        "      Première rencontre",
        "  - date: juin 2020",
        "    note: Fin",
    ],
    "echeances_precedentes": [
        "echeances_precedentes:",
        "  - echeance: Juin 2019",
        "    motif: Un départ",
        "    decide_le: mai 2019",
        "  - echeance: Juillet 2019",
        "    resolution: CA-12",
    ],
    "suite_de": ["suite_de: 1.com.1.1"],
    "liens": ["liens:  # deux pages", "# ici", '- "https://exemple.org"', "- Le guide"],
}


def shifted(block: list[str], columns: int, dash: str) -> list[str]:
    """A block of an action, moved by some columns, with a dash before its first line (the rest under its name)."""
    first = " " * (12 + columns) + dash + block[0]
    return [first, *(" " * (12 + columns + len(dash)) + line if line else line for line in block[1:])]


def with_lines(place: int, block: list[str]) -> list[str]:
    return [*LINES[:place], *block, *LINES[place:]]


def shape_faults(lines: list[str]) -> list[Finding]:
    _, findings = load_texts(SMALL | {"orientation-1.yaml": "\n".join(lines)})
    return [finding for finding in findings if finding.gravite == "erreur"]


def pasted(lines: list[str], finding: Finding) -> list[str]:
    """The lines of the file once those of the remedy are put in the place of those at fault."""
    _, _, block = finding.remedy.partition("\n")
    assert block, finding
    return [*lines[: finding.location.line - 1], *block.split("\n"), *lines[finding.location.end_line :]]


def test_every_field_that_can_be_added_is_tried() -> None:
    assert set(ADDED) == set(LABELS) - {"reference", "indicateurs"}  # which levels have too: it may be of any of them
    kinds = {key: ACTION.by_key[key].kind for key in ADDED}
    assert {key for key, kind in kinds.items() if isinstance(kind, (Record, ListOf))} <= {
        key for key, block in ADDED.items() if len(block) > 1 or key == "depend_de"
    }
    assert shape_faults(LINES) == []


@pytest.mark.parametrize("place", one_in(len(PLACES), few(3, PLACES)))
@pytest.mark.parametrize("key", one_in(4, few(6, ADDED)))
def test_a_field_out_of_line_is_told_where_it_was_added_with_lines_that_mend_it(key: str, place: str) -> None:
    at, block = PLACES[place], ADDED[key]
    assert shape_faults(with_lines(at, shifted(block, 0, ""))) == []
    for columns, dash in product([*range(-12, -6, 2), *range(-6, 7)], ("", "- ")):
        lines = with_lines(at, shifted(block, columns, dash))
        findings = shape_faults(lines)
        where = f"{key} {place} {columns:+} {dash!r}: {findings[:2]}"
        if not findings:
            assert (columns, dash) == (0, ""), where
            continue
        first = findings[0]
        assert len(findings) == 1, where
        assert at < first.location.line <= first.location.end_line <= at + len(block), where
        assert f"«{NBSP}{key}{NBSP}»" in first.message, where
        assert ("sans tiret" in first.remedy) == bool(dash), where
        assert shape_faults(pasted(lines, first)) == [], f"{where}\n{first.remedy}"


@table("moved", [-4, -3, -2, -1, 1, 2, 3, 4])
@table("rank", [rank for rank, line in enumerate(LINES) if line == " " * 10 + "- numero: 2"])
def test_the_dash_of_an_action_that_was_moved_is_told_with_the_line_that_was_there(rank: int, moved: int) -> None:
    line = LINES[rank]
    column = len(line) - len(line.lstrip()) + moved
    [told] = shape_faults([*LINES[:rank], " " * column + line.lstrip(), *LINES[rank + 1 :]])
    assert pasted([*LINES[:rank], " " * column + line.lstrip(), *LINES[rank + 1 :]], told) == LINES
