"""Plans made to hurt, and plans damaged at random, through the whole of `validate`: an answer, never a crash.

PIVOT_FUZZ is how many damaged plans to try (1000 and more by hand): `PIVOT_FUZZ=1000 python -m pytest tests/corpus`.
"""

from __future__ import annotations

import json
import os
import re
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from cli_french.english import english
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pace import examples, one_in
from support import SHIPPED, SMALL, pivot, write_plan

from pivot_cli.checks.catalogue import CATALOGUE
from pivot_cli.checks.plan import check
from pivot_cli.finding import ExitCode, Finding, exit_code, in_order
from pivot_cli.plan.loader import load, source_texts
from pivot_cli.plan.sources import PlanFiles, read_folder
from pivot_cli.screens.faults import faults_page
from pivot_cli.screens.page import Page

EXAMPLES = int(os.environ.get("PIVOT_FUZZ", examples(40, 120)))
SECONDS = 20  # far more than any of these takes: a hang, not a measure
TODAY = date(2026, 1, 1)
ORIENTATION = SMALL["orientation-1.yaml"]


@contextmanager
def no_hang() -> Iterator[None]:
    """Stop what goes on for too long, where the system can."""
    if sys.platform == "win32":
        yield
        return
    import signal

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def validate(files: PlanFiles) -> tuple[list[Finding], Page]:
    """All that `pivot validate` does between reading the folder and writing the page."""
    with no_hang():
        plan, findings = load(files)
        findings = in_order([*findings, *check(plan, TODAY)])
        return findings, faults_page(plan, findings, 80, source_texts(files, [one.location.file for one in findings]))


def sound(finding: Finding, files: PlanFiles) -> None:
    """What holds of any finding, whatever was wrong."""
    where = finding.location
    assert finding.code in CATALOGUE
    assert (where.line, where.column) >= (1, 1)
    assert (where.end_line, where.end_column) >= (where.line, where.column)
    source = source_texts(files, [where.file]).get(where.file)
    if source is not None and finding.code != "PIV003":
        assert where.line <= len(re.split("\r\n|\r|\n", source.text))
        assert where.column <= len(source.line_text(where.line)) + 1
    assert 0 < len(finding.message) < 1000
    assert len(finding.remedy) < 1000
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", finding.message + finding.remedy)


# --- made to hurt -----------------------------------------------------------------------------------------


def in_orientation(old: str, new: str) -> bytes:
    assert ORIENTATION.count(old) == 1
    return ORIENTATION.replace(old, new).encode()


# Made when it is tried: a process that holds them all, a hundred million bytes, forks slowly.
HOSTILE: list[tuple[str, Callable[[], bytes], set[str]]] = [
    ("60 000 crochets", lambda: b"[" * 60_000, {"PIV007"}),
    ("60 000 accolades", lambda: b"volets: " + b"{a: " * 60_000, {"PIV007"}),
    ("60 000 tirets", lambda: b"- " * 60_000, {"PIV007"}),
    ("crochets dans un champ", lambda: in_orientation("[DG, CA]", "[" * 60_000), {"PIV007"}),
    (
        "bombe de rappels",
        lambda: (
            b"a0: &a0 [x]\n"
            + b"".join(b"a%d: &a%d [%s]\n" % (n, n, b",".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 40))
        ),
        {"PIV008"},
    ),
    ("ligne de 10 Mo", lambda: in_orientation("Former un comité", "mot " * 2_500_000), set()),
    ("mot de 10 Mo", lambda: in_orientation("Former un comité", "m" * 10_000_000), set()),
    ("responsable de 10 Mo", lambda: in_orientation("[DG, CA]", f"[DG, CA, {'m' * 10_000_000}]"), {"PIV201"}),
    ("échéance de 10 Mo", lambda: in_orientation("Mars 2020", "mars " * 2_000_000), {"PIV301"}),
    ("numéro de 10 Mo", lambda: in_orientation("enjeu: 1", "enjeu: " + "1" * 10_000_000), {"PIV106"}),
    ("champ de 10 000 caractères", lambda: in_orientation("enjeu: 1", f"enjeu: 1\n? {'é' * 10_000}\n: 1"), {"PIV101"}),
    (
        "id de 10 000 caractères",
        lambda: ORIENTATION.encode() + b"            depend_de: [" + b"1." * 5000 + b"]\n",
        {"PIV106"},
    ),
    ("code de 10 000 caractères", lambda: in_orientation("code: adm", "code: " + "a" * 10_000), {"PIV106"}),
    ("50 Mo", lambda: b"#" * 50_000_000, {"PIV007"}),
    ("nul", lambda: ORIENTATION.replace(" ", "\0").encode(), {"PIV003", "PIV004", "PIV005"}),
    ("octets au hasard", lambda: bytes(range(256)) * 40, {"PIV003"}),
    ("UTF-16", lambda: ORIENTATION.encode("utf-16"), {"PIV003"}),
    ("BOM et CRLF", lambda: b"\xef\xbb\xbf" + ORIENTATION.replace("\n", "\r\n").encode(), set()),
    ("U+2028", lambda: in_orientation("Former un", "Former\u2028un"), {"PIV004"}),
    ("deux documents", lambda: ORIENTATION.encode() * 2, {"PIV102"}),
    ("deux documents séparés", lambda: ORIENTATION.encode() + b"---\n" + ORIENTATION.encode(), {"PIV009"}),
    ("vide", lambda: b"", {"PIV006"}),
    ("liste", lambda: b"- a\n- b\n", {"PIV104"}),
    ("étiquette", lambda: in_orientation("Mars 2020", "!!python/object/apply:os.system [ls]"), {"PIV008", "PIV104"}),
    (
        "mille champs inconnus",
        lambda: ORIENTATION.encode() + b"".join(b"x%d: 1\n" % n for n in range(1000)),
        {"PIV101"},
    ),
]


