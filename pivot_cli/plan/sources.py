"""The bytes of a plan's files: where the plan is, which files make it, and what cannot be opened."""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from pivot_cli.finding import Finding, Gravite, Location, PivotError
from pivot_cli.plan import names
from pivot_cli.plan.names import ORGANISME, RESPONSABLES
from pivot_cli.system import REMEDY, at_home, leads_to, leaving, system_message
from pivot_cli.text import clean, counted, quoted

_HOW_TO_START = "Pour en commencer un : pivot init"

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


def find_plan(explicit: str | None, environ_value: str | None, cwd: Path, origin: str = "--plan") -> Path:
    """The plan's folder: `--plan`, else `PIVOT_PLAN`, else the nearest `plan/`, from `cwd` upwards.

    A folder counts when it holds `organisme.yaml`; so does `cwd` itself or a parent (standing inside `plan/`). `origin`
    is the option that names it.
    Raises `PivotError` when there is none, or when the one that is named is not a folder that can be looked at.
    """
    for value, named_by in ((explicit, origin), (environ_value or None, "PIVOT_PLAN")):
        if value is not None:
            return _named_plan(value, named_by, cwd)
    for folder in (cwd, *cwd.parents):
        for candidate in (folder / "plan", folder):
            if _holds_organisme(candidate, cwd):
                return candidate
    message = "aucun plan ici : ni ce dossier ni ceux qui le contiennent n'ont de dossier « plan » "
    message += "avec un organisme.yaml."
    remedy = "Placez-vous dans le dossier de votre plan, ou nommez-le : --plan DOSSIER (ou la variable PIVOT_PLAN)."
    from pivot_cli.plan.strays import nearly_found

    if nearly := nearly_found(cwd):
        raise NoPlanError(message, nearly)
    raise NoPlanError(message, f"{remedy} {_HOW_TO_START}")


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
    folder = cwd / at_home(value)
    try:
        if stat.S_ISDIR(os.stat(folder).st_mode):  # noqa: PTH116 - Path hides why
            return folder
    except OSError as error:
        raise _unreachable(clean(value), error, origin, folder) from None
    except ValueError:
        raise PivotError(f"{origin} : {shown} n'est pas un nom de dossier.", "Vérifiez le nom du dossier.") from None
    remedy = f"Donnez le dossier qui le contient : {clean(Path(value).parent.as_posix())}"
    raise PivotError(f"{origin} : {shown} n'est pas un dossier.", remedy)


def _unreachable(shown: str, error: OSError, origin: str = "", folder: Path | None = None) -> PivotError:
    remedy = "Vérifiez le nom du dossier."
    if error.errno == errno.ENOENT and folder is not None:
        from pivot_cli.plan.strays import left_out, near_name

        remedy = left_out(folder) or f"{near_name(folder)}{remedy}"
    if error.errno in {errno.EACCES, errno.EPERM}:
        remedy = "Demandez le droit de lire ce dossier à la personne qui gère l'ordinateur ou le serveur."
    subject = f"{origin} : le dossier" if origin else "le dossier"
    return PivotError(f"{subject} {quoted(shown)} ne peut pas être lu ({system_message(error)}).", remedy)


def read_folder(folder: Path, label: str) -> PlanFiles:
    """The plan's files in `folder`; what cannot be had is a finding, never a wait. PivotError if it lists no YAML."""
    try:
        listing = sorted(os.listdir(folder))  # noqa: PTH208 - names are all that is needed
    except OSError as error:
        raise _unreachable(label, error) from None
    known = sorted(filter(names.is_plan_file, listing), key=names.rank)
    others = (name for name in listing if not names.is_plan_file(name))
    strays: list[str] = []
    if suspect := [name for name in others if names.may_be_one(name) or _is_folder(folder / name)]:
        from pivot_cli.plan.strays import in_the_folder

        strays = in_the_folder(folder, suspect)
    if not known and not strays:
        raise _no_plan_in(folder, label)
    plan, room = PlanFiles(label), MAX_FOLDER_BYTES
    told = _report_absent(plan, folder, known, strays)
    for name in known:
        if isinstance(read := read_file(folder / name, Location(plan.shown(name)), room), Finding):
            plan.findings.append(read)
        else:
            plan.files[name] = read
            room -= len(read)
    plan.findings += [_stray(plan, folder, name, known) for name in strays if name not in told]
    return plan


def _is_folder(path: Path) -> bool:
    return not path.name.startswith(".") and path.is_dir()


