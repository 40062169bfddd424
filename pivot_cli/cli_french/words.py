"""The words of a command line: the one reader of them, and what is said of the parameters that take them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pivot_cli.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from typer._click import Context, Parameter

    from pivot_cli.cli_french.entries import Entries, Entry

    Role = Literal["option", "awaiting", "value", "dashed", "end", "loose"]
    Word = tuple[str, Role, Parameter | None]


class CommandLine:
    """The words typed after the name of a program, or of its command, and the options by which they are read."""

    def __init__(self, entries: Entries, entry: Entry | None, ctx: Context, words: list[str]) -> None:
        self.entries = entries
        self.entry = entry
        self.ctx = ctx
        self.words = words
        self.params = ctx.command.get_params(ctx)
        self.arguments = [param for param in self.params if param.param_type_name == "argument"]
        self.options = {
            fold(name): param for param in self.params if param not in self.arguments for name in param.opts
        }

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
        """The first word that Typer would misread: an option in the place of a value, or one whose dashes are wrong.

        Of the program's own line, the words after the command's name are not looked at.
        """
        for text, role, option in self.read():
            taken = role == "value" and text.startswith("--") and self.option(text) is not None
            if taken or (option is None and role != "end" and self.with_two_dashes(text)):
                return text, role, option
            if role == "end" or (role == "loose" and self.entry is None):
                return None
        return None

    def with_two_dashes(self, word: str) -> str:
        """The option that a word names but for its dashes: « --plan » for « -plan », « —plan »; else nothing."""
        right = "--" + fold(word.partition("=")[0]).lstrip("-")
        wrong = word.startswith(("-", "–", "—")) and not word.startswith("--")
        return spelled(self.options[right], right) if wrong and right in self.options else ""


# --- parameters: Typer's own classes are private, so it is their names that are tested ------------------------------


def classes(value: object) -> list[str]:
    """The names of a value's classes, nearest first."""
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
