"""PyYAML, imported in a third of the time that it takes by itself.

Its readers written in Python compile their patterns as they are imported; libyaml, which reads the plans, uses
none of them, and the one for forbidden characters alone takes longer than reading a plan. They are compiled at
their first use instead.
"""

import re
from typing import Any

_compile = re.compile


class _Later:
    """A pattern that is compiled when something is first asked of it."""

    def __init__(self, *given: Any) -> None:
        self._given = given

    def __getattr__(self, name: str) -> Any:
        self.__dict__[name] = asked = getattr(_compile(*self._given), name)
        return asked


re.compile = _Later  # type: ignore[assignment]
try:
    import yaml
finally:
    re.compile = _compile

__all__ = ["yaml"]
