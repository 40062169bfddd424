"""Broken YAML, told in French: what the person did, where, and how to mend it.

libyaml and Python's own reader know about forty faults, in English, worded differently, and placed where the
reading gave up. Each is recognised here by what both wordings have in common; the text around it then tells
what a person did, and where. What is not recognised becomes a general message: no English ever passes through.
"""

import re
from collections.abc import Callable
from itertools import chain, islice, takewhile

from pivot_cli.text import cited, quoted
from pivot_cli.yaml_tree.faults import Fault, after_end, directive
from pivot_cli.yaml_tree.keys import ODD_SPACES, odd_code
from pivot_cli.yaml_tree.lines import without_comment
from pivot_cli.yaml_tree.nodes import Scalar
from pivot_cli.yaml_tree.scalars import quotation
from pivot_cli.yaml_tree.stop import SourceLine, Stop

_NO_SPACE = re.compile(r"[ \t]*(?:-[ \t]+)*[\w-]+(:)(?!//)\S")
_QUESTION_MARK = "un point d'interrogation suivi d'un espace"
_LONGEST_KEY = 1024
_DASH = re.compile(r"[ \t]*(?:-(?=[^\s-])|([–—‑−•])[ \t]*)(?=(.*?)[ \t]*\Z)")
_GLUED = re.compile(r"(?<=\S)[ \t]+(#[^\s#][^\s,\]}]*)")
_LONGEST_LINE = 80  # characters of a line that a remedy writes
_JOINED = re.compile(r"[ \t]*[,;][ \t]*|[ \t]+(?:[+/&]|et|ou)[ \t]+")
_JOINER = re.compile(r"[,;+/&]|(?:et|ou)\b")
_UNSOUND = re.compile(r"[\[\]{}#\"]|\A[-?:&*!|>'%@`]|:(?:\s|\Z)")
_QUOTED_START = re.compile(r"[ \t]*(?:-[ \t]+)*(?:[^\s:'\"]+[ \t]*:[ \t]+)?(['\"\[{])")


def syntax_fault(stop: Stop) -> Fault:
    """The one fault of a text that cannot be read."""
    if isinstance(last := stop.last, Scalar) and _swallows(stop, last):
        return _unclosed(stop, last.start)
    complaint = f"{stop.problem}, {stop.context}"
    return next((explain for words, explain in _EXPLAINED if re.search(words, complaint)), _unknown)(stop)


def _unknown(stop: Stop) -> Fault:
    remedy = "Comparez-la à ses voisines : le retrait, l'espace après le deux-points ou le tiret, "
    remedy += "les guillemets fermés."
    return stop.fault(stop.at, "Cette ligne n'est pas écrite comme YAML le demande.", remedy)


def _swallows(stop: Stop, last: Scalar) -> bool:
    """Whether a quotation mark was left open, which the next one of the file seems to close some lines below."""
    opening, closing = stop.line_at(last.start).number, stop.line_at(last.end)
    if last.style not in ('"', "'") or closing.number != stop.line_at(stop.at).number:
        return False
    inside = takewhile(lambda line: line.number > opening, chain([closing], stop.above(closing)))
    return any(line.named for line in inside)


def _unclosed(stop: Stop, start: int) -> Fault:
    mark = stop.text[start : start + 1]
    name, agreed = ("L'apostrophe ouvrante", "refermée") if mark == "'" else ("Le guillemet ouvrant", "refermé")
    remedy = f"Ajoutez « {mark} » à la fin du texte, ou retirez celui du début."
    return stop.fault(start, f"{name} de ce texte n'est jamais {agreed}.", remedy)


def _document_mark_in_quotes(stop: Stop) -> Fault:
    line = stop.line_at(stop.context_at).number
    message = "Le texte ouvert ici entre guillemets n'est pas refermé avant une ligne "
    message += "de trois tirets ou de trois points."
    remedy = f"Fermez les guillemets ouverts à la ligne {line}, ou retirez la ligne de tirets ou de points."
    return stop.fault(stop.context_at, message, remedy)


def _colon_in_text(stop: Stop) -> Fault:
    """« mapping values are not allowed »: a colon where no field can begin."""
    if odd := stop.odd_indent(line := stop.line_at(stop.at)):
        return odd
    before, field = stop.text[line.start : stop.at], line.field
    if len(before) > _LONGEST_KEY and ": " not in before:
        return _long_key(stop, line.first)
    above = next(stop.above(line), None)
    if above and field and field.end() == len(before) + 1 and not field["dashes"]:
        return _colon_on_next_line(stop, line, above)
    start = field.end() if field and line.named and field.end() <= len(before) else line.column - 1
    remedy = quotation(line.text[start:])
    if (word := re.search(r"[a-z_]+\Z", before)) and field and field.end() <= word.start():
        remedy = (
            f"{remedy.removesuffix('.')}; ou, si {cited(word[0])} est un autre champ, mettez-le sur sa propre ligne."
        )
    return stop.fault(stop.at, "Ce deux-points au milieu du texte se lit comme le début d'un autre champ.", remedy)


