"""The application: its commands, built only when called, and the one place where a run begins and ends."""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, NamedTuple, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from pivot_cli.cli_french import streams
from pivot_cli.text import NBSP, fold, listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    # For the type checker alone: Click lives inside Typer, under a private name.
    from typer._click import Command, Context
    from typer.core import TyperOption

F = TypeVar("F", bound="Callable[..., Any]")
Known = Callable[["Context", str], Iterable[tuple[str, str]]]

WORDS = "pivot_cli.words"  # in a context's `meta`: the words after the command's name, as typed

FAMILIES = ("consulter", "consigner", "produire", "vérifier")

_HELP_NAMES = ["--aide", "--help", "-h"]
_HELP_COMMANDS = ("aide", "help")
_DASHES = ("-", "–", "—")
_SHELL = "INTERPRÉTEUR"
_SHELLS = ("bash", "zsh", "fish", "powershell")
_OK = 0
_INTERNAL = 3
_INTERRUPTED = 130
_PIPE_CLOSED = 141  # what a shell reports of a program that a closed pipe ends: never a false success


class Meaning(NamedTuple):
    """What a value of a kind is, for who types it where none is expected.

    `noun` names it (« un responsable »); `options` are those that take it, from one command to another; `commands`
    those that say the most of it. `find` gives the value that a text stands for, or None, and reads as little of
    the plan as it can: it is asked only of a command line that was refused.
    """

    noun: str
    options: tuple[str, ...]
    commands: tuple[str, ...]
    find: Callable[[Context, str], str | None]


class Entry:
    """A command as it was declared: enough for the list of commands, without building its options."""

    __slots__ = ("aliases", "examples", "family", "function", "name", "typed_for_it")

    def __init__(
        self,
        name: str,
        aliases: tuple[str, ...],
        family: str,
        examples: tuple[str, ...],
        function: Callable[..., Any],
        *,
        typed_for_it: tuple[str, ...] = (),
    ) -> None:
        self.name = name
        self.aliases = aliases
        self.family = family
        self.examples = examples
        self.function = function
        self.typed_for_it = typed_for_it

    @property
    def names(self) -> tuple[str, ...]:
        """Its name, then its aliases."""
        return (self.name, *self.aliases)

    @property
    def help(self) -> str:
        """The whole help text."""
        return inspect.cleandoc(self.function.__doc__ or "")

    @property
    def short_help(self) -> str:
        """The first paragraph of the help, on one line."""
        return " ".join(self.help.partition("\n\n")[0].split("\n"))


class FrenchApp(typer.Typer):
    """A Typer application that holds its commands as entries; made by `french_app`."""

    def __init__(
        self,
        program: str,
        *,
        help: str,  # noqa: A002
        version: str,
        shared: Mapping[str, Any],
        known: Mapping[str, Known],
        meanings: Mapping[str, Meaning],
        check: Callable[[Context], None] | None,
    ) -> None:
        self.program = program
        self.version = version
        self.entries: list[Entry] = []
        self.meanings = meanings
        self.check = check
        self.known = {_SHELL: lambda *_: [(shell, "") for shell in _SHELLS], **known}
        super().__init__(
            cls=type("Group", (FrenchGroup,), {"app": self}),
            callback=_options_before_command(self, shared),
            help=help,
            # Commands inherit both settings: case and accents matter in no name and no choice.
            context_settings={"help_option_names": _HELP_NAMES, "token_normalize_func": fold},
            add_completion=False,
            rich_markup_mode=None,
        )

    def find(self, word: str) -> Entry | None:
        """The command with that name or alias; case and accents do not matter."""
        wanted = fold(word)
        return next((entry for entry in self.entries if wanted in map(fold, entry.names)), None)

    def build(self, entry: Entry) -> Command:
        """The Typer command of an entry. Converting its parameters takes time: only the one called is built."""
        single = typer.Typer(add_completion=False, rich_markup_mode=None)
        built_class = type("Command", (FrenchCommand,), {"entry": entry, "app": self})
        single.command(entry.name, cls=built_class, help=entry.help)(entry.function)
        return typer.main.get_command(single)


