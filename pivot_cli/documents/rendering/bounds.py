"""An organisation's own templates, stopped when they ask for more than a document needs.

Jinja's sandbox keeps a template from what it should not touch, not from going on for ever or filling the memory. Here
each turn of a loop, each call and each text is paid for, before it is made, out of one sum (`MOST`): what runs out of
it is an `UnboundedError` on its line. Steps are counted, never timed: the same template stops at the same place
everywhere.

A template is made to pay as it is compiled: `_Paying` puts a toll around its loops, its sums and products, what it
compares and what it prints. The filters of Jinja and the methods of texts and lists pay in `Bounded`. The program's
templates are compiled as they are: they pay for filters and calls only, when one of the organisation's uses them.
What is not seen: the time that the program's own values take to be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

from jinja2 import Template, nodes, pass_context
from jinja2.runtime import Context, LoopContext
from jinja2.visitor import NodeTransformer

from pivot_cli.documents.rendering.sandbox import Sandbox, UnboundedError

# In characters of text: a plan of ten thousand actions makes some millions of them.
MOST = 100_000_000
STEP = 25  # what a turn, a call or an operation is worth
_ITEM = 8  # what it is worth to look at a value in a list
_TOKEN = 200  # what a word or a sign of a template is worth, which is read and compiled
_INCLUDED = 1000  # what it is worth to go into another template
_MOST_BITS = 15_000  # of a whole number: Python writes no more

_CONTAINERS: tuple[type, ...] = (list, tuple, set, frozenset, type({}.keys()), type({}.values()), type({}.items()))
# Filters that look at none of the values that they are given, or give one of them back.
_FREE = frozenset(("attr", "count", "d", "default", "first", "last", "length", "random", "items"))
# Filters and methods that make something longer by what a number or a text says.
_MULTIPLYING = frozenset(
    ("batch", "center", "expandtabs", "indent", "ljust", "rjust", "round", "slice", "to_bytes", "tojson", "translate",
     "urlize", "wordwrap", "zfill")
)  # fmt: skip
_AS_TEXT = frozenset(("join", "pprint", "string", "tojson"))  # filters that write lists
# In a pattern: a width that is given apart, or is itself a field, or has five digits.
_WIDTH_APART = re.compile(r"%[^a-zA-Z%]*\*|\{[^{}]*:[^{}]*\{|[0-9]{5}")


class _Meter:
    """What is left of the sum."""

    def __init__(self) -> None:
        self.left = MOST

    def spend(self, characters: int) -> None:
        """Pay; raises UnboundedError when too little is left."""
        self.left -= characters
        if self.left < 0:
            raise UnboundedError

    def weigh(self, value: Any, *, shown: bool = True) -> int:
        """What a value is worth; with `shown`, as it would be written, the values of the program whole.

        Raises UnboundedError for what is worth more than what is left, without looking at the rest of it.
        """
        if type(value) is str:  # most of them, and much faster
            return len(value)
        total, stack = 0, [value]
        while stack:
            one = stack.pop()
            total += _ITEM
            if isinstance(one, (str, bytes)):
                total += len(one)
            elif isinstance(one, int):
                total += _digits(one)
            elif isinstance(one, range):
                total += _ITEM * len(one)
            elif isinstance(one, dict):
                stack.extend(one)
                stack.extend(one.values())
            elif type(one) in _CONTAINERS or (isinstance(one, tuple) and (shown or not hasattr(one, "_fields"))):
                stack.extend(one)
            if total + _ITEM * len(stack) > self.left:
                raise UnboundedError
        return total

    def charge(self, name: str, values: Sequence[Any]) -> None:
        """Pay for what a filter or a method is about to make of these values, the first of them its own."""
        first = values[0] if values else ""
        shown = name in _AS_TEXT or not isinstance(first, _CONTAINERS)
        base = STEP + sum(self.weigh(value, shown=shown) for value in values)
        self.spend(base)
        if name in _MULTIPLYING:
            self.spend(self.weigh(first, shown=shown) * sum(map(_multiplier, values[1:])))
        elif name == "replace" and len(values) > 2:
            self.spend(str(first).count(str(values[1])) * len(str(values[2])))
        elif name in ("format", "format_map"):
            self.pattern(str(first), base)
        elif name == "sum" and not all(isinstance(value, (int, float, str)) for value in values[1:]):
            raise UnboundedError  # lists would be copied at each step

    def pattern(self, pattern: str, base: int) -> None:
        """Pay for a pattern filled with values that are worth `base`."""
        if _WIDTH_APART.search(pattern):
            raise UnboundedError
        self.spend(len(pattern) * base + sum(map(int, re.findall("[0-9]+", pattern))))


def _digits(number: int) -> int:
    """How many digits a whole number has, or so; raises UnboundedError where there are too many."""
    if number.bit_length() > _MOST_BITS:
        raise UnboundedError
    return number.bit_length() // 3


def _multiplier(value: Any) -> int:
    """By how much a value given to a filter may make a text longer."""
    if isinstance(value, dict):
        return max((len(str(one)) for one in value.values()), default=0)
    return abs(value) if isinstance(value, int) else len(value) if isinstance(value, str) else 0


class Bounded(Sandbox):
    """A sandbox whose templates pay for what they do, but those of the program, in the `trusted` folder."""

    def __init__(self, trusted: Path, filters: dict[str, Any], **settings: Any) -> None:
        super().__init__(**settings)
        self.meter = _Meter()
        self.trusted = str(trusted)
        self.globals.pop("lipsum")  # text by the mile, another at each run
        self.filters = {name: self._guarded(name, used) for name, used in {**self.filters, **filters}.items()} | _TOLLS
        tests: dict[str, Any] = {**self.tests}
        compare = {name: used for name, used in tests.items() if used.__module__ == "_operator" or name == "in"}
        self.tests = tests | {name: self._guarded(name, used) for name, used in compare.items()}

    def _guarded(self, name: str, used: Callable[..., Any]) -> Callable[..., Any]:
        """A filter or a test that pays before and after."""
        given = 1 if hasattr(used, "jinja_pass_arg") else 0  # what Jinja gives it first
        meter = self.meter

        @wraps(used)
        def paying(*args: Any, **named: Any) -> Any:
            if name in _FREE:
                meter.spend(STEP)
                return used(*args, **named)
            values = [*args[given:], *named.values()]
            if name == "join":
                values[0] = parts = list(values[0])
                meter.spend(len(parts) * len(str(named.get("d", values[1] if len(args) > given + 1 else ""))))
                args = (*args[:given], parts, *args[given + 1 :])
            meter.charge(name, values)
            made = used(*args, **named)
            meter.spend(meter.weigh(made, shown=False))
            return made

        return paying

    def call(__self, __context: Context, __obj: Any, *args: Any, **named: Any) -> Any:  # noqa: N805, PYI063 - as the library has it
        """A call pays, and more for what a method of a text, a number or a list may make."""
        meter = __self.meter
        own = getattr(__obj, "__self__", getattr(getattr(__obj, "__wrapped__", None), "__self__", None))
        values = [*args, *named.values()]
        if isinstance(own, (str, bytes, int, float, dict, *_CONTAINERS)) and not hasattr(own, "_fields"):
            name = getattr(__obj, "__name__", "")
            if name == "join" and args:
                args = ([*args[0]],)
                meter.spend(len(own) * len(args[0]))  # type: ignore[arg-type]
                values = [*args]
            meter.charge(name, [own, *values])
        else:
            meter.spend(STEP + sum(meter.weigh(value, shown=False) for value in values))
        if isinstance(__obj, LoopContext) and args:
            args = (_steps(__context, args[0]), *args[1:])
        made = super().call(__context, __obj, *args, **named)
        meter.spend(meter.weigh(made, shown=False))
        return made

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        if filename is not None and filename.startswith(self.trusted):
            return super()._parse(source, name, filename)
        for _ in self.lex(source, name, filename):
            self.meter.spend(_TOKEN)
        parsed = super()._parse(source, name, filename)
        _Paying().visit(parsed)  # in its place
        return parsed

    def _load_template(self, name: str, globals: Any) -> Template:  # noqa: A002 - as the library calls it
        self.meter.spend(_INCLUDED)
        return super()._load_template(name, globals)


@pass_context
def _steps(context: Context, values: Iterable[Any]) -> Iterator[Any]:
    """The values of a loop, each turn paid."""
    for value in values:
        context.environment.meter.spend(STEP)  # type: ignore[attr-defined]
        yield value


@pass_context
def _weighed(context: Context, value: Any, *, shown: bool = True, text: int = 0) -> Any:
    """A value that is printed or compared, or a list that is made, and so much text of the template beside it."""
    meter = context.environment.meter  # type: ignore[attr-defined]
    meter.spend(STEP + text + meter.weigh(value, shown=shown))
    return value


@pass_context
def _reckoned(context: Context, left: Any, operator: str, right: Any) -> Any:
    """A sum, a product, a power, or what « % » makes."""
    meter = context.environment.meter  # type: ignore[attr-defined]
    sizes = meter.weigh(left, shown=False), meter.weigh(right, shown=False)
    meter.spend(STEP + sum(sizes))
    whole = isinstance(left, int) and isinstance(right, int)
    if operator == "**" and whole and abs(left) > 1 and left.bit_length() * right > _MOST_BITS:
        raise UnboundedError
    if operator == "*" and not whole:
        for size, by in ((sizes[0], right), (sizes[1], left)):
            meter.spend(size * max(by, 0) if isinstance(by, int) else 0)
    if operator == "%" and isinstance(left, (str, bytes)):
        meter.pattern(str(left), meter.weigh(right))
    made = context.environment.binop_table[operator](left, right)  # type: ignore[attr-defined]
    if isinstance(made, int):
        _digits(made)
    return made


# Under names that no template can write.
_TOLLS: dict[str, Callable[..., Any]] = {"une boucle": _steps, "une valeur": _weighed, "un calcul": _reckoned}
_RECKONED: dict[type[nodes.Node], str] = {nodes.Add: "+", nodes.Mul: "*", nodes.Pow: "**", nodes.Mod: "%"}


class _Paying(NodeTransformer):
    """A template with its tolls."""

    def generic_visit(self, node: nodes.Node, *args: Any, **named: Any) -> nodes.Node:
        """A node whose parts pay, then itself where it must."""
        super().generic_visit(node, *args, **named)
        if isinstance(node, nodes.For):
            node.iter = _toll("une boucle", node.iter)
        elif isinstance(node, nodes.Output):
            length = sum(len(one.data) for one in node.nodes if isinstance(one, nodes.TemplateData))
            node.nodes = [_toll("une valeur", one) for one in node.nodes]
            node.nodes.append(_toll("une valeur", nodes.Const("", lineno=node.lineno), text=length))
        elif isinstance(node, (nodes.Compare, nodes.Operand)):
            node.expr = _toll("une valeur", node.expr)
        elif isinstance(node, nodes.Concat):
            node.nodes = [_toll("une valeur", one) for one in node.nodes]
        elif isinstance(node, nodes.Getitem) and not isinstance(node.arg, nodes.Slice):
            node.arg = _toll("une valeur", node.arg)
        elif isinstance(node, nodes.Getitem) or (
            isinstance(node, (nodes.List, nodes.Dict, nodes.Tuple)) and getattr(node, "ctx", "load") == "load"
        ):
            return _toll("une valeur", node, shown=False)
        elif type(node) in _RECKONED:
            sign = nodes.Const(_RECKONED[type(node)])
            return _toll("un calcul", node.left, sign, node.right)  # type: ignore[attr-defined]
        return node


def _toll(name: str, value: Any, *more: nodes.Expr, **named: int) -> nodes.Expr:
    """A value that goes through a toll; a constant goes free, unless more goes with it."""
    if isinstance(value, (nodes.Const, nodes.TemplateData)) and not (more or named):
        return value
    keywords = [nodes.Keyword(key, nodes.Const(given)) for key, given in named.items()]
    return nodes.Filter(value, name, list(more), keywords, None, None, lineno=value.lineno)
