"""The tests start from the same place on every machine, whoever runs them and however."""

from __future__ import annotations

import gc
import os
import shutil
import signal
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from agenda.components import absent
from hypothesis import settings
from pace import complete
from support import CHANGING, NO_SETTINGS_OF_GIT, OF_THE_TESTS, SHARED, TESTED_ON


def pytest_configure(config: pytest.Config) -> None:
    """Before any module of tests is read: some make their tables with what the program shows."""
    for name in [name for name in os.environ if name.startswith(CHANGING) and name not in OF_THE_TESTS]:
        del os.environ[name]
    os.environ.update(NO_SETTINGS_OF_GIT)
    if hasattr(config, "workerinput"):  # one of the processes among which the tests are shared out
        os.environ[SHARED] = str(Path(config.option.basetemp).parent)
    os.umask(0o022)
    _in_memory()
    # The same examples every time, and no time to hold: the machine may have others at work.
    settings.register_profile("pivot", derandomize=True, deadline=None)
    settings.load_profile("pivot")
    gc.disable()  # until all is collected


def _in_memory() -> None:
    """What the tests write goes where writing, and deleting it afterwards, waits for no disk: ten thousand files."""
    memory = Path("/dev/shm")
    if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))


_ROOM = 2 << 30  # bytes: what the folders of three runs take, many times


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """None for what names its tests one by one (`file::test`): to share them out takes longer than they do."""
    return 0 if config.args and all("::" in named for named in config.args) else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is `complet` is for PIVOT_TESTS=complet alone."""
    if not complete():
        left_out = [item for item in items if item.get_closest_marker("complet")]
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Of a test that passed, the processes send how it went, and nothing of its beginning and its end.

    To send, read and count all six takes as long as a third of the tests do.
    """
    if not hasattr(item.config, "workerinput"):
        return None
    for report in runtestprotocol(item, log=False, nextitem=nextitem):
        if report.when == "call" or not report.passed or report.duration > _LONG:
            item.ihook.pytest_runtest_logreport(report=report)
    return True


_LONG = 0.05  # seconds: what `--durations` may name


def pytest_collection_finish() -> None:
    """What was collected stays as long as the process does: the collector need not go through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)  # as often as programs that make few objects are, it takes one second in twenty
    gc.enable()


@pytest.fixture(autouse=True, scope="session")
def _the_day() -> Iterator[None]:
    """The day is the same whenever the tests run: what is recorded without `--au` does not change at midnight."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pivot_cli.cli.edge.today", lambda: TESTED_ON)
        yield


# Nothing is fetched, nothing is checked in: only the page is looked at.
_ALONE = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The browser of all the tests of a process: it takes a second to start."""
    absent("chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playing:
        opened = playing.chromium.launch(executable_path=shutil.which("chromium"), args=list(_ALONE))
        yield opened
        opened.close()


@pytest.fixture
def _day_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day that a run in a process of its own has, for what compares it with one in the process of the tests."""
    monkeypatch.setattr("pivot_cli.cli.edge.today", date.today)


@pytest.fixture
def _interruptible() -> Iterator[None]:
    """A process started here can be interrupted: one started from a background job ignores it, and its children too."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