def _colon_on_next_line(stop: Stop, line: SourceLine, above: SourceLine) -> Fault:
    if not above.field:
        if missing := _NO_SPACE.match(above.text):
            return _no_space_after_colon(stop, above.start + missing.start(1), above.text)
        if above.indent == line.indent and not above.dashed:
            return _no_colon_after(stop, above)
    elif stuck := _stuck_dash(stop, above):
        return stuck
    if line.named or not above.field:
        return _too_far_right(stop, line, above)
    message = f"Ce deux-points, dans le texte commencé à la ligne {above.number}, se lit comme le début d'un champ."
    return stop.fault(stop.at, message, "Mettez tout le texte entre guillemets droits, du début jusqu'à la fin.")


def _no_colon(stop: Stop) -> Fault:
    """« could not find expected ':' »: a line that should be a field, or go on with the text above."""
    line = stop.line_at(stop.context_at)
    rest = line.rest(stop.context_at)
    if told := stop.odd_indent(line) or _odd_after_colon(stop, rest):
        return told
    if missing := _NO_SPACE.match(rest):
        return _no_space_after_colon(stop, stop.context_at + missing.start(1), rest)
    if stop.line_at(stop.at).number == line.number and stop.at - stop.context_at > _LONGEST_KEY // 2:
        return _long_key(stop, stop.context_at)
    if found := _stuck_dash(stop, line) or _cut_above(stop, line):
        return found
    if re.match(r"[\"']|[\w-]+[ \t]*\Z", rest) or re.match(r"[\w-]+[ \t]*=", line.words):
        return _no_colon_after(stop, line)
    remedy = "Si c'est un champ, il y manque un deux-points suivi d'un espace"
    if above := next(stop.above(line), None):
        remedy += f"; si c'est la suite du texte de la ligne {above.number}, décalez-la vers la droite"
    message = "Cette ligne n'est ni un champ, ni la suite du texte qui la précède."
    return stop.fault(stop.context_at, message, remedy + ".")


def _cut_above(stop: Stop, line: SourceLine) -> Fault | None:
    """The fault of a sign « # » in the text that a line goes on with, which ends the text there; None without one."""
    above = next(stop.above(line), None)
    if line.named or above is None or not (cut := _GLUED.search(above.text)):
        return None
    message = (
        f"Le texte s'arrête à {cited(cut[1])} : pour YAML, c'est un commentaire, que la ligne suivante ne continue pas."
    )
    remedy = "Mettez tout le texte entre guillemets droits, du début jusqu'à la fin."
    return stop.fault(above.start + cut.start(1), message, remedy, above.end)


def _odd_after_colon(stop: Stop, rest: str) -> Fault | None:
    if not (odd := re.match(rf"[^:]*:([{ODD_SPACES}])", rest)):
        return None
    message = f"L'espace qui suit ce deux-points n'est pas un espace ordinaire ({odd_code(odd[1])})."
    remedy = "Remplacez-le par un espace ordinaire, celui de la barre d'espace."
    return stop.fault(stop.context_at + odd.start(1), message, remedy)


def _no_space_after_colon(stop: Stop, colon: int, line: str) -> Fault:
    name, value = line.strip(" \t").split(":", 1)
    return stop.fault(colon, "Il manque un espace après ce deux-points.", f"Écrivez {cited(f'{name}: {value}')}.")


def _no_colon_after(stop: Stop, line: SourceLine) -> Fault:
    remedy = "Écrivez le nom du champ, un deux-points, un espace, puis la valeur."
    if word := re.match(r"([\w-]+)[ \t]+=", line.words):
        remedy = f"Écrivez « {word[1]}: » au lieu de « {word[1]} = »."
    return stop.fault(line.first, f"Il manque un deux-points à cette ligne : {cited(line.words)}.", remedy, line.end)


def _long_key(stop: Stop, start: int) -> Fault:
    remedy = "Vérifiez où se trouve le deux-points; si c'est un texte, mettez-le entre guillemets."
    return stop.fault(start, f"Ce nom de champ est démesuré (plus de {_LONGEST_KEY} caractères).", remedy)


