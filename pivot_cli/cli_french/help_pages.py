"""The help pages: plain text, in French, whole words at any width, the same bytes every time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pivot_cli.cli_french import streams
from pivot_cli.cli_french.words import FAMILIES, Entries, Entry, bounds, choices, is_flag, metavar
from pivot_cli.text import NBSP, listed, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from typer._click import Context, Parameter

_MARGIN = "  "
_NARROW = 60  # under this many columns, an explanation goes under its option and not beside it


def program_page(app: Entries, ctx: Context) -> str:
    """The page of the whole program: its commands by family, a short line each, and the names of its options.

    At 80 columns it holds on a screen of 24 lines: nothing of it scrolls away.
    """
    columns = streams.width()
    usage = f"Utilisation{NBSP}: {app.program} COMMANDE [OPTIONS]"
    lines = wrap(f"{usage}; son aide{NBSP}: {app.program} COMMANDE --help", columns, rest=_MARGIN * 2)
    column = _column(", ".join(entry.names) for entry in app.entries)
    for family in FAMILIES:
        rows = [(", ".join(e.names), _typographic(e.short_help)) for e in app.entries if e.family == family]
        lines += _section(family.capitalize(), rows, column)[1:]
    options = [_row(param)[0].rpartition(", ")[2] for param in ctx.command.get_params(ctx)]
    return "\n".join([*lines, *wrap(f"Options{NBSP}: {', '.join(options)}", columns, rest=_MARGIN)])


def command_page(entry: Entry, ctx: Context) -> str:
    """The page of a command."""
    params = ctx.command.get_params(ctx)
    arguments = [param for param in params if param.param_type_name == "argument"]
    taken = [metavar(param) if param.required else f"[{metavar(param)}]" for param in arguments]
    usage = " ".join([f"Utilisation{NBSP}: {ctx.command_path}", *taken, "[OPTIONS]"])
    lines = wrap(usage, streams.width(), rest=_MARGIN * 2)
    others = [name for name in entry.names if name != ctx.info_name]
    lines += [f"Autre nom{NBSP}: {listed(others)}"] if others else []
    lines += _prose(entry.help)
    lines += _section("Arguments", [_row(param) for param in arguments])
    lines += _section("Options", [_row(param) for param in params if param not in arguments])
    title = "Exemple" if len(entry.examples) == 1 else "Exemples"
    return "\n".join([*lines, "", f"{title}{NBSP}:", *(_MARGIN + example for example in entry.examples)])


def _row(param: Parameter) -> tuple[str, str]:
    """A parameter; its help, then in brackets its choices, bounds, default, variable, and whether it is required."""
    term = metavar(param)
    if param.param_type_name == "option":
        names = ", ".join(sorted(param.opts, key=lambda name: name.startswith("--")))
        term = names if is_flag(param) else f"{names} {term}"
    accepted = choices(param)
    has_default = isinstance(param.default, str | int) and not is_flag(param)
    facts = (
        f"choix{NBSP}: {listed(accepted, 'ou')}" if accepted else "",
        bounds(param),
        f"par défaut{NBSP}: {param.default}" if has_default else "",
        "peut être répété" if param.multiple or param.nargs == -1 else "",
        f"variable d'environnement{NBSP}: {param.envvar}" if param.envvar else "",
        "obligatoire" if param.required else "",
    )
    told = "; ".join(filter(None, facts))
    said = _typographic(getattr(param, "help", None) or "")
    return term, f"{said} [{told}]".strip() if told else said


def _typographic(text: str) -> str:
    """The text with non-breaking spaces where French wants them: a docstring is typed with ordinary ones."""
    return re.sub(r"(?<=«) | (?=[:»%$](?:\s|[,.;)?!]|$))", NBSP, text)


def _prose(text: str) -> list[str]:
    paragraphs = (_typographic(" ".join(paragraph.split("\n"))) for paragraph in text.split("\n\n"))
    return [line for paragraph in paragraphs for line in ("", *wrap(paragraph, streams.width()))]


def _column(terms: Iterable[str]) -> int:
    """The width of the column of terms: that of the longest one that leaves the explanations their room."""
    room = streams.width() * 2 // 5
    return max((len(term) for term in terms if len(term) <= room), default=0)


def _section(title: str, rows: list[tuple[str, str]], column: int | None = None) -> list[str]:
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
        else:
            lines += wrap(term, columns, first=_MARGIN, rest=_MARGIN * 2)
            lines += wrap(said, columns, first=indent, rest=indent) if said else []
    return lines
