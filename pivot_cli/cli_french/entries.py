"""The commands of a program as they are declared, without Typer: what its help, its faults and the Tab key tell.

Plain classes: every command pays for them, and named tuples take twenty times as long to define.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

from pivot_cli.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    # For the type checker alone: Click lives inside Typer, under a private name.
    from typer._click import Command, Context

    Found = Callable[[Context, str], str | None]
    Known = Callable[[Context, str], Iterable[tuple[str, str]]]

FAMILIES = ("consulter", "consigner", "produire", "vérifier")


class Meaning:
    """What a value of a kind is, for who types it where none is expected.

    `noun` names it (« un responsable »); `options` are those that take it, from one command to another; `commands`
    those that say the most of it. `find` gives the value that a text stands for, or None, and reads as little of
    the plan as it can: it is asked only of a command line that was refused.
    """

    def __init__(self, noun: str, options: tuple[str, ...], commands: tuple[str, ...], find: Found) -> None:
        self.noun = noun
        self.options = options
        self.commands = commands
        self.find = find


class Entry:
    """A command as it was declared: enough for the list of commands, without building its options.

    `names` are its name, then its aliases; `typed_for_it` what people type for it, which is answered with its name.
    """

    def __init__(
        self,
        names: tuple[str, ...],
        family: str,
        examples: tuple[str, ...],
        function: Callable[..., Any],
        typed_for_it: tuple[str, ...],
    ) -> None:
        self.name = names[0]
        self.names = names
        self.family = family
        self.examples = examples
        self.function = function
        self.typed_for_it = typed_for_it
        self.help = inspect.cleandoc(function.__doc__ or "")

    @property
    def short_help(self) -> str:
        """The first paragraph of the help, on one line."""
        return " ".join(self.help.partition("\n\n")[0].split("\n"))


class Entries:
    """The commands of a program, and what is known of the values that they take.

    `known` gives a metavar (« ID ») the function of (context, word being typed) that proposes its values, with what
    each stands for, to the Tab key. `meanings` tells what values of a metavar are, for who types one where none is
    expected.
    """

    def __init__(self, program: str, known: Mapping[str, Known], meanings: Mapping[str, Meaning]) -> None:
        self.program = program
        self.entries: list[Entry] = []
        self.known = known
        self.meanings = meanings

    def find(self, word: str) -> Entry | None:
        """The command with that name or alias; case and accents do not matter."""
        wanted = fold(word)
        return next((entry for entry in self.entries if wanted in map(fold, entry.names)), None)

    def build(self, entry: Entry) -> Command:
        """The Typer command of an entry. Converting its parameters takes time: only the one called is built."""
        raise NotImplementedError
