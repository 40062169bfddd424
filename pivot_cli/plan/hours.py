"""Hours and lengths of meetings, as people write them and as documents show them: whole minutes, no clock."""

import re

from pivot_cli.text import NBSP

_DAY = 24 * 60
_HOUR = re.compile(r"(?:à )?([01]?[0-9]|2[0-4])\s*(?:h|:|heures?)(?:\s*([0-5]?[0-9])(?:\s*(?:m|min|minutes?)\.?)?)?")
_LENGTH = re.compile(r"(?:([0-9]{1,2})\s*(?:h|heures?)\.?)?\s*(?:([0-9]{1,3})\s*(?:m|min|minutes?)?\.?)?")
_WORDS = {"midi": "12 h", "minuit": "0 h"}


def parse_hour(text: str) -> int | None:
    """« 19 h », « 19h30 », « 19:30 », « 19 h 5 », « midi » in minutes after midnight, None for anything else."""
    minutes = _minutes(_HOUR, _WORDS.get(text.strip().lower(), text))
    return minutes if 0 <= minutes < _DAY else None


def parse_length(text: str) -> int | None:
    """« 2 h », « 1 h 30 », « 90 min », « 10 » (minutes) in minutes, 1 at least; None for anything else."""
    minutes = _minutes(_LENGTH, text)
    return minutes if 0 < minutes <= _DAY else None


def _minutes(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.fullmatch(" ".join(text.lower().split()))
    return 60 * int(found[1] or 0) + int(found[2] or 0) if found else -1


def hour_in_words(minutes: int) -> str:
    """« 19 h », « 19 h 5 », per the Office québécois de la langue française; past midnight, the day after's hour."""
    hours, rest = divmod(minutes % _DAY, 60)
    return f"{hours}{NBSP}h{NBSP}{rest}" if rest else f"{hours}{NBSP}h"


def length_in_words(minutes: int) -> str:
    """« 5 min », « 2 h », « 1 h 35 min »."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours}{NBSP}h"] if hours else []
    parts += [f"{rest}{NBSP}min"] if rest or not hours else []
    return NBSP.join(parts)
