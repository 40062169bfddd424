"""What the Tab key proposes, by the word that stands for a value in the help: `ID` the actions of the plan, …

Each function takes the context of the command being typed and the word so far, and gives every value that the
word may become, with what it stands for. Whatever goes wrong here proposes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typer._click import Context

    from pivot_cli.model import Plan

    Proposals = Iterator[tuple[str, str]]

_LONGEST = 60  # characters of what is said beside a proposal


def _plan(ctx: Context) -> Plan:
    """The plan that the command being typed will read."""
    from pivot_cli.cli.edge import plan_folder
    from pivot_cli.loader import load
    from pivot_cli.sources import read_folder

    return load(read_folder(plan_folder(ctx.params.get("plan")), ""))[0]


def _responsables(ctx: Context, word: str) -> Proposals:
    """Codes with their names, names with their codes; an alias only for who has begun to type it."""
    known = list(_plan(ctx).registre)
    yield from ((who.code, who.nom) for who in known)
    yield from ((who.nom, who.code) for who in known if who.nom != who.code)
    if word:
        yield from ((alias, who.nom) for who in known for alias in who.alias)


def _orientations(ctx: Context, _word: str) -> Proposals:
    for one in _plan(ctx).orientations:
        yield str(one.numero), _short(one.titre)


def _actions(ctx: Context, _word: str) -> Proposals:
    for place in _plan(ctx).places:
        yield place.id, _short(place.action.titre_court or place.action.description)


def _statuts(_ctx: Context, _word: str) -> Proposals:
    from pivot_cli.model import Statut

    yield from ((statut.value, "") for statut in Statut)


def _codes(_ctx: Context, _word: str) -> Proposals:
    from pivot_cli.finding import CATALOGUE

    yield from ((code, entry.title) for code, entry in CATALOGUE.items())


def _documents(_ctx: Context, _word: str) -> Proposals:
    from pivot_cli.documents import DOCUMENTS

    yield from ((name, "") for name in DOCUMENTS)


def _schemas(_ctx: Context, _word: str) -> Proposals:
    from pivot_cli.json_schema import FILES

    yield from ((name, "") for name in FILES)


def _short(text: str) -> str:
    from pivot_cli.text import one_line, truncate

    return truncate(one_line(text), _LONGEST)


KNOWN = {
    "NOM": _responsables,
    "NUMÉRO": _orientations,
    "ID": _actions,
    "STATUT": _statuts,
    "CODE": _codes,
    "DOCUMENT": _documents,
    "SCHÉMA": _schemas,
}
