"""Completion by the Tab key in bash, zsh, fish and PowerShell: the scripts, their installation, and the answers.

A script asks by running the program itself, with two variables: `_PIVOT_COMPLETE`, the shell's name, and
`_PIVOT_WORD`, the word being typed; the program's own words are those typed before it. The answer is a line per
proposal, its text and its explanation apart by a tab, or one line `:fichiers` or `:dossiers`, by which the shell
proposes those itself. What a value may be is found by the word that stands for it in the help (`app.known`), so
that each command that takes an `ID` proposes the same ones. Case and accents do not matter in what is typed.
Typer has its own completion: it speaks English, loads Rich before it answers, and wants each letter exact.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from pivot_cli.cli_french.help_pages import metavar
from pivot_cli.finding import ExitCode, PivotError
from pivot_cli.text import NBSP, clean, first_control, fold, listed, nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from typer._click import Command, Context, Parameter

    from pivot_cli.cli_french.app import FrenchApp

_FILES = ":fichiers"
_FOLDERS = ":dossiers"

Proposal = tuple[str, str]

# --- the answers --------------------------------------------------------------------------------------


def answer(app: FrenchApp, group: Command, shell: str, words: list[str]) -> None:
    """Print the proposals for the word being typed; a fault proposes nothing, as the line is not finished."""
    word = os.environ.get("_PIVOT_WORD", "")
    if shell == "bash":  # the only one to give words as typed, and « --format=x » in three words
        words, word = _as_bash_means([*map(_unquoted, words), _unquoted(word)])
    try:
        found = _proposals(app, group, words, word)
    except Exception:  # noqa: BLE001  nothing may spoil a line that someone is typing
        return
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", newline="\n")
    for value, said in found:
        if shell == "fish":
            value = _as_typed(value, word)  # noqa: PLW2901
        if first_control(value) is not None:
            continue  # typed, it would drive the terminal
        first = " ".join(clean(said).split())
        print(f"{value}\t{first}" if first else value)  # noqa: T201


def _proposals(app: FrenchApp, group: Command, words: list[str], word: str) -> list[Proposal]:
    with group.make_context(app.program, list(words), resilient_parsing=True) as ctx:
        before, name, after = _split(group, words)
        if name is None:
            # An alias is proposed to who begins to type it; at first, each command is there once.
            known = [(n, e.short_help) for e in app.entries for n in (e.names if word else (e.name,))]
            proposed = _for_parameters(app, group, ctx, before, word)
            return proposed if proposed is not None else _starting(known, word)
        entry = app.find(name)
        if entry is None:
            return []
        built = app.build(entry)
        shared = [*before, *after] if before else after
        with built.make_context(entry.name, list(shared), parent=ctx, resilient_parsing=True) as inner:
            return _for_parameters(app, built, inner, after, word) or []


def _split(group: Command, words: list[str]) -> tuple[list[str], str | None, list[str]]:
    """The options before the command's name, the name, and what follows it."""
    valued = {name for param in group.params if not getattr(param, "is_flag", True) for name in param.opts}
    skip = False
    for index, word in enumerate(words):
        if skip:
            skip = False
        elif word in valued:
            skip = True
        elif not word.startswith("-"):
            return words[:index], word, words[index + 1 :]
    return words, None, []


def _for_parameters(app: FrenchApp, built: Command, ctx: Context, words: list[str], word: str) -> list[Proposal] | None:
    """What may stand at the word: an option's value, an option, or an argument; None where no parameter can."""
    params = built.get_params(ctx)
    options = {fold(name): param for param in params for name in (*param.opts, *param.secondary_opts)}
    waiting, place, ended, used = _walk(options, words)
    if waiting is not None:
        return _values(app, waiting, ctx, word)
    name, equals, value = word.partition("=")
    if equals and fold(name) in options:
        found = _values(app, options[fold(name)], ctx, value)
        return [(f"{name}={v}" if v[:1] != ":" else v, said) for v, said in found]
    if word.startswith("-") and not ended:
        return [
            (opt, getattr(param, "help", None) or "")
            for param in params
            if not getattr(param, "hidden", False) and (param.multiple or param not in used)
            for opt in _option_names(param, word)
        ]
    arguments = [param for param in params if param.param_type_name == "argument"]
    if not arguments:
        return None
    if place < len(arguments):
        return _values(app, arguments[place], ctx, word)
    return _values(app, arguments[-1], ctx, word) if arguments[-1].nargs == -1 else []


