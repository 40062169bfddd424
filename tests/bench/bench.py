"""How long the commands take, as ratios: run by hand, `python tests/bench/bench.py [RUNS]`, two to four minutes.

Every command's wall time is divided by that of `python -c pass`, on the shipped plan (93 actions) and on a hundred
times the plan (9,300); what reads a large plan, by that of a bare `yaml.load(…, CSafeLoader)` over the same files as
well. Runs alternate, so that all sides meet the same weather; the figure is the median of the ratios, run by run. The
program is installed from its wheel in an environment of its own, as its users have it, with its bytecode compiled.
The result is Markdown.
"""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

ROOT = Path(__file__).resolve().parents[2]
DAY = ("--au", "2020-01-15")
MEETING = ("--date", "2020-01-15", "--heure", "19 h")
TAB = "<Tab>"  # at the end of a command: what the shell asks at that place
ID = "ID"  # the first action of the plan


class Row(NamedTuple):
    """A command, and how many times `python -c pass` it may take on the shipped plan.

    `bare` is how many times the bare `yaml.load` it may take on a large plan, where that is measured, and `memory`
    how much of it, in MiB.
    """

    words: tuple[str, ...]
    bound: float | None
    bare: float | None = None
    memory: int = 100


COMMANDS = (
    Row(("--help",), 7.0),
    Row(("--version",), 7.0),
    Row(("validate",), 8.5, 1.2),
    Row(("validate", "--depuis", "HEAD"), None),
    Row(("status", *DAY), 12.5),
    Row(("status", *DAY, "--format", "json"), 9.5),
    Row(("overdue", *DAY), 12.5, 1.2),
    Row(("overdue", *DAY, "--format", "json"), 9.5),
    Row(("overdue", "--responsable", "DG", *DAY), 12.5),
    Row(("show", ID, *DAY), 12.5),
    Row(("deadline", "Automne 2020"), 9.5),
    Row(("note", ID, "--statut", "en cours", "--essai"), 10.0),
    Row(("remind", *DAY), 12.5),
    Row(("agenda", *MEETING, "--format", "html"), 16.0),
    Row(("agenda", *MEETING, "--format", "md"), 16.0),
    Row(("report", "complet", "--format", "html", *DAY), 16.0, 3.0, 200),
    Row(("report", "complet", "--format", "md", *DAY), 16.0),
    Row(("report", "sommaire", "--format", "html", *DAY), 16.0),
    Row(("report", "bilan", "--format", "html", *DAY), 16.0),
    Row(("export", *DAY, "--format", "json"), 9.5),
    Row(("export", *DAY, "--format", "csv"), 9.5),
    Row(("schema",), 9.5),
    Row(("overdue", "--responsable", TAB), 12.5),
    Row(("show", TAB), 12.5),
)
PAGES = (
    *("/", "/liste", "/liste?etat=%C3%A9ch%C3%A9ance+pass%C3%A9e", "/liste?mots=comit%C3%A9", "/liste?a-completer=oui"),
    *(f"/action/{ID}", "/plan", "/plan/1", "/responsables", "/reunions", "/changements", "/documents", "/fautes"),
    *(f"/consigner?id={ID}", "/ajouter", "/reunion", "/dossiers", "/questions", "/propositions", "/relance"),
)
"""Of the local page, which have 60 ms on the shipped plan and 400 ms on a large one, once it is read."""
OPENS = 25.0  # times `python -c pass` until `pivot open` gives its address
IN_MANY_FILES = (("validate",), ("overdue", *DAY))

BARE_LOAD = """\
import sys, yaml
from pathlib import Path
for path in sorted(Path(sys.argv[1]).glob("*.yaml")):
    yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
"""

# Without the garbage collector, as the program runs.
READINGS = """\
import gc, re, sys
from pathlib import Path
from time import perf_counter
from pivot_cli.echeance import parse
gc.disable()
texts = [path.read_text(encoding="utf-8") for path in sorted(Path(sys.argv[1]).glob("orientation-*.yaml"))]
wordings = [found for text in texts for found in re.findall(r"(?m)^ +echeance: (.+)$", text)] * int(sys.argv[2])
begin = perf_counter()
for wording in wordings:
    parse(wording)
print(1000 * (perf_counter() - begin))
"""


class Installed(NamedTuple):
    """The program's Python and its `pivot`."""

    python: str
    pivot: str


