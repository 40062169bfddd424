"""Every rule, by code: what must hold in a plan, what an edit may not do, and the rules of reading (PIV0xx) and of
shape (PIV1xx), which the reader holds where it reads, and which `reading.txt` explains.
"""

import re
from pathlib import Path

from pivot_cli.checks import edits, plan
from pivot_cli.checks.rule import AVERTISSEMENT, ERREUR, Rule, rules_of

_EXPLAINED = Path(__file__).with_name("reading.txt").read_text(encoding="utf-8")
READING = [
    Rule(code, AVERTISSEMENT if code == "PIV010" else ERREUR, title, explanation)
    for code, title, explanation in re.findall(r"^(PIV[0-9]{3}) (.*)\n((?:(?!PIV).*\n)*)", _EXPLAINED, re.MULTILINE)
]
CATALOGUE = {one.code: one for one in sorted((*READING, *plan.OF_A_PLAN, *rules_of(edits.__name__)))}
