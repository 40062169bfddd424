"""What the cells of an action give: who, when, the statut, the money, the indicators; what is not read is asked."""

from __future__ import annotations

import re
from datetime import date
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.echeance import Refus, parse_date
from pivot_cli.intake import wordings
from pivot_cli.intake.dates import completed, year_said
from pivot_cli.intake.draft import ActionDraft, Ask, Piste
from pivot_cli.intake.found import without_calls
from pivot_cli.intake.ledger import NOTHING
from pivot_cli.intake.leftovers import IDEM
from pivot_cli.intake.people import is_nobody, is_person, names_in
from pivot_cli.intake.roles import Role
from pivot_cli.plan.model import Statut
from pivot_cli.plan.schema.fields import MONEY, STATUT
from pivot_cli.plan.schema.kinds import uninflected
from pivot_cli.text import NBSP, capitalized, fold, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pivot_cli.echeance import Conventions
    from pivot_cli.intake.found import CellValue, Found
    from pivot_cli.intake.ledger import Ledger
    from pivot_cli.intake.roles import Column
    from pivot_cli.received.cells import Line, Piece

_BULLET = re.compile(r"^\s*(?:[•·▪■●○◦*–—‒-]|[0-9]{1,2}[.)]|[a-z][.)]|[✓✔➢►→])\s+(?=\S)")
_LEGEND = re.compile(
    r"\(?\b([A-Z])\)?\s*[:=]\s*(responsable|porteur|pilote|partenaire|collaborat|soutien|appui|leader|mandataire)",
    re.IGNORECASE,
)
_HEADED = re.compile(
    r"(responsable|porteur|pilote|partenaire|collaborat|soutien|appui)[a-zé]*s?\s*\(([A-Z])\)", re.IGNORECASE
)


class Common(NamedTuple):
    """What is known of a whole document when its actions are read."""

    conventions: Conventions
    names: frozenset[str]  # of responsables, as they are compared
    day_first: dict[str, bool]  # of a column of dates in figures, by its header, where something says it
    legend: dict[str, bool]  # of a letter in parentheses after a name: whether it is of who is responsible
    ledger: Ledger


def legend_in(texts: Iterable[str]) -> dict[str, bool]:
    """What « (R) », « (P) » after a name mean, by the legend of the document, else by use."""
    found = {"R": True, "P": False, "C": False, "S": False}
    for text in texts:
        said = [(one.upper(), word) for one, word in _LEGEND.findall(text)] if ":" in text or "=" in text else []
        said += [(letter, word) for word, letter in _HEADED.findall(text)] if "(" in text else []
        for letter, word in said:
            found[letter] = fold(word) in ("responsable", "porteur", "pilote", "leader", "mandataire")
    return found


def lines_of(text: str) -> list[str]:
    """The items of a cell: its lines, without their bullets; a line that goes on another is joined to it."""
    found: list[str] = []
    bulleted = any(_BULLET.match(line) for line in text.split("\n"))
    for line in filter(None, (one.strip() for one in text.split("\n"))):
        fresh = _BULLET.match(line) if bulleted else not (found and line[:1].islower())
        if found and not fresh:
            found[-1] = f"{found[-1]} {line}"
        else:
            found.append(line)
    return [" ".join(_BULLET.sub("", line, count=1).split()) for line in found]


def filled(action: ActionDraft, found: Found, known: Common) -> None:
    """Give an action all that its row, or rows, say."""
    _without_nothing(found, known.ledger)
    _people(action, found, known)
    _deadline(action, found, known)
    _status(action, found, known)
    _money(action, found)
    _indicators(action, found)
    _steps(action, found, known)
    _results(action, found)
    _texts(action, found)
    _past(action, found, known)
    _faults(action, found)
    for role, values in found.values.items():
        for value in values:
            if without_calls(value.cell.text) != value.cell.text:
                action.comment(f"{NBSP}: ".join(filter(None, (value.column.header, value.cell.line))))
            if role is Role.ACTION or not known.ledger.is_known(value.cell):  # known: told among what is left out
                known.ledger.use(value.cell)
            action.comment(commented(value.cell, known.ledger))
            for link in value.cell.links:
                if link.startswith(("http:", "https:")) and link not in value.cell.text:
                    _add(action, "liens", link)


def commented(cell: Piece, ledger: Ledger) -> str:
    """What somebody wrote beside a cell of a workbook."""
    note: Line | None = getattr(cell, "comment", None)
    if note is None:
        return ""
    ledger.use(note)
    return f"{capitalized(note.place.rpartition(', ')[2])} de {cell.place}{NBSP}: {note.line}"


