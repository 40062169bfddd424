"""What stands where nothing of its kind can: a line that is not aligned, a text that goes on after its end."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from pivot_cli.text import cited, quoted
from pivot_cli.yaml_tree.lines import without_comment
from pivot_cli.yaml_tree.scalars import quotation

if TYPE_CHECKING:
    from pivot_cli.yaml_tree.faults import Fault
    from pivot_cli.yaml_tree.stop import SourceLine, Stop

_DASH = re.compile(r"[ \t]*(?:-(?=[^\s-])|([–—‑−•])[ \t]*)(?=(.*?)[ \t]*\Z)")
_LONGEST_LINE = 80  # characters of a line that a remedy writes
_JOINED = re.compile(r"[ \t]*[,;][ \t]*|[ \t]+(?:[+/&]|et|ou)[ \t]+")
_JOINER = re.compile(r"[,;+/&]|(?:et|ou)\b")
_UNSOUND = re.compile(r"[\[\]{}#\"]|\A[-?:&*!|>'%@`]|:(?:\s|\Z)")
_QUOTED_START = re.compile(r"[ \t]*(?:-[ \t]+)*(?:[^\s:'\"]+[ \t]*:[ \t]+)?(['\"\[{])")


def misplaced(stop: Stop, line: SourceLine) -> Fault:
    """The fault of what is found where a field, or a dash, was expected."""
    character = stop.text[stop.at : stop.at + 1]
    if character in ("]", "}"):
        name, opening = ("Ce crochet", "[") if character == "]" else ("Cette accolade", "{")
        remedy = f"Retirez ce signe, ou ajoutez « {opening} » au début; "
        remedy += "s'il fait partie d'un texte, mettez tout le texte entre guillemets."
        return stop.fault(stop.at, f"{name} « {character} » ne ferme rien.", remedy)
    if line.before(stop.at).strip(" \t"):
        return _after_value(stop, line)
    return stop.odd_indent(line) or _misplaced_line(stop, line, character)


def _misplaced_line(stop: Stop, line: SourceLine, character: str) -> Fault:
    if character == ":":
        message = "Il manque le nom du champ avant le deux-points."
        return stop.fault(stop.at, message, "Écrivez ce nom, ou effacez la ligne.")
    if re.match(r"-(?:[ \t]|\Z)", line.text[line.indent :]):
        return _dash(stop, line)
    above = next(stop.above(line), None)
    if above is not None and above.field and not above.opens_group and line.indent + 1 > above.column:
        return stuck_dash(stop, line) or too_far_right(stop, line, above)
    return stuck_dash(stop, line) or _not_aligned(stop, line)


def stuck_dash(stop: Stop, line: SourceLine) -> Fault | None:
    """The fault of a line whose dash has no space after it, or is not the one of the keyboard; None without one."""
    found = _DASH.match(line.text)
    if found is None:
        return None
    written = cited(f"- {found[2]}")
    if found[1]:
        message = f"Ce signe {quoted(found[1])} n'est pas le tiret d'une liste."
        return stop.fault(line.first, message, f"Écrivez {written}, avec le trait d'union du clavier.")
    return stop.fault(line.first, "Il manque un espace après le tiret.", f"Écrivez {written}.")


def too_far_right(stop: Stop, line: SourceLine, above: SourceLine) -> Fault:
    """A field further right than the one above it, which has its value already."""
    name = cited(line.field["name"]) if line.field else "ce qui suit"
    message = f"Cette ligne est plus à droite que la ligne {above.number} : {name} s'y lirait comme la suite du texte."
    remedy = f"Alignez-la sur son groupe, sans doute à la colonne {above.column}, comme la ligne {above.number}."
    return stop.fault(line.first, message, remedy, line.end)


def _after_value(stop: Stop, line: SourceLine) -> Fault:
    """Text after the closing quotation mark or bracket of a value, on its line."""
    before, extra = line.before(stop.at).rstrip(" \t"), line.rest(stop.at)
    opened = _QUOTED_START.match(line.text)
    value = line.text[opened.start(1) :].rstrip(" \t") if opened else ""
    if len(value) > 2 and value[0] == value[-1] and value[0] in "'\"":
        value = value[1:-1]
    if before.endswith(("]", "}")):
        return _after_bracket(stop, line, before, without_comment(extra), quotation(value))
    if before.endswith('"') or (before.endswith("'") and not before.endswith(" '")):
        mark = "Le guillemet" if before.endswith('"') else "L'apostrophe"
        return stop.fault(stop.at, f"{mark} qui précède ferme le texte : ce qui suit est de trop.", quotation(value))
    message = f"{cited(extra)} n'est pas à sa place sur cette ligne."
    return stop.fault(stop.at, message, "Si c'est un texte, mettez-le tout entier entre guillemets.")


def _after_bracket(stop: Stop, line: SourceLine, before: str, extra: str, quoting: str) -> Fault:
    """Text after the bracket that closes a list, or the brace that closes a group."""
    whole = _with_more(line, before, extra) if before[-1] == "]" else ""
    if before[-1] == "}" or not re.search(r"\w", extra):
        remedy = f"Effacez {cited(extra)}."
    elif not whole:
        remedy = "Mettez toute la liste entre les crochets, ses éléments séparés par des virgules."
    elif _JOINER.match(extra):
        remedy = f"Écrivez {quoted(whole)}."
    else:
        remedy = f"Si c'est une liste, écrivez {quoted(whole)}. Si c'est un texte, m{quoting[1:]}"
    message = f"Ce qui suit {quoted(before[-1])} est de trop sur cette ligne."
    return stop.fault(stop.at, message, remedy, stop.at + len(extra))


def _with_more(line: SourceLine, before: str, extra: str) -> str:
    """The line with what follows its list put inside it; empty where that is not simple."""
    opened, field = _QUOTED_START.match(line.text), line.field
    if opened is None or field is None or opened[1] != "[":
        return ""
    more = [part.strip(" \t()[]") for part in _JOINED.split(f" {extra} ")]
    more = [part.removesuffix(".") if part.count(".") == 1 else part for part in more if part]
    written = f"{field['name']}: [{', '.join([before[opened.end() : -1].strip(), *more])}]"
    return "" if len(written) > _LONGEST_LINE or any(map(_UNSOUND.search, more)) else written


def _dash(stop: Stop, line: SourceLine) -> Fault:
    """A dash that is aligned on none of those of its list."""
    for above in stop.above(line):
        if above.dashed:
            place = f"celui de la ligne {above.number} (colonne {above.indent + 1})"
            message = "Ce tiret n'est aligné sur aucun autre tiret de sa liste."
            return stop.fault(stop.at, message, f"Alignez-le sur {place}, s'il est de la même liste.")
        if above.indent < line.indent and above.field:
            break
    message = "Ce tiret n'est pas à sa place : les lignes qui l'entourent sont des champs."
    return stop.fault(stop.at, message, "Retirez-le, ou placez-le sous le champ dont il commence la liste.")


def _not_aligned(stop: Stop, line: SourceLine) -> Fault:
    fields = [above for above in islice(stop.above(line), 12) if above.field]
    if "collection" in stop.context and line.indent + 1 == stop.source.location(stop.context_at).column:
        message = "Cette ligne se trouve au milieu d'une liste, mais ne commence pas par un tiret."
        remedy = "Mettez un tiret et un espace (« - ») devant, ou alignez-la sur les champs de l'élément qui précède."
    elif line.field is None:
        message = "Cette ligne n'est ni un champ, ni la suite du texte qui la précède."
        remedy = "Si elle continue ce texte, alignez-la sur lui; si c'est un champ, il y manque un deux-points."
    else:
        message = "Cette ligne n'est alignée sur aucun groupe de champs."
        remedy = "Alignez-la sur les champs de son groupe."
        if fields:
            near = min(fields, key=lambda above: abs(above.column - line.column))
            remedy = f"Alignez-la sur son groupe, sans doute à la colonne {near.column}, comme la ligne {near.number}."
    return stop.fault(line.first, message, remedy, line.end)
