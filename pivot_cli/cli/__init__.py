"""The command line: load, compute, show. The only clock, exit and printing of the program are here.

`app.py` is the application and the options that several commands take; `edge.py` the clock, the plan's folder, the
screen and the files; `known.py` what the Tab key proposes; then the commands, in a module a family: `consult.py`,
`record.py` (what is done with what `note` is given: `answers.py`), `produce.py`, `check.py`, `begin.py` (what it
asks: `asking.py`; what it writes: `founding.py`), `local.py`,
`several.py` (what it is given, read: `gathering.py`).
"""

from pivot_cli.cli import begin, check, consult, local, produce, record, several
from pivot_cli.cli.app import app

__all__ = ["app", "begin", "check", "consult", "local", "produce", "record", "several"]
