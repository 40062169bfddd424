"""Ctrl-C, from the first line of the program to the middle of a huge plan."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from support import ROOT, SMALL, clean_environment, write_plan

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows does not send this signal to a process")


SOON_INTERRUPTED = """\
import os, signal, threading
from pivot_cli.__main__ import main
from pivot_cli.plan import loader

soon = threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT))  # the plan takes many times as long

def read_tree(*given, read=loader.read_tree):
    if soon.ident is None:
        soon.start()
    return read(*given)

loader.read_tree = read_tree
main()
"""


@pytest.mark.lent
@pytest.mark.usefixtures("_interruptible")
def test_while_a_huge_plan_is_read(tmp_path: Path) -> None:
    action = (
        "          - {{numero: {n}, description: Faire une chose de plus, responsables: [DG], echeance: Mars 2019}}\n"
    )
    for number in range(1, 60):
        head = SMALL["orientation-1.yaml"].replace("numero: 1\nenjeu", f"numero: {number}\nenjeu")
        text = head + "".join(action.format(n=n) for n in range(3, 2000))
        write_plan(tmp_path, SMALL | {f"orientation-{number}.yaml": text})
    for words in ("overdue", "validate"):
        command = [sys.executable, "-c", SOON_INTERRUPTED, words]
        environment = clean_environment() | {"PYTHONPATH": str(ROOT)}
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, timeout=60, check=False)
        assert (done.returncode, done.stdout, done.stderr.decode().strip()) == (130, b"", "Interrompu.")


def test_before_anything_is_loaded() -> None:
    code = """\
import sys

class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == "typer":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupting())
from pivot_cli.__main__ import main
main()
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=clean_environment(), capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr.decode().strip()) == (130, b"", "Interrompu.")
