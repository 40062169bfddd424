"""What the files of a plan are called, and the order in which they stand."""

import re

from pivot_cli.text import fold, nearest

ORGANISME, RESPONSABLES, REUNIONS = FIXED = ("organisme.yaml", "responsables.yaml", "reunions.yaml")
_ORIENTATION = re.compile(r"orientation-([1-9][0-9]{0,3})\.yaml")
_YAML = re.compile(r"\.ya?ml(?:[ .~]|$)")
_LOOSE_ORIENTATION = re.compile(r"orientations?[^0-9a-z]*0*([1-9][0-9]{0,3})")


def base_name(file: str) -> str:
    """« orientation-1.yaml » of « plan/orientation-1.yaml »."""
    return file.rpartition("/")[2]


def number_in(name: str) -> int | None:
    """The number in the bare name of an orientation's file; None for any other name."""
    named = _ORIENTATION.fullmatch(name)
    return int(named[1]) if named else None


def orientation_file(number: str | int) -> str:
    """The bare name of the file of an orientation."""
    return f"orientation-{number}.yaml"


def is_plan_file(name: str) -> bool:
    """Whether a bare name is that of a file that makes a plan."""
    return name in FIXED or number_in(name) is not None


def rank(name: str) -> tuple[int, int]:
    """Where a file of a plan stands: organisme, responsables, the orientations by number, reunions."""
    return {ORGANISME: 0, RESPONSABLES: 1, REUNIONS: 3}.get(name, 2), number_in(name) or 0


def is_misnamed(name: str) -> bool:
    """« orientation-2.yaml.txt », « organisme.yml », « reunions.yaml~ »: a file of a plan, as editors name it."""
    return bool(_YAML.search(name.lower())) and not is_plan_file(name) and right_name(name) is not None


def right_name(name: str) -> str | None:
    """The name that a misnamed file (« Orientation 2.yaml.txt ») was probably meant to have."""
    stem = fold(base_name(name)).rsplit(".", 1)[0]
    if numbered := _LOOSE_ORIENTATION.match(stem):
        return orientation_file(numbered[1])
    stems = [fixed.removesuffix(".yaml") for fixed in FIXED]
    meant = next((fixed for fixed in stems if stem.startswith(fixed)), None) or nearest(stem, stems)
    return meant and f"{meant}.yaml"
