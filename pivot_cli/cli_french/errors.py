"""What is said of a faulty command line. Typer's own messages are in English: none passes through here.

A fault is known by the name of its class, and what was typed is read again from the words themselves; a class
that a later release brings gets a general message. What the line was most likely meant to be is told as a whole line to
type.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import chain, takewhile
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from pivot_cli.cli_french.words import bounds, choices, classes, is_flag, kind_of, longest_name, metavar, spelled
from pivot_cli.escaping import shell_line
from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.text import NBSP, did_you_mean, fold, listed, nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from typer._click import Context, Parameter

    from pivot_cli.cli_french.words import CommandLine, Entries, Entry, Kind, Word


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


def no_such_value(word: str, kind: str, line: CommandLine) -> PivotError | None:
    """The fault of a word that is no value of an argument of that kind, where what was meant can be deduced."""
    meant = _line_meant(line)
    return meant and _to_type(meant, f"{quoted(word)} n'est pas {line.entries.kinds[kind].named(line.ctx)}.")


def without(kind: str, line: CommandLine) -> PivotError:
    """The fault of a line that lacks an argument of that kind, which some options do without."""
    param = next(param for param in line.arguments if kind_of(param) == kind)
    return _refusal(_missing(param, line), line, example=True)


def with_quotes(fault: PivotError, line: CommandLine) -> PivotError:
    """The same fault with the line to type, where a value of several words was typed without its quotation marks."""
    meant = _line_meant(line)
    return _to_type(meant, fault.message) if meant and meant.joined else fault


def unknown_command(words: list[str], line: CommandLine) -> PivotError:
    """The fault of a first word that is no command's name."""
    word, *rest = words
    missing = f"la commande {quoted(word)} n'existe pas."
    for entry in line.entries.entries:
        if fold(word) in map(fold, entry.typed_for_it):
            return _to_type(_Meant(_shown(line, [entry.name, *rest])), missing)
    close = _closest(word, [name for entry in line.entries.entries for name in entry.names])
    meant = None if close else _command_for(line, words)
    return _to_type(meant) if meant else _refusal(f"{missing}{close}", line)


def extra_words(extra: list[str], line: CommandLine) -> PivotError:
    """The fault of words that the command has no use for."""
    too_many = f"{listed([quoted(word) for word in extra])} {'est' if len(extra) == 1 else 'sont'} de trop"
    meant = _line_meant(line)
    if meant is not None:
        return _to_type(meant, "" if meant.nouns and not meant.joined else f"{too_many}.")
    taken = listed([metavar(param) for param in line.arguments])
    expected = f"n'attend que {taken}. Un texte de plusieurs mots se met entre guillemets droits (\")."
    said = f"{too_many}{NBSP}: cette commande {expected if taken else 'ne prend que des options.'}"
    return _refusal(said, line, example=bool(taken))


def misread(word: Word, line: CommandLine) -> PivotError:
    """The fault of a word that Typer would misread."""
    text, role, option = word
    if option and role == "again":
        again = f"{longest_name(option)} est écrit deux fois, et n'a qu'une valeur{NBSP}: laquelle est la bonne?"
        return _refusal(again, line)
    right = f"s'écrit avec deux traits d'union{NBSP}: {quoted(line.with_two_dashes(text))}."
    return _refusal(_value_wanted(option) if option else f"{quoted(text.partition('=')[0])} {right}", line)


def _refusal(message: str, line: CommandLine, *, example: bool = False) -> PivotError:
    """A command line that cannot be understood, and where to find help, after an example of the command if it helps."""
    shown = [f"Exemple{NBSP}: {_example(line.entry, line)}"] if example and line.entry else []
    return PivotError(message, "\n".join([*shown, f"Aide{NBSP}: {line.ctx.command_path} --help"]), ExitCode.USAGE)


def _example(entry: Entry, line: CommandLine) -> str:
    """The first example of the command, on something that is in what is read: « pivot show 1.2 »."""
    command, name, *words = entry.examples[0].split(" ")
    with suppress(Exception):  # nothing can be read: the usual example says it
        for rank, param in enumerate(line.arguments[:1]):
            known = [value for value, _ in line.entries.kinds[kind_of(param)].proposed(line.ctx, "")]
            if words[rank].lower() not in map(str.lower, known):
                words[rank] = known[0]
    return " ".join((command, name, *words))


def _to_type(meant: _Meant, message: str = "") -> PivotError:
    """The line to type, after the reason for its quotation marks; without a message, after what some words are."""
    nouns = " ".join(f"{quoted(word)} est {noun}." for word, noun in meant.nouns)
    why = "Une valeur de plusieurs mots se met entre guillemets droits. " if meant.joined else ""
    return PivotError(message or nouns, f"{why}Écrivez{NBSP}:\n  {meant.line}", ExitCode.USAGE)


def _unknown_option(option: str, line: CommandLine) -> PivotError:
    typed = (word.partition("=")[0] for word in line.words)
    missing = f"l'option {quoted(next((word for word in typed if fold(word) == fold(option)), option))} n'existe pas"
    meant = _with_option(line, option)
    if meant is not None:
        return _to_type(meant, f"{missing} ici.")
    known = [name for name in line.options if name.startswith("--")]
    return _refusal(f"{missing}.{_closest(option, known, 4) if option.startswith('--') else ''}", line)


