"""What a test needs that may be missing: it is skipped with a reason, or fails where everything must be there."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def missing(what: str) -> NoReturn:
    """Skip the test, or fail it under PIVOT_TESTS=complet."""
    if os.environ.get("PIVOT_TESTS"):
        pytest.fail(f"il manque {what}")
    pytest.skip(f"sans {what}")
