"""What is said of a faulty command line. Typer's own messages are in English: none passes through here.

A fault is known by the name of its class, and what was typed is read again from the words themselves; a class
that a later release brings gets a general message.
"""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING, Any

import typer

from pivot_cli.cli_french.meant import Meant, command_for, line_meant, with_option
from pivot_cli.cli_french.parameters import (
    bounds,
    choices,
    classes,
    is_hidden,
    kind_of,
    longest_name,
    metavar,
    variables,
)
from pivot_cli.cli_french.words import CommandLine, RefusedError, is_flag, option_names, spelled
from pivot_cli.escaping import shell_line
from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.text import NBSP, fold, listed, nearest, quoted

if TYPE_CHECKING:
    from typer._click import Parameter


class CommandLineError(PivotError):
    """A command line that cannot be understood; its remedy is where to find help."""

    def __init__(self, message: str, *help_lines: str) -> None:
        super().__init__(message, "\n".join(help_lines), ExitCode.USAGE)


def in_french(fault: typer.TyperException, line: CommandLine) -> CommandLineError:
    """What is said of a fault found while this line was read, or while its command ran."""
    if isinstance(fault, RefusedError):
        refusals = {"misread": _misread, "extra": _extra_words, "unknown": _unknown_command}
        return refusals[fault.why](fault.words, line)
    option, param = getattr(fault, "option_name", ""), getattr(fault, "param", None)
    kinds, message = classes(fault), "la commande n'a pas pu être comprise."
    if "NoSuchOption" in kinds:
        return _unknown_option(option, line)
    if "BadOptionUsage" in kinds and fold(option) in line.options:
        message = _misused_option(option, line)
    elif "BadParameter" in kinds and param is not None:
        message = _missing(param, line) if "MissingParameter" in kinds else _bad_value(param, line)
    elif "UsageError" in kinds and line.entry is None:
        message = "il manque le nom d'une commande."
    return CommandLineError(message, *_help_lines(line, example="MissingParameter" in kinds))


def no_such_value(word: str, noun: str, line: CommandLine) -> CommandLineError | None:
    """The fault of a word that is not one of the values of an argument (« une action »), where the line that was
    meant can be deduced.
    """
    meant = line_meant(line)
    return meant and CommandLineError(f"{quoted(word)} n'est pas {noun}.", *_to_type(meant))


def _unknown_command(words: list[str], line: CommandLine) -> CommandLineError:
    word, *rest = words
    missing = f"la commande {quoted(word)} n'existe pas."
    entries, program = line.entries.entries, line.entries.program
    for entry in entries:
        if fold(word) in map(fold, entry.typed_for_it):
            return CommandLineError(missing, *_to_type(Meant(shell_line(program, entry.name, *rest))))
    known = [name for entry in entries for name in entry.names]
    beginning = [name for name in known if fold(word) and fold(name).startswith(fold(word))]
    close = beginning[0] if beginning else nearest(word, known)
    meant = None if close else command_for(line, words)
    if meant is not None:
        return CommandLineError(_what_they_are(meant), *_to_type(meant))
    return CommandLineError(f"{missing}{_did_you_mean(close)}", *_help_lines(line))


def _extra_words(extra: list[str], line: CommandLine) -> CommandLineError:
    too_many = f"{listed([quoted(word) for word in extra])} {'est' if len(extra) == 1 else 'sont'} de trop"
    meant = line_meant(line)
    if meant is not None:
        said = _what_they_are(meant) if meant.nouns and not meant.joined else f"{too_many}."
        return CommandLineError(said, *_to_type(meant))
    taken = [metavar(param) for param in line.arguments]
    expected = "ne prend que des options."
    if taken:
        expected = f"n'attend que {listed(taken)}. Un texte de plusieurs mots se met entre guillemets droits (\")."
    said = f"{too_many}{NBSP}: cette commande {expected}"
    return CommandLineError(said, *_help_lines(line, example=bool(taken)))


def _misread(_words: list[str], line: CommandLine) -> CommandLineError:
    text, _, option = line.misread() or ("", "", None)
    right = line.with_two_dashes(text)
    said = f"{quoted(text.partition('=')[0])} s'écrit avec deux traits d'union{NBSP}: {quoted(right or '')}."
    return CommandLineError(said if option is None else _value_wanted(option), *_help_lines(line))


def _what_they_are(meant: Meant) -> str:
    """« DG » est un responsable."""
    return " ".join(f"{quoted(word)} est {noun}." for word, noun in meant.nouns)


def _to_type(meant: Meant) -> list[str]:
    """The line to type, on its own line, after the reason for its quotation marks."""
    why = "Une valeur de plusieurs mots se met entre guillemets droits. " if meant.joined else ""
    return [f"{why}Écrivez{NBSP}:", f"  {meant.line}"]


# --- the message of each kind of fault of Typer's -----------------------------------------------------


def _misused_option(name: str, line: CommandLine) -> str:
    option = line.options[fold(name)]
    if is_flag(option):
        return f"l'option {quoted(spelled(option, name))} ne prend pas de valeur."
    return _value_wanted(option)


