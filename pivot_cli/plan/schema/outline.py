"""What the lines of a file mean by the names of their fields, the spaces before them being only a hint."""

from __future__ import annotations

import re
from itertools import takewhile

from pivot_cli.plan.schema.kinds import ListOf, Record
from pivot_cli.yaml_tree.lines import FieldLine, field_lines

_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")
_AHEAD = 40  # lines that are looked at to know what an item is, or where a text of several lines ends
_STEP = 2  # spaces from a field to what is under it


class Frame:
    """A group of fields that the walk is in: those of an action, of its budget, of the whole file.

    `column` is where its fields stand (-1 before the first), `target` where they should. A group whose lines are
    out of line is in a `run`; its fields are counted with those of the group that it belongs to.
    """

    def __init__(
        self, record: Record, column: int, line: int, parent: Frame | None, *, run: Run | None = None, target: int = -1
    ) -> None:
        self.record = record
        self.column = column
        self.target = column if target < 0 else target
        self.line = line
        self.parent = parent
        self.run = run
        self.written: dict[str, int] = {}
        self.names: dict[str, str] = {}
        self.close()

    def close(self) -> None:
        """The list or the group that is under the last field is over."""
        self.child = ""
        self.dash = self.dash_target = self.dash_line = -1

    def beside(self, column: int, run: Run) -> Frame:
        """The same group, for the fields of it that stand at another column."""
        other = Frame(self.record, column, self.line, self.parent, run=run, target=self.target)
        other.written, other.names = self.written, self.names
        return other

    @property
    def items(self) -> Record | None:
        """What the list under the last field is made of, when that is a group of fields."""
        kind = self.record.by_key[self.child].kind if self.child else None
        return kind.item if isinstance(kind, ListOf) and isinstance(kind.item, Record) else None

    @property
    def list_target(self) -> int:
        """Where the dashes of the list under the last field should be."""
        return self.dash_target if self.dash_target >= 0 else self.target + _STEP

    @property
    def id(self) -> str:
        """The id of an action, or nothing: of other groups, and when a part of it is not written."""
        if self.record.slug != "action":
            return ""
        path: list[str] = []
        frame: Frame | None = self
        while frame is not None:
            path.insert(0, frame.names.get("numero") or frame.names.get("code") or "")
            frame = frame.parent
        return ".".join(path) if all(path) else ""


class Run:
    """Lines that follow one another and are out of line: how to write them, and what they belong to."""

    def __init__(self, owner: Frame, first: FieldLine, *, is_item: bool) -> None:
        self.owner = owner
        self.first = first.rank
        self.is_item = is_item
        self.has_dash = first.dash >= 0
        self.keys: list[str] = []
        self.list_name = owner.child
        self.dash_above = owner.dash_line if owner.dash_line >= 0 else None
        self.above = next(reversed(owner.written.items()), None)
        self.changed: dict[int, str] = {}

    def lines(self, lines: list[str]) -> list[str]:
        """The lines as they should be, from the first to the last, those between that need no change included."""
        return [self.changed.get(index, lines[index]) for index in range(self.first, max(self.changed) + 1)]


