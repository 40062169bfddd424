"""Every command on a damaged plan, in this process, and what must hold of each answer."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import shutil
import sys
import time
import traceback
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import gettempdir
from typing import NamedTuple
from unittest.mock import patch
from xml.etree import ElementTree as ET

from cli_french.english import english
from cli_french.scenarios import words_of
from corpus.test_hostile import no_hang
from once import done_once, loaded

from fuzz.damages import Files, damaged
from pivot_cli.cli import app
from pivot_cli.cli_french import FrenchApp, run
from pivot_cli.cli_french import app as running
from pivot_cli.documents.registry import DOCUMENTS
from pivot_cli.plan.sources import read_folder

DAYS = ("1900-01-01", "2019-05-12", "2020-01-15", "2020-02-29", "2021-12-31", "2199-12-31", "31 décembre 2020")
IDS = (
    "1.adm.1.1",
    "1.adm.1.2",
    "1.adm.1.3",
    "1.gou.1.1",
    "2.com.1.1",
    "1.adm.1",
    "1.adm",
    "1",
    "2.gou.3.2",
    "1.1",
    "x",
)
NAMES = ("DG", "CA", "Directrice générale", "resp-essai", "equipe", "dg", "personne")

# Each command, and the lines of it; « § » stands for a value drawn from the table named after it.
LINES: dict[str, tuple[str, ...]] = {
    "validate": (
        *(f"validate --format {form}" for form in ("texte", "json", "github", "sarif", "junit", "gitlab")),
        "validate", "validate --strict", "validate --depuis HEAD", "validate --format sarif -o v.sarif",
    ),
    "init": (
        "init neuf --nom X --sans-question", "init --sans-question", "init neuf --titre §texte --periode §jour --essai",
        "init neuf --reunion §jour --exercice §texte --sans-question", "init neuf --de plan/organisme.yaml --essai",
    ),
    "schema": ("schema orientation", "schema organisme", "schema --ecrire"),
    "status": ("status --au §jour", "status --au §jour --format json", "status"),
    "overdue": (
        *(f"overdue --au §jour --format {form}" for form in ("texte", "json", "csv", "md")),
        "overdue --au §jour --bientot --horizon 9999", "overdue --responsable §nom --code-retour",
        "overdue --orientation 1",
    ),
    "list": (
        *(f"list --au §jour --format {form}" for form in ("texte", "json", "csv", "md")),
        "list comité --tri responsable", "list --etat réalisée --avant §jour --apres §jour", "list --a-completer",
        "list -r §nom --sans-nouvelles 6 --tri echeance --au §jour", "list --orientation 1 -o l.csv",
    ),
    "show": ("show §id --au §jour", "show §id --format json"),
    "open": ("open --duree §texte --port 0", "open --port 99999"),  # refused: it would stay otherwise
    "changes": (
        *(f"changes --depuis §jour --au 2021-06-30 --format {form}" for form in ("texte", "json", "md")),
        "changes", "changes --au §jour --tout", "changements --depuis réunion -r §nom", "changes --depuis HEAD",
        "changes --orientation 1 -o c.md",
    ),
    "deadline": ("deadline §texte", "deadline §texte --au §jour --format json"),
    "agenda": (
        *(f"agenda --type {kind} --date 2020-01-15 --format {form}" for kind in ("ca", "aga") for form in ("md",
        "html")),
        "agenda --date §jour --precedente 2019-01-20 --heure 19h --duree 2h", "agenda",
        "agenda --type aga --date 2020-06-15 --exercice §exercice",
        "agenda --date §jour --heure 19h --inscrire",
        "agenda --type aga --date 2021-06-16 --inscrire --remplacer -o o.md",
        "agenda --date 2020-01-15 --format docx -o odj.docx",
        "agenda --type aga --date §jour --format docx -o odj.docx",
    ),
    "report": (
        *(f"report {document} --au §jour --format {form}" for document in DOCUMENTS for form in ("md", "html")),
        "report bilan --exercice §exercice", "report sommaire --changements-depuis §jour",
        "report --responsable §nom",
        "report complet --orientation 1 -o r.html",
    ),
    "group": (*(f"group plan --au §jour --format {form}" for form in ("texte", "json", "csv", "html")), "group plan"),
    "export": ("export --au §jour --format json", "export --au §jour --format csv", "export -o p.json"),
    "note": (
        'note §id --note "Vu" --par §nom', "note §id --statut §statut --le 2019-05-12",
        "note §id --realisation 2020-01-15",
        'note §id --reporter §texte --motif "Le poste"', "note §id --porteur §nom --budget-prevu 1500",
        "note §id §id --note x",
        "note §id --resultat Bien --resolution CA-12", "note §id --statut §statut --motif x",
    ),
    "remind": ("remind --au §jour", "remind --responsable §nom --format eml", "remind --format md -o rappels",
    "remind"),
}  # fmt: skip
TABLES = {
    "jour": DAYS,
    "id": IDS,
    "nom": NAMES,
    "statut": ("réalisée", "en cours", "abandonnée", "en attente", "à faire", "partiellement réalisée"),
    "texte": (
        "Automne 2020",
        "mi-été 2024",
        "court terme",
        "juillet à juin, chaque année",
        "fin février 2021",
        "An 2",
        "2020-2021",
    ),
    "exercice": ("2019-2020", "2020", "2199-2200", "1900-1901", "x"),
}
COMPLETED = (["show"], ["note"], ["overdue", "-r"], ["report", "bilan", "--exercice"], ["overdue", "--orientation"])


class Answer(NamedTuple):
    """What a run gave."""

    words: list[str]
    code: int
    out: str
    err: str
    inside: str


def lines_of(rng: Random, ids: tuple[str, ...] = IDS) -> Iterator[list[str]]:
    """A line of every command, drawn, of actions that have these ids; what writes comes last, several times."""
    assert LINES.keys() == {entry.name for entry in app.entries}, "une commande nouvelle a ses lignes dans LINES, ici"
    tables = TABLES | {"id": ids if ids and rng.random() < 0.9 else IDS}
    for name in [*(name for name in LINES if name != "note"), *["note"] * 3]:
        words = shlex.split(rng.choice(LINES[name]))
        filled = [rng.choice(tables[word[1:]]) if word.startswith("§") else word for word in words]
        yield [*filled, *(["--essai"] if name == "note" and rng.random() < 0.4 else [])]
    yield ["validate", "--format", "json"]


def answered(words: list[str], **env: str) -> Answer:
    """A run of the program here."""
    inside: list[str] = []
    explain = running._explain

    def told(error: BaseException, application: FrenchApp) -> int:
        code = explain(error, application)
        if "Erreur interne" in _shown(err):
            inside.append("".join(traceback.format_exception(error)[-6:]))
        return code

    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n") for _ in "ab")
    streams = patch.multiple(sys, stdout=out, stderr=err)
    with streams, patch.dict(os.environ, env), done_once(), patch.object(running, "_explain", told), no_hang():
        code = run(app, words)
    return Answer(words, code, _shown(out), _shown(err), "".join(inside))


def _shown(stream: io.TextIOWrapper) -> str:
    stream.flush()
    written = stream.buffer
    assert isinstance(written, io.BytesIO)
    return written.getvalue().decode("utf-8")


def faults_of(answer: Answer, *, lost: bool) -> Iterator[str]:
    """What does not hold of an answer; `lost` says that the files had characters that cannot be shown."""
    if answer.inside:
        yield f"erreur interne : {answer.inside}"
    if answer.code not in {0, 1, 2, 3}:
        yield f"code {answer.code}"
    both = answer.out + answer.err
    if re.search("Erreur interne|Traceback", both):
        yield "une erreur interne"
    if "\ufffd" in both and not lost:
        yield "un caractère perdu"
    if found := re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", both):
        yield f"un caractère de commande {found[0]!r} : {both[max(0, found.start() - 60) : found.end() + 20]!r}"
    if answer.code in {2, 3} and not answer.err.strip() and answer.words[0] != "validate":
        yield "un refus sans un mot"
    yield from _unread(answer)
    if words := [word for word in english(_own_words(answer.err), NAMES_SHOWN) if word]:
        yield f"de l'anglais : {words} dans {answer.err!r}"


NAMES_SHOWN = words_of(app) | {"an"}


def _own_words(text: str) -> str:
    """What the program says, without what it repeats of the plan."""
    return re.sub("«\u00a0.*?\u00a0»|« .*? »|(?m:^  .*$)|[\"'].*[\"']", "", text, flags=re.DOTALL)


def _unread(answer: Answer) -> Iterator[str]:
    """What a program would not read of an answer that is made for it."""
    words, out = answer.words, answer.out
    form = words[words.index("--format") + 1] if "--format" in words else ""
    try:
        if form in {"json", "sarif", "gitlab"} and "-o" not in words and out:
            read = json.loads(out)
            for one in read.get("diagnostics", ()) if isinstance(read, dict) else ():
                if found := english(_own_words(f"{one['message']} {one['aide']}"), NAMES_SHOWN):
                    yield f"de l'anglais : {found} dans {one['message']!r} {one['aide']!r}"
        if form == "junit" and out:
            ET.fromstring(out)
    except (ValueError, ET.ParseError) as error:
        yield f"illisible : {error}"
    if "odj.docx" in words and Path("odj.docx").is_file() and not zipfile.is_zipfile("odj.docx"):
        yield "un document Word qui ne s'ouvre pas"


@contextmanager
def on_disk(files: Files) -> Iterator[Path]:
    """The files of a case in a folder of their own, which becomes the current one."""
    before = Path.cwd()
    # Its name is figures: among letters drawn at random there is an English word one day.
    folder = Path(gettempdir(), str(time.time_ns()))
    try:
        plan = folder / "plan"
        plan.mkdir(parents=True)
        for name, data in files.items():
            path = plan / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        os.chdir(folder)
        yield plan
    finally:
        os.chdir(before)
        shutil.rmtree(folder)


def tried(case: int) -> list[str]:
    """What a case shows to be wrong: each fault, with the line that shows it and what was damaged."""
    files, done = damaged(case)
    rng = Random(-case - 1)
    lost = any(_has_lost(data) for data in files.values())
    wrong: list[str] = []
    with on_disk(files) as plan, patch.dict(os.environ, {"COLUMNS": str(rng.choice((40, 80, 200)))}):
        os.environ.pop("PIVOT_PLAN", None)
        for words in lines_of(rng, tuple(loaded(read_folder(plan, "plan"))[0].by_id)):
            wrong += _told(case, done, words, {}, lost=lost)
        wrong += _told(case, done, rng.choice(COMPLETED), {"_PIVOT_COMPLETE": "fish", "_PIVOT_WORD": ""}, lost=lost)
    return wrong


_LOST = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffd-\uffff\ufeff\u2028-\u202e\u2066-\u2069]|[\\\\][0abefuUxvN_LP]"
)


def _has_lost(data: bytes) -> bool:
    """Whether a file has what is shown as U+FFFD: bytes that are no text, or a character of command."""
    try:
        return _LOST.search(data.decode("utf-8")) is not None
    except UnicodeDecodeError:
        return True


def _told(case: int, done: list[str], words: list[str], env: dict[str, str], *, lost: bool) -> list[str]:
    try:
        answer = answered(words, **env)
    except TimeoutError:
        return [f"cas {case} ({', '.join(done)}) : pivot {' '.join(words)} : ne finit pas"]
    found = faults_of(answer, lost=lost)
    return [f"cas {case} ({', '.join(done)}) : pivot {' '.join(words)} : {fault}" for fault in found]