def french_app(
    program: str,
    *,
    help: str,  # noqa: A002  the name that Typer uses
    version: str,
    shared: Mapping[str, Any] | None = None,
    known: Mapping[str, Known] | None = None,
    meanings: Mapping[str, Meaning] | None = None,
    check: Callable[[Context], None] | None = None,
) -> FrenchApp:
    """An application without commands yet.

    `shared` gives each shared parameter's name its `Annotated` option. `known` gives a metavar (« ID ») the
    function of (context, word being typed) that proposes its values, with what each stands for, to the Tab key.
    `meanings` tells what values of a metavar are, for who types one where none is expected. `check` is called with
    what was read of a command line, before the command, and may raise PivotError.
    """
    return FrenchApp(
        program,
        help=help,
        version=version,
        shared=shared or {},
        known=known or {},
        meanings=meanings or {},
        check=check,
    )


def command(
    app: FrenchApp,
    name: str,
    *,
    family: str,
    example: str | Sequence[str],
    alias: str | Sequence[str] = (),
    typed_for_it: Sequence[str] = (),
) -> Callable[[F], F]:
    """Declare a command: its names, its family (one of `FAMILIES`), and examples to be shown verbatim.

    `typed_for_it` are words that people type for it: they are answered with its name.
    """
    if family not in FAMILIES:
        raise ValueError(family)

    def declare(function: F) -> F:
        names, examples = _several(alias), _several(example)
        app.entries.append(Entry(name, names, family, examples, function, typed_for_it=tuple(typed_for_it)))
        return function

    return declare


def _several(texts: str | Sequence[str]) -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else tuple(texts)


# --- the options that stand before a command's name ---------------------------------------------------


def _options_before_command(app: FrenchApp, shared: Mapping[str, Any]) -> Callable[..., None]:
    """The function from whose signature Typer reads those options."""

    def options(**_values: Any) -> None:
        """Each option acts by itself; the shared ones are handed on by `FrenchGroup.resolve_command`."""

    annotations = {**shared, **_own_options(app)}
    options.__annotations__ = annotations
    options.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)
            for name, annotation in annotations.items()
        ]
    )
    return options


def _own_options(app: FrenchApp) -> dict[str, Any]:
    """The options that every application has: its version, and completion by the Tab key."""

    def version() -> str:
        return f"{app.program} {app.version}"

    def install() -> str:
        from pivot_cli.cli_french import completion

        return completion.install(app)

    def script(shell: str) -> str:
        from pivot_cli.cli_french import completion

        return completion.script(app, shell)

    shown = _answering(
        script,
        "--montrer-completion",
        metavar=_SHELL,
        help=f"Affiche le script de complétion pour {listed(_SHELLS, 'ou')}.",
    )
    installed = _answering(
        install, "--installer-completion", help="Installe la complétion des commandes par la touche Tab."
    )
    return {
        "version": Annotated[bool, _answering(version, "--version", help="Affiche la version.")],
        "installer_completion": Annotated[bool, installed],
        "montrer_completion": Annotated[str, shown],
    }


def _answering(answer: Callable[..., str], *names: str, **settings: Any) -> Any:
    """An option that prints an answer and ends the run; `answer` takes its value unless it is a flag."""

    def callback(ctx: typer.Context, value: Any) -> None:
        if value and not ctx.resilient_parsing:
            print(answer() if value is True else answer(value))  # noqa: T201
            raise typer.Exit

    return typer.Option(*names, is_eager=True, callback=callback, **settings)


# --- the two classes that Typer is told to use --------------------------------------------------------