_ALWAYS_KEPT = (Role.ACTION, Role.PERIODE, Role.ECHEANCE)  # what they say depends on the rows, or columns, beside


def _without_nothing(found: Found, ledger: Ledger) -> None:
    """What only says that it says nothing is left out, and told."""
    for role, values in found.values.items():
        ledger.leave((value.cell for value in values if wordings.is_nothing(value.text)), NOTHING)
        if role not in _ALWAYS_KEPT:
            found.values[role] = [value for value in values if not wordings.is_nothing(value.text)]
    ledger.leave((one.value.cell for one in found.past if wordings.is_nothing(one.value.text)), NOTHING)
    found.past = [one for one in found.past if not wordings.is_nothing(one.value.text)]


def _add(action: ActionDraft, field: str, value: object) -> None:
    listed = action.fields.setdefault(field, [])
    if value not in listed:
        listed.append(value)


# --- who ---------------------------------------------------------------------------------------------


def _people(action: ActionDraft, found: Found, known: Common) -> None:
    values = [value for value in found.values.get(Role.RESPONSABLES, ()) if value.text]
    named = [value for value in values if not is_nobody(value.text)]
    best = min((value.column.rank for value in named), default=0)
    for value in values:
        if is_nobody(value.text):
            action.comment(f"{value.column.header}{NBSP}: {value.cell.line}" if re.search(r"\w", value.text) else "")
        elif value.column.rank > best:
            action.comment(f"{value.column.header}{NBSP}: {' '.join(value.text.split())}")
        elif value.text in ("R", "P", "C", "S") or wordings.is_plain_mark(value.text):  # in the column of somebody
            sign = value.text if value.text in known.legend else "R"
            _place(action, f"{value.column.header} ({sign})", known)
        else:
            names = names_in(value.text, known.names)
            for name in names:
                _place(action, name, known)
            action.comment(_signs_beside(value, names))
    for value in found.values.get(Role.COLLABORATEURS, ()):
        marked = wordings.is_plain_mark(value.text)
        names = (value.column.header,) if marked else names_in(value.text, known.names)
        for name in names:
            _place(action, name, known, helps=True)
        action.comment("" if marked else _signs_beside(value, names))
        if is_nobody(value.text) and re.search(r"\w", value.text):
            action.comment(f"{value.column.header}{NBSP}: {value.cell.line}")


def _signs_beside(value: CellValue, names: Sequence[str]) -> str:
    """The whole cell, where it has a sign that is in no name and separates none."""
    kept = set("".join(names)) | set(",;/+•·|:.–—-()[]\"'«»&")
    lost = [sign for sign in value.text if not (sign.isalnum() or sign.isspace() or sign in kept)]
    return f"{value.column.header}{NBSP}: {value.cell.line}" if lost else ""


_LETTERED = re.compile(r"(.+?)\s*\(([A-Z])\)|([A-Z])\s*:\s*(.+)")


def _place(action: ActionDraft, name: str, known: Common, *, helps: bool = False) -> None:
    """A name among those who are responsible, or who help, as the letter after it says, whatever its column."""
    letter = _LETTERED.fullmatch(name)
    sign = letter and (letter[2] or letter[3])
    if letter and sign in known.legend:
        name, helps = letter[1] or letter[4], not known.legend[sign]
    into = action.collaborateurs if helps else action.responsables
    if fold(name) not in map(fold, into):
        into.append(name)


# --- when --------------------------------------------------------------------------------------------


def _deadline(action: ActionDraft, found: Found, known: Common) -> None:
    words = [value for value in found.values.get(Role.ECHEANCE, ()) if not wordings.is_blank(value.text)]
    bounds = [found.first(Role.DEBUT), found.first(Role.FIN)]
    if len(words) == 1 and bounds[0] and not bounds[1]:  # « Début | Échéance »
        words, bounds = [], [bounds[0], words[0]]
    marks = found.values.get(Role.PERIODE, [])
    said, read = "", wordings.Lue(None)
    if words:
        said, read = _from_words(action, found, words, known)
    elif any(bounds):
        said = " – ".join(" ".join(value.text.split()) for value in bounds if value and value.text)
        debut, fin = (_completed(value.text, value.column, found, known) if value else "" for value in bounds)
        read = wordings.from_bounds(debut, fin, known.conventions)
    others = [value for role in (Role.DEBUT, Role.FIN) for value in found.values.get(role, ())]
    for value in others:
        if words or value not in bounds:
            action.comment(f"{value.column.header}{NBSP}: {value.cell.line}")
    if marks and not words and not any(bounds):
        said, read = _from_calendar(action, found, marks, known)
        said = read.texte or said
    elif marks:
        for value in marks:
            action.comment(f"{value.column.header}{NBSP}: {value.cell.line or 'marqué'}")
    _settle(action, said, read)


