"""What a system must have for a test to mean anything there."""

from __future__ import annotations

import sys

import pytest

posix = pytest.mark.skipif(sys.platform == "win32", reason="demande POSIX : fork, signaux, terminaux, droits ou liens")
"""Of a test whose subject, or whose means, Windows has not: nothing is skipped elsewhere."""
