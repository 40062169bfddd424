"""A plan that has every field of the table, its texts being those that a test chooses; and texts that media misread."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import count
from random import Random
from typing import Any

from hypothesis import strategies as st

from pivot_cli.escaping import live_address
from pivot_cli.plan.schema import fields as schema
from pivot_cli.plan.schema.fields import DATE, HOUR, LENGTH, MONEY, NUMBER, NUMBERED, TEXT, LevelName
from pivot_cli.plan.schema.kinds import Choice, ListOf, Record, Value, Wording
from pivot_cli.text import first_control, fold, one_line

TABLE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "<!-- x", "-->", "]]>", "</style></title></svg>",
    "javascript:alert(1)", "https://x/><img src=x onerror=alert(1)>", "data:text/html,x", "java\tscript:x",
    "&amp; &lt;b&gt; &#60;i&#62;",
    "[x](y)", "![x](y)", "[x]: https://exemple.org", "<https://exemple.org>", "[^1]",
    "# x", "- x", "+ x", "1. x", "1) x", "> x", "***", "---", "===", "~~x~~", "    x", "_x_",
    "$x$", ":smile:", "/close",
    "a | b", "| --- |", "```", "~~~", "\\", "\\|", "x\\",
    "a\n\n# b", "a\r\n- b", "a\u2028::error::b", "a\tb", "a\x0bb", "a\x85b",
    "`date`", "$(date)", "${HOME}", "!!", "; date", "& date", "' ; date ; '",
    '" ; date ; "', "\\'; date", "~", "*",
    "=1+1", "+1+1", "-1+1", "@SUM(1)", "＝1+1", "＋1", "－1", "＠x", ";=1+1", "a;=1+1", "a; ＝1",
    'a;"=1', "a,=1", "'=1",
    "\t=1+1", "\r=1+1", " =1+1",
    "::error::x", " ::error title=x::y", "::stop-commands::x", "##[error]x",
    "x ##vso[task.setvariable variable=x]y",
    "section_start:1:x\r\x1b[0K",
    "\x1b[31mx", "\x1b]0;x\x07", "\x9b31mx", "\u202ex", "\u2066x", "\x07", "[red]x[/red]",
    "[/fin]", "[link=https://x]y[/link]",
    "{{ 7 * 7 }}", "{% if %}", "{# x #}", "{_{ x }_}", "{_% x %_}",
    "x\r\nBcc: y@exemple.org", "x\r\n\r\ny", "=?utf-8?q?x?=", '"x, y" <z@exemple.org>', "From x",
    ".", "../x", "CON", "%PATH%", "%%", "%0A::error::x",
)  # fmt: skip
"""What some medium takes for its own signs."""

_SIGNS = "<>&\"'`|[]()!*_#-+=~\\{}%:;@,./$^? aé1=＝\n\t\r\u2028\u202e\x1b\x85"


def said(text: str) -> str:
    """A text as every medium is to say it."""
    return squeezed(one_line(text.strip()))


def squeezed(text: str) -> str:
    """What depends neither on white space (lines end elsewhere, an id holds none) nor on capitals."""
    return re.sub(r"\s", "", text).casefold()


_FORBIDDEN = re.compile("[\u0085\u2028\u2029]")
TEXTS = st.one_of(st.sampled_from(TABLE), st.text(st.sampled_from(_SIGNS), min_size=1, max_size=16))


def in_a_plan(text: str) -> bool:
    """Whether a text may be written in a plan: the reader shows a control character as U+FFFD, and says so. It is no
    address that a document makes a link of.
    """
    return bool(said(text)) and first_control(text) is None and not _FORBIDDEN.search(text) and not live_address(text)


def name_of(text: str) -> str:
    return fold(said(text))


WRITTEN = list({name_of(text): text for text in TABLE if in_a_plan(text)}.values())
"""Those of the table that may be written in a plan, no two of which are the same name."""
_UNSAID = frozenset("-–—‑−.…?/")  # as an échéance, it is « à déterminer », and no text of the plan
SEVERAL = st.lists(
    TEXTS.filter(lambda text: in_a_plan(text) and not set(said(text)) <= _UNSAID),
    min_size=1,
    max_size=12,
    unique_by=name_of,
)


def tame_ones(number: int) -> list[str]:
    """Texts that mean nothing to any medium, to compare with; none is near another, or would be proposed for it."""
    return ["".join(Random(rank).choices("bcdfghjklmnpqrstvwxz", k=9)) for rank in range(number)]


def plan_of(texts: list[str]) -> dict[str, str]:
    """The files of a plan in which every field is written; its texts are these, one after the other."""
    ranks = count()

    def following() -> str:
        return texts[next(ranks) % len(texts)]

    made = {name: _record(record, following) for name, record in _FILES.items()}
    organisme, orientation = made["organisme.yaml"], made["orientation-1.yaml"]
    # A blank line of the presentation begins a paragraph, as it should.
    organisme["presentation"] = re.sub(r"\s*\n\s*", "\n", organisme["presentation"])
    organisme["enjeux"] = [{"numero": 1, "titre": following(), "enonce": following()}]
    objectif = orientation["volets"][0]["objectifs"][0]
    objectif["actions"] = list(_actions(objectif["actions"][0], following))
    return {name: json.dumps(value, ensure_ascii=False, indent=1) for name, value in made.items()}


_FILES = {
    "organisme.yaml": schema.ORGANISME,
    "responsables.yaml": schema.RESPONSABLES,
    "orientation-1.yaml": schema.ORIENTATION,
    "reunions.yaml": schema.REUNIONS,
}

_WRITTEN: dict[str, Any] = {  # what is not free: names of a place, and days that make a document say something
    "periode": {"debut": "2019-01-01", "fin": "2021-12-31"},
    "responsables": ["DG"],
    "porteur": "DG",
    "realisee_le": "2019-05-12",
    "recurrence": "aux 3 mois",
    "echeance": "Mars 2019",
    "propose": "Juin 2021",
    "code": {"un volet": "adm", "un responsable": "DG", "un point de l'ordre du jour": "proces-verbal"},
    "courriel": "dg@exemple.org",
    "suite_de": {"une action": "1.adm.1.1", "le nom du plan": "plan-d-avant"},
    "apres": "ouverture",
    "retire": "non",
    "action": "1.adm.1.2",
}
_ELSEWHERE = {("une orientation", "objectifs"), ("une orientation", "actions"), ("un volet", "actions")}
"""What stands under the levels that a plan has, where it has them."""
_SAMPLES: dict[Value, Any] = {NUMBER: 1, NUMBERED: 1, MONEY: 15, DATE: "2019-11-20", HOUR: "19 h", LENGTH: "10 min"}


def _record(record: Record, following: Callable[[], str]) -> dict[str, Any]:
    fields = {}
    for field in record.fields:
        value = _WRITTEN.get(field.key)
        if isinstance(value, dict) and field.key in ("code", "suite_de"):
            value = value[record.name]
        if (record.name, field.key) in _ELSEWHERE:
            continue
        if field.key == "reference":
            value = f"A {following()}"  # which no other text is: it would name something
        if field.key == "responsables" and record.name != "une action":
            value = None
        if field.key != "conventions":  # which hold no text
            fields[field.key] = _value(field.kind, following) if value is None else value
    return fields


def _value(kind: Any, following: Callable[[], str]) -> Any:
    if isinstance(kind, ListOf):
        return [_value(kind.item, following)]
    if isinstance(kind, Record):
        return _record(kind, following)
    if kind is TEXT or isinstance(kind, Wording):
        return following()
    if isinstance(kind, LevelName):
        return {"nom": following(), "pluriel": following(), "genre": "masculin"}
    if isinstance(kind, Choice):
        return kind.values[0]
    return _SAMPLES[kind] if kind in _SAMPLES else re.sub(r"\s", "", following())[:60]  # an id


def _actions(full: dict[str, Any], following: Callable[[], str]) -> Iterator[dict[str, Any]]:
    """The action that has every field, then one of each état, and one whose échéance is a text that is refused."""
    del full["realisee_le"]
    yield full | {"numero": 1, "statut": "en attente", "depend_de": full["depend_de"]}
    others: tuple[dict[str, Any], ...] = (
        {"echeance": following()},
        {"echeance": "Février 2020"},
        {"echeance": "En continu"},
        {"echeance": "Annuel", "realisations": ["2019-05-12"]},
        {"echeance": "Mars 2019", "statut": "réalisée", "realisee_le": "2019-05-12", "resultat": following()},
        {"echeance": "Mars 2019", "statut": "abandonnée", "motif": following()},
        {"echeance": "Janvier 2020", "titre_court": following()},
        {"echeance": "Mars 2019", "responsables": [following(), "DG"]},
        {"echeance": "À évaluer"},
        {"echeance": "Juin 2019", "decision": following()},
        {"echeance": "Juin 2020", "echeances_precedentes": [{"echeance": following(), "motif": following()}]},
    )
    for numero, other in enumerate(others, 2):
        yield {"numero": numero, "description": following(), "responsables": ["DG"]} | other