def _completed(text: str, column: Column, found: Found, known: Common) -> str:
    """What a cell says of when, with the order and the year that the document says elsewhere."""
    first, last = known.conventions.periode_debut, known.conventions.periode_fin
    short = (first, last) if first and last and (last - first).days <= 366 else None
    years = set(re.findall(r"\b(?:19|20)[0-9]{2}\b", column.header))
    fenetre = (year_said(*years) if len(years) == 1 else None) or found.year or short
    said = " ".join(text.split())
    return completed(said, known.conventions, day_first=known.day_first.get(column.header), fenetre=fenetre)


_LACKING = {"année": "manque l'année", "ordre": "se lit de deux façons", "exercice": "en quel mois commence"}
"""What an échéance that is refused lacks, by what the refusal says."""


def _settle(action: ActionDraft, said: str, read: wordings.Lue) -> None:
    if read.texte:
        action.echeance = read.texte
        words = iter(re.findall(r"\w+", fold(read.texte)))
        if said != read.texte and not all(word in words for word in re.findall(r"\w+", fold(said))):  # in order
            action.comment(f"Échéance du document{NBSP}: {said}")
    elif read.refus:
        told = f"L'échéance {quoted(said)} n'est pas lue. {read.refus}"
        manque = next((what for what, sign in _LACKING.items() if sign in read.refus), "")
        action.asks.append(Ask(quoted(said), action.place, told, manque))


def _from_words(
    action: ActionDraft, found: Found, words: Sequence[CellValue], known: Common
) -> tuple[str, wordings.Lue]:
    texts, conventions = list(dict.fromkeys(value.text for value in words)), known.conventions
    first = " ".join(texts[0].split())
    if len(texts) == 1:
        whole = _completed(first, words[0].column, found, known)
        return first, wordings.from_wording(texts[0] if whole == first else whole, conventions)
    last = " ".join(texts[-1].split())
    for text in texts[1:-1] if not _dated_steps(found) else ():
        action.comment(f"{words[0].column.header}{NBSP}: {' '.join(text.split())}")
    read = wordings.from_bounds(first, last, conventions)
    return f"{first} – {last}", read


def _from_calendar(
    action: ActionDraft, found: Found, marks: Sequence[CellValue], known: Common
) -> tuple[str, wordings.Lue]:
    """The marks of a row under the columns of a calendar."""
    columns, conventions = found.periods, known.conventions
    yes = {value.column.first for value in marks if wordings.is_mark(value.text, coloured=True)}
    read = wordings.from_marks(
        [_completed(column.header, column, found, known) for column in columns],
        [column.first in yes for column in columns],
        conventions,
    )
    if text := _in_each(marks, conventions):
        said = text if len(marks) == len(columns) else f"{text}, {read.texte}"
        if wordings.is_read(said, conventions):
            return said, wordings.Lue(said)
    for value in marks:
        if value.text and not wordings.is_plain_mark(value.text) and wordings.is_mark(value.text):
            action.comment(f"{value.column.header}{NBSP}: {value.cell.line}")
    marked = [column.header for column in columns if column.first in yes]
    return ", ".join(marked), read


def _in_each(marks: Sequence[CellValue], conventions: Conventions) -> str:
    """« En continu » in each marked column of a calendar, merged or again and again: it says more than they do."""
    texts = {" ".join(value.text.split()) for value in marks if fold(value.text).strip(".") not in IDEM}
    text = texts.pop() if len(texts) == 1 else ""
    in_words = not wordings.is_plain_mark(text) and not re.search("[0-9]", text)
    return text if in_words and wordings.is_read(text, conventions) else ""


# --- where it stands ---------------------------------------------------------------------------------


def own_statut(text: str) -> Statut | None:
    """The statut that a text is, in any gender and number: our words only."""
    wanted = uninflected(text.strip(" .!"))
    return next((one for one in Statut if uninflected(one.value) == wanted), None)


