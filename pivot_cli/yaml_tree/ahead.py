"""How deep the brackets go in what the YAML library had read ahead when it stopped.

To tell a key from a value, both libraries look for its colon on its line, up to 1,024 characters further, before
they give the events of what stands there. What stops them meanwhile would hide how deep that is: libyaml 0.2.6
stops at 1,000 levels by itself, others at the 1,024th character, at a sign, or not at all.
"""

from __future__ import annotations

import re

from pivot_cli.finding import line_end

_AHEAD = 1024
_BEFORE_VALUE = re.compile(r"(?:[\s,]|[-?:]++(?=\s)|#[^\r\n]*+|[&!*]\S*+(?=\s))*+")
_QUOTED = r"\"(?:\\.|[^\"\\])*+\"?:?|'[^']*+'?:?"
_PLAIN = r"(?![-?:]\s)[^\s\[\]{},\"'#](?:[^\[\]{},:#]|:(?!\s)|(?<!\s)#)*+"
_TOKEN = re.compile(rf"(?P<opening>[\[{{])|(?P<closing>[\]}}])|{_QUOTED}|(?<=\s)#.*|(?P<plain>{_PLAIN})")


def too_deep_ahead(text: str, place: int, blocks: int, depth: int, limit: int) -> int | None:
    """Where the brackets that follow `place` go past `limit` levels, if they do so on their line.

    `depth` levels are open there, of which `blocks` by their indentation: the others by a bracket or a brace.
    """
    before = _BEFORE_VALUE.match(text, place)
    start = before.end() if before else place
    for token in _TOKEN.finditer(text, start, min(line_end(text, start), start + _AHEAD)):
        depth += (token["opening"] is not None) - (token["closing"] is not None)
        if depth > limit:
            return token.start()
        if depth < blocks or (depth == blocks and token["plain"]):
            return None
    return None
