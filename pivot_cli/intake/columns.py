"""What each column of a table holds after all: its header, what stands under it, and what is beside it."""

from __future__ import annotations

import re
from itertools import chain, groupby, pairwise, takewhile
from typing import TYPE_CHECKING

from pivot_cli.echeance import Conventions
from pivot_cli.intake.roles import LETTERS, NUMBERED, WHAT, Column, Role, is_degree, is_period, role_of
from pivot_cli.intake.titles import ACTIONS, AIMS, STEPS, number_alone, read_title
from pivot_cli.intake.wordings import BOX, is_mark, is_plain_mark, is_read, ticked
from pivot_cli.plan.schema.fields import STATUT
from pivot_cli.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pivot_cli.received.cells import Table


def settled(columns: list[Column], table: Table, start: int) -> Sequence[Column]:
    """The columns, once it is decided which holds the actions, by what stands under them."""
    taken = {at for column in columns for at in range(column.first, column.last + 1)}
    columns = [_widened(column, taken, table, start) for column in columns]
    columns = [*columns, *_unnamed(columns, table, start)]
    titled = max((one.first for one in columns if one.role in (*WHAT, Role.AUTRE)), default=0)
    columns = [
        _numbers(one, table, start) if one.first < titled else one for one in columns
    ]  # « Act 1 » last is a title
    columns = _paths(sorted(columns, key=lambda column: column.first), table, start)
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
    if column.role not in NUMBERED or beside in taken or beside >= table.width:
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
    of_them = [column for column, said in texts.items() if said <= LETTERS.keys() | {"X"}]
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


_PATH = re.compile(r"\s[>›»→]\s")


def path_of(text: str) -> list[str]:
    """The levels that a cell names one under the other, « Axe 1 > Obj. 1.1 »; none where it names one."""
    parts = [part.strip() for part in _PATH.split(text)]
    return parts if len(parts) > 1 and all(parts) else []


def _paths(columns: list[Column], table: Table, start: int) -> list[Column]:
    """What no word names, or another column of actions, is of levels where each of its cells names some one under the
    other.
    """
    several = sum(column.role in (Role.ACTION, Role.ETAPES) for column in columns) > 1

    def names_them(column: Column) -> bool:
        may = column.role is Role.AUTRE or (column.role is Role.ACTION and several)
        texts = _texts_under(column, table, start) if may else []
        return bool(texts) and all(map(path_of, texts))

    return [column._replace(role=Role.NIVEAU, noun=None) if names_them(column) else column for column in columns]


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
