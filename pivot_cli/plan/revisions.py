"""The bytes of a plan's files at a git revision, and where the plan stands in its repository."""

import os
import re
from pathlib import Path
from typing import NamedTuple

from pivot_cli.finding import ExitCode, Finding, Location, PivotError
from pivot_cli.plan.git import Output, ask_git, too_much
from pivot_cli.plan.names import ORGANISME, is_plan_file
from pivot_cli.plan.sources import MAX_FILE_BYTES, MAX_FOLDER_BYTES, PlanFiles
from pivot_cli.plan.worktree import git_folder, repository_root
from pivot_cli.text import INVISIBLE, NBSP, clean, quoted

_NAME = re.compile("[0-9a-f]{40,64}")  # of a commit
_NAMES_SECONDS = 5  # to find them, for who waits for a completion


class Revision(NamedTuple):
    """A plan as it was, under the label of today's plan, and the name of its commit; `absent` when there was none."""

    commit: str
    files: PlanFiles
    absent: bool = False


def read_revision(folder: Path, label: str, revision: str) -> Revision:
    """The plan of `folder` as it was where `revision` and HEAD parted; its files are shown under `label`.

    A plan that stood in another folder then is found, if it was the only one. Raises PivotError when git, the
    repository or the revision is not there, or when the history does not go back that far.
    """
    if not revision.strip():
        message = "« --depuis » ne nomme aucune révision."
        raise PivotError(message, f"Écrivez par exemple{NBSP}: --depuis main", ExitCode.USAGE)
    revision = revision.strip().translate(dict.fromkeys(map(ord, INVISIBLE)))  # pasted from a page
    top, prefix, shallow = repository_of(folder, label)
    # A forge names so what was there before the first push.
    commit = "" if re.fullmatch("0{40}|0{64}", revision) else _merge_base(top, revision, shallow=shallow)
    if not commit:
        return Revision("", PlanFiles(label), absent=True)
    if ORGANISME not in (entries := _entries(top, commit, prefix)):
        entries = _entries(top, commit, _other_place(top, commit))
    if not entries:
        return Revision(commit, PlanFiles(label), absent=True)
    message = "À cette révision, ce n'était pas un fichier de plan : un lien, ou un fichier démesuré."
    plan = PlanFiles(label, _contents(top, {name: entry for name, entry in entries.items() if entry[0]}))
    lost = [Location(plan.shown(name)) for name in entries if name not in plan.files]
    plan.findings += [Finding("PIV002", location, message) for location in lost]
    return Revision(commit, plan)


def revision_names(folder: Path) -> list[tuple[str, str]]:
    """The branches and tags of a folder's repository, the latest first, each with the title of its commit."""
    if (top := repository_root(folder.resolve())) is None:
        return []
    form = "%(refname:short)%00%(contents:subject)"
    done = ask_git(
        top, "for-each-ref", "--sort=-creatordate", "--count=500", f"--format={form}",
        "refs/heads", "refs/tags", "refs/remotes", seconds=_NAMES_SECONDS,
    )  # fmt: skip
    lines = (line.partition("\0") for line in done.out.decode("utf-8", "replace").splitlines())
    return [(clean(name), clean(title)) for name, _, title in lines if name]


# What git complains of where it would have fetched what is missing, had it been let: of that, or of the protocol.
_PROMISED = (b"lazy fetching disabled", b"promisor remote", b"not allowed")


def unexplained(done: Output) -> PivotError:
    """The error of a run of git that should not have failed."""
    if any(words in done.err for words in _PROMISED):
        message = "cette copie du dépôt est partielle (« git clone --filter »), "
        message += "et il y manque l'ancienne version du plan."
        return PivotError(message, f"Complétez-la{NBSP}: git fetch --refetch --no-filter")
    message = f"git n'a pas pu lire l'ancienne version du plan (code {done.code})."
    return PivotError(message, "Vérifiez la copie du dépôt avec « git fsck », ou faites-en une nouvelle.")


def repository_of(folder: Path, label: str) -> tuple[Path, bytes, bool]:
    """The top of the repository, the way from there to the plan (« plan/ »), and whether the clone is shallow."""
    shown = quoted(label or ".")
    top = repository_root(folder.resolve())  # where git is asked, for a plan not to be taken for a repository
    done = top and ask_git(top, "rev-parse", "--is-shallow-repository", "--show-prefix")
    if top and done and done.code == 0:
        shallow, _, prefix = done.out.partition(b"\n")
        below = folder.resolve().relative_to(top).as_posix()
        way = b"" if below == "." else os.fsencode(f"{below}/")
        return top, prefix.removesuffix(b"\n") + way, shallow == b"true"
    if done and b"dubious ownership" in done.err:
        message = f"git refuse de lire le dépôt de {shown}, qui appartient à un autre compte."
        remedy = f"Si vous lui faites confiance{NBSP}: git config --global --add safe.directory {clean(str(top))}"
        raise PivotError(message, remedy)
    if done and os.environ.get("GIT_OBJECT_DIRECTORY") and not Path(os.environ["GIT_OBJECT_DIRECTORY"]).is_dir():
        raise _misplaced()
    if top and (top / ".git").is_file() and not git_folder(top).is_dir():
        message = f"le fichier .git de {shown} mène à un dépôt qui n'est plus là."
        remedy = "Si le dossier a été déplacé : git worktree repair, dans le dépôt d'où il vient; sinon, refaites-en "
        raise PivotError(message, f"{remedy}une copie (git clone).")
    if done and not any(words in done.err for words in _NOT_ONE):
        raise unexplained(done)
    message = f"le dossier {shown} n'est pas dans un dépôt git{NBSP}: il n'y a pas d'ancienne version à comparer."
    raise PivotError(message, "Placez-vous dans une copie du dépôt (git clone), ou enlevez « --depuis ».")