class FrenchCommand(TyperCommand):
    """A command whose help and faults are in French; each command has its subclass, holding its entry."""

    app: ClassVar[FrenchApp]
    entry: ClassVar[Entry]

    def get_help(self, ctx: Context) -> str:
        """The help page."""
        from pivot_cli.cli_french import help_pages

        streams.say_what_is_stripped()
        return help_pages.command_page(self, ctx)

    def get_help_option_names(self, ctx: Context) -> list[str]:
        """The names of the help option, in a fixed order."""
        return _help_names(self, ctx)

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        """The help option, described in French."""
        return _in_french(super().get_help_option(ctx))

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the words after the command's name; raises `CommandLineError` for what is wrong with them."""
        words = ctx.meta[WORDS] = list(args)
        if ctx.resilient_parsing:
            return super().parse_args(ctx, args)
        if _worth_a_look(words):
            from pivot_cli.cli_french import errors

            errors.check_words(self, ctx, words)
        ctx.allow_extra_args = True  # they are refused here, in French
        try:
            extra = super().parse_args(ctx, args)
        except typer.TyperException as fault:
            from pivot_cli.cli_french import errors

            raise errors.usage_fault(fault, self, ctx, words) from fault
        if extra:
            from pivot_cli.cli_french import errors

            raise errors.extra_words(extra, self, ctx, words)
        if self.app.check is not None:
            self.app.check(ctx)
        return extra


class FrenchGroup(TyperGroup):
    """The whole program as Typer sees it; each application has its subclass, holding the application."""

    app: ClassVar[FrenchApp]
    asked = ""  # the command being run, as typed: « pivot retards »

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002
        """The names of the commands, in the order of their families, then of their declaration."""
        return [entry.name for family in FAMILIES for entry in self.app.entries if entry.family == family]

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:  # noqa: ARG002
        """The command with that name or alias, built."""
        entry = self.app.find(cmd_name)
        return None if entry is None else self.app.build(entry)

    def get_help(self, ctx: Context) -> str:
        """The help page."""
        from pivot_cli.cli_french import help_pages

        streams.say_what_is_stripped()
        return help_pages.program_page(self, ctx)

    def get_help_option_names(self, ctx: Context) -> list[str]:
        """The names of the help option, in a fixed order."""
        return _help_names(self, ctx)

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        """The help option, described in French."""
        return _in_french(super().get_help_option(ctx))

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the options before the command's name; without a word at all, show the help."""
        words = list(args)
        if not words and not ctx.resilient_parsing:
            print(self.get_help(ctx))  # noqa: T201
            raise typer.Exit
        if _worth_a_look(words[:1]):
            from pivot_cli.cli_french import errors

            errors.check_words(self, ctx, words[:1])
        try:
            return super().parse_args(ctx, args)
        except typer.TyperException as fault:
            from pivot_cli.cli_french import errors

            raise errors.usage_fault(fault, self, ctx, words) from fault

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """The command named by the first word, and its words: the shared options typed before it come first."""
        word, *rest = args
        entry = self.app.find(word)
        if entry is None and fold(word) in _HELP_COMMANDS:  # « pivot aide overdue »
            word, rest = (rest[0], ["--help"]) if rest else ("", [])
            if not word:
                print(self.get_help(ctx))  # noqa: T201
                raise typer.Exit
            entry = self.app.find(word)
        if entry is None:
            from pivot_cli.cli_french import errors

            raise errors.unknown_command(word, rest, self.app, ctx)
        built = self.app.build(entry)
        name = next(name for name in entry.names if fold(name) == fold(word))
        self.asked = f"{self.app.program} {name}"
        return name, built, [*_handed_on(self, ctx, built), *rest]

    def invoke(self, ctx: Context) -> Any:
        """Run the command; its value is its exit code, or None."""
        try:
            return super().invoke(ctx)
        except typer.TyperException as fault:
            from pivot_cli.cli_french import errors

            if self.asked:
                raise errors.usage_fault(fault, self, ctx, []) from fault
            raise errors.missing_command(ctx) from fault


def _help_names(built: Command, ctx: Context) -> list[str]:
    taken = {name for param in built.params for name in (*param.opts, *param.secondary_opts)}
    return [name for name in ctx.help_option_names if name not in taken]


