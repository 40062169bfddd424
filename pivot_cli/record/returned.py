"""A sheet that came back (`suivi/sheets.py`) → what to record of each action, and what cannot be, each with its cell.

Nothing that a person typed is left out: a value is recorded, or told with its place and what to write instead. A cell
that the plan contradicts since the sheet was sent is held: both are told, and a person decides.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.record.meaning import ERROR, HEADINGS, Gathered, One, Sort, Told, meaning
from pivot_cli.suivi import sheets
from pivot_cli.suivi.selection import questions
from pivot_cli.text import NBSP, did_you_mean, fold, listed, nearest, one_line, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from pivot_cli.plan.model import Place, Plan
    from pivot_cli.received.cells import Cell, Piece, Source, Table
    from pivot_cli.received.cells import Line as Aside
    from pivot_cli.record.recording import Typed


class Line(NamedTuple):
    """What a sheet says of an action: its first line there, what is to be recorded, and what is told instead. The
    `cells` that something was typed in, by column (alike in several lines, but for notes), are those that a refusal of
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
        self.cells: dict[str, dict[str, list[Cell]]] = {}  # by id, then by column; several, of several lines
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
            _refuse_of_another_plan(table, head, plan)
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

_FILLED = (
    "avancement",
    "devenu",
    "decision",
    "nouvelle",
    "quand",
    "propose",
    "motif",
    "note",
    "resultat",
    "depense",
    "qui",
    "fixee",
)
_DEEPEST = 60  # rows above which the headings stand


def _head(table: Table, plan: Plan) -> int | None:
    """The row that has the headings of a sheet: that which names the most columns, one to fill in at least."""
    best, most = None, 1
    for rank, row in enumerate(table.rows[:_DEEPEST]):
        keys = {key for cell in row if cell.text and (key := sheets.key_of(cell.line, plan))}
        if len(keys) > most and keys.intersection(_FILLED):
            best, most = rank, len(keys)
    return best


def _refuse_of_another_plan(table: Table, head: int, plan: Plan) -> None:
    """Raise PivotError for the sheet of another plan: by its title, or where it has none, by lines none of which is of
    this one. A plan that was renamed since has its lines.
    """
    above = [cell.line for row in table.rows[:head] for cell in _once(row)]
    titles = [found[1] for text in above if (found := _TITLE.fullmatch(text))]
    if any(sheets.ours(title, plan) for title in titles):
        return
    texts = {fold(one_line(sheets.given_of(place, plan)["action"])) for place in plan.places}
    marks = {sheets.mark(text) for text in texts}
    own = others = strange = 0
    for row in table.rows[head + 1 :]:
        stamps = [stamp for cell in row if cell.text and (stamp := sheets.read_stamp(cell.line))[0]]
        known = any(fold(cell.line) in texts for cell in row) or any(one.get("g.action") in marks for _, one in stamps)
        own += known
        others += not known and bool(stamps or _ID.fullmatch(row[0].line if row else ""))
        strange += not known and bool(stamps) and not any(_may_be(plan.find(sent), row, plan) for sent, _ in stamps)
    if (titles and own <= others) or (not own and (others > _SOME or others == strange > 0)):
        whose = f"celle de {quoted(titles[0])}" if titles else "celle d'un autre plan"
        message = f"cette feuille est {whose}{NBSP}: rien n'en est consigné."
        raise PivotError(message, "Donnez-la dans le dossier de son plan, avec --plan.", ExitCode.FINDINGS)


def _may_be(place: Place | None, row: Iterable[Cell], plan: Plan) -> bool:
    """Whether a row says something like an action, which may have been reworded since it was sent."""
    texts = [cell.line for cell in row if cell.text]
    return place is not None and nearest(sheets.given_of(place, plan)["action"], texts) is not None


