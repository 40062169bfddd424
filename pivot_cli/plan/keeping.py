"""What is kept in the history, and sent, for who has no terminal: by git, as its owner set it, hooks and filters too.

Unlike what only reads (`git.py`), this obeys the repository: it is the owner's own, or is not to be written to.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

from pivot_cli.finding import PivotError
from pivot_cli.plan.git import ask_git, run_git
from pivot_cli.plan.revisions import read_revision, repository_of
from pivot_cli.plan.worktree import git_folder, repository_root
from pivot_cli.system import on_the_path
from pivot_cli.text import NBSP, clean, counted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pivot_cli.plan.git import Output, Reading
    from pivot_cli.plan.sources import PlanFiles

_SECONDS = 120  # of a commit: its hooks may be slow
_SENDING = 60
_MOST_LINES = 12  # of what a hook says
_UNDER_WAY = {
    "MERGE_HEAD": "d'une fusion (merge)",
    "rebase-merge": "d'un rebasage (rebase)",
    "rebase-apply": "d'un rebasage (rebase)",
    "CHERRY_PICK_HEAD": "d'une reprise (cherry-pick)",
    "REVERT_HEAD": "d'une annulation (revert)",
    "BISECT_LOG": "d'une recherche (bisect)",
}


class Author(NamedTuple):
    """Who records: the name and the address that git keeps with each change."""

    nom: str
    courriel: str


class Line(NamedTuple):
    """The branch that is recorded on, and where it is sent: the remote and the name there, none where there is none;
    how many commits it does not have yet.
    """

    branch: str
    remote: str = ""
    there: str = ""
    ahead: int = 0


def author_of(top: Path) -> Author | None:
    """Who git says that records, by its environment or its settings; None where it was told nothing."""
    told = _asked(top, "config", "--get-regexp", r"^user\.(name|email)$").splitlines()
    usual = {key: value for key, _, value in (line.partition(" ") for line in told)}  # of several, the last
    said = [os.environ.get(f"GIT_AUTHOR_{key.upper()}", "").strip() or usual.get(f"user.{key}", "").strip()
            for key in ("name", "email")]  # fmt: skip
    return Author(*said) if all(said) else None


def refuse_unready(top: Path) -> None:
    """Raise PivotError where git cannot take a change now: something is under way, or no branch is there."""
    git = git_folder(top)
    for name, what in _UNDER_WAY.items():
        if (git / name).exists():
            message = f"le dépôt git du plan est au milieu {what}."
            raise PivotError(message, "Qui s'en occupe la termine, ou y renonce; ensuite, recommencez.")
    if (git / "index.lock").exists():
        raise _locked()
    if not _branch(top):
        message = "le dépôt git du plan n'est sur aucune branche (HEAD détachée), et ce qui y serait gardé se perdrait."
        raise PivotError(message, f"Qui s'en occupe se place sur une branche{NBSP}: git switch main")


def _locked() -> PivotError:
    message = "un autre programme se sert du dépôt git du plan (il y a un fichier .git/index.lock)."
    return PivotError(message, "Attendez qu'il ait fini. S'il n'y en a plus aucun, effacez ce fichier.")


def _branch(top: Path) -> str:
    """The branch that HEAD is on, without any commit too; nothing where it is on none."""
    return _asked(top, "symbolic-ref", "--quiet", "--short", "HEAD")


def line_of(top: Path) -> Line:
    """The branch, and what is left to send of it."""
    if not (branch := _branch(top)):
        return Line("")
    form = "%(upstream)%00%(upstream:remotename)%00%(upstream:remoteref)"
    told = _asked(top, "for-each-ref", f"--format={form}", f"refs/heads/{branch}").split("\0")
    upstream, remote, there = told if len(told) == 3 else ("", "", "")
    if not remote:
        names = _asked(top, "config", "--get-regexp", "--name-only", r"^remote\..*\.url$").splitlines()
        known = list(dict.fromkeys(name.removeprefix("remote.").removesuffix(".url") for name in names))
        remote = "origin" if "origin" in known else known[0] if len(known) == 1 else ""
        there, upstream = f"refs/heads/{branch}", ""
    if not remote or remote == ".":
        return Line(branch)
    since = ["--not", f"--remotes={remote}"]
    if upstream and ask_git(top, "rev-parse", "--verify", "--quiet", upstream).code == 0:
        since = [f"^{upstream}"]
    number = _asked(top, "rev-list", "--count", "HEAD", *since)
    return Line(branch, remote, there, int(number) if number.isdecimal() else 0)


def keeps(folder: Path, label: str, names: Sequence[str]) -> Path | None:
    """The top of the repository that keeps these files of a folder, or is to; None where nothing does: they are in
    none, or it is told to ignore them. Raises PivotError where git refuses to say.
    """
    if repository_root(folder.resolve()) is None:
        return None
    top = repository_of(folder, label)[0]
    known = set(_names(ask_git(folder, "ls-files", "-z", "--", *names)))
    others = [name for name in names if name not in known]
    if others and ask_git(folder, "check-ignore", "-q", "--", *others).code == 0:
        return None
    return top


def keep(folder: Path, names: Sequence[str], message: str, author: Author | None) -> str:
    """Keep these files of a folder as they are, and nothing else, whatever somebody put aside for another commit; its
    short name, or nothing where git has them so already. Raises PivotError, in words, where it refuses: then the
    history is as it was.
    """
    known = set(_names(ask_git(folder, "ls-files", "-z", "--", *names)))
    fresh = [name for name in names if name not in known]
    who = ["-c", f"user.name={author.nom}", "-c", f"user.email={author.courriel}"] if author else []
    before = _asked(folder, "rev-parse", "--verify", "--quiet", "HEAD")
    try:
        if fresh:
            _made(run_git(folder, "add", "--", *fresh, seconds=_SECONDS))
        given = message.encode()
        words = [*who, "commit", "-q", "--cleanup=whitespace", "-F", "-", "--only", "--", *names]
        done = run_git(folder, *words, given=given, seconds=_SECONDS)
        now = _asked(folder, "rev-parse", "--verify", "--quiet", "HEAD")
        if now == before and done.code == 1 and _SAME.search(done.out + done.err):
            return ""
        if now == before or done.code:
            _made(done)
    except PivotError:
        now = _asked(folder, "rev-parse", "--verify", "--quiet", "HEAD")
        if now != before:  # it was kept all the same, what followed failed
            return now[:_SHORT]
        if fresh:
            run_git(folder, "rm", "--cached", "-q", "--ignore-unmatch", "--", *fresh, seconds=_SECONDS)
        raise
    return now[:_SHORT]


_SHORT = 9
_SAME = re.compile(rb"nothing to commit|nothing added to commit|no changes added|working tree clean")


def keep_first(folder: Path, names: Sequence[str], message: str) -> None:
    """Keep files of a folder in git, in a repository that is begun where there is none; raises PivotError where git
    refuses.
    """
    steps = [["add", "--", *names], ["commit", "-q", "-m", message, "--", *names]]
    if repository_root(folder) is None:
        steps.insert(0, ["init", "-q"])
    for words in steps:
        if (done := run_git(folder, *words)).code:
            told = done.err.decode("utf-8", "replace")
            who = 'git config --global user.name "Votre nom" && git config --global user.email vous@exemple.org'
            remedy = (
                f"Dites-lui qui vous êtes{NBSP}: {who}"
                if "user.email" in told
                else f"Recommencez{NBSP}: git {words[0]}"
            )
            raise PivotError(f"git a refusé ({words[0]}).", remedy)


def send(top: Path, line: Line) -> None:
    """Send a branch to its remote. Raises PivotError, with what went wrong and what to do."""
    ref = f"refs/heads/{line.branch}:{line.there}"
    upstream = [] if _asked(top, "config", "--get", f"branch.{line.branch}.remote") else ["--set-upstream"]
    ssh = os.environ.get("GIT_SSH_COMMAND") or _asked(top, "config", "--get", "core.sshCommand") or "ssh"
    more = {"GIT_SSH_COMMAND": f"{ssh} -o BatchMode=yes"} if re.match(r"\S*ssh(\s|$)", ssh) else {}
    done = run_git(top, "push", *upstream, "--", line.remote, ref, seconds=_SENDING, more=more)
    if done.code == 0:
        return
    told = done.err.decode("utf-8", "replace")
    for pattern, message, remedy in _NOT_SENT:
        if re.search(pattern, told, re.IGNORECASE):
            raise PivotError(message, _with_words(remedy, told, r"^remote:\s?"))
    raise PivotError("git n'a pas pu envoyer les changements.", _with_words("Il dit ceci.", told, ""))


_NOT_SENT = (
    (
        r"non-fast-forward|fetch first|\[rejected\]",
        "d'autres changements ont été envoyés depuis un autre ordinateur.",
        f"Rien n'est perdu ici. Qui s'occupe du dépôt les réunit{NBSP}: git pull --rebase; ensuite, envoyez.",
    ),
    (
        r"remote rejected|hook declined|protected branch",
        "le serveur a refusé les changements.",
        "Rien n'est perdu ici. Voici ce qu'il dit.",
    ),
    (
        (
            r"could not read (user|pass)|terminal prompts disabled|authentication failed|invalid credentials|"
            r"permission denied|access denied|host key verification|returned error: 40[13]|could not be authenticated"
        ),
        "le serveur ne vous reconnaît pas.",
        "Qui s'occupe du dépôt y met vos accès une fois, dans un terminal (git push); ensuite, envoyez d'ici.",
    ),
    (
        (
            r"could not resolve|unable to access|connection (refused|timed out|reset)|network is unreachable|no route|"
            r"operation timed out|failed to connect"
        ),
        "le serveur ne répond pas.",
        "Vérifiez que cet ordinateur est branché à Internet, puis recommencez.",
    ),
    (
        r"not found|does not appear to be a git repository|no such (file|remote)",
        "le dépôt où envoyer n'est pas là.",
        f"Qui s'en occupe vérifie son adresse{NBSP}: git remote -v",
    ),
)


def _made(done: Output) -> None:
    """Raise PivotError for a run that failed, in words."""
    if done.code == 0:
        return
    told = (done.err + b"\n" + done.out).decode("utf-8", "replace")
    for pattern, message, remedy in _NOT_KEPT:
        if re.search(pattern, told, re.IGNORECASE):
            raise PivotError(message, remedy) if message else _locked()
    said = "Un crochet du dépôt (hook) l'a peut-être refusé; voici ce qui est dit."
    raise PivotError("git a refusé de garder ce changement.", _with_words(said, told, ""))


_NOT_KEPT = (
    (r"index\.lock|another git process|unable to create .*\.lock", "", ""),
    (
        r"during a (merge|cherry-pick|rebase)|unmerged|you have not concluded",
        "le dépôt git du plan est au milieu d'une fusion.",
        "Qui s'en occupe la termine, ou y renonce; ensuite, recommencez.",
    ),
    (
        r"please tell me who you are|empty ident|identity unknown|unable to auto-detect",
        "git ne sait pas qui vous êtes.",
        "Écrivez votre nom et votre courriel.",
    ),
    (
        r"gpg failed|failed to sign|signing failed",
        "git n'a pas pu signer le changement, comme il est réglé pour le faire.",
        "Qui s'occupe du dépôt vérifie sa clé (commit.gpgSign).",
    ),
    (
        r"read-only file system|permission denied|insufficient permission",
        "le dépôt git du plan ne peut pas être écrit.",
        "Vérifiez les droits de son dossier .git.",
    ),
    (r"no space left|quota exceeded", "le disque est plein.", "Faites-y de la place, puis recommencez."),
    (r"dubious ownership", "le dépôt git du plan appartient à un autre compte.", "Demandez à qui il appartient."),
)


def _with_words(said: str, told: str, only: str) -> str:
    """What to do, then what git or a hook said, on lines of their own."""
    lines = [clean(line).rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", told).splitlines()]
    kept = [re.sub(only, "", line) for line in lines if line.strip() and re.search(only, line)]
    left = len(kept) - _MOST_LINES
    more = [f"et {counted(left, 'autre ligne', 'autres lignes')}"] if left > 0 else []
    return "\n".join([said, *(f"  {line}" for line in kept[:_MOST_LINES]), *more])


def _names(done: Output) -> list[str]:
    return [os.fsdecode(name) for name in done.out.split(b"\0") if name]


def _asked(folder: Path, command: Reading, *words: str) -> str:
    """What git answers to a question, on a line; nothing where it has no answer."""
    done = ask_git(folder, command, *words)
    return done.out.decode("utf-8", "replace").strip("\n") if done.code == 0 else ""


def to_send(line: Line) -> str:
    """« 2 changements à envoyer »; nothing where there is nowhere to send, or nothing to."""
    return f"{counted(line.ahead, 'changement')} à envoyer" if line.ahead else ""


def sent(line: Line) -> str:
    """« 2 changements sont envoyés. », once they are."""
    return f"{counted(line.ahead, 'changement est envoyé', 'changements sont envoyés')}."


def is_there() -> bool:
    """Whether git is on this computer."""
    return next(on_the_path("git"), None) is not None


def last_kept(folder: Path, label: str) -> PlanFiles | None:
    """The plan's files as the last commit has them, none where it had no plan; None where git cannot tell."""
    if repository_root(folder) is None:
        return None
    try:
        return read_revision(folder, label, "HEAD").files
    except PivotError:
        return None


def unkept(now: PlanFiles, kept: PlanFiles | None) -> list[str]:
    """The names of the files that git does not have as they are; of none of them where it cannot tell."""
    if kept is None:
        return []
    return [name for name, data in now.files.items() if _unbroken(kept.files.get(name)) != _unbroken(data)]


def _unbroken(data: bytes | None) -> bytes | None:
    """The bytes of a file, whatever its line breaks: git may keep others than the disk does."""
    return data and data.replace(b"\r\n", b"\n")
