"""The bytes of a plan's files at a git revision, and where the plan stands in its repository."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.finding import ExitCode, Finding, Location, PivotError
from pivot_cli.sources import MAX_FILE_BYTES, ORGANISME, PlanFiles, file_label, is_plan_file
from pivot_cli.text import NBSP, clean, quoted

if TYPE_CHECKING:
    from subprocess import CompletedProcess

_SECONDS = 60  # that git may take
_NAME = re.compile("[0-9a-f]{40,64}")  # of a commit
_MOST_NAMES = 500  # of branches and tags that are given

# Set by git for the programs that its hooks run: the plan's folder says by itself in which repository it is.
_OF_A_HOOK = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE")


class Revision(NamedTuple):
    """A plan as it was: `files` under the label of today's plan, `commit` the full name of its commit.

    `absent` when there was no plan at all.
    """

    commit: str
    files: PlanFiles
    absent: bool = False


def repository_root(folder: Path) -> Path | None:
    """The nearest folder, from `folder` upwards, that git keeps; None outside of any. Runs nothing."""
    full = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow links
    return next((parent for parent in (full, *full.parents) if os.path.lexists(parent / ".git")), None)


def read_revision(folder: Path, label: str, revision: str) -> Revision:
    """The plan of `folder` as it was where `revision` and HEAD parted; its files are shown under `label`.

    A plan that stood in another folder then is found, if it was the only one. Raises PivotError when git, the
    repository or the revision is not there, or when the history does not go back that far.
    """
    if not revision.strip():
        message = "« --depuis » ne nomme aucune révision."
        raise PivotError(message, f"Écrivez par exemple{NBSP}: --depuis main", ExitCode.USAGE)
    shallow, prefix = _repository(folder, label)
    commit = _merge_base(folder, revision, shallow=shallow)
    entries = _entries(folder, commit, prefix)
    if ORGANISME not in entries:
        entries = _entries(folder, commit, _other_place(folder, commit))
    if not entries:
        return Revision(commit, PlanFiles(label), absent=True)
    readable = {name: entry.blob for name, entry in entries.items() if entry.blob}
    findings = [_unreadable(label, name) for name, entry in entries.items() if not entry.blob]
    return Revision(commit, PlanFiles(label, _contents(folder, readable), findings))


def revision_names(folder: Path) -> list[tuple[str, str]]:
    """The branches and tags of the repository of a folder, the latest first, each with the title of its commit.

    None outside of a repository. Raises PivotError when git is not there.
    """
    form = "%(refname:short)%00%(contents:subject)"
    done = _git(
        folder, "for-each-ref", "--sort=-creatordate", f"--count={_MOST_NAMES}", f"--format={form}",
        "refs/heads", "refs/tags", "refs/remotes",
    )  # fmt: skip
    lines = (line.partition("\0") for line in done.stdout.decode("utf-8", "replace").splitlines())
    return [(clean(name), clean(title)) for name, _, title in lines if name]


def _unreadable(label: str, name: str) -> Finding:
    message = "À cette révision, ce n'était pas un fichier de plan : un lien, ou un fichier démesuré."
    return Finding("PIV002", Location(file_label(label, name)), message)


# --- what git says ----------------------------------------------------------------------------------------


def _git(folder: Path, *words: str, given: bytes | None = None) -> CompletedProcess[bytes]:
    """A run of git in a folder: the only place where the program starts another."""
    import subprocess

    kept = {name: value for name, value in os.environ.items() if name not in _OF_A_HOOK}
    try:
        return subprocess.run(  # noqa: S603 - a revision stands after --end-of-options
            ["git", "--no-optional-locks", *words],  # noqa: S607 - the git of the person who asks
            cwd=folder,
            env=kept | {"LC_ALL": "C", "LANGUAGE": "C", "GIT_TERMINAL_PROMPT": "0"},
            input=given,
            stdin=subprocess.DEVNULL if given is None else None,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except FileNotFoundError:
        message = "« --depuis » se sert de git, qui n'est pas installé sur cet ordinateur."
        raise PivotError(message, "Installez git, ou vérifiez le plan sans « --depuis ».") from None
    except subprocess.TimeoutExpired:
        raise PivotError(f"git n'a pas répondu en {_SECONDS} secondes.", "Réessayez.") from None


def _unexplained(done: CompletedProcess[bytes]) -> PivotError:
    message = f"git n'a pas pu lire l'ancienne version du plan (code {done.returncode})."
    return PivotError(message, "Vérifiez la copie du dépôt avec « git fsck », ou faites-en une nouvelle.")


def _repository(folder: Path, label: str) -> tuple[bool, bytes]:
    """Whether the clone is shallow, and the way from the top of the repository to the plan (« plan/ »)."""
    done = _git(folder, "rev-parse", "--is-shallow-repository", "--show-prefix")
    if done.returncode == 0:
        shallow, _, prefix = done.stdout.partition(b"\n")
        return shallow == b"true", prefix.removesuffix(b"\n")
    shown = quoted(label or ".")
    if b"dubious ownership" in done.stderr:
        top = repository_root(folder) or folder
        message = f"git refuse de lire le dépôt de {shown}, qui appartient à un autre compte."
        remedy = f"Si vous lui faites confiance{NBSP}: git config --global --add safe.directory {clean(str(top))}"
        raise PivotError(message, remedy)
    if b"not a git repository" in done.stderr or b"must be run in a work tree" in done.stderr:
        message = f"le dossier {shown} n'est pas dans un dépôt git{NBSP}: il n'y a pas d'ancienne version à comparer."
        raise PivotError(message, "Placez-vous dans une copie du dépôt (git clone), ou enlevez « --depuis ».")
    raise _unexplained(done)


def _commit(folder: Path, revision: str) -> str | None:
    done = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    named = done.stdout.decode("ascii", "replace").strip()
    return named if done.returncode == 0 and _NAME.fullmatch(named) else None


_FETCH = (
    "Allez chercher tout l'historique : git fetch --unshallow (dans GitHub Actions, « fetch-depth: 0 » sous "
    "actions/checkout; dans GitLab CI, GIT_DEPTH: 0)."
)


def _merge_base(folder: Path, revision: str, *, shallow: bool) -> str:
    """The commit where a revision and HEAD parted."""
    done = _git(folder, "merge-base", "--end-of-options", revision, "HEAD")
    commit = done.stdout.decode("ascii", "replace").strip()
    if done.returncode == 0 and _NAME.fullmatch(commit):
        return commit
    unrelated = done.returncode == 1
    raise _no_merge_base(folder, revision, shallow=shallow, unrelated=unrelated) or _unexplained(done)


def _no_merge_base(folder: Path, revision: str, *, shallow: bool, unrelated: bool) -> PivotError | None:
    """Why git found no commit where a revision and HEAD parted; None for another reason than those known."""
    if _commit(folder, "HEAD") is None:
        message = "ce dépôt n'a encore aucun commit : il n'y a pas d'ancienne version à comparer."
        return PivotError(message, "Faites un premier commit (git add, git commit), ou enlevez « --depuis ».")
    known = _commit(folder, revision) is not None
    shown = quoted(clean(revision))
    if shallow:
        message = f"la révision {shown} n'est pas dans cette copie du dépôt, qui n'a que la fin de l'historique."
        if known:
            message = f"on ne peut pas remonter jusqu'à {shown} : cette copie du dépôt n'a que la fin de l'historique."
        return PivotError(message, _FETCH)
    if not known:
        remedy = "Pour voir les branches : git branch --all; les commits : git log --oneline"
        return PivotError(f"la révision {shown} n'existe pas dans ce dépôt.", remedy, ExitCode.USAGE)
    if unrelated:
        message = f"la révision {shown} et l'état actuel n'ont aucun commit en commun."
        return PivotError(message, "Nommez la branche dont celle-ci est partie, par exemple main.", ExitCode.USAGE)
    return None


class _Entry(NamedTuple):
    """A file of a commit: its blob; none for what is not a regular file, or is too large for one of a plan."""

    blob: str


_ENTRY = re.compile(rb"([0-7]+) [a-z]+ ([0-9a-f]+) +([^\t]+)\t(.+)", re.DOTALL)


def _entries(folder: Path, commit: str, prefix: bytes | None) -> dict[str, _Entry]:
    """The plan's files in a folder of a commit, by bare name; none where the folder was not there."""
    if prefix is None:
        return {}
    tree = f"{commit}:{os.fsdecode(prefix.removesuffix(b'/'))}"
    done = _git(folder, "ls-tree", "-z", "--long", "--full-tree", tree)
    if done.returncode != 0:
        if b"not a valid object name" in done.stderr.lower():
            return {}
        raise _unexplained(done)
    entries = {}
    for line in done.stdout.split(b"\0"):
        found = _ENTRY.fullmatch(line)
        if found and is_plan_file(os.fsdecode(found[4])):
            regular = found[1].startswith(b"100")
            if regular and not found[3].isdigit():  # git knows of the file, and no longer has it
                raise _unexplained(done)
            kept = regular and int(found[3]) <= MAX_FILE_BYTES
            entries[os.fsdecode(found[4])] = _Entry(found[2].decode("ascii") if kept else "")
    return entries


def _other_place(folder: Path, commit: str) -> bytes | None:
    """The only folder of a commit that held a plan, with a final slash, or None."""
    done = _git(folder, "ls-tree", "-r", "-z", "--name-only", "--full-tree", commit)
    paths = [path for path in done.stdout.split(b"\0") if path.rsplit(b"/", 1)[-1] == ORGANISME.encode()]
    return paths[0].removesuffix(ORGANISME.encode()) if len(paths) == 1 else None


def _contents(folder: Path, blobs: dict[str, str]) -> dict[str, bytes]:
    """The contents of blobs, in one run of git."""
    asked = "".join(f"{blob}\n" for blob in blobs.values()).encode("ascii")
    done = _git(folder, "cat-file", "--batch", given=asked)
    rest = done.stdout
    contents = {}
    for name in blobs:
        header, _, rest = rest.partition(b"\n")
        words = header.split(b" ")
        if done.returncode != 0 or len(words) != 3 or words[1] != b"blob":
            raise _unexplained(done)
        size = int(words[2])
        contents[name], rest = rest[:size], rest[size + 1 :]
    return contents
