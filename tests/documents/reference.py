"""The names that templates may use, from the code: `python tests/documents/reference.py` writes them in
`templates/LISEZMOI.md`, a test compares them.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REPORT = ("values", "listing", "calendar", "budget", "complet", "sommaire", "bilan")
MODULES = (*(f"report/{name}" for name in REPORT), "agenda/values")
README = ROOT / "templates" / "LISEZMOI.md"
DOCUMENTS = {
    "Complet": "Le document `complet`",
    "Sommaire": "Le document `sommaire`",
    "Bilan": "Le document `bilan`",
    "OrdreDuJour": "L'ordre du jour",
}
_MARKS = ("<!-- noms -->\n", "<!-- fin -->")
_PLAIN = {"str": "texte", "int": "nombre", "bool": "vrai ou faux"}


def value_classes() -> dict[str, ast.ClassDef]:
    """The classes of values by name, in the order of the modules; no two have one name."""
    found: dict[str, ast.ClassDef] = {}
    for module in MODULES:
        tree = ast.parse((ROOT / "pivot_cli" / f"{module}.py").read_text(encoding="utf-8"))
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and any(ast.unparse(base) == "NamedTuple" for base in node.bases):
                assert found.setdefault(node.name, node) is node, node.name
    return found


def fields(node: ast.ClassDef) -> Iterator[tuple[str, str, str]]:
    """Each field with its type and what is said of it; nothing said is an empty text."""
    for entry, after in zip(node.body, [*node.body[1:], None], strict=True):
        if isinstance(entry, ast.AnnAssign) and isinstance(entry.target, ast.Name):
            said = after.value.value if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) else ""
            yield entry.target.id, ast.unparse(entry.annotation), " ".join(str(said).split())


def used_by(document: str) -> list[str]:
    """The classes that a document's values are made of, itself first, each once."""
    classes = value_classes()
    ordered = [document]
    for name in ordered:
        for _, annotation, _ in fields(classes[name]):
            for word in re.findall(r"\w+", annotation):
                if word in classes and word not in ordered:
                    ordered.append(word)
    return ordered


def french(annotation: str) -> str:
    several = annotation.startswith("tuple")
    core = re.sub(r"^tuple\[|, \.\.\.\]$| \| None$", "", annotation)
    kind = _PLAIN.get(core, f"`{core}`")
    return f"liste de {kind}" if several else f"{kind}, ou rien" if "None" in annotation else kind


def typeset(text: str) -> str:
    nbsp = "\N{NO-BREAK SPACE}"
    return re.sub(r" (?=[:»])", nbsp, text).replace("« ", f"«{nbsp}")


def reference() -> str:
    """A table for each value, document by document; what several share is told once."""
    classes, told, lines = value_classes(), set[str](), []
    for document, heading in DOCUMENTS.items():
        for name in used_by(document):
            if name in told:
                continue
            told.add(name)
            node = classes[name]
            said = " ".join((ast.get_docstring(node) or "").split())
            title = f"## {heading}" if name == document else f"### `{name}`"
            lines += [title, "", typeset(said), "", "| nom | ce que c'est | |", "| --- | --- | --- |"]
            for field, annotation, text in fields(node):
                lines.append(f"| `{field}` | {french(annotation)} | {typeset(text)} |")
            lines.append("")
    return "\n".join(lines)


def with_reference(text: str) -> str:
    before, rest = text.split(_MARKS[0])
    after = rest.split(_MARKS[1], 1)[1]
    return f"{before}{_MARKS[0]}\n{reference()}\n{_MARKS[1]}{after}"


if __name__ == "__main__":
    README.write_text(with_reference(README.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    sys.exit(0)
