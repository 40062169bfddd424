"""What the reader refuses though YAML allows it, and says wherever it meets it: shortcuts, directives, what follows."""

from __future__ import annotations

import re

from pivot_cli.text import clean, quoted
from pivot_cli.yaml_tree.faults import Fault


def shortcut(text: str, start: int) -> Fault:
    """The fault of an anchor (`&`), an alias (`*`) or a tag (`!`) that begins at `start`."""
    found = re.compile(r"[^\s,\[\]{}]+").match(text, start)
    end = found.end() if found else start + 1
    sign = text[start]
    word = quoted(clean(text[start : min(end, start + 30)]))
    if sign == "*":
        message = f"{word} se lit comme le rappel d'une valeur écrite ailleurs, que pivot ne va pas chercher."
        remedy = "Recopiez ici la valeur elle-même"
    elif sign == "&":
        message = f"{word} se lit comme un nom donné à la valeur pour la rappeler ailleurs, ce que pivot refuse."
        remedy = f"Effacez {word}, et recopiez la valeur là où elle est rappelée"
    else:
        message = f"{word} se lit comme une indication de type, ce que pivot refuse."
        remedy = f"Effacez {word}"
    remedy += f"; si « {sign} » fait partie du texte, mettez tout le texte entre guillemets."
    return Fault("PIV008", start, end, message, remedy)


def directive(place: int) -> Fault:
    """A line that begins with `%` outside any value."""
    message = "Une ligne qui commence par « % » est une consigne de YAML, dont un plan n'a pas besoin."
    remedy = "Effacez cette ligne, ou mettez le texte entre guillemets si « % » en fait partie."
    return Fault("PIV005", place, place + 1, message, remedy)


def after_end(place: int) -> Fault:
    """Something after the end of a top-level value."""
    message = "Cette ligne vient après la fin de ce qui se lit comme une seule liste ou un seul texte."
    remedy = "Vérifiez le début du fichier : il doit commencer par un champ, comme « numero: 1 »."
    return Fault("PIV005", place, place, message, remedy)