class Outline:
    """A walk down the lines of a file: the `runs` are those whose place is not that of what they belong to."""

    def __init__(self, lines: list[str], record: Record) -> None:
        self.lines = lines
        self.runs: list[Run] = []
        self.fields = field_lines(lines)
        margin = min((line.column if line.dash < 0 else line.dash for line in self.fields if line), default=0)
        self.stack = [Frame(record, margin, 0, None)]
        self.run: Run | None = None  # that of the last field
        self.shift = 0  # of the last field's line, for those that go on with its text
        index = 0
        while index < len(lines):
            index = self._step(index)

    def _step(self, index: int) -> int:
        """Take in a line, and those that its text goes on over; the rank of the next one."""
        if (line := self.fields[index]) is None:
            self._carry(index)
            return index + 1
        # The group in which the field stands or, failing that, to which it belongs.
        frame = (self._item(line) if line.dash >= 0 else self._at(line)) or self._astray(line)
        if frame is None:  # its name means nothing here
            return index + 1
        self._enter(line, frame)
        end = self._end(line)
        for inner in range(index + 1, end):
            self._carry(inner)
        return end

    def _carry(self, index: int) -> None:
        """A line that is no field goes with the field above it: the rest of a text, or a value of a list."""
        text = self.lines[index]
        body = text.lstrip(" ")
        if self.run is not None and body and not body.startswith("#"):
            self.run.changed[index] = " " * max(len(text) - len(body) + self.shift, self.stack[-1].target) + body

    def _end(self, line: FieldLine) -> int:
        """The rank of the first line after those over which a field's text goes on."""
        value, index = line.value, line.rank + 1
        if value[:1] in ("|", ">"):
            while index < len(self.lines) and self._in_block(index, line.column):
                index += 1
        if value[:1] not in ('"', "'", "[", "{"):
            return index
        text = line.rest.lstrip()
        for end in range(index, min(index + _AHEAD, len(self.lines))):
            if _closed(text):
                return end
            text += "\n" + self.lines[end]
        return index

    def _in_block(self, index: int, column: int) -> bool:
        """Whether a line goes on with the text under « | »: out of line, it would take in all that follows."""
        text, field = self.lines[index], self.fields[index]
        return not text.strip() or (_indent(text) > column and not (self.run and field and self._fits(field)))

    def _fits(self, line: FieldLine) -> bool:
        """Whether a line begins with a field that is where one like it should be."""
        true = [frame for frame in self.stack if frame.run is None]
        if line.dash >= 0:
            return any(frame.dash == line.dash and frame.items and line.key in frame.items.by_key for frame in true)
        return any(frame.column == line.column and line.key in frame.record.by_key for frame in true)

    def _at(self, line: FieldLine) -> Frame | None:
        """The group in which a field without a dash stands."""
        for rank, frame in reversed([*enumerate(self.stack)]):
            if line.key not in frame.record.by_key:
                continue
            if frame.column < 0 and rank == len(self.stack) - 1 and line.column > self.stack[rank - 1].column:
                frame.column = line.column
                frame.target = line.column if frame.run is None else frame.target
            if frame.column == line.column and not (frame.run is not None and line.key in frame.written):
                del self.stack[rank + 1 :]
                return frame
        return None

    def _item(self, line: FieldLine) -> Frame | None:
        """The group that a dash begins, in a list whose dashes are at its column."""
        keys = self._keys_of_item(line)
        for rank, frame in reversed([*enumerate(self.stack)]):
            if (record := frame.items) is None or not _may_be(record, line.key, keys):
                continue
            is_last = all(above.run is not None for above in self.stack[rank + 1 :])
            begins = frame.dash < 0 and is_last and line.dash >= frame.column >= 0
            again = line.dash == frame.dash and frame in self._lists_for(line)  # and not in one further in
            if again or (begins and self._next_fits(line, frame, record)):
                del self.stack[rank + 1 :]
                frame.dash_target = line.dash if frame.run is None else frame.list_target
                frame.dash, frame.dash_line = line.dash, line.rank
                return self._begin_item(line, frame, record, frame.run)
        return None

    def _begin_item(self, line: FieldLine, frame: Frame, record: Record, run: Run | None) -> Frame:
        target = frame.list_target + line.column - line.dash
        self.stack.append(Frame(record, line.column, line.rank, frame, run=run, target=target))
        return self.stack[-1]

    def _astray(self, line: FieldLine) -> Frame | None:
        """The group to which a field belongs that does not stand in it; the lines are then in a run."""
        if lists := self._lists_for(line) if line.dash >= 0 else []:
            owner = min(reversed(lists), key=lambda frame: abs(line.dash - frame.list_target))
            assert owner.items is not None  # noqa: S101 - that is what the lists were chosen by
            return self._begin_item(line, owner, owner.items, self._run_for(owner, line, is_item=True))
        groups = [frame for frame in self.stack if line.key in frame.record.by_key and line.key not in frame.written]
        if not groups:
            return None
        owner = min(reversed(groups), key=lambda frame: abs(line.column - frame.target))
        run = self._run_for(owner, line, is_item=False)
        run.has_dash |= line.dash >= 0
        beside = owner.beside(line.column, run)
        if line.column == owner.column:  # only its dash is too much: what is under it is in its place
            del self.stack[self.stack.index(owner) + 1 :]
            self._change(line, beside, run)
            return owner
        self.stack.append(beside)
        return beside

    def _next_fits(self, line: FieldLine, frame: Frame, record: Record) -> bool:
        """Whether the fields of a list's first item are under its first one: else it is the dash that was moved."""
        columns = [column for column, key in self._fields_under(line) if key in record.by_key][:2]
        if len(columns) < 2 or columns[0] != columns[1] or columns[0] == line.column:
            return True
        frame.dash_target = columns[0] - (line.column - line.dash)
        return False

    def _fields_under(self, line: FieldLine) -> list[tuple[int, str]]:
        """The columns and names of the fields between a dash and the next one, those further left left out."""
        after = [field for field in self.fields[line.rank + 1 : line.rank + _AHEAD] if field]
        inside = takewhile(lambda field: field.dash < 0, after)
        return [(field.column, field.key) for field in inside if field.column > self.stack[0].column]

    def _lists_for(self, line: FieldLine) -> list[Frame]:
        keys = self._keys_of_item(line)
        known = [frame for frame in self.stack if frame.items and _may_be(frame.items, line.key, keys)]
        under = [key for column, key in self._fields_under(line)[:1] if column > line.dash]
        return [frame for frame in known if frame.items and frame.items.by_key.keys() >= set(under)] or known

    def _run_for(self, owner: Frame, line: FieldLine, *, is_item: bool) -> Run:
        if (last := self.run) is None or is_item != last.is_item or last.owner.written is not owner.written:
            self.runs.append(Run(owner, line, is_item=is_item))
            return self.runs[-1]
        return last

    def _keys_of_item(self, line: FieldLine) -> frozenset[str]:
        """The names of the fields that the item which a dash begins would have."""
        keys = [line.key]
        for rank in range(line.rank + 1, min(line.rank + _AHEAD, len(self.lines))):
            text, field = self.lines[rank], self.fields[rank]
            if text.strip() and not text.lstrip().startswith("#") and _indent(text) < line.column:
                break
            if field and field.dash < 0 and field.column == line.column:
                keys.append(field.key)
        return frozenset(keys)

    def _enter(self, line: FieldLine, frame: Frame) -> None:
        frame.close()
        kind = frame.record.by_key[line.key].kind
        frame.written.setdefault(line.key, line.rank)
        if line.key in ("numero", "code"):
            frame.names.setdefault(line.key, line.value.strip("\"'"))
        if frame.run is not None:
            self._change(line, frame, frame.run)
        self.run = next((run for run in self.runs[-1:] if line.rank in run.changed), None)
        self.shift = frame.target - line.column
        if not line.value:
            if isinstance(kind, Record):
                self.stack.append(Frame(kind, -1, line.rank, frame, run=frame.run, target=frame.target + _STEP))
            elif isinstance(kind, ListOf):
                frame.child = line.key

    def _change(self, line: FieldLine, frame: Frame, run: Run) -> None:
        text = self.lines[line.rank]
        before = text[line.dash : line.column] if line.dash >= 0 and frame.line == line.rank else ""
        run.changed[line.rank] = " " * (frame.target - len(before)) + before + text[line.column :]
        if frame.written is run.owner.written and line.key not in run.keys:
            run.keys.append(line.key)


def _may_be(record: Record, first: str, keys: frozenset[str]) -> bool:
    """Whether fields of these names, the `first` after a dash, make an item of a list and not more of the one above."""
    must = record.required or frozenset(record.one_of)
    return first in record.by_key and (not must or first in must or record.opening in keys)


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def _closed(text: str) -> bool:
    """Whether the quotation mark or the bracket that a value begins with is closed."""
    if text[:1] in ('"', "'"):
        return _QUOTED.match(text) is not None
    bare = _QUOTED.sub("", text)
    return sum(bare.count(sign) for sign in "[{") <= sum(bare.count(sign) for sign in "]}")
