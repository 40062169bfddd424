"""What a system must have for a test to mean anything there. Nothing is skipped but on Windows."""

from __future__ import annotations

import sys

import pytest

_WINDOWS = sys.platform == "win32"
_REASON = "demande POSIX : fork, signaux, terminaux, droits, liens ou sh"

posix = pytest.mark.skipif(_WINDOWS, reason=_REASON)
"""Of a test whose subject, or whose means, Windows has not."""


def needs_posix() -> None:
    """The same, for what many tests start from."""
    if _WINDOWS:
        pytest.skip(_REASON)
