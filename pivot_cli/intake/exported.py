"""What `pivot export` and `pivot list` wrote → the plan again, as far as they say it: no reading of headers, no guess.

JSON says the organisation, its levels and who is responsible; a table, its actions only. Neither says the nouns of the
levels, the conventions and the meetings. What pivot computes is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from pivot_cli.echeance import Refus, parse_date
from pivot_cli.finding import PivotError
from pivot_cli.intake.draft import ActionDraft, Ask, Draft, EnjeuDraft, NodeDraft, Organisation
from pivot_cli.intake.people import Qui
from pivot_cli.intake.wordings import as_date, is_read
from pivot_cli.plan.nouns import Niveaux
from pivot_cli.received.cells import Left
from pivot_cli.text import NBSP, capitalized, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pivot_cli.echeance import Conventions
    from pivot_cli.intake.ledger import Ledger
    from pivot_cli.received.cells import Cell, Source, Table

_ALWAYS = {"id", "orientation", "titre_orientation", "numero", "description", "responsables", "echeance", "etat"}
_TEXTS = (
    *("reference", "titre_court", "porteur", "statut", "motif", "resolution", "decision", "resultat", "recurrence"),
    "suite_de",
)
_DAYS = ("statut_le", "realisee_le")
_LISTS = ("etapes", "depend_de", "liens")
_BUDGET = ("prevu", "reel", "source", "precision")
_READ = {
    *(*_ALWAYS - {"id", "etat"}, *_TEXTS, *_DAYS, *_LISTS, *(f"budget_{key}" for key in _BUDGET)),
    *("volet", "titre_volet", "objectif", "titre_objectif", "collaborateurs", "realisations"),
    *("suivi", "indicateurs", "echeances_precedentes"),
}
_COMPUTED = ("id", "etat", "jours_retard", "dernier_suivi", "fichier", "ligne", "prochaine_echeance")
_ELSEWHERE = "noms des niveaux, conventions, réunions et courriels"
_GUARD = re.compile("((?:^|[;,])[\\s\"]*)'(?=[=+\\-@＝＋－＠])")  # what a CSV puts before the sign of a formula
_MOST_DIGITS = 9  # of a number of a plan
_BETWEEN = " + "  # the items of a list


def exported(document: Source) -> Table | None:
    """The table of an export, where a document is one."""
    tables = [table for table in document.tables if table.rows]
    return next((one for one in tables if {cell.line for cell in one.rows[0]} >= _ALWAYS), None)


class _Row:
    """An action of an export, by the names of its columns."""

    def __init__(self, names: list[str], cells: list[Cell], ledger: Ledger) -> None:
        self.cells = dict(zip(names, cells, strict=True))
        self.place = next((cell.place for cell in cells if cell.text), "")
        for name, cell in self.cells.items():
            if name in _READ:
                ledger.use(cell)
            else:
                ledger.leave([cell], "calculé par pivot")

    def text(self, name: str) -> str:
        """What a column says, without the guard of a CSV."""
        cell = self.cells.get(name)
        return _GUARD.sub(r"\1", cell.line) if cell else ""

    def items(self, name: str) -> list[str]:
        """The items of a list."""
        return [one for one in self.text(name).split(_BETWEEN) if one]

    def number(self, name: str) -> int:
        """A number of a level, 0 where there is none."""
        return _number(self.text(name).removesuffix(".0"))

    def action(self, conventions: Conventions) -> dict[str, Any]:
        """The action, in the shape of JSON."""
        lists = ("responsables", "collaborateurs", "realisations", *_LISTS)
        return {
            "numero": self.number("numero"),
            "description": self.text("description"),
            "echeance": {"texte": self.text("echeance")},
            **{key: self.text(key) for key in (*_TEXTS, *_DAYS)},
            **{key: self.items(key) for key in lists},
            "budget": {key: self.text(f"budget_{key}") for key in _BUDGET},
            "suivi": [_note(one) for one in self.items("suivi")],
            "indicateurs": [_measure(one) for one in self.items("indicateurs")],
            "echeances_precedentes": [_earlier(one, conventions) for one in self.items("echeances_precedentes")],
        }


def drawn_from_table(table: Table, ledger: Ledger, conventions: Conventions) -> Draft:
    """The plan that the table of an export says."""
    names = [cell.line for cell in table.rows[0]]
    ledger.leave(table.rows[0], "en-têtes")
    rows = [_Row(names, cells, ledger) for cells in table.rows[1:] if any(cell.text for cell in cells)]
    orientations: list[NodeDraft] = []
    for row in rows:
        node = _level(orientations, "orientation", row, row.number("orientation"), "")
        if row.text("volet"):
            node = _level(node.children, "volet", row, 0, row.text("volet"))
        if row.text("objectif"):
            node = _level(node.children, "objectif", row, row.number("objectif"), "")
        node.actions.append(_action(row.action(conventions), row.place, conventions))
    orientations.sort(key=lambda node: node.numero)
    understood = [(table.name, name, "telle quelle") for name in names if name in _READ]
    return Draft(Organisation(), Niveaux(), orientations, _named(orientations), [], [], understood)


def _named(orientations: list[NodeDraft]) -> list[Qui]:
    """Who is responsible, by the codes that are all that is known of them."""
    actions = [action for node in orientations for action in node.every_action()]
    codes = (code for one in actions for code in (*one.responsables, one.fields.get("porteur"), *one.collaborateurs))
    return [Qui(code, code, ()) for code in dict.fromkeys(codes) if code]


def _level(siblings: list[NodeDraft], level: str, row: _Row, number: int, code: str) -> NodeDraft:
    found = next((one for one in siblings if (one.numero, one.code) == (number, code)), None)
    if found is None:
        found = NodeDraft(level, row.text(f"titre_{level}"), None, row.place)
        found.numero, found.code = number, code
        siblings.append(found)
    return found


def _action(said: dict[str, Any], place: str, conventions: Conventions) -> ActionDraft:
    """An action, from what the JSON of an export says of it."""
    action = ActionDraft(_text(said.get("description")), None, place)
    action.numero = _number(said.get("numero"))
    action.reference = _text(said.get("reference")) or None
    action.responsables, action.collaborateurs = _items(said, "responsables"), _items(said, "collaborateurs")
    when = _text(_object(said, "echeance").get("texte"))
    if when and is_read(when, conventions):
        action.echeance = when
    elif when:
        action.asks.append(Ask(quoted(when), place, f"L'échéance {quoted(when)} n'est pas lue."))
    fields = action.fields
    fields |= {key: text for key in _TEXTS[1:] if (text := _text(said.get(key)))}
    fields |= {key: items for key in (*_LISTS, "realisations") if (items := _items(said, key))}
    for key in _DAYS:
        _dated(action, key, _text(said.get(key)))
    fields |= {"budget": budget} if (budget := _texts(_object(said, "budget"))) else {}
    for key in ("suivi", "indicateurs", "echeances_precedentes"):
        fields |= {key: records} if (records := _records(said, key)) else {}
    return action


def _dated(action: ActionDraft, key: str, text: str) -> None:
    if (day := as_date(text)) and not isinstance(parse_date(day), Refus):
        action.fields[key] = day
    elif day:
        action.comment(f"{key}{NBSP}: {day}")


# --- JSON ------------------------------------------------------------------------------------------


def _text(said: Any) -> str:
    """A text, a number, or the wording of an échéance, as it is written in a plan."""
    if isinstance(said, dict):
        return _text(said.get("texte"))
    return "" if said is None or isinstance(said, list) else str(said)


def _number(said: Any) -> int:
    text = _text(said)
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else 0


def _object(said: Mapping[str, Any], key: str) -> dict[str, Any]:
    return found if isinstance(found := said.get(key), dict) else {}


def _objects(said: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    return [one for one in _list(said, key) if isinstance(one, dict)]


def _list(said: Mapping[str, Any], key: str) -> list[Any]:
    return found if isinstance(found := said.get(key), list) else []


def _items(said: Mapping[str, Any], key: str) -> list[str]:
    return [text for one in _list(said, key) if (text := _text(one))]


def _texts(said: Mapping[str, Any]) -> dict[str, str]:
    return {key: text for key, one in said.items() if (text := _text(one))}


def _records(said: Mapping[str, Any], key: str) -> list[dict[str, str]]:
    """The groups of fields of a list, a note after its day, as a plan is written."""
    order = ("date", "note", "par", "libelle", "cible", "atteint", "echeance", "motif", "decide_le", "resolution")
    return [{name: texts[name] for name in order if name in texts} for texts in map(_texts, _objects(said, key))]


def drawn_from_json(said: Mapping[str, Any], conventions: Conventions) -> tuple[Draft, list[Left]]:
    """The plan that the JSON of an export says, and what of it is not taken."""
    organisme = _object(said, "organisme")
    nested = _objects(said, "orientations")
    orientations = [_nested(one, "orientation", conventions) for one in nested] if nested else _flat(said, conventions)
    _refuse_twins(orientations)
    people = [
        Qui(_text(one.get("code")), _text(one.get("nom")), tuple(_items(one, "alias")))
        for one in _objects(organisme, "responsables")
    ]
    known = {who.code for who in people}
    people += [who for who in _named(orientations) if who.code not in known]
    return Draft(_organisation(organisme), Niveaux(), orientations, people, [], [], []), list(_not_taken(said))


def _refuse_twins(orientations: list[NodeDraft]) -> None:
    """Raise PivotError for two orientations of one number, which have one file: somebody wrote in the export."""
    for number, several in Counter(one.numero for one in orientations).items():
        if several > 1:
            message = f"{several} orientations y portent le numéro {number}, et chacune a son fichier dans un plan."
            raise PivotError(message, "Donnez à chacune le sien dans ce JSON, puis recommencez. Rien n'est écrit.")


def _organisation(said: dict[str, Any]) -> Organisation:
    made = Organisation()
    made.nom, made.adopte_le = _text(said.get("nom")) or None, _text(said.get("adopte_le")) or None
    made.titre = _text(_object(said, "plan").get("titre")) or None
    made.periode = _texts(_object(said, "periode"))
    for key in ("mission", "vision", "presentation"):
        setattr(made, key, _text(said.get(key)) or None)
    made.valeurs = _items(said, "valeurs")
    diagnostic = _object(said, "diagnostic")
    made.diagnostic = {key: items for key in diagnostic if (items := _items(diagnostic, key))}
    for one in _objects(said, "enjeux"):
        enjeu = EnjeuDraft(_number(one.get("numero")), _text(one.get("titre")))
        enjeu.enonce = _text(one.get("enonce")) or None
        made.enjeux.append(enjeu)
    return made


_INSIDE = {"volets": "volet", "objectifs": "objectif"}


def _nested(said: dict[str, Any], level: str, conventions: Conventions) -> NodeDraft:
    """A level, and all that is in it."""
    node = NodeDraft(level, _text(said.get("titre") or said.get("nom")), None, level)
    node.numero, node.code = _number(said.get("numero")), _text(said.get("code"))
    node.reference = _text(said.get("reference")) or None
    node.enjeu = _number(said.get("enjeu")) or None
    node.indicateurs = _records(said, "indicateurs")
    node.children = [_nested(one, kind, conventions) for key, kind in _INSIDE.items() for one in _objects(said, key)]
    node.actions = [_action(one, _text(one.get("id")), conventions) for one in _objects(said, "actions")]
    return node


def _flat(said: Mapping[str, Any], conventions: Conventions) -> list[NodeDraft]:
    """The levels of a list, which names none: each is to be named."""
    orientations: list[NodeDraft] = []
    for one in _objects(said, "actions"):
        node = _unnamed(orientations, "orientation", _text(one.get("orientation")))
        for level in ("volet", "objectif"):
            if mark := _text(one.get(level)):
                node = _unnamed(node.children, level, mark)
        node.actions.append(_action(one, _text(one.get("id")), conventions))
    return sorted(orientations, key=lambda node: node.numero)


def _unnamed(siblings: list[NodeDraft], level: str, mark: str) -> NodeDraft:
    number, code = (0, mark) if level == "volet" else (_number(mark), "")
    found = next((one for one in siblings if (one.numero, one.code) == (number, code)), None)
    if found is None:
        found = NodeDraft(level, f"{capitalized(level)} {mark}", None, level)
        found.numero, found.code = number, code
        told = f"Une liste ne nomme pas les niveaux{NBSP}: quel est le titre de {found.titre}?"
        found.asks.append(Ask("le titre", "", told))
        siblings.append(found)
    return found


def _not_taken(said: Mapping[str, Any]) -> Iterator[Left]:
    """What pivot computes of each action, what the file lacks, and what this version does not know."""
    yield Left(_ELSEWHERE, _ELSEWHERE, "n'est pas dans un export")
    computed = ", ".join(key for key in _COMPUTED if any(one.get(key) is not None for one in _objects(said, "actions")))
    if computed:
        yield Left("actions", computed, "calculé par pivot")
    if filtre := _text(said.get("filtre")):
        yield Left("filtre", filtre, "ce n'est qu'une partie du plan")
    for file in _items(said, "incomplet"):
        yield Left("incomplet", file, "n'avait pas pu être lu")
    known = {*_READ, *_COMPUTED, "budget"}
    for one in _objects(said, "actions"):
        unknown = {key: text for key, text in _texts(one).items() if key not in known}
        yield from (Left(_text(one.get("id")), f"{key}{NBSP}: {text}", "pas compris") for key, text in unknown.items())


def _note(text: str) -> dict[str, str]:
    """« La note, 2024-03-31, CA »: what was noted, when, by whom."""
    found = re.fullmatch(r"(?s)(.*), ([0-9]{4}(?:-[0-9]{2}){0,2})(?:, ([^,]+))?", text)
    note = {"date": found[2], "note": found[1]} if found else {"note": text}
    return note | ({"par": found[3]} if found and found[3] else {})


def _measure(text: str) -> dict[str, str]:
    """« Jeux publiés, 100, 62 »: what is measured, the target, what was reached."""
    found = re.fullmatch(r"(.*?)(?:, ([0-9][^,]*(?:,[0-9][^,]*)?))(?:, ([0-9][^,]*(?:,[0-9][^,]*)?))?", text)
    values = zip(("libelle", "cible", "atteint"), found.groups() if found else (text,), strict=False)
    return {key: value for key, value in values if value}


def _earlier(text: str, conventions: Conventions) -> dict[str, str]:
    """« Juin 2023, Faute de fonds, 2023-05-02, CA-12 »: an échéance, why and when it moved, by which resolution."""
    parts = text.split(", ")
    first = next((n for n in range(len(parts), 0, -1) if is_read(", ".join(parts[:n]), conventions)), 1)
    made, rest = {"echeance": ", ".join(parts[:first])}, parts[first:]
    at = next((n for n, one in enumerate(rest) if re.fullmatch(r"[0-9]{4}(?:-[0-9]{2}){0,2}", one)), len(rest))
    found = {
        "motif": ", ".join(rest[:at]),
        "decide_le": "".join(rest[at : at + 1]),
        "resolution": ", ".join(rest[at + 1 :]),
    }
    return made | {key: value for key, value in found.items() if value}
