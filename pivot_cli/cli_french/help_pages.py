"""The help pages: plain text, in French, whole words at any width, the same bytes every time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pivot_cli.cli_french import streams
from pivot_cli.cli_french.entries import FAMILIES
from pivot_cli.cli_french.parameters import bounds, choices, is_hidden, metavar, variables
from pivot_cli.cli_french.words import is_flag
from pivot_cli.text import NBSP, listed, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from typer._click import Context, Parameter

    from pivot_cli.cli_french.entries import Entries, Entry

_MARGIN = "  "
_NARROW = 60  # under this many columns, an explanation goes under its option and not beside it

Row = tuple[str, str]


def page(entries: Entries, entry: Entry | None, ctx: Context) -> str:
    """The page of a command, or of the whole program without one."""
    params = [param for param in ctx.command.get_params(ctx) if not is_hidden(param)]
    lines = _program_page(entries, params, ctx) if entry is None else _command_page(entry, params, ctx)
    return "\n".join(lines)


def _program_page(app: Entries, params: list[Parameter], ctx: Context) -> list[str]:
    """Its commands by family, then its options."""
    usage = f"Utilisation{NBSP}: {app.program} COMMANDE [OPTIONS]"
    lines = [*wrap(usage, streams.width(), rest=_MARGIN * 2), "", *_prose(ctx.command.help or "")]
    column = _column(", ".join(entry.names) for entry in app.entries)
    for family in FAMILIES:
        rows = [(", ".join(e.names), _typographic(e.short_help)) for e in app.entries if e.family == family]
        lines += _section(family.capitalize(), rows, column)
    lines += _section("Options", [_option_row(param, ctx) for param in params])
    last = f"Aide d'une commande{NBSP}: {app.program} COMMANDE --help"
    return [*lines, "", *wrap(last, streams.width(), rest=_MARGIN)]


def _command_page(entry: Entry, params: list[Parameter], ctx: Context) -> list[str]:
    arguments = [param for param in params if param.param_type_name == "argument"]
    options = [param for param in params if param.param_type_name == "option"]
    taken = [metavar(param) if param.required else f"[{metavar(param)}]" for param in arguments]
    usage = " ".join([ctx.command_path, *taken, "[OPTIONS]"])
    lines = wrap(f"Utilisation{NBSP}: {usage}", streams.width(), rest=_MARGIN * 2)
    others = [name for name in entry.names if name != ctx.info_name]
    if others:
        lines.append(f"Autre nom{NBSP}: {listed(others)}")
    lines += ["", *_prose(entry.help)]
    lines += _section("Arguments", [(metavar(param), _explained(param)) for param in arguments])
    lines += _section("Options", [_option_row(param, ctx) for param in options])
    if entry.examples:
        title = "Exemple" if len(entry.examples) == 1 else "Exemples"
        lines += ["", f"{title}{NBSP}:", *(_MARGIN + example for example in entry.examples)]
    return lines


# --- what is said of a parameter ----------------------------------------------------------------------


def _option_row(param: Parameter, ctx: Context) -> Row:
    names = ctx.command.get_help_option_names(ctx) if param.name == "help" else param.opts
    names = sorted(names, key=lambda name: name.startswith("--"))
    shown = ", ".join([*names, *param.secondary_opts])
    return (shown if is_flag(param) else f"{shown} {metavar(param)}", _explained(param))


def _explained(param: Parameter) -> str:
    """A parameter's help, then in brackets its choices, bounds, default, variable, and whether it is required."""
    facts = []
    accepted = choices(param.type)
    if accepted and getattr(param, "show_choices", True):
        facts.append(f"choix{NBSP}: {listed(accepted, 'ou')}")
    if bounds(param.type):
        facts.append(bounds(param.type))
    default = _default(param)
    if default:
        facts.append(f"par défaut{NBSP}: {default}")
    if param.multiple or param.nargs == -1:
        facts.append("peut être répété")
    if param.envvar and getattr(param, "show_envvar", True):
        facts.append(f"variable d'environnement{NBSP}: {listed(variables(param), 'ou')}")
    if param.required:
        facts.append("obligatoire")
    said = _typographic(" ".join((getattr(param, "help", None) or "").split("\n")))
    return f"{said} [{'; '.join(facts)}]".strip() if facts else said


def _default(param: Parameter) -> str:
    shown: Any = getattr(param, "show_default", True)
    if isinstance(shown, str):
        return shown
    value = param.default
    if not shown or value is None or isinstance(value, bool) or callable(value) or value in ("", (), []):
        return ""
    values = value if isinstance(value, list | tuple) else [value]
    return listed([str(getattr(one, "value", one)) for one in values])


def _typographic(text: str) -> str:
    """The text with non-breaking spaces where French wants them: a docstring is typed with ordinary ones."""
    return re.sub(r"(?<=«) | (?=[:»%$](?:\s|[,.;)?!]|$))", NBSP, text)


# --- layout -------------------------------------------------------------------------------------------


def _prose(text: str) -> list[str]:
    """A help text's lines: paragraphs rewrapped, lines that start with two spaces kept as they are."""
    lines: list[str] = []
    waiting: list[str] = []
    for line in [*text.split("\n"), ""]:
        if line.strip() and not line.startswith(_MARGIN):
            waiting.append(line.strip())
            continue
        if waiting:
            lines += wrap(_typographic(" ".join(waiting)), streams.width())
            waiting = []
        lines.append(line.rstrip())
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _column(terms: Iterable[str]) -> int:
    """The width of the column of terms: that of the longest one that leaves the explanations their room."""
    room = streams.width() * 2 // 5
    return max((len(term) for term in terms if len(term) <= room), default=0)


def _section(title: str, rows: list[Row], column: int | None = None) -> list[str]:
    """A titled list of terms with their explanations, beside them or, where that does not fit, under them."""
    if not rows:
        return []
    columns = streams.width()
    room = _column(term for term, _ in rows) if column is None else column
    narrow = columns < _NARROW
    indent = _MARGIN * 3 if narrow else " " * (len(_MARGIN) + room + 2)
    lines = ["", f"{title}{NBSP}:"]
    for term, said in rows:
        if said and not narrow and len(term) <= room:
            lines += wrap(said, columns, first=f"{_MARGIN}{term:<{room}}  ", rest=indent)
            continue
        lines += wrap(term, columns, first=_MARGIN, rest=_MARGIN * 2)
        if said:
            lines += wrap(said, columns, first=indent, rest=indent)
    return lines
