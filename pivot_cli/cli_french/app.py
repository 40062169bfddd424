"""The application: its commands, built only when called, and the one place where a run begins and ends."""

from __future__ import annotations

import inspect
import os
import sys
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, TypeVar, get_type_hints

import typer
from typer.core import TyperCommand, TyperGroup

from pivot_cli.cli_french import streams
from pivot_cli.cli_french.words import FAMILIES, CommandLine, Entries, Entry, Kind
from pivot_cli.text import NBSP, fold, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    # For the type checker alone: Click lives inside Typer, under a private name.
    from typer._click import Command, Context
    from typer.core import TyperOption

    _Base = Command  # of both classes of Typer
else:
    _Base = object

F = TypeVar("F", bound="Callable[..., Any]")


class FrenchApp(Entries, typer.Typer):
    """A Typer application that holds its commands as entries; none yet when it is made.

    `shared` gives each shared parameter's name its `Annotated` option. `check` is called with what was read of a
    command line, before the command, and may raise PivotError. `line` is the command line being read.
    """

    line: CommandLine

    def __init__(
        self,
        program: str,
        *,
        help: str,  # noqa: A002  the name that Typer uses
        version: str,
        shared: dict[str, Any] | None = None,
        kinds: dict[str, Kind] | None = None,
        check: Callable[[Context], None] | None = None,
    ) -> None:
        self.version: str = version
        self.check = check

        def before(**_values: Any) -> None:
            """Each option acts by itself; the shared ones are handed on by `FrenchGroup.resolve_command`."""

        # From whose signature Typer reads the options that stand before a command's name.
        options, named = {**(shared or {}), **_OWN_OPTIONS}, inspect.Parameter.KEYWORD_ONLY
        parameters = [inspect.Parameter(name, named, default=None, annotation=each) for name, each in options.items()]
        before.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        Entries.__init__(self, program, {_SHELL: Kind(lambda *_: [(shell, "") for shell in _SHELLS]), **(kinds or {})})
        typer.Typer.__init__(
            self,
            cls=type("Group", (FrenchGroup,), {"app": self}),
            callback=before,
            help=help,
            # Commands inherit both settings: case and accents matter in no name and no choice.
            context_settings={"help_option_names": ["--aide", "--help", "-h"], "token_normalize_func": fold},
            add_completion=False,
            rich_markup_mode=None,
        )

    def build(self, entry: Entry) -> Command:
        """The Typer command of an entry."""
        single = typer.Typer(add_completion=False, rich_markup_mode=None)
        built = type("Command", (FrenchCommand,), {"entry": entry, "app": self})
        single.command(entry.name, cls=built, help=entry.help)(_one_by_one(entry.function))
        return typer.main.get_command(single)

    def reread(self, words: list[str]) -> dict[str, Any]:
        """What the command being run would be given by other words: the values typed, by the names of its parameters.

        Raises PivotError where they are misread, as on a command line.
        """
        from pivot_cli.cli_french.errors import in_french
        from pivot_cli.finding import ExitCode, PivotError

        running = self.line
        if asked := next((word for word in words if word in running.ctx.help_option_names), ""):
            raise PivotError(f"{asked} n'a pas sa place ici.", code=ExitCode.USAGE)
        try:
            ctx = running.ctx.command.make_context(running.ctx.info_name, words, parent=running.ctx.parent)
            sources = {name: ctx.get_parameter_source(name) for name in ctx.params}
            return {
                name: ctx.params[name] for name, source in sources.items() if source and source.name == "COMMANDLINE"
            }
        except typer.TyperException as fault:
            raise in_french(fault, self.line) from None
        finally:
            self.line = running


def command(
    app: FrenchApp, family: str, *names: str, example: str | tuple[str, ...], typed_for_it: str = ""
) -> Callable[[F], F]:
    """Declare a command: its family (one of `FAMILIES`), its name and aliases, examples, and words typed for it."""
    if family not in FAMILIES:
        raise ValueError(family)

    def declare(function: F) -> F:
        examples = (example,) if isinstance(example, str) else example
        app.entries.append(Entry(names, family, examples, function, tuple(typed_for_it.split())))
        return function

    return declare