def _status(action: ActionDraft, found: Found, known: Common) -> None:
    for value in found.values.get(Role.STATUT, ()):
        _said(action, value)
    for value in found.values.get(Role.FAITE, ()):
        if wordings.is_plain_mark(value.text):
            header = re.sub(r"\(.*?\)|[?]", "", value.column.header)
            _said(action, value._replace(text=header.strip()), value.text)
        elif fold(value.text).strip(" .") not in ("", "non", "n", "no", "faux", "false", "0", "☐", "□", "✗"):
            _said(action, value)
        else:
            known.ledger.leave([value.cell], "pas encore fait : rien à consigner")
    for value in found.values.get(Role.REALISEE_LE, ()):
        _done_on(action, value, _completed(value.text, value.column, found, known))


_CHECKED = frozenset("✔✓☑✅")
"""Alone under « État », these most likely say that it is done."""
_SIGNS = re.compile(r"^[^\w(«\"%-]+(?=\w)|(?<=\w)\s+[^\w)»\"%?!.…]+$")
"""A picture before, or after, a statut: « ✅ Fait »."""


def _said(action: ActionDraft, value: CellValue, typed: str = "") -> None:
    """What a column says of the statut: `typed` is the mark, where the text is that of its header."""
    whole = " ".join(value.text.split())
    text = _SIGNS.sub("", whole) or whole
    action.comment(f"{value.column.header}{NBSP}: {whole}" if text != whole else "")
    if statut := own_statut(text):
        action.fields["statut"] = statut.value
        return
    dated = re.fullmatch(r"(.+?)\s+(?:le|en|depuis|:|–|-)\s+(?:le\s+)?(.*[0-9].*)", text)
    if dated and (statut := own_statut(dated[1])) and not isinstance(parse_date(dated[2]), Refus):
        action.fields["statut"] = statut.value
        action.fields["realisee_le" if statut is Statut.REALISEE else "statut_le"] = dated[2]
        return
    meant = STATUT.meant(text) or (Statut.REALISEE.value if text in _CHECKED else None)
    if meant == Statut.A_FAIRE or fold(text) in ("0 %", "0%", "0", "-", "n/a", "s/o"):
        action.comment(f"{value.column.header}{NBSP}: {typed or text}")
        return
    if meant is None and len(text) > 60:
        action.comment(f"{value.column.header}{NBSP}: {text}")
        return
    choice = f"statut{NBSP}: {meant}?" if meant else "quel statut?"
    typed = typed or text
    told = f"Le document dit {quoted(typed)} ({value.column.header}){NBSP}: {choice}"
    action.asks.append(
        Ask(f"{quoted(typed)} ({'statut' if typed == text else value.column.header})", value.cell.place, told)
    )


def _done_on(action: ActionDraft, value: CellValue, said: str) -> None:
    text = wordings.as_date(said)
    if wordings.is_blank(text):
        return
    if not isinstance(parse_date(text), Refus) and action.fields.get("statut") == Statut.REALISEE:
        action.fields["realisee_le"] = text
        return
    if action.asks and action.asks[-1].texte.endswith(
        f"statut{NBSP}: {Statut.REALISEE.value}?"
    ):  # asked of both at once
        asked = action.asks.pop()
        comment = f"{asked.comment}, {quoted(text)} ({value.column.header.lower()})"
        told = f"{asked.texte} Et {quoted(text)} ({value.column.header}){NBSP}: depuis ce jour-là?"
        action.asks.append(asked._replace(comment=comment, texte=told))
        return
    told = f"{quoted(text)} ({value.column.header}){NBSP}: l'action est-elle réalisée, et depuis quand?"
    action.asks.append(Ask(f"{quoted(text)} ({value.column.header.lower()})", value.cell.place, told))


# --- how much, how many ------------------------------------------------------------------------------


def _money(action: ActionDraft, found: Found) -> None:
    budget: dict[str, str] = {}
    for role, key in ((Role.PREVU, "prevu"), (Role.REEL, "reel")):
        values = [value for value in found.values.get(role, ()) if not wordings.is_blank(value.text)]
        for value in [one for one in values if _is_source(one)]:
            budget["source"] = " ".join(value.text.split())
            values.remove(value)
        for value in values:
            text = " ".join(value.text.split())
            scaled = re.search(r"(?i)k\s?\$|m\s?\$|€|\b0?00\b|milliers|etp|heures?", value.column.header)
            if len(values) == 1 and not scaled and MONEY.parse(text) is not None:
                budget[key] = text
                if re.search(r"\b(?:19|20)[0-9]{2}\b", value.column.header):  # of that year
                    action.comment(f"{value.column.header}{NBSP}: {text}")
            else:
                named = len(values) > 1 or role is Role.REEL or scaled
                said = f"{value.column.header}{NBSP}: {text}" if named else text
                budget["precision"] = "; ".join(filter(None, (budget.get("precision"), said)))
    for value in found.values.get(Role.SOURCE, ()):
        if not wordings.is_blank(value.text):
            budget["source"] = ", ".join(filter(None, (budget.get("source"), " ".join(value.text.split()))))
    if budget:
        action.fields["budget"] = {
            key: budget[key] for key in ("prevu", "reel", "source", "precision") if key in budget
        }