class Measured(NamedTuple):
    """A command's time, in multiples of `python -c pass` and of the bare `yaml.load`, and its memory in MiB."""

    times: float
    bare: float | None
    memory: float


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    few = max(3, runs // 3)
    # Without bytecode, every run would compile the program and its templates.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as folder:
        program = install(Path(folder))
        small, large, many = plans(Path(folder))
        print(f"Médianes : {runs} passages à 93 actions, {few} à 9 300.\n")
        bounded = [by_command(program, small, large, runs, few)]
        bounded += [in_many_files(program, many, few)]
        against_bare_load(bounded)
        opening(program, runs)
        local_page(program, (small, large, many), runs)


# --- what is shown ------------------------------------------------------------------------------------------

Bounded = dict[Row, Measured]


def by_command(program: Installed, small: Path, large: Path, runs: int, few: int) -> Bounded:
    """The table of every command; gives what is also bounded by the bare `yaml.load`."""
    print("| commande (× `python -c pass`) | 93 actions | au plus | 9 300 actions, 5 fichiers |")
    print("| --- | ---: | ---: | ---: |")
    bounded = {}
    for row in COMMANDS:
        measure(program, small, row, 1)  # not counted: what it compiles is kept
        near = measure(program, small, row._replace(bare=None), runs)
        far = measure(program, large, row, few)
        limit = "–" if row.bound is None else number(row.bound)
        shown = judged(near.times, row.bound)
        print(f"| {typed(row)} | {shown} | {limit} | {number(far.times)} |", flush=True)
        if row.bare:
            bounded[row] = far
    return bounded


def in_many_files(program: Installed, plan: Path, few: int) -> Bounded:
    """The table of what reads a plan in many files."""
    print("\n| 9 300 actions, 500 fichiers | × `python -c pass` |\n| --- | ---: |")
    bounded = {row: measure(program, plan, row, few) for row in COMMANDS if row.words in IN_MANY_FILES}
    for row, found in bounded.items():
        print(f"| {typed(row)} | {number(found.times)} |")
    return bounded


def against_bare_load(bounded: list[Bounded]) -> None:
    """The table of what is bounded by the bare `yaml.load`."""
    print("\n| 9 300 actions | fichiers | × `yaml.load` | au plus | mémoire (Mio) | au plus |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for files, found in zip((5, 500), bounded, strict=True):
        for row, one in found.items():
            shown = judged(one.bare or 0, row.bare, 2)
            used = judged(one.memory, row.memory, 0)
            print(f"| {typed(row)} | {files} | {shown} | {number(row.bare or 0)} | {used} | {row.memory} |")


def opening(program: Installed, runs: int) -> None:
    """The table of how long échéances take to read in a program that has just started."""
    print("\n| échéances lues, programme qui vient de démarrer | ms | au plus |\n| ---: | ---: | ---: |")
    for times, most in ((1, 2.0), (100, 60.0)):
        command = [program.python, "-c", READINGS, str(ROOT / "plan"), str(times)]
        done = (subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(runs))
        took = statistics.median(float(one.stdout) for one in done)
        print(f"| {93 * times} | {judged(took, most, 2)} | {number(most)} |")


def local_page(program: Installed, folders: tuple[Path, Path, Path], runs: int) -> None:
    """The table of how long `pivot open` takes to start, and each of its pages to come."""
    print("\n| page (ms) | 93 actions | au plus | 9 300, 5 fichiers | 9 300, 500 fichiers | au plus |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    told = [served(program, plan, runs) for plan in folders]
    for page, *times in zip(PAGES, *(one[1] for one in told), strict=True):
        near, far, many = (judged(took, most, 0) for took, most in zip(times, (60.0, 400.0, 400.0), strict=True))
        print(f"| {page} | {near} | 60 | {far} | {many} | 400 |")
    shown = " | ".join(judged(one[0], OPENS) for one in told)
    print(f"\n| `pivot open` (× `python -c pass`, au plus {number(OPENS)}) | {shown} |")


def typed(row: Row) -> str:
    """A command as it is typed."""
    words = (f'"{word}"' if " " in word else word for word in row.words)
    return f"`pivot {' '.join(words)}`"


def judged(value: float, most: float | None, digits: int = 1) -> str:
    """A figure, in bold where it is more than it may be."""
    shown = number(value, digits)
    return shown if most is None or value <= most else f"**{shown}**"


def number(value: float, digits: int = 1) -> str:
    return f"{value:.{digits}f}".replace(".", ",")


# --- what is measured ---------------------------------------------------------------------------------------


def measure(program: Installed, plan: Path, row: Row, runs: int) -> Measured:
    """The medians of a command, run in turn with what it is compared to."""
    words, asked = row.words, {}
    if words[-1] == TAB:
        words, asked = words[:-1], {"_PIVOT_COMPLETE": "zsh"}
    command = [program.pivot, "--plan", str(plan), *(first_action(plan) if word == ID else word for word in words)]
    bare = [program.python, "-c", BARE_LOAD, str(plan)]
    times, loads, memory = [], [], 0.0
    for _ in range(runs):
        took, memory = timed(command, asked)
        times.append(took / timed([program.python, "-c", "pass"])[0])
        if row.bare:
            loads.append(took / timed(bare)[0])
    return Measured(statistics.median(times), statistics.median(loads) if loads else None, memory)


def served(program: Installed, plan: Path, runs: int) -> tuple[float, list[float]]:
    """How long `pivot open` takes to give its address, in multiples of `python -c pass`, and each page, in ms."""
    words = [program.pivot, "open", "--plan", str(plan), "--sans-navigateur", "--port", "0", *DAY]
    ratios, times = [], []
    for rank in range(runs):
        bare, begin = timed([program.python, "-c", "pass"])[0], time.perf_counter()
        environ = {**os.environ, "XDG_STATE_HOME": str(plan.parent)}
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environ) as run:
            assert run.stdout
            address = urlsplit(run.stdout.readline().decode("ascii").strip())
            ratios.append((time.perf_counter() - begin) / bare)
            if rank == 0:
                times = asked(address, [page.replace(ID, first_action(plan)) for page in PAGES], runs)
            run.send_signal(signal.SIGINT)
    return statistics.median(ratios), times


def asked(address: SplitResult, pages: list[str], runs: int) -> list[float]:
    """The median time of each page, in ms, from its address to its last byte."""
    line = http.client.HTTPConnection(address.netloc)
    line.request("GET", f"{address.path}?{address.query}")
    entered = line.getresponse()
    entered.read()
    cookie = {"Cookie": (entered.headers["Set-Cookie"] or "").partition(";")[0]}
    times: dict[str, list[float]] = {page: [] for page in pages}
    for rank in range(runs + 2):
        for page, took in times.items():
            begin = time.perf_counter()
            line.request("GET", page, headers=cookie)
            answer = line.getresponse()
            answer.read()
            if answer.status != 200:
                raise ValueError(page, answer.status)
            took.append(1000 * (time.perf_counter() - begin))
        time.sleep(2.5 if rank < 2 else 0)  # the plan is read, then read again once its files have settled
    line.close()
    return [statistics.median(took[2:]) for took in times.values()]


def timed(command: list[str], asked: dict[str, str] | None = None) -> tuple[float, float]:
    """The wall time of a whole process, in seconds, and its peak memory, in MiB."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **(asked or {})}
    )
    _, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return took, usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


# --- what it is measured on ---------------------------------------------------------------------------------


def install(folder: Path) -> Installed:
    """An environment with the program installed from its wheel."""
    scripts = folder / "env" / "bin"
    subprocess.run([sys.executable, "-m", "venv", folder / "env"], check=True)
    subprocess.run([scripts / "python", "-m", "pip", "install", "-q", "--compile", f"{ROOT}[page]"], check=True)
    return Installed(str(scripts / "python"), str(scripts / "pivot"))


def plans(folder: Path) -> tuple[Path, Path, Path]:
    """The shipped plan, and a hundred times it in five files and in five hundred; the first two under git.

    They are away from the checkout, whose templates beside the plan would stand as the organisation's own.
    """
    small, large, many = (folder / name / "plan" for name in ("livré", "5 fichiers", "500 fichiers"))
    shutil.copytree(ROOT / "plan", small)
    large_files(large)
    many_files(many)
    for plan in (small, large):
        git = ["git", "-C", str(plan), "-c", "user.name=Essai", "-c", "user.email=essai@example.org"]
        for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "Le plan"]):
            subprocess.run([*git, *words], check=True)
    return small, large, many


def first_action(plan: Path) -> str:
    """The id of the first action of a plan."""
    text = (plan / "orientation-1.yaml").read_text(encoding="utf-8")
    found = re.search(r"(?m)^  - code: (\w+)", text)
    assert found
    return f"1.{found[1]}.1.1"


def many_files(folder: Path) -> None:
    """A hundred copies of the five orientations, numbered 1 to 500."""
    copy_common(folder)
    for rank in range(500):
        text = (ROOT / "plan" / f"orientation-{rank % 5 + 1}.yaml").read_text(encoding="utf-8")
        text = re.sub(r"(?m)^numero: \d+", f"numero: {rank + 1}", text)
        (folder / f"orientation-{rank + 1}.yaml").write_text(text, encoding="utf-8")


def large_files(folder: Path) -> None:
    """The five orientations, each volet a hundred times; its standing items would name actions that are gone."""
    copy_common(folder)
    (folder / "reunions.yaml").unlink()
    for rank in range(1, 6):
        text = (ROOT / "plan" / f"orientation-{rank}.yaml").read_text(encoding="utf-8")
        head, volets = text.split("\nvolets:\n")
        copies = (re.sub(r"(?m)^  - code: (\w{2})\w*", rf"  - code: \1{letters(n)}", volets) for n in range(100))
        (folder / f"orientation-{rank}.yaml").write_text(head + "\nvolets:\n" + "".join(copies), encoding="utf-8")


def letters(rank: int) -> str:
    return chr(97 + rank // 10) + chr(97 + rank % 10)


def copy_common(folder: Path) -> None:
    folder.mkdir(parents=True)
    for name in ("organisme.yaml", "responsables.yaml", "reunions.yaml"):
        (folder / name).write_bytes((ROOT / "plan" / name).read_bytes())


if __name__ == "__main__":
    main()
