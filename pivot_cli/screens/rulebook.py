"""`pivot validate --regles` and `--expliquer`: what is checked, and why, from the rules' own documentation."""

import re
import textwrap
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from pivot_cli.checks.rule import Rule
from pivot_cli.finding import GRAVITE_IN_WORDS, Gravite
from pivot_cli.screens.page import STRONG, Page
from pivot_cli.text import NBSP, one_line

_GROUPS = {
    "PIV0": "LECTURE DES FICHIERS",
    "PIV1": "CE QUE LES FICHIERS CONTIENNENT",
    "PIV2": "QUI ET QUOI SONT NOMMÉS",
    "PIV3": "ÉCHÉANCES",
    "PIV4": "CE QUI EST CONSIGNÉ",
    "PIV5": "MODIFICATIONS DEPUIS UNE VERSION (--depuis)",
}


class Explanation(NamedTuple):
    """What a rule's documentation says: the rule in a sentence, more about it, and its two examples."""

    rule: str
    more: tuple[str, ...]
    bad: str
    good: str


def explanation(documentation: str) -> Explanation:
    """The parts of a documentation: a paragraph, others, then examples under « Fautif : » and « Correct : »."""
    first, _, rest = documentation.strip().partition("\n")
    titles = r"(?:Fautif|Correct)\s?:\n"  # with either kind of space: nobody sees which it is
    prose, bad, good = (*re.split(titles, f"{first}\n{textwrap.dedent(rest)}"), "", "")[:3]
    rule, *more = (one_line(paragraph) for paragraph in prose.strip().split("\n\n"))
    return Explanation(rule, tuple(more), textwrap.dedent(bad).rstrip(), textwrap.dedent(good).rstrip())


def rules_page(rules: Iterable[Rule], width: int) -> Page:
    """Every rule, in their order: its code, how serious it is, and what it says in a sentence."""
    page = Page(width)
    for family, group in groupby(rules, lambda one: one.code[:4]):
        page.heading(_GROUPS[family])
        for one in group:
            page.add(f"{one.code}  {GRAVITE_IN_WORDS[one.gravite][0]}", STRONG)
            page.paragraph(explanation(one.explanation).rule, indent=2)
    page.blank()
    page.paragraph(f"Pour en savoir plus sur l'une d'elles{NBSP}: pivot validate --expliquer PIV203")
    return page


def rule_page(rule: Rule, width: int) -> Page:
    """One rule in full."""
    page = Page(width)
    said = explanation(rule.explanation)
    page.paragraph(f"{rule.code}, {GRAVITE_IN_WORDS[rule.gravite][0]}{NBSP}: {rule.title}", style=STRONG)
    page.blank()
    for paragraph in (said.rule, *said.more):
        page.paragraph(paragraph)
        page.blank()
    titles = ("Signalé", "Non signalé") if rule.gravite is Gravite.INFO else ("Fautif", "Correct")
    for title, example in zip(titles, (said.bad, said.good), strict=True):
        if example:
            page.add(f"{title}{NBSP}:", STRONG)
            for line in example.split("\n"):  # each at its own margin, to be copied
                text = line.lstrip()
                page.paragraph(text, indent=2 + len(line) - len(text), hanging=2)
                if not text:
                    page.blank()
            page.blank()
    return page
