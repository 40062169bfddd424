"""Somebody, a post or a committee, that the plan did not name yet: what is new of responsables.yaml."""

from __future__ import annotations

from typing import Any, NamedTuple

from pivot_cli.finding import ExitCode, Finding, PivotError
from pivot_cli.plan.json_schema import modeline
from pivot_cli.plan.model import Plan, Registre, Responsable, same
from pivot_cli.plan.names import RESPONSABLES
from pivot_cli.plan.posts import code_for, compared
from pivot_cli.plan.schema import fields
from pivot_cli.record.known import FiledFile, Into, Known, begun, by_hand, changed
from pivot_cli.record.surgery import Addition, Change, Edit, insert, lines_by_hand
from pivot_cli.text import INVISIBLE, NBSP, fold, quoted

_HEAD = f"""\
{modeline("responsables")}
# Qui peut être responsable d'une action.
"""
_TAKEN = {"ca": "conseil", "dg": "direct"}
"""The codes by which the board and the direction are known, and how the names that may have them begin."""


class Enlisted(NamedTuple):
    """A responsable more: who it is, the file that changes, and the plan that it then makes, with its faults."""

    who: Responsable
    file: FiledFile
    plan: Plan
    findings: list[Finding]


def enlist(who: Responsable, known: Known, shown: str) -> Enlisted:
    """What one more responsable changes; without a code, it gets one by a written rule. `shown` is the name that
    messages give to the file. Touches no disk.

    Raises PivotError, with what to do, for a name that stands for somebody already, what a plan does not take, and a
    file that cannot be changed without a doubt.
    """
    into = Into(RESPONSABLES, shown, _HEAD, ("responsables",), "personne n'y est ajouté")
    old, (data, tree) = known.files.files.get(RESPONSABLES), begun(known, into)
    registre = known.plan.registre
    who = _read(who, registre)
    for name in who.names:
        if there := registre.find(name):
            message = f"{quoted(name)} désigne déjà {there.nom} ({there.code})."
            raise PivotError(message, "Choisissez ce responsable, ou donnez un autre nom.", ExitCode.USAGE)
    item: dict[str, Any] = {"code": who.code, "nom": who.nom}
    item |= {"alias": list(who.alias)} if who.alias else {}
    item |= {"courriel": who.courriel} if who.courriel else {}
    lines = lines_by_hand(Edit((0, 0), fields.RESPONSABLES, [Change("responsables", item, more=True)]))
    hand = by_hand("à la fin du fichier", lines)
    addition = Addition(("responsables",), item, len(registre.responsables))
    meant = (*registre.responsables, who)
    made = changed(
        known, into, lambda: insert(data, tree, addition), lambda plan: same(plan.registre.responsables, meant), hand
    )
    file = FiledFile(RESPONSABLES, shown, old, made.new, made.hunks, hand)
    return Enlisted(who, file, made.plan, made.findings)


def _read(who: Responsable, registre: Registre) -> Responsable:
    """The same, as a plan has it: a code, what is not said left out. Raises PivotError for what it does not take."""
    if not who.nom:
        raise PivotError(
            "le nom de ce responsable n'est pas dit.", "Écrivez son nom, ou celui de son poste.", ExitCode.USAGE
        )
    if unseen := next((name for name in (who.nom, *who.alias) if set(name) & INVISIBLE.keys()), None):
        message = f"{quoted(unseen)} contient un caractère invisible."
        raise PivotError(message, "Retapez ce nom plutôt que de le coller.", ExitCode.USAGE)
    used = {fold(name) for one in registre for name in one.names}
    used |= {code for code, start in _TAKEN.items() if not compared(who.nom).startswith(start)}
    code = who.code or code_for("", who.nom, used)
    kinds: dict[str, Any] = {key: field.kind for key, field in fields.RESPONSABLE.by_key.items()}
    if kinds["code"].parse(code) is None:
        remedy = f"De 1 à 20 lettres sans accent, chiffres ou tirets, sans espace{NBSP}: DG, agent-com."
        raise PivotError(f"{quoted(code)} ne peut pas servir de code.", remedy, ExitCode.USAGE)
    if who.courriel and kinds["courriel"].parse(who.courriel) is None:
        message = f"{quoted(who.courriel)} ne peut pas servir de courriel."
        raise PivotError(message, f"Une seule adresse{NBSP}: par exemple dg@exemple.org.", ExitCode.USAGE)
    alias = tuple(dict.fromkeys(one for one in who.alias if fold(one) not in (fold(code), fold(who.nom))))
    return who._replace(code=code, alias=alias, courriel=who.courriel or None)
