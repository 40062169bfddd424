"""What each column of a table is, by its header: on one or two rows, merged, accents, case and plurals ignored."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache, lru_cache
from itertools import chain, groupby, pairwise, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.echeance import Conventions
from pivot_cli.intake.titles import ACTIONS, AIMS, STEPS, may_be_noun, noun_heading, number_alone, read_title
from pivot_cli.intake.wordings import BOX, is_mark, is_plain_mark, is_read, ticked
from pivot_cli.plan.schema.fields import STATUT
from pivot_cli.text import MONTHS, fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pivot_cli.received.cells import Cell, Source, Span, Table, Value


class Role(StrEnum):
    """What a column holds; the values are how it is told."""

    NUMERO = "numéro"
    NIVEAU = "niveau"
    ACTION = "action"
    DESCRIPTION = "description"
    ETAPES = "étapes"
    RESPONSABLES = "responsables"
    COLLABORATEURS = "collaborateurs"
    QUI_QUAND = "responsables et échéance"
    ECHEANCE = "échéance"
    DEBUT = "début"
    FIN = "fin"
    PERIODE = "échéance, une colonne par période"
    STATUT = "statut"
    FAITE = "statut, à cocher"
    REALISEE_LE = "date de réalisation"
    INDICATEUR = "indicateurs"
    CIBLE = "cible"
    ATTEINT = "valeur atteinte"
    PREVU = "budget prévu"
    REEL = "budget réel"
    SOURCE = "source du budget"
    RESULTAT = "résultat"
    NOTES = "notes"
    LIENS = "liens"
    RAPPORT = "période du suivi"
    AUTRE = "gardée en commentaire"


class Column(NamedTuple):
    """A column: what it holds, its header, the noun of a level or of the actions, and its place in the grid."""

    role: Role
    header: str
    noun: str | None
    first: int
    last: int
    rank: int = 0  # of several columns of responsables, the lowest wins


_OF = r"(?: (?:de |du |des |d'|de l'|de la |a |au |pour |par |et |/ ?)?(?:l'|la |le )?[a-z'\-/]+){0,4}"
_WHOSE = (
    r"(?: (?:de |du |des |d'|pour |et |a |ou |/ ?|en )*(?:l'|la |les |le )?"
    r"(?:actions?|mesures?|mise en oeuvre|suivis?|realisation|"
    r"projets?|dossiers?|activites?|moyens?|principa(?:l|le|ux)|designee?s?|partenaires?|collaborateurs?|porteurs?|"
    r"execution|internes?|externes?|chef|livraison|titre|application)){0,3}"
)


@cache
def _words() -> list[tuple[Role, int, re.Pattern[str]]]:
    """What `colonnes.txt` says: each role with its rank, in its order, and the headers that say it."""
    found: list[tuple[Role, int, list[str]]] = []
    for line in Path(__file__).with_name("colonnes.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            found[-1][2].append(line.strip().replace("<de>", _OF).replace("<qui>", _WHOSE))
        elif line and not line.startswith("#"):
            name, rank = line.split()
            found.append((Role[name], int(rank), []))
    return [(role, rank, re.compile("|".join(some))) for role, rank, some in found]


@cache
def _any_word() -> re.Pattern[str]:
    """Every header that says a role."""
    return re.compile("|".join(pattern.pattern for _, _, pattern in _words()))


_PERIOD = re.compile(
    r"(?:19|20)[0-9]{2}(?: ?[-–/] ?(?:(?:19|20)?[0-9]{2}))?|(?:an|annee) ?[0-9]"
    r"|[1-4](?:er|re|e|eme) (?:trimestre|semestre)"
    r"|[ts][1-4]|q[1-4]|(?:jan|fev|mars|avr|mai|juin|juil|aout|sept?|oct|nov|dec)[a-z]*\.?(?: (?:19|20)?[0-9]{2})?"
    r"|(?:hiver|printemps|ete|automne)(?: (?:19|20)[0-9]{2})?|(?:court|moyen|long) terme|ct|mt|lt"
    r"|(?:en )?continu|recurrent|trimestre [1-4]|[ts][1-4] (?:19|20)[0-9]{2}|(?:19|20)[0-9]{2} [ts][1-4]"
)
_BETWEEN, _RANK = re.compile(r"\s*\([^()]*\)?\s*"), re.compile(r"^[0-9]+[.)]\s*")
_YEARS = re.compile(
    r"\s*(?:en |au |pour )?(?:[0-9]{1,2}(?:er)? [a-z]+\.? )?\b(?:19|20)[0-9]{2}(?: ?[-–/a] ?(?:(?:19|20)?[0-9]{2}))?\b"
)
_AT_THE_END = re.compile(r"\s*\([^()]*\)$")
_LONGEST = 70  # characters of a header
_LAST_YEAR = 2100
_LETTERS = {"R": Role.RESPONSABLES, "P": Role.COLLABORATEURS, "C": Role.COLLABORATEURS, "S": Role.COLLABORATEURS}
_INITIALS = ("m", "j", "f", "a", "s", "o", "n", "d")
_YEAR = "jfmamjjasond"
_FEWEST_MONTHS = 6  # in a row, by which their initials are known


@lru_cache(maxsize=4096)
def role_of(text: str) -> tuple[Role, int, str | None] | None:
    """What a header says that a column holds, its rank among those that say so, and the noun; None for another text."""
    if len(text) > 2 * _LONGEST or is_period(text):
        return None
    folded = fold(text)
    said = _BETWEEN.sub(" ", folded) if not folded.startswith("(") else folded.strip("() ")
    said = _RANK.sub("", said.strip(": ?.*-✓✔☑☒"))
    said = _YEARS.sub("", said).strip(": -")
    if not said or len(said) > _LONGEST or (said[0].isdigit() and not any(map(str.isalpha, said))):
        return None
    noun = _noun(said)
    if noun and noun not in (*ACTIONS, *STEPS, *AIMS):
        return (Role.NIVEAU, 0, noun) if noun != "priorite" or said != "priorite" else (Role.NIVEAU, 1, noun)
    if _any_word().fullmatch(said):  # few texts are headers
        role, rank = next((role, rank) for role, rank, pattern in _words() if pattern.fullmatch(said))
        return role, rank, noun if role in (Role.ACTION, Role.ETAPES, Role.INDICATEUR) else None
    if noun in ACTIONS:
        return Role.ACTION, 0, noun
    one = role_of(said[:-2]) if re.search("[a-z] [1-9]$", said) else None  # « Collaborateur 1 »
    return one if one and one[0] in _SEVERAL else None


_SEVERAL = (Role.COLLABORATEURS, Role.RESPONSABLES, Role.INDICATEUR, Role.NOTES, Role.ETAPES)
"""What may be in several columns, each with its rank."""


_TWO = re.compile(" ?[/|] ?| et | ou ")
_ARTICLE = re.compile(r"^(?:nos|les|l'|le|la)\s?")


def _noun(said: str) -> str | None:
    """The noun of a header: « objectifs », « axe et orientation », « orientation strategique », « enjeux / axes »."""
    if whole := noun_heading(said):
        return whole
    first, *others = _TWO.split(said)
    if acts := next((noun for other in others if (noun := noun_heading(other)) in ACTIONS), None):
        return acts if noun_heading(first) not in (*ACTIONS, *STEPS) else noun_heading(first)
    first = _ARTICLE.sub("", first)
    if not may_be_noun(first):
        return None
    for words in range(min(4, len(first.split())), 0, -1):
        rest = first.split()[words:]
        if (noun := noun_heading(" ".join(first.split()[:words]))) and (
            not rest or re.fullmatch(_QUALITY, " ".join(rest))
        ):
            return noun
    return None


_QUALITY = (
    r"(?:(?:vise|poursuivi|strategique|prioritaire|retenu|propose|prevu|concret|specifique|general|operationnel|"
    r"associe|principal|lie|a poser|a realiser|a mener|a entreprendre|a mettre en oeuvre|de l'action|d'action|"
    r"d'intervention|du plan|de developpement|de travail|de la mada|smart|mesurable|transversal)[esx]* ?)+"
)


@lru_cache(maxsize=4096)
def is_period(text: str) -> bool:
    """Whether a header names a time, whose column is marked: « 2021 », « T3 », « Automne 2022 », « Court terme »."""
    said = _AT_THE_END.sub("", fold(text))
    return _PERIOD.fullmatch(said.strip(" .")) is not None


class Heads:
    """The headers of a table: their columns, and the rows that they take."""

    def __init__(self, columns: tuple[Column, ...], rows: int) -> None:
        self.columns = columns
        self.rows = rows
        self._at: dict[tuple[int, int], Column | None] = {}

    def of(self, role: Role) -> list[Column]:
        """The columns that hold this."""
        return [column for column in self.columns if column.role is role]

    @property
    def headers(self) -> tuple[tuple[str, int, int], ...]:
        """Their words, each with its place."""
        return tuple((column.header, column.first, column.last) for column in self.columns)

    @property
    def in_periods(self) -> list[Column]:
        """The columns of periods that hold what is to be done then."""
        return [column for column in self.of(Role.ACTION) if is_period(column.header)]

    @property
    def levels_only(self) -> bool:
        """Whether they name levels and nothing more: the table sums up a plan that may be elsewhere."""
        return all(
            column.role in (Role.NIVEAU, Role.NUMERO, Role.DESCRIPTION)
            or (column.role is Role.ACTION and column.noun not in ACTIONS)
            for column in self.columns
        ) and any(column.role is Role.NIVEAU or column.noun for column in self.columns)

    def at(self, span: Span) -> Column | None:
        """The column under which a cell stands: the one that it shares most squares with."""
        key = span.first, span.last
        if key not in self._at:
            self._at[key] = self._closest(*key)
        return self._at[key]

    def _closest(self, first: int, last: int) -> Column | None:
        def shared(column: Column) -> int:
            return min(column.last, last) - max(column.first, first) + 1

        best = max(self.columns, key=shared, default=None)
        return best if best and shared(best) > 0 else None


_WHAT = {Role.ACTION, Role.NIVEAU, Role.DESCRIPTION, Role.ETAPES, Role.INDICATEUR}
_WHO_AND_WHEN = {
    *(Role.RESPONSABLES, Role.ECHEANCE, Role.STATUT, Role.PREVU, Role.COLLABORATEURS, Role.DEBUT, Role.FIN),
    Role.QUI_QUAND,
}


_DEEPEST = 12  # rows, above which the first headers of a table stand


def heads_of(table: Table) -> Heads | None:
    """The first headers of a table; None where it has none."""
    return next(filter(None, (find_heads(table, row) for row in range(min(len(table.rows), _DEEPEST)))), None)


def read_alike(document: Source) -> dict[tuple[tuple[str, int, int], ...], Heads]:
    """How the headers that several tables of a text have are read in all: as in the longest of them."""
    tables = sorted((one for one in document.tables if not one.sheet), key=lambda one: len(one.rows))
    return {heads.headers: heads for one in tables if (heads := heads_of(one))}


@lru_cache(maxsize=256)  # the first rows of a table are looked at again and again
def find_heads(table: Table, row: int) -> Heads | None:
    """The headers that begin on a row; None where it is none."""
    spans = table.written(row)
    if any(_is_a_value(span.cell.value) for span in spans):
        return None
    found = [one for one in (role_of(span.cell.line) for span in spans) if one]
    periods = sum(is_period(span.cell.line) for span in spans) + len(_months(spans))
    roles = {one[0] for one in found}
    kinds = {(one[0], one[2]) for one in found}
    sure = Role.ACTION in roles and bool(roles & _WHO_AND_WHEN)
    if not (len(kinds) > 1 or (found and periods > 1)) or (not sure and 2 * (len(found) + periods) < len(spans)):
        return None
    if not roles & _WHAT and len(roles & _WHO_AND_WHEN) < 2:
        return None
    if any(len(span.cell.line) > _LONGEST for span in spans if role_of(span.cell.line)):
        return None
    below = _below(table, row)
    columns = list(_columns(table, row, below))
    return Heads(tuple(_settled(columns, table, row + 1 + below)), 1 + below)


def _is_a_value(value: Value) -> bool:
    """Whether a cell of a workbook holds what no header does: a yes or no, a number that is no year."""
    return isinstance(value, bool) or (isinstance(value, int | float) and value > _LAST_YEAR)


def _below(table: Table, row: int) -> int:
    """1 where the next row is the second one of the headers, else 0."""
    if row + 1 >= len(table.rows):
        return 0
    above = table.rows[row]
    fresh = [span for span in table.written(row + 1) if span.cell is not above[span.first]]
    if not fresh:
        return 0
    wide = {id(span.cell) for span in table.written(row) if span.last > span.first}
    kept = any(span.cell is above[span.first] for span in table.written(row + 1))

    def is_sub(span: Span) -> bool:
        if is_period(span.cell.line) or fold(span.cell.line) in _INITIALS or span.cell.line in _LETTERS:
            return True
        under = id(above[span.first]) in wide or not above[span.first].text
        return under and len(span.cell.line) < 40 and (kept or role_of(span.cell.line) is not None)

    parted = kept or any(id(above[span.first]) in wide or not above[span.first].text for span in fresh)
    return int(parted and all(map(is_sub, fresh)))


def _months(spans: Sequence[Span]) -> dict[int, str]:
    """The months that initials in a row stand for (« J F M A M J »), by the first square of each."""
    letters = "".join(fold(span.cell.line) if fold(span.cell.line) in _INITIALS else " " for span in spans)
    run = max(letters.split(), key=len, default="")
    at = (_YEAR * 2).find(run)
    if len(run) < _FEWEST_MONTHS or at < 0:
        return {}
    first = letters.index(run)
    return {spans[first + rank].first: MONTHS[(at + rank) % 12] for rank in range(len(run))}


def _columns(table: Table, row: int, below: int) -> list[Column]:
    """The columns under a row of headers, each with what stands above it."""
    found: list[Column] = []
    parent: Cell | None = None
    months = _months(table.written(row + below))
    for span in table.spans(row + below):
        top = table.rows[row][span.first]
        if top.text or not below:
            parent = top
        header, over = (
            months.get(span.first, span.cell.line),
            parent.line if below and parent and parent is not span.cell else "",
        )
        if not header and not over:
            continue
        if not header and not top.text:
            continue
        found.append(_column(header or over, over if header else "", span))
    return found


def _column(header: str, over: str, span: Span) -> Column:
    whole = f"{over} {header}".strip() if over else header
    role = role_of(header)
    above = role_of(over) if over else None
    if above and above[0] is Role.STATUT and STATUT.meant(header):  # « À faire | En cours | Fait », each to tick
        return Column(Role.FAITE, header, None, span.first, span.last)
    if above and (kind := _under(header, above[0])):
        return Column(kind, over if kind is Role.FAITE else whole, None, span.first, span.last)
    if is_period(header) and (over or not role):
        year = next(iter(re.findall(r"(?:19|20)[0-9]{2}(?:\s?[-–/]\s?[0-9]{2,4})?", over)), "")
        named = f"{header} {year}".strip() if year and not re.search(r"(?:19|20)[0-9]{2}", header) else header
        return Column(Role.PERIODE, named, None, span.first, span.last)
    if over and (helps := _LETTERS.get(header)) and role_of(over) is None:  # « R » and « P » under each organisation
        return Column(helps, over, None, span.first, span.last)
    if role is None and over:
        return Column(above[0] if above else Role.AUTRE, whole, above[2] if above else None, span.first, span.last)
    kind, rank, noun = role or (Role.AUTRE, 0, None)
    return Column(
        kind, whole if over and kind in (Role.AUTRE, Role.NOTES) else header, noun, span.first, span.last, rank
    )


def _under(header: str, above: Role) -> Role | None:
    """What « 2025 » holds under « Coûts » or « Cibles », what « Oui » and « Non » hold under « Atteint »; else None."""
    if is_period(header):
        return above if above in (Role.PREVU, Role.REEL, Role.CIBLE, Role.ATTEINT) else None
    if above in (Role.ATTEINT, Role.FAITE, Role.STATUT):
        return {"oui": Role.FAITE, "non": Role.AUTRE}.get(fold(header))
    return None


def _settled(columns: list[Column], table: Table, start: int) -> Sequence[Column]:
    """The columns, once it is decided which holds the actions, by what stands under them."""
    taken = {at for column in columns for at in range(column.first, column.last + 1)}
    columns = [_widened(column, taken, table, start) for column in columns]
    columns = [*columns, *_unnamed(columns, table, start)]
    titled = max((one.first for one in columns if one.role in (*_WHAT, Role.AUTRE)), default=0)
    columns = [
        _numbers(one, table, start) if one.first < titled else one for one in columns
    ]  # « Act 1 » last is a title
    columns.sort(key=lambda column: column.first)
    columns = [_said_under(column, columns, table, start) for column in columns]
    if not any(column.role is Role.ACTION for column in columns):
        if timed := _in_periods(columns, table, start):
            return timed
        named = _under_a_level(columns, table, start)
        columns = named if named != columns else _titled(_promoted(columns), table, start)
    actions = [column for column in columns if column.role is Role.ACTION]
    if len(actions) > 1:
        columns = _one_action(columns, actions, table, start)
    columns = _aimed(_parting(_grouping(columns, table, start), table, start), table, start)
    roles = {column.role for column in columns}
    if Role.ACTION not in roles and Role.DESCRIPTION in roles and not _presented(columns, table, start):
        columns = [
            column._replace(role=Role.ACTION) if column.role is Role.DESCRIPTION else column for column in columns
        ]
    roles = {column.role for column in columns}
    if roles & {Role.DEBUT, Role.FIN}:
        columns = [one._replace(role=Role.AUTRE) if fold(one.header).startswith("duree") else one for one in columns]
    dated = {Role.ECHEANCE, Role.DEBUT, Role.FIN, Role.STATUT} & roles
    if not roles & {Role.ACTION, Role.ETAPES} and Role.RESPONSABLES in roles and dated:
        columns = _wordiest(columns, table, start)
    return _one_priority(_matrix(columns, table, start), table, start)


_PERCENT = r"%|(?:%|pourcentage) .*(?:realis|avance|complet).*"


def _ticks(text: str) -> bool:
    """Whether a text only ticks, or leaves a box empty."""
    return is_plain_mark(text) or not is_mark(text)


def _says_statut(text: str) -> bool:
    """Whether a text is a statut, or boxes to tick that each say one."""
    boxes = BOX.findall(text) if ticked(text) is not None else []
    said = [one.strip() for _, one in boxes] or [text]
    return all(STATUT.meant(one) or _REACHED.fullmatch(fold(one)) for one in said)


_REACHED = re.compile(
    r"(?:non |partiellement |en partie |presque )?atteinte?s?|(?:a )?(?:poursuiv|maintenu|reconduir|abandonn).*"
)


def _held(column: Column, texts: set[str], roles: list[Role]) -> Role | None:
    """What a column holds by its texts: marks under « En cours », numbers under « Participants » or, beside a target,
    « Résultat », statuts under « Suivi »; None where its header says it.
    """
    evaluated = column.role is Role.NOTES or fold(column.header).startswith(("evaluation", "bilan"))
    if evaluated and Role.STATUT not in roles and all(map(_says_statut, texts)):
        return Role.STATUT
    if column.role is Role.RESULTAT and {Role.CIBLE, Role.INDICATEUR} & set(roles):
        return Role.ATTEINT if all(re.match("[0-9]", text) for text in texts) else None
    if column.role is Role.COLLABORATEURS:
        return Role.AUTRE if all(re.fullmatch("[0-9 ]+", text) for text in texts) else None
    if column.role in (Role.AUTRE, Role.ACTION, Role.ETAPES) and STATUT.meant(column.header):
        return Role.FAITE if all(map(_ticks, texts)) else None
    return None


def _said_under(column: Column, columns: list[Column], table: Table, start: int) -> Column:
    """A column of « Suivi » of which every cell is a statut says the statut; a « date de réalisation » beside another
    date says when it was done; a « période » beside none, when it is to be; « En cours », over marks, what is ticked.
    """
    texts = _alone_under(column, table, start)
    roles = [one.role for one in columns]
    if texts and (held := _held(column, texts, roles)):
        return column._replace(role=held)
    done = re.match(r"dates? de (?:la )?realisation\b", fold(column.header))
    if done and column.role is Role.ECHEANCE and roles.count(Role.ECHEANCE) > 1:
        return column._replace(role=Role.REALISEE_LE)
    if column.role is Role.AUTRE and Role.STATUT not in roles and re.fullmatch(_PERCENT, fold(column.header)):
        return column._replace(role=Role.STATUT)
    if fold(column.header) == "periode" and not {Role.ECHEANCE, Role.DEBUT, Role.FIN, Role.PERIODE} & set(roles):
        return column._replace(role=Role.ECHEANCE)
    return column


def _in_periods(columns: list[Column], table: Table, start: int) -> list[Column]:
    """« Objectif | 2025 | 2026 », where what stands under the years is what is to be done then; nothing where it marks,
    or measures, what the row names.
    """
    periods = [column for column in columns if column.role is Role.PERIODE]
    texts = [line for column in periods for line in _texts_under(column, table, start)]
    said = [text for text in texts if _says_what(text)]
    if len(periods) < 2 or 2 * len(said) <= len(texts) or len(set(said)) < 2 or any(map(is_period, texts)):
        return []
    if not any(column.role is Role.NIVEAU for column in columns):
        return []
    return [column._replace(role=Role.ACTION) if column in periods else column for column in columns]


_WORD = 6  # letters, from which a word alone may say what is to be done


def _says_what(text: str) -> bool:
    """Whether a text under a period says what is to be done then: no mark, no measure, no rhythm."""
    says = len(text.split()) > 1 or len(text) >= _WORD
    return (
        says
        and not re.search(r"[0-9] ?[%$]|^[0-9]", text)
        and not is_read(text, Conventions())
        and not STATUT.meant(text)
    )


def _alone_under(column: Column, table: Table, start: int) -> set[str]:
    """The texts under a header that are of its column only: a title over several columns is of none."""
    before, after = max(column.first - 1, 0), min(column.last + 1, table.width - 1)
    cells = [
        cell
        for row in table.rows[start:]
        if (cell := row[column.first]).text
        and (before == column.first or row[before] is not cell)
        and (after == column.last or row[after] is not cell)
    ]
    return {cell.line for cell in cells}


def _texts_under(column: Column, table: Table, start: int) -> list[str]:
    """What is written under a header, each once."""
    cells = {id(row[column.first]): row[column.first].line for row in table.rows[start:]}
    return [text for text in cells.values() if text]


def _presented(columns: list[Column], table: Table, start: int) -> bool:
    """« Axe | Description », and one description at most for each axe: they say what levels are, and nothing to do."""
    by_role = {column.role: column.first for column in columns}
    if not by_role.keys() <= {Role.NIVEAU, Role.DESCRIPTION, Role.NUMERO}:
        return False
    rows = [table.rows[row] for row in range(start, len(table.rows)) if table.written(row)]
    named = [row[by_role[Role.NIVEAU]].line for row in rows] if Role.NIVEAU in by_role else [""]
    return "" not in named and len(set(named)) == len(named)


def _widened(column: Column, taken: set[int], table: Table, start: int) -> Column:
    """« Axe » over « A », « B », and nothing over their titles, in the next column: the header is of both."""
    beside = column.last + 1
    if column.role not in _NUMBERED or beside in taken or beside >= table.width:
        return column
    codes = _alone_under(column, table, start)
    coded = codes and all(number_alone(text) or re.fullmatch("[A-Z]", text) for text in codes)
    titles = any(re.search("[a-z]{2}", row[beside].text) for row in table.rows[start:])
    return column._replace(last=beside) if coded and titles else column


def _unnamed(columns: list[Column], table: Table, start: int) -> Iterator[Column]:
    """The columns without a header that hold something: numbers, or what is kept beside."""
    taken = {at for column in columns for at in range(column.first, column.last + 1)}
    for at in set(range(table.width)) - taken:
        texts = [table.rows[row][at].line for row in range(start, len(table.rows)) if table.rows[row][at].text]
        nouns = {read_title(text, loose=True).noun for text in texts}
        if len(nouns) == 1 and None not in nouns and not nouns & {*ACTIONS}:  # « ORIENTATION 1 », written upwards
            yield Column(Role.NIVEAU, "Sans titre", nouns.pop(), at, at)
        elif texts:
            numbers = all(number_alone(text) for text in texts)
            yield Column(Role.NUMERO if numbers else Role.AUTRE, "" if numbers else "Sans titre", None, at, at)


def _matrix(columns: list[Column], table: Table, start: int) -> list[Column]:
    """Columns that are each of an organisation: an « R » says that it is responsible, a « P » that it helps."""
    texts = {column: _alone_under(column, table, start) for column in columns if column.role is Role.AUTRE}
    of_them = [column for column, said in texts.items() if said <= _LETTERS.keys() | {"X"}]
    if not any("R" in texts[column] for column in of_them):
        return columns
    words = zip(*(column.header.split() for column in of_them), strict=False) if len(of_them) > 1 else ()
    over = len(list(takewhile(lambda same: len(set(same)) == 1, words)))  # « Rôle des partenaires », over each
    return [
        column._replace(role=Role.RESPONSABLES, header=" ".join(column.header.split()[over:]))
        if column in of_them
        else column
        for column in columns
    ]


def _wordiest(columns: list[Column], table: Table, start: int) -> list[Column]:
    """Without any name of what is done, that is the column under an unknown header that says the most."""

    def letters(column: Column) -> int:
        return sum(len(table.rows[row][column.first].text) for row in range(start, len(table.rows)))

    unknown = [column for column in columns if column.role is Role.AUTRE]
    best = max(unknown, key=letters, default=None)
    return [column._replace(role=Role.ACTION) if column is best else column for column in columns]


_HOW_MUCH = re.compile(
    r"(?:tres )?(?:haute?|moyen(?:ne)?|bas(?:se)?|elevee?|faible|forte?|urgente?|[0-9]|[a-d]|p[0-9]|\++)"
)


def is_degree(text: str) -> bool:
    """Whether a text says how much something matters: « Haute », « P1 »."""
    return _HOW_MUCH.fullmatch(fold(text).strip(" .")) is not None


def _one_priority(columns: list[Column], table: Table, start: int) -> list[Column]:
    """« Priorité » alone is a level where it stands before the actions and names some; else, how much they matter."""
    at = next((n for n, column in enumerate(columns) if column.role is Role.ACTION), 0)

    def graded(n: int, column: Column) -> bool:
        if column.role is not Role.NIVEAU or not column.rank:
            return False
        under = _alone_under(column, table, start)
        return n > at or (bool(under) and all(map(is_degree, under)))

    return [
        column._replace(role=Role.AUTRE, noun=None) if graded(n, column) else column for n, column in enumerate(columns)
    ]


def _numbers(column: Column, table: Table, start: int) -> Column:
    """« Action » over « 1 », « 2 », « 3 » is the number of the action."""
    if column.role is not Role.ACTION:
        return column
    spans = (span for row in range(start, len(table.rows)) for span in table.written(row))
    texts = (span.cell.line for span in spans if column.first <= span.first <= column.last)
    first = next(texts, "")
    numbers = bool(first) and all(number_alone(text) is not None for text in chain((first,), texts))
    return column._replace(role=Role.NUMERO) if numbers else column


def _under_a_level(columns: list[Column], table: Table, start: int) -> list[Column]:
    """Without a column of actions: « Nom » beside another of who is responsible names them; so does what no word names,
    right after a level that goes on over several rows, and that does not go on itself.
    """
    who = [n for n, column in enumerate(columns) if column.role is Role.RESPONSABLES]
    chosen = [n for n in who if fold(columns[n].header) == "nom" and len(who) > 1]
    levels = [n for n, column in enumerate(columns) if column.role is Role.NIVEAU]
    after = [n for n in range(levels[-1] + 1, len(columns)) if columns[n].role is Role.AUTRE] if levels else []
    acts = {column.role for column in columns} & {Role.ETAPES, Role.INDICATEUR, Role.DESCRIPTION}
    if (
        not chosen
        and not acts
        and levels
        and after[:1] == [levels[-1] + 1]
        and _goes_on(columns[levels[-1]], table, start)
    ):
        unknown = role_of(columns[after[0]].header) is None
        chosen = after[:1] if unknown and not _goes_on(columns[after[0]], table, start) else []
    return [column._replace(role=Role.ACTION) if n in chosen else column for n, column in enumerate(columns)]


_ABOVE = ("objectif", "orientation", "axe", "but", "objectif specifique", "objectif general", "enjeu", "volet")
"""The levels under which an indicator may be what is the lowest."""


def _promoted(columns: list[Column]) -> list[Column]:
    """Without a column of actions: steps are actions, else indicators where nothing is lower, else the lowest level."""
    described = any(column.role is Role.DESCRIPTION for column in columns)
    by_role: dict[Role, list[int]] = {}
    for n, column in enumerate(columns):
        by_role.setdefault(column.role, []).append(n)
    levels = by_role.get(Role.NIVEAU, [])
    chosen = by_role.get(Role.ETAPES, [])[:1]
    measured = Role.CIBLE in by_role or Role.RESPONSABLES not in by_role
    if not chosen and not described and levels and measured and columns[levels[-1]].noun in _ABOVE:
        chosen = by_role.get(Role.INDICATEUR, [])[:1]
    if not chosen and not described:
        chosen = levels[-1:]
    return [column._replace(role=Role.ACTION) if n in chosen else column for n, column in enumerate(columns)]


_ALWAYS_ABOVE = ("enjeu", "axe", "orientation", "volet", "thematique", "theme", "pilier", "champ d'action")
"""The levels that are no title of what is done, even where each has a single text beside it."""


def _titled(columns: list[Column], table: Table, start: int) -> list[Column]:
    """« Engagement | Énoncé », one text at most for each title: the title names what is done, and the text explains it.
    A row without text would else be nothing.
    """
    by_role = {column.role: column for column in columns}
    level, text = by_role.get(Role.NIVEAU), by_role.get(Role.DESCRIPTION)
    if Role.ACTION in by_role or not level or not text or level.first > text.first:
        return columns
    rows = [table.rows[row] for row in range(start, len(table.rows)) if table.written(row)]
    pairs = {(row[level.first].line, row[text.first].line) for row in rows} - {("", "")}
    titles, texts = {title for title, _ in pairs}, [said for _, said in pairs]
    above = level.noun in _ALWAYS_ABOVE or sum(map(len, texts)) <= sum(map(len, titles))
    if "" in titles or len(titles) != len(pairs) or len(titles) < 2 or ("" not in texts and above):
        return columns
    return [column._replace(role=Role.ACTION) if column == level else column for column in columns]


def _one_action(columns: list[Column], actions: list[Column], table: Table, start: int) -> list[Column]:
    """Of several columns of actions: those at the left of « Action », or that go on over several rows, are levels;
    those at its right are its steps.
    """
    plain = [column for column in actions if column.noun == "action"]
    if any(fold(column.header).startswith("comment") for column in actions):  # « Quoi | Comment »
        plain = plain or [column for column in actions if fold(column.header) == "quoi"]
    chosen = (
        plain[0]
        if plain
        else next((c for c in actions if c.noun not in STEPS and not _goes_on(c, table, start)), actions[0])
    )
    at = actions.index(chosen)

    def settled(column: Column) -> Column:
        if column.role is not Role.ACTION or column == chosen:
            return column
        return column._replace(role=Role.NIVEAU if actions.index(column) < at else Role.ETAPES)

    return [settled(column) for column in columns]


def _grouping(columns: list[Column], table: Table, start: int) -> list[Column]:
    """Without any level, a first column whose texts each go on over rows that follow (« Logement », « Logement », « Vie
    interne ») is one, whatever its header.
    """
    first = next((column for column in columns if column.role is not Role.NUMERO), None)
    if first is None or first.role is not Role.AUTRE or any(column.role is Role.NIVEAU for column in columns):
        return columns
    if not any(column.role is Role.ACTION for column in columns):
        return columns
    said = [table.rows[row][first.first].line for row in range(start, len(table.rows)) if table.written(row)]
    runs = [text for text, _ in groupby(said) if text]
    few = 3 * len(runs) <= 2 * len(said) if "" in said else 2 * len(runs) <= len(said)
    if len(runs) < 2 or len(set(runs)) < len(runs) or not few or all(map(is_degree, runs)):
        return columns
    return [column._replace(role=Role.NIVEAU) if column is first else column for column in columns]


def _parting(columns: list[Column], table: Table, start: int) -> list[Column]:
    """Between a level and the actions, what no word names is a level too, where it parts the one above and goes on."""
    at = next((n for n, column in enumerate(columns) if column.role is Role.ACTION), 0)
    levels = [n for n in range(at) if columns[n].role is Role.NIVEAU]

    def parts(n: int) -> bool:
        column, above = columns[n], columns[max(one for one in levels if one < n)]
        several = len(_alone_under(column, table, start)) > len(_alone_under(above, table, start))
        return several and _goes_on(column, table, start)

    unknown = [n for n in range(at) if levels and n > levels[0] and columns[n].role is Role.AUTRE]
    made = [n for n in unknown if role_of(columns[n].header) is None and parts(n)]
    return [column._replace(role=Role.NIVEAU) if n in made else column for n, column in enumerate(columns)]


def _aimed(columns: list[Column], table: Table, start: int) -> list[Column]:
    """« Priorité | Changement visé | Activité »: what is aimed at is a level, where it is said of several actions."""
    at = next((n for n, column in enumerate(columns) if column.role is Role.ACTION), 0)
    levels = [n for n, column in enumerate(columns) if column.role is Role.NIVEAU]

    def is_level(n: int, column: Column) -> bool:
        aims = column.role is Role.INDICATEUR and column.noun in AIMS and column.noun != "indicateur"
        return aims and min(levels, default=at) < n < at and _goes_on(column, table, start)

    return [column._replace(role=Role.NIVEAU) if is_level(n, column) else column for n, column in enumerate(columns)]


def _goes_on(column: Column, table: Table, start: int) -> bool:
    """Whether cells of a column are carried down: merged, or empty beside others that are not."""
    cells = [table.rows[row][column.first] for row in range(start, len(table.rows)) if table.written(row)]
    return any(one is two or not two.text for one, two in pairwise(cells))


def owner_of(column: Column, heads: Heads, table: Table, start: int) -> Column | None:
    """The level whose number a column of numbers holds: the first at its right that has a single one each time that it
    is named; None where that is the action.
    """
    after = [one for one in heads.columns if one.first > column.last]
    levels = takewhile(lambda one: one.role is not Role.ACTION, (one for one in after if one.role in _NUMBERED))
    return next((level for level in levels if _single(column, level, table, start)), None)


_NUMBERED = (Role.NIVEAU, Role.ACTION)


def _single(numbers: Column, level: Column, table: Table, start: int) -> bool:
    """Whether a level, from the row that names it to the row that names another, never has two numbers."""
    title, number = "", ""
    for row in range(start, len(table.rows)):
        named, said = (fold(table.rows[row][column.first].text) for column in (level, numbers))
        if named and named != title:
            title, number = named, ""
        if said and number and said != number:
            return False
        number = said or number
    return True