def _dash_in_value(stop: Stop) -> Fault:
    remedy = "Passez à la ligne avant le tiret; si ce tiret fait partie du texte, mettez le texte entre guillemets."
    return stop.fault(stop.at, "Une liste à tirets ne peut pas commencer sur la ligne de son champ.", remedy)


def _cannot_begin(stop: Stop, start: int, sign: str = "") -> Fault:
    """A sign where a text begins, which YAML makes something else of."""
    message = f"Un texte ne peut pas commencer par {sign or f'« {stop.text[start : start + 1]} »'}."
    return stop.fault(start, message, quotation(stop.line_at(start).rest(start)))


def _bad_start(stop: Stop) -> Fault:
    if stop.text[stop.at : stop.at + 1] != "\t":
        return _cannot_begin(stop, stop.at)
    line = stop.line_at(stop.at)
    if (tab := line.text.find("\t", 0, line.indent)) < 0:
        message = "Une tabulation se trouve là où il faut un espace."
        return stop.fault(stop.at, message, "Remplacez-la par un espace ordinaire.")
    message = "Une tabulation sert de retrait à cette ligne, ce que YAML refuse."
    return stop.fault(line.start + tab, message, "Remplacez-la par des espaces, autant que les lignes voisines en ont.")


def _flow(stop: Stop) -> Fault:
    """A list in brackets, or a group in braces, that does not go on as it should."""
    opening = stop.text[stop.context_at : stop.context_at + 1]
    name, e, closing = ("Le crochet", "", "]") if opening == "[" else ("L'accolade", "e", "}")
    start, here = stop.line_at(stop.context_at), stop.line_at(stop.at)
    character = stop.text[stop.at : stop.at + 1]
    if not character or (here.number > start.number and (here.field or character in ":-]}")):
        if cut := _GLUED.search(start.text, stop.context_at - start.start):
            message = (
                f"Ce qui suit {cited(cut[1])} n'est pas lu : pour YAML, c'est un commentaire, « {closing} » compris."
            )
            remedy = "Mettez entre guillemets droits l'élément qui contient « # »."
            return stop.fault(start.start + cut.start(1), message, remedy, start.end)
        message = f"{name} « {opening} » ouvert{e} ici n'est jamais fermé{e}."
        remedy = f"Ajoutez « {closing} » à la fin, ou mettez le texte entre guillemets si le signe en fait partie."
        return stop.fault(stop.context_at, message, remedy)
    if character == ":":
        message = f"Ce deux-points n'est pas à sa place entre « {opening} » et « {closing} »."
        return stop.fault(stop.at, message, "Mettez entre guillemets le texte qui le contient.")
    message = f"Il manque une virgule, ou le signe « {closing} », avant {cited(here.rest(stop.at))}."
    return stop.fault(stop.at, message, f"Séparez par des virgules ce qui est entre « {opening} » et « {closing} ».")


def _no_content(stop: Stop) -> Fault:
    """« did not find expected node content »: a sign where a value should begin."""
    if stop.at == len(stop.text):
        return _unknown(stop)
    if "flow" not in stop.context:
        return _cannot_begin(stop, stop.at)
    if stop.text[stop.at] == ",":
        return stop.fault(stop.at, "Il y a une virgule de trop.", "Effacez-la.")
    return _cannot_begin(stop, stop.at)._replace(remedy="Mettez le texte entre guillemets.")


def _escape(stop: Stop) -> Fault:
    start = stop.text.rfind("\\", 0, stop.at + 1)
    message = "Dans un texte entre guillemets droits, la barre oblique inverse « \\ » annonce un code, "
    message += "et celui-ci n'existe pas."
    remedy = "Doublez-la (« \\\\ »), ou mettez le texte entre apostrophes au lieu de guillemets."
    return stop.fault(stop.context_at if start < 0 else start, message, remedy)


def _block_header(stop: Stop) -> Fault:
    sign = stop.text[stop.context_at : stop.context_at + 1]
    message = f"Le signe « {sign} » annonce un texte de plusieurs lignes, et rien ne doit le suivre sur sa ligne."
    remedy = f"Passez à la ligne après « {sign} »; s'il fait partie du texte, mettez le texte entre guillemets."
    return stop.fault(stop.context_at, message, remedy)


