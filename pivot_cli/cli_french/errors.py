"""What is said of a faulty command line. Typer's own messages are in English: none passes through here.

A fault is known by the name of its class, and what was typed is read again from the words themselves; a class
that a later release brings gets a general message.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from pivot_cli.cli_french.meant import Meant, command_for, line_meant, with_option
from pivot_cli.cli_french.words import bounds, choices, classes, is_flag, kind_of, longest_name, metavar, spelled
from pivot_cli.escaping import shell_line
from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.text import NBSP, did_you_mean, fold, listed, nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typer._click import Parameter

    from pivot_cli.cli_french.words import CommandLine, Word


def in_french(fault: typer.TyperException, line: CommandLine) -> PivotError:
    """What is said of a fault found while this line was read, or while its command ran."""
    option, param = getattr(fault, "option_name", ""), getattr(fault, "param", None)
    kinds, message = classes(fault), "la commande n'a pas pu être comprise."
    if "NoSuchOption" in kinds:
        return _unknown_option(option, line)
    if "BadOptionUsage" in kinds and fold(option) in line.options:
        known = line.options[fold(option)]
        valueless = f"l'option {quoted(spelled(known, option))} ne prend pas de valeur."
        message = valueless if is_flag(known) else _value_wanted(known)
    elif "BadParameter" in kinds and param is not None:
        message = _missing(param, line) if "MissingParameter" in kinds else _bad_value(param, line)
    elif "UsageError" in kinds and line.entry is None:
        message = "il manque le nom d'une commande."
    return _refusal(message, line, example="MissingParameter" in kinds)


def no_such_value(word: str, noun: str, line: CommandLine) -> PivotError | None:
    """The fault of a word that is not one of the values of an argument (« une action »), where the line that was
    meant can be deduced.
    """
    meant = line_meant(line)
    return meant and _to_type(meant, f"{quoted(word)} n'est pas {noun}.")


def unknown_command(words: list[str], line: CommandLine) -> PivotError:
    """The fault of a first word that is no command's name."""
    word, *rest = words
    missing = f"la commande {quoted(word)} n'existe pas."
    entries, program = line.entries.entries, line.entries.program
    for entry in entries:
        if fold(word) in map(fold, entry.typed_for_it):
            return _to_type(Meant(shell_line(program, entry.name, *rest)), missing)
    close = _closest(word, [name for entry in entries for name in entry.names])
    meant = None if close else command_for(line, words)
    return _to_type(meant) if meant else _refusal(f"{missing}{close}", line)


def extra_words(extra: list[str], line: CommandLine) -> PivotError:
    """The fault of words that the command has no use for."""
    too_many = f"{listed([quoted(word) for word in extra])} {'est' if len(extra) == 1 else 'sont'} de trop"
    meant = line_meant(line)
    if meant is not None:
        return _to_type(meant, "" if meant.nouns and not meant.joined else f"{too_many}.")
    taken = listed([metavar(param) for param in line.arguments])
    expected = f"n'attend que {taken}. Un texte de plusieurs mots se met entre guillemets droits (\")."
    said = f"{too_many}{NBSP}: cette commande {expected if taken else 'ne prend que des options.'}"
    return _refusal(said, line, example=bool(taken))


def misread(word: Word, line: CommandLine) -> PivotError:
    """The fault of a word that Typer would misread."""
    text, _, option = word
    right = f"s'écrit avec deux traits d'union{NBSP}: {quoted(line.with_two_dashes(text))}."
    return _refusal(_value_wanted(option) if option else f"{quoted(text.partition('=')[0])} {right}", line)


def _refusal(message: str, line: CommandLine, *, example: bool = False) -> PivotError:
    """A command line that cannot be understood, and where to find help, after an example of the command if it helps."""
    shown = [f"Exemple{NBSP}: {line.entry.examples[0]}"] if example and line.entry else []
    help_lines = [*shown, f"Aide{NBSP}: {line.ctx.command_path} --help"]
    return PivotError(message, "\n".join(help_lines), ExitCode.USAGE)


def _to_type(meant: Meant, message: str = "") -> PivotError:
    """The line to type, on its own line, after the reason for its quotation marks.

    Without a message, what some of its words are: « DG » est un responsable.
    """
    nouns = " ".join(f"{quoted(word)} est {noun}." for word, noun in meant.nouns)
    why = "Une valeur de plusieurs mots se met entre guillemets droits. " if meant.joined else ""
    return PivotError(message or nouns, f"{why}Écrivez{NBSP}:\n  {meant.line}", ExitCode.USAGE)


# --- the message of each kind of fault of Typer's -----------------------------------------------------


def _unknown_option(option: str, line: CommandLine) -> PivotError:
    typed = (word.partition("=")[0] for word in line.words)
    missing = f"l'option {quoted(next((word for word in typed if fold(word) == fold(option)), option))} n'existe pas"
    meant = with_option(line, option)
    if meant is not None:
        return _to_type(meant, f"{missing} ici.")
    known = [name for name in line.options if name.startswith("--")]
    return _refusal(f"{missing}.{_closest(option, known, 4) if option.startswith('--') else ''}", line)


def _closest(word: str, known: Sequence[str], least: int = 1) -> str:
    """« Vouliez-vous dire « overdue »? » for its beginning, in so many characters or more, or for a misspelling of it;
    nothing where no known word is near.
    """
    beginning = [name for name in known if len(fold(word)) >= least and fold(name).startswith(fold(word))]
    close = beginning[0] if beginning else nearest(word, known)
    return f" Vouliez-vous dire {quoted(close)}?" if close else ""


def _missing(param: Parameter, line: CommandLine) -> str:
    kind = line.entries.kinds.get(kind_of(param))
    if kind is None or not kind.noun:
        return f"il manque {_named(param)}."
    article, _, noun = kind.noun.partition(" ")
    return f"dites quel{'le' if article == 'une' else ''} {noun}."


def _named(param: Parameter) -> str:
    """How a parameter is called in a sentence."""
    argument = param.param_type_name == "argument"
    return f"l'argument {kind_of(param)}" if argument else f"l'option {quoted(longest_name(param))}"


def _value_wanted(option: Parameter) -> str:
    return f"{_named(option)} demande une valeur{NBSP}: {listed(choices(option), 'ou') or metavar(option)}."


def _bad_value(param: Parameter, line: CommandLine) -> str:
    """What a parameter expects, and the first of its values that is not it."""
    given: Any = line.ctx.command.make_parser(line.ctx).parse_args(list(line.words))[0].get(param.name or "")
    values = list(given) if isinstance(given, list | tuple) else [given]
    value = next((text for text in values if not _accepts(param, text, line)), "")
    accepted, limits = choices(param), bounds(param)
    expected = "cette valeur n'est pas comprise."
    if accepted:
        expected = f"choisissez {listed(accepted, 'ou')}. {did_you_mean(value, accepted)}".rstrip()
    elif "IntParamType" in classes(param.type):
        expected = f"il faut un nombre entier{f', {limits}' if limits else ''}."
    return f"{quoted(value)} ne convient pas à {_named(param)}{NBSP}: {expected}"


def _accepts(param: Parameter, text: str, line: CommandLine) -> bool:
    try:
        param.type(text, param, line.ctx)
    except typer.BadParameter:
        return False
    return True
