"""Completion by the Tab key in bash, zsh, fish and PowerShell: the scripts, their installation, and the answers.

A script asks by running the program itself, with two variables: `_PIVOT_COMPLETE`, the shell's name, and
`_PIVOT_WORD`, the word being typed; the program's own words are those typed before it. The answer is a line per
proposal, its text and its explanation apart by a tab, or one line `:fichiers` or `:dossiers`, by which the shell
proposes those itself. What a value may be is found by the word that stands for it in the help (`app.kinds`), so
that each command that takes an `ID` proposes the same ones. Case and accents do not matter in what is typed.
Typer has its own completion: it speaks English, loads Rich before it answers, and wants each letter exact.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pivot_cli.cli_french.words import CommandLine, Entries, choices, kind_of
from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.text import NBSP, clean, did_you_mean, first_control, fold, listed, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from typer._click import Command, Parameter

_PATHS = {"FICHIER": ":fichiers", "DOSSIER": ":dossiers"}  # what the shell proposes itself

Proposal = tuple[str, str]

# --- the answers --------------------------------------------------------------------------------------


def answer(app: Entries, group: Command, shell: str, words: list[str]) -> None:
    """Print the proposals for the word being typed; a fault proposes nothing, as the line is not finished."""
    word = os.environ.get("_PIVOT_WORD", "")
    if shell == "bash":  # the only one to give words as typed, and « --format=x » in three words
        words = [_unquoted(typed) for typed in words if typed != "="]
        word = "" if word == "=" else _unquoted(word)
    try:
        proposals = _proposals(app, group, words, word)
    except Exception:  # noqa: BLE001  nothing may spoil a line that someone is typing
        return
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", newline="\n")
    for value, said in proposals:
        if first_control(value) is None:  # typed, it would drive the terminal
            proposed = _begun_as(word, value) if shell == "fish" else value
            print(f"{proposed}\t{' '.join(clean(said).split())}".rstrip("\t"))  # noqa: T201


def _proposals(app: Entries, group: Command, words: list[str], word: str) -> list[Proposal]:
    with group.make_context(app.program, list(words), resilient_parsing=True) as ctx:
        line = CommandLine(app, None, ctx, words)
        at = next((index for index, (_, role, _) in enumerate(line.read()) if role == "loose"), None)
        if at is None:
            # An alias is proposed to who begins to type it; at first, each command is there once.
            names = [(name, e.short_help) for e in app.entries for name in (e.names if word else (e.name,))]
            proposed = _for_parameters(line, word)
            return _starting(names, word) if proposed is None else proposed
        entry = app.find(words[at])
        if entry is None:
            return []
        after = words[at + 1 :]
        built = app.build(entry)
        with built.make_context(entry.name, [*words[:at], *after], parent=ctx, resilient_parsing=True) as inner:
            return _for_parameters(CommandLine(app, entry, inner, after), word) or []


def _for_parameters(line: CommandLine, word: str) -> list[Proposal] | None:
    """What may stand at the word: an option's value, an option, or an argument; None where no parameter can."""
    read = list(line.read())
    used = [option for _, role, option in read if role in ("option", "awaiting") and option is not None]
    roles = [role for _, role, _ in read]
    if roles[-1:] == ["awaiting"]:
        return _values(line, used[-1], word)
    name, equals, value = word.partition("=")
    option = line.option(name)
    if equals and option is not None:
        return [(f"{name}={v}" if v[:1] != ":" else v, said) for v, said in _values(line, option, value)]
    if word.startswith("-") and "end" not in roles:
        left = (param for param in dict.fromkeys(line.options.values()) if param.multiple or param not in used)
        return [(name, getattr(param, "help", None) or "") for param in left for name in _names(param, word)]
    if not line.arguments:
        return None
    at_place = line.arguments[roles.count("loose") :] or [last for last in line.arguments[-1:] if last.nargs == -1]
    return _values(line, at_place[0], word) if at_place else []


def _names(option: Parameter, word: str) -> list[str]:
    """Long names, unless what is typed asks for nothing else than a short one."""
    names = [name for name in option.opts if fold(name).startswith(fold(word))]
    return [name for name in names if name.startswith("--")] or names


