"""What is said of a parameter: what stands for its value, its choices, its bounds, its longest name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typer._click import Parameter

# What stands for a value where the command gives no `metavar`, by the name of Typer's class.
_METAVARS = {
    "IntParamType": "NOMBRE",
    "FloatParamType": "NOMBRE",
    "DateTime": "DATE",
    "TyperPath": "CHEMIN",
    "File": "FICHIER",
    "UUIDParameterType": "IDENTIFIANT",
}


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


def kind_of(param: Parameter) -> str:
    """What kind of value a parameter takes, one or more of them: « ID »."""
    return metavar(param).rstrip(".…")


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


def longest_name(option: Parameter) -> str:
    """The name by which an option is told."""
    return max(option.opts, key=len)


def is_hidden(param: Parameter) -> bool:
    """Whether neither the help nor the Tab key tells it."""
    return bool(getattr(param, "hidden", False))


def variables(param: Parameter) -> list[str]:
    """The variables of the environment that give its value."""
    return [param.envvar] if isinstance(param.envvar, str) else list(param.envvar or ())