def _unknown_option(option: str, line: CommandLine) -> CommandLineError:
    typed = (word.partition("=")[0] for word in line.words)
    missing = f"l'option {quoted(next((word for word in typed if fold(word) == fold(option)), option))} n'existe pas"
    meant = with_option(line, option)
    if meant is not None:
        return CommandLineError(f"{missing} ici.", *_to_type(meant))
    known = [name for param in line.params if not is_hidden(param) for name in option_names(param) if name[:2] == "--"]
    beginning = [name for name in known if len(option) > 3 and fold(name).startswith(fold(option))]
    close = beginning[0] if beginning else nearest(option, known) if option.startswith("--") else None
    return CommandLineError(f"{missing}.{_did_you_mean(close)}", *_help_lines(line))


def _missing(param: Parameter, line: CommandLine) -> str:
    meaning = line.entries.meanings.get(kind_of(param))
    if meaning is not None:
        article, _, noun = meaning.noun.partition(" ")
        return f"dites quel{'le' if article == 'une' else ''} {noun}."
    accepted = choices(param.type)
    ending = f"{NBSP}: {listed(accepted, 'ou')}." if accepted else "."
    return f"il manque {_named(param)}{ending}"


def _named(param: Parameter) -> str:
    """How a parameter is called in a sentence."""
    argument = param.param_type_name == "argument"
    return f"l'argument {kind_of(param)}" if argument else f"l'option {quoted(longest_name(param))}"


def _value_wanted(option: Parameter) -> str:
    accepted = choices(option.type)
    wanted = listed(accepted, "ou") if accepted else metavar(option)
    return f"{_named(option)} demande une valeur{NBSP}: {wanted}."


def _bad_value(param: Parameter, line: CommandLine) -> str:
    kind, value = _culprit(param, line)
    source = line.ctx.get_parameter_source(param.name or "")
    from_outside = source is not None and source.name == "ENVIRONMENT" and param.envvar
    refusing = f"la variable {listed(variables(param), 'ou')}" if from_outside else _named(param)
    return f"{quoted(value)} ne convient pas à {refusing}{NBSP}: {_expected(kind, value)}"


def _expected(kind: Any, value: str) -> str:
    """What a type expects, where it refused a value."""
    accepted = choices(kind)
    if accepted:
        return f"choisissez {listed(accepted, 'ou')}.{_did_you_mean(nearest(value, accepted))}"
    for name in classes(kind):
        if name in ("TyperPath", "File"):
            return _bad_path(kind, value)
        if name == "DateTime":
            return f"il faut une date écrite comme {quoted(date(2020, 1, 15).strftime(kind.formats[0]))}."
        if name in _EXPECTED:
            limits = bounds(kind)
            return f"{_EXPECTED[name]}{f', {limits}' if limits else ''}."
    return "cette valeur n'est pas comprise."


_EXPECTED = {
    "IntParamType": "il faut un nombre entier",
    "FloatParamType": "il faut un nombre",
    "BoolParamType": "écrivez 1 (oui) ou 0 (non)",
    "UUIDParameterType": "il faut un identifiant unique (UUID)",
}


def _bad_path(kind: Any, value: str) -> str:
    if not os.path.exists(value):  # noqa: PTH110  a text, which may not even be a possible path
        return "ce fichier n'existe pas." if not getattr(kind, "dir_okay", False) else "ce chemin n'existe pas."
    folder = os.path.isdir(value)  # noqa: PTH112
    if folder and not getattr(kind, "dir_okay", False):
        return "c'est un dossier, et il faut un fichier."
    if not folder and not getattr(kind, "file_okay", True):
        return "c'est un fichier, et il faut un dossier."
    return "la permission de l'utiliser est refusée."


# --- what was typed -----------------------------------------------------------------------------------


def _typed(param: Parameter, line: CommandLine) -> Any:
    """The value given to a parameter, before its conversion."""
    try:
        given = line.ctx.command.make_parser(line.ctx).parse_args(list(line.words))[0].get(param.name or "")
    except typer.TyperException:
        given = None
    if given is None:
        given = param.value_from_envvar(line.ctx)
    return param.default if given is None else given


def _culprit(param: Parameter, line: CommandLine) -> tuple[Any, str]:
    """The type and the text of the first piece of a value that its type refuses."""
    given = _typed(param, line)
    values = given if (param.multiple or param.nargs == -1) and isinstance(given, list | tuple) else [given]
    for value in values:
        kinds = getattr(param.type, "types", None)
        for kind, piece in zip(kinds, value, strict=False) if kinds else [(param.type, value)]:
            try:
                kind(piece, param, line.ctx)
            except typer.BadParameter:
                return kind, str(piece)
    return param.type, str(given)


def _did_you_mean(close: str | None) -> str:
    return f" Vouliez-vous dire {quoted(close)}?" if close else ""


def _help_lines(line: CommandLine, *, example: bool = False) -> list[str]:
    """Where to find help, after an example of the command if it would help here."""
    shown = line.entry.examples[:1] if example and line.entry is not None else ()
    return [*(f"Exemple{NBSP}: {one}" for one in shown), f"Aide{NBSP}: {line.ctx.command_path} --help"]