def _misplaced(stop: Stop) -> Fault:
    """« did not find expected key », or « '-' indicator »: something that is not aligned, or one sign too many."""
    line, character = stop.line_at(stop.at), stop.text[stop.at : stop.at + 1]
    before = line.before(stop.at)
    if alias := re.search(r"\*[\w-]+[ \t]+\Z", before):
        return _cannot_begin(stop, line.start + alias.start())
    if character in ("]", "}"):
        name, opening = ("Ce crochet", "[") if character == "]" else ("Cette accolade", "{")
        remedy = f"Retirez ce signe, ou ajoutez « {opening} » au début; s'il fait partie d'un texte, "
        remedy += "mettez tout le texte entre guillemets."
        return stop.fault(stop.at, f"{name} « {character} » ne ferme rien.", remedy)
    if before.strip(" \t"):
        return _after_value(stop, line)
    return stop.odd_indent(line) or _misplaced_line(stop, line, character)


def _misplaced_line(stop: Stop, line: SourceLine, character: str) -> Fault:
    if character == ":":
        message = "Il manque le nom du champ avant le deux-points."
        return stop.fault(stop.at, message, "Écrivez ce nom, ou effacez la ligne.")
    if re.match(r"-(?:[ \t]|\Z)", line.text[line.indent :]):
        return _dash(stop, line)
    if stuck := _stuck_dash(stop, line):
        return stuck
    above = next(stop.above(line), None)
    # What is under a field that nothing follows may be further right.
    filled = above and above.field and without_comment(above.text[above.field.end() :])
    if above and filled and line.indent + 1 > above.column:
        return _too_far_right(stop, line, above)
    return _not_aligned(stop, line)


def _stuck_dash(stop: Stop, line: SourceLine) -> Fault | None:
    """The fault of a line whose dash has no space after it, or is not the one of the keyboard; None without one."""
    if not (dash := _DASH.match(line.text)):
        return None
    written = cited(f"- {dash[2]}")
    if dash[1]:
        message = f"Ce signe {quoted(dash[1])} n'est pas le tiret d'une liste."
        return stop.fault(line.first, message, f"Écrivez {written}, avec le trait d'union du clavier.")
    return stop.fault(line.first, "Il manque un espace après le tiret.", f"Écrivez {written}.")


def _too_far_right(stop: Stop, line: SourceLine, above: SourceLine) -> Fault:
    """A field further right than the one above it, which has its value already."""
    if odd := stop.odd_indent(above):
        return odd
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
    if "collection" in stop.context and line.indent + 1 == stop.source.location(stop.context_at).column:
        message = "Cette ligne se trouve au milieu d'une liste, mais ne commence pas par un tiret."
        remedy = "Mettez un tiret et un espace (« - ») devant, ou alignez-la sur les champs de l'élément qui précède."
    elif cut := _cut_above(stop, line):
        return cut
    elif line.field is None:
        message = "Cette ligne n'est ni un champ, ni la suite du texte qui la précède."
        remedy = "Si elle continue ce texte, alignez-la sur lui; si c'est un champ, il y manque un deux-points."
    else:
        message = "Cette ligne n'est alignée sur aucun groupe de champs."
        remedy = "Alignez-la sur les champs de son groupe."
        if fields := [above for above in islice(stop.above(line), 12) if above.field]:
            near = min(fields, key=lambda above: abs(above.column - line.column))
            remedy = f"Alignez-la sur son groupe, sans doute à la colonne {near.column}, comme la ligne {near.number}."
    return stop.fault(line.first, message, remedy, line.end)


# In this order: by a part of the problem that both libraries word alike, then by the context. libyaml writes
# « hexdecimal » and « block sequence entries are not allowed in this context » where Python has « hexadecimal »
# and « sequence entries are not allowed here ».
_EXPLAINED: tuple[tuple[str, Callable[[Stop], Fault]], ...] = (
    ("mapping values are not allowed|found unexpected ':'", _colon_in_text),
    ("mapping keys are not allowed", lambda stop: _cannot_begin(stop, stop.at, _QUESTION_MARK)),
    ("sequence entries are not allowed", _dash_in_value),
    ("could not find expected ':'", _no_colon),
    ("cannot start any token|found a tab character", _bad_start),
    ("found unexpected end of stream", lambda stop: _unclosed(stop, stop.context_at)),
    ("found unexpected document", _document_mark_in_quotes),
    (r"',' or '[\]}]'", _flow),
    ("node content", _no_content),
    ("<document start>", lambda stop: after_end(stop.at)),
    ("directive|incompatible YAML document", lambda stop: directive(stop.context_at)),
    ("tag handle|an anchor|an alias|a tag", lambda stop: _cannot_begin(stop, stop.context_at)),
    ("block scalar", _block_header),
    ("quoted scalar", _escape),
    ("block mapping|block collection", _misplaced),
)
