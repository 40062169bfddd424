"""A page as a golden file keeps it: what it says and how it is built, without its style sheet."""

from __future__ import annotations

import hashlib
import re
from collections import Counter

_STYLE = re.compile(r"(?s)(<style>).*?(</style>)")


def without_style(page: str) -> str:
    """The page without its style sheet, which all the documents share and a browser tests."""
    return _STYLE.sub(r"\1…\2", page)


def outline(page: str) -> str:
    """A long page, which says the same in a hundred rows: of the lines of one shape in a section, the first two.

    Of each of the others, its first words and a digest: what changes in it is seen to change, and where.
    """
    lines = []
    seen: Counter[str] = Counter()
    for line in without_style(page).split("\n"):
        if line.startswith("<section"):
            seen.clear()
        shape = re.sub(r'="[^"]*"|(?<=>)[^<]+|^[^<]+', "", line)
        seen[shape] += 1
        text = " ".join(re.sub(r"<[^>]*>", " ", line).split())
        if seen[shape] > 2 and len(line) > 60:
            lines.append(f"… {text[:24]} {hashlib.sha256(line.encode()).hexdigest()[:8]}")
        else:
            lines.append(line)
    return "\n".join(lines)
