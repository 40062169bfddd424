"""What the program's sources assume of the system, read from them: encodings, separators, line ends."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from pace import table
from support import ROOT

MODULES = sorted((ROOT / "pivot_cli").rglob("*.py"))
NAMES = [str(path.relative_to(ROOT)) for path in MODULES]


def called(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
            if not (isinstance(function, ast.Attribute) and getattr(function.value, "id", "") == "os"):
                yield name, node


def faulty(tree: ast.AST) -> Iterator[str]:
    """The calls that would take an encoding, or an end of line, from the machine they run on."""
    for name, call in called(tree):
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        texts = [value.value for value in [*call.args, *given.values()] if isinstance(value, ast.Constant)]
        binary = any(isinstance(text, str) and "b" in text and set(text) <= set("rwxab+") for text in texts)
        where = f"line {call.lineno}: {name}"
        if name in ("open", "fdopen") and not binary and "encoding" not in given:
            yield f"{where} without its encoding"
        if name in ("read_text", "write_text") and not {"encoding"} & given.keys():
            yield f"{where} without its encoding"
        if name == "write_text" and "newline" not in given:
            yield f"{where} without its newline"
        if name in ("run", "Popen", "check_output") and {"text", "universal_newlines"} & given.keys():
            yield from () if "encoding" in given else (f"{where} without its encoding",)
        if name in ("getuid", "fork", "geteuid", "system", "setlocale", "getlocale"):
            yield f"{where}, which is not everywhere"


@pytest.mark.lent
@table("path", MODULES, ids=NAMES)
def test_nothing_is_taken_from_the_machine(path: Path) -> None:
    assert list(faulty(ast.parse(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    "code",
    [
        "open('x')",
        "path.open('w')",
        "path.read_text()",
        "path.write_text('x', encoding='utf-8')",
        "subprocess.run(['git'], text=True)",
        "setlocale(0)",
    ],
)
def test_the_scan_sees_what_is_taken(code: str) -> None:
    assert list(faulty(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        "open('x', 'rb')",
        "path.open('w', encoding='utf-8')",
        "path.write_bytes(b'x')",
        "os.open('x', 0)",
        "subprocess.run(['git'])",
    ],
)
def test_the_scan_lets_the_rest_pass(code: str) -> None:
    assert not list(faulty(ast.parse(code)))
