"""Data out: the JSON contracts that other programs rely on, CSV for spreadsheets, Markdown lists.

Keys are French, days are ISO dates, what is absent is null. Additions are welcome, renames are not.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any

from pivot_cli.echeance import DateConsignee, Echeance, Refus
from pivot_cli.escaping import csv_cell, escape_markdown, without_controls
from pivot_cli.finding import Finding
from pivot_cli.plan.model import Action, Objectif, Orientation, Plan, Volet
from pivot_cli.suivi.etat import Portrait, Situation, by_objectif, count, due
from pivot_cli.suivi.exported import EXPORT_VERSION
from pivot_cli.suivi.filiation import Filiation, Parente, called
from pivot_cli.suivi.phrases import (
    ETATS_ASKED,
    as_recorded_today,
    asked_in_words,
    etat_in_words,
    heading_of,
    incomplete,
    kept_in_words,
    labels,
    no_action,
    recorded,
    short_names,
    text_of,
    under_headings,
)
from pivot_cli.suivi.unnamed import without_names_of
from pivot_cli.suivi.when import echeance_in_words
from pivot_cli.text import NBSP, capitalized, day_in_words

if TYPE_CHECKING:
    from pivot_cli.suivi.selection import Selection, Tri

_json_key = lru_cache(maxsize=256)(encode_basestring)  # each action has the same ones


def to_json(value: Any) -> str:
    """JSON as people can read it, accents kept, with a final newline; what could drive a terminal is a code."""
    return without_controls(_json(value, "\n") + "\n")


def _json(value: Any, margin: str) -> str:
    """What `json.dumps` gives with an indent of two, which it makes four times more slowly."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, dict | list | tuple):
        if not value:
            return "{}" if isinstance(value, dict) else "[]"
        inner = f"{margin}  "
        if isinstance(value, dict):
            rows = [f"{_json_key(key)}: {_json(one, inner)}" for key, one in value.items()]
            return f"{{{inner}{f',{inner}'.join(rows)}{margin}}}"
        return f"[{inner}{f',{inner}'.join([_json(one, inner) for one in value])}{margin}]"
    return str(value) if type(value) is int else json.dumps(value)


def recorded_iso(when: DateConsignee | None) -> str | None:
    """A recorded date as precisely as it is known: `2019-05-12`, `2019-05`, `2019`, else `first/last`."""
    if when is None:
        return None
    first, last = when.debut.isoformat(), when.fin.isoformat()
    if first == last:
        return first
    if (when.debut.month, when.debut.day, when.fin.month, when.fin.day) == (1, 1, 12, 31):
        return first[:4]
    return first[:7] if first[:7] == last[:7] else f"{first}/{last}"


def echeance_object(echeance: Echeance | Refus) -> dict[str, Any]:
    """The `echeance` of the contracts. A refused wording keeps its text, with the type `refus`."""
    keys = ("texte", "type", "debut", "fin", "edtf", "recurrence", "fois", "avis")
    if isinstance(echeance, Refus):
        return dict.fromkeys(keys) | {"texte": echeance.texte, "type": "refus", "message": echeance.message}
    return {key: _object(getattr(echeance, key)) for key in keys} | {"texte": echeance.texte or None}


def deadline_object(echeance: Echeance | Refus) -> dict[str, Any]:
    """What `pivot deadline` answers: the échéance, or the refusal with what to write instead."""
    if isinstance(echeance, Refus):
        return {"texte": echeance.texte, "type": "refus", "message": echeance.message, "aide": echeance.remede}
    return echeance_object(echeance)


def _object(value: Any) -> Any:
    """What is written in a field, whatever its kind: texts and numbers as they are, days as the contracts say."""
    if value is None or isinstance(value, str | int):
        return str(value) if isinstance(value, str) else value  # the word of a statut
    if isinstance(value, Echeance | Refus):
        return echeance_object(value)
    if isinstance(value, DateConsignee | date):
        return value.isoformat() if isinstance(value, date) else recorded_iso(value)
    if not isinstance(value, tuple):
        return int(value) if value == value.to_integral_value() else float(value)  # dollars
    if hasattr(value, "_fields"):
        return {key: _object(getattr(value, key)) for key in value._fields if key != "origin"}
    return [_object(one) for one in value]


