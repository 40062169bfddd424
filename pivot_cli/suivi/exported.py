"""What `pivot export` wrote, read back from whoever sent it: what it says of each action, or why it is not read.

Nothing in it is believed: each value has the form that is expected, or the whole is refused, with words that can be
sent back. Its états are those of its own day.
"""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from pivot_cli.plan.bodies import is_group
from pivot_cli.plan.model import Statut
from pivot_cli.suivi.etat import Etat, Portrait
from pivot_cli.suivi.unnamed import without_names, without_names_of
from pivot_cli.text import NBSP, counted, one_line

if TYPE_CHECKING:
    from collections.abc import Callable

EXPORT_VERSION = 1
"""Of the keys of an export: another would mean that one was renamed, or means something else."""
_LONGEST_NAME = 200  # characters of the name of an organisation, or of its plan


class NotReadError(Exception):
    """Why what was sent is not read: in a sentence without its point; whose it says it is, where it does; and whether
    it is `ours` to do something, and nothing is wrong with it.
    """

    def __init__(self, why: str, nom: str = "", *, ours: bool = False) -> None:
        super().__init__(why)
        self.why, self.nom, self.ours = why, nom, ours


class Envoyee(NamedTuple):
    """An action as it was sent."""

    id: str
    description: str
    echeance: str  # in the words of the plan, but for who they name; empty where there is none
    debut: date | None
    fin: date | None
    statut: str
    etat: Etat


class Envoi(NamedTuple):
    """A plan as an organisation sent it."""

    nom: str
    titre: str | None  # empty where the plan has none of its own; None where nothing says whether it has one
    au: date
    consignees: int
    actions: tuple[Envoyee, ...]


def from_plan(portrait: Portrait) -> Envoi:
    """A plan that is read in its own files; raises NotReadError where one of them cannot be."""
    plan = portrait.plan
    nom = _short(plan.organisme.nom)
    _refuse_half(plan.unread, nom)
    unnamed = without_names_of(plan)
    actions = tuple(
        Envoyee(
            one.id,
            one_line(one.action.description),
            unnamed(one_line(one.action.echeance.texte)),
            getattr(one.action.echeance, "debut", None),
            getattr(one.action.echeance, "fin", None),
            one.action.statut.value if one.action.statut else "",
            one.etat,
        )
        for one in portrait.situations
    )
    return Envoi(nom, _short(plan.organisme.plan.titre or ""), portrait.au, portrait.consignees, actions)


def from_export(data: bytes) -> Envoi | None:
    """A plan as an export has it, None for what `pivot group` itself wrote; raises NotReadError for the rest."""
    top = _object(_decoded(data)) or _refuse("ce n'est pas un export de pivot")
    if "organismes" in top or "fields" in top:
        return None
    organisme, actions = _object(top.get("organisme")), top.get("actions")
    if not organisme or not isinstance(organisme.get("nom"), str) or not isinstance(actions, list):
        _refuse("ce n'est pas un export de pivot")
    nom = _short(organisme["nom"])
    try:
        _refuse_another_version(top.get("version"))
        _refuse_a_part(top)
        names = without_names(*_names_in(organisme.get("responsables")))
        read = list(map(_object, actions))
        sent = tuple(_action(one, rank, names) for rank, one in enumerate(read, 1))
        au = _day(top.get("au")) or _refuse("le jour de ses données n'y est pas")
        return Envoi(nom, _title(organisme), au, _recorded(top, read), sent)
    except NotReadError as refused:
        raise NotReadError(refused.why, nom, ours=refused.ours) from None


def _decoded(data: bytes) -> Any:
    """What JSON holds, its objects as the pairs that they were written as: a key written twice is seen."""
    if not data or data.isspace():
        _refuse("le fichier est vide")
    try:
        # UTF-16, as PowerShell writes what it is told to keep, is found by the library, which reads it slowly.
        wide = b"\0" in data[:4] or data.startswith((BOM_UTF16_BE, BOM_UTF16_LE))
        text = data if wide else _without_the_levels(data).removeprefix(BOM_UTF8).decode()
        return json.loads(text, object_pairs_hook=tuple, parse_constant=_not_a_number)
    except RecursionError:
        _refuse("ce n'est pas un export de pivot")
    except ValueError:  # broken JSON, characters of no encoding, a number of thousands of digits
        _refuse("le fichier est coupé, ou n'est pas un export de pivot", _named_at_first(data))


def _without_the_levels(data: bytes) -> bytes:
    """An export as `pivot export` lays it out, without its orientations, which hold its actions a second time and of
    which nothing is used: half of what there is to parse. One that is laid out otherwise is left whole.
    """
    start = data.find(b'\n  "orientations": [\n')
    end = data.find(b"\n  ]", start) if start >= 0 else -1  # no line begins inside a text: this one closes the list
    there = end >= 0 and data.startswith(b'\n  ],\n  "actions": [\n', end)
    return data[:start] + data[end + len(b"\n  ],") :] if there else data