def _in_french(option: TyperOption | None) -> TyperOption | None:
    if option is not None:
        option.help = "Affiche cette aide."
        option.callback = _show_help
    return option


def _show_help(ctx: Context, _param: object, asked: object) -> None:
    """Print the help as the rest is printed: Typer's own way writes UTF-8 on an ASCII terminal."""
    if asked and not ctx.resilient_parsing:
        print(ctx.get_help())  # noqa: T201
        raise typer.Exit


def _handed_on(group: FrenchGroup, ctx: Context, built: Command) -> list[str]:
    """The shared options typed before the command's name, for the command that declares them too."""
    known = {param.name for param in built.params}
    words: list[str] = []
    for param in group.params:
        source = ctx.get_parameter_source(param.name or "")
        if param.name in known and source is not None and source.name == "COMMANDLINE":
            words += [param.opts[0], str(ctx.params[param.name or ""])]
    return words


def _worth_a_look(words: list[str]) -> bool:
    """Whether a word may be an option written with the wrong dashes, or an option may have swallowed another."""
    return any(
        (word.startswith(_DASHES) and not word.startswith("--") and len(word) > 2)
        or (word.startswith("-") and after.startswith("--"))
        for word, after in zip(words, [*words[1:], ""], strict=False)
    )


# --- a run --------------------------------------------------------------------------------------------


def run(app: FrenchApp, argv: Sequence[str] | None = None) -> int:
    """Do what the command line asks (`sys.argv` by default) and give the exit code; nothing is raised.

    Whatever happens, standard output is flushed, and what it refuses is said, before this returns.
    """
    streams.prepare()
    group = typer.main.get_command(app)
    try:
        code = _execute(app, group, [streams.as_typed(word) for word in (sys.argv[1:] if argv is None else argv)])
        streams.flush()
    except BaseException as error:  # noqa: BLE001  the last place where anything can be caught
        return _explain(error, getattr(group, "asked", "") or app.program)
    return code


def _execute(app: FrenchApp, group: Command, words: list[str]) -> int:
    shell = os.environ.get(f"_{app.program.upper()}_COMPLETE")
    if shell:
        from pivot_cli.cli_french import completion

        completion.answer(app, group, shell, words)
        return _OK
    try:
        with group.make_context(app.program, words) as ctx:
            code = group.invoke(ctx)
    except typer.Exit as end:
        code = end.exit_code
    return code if isinstance(code, int) else _OK


def _explain(error: BaseException, asked: str) -> int:
    """Say in French what ended a run, and give its exit code."""
    from pivot_cli.finding import ExitCode, PivotError  # costs 5 ms, which a run without fault is spared

    if isinstance(error, PivotError):
        remedy = error.remedy or (f"Aide{NBSP}: {asked} --help" if error.code == ExitCode.USAGE else "")
        streams.say(f"Erreur{NBSP}: {error.message}", remedy)
        return error.code
    if isinstance(error, KeyboardInterrupt | EOFError | typer.Abort):
        streams.say("Interrompu.")
        return _INTERRUPTED
    if streams.is_closed_pipe(error):
        streams.silence()
        return _PIPE_CLOSED
    if isinstance(error, OSError):
        streams.silence()
        streams.say(f"Erreur{NBSP}: {streams.system_error(error)}")
        return ExitCode.UNREADABLE
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else _OK
    return _internal_error(error)


def _internal_error(error: BaseException) -> int:
    """A fault of the program itself: its kind, and its whole story only for those who ask for it."""
    if os.environ.get("PIVOT_DEBUG"):
        import traceback

        traceback.print_exception(error)
    streams.say(
        f"Erreur interne{NBSP}: le programme a rencontré un cas imprévu ({type(error).__name__}).",
        "Pour la faire corriger, recommencez avec la variable PIVOT_DEBUG=1 et transmettez ce qui s'affiche.",
    )
    return _INTERNAL
