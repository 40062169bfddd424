"""What is said of a faulty command line. Typer's own messages are in English: none passes through here.

A fault is known by the name of its class, and what was typed is read again from the words themselves; a class
that a later release brings gets the general message at the end of `_message`.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import typer

from pivot_cli.cli_french.app import FrenchCommand
from pivot_cli.cli_french.help_pages import bounds, choices, classes, metavar
from pivot_cli.cli_french.meant import Meant, command_for, line_meant, with_option
from pivot_cli.escaping import shell_line
from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.text import NBSP, fold, listed, nearest, quoted

if TYPE_CHECKING:
    from typer._click import Command, Context, Parameter

    from pivot_cli.cli_french.app import FrenchApp

_GENERAL = "la commande n'a pas pu être comprise."


class CommandLineError(PivotError):
    """A command line that cannot be understood; its remedy is where to find help."""

    def __init__(self, message: str, *help_lines: str) -> None:
        super().__init__(message, "\n".join(help_lines), ExitCode.USAGE)


def usage_fault(fault: typer.TyperException, built: Command, ctx: Context, words: list[str]) -> CommandLineError:
    """The French fault for one raised by Typer while it read these words."""
    ctx = getattr(fault, "ctx", None) or ctx
    missing = "MissingParameter" in classes(fault)
    if "NoSuchOption" in classes(fault) and isinstance(built, FrenchCommand):
        meant = with_option(built, ctx, words, getattr(fault, "option_name", ""))
        if meant is not None:
            typed = _as_typed(getattr(fault, "option_name", ""), words)
            return CommandLineError(f"l'option {quoted(typed)} n'existe pas ici.", *_to_type(meant))
    return CommandLineError(_message(fault, built, ctx, words), *_help_lines(ctx, example=missing))


def unknown_command(word: str, rest: list[str], app: FrenchApp, ctx: Context) -> CommandLineError:
    """The fault of a command that does not exist, with the words after it."""
    missing = f"la commande {quoted(word)} n'existe pas."
    for entry in app.entries:
        if fold(word) in map(fold, entry.typed_for_it):
            line = shell_line(app.program, entry.name, *rest)
            return CommandLineError(missing, *_to_type(Meant(line)))
    known = [name for entry in app.entries for name in entry.names]
    beginning = [name for name in known if fold(word) and fold(name).startswith(fold(word))]
    close = beginning[0] if beginning else nearest(word, known)
    meant = None if close else command_for(app, ctx, [word, *rest])
    if meant is not None:
        return CommandLineError(_what_they_are(meant), *_to_type(meant))
    return CommandLineError(f"{missing}{_did_you_mean(close)}", f"Aide{NBSP}: {app.program} --help")


def extra_words(extra: list[str], built: FrenchCommand, ctx: Context, words: list[str]) -> CommandLineError:
    """The fault of words that the command has no use for."""
    names = listed([quoted(word) for word in extra])
    meant = line_meant(built, ctx, words)
    if meant is not None:
        alone = "est" if len(extra) == 1 else "sont"
        said = _what_they_are(meant) if meant.nouns and not meant.joined else f"{names} {alone} de trop."
        return CommandLineError(said, *_to_type(meant))
    taken = [metavar(param) for param in built.params if param.param_type_name == "argument"]
    expected = "ne prend que des options."
    if taken:
        expected = f"n'attend que {listed(taken)}. Un texte de plusieurs mots se met entre guillemets droits (\")."
    verb = "sont" if len(extra) > 1 else "est"
    said = f"{names} {verb} de trop{NBSP}: cette commande {expected}"
    return CommandLineError(said, *_help_lines(ctx, example=bool(taken)))


def no_such_value(word: str, noun: str, ctx: Context) -> CommandLineError | None:
    """The fault of a word that is not one of the values of an argument (« une action »), where the line that was
    meant can be deduced.
    """
    built = ctx.command
    meant = line_meant(built, ctx) if isinstance(built, FrenchCommand) else None
    return meant and CommandLineError(f"{quoted(word)} n'est pas {noun}.", *_to_type(meant))


def _what_they_are(meant: Meant) -> str:
    """« DG » est un responsable."""
    return " ".join(f"{quoted(word)} est {noun}." for word, noun in meant.nouns)


def _to_type(meant: Meant) -> list[str]:
    """The line to type, on its own line, after the reason for its quotation marks."""
    why = "Une valeur de plusieurs mots se met entre guillemets droits. " if meant.joined else ""
    return [f"{why}Écrivez{NBSP}:", f"  {meant.line}"]


def missing_command(ctx: Context) -> CommandLineError:
    """The fault of options without a command after them."""
    return CommandLineError("il manque le nom d'une commande.", *_help_lines(ctx))


def check_words(built: Command, ctx: Context, words: list[str]) -> None:
    """Refuse an option taken for another's value, and options whose dashes are wrong: Typer would misread both."""
    known = {fold(name): param for param in built.get_params(ctx) for name in _names(param)}
    waiting: Parameter | None = None
    for word in words:
        if word == "--":
            return
        name, equals, _ = word.partition("=")
        param = known.get(fold(name))
        if waiting is not None:
            if param is not None and word.startswith("--"):
                raise CommandLineError(_value_wanted(waiting), *_help_lines(ctx))
            waiting = None
        elif param is not None:
            waiting = None if equals or getattr(param, "is_flag", False) else param
        elif name[:1] in ("-", "–", "—") and not name.startswith("--"):
            meant = "--" + fold(name).lstrip("-")
            if meant in known:
                right = quoted(_spelled(known[meant], meant))
                said = f"{quoted(name)} s'écrit avec deux traits d'union{NBSP}: {right}."
                raise CommandLineError(said, *_help_lines(ctx))