def _is_source(value: CellValue) -> bool:
    """Whether a column of « Financement » names who pays, rather than how much."""
    return fold(value.column.header).startswith("financement") and not re.search(r"[$€]|^[0-9]", value.text)


def _indicators(action: ActionDraft, found: Found) -> None:
    label = action.description if found.texts and found.texts[0].column.noun == "indicateur" else ""
    if made := measures_in(action, found.values, label):
        action.fields["indicateurs"] = made


def measures_in(of: Piste, read: Mapping[Role, Sequence[CellValue]], label: str = "") -> list[dict[str, str]]:
    """The indicators that cells say, each with its target and what was reached; a target alone is that of `label`, else
    of its column. What goes with none of them is kept beside what they are of.
    """
    labels = [line for value in read.get(Role.INDICATEUR, ()) for line in lines_of(value.text)]
    made: list[dict[str, str]] = [{"libelle": label} for label in dict.fromkeys(labels) if not wordings.is_blank(label)]
    for role, key in ((Role.CIBLE, "cible"), (Role.ATTEINT, "atteint")):
        values = [value for value in read.get(role, ()) if not wordings.is_blank(value.text)]
        several = len({value.column for value in values}) > 1
        shared = _shared(value.column.header for value in values) if several and not made and not label else ""
        said = [
            f"{value.column.header.removeprefix(shared).strip()}{NBSP}: {line}" if several else line
            for value in values
            for line in lines_of(value.text)
        ]
        if not said:
            continue
        if len(made) == len(said):
            for indicator, text in zip(made, said, strict=True):
                indicator[key] = text
        elif len(made) == 1:
            made[0][key] = "; ".join(said)
        elif not made and key == "cible":
            made = [{"libelle": label or shared or values[0].column.header, "cible": "; ".join(said)}]
        else:
            for value in values:
                of.comment(f"{value.column.header}{NBSP}: {value.cell.line}")
    return made


def _shared(headers: Iterable[str]) -> str:
    """The words that several headers begin with, each of them saying more: « Cibles » of « Cibles 2025 »."""
    *several, _ = zip(*(header.split() for header in dict.fromkeys(headers)), strict=False)
    return " ".join(words[0] for words in takewhile(lambda words: len(set(words)) == 1, several))


def _steps(action: ActionDraft, found: Found, known: Common) -> None:
    steps = _dated_steps(found) or [line for one in found.values.get(Role.ETAPES, ()) for line in lines_of(one.text)]
    dated = []
    for text, when in found.steps:
        steps.append(f"{text} ({when})" if when else text)
        if when and wordings.is_read(wordings.as_date(when), known.conventions):
            dated.append(wordings.as_date(when))
    if steps:
        action.fields["etapes"] = list(dict.fromkeys(steps))
    if dated and action.echeance is None and not action.asks:
        action.echeance = wordings.from_bounds(dated[0], dated[-1], known.conventions).texte


def _dated_steps(found: Found) -> list[str]:
    """The steps of an action that has several rows, each with the échéance of its row."""
    steps, when = found.values.get(Role.ETAPES, []), {value.row: value for value in found.values.get(Role.ECHEANCE, ())}
    if len(steps) < 2 or [value.row for value in steps] != list(when):
        return []
    return [f"{' '.join(one.text.split())} ({' '.join(when[one.row].text.split())})" for one in steps]


_PROGRESS = (Role.NOTES, Role.STATUT, Role.FAITE, Role.RESULTAT, Role.ATTEINT)
_KEPT = (Role.NOTES, Role.AUTRE, Role.RAPPORT)