def _closest(word: str, known: Sequence[str], least: int = 1) -> str:
    """« Vouliez-vous dire « overdue »? » for its beginning, in at least so many characters, or a misspelling of it."""
    beginning = [name for name in known if len(fold(word)) >= least and fold(name).startswith(fold(word))]
    close = beginning[0] if beginning else nearest(word, known)
    return f" Vouliez-vous dire {quoted(close)}?" if close else ""


def _missing(param: Parameter, line: CommandLine) -> str:
    kind = line.entries.kinds.get(kind_of(param))
    if kind is None or not kind.noun:
        return f"il manque {_named(param)}."
    article, _, noun = kind.named(line.ctx).partition(" ")
    return f"dites quel{'le' if article == 'une' else ''} {noun}."


def _named(param: Parameter) -> str:
    argument = param.param_type_name == "argument"
    return f"l'argument {kind_of(param)}" if argument else f"l'option {quoted(longest_name(param))}"


def _value_wanted(option: Parameter) -> str:
    return f"{_named(option)} demande une valeur{NBSP}: {listed(choices(option), 'ou') or metavar(option)}."


def _bad_value(param: Parameter, line: CommandLine) -> str:
    """What a parameter expects, and the first of its values that is not it."""
    given: Any = line.ctx.command.make_parser(line.ctx).parse_args(list(line.words))[0].get(param.name or "")
    values = given if isinstance(given, list | tuple) else [given]
    value = next((text for text in values if not _accepts(param, text, line)), "")
    accepted, expected = choices(param), "cette valeur n'est pas comprise."
    if accepted:
        expected = f"choisissez {listed(accepted, 'ou')}. {did_you_mean(value, accepted)}".rstrip()
    elif "IntParamType" in classes(param.type):
        expected = f"il faut {', '.join(filter(None, ('un nombre entier', bounds(param))))}."
    return f"{quoted(value)} ne convient pas à {_named(param)}{NBSP}: {expected}"


def _accepts(param: Parameter, text: str, line: CommandLine) -> bool:
    with suppress(typer.BadParameter):
        param.type(text, param, line.ctx)
        return True
    return False


# --- the line that was meant: None where it cannot be deduced -----------------------------------------
#
# Forgotten quotation marks come first: the words that follow an option's value are joined to it where that makes
# something of them. A word that stands alone is given to the option whose values it is one of. What a word is comes
# from the `kinds` of the application, and from the choices of an option.


class _Meant(NamedTuple):
    """The line to type; whether it joins words into one value; what some words are (« DG », « un responsable »)."""

    line: str
    joined: bool = False
    nouns: tuple[tuple[str, str], ...] = ()


def _line_meant(line: CommandLine) -> _Meant | None:
    try:
        return _Reading(line).read()
    except _Unclear:
        return None


def _with_option(line: CommandLine, wrong: str) -> _Meant | None:
    """The line with an option that the command has for one that it has not: `--type aga` for `--aga`."""
    bare, options = fold(wrong).lstrip("-"), dict.fromkeys(line.options.values())
    alike = {name for kind in line.entries.kinds.values() if f"--{bare}" in kind.options for name in kind.options}
    chosen = ([longest_name(option), value] for option in options for value in choices(option) if fold(value) == bare)
    instead = next(chain(chosen, ([name] for option in options for name in option.opts if name in alike)), None)
    if instead is None:
        return None
    made: list[str] = []
    for word in line.words:
        name, equals, value = word.partition("=")
        made += [*instead, *([value] if equals else [])] if fold(name) == fold(wrong) else [word]
    return _Meant(_shown(line, made))


def _command_for(line: CommandLine, words: list[str]) -> _Meant | None:
    """The command that says the most of what was typed in the place of its name: `pivot DG`, `pivot 2.gou.2.3`."""
    plain = list(takewhile(lambda word: not word.startswith("-"), words[:_MOST_JOINED]))
    for number in range(len(plain), 0, -1):
        text = " ".join(words[:number])
        for kind in line.entries.kinds.values():
            value = _found(kind, line.ctx, text)
            if value is not None and kind.commands:
                made = _command_taking(line.entries, kind, value, words[number:])
                return _Meant(_shown(line, made), number > 1, ((text, kind.named(line.ctx)),))
    return None


def _command_taking(app: Entries, kind: Kind, value: str, rest: list[str]) -> list[str]:
    """The words of the first command that knows all the options typed, with a value as it takes it."""
    typed = {fold(word.partition("=")[0]) for word in rest if word.startswith("-")}
    entries = [entry for name in kind.commands if (entry := app.find(name))]
    takes = {entry.name: [option for param in app.build(entry).params for option in param.opts] for entry in entries}
    name = next((name for name in takes if typed <= set(map(fold, takes[name]))), entries[0].name)
    options = [option for option in kind.options if option in takes[name]]
    return [name, *options[:1], value, *rest]


_MOST_JOINED = 12  # words that are tried as one value


