"""The walks of the papers: what they tell a reader to type, done for real, with what then appears.

A walk stands between `<!-- parcours : le plan livré -->` (a copy of the adopted plan, in git) or `<!-- parcours :
un dossier vide -->` (or `un plan vide`: the folder `plan` is there; or `un dossier avec un document`: `plan.docx` is
there), and `<!-- fin -->`. Its blocks are done in order, in one folder:

- `console`: each line after « $ » is run; what follows it is what it shows;
- `sh`: each line is run; what it shows is left out;
- `yaml` whose first line is a comment naming a file of the plan: that file, written whole;
- `diff` whose first line names a file: lines of it that change, found by what stands around them.

Other blocks and the words between them are left alone.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from support import SHIPPED, clean_environment, pivot

_BLOCK = re.compile(
    r"^(?P<head>```(?P<kind>console|sh|yaml|diff)\n)(?P<body>.*?)(?P<tail>^```$)", re.DOTALL | re.MULTILINE
)
_FILE = re.compile(r"(?:# |--- )(?P<name>plan/[\w-]+\.yaml)\n")


def walked(text: str, start: str) -> str:
    """The walk with its outputs as they are now. Raises AssertionError where a step cannot be done."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        STARTS[start](folder)

        def done(found: re.Match[str]) -> str:
            return f"{found['head']}{_STEPS[found['kind']](found['body'], folder)}{found['tail']}"

        return _BLOCK.sub(done, text)


def _shipped(folder: Path) -> None:
    shutil.copytree(SHIPPED, folder / "plan")
    for words in ("init -q -b main", "add plan", "commit -q -m adopté"):
        _git(*words.split(), cwd=folder)


def _with_a_document(folder: Path) -> None:
    shutil.copyfile(Path(__file__).parent / "intake" / "corpus" / "mada.docx", folder / "plan.docx")


STARTS: dict[str, Callable[[Path], None]] = {
    "le plan livré": _shipped,
    "un dossier vide": lambda _: None,
    "un dossier avec un document": _with_a_document,
    "un plan vide": lambda folder: (folder / "plan").mkdir(),
}


def _typed(body: str, folder: Path) -> str:
    commands = [line for line in body.splitlines() if line.startswith("$ ")]
    return "".join(f"{command}\n{_shown(command.removeprefix('$ '), folder)}" for command in commands)


def _shown(command: str, folder: Path) -> str:
    """What a command shows. It succeeds, or says what is at fault."""
    program, *words = shlex.split(command, comments=True)
    if program == "mkdir":
        (folder / words[0]).mkdir()
        return ""
    done = pivot(*words, cwd=folder, columns=80, **_IDENTITY) if program == "pivot" else _git(*words, cwd=folder)
    shown = done.stdout + done.stderr
    assert done.returncode == int("\N{NO-BREAK SPACE}erreur" in shown and "aucune erreur" not in shown), (
        command,
        shown,
    )
    return shown


def _run(body: str, folder: Path) -> str:
    for command in (line for line in body.splitlines() if not line.startswith("#")):
        _shown(command, folder)
    return body


_IDENTITY = {f"GIT_{who}_{what}": "pivot@exemple.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


def _git(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    own = _IDENTITY | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    return subprocess.run(
        ["git", *words], cwd=cwd, env=clean_environment() | own, capture_output=True, encoding="utf-8", check=False
    )


def _written(body: str, folder: Path) -> str:
    if named := _FILE.match(body):
        (folder / named["name"]).write_text(body, encoding="utf-8", newline="\n")
    return body


def _changed(body: str, folder: Path) -> str:
    named = _FILE.match(body)
    assert named, body
    lines = body.splitlines(keepends=True)[1:]
    before, after = ("".join(line[1:] for line in lines if line[0] in kept) for kept in (" -", " +"))
    path = folder / named["name"]
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, body
    path.write_text(text.replace(before, after), encoding="utf-8", newline="\n")
    return body


_STEPS = {"console": _typed, "sh": _run, "yaml": _written, "diff": _changed}
