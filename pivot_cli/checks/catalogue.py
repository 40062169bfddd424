"""Every rule, by code: what the reader holds, what must hold in a plan, and what an edit may not do."""

from __future__ import annotations

from pivot_cli.checks import edits, plan
from pivot_cli.checks.reading import READING
from pivot_cli.checks.rule import Rule, rules_of

CATALOGUE: dict[str, Rule] = {one.code: one for one in sorted((*READING, *plan.OF_A_PLAN, *rules_of(edits.__name__)))}
