"""What is known of the values of a command line, by the word that stands for them in the help: `ID`, `NOM`…

First what the Tab key proposes, then what a text typed in the wrong place stands for. Whatever goes wrong here proposes
nothing.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pivot_cli.cli.edge import plan_folder, read_plan
from pivot_cli.cli_french import Kind
from pivot_cli.text import WEEKDAYS, day_in_words, fold, interval_in_words, nearest, one_line, truncate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from typer._click import Context

    from pivot_cli.plan.model import Plan

    Proposals = Iterator[tuple[str, str]]

_LONGEST = 60  # characters of what is said beside a proposal


def _plan(ctx: Context, only: str | None = None) -> Plan:
    """The plan that the command being typed will read, or what one of its files says of it."""
    return read_plan(plan_folder(ctx.params.get("plan") or os.environ.get("PIVOT_PLAN")), only=only)[1]


def _responsables(ctx: Context, word: str) -> Proposals:
    """Codes with their names, names with their codes; an alias only for who has begun to type it."""
    known = list(_plan(ctx).registre)
    yield from ((who.code, who.nom) for who in known)
    yield from ((who.nom, who.code) for who in known if who.nom != who.code)
    yield from ((alias, who.nom) for who in known if word for alias in who.alias)


def _orientations(ctx: Context, _word: str) -> Proposals:
    return ((str(orientation.numero), _short(orientation.titre)) for orientation in _plan(ctx).orientations)


def _actions(ctx: Context, word: str) -> Proposals:
    for place in _plan(ctx).places:
        title = _short(place.action.titre_court or place.action.description)
        yield place.id, title
        if word and place.action.reference:
            yield place.action.reference, title


def _objectifs(ctx: Context, _word: str) -> Proposals:
    for some in dict.fromkeys((place.objectif_id, place.objectif.titre) for place in _plan(ctx).places):
        yield some[0], _short(some[1])


def _etats(_ctx: Context, _word: str) -> Proposals:
    from pivot_cli.suivi.phrases import ETATS_ASKED

    return ((name, "") for name in dict.fromkeys(ETATS_ASKED.values()))


def _statuts(_ctx: Context, _word: str) -> Proposals:
    from pivot_cli.plan.model import Statut

    return ((statut.value, "") for statut in Statut)


def _codes(_ctx: Context, _word: str) -> Proposals:
    from pivot_cli.checks.catalogue import CATALOGUE

    return ((code, rule.title) for code, rule in CATALOGUE.items())


def _documents(_ctx: Context, _word: str) -> Proposals:
    from pivot_cli.documents.registry import reports

    return ((document.name, document.purpose) for document in reports().values())


def _schemas(_ctx: Context, _word: str) -> Proposals:
    from pivot_cli.plan.json_schema import FILES

    return ((name, "") for name in FILES)


def _meetings(ctx: Context, _word: str) -> Proposals:
    """The days of the meetings: a board asks where things stood at one, what changed since, what the next will see.

    Of the kind of meeting that `--type` names, where there is that option.
    """
    reunions, asked = _plan(ctx).reunions, ctx.params.get("type_")
    for which in [asked] if asked in ("ca", "aga") else ("ca", "aga"):
        name = reunions.name(which)
        for when in (reunion.date for reunion in getattr(reunions, which).reunions if reunion.date):
            if when.debut == when.fin:
                yield when.debut.isoformat(), f"{WEEKDAYS[when.debut.weekday()]} {day_in_words(when.debut)}, {name}"


def _exercices(ctx: Context, _word: str) -> Proposals:
    """The fiscal years of the plan, or its calendar years where nothing says when the fiscal one begins."""
    from pivot_cli.documents.exercice import read_exercice
    from pivot_cli.suivi.horizon import last_named

    plan = _plan(ctx)
    start, end, conventions = plan.debut, last_named(plan), plan.organisme.conventions
    if start is None or end is None:
        return
    calendar = conventions.debut_exercice in (None, (1, 1))
    for year in range(start.year - 1, end.year + 1):
        name = str(year) if calendar else f"{year}-{year + 1}"
        exercice = read_exercice(name, conventions)
        if start <= exercice.fin and exercice.debut <= end:
            yield name, interval_in_words(exercice.debut, exercice.fin)


def _revisions(ctx: Context, _word: str) -> Proposals:
    """The branches and tags of the plan's repository."""
    from pivot_cli.plan.revisions import revision_names

    return ((name, _short(title)) for name, title in revision_names(plan_folder(ctx.params.get("plan"))))


