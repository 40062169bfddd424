"""A rule: its code, how serious a breach of it is, its title, its explanation, and what finds the breaches.

One decorated generator holds all of it: `@rule("PIV203", ERREUR, "action inconnue")`, its docstring the explanation
that `pivot validate --expliquer` shows. The engine stamps code and gravity on what the generator gives.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from pivot_cli.finding import Finding, Gravite, Location
from pivot_cli.plan.names import base_name
from pivot_cli.text import NBSP, counted, listed

ERREUR, AVERTISSEMENT, INFO = Gravite
_MOST_TOLD = 2  # of what one fault may cause
_MOST_PLACES = 6  # that a message names


class Breach(NamedTuple):
    """Where a rule is broken, what is wrong there, what to do about it, and its `cause`, if others have the same."""

    location: Location
    message: str
    remedy: str = ""
    cause: object = None


Breaches = Iterator[Breach]
Judge = Callable[[Any], Iterable[Breach]]  # of what the rules of a family judge: a plan, or an edit


class Rule(NamedTuple):
    """A rule, under its code: PIV0xx reading a file, PIV1xx the shape of what it says, PIV2xx references,
    PIV3xx échéances, PIV4xx coherence, PIV5xx what an edit did.

    `explanation` is a sentence, more about it, an example at fault under « Fautif : », the same mended under
    « Correct : ». The reader of the files judges by itself the first two families.
    """

    code: str
    gravite: Gravite
    title: str
    explanation: str
    judge: Judge = lambda _: ()


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
    return [Finding(one.code, *breach[:3], one.gravite) for one in rules for breach in _few(one.judge(judged))]


def _few(breaches: Iterable[Breach]) -> Breaches:
    """The breaches of each cause: all if there are two at most, else two, the second counting the others.

    A responsable who is renamed leaves thirty names that stand for nobody: it is one fault, not thirty.
    """
    causes: dict[object, list[Breach]] = {}
    for breach in breaches:
        causes.setdefault(breach.cause or object(), []).append(breach)
    for same in causes.values():
        told, more = same[:_MOST_TOLD], same[_MOST_TOLD:]
        if more:
            where = [f"{base_name(one.location.file)}:{one.location.line}" for one in more[:_MOST_PLACES]]
            rest = len(more) - _MOST_PLACES
            where += [counted(rest, "autre endroit", "autres endroits")] if rest > 0 else []
            also = f"La même faute se trouve aussi ici{NBSP}: {listed(where)}."
            told[-1] = told[-1]._replace(message=f"{told[-1].message} {also}")
        yield from told
