"""The templates of the page, which no organisation replaces: they hold the marks of its forms."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined

from pivot_cli import __version__ as version
from pivot_cli.documents.rendering.compiled import Compiled
from pivot_cli.documents.rendering.filling import SETTINGS, packaged_templates, sandbox
from pivot_cli.documents.rendering.sandbox import Sandbox
from pivot_cli.text import clean

_OURS = Path(__file__).parent / "gabarits"


@cache
def _environment() -> Sandbox:
    """What fills them: in the sandbox of the documents, with the style and the shapes of these."""
    return sandbox(
        _OURS,
        {},
        trusted=True,
        loader=ChoiceLoader([FileSystemLoader(_OURS), FileSystemLoader(packaged_templates())]),
        undefined=StrictUndefined,
        auto_reload=False,
        bytecode_cache=Compiled(_OURS, f"{version} {SETTINGS}"),
        **SETTINGS,
    )


def fill(name: str, **values: Any) -> str:
    """A page, or its style, from the template of that name."""
    return clean(_environment().get_template(name).render(values))
