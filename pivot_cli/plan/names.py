"""What the files of a plan are called, and the order in which they stand."""

import re

from pivot_cli.text import fold, nearest

ORGANISME, RESPONSABLES, REUNIONS = FIXED = ("organisme.yaml", "responsables.yaml", "reunions.yaml")
_ORIENTATION = re.compile(r"orientation-([1-9][0-9]{0,3})\.yaml")
_YAML = r"\.ya?ml(?![a-z])"
_NUMBER = r"0*([1-9][0-9]{0,3})(?![0-9])"
_LOOSE = (
    rf"(?<![a-z])orientations?(?:[^0-9a-z]*(?:no|n|numero))?[^0-9a-z]*{_NUMBER}",
    rf"(?<![0-9]){_NUMBER}(?:re|er|e|eme)?[^0-9a-z]*orientation",
    rf"orientations?/{_NUMBER}\.ya?ml",
)
_FIXED = r"(?<![a-z])(organisme|responsable|reunion)s?(?![a-z])"


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


def says_yaml(name: str) -> bool:
    """« x.yaml », « x.YML », « x.yaml.txt », « x.yaml~ », « x.yaml (1) »: whether a name says that the file is YAML."""
    return re.search(_YAML, fold(name)) is not None


def is_misnamed(name: str) -> bool:
    """« orientation-2.yaml.txt », « organisme.yml », « reunions.yaml~ »: a file of a plan, as editors name it."""
    return says_yaml(name) and not is_plan_file(name) and right_name(name) is not None


def may_be_one(name: str) -> bool:
    """Whether a name deserves a closer look: it says YAML, or nearly what a file of the plan is called."""
    words = fold(name)
    return any(part in words for part in (".yaml", ".yml", "orientation", "organisme", "responsable", "reunion"))


def resembled(name: str) -> str | None:
    """The name of a file of a plan that stands, more or less, in a name, whatever its ending or its folder."""
    words = fold(name)
    for pattern in _LOOSE:
        if numbered := re.search(pattern, words):
            return orientation_file(numbered[1])
    if not (named := re.search(_FIXED, words)):
        return None
    return next(fixed for fixed in FIXED if fixed.startswith(named[1]))


def right_name(name: str) -> str | None:
    """The name that a misnamed file (« Oreintation 2.yaml.txt ») was probably meant to have."""
    if found := resembled(name):
        return found
    stem = re.split(_YAML, fold(base_name(name)), maxsplit=1)[0]
    if fixed := nearest(stem, [one.removesuffix(".yaml") for one in FIXED]):
        return f"{fixed}.yaml"
    numbered = re.fullmatch(rf"([a-z]{{6,}})[^0-9a-z]*{_NUMBER}.*", stem)
    return orientation_file(numbered[2]) if numbered and nearest(numbered[1], ["orientation"]) else None