# --- the message of each kind of fault ----------------------------------------------------------------


def _message(fault: typer.TyperException, built: Command, ctx: Context, words: list[str]) -> str:
    param = getattr(fault, "param", None)
    for kind in classes(fault):
        if kind == "NoSuchOption":
            return _unknown_option(getattr(fault, "option_name", ""), built, ctx, words)
        if kind == "BadOptionUsage":
            return _misused_option(getattr(fault, "option_name", ""), built, ctx)
        if kind == "MissingParameter" and param is not None:
            return _missing(param, built)
        if kind == "BadParameter" and param is not None:
            return _bad_value(param, built, ctx, words)
    return _GENERAL


def _misused_option(option: str, built: Command, ctx: Context) -> str:
    owner = next((p for p in built.get_params(ctx) if fold(option) in map(fold, _names(p))), None)
    if owner is None:
        return _GENERAL
    if getattr(owner, "is_flag", False):
        return f"l'option {quoted(_spelled(owner, option))} ne prend pas de valeur."
    return _value_wanted(owner)


def _unknown_option(option: str, built: Command, ctx: Context, words: list[str]) -> str:
    shown = _as_typed(option, words)
    known = [name for p in built.get_params(ctx) if not getattr(p, "hidden", False) for name in _names(p)]
    long_names = [name for name in known if name.startswith("--")]
    beginning = [name for name in long_names if len(option) > 3 and fold(name).startswith(fold(option))]
    close = beginning[0] if beginning else nearest(option, long_names) if option.startswith("--") else None
    return f"l'option {quoted(shown)} n'existe pas.{_did_you_mean(close)}"


def _as_typed(option: str, words: list[str]) -> str:
    typed = (word.partition("=")[0] for word in words)
    return next((word for word in typed if fold(word) == fold(option)), option)


