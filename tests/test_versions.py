"""The versions that `.ci/run` tries: what is pinned is within the bounds, and the lowest are at their foot."""

from __future__ import annotations

import re
import tomllib

import pytest
from pace import table
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from support import ROOT

_PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
_EXTRAS = _PROJECT["project"]["optional-dependencies"]
REQUIRED = [
    Requirement(words)
    for words in (
        *_PROJECT["build-system"]["requires"],
        *_PROJECT["project"]["dependencies"],
        *(words for name in ("documents", "page") for words in _EXTRAS[name]),
    )
]
TESTED = [one for one in map(Requirement, _EXTRAS["test"]) if one.name != _PROJECT["project"]["name"]]


def pinned(name: str) -> dict[str, Version]:
    """The packages of a file of `.ci/`, each at one version."""
    text = (ROOT / ".ci" / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []
    pairs = [line.split("==") for line in lines]
    assert len({canonicalize_name(package) for package, _ in pairs}) == len(lines)
    return {canonicalize_name(package): Version(version) for package, version in pairs}


@table("one", [*REQUIRED, *TESTED], ids=lambda one: one.name)
def test_what_is_pinned_is_within_the_bounds(one: Requirement) -> None:
    assert pinned("constraints.txt")[canonicalize_name(one.name)] in one.specifier


@pytest.mark.parametrize("one", REQUIRED, ids=lambda one: one.name)
def test_the_lowest_versions_are_those_of_the_bounds(one: Requirement) -> None:
    (foot,) = [Version(bound.version) for bound in one.specifier if bound.operator == ">="]
    assert pinned("lowest.txt")[canonicalize_name(one.name)] == foot


def test_the_lowest_versions_hide_nothing_that_is_pinned() -> None:
    bounded = {canonicalize_name(one.name) for one in REQUIRED}
    assert {*pinned("lowest.txt")} & {*pinned("constraints.txt")} <= bounded