_TITLE = re.compile(r"(.+?)(?: · [^·]+)? · \d{1,2}(?:er)?\s\S+\s\d{4}")
_ID = re.compile(r"\w+(?:\.\w+)+")
_SOME = 2  # lines, which people add or mistype


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
                self.read.aside.append(Told(Sort.REFUSED, cell.place, self._heading(rank), cell.line, *why))
                why = ("n'est pas consigné non plus, pour la même raison", "")
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
        if said and not told and self._of_another(place, said, by_key):
            why = f"la référence dit {place.id}, qui n'est pas cela au plan"
            return "", (why, "Vérifiez que cette feuille est bien celle de ce plan.")
        return place.id, ("", "")

    def _of_another(self, place: Place, said: str, by_key: Mapping[str, Cell]) -> bool:
        """Whether a line, as it was sent, says nothing like its action: it is that of another plan."""
        marks = sheets.read_stamp(by_key["empreinte"].line)[1] if "empreinte" in by_key else {}
        edited = bool(marks) and marks.get("g.action") != sheets.mark(said)
        return not edited and nearest(said, [self._title(place)]) is None

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
            self._refuse(id_, rank, cell, "cette colonne n'est pas de la feuille", self._where_to_put_it())
        elif self.rows_of[id(cell)] > 1:
            self._refuse(id_, rank, cell, "cette case en couvre plusieurs", "Défusionnez-la, et écrivez chaque ligne.")
        else:
            known.setdefault(key, []).append(cell)

    def _as_sent_elsewhere(self, id_: str, cell: Cell) -> bool:
        """Whether a cell of a column that lost its heading says what the line said when it was sent."""
        marks = self.read.marks[id_]
        said = sheets.given_of(self.plan.by_id[fold(id_)], self.plan).values()
        sent = [mark for key, mark in marks.items() if key.startswith("g.")] or [sheets.mark(text) for text in said]
        return sheets.mark(cell.line) in sent or bool(sheets.read_stamp(cell.line)[0])

    def _where_to_put_it(self) -> str:
        """What to do with what stands in a column that is none of the sheet: it may be one that lost its title."""
        there = set(self.columns.values())
        sent = max((sheets.columns(self.plan, one, 0) for one in sheets.Sorte), key=lambda some: _shared(some, there))
        gone = [quoted(one.heading) for one in sent if not one.given and one.key not in there]
        heads = listed([quoted(head) for head in self._to_fill()], "ou")
        if not gone:
            return f"Mettez-le sous {heads}."
        lost = f"La feuille n'a plus {listed(gone, 'ni')}{NBSP}: si c'est cette colonne, remettez-lui son titre."
        return f"{lost} Sinon, mettez-le sous {heads}."

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
                now |= {"question": sheets.asked_of(questions(self.plan), [place])[id_]}
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


def _shared(columns: Iterable[sheets.Column], there: set[str]) -> int:
    return sum(one.key in there for one in columns)


def _once(row: Iterable[Cell]) -> list[Cell]:
    """The cells of a row that hold something, each once."""
    return list({id(cell): cell for cell in row if cell.text}.values())


def _line(id_: str, read: _Read, plan: Plan, today: date, par: str | None) -> Line:
    one = One(id_, Gathered(read.cells[id_], read.marks[id_], read.given[id_], read.told[id_]), plan)
    _tell_contradictions(one)
    for key, (cell, *_) in [*one.cells.items()]:
        if cell.fault or ERROR.fullmatch(cell.line):
            one.tell(key, Sort.REFUSED, cell.fault or "erreur de calcul", "Écrivez la valeur elle-même.")
    cells = dict(one.cells)
    typed = meaning(one, today)
    if typed is not None and par and (typed.note or typed.proposer):
        typed = typed._replace(par=par)
    return Line(read.places[id_], id_, typed, tuple(one.told), {key: cells[key] for key in one.cells})


def _tell_contradictions(one: One) -> None:
    """Tell what several lines of an action say otherwise: none of them is recorded; their notes add up."""
    for key, some in [*one.cells.items()]:
        said = list(dict.fromkeys(fold(cell.line) for cell in some))
        if len(said) < 2 or key == "note":
            continue
        del one.cells[key]
        for cell in some:
            other = next(it for it in some if fold(it.line) != fold(cell.line))
            why = f"une autre ligne ({other.place}) dit {quoted(other.line)}"
            remedy = "Gardez une seule ligne, avec la bonne réponse."
            one.told.append(Told(Sort.REFUSED, cell.place, HEADINGS[key], cell.line, why, remedy))
