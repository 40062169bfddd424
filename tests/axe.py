"""What axe-core finds on a page that a browser shows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


def violations(page: Any, rules: Sequence[str] = WCAG) -> list[str]:
    """The rule and the first elements of each violation; of what holds, ten times as long, nothing is brought back."""
    page.evaluate(_axe())
    options = f"{{runOnly: {{type: 'tag', values: {list(rules)}}}, resultTypes: ['violations']}}"
    found = page.evaluate(f"axe.run(document, {options}).then(told => told.violations)")
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"][:3]]


@cache
def _axe() -> str:
    spec = find_spec("axe_playwright_python")
    assert spec
    assert spec.origin
    return (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")