def _values(line: CommandLine, param: Parameter, word: str) -> list[Proposal]:
    kind = kind_of(param)
    if kind in _PATHS:
        return [(_PATHS[kind], "")]
    known = line.entries.kinds.get(kind)
    return _starting(known.proposed(line.ctx, word) if known else ((choice, "") for choice in choices(param)), word)


def _starting(known: Iterable[Proposal], word: str) -> list[Proposal]:
    return [(value, said) for value, said in known if fold(value).startswith(fold(word))]


def _begun_as(word: str, value: str) -> str:
    """The value, begun as it was typed: fish drops a proposal whose accents are not those of the word."""
    if value.casefold().startswith(word.casefold()):
        return value
    lengths = [n for n in range(len(value) + 1) if fold(value[:n]) == fold(word)]
    return word + value[lengths[-1 if word[-1:].isspace() else 0] :] if lengths else value


def _unquoted(word: str) -> str:
    """A word as the shell would read it, where its quotation mark may not be closed yet."""
    import shlex

    for closing in ("", '"', "'"):
        try:
            return "".join(shlex.split(word + closing)) if word else ""
        except ValueError:
            continue
    return word


# --- the scripts --------------------------------------------------------------------------------------

# Beside this module, `completion.bash`… In each, PROG stands for the program's name and VAR for the variable that asks.
_SCRIPTS = {"bash": ".bash", "zsh": ".zsh", "fish": ".fish", "powershell": ".ps1"}


def script(app: Entries, shell: str) -> str:
    """The script to be read by that shell; raises `PivotError` for another one."""
    name = {"pwsh": "powershell"}.get(fold(shell), fold(shell))
    if name not in _SCRIPTS:
        known = f"la complétion existe pour {listed(list(_SCRIPTS))}, et non pour {quoted(shell)}."
        raise PivotError(f"{known} {did_you_mean(shell, _SCRIPTS)}".rstrip(), code=ExitCode.USAGE)
    text = Path(__file__).with_suffix(_SCRIPTS[name]).read_text(encoding="utf-8")
    return text.replace("PROG", app.program).replace("VAR", f"_{app.program.upper()}_COMPLETE").rstrip("\n")


# --- the installation ---------------------------------------------------------------------------------


def install(app: Entries) -> str:
    """Install the script for the shell in use, and say what was done; raises `PivotError` where it cannot.

    fish reads its own folder; bash and zsh get one line in their start-up file, added once.
    """
    from shlex import quote

    def folder(variable: str, usual: str) -> Path:
        return Path(os.environ.get(variable) or Path.home() / usual)

    shell = Path(os.environ.get("SHELL", "")).name
    if shell not in ("bash", "zsh", "fish"):
        raise PivotError(
            f"votre interpréteur de commandes n'est ni bash, ni zsh, ni fish (SHELL vaut {quoted(shell)}).",
            f"Sous Windows, dans PowerShell{NBSP}: {app.program} --montrer-completion powershell >> $PROFILE",
            ExitCode.USAGE,
        )
    place = folder("XDG_DATA_HOME", ".local/share") / app.program / f"completion.{shell}"
    read_by, start = "", {"bash": Path.home() / ".bashrc", "zsh": folder("ZDOTDIR", "") / ".zshrc"}.get(shell)
    if start is None:
        place = folder("XDG_CONFIG_HOME", ".config") / "fish/completions" / f"{app.program}.fish"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(script(app, shell) + "\n", encoding="utf-8", newline="\n")
    if start is not None:
        read_by, line = f", lu par {start}", f"source {quote(str(place))}"
        held = start.read_text(encoding="utf-8", errors="surrogateescape") if start.exists() else ""
        if line not in held.splitlines():
            with start.open("a", encoding="utf-8", newline="\n") as end:
                end.write(line + "\n" if held[-1:] in ("", "\n") else f"\n{line}\n")
    return f"Complétion installée dans {place}{read_by}. Ouvrez un nouveau terminal."