@pytest.mark.parametrize(("data", "codes"), one_in(24, [row[1:] for row in HOSTILE]), ids=[row[0] for row in HOSTILE])
def test_a_plan_made_to_hurt_is_answered(data: Callable[[], bytes], codes: set[str]) -> None:
    texts = {name: text.encode() for name, text in SMALL.items()} | {"orientation-1.yaml": data()}
    files = PlanFiles("plan", texts, [])
    findings, page = validate(files)
    assert {one.code for one in findings} <= codes
    assert bool(findings) == bool(codes)
    assert exit_code(findings) is (ExitCode.FINDINGS if codes else ExitCode.OK)
    for finding in findings[:20]:
        sound(finding, files)
    assert max(len(line.text) for line in page.lines) < 1000


@pytest.mark.lent
def test_thousands_of_faults_are_all_told() -> None:
    head = "          - numero: {0}\n            description: x\n"
    action = head + "            responsables: [R{0}]\n            echeance: x{0}\n"
    text = ORIENTATION + "".join(action.format(n) for n in range(3, 2003))
    files = PlanFiles("plan", {name: one.encode() for name, one in (SMALL | {"orientation-1.yaml": text}).items()}, [])
    findings, _ = validate(files)
    assert len(findings) > 3000


# --- what is not a file -----------------------------------------------------------------------------------


def test_what_stands_in_place_of_a_file(tmp_path: Path) -> None:
    kinds = ["folder"] if sys.platform == "win32" else ["folder", "dangling", "loop", "fifo", "socket"]
    for kind in kinds:
        plan = write_plan(tmp_path / kind)
        target = plan / "orientation-1.yaml"
        target.unlink()
        if kind == "folder":
            target.mkdir()
        elif kind == "dangling":
            target.symlink_to("nowhere")
        elif kind == "loop":
            target.symlink_to(target)
        elif kind == "fifo":
            os.mkfifo(target)
        else:
            here = Path.cwd()
            os.chdir(plan)  # the name of a socket is short
            with socket.socket(socket.AF_UNIX) as opened:
                opened.bind("orientation-1.yaml")
            os.chdir(here)
        files = read_folder(plan, "plan")
        findings, page = validate(files)
        assert [one.code for one in findings] == ["PIV002"], kind
        assert exit_code(findings) is ExitCode.UNREADABLE
        assert "PIV002" in page.render(colour=False)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="les droits POSIX")
