"""Real shells at a real terminal: what a line holds after Tab is pressed."""

from __future__ import annotations

import os
import re
import select
import shutil
import time
import warnings
from pathlib import Path

import pytest


def needs(shell: str) -> None:
    """Skip the test where the shell is missing; fail where every test is asked for."""
    if shutil.which(shell) is None or os.name == "nt":
        if os.environ.get("PIVOT_TESTS"):
            pytest.fail(f"{shell} is not here, and PIVOT_TESTS=complet asks for every test")
        pytest.skip(f"{shell} is not here")


def on_screen(written: bytes) -> str:
    """What a terminal shows of what was written to it: shells go back over a word to write it otherwise."""
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", written.decode(errors="replace"))
    lines, line, column = [], list[str](), 0
    for character in plain:
        if character == "\n":
            lines.append("".join(line))
            line, column = [], 0
        elif character in "\r\b":
            column = 0 if character == "\r" else max(0, column - 1)
        elif character >= " ":
            line[column : column + 1] = [character]
            column += 1
    return "\n".join([*lines, "".join(line)])


def after_tab(argv: list[str], setup: str, typed: str, expected: str, place: Path, environment: dict[str, str]) -> str:
    """What a shell at a terminal shows after a word is typed and Tab pressed."""
    import pty

    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):  # of a fork, for those that go on in it
        child, terminal = pty.fork()
    if child == 0:
        os.chdir(place)
        os.execvpe(argv[0], argv, environment)

    def read(until: str) -> str:
        shown, end = b"", time.monotonic() + 20
        while time.monotonic() < end and until not in on_screen(shown):
            if select.select([terminal], [], [], 0.1)[0]:
                try:
                    shown += os.read(terminal, 65536)
                except OSError:
                    break
        return on_screen(shown)

    try:
        os.write(terminal, f"{setup}; echo RE''ADY\n".encode())
        assert "READY" in read("READY\n")
        os.write(terminal, f"{typed}\t".encode())
        return read(expected)
    finally:
        os.write(terminal, b"\x03\x04exit\n")
        os.close(terminal)
        os.waitpid(child, 0)