def _option_names(param: Parameter, word: str) -> list[str]:
    """The names to propose: long ones, unless what is typed asks for nothing else than a short one."""
    if param.param_type_name != "option":
        return []
    names = [name for name in (*param.opts, *param.secondary_opts) if fold(name).startswith(fold(word))]
    return [name for name in names if name.startswith("--")] or names


def _walk(options: dict[str, Parameter], words: list[str]) -> tuple[Parameter | None, int, bool, list[Parameter]]:
    """The option that awaits its value, how many arguments stand, whether « -- » came, and the options used."""
    waiting: Parameter | None = None
    place, ended = 0, False
    used: list[Parameter] = []
    for word in words:
        name, equals, _ = word.partition("=")
        param = options.get(fold(name))
        if waiting is not None:
            waiting = None
        elif ended or not word.startswith("-"):
            place += 1
        elif word == "--":
            ended = True
        elif param is not None:
            used.append(param)
            waiting = None if equals or getattr(param, "is_flag", False) else param
    return waiting, place, ended, used


def _values(app: FrenchApp, param: Parameter, ctx: Context, word: str) -> list[Proposal]:
    kind = metavar(param).rstrip(".…")
    if kind == "DOSSIER":
        return [(_FOLDERS, "")]
    if kind == "FICHIER" or {"TyperPath", "File"} & {cls.__name__ for cls in type(param.type).__mro__}:
        return [(_FILES, "")]
    if kind in app.known:
        return _starting(app.known[kind](ctx, word), word)
    # Asked for all that there is: Typer keeps only what begins with the very letters that were typed.
    return _starting(((item.value, item.help or "") for item in param.shell_complete(ctx, "")), word)


def _starting(known: Iterable[Proposal], word: str) -> list[Proposal]:
    wanted = fold(word)
    return [(value, said) for value, said in known if fold(value).startswith(wanted)]


def _as_typed(value: str, word: str) -> str:
    """The value, begun as it was typed: fish drops a proposal whose accents are not those of the word.

    The program does not mind: « generale » names the same responsable as « Générale ».
    """
    if value.casefold().startswith(word.casefold()):
        return value
    lengths = [n for n in range(len(value) + 1) if fold(value[:n]) == fold(word)]
    return word + value[lengths[-1 if word[-1:].isspace() else 0] :] if lengths else value


def _as_bash_means(words: list[str]) -> tuple[list[str], str]:
    """The words with each « = » that bash took for a word put back to its use: an option, then its value."""
    *before, word = words
    if word == "=":
        return before, ""
    return [typed for typed in before if typed != "="], word


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

# In each, PROG stands for the program's name and VAR for the variable that asks.
_BASH = r"""# Complétion de PROG pour bash.
_PROG_completion() {
    local word=${COMP_WORDS[COMP_CWORD]} line value
    COMPREPLY=()
    while IFS= read -r line; do
        case $line in
            :fichiers) compopt -o default 2>/dev/null; return ;;
            :dossiers) compopt -o dirnames 2>/dev/null; return ;;
        esac
        value=${line%%$'\t'*}
        case $word in
            \"* | \'*) COMPREPLY+=("$value") ;;
            *) COMPREPLY+=("$(printf '%q' "$value")") ;;
        esac
    done < <(VAR=bash _PIVOT_WORD=$word "$1" "${COMP_WORDS[@]:1:COMP_CWORD-1}" 2>/dev/null)
}
complete -F _PROG_completion PROG
"""

_ZSH = r"""#compdef PROG
# Complétion de PROG pour zsh.
_PROG() {
    local -a lines described
    local line value
    lines=("${(@f)$(VAR=zsh _PIVOT_WORD=${(Q)PREFIX} ${(Q)words[1]} "${(@Q)words[2,CURRENT-1]}" 2>/dev/null)}")
    for line in "${lines[@]}"; do
        case $line in
            '') ;;
            :fichiers) _files; return ;;
            :dossiers) _files -/; return ;;
            *)
                value=${line%%$'\t'*}
                if [[ $line == *$'\t'* ]]; then
                    described+=("${value//:/\\:}:${line#*$'\t'}")
                else
                    described+=("${value//:/\\:}")
                fi ;;
        esac
    done
    # -U: what is proposed was matched already, whatever the case and the accents.
    (( ${#described} )) && _describe -V PROG described -U
}
if [[ ${funcstack[1]} == _PROG ]]; then
    _PROG "$@"
else
    (( ${+functions[compdef]} )) || { autoload -Uz compinit; compinit; }
    compdef _PROG PROG
fi
"""

