"""Damaged plans through every command, by hand: `PYTHONPATH=tests python -m fuzz --de 0 --a 5000`, or `--cas 1234`."""

from __future__ import annotations

import argparse
import sys

from fuzz.damages import damaged
from fuzz.runs import tried


def main() -> int:
    """Show what is wrong, a case a line or more; with `--cas`, the damaged files too."""
    reader = argparse.ArgumentParser()
    reader.add_argument("--cas", type=int)
    reader.add_argument("--de", type=int, default=0)
    reader.add_argument("--a", type=int, default=200)
    asked = reader.parse_args()
    cases = range(asked.de, asked.a) if asked.cas is None else [asked.cas]
    if asked.cas is not None:
        for name, data in damaged(asked.cas)[0].items():
            print(f"--- {name}\n{data.decode('utf-8', 'backslashreplace')}")
    number = 0
    for case in cases:
        if case % 100 == 0:
            print(f"cas {case}", file=sys.stderr, flush=True)
        for fault in tried(case):
            number += 1
            print(fault, flush=True)
    print(f"{len(cases)} cas, {number} fautes", file=sys.stderr)
    return int(number > 0)


if __name__ == "__main__":
    sys.exit(main())
