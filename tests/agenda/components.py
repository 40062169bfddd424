"""The real components that some tests need."""

from __future__ import annotations

import os
import shutil

import pytest


def absent(program: str) -> None:
    """Skip the test where a program is not installed, or fail it under PIVOT_TESTS=complet."""
    if shutil.which(program):
        return
    reason = f"{program} is not here"
    if os.environ.get("PIVOT_TESTS"):
        pytest.fail(f"{reason}, and PIVOT_TESTS=complet asks for every test")
    pytest.skip(reason)
