"""Lines that are not aligned with their group: to what they belong, as the table of fields says, and how to write them.

YAML takes the spaces before a line for what it belongs to, and tells a fault where it can go no further, which is
often a line that nobody touched. Here the names come first: « statut » under an action is the action's, wherever it
stands. Only a file that has a fault is looked at so, and what is proposed is read again before it is told.
"""

import re

from pivot_cli.echeance import Conventions
from pivot_cli.finding import LINE_BREAK, Finding, Location, SourceText
from pivot_cli.plan.schema.kinds import ListOf, Reader, Record, of
from pivot_cli.plan.schema.outline import Frame, Outline, Run
from pivot_cli.text import NBSP, listed, quoted
from pivot_cli.yaml_tree import read_tree
from pivot_cli.yaml_tree.lines import field_lines

_SHAPE = frozenset(("PIV005", "PIV101", "PIV102", "PIV103", "PIV104", "PIV105"))
_MOST_CHARACTERS = 2_000_000  # of a file that is read again
_SEVERAL = ("une action", "un objectif", "un volet")  # under which of them is for who writes to say
_MOST_LINES = 30  # that a remedy gives to copy


def told_by_alignment(
    faults: list[Finding], source: SourceText, record: Record, conventions: Conventions, *, readable: bool
) -> list[Finding]:
    """The faults of a file, those that lines out of line cause being told at these lines, with the lines to write.

    `record` is what the file holds; `readable` says that the faults are not those of a file half read. Gives the
    faults as they were when no such line explains any of them.
    """
    if not any(fault.code in _SHAPE for fault in faults) or len(source.text) > _MOST_CHARACTERS:
        return faults
    pieces = re.split(f"({LINE_BREAK.pattern})", source.text)
    lines = pieces[::2]
    if model := _above_all(lines, source.file, record):
        fault, top = model
        rest = [one for one in faults if one.code not in _SHAPE or one.location.line >= top + (one.code == "PIV005")]
        return [fault, *rest] if len(rest) < len(faults) else faults
    runs = [run for run in Outline(lines, record).runs if len(run.lines(lines)) <= _MOST_LINES]
    stop = max((fault.location.line for fault in faults if fault.code == "PIV005"), default=len(lines))
    for some in (runs, [run for run in runs if run.first < stop]):
        changed = {2 * index: line for run in some for index, line in run.changed.items()}
        written = "".join(changed.get(rank, piece) for rank, piece in enumerate(pieces))
        left = _faults_of(written, source.file, record, conventions) if some else []
        if some and _explains(some, faults, left, readable=readable):
            kept = [fault for fault in faults if fault.code not in _SHAPE]
            told = [_finding(run, lines, "PIV101" if readable else "PIV005", source.file) for run in some]
            return sorted([*kept, *left, *told], key=lambda fault: fault.location)
    return faults


def _above_all(lines: list[str], file: str, record: Record) -> tuple[Finding, int] | None:
    """The fault of fields that stand before all those of a file, and are those of something inside it: the model at its
    top, of which the signs « # » were taken away. With it, the line of the first field of the file.
    """
    written = [field for field in field_lines(lines) if field]
    top = next((rank for rank, field in enumerate(written) if field.column == 0 and field.key in record.by_key), 0)
    above = [field for field in written[:top] if field.key not in record.by_key or field.column > 0]
    for field in above:
        # « nom » for the « titre » of an orientation is a field of it, under another name.
        if field.column == 0 and record.called_otherwise(field.key, frozenset()):
            return None
        if owner := _owner(field.key, field.column, record):
            last = above[-1]
            location = Location(
                file, field.rank + 1, field.column + 1, last.rank + 1, len(lines[last.rank].rstrip()) + 1
            )
            direct = [quoted(f"{one.key}:") for one in record.fields if _inside(one.kind) is owner]
            where = listed(direct, "ou") if direct and owner.name not in _SEVERAL else owner.name
            message = f"{quoted(field.key)} est un champ {of(owner.name)}, et se trouve ici au-dessus de tout."
            remedy = f"Le modèle est à recopier sous {where}; ici, remettez « # » devant ces lignes, ou effacez-les."
            return Finding("PIV101", location, message, remedy), written[top].rank + 1
    return None