def _no_plan_in(folder: Path, label: str) -> PivotError:
    from pivot_cli.plan.strays import left_out

    remedy = left_out(folder) or "Un plan y a au moins organisme.yaml, responsables.yaml et orientation-1.yaml."
    if os.path.lexists(folder / "plan" / ORGANISME):
        remedy = f"Le plan semble être dans {quoted(file_label(label, 'plan'))} : nommez ce dossier-là."
    return PivotError(f"le dossier {quoted(label or '.')} ne contient aucun fichier YAML.", remedy)


def _report_absent(plan: PlanFiles, folder: Path, known: list[str], strays: list[str]) -> set[str]:
    """A finding for each file that a plan must have; gives the misnamed files so told, not to be told twice."""
    told: set[str] = set()
    first = names.orientation_file(1)  # any other will do

    def role(name: str) -> str:
        return first if names.number_in(name) else name

    present = set(map(role, known))
    for required in (name for name in (ORGANISME, RESPONSABLES, first) if name not in present):
        from pivot_cli.plan.strays import left_out

        message = f"Le fichier {quoted(required)} est absent."
        if required == first:
            message = f"Le plan n'a aucune orientation : il n'y a pas de fichier {quoted(first)}."
        remedy = left_out(folder) or f"Remettez-le s'il a été déplacé, ou créez-le. {_HOW_TO_START}"
        alike = [name for name in strays if role(names.right_name(name) or "") == required]
        if alike:
            from pivot_cli.plan.strays import to_put_right

            remedy = to_put_right(alike)
        told.update(alike)
        plan.findings.append(Finding("PIV001", Location(plan.shown(required)), message, remedy))
    return told


def _stray(plan: PlanFiles, folder: Path, name: str, known: list[str]) -> Finding:
    from pivot_cli.plan.strays import what_to_do

    location = Location(plan.shown(name))
    message = f"Le nom {quoted(clean(name))} n'est pas celui d'un fichier du plan : ce fichier n'est pas lu."
    right = plan.files.get(names.right_name(name) or "")
    same = right is not None and read_file(folder / name, location, len(right)) == right
    return Finding("PIV010", location, message, what_to_do(name, known, same=same), Gravite.AVERTISSEMENT)


def read_file(
    path: Path, location: Location, room: int = MAX_FILE_BYTES, folder: str = "du dossier du plan"
) -> bytes | Finding:
    """The bytes of a regular file, or why there are none: no pipe is waited for, no link out of the folder followed."""
    if (target := leads_to(path, path.parent)) is None:
        return Finding("PIV002", location, leaving(path.name, folder), REMEDY)
    try:
        if (reason := _not_a_file(os.stat(target))) is None:  # noqa: PTH116 - Path hides why
            # The file may change between the look and the opening: it is looked at again.
            with open(os.open(target, os.O_RDONLY | _CAREFUL), "rb") as opened:  # noqa: PTH123 - of a descriptor
                status = os.fstat(opened.fileno())
                if (reason := _not_a_file(status)) is None:
                    limit = min(MAX_FILE_BYTES, room)
                    data = _read_at_most(opened, status.st_size, limit) if status.st_size <= limit else None
                    return _oversized(location, limit) if data is None or len(data) > limit else data
    except OSError as error:
        dangling = error.errno == errno.ENOENT and os.path.lexists(path)
        reason = "c'est un lien qui ne mène à rien" if dangling else system_message(error)
    remedy = "Mettez à sa place un fichier que vous avez le droit de lire."
    return Finding("PIV002", location, f"Le fichier ne peut pas être ouvert : {reason}.", remedy)


def _read_at_most(opened: BinaryIO, size: int, limit: int) -> bytes:
    """What a file holds, up to one byte more than the limit, in a room of its size: where it has grown, in a second."""
    data = opened.read(size + 1)
    return data if len(data) <= size else data + opened.read(limit + 1 - len(data))


def _not_a_file(status: os.stat_result) -> str | None:
    return _KINDS.get(stat.S_IFMT(status.st_mode), "ce n'est pas un fichier")


def _oversized(location: Location, limit: int) -> Finding:
    message = f"Le fichier dépasse {counted(limit // 1024 // 1024, 'Mo', 'Mo')} : ce n'est pas un fichier de plan."
    if limit != MAX_FILE_BYTES:
        most = counted(MAX_FOLDER_BYTES // 1024 // 1024, "Mo", "Mo")
        message = f"Les fichiers du dossier dépassent ensemble {most} : celui-ci n'est pas lu."
    return Finding("PIV007", location, message, "Vérifiez que c'est le bon fichier, ou répartissez-le en plusieurs.")
