"""A rule: its code, how serious a breach of it is, its title, its explanation, and what finds the breaches.

One decorated generator holds all of it: `@rule("PIV203", ERREUR, "action inconnue")`, its docstring the explanation
that `pivot validate --expliquer` shows. The engine stamps code and gravity on what the generator gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from pivot_cli.finding import Finding, Gravite, Location

ERREUR, AVERTISSEMENT, INFO = Gravite


class Breach(NamedTuple):
    """Where a rule is broken, what is wrong there, and what to do about it."""

    location: Location
    message: str
    remedy: str = ""


Judge = Callable[[Any], Iterator[Breach]]  # of what the rules of a family judge: a plan, or an edit


def _nothing(_: Any) -> Iterator[Breach]:
    """What judges a rule that the reader of the files holds by itself."""
    return iter(())


class Rule(NamedTuple):
    """A rule, under its code: PIV0xx reading a file, PIV1xx the shape of what it says, PIV2xx references,
    PIV3xx échéances, PIV4xx coherence, PIV5xx what an edit did.

    `explanation` is a sentence, more about it, an example at fault under « Fautif : », the same mended under
    « Correct : ».
    """

    code: str
    gravite: Gravite
    title: str
    explanation: str
    judge: Judge = _nothing


_RULES: list[Rule] = []  # of the modules imported so far


def rule(code: str, gravite: Gravite, title: str) -> Callable[[Judge], Judge]:
    """Enter a generator of breaches among the rules."""

    def enter(judge: Judge) -> Judge:
        _RULES.append(Rule(code, gravite, title, judge.__doc__ or title, judge))
        return judge

    return enter


def rules_of(*modules: str) -> list[Rule]:
    """The rules of these modules, in their order."""
    return [one for one in _RULES if one.judge.__module__ in modules]


def findings_of(rules: Iterable[Rule], judged: object) -> list[Finding]:
    """Every breach that the rules find in what they judge, rule by rule."""
    return [Finding(one.code, *breach, one.gravite) for one in rules for breach in one.judge(judged)]