def _short(text: str) -> str:
    return truncate(one_line(text), _LONGEST)


# --- what a text stands for -------------------------------------------------------------------------------


def _responsable_named(ctx: Context, text: str) -> str | None:
    """Who has that name, or the only one that it may be."""
    from pivot_cli.plan.names import RESPONSABLES

    registre = _plan(ctx, RESPONSABLES).registre
    if registre.find(text) is not None:
        return text
    return nearest(text, [name for who in registre for name in who.names]) if len(fold(text)) > 2 else None


def _action_with_id(ctx: Context, text: str) -> str | None:
    place = _orientation_of(ctx, text).find(text)
    return place and place.id


def _objectif_with_id(ctx: Context, text: str) -> str | None:
    ids = (place.objectif_id for place in _orientation_of(ctx, text).places)
    return next((id_ for id_ in ids if fold(id_) == fold(text)), None)


def _orientation_numbered(ctx: Context, text: str) -> str | None:
    numbers = (str(orientation.numero) for orientation in _orientation_of(ctx, text).orientations)
    return next((number for number in numbers if number == text), None)


def _orientation_of(ctx: Context, id_: str) -> Plan:
    """What the file of an orientation, with which the id begins, says of the plan; raises ValueError for no id."""
    from pivot_cli.plan.names import orientation_file

    number = id_.partition(".")[0]
    if not number.isdigit():  # nothing is read for a word
        raise ValueError(id_)
    return _plan(ctx, orientation_file(number))


def _called(rank: int) -> Callable[[Context], str]:
    """What gives « une mesure », « un jalon »: what the plan calls a level, of those that it has, from the top."""
    return lambda ctx: _plan(ctx).noms[rank].un


def _date_written(_ctx: Context, text: str) -> str | None:
    from pivot_cli.echeance import Refus, parse_date

    return None if isinstance(parse_date(text), Refus) else text


def _one_of(known: Callable[[Context, str], Proposals]) -> Callable[[Context, str], str | None]:
    """What gives the one of the known values that a text is, case and accents aside."""
    return lambda ctx, text: next((value for value, _ in known(ctx, text) if fold(value) == fold(text)), None)


KINDS = {  # in the order in which what is typed in the place of a command is tried
    "ID": Kind(_actions, "une action", (), ("show", "note"), _action_with_id, _called(-1)),
    "OBJECTIF": Kind(_objectifs, "un objectif", ("--objectif",), ("show", "list"), _objectif_with_id, _called(-2)),
    "NUMÉRO": Kind(
        _orientations,
        "une orientation",
        ("--orientation",),
        ("overdue",),
        _orientation_numbered,
        _called(0),
    ),
    "STATUT": Kind(_statuts, "un statut", ("--statut",), (), _one_of(_statuts)),
    "ÉTAT": Kind(_etats, "un état", ("--etat",), ("list",), _one_of(_etats)),
    "DOCUMENT": Kind(_documents, "un document", (), ("report",), _one_of(_documents)),
    "DATE": Kind(_meetings, "une date", ("--au", "--le", "--date"), ("status",), _date_written),
    "NOM": Kind(_responsables, "un responsable", ("--responsable",), ("overdue",), _responsable_named),
    "EXERCICE": Kind(_exercices),
    "RÉVISION": Kind(_revisions),
    "CODE": Kind(_codes),
    "SCHÉMA": Kind(_schemas),
}
