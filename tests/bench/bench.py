"""How long the commands take, as ratios: run by hand, `python tests/bench/bench.py [RUNS]`.

On the shipped plan, each command's wall time is divided by that of `python -c pass`; on a hundred times the plan
(9,300 actions), by that of a bare `yaml.load(…, CSafeLoader)` over the same files. Runs alternate, so that both
sides meet the same weather; the figure is the median of the ratios, pair by pair. The program is installed from
its wheel in an environment of its own, as its users have it, with its bytecode compiled.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DAY = ("--au", "2020-01-15")

SMALL: tuple[tuple[tuple[str, ...], float], ...] = (
    # command, bound
    (("--help",), 7.0),
    (("--version",), 7.0),
    (("validate",), 8.5),
    (("status", *DAY, "--format", "json"), 9.5),
    (("overdue", *DAY, "--format", "json"), 9.5),
    (("export", *DAY, "--format", "json"), 9.5),
    (("deadline", "Automne 2020"), 9.5),
    (("status", *DAY), 12.5),
    (("overdue", *DAY), 12.5),
    (("overdue", "--responsable", "DG", *DAY), 12.5),
    (("show", "2.gou.3.2", *DAY), 12.5),
    (("note", "1.adm.1.1", "--statut", "en cours", "--essai"), 10.0),
    (("report", "complet", "--format", "html", *DAY), 16.0),
)
LARGE: tuple[tuple[tuple[str, ...], float | None], ...] = (
    (("validate",), 1.2),
    (("overdue", *DAY), 1.2),
    (("status", *DAY), None),
    (("export", *DAY), None),
    (("report", "complet", "--format", "html", *DAY), 3.0),
)
BARE_LOAD = """\
import sys, yaml
from pathlib import Path
for path in sorted(Path(sys.argv[1]).glob("*.yaml")):
    yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
"""

READINGS = """\
import re, sys
from pathlib import Path
from time import perf_counter
from pivot_cli.echeance import parse
texts = [path.read_text(encoding="utf-8") for path in sorted(Path(sys.argv[1]).glob("orientation-*.yaml"))]
wordings = [found for text in texts for found in re.findall(r"(?m)^ +echeance: (.+)$", text)] * int(sys.argv[2])
begin = perf_counter()
for wording in wordings:
    parse(wording)
print(1000 * (perf_counter() - begin))
"""


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as folder:
        python, pivot = install(Path(folder))
        # Away from the checkout, whose templates beside the plan would stand as the organisation's own.
        shipped = str(shutil.copytree(ROOT / "plan", Path(folder) / "livré" / "plan"))
        print(f"Plan livré, en multiples de « python -c pass » (médiane de {runs})")
        for words, limit in SMALL:
            ratio = compare([pivot, "--plan", shipped, *words], [python, "-c", "pass"], runs)
            print(row(words, ratio, limit))
        os.environ["_PIVOT_COMPLETE"] = "zsh"  # Python itself does not mind
        for words in (("overdue", "--responsable"), ("show",), ("overdue", "--orientation")):
            ratio = compare([pivot, "--plan", shipped, *words], [python, "-c", "pass"], runs)
            print(row((*words, "<Tab>"), ratio, 12.5))
        del os.environ["_PIVOT_COMPLETE"]
        print(f"\nÉchéances lues dans un programme qui vient de démarrer (médiane de {runs})")
        for times, most in ((1, 2.0), (100, 60.0)):
            took = readings(python, times, runs)
            print(f"  {93 * times:>5} échéances{took:30.2f} ms   au plus {most:g}{'' if took <= most else '  DÉPASSÉ'}")
        for name, make in (("500 fichiers", many_files), ("5 fichiers", large_files)):
            plan = make(Path(folder) / name)
            print(f"\n100 fois le plan, {name}, en multiples de yaml.load (médiane de {max(3, runs // 3)})")
            for words, bound in LARGE:
                command = [pivot, "--plan", str(plan), *words]
                ratio = compare(command, [python, "-c", BARE_LOAD, str(plan)], max(3, runs // 3))
                room = 200 if words[0] == "report" else 100
                print(row(words, ratio, bound), f" mémoire {peak(command):.0f} Mio (au plus {room})")


def row(words: tuple[str, ...], ratio: float, bound: float | None) -> str:
    limit = f"au plus {bound}" if bound else ""
    verdict = "" if bound is None or ratio <= bound else "  DÉPASSÉ"
    return f"  {' '.join(words):<42}{ratio:6.2f}   {limit}{verdict}"


def install(folder: Path) -> tuple[str, str]:
    """An environment with the program installed from its wheel; its Python and its `pivot`."""
    scripts = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / "python"
    subprocess.run([sys.executable, "-m", "venv", folder / "env"], check=True)
    subprocess.run([python, "-m", "pip", "install", "-q", "--compile", str(ROOT)], check=True)
    return str(python), str(scripts / "pivot")


def compare(command: list[str], reference: list[str], runs: int) -> float:
    """The median ratio of the wall times, run in turn; one run of each first, not counted."""
    pairs = [(timed(command), timed(reference)) for _ in range(runs + 1)][1:]
    return statistics.median(one / other for one, other in pairs)


def readings(python: str, times: int, runs: int) -> float:
    """The median time, in milliseconds, that the échéances of the plan take to read so many times over."""
    command = [python, "-c", READINGS, str(ROOT / "plan"), str(times)]
    done = (subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(runs))
    return statistics.median(float(one.stdout) for one in done)


def timed(command: list[str]) -> float:
    """The wall time of a whole process, in seconds."""
    begin = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begin


def peak(command: list[str]) -> float:
    """The peak memory of a process, in MiB."""
    code = f"""\
import resource, subprocess
subprocess.run({command!r}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    return int(out) / (2**20 if sys.platform == "darwin" else 2**10)


def many_files(folder: Path) -> Path:
    """A hundred copies of the five orientations, numbered 1 to 500."""
    copy_common(folder)
    for number in range(500):
        text = (ROOT / "plan" / f"orientation-{number % 5 + 1}.yaml").read_text(encoding="utf-8")
        text = re.sub(r"(?m)^numero: \d+", f"numero: {number + 1}", text)
        (folder / f"orientation-{number + 1}.yaml").write_text(text, encoding="utf-8")
    return folder


def large_files(folder: Path) -> Path:
    """The five orientations, each volet a hundred times; its standing items would name actions that are gone."""
    copy_common(folder)
    (folder / "reunions.yaml").unlink()
    for number in range(1, 6):
        text = (ROOT / "plan" / f"orientation-{number}.yaml").read_text(encoding="utf-8")
        head, volets = text.split("\nvolets:\n")
        copies = (re.sub(r"(?m)^  - code: (\w{2})\w*", rf"  - code: \1{letters(n)}", volets) for n in range(100))
        (folder / f"orientation-{number}.yaml").write_text(head + "\nvolets:\n" + "".join(copies), encoding="utf-8")
    return folder


def letters(number: int) -> str:
    return chr(97 + number // 10) + chr(97 + number % 10)


def copy_common(folder: Path) -> None:
    folder.mkdir(parents=True)
    for name in ("organisme.yaml", "responsables.yaml", "reunions.yaml"):
        (folder / name).write_bytes((ROOT / "plan" / name).read_bytes())


if __name__ == "__main__":
    main()
