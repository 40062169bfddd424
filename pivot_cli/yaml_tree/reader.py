"""The event stream of the YAML library, folded into a positioned tree with a bound on everything.

Only events are asked of the library: its C composer recurses, and crashes the process on deep nesting; its
own reading of values (`no`, `12:30`, `2019-12-01`) is what a plan must not depend on.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from pivot_cli.finding import LINE_BREAK, Finding, SourceText, line_end
from pivot_cli.text import NBSP, listed
from pivot_cli.yaml_tree import keys
from pivot_cli.yaml_tree.decoding import decode, forbidden, forbidden_fault
from pivot_cli.yaml_tree.faults import (
    Fault,
    Unreadable,
    after_end,
    conflict_mark,
    directive,
    shortcut,
    to_findings,
    with_more,
)
from pivot_cli.yaml_tree.library import yaml
from pivot_cli.yaml_tree.nodes import Mapping, Node, Scalar, Sequence

# Far above any plan (9,300 actions are 2.5 MB, 75,000 lines, 150,000 events and 10 levels), below what hurts.
MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_LINES = 500_000
MAX_EVENTS = 500_000
MAX_DEPTH = 20

_ANOTHER_FILE = "Vérifiez que c'est le bon fichier, ou répartissez-le en plusieurs."
# What both libraries say of a fault inside quotation marks.
_IN_QUOTES = "quoted scalar"
# Patterns of what a plan seldom holds: compiled where it is met, as compiling them all slows every command.
_DIRECTIVE = r"(?:[ \t]*+(?:#[^\r\n]*+)?(?:\r\n|\r|\n))*+%"
_NOTHING = r"(?:\s++|#[^\r\n]*+|\.\.\.(?=\s|\Z))*+"
_PROPERTIES = r"(?:(?:&[^\s,\[\]{}]*|!<[^>\s]*>|![^\s,\[\]{}]*)(?:\s+|#[^\r\n]*)*)+"
_ESCAPE = r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))"
_SHORT_ESCAPES = {"0": "\0", "a": "\x07", "b": "\b", "v": "\v", "f": "\f", "e": "\x1b"}
_SHORT_ESCAPES |= {"N": "\x85", "L": "\u2028", "P": "\u2029"}


class Tree(NamedTuple):
    """A file as it was read: its text, its tree, and the faults found, in the order of the text.

    The tree is None when the file holds nothing or could not be read to its end; the findings then say why. Its offsets
    are those of `SourceText.text`: code points after the byte order mark, forbidden characters and line breaks kept.
    """

    source: SourceText
    root: Node | None
    findings: list[Finding]


def read_tree(data: bytes, file: str) -> Tree:
    """The tree of a file, shown as `file`. Never raises: whatever the bytes are, the `MAX_` bound time and memory."""
    source, root = SourceText(file, ""), None
    faults: list[Fault] = []
    try:
        _check_size(data)
        source, text, faults = decode(data, file)
        if any(sign * 7 in data for sign in (b"<", b">", b"=", b"|")):
            _refuse_conflict(text)
        root = _Builder(source, text, faults).build()
    except Unreadable as stop:
        source = stop.source or source
        # A text that begins with « * » may be both a shortcut and why the rest cannot be read: one fault.
        faults = [*(fault for fault in faults if fault.start != stop.fault.start), stop.fault]
    return Tree(source, root, to_findings(source, faults))


def _check_size(data: bytes) -> None:
    if len(data) > MAX_FILE_BYTES:
        limit = f"{MAX_FILE_BYTES // 1024**2}{NBSP}Mo"
    elif len(data) > MAX_LINES and max(data.count(b"\n"), data.count(b"\r")) > MAX_LINES:
        limit = f"{MAX_LINES}{NBSP}lignes"
    else:
        return
    message = f"Le fichier dépasse {limit} : ce n'est pas un fichier de plan."
    raise Unreadable(Fault("PIV007", 0, 0, message, _ANOTHER_FILE))


# The lines that git puts around the two sides of a merge, and around what both come from: seven signs, or more where
# one side was itself such a merge. At the start of a line, none of them is YAML.
_CONFLICT = r"(?:\A|[\r\n])((<{7,}|\|{7,}|={7,}|>{7,})(?:[ \t][^\r\n]*)?)(?=[\r\n]|\Z)"


def _refuse_conflict(text: str) -> None:
    """A file in which git left the two sides of a merge, or the mark of one, says nothing until somebody chooses."""
    marks = [*re.finditer(_CONFLICT, text)]
    both = _both_sides([mark[2][0] for mark in marks])
    if both is None:
        # A long rule is no mark by itself.
        if left := next((mark for mark in marks if mark[2][0] != "=" or len(mark[2]) == 7), None):
            raise Unreadable(conflict_mark(*left.span(1), left[2]))
        return
    found = marks[both[0] : both[2] + 1]
    ends = (found[0], marks[both[1]], found[-1])
    first, between, last = (len(LINE_BREAK.findall(text, 0, mark.start(1))) + 1 for mark in ends)
    message = f"Une fusion git n'est pas finie : les lignes {first} à {last} disent la même chose de deux façons."
    remedy = f"Gardez l'une ou l'autre (la ligne {between} les sépare), et effacez l'autre, avec les lignes qui "
    remedy += f"commencent par {listed([*dict.fromkeys(mark[2] for mark in found)])}."
    if any(mark[2][0] == "|" for mark in found):
        remedy += f" Ce qui suit ||||||| jusqu'à la ligne {between} est ce qu'il y avait avant : effacez-le aussi."
    raise Unreadable(
        with_more(Fault("PIV011", *found[0].span(1), message, remedy), sum(mark[2][0] == "<" for mark in marks) - 1)
    )


def _both_sides(kinds: list[str]) -> tuple[int, int, int] | None:
    """Where the first whole conflict begins, is divided and ends, among the signs of its marks."""
    begin = middle = None
    for rank, kind in enumerate(kinds):
        if kind == "<" and middle is None:
            begin = rank if begin is None else begin
        elif kind == "=" and begin is not None:
            middle = rank if middle is None else middle
        elif kind == ">":
            if begin is not None and middle is not None:
                return begin, middle, rank
            begin = middle = None
    return None


_pure_parser = yaml.SafeLoader


def _parser(text: str) -> Any:
    """What gives the events of a text: libyaml where it is installed, else the same in Python."""
    try:
        from yaml._yaml import CParser
    except ImportError:
        return _pure_parser(text)
    return CParser(text)


class _Builder:
    """Folds events into a tree, without recursion: depth is bounded by the stack that it keeps."""

    def __init__(self, source: SourceText, text: str, faults: list[Fault]) -> None:
        self.source = source
        self.text = text
        self.faults = faults
        self.children: list[Any] = []
        self._open: list[tuple[int, bool, int, list[Any]]] = []
        self._anchors: dict[str, Scalar | None] = {}
        self._shortcuts: set[int] = set()
        self._unresolved = False

    def build(self) -> Node | None:
        """The root of the tree; raises `Unreadable` when the text cannot be read to its end."""
        # One character is found much faster than two, and most files have no percentage.
        begins = "%" in self.text and (self.text[0] == "%" or "\n%" in self.text or "\r%" in self.text)
        if begins and (found := re.match(_DIRECTIVE, self.text)):
            raise Unreadable(directive(found.end() - 1))
        parser = _parser(self.text)
        try:
            self._fold(parser.get_event)
        except yaml.MarkedYAMLError as error:
            context_at = None if error.context_mark is None else error.context_mark.index
            at = context_at or 0 if error.problem_mark is None else error.problem_mark.index
            raise self._syntax(error.context or "", context_at, error.problem or "", at) from None
        except (yaml.YAMLError, ValueError):
            # Python's own reader lets `chr` fail on an escape past U+10FFFF.
            at = parser.get_mark().index if hasattr(parser, "get_mark") else 0
            raise self._syntax(_IN_QUOTES, None, "", at) from None
        finally:
            parser.dispose()
        root: Node | None = self.children[0] if self.children else None
        if root is None or (isinstance(root, Scalar) and not root.text and root.style is None):
            remedy = "Écrivez-y ce qui manque, ou effacez ce fichier s'il ne sert pas."
            raise Unreadable(Fault("PIV006", 0, 0, "Le fichier est vide.", remedy))
        return None if self._unresolved else root

    def _syntax(self, context: str, context_at: int | None, problem: str, at: int) -> Unreadable:
        # For a text at fault only: together they take as long to load as Python does to start (14 ms).
        from pivot_cli.yaml_tree.stop import Stop, too_deep_ahead
        from pivot_cli.yaml_tree.syntax import syntax_fault

        start, flow, *_ = self._open[-1] if self._open else (0, False)
        reached = self.children[-1].end if self.children else start + (flow and self.text[start] in "[{")
        blocks = sum(not flow for _, flow, _, _ in self._open)
        if (deep := too_deep_ahead(self.text, reached, blocks, len(self._open), MAX_DEPTH)) is not None:
            return self._too_deep(deep)
        at = min(at, len(self.text))
        context_at = at if context_at is None else context_at
        read = (self.children, *(children for *_, children in reversed(self._open)))
        last = next((children[-1] for children in read if children), None)
        stop = Stop(self.source, self.text, problem, at, context, context_at, last)
        fault = syntax_fault(stop)
        line = stop.line_at(fault.start)
        if found := re.match(
            r"(<{7}|={7}|>{7}|[|]{7})(?: |\Z)", line.words
        ):  # an editor moved it with the lines around
            return Unreadable(conflict_mark(line.first, line.end, found[1]))
        return Unreadable(fault)

    def _too_deep(self, place: int) -> Unreadable:
        """The one fault of a line that goes too deep: what stands before on it is not given by every library."""
        line = max(self.text.rfind("\n", 0, place), self.text.rfind("\r", 0, place))
        self.faults[:] = [fault for fault in self.faults if not line < fault.start <= place]
        message = f"Les listes et les groupes s'emboîtent sur plus de {MAX_DEPTH} niveaux : la lecture s'arrête ici."
        remedy = "Retirez les crochets, les accolades ou les tirets en trop."
        return Unreadable(Fault("PIV007", place, place + 1, message, remedy))

    def _fold(self, next_event: Callable[[], Any]) -> None:
        start_characters, scalar_event = self.text + "\0", yaml.ScalarEvent
        other: dict[type, Callable[[Any], None]] = {
            yaml.AliasEvent: self._alias,
            yaml.MappingStartEvent: self._begin,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceStartEvent: self._begin,
            yaml.SequenceEndEvent: self._end,
        }
        append, event = self.children.append, None
        for _ in range(MAX_EVENTS):
            event = next_event()
            if (kind := type(event)) is scalar_event:
                start, end, style = event.start_mark.index, event.end_mark.index, event.style or None
                if style is None and start_characters[start] not in "&!":
                    append(Scalar(event.value, start, end, None))
                else:
                    append(self._special(event, start, end, style))
            elif kind in other:
                other[kind](event)
                append = self.children.append
            elif kind is yaml.DocumentEndEvent:
                return self._end_document(event)
            elif kind is yaml.StreamEndEvent:
                return None
        place = event.start_mark.index if event is not None else 0
        message = "Le fichier contient beaucoup trop d'éléments pour un plan : la lecture s'arrête ici."
        raise Unreadable(Fault("PIV007", place, place, message, _ANOTHER_FILE))

    def _special(self, event: Any, start: int, end: int, style: str | None) -> Scalar:
        """A scalar that is quoted, in a block, or preceded by an anchor or a tag."""
        text = event.value
        if self.text[start : start + 1] in {"&", "!"}:
            start = self._after_properties(start, end, text if style is None else None)
        if style == '"' and "\\" in self.text[start:end]:
            text = self._checked_escapes(text, start, end)
        elif style in {"|", ">"}:
            # The end of the last line that has something on it, its line break excluded.
            end = min(line_end(self.text, start + len(self.text[start:end].rstrip(" \t\r\n"))), end)
        scalar = Scalar(text, start, end, style)
        if event.anchor is not None:
            self._anchors[event.anchor] = scalar
        return scalar

    def _checked_escapes(self, text: str, start: int, end: int) -> str:
        """A double-quoted text; what its escapes make of forbidden characters is a fault, shown as U+FFFD."""
        if not (pattern := forbidden()).search(text):
            return text
        for found in re.compile(_ESCAPE, re.DOTALL).finditer(self.text, start, end):
            codes = found.group(1) or found.group(2) or found.group(3)
            character = chr(int(codes, 16)) if codes else _SHORT_ESCAPES.get(found.group(4), "")
            if "\ud800" <= character <= "\udfff":
                # Python's own reader lets pass what libyaml refuses.
                raise self._syntax(_IN_QUOTES, None, "", found.start())
            if pattern.fullmatch(character):
                self.faults.append(forbidden_fault(character, found.start(), found.end(), escaped=True))
                break
        return pattern.sub("\N{REPLACEMENT CHARACTER}", text)

    def _after_properties(self, start: int, end: int, plain: str | None) -> int:
        """Where a value begins after its anchor and tag, which are one fault."""
        if start not in self._shortcuts:
            self._shortcuts.add(start)
            self.faults.append(shortcut(self.text, start))
        if plain == "":
            return end
        if plain is not None and self.text[end - len(plain) : end] == plain:
            return end - len(plain)
        found = re.compile(_PROPERTIES).match(self.text, start)
        return start if found is None else min(found.end(), end)

    def _alias(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        self._shortcuts.add(start)
        self.faults.append(shortcut(self.text, start))
        # A text that happens to begin with « * » recalls nothing; a single value is safe to recall. A list
        # or a group is not: aliases of aliases multiply, and a file half read would pass for whole.
        if (recalled := self._anchors.get(event.anchor)) is None and event.anchor in self._anchors:
            self._unresolved = True
        self.children.append(Scalar(self.text[start:end] if recalled is None else recalled.text, start, end, None))

    def _begin(self, event: Any) -> None:
        start = event.start_mark.index
        if len(self._open) >= MAX_DEPTH:
            raise self._too_deep(start)
        if self.text[start : start + 1] in {"&", "!"}:
            start = self._after_properties(start, len(self.text), None)
        if event.anchor is not None:
            self._anchors[event.anchor] = None
        self._open.append((start, bool(event.flow_style), len(self.faults), self.children))
        self.children = []

    def _end(self, event: Any) -> None:
        children, is_list = self.children, type(event) is yaml.SequenceEndEvent
        start, flow, since, self.children = self._open.pop()
        closed = flow and (is_list or self.text[start] == "{")  # the single pair of `[a: b]` has no braces
        end = event.end_mark.index if closed else children[-1].end
        if is_list:
            self.children.append(Sequence(children, start, end, flow))
            return
        names = children[::2]
        entries = list(zip(names, children[1::2], strict=True))
        if not keys.all_plain(names):
            self._unresolved |= any(map(keys.is_merge, names))
            entries = keys.sound_entries(self.source, entries, self.faults, since)
        self.children.append(Mapping(entries, start, end, flow))

    def _end_document(self, event: Any) -> None:
        """Nothing may follow the first document; what does is not read (directives there could be endless)."""
        place = re.compile(_NOTHING).match(self.text, event.end_mark.index).end()  # type: ignore[union-attr]
        if place == len(self.text):
            return
        following = self.text[place : place + 3]
        if event.explicit or following == "---":
            start = event.start_mark.index if event.explicit else place
            message = "La ligne de trois tirets ou de trois points met fin à ce qui précède : "
            message += "la suite ne serait pas lue."
            remedy = "Effacez cette ligne, ou mettez la suite dans un autre fichier."
            raise Unreadable(Fault("PIV009", start, start + 3, message, remedy))
        raise Unreadable(directive(place) if following.startswith("%") else after_end(place))
