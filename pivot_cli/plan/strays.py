"""What lies in or near a plan's folder, and looks like a part of the plan without being read as one."""

import os
import re
import stat
from codecs import BOM_UTF8
from pathlib import Path

from pivot_cli.escaping import shell_word
from pivot_cli.plan import names
from pivot_cli.plan.names import FIXED, ORGANISME, base_name
from pivot_cli.plan.worktree import absent_submodule, is_sparse
from pivot_cli.text import clean, fold, listed, quoted

# How the fields of each file of a plan begin its lines: what tells it whatever its name is.
_FIELDS = {
    "organisme.yaml": rb"(?m)^nom[ \t]*:",
    "responsables.yaml": rb"(?m)^responsables[ \t]*:",
    "reunions.yaml": rb"(?m)^(?:ca|aga)[ \t]*:",
}
_OF_AN_ORIENTATION = rb"(?m)^(?:volets|objectifs|actions)[ \t]*:"
_LOOKED_AT = 65_536  # bytes of a file
_DEEPEST = 3  # folders inside a plan's
_SHOWN = 5  # plans that a sentence names
_MOST = 200  # names that are looked at, of a folder that is not the plan's
_CAREFUL = sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY", "O_NOFOLLOW", "O_BINARY"))

_ICLOUD = ".icloud"  # macOS puts « .x.yaml.icloud » in place of a file that it keeps elsewhere
_NOT_TEXT = (".doc", ".docx", ".odt", ".rtf", ".pages", ".pdf", ".htm", ".html", ".xls", ".xlsx", ".ods", ".numbers")
_LINKED = (".lnk", ".url", ".webloc", ".gdoc", ".gsheet", ".desktop")
_LEFT_BY_EDITORS = ("#", "~$")  # « #x.yaml# », « ~$x.docx »: while a file is open


def folder_names(folder: Path, most: int | None = None) -> list[str]:
    """The names in a folder, in order; none where it cannot be looked at."""
    try:
        return sorted(os.listdir(folder))[:most]  # noqa: PTH208 - names are all that is needed
    except OSError:
        return []


def in_the_folder(folder: Path, listing: list[str]) -> list[str]:
    """The names that look like those of a plan's files, or of YAML, and are not; those in its folders with theirs."""
    found: list[str] = []
    for name in listing:
        if name.startswith("."):
            # Editors and systems leave hidden files about (`.#plan.yaml`, `._plan.yaml`): they are not the plan's.
            if name.endswith(_ICLOUD) and names.is_plan_file(name[1 : -len(_ICLOUD)]):
                found.append(name)
        elif name.startswith(_LEFT_BY_EDITORS):
            continue
        elif names.says_yaml(name) or _is_one(folder / name, names.resembled(name)):
            found.append(name)
        else:
            found += _inside(folder, name)
    return found


def _inside(folder: Path, name: str) -> list[str]:
    """The files of a plan in a folder of its folder, and in those of that one, but in what is a plan by itself."""
    found: list[str] = []
    folders, looked_at = [name], 0
    while folders and looked_at < _MOST:
        here = folders.pop(0)
        if (folder / here).is_symlink() or not (folder / here).is_dir():
            continue
        inside = [one for one in folder_names(folder / here, _MOST) if not one.startswith(".")]
        looked_at += len(inside)
        if any(map(_is_organisme, inside)):
            continue
        for one in inside:
            path = f"{here}/{one}"
            if not names.says_yaml(one):
                folders += [path] if path.count("/") < _DEEPEST else []
            elif names.resembled(one) or names.resembled(f"{base_name(here)}/{one}"):
                found.append(path)
    return found


def _is_one(path: Path, meant: str | None) -> bool:
    """Whether a file that is not named as YAML holds what the file of the plan that its name resembles does."""
    if meant is None or fold(path.name).endswith(_NOT_TEXT):
        return False
    try:
        with open(os.open(path, os.O_RDONLY | _CAREFUL), "rb") as opened:  # noqa: PTH123 - of a descriptor
            regular = stat.S_ISREG(os.fstat(opened.fileno()).st_mode)
            data = opened.read(_LOOKED_AT) if regular else b""
    except OSError:
        return False
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", "replace").encode("utf-8", "replace")
    data = data.removeprefix(BOM_UTF8).replace(b"\r", b"\n")
    return re.search(_FIELDS.get(meant, _OF_AN_ORIENTATION), data) is not None


def what_to_do(name: str, known: list[str], *, same: bool) -> str:
    """What to do with such a file, beside the `known` ones; `same` says that it holds what the right one does."""
    right, ending = names.right_name(name), fold(name)
    shown = quoted(right or "")
    kept = "reportez-y ce que celle-ci a de plus, puis rangez-la ailleurs ou effacez-la"
    accepted = listed([*FIXED, "orientation-1.yaml", "orientation-2.yaml…"])
    cases = (
        (ending.endswith(_ICLOUD), "Il est dans iCloud, et pas encore sur cet ordinateur : ouvrez-le une fois."),
        (right is None, f"Un plan se compose de {accepted}; si ce fichier n'en est pas, rangez-le ailleurs."),
        (ending.endswith(".rej"), f"Git n'a pas pu faire ces changements dans {shown} : faites-les, puis effacez-le."),
        (right in known and same, f"C'est une copie de {shown}, qui dit la même chose : effacez-la."),
        (right in known, f"Si c'est une copie de {shown}, {kept}."),
        (ending.endswith(_LINKED), f"Mettez à sa place le fichier lui-même, sous le nom {shown}, et non un raccourci."),
        (ending.endswith(_NOT_TEXT), f"Enregistrez-le en texte seulement (UTF-8), sous le nom {shown}."),
        ("/" in name, f"Déplacez-le dans le dossier du plan, sous le nom {shown}."),
    )
    return next((told for holds, told in cases if holds), f"Renommez-le {shown}.")


