"""What a copy of a git repository says of itself by its files alone: nothing is run, whoever sent it."""

import os
import re
from pathlib import Path

_MOST_BYTES = 65_536


def repository_root(folder: Path) -> Path | None:
    """The nearest folder, from `folder` upwards, that git keeps; None outside of any.

    Only a `.git` says so: a folder that holds itself what a repository does is one of files, whoever sent it.
    """
    full = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow links
    places = ((parent, parent / ".git") for parent in (full, *full.parents))
    # As git does, an empty `.git` is passed over.
    return next((top for top, place in places if place.is_file() or os.path.lexists(place / "HEAD")), None)


def git_folder(top: Path) -> Path:
    """Where git keeps what it knows of a copy: `.git`, or what that file names, of a linked copy or a submodule."""
    git = top / ".git"
    return top / _text(git).partition(":")[2].strip() if git.is_file() else git


def last_commit_mark(folder: Path) -> tuple[str, ...]:
    """What changes in the files of a repository with its last commit, or with the branch it is on; the same says that
    its history is too.
    """
    if (top := repository_root(folder)) is None:
        return ()
    git = git_folder(top)
    head = _text(git / "HEAD").strip()
    shared = git / _text(git / "commondir").strip()  # where a linked copy has its branches
    refs = [_text(home / head.removeprefix("ref:").strip()) for home in (git, shared)] if head[:4] == "ref:" else []
    return (head, *refs, _text(shared / "packed-refs"))


def sending_mark(folder: Path, remote: str) -> tuple[str, ...]:
    """What changes in the files of a repository with what is left to send to a remote, as far as this copy knows."""
    if (top := repository_root(folder)) is None:
        return ()
    git = git_folder(top)
    shared = git / _text(git / "commondir").strip()
    branch = _text(git / "HEAD").strip().removeprefix("ref: refs/heads/")
    there = _text(shared / "refs" / "remotes" / remote / branch) if remote else ""
    return (*last_commit_mark(folder), remote, there, _text(shared / "config"))


def is_sparse(folder: Path) -> bool:
    """Whether `git sparse-checkout` keeps files of this copy away."""
    if (top := repository_root(folder)) is None:
        return False
    return re.search(r"(?im)^\s*sparsecheckout\s*=\s*true", _text(git_folder(top) / "config.worktree")) is not None


def may_lack_some(folder: Path) -> bool:
    """Whether `git sparse-checkout` may keep away files of this folder, which it does not name as a whole."""
    if not is_sparse(folder) or (top := repository_root(folder)) is None:
        return False
    wanted = set(_text(git_folder(top) / "info" / "sparse-checkout").split())
    place = Path(os.path.abspath(folder)).relative_to(top)  # noqa: PTH100 - resolve() would follow links
    names = [f"/{one.as_posix()}/" for one in (place, *place.parents)][:-1] or ["/*"]
    return wanted.isdisjoint(names) or any(line.startswith(f"!{names[0]}") for line in wanted)


def absent_submodule(folder: Path) -> str | None:
    """The submodule that a folder is, or would be in, where git has not fetched it yet: its path in the repository."""
    full = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow links
    if (top := repository_root(full)) is None:
        return None
    for path in re.findall(r"(?m)^\s*path\s*=\s*(\S.*?)\s*$", _text(top / ".gitmodules")):
        place = top / path
        if place in (full, *full.parents) and place.is_dir() and not any(place.iterdir()):
            return str(path)
    return None


def _text(path: Path) -> str:
    """The beginning of a file of settings, which is short; nothing where it is no file, which may never end."""
    try:
        if path.is_file():
            with path.open("rb") as opened:
                return opened.read(_MOST_BYTES).decode("utf-8", "replace")
    except (OSError, ValueError):
        pass
    return ""