def _not_a_number(_: str) -> NoReturn:
    raise ValueError


def _named_at_first(data: bytes) -> str:
    """The name of the organisation, of an export that lost its end."""
    found = re.search(rb'"organisme":\s*\{\s*"nom":\s*("(?:[^"\\]|\\.){1,400}")', data[:5000])
    try:
        return _short(json.loads(found[1])) if found else ""
    except ValueError:
        return ""


def _refuse(why: str, nom: str = "") -> NoReturn:
    raise NotReadError(why, nom)


def _object(value: Any) -> dict[str, Any]:
    """An object of JSON, empty for what is none; raises NotReadError where a key is written twice."""
    made = dict(value) if isinstance(value, tuple) else {}
    if isinstance(value, tuple) and len(made) != len(value):
        _refuse("une même clé y est écrite deux fois")
    return made


def _short(name: str) -> str:
    return one_line(name[: 2 * _LONGEST_NAME])[:_LONGEST_NAME]


def _refuse_another_version(version: Any) -> None:
    if type(version) is not int or version < 1:
        _refuse("ce n'est pas un export de pivot")
    if version > EXPORT_VERSION:
        raise NotReadError("il vient d'une version de pivot plus récente que celle qui le lit", ours=True)


def _refuse_a_part(top: dict[str, Any]) -> None:
    if "filtre" in top:
        _refuse("il n'a qu'une partie du plan")
    unread = top.get("incomplet")
    if not isinstance(unread, list) or not all(isinstance(name, str) for name in unread):
        _refuse("ce n'est pas un export de pivot")
    _refuse_half(unread, "")


def _refuse_half(unread: Any, nom: str) -> None:
    if unread:
        files = ", ".join(one_line(name).rpartition("/")[2][:80] for name in unread[:3])
        number = counted(len(unread), "fichier")
        _refuse(f"le plan est incomplet{NBSP}: {number} à réparer ({files}; pivot validate dit comment)", nom)


def _names_in(responsables: Any) -> tuple[list[str], list[str]]:
    """The names and the codes of an export that is not for sharing."""
    names, codes = [], []
    for who in map(_object, responsables if isinstance(responsables, list) else ()):
        alias = who.get("alias")
        if isinstance(who.get("nom"), str) and is_group(who["nom"]):
            continue
        said = [who.get("nom"), *(alias if isinstance(alias, list) else ())]
        names += [name for name in said if isinstance(name, str)]
        codes += [who["code"]] if isinstance(who.get("code"), str) else []
    return names, codes


def _title(organisme: dict[str, Any]) -> str | None:
    """The title of the plan: an export made before it was told does not say whether there is one."""
    if "plan" not in organisme:
        return None
    titre = _object(organisme["plan"]).get("titre")
    return _short(titre) if isinstance(titre, str) else ""


_ETATS = {etat.value: etat for etat in Etat}
_STATUTS = frozenset(statut.value for statut in Statut)
_ID = re.compile(r"[\w?.-]{1,80}")


def _action(one: dict[str, Any], rank: int, unnamed: Callable[[str], str]) -> Envoyee:
    due, statut = _object(one.get("echeance")), one.get("statut")
    id_, description, texte, etat = one.get("id"), one.get("description"), due.get("texte") or "", one.get("etat")
    if not (
        isinstance(id_, str)
        and _ID.fullmatch(id_)
        and isinstance(description, str)
        and isinstance(texte, str)
        and "texte" in due
        and isinstance(etat, str)
        and etat in _ETATS
        and (statut is None or (isinstance(statut, str) and statut in _STATUTS))
    ):
        _refuse(f"sa {rank}{'re' if rank == 1 else 'e'} action n'a pas la forme attendue")
    days = [None if day is None else _day(day) or _misdated(rank) for day in (due.get("debut"), due.get("fin"))]
    return Envoyee(id_, one_line(description), unnamed(one_line(texte)), days[0], days[1], statut or "", _ETATS[etat])


def _misdated(rank: int) -> NoReturn:
    _refuse(f"sa {rank}{'re' if rank == 1 else 'e'} action a une échéance sans date qui se lise")


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) and len(text) == 10 else None
    except ValueError:
        return None


_MARKS = ("statut", "realisee_le", "realisations", "dernier_suivi")


def _recorded(top: dict[str, Any], actions: list[dict[str, Any]]) -> int:
    """How many actions have something recorded, as it says; one made before it was told shows it action by action."""
    said = top.get("consignees")
    if type(said) is int and 0 <= said <= len(actions):
        return said
    if said is not None:
        _refuse("le nombre de ses actions consignées n'est pas possible")
    return sum(any(one.get(mark) for mark in _MARKS) for one in actions)
