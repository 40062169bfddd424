"""What a refused command line was most likely meant to be, as a whole line to type; None where it cannot be deduced.

Forgotten quotation marks come first: the words that follow an option's value are joined to it where that makes
something of them. A word that stands alone is given to the option whose values it is one of. What a word is comes
from the `meanings` of the application, and from the choices of an option.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.cli_french.app import WORDS
from pivot_cli.cli_french.help_pages import choices, classes
from pivot_cli.escaping import shell_line
from pivot_cli.text import fold

if TYPE_CHECKING:
    from typer._click import Context, Parameter

    from pivot_cli.cli_french.app import FrenchApp, FrenchCommand, Meaning


class Meant(NamedTuple):
    """The line to type; whether it joins words into one value; what some words are (« DG », « un responsable »)."""

    line: str
    joined: bool = False
    nouns: tuple[tuple[str, str], ...] = ()


def line_meant(built: FrenchCommand, ctx: Context, words: list[str] | None = None) -> Meant | None:
    """What the words after a command's name were meant to be; those of the context unless others are given."""
    reading = _Reading(built, ctx)
    try:
        reading.read(list(ctx.meta.get(WORDS, ())) if words is None else words)
    except _Unclear:
        return None
    line = _line(ctx.command_path, reading.made)
    return Meant(line, reading.joined, tuple(reading.nouns))


def with_option(built: FrenchCommand, ctx: Context, words: list[str], wrong: str) -> Meant | None:
    """The same line with an option that the command has, for one that it has not: `--type aga` for `--aga`, `--date`
    for `--au`.
    """
    bare = fold(wrong).lstrip("-")
    options = [param for param in built.params if param.param_type_name == "option"]
    instead = next(
        ([_longest(one), value] for one in options for value in choices(one.type) if fold(value) == bare), None
    )
    if instead is None:
        alike = {name for one in built.app.meanings.values() if f"--{bare}" in one.options for name in one.options}
        instead = next(([name] for one in options for name in one.opts if name in alike), None)
    if instead is None:
        return None
    made: list[str] = []
    for word in words:
        name, equals, value = word.partition("=")
        made += [*instead, *([value] if equals else [])] if fold(name) == fold(wrong) else [word]
    return Meant(_line(ctx.command_path, made))


def command_for(app: FrenchApp, ctx: Context, words: list[str]) -> Meant | None:
    """The command that says the most of what was typed in the place of its name: `pivot DG`, `pivot 2.gou.2.3`."""
    plain = next((n for n, word in enumerate(words) if word.startswith("-")), len(words))
    for number in range(min(plain, _MOST_JOINED), 0, -1):
        text = " ".join(words[:number])
        for meaning in app.meanings.values():
            value = _found(meaning, ctx, text)
            if value is not None and meaning.commands:
                made = _command_taking(app, meaning, value, words[number:])
                return Meant(_line(app.program, made), number > 1, ((text, meaning.noun),))
    return None


def _command_taking(app: FrenchApp, meaning: Meaning, value: str, rest: list[str]) -> list[str]:
    """The words of the first command that knows all the options typed, with a value as it takes it."""
    typed = {fold(word.partition("=")[0]) for word in rest if word.startswith("-")}
    entries = [entry for name in meaning.commands if (entry := app.find(name))]
    takes = {entry.name: [one for param in app.build(entry).params for one in param.opts] for entry in entries}
    name = next((name for name in takes if typed <= set(map(fold, takes[name]))), entries[0].name)
    option = [one for one in meaning.options if one in takes[name]]
    return [name, *option[:1], value, *rest]


# --- the words of a command line --------------------------------------------------------------------------

_MOST_JOINED = 12  # words that are tried as one value


class _Unclear(Exception):  # noqa: N818 - never shown
    """What was meant cannot be deduced."""


