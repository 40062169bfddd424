"""Markdown: texts shown as they are by whatever reads CommonMark, in a paragraph, a heading or a cell."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup

from pivot_cli.escaping import escape_markdown, markdown_link
from pivot_cli.text import one_line

_FENCED_OR_BLANKS = re.compile(r"(^```.*?^```$)|\n{3,}", re.DOTALL | re.MULTILINE)
_BLANKS = re.compile(r"\n{3,}")
_NOT_IN_SLUG = re.compile(r"[^\w\- ]")
# Mermaid's own entities: a number sign, a decimal code, a semicolon.
_ENTITIES = {character: f"#{ord(character)};" for character in ':;#%<>{}"&\\,'}


def finalize(value: Any) -> Any:
    """What a Markdown template prints: a text is escaped, markup of the templates passes."""
    return value if hasattr(value, "__html__") else Markup(escape_markdown(str(value)))  # noqa: S704 - escaped


def slug(title: str) -> Markup:
    """The anchor that forges give to a heading."""
    return Markup(_NOT_IN_SLUG.sub("", one_line(title).lower()).replace(" ", "-"))  # noqa: S704 - letters only


def tidy(document: str) -> str:
    """A whole document with one blank line between its blocks; what stands in a fence is left as it is."""
    # After the last closing fence there is no fence: thousands of open ones would each look for it to the end.
    end = document.rfind("\n```\n") + 4 if "\n```\n" in document else len(document) * document.endswith("\n```")
    fenced = _FENCED_OR_BLANKS.sub(lambda found: found[1] or "\n\n", document[:end])
    return (fenced + _BLANKS.sub("\n\n", document[end:])).lstrip("\n")


def mermaid(text: str) -> Markup:
    """A text inside a Mermaid diagram, where : ; # and a few others mean something."""
    plain = one_line(text).replace("`", "'")
    return Markup("".join(_ENTITIES.get(character, character) for character in plain))  # noqa: S704 - encoded


def link(text: str, address: str) -> Markup:
    """A live link where `address` is one that may be; else the text alone."""
    return Markup(markdown_link(text, address))  # noqa: S704 - escaped