def action_object(situation: Situation, plan: Plan) -> dict[str, Any]:
    """An action of the contracts, with where it stands, and what was recorded of it."""
    place, action = situation.place, situation.action
    where = action.origin.at()
    return {
        "id": place.id,
        "orientation": place.orientation.numero,
        "volet": None if place.volet.implied else place.volet.code,
        "objectif": None if place.objectif.implied else place.objectif.numero,
        "numero": action.numero,
        "description": action.description,
        "responsables": list(plan.registre.codes(action.responsables)),
        "echeance": echeance_object(action.echeance),
        "statut": _object(action.statut),
        "etat": situation.etat.value,
        "jours_retard": situation.jours_retard,
        "dernier_suivi": recorded_iso(situation.dernier_suivi),
        "budget": _object(action.budget),
        "fichier": where.file or None,
        "ligne": where.line if where.file else None,
        **_recorded(action, plan),
        "prochaine_echeance": _object(situation.prochaine),
    }


def filiation_object(situation: Situation, plan: Plan, filiation: Filiation) -> dict[str, Any]:
    """What `pivot show` answers for an action: it, what it takes over from the plan before, what takes it over."""
    after = [_parente(one) for one in filiation.reprise_par]
    before = _parente(filiation.reprend) if filiation.reprend else None
    return {**action_object(situation, plan), "reprend": before, "reprise_par": after}


def _parente(one: Parente) -> dict[str, Any]:
    """An action of another plan, with that plan."""
    plan = one.portrait.plan
    return {"plan": one.dossier, "titre": called(plan), "action": action_object(one.situation, plan)}


_IN_CONTRACT = ("numero", "description", "responsables", "echeance", "statut", "budget", "origin")
RECORDED = tuple(key for key in Action._fields if key not in _IN_CONTRACT)
"""The optional fields of an action, after those of the contracts."""
_NOTHING_RECORDED = {key: _object(getattr(Action(0, ""), key)) for key in RECORDED}


def _recorded(action: Action, plan: Plan) -> dict[str, Any]:
    """The optional fields of an action, in the order of the model."""
    if not action.enriched:
        return _NOTHING_RECORDED  # most actions: nothing to look at
    found = {key: _object(getattr(action, key)) for key in RECORDED}
    if action.porteur:
        (found["porteur"],) = plan.registre.codes([action.porteur])
    return found


def level_object(level: str, situations: Sequence[Situation], portrait: Portrait) -> dict[str, Any]:
    """What `pivot show` answers for an objectif, a volet or an orientation."""
    place = situations[0].place
    title = place.levels[level.count(".")].titre
    return {**_as_read(portrait), "id": level, "titre": title, "actions": _actions(portrait, situations)}


def _as_read(portrait: Portrait, selection: Selection | None = None) -> dict[str, Any]:
    """How an answer begins; of a part of the plan, it says of which."""
    asked = asked_in_words(selection, portrait.plan) if selection else ""
    read = {"au": portrait.au.isoformat(), "incomplet": list(portrait.plan.unread)}
    return read | ({"filtre": asked} if asked else {})


def _actions(portrait: Portrait, situations: Iterable[Situation]) -> list[dict[str, Any]]:
    return [action_object(one, portrait.plan) for one in situations]


def _actions_json(
    portrait: Portrait, situations: Iterable[Situation], selection: Selection | None = None, *_: object
) -> str:
    return to_json({**_as_read(portrait, selection), "actions": _actions(portrait, situations)})


def in_dossiers(situations: Iterable[Situation]) -> list[Situation]:
    """The actions in the order of the screen, objectif after objectif."""
    return [situation for dossier in by_objectif(situations) for situation in dossier.situations]


def status_object(portrait: Portrait, selection: Selection | None = None, others: Sequence[str] = ()) -> dict[str, Any]:
    """What `pivot status` answers; `others` are the plans that are there too."""
    plan, situations = portrait.plan, portrait.situations
    orientations = [
        {"numero": orientation.numero, "titre": orientation.titre}
        | _counts([one for one in situations if one.place.orientation is orientation])
        for orientation in plan.orientations
    ]
    return {
        **_as_read(portrait, selection),
        "total": len(situations),
        "consignees": portrait.consignees,
        "par_etat": _counts(situations)["par_etat"],
        "orientations": orientations,
        "responsables": [{"code": who.code, "nom": who.nom} | _counts(portrait.of(who)) for who in plan.registre],
        "ecoule": portrait.over,
        "a_fermer": sum(one.open for one in situations) if portrait.over else 0,
        "autres_plans": list(others),
    }