_FISH = r"""# Complétion de PROG pour fish.
function __PROG_completion
    set -lx VAR fish
    set -lx _PIVOT_WORD (string unescape -- (commandline -ct))
    set -l words (commandline -opc)
    set -e words[1]
    set -l lines (PROG (string unescape -- $words) 2>/dev/null)
    switch "$lines[1]"
        case :fichiers
            __fish_complete_path (commandline -ct)
        case :dossiers
            __fish_complete_directories (commandline -ct) ''
        case '*'
            printf '%s\n' $lines
    end
end
complete -c PROG -f -k -a '(__PROG_completion)'
"""

_POWERSHELL = r"""# Complétion de PROG pour PowerShell.
Register-ArgumentCompleter -Native -CommandName PROG -ScriptBlock {
    param($word, $ast, $cursor)
    $words = @($ast.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursor } |
        ForEach-Object { if ($_.Value) { $_.Value } else { $_.ToString() } })
    $encoding = [Console]::OutputEncoding
    [Console]::OutputEncoding = [Text.Encoding]::UTF8
    $Env:VAR = 'powershell'
    $Env:_PIVOT_WORD = $word.Trim("'", '"')
    try {
        PROG @words 2>$null | Where-Object { $_ -and -not $_.StartsWith(':') } | ForEach-Object {
            $value, $said = $_ -split "`t", 2
            if (-not $said) { $said = $value }
            $typed = if ($value -match '[\s'']') { "'" + $value.Replace("'", "''") + "'" } else { $value }
            [Management.Automation.CompletionResult]::new($typed, $value, 'ParameterValue', $said)
        }
    } finally {
        [Console]::OutputEncoding = $encoding
        Remove-Item -Path 'Env:VAR', 'Env:_PIVOT_WORD' -ErrorAction SilentlyContinue
    }
}
"""

_SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH, "powershell": _POWERSHELL}


def script(app: FrenchApp, shell: str) -> str:
    """The script to be read by that shell; raises `PivotError` for another one."""
    name = {"pwsh": "powershell"}.get(fold(shell), fold(shell))
    text = _SCRIPTS.get(name)
    if text is None:
        close = nearest(shell, list(_SCRIPTS))
        hint = f" Vouliez-vous dire {quoted(close)}?" if close else ""
        raise PivotError(
            f"la complétion existe pour {listed(list(_SCRIPTS))}, et non pour {quoted(shell)}.{hint}",
            code=ExitCode.USAGE,
        )
    return text.replace("PROG", app.program).replace("VAR", f"_{app.program.upper()}_COMPLETE").rstrip("\n")


# --- the installation ---------------------------------------------------------------------------------


def install(app: FrenchApp) -> str:
    """Install the script for the shell in use, and say what was done; raises `PivotError` where it cannot.

    fish reads its own folder; bash and zsh get one line in their start-up file, added once.
    """
    from pathlib import Path
    from shlex import quote

    shell = Path(os.environ.get("SHELL", "")).name
    home = Path.home()
    if shell == "fish":
        place = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "fish/completions" / f"{app.program}.fish"
        _write(place, script(app, shell))
        return f"Complétion installée dans {place}. Ouvrez un nouveau terminal."
    if shell in ("bash", "zsh"):
        place = Path(os.environ.get("XDG_DATA_HOME") or home / ".local/share") / app.program / f"completion.{shell}"
        start = (Path(os.environ.get("ZDOTDIR") or home) / ".zshrc") if shell == "zsh" else home / ".bashrc"
        _write(place, script(app, shell))
        _add_line(start, f"source {quote(str(place))}")
        return f"Complétion installée dans {place}, lu par {start}. Ouvrez un nouveau terminal."
    raise PivotError(
        f"votre interpréteur de commandes n'est ni bash, ni zsh, ni fish (SHELL vaut {quoted(shell)}).",
        f"Sous Windows, dans PowerShell{NBSP}: {app.program} --montrer-completion powershell >> $PROFILE",
        ExitCode.USAGE,
    )


def _write(place: Path, text: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text + "\n", encoding="utf-8", newline="\n")


def _add_line(place: Path, line: str) -> None:
    """Add a line at the end of a start-up file that does not have it, with what it holds left as it is."""
    held = place.read_text(encoding="utf-8", errors="surrogateescape") if place.exists() else ""
    if line in held.splitlines():
        return
    gap = "" if not held or held.endswith("\n") else "\n"
    with place.open("a", encoding="utf-8", newline="\n") as end:
        end.write(f"{gap}{line}\n")
