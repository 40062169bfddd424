"""Broken YAML, told in French: what the person did, where, and how to mend it.

libyaml and Python's own reader know about forty faults, in English, worded differently, and placed where the
reading gave up. Each is recognised here by what both wordings have in common; the text around it then tells
what a person did, and where. What is not recognised becomes a general message: no English ever passes through.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pivot_cli.text import cited
from pivot_cli.yaml_tree import refusals
from pivot_cli.yaml_tree.keys import ODD_SPACES, odd_code
from pivot_cli.yaml_tree.misplaced import misplaced, stuck_dash, too_far_right
from pivot_cli.yaml_tree.scalars import quotation
from pivot_cli.yaml_tree.stop import Stop

if TYPE_CHECKING:
    from collections.abc import Callable

    from pivot_cli.finding import SourceText
    from pivot_cli.yaml_tree.faults import Fault
    from pivot_cli.yaml_tree.lines import SourceLine
    from pivot_cli.yaml_tree.nodes import Scalar
    from pivot_cli.yaml_tree.stop import Complaint

_NO_SPACE = re.compile(r"[ \t]*(?:-[ \t]+)*[\w-]+(:)(?!//)\S")
_ODD_AFTER_COLON = re.compile(rf"[^:]*:([{ODD_SPACES}])")
_ALIAS_BEFORE = re.compile(r"(\*[\w-]+)[ \t]+\Z")
_LONGEST_KEY = 1024


def syntax_fault(source: SourceText, text: str, complaint: Complaint) -> Fault:
    """The one fault of a text that cannot be read."""
    stop = Stop(source, text, complaint)
    fault = _swallowed_quote(stop, complaint.last)
    if fault:
        return fault
    for words, explain in _BY_PROBLEM:
        if words in complaint.problem:
            return explain(stop)
    for words, explain in _BY_CONTEXT:
        if words in complaint.context:
            return explain(stop)
    return _unknown(stop)


def _unknown(stop: Stop) -> Fault:
    message = "Cette ligne n'est pas écrite comme YAML le demande."
    remedy = (
        "Comparez-la à ses voisines : le retrait, l'espace après le deux-points ou le tiret, les guillemets fermés."
    )
    return stop.fault(stop.at, message, remedy)


def _swallowed_quote(stop: Stop, last: Scalar | None) -> Fault | None:
    """A quotation mark left open, which the next one of the file seems to close some lines below."""
    if last is None or last.style not in {'"', "'"} or stop.line_at(last.end).number != stop.line_at(stop.at).number:
        return None
    line: SourceLine | None = stop.line_at(last.end)
    opening = stop.line_at(last.start).number
    while line is not None and line.number > opening:
        if line.named:
            return _unclosed(stop, last.start)
        line = stop.filled_before(line)
    return None


def _unclosed(stop: Stop, start: int) -> Fault:
    mark = stop.text[start : start + 1]
    name = "L'apostrophe ouvrante" if mark == "'" else "Le guillemet ouvrant"
    agreed = "refermée" if mark == "'" else "refermé"
    message = f"{name} de ce texte n'est jamais {agreed}."
    remedy = f"Ajoutez « {mark} » à la fin du texte, ou retirez celui du début."
    return stop.fault(start, message, remedy)


def _document_mark_in_quotes(stop: Stop) -> Fault:
    line = stop.line_at(stop.context_at).number
    message = (
        "Le texte ouvert ici entre guillemets n'est pas refermé avant une ligne de trois tirets ou de trois points."
    )
    remedy = f"Fermez les guillemets ouverts à la ligne {line}, ou retirez la ligne de tirets ou de points."
    return stop.fault(stop.context_at, message, remedy)


def _colon_in_text(stop: Stop) -> Fault:
    """« mapping values are not allowed »: a colon where no field can begin."""
    line = stop.line_at(stop.at)
    odd = stop.odd_indent(line)
    if odd:
        return odd
    before = stop.text[line.start : stop.at]
    if len(before) > _LONGEST_KEY and ": " not in before:
        return _long_key(stop, line.first)
    field = line.field
    starts_line = field is not None and field.end() == len(before) + 1 and not field["dashes"]
    above = stop.filled_before(line)
    if starts_line and above is not None:
        return _colon_on_next_line(stop, line, above)
    return _colon_in_value(stop, line)


def _colon_in_value(stop: Stop, line: SourceLine) -> Fault:
    field = line.field
    value = line.text.lstrip(" \t")
    if field and line.named and line.start + field.end() <= stop.at:
        value = line.text[field.end() :]
    elif field:
        value = line.text[field.start("name") :]
    remedy = quotation(value)
    word = re.search(r"([a-z_]+)\Z", stop.text[line.start : stop.at])
    if word and field and line.start + field.end() <= word.start(1) + line.start:
        other = f"; ou, si {cited(word.group(1))} est un autre champ, mettez-le sur sa propre ligne."
        remedy = remedy.removesuffix(".") + other
    message = "Ce deux-points au milieu du texte se lit comme le début d'un autre champ."
    return stop.fault(stop.at, message, remedy)


def _colon_on_next_line(stop: Stop, line: SourceLine, above: SourceLine) -> Fault:
    missing = _NO_SPACE.match(above.text)
    if missing and not above.field:
        return _no_space_after_colon(stop, above.start + missing.start(1), above.text)
    if not above.field and above.indent == line.indent and not above.text.lstrip(" \t").startswith("- "):
        return _no_colon_after(stop, above)
    stuck = stuck_dash(stop, above) if above.field else None
    if stuck is not None:
        return stuck
    if line.named or not above.field:
        return too_far_right(stop, line, above)
    message = f"Ce deux-points, dans le texte commencé à la ligne {above.number}, se lit comme le début d'un champ."
    remedy = "Mettez tout le texte entre guillemets droits, du début jusqu'à la fin."
    return stop.fault(stop.at, message, remedy)


def _no_colon(stop: Stop) -> Fault:
    """« could not find expected ':' »: a line that should be a field, or go on with the text above."""
    line = stop.line_at(stop.context_at)
    rest = line.text[stop.context_at - line.start :]
    odd = stop.odd_indent(line) or _odd_after_colon(stop, rest)
    if odd:
        return odd
    missing = _NO_SPACE.match(rest)
    if missing:
        return _no_space_after_colon(stop, stop.context_at + missing.start(1), rest)
    if stop.line_at(stop.at).number == line.number and stop.at - stop.context_at > _LONGEST_KEY // 2:
        return _long_key(stop, stop.context_at)
    stuck = stuck_dash(stop, line)
    if stuck is not None:
        return stuck
    if rest.startswith(('"', "'")) or re.fullmatch(r"[\w-]+[ \t]*", rest):
        return _no_colon_after(stop, line)
    return _stray_line(stop, line)


def _odd_after_colon(stop: Stop, rest: str) -> Fault | None:
    odd = _ODD_AFTER_COLON.match(rest)
    if not odd:
        return None
    message = f"L'espace qui suit ce deux-points n'est pas un espace ordinaire ({odd_code(odd.group(1))})."
    remedy = "Remplacez-le par un espace ordinaire, celui de la barre d'espace."
    return stop.fault(stop.context_at + odd.start(1), message, remedy)


def _no_space_after_colon(stop: Stop, colon: int, line: str) -> Fault:
    name, value = line.strip(" \t").split(":", 1)
    return stop.fault(colon, "Il manque un espace après ce deux-points.", f"Écrivez {cited(f'{name}: {value}')}.")


def _no_colon_after(stop: Stop, line: SourceLine) -> Fault:
    name = line.text.strip(" \t")
    start = line.first
    word = re.match(r"[\w-]+(?=[ \t]+=)", name)
    if word:
        remedy = f"Écrivez « {word.group()}: » au lieu de « {word.group()} = »."
    else:
        remedy = "Écrivez le nom du champ, un deux-points, un espace, puis la valeur."
    return stop.fault(start, f"Il manque un deux-points à cette ligne : {cited(name)}.", remedy, start + len(name))


def _stray_line(stop: Stop, line: SourceLine) -> Fault:
    if re.match(r"[\w-]+[ \t]*=", line.text[line.indent :]):
        return _no_colon_after(stop, line)
    above = stop.filled_before(line)
    remedy = "Si c'est un champ, il y manque un deux-points suivi d'un espace"
    if above is not None:
        remedy += f"; si c'est la suite du texte de la ligne {above.number}, décalez-la vers la droite"
    message = "Cette ligne n'est ni un champ, ni la suite du texte qui la précède."
    return stop.fault(stop.context_at, message, remedy + ".")


def _long_key(stop: Stop, start: int) -> Fault:
    message = f"Ce nom de champ est démesuré (plus de {_LONGEST_KEY} caractères)."
    remedy = "Vérifiez où se trouve le deux-points; si c'est un texte, mettez-le entre guillemets."
    return stop.fault(start, message, remedy)


def _question_mark(stop: Stop) -> Fault:
    message = "Un texte ne peut pas commencer par un point d'interrogation suivi d'un espace."
    return stop.fault(stop.at, message, quotation(_rest(stop, stop.at)))


def _dash_in_value(stop: Stop) -> Fault:
    """« block sequence entries are not allowed »: a dash right after a field, on its line."""
    message = "Une liste à tirets ne peut pas commencer sur la ligne de son champ."
    remedy = "Passez à la ligne avant le tiret; si ce tiret fait partie du texte, mettez le texte entre guillemets."
    return stop.fault(stop.at, message, remedy)


def _bad_start(stop: Stop) -> Fault:
    """« found character that cannot start any token »."""
    return _tab(stop) if stop.character() == "\t" else _cannot_begin(stop, stop.at)


def _cannot_begin(stop: Stop, start: int) -> Fault:
    """A sign where a text begins, which YAML makes something else of."""
    message = f"Un texte ne peut pas commencer par « {stop.text[start : start + 1]} »."
    return stop.fault(start, message, quotation(_rest(stop, start)))


def _rest(stop: Stop, start: int) -> str:
    line = stop.line_at(start)
    return line.text[start - line.start :]


def _tab(stop: Stop) -> Fault:
    line = stop.line_at(stop.at)
    indent = re.match(r"[ \t]*", line.text)
    tab = line.text.find("\t", 0, indent.end() if indent else 0)
    if tab < 0:
        return stop.fault(
            stop.at, "Une tabulation se trouve là où il faut un espace.", "Remplacez-la par un espace ordinaire."
        )
    message = "Une tabulation sert de retrait à cette ligne, ce que YAML refuse."
    remedy = "Remplacez-la par des espaces, autant que les lignes voisines en ont."
    return stop.fault(line.start + tab, message, remedy)


def _flow(stop: Stop) -> Fault:
    """A list in brackets, or a group in braces, that does not go on as it should."""
    opening = stop.text[stop.context_at : stop.context_at + 1]
    closing = {"[": "]", "{": "}"}.get(opening, "]")
    name = "Le crochet" if opening == "[" else "L'accolade"
    start, here = stop.line_at(stop.context_at), stop.line_at(stop.at)
    if stop.at >= len(stop.text) or (here.number > start.number and (here.field or stop.character() in ":-]}")):
        agreed = "fermé" if opening == "[" else "fermée"
        message = f"{name} « {opening} » ouvert{'' if opening == '[' else 'e'} ici n'est jamais {agreed}."
        remedy = f"Ajoutez « {closing} » à la fin, ou mettez le texte entre guillemets si le signe en fait partie."
        return stop.fault(stop.context_at, message, remedy)
    if stop.character() == ":":
        message = f"Ce deux-points n'est pas à sa place entre « {opening} » et « {closing} »."
        remedy = "Mettez entre guillemets le texte qui le contient."
        return stop.fault(stop.at, message, remedy)
    message = f"Il manque une virgule, ou le signe « {closing} », avant {cited(_rest(stop, stop.at))}."
    remedy = f"Séparez par des virgules ce qui est entre « {opening} » et « {closing} »."
    return stop.fault(stop.at, message, remedy)


def _no_content(stop: Stop) -> Fault:
    """« did not find expected node content »: a sign where a value should begin."""
    character = stop.character()
    if character == "," and "flow" in stop.context:
        return stop.fault(stop.at, "Il y a une virgule de trop.", "Effacez-la.")
    if not character:
        return _unknown(stop)
    fault = _cannot_begin(stop, stop.at)
    return fault._replace(remedy="Mettez le texte entre guillemets.") if "flow" in stop.context else fault


def _escape(stop: Stop) -> Fault:
    start = stop.text.rfind("\\", 0, stop.at + 1)
    return stop.fault(
        stop.context_at if start < 0 else start,
        "Dans un texte entre guillemets droits, la barre oblique inverse « \\ » annonce un code, "
        "et celui-ci n'existe pas.",
        "Doublez-la (« \\\\ »), ou mettez le texte entre apostrophes au lieu de guillemets.",
    )


def _block_header(stop: Stop) -> Fault:
    sign = stop.text[stop.context_at : stop.context_at + 1]
    message = f"Le signe « {sign} » annonce un texte de plusieurs lignes, et rien ne doit le suivre sur sa ligne."
    remedy = f"Passez à la ligne après « {sign} »; s'il fait partie du texte, mettez le texte entre guillemets."
    return stop.fault(stop.context_at, message, remedy)


def _stray_sign(stop: Stop) -> Fault:
    """An anchor, an alias or a tag that is not even well formed: the beginning of a text."""
    return _cannot_begin(stop, stop.context_at)


def _directive(stop: Stop) -> Fault:
    return refusals.directive(stop.context_at)


def _misplaced(stop: Stop) -> Fault:
    """« did not find expected key », or « '-' indicator »: something that is not aligned, or one sign too many."""
    line = stop.line_at(stop.at)
    alias = _ALIAS_BEFORE.search(line.text[: stop.at - line.start])
    if alias:
        return _cannot_begin(stop, line.start + alias.start(1))
    return misplaced(stop, line)


# In this order: by a part of the problem that both libraries word alike, then by the context. libyaml writes
# « hexdecimal » and « block sequence entries are not allowed in this context » where Python has « hexadecimal »
# and « sequence entries are not allowed here ».
_BY_PROBLEM: tuple[tuple[str, Callable[[Stop], Fault]], ...] = (
    ("mapping values are not allowed", _colon_in_text),
    ("found unexpected ':'", _colon_in_text),
    ("mapping keys are not allowed", _question_mark),
    ("sequence entries are not allowed", _dash_in_value),
    ("could not find expected ':'", _no_colon),
    ("cannot start any token", _bad_start),
    ("found a tab character", _tab),
    ("found unexpected end of stream", lambda stop: _unclosed(stop, stop.context_at)),
    ("found unexpected document", _document_mark_in_quotes),
    ("',' or ']'", _flow),
    ("',' or '}'", _flow),
    ("node content", _no_content),
    ("<document start>", lambda stop: refusals.after_end(stop.at)),
    ("YAML directive", _directive),
    ("TAG directive", _directive),
    ("incompatible YAML document", _directive),
    ("tag handle", _stray_sign),
)
_BY_CONTEXT: tuple[tuple[str, Callable[[Stop], Fault]], ...] = (
    ("directive", _directive),
    ("an anchor", _stray_sign),
    ("an alias", _stray_sign),
    ("a tag", _stray_sign),
    ("block scalar", _block_header),
    ("quoted scalar", _escape),
    ("block mapping", _misplaced),
    ("block collection", _misplaced),
)
