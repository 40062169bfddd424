"""The bytes of a plan's files: where the plan is, which files make it, and what cannot be opened."""

import errno
import os
import stat
from pathlib import Path

from pivot_cli.finding import Finding, Gravite, Location, PivotError
from pivot_cli.plan import names
from pivot_cli.plan.names import FIXED, ORGANISME, RESPONSABLES
from pivot_cli.system import REMEDY, leads_to, leaving, system_message
from pivot_cli.text import clean, counted, fold, listed, quoted

_HOW_TO_START = "Un plan pour commencer : pivot validate --expliquer PIV001"

# A file larger than what the reader takes is not even read; nor is a folder of hundreds of large ones.
MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_FOLDER_BYTES = 64 * 1024 * 1024
# Neither to wait on a pipe nor to follow a link, on the systems that have these.
_CAREFUL = sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY", "O_NOFOLLOW", "O_BINARY"))

_KINDS = {
    stat.S_IFREG: None,
    stat.S_IFDIR: "c'est un dossier, et non un fichier",
    stat.S_IFIFO: "c'est un tube de communication (FIFO), et non un fichier",
    stat.S_IFSOCK: "c'est une prise de communication, et non un fichier",
    **dict.fromkeys((stat.S_IFCHR, stat.S_IFBLK), "c'est un périphérique, et non un fichier"),
}


class PlanFiles:
    """The files of a plan as bytes, by bare name and in its order, the findings of those not had, and where it is."""

    def __init__(
        self, label: str, files: dict[str, bytes] | None = None, findings: list[Finding] | None = None
    ) -> None:
        self.label = label
        self.files = files or {}
        self.findings = findings or []

    def with_files(self, changed: dict[str, bytes]) -> "PlanFiles":
        """The same, some of the files having other bytes."""
        return PlanFiles(self.label, self.files | changed, self.findings)

    def shown(self, name: str) -> str:
        """A file's path as its reader would type it: « plan/orientation-1.yaml »."""
        return file_label(self.label, name)


def file_label(label: str, name: str) -> str:
    """The path of a file of the folder shown as `label`, with forward slashes and no control character."""
    name = clean(name)
    return name if label in {"", "."} else f"{label.removesuffix('/')}/{name}"


def label_for(folder: Path, cwd: Path) -> str:
    """A folder as it is reached from `cwd`: « plan », « ../plan », « . »; absolute when it is elsewhere."""
    here = Path(os.path.abspath(cwd))  # noqa: PTH100 - resolve() would follow links
    target = here / folder
    for steps, parent in enumerate((here, *here.parents[:3])):
        near = steps == 0 or (".." not in target.parts and parent != parent.parent)
        if near and target.is_relative_to(parent):
            return clean(Path(*[".."] * steps, target.relative_to(parent)).as_posix())
    return clean(target.as_posix())


def find_plan(explicit: str | None, environ_value: str | None, cwd: Path) -> Path:
    """The plan's folder: `--plan`, else `PIVOT_PLAN`, else the nearest `plan/`, from `cwd` upwards.

    A folder counts when it holds `organisme.yaml`; so does `cwd` itself or a parent (standing inside `plan/`).
    Raises `PivotError` when there is none, or when the one that is named is not a folder that can be looked at.
    """
    for value, origin in ((explicit, "--plan"), (environ_value or None, "PIVOT_PLAN")):
        if value is not None:
            return _named_plan(value, origin, cwd)
    for folder in (cwd, *cwd.parents):
        for candidate in (folder / "plan", folder):
            if _holds_organisme(candidate, cwd):
                return candidate
    message = "aucun plan ici : ni ce dossier ni ceux qui le contiennent n'ont de dossier « plan » "
    message += "avec un organisme.yaml."
    remedy = "Placez-vous dans le dossier de votre plan, ou nommez-le : --plan DOSSIER (ou la variable PIVOT_PLAN)."
    if misnamed := _misnamed_plan(cwd):
        raise NoPlanError(message, misnamed)
    raise NoPlanError(message, f"{remedy} {_HOW_TO_START}")