def _one_by_one(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function as Typer is to see it: a named tuple of options that it takes is each of them, in its place."""
    signature = inspect.signature(function, eval_str=True)
    parameters: list[inspect.Parameter] = []
    groups = {}
    for parameter in signature.parameters.values():
        if hasattr(parameter.annotation, "_fields"):
            groups[parameter.name] = parameter.annotation
            options = get_type_hints(parameter.annotation, include_extras=True).items()
            parameters += [parameter.replace(name=name, default=None, annotation=each) for name, each in options]
        else:
            parameters.append(parameter)

    def called(**values: Any) -> Any:
        together = {name: group(*map(values.pop, group._fields)) for name, group in groups.items()}
        return function(**values, **together)

    called.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    return called


# --- the options that stand before a command's name ---------------------------------------------------


def _answering(answer: Callable[[FrenchApp, Any], str], name: str, **settings: Any) -> Any:
    """An option that prints an answer to its value, and ends the run."""

    def callback(ctx: typer.Context, value: Any) -> None:
        if value and not ctx.resilient_parsing:
            print(answer(ctx.command.app, value))  # type: ignore[attr-defined]  # noqa: T201
            raise typer.Exit

    return typer.Option(name, is_eager=True, callback=callback, **settings)


def _completion(app: FrenchApp, shell: bool | str) -> str:  # noqa: FBT001  the value that was typed
    from pivot_cli.cli_french.completion import install, script

    return script(app, shell) if isinstance(shell, str) else install(app)


_SHELL = "INTERPRÉTEUR"
_SHELLS = ("bash", "zsh", "fish", "powershell")
_VERSION = _answering(lambda app, _: f"{app.program} {app.version}", "--version", help="Affiche la version.")
_INSTALLED = "Installe la complétion des commandes par la touche Tab."
_SHOWN = f"Affiche le script de complétion pour {listed(_SHELLS, 'ou')}."
_OWN_OPTIONS = {
    "version": Annotated[bool, _VERSION],
    "installer_completion": Annotated[bool, _answering(_completion, "--installer-completion", help=_INSTALLED)],
    "montrer_completion": Annotated[str, _answering(_completion, "--montrer-completion", metavar=_SHELL, help=_SHOWN)],
}


# --- the two classes that Typer is told to use --------------------------------------------------------
#
# What tells the help, the faults and the completion is imported when one of them is asked for: 0.3, 1.3 and 0.4 ms to
# load, and 1.2 ms more of `finding` for the last two, where what every command loads of this room takes 1.3 ms.


class _InFrench(_Base):
    app: ClassVar[FrenchApp]
    entry: ClassVar[Entry | None] = None

    def get_help(self, ctx: Context) -> str:
        from pivot_cli.cli_french import help_pages

        streams.say_what_is_stripped()
        return help_pages.command_page(self.entry, ctx) if self.entry else help_pages.program_page(self.app, ctx)

    def get_help_option_names(self, ctx: Context) -> list[str]:
        """The names of the help option, in a fixed order."""
        return ctx.help_option_names

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Affiche cette aide."
            option.callback = _show_help
        return option

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the words after the name of the program, or of its command; without a word at all, show the help."""
        if ctx.resilient_parsing:
            return super().parse_args(ctx, args)
        if not args and self.entry is None:
            _show_help(ctx, None, asked=True)
        ctx.allow_extra_args = True  # they are refused here, in French
        line = self.app.line = CommandLine(self.app, self.entry, ctx, list(args))
        word = line.misread()
        extra = [] if word else super().parse_args(ctx, args)
        if word or (extra and self.entry):
            from pivot_cli.cli_french import errors

            raise errors.misread(word, line) if word else errors.extra_words(extra, line)
        if self.entry and self.app.check:
            self.app.check(ctx)
        return extra


class FrenchCommand(_InFrench, TyperCommand):
    """A command whose help and faults are in French; each command has its subclass, holding its entry."""


class FrenchGroup(_InFrench, TyperGroup):
    """The whole program as Typer sees it; each application has its subclass, holding the application."""

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """The command named by the first word, and its words: the shared options typed before it come first."""
        word, *rest = args
        entry = self.app.find(word)
        if entry is None and fold(word) in ("aide", "help"):  # « pivot aide overdue »
            if not rest:
                _show_help(ctx, None, asked=True)
            word, rest = rest[0], ["--help"]
            entry = self.app.find(word)
        if entry is None:
            from pivot_cli.cli_french import errors

            raise errors.unknown_command([word, *rest], self.app.line)
        built = self.app.build(entry)
        for param in reversed(built.params):  # it may declare some of the shared options too
            source = ctx.get_parameter_source(param.name or "")
            if source is not None and source.name == "COMMANDLINE":
                rest = [param.opts[0], str(ctx.params[param.name or ""]), *rest]
        return next(name for name in entry.names if fold(name) == fold(word)), built, rest


def _show_help(ctx: Context, _param: object, asked: object) -> None:
    """Print the help as the rest is printed: Typer's own way writes UTF-8 on an ASCII terminal."""
    if asked and not ctx.resilient_parsing:
        print(ctx.get_help())  # noqa: T201
        raise typer.Exit


# --- a run --------------------------------------------------------------------------------------------


def run(app: FrenchApp, argv: Sequence[str] | None = None) -> int:
    """Do what the command line asks (`sys.argv` by default) and give the exit code; nothing is raised, and what
    standard output refuses is said.
    """
    streams.prepare()
    try:
        code = _execute(app, [streams.as_typed(word) for word in (sys.argv[1:] if argv is None else argv)])
        streams.flush()
    except BaseException as error:  # noqa: BLE001  the last place where anything can be caught
        return _explain(error, app)
    return code


def _execute(app: FrenchApp, words: list[str]) -> int:
    group = typer.main.get_command(app)
    shell = os.environ.get(f"_{app.program.upper()}_COMPLETE")
    if shell:
        from pivot_cli.cli_french import completion

        completion.answer(app, group, shell, words)
        return 0
    try:
        with group.make_context(app.program, words) as ctx:
            code = group.invoke(ctx)
    except typer.Exit as end:
        code = end.exit_code
    except typer.TyperException as fault:
        from pivot_cli.cli_french.errors import in_french

        raise in_french(fault, app.line) from fault
    return code if isinstance(code, int) else 0


def _explain(error: BaseException, app: FrenchApp) -> int:
    """Say in French what ended a run, and give its exit code."""
    from pivot_cli.finding import ExitCode, PivotError  # 1.2 ms, which a run without fault is spared

    if isinstance(error, PivotError):
        help_line = f"Aide{NBSP}: {app.line.ctx.command_path} --help" if error.code == ExitCode.USAGE else ""
        streams.say(f"Erreur{NBSP}: {error.message}", error.remedy or help_line)
        return error.code
    if isinstance(error, KeyboardInterrupt | EOFError | typer.Abort):
        streams.say("Interrompu.")
        return 130
    if streams.is_closed_pipe(error):
        streams.silence()
        return 141  # what a shell reports of a program that a closed pipe ends: never a false success
    if isinstance(error, OSError):
        streams.silence()
        streams.say(f"Erreur{NBSP}: {streams.system_error(error)}")
        return ExitCode.UNREADABLE
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else 0
    if os.environ.get("PIVOT_DEBUG"):
        import traceback

        traceback.print_exception(error)
    streams.say(
        f"Erreur interne{NBSP}: le programme a rencontré un cas imprévu ({type(error).__name__}).",
        "Pour la faire corriger, recommencez avec la variable PIVOT_DEBUG=1 et transmettez ce qui s'affiche.",
    )
    return ExitCode.UNREADABLE
