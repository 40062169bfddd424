"""What an edit did to a plan: two plans → which action became which (`pairing.py`), and what an edit may not do
to what was adopted or recorded (`checks.py`, one generator a code). Pure: knows nothing of git.
"""

from pivot_cli.edits.checks import CHECKS, check_edit
from pivot_cli.edits.pairing import Edition, Group, Pair, compare

__all__ = ["CHECKS", "Edition", "Group", "Pair", "check_edit", "compare"]