def _owner(key: str, column: int, record: Record) -> Record | None:
    """What inside a record has such a field, the nearest first; for fields of several, the one that is written so far
    in, else an action.
    """
    level, found, depth = [record], [], 0
    while level:
        level = [inside for one in level for field in one.fields if (inside := _inside(field.kind)) is not None]
        depth += 1
        found += [(one, depth) for one in level if key in one.by_key]
    there = next((one for one, depth in found if 4 * depth == column), None)
    action = next((one for one, _ in found if one.name == "une action"), None)
    return there or action or (found[0][0] if found else None)


def _inside(kind: object) -> Record | None:
    kind = kind.item if isinstance(kind, ListOf) else kind
    return kind if isinstance(kind, Record) else None


def _faults_of(text: str, file: str, record: Record, conventions: Conventions) -> list[Finding]:
    source, root, found = read_tree(text.encode("utf-8", "replace"), file)
    if root is not None:
        reader = Reader(source, conventions)
        record.read(root, "", reader)
        found = [*found, *reader.findings]
    return [fault for fault in found if fault.code in _SHAPE]


def _explains(runs: list[Run], faults: list[Finding], left: list[Finding], *, readable: bool) -> bool:
    """Whether the faults come from these lines: written so, they are gone, and no other is met before the next stop."""
    if readable:
        had = {(fault.code, fault.location.line, fault.message) for fault in faults if fault.code in _SHAPE}
        return {(fault.code, fault.location.line, fault.message) for fault in left} < had
    changed = {index + 1 for run in runs for index in run.changed}
    last = max(*changed, *(fault.location.line for fault in faults if fault.code == "PIV005"))
    return not any(
        fault.location.line in changed or (fault.code == "PIV005" and fault.location.line <= last) for fault in left
    )


def _finding(run: Run, lines: list[str], code: str, file: str) -> Finding:
    first, last = run.first, max(run.changed)
    column = len(lines[first]) - len(lines[first].lstrip(" ")) + 1
    location = Location(file, first + 1, column, last + 1, len(lines[last].rstrip()) + 1)
    message, remedy = _item(run) if run.is_item else _field(run)
    return Finding(code, location, message, "\n".join([f"{remedy} Écrivez{NBSP}:", *run.lines(lines)]))


def _field(run: Run) -> tuple[str, str]:
    names = listed([quoted(key) for key in run.keys])
    one = len(run.keys) == 1
    is_a = "est un champ" if one else "sont des champs"
    them = "le" if one else "les"
    if run.above is not None:
        where = f"Alignez-{them} sur {quoted(run.above[0])}, ligne {run.above[1] + 1}"
    elif run.owner.parent is None:
        where = f"Mettez-{them} au début de {'sa' if one else 'leur'} ligne"
    else:
        where = f"Mettez-{them} sous la ligne {run.owner.line + 1}, un peu plus à droite"
    dash = ", sans tiret" if run.has_dash else ""
    misplaced = "n'est pas à sa place" if one else "ne sont pas à leur place"
    return f"{names} {is_a} {whose(run.owner)}, mais {misplaced}.", f"{where}{dash}."


def _item(run: Run) -> tuple[str, str]:
    message = f"Le tiret de cet élément de {quoted(run.list_name)} n'est pas à sa place."
    if run.dash_above is not None:
        return message, f"Alignez-le sur celui de la ligne {run.dash_above + 1}, avec les lignes qui le suivent."
    line = run.owner.written.get(run.list_name, 0) + 1
    return message, f"Mettez-le sous {quoted(run.list_name)}, ligne {line}, un peu plus à droite."


def whose(frame: Frame) -> str:
    """« de l'action 2.gou.2.3 », « de l'objectif écrit à la ligne 83 », « de l'organisme »."""
    article, _, noun = frame.record.name.partition(" ")
    if article not in ("un", "une"):
        return f"des {noun}" if article == "les" else f"de {frame.record.name}"
    agreed = "e" if article == "une" else ""
    of = "de l'" if noun[0] in "aeiouyéèêh" else "de la " if article == "une" else "du "
    if frame.parent is None:
        return f"{of}{noun}"
    return f"{of}{noun} {frame.id or f'écrit{agreed} à la ligne {frame.line + 1}'}"
