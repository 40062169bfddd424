"""Where a run begins: `pivot`, and `python -m pivot_cli`, which does the same."""

import gc
import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command that the command line asks for."""
    # A command is over before its garbage matters, and looking for some takes half the time of a large plan.
    gc.disable()
    try:  # what takes long enough to be interrupted
        from pivot_cli.cli import app
        from pivot_cli.cli_french import leave, run
    except KeyboardInterrupt:  # `run` answers for the rest
        print("Interrompu.", file=sys.stderr)  # noqa: T201
        sys.exit(130)
    leave(run(app))


if __name__ == "__main__":
    main()
