"""What makes the command line speak French to the last word; `cli/` only declares commands. The application and
its options are `cli/app.py`; `status` in `cli/consult.py` is a command to imitate.

What a command needs to know:
- Its docstring is its help: the first paragraph is also its line in the list of commands.
- It returns None or its exit code (an `ExitCode` or another int), or raises `typer.Exit(code)`.
- What stops it is a `PivotError`, whose message reads on from « Erreur : », so begins in lower case; with
  `ExitCode.USAGE` and no remedy, « Aide : pivot overdue --help » is added. `typer.BadParameter` and the rest of
  Typer's own exceptions are never shown as they are: raise `PivotError(…, code=ExitCode.USAGE)` instead, also
  in a `parser=` or a `callback=`.
- An option in `shared` that the command also declares may stand before the command's name or after it; the
  command receives the one given last (what is typed wins over the environment variable).
- `say(message, …)` writes a message to standard error, `system_error(error)` says in French what the system refused.
- A parameter whose type is a NamedTuple of options stands for each of them, in its place.
- Choices are a `Literal` or an enumeration; case and accents do not matter in choices, options and commands.
- The Tab key proposes what `kinds` of `FrenchApp` gives for a metavar: an argument or option whose metavar is
  « ID » proposes the actions, « NOM » the responsables, and so on, without a word in the command; « FICHIER » and
  « DOSSIER » those of the disk. It is called only when a shell asks.

The modules, from the top: `app.py` the application, its commands and `run`; `completion.py` the shells and
`errors.py` what is said of a faulty command line and the line that was meant by it, both loaded when asked for, as is
`help_pages.py`; `words.py` the commands as declared, the one reader of a command line, and what is said of its
parameters; `streams.py` what happens on standard output and error.
"""

from pivot_cli.cli_french.app import FrenchApp, command, run
from pivot_cli.cli_french.streams import leave, say, system_error
from pivot_cli.cli_french.words import FAMILIES, Kind

__all__ = ["FAMILIES", "FrenchApp", "Kind", "command", "leave", "run", "say", "system_error"]