class _Reading:
    """The words of a line, read again: what they were meant to be in `made`."""

    def __init__(self, built: FrenchCommand, ctx: Context) -> None:
        self.ctx = ctx
        self.meanings = built.app.meanings
        self.options = {fold(name): param for param in built.params for name in param.opts if name[:1] == "-"}
        arguments = [param for param in built.params if param.param_type_name == "argument"]
        if len(arguments) > 1:
            raise _Unclear
        self.argument = arguments[0] if arguments else None
        self.text: list[str] = []  # of an argument that takes any
        self.made: list[str] = []
        self.given: set[str | None] = set()
        self.joined = False
        self.nouns: list[tuple[str, str]] = []

    def read(self, words: list[str]) -> None:
        self.given = {param.name for word in words if (param := self._option(word))}
        runs = self._runs(words)
        first = 0
        for param, head, loose in runs:
            before = len(self.made)
            self.made += head
            left = self._joined_to(param, loose) if param is not None and loose else loose
            self._place(left)
            if self.text and not first:
                first = before + len(head) + 1
        if self.text:
            self.made.insert(first - 1, " ".join(self.text))
            self.joined = self.joined or len(self.text) > 1
            self.given.add(self.argument.name if self.argument else None)
        if self.argument is not None and self.argument.required and self.argument.name not in self.given:
            raise _Unclear

    def _option(self, word: str) -> Parameter | None:
        return self.options.get(fold(word.partition("=")[0])) if word.startswith("-") else None

    def _runs(self, words: list[str]) -> list[tuple[Parameter | None, list[str], list[str]]]:
        """Each option with its value, and the words that stand loose after it."""
        runs: list[tuple[Parameter | None, list[str], list[str]]] = [(None, [], [])]
        left = list(words)
        while left:
            word = left.pop(0)
            param = self._option(word)
            if param is None:
                if word.startswith("-") and len(word) > 1:
                    raise _Unclear
                runs[-1][2].append(word)
            elif getattr(param, "is_flag", False):
                runs.append((None, [word], []))
            else:
                name, equals, value = word.partition("=")
                if not equals and not left:
                    raise _Unclear
                runs.append((param, [name, value if equals else left.pop(0)], []))
        return runs

    def _joined_to(self, param: Parameter, loose: list[str]) -> list[str]:
        """Join to the value just read the words that belong to it; those that are left."""
        value = self.made[-1]
        number = 0
        if self._limited(param):
            tried = range(min(len(loose), _MOST_JOINED), 0, -1)
            number = next((n for n in tried if self._accepts(param, " ".join([value, *loose[:n]]))), 0)
        if not number and (not self._limited(param) or not self._accepts(param, value)):
            if _numeric(param):
                raise _Unclear
            own = [n for n, word in enumerate(loose, 1) if not self._is_argument(word)]
            number = own[-1] if own else 0
            if self.argument is not None and self.argument.required and not self._limited(self.argument):
                raise _Unclear
        self.made[-1] = " ".join([value, *loose[:number]])
        self.joined = self.joined or number > 0
        return loose[number:]

    def _place(self, loose: list[str]) -> None:
        """Give each loose word to the argument, or to the option whose values it is one of."""
        if self.argument is not None and not self._limited(self.argument):
            self.text += loose
            return
        while loose:
            if self._is_argument(loose[0]):
                self.made.append(loose.pop(0))
                self.given.add(self.argument.name if self.argument else None)
                continue
            tried = range(min(len(loose), _MOST_JOINED), 0, -1)
            number = next((n for n in tried if self._as_option(" ".join(loose[:n]))), 0)
            if not number:
                raise _Unclear
            self.joined = self.joined or number > 1
            loose = loose[number:]

    def _as_option(self, text: str) -> bool:
        """Whether a text is a value of an option that may still be given: it then is."""
        for param in dict.fromkeys(self.options.values()):
            if param.name in self.given and not getattr(param, "multiple", False):
                continue
            meaning = self._meaning_of_option(param)
            found = next((one for one in choices(param.type) if fold(one) == fold(text)), None)
            if found is None and meaning is not None:
                found = _found(meaning, self.ctx, text)
            if found is not None:
                self.made += [_longest(param), found]
                self.given.add(param.name)
                self.nouns += [(text, meaning.noun)] if meaning else []
                return True
        return False

    def _is_argument(self, word: str) -> bool:
        return self.argument is not None and self._limited(self.argument) and self._accepts(self.argument, word)

    def _limited(self, param: Parameter) -> bool:
        """Whether the values that a parameter takes are known."""
        return bool(choices(param.type)) or _numeric(param) or (param.metavar or "").rstrip("….") in self.meanings

    def _accepts(self, param: Parameter, text: str) -> bool:
        if choices(param.type):
            return fold(text) in map(fold, choices(param.type))
        if _numeric(param):
            return text.isdigit()
        return _found(self.meanings[(param.metavar or "").rstrip("….")], self.ctx, text) is not None

    def _meaning_of_option(self, param: Parameter) -> Meaning | None:
        return next((one for one in self.meanings.values() if set(one.options).intersection(param.opts)), None)


def _found(meaning: Meaning, ctx: Context, text: str) -> str | None:
    """What a text stands for: a hint is worth no second error."""
    try:
        return meaning.find(ctx, text)
    except Exception:  # noqa: BLE001
        return None


def _numeric(param: Parameter) -> bool:
    return any(name in ("IntParamType", "FloatParamType") for name in classes(param.type))


def _longest(param: Parameter) -> str:
    return max(param.opts, key=len)


def _line(command: str, words: list[str]) -> str:
    return f"{command} {shell_line(*words)}"
