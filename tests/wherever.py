"""A run of the program in any locale, from a folder of any name."""

from __future__ import annotations

import os
import site
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Python's words for such a run: an editable install names this folder in a file that Python reads in the
# locale's encoding as it starts, and a plain ASCII one cannot say « é ». The same folders are given without it.
WHEREVER = ("-S",)


def imported_from(*folders: Path) -> str:
    """`PYTHONPATH` for a run with `WHEREVER`: the project, and all that it needs."""
    return os.pathsep.join(map(str, (ROOT, *folders, *site.getsitepackages())))