def _counts(situations: Sequence[Situation]) -> dict[str, Any]:
    return {"total": len(situations), "par_etat": {etat.value: number for etat, number in count(situations).items()}}


def export_object(portrait: Portrait, selection: Selection | None = None) -> dict[str, Any]:
    """The whole plan, nested as it is written, and its actions in a flat list; of a part of it, no empty level."""
    plan = portrait.plan
    flat = []
    by_objectif_of: dict[int, list[dict[str, Any]]] = {}
    for situation in portrait.situations:
        flat.append(action_object(situation, plan))
        by_objectif_of.setdefault(id(situation.place.objectif), []).append(flat[-1])
    opening = _as_read(portrait, selection)
    orientations = [_orientation_object(orientation, by_objectif_of) for orientation in plan.orientations]
    return {
        "version": EXPORT_VERSION,
        **opening,
        "consignees": portrait.consignees,
        "organisme": _organisme_object(plan),
        "orientations": _kept(orientations) if "filtre" in opening else orientations,
        "actions": flat,
    }


def _kept(levels: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The levels that hold an action, at any depth."""
    kept = []
    for level in levels:
        inner = next(key for key in ("volets", "objectifs", "actions") if key in level)
        inside = level[inner] if inner == "actions" else _kept(level[inner])
        kept += [level | {inner: inside}] if inside else []
    return kept


def _organisme_object(plan: Plan) -> dict[str, Any]:
    organisme = plan.organisme
    debut, fin = organisme.periode.debut, organisme.periode.fin
    texts = ("nom", "mission", "vision", "presentation", "valeurs", "diagnostic", "enjeux")
    return {
        **{key: _object(getattr(organisme, key)) for key in texts},
        "periode": {"debut": _object(debut and debut.debut), "fin": _object(fin and fin.fin)},
        "adopte_le": recorded_iso(organisme.adopte_le),
        "plan": {"titre": _object(organisme.plan.titre)},
        "responsables": [{"code": who.code, "nom": who.nom, "alias": list(who.alias)} for who in plan.registre],
    }


def _orientation_object(orientation: Orientation, actions: dict[int, list[dict[str, Any]]]) -> dict[str, Any]:
    """An orientation nested as in its file; the number that the document gives a level, where it gives one."""

    def objectif_object(objectif: Objectif) -> dict[str, Any]:
        measured = _object(objectif.indicateurs)
        own = actions.get(id(objectif), [])
        top = {"numero": objectif.numero, "titre": objectif.titre, "indicateurs": measured}
        return top | numbered(objectif) | {"actions": own}

    def numbered(level: Orientation | Volet | Objectif) -> dict[str, str]:
        return {"reference": level.reference} if level.reference else {}

    def inside(volet: Volet) -> dict[str, Any]:
        """What a volet holds: its objectifs, or where there are none, their actions."""
        if any(objectif.implied for objectif in volet.objectifs):
            return {"actions": [one for objectif in volet.objectifs for one in actions.get(id(objectif), [])]}
        return {"objectifs": list(map(objectif_object, volet.objectifs))}

    top = {"numero": orientation.numero, "enjeu": orientation.enjeu, "titre": orientation.titre} | numbered(orientation)
    if any(volet.implied for volet in orientation.volets):
        return top | inside(orientation.volets[0])
    named = [(volet, {"code": volet.code, "nom": volet.nom}) for volet in orientation.volets]
    return top | {"volets": [name | numbered(volet) | inside(volet) for volet, name in named]}


INTERNAL: dict[str, Any] = {
    **{key: [] for key in ("responsables", "collaborateurs")},
    **dict.fromkeys(("porteur", "suivi", "motif", "decision", "liens", "jours_retard", "fichier", "ligne", "filtre")),
}
"""What an export that is given to others holds under these keys, at any depth: nobody, no note, no lateness."""


_PUBLIC_AS_ADOPTED = frozenset((
    *("description", "titre", "titre_court", "nom", "enonce", "titre_orientation", "titre_volet", "titre_objectif"),
))  # fmt: skip
"""The keys of the adopted descriptions and titles, which say what they say."""
_NO_SENTENCE = frozenset((
    *("id", "volet", "code", "statut", "etat", "type", "debut", "fin", "edtf", "recurrence", "depend_de", "au"),
))  # fmt: skip
"""Those of what only programs read, whose form no code of a responsable may break."""


def shared(value: Any, plan: Plan) -> Any:
    """What of an export of this plan, or of a row of its CSV, may leave the organisation, in the same shape: nothing
    that is internal, and no text but the adopted ones that names a person or a post.

    `dernier_suivi` stays: an action with a note, whose text is gone, still counts as one
    with something recorded, unless the note only corrects or hands over.
    """
    return _shared(value, without_names_of(plan))


def _shared(value: Any, unnamed: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return unnamed(value)
    if isinstance(value, list):
        return [_shared(one, unnamed) for one in value]
    if not isinstance(value, dict):
        return value
    kept = {}
    for key, one in value.items():
        if key in INTERNAL:
            kept[key] = INTERNAL[key]
        elif isinstance(one, dict):
            kept[key] = _shared(one, unnamed)
        elif key in _NO_SENTENCE or key in _PUBLIC_AS_ADOPTED:
            kept[key] = one
        else:
            kept[key] = _shared(one, unnamed)
    if "incomplet" in kept:
        kept["incomplet"] = [file.rpartition("/")[2] for file in kept["incomplet"]]  # and not where it is kept
    return kept


def findings_object(findings: Iterable[Finding]) -> dict[str, Any]:
    """What `pivot validate` answers."""
    return {
        "diagnostics": [
            {
                "code": finding.code,
                "gravite": finding.gravite.value,
                "fichier": finding.location.file,
                "ligne": finding.location.line,
                "colonne": finding.location.column,
                "message": finding.message,
                "aide": finding.remedy,
            }
            for finding in findings
        ]
    }


# A spreadsheet that was made from an earlier version keeps its columns.
_LAST = ("reference", "etapes", "indicateurs", "suite_de")
COLUMNS = (
    *("id", "orientation", "titre_orientation", "volet", "objectif", "titre_objectif", "numero", "description"),
    *("responsables", "echeance", "type", "debut", "fin", "statut", "etat", "jours_retard", "dernier_suivi"),
    *("budget_prevu", "budget_reel", "fichier", "ligne", "budget_source"),
    *(key for key in RECORDED if key not in _LAST),
    *("titre_volet", "edtf", "fois", "avis", "prochaine_echeance", *_LAST[:3], "budget_precision", *_LAST[3:]),
)


def actions_csv(situations: Iterable[Situation], plan: Plan, *, partage: bool = False) -> str:
    """All that is known of each action, or with `partage`, all that may leave the organisation; with commas."""
    rows = (_csv_values(one, plan) for one in situations)
    if partage:
        unnamed = without_names_of(plan)
        rows = (_shared(row, unnamed) for row in rows)
    return _csv(COLUMNS, rows)


def _csv(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> str:
    return csv_rows([columns]) + csv_rows([_joined(values[column]) for column in columns] for values in rows)


def csv_rows(rows: Iterable[Iterable[Any]]) -> str:
    """The lines of a CSV, each of its texts in a cell that no spreadsheet takes for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for cells in rows:
        writer.writerow([csv_cell(value) if isinstance(value, str) else value for value in cells])
    return out.getvalue()


def separated(made: str, separateur: str) -> str:
    """A CSV, made with commas, with another separator: then a decimal comma, as a French spreadsheet reads both.

    Cells stay guarded for every separator (`csv_cell`), and none holds a tab.
    """
    csv.field_size_limit(max(csv.field_size_limit(), len(made) + 1))  # one cell may hold the notes of years
    rows = list(csv.reader(io.StringIO(made)))
    dollars = [rank for rank, heading in enumerate(rows[0]) if heading in ("budget_prevu", "budget_reel")]
    for row in rows[1:]:
        for rank in dollars:
            row[rank] = row[rank].replace(".", ",")
    out = io.StringIO()
    csv.writer(out, delimiter=separateur, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _csv_values(situation: Situation, plan: Plan) -> dict[str, Any]:
    one = action_object(situation, plan)
    return {
        **one,
        "etat": ETATS_ASKED[situation.etat],
        "titre_orientation": situation.place.orientation.titre,
        "titre_volet": None if situation.place.volet.implied else situation.place.volet.nom,
        "titre_objectif": None if situation.place.objectif.implied else situation.place.objectif.titre,
        **{key: one["echeance"][key] for key in ("type", "debut", "fin", "edtf", "fois", "avis")},
        **{f"budget_{key}": (one["budget"] or {}).get(key) for key in ("prevu", "reel", "source", "precision")},
    }


def _joined(value: Any) -> Any:
    """A value in one cell: the items of a list between « + », those of a group between commas."""
    if isinstance(value, list):
        return " + ".join(str(_joined(one)) for one in value)
    if isinstance(value, dict):
        given = [value["texte"]] if "texte" in value else list(map(_joined, value.values()))
        return ", ".join(str(one) for one in given if one is not None)
    return value


def _markdown(
    portrait: Portrait,
    name: str,
    said: Iterable[str],
    headed: Iterable[tuple[str, Sequence[Situation]]],
    today: date,
) -> str:
    """Actions as Markdown, under a title that names them: what is `said` of them, then a table under each heading."""
    plan, shown = portrait.plan, list(headed)
    nom = plan.niveaux.action.nom
    lines = [f"# {escape_markdown(name)} au {day_in_words(portrait.au)}"]
    opening = (incomplete(plan), as_recorded_today(portrait, today), " ".join(filter(None, said)))
    for text in filter(None, opening):
        lines += ["", escape_markdown(text)]
    for heading, situations in shown:
        lines += ["", f"## {escape_markdown(heading)}"] if heading else []
        lines += [
            "",
            f"| Réf. | {escape_markdown(capitalized(nom))} | Responsables | Échéance | État |",
            "| --- | --- | --- | --- | --- |",
        ]
        for one in situations:
            who = labels(one.action.responsables, plan.registre)
            when = echeance_in_words(one, day=False)  # its état tells the day
            texts = (text_of(one.action), who, when, etat_in_words(one, portrait))
            lines.append(f"| {one.id} | {' | '.join(map(escape_markdown, texts))} |")
    known = short_names((one for _, some in shown for one in some), plan)
    legend = "; ".join(f"{label}{NBSP}: {whole}" for label, whole in known)
    return "\n".join([*lines, *(["", f"{escape_markdown(legend)}."] if legend else [])]) + "\n"


def _overdue_markdown(
    portrait: Portrait, situations: Sequence[Situation], selection: Selection | None, today: date
) -> str:
    passed = due(situations)
    near = len(situations) - len(passed)
    asked = kept_in_words(selection, portrait.situations, portrait.plan)
    said = [
        asked,
        recorded(portrait.situations, portrait.plan.niveaux.action),
        f"Échéances passées{NBSP}: {len(passed)}.",
    ]
    until = day_in_words(portrait.look.horizon_end)
    said += [f"À échéance d'ici le {until}{NBSP}: {near}."] if near else []
    niveaux = portrait.plan.niveaux
    headed = [(f"{some.id} {heading_of(some.place, niveaux)}", some.situations) for some in by_objectif(situations)]
    return _markdown(portrait, "Échéances passées", said, headed, today)


def _list_markdown(
    portrait: Portrait, situations: Sequence[Situation], selection: Selection, today: date, tri: Tri
) -> str:
    headed = ((heading.replace("  ", " "), some) for heading, some in under_headings(situations, portrait.plan, tri))
    plan, nom = portrait.plan, portrait.plan.niveaux.action
    about = recorded(situations, nom) if situations else "" if plan.places else no_action(plan)
    said = (kept_in_words(selection, situations, plan), about)
    return _markdown(portrait, capitalized(nom.pluriel), said, headed if situations else (), today)


OVERDUE: dict[str, Callable[..., str]] = {
    "json": lambda portrait, situations, selection, *_: _actions_json(portrait, in_dossiers(situations), selection),
    "csv": lambda portrait, situations, *_: actions_csv(in_dossiers(situations), portrait.plan),
    "md": _overdue_markdown,
}
"""What `pivot overdue` gives, form by form, of a portrait of what was selected, of what is due, of what was asked and
of today; always in the order of the screen."""

LIST: dict[str, Callable[..., str]] = {
    "json": _actions_json,
    "csv": lambda portrait, situations, *_: actions_csv(situations, portrait.plan),
    "md": _list_markdown,
}
"""What `pivot list` gives, form by form, of the same and of the order that was asked for."""
