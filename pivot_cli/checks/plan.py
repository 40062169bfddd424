"""The check of a whole plan: every rule that judges one."""

from datetime import date

from pivot_cli.checks import coherence, deadlines, references
from pivot_cli.checks.rule import ERREUR, findings_of, rules_of
from pivot_cli.checks.subject import Subject
from pivot_cli.finding import Finding
from pivot_cli.plan.former import Former
from pivot_cli.plan.model import Plan

OF_A_PLAN = rules_of(coherence.__name__, deadlines.__name__, references.__name__)


def check(
    plan: Plan, today: date | None = None, *, errors_only: bool = False, former: Former | None = None
) -> list[Finding]:
    """Every fault that the rules find, rule by rule: `errors_only` for a command that only counts them. Without a day,
    no record is judged to be too late; without the plan before, nothing that is said of it.
    """
    rules = [one for one in OF_A_PLAN if not errors_only or one.gravite is ERREUR]
    return findings_of(rules, Subject(plan, today, former))