def _results(action: ActionDraft, found: Found) -> None:
    """What came of it; a statut alone, under « Bilan », says where it stands where no column does."""
    statut = found.values.get(Role.STATUT) or found.values.get(Role.FAITE)
    for value in found.values.get(Role.RESULTAT, ()):
        said = " ".join(value.text.split())
        if not statut and STATUT.meant(said):
            _said(action, value)
        elif "resultat" in action.fields or wordings.is_blank(said) or wordings.is_plain_mark(said):
            action.comment(f"{value.column.header}{NBSP}: {said}" if said else "")
        else:
            action.fields["resultat"] = said


def _texts(action: ActionDraft, found: Found) -> None:
    for value in found.values.get(Role.LIENS, ()):
        for text in value.text.split("\n"):
            if re.match(r"(?:https?://|www\.)\S+$", text):
                _add(action, "liens", text)
            else:
                action.comment(f"{value.column.header}{NBSP}: {text}")
    day = _day_of(found)
    for role in _KEPT:
        for value in found.values.get(role, ()):
            said = " ".join(value.text.split())
            when = day or _day_in(value.column.header)
            if role is Role.NOTES and when and said:
                _add(action, "suivi", {"date": when, "note": said})
            elif said and not ("suivi" in action.fields and _is_day(value)):
                action.comment(f"{value.column.header}{NBSP}: {said}")


def _past(action: ActionDraft, found: Found, known: Common) -> None:
    """What earlier lines said: an échéance that moved since, notes of their day, and the rest in comments."""
    for value, day, same in found.past:
        known.ledger.use(value.cell)
        said, role = " ".join(value.text.split()), value.column.role
        when = wordings.as_date(day)
        if same or _is_day(value) or not said:
            continue
        if role is Role.ECHEANCE and (old := wordings.from_wording(said, known.conventions).texte):
            if fold(old) != fold(action.echeance or ""):
                _add(action, "echeances_precedentes", {"echeance": old})
        elif role in _PROGRESS and not _to_begin(said) and not isinstance(parse_date(when), Refus):
            note = said if role is Role.NOTES else f"{value.column.header}{NBSP}: {said}"
            _add(action, "suivi", {"date": when, "note": note})
        else:
            action.comment(
                f"{value.column.header} ({day}){NBSP}: {said}" if day else f"{value.column.header}{NBSP}: {said}"
            )
    if "suivi" in action.fields:
        action.fields["suivi"].sort(key=lambda note: getattr(parse_date(note["date"]), "debut", date.min))


def _to_begin(text: str) -> bool:
    """Whether a statut says that nothing is begun: no progress to note."""
    return Statut.A_FAIRE in (own_statut(text), STATUT.meant(text))


_ASKED = (Role.RESPONSABLES, Role.ECHEANCE, Role.DEBUT, Role.FIN, Role.STATUT, Role.PREVU, Role.REEL)


def _faults(action: ActionDraft, found: Found) -> None:
    """An error, or a formula without result, where something of the plan should be."""
    for column, cell in found.faults:
        if column.role in _ASKED:
            told = (
                f"Le classeur dit {quoted(cell.formula)} ({column.header}){NBSP}: {cell.fault}. Quelle est la valeur?"
            )
            action.asks.append(Ask(f"{quoted(cell.formula)} ({column.header})", cell.place, told))


def _is_day(value: CellValue) -> bool:
    """Whether a cell only dates what its row reports."""
    return value.column.role is Role.RAPPORT and not isinstance(parse_date(wordings.as_date(value.text)), Refus)


def _day_of(found: Found) -> str | None:
    """The day of what a row reports, where a column says it."""
    value = found.first(Role.RAPPORT)
    text = wordings.as_date(value.text) if value else ""
    return text if text and not isinstance(parse_date(text), Refus) else None


def _day_in(header: str) -> str | None:
    found = re.search(r"((?:[0-9]{1,2}(?:er)?\s+)?(?:[a-zéû]+\s+)?(?:19|20)[0-9]{2}(?:-[0-9]{2}){0,2})", header.lower())
    text = found[1] if found else ""
    return text if text and not isinstance(parse_date(text), Refus) else None


def persons_in(found: Iterable[Found]) -> tuple[list[str], str]:
    """The persons that a column names beside one of structures, and its header."""
    names: dict[str, None] = {}
    header = ""
    for one in found:
        values = one.values.get(Role.RESPONSABLES, ())
        best = min((value.column.rank for value in values if not is_nobody(value.text)), default=0)
        for value in values:
            if value.column.rank > best:
                header = value.column.header
                names.update(dict.fromkeys(name for name in names_in(value.text) if is_person(name) or name))
    return list(names), header
