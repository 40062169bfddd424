"""What is relied on inside Typer: a release that changes it must be read before it is used."""

from __future__ import annotations

import typer
from typer import _types, models
from typer._click import exceptions, types
from typer.core import TyperCommand, TyperGroup, TyperOption


def _classes(module: object, parent: type) -> set[str]:
    return {
        name
        for name, value in vars(module).items()
        if isinstance(value, type) and issubclass(value, parent) and value.__module__ == module.__name__  # type: ignore[attr-defined]
    }


def test_release() -> None:
    assert typer.__version__.startswith("0.28."), "read the changes, then the rest of this file, and move the bound"


def test_faults_have_the_names_that_errors_knows() -> None:
    assert _classes(exceptions, typer.TyperException) == {
        "BadArgumentUsage",
        "BadOptionUsage",
        "BadParameter",
        "ClickException",
        "FileError",
        "MissingParameter",
        "NoArgsIsHelpError",
        "NoSuchOption",
        "UsageError",
    }


def test_types_have_the_names_that_errors_and_help_know() -> None:
    assert _classes(types, types.ParamType) == {
        "BoolParamType",
        "CompositeParamType",
        "DateTime",
        "File",
        "FloatParamType",
        "FloatRange",
        "FuncParamType",
        "IntParamType",
        "IntRange",
        "ParamType",
        "StringParamType",
        "Tuple",
        "UUIDParameterType",
        "_NumberParamTypeBase",
        "_NumberRangeBase",
    }
    assert _classes(_types, types.ParamType) == {"TyperChoice"}
    assert _classes(models, types.ParamType) == {"TyperPath"}


def test_what_is_overridden_exists() -> None:
    for name in ("get_help", "get_help_option", "get_help_option_names", "parse_args", "invoke", "make_context"):
        assert callable(getattr(TyperCommand, name))
        assert callable(getattr(TyperGroup, name))
    for name in ("list_commands", "get_command", "resolve_command"):
        assert callable(getattr(TyperGroup, name))
    option = TyperOption(param_decls=["--x"])
    for name in ("opts", "secondary_opts", "is_flag", "multiple", "nargs", "envvar", "hidden", "metavar", "required"):
        assert hasattr(option, name)
