"""What a cell of a workbook shows: its value under its number format, as a plan in French would write it.

The sign of decimals is the point where the format says nothing, as the numbers of objectifs (« 1.2 ») have it; the
comma for money and percentages. A day is written in full (« 2030-09-01 »), whatever its format, or « mai 2020 »,
« 2020 » where that shows no day, no month.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.text import MONTHS

if TYPE_CHECKING:
    from pivot_cli.received.cells import Value

_LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|[_*].')
_DIGITS = re.compile(r"[#0?][#0?,. \xa0\u202f]*")


class _Form(NamedTuple):
    """A number format: what stands before and after the digits, how many decimals and digits, and of what kind."""

    before: str
    after: str
    decimals: int | None
    least: int
    grouped: bool
    percent: bool


def shown(value: Value, form: str = "General") -> str:
    """The text of a value under a number format (« 0 % », « mmm yyyy », « # ##0 $ »)."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, date):
        return _day(value, form)
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    return _number(value, form) if isinstance(value, (int, float)) else str(value)


def _day(value: date, form: str) -> str:
    parts = _LITERAL.sub("", form.split(";", maxsplit=1)[0]).lower()
    if "y" in parts or "m" in parts:
        if "d" not in parts and "m" in parts and "h" not in parts:
            return f"{MONTHS[value.month - 1]} {value.year}"
        if not set("dmh") & set(parts):
            return str(value.year)
    if isinstance(value, datetime) and "h" in parts and value.time() != time():
        return f"{value:%Y-%m-%d %H:%M}"
    return f"{value:%Y-%m-%d}" if value.year >= 1000 else value.isoformat()[:10]


@lru_cache(maxsize=512)
def _form(form: str) -> _Form | None:
    """What a number format says; None where that is nothing (« General », « @ », a fraction, an exponent)."""
    kept: list[str] = []

    def literal(found: re.Match[str]) -> str:
        text = next((one for one in found.groups() if one), "")
        kept.extend([text] if text else [])
        return "\0" if text else ""

    bare = _LITERAL.sub(literal, form.split(";", maxsplit=1)[0])
    digits = _DIGITS.search(bare)
    if digits is None or re.search(r"(?i)general|standard|[@/]|e[+-]", bare):
        return None
    texts = iter(kept)
    before, after = (
        re.sub("\0", lambda _: next(texts), part) for part in (bare[: digits.start()], bare[digits.end() :])
    )
    percent = "%" in bare
    pattern = digits[0].rstrip(", \xa0\u202f")
    spaced = digits[0][len(pattern) :].strip(",")
    whole, _, decimals = pattern.partition(".")
    return _Form(
        before, f"{spaced}{after}", len(decimals), whole.count("0"), bool(re.search("[, \xa0\u202f]", whole)), percent
    )


def _number(value: float, form: str) -> str:
    found = _form(form)
    if found is None:
        return _plain(value)
    number = value * 100 if found.percent else value
    decimals = found.decimals or 0
    if round(number, decimals) != round(number, 6) and not found.percent:
        text = _plain(number)  # what is typed counts, not what its format hides
    elif found.percent:
        text = _plain(round(number, max(decimals, 2)))
    else:
        fixed = decimals and not found.grouped and not _is_money(found)
        text = f"{number:.{decimals}f}" if fixed else _plain(round(number, decimals))
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, point, rest = digits.partition(".")
    whole = whole.zfill(found.least)
    if _is_money(found):
        whole, rest = f"{int(whole):,}".replace(",", " "), rest.ljust(2, "0") if rest else rest
        return f"{sign}{whole}{point and ','}{rest} {_currency(found)}"
    if found.percent:
        return f"{sign}{whole}{point and ','}{rest} %"
    return f"{sign}{found.before}{whole}{point}{rest}{found.after}".strip()


def _currency(form: _Form) -> str:
    return next((sign for sign in "$€" if sign in f"{form.before}{form.after}"), "")


def _is_money(form: _Form) -> bool:
    return bool(_currency(form)) and not re.search("[a-zA-Z]", f"{form.before}{form.after}".replace("CA", ""))


def _plain(value: float) -> str:
    """A number without what its storage adds to it."""
    return str(value) if isinstance(value, int) else f"{value:.0f}" if value == round(value) else f"{value:.15g}"