class _Unclear(Exception):  # noqa: N818 - never shown
    """What was meant cannot be deduced."""


class _Reading:
    """The words of a line, read again: what they were meant to be in `made`."""

    def __init__(self, line: CommandLine) -> None:
        if len(line.arguments) > 1:
            raise _Unclear
        self.line = line
        self.argument = line.arguments[0] if line.arguments else None
        self.is_argument = self._test(self.argument) if self.argument else lambda _: False  # None for any text
        self.given = {option.name for _, _, option in line.read() if option is not None}
        self.made: list[str] = []
        self.joined = False
        self.nouns: list[tuple[str, str]] = []

    def read(self) -> _Meant:
        text: list[str] = []  # of an argument that takes any
        first = 0
        for option, head, loose in self._runs():
            self.made += head
            left = self._joined_to(option, loose) if option is not None and loose else loose
            if self.is_argument is None:
                first = first if text else len(self.made)
                text += left
            else:
                self._place(left, self.is_argument)
        if text:
            joined = len(text) > 1 and self.argument and self.argument.nargs != -1
            self.made[first:first] = [" ".join(text)] if joined else text
            self.joined = self.joined or bool(joined)
        elif self.argument and self.argument.required and self.argument.name not in self.given:
            raise _Unclear
        return _Meant(_shown(self.line, self.made), self.joined, tuple(self.nouns))

    def _runs(self) -> list[tuple[Parameter | None, list[str], list[str]]]:
        """Each option with its value, and the words that stand loose after it."""
        runs: list[tuple[Parameter | None, list[str], list[str]]] = [(None, [], [])]
        role = ""
        for text, role, option in self.line.read():
            if role in ("option", "awaiting"):
                name, equals, value = text.partition("=")
                runs.append((None if is_flag(option) else option, [name, value] if equals else [name], []))
            elif role == "value":
                runs[-1][1].append(text)
            elif role == "loose" or text == "-":
                runs[-1][2].append(text)
            else:
                raise _Unclear
        if role == "awaiting":
            raise _Unclear
        return runs

    def _joined_to(self, option: Parameter, loose: list[str]) -> list[str]:
        """Join to the value just read the words that belong to it; those that are left."""
        value, accepts = self.made[-1], self._test(option)
        number = 0 if accepts is None else _longest_run(loose, lambda text: accepts(f"{value} {text}"))
        if not number and (accepts is None or not accepts(value)):
            # A number is one word, and a text that may be the argument's is not to be taken from it.
            if accepts is str.isdigit or (self.argument and self.is_argument is None):
                raise _Unclear
            test = self.is_argument
            number = max((n for n, word in enumerate(loose, 1) if not (test and test(word))), default=0)
        self.made[-1] = " ".join([value, *loose[:number]])
        self.joined = self.joined or number > 0
        return loose[number:]

    def _place(self, loose: list[str], is_argument: Callable[[str], bool]) -> None:
        """Give each loose word to the argument, or to the option whose values it is one of."""
        while loose:
            number = 1
            if self.argument and is_argument(loose[0]):
                self.made.append(loose[0])
                self.given.add(self.argument.name)
            else:
                number = _longest_run(loose, self._as_option)
            if not number:
                raise _Unclear
            self.joined = self.joined or number > 1
            loose = loose[number:]

    def _as_option(self, text: str) -> bool:
        """Whether a text is a value of an option that may still be given: it then is."""
        for option in dict.fromkeys(self.line.options.values()):
            if option.name in self.given and not option.multiple:
                continue
            kinds = self.line.entries.kinds.values()
            kind = next((kind for kind in kinds if set(kind.options).intersection(option.opts)), None)
            value = next((choice for choice in choices(option) if fold(choice) == fold(text)), None)
            value = _found(kind, self.line.ctx, text) if value is None and kind else value
            if value is not None:
                self.made += [longest_name(option), value]
                self.given.add(option.name)
                self.nouns += [(text, kind.named(self.line.ctx))] if kind else []
                return True
        return False

    def _test(self, param: Parameter) -> Callable[[str], bool] | None:
        """What tells the values that a parameter takes from other texts; None where it takes any."""
        accepted = [fold(choice) for choice in choices(param)]
        if accepted:
            return lambda text: fold(text) in accepted
        if "IntParamType" in classes(param.type):
            return str.isdigit
        kind = self.line.entries.kinds.get(kind_of(param))
        return (lambda text: _found(kind, self.line.ctx, text) is not None) if kind and kind.noun else None


def _found(kind: Kind, ctx: Context, text: str) -> str | None:
    """What a text stands for: a hint is worth no second error."""
    with suppress(Exception):
        return kind.find(ctx, text)
    return None


def _longest_run(words: list[str], accepts: Callable[[str], bool]) -> int:
    """How many of the first words make one text that is accepted: as many as can be, or none."""
    most = min(len(words), _MOST_JOINED)
    return next((number for number in range(most, 0, -1) if accepts(" ".join(words[:number]))), 0)


def _shown(line: CommandLine, words: list[str]) -> str:
    return f"{line.ctx.command_path} {shell_line(*words)}"
