"""The bytes of a plan's files → the plan, and every fault found on the way. Touches no disk."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pivot_cli import schema
from pivot_cli.echeance import Conventions
from pivot_cli.model import Organisme, Orientation, Plan, Registre, Responsable, Reunions
from pivot_cli.yaml_tree import read_tree

if TYPE_CHECKING:
    from pivot_cli.finding import Finding
    from pivot_cli.sources import PlanFiles

ORGANISME, RESPONSABLES, REUNIONS = "organisme.yaml", "responsables.yaml", "reunions.yaml"
ORIENTATION = re.compile(r"orientation-([0-9]{1,4})\.yaml")


class _Loading:
    """A plan being read: what every file needs, and the faults of all."""

    def __init__(self, files: PlanFiles) -> None:
        self.files = files
        self.findings: list[Finding] = list(files.findings)
        self.unread = [finding.location.file for finding in files.findings if finding.code in _WHOLE_FILE]
        self.conventions = Conventions()

    def read(self, name: str, record: schema.Record) -> Any:
        """What a file says, or None: it was not there, or could not be read as a whole."""
        data = self.files.files.get(name)
        if data is None:
            return None
        shown = self.files.shown(name)
        source, root, findings = read_tree(data, shown)
        self.findings += findings
        if root is None:
            self.unread.append(shown)
            return None
        reader = schema.Reader(source, self.conventions)
        value = schema.read_record(record, root, reader)
        self.findings += reader.findings
        if value is None:
            self.unread.append(shown)
        return value


# A file that could not be opened, or that should be there and is not, leaves the plan incomplete.
_WHOLE_FILE = ("PIV001", "PIV002", "PIV007")


def load(files: PlanFiles) -> tuple[Plan, list[Finding]]:
    """The plan that the files hold, as far as they can be read, and the faults in the order of the files.

    The organisation is read first, for its conventions; where it cannot be, the defaults stand in for them.
    """
    loading = _Loading(files)
    organisme: Organisme = loading.read(ORGANISME, schema.ORGANISME) or Organisme()
    loading.conventions = organisme.conventions
    responsables: tuple[Responsable, ...] = loading.read(RESPONSABLES, schema.RESPONSABLES) or ()
    orientations = [_orientation(loading, name) for name in _orientation_names(files)]
    reunions: Reunions = loading.read(REUNIONS, schema.REUNIONS) or Reunions()
    plan = Plan(
        organisme,
        Registre(responsables),
        tuple(orientation for orientation in orientations if orientation is not None),
        reunions,
        tuple(dict.fromkeys(loading.unread)),
    )
    return plan, loading.findings


def _orientation(loading: _Loading, name: str) -> Orientation | None:
    orientation: Orientation | None = loading.read(name, schema.ORIENTATION)
    return orientation


def _orientation_names(files: PlanFiles) -> list[str]:
    found = ((ORIENTATION.fullmatch(name), name) for name in files.files)
    return [name for _, name in sorted((int(match[1]), name) for match, name in found if match)]