def to_put_right(alike: list[str]) -> str:
    """What to do with the files that may be those that a plan must have and has not."""
    if not (odd := next((name for name in alike if not what_to_do(name, [], same=False).startswith("Renommez")), None)):
        meant: dict[str, list[str]] = {}
        for name in alike:
            meant.setdefault(names.right_name(name) or "", []).append(quoted(clean(name)))
        renamed = [f"{listed(some[:3], 'ou')} en {quoted(right)}" for right, some in [*meant.items()][:5]]
        return f"Renommez {listed(renamed)}."
    if all("/" in name for name in alike):
        return f"Déplacez {listed([quoted(clean(name)) for name in alike[:5]])} dans le dossier du plan."
    return f"C'est peut-être {quoted(clean(odd))}. {what_to_do(odd, [], same=False)}"


def left_out(folder: Path) -> str:
    """What is to be said of a copy of a repository that has not all of its files; empty for any other."""
    if (path := absent_submodule(folder)) is not None:
        return f"{quoted(clean(path))} est un sous-module que git n'a pas encore pris : git submodule update --init"
    if is_sparse(folder):
        alone = "Cette copie du dépôt n'en a qu'une partie (git sparse-checkout)"
        return f"{alone}. Pour l'avoir toute : git sparse-checkout disable"
    return ""


def nearly_found(cwd: Path) -> str:
    """What to do about a plan that seems to be here to be found: « Plan », « plan/Organisme.yaml », « un/plan »."""
    for folder in (cwd, *cwd.parents):
        listing = folder_names(folder)
        for inner in (entry for entry in listing if fold(entry) in ("plan", "plans")):
            if told := _nearly_one(folder / inner, inner):
                return told
        if organisme := next(filter(_is_organisme, listing), None):
            return f"Renommez {quoted(clean(organisme))} en {quoted(ORGANISME)}."
        if folder == cwd and any(map(names.number_in, listing)):
            return _without_organisme(folder, "ce dossier")
    below = plans_below(cwd)
    if len(below) > 1:
        shown = listed([*(quoted(clean(one)) for one in below[:_SHOWN]), *(["d'autres"] if below[_SHOWN:] else [])])
        return f"Il y a un plan dans {shown} : nommez-en un, par exemple --plan {shell_word(below[0])}"
    for one in below:
        return f"Le plan semble être dans {quoted(clean(one))} : --plan {shell_word(one)}"
    return left_out(cwd)


def _nearly_one(folder: Path, shown: str) -> str:
    files = folder_names(folder)
    if ORGANISME in files:
        return f"Renommez {quoted(clean(shown))} en « plan », ou nommez-le : --plan {shell_word(shown)}"
    alike = (name for name in files if names.resembled(name) == ORGANISME and _is_one(folder / name, ORGANISME))
    if f".{ORGANISME}{_ICLOUD}" in files:
        return to_put_right([f".{ORGANISME}{_ICLOUD}"])
    if organisme := next(filter(_is_organisme, files), None) or next(alike, None):
        wrong, right = (quoted(f"{clean(shown)}/{clean(name)}") for name in (organisme, ORGANISME))
        return f"Renommez {wrong} en {right}."
    if any(names.is_plan_file(name) or names.is_misnamed(name) for name in files):
        return _without_organisme(folder, f"le dossier {quoted(clean(shown))}")
    return "" if files else left_out(folder)


def _without_organisme(folder: Path, shown: str) -> str:
    put_back = left_out(folder) or "Remettez-le s'il a été déplacé, ou créez-le : pivot validate --expliquer PIV001"
    return f"{shown[:1].upper()}{shown[1:]} a des fichiers d'un plan, mais pas {ORGANISME}. {put_back}"


def _is_organisme(name: str) -> bool:
    return name == ORGANISME or (
        not name.startswith(".") and names.says_yaml(name) and names.right_name(name) == ORGANISME
    )


def plans_below(folder: Path) -> list[str]:
    """The plans in the folders of a folder, and in theirs; no link is followed, and what may not be looked at is
    passed over.
    """

    def folders(place: Path) -> list[str]:
        inside = (one for one in folder_names(place, _MOST) if not one.startswith("."))
        return [one for one in inside if os.path.isdir(place / one) and not (place / one).is_symlink()]  # noqa: PTH112

    found: list[str] = []
    for one in folders(folder):
        below = (one, *(f"{one}/{two}" for two in folders(folder / one)))
        found += [place for place in below if os.path.isfile(folder / place / ORGANISME)]  # noqa: PTH113
    return found


def near_name(folder: Path) -> str:
    """« Vouliez-vous dire « plan »? », where a folder that is not there nearly has the name of one that is."""
    from pivot_cli.text import did_you_mean

    beside = [one for one in folder_names(folder.parent, _MOST) if (folder.parent / one).is_dir()]
    return did_you_mean(folder.name.strip("\"'« »"), beside)
