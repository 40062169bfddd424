"""Where templates run: Jinja's sandbox, in which the program's own fields are read without a second look."""

from __future__ import annotations

from typing import Any

from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment


class UnboundedError(SecurityError):
    """A template asks for more computing or more text than any document needs."""


class Sandbox(SandboxedEnvironment):
    """Jinja's sandbox, which does not look twice at the fields of a named tuple: they are what templates are given."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The attribute, or the item, that a template names."""
        if attribute in getattr(type(obj), "_fields", ()):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)
