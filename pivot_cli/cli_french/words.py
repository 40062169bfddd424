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

    Role = Literal["option", "awaiting", "value", "dashed", "end", "loose"]
    Word = tuple[str, Role, Parameter | None]

_DASHES = ("-", "–", "—")


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

    def misread(self, most: int | None = None) -> Word | None:
        """The first word that Typer would misread: an option in the place of a value, or one whose dashes are wrong.

        With `most`, only so many words are looked at.
        """
        for text, role, option in islice(self.read(), most):
            if role == "end":
                return None
            taken = role == "value" and text.startswith("--") and self.option(text) is not None
            if taken or (option is None and self.with_two_dashes(text) is not None):
                return text, role, option
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


class RefusedError(typer.TyperException):
    """Words that are refused: what Typer would misread, what the command has no use for, a command and its words."""

    def __init__(self, why: Literal["misread", "extra", "unknown"], words: list[str]) -> None:
        super().__init__(why)
        self.why = why
        self.words = words
