"""What the reader itself refuses, though YAML allows it: shortcuts, directives, a second document, depth."""

from __future__ import annotations

import re

from pivot_cli.text import clean, quoted
from pivot_cli.yaml_tree.faults import Fault

_WORD = re.compile(r"[^\s,\[\]{}]*")


def shortcut(text: str, start: int) -> Fault:
    """The fault of an anchor (`&`), an alias (`*`) or a tag (`!`) that begins at `start`."""
    found = _WORD.match(text, start)
    end = max(found.end() if found else start, start + 1)
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


def second_document(place: int) -> Fault:
    """A second document, after `---` or `...`."""
    message = "La ligne de trois tirets ou de trois points met fin à ce qui précède : la suite ne serait pas lue."
    remedy = "Effacez cette ligne, ou mettez la suite dans un autre fichier."
    return Fault("PIV009", place, place + 3, message, remedy)


def after_end(place: int) -> Fault:
    """Something after the end of a top-level value."""
    message = "Cette ligne vient après la fin de ce qui se lit comme une seule liste ou un seul texte."
    remedy = "Vérifiez le début du fichier : il doit commencer par un champ, comme « numero: 1 »."
    return Fault("PIV005", place, place, message, remedy)


def too_deep(place: int, limit: int) -> Fault:
    """Collections nested deeper than any plan."""
    message = f"Les listes et les groupes s'emboîtent sur plus de {limit} niveaux : la lecture s'arrête ici."
    remedy = "Retirez les crochets, les accolades ou les tirets en trop."
    return Fault("PIV007", place, place + 1, message, remedy)


def too_many(place: int) -> Fault:
    """More nodes than any plan."""
    message = "Le fichier contient beaucoup trop d'éléments pour un plan : la lecture s'arrête ici."
    remedy = "Vérifiez que c'est le bon fichier, ou répartissez-le en plusieurs."
    return Fault("PIV007", place, place, message, remedy)


def too_big(limit: int) -> Fault:
    """More bytes than any plan."""
    message = f"Le fichier dépasse {limit // (1024 * 1024)}\N{NO-BREAK SPACE}Mo : ce n'est pas un fichier de plan."
    remedy = "Vérifiez que c'est le bon fichier, ou répartissez-le en plusieurs."
    return Fault("PIV007", 0, 0, message, remedy)


def too_long(limit: int) -> Fault:
    """More lines than any plan."""
    message = f"Le fichier dépasse {limit}\N{NO-BREAK SPACE}lignes : ce n'est pas un fichier de plan."
    remedy = "Vérifiez que c'est le bon fichier, ou répartissez-le en plusieurs."
    return Fault("PIV007", 0, 0, message, remedy)


def empty() -> Fault:
    """A file that holds nothing but comments and blanks."""
    return Fault(
        "PIV006", 0, 0, "Le fichier est vide.", "Écrivez-y ce qui manque, ou effacez ce fichier s'il ne sert pas."
    )
