"""The words of a command line: the one reader of them, and what a reading of them may refuse."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import typer

from pivot_cli.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from typer._click import Context, Parameter

    from pivot_cli.cli_french.entries import Entries, Entry

    Role = Literal["option", "value", "dashed", "end", "loose"]

_DASHES = ("-", "–", "—")


class Word:
    """A word as it was typed, what it is, and the option that it names or is the value of.

    « option » names one, with its value in the same word or not; « dashed » looks like one that does not exist; « end »
    is the « -- » after which there is no option; « loose » is what no option takes.
    """

    __slots__ = ("option", "role", "text")

    def __init__(self, text: str, role: Role, option: Parameter | None = None) -> None:
        self.text = text
        self.role = role
        self.option = option

    @property
    def awaits(self) -> bool:
        """Whether the next word is the value of this option."""
        return self.role == "option" and "=" not in self.text and not is_flag(self.option)


class CommandLine:
    """The words typed after the name of a program, or of its command, and the options by which they are read."""

    def __init__(self, entries: Entries, entry: Entry | None, ctx: Context, words: list[str]) -> None:
        self.entries = entries
        self.entry = entry
        self.ctx = ctx
        self.words = words
        self.params = ctx.command.get_params(ctx)
        self.options = {fold(name): param for param in self.params for name in option_names(param)}
        self.arguments = [param for param in self.params if param.param_type_name == "argument"]

    def option(self, word: str) -> Parameter | None:
        """The option that a word names, alone or before its value; case and accents do not matter."""
        return self.options.get(fold(word.partition("=")[0]))

    def read(self) -> Iterator[Word]:
        """Each word as what it is."""
        ended, before = False, None
        for text in self.words:
            option = self.option(text)
            if before is not None and before.awaits:
                before = Word(text, "value", before.option)
            elif ended or not text.startswith("-"):
                before = Word(text, "loose")
            elif text == "--":
                before, ended = Word(text, "end"), True
            else:
                before = Word(text, "dashed" if option is None else "option", option)
            yield before

    def misread(self, most: int | None) -> Word | None:
        """The first word that Typer would misread: an option in the place of a value, or one whose dashes are wrong.

        With `most`, only so many words are looked at.
        """
        for word in islice(self.read(), most):
            if word.role == "end":
                return None
            if word.role == "value":
                if word.text.startswith("--") and self.option(word.text) is not None:
                    return word
            elif word.option is None and self.with_two_dashes(word.text) is not None:
                return word
        return None

    def with_two_dashes(self, word: str) -> str | None:
        """The option that a word names but for its dashes: « --plan » for « -plan », « —plan »."""
        if not word.startswith(_DASHES) or word.startswith("--"):
            return None
        right = "--" + fold(word.partition("=")[0]).lstrip("-")
        return spelled(self.options[right], right) if right in self.options else None


def option_names(param: Parameter) -> list[str]:
    """All the names of an option; none of an argument."""
    return [*param.opts, *param.secondary_opts] if param.param_type_name == "option" else []


def spelled(option: Parameter, name: str) -> str:
    """The name of an option as it is written, for one that is typed."""
    return next((known for known in option_names(option) if fold(known) == fold(name)), name)


def is_flag(param: Parameter | None) -> bool:
    """Whether an option takes no value."""
    return bool(getattr(param, "is_flag", False))


# --- what is refused: `errors.py` says it ---------------------------------------------------------------


class MisreadError(typer.TyperException):
    """A word that would be misread."""

    def __init__(self, word: Word) -> None:
        super().__init__(word.text)
        self.word = word


class ExtraWordsError(typer.TyperException):
    """Words that the command has no use for."""

    def __init__(self, extra: list[str]) -> None:
        super().__init__(" ".join(extra))
        self.extra = extra


class UnknownCommandError(typer.TyperException):
    """A command that does not exist, with the words after it."""

    def __init__(self, word: str, rest: list[str]) -> None:
        super().__init__(word)
        self.word = word
        self.rest = rest
