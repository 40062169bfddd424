"""The command line: load, compute, show. The only clock, exit and printing of the program are here.

`app.py` is the application and the options that several commands take; `edge.py` the clock, the plan's folder and
the screen; then the commands, in a module a family: `consult.py`, `produce.py`, `check.py`.
"""

from pivot_cli.cli import check, consult, produce
from pivot_cli.cli.app import app

__all__ = ["app", "check", "consult", "produce"]
