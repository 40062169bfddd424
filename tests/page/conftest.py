"""What several tests of the page start from."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import clean_environment


@pytest.fixture
def git_of_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Git knows neither who records nor a setting of this computer."""
    for name, value in (clean_environment() | {"HOME": str(tmp_path / "maison")}).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
