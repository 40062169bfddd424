"""The help pages: plain text, in French, whole words at any width, the same bytes every time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pivot_cli.cli_french import streams
from pivot_cli.cli_french.app import FAMILIES
from pivot_cli.text import NBSP, listed, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from typer._click import Context, Parameter

    from pivot_cli.cli_french.app import FrenchCommand, FrenchGroup

_MARGIN = "  "
_NARROW = 60  # under this many columns, an explanation goes under its option and not beside it

# What stands for a value where the command gives no `metavar`, by the name of Typer's class.
_METAVARS = {
    "IntParamType": "NOMBRE",
    "FloatParamType": "NOMBRE",
    "DateTime": "DATE",
    "TyperPath": "CHEMIN",
    "File": "FICHIER",
    "UUIDParameterType": "IDENTIFIANT",
}

Row = tuple[str, str]


def program_page(group: FrenchGroup, ctx: Context) -> str:
    """The page of the whole program: its commands by family, then its options."""
    app = group.app
    usage = f"Utilisation{NBSP}: {app.program} COMMANDE [OPTIONS]"
    page = [*wrap(usage, streams.width(), rest=_MARGIN * 2), "", *_prose(group.help or "")]
    for family in FAMILIES:
        rows = [(", ".join(e.names), _typographic(e.short_help)) for e in app.entries if e.family == family]
        page += _section(family.capitalize(), rows, column=_column(", ".join(e.names) for e in app.entries))
    page += _section("Options", [_option_row(param, ctx) for param in _shown(group.get_params(ctx))])
    last = f"Aide d'une commande{NBSP}: {app.program} COMMANDE --help"
    return "\n".join([*page, "", *wrap(last, streams.width(), rest=_MARGIN)])


def command_page(built: FrenchCommand, ctx: Context) -> str:
    """The page of one command."""
    entry = built.entry
    params = _shown(built.get_params(ctx))
    arguments = [param for param in params if param.param_type_name == "argument"]
    options = [param for param in params if param.param_type_name == "option"]
    usage = " ".join([ctx.command_path, *map(_argument_in_usage, arguments), "[OPTIONS]"])
    page = wrap(f"Utilisation{NBSP}: {usage}", streams.width(), rest=_MARGIN * 2)
    others = [name for name in entry.names if name != ctx.info_name]
    if others:
        page.append(f"Autre nom{NBSP}: {listed(others)}")
    page += ["", *_prose(entry.help)]
    page += _section("Arguments", [(metavar(param), _explained(param)) for param in arguments])
    page += _section("Options", [_option_row(param, ctx) for param in options])
    if entry.examples:
        title = "Exemple" if len(entry.examples) == 1 else "Exemples"
        page += ["", f"{title}{NBSP}:", *(_MARGIN + example for example in entry.examples)]
    return "\n".join(page)


# --- what is said of a parameter ----------------------------------------------------------------------


def classes(kind: object) -> list[str]:
    """The names of an object's classes, nearest first: Typer's own are private, so their names are tested."""
    return [cls.__name__ for cls in type(kind).__mro__]


def metavar(param: Parameter) -> str:
    """What stands for a parameter's value: « NOM », « ID... »."""
    given = param.metavar
    if given is None:
        kinds = classes(param.type)
        given = next((name for kind, name in _METAVARS.items() if kind in kinds), "")
        if not given or param.param_type_name == "argument":
            given = (param.name or "").strip("_").replace("_", "-").upper()
    many = param.nargs == -1
    return f"{given}..." if many and not given.endswith(("...", "…")) else given


def choices(kind: object) -> list[str]:
    """The values a choice accepts, as they are written; none if it is not a choice."""
    values = getattr(kind, "choices", ())
    return [str(getattr(value, "value", value)) for value in values]


def bounds(kind: object) -> str:
    """« de 1 à 365 », « 1 ou plus », « 9 ou moins »; empty without bounds."""
    low, high = getattr(kind, "min", None), getattr(kind, "max", None)
    if low is not None and high is not None:
        return f"de {low} à {high}"
    if low is not None:
        return f"{low} ou plus"
    return "" if high is None else f"{high} ou moins"


def _shown(params: Iterable[Parameter]) -> list[Parameter]:
    return [param for param in params if not getattr(param, "hidden", False)]


def _argument_in_usage(param: Parameter) -> str:
    return metavar(param) if param.required else f"[{metavar(param)}]"


def _option_row(param: Parameter, ctx: Context) -> Row:
    names = sorted(param.opts, key=lambda name: name.startswith("--"))
    if param.name == "help":
        names = sorted(ctx.command.get_help_option_names(ctx), key=lambda name: name.startswith("--"))
    shown = ", ".join([*names, *param.secondary_opts])
    return (shown if getattr(param, "is_flag", False) else f"{shown} {metavar(param)}", _explained(param))


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
        names = [param.envvar] if isinstance(param.envvar, str) else list(param.envvar)
        facts.append(f"variable d'environnement{NBSP}: {listed(names, 'ou')}")
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
