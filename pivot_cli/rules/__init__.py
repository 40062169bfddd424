"""What must hold across a whole plan: one rule, one generator, its docstring its documentation.

`book.py` is what every rule works with; the rules are in `references.py` (PIV2xx: who and what is named),
`deadlines.py` (PIV3xx: échéances) and `coherence.py` (PIV4xx: what is recorded). A new rule is a generator under
`@rule` there, a line of the catalogue (`finding.py`), and its example plans in `tests/rules/`.
"""

from pivot_cli.rules import coherence, deadlines, references
from pivot_cli.rules.book import RULES, Rule, Subject, check, rule

__all__ = ["RULES", "Rule", "Subject", "check", "coherence", "deadlines", "references", "rule"]
