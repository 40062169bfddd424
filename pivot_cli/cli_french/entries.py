"""The commands of a program as they are declared, without Typer: what its help, its faults and the Tab key tell."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any, NamedTuple

from pivot_cli.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    # For the type checker alone: Click lives inside Typer, under a private name.
    from typer._click import Command, Context

    Proposals = Iterable[tuple[str, str]]

FAMILIES = ("consulter", "consigner", "produire", "vérifier")


class Kind(NamedTuple):
    """What the values of a kind are, those that one metavar stands for (« NOM »).

    `proposed` gives, of (context, word being typed), each value that the word may become and what it stands for: the
    Tab key tells them. The rest is for who types a value where none is expected: `noun` names it (« un responsable »);
    `options` are those that take it, from one command to another; `commands` those that say the most of it. `find`
    gives the value that a text stands for, or None, and reads as little of the plan as it can: it is asked only of a
    command line that was refused.
    """

    proposed: Callable[[Context, str], Proposals]
    noun: str = ""
    options: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    find: Callable[[Context, str], str | None] = lambda *_: None


class Entry(NamedTuple):
    """A command as it was declared: enough for the list of commands, without building its options.

    `names` are its name, then its aliases; `typed_for_it` what people type for it, which is answered with its name.
    """

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
        wanted = fold(word)
        return next((entry for entry in self.entries if wanted in map(fold, entry.names)), None)

    def build(self, entry: Entry) -> Command:
        """The Typer command of an entry. Converting its parameters takes time: only the one called is built."""
        raise NotImplementedError
