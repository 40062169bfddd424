"""What the keys of a mapping must be: text, unique, free of shortcuts and of spaces that nobody sees."""

from functools import lru_cache
from typing import Any

from pivot_cli.finding import SourceText
from pivot_cli.text import INVISIBLE, cited, counted, listed
from pivot_cli.yaml_tree.faults import Fault, Unreadable
from pivot_cli.yaml_tree.nodes import Node, Scalar

# Spaces that look like the ordinary one, or like nothing: word processors put one before a colon in French.
ODD_SPACES = "\u00a0\u1680\u180e" + "".join(map(chr, range(0x2000, 0x200C))) + "\u202f\u205f\u2060\u3000"
# A forbidden character beside a key has been reported already (PIV004), and must not make it unknown too.
_AROUND_KEYS = ODD_SPACES + "\N{REPLACEMENT CHARACTER}"


def all_plain(keys: list[Any]) -> bool:
    """Whether the keys are ordinary, which they nearly always are: then nothing more need be looked at."""
    try:
        return _ordinary(tuple([key.text for key in keys]))
    except AttributeError:
        return False


@lru_cache(maxsize=512)  # a plan writes the same few fields again and again
def _ordinary(names: tuple[str, ...]) -> bool:
    distinct = set(names)
    return len(distinct) == len(names) and distinct.isdisjoint(("<<", "")) and "".join(names).isascii()


def is_merge(key: Node) -> bool:
    """Whether a key is YAML's shortcut that copies the fields of another mapping."""
    return isinstance(key, Scalar) and key.style is None and key.text == "<<"


def sound_entries(
    source: SourceText, entries: list[tuple[Any, Node]], faults: list[Fault], since: int
) -> list[tuple[Scalar, Node]]:
    """The entries whose key can stand, in order; the others go to `faults` (this mapping's begin at `since`)."""
    kept: dict[str, tuple[Scalar, Node]] = {}
    repeated: list[tuple[Scalar, Scalar]] = []
    for key, value in entries:
        name = _name_of(key, source.text, faults) if isinstance(key, Scalar) and not is_merge(key) else ""
        if name in kept:
            repeated.append((key, kept[name][0]))
            continue
        if name:
            kept[name] = (key if key.text == name else key._replace(text=name), value)
        elif is_merge(key):
            # The alias that the merge key recalls is part of the same fault.
            faults[since:] = [fault for fault in faults[since:] if fault.code != "PIV008" or fault.start < key.start]
            message = "Le signe « << » recopie les champs d'un autre endroit, et pivot ne lit pas ce raccourci."
            remedy = "Remplacez cette ligne par les champs eux-mêmes, recopiés."
            faults.append(Fault("PIV008", key.start, key.end, message, remedy))
        else:
            # `{{ x }}` is one fault, not one per brace.
            if faults[since:] and faults[-1].code == "PIV005" and faults[-1].start >= key.start:
                faults.pop()
            faults.append(_not_a_name(key))
        _report_repeated(source, repeated, faults)
    _report_repeated(source, repeated, faults)
    return list(kept.values())


def _name_of(key: Scalar, text: str, faults: list[Fault]) -> str:
    """What a key names, once the spaces that nobody sees are off."""
    if key.text.isascii():
        return key.text
    name = key.text.strip(_AROUND_KEYS)
    if name and key.style is None and name != key.text.strip("\N{REPLACEMENT CHARACTER}"):
        if key.text[0] in ODD_SPACES:  # its line is shifted: the tree would not be what was meant
            raise Unreadable(odd_indent(text, key.start))
        odd = f"n'est pas un espace ordinaire ({odd_code(text[key.end - 1])})"
        message = f"L'espace entre {cited(name, 40)} et le deux-points {odd}."
        faults.append(Fault("PIV004", key.end - 1, key.end, message, "Effacez-le."))
    if unseen := next((sign for sign in name if sign in INVISIBLE), None):
        name = "".join(sign for sign in name if sign not in INVISIBLE)
        message = f"Un caractère invisible se trouve dans le nom du champ (U+{ord(unseen):04X}, {INVISIBLE[unseen]})."
        faults.append(
            Fault("PIV004", key.start, key.end, message, f"Effacez ce nom et retapez-le : {cited(name, 40)}.")
        )
    return name


def odd_indent(text: str, start: int) -> Fault:
    """The fault of a line whose indentation holds, at `start`, a space that is not an ordinary one."""
    odd = f"un espace qui n'est pas un espace ordinaire ({odd_code(text[start])})"
    end = len(text) - len(text[start:].lstrip(ODD_SPACES))
    remedy = "Refaites le retrait avec la barre d'espace."
    return Fault("PIV005", start, end, f"Le retrait de cette ligne contient {odd}.", remedy)


def odd_code(character: str) -> str:
    """How a space that looks like the ordinary one is named."""
    return f"U+{ord(character):04X}, " + ("insécable" if character in "\u00a0\u202f" else "invisible ou spécial")


def _not_a_name(key: Node) -> Fault:
    message = "Il manque le nom du champ avant le deux-points."
    remedy = "Écrivez ce nom, ou effacez la ligne."
    if not isinstance(key, Scalar):
        message = "Une liste ou un groupe de champs se trouve là où l'on attend le nom d'un champ."
        remedy = "Si ces crochets ou ces accolades font partie d'un texte, mettez tout le texte entre guillemets."
    return Fault("PIV005", key.start, key.end, message, remedy)


def _report_repeated(source: SourceText, repeated: list[tuple[Scalar, Scalar]], faults: list[Fault]) -> None:
    """One fault for keys repeated one after the other: a forgotten dash repeats all of an item's fields."""
    if not repeated:
        return
    key, first = repeated[0]
    line = source.location(first.start).line
    names = list(dict.fromkeys(cited(again.text, 40) for _, again in repeated))
    message, remedy = f"Le champ {names[0]} est déjà écrit à la ligne {line}.", "Gardez une seule des deux lignes"
    if len(names) > 1:
        shown = listed(names if len(names) <= 4 else [*names[:4], counted(len(names) - 4, "autre")])
        message = f"Les champs {shown} sont déjà écrits plus haut, à partir de la ligne {line}."
        remedy = "Effacez ces lignes"
    if source.text[max(first.start - 9, 0) : first.start].rstrip(" \t").endswith("-"):  # an item begins with it
        remedy += f"; s'il s'agit d'un autre élément de la liste, mettez un tiret « - » devant {names[0]}"
    faults.append(Fault("PIV102", key.start, key.end, message, f"{remedy}."))
    repeated.clear()
