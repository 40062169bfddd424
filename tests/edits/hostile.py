"""Repositories as a stranger may send them: each of their settings, hooks and attributes starts a program of theirs.

That program only leaves a trace (the canary): a test looks at whether it ran.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from support import write_plan

from edits.repository import commit, git, repository

ORGANISME = "plan/organisme.yaml"

# Whatever of git starts a program that its settings name; « {run} » is the program.
SETTINGS = {
    "core.fsmonitor": "{run}",
    "core.pager": "{run}",
    "core.editor": "{run}",
    "core.askPass": "{run}",
    "core.sshCommand": "{run}",
    "core.gitProxy": "{run}",
    "core.alternateRefsCommand": "{run}",
    "credential.helper": "!{run}",
    "diff.external": "{run}",
    "diff.hostile.textconv": "{run}",
    "diff.hostile.command": "{run}",
    "filter.hostile.clean": "{run}",
    "filter.hostile.smudge": "{run}",
    "filter.hostile.process": "{run}",
    "filter.hostile.required": "true",
    "merge.hostile.driver": "{run}",
    "gpg.program": "{run}",
    "log.showSignature": "true",
    "sequence.editor": "{run}",
    "interactive.diffFilter": "{run}",
    "uploadpack.packObjectsHook": "{run}",
    **{f"pager.{word}": "{run}" for word in ("rev-parse", "merge-base", "ls-tree", "cat-file", "for-each-ref")},
    **{f"alias.{word}": "!{run}" for word in ("rev-parse", "merge-base", "ls-tree", "cat-file", "for-each-ref", "st")},
    "protocol.allow": "always",
    "protocol.ext.allow": "always",
    "protocol.file.allow": "always",
    "remote.origin.url": "ext::{run}",
    "remote.origin.uploadpack": "{run}",
    "remote.origin.promisor": "true",
    "extensions.partialClone": "origin",
    "core.repositoryFormatVersion": "1",
}
HOOKS = ("post-index-change", "pre-commit", "post-checkout", "reference-transaction", "fsmonitor-watchman", "pre-push")


class Canary(NamedTuple):
    """A program, and the file that it leaves wherever it is started from."""

    program: Path
    trace: Path

    @property
    def sang(self) -> bool:
        return self.trace.exists()

    def hush(self) -> None:
        self.trace.unlink(missing_ok=True)


def a_canary(folder: Path) -> Canary:
    folder.mkdir(parents=True, exist_ok=True)
    canary = Canary(folder / "canari", folder / "trace")
    canary.program.write_text(f"#!/bin/sh\n: >'{canary.trace}'\n", encoding="utf-8")
    canary.program.chmod(0o755)
    return canary


def booby_trapped(git_dir: Path, canary: Canary) -> None:
    """A repository whose settings and hooks all start the canary, and which promises objects that are elsewhere."""
    more = git_dir / "more"
    more.write_text(f"[core]\n\tfsmonitor = {canary.program}\n", encoding="utf-8")
    for name, value in (SETTINGS | {"include.path": str(more)}).items():
        setting(git_dir, name, value.format(run=canary.program))
    (git_dir / "hooks").mkdir(exist_ok=True)
    for name in HOOKS:
        shutil.copy(canary.program, git_dir / "hooks" / name)
    (git_dir / "info").mkdir(exist_ok=True)
    (git_dir / "info" / "attributes").write_text("* filter=hostile diff=hostile merge=hostile\n", encoding="utf-8")


def setting(git_dir: Path, name: str, value: str) -> None:
    """A setting more in a repository, written as git would: it takes as long to start as all of these to write."""
    section, _, key = name.rpartition(".")
    section, _, sub = section.partition(".")
    with (git_dir / "config").open("a", encoding="utf-8") as config:
        config.write(f'[{section} "{sub}"]\n' if sub else f"[{section}]\n")
        config.write(f'\t{key} = "{value}"\n')


def lost(git_dir: Path, blob: str) -> None:
    """An object is no longer in a repository: git asks for it where the settings say."""
    (git_dir / "objects" / blob[:2] / blob[2:]).unlink()


def received(folder: Path, canary: Canary) -> Path:
    """A repository in an archive, with all its settings; the folder that holds it once unpacked."""
    made = folder / "fait"
    repository(made)
    blob = git(made, "rev-parse", f"HEAD:{ORGANISME}")
    commit(made, "un autre")
    booby_trapped(made / ".git", canary)
    lost(made / ".git", blob)
    shutil.unpack_archive(shutil.make_archive(str(folder / "envoi"), "tar", made), folder / "reçu", filter="tar")
    return folder / "reçu"


def bare(place: Path, folder: Path, canary: Canary) -> None:
    """A folder gains what a bare repository holds, as ordinary files, beside what it holds already."""
    made = folder / "à-nu"
    repository(made)
    blob = git(made, "rev-parse", f"HEAD:{ORGANISME}")
    booby_trapped(made / ".git", canary)
    setting(made / ".git", "core.bare", "true")
    lost(made / ".git", blob)
    (made / ".git" / "refs" / "keep").write_text("", encoding="utf-8")  # for git to keep the folder
    shutil.copytree(made / ".git", place, dirs_exist_ok=True)


def alone(folder: Path, canary: Canary, where: str) -> Path:
    """A plan outside of any repository, with a bare one in one of the folders about it."""
    here = folder / "dossier"
    write_plan(here)
    bare(here / where, folder, canary)
    return here


def cloned(folder: Path, canary: Canary, where: str) -> Path:
    """A clone of a repository in which a bare one was committed, file by file."""
    made = folder / "origine"
    repository(made)
    bare(made / where, folder, canary)
    (made / where / ".gitattributes").write_text("* filter=hostile diff=hostile\n", encoding="utf-8")
    commit(made, "le piège")
    git(folder, "clone", "--quiet", made.as_uri(), "clone")
    return folder / "clone"


def led_elsewhere(folder: Path, canary: Canary) -> Path:
    """A plan whose `.git` is a file, which names a repository beside it."""
    write_plan(folder / "dossier")
    received(folder, canary).rename(folder / "dossier" / "ailleurs")
    (folder / "dossier" / "plan" / ".git").write_text("gitdir: ../ailleurs/.git\n", encoding="utf-8")
    return folder / "dossier"


KINDS: dict[str, Callable[[Path, Canary], Path]] = {
    "received": received,
    "led elsewhere": led_elsewhere,
    "bare in plan/": lambda folder, canary: alone(folder, canary, "plan"),
    "bare in templates/": lambda folder, canary: alone(folder, canary, "templates"),
    "bare above": lambda folder, canary: alone(folder, canary, "."),
    "cloned, bare in plan/": lambda folder, canary: cloned(folder, canary, "plan"),
    "cloned, bare in templates/": lambda folder, canary: cloned(folder, canary, "templates"),
    "cloned, bare above": lambda folder, canary: cloned(folder, canary, "."),
}

# Where git, left to itself in that folder of each kind, starts the canary.
TRAPS = {
    "received": ".",
    "led elsewhere": "plan",
    "bare in plan/": "plan",
    "bare in templates/": "templates",
    "bare above": ".",
    "cloned, bare in plan/": "plan",
    "cloned, bare in templates/": "templates",
}


def left_to_itself(folder: Path, *words: str, given: str = "", **env: str) -> None:
    """Git as a person who knows of no danger starts it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(
        ["git", *words], cwd=folder, env=kept | own | env, input=given.encode(), capture_output=True, check=False
    )