def _misplaced() -> PivotError:
    message = "git ne trouve pas les objets du dépôt là où la variable GIT_OBJECT_DIRECTORY les dit."
    return PivotError(message, "Retirez cette variable : unset GIT_OBJECT_DIRECTORY")


_NOT_ONE = (b"not a git repository", b"must be run in a work tree", b"cannot use bare repository")


def _commit(done: Output) -> str | None:
    name = done.out.decode("ascii", "replace").strip()
    return name if done.code == 0 and _NAME.fullmatch(name) else None


def _refuse_damage(folder: Path) -> None:
    """Raise PivotError where what HEAD names is lost, or cannot be read: that is not a repository without a commit."""
    head = ask_git(folder, "rev-parse", "--verify", "--quiet", "HEAD")
    if head.code == 0 and os.environ.get("GIT_OBJECT_DIRECTORY"):
        raise _misplaced()
    if head.code == 0 or b"broken ref" in ask_git(folder, "for-each-ref", "--count=1").err:
        raise unexplained(head._replace(code=128))


def _merge_base(folder: Path, revision: str, *, shallow: bool) -> str:
    """The commit where a revision and HEAD parted, the revision's where HEAD has none yet, empty where there is none;
    raises PivotError, with why it cannot be told.
    """
    done = ask_git(folder, "merge-base", "--end-of-options", revision, "HEAD")
    if commit := _commit(done):
        return commit
    known, begun = (
        _commit(ask_git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"))
        for name in (revision, "HEAD")
    )
    if not begun:
        _refuse_damage(folder)
        return known or ""
    shown = quoted(clean(revision))
    if shallow:
        message = f"la révision {shown} n'est pas dans cette copie du dépôt, qui n'a que la fin de l'historique."
        if known:
            message = f"on ne peut pas remonter jusqu'à {shown} : cette copie du dépôt n'a que la fin de l'historique."
        remedy = "Allez chercher tout l'historique : git fetch --unshallow (dans GitHub Actions, « fetch-depth: 0 » "
        remedy += "sous actions/checkout; dans GitLab CI, GIT_DEPTH: 0)."
        raise PivotError(message, remedy)
    if not known:
        remedy = "Pour voir les branches : git branch --all; les commits : git log --oneline"
        raise PivotError(f"la révision {shown} n'existe pas dans ce dépôt.", remedy, ExitCode.USAGE)
    if done.code == 1:
        message = f"la révision {shown} et l'état actuel n'ont aucun commit en commun."
        raise PivotError(message, "Nommez la branche dont celle-ci est partie, par exemple main.", ExitCode.USAGE)
    raise unexplained(done)


_ENTRY = re.compile(rb"([0-7]+) [a-z]+ ([0-9a-f]+) +([^\t]+)\t(.+)", re.DOTALL)


def _entries(folder: Path, commit: str, prefix: bytes | None) -> dict[str, tuple[str, int]]:
    """The blob (empty for what is too large, or no file) and size of each file of a plan in a folder of a commit."""
    if prefix is None:
        return {}
    tree = f"{commit}:{os.fsdecode(prefix.removesuffix(b'/'))}"
    if (done := ask_git(folder, "ls-tree", "-z", "--long", "--full-tree", tree)).code != 0:
        if b"not a valid object name" in done.err.lower():
            return {}
        raise unexplained(done)
    entries = {}
    for line in done.out.split(b"\0"):
        if (found := _ENTRY.fullmatch(line)) and is_plan_file(os.fsdecode(found[4])):
            regular = found[1].startswith(b"100")
            if regular and not found[3].isdigit():  # git knows of the file, and no longer has it
                raise unexplained(done)
            size = int(found[3]) if regular else 0
            kept = regular and size <= MAX_FILE_BYTES
            entries[os.fsdecode(found[4])] = found[2].decode("ascii") if kept else "", size
    return entries


_PLACE = re.compile(rb"(?:^|(?<=\0))((?:[^\0]*/)?)" + re.escape(ORGANISME.encode()) + rb"\0")


def _other_place(folder: Path, commit: str) -> bytes | None:
    """The folder of a commit that held a plan, with a final slash, if it was the only one, or is the only one gone."""
    if (done := ask_git(folder, "ls-tree", "-r", "-z", "--name-only", "--full-tree", commit)).code != 0:
        raise unexplained(done)
    places = [found[1] for found in _PLACE.finditer(done.out)]
    gone = [place for place in places if not (folder / os.fsdecode(place) / ORGANISME).exists()]
    return next((some[0] for some in (places, gone) if len(some) == 1), None)


_HEADER = 120  # bytes that git adds to the contents of a blob at most: its name, its size


def _contents(folder: Path, entries: dict[str, tuple[str, int]]) -> dict[str, bytes]:
    """The contents of blobs, in one run of git; raises PivotError where they are more than a plan can be."""
    if (whole := sum(size for _, size in entries.values())) > MAX_FOLDER_BYTES:
        raise too_much()
    blobs = "".join(f"{blob}\n" for blob, _ in entries.values()).encode("ascii")
    done = ask_git(folder, "cat-file", "--batch", given=blobs, most=whole + _HEADER * len(entries))
    contents, start = {}, 0
    for name, (blob, size) in entries.items():
        header = f"{blob} blob {size}\n".encode("ascii")
        if done.code != 0 or not done.out.startswith(header, start):
            raise unexplained(done)
        end = start + len(header) + size
        contents[name], start = done.out[start + len(header) : end], end + 1
    return contents