def _misnamed_plan(cwd: Path) -> str:
    """What to rename for a plan that seems to be here to be found: « Plan », « plan/Organisme.yaml »."""
    for folder in (cwd, *cwd.parents):
        for inner in (entry for entry in _listed(folder) if fold(entry) in ("plan", "plans")):
            files = _listed(folder / inner)
            organisme = next(filter(_is_organisme, files), None)
            if organisme == ORGANISME:
                return f"Renommez {quoted(clean(inner))} en « plan », ou nommez-le : --plan {clean(inner)}"
            if organisme:
                wrong, right = (quoted(file_label(clean(inner), name)) for name in (organisme, ORGANISME))
                return f"Renommez {wrong} en {right}."
        if organisme := next(filter(_is_organisme, _listed(folder)), None):
            return f"Renommez {quoted(clean(organisme))} en {quoted(ORGANISME)}."
    return ""


def _is_organisme(name: str) -> bool:
    return name == ORGANISME or (names.is_misnamed(name) and names.right_name(name) == ORGANISME)


def _listed(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208 - names are all that is needed
    except OSError:
        return []


class NoPlanError(PivotError):
    """There is no plan here, and none was named."""


def _holds_organisme(folder: Path, cwd: Path) -> bool:
    try:
        os.lstat(folder / ORGANISME)
    except (OSError, ValueError) as error:
        if isinstance(error, PermissionError) and folder.name == "plan":
            raise _unreachable(label_for(folder, cwd), error) from None
        return False
    return True


def _named_plan(value: str, origin: str, cwd: Path) -> Path:
    shown = quoted(clean(value))
    if not value.strip():
        raise PivotError(f"{origin} ne nomme aucun dossier.", "Donnez le dossier de votre plan, par exemple plan.")
    try:
        folder = cwd / Path(value).expanduser()  # of « --plan=~/plan » a shell leaves the « ~ »
    except RuntimeError:
        folder = cwd / value
    try:
        if stat.S_ISDIR(os.stat(folder).st_mode):  # noqa: PTH116 - Path hides why
            return folder
    except OSError as error:
        raise _unreachable(clean(value), error, origin) from None
    except ValueError:
        raise PivotError(f"{origin} : {shown} n'est pas un nom de dossier.", "Vérifiez le nom du dossier.") from None
    remedy = f"Donnez le dossier qui le contient : {clean(Path(value).parent.as_posix())}"
    raise PivotError(f"{origin} : {shown} n'est pas un dossier.", remedy)


def _unreachable(shown: str, error: OSError, origin: str = "") -> PivotError:
    remedy = "Vérifiez le nom du dossier."
    if error.errno in {errno.EACCES, errno.EPERM}:
        remedy = "Demandez le droit de lire ce dossier à la personne qui gère l'ordinateur ou le serveur."
    subject = f"{origin} : le dossier" if origin else "le dossier"
    return PivotError(f"{subject} {quoted(shown)} ne peut pas être lu ({system_message(error)}).", remedy)


def read_folder(folder: Path, label: str) -> PlanFiles:
    """The plan's files in `folder`; what cannot be had is a finding, never a wait. PivotError if it lists no YAML."""
    known, strays = _list(folder, label)
    plan = PlanFiles(label)
    told = _report_absent(plan, known, strays)
    plan.findings += [_stray(plan, name, known) for name in strays if name not in told]
    room = MAX_FOLDER_BYTES
    for name in known:
        if isinstance(read := _read(folder / name, Location(plan.shown(name)), room), Finding):
            plan.findings.append(read)
        else:
            plan.files[name] = read
            room -= len(read)
    return plan


def _list(folder: Path, label: str) -> tuple[list[str], list[str]]:
    """The names that are the plan's, in order, and the YAML files that are not."""
    try:
        listing = sorted(os.listdir(folder))  # noqa: PTH208 - names are all that is needed
    except OSError as error:
        raise _unreachable(label, error) from None
    # Editors and systems leave hidden files about (`.#plan.yaml`, `._plan.yaml`): they are not the plan's.
    shown = [name for name in listing if not name.startswith(".")]
    yaml = [name for name in shown if name.lower().endswith((".yaml", ".yml")) or names.is_misnamed(name)]
    if not yaml:
        remedy = "Un plan y a au moins organisme.yaml, responsables.yaml et orientation-1.yaml."
        if os.path.lexists(folder / "plan" / ORGANISME):
            remedy = f"Le plan semble être dans {quoted(file_label(label, 'plan'))} : nommez ce dossier-là."
        raise PivotError(f"le dossier {quoted(label or '.')} ne contient aucun fichier YAML.", remedy)
    known = sorted(filter(names.is_plan_file, yaml), key=names.rank)
    strays = [name for name in yaml if not names.is_plan_file(name)]
    return known, [*strays, *(name for inner in shown if inner not in yaml for name in _inside(folder, inner))]


def _inside(folder: Path, name: str) -> list[str]:
    """The files of a plan in a folder of its folder, that is no plan by itself."""
    if not (folder / name).is_dir() or (folder / name).is_symlink():
        return []
    found = [one for one in _listed(folder / name) if names.is_plan_file(one)]
    return [] if ORGANISME in found else [f"{name}/{one}" for one in found]


def _report_absent(plan: PlanFiles, known: list[str], strays: list[str]) -> set[str]:
    """A finding for each file that a plan must have; gives the misnamed files so told, not to be told twice."""
    told: set[str] = set()
    first = names.orientation_file(1)  # any other will do

    def role(name: str) -> str:
        return first if names.number_in(name) else name

    present = set(map(role, known))
    for required in (name for name in (ORGANISME, RESPONSABLES, first) if name not in present):
        message = f"Le fichier {quoted(required)} est absent."
        if required == first:
            message = f"Le plan n'a aucune orientation : il n'y a pas de fichier {quoted(first)}."
        remedy = f"Remettez-le s'il a été déplacé, ou créez-le. {_HOW_TO_START}"
        if alike := [(name, right) for name in strays if role(right := names.right_name(name) or "") == required]:
            renamed = [f"{quoted(clean(name))} en {quoted(right)}" for name, right in alike[:5]]
            remedy = f"Renommez {listed(renamed)}."
        told.update(name for name, _ in alike)
        plan.findings.append(Finding("PIV001", Location(plan.shown(required)), message, remedy))
    return told


def _stray(plan: PlanFiles, name: str, known: list[str]) -> Finding:
    message = f"Le nom {quoted(clean(name))} n'est pas celui d'un fichier du plan : ce fichier n'est pas lu."
    if (right := names.right_name(name)) is None:
        accepted = listed([*FIXED, "orientation-1.yaml", "orientation-2.yaml…"])
        remedy = f"Un plan se compose de {accepted}; si ce fichier n'en est pas, rangez-le ailleurs."
    elif "/" in name and right not in known:
        remedy = f"Déplacez-le dans le dossier du plan, sous le nom {quoted(right)}."
    elif right in known:
        remedy = f"Si c'est une copie de {quoted(right)}, rangez-la ailleurs ou effacez-la."
    else:
        remedy = f"Renommez-le {quoted(right)}."
    return Finding("PIV010", Location(plan.shown(name)), message, remedy, Gravite.AVERTISSEMENT)


def _read(path: Path, location: Location, room: int) -> bytes | Finding:
    """The bytes of a regular file, or why there are none: no pipe is waited for, no link out of the folder followed."""
    if (target := leads_to(path, path.parent)) is None:
        return Finding("PIV002", location, leaving(path.name, "du dossier du plan"), REMEDY)
    try:
        if (reason := _not_a_file(os.stat(target))) is None:  # noqa: PTH116 - Path hides why
            # The file may change between the look and the opening: it is looked at again.
            with open(os.open(target, os.O_RDONLY | _CAREFUL), "rb") as opened:  # noqa: PTH123 - of a descriptor
                status = os.fstat(opened.fileno())
                if (reason := _not_a_file(status)) is None:
                    limit = min(MAX_FILE_BYTES, room)
                    data = opened.read(limit + 1) if status.st_size <= limit else None
                    return _oversized(location, limit) if data is None or len(data) > limit else data
    except OSError as error:
        dangling = error.errno == errno.ENOENT and os.path.lexists(path)
        reason = "c'est un lien qui ne mène à rien" if dangling else system_message(error)
    remedy = "Mettez à sa place un fichier que vous avez le droit de lire."
    return Finding("PIV002", location, f"Le fichier ne peut pas être ouvert : {reason}.", remedy)


def _not_a_file(status: os.stat_result) -> str | None:
    return _KINDS.get(stat.S_IFMT(status.st_mode), "ce n'est pas un fichier")


def _oversized(location: Location, limit: int) -> Finding:
    message = f"Le fichier dépasse {counted(limit // 1024 // 1024, 'Mo', 'Mo')} : ce n'est pas un fichier de plan."
    if limit != MAX_FILE_BYTES:
        most = counted(MAX_FOLDER_BYTES // 1024 // 1024, "Mo", "Mo")
        message = f"Les fichiers du dossier dépassent ensemble {most} : celui-ci n'est pas lu."
    return Finding("PIV007", location, message, "Vérifiez que c'est le bon fichier, ou répartissez-le en plusieurs.")
