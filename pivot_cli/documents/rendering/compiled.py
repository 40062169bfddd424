"""The templates of the program, kept once compiled: compiling them takes twice the time of everything else.

They are kept as Python keeps its own modules: in a `__pycache__` beside them, where it may be written, and not when
Python was asked to write none. An organisation's own templates are never kept: the sandbox watches over a template that
it compiles, not over compiled code that is found beside it, and their folder is not ours to write to.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

from jinja2 import Environment
from jinja2.bccache import Bucket, BytecodeCache

from pivot_cli.record.writing import write_whole


class Compiled(BytecodeCache):
    """What was compiled of the templates of one folder and those inside it, under settings that `settings` names."""

    def __init__(self, folder: Path, settings: str) -> None:
        self._trusted = folder
        self._folder = folder / "__pycache__"
        self._settings = settings

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:  # noqa: ARG002 - as the library calls it
        """What is kept of a template; nothing of one from elsewhere."""
        if filename is None or not Path(filename).is_relative_to(self._trusted):
            return Bucket(environment, "", "")
        key = ".".join(Path(filename).relative_to(self._trusted).parts)
        bucket = Bucket(environment, key, self.get_source_checksum(self._settings + source))
        self.load_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read what was kept; what is stale, cut short or from another Python is left aside."""
        with suppress(OSError, ValueError, EOFError, TypeError), self._path(bucket).open("rb") as file:
            bucket.load_bytecode(file)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template, where that can be done."""
        if not bucket.key or sys.dont_write_bytecode:
            return
        with suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            write_whole(self._path(bucket), bucket.bytecode_to_string())

    def _path(self, bucket: Bucket) -> Path:
        return self._folder / f"{bucket.key}.{sys.implementation.cache_tag}.jinja"
