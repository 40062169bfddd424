"""The files of templates and the names that they may use, from the code, as `templates/LISEZMOI.md` gives them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from pivot_cli.documents import registry

ROOT = Path(__file__).resolve().parents[2]
ROOM = ROOT / "pivot_cli" / "documents"
MODULES = [path for path in sorted(ROOM.rglob("*.py")) if path.parent.name != "rendering"]
_HEAD = ("fichier", "ce qui s'y trouve")
_PLAIN = {"str": "texte", "int": "nombre", "bool": "vrai ou faux"}


def made_by(module: Path) -> str:
    """The class of the values that the `build` of a module makes."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    (build,) = (node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "build")
    return ast.unparse(build.returns or ast.Constant(None))


DOCUMENTS = {
    **{made_by(ROOM / f"{name}.py"): f"Le document `{name}`" for name in registry.reports()},
    made_by(ROOM / "agenda" / "building.py"): "L'ordre du jour",
}
"""The classes of values that templates are given, and what the document is called."""


class Value(NamedTuple):
    """A class of values: what is said of it, and each of its fields with its type and what is said beside it."""

    said: str
    fields: tuple[tuple[str, str, str], ...]


@cache
def value_classes() -> dict[str, Value]:
    """The classes of values by name: those of which something is said field by field. No two have one name."""
    found: dict[str, Value] = {}
    for module in MODULES:
        source = module.read_text(encoding="utf-8")
        for node in ast.parse(source).body:
            if isinstance(node, ast.ClassDef):
                value = Value(" ".join((ast.get_docstring(node) or "").split()), tuple(fields(node, source)))
                if any(said for _, _, said in value.fields):
                    assert found.setdefault(node.name, value) is value, node.name
    return found


def fields(node: ast.ClassDef, source: str) -> Iterator[tuple[str, str, str]]:
    """Each field with its type and the comment beside it, which may go on below; nothing said is an empty text."""
    lines = source.splitlines()
    for entry in node.body:
        if isinstance(entry, ast.AnnAssign) and isinstance(entry.target, ast.Name):
            said = [lines[entry.lineno - 1][entry.end_col_offset :]]
            said += takewhile(lambda line: line.startswith("    # "), lines[entry.lineno :])
            text = " ".join(line.strip().removeprefix("# ") for line in said)
            yield entry.target.id, ast.unparse(entry.annotation), text


def used_by(document: str) -> list[str]:
    """The classes that a document's values are made of, itself first, each once."""
    classes = value_classes()
    ordered = [document]
    for name in ordered:
        for _, annotation, _ in classes[name].fields:
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
            title = f"## {heading}" if name == document else f"### `{name}`"
            lines += [title, "", typeset(classes[name].said), "", "| nom | ce que c'est | |", "| --- | --- | --- |"]
            for field, annotation, text in classes[name].fields:
                lines.append(f"| `{field}` | {french(annotation)} | {typeset(text)} |")
            lines.append("")
    return "\n".join(lines)


def files() -> str:
    """A table of the templates and of what they are made of."""
    pages, texts = (", ".join(f"`{name}.{kind}`" for name in registry.reports()) for kind in ("html", "md"))
    rows = (
        (pages, "les documents de `pivot report`, en HTML; chaque section est un bloc"),
        (texts, "les mêmes en Markdown"),
        ("`base.html`", "le squelette des pages"),
        ("`macros.html`, `macros.md`", "ce que plusieurs documents montrent de la même façon"),
        ("`graphiques.html`, `formes.svg`", "les graphiques et leurs formes, en SVG"),
        (
            "`agenda/ordre-du-jour.html`, `ordre-du-jour.md`, `ordre-du-jour.docx`",
            "l'ordre du jour de `pivot agenda`, en HTML, en Markdown et pour Word",
        ),
        ("`agenda/suites.md`", "ce que le secrétariat consigne après la séance (`--suites`)"),
        ("`agenda/points.html`, `points.md`, `style.css`", "ce qu'un point montre; l'apparence de la page"),
        ("`style.css`, `filtre.js`", "l'apparence, à l'écran et sur papier; le filtre des actions"),
        ("`complet.css`, `sommaire.css`, `bilan.css`", "ce qui s'y ajoute pour chacun de ces documents"),
        ("`bilan.docx`", "le bilan pour Word"),
        ("`regroupement.html`, `regroupement.css`", "la page de `pivot group`, qui ne se remplace pas"),
    )
    return "\n".join(f"| {names} | {said} |" for names, said in (_HEAD, ("---", "---"), *rows))