def test_a_file_that_may_not_be_read() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        plan = write_plan(Path(folder))
        (plan / "responsables.yaml").chmod(0)
        before = os.geteuid()
        if before == 0:
            os.seteuid(65534)  # the superuser may read everything
        try:
            files = read_folder(plan, "plan")
        finally:
            os.seteuid(before)
    findings, _ = validate(files)
    assert [one.code for one in findings] == ["PIV002"]


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"[" * 60_000, 1), (b"\xff\xfe" + "numero: 1".encode("utf-16-le"), 1), (b"a: !!python/name:os.system x\n", 1)],
    ids=["crochets", "UTF-16", "étiquette"],
)
def test_the_whole_program_answers(tmp_path: Path, data: bytes, code: int) -> None:
    (write_plan(tmp_path) / "orientation-1.yaml").write_bytes(data)
    done = pivot("validate", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (code, "")
    assert "erreur PIV0" in done.stdout
    assert "Traceback" not in done.stdout


# --- options ----------------------------------------------------------------------------------------------


def test_the_page_shows_the_line_of_each_fault_and_keeps_notices_for_a_plan_without_errors(tmp_path: Path) -> None:
    text = ORIENTATION.replace("[DG, CA]", "[DG, Trésorière]").replace("Mars 2020", "Hiver 2020")
    plan = write_plan(tmp_path, SMALL | {"orientation-1.yaml": text + "            statut: réalisée\n"})
    done = pivot("validate", cwd=tmp_path)
    assert done.returncode == 1
    assert (
        "13 |             responsables: [DG, Trésorière]\n     |                                ^^^^^^^^^^\n"
        in done.stdout
    )
    assert "PIV302" not in done.stdout
    assert "Les remarques paraîtront quand il n'y aura plus d'erreur." in done.stdout
    assert "1\N{NO-BREAK SPACE}erreur, 1\N{NO-BREAK SPACE}avertissement et 1\N{NO-BREAK SPACE}remarque." in done.stdout
    text = ORIENTATION.replace("Mars 2020", "Hiver 2020")
    (plan / "orientation-1.yaml").write_text(text + "            statut: réalisée\n", encoding="utf-8")
    done = pivot("validate", cwd=tmp_path)
    assert done.returncode == 0
    said = "1\N{NO-BREAK SPACE}formulation du plan se lit de plus d'une façon"
    line = f"{said}\N{NO-BREAK SPACE}: pivot validate --remarques\n"
    assert line in done.stdout
    assert "PIV302" not in done.stdout
    full = pivot("validate", "--remarques", cwd=tmp_path)
    assert (full.returncode, line in full.stdout) == (0, False)
    ordered = [full.stdout.index(part) for part in ("PIV401", "REMARQUES, sans rien à corriger", "PIV302")]
    assert ordered == sorted(ordered)
    strict = pivot("validate", "--strict", cwd=tmp_path)
    assert strict.returncode == 1
    assert "les avertissements comptent" in strict.stdout
    (plan / "orientation-1.yaml").write_text("volets: [\n", encoding="utf-8")
    assert "ce fichier n'a pas pu être lu" in pivot("validate", cwd=tmp_path).stdout.replace("\n", " ")


@pytest.mark.parametrize("form", ["json", "github", "sarif", "junit", "gitlab"])
def test_remarks_stay_whole_in_what_programs_read(form: str, tmp_path: Path) -> None:
    write_plan(tmp_path, SMALL | {"orientation-1.yaml": ORIENTATION.replace("Mars 2020", "Hiver 2020")})
    usual, full = (pivot("validate", "--format", form, *more, cwd=tmp_path) for more in ((), ("--remarques",)))
    assert usual.stdout == full.stdout
    assert "PIV302" in usual.stdout


def test_an_adopted_wording_is_one_line_and_other_remarks_stay_in_full(tmp_path: Path) -> None:
    text = ORIENTATION.replace("Mars 2020", "Hiver 2020").replace("En continu", "2020-2021")
    write_plan(tmp_path, SMALL | {"orientation-1.yaml": text + "            resultat: Le plan est écrit.\n"})
    done = " ".join(pivot("validate", cwd=tmp_path).stdout.split())
    assert "REMARQUES, sans rien à corriger" in done
    assert "PIV408" in done
    assert "2 formulations du plan se lisent de plus d'une façon : pivot validate --remarques" in done
    assert "PIV302" not in done
    assert pivot("validate", "--remarques", "--strict", cwd=tmp_path).returncode == 0
    broken = text.replace("[DG, CA]", "[Trésorière]")
    write_plan(tmp_path, SMALL | {"orientation-1.yaml": broken})
    assert "PIV302" in pivot("validate", "--remarques", cwd=tmp_path).stdout


def test_the_rules_are_explained() -> None:
    rules = pivot("validate", "--regles").stdout
    assert [code for code in CATALOGUE if code not in rules] == []
    one = pivot("validate", "--expliquer", "piv203")
    assert one.returncode == 0
    assert "depend_de: [1.adm.1.99]" in one.stdout
    wrong = pivot("validate", "--expliquer", "PIV999")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "pivot validate --regles" in wrong.stderr


@pytest.mark.parametrize("width", [40, 80, 200])
def test_a_mark_stands_under_its_fault(width: int) -> None:
    faulty = "naïve 日本 Trésorière" * 1
    for before in ("", "mot " * 8, "mot " * 60, "é" * 300):
        text = ORIENTATION.replace("[DG, CA]", f"[DG, CA, {faulty}]  # {'après ' * 40}")
        text = text.replace(
            "- numero: 1\n            description: Former un comité\n", f"- {{numero: 1, description: '{before}', "
        )
        text = text.replace("            responsables: [DG, CA,", "responsables: [DG, CA,").replace(
            "\n            echeance: Mars 2020", "", 1
        )
        text = text.replace("Trésorière]  #", "Trésorière], echeance: Mars 2020}  #").replace("', \nresp", "', resp")
        text = text.replace("', \n", "', ")
        files = PlanFiles("plan", {n: t.encode() for n, t in (SMALL | {"orientation-1.yaml": text}).items()}, [])
        plan, findings = load(files)
        findings = [one for one in [*findings, *check(plan)] if one.code == "PIV201"]
        assert len(findings) == 1
        page = faults_page(plan, findings, width, source_texts(files, ["plan/orientation-1.yaml"]))
        shown = [line.text for line in page.lines]
        rank = next(n for n, line in enumerate(shown) if "^" in line)
        start = shown[rank - 1].index("naïve")
        assert shown[rank].index("^") == start
        assert len(shown[rank - 1]) <= width


# --- damaged at random ------------------------------------------------------------------------------------

SOURCES = {name: text.encode() for name, text in SMALL.items()}
SHIPPED_FILES = {path.name: path.read_bytes() for path in SHIPPED.glob("*.yaml")}
PIECES = [
    *b": |: |- |-|\n|\n\n|  |\t|#|'|\"|[|]|{|}|,|&a |*a|!t |>|%|@|`|?|\\|---\n|...\n|<<: |~".split(b"|"),
    *"é|\u00a0|\u2028|\ufeff|\u202e|😀|numero: 1\n|1.adm.1.1|2020".encode().split(b"|"),
    b"|", b"\x00", b"\x07", b"\x1b[31m", b"\xff", b"\xc3", b"\r", b"\r\n", b"0" * 400, b"[" * 30,
]  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn) -> dict[str, bytes]:
    """A plan of which one to four places were cut, doubled, moved or filled with something else."""
    files = dict(draw(st.sampled_from([SOURCES, SHIPPED_FILES])))
    for _ in range(draw(st.integers(1, 4))):
        name = draw(st.sampled_from(sorted(files)))
        data = files[name]
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        piece = draw(st.sampled_from([b"", data[start:end] * 2, *PIECES]) | st.binary(max_size=6))
        if draw(st.booleans()):
            lines = data.splitlines(keepends=True)
            number = draw(st.integers(0, max(len(lines) - 1, 0)))
            change = draw(st.sampled_from(["cut", "double", "indent", "dedent"]))
            line = lines[number : number + 1]
            new = {
                "cut": [],
                "double": line * 2,
                "indent": [b"  " + one for one in line],
                "dedent": [one[1:] for one in line],
            }
            files[name] = b"".join([*lines[:number], *new[change], *lines[number + 1 :]])
        else:
            files[name] = data[:start] + piece + data[end:]
    return files


@pytest.mark.lent
@given(damaged())
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_random_damage_is_always_answered(data: dict[str, bytes]) -> None:
    files = PlanFiles("plan", data, [])
    findings, page = validate(files)
    for finding in findings:
        sound(finding, files)
    assert page.lines
    assert exit_code(findings) in (ExitCode.OK, ExitCode.FINDINGS)
    json.dumps([finding.message for finding in findings])
    own = [
        re.sub("«\N{NO-BREAK SPACE}.*?\N{NO-BREAK SPACE}»", "", one.message) for one in findings if one.code != "PIV003"
    ]
    assert [word for text in own for word in english(text)] == []