def _missing(param: Parameter, built: Command) -> str:
    meanings = built.app.meanings if isinstance(built, FrenchCommand) else {}
    meaning = meanings.get(metavar(param).rstrip(".…"))
    if meaning is not None:
        article, _, noun = meaning.noun.partition(" ")
        return f"dites quel{'le' if article == 'une' else ''} {noun}."
    accepted = choices(param.type)
    ending = f"{NBSP}: {listed(accepted, 'ou')}." if accepted else "."
    if param.param_type_name == "argument":
        return f"il manque l'argument {metavar(param).rstrip('.…')}{ending}"
    return f"il manque l'option {quoted(_longest(param))}{ending}"


def _value_wanted(param: Parameter) -> str:
    accepted = choices(param.type)
    wanted = listed(accepted, "ou") if accepted else metavar(param)
    return f"l'option {quoted(_longest(param))} demande une valeur{NBSP}: {wanted}."


def _bad_value(param: Parameter, built: Command, ctx: Context, words: list[str]) -> str:
    kind, value = _culprit(param, ctx, _typed(param, built, ctx, words))
    refused = f"{quoted(value)} ne convient pas à {_called(param, ctx)}{NBSP}: "
    return refused + _expected(kind, value)


def _expected(kind: Any, value: str) -> str:
    """What a type expects, where it refused a value."""
    accepted = choices(kind)
    if accepted:
        return f"choisissez {listed(accepted, 'ou')}.{_did_you_mean(nearest(value, accepted))}"
    for name in classes(kind):
        if name in ("TyperPath", "File"):
            return _bad_path(kind, value)
        if name == "DateTime":
            return f"il faut une date écrite comme {quoted(_sample_date(kind))}."
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


def _sample_date(kind: Any) -> str:
    from datetime import date

    return date(2020, 1, 15).strftime(kind.formats[0])


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


def _typed(param: Parameter, built: Command, ctx: Context, words: list[str]) -> Any:
    """The value given to a parameter, before its conversion."""
    try:
        given = built.make_parser(ctx).parse_args(list(words))[0].get(param.name or "")
    except typer.TyperException:
        given = None
    if given is None:
        given = param.value_from_envvar(ctx)
    return param.default if given is None else given


def _culprit(param: Parameter, ctx: Context, given: Any) -> tuple[Any, str]:
    """The type and the text of the first piece of a value that its type refuses."""
    values = given if (param.multiple or param.nargs == -1) and isinstance(given, list | tuple) else [given]
    for value in values:
        kinds = getattr(param.type, "types", None)
        for kind, piece in zip(kinds, value, strict=False) if kinds else [(param.type, value)]:
            try:
                kind(piece, param, ctx)
            except typer.BadParameter:
                return kind, str(piece)
    return param.type, str(given)


def _called(param: Parameter, ctx: Context) -> str:
    """How a parameter is called in a sentence: by its variable if the value came from there."""
    source = ctx.get_parameter_source(param.name or "")
    if source is not None and source.name == "ENVIRONMENT" and param.envvar:
        names = [param.envvar] if isinstance(param.envvar, str) else list(param.envvar)
        return f"la variable {listed(names, 'ou')}"
    if param.param_type_name == "argument":
        return f"l'argument {metavar(param).rstrip('.…')}"
    return f"l'option {quoted(_longest(param))}"


def _names(param: Parameter) -> list[str]:
    return [*param.opts, *param.secondary_opts] if param.param_type_name == "option" else []


def _longest(param: Parameter) -> str:
    return max(param.opts, key=len)


def _spelled(param: Parameter, name: str) -> str:
    return next((known for known in _names(param) if fold(known) == fold(name)), name)


def _did_you_mean(close: str | None) -> str:
    return f" Vouliez-vous dire {quoted(close)}?" if close else ""


def _help_lines(ctx: Context, *, example: bool = False) -> list[str]:
    """Where to find help, after an example of the command if it would help here."""
    entry = getattr(ctx.command, "entry", None)
    shown = [f"Exemple{NBSP}: {entry.examples[0]}"] if example and entry is not None and entry.examples else []
    return [*shown, f"Aide{NBSP}: {ctx.command_path} --help"]
