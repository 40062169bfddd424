"""One value as YAML: plain where that is read back as the same text, else between quotation marks."""

import re

from pivot_cli.finding import LINE_BREAK
from pivot_cli.text import clean
from pivot_cli.yaml_tree.lines import without_comment

# What a plain text may neither begin with nor hold (YAML 1.2, 7.3.3), and what other readers make something else of.
_INDICATOR = re.compile(r"""[-?:,\[\]{}#&*!|>'"%@`=<~]""")
_BREAKING = re.compile(r":(?:\s|$)|\s#")
_ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})
_TYPED = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})


def scalar(text: str, *, flow: bool = False, like: str | None = None) -> str:
    """A text on one line as YAML; quoted as what it replaces (`like`) is, or if its comma would end it (`flow`)."""
    if like not in ('"', "'"):
        breaking = not text or _INDICATOR.match(text) or _BREAKING.search(text) or text.casefold() in _TYPED
        if not breaking and not (flow and re.search(r"[,\[\]{}]", text)):
            return text
        # An apostrophe between apostrophes is doubled, which nobody reads well in French.
        like = '"' if "'" in text and not re.search(r'["\\]', text) else "'"
    return f'"{text.translate(_ESCAPED)}"' if like == '"' else "'" + text.replace("'", "''") + "'"


def block_body(old: str, text: str, newline: str) -> str | None:
    """A block text (`|`, `>`) with other words, under its first line and as far in; None where it had no words."""
    header, *body = LINE_BREAK.split(old)
    if not (first := next((line for line in body if line.strip(" \t")), "")):
        return None
    return f"{header}{newline}{first[: len(first) - len(first.lstrip(' '))]}{text}"


def quotation(value: str) -> str:
    """What to do with a value that needs quotation marks: the value so written, where that is simple."""
    value = without_comment(value)
    mark = '"' if '"' not in value and "\\" not in value else "'"
    if not value or len(value) > 60 or mark in value or clean(value) != value:
        return 'Mettez tout le texte entre guillemets droits, comme "ceci".'
    return f"Mettez tout le texte entre guillemets droits : {scalar(value, like=mark)}"
