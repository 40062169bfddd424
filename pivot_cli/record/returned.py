"""A sheet that came back (`suivi/sheets.py`) → what to record of each action, and what cannot be, each with its cell.

Nothing that a person typed is left out: a value is recorded, or told with its place and what to write instead. A cell
that the plan contradicts since the sheet was sent is held: both are told, and a person decides.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from pivot_cli.echeance import Refus, TypeEcheance, parse, parse_date
from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.plan.model import Statut
from pivot_cli.plan.schema.fields import MONEY, STATUT
from pivot_cli.record.recording import Typed, command_line, understand
from pivot_cli.suivi import sheets
from pivot_cli.suivi.proposals import motif_of, told_of
from pivot_cli.suivi.when import done_again, recurrent
from pivot_cli.text import NBSP, did_you_mean, fold, listed, one_line, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pivot_cli.plan.model import Place, Plan
    from pivot_cli.plan.nouns import Nom
    from pivot_cli.received.cells import Cell, Piece, Source, Table
    from pivot_cli.received.cells import Line as Aside


class Sort(StrEnum):
    """Why a value is told rather than recorded: it cannot be, the plan says otherwise since, or it has no place."""

    REFUSED = "refusée"
    HELD = "retenue"
    READ = "lue"


class Told(NamedTuple):
    """What a person typed and that is not recorded: where, in which column, what, why, and what to write instead."""

    sort: Sort
    place: str
    column: str
    text: str
    why: str
    remedy: str = ""


class Line(NamedTuple):
    """What a sheet says of an action: its first line there, what is to be recorded, and what is told instead. The
    `cells` that something was typed in, by column (in several lines, where one was copied), are those that a refusal of
    the record names.
    """

    place: str
    id: str
    typed: Typed | None
    told: tuple[Told, ...]
    cells: dict[str, list[Cell]]


class Returned(NamedTuple):
    """What came back: a line for each action, in the order of the sheet, then what is said of none."""

    lines: tuple[Line, ...]
    aside: tuple[Told, ...]


class _Read:
    """The lines of a sheet, as they are gathered."""

    def __init__(self) -> None:
        self.cells: dict[str, dict[str, list[Cell]]] = {}  # by id, then by column; those of one column are alike
        self.marks: dict[str, dict[str, str]] = {}
        self.given: dict[str, dict[str, str]] = {}
        self.places: dict[str, str] = {}
        self.told: dict[str, list[Told]] = {}
        self.aside: list[Told] = []


def read_back(source: Source, plan: Plan, today: date, par: str | None = None) -> Returned:
    """What a sheet says of the actions of a plan, as `par` says it; raises PivotError for a file that is no sheet."""
    read, found = _Read(), False
    for table in source.tables:
        head = _head(table, plan)
        if head is None:
            read.aside += [_aside(cell, "dans un autre tableau") for cell in table.cells()]
        else:
            found = True
            _Rows(table, head, plan, read).gather()
    if not found:
        heads = listed([quoted("Réf."), quoted("Où en est-on?")])
        message = f"{quoted(one_line(source.name))} n'est pas une feuille de suivi{NBSP}: aucune ligne n'y a les titres"
        raise PivotError(f"{message} {heads}.", "Remettez-les en tête des colonnes, puis recommencez.", ExitCode.USAGE)
    read.aside += [
        _aside(line, "hors des cases") for line in source.aside if line.text and not _of_the_sheet(line, plan)
    ]
    lines = tuple(_line(id_, read, plan, today, par) for id_ in read.places)
    return Returned(lines, tuple(read.aside))


_OF_THE_READER = re.compile(rf"\d+[ {NBSP}](?:colonne|ligne)s? masquée|&P de &N")


def _of_the_sheet(line: Aside, plan: Plan) -> bool:
    """Whether what stands around the cells was sent so, or says only that some are hidden, which are read."""
    return bool(_OF_THE_READER.match(line.line)) or (line.place.endswith("de page") and sheets.ours(line.line, plan))


def _aside(piece: Piece, where: str) -> Told:
    return Told(Sort.READ, piece.place, "", piece.line, where)


# --- from a grid to the cells of each action --------------------------------------------------------------

_FILLED = ("avancement", "devenu", "quand", "propose", "motif", "note", "resultat", "depense", "qui", "fixee")
_DEEPEST = 60  # rows above which the headings stand
HEADINGS = {
    "devenu": "Qu'est-elle devenue?", "avancement": "Où en est-on?", "quand": "Quand", "propose": "Date proposée",
    "motif": "Pourquoi", "note": "Note interne", "resultat": "Résultat (public)", "depense": f"Dépensé{NBSP}$",
    "qui": "À qui?", "fixee": "Pour quand?",
}  # fmt: skip


def _head(table: Table, plan: Plan) -> int | None:
    """The row that has the headings of a sheet: that which names the most columns, one to fill in at least."""
    best, most = None, 1
    for rank, row in enumerate(table.rows[:_DEEPEST]):
        keys = {key for cell in row if cell.text and (key := sheets.key_of(cell.line, plan))}
        if len(keys) > most and keys.intersection(_FILLED):
            best, most = rank, len(keys)
    return best


class _Rows:
    """The rows of a table, each read for the action that it is of."""

    def __init__(self, table: Table, head: int, plan: Plan, read: _Read) -> None:
        self.table, self.head, self.plan, self.read = table, head, plan, read
        self.columns: dict[int, str] = {}
        for ours in (True, False):  # our own words first: people's may name what is elsewhere
            for rank, cell in enumerate(table.rows[head]):
                key = sheets.key_of(cell.line, plan, ours=ours) if cell.text else None
                if key and rank not in self.columns and key not in self.columns.values():
                    self.columns[rank] = key
        if "ref" not in self.columns.values():
            self._find_ids()
        self.headings = {rank: cell.line for rank, cell in enumerate(table.rows[head])}
        self.rows_of = Counter(id(cell) for row in table.rows for cell in {id(one): one for one in row}.values())
        self.titles = {fold(one_line(sheets.given_of(place, plan)["action"])): place.id for place in plan.places}

    def _find_ids(self) -> None:
        """The column of the ids, which lost its heading."""
        ids = Counter(
            rank
            for row in self.table.rows[self.head + 1 :]
            for rank, cell in enumerate(row)
            if rank not in self.columns and cell.text and self.plan.find(cell.line)
        )
        if ids:
            self.columns[ids.most_common(1)[0][0]] = "ref"

    def gather(self) -> None:
        """Read every row."""
        for row in self.table.rows[: self.head]:
            for cell in _once(row):
                if not sheets.ours(cell.line, self.plan):
                    self.read.aside.append(_aside(cell, "au-dessus du tableau"))
        for rank in range(self.head + 1, len(self.table.rows)):
            row = self.table.rows[rank]
            if any(cell.text for cell in row) and not self._repeats_the_headings(row):
                self._row(row)

    def _repeats_the_headings(self, row: list[Cell]) -> bool:
        named = [cell for rank, cell in enumerate(row) if cell.text and fold(cell.line) == fold(self.headings[rank])]
        return len(named) > 2 and len(named) == len(_once(row))

    def _row(self, row: list[Cell]) -> None:
        by_key = {key: row[rank] for rank, key in self.columns.items()}
        if any(fold(cell.line).startswith(fold(sheets.OTHERWISE)[:-1]) for cell in row if cell.text):
            self._otherwise(row)
            return
        ref = by_key.get("ref")
        if ref is not None and self.rows_of[id(ref)] > 1 and any(self.read.places.get(p.id) for p in self._named(ref)):
            ref = None  # merged over several lines: it names the first
        id_, why = self._identified(ref, by_key)
        filled = list(self._typed(row))
        if not id_:
            for rank, cell in self._not_as_sent(row, by_key):
                self.read.aside.append(Told(Sort.REFUSED, cell.place, self._heading(rank), cell.line, why[0], why[1]))
            return
        read = self.read
        first = id_ not in read.places
        if first:
            read.places[id_] = next(cell.place for cell in row if cell.text)
            read.marks[id_] = sheets.read_stamp(by_key["empreinte"].line if "empreinte" in by_key else "")[1]
            read.given[id_] = {key: cell.line for key, cell in by_key.items() if key not in _FILLED}
            read.cells[id_], read.told[id_] = {}, []
        self._given(id_, by_key)
        for rank, cell in filled:
            self._take(id_, rank, cell, read.cells[id_])

    def _not_as_sent(self, row: list[Cell], by_key: Mapping[str, Cell]) -> Iterator[tuple[int, Cell]]:
        """The cells of a row of no action, but for those that are as one was sent."""
        _, marks = sheets.read_stamp(by_key["empreinte"].line if "empreinte" in by_key else "")
        place = self.plan.find(self.titles.get(fold(by_key["action"].line), "")) if "action" in by_key else None
        now = sheets.given_of(place, self.plan) if place else {}
        for rank, cell in enumerate(row):
            key = self.columns.get(rank, "")
            mark = marks.get(f"g.{key}")
            sent = (
                sheets.mark(cell.line) == mark
                if mark
                else fold(cell.line) == fold(now.get(key, "")) or key == "empreinte"
            )
            if cell.text and not sent and not (rank and row[rank - 1] is cell):
                yield rank, cell

    def _named(self, ref: Cell) -> Iterator[Place]:
        if place := self.plan.find(ref.line):
            yield place

    def _identified(self, ref: Cell | None, by_key: Mapping[str, Cell]) -> tuple[str, tuple[str, str]]:
        """The id of the action that a row is of; else why none is known, and what to do."""
        sent, _ = sheets.read_stamp(by_key["empreinte"].line if "empreinte" in by_key else "")
        said = by_key["action"].line if "action" in by_key else ""
        place = self.plan.find(ref.line) if ref and ref.text else None
        told = self.titles.get(fold(said))
        if place is None and ref and ref.text:
            hint = did_you_mean(ref.line, [*self.plan.by_id]) or (f"Cette ligne était {sent}. " if sent else "")
            return "", (f"il n'y a pas {quoted(ref.line)} dans le plan", f"{hint}Remettez la bonne référence.")
        if place is None:
            place = self.plan.find(sent) if sent and told == sent else None
            if place is None:
                return "", ("aucune référence ne dit de quelle ligne il s'agit", "Écrivez-la dans la première colonne.")
        if sent and sent != place.id:
            return "", (f"la référence dit {place.id}, et la ligne était {sent}", "Remettez chacune à sa place.")
        if told and told != place.id and fold(self._title(place)) != fold(said):
            why = f"la référence dit {place.id}, et le texte est celui de {told}"
            return "", (why, "Remettez chacun à sa place.")
        return place.id, ("", "")

    def _title(self, place: Place) -> str:
        return sheets.given_of(place, self.plan)["action"]

    def _typed(self, row: list[Cell]) -> Iterator[tuple[int, Cell]]:
        """The cells of a row in which something may be recorded, or that are in no column of ours."""
        seen: set[int] = set()
        for rank, cell in enumerate(row):
            if cell.text and id(cell) not in seen:
                seen.add(id(cell))
                if self.columns.get(rank) in {*_FILLED, None}:
                    yield rank, cell

    def _heading(self, rank: int) -> str:
        return self.headings.get(rank) or ""

    def _refuse(self, id_: str, rank: int, cell: Cell, why: str, remedy: str) -> None:
        self.read.told[id_].append(Told(Sort.REFUSED, cell.place, self._heading(rank), cell.line, why, remedy))

    def _take(self, id_: str, rank: int, cell: Cell, known: dict[str, list[Cell]]) -> None:
        key = self.columns.get(rank)
        if key is None and self._as_sent_elsewhere(id_, cell):
            return
        if key is None:
            heads = listed([quoted(head) for head in self._to_fill()], "ou")
            self._refuse(id_, rank, cell, "cette colonne n'est pas de la feuille", f"Mettez-le sous {heads}.")
        elif self.rows_of[id(cell)] > 1:
            self._refuse(id_, rank, cell, "cette case en couvre plusieurs", "Défusionnez-la, et écrivez chaque ligne.")
        elif key in known and fold(known[key][0].line) != fold(cell.line):
            why = f"une autre ligne ({known[key][0].place}) dit {quoted(known[key][0].line)}"
            self._refuse(id_, rank, cell, why, "Gardez une seule ligne, avec la bonne réponse.")
        else:
            known.setdefault(key, []).append(cell)

    def _as_sent_elsewhere(self, id_: str, cell: Cell) -> bool:
        """Whether a cell of a column that lost its heading says what the line said when it was sent."""
        marks = self.read.marks[id_]
        said = sheets.given_of(self.plan.by_id[fold(id_)], self.plan).values()
        sent = [mark for key, mark in marks.items() if key.startswith("g.")] or [sheets.mark(text) for text in said]
        return sheets.mark(cell.line) in sent or bool(sheets.read_stamp(cell.line)[0])

    def _to_fill(self) -> list[str]:
        return [self.headings[rank] for rank, key in self.columns.items() if key in _FILLED]

    def _given(self, id_: str, by_key: Mapping[str, Cell]) -> None:
        """Tell what was typed where the sheet says what the plan has."""
        marks, place = self.read.marks[id_], self.plan.by_id[fold(id_)]
        now = sheets.given_of(place, self.plan)
        for rank, key in self.columns.items():
            cell = by_key[key]
            if key in _FILLED or key in ("ref", "empreinte") or not cell.text or self.rows_of[id(cell)] > 1:
                continue
            if key == "question" and not marks:
                now |= {"question": sheets.asked_of(self.plan, [place])[id_]}
            if (
                sheets.mark(cell.line) == marks.get(f"g.{key}")
                if marks
                else sheets.may_be_sent(key, cell.line, place, now)
            ):
                continue
            heads = "Date proposée" if key == "echeance" else ""
            remedy = f"Écrivez-le sous {quoted(heads) if heads else listed([*map(quoted, self._to_fill())], 'ou')}."
            self._refuse(
                id_, rank, cell, "cette colonne dit ce que le plan a, et ce n'est plus ce qui a été envoyé", remedy
            )

    def _otherwise(self, row: list[Cell]) -> None:
        for cell in _once(row):
            text = re.sub(rf"(?i)^{re.escape(sheets.OTHERWISE)}\s*_*\s*", "", cell.line)
            if text and fold(text) != fold(sheets.NOT_RECORDED) and not sheets.read_stamp(text)[0]:
                self.read.aside.append(Told(Sort.READ, cell.place, sheets.OTHERWISE, text, "à lire"))


def _once(row: Iterable[Cell]) -> list[Cell]:
    """The cells of a row that hold something, each once."""
    return list({id(cell): cell for cell in row if cell.text}.values())


# --- from the cells of an action to what is recorded ------------------------------------------------------

_ERROR = re.compile(r"#(?:REF|N/A|VALUE|VALEUR|NAME|NOM|DIV/0|NUM|NOMBRE|NULL|NUL|SPILL)[!?]?|Err:\d+", re.IGNORECASE)
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
_PARTS = re.compile(r"[,;+/\n]|\bet\b")
_MIDNIGHT = re.compile(r"(\d{4}-\d{2}-\d{2})[ T]0?0:00(?::00(?:\.0+)?)?")
_DAY_ZERO = date(1899, 12, 30)  # from which spreadsheets count days
_SERIALS = range(36526, 73051)  # of the days of 2000 to 2099


def as_day(text: str) -> str:
    """A date as a person would have typed it: of one that a spreadsheet counts in days, or has at midnight."""
    if found := _MIDNIGHT.fullmatch(text):
        return found[1]
    found = _SERIAL.fullmatch(text)
    if found and int(found[1]) in _SERIALS:
        return (_DAY_ZERO + timedelta(days=int(found[1]))).isoformat()
    return text


_RECORDED_BY = {
    "statut": "statut",
    "echeance": "reporter",
    "motif": "motif",
    "resultat": "resultat",
    "depense": "budget_reel",
    "qui": "attribuer",
}


class _One:
    """The cells that were typed of an action, and what they mean beside what the plan has."""

    def __init__(self, id_: str, read: _Read, plan: Plan) -> None:
        place = plan.find(id_)
        assert place is not None  # noqa: S101 - its id was found there
        self.plan, self.nom, self.action = plan, plan.niveaux.action, place.action
        self.cells, self.marks = dict(read.cells[id_]), read.marks[id_]
        self.known = sheets.recorded_of(place.action, plan)
        now = sheets.given_of(place, plan)["consigne"]
        self.as_sent = not self.marks and fold(read.given[id_].get("consigne", "")) == fold(now)
        self.id = id_
        self.told: list[Told] = list(read.told[id_])
        self.of_the_line = len(self.told)

    def tell(self, key: str, sort: Sort, why: str, remedy: str = "") -> None:
        """Tell a cell, which is then not recorded."""
        for cell in self.cells.pop(key, ()):
            self.told.append(Told(sort, cell.place, HEADINGS[key], cell.line, why, remedy))

    def text(self, key: str) -> str:
        """What a cell says."""
        return self.cells[key][0].line if key in self.cells else ""

    def moved(self, field: str) -> bool:
        """Whether what the plan has in a field is another thing than when the sheet was sent, as far as one knows."""
        now = self.known[field]
        if self.marks:
            return self.marks.get(field) != sheets.mark(now)
        return bool(now) and not self.as_sent

    def why_is_said(self, key: str, what: str) -> bool:
        """Whether « Pourquoi » says why; else the cell is told."""
        if "motif" in self.cells or (what == "attend" and self.known["motif"]):
            return True
        self.tell(
            key, Sort.REFUSED, f"il manque pourquoi {self.nom.il} {what}", f"Écrivez-le sous {quoted('Pourquoi')}."
        )
        return False

    def is_proposed(self, said: str) -> bool:
        """Whether that was proposed already for that reason, whatever was decided since."""
        motif = fold(self.text("motif"))
        notes = (note for note in self.action.suivi if note.propose)
        return any(fold(told_of(note)) == fold(said) and fold(motif_of(note)) in ("", motif) for note in notes)

    def codes(self, text: str) -> str:
        """The codes of those whom a cell names; nothing where one is not in the plan, and is told."""
        names = [text] if self.plan.registre.find(text) else [part for part in _PARTS.split(text) if part.strip()]
        for name in names:
            if self.plan.registre.find(name) is None:
                known = listed([who.code for who in self.plan.registre], "ou")
                hint = did_you_mean(name, [one for who in self.plan.registre for one in who.names])
                why = f"{quoted(name.strip())} n'est pas un responsable du plan"
                self.tell("qui", Sort.REFUSED, why, hint or f"Écrivez {known}.")
                return ""
        return " ".join(self.plan.registre.codes(name.strip() for name in names))

    def held(self, key: str, field: str, said: str) -> bool:
        """Hold a cell that would replace what the plan has since; whether it is."""
        if not self.moved(field) or fold(said) == fold(self.known[field]):
            return False
        now = quoted(self.known[field]) if self.known[field] else "rien"
        since = "depuis l'envoi" if self.marks else "et la feuille ne dit plus ce qu'il disait"
        given: Any = {_RECORDED_BY[field]: (said,) if field == "qui" else said}
        keep = command_line((self.id,), Typed(**given))
        self.tell(key, Sort.HELD, f"le plan dit {now} {since}", f"Si la feuille a raison{NBSP}: {keep}")
        return True


def _line(id_: str, read: _Read, plan: Plan, today: date, par: str | None) -> Line:
    one = _One(id_, read, plan)
    for key, (cell, *_) in [*one.cells.items()]:
        if cell.fault or _ERROR.fullmatch(cell.line):
            one.tell(key, Sort.REFUSED, cell.fault or "erreur de calcul", "Écrivez la valeur elle-même.")
    cells = dict(one.cells)
    typed = _meaning(one, today)
    if typed is not None and par and (typed.note or typed.proposer):
        typed = typed._replace(par=par)
    return Line(read.places[id_], id_, typed, tuple(one.told), {key: cells[key] for key in one.cells})


# --- what the cells of an action mean together ------------------------------------------------------------


def _meaning(one: _One, today: date) -> Typed | None:
    """What is recorded of an action; None for nothing. What cannot be, or is held, is told."""
    when = _when(one, today)
    said: dict[str, Any] = {}
    choice = _choice(one)
    if choice:
        said |= _advance(one, choice, when)
    said |= _proposed(one, said)
    said |= _written_for_good(one)
    said |= _noted(one, said)
    said |= _explained(one, said)
    said |= _dated(one, said, when)
    return Typed(**said) if said else None


def _when(one: _One, today: date) -> str:
    """The day of what is recorded, as it is written; nothing where none can be."""
    text = as_day(one.text("quand"))
    read = parse_date(text) if text else None
    if isinstance(read, Refus):
        one.tell("quand", Sort.REFUSED, f"{quoted(text)} n'est pas une date", f"{read.message} {_DATES}".strip())
    elif read and read.debut > today:
        remedy = f"Une date à venir s'écrit sous {quoted('Date proposée')}."
        one.tell("quand", Sort.REFUSED, "ce jour est à venir, et on consigne ce qui a eu lieu", remedy)
    elif read:
        try:
            understand(Typed(note=text, le=text), (one.id,), one.plan, today)
        except PivotError as fault:  # before the plan
            one.tell(
                "quand", Sort.REFUSED, fault.message.removeprefix(f"--le{NBSP}: ").rstrip("."), "Vérifiez l'année."
            )
    return text if "quand" in one.cells else ""


_DATES = f"Écrivez ce que vous savez{NBSP}: 2021-03-12, 12 mars 2021, mars 2021 ou 2021."


def _choice(one: _One) -> sheets.Choice | None:
    """What was chosen of where the action stands; None where nothing was, or what is no choice."""
    for key, offered in (("devenu", sheets.OUTCOMES), ("avancement", sheets.PROGRESS)):
        if text := one.text(key):
            if choice := choice_of(text, offered, one.nom):
                return choice
            fitting = [choice for choice in offered if not choice.again or done_again(one.action)]
            words = listed([quoted(choice.said(one.nom)) for choice in fitting], "ou")
            one.tell(key, Sort.REFUSED, f"{quoted(text)} n'est pas un choix", f"Écrivez {words}.")
    return None


def choice_of(text: str, offered: Iterable[sheets.Choice], nom: Nom) -> sheets.Choice | None:
    """The choice that a text is: in its own words, or in others that mean the same statut."""
    said = re.sub(r"\s*\(.*\)$", "", fold(text)).strip(" .!")
    for choice in offered:
        own = {choice.word, choice.said(nom), nom.said(choice.statut) if choice.statut else ""}
        if said in {re.sub(r"\s*\(.*\)$", "", fold(word)) for word in own}:
            return choice
    meant = STATUT.parse(text) or STATUT.parse(STATUT.meant(text) or "")
    by_statut = {choice.statut: choice for choice in offered if choice.statut}
    if meant is Statut.ABANDONNEE and meant not in by_statut:
        return next((choice for choice in offered if choice.proposed), None)
    return by_statut.get(meant) if meant else None


def _advance(one: _One, choice: sheets.Choice, when: str) -> dict[str, Any]:
    """Where the action stands: a statut, one time more, or that it is proposed to give it up."""
    key = "devenu" if "devenu" in one.cells else "avancement"
    if choice.again:
        return _again(one, key, when)
    if choice.proposed:
        said = Statut.ABANDONNEE.value
        new = one.why_is_said(key, "ne se ferait pas") and not one.is_proposed(said)
        return {"proposer": said} if new else {}
    statut = choice.statut or Statut.A_FAIRE  # every other choice has one
    if statut is one.action.statut:
        return {"statut": statut.value} if when else {}
    if one.held(key, "statut", statut.value):
        one.tell("quand", Sort.HELD, "c'est le jour de ce qui précède")
        one.tell("motif", Sort.HELD, "c'est la raison de ce qui précède")
        return {}
    if key == "devenu" and statut is Statut.REALISEE and done_again(one.action) and "note" not in one.cells:
        return {"statut": statut.value, "note": CLOSED}  # what came again, or went on, ends with the plan
    return {"statut": statut.value} if _may_become(one, key, statut) else {}


CLOSED = "Fermée avec le plan"
"""Why what comes again, or goes on, is closed by the sheet of a plan that ends."""


def _again(one: _One, key: str, when: str) -> dict[str, Any]:
    if not done_again(one.action):
        word = quoted(sheets.PROGRESS[4].said(one.nom))
        one.tell(key, Sort.REFUSED, f"{one.nom.il} se fait une seule fois", f"Choisissez {word}.")
    elif not when:
        one.tell(key, Sort.REFUSED, "il manque le jour", f"Écrivez-le sous {quoted('Quand')}.")
    return {"realisation": when} if key in one.cells else {}


def _may_become(one: _One, key: str, statut: Statut) -> bool:
    """Whether an action gets a statut: what says why is there, where the plan asks for it; else the cell is told."""
    now, note = one.action.statut, "note" in one.cells
    why = {Statut.EN_ATTENTE: "attend", Statut.ABANDONNEE: "ne se fera pas"}.get(statut)
    if now and now.closed and not note:
        remedy = f"Dites pourquoi sous {quoted('Note interne')}."
        one.tell(key, Sort.REFUSED, f"{one.nom.il} est déjà {quoted(one.nom.said(now))} au plan", remedy)
    elif statut is Statut.REALISEE and done_again(one.action) and not note:
        more = f"Choisissez {quoted(sheets.AGAIN.said(one.nom))}, avec le jour"
        remedy = f"{more}; si c'est fini, dites-le sous {quoted('Note interne')}."
        one.tell(key, Sort.REFUSED, f"{one.nom.il} {'revient' if recurrent(one.action) else 'se poursuit'}", remedy)
    elif why:
        one.why_is_said(key, why)
    return key in one.cells


def _proposed(one: _One, said: dict[str, Any]) -> dict[str, Any]:
    """The échéance that is proposed."""
    if "propose" not in one.cells:
        return {}
    text, old = as_day(one.text("propose")), one.action.echeance
    read = parse(text, one.plan.organisme.conventions)
    statut = said.get("statut")
    if isinstance(read, Refus):
        one.tell("propose", Sort.REFUSED, *one.nom.retold(read.message.rstrip("."), read.remede))
    elif "proposer" in said or statut in ("réalisée", "abandonnée", "reconduite"):
        one.tell("propose", Sort.REFUSED, "une date ne va pas avec ce qui est choisi", "Gardez l'un des deux.")
    elif fold(text) != fold(old.texte) and not one.held("propose", "echeance", text):
        unknown = isinstance(old, Refus) or old.type is TypeEcheance.INDETERMINEE
        if unknown or one.why_is_said("propose", f"serait {one.nom.agreed('reporté')}"):
            return {} if one.is_proposed(text) else {"proposer": text}
    return {}


def _written_for_good(one: _One) -> dict[str, Any]:
    """What came of it, what it cost; what the direction answers itself."""
    said: dict[str, Any] = {}
    if (text := one.text("resultat")) and fold(text) != fold(one.known["resultat"]):
        said |= {} if one.held("resultat", "resultat", text) else {"resultat": text}
    if text := one.text("depense"):
        amount = MONEY.parse(text)
        if amount is None:
            one.tell(
                "depense", Sort.REFUSED, f"{quoted(text)} n'est pas un montant", f"Écrivez des dollars{NBSP}: 1250,50."
            )
        elif f"{amount:.2f}" != one.known["depense"] and not one.held("depense", "depense", f"{amount:.2f}"):
            said["budget_reel"] = text
    return said | _answered(one)


def _answered(one: _One) -> dict[str, Any]:
    """Who is to do it, and when, where the plan said neither."""
    said: dict[str, Any] = {}
    if text := one.text("qui"):
        codes = one.codes(text)
        if codes and codes != one.known["qui"] and not one.held("qui", "qui", codes):
            said["attribuer"] = (text,)
    if text := as_day(one.text("fixee")):
        old, read = one.action.echeance, parse(text, one.plan.organisme.conventions)
        if isinstance(read, Refus):
            one.tell("fixee", Sort.REFUSED, *one.nom.retold(read.message.rstrip("."), read.remede))
        elif isinstance(old, Refus) or old.type is TypeEcheance.INDETERMINEE:
            said |= {} if fold(text) == fold(old.texte) else {"echeance": text}
        elif fold(text) != fold(old.texte):
            move = command_line((one.id,), Typed(reporter=text, motif="…"))
            one.tell("fixee", Sort.HELD, f"le plan dit {quoted(old.texte)}", f"Pour la déplacer{NBSP}: {move}")
    return said


def _noted(one: _One, said: dict[str, Any]) -> dict[str, Any]:
    """A note, unless the action has it already, whenever it was written; one that says why something else changes is
    written again.
    """
    text = one.text("note") or said.get("note", "")
    known = any(_without_more(note.note) == fold(text) for note in one.action.suivi)
    return {"note": text} if text and (not known or said.get("statut")) else {}


def _without_more(note: str) -> str:
    return fold(re.sub(rf" \((?:était |responsables{NBSP}:|échéance ).*\)$", "", note))


def _explained(one: _One, said: dict[str, Any]) -> dict[str, Any]:
    """Why: of what is chosen or proposed, else of the statut that the action has."""
    text, statut, now = one.text("motif"), said.get("statut"), one.action.statut
    proposed = any(fold(motif_of(note)) == fold(text) for note in one.action.suivi)
    if not text or (proposed and "proposer" not in said and not statut):
        return {}
    if "proposer" in said or (statut and Statut(statut).has_motif):
        return {"motif": text}
    if now and now.has_motif and not statut:
        known = fold(text) == fold(one.known["motif"])
        return {} if known or one.held("motif", "motif", text) else {"motif": text}
    if len(one.told) > one.of_the_line:
        one.tell("motif", one.told[-1].sort, "c'est la raison de ce qui précède")
    else:
        remedy = f"Sinon, écrivez-le sous {quoted('Note interne')}."
        one.tell("motif", Sort.REFUSED, "rien ne dit de quoi c'est la raison", remedy)
    return {}


def _dated(one: _One, said: dict[str, Any], when: str) -> dict[str, Any]:
    """The day of what is recorded, where something is that has one."""
    if not when or "quand" not in one.cells or said.get("realisation"):
        return {"le": when} if when and said.get("note") else {}
    if said.keys() & {"statut", "note", "proposer"}:
        return {"le": when}
    if one.action.statut is None:
        if one.text("note"):
            return {}
        if len(one.told) > one.of_the_line:
            one.tell("quand", one.told[-1].sort, "c'est le jour de ce qui précède")
            return {}
        remedy = f"Dites-le sous {quoted('Où en est-on?')} ou {quoted('Note interne')}."
        one.tell("quand", Sort.REFUSED, "rien ne dit ce qui s'est passé ce jour-là", remedy)
        return {}
    return {} if one.text("note") or one.text("motif") else {"le": when}
