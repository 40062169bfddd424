"""Commands as they are declared, without Typer, and the one reader of the words of a command line."""

from __future__ import annotations

import inspect
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from pivot_cli.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Literal

    # For the type checker alone: Click lives inside Typer, under a private name.
    from typer._click import Command, Context, Parameter

    Proposals = Iterable[tuple[str, str]]
    Role = Literal["option", "awaiting", "value", "dashed", "end", "loose", "again"]
    Word = tuple[str, Role, Parameter | None]

FAMILIES = ("consulter", "consigner", "produire", "vérifier")


class Kind(NamedTuple):
    """What the values of a kind are, those that one metavar stands for (« NOM »).

    `proposed` gives, of (context, word being typed), each value that the word may become and what it stands for: the
    Tab key tells them. The rest is for who types a value where none is expected: `noun` names it (« un responsable »);
    `options` are those that take it, from one command to another; `commands` those that say the most of it. `find`
    gives the value that a text stands for, or None, and reads as little of the plan as it can.
    """

    proposed: Callable[[Context, str], Proposals]
    noun: str = ""
    options: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    find: Callable[[Context, str], str | None] = lambda *_: None
    called: Callable[[Context], str] = lambda _: ""

    def named(self, ctx: Context) -> str:
        """« un responsable »; where what is read calls it otherwise, as it does (`called`)."""
        with suppress(Exception):  # nothing can be read: the usual noun says it
            return self.called(ctx) or self.noun
        return self.noun


class Entry(NamedTuple):
    """A command as it was declared: its name and its aliases, and what people type for it, answered with its name."""

    names: tuple[str, ...]
    family: str
    examples: tuple[str, ...]
    function: Callable[..., Any]
    typed_for_it: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name by which it is told."""
        return self.names[0]

    @property
    def help(self) -> str:
        """The whole help text."""
        return inspect.cleandoc(self.function.__doc__ or "")

    @property
    def short_help(self) -> str:
        """The first paragraph of the help, on one line."""
        return " ".join(self.help.partition("\n\n")[0].split("\n"))


class Entries:
    """The commands of a program, and the kinds of the values that they take, by metavar."""

    def __init__(self, program: str, kinds: dict[str, Kind]) -> None:
        self.program = program
        self.entries: list[Entry] = []
        self.kinds = kinds

    def find(self, word: str) -> Entry | None:
        """The command with that name or alias; case and accents do not matter."""
        return next((entry for entry in self.entries if fold(word) in map(fold, entry.names)), None)

    def build(self, entry: Entry) -> Command:
        """The Typer command of an entry. Converting its parameters takes time: only the one called is built."""
        raise NotImplementedError


class CommandLine:
    """The words typed after the name of a program, or of its command, and the options by which they are read."""

    def __init__(self, entries: Entries, entry: Entry | None, ctx: Context, words: list[str]) -> None:
        self.entries = entries
        self.entry = entry
        self.ctx = ctx
        self.words = words
        params = ctx.command.get_params(ctx)
        self.arguments = [param for param in params if param.param_type_name == "argument"]
        self.options = {fold(name): param for param in params if param not in self.arguments for name in param.opts}

    def option(self, word: str) -> Parameter | None:
        """The option that a word names, alone or before its value; case and accents do not matter."""
        return self.options.get(fold(word.partition("=")[0]))

    def read(self) -> Iterator[Word]:
        """Each word with what it is, and the option that it names or is the value of.

        « option » names one, and « awaiting » one whose value is the next word; « dashed » looks like one that does
        not exist; « end » is the « -- » after which there is no option; « loose » is what no option takes.
        """
        role: Role = "loose"
        before, ended = None, False
        for text in self.words:
            option = self.option(text)
            if role == "awaiting":
                option, role = before, "value"
            elif ended or not text.startswith("-"):
                option, role = None, "loose"
            elif text == "--":
                ended, role = True, "end"
            elif option is None:
                role = "dashed"
            else:
                role = "option" if "=" in text or is_flag(option) else "awaiting"
            yield text, role, option
            before = option

    def misread(self) -> Word | None:
        """The first word that Typer would misread: an option in the place of a value, one whose dashes are wrong, or
        one typed again, whose first value would be dropped in silence (one of the program may precede the command's).
        """
        shared = {param.name for param in self.ctx.parent.command.params} if self.ctx.parent else set()
        once: set[int] = set()
        for text, role, option in self.read():
            if (
                option
                and role in ("option", "awaiting")
                and not (option.multiple or is_flag(option) or option.name in shared)
            ):
                if id(option) in once:
                    return text, "again", option
                once.add(id(option))
            taken = role == "value" and text.startswith("--") and self.option(text) is not None
            if taken or (option is None and role != "end" and self.with_two_dashes(text)):
                return text, role, option
            if role == "end" or (role == "loose" and self.entry is None):  # what follows is the command's own
                return None
        return None

    def with_two_dashes(self, word: str) -> str:
        """The option that a word names but for its dashes: « --plan » for « -plan », « —plan »; else nothing."""
        right = "--" + fold(word.partition("=")[0]).lstrip("-")
        wrong = word.startswith(("-", "–", "—")) and not word.startswith("--")
        return spelled(self.options[right], right) if wrong and right in self.options else ""


def classes(value: object) -> list[str]:
    """The names of a value's classes, nearest first: Typer's own are private, so it is their names that are tested."""
    return [cls.__name__ for cls in type(value).__mro__]


def spelled(option: Parameter, name: str) -> str:
    """The name of an option as it is written, for one that is typed."""
    return next((known for known in option.opts if fold(known) == fold(name)), name)


def longest_name(option: Parameter) -> str:
    """The name by which an option is told."""
    return max(option.opts, key=len)


def is_flag(param: Parameter | None) -> bool:
    """Whether an option takes no value."""
    return bool(getattr(param, "is_flag", False))


def metavar(param: Parameter) -> str:
    """What stands for a parameter's value: « NOM », « ID... »; without one, its own name."""
    given = param.metavar or (param.name or "").strip("_").replace("_", "-").upper()
    return f"{given}..." if param.nargs == -1 and not given.endswith(("...", "…")) else given


def kind_of(param: Parameter) -> str:
    """What kind of value a parameter takes, one or more of them: « ID »."""
    return metavar(param).rstrip(".…")


def choices(param: Parameter) -> list[str]:
    """The values that a choice accepts, as they are written; none where it is not a choice."""
    return [str(getattr(value, "value", value)) for value in getattr(param.type, "choices", ())]


def bounds(param: Parameter) -> str:
    """« de 1 à 365 », « 1 ou plus », « 9 ou moins »; nothing without bounds."""
    low, high = getattr(param.type, "min", None), getattr(param.type, "max", None)
    if low is None:
        return "" if high is None else f"{high} ou moins"
    return f"{low} ou plus" if high is None else f"de {low} à {high}"
